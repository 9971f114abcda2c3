//! Satake and Vogan diagrams of the real forms, from the tables.
//!
//! Satake diagrams: Helgason, ch. X, table VI; Onishchik, Vinberg, *Lie Groups and Algebraic Groups*, table 9. Black nodes
//! are simple roots that vanish on a maximal split torus, arrows join white simple roots that agree on it.
//! Vogan diagrams: Knapp, ch. VI §8 and appendix C. Painted nodes are non-compact imaginary simple roots of a maximally
//! compact Cartan subalgebra, arrows the action of the Cartan involution; each form with one painted node at most
//! (Borel, de Siebenthal).

use super::{RealForm, RealName};
use crate::roots::{Letter, SimpleType};

/// A Dynkin diagram with filled nodes and with arrows between two nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedDiagram {
    /// The type of the diagram, or of each of its two halves.
    pub simple: SimpleType,
    /// A complex algebra seen as real: two copies, each node joined by an arrow to its twin; nothing is filled.
    pub doubled: bool,
    /// The filled nodes: black ones (Satake) or painted ones (Vogan), from 0, in order.
    pub filled: Vec<usize>,
    /// The pairs of nodes joined by arrows, from 0, the smaller one first, in order.
    pub arrows: Vec<(usize, usize)>,
}

impl MarkedDiagram {
    /// Whether a node is filled.
    pub fn is_filled(&self, node: usize) -> bool {
        self.filled.binary_search(&node).is_ok()
    }

    /// The other end of the arrow at a node, or the node itself.
    pub fn partner(&self, node: usize) -> usize {
        let joined = self.arrows.iter().find(|(a, b)| *a == node || *b == node);
        joined.map_or(node, |&(a, b)| a + b - node)
    }
}

impl RealForm {
    /// The Satake diagram; for a compact form all nodes are black.
    pub fn satake(self) -> MarkedDiagram {
        use RealName::*;
        let simple = self.simple_type();
        let n = simple.rank();
        let (black, arrows): (Vec<usize>, Vec<(usize, usize)>) = match self.name() {
            _ if self.is_complex() => return doubled(simple),
            _ if self.is_compact() => ((1..=n).collect(), Vec::new()),
            _ if self.is_split() => (Vec::new(), Vec::new()),
            SuStar(_) => (odd_up_to(n), Vec::new()),
            Su(_, q) => ((q + 1..=n - q).collect(), (1..=q).map(|i| (i, n + 1 - i)).filter(|(i, j)| i < j).collect()),
            So(_, q) if simple.letter() == Letter::D && q + 1 == n => (Vec::new(), vec![(n - 1, n)]),
            So(_, q) => ((q + 1..=n).collect(), Vec::new()),
            SoStar(m) if m % 2 == 0 => (odd_up_to(n - 1), Vec::new()),
            SoStar(_) => (odd_up_to(n - 2), vec![(n - 1, n)]),
            Sp(_, q) => ((1..=n).filter(|i| i % 2 == 1 || *i > 2 * q).collect(), Vec::new()),
            Exceptional(_, index) => match (simple.letter(), n, index) {
                (Letter::E, 6, 2) => (vec![], vec![(1, 6), (3, 5)]),
                (Letter::E, 6, -14) => (vec![3, 4, 5], vec![(1, 6)]),
                (Letter::E, 7, -5) => (vec![2, 5, 7], vec![]),
                (Letter::F, ..) => (vec![1, 2, 3], vec![]),
                // E6(-26), E7(-25), E8(-24): the four nodes of D4.
                _ => (vec![2, 3, 4, 5], vec![]),
            },
            SlR(_) | SpR(_) | SlC(_) | SoC(_) | SpC(_) | ExceptionalC(_) => (Vec::new(), Vec::new()),
        };
        from_bourbaki(simple, black, arrows)
    }

    /// The Vogan diagram.
    pub fn vogan(self) -> MarkedDiagram {
        use RealName::*;
        let simple = self.simple_type();
        let n = simple.rank();
        let flip_of_a = || (1..=n / 2).map(|i| (i, n + 1 - i)).collect();
        let (painted, arrows): (Vec<usize>, Vec<(usize, usize)>) = match self.name() {
            _ if self.is_complex() => return doubled(simple),
            _ if self.is_compact() => (Vec::new(), Vec::new()),
            // sl(n,R) with n even: painted in the middle; su*(2m) has the same arrows and nothing painted.
            SlR(_) => (if n % 2 == 1 { vec![n.div_ceil(2)] } else { vec![] }, flip_of_a()),
            SuStar(_) => (Vec::new(), flip_of_a()),
            Su(p, _) => (vec![p], Vec::new()),
            // Removing node i from the extended diagram leaves so(2i) and the rest.
            So(p, q) if simple.letter() == Letter::B => (vec![if p % 2 == 0 { p / 2 } else { q / 2 }], Vec::new()),
            So(_, q) if q % 2 == 0 => (vec![q / 2], Vec::new()),
            So(_, q) => (if q > 1 { vec![q / 2] } else { vec![] }, vec![(n - 1, n)]),
            SoStar(_) | SpR(_) => (vec![n], Vec::new()),
            Sp(_, q) => (vec![q], Vec::new()),
            Exceptional(_, index) => match (simple.letter(), n, index) {
                (Letter::G, ..) => (vec![2], vec![]),
                (Letter::F, _, 4) => (vec![1], vec![]),
                (Letter::F, ..) => (vec![4], vec![]),
                (Letter::E, 6, -26) => (vec![], vec![(1, 6), (3, 5)]),
                (Letter::E, 6, 6) => (vec![2], vec![(1, 6), (3, 5)]),
                (Letter::E, 6, 2) => (vec![2], vec![]),
                (Letter::E, 6, _) => (vec![1], vec![]),
                (Letter::E, 7, 7) => (vec![2], vec![]),
                (Letter::E, 7, -5) => (vec![1], vec![]),
                (Letter::E, 7, _) => (vec![7], vec![]),
                (_, _, 8) => (vec![1], vec![]),
                _ => (vec![8], vec![]),
            },
            SlC(_) | SoC(_) | SpC(_) | ExceptionalC(_) => (Vec::new(), Vec::new()),
        };
        from_bourbaki(simple, painted, arrows)
    }
}

fn odd_up_to(n: usize) -> Vec<usize> {
    (1..=n).step_by(2).collect()
}

fn doubled(simple: SimpleType) -> MarkedDiagram {
    MarkedDiagram { simple, doubled: true, filled: Vec::new(), arrows: Vec::new() }
}

fn from_bourbaki(simple: SimpleType, filled: Vec<usize>, arrows: Vec<(usize, usize)>) -> MarkedDiagram {
    MarkedDiagram {
        simple,
        doubled: false,
        filled: filled.into_iter().map(|i| i - 1).collect(),
        arrows: arrows.into_iter().map(|(i, j)| (i - 1, j - 1)).collect(),
    }
}
