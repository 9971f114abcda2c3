//! First parameters, drawn as the work draws them.

use super::{Architecture, Layer, Linear, NetError, Network, Parameters};
use crate::float::Random;
use crate::limits::Limits;

/// Streams of other rooms have smaller numbers.
const STREAM: u64 = (1 << 42) + (1 << 32);

/// Random parameters; the same for the same seed.
///
/// Of an equivariant linear layer from dimension `n` to `m` the coefficients of maps of norm 1 are normal of variance
/// `1 / max(n, m)`: the variance that the projection of a random orthogonal `m × n` matrix has. Biases are projections of
/// vectors of numbers uniform in `[0, 1/√m)` to the invariants. Coefficients of bilinear layers are standard normal, of
/// tensor products divided by the root of the number of terms. A plain
/// layer has weights of variance `2 / (n + m)` (Glorot and Bengio) and no bias at first.
pub fn initial_parameters(network: &Network, limits: &Limits) -> Result<Parameters<f64>, NetError> {
    limits.reserve(network.parameters() as u128 * 8)?;
    let mut values = Vec::with_capacity(network.parameters());
    for (place, (_, layer)) in network.layers().iter().enumerate() {
        limits.check()?;
        let mut random = Random::new(limits.seed(), STREAM + place as u64);
        match (layer, network.architecture()) {
            (Layer::Linear(linear), Architecture::Plain(_)) => plain(linear, &mut random, &mut values),
            (Layer::Linear(linear), _) => equivariant(linear, &mut random, &mut values),
            (Layer::Bilinear(product), _) if !product.is_shortcut() => {
                for c in product.couplings() {
                    let scale = 1.0 / (product.terms(c.to) as f64).sqrt();
                    let count = product.target().blocks()[c.to].copies * product.copies(c);
                    values.extend((0..count).map(|_| scale * random.normal()));
                }
            }
            (Layer::Convolution(x), _) => x.initial(&mut random, &mut values),
            (Layer::Bilinear(bilinear), _) => values.extend((0..bilinear.parameters()).map(|_| random.normal())),
            (Layer::Gate(_) | Layer::Pointwise(_), _) => {}
        }
    }
    network.with_values(values)
}

fn plain(linear: &Linear, random: &mut Random, values: &mut Vec<f64>) {
    let sizes = (linear.source().dim() + linear.target().dim()) as f64;
    let scale = (2.0 / sizes).sqrt();
    values.extend((0..linear.weights()).map(|_| scale * random.normal()));
    values.extend(std::iter::repeat_n(0.0, linear.parameters() - linear.weights()));
}

fn equivariant(linear: &Linear, random: &mut Random, values: &mut Vec<f64>) {
    let scale = 1.0 / (linear.source().dim().max(linear.target().dim()) as f64).sqrt();
    values.extend((0..linear.weights()).map(|_| scale * random.normal()));
    let height = 1.0 / (linear.target().dim() as f64).sqrt();
    for bias in linear.biases() {
        let block = &linear.target().blocks()[bias.to];
        for _ in 0..block.copies {
            let drawn: Vec<f64> = (0..block.dim).map(|_| height * random.unit()).collect();
            let product = |k: usize| bias.basis.map(k).iter().map(|(i, _, v)| v * drawn[*i as usize]).sum::<f64>();
            values.extend((0..bias.basis.rank()).map(product));
        }
    }
}
