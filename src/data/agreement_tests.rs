//! The two readers agree: what the fast one accepts, the general one reads as the same; and it accepts what is usual.

use std::io::{self, Read};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::*;
use crate::num::Rational;

fn fast(bytes: &[u8]) -> Result<Data, Halt> {
    let length = bytes.len() as u64;
    scan::data(bytes, length, length, &Limits::none())
}

/// Both readers on one text; whether the fast one knew it.
fn agree(bytes: &[u8]) -> bool {
    let shown = || String::from_utf8_lossy(&bytes[..bytes.len().min(300)]).into_owned();
    match fast(bytes) {
        Ok(data) => {
            let known = general(bytes, &Limits::none());
            assert_eq!(Ok(data), known, "{}", shown());
            true
        }
        Err(halt) => {
            assert_eq!(halt, Halt::Odd, "{}", shown());
            false
        }
    }
}

/// Gives a few bytes at a time, so that every number is cut somewhere.
struct Dripping<'a>(&'a [u8], usize);

impl Read for Dripping<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.1.min(buffer.len());
        self.0.read(&mut buffer[..count])
    }
}

const USUAL: &[&str] = &[
    r#"{"dim": 3, "structure_constants": [[0, 1, 2, "1"], [1, 2, 0, "1"], [0, 2, 1, "-1"]]}"#,
    r#"{"kind":"structure_constants","dim":3,"structure_constants":[[0,1,0,"-3/4"],[0,1,1,"5"],[0,1,2,"12345678/7"],[0,2,2,2]]}"#,
    "\u{feff}{\r\n  \"dim\": 4,\r\n  \"structure_constants\": [\r\n    [\r\n 0,\r\n 1,\r\n 2,\r\n \"1/2\"\r\n ],\r\n\t[3,1,2,\"0\"] ]\r\n}\r\n",
    r#"{"structure_constants": [[1,0,0,"1"],[0,1,0,"-1"],[0,1,1,"2"],[0,1,1,"4/2"],[1,1,0,"0"],[0,0,1,0]], "dim": 2}"#,
    r#"{"dim":2,"structure_constants":[[0,1,0,"123456789012345678901234567890/7"],[0,1,1," -0.25 "]]}"#,
    r#"{"dim":2,"structure_constants":[[0,1,0,"0000000000012/000000000004"],[0,1,1,"1/2+0i"]]}"#,
    r#"{"dim":0,"structure_constants":[]}"#,
    r#"{"dim":60,"structure_constants":[[58,59,59,"1"]]}"#,
    r#"{"a": {"structure_constants": [1, {"b": []}, "x]}", -1.5e+3, true, false, null, {}, 0]}, "dim": 1, "structure_constants": []}"#,
    r#"{"generators": [[["0", "1/2"], [0, 0]], [[0, 0], ["2i", -7]]], "dim": 7}"#,
    r#"{"generators": []}"#,
];

const UNUSUAL: &[&str] = &[
    r#"{"dim":2,"structure_constants":[[0,1,0,"1/0"]]}"#,
    r#"{"dim":2,"structure_constants":[[0,1,0,-0]]}"#,
    r#"{"dim":2,"structure_constants":[[0,1,0,1.0]]}"#,
    r#"{"dim":2,"structure_constants":[[00,1,0,"1"]]}"#,
    r#"{"dim":2,"structure_constants":[[0,1,0,"1"],]}"#,
    r#"{"dim":2,"structure_constants":[[0,1,0,"1"] [0,1,1,"1"]]}"#,
    r#"{"dim":2,"structure_constants":[[0,1,0,"1",2]]}"#,
    r#"{"dim":2,"structure_constants":[[0,1,2,"1"]]}"#,
    r#"{"dim":2,"structure_constants":[[0,1,0,"1"],[1,0,0,"1"]]}"#,
    r#"{"dim":2,"structure_constants":[[0,1,0,"0"],[0,1,0,"1"]]}"#,
    r#"{"dim":2,"structure_constants":[[0,0,0,"1"]]}"#,
    r#"{"dim":2,"structure_constants":[[0,1,0,"i"]]}"#,
    r#"{"dim":2,"structure_constants":[]}x"#,
    r#"{"dim":2,"dim":2,"structure_constants":[]}"#,
    r#"{"dim":2,"structure_constants":[],"generators":[]}"#,
    r#"{"generators":[[[1,2],[3]]]}"#,
    r#"{"generators":[[[1]],[[1,0],[0,1]]]}"#,
    r#"{"generators":[[]]}"#,
    r#"{"generators":[[[0.5]]]}"#,
];

#[test]
fn usual_files_are_known_in_pieces_of_any_size() {
    for text in USUAL {
        assert!(agree(text.as_bytes()), "{text}");
        for size in [1, 2, 3, 7, 64, 65] {
            let length = text.len() as u64;
            let dripped = scan::data(Dripping(text.as_bytes(), size), length, length, &Limits::none());
            assert_eq!(dripped, fast(text.as_bytes()), "{text}");
        }
    }
    assert!(UNUSUAL.iter().all(|text| !agree(text.as_bytes())));
}

#[test]
fn every_prefix_and_every_changed_byte() {
    for text in USUAL.iter().chain(UNUSUAL) {
        for end in 0..text.trim_end().len() {
            let known = agree(&text.as_bytes()[..end]);
            assert!(!known || end == text.len() - 1, "{end} of {text}");
        }
        for at in 0..text.len() {
            for byte in *b"\"\\,:[]{}/-+.eE01 \n\0\x7f\xff\xc3it" {
                let mut bytes = text.as_bytes().to_vec();
                bytes[at] = byte;
                agree(&bytes);
                bytes[at] = text.as_bytes()[at];
                bytes.insert(at, byte);
                agree(&bytes);
            }
            let mut bytes = text.as_bytes().to_vec();
            bytes.remove(at);
            agree(&bytes);
        }
    }
}

/// Texts with up to six changes: bytes, pieces of other texts, numbers that break things.
#[test]
fn random_changes() {
    let pieces = [
        "-",
        "0",
        "00",
        "1e5",
        "99999999",
        "999999999999999999",
        "9223372036854775808",
        "\"1/3\"",
        "[0,1,",
        "],[",
        "]]",
        "4999",
        "5000",
        "4294967295",
        "\\u0031",
        "é",
        "null",
        "\"\"",
        "\"-\"",
        "\"/\"",
        "\"+1\"",
        ",,",
        "  ",
        "\"dim\":",
    ];
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let mut below = |n: usize| rng.next_u64() as usize % n.max(1);
    let mut known = 0;
    for _ in 0..20_000 {
        let base = USUAL[below(USUAL.len())];
        let mut bytes = base.as_bytes().to_vec();
        for _ in 0..=below(6) {
            let at = below(bytes.len());
            match below(4) {
                0 => drop(bytes.splice(at..at, pieces[below(pieces.len())].bytes())),
                1 => drop(bytes.splice(at..(at + below(9)).min(bytes.len()), pieces[below(pieces.len())].bytes())),
                2 => bytes[at] = below(256) as u8,
                _ => {
                    let other = USUAL[below(USUAL.len())].as_bytes();
                    let from = below(other.len());
                    let part = other[from..(from + below(30)).min(other.len())].to_vec();
                    drop(bytes.splice(at..at, part));
                }
            }
        }
        known += usize::from(agree(&bytes));
    }
    assert!(known > 100, "{known}");
}

/// Random tables in random order, in both orders of the pair, with repetitions and zeros.
#[test]
fn any_order_of_the_entries() {
    let mut rng = ChaCha8Rng::seed_from_u64(6);
    for n in 1..12 {
        let mut below = |n: usize| rng.next_u64() as usize % n.max(1);
        let mut entries = Vec::new();
        for i in 0..n {
            for j in i + 1..n {
                for k in 0..n {
                    if below(3) == 0 {
                        continue;
                    }
                    let value = Rational::new(below(2000) as i64 - 1000, 1 + below(40) as i64).unwrap();
                    for _ in 0..=below(2) {
                        let quoted = below(5) > 0 || !value.is_integer();
                        let shown = |v: &Rational| if quoted { format!("\"{v}\"") } else { v.to_string() };
                        entries.push(match below(2) {
                            0 => format!("[{i},{j},{k},{}]", shown(&value)),
                            _ => format!("[{j}, {i}, {k}, {}]", shown(&-&value)),
                        });
                    }
                }
            }
        }
        let text = |entries: &[String]| format!("{{\"dim\": {n}, \"structure_constants\": [{}]}}", entries.join(","));
        let sorted = fast(text(&entries).as_bytes());
        assert!(agree(text(&entries).as_bytes()));
        for _ in 0..4 {
            for at in 1..entries.len() {
                entries.swap(at, below(at + 1));
            }
            assert!(agree(text(&entries).as_bytes()));
            assert_eq!(fast(text(&entries).as_bytes()), sorted);
        }
    }
}

#[test]
fn limits_are_met_while_reading() {
    use crate::limits::Stop;
    use std::time::Duration;
    let entry = "[0,1,2,\"1\"],";
    let usual = format!("{{\"dim\":3,\"structure_constants\":[{}[0,1,2,\"1\"]]}}", entry.repeat(200_000));
    let odd = usual.replace("\"dim\":3", "\"dim\":3.5");
    let generator = format!("[{}[1]],", "[1],".repeat(9_999));
    let matrices = format!("{{\"generators\":[{}[[0.5]]]}}", generator.repeat(50));
    for text in [&usual, &odd, &matrices] {
        let limits = Limits::none().with_timeout(Duration::ZERO);
        assert!(matches!(json(text.as_bytes(), &limits).map_err(|e| e.fault), Err(Fault::Stop(Stop::Timeout(_)))));
    }
    let rows: String = (0..1000).map(|k| format!("[{k},4999,0,\"1\"],")).collect();
    let far = format!("{{\"dim\":5000,\"structure_constants\":[{rows}[1000,4999,0,\"1\"]]}}");
    for text in [&far, &odd, &matrices] {
        let limits = Limits::none().with_memory(4);
        let fault = json(text.as_bytes(), &limits).map_err(|e| e.fault);
        assert!(matches!(fault, Err(Fault::Stop(Stop::Memory { .. }))), "{:?}", fault.is_ok());
    }
}
