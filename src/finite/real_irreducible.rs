//! Irreducible representations over the real numbers, by exact matrices and by orthogonal floats.

use num_integer::Integer;

use super::field_matrix::{FieldMatrix, independent_columns, solve};
use super::{Construction, FiniteError, Irreducible, RealType};
use crate::exact::Matrix;
use crate::float::complex::cholesky;
use crate::float::dense;
use crate::limits::Limits;
use crate::num::{Cyclotomic, PowerBasis, Rational};

/// A real irreducible representation of a group.
#[derive(Clone, Debug)]
pub struct RealIrreducible {
    /// The row of its character, or of one of the two conjugate ones, from 0.
    pub character: usize,
    /// The division algebra of its endomorphisms.
    pub kind: RealType,
    /// The matrices of the generators, real; that of p.then(q) is the matrix of q times that of p.
    pub matrices: Vec<Matrix<Cyclotomic>>,
    /// The matrix of an invariant positive definite form.
    pub form: Matrix<Cyclotomic>,
    /// How it was found.
    pub construction: Construction,
}

/// Orthogonal matrices of the generators, in floats.
#[derive(Clone, Debug)]
pub struct OrthogonalMatrices {
    /// One for each generator.
    pub matrices: Vec<Matrix<f64>>,
    /// The largest entry of Q Qᵀ - 1.
    pub residual: f64,
}

impl Irreducible {
    /// The real irreducible representation that this one belongs to (Bröcker–tom Dieck, II.6): of real type the real matrices of
    /// the fixed space of a conjugation, otherwise the matrices on C^d as the real space R^2d, real parts first.
    pub fn real(&self, limits: &Limits) -> Result<RealIrreducible, FiniteError> {
        let real = |m: &Matrix<Cyclotomic>| m.entries().iter().all(Cyclotomic::is_real);
        let (matrices, form) = match self.kind {
            RealType::Real if self.matrices.iter().chain([&self.form]).all(real) => {
                (self.matrices.clone(), self.form.clone())
            }
            RealType::Real => self.fixed_space(limits)?,
            _ => (self.matrices.iter().map(realified).collect(), realified(&self.form)),
        };
        let (character, kind, construction) = (self.character, self.kind, self.construction.clone());
        Ok(RealIrreducible { character, kind, matrices, form, construction })
    }

    /// In a basis of vectors that an antilinear map with square 1 fixes: S x ↦ S x̄ with S S̄ = c, divided by √c.
    fn fixed_space(&self, limits: &Limits) -> Result<(Vec<Matrix<Cyclotomic>>, Matrix<Cyclotomic>), FiniteError> {
        let fail = FiniteError::Internal("a representation of real type without a real structure");
        let Some(s) = &self.structure else { return Err(fail) };
        let d = s.rows();
        let square = (0..d).fold(Cyclotomic::from(0), |sum, k| sum.add(&s[(0, k)].mul(&s[(k, 0)].conjugate())));
        let root = square.as_rational().and_then(|c| square_root(&c)).ok_or_else(|| {
            FiniteError::Argument(format!(
                "the real matrices of character {} would need a square root of {square}; its complex matrices are exact",
                self.character + 1
            ))
        })?;
        let Construction::Vector { character, .. } = self.construction else { return Err(fail) };
        let n = self
            .matrices
            .iter()
            .chain([&self.form, s])
            .flat_map(|m| m.entries())
            .fold(root.conductor().lcm(&(character as u64)), |n, x| n.lcm(&x.conductor()));
        let field = PowerBasis::new(n);
        limits.reserve(256 * (d as u128).pow(2) * field.degree() as u128 * (self.matrices.len() as u128 + 3))?;
        // e_j and t e_j for a number t that is not real, each with its image.
        let turns = [Cyclotomic::from(1), Cyclotomic::root_of_unity(character as u64, 1)];
        let column = |k: usize, i: usize| {
            let (t, j) = (&turns[k / d], k % d);
            let image = s[(i, j)].mul(&t.conjugate()).mul(&root);
            if i == j { image.add(t) } else { image }
        };
        let all = Matrix::from_fn(d, 2 * d, |i, k| column(k, i));
        let outside = || FiniteError::Internal("a matrix outside its field");
        let as_field = |m: &Matrix<Cyclotomic>| FieldMatrix::of_numbers(&field, m).ok_or_else(outside);
        let chosen = independent_columns(&field, &as_field(&all)?, limits)?;
        if chosen.len() != d {
            return Err(fail);
        }
        let basis = Matrix::from_fn(d, d, |i, k| all[(i, chosen[k])].clone());
        let in_field = as_field(&basis)?;
        let mut right = Vec::new();
        for m in &self.matrices {
            right.push(as_field(m)?.times(&field, &in_field, limits)?);
        }
        let solved = solve(&field, &in_field, &right, limits)?.ok_or_else(|| fail.clone())?;
        let adjoint = Matrix::from_fn(d, d, |i, j| basis[(j, i)].conjugate());
        let form =
            as_field(&adjoint)?.times(&field, &as_field(&self.form)?, limits)?.times(&field, &in_field, limits)?;
        let matrices: Vec<Matrix<Cyclotomic>> = solved.iter().map(|m| m.numbers(&field)).collect();
        let form = form.numbers(&field);
        if !matrices.iter().chain([&form]).all(|m| m.entries().iter().all(Cyclotomic::is_real)) {
            return Err(fail);
        }
        Ok((matrices, form))
    }
}

impl RealIrreducible {
    /// The dimension over the real numbers.
    pub fn dim(&self) -> usize {
        self.form.rows()
    }

    /// The matrices in an orthonormal basis, in floats: with F = L Lᵀ they are Lᵀ M L⁻ᵀ.
    pub fn orthogonal(&self, limits: &Limits) -> Result<OrthogonalMatrices, FiniteError> {
        let n = self.dim();
        limits.reserve(8 * (n as u128).pow(2) * (self.matrices.len() as u128 + 4))?;
        let float = |m: &Matrix<Cyclotomic>| m.map(|x| x.to_complex().0);
        let indefinite = FiniteError::Internal("an invariant form is not positive definite in floats");
        let upper = cholesky(&float(&self.form)).ok_or(indefinite.clone())?.transpose();
        let inverse = dense::inverse(&upper).ok_or(indefinite)?;
        let times = |a: &Matrix<f64>, b: &Matrix<f64>| {
            Matrix::from_fn(n, n, |i, j| (0..n).map(|k| a[(i, k)] * b[(k, j)]).sum::<f64>())
        };
        let mut out = OrthogonalMatrices { matrices: Vec::new(), residual: 0.0 };
        for m in &self.matrices {
            limits.check()?;
            let q = times(&times(&upper, &float(m)), &inverse);
            let square = times(&q, &q.transpose());
            for i in 0..n {
                for j in 0..n {
                    let expected = if i == j { 1.0 } else { 0.0 };
                    out.residual = out.residual.max((square[(i, j)] - expected).abs());
                }
            }
            out.matrices.push(q);
        }
        Ok(out)
    }
}

/// 1/√c for a positive rational number of moderate size.
fn square_root(c: &Rational) -> Option<Cyclotomic> {
    let (numerator, denominator) = c.as_small()?;
    if numerator <= 0 {
        return None;
    }
    // 1/√(p/q) = √(pq)/p.
    let product = numerator.checked_mul(denominator)?;
    Some(Cyclotomic::square_root(product).scale(&Rational::new(1, numerator)?))
}

/// A + iB as [A, -B; B, A].
fn realified(m: &Matrix<Cyclotomic>) -> Matrix<Cyclotomic> {
    let (rows, cols) = (m.rows(), m.cols());
    let half = Rational::new(1, 2).unwrap_or(Rational::ONE);
    let minus = Rational::from(-1);
    let half_over_i = Cyclotomic::root_of_unity(4, -1).scale(&half);
    Matrix::from_fn(2 * rows, 2 * cols, |i, j| {
        let x = &m[(i % rows, j % cols)];
        match (i < rows, j < cols) {
            (true, true) | (false, false) => x.add(&x.conjugate()).scale(&half),
            (below, _) => {
                let imaginary = x.add(&x.conjugate().scale(&minus)).mul(&half_over_i);
                if below { imaginary.scale(&minus) } else { imaginary }
            }
        }
    })
}
