//! The number of invariants of a connected float group by the highest weights of its algebra: an integer, found without the null
//! space that it is compared with.
//!
//! The brackets of the generators span the algebra; with a generic element come a Cartan subalgebra, roots and weights in
//! floats, and from those integers by rounding: Cartan integers, which must be those of a root system, and the weights of `V`,
//! which must be those of a representation of its dimension. The rest is exact.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use super::float_group::{closure, commutator};
use crate::exact::Matrix;
use crate::float::Random;
use crate::float::complex::general_eigen;
use crate::float::gemm::multiply;
use crate::float::symmetric_eigen;
use crate::limits::{Limits, Stop};
use crate::roots::simple_system;
use crate::weights::{Character, Module, ReductiveType, WeightError};

/// Algebras of a larger dimension are not taken apart.
const MAX_DIM: usize = 130;
/// Numbers further from an integer than this are not rounded.
const TOLERANCE: f64 = 0.02;
/// Eigenvalues below this part of the largest are zero.
const ZERO: f64 = 1e-7;

/// A count, and the type of the algebra.
pub(super) struct Counted {
    /// The number of invariants.
    pub count: BigInt,
    /// The type over C.
    pub group: ReductiveType,
}

type Complex = (f64, f64);

/// The number of invariants of the tensor whose legs are `V` or its dual; `None` where the algebra is not semisimple, the group
/// has more generators, or floats leave no integers.
pub(super) fn count(
    algebra: &[Matrix<f64>],
    discrete: &[Matrix<f64>],
    dual: &[bool],
    limits: &Limits,
) -> Result<Option<Counted>, Stop> {
    if !discrete.is_empty() || algebra.is_empty() {
        return Ok(None);
    }
    let Some(basis) = closure(algebra, limits)?.filter(|b| (1..=MAX_DIM).contains(&b.len())) else {
        return Ok(None);
    };
    let Some(module) = module(&basis, limits)? else { return Ok(None) };
    let group = module.group().clone();
    let counted = power(&module, dual).and_then(|tensor| tensor.invariants(limits));
    limits.check()?;
    Ok(counted.ok().map(|count| Counted { count, group }))
}

fn power(module: &Module, dual: &[bool]) -> Result<Module, WeightError> {
    let times = |wanted: bool| dual.iter().filter(|d| **d == wanted).count() as u32;
    module.power(times(false))?.tensor(&module.dual().power(times(true))?)
}

/// `V ⊗ C` by highest weights.
fn module(basis: &[Matrix<f64>], limits: &Limits) -> Result<Option<Module>, Stop> {
    let d = basis.len();
    // Row k of ad e_i: the coordinates of [e_i, e_k].
    let size = basis.first().map_or(0, |x| x.entries().len());
    // Column j: the entries of e_j, which are orthonormal.
    let columns = Matrix::from_fn(size, d, |place, j| basis[j].entries()[place]);
    let mut ad: Vec<Matrix<f64>> = Vec::with_capacity(d);
    let mut images = Vec::with_capacity(d * size);
    let mut coordinates = vec![0.0; d * d];
    for x in basis {
        limits.check()?;
        images.clear();
        basis.iter().for_each(|y| images.extend_from_slice(commutator(x, y).entries()));
        multiply((d, size, d), &images, columns.entries(), &mut coordinates, false);
        ad.push(Matrix::from_fn(d, d, |k, j| coordinates[k * d + j]));
    }
    // tr(ad e_i ad e_j): a product of the entries of both, one of them transposed.
    let rows: Vec<f64> = ad.iter().flat_map(|m| m.entries().iter().copied()).collect();
    let turned = Matrix::from_fn(d * d, d, |place, j| ad[j][(place % d, place / d)]);
    multiply((d, d * d, d), &rows, turned.entries(), &mut coordinates, false);
    let killing = Matrix::from_fn(d, d, |i, j| coordinates[i * d + j]);
    let Some((values, _)) = symmetric_eigen(d, |i, j| killing[(i, j)]) else { return Ok(None) };
    let sizes = || values.iter().map(|v| v.abs());
    if sizes().fold(f64::INFINITY, f64::min) < 1e-6 * sizes().fold(0.0, f64::max) {
        return Ok(None);
    }
    let mut random = Random::new(limits.seed(), 33);
    for _ in 0..3 {
        limits.check()?;
        let x: Vec<f64> = (0..d).map(|_| random.normal()).collect();
        if let Some(found) = weights(basis, &ad, &killing, &x) {
            let (group, dominant) = found;
            let character = Character::new(&group, dominant).and_then(|c| c.decompose(limits));
            limits.check()?;
            let Ok(decomposition) = character else { continue };
            let dim = decomposition.dimension(limits);
            let size = basis.first().map_or(0, Matrix::rows);
            if decomposition.is_virtual() || dim.ok() != Some(BigInt::from(size)) {
                continue;
            }
            return Ok(Module::given(decomposition, limits).ok());
        }
    }
    Ok(None)
}

/// The type, and the dominant weights of `V` with their multiplicities.
fn weights(
    basis: &[Matrix<f64>],
    ad: &[Matrix<f64>],
    killing: &Matrix<f64>,
    x: &[f64],
) -> Option<(ReductiveType, BTreeMap<Vec<i64>, BigInt>)> {
    let d = basis.len();
    let combination = |matrices: &[Matrix<f64>], c: &[f64]| {
        let n = matrices[0].rows();
        Matrix::from_fn(n, n, |i, j| matrices.iter().zip(c).map(|(m, c)| c * m[(i, j)]).sum::<f64>())
    };
    // Columns: coordinates of y to those of [x, y].
    let generic = combination(ad, x).transpose();
    let (values, vectors) = general_eigen(&generic)?;
    let size = |z: &Complex| z.0.hypot(z.1);
    let largest = values.iter().map(size).fold(0.0, f64::max);
    let rank = values.iter().filter(|v| size(v) < ZERO * largest).count();
    // The centralizer of x: where (ad x)ᵀ (ad x) vanishes.
    let square = |i: usize, j: usize| (0..d).map(|k| generic[(k, i)] * generic[(k, j)]).sum::<f64>();
    let gram = Matrix::from_fn(d, d, square);
    let (_, kernel) = symmetric_eigen(d, |i, j| gram[(i, j)])?;
    let cartan: Vec<Vec<f64>> = (0..rank).map(|k| (0..d).map(|i| kernel[i * d + k]).collect()).collect();
    // The Killing form on it, and its inverse, by which roots and weights are paired.
    let on_cartan = Matrix::from_fn(rank, rank, |a, b| {
        (0..d).map(|i| (0..d).map(|j| cartan[a][i] * killing[(i, j)] * cartan[b][j]).sum::<f64>()).sum::<f64>()
    });
    let pairing = crate::float::dense::inverse(&on_cartan)?;
    let product = |u: &[Complex], v: &[Complex]| {
        let mut sum = (0.0, 0.0);
        for i in 0..rank {
            for j in 0..rank {
                let c = pairing[(i, j)];
                sum.0 += c * (u[i].0 * v[j].0 - u[i].1 * v[j].1);
                sum.1 += c * (u[i].0 * v[j].1 + u[i].1 * v[j].0);
            }
        }
        sum
    };
    let eigenvalues = |operators: &[Matrix<f64>], vector: &[Complex]| -> Vec<Complex> {
        let at = (0..vector.len()).max_by(|&i, &j| size(&vector[i]).total_cmp(&size(&vector[j]))).unwrap_or(0);
        let norm = vector[at].0.powi(2) + vector[at].1.powi(2);
        let value = |m: &Matrix<f64>| {
            let row = m.row(at).iter().zip(vector);
            let (re, im) = row.fold((0.0, 0.0), |s, (c, v)| (s.0 + c * v.0, s.1 + c * v.1));
            ((re * vector[at].0 + im * vector[at].1) / norm, (im * vector[at].0 - re * vector[at].1) / norm)
        };
        operators.iter().map(value).collect()
    };
    let on_algebra: Vec<Matrix<f64>> = cartan.iter().map(|h| combination(ad, h).transpose()).collect();
    let roots: Vec<Vec<Complex>> = (0..d)
        .filter(|&k| size(&values[k]) >= ZERO * largest)
        .map(|k| eigenvalues(&on_algebra, &vectors.column(k)))
        .collect();
    let integer = |w: &[Complex], root: &[Complex]| {
        let (above, below) = (product(w, root), product(root, root).0);
        let value = 2.0 * above.0 / below;
        let rounded = value.round();
        let off = (value - rounded).abs().max((2.0 * above.1 / below).abs());
        (off < TOLERANCE && rounded.abs() < 1e6).then_some(rounded as i64)
    };
    let row = |w: &Vec<Complex>| roots.iter().map(|root| integer(w, root)).collect::<Option<Vec<i64>>>();
    let rows: Vec<Vec<i64>> = roots.iter().map(row).collect::<Option<_>>()?;
    let (components, simple) = simple_system(&rows)?;
    if simple.len() != rank {
        return None;
    }
    let nodes: Vec<usize> = components.iter().flat_map(|c| &c.nodes).map(|&k| simple[k]).collect();
    let group = ReductiveType::new(components.iter().map(|c| c.simple).collect(), 0);
    let on_vectors: Vec<Matrix<f64>> = cartan.iter().map(|h| combination(basis, h)).collect();
    let mut dominant: BTreeMap<Vec<i64>, BigInt> = BTreeMap::new();
    let (values, vectors) = general_eigen(&combination(basis, x))?;
    for k in 0..values.len() {
        let weight = eigenvalues(&on_vectors, &vectors.column(k));
        let labels: Vec<i64> = nodes.iter().map(|&a| integer(&weight, &roots[a])).collect::<Option<_>>()?;
        if labels.iter().all(|&l| l >= 0) {
            *dominant.entry(labels).or_default() += 1;
        }
    }
    Some((group, dominant))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::named::Arg;
    use crate::reps::{FloatGenerators, group_by_name};
    use num_bigint::BigUint;

    fn floats(name: &str, args: &[i64]) -> FloatGenerators {
        let args: Vec<Arg> = args.iter().map(|n| Arg::Integer(*n)).collect();
        let group = group_by_name(name, &args, &Limits::none()).unwrap();
        let rep = crate::reps::Rep::vector(group.base()).unwrap();
        let matrices = rep.matrices(&Limits::none()).unwrap();
        FloatGenerators {
            algebra: matrices.iter().map(|m| m.to_dense().map(|x| 0.7 * x.to_f64())).collect(),
            ..FloatGenerators::default()
        }
    }

    /// Formulas of tableaux for the classical groups, real forms among them.
    #[test]
    fn counts_are_those_of_the_formulas() {
        use super::super::{real_special_unitary_rank, special_linear_rank, special_orthogonal_rank, symplectic_rank};
        let limits = Limits::none();
        let check = |floats: &FloatGenerators, dual: &[bool], expected: BigUint| {
            let found = count(&floats.algebra, &floats.discrete, dual, &limits).unwrap().unwrap();
            assert_eq!(found.count, BigInt::from(expected), "{}", found.group);
        };
        for n in 3..=7 {
            for k in [2, 4, 5] {
                let rank = special_orthogonal_rank(n, k, &limits).unwrap();
                check(&floats("SO", &[n as i64]), &vec![false; k], rank);
            }
        }
        check(&floats("SO13p", &[]), &[false; 4], special_orthogonal_rank(4, 4, &limits).unwrap());
        check(&floats("SL", &[3]), &[false, false, true, true], special_linear_rank(3, 2, 2, &limits).unwrap());
        check(&floats("SL", &[3]), &[false; 3], 1u32.into());
        check(&floats("SU", &[3]), &[false; 4], real_special_unitary_rank(3, 4, &limits).unwrap());
        // Sp(2) on R^8 is twice the defining representation.
        check(&floats("Sp", &[2]), &[false; 4], symplectic_rank(2, 4, &limits).unwrap() << 4);
        // Not semisimple, or more than its algebra.
        for (name, n) in [("U", 2), ("SE", 2)] {
            assert!(count(&floats(name, &[n]).algebra, &[], &[false; 2], &limits).unwrap().is_none());
        }
        assert!(count(&floats("SO", &[3]).algebra, &[Matrix::filled(3, 3, 0.0)], &[false], &limits).unwrap().is_none());
    }
}
