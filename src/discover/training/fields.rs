//! Generators that are not linear: vector fields given by small networks, as in the last examples of 2301.05638.
//!
//! There only the invariance is trained, which the zero field minimises; here each field is kept at mean squared length 1,
//! away from zero at every point, and fields are kept orthogonal on average. The fields are defined where the data are, and
//! nowhere else.

use super::losses::{Term, Terms, Weights};
use super::trained::{Curve, Stopped, TrainingError, on_curve};
use super::{Adam, AdamState};
use crate::discover::perceptron::{Activation, Perceptron, Room};
use crate::float::Random;
use crate::limits::Limits;

/// The settings of a training of fields.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldSettings {
    /// How many fields.
    pub fields: usize,
    /// Width of the hidden layers; the papers take n².
    pub width: usize,
    /// Number of hidden layers; the papers take 3.
    pub layers: usize,
    /// What stands between the layers.
    pub activation: Activation,
    /// The most steps.
    pub steps: u64,
    /// The optimiser.
    pub adam: Adam,
    /// The loss at which it ends before.
    pub stop_below: f64,
}

impl FieldSettings {
    /// A network `n → width → … → n`.
    fn network(&self, n: usize) -> Perceptron {
        Perceptron::new(n, self.width, self.layers, n, self.activation)
    }
}

/// Trained vector fields.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainedFields {
    network: Perceptron,
    /// The parameters of each field, one after another.
    pub parameters: Vec<f64>,
    /// The terms at the end.
    pub terms: Terms,
    /// The loss at the end.
    pub loss: f64,
    /// Steps done.
    pub steps: u64,
    /// The loss as it went.
    pub curve: Curve,
    /// Why it ended.
    pub stopped: Stopped,
}

impl TrainedFields {
    /// The values of field `k` at points (rows of length n).
    pub fn values(&self, k: usize, points: &[f64]) -> Vec<f64> {
        let count = self.network.count();
        let mut room = Room::new(&self.network, points.len() / self.network.sizes[0].max(1));
        self.network.forward(&self.parameters[k * count..(k + 1) * count], points, &mut room);
        room.layers.pop().unwrap_or_default()
    }
}

/// A squared length below which a field is pushed away from zero: one that vanishes in a region leaves the label invariant
/// there, and has nothing to say of it.
const LEAST: f64 = 0.25;

/// The loss of fields at fixed points: invariance `Σ_a mean (∇φ·v_a)²`, normalisation `Σ_a (mean |v_a|² - 1)²` with
/// `Σ_a mean (LEAST - |v_a|²)₊²`, orthogonality `Σ_{a<b} (mean v_a·v_b)²`.
struct FieldLoss<'a> {
    n: usize,
    points: &'a [f64],
    gradients: &'a [f64],
    outputs: usize,
    network: Perceptron,
    rooms: Vec<Room>,
    gram: Vec<f64>,
}

impl FieldLoss<'_> {
    fn evaluate(&mut self, parameters: &[f64], weights: &Weights, gradient: &mut [f64]) -> Terms {
        let (n, k, count) = (self.n, self.rooms.len(), self.network.count());
        let rows = self.points.len() / n;
        let mean = 1.0 / rows as f64;
        let [invariance, normal, orthogonal] =
            [Term::Invariance, Term::Normalisation, Term::Orthogonality].map(|t| weights.0.get(t));
        for (a, room) in self.rooms.iter_mut().enumerate() {
            self.network.forward(&parameters[a * count..(a + 1) * count], self.points, room);
        }
        let mut sums = [0.0; 3];
        for a in 0..k {
            for b in 0..=a {
                let (Some(x), Some(y)) = (self.rooms[a].layers.last(), self.rooms[b].layers.last()) else { continue };
                let inner = mean * x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>();
                let excess = inner - f64::from(u8::from(a == b));
                sums[if a == b { 1 } else { 2 }] += excess * excess;
                let slope = if a == b { 4.0 * normal } else { 2.0 * orthogonal } * excess * mean;
                (self.gram[a * k + b], self.gram[b * k + a]) = (slope, slope);
            }
        }
        for a in 0..k {
            let (before, rest) = self.rooms.split_at_mut(a);
            let Some((room, after)) = rest.split_first_mut() else { continue };
            let Some(slope) = room.slopes.last_mut() else { continue };
            let own = room.layers.last().map_or(&[][..], |v| v.as_slice());
            for i in 0..rows {
                let (v, s) = (&own[i * n..(i + 1) * n], &mut slope[i * n..(i + 1) * n]);
                let lack = (LEAST - v.iter().map(|x| x * x).sum::<f64>()).max(0.0);
                sums[1] += mean * lack * lack;
                s.iter_mut().zip(v).for_each(|(s, v)| *s = -4.0 * normal * mean * lack * v);
                for o in 0..self.outputs {
                    let g = &self.gradients[(i * self.outputs + o) * n..][..n];
                    let change: f64 = g.iter().zip(v).map(|(g, v)| g * v).sum();
                    sums[0] += mean * change * change;
                    s.iter_mut().zip(g).for_each(|(s, g)| *s += 2.0 * invariance * mean * change * g);
                }
            }
            slope.iter_mut().zip(own).for_each(|(s, v)| *s += self.gram[a * k + a] * v);
            let others = before.iter().enumerate().chain(after.iter().enumerate().map(|(t, r)| (a + 1 + t, r)));
            for (b, other) in others {
                let factor = self.gram[a * k + b];
                if let Some(other) = other.layers.last() {
                    slope.iter_mut().zip(other).for_each(|(s, v)| *s += factor * v);
                }
            }
            let range = a * count..(a + 1) * count;
            self.network.backward(&parameters[range.clone()], self.points, room, &mut gradient[range]);
        }
        Terms::default()
            .with(Term::Invariance, sums[0])
            .with(Term::Normalisation, sums[1])
            .with(Term::Orthogonality, sums[2])
    }
}

/// Trains fields on points (rows of length n) and the gradients of `outputs` labels there, from the seed of the limits.
/// `6 N parameters` operations a step.
pub fn train_fields(
    n: usize,
    points: &[f64],
    gradients: &[f64],
    outputs: usize,
    settings: &FieldSettings,
    limits: &Limits,
) -> Result<TrainedFields, TrainingError> {
    let network = settings.network(n);
    let rows = points.len().checked_div(n).unwrap_or(0);
    let (k, count) = (settings.fields, network.count());
    let layers: u128 = network.sizes.iter().map(|s| 2 * *s as u128 * rows as u128).sum();
    limits.reserve(8 * k as u128 * (layers + 5 * count as u128))?;
    let mut random = Random::new(limits.seed(), 5);
    let mut parameters: Vec<f64> = (0..k).flat_map(|_| network.start(&mut random)).collect();
    let rooms = (0..k).map(|_| Room::new(&network, rows)).collect();
    let mut loss = FieldLoss { n, points, gradients, outputs, network: network.clone(), rooms, gram: vec![0.0; k * k] };
    let mut adam = AdamState::new(parameters.len());
    let mut gradient = vec![0.0; parameters.len()];
    let weights = Weights::default();
    let mut curve = Curve::default();
    loop {
        limits.check()?;
        let terms = loss.evaluate(&parameters, &weights, &mut gradient);
        let total = weights.total(&terms);
        if !total.is_finite() {
            return Err(TrainingError::Diverged(adam.steps));
        }
        let (low, last) = (total < settings.stop_below, adam.steps >= settings.steps);
        if on_curve(adam.steps) || low || last {
            curve.0.push((adam.steps, terms, total));
            limits.progress(&format!("fields, loss {total:.1e}"), adam.steps as f64 / settings.steps.max(1) as f64);
        }
        if low || last {
            let stopped = if low { Stopped::Reached } else { Stopped::Steps };
            return Ok(TrainedFields { network, parameters, terms, loss: total, steps: adam.steps, curve, stopped });
        }
        adam.update(&settings.adam, &mut parameters, &gradient);
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{norm, samples};
    use super::*;

    fn settings(fields: usize, activation: Activation, steps: u64) -> FieldSettings {
        let adam = Adam::constant(3e-3);
        FieldSettings { fields, width: 12, layers: 2, activation, steps, adam, stop_below: 1e-12 }
    }

    #[test]
    fn the_gradient_is_that_of_differences() {
        let (points, gradients) = samples(3, 17, 4, norm);
        for activation in [Activation::Tanh, Activation::Relu] {
            let network = settings(2, activation, 1).network(3);
            let mut random = Random::new(2, 2);
            let mut parameters: Vec<f64> = (0..2).flat_map(|_| network.start(&mut random)).collect();
            let rooms = (0..2).map(|_| Room::new(&network, 17)).collect();
            let (points, gradients) = (&points, &gradients);
            let mut loss = FieldLoss { n: 3, points, gradients, outputs: 1, network, rooms, gram: vec![0.0; 4] };
            let weights = Weights(Terms([0.7, 1.1, 1.3, 0.0, 0.0, 0.0]));
            let mut gradient = vec![0.0; parameters.len()];
            loss.evaluate(&parameters, &weights, &mut gradient);
            let mut spare = gradient.clone();
            for at in (0..parameters.len()).step_by(7) {
                let (old, h) = (parameters[at], 1e-6);
                parameters[at] = old + h;
                let up = weights.total(&loss.evaluate(&parameters, &weights, &mut spare));
                parameters[at] = old - h;
                let down = weights.total(&loss.evaluate(&parameters, &weights, &mut spare));
                parameters[at] = old;
                assert!(((up - down) / (2.0 * h) - gradient[at]).abs() < 1e-6, "{activation:?} {at}");
            }
        }
    }

    /// A field along the circles, and one along the diamonds `|x| + |y|`, which have no linear symmetry.
    #[test]
    fn fields_along_the_level_sets() {
        let diamond = |x: &[f64], g: &mut [f64]| {
            g.iter_mut().zip(x).for_each(|(g, x)| *g = x.signum());
            x.iter().map(|x| x.abs()).sum()
        };
        type Label<'a> = &'a dyn Fn(&[f64], &mut [f64]) -> f64;
        for (label, activation) in [(&norm as Label<'_>, Activation::Tanh), (&diamond as Label<'_>, Activation::Relu)] {
            let (points, gradients) = samples(2, 200, 0, label);
            let found =
                train_fields(2, &points, &gradients, 1, &settings(1, activation, 3000), &Limits::none()).unwrap();
            assert!(found.loss < 0.02, "{:?}", found.terms);
            // On points that were not seen.
            let (fresh, slopes) = samples(2, 200, 9, label);
            let values = found.values(0, &fresh);
            let (mut across, mut along) = (0.0, 0.0);
            for (v, g) in values.chunks(2).zip(slopes.chunks(2)) {
                across += (v[0] * g[0] + v[1] * g[1]).powi(2);
                along += (v[0] * v[0] + v[1] * v[1]) * (g[0] * g[0] + g[1] * g[1]);
            }
            assert!(across < 0.06 * along, "{across} {along}");
        }
    }
}
