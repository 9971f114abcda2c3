//! Numerical Chevalley bases, for algebras that split over no quadratic field that was found.
//!
//! A random element gives root vectors, their integers are certified (`system.rs`), and a first basis follows. With the
//! compact conjugation τ of that basis and the conjugation σ of the real algebra, `sign(σ τ)` is a Cartan involution θ
//! that commutes with σ (Helgason, theorem III.7.1: `θ = N |N|^{-1}` for `N = σ τ`). A generic element of its fixed
//! algebra lies in a fundamental Cartan subalgebra, and in the metric of θ its adjoint map is antisymmetric, so that the
//! second basis is as accurate as doubles allow and shows the Vogan diagram.

use crate::exact::Matrix;
use crate::float::complex::{Complex, ComplexMatrix, general_eigen};
use crate::lie::named::ChevalleyBasis;
use crate::lie::{Signature, StructureConstants};
use crate::limits::{Limits, Stop};
use crate::num::Rational;
use crate::num::prime::{random_integer, random_stream};
use crate::roots::{CartanType, RootSystem};

use super::exact::{generators, standard};
use super::floats::{
    Metric, abs, adjoint_matrices, apply, complex_adjoint_matrices, complexified, div, from_columns, inner, norm,
    scaled,
};
use super::system::{Part, Roots, step_down};
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

/// Root vectors of a Cartan subalgebra.
pub(super) struct Frame {
    /// Root vectors, of norm 1.
    pub vectors: Vec<Vec<Complex>>,
    /// The values of each root on the basis.
    pub values: Vec<Vec<Complex>>,
    /// Their integers.
    pub roots: Roots,
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
    fn rank(&self) -> usize {
        self.cartan_type.rank()
    }

    fn random(&self, stream: u64) -> Vec<f64> {
        let mut rng = random_stream(self.limits.seed(), stream);
        (0..self.constants.dim()).map(|_| random_integer(&mut rng, 1 << 20) as f64 / f64::from(1 << 20)).collect()
    }

    /// A Cartan involution in the coordinates of the algebra, from a basis belonging to a random element.
    fn involution(&self, metric: &Metric, attempt: u64) -> Result<Result<Matrix<f64>, Imprecise>, Stop> {
        let (n, rank) = (self.constants.dim(), self.rank());
        let y = apply_real(&metric.from, &self.random(720 + attempt));
        let ad = adjoint_matrices(self.constants, &[y], self.limits)?;
        let ad = real_part(&metric.conjugated(&complexified(&ad[0])));
        let Some((values, vectors)) = general_eigen(&ad) else { return Ok(Err("eigenvalues did not converge".into())) };
        self.limits.check()?;
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&a, &b| abs(values[a]).total_cmp(&abs(values[b])));
        if let Err(why) = gap(order.iter().map(|&k| abs(values[k])), rank) {
            return Ok(Err(why));
        }
        // The Cartan subalgebra: the null vectors of (ad y)ᵀ ad y.
        let square = real_part(&complexified(&ad.transpose()).times(&complexified(&ad)));
        let Some((_, null)) = crate::float::symmetric_eigen(n, |i, j| square[(i, j)]) else {
            return Ok(Err("eigenvalues did not converge".into()));
        };
        let cartan: Vec<Vec<f64>> =
            (0..rank).map(|k| apply_real(&metric.from, &(0..n).map(|i| null[i * n + k]).collect::<Vec<_>>())).collect();
        let selected = &order[rank..];
        let vectors = selected.iter().map(|&k| metric.vector(&vectors.column(k))).collect();
        let frame = match self.frame(metric, cartan, vectors)? {
            Ok(frame) => frame,
            Err(why) => return Ok(Err(why)),
        };
        let heights: Vec<f64> = selected.iter().map(|&k| 0.8 * values[k].0 + 0.6 * values[k].1).collect();
        let simple = frame.roots.simple(|a| heights[a] > 0.0);
        let Some(parts) = frame.roots.recognize(&simple) else { return Ok(Err("no simple roots".into())) };
        let Some(numbers) = self.proved(&frame, &parts)? else { return Ok(Err("no root system".into())) };
        let pairs = frame.pairs(self, metric, &parts, |_, v| v)?;
        let basis = self.complete(metric, &frame, &parts, &numbers, pairs)?;
        self.involution_of(&basis, &parts)
    }

    /// `sign(σ τ)` for the compact conjugation τ of a Chevalley basis.
    fn involution_of(&self, basis: &[Vec<Complex>], parts: &[Part]) -> Result<Result<Matrix<f64>, Imprecise>, Stop> {
        let n = self.constants.dim();
        let (form, partner) = standard_form(parts, self.limits)?;
        let Some(metric) = Metric::of(&form) else { return Ok(Err("the standard form is not positive".into())) };
        // x = Eᵀ c for coordinates c in the basis: σ is c ↦ (Eᵀ)^{-1} conj(Eᵀ) conj(c), and τ is c ↦ −conj(c) with e, f
        // exchanged.
        let columns = from_columns(n, basis);
        let conjugated = ComplexMatrix::from_fn(n, n, |i, j| {
            let z = columns.at(i, partner[j]);
            (-z.0, z.1)
        });
        let Some(product) = columns.solve(&conjugated) else { return Ok(Err("a singular basis".into())) };
        self.limits.check()?;
        let product = metric.conjugated(&product);
        let hermitian = ComplexMatrix::from_fn(n, n, |i, j| {
            let (a, b) = (product.at(i, j), product.at(j, i));
            ((a.0 + b.0) / 2.0, (a.1 - b.1) / 2.0)
        });
        let Some((values, u)) = hermitian.hermitian_eigen() else {
            return Ok(Err("eigenvalues did not converge".into()));
        };
        let negative = values.iter().filter(|v| **v < 0.0).count();
        // θ = −1 on p, and the Killing form is positive there.
        if negative != self.signature.positive {
            return Ok(Err(format!(
                "a Cartan involution with p of dimension {negative}, expected {}",
                self.signature.positive
            )));
        }
        let signed = ComplexMatrix::from_fn(n, n, |i, j| {
            let z = u.at(i, j);
            if values[j] < 0.0 { (-z.0, -z.1) } else { z }
        });
        let theta = signed.times(&u.adjoint());
        let theta = complexified(&metric.from).times(&theta).times(&complexified(&metric.to));
        // Back to the coordinates of the algebra: Eᵀ θ (Eᵀ)^{-1}, as the solution of X Eᵀ = Eᵀ θ.
        let image = columns.times(&theta);
        let Some(solved) = columns.transpose().solve(&image.transpose()) else {
            return Ok(Err("a singular basis".into()));
        };
        Ok(Ok(real_part(&solved.transpose())))
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

    /// The values of root vectors on a Cartan subalgebra and the integers they give.
    fn frame(
        &self,
        metric: &Metric,
        cartan: Vec<Vec<f64>>,
        vectors: Vec<Vec<Complex>>,
    ) -> Result<Result<Frame, Imprecise>, Stop> {
        let n = self.constants.dim();
        let columns = from_columns(n, &vectors);
        let to = complexified(&metric.to);
        let coordinates: Vec<Vec<Complex>> = vectors.iter().map(|v| metric.coordinates(v)).collect();
        let mut values = vec![Vec::with_capacity(cartan.len()); vectors.len()];
        for ad in adjoint_matrices(self.constants, &cartan, self.limits)? {
            self.limits.check()?;
            let image = to.times(&complexified(&ad).times(&columns));
            for (k, v) in coordinates.iter().enumerate() {
                values[k].push(div(inner(v, &image.column(k)), inner(v, v)));
            }
        }
        Ok(match Roots::new(&values) {
            Ok(roots) => Ok(Frame { vectors, values, roots }),
            Err(margin) => Err(format!("Cartan numbers are {margin:.1e} away from integers")),
        })
    }

    /// The numbering of the roots, when their integers are those of the proved type.
    fn proved(&self, frame: &Frame, parts: &[Part]) -> Result<Option<Vec<Vec<usize>>>, Stop> {
        let found = CartanType::new(parts.iter().map(|part| part.0).collect());
        if found != self.cartan_type {
            return Ok(None);
        }
        frame.roots.numbered(parts, self.limits)
    }

    /// The whole basis from the vectors of the simple roots: `e_{α_i + s} = [e_i, e_s]/N_is`, each put back on the line
    /// of its root vector so that errors do not grow with the height.
    fn complete(
        &self,
        metric: &Metric,
        frame: &Frame,
        parts: &[Part],
        numbers: &[Vec<usize>],
        pairs: Vec<(Vec<Complex>, Vec<Complex>)>,
    ) -> Result<Vec<Vec<Complex>>, Stop> {
        let n = self.constants.dim();
        let flat: Vec<Vec<Complex>> = pairs.into_iter().flat_map(|(e, f)| [e, f]).collect();
        let adjoint = complex_adjoint_matrices(self.constants, &flat, self.limits)?;
        let times = |m: &ComplexMatrix, v: &[Complex]| m.times(&from_columns(n, &[v.to_vec()])).column(0);
        let mut out = Vec::with_capacity(n);
        let mut start = 0;
        for ((simple, _), numbers) in parts.iter().zip(numbers) {
            let table = ChevalleyBasis::new(*simple, self.limits)?;
            let system = table.root_system();
            let (rank, count) = (system.rank(), system.positive_count());
            let pair = |i: usize| 2 * (start + i);
            out.extend((0..rank).map(|i| times(&adjoint[pair(i)], &flat[pair(i) + 1])));
            for (down, sign) in [(0, 0), (1, count)] {
                let mut vectors: Vec<Vec<Complex>> = (0..rank).map(|i| flat[pair(i) + down].clone()).collect();
                for t in rank..count {
                    self.limits.check()?;
                    let Some((i, s)) = step_down(system, t) else { continue };
                    let factor = 1.0 / table.n(i + sign, s + sign) as f64;
                    let product = scaled(&times(&adjoint[pair(i) + down], &vectors[s]), (factor, 0.0));
                    let line = &frame.vectors[numbers[t + sign]];
                    let (u, v) = (metric.coordinates(line), metric.coordinates(&product));
                    vectors.push(scaled(line, div(inner(&u, &v), inner(&u, &u))));
                }
                out.extend(vectors);
            }
            start += rank;
        }
        Ok(out)
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

impl Frame {
    /// `e_i`, `f_i` for the simple roots: `[[e_i, f_i], e_i] = 2 e_i` and both of one norm. `choose` gives the vector on
    /// the line of `e_i` from the number of the node; a root vector of norm 1 is offered, and scaled afterwards unless
    /// `choose` belongs to a pair.
    fn pairs(
        &self,
        given: &Given<'_>,
        metric: &Metric,
        parts: &[Part],
        choose: impl Fn(usize, Vec<Complex>) -> Vec<Complex>,
    ) -> Result<Vec<(Vec<Complex>, Vec<Complex>)>, Stop> {
        let n = given.constants.dim();
        let nodes: Vec<usize> = parts.iter().flat_map(|part| part.1.clone()).collect();
        let up: Vec<Vec<Complex>> =
            nodes.iter().enumerate().map(|(at, &node)| choose(at, self.vectors[node].clone())).collect();
        let adjoint = complex_adjoint_matrices(given.constants, &up, given.limits)?;
        let mut out = Vec::with_capacity(up.len());
        for ((node, e), ad) in nodes.iter().zip(&up).zip(&adjoint) {
            let f = &self.vectors[self.roots.negative(*node).unwrap_or(*node)];
            // [e, [e, f]] = −c e with c = 2 for a triple.
            let once = ad.times(&from_columns(n, std::slice::from_ref(f)));
            let twice = ad.times(&once).column(0);
            let u = metric.coordinates(e);
            let c = div(inner(&u, &metric.coordinates(&twice)), inner(&u, &u));
            let f = scaled(f, div((-2.0, 0.0), c));
            let ratio = (norm(&metric.coordinates(&f)) / norm(&u)).sqrt();
            out.push((scaled(e, (ratio, 0.0)), scaled(&f, (1.0 / ratio, 0.0))));
        }
        Ok(out)
    }
}

/// For the standard basis of a sum the Hermitian form `−K(x, τ y)`, real and positive definite, and for each element the
/// number of the one that τ sends it to (up to the sign −1).
fn standard_form(parts: &[Part], limits: &Limits) -> Result<(Matrix<f64>, Vec<usize>), Stop> {
    let n = parts.iter().map(|part| part.0.dim()).sum();
    let mut form = Matrix::filled(n, n, 0.0);
    let mut partner: Vec<usize> = (0..n).collect();
    let mut start = 0;
    for (simple, _) in parts {
        let system = RootSystem::new(*simple, limits)?;
        let (rank, count) = (system.rank(), system.positive_count());
        let pairings: Vec<Vec<i64>> =
            system.positive().iter().map(|root| (0..rank).map(|i| system.pairing(root, i)).collect()).collect();
        let product = |a: &[i64], b: &[i64]| -> i64 {
            let at = |p: &Vec<i64>, c: &[i64]| p.iter().zip(c).map(|(x, y)| x * y).sum::<i64>();
            2 * pairings.iter().map(|p| at(p, a) * at(p, b)).sum::<i64>()
        };
        let unit = |i: usize| (0..rank).map(|j| i64::from(i == j)).collect::<Vec<_>>();
        for i in 0..rank {
            for j in 0..rank {
                form[(start + i, start + j)] = product(&unit(i), &unit(j)) as f64;
            }
        }
        for (t, root) in system.positive().iter().enumerate() {
            let coroot = system.coroot(root);
            let (e, f) = (start + rank + t, start + rank + count + t);
            // K(e, f) = K(h, h)/2.
            let value = product(&coroot, &coroot) as f64 / 2.0;
            form[(e, e)] = value;
            form[(f, f)] = value;
            (partner[e], partner[f]) = (f, e);
        }
        start += simple.dim();
    }
    Ok((form, partner))
}

/// Whether the first `rank` of increasing sizes are zero beside the others.
fn gap(sizes: impl Iterator<Item = f64>, rank: usize) -> Result<(), Imprecise> {
    let sizes: Vec<f64> = sizes.collect();
    let (zero, least) = (sizes[..rank].iter().fold(0.0f64, |m, x| m.max(*x)), sizes.get(rank).copied());
    match least {
        Some(least) if least.is_nan() || zero.is_nan() || zero > 1e-3 * least => {
            Err(format!("eigenvalues {zero:.1e} and {least:.1e} do not tell the Cartan subalgebra from the roots"))
        }
        _ => Ok(()),
    }
}

/// A real orthonormal basis of a space of complex vectors that is closed under conjugation.
fn real_span(vectors: &[Vec<Complex>], n: usize) -> Vec<Vec<f64>> {
    let mut pool: Vec<Vec<f64>> = vectors
        .iter()
        .flat_map(|v| [v.iter().map(|z| z.0).collect(), v.iter().map(|z| z.1).collect::<Vec<f64>>()])
        .collect();
    let mut out: Vec<Vec<f64>> = Vec::new();
    let length = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>();
    while out.len() < vectors.len() {
        let Some(at) = (0..pool.len()).max_by(|&a, &b| length(&pool[a]).total_cmp(&length(&pool[b]))) else { break };
        let mut v = pool.swap_remove(at);
        // Twice is enough (Kahan).
        for _ in 0..2 {
            for w in &out {
                let dot: f64 = v.iter().zip(w).map(|(a, b)| a * b).sum();
                v.iter_mut().zip(w).for_each(|(a, b)| *a -= dot * b);
            }
        }
        let size = length(&v).sqrt();
        let v: Vec<f64> = v.iter().map(|x| x / size).collect();
        for w in &mut pool {
            let dot: f64 = v.iter().zip(w.iter()).map(|(a, b)| a * b).sum();
            w.iter_mut().zip(&v).for_each(|(a, b)| *a -= dot * b);
        }
        debug_assert_eq!(v.len(), n);
        out.push(v);
    }
    out
}

fn real_part(m: &ComplexMatrix) -> Matrix<f64> {
    Matrix::from_fn(m.rows(), m.cols(), |i, j| m.at(i, j).0)
}

fn apply_real(m: &Matrix<f64>, v: &[f64]) -> Vec<f64> {
    m.iter_rows().map(|row| row.iter().zip(v).map(|(a, b)| a * b).sum()).collect()
}
