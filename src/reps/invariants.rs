//! Invariants and equivariant maps: exact null spaces of the equations `ρ(x) v = 0`.
//!
//! For connected groups only: the algebra sees the identity component. Sums are solved summand by summand and maps
//! between sums block by block, every different block once.

use std::sync::Arc;

use num_bigint::BigUint;

use super::node::Node;
use super::{Base, Rep, RepError, action, canonical};
use crate::exact::null_space::{self, null_space};
use crate::exact::{SparseMatrix, SparseVector};
use crate::limits::Limits;

/// The space `{v : ρ(x) v = 0 for all x}` with its exact basis.
#[derive(Clone, Debug)]
pub struct Invariants {
    /// The representation.
    pub rep: Rep,
    /// The length of the vectors: the dimension of the representation.
    pub dim: usize,
    /// The basis in reduced row echelon form; it depends on the representation alone.
    pub basis: Vec<SparseVector>,
}

impl Invariants {
    /// The dimension of the space of invariants.
    pub fn rank(&self) -> usize {
        self.basis.len()
    }
}

/// The space `{W : ρ_to(x) W = W ρ_from(x) for all x}` with its exact basis, of shape (rank, rows, cols).
#[derive(Clone, Debug)]
pub struct EquivariantMaps {
    /// Where the maps start.
    pub from: Rep,
    /// Where they end.
    pub to: Rep,
    /// The dimension of `to`.
    pub rows: usize,
    /// The dimension of `from`.
    pub cols: usize,
    /// The basis; its matrices, read row by row, are in reduced row echelon form.
    pub basis: Vec<SparseMatrix>,
}

impl EquivariantMaps {
    /// The dimension of the space of maps.
    pub fn rank(&self) -> usize {
        self.basis.len()
    }
}

/// The invariant vectors of a representation of a connected group, exactly.
///
/// The equations of generators of the algebra suffice: what annihilates a vector is closed under brackets. The null
/// space comes with its proof: the rank of the equations, and solutions multiplied back into them.
pub fn invariants(rep: &Rep, limits: &Limits) -> Result<Invariants, RepError> {
    let dim = rep.size()?;
    let basis = Solver::new(rep.base(), limits)?.solve(&rep.node)?;
    Ok(Invariants { rep: rep.clone(), dim, basis })
}

/// The dimension of the space of invariants, without a basis: by canonical form, every different term once.
pub fn rank(rep: &Rep, limits: &Limits) -> Result<BigUint, RepError> {
    let solver = Solver::new(rep.base(), limits)?;
    let mut total = BigUint::ZERO;
    for (node, times) in canonical::canonical(&rep.node, rep.base()).terms() {
        total += solver.rank_directly(&node)? * times;
    }
    Ok(total)
}

/// The equivariant linear maps between two representations of the same connected group, exactly.
pub fn equivariant_maps(from: &Rep, to: &Rep, limits: &Limits) -> Result<EquivariantMaps, RepError> {
    let hom = Rep::hom(from, to)?;
    hom.size()?;
    let (rows, cols) = (to.size()?, from.size()?);
    let flat = Solver::new(from.base(), limits)?.solve(&hom.node)?;
    limits.reserve(flat.len() as u128 * rows as u128 * size_of::<SparseVector>() as u128)?;
    let basis = flat.iter().map(|v| SparseMatrix::unflatten(rows, cols, v)).collect();
    Ok(EquivariantMaps { from: from.clone(), to: to.clone(), rows, cols, basis })
}

/// The dimension of the space of equivariant maps.
pub fn rank_of_maps(from: &Rep, to: &Rep, limits: &Limits) -> Result<BigUint, RepError> {
    rank(&Rep::hom(from, to)?, limits)
}

struct Solver<'a> {
    base: &'a Base,
    generators: &'a [usize],
    limits: &'a Limits,
}

/// A sum taken apart: its different summands, and where each copy starts.
#[derive(Default)]
struct Pieces {
    distinct: Vec<(Arc<Node>, usize)>,
    /// (which summand, first coordinate).
    placed: Vec<(usize, usize)>,
    total: usize,
}

impl<'a> Solver<'a> {
    fn new(base: &'a Base, limits: &'a Limits) -> Result<Solver<'a>, RepError> {
        Ok(Solver { base, generators: base.generators(limits)?, limits })
    }

    /// The basis of the invariants of a tree, in reduced row echelon form.
    fn solve(&self, node: &Arc<Node>) -> Result<Vec<SparseVector>, RepError> {
        match &**node {
            Node::Sum(_) => self.solve_sum(node),
            Node::Hom(from, to) => self.solve_maps(from, to),
            _ => self.solve_directly(node),
        }
    }

    fn solve_sum(&self, node: &Arc<Node>) -> Result<Vec<SparseVector>, RepError> {
        let pieces = self.pieces(node)?;
        let mut solved = Vec::with_capacity(pieces.distinct.len());
        for (x, _) in &pieces.distinct {
            solved.push(self.solve(x)?);
        }
        let entries = pieces.placed.iter().map(|(which, _)| entries_of(&solved[*which])).sum();
        self.limits.reserve(entries)?;
        let mut out = Vec::new();
        for (which, start) in &pieces.placed {
            self.limits.check()?;
            out.extend(solved[*which].iter().map(|v| shifted(v, *start)));
        }
        Ok(out)
    }

    /// The maps from one sum to another, block by block; a matrix is read row by row.
    fn solve_maps(&self, from: &Arc<Node>, to: &Arc<Node>) -> Result<Vec<SparseVector>, RepError> {
        let (sources, targets) = (self.pieces(from)?, self.pieces(to)?);
        let mut out: Vec<SparseVector> = Vec::new();
        let mut bytes = 0;
        for (t, (target, _)) in targets.distinct.iter().enumerate() {
            for (s, (source, width)) in sources.distinct.iter().enumerate() {
                let block = self.solve_directly(&Arc::new(Node::Hom(source.clone(), target.clone())))?;
                let rows: Vec<usize> = starts(&targets, t).collect();
                let cols: Vec<usize> = starts(&sources, s).collect();
                bytes += entries_of(&block) * rows.len() as u128 * cols.len() as u128;
                self.limits.reserve(bytes)?;
                for row in &rows {
                    for col in &cols {
                        self.limits.check()?;
                        let place = |k: usize| (row + k / width) * sources.total + col + k % width;
                        let moved = |v: &SparseVector| {
                            v.iter().map(|(k, value)| (place(*k as usize) as u32, value.clone())).collect()
                        };
                        out.extend(block.iter().map(moved));
                    }
                }
            }
        }
        // Blocks do not overlap, so together they are reduced; only their order is missing.
        out.sort_by_key(|v| v.first().map(|t| t.0));
        Ok(out)
    }

    /// The equations of the generators, one after the other, and the number of unknowns.
    fn equations(&self, rep: &Rep) -> Result<(usize, Vec<SparseVector>), RepError> {
        let cols = rep.size()?;
        self.limits.progress("equations", 0.0);
        let matrices = rep.matrices_of(self.generators, self.limits)?;
        let rows = matrices.iter().flat_map(SparseMatrix::iter_rows).filter(|row| !row.is_empty());
        Ok((cols, rows.map(<[_]>::to_vec).collect()))
    }

    fn solve_directly(&self, node: &Arc<Node>) -> Result<Vec<SparseVector>, RepError> {
        let (cols, rows) = self.equations(&Rep::from_node(self.base, node.clone())?)?;
        self.limits.progress("null space", 0.3);
        Ok(null_space(cols, &rows, self.limits)?.basis)
    }

    fn rank_directly(&self, node: &Arc<Node>) -> Result<BigUint, RepError> {
        let rep = Rep::from_node(self.base, node.clone())?;
        if self.generators.is_empty() {
            return Ok(rep.dim().clone());
        }
        let (cols, rows) = self.equations(&rep)?;
        self.limits.progress("rank", 0.3);
        Ok(BigUint::from(cols - null_space::rank(cols, &rows, self.limits)?))
    }

    fn pieces(&self, node: &Arc<Node>) -> Result<Pieces, RepError> {
        let dim = Rep::from_node(self.base, node.clone())?.size()?;
        let mut pieces = Pieces::default();
        // There are at most as many pieces as dimensions.
        self.limits.reserve(dim as u128 * size_of::<(usize, usize)>() as u128)?;
        self.collect(node, &mut pieces)?;
        Ok(pieces)
    }

    fn collect(&self, node: &Arc<Node>, pieces: &mut Pieces) -> Result<(), RepError> {
        let dim = Rep::from_node(self.base, node.clone())?.size()?;
        if dim == 0 {
            return Ok(());
        }
        if let Node::Sum(terms) = &**node {
            for (x, times) in terms {
                self.limits.check()?;
                // Copies of the zero space were sorted out by the dimension only if all terms vanish.
                if Rep::from_node(self.base, x.clone())?.size()? > 0 {
                    for _ in 0..*times {
                        self.collect(x, pieces)?;
                    }
                }
            }
            return Ok(());
        }
        let known = pieces.distinct.iter().position(|(x, _)| Arc::ptr_eq(x, node) || x == node);
        let which = known.unwrap_or_else(|| {
            pieces.distinct.push((node.clone(), dim));
            pieces.distinct.len() - 1
        });
        pieces.placed.push((which, pieces.total));
        pieces.total += dim;
        Ok(())
    }
}

fn starts(pieces: &Pieces, which: usize) -> impl Iterator<Item = usize> {
    pieces.placed.iter().filter(move |(w, _)| *w == which).map(|(_, start)| *start)
}

fn shifted(v: &SparseVector, start: usize) -> SparseVector {
    v.iter().map(|(k, value)| (k + start as u32, value.clone())).collect()
}

/// Bytes of some sparse vectors.
fn entries_of(vectors: &[SparseVector]) -> u128 {
    vectors.iter().map(|v| action::bytes_of_row(v.len())).sum()
}
