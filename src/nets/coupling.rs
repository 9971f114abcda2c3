//! Bilinear maps between blocks.
//!
//! For tensors: when the first argument has the legs of `target ⊗ second*`, it is read as a matrix and applied to the second
//! one. That is the choice of the work; for SL(n) with n ≥ 3 there is also the determinant. For blocks that are no tensors of the defining representation (irreducibles, powers,
//! representations of one factor): all equivariant bilinear maps.

use num_traits::ToPrimitive;

use super::NetError;
use super::maps::SparseCouplings;
use crate::equivariant;
use crate::limits::Limits;
use crate::reps::{Base, Family, Rep};

/// Bilinear maps with more entries in their array are left out.
const MAX_ARRAY: usize = 1 << 18;

/// The bilinear maps from `first × second` to `to` that a network uses; possibly none.
pub(super) fn couplings(first: &Rep, second: &Rep, to: &Rep, limits: &Limits) -> Result<SparseCouplings, NetError> {
    let all = [first, second, to].map(tensor_legs);
    if let [Some(first_legs), Some(second_legs), Some(to_legs)] = &all {
        let base = first.base();
        if let Some(found) = contraction(base, first_legs, second_legs, to_legs) {
            return Ok(found);
        }
        // One determinant: without it tensors of V alone have no products in the dual.
        let legs = first_legs.len() + second_legs.len() + to_legs.len();
        let unimodular = base.family() == Some(&Family::SpecialLinear) && base.vector_dim() == Some(legs) && legs > 2;
        if !unimodular || !determinant(first_legs, second_legs, to_legs) {
            return Ok(SparseCouplings { starts: vec![0], entries: Vec::new() });
        }
    }
    every(first, second, to, limits)
}

/// Whether a single determinant has these legs: all factors in V and the value in its dual, or the other way round.
fn determinant(first: &[bool], second: &[bool], to: &[bool]) -> bool {
    let factors = || first.iter().chain(second);
    let all = |dual: bool| factors().all(|leg| *leg == dual) && to.iter().all(|leg| *leg != dual);
    !first.is_empty() && (all(false) || all(true))
}

/// The legs as those of one tensor.
fn tensor_legs(rep: &Rep) -> Option<Vec<bool>> {
    let legs = rep.legs()?;
    Some(legs.rows.into_iter().chain(legs.cols.into_iter().map(|dual| !dual)).collect())
}

/// How an index is lowered: to which one and with which sign; and whether legs in V and its dual may be exchanged.
struct Lowering {
    images: Vec<(usize, f64)>,
    exchange: bool,
}

/// The form that is kept on V, if networks know one.
fn lowering(base: &Base, n: usize, plain: bool) -> Lowering {
    let same = || (0..n).map(|i| (i, 1.0)).collect();
    match base.family() {
        _ if base.vector_is_orthogonal() => Lowering { images: same(), exchange: true },
        Some(Family::Orthogonal { negative, .. }) if plain => {
            let sign = |i: usize| if negative.get(i) == Some(&true) { -1.0 } else { 1.0 };
            Lowering { images: (0..n).map(|i| (i, sign(i))).collect(), exchange: true }
        }
        // B(e_i, e_{m+i}) = 1.
        Some(Family::Symplectic) if plain => {
            let m = n / 2;
            let image = |i: usize| if i < m { (i + m, -1.0) } else { (i - m, 1.0) };
            Lowering { images: (0..n).map(image).collect(), exchange: true }
        }
        _ => Lowering { images: same(), exchange: false },
    }
}

/// `z_i = Σ_j x_{i j'} y_j`, `j'` the lowered index; `None` when the legs do not fit.
fn contraction(base: &Base, first: &[bool], second: &[bool], to: &[bool]) -> Option<SparseCouplings> {
    if first.len() != to.len() + second.len() {
        return None;
    }
    let n = base.vector_dim()?;
    let plain = first.iter().chain(second).chain(to).all(|dual| !dual);
    let lowering = lowering(base, n, plain);
    // The place in `first` of each leg of the target, then of each leg of the second argument's dual.
    let mut used = vec![false; first.len()];
    let mut places = Vec::with_capacity(first.len());
    for wanted in to.iter().copied().chain(second.iter().map(|dual| !dual)) {
        let fits = |k: &usize| !used[*k] && (lowering.exchange || first[*k] == wanted);
        let place = (0..first.len()).find(fits)?;
        used[place] = true;
        places.push(place);
    }
    let power = |k: usize| n.checked_pow(u32::try_from(k).ok()?);
    let (rows, cols) = (power(to.len())?, power(second.len())?);
    let weight = |place: usize| power(first.len() - 1 - place);
    let weights: Vec<usize> = places.iter().map(|p| weight(*p)).collect::<Option<_>>()?;
    let mut entries = Vec::with_capacity(rows * cols);
    for i in 0..rows {
        for j in 0..cols {
            let (mut k, mut value) = (0, 1.0);
            let (mut rest_i, mut rest_j) = (i, j);
            for leg in (0..to.len()).rev() {
                k += rest_i % n * weights[leg];
                rest_i /= n;
            }
            for leg in (0..second.len()).rev() {
                let (image, sign) = lowering.images[rest_j % n];
                k += image * weights[to.len() + leg];
                value *= sign;
                rest_j /= n;
            }
            entries.push((i as u32, k as u32, j as u32, value));
        }
    }
    Some(SparseCouplings { starts: vec![0, entries.len()], entries })
}

/// A basis of all bilinear maps, scaled so that the squares of the entries of each sum to the dimension of the first argument,
/// as those of a contraction do.
pub(super) fn every(first: &Rep, second: &Rep, to: &Rep, limits: &Limits) -> Result<SparseCouplings, NetError> {
    limits.check()?;
    let none = SparseCouplings { starts: vec![0], entries: Vec::new() };
    let sizes = [first, second, to].map(|rep| rep.dim().to_usize().unwrap_or(usize::MAX));
    let [a, b, c] = sizes;
    if a.checked_mul(b).and_then(|x| x.checked_mul(c)).is_none_or(|x| x > MAX_ARRAY) {
        return Ok(none);
    }
    let basis = equivariant::basis(&Rep::hom(&first.tensor(second)?, to)?, limits)?;
    let (mut starts, mut entries) = (vec![0], Vec::new());
    for k in 0..basis.rank() {
        let own = basis.doubles(k);
        let scale = (a as f64 / own.iter().map(|e| e.1 * e.1).sum::<f64>()).sqrt();
        entries.extend(own.iter().map(|(place, value)| {
            let (i, column) = (*place as usize / (a * b), *place as usize % (a * b));
            (i as u32, (column / b) as u32, (column % b) as u32, value * scale)
        }));
        starts.push(entries.len());
    }
    Ok(SparseCouplings { starts, entries })
}
