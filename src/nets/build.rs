//! The architectures: equivariant networks and the plain one of the same width.

use super::solver::Solver;
use super::{Activation, Architecture, Bilinear, Gate, Layer, Linear, NetError, Network, Pointwise, Space, uniform};
use crate::limits::Limits;
use crate::reps::Rep;

/// Deeper networks are refused.
const MAX_LAYERS: usize = 256;
/// Networks with more parameters are refused.
const MAX_PARAMETERS: usize = 1 << 30;

/// The space after a hidden layer.
#[derive(Clone, Debug)]
pub enum Hidden {
    /// [`uniform`] in this width.
    Channels(usize),
    /// This representation.
    Rep(Rep),
}

/// An equivariant network: for each hidden space a linear layer, a bilinear shortcut and gates (or the pointwise function
/// alone), then a linear layer to the target.
pub fn emlp(
    (from, to): (&Rep, &Rep),
    hidden: &[Hidden],
    architecture: Architecture,
    limits: &Limits,
) -> Result<Network, NetError> {
    let (from, to) = sides(from, to)?;
    check_depth(hidden.len())?;
    let (source, target) = (Space::of_rep(&from, limits)?, Space::of_rep(&to, limits)?);
    let mut solver = Solver::new(limits);
    let mut layers: Vec<(String, Layer)> = Vec::new();
    let mut before = source.clone();
    let count = hidden.len();
    for (place, hidden) in hidden.iter().enumerate() {
        limits.progress("layers of the network", place as f64 / (count + 1) as f64);
        let space = match hidden {
            Hidden::Channels(count) => Space::of_rep(&uniform(from.base(), *count, limits)?, limits)?,
            Hidden::Rep(rep) if rep.base().is_same(from.base()) => Space::of_rep(rep, limits)?,
            Hidden::Rep(rep) => {
                let (first, second) = (rep.base().name().to_string(), from.base().name().to_string());
                return Err(crate::reps::RepError::DifferentBase { first, second }.into());
            }
        };
        let name = |part: &str| format!("block{place}.{part}");
        match architecture {
            Architecture::Gated(bilinear) => {
                let gate = Gate::new(&space)?;
                let linear = Linear::new(&before, gate.source(), &mut solver)?;
                layers.push((name("linear"), Layer::Linear(linear)));
                if bilinear {
                    let shortcut = Bilinear::new(gate.source(), place as u64, &mut solver)?;
                    layers.push((name("bilinear"), Layer::Bilinear(shortcut)));
                }
                layers.push((name("gate"), Layer::Gate(gate)));
            }
            Architecture::Pointwise(activation) | Architecture::Plain(activation) => {
                let pointwise = Pointwise::new(&space, activation)?;
                layers.push((name("linear"), Layer::Linear(Linear::new(&before, &space, &mut solver)?)));
                layers.push((name(activation.name()), Layer::Pointwise(pointwise)));
            }
        }
        check_parameters(&layers)?;
        before = space;
    }
    layers.push(("output".to_string(), Layer::Linear(Linear::new(&before, &target, &mut solver)?)));
    check_parameters(&layers)?;
    Ok(Network::new((&from, &to), (source, target), architecture, layers))
}

/// A network without symmetry: linear layers of these widths with the function between them.
pub fn mlp(
    (from, to): (&Rep, &Rep),
    hidden: &[usize],
    activation: Activation,
    limits: &Limits,
) -> Result<Network, NetError> {
    let (from, to) = sides(from, to)?;
    check_depth(hidden.len())?;
    let (source, target) = (Space::of_rep(&from, limits)?, Space::of_rep(&to, limits)?);
    let mut solver = Solver::new(limits);
    let mut layers: Vec<(String, Layer)> = Vec::new();
    let mut before = Space::scalars(from.base(), source.dim())?;
    for (place, &width) in hidden.iter().enumerate() {
        if width == 0 {
            return Err(NetError::Argument("a hidden layer has at least one channel".to_string()));
        }
        let space = Space::scalars(from.base(), width)?;
        layers.push((format!("block{place}.linear"), Layer::Linear(Linear::new(&before, &space, &mut solver)?)));
        check_parameters(&layers)?;
        let pointwise = Pointwise::new(&space, activation)?;
        layers.push((format!("block{place}.{}", activation.name()), Layer::Pointwise(pointwise)));
        before = space;
    }
    let last = Space::scalars(from.base(), target.dim())?;
    layers.push(("output".to_string(), Layer::Linear(Linear::new(&before, &last, &mut solver)?)));
    check_parameters(&layers)?;
    Ok(Network::new((&from, &to), (source, target), Architecture::Plain(activation), layers))
}

/// Both as representations of one group, the product when they are of two.
fn sides(from: &Rep, to: &Rep) -> Result<(Rep, Rep), NetError> {
    let missing = || NetError::Argument("a network goes from one representation to another".to_string());
    Rep::hom(from, to)?.as_hom().ok_or_else(missing)
}

fn check_depth(layers: usize) -> Result<(), NetError> {
    if layers > MAX_LAYERS {
        return Err(NetError::Argument(format!("a network has at most {MAX_LAYERS} hidden layers, not {layers}")));
    }
    Ok(())
}

fn check_parameters(layers: &[(String, Layer)]) -> Result<(), NetError> {
    let total = layers.iter().fold(0usize, |sum, (_, layer)| sum.saturating_add(layer.parameters()));
    if total > MAX_PARAMETERS {
        return Err(NetError::Argument(format!("a network of more than {MAX_PARAMETERS} parameters is too large")));
    }
    Ok(())
}
