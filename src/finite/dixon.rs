//! Character tables modulo a prime by Dixon's method: the characters are the common eigenvectors of the class algebra.
//!
//! Dixon, "High speed computation of group characters" (1967); Schneider, "Dixon's character table algorithm revisited"
//! (1990). The prime is 1 modulo the exponent and exceeds the order, so the reduction of the true table modulo a prime
//! above p is what is found: r eigenvectors with r different eigenvalues leave no choice.

use rand_chacha::ChaCha8Rng;

use super::orbits::check_often;
use super::{ConjugacyClasses, FiniteError};
use crate::exact::polynomial::modular;
use crate::limits::{Limits, Stop};
use crate::num::Prime;
use crate::num::prime::random_stream;

/// Most classes of a group whose table is computed by this method.
const MOST_CLASSES: usize = 700;

/// How many products of residues take the time of one product of group elements, about.
const RESIDUES_PER_PRODUCT: usize = 8;

/// The characters modulo a prime, a row for each, in no particular order.
#[derive(Debug)]
pub(super) struct ModularCharacters {
    pub prime: Prime,
    pub rows: Vec<Vec<u32>>,
    pub degrees: Vec<u64>,
}

/// Refuses tables with too many classes.
pub(super) fn check_count(count: usize) -> Result<(), FiniteError> {
    if count > MOST_CLASSES {
        return Err(FiniteError::Argument(format!(
            "a character table of {count} classes: at most {MOST_CLASSES} are done"
        )));
    }
    Ok(())
}

/// All irreducible characters modulo a prime with roots of unity of the group's exponent.
pub(super) fn characters_modulo(classes: &ConjugacyClasses, limits: &Limits) -> Result<ModularCharacters, FiniteError> {
    let count = classes.len();
    let order = classes.table().order();
    check_count(count)?;
    let mut rng = random_stream(limits.seed(), 2);
    let no_prime = || FiniteError::Argument(format!("no prime below 2^29 is 1 modulo {}", classes.exponent()));
    let exponent = u32::try_from(classes.exponent()).map_err(|_| no_prime())?;
    let p = Prime::with_roots_of_unity(exponent, &mut rng).ok_or_else(no_prime)?;

    // A random combination of class matrices, of more and more classes, until its eigenvalues are all different.
    let mut by_size: Vec<usize> = (1..count).collect();
    by_size.sort_by_key(|&j| classes.classes()[j].size);
    let mut matrix = vec![0u32; count * count];
    let mut pending = by_size.into_iter();
    // To ask for eigenvalues costs about count³ residues, so it is done after work of that size.
    let (mut spent, worth) = (0, count * count * count / RESIDUES_PER_PRODUCT);
    let (start, eigenvalues) = loop {
        let mut any = false;
        for j in pending.by_ref() {
            add_class_matrix(classes, j, p, p.random_residue(&mut rng), &mut matrix, limits)?;
            any = true;
            spent += count * classes.classes()[j].size;
            if spent >= worth {
                break;
            }
        }
        spent = 0;
        let start: Vec<u32> = (0..count).map(|_| p.random_residue(&mut rng)).collect();
        if let Some(eigenvalues) = distinct_eigenvalues(p, &matrix, &start, &mut rng, limits)? {
            break (start, eigenvalues);
        }
        if !any {
            // Unlucky factors; the whole algebra with others.
            matrix.fill(0);
            pending = (1..count).collect::<Vec<_>>().into_iter();
        }
    };
    let inverses = classes.inverse_map();
    let mut out = ModularCharacters { prime: p, rows: Vec::new(), degrees: Vec::new() };
    for vector in eigenvectors(p, &matrix, &start, &eigenvalues, limits)? {
        // ω(C) = |C| χ(C)/χ(1), with ω(1) = 1; the norm of χ gives the degree.
        let scale = p.inv(vector[0]);
        let omega: Vec<u32> = vector.iter().map(|&x| p.mul(x, scale)).collect();
        let sizes = |k: usize| p.reduce(classes.classes()[k].size as u64);
        let norm = (0..count).fold(0, |sum, k| p.add(sum, p.mul(p.mul(omega[k], omega[inverses[k]]), p.inv(sizes(k)))));
        let square = u64::from(p.mul(p.reduce(order as u64), p.inv(norm)));
        let degree = square.isqrt();
        if degree * degree != square {
            return Err(FiniteError::Internal("a character's squared degree is no square"));
        }
        let d = p.reduce(degree);
        out.rows.push((0..count).map(|k| p.mul(p.mul(omega[k], d), p.inv(sizes(k)))).collect());
        out.degrees.push(degree);
    }
    if out.degrees.iter().map(|d| d * d).sum::<u64>() != order as u64 {
        return Err(FiniteError::Internal("the squared degrees of the characters do not add up to the order"));
    }
    Ok(out)
}

/// Adds `factor · A_j`, where (A_j)_{ik} is the number of ways to write a fixed element of class k as x y with x in
/// class i and y in class j.
fn add_class_matrix(
    classes: &ConjugacyClasses,
    j: usize,
    p: Prime,
    factor: u32,
    matrix: &mut [u32],
    limits: &Limits,
) -> Result<(), Stop> {
    let (count, table) = (classes.len(), classes.table());
    let inverse = classes.inverse_map()[j];
    let members = classes.members(inverse);
    for (k, class) in classes.classes().iter().enumerate() {
        limits.check()?;
        let mut ways = vec![0u64; count];
        for (number, &y) in members.iter().enumerate() {
            check_often(number + 1, limits)?;
            // x = z y⁻¹, and y⁻¹ runs through the class of inverses.
            ways[classes.class_of(table.multiply(class.rank, y as usize))] += 1;
        }
        for (i, &n) in ways.iter().enumerate() {
            let at = &mut matrix[i * count + k];
            *at = p.add(*at, p.mul(factor, p.reduce(n)));
        }
    }
    Ok(())
}

fn apply(p: Prime, matrix: &[u32], v: &[u32]) -> Vec<u32> {
    matrix.chunks_exact(v.len()).map(|row| p.dot(row, v)).collect()
}

/// The eigenvalues when there are as many as rows, found as roots of the minimal polynomial of a random sequence.
fn distinct_eigenvalues(
    p: Prime,
    matrix: &[u32],
    start: &[u32],
    rng: &mut ChaCha8Rng,
    limits: &Limits,
) -> Result<Option<Vec<u32>>, Stop> {
    let count = start.len();
    let probe: Vec<u32> = (0..count).map(|_| p.random_residue(rng)).collect();
    let mut sequence = Vec::with_capacity(2 * count);
    let mut v = start.to_vec();
    for _ in 0..2 * count {
        limits.check()?;
        sequence.push(p.dot(&probe, &v));
        v = apply(p, matrix, &v);
    }
    let minimal = modular::minimal_recurrence(p, &sequence);
    if minimal.len() != count + 1 {
        return Ok(None);
    }
    let derivative = modular::derivative(p, &minimal);
    if modular::gcd(p, &minimal, &derivative).len() > 1 {
        return Ok(None);
    }
    let factors = modular::factor_squarefree(p, &minimal, rng, limits)?;
    if factors.len() != count {
        return Ok(None);
    }
    Ok(Some(factors.iter().map(|f| p.neg(f[0])).collect()))
}

/// An eigenvector for each of the eigenvalues λ: m(A)/(A - λ) applied to the start, where m is the minimal polynomial.
fn eigenvectors(
    p: Prime,
    matrix: &[u32],
    start: &[u32],
    eigenvalues: &[u32],
    limits: &Limits,
) -> Result<Vec<Vec<u32>>, Stop> {
    let mut minimal = vec![1];
    for &root in eigenvalues {
        minimal = modular::mul(p, &minimal, &[p.neg(root), 1]);
    }
    let mut krylov = vec![start.to_vec()];
    for i in 1..eigenvalues.len() {
        limits.check()?;
        krylov.push(apply(p, matrix, &krylov[i - 1]));
    }
    let mut out = Vec::new();
    for &root in eigenvalues {
        limits.check()?;
        // Synthetic division from the top: the quotient's coefficient of t^i.
        let mut sums = vec![0u64; start.len()];
        let mut terms = Vec::with_capacity(krylov.len());
        let mut coefficient = 0;
        for i in (0..krylov.len()).rev() {
            coefficient = p.add(minimal[i + 1], p.mul(coefficient, root));
            terms.push((coefficient, krylov[i].as_slice()));
        }
        p.accumulate_rows(&mut sums, terms);
        let mut vector = vec![0; start.len()];
        p.reduce_into(&sums, &mut vector);
        out.push(vector);
    }
    Ok(out)
}
