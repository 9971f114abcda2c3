//! Whether the value of a network depends on its argument at all: which blocks can vary, for whatever parameters.
//!
//! Paths through layers show what must be constant. Products can vanish along a path all the same: the determinant of three
//! vectors of which two are multiples of each other. There values at random arguments tell; networks of linear, bilinear and
//! gated layers are analytic functions of parameters and arguments, so one that is not constant has none that agree there.

use super::{Architecture, Layer, NetError, Network, Parameters};
use crate::float::Random;
use crate::limits::Limits;

/// Random arguments, each on its own scale between 1 and 4.
const SAMPLES: usize = 16;
/// Streams of other rooms have smaller numbers.
const STREAM: u64 = (1 << 42) + (1 << 35);
/// Values that lie closer together are equal up to rounding.
const SAME: f64 = 1e-11;

/// What a block can be, whatever the parameters and the argument are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    /// Always zero.
    Zero,
    /// The same for every argument.
    Fixed,
    /// Possibly another one for another argument.
    Varying,
}

impl State {
    /// Of a product.
    fn times(self, other: State) -> State {
        if self == State::Zero || other == State::Zero { State::Zero } else { self.max(other) }
    }
}

/// Why the value of a network is the same for every argument.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Constancy {
    /// No path of layers that do not vanish leads from the argument to the value: so it is for all parameters.
    Structure,
    /// Values for generic parameters at random arguments lie only this far apart, relative to their size.
    Values(f64),
}

impl Network {
    /// Whether, and why, the value is constant. So it is where hidden spaces are too narrow for the products that invariants are
    /// made of. Values count only after [`Network::examined`].
    pub fn constancy(&self) -> Option<Constancy> {
        if self.is_cut() {
            return Some(Constancy::Structure);
        }
        self.spread().filter(|spread| *spread < SAME).map(Constancy::Values)
    }

    /// The same network, whose values for these parameters in general position are compared at random arguments. Only where
    /// paths leave it open and layers are analytic.
    pub fn examined(self, parameters: &Parameters<f64>, limits: &Limits) -> Result<Network, NetError> {
        if self.architecture() != Architecture::Gated(true) || self.is_cut() {
            return Ok(self);
        }
        let mut random = Random::new(limits.seed(), STREAM);
        let n = self.source().dim();
        let scale = |k: usize| 1.0 + 3.0 * (k / n) as f64 / SAMPLES as f64;
        let x: Vec<f64> = (0..SAMPLES * n).map(|k| scale(k) * random.normal()).collect();
        let y = match self.apply(parameters, &x, limits) {
            // Too large for doubles: no constant.
            Err(NetError::NotFinite(_)) => return Ok(self),
            found => found?,
        };
        let m = self.target().dim();
        let size = y.iter().fold(0.0, |sum: f64, v| sum.max(v.abs()));
        let furthest = y.iter().enumerate().fold(0.0, |sum: f64, (k, v)| sum.max((v - y[k % m]).abs()));
        Ok(self.with_spread(if size > 0.0 { furthest / size } else { 0.0 }))
    }

    /// Whether no path of layers that do not vanish leads from the argument to the value.
    fn is_cut(&self) -> bool {
        let mut states = vec![State::Varying; self.layers().first().map_or(0, |(_, l)| l.source().blocks().len())];
        for (_, layer) in self.layers() {
            states = after(layer, &states);
        }
        !states.contains(&State::Varying)
    }
}

/// The states of the blocks of the value of a layer.
fn after(layer: &Layer, states: &[State]) -> Vec<State> {
    let at = |block: usize| states.get(block).copied().unwrap_or(State::Varying);
    let mut out = vec![State::Zero; layer.target().blocks().len()];
    match layer {
        Layer::Linear(x) => {
            x.maps().iter().for_each(|map| out[map.to] = out[map.to].max(at(map.from)));
            x.biases().iter().for_each(|bias| out[bias.to] = out[bias.to].max(State::Fixed));
        }
        Layer::Bilinear(x) => {
            if x.is_shortcut() {
                out.iter_mut().zip(states).for_each(|(slot, state)| *slot = *state);
            }
            for coupling in x.couplings() {
                out[coupling.to] = out[coupling.to].max(at(coupling.first).times(at(coupling.second)));
            }
        }
        // A point of space varies, and harmonics with it.
        Layer::Convolution(x) => {
            x.paths().iter().for_each(|p| out[p.to] = out[p.to].max(State::Varying.times(at(p.second))));
        }
        // Each block times a function of itself or of a gate, which is the last block.
        Layer::Gate(x) => {
            let gate = states.last().copied().unwrap_or(State::Fixed).max(State::Fixed);
            for (slot, (number, block)) in out.iter_mut().zip(x.target().blocks().iter().enumerate()) {
                let gated = block.kind == super::BlockKind::Tensor;
                *slot = if gated { at(number).times(gate) } else { at(number) };
            }
        }
        // σ(0) need not be 0.
        Layer::Pointwise(_) => out.iter_mut().enumerate().for_each(|(k, slot)| *slot = at(k).max(State::Fixed)),
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Architecture, Hidden, emlp, initial_parameters};
    use crate::lie::named::Arg;
    use crate::limits::Limits;
    use crate::reps::{Rep, group_by_name};

    fn constant(n: i64, copies: u64, channels: usize, layers: usize) -> bool {
        let group = group_by_name("SL", &[Arg::Integer(n)], &Limits::none()).unwrap();
        let v = Rep::vector(group.base()).unwrap().times(copies).unwrap();
        let scalar = Rep::scalar(group.base());
        let hidden = vec![Hidden::Channels(channels); layers];
        let network = emlp((&v, &scalar), &hidden, Architecture::Gated(true), &Limits::none()).unwrap();
        let parameters = initial_parameters(&network, &Limits::none()).unwrap();
        network.examined(&parameters, &Limits::none()).unwrap().constancy().is_some()
    }

    /// The only invariants of vectors under SL(3) are determinants of three: V and its dual are both needed on the way, and
    /// two layers.
    #[test]
    fn narrow_networks_of_sl3_are_constant() {
        assert!(constant(3, 3, 5, 2));
        assert!(constant(3, 3, 20, 1));
        // One copy of V* only, the product of the two of V: its pairing with either of them vanishes.
        assert!(constant(3, 3, 20, 2));
        assert!(!constant(3, 3, 40, 3));
        assert!(!constant(2, 2, 12, 2));
    }
}
