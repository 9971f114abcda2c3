//! Subalgebras with rational coordinates in the families that random starts lead to.

use super::FloatAlgebra;
use super::classify::{Invariants, invariants};
use super::grassmannian::{Aim, System};
use crate::discover::snap::{candidates, echelon};
use crate::exact::Subspace;
use crate::float::{orthonormal_rows, symmetric_eigen};
use crate::lie::{StructureConstants, products_lie_in};
use crate::limits::{Limits, Stop};
use crate::num::Rational;

use Choice::{At, Near};

/// Iterations of a correction at most.
const ITERATIONS: usize = 60;
/// So many coordinates are tried at each step.
const COORDINATES: usize = 12;
/// Squared singular values below this part of the largest belong to the family.
const FREE: f64 = 1e-10;

/// What a coordinate of a family is set to.
#[derive(Clone, Copy, Debug)]
enum Choice {
    /// This number.
    At(f64),
    /// The nearest fraction with this denominator.
    Near(f64),
}

/// The order in which choices are tried. Zero makes short matrices, the nearest integer moves the plane least, one is where
/// zero is a boundary; a fine grid stays in the class where that is open in the family.
type Choices = [Choice; 7];
const SHORT: Choices = [At(0.0), Near(1.0), At(1.0), At(-1.0), Near(2.0), Near(3.0), Near(10.0)];
const NEAR: Choices = [Near(1.0), At(0.0), At(1.0), At(-1.0), Near(2.0), Near(3.0), Near(10.0)];
const BOUNDARY: Choices = [At(1.0), At(-1.0), At(0.0), Near(1.0), Near(2.0), Near(3.0), Near(10.0)];

/// A subalgebra over Q with the invariants of a float one, exactly closed: coordinates of the family through the plane
/// are set to small rationals one after another, the rest corrected each time, until the plane is isolated; then its
/// echelon form is rounded and its closure proved. `None` when the numbers that are left are not rational.
pub fn rational_representative(
    constants: &StructureConstants,
    algebra: &FloatAlgebra,
    k: usize,
    plane: &[f64],
    limits: &Limits,
) -> Result<Option<Subspace>, Stop> {
    let wanted = invariants(algebra, k, plane).0;
    for (order, smooth) in [(SHORT, true), (NEAR, true), (BOUNDARY, false)] {
        limits.check()?;
        let Some(mut chart) = Chart::new(algebra, k, plane) else { continue };
        if !chart.settle(&order, smooth, &wanted, limits)? {
            continue;
        }
        if let Some(space) = chart.exact(constants, limits)? {
            return Ok(Some(space));
        }
    }
    Ok(None)
}

/// Planes `u_a = e_{p_a} + Σ_c Y_ac e_{q_c}` with pivot columns p and free columns q.
struct Chart<'a> {
    algebra: &'a FloatAlgebra,
    k: usize,
    /// Pivot columns, then free ones.
    columns: Vec<usize>,
    /// `k × m`.
    y: Vec<f64>,
    held: Vec<bool>,
    system: System,
    products: Vec<f64>,
    room: [Vec<f64>; 2],
}

impl<'a> Chart<'a> {
    fn new(algebra: &'a FloatAlgebra, k: usize, plane: &[f64]) -> Option<Chart<'a>> {
        let d = algebra.dim();
        let mut rows: Vec<Vec<f64>> = plane.chunks_exact(d.max(1)).map(<[f64]>::to_vec).collect();
        if !echelon(&mut rows) {
            return None;
        }
        // The pivot of a row is a column in which it has the 1 and the others nothing, exactly.
        let unit = |a: usize, j: usize| (0..k).all(|b| rows[b][j] == f64::from(u8::from(a == b)));
        let pivots: Vec<usize> = (0..k).map(|a| (0..d).find(|&j| unit(a, j))).collect::<Option<_>>()?;
        let free = (0..d).filter(|j| !pivots.contains(j));
        let columns: Vec<usize> = pivots.iter().copied().chain(free).collect();
        let y = (0..k).flat_map(|a| columns[k..].iter().map(|&j| rows[a][j]).collect::<Vec<_>>()).collect();
        let size = k.max(1) * d * d;
        Some(Chart {
            algebra,
            k,
            held: vec![false; k * (d - k)],
            system: System::new(Aim::Subalgebra, k, d - k),
            columns,
            y,
            products: vec![0.0; size],
            room: [vec![0.0; size], vec![0.0; size]],
        })
    }

    fn m(&self) -> usize {
        self.columns.len() - self.k
    }

    /// The frame `u, e_q` and its dual: `u*_a = e*_{p_a}`, `n*_c = e*_{q_c} - Σ_a Y_ac e*_{p_a}`.
    fn fill(&mut self) {
        let (k, m) = (self.k, self.m());
        let d = k + m;
        let (mut frame, mut dual) = (vec![0.0; d * d], vec![0.0; d * d]);
        for (at, column) in self.columns.iter().enumerate() {
            frame[at * d + column] = 1.0;
            dual[at * d + column] = 1.0;
        }
        for a in 0..k {
            for c in 0..m {
                frame[a * d + self.columns[k + c]] = self.y[a * m + c];
                dual[(k + c) * d + self.columns[a]] = -self.y[a * m + c];
            }
        }
        self.algebra.in_frame(k, &frame, &dual, &mut self.room, &mut self.products);
        self.system.fill(&self.products);
        self.system.hold(&self.held);
    }

    /// Corrects the coordinates that are not held until the plane is closed to rounding.
    fn correct(&mut self, limits: &Limits) -> Result<bool, Stop> {
        let threshold = 1e-26 * self.algebra.scale().powi(2);
        for _ in 0..ITERATIONS {
            limits.check()?;
            self.fill();
            let defect = self.system.defect();
            if defect <= threshold {
                return Ok(true);
            }
            self.system.normal_equations();
            let Some(step) = self.system.step(defect) else { return Ok(false) };
            let largest = step.iter().fold(0.0f64, |x, s| x.max(s.abs()));
            if !largest.is_finite() || largest > 10.0 {
                return Ok(false);
            }
            let moves: Vec<f64> = step.to_vec();
            for ((y, s), held) in self.y.iter_mut().zip(moves).zip(&self.held) {
                *y += if *held { 0.0 } else { s };
            }
        }
        Ok(false)
    }

    /// Holds coordinates at simple numbers until none is free, without leaving the class; `false` when the family leads
    /// nowhere rational. Where families of different classes cross, the class is soon lost: on a `smooth` way every number
    /// that is held leaves fewer dimensions.
    fn settle(&mut self, order: &Choices, smooth: bool, wanted: &Invariants, limits: &Limits) -> Result<bool, Stop> {
        let (mut family, mut free) = self.family();
        while family > 0 {
            let before = self.y.clone();
            let tries = order.iter().flat_map(|choice| free.iter().take(COORDINATES).map(move |&at| (*choice, at)));
            let mut next = None;
            for (choice, at) in tries {
                self.y.copy_from_slice(&before);
                self.y[at] = match choice {
                    At(value) => value,
                    Near(denominator) => (before[at] * denominator).round() / denominator,
                };
                self.held[at] = true;
                if self.correct(limits)? && self.is_of(wanted) {
                    let left = self.family();
                    if !smooth || left.0 < family {
                        next = Some(left);
                        break;
                    }
                }
                self.held[at] = false;
            }
            match next {
                Some(left) => (family, free) = left,
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    /// The rows of the plane.
    fn rows(&self) -> Vec<Vec<f64>> {
        let (k, m) = (self.k, self.m());
        let mut rows = vec![vec![0.0; k + m]; k];
        for (a, row) in rows.iter_mut().enumerate() {
            row[self.columns[a]] = 1.0;
            (0..m).for_each(|c| row[self.columns[k + c]] = self.y[a * m + c]);
        }
        rows
    }

    /// Whether the plane has these invariants.
    fn is_of(&self, wanted: &Invariants) -> bool {
        let mut flat = self.rows().concat();
        orthonormal_rows(self.columns.len(), &mut flat, 1e-12) == self.k
            && invariants(self.algebra, self.k, &flat).0 == *wanted
    }

    /// The dimension of the family to first order, and the coordinates that it moves, most moved first.
    fn family(&mut self) -> (usize, Vec<usize>) {
        self.fill();
        self.system.normal_equations();
        let unknowns = self.held.len();
        let open: Vec<usize> = (0..unknowns).filter(|&i| !self.held[i]).collect();
        let normal = self.system.normal();
        let count = open.len();
        let Some((values, vectors)) = symmetric_eigen(count, |i, j| normal[open[i] * unknowns + open[j]]) else {
            return (0, Vec::new());
        };
        let edge = FREE * values.last().copied().unwrap_or(0.0).max(self.algebra.scale().powi(2) * 1e-3);
        let family = values.iter().take_while(|v| **v <= edge).count();
        // In whole parts of a million, so that ties go to the first, whatever the rounding.
        let moved = |i: usize| ((0..family).map(|c| vectors[i * count + c].powi(2)).sum::<f64>() * 1e6).round() as i64;
        let mut order: Vec<(i64, usize)> = (0..count).map(|i| (-moved(i), open[i])).filter(|(m, _)| *m < 0).collect();
        order.sort_unstable();
        (family, order.into_iter().map(|(_, at)| at).collect())
    }

    /// The rounded plane, when it is a subalgebra over Q.
    fn exact(&self, constants: &StructureConstants, limits: &Limits) -> Result<Option<Subspace>, Stop> {
        let (k, d) = (self.k, self.columns.len());
        let rows = self.rows();
        for found in candidates(&rows, 1e-9, true) {
            let dense = |v: &crate::exact::SparseVector| {
                let mut out = vec![Rational::ZERO; d];
                v.iter().for_each(|(j, x)| out[*j as usize] = x.clone());
                out
            };
            let vectors: Vec<Vec<Rational>> = found.vectors.iter().map(dense).collect();
            let space = Subspace::span(d, &vectors, limits)?;
            if space.dim() == k && products_lie_in(constants, &space, &space, &space, limits)? {
                return Ok(Some(space));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::super::search;
    use super::*;
    use crate::lie::named::so;
    use crate::lie::{identify, parts};

    /// Every class of so(1,3) in dimensions 1 to 4 has a rational subalgebra, exactly closed, with the invariants that
    /// the exact engine finds for it.
    #[test]
    fn every_class_of_the_lorentz_algebra_has_a_rational_one() {
        let none = Limits::none();
        let lorentz = so(1, 3, &none).unwrap();
        let algebra = FloatAlgebra::from_constants(lorentz.constants(), &none).unwrap();
        let mut found_names = Vec::new();
        for k in 1..=4 {
            let found = search(&algebra, k, 60, &none.clone().with_seed(1)).unwrap();
            for class in found.classes {
                let space = rational_representative(lorentz.constants(), &algebra, k, &class.plane, &none).unwrap();
                let space = space.unwrap_or_else(|| panic!("no rational plane for {:?}", class.invariants));
                let part = parts::subalgebra(&lorentz, &space, "a part", &none).unwrap();
                let exact = identify(&part, &none).unwrap();
                assert_eq!(exact.derived_dim(), class.invariants.derived.get(1).copied().unwrap_or(k));
                found_names.push(exact.levi_real_form());
            }
        }
        assert!(found_names.contains(&"su(2)".to_string()) && found_names.contains(&"sl(2,R)".to_string()));
    }
}
