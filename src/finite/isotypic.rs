//! Projectors onto the isotypic parts of a permutation representation.

use super::{CharacterTable, ConjugacyClasses, FiniteError, PermutationGroup};
use crate::exact::Matrix;
use crate::limits::Limits;
use crate::num::{Cyclotomic, Rational};

/// Which characters are taken together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// One irreducible character.
    Complex,
    /// It and its complex conjugate.
    Real,
    /// All its images under automorphisms of the field of its values.
    Rational,
}

impl CharacterTable {
    /// The rows that are taken with a row: the row itself, its complex conjugate, or all algebraic conjugates; ascending.
    pub fn conjugate_rows(&self, row: usize, over: Over) -> Vec<usize> {
        let values = &self.values[row];
        let n = values.iter().fold(1, |n, x| num_integer::lcm(n, x.conductor()));
        let units = match over {
            Over::Complex => vec![1],
            Over::Real => vec![1, n - 1],
            Over::Rational => (1..=n).filter(|k| num_integer::gcd(*k, n) == 1).collect(),
        };
        let mut out = Vec::new();
        for k in units {
            // ζ ↦ ζ^k on values of smaller conductor is their own power k.
            let image: Vec<Cyclotomic> = values.iter().map(|x| x.galois(k.max(1) as i64)).collect();
            out.extend(self.values.iter().position(|other| *other == image));
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}

/// The projector χ(1)/|G| Σ_g χ(g⁻¹) g onto the part of the permutation representation on the points that belongs to a row of the
/// table, with its conjugates. Every element is looked at once for each orbit on the points.
pub fn isotypic_projector(
    group: &PermutationGroup,
    row: usize,
    over: Over,
    limits: &Limits,
) -> Result<Matrix<Cyclotomic>, FiniteError> {
    let classes = ConjugacyClasses::new(group, limits)?;
    let table = CharacterTable::of_classes(&classes, limits)?;
    if row >= table.values.len() {
        return Err(FiniteError::Argument(format!("there are {} characters", table.values.len())));
    }
    let n = group.degree();
    let (numbers, count) = group.orbitals(limits)?;
    limits.reserve(8 * count as u128 * classes.len() as u128 + 96 * (n as u128).pow(2))?;
    let rows = table.conjugate_rows(row, over);
    // How many elements of each class send the first point of an orbital to the second.
    let mut sends = vec![vec![0i64; classes.len()]; count];
    for p in group.orbit_representatives() {
        // The pairs with this first point are all alike within an orbital.
        let mut pairs = vec![0i64; count];
        (0..n).for_each(|q| pairs[numbers[p * n + q] as usize] += 1);
        let mut here = vec![vec![0i64; classes.len()]; count];
        for g in 0..classes.table().order() {
            super::orbits::check_often(g, limits)?;
            here[numbers[p * n + classes.table().image(g, p)] as usize][classes.class_of(g)] += 1;
        }
        for ((total, all), pairs) in sends.iter_mut().zip(here).zip(pairs).filter(|(_, pairs)| *pairs > 0) {
            *total = all.into_iter().map(|x| x / pairs).collect();
        }
    }
    let order = Rational::from(classes.table().order() as i64);
    let degree = Rational::from(table.degrees[row] as i64);
    let factor = degree.checked_div(&order).ok_or(FiniteError::Internal("a group without elements"))?;
    let mut values = Vec::with_capacity(count);
    for counts in &sends {
        limits.check()?;
        let mut sum = Cyclotomic::from(0);
        for &r in &rows {
            for (x, &c) in table.values[r].iter().zip(counts).filter(|(_, c)| **c != 0) {
                sum = sum.add(&x.conjugate().scale(&Rational::from(c)));
            }
        }
        values.push(sum.scale(&factor));
    }
    // Column p of the matrix of g has its one in row g(p).
    Ok(Matrix::from_fn(n, n, |q, p| values[numbers[p * n + q] as usize].clone()))
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    /// Projectors are idempotent, orthogonal to one another, add up to 1, commute with the group, and have the multiplicity times
    /// the degree as trace.
    #[test]
    fn projectors_of_permutation_representations() {
        let none = Limits::none();
        let a5 = alternating(5).unwrap();
        let five = a5.subgroup("C5", vec![Permutation::from_cycles(5, "(0 1 2 3 4)").unwrap()], &none).unwrap();
        let groups = [
            symmetric(4).unwrap(),
            quaternion().unwrap(),
            cyclic(5).unwrap(),
            a5.action_on_cosets(&five, &none).unwrap(),
        ];
        for group in groups {
            let n = group.degree();
            let table = CharacterTable::of_classes(&ConjugacyClasses::new(&group, &none).unwrap(), &none).unwrap();
            let times = |a: &Matrix<Cyclotomic>, b: &Matrix<Cyclotomic>| {
                Matrix::from_fn(n, n, |i, j| {
                    (0..n).fold(Cyclotomic::from(0), |sum, k| sum.add(&a[(i, k)].mul(&b[(k, j)])))
                })
            };
            for over in [Over::Complex, Over::Real, Over::Rational] {
                let mut parts: Vec<(Vec<usize>, Matrix<Cyclotomic>)> = Vec::new();
                for row in 0..table.values.len() {
                    let rows = table.conjugate_rows(row, over);
                    if rows[0] == row {
                        parts.push((rows, isotypic_projector(&group, row, over, &none).unwrap()));
                    }
                }
                let multiplicities = table.decompose(&table.permutation_character(), &none).unwrap().unwrap();
                let mut sum = Matrix::filled(n, n, Cyclotomic::from(0));
                for (k, (rows, m)) in parts.iter().enumerate() {
                    assert_eq!(times(m, m), *m, "{}", group.name());
                    if let Some((_, other)) = parts.get(k + 1) {
                        assert!(times(m, other).entries().iter().all(Cyclotomic::is_zero));
                    }
                    for g in group.generators() {
                        let moved =
                            Matrix::from_fn(n, n, |i, j| m[(g.images()[i] as usize, g.images()[j] as usize)].clone());
                        assert_eq!(moved, *m);
                    }
                    let trace = (0..n).fold(Cyclotomic::from(0), |sum, i| sum.add(&m[(i, i)]));
                    let expected = rows.iter().fold(Rational::ZERO, |sum, &r| {
                        &sum + &(&multiplicities[r] * &Rational::from(table.degrees[r] as i64))
                    });
                    assert_eq!(trace.as_rational(), Some(expected));
                    sum = Matrix::from_fn(n, n, |i, j| sum[(i, j)].add(&m[(i, j)]));
                }
                let one = Matrix::from_fn(n, n, |i, j| Cyclotomic::from(i64::from(i == j)));
                assert_eq!(sum, one);
            }
        }
    }
}
