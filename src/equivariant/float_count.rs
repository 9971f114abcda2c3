//! The number of invariants of a connected float group by the highest weights of its algebra: an integer, found without the null
//! space that it is compared with.
//!
//! The brackets of the generators span the algebra; with a generic element come a Cartan subalgebra, roots and weights in
//! floats, and from those integers by rounding: Cartan integers, which must be those of a root system, and the weights of `V`,
//! which must be those of a representation of its dimension. The rest is exact.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use super::EquivariantError;
use super::float_group::{Adapted, closure, commutator};
use crate::exact::Matrix;
use crate::float::Random;
use crate::float::complex::general_eigen;
use crate::float::gemm::multiply;
use crate::float::symmetric_eigen;
use crate::limits::{Limits, Stop};
use crate::reps::decompose::{DecomposeError, over_vectors};
use crate::reps::{FloatGenerators, Rep};
use crate::roots::simple_system;
use crate::weights::{Character, Module, ReductiveType};

/// Algebras of a larger dimension are not taken apart.
const MAX_DIM: usize = 130;
/// Numbers further from an integer than this are not rounded.
const TOLERANCE: f64 = 0.02;
/// Eigenvalues below this part of the largest are zero.
const ZERO: f64 = 1e-7;
/// The same for the Killing form.
const SMALL: f64 = 1e-6;
/// Fractions of charges have a common denominator up to this one.
const MAX_DENOMINATOR: u32 = 60;
/// And are that near to integers after multiplication with it.
const ROUNDED: f64 = 1e-7;

/// A count, and what it rests on.
pub(super) struct Counted {
    /// The number of invariants.
    pub count: BigInt,
    /// The type over C.
    pub group: ReductiveType,
    /// How far the numbers that were rounded to integers were from them.
    pub off: f64,
}

type Complex = (f64, f64);

type Matrices = Vec<Matrix<f64>>;

/// `V ⊗ C` over the algebra of a connected group of floats.
pub(super) struct Vectors {
    module: Module,
    off: f64,
}

impl Vectors {
    /// `None` where the group has more generators than its algebra, where that is not reductive, or floats leave no integers. `adapted`
    /// is the group in a basis in which it contains its transposes.
    pub fn new(
        floats: &FloatGenerators,
        adapted: Option<&Adapted>,
        limits: &Limits,
    ) -> Result<Option<Vectors>, EquivariantError> {
        if !floats.discrete.is_empty() {
            return Ok(None);
        }
        let algebra = adapted.map_or(&floats.algebra, |group| &group.algebra);
        let found = vectors(algebra, adapted.is_some(), limits)?;
        Ok(found.map(|(module, off)| Vectors { module, off }))
    }

    /// The number of invariants of a representation built of `V`; `None` for others, and where a count takes too much.
    pub fn count(&self, rep: &Rep, limits: &Limits) -> Result<Option<Counted>, EquivariantError> {
        let module = match over_vectors(rep, &self.module, limits) {
            Ok(found) => found,
            Err(DecomposeError::Stopped(stop)) => return Err(stop.into()),
            Err(_) => None,
        };
        let count = module.and_then(|module| module.invariants(limits).ok());
        limits.check()?;
        Ok(count.map(|count| Counted { count, group: self.module.group().clone(), off: self.off }))
    }
}

/// `V ⊗ C` by highest weights, and how far floats are from them. An algebra with a centre is taken apart where it is known to contain
/// its transposes: then centre and derived algebra are orthogonal.
fn vectors(algebra: &[Matrix<f64>], reductive: bool, limits: &Limits) -> Result<Option<(Module, f64)>, Stop> {
    let Some(basis) = closure(algebra, limits)?.filter(|b| (1..=MAX_DIM).contains(&b.len())) else {
        return Ok(None);
    };
    let whole = Structure::new(basis, limits)?;
    let Some((center, derived)) = whole.parts() else { return Ok(None) };
    if center.is_empty() {
        return module(&whole, &center, limits);
    }
    if !reductive {
        return Ok(None);
    }
    module(&Structure::new(derived, limits)?, &center, limits)
}

/// Orthonormal matrices that span an algebra, with its structure.
struct Structure {
    basis: Vec<Matrix<f64>>,
    /// Row k of `ad e_i`: the coordinates of `[e_i, e_k]`.
    ad: Vec<Matrix<f64>>,
    killing: Matrix<f64>,
}

impl Structure {
    fn new(basis: Vec<Matrix<f64>>, limits: &Limits) -> Result<Structure, Stop> {
        let d = basis.len();
        let size = basis.first().map_or(0, |x| x.entries().len());
        // Column j: the entries of e_j, which are orthonormal.
        let columns = Matrix::from_fn(size, d, |place, j| basis[j].entries()[place]);
        let mut ad: Vec<Matrix<f64>> = Vec::with_capacity(d);
        let mut images = Vec::with_capacity(d * size);
        let mut coordinates = vec![0.0; d * d];
        for x in &basis {
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
        Ok(Structure { basis, ad, killing })
    }

    /// The centre and what is orthogonal to it, from the Killing form; `None` where floats do not tell, or the form vanishes on
    /// more than the centre.
    fn parts(&self) -> Option<(Matrices, Matrices)> {
        let d = self.basis.len();
        let (values, vectors) = symmetric_eigen(d, |i, j| self.killing[(i, j)])?;
        // Brackets of an algebra that is not abelian have the size of its matrices, which is 1.
        let largest = values.iter().fold(SMALL, |most, v| most.max(v.abs()));
        let (mut center, mut derived) = (Vec::new(), Vec::new());
        for (k, value) in values.iter().enumerate() {
            let coordinates: Vec<f64> = (0..d).map(|i| vectors[i * d + k]).collect();
            if value.abs() >= SMALL * largest {
                derived.push(combination(&self.basis, &coordinates));
                continue;
            }
            let image = combination(&self.ad, &coordinates);
            if image.entries().iter().any(|x| x.abs() > ZERO) {
                return None;
            }
            center.push(combination(&self.basis, &coordinates));
        }
        Some((center, derived))
    }
}

fn combination(matrices: &[Matrix<f64>], coordinates: &[f64]) -> Matrix<f64> {
    let (rows, cols) = matrices.first().map_or((0, 0), |m| (m.rows(), m.cols()));
    Matrix::from_fn(rows, cols, |i, j| matrices.iter().zip(coordinates).map(|(m, c)| c * m[(i, j)]).sum::<f64>())
}

/// `V ⊗ C` by highest weights of a semisimple algebra and charges of a centre.
fn module(semisimple: &Structure, center: &[Matrix<f64>], limits: &Limits) -> Result<Option<(Module, f64)>, Stop> {
    let size = semisimple.basis.first().or(center.first()).map_or(0, Matrix::rows);
    let mut random = Random::new(limits.seed(), 33);
    for _ in 0..3 {
        limits.check()?;
        let x: Vec<f64> = (0..semisimple.basis.len()).map(|_| random.normal()).collect();
        let z: Vec<f64> = center.iter().map(|_| random.normal()).collect();
        if let Some(found) = weights(semisimple, center, &x, &z) {
            let character = Character::new(&found.group, found.dominant).and_then(|c| c.decompose(limits));
            limits.check()?;
            let Ok(decomposition) = character else { continue };
            let dim = decomposition.dimension(limits);
            if decomposition.is_virtual() || dim.ok() != Some(BigInt::from(size)) {
                continue;
            }
            return Ok(Module::given(decomposition, limits).ok().map(|module| (module, found.off)));
        }
    }
    Ok(None)
}

/// The type, and the dominant weights of `V` with their multiplicities.
struct Weights {
    group: ReductiveType,
    dominant: BTreeMap<Vec<i64>, BigInt>,
    off: f64,
}

fn weights(semisimple: &Structure, center: &[Matrix<f64>], x: &[f64], z: &[f64]) -> Option<Weights> {
    let Structure { basis, ad, killing } = semisimple;
    let d = basis.len();
    let size = |z: &Complex| z.0.hypot(z.1);
    // Columns: coordinates of y to those of [x, y].
    let generic = combination(ad, x).transpose();
    let (values, vectors) = general_eigen(&generic)?;
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
    let on_algebra: Vec<Matrix<f64>> = cartan.iter().map(|h| combination(ad, h).transpose()).collect();
    let roots: Vec<Vec<Complex>> = (0..d)
        .filter(|&k| size(&values[k]) >= ZERO * largest)
        .map(|k| eigenvalues(&on_algebra, &vectors.column(k)))
        .collect();
    let mut off = 0.0f64;
    let mut integer = |w: &[Complex], root: &[Complex]| {
        let (above, below) = (product(w, root), product(root, root).0);
        let value = 2.0 * above.0 / below;
        let rounded = value.round();
        let distance = (value - rounded).abs().max((2.0 * above.1 / below).abs());
        off = off.max(distance);
        (distance < TOLERANCE && rounded.abs() < 1e6).then_some(rounded as i64)
    };
    let mut rows = Vec::with_capacity(roots.len());
    for w in &roots {
        rows.push(roots.iter().map(|root| integer(w, root)).collect::<Option<Vec<i64>>>()?);
    }
    let (components, simple) = simple_system(&rows)?;
    if simple.len() != rank {
        return None;
    }
    let nodes: Vec<usize> = components.iter().flat_map(|c| &c.nodes).map(|&k| simple[k]).collect();
    let on_vectors: Vec<Matrix<f64>> = cartan.iter().map(|h| combination(basis, h)).collect();
    let element = match (basis.is_empty(), center.is_empty()) {
        (_, true) => combination(basis, x),
        (true, false) => combination(center, z),
        (false, false) => {
            let (own, central) = (combination(basis, x), combination(center, z));
            Matrix::from_fn(own.rows(), own.cols(), |i, j| own[(i, j)] + central[(i, j)])
        }
    };
    let (values, vectors) = general_eigen(&element)?;
    let mut labels: Vec<Vec<i64>> = Vec::with_capacity(values.len());
    let mut charges: Vec<Vec<f64>> = Vec::with_capacity(values.len());
    for k in 0..values.len() {
        let vector = vectors.column(k);
        let weight = eigenvalues(&on_vectors, &vector);
        labels.push(nodes.iter().map(|&a| integer(&weight, &roots[a])).collect::<Option<_>>()?);
        charges.push(eigenvalues(center, &vector).into_iter().flat_map(|(re, im)| [re, im]).collect());
    }
    let (torus, charges, apart) = charge_lattice(&charges)?;
    let group = ReductiveType::new(components.iter().map(|c| c.simple).collect(), torus);
    let mut dominant: BTreeMap<Vec<i64>, BigInt> = BTreeMap::new();
    for (label, charge) in labels.into_iter().zip(charges).filter(|(label, _)| label.iter().all(|&l| l >= 0)) {
        *dominant.entry([label, charge].concat()).or_default() += 1;
    }
    Some(Weights { group, dominant, off: off.max(apart) })
}

/// The numbers by which matrices multiply a common eigenvector.
fn eigenvalues(operators: &[Matrix<f64>], vector: &[Complex]) -> Vec<Complex> {
    let size = |z: &Complex| z.0.hypot(z.1);
    let at = (0..vector.len()).max_by(|&i, &j| size(&vector[i]).total_cmp(&size(&vector[j]))).unwrap_or(0);
    let norm = vector.get(at).map_or(1.0, |z| z.0.powi(2) + z.1.powi(2));
    let value = |m: &Matrix<f64>| {
        let row = m.row(at).iter().zip(vector);
        let (re, im) = row.fold((0.0, 0.0), |s, (c, v)| (s.0 + c * v.0, s.1 + c * v.1));
        ((re * vector[at].0 + im * vector[at].1) / norm, (im * vector[at].0 - re * vector[at].1) / norm)
    };
    operators.iter().map(value).collect()
}

/// Vectors of real numbers as integer combinations of independent ones: how many of those, the coordinates, and how far these were
/// from integers. `None` where some coordinate is no fraction with a small denominator: a dense set of sums has no such basis.
fn charge_lattice(charges: &[Vec<f64>]) -> Option<(usize, Vec<Vec<i64>>, f64)> {
    let size = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
    let largest = charges.iter().map(|v| size(v)).fold(0.0, f64::max);
    let (mut left, mut chosen): (Vec<Vec<f64>>, Vec<usize>) = (charges.to_vec(), Vec::new());
    // Orthogonal directions one after another, the longest first.
    while let Some(at) = (0..left.len()).max_by(|&i, &j| size(&left[i]).total_cmp(&size(&left[j]))) {
        let length = size(&left[at]);
        if length <= ZERO * largest || length == 0.0 {
            break;
        }
        if length < 1e-4 * largest {
            return None;
        }
        let direction: Vec<f64> = left[at].iter().map(|x| x / length).collect();
        for v in &mut left {
            let along: f64 = v.iter().zip(&direction).map(|(x, y)| x * y).sum();
            v.iter_mut().zip(&direction).for_each(|(x, y)| *x -= along * y);
        }
        chosen.push(at);
    }
    let rank = chosen.len();
    let gram = Matrix::from_fn(rank, rank, |a, b| dot(&charges[chosen[a]], &charges[chosen[b]]));
    let inverse = crate::float::dense::inverse(&gram)?;
    let coordinates = |v: &Vec<f64>| -> Vec<f64> {
        let products: Vec<f64> = chosen.iter().map(|&at| dot(v, &charges[at])).collect();
        (0..rank).map(|a| (0..rank).map(|b| inverse[(a, b)] * products[b]).sum()).collect()
    };
    let all: Vec<Vec<f64>> = charges.iter().map(coordinates).collect();
    let distance = |m: f64| all.iter().flatten().map(|c| (c * m - (c * m).round()).abs()).fold(0.0, f64::max);
    let denominator = (1..=MAX_DENOMINATOR).map(f64::from).find(|&m| distance(m) < ROUNDED)?;
    let integers = all.iter().map(|v| v.iter().map(|c| (c * denominator).round() as i64).collect()).collect();
    Some((rank, integers, distance(denominator)))
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::super::float_group::adapted;
    use super::*;
    use crate::lie::named::Arg;
    use crate::reps::{Group, group_by_name};
    use num_bigint::BigUint;

    fn floats(name: &str, args: &[i64]) -> Vec<Matrix<f64>> {
        let args: Vec<Arg> = args.iter().map(|n| Arg::Integer(*n)).collect();
        let group = group_by_name(name, &args, &Limits::none()).unwrap();
        let rep = crate::reps::Rep::vector(group.base()).unwrap();
        let matrices = rep.matrices(&Limits::none()).unwrap();
        matrices.iter().map(|m| m.to_dense().map(|x| 0.7 * x.to_f64())).collect()
    }

    /// The number of invariants of V^p ⊗ (V*)^q.
    fn counted(algebra: Vec<Matrix<f64>>, discrete: Vec<Matrix<f64>>, (p, q): (u32, u32)) -> Option<Counted> {
        let limits = Limits::none();
        let group = Group::of_floats("g", discrete, algebra).unwrap();
        let floats = group.base().floats().unwrap().clone();
        let adapted = adapted(&floats, &limits).unwrap();
        let vectors = Vectors::new(&floats, adapted.as_ref(), &limits).unwrap()?;
        let v = Rep::vector(group.base()).unwrap();
        let tensor = v.power(p).unwrap().tensor(&v.dual().unwrap().power(q).unwrap()).unwrap();
        vectors.count(&tensor, &limits).unwrap()
    }

    /// Formulas of tableaux for the classical groups, real forms among them, with centres too.
    #[test]
    fn counts_are_those_of_the_formulas() {
        use super::super::{
            general_linear_rank, real_special_unitary_rank, real_unitary_rank, special_linear_rank,
            special_orthogonal_rank, symplectic_rank,
        };
        let limits = Limits::none();
        let check = |algebra: Vec<Matrix<f64>>, legs: (u32, u32), expected: BigUint| {
            let found = counted(algebra, Vec::new(), legs).unwrap();
            assert_eq!(found.count, BigInt::from(expected), "{}", found.group);
            assert!(found.off < 1e-9, "{}: {}", found.group, found.off);
        };
        for n in 3..=7 {
            for k in [2, 4, 5] {
                let rank = special_orthogonal_rank(n, k, &limits).unwrap();
                check(floats("SO", &[n as i64]), (k as u32, 0), rank);
            }
        }
        check(floats("SO13p", &[]), (4, 0), special_orthogonal_rank(4, 4, &limits).unwrap());
        check(floats("SL", &[3]), (2, 2), special_linear_rank(3, 2, 2, &limits).unwrap());
        check(floats("SL", &[3]), (3, 0), 1u32.into());
        check(floats("GL", &[3]), (2, 2), general_linear_rank(3, 2, 2, &limits).unwrap());
        check(floats("GL", &[3]), (3, 0), 0u32.into());
        check(floats("U", &[2]), (4, 0), real_unitary_rank(2, 4, &limits).unwrap());
        check(floats("SU", &[3]), (4, 0), real_special_unitary_rank(3, 4, &limits).unwrap());
        // Sp(2) on R^8 is twice the defining representation.
        check(floats("Sp", &[2]), (4, 0), symplectic_rank(2, 4, &limits).unwrap() << 4);
        // Not reductive, or more than its algebra.
        assert!(counted(floats("SE", &[2]), Vec::new(), (2, 0)).is_none());
        assert!(
            counted(floats("SO", &[3]), vec![Matrix::from_fn(3, 3, |i, j| -f64::from(u8::from(i == j)))], (2, 0))
                .is_none()
        );
    }

    /// Tori by their charges: `z^3` and `z^5` have the invariant `a⁵ b̄³`; charges 1 and 10⁻⁵, or 1 and √2, are no multiples of one
    /// number, and a Jordan block is not diagonalizable.
    #[test]
    fn charges_are_integers_or_there_is_no_count() {
        let turns = |charges: &[f64]| {
            let n = 2 * charges.len();
            Matrix::from_fn(n, n, |i, j| match (i / 2 == j / 2, i as isize - j as isize) {
                (true, 1) => charges[i / 2],
                (true, -1) => -charges[i / 2],
                _ => 0.0,
            })
        };
        // Zero sums of eight numbers ±3, ±5: four pairs, by number of legs with 3, and the two with five of one and three of the other.
        let count: u32 = (0..=4).map(|k: u32| 70 * binomial(4, k) * binomial(4, k)).sum();
        let mixed = 2 * 56 * binomial(8, 0);
        let found = counted(vec![turns(&[0.3, 0.5])], Vec::new(), (8, 0)).unwrap();
        assert_eq!((found.count, found.group.to_string()), ((count + mixed).into(), "T1".to_string()));
        // Two independent turns: a b commute.
        let two = vec![turns(&[1.0, 0.0]), turns(&[0.0, 2f64.sqrt()])];
        assert_eq!(counted(two, Vec::new(), (2, 0)).unwrap().count, 4.into());
        assert!(counted(vec![turns(&[1.0, 1e-5])], Vec::new(), (2, 0)).is_none());
        assert!(counted(vec![turns(&[1.0, 2f64.sqrt()])], Vec::new(), (2, 0)).is_none());
        let shear = Matrix::from_fn(2, 2, |i, j| f64::from(u8::from(i <= j)));
        assert!(counted(vec![shear], Vec::new(), (1, 1)).is_none());
    }

    fn binomial(n: u32, k: u32) -> u32 {
        (0..k).fold(1, |c, i| c * (n - i) / (i + 1))
    }
}
