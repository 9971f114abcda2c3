//! Non-associative algebras over Q given by their multiplication table.

use crate::exact::sparse::{SparseVector, collect_terms};
use crate::num::Rational;

/// A bilinear product `e_i e_j = Σ_k m_ij^k e_k`; nothing is assumed of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Multiplication {
    dim: usize,
    products: Vec<SparseVector>,
    name: String,
}

impl Multiplication {
    /// The table with `e_i e_j = product(i, j)` (entries in any order, repeated ones add up).
    pub fn from_fn(
        dim: usize,
        name: impl Into<String>,
        mut product: impl FnMut(usize, usize) -> Vec<(u32, Rational)>,
    ) -> Multiplication {
        let mut products = Vec::with_capacity(dim * dim);
        for i in 0..dim {
            for j in 0..dim {
                products.push(collect_terms(product(i, j)));
            }
        }
        Multiplication { dim, products, name: name.into() }
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// What the algebra is called: `octonions`, `Albert algebra`, …
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The product `e_i e_j`.
    pub fn basis_product(&self, i: usize, j: usize) -> &[(u32, Rational)] {
        &self.products[i * self.dim + j]
    }

    /// The product of two elements.
    pub fn product(&self, x: &[(u32, Rational)], y: &[(u32, Rational)]) -> SparseVector {
        let mut terms = Vec::new();
        for (i, a) in x {
            for (j, b) in y {
                let factor = a * b;
                let row = self.basis_product(*i as usize, *j as usize);
                terms.extend(row.iter().map(|(k, v)| (*k, &factor * v)));
            }
        }
        collect_terms(terms)
    }

    /// Whether `xy = yx` for all elements.
    pub fn is_commutative(&self) -> bool {
        self.pairs().all(|(i, j)| self.basis_product(i, j) == self.basis_product(j, i))
    }

    /// Whether `xx = 0` for all elements.
    pub fn is_alternating(&self) -> bool {
        (0..self.dim).all(|i| self.basis_product(i, i).is_empty())
            && self.pairs().all(|(i, j)| {
                let (a, b) = (self.basis_product(i, j), self.basis_product(j, i));
                a.len() == b.len() && a.iter().zip(b).all(|((k, x), (l, y))| k == l && *x == -y)
            })
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..self.dim).flat_map(move |i| (0..i).map(move |j| (j, i)))
    }

    /// The `n × n` matrices with the usual product, basis `E_ij` row by row.
    pub fn matrix_algebra(n: usize) -> Multiplication {
        Multiplication::from_fn(n * n, format!("{n} by {n} matrices"), |a, b| {
            if a % n == b / n { vec![((a / n * n + b % n) as u32, Rational::ONE)] } else { Vec::new() }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrix_units_multiply() {
        let m = Multiplication::matrix_algebra(2);
        // E_01 E_10 = E_00, E_10 E_01 = E_11, E_01 E_01 = 0.
        assert_eq!(m.basis_product(1, 2), &[(0, Rational::ONE)]);
        assert_eq!(m.basis_product(2, 1), &[(3, Rational::ONE)]);
        assert!(m.basis_product(1, 1).is_empty());
        assert!(!m.is_commutative());
        assert!(!m.is_alternating());
    }
}
