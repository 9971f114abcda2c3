//! Scenes as text: lines in braille dots or full stops, spots as characters.

use std::collections::BTreeMap;

use super::{Place, Scene, Tone, View, board};

/// Columns and rows at most.
const COLUMNS: usize = 72;
const ROWS: usize = 36;

/// Characters in a line and lines of a picture of boxes, at most.
const WIDEST: usize = 112;
const HIGHEST: usize = 64;

/// Dots between the nearest spots, where there is room.
const COMFORTABLE: f64 = 12.0;

/// With more spots than this each is one dot.
const MANY: usize = 100;

/// Faint lines are left out when there are more.
const FAINT: usize = 200;

/// Signs of the spots of series, in the order of the legend.
const SERIES: [&str; 8] = ["●", "○", "◆", "◇", "▲", "△", "■", "□"];
const SERIES_ASCII: [&str; 8] = ["o", "x", "*", "+", "#", "@", "%", "&"];

/// The scene in characters, `●` for a spot and a number where it counts several; `o` and ASCII alone when asked. A scene
/// with very many spots has a dot for each.
///
/// A character is taken to be twice as high as wide: four rows and two columns of dots.
pub fn chart(scene: &Scene, ascii: bool) -> String {
    if scene.places().next().is_none() {
        return String::new();
    }
    if !scene.boards.is_empty() {
        return board::text(scene, ascii);
    }
    if !scene.cells.is_empty() {
        return cells(scene, ascii);
    }
    let (_, across, up) = scene.extent();
    let (most_x, most_y) = ((2 * COLUMNS - 1) as f64, (4 * ROWS - 1) as f64);
    let spacing = scene.spacing();
    let wanted = if spacing.is_finite() && spacing > 0.0 { COMFORTABLE / spacing } else { f64::INFINITY };
    let frame = |size: f64, most: f64| if wanted.is_finite() { (size * wanted).min(most) } else { most };
    let (width, height) = (frame(across, most_x).max(1.0), frame(up, most_y).max(1.0));
    let view = View::fit(scene, width, height, 0.0);
    let dots = |p: Place| {
        let p = view.place(p);
        (p.x.round().max(0.0) as usize, p.y.round().max(0.0) as usize)
    };
    let mut grid = Grid { ascii, dots: BTreeMap::new(), signs: BTreeMap::new() };
    let faint = scene.segments.iter().filter(|s| s.tone == Tone::Faint).count();
    for line in scene.segments.iter().filter(|s| s.tone != Tone::Faint || faint <= FAINT) {
        grid.line(dots(line.from), dots(line.to));
    }
    name_lines(&mut grid, scene, dots);
    for spot in &scene.spots {
        let (x, y) = dots(spot.at);
        if let Tone::Series(k) = spot.tone {
            grid.sign(x, y, series_sign(k, ascii));
        } else if scene.spots.len() > MANY && !ascii {
            grid.dot(x, y);
        } else if spot.count == "1" {
            grid.sign(x, y, if ascii { "o" } else { "●" });
        } else {
            grid.sign(x, y, &spot.count);
        }
    }
    for label in &scene.labels {
        let text = if ascii { ascii_twin(&label.text) } else { label.text.clone() };
        let (x, y) = dots(label.at);
        grid.sign(x + 3, y, &text);
    }
    for note in &scene.notes {
        let text = if ascii { ascii_twin(&note.text) } else { note.text.clone() };
        let (x, y) = dots(note.at);
        // A character is two dots wide.
        grid.sign(if note.centred { x.saturating_sub(text.chars().count()) } else { x }, y, &text);
    }
    grid.text()
}

fn series_sign(k: u8, ascii: bool) -> &'static str {
    let signs = if ascii { SERIES_ASCII } else { SERIES };
    signs.get(usize::from(k) % signs.len()).unwrap_or(&"o")
}

/// Characters between the signs on the line of a series.
const SIGNS_APART: usize = 15;

/// Signs of the legend here and there on the lines of series, which without colours look alike; those of different series
/// in different columns.
fn name_lines(grid: &mut Grid, scene: &Scene, dots: impl Fn(Place) -> (usize, usize)) {
    for line in &scene.segments {
        let Tone::Series(k) = line.tone else { continue };
        let (x, y) = dots(line.to);
        if (x / 2 + 4 * usize::from(k)) % SIGNS_APART == SIGNS_APART / 2 && dots(line.from).0 / 2 < x / 2 {
            grid.sign(x, y, series_sign(k, grid.ascii));
        }
    }
}

/// The texts of boxes in rows and columns, further apart where there is room between them; cut where they pass the page.
fn cells(scene: &Scene, ascii: bool) -> String {
    let size = scene.cells.first().map_or(1.0, |cell| cell.size);
    let key = |x: f64| (x / size * 64.0).round() as i64;
    let mut columns: BTreeMap<i64, usize> = BTreeMap::new();
    let mut rows: BTreeMap<i64, BTreeMap<i64, &str>> = BTreeMap::new();
    for cell in &scene.cells {
        let (x, y) = (key(cell.at.x), -key(cell.at.y));
        let width = columns.entry(x).or_insert(0);
        *width = (*width).max(cell.text.chars().count());
        rows.entry(y).or_default().insert(x, &cell.text);
    }
    // Where each column starts and ends.
    let mut places = BTreeMap::new();
    let (mut start, mut last) = (0, None);
    for (&x, &width) in &columns {
        start += last.map_or(0, |before| if x - before > 96 { 2 } else { 1 });
        if start + width > WIDEST {
            break;
        }
        places.insert(x, start + width);
        start += width;
        last = Some(x);
    }
    let cut = (places.len() < columns.len(), rows.len() > HIGHEST);
    let (mut out, mut above) = (Vec::new(), None);
    for (&y, row) in rows.iter().take(HIGHEST) {
        if above.is_some_and(|above| y - above > 96) {
            out.push(String::new());
        }
        above = Some(y);
        let (mut line, mut length) = (String::new(), 0);
        for (x, text) in row {
            let Some(&end) = places.get(x) else { continue };
            let text = if ascii { text.replace('·', ".") } else { text.to_string() };
            let width = text.chars().count();
            line.push_str(&" ".repeat((end - width).saturating_sub(length)));
            line.push_str(&text);
            length = end;
        }
        if cut.0 {
            line.push_str(if ascii { " ..." } else { " …" });
        }
        out.push(line);
    }
    if cut.1 {
        out.push(if ascii { "..." } else { "…" }.to_string());
    }
    out.join("\n")
}

/// Greek letters of roots and weights, for terminals without them.
pub(super) fn ascii_twin(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'α' => 'a',
            'ω' => 'w',
            '−' => '-',
            '·' | '×' => '.',
            c if c.is_ascii() => c,
            _ => '?',
        })
        .collect()
}

/// The bit of a braille dot: 1–3 and 7 in the left column, 4–6 and 8 in the right one (Unicode, block U+2800).
pub(super) fn braille(column: usize, row: usize) -> u8 {
    match (column, row) {
        (0, 3) => 0x40,
        (_, 3) => 0x80,
        (0, row) => 1 << row,
        (_, row) => 8 << row,
    }
}

/// Cells by row and column.
struct Grid {
    ascii: bool,
    /// The dots of a cell, bits in the order of Unicode's braille patterns.
    dots: BTreeMap<(usize, usize), u8>,
    /// Characters on top.
    signs: BTreeMap<(usize, usize), char>,
}

impl Grid {
    fn dot(&mut self, x: usize, y: usize) {
        *self.dots.entry((y / 4, x / 2)).or_insert(0) |= braille(x % 2, y % 4);
    }

    fn line(&mut self, from: (usize, usize), to: (usize, usize)) {
        let (x0, y0, x1, y1) = (from.0 as f64, from.1 as f64, to.0 as f64, to.1 as f64);
        let steps = (x1 - x0).abs().max((y1 - y0).abs()).max(1.0);
        let mut step = 0.0;
        while step <= steps {
            let t = step / steps;
            self.dot((x0 + t * (x1 - x0)).round() as usize, (y0 + t * (y1 - y0)).round() as usize);
            // Every other dot: lines are background.
            step += 2.0;
        }
    }

    fn sign(&mut self, x: usize, y: usize, text: &str) {
        for (offset, c) in text.chars().enumerate() {
            self.signs.insert((y / 4, x / 2 + offset), c);
        }
    }

    fn text(&self) -> String {
        let cells = || self.dots.keys().chain(self.signs.keys());
        let rows = cells().map(|c| c.0).max().unwrap_or(0);
        let columns = cells().map(|c| c.1).max().unwrap_or(0);
        let character =
            |row: usize, column: usize| match (self.signs.get(&(row, column)), self.dots.get(&(row, column))) {
                (Some(sign), _) => *sign,
                (None, Some(_)) if self.ascii => '.',
                (None, Some(bits)) => char::from_u32(0x2800 + u32::from(*bits)).unwrap_or(' '),
                (None, None) => ' ',
            };
        let line = |row: usize| (0..=columns).map(|column| character(row, column)).collect::<String>();
        let lines: Vec<String> = (0..=rows).map(|row| line(row).trim_end().to_string()).collect();
        // A single point stands in the middle of its frame.
        let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(0);
        let left = lines.iter().filter(|l| !l.is_empty()).map(|l| l.len() - l.trim_start_matches(' ').len()).min();
        let left = left.unwrap_or(0);
        lines.iter().skip(first).map(|line| line.get(left..).unwrap_or("")).collect::<Vec<_>>().join("\n")
    }
}
