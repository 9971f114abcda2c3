//! A multilayer perceptron: values, derivatives by its parameters, in batches. Used for vector fields, and for labels that
//! are no polynomial.

use super::steps::{Draft, Step};
use crate::float::Random;
use crate::float::gemm::{multiply, multiply_transposed};

/// What stands between the layers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// `max(x, 0)`, as published.
    Relu,
    /// The hyperbolic tangent, for smooth fields.
    Tanh,
}

impl Activation {
    fn of(self, x: f64) -> f64 {
        match self {
            Activation::Relu => x.max(0.0),
            Activation::Tanh => x.tanh(),
        }
    }

    fn slope(self, value: f64) -> f64 {
        match self {
            Activation::Relu => f64::from(u8::from(value > 0.0)),
            Activation::Tanh => 1.0 - value * value,
        }
    }

    /// As steps of a program: `tanh x = 1 − 2 / (1 + e^(2x))`, right at both ends, where `e^(2x)` is 0 or infinite.
    fn write(self, draft: &Draft, x: u32) -> u32 {
        let number = |value: f64| draft.push(Step::Float(value));
        match self {
            Activation::Relu => {
                let zero = number(0.0);
                let positive = draft.push(Step::Less(zero, x));
                draft.push(Step::Choose(positive, x, zero))
            }
            Activation::Tanh => {
                let (one, two) = (number(1.0), number(2.0));
                let power = draft.push(Step::Multiply(two, x));
                let power = draft.push(Step::Exponential(power));
                let below = draft.push(Step::Add(one, power));
                let part = draft.push(Step::Divide(two, below));
                draft.push(Step::Subtract(one, part))
            }
        }
    }
}

/// A network of layers with biases; the last one is linear.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Perceptron {
    /// Sizes of the layers, input and output included: two at least.
    pub sizes: Vec<usize>,
    /// What stands between them.
    pub activation: Activation,
}

/// Values of every layer for all points, and their slopes.
pub(super) struct Room {
    pub rows: usize,
    pub layers: Vec<Vec<f64>>,
    pub slopes: Vec<Vec<f64>>,
    turned: Vec<f64>,
}

impl Room {
    pub fn new(network: &Perceptron, rows: usize) -> Room {
        let of = |sizes: &[usize]| sizes.iter().map(|s| vec![0.0; rows * s]).collect::<Vec<_>>();
        let most = network.sizes.windows(2).map(|p| p[0] * p[1]).max().unwrap_or(0);
        Room { rows, layers: of(&network.sizes[1..]), slopes: of(&network.sizes), turned: vec![0.0; most] }
    }
}

impl Perceptron {
    /// `input → width → … → width → output` with so many hidden layers.
    pub fn new(input: usize, width: usize, layers: usize, output: usize, activation: Activation) -> Perceptron {
        let mut sizes = vec![input];
        sizes.extend(std::iter::repeat_n(width, layers));
        sizes.push(output);
        Perceptron { sizes, activation }
    }

    /// Number of parameters: for each layer the `in × out` weights and the biases.
    pub fn count(&self) -> usize {
        self.sizes.windows(2).map(|p| p[0] * p[1] + p[1]).sum()
    }

    /// Uniform in ±1/√in, as a linear layer begins in the published code.
    pub fn start(&self, random: &mut Random) -> Vec<f64> {
        let mut out = Vec::with_capacity(self.count());
        for pair in self.sizes.windows(2) {
            let bound = 1.0 / (pair[0].max(1) as f64).sqrt();
            out.extend((0..pair[0] * pair[1] + pair[1]).map(|_| bound * (2.0 * random.unit() - 1.0)));
        }
        out
    }

    /// The values of all layers at points (rows).
    pub fn forward(&self, parameters: &[f64], points: &[f64], room: &mut Room) {
        let mut at = 0;
        let last = self.sizes.len() - 2;
        for (l, pair) in self.sizes.windows(2).enumerate() {
            let (size, out) = (pair[0], pair[1]);
            let (weights, biases) = parameters[at..at + size * out + out].split_at(size * out);
            at += size * out + out;
            let (before, rest) = room.layers.split_at_mut(l);
            let input = before.last().map_or(points, |v| v.as_slice());
            let output = &mut rest[0];
            multiply((room.rows, size, out), input, weights, output, false);
            for row in output.chunks_exact_mut(out.max(1)) {
                row.iter_mut().zip(biases).for_each(|(z, b)| *z += b);
                if l < last {
                    row.iter_mut().for_each(|z| *z = self.activation.of(*z));
                }
            }
        }
    }

    /// From the slopes of the outputs (the last of `room.slopes`) those of the parameters.
    pub fn backward(&self, parameters: &[f64], points: &[f64], room: &mut Room, gradient: &mut [f64]) {
        let mut at = self.count();
        for (l, pair) in self.sizes.windows(2).enumerate().rev() {
            let (size, out) = (pair[0], pair[1]);
            at -= size * out + out;
            let input = if l == 0 { points } else { room.layers[l - 1].as_slice() };
            let slope = &room.slopes[l + 1];
            let (own, bias) = gradient[at..at + size * out + out].split_at_mut(size * out);
            multiply_transposed((size, room.rows, out), (input, size), (slope, out), own);
            bias.fill(0.0);
            for row in slope.chunks_exact(out.max(1)) {
                bias.iter_mut().zip(row).for_each(|(b, s)| *b += s);
            }
            if l > 0 {
                self.descend(l, &parameters[at..at + size * out], room);
            }
        }
    }

    /// Of a network with one output: the rows of its derivatives by the parameters after [`Self::forward`].
    pub fn jacobian(&self, parameters: &[f64], points: &[f64], room: &mut Room, jacobian: &mut [f64]) {
        let count = self.count();
        if let Some(slope) = room.slopes.last_mut() {
            slope.fill(1.0);
        }
        let mut at = count;
        for (l, pair) in self.sizes.windows(2).enumerate().rev() {
            let (size, out) = (pair[0], pair[1]);
            at -= size * out + out;
            let input = if l == 0 { points } else { room.layers[l - 1].as_slice() };
            let rows = jacobian.chunks_exact_mut(count).zip(input.chunks_exact(size));
            for ((row, x), slope) in rows.zip(room.slopes[l + 1].chunks_exact(out)) {
                let (own, bias) = row[at..at + size * out + out].split_at_mut(size * out);
                for (part, x) in own.chunks_exact_mut(out).zip(x) {
                    part.iter_mut().zip(slope).for_each(|(d, s)| *d = x * s);
                }
                bias.copy_from_slice(slope);
            }
            if l > 0 {
                self.descend(l, &parameters[at..at + size * out], room);
            }
        }
    }

    /// From the slopes behind layer `l` those behind the layer before.
    fn descend(&self, l: usize, weights: &[f64], room: &mut Room) {
        let (size, out) = (self.sizes[l], self.sizes[l + 1]);
        let (before, rest) = room.slopes.split_at_mut(l + 1);
        for i in 0..size {
            for j in 0..out {
                room.turned[j * size + i] = weights[i * out + j];
            }
        }
        multiply((room.rows, out, size), &rest[0], &room.turned[..size * out], &mut before[l], false);
        // The derivative of the activation in terms of its value.
        before[l].iter_mut().zip(&room.layers[l - 1]).for_each(|(s, value)| *s *= self.activation.slope(*value));
    }

    /// The steps of the outputs, given those of the inputs.
    pub fn write(&self, parameters: &[f64], inputs: &[u32], draft: &Draft) -> Vec<u32> {
        let (mut values, mut at) = (inputs.to_vec(), 0);
        for (l, pair) in self.sizes.windows(2).enumerate() {
            let (size, out) = (pair[0], pair[1]);
            let (weights, biases) = parameters[at..at + size * out + out].split_at(size * out);
            at += size * out + out;
            let neuron = |j: usize| {
                let mut sum = draft.push(Step::Float(biases[j]));
                for (i, &value) in values.iter().enumerate() {
                    let weight = draft.push(Step::Float(weights[i * out + j]));
                    let product = draft.push(Step::Multiply(weight, value));
                    sum = draft.push(Step::Add(sum, product));
                }
                if l + 2 < self.sizes.len() { self.activation.write(draft, sum) } else { sum }
            };
            values = (0..out).map(neuron).collect();
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::evaluate::{BLOCK, Block, Evaluator};
    use crate::discover::{Oracle, Role};

    /// The rows of the Jacobian are difference quotients, and so are the derivatives of the written program by its variables.
    #[test]
    fn derivatives_are_those_of_differences() {
        for (activation, layers) in [(Activation::Tanh, 1), (Activation::Tanh, 3), (Activation::Relu, 2)] {
            let network = Perceptron::new(3, 4, layers, 1, activation);
            let mut random = Random::new(1, 7);
            let parameters = network.start(&mut random);
            let points: Vec<f64> = (0..15).map(|_| random.normal()).collect();
            let mut room = Room::new(&network, 5);
            let mut values = |parameters: &[f64], points: &[f64]| {
                network.forward(parameters, points, &mut room);
                room.layers.last().unwrap().clone()
            };
            let (h, mut moved) = (1e-6, parameters.clone());
            let quotients: Vec<Vec<f64>> = (0..parameters.len())
                .map(|k| {
                    moved[k] = parameters[k] + h;
                    let up = values(&moved, &points);
                    moved[k] = parameters[k] - h;
                    let down = values(&moved, &points);
                    moved[k] = parameters[k];
                    up.iter().zip(&down).map(|(u, d)| (u - d) / (2.0 * h)).collect()
                })
                .collect();
            let expected = values(&parameters, &points);
            let mut jacobian = vec![0.0; 5 * network.count()];
            network.jacobian(&parameters, &points, &mut room, &mut jacobian);
            for (i, row) in jacobian.chunks(network.count()).enumerate() {
                assert!(row.iter().zip(&quotients).all(|(d, q)| (d - q[i]).abs() < 1e-8), "{activation:?} {layers}");
            }
            let draft = Draft::new();
            let inputs: Vec<u32> = (0..3).map(|v| draft.push(Step::Variable(v))).collect();
            let outputs = network.write(&parameters, &inputs, &draft);
            let oracle = Oracle::new(3, false, vec![Role::Vector], &draft, &outputs).unwrap();
            let mut block = Block::default();
            Evaluator::new(&oracle).run(&points, &mut block);
            for (i, value) in expected.iter().enumerate() {
                assert!((block.values[i] - value).abs() < 1e-14);
            }
            let differences = oracle.clone().with_differences(Some(1e-6));
            let mut quotients = Block::default();
            Evaluator::new(&differences).run(&points, &mut quotients);
            for at in (0..3).flat_map(|v| (0..5).map(move |i| v * BLOCK + i)) {
                assert!((block.gradients[at] - quotients.gradients[at]).abs() < 1e-7);
            }
        }
    }

    /// Far out the hyperbolic tangent is ±1 with slope 0, and no number is lost.
    #[test]
    fn saturated_neurons() {
        let draft = Draft::new();
        let x = draft.push(Step::Variable(0));
        let y = Activation::Tanh.write(&draft, x);
        let oracle = Oracle::new(1, false, vec![Role::Vector], &draft, &[y]).unwrap();
        let mut block = Block::default();
        Evaluator::new(&oracle).run(&[-1e6, -400.0, 400.0, 1e6], &mut block);
        assert_eq!(block.values[..4], [-1.0, -1.0, 1.0, 1.0]);
        assert_eq!(block.gradients[..4], [0.0; 4]);
    }
}
