//! The program from outside: calls, streams, exit statuses, JSON, limits, hostile input.

mod common;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command as Process, Stdio};
use std::time::{Duration, Instant};

use assert_cmd::Command;
use common::tempfile::{self, TempDir};
use serde_json::Value;

/// A line that computes for longer than any test waits.
const LONG: &str = "for a in 1..1000000 { for b in 1..1000000 { assert true } }";

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_symmetra")
}

fn symmetra() -> Command {
    let mut command = Command::new(program());
    command.env_remove("NO_COLOR").timeout(Duration::from_secs(60));
    command
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Exit status, standard output, standard error.
fn outcome(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn code_files_and_standard_input_run() {
    let folder = folder(&[("a.sym", b"let x = 3\nx\n"), ("b.sym", b"4\n")]);
    assert_eq!(outcome(symmetra().args(["-e", "1"])), (0, "1\n".into(), String::new()));
    assert_eq!(outcome(symmetra().args(["-e", "let x = 5", "-e", "x"])), (0, "5\n".into(), String::new()));
    assert_eq!(outcome(symmetra().write_stdin("let x = 6\nx\n")), (0, "6\n".into(), String::new()));
    let here = || {
        let mut command = symmetra();
        command.current_dir(folder.path());
        command
    };
    assert_eq!(outcome(here().args(["a.sym", "b.sym"])), (0, "3\n4\n".into(), String::new()));
    assert_eq!(outcome(here().args(["run", "a.sym"])).1, "3\n");
    assert_eq!(outcome(here().args(["run", "-"]).write_stdin("7")).1, "7\n");
}

#[test]
fn each_script_has_a_session_of_its_own_and_the_first_failure_ends_the_call() {
    let folder = folder(&[("a.sym", b"let x = 3\n"), ("b.sym", b"1\nx\n2\n"), ("c.sym", b"9\n")]);
    let (status, results, messages) = outcome(symmetra().current_dir(folder.path()).args(["a.sym", "b.sym", "c.sym"]));
    assert_eq!(status, 1);
    // Names are checked before anything runs, so whether the first line was printed is not for this test to say.
    assert!(["", "1\n"].contains(&results.as_str()), "{results}");
    assert!(messages.contains("error[name]") && messages.contains("b.sym:2:1") && messages.contains("x"), "{messages}");
}

#[test]
fn json_is_one_object_per_result_and_the_error_last() {
    let (status, results, _) = outcome(symmetra().args(["--json", "-e", "1\nlet y = 2\ny\nassert 1 == y\n3"]));
    let objects = json_lines(&results);
    assert_eq!(status, 1);
    assert_eq!(objects.len(), 3);
    assert_eq!((&objects[0]["line"], &objects[1]["line"]), (&Value::from(1), &Value::from(3)));
    assert!(objects.iter().all(|object| object["source"] == "-"));
    let error = &objects[2];
    assert_eq!((error["kind"].as_str(), error["code"].as_str()), (Some("error"), Some("assert")));
    assert_eq!(error["line"], 4);
    assert!(error["column"].as_u64().unwrap() >= 1);
    let keys: Vec<&String> = error.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["kind", "code", "message", "line", "column", "source"]);
}

#[test]
fn unfinished_input_on_a_pipe_is_an_error() {
    let (status, results, messages) = outcome(symmetra().write_stdin("1\nlet x = [1, 2"));
    assert_eq!(status, 1, "{results}{messages}");
    assert!(messages.contains("error[syntax]"), "{messages}");
}

#[test]
fn wrong_calls_have_status_two() {
    for arguments in [
        &["--no-such-option"][..],
        &["--timeout", "soon", "-e", "1"],
        &["--threads", "0", "-e", "1"],
        &["run"],
        &["check"],
        &["-e"],
        &["completions", "abacus"],
    ] {
        let (status, results, messages) = outcome(symmetra().args(arguments));
        assert_eq!((status, results.as_str()), (2, ""), "{arguments:?}");
        assert!(!messages.is_empty());
    }
}

#[test]
fn documents_are_printed() {
    for (arguments, word) in [
        (&["--help"][..], "Usage"),
        (&["--version"], "symmetra"),
        (&["help"], "transpose"),
        (&["help", "transpose"], "transpose"),
        (&["completions", "bash"], "symmetra"),
        (&["completions", "zsh"], "symmetra"),
        (&["man"], ".TH"),
    ] {
        let (status, results, messages) = outcome(symmetra().args(arguments));
        assert_eq!((status, messages.as_str()), (0, ""), "{arguments:?}");
        assert!(results.contains(word), "{arguments:?}: {results}");
    }
    let (status, results, messages) = outcome(symmetra().args(["help", "transpse"]));
    assert_eq!((status, results.as_str()), (1, ""));
    assert!(messages.contains("transpose"), "{messages}");
}

#[test]
fn check_computes_nothing_and_reports_every_file() {
    let folder = folder(&[("good.sym", LONG.as_bytes()), ("bad.sym", b"nosuch(1)\n"), ("worse.sym", b"let = 1\n")]);
    let here = || {
        let mut command = symmetra();
        command.current_dir(folder.path());
        command
    };
    assert_eq!(outcome(here().args(["check", "good.sym"])), (0, String::new(), String::new()));
    let (status, results, messages) = outcome(here().args(["check", "bad.sym", "good.sym", "worse.sym"]));
    assert_eq!((status, results.as_str()), (1, ""));
    assert!(messages.contains("bad.sym:1:1") && messages.contains("worse.sym:1:"), "{messages}");
    let (_, results, _) = outcome(here().args(["check", "--json", "bad.sym"]));
    assert!(json_lines(&results).iter().all(|object| object["kind"] == "error"));
}

#[test]
fn odd_files_are_clean_errors() {
    let folder = folder(&[
        ("binary.sym", b"1\n\x00\xff\xfe\x80"),
        ("wide.sym", b"\xff\xfe1\x00"),
        ("windows.sym", b"\xef\xbb\xbflet x = 1\r\nx\r\n"),
        ("empty.sym", b""),
        ("folder/x.sym", b"1"),
    ]);
    let run = |name: &str| outcome(symmetra().current_dir(folder.path()).args(["--json", name]));
    for (name, code) in [
        ("binary.sym", "format"),
        ("wide.sym", "format"),
        ("missing.sym", "io"),
        ("folder", "io"),
        ("no/where.sym", "io"),
    ] {
        let (status, results, _) = run(name);
        let objects = json_lines(&results);
        assert_eq!((status, objects.len()), (1, 1), "{name}: {results}");
        assert_eq!((objects[0]["code"].as_str(), objects[0]["source"].as_str()), (Some(code), Some(name)));
    }
    assert_eq!(run("empty.sym"), (0, String::new(), String::new()));
    let (status, results, messages) = run("windows.sym");
    assert_eq!(status, 0, "{messages}");
    assert_eq!(json_lines(&results)[0]["line"], 2);
}

#[test]
fn a_huge_script_is_refused_soon() {
    let folder = folder(&[]);
    let path = folder.path().join("huge.sym");
    fs::File::create(&path).unwrap().set_len(3 << 30).unwrap();
    let start = Instant::now();
    let (status, _, messages) = outcome(symmetra().arg(&path));
    assert_eq!(status, 1);
    assert!(messages.contains("too long for a script"), "{messages}");
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn the_time_limit_ends_a_script() {
    let start = Instant::now();
    let (status, results, messages) = outcome(symmetra().args(["--json", "--timeout", "0.3", "-e", "1", "-e", LONG]));
    assert_eq!(status, 1);
    let last = json_lines(&results).pop().unwrap();
    assert_eq!(last["code"], "timeout");
    assert!(messages.contains("0.3 seconds"), "{messages}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn the_time_limit_holds_for_endless_results() {
    let start = Instant::now();
    let code = "for a in 1..10000000 { a }";
    let (status, _, messages) = outcome(symmetra().args(["--timeout", "0.5", "-e", code]));
    assert_eq!(status, 1);
    assert!(messages.contains("error[timeout]"), "{messages}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn work_beyond_the_memory_limit_is_refused_with_an_estimate() {
    let (status, results, messages) = outcome(symmetra().args(["--json", "--memory", "50", "-e", "zeros(5000, 5000)"]));
    assert_eq!(status, 1);
    assert_eq!(json_lines(&results).pop().unwrap()["code"], "memory");
    assert!(messages.contains("50 MiB"), "{messages}");
}

#[test]
fn colour_is_for_terminals_or_on_request() {
    let plain = |command: &mut Command| !outcome(command).2.contains('\u{1b}');
    assert!(plain(symmetra().args(["-e", "nosuch"])));
    assert!(plain(symmetra().args(["--color", "never", "-e", "nosuch"])));
    assert!(!plain(symmetra().args(["--color", "always", "-e", "nosuch"])));
    assert!(!plain(symmetra().env("NO_COLOR", "1").args(["--color=always", "-e", "nosuch"])));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let text: String = (0..200_000).map(|number| format!("{number}\n")).collect();
    let mut child =
        Process::new(program()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || drop(input.write_all(text.as_bytes())));
    let mut first = [0; 2];
    child.stdout.as_mut().unwrap().read_exact(&mut first).unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(&first, b"0\n");
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = Process::new(program()).args(["-e", "1"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot write the results"));
}

#[cfg(unix)]
#[test]
fn an_interrupt_has_status_130() {
    let child = Process::new(program())
        .args(["--json", "-e", "1", "-e", LONG])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(500));
    let start = Instant::now();
    assert!(Process::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert!(start.elapsed() < Duration::from_secs(3));
    assert_eq!(output.status.code(), Some(130));
    let last = json_lines(&String::from_utf8(output.stdout).unwrap()).pop().unwrap();
    assert_eq!(last["code"], "interrupted");
}

#[test]
fn threads_and_seed_do_not_change_the_bytes() {
    let run = |threads: &str| outcome(symmetra().args(["--json", "--seed", "3", "--threads", threads, "-e", "1"]));
    assert_eq!(run("1"), run("3"));
}

#[test]
fn main_stays_a_few_lines() {
    let main = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/main.rs")).unwrap();
    assert!(main.lines().count() < 40);
}
