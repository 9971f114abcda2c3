//! Invariants taken apart by structure: sums summand by summand, maps between sums block by block, products of groups
//! factor by factor, every different part once. What is left goes to a [`Terms`].

use std::sync::Arc;

use num_bigint::BigUint;

use super::node::Node;
use super::product::legs;
use super::rep::{sum_node, tensor_node};
use super::{Base, Rep, RepError, action, canonical};
use crate::exact::SparseVector;
use crate::exact::null_space::{self, null_space};
use crate::exact::{SparseMatrix, sparse::collect_terms};
use crate::limits::Limits;
use crate::num::Rational;

/// How representations are solved that structure does not take apart.
pub trait Terms {
    /// A basis of the invariants.
    fn basis(&self, rep: &Rep, limits: &Limits) -> Result<Vec<SparseVector>, RepError>;
    /// Their number.
    fn rank(&self, rep: &Rep, limits: &Limits) -> Result<BigUint, RepError>;
}

/// The exact null space of all equations, for every group that is given exactly. Bases are in reduced row echelon form.
///
/// The equations of generators of the algebra suffice: what annihilates a vector is closed under brackets. The null
/// space comes with its proof: the rank of the equations, and solutions multiplied back into them.
pub struct ExactNullSpace;

impl Terms for ExactNullSpace {
    fn basis(&self, rep: &Rep, limits: &Limits) -> Result<Vec<SparseVector>, RepError> {
        let (cols, rows) = equations(rep, limits)?;
        limits.progress("null space", 0.3);
        Ok(null_space(cols, &rows, limits)?.basis)
    }

    fn rank(&self, rep: &Rep, limits: &Limits) -> Result<BigUint, RepError> {
        rep.base().require_known()?;
        let (cols, rows) = equations(rep, limits)?;
        limits.progress("rank", 0.3);
        Ok(BigUint::from(cols - null_space::rank(cols, &rows, limits)?))
    }
}

/// The equations `ρ(x) v = 0` of generators of the algebra and `ρ(h) v = v` of the discrete generators, and the number of
/// unknowns.
fn equations(rep: &Rep, limits: &Limits) -> Result<(usize, Vec<SparseVector>), RepError> {
    let cols = rep.size()?;
    limits.progress("equations", 0.0);
    let mut rows: Vec<SparseVector> = Vec::new();
    let mut bytes = 0;
    // One matrix at a time: only its rows stay.
    let mut keep = |matrix: &SparseMatrix| {
        bytes += matrix.iter_rows().map(|row| action::bytes_of_row(row.len())).sum::<u128>();
        limits.reserve(bytes)?;
        rows.extend(matrix.iter_rows().filter(|row| !row.is_empty()).map(<[_]>::to_vec));
        limits.check()
    };
    for &x in rep.base().generators(limits)? {
        for matrix in rep.matrices_of(&[x], limits)? {
            keep(&matrix)?;
        }
    }
    for h in rep.discrete_matrices(limits)? {
        keep(&h.add_scaled(&Rational::from(-1), &SparseMatrix::identity(cols)))?;
    }
    Ok((cols, rows))
}

/// A basis of the invariants, in reduced row echelon form when `terms` gives such bases.
pub fn invariants_by(rep: &Rep, terms: &dyn Terms, limits: &Limits) -> Result<Vec<SparseVector>, RepError> {
    rep.size()?;
    rep.base().require_rational()?;
    Solver { base: rep.base(), terms, limits }.solve(&rep.node)
}

/// The dimension of the space of invariants: by canonical form, every different term once.
pub fn rank_by(rep: &Rep, terms: &dyn Terms, limits: &Limits) -> Result<BigUint, RepError> {
    let solver = Solver { base: rep.base(), terms, limits };
    let mut total = BigUint::ZERO;
    for (node, times) in canonical::canonical(&rep.node, rep.base()).terms() {
        total += solver.rank_of_term(&node)? * times;
    }
    Ok(total)
}

struct Solver<'a> {
    base: &'a Base,
    terms: &'a dyn Terms,
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

impl Solver<'_> {
    /// The basis of the invariants of a tree.
    fn solve(&self, node: &Arc<Node>) -> Result<Vec<SparseVector>, RepError> {
        match &**node {
            Node::Sum(_) => self.solve_sum(node),
            Node::Hom(from, to) => self.solve_maps(from, to),
            _ => self.solve_term(node),
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
                let block = self.solve_term(&Arc::new(Node::Hom(source.clone(), target.clone())))?;
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

    /// A basis of what is not taken apart by sums: by the factors of a product of groups, or whole.
    fn solve_term(&self, node: &Arc<Node>) -> Result<Vec<SparseVector>, RepError> {
        let rep = Rep::from_node(self.base, node.clone())?;
        if self.has_no_generators() {
            self.limits.reserve(rep.size()? as u128 * action::bytes_of_row(1))?;
            return Ok((0..rep.size()?).map(|i| vec![(i as u32, Rational::ONE)]).collect());
        }
        if self.base.factors().is_empty() {
            return self.terms.basis(&rep, self.limits);
        }
        match legs(node) {
            Some(legs) => self.solve_product(&legs),
            None => match self.multiplied_out(node)? {
                Some(found) => Ok(found),
                None => self.terms.basis(&rep, self.limits),
            },
        }
    }

    /// The invariants of a tensor product of sums, for every choice of one summand from each. `None` where no factor is a sum.
    fn multiplied_out(&self, node: &Arc<Node>) -> Result<Option<Vec<SparseVector>>, RepError> {
        let mut factors = Vec::new();
        if !gather_factors(node, false, &mut factors) || factors.is_empty() {
            return Ok(None);
        }
        let all: Vec<Pieces> = factors.iter().map(|x| self.pieces(x)).collect::<Result<_, _>>()?;
        if all.iter().any(|pieces| pieces.total == 0) {
            return Ok(Some(Vec::new()));
        }
        if all.iter().all(|pieces| pieces.distinct.len() == 1 && pieces.placed.len() == 1) {
            return Ok(None);
        }
        let mut strides = vec![1; all.len()];
        for l in (1..all.len()).rev() {
            strides[l - 1] = strides[l] * all[l].total;
        }
        let mut solved: Vec<(Vec<usize>, Vec<SparseVector>)> = Vec::new();
        let (mut out, mut bytes) = (Vec::new(), 0);
        let mut chosen = vec![0; all.len()];
        loop {
            self.limits.check()?;
            let which: Vec<usize> = all.iter().zip(&chosen).map(|(x, &k)| x.placed[k].0).collect();
            let known = solved.iter().position(|(key, _)| *key == which);
            let at = match known {
                Some(at) => at,
                None => {
                    let parts = all.iter().zip(&which).map(|(x, &w)| (x.distinct[w].0.clone(), 1));
                    let found = self.solve(&tensor_node(parts.collect()))?;
                    solved.push((which.clone(), found));
                    solved.len() - 1
                }
            };
            bytes += entries_of(&solved[at].1);
            self.limits.reserve(bytes)?;
            let place = |k: u32| {
                let mut rest = k as usize;
                (0..all.len()).rev().fold(0, |sum, l| {
                    let width = all[l].distinct[which[l]].1;
                    let digit = rest % width;
                    rest /= width;
                    sum + (all[l].placed[chosen[l]].1 + digit) * strides[l]
                }) as u32
            };
            let moved = |v: &SparseVector| v.iter().map(|(k, value)| (place(*k), value.clone())).collect();
            out.extend(solved[at].1.iter().map(moved));
            // The next choice, the last factor fastest.
            let Some(l) = (0..all.len()).rev().find(|&l| chosen[l] + 1 < all[l].placed.len()) else { break };
            chosen[l] += 1;
            chosen[l + 1..].fill(0);
        }
        // Choices do not overlap, so together they are reduced; only their order is missing.
        out.sort_by_key(|v: &SparseVector| v.first().map(|t| t.0));
        Ok(Some(out))
    }

    fn has_no_generators(&self) -> bool {
        let floats = |base: &Base| base.floats().is_some();
        let exact = !floats(self.base) && !self.base.factors().iter().any(floats);
        exact && self.base.algebra().dim() == 0 && self.base.discrete_count() == 0
    }

    /// The invariants of `X_1 ⊗ X_2 ⊗ …`, where each factor of a product of groups acts on some of the legs: all products of
    /// invariants of the factors. Of reduced bases the products are reduced again: their first entries are products of
    /// first entries, because the place in the product grows with the place in each factor.
    fn solve_product(&self, legs: &[(usize, Arc<Node>)]) -> Result<Vec<SparseVector>, RepError> {
        let mut dims = Vec::with_capacity(legs.len());
        for (place, x) in legs {
            dims.push(Rep::from_node(self.base.factor(*place), x.clone())?.size()?);
        }
        let mut strides = vec![1; legs.len()];
        for l in (1..legs.len()).rev() {
            strides[l - 1] = strides[l] * dims[l];
        }
        let mut products: Vec<SparseVector> = vec![vec![(0, Rational::ONE)]];
        for place in 0..self.base.factors().len() {
            let own: Vec<usize> = (0..legs.len()).filter(|&l| legs[l].0 == place).collect();
            if own.is_empty() {
                continue;
            }
            let tensor = tensor_node(own.iter().map(|&l| (legs[l].1.clone(), 1)).collect());
            let factor = Solver { base: self.base.factor(place), terms: self.terms, limits: self.limits };
            let solved = factor.solve(&tensor)?;
            let entries: usize = solved.iter().map(Vec::len).sum();
            let so_far: usize = products.iter().map(Vec::len).sum();
            self.limits.reserve(entries as u128 * so_far as u128 * action::bytes_of_row(1))?;
            let at = |k: usize| {
                let mut rest = k;
                own.iter().rev().fold(0, |sum, &l| {
                    let digit = rest % dims[l];
                    rest /= dims[l];
                    sum + digit * strides[l]
                })
            };
            let mut next = Vec::with_capacity(products.len() * solved.len());
            for x in &products {
                self.limits.check()?;
                for y in &solved {
                    let pairs = x.iter().flat_map(|(i, a)| y.iter().map(move |(j, b)| (*i, *j, a * b)));
                    next.push(collect_terms(pairs.map(|(i, j, v)| (i + at(j as usize) as u32, v)).collect()));
                }
            }
            products = next;
        }
        products.sort_by_key(|v| v.first().map(|t| t.0));
        Ok(products)
    }

    fn rank_of_term(&self, node: &Arc<Node>) -> Result<BigUint, RepError> {
        let rep = Rep::from_node(self.base, node.clone())?;
        if self.has_no_generators() {
            return Ok(rep.dim().clone());
        }
        let Some(legs) = legs(node).filter(|_| !self.base.factors().is_empty()) else {
            return self.terms.rank(&rep, self.limits);
        };
        let mut product = BigUint::from(1u32);
        for (place, factor) in self.base.factors().iter().enumerate() {
            let own = legs.iter().filter(|(at, _)| *at == place).map(|(_, x)| (x.clone(), 1));
            let tensor = Rep::from_node(factor, tensor_node(own.collect()))?;
            product *= rank_by(&tensor, self.terms, self.limits)?;
        }
        Ok(product)
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

/// The factors of a tensor product of sums, duals carried to the summands; `false` for what is none, or has too many.
fn gather_factors(node: &Arc<Node>, dual: bool, out: &mut Vec<Arc<Node>>) -> bool {
    const MOST: usize = 64;
    let turned = |x: &Arc<Node>| if dual { Arc::new(Node::Dual(x.clone())) } else { x.clone() };
    match &**node {
        Node::Scalar => {}
        Node::Dual(x) => return gather_factors(x, !dual, out),
        Node::Hom(x, y) => return gather_factors(y, dual, out) && gather_factors(x, !dual, out),
        Node::Tensor(list) => {
            return list
                .iter()
                .all(|(x, times)| *times <= MOST as u32 && (0..*times).all(|_| gather_factors(x, dual, out)));
        }
        Node::Sum(terms) => out.push(sum_node(terms.iter().map(|(x, times)| (turned(x), *times)).collect())),
        _ => out.push(turned(node)),
    }
    out.len() <= MOST
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
