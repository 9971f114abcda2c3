//! Input that nobody means well with: it ends in a result or a clean error, soon, and never in a panic.

mod common;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::expected::{files, root};
use common::tempfile;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use symmetra::diag::{Code, Diagnostic};
use symmetra::lang::parse::{completeness, parse};
use symmetra::limits::Limits;
use symmetra::session::Session;

fn scripts() -> Vec<String> {
    let found = files(Path::new("scripts"), "sym").into_iter().chain(files(Path::new("tests/errors"), "sym"));
    found.filter_map(|path| fs::read_to_string(root().join(path)).ok()).collect()
}

/// Parses and checks; a bug shows as the code `internal`.
fn check(text: &str) -> Vec<Diagnostic> {
    let errors = Session::new().check("hostile.sym", text, root());
    for error in &errors {
        assert_ne!(error.code, Code::Internal, "{error:?}\n{:?}", text.chars().take(400).collect::<String>());
    }
    errors
}

/// Runs with small limits, for at most `seconds`.
fn run(text: &str, seconds: f64) -> Result<(), Diagnostic> {
    let start = Instant::now();
    let limits = Limits::none().with_timeout(Duration::from_secs_f64(seconds)).with_memory(256);
    let result = Session::new().run("hostile.sym", text, root(), &limits, &mut |printed| drop(printed.text()));
    let shown: String = text.chars().take(400).collect();
    assert!(start.elapsed().as_secs_f64() < seconds + 3.0, "{:?} for {shown}", start.elapsed());
    if let Err(error) = &result {
        assert_ne!(error.code, Code::Internal, "{error:?}\n{shown}");
    }
    result
}

fn code(text: &str) -> Option<&'static str> {
    run(text, 5.0).err().map(|error| error.code.as_str())
}

/// The program with this standard input: exit status, results, errors; never a panic, never longer than 20 seconds.
fn feed(bytes: &[u8], options: &[&str]) -> (i32, String, String) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_symmetra"))
        .current_dir(root())
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let bytes = bytes.to_vec();
    // A program that stops reading early closes the pipe; that is its right.
    let writer = std::thread::spawn(move || drop(input.write_all(&bytes)));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let errors = String::from_utf8(output.stderr).expect("messages are text");
    let results = String::from_utf8(output.stdout).expect("results are text");
    assert!(!errors.contains("panicked") && !errors.contains("error[internal]"), "{errors}");
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}: {errors}", start.elapsed());
    let status = output.status.code().expect("no signal ends the program");
    assert!(status == 0 || status == 1, "{status}: {errors}");
    assert_eq!(status == 1, errors.contains("error["), "{errors}");
    (status, results, errors)
}

#[test]
fn odd_bytes_on_standard_input() {
    assert_eq!(feed(b"", &[]), (0, String::new(), String::new()));
    assert_eq!(feed(b"\n\n \t\r\n# only a comment", &[]), (0, String::new(), String::new()));
    assert_eq!(feed(b"\xef\xbb\xbf1\r\n2\r\n", &[]).1, "1\n2\n");
    assert_eq!(feed(b"1\r2", &[]).0, 1);
    for bytes in [&b"\0"[..], b"1\0", b"let x = \0", b"\xff", b"1\n\xc3\x28", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80"]
    {
        let (status, results, errors) = feed(bytes, &[]);
        assert_eq!(status, 1, "{bytes:?}: {results}{errors}");
        assert!(!errors.contains('\0'), "{errors:?}");
    }
    let (_, _, errors) = feed("\u{1b}[31m\u{7}\u{202e}x".as_bytes(), &[]);
    assert!(!errors.contains('\u{1b}') && !errors.contains('\u{7}') && !errors.contains('\u{202e}'), "{errors:?}");
}

#[test]
fn depth_and_length() {
    let many = 100_000;
    let deep = [
        "(".repeat(many),
        "(".repeat(many) + "1" + &")".repeat(many),
        "[".repeat(many) + &"]".repeat(many),
        "f(".repeat(many),
        "-".repeat(many) + "1",
        "not ".repeat(many) + "true",
        "2^".repeat(many) + "2",
        "for x in 1..2 { ".repeat(many),
        "{".repeat(many),
        "[x for x in ".repeat(20_000),
        "brackets { [a, b] = ".repeat(20_000),
    ];
    for text in deep {
        let start = Instant::now();
        assert!(!check(&text).is_empty(), "{}", text.chars().take(60).collect::<String>());
        assert_eq!(feed(text.as_bytes(), &["--quiet"]).0, 1);
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}: {}", start.elapsed(), &text[..20]);
    }
    assert_eq!(feed(("1".to_string() + &"+1".repeat(many)).as_bytes(), &[]), (0, "100001\n".into(), String::new()));
    let chain = "if false then 1 else ".repeat(20_000) + "2";
    assert_eq!(feed(chain.as_bytes(), &[]), (0, "2\n".into(), String::new()));
    let (status, results, _) = feed(format!("sum([{}])", "1,".repeat(many)).as_bytes(), &[]);
    assert_eq!((status, results.as_str()), (0, "100000\n"));
    let (status, results, _) = feed("1\n".repeat(20_000).as_bytes(), &[]);
    assert_eq!((status, results.lines().count()), (0, 20_000));
    assert_eq!(feed("7".repeat(90_000).as_bytes(), &[]).0, 0);
    assert_eq!(feed("7".repeat(1_000_000).as_bytes(), &[]).0, 1);
    assert_eq!(feed(format!("\"{}\"", "a".repeat(1_000_000)).as_bytes(), &[]).0, 0);
    assert_eq!(feed("x".repeat(1_000_000).as_bytes(), &[]).0, 1);
    assert_eq!(feed("é⊗".repeat(50_000).as_bytes(), &[]).0, 1);
}

#[test]
fn every_prefix_of_every_script() {
    for text in scripts() {
        for end in (0..=text.len()).filter(|end| text.is_char_boundary(*end)) {
            let part = &text[..end];
            let _ = completeness(part);
            if let Ok(program) = parse(part, 0) {
                drop(program);
            }
        }
        // The checker has a thread of its own to start: a sample is enough.
        for end in (0..=text.len()).step_by(7).filter(|end| text.is_char_boundary(*end)) {
            check(&text[..end]);
        }
    }
}

/// Words that mutations put in: the language's own, and what breaks things.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ";",
    "=",
    "==",
    "->",
    "..",
    "+",
    "-",
    "*",
    "/",
    "^",
    "\"",
    "#",
    "\n",
    ".",
    "_",
    "i",
    "0",
    "1",
    "-1",
    "99999999999999999999",
    "1e9999",
    "1/0",
    "0.5f",
    "let ",
    "for ",
    "in ",
    "if ",
    "then ",
    "else ",
    "algebra ",
    "form ",
    "assert ",
    "include ",
    "brackets ",
    "not ",
    "and ",
    "so(3)",
    "su*(4)",
    "E8",
    "identify(",
    "stabilizer(",
    "span(",
    "octonion_form",
    "[1, 2; 3, 4]",
    "⊗",
    "→",
    "\u{0}",
    "\u{feff}",
    "é",
    "𝔤",
    "\r",
    "true",
];

/// A text of the corpus with up to five changes.
fn mutated(corpus: &[String], rng: &mut ChaCha8Rng) -> String {
    let below = |rng: &mut ChaCha8Rng, n: usize| rng.next_u64() as usize % n.max(1);
    let base = &corpus[below(rng, corpus.len())];
    let mut text: Vec<char> = base.chars().collect();
    for _ in 0..=below(rng, 5) {
        let at = below(rng, text.len() + 1);
        let end = (at + below(rng, 12)).min(text.len());
        match below(rng, 6) {
            0 => drop(text.drain(at..end)),
            1 => drop(text.splice(at..at, PIECES[below(rng, PIECES.len())].chars())),
            2 => drop(text.splice(at..end, PIECES[below(rng, PIECES.len())].chars())),
            3 => {
                let copy: Vec<char> = text[at..end].to_vec();
                let to = below(rng, text.len() + 1);
                drop(text.splice(to..to, copy));
            }
            4 => text.truncate(at),
            _ => {
                let other: Vec<char> = corpus[below(rng, corpus.len())].chars().collect();
                let from = below(rng, other.len() + 1);
                let part = &other[from..(from + 30).min(other.len())];
                drop(text.splice(at..at, part.iter().copied()));
            }
        }
    }
    text.into_iter().collect()
}

#[test]
fn twenty_thousand_mutations_parse_or_are_refused() {
    let corpus = scripts();
    let mut rng = ChaCha8Rng::seed_from_u64(2024);
    for round in 0..20_000 {
        let text = mutated(&corpus, &mut rng);
        // A mutated path may name anything.
        let text = text.replace("include", "includ3");
        let _ = completeness(&text);
        if parse(&text, 0).is_ok() || round % 10 == 0 {
            check(&text);
        }
    }
}

#[test]
fn three_hundred_mutations_run_within_their_limits() {
    let corpus = scripts();
    let mut rng = ChaCha8Rng::seed_from_u64(7);
    let mut ran = 0;
    let mut tried = 0;
    while ran < 300 {
        tried += 1;
        assert!(tried < 20_000, "too few mutations are programs: {ran}");
        // Nothing is read or written on the way.
        let text = mutated(&corpus, &mut rng).replace("include", "1").replace("save", "dim").replace("load", "dim");
        if check(&text).is_empty() {
            let _ = run(&text, 0.3);
            ran += 1;
        }
    }
}

#[test]
fn huge_arguments_are_refused_soon() {
    for (text, expected) in [
        ("so(100000)", "argument"),
        ("su(10^30)", "argument"),
        ("sl(10^400)", "argument"),
        ("abelian(10^9)", "argument"),
        ("heisenberg(10^18)", "argument"),
        ("poincare(10^9, 1)", "argument"),
        ("[n for n in 1..10^12]", "argument"),
        ("2^(10^9)", "number"),
        ("10^10^10", "number"),
        ("(1/2)^(-10^12)", "number"),
        ("factorial(10^7)", "argument"),
        ("identity(10^6)", "argument"),
        ("zeros(5000, 5000)", "memory"),
        ("let f(n) = f(n + 1) + 1\nf(0)", "argument"),
        ("[1, 2, 3][10^20]", "index"),
        ("[1, 2, 3][-10^20]", "index"),
        ("form q(x[100000]) = x1^2", "argument"),
        ("form q(x) = x^(10^9)", "argument"),
        ("1e-999999", "number"),
        ("1e999999f", "number"),
    ] {
        let start = Instant::now();
        assert_eq!(code(text), Some(expected), "{text}");
        assert!(start.elapsed() < Duration::from_secs(3), "{text} takes {:?}", start.elapsed());
    }
    // These have no single right code, but an end.
    for text in [
        "1..10^12",
        "binomial(10^9, 10^8)",
        "permutation(10^9, \"(0 1)\")",
        "perm(10^12)",
        "tensor(identity(300), identity(300))",
        "[1, 2; 3, 4]^(10^9)",
        "[1, 1; 0, 1]^(10^18)",
        "volume(10^6)",
        "symplectic(10^7)",
        "hermitian(10^9, 1)",
        "alternating(10^9, \"123\")",
        "sqrt(2^100000 + 1)",
        "\"a\" * 10^9",
        "[1] * 10^9",
        "random_matrix(10^5)",
        "nilpotent(10^6)",
        "borel(10^6)",
        "gcd(10^9999, 3^9999)",
        "prime(10^18)",
        "derivations(so(30))",
        "text(2^19000000)",
        "(2^19000000)^2",
    ] {
        let _ = run(text, 4.0);
    }
}

#[test]
fn limits_of_the_program_are_honest() {
    // The deadline is met within a fraction of a second, whatever the engine is at.
    for work in
        ["identify(compact(E8))", "derivations(so(20))", "let f(n) = if n < 2 then n else f(n-1) + f(n-2)\nf(60)"]
    {
        let start = Instant::now();
        let (status, _, errors) = feed(work.as_bytes(), &["--timeout", "0.2"]);
        if status == 1 {
            assert!(errors.contains("error[timeout]"), "{work}: {errors}");
        }
        assert!(start.elapsed() < Duration::from_secs(2), "{work}: {:?}", start.elapsed());
    }
    for work in ["zeros(4000, 4000)", "so(70)", "so(70) + so(70)"] {
        let (status, _, errors) = feed(work.as_bytes(), &["--memory", "16"]);
        assert_eq!(status, 1, "{work}");
        assert!(errors.contains("error[memory]") && errors.contains("16 MiB"), "{work}: {errors}");
    }
}

#[test]
fn hostile_data_files_end_in_an_error_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.json");
    let program = format!("load({:?})", path.to_str().unwrap());
    let good = r#"{"dim": 3, "structure_constants": [[0, 1, 2, "1"], [1, 2, 0, "1"], [0, 2, 1, "-1"]]}"#;
    let matrices = r#"{"generators": [[["0", "1/2"], [0, 0]], [[0, 0], ["2i", 0]]]}"#;
    let mut rng = ChaCha8Rng::seed_from_u64(11);
    let mut texts: Vec<Vec<u8>> = vec![
        b"".to_vec(),
        b"\0\0\0".to_vec(),
        b"\xff\xfe".to_vec(),
        vec![b'['; 1_000_000],
        format!("{{\"a\":{}", "[".repeat(1_000_000)).into_bytes(),
        format!(r#"{{"dim": 2, "structure_constants": [[0, 1, 1, "{}"]]}}"#, "9".repeat(300_000)).into_bytes(),
        format!(r#"{{"dim": 1{}, "structure_constants": []}}"#, "0".repeat(500)).into_bytes(),
        br#"{"dim": -1, "structure_constants": []}"#.to_vec(),
        br#"{"dim": 1.5, "structure_constants": []}"#.to_vec(),
        br#"{"dim": "3", "structure_constants": [[0, 1, 2, 1e30]]}"#.to_vec(),
        br#"{"generators": [[]]}"#.to_vec(),
        br#"{"generators": [[[1]], 3]}"#.to_vec(),
        br#"{"generators": [[[true]]]}"#.to_vec(),
    ];
    texts.extend((0..good.len()).map(|end| good.as_bytes()[..end].to_vec()));
    for base in [good, matrices].repeat(150) {
        let mut bytes = base.as_bytes().to_vec();
        let at = rng.next_u64() as usize % bytes.len();
        bytes[at] = rng.next_u64() as u8;
        texts.push(bytes);
    }
    for bytes in &texts {
        fs::write(&path, bytes).unwrap();
        if let Err(error) = run(&program, 5.0) {
            assert!(error.message.starts_with("x.json: "), "{error:?}");
            assert!(error.message.chars().count() < 400, "{error:?}");
        }
    }
    for bytes in texts.iter().take(13) {
        fs::write(&path, bytes).unwrap();
        assert!(run(&program, 5.0).is_err(), "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(80)]));
    }
}

/// Tables that are odd in every way a file can be, and the code each is answered with (`None`: it is read).
#[test]
fn odd_tables_have_their_codes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.json");
    let program = format!("load({:?})", path.to_str().unwrap());
    let table = |entries: &str| format!("{{\"dim\": 3, \"structure_constants\": [{entries}]}}");
    let zeros = (0..1_000_000).map(|n| format!("[{},{},{},\"0\"]", n % 3, (n + 1) % 3, n % 3)).collect::<Vec<_>>();
    let far = format!("{}[0,1,2,\"1\"]", "[0,1,2,\"2\"],".repeat(200_000));
    let long = "9".repeat(5_000);
    let deep =
        format!("{{\"a\": {}0{}, \"dim\": 0, \"structure_constants\": []}}", "[".repeat(5_000), "]".repeat(5_000));
    for (text, expected) in [
        (table("[0,1,2,\"1\"]").replace(' ', "\r\n").into_bytes(), None),
        ([b"\xef\xbb\xbf", table("[0,1,2,\"1\"]").as_bytes()].concat(), None),
        ([b"\xef\xbb", table("").as_bytes()].concat(), Some("format")),
        ([b" \xef\xbb\xbf", table("").as_bytes()].concat(), Some("format")),
        ([table("").as_bytes(), b"\0"].concat(), Some("format")),
        (table("[0,1,2,\"1\0\"]").into_bytes(), Some("format")),
        (table("[0,1,2,\"\\u0031\"]").into_bytes(), None),
        ([b"{\"\xff\": 1, \"dim\": 0, \"structure_constants\": []}".as_slice()].concat(), Some("format")),
        (table(&zeros.join(",")).into_bytes(), None),
        (table(&far).into_bytes(), Some("duplicate")),
        (table("[0,1,2,\"1\"],[1,2,0,\"5\"],[1,0,2,\"1\"]").into_bytes(), Some("antisymmetry")),
        (table("[0,1,2,\"1\"],[2,2,1,\"1/2\"]").into_bytes(), Some("antisymmetry")),
        (table("[4294967296,1,2,\"1\"]").into_bytes(), Some("index")),
        (table("[0,1,18446744073709551616,\"1\"]").into_bytes(), Some("index")),
        (table("[0,1,3,\"1\"]").into_bytes(), Some("index")),
        (table("[0,1,2,\"1/0\"]").into_bytes(), Some("number")),
        (table("[0,1,2,1e400]").into_bytes(), Some("number")),
        (table("[0,1,2,-0]").into_bytes(), Some("number")),
        (table("[0,1,2,\"i\"]").into_bytes(), Some("number")),
        (table(&format!("[0,1,2,\"{long}/7\"]")).into_bytes(), None),
        (table("[[0,1,2,\"1\"]]").into_bytes(), Some("format")),
        (table("[0,1,2,[\"1\"]]").into_bytes(), Some("format")),
        (table("[0,1,2,\"1\"],").into_bytes(), Some("format")),
        (table("[0,1,2,\"1\",\"2\"]").into_bytes(), Some("format")),
        (deep.into_bytes(), None),
        (b"[3, [], null]".to_vec(), Some("format")),
    ] {
        fs::write(&path, &text).unwrap();
        let found = run(&program, 10.0).err();
        let shown = String::from_utf8_lossy(&text[..text.len().min(120)]).into_owned();
        assert_eq!(found.as_ref().map(|error| error.code.as_str()), expected, "{shown}: {found:?}");
    }
}

/// The deadline and the budget are met in the middle of a long file, whichever reader is at it.
#[test]
fn limits_hold_while_a_long_file_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.json");
    let program = format!("load({:?})", path.to_str().unwrap());
    let mut rows = String::new();
    for i in 0..120 {
        for j in i + 1..120 {
            for k in 0..120 {
                rows += &format!("[{i},{j},{k},\"{}/7\"],", k + 1);
            }
        }
    }
    for dim in ["120", "120.5"] {
        fs::write(&path, format!("{{\"dim\":{dim},\"structure_constants\":[{rows}[118,119,0,\"1/7\"]]}}")).unwrap();
        let start = Instant::now();
        let (status, _, errors) = feed(program.as_bytes(), &["--timeout", "0.01", "--threads", "1"]);
        assert!(status == 1 && errors.contains("error[timeout]"), "{errors}");
        assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
        let (status, _, errors) = feed(program.as_bytes(), &["--memory", "8"]);
        assert!(status == 1 && errors.contains("error[memory]"), "{errors}");
    }
}
