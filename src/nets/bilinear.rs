//! The bilinear shortcut `y = x + 0.1 · W(x) x`, where the equivariant matrix `W` depends linearly on `x`; and the tensor
//! product of two arguments, `z = W(x) y` with all equivariant bilinear maps.
//!
//! In the shortcut only some copies of each block enter `W`, at most as many as its dimension, chosen by the seed. No matrix is
//! formed: the products of the chosen copies with the others are combined as those of a linear layer.

use std::sync::Arc;

use rand_chacha::rand_core::Rng;

use super::maps::SparseCouplings;
use super::network::Slice;
use super::real::{LANES, Lanes, Real, TILE, mix};
use super::solver::Solver;
use super::space::{Block, Space};
use super::{BlockKind, NetError};
use crate::num::prime::random_stream;

/// The factor before the bilinear term.
pub(super) const FACTOR: f64 = 0.1;
/// Streams of other rooms have smaller numbers.
const STREAM: u64 = 1 << 42;

/// `y_q += 0.1 Σ_{p,s,k} c[q, p, s, k] B_k(x_s, x_p)` for chosen copies `s` of a first block and all copies `p` of a second.
#[derive(Clone, Debug)]
pub struct BlockCoupling {
    /// The block whose copies were chosen.
    pub first: usize,
    /// The block that is acted on.
    pub second: usize,
    /// The block of the result.
    pub to: usize,
    /// The chosen copies.
    pub chosen: Arc<Vec<usize>>,
    /// The bilinear maps.
    pub basis: Arc<SparseCouplings>,
    /// Where the coefficients start among the parameters of the layer.
    pub start: usize,
}

/// A bilinear layer: with its shortcut from a space to itself, or from the sum of two spaces, whose elements are multiplied, to
/// a third.
#[derive(Clone, Debug)]
pub struct Bilinear {
    source: Space,
    target: Space,
    shortcut: bool,
    couplings: Vec<BlockCoupling>,
    parameters: usize,
}

impl Bilinear {
    /// On a space, the layer being the `place`-th of its network.
    pub(super) fn new(space: &Space, place: u64, solver: &mut Solver<'_>) -> Result<Bilinear, NetError> {
        let mut random = random_stream(solver.limits.seed(), STREAM + place);
        let mut choose = |block: &Block| {
            let mut copies: Vec<usize> = (0..block.copies).collect();
            let count = block.copies.min(block.dim);
            for i in 0..count {
                let left = (block.copies - i) as u128;
                copies.swap(i, i + ((u128::from(random.next_u64()) * left) >> 64) as usize);
            }
            copies.truncate(count);
            copies.sort_unstable();
            Arc::new(copies)
        };
        let chosen: Vec<Arc<Vec<usize>>> = space.blocks().iter().map(&mut choose).collect();
        let (mut couplings, mut parameters) = (Vec::new(), 0usize);
        for (to, result) in space.blocks().iter().enumerate() {
            for (second, argument) in space.blocks().iter().enumerate() {
                for (first, acting) in space.blocks().iter().enumerate() {
                    // Scalars that multiply are what the gates are for.
                    if acting.kind == BlockKind::Scalar {
                        continue;
                    }
                    let basis = solver.couplings(&acting.rep, &argument.rep, &result.rep)?;
                    if basis.rank() == 0 {
                        continue;
                    }
                    let chosen = chosen[first].clone();
                    let count = result.copies * argument.copies * chosen.len() * basis.rank();
                    couplings.push(BlockCoupling { first, second, to, chosen, basis, start: parameters });
                    parameters += count;
                }
            }
        }
        Ok(Bilinear { source: space.clone(), target: space.clone(), shortcut: true, couplings, parameters })
    }

    /// The tensor product of two spaces, followed by all equivariant maps to a third.
    pub(super) fn product(
        (left, right): (&Space, &Space),
        to: &Space,
        solver: &mut Solver<'_>,
    ) -> Result<Bilinear, NetError> {
        let source = left.beside(right)?;
        let (mut couplings, mut parameters) = (Vec::new(), 0usize);
        for (at, result) in to.blocks().iter().enumerate() {
            for (first, acting) in left.blocks().iter().enumerate() {
                for (number, argument) in right.blocks().iter().enumerate() {
                    let basis = solver.all_couplings(&acting.rep, &argument.rep, &result.rep)?;
                    if basis.rank() == 0 {
                        continue;
                    }
                    let chosen = Arc::new((0..acting.copies).collect::<Vec<usize>>());
                    let second = left.blocks().len() + number;
                    let count = result.copies * argument.copies * acting.copies * basis.rank();
                    couplings.push(BlockCoupling { first, second, to: at, chosen, basis, start: parameters });
                    parameters += count;
                }
            }
        }
        Ok(Bilinear { source, target: to.clone(), shortcut: false, couplings, parameters })
    }

    /// Whether the argument is added to the value.
    pub fn is_shortcut(&self) -> bool {
        self.shortcut
    }

    /// The factor before the products.
    pub fn factor(&self) -> f64 {
        if self.shortcut { FACTOR } else { 1.0 }
    }

    /// How many products are summed for one copy of a block of the target.
    pub(super) fn terms(&self, block: usize) -> usize {
        self.couplings.iter().filter(|c| c.to == block).map(|c| self.copies(c)).sum()
    }

    /// How many of these a coupling contributes.
    pub(super) fn copies(&self, c: &BlockCoupling) -> usize {
        self.source.blocks()[c.second].copies * c.chosen.len() * c.basis.rank()
    }

    /// The space of its arguments; of a tensor product the sum of the two.
    pub fn source(&self) -> &Space {
        &self.source
    }

    /// The space of its values.
    pub fn target(&self) -> &Space {
        &self.target
    }

    /// The couplings of blocks.
    pub fn couplings(&self) -> &[BlockCoupling] {
        &self.couplings
    }

    /// The number of parameters.
    pub fn parameters(&self) -> usize {
        self.parameters
    }

    /// The slices of its parameters: `weight.q.p.s` of shape (copies of q, copies of p, chosen copies of s, maps).
    pub(super) fn slices(&self, name: &str, offset: usize) -> Vec<Slice> {
        let (blocks, to) = (self.source.blocks(), self.target.blocks());
        let slice = |c: &BlockCoupling| Slice {
            name: format!("{name}.weight.{}.{}.{}", c.to, c.second, c.first),
            start: offset + c.start,
            shape: vec![to[c.to].copies, blocks[c.second].copies, c.chosen.len(), c.basis.rank()],
        };
        self.couplings.iter().map(slice).collect()
    }

    /// The room that [`Bilinear::add_to`] needs.
    pub(super) fn scratch(&self) -> usize {
        self.couplings.iter().map(|c| TILE * self.target.blocks()[c.to].dim).max().unwrap_or(0)
    }

    /// `y += 0.1 W(x) x`, or the products without the factor.
    pub(super) fn add_to<T: Real>(&self, c: &[T], x: &[Lanes<T>], y: &mut [Lanes<T>], scratch: &mut [Lanes<T>]) {
        for coupling in &self.couplings {
            let blocks = self.source.blocks();
            let (first, second) = (&blocks[coupling.first], &blocks[coupling.second]);
            let target = &self.target.blocks()[coupling.to];
            let (acting, argument) = (&x[first.range()], &x[second.range()]);
            let (chosen, rank, size) = (coupling.chosen.len(), coupling.basis.rank(), target.dim);
            let total = second.copies * chosen * rank;
            let c = &c[coupling.start..coupling.start + target.copies * total];
            for start in (0..total).step_by(TILE) {
                let z = &mut scratch[..TILE.min(total - start) * size];
                z.fill([T::ZERO; LANES]);
                for (t, z) in z.chunks_exact_mut(size).enumerate() {
                    let at = start + t;
                    let (p, s, k) = (at / (chosen * rank), at / rank % chosen, at % rank);
                    let s = coupling.chosen[s];
                    let x = &acting[s * first.dim..(s + 1) * first.dim];
                    coupling.basis.add_image(k, x, &argument[p * second.dim..(p + 1) * second.dim], z);
                }
                mix(&mut y[target.range()], &c[start..], total, T::of(self.factor()), z, size);
            }
        }
    }
}
