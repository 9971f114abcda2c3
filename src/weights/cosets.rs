//! Dominant weights for a Levi subgroup, by minimal representatives of double cosets.

use super::WeightError;
use super::count::Count;
use super::dominant::refuse_above;
use super::frame::Frame;
use super::klimyk::permuted;
use super::packed::{Packed, Table};
use crate::limits::Limits;

/// The labels of a weight that are not zero, with their places.
type Support = Vec<(usize, i64)>;

/// Weights that have the same labels zero, as a set of bits, beside their multiplicities.
struct Kind<'a, C> {
    zeros: u128,
    weights: Vec<(Support, &'a C)>,
}

/// The largest rank: sets of nodes are bits of a word.
pub(super) const MOST_NODES: usize = 128;

/// The weights of a character that are dominant for the Levi subgroup of the nodes `J` where the labels are zero, with
/// their multiplicities; coordinates in the given order.
///
/// In the orbit of `ν`, whose stabiliser belongs to the nodes `K`, they are the `wν` for the shortest elements `w` of the
/// double cosets `W_J w W_K`, each once (Bourbaki IV, section 1, exercise 3). Those `w` are the ones that are shortest in
/// `W_J w` and have `w α_k > 0` for `k` in `K`. The inverses of the former are the elements that lead to the weights of the
/// orbit of `Σ_{i ∉ J} ω_i`; that orbit is walked once for all dominant `ν`, with the images `w ω_i` at hand. The rank is at
/// most [`MOST_NODES`].
pub(super) fn by_cosets<P: Packed, C: Count>(
    frame: &Frame<P>,
    table: &Table<P, C>,
    labels: &[i64],
    order: &[usize],
    limits: &Limits,
) -> Result<Vec<(P, C)>, WeightError> {
    let rank = frame.rank;
    let coordinates = order.len();
    let unit = |i: usize| (0..coordinates).map(|j| i64::from(i == j)).collect::<Vec<_>>();
    // The images w ω_i, and what stays as it is.
    let mut images: Vec<P> = (0..coordinates).map(|i| permuted(order, &unit(i))).collect();
    let zero: P = P::pack(&vec![0; coordinates]);
    // Dominant weights with the same zeros have the same representatives.
    let mut kinds: Vec<Kind<C>> = Vec::new();
    for (weight, m) in table {
        let zeros = (0..rank).fold(0, |set, i| set | u128::from(weight.label(i) == 0) << i);
        let support = (0..coordinates).map(|i| (i, weight.label(i))).filter(|x| x.1 != 0).collect();
        match kinds.iter_mut().find(|k| k.zeros == zeros) {
            Some(kind) => kind.weights.push((support, m)),
            None => kinds.push(Kind { zeros, weights: vec![(support, m)] }),
        }
    }
    let mut out: Vec<(P, C)> = Vec::new();
    let mut take = |images: &[P], sign: &P| -> Result<(), WeightError> {
        let negative = (0..rank).fold(0, |set, i| set | u128::from(sign.label(i) < 0) << i);
        for kind in kinds.iter().filter(|k| k.zeros & negative == 0) {
            for (support, m) in &kind.weights {
                let mut weight = zero.clone();
                support.iter().for_each(|&(i, label)| weight.subtract(-label, &images[i]));
                if out.len() == out.capacity() {
                    refuse_above(out.len() as u128, "weights")?;
                    limits.reserve((out.len() as u128 + 1024) * 4 * size_of::<(P, C)>() as u128)?;
                }
                out.push((weight, (*m).clone()));
            }
        }
        Ok(())
    };
    let start = P::pack(&labels.iter().map(|&x| i64::from(x != 0)).collect::<Vec<_>>());
    // The image of ρ under the inverse of w: its labels have the signs of the roots w α_i.
    let rho = P::pack(&vec![1; rank]);
    take(&images, &rho)?;
    // Depth first, the last reflection undone on the way back.
    let mut path: Vec<(P, P, usize, usize)> = vec![(start, rho, rank, 0)];
    let mut turns = 0u32;
    while let Some((at, sign, by, next)) = path.last_mut() {
        turns = turns.wrapping_add(1);
        if turns.is_multiple_of(4096) {
            limits.check()?;
        }
        let i = *next;
        if i == rank {
            let by = *by;
            path.pop();
            if by < rank {
                reflect(frame, &mut images, by);
            }
            continue;
        }
        *next += 1;
        let label = at.label(i);
        if label <= 0 {
            continue;
        }
        let mut child = at.clone();
        child.subtract(label, &frame.rows[i]);
        if child.first_negative(rank) == Some(i) {
            let mut sign = sign.clone();
            sign.subtract(sign.label(i), &frame.rows[i]);
            reflect(frame, &mut images, i);
            take(&images, &sign)?;
            path.push((child, sign, i, 0));
        }
    }
    Ok(out)
}

/// From the images under `w` to those under `w s_i`: `w s_i ω_i = w ω_i − w α_i`, and the others stay.
fn reflect<P: Packed>(frame: &Frame<P>, images: &mut [P], i: usize) {
    let mut image = images[i].clone();
    for &(j, a) in &frame.bonds[i] {
        image.subtract(a, &images[j]);
    }
    images[i] = image;
}
