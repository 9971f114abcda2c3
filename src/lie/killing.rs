//! The Killing form `K(x, y) = tr(ad x · ad y)`, exactly.

use num_bigint::BigInt;
use num_traits::One;

use super::StructureConstants;
use super::chains::{Chains, Pair};
use super::exact_form::{from_fractions, from_integers, sizes_and_covector};
use super::jacobi::next_table;
use super::sizes::Sizes;
use crate::exact::lift::Primes;
use crate::exact::{Matrix, ModMatrix};
use crate::limits::{Limits, Stop};
use crate::num::{Crt, Prime, Rational};
use crate::parallel;

/// Up to this many multiplications the sum is formed over the rationals directly …
const DIRECT_PRODUCTS: f64 = 1e6;
/// … provided that no more than this many places have to be looked at.
const DIRECT_STEPS: f64 = 1e8;

/// The symmetric `n × n` matrix of the Killing form.
///
/// For small tables `K_ij = Σ_ab [e_i, e_a]^b [e_j, e_b]^a` over Q. Otherwise modulo primes by chains of brackets, `O(n³)` each.
/// One prime is enough when its candidate is proved to be the Killing form (`exact_form.rs`); without that the
/// primes exceed the bound `|D² K_ij| ≤ ‖D ad e_i‖ ‖D ad e_j‖` (Frobenius norms).
///
/// The Jacobi identity must hold.
pub fn killing_form(constants: &StructureConstants, limits: &Limits) -> Result<Matrix<Rational>, Stop> {
    Ok(killing_form_and_chains(constants, limits)?.0)
}

/// The Killing form modulo a random prime that divides no denominator, and that prime; `O(n³)`.
///
/// The Jacobi identity must hold.
pub fn killing_form_modulo(constants: &StructureConstants, limits: &Limits) -> Result<(Prime, ModMatrix), Stop> {
    let table = next_table(&mut Primes::new(limits), constants);
    let pair = Pair::random(constants.dim(), !table.is_sparse(), 0, limits);
    let chains = Chains::new(table, &pair, limits)?;
    let form = chains.killing(limits)?.0;
    Ok((chains.prime(), form))
}

/// The Killing form, and what was computed modulo the last prime on the way, if anything.
pub(super) fn killing_form_and_chains(
    constants: &StructureConstants,
    limits: &Limits,
) -> Result<(Matrix<Rational>, Option<Chains>), Stop> {
    let n = constants.dim() as f64;
    let steps = n * 2.0 * constants.nonzeros() as f64;
    let fill = 2.0 * constants.nonzeros() as f64 / n.powi(3).max(1.0);
    if steps * fill < DIRECT_PRODUCTS && steps < DIRECT_STEPS {
        Ok((direct(constants, limits)?, None))
    } else {
        let (form, chains) = modular(constants, limits)?;
        Ok((form, Some(chains)))
    }
}

fn direct(constants: &StructureConstants, limits: &Limits) -> Result<Matrix<Rational>, Stop> {
    let n = constants.dim();
    let adjoint: Vec<_> = (0..n).map(|i| constants.ad_basis(i)).collect();
    let rows = parallel::try_map(n, |i| {
        limits.check()?;
        let transposed = adjoint[i].transpose().to_dense();
        let entry = |j: usize| {
            let mut sum = Rational::ZERO;
            for (a, b, v) in adjoint[j].triples() {
                let w = &transposed[(a, b)];
                if !w.is_zero() {
                    sum.add_product(v, w);
                }
            }
            sum
        };
        Ok((i..n).map(entry).collect::<Vec<_>>())
    })?;
    Ok(symmetric(n, |i, j| rows[i][j - i].clone()))
}

fn symmetric(n: usize, upper: impl Fn(usize, usize) -> Rational) -> Matrix<Rational> {
    Matrix::from_fn(n, n, |i, j| upper(i.min(j), i.max(j)))
}

/// The exact form from its images, and the last chains made on the way.
fn modular(constants: &StructureConstants, limits: &Limits) -> Result<(Matrix<Rational>, Chains), Stop> {
    let n = constants.dim();
    limits.reserve(6 * (n as u128).pow(3))?;
    let mut primes = Primes::new(limits);
    // Made first: residues are then read off the integers.
    let integers = constants.integers();
    let table = next_table(&mut primes, constants);
    let pair = Pair::random(n, !table.is_sparse(), 0, limits);
    let mut chains = Chains::new(table, &pair, limits)?;
    let (mut form, generated) = chains.killing(limits)?;
    chains.generate = Some(generated);
    if generated
        && let Some(integers) = integers
        && let Some(found) = from_integers(integers, &pair, chains.prime(), &form, limits)?
    {
        return Ok((found, chains));
    }
    let (sizes, covector) = sizes_and_covector(constants, &pair.w);
    if generated
        && integers.is_none()
        && let Some(found) = from_fractions(constants, &sizes, &pair, covector, (chains.prime(), &form), limits)?
    {
        return Ok((found, chains));
    }
    let bound: BigInt = sizes.killing_bound() * 2u8;
    let mut crt = Crt::new(n * (n + 1) / 2);
    let mut product = BigInt::one();
    loop {
        limits.progress("Killing form", product.bits() as f64 / bound.bits() as f64);
        let p = chains.prime();
        let mut residues: Vec<u32> = (0..n).flat_map(|i| form.row(i)[i..].to_vec()).collect();
        let denominator = p.residue_big(&sizes.denominator);
        p.scale(&mut residues, p.mul(denominator, denominator));
        crt.add(p, &residues);
        product *= p.value();
        if product > bound {
            let values = crt.integers();
            return Ok((descaled(n, &sizes, |at| Rational::from(values[at].clone())), chains));
        }
        chains = Chains::new(next_table(&mut primes, constants), &pair, limits)?;
        let (next, generated) = chains.killing(limits)?;
        chains.generate = Some(generated);
        form = next;
    }
}

/// The symmetric matrix with the upper triangle `values / D²`.
fn descaled(n: usize, sizes: &Sizes, values: impl Fn(usize) -> Rational) -> Matrix<Rational> {
    let scale = Rational::from(&sizes.denominator * &sizes.denominator).recip().unwrap_or(Rational::ONE);
    let at = |i: usize, j: usize| i * (2 * n - i + 1) / 2 + (j - i);
    if scale.is_one() {
        return symmetric(n, |i, j| values(at(i, j)));
    }
    symmetric(n, |i, j| &values(at(i, j)) * &scale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::{ResidueTable, named, parts};

    /// `tr(ad e_i · ad e_j)` from the definition, modulo a prime.
    fn slow_residue(table: &ResidueTable, i: usize, j: usize) -> u32 {
        let (p, n) = (table.prime(), table.dim());
        let (a, b) = (table.ad_basis(i), table.ad_basis(j).transpose());
        (0..n).fold(0, |sum, k| p.add(sum, p.dot(a.row(k), b.row(k))))
    }

    /// so(4) in a skew basis with fractions: both ways must agree.
    #[test]
    fn direct_and_modular_agree() {
        let terms = [(0, 1, 2, 1), (1, 2, 0, 3), (0, 2, 1, -2), (3, 4, 5, 5), (4, 5, 3, 1), (3, 5, 4, -7)];
        let terms = terms.map(|(i, j, k, v)| (i, j, k, Rational::new(v, 6).unwrap()));
        let constants = StructureConstants::from_terms(6, terms);
        let limits = Limits::none();
        assert_eq!(direct(&constants, &limits).unwrap(), modular(&constants, &limits).unwrap().0);
    }

    /// Algebras with and without elements outside the derived algebra, in scrambled bases, against the definition.
    #[test]
    fn chains_agree_with_the_definition() {
        let limits = Limits::none();
        let algebras = [
            named::su(3, 2, &limits).unwrap(),
            named::poincare(3, 1, &limits).unwrap(),
            named::galilei(3, &limits).unwrap(),
            named::heisenberg(2, &limits).unwrap(),
        ];
        for (seed, g) in algebras.iter().enumerate() {
            let g = parts::scramble(g, seed as u64, 3 * g.dim(), true, &limits).unwrap();
            let expected = super::super::test_support::killing_form(g.constants());
            let (form, chains) = modular(g.constants(), &limits).unwrap();
            assert_eq!(form, expected, "{}", g.origin());
            assert_eq!(direct(g.constants(), &limits).unwrap(), expected);
            let (p, one) = killing_form_modulo(g.constants(), &limits).unwrap();
            assert!(expected.entries().iter().zip(one.entries()).all(|(q, &r)| p.residue(q) == Some(r)));
            let (p, (residues, _)) = (chains.prime(), chains.killing(&limits).unwrap());
            for i in 0..g.dim() {
                for j in 0..g.dim() {
                    assert_eq!(residues.row(i)[j], slow_residue(&chains.table, i, j));
                    assert_eq!(Some(residues.row(i)[j]), p.residue(&expected[(i, j)]));
                }
            }
        }
    }
}
