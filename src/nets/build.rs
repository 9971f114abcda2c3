//! The architectures: equivariant networks and the plain one of the same width.

use super::solver::Solver;
use super::uniform::uniform_of;
use super::{
    Activation, Architecture, Bilinear, Convolution, Gate, Layer, Linear, NetError, Network, Pointwise, Radial, Space,
    uniform,
};
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
    let mut draft = Draft::new((from, to), hidden.len(), limits)?;
    let mut before = draft.source.clone();
    for (place, hidden) in hidden.iter().enumerate() {
        limits.progress("layers of the network", place as f64 / (draft.hidden + 1) as f64);
        let space = match hidden {
            Hidden::Channels(count) => Space::of_rep(&draft.uniform(*count)?, limits)?,
            Hidden::Rep(rep) => Space::of_rep(&draft.of_its_group(rep)?, limits)?,
        };
        match architecture {
            Architecture::Gated(bilinear) => {
                let gate = Gate::new(&space)?;
                draft.linear(place, &before, gate.source())?;
                if bilinear {
                    let shortcut = Bilinear::new(gate.source(), place as u64, &mut draft.solver)?;
                    draft.push(place, "bilinear", Layer::Bilinear(shortcut))?;
                }
                draft.push(place, "gate", Layer::Gate(gate))?;
            }
            Architecture::Pointwise(activation) | Architecture::Plain(activation) => {
                let pointwise = Pointwise::new(&space, activation)?;
                draft.linear(place, &before, &space)?;
                draft.push(place, activation.name(), Layer::Pointwise(pointwise))?;
            }
            Architecture::TensorProduct | Architecture::Convolution => {
                return Err(NetError::Argument("hidden layers are gated, or pointwise functions".to_string()));
            }
        }
        before = space;
    }
    let target = draft.target.clone();
    draft.finish(&before, &target, architecture)
}

/// A network without symmetry: linear layers of these widths with the function between them.
pub fn mlp(
    (from, to): (&Rep, &Rep),
    hidden: &[usize],
    activation: Activation,
    limits: &Limits,
) -> Result<Network, NetError> {
    let mut draft = Draft::new((from, to), hidden.len(), limits)?;
    let base = draft.from.base().clone();
    let mut before = Space::scalars(&base, draft.source.dim())?;
    for (place, &width) in hidden.iter().enumerate() {
        if width == 0 {
            return Err(NetError::Argument("a hidden layer has at least one channel".to_string()));
        }
        let space = Space::scalars(&base, width)?;
        draft.linear(place, &before, &space)?;
        draft.push(place, activation.name(), Layer::Pointwise(Pointwise::new(&space, activation)?))?;
        before = space;
    }
    let last = Space::scalars(&base, draft.target.dim())?;
    draft.finish(&before, &last, Architecture::Plain(activation))
}

/// The tensor product of two arguments, side by side, and all equivariant maps to a third space.
pub fn tensor_product((left, right): (&Rep, &Rep), to: &Rep, limits: &Limits) -> Result<Network, NetError> {
    let (left, to) = Rep::matched(left, to, limits)?;
    let (right, to) = Rep::matched(right, &to, limits)?;
    let (left, to) = Rep::matched(&left, &to, limits)?;
    let spaces = (Space::of_rep(&left, limits)?, Space::of_rep(&right, limits)?, Space::of_rep(&to, limits)?);
    let layer = Bilinear::product((&spaces.0, &spaces.1), &spaces.2, &mut Solver::new(limits))?;
    let source = layer.source().clone();
    let layers = vec![("product".to_string(), Layer::Bilinear(layer))];
    check_parameters(&layers)?;
    Ok(Network::new((&left.plus(&right)?, &to), (source, spaces.2), Architecture::TensorProduct, layers))
}

/// The message of a convolution: a point of space and an argument, side by side, to a value.
pub fn convolution(from: &Rep, to: &Rep, radial: Radial, limits: &Limits) -> Result<Network, NetError> {
    let (from, to) = Rep::matched(from, to, limits)?;
    let point = Rep::vector(from.base())?;
    let (argument, target) = (Space::of_rep(&from, limits)?, Space::of_rep(&to, limits)?);
    let layer =
        Convolution::new((&Space::of_rep(&point, limits)?, &argument), &target, radial, &mut Solver::new(limits))?;
    let source = layer.source().clone();
    let layers = vec![("convolution".to_string(), Layer::Convolution(layer))];
    check_parameters(&layers)?;
    Ok(Network::new((&point.plus(&from)?, &to), (source, target), Architecture::Convolution, layers))
}

/// A network that is being built.
struct Draft<'a> {
    from: Rep,
    to: Rep,
    source: Space,
    target: Space,
    hidden: usize,
    layers: Vec<(String, Layer)>,
    solver: Solver<'a>,
}

impl<'a> Draft<'a> {
    fn new((from, to): (&Rep, &Rep), hidden: usize, limits: &'a Limits) -> Result<Draft<'a>, NetError> {
        if hidden > MAX_LAYERS {
            let message = format!("a network has at most {MAX_LAYERS} hidden layers, not {hidden}");
            return Err(NetError::Argument(message));
        }
        let (from, to) = Rep::matched(from, to, limits)?;
        let (source, target) = (Space::of_rep(&from, limits)?, Space::of_rep(&to, limits)?);
        Ok(Draft { from, to, source, target, hidden, layers: Vec::new(), solver: Solver::new(limits) })
    }

    /// A representation of the group of the network, or of a factor of it.
    fn of_its_group(&self, rep: &Rep) -> Result<Rep, NetError> {
        let (_, matched) = Rep::matched(&self.from, rep, self.solver.limits)?;
        if matched.base().is_same(self.from.base()) {
            return Ok(matched);
        }
        let (first, second) = (rep.base().name().to_string(), self.from.base().name().to_string());
        Err(crate::reps::RepError::DifferentBase { first, second }.into())
    }

    /// Tensors of the defining representation; of an algebra without matrices, of what the network goes from and to.
    fn uniform(&self, channels: usize) -> Result<Rep, NetError> {
        let base = self.from.base();
        if base.vector_dim().is_some() {
            return uniform(base, channels, self.solver.limits);
        }
        let mut distinct: Vec<Rep> = Vec::new();
        for side in [&self.from, &self.to] {
            let new = side.summands()?.into_iter().map(|(x, _)| x).filter(|x| !x.is_scalar());
            new.for_each(|x| {
                if !distinct.iter().any(|y| y.is_identical(&x)) {
                    distinct.push(x)
                }
            });
        }
        let sum = distinct
            .iter()
            .skip(1)
            .try_fold(distinct.first().cloned(), |sum: Option<Rep>, x| sum.map(|sum| sum.plus(x)).transpose())?;
        uniform_of(&sum.unwrap_or_else(|| Rep::scalar(base)), channels, self.solver.limits)
    }

    /// A layer of the block of this place.
    fn push(&mut self, place: usize, part: &str, layer: Layer) -> Result<(), NetError> {
        self.layers.push((format!("block{place}.{part}"), layer));
        check_parameters(&self.layers)
    }

    fn linear(&mut self, place: usize, from: &Space, to: &Space) -> Result<(), NetError> {
        let layer = Layer::Linear(Linear::new(from, to, &mut self.solver)?);
        self.push(place, "linear", layer)
    }

    /// The network with a linear layer to the output.
    fn finish(mut self, before: &Space, output: &Space, architecture: Architecture) -> Result<Network, NetError> {
        let layer = Layer::Linear(Linear::new(before, output, &mut self.solver)?);
        self.layers.push(("output".to_string(), layer));
        check_parameters(&self.layers)?;
        Ok(Network::new((&self.from, &self.to), (self.source, self.target), architecture, self.layers))
    }
}

fn check_parameters(layers: &[(String, Layer)]) -> Result<(), NetError> {
    let total = layers.iter().fold(0usize, |sum, (_, layer)| sum.saturating_add(layer.parameters()));
    if total > MAX_PARAMETERS {
        let mib = total as u128 * 8 / (1 << 20);
        let message = format!(
            "this network has at least {total} parameters, which take {mib} MiB; at most {MAX_PARAMETERS} are supported"
        );
        return Err(NetError::Argument(message));
    }
    Ok(())
}
