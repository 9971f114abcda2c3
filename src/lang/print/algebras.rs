//! How algebras and their modules look.

use crate::lang::value::WrittenModule;
use crate::lie::{Algebra, QuadraticAlgebra};
use crate::num::Rational;
use crate::show::Markup;
use serde_json::{Map, Value as Json, json};

/// Brackets that are shown of a table.
const SHOWN_BRACKETS: usize = 60;

/// `27 ⊗ 27: representation of E6 of dimension 729`.
pub(super) fn module_markup(it: &WrittenModule) -> Markup {
    let (group, dim) = (it.module.group(), it.module.dim());
    let words = match it.module.highest_weight() {
        Some(weight) => {
            let shown = it.numbering.from_bourbaki(group, weight);
            let labels = shown.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
            format!("irreducible representation of {group} of dimension {dim}, highest weight [{labels}]")
        }
        None => format!("representation of {group} of dimension {dim}"),
    };
    match &it.written {
        Some(written) => {
            Markup::symbol(written.plain.clone(), written.latex.clone()) + Markup::text(format!(": {words}"))
        }
        None => Markup::text(words),
    }
}

/// `dim` and `structure_constants` as in the files: indices from 0, pairs with `i < j`.
pub fn constants_json(table: &Algebra) -> Map<String, Json> {
    let entries: Vec<Json> = table.constants().iter().map(|(i, j, k, v)| json!([i, j, k, v.to_string()])).collect();
    let mut keys = Map::new();
    keys.insert("dim".to_string(), json!(table.dim()));
    keys.insert("structure_constants".to_string(), Json::Array(entries));
    keys
}

pub(super) fn algebra_line(algebra: &Algebra) -> String {
    let matrices = algebra.realization().map(|r| (r.size, r.complex));
    described(algebra.dim(), "Q", matrices, algebra.origin())
}

/// The same of an algebra over Q(√d).
pub(super) fn quadratic_algebra_line(algebra: &QuadraticAlgebra) -> String {
    let matrices = algebra.matrix_size().map(|size| (size, algebra.is_complex()));
    described(algebra.dim(), &format!("Q(√{})", algebra.radicand()), matrices, algebra.origin())
}

/// An algebra by its dimension, its field, the size of its matrices and whether they are complex, and where it comes from.
fn described(dim: usize, field: &str, matrices: Option<(usize, bool)>, origin: &str) -> String {
    let mut text = format!("Lie algebra of dimension {dim} over {field}");
    if let Some((size, complex)) = matrices {
        let complex = if complex { "complex " } else { "" };
        text.push_str(&format!(", {size}×{size} {complex}matrices"));
    }
    match origin {
        "" => text,
        // A usual name stands first, a description last.
        origin if !origin.contains(' ') => format!("{origin}: {text}"),
        origin => format!("{text}, {origin}"),
    }
}

pub(super) fn algebra_markup(algebra: &Algebra) -> Markup {
    Markup::text(algebra_line(algebra))
}

/// The name of a basis element: as given, or `e1`, `e2`, …
pub fn basis_name(algebra: &Algebra, k: usize) -> String {
    algebra.names().and_then(|names| names.get(k)).cloned().unwrap_or_else(|| format!("e{}", k + 1))
}

/// `2 e1 - 1/2 e3`.
pub fn combination(algebra: &Algebra, x: &[Rational]) -> String {
    terms(x.iter().enumerate().filter(|(_, v)| !v.is_zero()).map(|(k, v)| (basis_name(algebra, k), v)))
}

/// `2 x - 1/2 y` for named coordinates that are not zero.
pub fn terms<'a>(items: impl Iterator<Item = (String, &'a Rational)>) -> String {
    let mut text = String::new();
    for (name, value) in items {
        let negative = value.signum() < 0;
        text.push_str(match (text.is_empty(), negative) {
            (true, true) => "-",
            (true, false) => "",
            (false, true) => " - ",
            (false, false) => " + ",
        });
        let magnitude = value.abs();
        if !magnitude.is_one() {
            text.push_str(&format!("{magnitude} "));
        }
        text.push_str(&name);
    }
    if text.is_empty() { "0".to_string() } else { text }
}

pub(super) fn brackets_markup(table: &Algebra) -> Markup {
    let constants = table.constants();
    let mut lines = Vec::new();
    let mut total = 0usize;
    for i in 0..constants.dim() {
        for j in i + 1..constants.dim() {
            let row = constants.upper(i, j);
            if row.is_empty() {
                continue;
            }
            total += 1;
            if total <= SHOWN_BRACKETS {
                let right = terms(row.iter().map(|(k, v)| (basis_name(table, *k as usize), v)));
                lines.push(Markup::text(format!("[{}, {}] = {right}", basis_name(table, i), basis_name(table, j))));
            }
        }
    }
    if total == 0 {
        lines.push(Markup::text(format!("all brackets are zero, dimension {}", table.dim())));
    } else if total > SHOWN_BRACKETS {
        lines.push(Markup::dim(format!("… {total} brackets in all, dimension {}", table.dim())));
    }
    Markup::lines(lines)
}
