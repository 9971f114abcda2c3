//! Satake and Vogan diagrams as lines of text: `●` for filled nodes (`*` in ASCII), arrows as brackets below the
//! numbers, two copies above each other for a complex algebra.

use super::diagram::{Layout, side_by_side};
use super::{Letter, MarkedDiagram, Style};

/// Brackets for more arrows than this would be taller than they are clear; the arrows are then written out.
const MOST_BRACKETS: usize = 8;

/// The diagrams side by side, their chains on one line; empty for none.
pub fn draw_marked(diagrams: &[MarkedDiagram], style: Style, labels: bool) -> Vec<String> {
    let parts: Vec<(Vec<String>, usize)> = diagrams.iter().map(|d| draw_one(d, style, labels)).collect();
    let lowest = parts.iter().map(|(_, chain)| *chain).max().unwrap_or(0);
    let level = |(lines, chain): (Vec<String>, usize)| vec![vec![String::new(); lowest - chain], lines].concat();
    side_by_side(parts.into_iter().map(level).collect(), |_, _| 0)
}

/// The lines of one diagram, and which of them is the chain.
fn draw_one(diagram: &MarkedDiagram, style: Style, labels: bool) -> (Vec<String>, usize) {
    let layout = Layout::new(diagram.simple, style, labels);
    let (filled, empty) = if style == Style::Unicode { ('●', '○') } else { ('*', 'o') };
    let symbol = |node: usize| if diagram.is_filled(node) { filled } else { empty };
    let mut lines = layout.branch(symbol, labels);
    let chain = lines.len();
    if let (Letter::D, Some(&pair)) = (diagram.simple.letter(), diagram.arrows.first()) {
        fork(&mut lines, &layout, pair, style, labels);
    }
    lines.push(layout.chain(symbol));
    if diagram.doubled {
        let arrow = if style == Style::Unicode { '↕' } else { '|' };
        let columns: Vec<usize> = (0..diagram.simple.rank()).filter_map(|node| layout.column(node)).collect();
        lines.push(marks(&columns, |_| arrow));
        lines.push(layout.chain(symbol));
        lines.extend(layout.branch(symbol, labels).into_iter().rev());
    }
    lines.extend(labels.then(|| layout.numbers()));
    if diagram.simple.letter() != Letter::D {
        lines.extend(brackets(diagram, &layout, style));
    }
    (lines, chain)
}

/// One character in each of these columns.
fn marks(columns: &[usize], mark: impl Fn(usize) -> char) -> String {
    let mut line = String::new();
    let mut sorted = columns.to_vec();
    sorted.sort_unstable();
    for column in sorted {
        let have = line.chars().count();
        line.push_str(&" ".repeat(column.saturating_sub(have)));
        line.push(mark(column));
    }
    line
}

/// The arrow between the two ends of D_n: from the node above around the corner to the last node of the chain.
fn fork(lines: &mut [String], layout: &Layout, pair: (usize, usize), style: Style, labels: bool) {
    let (Some((node, column)), Some(end)) = (layout.above(), layout.column(pair.0)) else { return };
    let (back, corner, down, line) =
        if style == Style::Unicode { ('←', '┐', '↓', '─') } else { ('<', '+', 'v', '-') };
    let [top, below] = lines else { return };
    let symbol: String = top.chars().take(column + 1).collect();
    let gap: String = std::iter::repeat_n(line, (end - column).saturating_sub(2)).collect();
    let label = if labels { format!(" {}", node + 1) } else { String::new() };
    *top = format!("{symbol}{back}{gap}{corner}{label}");
    let have = below.chars().count();
    below.push_str(&" ".repeat(end - have));
    below.push(down);
}

/// Arrow heads under the joined nodes and nested brackets below them.
fn brackets(diagram: &MarkedDiagram, layout: &Layout, style: Style) -> Vec<String> {
    let mut pairs: Vec<(usize, usize)> = diagram
        .arrows
        .iter()
        .filter_map(|&(a, b)| {
            let (a, b) = (layout.column(a)?, layout.column(b)?);
            Some((a.min(b), a.max(b)))
        })
        .collect();
    if pairs.is_empty() {
        return Vec::new();
    }
    if pairs.len() < diagram.arrows.len() || pairs.len() > MOST_BRACKETS {
        let joined = if style == Style::Unicode { '↔' } else { '=' };
        let text = |&(a, b): &(usize, usize)| format!("{}{joined}{}", a + 1, b + 1);
        let shown = &diagram.arrows[..diagram.arrows.len().min(3)];
        let dots = if style == Style::Unicode { "…" } else { "..." };
        let last = diagram.arrows.last().map(text).unwrap_or_default();
        return vec![format!("{}, {dots}, {last}", shown.iter().map(text).collect::<Vec<_>>().join(", "))];
    }
    let (head, side, left, right, line) =
        if style == Style::Unicode { ('↑', '│', '└', '┘', '─') } else { ('^', '|', '+', '+', '-') };
    let ends: Vec<usize> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    let mut lines = vec![marks(&ends, |_| head)];
    // Innermost first; the brackets further out pass by its sides.
    pairs.sort_by_key(|&(a, b)| b - a);
    for (k, &(a, b)) in pairs.iter().enumerate() {
        let outer: Vec<usize> = pairs[k + 1..].iter().flat_map(|&(a, b)| [a, b]).collect();
        let columns: Vec<usize> = outer.iter().copied().chain(a..=b).collect();
        lines.push(marks(&columns, |column| match column {
            c if c == a => left,
            c if c == b => right,
            c if a < c && c < b => line,
            _ => side,
        }));
    }
    lines
}
