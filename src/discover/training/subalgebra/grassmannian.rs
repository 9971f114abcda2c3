//! Levenberg and Marquardt's method for the closure of a plane.

use super::FloatAlgebra;
use crate::float::gemm::multiply_transposed;
use crate::float::{cholesky, cholesky_solve, orthonormal_rows};
use crate::limits::{Limits, Stop};

/// Iterations at most.
const ITERATIONS: usize = 400;
/// A step that leaves more than this part of the defect does not converge quadratically. Where the defect vanishes of
/// fourth order, steps halve the distance, and one of twice the length arrives.
const SLOW: f64 = 1.0 / 32.0;
/// Only planes with a defect below this part of the squared structure constants are near a subalgebra.
const NEAR: f64 = 1e-6;
/// The part of the threshold at which a plane is good enough, and where the defect may vanish of fourth order, so that
/// the plane is as far off as the fourth root of it.
const ENOUGH: f64 = 1e-3;
const ENOUGH_SLOWLY: f64 = 1e-12;

/// What a plane is asked to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// A subalgebra: `Σ_{a<b} |(1 - P)[u_a, u_b]|²` vanishes.
    Subalgebra,
    /// A summand that commutes with its orthogonal complement: `Σ_{a,c} |[u_a, n_c]|²` vanishes. This is the loss of
    /// 2309.07860 after training as reconstructed: it presumes that ideals are orthogonal in the basis given.
    Summand,
}

/// A plane of dimension `k` with an orthonormal frame of the whole algebra whose first rows span it.
pub(super) struct Plane<'a> {
    algebra: &'a FloatAlgebra,
    aim: Aim,
    k: usize,
    /// How many rows of products the residuals need.
    used: usize,
    frame: Vec<f64>,
    /// The products in the frame, see [`FloatAlgebra::in_frame`].
    products: Vec<f64>,
    room: [Vec<f64>; 2],
}

impl<'a> Plane<'a> {
    pub fn new(algebra: &'a FloatAlgebra, aim: Aim, k: usize, frame: Vec<f64>) -> Plane<'a> {
        let used = if aim == Aim::Subalgebra { k } else { algebra.dim() };
        let size = used.max(1) * algebra.dim() * algebra.dim();
        let room = [vec![0.0; size], vec![0.0; size]];
        Plane { algebra, aim, k, used, frame, products: vec![0.0; size], room }
    }

    /// The plane's orthonormal rows.
    pub fn rows(&self) -> &[f64] {
        &self.frame[..self.k * self.algebra.dim()]
    }

    /// Moves the plane until its defect is far below the threshold or gets no smaller; the defect.
    pub fn close(&mut self, threshold: f64, limits: &Limits) -> Result<f64, Stop> {
        let (d, k) = (self.algebra.dim(), self.k);
        let m = d - k;
        self.algebra.in_frame(self.used, &self.frame, &self.frame, &mut self.room, &mut self.products);
        let mut system = System::new(self.aim, k, m);
        system.fill(&self.products);
        let (mut damping, mut enough) = (1.0, ENOUGH);
        let (mut next, mut far) = (vec![0.0; d * d], vec![0.0; d * d]);
        for _ in 0..ITERATIONS {
            limits.check()?;
            let defect = system.defect();
            if defect < enough * threshold || m == 0 || k == 0 {
                break;
            }
            let slope = system.normal_equations();
            // Stationary away from zero: |∇|² is far below what a defect near zero has.
            if slope < 1e-16 * defect * self.algebra.scale().powi(2) {
                break;
            }
            let mut moved = false;
            // λ = damping · |r|² is what makes convergence quadratic where solutions come in families.
            while damping < 1e12 {
                let Some(step) = system.step(damping * defect) else {
                    damping *= 4.0;
                    continue;
                };
                tilt(k, m, &self.frame, step, &mut next);
                if orthonormal_rows(d, &mut next, 1e-9) < d {
                    next.resize(d * d, 0.0);
                    damping *= 4.0;
                    continue;
                }
                let near = self.defect_in(&next);
                if near < defect {
                    let slow = near > SLOW * defect && near < NEAR * self.algebra.scale().powi(2);
                    enough = if slow { ENOUGH_SLOWLY } else { ENOUGH };
                    if slow {
                        let farther: Vec<f64> = step.iter().map(|x| 2.0 * x).collect();
                        tilt(k, m, &self.frame, &farther, &mut far);
                        if orthonormal_rows(d, &mut far, 1e-9) == d && self.defect_in(&far) < near {
                            std::mem::swap(&mut next, &mut far);
                        } else {
                            self.defect_in(&next);
                        }
                        far.resize(d * d, 0.0);
                    }
                    self.frame.copy_from_slice(&next);
                    damping = (damping / 4.0).max(1e-6);
                    moved = true;
                    break;
                }
                damping *= 4.0;
            }
            if !moved {
                break;
            }
            system.fill(&self.products);
        }
        Ok(system.defect())
    }

    /// The defect of the plane that another frame begins with, whose products are kept.
    fn defect_in(&mut self, frame: &[f64]) -> f64 {
        self.algebra.in_frame(self.used, frame, frame, &mut self.room, &mut self.products);
        defect_of(self.aim, self.k, self.algebra.dim() - self.k, &self.products)
    }
}

/// The frame with `u_a + Σ_c X_ac n_c` and `n_c - Σ_a X_ac u_a`, not yet orthonormal.
fn tilt(k: usize, m: usize, frame: &[f64], x: &[f64], out: &mut Vec<f64>) {
    let d = k + m;
    out.clear();
    out.extend_from_slice(frame);
    for a in 0..k {
        for c in 0..m {
            let amount = x[a * m + c];
            for i in 0..d {
                out[a * d + i] += amount * frame[(k + c) * d + i];
                out[(k + c) * d + i] -= amount * frame[a * d + i];
            }
        }
    }
}

/// The places in the products of the residuals: the pair of frame elements and the range of coordinates.
fn residuals(aim: Aim, k: usize, m: usize) -> impl Iterator<Item = (usize, usize, std::ops::Range<usize>)> {
    let d = k + m;
    let pair = move |a: usize| match aim {
        Aim::Subalgebra => (a + 1..k, k..d),
        Aim::Summand => (k..d, 0..d),
    };
    (0..k).flat_map(move |a| {
        let (others, coordinates) = pair(a);
        others.map(move |b| (a, b, coordinates.clone()))
    })
}

/// The sum of squares of the residuals.
fn defect_of(aim: Aim, k: usize, m: usize, products: &[f64]) -> f64 {
    let d = k + m;
    let square = |(a, b, range): (usize, usize, std::ops::Range<usize>)| {
        products[(a * d + b) * d..][range].iter().map(|x| x * x).sum::<f64>()
    };
    residuals(aim, k, m).map(square).sum()
}

/// Residuals and their derivatives by `X_{ad}`, the tilt of `u_a` towards `n_d`.
pub(super) struct System {
    aim: Aim,
    k: usize,
    m: usize,
    residual: Vec<f64>,
    jacobian: Vec<f64>,
    normal: Vec<f64>,
    damped: Vec<f64>,
    slope: Vec<f64>,
    step: Vec<f64>,
}

impl System {
    pub fn new(aim: Aim, k: usize, m: usize) -> System {
        let rows = residuals(aim, k, m).map(|r| r.2.len()).sum::<usize>();
        let unknowns = k * m;
        System {
            aim,
            k,
            m,
            residual: vec![0.0; rows],
            jacobian: vec![0.0; rows * unknowns],
            normal: vec![0.0; unknowns * unknowns],
            damped: vec![0.0; unknowns * unknowns],
            slope: vec![0.0; unknowns],
            step: vec![0.0; unknowns],
        }
    }

    /// From the products in a frame and its dual. The frame moves by `δu_a = Σ_d X_ad n_d`, `δn_c = -Σ_e X_ec u_e`; for a
    /// subalgebra the coordinates along `n*_c` move by `-Σ_e X_ec u*_e`, for a summand coordinates are those of a fixed basis.
    pub fn fill(&mut self, products: &[f64]) {
        let (k, m) = (self.k, self.m);
        let (d, unknowns) = (k + m, k * m);
        let at = |a: usize, b: usize, c: usize| products[(a * d + b) * d + c];
        self.jacobian.fill(0.0);
        let mut row = 0;
        for (a, b, range) in residuals(self.aim, k, m) {
            for c in range {
                self.residual[row] = at(a, b, c);
                let slopes = &mut self.jacobian[row * unknowns..(row + 1) * unknowns];
                match self.aim {
                    Aim::Subalgebra => {
                        for t in 0..m {
                            slopes[a * m + t] -= at(b, k + t, c);
                            slopes[b * m + t] += at(a, k + t, c);
                        }
                        for e in 0..k {
                            slopes[e * m + c - k] -= at(a, b, e);
                        }
                    }
                    Aim::Summand => {
                        for t in 0..m {
                            slopes[a * m + t] += at(k + t, b, c);
                        }
                        for e in 0..k {
                            slopes[e * m + b - k] -= at(a, e, c);
                        }
                    }
                }
                row += 1;
            }
        }
    }

    pub fn defect(&self) -> f64 {
        self.residual.iter().map(|x| x * x).sum()
    }

    /// `JᵀJ` and `Jᵀr`; the square of the latter.
    pub fn normal_equations(&mut self) -> f64 {
        let (rows, unknowns) = (self.residual.len(), self.slope.len());
        multiply_transposed(
            (unknowns, rows, unknowns),
            (&self.jacobian, unknowns),
            (&self.jacobian, unknowns),
            &mut self.normal,
        );
        multiply_transposed((unknowns, rows, 1), (&self.jacobian, unknowns), (&self.residual, 1), &mut self.slope);
        self.slope.iter().map(|x| x * x).sum()
    }

    /// The normal matrix of the last [`System::normal_equations`].
    pub fn normal(&self) -> &[f64] {
        &self.normal
    }

    /// `-(JᵀJ + λ)⁻¹ Jᵀr`; `None` when that is not positive definite in doubles.
    pub fn step(&mut self, damping: f64) -> Option<&[f64]> {
        let unknowns = self.slope.len();
        let most = (0..unknowns).map(|i| self.normal[i * unknowns + i]).fold(0.0, f64::max);
        let damping = damping.max(1e-13 * most).max(f64::MIN_POSITIVE);
        self.damped.copy_from_slice(&self.normal);
        (0..unknowns).for_each(|i| self.damped[i * unknowns + i] += damping);
        if !cholesky(unknowns, &mut self.damped) {
            return None;
        }
        self.step.iter_mut().zip(&self.slope).for_each(|(s, g)| *s = -g);
        cholesky_solve(unknowns, &self.damped, &mut self.step);
        Some(&self.step)
    }

    /// Forgets the unknowns that are held fixed.
    pub fn hold(&mut self, fixed: &[bool]) {
        let unknowns = self.slope.len();
        for row in self.jacobian.chunks_exact_mut(unknowns.max(1)) {
            row.iter_mut().zip(fixed).filter(|(_, f)| **f).for_each(|(x, _)| *x = 0.0);
        }
    }
}
