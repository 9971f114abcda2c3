//! Names of groups up to isomorphism: all groups of order at most 31, and families beyond.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use num_bigint::BigUint;

use super::{ConjugacyClasses, FiniteError, Permutation, PermutationGroup};
use crate::limits::Limits;

/// What is compared: the number of elements of each order, the order of the centre and of the derived subgroup, and the
/// number of squares. The test beside shows that it separates the groups of each order up to 31.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Profile {
    orders: BTreeMap<usize, usize>,
    center: usize,
    derived: u64,
    squares: usize,
}

fn profile(group: &PermutationGroup, classes: &ConjugacyClasses, limits: &Limits) -> Result<Profile, FiniteError> {
    let mut orders = BTreeMap::new();
    for class in classes.classes() {
        *orders.entry(class.order).or_insert(0) += class.size;
    }
    let mut squares: Vec<usize> = classes.power_map(2);
    squares.sort_unstable();
    squares.dedup();
    Ok(Profile {
        orders,
        center: classes.classes().iter().filter(|c| c.size == 1).count(),
        derived: u64::try_from(group.derived_subgroup(limits)?.order(limits)?).unwrap_or(u64::MAX),
        squares: squares.iter().map(|&k| classes.classes()[k].size).sum(),
    })
}

/// The groups of order at most 31 that are not abelian, by generators in cycle notation (Coxeter and Moser, *Generators and
/// Relations for Discrete Groups*, table 1). `x` is a direct product, `:` a semidirect product with the normal subgroup
/// first, `.` an extension that does not split.
const SMALL: &[(&str, usize, &[&str])] = &[
    ("S3", 3, &["(0 1 2)", "(0 1)"]),
    ("D4", 4, &["(0 1 2 3)", "(1 3)"]),
    ("Q8", 8, &["(0 1 2 3)(4 7 6 5)", "(0 4 2 6)(1 5 3 7)"]),
    ("D5", 5, &["(0 1 2 3 4)", "(1 4)(2 3)"]),
    ("A4", 4, &["(0 1 2)", "(1 2 3)"]),
    ("D6", 5, &["(0 1 2)", "(0 1)", "(3 4)"]),
    ("Dic3", 7, &["(0 1 2)", "(1 2)(3 4 5 6)"]),
    ("D7", 7, &["(0 1 2 3 4 5 6)", "(1 6)(2 5)(3 4)"]),
    ("D8", 8, &["(0 1 2 3 4 5 6 7)", "(1 7)(2 6)(3 5)"]),
    ("SD16", 8, &["(0 1 2 3 4 5 6 7)", "(1 3)(2 6)(5 7)"]),
    ("C8:C2", 8, &["(0 1 2 3 4 5 6 7)", "(1 5)(3 7)"]),
    ("Q16", 16, &["(0 1 2 3 4 5 6 7)(8 15 14 13 12 11 10 9)", "(0 8 4 12)(1 9 5 13)(2 10 6 14)(3 11 7 15)"]),
    ("C2xD4", 6, &["(0 1 2 3)", "(1 3)", "(4 5)"]),
    ("C2xQ8", 10, &["(0 1 2 3)(4 7 6 5)", "(0 4 2 6)(1 5 3 7)", "(8 9)"]),
    ("C4:C4", 8, &["(0 1 2 3)", "(1 3)(4 5 6 7)"]),
    ("C2^2:C4", 8, &["(0 1)(2 3)", "(0 2)(4 5 6 7)"]),
    ("C4.C2^2", 8, &["(0 1 2 3)(4 5 6 7)", "(1 3)(5 7)", "(0 4 2 6)(1 5 3 7)"]),
    ("D9", 9, &["(0 1 2 3 4 5 6 7 8)", "(1 8)(2 7)(3 6)(4 5)"]),
    ("C3xS3", 6, &["(0 1 2)", "(0 1)", "(3 4 5)"]),
    ("C3^2:C2", 6, &["(0 1 2)", "(3 4 5)", "(0 1)(3 4)"]),
    ("D10", 7, &["(0 1 2 3 4)", "(1 4)(2 3)", "(5 6)"]),
    ("Dic5", 9, &["(0 1 2 3 4)", "(1 4)(2 3)(5 6 7 8)"]),
    ("C5:C4", 5, &["(0 1 2 3 4)", "(1 2 4 3)"]),
    ("C7:C3", 7, &["(0 1 2 3 4 5 6)", "(1 2 4)(3 6 5)"]),
    ("D11", 11, &["(0 1 2 3 4 5 6 7 8 9 10)", "(1 10)(2 9)(3 8)(4 7)(5 6)"]),
    ("S4", 4, &["(0 1 2 3)", "(0 1)"]),
    ("SL(2,3)", 8, &["(0 1 2 3)(4 7 6 5)", "(0 4 2 6)(1 5 3 7)", "(1 4 5)(3 6 7)"]),
    ("C2xA4", 6, &["(0 1 2)", "(1 2 3)", "(4 5)"]),
    ("D12", 7, &["(0 1 2)", "(0 1)(3 5)", "(3 4 5 6)"]),
    ("Dic6", 11, &["(0 1 2)", "(3 4 5 6)(7 10 9 8)", "(1 2)(3 7 5 9)(4 8 6 10)"]),
    ("C4xS3", 7, &["(0 1 2)", "(0 1)", "(3 4 5 6)"]),
    ("C2^2xS3", 7, &["(0 1 2)", "(0 1)", "(3 4)", "(5 6)"]),
    ("C3xD4", 7, &["(0 1 2)", "(3 4 5 6)", "(4 6)"]),
    ("C3xQ8", 11, &["(0 1 2)", "(3 4 5 6)(7 10 9 8)", "(3 7 5 9)(4 8 6 10)"]),
    ("C3:C8", 11, &["(0 1 2)", "(1 2)(3 4 5 6 7 8 9 10)"]),
    ("C2xDic3", 9, &["(0 1 2)", "(1 2)(3 4 5 6)", "(7 8)"]),
    ("C3:D4", 7, &["(0 1 2)", "(1 2)(3 4 5 6)", "(4 6)"]),
    ("D13", 13, &["(0 1 2 3 4 5 6 7 8 9 10 11 12)", "(1 12)(2 11)(3 10)(4 9)(5 8)(6 7)"]),
    ("C3^2:C3", 9, &["(0 1 2)(3 4 5)(6 7 8)", "(0 3 6)(1 4 7)(2 5 8)", "(3 4 5)(6 8 7)"]),
    ("C9:C3", 9, &["(0 1 2 3 4 5 6 7 8)", "(1 4 7)(2 8 5)"]),
    ("D14", 9, &["(0 1 2 3 4 5 6)", "(1 6)(2 5)(3 4)", "(7 8)"]),
    ("Dic7", 11, &["(0 1 2 3 4 5 6)", "(1 6)(2 5)(3 4)(7 8 9 10)"]),
    ("D15", 8, &["(0 1 2)", "(3 4 5 6 7)", "(1 2)(4 7)(5 6)"]),
    ("C5xS3", 8, &["(0 1 2)", "(0 1)", "(3 4 5 6 7)"]),
    ("C3xD5", 8, &["(0 1 2)", "(3 4 5 6 7)", "(4 7)(5 6)"]),
];

/// Order, profile and name of each group of the list, computed once.
fn small_profiles(limits: &Limits) -> Result<&'static [(usize, Profile, &'static str)], FiniteError> {
    static FOUND: OnceLock<Vec<(usize, Profile, &'static str)>> = OnceLock::new();
    if let Some(found) = FOUND.get() {
        return Ok(found);
    }
    let mut out = Vec::new();
    for (name, degree, cycles) in SMALL {
        let group = super::mathieu::from_table(name, *degree, 0, cycles)?;
        let classes = ConjugacyClasses::new(&group, limits)?;
        out.push((classes.table().order(), profile(&group, &classes, limits)?, *name));
    }
    Ok(FOUND.get_or_init(|| out))
}

/// The simple groups of order below 20160 that are not abelian, with the one extension by an outer automorphism of order 2
/// where there is exactly one (Conway et al., *ATLAS of Finite Groups*, pp. 2–20). Their orders are all different.
const SIMPLE: &[(u64, &str, &str)] = &[
    (60, "A5", "S5"),
    (168, "PSL(2,7)", "PGL(2,7)"),
    (360, "A6", ""),
    (504, "PSL(2,8)", ""),
    (660, "PSL(2,11)", "PGL(2,11)"),
    (1092, "PSL(2,13)", "PGL(2,13)"),
    (2448, "PSL(2,17)", "PGL(2,17)"),
    (2520, "A7", "S7"),
    (3420, "PSL(2,19)", "PGL(2,19)"),
    (4080, "PSL(2,16)", ""),
    (5616, "PSL(3,3)", "PSL(3,3):C2"),
    (6048, "PSU(3,3)", "PSU(3,3):C2"),
    (6072, "PSL(2,23)", "PGL(2,23)"),
    (7800, "PSL(2,25)", ""),
    (7920, "M11", ""),
    (9828, "PSL(2,27)", "PGL(2,27)"),
    (12180, "PSL(2,29)", "PGL(2,29)"),
    (14880, "PSL(2,31)", "PGL(2,31)"),
];

/// Orders with one perfect group that is not simple (Holt and Plesken, *Perfect Groups*).
const PERFECT: &[(u64, &str)] =
    &[(120, "SL(2,5)"), (336, "SL(2,7)"), (720, "SL(2,9)"), (1320, "SL(2,11)"), (2184, "SL(2,13)")];

/// The number of groups of each order up to 31 that are not abelian (Besche, Eick and O'Brien).
#[cfg(test)]
const NOT_ABELIAN: [usize; 32] =
    [0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 1, 0, 3, 0, 1, 0, 9, 0, 3, 0, 3, 1, 1, 0, 12, 0, 1, 2, 2, 0, 3, 0];

impl PermutationGroup {
    /// A name of the group up to isomorphism, where it is of order at most 31 or belongs to a family that is recognised:
    /// abelian, dihedral, dicyclic, symmetric and alternating
    /// groups in their natural action, simple groups of order below 20160 and their extensions by an outer automorphism of
    /// order 2. Orders above 2^16 and elements that take too much memory leave the others without a name.
    pub fn structure(&self, limits: &Limits) -> Result<Option<String>, FiniteError> {
        match self.recognised(limits) {
            Err(FiniteError::TooLarge { .. }) => Ok(None),
            found => found,
        }
    }

    fn recognised(&self, limits: &Limits) -> Result<Option<String>, FiniteError> {
        let order = self.order(limits)?;
        if let (Some(giant), true) = (self.giant(limits)?, self.degree() >= 4) {
            let letter = if giant == super::giant::Giant::Symmetric { "S" } else { "A" };
            return Ok(Some(format!("{letter}{}", self.degree())));
        }
        if self.is_abelian(limits)? {
            return Ok(Some(abelian_name(&self.abelian_invariants(limits)?)));
        }
        if order >= BigUint::from(32u32)
            && let Some(name) = self.dihedral_or_dicyclic(&order, limits)?
        {
            return Ok(Some(name));
        }
        if order > BigUint::from(1u32 << 16) {
            return Ok(None);
        }
        let classes = ConjugacyClasses::new(self, limits)?;
        let own = profile(self, &classes, limits)?;
        let size = classes.table().order();
        if size < 32 {
            let found = small_profiles(limits)?.iter().find(|(order, other, _)| *order == size && *other == own);
            return Ok(found.map(|(_, _, name)| (*name).to_string()));
        }
        self.almost_simple(&classes, &own, limits)
    }

    /// D_m and Dic_n from order 10 on, without their elements: in D_m = ⟨a, t⟩ and in Dic_n with m = 2n the derived subgroup is
    /// ⟨a²⟩, and what commutes with it is ⟨a⟩ when it has more than two elements. Conversely a cyclic subgroup A of index 2
    /// whose elements an element t outside inverts leaves t² = 1, or t² the involution of A, since t commutes with t².
    fn dihedral_or_dicyclic(&self, order: &BigUint, limits: &Limits) -> Result<Option<String>, FiniteError> {
        let derived = self.derived_subgroup(limits)?;
        let small = derived.order(limits)?;
        if small < BigUint::from(3u32) || (&small << 1 != *order && &small << 2 != *order) {
            return Ok(None);
        }
        let commute = |g: &Permutation, h: &Permutation| g.times(h) == h.times(g);
        let inside = |g: &Permutation| derived.generators().iter().all(|h| commute(g, h));
        let Some(t) = self.generators().iter().find(|g| !inside(g)) else { return Ok(None) };
        // Schreier generators of the subgroup that commutes with the derived one, if it has index 2.
        let back = t.inverse();
        let mut generators = vec![t.times(t)];
        for g in self.generators() {
            limits.check()?;
            if inside(g) {
                generators.extend([g.clone(), t.times(g).times(&back)]);
            } else {
                generators.extend([g.times(&back), t.times(g)]);
            }
        }
        generators.retain(|g| !g.is_identity());
        let inverted = |g: &Permutation| g.conjugated_by(t) == g.inverse();
        if !generators.iter().all(|g| inside(g) && inverted(g)) {
            return Ok(None);
        }
        let rotations = self.subgroup_inside("A", generators, limits)?;
        let half = order >> 1;
        if rotations.order(limits)? != half || !rotations.is_abelian(limits)? {
            return Ok(None);
        }
        let factors = rotations.abelian_invariants(limits)?;
        if !are_coprime(&factors) {
            return Ok(None);
        }
        let dihedral = t.times(t).is_identity();
        Ok(Some(if dihedral { format!("D{half}") } else { format!("Dic{}", half >> 1) }))
    }

    /// Simple groups of order below 20160 by their order, and groups between a simple group of index 2 and its automorphisms.
    fn almost_simple(
        &self,
        classes: &ConjugacyClasses,
        own: &Profile,
        limits: &Limits,
    ) -> Result<Option<String>, FiniteError> {
        let size = classes.table().order() as u64;
        let perfect = own.derived == size;
        if let Some((_, name)) = PERFECT.iter().find(|(order, _)| perfect && *order == size) {
            return Ok(Some((*name).to_string()));
        }
        let half = if perfect { size } else { size / 2 };
        let Some((_, name, outer)) = SIMPLE.iter().find(|row| row.0 == half) else { return Ok(None) };
        if own.derived != half || own.center > 1 {
            return Ok(None);
        }
        // Simple when every class generates the whole group as a normal subgroup.
        let derived = self.derived_subgroup(limits)?;
        let inner = ConjugacyClasses::new(&derived, limits)?;
        for class in &inner.classes()[1..] {
            let closure = derived.normal_closure(vec![class.representative.clone()], limits)?;
            if closure.order(limits)? != BigUint::from(half) {
                return Ok(None);
            }
        }
        if perfect {
            return Ok(Some((*name).to_string()));
        }
        // A trivial centre leaves no room for elements that commute with all of the simple group: their group would be
        // normal of order 2.
        if *name == "A6" {
            let has = |n: usize| own.orders.contains_key(&n);
            let found = match (has(8), has(10)) {
                (false, _) => "S6",
                (true, true) => "PGL(2,9)",
                (true, false) => "M10",
            };
            return Ok(Some(found.to_string()));
        }
        Ok((!outer.is_empty()).then(|| (*outer).to_string()))
    }

    /// The prime powers whose cyclic groups an abelian group is the product of, ascending.
    pub fn abelian_invariants(&self, limits: &Limits) -> Result<Vec<u64>, FiniteError> {
        let mut out = Vec::new();
        let mut rest = self.order(limits)?;
        let mut p = 2u32;
        while rest > BigUint::from(1u32) {
            if (&rest % p) != BigUint::ZERO {
                p += 1;
                if BigUint::from(p) * p > rest {
                    p = u32::try_from(&rest).unwrap_or(u32::MAX).max(p);
                }
                continue;
            }
            let mut exponent = 0;
            while (&rest % p) == BigUint::ZERO {
                rest /= p;
                exponent += 1;
            }
            // |G^(p^k)| drops by p^(number of cyclic factors of order at least p^(k+1)).
            let mut factors = Vec::new();
            let mut generators = self.generators().to_vec();
            let mut before = self.order(limits)?;
            for _ in 0..exponent {
                generators = generators.iter().map(|g| g.pow(i64::from(p))).collect();
                let after = self.subgroup_inside("powers", generators.clone(), limits)?.order(limits)?;
                let mut ratio = &before / &after;
                let mut count = 0;
                while ratio > BigUint::from(1u32) {
                    ratio /= p;
                    count += 1;
                }
                factors.push(count);
                before = after;
            }
            for k in 0..factors.len() {
                let exactly = factors[k] - factors.get(k + 1).copied().unwrap_or(0);
                out.extend(std::iter::repeat_n(u64::from(p).saturating_pow(k as u32 + 1), exactly));
            }
        }
        Ok(out)
    }
}

/// Whether the prime powers of an abelian group belong to different primes, so that it is cyclic.
fn are_coprime(invariants: &[u64]) -> bool {
    (1..invariants.len()).all(|i| num_integer::gcd(invariants[i - 1], invariants[i]) == 1)
}

/// `C2^2xC3`: the factors in order, equal ones as a power; a cyclic group by its order.
fn abelian_name(invariants: &[u64]) -> String {
    if are_coprime(invariants) {
        let order = invariants.iter().fold(BigUint::from(1u32), |n, q| n * q);
        return format!("C{order}");
    }
    let mut parts: Vec<(u64, usize)> = Vec::new();
    for &q in invariants {
        match parts.last_mut() {
            Some((last, count)) if *last == q => *count += 1,
            _ => parts.push((q, 1)),
        }
    }
    let text = |(q, count): &(u64, usize)| if *count == 1 { format!("C{q}") } else { format!("C{q}^{count}") };
    parts.iter().map(text).collect::<Vec<_>>().join("x")
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    fn name(group: &PermutationGroup) -> Option<String> {
        group.structure(&Limits::none()).unwrap()
    }

    /// The list is complete and its profiles are all different.
    #[test]
    fn small_groups_are_separated() {
        let none = Limits::none();
        let mut seen: BTreeMap<usize, Vec<(Profile, &str)>> = BTreeMap::new();
        for (label, degree, cycles) in SMALL {
            let group = super::super::mathieu::from_table(label, *degree, 0, cycles).unwrap();
            let classes = ConjugacyClasses::new(&group, &none).unwrap();
            let found = profile(&group, &classes, &none).unwrap();
            let of_order = seen.entry(classes.table().order()).or_default();
            for (other, name) in of_order.iter() {
                assert_ne!(*other, found, "{label} and {name}");
            }
            of_order.push((found, label));
        }
        for (order, count) in NOT_ABELIAN.iter().enumerate() {
            assert_eq!(seen.get(&order).map_or(0, Vec::len), *count, "order {order}");
        }
    }

    #[test]
    fn names() {
        let none = Limits::none();
        let c = |n: usize| cyclic(n).unwrap();
        assert_eq!(name(&symmetric(3).unwrap()).unwrap(), "S3");
        assert_eq!(name(&symmetric(6).unwrap()).unwrap(), "S6");
        assert_eq!(name(&alternating(20).unwrap()).unwrap(), "A20");
        assert_eq!(name(&c(1)).unwrap(), "C1");
        assert_eq!(name(&c(12)).unwrap(), "C12");
        assert_eq!(name(&klein_four()).unwrap(), "C2^2");
        assert_eq!(name(&direct_product(&c(4), &c(6), &none).unwrap()).unwrap(), "C2xC4xC3");
        assert_eq!(name(&dihedral(4).unwrap()).unwrap(), "D4");
        assert_eq!(name(&dihedral(50).unwrap()).unwrap(), "D50");
        assert_eq!(name(&dihedral(51).unwrap()).unwrap(), "D51");
        assert_eq!(name(&dihedral(16).unwrap()).unwrap(), "D16");
        assert_eq!(name(&dihedral(20_000).unwrap()).unwrap(), "D20000");
        assert_eq!(name(&dicyclic(5_000).unwrap()).unwrap(), "Dic5000");
        // Three reflections, and a product that is dihedral no more.
        let cycles = |text: &str| Permutation::from_cycles(18, text).unwrap();
        let turn = cycles("(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17)");
        let flip = cycles("(1 17)(2 16)(3 15)(4 14)(5 13)(6 12)(7 11)(8 10)");
        let flips = vec![flip.clone(), flip.times(&turn), flip.times(&turn.pow(4)), flip.times(&turn.pow(6))];
        assert_eq!(name(&PermutationGroup::new("G", 18, flips).unwrap()).unwrap(), "D18");
        assert_eq!(name(&direct_product(&c(2), &dihedral(18).unwrap(), &none).unwrap()), None);
        // The modular group of order 32 and the semidihedral one are neither.
        let power = |k: u32| Permutation::from_images((0..16).map(|x| x * k % 16).collect()).unwrap();
        let c16 = c(16).generators()[0].clone();
        for k in [7, 9] {
            let group = PermutationGroup::new("G", 16, vec![c16.clone(), power(k)]).unwrap();
            assert_eq!((group.order(&none).unwrap(), name(&group)), (BigUint::from(32u32), None));
        }
        assert_eq!(name(&dicyclic(3).unwrap()).unwrap(), "Dic3");
        assert_eq!(name(&dicyclic(9).unwrap()).unwrap(), "Dic9");
        assert_eq!(name(&quaternion().unwrap()).unwrap(), "Q8");
        assert_eq!(name(&special_linear(2, 3).unwrap()).unwrap(), "SL(2,3)");
        assert_eq!(name(&direct_product(&c(2), &alternating(4).unwrap(), &none).unwrap()).unwrap(), "C2xA4");
        assert_eq!(name(&mathieu_11().unwrap()).unwrap(), "M11");
        assert_eq!(name(&projective_special(2, 4).unwrap()).unwrap(), "A5");
        assert_eq!(name(&projective_special(2, 9).unwrap()).unwrap(), "A6");
        assert_eq!(name(&projective_general(2, 5).unwrap()).unwrap(), "S5");
        assert_eq!(name(&projective_general(2, 7).unwrap()).unwrap(), "PGL(2,7)");
        assert_eq!(name(&projective_general(2, 9).unwrap()).unwrap(), "PGL(2,9)");
        assert_eq!(name(&special_linear(2, 5).unwrap()).unwrap(), "SL(2,5)");
        let a5 = projective_special(2, 4).unwrap();
        assert_eq!(name(&direct_product(&a5, &c(2), &none).unwrap()), None);
        assert_eq!(name(&wreath_product(&c(2), &symmetric(4).unwrap(), &none).unwrap()), None);
        let six = symmetric(6).unwrap();
        let pairs = six.subgroup("S5", vec![six.generators()[0].clone()], &none).unwrap();
        assert_eq!(name(&six.action_on_cosets(&pairs, &none).unwrap()).unwrap(), "S6");
    }
}
