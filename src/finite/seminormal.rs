//! Young's seminormal form: the irreducible representations of S_n by rational matrices.
//!
//! The basis is that of the standard tableaux of a partition. With a = 1/(c(i+1) - c(i)), where c is column minus row of an
//! entry, the transposition s_i of i and i + 1 sends v_T to a v_T + (1 + a) v_{s_i T}, the last where s_i T is standard (Hoefsmit
//! 1974; James and Kerber, *The Representation Theory of the Symmetric Group*, 3.4). The form in which tableaux are orthogonal
//! and |v_{s_i T}|²/|v_T|² = (1 - a)/(1 + a) is invariant: unit vectors give Young's orthogonal form.

use std::collections::HashMap;

use num_bigint::BigUint;

use super::orbits::check_often;
use super::{FiniteError, Permutation};
use crate::exact::SparseMatrix;
use crate::limits::Limits;
use crate::num::Rational;

/// Most entries of a matrix.
const MOST_ENTRIES: u64 = 1 << 22;

/// An irreducible representation of a symmetric group.
#[derive(Debug)]
pub(super) struct Seminormal {
    /// The row, from 0, of each of 0 … n-1 in each standard tableau.
    tableaux: Vec<Vec<u8>>,
    /// For each adjacent transposition and tableau: the number a, and the exchanged tableau if it is standard.
    moves: Vec<Vec<(Rational, Option<usize>)>>,
}

impl Seminormal {
    /// The representation of a partition of n, largest part first.
    pub(super) fn new(shape: &[usize], limits: &Limits) -> Result<Seminormal, FiniteError> {
        let n: usize = shape.iter().sum();
        let dim = dimension(shape);
        let count = u64::try_from(&dim).ok().filter(|d| d * d <= MOST_ENTRIES);
        let Some(count) = count else {
            return Err(FiniteError::Argument(format!("matrices of size {dim} are too large")));
        };
        limits.reserve(u128::from(count) * (n as u128 + 64) * (n as u128 + 1))?;
        let tableaux = standard_tableaux(shape, limits)?;
        let number: HashMap<&[u8], usize> = tableaux.iter().map(Vec::as_slice).zip(0..).collect();
        // Column minus row of each entry.
        let contents: Vec<Vec<i64>> = tableaux
            .iter()
            .map(|rows| {
                let mut filled = vec![0i64; shape.len()];
                let content = |row: &u8| {
                    let column = filled[usize::from(*row)];
                    filled[usize::from(*row)] += 1;
                    column - i64::from(*row)
                };
                rows.iter().map(content).collect()
            })
            .collect();
        let mut moves = Vec::new();
        for i in 0..n.saturating_sub(1) {
            limits.check()?;
            let step = |(rows, content): (&Vec<u8>, &Vec<i64>)| {
                let mut exchanged = rows.clone();
                exchanged.swap(i, i + 1);
                let distance = content[i + 1] - content[i];
                // Entries in one row or column stay where they are.
                let other = if distance.abs() == 1 { None } else { number.get(exchanged.as_slice()).copied() };
                (Rational::new(1, distance).unwrap_or(Rational::ONE), other)
            };
            moves.push(tableaux.iter().zip(&contents).map(step).collect());
        }
        Ok(Seminormal { tableaux, moves })
    }

    /// The degree.
    pub(super) fn dim(&self) -> usize {
        self.tableaux.len()
    }

    /// The matrix of a permutation, acting on columns; that of p.then(q) is the matrix of q times that of p.
    pub(super) fn matrix(&self, p: &Permutation, limits: &Limits) -> Result<SparseMatrix, FiniteError> {
        let n = self.dim();
        let mut out = SparseMatrix::identity(n);
        for i in adjacent_word(p) {
            limits.check()?;
            let column = |(t, (a, other)): (usize, &(Rational, Option<usize>))| {
                let moved = other.map(|s| (s, t, &Rational::ONE + a));
                std::iter::once((t, t, a.clone())).chain(moved)
            };
            let step = SparseMatrix::from_triples(n, n, self.moves[i].iter().enumerate().flat_map(column));
            out = step.mul(&out);
        }
        Ok(out)
    }

    /// The squared lengths of the basis vectors in an invariant form, 1 for the first.
    pub(super) fn squared_lengths(&self) -> Vec<Rational> {
        let mut out: Vec<Option<Rational>> = vec![None; self.dim()];
        if let Some(first) = out.first_mut() {
            *first = Some(Rational::ONE);
        }
        let mut queue = vec![0];
        while let Some(t) = queue.pop() {
            let Some(here) = out.get(t).cloned().flatten() else { continue };
            for (a, other) in self.moves.iter().map(|all| &all[t]) {
                let Some(s) = other.filter(|s| out[*s].is_none()) else { continue };
                let ratio = (&Rational::ONE - a).checked_div(&(&Rational::ONE + a));
                out[s] = ratio.map(|ratio| &here * &ratio);
                queue.push(s);
            }
        }
        out.into_iter().map(|x| x.unwrap_or(Rational::ONE)).collect()
    }
}

/// The number of standard tableaux by the hook length formula (Frame, Robinson and Thrall 1954).
pub(super) fn dimension(shape: &[usize]) -> BigUint {
    let n: usize = shape.iter().sum();
    let mut hooks = BigUint::from(1u32);
    for (row, &length) in shape.iter().enumerate() {
        for column in 0..length {
            let below = shape[row + 1..].iter().filter(|other| **other > column).count();
            hooks *= length - column + below;
        }
    }
    (2..=n).fold(BigUint::from(1u32), |product, k| product * k) / hooks
}

/// The rows of 0, 1, … in each standard tableau.
fn standard_tableaux(shape: &[usize], limits: &Limits) -> Result<Vec<Vec<u8>>, FiniteError> {
    let n: usize = shape.iter().sum();
    if shape.len() > usize::from(u8::MAX) {
        return Err(FiniteError::Argument("a partition with more than 255 parts".into()));
    }
    let mut out = Vec::new();
    // The rows of the entries so far and how far the rows are filled.
    let mut todo = vec![(Vec::with_capacity(n), vec![0usize; shape.len()])];
    while let Some((rows, filled)) = todo.pop() {
        check_often(out.len() + 1, limits)?;
        if rows.len() == n {
            out.push(rows);
            continue;
        }
        for row in (0..shape.len()).rev() {
            if filled[row] < shape[row] && (row == 0 || filled[row - 1] > filled[row]) {
                let (mut rows, mut filled): (Vec<u8>, Vec<usize>) = (rows.clone(), filled.clone());
                rows.push(row as u8);
                filled[row] += 1;
                todo.push((rows, filled));
            }
        }
    }
    Ok(out)
}

/// A permutation as a product of exchanges of the points i and i + 1, first to last.
fn adjacent_word(p: &Permutation) -> Vec<usize> {
    // Sorting the images by exchanges of neighbours gives the word: to exchange places i, i + 1 first is to multiply from the
    // left, so the exchanges of the sort, in their order, are p itself.
    let mut images = p.images().to_vec();
    let mut out = Vec::new();
    for end in (1..images.len()).rev() {
        for i in 0..end {
            if images[i] > images[i + 1] {
                images.swap(i, i + 1);
                out.push(i);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;
    use crate::num::partitions;

    fn cycles(n: usize, text: &str) -> Permutation {
        Permutation::from_cycles(n, text).unwrap()
    }

    #[test]
    fn words_are_products() {
        for text in ["(0 1 2 3 4)", "(0 3)(1 4)", "()", "(0 4 2)", "(1 2)"] {
            let p = cycles(5, text);
            let step = |i: &usize| cycles(5, &format!("({i} {})", i + 1));
            let product = adjacent_word(&p).iter().fold(Permutation::identity(5), |q, i| q.times(&step(i)));
            assert_eq!(product, p);
        }
    }

    /// Coxeter's relations, the invariant form, and traces against the rule of Murnaghan and Nakayama.
    #[test]
    fn representations_of_symmetric_groups() {
        let none = Limits::none();
        for n in 1..=6 {
            let table = CharacterTable::new(&symmetric(n).unwrap(), &none).unwrap();
            for shape in partitions(n) {
                let rep = Seminormal::new(&shape, &none).unwrap();
                assert_eq!(BigUint::from(rep.dim()), dimension(&shape));
                let one = SparseMatrix::identity(rep.dim());
                let s: Vec<SparseMatrix> =
                    (0..n - 1).map(|i| rep.matrix(&cycles(n, &format!("({i} {})", i + 1)), &none).unwrap()).collect();
                let lengths = rep.squared_lengths();
                let form = SparseMatrix::from_triples(
                    rep.dim(),
                    rep.dim(),
                    lengths.iter().enumerate().map(|(i, x)| (i, i, x.clone())),
                );
                assert!(lengths.iter().all(|x| x.signum() > 0));
                for (i, x) in s.iter().enumerate() {
                    assert_eq!(x.mul(x), one);
                    assert_eq!(x.transpose().mul(&form).mul(x), form);
                    for (j, y) in s.iter().enumerate().skip(i + 1) {
                        if j == i + 1 {
                            assert_eq!(x.mul(y).mul(x), y.mul(x).mul(y));
                        } else {
                            assert_eq!(x.mul(y), y.mul(x));
                        }
                    }
                }
                if n < 2 {
                    continue;
                }
                let row = table.partitions.iter().position(|p| *p == shape).unwrap();
                for (class, value) in table.classes.iter().zip(&table.values[row]) {
                    let trace = rep.matrix(&class.representative, &none).unwrap().trace();
                    assert_eq!(value.as_rational(), Some(trace), "{shape:?} {}", class.representative);
                }
            }
        }
        // The whole permutation representation of a product is a homomorphism in the stated order.
        let rep = Seminormal::new(&[3, 2], &none).unwrap();
        let (p, q) = (cycles(5, "(0 1 2)"), cycles(5, "(1 4)(2 3)"));
        let product = rep.matrix(&q, &none).unwrap().mul(&rep.matrix(&p, &none).unwrap());
        assert_eq!(rep.matrix(&p.times(&q), &none).unwrap(), product);
    }

    #[test]
    fn too_large_ones_are_refused() {
        assert!(matches!(Seminormal::new(&[9, 8, 7], &Limits::none()), Err(FiniteError::Argument(_))));
        assert_eq!(dimension(&[6, 4]), BigUint::from(90u32));
        assert_eq!(dimension(&[]), BigUint::from(1u32));
    }
}
