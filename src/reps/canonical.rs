//! The canonical form of a representation: a sum of tensor monomials in irreducible-looking factors.
//!
//! Tensor products are distributed over sums, duals go down to the leaves, `Sym^k` and `Λ^k` of sums are expanded by
//! `Sym^k(A ⊕ B) = ⊕ Sym^i A ⊗ Sym^(k−i) B` (Fulton–Harris, appendix B). Where an expansion would have too many terms it is
//! left alone: then equal forms still mean isomorphic representations, but some isomorphic ones are told apart.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use num_bigint::BigUint;
use num_traits::One;

use super::node::{Given, Node};
use super::rep::{sum_node, tensor_node};
use super::{Base, Element, node::wide};
use crate::num::try_power;

/// An indecomposable factor of a monomial.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Factor {
    Vector {
        dual: bool,
    },
    Adjoint {
        dual: bool,
    },
    Given {
        of: Key,
        dual: bool,
    },
    /// A factor of the representations of one factor of a product of groups.
    Of(usize, Box<Factor>),
    Symmetric(Box<Canonical>, u32),
    Alternating(Box<Canonical>, u32),
    /// A sum that is not multiplied out.
    Whole(Box<Canonical>),
}

/// Factors with their exponents; empty for the trivial representation.
type Monomial = BTreeMap<Factor, u32>;

/// Monomials with their multiplicities. Every monomial has positive dimension.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Canonical(BTreeMap<Monomial, BigUint>);

/// Products of more pairs of terms are not multiplied out.
const MAX_PAIRS: usize = 2_500;
/// Powers `Sym^k`, `Λ^k` beyond this `k`, or of more summands, are not expanded.
const MAX_EXPANSION: u32 = 24;

/// Given representations are compared by their matrices, not by their names.
#[derive(Clone, Debug)]
struct Key(Arc<Given>);

impl Ord for Key {
    fn cmp(&self, other: &Key) -> Ordering {
        if Arc::ptr_eq(&self.0, &other.0) {
            return Ordering::Equal;
        }
        let entries = |given: &Arc<Given>| {
            let discrete: Vec<_> = given.discrete.iter().map(Element::stored).collect();
            let all = given.matrices.iter().chain(discrete.iter().map(|m| &**m)).enumerate();
            all.flat_map(|(k, m)| m.triples().map(move |(i, j, v)| (k, i, j, v.clone()))).collect::<Vec<_>>()
        };
        self.0.dim.cmp(&other.0.dim).then_with(|| entries(&self.0).cmp(&entries(&other.0)))
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Key) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Key {}

/// Which of the two families of powers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Symmetric,
    Alternating,
}

/// The canonical form of a tree.
pub(super) fn canonical(node: &Node, base: &Base) -> Canonical {
    form(node, false, base)
}

fn form(node: &Node, dual: bool, base: &Base) -> Canonical {
    match node {
        Node::Scalar => Canonical::one(),
        // Isomorphic over R.
        Node::Vector | Node::Conjugate => {
            leaf(base.vector_dim().unwrap_or(0), Factor::Vector { dual: dual && !base.vector_is_orthogonal() })
        }
        Node::Adjoint => leaf(base.algebra().dim(), Factor::Adjoint { dual: dual && !base.adjoint_is_orthogonal() }),
        Node::Given(given) => {
            leaf(given.dim, Factor::Given { of: Key(given.clone()), dual: dual && !given.orthogonal })
        }
        Node::Of(factor, x) => form(x, dual, base.factor(*factor)).placed(*factor),
        Node::Dual(x) => form(x, !dual, base),
        Node::Sum(terms) => {
            let mut out = Canonical::default();
            for (x, times) in terms {
                out.add(form(x, dual, base), &BigUint::from(*times));
            }
            out
        }
        Node::Tensor(factors) => product(factors.iter().map(|(x, exponent)| (form(x, dual, base), *exponent))),
        Node::Symmetric(x, k) => form(x, dual, base).schur_power(Kind::Symmetric, *k, base),
        Node::Alternating(x, k) => form(x, dual, base).schur_power(Kind::Alternating, *k, base),
        Node::Hom(x, y) => product([(form(y, dual, base), 1), (form(x, !dual, base), 1)]),
    }
}

/// The product of some powers: multiplied out, or with every sum kept whole, so that the order does not matter.
fn product(parts: impl IntoIterator<Item = (Canonical, u32)>) -> Canonical {
    let mut monomial = Monomial::new();
    let mut count = BigUint::one();
    let mut sums: BTreeMap<Canonical, u32> = BTreeMap::new();
    for (part, exponent) in parts {
        if exponent == 0 {
            continue;
        }
        match (part.0.len(), part.0.first_key_value()) {
            (0, _) => return Canonical::default(),
            (1, Some((only, times))) => {
                multiply(&mut monomial, only, exponent);
                count *= times.pow(exponent);
            }
            _ => {
                let sum = sums.entry(part).or_insert(0);
                *sum = sum.saturating_add(exponent);
            }
        }
    }
    let single = Canonical(BTreeMap::from([(monomial.clone(), count.clone())]));
    let expanded = sums
        .iter()
        .try_fold(single, |product, (sum, exponent)| product.expanded_product(&sum.expanded_power(*exponent)?));
    expanded.unwrap_or_else(|| {
        for (sum, exponent) in sums {
            multiply(&mut monomial, &Monomial::from([(Factor::Whole(Box::new(sum)), 1)]), exponent);
        }
        Canonical(BTreeMap::from([(monomial, count)]))
    })
}

/// `target · factor^exponent`. Trees of a degree beyond a machine word are refused, so nothing overflows.
fn multiply(target: &mut Monomial, factor: &Monomial, exponent: u32) {
    for (x, e) in factor {
        let sum = target.entry(x.clone()).or_insert(0);
        *sum = sum.saturating_add(e.saturating_mul(exponent));
    }
}

fn leaf(dim: usize, factor: Factor) -> Canonical {
    if dim == 0 { Canonical::default() } else { Canonical::from(Monomial::from([(factor, 1)])) }
}

impl From<Monomial> for Canonical {
    fn from(monomial: Monomial) -> Canonical {
        Canonical(BTreeMap::from([(monomial, BigUint::one())]))
    }
}

impl Canonical {
    fn one() -> Canonical {
        Canonical::from(Monomial::new())
    }

    /// The same as a representation of a product of groups, whose factor in this place acts.
    fn placed(self, place: usize) -> Canonical {
        let of = |monomial: Monomial| monomial.into_iter().map(|(x, e)| (Factor::Of(place, Box::new(x)), e)).collect();
        Canonical(self.0.into_iter().map(|(monomial, count)| (of(monomial), count)).collect())
    }

    fn add(&mut self, other: Canonical, times: &BigUint) {
        for (monomial, count) in other.0 {
            *self.0.entry(monomial).or_default() += count * times;
        }
    }

    /// The product multiplied out, or `None` when that has too many terms.
    fn expanded_product(&self, other: &Canonical) -> Option<Canonical> {
        if self.0.len().saturating_mul(other.0.len()) > MAX_PAIRS {
            return None;
        }
        let mut out = Canonical::default();
        for (a, m) in &self.0 {
            for (b, n) in &other.0 {
                let mut product = a.clone();
                multiply(&mut product, b, 1);
                *out.0.entry(product).or_default() += m * n;
            }
        }
        Some(out)
    }

    /// The power multiplied out, or `None` when that has too many terms.
    fn expanded_power(&self, exponent: u32) -> Option<Canonical> {
        try_power(Canonical::one(), self, exponent.into(), |a, b| a.expanded_product(b).ok_or(())).ok()
    }

    /// `Sym^k` or `Λ^k`.
    fn schur_power(&self, kind: Kind, k: u32, base: &Base) -> Canonical {
        let total: BigUint = self.0.values().sum();
        let expanded = if total.is_one() {
            self.0.keys().next().map(|only| power_of_monomial(only, kind, k, base))
        } else if k > MAX_EXPANSION || wide(&total) > u128::from(MAX_EXPANSION) {
            None
        } else {
            self.expanded_schur_power(kind, k, base)
        };
        expanded.unwrap_or_else(|| Canonical::from(Monomial::from([(kind.factor(self.clone(), k), 1)])))
    }

    fn expanded_schur_power(&self, kind: Kind, k: u32, base: &Base) -> Option<Canonical> {
        // sums[j] is the j-th power of the pieces so far.
        let mut sums: Vec<Canonical> =
            (0..=k).map(|j| if j == 0 { Canonical::one() } else { Canonical::default() }).collect();
        for (monomial, count) in &self.0 {
            let powers: Vec<Canonical> = (0..=k).map(|j| power_of_monomial(monomial, kind, j, base)).collect();
            for _ in 0..wide(count) {
                let mut next = Vec::with_capacity(sums.len());
                for j in 0..sums.len() {
                    let mut total = Canonical::default();
                    for i in 0..=j {
                        total.add(sums[j - i].expanded_product(&powers[i])?, &BigUint::one());
                    }
                    next.push(total);
                }
                sums = next;
            }
        }
        sums.pop()
    }

    /// The monomials as trees, with their multiplicities, in a fixed order.
    pub(super) fn terms(&self) -> Vec<(Arc<Node>, BigUint)> {
        self.0.iter().map(|(monomial, count)| (node_of_monomial(monomial), count.clone())).collect()
    }

    /// The sum as a tree.
    pub(super) fn to_node(&self) -> Arc<Node> {
        sum_node(self.0.iter().map(|(monomial, count)| copies(node_of_monomial(monomial), count)).collect())
    }
}

/// `count` copies of a node; a count beyond a machine word is written by nested sums, 32 bits at a time.
fn copies(node: Arc<Node>, count: &BigUint) -> (Arc<Node>, u64) {
    if let Ok(small) = u64::try_from(count) {
        return (node, small);
    }
    let high = copies(node.clone(), &(count >> 32));
    let low = u64::from(count.iter_u32_digits().next().unwrap_or(0));
    let mut terms = vec![(Arc::new(Node::Sum(vec![high])), 1 << 32)];
    if low > 0 {
        terms.push((node, low));
    }
    (Arc::new(Node::Sum(terms)), 1)
}

impl Kind {
    fn factor(self, of: Canonical, k: u32) -> Factor {
        match self {
            Kind::Symmetric => Factor::Symmetric(Box::new(of), k),
            Kind::Alternating => Factor::Alternating(Box::new(of), k),
        }
    }
}

fn power_of_monomial(monomial: &Monomial, kind: Kind, k: u32, base: &Base) -> Canonical {
    match (k, kind) {
        (0, _) => Canonical::one(),
        (1, _) => Canonical::from(monomial.clone()),
        (_, Kind::Symmetric) if monomial.is_empty() => Canonical::one(),
        (_, Kind::Alternating) if node_of_monomial(monomial).dim(base).is_some_and(|d| d < BigUint::from(k)) => {
            Canonical::default()
        }
        _ => Canonical::from(Monomial::from([(kind.factor(Canonical::from(monomial.clone()), k), 1)])),
    }
}

fn node_of_monomial(monomial: &Monomial) -> Arc<Node> {
    tensor_node(monomial.iter().map(|(factor, exponent)| (node_of_factor(factor), *exponent)).collect())
}

fn node_of_factor(factor: &Factor) -> Arc<Node> {
    let with_dual = |node: Node, dual: bool| if dual { Arc::new(Node::Dual(Arc::new(node))) } else { Arc::new(node) };
    match factor {
        Factor::Vector { dual } => with_dual(Node::Vector, *dual),
        Factor::Adjoint { dual } => with_dual(Node::Adjoint, *dual),
        Factor::Given { of, dual } => with_dual(Node::Given(of.0.clone()), *dual),
        Factor::Of(place, x) => Arc::new(Node::Of(*place, node_of_factor(x))),
        Factor::Symmetric(x, k) => Arc::new(Node::Symmetric(x.to_node(), *k)),
        Factor::Alternating(x, k) => Arc::new(Node::Alternating(x.to_node(), *k)),
        Factor::Whole(x) => x.to_node(),
    }
}
