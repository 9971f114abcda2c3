//! A representation as a sum of blocks, in the order of its basis.

use num_traits::ToPrimitive;

use super::NetError;
use crate::exact::SparseMatrix;
use crate::limits::Limits;
use crate::num::Rational;
use crate::reps::{Base, Rep};

/// Networks do not go through longer vectors.
const MAX_DIM: usize = 1 << 27;

/// What a nonlinearity may do on a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Invariant numbers.
    Scalar,
    /// Every group element permutes the coordinates.
    Permutation,
    /// Anything else.
    Tensor,
}

/// Copies of one representation, one after another.
#[derive(Clone, Debug)]
pub struct Block {
    /// The representation.
    pub rep: Rep,
    /// What it is for nonlinearities.
    pub kind: BlockKind,
    /// Its dimension.
    pub dim: usize,
    /// How many copies.
    pub copies: usize,
    /// Where the first one starts.
    pub start: usize,
}

impl Block {
    /// The coordinates of all copies.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start..self.start + self.dim * self.copies
    }

    /// Its name with the number of copies.
    pub fn name(&self) -> String {
        match (self.copies, self.rep.is_scalar()) {
            (n, true) => n.to_string(),
            (1, _) => self.rep.name(),
            (n, _) => format!("{n}({})", self.rep.name()),
        }
    }
}

/// A sum of blocks.
#[derive(Clone, Debug)]
pub struct Space {
    base: Base,
    blocks: Vec<Block>,
    dim: usize,
}

impl Space {
    /// No blocks yet.
    pub(super) fn empty(base: &Base) -> Space {
        Space { base: base.clone(), blocks: Vec::new(), dim: 0 }
    }

    /// The summands of a representation.
    pub fn of_rep(rep: &Rep, limits: &Limits) -> Result<Space, NetError> {
        let mut space = Space::empty(rep.base());
        for (summand, copies) in rep.summands()? {
            let kind = kind_of(&summand, limits)?;
            space.push(summand, kind, usize::try_from(copies).unwrap_or(usize::MAX))?;
        }
        if space.dim == 0 {
            return Err(NetError::Argument(format!("{} has dimension 0", rep.name())));
        }
        Ok(space)
    }

    /// So many invariant numbers.
    pub fn scalars(base: &Base, count: usize) -> Result<Space, NetError> {
        let mut space = Space::empty(base);
        space.push(Rep::scalar(base), BlockKind::Scalar, count)?;
        Ok(space)
    }

    /// Appends copies of a representation.
    pub(super) fn push(&mut self, rep: Rep, kind: BlockKind, copies: usize) -> Result<(), NetError> {
        let large = || {
            let message = format!("{copies} copies of {rep} of dimension {}", rep.dim());
            NetError::Argument(format!(
                "a network through {message} is too large: vectors have at most {MAX_DIM} entries"
            ))
        };
        let dim = rep.dim().to_usize().ok_or_else(large)?;
        let total = dim.checked_mul(copies).and_then(|d| d.checked_add(self.dim)).filter(|d| *d <= MAX_DIM);
        let total = total.ok_or_else(large)?;
        if dim > 0 && copies > 0 {
            self.blocks.push(Block { rep, kind, dim, copies, start: self.dim });
            self.dim = total;
        }
        Ok(())
    }

    /// The sum of two spaces, whose blocks are kept apart.
    pub fn beside(&self, other: &Space) -> Result<Space, NetError> {
        let mut space = self.clone();
        for block in &other.blocks {
            space.push(block.rep.clone(), block.kind, block.copies)?;
        }
        Ok(space)
    }

    /// The same with one scalar more for each copy of a block that is gated, at the end.
    pub fn with_gates(&self) -> Result<Space, NetError> {
        let mut space = self.clone();
        space.push(Rep::scalar(&self.base), BlockKind::Scalar, self.gates())?;
        Ok(space)
    }

    /// The number of copies of blocks that need a gate.
    pub fn gates(&self) -> usize {
        self.blocks.iter().filter(|b| b.kind == BlockKind::Tensor).map(|b| b.copies).sum()
    }

    /// What it is a representation of.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// The blocks in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.dim
    }

    /// `134 ⊕ 25(V) ⊕ 5(V⊗V)`.
    pub fn name(&self) -> String {
        self.blocks.iter().map(Block::name).collect::<Vec<_>>().join(" ⊕ ")
    }
}

/// Whether the group acts by permutations of the coordinates.
fn kind_of(rep: &Rep, limits: &Limits) -> Result<BlockKind, NetError> {
    let base = rep.base();
    if rep.is_scalar() {
        return Ok(BlockKind::Scalar);
    }
    // What several groups permute, each its own index, is permuted.
    if let Some(legs) = rep.legs_by_group() {
        let kinds = legs.iter().map(|leg| kind_of(leg, limits)).collect::<Result<Vec<_>, _>>()?;
        if !kinds.contains(&BlockKind::Tensor) {
            return Ok(BlockKind::Permutation);
        }
    }
    // Of float matrices nothing exact is known.
    if base.has_floats() {
        return Ok(BlockKind::Tensor);
    }
    let still = base.algebra().dim() == 0 || rep.matrices(limits)?.iter().all(SparseMatrix::is_zero);
    let permuted = still && rep.discrete_matrices(limits)?.iter().all(is_permutation);
    Ok(if permuted { BlockKind::Permutation } else { BlockKind::Tensor })
}

/// Whether every row has one entry, 1. The matrix is invertible, so it is a permutation then.
fn is_permutation(m: &SparseMatrix) -> bool {
    m.iter_rows().all(|row| matches!(row, [(_, v)] if *v == Rational::ONE))
}
