//! Numberings of the nodes of Dynkin diagrams by other programs.

use std::str::FromStr;

use super::{ReductiveType, Weight};
use crate::roots::{Letter, SimpleType};

/// Whose order of labels is meant. Types that a program numbers as Bourbaki does are not listed in its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Numbering {
    /// Bourbaki VI, plates: what everything here uses.
    #[default]
    Bourbaki,
    /// LiE 2.2.2 (`diagram(E6)` shows it): that of Bourbaki for all types.
    Lie,
    /// LieART 2 (Feger, Kephart and Saskowski, arXiv:1912.10969), for E6, E7, E8 also Dynkin and Slansky 1981: the nodes of the
    /// chain first, the branch last.
    LieArt,
    /// GAP 4 (`SimpleLieAlgebra`, `CartanMatrix`): F4 in the order short, long, short, long.
    Gap,
}

/// All names by which a numbering can be given.
pub const NUMBERINGS: &[(&str, Numbering)] = &[
    ("bourbaki", Numbering::Bourbaki),
    ("lie", Numbering::Lie),
    ("lieart", Numbering::LieArt),
    ("gap", Numbering::Gap),
];

impl FromStr for Numbering {
    type Err = ();

    fn from_str(text: &str) -> Result<Numbering, ()> {
        let lower = text.trim().to_ascii_lowercase();
        NUMBERINGS.iter().find(|(name, _)| *name == lower).map(|(_, numbering)| *numbering).ok_or(())
    }
}

impl Numbering {
    /// The name by which it can be given.
    pub fn name(self) -> &'static str {
        NUMBERINGS.iter().find(|(_, numbering)| *numbering == self).map_or("bourbaki", |(name, _)| name)
    }

    /// For each place of a list of labels the node of Bourbaki it stands for, both from 0.
    pub fn nodes(self, simple: SimpleType) -> Vec<usize> {
        let n = simple.rank();
        match (self, simple.letter()) {
            (Numbering::LieArt, Letter::E) => [0].into_iter().chain(2..n).chain([1]).collect(),
            (Numbering::Gap, Letter::F) => vec![3, 0, 2, 1],
            _ => (0..n).collect(),
        }
    }

    /// The same for all factors of a group, numbered through; charges have no nodes.
    pub fn all_nodes(self, group: &ReductiveType) -> Vec<usize> {
        let mut out = Vec::new();
        for &simple in group.factors() {
            let start = out.len();
            out.extend(self.nodes(simple).into_iter().map(|node| start + node));
        }
        out
    }

    /// Labels in this order as labels in Bourbaki's; charges stay where they are.
    pub fn to_bourbaki(self, group: &ReductiveType, labels: &[i64]) -> Weight {
        self.permuted(group, labels, |out, part, places| {
            places.iter().zip(part).for_each(|(&node, &x)| out[node] = x);
        })
    }

    /// Labels in Bourbaki's order as labels in this one.
    pub fn from_bourbaki(self, group: &ReductiveType, labels: &[i64]) -> Weight {
        self.permuted(group, labels, |out, part, places| {
            out.iter_mut().zip(places).for_each(|(x, &node)| *x = part[node]);
        })
    }

    /// A list of another length than the rank comes back as it is: checking it is the business of who reads it.
    fn permuted(self, group: &ReductiveType, labels: &[i64], place: impl Fn(&mut [i64], &[i64], &[usize])) -> Weight {
        let mut out = labels.to_vec();
        if labels.len() != group.rank() {
            return out;
        }
        let mut start = 0;
        for (simple, part) in group.parts(labels) {
            let end = start + simple.rank();
            place(&mut out[start..end], part, &self.nodes(simple));
            start = end;
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::weights::dimension;

    #[test]
    fn fundamental_representations_have_the_dimensions_of_the_tables() {
        // LieART 2, tables of irreps (label, dimension); GAP 4.12: dimensions of HighestWeightModule and orbit sizes.
        for (numbering, text, labels, expected) in [
            (Numbering::LieArt, "E6", vec![1, 0, 0, 0, 0, 0], 27u32),
            (Numbering::LieArt, "E6", vec![0, 0, 0, 0, 0, 1], 78),
            (Numbering::LieArt, "E6", vec![0, 0, 0, 1, 0, 0], 351),
            (Numbering::LieArt, "E6", vec![0, 0, 1, 0, 0, 0], 2925),
            (Numbering::LieArt, "E7", vec![0, 0, 0, 0, 0, 1, 0], 56),
            (Numbering::LieArt, "E7", vec![0, 0, 0, 0, 0, 0, 1], 912),
            (Numbering::LieArt, "E7", vec![0, 0, 0, 0, 1, 0, 0], 1539),
            (Numbering::LieArt, "E8", vec![0, 0, 0, 0, 0, 0, 1, 0], 248),
            (Numbering::LieArt, "E8", vec![1, 0, 0, 0, 0, 0, 0, 0], 3875),
            (Numbering::LieArt, "E8", vec![0, 0, 0, 0, 0, 0, 0, 1], 147_250),
            (Numbering::LieArt, "F4", vec![0, 0, 0, 1], 26),
            (Numbering::LieArt, "G2", vec![1, 0], 7),
            (Numbering::Gap, "F4", vec![1, 0, 0, 0], 26),
            (Numbering::Gap, "F4", vec![0, 1, 0, 0], 52),
            (Numbering::Gap, "F4", vec![0, 0, 0, 1], 1274),
            (Numbering::Gap, "G2", vec![1, 0], 7),
            (Numbering::Gap, "B2", vec![1, 0], 5),
            (Numbering::Gap, "C2", vec![1, 0], 4),
            (Numbering::Lie, "F4", vec![1, 0, 0, 0], 52),
            (Numbering::Lie, "G2", vec![1, 0], 7),
            (Numbering::Lie, "C2", vec![1, 0], 4),
        ] {
            let group: ReductiveType = text.parse().unwrap();
            let weight = numbering.to_bourbaki(&group, &labels);
            assert_eq!(dimension(&group, &weight, &Limits::none()).unwrap(), expected.into(), "{text} {labels:?}");
            assert_eq!(numbering.from_bourbaki(&group, &weight), labels);
        }
        let group: ReductiveType = "F4+E6+T1".parse().unwrap();
        let labels: Weight = (1..=11).collect();
        for (_, numbering) in NUMBERINGS {
            let there = numbering.to_bourbaki(&group, &labels);
            assert_eq!(numbering.from_bourbaki(&group, &there), labels);
            assert_eq!(there[10], 11);
        }
    }
}
