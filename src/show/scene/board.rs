//! Matrices as boxes on a pale ground, and what they look like as text.

use super::{Place, Scene};

/// Characters in a line and lines of a picture of matrices, at most; further lines are cut.
const WIDEST: usize = 112;
const HIGHEST: usize = 64;
/// Lines of a picture that shows dots for entries.
const HIGHEST_IN_DOTS: usize = 160;

/// What stands behind the boxes.
pub const GROUND: [u8; 3] = [0xF2, 0xF3, 0xF5];

/// A matrix of which only the entries that are not zero have a box.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// Its upper left corner; boxes have sides of length 1.
    pub corner: Place,
    /// Rows of boxes.
    pub rows: usize,
    /// Columns of boxes.
    pub cols: usize,
    /// The boxes.
    pub entries: Vec<Entry>,
}

/// An entry of a matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its row, from 0.
    pub row: usize,
    /// Its column, from 0.
    pub col: usize,
    /// Its colour: red, green, blue.
    pub colour: [u8; 3],
    /// What is written in it.
    pub text: String,
}

impl Board {
    /// A matrix at the origin.
    pub fn new(rows: usize, cols: usize) -> Board {
        Board { corner: Place { x: 0.0, y: 0.0 }, rows, cols, entries: Vec::new() }
    }

    /// The lower right corner.
    pub fn opposite(&self) -> Place {
        Place { x: self.corner.x + self.cols as f64, y: self.corner.y - self.rows as f64 }
    }

    /// The centre of an entry.
    pub fn centre(&self, entry: &Entry) -> Place {
        Place { x: self.corner.x + entry.col as f64 + 0.5, y: self.corner.y - entry.row as f64 - 0.5 }
    }
}

/// The matrices in rows from left to right, about as high as wide, one step of room between them.
pub fn arranged(mut boards: Vec<Board>) -> Vec<Board> {
    let area: usize = boards.iter().map(|b| (b.rows + 1) * (b.cols + 1)).sum();
    let widest = boards.iter().map(|b| b.cols).max().unwrap_or(0);
    // The nearest number of columns, not the next lower one.
    let width = (area as f64).sqrt().ceil() as usize + widest / 2;
    let (mut left, mut top, mut height) = (0, 0, 0);
    for board in &mut boards {
        if left > 0 && left + board.cols > width {
            (left, top, height) = (0, top + height + 1, 0);
        }
        board.corner = Place { x: left as f64, y: -(top as f64) };
        left += board.cols + 1;
        height = height.max(board.rows);
    }
    boards
}

/// The matrices of a scene one after another: with the texts of the entries where there is room, otherwise with a sign for
/// each entry, otherwise with a dot for each.
pub(super) fn text(scene: &Scene, ascii: bool) -> String {
    let blocks =
        |block: fn(&Board, bool) -> Vec<String>, room: usize| flow(scene.boards.iter().map(|b| block(b, ascii)), room);
    let fits = |lines: &[String], highest: usize| {
        lines.len() <= highest && lines.iter().all(|line| line.chars().count() <= WIDEST)
    };
    let written = blocks(words, 2);
    if fits(&written, HIGHEST) {
        return written.join("\n");
    }
    let signed = blocks(signs, 2);
    if fits(&signed, HIGHEST) {
        return signed.join("\n");
    }
    let mut dotted = blocks(dots, 1);
    let more = if ascii { "..." } else { "…" };
    if dotted.len() > HIGHEST_IN_DOTS {
        dotted.truncate(HIGHEST_IN_DOTS);
        dotted.push(more.to_string());
    }
    for line in &mut dotted {
        if let Some((at, _)) = line.char_indices().nth(WIDEST + 16) {
            line.truncate(at);
            line.push_str(more);
        }
    }
    dotted.join("\n")
}

/// Blocks of lines side by side as far as there is room, an empty line between rows of blocks.
fn flow(blocks: impl Iterator<Item = Vec<String>>, room: usize) -> Vec<String> {
    let (mut out, mut row): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    let mut width = 0;
    for block in blocks {
        let own = block.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        if width > 0 && width + room + own > WIDEST {
            out.append(&mut row);
            out.push(String::new());
            width = 0;
        }
        let start = if width > 0 { width + room } else { 0 };
        row.resize(row.len().max(block.len()), String::new());
        for (line, part) in row.iter_mut().zip(&block) {
            line.push_str(&" ".repeat(start - line.chars().count()));
            line.push_str(part);
        }
        // Lines of one row of blocks are as long as its end.
        width = start + own;
        for line in &mut row {
            line.push_str(&" ".repeat(width - line.chars().count()));
        }
    }
    out.append(&mut row);
    out.iter().map(|line| line.trim_end().to_string()).collect()
}

/// The texts of the entries in columns of one width.
fn words(board: &Board, ascii: bool) -> Vec<String> {
    let width = board.entries.iter().map(|e| e.text.chars().count()).max().unwrap_or(1);
    let zero = if ascii { "." } else { "·" };
    let mut grid = vec![vec![zero; board.cols]; board.rows];
    for entry in &board.entries {
        if let Some(place) = grid.get_mut(entry.row).and_then(|row| row.get_mut(entry.col)) {
            *place = &entry.text;
        }
    }
    let line = |row: &Vec<&str>| row.iter().map(|text| format!("{text:>width$}")).collect::<Vec<_>>().join(" ");
    grid.iter().map(line).collect()
}

/// A plus or a minus for each entry.
fn signs(board: &Board, ascii: bool) -> Vec<String> {
    let mut grid = vec![vec![if ascii { '.' } else { '·' }; board.cols]; board.rows];
    for entry in &board.entries {
        if let Some(place) = grid.get_mut(entry.row).and_then(|row| row.get_mut(entry.col)) {
            *place = if entry.text.starts_with(['-', '−']) { '-' } else { '+' };
        }
    }
    grid.iter().map(|row| row.iter().collect()).collect()
}

/// A braille dot for each entry, in ASCII a character for eight of them: a point, a colon or `#` by their number.
fn dots(board: &Board, ascii: bool) -> Vec<String> {
    let mut grid = vec![vec![0u8; board.cols.div_ceil(2)]; board.rows.div_ceil(4)];
    for entry in &board.entries {
        if let Some(cell) = grid.get_mut(entry.row / 4).and_then(|row| row.get_mut(entry.col / 2)) {
            *cell |= super::chart::braille(entry.col % 2, entry.row % 4);
        }
    }
    let character = |bits: u8| match (ascii, bits.count_ones()) {
        (false, _) => char::from_u32(0x2800 + u32::from(bits)).unwrap_or(' '),
        (true, 0) => ' ',
        (true, 1..=2) => '.',
        (true, 3..=5) => ':',
        (true, _) => '#',
    };
    grid.iter().map(|row| row.iter().map(|bits| character(*bits)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(n: usize, i: usize, j: usize) -> Board {
        let entry = |row, col, text: &str| Entry { row, col, colour: [1, 2, 3], text: text.to_string() };
        Board { entries: vec![entry(i, j, "1"), entry(j, i, "-1")], ..Board::new(n, n) }
    }

    fn scene(boards: Vec<Board>) -> Scene {
        Scene { boards: arranged(boards), ..Scene::default() }
    }

    #[test]
    fn small_matrices_are_written_side_by_side() {
        let found = text(&scene(vec![unit(2, 0, 1), unit(2, 1, 0)]), true);
        assert_eq!(found, " .  1   . -1\n-1  .   1  .");
    }

    #[test]
    fn larger_ones_have_signs_then_dots() {
        let signs = text(&scene(vec![unit(60, 0, 59)]), true);
        assert_eq!(signs.lines().count(), 60);
        assert_eq!((signs.matches('+').count(), signs.matches('-').count()), (1, 1));
        let dots = text(&scene((0..78).map(|k| unit(27, k % 27, (k + 5) % 27)).collect()), false);
        // Two dots for each of the 78 matrices.
        let bits: u32 = dots.chars().filter(|c| !c.is_whitespace()).map(|c| (c as u32 - 0x2800).count_ones()).sum();
        assert_eq!(bits, 156);
        assert!(dots.lines().all(|line| line.chars().count() <= WIDEST));
    }

    #[test]
    fn matrices_do_not_overlap() {
        let boards = arranged(vec![Board::new(7, 7); 14]);
        for (i, a) in boards.iter().enumerate() {
            for b in boards.iter().skip(i + 1) {
                let apart = |x: f64, y: f64| (x - y).abs() >= 8.0;
                assert!(apart(a.corner.x, b.corner.x) || apart(a.corner.y, b.corner.y));
            }
        }
        let right = boards.iter().map(|b| b.opposite().x).fold(0.0, f64::max);
        let low = boards.iter().map(|b| b.opposite().y).fold(0.0, f64::min);
        assert!(right / -low < 1.6 && -low / right < 1.6, "{right} × {low}");
    }
}
