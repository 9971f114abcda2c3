//! Markup: the small tree that stands between values and what a reader sees.
//!
//! A value says *what* its parts are (a number, a name, a matrix); a renderer says how they look:
//! [`plain`] for text, [`ansi`] for a terminal, [`latex`] for a paper. Nothing here prints.
//!
//! ```
//! use symmetra::show::{Markup, Look, plain};
//! let answer = Markup::name("A") + Markup::operator(" = ")
//!     + Markup::matrix(vec![vec![Markup::number("1"), Markup::number("-3/4")], vec![Markup::number("0"), Markup::number("2")]]);
//! assert_eq!(plain::render(&answer, Look::Ascii), "A = [ 1  -3/4 ]\n    [ 0     2 ]");
//! ```

#![cfg_attr(not(test), deny(clippy::indexing_slicing))]

pub mod ansi;
pub mod latex;
mod layout;
pub mod plain;
pub mod scene;

use std::borrow::Cow;

/// What a piece of text is; colour follows from it and never the other way round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// Ordinary words.
    Text,
    /// A number.
    Number,
    /// A name the user or the mathematics gave: `g`, `so(3,1)`, `G2(-14)`.
    Name,
    /// A word of the language.
    Keyword,
    /// `⊗`, `=`, brackets and other signs.
    Operator,
    /// Quoted text.
    String,
    /// What went wrong.
    Error,
    /// What advises or points: carets of related places, hints.
    Hint,
    /// Side remarks: shapes, comments, frames.
    Dim,
    /// The answer itself, or a heading.
    Strong,
}

/// How the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    Left,
    /// At the right edge.
    Right,
    /// In the middle.
    Centre,
}

/// What encloses a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fence {
    /// Nothing: a table.
    None,
    /// The tall brackets of a matrix.
    Brackets,
    /// Tall vertical bars: a determinant.
    Bars,
}

/// Which characters may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// Mathematics as mathematicians write it: `⊗`, `⎡`, `×`.
    #[default]
    Unicode,
    /// Nothing beyond ASCII: `(x)`, `[`, `x`.
    Ascii,
}

/// Cells in rows and columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// The rows; they may differ in length.
    pub rows: Vec<Vec<Markup>>,
    /// One per column; the last one serves all further columns.
    pub aligns: Vec<Align>,
    /// What stands around it.
    pub fence: Fence,
    /// Whether the first row is a heading.
    pub heading: bool,
}

/// A tree of styled text. Build it with the constructors below and join with `+`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Markup {
    /// Text of one kind (it may hold line breaks).
    Piece(Style, Cow<'static, str>),
    /// One after the other; joining is associative.
    Sequence(Vec<Markup>),
    /// The end of a line.
    Break,
    /// A table or a matrix. It stands beside its neighbours, its first line level with theirs.
    Grid(Grid),
    /// Lines that keep together as one block, e.g. a Dynkin diagram.
    Block(Box<Markup>),
    /// A superscript (`true`) or a subscript: `Q^7`, `e_3`.
    Script(bool, Box<Markup>),
    /// A symbol with a LaTeX source of its own: `27b`, `\\overline{\\mathbf{27}}`.
    Symbol(Cow<'static, str>, Cow<'static, str>),
}

impl Markup {
    /// Nothing.
    pub fn empty() -> Markup {
        Markup::Sequence(Vec::new())
    }

    /// Text of the given kind.
    pub fn piece(style: Style, text: impl Into<Cow<'static, str>>) -> Markup {
        Markup::Piece(style, text.into())
    }

    /// Ordinary words.
    pub fn text(text: impl Into<Cow<'static, str>>) -> Markup {
        Markup::piece(Style::Text, text)
    }

    /// A number, already written out.
    pub fn number(text: impl Into<Cow<'static, str>>) -> Markup {
        Markup::piece(Style::Number, text)
    }

    /// A name.
    pub fn name(text: impl Into<Cow<'static, str>>) -> Markup {
        Markup::piece(Style::Name, text)
    }

    /// A symbol as text and as LaTeX for math mode.
    pub fn symbol(text: impl Into<Cow<'static, str>>, latex: impl Into<Cow<'static, str>>) -> Markup {
        Markup::Symbol(text.into(), latex.into())
    }

    /// A word of the language.
    pub fn keyword(text: impl Into<Cow<'static, str>>) -> Markup {
        Markup::piece(Style::Keyword, text)
    }

    /// A sign such as `⊗` or `=`.
    pub fn operator(text: impl Into<Cow<'static, str>>) -> Markup {
        Markup::piece(Style::Operator, text)
    }

    /// Quoted text.
    pub fn string(text: impl Into<Cow<'static, str>>) -> Markup {
        Markup::piece(Style::String, text)
    }

    /// What went wrong.
    pub fn error(text: impl Into<Cow<'static, str>>) -> Markup {
        Markup::piece(Style::Error, text)
    }

    /// Advice.
    pub fn hint(text: impl Into<Cow<'static, str>>) -> Markup {
        Markup::piece(Style::Hint, text)
    }

    /// A side remark.
    pub fn dim(text: impl Into<Cow<'static, str>>) -> Markup {
        Markup::piece(Style::Dim, text)
    }

    /// The answer itself, or a heading.
    pub fn strong(text: impl Into<Cow<'static, str>>) -> Markup {
        Markup::piece(Style::Strong, text)
    }

    /// `base^exponent`.
    pub fn superscript(self, exponent: Markup) -> Markup {
        self + Markup::Script(true, Box::new(exponent))
    }

    /// `base_index`.
    pub fn subscript(self, index: Markup) -> Markup {
        self + Markup::Script(false, Box::new(index))
    }

    /// Lines that keep together when something stands beside them.
    pub fn block(self) -> Markup {
        Markup::Block(Box::new(self))
    }

    /// The parts with a separator between each two.
    pub fn join(parts: impl IntoIterator<Item = Markup>, separator: &Markup) -> Markup {
        let mut joined = Vec::new();
        for part in parts {
            if !joined.is_empty() {
                joined.push(separator.clone());
            }
            joined.push(part);
        }
        Markup::Sequence(joined)
    }

    /// The parts, one under the other.
    pub fn lines(parts: impl IntoIterator<Item = Markup>) -> Markup {
        Markup::join(parts, &Markup::Break)
    }

    /// A matrix in tall brackets, entries at the right of their columns.
    pub fn matrix(rows: Vec<Vec<Markup>>) -> Markup {
        Markup::Grid(Grid { rows, aligns: vec![Align::Right], fence: Fence::Brackets, heading: false })
    }

    /// A matrix of which at most `most` rows and columns are written, fewer columns where they are wide, with its shape
    /// beside it when something is left out. `entry(row, column)` is called only for what may be shown.
    pub fn matrix_elided(
        rows: usize,
        columns: usize,
        most: usize,
        mut entry: impl FnMut(usize, usize) -> String,
    ) -> Markup {
        let shown_rows = shown(rows, most);
        let column_at = |at: Option<usize>, entry: &mut dyn FnMut(usize, usize) -> String| {
            let cells = shown_rows.iter().map(|row| match (*row, at) {
                (Some(row), Some(column)) => Markup::number(entry(row, column)),
                (Some(_), None) => Markup::dim("⋯"),
                (None, Some(_)) => Markup::dim("⋮"),
                (None, None) => Markup::dim("⋱"),
            });
            let cells: Vec<Markup> = cells.collect();
            let width = cells.iter().map(Markup::piece_width).max().unwrap_or(0);
            (at, width, cells)
        };
        let mut grid: Vec<_> = shown(columns, most).into_iter().map(|at| column_at(at, &mut entry)).collect();
        // Columns before the last one give way to dots.
        while grid.len() > 3 && grid.iter().map(|column| column.1 + 2).sum::<usize>() > WIDE {
            let place = grid.len() - 2;
            // The dots when there are some, and the column before them; else a column.
            let dotted = grid.remove(place).0.is_none();
            if dotted {
                grid.remove(place - 1);
            }
            let dots = column_at(None, &mut entry);
            grid.insert(if dotted { place - 1 } else { place }, dots);
        }
        let elided = rows > most || grid.iter().any(|column| column.0.is_none());
        let body = (0..shown_rows.len()).map(|row| grid.iter().filter_map(|c| c.2.get(row).cloned()).collect());
        let matrix = Markup::matrix(body.collect());
        if elided { matrix + Markup::dim(format!("  {rows}×{columns}")) } else { matrix }
    }

    /// The number of characters of a single piece.
    fn piece_width(&self) -> usize {
        match self {
            Markup::Piece(_, text) => text.chars().count(),
            _ => 0,
        }
    }

    /// A table without lines; the last alignment serves all further columns.
    pub fn table(rows: Vec<Vec<Markup>>, aligns: impl Into<Vec<Align>>) -> Markup {
        Markup::Grid(Grid { rows, aligns: aligns.into(), fence: Fence::None, heading: false })
    }

    /// A table whose first row is a heading.
    pub fn table_with_heading(
        heading: impl IntoIterator<Item = impl Into<Cow<'static, str>>>,
        rows: Vec<Vec<Markup>>,
        aligns: impl Into<Vec<Align>>,
    ) -> Markup {
        let mut all = vec![heading.into_iter().map(Markup::dim).collect()];
        all.extend(rows);
        Markup::Grid(Grid { rows: all, aligns: aligns.into(), fence: Fence::None, heading: true })
    }

    /// Whether nothing would be shown.
    pub fn is_empty(&self) -> bool {
        match self {
            Markup::Piece(_, text) | Markup::Symbol(text, _) => text.is_empty(),
            Markup::Sequence(parts) => parts.iter().all(Markup::is_empty),
            Markup::Block(inner) | Markup::Script(_, inner) => inner.is_empty(),
            Markup::Break => false,
            Markup::Grid(grid) => grid.rows.is_empty(),
        }
    }
}

/// How wide the columns of a matrix may be before some are left out.
const WIDE: usize = 112;

/// The indices to write out of `0..count`: all, or the first ones, a gap (`None`) and the last.
fn shown(count: usize, most: usize) -> Vec<Option<usize>> {
    let most = most.max(3);
    if count <= most {
        return (0..count).map(Some).collect();
    }
    let first = most.saturating_sub(2);
    (0..first).map(Some).chain([None, Some(count.saturating_sub(1))]).collect()
}

impl std::ops::Add for Markup {
    type Output = Markup;

    /// One after the other.
    fn add(self, next: Markup) -> Markup {
        match self {
            Markup::Sequence(mut parts) => {
                parts.push(next);
                Markup::Sequence(parts)
            }
            first => Markup::Sequence(vec![first, next]),
        }
    }
}

impl std::iter::Sum for Markup {
    fn sum<I: Iterator<Item = Markup>>(parts: I) -> Markup {
        Markup::Sequence(parts.collect())
    }
}

impl From<&'static str> for Markup {
    fn from(text: &'static str) -> Markup {
        Markup::text(text)
    }
}

impl From<String> for Markup {
    fn from(text: String) -> Markup {
        Markup::text(text)
    }
}
