//! How many dominant weights an irreducible representation has, roughly: for a refusal before the memory is full.

use super::root_data::RootData;

/// Up to this rank the volume is computed, a sum over all sets of nodes.
const VOLUME_RANK: usize = 12;

/// An estimate of the number of dominant weights below `λ`.
///
/// For small ranks the volume of `{c ≥ 0 : λ − Σ c_i α_i dominant}`. It has the faces of a cube: for every set `S` of
/// nodes there is the vertex `v_S` supported on `S` with labels zero there, and the flags of sets triangulate it, so the
/// volume is `f(all)/r!` with `f(S) = Σ_{i ∈ S} (v_S)_i f(S − i)`. For larger ranks a lower bound: `λ − Σ c_i α_i` is
/// dominant when `2c_i ≤ λ_i`, and `α_i + α_j` of a simple bond may be subtracted where both labels are 1.
pub(super) fn estimate(data: &RootData, highest: &[i64]) -> u128 {
    if data.rank <= VOLUME_RANK { volume(data, highest) as u128 } else { lower_bound(data, highest) }
}

fn lower_bound(data: &RootData, highest: &[i64]) -> u128 {
    let boxes = highest.iter().fold(1u128, |n, &x| n.saturating_mul(x as u128 / 2 + 1));
    let mut free: Vec<bool> = highest.iter().map(|&x| x == 1).collect();
    let mut pairs = 1u128;
    for (i, j) in data.simple.bonds() {
        if free[i] && free[j] && data.cartan[i][j] * data.cartan[j][i] == 1 {
            (free[i], free[j]) = (false, false);
            pairs = pairs.saturating_mul(2);
        }
    }
    boxes.saturating_mul(pairs)
}

fn volume(data: &RootData, highest: &[i64]) -> f64 {
    let rank = data.rank;
    let mut flags = vec![0.0; 1 << rank];
    flags[0] = 1.0;
    for set in 1..1usize << rank {
        let nodes: Vec<usize> = (0..rank).filter(|i| set >> i & 1 == 1).collect();
        let vertex = solve(data, &nodes, highest);
        flags[set] = nodes.iter().zip(&vertex).map(|(i, x)| x * flags[set & !(1 << i)]).sum();
    }
    (1..=rank).fold(flags[(1 << rank) - 1], |volume, k| volume / k as f64)
}

/// `c` with `Σ_j c_j a_ji = λ_i` on these nodes; the matrix is positive definite up to scaling, so no pivoting is needed.
fn solve(data: &RootData, nodes: &[usize], highest: &[i64]) -> Vec<f64> {
    let n = nodes.len();
    let mut rows: Vec<Vec<f64>> = nodes
        .iter()
        .map(|&i| nodes.iter().map(|&j| data.cartan[j][i] as f64).chain([highest[i] as f64]).collect())
        .collect();
    for k in 0..n {
        let pivot = rows[k].clone();
        for (i, row) in rows.iter_mut().enumerate() {
            if i != k && row[k] != 0.0 {
                let factor = row[k] / pivot[k];
                row.iter_mut().zip(&pivot).for_each(|(x, p)| *x -= factor * p);
            }
        }
    }
    rows.iter().enumerate().map(|(k, row)| row[n] / row[k]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::weights::{ReductiveType, dominant_weights};

    #[test]
    fn the_volume_is_the_leading_term_of_the_count() {
        for (text, weight) in [("A1", vec![4000]), ("A2", vec![80, 50]), ("B3", vec![20, 16, 30]), ("G2", vec![40, 0])]
        {
            let group: ReductiveType = text.parse().unwrap();
            let limits = Limits::none();
            let data = RootData::of(group.simple().unwrap(), &limits).unwrap();
            let count = dominant_weights(&group, &weight, &limits).unwrap().len() as f64;
            let volume = volume(&data, &weight);
            assert!(volume <= count && count < 1.5 * volume + 2.0, "{text}: {volume} and {count}");
        }
    }
}
