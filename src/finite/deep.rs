//! Chains of layers of deep invariant networks, each with one signed permutation irrep.
//!
//! In a densely connected network (Agrawal and Ostrowski, "Densely Connected G-invariant Deep Neural Networks with Signed Permutation
//! Representations", 2023) a layer with the pair (H, K) passes on features on which the group acts as on G/H, and sees the
//! input and all layers before: it is admissible when the vectors fixed by K and negated by the rest of H in
//! `input ⊕ R[G/H₁] ⊕ … ` have no larger pointwise stabiliser than K. Without shortcuts, with both signs of every unit passed on,
//! layer l sees R[G/K_(l-1)] alone. Widths |G : H| decrease strictly, the last layer is (G, G).

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::pairs::{Inputs, Pair, closure, pairs, weights};
use super::{FiniteError, PermutationGroup, SubgroupLattice};
use crate::limits::Limits;

/// What a layer sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortcuts {
    /// The input and all layers before.
    Dense,
    /// Both signs of the layer before.
    None,
}

/// The number of chains of one depth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainCount {
    /// The number of layers, the last one (G, G) included.
    pub depth: usize,
    /// Chains whose layers all are admissible.
    pub admissible: u64,
    /// All chains.
    pub all: u64,
}

/// Groups with more pairs are refused, and longer counts are given up.
const MOST_PAIRS: usize = 400;
const MOST_STEPS: u64 = 20_000_000;

/// A set of group elements.
type Set = Vec<u64>;

/// How many chains there are of each depth, for the input on the points. With `separate`, K that only the normaliser of H makes
/// conjugate count apart, as cohomology classes.
///
/// Cost: for each two pairs, the elements of the group times the cosets of a subgroup; then one step for each chain.
pub fn deep_chains(
    group: &PermutationGroup,
    shortcuts: Shortcuts,
    separate: bool,
    limits: &Limits,
) -> Result<Vec<ChainCount>, FiniteError> {
    let lattice = SubgroupLattice::new(group, limits)?;
    let pairs = pairs(&lattice, separate, limits)?;
    if pairs.len() > MOST_PAIRS {
        let message = format!("chains of {} pairs of subgroups are not counted; at most {MOST_PAIRS}", pairs.len());
        return Err(FiniteError::Argument(message));
    }
    let order = lattice.order;
    let words = order.div_ceil(64);
    let all: Set =
        (0..words).map(|w| if 64 * w + 64 <= order { u64::MAX } else { (1u64 << (order % 64)) - 1 }).collect();
    // The elements that fix what a pair may have as weights on the input.
    let mut on_input = Vec::new();
    for pair in &pairs {
        let pattern = weights(&lattice, &Inputs::Points, pair, limits)?.pattern;
        let fixes = |g: usize| (0..pattern.len()).all(|x| pattern[lattice.table.image(g, x)] == pattern[x]);
        on_input.push(collect(order, fixes));
    }
    // The same on cosets of each subgroup that a layer before may bring.
    let mut on_cosets: BTreeMap<(usize, usize), Set> = BTreeMap::new();
    let mut cosets: BTreeMap<usize, Cosets> = BTreeMap::new();
    let brought = |pair: &Pair| if shortcuts == Shortcuts::Dense { pair.class } else { pair.kernel_class };
    for before in &pairs {
        let class = brought(before);
        if let Entry::Vacant(slot) = cosets.entry(class) {
            limits.reserve(8 * order as u128 * pairs.len() as u128)?;
            slot.insert(Cosets::new(&lattice, class));
        }
    }
    for (&class, cosets) in &cosets {
        limits.progress("layers", class as f64 / lattice.classes.len() as f64);
        for (number, pair) in pairs.iter().enumerate() {
            limits.check()?;
            on_cosets.insert((number, class), cosets.stabilizer(&lattice, pair, limits)?);
        }
    }
    let sizes: Vec<usize> = pairs.iter().map(|p| lattice.classes[p.kernel_class].order).collect();
    let orders: Vec<usize> = pairs.iter().map(|p| lattice.classes[p.class].order).collect();
    let mut walk = Walk {
        pairs: &pairs,
        sizes,
        orders,
        whole: order,
        shortcuts,
        on_input,
        on_cosets,
        counts: BTreeMap::new(),
        steps: 0,
        limits,
    };
    walk.go(None, &[], 0, 0, true, &all)?;
    let counts = walk.counts.into_iter();
    Ok(counts.map(|(depth, (admissible, all))| ChainCount { depth, admissible, all }).collect())
}

fn collect(order: usize, is_in: impl Fn(usize) -> bool) -> Set {
    let mut out = vec![0; order.div_ceil(64)];
    (0..order).filter(|&g| is_in(g)).for_each(|g| out[g / 64] |= 1 << (g % 64));
    out
}

fn meet(a: &[u64], b: &[u64]) -> Set {
    a.iter().zip(b).map(|(x, y)| x & y).collect()
}

fn size(set: &[u64]) -> usize {
    set.iter().map(|w| w.count_ones() as usize).sum()
}

/// The right cosets of a subgroup.
struct Cosets {
    of: Vec<u32>,
    representatives: Vec<usize>,
}

impl Cosets {
    fn new(lattice: &SubgroupLattice, class: usize) -> Cosets {
        let members = closure(lattice, &lattice.classes[class].conjugates[0]);
        let mut out = Cosets { of: vec![u32::MAX; lattice.order], representatives: Vec::new() };
        for g in 0..lattice.order {
            if out.of[g] == u32::MAX {
                let number = out.representatives.len() as u32;
                members.iter().for_each(|&j| out.of[lattice.table.multiply(j, g)] = number);
                out.representatives.push(g);
            }
        }
        out
    }

    fn image(&self, lattice: &SubgroupLattice, coset: usize, g: usize) -> usize {
        self.of[lattice.table.multiply(self.representatives[coset], g)] as usize
    }

    /// The elements that fix all vectors on the cosets that K fixes and H negates outside K.
    fn stabilizer(&self, lattice: &SubgroupLattice, pair: &Pair, limits: &Limits) -> Result<Set, FiniteError> {
        let count = self.representatives.len();
        let mut labels = vec![0i64; count];
        let mut moves: Vec<(usize, bool)> =
            pair.kernel.iter().map(|&z| (lattice.zuppos.list[z as usize].generator, false)).collect();
        moves.extend(pair.flip.map(|h| (h, true)));
        let mut seen = vec![false; count];
        for start in 0..count {
            if seen[start] {
                continue;
            }
            seen[start] = true;
            labels[start] = start as i64 + 1;
            let (mut orbit, mut next, mut clash) = (vec![start], 0, false);
            while let Some(&at) = orbit.get(next) {
                next += 1;
                for &(g, negates) in &moves {
                    let to = self.image(lattice, at, g);
                    let value = if negates { -labels[at] } else { labels[at] };
                    if std::mem::replace(&mut seen[to], true) {
                        clash |= labels[to] != value;
                    } else {
                        labels[to] = value;
                        orbit.push(to);
                    }
                }
            }
            if clash {
                orbit.into_iter().for_each(|x| labels[x] = 0);
            }
        }
        limits.check()?;
        Ok(collect(lattice.order, |g| (0..count).all(|c| labels[self.image(lattice, c, g)] == labels[c])))
    }
}

/// The count of chains, depth first.
struct Walk<'a> {
    pairs: &'a [Pair],
    /// |K| and |H| of each pair.
    sizes: Vec<usize>,
    orders: Vec<usize>,
    whole: usize,
    shortcuts: Shortcuts,
    on_input: Vec<Set>,
    on_cosets: BTreeMap<(usize, usize), Set>,
    counts: BTreeMap<usize, (u64, u64)>,
    steps: u64,
    limits: &'a Limits,
}

impl Walk<'_> {
    /// Adds one more layer; `before` are the classes that all layers so far have brought, the last one last.
    fn go(
        &mut self,
        last: Option<usize>,
        before: &[usize],
        least_order: usize,
        depth: usize,
        ok: bool,
        all: &Set,
    ) -> Result<(), FiniteError> {
        for next in 0..self.pairs.len() {
            // Smaller widths are larger subgroups.
            if self.orders[next] <= least_order {
                continue;
            }
            self.steps += 1;
            if self.steps.is_multiple_of(256) {
                self.limits.check()?;
            }
            if self.steps > MOST_STEPS {
                return Err(FiniteError::Argument(format!("there are more than {MOST_STEPS} chains of layers")));
            }
            let good = ok && self.is_admissible(next, last, before, all);
            if self.orders[next] == self.whole {
                if self.sizes[next] == self.whole {
                    let count = self.counts.entry(depth + 1).or_insert((0, 0));
                    count.1 += 1;
                    count.0 += u64::from(good);
                }
                continue;
            }
            let mut brought = before.to_vec();
            brought.push(match self.shortcuts {
                Shortcuts::Dense => self.pairs[next].class,
                Shortcuts::None => self.pairs[next].kernel_class,
            });
            self.go(Some(next), &brought, self.orders[next], depth + 1, good, all)?;
        }
        Ok(())
    }

    fn is_admissible(&self, next: usize, last: Option<usize>, before: &[usize], all: &Set) -> bool {
        let seen = |class: &usize| self.on_cosets.get(&(next, *class)).unwrap_or(all);
        let fixed = match (self.shortcuts, last) {
            (Shortcuts::None, Some(_)) => before.last().map_or_else(|| all.clone(), |class| seen(class).clone()),
            _ => before.iter().fold(self.on_input[next].clone(), |set, class| meet(&set, seen(class))),
        };
        size(&fixed) == self.sizes[next]
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    fn counts(group: &PermutationGroup, shortcuts: Shortcuts, separate: bool) -> Vec<(u64, u64)> {
        let found = deep_chains(group, shortcuts, separate, &Limits::none()).unwrap();
        assert_eq!(found[0], ChainCount { depth: 1, admissible: 1, all: 1 });
        found[1..].iter().map(|c| (c.admissible, c.all)).collect()
    }

    /// Counts by a program in GAP written apart, depths 2, 3, 4, ….
    #[test]
    fn chains_of_small_groups() {
        let none = Limits::none();
        let (two, four) = (cyclic(2).unwrap(), cyclic(4).unwrap());
        use Shortcuts::{Dense, None};
        let c8 = cyclic(8).unwrap();
        assert_eq!(counts(&c8, Dense, false), [(5, 5), (8, 8), (4, 4)]);
        assert_eq!(counts(&c8, None, false), [(5, 5), (8, 8), (4, 4)]);
        let c2c4 = direct_product(&two, &four, &none).unwrap();
        assert_eq!(counts(&c2c4, Dense, false), [(8, 15), (30, 62), (48, 48)]);
        assert_eq!(counts(&c2c4, None, false), [(8, 15), (30, 62), (34, 48)]);
        let c2 = direct_product(&direct_product(&two, &two, &none).unwrap(), &two, &none).unwrap();
        assert_eq!(counts(&c2, Dense, false), [(11, 43), (93, 434), (392, 392)]);
        assert_eq!(counts(&c2, None, false), [(11, 43), (88, 434), (238, 392)]);
        let d4 = dihedral(4).unwrap();
        assert_eq!(counts(&d4, Dense, false), [(8, 15), (35, 62), (48, 48)]);
        assert_eq!(counts(&d4, None, false), [(8, 15), (36, 62), (36, 48)]);
        assert_eq!(counts(&d4, Dense, true), [(10, 17), (45, 76), (60, 60)]);
        assert_eq!(counts(&d4, None, true), [(10, 17), (46, 76), (46, 60)]);
        let q8 = quaternion().unwrap();
        assert_eq!(counts(&q8, Dense, false), [(9, 9), (20, 20), (12, 12)]);
    }

    /// A_5 on the 162 vertices of an icosphere: 12 + 30 + 60 + 60 points.
    #[test]
    fn chains_on_the_icosphere() {
        let none = Limits::none();
        let a5 = alternating(5).unwrap();
        let of = |cycles: &[&str]| {
            let all = cycles.iter().map(|c| Permutation::from_cycles(5, c).unwrap()).collect();
            coset_action(&a5, &PermutationGroup::new("H", 5, all).unwrap(), &none).unwrap()
        };
        let parts = [of(&["(0 1 2 3 4)"]), of(&["(0 1)(2 3)"]), of(&[]), of(&[])];
        let joint = |g: usize| {
            let mut images: Vec<u32> = Vec::new();
            for part in &parts {
                let start = images.len() as u32;
                images.extend(part.generators[g].images().iter().map(|&x| x + start));
            }
            Permutation::from_images(images).unwrap()
        };
        let group = PermutationGroup::new("A5", 162, vec![joint(0), joint(1)]).unwrap();
        let dense: Vec<u64> = counts(&group, Shortcuts::Dense, false).iter().map(|c| c.0).collect();
        assert_eq!(dense, [12, 62, 180, 321, 360, 248, 96, 16]);
        let plain: Vec<u64> = counts(&group, Shortcuts::None, false).iter().map(|c| c.0).collect();
        assert_eq!(plain, [12, 56, 137, 192, 153, 63, 10, 0]);
    }
}
