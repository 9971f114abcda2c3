//! Training data from an oracle of the language: points, gradients, the space of matrices.

use std::sync::{Mutex, PoisonError};

use super::problem::{MatrixSpace, Oracle as Labels, quadratic_form};
use crate::checksum::crc32;
use crate::discover::evaluate::{BLOCK, Block, Evaluator};
use crate::discover::{Ansatz, DiscoverError, Oracle, Points, Role, Shape};
use crate::limits::Limits;

/// What is trained on.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingData {
    /// Size of the matrices.
    pub n: usize,
    /// Vectors at each point.
    pub copies: usize,
    /// Values of the oracle.
    pub outputs: usize,
    /// The points, `copies · n` numbers each; a 1 is appended to each vector of an affine ansatz.
    pub points: Vec<f64>,
    /// The gradients of the values there.
    pub gradients: Vec<f64>,
    /// Points left out because a value or a derivative was not finite.
    pub skipped: usize,
    affine: bool,
    covectors: bool,
}

impl TrainingData {
    /// Evaluates the oracle at the points.
    pub fn new(
        oracle: &Oracle,
        ansatz: &Ansatz,
        points: &Points,
        limits: &Limits,
    ) -> Result<TrainingData, DiscoverError> {
        if ansatz.is_polynomial() {
            let message = "polynomial vector fields are found by the closed form; vector_fields(f) trains networks";
            return Err(DiscoverError::Unsupported(message.to_string()));
        }
        if ansatz.is_equivariant() {
            let message = "pairs of matrices are found by the closed form only, not by training";
            return Err(DiscoverError::Unsupported(message.to_string()));
        }
        let (n, variables) = (ansatz.size(), oracle.variables());
        let (copies, outputs) = (oracle.arguments().len(), oracle.outputs().len());
        let affine = ansatz.is_affine();
        limits.reserve(8 * points.count() as u128 * (copies * n * (1 + outputs)) as u128)?;
        let covectors = oracle.arguments().contains(&Role::Covector);
        let mut data = TrainingData {
            n,
            copies,
            outputs,
            points: Vec::new(),
            gradients: Vec::new(),
            skipped: 0,
            affine,
            covectors,
        };
        let mut evaluator = Evaluator::new(oracle);
        let mut stream = points.stream(oracle.dimension(), copies, limits.seed());
        let (mut block, mut derived) = (Vec::new(), Block::default());
        loop {
            let count = stream.next(BLOCK, &mut block);
            if count == 0 {
                break;
            }
            limits.check()?;
            evaluator.run(&block, &mut derived);
            for i in 0..count {
                let x = &block[i * variables..(i + 1) * variables];
                let slope = |o: usize, v: usize| derived.gradients[(o * variables + v) * BLOCK + i];
                let finite = (0..outputs).all(|o| {
                    derived.values[o * BLOCK + i].is_finite() && (0..variables).all(|v| slope(o, v).is_finite())
                });
                if finite {
                    data.push(oracle, x, slope);
                } else {
                    data.skipped += 1;
                }
            }
        }
        if data.points.is_empty() {
            return Err(DiscoverError::NotFinite { failed: data.skipped, samples: points.count() });
        }
        Ok(data)
    }

    fn push(&mut self, oracle: &Oracle, x: &[f64], slope: impl Fn(usize, usize) -> f64) {
        let n = oracle.dimension();
        for vector in x.chunks_exact(n) {
            self.points.extend_from_slice(vector);
            self.points.extend(self.affine.then_some(1.0));
        }
        for o in 0..self.outputs {
            for c in 0..self.copies {
                self.gradients.extend((c * n..(c + 1) * n).map(|v| slope(o, v)));
                self.gradients.extend(self.affine.then_some(0.0));
            }
        }
    }

    /// A checksum of points and gradients, by which a training that goes on knows its data.
    pub fn checksum(&self) -> u32 {
        let bytes: Vec<u8> = self.points.iter().chain(&self.gradients).flat_map(|x| x.to_le_bytes()).collect();
        crc32(&bytes)
    }

    /// The quadratic form of the invariance for small ε, over all `n × n` matrices.
    pub fn form(&self, oracle: &Oracle, limits: &Limits) -> Result<Vec<f64>, DiscoverError> {
        let (n, length) = (self.n, self.copies * self.n);
        if !self.covectors {
            let form = quadratic_form(n, self.copies, self.outputs, &self.points, &self.gradients, limits)?;
            return Ok(form);
        }
        // A linear form ξ moves by -Wᵀξ: its part of the row is that of a vector ∂f/∂ξ with gradient -ξ. Then every value
        // has points of its own.
        limits.reserve(16 * (self.gradients.len()) as u128)?;
        let (mut points, mut gradients) = (Vec::new(), Vec::new());
        for (x, slopes) in self.points.chunks_exact(length).zip(self.gradients.chunks_exact(length * self.outputs)) {
            for g in slopes.chunks_exact(length) {
                for (c, role) in oracle.arguments().iter().enumerate() {
                    let (x, g) = (&x[c * n..(c + 1) * n], &g[c * n..(c + 1) * n]);
                    match role {
                        Role::Vector => {
                            points.extend_from_slice(x);
                            gradients.extend_from_slice(g);
                        }
                        Role::Covector => {
                            points.extend_from_slice(g);
                            gradients.extend(x.iter().map(|x| -x));
                        }
                    }
                }
            }
        }
        let mut form = quadratic_form(n, self.copies, 1, &points, &gradients, limits)?;
        // The mean is over points, not over pairs of a point and a value.
        form.iter_mut().for_each(|m| *m *= self.outputs as f64);
        Ok(form)
    }

    /// The oracle at many points at once, for finite ε; refused where an argument is a linear form.
    pub fn labels<'a>(&self, oracle: &'a Oracle) -> Result<Box<Labels<'a>>, DiscoverError> {
        if self.covectors {
            let message = "finite ε is for oracles of vectors; leave `epsilon` out";
            return Err(DiscoverError::Unsupported(message.to_string()));
        }
        let (n, copies, outputs, affine) = (self.n, self.copies, self.outputs, self.affine);
        let (own, variables) = (oracle.dimension(), oracle.variables());
        // Evaluators wait here between calls: threads take one each.
        let idle: Mutex<Vec<(Evaluator<'a>, Block, Vec<f64>)>> = Mutex::new(Vec::new());
        Ok(Box::new(move |points: &[f64], values: &mut [f64], gradients: &mut [f64]| {
            let take = || idle.lock().unwrap_or_else(PoisonError::into_inner);
            let taken = take().pop();
            let (mut evaluator, mut derived, mut block) =
                taken.unwrap_or_else(|| (Evaluator::new(oracle), Block::default(), Vec::new()));
            let length = copies * n;
            for (at, some) in points.chunks(BLOCK * length).enumerate() {
                block.clear();
                for vector in some.chunks_exact(n) {
                    block.extend_from_slice(&vector[..own]);
                }
                evaluator.run(&block, &mut derived);
                for i in 0..some.len() / length {
                    let point = at * BLOCK + i;
                    for o in 0..outputs {
                        values[point * outputs + o] = derived.values[o * BLOCK + i];
                        let row = &mut gradients[(point * outputs + o) * length..][..length];
                        for (c, part) in row.chunks_exact_mut(n).enumerate() {
                            for (a, slot) in part.iter_mut().take(own).enumerate() {
                                *slot = derived.gradients[(o * variables + c * own + a) * BLOCK + i];
                            }
                            part.iter_mut().skip(own).filter(|_| affine).for_each(|slot| *slot = 0.0);
                        }
                    }
                }
            }
            take().push((evaluator, derived, block));
        }))
    }
}

/// The matrices of an ansatz; without traces where the oracle asks for volume to be kept.
pub fn matrix_space(oracle: &Oracle, ansatz: &Ansatz, limits: &Limits) -> Result<MatrixSpace, DiscoverError> {
    let n = ansatz.size();
    if *ansatz.shape() == Shape::Real && !oracle.keeps_volume() {
        return Ok(MatrixSpace::full(n));
    }
    limits.reserve(24 * ansatz.len() as u128 * (n * n) as u128)?;
    // Gram and Schmidt on so many rows: the time is theirs.
    let mut matrices = vec![0.0; ansatz.len() * n * n];
    for (row, entries) in matrices.chunks_exact_mut(n * n).zip(ansatz.unknowns()) {
        entries.iter().for_each(|e| row[e.row as usize * n + e.column as usize] += f64::from(e.value));
    }
    if oracle.keeps_volume() {
        let own = oracle.dimension();
        let half = own / 2;
        let trace = |w: &[f64]| (0..own).map(|i| w[i * n + i]).sum::<f64>() / own as f64;
        // tr over C of A + iB is real tr A and imaginary tr B, for [[A, -B], [B, A]].
        let turn = |w: &[f64]| (0..half).map(|i| w[(half + i) * n + i] - w[i * n + half + i]).sum::<f64>() / own as f64;
        for row in matrices.chunks_exact_mut(n * n) {
            let real = trace(row);
            (0..own).for_each(|i| row[i * n + i] -= real);
            if oracle.is_complex() {
                let imaginary = turn(row);
                for i in 0..half {
                    row[(half + i) * n + i] -= imaginary;
                    row[i * n + half + i] += imaginary;
                }
            }
        }
    }
    Ok(MatrixSpace::spanned(n, &matrices))
}
