//! Scenes as SVG.

use std::fmt::Write;

use super::{Place, Scene, Tone, View, arrow_head};

/// Boxes with words in them; of more the colour has to do.
const WRITTEN_CELLS: usize = 1600;

const SIZE: f64 = 800.0;
const MARGIN: f64 = 50.0;

/// Rings that are drawn; larger counts are written.
const RINGS: usize = 4;

fn colour(tone: Tone) -> &'static str {
    match tone {
        Tone::Main => "#1f4e9c",
        Tone::Second => "#c2571a",
        Tone::Strong => "#b01030",
        Tone::Faint => "#9aa5b5",
    }
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
    cells(&mut out, scene, &view);
    for tone in [Tone::Faint, Tone::Second, Tone::Main, Tone::Strong] {
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
    out.push_str("</svg>\n");
    out
}

fn cells(out: &mut String, scene: &Scene, view: &View) {
    for cell in &scene.cells {
        let (p, size) = (view.place(cell.at), cell.size * view.scale);
        let [r, g, b] = cell.colour;
        let (x, y, side) = (number(p.x - size / 2.0), number(p.y - size / 2.0), number(size));
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{side}\" fill=\"#{r:02x}{g:02x}{b:02x}\"/>"
        );
        if scene.cells.len() <= WRITTEN_CELLS && !cell.text.is_empty() {
            let font = number((size * 0.9 / cell.text.chars().count().max(2) as f64).min(24.0));
            let (x, y) = (number(p.x), number(p.y));
            let _ = writeln!(
                out,
                "<text x=\"{x}\" y=\"{y}\" font-family=\"sans-serif\" font-size=\"{font}\" fill=\"#222222\" \
                 text-anchor=\"middle\" dominant-baseline=\"central\">{}</text>",
                escaped(&cell.text)
            );
        }
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
