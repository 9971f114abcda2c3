//! `V(λ)` as a value: its basis and the matrices of the Chevalley generators, of the root vectors and of the torus.

use super::build::{Built, Definition, build};
use super::spaces::Space;
use crate::exact::{SparseMatrix, SparseVector, sparse};
use crate::lie::named::ChevalleyBasis;
use crate::limits::Limits;
use crate::num::Rational;
use crate::weights::{ReductiveType, Weight, WeightError};

/// The irreducible representation of highest weight `λ` over Q, in a basis of weight vectors `b_1, b_2, …` ordered by level,
/// `b_1` being the highest weight vector.
///
/// The Chevalley generators satisfy `[e_i, f_j] = δ_ij h_i`, `[h_i, e_j] = ⟨α_j, α_i^∨⟩ e_j`, `[h_i, f_j] = −⟨α_j, α_i^∨⟩ f_j`
/// and Serre's relations; charges of a torus act as scalars. A matrix acts on columns: column `k` is the image of `b_k`.
///
/// The basis is one of Kostant's lattice, and nearly all its vectors are divided powers `f_i^k/k!` applied to others: every
/// entry is an integer, also those of all root vectors, and 0 or 1 in a minuscule representation.
#[derive(Clone, Debug)]
pub struct Irreducible {
    group: ReductiveType,
    spaces: Vec<Space>,
    definitions: Vec<Definition>,
    raised: Vec<Vec<SparseVector>>,
    lowered: Vec<Vec<SparseVector>>,
}

impl Irreducible {
    /// Builds `V(λ)` and proves it; see `build.rs` for the method and the proof.
    pub fn new(group: &ReductiveType, highest: &[i64], limits: &Limits) -> Result<Irreducible, WeightError> {
        let Built { spaces, definitions, raised, lowered } = build(group, highest, limits)?;
        Ok(Irreducible { group: group.clone(), spaces, definitions, raised, lowered })
    }

    /// Of what it is a representation.
    pub fn group(&self) -> &ReductiveType {
        &self.group
    }

    /// The highest weight.
    pub fn highest_weight(&self) -> &[i64] {
        self.spaces.first().map_or(&[], |s| &s.weight)
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.definitions.len()
    }

    /// The number of simple roots.
    pub fn rank(&self) -> usize {
        self.raised.len()
    }

    /// The weights of the basis vectors, in their order.
    pub fn weights(&self) -> impl Iterator<Item = &Weight> {
        self.spaces.iter().flat_map(|s| std::iter::repeat_n(&s.weight, s.dim))
    }

    pub(super) fn spaces(&self) -> &[Space] {
        &self.spaces
    }

    /// How a basis vector is made of earlier ones; empty for the highest weight vector.
    pub(super) fn definition(&self, vector: usize) -> &Definition {
        &self.definitions[vector]
    }

    /// `e_i b_k` in coordinates (both numbers from 0).
    pub fn raised(&self, i: usize, k: usize) -> &[(u32, Rational)] {
        &self.raised[i][k]
    }

    /// `f_i b_k` in coordinates (both numbers from 0).
    pub fn lowered(&self, i: usize, k: usize) -> &[(u32, Rational)] {
        &self.lowered[i][k]
    }

    /// The matrix of the simple root vector `e_i` (from 0).
    pub fn raising(&self, i: usize) -> SparseMatrix {
        SparseMatrix::from_rows(self.dim(), self.raised[i].clone()).transpose()
    }

    /// The matrix of `f_i`.
    pub fn lowering(&self, i: usize) -> SparseMatrix {
        SparseMatrix::from_rows(self.dim(), self.lowered[i].clone()).transpose()
    }

    /// The diagonal matrix of the coroot `h_i`, or beyond the simple roots of a basis element of the torus: coordinate `i`
    /// of the weights.
    pub fn coroot(&self, i: usize) -> SparseMatrix {
        let entry = |(k, w): (usize, &Weight)| match w[i] {
            0 => Vec::new(),
            x => vec![(k as u32, Rational::from(x))],
        };
        SparseMatrix::from_rows(self.dim(), self.weights().enumerate().map(entry).collect())
    }

    /// The Chevalley generators `e_1 … e_r, f_1 … f_r, h_1 … h_r`, then the torus.
    pub fn generators(&self) -> Vec<SparseMatrix> {
        let simple = 0..self.rank();
        let raising = simple.clone().map(|i| self.raising(i));
        raising.chain(simple.map(|i| self.lowering(i))).chain((0..self.group.rank()).map(|i| self.coroot(i))).collect()
    }

    /// The number of non-zero entries of the simple root vectors.
    pub fn nonzeros(&self) -> usize {
        self.raised.iter().chain(&self.lowered).flatten().map(Vec::len).sum()
    }

    /// Whether all simple root vectors have integer entries.
    pub fn is_integral(&self) -> bool {
        self.raised.iter().chain(&self.lowered).flatten().flatten().all(|(_, x)| x.is_integer())
    }

    /// The matrices of the Chevalley basis of every simple factor, `h_1 … h_l`, `e_r` and then `f_r` for the positive roots `r`
    /// by height, in the order and with the signs of the split form ([`crate::lie::named::split`]); then the torus.
    ///
    /// `e_{r+s} = [e_r, e_s]/N_rs` with `r` simple, root by root. Cost: one commutator of sparse matrices for each root.
    pub fn chevalley_basis(&self, limits: &Limits) -> Result<Vec<SparseMatrix>, WeightError> {
        let mut out = Vec::with_capacity(self.group.dim());
        let mut first = 0;
        let mut entries = 0;
        for &factor in self.group.factors() {
            let basis = ChevalleyBasis::new(factor, limits)?;
            let system = basis.root_system();
            out.extend((0..factor.rank()).map(|i| self.coroot(first + i)));
            let mut positive: Vec<SparseMatrix> = (0..factor.rank()).map(|i| self.raising(first + i)).collect();
            let mut negative: Vec<SparseMatrix> = (0..factor.rank()).map(|i| self.lowering(first + i)).collect();
            for (t, root) in system.positive().iter().enumerate().skip(factor.rank()) {
                limits.check()?;
                let split = (0..factor.rank()).find_map(|i| {
                    let mut rest = root.clone();
                    rest[i] -= 1;
                    let s = system.number_of(&rest).filter(|&s| s < t)?;
                    Some((i, s, Rational::from(basis.n(i, s)).recip()?))
                });
                let (i, s, factor) = split.ok_or_else(|| WeightError::Check("a root that is no sum".into()))?;
                let raised = positive[i].commutator(&positive[s]).scale(&factor);
                // N_{−r,−s} = −N_rs.
                let lowered = negative[i].commutator(&negative[s]).scale(&-factor);
                entries += raised.nonzeros() + lowered.nonzeros();
                limits.reserve(entries as u128 * 32)?;
                positive.push(raised);
                negative.push(lowered);
            }
            out.extend(positive);
            out.extend(negative);
            first += factor.rank();
        }
        out.extend((first..self.group.rank()).map(|i| self.coroot(i)));
        Ok(out)
    }

    /// `f_i v` for a vector in coordinates.
    pub fn lower(&self, i: usize, v: &[(u32, Rational)]) -> SparseVector {
        apply(&self.lowered[i], v)
    }

    /// `e_i v` for a vector in coordinates.
    pub fn raise(&self, i: usize, v: &[(u32, Rational)]) -> SparseVector {
        apply(&self.raised[i], v)
    }
}

/// `Σ v_k images[k]`.
pub(super) fn apply(images: &[SparseVector], v: &[(u32, Rational)]) -> SparseVector {
    let terms = v.iter().flat_map(|(k, x)| images[*k as usize].iter().map(move |(l, y)| (*l, x * y)));
    sparse::collect_terms(terms.collect())
}
