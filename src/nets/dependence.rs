//! Whether the value of a network depends on its argument at all: which blocks can vary, for whatever parameters.

use super::{Layer, Network};

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

impl Network {
    /// Whether every choice of parameters gives a constant function: no path of layers that do not vanish leads from the
    /// argument to the value. So it is where hidden spaces are too narrow for the products that invariants are made of.
    pub fn is_constant(&self) -> bool {
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
    use super::super::{Architecture, Hidden, emlp};
    use crate::lie::named::Arg;
    use crate::limits::Limits;
    use crate::reps::{Rep, group_by_name};

    fn constant(n: i64, copies: u64, channels: usize, layers: usize) -> bool {
        let group = group_by_name("SL", &[Arg::Integer(n)], &Limits::none()).unwrap();
        let v = Rep::vector(group.base()).unwrap().times(copies).unwrap();
        let scalar = Rep::scalar(group.base());
        let hidden = vec![Hidden::Channels(channels); layers];
        let network = emlp((&v, &scalar), &hidden, Architecture::Gated(true), &Limits::none()).unwrap();
        network.is_constant()
    }

    /// The only invariants of vectors under SL(3) are determinants of three: V and its dual are both needed on the way, and
    /// two layers.
    #[test]
    fn narrow_networks_of_sl3_are_constant() {
        assert!(constant(3, 3, 5, 2));
        assert!(constant(3, 3, 20, 1));
        assert!(!constant(3, 3, 20, 2));
        assert!(!constant(2, 2, 12, 2));
    }
}
