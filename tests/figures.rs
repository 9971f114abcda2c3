//! Pictures of discoveries as users save them: what stands in the SVG, in the PNG and on the terminal.
//!
//! Expected contents are from the definitions: which entries the generators of SO(1,3), su(2) and G2 have, where a spectrum has its
//! gap. The PNG is read by a small decoder of RFC 1950 and 1951 that shares nothing with the writer.

mod common;

use std::fs;
use std::path::Path;

use common::program::here;
use common::program::text::run_in;
use common::tempfile::TempDir;

/// Runs a program in a folder and gives what it prints.
#[track_caller]
fn run(folder: &Path, text: &str) -> Vec<String> {
    match run_in(text, folder) {
        Ok(found) => found,
        Err(error) => panic!("{text}: {error:?}"),
    }
}

/// A rectangle of an SVG: x, y, width, height, colour.
type Rectangle = (f64, f64, f64, f64, String);

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    Some(tag[start..].split('"').next()?.to_string())
}

/// The rectangles after the background.
fn rectangles(svg: &str) -> Vec<Rectangle> {
    let number = |tag: &str, name: &str| attribute(tag, name).and_then(|x| x.parse::<f64>().ok());
    svg.split("<rect")
        .skip(2)
        .filter_map(|tag| {
            let (x, y) = (number(tag, "x")?, number(tag, "y")?);
            Some((x, y, number(tag, "width")?, number(tag, "height")?, attribute(tag, "fill")?))
        })
        .collect()
}

/// The circles: x, y, colour.
fn circles(svg: &str) -> Vec<(f64, f64, String)> {
    let number = |tag: &str, name: &str| attribute(tag, name).and_then(|x| x.parse::<f64>().ok());
    svg.split("<circle")
        .skip(1)
        .filter_map(|t| Some((number(t, "cx")?, number(t, "cy")?, attribute(t, "fill")?)))
        .collect()
}

/// Width, height and the pixels of a PNG with eight bits a channel and no filter.
fn pixels(bytes: &[u8]) -> (usize, usize, Vec<[u8; 3]>) {
    assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
    let (mut at, mut size, mut data) = (8, (0, 0), Vec::new());
    while at < bytes.len() {
        let word = |k: usize| u32::from_be_bytes(bytes[k..k + 4].try_into().unwrap()) as usize;
        let (length, name, body) = (word(at), &bytes[at + 4..at + 8], at + 8);
        match name {
            b"IHDR" => size = (word(body), word(body + 4)),
            b"IDAT" => data.extend_from_slice(&bytes[body..body + length]),
            _ => {}
        }
        at = body + length + 4;
    }
    let raw = inflate(&data[2..]);
    let (width, height) = size;
    assert_eq!(raw.len(), height * (3 * width + 1));
    let rows = raw.chunks_exact(3 * width + 1).flat_map(|row| {
        assert_eq!(row[0], 0, "a filter");
        row[1..].chunks_exact(3).map(|p| [p[0], p[1], p[2]]).collect::<Vec<_>>()
    });
    (width, height, rows.collect())
}

/// RFC 1951, blocks with fixed codes only.
fn inflate(data: &[u8]) -> Vec<u8> {
    let mut at = 0;
    let mut bit = || {
        let value = data[at / 8] >> (at % 8) & 1;
        at += 1;
        u32::from(value)
    };
    let mut out = Vec::new();
    loop {
        let last = bit();
        assert_eq!(bit() + 2 * bit(), 1, "fixed codes");
        loop {
            let mut code = (0..7).fold(0, |c, _| 2 * c + bit());
            let symbol = if code < 0b001_1000 {
                256 + code
            } else {
                code = 2 * code + bit();
                if (0x30..0xC0).contains(&code) {
                    code - 0x30
                } else if (0xC0..0xC8).contains(&code) {
                    280 + code - 0xC0
                } else {
                    144 + 2 * code + bit() - 0x190
                }
            };
            match symbol {
                0..=255 => out.push(symbol as u8),
                256 => break,
                _ => {
                    // Lengths of section 3.2.5; 285 is 258.
                    let k = symbol - 257;
                    let length = match k {
                        0..8 => 3 + k,
                        28 => 258,
                        _ => {
                            let extra = k / 4 - 1;
                            let low = (0..extra).fold(0, |v, i| v | bit() << i);
                            3 + (4 + k % 4) * (1 << extra) + low
                        }
                    };
                    let code = (0..5).fold(0, |c, _| 2 * c + bit());
                    let extra = (code / 2).saturating_sub(1);
                    let low = (0..extra).fold(0, |v, i| v | bit() << i);
                    let distance = if code < 4 { 1 + code } else { 1 + (2 + code % 2) * (1 << extra) + low };
                    for _ in 0..length {
                        out.push(out[out.len() - distance as usize]);
                    }
                }
            }
        }
        if last == 1 {
            return out;
        }
    }
}

const INTERVAL: &str = "oracle f(t, x, y, z) = t^2 - x^2 - y^2 - z^2\nlet d = discover(f)\n";

#[test]
fn generators_are_a_grid_of_matrices() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), &format!("{INTERVAL}save(picture(d), \"l.svg\")\nsave(picture(d), \"l.png\")"));
    let svg = fs::read_to_string(folder.path().join("l.svg")).unwrap();
    let all = rectangles(&svg);
    let (grounds, entries): (Vec<_>, Vec<_>) = all.into_iter().partition(|r| r.4 == "#f2f3f5");
    // Six matrices with two entries each: boosts have equal signs, rotations opposite ones.
    assert_eq!((grounds.len(), entries.len()), (6, 12));
    let blue = entries.iter().filter(|r| r.4 == "#1f4e9c").count();
    assert_eq!((blue, entries.len() - blue), (9, 3));
    for ground in &grounds {
        let side = ground.2 / 4.0;
        let inside: Vec<(i64, i64)> = entries
            .iter()
            .map(|r| (((r.1 - ground.1) / side).round() as i64, ((r.0 - ground.0) / side).round() as i64))
            .filter(|(i, j)| (0..4).contains(i) && (0..4).contains(j))
            .collect();
        let [(i, j), (k, l)] = inside[..] else { panic!("{inside:?}") };
        assert_eq!((i, j), (l, k));
        assert_ne!(i, j);
    }
    // The same boxes in pixels: the middle of each, up to what is written there, has the colour.
    let (width, height, image) = pixels(&fs::read(folder.path().join("l.png")).unwrap());
    assert_eq!((width, height), (1000, 1000));
    let count = |colour: [u8; 3]| image.iter().filter(|p| **p == colour).count() as f64;
    let (blue, red, ground) = (count([0x1F, 0x4E, 0x9C]), count([0xB0, 0x10, 0x30]), count([0xF2, 0xF3, 0xF5]));
    assert!((blue / red - 3.0).abs() < 0.1, "{blue} {red}");
    assert!((ground / (blue + red) - 84.0 / 12.0).abs() < 0.5, "{ground} {blue} {red}");
}

#[test]
fn a_spectrum_has_its_gap_where_the_dimension_is() {
    let folder = TempDir::new().unwrap();
    run(folder.path(), "let d = discover(octonion_form)\nsave(spectrum(d), \"s.svg\")\nsave(spectrum(d), \"s.png\")");
    let svg = fs::read_to_string(folder.path().join("s.svg")).unwrap();
    let spots = circles(&svg);
    let of = |colour: &str| {
        let mut own: Vec<(f64, f64)> = spots.iter().filter(|s| s.2 == colour).map(|s| (s.0, s.1)).collect();
        // The legend is to the right of everything else.
        own.sort_by(|a, b| a.0.total_cmp(&b.0));
        own.pop();
        own
    };
    let (zeros, others) = (of("#0072b2"), of("#d55e00"));
    assert_eq!((zeros.len(), others.len()), (14, 35));
    // The line of the dimension is between them, and the gap is more than five powers of ten of the scale.
    let line = svg.split("stroke=\"#b01030\"").nth(1).unwrap();
    let x: f64 = line.split("M").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!(zeros.iter().all(|z| z.0 < x) && others.iter().all(|o| o.0 > x));
    let lowest = others.iter().map(|o| o.1).fold(0.0, f64::max);
    assert!(zeros.iter().all(|z| z.1 > lowest + 100.0));
    assert!(svg.contains("dimension 14, gap ") && svg.contains(">1e0</text>") && svg.contains(">rounding</text>"));
    let (_, _, image) = pixels(&fs::read(folder.path().join("s.png")).unwrap());
    assert!(
        image.contains(&[0x00, 0x72, 0xB2])
            && image.contains(&[0xD5, 0x5E, 0x00])
            && image.contains(&[0xB0, 0x10, 0x30])
    );
}

#[test]
fn structure_constants_are_a_table_of_brackets() {
    let folder = TempDir::new().unwrap();
    let out = run(
        folder.path(),
        "picture(so(3), ascii = true)\nsave(picture(so(1,3)), \"c.svg\")\npicture(E6(-78), ascii = true)",
    );
    // [e1, e2] = ±e3 and cyclic: each number twice, with opposite signs.
    for k in ["1", "2", "3"] {
        assert_eq!(out[0].matches(k).count(), 2, "{}", out[0]);
        assert_eq!(out[0].matches(&format!("-{k}")).count(), 1, "{}", out[0]);
    }
    let svg = fs::read_to_string(folder.path().join("c.svg")).unwrap();
    // Of the fifteen pairs of generators, the three of a rotation and the boost along its axis commute.
    assert_eq!(rectangles(&svg).len(), 1 + 2 * 12);
    // 78 rows: a character for eight entries.
    assert_eq!(out[1].lines().count(), 20);
    assert!(out[1].is_ascii() && out[1].lines().all(|line| line.len() <= 39));
}

#[test]
fn sparse_matrices_name_their_entries() {
    let folder = TempDir::new().unwrap();
    let out =
        run(folder.path(), &format!("{INTERVAL}sparse(d)\nsparse([1, 2i; 0, -1/2])\nsparse([0.5f, 0; 0.0001f, -1])"));
    assert_eq!(out[0].lines().count(), 6);
    assert_eq!(out[0].lines().next(), Some("1: E[1,2] + E[2,1]"));
    assert_eq!(out[1], "E[1,1] + 2 i E[1,2] - 1/2 E[2,2]");
    assert_eq!(out[2], "0.500 E[1,1] - E[2,2]");
}

#[test]
fn a_training_has_its_losses_and_its_generators() {
    let folder = TempDir::new().unwrap();
    run(
        folder.path(),
        "oracle f(x[3]) = x1^2 + x2^2 + x3^2\nlet t = discover(f, method = \"joint\", generators = 3, epochs = 100)\n\
         save(loss_curve(t), \"loss.svg\")\nsave(picture(t), \"t.svg\")",
    );
    let svg = fs::read_to_string(folder.path().join("loss.svg")).unwrap();
    for word in ["loss", "invariance", "normalisation", "orthogonality", "closure", "steps", "100"] {
        assert!(svg.contains(&format!(">{word}</text>")), "{word}");
    }
    let svg = fs::read_to_string(folder.path().join("t.svg")).unwrap();
    assert_eq!(rectangles(&svg).iter().filter(|r| r.4 == "#f2f3f5").count(), 3);
}

#[test]
fn what_has_no_picture_says_so() {
    let fails = |text: &str, says: &str| {
        let error = run_in(text, here()).expect_err("it has no picture");
        assert!(format!("{} {:?}", error.message, error.hint).contains(says), "{error:?}");
    };
    fails(
        "oracle f(x[2]) = x1^2 + x2^2\nspectrum(discover(f, method = \"joint\", generators = 1, epochs = 5))",
        "no spectrum",
    );
    fails("spectrum(discover(quadratic(4), all_values = false))", "all_values = true");
    fails("picture([so(3), [1, 2; 3, 4]])", "a list of matrices holds");
}

#[test]
fn bytes_depend_on_nothing_but_the_input() {
    let bytes = || {
        let folder = TempDir::new().unwrap();
        run(
            folder.path(),
            "let d = discover(octonion_form)\nsave(spectrum(d), \"s.png\")\nsave(picture(d), \"g.svg\")",
        );
        (fs::read(folder.path().join("s.png")).unwrap(), fs::read(folder.path().join("g.svg")).unwrap())
    };
    assert!(bytes() == bytes());
}
