//! Nonlinearities: gates, and pointwise functions where they are equivariant.

use super::real::{Lanes, Real};
use super::space::Space;
use super::{BlockKind, NetError};

/// A function of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// `x / (1 + e^−x)`.
    Swish,
    /// `max(x, 0)`.
    Relu,
    /// The hyperbolic tangent.
    Tanh,
    /// `1 / (1 + e^−x)`.
    Sigmoid,
}

impl Activation {
    /// All, in the order of their names in messages.
    pub const ALL: [Activation; 4] = [Activation::Swish, Activation::Relu, Activation::Tanh, Activation::Sigmoid];

    /// The name in the language and in files.
    pub fn name(self) -> &'static str {
        match self {
            Activation::Swish => "swish",
            Activation::Relu => "relu",
            Activation::Tanh => "tanh",
            Activation::Sigmoid => "sigmoid",
        }
    }

    fn apply<T: Real>(self, x: T) -> T {
        match self {
            Activation::Swish => x * x.sigmoid(),
            Activation::Relu => x.positive_part(),
            Activation::Tanh => x.tanh(),
            Activation::Sigmoid => x.sigmoid(),
        }
    }
}

/// Swish on scalars and permutation blocks; every other copy of a block is multiplied by the sigmoid of its gate, a scalar at
/// the end of the argument.
#[derive(Clone, Debug)]
pub struct Gate {
    from: Space,
    to: Space,
}

impl Gate {
    /// The gate that ends in this space.
    pub(super) fn new(to: &Space) -> Result<Gate, NetError> {
        Ok(Gate { from: to.with_gates()?, to: to.clone() })
    }

    /// The space of its arguments: that of its values with the gates.
    pub fn source(&self) -> &Space {
        &self.from
    }

    /// The space of its values.
    pub fn target(&self) -> &Space {
        &self.to
    }

    pub(super) fn apply<T: Real>(&self, x: &[Lanes<T>], y: &mut [Lanes<T>]) {
        let mut gates = x[self.to.dim()..].iter();
        for block in self.to.blocks() {
            for copy in 0..block.copies {
                let start = block.start + copy * block.dim;
                let range = start..start + block.dim;
                let (x, y) = (&x[range.clone()], &mut y[range]);
                let gate = if block.kind == BlockKind::Tensor { gates.next() } else { None };
                for (x, y) in x.iter().zip(y) {
                    for (lane, (x, y)) in x.iter().zip(y).enumerate() {
                        *y = *x * gate.map_or(*x, |g| g[lane]).sigmoid();
                    }
                }
            }
        }
    }
}

/// One function on every coordinate.
#[derive(Clone, Debug)]
pub struct Pointwise {
    space: Space,
    /// Which one.
    pub activation: Activation,
}

impl Pointwise {
    /// On a space of scalars and permutation blocks; an error for any other, where it would not be equivariant.
    pub(super) fn new(space: &Space, activation: Activation) -> Result<Pointwise, NetError> {
        match space.not_pointwise() {
            Some(block) => Err(NetError::Pointwise(format!("{} of {}", block.rep.name(), space.base().name()))),
            None => Ok(Pointwise { space: space.clone(), activation }),
        }
    }

    /// The space of its arguments and values.
    pub fn space(&self) -> &Space {
        &self.space
    }

    pub(super) fn apply<T: Real>(&self, x: &[Lanes<T>], y: &mut [Lanes<T>]) {
        for (x, y) in x.iter().flatten().zip(y.iter_mut().flatten()) {
            *y = self.activation.apply(*x);
        }
    }
}
