//! Coroots modulo a prime at which a Cartan subalgebra splits, for algebras that split over no small field.
//!
//! Let `x` be an element over Q for which `ad x` has different eigenvalues on the roots, `f` their polynomial, and `p` a
//! prime modulo which `f` splits into different linear factors, none of them `t`. By Hensel's lemma `f` splits over the
//! `p`-adic numbers, so the centralizer of `x` is a split Cartan subalgebra there, and what is found modulo `p` is the
//! reduction of it: root vectors, coroots, and Cartan integers, which are small and hence known. Such primes have the density
//! of one element in the Galois group of `f`, a group of automorphisms of the root system (Chebotarev), so ranks are small.

use super::DecomposeError;
use crate::exact::characteristic_polynomial;
use crate::exact::lift::Primes;
use crate::exact::polynomial::Polynomial;
use crate::exact::polynomial::modular::{ModPolynomial, factor_squarefree, mul_mod};
use crate::lie::{ResidueTable, StructureConstants};
use crate::limits::{Limits, Stop};
use crate::num::prime::{random_integer, random_stream};
use crate::num::{Prime, Rational};
use crate::roots::{SimpleType, simple_system};

/// Primes that are tried: several times the order of the Weyl group of F4.
const MAX_PRIMES: usize = 6000;

/// Larger algebras have Galois groups that are too large.
const MAX_DIM: usize = 66;

/// Coroots modulo a prime.
pub struct ModularCoroots {
    /// The prime.
    pub prime: Prime,
    /// The simple factors.
    pub factors: Vec<SimpleType>,
    /// The coroots of the simple roots, factor after factor in Bourbaki's order.
    pub coroots: Vec<Vec<u32>>,
}

/// A semisimple algebra with a regular element, whose centralizer splits modulo some primes.
#[derive(Clone, Debug)]
pub struct Places {
    constants: StructureConstants,
    rank: usize,
    element: Vec<Rational>,
    /// The polynomial of its eigenvalues on the roots.
    polynomial: Polynomial,
}

impl Places {
    /// `None` for algebras that are too large, and when no element was regular.
    pub fn new(constants: &StructureConstants, rank: usize, limits: &Limits) -> Result<Option<Places>, DecomposeError> {
        if !(1..=MAX_DIM).contains(&constants.dim()) {
            return Ok(None);
        }
        let found = regular_element(constants, rank, limits)?;
        Ok(found.map(|(element, polynomial)| Places { constants: constants.clone(), rank, element, polynomial }))
    }

    /// The coroots modulo the next of these primes at which the algebra splits and for which `suits` holds; `None` when thousands of
    /// primes did not.
    pub fn next(
        &self,
        primes: &mut Primes,
        suits: impl Fn(Prime) -> bool,
        limits: &Limits,
    ) -> Result<Option<ModularCoroots>, Stop> {
        let n = self.constants.dim();
        for round in 0..MAX_PRIMES {
            limits.check()?;
            limits.progress("primes at which a Cartan subalgebra splits", round as f64 / MAX_PRIMES as f64);
            let p = primes.draw();
            if !suits(p) {
                continue;
            }
            let residues: Option<Vec<u32>> = self.polynomial.coefficients().iter().map(|c| p.residue(c)).collect();
            let Some(residues) = residues else { continue };
            if residues.first() == Some(&0) || residues.last() == Some(&0) || !splits(p, &residues) {
                continue;
            }
            let Some(table) = ResidueTable::new(p, &self.constants) else { continue };
            let x: Option<Vec<u32>> = self.element.iter().map(|c| p.residue(c)).collect();
            let Some(x) = x else { continue };
            let factors = factor_squarefree(p, &residues, primes.rng(), limits)?;
            let values: Vec<u32> = factors.iter().filter(|g| g.len() == 2).map(|g| p.neg(g[0])).collect();
            if values.len() + self.rank != n {
                continue;
            }
            if let Some(found) = coroots(&table, &x, &values, limits)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }
}

/// An element whose eigenvalues on the roots differ, with their polynomial.
fn regular_element(
    constants: &StructureConstants,
    rank: usize,
    limits: &Limits,
) -> Result<Option<(Vec<Rational>, Polynomial)>, DecomposeError> {
    let mut rng = random_stream(limits.seed(), 761);
    for bound in [1, 1, 2, 3, 5, 9, 17, 33] {
        limits.check()?;
        let x: Vec<Rational> = (0..constants.dim()).map(|_| Rational::from(random_integer(&mut rng, bound))).collect();
        let whole = characteristic_polynomial(&constants.ad(&x), limits)?;
        let coefficients = whole.coefficients();
        if coefficients.iter().take(rank).all(Rational::is_zero) {
            let f = Polynomial::new(coefficients[rank.min(coefficients.len())..].to_vec());
            if f.coefficients().first().is_some_and(|c| !c.is_zero()) && f.is_squarefree() {
                return Ok(Some((x, f)));
            }
        }
    }
    Ok(None)
}

/// Whether a squarefree polynomial has all its roots in the prime field: `t^p = t` modulo it. A polynomial with a multiple
/// root modulo the prime never passes.
fn splits(p: Prime, f: &[u32]) -> bool {
    let mut power: ModPolynomial = vec![1];
    let t: ModPolynomial = vec![0, 1];
    for bit in (0..32).rev() {
        power = mul_mod(p, &power, &power, f);
        if p.value() >> bit & 1 == 1 {
            power = mul_mod(p, &power, &t, f);
        }
    }
    power.iter().copied().eq(t.iter().copied())
}

/// Root vectors, coroots and Cartan integers; `None` when something does not fit.
fn coroots(table: &ResidueTable, x: &[u32], values: &[u32], limits: &Limits) -> Result<Option<ModularCoroots>, Stop> {
    let (p, n) = (table.prime(), table.dim());
    // Row j of `ad x` is [x, e_j]; eigenvectors are row vectors.
    let ad = table.ad(x).transpose();
    let mut vectors: Vec<Vec<u32>> = Vec::with_capacity(values.len());
    for &value in values {
        let mut shifted = ad.clone();
        for i in 0..n {
            let entry = &mut shifted.row_mut(i)[i];
            *entry = p.sub(*entry, value);
        }
        let (kernel, _) = shifted.kernel(p, limits)?;
        if kernel.rows() != 1 {
            return Ok(None);
        }
        vectors.push(kernel.row(0).to_vec());
    }
    let mut all = Vec::with_capacity(values.len());
    for (a, &value) in values.iter().enumerate() {
        let Some(opposite) = values.iter().position(|&v| v == p.neg(value)) else { return Ok(None) };
        let mut h = table.bracket(&vectors[a], &vectors[opposite]);
        let Some(factor) = eigenvalue(p, table, &h, &vectors[a]).filter(|&c| c != 0) else { return Ok(None) };
        p.scale(&mut h, p.mul(2, p.inv(factor)));
        all.push(h);
    }
    // ⟨β, α^∨⟩ for all α: these rows add like roots.
    let mut rows: Vec<Vec<i64>> = Vec::with_capacity(values.len());
    for e in &vectors {
        limits.check()?;
        let row: Option<Vec<i64>> = all.iter().map(|h| small(p, eigenvalue(p, table, h, e)?)).collect();
        let Some(row) = row else { return Ok(None) };
        rows.push(row);
    }
    let Some((components, simple)) = simple_system(&rows) else { return Ok(None) };
    if simple.len() + values.len() != n {
        return Ok(None);
    }
    let factors = components.iter().map(|c| c.simple).collect();
    let order = components.iter().flat_map(|c| &c.nodes);
    let coroots = order.map(|&i| all[simple[i]].clone()).collect();
    Ok(Some(ModularCoroots { prime: p, factors, coroots }))
}

/// The number `c` with `[h, e] = c e`, when there is one.
fn eigenvalue(p: Prime, table: &ResidueTable, h: &[u32], e: &[u32]) -> Option<u32> {
    let image = table.bracket(h, e);
    let at = e.iter().position(|&v| v != 0)?;
    let c = p.mul(image[at], p.inv(e[at]));
    image.iter().zip(e).all(|(&i, &v)| i == p.mul(c, v)).then_some(c)
}

/// The Cartan integer with this residue.
fn small(p: Prime, c: u32) -> Option<i64> {
    (-3..=3).find(|&m| p.reduce_signed(m) == c)
}
