//! Invariant networks from stabilisers of vectors: for groups whose subgroups are too many to list.

use num_bigint::BigUint;

use super::orbit_types::{Space, index_two, orbit_types};
use super::pairs::labels;
use super::{Architecture, FiniteError, Permutation, PermutationGroup};
use crate::limits::Limits;

/// Subgroups up to this order are named.
const LARGEST_NAMED: u32 = 2000;

/// The pairs that carry networks on the points of a group.
pub(super) fn architectures(group: &PermutationGroup, limits: &Limits) -> Result<Vec<Architecture>, FiniteError> {
    let n = group.degree();
    let order = group.order(limits)?;
    let mut out = Vec::new();
    for kernel in orbit_types(group, Space::Points, limits)? {
        let generators = kernel.generators();
        let found = labels(n, generators.len(), |m, x| (generators[m].images()[x] as usize, false));
        out.push(architecture(&order, (&kernel, &kernel), found, limits)?);
    }
    let lifted: Vec<Permutation> = group.generators().iter().map(lift).collect();
    let acting = PermutationGroup::of(group.name(), 2 * n, lifted.clone()).of_order(order.clone());
    let minus = minus(2 * n);
    let both = PermutationGroup::of(group.name(), 2 * n, [lifted, vec![minus]].concat()).of_order(&order << 1u32);
    for whole in orbit_types(&both, Space::Opposite(&acting), limits)? {
        let kernel = index_two(&whole, |g| g.images()[0] % 2 == 0, limits)?;
        let found = signed_labels(&whole);
        let (h, k) = (without_signs(&whole, limits)?, without_signs(&kernel, limits)?);
        if found.1 > 0 {
            out.push(architecture(&order, (&h, &k), found, limits)?);
        }
    }
    Ok(out)
}

/// The same for a group of permutations of signed points.
pub(super) fn signed_architectures(
    group: &PermutationGroup,
    limits: &Limits,
) -> Result<Vec<Architecture>, FiniteError> {
    let order = group.order(limits)?;
    let degree = group.degree();
    let minus = minus(degree);
    let has_minus = group.contains(&minus, limits)?;
    let of = |generators: Vec<Permutation>, order: BigUint| {
        PermutationGroup::of(group.name(), degree, generators).of_order(order)
    };
    let mut out = Vec::new();
    for kernel in orbit_types(group, Space::Signed, limits)? {
        let found = signed_labels(&kernel);
        if found.1 == 0 {
            continue;
        }
        out.push(architecture(&order, (&kernel, &kernel), found.clone(), limits)?);
        if has_minus {
            // -w lies in the orbit of every w.
            let generators = [kernel.generators(), std::slice::from_ref(&minus)].concat();
            let h = of(generators, kernel.order(limits)? << 1u32);
            out.push(architecture(&order, (&h, &kernel), found, limits)?);
        }
    }
    if has_minus {
        return Ok(out);
    }
    let both = of([group.generators(), std::slice::from_ref(&minus)].concat(), &order << 1u32);
    for whole in orbit_types(&both, Space::Signed, limits)? {
        let found = signed_labels(&whole);
        let mut inside = Vec::new();
        for g in whole.generators() {
            inside.push(group.contains(g, limits)?);
        }
        if found.1 == 0 || inside.iter().all(|x| *x) {
            continue;
        }
        let even = |g: &Permutation| whole.generators().iter().zip(&inside).any(|(h, inside)| h == g && *inside);
        let kernel = index_two(&whole, even, limits)?;
        let own = |(g, inside): (&Permutation, &bool)| if *inside { g.clone() } else { g.times(&minus) };
        let h = of(whole.generators().iter().zip(&inside).map(own).collect(), whole.order(limits)?);
        out.push(architecture(&order, (&h, &kernel), found, limits)?);
    }
    Ok(out)
}

/// x ↦ -x on signed points.
fn minus(degree: usize) -> Permutation {
    Permutation::of((0..degree as u32).map(|x| x ^ 1).collect())
}

/// A permutation of points on signed points.
fn lift(g: &Permutation) -> Permutation {
    Permutation::of(g.images().iter().flat_map(|&y| [2 * y, 2 * y + 1]).collect())
}

/// A group of signed permutations as permutations of the points; the signs are determined by them.
fn without_signs(group: &PermutationGroup, limits: &Limits) -> Result<PermutationGroup, FiniteError> {
    let forget = |g: &Permutation| Permutation::of(g.images().iter().step_by(2).map(|y| y / 2).collect());
    let generators = group.generators().iter().map(forget).collect();
    Ok(PermutationGroup::of(group.name(), group.degree() / 2, generators).of_order(group.order(limits)?))
}

fn signed_labels(group: &PermutationGroup) -> (Vec<i64>, usize) {
    let generators = group.generators();
    labels(group.degree() / 2, generators.len(), |m, x| {
        let y = generators[m].images()[2 * x] as usize;
        (y / 2, y % 2 == 1)
    })
}

fn architecture(
    order: &BigUint,
    (h, k): (&PermutationGroup, &PermutationGroup),
    (pattern, free): (Vec<i64>, usize),
    limits: &Limits,
) -> Result<Architecture, FiniteError> {
    let orders = (h.order(limits)?, k.order(limits)?);
    let name = |group: &PermutationGroup, order: &BigUint| match *order <= BigUint::from(LARGEST_NAMED) {
        true => group.structure(limits),
        false => Ok(None),
    };
    let names = (name(h, &orders.0)?, name(k, &orders.1)?);
    let kind = if orders.0 == orders.1 { 1 } else { 2 };
    let width = order / &orders.0;
    Ok(Architecture { width, kind, free, pattern, weights: Vec::new(), orders, names, rejection: None, fused: None })
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    type Row = (BigUint, u8, usize, BigUint, Vec<i64>);

    /// Patterns up to the order of the inputs and the names of the weights: how often each weight occurs, with each sign where inputs
    /// have none.
    fn rows(all: &[Architecture], signed: bool) -> Vec<Row> {
        let shape = |pattern: &[i64]| {
            let most = pattern.iter().map(|x| x.abs()).max().unwrap_or(0);
            let count = |v: i64| pattern.iter().filter(|x| **x == v).count() as i64;
            let mut counts: Vec<(i64, i64)> =
                (1..=most).map(|v| (count(v).max(count(-v)), count(v).min(count(-v)))).collect();
            if signed {
                counts.iter_mut().for_each(|x| *x = (x.0 + x.1, 0));
            }
            counts.sort_unstable();
            counts.into_iter().flat_map(|(a, b)| [a, b]).chain([count(0)]).collect()
        };
        let carried = all.iter().filter(|a| a.rejection.is_none());
        let mut out: Vec<Row> =
            carried.map(|a| (a.width.clone(), a.kind, a.free, a.orders.1.clone(), shape(&a.pattern))).collect();
        out.sort();
        out
    }

    /// All signed permutations of n axes, on points `2i` and `2i + 1` for ±e_i.
    fn hyperoctahedral(n: usize) -> PermutationGroup {
        let mut generators: Vec<Permutation> = symmetric(n).unwrap().generators().iter().map(lift).collect();
        generators.push(Permutation::from_cycles(2 * n, "(0 1)").unwrap());
        PermutationGroup::new(format!("B({n})"), 2 * n, generators).unwrap()
    }

    /// Stabilisers of vectors and classes of subgroups give the same networks, by methods that share little.
    #[test]
    fn as_by_subgroups() {
        let none = Limits::none();
        let s = |n| symmetric(n).unwrap();
        let regular = |group: PermutationGroup| {
            let one = PermutationGroup::new("1", group.degree(), Vec::new()).unwrap();
            group.action_on_cosets(&one, &none).unwrap()
        };
        let groups = [
            s(1),
            s(2),
            s(5),
            cyclic(12).unwrap(),
            dihedral(12).unwrap(),
            quaternion().unwrap(),
            alternating(6).unwrap(),
            regular(s(4)),
            signed_permutations(3).unwrap(),
            signed_permutations(4).unwrap(),
            projective_special(2, 7).unwrap(),
            mathieu_11().unwrap(),
            product_action(&s(3), &s(4), &none).unwrap(),
            direct_product(&s(3), &dihedral(4).unwrap(), &none).unwrap(),
            wreath_product(&s(3), &s(3), &none).unwrap(),
            wreath_product(&cyclic(4).unwrap(), &s(2), &none).unwrap(),
            affine_linear(2, 3).unwrap(),
        ];
        for group in groups {
            let slow = super::super::architectures(&group, Some(true), &none).unwrap();
            let fast = super::super::architectures(&group, Some(false), &none).unwrap();
            assert_eq!(rows(&fast.pairs.unwrap(), false), rows(&slow.pairs.unwrap(), false), "{}", group.name());
        }
        // Without and with -1: rotations of a cube, signed permutations, even numbers of signs.
        let on_axes = |generators: &[&[u32]]| {
            let all = generators.iter().map(|g| Permutation::from_images(g.to_vec()).unwrap()).collect();
            PermutationGroup::new("G", generators[0].len(), all).unwrap()
        };
        let groups = [
            on_axes(&[&[2, 3, 1, 0, 4, 5], &[2, 3, 4, 5, 0, 1]]),
            hyperoctahedral(3),
            on_axes(&[&[2, 3, 0, 1, 4, 5], &[2, 3, 4, 5, 0, 1], &[1, 0, 3, 2, 4, 5]]),
            on_axes(&[&[2, 3, 1, 0]]),
        ];
        for group in groups {
            let slow = super::super::signed_architectures(&group, Some(true), &none).unwrap();
            let fast = super::super::signed_architectures(&group, Some(false), &none).unwrap();
            assert_eq!(rows(&fast.pairs.unwrap(), true), rows(&slow.pairs.unwrap(), true), "{}", group.name());
        }
    }

    /// Groups whose subgroups are not listed. A_n on n points: p(n) - 1 of type 1, because Young subgroups of S_n meet A_n in different
    /// groups, but for S_2 and 1. B_n on R^n: Σ_{k ≤ n} p(k) - 1 of each type, one for each class of parabolic subgroups but B_n.
    #[test]
    fn closed_forms() {
        let none = Limits::none();
        let p = [1u32, 1, 2, 3, 5, 7, 11, 15, 22, 30, 42, 56];
        for n in [8usize, 9, 10] {
            let found = super::super::architectures(&alternating(n).unwrap(), Some(false), &none).unwrap();
            assert_eq!(found.counts.0, BigUint::from(p[n] - 1), "A({n})");
        }
        for n in 2..=8 {
            let group = hyperoctahedral(n);
            let found = super::super::signed_architectures(&group, Some(false), &none).unwrap();
            let expected = BigUint::from(p[..=n].iter().sum::<u32>() - 1);
            assert_eq!(found.counts, (expected.clone(), expected), "B({n})");
        }
        for n in [7, 8] {
            let same = |group: &PermutationGroup| {
                PermutationGroup::new("G", group.degree(), group.generators().to_vec()).unwrap()
            };
            let types = orbit_types(&same(&symmetric(n).unwrap()), Space::Points, &none).unwrap();
            assert_eq!(types.len(), p[n] as usize);
        }
    }
}
