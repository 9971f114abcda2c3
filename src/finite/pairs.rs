//! Pairs (H, K) of subgroups with |H : K| ≤ 2 up to conjugacy, and the weights that go with them.
//!
//! A signed permutation irrep is induced from the character of H with kernel K. A network belongs to it when some weight vector
//! is fixed by K, negated by H outside K, and has no larger stabiliser than K.

use std::collections::BTreeMap;

use super::architectures::Rejection;
use super::lattice::contains;
use super::orbits::{DisjointSets, check_often};
use super::{CharacterTable, ConjugacyClasses, ElementTable, FiniteError, SubgroupLattice};
use crate::limits::Limits;
use crate::num::{Cyclotomic, Rational};

/// A pair (H, K): H is the first conjugate of a class of subgroups.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    /// The class of H.
    pub class: usize,
    /// The zuppos of K.
    pub kernel: Box<[u32]>,
    /// The class of K.
    pub kernel_class: usize,
    /// The number of an element of H outside K, for type 2.
    pub flip: Option<usize>,
    /// How many classes of K that are different in H become one in the normaliser of H.
    pub fused: usize,
}

impl Pair {
    /// 1 or 2, the index of K in H.
    pub fn kind(&self) -> u8 {
        if self.flip.is_some() { 2 } else { 1 }
    }
}

/// All pairs up to conjugacy; with `separate`, those that only the normaliser of H makes conjugate stay apart.
pub(super) fn pairs(lattice: &SubgroupLattice, separate: bool, limits: &Limits) -> Result<Vec<Pair>, FiniteError> {
    // The classes of each order, for subgroups of index 2.
    let mut of_order: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, class) in lattice.classes.iter().enumerate() {
        of_order.entry(class.order).or_default().push(i);
    }
    let mut out = Vec::new();
    for (i, class) in lattice.classes.iter().enumerate() {
        limits.check()?;
        let inside: &[u32] = &class.conjugates[0];
        out.push(Pair { class: i, kernel: inside.into(), kernel_class: i, flip: None, fused: 1 });
        if class.order % 2 == 1 {
            continue;
        }
        // Subgroups of index 2, with the number of the class of each.
        let mut halves: Vec<(&[u32], usize)> = Vec::new();
        for &j in of_order.get(&(class.order / 2)).into_iter().flatten() {
            let conjugates = lattice.classes[j].conjugates.iter();
            halves.extend(conjugates.filter(|k| contains(inside, k)).map(|k| (k.as_ref(), j)));
        }
        if halves.is_empty() {
            continue;
        }
        halves.sort();
        let mut sets = DisjointSets::new(halves.len());
        // A normal subgroup of index 2 alone is fused with nothing.
        if !separate && halves.len() > 1 {
            for action in &lattice.normalizer_action(inside, limits)? {
                for (number, (half, _)) in halves.iter().enumerate() {
                    let image = super::zuppos::image_of(half, action);
                    if let Ok(to) = halves.binary_search_by(|(other, _)| (*other).cmp(image.as_ref())) {
                        sets.join(number, to);
                    }
                }
            }
        }
        for set in sets.sets() {
            let (half, j) = halves[set[0]];
            // H \ K holds an element of 2-power order: a zuppo outside K.
            let Some(&flip) = inside.iter().find(|z| half.binary_search(z).is_err()) else { continue };
            let flip = Some(lattice.zuppos.list[flip as usize].generator);
            out.push(Pair { class: i, kernel: half.into(), kernel_class: j, flip, fused: set.len() });
        }
    }
    Ok(out)
}

/// How the group acts on the inputs.
pub(super) enum Inputs {
    /// By its points.
    Points,
    /// By points `2i` and `2i + 1` that stand for `e_i` and `-e_i`.
    SignedPoints,
    /// With this character.
    Character(Values),
}

/// A real character, class by class.
pub(super) struct Values {
    classes: ConjugacyClasses,
    values: Vec<Cyclotomic>,
}

impl Values {
    /// These values, in the order of the classes.
    pub fn given(classes: ConjugacyClasses, values: Vec<Cyclotomic>) -> Values {
        Values { classes, values }
    }

    /// The sum of irreducible characters of a table with these multiplicities; an error unless it is real.
    pub fn new(
        classes: ConjugacyClasses,
        table: &CharacterTable,
        multiplicities: &[u64],
    ) -> Result<Values, FiniteError> {
        let lost = || FiniteError::Internal("a class of a character table is not in its group");
        let mut values = vec![Cyclotomic::from(0); classes.len()];
        for (column, class) in table.classes.iter().enumerate() {
            let at = classes.class_of_permutation(&class.representative).ok_or_else(lost)?;
            for (row, &m) in table.values.iter().zip(multiplicities) {
                values[at] = values[at].add(&row[column].scale(&Rational::from(m as i64)));
            }
        }
        match values.iter().all(Cyclotomic::is_real) {
            true => Ok(Values { classes, values }),
            false => {
                Err(FiniteError::Argument("the inputs are real: a complex character comes with its conjugate".into()))
            }
        }
    }

    fn combination(&self, counts: &[i64]) -> Cyclotomic {
        let terms = self.values.iter().zip(counts).filter(|(_, n)| **n != 0);
        terms.fold(Cyclotomic::from(0), |sum, (value, n)| sum.add(&value.scale(&Rational::from(*n))))
    }
}

/// What a pair allows.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    /// The first row of weights: the number of a free weight, negative where it enters with a minus, 0 for zero; empty for inputs
    /// that are known by a character.
    pub pattern: Vec<i64>,
    /// How many weights are free.
    pub free: usize,
    /// Why there is no network, if there is none.
    pub rejection: Option<Rejection>,
}

/// The weights of a pair and whether they make a network.
pub(super) fn weights(
    lattice: &SubgroupLattice,
    inputs: &Inputs,
    pair: &Pair,
    limits: &Limits,
) -> Result<Weights, FiniteError> {
    let inner = lattice.classes[pair.kernel_class].order;
    let judge = |free: usize, stabilizer: Vec<usize>| match free {
        0 => Some(Rejection::NoWeights),
        _ if stabilizer.len() == inner => None,
        _ => Some(Rejection::LargerStabilizer {
            order: stabilizer.len(),
            class: class_of(lattice, &stabilizer),
            name: None,
        }),
    };
    if let Inputs::Character(values) = inputs {
        let (free, stabilizer) = by_character(lattice, values, pair, limits)?;
        return Ok(Weights { pattern: Vec::new(), free, rejection: judge(free, stabilizer) });
    }
    let signed = matches!(inputs, Inputs::SignedPoints);
    let table = &lattice.table;
    let (pattern, free) = pattern(lattice, signed, pair);
    let keeps = |g: usize| {
        pattern.iter().enumerate().all(|(x, &label)| {
            let (image, flips) = image(table, signed, g, x);
            pattern[image] == if flips { -label } else { label }
        })
    };
    let mut stabilizer = Vec::new();
    for g in 0..table.order() {
        check_often(g + 1, limits)?;
        if keeps(g) {
            stabilizer.push(g);
        }
    }
    Ok(Weights { rejection: judge(free, stabilizer), pattern, free })
}

/// Where element `g` sends a coordinate, and whether it changes the sign.
fn image(table: &ElementTable, signed: bool, g: usize, x: usize) -> (usize, bool) {
    if signed {
        let point = table.image(g, 2 * x);
        (point / 2, point % 2 == 1)
    } else {
        (table.image(g, x), false)
    }
}

/// The vectors fixed by K and negated by the flip: orbits of K on the coordinates, up to signs.
fn pattern(lattice: &SubgroupLattice, signed: bool, pair: &Pair) -> (Vec<i64>, usize) {
    let table = &lattice.table;
    let size = if signed { table.degree() / 2 } else { table.degree() };
    let mut moves: Vec<(usize, bool)> =
        pair.kernel.iter().map(|&z| (lattice.zuppos.list[z as usize].generator, false)).collect();
    moves.extend(pair.flip.map(|h| (h, true)));
    labels(size, moves.len(), |m, x| {
        let (to, flips) = image(table, signed, moves[m].0, x);
        (to, flips ^ moves[m].1)
    })
}

/// The vectors that some signed permutations fix: the number of a free coordinate for each place, negative where it enters with a
/// minus, 0 for zero; and how many are free. `image(m, x)` is where permutation m sends coordinate x, and whether the sign changes.
pub(super) fn labels(
    size: usize,
    permutations: usize,
    image: impl Fn(usize, usize) -> (usize, bool),
) -> (Vec<i64>, usize) {
    let mut pattern = vec![0i64; size];
    let mut seen = vec![false; size];
    let mut free = 0;
    for start in 0..size {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let label = free + 1;
        pattern[start] = label;
        let (mut orbit, mut next, mut clash) = (vec![start], 0, false);
        while let Some(&at) = orbit.get(next) {
            next += 1;
            for m in 0..permutations {
                let (to, flips) = image(m, at);
                let value = if flips { -pattern[at] } else { pattern[at] };
                if std::mem::replace(&mut seen[to], true) {
                    clash |= pattern[to] != value;
                } else {
                    pattern[to] = value;
                    orbit.push(to);
                }
            }
        }
        match clash {
            // Forced to be zero.
            true => orbit.into_iter().for_each(|x| pattern[x] = 0),
            false => free = label,
        }
    }
    (pattern, free as usize)
}

/// The dimension of the range of `P = 1/|H| Σ σ(h) h`, and the elements that fix it: those with tr(gP) = tr(P), because `g` is
/// orthogonal.
fn by_character(
    lattice: &SubgroupLattice,
    values: &Values,
    pair: &Pair,
    limits: &Limits,
) -> Result<(usize, Vec<usize>), FiniteError> {
    let table = &lattice.table;
    let kernel = closure(lattice, &pair.kernel);
    let mut members: Vec<(usize, i64)> = kernel.iter().map(|&k| (k, 1)).collect();
    members.extend(
        pair.flip.iter().flat_map(|&h| kernel.iter().map(move |&k| (k, h))).map(|(k, h)| (table.multiply(k, h), -1)),
    );
    let counts = |g: usize| {
        let mut counts = vec![0i64; values.values.len()];
        for &(h, sign) in &members {
            // The table is that of the same group, made anew: numbers agree.
            counts[values.classes.class_of(table.multiply(g, h))] += sign;
        }
        counts
    };
    let trace = values.combination(&counts(0));
    let mut known: BTreeMap<Vec<i64>, bool> = BTreeMap::new();
    let mut stabilizer = Vec::new();
    for g in 0..table.order() {
        limits.check()?;
        let key = counts(g);
        let equal = match known.get(&key) {
            Some(equal) => *equal,
            None => {
                let equal = values.combination(&key) == trace;
                known.insert(key, equal);
                equal
            }
        };
        if equal {
            stabilizer.push(g);
        }
    }
    let order = Rational::from(members.len() as i64);
    let dim = order.recip().and_then(|r| trace.scale(&r).as_rational()).and_then(|x| x.to_i64());
    let dim = dim.and_then(|x| usize::try_from(x).ok());
    Ok((dim.ok_or(FiniteError::Internal("the trace of a projector is no dimension"))?, stabilizer))
}

/// The elements of the subgroup with these zuppos.
pub(super) fn closure(lattice: &SubgroupLattice, zuppos: &[u32]) -> Vec<usize> {
    let table = &lattice.table;
    let mut seen = vec![false; table.order()];
    seen[0] = true;
    let mut out = vec![0];
    let mut next = 0;
    while let Some(&x) = out.get(next) {
        next += 1;
        for &z in zuppos {
            let y = table.multiply(x, lattice.zuppos.list[z as usize].generator);
            if !std::mem::replace(&mut seen[y], true) {
                out.push(y);
            }
        }
    }
    out
}

/// The class of the subgroup with these elements.
fn class_of(lattice: &SubgroupLattice, elements: &[usize]) -> Option<usize> {
    let mut zuppos: Vec<u32> = elements.iter().map(|&x| lattice.zuppos.of_element[x]).collect();
    zuppos.retain(|z| *z != super::zuppos::NONE);
    zuppos.sort_unstable();
    zuppos.dedup();
    let holds = |c: &super::SubgroupClass| c.conjugates.iter().any(|k| k.as_ref() == zuppos.as_slice());
    lattice.classes.iter().position(|c| c.order == elements.len() && holds(c))
}
