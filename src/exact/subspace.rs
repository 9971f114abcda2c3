//! Subspaces of Q^n by their reduced echelon basis, and the exact solution of dense linear systems.

use num_bigint::BigInt;
use num_traits::Zero;

use super::lift::{Image, lift};
use super::{Matrix, ModMatrix, echelon_kernel};
use crate::limits::{Limits, Stop};
use crate::num::{Rational, common_denominator};

/// A subspace of Q^n: the rows of `basis` are its reduced row echelon basis, so equal spaces compare equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subspace {
    ambient: usize,
    basis: Vec<Vec<Rational>>,
    pivots: Vec<usize>,
}

impl Subspace {
    /// The zero subspace of Q^n.
    pub fn zero(ambient: usize) -> Subspace {
        Subspace { ambient, basis: Vec::new(), pivots: Vec::new() }
    }

    /// All of Q^n.
    pub fn full(ambient: usize) -> Subspace {
        let unit = |i: usize| (0..ambient).map(|j| Rational::from(i64::from(i == j))).collect();
        Subspace { ambient, basis: (0..ambient).map(unit).collect(), pivots: (0..ambient).collect() }
    }

    /// The span of some vectors of length `ambient`, by multi-modular elimination.
    ///
    /// Checked exactly: every vector lies in the row space found (so its rank is not too small), and the rank
    /// modulo a prime is never larger than the rank over Q.
    pub fn span(ambient: usize, vectors: &[Vec<Rational>], limits: &Limits) -> Result<Subspace, Stop> {
        let rows: Vec<&Vec<Rational>> = vectors.iter().filter(|v| v.iter().any(|x| !x.is_zero())).collect();
        if rows.is_empty() {
            return Ok(Subspace::zero(ambient));
        }
        lift(
            limits,
            |p| {
                let residues = rows.iter().map(|v| v.iter().map(|q| p.residue(q)).collect());
                let Some(residues) = residues.collect::<Option<Vec<Vec<u32>>>>() else { return Ok(None) };
                let mut m = ModMatrix::from_rows(ambient, residues);
                let pivots = m.reduce(p, ambient, limits)?;
                Ok(Some(Image::of_row_space(&m, &pivots)))
            },
            |shape, values| {
                let space = Subspace::from_echelon(ambient, shape[1..].to_vec(), &values);
                let membership = Membership::of(&space);
                for v in &rows {
                    limits.check()?;
                    if !membership.contains(v) {
                        return Ok(None);
                    }
                }
                Ok(Some(space))
            },
        )
    }

    /// The subspace with this reduced echelon basis, given row by row (trusted to be one).
    pub fn from_echelon(ambient: usize, pivots: Vec<usize>, values: &[Rational]) -> Subspace {
        let basis = values.chunks(ambient.max(1)).map(<[Rational]>::to_vec).collect();
        Subspace { ambient, basis, pivots }
    }

    /// The dimension `n` of the surrounding space.
    pub fn ambient(&self) -> usize {
        self.ambient
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.basis.len()
    }

    /// The reduced echelon basis.
    pub fn basis(&self) -> &[Vec<Rational>] {
        &self.basis
    }

    /// The pivot columns of the basis, increasing.
    pub fn pivots(&self) -> &[usize] {
        &self.pivots
    }

    /// The columns that are no pivots: the unit vectors there span a complement.
    pub fn free_columns(&self) -> Vec<usize> {
        (0..self.ambient).filter(|c| self.pivots.binary_search(c).is_err()).collect()
    }

    /// The vector minus its part in the subspace, zero at every pivot.
    pub fn reduce(&self, v: &[Rational]) -> Vec<Rational> {
        let mut out = v.to_vec();
        for (row, &pivot) in self.basis.iter().zip(&self.pivots) {
            let factor = -&out[pivot];
            if !factor.is_zero() {
                for (x, y) in out.iter_mut().zip(row).skip(pivot) {
                    if !y.is_zero() {
                        x.add_product(&factor, y);
                    }
                }
            }
        }
        out
    }

    /// Whether the vector lies in the subspace.
    ///
    /// Only the pivots of `v` enter, so the test costs `dim · codim` operations.
    pub fn contains(&self, v: &[Rational]) -> bool {
        let mut next_pivot = self.pivots.iter().peekable();
        (0..self.ambient).all(|column| {
            if next_pivot.next_if_eq(&&column).is_some() {
                return true;
            }
            let mut expected = Rational::ZERO;
            for (row, &pivot) in self.basis.iter().zip(&self.pivots) {
                if !v[pivot].is_zero() && !row[column].is_zero() {
                    expected.add_product(&v[pivot], &row[column]);
                }
            }
            expected == v[column]
        })
    }

    /// The coordinates of a vector of the subspace in its basis, or `None` when it lies outside.
    pub fn coordinates(&self, v: &[Rational]) -> Option<Vec<Rational>> {
        self.contains(v).then(|| self.pivots.iter().map(|&c| v[c].clone()).collect())
    }

    /// Whether this subspace contains the other.
    pub fn contains_space(&self, other: &Subspace) -> bool {
        other.basis.iter().all(|v| self.contains(v))
    }

    /// The sum of two subspaces.
    pub fn sum(&self, other: &Subspace, limits: &Limits) -> Result<Subspace, Stop> {
        let all: Vec<Vec<Rational>> = self.basis.iter().chain(&other.basis).cloned().collect();
        Subspace::span(self.ambient, &all, limits)
    }

    /// The solutions of `rows · x = 0`, by multi-modular elimination.
    ///
    /// Checked exactly: every basis vector is annihilated, and the nullity modulo a prime is never smaller than
    /// the nullity over Q.
    pub fn kernel(ambient: usize, rows: &[Vec<Rational>], limits: &Limits) -> Result<Subspace, Stop> {
        let rows: Vec<&Vec<Rational>> = rows.iter().filter(|v| v.iter().any(|x| !x.is_zero())).collect();
        if rows.is_empty() {
            return Ok(Subspace::full(ambient));
        }
        lift(
            limits,
            |p| {
                let residues = rows.iter().map(|v| v.iter().map(|q| p.residue(q)).collect());
                let Some(residues) = residues.collect::<Option<Vec<Vec<u32>>>>() else { return Ok(None) };
                let kernel = echelon_kernel(p, &ModMatrix::from_rows(ambient, residues), limits)?;
                Ok(Some(Image::of_kernel(kernel)))
            },
            |shape, values| {
                let space = Subspace::from_echelon(ambient, shape[1..].to_vec(), &values);
                let integral: Vec<Vec<BigInt>> = space.basis.iter().map(|v| scaled(v).1).collect();
                for row in &rows {
                    limits.check()?;
                    let (_, row) = scaled(row);
                    if !integral.iter().all(|v| integer_dot(&row, v).is_zero()) {
                        return Ok(None);
                    }
                }
                Ok(Some(space))
            },
        )
    }
}

/// The test whether vectors lie in one subspace, prepared for many of them: in integers when the basis holds numbers
/// beyond machine words (sums of long fractions would spend their time on greatest common divisors).
struct Membership<'a> {
    space: &'a Subspace,
    /// For each basis vector its denominator and its integer multiple.
    integral: Option<(BigInt, Vec<Vec<BigInt>>)>,
}

impl<'a> Membership<'a> {
    fn of(space: &'a Subspace) -> Membership<'a> {
        let large = space.basis.iter().flatten().any(|x| x.as_small().is_none());
        let integral = large.then(|| {
            let denominator = common_denominator(space.basis.iter().flatten());
            let scale = Rational::from(denominator.clone());
            let rows = space.basis.iter().map(|v| v.iter().map(|x| (x * &scale).numerator()).collect());
            (denominator, rows.collect())
        });
        Membership { space, integral }
    }

    fn contains(&self, v: &[Rational]) -> bool {
        let Some((denominator, basis)) = &self.integral else { return self.space.contains(v) };
        let (_, v) = scaled(v);
        self.space.free_columns().into_iter().all(|column| {
            let mut sum = -(denominator * &v[column]);
            for (row, &pivot) in basis.iter().zip(&self.space.pivots) {
                sum += &v[pivot] * &row[column];
            }
            sum.is_zero()
        })
    }
}

/// The least integer multiple of a vector, with the factor.
fn scaled(v: &[Rational]) -> (BigInt, Vec<BigInt>) {
    let denominator = common_denominator(v);
    let scale = Rational::from(denominator.clone());
    (denominator, v.iter().map(|x| (x * &scale).numerator()).collect())
}

fn integer_dot(a: &[BigInt], b: &[BigInt]) -> BigInt {
    let mut sum = BigInt::zero();
    for (x, y) in a.iter().zip(b) {
        if !x.is_zero() && !y.is_zero() {
            sum += x * y;
        }
    }
    sum
}

/// The dot product.
pub fn dot(a: &[Rational], b: &[Rational]) -> Rational {
    let mut total = Rational::ZERO;
    for (x, y) in a.iter().zip(b) {
        if !x.is_zero() && !y.is_zero() {
            total.add_product(x, y);
        }
    }
    total
}

/// One solution of `a · x = b`, or `None` when there is none. The solution has zeros at the free columns.
pub fn solve(a: &Matrix<Rational>, b: &[Rational], limits: &Limits) -> Result<Option<Vec<Rational>>, Stop> {
    let n = a.cols();
    let augmented: Vec<Vec<Rational>> =
        a.iter_rows().zip(b).map(|(row, y)| row.iter().cloned().chain([y.clone()]).collect()).collect();
    let space = Subspace::span(n + 1, &augmented, limits)?;
    if space.pivots().last() == Some(&n) {
        return Ok(None);
    }
    let mut x = vec![Rational::ZERO; n];
    for (row, &pivot) in space.basis().iter().zip(space.pivots()) {
        x[pivot] = row[n].clone();
    }
    Ok(Some(x))
}

/// The inverse of a square matrix, or `None` when it is singular.
pub fn inverse(a: &Matrix<Rational>, limits: &Limits) -> Result<Option<Matrix<Rational>>, Stop> {
    let n = a.rows();
    let unit = |i: usize| (0..n).map(move |j| Rational::from(i64::from(i == j)));
    let augmented: Vec<Vec<Rational>> =
        a.iter_rows().enumerate().map(|(i, row)| row.iter().cloned().chain(unit(i)).collect()).collect();
    let space = Subspace::span(2 * n, &augmented, limits)?;
    if space.pivots().iter().any(|&c| c >= n) {
        return Ok(None);
    }
    Ok(Matrix::from_rows(space.basis().iter().map(|row| row[n..].to_vec()).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(values: &[Vec<i64>]) -> Vec<Vec<Rational>> {
        values.iter().map(|r| r.iter().map(|&x| Rational::from(x)).collect()).collect()
    }

    proptest! {
        #[test]
        fn rank_and_nullity_add_up(m in prop::collection::vec(prop::collection::vec(-3i64..4, 5), 1..7)) {
            let limits = Limits::none();
            let m = rows(&m);
            let (span, kernel) = (Subspace::span(5, &m, &limits).unwrap(), Subspace::kernel(5, &m, &limits).unwrap());
            prop_assert_eq!(span.dim() + kernel.dim(), 5);
            for v in kernel.basis() {
                prop_assert!(m.iter().all(|r| dot(r, v).is_zero()));
            }
            for (v, &c) in kernel.basis().iter().zip(kernel.pivots()) {
                prop_assert!(v[c].is_one() && v[..c].iter().all(Rational::is_zero));
            }
            prop_assert_eq!(Subspace::span(5, kernel.basis(), &limits).unwrap(), kernel);
        }
    }

    #[test]
    fn large_entries_are_lifted() {
        let big: Rational = "123456789012345678901234567890/7".parse().unwrap();
        let m = vec![vec![big.clone(), Rational::ONE], vec![Rational::ZERO, Rational::ONE]];
        let a = Matrix::from_rows(m).unwrap();
        let inverse = inverse(&a, &Limits::none()).unwrap().unwrap();
        assert_eq!(inverse[(0, 0)], big.recip().unwrap());
        assert_eq!(
            solve(&a, &[Rational::ONE, Rational::ZERO], &Limits::none()).unwrap().unwrap()[0],
            big.recip().unwrap()
        );
    }
}
