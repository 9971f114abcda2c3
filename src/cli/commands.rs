//! The commands of the REPL: one table that runs, explains and completes them.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::documents;
use super::input::Script;
use super::repl::{Flow, Repl};
use crate::data::file::reason;
use crate::diag::{Code, Diagnostic};
use crate::lang::near::nearest;
use crate::show::{Align, Look, Markup, latex};

/// What follows the name of a command; completion goes by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    None,
    /// A file.
    File,
    /// A function or a topic.
    Topic,
    /// Code of the language.
    Code,
    /// Words of the command's own.
    Settings,
}

/// One command.
pub struct Command {
    /// Its name without the colon.
    pub name: &'static str,
    /// How its argument is written in help.
    pub usage: &'static str,
    /// What its argument is.
    pub argument: Argument,
    /// What it does, in one line.
    pub summary: &'static str,
    run: fn(&mut Repl, &str) -> Result<Flow, Diagnostic>,
}

/// All commands, in the order of help.
pub const COMMANDS: [Command; 13] = [
    Command {
        name: "help",
        usage: "[TOPIC]",
        argument: Argument::Topic,
        summary: "explain a topic, like ?TOPIC",
        run: help,
    },
    Command { name: "list", usage: "", argument: Argument::None, summary: "the names that are defined", run: list },
    Command {
        name: "load",
        usage: "FILE",
        argument: Argument::File,
        summary: "run a script in this session",
        run: load,
    },
    Command {
        name: "reload",
        usage: "",
        argument: Argument::None,
        summary: "run the last loaded script again",
        run: reload,
    },
    Command {
        name: "save",
        usage: "FILE",
        argument: Argument::File,
        summary: "write what worked as a script (:save! replaces it)",
        run: save,
    },
    Command {
        name: "log",
        usage: "FILE | off",
        argument: Argument::File,
        summary: "keep a copy of the session in a file",
        run: log,
    },
    Command {
        name: "time",
        usage: "[CODE]",
        argument: Argument::Code,
        summary: "show how long things take, always or once",
        run: time,
    },
    Command {
        name: "limits",
        usage: "[NAME VALUE | off]",
        argument: Argument::Settings,
        summary: "show or set limits: timeout SECONDS, memory MIB",
        run: limits,
    },
    Command { name: "latex", usage: "", argument: Argument::None, summary: "the last value as LaTeX", run: show_latex },
    Command {
        name: "ascii",
        usage: "[off]",
        argument: Argument::Settings,
        summary: "write results in ASCII only",
        run: ascii,
    },
    Command { name: "reset", usage: "", argument: Argument::None, summary: "forget all definitions", run: reset },
    Command { name: "clear", usage: "", argument: Argument::None, summary: "clear the screen", run: clear },
    Command { name: "quit", usage: "", argument: Argument::None, summary: "leave (also Ctrl-D)", run: quit },
];

/// The command of a name or of an unambiguous beginning of one; else an error that says what comes near.
pub fn find(name: &str) -> Result<&'static Command, Diagnostic> {
    let name = name.trim_end_matches('!');
    if let Some(command) = COMMANDS.iter().find(|command| command.name == name) {
        return Ok(command);
    }
    let mut beginning = COMMANDS.iter().filter(|command| !name.is_empty() && command.name.starts_with(name));
    match (beginning.next(), beginning.next()) {
        (Some(only), None) => Ok(only),
        (Some(first), Some(second)) => {
            let mut names = vec![format!(":{}", first.name), format!(":{}", second.name)];
            names.extend(beginning.map(|command| format!(":{}", command.name)));
            Err(Diagnostic::new(Code::Name, format!("several commands begin with :{name}"))
                .hint(format!("{} are possible", names.join(", "))))
        }
        _ => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> Diagnostic {
    let hint = match nearest(name, COMMANDS.iter().map(|command| command.name)) {
        Some(near) => format!("did you mean :{near}?"),
        None => ":help lists the commands".to_owned(),
    };
    Diagnostic::new(Code::Name, format!("there is no command :{name}")).hint(hint)
}

/// The commands that begin so, each with its colon.
pub fn names_with_prefix(prefix: &str) -> impl Iterator<Item = String> {
    COMMANDS.iter().filter(move |command| command.name.starts_with(prefix)).map(|command| format!(":{}", command.name))
}

/// Runs a line that began with a colon (which is not part of `line`).
pub fn run(repl: &mut Repl, line: &str) -> Result<Flow, Diagnostic> {
    let line = line.trim();
    let (name, argument) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let command = find(name)?;
    let forced = name.ends_with('!');
    if forced && command.name != "save" {
        return Err(unknown(name));
    }
    let argument = argument.trim();
    if command.argument == Argument::None && !argument.is_empty() {
        return Err(Diagnostic::new(Code::Arity, format!(":{} takes nothing after it", command.name)));
    }
    if forced { save_as(repl, argument, true) } else { (command.run)(repl, argument) }
}

/// The table of commands as it stands in help.
pub fn overview() -> Markup {
    let rows = COMMANDS.iter().map(|command| {
        let usage = format!(":{} {}", command.name, command.usage);
        vec![Markup::keyword(usage.trim_end().to_owned()), Markup::text(command.summary)]
    });
    Markup::table(rows.collect(), [Align::Left])
}

fn help(repl: &mut Repl, topic: &str) -> Result<Flow, Diagnostic> {
    let name = topic.trim_start_matches(':');
    if topic.starts_with(':') {
        let command = find(name)?;
        repl.say(&Markup::text(format!(":{} {}\n  {}", command.name, command.usage, command.summary)));
        return Ok(Flow::Continue);
    }
    let text = documents::topic_text(topic)?;
    repl.say(&text);
    if topic.is_empty() {
        repl.say(&(Markup::Break + overview()));
    }
    Ok(Flow::Continue)
}

fn list(repl: &mut Repl, _: &str) -> Result<Flow, Diagnostic> {
    let rows = repl
        .session
        .bindings()
        .into_iter()
        .map(|(name, kind, summary)| vec![Markup::name(name), Markup::dim(kind), Markup::text(summary)]);
    let rows: Vec<_> = rows.collect();
    let words =
        if rows.is_empty() { Markup::dim("nothing is defined yet") } else { Markup::table(rows, [Align::Left]) };
    repl.say(&words);
    Ok(Flow::Continue)
}

fn load(repl: &mut Repl, file: &str) -> Result<Flow, Diagnostic> {
    let path = path_of(file).ok_or_else(|| missing("load", "a script"))?;
    let script = Script::read(&path)?;
    repl.loaded = Some(path);
    repl.evaluate(script);
    Ok(Flow::Continue)
}

fn reload(repl: &mut Repl, _: &str) -> Result<Flow, Diagnostic> {
    let path = repl
        .loaded
        .clone()
        .ok_or_else(|| Diagnostic::new(Code::Argument, "no script was loaded yet").hint(":load FILE runs one"))?;
    let script = Script::read(&path)?;
    repl.evaluate(script);
    Ok(Flow::Continue)
}

fn save(repl: &mut Repl, file: &str) -> Result<Flow, Diagnostic> {
    save_as(repl, file, false)
}

fn save_as(repl: &mut Repl, file: &str, replace: bool) -> Result<Flow, Diagnostic> {
    let path = path_of(file).ok_or_else(|| missing("save", "a file"))?;
    if path.exists() && !replace {
        let words = format!("{} exists already", path.display());
        return Err(Diagnostic::new(Code::Io, words).hint(format!(":save! {file} replaces it")));
    }
    let text = repl.session.transcript();
    write_whole(&path, &text)
        .map_err(|error| Diagnostic::new(Code::Io, format!("cannot write {}: {}", path.display(), reason(&error))))?;
    let lines = text.lines().count();
    repl.say(&Markup::dim(format!(
        "{lines} {} written to {}",
        if lines == 1 { "line" } else { "lines" },
        path.display()
    )));
    Ok(Flow::Continue)
}

/// Writes a file in one step: what is there is whole, before and after.
fn write_whole(path: &Path, text: &str) -> std::io::Result<()> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = fs::write(&part, text).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // What was begun is of no use to anybody.
        let _ = fs::remove_file(&part);
    }
    written
}

fn log(repl: &mut Repl, file: &str) -> Result<Flow, Diagnostic> {
    if file == "off" {
        repl.log = None;
        repl.say(&Markup::dim("no copy is kept any more"));
        return Ok(Flow::Continue);
    }
    let path = path_of(file).ok_or_else(|| missing("log", "a file, or off"))?;
    let unwritable = |error| Diagnostic::new(Code::Io, format!("cannot write {}: {}", path.display(), reason(&error)));
    let mut opened = OpenOptions::new().create(true).append(true).open(&path).map_err(unwritable)?;
    opened.write_all(b"").map_err(unwritable)?;
    repl.log = Some(opened);
    repl.say(&Markup::dim(format!("from here on a copy goes to {}", path.display())));
    Ok(Flow::Continue)
}

fn time(repl: &mut Repl, code: &str) -> Result<Flow, Diagnostic> {
    if code.is_empty() {
        repl.timing = !repl.timing;
        let words = if repl.timing { "times are shown" } else { "times are shown from one second on" };
        repl.say(&Markup::dim(words));
    } else {
        let before = std::mem::replace(&mut repl.timing, true);
        repl.evaluate_line(code);
        repl.timing = before;
    }
    Ok(Flow::Continue)
}

fn limits(repl: &mut Repl, words: &str) -> Result<Flow, Diagnostic> {
    let options = &mut repl.options;
    let parts: Vec<&str> = words.split_whitespace().collect();
    match parts.as_slice() {
        [] => {}
        ["off"] => (options.timeout, options.memory) = (None, None),
        ["timeout", "off"] => options.timeout = None,
        ["memory", "off"] => options.memory = None,
        ["timeout", value] => options.timeout = Some(seconds(value)?),
        ["memory", value] => match value.parse() {
            Ok(mib) if mib > 0 => options.memory = Some(mib),
            _ => return Err(Diagnostic::new(Code::Argument, "memory is a number of MiB, e.g. :limits memory 2000")),
        },
        _ => return Err(missing("limits", "timeout SECONDS, memory MIB, off or nothing")),
    }
    let timeout = options.timeout.map_or("none".to_owned(), |allowed| format!("{} s", allowed.as_secs_f64()));
    let memory = options.memory.map_or("none".to_owned(), |mib| format!("{mib} MiB"));
    let threads = options.threads.map_or("all".to_owned(), |threads| threads.to_string());
    let rows = [("timeout", timeout), ("memory", memory), ("threads", threads), ("seed", options.seed.to_string())];
    let rows = rows.into_iter().map(|(name, value)| vec![Markup::text(name), Markup::number(value)]).collect();
    repl.say(&Markup::table(rows, [Align::Left]));
    Ok(Flow::Continue)
}

fn seconds(text: &str) -> Result<Duration, Diagnostic> {
    super::args::seconds(text).map_err(|words| Diagnostic::new(Code::Argument, words))
}

fn show_latex(repl: &mut Repl, _: &str) -> Result<Flow, Diagnostic> {
    let last = repl.session.last().ok_or_else(|| Diagnostic::new(Code::Argument, "there is no last value yet"))?;
    let source = latex::render(&last.to_markup());
    repl.say(&Markup::text(source));
    Ok(Flow::Continue)
}

fn ascii(repl: &mut Repl, word: &str) -> Result<Flow, Diagnostic> {
    let (look, words) = match word {
        "" | "on" => (Look::Ascii, "results are written in ASCII"),
        "off" => (Look::Unicode, "results are written as mathematicians write them"),
        _ => return Err(missing("ascii", "nothing, or off")),
    };
    repl.console.manner.look = look;
    repl.say(&Markup::dim(words));
    Ok(Flow::Continue)
}

fn reset(repl: &mut Repl, _: &str) -> Result<Flow, Diagnostic> {
    repl.session.reset();
    repl.say(&Markup::dim("all definitions are forgotten"));
    Ok(Flow::Continue)
}

fn clear(repl: &mut Repl, _: &str) -> Result<Flow, Diagnostic> {
    repl.clear_screen();
    Ok(Flow::Continue)
}

fn quit(_: &mut Repl, _: &str) -> Result<Flow, Diagnostic> {
    Ok(Flow::Leave)
}

fn missing(command: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(Code::Arity, format!(":{command} wants {wanted}"))
}

/// A path as typed: quotes around it and a leading `~` are understood.
fn path_of(typed: &str) -> Option<PathBuf> {
    let quoted = typed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let typed = quoted.unwrap_or(typed);
    if typed.is_empty() {
        return None;
    }
    match (typed.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => Some(home.join(rest)),
        _ => Some(PathBuf::from(typed)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_found_by_name_and_by_beginning() {
        assert_eq!(find("quit").unwrap().name, "quit");
        assert_eq!(find("q").unwrap().name, "quit");
        assert_eq!(find("rel").unwrap().name, "reload");
        assert_eq!(find("save!").unwrap().name, "save");
        assert!(find("l").is_err_and(|error| error.hint.unwrap().contains(":latex")));
        assert!(find("laod").is_err_and(|error| error.hint.unwrap() == "did you mean :load?"));
        assert!(find("").is_err() && find("xyzzy").is_err());
    }
}
