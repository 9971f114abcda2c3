//! Values and derivatives of an oracle at many points, a block of them side by side: forward, then backward through the
//! program (reverse mode), or term by term where the oracle is a polynomial that is known.

use super::oracle::Oracle;
use super::steps::Step;
use super::terms::Terms;
use crate::num::simd;

/// Points that go through a program side by side.
pub const BLOCK: usize = 32;

/// Scratch memory for one oracle.
pub struct Evaluator<'a> {
    oracle: &'a Oracle,
    terms: Option<Terms>,
    values: Vec<[f64; BLOCK]>,
    adjoints: Vec<[f64; BLOCK]>,
}

/// The values and the gradients at one block of points.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Points in it.
    pub count: usize,
    /// `values[o · BLOCK + i]`: output `o` at point `i`.
    pub values: Vec<f64>,
    /// `gradients[(o · variables + v) · BLOCK + i]`: the derivative of output `o` by variable `v` at point `i`.
    pub gradients: Vec<f64>,
}

impl<'a> Evaluator<'a> {
    /// Scratch memory for this oracle.
    pub fn new(oracle: &'a Oracle) -> Evaluator<'a> {
        let terms = Terms::of(oracle);
        let steps = if terms.is_some() { 0 } else { oracle.steps().len() };
        let zero = || vec![[0.0; BLOCK]; steps];
        Evaluator { oracle, terms, values: zero(), adjoints: zero() }
    }

    /// Evaluates at most [`BLOCK`] points, the rows of `points`.
    pub fn run(&mut self, points: &[f64], block: &mut Block) {
        let variables = self.oracle.variables();
        let count = points.len() / variables.max(1);
        block.count = count;
        if let Some(terms) = &mut self.terms {
            return terms.run(points, &mut block.values, &mut block.gradients);
        }
        self.forward(points, variables);
        block.values.clear();
        block.gradients.clear();
        block.gradients.resize(self.oracle.outputs().len() * variables * BLOCK, 0.0);
        for (o, &output) in self.oracle.outputs().iter().enumerate() {
            block.values.extend_from_slice(&self.values[output as usize]);
            if self.oracle.differences().is_none() {
                self.backward(output, &mut block.gradients[o * variables * BLOCK..(o + 1) * variables * BLOCK]);
            }
        }
        if let Some(step) = self.oracle.differences() {
            self.quotients(points, step, &mut block.gradients);
        }
    }

    /// Central difference quotients, one coordinate after the other, with a step relative to the largest part of a point that
    /// the coordinate is in the block: points may be of very different lengths, and coordinates in very different units.
    fn quotients(&mut self, points: &[f64], step: f64, gradients: &mut [f64]) {
        let variables = self.oracle.variables();
        let outputs = self.oracle.outputs();
        let mut moved = points.to_vec();
        let length = |point: &[f64]| point.iter().fold(0.0f64, |a, x| a.max(x.abs()));
        let lengths: Vec<f64> = points.chunks_exact(variables).map(length).collect();
        for v in 0..variables {
            let parts = lengths.iter().zip(points.chunks_exact(variables)).filter(|(length, _)| **length > 0.0);
            let part = parts.fold(0.0f64, |a, (length, point)| a.max(point[v].abs() / length));
            let size = |i: usize| if part * lengths[i] > 0.0 { part * lengths[i] } else { 1.0 };
            let shift = |i: usize| step * size(i);
            for sign in [1.0, -1.0] {
                for (i, point) in moved.chunks_exact_mut(variables).enumerate() {
                    point[v] = points[i * variables + v] + sign * shift(i);
                }
                self.forward(&moved, variables);
                for (o, &output) in outputs.iter().enumerate() {
                    let slopes = &mut gradients[(o * variables + v) * BLOCK..][..points.len() / variables];
                    for (i, slope) in slopes.iter_mut().enumerate() {
                        *slope += sign * self.values[output as usize][i] / (2.0 * shift(i));
                    }
                }
            }
            for (i, point) in moved.chunks_exact_mut(variables).enumerate() {
                point[v] = points[i * variables + v];
            }
        }
    }

    fn forward(&mut self, points: &[f64], variables: usize) {
        simd::on_vector_units(
            self,
            #[inline(always)]
            |own| own.forward_steps(points, variables),
        );
    }

    #[inline(always)]
    fn forward_steps(&mut self, points: &[f64], variables: usize) {
        for (at, step) in self.oracle.steps().iter().enumerate() {
            let (before, rest) = self.values.split_at_mut(at);
            let out = &mut rest[0];
            let one = |a: u32| &before[a as usize];
            match *step {
                Step::Exact(ref x) => *out = [x.to_f64(); BLOCK],
                Step::Float(x) => *out = [x; BLOCK],
                Step::Variable(v) => {
                    *out = [1.0; BLOCK];
                    for (slot, point) in out.iter_mut().zip(points.chunks_exact(variables.max(1))) {
                        *slot = point[v as usize];
                    }
                }
                Step::Add(a, b) => both(out, one(a), one(b), |x, y| x + y),
                Step::Subtract(a, b) => both(out, one(a), one(b), |x, y| x - y),
                Step::Multiply(a, b) => both(out, one(a), one(b), |x, y| x * y),
                Step::Divide(a, b) => both(out, one(a), one(b), |x, y| x / y),
                Step::Less(a, b) => both(out, one(a), one(b), |x, y| f64::from(u8::from(x < y))),
                Step::AtMost(a, b) => both(out, one(a), one(b), |x, y| f64::from(u8::from(x <= y))),
                Step::Power(a, 2) => each(out, one(a), |x| x * x),
                Step::Power(a, k) => each(out, one(a), |x| x.powi(k)),
                Step::Root(a) => each(out, one(a), f64::sqrt),
                Step::Absolute(a) => each(out, one(a), f64::abs),
                Step::Exponential(a) => each(out, one(a), f64::exp),
                Step::Logarithm(a) => each(out, one(a), f64::ln),
                Step::Sine(a) => each(out, one(a), f64::sin),
                Step::Cosine(a) => each(out, one(a), f64::cos),
                Step::Choose(c, a, b) => {
                    let (c, a, b) = (one(c), one(a), one(b));
                    for i in 0..BLOCK {
                        out[i] = if c[i] != 0.0 { a[i] } else { b[i] };
                    }
                }
            }
        }
    }

    fn backward(&mut self, output: u32, gradient: &mut [f64]) {
        simd::on_vector_units(
            (self, gradient),
            #[inline(always)]
            |(own, gradient)| own.backward_steps(output, gradient),
        );
    }

    #[inline(always)]
    fn backward_steps(&mut self, output: u32, gradient: &mut [f64]) {
        let last = output as usize;
        self.adjoints[..=last].fill([0.0; BLOCK]);
        self.adjoints[last] = [1.0; BLOCK];
        let values = &self.values;
        for at in (0..=last).rev() {
            let (before, rest) = self.adjoints.split_at_mut(at);
            let own = &rest[0];
            let value = |a: u32| &values[a as usize];
            match self.oracle.steps()[at] {
                Step::Exact(_) | Step::Float(_) | Step::Less(..) | Step::AtMost(..) => {}
                Step::Variable(v) => {
                    for (sum, x) in gradient[v as usize * BLOCK..][..BLOCK].iter_mut().zip(own) {
                        *sum += x;
                    }
                }
                Step::Add(a, b) => {
                    pass(&mut before[a as usize], own, |_| 1.0);
                    pass(&mut before[b as usize], own, |_| 1.0);
                }
                Step::Subtract(a, b) => {
                    pass(&mut before[a as usize], own, |_| 1.0);
                    pass(&mut before[b as usize], own, |_| -1.0);
                }
                Step::Multiply(a, b) => {
                    pass(&mut before[a as usize], own, |i| value(b)[i]);
                    pass(&mut before[b as usize], own, |i| value(a)[i]);
                }
                Step::Divide(a, b) => {
                    pass(&mut before[a as usize], own, |i| 1.0 / value(b)[i]);
                    pass(&mut before[b as usize], own, |i| -values[at][i] / value(b)[i]);
                }
                Step::Power(a, k) => {
                    pass(&mut before[a as usize], own, |i| f64::from(k) * value(a)[i].powi(k - 1));
                }
                Step::Root(a) => pass(&mut before[a as usize], own, |i| 0.5 / values[at][i]),
                Step::Absolute(a) => {
                    // No derivative at 0; a sample there is left out because of the NaN.
                    let sign = |x: f64| if x == 0.0 { f64::NAN } else { x.signum() };
                    pass(&mut before[a as usize], own, |i| sign(value(a)[i]));
                }
                Step::Exponential(a) => pass(&mut before[a as usize], own, |i| values[at][i]),
                Step::Logarithm(a) => pass(&mut before[a as usize], own, |i| 1.0 / value(a)[i]),
                Step::Sine(a) => pass(&mut before[a as usize], own, |i| value(a)[i].cos()),
                Step::Cosine(a) => pass(&mut before[a as usize], own, |i| -value(a)[i].sin()),
                Step::Choose(c, a, b) => {
                    choose(&mut before[a as usize], own, value(c), true);
                    choose(&mut before[b as usize], own, value(c), false);
                }
            }
        }
    }
}

#[inline(always)]
fn both(out: &mut [f64; BLOCK], a: &[f64; BLOCK], b: &[f64; BLOCK], f: impl Fn(f64, f64) -> f64) {
    for i in 0..BLOCK {
        out[i] = f(a[i], b[i]);
    }
}

#[inline(always)]
fn each(out: &mut [f64; BLOCK], a: &[f64; BLOCK], f: impl Fn(f64) -> f64) {
    for i in 0..BLOCK {
        out[i] = f(a[i]);
    }
}

/// `sum += own · factor`; where nothing arrives nothing is passed on, not even the NaN of a branch that was not taken.
#[inline(always)]
fn pass(sum: &mut [f64; BLOCK], own: &[f64; BLOCK], factor: impl Fn(usize) -> f64) {
    for i in 0..BLOCK {
        sum[i] += if own[i] == 0.0 { 0.0 } else { own[i] * factor(i) };
    }
}

/// What reaches a branch: nothing where the other one was taken.
#[inline(always)]
fn choose(sum: &mut [f64; BLOCK], own: &[f64; BLOCK], condition: &[f64; BLOCK], when: bool) {
    for i in 0..BLOCK {
        if (condition[i] != 0.0) == when {
            sum[i] += own[i];
        }
    }
}
