//! Weight tying: which entries of an equivariant matrix between two actions by signed permutations are equal, opposite or zero.
//!
//! The entries (y, x) of `W` with `ρ_Y(g) W = W ρ_X(g)` are equal along the orbits of the group on pairs, up to the signs of the
//! action; where an element fixes a pair and changes its sign they vanish. The number of free weights is `1/|G| Σ χ_X χ_Y`
//! (Burnside's lemma; Ravanbakhsh, Schneider and Póczos, *Equivariance through parameter-sharing*, 2017). It is counted
//! here orbit by orbit of the smaller side, without a list of pairs: a row that the stabiliser of its index may keep is fixed by
//! it up to sign.

use num_bigint::BigUint;

use super::choose::signed;
use super::{Basis, EquivariantError, SignedPermutation, orbits_of_maps, rank};
use crate::finite::{FiniteError, Permutation, PermutationGroup};
use crate::limits::Limits;
use crate::reps::{Family, Rep};

/// The pattern of the equivariant matrices between two representations by signed permutations: a basis with entries 0, ±1 and
/// disjoint supports. An error for any other representation.
///
/// Cost: generators × rows × columns steps; four bytes for each entry are reserved first.
pub fn tie(from: &Rep, to: &Rep, limits: &Limits) -> Result<Basis, EquivariantError> {
    let (from, to) = Rep::matched(from, to, limits)?;
    if from.legs().is_some() && to.legs().is_some() && is_known(&from) {
        let found = super::basis(&Rep::hom(&from, &to)?, limits)?;
        if found.labels().is_some() {
            return Ok(found);
        }
    }
    let (on_cols, on_rows) = (action(&from, limits)?, action(&to, limits)?);
    let shape = (size(&to)?, size(&from)?);
    orbits_of_maps(&on_cols, &on_rows, shape, limits)
}

/// The number of free weights, without a list of entries. Cost: a stabiliser for each orbit on the side with fewer orbits, and
/// the orbits of its generators on the other side; tensors over groups of permutations as [`rank`].
pub fn tied_weights(from: &Rep, to: &Rep, limits: &Limits) -> Result<BigUint, EquivariantError> {
    let (from, to) = Rep::matched(from, to, limits)?;
    let mut total = BigUint::ZERO;
    let targets = to.summands()?;
    for (source, copies) in from.summands()? {
        for (target, times) in &targets {
            limits.check()?;
            let tensors = source.legs().is_some() && target.legs().is_some();
            let own = match tensors && is_known(&source) {
                true => rank(&Rep::hom(&source, target)?, limits)?,
                false => {
                    let (n, m) = (size(&source)?, size(target)?);
                    count((&action(&source, limits)?, n), (&action(target, limits)?, m), limits)?
                }
            };
            total += own * copies * *times;
        }
    }
    Ok(total)
}

/// Whether tensors over the group are counted without listing them.
fn is_known(rep: &Rep) -> bool {
    let base = rep.base();
    let family = matches!(base.family(), Some(Family::Symmetric | Family::Alternating));
    let permutations = base.discrete().iter().all(|e| e.as_permutation().is_some());
    base.algebra().dim() == 0 && base.factors().is_empty() && base.floats().is_none() && (family || permutations)
}

pub(super) fn size(rep: &Rep) -> Result<usize, EquivariantError> {
    let large = || EquivariantError::TooLarge(format!("{} of dimension {}", rep.name(), rep.dim()));
    usize::try_from(rep.dim()).map_err(|_| large())
}

/// How the generators act, when they act by signed permutations.
pub fn action(rep: &Rep, limits: &Limits) -> Result<Vec<SignedPermutation>, EquivariantError> {
    let base = rep.base();
    if base.algebra().dim() > 0 {
        let message = format!("{} is no finite group: nothing ties its weights entry by entry", base.name());
        return Err(EquivariantError::Argument(message));
    }
    let matrices = rep.discrete_matrices(limits)?;
    signed(matrices.iter()).ok_or_else(|| {
        let generator = matrices.iter().position(|m| signed(std::iter::once(m)).is_none()).unwrap_or(0);
        EquivariantError::Argument(format!(
            "{} does not act on {} by permutations with signs: generator {} (from 1) has another matrix",
            base.name(),
            rep.name(),
            generator + 1
        ))
    })
}

/// `1/|G| Σ χ_X χ_Y` by the orbits on the basis of one side. For a basis vector with stabiliser `K`, sent to its negative by no
/// element, the weights that go with it are a vector fixed by `K`; if `H > K` keeps its line, one fixed by `K` and negated by
/// the rest of `H`.
fn count(
    from: (&[SignedPermutation], usize),
    to: (&[SignedPermutation], usize),
    limits: &Limits,
) -> Result<BigUint, EquivariantError> {
    // The side whose basis vectors are walked through comes first.
    let swap = lines(to.0, to.1).len() < lines(from.0, from.1).len();
    let ((first, n), (second, m)) = if swap { (to, from) } else { (from, to) };
    let joint = joint_group((first, n), (second, m), limits)?;
    let mut total = 0usize;
    for line in lines(first, n) {
        limits.check()?;
        let point = 2 * line;
        let fixed = joint.stabilizer(point, limits).map_err(error)?;
        let mut generators = fixed.generators().to_vec();
        let of_kernel = invariants(&generators, 2 * n, m);
        let orbit = joint.orbit(point).map_err(error)?;
        let of_all = match orbit.points.iter().position(|&p| p == point + 1) {
            Some(place) => {
                generators.push(joint.evaluate(&orbit.word(place)));
                invariants(&generators, 2 * n, m)
            }
            None => 0,
        };
        total += of_kernel - of_all.min(of_kernel);
    }
    Ok(BigUint::from(total))
}

/// One basis vector for each orbit on the lines through them.
fn lines(action: &[SignedPermutation], degree: usize) -> Vec<usize> {
    let mut seen = vec![false; degree];
    let mut out = Vec::new();
    for start in 0..degree {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        out.push(start);
        let mut pending = vec![start];
        while let Some(at) = pending.pop() {
            for image in action.iter().filter_map(|g| g.image(at)) {
                if !std::mem::replace(&mut seen[image.0], true) {
                    pending.push(image.0);
                }
            }
        }
    }
    out
}

/// The group on the vectors `± e_i` of both sides: `e_i` is point `2i`, its negative `2i + 1`, the second side follows.
fn joint_group(
    (first, n): (&[SignedPermutation], usize),
    (second, m): (&[SignedPermutation], usize),
    limits: &Limits,
) -> Result<PermutationGroup, EquivariantError> {
    let mut generators = Vec::new();
    for (a, b) in first.iter().zip(second) {
        limits.check()?;
        let points = |side: &SignedPermutation, shift: usize| {
            let pair = |i: usize| {
                let (image, negative) = side.image(i).unwrap_or((i, false));
                let at = (shift + 2 * image) as u32;
                if negative { [at + 1, at] } else { [at, at + 1] }
            };
            (0..side.degree()).flat_map(pair).collect::<Vec<u32>>()
        };
        let images = [points(a, 0), points(b, 2 * n)].concat();
        let wrong = || EquivariantError::Check("two actions together are no permutation".into());
        generators.push(Permutation::from_images(images).ok_or_else(wrong)?);
    }
    PermutationGroup::new("the action on both sides", 2 * (n + m), generators).map_err(error)
}

/// The dimension of the vectors fixed by these generators on `m` lines whose signed points start at `start`: the orbits on
/// lines that meet no negative of their own.
fn invariants(generators: &[Permutation], start: usize, m: usize) -> usize {
    let mut seen = vec![false; 2 * m];
    let mut count = 0;
    for line in 0..m {
        if seen[2 * line] || seen[2 * line + 1] {
            continue;
        }
        let mut pending = vec![2 * line];
        seen[2 * line] = true;
        let mut annihilated = false;
        while let Some(at) = pending.pop() {
            annihilated |= seen[at ^ 1];
            for g in generators {
                let Some(image) = g.image(start + at).map(|p| p - start) else { continue };
                if !std::mem::replace(&mut seen[image], true) {
                    pending.push(image);
                }
            }
        }
        count += usize::from(!annihilated);
    }
    count
}

pub(super) fn error(error: FiniteError) -> EquivariantError {
    match error {
        FiniteError::Stop(stop) => EquivariantError::Stopped(stop),
        other => EquivariantError::Argument(other.to_string()),
    }
}

#[cfg(test)]
#[path = "tying_tests.rs"]
mod tests;
