//! Small networks that stand in for labels: one for each label and each part of the rows that is left out.

use super::error::DiscoverError;
use super::perceptron::{Activation, Perceptron, Room};
use super::regression::train;
use super::steps::{Draft, Step};
use crate::exact::Matrix;
use crate::float::Random;
use crate::limits::Limits;
use crate::parallel;

/// Parameters beyond which no network is fitted: their Gram matrix is held.
const MOST_PARAMETERS: usize = 4000;
/// The streams of random numbers that starts come from.
const STARTS: u64 = 0x006e_6574_0000;

/// Networks fitted to the columns of a table.
#[derive(Clone, Debug)]
pub(super) struct Networks {
    network: Perceptron,
    /// Mean and standard deviation of each coordinate.
    points: Vec<(f64, f64)>,
    /// The same of each label.
    labels: Vec<(f64, f64)>,
    /// The parameters of each label's networks, one for each fold.
    parameters: Vec<Vec<Vec<f64>>>,
}

/// Mean and standard deviation (1 where it vanishes) of each column.
fn moments(m: &Matrix<f64>) -> Vec<(f64, f64)> {
    let count = m.rows().max(1) as f64;
    let of = |j: usize| {
        let mean = (0..m.rows()).map(|i| m[(i, j)]).sum::<f64>() / count;
        let variance = (0..m.rows()).map(|i| (m[(i, j)] - mean).powi(2)).sum::<f64>() / count;
        (mean, if variance > 0.0 { variance.sqrt() } else { 1.0 })
    };
    (0..m.cols()).map(of).collect()
}

impl Networks {
    /// Networks with `layers` hidden layers of `hidden` neurons. `order` is a random order of the rows: number `k` of `folds`
    /// networks does not see every `folds`-th of them from the `k`-th on.
    pub fn new(
        (points, labels): (&Matrix<f64>, &Matrix<f64>),
        (hidden, layers): (usize, usize),
        (order, folds): (&[usize], usize),
        limits: &Limits,
    ) -> Result<Networks, DiscoverError> {
        let (n, outputs) = (points.cols(), labels.cols());
        let network = Perceptron::new(n, hidden, layers, 1, Activation::Tanh);
        if network.count() > MOST_PARAMETERS {
            let message = format!(
                "a network with {layers} hidden layers of {hidden} neurons on {n} coordinates has {} parameters; at most \
                 {MOST_PARAMETERS} are possible",
                network.count()
            );
            return Err(DiscoverError::Argument(message));
        }
        let (of_points, of_labels) = (moments(points), moments(labels));
        limits.progress("network", 0.0);
        // Row after row, so that memory is bounded by the table.
        let trained = parallel::try_map(outputs * folds, |task| {
            let (o, fold) = (task / folds, task % folds);
            let kept = || order.iter().enumerate().filter(move |(at, _)| at % folds != fold).map(|(_, i)| *i);
            let x: Vec<f64> = kept().flat_map(|i| standard(points.row(i), &of_points)).collect();
            let y: Vec<f64> = kept().map(|i| (labels[(i, o)] - of_labels[o].0) / of_labels[o].1).collect();
            train(&network, &x, &y, &mut Random::new(limits.seed(), STARTS + task as u64), limits)
        })?;
        let parameters = trained.chunks(folds).map(<[Vec<f64>]>::to_vec).collect();
        Ok(Networks { network, points: of_points, labels: of_labels, parameters })
    }

    /// Label `o` at a point, by the network that does not see fold `fold`.
    pub fn value(&self, o: usize, fold: usize, x: &[f64]) -> f64 {
        let mut room = Room::new(&self.network, 1);
        let x: Vec<f64> = standard(x, &self.points).collect();
        self.network.forward(&self.parameters[o][fold], &x, &mut room);
        self.labels[o].0 + self.labels[o].1 * room.layers.last().map_or(0.0, |v| v[0])
    }

    /// The steps of each label: of one fold, or of the mean of all.
    pub fn write(&self, fold: Option<usize>, draft: &Draft) -> Vec<u32> {
        let number = |value: f64| draft.push(Step::Float(value));
        let centred = |(v, (mean, deviation)): (usize, &(f64, f64))| {
            let variable = draft.push(Step::Variable(v as u32));
            let moved = draft.push(Step::Subtract(variable, number(*mean)));
            draft.push(Step::Multiply(number(1.0 / deviation), moved))
        };
        let inputs: Vec<u32> = self.points.iter().enumerate().map(centred).collect();
        let of = |(networks, (mean, deviation)): (&Vec<Vec<f64>>, &(f64, f64))| {
            let chosen = match fold {
                Some(k) => &networks[k..=k],
                None => networks.as_slice(),
            };
            let mut sum = number(*mean);
            for parameters in chosen {
                let value = self.network.write(parameters, &inputs, draft)[0];
                let scaled = draft.push(Step::Multiply(number(deviation / chosen.len() as f64), value));
                sum = draft.push(Step::Add(sum, scaled));
            }
            sum
        };
        self.parameters.iter().zip(&self.labels).map(of).collect()
    }
}

/// A point in units of the deviations from the means.
fn standard<'a>(x: &'a [f64], moments: &'a [(f64, f64)]) -> impl Iterator<Item = f64> + 'a {
    x.iter().zip(moments).map(|(x, (mean, deviation))| (x - mean) / deviation)
}
