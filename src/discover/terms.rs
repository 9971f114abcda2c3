//! Values and gradients of polynomials term by term: a block of points needs the variables and the gradient alone, not one row for
//! each step of a program, so it stays in the fastest memory.

use super::evaluate::BLOCK;
use super::fraction::Fraction;
use super::oracle::Oracle;
use crate::num::simd;

/// One number for each point of a block.
type Lanes = [f64; BLOCK];

/// The outputs of an oracle as lists of terms.
pub(super) struct Terms {
    outputs: Vec<Vec<(f64, Vec<u32>)>>,
    variables: Vec<Lanes>,
    /// `before[k]`: the coefficient times the first `k` factors of a term.
    before: Vec<Lanes>,
    gradient: Vec<Lanes>,
}

impl Terms {
    /// The outputs of an oracle whose polynomials are known, with room for one block; `None` for any other oracle, and for
    /// one that is to be differentiated by quotients.
    pub fn of(oracle: &Oracle) -> Option<Terms> {
        let known = oracle.known_fractions().filter(|_| oracle.differences().is_none())?;
        let all_real = |f: &Fraction| f.is_polynomial() && f.numerator.is_real();
        if known.len() != oracle.outputs().len() || !known.iter().all(all_real) {
            return None;
        }
        let outputs: Vec<Vec<(f64, Vec<u32>)>> = known
            .iter()
            .map(|f| f.numerator.terms().map(|(m, x)| (x.re.to_f64(), m.variables().to_vec())).collect())
            .collect();
        let degree = known.iter().map(|f| f.numerator.degree()).max().unwrap_or(0);
        let room = || vec![[0.0; BLOCK]; oracle.variables()];
        Some(Terms { outputs, variables: room(), before: vec![[0.0; BLOCK]; degree + 1], gradient: room() })
    }

    /// The values and gradients at at most [`BLOCK`] points, the rows of `points`, laid out as those of a
    /// [`super::evaluate::Block`]. `6 d` operations for each point and term of degree `d`.
    pub fn run(&mut self, points: &[f64], values: &mut Vec<f64>, gradients: &mut Vec<f64>) {
        let width = self.variables.len();
        for (v, lanes) in self.variables.iter_mut().enumerate() {
            *lanes = [1.0; BLOCK];
            lanes.iter_mut().zip(points.chunks_exact(width.max(1))).for_each(|(slot, point)| *slot = point[v]);
        }
        values.clear();
        gradients.clear();
        let Terms { outputs, variables, before, gradient } = self;
        for terms in outputs.iter() {
            gradient.fill([0.0; BLOCK]);
            let sum = simd::on_vector_units(
                (&mut *before, &mut *gradient),
                #[inline(always)]
                |(before, gradient)| all_terms(terms, variables, before, gradient),
            );
            values.extend_from_slice(&sum);
            gradient.iter().for_each(|lanes| gradients.extend_from_slice(lanes));
        }
    }
}

#[inline(always)]
fn all_terms(terms: &[(f64, Vec<u32>)], variables: &[Lanes], before: &mut [Lanes], gradient: &mut [Lanes]) -> Lanes {
    let mut sum = [0.0; BLOCK];
    for (coefficient, factors) in terms {
        before[0] = [*coefficient; BLOCK];
        for (k, &v) in factors.iter().enumerate() {
            let (done, next) = before.split_at_mut(k + 1);
            let (product, x, next) = (&done[k], &variables[v as usize], &mut next[0]);
            (0..BLOCK).for_each(|i| next[i] = product[i] * x[i]);
        }
        let whole = &before[factors.len()];
        (0..BLOCK).for_each(|i| sum[i] += whole[i]);
        let mut after = [1.0; BLOCK];
        for (k, &v) in factors.iter().enumerate().rev() {
            let (product, x, slope) = (&before[k], &variables[v as usize], &mut gradient[v as usize]);
            for i in 0..BLOCK {
                slope[i] += product[i] * after[i];
                after[i] *= x[i];
            }
        }
    }
    sum
}
