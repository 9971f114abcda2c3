//! Numerical Chevalley bases, for algebras that split over no quadratic field that was found.
//!
//! A random element gives root vectors (`frame.rs`), their integers are certified (`system.rs`), and a first basis
//! follows. With the compact conjugation τ of that basis and the conjugation σ of the real algebra, `sign(σ τ)` is a
//! Cartan involution θ that commutes with σ (Helgason, theorem III.7.1: `θ = N |N|^{-1}` for `N = σ τ`;
//! `numerical_involution.rs`). A generic element of its fixed algebra lies in a fundamental Cartan subalgebra, and in the
//! metric of θ its adjoint map is antisymmetric, so that the second basis is as accurate as doubles allow and shows the
//! Vogan diagram.

use crate::exact::Matrix;
use crate::float::complex::{Complex, ComplexMatrix};
use crate::lie::{Signature, StructureConstants};
use crate::limits::{Limits, Stop};
use crate::num::Rational;
use crate::num::prime::{random_integer, random_stream};
use crate::roots::CartanType;

use super::exact::{generators, standard};
use super::floats::{
    Metric, adjoint_matrices, apply, apply_real, complex_adjoint_matrices, complexified, from_columns, gap, inner,
    norm, real_part, real_span, scaled,
};
use super::vogan::{Vogan, canonical};

/// Why there is no numerical basis: what was too inexact, with figures.
pub type Imprecise = String;

/// What is known before floats come in.
pub struct Given<'a> {
    /// The table.
    pub constants: &'a StructureConstants,
    /// The Killing form.
    pub killing: &'a Matrix<Rational>,
    /// Its signature.
    pub signature: Signature,
    /// The proved type.
    pub cartan_type: CartanType,
    /// Limits and the seed.
    pub limits: &'a Limits,
}

/// A Chevalley basis over C in double precision.
#[derive(Debug, Clone, PartialEq)]
pub struct NumericalBasis {
    /// The type, its summands in the order of the basis.
    pub cartan_type: CartanType,
    /// The basis in the order of the standard one.
    pub vectors: Vec<Vec<Complex>>,
    /// The largest deviation of a bracket of a generator from the standard one, relative to the longest basis vector, in
    /// the norm of the Cartan involution.
    pub residual: f64,
    /// The largest distance of a number from the integer it was rounded to.
    pub margin: f64,
    /// How complex conjugation acts.
    pub vogan: Vogan,
}

const ATTEMPTS: u64 = 6;

/// A numerical basis.
pub fn numerical_basis(given: &Given<'_>) -> Result<Result<NumericalBasis, Imprecise>, Stop> {
    let n = given.constants.dim();
    given.limits.reserve(400 * (n as u128).pow(2))?;
    let killing = given.killing.map(Rational::to_f64);
    let Some(metric) = Metric::majorant(&killing) else {
        return Ok(Err("the Killing form is beyond the range of doubles".to_string()));
    };
    let mut reason = String::new();
    for attempt in 0..ATTEMPTS {
        given.limits.progress("Cartan involution", 0.4);
        let theta = if given.signature.positive == 0 {
            Matrix::from_fn(n, n, |i, j| f64::from(u8::from(i == j)))
        } else {
            match given.involution(&metric, attempt)? {
                Ok(theta) => theta,
                Err(why) => {
                    reason = why;
                    continue;
                }
            }
        };
        given.limits.progress("root vectors", 0.7);
        match given.fundamental_basis(&metric, &theta, attempt)? {
            Ok(basis) => return Ok(Ok(basis)),
            Err(why) => reason = why,
        }
    }
    Ok(Err(reason))
}

impl Given<'_> {
    pub(super) fn rank(&self) -> usize {
        self.cartan_type.rank()
    }

    pub(super) fn random(&self, stream: u64) -> Vec<f64> {
        let mut rng = random_stream(self.limits.seed(), stream);
        (0..self.constants.dim()).map(|_| random_integer(&mut rng, 1 << 20) as f64 / f64::from(1 << 20)).collect()
    }

    /// The basis of a fundamental Cartan subalgebra of θ.
    fn fundamental_basis(
        &self,
        rough: &Metric,
        theta: &Matrix<f64>,
        attempt: u64,
    ) -> Result<Result<NumericalBasis, Imprecise>, Stop> {
        let (n, rank) = (self.constants.dim(), self.rank());
        let Some((metric, theta)) = self.metric_of(rough, theta) else {
            return Ok(Err("the Cartan involution is too inexact for a positive form".into()));
        };
        let w = self.random(740 + attempt);
        let image = apply_real(&theta, &w);
        let y: Vec<f64> = w.iter().zip(&image).map(|(a, b)| (a + b) / 2.0).collect();
        let ad = adjoint_matrices(self.constants, &[apply_real(&metric.from, &y)], self.limits)?;
        let ad_y = real_part(&metric.conjugated(&complexified(&ad[0])));
        // i ad y is Hermitian.
        let first = ComplexMatrix::from_fn(n, n, |i, j| (0.0, (ad_y[(i, j)] - ad_y[(j, i)]) / 2.0));
        let Some((values, vectors)) = first.hermitian_eigen() else {
            return Ok(Err("eigenvalues did not converge".into()));
        };
        self.limits.check()?;
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&a, &b| values[a].abs().total_cmp(&values[b].abs()));
        if let Err(why) = gap(order.iter().map(|&k| values[k].abs()), rank) {
            return Ok(Err(why));
        }
        let null: Vec<Vec<Complex>> = order[..rank].iter().map(|&k| vectors.column(k)).collect();
        let cartan = real_span(&null, n);
        // Roots that agree on the compact part are told apart by the other one.
        let mut other = vec![0.0; n];
        for (k, h) in cartan.iter().enumerate() {
            let image = apply_real(&theta, h);
            let weight = 1.0 + 0.37 * k as f64;
            other.iter_mut().zip(h.iter().zip(&image)).for_each(|(o, (a, b))| *o += weight * (a - b) / 2.0);
        }
        let length = other.iter().map(|x| x * x).sum::<f64>().sqrt();
        let (mut eigenvectors, mut selected) = (vectors, order[rank..].to_vec());
        if length > 1e-6 {
            let size = y.iter().map(|x| x * x).sum::<f64>().sqrt();
            let a: Vec<f64> = other.iter().map(|x| x * 0.61 * size / length).collect();
            let ad = adjoint_matrices(self.constants, &[apply_real(&metric.from, &a)], self.limits)?;
            let ad_a = real_part(&metric.conjugated(&complexified(&ad[0])));
            let both = ComplexMatrix::from_fn(n, n, |i, j| {
                ((ad_a[(i, j)] + ad_a[(j, i)]) / 2.0, (ad_y[(i, j)] - ad_y[(j, i)]) / 2.0)
            });
            let Some((values, vectors)) = both.hermitian_eigen() else {
                return Ok(Err("eigenvalues did not converge".into()));
            };
            let mut order: Vec<usize> = (0..n).collect();
            order.sort_by(|&a, &b| values[a].abs().total_cmp(&values[b].abs()));
            if let Err(why) = gap(order.iter().map(|&k| values[k].abs()), rank) {
                return Ok(Err(why));
            }
            selected = order[rank..].to_vec();
            eigenvectors = vectors;
        }
        let coordinates: Vec<Vec<Complex>> = selected.iter().map(|&k| eigenvectors.column(k)).collect();
        // The value of each root at y is imaginary: its sign says which roots are positive.
        let heights: Vec<f64> = coordinates.iter().map(|v| inner(v, &apply(&ad_y, v)).1).collect();
        let smallest = heights.iter().fold(f64::INFINITY, |m, h| m.min(h.abs()));
        if smallest.is_nan() || smallest < 1e-9 {
            return Ok(Err(format!("a root has the value {smallest:.1e} at a generic compact element")));
        }
        let cartan = cartan.iter().map(|h| apply_real(&metric.from, h)).collect();
        let vectors = coordinates.iter().map(|v| metric.vector(v)).collect();
        let frame = match self.frame(&metric, cartan, vectors)? {
            Ok(frame) => frame,
            Err(why) => return Ok(Err(why)),
        };
        let simple = frame.roots.simple(|a| heights[a] > 0.0);
        let involution: Vec<f64> = coordinates.iter().map(|v| inner(v, &apply(&theta, v)).0).collect();
        let vogan = match canonical(&frame, &simple, &involution, self)? {
            Ok(found) => found,
            Err(why) => return Ok(Err(why)),
        };
        let Some(numbers) = self.proved(&frame, &vogan.parts)? else { return Ok(Err("no root system".into())) };
        let nodes: Vec<usize> = vogan.parts.iter().flat_map(|part| part.1.clone()).collect();
        // θ e_i = e_j for a pair of complex simple roots: the second vector follows the first.
        let apply_theta = |v: &[Complex]| metric.vector(&apply(&theta, &metric.coordinates(v)));
        let leader = |at: usize| vogan.diagram.theta.get(at).copied().filter(|&other| other < at);
        let mut chosen: Vec<Vec<Complex>> = Vec::new();
        for (at, &node) in nodes.iter().enumerate() {
            let v = frame.vectors[node].clone();
            chosen.push(match leader(at) {
                None => v,
                Some(other) => {
                    let image = metric.coordinates(&apply_theta(&chosen[other]));
                    scaled(&v, inner(&metric.coordinates(&v), &image))
                }
            });
        }
        let pairs = frame.pairs(self, &metric, &vogan.parts, |at, _| chosen[at].clone())?;
        let basis = self.complete(&metric, &frame, &vogan.parts, &numbers, pairs)?;
        let cartan_type = CartanType::new(vogan.parts.iter().map(|part| part.0).collect());
        let residual = self.residual(&metric, &cartan_type, &basis)?;
        if residual.is_nan() || residual > 1e-4 {
            return Ok(Err(format!("brackets differ from the standard ones by {residual:.1e}")));
        }
        let margin = frame.roots.margin.max(vogan.margin);
        Ok(Ok(NumericalBasis { cartan_type, vectors: basis, residual, margin, vogan: vogan.diagram }))
    }

    /// The metric `−K(x, θ y)` and θ in its orthonormal coordinates.
    fn metric_of(&self, rough: &Metric, theta: &Matrix<f64>) -> Option<(Metric, Matrix<f64>)> {
        let n = self.constants.dim();
        let killing = complexified(&self.killing.map(Rational::to_f64));
        let from = complexified(&rough.from);
        let rough_theta = rough.conjugated(&complexified(theta));
        let product = from.transpose().times(&killing).times(&from).times(&rough_theta);
        let form = Matrix::from_fn(n, n, |i, j| -(product.at(i, j).0 + product.at(j, i).0) / 2.0);
        let inner = Metric::of(&form)?;
        let metric = Metric {
            to: real_part(&complexified(&inner.to).times(&complexified(&rough.to))),
            from: real_part(&from.times(&complexified(&inner.from))),
        };
        let theta = real_part(&inner.conjugated(&rough_theta));
        Some((metric, theta))
    }

    /// How far the brackets with the generators are from the standard ones.
    fn residual(&self, metric: &Metric, cartan_type: &CartanType, basis: &[Vec<Complex>]) -> Result<f64, Stop> {
        let n = self.constants.dim();
        let Some(table) = standard(cartan_type, self.limits)? else { return Ok(f64::INFINITY) };
        let places = generators(cartan_type);
        let elements: Vec<Vec<Complex>> = places.iter().map(|&k| basis[k].clone()).collect();
        let columns = from_columns(n, basis);
        let to = complexified(&metric.to);
        let coordinates = to.times(&columns);
        let longest = (0..n).map(|k| norm(&coordinates.column(k))).fold(0.0, f64::max);
        let mut worst = 0.0f64;
        for (x, ad) in places.iter().zip(complex_adjoint_matrices(self.constants, &elements, self.limits)?) {
            self.limits.check()?;
            let image = to.times(&ad.times(&columns));
            for y in 0..n {
                let mut rest = image.column(y);
                for (k, c) in table.bracket_of_basis(*x, y) {
                    let (c, v) = (c.to_f64(), coordinates.column(k as usize));
                    rest.iter_mut().zip(&v).for_each(|(r, v)| *r = (r.0 - c * v.0, r.1 - c * v.1));
                }
                let size = norm(&rest) / longest;
                if size.is_nan() {
                    return Ok(f64::NAN);
                }
                worst = worst.max(size);
            }
        }
        Ok(worst)
    }
}
