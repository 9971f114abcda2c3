//! Special maximal subgroups of the classical groups (Dynkin 1952).

use super::super::{Decomposition, ReductiveType, WeightError, defining_weight};
use super::embedding::{embedding, forms};
use super::irreducible::{Irreducible, of_dimension};
use super::{Subgroup, SubgroupKind};
use crate::limits::Limits;
use crate::roots::{Letter, SimpleType};

/// Beyond this dimension of the defining representation the irreducible simple subgroups are not listed.
const MOST_DIMENSION: usize = 256;

/// The defining representation of a classical algebra: which group it is of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Linear,
    Orthogonal,
    Symplectic,
}

fn family(simple: SimpleType) -> Option<(Family, usize)> {
    let rank = simple.rank();
    match simple.letter() {
        Letter::A => Some((Family::Linear, rank + 1)),
        Letter::B => Some((Family::Orthogonal, 2 * rank + 1)),
        Letter::C => Some((Family::Symplectic, 2 * rank)),
        Letter::D => Some((Family::Orthogonal, 2 * rank)),
        _ => None,
    }
}

/// SO(n) by its vectors; `None` for n < 3.
fn orthogonal(n: usize) -> Option<Decomposition> {
    let group: ReductiveType = format!("SO({n})").parse().ok().filter(|_| n >= 3)?;
    let weight = match n {
        3 => vec![2],
        4 => vec![1, 1],
        5.. => (0..group.rank()).map(|i| i64::from(i == 0)).collect(),
        _ => return None,
    };
    Decomposition::irreducible(&group, &weight).ok()
}

/// SU(n) or, for even n, Sp(n) by its vectors.
fn vectors(name: &str, n: usize) -> Option<Decomposition> {
    let group: ReductiveType = format!("{name}({n})").parse().ok()?;
    let weight: Vec<i64> = (0..group.rank()).map(|i| i64::from(i == 0)).collect();
    Decomposition::irreducible(&group, &weight).ok()
}

/// The outer tensor product of two irreducibles.
fn outer(a: &Decomposition, b: &Decomposition) -> Option<Decomposition> {
    let mut factors = a.group().factors().to_vec();
    factors.extend(b.group().factors());
    let mut weight = a.highest_weight()?.clone();
    weight.extend(b.highest_weight()?);
    Decomposition::irreducible(&ReductiveType::new(factors, 0), &weight).ok()
}

/// The outer direct sum of two irreducibles.
fn sum(a: &Decomposition, b: &Decomposition) -> Option<Decomposition> {
    let mut factors = a.group().factors().to_vec();
    factors.extend(b.group().factors());
    let group = ReductiveType::new(factors, 0);
    let mut first = a.highest_weight()?.clone();
    first.resize(group.rank(), 0);
    let mut second = vec![0; a.group().rank()];
    second.extend(b.highest_weight()?);
    let (first, second) =
        (Decomposition::irreducible(&group, &first).ok()?, Decomposition::irreducible(&group, &second).ok()?);
    first.plus(&1.into(), &second).ok()
}

/// The restriction of the defining representation to each special maximal subgroup, with words for it: stabilizers of
/// forms, of tensor products and of orthogonal sums of odd dimension, then irreducible simple subgroups.
pub(super) fn special(simple: SimpleType, limits: &Limits) -> Result<Vec<Subgroup>, WeightError> {
    let Some((family, n)) = family(simple) else { return Ok(Vec::new()) };
    let mut found: Vec<(Option<Decomposition>, String)> = Vec::new();
    match family {
        Family::Linear => {
            if n >= 3 {
                found.push((orthogonal(n), format!("SO({n}) in SU({n})")));
            }
            if n >= 4 && n % 2 == 0 {
                found.push((vectors("Sp", n), format!("Sp({n}) in SU({n})")));
            }
            for (s, t) in factorings(n).filter(|&(s, t)| s <= t && (s, t) != (2, 2)) {
                found.push((pair(vectors("SU", s), vectors("SU", t)), format!("SU({s})⊗SU({t})")));
            }
        }
        Family::Orthogonal => {
            if n % 2 == 0 {
                for p in (1..=n / 2).filter(|p| p % 2 == 1) {
                    let q = n - p;
                    let (a, b) = (orthogonal(p), orthogonal(q));
                    match p {
                        1 => found.push((b.as_ref().and_then(with_singlet), format!("SO({q}) in SO({n})"))),
                        _ => found.push((
                            a.as_ref().zip(b.as_ref()).and_then(|(a, b)| sum(a, b)),
                            format!("SO({p})×SO({q})"),
                        )),
                    }
                }
            }
            for (s, t) in factorings(n).filter(|&(s, t)| 3 <= s && s <= t && s != 4 && t != 4) {
                found.push((pair(orthogonal(s), orthogonal(t)), format!("SO({s})⊗SO({t})")));
            }
            for (s, t) in factorings(n).filter(|&(s, t)| s <= t && s % 2 == 0 && t % 2 == 0 && (s, t) != (2, 2)) {
                found.push((pair(vectors("Sp", s), vectors("Sp", t)), format!("Sp({s})⊗Sp({t})")));
            }
        }
        Family::Symplectic => {
            // SO(4) is Sp(2)⊗Sp(2): Sp(s)⊗SO(4) lies in Sp(2)⊗SO(2s), and is it for s = 2.
            for (s, t) in factorings(n).filter(|&(s, t)| s % 2 == 0 && t >= 3 && (t != 4 || s == 2)) {
                found.push((pair(vectors("Sp", s), orthogonal(t)), format!("Sp({s})⊗SO({t})")));
            }
        }
    }
    for it in maximal_irreducibles(simple, family, n, limits)? {
        let v = Decomposition::irreducible(&it.simple.into(), &it.weight)?;
        found.push((Some(v), format!("irreducible of dimension {n}, highest weight {:?}", it.weight)));
    }
    let mut out = Vec::new();
    for (below, origin) in found {
        let Some(below) = below else { continue };
        out.extend(from_restriction(simple, &below, origin, limits)?);
    }
    Ok(out)
}

fn factorings(n: usize) -> impl Iterator<Item = (usize, usize)> {
    (2..n).filter(move |s| n.is_multiple_of(*s)).map(move |s| (s, n / s))
}

fn pair(a: Option<Decomposition>, b: Option<Decomposition>) -> Option<Decomposition> {
    outer(&a?, &b?)
}

fn with_singlet(v: &Decomposition) -> Option<Decomposition> {
    v.plus(&1.into(), &Decomposition::trivial(v.group())).ok()
}

/// The subgroup under which the smallest representation restricts as given, factors in canonical order and names.
pub(super) fn from_restriction(
    simple: SimpleType,
    below: &Decomposition,
    origin: String,
    limits: &Limits,
) -> Result<Option<Subgroup>, WeightError> {
    let Some(matrix) = embedding(simple, &defining_weight(simple), below, limits)? else { return Ok(None) };
    let found =
        Subgroup { above: simple.into(), group: below.group().clone(), matrix, kind: SubgroupKind::Special, origin };
    let mut factors: Vec<SimpleType> = below.group().factors().iter().map(|&f| super::subgroup::canonical(f)).collect();
    factors.sort();
    Ok(found.written_as(&ReductiveType::new(factors, 0)))
}

/// The representations by which a simple group is a group of matrices: the smallest one, and vectors where a small group is
/// better known as one of another family.
pub fn natural_weights(simple: SimpleType) -> Vec<Vec<i64>> {
    let mut out = vec![defining_weight(simple)];
    match (simple.letter(), simple.rank()) {
        (Letter::A, 1) => out.push(vec![2]),
        (Letter::A, 3) => out.push(vec![0, 1, 0]),
        (Letter::B | Letter::C, 2) => out.push(vec![0, 1]),
        (Letter::D, 3) => out.push(vec![0, 1, 0]),
        _ => {}
    }
    out
}

/// Which form a natural representation keeps (1 symmetric, −1 alternating) and the two nodes that a reflection of its space
/// exchanges, which is in O(2n) and not in SO(2n).
fn kept(simple: SimpleType, top: &[i64]) -> (Option<i64>, Option<(usize, usize)>) {
    let (rank, vectors) = (simple.rank(), top.first() == Some(&1));
    match (simple.letter(), rank, vectors) {
        (Letter::A, 1, false) => (Some(1), None),
        (Letter::A, 3, false) => (Some(1), Some((0, 2))),
        (Letter::C, 2, false) | (Letter::B, _, true) => (Some(1), None),
        (Letter::B, 2, false) | (Letter::C, _, _) => (Some(-1), None),
        (Letter::D, 3, false) => (None, None),
        (Letter::D, ..) => (Some(1), Some((rank - 2, rank - 1))),
        (Letter::G | Letter::F, ..) | (Letter::E, 8, _) => (Some(1), None),
        (Letter::E, 7, _) => (Some(-1), None),
        _ => (None, None),
    }
}

/// The same representation with all charges doubled.
fn doubled(v: &Decomposition) -> Result<Decomposition, WeightError> {
    let semisimple = v.group().semisimple_rank();
    let mut out = Decomposition::zero(v.group());
    for (weight, times) in v.terms() {
        let scaled: Option<Vec<i64>> =
            weight.iter().enumerate().map(|(i, &x)| if i < semisimple { Some(x) } else { x.checked_mul(2) }).collect();
        let scaled = scaled.ok_or_else(|| WeightError::TooLarge("charges are numbers up to 2^63".to_string()))?;
        out = out.plus(times, &Decomposition::irreducible(v.group(), &scaled)?)?;
    }
    Ok(out)
}

/// The image of a group under a representation, as a subgroup of the simple group with a natural representation of that
/// dimension: of SU(n) always, of SO(n) and Sp(n) when there is an invariant form of that kind, of an exceptional group when
/// the weights fit.
///
/// Charges are doubled where they would be half-integral on spinors. In SO(2n) the image is determined up to a reflection: when
/// that makes a difference for some representations, both subgroups are returned.
pub fn subgroup_by_representation(
    simple: SimpleType,
    representation: &Decomposition,
    limits: &Limits,
) -> Result<Vec<Subgroup>, WeightError> {
    let refused = |message: String| Err(WeightError::Subgroup(message));
    let dim = representation.dimension(limits)?;
    let mut sizes = Vec::new();
    let mut top = None;
    for weight in natural_weights(simple) {
        let size = Decomposition::irreducible(&simple.into(), &weight)?.dimension(limits)?;
        if size == dim {
            top = Some(weight);
        }
        sizes.push(size.to_string());
    }
    let Some(top) = top.filter(|_| !representation.is_virtual()) else {
        return refused(format!(
            "the smallest representation of {simple} has dimension {}, this representation has dimension {dim}",
            sizes.join(", another one ")
        ));
    };
    let forms = forms(representation, limits)?;
    let needs = |form: i64, word: &str| match forms.contains(&form) {
        true => Ok(()),
        false => Err(WeightError::Subgroup(format!(
            "this representation has no invariant {word} form, so it is not in {simple}"
        ))),
    };
    let (form, mirror) = kept(simple, &top);
    match form {
        Some(1) => needs(1, "symmetric")?,
        Some(_) => needs(-1, "alternating")?,
        None => {}
    }
    let mut found = embedding(simple, &top, representation, limits)?;
    if found.is_none() && form == Some(1) && representation.group().torus() > 0 {
        found = embedding(simple, &top, &doubled(representation)?, limits)?;
    }
    let sub = |matrix: Vec<Vec<i64>>| Subgroup {
        above: simple.into(),
        group: representation.group().clone(),
        matrix,
        kind: SubgroupKind::Special,
        origin: format!("by a representation of dimension {dim}"),
    };
    match found {
        Some(matrix) => {
            let mut all = vec![sub(matrix.clone())];
            if let Some((a, b)) = mirror {
                let mut other = matrix;
                other.swap(a, b);
                all.push(sub(other));
                all.dedup_by(|x, y| x.matrix == y.matrix);
            }
            Ok(all)
        }
        None if simple.letter() == Letter::A && form.is_none() => {
            refused(format!("the determinant of this representation is not 1, so it is not in SU({dim})"))
        }
        None => refused(format!("the weights of this representation are no restriction of those of {simple}")),
    }
}

/// The irreducible simple subgroups that are maximal: those of the right form that are in no larger one.
///
/// A larger connected proper subgroup would be simple, since a simple group has no irreducible tensor products of two
/// non-trivial representations, and its own maximal subgroups that stay irreducible are looked at. This recovers Dynkin's
/// table of exceptions.
fn maximal_irreducibles(
    simple: SimpleType,
    family: Family,
    n: usize,
    limits: &Limits,
) -> Result<Vec<Irreducible>, WeightError> {
    if n > MOST_DIMENSION {
        return Err(WeightError::TooLarge(format!(
            "maximal subgroups of classical groups are listed up to matrices of size {MOST_DIMENSION}"
        )));
    }
    let form = match family {
        Family::Linear => 0,
        Family::Orthogonal => 1,
        Family::Symplectic => -1,
    };
    let all: Vec<Irreducible> =
        of_dimension(n, limits)?.into_iter().filter(|it| it.form == form && it.simple.dim() < simple.dim()).collect();
    let mut inside: Vec<(SimpleType, Vec<i64>)> = Vec::new();
    for larger in &all {
        if all.iter().all(|it| it.simple.dim() >= larger.simple.dim()) {
            continue;
        }
        let v = Decomposition::irreducible(&larger.simple.into(), &larger.weight)?;
        for sub in super::maximal::special(larger.simple, limits)? {
            let Some(smaller) = sub.group.simple() else { continue };
            if let Some(weight) = sub.restrict(&v, limits)?.highest_weight() {
                inside.push((smaller, weight.clone()));
            }
        }
    }
    Ok(all.into_iter().filter(|it| !inside.iter().any(|other| same(it, other))).collect())
}

fn same(it: &Irreducible, other: &(SimpleType, Vec<i64>)) -> bool {
    let weight = super::similar::first_of_symmetric(other.0, &other.1);
    it.simple == other.0 && super::similar::first_of_symmetric(it.simple, &it.weight) == weight
}
