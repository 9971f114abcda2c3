//! Invariant shallow networks: which signed permutation representations carry them.
//!
//! Agrawal and Ostrowski, "A Classification of G-invariant Shallow Neural Networks" (2022). A signed permutation irrep is
//! induced from a character H → {±1} with kernel K, of index 1 (type 1) or 2 (type 2) in H. It carries networks
//! f(x) = aᵀ ReLU(Wx + b) + … exactly when some w that K fixes (and H negates, for type 2) has no larger stabiliser than K. On
//! permuted inputs w is constant on orbits of K, and in type 2 opposite on an orbit O and hO, zero where hO = O.

use num_bigint::BigUint;

use super::giant::Giant;
use super::lattice::contains;
use super::orbits::DisjointSets;
use super::{FiniteError, PermutationGroup, SubgroupLattice, partitions};
use crate::limits::Limits;

/// Why a pair (H, K) carries no network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejection {
    /// All weights would be zero.
    NoWeights,
    /// Every choice of weights is fixed by a larger group, of this order.
    LargerStabilizer(usize),
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
    /// The first row of weights: the number of a free weight, negative where it enters with a minus, 0 for zero.
    pub pattern: Vec<i64>,
    /// The orders of H and K.
    pub orders: (BigUint, BigUint),
    /// Names of H and K up to isomorphism, where there are.
    pub names: (Option<String>, Option<String>),
    /// Why it carries no network, if it does not.
    pub rejection: Option<Rejection>,
    /// How many classes of K that are different in H become one in the normaliser of H.
    pub fused: usize,
}

/// All pairs up to conjugacy by decreasing width, type 1 first; pairs that carry no network are marked. For natural symmetric
/// groups from partitions, with the pairs that do carry networks alone; for others from the classes of subgroups.
pub fn architectures(group: &PermutationGroup, limits: &Limits) -> Result<Vec<Architecture>, FiniteError> {
    let mut out = match group.giant(limits)? {
        Some(Giant::Symmetric) if group.degree() >= 3 => of_symmetric(group.degree(), limits)?,
        _ => of_lattice(group, limits)?,
    };
    out.sort_by(|a, b| {
        (&b.width, a.kind, b.free).cmp(&(&a.width, b.kind, a.free)).then_with(|| a.pattern.cmp(&b.pattern))
    });
    Ok(out)
}

/// S_n on n points: K is the stabiliser of a weight vector, so a Young subgroup. Type 1 has a part for each value; in type 2
/// the values ±v occur equally often, a partition μ of at most n/2 telling how often, and the rest is zero.
fn of_symmetric(n: usize, limits: &Limits) -> Result<Vec<Architecture>, FiniteError> {
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
            orders: (order.clone(), order),
            names: (Some(young_name(&parts)), Some(young_name(&parts))),
            rejection: None,
            fused: 1,
        });
    }
    for j in 1..=n / 2 {
        for half in partitions(j) {
            limits.check()?;
            let mut pattern: Vec<i64> = half.iter().zip(1..).flat_map(|(&k, v)| std::iter::repeat_n(v, k)).collect();
            pattern.extend(pattern.clone().into_iter().map(|v: i64| -v));
            pattern.resize(n, 0);
            let mut parts: Vec<usize> = half.iter().flat_map(|&k| [k, k]).collect();
            parts.push(n - 2 * j);
            let order = young(&parts);
            parts.retain(|k| *k > 0);
            parts.sort_unstable_by(|a, b| b.cmp(a));
            let twice = &order << 1;
            out.push(Architecture {
                width: factorial(n) / &twice,
                kind: 2,
                free: half.len(),
                pattern,
                orders: (twice, order),
                names: (Some(format!("{}:C2", young_name(&parts))), Some(young_name(&parts))),
                rejection: None,
                fused: 1,
            });
        }
    }
    Ok(out)
}

/// `S3xS2`; the trivial factors are left out.
fn young_name(parts: &[usize]) -> String {
    let factors: Vec<String> = parts.iter().filter(|k| **k > 1).map(|k| format!("S{k}")).collect();
    if factors.is_empty() { "C1".into() } else { factors.join("x") }
}

fn of_lattice(group: &PermutationGroup, limits: &Limits) -> Result<Vec<Architecture>, FiniteError> {
    let lattice = SubgroupLattice::new(group, limits)?;
    let mut names = Vec::new();
    for i in 0..lattice.classes.len() {
        names.push(lattice.representative(i).structure(limits)?);
    }
    let mut out = Vec::new();
    for (i, class) in lattice.classes.iter().enumerate() {
        limits.check()?;
        let inside: &[u32] = &class.conjugates[0];
        let pair = |kernel, flip, names, fused| Pair { order: class.order, kernel, flip, names, fused };
        out.push(architecture(&lattice, pair(inside, None, (&names[i], &names[i]), 1), limits)?);
        if class.order % 2 == 1 {
            continue;
        }
        // Subgroups of index 2, with the number of the class of each.
        let mut halves: Vec<(&[u32], usize)> = Vec::new();
        for (j, other) in lattice.classes.iter().enumerate().filter(|(_, c)| 2 * c.order == class.order) {
            halves.extend(other.conjugates.iter().filter(|k| contains(inside, k)).map(|k| (k.as_ref(), j)));
        }
        if halves.is_empty() {
            continue;
        }
        halves.sort();
        let actions = lattice.normalizer_action(inside, limits)?;
        let mut sets = DisjointSets::new(halves.len());
        for action in &actions {
            for (number, (half, _)) in halves.iter().enumerate() {
                let image = super::zuppos::image_of(half, action);
                if let Ok(to) = halves.binary_search_by(|(other, _)| (*other).cmp(image.as_ref())) {
                    sets.join(number, to);
                }
            }
        }
        for set in sets.sets() {
            let (half, j) = halves[set[0]];
            // H \ K holds an element of 2-power order: a zuppo outside K.
            let Some(&flip) = inside.iter().find(|z| half.binary_search(z).is_err()) else { continue };
            let h = lattice.zuppos.list[flip as usize].generator;
            let labels = (&names[i], &names[j]);
            out.push(architecture(&lattice, pair(half, Some(h), labels, set.len()), limits)?);
        }
    }
    Ok(out)
}

/// A pair (H, K).
struct Pair<'a> {
    /// The order of H.
    order: usize,
    /// The zuppos of K.
    kernel: &'a [u32],
    /// The number of an element of H outside K, for type 2.
    flip: Option<usize>,
    names: (&'a Option<String>, &'a Option<String>),
    fused: usize,
}

/// The orbit test for a pair.
fn architecture(lattice: &SubgroupLattice, pair: Pair<'_>, limits: &Limits) -> Result<Architecture, FiniteError> {
    let Pair { order, kernel, flip, names, fused } = pair;
    let (table, degree) = (&lattice.table, lattice.table.degree());
    let mut sets = DisjointSets::new(degree);
    for &z in kernel {
        let g = lattice.zuppos.list[z as usize].generator;
        (0..degree).for_each(|x| {
            sets.join(x, table.image(g, x));
        });
    }
    let mut pattern = vec![0i64; degree];
    let mut free = 0;
    for orbit in sets.sets() {
        if pattern[orbit[0]] != 0 {
            continue;
        }
        match flip {
            None => {
                free += 1;
                orbit.iter().for_each(|&x| pattern[x] = free);
            }
            Some(g) => {
                if sets.find(table.image(g, orbit[0])) == sets.find(orbit[0]) {
                    continue; // forced to be zero
                }
                free += 1;
                for &x in &orbit {
                    pattern[x] = free;
                    pattern[table.image(g, x)] = -free;
                }
            }
        }
    }
    // The stabiliser of weights that are as different as they may be.
    let mut stabilizer = 0;
    for g in 0..table.order() {
        super::orbits::check_often(g + 1, limits)?;
        stabilizer += usize::from((0..degree).all(|x| pattern[table.image(g, x)] == pattern[x]));
    }
    let inner = if flip.is_some() { order / 2 } else { order };
    let rejection = if free == 0 {
        Some(Rejection::NoWeights)
    } else {
        (stabilizer != inner).then_some(Rejection::LargerStabilizer(stabilizer))
    };
    Ok(Architecture {
        width: (lattice.order / order).into(),
        kind: if flip.is_some() { 2 } else { 1 },
        free: free as usize,
        pattern,
        orders: (order.into(), inner.into()),
        names: (names.0.clone(), names.1.clone()),
        rejection,
        fused,
    })
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    /// (all pairs of type 1, of type 2, those that carry networks of type 1, of type 2).
    fn counts(group: &PermutationGroup) -> (usize, usize, usize, usize) {
        let all = architectures(group, &Limits::none()).unwrap();
        let count = |kind: u8, carried: bool| {
            all.iter().filter(|a| a.kind == kind && (!carried || a.rejection.is_none())).count()
        };
        (count(1, false), count(2, false), count(1, true), count(2, true))
    }

    /// The figures of Agrawal and Ostrowski: C6 has 6 architectures and D6 has 14; the other counts follow from orbit types.
    #[test]
    fn counts_of_small_groups() {
        assert_eq!(counts(&cyclic(2).unwrap()), (2, 1, 2, 1));
        assert_eq!(counts(&cyclic(6).unwrap()), (4, 2, 4, 2));
        assert_eq!(counts(&cyclic(12).unwrap()), (6, 4, 6, 4));
        assert_eq!(counts(&dihedral(4).unwrap()), (8, 11, 5, 5));
        assert_eq!(counts(&dihedral(6).unwrap()), (10, 12, 7, 7));
        assert_eq!(counts(&dihedral(12).unwrap()), (16, 22, 13, 16));
        assert_eq!(counts(&alternating(4).unwrap()), (5, 2, 4, 2));
        assert_eq!(counts(&alternating(5).unwrap()), (9, 4, 6, 3));
        assert_eq!(counts(&alternating(6).unwrap()), (22, 14, 10, 5));
        assert_eq!(counts(&quaternion().unwrap()), (6, 7, 6, 7));
    }

    /// S_n on n points: p(n) + Σ_{1≤j≤n/2} p(j), from partitions; and from the subgroups for small n.
    #[test]
    fn symmetric_groups() {
        let none = Limits::none();
        for (n, expected) in [(3, 4), (4, 8), (5, 10), (6, 17), (7, 21), (8, 33), (9, 41), (10, 60)] {
            let found = architectures(&symmetric(n).unwrap(), &none).unwrap();
            assert_eq!(found.len(), expected);
        }
        for n in 3..=6 {
            let key = |a: &Architecture| (a.kind, a.width.clone(), a.free);
            let mut slow: Vec<_> = of_lattice(&symmetric(n).unwrap(), &none)
                .unwrap()
                .iter()
                .filter(|a| a.rejection.is_none())
                .map(key)
                .collect();
            let mut fast: Vec<_> = of_symmetric(n, &none).unwrap().iter().map(key).collect();
            slow.sort();
            fast.sort();
            assert_eq!(slow, fast, "S({n})");
        }
    }

    /// C_2^k regular: every pair carries networks, Σ_r [k choose r]_2 2^r; by transpositions 2^k + (2^k - 1).
    #[test]
    fn elementary_abelian_groups() {
        let none = Limits::none();
        let two = cyclic(2).unwrap();
        let (mut regular, mut split) = (two.clone(), two.clone());
        for (k, expected) in [(1usize, 3), (2, 11), (3, 51), (4, 307)] {
            let (_, _, a, b) = counts(&regular);
            assert_eq!(a + b, expected);
            let (_, _, a, b) = counts(&split);
            assert_eq!((a, b), (1 << k, (1 << k) - 1));
            regular = product_action(&regular, &two, &none).unwrap();
            split = direct_product(&split, &two, &none).unwrap();
        }
    }

    /// C6: (width, type, free) and the patterns of the pairs (C2, 1) and (C6, C3).
    #[test]
    fn patterns_of_c6() {
        let found = architectures(&cyclic(6).unwrap(), &Limits::none()).unwrap();
        let listed: Vec<(String, u8, usize)> = found.iter().map(|a| (a.width.to_string(), a.kind, a.free)).collect();
        let expected = [("6", 1, 6), ("3", 1, 3), ("3", 2, 3), ("2", 1, 2), ("1", 1, 1), ("1", 2, 1)];
        assert_eq!(listed, expected.map(|(w, k, f)| (w.to_string(), k, f)));
        assert_eq!(found[2].pattern, [1, 2, 3, -1, -2, -3]);
        assert_eq!(found[5].pattern, [1, -1, 1, -1, 1, -1]);
    }

    /// D6: the eight rejected pairs, two for lack of weights beyond those with a larger stabiliser.
    #[test]
    fn rejected_pairs_of_d6() {
        let found = architectures(&dihedral(6).unwrap(), &Limits::none()).unwrap();
        let none = found.iter().filter(|a| a.rejection == Some(Rejection::NoWeights)).count();
        let larger = found.iter().filter(|a| matches!(a.rejection, Some(Rejection::LargerStabilizer(_)))).count();
        assert_eq!((none, larger), (3, 5));
        assert_eq!(architectures(&symmetric(1).unwrap(), &Limits::none()).unwrap().len(), 1);
    }
}
