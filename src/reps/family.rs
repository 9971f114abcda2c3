//! Groups whose invariant tensors are known by a fundamental theorem, and the legs of a tensor.

use std::sync::Arc;

use super::node::Node;
use super::{Base, Rep};
use crate::lie::named::Arg;

/// What a group is, in the form of its matrices. Invariant tensors depend on the Zariski closure alone (Goodman–Wallach,
/// *Symmetry, Representations, and Invariants*, section 11.7), so identity components of real forms belong to the full group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Family {
    /// All permutations of the coordinates.
    Symmetric,
    /// Their even ones, of at least three coordinates.
    Alternating,
    /// O(p,q), or SO(p,q) when `special`, of the diagonal form with these signs: `true` for −1.
    Orthogonal {
        /// The signs of the form.
        negative: Vec<bool>,
        /// Whether determinants are 1.
        special: bool,
    },
    /// Sp(2m,R) of the form `B(e_i, e_{m+i}) = 1`.
    Symplectic,
    /// GL(n,R).
    GeneralLinear,
    /// SL(n,R).
    SpecialLinear,
    /// U(p,q) in `n = p + q` complex dimensions, on R^2n.
    Unitary,
    /// SU(p,q), on R^2n.
    SpecialUnitary,
    /// Sp(p,q), quaternionic of rank `p + q`, on R^4(p+q).
    Quaternionic,
    /// GL(n,C) on R^2n.
    ComplexGeneralLinear,
    /// SL(n,C) on R^2n.
    ComplexSpecialLinear,
    /// SO(n,C) on R^2n.
    ComplexOrthogonal,
    /// Sp(2m,C) on R^4m.
    ComplexSymplectic,
    /// The rotations of the plane by multiples of `2π/order`, not rational; with reflections the symmetries of a polygon.
    Plane {
        /// The order of the rotations.
        order: usize,
        /// Whether reflections belong to it.
        reflections: bool,
    },
}

impl Family {
    /// The family of a named group, for names whose matrices have the form above.
    pub(super) fn of_name(name: &str, args: &[Arg]) -> Option<Family> {
        let numbers: Option<Vec<usize>> = args
            .iter()
            .map(|arg| match arg {
                Arg::Integer(n) => usize::try_from(*n).ok(),
                Arg::Text(_) => None,
            })
            .collect();
        let field = match args.get(1) {
            Some(Arg::Text(text)) => text.trim(),
            _ => "",
        };
        let orthogonal = |p: usize, q: usize, special: bool| {
            let negative = (0..p + q).map(|i| i >= p).collect();
            Some(Family::Orthogonal { negative, special })
        };
        match (name, numbers.as_deref(), field) {
            ("S", _, _) => Some(Family::Symmetric),
            ("A", Some([3..=usize::MAX]), _) => Some(Family::Alternating),
            ("O" | "SO", Some([n]), _) => orthogonal(*n, 0, name == "SO"),
            ("O" | "SO", Some([p, q]), _) => orthogonal(*p, *q, name == "SO"),
            ("Lorentz", ..) => orthogonal(3, 1, true),
            ("O11", ..) => orthogonal(1, 1, false),
            ("SO11", ..) => orthogonal(1, 1, true),
            ("O13", ..) => orthogonal(1, 3, false),
            // −1 has determinant 1 in four dimensions.
            ("SO13" | "SO13p", ..) => orthogonal(1, 3, true),
            ("SO", None, "C") => Some(Family::ComplexOrthogonal),
            ("GL", Some([_]), _) | ("GL", None, "R") => Some(Family::GeneralLinear),
            ("SL", Some([_]), _) | ("SL", None, "R") => Some(Family::SpecialLinear),
            ("GL", None, "C") => Some(Family::ComplexGeneralLinear),
            ("SL", None, "C") => Some(Family::ComplexSpecialLinear),
            ("Sp", None, "R") => Some(Family::Symplectic),
            ("Sp", None, "C") => Some(Family::ComplexSymplectic),
            ("Sp", Some(_), _) => Some(Family::Quaternionic),
            ("U", Some(_), _) => Some(Family::Unitary),
            ("SU", Some(_), _) => Some(Family::SpecialUnitary),
            _ => None,
        }
    }
}

/// A tensor with legs in the defining representation, `true` for its dual. The maps from one tensor to another have those
/// of the target as rows and those of the source as columns; invariants have no columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Legs {
    /// The legs of the target, or all.
    pub rows: Vec<bool>,
    /// The legs of the source.
    pub cols: Vec<bool>,
}

/// Tensors with more legs are not told apart.
const MAX_LEGS: usize = 4096;

impl Rep {
    /// The legs, when the representation is made from the defining one by products, powers, duals and maps alone.
    pub fn legs(&self) -> Option<Legs> {
        match &*self.node {
            Node::Hom(from, to) => Some(Legs { rows: legs(to, self.base())?, cols: legs(from, self.base())? }),
            _ => Some(Legs { rows: legs(&self.node, self.base())?, cols: Vec::new() }),
        }
    }
}

fn legs(node: &Arc<Node>, base: &Base) -> Option<Vec<bool>> {
    let flipped = |legs: Vec<bool>| legs.into_iter().map(|dual| !dual).collect::<Vec<_>>();
    Some(match &**node {
        Node::Scalar => Vec::new(),
        Node::Vector if base.factors().is_empty() => vec![false],
        Node::Dual(x) => flipped(legs(x, base)?),
        Node::Tensor(factors) => {
            let mut out = Vec::new();
            for (x, exponent) in factors {
                let part = legs(x, base)?;
                if part.len().saturating_mul(*exponent as usize).saturating_add(out.len()) > MAX_LEGS {
                    return None;
                }
                (0..*exponent).for_each(|_| out.extend_from_slice(&part));
            }
            out
        }
        Node::Hom(x, y) => {
            let mut out = legs(y, base)?;
            out.extend(flipped(legs(x, base)?));
            out
        }
        _ => return None,
    })
}
