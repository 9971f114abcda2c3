//! The linear layer: for each pair of blocks the coefficients of a basis of the equivariant maps, and a bias of invariants.

use std::sync::Arc;

use super::NetError;
use super::maps::SparseMaps;
use super::network::Slice;
use super::real::{Lanes, Real, TILE, add_scaled, mix};
use super::solver::Solver;
use super::space::Space;
use crate::reps::Rep;

/// On which side of the sum over copies the basis is applied, whichever takes fewer operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// First `B_k x_p` for all `k` and `p`, then their combinations.
    Source,
    /// First `Σ_p c_{qpk} x_p` for all `q` and `k`, then `B_k`.
    Target,
}

/// `y_q += Σ_{p,k} c[q, p, k] B_k x_p` between two blocks.
#[derive(Clone, Debug)]
pub struct BlockMap {
    /// The block of the source.
    pub from: usize,
    /// The block of the target.
    pub to: usize,
    /// The basis.
    pub basis: Arc<SparseMaps>,
    /// Where the coefficients start among the parameters of the layer.
    pub start: usize,
    side: Side,
}

/// `y_q += Σ_k c[q, k] b_k` with invariants `b_k` of a block.
#[derive(Clone, Debug)]
pub struct BlockBias {
    /// The block of the target.
    pub to: usize,
    /// The invariants, as columns.
    pub basis: Arc<SparseMaps>,
    /// Where the coefficients start among the parameters of the layer.
    pub start: usize,
}

/// All equivariant affine maps from one space to another.
#[derive(Clone, Debug)]
pub struct Linear {
    from: Space,
    to: Space,
    maps: Vec<BlockMap>,
    biases: Vec<BlockBias>,
    parameters: usize,
}

impl Linear {
    pub(super) fn new(from: &Space, to: &Space, solver: &mut Solver<'_>) -> Result<Linear, NetError> {
        let (mut maps, mut biases, mut parameters) = (Vec::new(), Vec::new(), 0);
        for (q, target) in to.blocks().iter().enumerate() {
            for (p, source) in from.blocks().iter().enumerate() {
                let basis = solver.maps(&source.rep, &target.rep)?;
                if basis.rank() == 0 {
                    continue;
                }
                let (c, rank, entries) = (source.copies * target.copies, basis.rank(), basis.entries.len());
                let by_source = source.copies * entries + c * rank * target.dim;
                let by_target = target.copies * entries + c * rank * source.dim;
                let side = if by_source <= by_target { Side::Source } else { Side::Target };
                maps.push(BlockMap { from: p, to: q, basis, start: parameters, side });
                parameters += c * rank;
            }
        }
        let scalar = Rep::scalar(to.base());
        for (q, target) in to.blocks().iter().enumerate() {
            let basis = solver.maps(&scalar, &target.rep)?;
            if basis.rank() > 0 {
                parameters += target.copies * basis.rank();
                let start = parameters - target.copies * basis.rank();
                biases.push(BlockBias { to: q, basis, start });
            }
        }
        Ok(Linear { from: from.clone(), to: to.clone(), maps, biases, parameters })
    }

    /// The space of its arguments.
    pub fn source(&self) -> &Space {
        &self.from
    }

    /// The space of its values.
    pub fn target(&self) -> &Space {
        &self.to
    }

    /// The maps between blocks.
    pub fn maps(&self) -> &[BlockMap] {
        &self.maps
    }

    /// The biases of blocks.
    pub fn biases(&self) -> &[BlockBias] {
        &self.biases
    }

    /// The number of parameters.
    pub fn parameters(&self) -> usize {
        self.parameters
    }

    /// The number of parameters of the maps alone: the rank of the space of equivariant maps.
    pub fn weights(&self) -> usize {
        self.biases.first().map_or(self.parameters, |b| b.start)
    }

    /// The slices of its parameters: `weight.q.p` of shape (copies of q, copies of p, maps), `bias.q` of shape (copies, maps).
    pub(super) fn slices(&self, name: &str, offset: usize) -> Vec<Slice> {
        let (from, to) = (self.from.blocks(), self.to.blocks());
        let weight = |m: &BlockMap| Slice {
            name: format!("{name}.weight.{}.{}", m.to, m.from),
            start: offset + m.start,
            shape: vec![to[m.to].copies, from[m.from].copies, m.basis.rank()],
        };
        let bias = |b: &BlockBias| Slice {
            name: format!("{name}.bias.{}", b.to),
            start: offset + b.start,
            shape: vec![to[b.to].copies, b.basis.rank()],
        };
        self.maps.iter().map(weight).chain(self.biases.iter().map(bias)).collect()
    }

    /// The room that [`Linear::add_to`] needs.
    pub(super) fn scratch(&self) -> usize {
        let one = |m: &BlockMap| (TILE * self.to.blocks()[m.to].dim).max(self.from.blocks()[m.from].dim);
        self.maps.iter().map(one).max().unwrap_or(0)
    }

    /// `y += W x + b`.
    pub(super) fn add_to<T: Real>(&self, c: &[T], x: &[Lanes<T>], y: &mut [Lanes<T>], scratch: &mut [Lanes<T>]) {
        for map in &self.maps {
            let (source, target) = (&self.from.blocks()[map.from], &self.to.blocks()[map.to]);
            let (x, y) = (&x[source.range()], &mut y[target.range()]);
            let rank = map.basis.rank();
            let c = &c[map.start..map.start + source.copies * target.copies * rank];
            match map.side {
                Side::Source => from_source(&map.basis, c, x, y, scratch),
                Side::Target => from_target(&map.basis, c, x, y, scratch),
            }
        }
        for bias in &self.biases {
            let target = &self.to.blocks()[bias.to];
            let rank = bias.basis.rank();
            for (q, y) in y[target.range()].chunks_exact_mut(target.dim).enumerate() {
                for k in 0..rank {
                    let coefficient = c[bias.start + q * rank + k];
                    bias.basis.add_image(k, &[[coefficient; super::real::LANES]], y);
                }
            }
        }
    }
}

fn from_source<T: Real>(basis: &SparseMaps, c: &[T], x: &[Lanes<T>], y: &mut [Lanes<T>], scratch: &mut [Lanes<T>]) {
    let (rank, rows, cols) = (basis.rank(), basis.rows, basis.cols);
    let total = x.len() / cols * rank;
    for first in (0..total).step_by(TILE) {
        let u = &mut scratch[..TILE.min(total - first) * rows];
        u.fill([T::ZERO; super::real::LANES]);
        for (t, u) in u.chunks_exact_mut(rows).enumerate() {
            let (p, k) = ((first + t) / rank, (first + t) % rank);
            basis.add_image(k, &x[p * cols..(p + 1) * cols], u);
        }
        mix(y, &c[first..], total, T::ONE, u, rows);
    }
}

fn from_target<T: Real>(basis: &SparseMaps, c: &[T], x: &[Lanes<T>], y: &mut [Lanes<T>], scratch: &mut [Lanes<T>]) {
    let (rank, rows, cols) = (basis.rank(), basis.rows, basis.cols);
    let copies = x.len() / cols;
    let sum = &mut scratch[..cols];
    for (q, y) in y.chunks_exact_mut(rows).enumerate() {
        for k in 0..rank {
            sum.fill([T::ZERO; super::real::LANES]);
            for (p, x) in x.chunks_exact(cols).enumerate() {
                let coefficient = c[(q * copies + p) * rank + k];
                sum.iter_mut().zip(x).for_each(|(sum, x)| add_scaled(sum, coefficient, x));
            }
            basis.add_image(k, sum, y);
        }
    }
}
