//! Networks: a list of layers with names, and their parameters apart from them.

use std::sync::Arc;

use super::{Activation, Bilinear, Convolution, Gate, Linear, NetError, Pointwise, Real, Space};
use crate::reps::Rep;

/// A named part of the parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice {
    /// Its name.
    pub name: String,
    /// Where it starts.
    pub start: usize,
    /// Its shape, the last index fastest.
    pub shape: Vec<usize>,
}

impl Slice {
    /// The places of its numbers.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start..self.start + self.shape.iter().product::<usize>()
    }
}

/// The parameters of a network: a flat vector with named slices.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameters<T> {
    slices: Arc<Vec<Slice>>,
    /// The numbers.
    pub values: Vec<T>,
}

impl<T: Real> Parameters<T> {
    /// The slices in order; they cover everything.
    pub fn slices(&self) -> &[Slice] {
        &self.slices
    }

    /// The numbers of a slice.
    pub fn get(&self, slice: &Slice) -> &[T] {
        &self.values[slice.range()]
    }

    /// The same in another precision.
    pub fn to<U: Real>(&self) -> Parameters<U> {
        Parameters { slices: self.slices.clone(), values: self.values.iter().map(|x| U::of(x.to_f64())).collect() }
    }
}

/// How a network is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Architecture {
    /// Equivariant linear layers, bilinear shortcuts (if `true`) and gates.
    Gated(bool),
    /// Equivariant linear layers and a pointwise function, between permutation representations.
    Pointwise(Activation),
    /// Linear layers without symmetry and a pointwise function.
    Plain(Activation),
    /// The tensor product of two arguments and all equivariant maps to a third space.
    TensorProduct,
    /// A tensor product with the spherical harmonics of a point, its weights functions of the radius.
    Convolution,
}

/// One layer.
#[derive(Clone, Debug)]
pub enum Layer {
    /// An equivariant affine map.
    Linear(Linear),
    /// The bilinear shortcut, or a tensor product of two arguments.
    Bilinear(Bilinear),
    /// Harmonics of a point times radial weights, coupled to an argument.
    Convolution(Convolution),
    /// The gated nonlinearity.
    Gate(Gate),
    /// A pointwise nonlinearity.
    Pointwise(Pointwise),
}

impl Layer {
    /// The space of its arguments.
    pub fn source(&self) -> &Space {
        match self {
            Layer::Linear(x) => x.source(),
            Layer::Bilinear(x) => x.source(),
            Layer::Convolution(x) => x.source(),
            Layer::Gate(x) => x.source(),
            Layer::Pointwise(x) => x.space(),
        }
    }

    /// The space of its values.
    pub fn target(&self) -> &Space {
        match self {
            Layer::Linear(x) => x.target(),
            Layer::Bilinear(x) => x.target(),
            Layer::Convolution(x) => x.target(),
            Layer::Gate(x) => x.target(),
            Layer::Pointwise(x) => x.space(),
        }
    }

    /// The number of its parameters.
    pub fn parameters(&self) -> usize {
        match self {
            Layer::Linear(x) => x.parameters(),
            Layer::Bilinear(x) => x.parameters(),
            Layer::Convolution(x) => x.parameters(),
            Layer::Gate(_) | Layer::Pointwise(_) => 0,
        }
    }

    /// What it is, in a word.
    pub fn kind(&self) -> &'static str {
        match self {
            Layer::Linear(_) => "linear",
            Layer::Bilinear(x) if !x.is_shortcut() => "tensor product",
            Layer::Bilinear(_) => "bilinear",
            Layer::Convolution(_) => "convolution",
            Layer::Gate(_) => "gate",
            Layer::Pointwise(x) => x.activation.name(),
        }
    }
}

/// A network from one representation to another.
#[derive(Clone, Debug)]
pub struct Network {
    from: Rep,
    to: Rep,
    source: Space,
    target: Space,
    architecture: Architecture,
    layers: Vec<(String, Layer)>,
    offsets: Vec<usize>,
    slices: Arc<Vec<Slice>>,
    spread: Option<f64>,
}

impl Network {
    pub(super) fn new(
        (from, to): (&Rep, &Rep),
        (source, target): (Space, Space),
        architecture: Architecture,
        layers: Vec<(String, Layer)>,
    ) -> Network {
        let mut offsets = vec![0];
        let mut slices = Vec::new();
        let mut total = 0;
        for (name, layer) in &layers {
            match layer {
                Layer::Linear(x) => slices.extend(x.slices(name, total)),
                Layer::Bilinear(x) => slices.extend(x.slices(name, total)),
                Layer::Convolution(x) => slices.extend(x.slices(name, total)),
                Layer::Gate(_) | Layer::Pointwise(_) => {}
            }
            total += layer.parameters();
            offsets.push(total);
        }
        let (from, to) = (from.clone(), to.clone());
        Network { from, to, source, target, architecture, layers, offsets, slices: Arc::new(slices), spread: None }
    }

    /// The same network, whose values for generic parameters are known to lie this far apart.
    pub(super) fn with_spread(self, spread: f64) -> Network {
        Network { spread: Some(spread), ..self }
    }

    /// How far apart its values at random arguments lie for generic parameters, relative to their size, where that was looked at.
    pub fn spread(&self) -> Option<f64> {
        self.spread
    }

    /// The representation of the arguments.
    pub fn from(&self) -> &Rep {
        &self.from
    }

    /// The representation of the values.
    pub fn to(&self) -> &Rep {
        &self.to
    }

    /// The former as a sum of blocks.
    pub fn source(&self) -> &Space {
        &self.source
    }

    /// The latter as a sum of blocks.
    pub fn target(&self) -> &Space {
        &self.target
    }

    /// How it is built.
    pub fn architecture(&self) -> Architecture {
        self.architecture
    }

    /// Whether every layer is equivariant.
    pub fn is_equivariant(&self) -> bool {
        !matches!(self.architecture, Architecture::Plain(_))
    }

    /// The layers with their names.
    pub fn layers(&self) -> &[(String, Layer)] {
        &self.layers
    }

    /// The places of the parameters of a layer.
    pub fn parameters_of(&self, layer: usize) -> std::ops::Range<usize> {
        self.offsets[layer]..self.offsets[layer + 1]
    }

    /// The number of parameters.
    pub fn parameters(&self) -> usize {
        self.offsets.last().copied().unwrap_or(0)
    }

    /// The named parts of the parameters.
    pub fn slices(&self) -> &[Slice] {
        &self.slices
    }

    /// These numbers as parameters; an error when their number is another.
    pub fn with_values<T: Real>(&self, values: Vec<T>) -> Result<Parameters<T>, NetError> {
        let expected = self.parameters();
        if values.len() != expected {
            let message = format!("this network has {expected} parameters, not {}", values.len());
            return Err(NetError::Mismatch(message));
        }
        Ok(Parameters { slices: self.slices.clone(), values })
    }
}
