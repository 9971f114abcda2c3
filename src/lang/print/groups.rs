//! How groups look.

use serde_json::{Value as Json, json};

use crate::lang::cyclotomic;
use crate::lie::QuadraticAlgebra;
use crate::num::Gaussian;
use crate::reps::{Element, Group};

/// The name of a group for math mode: words upright, signs of products by their names.
pub(super) fn group_latex(name: &str) -> String {
    let mut out = String::new();
    let mut word = false;
    for c in name.chars() {
        if c.is_ascii_alphabetic() != word {
            out.push_str(if word { "}" } else { "\\mathrm{" });
            word = !word;
        }
        match c {
            '×' => out.push_str(" \\times "),
            '⊞' => out.push_str(" \\boxplus "),
            '_' | '&' | '%' | '$' | '#' => out.extend(['\\', c]),
            '\\' | '{' | '}' | '^' | '~' => {}
            ' ' => out.push_str("\\ "),
            c => out.push(c),
        }
    }
    if word {
        out.push('}');
    }
    out
}

pub(super) fn group_json(group: &Group) -> Json {
    let field = if group.is_complex() { "C" } else { "R" };
    // Discrete generators of a group of positive dimension may lie in the identity component: that is not decided.
    let finite = group.dim() == 0 && group.base().has_exact_algebra();
    let connected = match group.is_connected() {
        true => Some(true),
        // Only the identity may be left of the generators.
        false if finite => Some(group.permutations().is_some_and(|p| p.generators().iter().all(|g| g.is_identity()))),
        false => None,
    };
    // Of float matrices no dimension is known.
    let quadratic = group.base().field().and_then(|it| it.closed.as_ref()).map(QuadraticAlgebra::dim);
    let dim = quadratic.or(group.base().has_exact_algebra().then_some(group.dim()));
    let generators: Vec<Json> = group.discrete().iter().map(|g| element_json(g, group)).collect();
    let generators = match group.base().floats() {
        Some(_) if group.base().field().is_some() => group.base().field().map_or(Vec::new(), |it| {
            it.matrices.iter().map(|m| cyclotomic::to_json(m).get("entries").cloned().unwrap_or_default()).collect()
        }),
        Some(floats) => floats.discrete.iter().map(|m| m.iter_rows().map(<[f64]>::to_vec).collect()).collect(),
        None => generators,
    };
    let degree = group.permutations().map(|_| group.matrix_size());
    json!({"kind": "group", "name": group.name(), "dim": dim, "connected": connected, "field": field,
        "matrix_size": group.matrix_size(), "degree": degree, "generators": generators})
}

/// Cycles, or the rows of the matrix.
pub(super) fn element_json(element: &Element, group: &Group) -> Json {
    if let Some(permutation) = element.as_permutation() {
        return json!(permutation.to_string());
    }
    let matrix = match group.is_complex() {
        true => crate::lie::as_gaussian(&element.stored(), group.matrix_size()),
        false => element.stored().to_dense().map(|x| Gaussian::from(x.clone())),
    };
    matrix.iter_rows().map(|row| row.iter().map(Gaussian::to_string).collect::<Vec<_>>()).collect()
}
