//! The REPL on a pseudo-terminal: what a person meets.

#![cfg(unix)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use common::tempfile::{self, TempDir};
use expectrl::session::OsSession;
use expectrl::{Eof, Expect, Session};

/// A line that computes for longer than any test waits.
const LONG: &str = "for a in 1..1000000 { for b in 1..1000000 { assert true } }";

type Terminal = OsSession;

/// A REPL in the given folder, with its history there; colours off so that the texts are as written.
fn open(folder: &Path) -> Terminal {
    let mut command = Command::new(env!("CARGO_BIN_EXE_symmetra"));
    command
        .current_dir(folder)
        .env("SYMMETRA_HISTORY", folder.join("history"))
        .env("TERM", "xterm")
        .args(["--color", "never"]);
    let mut terminal = Session::spawn(command).unwrap();
    terminal.set_expect_timeout(Some(Duration::from_secs(20)));
    terminal.expect(":quit leaves").unwrap();
    terminal.expect("> ").unwrap();
    terminal
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Types a line and waits for an answer.
fn ask(terminal: &mut Terminal, line: &str, answer: &str) {
    terminal.send_line(line).unwrap();
    // The echo of the line itself comes first.
    terminal.expect("\n").unwrap();
    if let Err(error) = terminal.expect(answer) {
        panic!("{line}: expected {answer}: {error}");
    }
    terminal.expect("> ").unwrap();
}

fn leave(mut terminal: Terminal) {
    terminal.send("\u{4}").unwrap();
    terminal.expect(Eof).unwrap();
}

const CTRL_C: &str = "\u{3}";

#[test]
fn values_errors_and_the_session_live_on() {
    let folder = folder();
    let mut terminal = open(folder.path());
    ask(&mut terminal, "let x = 41", "");
    ask(&mut terminal, "x", "41");
    ask(&mut terminal, "nosuch", "error[name]");
    ask(&mut terminal, "x", "41");
    ask(&mut terminal, ":list", "41");
    ask(&mut terminal, "?transpose", "transpose(");
    ask(&mut terminal, "help transpose", "transpose(");
    ask(&mut terminal, ":hlep", "did you mean :help?");
    ask(&mut terminal, ":time", "times are shown");
    ask(&mut terminal, "1", "time ");
    ask(&mut terminal, ":reset", "forgotten");
    ask(&mut terminal, "x", "error[name]");
    terminal.send_line(":quit").unwrap();
    terminal.expect(Eof).unwrap();
}

#[test]
fn an_open_bracket_waits_and_two_empty_lines_insist() {
    let folder = folder();
    let mut terminal = open(folder.path());
    terminal.send_line("let l = [71,").unwrap();
    terminal.send_line("72]").unwrap();
    terminal.expect("> ").unwrap();
    ask(&mut terminal, "let x = 5", "");
    terminal.send_line("let l = (71").unwrap();
    terminal.send_line("").unwrap();
    terminal.send_line("").unwrap();
    terminal.expect("> ").unwrap();
    ask(&mut terminal, "x", "5");
    leave(terminal);
}

#[test]
fn lines_that_arrive_together_are_all_answered() {
    let folder = folder();
    let mut terminal = open(folder.path());
    terminal.send("1001\n1002\n1003\n").unwrap();
    for answer in ["1001", "1002", "1003"] {
        // Once as typed, once as the result.
        terminal.expect(answer).unwrap();
        terminal.expect(answer).unwrap();
    }
    terminal.expect("> ").unwrap();
    leave(terminal);
}

#[test]
fn a_computation_is_interrupted_and_nothing_is_lost() {
    let folder = folder();
    let mut terminal = open(folder.path());
    ask(&mut terminal, "let x = 5", "");
    for _ in 0..3 {
        terminal.send_line(LONG).unwrap();
        std::thread::sleep(Duration::from_millis(300));
        let start = Instant::now();
        terminal.send(CTRL_C).unwrap();
        terminal.expect("interrupted after").unwrap();
        terminal.expect("> ").unwrap();
        assert!(start.elapsed() < Duration::from_secs(3));
        ask(&mut terminal, "x", "5");
    }
    // A training that keeps its state says from where it goes on.
    ask(&mut terminal, "oracle f(x[3]) = x1^2 + x2^2 + x3^2", "oracle of a vector");
    let endless = "discover(f, method = \"joint\", generators = 2, epochs = 1000000000, checkpoint = \"t.npz\")";
    terminal.send_line(endless).unwrap();
    std::thread::sleep(Duration::from_millis(500));
    terminal.send(CTRL_C).unwrap();
    terminal.expect("goes on from step").unwrap();
    ask(&mut terminal, "?help", "Topics and their functions");
    leave(terminal);
}

/// A long basis, a long check of a network and long exports are interrupted; what was there before is there, and no half-written file.
#[test]
fn bases_networks_and_exports_are_interrupted() {
    let folder = folder();
    let mut terminal = open(folder.path());
    ask(&mut terminal, "rep V = vector(exceptional(\"G2\"))", "dimension 7");
    ask(&mut terminal, "network N = emlp(2*vector(O(3)) -> scalar(O(3)), hidden = 40)", "parameters");
    ask(&mut terminal, "let b = basis(vector(O(5))^4 -> vector(O(5))^4)", "rank 105");
    // 105 matrices of 390 625 entries: some hundred megabytes.
    let long = [
        "basis(V^4 -> V^4)",
        "equivariance_errors(N, elements = 10000)",
        "save(b, \"b.npz\")",
        "save(b, \"b.safetensors\")",
        "save(b, \"b.onnx\")",
    ];
    for line in long {
        terminal.send_line(line).unwrap();
        std::thread::sleep(Duration::from_millis(150));
        terminal.send(CTRL_C).unwrap();
        if let Err(error) = terminal.expect("interrupted after") {
            panic!("{line}: {error}");
        }
        terminal.expect("> ").unwrap();
        ask(&mut terminal, "[dim(V), b.rank, len(parameters(N))]", "[7, 105, ");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| name == "history"), "{left:?}");
    leave(terminal);
}

#[test]
fn interrupts_at_the_prompt_clear_the_line_and_never_end_the_session() {
    let folder = folder();
    let mut terminal = open(folder.path());
    terminal.send("let x = nonsense(").unwrap();
    terminal.send(CTRL_C).unwrap();
    terminal.expect("> ").unwrap();
    for _ in 0..5 {
        terminal.send(CTRL_C).unwrap();
        terminal.expect("to leave").unwrap();
        terminal.expect("> ").unwrap();
    }
    ask(&mut terminal, "let x = 7", "");
    ask(&mut terminal, "x", "7");
    leave(terminal);
}

#[test]
fn history_is_kept_across_sessions() {
    let folder = folder();
    let mut terminal = open(folder.path());
    ask(&mut terminal, "let x = 1234", "");
    // Written as one goes: the session may end in any way.
    assert!(fs::read_to_string(folder.path().join("history")).unwrap().contains("let x = 1234"));
    leave(terminal);
    let mut terminal = open(folder.path());
    terminal.send("\u{1b}[A").unwrap();
    terminal.expect("let x = 1234").unwrap();
    terminal.send_line("").unwrap();
    terminal.expect("> ").unwrap();
    ask(&mut terminal, "x", "1234");
    leave(terminal);
}

#[test]
fn tab_completes_names_and_signs() {
    let folder = folder();
    let mut terminal = open(folder.path());
    ask(&mut terminal, "let remarkable = 77", "");
    terminal.send("remark\t").unwrap();
    terminal.expect("remarkable").unwrap();
    terminal.send_line("").unwrap();
    terminal.expect("77").unwrap();
    terminal.expect("> ").unwrap();
    terminal.send("\\otimes\t").unwrap();
    terminal.expect("⊗").unwrap();
    terminal.send(CTRL_C).unwrap();
    terminal.expect("> ").unwrap();
    ask(&mut terminal, "remarkable", "77");
    leave(terminal);
}

#[test]
fn scripts_are_loaded_saved_and_logged() {
    let folder = folder();
    fs::write(folder.path().join("a.sym"), "let y = 3\ny\n").unwrap();
    let mut terminal = open(folder.path());
    ask(&mut terminal, ":log copy.txt", "copy.txt");
    ask(&mut terminal, ":load a.sym", "3");
    fs::write(folder.path().join("a.sym"), "let y = 8\ny\n").unwrap();
    ask(&mut terminal, ":reload", "8");
    ask(&mut terminal, "y", "8");
    ask(&mut terminal, "nosuch", "error");
    ask(&mut terminal, ":save b.sym", "written");
    ask(&mut terminal, ":save b.sym", "exists already");
    ask(&mut terminal, ":save! b.sym", "written");
    ask(&mut terminal, ":load missing.sym", "error[io]");
    leave(terminal);
    let saved = fs::read_to_string(folder.path().join("b.sym")).unwrap();
    assert!(!saved.contains("nosuch"), "{saved}");
    let again = assert_cmd::Command::new(env!("CARGO_BIN_EXE_symmetra"))
        .current_dir(folder.path())
        .arg("b.sym")
        .output()
        .unwrap();
    assert!(again.status.success(), "{saved}");
    let copy = fs::read_to_string(folder.path().join("copy.txt")).unwrap();
    assert!(copy.contains("> y\n8\n") && copy.contains("error[name]"), "{copy}");
}

#[test]
fn limits_apply_to_each_input() {
    let folder = folder();
    let mut terminal = open(folder.path());
    ask(&mut terminal, ":limits timeout 0.2", "0.2 s");
    ask(&mut terminal, LONG, "error[timeout]");
    ask(&mut terminal, ":limits off", "none");
    ask(&mut terminal, "1", "1");
    leave(terminal);
}
