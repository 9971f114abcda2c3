//! Stabilisers of vectors up to conjugacy, without the subgroups of the group: for architectures of large groups.
//!
//! A group permutes coordinates, perhaps with signs. Let L < K be stabilisers of vectors with none between. L has an orbit B inside
//! an orbit O of K that is not all of O, on which its vectors are not K's; the stabiliser of B in K is that of a vector, lies
//! below K and contains L, so it is L. All stabilisers are reached from the group by such steps, and B may be taken to have at most
//! half the points of O.
//!
//! A pair (H, K) of type 2 is a stabiliser L in G × {±1} that is not in G: K = L ∩ G, and H forgets the signs. Its orbits B hold as
//! many positive points as negative ones, on each of which L ∩ G acts transitively.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::backtrack::{PointProperty, element_with};
use super::pairs::{Inputs, Pair, weights};
use super::subset_orbits::subset_orbits;
use super::{FiniteError, Permutation, PermutationGroup, SubgroupLattice};
use crate::limits::Limits;

/// Classes of stabilisers that are listed at most.
const MOST_TYPES: usize = 10_000;
/// Below groups of at most this order, stabilisers are found among all subgroups.
const SMALL_ORDER: u32 = 400;
/// The largest degree at which pairs of points are compared to tell classes apart.
const MOST_COMPARED: usize = 1000;

/// On what vectors a group acts.
#[derive(Clone, Copy)]
pub(super) enum Space<'a> {
    /// By its points.
    Points,
    /// By points `2i` and `2i + 1` that stand for `e_i` and `-e_i`.
    Signed,
    /// The group is G × {±1} on signed points, with G, which changes no sign; stabilisers inside G do not count.
    Opposite(&'a PermutationGroup),
}

/// A class of stabilisers by one of them.
struct OrbitType {
    group: PermutationGroup,
    /// Whether all stabilisers below were found together with it.
    finished: bool,
    /// The number of the orbit of each point, and the rank of the orbit's look among those of the group.
    orbit: Vec<u32>,
    rank: Vec<u32>,
}

/// For each orbit how its points lie to all others: the orbital of the group, the length of the other orbit, whether it is the same.
type Look = Vec<(u32, u32, bool)>;

/// Stabilisers of vectors in `group`, one of each class, the group itself first. Cost: orbits of stabilisers on subsets of their
/// orbits, which are few for large groups of small degree.
pub(super) fn orbit_types(
    group: &PermutationGroup,
    space: Space,
    limits: &Limits,
) -> Result<Vec<PermutationGroup>, FiniteError> {
    let acting = match space {
        Space::Opposite(inner) => inner,
        _ => group,
    };
    // Of the whole group: then all points of an orbit of a stabiliser have one look.
    let colors = (group.degree() <= MOST_COMPARED).then(|| group.orbitals(limits)).transpose()?.map(|x| x.0);
    let mut found: Vec<OrbitType> = Vec::new();
    let mut known: BTreeMap<(BigUint, Vec<Look>), Vec<usize>> = BTreeMap::new();
    // With whether what lies below is pending too.
    let mut pending = vec![(group.clone(), false)];
    let mut next = 0;
    loop {
        for (candidate, finished) in std::mem::take(&mut pending) {
            limits.check()?;
            let (looks, orbit_type) = look(candidate, colors.as_deref(), limits)?;
            let order = orbit_type.group.order(limits)?;
            let same = known.entry((order, looks)).or_default();
            let mut is_new = true;
            for &other in same.iter() {
                is_new &= !is_conjugate(acting, &orbit_type, &found[other], limits)?;
            }
            if is_new {
                if found.len() >= MOST_TYPES {
                    let message =
                        format!("{} has more than {MOST_TYPES} classes of stabilisers of vectors", acting.name());
                    return Err(FiniteError::Argument(message));
                }
                limits.reserve(16 * found.len() as u128 * group.degree() as u128)?;
                same.push(found.len());
                found.push(OrbitType { finished, ..orbit_type });
            }
        }
        let Some(at) = found.get(next) else { break };
        limits.progress("orbit types", next as f64 / found.len() as f64);
        next += 1;
        let small = at.group.order(limits)? <= BigUint::from(SMALL_ORDER);
        let subgroups = match (at.finished, small) {
            (true, _) => continue,
            (_, true) => below_small(&at.group, space, limits)?,
            (_, false) => below(&at.group, space, limits)?,
        };
        pending = subgroups.into_iter().map(|g| (g, small)).collect();
    }
    Ok(found.into_iter().map(|x| x.group).collect())
}

fn look(
    group: PermutationGroup,
    colors: Option<&[u32]>,
    limits: &Limits,
) -> Result<(Vec<Look>, OrbitType), FiniteError> {
    let degree = group.degree();
    let orbits = group.orbits();
    let mut orbit = vec![0; degree];
    orbits.iter().zip(0..).for_each(|(o, number)| o.iter().for_each(|&x| orbit[x] = number));
    let mut looks: Vec<(Look, usize)> = Vec::new();
    for (number, points) in orbits.iter().enumerate() {
        limits.check()?;
        let mut own: Look = vec![(0, points.len() as u32, true)];
        if let Some(colors) = colors {
            let to = |q: usize| {
                let length = orbits[orbit[q] as usize].len() as u32;
                (colors[points[0] * degree + q], length, orbit[q] as usize == number)
            };
            own = (0..degree).map(to).collect();
            own.sort_unstable();
        }
        looks.push((own, number));
    }
    looks.sort();
    let mut rank = vec![0; degree];
    for (own, number) in &looks {
        // Equal looks have equal ranks.
        let first = looks.partition_point(|x| x.0 < *own);
        orbits[*number].iter().for_each(|&x| rank[x] = first as u32);
    }
    Ok((looks.into_iter().map(|x| x.0).collect(), OrbitType { group, finished: false, orbit, rank }))
}

/// Whether an element of `group` carries the orbits of one stabiliser to those of another, which have the same looks. As
/// stabilisers of vectors they are determined by their orbits.
fn is_conjugate(group: &PermutationGroup, a: &OrbitType, b: &OrbitType, limits: &Limits) -> Result<bool, FiniteError> {
    struct Carries<'a>(&'a OrbitType, &'a OrbitType);
    impl PointProperty for Carries<'_> {
        fn may(&self, base: &[u32], images: &[u32]) -> bool {
            let (Some(&x), Some(&y)) = (base.last(), images.last()) else { return true };
            let (from, to) = (|p: u32| self.0.orbit[p as usize], |q: u32| self.1.orbit[q as usize]);
            self.0.rank[x as usize] == self.1.rank[y as usize]
                && base.iter().zip(images).all(|(&p, &q)| (from(p) == from(x)) == (to(q) == to(y)))
        }
        fn holds(&self, g: &[u32]) -> bool {
            let mut image = vec![u32::MAX; self.0.orbit.len()];
            self.0.orbit.iter().zip(g).all(|(&from, &q)| {
                let to = self.1.orbit[q as usize];
                let known = std::mem::replace(&mut image[from as usize], to);
                known == u32::MAX || known == to
            })
        }
    }
    // The orbits of both have the same lengths, so a map of orbits into orbits is a map onto them.
    Ok(element_with(group, &Carries(a, b), limits)?.is_some())
}

/// Whether a stabiliser belongs to the kind that is looked for.
fn counts(group: &PermutationGroup, space: Space) -> bool {
    let changes = |g: &Permutation| (0..g.degree()).step_by(2).any(|x| g.images()[x] % 2 == 1);
    !matches!(space, Space::Opposite(_)) || group.generators().iter().any(changes)
}

/// All stabilisers of vectors below a small group.
fn below_small(group: &PermutationGroup, space: Space, limits: &Limits) -> Result<Vec<PermutationGroup>, FiniteError> {
    let lattice = SubgroupLattice::new(group, limits)?;
    let inputs = if matches!(space, Space::Points) { Inputs::Points } else { Inputs::SignedPoints };
    let mut out = Vec::new();
    for class in 0..lattice.classes.len() {
        let kernel = lattice.classes[class].conjugates[0].clone();
        let pair = Pair { class, kernel, kernel_class: class, flip: None, fused: 1 };
        let subgroup = lattice.representative(class);
        if counts(&subgroup, space) && weights(&lattice, &inputs, &pair, limits)?.rejection.is_none() {
            out.push(subgroup);
        }
    }
    out.reverse();
    Ok(out)
}

/// Stabilisers below a group, among them all with none between.
fn below(group: &PermutationGroup, space: Space, limits: &Limits) -> Result<Vec<PermutationGroup>, FiniteError> {
    let orbits = group.orbits();
    let signed = !matches!(space, Space::Points);
    let mut out = Vec::new();
    for orbit in orbits.iter().filter(|o| o.len() > 1) {
        let antipode = orbit[0] ^ 1;
        let self_opposite = signed && orbit.binary_search(&antipode).is_ok();
        // O and -O say the same.
        if signed && !self_opposite && orbits.iter().any(|o| o[0] < orbit[0] && o.binary_search(&antipode).is_ok()) {
            continue;
        }
        match space {
            Space::Opposite(_) => balanced(group, orbit, &mut out, limits)?,
            _ => {
                let sets = subset_orbits(group, orbit, orbit.len() / 2, self_opposite, limits)?;
                out.extend(sets.into_iter().skip(1).filter(|s| s.is_transitive()).map(|s| s.stabilizer));
            }
        }
    }
    Ok(out)
}

/// Stabilisers of sets B inside an orbit, half positive and half negative.
fn balanced(
    group: &PermutationGroup,
    orbit: &[usize],
    out: &mut Vec<PermutationGroup>,
    limits: &Limits,
) -> Result<(), FiniteError> {
    let positive: Vec<usize> = orbit.iter().copied().filter(|x| x % 2 == 0).collect();
    let kernel = index_two(group, |g| g.images()[0] % 2 == 0, limits)?;
    for first in subset_orbits(&kernel, &positive, positive.len() / 2, false, limits)?.into_iter().skip(1) {
        if !first.is_transitive() {
            continue;
        }
        let size = first.points.len();
        for negative in first.stabilizer.orbits() {
            let opposite = first.points.contains(&(negative[0] ^ 1));
            if opposite || negative.len() < size || orbit.binary_search(&negative[0]).is_err() || negative[0] % 2 == 0 {
                continue;
            }
            let sets = match negative.len() == size {
                true => vec![negative],
                false => {
                    let sets = subset_orbits(&first.stabilizer, &negative, size, false, limits)?;
                    sets.into_iter().filter(|s| s.points.len() == size && s.is_transitive()).map(|s| s.points).collect()
                }
            };
            for second in sets {
                let both = [first.points.as_slice(), &second].concat();
                let found = group.set_stabilizer(&both, limits)?;
                if found.generators().iter().any(|g| g.images()[0] % 2 == 1) {
                    out.push(found);
                }
            }
        }
    }
    Ok(())
}

/// The subgroup of index two of the elements that are even in some sense, of which some generator is not: by Schreier's lemma.
pub(super) fn index_two(
    group: &PermutationGroup,
    even: impl Fn(&Permutation) -> bool,
    limits: &Limits,
) -> Result<PermutationGroup, FiniteError> {
    let Some(t) = group.generators().iter().find(|g| !even(g)) else { return Ok(group.clone()) };
    let back = t.inverse();
    let mut generators = Vec::new();
    for g in group.generators() {
        limits.check()?;
        match even(g) {
            true => generators.extend([g.clone(), t.times(g).times(&back)]),
            false => generators.extend([g.times(&back), t.times(g)]),
        }
    }
    generators.retain(|g| !g.is_identity());
    generators.sort_unstable();
    generators.dedup();
    let order = group.order(limits)? >> 1u32;
    Ok(PermutationGroup::of(group.name(), group.degree(), generators).of_order(order))
}
