//! Operators that commute with the adjoint representation.

use num_bigint::BigInt;
use num_traits::{One, Signed};

use super::StructureConstants;
use super::jacobi::{height, next_table};
use crate::exact::lift::Primes;
use crate::exact::{Matrix, ModMatrix};
use crate::limits::{Limits, Stop};
use crate::num::{Rational, common_denominator};
use crate::parallel;

/// Whether `S [x, e_j] = [x, S e_j]`... for all `x`: the operator (row `j` is `S e_j`) lies in the centroid.
///
/// Exact: integers below a proved bound vanish when they vanish modulo enough primes; `2 n⁴` operations each.
pub fn commutes_with_adjoint(
    constants: &StructureConstants,
    operator: &Matrix<Rational>,
    limits: &Limits,
) -> Result<bool, Stop> {
    let n = constants.dim();
    let scale = Rational::from(common_denominator(operator.entries()));
    let largest = operator.entries().iter().map(|x| (x * &scale).numerator().abs()).max().unwrap_or_else(BigInt::one);
    let bound = largest * height(constants).0 * (4 * n);
    let mut primes = Primes::new(limits);
    let mut product = BigInt::one();
    while product <= bound {
        let table = next_table(&mut primes, constants);
        let p = table.prime();
        let Some(residues) = ModMatrix::from_rational(p, operator) else { continue };
        let equal = parallel::try_map(n, |i| {
            limits.check()?;
            let ad = table.ad_basis(i);
            Ok(ad.mul(p, &residues) == residues.mul(p, &ad))
        })?;
        if equal.contains(&false) {
            return Ok(false);
        }
        product *= p.value();
    }
    Ok(true)
}
