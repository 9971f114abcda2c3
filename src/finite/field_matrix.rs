//! Matrices over a cyclotomic field by coordinates, and linear systems over it.

use crate::exact::lift::{Image, lift};
use crate::exact::{Matrix, ModMatrix, ModSpan};
use crate::limits::{Limits, Stop};
use crate::num::prime::{primitive_root_of_unity, random_stream};
use crate::num::{Cyclotomic, PowerBasis, Prime, Rational};

/// A matrix over Q(ζ_n), entry after entry by the coordinates in a power basis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FieldMatrix {
    pub rows: usize,
    pub cols: usize,
    coordinates: Vec<Rational>,
}

impl FieldMatrix {
    /// From the coordinates of each entry, row by row.
    pub(super) fn new(rows: usize, cols: usize, coordinates: Vec<Rational>) -> FieldMatrix {
        FieldMatrix { rows, cols, coordinates }
    }

    /// From numbers, which must lie in the field.
    pub(super) fn of_numbers(field: &PowerBasis, m: &Matrix<Cyclotomic>) -> Option<FieldMatrix> {
        let mut coordinates = Vec::with_capacity(m.entries().len() * field.degree());
        for x in m.entries() {
            coordinates.extend(field.coordinates(x)?);
        }
        Some(FieldMatrix { rows: m.rows(), cols: m.cols(), coordinates })
    }

    /// The entries as numbers.
    pub(super) fn numbers(&self, field: &PowerBasis) -> Matrix<Cyclotomic> {
        let number = |i, j| match self.entry(i, j) {
            [only] => Cyclotomic::from(only.clone()),
            all => field.number(all),
        };
        Matrix::from_fn(self.rows, self.cols, number)
    }

    /// The coordinates of an entry.
    pub(super) fn entry(&self, i: usize, j: usize) -> &[Rational] {
        let degree = self.degree();
        let at = (i * self.cols + j) * degree;
        &self.coordinates[at..at + degree]
    }

    fn degree(&self) -> usize {
        self.coordinates.len() / (self.rows * self.cols).max(1)
    }

    /// The product.
    pub(super) fn times(&self, field: &PowerBasis, other: &FieldMatrix, limits: &Limits) -> Result<FieldMatrix, Stop> {
        let degree = field.degree();
        let mut coordinates = vec![Rational::ZERO; self.rows * other.cols * degree];
        for i in 0..self.rows {
            limits.check()?;
            for k in (0..self.cols).filter(|&k| self.entry(i, k).iter().any(|x| !x.is_zero())) {
                for j in 0..other.cols {
                    let at = (i * other.cols + j) * degree;
                    field.add_product(&mut coordinates[at..at + degree], self.entry(i, k), other.entry(k, j));
                }
            }
        }
        Ok(FieldMatrix { rows: self.rows, cols: other.cols, coordinates })
    }

    /// The image under an embedding into the residues, given the images of 1, ζ, …; `None` where p divides a denominator.
    fn residues(&self, p: Prime, powers: &[u32]) -> Option<ModMatrix> {
        let mut out = ModMatrix::zero(self.rows, self.cols);
        for (slot, x) in out.entries_mut().iter_mut().zip(self.coordinates.chunks_exact(powers.len())) {
            for (c, &power) in x.iter().zip(powers).filter(|(c, _)| !c.is_zero()) {
                *slot = p.add(*slot, p.mul(p.residue(c)?, power));
            }
        }
        Some(out)
    }
}

/// A⁻¹ B for each B, exactly; `None` when A is singular.
///
/// Modulo a prime p ≡ 1 modulo n there are φ(n) embeddings into the residues; the coordinates follow from the images under all
/// of them. What is lifted from several primes is accepted when A X = B over the field.
pub(super) fn solve(
    field: &PowerBasis,
    a: &FieldMatrix,
    right: &[FieldMatrix],
    limits: &Limits,
) -> Result<Option<Vec<FieldMatrix>>, Stop> {
    let degree = field.degree();
    let count: usize = right.iter().map(|b| b.rows * b.cols).sum();
    limits.reserve(200 * (count * degree) as u128 + 16 * (a.rows as u128).pow(2))?;
    let units = field.units();
    let mut singular = 0;
    let found = lift(
        limits,
        |p| {
            if u64::from(p.value()) % field.root_order() != 1 % field.root_order() {
                return Ok(None);
            }
            let root = primitive_root_of_unity(p, field.root_order());
            let mut residues = vec![0u32; count * degree];
            let Some(back) = embeddings_back(p, root, &units, degree, limits)? else { return Ok(None) };
            for (number, &k) in units.iter().enumerate() {
                let image = p.pow(root, k);
                let powers: Vec<u32> =
                    std::iter::successors(Some(1), |x| Some(p.mul(*x, image))).take(degree).collect();
                let Some(left) = a.residues(p, &powers) else { return Ok(None) };
                let Some(inverse) = left.inverse(p, limits)? else {
                    // Twice modulo a random large prime.
                    singular += 1;
                    return Ok((singular > 1).then(|| Image { shape: vec![1], residues: Vec::new() }));
                };
                let mut at = 0;
                for b in right {
                    let Some(b) = b.residues(p, &powers) else { return Ok(None) };
                    for &x in inverse.mul(p, &b).entries() {
                        for (j, slot) in residues[at..at + degree].iter_mut().enumerate() {
                            *slot = p.add(*slot, p.mul(x, back.row(j)[number]));
                        }
                        at += degree;
                    }
                }
            }
            Ok(Some(Image { shape: vec![0], residues }))
        },
        |shape, candidate| {
            if shape == [1] {
                return Ok(Some(None));
            }
            let mut rest = candidate.into_iter();
            let mut out = Vec::new();
            for b in right {
                let x = FieldMatrix::new(a.cols, b.cols, rest.by_ref().take(a.cols * b.cols * degree).collect());
                if a.times(field, &x, limits)? != *b {
                    return Ok(None);
                }
                out.push(x);
            }
            Ok(Some(Some(out)))
        },
    )?;
    Ok(found)
}

/// Columns that are a basis of the span of all, the first ones, by their images modulo a prime under one embedding: they are
/// independent, and with certainty but for a prime that divides a minor they span.
pub(super) fn independent_columns(field: &PowerBasis, m: &FieldMatrix, limits: &Limits) -> Result<Vec<usize>, Stop> {
    let mut rng = random_stream(limits.seed(), 15);
    let modulus = u32::try_from(field.root_order()).unwrap_or(u32::MAX);
    let Some(p) = Prime::with_roots_of_unity(modulus, &mut rng) else { return Ok(Vec::new()) };
    let root = primitive_root_of_unity(p, field.root_order());
    let powers: Vec<u32> = std::iter::successors(Some(1), |x| Some(p.mul(*x, root))).take(field.degree()).collect();
    let Some(columns) = m.residues(p, &powers) else { return Ok(Vec::new()) };
    let columns = columns.transpose();
    let mut span = ModSpan::new(p);
    let mut out = Vec::new();
    for j in 0..columns.rows() {
        limits.check()?;
        if span.insert(columns.row(j).to_vec()) {
            out.push(j);
        }
    }
    Ok(out)
}

/// The inverse of the matrix of images of 1, ζ, … under the embeddings, whose row k holds those under embedding k.
fn embeddings_back(
    p: Prime,
    root: u32,
    units: &[u64],
    degree: usize,
    limits: &Limits,
) -> Result<Option<ModMatrix>, Stop> {
    let row = |k: &u64| {
        let image = p.pow(root, *k);
        std::iter::successors(Some(1), move |x| Some(p.mul(*x, image))).take(degree).collect::<Vec<u32>>()
    };
    ModMatrix::from_rows(degree, units.iter().map(row)).inverse(p, limits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A matrix of roots of unity times its solution is the right side; a matrix with equal rows is singular.
    #[test]
    fn systems_over_cyclotomic_fields() {
        let none = Limits::none();
        for n in [1u64, 4, 5, 12] {
            let field = PowerBasis::new(n);
            let numbers = |rows: usize, cols: usize, seed: i64| {
                Matrix::from_fn(rows, cols, |i, j| {
                    let (i, j) = (i as i64, j as i64);
                    let twist = Cyclotomic::root_of_unity(n, i * j + seed);
                    twist.add(&Cyclotomic::from(Rational::new(i * i + 3 * j + seed, 1 + seed.abs()).unwrap()))
                })
            };
            let a = FieldMatrix::of_numbers(&field, &numbers(3, 3, 1)).unwrap();
            let b = FieldMatrix::of_numbers(&field, &numbers(3, 2, 2)).unwrap();
            if let Some(found) = solve(&field, &a, std::slice::from_ref(&b), &none).unwrap() {
                assert_eq!(a.times(&field, &found[0], &none).unwrap(), b);
            } else {
                assert_eq!(n, 1);
            }
            let same = FieldMatrix::of_numbers(&field, &Matrix::from_fn(2, 2, |_, j| numbers(1, 2, 3)[(0, j)].clone()));
            let unit = FieldMatrix::of_numbers(&field, &numbers(2, 2, 2)).unwrap();
            assert_eq!(solve(&field, &same.unwrap(), &[unit], &none).unwrap(), None);
        }
    }
}
