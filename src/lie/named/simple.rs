//! Simple algebras from the Chevalley basis: split, compact, and every other real form of an exceptional type.
//!
//! A real form is the fixed algebra of a compact form twisted by an involution θ: `k + i p` where `k` and `p` are its
//! eigenspaces (Helgason, section III.7; Knapp, section VI.10 for the list by Vogan diagrams).

use super::chevalley::{ChevalleyBasis, Term, table};
use super::combine::{direct_sum_of, realification};
use super::matrices::guard;
use super::{NamedError, classical};
use crate::lie::{Algebra, JacobiProof, StructureConstants};
use crate::limits::Limits;
use crate::num::Rational;
use crate::roots::{CartanType, Letter, RealForm, RealName, SimpleType};

fn construction(text: String) -> JacobiProof {
    JacobiProof::Construction(text)
}

fn numbered(letter: &str, count: usize) -> impl Iterator<Item = String> {
    (1..=count).map(move |k| format!("{letter}{k}"))
}

fn chevalley_basis(t: SimpleType, limits: &Limits) -> Result<ChevalleyBasis, NamedError> {
    guard(&t.to_string(), t.dim() as u128, 0, limits)?;
    Ok(ChevalleyBasis::new(t, limits)?)
}

/// The sum of the algebras of the summands of a type.
fn sum_over(
    t: &CartanType,
    limits: &Limits,
    of: impl Fn(SimpleType, &Limits) -> Result<Algebra, NamedError>,
) -> Result<Algebra, NamedError> {
    guard(&t.to_string(), t.dim() as u128, 0, limits)?;
    if t.summands().is_empty() {
        return Err(NamedError::Argument { what: "the type 0".into(), expected: "a type such as A3 or C3+B2".into() });
    }
    let mut summands = Vec::with_capacity(t.summands().len());
    for &simple in t.summands() {
        limits.check()?;
        summands.push(of(simple, limits)?);
    }
    match &summands[..] {
        [only] => Ok(only.clone()),
        all => direct_sum_of(&all.iter().collect::<Vec<_>>(), limits),
    }
}

/// The split form of a type in its Chevalley basis: `H_i` the simple coroots, `E_r` and `F_r` for the positive roots by
/// height (the first ones simple), `[E_r, F_r]` the coroot of r. All constants are integers.
pub fn split(t: &CartanType, limits: &Limits) -> Result<Algebra, NamedError> {
    Ok(sum_over(t, limits, split_simple)?.with_origin(format!("split({t})")))
}

fn split_simple(t: SimpleType, limits: &Limits) -> Result<Algebra, NamedError> {
    let basis = chevalley_basis(t, limits)?;
    let count = basis.root_system().positive_count();
    let constants = table(t.dim(), basis.split_terms(limits)?);
    let names = numbered("H", t.rank()).chain(numbered("E", count)).chain(numbered("F", count)).collect();
    Ok(Algebra::new(constants, construction(format!("Chevalley basis of {t}")), format!("split({t})"))
        .with_names(names))
}

/// The compact form of a type: `H_j = i h_j`, `X_r = e_r − e_{−r}`, `Y_r = i(e_r + e_{−r})` from the Chevalley basis. All
/// constants are integers and the Killing form is negative definite.
pub fn compact(t: &CartanType, limits: &Limits) -> Result<Algebra, NamedError> {
    Ok(sum_over(t, limits, compact_simple)?.with_origin(format!("compact({t})")))
}

fn compact_names(t: SimpleType) -> Vec<String> {
    let count = t.root_count() / 2;
    numbered("H", t.rank()).chain(numbered("X", count)).chain(numbered("Y", count)).collect()
}

fn compact_simple(t: SimpleType, limits: &Limits) -> Result<Algebra, NamedError> {
    let basis = chevalley_basis(t, limits)?;
    let constants = table(t.dim(), basis.compact_terms(limits)?);
    Ok(Algebra::new(
        constants,
        construction(format!("compact form from the Chevalley basis of {t}")),
        format!("compact({t})"),
    )
    .with_names(compact_names(t)))
}

/// The Borel subalgebra of the split form: `H_i` and `E_r`.
pub fn borel(t: &CartanType, limits: &Limits) -> Result<Algebra, NamedError> {
    let of = |t: SimpleType, limits: &Limits| triangular(t, 0, limits);
    Ok(sum_over(t, limits, of)?.with_origin(format!("borel({t})")))
}

/// The nilradical of the Borel subalgebra: `E_r` for the positive roots.
pub fn nilpotent(t: &CartanType, limits: &Limits) -> Result<Algebra, NamedError> {
    let of = |t: SimpleType, limits: &Limits| triangular(t, t.rank(), limits);
    Ok(sum_over(t, limits, of)?.with_origin(format!("nilpotent({t})")))
}

/// The span of the basis elements `first..rank + N` of the split form, which is closed.
fn triangular(t: SimpleType, first: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let basis = chevalley_basis(t, limits)?;
    let last = t.rank() + basis.root_system().positive_count();
    let terms: Vec<Term> = basis
        .split_terms(limits)?
        .into_iter()
        .filter(|&(i, j, k, _)| [i, j, k].iter().all(|at| (first..last).contains(at)))
        .map(|(i, j, k, v)| (i - first, j - first, k - first, v))
        .collect();
    let names: Vec<String> = numbered("H", t.rank()).chain(numbered("E", last - t.rank())).skip(first).collect();
    Ok(Algebra::new(
        table(last - first, terms),
        construction(format!("Chevalley basis of {t}")),
        format!("part of split({t})"),
    )
    .with_names(names))
}

/// A real form by name: classical ones by their defining matrices, exceptional ones from the Chevalley basis.
pub fn real_form(form: RealForm, limits: &Limits) -> Result<Algebra, NamedError> {
    real_name(form.name(), limits)
}

/// The algebra of any usual name, canonical or not: `so(4)` and `so*(6)` are built from their own matrices.
pub fn real_name(name: RealName, limits: &Limits) -> Result<Algebra, NamedError> {
    match name {
        RealName::Su(p, q) => classical::su(p, q, limits),
        RealName::SlR(n) => classical::sl(n, limits),
        RealName::SuStar(m) => classical::su_star(m, limits),
        RealName::So(p, q) => classical::so(p, q, limits),
        RealName::SoStar(m) => classical::so_star(m, limits),
        RealName::SpR(n) => classical::sp_real(n, limits),
        RealName::Sp(p, q) => classical::sp(p, q, limits),
        RealName::SlC(n) => classical::sl_complex(n, limits),
        RealName::SoC(n) => classical::so_complex(n, limits),
        RealName::SpC(n) => classical::sp_complex(n, limits),
        RealName::ExceptionalC(t) => complex(&t.into(), limits),
        RealName::Exceptional(t, index) => exceptional(t, index, limits),
    }
}

/// The complex algebra of a type seen as real: the Chevalley basis, then `i` times it.
pub fn complex(t: &CartanType, limits: &Limits) -> Result<Algebra, NamedError> {
    let names: Vec<String> = t.summands().iter().map(|&s| RealForm::complex(s).to_string()).collect();
    Ok(realification(&split(t, limits)?, limits)?.with_origin(names.join(" + ")))
}

/// The real form of an exceptional type with this Killing index.
pub fn exceptional(t: SimpleType, index: i64, limits: &Limits) -> Result<Algebra, NamedError> {
    // The table of names decides what exists.
    let known = RealName::Exceptional(t, index).simple_forms();
    known.map_err(|error| match error {
        crate::roots::RealFormError::Range(what, expected) => NamedError::Argument { what, expected },
        other => NamedError::Argument { what: other.to_string(), expected: "an exceptional real form".into() },
    })?;
    let name = format!("{t}({index})");
    let algebra = if index == -(t.dim() as i64) {
        compact_simple(t, limits)?
    } else if index == t.rank() as i64 {
        split_simple(t, limits)?
    } else if (t.letter(), t.rank(), index) == (Letter::E, 6, -26) {
        outer_form_of_e6(t, limits)?
    } else {
        inner_form(t, index, limits)?
    };
    Ok(algebra.with_origin(name))
}

/// The form `k + i p` for `θ = exp(iπ ω_m^∨)`: it multiplies `e_r` by `(−1)^(coefficient of α_m in r)`. The first node `m`
/// with the wanted Killing index is taken; in an exceptional type the index names the form.
fn inner_form(t: SimpleType, index: i64, limits: &Limits) -> Result<Algebra, NamedError> {
    let basis = chevalley_basis(t, limits)?;
    let positive = basis.root_system().positive();
    let odd = |node: usize| positive.iter().filter(|r| r[node] % 2 != 0).count() as i64;
    // dim p is twice the number of odd positive roots.
    let node = (0..t.rank()).find(|&node| 4 * odd(node) - t.dim() as i64 == index);
    let node = node.ok_or_else(|| NamedError::Internal(format!("no inner involution of {t} has index {index}")))?;
    let count = positive.len();
    let in_p = |k: usize| k >= t.rank() && positive[(k - t.rank()) % count][node] % 2 != 0;
    // [ix, iy] = −[x, y] for x, y in p; all other brackets keep their coefficients.
    let terms = basis
        .compact_terms(limits)?
        .into_iter()
        .map(|(i, j, k, v)| (i, j, k, if in_p(i) && in_p(j) { -v } else { v }))
        .collect();
    let proof = construction(format!("Chevalley basis of {t}, compact form twisted by node {}", node + 1));
    Ok(Algebra::new(table(t.dim(), terms), proof, format!("{t}({index})")).with_names(compact_names(t)))
}

/// E6(−26): the compact form twisted by the diagram automorphism, whose fixed algebra is the compact F4.
fn outer_form_of_e6(t: SimpleType, limits: &Limits) -> Result<Algebra, NamedError> {
    let basis = chevalley_basis(t, limits)?;
    let system = basis.root_system();
    let (rank, count) = (t.rank(), system.positive_count());
    // The automorphism exchanges nodes 1 and 6, 3 and 5, and fixes 2 and 4.
    let flip = [5usize, 1, 4, 3, 2, 0];
    let missing = || NamedError::Internal("the diagram automorphism of E6 left the root system".to_string());
    let mut image = Vec::with_capacity(count);
    for root in system.positive() {
        let flipped: Vec<i64> = flip.iter().map(|&i| root[i]).collect();
        image.push(system.number_of(&flipped).ok_or_else(missing)?);
    }
    // θ e_r = c_r e_{θr} with c = 1 on simple roots; for r = a + s with a simple,
    // N_as c_r = c_a c_s N_{θa,θs}. It commutes with e_r ↦ −e_{−r}, so it acts on the compact form with the same signs.
    let mut sign = vec![1i64; count];
    for r in rank..count {
        let root = system.root(r);
        let step = (0..rank).find_map(|a| {
            let mut rest = root.clone();
            rest[a] -= 1;
            system.number_of(&rest).filter(|&s| s < count).map(|s| (a, s))
        });
        let (a, s) = step.ok_or_else(missing)?;
        sign[r] = sign[s] * basis.n(image[a], image[s]) * basis.n(a, s);
    }
    // θ on the compact basis: a signed permutation.
    let mut theta: Vec<(usize, i64)> = flip.iter().map(|&i| (i, 1)).collect();
    for start in [rank, rank + count] {
        theta.extend((0..count).map(|r| (start + image[r], sign[r])));
    }
    let constants = table(t.dim(), basis.compact_terms(limits)?);
    let twisted = twist(&constants, &theta, limits)?;
    let proof = construction("Chevalley basis of E6, compact form twisted by the diagram automorphism".to_string());
    let fixed = 52;
    let names = numbered("K", fixed).chain(numbered("P", t.dim() - fixed)).collect();
    Ok(Algebra::new(twisted, proof, "E6(-26)").with_names(names))
}

/// The form `k + i p` of an involution that permutes the basis up to sign: first `e_a` or `e_a + θe_a` (in k), then `i e_a`
/// or `i(e_a − θe_a)` (in i p), each by increasing a.
fn twist(g: &StructureConstants, theta: &[(usize, i64)], limits: &Limits) -> Result<StructureConstants, NamedError> {
    // An orbit representative and whether the combination lies in p.
    let representatives = |in_p: bool| {
        theta.iter().enumerate().filter_map(move |(a, &(b, sign))| {
            let present = a < b || (a == b && (sign < 0) == in_p);
            present.then_some((a, in_p))
        })
    };
    let elements: Vec<(usize, bool)> = representatives(false).chain(representatives(true)).collect();
    let mut place = vec![[None; 2]; theta.len()];
    for (at, &(a, in_p)) in elements.iter().enumerate() {
        place[a][usize::from(in_p)] = Some(at);
    }
    let vector = |(a, in_p): (usize, bool)| {
        let (b, sign) = theta[a];
        let mut out = vec![(a, 1i64)];
        if a != b {
            out.push((b, if in_p { -sign } else { sign }));
        }
        out
    };
    let mut terms = Vec::new();
    for i in 0..elements.len() {
        limits.check()?;
        for j in i + 1..elements.len() {
            let (x, y) = (elements[i], elements[j]);
            let result_in_p = x.1 != y.1;
            let factor = if x.1 && y.1 { -1 } else { 1 };
            for (a, u) in vector(x) {
                for (b, v) in vector(y) {
                    for (k, c) in g.bracket_of_basis(a, b) {
                        // The coordinate of an eigenvector of θ on an orbit is its entry at the representative.
                        if let Some(at) = place[k as usize][usize::from(result_in_p)] {
                            terms.push((i, j, at, &Rational::from(factor * u * v) * &c));
                        }
                    }
                }
            }
        }
    }
    Ok(StructureConstants::from_terms(elements.len(), terms))
}
