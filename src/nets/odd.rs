//! Odd networks and data with both signs.
//!
//! A network with `f(-x) = -f(x)` that classifies by the largest output has on the pair (x, y), (-x, y) the mean cross-entropy
//! `½ log(Σ e^(a_j) Σ e^(-a_j)) ≥ log C` with `a_j = s_j - s_y`, by Cauchy and Schwarz, and equality only where all outputs are
//! equal. So no training can bring the loss of such pairs below log C, and of both signs at most one is classified rightly.

use std::collections::BTreeMap;

use super::{Activation, Layer, Network, Parameters};

/// Whether `f(-x) = -f(x)` holds for every x because of the layers: linear ones without bias, and functions that are odd.
pub fn is_odd(network: &Network, parameters: &Parameters<f64>) -> bool {
    network.layers().iter().enumerate().all(|(place, (_, layer))| match layer {
        Layer::Linear(linear) => {
            let own = &parameters.values[network.parameters_of(place)];
            own[linear.weights()..].iter().all(|b| *b == 0.0)
        }
        Layer::Pointwise(pointwise) => pointwise.activation == Activation::Tanh,
        Layer::Bilinear(_) | Layer::Convolution(_) | Layer::Gate(_) => false,
    })
}

/// How many disjoint pairs of samples are negatives of each other and have the same label; zeros are their own negatives and pair
/// with nothing but each other.
pub fn opposite_pairs(samples: &[Vec<f64>], labels: &[i64]) -> usize {
    // Bit patterns, with one zero.
    let key = |x: &[f64], sign: f64| x.iter().map(|v| (sign * v + 0.0).to_bits()).collect::<Vec<u64>>();
    let mut waiting: BTreeMap<(i64, Vec<u64>), usize> = BTreeMap::new();
    let mut pairs = 0;
    for (x, &label) in samples.iter().zip(labels) {
        match waiting.get_mut(&(label, key(x, -1.0))) {
            Some(count) if *count > 0 => {
                *count -= 1;
                pairs += 1;
            }
            _ => *waiting.entry((label, key(x, 1.0))).or_insert(0) += 1,
        }
    }
    pairs
}

/// The mean cross-entropy below which no odd network comes on so many samples with so many pairs: `2 pairs / samples · log C`.
pub fn loss_bound(samples: usize, pairs: usize, classes: usize) -> f64 {
    if samples == 0 { 0.0 } else { 2.0 * pairs as f64 / samples as f64 * (classes as f64).ln() }
}

#[cfg(test)]
mod tests {
    use super::super::{initial_parameters, mlp};
    use super::*;
    use crate::limits::Limits;
    use crate::reps::Rep;

    fn network(activation: Activation) -> (Network, Parameters<f64>) {
        let base = crate::reps::group_by_name("SO", &[crate::lie::named::Arg::Integer(3)], &Limits::none()).unwrap();
        let v = Rep::vector(base.base()).unwrap();
        let net = mlp((&v, &v), &[5, 4], activation, &Limits::none()).unwrap();
        let parameters = initial_parameters(&net, &Limits::none()).unwrap();
        (net, parameters)
    }

    #[test]
    fn odd_networks_are_recognized() {
        let (net, parameters) = network(Activation::Tanh);
        assert!(is_odd(&net, &parameters));
        let y = net.apply(&parameters, &[0.3, -1.0, 2.0], &Limits::none()).unwrap();
        let z = net.apply(&parameters, &[-0.3, 1.0, -2.0], &Limits::none()).unwrap();
        assert!(y.iter().zip(&z).all(|(a, b)| a == &-b));
        let mut biased = parameters.clone();
        if let Some(last) = biased.values.last_mut() {
            *last = 0.1;
        }
        assert!(!is_odd(&net, &biased));
        let (net, parameters) = network(Activation::Relu);
        assert!(!is_odd(&net, &parameters));
    }

    /// 10 classes: log 10 = 2.302585 (acceptance case 30). For any outputs the mean loss of a pair is no smaller.
    #[test]
    fn losses_of_pairs() {
        let samples = [vec![1.0, 2.0], vec![-1.0, -2.0], vec![1.0, 2.0], vec![0.0, -0.0], vec![0.0, 0.0]];
        assert_eq!(opposite_pairs(&samples, &[3, 3, 3, 1, 1]), 2);
        assert_eq!(opposite_pairs(&samples, &[3, 4, 3, 1, 2]), 0);
        assert_eq!(loss_bound(2, 1, 10), std::f64::consts::LN_10);
        assert_eq!(loss_bound(0, 0, 10), 0.0);
        let mut random = crate::float::Random::new(1, 2);
        for _ in 0..1000 {
            let s: Vec<f64> = (0..10).map(|_| 3.0 * random.normal()).collect();
            let loss = |sign: f64| s.iter().map(|x| (sign * (x - s[0])).exp()).sum::<f64>().ln();
            assert!((loss(1.0) + loss(-1.0)) / 2.0 >= 10f64.ln() - 1e-12);
        }
    }
}
