//! Ideals of a reductive algebra in doubles, by the commutant of its adjoint representation.
//!
//! A map that commutes with all of `ad g` commutes with `ad x` for a generic x, so on a semisimple algebra it is diagonal on
//! the root vectors of the Cartan subalgebra of x. It commutes with `ad y` for a generic y too: with `B` the matrix of
//! `ad y` on the root vectors and the Cartan subalgebra, `(d_i - d_j) B_ij = 0`, and likewise for the entries of B through the
//! Cartan subalgebra. So the commutant is read from the graph whose edges are the entries that do not vanish: its components are the simple ideals over C, and complex conjugation, which permutes them,
//! shows which are real and which are two halves of a complex one. One eigenvalue problem; no loss, no start.

use super::subalgebra::{FloatAlgebra, Invariants, invariants};
use crate::exact::Matrix;
use crate::float::{Complex, Random, eigenvectors, linear_map, orthonormal_rows, symmetric_eigen};
use crate::limits::{Limits, Stop};

/// A simple ideal over the reals.
#[derive(Clone, Debug, PartialEq)]
pub struct Ideal {
    /// Orthonormal rows in the coordinates of the algebra.
    pub rows: Vec<f64>,
    /// Whether its commutant is C: it is a complex algebra seen as a real one.
    pub complex: bool,
    /// Its invariants.
    pub invariants: Invariants,
}

/// A reductive algebra as a direct sum.
#[derive(Clone, Debug, PartialEq)]
pub struct Ideals {
    /// Orthonormal rows of the centre.
    pub center: Vec<f64>,
    /// The simple ideals, the largest first.
    pub simple: Vec<Ideal>,
    /// The least ratio of a number that counted and one that did not.
    pub gap: f64,
}

/// Why there is no decomposition.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum IdealError {
    /// A limit was met.
    #[error(transparent)]
    Stop(#[from] Stop),
    /// The derived algebra and the centre do not fill the algebra, or the Killing form degenerates on the former.
    #[error(
        "the algebra is not reductive: centre {center}, derived algebra {derived}, its Killing form of rank {rank}, of dimension {dim}"
    )]
    NotReductive {
        /// Dimension of the algebra.
        dim: usize,
        /// Dimension of the centre.
        center: usize,
        /// Dimension of the derived algebra.
        derived: usize,
        /// Rank of the Killing form there.
        rank: usize,
    },
    /// Numbers that should vanish and others are not told apart.
    #[error("the numbers leave no gap: the blocks are not decided")]
    NoGap,
}

/// What counts as zero, relative to the largest.
const ZERO: f64 = 1e-7;
/// The least ratio of an entry that counts and one that does not.
const GAP: f64 = 1e2;
/// Generic elements drawn before giving up.
const DRAWS: u64 = 8;

/// Centre and simple ideals; `noise` is the relative size of what the constants are off by, 0 for exact ones. `O(dim⁴)` operations, most of them products.
pub fn ideals(algebra: &FloatAlgebra, noise: f64, limits: &Limits) -> Result<Ideals, IdealError> {
    let zero = ZERO.max(30.0 * noise).min(0.1);
    let dim = algebra.dim();
    limits.reserve(8 * 4 * (dim as u128).pow(3))?;
    let whole: Vec<f64> = (0..dim * dim).map(|at| f64::from(u8::from(at % (dim + 1) == 0))).collect();
    let size = algebra.scale() * algebra.scale();
    let mut gap = f64::INFINITY;
    let brackets = algebra.bracket_gram(&whole, &whole);
    let derived = split_range(dim, &brackets, size, zero, &mut gap).0;
    let mut central = vec![0.0; dim * dim];
    for (i, row) in central.chunks_exact_mut(dim.max(1)).enumerate() {
        let own = &algebra.constants()[i * dim * dim..][..dim * dim];
        for (value, other) in row.iter_mut().zip(algebra.constants().chunks_exact(dim * dim)) {
            *value = own.iter().zip(other).map(|(x, y)| x * y).sum();
        }
    }
    let center = split_range(dim, &central, size, zero, &mut gap).1;
    let (k, z) = (derived.len() / dim.max(1), center.len() / dim.max(1));
    let part = algebra.restricted(k, &derived);
    let form = part.killing();
    let rank = symmetric_eigen(k, |i, j| (form[i * k + j] + form[j * k + i]) / 2.0)
        .map_or(0, |(values, _)| values.iter().filter(|v| v.abs() > zero * size).count());
    if k + z != dim || rank != k {
        return Err(IdealError::NotReductive { dim, center: z, derived: k, rank });
    }
    let mut simple = Vec::new();
    if k > 0 {
        let found = (0..DRAWS).find_map(|draw| match semisimple(&part, zero, draw, limits) {
            Ok(None) => None,
            Ok(Some(found)) => Some(Ok(found)),
            Err(stop) => Some(Err(stop)),
        });
        let (blocks, own_gap) = found.ok_or(IdealError::NoGap)??;
        gap = gap.min(own_gap);
        for (rows, complex) in blocks {
            let count = rows.len().checked_div(k).unwrap_or(0);
            let mut outside = vec![0.0; count * dim];
            crate::float::gemm::multiply((count, k, dim), &rows, &derived, &mut outside, false);
            let (invariants, _) = invariants(algebra, count, &outside);
            simple.push(Ideal { rows: outside, complex, invariants });
        }
        simple.sort_by(|a, b| (b.rows.len(), a.invariants.killing[0]).cmp(&(a.rows.len(), b.invariants.killing[0])));
    }
    Ok(Ideals { center, simple, gap })
}

/// Orthonormal bases (rows) of the range and of the kernel of a positive matrix.
fn split_range(d: usize, gram: &[f64], size: f64, zero: f64, gap: &mut f64) -> (Vec<f64>, Vec<f64>) {
    let Some((values, vectors)) = symmetric_eigen(d, |i, j| gram[i * d + j]) else { return Default::default() };
    let edge = values.iter().take_while(|v| **v <= zero * zero * size).count();
    if let Some(kept) = values.get(edge) {
        let dropped = values[..edge].iter().fold(1e-32 * size, |m, v| m.max(v.abs()));
        *gap = gap.min((kept / dropped).sqrt());
    }
    let rows = |range: std::ops::Range<usize>| {
        range.flat_map(|c| (0..d).map(move |i| (i, c))).map(|(i, c)| vectors[i * d + c]).collect()
    };
    (rows(edge..d), rows(0..edge))
}

type Blocks = (Vec<(Vec<f64>, bool)>, f64);

/// The simple ideals of a semisimple algebra from the root vectors of one generic element; `None` when it was not generic
/// enough to tell.
fn semisimple(algebra: &FloatAlgebra, zero: f64, draw: u64, limits: &Limits) -> Result<Option<Blocks>, Stop> {
    limits.check()?;
    let d = algebra.dim();
    let mut random = Random::new(limits.seed(), 3000 + draw);
    let mut element = || (0..d).map(|_| random.normal()).collect::<Vec<f64>>();
    let (x, y) = (element(), element());
    let matrix = |entries: &[f64]| Matrix::from_fn(d, d, |i, j| entries[i * d + j]);
    let ad_x = algebra.ad(&x);
    let Ok(eigen) = eigenvectors(&matrix(&ad_x)) else { return Ok(None) };
    let largest = eigen.iter().fold(0.0f64, |m, e| m.max(e.0.norm()));
    let (roots, cartan): (Vec<_>, Vec<_>) = eigen.into_iter().partition(|e| e.0.norm() > zero * largest);
    // Eigenvectors of a multiple eigenvalue may be nearly dependent: the Cartan subalgebra is a kernel of its own.
    let mut gram = vec![0.0; d * d];
    crate::float::gemm::multiply_transposed((d, d, d), (&ad_x, d), (&ad_x, d), &mut gram);
    let mut gap = f64::INFINITY;
    let kernel = split_range(d, &gram, largest * largest, zero, &mut gap).1;
    if kernel.len() != cartan.len() * d || roots.is_empty() {
        return Ok(None);
    }
    let mut vectors: Vec<Vec<Complex>> = roots.iter().map(|r| r.1.clone()).collect();
    vectors.extend(kernel.chunks_exact(d).map(|row| row.iter().map(|x| Complex::new(*x, 0.0)).collect()));
    let axis = |k: usize| (0..d).map(|i| Complex::new(f64::from(u8::from(i == k)), 0.0)).collect::<Vec<_>>();
    let inverse = linear_map(&vectors, &(0..d).map(axis).collect::<Vec<_>>());

    // B = V⁻¹ ad y V.
    let ad_y = algebra.ad(&y);
    let (count, origin) = (roots.len(), Complex::new(0.0, 0.0));
    let mut b = vec![origin; d * d];
    for (j, v) in vectors.iter().enumerate() {
        let image: Vec<Complex> =
            (0..d).map(|i| v.iter().zip(&ad_y[i * d..]).fold(origin, |s, (v, a)| s + *v * *a)).collect();
        for i in 0..d {
            b[i * d + j] = (0..d).fold(origin, |s, l| s + inverse[(i, l)] * image[l]);
        }
    }
    let unit = b.iter().fold(largest, |m, z| m.max(z.norm()));
    // Through the Cartan subalgebra the entry is (α_i, α_j) up to factors that do not vanish: it joins α and -α too.
    let through = |i: usize, j: usize| (count..d).fold(origin, |s, h| s + b[i * d + h] * b[h * d + j]).norm() / unit;
    let weight =
        |i: usize, j: usize| b[i * d + j].norm().max(b[j * d + i].norm()).max(through(i, j)).max(through(j, i));

    // Components: edges from the heaviest, as long as they join; the last that joins against the first left between
    // two components.
    let mut edges: Vec<(f64, usize, usize)> =
        (0..count).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| (weight(i, j), i, j)).collect();
    edges.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut component: Vec<usize> = (0..count).collect();
    let most = unit;
    let mut joins: Vec<f64> = Vec::new();
    for (weight, i, j) in &edges {
        let (from, to) = (component[*i], component[*j]);
        if from == to {
            continue;
        }
        if *weight <= zero * most {
            gap = gap.min(joins.last().copied().unwrap_or(most) / weight.max(1e-16 * most));
            break;
        }
        joins.push(*weight);
        component.iter_mut().filter(|c| **c == from).for_each(|c| *c = to);
    }
    if gap < GAP {
        return Ok(None);
    }
    let mut labels: Vec<usize> = component.clone();
    labels.sort_unstable();
    labels.dedup();
    let members = |label: usize| (0..count).filter(|&i| component[i] == label).collect::<Vec<_>>();
    let mut done: Vec<usize> = Vec::new();
    let mut blocks = Vec::new();
    let mut total = 0;
    for label in labels {
        if done.contains(&label) {
            continue;
        }
        let own = members(label);
        // The component of the conjugate of the first eigenvalue.
        let target = roots[own[0]].0.conj();
        let mate = (0..count).min_by(|&p, &q| {
            let off = |i: usize| (roots[i].0 - target).norm();
            off(p).total_cmp(&off(q))
        });
        let mate = mate.map_or(label, |i| component[i]);
        done.extend([label, mate]);
        let mut rows: Vec<f64> = Vec::new();
        for &i in &own {
            rows.extend(roots[i].1.iter().map(|z| z.re));
            rows.extend(roots[i].1.iter().map(|z| z.im));
        }
        orthonormal_rows(d, &mut rows, zero.sqrt());
        // The root vectors and their brackets with y span the ideal: the latter reach the Cartan part.
        let brackets = algebra.bracket_gram(&y, &rows);
        let (further, _) = split_range(d, &brackets, largest * largest, zero, &mut gap);
        rows.extend(further);
        let rank = orthonormal_rows(d, &mut rows, zero.sqrt());
        total += rank;
        blocks.push((rows, mate != label));
    }
    Ok((total == d).then_some((blocks, gap)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::named::{direct_sum_of, sl_complex, so, su, u};
    use crate::lie::{Algebra, parts};

    fn none() -> Limits {
        Limits::none()
    }

    /// Cases: dimensions, whether complex, Killing indices (positive, negative), from scrambled bases.
    #[test]
    fn ideals_of_known_sums() {
        let sum = |parts: &[&Algebra]| direct_sum_of(parts, &none()).unwrap();
        let su = |p, q| su(p, q, &none()).unwrap();
        let line = u(1, 0, &none()).unwrap();
        type Case<'a> = (&'a str, Algebra, usize, Vec<(usize, bool, [usize; 3])>);
        let cases: Vec<Case<'_>> = vec![
            ("so(4)", so(4, 0, &none()).unwrap(), 0, vec![(3, false, [0, 3, 0]); 2]),
            ("so(1,3)", so(1, 3, &none()).unwrap(), 0, vec![(6, true, [3, 3, 0])]),
            ("so(2,2)", so(2, 2, &none()).unwrap(), 0, vec![(3, false, [2, 1, 0]); 2]),
            ("sl(3,C)", sl_complex(3, &none()).unwrap(), 0, vec![(16, true, [8, 8, 0])]),
            ("su(2,1)+su(2,1)", sum(&[&su(2, 1), &su(2, 1)]), 0, vec![(8, false, [4, 4, 0]); 2]),
            (
                "su(3)+su(2)+u(1)",
                sum(&[&su(3, 0), &su(2, 0), &line]),
                1,
                vec![(8, false, [0, 8, 0]), (3, false, [0, 3, 0])],
            ),
            ("u(4)", u(4, 0, &none()).unwrap(), 1, vec![(15, false, [0, 15, 0])]),
            ("so(7)", so(7, 0, &none()).unwrap(), 0, vec![(21, false, [0, 21, 0])]),
        ];
        for (name, algebra, center, expected) in cases {
            let scrambled = parts::scramble(&algebra, 3, algebra.dim(), false, &none()).unwrap();
            let float = FloatAlgebra::from_constants(scrambled.constants(), &none()).unwrap();
            let found = ideals(&float, 0.0, &none()).unwrap();
            let d = float.dim();
            assert_eq!(found.center.len() / d, center, "{name}");
            let simple: Vec<_> =
                found.simple.iter().map(|i| (i.rows.len() / d, i.complex, i.invariants.killing)).collect();
            assert_eq!(simple, expected, "{name}");
            assert!(found.gap > 1e3, "{name} {}", found.gap);
            // They commute with each other and are closed: the definition, by brackets.
            for (a, one) in found.simple.iter().enumerate() {
                for other in found.simple.iter().skip(a + 1) {
                    let gram = float.bracket_gram(&one.rows, &other.rows);
                    assert!(gram.iter().all(|x| x.abs() < 1e-8 * float.scale().powi(2)), "{name}");
                }
            }
        }
    }

    #[test]
    fn what_is_not_reductive_is_said() {
        let e2 = crate::lie::named::euclid(2, &none()).unwrap();
        let float = FloatAlgebra::from_constants(e2.constants(), &none()).unwrap();
        assert!(matches!(ideals(&float, 0.0, &none()), Err(IdealError::NotReductive { dim: 3, .. })));
        let flat = FloatAlgebra::from_constants(&crate::lie::StructureConstants::abelian(2), &none()).unwrap();
        let found = ideals(&flat, 0.0, &none()).unwrap();
        assert_eq!((found.center.len(), found.simple.len()), (4, 0));
    }
}
