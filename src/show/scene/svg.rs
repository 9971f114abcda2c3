//! Scenes as SVG.

use std::fmt::Write;

use super::{Cell, GROUND, Place, Scene, Tone, View, arrow_head, ink, tones};

/// Boxes with words in them; of more the colour has to do.
const WRITTEN_CELLS: usize = 1600;

const SIZE: f64 = 800.0;
const MARGIN: f64 = 50.0;

/// Rings that are drawn; larger counts are written.
const RINGS: usize = 4;

fn colour(tone: Tone) -> String {
    hex(tone.colour())
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The scene as a standalone SVG document with title and description. Coordinates have two decimals.
pub fn svg(scene: &Scene) -> String {
    let view = View::fit(scene, SIZE, SIZE, MARGIN);
    let radius = (scene.spacing() * view.scale / 5.0).clamp(1.5, 7.0);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {SIZE} {SIZE}\" role=\"img\" aria-labelledby=\"t d\">"
    );
    let _ = writeln!(out, "<title id=\"t\">{}</title>", escaped(&scene.title));
    let _ = writeln!(out, "<desc id=\"d\">{}</desc>", escaped(&scene.description));
    let _ = writeln!(out, "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>");
    boards(&mut out, scene, &view);
    let written_cells = scene.cells.len() <= WRITTEN_CELLS;
    for cell in &scene.cells {
        boxed(&mut out, cell, &view, written_cells);
    }
    for tone in tones() {
        let lines: Vec<_> = scene.segments.iter().filter(|s| s.tone == tone).collect();
        if lines.is_empty() {
            continue;
        }
        // Many lines are drawn thin, so that the picture does not turn grey.
        let width = match (tone, lines.len()) {
            (Tone::Faint, 1000..) => 0.3,
            (Tone::Faint, 100..) => 0.6,
            (Tone::Faint, _) => 1.0,
            _ => 2.0,
        };
        let _ = writeln!(out, "<g stroke=\"{}\" stroke-width=\"{width}\" fill=\"{}\">", colour(tone), colour(tone));
        for line in lines {
            let (a, b) = (view.place(line.from), view.place(line.to));
            let _ = writeln!(out, "<path d=\"M{} L{}\"/>", point(a), point(b));
            if line.arrow
                && let Some([c, d]) = arrow_head(a, b, 12.0)
            {
                let _ = writeln!(out, "<path d=\"M{} L{} L{} Z\"/>", point(b), point(c), point(d));
            }
        }
        out.push_str("</g>\n");
    }
    for spot in &scene.spots {
        let (p, colour) = (view.place(spot.at), colour(spot.tone));
        let (x, y) = (number(p.x), number(p.y));
        let _ = writeln!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{colour}\"/>", number(radius));
        let count = spot.count.parse::<usize>().unwrap_or(usize::MAX);
        if count <= RINGS {
            for ring in 1..count {
                let r = number(radius + 3.0 * ring as f64);
                let _ = writeln!(
                    out,
                    "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1\"/>"
                );
            }
        } else {
            written(&mut out, p, radius + 3.0, &spot.count);
        }
    }
    for label in &scene.labels {
        written(&mut out, view.place(label.at), radius + 4.0, &label.text);
    }
    for note in &scene.notes {
        aligned(&mut out, view.place(note.at), if note.centred { "middle" } else { "start" }, &note.text);
    }
    out.push_str("</svg>\n");
    out
}

/// A ground for each matrix, and its entries on it.
fn boards(out: &mut String, scene: &Scene, view: &View) {
    let count: usize = scene.boards.iter().map(|b| b.entries.len()).sum();
    for board in &scene.boards {
        let (a, b) = (view.place(board.corner), view.place(board.opposite()));
        let (x, y, ground) = (number(a.x), number(a.y), hex(GROUND));
        let (width, height) = (number(b.x - a.x), number(b.y - a.y));
        let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{ground}\"/>");
        for entry in &board.entries {
            let cell = Cell { at: board.centre(entry), size: 1.0, colour: entry.colour, text: entry.text.clone() };
            boxed(out, &cell, view, count <= WRITTEN_CELLS);
        }
    }
}

fn boxed(out: &mut String, cell: &Cell, view: &View, with_words: bool) {
    let (p, size) = (view.place(cell.at), cell.size * view.scale);
    let (x, y, side) = (number(p.x - size / 2.0), number(p.y - size / 2.0), number(size));
    let fill = hex(cell.colour);
    let _ = writeln!(out, "<rect x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{side}\" fill=\"{fill}\"/>");
    if with_words && !cell.text.is_empty() {
        let font = number((size * 0.9 / cell.text.chars().count().max(2) as f64).min(24.0));
        let (x, y) = (number(p.x), number(p.y));
        let _ = writeln!(
            out,
            "<text x=\"{x}\" y=\"{y}\" font-family=\"sans-serif\" font-size=\"{font}\" fill=\"{}\" \
             text-anchor=\"middle\" dominant-baseline=\"central\">{}</text>",
            hex(ink(cell.colour)),
            escaped(&cell.text)
        );
    }
}

fn written(out: &mut String, p: Place, away: f64, text: &str) {
    let (x, y) = (number(p.x + away), number(p.y - away));
    let text = escaped(text);
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{y}\" font-family=\"serif\" font-size=\"18\" fill=\"#222222\">{text}</text>"
    );
}

/// Words at half their height, beginning or centred at a place.
fn aligned(out: &mut String, p: Place, anchor: &str, text: &str) {
    let (x, y, text) = (number(p.x), number(p.y), escaped(text));
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{y}\" font-family=\"sans-serif\" font-size=\"14\" fill=\"#222222\" \
         text-anchor=\"{anchor}\" dominant-baseline=\"central\">{text}</text>"
    );
}

fn point(p: Place) -> String {
    format!("{} {}", number(p.x), number(p.y))
}

/// Two decimals, without a negative zero.
fn number(x: f64) -> String {
    let text = format!("{x:.2}");
    if text == "-0.00" { "0.00".to_string() } else { text }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // Other control characters are not allowed in XML.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
