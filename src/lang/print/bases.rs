//! How bases of equivariant maps look.

use serde_json::{Map, Value as Json, json};

use super::{SHOWN, with_symbol};
use crate::lang::cyclotomic;
use crate::lang::value::{MapBasis, Value};
use crate::limits::Limits;
use crate::show::Markup;

/// `basis of the equivariant maps V → V of SO(3): rank 1, 3×3 matrices, by …`.
pub(super) fn basis_line(it: &MapBasis) -> String {
    let (rank, rows, cols) = (it.basis.rank(), it.basis.rows(), it.basis.cols());
    let (what, size) = match &it.from {
        Some(from) => (format!("equivariant maps {from} → {}", it.to), format!("{rows}×{cols} matrices")),
        None => (format!("invariants of {}", it.to), format!("vectors of length {rows}")),
    };
    // What rests on floats says on what.
    let rests = if it.basis.is_exact() { String::new() } else { format!(": {}", it.basis.completeness()) };
    format!("basis of the {what} of {}: rank {rank}, {size}, by {}{rests}", it.group, it.basis.method())
}

/// The line, and the matrices when they are few and small.
pub(super) fn basis_markup(it: &MapBasis) -> Markup {
    const SHOWN_LINES: usize = 48;
    let (rank, rows, cols) = (it.basis.rank(), it.basis.rows(), it.basis.cols());
    let words = match &it.from {
        Some(from) => format!("{from} → {}", it.to),
        None => it.to.clone(),
    };
    let line = with_symbol(&basis_line(it), &words, &it.latex);
    let (height, width) = if it.from.is_some() { (rows, cols) } else { (1, rows) };
    if rank.saturating_mul(height) > SHOWN_LINES || width > SHOWN {
        return line;
    }
    let Ok(matrices) = it.matrices(&Limits::none()) else { return line };
    // An invariant is a column; a list takes one line.
    let shown = matrices.into_iter().map(|m| match (&m, &it.from) {
        (Value::Matrix(m), None) => Value::list(m.entries().iter().cloned().map(Value::Number)).to_markup(),
        (Value::CyclotomicMatrix(m), None) => {
            Value::list(m.entries().iter().cloned().map(cyclotomic::value)).to_markup()
        }
        (Value::FloatMatrix(m), None) => Value::list(m.entries().iter().copied().map(Value::Float)).to_markup(),
        _ => m.to_markup(),
    });
    Markup::lines(std::iter::once(line).chain(shown))
}

/// The keys of a basis in JSON.
pub fn basis_keys(it: &MapBasis) -> Map<String, Json> {
    let keys = [
        ("group", json!(it.group)),
        ("from", json!(it.from)),
        ("to", json!(it.to)),
        ("rank", json!(it.basis.rank())),
        ("rows", json!(it.basis.rows())),
        ("cols", json!(it.basis.cols())),
        ("form", json!(if it.basis.is_exact() { "sparse" } else { "orthonormal" })),
        ("method", json!(it.basis.method().name())),
        ("complete", json!(it.basis.completeness().to_string())),
    ];
    keys.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}
