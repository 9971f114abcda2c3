//! `decompose` for groups that are not connected: irreducibles over C by dimension and letter.

use serde_json::{Map, Value as Json, json};

use crate::builtins::Context;
use crate::diag::Diagnostic;
use crate::lang::print::count_json;
use crate::lang::value::Value;
use crate::limits::Limits;
use crate::num::Rational;
use crate::reps::Rep;
use crate::reps::decompose::{Constituent, constituents};
use crate::show::Markup;
use crate::weights::Namer;

/// An irreducible over C: its dimension and multiplicity, what else is said of it, and the place of its name among those of its
/// dimension, of how many.
struct Term {
    dim: u64,
    times: Rational,
    more: Map<String, Json>,
    letter: (usize, usize),
}

/// `V⊗V = 1 + 2 + 3a + 3b`. Letters tell irreducibles of one dimension apart; for a finite group whose characters are known they are
/// those of the rows of its table.
pub(crate) fn decompose(context: &Context<'_>, rep: &Rep, name: &str) -> Result<Value, Diagnostic> {
    let limits = context.limits;
    let terms = match rep.irreducible_characters(limits)? {
        Some((table, times)) => of_table(&table.degrees, times),
        None => of_components(&constituents(rep, limits)?, limits)?,
    };
    let called = |term: &Term| match term.letter {
        (_, 1) => term.dim.to_string(),
        (place, _) => format!("{}{}", term.dim, letters(place)),
    };
    let mut keys = Map::new();
    keys.insert("group".into(), json!(rep.base().name()));
    let list = terms.iter().map(|term| {
        let mut keys = Map::new();
        keys.insert("weight".into(), Json::Null);
        keys.insert("name".into(), json!(called(term)));
        keys.insert("dim".into(), json!(term.dim));
        keys.insert("multiplicity".into(), count_json(&term.times.numerator()));
        keys.extend(term.more.clone());
        Json::Object(keys)
    });
    keys.insert("terms".into(), list.collect());
    let words = terms.iter().map(|term| match term.times == Rational::ONE {
        true => called(term),
        false => format!("{}({})", term.times, called(term)),
    });
    let words: Vec<String> = words.collect();
    let sum = if words.is_empty() { "0".to_string() } else { words.join(" + ") };
    let right = Markup::symbol(sum.clone(), sum.replace(" + ", " \\oplus "));
    let left = Markup::symbol(name.to_string(), rep.latex_name()) + Markup::symbol(" = ", " = ");
    Ok(Value::record_with_markup("decomposition", keys, left + right))
}

/// The rows of a character table that occur.
fn of_table(degrees: &[u64], times: Vec<Rational>) -> Vec<Term> {
    let rows = degrees.iter().zip(times).enumerate().filter(|(_, (_, times))| !times.is_zero());
    rows.map(|(row, (&dim, times))| {
        let place = degrees[..row].iter().filter(|d| **d == dim).count();
        let all = degrees.iter().filter(|d| **d == dim).count();
        let more = Map::from_iter([("character".to_string(), json!(row + 1))]);
        Term { dim, times, more, letter: (place, all) }
    })
    .collect()
}

/// Each irreducible of each component; conjugate ones stand one after the other.
fn of_components(found: &[Constituent], limits: &Limits) -> Result<Vec<Term>, Diagnostic> {
    let mut namer = Namer::new();
    let mut out: Vec<Term> = Vec::new();
    for component in found {
        limits.check()?;
        let conjugates = component.field.degree().unwrap_or(1).max(1);
        let mut more = Map::new();
        if let Some(over) = component.over_identity.as_ref().filter(|_| conjugates == 1) {
            let mut parts = Vec::new();
            for (weight, times) in over.terms() {
                let name = namer.name(over.group(), weight, limits)?.plain;
                let times = times / component.multiplicity;
                parts.push(if times == 1.into() { name } else { format!("{times}({name})") });
            }
            parts.sort_by(|a, b| (a.len(), a).cmp(&(b.len(), b)));
            more.insert("identity_component".into(), json!(parts.join(" + ")));
        }
        if conjugates > 1 {
            more.insert("field".into(), json!(component.field.to_string()));
        }
        for _ in 0..conjugates {
            let times = Rational::from(component.multiplicity as i64);
            out.push(Term { dim: component.dim as u64, times, more: more.clone(), letter: (0, 1) });
        }
    }
    let dims: Vec<u64> = out.iter().map(|term| term.dim).collect();
    for (index, term) in out.iter_mut().enumerate() {
        let same = |list: &[u64]| list.iter().filter(|d| **d == term.dim).count();
        term.letter = (same(&dims[..index]), same(&dims));
    }
    Ok(out)
}

/// a, b, …, z, aa, ab, ….
fn letters(place: usize) -> String {
    let letter = |k: usize| char::from(b'a' + (k % 26) as u8);
    match place / 26 {
        0 => letter(place).to_string(),
        rest => format!("{}{}", letters(rest - 1), letter(place)),
    }
}
