//! The command line: what may be typed and what it means. Help, the man page and completions come from here.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

/// A symbolic toolkit for symmetry: define Lie algebras, groups and representations, and have them identified with proof.
#[derive(Debug, Parser)]
#[command(name = "symmetra", version, disable_help_subcommand = true, after_help = EXAMPLES)]
pub struct Arguments {
    /// What to do other than running scripts.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Scripts to run, each in a fresh session; `-` is standard input. Without any, a REPL on a terminal.
    #[arg(value_name = "FILE.sym")]
    pub files: Vec<PathBuf>,

    /// Run CODE; several are joined, one per line.
    #[arg(short = 'e', long = "eval", value_name = "CODE", conflicts_with = "files", allow_hyphen_values = true)]
    pub code: Vec<String>,

    /// What every call understands.
    #[command(flatten)]
    pub options: Options,
}

/// What one can do other than running scripts directly.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run scripts, each in a fresh session
    Run {
        /// The scripts; `-` is standard input.
        #[arg(value_name = "FILE.sym", required = true)]
        files: Vec<PathBuf>,
    },
    /// Check names, kinds and arities without computing anything
    Check {
        /// The scripts; `-` is standard input.
        #[arg(value_name = "FILE.sym", required = true)]
        files: Vec<PathBuf>,
    },
    /// Explain a function or a topic, as `?topic` does in the REPL
    Help {
        /// A function or a topic; without one, an overview.
        topic: Option<String>,
    },
    /// Print completions for a shell
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// Options of every running call.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Print one JSON object per result instead of text
    #[arg(long, global = true)]
    pub json: bool,

    /// The seed of every random choice
    #[arg(long, global = true, value_name = "N", default_value_t = 0)]
    pub seed: u64,

    /// How many threads to use [default: all]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// Stop with an error after so many seconds
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub timeout: Option<Duration>,

    /// Refuse work that needs more memory
    #[arg(long, global = true, value_name = "MIB", value_parser = clap::value_parser!(u64).range(1..))]
    pub memory: Option<u64>,

    /// Show no progress
    #[arg(long, short, global = true)]
    pub quiet: bool,

    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The names of the commands, for near misses.
pub const COMMANDS: [&str; 5] = ["run", "check", "help", "completions", "man"];

const EXAMPLES: &str = "Examples:
  symmetra                              a REPL; ?topic explains, :quit leaves
  symmetra scripts/g2.sym               run a script
  symmetra -e 'identify(so(3,1))'       one line
  symmetra --json --timeout 60 big.sym  for other programs

Exit status: 0 all ran, 1 a script failed, 2 the call was wrong, 130 interrupted.";

/// Reads the command line; the error knows its text and its exit status.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, clap::Error> {
    let arguments = Arguments::try_parse_from(arguments)?;
    if arguments.command.is_some() && !(arguments.code.is_empty() && arguments.files.is_empty()) {
        let mut command = Arguments::command();
        return Err(command.error(clap::error::ErrorKind::ArgumentConflict, "-e and a command cannot stand together"));
    }
    Ok(arguments)
}

/// Seconds, whole or not. A limit beyond ten years is no limit, and clocks need not bear it.
pub fn seconds(text: &str) -> Result<Duration, String> {
    const TEN_YEARS: f64 = 3.2e8;
    match text.parse::<f64>() {
        Ok(value) if value >= 0.0 => Ok(Duration::from_secs_f64(value.min(TEN_YEARS))),
        _ => Err("a number of seconds is expected, e.g. 30 or 0.5".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Arguments, clap::Error> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn the_definition_is_consistent() {
        Arguments::command().debug_assert();
        assert!(Arguments::command().get_subcommands().map(|command| command.get_name()).eq(COMMANDS));
    }

    #[test]
    fn options_stand_before_or_after_a_command() {
        for line in ["symmetra --json run a.sym --seed 7", "symmetra run --json --seed 7 a.sym"] {
            let arguments = parsed(line).unwrap();
            assert!(arguments.options.json && arguments.options.seed == 7);
            assert!(matches!(arguments.command, Some(Command::Run { files }) if files.len() == 1));
        }
        assert_eq!(parsed("symmetra a.sym run b.sym").unwrap().files.len(), 3);
        assert_eq!(parsed("symmetra -e 1 -e -2").unwrap().code, ["1", "-2"]);
    }

    #[test]
    fn wrong_calls_are_refused() {
        for line in [
            "symmetra --timeout -1 a.sym",
            "symmetra --timeout nan",
            "symmetra --threads 0",
            "symmetra --memory 0",
            "symmetra --color blue",
            "symmetra -e 1 a.sym",
            "symmetra -e 1 run a.sym",
            "symmetra run",
        ] {
            assert_eq!(parsed(line).unwrap_err().exit_code(), 2, "{line}");
        }
        assert_eq!(parsed("symmetra --timeout 1e300").unwrap().options.timeout.unwrap().as_secs(), 320_000_000);
    }
}
