//! A subgroup with its restriction matrix.

use super::super::frame::data_of;
use super::super::{Decomposition, ReductiveType, Weight, WeightError, restrict};
use crate::limits::Limits;
use crate::roots::{Letter, SimpleType};

/// How a subgroup arises.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubgroupKind {
    /// The group itself.
    Whole,
    /// The centralizer of a torus: some nodes of the Dynkin diagram are deleted, and charges take their place.
    Levi,
    /// Normalised by a maximal torus, of the same rank and semisimple: from the extended Dynkin diagram.
    Regular,
    /// Contained in no proper regular subgroup (Dynkin's S-subalgebras).
    Special,
    /// A subgroup of a subgroup.
    Chain,
}

impl SubgroupKind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            SubgroupKind::Whole => "whole",
            SubgroupKind::Levi => "Levi",
            SubgroupKind::Regular => "regular",
            SubgroupKind::Special => "special",
            SubgroupKind::Chain => "chain",
        }
    }
}

/// A reductive subgroup, up to conjugation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subgroup {
    /// The group that it is a subgroup of.
    pub above: ReductiveType,
    /// Its own type; weights refer to this order of the factors.
    pub group: ReductiveType,
    /// Row `i` is the restriction of the `i`-th fundamental weight (of a charge, for the last rows).
    pub matrix: Vec<Vec<i64>>,
    /// How it arises.
    pub kind: SubgroupKind,
    /// The same in words.
    pub origin: String,
}

impl Subgroup {
    /// The group in itself.
    pub fn whole(group: &ReductiveType) -> Subgroup {
        let unit = |i: usize| (0..group.rank()).map(|j| i64::from(i == j)).collect();
        let matrix = (0..group.rank()).map(unit).collect();
        let (above, origin) = (group.clone(), "the group itself".to_string());
        Subgroup { above, group: group.clone(), matrix, kind: SubgroupKind::Whole, origin }
    }

    /// From images of simple coroots and charges, as columns.
    pub(super) fn from_columns(
        above: ReductiveType,
        group: ReductiveType,
        columns: &[Vec<i64>],
        kind: SubgroupKind,
        origin: String,
    ) -> Subgroup {
        let matrix = (0..above.rank()).map(|i| columns.iter().map(|c| c[i]).collect()).collect();
        Subgroup { above, group, matrix, kind, origin }
    }

    fn columns(&self) -> Vec<Vec<i64>> {
        (0..self.group.rank()).map(|j| self.matrix.iter().map(|row| row[j]).collect()).collect()
    }

    /// The restriction of a representation.
    pub fn restrict(&self, v: &Decomposition, limits: &Limits) -> Result<Decomposition, WeightError> {
        restrict(v, &self.group, &self.matrix, limits)
    }

    /// The restriction of a weight.
    pub fn image(&self, weight: &[i64]) -> Weight {
        let column = |j: usize| weight.iter().zip(&self.matrix).map(|(x, row)| x * row[j]).sum();
        (0..self.group.rank()).map(column).collect()
    }

    /// A subgroup of this one as a subgroup of the group: the product of the matrices.
    pub fn then(&self, below: &Subgroup) -> Subgroup {
        let matrix = self.matrix.iter().map(|row| below.image(row)).collect();
        let (kind, origin) = match (self.kind, below.kind) {
            (SubgroupKind::Whole, _) => (below.kind, below.origin.clone()),
            (_, SubgroupKind::Whole) => (self.kind, self.origin.clone()),
            _ => (SubgroupKind::Chain, format!("in {} ({}): {}", self.group, self.origin, below.origin)),
        };
        Subgroup { above: self.above.clone(), group: below.group.clone(), matrix, kind, origin }
    }

    /// Dynkin's index of the embedding of each simple factor in a simple group: the squared length of the image of the
    /// coroot of the highest root, over that of the group's own (Dynkin 1952, section 2). Empty for other groups.
    pub fn indices(&self, limits: &Limits) -> Result<Vec<i64>, WeightError> {
        let Some(simple) = self.above.simple() else { return Ok(Vec::new()) };
        let above = data_of(&simple.into(), limits)?;
        let Some(data) = above.first() else { return Ok(Vec::new()) };
        let columns = self.columns();
        let mut start = 0;
        let mut out = Vec::new();
        for factor in data_of(&self.group, limits)? {
            let own = &columns[start..start + factor.rank];
            start += factor.rank;
            let highest = factor.roots.last().map(|r| r.coroot.clone()).unwrap_or_default();
            let x: Vec<i64> = (0..data.rank)
                .map(|i| highest.iter().zip(own).map(|(&c, column)| i64::from(c) * column[i]).sum())
                .collect();
            // (α_i^∨, α_j^∨) = a_ij L / half_i when the shortest coroots have squared length 2.
            let lacing = simple.lacing();
            let pairing = |i: usize, j: usize| x[i] * x[j] * (lacing / data.half[i]) * data.cartan[i][j];
            let square: i64 = (0..data.rank).map(|i| (0..data.rank).map(|j| pairing(i, j)).sum::<i64>()).sum();
            out.push(square / 2);
        }
        Ok(out)
    }

    /// The same subgroup with its factors named and ordered as in `wanted`: equal types in their present order, C2 for B2
    /// and D3 for A3 where it says so. `None` when the types differ.
    pub fn written_as(&self, wanted: &ReductiveType) -> Option<Subgroup> {
        if wanted.torus() != self.group.torus() || wanted.factors().len() != self.group.factors().len() {
            return None;
        }
        let columns = self.columns();
        let mut free: Vec<(SimpleType, Vec<Vec<i64>>)> = Vec::new();
        let mut start = 0;
        for &factor in self.group.factors() {
            free.push((factor, columns[start..start + factor.rank()].to_vec()));
            start += factor.rank();
        }
        let mut out = Vec::new();
        for &factor in wanted.factors() {
            let at = free.iter().position(|(have, _)| canonical(*have) == canonical(factor))?;
            let (have, own) = free.remove(at);
            let nodes = renumbering(have.letter(), factor.letter(), factor.rank());
            out.extend(nodes.into_iter().map(|node| own[node].clone()));
        }
        out.extend(columns[start..].iter().cloned());
        let (above, origin) = (self.above.clone(), self.origin.clone());
        Some(Subgroup::from_columns(above, wanted.clone(), &out, self.kind, origin))
    }
}

/// B2 for C2 and A3 for D3.
pub(super) fn canonical(simple: SimpleType) -> SimpleType {
    SimpleType::new(simple.letter(), simple.rank()).unwrap_or(simple)
}

/// For each node of `to` the node of `from`, of the same algebra under two names.
pub(super) fn renumbering(from: Letter, to: Letter, rank: usize) -> Vec<usize> {
    match (from, to, rank) {
        (Letter::B, Letter::C, 2) | (Letter::C, Letter::B, 2) => vec![1, 0],
        (Letter::A, Letter::D, 3) | (Letter::D, Letter::A, 3) => vec![1, 0, 2],
        (_, _, rank) => (0..rank).collect(),
    }
}
