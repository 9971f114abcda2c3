//! Simultaneous eigenspaces of commuting diagonalizable matrices modulo a prime, and square roots there.

use rand_chacha::ChaCha8Rng;

use crate::exact::ModMatrix;
use crate::exact::ModSpan;
use crate::exact::polynomial::modular::minimal_recurrence;
use crate::limits::{Limits, Stop};
use crate::num::Prime;

/// Whether a number has a square root modulo the prime (Euler's criterion).
pub fn is_square(p: Prime, a: u32) -> bool {
    a == 0 || p.pow(a, u64::from(p.value() - 1) / 2) == 1
}

/// A square root of `a` modulo the prime, if there is one (Tonelli–Shanks; Cohen, *A Course in Computational Algebraic
/// Number Theory*, algorithm 1.5.1).
pub fn square_root(p: Prime, a: u32, rng: &mut ChaCha8Rng) -> Option<u32> {
    if a == 0 {
        return Some(0);
    }
    let order = u64::from(p.value() - 1);
    if !is_square(p, a) {
        return None;
    }
    let twos = order.trailing_zeros();
    let odd = order >> twos;
    let mut non_square = p.random_residue(rng);
    while is_square(p, non_square) {
        non_square = p.random_residue(rng);
    }
    let mut generator = p.pow(non_square, odd);
    let (mut root, mut rest, mut height) = (p.pow(a, odd.div_ceil(2)), p.pow(a, odd), twos);
    // root² = a · rest, and the order of `rest` is a power of two below that of the generator.
    while rest != 1 {
        let mut squarings = 0;
        let mut power = rest;
        while power != 1 {
            power = p.mul(power, power);
            squarings += 1;
        }
        for _ in 0..height - squarings - 1 {
            generator = p.mul(generator, generator);
        }
        root = p.mul(root, generator);
        generator = p.mul(generator, generator);
        rest = p.mul(rest, generator);
        height = squarings;
    }
    Some(root)
}

/// One of the commuting matrices with what its eigenvalues can be: residues with the integers they stand for.
pub struct Operator {
    /// The matrix, acting on columns.
    pub matrix: ModMatrix,
    /// All values that may occur, different residues.
    pub values: Vec<(u32, i64)>,
}

/// Joint eigenvalues with their multiplicities.
pub type JointSpectrum = Vec<(Vec<i64>, usize)>;

/// Joint eigenvalues with bases of the eigenspaces, as rows.
pub type JointSpaces = Vec<(Vec<i64>, ModMatrix)>;

/// The joint eigenvalues with their multiplicities; `None` when the eigenspaces do not fill the space.
///
/// `Σ_i rank(i) n³` operations in all, where `rank(i)` is the number of eigenvalues of matrix `i`.
pub fn joint_spectrum(
    p: Prime,
    size: usize,
    operators: &[Operator],
    rng: &mut ChaCha8Rng,
    limits: &Limits,
) -> Result<Option<JointSpectrum>, Stop> {
    let spaces = joint_eigenspaces(p, size, operators, rng, limits)?;
    Ok(spaces.map(|all| all.into_iter().map(|(values, basis)| (values, basis.rows())).collect()))
}

/// The joint eigenspaces themselves, in the same way.
pub fn joint_eigenspaces(
    p: Prime,
    size: usize,
    operators: &[Operator],
    rng: &mut ChaCha8Rng,
    limits: &Limits,
) -> Result<Option<JointSpaces>, Stop> {
    // Bases in reduced row echelon form, so that coordinates are read at the pivots.
    let mut blocks = vec![(Vec::new(), ModMatrix::identity(size), (0..size).collect::<Vec<usize>>())];
    for operator in operators {
        let transposed = operator.matrix.transpose();
        let mut next = Vec::with_capacity(blocks.len());
        for (values, basis, pivots) in blocks {
            limits.check()?;
            let images = basis.mul(p, &transposed);
            let restricted = ModMatrix::from_rows(
                pivots.len(),
                (0..images.rows()).map(|i| pivots.iter().map(|&c| images.row(i)[c]).collect::<Vec<u32>>()),
            );
            let Some(parts) = eigenspaces(p, &restricted, &operator.values, rng, limits)? else { return Ok(None) };
            for (value, coordinates) in parts {
                let mut part = coordinates.mul(p, &basis);
                let pivots = part.reduce(p, size, limits)?;
                let mut values: Vec<i64> = values.clone();
                values.push(value);
                next.push((values, part, pivots));
            }
        }
        blocks = next;
    }
    Ok(Some(blocks.into_iter().map(|(values, basis, _)| (values, basis)).collect()))
}

/// Draws of a vector whose minimal polynomial should be that of the matrix.
const ATTEMPTS: usize = 8;

/// The spaces of row vectors with `x M = m x`, for all values `m`; `None` when they do not fill the space.
fn eigenspaces(
    p: Prime,
    m: &ModMatrix,
    values: &[(u32, i64)],
    rng: &mut ChaCha8Rng,
    limits: &Limits,
) -> Result<Option<Vec<(i64, ModMatrix)>>, Stop> {
    let n = m.rows();
    for _ in 0..ATTEMPTS {
        let polynomial = minimal_polynomial(p, m, rng, limits)?;
        let roots = values.iter().filter(|(value, _)| evaluate(p, &polynomial, *value) == 0);
        let mut out = Vec::new();
        let mut total = 0;
        let transposed = m.transpose();
        for &(value, integer) in roots {
            let mut shifted = transposed.clone();
            for i in 0..n {
                let entry = &mut shifted.row_mut(i)[i];
                *entry = p.sub(*entry, value);
            }
            let (kernel, _) = shifted.kernel(p, limits)?;
            total += kernel.rows();
            out.push((integer, kernel));
        }
        if total == n {
            out.retain(|(_, kernel)| kernel.rows() > 0);
            return Ok(Some(out));
        }
    }
    Ok(None)
}

/// The minimal polynomial of a random vector under a matrix, lowest coefficient first.
fn minimal_polynomial(p: Prime, m: &ModMatrix, rng: &mut ChaCha8Rng, limits: &Limits) -> Result<Vec<u32>, Stop> {
    let n = m.rows();
    let random = |rng: &mut ChaCha8Rng| (0..n).map(|_| p.random_residue(rng)).collect::<Vec<u32>>();
    let start = random(rng);
    let mut span = ModSpan::new(p);
    let mut v = start.clone();
    while span.insert(v.clone()) {
        limits.check()?;
        v = m.left_mul(p, &v);
    }
    let functional = random(rng);
    let mut v = start;
    let mut sequence = Vec::with_capacity(2 * span.dim() + 2);
    for _ in 0..2 * span.dim() + 2 {
        sequence.push(p.dot(&v, &functional));
        v = m.left_mul(p, &v);
    }
    Ok(minimal_recurrence(p, &sequence))
}

fn evaluate(p: Prime, polynomial: &[u32], at: u32) -> u32 {
    polynomial.iter().rev().fold(0, |sum, &c| p.add(p.mul(sum, at), c))
}
