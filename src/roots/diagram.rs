//! Dynkin diagrams as lines of text: `o<≡o`, `o─o─o=>o`, with the branch of D and E above the line.

use super::{CartanType, Letter, SimpleType};

/// Which characters may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `o─o=>o`, `o<≡o`.
    Unicode,
    /// `o-o=>o`, `o<#o` (`#` stands for the three lines).
    Ascii,
}

/// Chains longer than this are drawn with their middle left out.
const LONGEST_CHAIN: usize = 24;

/// The diagram of a simple type as lines of equal meaning from top to bottom: the branch if there is one, the chain,
/// and with `labels` the numbers of the nodes (Bourbaki). The arrow points to the shorter root.
pub fn draw(simple: SimpleType, style: Style, labels: bool) -> Vec<String> {
    let layout = Layout::new(simple, style, labels);
    let mut lines = layout.branch(|_| 'o', labels);
    lines.push(layout.chain(|_| 'o'));
    lines.extend(labels.then(|| layout.numbers()));
    lines
}

/// The diagrams side by side with a label at each node in place of its number: a weight in coordinates of fundamental
/// weights. Each list must be as long as the rank.
pub fn draw_labelled(parts: &[(SimpleType, Vec<i64>)], style: Style) -> Vec<String> {
    let one = |(simple, labels): &(SimpleType, Vec<i64>)| {
        let width = labels.iter().map(|x| x.to_string().len()).max().unwrap_or(1);
        let layout = Layout::spaced(*simple, style, width);
        let label = |node: usize| labels.get(node).map_or_else(String::new, i64::to_string);
        let mut lines = layout.branch_with(|_| 'o', |node| format!(" {}", label(node)));
        lines.push(layout.chain(|_| 'o'));
        lines.push(layout.under(label));
        lines
    };
    side_by_side(parts.iter().map(one).collect(), |height, part| height - part)
}

/// Where the nodes of a diagram stand.
pub(super) struct Layout {
    style: Style,
    /// The nodes of the chain that are drawn, from 0, each with the bond before it and its column.
    nodes: Vec<(usize, String, usize)>,
    /// The node above the chain and its column.
    above: Option<(usize, usize)>,
}

impl Layout {
    pub(super) fn new(simple: SimpleType, style: Style, labels: bool) -> Layout {
        Layout::spaced(simple, style, if labels { simple.rank().to_string().len() } else { 1 })
    }

    /// With room for labels of this width under the nodes.
    fn spaced(simple: SimpleType, style: Style, width: usize) -> Layout {
        let rank = simple.rank();
        // Nodes of the chain from left to right, and the node above with the place it hangs on.
        let (chain, above): (Vec<usize>, Option<(usize, usize)>) = match simple.letter() {
            Letter::D => ((0..rank - 1).collect(), Some((rank - 1, rank - 3))),
            Letter::E => ([0].into_iter().chain(2..rank).collect(), Some((1, 3))),
            _ => ((0..rank).collect(), None),
        };
        let keep = LONGEST_CHAIN / 2;
        let elided = chain.len() > LONGEST_CHAIN;
        let line = if style == Style::Unicode { '─' } else { '-' };
        let mut nodes = Vec::new();
        let mut column = 0;
        for (at, &node) in chain.iter().enumerate() {
            if elided && (keep..chain.len() - keep).contains(&at) {
                continue;
            }
            let bond = if at == 0 {
                String::new()
            } else if elided && at == chain.len() - keep {
                let gap = format!("{line}{}{line}", if style == Style::Unicode { "…" } else { "..." });
                let missing = width.saturating_sub(gap.chars().count());
                gap + &line.to_string().repeat(missing)
            } else {
                bond_between(simple, chain[at - 1], node, style, width)
            };
            column += bond.chars().count();
            nodes.push((node, bond, column));
            column += 1;
        }
        let column_of = |node: usize| nodes.iter().find(|n| n.0 == node).map_or(0, |n| n.2);
        let above = above.map(|(node, below)| (node, column_of(below)));
        Layout { style, nodes, above }
    }

    /// The column of a node of the chain; `None` when it is left out or stands above.
    pub(super) fn column(&self, node: usize) -> Option<usize> {
        self.nodes.iter().find(|n| n.0 == node).map(|n| n.2)
    }

    /// The node above the chain, from 0, and its column.
    pub(super) fn above(&self) -> Option<(usize, usize)> {
        self.above
    }

    /// The two lines of the branch, or none.
    pub(super) fn branch(&self, symbol: impl Fn(usize) -> char, labels: bool) -> Vec<String> {
        self.branch_with(symbol, |node| if labels { format!(" {}", node + 1) } else { String::new() })
    }

    fn branch_with(&self, symbol: impl Fn(usize) -> char, label: impl Fn(usize) -> String) -> Vec<String> {
        let Some((node, column)) = self.above else { return Vec::new() };
        let indent = " ".repeat(column);
        let label = label(node);
        vec![
            format!("{indent}{}{label}", symbol(node)),
            format!("{indent}{}", if self.style == Style::Unicode { '│' } else { '|' }),
        ]
    }

    /// The line of the chain.
    pub(super) fn chain(&self, symbol: impl Fn(usize) -> char) -> String {
        self.nodes.iter().map(|(node, bond, _)| format!("{bond}{}", symbol(*node))).collect()
    }

    /// The line of the numbers under the chain.
    pub(super) fn numbers(&self) -> String {
        self.under(|node| (node + 1).to_string())
    }

    /// The line of labels under the chain.
    fn under(&self, label: impl Fn(usize) -> String) -> String {
        let mut line = String::new();
        for (node, _, column) in &self.nodes {
            line.push_str(&" ".repeat(column.saturating_sub(line.len())));
            line.push_str(&label(*node));
        }
        line
    }
}

fn bond_between(simple: SimpleType, left: usize, right: usize, style: Style, width: usize) -> String {
    let (left_long, right_long) = (simple.is_long(left), simple.is_long(right));
    let line = match (simple.lacing(), style) {
        (3, Style::Unicode) => '≡',
        (3, Style::Ascii) => '#',
        (2, _) => '=',
        _ => '-',
    };
    // Wide labels need room here, too.
    let lines = line.to_string().repeat(width.max(2) - 1);
    match (left_long, right_long) {
        (true, false) => format!("{lines}>"),
        (false, true) => format!("<{lines}"),
        // Wide labels need room between the nodes.
        _ => (if style == Style::Unicode { "─" } else { "-" }).repeat(width),
    }
}

/// The diagrams of the summands side by side, bottom lines aligned; empty for the zero algebra.
pub fn draw_type(cartan_type: &CartanType, style: Style, labels: bool) -> Vec<String> {
    side_by_side(cartan_type.summands().iter().map(|&t| draw(t, style, labels)).collect(), |height, part| height - part)
}

/// Blocks of lines beside each other; `offset` says from the height of all and of one on which line the one starts.
pub(super) fn side_by_side(parts: Vec<Vec<String>>, offset: impl Fn(usize, usize) -> usize) -> Vec<String> {
    let height = parts.iter().map(Vec::len).max().unwrap_or(0);
    let mut lines = vec![String::new(); height];
    let mut column = 0;
    for part in &parts {
        let offset = offset(height, part.len());
        for (line, text) in lines[offset..].iter_mut().zip(part) {
            let have = line.chars().count();
            line.push_str(&" ".repeat(column - have));
            line.push_str(text);
        }
        column += part.iter().map(|l| l.chars().count()).max().unwrap_or(0) + 3;
    }
    lines
}

/// The bonds of the extended diagram at the lowest root `−θ` (node 0), which is long: pairs (node from 1, multiplicity).
/// For A1 the multiplicity is 4.
pub fn extension_bonds(simple: SimpleType) -> Vec<(usize, i64)> {
    // ⟨θ, α_i^∨⟩ is non-zero only at these nodes (Bourbaki VI, plates, section IV); the lowest root is long.
    let n = simple.rank();
    let node = match simple.letter() {
        Letter::A if n == 1 => return vec![(1, 4)],
        Letter::A => return vec![(1, 1), (n, 1)],
        Letter::B if n == 2 => return vec![(2, 2)],
        Letter::C => return vec![(1, 2)],
        Letter::B | Letter::D => 2,
        Letter::E => [2, 1, 8][n - 6],
        Letter::F => 1,
        Letter::G => 2,
    };
    vec![(node, 1)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::roots::RootSystem;

    fn lines(text: &str, style: Style, labels: bool) -> String {
        draw_type(&text.parse().unwrap(), style, labels).join("\n")
    }

    #[test]
    fn drawn_as_people_draw_them() {
        assert_eq!(lines("G2", Style::Unicode, false), "o<≡o");
        assert_eq!(lines("G2", Style::Ascii, true), "o<#o\n1  2");
        assert_eq!(lines("B4", Style::Ascii, false), "o-o-o=>o");
        assert_eq!(lines("C3", Style::Unicode, true), "o─o<=o\n1 2  3");
        assert_eq!(lines("F4", Style::Ascii, true), "o-o=>o-o\n1 2  3 4");
        assert_eq!(lines("D5", Style::Ascii, true), "    o 5\n    |\no-o-o-o\n1 2 3 4");
        assert_eq!(lines("E7", Style::Ascii, true), "    o 2\n    |\no-o-o-o-o-o\n1 3 4 5 6 7");
        assert_eq!(lines("D4+A2", Style::Ascii, false), "  o\n  |\no-o-o   o-o");
        assert_eq!(lines("A11", Style::Ascii, true).lines().last(), Some("1  2  3  4  5  6  7  8  9  10 11"));
        assert!(lines("A10000", Style::Ascii, true).len() < 300);
        assert_eq!(lines("0", Style::Ascii, true), "");
    }

    #[test]
    fn the_lowest_root_is_attached_where_the_plates_say() {
        for text in ["A1", "A2", "A5", "B2", "B3", "B6", "C3", "C5", "D4", "D6", "E6", "E7", "E8", "F4", "G2"] {
            let t: SimpleType = text.parse().unwrap();
            let s = RootSystem::new(t, &Limits::none()).unwrap();
            let theta = s.highest().to_vec();
            let expected: Vec<(usize, i64)> = (0..t.rank())
                .filter_map(|i| {
                    let alpha: Vec<i64> = (0..t.rank()).map(|j| i64::from(i == j)).collect();
                    let product = s.scaled_product(&theta, &alpha);
                    let bonds =
                        4 * product * product / (s.scaled_product(&theta, &theta) * s.scaled_product(&alpha, &alpha));
                    (bonds != 0).then_some((i + 1, bonds))
                })
                .collect();
            assert_eq!(extension_bonds(t), expected, "{text}");
        }
    }
}
