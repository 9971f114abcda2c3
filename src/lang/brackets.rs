//! `brackets { … }` → an algebra: antisymmetry and contradictions are found here, Jacobi by the engine.

use std::collections::BTreeMap;

use super::eval::{Evaluator, Outcome};
use super::near::nearest;
use super::tree::{BracketTable, BracketTerm, Name};
use super::value::Value;
use crate::diag::{Code, Diagnostic};
use crate::exact::sparse::{SparseVector, collect_terms};
use crate::lie::{Algebra, JacobiProof, StructureConstants, prove_jacobi};
use crate::num::{Gaussian, Rational};
use crate::span::Span;

/// The largest basis written out by hand.
const MAX_BASIS: usize = 1000;

/// Builds the algebra and has its Jacobi identity proved.
pub fn algebra(evaluator: &mut Evaluator<'_>, table: &BracketTable, span: Span) -> Outcome {
    let basis = basis(table)?;
    let place: BTreeMap<&str, usize> = basis.iter().enumerate().map(|(k, n)| (n.text.as_str(), k)).collect();
    let find = |name: &Name| {
        place.get(name.text.as_str()).copied().ok_or_else(|| {
            let mut error = Diagnostic::new(Code::Name, format!("`{}` is not in the basis", name.text)).at(name.span);
            if let Some(near) = nearest(&name.text, place.keys().copied()) {
                error = error.label(format!("did you mean `{near}`?"));
            }
            error
        })
    };
    // For each pair i < j: the bracket, whether it was written as [e_j, e_i], and where.
    let mut known: BTreeMap<(usize, usize), (SparseVector, bool, Span)> = BTreeMap::new();
    for entry in &table.entries {
        let (i, j) = (find(&entry.left)?, find(&entry.right)?);
        let mut terms = Vec::new();
        for term in &entry.terms {
            terms.push((find(&term.element)? as u32, coefficient(evaluator, term)?));
        }
        let mut value = collect_terms(terms);
        if i == j {
            if !value.is_empty() {
                let message = format!("[{0}, {0}] is zero in every Lie algebra", entry.left.text);
                return Err(Diagnostic::new(Code::Antisymmetry, message).at(entry.span));
            }
            continue;
        }
        let swapped = i > j;
        if swapped {
            value.iter_mut().for_each(|(_, v)| *v = -&*v);
        }
        match known.get(&(i.min(j), i.max(j))) {
            Some((before, ..)) if *before == value => {}
            Some((_, turned, first)) => {
                let (left, right) = (&entry.left.text, &entry.right.text);
                let mut error = if *turned == swapped {
                    Diagnostic::new(Code::Duplicate, format!("[{left}, {right}] is given twice, with different values"))
                } else {
                    Diagnostic::new(Code::Antisymmetry, format!("[{left}, {right}] is not minus [{right}, {left}]"))
                };
                error.related.push((*first, "first given here".to_string()));
                return Err(error.at(entry.span));
            }
            None => {
                known.insert((i.min(j), i.max(j)), (value, swapped, entry.span));
            }
        }
    }
    let terms =
        known.iter().flat_map(|((i, j), (value, ..))| value.iter().map(move |(k, v)| (*i, *j, *k as usize, v.clone())));
    let constants = StructureConstants::from_terms(basis.len(), terms);
    let names: Vec<String> = basis.iter().map(|n| n.text.clone()).collect();
    from_table(constants, Some(names), "given by its brackets", evaluator.limits)
        .map(Value::algebra)
        .map_err(|e| e.at(span))
}

/// An algebra from a table: proves the Jacobi identity, or says for which elements it fails.
pub fn from_table(
    constants: StructureConstants,
    names: Option<Vec<String>>,
    origin: &str,
    limits: &crate::limits::Limits,
) -> Result<Algebra, Diagnostic> {
    let named = |algebra: Algebra| match &names {
        Some(names) => algebra.with_names(names.clone()),
        None => algebra,
    };
    match prove_jacobi(&constants, limits)? {
        Ok(how) => Ok(named(Algebra::new(constants, JacobiProof::Checked(how), origin))),
        Err(failure) => {
            let [i, j, k] = failure.triple;
            // Only for the names of its basis.
            let table = named(Algebra::new(constants, JacobiProof::Checked(String::new()), origin));
            let name = |k| super::print::basis_name(&table, k);
            let defect = super::print::combination(&table, &failure.defect);
            let (x, y, z) = (name(i), name(j), name(k));
            let message = format!("the Jacobi identity fails for {x}, {y}, {z}");
            let sum = format!("[[{x},{y}],{z}] + [[{y},{z}],{x}] + [[{z},{x}],{y}] = {defect}, not 0");
            Err(Diagnostic::new(Code::Jacobi, message).label(sum))
        }
    }
}

fn basis(table: &BracketTable) -> Result<Vec<Name>, Diagnostic> {
    let mut out: Vec<Name> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    if let Some(given) = &table.basis {
        for name in given {
            if !seen.insert(name.text.as_str()) {
                let message = format!("`{}` stands twice in the basis", name.text);
                return Err(Diagnostic::new(Code::Duplicate, message).at(name.span));
            }
            out.push(name.clone());
        }
    } else {
        let of_entry = |entry: &'_ super::tree::BracketEntry| {
            let mut names = vec![entry.left.clone(), entry.right.clone()];
            names.extend(entry.terms.iter().map(|t| t.element.clone()));
            names
        };
        let names: Vec<Name> = table.entries.iter().flat_map(of_entry).collect();
        let mut known = std::collections::BTreeSet::new();
        for name in names {
            if known.insert(name.text.clone()) {
                out.push(name);
            }
        }
    }
    match out.get(MAX_BASIS) {
        Some(name) => {
            Err(Diagnostic::new(Code::Argument, format!("a basis written out has at most {MAX_BASIS} elements"))
                .at(name.span)
                .hint("load(\"table.json\") reads larger tables"))
        }
        None => Ok(out),
    }
}

fn coefficient(evaluator: &mut Evaluator<'_>, term: &BracketTerm) -> Result<Rational, Diagnostic> {
    let mut value = match &term.coefficient {
        None => Rational::ONE,
        Some(expression) => match evaluator.expression(expression)? {
            Value::Number(Gaussian { re, im }) if im.is_zero() => re,
            other => {
                let message = format!("the coefficients of brackets are rational numbers, not {}", other.line());
                return Err(Diagnostic::new(Code::Kind, message).at(expression.span));
            }
        },
    };
    if let Some(divisor) = &term.divisor {
        value = value
            .checked_div(divisor)
            .ok_or_else(|| Diagnostic::new(Code::Number, "division by zero").at(term.element.span))?;
    }
    Ok(if term.negative { -value } else { value })
}
