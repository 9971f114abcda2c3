//! Diagrams as sparse tensors: products of small tensors on disjoint sets of legs.

use super::EquivariantError;
use super::entries::{SparseRows, Values};
use super::matchings::subsets;
use crate::exact::lift::Primes;
use crate::exact::{ModMatrix, ModSpan};
use crate::limits::Limits;
use crate::num::Prime;

/// A tensor on some legs: (offset into the flattened index, value) for each entry that is not zero.
pub(super) type Factor = Vec<(u64, i32)>;

/// Adds the product of the factors as a row, its places increasing.
pub(super) fn push_product(factors: &[&Factor], out: &mut SparseRows) {
    let start = out.places.len();
    let mut terms: Vec<(u64, i32)> = vec![(0, 1)];
    if let Some((last, before)) = factors.split_last() {
        for factor in before {
            terms = terms.iter().flat_map(|&(o, v)| factor.iter().map(move |&(p, w)| (o + p, v * w))).collect();
        }
        out.places.extend(terms.iter().flat_map(|&(o, _)| last.iter().map(move |&(p, _)| o + p)));
        if let Values::Integers(values) = &mut out.values {
            values.extend(terms.iter().flat_map(|&(_, v)| last.iter().map(move |&(_, w)| v * w)));
        }
    } else {
        out.places.push(0);
        if let Values::Integers(values) = &mut out.values {
            values.push(1);
        }
    }
    if !out.places[start..].is_sorted() {
        let mut order: Vec<usize> = (start..out.places.len()).collect();
        order.sort_unstable_by_key(|&i| out.places[i]);
        let places: Vec<u64> = order.iter().map(|&i| out.places[i]).collect();
        out.places[start..].copy_from_slice(&places);
        if let Values::Integers(values) = &mut out.values {
            let sorted: Vec<i32> = order.iter().map(|&i| values[i]).collect();
            values[start..].copy_from_slice(&sorted);
        }
    }
    out.starts.push(out.places.len());
}

/// The strides of the legs of a tensor, each of dimension `n`, the last running fastest.
pub(super) fn strides(n: usize, legs: usize) -> Vec<u64> {
    (0..legs).rev().map(|k| (n as u64).saturating_pow(k as u32)).collect()
}

/// The Levi-Civita tensor on legs with these strides, leg `l` turned by `turn(l, i)` (a signed index): all orders of the
/// indices with their signs. `n!` entries.
pub(super) fn levi_civita(strides: &[u64], turn: impl Fn(usize, usize) -> (usize, i32)) -> Factor {
    let n = strides.len();
    let mut out = Vec::new();
    let mut indices: Vec<usize> = (0..n).collect();
    let mut sign = 1;
    // Every order of the indices with its sign, by Heap's exchanges.
    let mut counters = vec![0usize; n];
    let mut at = 0;
    loop {
        let mut entry = (0u64, sign);
        for (l, &i) in indices.iter().enumerate() {
            let (j, s) = turn(l, i);
            entry.0 += j as u64 * strides[l];
            entry.1 *= s;
        }
        out.push(entry);
        while at < n && counters[at] >= at {
            counters[at] = 0;
            at += 1;
        }
        if at >= n {
            break;
        }
        if at.is_multiple_of(2) {
            indices.swap(0, at);
        } else {
            indices.swap(counters[at], at);
        }
        sign = -sign;
        counters[at] += 1;
        at = 1;
    }
    out.sort_unstable_by_key(|t| t.0);
    out
}

/// Bytes of a basis of `rank` rows with `entries` entries each.
pub(super) fn bytes(rank: usize, entries: usize, signed: bool) -> u128 {
    rank as u128 * entries as u128 * if signed { 12 } else { 8 }
}

/// Random vectors modulo a prime, one for each leg, several times. A tensor is a multilinear function of them; values that are
/// independent modulo a prime belong to independent tensors.
pub(super) struct Samples {
    pub p: Prime,
    vectors: Vec<Vec<Vec<u32>>>,
}

impl Samples {
    /// Enough samples to tell `wanted` tensors apart, and a few more.
    pub(super) fn new(n: usize, legs: usize, wanted: usize, limits: &Limits) -> Result<Samples, EquivariantError> {
        let count = wanted + 8;
        limits.reserve(count as u128 * (legs as u128 * (n as u128 * 4 + 24) + wanted as u128 * 4))?;
        let mut primes = Primes::new(limits);
        let p = primes.draw();
        let rng = primes.rng();
        let mut vector = || (0..n).map(|_| p.random_residue(rng)).collect::<Vec<u32>>();
        let vectors = (0..count).map(|_| (0..legs).map(|_| vector()).collect()).collect();
        Ok(Samples { p, vectors })
    }

    /// The values of a function of the vectors of all legs.
    pub(super) fn values(&self, f: impl Fn(&[Vec<u32>]) -> u32) -> Vec<u32> {
        self.vectors.iter().map(|legs| f(legs)).collect()
    }

    /// The first `wanted` independent ones among products of the given values, by their numbers; fewer when there are no
    /// more. Cost: `products × wanted²`.
    pub(super) fn independent(
        &self,
        values: &[Vec<u32>],
        products: &[Vec<usize>],
        wanted: usize,
        limits: &Limits,
    ) -> Result<Vec<usize>, EquivariantError> {
        let mut span = ModSpan::new(self.p);
        let mut chosen = Vec::new();
        for (number, product) in products.iter().enumerate() {
            if chosen.len() == wanted {
                break;
            }
            limits.check()?;
            limits.progress("independent diagrams", chosen.len() as f64 / wanted as f64);
            let mut row = vec![1u32; self.vectors.len()];
            for &factor in product {
                row.iter_mut().zip(&values[factor]).for_each(|(r, &v)| *r = self.p.mul(*r, v));
            }
            if span.insert(row) {
                chosen.push(number);
            }
        }
        Ok(chosen)
    }
}

/// A diagram by its parts: pairs of legs, and sets of legs that carry a determinant.
pub(super) struct Diagram {
    pub pairs: Vec<(usize, usize)>,
    pub determinants: Vec<Vec<usize>>,
}

/// The first `wanted` diagrams that are independent when `pair` gives the value of a pair at two vectors, by their numbers.
pub(super) fn independent(
    n: usize,
    legs: usize,
    pair: &impl Fn(Prime, &[u32], &[u32]) -> u32,
    diagrams: &[Diagram],
    wanted: usize,
    limits: &Limits,
) -> Result<Vec<usize>, EquivariantError> {
    let samples = Samples::new(n, legs, wanted, limits)?;
    let (p, sets) = (samples.p, subsets(legs, n));
    limits.reserve((legs * legs + sets.len()) as u128 * (wanted as u128 + 8) * 4)?;
    let mut values: Vec<Vec<u32>> = Vec::with_capacity(legs * legs + sets.len());
    for k in 0..legs * legs {
        let (a, b) = (k / legs, k % legs);
        values.push(if a < b { samples.values(|v| pair(p, &v[a], &v[b])) } else { Vec::new() });
    }
    for set in &sets {
        limits.check()?;
        let rows = |v: &[Vec<u32>]| ModMatrix::from_rows(n, set.iter().map(|&l| v[l].clone()));
        values.push(samples.values(|v| rows(v).determinant(p)));
    }
    let parts = |diagram: &Diagram| {
        let pairs = diagram.pairs.iter().map(|&(a, b)| a * legs + b);
        let tops = diagram.determinants.iter().filter_map(|set| sets.binary_search(set).ok());
        pairs.chain(tops.map(|at| legs * legs + at)).collect()
    };
    let products: Vec<Vec<usize>> = diagrams.iter().map(parts).collect();
    samples.independent(&values, &products, wanted, limits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levi_civita_is_the_determinant() {
        for n in 0..=5usize {
            let found = levi_civita(&strides(n, n), |_, i| (i, 1));
            assert_eq!(found.len(), (1..=n).product::<usize>());
            for (place, value) in found {
                let mut digits: Vec<usize> = (0..n).map(|l| place as usize / n.pow((n - 1 - l) as u32) % n).collect();
                let inversions: usize = (0..n).map(|i| (i..n).filter(|&j| digits[j] < digits[i]).count()).sum();
                assert_eq!(value, if inversions.is_multiple_of(2) { 1 } else { -1 });
                digits.sort_unstable();
                assert!(digits.iter().copied().eq(0..n));
            }
        }
    }

    #[test]
    fn products_are_sorted() {
        let mut rows = SparseRows::new(Values::Integers(Vec::new()));
        // δ on legs 0 and 2 times an antisymmetric tensor on legs 1 and 3, of dimension 2.
        push_product(&[&vec![(0, 1), (10, 1)], &vec![(1, 1), (4, -1)]], &mut rows);
        assert_eq!(rows.places, [1, 4, 11, 14]);
        assert_eq!(rows.values, Values::Integers(vec![1, -1, 1, -1]));
        push_product(&[], &mut rows);
        assert_eq!((rows.len(), rows.places[4]), (2, 0));
    }
}
