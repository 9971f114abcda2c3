//! What a map by monomials forgets.
//!
//! Features `χ_k = Π x_i^(E_ki)` do not change under `x_i ↦ t_i x_i` when `Π t_i^(E_ki) = 1` for all k. On inputs without zeros, over
//! the real numbers, these `t` form a group: scalings, of dimension `n - rank E`, and signs, the kernel of `E` modulo 2. Smith's
//! normal form of `E` shows both: an even invariant factor, and a column beyond the rank, is one sign that is lost.

use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{ToPrimitive, Zero};

use super::EquivariantError;
use crate::exact::null_space::null_space;
use crate::exact::smith::smith_factors;
use crate::exact::{SparseMatrix, SparseVector};
use crate::limits::Limits;
use crate::num::{Rational, common_denominator};

/// The group under which all features are invariant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gauge {
    /// The number of inputs.
    pub inputs: usize,
    /// The number of features.
    pub features: usize,
    /// The rank of the exponents over Q.
    pub rank: usize,
    /// The rank modulo 2.
    pub rank_mod_two: usize,
    /// The invariant factors of the exponents.
    pub factors: Vec<BigInt>,
    /// A basis of the lost scalings: `x_i ↦ s^(k_i) x_i` for s > 0, whole numbers without common divisor.
    pub scalings: Vec<Vec<BigInt>>,
    /// A basis of the lost signs: which inputs change theirs.
    pub signs: Vec<Vec<usize>>,
}

/// The gauge group of features with these rows of exponents, each of length `inputs`.
pub fn gauge(exponents: &[Vec<i64>], inputs: usize, limits: &Limits) -> Result<Gauge, EquivariantError> {
    if exponents.iter().any(|row| row.len() != inputs) {
        return Err(EquivariantError::Argument("every feature needs an exponent for each input".into()));
    }
    limits.reserve(exponents.len() as u128 * inputs as u128 * 40)?;
    let rows: Vec<SparseVector> = exponents
        .iter()
        .map(|row| {
            let filled = row.iter().zip(0u32..).filter(|(x, _)| **x != 0);
            filled.map(|(x, i)| (i, Rational::from(*x))).collect()
        })
        .filter(|row: &SparseVector| !row.is_empty())
        .collect();
    let kernel = null_space(inputs, &rows, limits)?;
    let scalings = kernel.basis.iter().map(|v| whole(v, inputs)).collect();
    let big: Vec<Vec<BigInt>> = exponents.iter().map(|row| row.iter().map(|&x| BigInt::from(x)).collect()).collect();
    let factors = smith_factors(&big, limits)?;
    let signs = kernel_mod_two(exponents, inputs, limits)?;
    let found = Gauge {
        inputs,
        features: exponents.len(),
        rank: inputs - kernel.basis.len(),
        rank_mod_two: inputs - signs.len(),
        factors,
        scalings,
        signs,
    };
    // Smith's form says the same in another way.
    let odd = found.factors.iter().filter(|d| d.is_odd()).count();
    if found.factors.len() != found.rank || odd != found.rank_mod_two {
        return Err(EquivariantError::Check("the invariant factors do not fit the ranks of the exponents".into()));
    }
    Ok(found)
}

/// The multiple of a vector with whole entries that have no common divisor.
fn whole(v: &[(u32, Rational)], size: usize) -> Vec<BigInt> {
    let denominator = common_denominator(v.iter().map(|t| &t.1));
    let mut out = vec![BigInt::zero(); size];
    for (i, x) in v {
        out[*i as usize] = x.numerator() * (&denominator / x.denominator());
    }
    let gcd = out.iter().fold(BigInt::zero(), |g, x| g.gcd(x));
    if !gcd.is_zero() {
        out.iter_mut().for_each(|x| *x /= &gcd);
    }
    out
}

/// A basis of the vectors modulo 2 that all rows annihilate, as sets of places.
fn kernel_mod_two(rows: &[Vec<i64>], n: usize, limits: &Limits) -> Result<Vec<Vec<usize>>, EquivariantError> {
    let words = n.div_ceil(64);
    // Reduced echelon form: each row with its pivot.
    let mut basis: Vec<(usize, Vec<u64>)> = Vec::new();
    let bit = |row: &[u64], i: usize| row[i / 64] >> (i % 64) & 1 == 1;
    for row in rows {
        limits.check()?;
        let mut bits = vec![0u64; words];
        row.iter().enumerate().filter(|(_, x)| *x % 2 != 0).for_each(|(i, _)| bits[i / 64] |= 1 << (i % 64));
        for (pivot, known) in &basis {
            if bit(&bits, *pivot) {
                bits.iter_mut().zip(known).for_each(|(x, y)| *x ^= y);
            }
        }
        let Some(pivot) = (0..n).find(|&i| bit(&bits, i)) else { continue };
        for (_, known) in &mut basis {
            if bit(known, pivot) {
                known.iter_mut().zip(&bits).for_each(|(x, y)| *x ^= y);
            }
        }
        basis.push((pivot, bits));
    }
    let free = (0..n).filter(|i| basis.iter().all(|(pivot, _)| pivot != i));
    Ok(free
        .map(|i| {
            let mut set: Vec<usize> = basis.iter().filter(|(_, row)| bit(row, i)).map(|(pivot, _)| *pivot).collect();
            set.push(i);
            set.sort_unstable();
            set
        })
        .collect())
}

/// The dimension of the orbit of first-layer weights `W` under the algebra that acts on inputs by these matrices, and of the
/// algebra's subspace that fixes them: `W X = 0`. A loss that the group leaves invariant has so many flat directions at `W`, besides
/// those of dead units (Goldstone).
pub fn orbit_dimension(
    weights: &SparseMatrix,
    generators: &[SparseMatrix],
    limits: &Limits,
) -> Result<(usize, usize), EquivariantError> {
    let entries = weights.rows().checked_mul(weights.cols()).filter(|n| n.to_u32().is_some());
    let Some(entries) = entries else {
        return Err(EquivariantError::TooLarge("the weights of a layer".into()));
    };
    let mut rows = Vec::new();
    for x in generators {
        limits.check()?;
        if x.rows() != weights.cols() {
            return Err(EquivariantError::Argument("the weights have a column for each input".into()));
        }
        rows.push(weights.mul(x).flatten());
    }
    let moved = crate::exact::null_space::rank(entries, &rows, limits)?;
    Ok((moved, generators.len() - moved))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(n: usize, list: impl IntoIterator<Item = (usize, usize)>) -> Gauge {
        let rows: Vec<Vec<i64>> = list
            .into_iter()
            .map(|(i, j)| {
                let mut row = vec![0; n];
                row[i] += 1;
                row[j] += 1;
                row
            })
            .collect();
        gauge(&rows, n, &Limits::none()).unwrap()
    }

    /// A gauge table in exact integers: features on 8×8 pixels, their number, lost
    /// scalings, lost signs.
    #[test]
    fn gauge_table() {
        let path: Vec<usize> = (0..64).map(|k| 8 * (k / 8) + if k / 8 % 2 == 0 { k % 8 } else { 7 - k % 8 }).collect();
        let mut cycles = Vec::new();
        let mut start = 0;
        for length in [2, 4, 28, 30] {
            cycles.extend((0..length).map(|k| (start + k, start + (k + 1) % length)));
            start += length;
        }
        let squares = pairs(64, (0..64).map(|i| (i, i)));
        let right = pairs(64, (0..64).map(|i| (i, i / 8 * 8 + (i + 1) % 8)));
        let permuted = pairs(64, cycles);
        let snake = pairs(64, std::iter::once((path[0], path[0])).chain(path.windows(2).map(|w| (w[0], w[1]))));
        let all = pairs(64, (0..64).flat_map(|i| (i..64).map(move |j| (i, j))));
        for (found, features, scalings, signs) in
            [(squares, 64, 0, 64), (right, 64, 8, 8), (permuted, 64, 4, 4), (snake, 64, 0, 1), (all, 2080, 0, 1)]
        {
            assert_eq!((found.features, found.scalings.len(), found.signs.len()), (features, scalings, signs));
        }
    }

    /// One scaling for each even cycle, one sign for each cycle; what is found is invariant.
    #[test]
    fn cycles_lose_scalings_and_signs() {
        for lengths in [&[1usize][..], &[3, 5], &[2, 3, 4], &[6, 6, 1]] {
            let n = lengths.iter().sum();
            let mut list = Vec::new();
            let mut start = 0;
            for &length in lengths {
                list.extend((0..length).map(|k| (start + k, start + (k + 1) % length)));
                start += length;
            }
            let found = pairs(n, list.clone());
            assert_eq!(found.scalings.len(), lengths.iter().filter(|l| **l % 2 == 0).count());
            assert_eq!(found.signs.len(), lengths.len());
            for v in &found.scalings {
                assert!(list.iter().all(|&(i, j)| (&v[i] + &v[j]).is_zero()));
            }
            for set in &found.signs {
                assert!(list.iter().all(|(i, j)| set.contains(i) == set.contains(j)));
            }
        }
        assert!(gauge(&[vec![1, 2], vec![1]], 2, &Limits::none()).is_err());
        assert_eq!(gauge(&[], 3, &Limits::none()).unwrap().scalings.len(), 3);
    }

    /// Flat directions (section 2.6): SO(2) moves any weights, SO(3) a row of rank 1 in two ways, rank 2 and 3 in three.
    #[test]
    fn goldstone_directions() {
        let limits = Limits::none();
        let rotation = |n: usize, i: usize, j: usize| {
            SparseMatrix::from_triples(n, n, [(i, j, Rational::from(-1)), (j, i, Rational::ONE)])
        };
        let so3 = [rotation(3, 0, 1), rotation(3, 0, 2), rotation(3, 1, 2)];
        let rows = |list: &[[i64; 3]], n: usize| {
            let triples = list.iter().enumerate().flat_map(|(i, r)| (0..n).map(move |j| (i, j, Rational::from(r[j]))));
            SparseMatrix::from_triples(list.len(), n, triples.collect::<Vec<_>>())
        };
        for k in 1..=3 {
            let w = rows(&[[1, 2, 0], [3, -1, 0], [0, 5, 0]][..k], 2);
            assert_eq!(orbit_dimension(&w, &[rotation(2, 0, 1)], &limits).unwrap(), (1, 0));
        }
        for (list, expected) in [
            (&[[1, 2, 3]][..], (2, 1)),
            (&[[1, 2, 3], [-2, -4, -6]], (2, 1)),
            (&[[1, 2, 3], [0, 1, 1]], (3, 0)),
            (&[[1, 2, 3], [0, 1, 1], [5, 0, 1]], (3, 0)),
            (&[[0, 0, 0]], (0, 3)),
        ] {
            assert_eq!(orbit_dimension(&rows(list, 3), &so3, &limits).unwrap(), expected);
        }
    }
}
