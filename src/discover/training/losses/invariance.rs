//! The invariance loss, for finite ε and in the limit.

use crate::discover::training::problem::{Invariance, MatrixSpace, Oracle, Problem};
use crate::float::gemm::{multiply, multiply_transposed};
use crate::limits::{Limits, Stop};
use crate::parallel;

/// The invariance of `k` generators with room for its evaluation.
pub struct InvarianceTerm<'a> {
    values: Vec<f64>,
    kind: Kind<'a>,
}

enum Kind<'a> {
    Limit { form: &'a [f64], dim: usize, image: Vec<f64> },
    Finite { finite: Finite<'a>, space: &'a MatrixSpace, rooms: Vec<Room>, slopes: Vec<f64>, pulled: Vec<f64> },
}

/// The data of the published loss.
struct Finite<'a> {
    n: usize,
    epsilon: f64,
    points: &'a [f64],
    copies: usize,
    outputs: usize,
    oracle: &'a Oracle<'a>,
    /// The labels of the points.
    labels: Vec<f64>,
}

/// What one generator's evaluation needs; generators are evaluated beside each other.
struct Room {
    value: f64,
    turned: Vec<f64>,
    moved: Vec<f64>,
    weighted: Vec<f64>,
    labels: Vec<f64>,
    gradients: Vec<f64>,
    slope: Vec<f64>,
}

impl<'a> InvarianceTerm<'a> {
    /// Room for `k` generators.
    pub fn new(problem: Problem<'a>, k: usize, limits: &Limits) -> Result<InvarianceTerm<'a>, Stop> {
        let (n, dim) = (problem.space.n(), problem.space.dim());
        let kind = match problem.invariance {
            Invariance::Limit(form) => {
                limits.reserve(8 * k as u128 * dim as u128)?;
                Kind::Limit { form, dim, image: vec![0.0; k * dim] }
            }
            Invariance::Finite { epsilon, points, copies, outputs, oracle } => {
                let length = copies * n;
                let count = points.len().checked_div(length).unwrap_or(0);
                limits.reserve(8 * k as u128 * ((3 + outputs) * points.len() + 4 * n * n) as u128)?;
                let mut labels = vec![0.0; count * outputs];
                oracle(points, &mut labels, &mut vec![0.0; outputs * points.len()]);
                let room = || Room {
                    value: 0.0,
                    turned: vec![0.0; n * n],
                    moved: vec![0.0; points.len()],
                    weighted: vec![0.0; points.len()],
                    labels: vec![0.0; count * outputs],
                    gradients: vec![0.0; outputs * points.len()],
                    slope: vec![0.0; n * n],
                };
                Kind::Finite {
                    finite: Finite { n, epsilon, points, copies, outputs, oracle, labels },
                    space: problem.space,
                    rooms: (0..k).map(|_| room()).collect(),
                    slopes: vec![0.0; k * n * n],
                    pulled: vec![0.0; k * dim],
                }
            }
        };
        Ok(InvarianceTerm { values: vec![0.0; k], kind })
    }

    /// The loss of each generator at the last evaluation.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The sum of the losses of the generators; sets the gradient for the coordinates to `weight` times that of the sum.
    pub fn evaluate(&mut self, coordinates: &[f64], matrices: &[f64], weight: f64, gradient: &mut [f64]) -> f64 {
        let k = self.values.len();
        match &mut self.kind {
            Kind::Limit { form, dim, image } => {
                form_product(k, *dim, coordinates, form, image);
                let rows = coordinates.chunks_exact(*dim).zip(image.chunks_exact(*dim));
                for (value, (w, m)) in self.values.iter_mut().zip(rows) {
                    // Rounding may leave it below zero.
                    *value = w.iter().zip(m).map(|(w, m)| w * m).sum::<f64>().max(0.0);
                }
                gradient.iter_mut().zip(image.iter()).for_each(|(g, m)| *g = 2.0 * weight * m);
            }
            Kind::Finite { finite, space, rooms, slopes, pulled } => {
                let square = finite.n * finite.n;
                parallel::for_each(rooms, |a, room| finite.evaluate(&matrices[a * square..(a + 1) * square], room));
                for ((slope, value), room) in slopes.chunks_exact_mut(square).zip(&mut self.values).zip(rooms.iter()) {
                    slope.copy_from_slice(&room.slope);
                    *value = room.value;
                }
                space.coordinates(k, slopes, pulled);
                gradient.iter_mut().zip(pulled.iter()).for_each(|(g, p)| *g = weight * p);
            }
        }
        self.values.iter().sum()
    }
}

/// `image := coordinates · form` for `k` rows; of large products some rows are one task, whatever the number of threads.
pub fn form_product(k: usize, dim: usize, coordinates: &[f64], form: &[f64], image: &mut [f64]) {
    const ROWS: usize = 16;
    const LARGE: usize = 1 << 22;
    if k <= ROWS || k * dim * dim < LARGE {
        return multiply((k, dim, dim), coordinates, form, image, false);
    }
    parallel::for_each_part(image, ROWS * dim, |part, rows| {
        let count = rows.len() / dim;
        multiply((count, dim, dim), &coordinates[part * ROWS * dim..][..count * dim], form, rows, false);
    });
}

impl Finite<'_> {
    /// The loss of one generator and its gradient for the entries.
    fn evaluate(&self, matrix: &[f64], room: &mut Room) {
        let (n, length) = (self.n, self.copies * self.n);
        let rows = self.points.len() / n.max(1);
        let count = self.points.len().checked_div(length).unwrap_or(0);
        for i in 0..n {
            for j in 0..n {
                room.turned[j * n + i] = matrix[i * n + j];
            }
        }
        // Each vector of each point is a row: x + ε W x.
        multiply((rows, n, n), self.points, &room.turned, &mut room.moved, false);
        room.moved.iter_mut().zip(self.points).for_each(|(y, x)| *y = x + self.epsilon * *y);
        (self.oracle)(&room.moved, &mut room.labels, &mut room.gradients);
        let mut sum = 0.0;
        let changes = room.labels.chunks_exact(self.outputs.max(1)).zip(self.labels.chunks_exact(self.outputs.max(1)));
        let slopes = room.gradients.chunks_exact((self.outputs * length).max(1));
        for ((weighted, (after, before)), slopes) in room.weighted.chunks_exact_mut(length).zip(changes).zip(slopes) {
            weighted.fill(0.0);
            for ((after, before), slope) in after.iter().zip(before).zip(slopes.chunks_exact(length)) {
                let change = after - before;
                sum += change * change;
                weighted.iter_mut().zip(slope).for_each(|(w, g)| *w += change * g);
            }
        }
        let total = count.max(1) as f64;
        room.value = sum / (total * self.epsilon * self.epsilon);
        multiply_transposed((n, rows, n), (&room.weighted, n), (self.points, n), &mut room.slope);
        let factor = 2.0 / (total * self.epsilon);
        room.slope.iter_mut().for_each(|s| *s *= factor);
    }
}
