//! Derivations of a non-associative algebra: the maps with `D(xy) = D(x) y + x D(y)`.

use super::bracket_table::{Brackets, echelon_brackets};
use super::{Algebra, JacobiProof, Realization};
use crate::exact::SparseMatrix;
use crate::exact::null_space::null_space;
use crate::exact::sparse::{SparseVector, collect_terms};
use crate::forms::Multiplication;
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// Why there is no algebra of derivations.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DerivationError {
    /// The algebra has dimension zero.
    #[error("an algebra of dimension 0 has no derivations to speak of")]
    Empty,
    /// Cannot happen; would be an error of the program.
    #[error("internal error: the brackets {0}, {1} leave the derivations")]
    NotClosed(usize, usize),
    /// A limit was reached.
    #[error(transparent)]
    Stop(#[from] Stop),
}

/// The Lie algebra of derivations, as matrices whose column `b` holds the coordinates of `D(e_b)`.
///
/// One equation for each product `e_i e_j` and each coordinate `k`:
/// `Σ_l m_ij^l D_kl − Σ_a D_ai m_aj^k − Σ_a D_aj m_ia^k = 0`.
/// Octonions give G2, the Albert algebra F4 (on 27 dimensions), a quaternion algebra its imaginary part.
pub fn derivations(algebra: &Multiplication, limits: &Limits) -> Result<Algebra, DerivationError> {
    let n = algebra.dim();
    if n == 0 {
        return Err(DerivationError::Empty);
    }
    let rows = leibniz_rules(algebra, limits)?;
    let solutions = null_space(n * n, &rows, limits)?;
    let basis: Vec<SparseMatrix> = solutions.basis.iter().map(|v| SparseMatrix::unflatten(n, n, v)).collect();
    let constants = match echelon_brackets(n, &basis, &solutions.leading, limits)? {
        Brackets::Closed(constants) => constants,
        Brackets::Leaves(i, j) => return Err(DerivationError::NotClosed(i, j)),
    };
    let origin = format!("derivations of the {}", algebra.name());
    let realization = Realization { size: n, complex: false, basis };
    Ok(Algebra::new(constants, JacobiProof::Commutators, origin).with_realization(realization))
}

/// The equations in the entries of `D`, row by row.
pub(super) fn leibniz_rules(algebra: &Multiplication, limits: &Limits) -> Result<Vec<SparseVector>, Stop> {
    let n = algebra.dim();
    let commutative = algebra.is_commutative();
    let alternating = algebra.is_alternating();
    // left[j][k] lists (a, m_aj^k) and right[i][k] lists (a, m_ia^k): who contributes e_k to a product.
    let mut left: Vec<Vec<(usize, &Rational)>> = vec![Vec::new(); n * n];
    let mut right = left.clone();
    let mut entries = 0usize;
    for (a, b) in (0..n).flat_map(|a| (0..n).map(move |b| (a, b))) {
        for (k, v) in algebra.basis_product(a, b) {
            left[b * n + *k as usize].push((a, v));
            right[a * n + *k as usize].push((b, v));
            entries += 1;
        }
    }
    // Every entry of the table occurs in about 3 n equations.
    limits.reserve(entries as u128 * 3 * n as u128 * 48)?;
    let mut rows = Vec::new();
    for i in 0..n {
        limits.check()?;
        let from = if alternating {
            i + 1
        } else if commutative {
            i
        } else {
            0
        };
        for j in from..n {
            for k in 0..n {
                let mut terms: SparseVector = Vec::new();
                terms.extend(algebra.basis_product(i, j).iter().map(|(l, v)| ((k * n) as u32 + l, v.clone())));
                terms.extend(left[j * n + k].iter().map(|(a, v)| ((a * n + i) as u32, -*v)));
                terms.extend(right[i * n + k].iter().map(|(a, v)| ((a * n + j) as u32, -*v)));
                let row = collect_terms(terms);
                if !row.is_empty() {
                    rows.push(row);
                }
            }
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::super::test_support::killing_signature;
    use super::*;
    use crate::forms::{Composition, Jordan, product_tensor, quaternion_algebra, volume};
    use crate::lie::{Ansatz, StructureConstants, derivations_of_algebra, stabilizer};

    fn found(m: &Multiplication) -> (usize, (usize, usize, usize)) {
        let g = derivations(m, &Limits::none()).unwrap();
        (g.dim(), killing_signature(g.constants()))
    }

    #[test]
    fn composition_algebras() {
        assert_eq!(found(&Composition::octonions(false).multiplication()), (14, (0, 14, 0)));
        assert_eq!(found(&Composition::octonions(true).multiplication()), (14, (8, 6, 0)));
        assert_eq!(found(&Composition::quaternions(false).multiplication()), (3, (0, 3, 0)));
        assert_eq!(found(&Composition::complexes(false).multiplication()).0, 0);
        // (2, 3) is a division algebra over Q, but splits over R.
        let q = |x: i64| Rational::from(x);
        assert_eq!(found(&quaternion_algebra(&q(2), &q(3))), (3, (2, 1, 0)));
        assert_eq!(found(&quaternion_algebra(&q(-2), &q(-7))), (3, (0, 3, 0)));
    }

    #[test]
    fn jordan_algebras() {
        // so(3), su(3), sp(3), F4 (Jacobson): derivations of hermitian 3 by 3 matrices.
        let of = |c: Composition| found(&Jordan::over(c).multiplication());
        assert_eq!(of(Composition::reals()), (3, (0, 3, 0)));
        assert_eq!(of(Composition::complexes(false)), (8, (0, 8, 0)));
        assert_eq!(of(Composition::quaternions(false)), (21, (0, 21, 0)));
        assert_eq!(of(Composition::octonions(false)), (52, (0, 52, 0)));
        assert_eq!(of(Composition::octonions(true)), (52, (28, 24, 0)));
    }

    #[test]
    fn associative_and_lie_algebras() {
        // Skolem–Noether: every derivation of the 3 by 3 matrices is inner.
        assert_eq!(found(&Multiplication::matrix_algebra(3)), (8, (5, 3, 0)));
        // A semisimple Lie algebra has inner derivations only; the Heisenberg algebra has gl(2) and more, 6 in all.
        let sl3 = stabilizer(&[volume(3).unwrap()], Ansatz::real(), &Limits::none()).unwrap();
        assert_eq!(derivations_of_algebra(&sl3, &Limits::none()).unwrap().dim(), 8);
        let heisenberg = StructureConstants::from_terms(3, [(0, 1, 2, Rational::ONE)]);
        let heisenberg = Algebra::new(heisenberg, JacobiProof::Checked("test".into()), "heisenberg");
        assert_eq!(derivations_of_algebra(&heisenberg, &Limits::none()).unwrap().dim(), 6);
    }

    #[test]
    fn the_twin_by_invariant_tensors_agrees() {
        for m in [Composition::octonions(false).multiplication(), Jordan::over(Composition::reals()).multiplication()] {
            let tensor = product_tensor(&m).unwrap();
            let twin = stabilizer(&[tensor], Ansatz::real(), &Limits::none()).unwrap();
            let g = derivations(&m, &Limits::none()).unwrap();
            assert_eq!(twin.realization(), g.realization());
            assert_eq!(twin.constants(), g.constants());
        }
    }
}
