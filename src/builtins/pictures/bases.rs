//! Pictures of bases of equivariant maps and of the linear layers of networks: matrices of coloured boxes.

use std::sync::Arc;

use crate::builtins::pictures::heat_maps;
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, required};
use crate::diag::{Code, Diagnostic};
use crate::lang::kind::Kinds;
use crate::lang::value::{Drawing, MapBasis, NetworkValue, Value};
use crate::nets::{Layer, Linear};
use crate::num::Rational;
use crate::show::scene::{Cell, Place, Scene, hue};

/// More boxes are refused.
const MAX_CELLS: usize = 60_000;
/// Boxes in which nothing stands.
const EMPTY: [u8; 3] = [0xF2, 0xF3, 0xF5];

/// What has a picture.
const DRAWN: Kinds = Kinds::RECORD.or(Kinds::NETWORK).or(Kinds::DISCOVERY).or(Kinds::ALGEBRA).or(Kinds::MATRIX_LIKE);

/// Colours of positive and negative numbers.
pub(crate) const BLUE: [u8; 3] = [0x1F, 0x4E, 0x9C];
pub(crate) const RED: [u8; 3] = [0xB0, 0x10, 0x30];

/// The functions of this file.
pub const TABLE: &[Builtin] = &[Builtin {
    name: "picture",
    aliases: &["visualize"],
    topic: "representations",
    params: &[required("x", DRAWN), keyword("ascii", Kinds::BOOLEAN, "false")],
    returns: Kinds::PICTURE,
    summary: "picture of a basis of equivariant maps, layers of a network, matrices, generators or brackets",
    help: "Where the elements of a basis have no common entries, as orbits of permutations have, it is one matrix, whose entries are \
numbers of elements, with a minus where they have one: equal numbers are tied weights. Otherwise the matrices stand side by side. Of a \
network each linear layer is a matrix with the number of the parameter that contributes most to an entry. Of a discovery, a training, \
a matrix or a list of matrices it is a heat map of each: blue is positive, red negative, floats below 0.005 of the largest are left \
out. Of an algebra it is the table of brackets: the entry at (i, j) is the number of the element with the largest coefficient in \
[e_i, e_j]. A point stands for zero; matrices too large for the terminal have signs or dots there. save(picture, \"name.svg\") and \"name.png\" draw it in colours.",
    examples: &[
        Example { code: "rep V = vector(S(3))\npicture(basis(V -> V))", output: "1 2 2\n2 1 2\n2 2 1" },
        Example { code: "rep V = vector(SO(2))\npicture(basis(V -> V), ascii = true)", output: " 1 2\n-2 1" },
        Example { code: "picture(so(3), ascii = true)", output: " . -3  2\n 3  . -1\n-2  1  ." },
    ],
    run: |context, a| {
        let panels = match a.value("x")? {
            Value::Basis(basis) => of_basis(context, a, basis)?,
            Value::Network(network) => of_network(context, a, network)?,
            Value::Discovery(_)
            | Value::Training(_)
            | Value::Algebra(_)
            | Value::Matrix(_)
            | Value::FloatMatrix(_)
            | Value::List(_) => {
                let scene = heat_maps::heat_maps(context, a)?;
                return Ok(Value::Drawing(Arc::new(Drawing { scene, ascii: a.flag("ascii", false)? })));
            }
            other => {
                let message =
                    format!("pictures are made of bases, networks, matrices and algebras, not of {}", other.kind());
                return Err(a.wrong("x", Code::Kind, message).hint("basis(X -> Y) makes a basis"));
            }
        };
        let (title, description) = match a.value("x")? {
            Value::Basis(basis) => (
                format!("{} equivariant maps of {}", basis.basis.rank(), basis.group),
                "matrices of coloured boxes; equal colours are equal entries".to_string(),
            ),
            other => (other.line(), "the linear layers; equal colours belong to one parameter".to_string()),
        };
        let scene = arranged(&panels, title, description);
        Ok(Value::Drawing(Arc::new(Drawing { scene, ascii: a.flag("ascii", false)? })))
    },
}];

/// A matrix of boxes: colour and text.
struct Panel {
    rows: usize,
    cols: usize,
    cells: Vec<([u8; 3], String)>,
}

impl Panel {
    fn empty(rows: usize, cols: usize) -> Panel {
        Panel { rows, cols, cells: vec![(EMPTY, "·".to_string()); rows * cols] }
    }

    fn set(&mut self, place: usize, colour: [u8; 3], text: String) {
        if let Some(cell) = self.cells.get_mut(place) {
            *cell = (colour, text);
        }
    }
}

/// An error for more boxes than a picture has.
pub(crate) fn check_size(context: &Context<'_>, a: &Arguments, boxes: usize) -> Result<(), Diagnostic> {
    if boxes > MAX_CELLS {
        let message = format!("{boxes} boxes are too many for a picture, which has at most {MAX_CELLS}");
        return Err(a.wrong("x", Code::Argument, message));
    }
    Ok(context.limits.reserve(boxes as u128 * 128)?)
}

fn of_basis(context: &Context<'_>, a: &Arguments, it: &MapBasis) -> Result<Vec<Panel>, Diagnostic> {
    let (rank, rows, cols) = (it.basis.rank(), it.basis.rows(), it.basis.cols());
    let size = rows.saturating_mul(cols);
    check_size(context, a, size)?;
    if rank == 0 {
        return Ok(vec![Panel::empty(rows, cols)]);
    }
    if let Some(panel) = tied(it) {
        return Ok(vec![panel]);
    }
    check_size(context, a, size.saturating_mul(rank))?;
    let mut panels = Vec::with_capacity(rank);
    for k in 0..rank {
        context.limits.check()?;
        let mut panel = Panel::empty(rows, cols);
        let exact: Option<Vec<(u64, String)>> = match (it.basis.row(k), it.basis.field_rows()) {
            (Some(row), _) => Some(row.into_iter().map(|(place, v)| (place, v.to_string())).collect()),
            (None, Some(rows)) => Some(rows.row(k).map(|(place, v)| (place, v.to_string())).collect()),
            (None, None) => None,
        };
        let entries = it.basis.doubles(k);
        let most = entries.iter().map(|(_, v)| v.abs()).fold(0.0, f64::max);
        match exact {
            Some(words) => {
                for ((place, word), (_, value)) in words.into_iter().zip(entries) {
                    panel.set(place as usize, shade(value / most), word);
                }
            }
            None => {
                for (place, value) in entries.into_iter().filter(|(_, v)| v.abs() > 1e-9 * most) {
                    panel.set(place as usize, shade(value / most), format!("{value:.2}"));
                }
            }
        }
        panels.push(panel);
    }
    Ok(panels)
}

/// One matrix with the numbers of the elements, when no two have a common entry and all entries of each are of one size.
fn tied(it: &MapBasis) -> Option<Panel> {
    let mut panel = Panel::empty(it.basis.rows(), it.basis.cols());
    let mut seen = vec![false; panel.cells.len()];
    for k in 0..it.basis.rank() {
        let entries = it.basis.row(k)?;
        let size = entries.first().map(|(_, v)| v.abs())?;
        for (place, value) in entries {
            if value.abs() != size || std::mem::replace(seen.get_mut(place as usize)?, true) {
                return None;
            }
            let sign = if value < Rational::ZERO { "-" } else { "" };
            panel.set(place as usize, hue(k), format!("{sign}{}", k + 1));
        }
    }
    Some(panel)
}

/// Blue for positive, red for negative numbers, paler for small ones; `x` between −1 and 1.
fn shade(x: f64) -> [u8; 3] {
    tint(if x >= 0.0 { BLUE } else { RED }, x)
}

/// A colour, the paler the smaller `x` is, at most 1.
pub(crate) fn tint(full: [u8; 3], x: f64) -> [u8; 3] {
    let part = 0.25 + 0.75 * x.abs().min(1.0);
    full.map(|channel: u8| (255.0 - part * (255.0 - f64::from(channel))).round() as u8)
}

fn of_network(context: &Context<'_>, a: &Arguments, it: &NetworkValue) -> Result<Vec<Panel>, Diagnostic> {
    let linear: Vec<&Linear> = it
        .network
        .layers()
        .iter()
        .filter_map(|(_, layer)| match layer {
            Layer::Linear(linear) => Some(linear),
            _ => None,
        })
        .collect();
    let size = |l: &&Linear| l.source().dim().saturating_mul(l.target().dim());
    check_size(context, a, linear.iter().map(size).fold(0, usize::saturating_add))?;
    let mut panels = Vec::with_capacity(linear.len());
    for layer in linear {
        context.limits.check()?;
        panels.push(of_layer(layer));
    }
    Ok(panels)
}

/// For each entry the number of the parameter whose map has the largest value there.
fn of_layer(layer: &Linear) -> Panel {
    let (from, to) = (layer.source(), layer.target());
    let mut panel = Panel::empty(to.dim(), from.dim());
    let mut largest = vec![0.0f64; panel.cells.len()];
    for map in layer.maps() {
        let (source, target) = (&from.blocks()[map.from], &to.blocks()[map.to]);
        let rank = map.basis.rank();
        for at in 0..target.copies * source.copies * rank {
            let (q, p, k) = (at / (source.copies * rank), at / rank % source.copies, at % rank);
            let number = map.start + at;
            for (i, j, value) in map.basis.map(k) {
                let row = target.start + q * target.dim + *i as usize;
                let place = row * from.dim() + source.start + p * source.dim + *j as usize;
                if value.abs() > largest[place] {
                    largest[place] = value.abs();
                    let sign = if *value < 0.0 { "-" } else { "" };
                    panel.set(place, hue(number), format!("{sign}{}", number + 1));
                }
            }
        }
    }
    panel
}

/// The panels in rows from left to right, about as high as wide, with room between them.
fn arranged(panels: &[Panel], title: String, description: String) -> Scene {
    let height = panels.iter().map(|p| p.rows).max().unwrap_or(1) + 1;
    let total: usize = panels.iter().map(|p| p.cols + 1).sum();
    let widest = panels.iter().map(|p| p.cols + 1).max().unwrap_or(1);
    let width = ((total * height) as f64).sqrt().ceil().max(widest as f64) as usize;
    let mut cells = Vec::new();
    let (mut left, mut top) = (0usize, 0usize);
    for panel in panels {
        if left > 0 && left + panel.cols > width {
            (left, top) = (0, top + height);
        }
        for (place, (colour, text)) in panel.cells.iter().enumerate() {
            let (i, j) = (place / panel.cols.max(1), place % panel.cols.max(1));
            let at = Place { x: (left + j) as f64, y: -((top + i) as f64) };
            cells.push(Cell { at, size: 1.0, colour: *colour, text: text.clone() });
        }
        left += panel.cols + 1;
    }
    Scene { title, description, cells, ..Scene::default() }
}
