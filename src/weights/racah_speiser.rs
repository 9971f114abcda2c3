//! One multiplicity of a tensor product.

use num_bigint::BigInt;
use num_traits::Zero;

use super::dominant::of_simple;
use super::frame::Frame;
use super::packed::{Packed, Table, with_packing};
use super::root_data::RootData;
use super::weyl::opposite;
use super::{ReductiveType, Weight, WeightError};
use crate::limits::Limits;
use crate::roots::SimpleType;

/// The multiplicity of `V(ν)` in `V(λ) ⊗ V(μ)` for a simple algebra; see [`super::multiplicity`].
pub(super) fn multiplicity(
    simple: SimpleType,
    lambda: &[i64],
    mu: &[i64],
    nu: &[i64],
    limits: &Limits,
) -> Result<BigInt, WeightError> {
    let data = RootData::of(simple, limits)?;
    let dual = |w: &[i64]| -> Weight { (0..w.len()).map(|i| w[opposite(simple, i)]).collect() };
    // The invariants of V(a) ⊗ V(b) ⊗ V(c) with a, b, c in any order; the smallest is the one whose weights are summed.
    let mut three = [lambda.to_vec(), mu.to_vec(), dual(nu)];
    three.sort_by_cached_key(|w| (data.twice_height(w), w.clone()));
    let [mu, nu, lambda] = three;
    // V(λ) ⊗ V(μ) contains V(ν*).
    let nu = dual(&nu);
    let bound = data.bound(&lambda) + data.bound(&mu) + data.bound(&nu) + 2 * data.bound(&vec![1; data.rank]);
    with_packing!(data.rank, bound, P => sum::<P>(&data, &lambda, &mu, &nu, limits))
}

fn sum<P: Packed>(
    data: &RootData,
    lambda: &[i64],
    mu: &[i64],
    nu: &[i64],
    limits: &Limits,
) -> Result<BigInt, WeightError> {
    let rank = data.rank;
    let frame: Frame<P> = Frame::new(&ReductiveType::from(data.simple), limits)?;
    let dominant = of_simple(data.simple, mu, limits)?;
    let place: Table<P, usize> = (0..dominant.len())
        .map(|k| (P::pack(&dominant.weight(k).iter().map(|&x| i64::from(x)).collect::<Weight>()), k))
        .collect();
    // How far w(ν + ρ) may still go down: its distance to λ + ρ + w_0 μ in simple roots, which has to stay ≥ 0.
    let lowest: Weight = (0..rank).map(|i| lambda[i] - mu[opposite(data.simple, i)]).collect();
    let Some(room) = in_simple_roots(data, &nu.iter().zip(&lowest).map(|(x, y)| x - y).collect::<Weight>()) else {
        return Ok(BigInt::zero());
    };
    if room.iter().any(|&c| c < 0) {
        return Ok(BigInt::zero());
    }
    let start: Weight = nu.iter().map(|x| x + 1).collect();
    let shift = P::pack(&lambda.iter().map(|x| x + 1).collect::<Weight>());
    let mut out = BigInt::zero();
    let mut stack = vec![(P::pack(&start), room, false)];
    let mut visited = 0u32;
    while let Some((weight, room, odd)) = stack.pop() {
        visited = visited.wrapping_add(1);
        if visited.is_multiple_of(4096) {
            limits.check()?;
        }
        let mut difference = weight.clone();
        difference.subtract(1, &shift);
        frame.make_dominant(&mut difference);
        if let Some(&k) = place.get(&difference) {
            let m = dominant.multiplicity(k);
            out += if odd { -m } else { m };
        }
        for i in 0..rank {
            let label = weight.label(i);
            if label > 0 && i128::from(label) <= room[i] {
                let mut child = weight.clone();
                child.subtract(label, &frame.rows[i]);
                if child.first_negative(rank) == Some(i) {
                    let mut room = room.clone();
                    room[i] -= i128::from(label);
                    stack.push((child, room, !odd));
                }
            }
        }
    }
    Ok(out)
}

/// The coordinates in simple roots of a weight of the root lattice: `L h^∨ λ = Σ_{α > 0} (α, α)/2 (λ, α^∨) α`, the
/// identity of [`RootData::casimir`]. `None` for other weights.
fn in_simple_roots(data: &RootData, weight: &[i64]) -> Option<Vec<i128>> {
    let mut out = vec![0; data.rank];
    for root in &data.roots {
        let factor = i128::from(root.half) * i128::from(root.pairing(weight));
        out.iter_mut().zip(&root.coordinates).for_each(|(x, &c)| *x += factor * i128::from(c));
    }
    let scale = i128::from(data.casimir_scale());
    out.iter().map(|x| (x % scale == 0).then_some(x / scale)).collect()
}
