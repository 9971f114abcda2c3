//! Vectors and subspaces of one algebra, as the recognition of small algebras uses them.

use crate::exact::Subspace;
use crate::lie::StructureConstants;
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// Coordinates in the given basis.
pub(super) type Vector = Vec<Rational>;

/// Why a recognition ended without a name.
#[derive(Debug)]
pub(super) enum Lost {
    /// A limit was reached.
    Stop(Stop),
    /// The algebra does not look like any entry of the list.
    Unexpected,
}

impl From<Stop> for Lost {
    fn from(stop: Stop) -> Lost {
        Lost::Stop(stop)
    }
}

/// One algebra.
pub(super) struct Work<'a> {
    pub(super) constants: &'a StructureConstants,
    pub(super) limits: &'a Limits,
}

impl<'a> Work<'a> {
    pub(super) fn new(constants: &'a StructureConstants, limits: &'a Limits) -> Work<'a> {
        Work { constants, limits }
    }

    pub(super) fn dim(&self) -> usize {
        self.constants.dim()
    }

    pub(super) fn bracket(&self, x: &Vector, y: &Vector) -> Vector {
        self.constants.bracket(x, y)
    }

    pub(super) fn span(&self, vectors: &[Vector]) -> Result<Subspace, Lost> {
        Ok(Subspace::span(self.dim(), vectors, self.limits)?)
    }

    pub(super) fn zero(&self) -> Subspace {
        Subspace::zero(self.dim())
    }

    /// The elements `y` of `space` with `[y, x] ∈ into` for all `x` of `by`.
    pub(super) fn transporter(&self, space: &Subspace, by: &[Vector], into: &Subspace) -> Result<Subspace, Lost> {
        let images: Vec<Vec<Vector>> =
            space.basis().iter().map(|s| by.iter().map(|x| into.reduce(&self.bracket(s, x))).collect()).collect();
        let mut equations = Vec::new();
        for k in 0..by.len() {
            for c in 0..self.dim() {
                equations.push(images.iter().map(|image| image[k][c].clone()).collect::<Vector>());
            }
        }
        let kernel = Subspace::kernel(space.dim(), &equations, self.limits)?;
        let vectors: Vec<Vector> = kernel.basis().iter().map(|t| combination(t, space.basis(), self.dim())).collect();
        self.span(&vectors)
    }

    /// The span of the brackets of two spaces.
    pub(super) fn product(&self, a: &Subspace, b: &Subspace) -> Result<Subspace, Lost> {
        let all: Vec<Vector> = a.basis().iter().flat_map(|x| b.basis().iter().map(|y| self.bracket(x, y))).collect();
        self.span(&all)
    }

    /// Vectors of `space` that with `inside` span all of `space + inside`, independent modulo `inside`.
    pub(super) fn complement(&self, space: &Subspace, inside: &Subspace) -> Result<Vec<Vector>, Lost> {
        let mut out = Vec::new();
        let mut reached = inside.clone();
        for v in space.basis() {
            if !reached.contains(v) {
                out.push(v.clone());
                reached = reached.sum(&self.span(std::slice::from_ref(v))?, self.limits)?;
            }
        }
        Ok(out)
    }

    /// A vector of `space` outside `avoid`.
    pub(super) fn outside(&self, space: &Subspace, avoid: &Subspace) -> Result<Vector, Lost> {
        space.basis().iter().find(|v| !avoid.contains(v)).cloned().ok_or(Lost::Unexpected)
    }

    /// The number `c` with `v ≡ c w` modulo `modulo`; `w` is not in it.
    pub(super) fn ratio(&self, v: &Vector, w: &Vector, modulo: &Subspace) -> Result<Rational, Lost> {
        let (v, w) = (modulo.reduce(v), modulo.reduce(w));
        let at = w.iter().position(|x| !x.is_zero()).ok_or(Lost::Unexpected)?;
        let c = quotient(&v[at], &w[at])?;
        if plus(&v, &-&c, &w).iter().all(Rational::is_zero) { Ok(c) } else { Err(Lost::Unexpected) }
    }

    /// The coordinates of `v` in independent vectors that span it modulo `modulo`.
    pub(super) fn coordinates(&self, v: &Vector, basis: &[Vector], modulo: &Subspace) -> Result<Vector, Lost> {
        let columns: Vec<Vector> = basis.iter().map(|b| modulo.reduce(b)).collect();
        let right = modulo.reduce(v);
        let matrix = crate::exact::Matrix::from_fn(self.dim(), basis.len(), |i, j| columns[j][i].clone());
        crate::exact::solve(&matrix, &right, self.limits)?.ok_or(Lost::Unexpected)
    }
}

/// `v + c w`.
pub(super) fn plus(v: &Vector, c: &Rational, w: &Vector) -> Vector {
    v.iter()
        .zip(w)
        .map(|(x, y)| {
            let mut sum = x.clone();
            sum.add_product(c, y);
            sum
        })
        .collect()
}

/// `c v`.
pub(super) fn times(c: &Rational, v: &Vector) -> Vector {
    v.iter().map(|x| c * x).collect()
}

/// `Σ c_i v_i`.
pub(super) fn combination(c: &[Rational], vectors: &[Vector], dim: usize) -> Vector {
    crate::lie::structure::combination(c, vectors, dim)
}

/// `Σ c_k v_k` over the terms of a sparse row.
pub(super) fn sum_of(row: &[(u32, Rational)], vectors: &[Vector], dim: usize) -> Vector {
    row.iter().fold(vec![Rational::ZERO; dim], |sum, (k, c)| plus(&sum, c, &vectors[*k as usize]))
}

pub(super) fn quotient(a: &Rational, b: &Rational) -> Result<Rational, Lost> {
    a.checked_div(b).ok_or(Lost::Unexpected)
}

pub(super) fn inverse(a: &Rational) -> Result<Rational, Lost> {
    a.recip().ok_or(Lost::Unexpected)
}

/// Two vectors of Q² orthogonal for a symmetric form that is not zero, the first not isotropic, with their values.
pub(super) fn diagonal_basis(s: &[[Rational; 2]; 2]) -> Result<([Vector; 2], [Rational; 2]), Lost> {
    let value = |u: &Vector, v: &Vector| {
        let mut sum = Rational::ZERO;
        for i in 0..2 {
            for j in 0..2 {
                sum.add_product(&(&u[i] * &s[i][j]), &v[j]);
            }
        }
        sum
    };
    let unit = |a: i64, b: i64| vec![Rational::from(a), Rational::from(b)];
    let candidates = [(unit(1, 0), unit(0, 1)), (unit(0, 1), unit(1, 0)), (unit(1, 1), unit(1, 0))];
    let (u, other) = candidates.into_iter().find(|(u, _)| !value(u, u).is_zero()).ok_or(Lost::Unexpected)?;
    let length = value(&u, &u);
    let v = plus(&other, &-&quotient(&value(&u, &other), &length)?, &u);
    let last = value(&v, &v);
    Ok(([u, v], [length, last]))
}
