//! When two entries of the lists are isomorphic over the real numbers.
//!
//! The lists hold over every field of characteristic zero, and each says which parameters give the same algebra over
//! it. Over R every positive number is a square and every number a cube, so fewer parameters are left than over Q.

use super::{List, SmallAlgebra};
use crate::num::Rational;

/// What the reals leave of a place in the lists: number and parameters.
fn place(small: &SmallAlgebra) -> (usize, Vec<Rational>) {
    let sign = |x: &Rational| Rational::from(i64::from(x.signum()));
    let parameter = |at: usize| small.parameters.get(at).cloned().unwrap_or(Rational::ZERO);
    let (a, b) = (parameter(0), parameter(1));
    match (small.list, small.dim, small.number) {
        // a and c²a.
        (List::Solvable, 3, 4) | (List::Solvable, 4, 14) | (List::Nilpotent, 6, 19 | 21 | 22 | 24) => {
            (small.number, vec![sign(&a)])
        }
        // (a, b) and (c³a, c²b): c = a^(-1/3) makes a one, and leaves the cube b³/a².
        (List::Solvable, 4, 7) => match (&a * &a).recip() {
            None => (7, vec![Rational::ZERO, sign(&b)]),
            Some(below) => (7, vec![Rational::ONE, &(&(&b * &b) * &b) * &below]),
        },
        // The field of t² - t - a: R + R, which is number 8, or C.
        (List::Solvable, 4, 9) if (&(&Rational::from(4) * &a) + &Rational::ONE).signum() > 0 => (8, Vec::new()),
        (List::Solvable, 4, 9) => (9, Vec::new()),
        _ => (small.number, small.parameters.clone()),
    }
}

impl SmallAlgebra {
    /// Whether two entries are isomorphic after extending the scalars to R; over Q they are when their names agree.
    pub fn is_isomorphic_over_reals(&self, other: &SmallAlgebra) -> bool {
        (self.list, self.dim) == (other.list, other.dim) && place(self) == place(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(list: List, dim: usize, number: usize, parameters: &[(i64, i64)]) -> SmallAlgebra {
        let parameters = parameters.iter().map(|&(p, q)| Rational::new(p, q).unwrap()).collect();
        SmallAlgebra::entry(list, dim, number, parameters).unwrap()
    }

    fn same(list: List, dim: usize, a: (usize, &[(i64, i64)]), b: (usize, &[(i64, i64)])) -> bool {
        entry(list, dim, a.0, a.1).is_isomorphic_over_reals(&entry(list, dim, b.0, b.1))
    }

    /// Bianchi VI_0 and VII_0; the two real forms of heis(3) over a quadratic field (de Graaf 2007, table 2).
    #[test]
    fn squares() {
        assert!(same(List::Solvable, 3, (4, &[(1, 1)]), (4, &[(2, 1)])));
        assert!(!same(List::Solvable, 3, (4, &[(1, 1)]), (4, &[(-1, 1)])));
        assert!(!same(List::Solvable, 3, (4, &[(1, 1)]), (4, &[(0, 1)])));
        assert!(same(List::Nilpotent, 6, (22, &[(-1, 1)]), (22, &[(-7, 1)])));
        assert!(!same(List::Nilpotent, 6, (22, &[(-1, 1)]), (22, &[(3, 1)])));
        assert!(!same(List::Nilpotent, 6, (22, &[(0, 1)]), (22, &[(3, 1)])));
    }

    /// aff(1) + aff(1) and aff(1, C).
    #[test]
    fn quadratic_fields() {
        assert!(same(List::Solvable, 4, (8, &[]), (9, &[(1, 1)])));
        assert!(same(List::Solvable, 4, (9, &[(-1, 1)]), (9, &[(-2, 1)])));
        assert!(!same(List::Solvable, 4, (8, &[]), (9, &[(-1, 1)])));
    }

    /// Bianchi VI_h and VII_h with different h; an action by the companion matrix of t³ - bt - a, scaled.
    #[test]
    fn continuous_parameters() {
        assert!(!same(List::Solvable, 3, (3, &[(1, 1)]), (3, &[(2, 1)])));
        assert!(same(List::Solvable, 4, (7, &[(2, 1), (1, 1)]), (7, &[(16, 1), (4, 1)])));
        assert!(same(List::Solvable, 4, (7, &[(1, 1), (0, 1)]), (7, &[(5, 1), (0, 1)])));
        assert!(!same(List::Solvable, 4, (7, &[(1, 1), (1, 1)]), (7, &[(1, 1), (-1, 1)])));
        assert!(!same(List::Solvable, 4, (7, &[(0, 1), (1, 1)]), (7, &[(1, 1), (1, 1)])));
        assert!(same(List::Solvable, 4, (7, &[(0, 1), (2, 1)]), (7, &[(0, 1), (3, 1)])));
    }
}
