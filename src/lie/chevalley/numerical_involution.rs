//! A Cartan involution in doubles, from a Chevalley basis that belongs to a random element.

use crate::exact::Matrix;
use crate::float::complex::{Complex, ComplexMatrix, general_eigen};
use crate::limits::{Limits, Stop};
use crate::roots::RootSystem;

use super::floats::{Metric, abs, adjoint_matrices, apply_real, complexified, from_columns, gap, real_part};
use super::numerical::{Given, Imprecise};
use super::system::Part;

impl Given<'_> {
    /// A Cartan involution in the coordinates of the algebra, from a basis belonging to a random element.
    pub(super) fn involution(&self, metric: &Metric, attempt: u64) -> Result<Result<Matrix<f64>, Imprecise>, Stop> {
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
