//! Invariant shallow networks: which signed permutation representations carry them.
//!
//! Agrawal and Ostrowski, "A Classification of G-invariant Shallow Neural Networks" (2022). A signed permutation irrep is
//! induced from a character H → {±1} with kernel K, of index 1 (type 1) or 2 (type 2) in H. It carries networks
//! f(x) = aᵀ ReLU(Wx + b) + … exactly when some w that K fixes (and H negates, for type 2) has no larger stabiliser than K. On
//! permuted inputs w is constant on orbits of K, and in type 2 opposite on an orbit O and hO, zero where hO = O.

use num_bigint::BigUint;

use super::by_types;
use super::giant::Giant;
use super::pairs::{Inputs, Pair, Values, pairs, weights};
use super::{CharacterTable, ConjugacyClasses, FiniteError, PermutationGroup, SubgroupLattice};
use crate::limits::Limits;
use crate::num::{Rational, partitions};

/// Why a pair (H, K) carries no network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// All weights would be zero.
    NoWeights,
    /// Every choice of weights is fixed by a larger group.
    LargerStabilizer {
        /// Its order.
        order: usize,
        /// The number of its class of subgroups.
        class: Option<usize>,
        /// Its name up to isomorphism, where there is one.
        name: Option<String>,
    },
}

/// A signed permutation irrep and the networks that it carries.
#[derive(Clone, Debug)]
pub struct Architecture {
    /// The number of hidden units, |G : H|.
    pub width: BigUint,
    /// 1 or 2: the index of K in H.
    pub kind: u8,
    /// The number of weights that can be chosen.
    pub free: usize,
    /// The first row of weights: the number of a free weight, negative where it enters with a minus, 0 for zero; empty where the
    /// inputs are known by their character alone.
    pub pattern: Vec<i64>,
    /// A basis of the first rows of weights, for inputs on which matrices act; else empty.
    pub weights: Vec<Vec<Rational>>,
    /// The orders of H and K.
    pub orders: (BigUint, BigUint),
    /// Names of H and K up to isomorphism, where there are.
    pub names: (Option<String>, Option<String>),
    /// Why it carries no network, if it does not.
    pub rejection: Option<Rejection>,
    /// How many classes of K that are different in H become one in the normaliser of H: so many cohomology classes. `None` where they
    /// were not counted.
    pub fused: Option<usize>,
}

/// Most rows of a list for a symmetric group; of more there are only counts.
const MOST_ROWS: u64 = 10_000;
/// Symmetric groups up to this degree are treated like any group.
const LARGEST_BY_SUBGROUPS: usize = 6;
/// Largest degree whose partitions are counted.
const LARGEST_COUNTED: usize = 10_000;
/// Above this order pairs that carry no network are not listed, unless they are asked for.
const LARGEST_WITH_REJECTED: u32 = 10_000;

/// Pairs (H, K) up to conjugacy.
#[derive(Clone, Debug)]
pub struct Architectures {
    /// By decreasing width, type 1 first; `None` where there are too many to list.
    pub pairs: Option<Vec<Architecture>>,
    /// How many carry networks of type 1, and of type 2.
    pub counts: (BigUint, BigUint),
    /// Whether the pairs that carry no network are among them.
    pub with_rejected: bool,
}

/// All pairs up to conjugacy; those that carry no network are marked, where they are listed: with `rejected`, or for orders up to
/// 10 000 when nothing is said. They come from all classes of subgroups; otherwise pairs that carry networks come from stabilisers of
/// vectors, for natural symmetric groups from degree 7 on from partitions.
pub fn architectures(
    group: &PermutationGroup,
    rejected: Option<bool>,
    limits: &Limits,
) -> Result<Architectures, FiniteError> {
    let by_partitions = group.degree() > LARGEST_BY_SUBGROUPS && group.giant(limits)? == Some(Giant::Symmetric);
    if by_partitions && rejected != Some(true) {
        let (counts, rows) = symmetric_counts(group.degree(), limits)?;
        let mut listed = None;
        if rows.is_some() {
            let mut pairs = of_symmetric(group.degree(), limits)?;
            pairs.sort_by(in_order);
            listed = Some(pairs);
        }
        return Ok(Architectures { pairs: listed, counts, with_rejected: false });
    }
    match lists_rejected(group, rejected, limits)? {
        true => Ok(Survey::new(group, &Inputs::Points, limits)?.architectures()),
        false => Ok(collected(by_types::architectures(group, limits)?, false)),
    }
}

/// The same for inputs on which a group acts by permutations with signs: as a group of permutations of `2n` points, of which `2i` and
/// `2i + 1` stand for `e_i` and `-e_i`.
pub fn signed_architectures(
    group: &PermutationGroup,
    rejected: Option<bool>,
    limits: &Limits,
) -> Result<Architectures, FiniteError> {
    let commutes = |g: &super::Permutation| (0..g.degree()).all(|x| g.image(x ^ 1) == g.image(x).map(|y| y ^ 1));
    if !group.degree().is_multiple_of(2) || !group.generators().iter().all(commutes) {
        return Err(FiniteError::Argument("signed points come in pairs that are permuted together".into()));
    }
    match lists_rejected(group, rejected, limits)? {
        true => Ok(Survey::new(group, &Inputs::SignedPoints, limits)?.architectures()),
        false => Ok(collected(by_types::signed_architectures(group, limits)?, false)),
    }
}

fn lists_rejected(group: &PermutationGroup, asked: Option<bool>, limits: &Limits) -> Result<bool, FiniteError> {
    match asked {
        Some(asked) => Ok(asked),
        None => Ok(group.order(limits)? <= BigUint::from(LARGEST_WITH_REJECTED)),
    }
}

/// Counted and in order.
fn collected(mut pairs: Vec<Architecture>, with_rejected: bool) -> Architectures {
    pairs.sort_by(in_order);
    let count = |kind: u8| pairs.iter().filter(|a| a.kind == kind && a.rejection.is_none()).count().into();
    Architectures { counts: (count(1), count(2)), pairs: Some(pairs), with_rejected }
}

/// The same for inputs on which the group acts orthogonally with the sum of its irreducible characters, in the order of
/// [`CharacterTable::new`], with these multiplicities: which networks there are depends on the character alone.
pub fn architectures_of_character(
    group: &PermutationGroup,
    multiplicities: &[u64],
    limits: &Limits,
) -> Result<Architectures, FiniteError> {
    let table = CharacterTable::new(group, limits)?;
    let classes = ConjugacyClasses::new(group, limits)?;
    let values = Values::new(classes, &table, multiplicities)?;
    Ok(Survey::new(group, &Inputs::Character(values), limits)?.architectures())
}

fn in_order(a: &Architecture, b: &Architecture) -> std::cmp::Ordering {
    (&b.width, a.kind, b.free).cmp(&(&a.width, b.kind, a.free)).then_with(|| a.pattern.cmp(&b.pattern))
}

/// All pairs of a group whose subgroups are listed.
pub(super) struct Survey {
    pub lattice: SubgroupLattice,
    /// In the order of the list.
    pub pairs: Vec<(Pair, Architecture)>,
}

impl Survey {
    pub fn new(group: &PermutationGroup, inputs: &Inputs, limits: &Limits) -> Result<Survey, FiniteError> {
        let lattice = SubgroupLattice::new(group, limits)?;
        let mut names = Vec::new();
        for i in 0..lattice.classes.len() {
            names.push(lattice.representative(i).structure(limits)?);
        }
        let mut found = Vec::new();
        for pair in pairs(&lattice, false, limits)? {
            limits.check()?;
            let mut own = weights(&lattice, inputs, &pair, limits)?;
            if let Some(Rejection::LargerStabilizer { class: Some(class), name, .. }) = &mut own.rejection {
                *name = names.get(*class).cloned().flatten();
            }
            let order = lattice.classes[pair.class].order;
            let architecture = Architecture {
                width: (lattice.order / order).into(),
                kind: pair.kind(),
                free: own.free,
                pattern: own.pattern,
                weights: Vec::new(),
                orders: (order.into(), lattice.classes[pair.kernel_class].order.into()),
                names: (names[pair.class].clone(), names[pair.kernel_class].clone()),
                rejection: own.rejection,
                fused: Some(pair.fused),
            };
            found.push((pair, architecture));
        }
        found.sort_by(|a, b| in_order(&a.1, &b.1));
        Ok(Survey { lattice, pairs: found })
    }

    pub fn architectures(self) -> Architectures {
        collected(self.pairs.into_iter().map(|x| x.1).collect(), true)
    }
}

/// p(n) of type 1 and Σ_{1≤j≤n/2} p(j) of type 2; their number, unless it is above the most rows. Euler's product, one factor
/// 1/(1 - x^k) after another.
fn symmetric_counts(n: usize, limits: &Limits) -> Result<((BigUint, BigUint), Option<u64>), FiniteError> {
    if n > LARGEST_COUNTED {
        let message = format!("partitions are counted up to degree {LARGEST_COUNTED}, not {n}");
        return Err(FiniteError::Argument(message));
    }
    let mut p = vec![BigUint::ZERO; n + 1];
    p[0] = BigUint::from(1u32);
    for k in 1..=n {
        limits.check()?;
        for m in k..=n {
            let (before, after) = p.split_at_mut(m);
            after[0] += &before[m - k];
        }
    }
    let second: BigUint = p[1..=n / 2].iter().sum();
    let rows = u64::try_from(&(&p[n] + &second)).ok().filter(|rows| *rows <= MOST_ROWS);
    Ok(((p.swap_remove(n), second), rows))
}

/// S_n on n points: K is the stabiliser of a weight vector, so a Young subgroup. Type 1 has a part for each value; in type 2
/// the values ±v occur equally often, a partition μ of at most n/2 telling how often, and the rest is zero.
///
/// For n ≠ 4 the normaliser of H fuses nothing in type 2: K and its conjugates in H are generated by transpositions. One outside
/// K exchanges the values ±v, so μ = (1), H = S_2 × S_r with r = n - 2 zeros, K = S_r; and another subgroup of that
/// order generated by transpositions needs a subgroup of index 2 of S_r that is, so r = 2.
fn of_symmetric(n: usize, limits: &Limits) -> Result<Vec<Architecture>, FiniteError> {
    limits.reserve(u128::from(MOST_ROWS) * (40 * n as u128 + 600))?;
    let factorial = |n: usize| (2..=n).fold(BigUint::from(1u32), |f, k| f * k);
    let young = |parts: &[usize]| parts.iter().fold(BigUint::from(1u32), |order, &k| order * factorial(k));
    let mut out = Vec::new();
    for parts in partitions(n) {
        limits.check()?;
        let order = young(&parts);
        let pattern = parts.iter().zip(1..).flat_map(|(&k, v)| std::iter::repeat_n(v, k)).collect();
        out.push(Architecture {
            width: factorial(n) / &order,
            kind: 1,
            free: parts.len(),
            pattern,
            weights: Vec::new(),
            orders: (order.clone(), order),
            names: (Some(young_name(&parts)), Some(young_name(&parts))),
            rejection: None,
            fused: Some(1),
        });
    }
    for j in 1..=n / 2 {
        for half in partitions(j) {
            limits.check()?;
            let mut pattern: Vec<i64> = half.iter().zip(1..).flat_map(|(&k, v)| std::iter::repeat_n(v, k)).collect();
            pattern.extend(pattern.clone().into_iter().map(|v: i64| -v));
            pattern.resize(n, 0);
            let values: Vec<usize> = half.iter().flat_map(|&k| [k, k]).collect();
            let zeros = n - 2 * j;
            let mut parts = [values.as_slice(), &[zeros]].concat();
            parts.retain(|k| *k > 0);
            parts.sort_unstable_by(|a, b| b.cmp(a));
            let order = young(&parts);
            let twice = &order << 1;
            out.push(Architecture {
                width: factorial(n) / &twice,
                kind: 2,
                free: half.len(),
                pattern,
                weights: Vec::new(),
                orders: (twice, order),
                names: (Some(flipped_name(&values, zeros)), Some(young_name(&parts))),
                rejection: None,
                fused: Some(1),
            });
        }
    }
    Ok(out)
}

/// The flip exchanges the places of v and -v and commutes with the permutations of the zeros.
fn flipped_name(values: &[usize], zeros: usize) -> String {
    let flipped = match young_name(values).as_str() {
        "C1" => "C2".to_string(),
        young => format!("({young}):C2"),
    };
    match zeros {
        0 | 1 => flipped,
        _ if values[0] == 1 => format!("{}x{flipped}", young_name(&[zeros])),
        _ => format!("{}x({flipped})", young_name(&[zeros])),
    }
}

/// `S3xS2`; the trivial factors are left out.
fn young_name(parts: &[usize]) -> String {
    let factors: Vec<String> = parts.iter().filter(|k| **k > 1).map(|k| format!("S{k}")).collect();
    if factors.is_empty() { "C1".into() } else { factors.join("x") }
}

#[cfg(test)]
#[path = "architectures_tests.rs"]
mod tests;
