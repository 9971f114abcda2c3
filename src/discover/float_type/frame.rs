//! A Cartan subalgebra of a float algebra, its roots as integers, and the Chevalley basis that its root vectors give.

use super::adjoint::{Adjoint, ZERO, apply, inner, norm, quotient, scaled, unit};
use super::table::{root_vectors, standard_brackets};
use super::{DRAWS, FAR};
use crate::discover::training::FloatAlgebra;
use crate::exact::Matrix;
use crate::float::{Complex, Random, dense, eigenvectors, symmetric_eigen};
use crate::lie::named::ChevalleyBasis;
use crate::limits::{Limits, Stop};
use crate::roots::{Component, simple_system};

/// What a Chevalley basis of a semisimple algebra shows.
pub(super) struct RootBasis {
    /// The simple components over C.
    pub components: Vec<Component>,
    /// The largest distance of a Cartan integer from the integer it was rounded to.
    pub margin: f64,
    /// The Chevalley basis, and how well its generators fit the integers.
    pub chevalley: Chevalley,
}

/// A Chevalley basis of a float algebra.
pub(super) struct Chevalley {
    /// The integer table of each component.
    pub tables: Vec<ChevalleyBasis>,
    /// `h_1, …, e_1, …` of each component, one after the other.
    pub basis: Vec<Vec<Complex>>,
    /// The largest distance of a bracket with a generator from the integer combination it should be, relative to the
    /// longest vector.
    pub residual: f64,
}

/// The root vectors of a Cartan subalgebra.
struct Frame<'a> {
    algebra: &'a FloatAlgebra,
    /// A basis of the Cartan subalgebra, as rows.
    cartan: Vec<Vec<f64>>,
    /// Root vectors of length 1.
    vectors: Vec<Vec<Complex>>,
    /// The values of each root on the basis.
    values: Vec<Vec<Complex>>,
    /// The number of the negative of each root.
    negative: Vec<usize>,
    /// The inverse of `Σ α(h_k) α(h_l)`.
    dual: Matrix<f64>,
}

/// A Chevalley basis of a semisimple algebra, or why none was found.
pub(super) fn root_basis(algebra: &FloatAlgebra, limits: &Limits) -> Result<Result<RootBasis, String>, Stop> {
    let mut reason = String::new();
    for draw in 0..DRAWS {
        limits.check()?;
        let Some(frame) = Frame::of(algebra, limits, draw) else {
            reason = "the roots of a generic element are not told apart".to_string();
            continue;
        };
        let (rows, margin) = frame.integers();
        if margin.is_nan() || margin > FAR {
            reason = format!("Cartan integers are off by {margin:.1e}");
            continue;
        }
        let Some((components, simple)) = simple_system(&rows) else {
            reason = "the Cartan integers are not those of a root system".to_string();
            continue;
        };
        match frame.chevalley(&components, &simple, limits)? {
            Some(chevalley) if chevalley.residual < FAR => {
                return Ok(Ok(RootBasis { components, margin, chevalley }));
            }
            Some(other) => reason = format!("brackets of the Chevalley basis are off by {:.1e}", other.residual),
            None => reason = "a root vector has no opposite".to_string(),
        }
    }
    Ok(Err(reason))
}

impl Frame<'_> {
    /// From a generic element: its centralizer and the other eigenvectors of its adjoint map.
    fn of<'a>(algebra: &'a FloatAlgebra, limits: &Limits, draw: u64) -> Option<Frame<'a>> {
        let d = algebra.dim();
        let mut random = Random::new(limits.seed(), 3100 + draw);
        let x: Vec<f64> = (0..d).map(|_| random.normal()).collect();
        let ad = algebra.ad(&x);
        let mut eigen = eigenvectors(&Matrix::from_fn(d, d, |i, j| ad[i * d + j])).ok()?;
        eigen.sort_by(|a, b| a.0.norm().total_cmp(&b.0.norm()));
        let largest = eigen.last()?.0.norm();
        let rank = eigen.partition_point(|e| e.0.norm() < 1e-6 * largest);
        if rank == 0 || eigen.get(rank)?.0.norm() < 1e-3 * largest {
            return None;
        }
        let mut gram = vec![0.0; d * d];
        crate::float::gemm::multiply_transposed((d, d, d), (&ad, d), (&ad, d), &mut gram);
        let (_, kernel) = symmetric_eigen(d, |i, j| gram[i * d + j])?;
        let cartan: Vec<Vec<f64>> = (0..rank).map(|k| (0..d).map(|i| kernel[i * d + k]).collect()).collect();
        let roots = eigen.split_off(rank);
        let vectors: Vec<Vec<Complex>> = roots.iter().map(|(_, v)| unit(v)).collect();
        let mut values = vec![vec![ZERO; rank]; vectors.len()];
        for (k, h) in cartan.iter().enumerate() {
            let ad = algebra.ad(h);
            for (own, v) in values.iter_mut().zip(&vectors) {
                own[k] = inner(v, &apply(&ad, v));
            }
        }
        let partner = |p: &(Complex, Vec<Complex>)| {
            let off = |q: &(Complex, Vec<Complex>)| (q.0 + p.0).norm();
            (0..roots.len()).min_by(|&a, &b| off(&roots[a]).total_cmp(&off(&roots[b]))).unwrap_or(0)
        };
        let negative = roots.iter().map(partner).collect();
        let form = Matrix::from_fn(rank, rank, |k, l| values.iter().fold(ZERO, |s, a| s + a[k] * a[l]).re);
        let dual = dense::inverse(&form)?;
        Some(Frame { algebra, cartan, vectors, values, negative, dual })
    }

    /// `(β, α)` in the dual form.
    fn product(&self, b: usize, a: usize) -> Complex {
        let (b, a) = (&self.values[b], &self.values[a]);
        let row = |k: usize| a.iter().enumerate().fold(ZERO, |s, (l, x)| s + *x * self.dual[(k, l)]);
        b.iter().enumerate().fold(ZERO, |s, (k, x)| s + *x * row(k))
    }

    /// `⟨β, α^∨⟩` for all pairs of roots, rounded, with the largest distance from an integer.
    fn integers(&self) -> (Vec<Vec<i64>>, f64) {
        let count = self.vectors.len();
        let lengths: Vec<Complex> = (0..count).map(|a| self.product(a, a)).collect();
        let mut margin = 0.0f64;
        let mut integer = |b: usize, a: usize| {
            let value = quotient(self.product(b, a) * 2.0, lengths[a]);
            let whole = value.re.round();
            let distance = (value - Complex::new(whole, 0.0)).norm();
            margin = if distance > margin || distance.is_nan() { distance } else { margin };
            whole as i64
        };
        let rows = (0..count).map(|b| (0..count).map(|a| integer(b, a)).collect()).collect();
        (rows, margin)
    }

    /// The vector `h_α` of the Cartan subalgebra with `β(h_α) = ⟨β, α^∨⟩`.
    fn coroot(&self, a: usize) -> Vec<Complex> {
        let r = self.cartan.len();
        let length = self.product(a, a);
        let mut out = vec![ZERO; self.algebra.dim()];
        for (k, h) in self.cartan.iter().enumerate() {
            let along = (0..r).fold(ZERO, |s, l| s + self.values[a][l] * self.dual[(k, l)]);
            let factor = quotient(along * 2.0, length);
            out.iter_mut().zip(h).for_each(|(x, h)| *x += factor * *h);
        }
        out
    }

    /// Builds the Chevalley basis from simple root vectors and compares the brackets of its generators with the integers.
    fn chevalley(
        &self,
        components: &[Component],
        simple: &[usize],
        limits: &Limits,
    ) -> Result<Option<Chevalley>, Stop> {
        let mut tables = Vec::new();
        let mut basis: Vec<Vec<Complex>> = Vec::new();
        let mut expected = Vec::new();
        let mut generators = Vec::new();
        for component in components {
            let table = ChevalleyBasis::new(component.simple, limits)?;
            let roots: Vec<usize> = component.nodes.iter().map(|&node| simple[node]).collect();
            let Some(pairs) = self.pairs(&roots) else { return Ok(None) };
            let own: Vec<(Adjoint, usize)> = pairs
                .iter()
                .enumerate()
                .flat_map(|(i, (e, f))| [(e, i), (f, table.root_system().negative_of(i))])
                .map(|(v, root)| (Adjoint::of(self.algebra, v), root))
                .collect();
            let start = basis.len();
            basis.extend(roots.iter().map(|&a| self.coroot(a)));
            basis.extend(root_vectors(&table, &pairs, &own));
            for (ad, root) in own {
                expected.push((start, standard_brackets(&table, root)));
                generators.push(ad);
            }
            tables.push(table);
        }
        let longest = basis.iter().map(|v| norm(v)).fold(0.0, f64::max);
        let mut worst = 0.0f64;
        for (ad, (start, rows)) in generators.iter().zip(&expected) {
            limits.check()?;
            for (at, v) in basis.iter().enumerate() {
                let mut left = ad.apply(v);
                // Brackets with another summand vanish.
                for &(k, factor) in at.checked_sub(*start).and_then(|at| rows.get(at)).into_iter().flatten() {
                    left.iter_mut().zip(&basis[start + k]).for_each(|(x, y)| *x -= *y * factor as f64);
                }
                let off = norm(&left) / longest.max(f64::MIN_POSITIVE);
                worst = if off > worst || off.is_nan() { off } else { worst };
            }
        }
        Ok(Some(Chevalley { tables, basis, residual: worst }))
    }

    /// `e_i` and `f_i` of equal length with `[e_i, f_i] = h_i`.
    fn pairs(&self, roots: &[usize]) -> Option<Vec<(Vec<Complex>, Vec<Complex>)>> {
        let pair = |&a: &usize| {
            let (e, f, h) = (&self.vectors[a], &self.vectors[self.negative[a]], self.coroot(a));
            let bracket = Adjoint::of(self.algebra, e).apply(f);
            let factor = quotient(inner(&bracket, &h), inner(&bracket, &bracket));
            let size = factor.norm();
            (size.is_finite() && size > 0.0).then(|| {
                let share = size.sqrt();
                (scaled(e, Complex::new(share, 0.0)), scaled(f, factor * (1.0 / share)))
            })
        };
        roots.iter().map(pair).collect()
    }
}
