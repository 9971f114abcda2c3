//! Cartan involutions of a given semisimple algebra: `θ² = 1`, an automorphism, `−K(x, θx)` positive definite; then
//! `g = k + p` with `k` a maximal compact subalgebra (Knapp, ch. VI §2; Helgason, ch. III §7).
//!
//! Exactly over Q when one of two candidates passes the exact test:
//!
//! * `θ X = −X†` when the matrices that realise the algebra are closed under the (conjugate) transpose;
//! * the signed permutation that the Killing form suggests: `e_i ↦ −sgn K(e_i, e_i) e_i`, and for an isotropic `e_i` with
//!   only one partner, `K(e_i, e_j) ≠ 0`, `e_i ↦ −sgn K(e_i, e_j) e_j`. It is a Cartan involution in a Chevalley basis and in
//!   bases of eigenvectors.
//!
//! Otherwise numerically, see `cartan_numeric`; the answer is labelled a float, with its residual.

use super::cartan_numeric::{NumericInvolution, numeric_involution};
use super::products::products_lie_in;
use super::{Algebra, Realization, StructureConstants, killing_form, signature};
use crate::exact::sparse::to_dense;
use crate::exact::{Matrix, Subspace};
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// Why there is no Cartan involution to return.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CartanError {
    /// A limit was reached.
    #[error(transparent)]
    Stop(#[from] Stop),
    /// The Killing form is degenerate.
    #[error("the algebra is not semisimple: a Cartan involution needs a Killing form without radical")]
    NotSemisimple,
    /// No exact candidate passed, and the dimension is too large for the numerical method.
    #[error("no exact Cartan involution was found in this basis, and dimension {0} is above {1}, the most for floats")]
    TooLarge(usize, usize),
    /// The numerical method lost its digits.
    #[error("no exact Cartan involution was found in this basis, and the numerical one did not reach its accuracy")]
    NoAccuracy,
}

/// A Cartan involution; the matrices act on columns of coordinates.
#[derive(Debug, Clone, PartialEq)]
pub enum CartanInvolution {
    /// Proved over Q.
    Exact(ExactInvolution),
    /// In floating point.
    Float(NumericInvolution),
}

/// An involution over Q that passed the exact test.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactInvolution {
    /// Column `j` holds the coordinates of `θ e_j`.
    pub theta: Matrix<Rational>,
    /// The eigenspace of 1, a maximal compact subalgebra.
    pub k: Subspace,
    /// The eigenspace of −1.
    pub p: Subspace,
    /// Where the candidate came from.
    pub how: &'static str,
}

/// A Cartan involution of a semisimple algebra, exact when a candidate passes. For dense tables the numerical way takes
/// about `10 n⁴` operations.
pub fn cartan_involution(algebra: &Algebra, limits: &Limits) -> Result<CartanInvolution, CartanError> {
    let constants = algebra.constants();
    let killing = killing_form(constants, limits)?;
    let found = signature(&killing, limits)?;
    if found.zero > 0 {
        return Err(CartanError::NotSemisimple);
    }
    let by_matrices = match algebra.realization() {
        Some(realization) => minus_adjoint(realization, limits)?,
        None => None,
    };
    let candidates = [
        (by_matrices, "X -> -X† on the matrices, which are closed under it"),
        (signed_permutation(&killing), "a signed permutation of the basis, read from the Killing form"),
    ];
    for (theta, how) in candidates {
        if let Some(theta) = theta
            && let Some(exact) = prove(constants, &killing, theta, how, limits)?
        {
            return Ok(CartanInvolution::Exact(exact));
        }
    }
    Ok(CartanInvolution::Float(numeric_involution(constants, &killing, found, limits)?))
}

/// The exact test of a candidate.
fn prove(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    theta: Matrix<Rational>,
    how: &'static str,
    limits: &Limits,
) -> Result<Option<ExactInvolution>, Stop> {
    let n = theta.rows();
    let eigenspace = |sign: i64| {
        let vectors: Vec<Vec<Rational>> = (0..n)
            .map(|j| {
                let mut v: Vec<Rational> = (0..n).map(|i| &theta[(i, j)] * &Rational::from(sign)).collect();
                v[j] += &Rational::ONE;
                v
            })
            .collect();
        Subspace::span(n, &vectors, limits)
    };
    // The images of 1 + θ and 1 − θ span; they are the eigenspaces of an involution exactly when their dimensions add up.
    let (k, p) = (eigenspace(1)?, eigenspace(-1)?);
    if k.dim() + p.dim() != n {
        return Ok(None);
    }
    let automorphism = products_lie_in(constants, &k, &k, &k, limits)?
        && products_lie_in(constants, &k, &p, &p, limits)?
        && products_lie_in(constants, &p, &p, &k, limits)?;
    if !automorphism {
        return Ok(None);
    }
    // k and p are orthogonal for K, so −K(x, θx) is positive definite when K is negative on k and positive on p.
    let gram = |space: &Subspace| {
        let rows: Vec<Vec<Rational>> = killing.iter_rows().map(<[Rational]>::to_vec).collect();
        let images: Vec<Vec<Rational>> =
            space.basis().iter().map(|v| super::structure::combination(v, &rows, n)).collect();
        Matrix::from_fn(space.dim(), space.dim(), |i, j| crate::exact::dot(&images[i], &space.basis()[j]))
    };
    let (on_k, on_p) = (signature(&gram(&k), limits)?, signature(&gram(&p), limits)?);
    let definite = on_k.negative == k.dim() && on_p.positive == p.dim();
    Ok(definite.then_some(ExactInvolution { theta, k, p, how }))
}

/// `X ↦ −X†` in the basis, when the matrices are closed under it. Complex matrices are stored as real ones, whose
/// transpose is the conjugate transpose.
fn minus_adjoint(realization: &Realization, limits: &Limits) -> Result<Option<Matrix<Rational>>, Stop> {
    let n = realization.basis.len();
    let size = realization.basis.first().map_or(0, |m| m.rows());
    limits.reserve((n as u128) * (size as u128).pow(2) * 32)?;
    // Only positions where some matrix or some transpose has an entry matter.
    let mut used = vec![false; size * size];
    for m in &realization.basis {
        for (i, j, _) in m.triples() {
            used[i * size + j] = true;
            used[j * size + i] = true;
        }
    }
    let places: Vec<usize> = (0..size * size).filter(|&at| used[at]).collect();
    let select = |m: &crate::exact::SparseMatrix| -> Vec<Rational> {
        let flat = to_dense(&m.flatten(), size * size);
        places.iter().map(|&at| flat[at].clone()).collect()
    };
    // Rows (X_j, e_j): reducing (−X_j†, 0) leaves minus its coordinates.
    let extended: Vec<Vec<Rational>> = realization
        .basis
        .iter()
        .enumerate()
        .map(|(j, m)| {
            let unit = (0..n).map(|i| Rational::from(i64::from(i == j)));
            select(m).into_iter().chain(unit).collect()
        })
        .collect();
    let space = Subspace::span(places.len() + n, &extended, limits)?;
    if space.pivots().iter().any(|&c| c >= places.len()) {
        return Ok(None);
    }
    let mut columns = Vec::with_capacity(n);
    for m in &realization.basis {
        limits.check()?;
        let mut v = select(&m.transpose());
        v.extend((0..n).map(|_| Rational::ZERO));
        let rest = space.reduce(&v);
        if rest[..places.len()].iter().any(|x| !x.is_zero()) {
            return Ok(None);
        }
        columns.push(rest[places.len()..].to_vec());
    }
    Ok(Some(Matrix::from_fn(n, n, |i, j| columns[j][i].clone())))
}

/// The signed permutation that makes `−K(x, θx)` positive on the basis; `None` when an isotropic basis element has
/// several partners.
fn signed_permutation(killing: &Matrix<Rational>) -> Option<Matrix<Rational>> {
    let n = killing.rows();
    let mut theta = Matrix::filled(n, n, Rational::ZERO);
    for j in 0..n {
        let target = if killing[(j, j)].is_zero() {
            let mut partners = (0..n).filter(|&i| !killing[(j, i)].is_zero());
            let only = partners.next()?;
            if partners.next().is_some() {
                return None;
            }
            only
        } else {
            j
        };
        theta[(target, j)] = Rational::from(-i64::from(killing[(j, target)].signum()));
    }
    Some(theta)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::{identify, named, parts};
    use crate::roots::{Letter, RealForm, SimpleType, parse_sum, real_forms};

    fn check_exact(g: &Algebra, form: RealForm) {
        let limits = Limits::none();
        let CartanInvolution::Exact(found) = cartan_involution(g, &limits).unwrap() else {
            panic!("{form}: not exact in its own basis");
        };
        let expected = form.maximal_compact();
        assert_eq!(found.k.dim(), expected.dim(), "{form}");
        let k = parts::subalgebra(g, &found.k, "k", &limits).unwrap();
        let id = identify(&k, &limits).unwrap();
        assert_eq!(id.levi_real_form(), crate::roots::name_of_sum(&expected.simple), "{form}");
        assert_eq!(id.center_dim, expected.center_dim, "{form}");
        // θ is an automorphism: on a few brackets, from the definition.
        let n = g.dim();
        let column = |j: usize| (0..n).map(|i| found.theta[(i, j)].clone()).collect::<Vec<_>>();
        for (i, j) in [(0, 1), (0, n - 1), (n / 2, n - 1), (1, n / 2)] {
            let bracket = to_dense(&g.constants().bracket_of_basis(i, j), n);
            let image: Vec<Rational> = (0..n).map(|row| crate::exact::dot(found.theta.row(row), &bracket)).collect();
            assert_eq!(image, g.constants().bracket(&column(i), &column(j)), "{form}");
        }
    }

    #[test]
    fn named_algebras_have_exact_ones() {
        let mut types = vec!["G2", "F4", "E6"].into_iter().map(|t| t.parse().unwrap()).collect::<Vec<SimpleType>>();
        for letter in [Letter::A, Letter::B, Letter::C, Letter::D] {
            types.extend((1..=4).filter_map(|r| SimpleType::new(letter, r).ok()).filter(|t| t.letter() == letter));
        }
        for t in types {
            for form in real_forms(t) {
                check_exact(&named::real_form(form, &Limits::none()).unwrap(), form);
            }
            if t.rank() <= 3 {
                let form = RealForm::complex(t);
                check_exact(&named::real_form(form, &Limits::none()).unwrap(), form);
            }
        }
    }

    #[test]
    fn matrices_keep_it_exact_in_any_basis() {
        let limits = Limits::none();
        for name in ["su(3,1)", "so*(10)", "sp(2,1)"] {
            let form = parse_sum(name).unwrap()[0];
            let g = named::real_form(form, &limits).unwrap();
            check_exact(&parts::scramble(&g, 3, 60, true, &limits).unwrap(), form);
        }
    }

    #[test]
    fn a_radical_is_refused() {
        let g = named::by_name("poincare", &[named::Arg::Integer(3), named::Arg::Integer(1)], &Limits::none()).unwrap();
        assert_eq!(cartan_involution(&g, &Limits::none()), Err(CartanError::NotSemisimple));
    }

    /// A table alone in a random basis: floats, with a small residual and the right dimensions.
    #[test]
    fn tables_in_random_bases_have_numerical_ones() {
        let limits = Limits::none();
        let mut floats = 0;
        for name in
            ["sl(2,R)", "su(2)", "sl(2,C)_R", "su(2,1)", "so(4,3)", "so*(10)", "G2(2)", "sp(2,1)", "su*(6)", "F4(-20)"]
        {
            let form = parse_sum(name).unwrap()[0];
            let g = named::real_form(form, &limits).unwrap();
            let scrambled = parts::scramble(&g, 5, 3 * g.dim(), true, &limits).unwrap();
            let table = parts::from_table(scrambled.constants().clone(), "table", &limits).unwrap();
            let CartanInvolution::Float(found) = cartan_involution(&table, &limits).unwrap() else {
                continue; // a compact or small one may still pass exactly
            };
            floats += 1;
            assert_eq!(found.k.len(), form.maximal_compact().dim(), "{name}");
            assert_eq!(found.p.len(), form.killing_signature()[0], "{name}");
            assert!(found.residual < 1e-6, "{name}: {}", found.residual);
        }
        assert!(floats >= 8, "{floats}");
    }
}
