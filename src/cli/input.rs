//! Reading scripts: files and standard input, as text or as a clean error.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::data::file::reason;
use crate::diag::{Code, Diagnostic};
use crate::lang::near::nearest;

/// The longest script, in bytes; data of this size belongs into a data file.
const LONGEST: u64 = 64 << 20;

/// A script as text, with the folder its relative paths start from.
#[derive(Debug, PartialEq, Eq)]
pub struct Script {
    /// The name shown in messages: the path as it was given, or `-`.
    pub name: String,
    /// The text, without a byte order mark.
    pub text: String,
    /// The folder that relative paths start from.
    pub folder: PathBuf,
}

impl Script {
    /// Code given on the command line.
    pub fn of_code(text: String) -> Script {
        Script { name: "-".to_owned(), text, folder: PathBuf::from(".") }
    }

    /// Reads a file; `-` is standard input.
    pub fn read(path: &Path) -> Result<Script, Diagnostic> {
        if path.as_os_str() == "-" {
            return Script::read_standard_input();
        }
        let name = path.display().to_string();
        let unreadable = |error: io::Error| {
            let problem = Diagnostic::new(Code::Io, format!("cannot read {name}: {}", reason(&error)));
            // A misspelt command looks like a script that is not there.
            match nearest(&name, super::args::COMMANDS) {
                Some(command) => problem.hint(format!("did you mean the command `symmetra {command}`?")),
                None => problem,
            }
        };
        // Opening a folder succeeds on some systems and reading it then fails with less clear words.
        if path.is_dir() {
            return Err(Diagnostic::new(Code::Io, format!("cannot read {name}: it is a folder")));
        }
        let file = File::open(path).map_err(unreadable)?;
        let bytes = read_all(file, &name)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(Script { text: text(bytes, &name)?, folder: folder.to_owned(), name })
    }

    /// Reads all of standard input.
    pub fn read_standard_input() -> Result<Script, Diagnostic> {
        let bytes = read_all(io::stdin().lock(), "standard input")?;
        Ok(Script::of_code(text(bytes, "standard input")?))
    }
}

fn read_all(reader: impl Read, name: &str) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    // One byte more than allowed tells a longer text without reading it all: it may have no end.
    reader
        .take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Diagnostic::new(Code::Io, format!("cannot read {name}: {}", reason(&error))))?;
    if bytes.len() as u64 > LONGEST {
        let words = format!("{name} is longer than {} MiB, too long for a script", LONGEST >> 20);
        return Err(Diagnostic::new(Code::Format, words).hint("keep data in a data file and read it with load(\"…\")"));
    }
    Ok(bytes)
}

/// Bytes as text: UTF-8, with or without a byte order mark.
fn text(bytes: Vec<u8>, name: &str) -> Result<String, Diagnostic> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        let words = format!("{name} is UTF-16 text; scripts are UTF-8");
        return Err(Diagnostic::new(Code::Format, words).hint("save it again as UTF-8"));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(valid).filter(|byte| **byte == b'\n').count() + 1;
        Diagnostic::new(Code::Format, format!("{name} is not UTF-8 text (line {line}, byte {valid})"))
            .hint("a script is text; data files are read with load(\"…\")")
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_any_origin() {
        assert_eq!(text(b"\xef\xbb\xbf1\r\n".to_vec(), "a").unwrap(), "1\r\n");
        let error = text(b"1\n\xff\xfe".to_vec(), "a").unwrap_err();
        assert_eq!((error.code, error.message.as_str()), (Code::Format, "a is not UTF-8 text (line 2, byte 2)"));
        assert_eq!(text(b"\xff\xfe1\0".to_vec(), "a").unwrap_err().code, Code::Format);
    }

    #[test]
    fn an_endless_input_is_refused() {
        assert_eq!(read_all(io::repeat(b'1'), "a").unwrap_err().code, Code::Format);
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let error = Script::read(Path::new("no/such.sym")).unwrap_err();
        assert_eq!(error.message, "cannot read no/such.sym: there is no such file");
        assert!(Script::read(Path::new("chek")).unwrap_err().hint.unwrap().contains("symmetra check"));
        assert_eq!(Script::read(Path::new("src")).unwrap_err().message, "cannot read src: it is a folder");
    }
}
