//! Tables of points and labels for `discover`: what of them can be used, and the model that stands in for the oracle.

use std::sync::Arc;

use crate::builtins::discovery::answer::{Background, Fitted};
use crate::builtins::discovery::tables;
use crate::builtins::{Arguments, Context};
use crate::data::columns::Columns;
use crate::diag::{Code, Diagnostic};
use crate::discover::{self, Family, FitRequest, LEAST_ROWS, Oracle};
use crate::exact::Matrix;
use crate::lang::near::nearest;
use crate::lang::value::Value;

/// What only a table takes.
const OF_TABLES: [&str; 6] = ["label", "vectors", "degree", "model", "hidden", "layers"];
/// What a table has already.
const OF_ORACLES: [&str; 3] = ["points", "samples", "law"];
/// Sizes beyond which powers leave the range of doubles.
const RANGE: (f64, f64) = (1e-60, 1e60);

/// The table of a call, when it is about one; an argument that does not fit is an error.
pub(crate) fn table(a: &Arguments) -> Result<Option<Arc<Columns>>, Diagnostic> {
    let given = |names: &[&'static str]| names.iter().copied().find(|name| a.get(name).is_some());
    match a.rest("oracles").as_slice() {
        [(Value::Table(table), _)] => match given(&OF_ORACLES) {
            None => Ok(Some(table.clone())),
            Some(name) => Err(a
                .wrong(name, Code::Argument, format!("`{name}` is for an oracle; a table has its own points"))
                .hint("table(\"data.csv\", columns = [\"x\", \"y\"]) reads some columns only")),
        },
        several => match (given(&OF_TABLES), several.iter().find(|(value, _)| matches!(value, Value::Table(_)))) {
            (_, Some((_, span))) => {
                Err(Diagnostic::new(Code::Argument, "discover takes one table, and no oracle beside it")
                    .at(*span)
                    .hint("discover(f, points = table(\"points.csv\")) asks an oracle at given points"))
            }
            (None, None) => Ok(None),
            (Some(name), None) => Err(a
                .wrong(name, Code::Argument, format!("`{name}` is for a table"))
                .hint("discover(table(\"data.csv\"), …) takes a table of points and labels")),
        },
    }
}

/// A model fitted to the labels of a table, with noise added to them, in coordinates that are independent.
pub(crate) fn fitted(
    context: &Context<'_>,
    a: &Arguments,
    table: &Columns,
    noise: f64,
) -> Result<(Arc<Oracle>, Background), Diagnostic> {
    let (labels, coordinates) = tables::labels(a, table)?;
    let vectors = a.count_or("vectors", 1, 1000, 1)?;
    let request = fit_request(a)?;
    if !coordinates.len().is_multiple_of(vectors) {
        let message = format!("{} coordinates are not those of {vectors} vectors of one dimension", coordinates.len());
        return Err(a.wrong("vectors", Code::Shape, message));
    }
    let used: Vec<usize> = coordinates.iter().chain(&labels).copied().collect();
    let (rows, repeated) = discover::distinct_rows(&tables::matrix(table, &used));
    checked(a, table, &used, &rows, repeated)?;
    let columns = |from: usize, count: usize| Matrix::from_fn(rows.rows(), count, |i, j| rows[(i, from + j)]);
    let (mut points, label_values) = (columns(0, coordinates.len()), columns(coordinates.len(), labels.len()));
    let named: Vec<&str> = labels.iter().map(|&c| table.names[c].as_str()).collect();
    if discover::is_constant(&label_values) {
        let message = format!("the labels `{}` do not vary: they tell no matrix from another", named.join("`, `"));
        return Err(a.wrong("label", Code::Argument, message));
    }
    let label_values = match noise > 0.0 {
        true => discover::with_noise(&label_values, noise, context.limits.seed()),
        false => label_values,
    };
    let mut kept = None;
    let mut names: Vec<String> = coordinates.iter().map(|&c| table.names[c].clone()).collect();
    let affine = matches!(a.get("ansatz"), Some(Value::Text(word)) if word.as_ref() == "affine");
    if let Some(subspace) = discover::subspace(&points, vectors, affine) {
        if subspace.coordinates.is_empty() {
            return Err(a.wrong("oracles", Code::Argument, "the coordinates do not vary: all rows are one point"));
        }
        let n = coordinates.len() / vectors;
        let chosen = (0..vectors).flat_map(|c| subspace.coordinates.iter().map(move |&k| c * n + k));
        names = chosen.map(|k| names[k].clone()).collect();
        kept = Some((n, names[..subspace.coordinates.len()].to_vec()));
        points = subspace.restrict(&points, vectors);
    }
    let fit = discover::fit(&points, &label_values, vectors, &request, context.limits);
    let fit = fit.map_err(|e| Diagnostic::from(e).at(context.span))?;
    let equations = fit.surface.as_ref().map_or(Vec::new(), |surface| surface.texts(&names));
    let (model, error, slope_error) = (fit.model, fit.error, fit.slope_error);
    let fitted = Some(Fitted { model, error, slope_error, tried: fit.tried, equations, repeated, noise });
    let first: Vec<String> = names.iter().take(fit.oracle.dimension()).cloned().collect();
    let oracle = fit.oracle.described(named.join(", ")).named(first);
    Ok((Arc::new(oracle), Background { points: Some(points), kept, fitted, equations: Vec::new() }))
}

/// Enough different rows, of numbers whose powers are numbers.
fn checked(
    a: &Arguments,
    table: &Columns,
    used: &[usize],
    rows: &Matrix<f64>,
    repeated: usize,
) -> Result<(), Diagnostic> {
    if rows.rows() < LEAST_ROWS {
        let of = if repeated > 0 { format!(" ({repeated} more repeat them)") } else { String::new() };
        let s = if rows.rows() == 1 { "" } else { "s" };
        let message = format!("the table has {} different row{s}{of}; a fit needs at least {LEAST_ROWS}", rows.rows());
        return Err(a.wrong("oracles", Code::Argument, message));
    }
    for (j, &column) in used.iter().enumerate() {
        let largest = (0..rows.rows()).map(|i| rows[(i, j)].abs()).fold(0.0, f64::max);
        if largest > 0.0 && !(RANGE.0..=RANGE.1).contains(&largest) {
            let message = format!(
                "the numbers in column `{}` are of size {largest:.0e}: their powers leave the range of doubles",
                table.names[column]
            );
            return Err(a
                .wrong("oracles", Code::Number, message)
                .hint("other units: divide the column by a power of ten"));
        }
    }
    Ok(())
}

/// The model that is asked for.
fn fit_request(a: &Arguments) -> Result<FitRequest, Diagnostic> {
    const NAMES: [&str; 2] = ["polynomial", "network"];
    let usual = FitRequest::default();
    let asked = |name: &str| a.get(name).is_some();
    let family = match a.get("model").map(|_| a.text("model")).transpose()? {
        None if asked("degree") => Some(Family::Polynomial),
        None if asked("hidden") || asked("layers") => Some(Family::Network),
        None => None,
        Some("polynomial") => Some(Family::Polynomial),
        Some("network") => Some(Family::Network),
        Some(other) => {
            let error = a.wrong("model", Code::Argument, format!("there is no model \"{other}\""));
            return Err(match nearest(other, NAMES) {
                Some(near) => error.label(format!("did you mean \"{near}\"?")),
                None => error.hint("there are \"polynomial\" and \"network\""),
            });
        }
    };
    let other = match family {
        Some(Family::Polynomial) => ["hidden", "layers"].into_iter().find(|name| asked(name)),
        Some(Family::Network) => Some("degree").filter(|name| asked(name)),
        None => None,
    };
    if let Some(name) = other {
        let of = if name == "degree" { "a polynomial" } else { "a network" };
        return Err(a.wrong(name, Code::Argument, format!("`{name}` is for {of}")));
    }
    let degree = a.get("degree").map(|_| a.count("degree", 1, 12)).transpose()?.map(|d| d as u32);
    let (hidden, layers) = (a.count_or("hidden", 1, 1000, usual.hidden)?, a.count_or("layers", 1, 10, usual.layers)?);
    let values =
        matches!(a.get("ansatz"), Some(Value::Text(word)) if ["equivariant", "tensor"].contains(&word.as_ref()));
    Ok(FitRequest { family, degree, hidden, layers, values })
}
