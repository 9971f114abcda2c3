//! From markup to lines of styled pieces: what the plain and the ANSI renderer share.

use unicode_width::UnicodeWidthStr;

use super::{Align, Fence, Grid, Look, Markup, Style};

/// Columns between two cells.
const GAP: usize = 2;

/// One line: pieces that differ in style, without line breaks.
pub(super) type Line = Vec<(Style, String)>;

/// A rectangle of text; lines may be shorter than its width.
#[derive(Default)]
struct Area {
    lines: Vec<Line>,
    width: usize,
}

impl Area {
    fn of_line(line: Line) -> Area {
        let width = line_width(&line);
        Area { lines: vec![line], width }
    }

    /// Puts `right` beside this area, first line level with first line.
    fn beside(&mut self, right: Area) {
        if self.lines.is_empty() {
            *self = right;
            return;
        }
        let width = self.width;
        for (index, addition) in right.lines.into_iter().enumerate() {
            if self.lines.len() <= index {
                self.lines.push(Line::new());
            }
            if let Some(line) = self.lines.get_mut(index)
                && !addition.is_empty()
            {
                pad(line, width);
                line.extend(addition);
            }
        }
        self.width = width + right.width;
    }

    /// Puts `lower` under this area.
    fn above(&mut self, lower: Area) {
        self.width = self.width.max(lower.width);
        self.lines.extend(lower.lines);
    }
}

/// The lines of a tree.
pub(super) fn lines(markup: &Markup, look: Look) -> Vec<Line> {
    area(markup, look).lines
}

fn area(markup: &Markup, look: Look) -> Area {
    let mut finished = Area::default();
    let mut current = Area::default();
    flow(markup, look, &mut finished, &mut current);
    if current.lines.is_empty() {
        current.lines.push(Line::new());
    }
    finished.above(current);
    finished
}

/// Appends a tree to the row being filled; a break closes that row.
fn flow(markup: &Markup, look: Look, finished: &mut Area, current: &mut Area) {
    match markup {
        Markup::Piece(style, text) => {
            let text = characters(text, look);
            for (index, part) in text.split('\n').enumerate() {
                if index > 0 {
                    close(finished, current);
                }
                if !part.is_empty() {
                    current.beside(Area::of_line(vec![(*style, part.to_owned())]));
                }
            }
        }
        Markup::Symbol(text, _) => {
            current.beside(Area::of_line(vec![(Style::Name, characters(text, look).into_owned())]));
        }
        Markup::Sequence(parts) => parts.iter().for_each(|part| flow(part, look, finished, current)),
        Markup::Break => close(finished, current),
        Markup::Grid(grid) => current.beside(grid_area(grid, look)),
        Markup::Block(inner) => current.beside(area(inner, look)),
        Markup::Script(up, inner) => {
            let sign = if *up { "^" } else { "_" };
            current.beside(Area::of_line(vec![(Style::Operator, sign.to_owned())]));
            flow(inner, look, finished, current);
        }
    }
}

fn close(finished: &mut Area, current: &mut Area) {
    let mut row = std::mem::take(current);
    if row.lines.is_empty() {
        row.lines.push(Line::new());
    }
    finished.above(row);
}

fn grid_area(grid: &Grid, look: Look) -> Area {
    let cells: Vec<Vec<Area>> = grid.rows.iter().map(|row| row.iter().map(|cell| area(cell, look)).collect()).collect();
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let mut widths = vec![0; columns];
    for row in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width.max(*width);
        }
    }
    let mut body = Area::default();
    for row in cells {
        let mut laid = Area::default();
        for (column, (cell, width)) in row.into_iter().zip(&widths).enumerate() {
            let align = grid.aligns.get(column).or(grid.aligns.last()).copied().unwrap_or(Align::Left);
            if column > 0 {
                laid.width += GAP;
            }
            let left = match align {
                Align::Left => 0,
                Align::Right => width.saturating_sub(cell.width),
                Align::Centre => width.saturating_sub(cell.width) / 2,
            };
            let start = laid.width;
            // The cell keeps its own column even when everything left of it is empty.
            laid.width = start + left;
            if laid.lines.is_empty() {
                laid.lines.push(Line::new());
            }
            laid.beside(cell);
            laid.width = start + width;
        }
        if laid.lines.is_empty() {
            laid.lines.push(Line::new());
        }
        body.above(laid);
    }
    fenced(body, grid.fence, look)
}

/// Puts brackets or bars of the right height around an area.
fn fenced(body: Area, fence: Fence, look: Look) -> Area {
    if fence == Fence::None {
        return body;
    }
    let height = body.lines.len();
    if height == 0 {
        return Area::of_line(vec![(Style::Operator, "[ ]".to_owned())]);
    }
    let width = body.width;
    let mut framed = Area { lines: Vec::with_capacity(height), width: width + 4 };
    for (index, content) in body.lines.into_iter().enumerate() {
        let (open, shut) = fence_signs(fence, look, index, height);
        let mut line = vec![(Style::Operator, format!("{open} "))];
        let mut content = content;
        pad(&mut content, width);
        line.extend(content);
        line.push((Style::Operator, format!(" {shut}")));
        framed.lines.push(line);
    }
    framed
}

fn fence_signs(fence: Fence, look: Look, index: usize, height: usize) -> (char, char) {
    match (fence, look) {
        (Fence::Bars, Look::Ascii) => ('|', '|'),
        (Fence::Bars, Look::Unicode) => ('│', '│'),
        (_, Look::Ascii) => ('[', ']'),
        (_, Look::Unicode) if height == 1 => ('[', ']'),
        (_, Look::Unicode) if index == 0 => ('⎡', '⎤'),
        (_, Look::Unicode) if index + 1 == height => ('⎣', '⎦'),
        (_, Look::Unicode) => ('⎢', '⎥'),
    }
}

fn line_width(line: &Line) -> usize {
    line.iter().map(|(_, text)| text.width()).sum()
}

/// Fills a line with blanks up to `width`.
fn pad(line: &mut Line, width: usize) {
    let missing = width.saturating_sub(line_width(line));
    if missing > 0 {
        line.push((Style::Text, " ".repeat(missing)));
    }
}

/// The text in the characters that are allowed; what has no ASCII twin becomes `?`.
fn characters(text: &str, look: Look) -> std::borrow::Cow<'_, str> {
    if look == Look::Unicode || text.is_ascii() {
        return text.into();
    }
    let mut twin = String::with_capacity(text.len());
    for character in text.chars() {
        match ASCII.iter().find(|(known, _)| *known == character) {
            Some((_, ascii)) => twin.push_str(ascii),
            None if character.is_ascii() => twin.push(character),
            None => twin.push('?'),
        }
    }
    twin.into()
}

/// ASCII twins of the signs that values are written with.
const ASCII: &[(char, &str)] = &[
    ('⊗', "(x)"),
    ('⊕', "(+)"),
    ('⋉', "|x"),
    ('⋊', "x|"),
    ('→', "->"),
    ('⇒', "=>"),
    ('×', "x"),
    ('·', "*"),
    ('−', "-"),
    ('–', "-"),
    ('≤', "<="),
    ('≥', ">="),
    ('≠', "!="),
    ('≡', "="),
    ('≅', "~="),
    ('≈', "~"),
    ('∧', "^"),
    ('⋯', "..."),
    ('…', "..."),
    ('⋮', ":"),
    ('⋱', "."),
    ('●', "*"),
    ('○', "o"),
    ('─', "-"),
    ('│', "|"),
    ('═', "="),
    // Arrows and corners of diagrams, one column each.
    ('↑', "^"),
    ('↓', "v"),
    ('←', "<"),
    ('↔', "="),
    ('↕', "|"),
    ('┌', "+"),
    ('┐', "+"),
    ('└', "+"),
    ('┘', "+"),
    ('↦', "|->"),
    ('±', "+-"),
    ('†', "^*"),
    ('§', "sec. "),
    ('é', "e"),
    ('ℚ', "Q"),
    ('ℝ', "R"),
    ('ℂ', "C"),
    ('ℍ', "H"),
    ('ℤ', "Z"),
    ('√', "sqrt "),
    ('²', "^2"),
    ('³', "^3"),
    ('α', "alpha"),
    ('β', "beta"),
    ('λ', "lambda"),
    ('ω', "omega"),
    ('θ', "theta"),
    ('γ', "gamma"),
    ('δ', "delta"),
    ('Λ', "Lambda"),
    ('¹', "^1"),
    ('⁴', "^4"),
    ('⁵', "^5"),
    ('⁶', "^6"),
    ('⁷', "^7"),
    ('⁸', "^8"),
    ('⁹', "^9"),
    ('⁰', "^0"),
    ('ᵀ', "^T"),
    ('’', "'"),
];
