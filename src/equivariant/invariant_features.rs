//! Polynomial features that tell the orbits of a finite group apart.
//!
//! The real orbits of a finite group are separated by its invariant polynomials, and these are generated in degree at most |G|
//! (Noether 1916), for permutations in degree at most max(n, n(n-1)/2) (Göbel, "Computing bases for rings of permutation-invariant
//! polynomials", 1995), for all permutations in degree at most n. Generators are found degree by degree: sums over orbits of
//! monomials, without those that products of lower ones span.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::tying::{action, error, size};
use super::universality::signed_points;
use super::{EquivariantError, SignedPermutation};
use crate::exact::SparseVector;
use crate::exact::null_space::Span;
use crate::finite::PermutationGroup;
use crate::forms::Polynomial;
use crate::limits::Limits;
use crate::num::Rational;
use crate::reps::Rep;

/// Monomials of one degree, at most.
const MOST_MONOMIALS: usize = 50_000;

/// Invariant polynomials with what is known of them.
#[derive(Clone, Debug)]
pub struct InvariantFeatures {
    /// The polynomials in `x_0, x_1, …`, by degree.
    pub features: Vec<Polynomial>,
    /// Up to which degree they generate all invariants.
    pub degree: usize,
    /// A degree in which all invariants are generated.
    pub bound: BigUint,
}

impl InvariantFeatures {
    /// Whether they generate all invariants, so that they tell all orbits apart.
    pub fn is_complete(&self) -> bool {
        BigUint::from(self.degree) >= self.bound
    }
}

type Exponents = Vec<u8>;

/// A minimal set of homogeneous generators of the invariants up to a degree; without one, of all invariants.
pub fn invariant_features(
    rep: &Rep,
    degree: Option<usize>,
    limits: &Limits,
) -> Result<InvariantFeatures, EquivariantError> {
    let (generators, n) = (action(rep, limits)?, size(rep)?);
    let bound = bound(&generators, n, limits)?;
    let too_large = || {
        EquivariantError::Argument(format!(
            "generators of all invariants of {} may have degree {bound}: too many monomials; give a degree",
            rep.name()
        ))
    };
    let most = match degree {
        Some(degree) => degree.min(usize::try_from(&bound).unwrap_or(degree)),
        None => usize::try_from(&bound).map_err(|_| too_large())?,
    };
    // Each degree has more monomials than the one before.
    let monomials = |d: usize| (0..d).try_fold(1usize, |c, i| Some(c.checked_mul(n + i)? / (i + 1)));
    let few = |count: &usize| *count <= MOST_MONOMIALS;
    if monomials(most).filter(few).is_none() {
        return Err(match degree {
            Some(_) => EquivariantError::Argument(format!(
                "there are more than {MOST_MONOMIALS} monomials of degree {most} in {n} inputs; give a lower degree"
            )),
            None => too_large(),
        });
    }
    let mut found = InvariantFeatures { features: Vec::new(), degree: most, bound: bound.clone() };
    // The generators so far, with the orbit sums of each degree.
    let mut chosen: Vec<(usize, BTreeMap<Exponents, i64>)> = Vec::new();
    let mut sums: Vec<Vec<BTreeMap<Exponents, i64>>> = vec![vec![BTreeMap::from([(vec![0; n], 1)])]];
    for d in 1..=most {
        let count = monomials(d).unwrap_or(MOST_MONOMIALS);
        limits.reserve(count as u128 * (n as u128 + 120))?;
        limits.progress("invariants", d as f64 / most as f64);
        let orbits = orbit_sums(n, d, &generators, limits)?;
        // The place of each invariant is that of the first monomial of its orbit.
        let place: BTreeMap<&Exponents, u32> = orbits.iter().filter_map(|o| o.keys().next()).zip(0..).collect();
        let mut span = Span::new(orbits.len());
        for (e, generator) in &chosen {
            for other in sums.get(d - e).into_iter().flatten() {
                limits.check()?;
                if span.dim() == orbits.len() {
                    break;
                }
                span.insert(&coordinates(&product(generator, other), &place));
            }
        }
        // Products of different inputs rather than powers: orbits of the last monomials first.
        let mut new = Vec::new();
        for k in (0..orbits.len()).rev() {
            limits.check()?;
            if span.dim() < orbits.len() && span.insert(&[(k as u32, Rational::ONE)]) {
                new.push(k);
            }
        }
        for orbit in new.into_iter().rev().filter_map(|k| orbits.get(k)) {
            chosen.push((d, orbit.clone()));
            found.features.push(polynomial(orbit));
        }
        sums.push(orbits);
    }
    Ok(found)
}

/// The smallest of the bounds: of Noether and Göbel, and n for all permutations (the theorem of symmetric functions), which are
/// known by their number where monomials of degree n are few enough to be listed.
fn bound(generators: &[SignedPermutation], n: usize, limits: &Limits) -> Result<BigUint, EquivariantError> {
    let wrong = || EquivariantError::Check("an action is no permutation".into());
    let points = generators.iter().map(signed_points).collect::<Option<Vec<_>>>().ok_or_else(wrong)?;
    let group = PermutationGroup::new("the inputs", 2 * n, points).map_err(error)?;
    let order = group.order(limits).map_err(error)?;
    let signed = generators.iter().any(|g| (0..n).any(|i| g.image(i).is_some_and(|x| x.1)));
    if signed {
        return Ok(order);
    }
    let all = || (2..=n).fold(BigUint::from(1u32), |product, k| product * k);
    let permutations = if n <= 100 && order == all() { n } else { n.max(n * n.saturating_sub(1) / 2) };
    Ok(order.min(BigUint::from(permutations.max(1))))
}

/// The sums over the orbits of monomials of a degree that the signs do not annihilate; the first monomial, which is the
/// lexicographically largest, has coefficient 1.
fn orbit_sums(
    n: usize,
    degree: usize,
    generators: &[SignedPermutation],
    limits: &Limits,
) -> Result<Vec<BTreeMap<Exponents, i64>>, EquivariantError> {
    let mut out = Vec::new();
    let mut seen: BTreeMap<Exponents, bool> = BTreeMap::new();
    let mut current = first_monomial(n, degree);
    while let Some(start) = current {
        if !seen.contains_key(&start) {
            limits.check()?;
            seen.insert(start.clone(), false);
            let (mut orbit, mut next, mut clash) = (vec![(start.clone(), false)], 0, false);
            while let Some((at, negative)) = orbit.get(next).cloned() {
                next += 1;
                for g in generators {
                    let (mut image, mut flips) = (vec![0; n], negative);
                    for (i, &e) in at.iter().enumerate() {
                        let (to, minus) = g.image(i).unwrap_or((i, false));
                        image[to] = e;
                        flips ^= minus && e % 2 == 1;
                    }
                    match seen.get(&image) {
                        Some(known) => clash |= *known != flips,
                        None => {
                            seen.insert(image.clone(), flips);
                            orbit.push((image, flips));
                        }
                    }
                }
            }
            if !clash {
                out.push(orbit.into_iter().map(|(e, negative)| (e, if negative { -1 } else { 1 })).collect());
            }
        }
        current = next_monomial(start);
    }
    Ok(out)
}

/// `x_0^degree`, unless there is nothing to raise to it.
fn first_monomial(n: usize, degree: usize) -> Option<Exponents> {
    let mut out = vec![0; n];
    *out.first_mut()? = degree as u8;
    Some(out)
}

/// The next monomial of the same degree, in descending lexicographic order.
fn next_monomial(mut e: Exponents) -> Option<Exponents> {
    let last = e.len() - 1;
    let at = (0..last).rev().find(|&i| e[i] > 0)?;
    let rest = std::mem::take(&mut e[last]);
    e[at] -= 1;
    e[at + 1] += rest + 1;
    Some(e)
}

fn product(a: &BTreeMap<Exponents, i64>, b: &BTreeMap<Exponents, i64>) -> BTreeMap<Exponents, i64> {
    let mut out = BTreeMap::new();
    for (x, c) in a {
        for (y, d) in b {
            let sum: Exponents = x.iter().zip(y).map(|(x, y)| x + y).collect();
            *out.entry(sum).or_insert(0) += c * d;
        }
    }
    out
}

/// An invariant polynomial by its coefficients at the first monomials of orbits.
fn coordinates(p: &BTreeMap<Exponents, i64>, place: &BTreeMap<&Exponents, u32>) -> SparseVector {
    let mut out: SparseVector = p
        .iter()
        .filter(|(_, c)| **c != 0)
        .filter_map(|(e, c)| place.get(e).map(|&at| (at, Rational::from(*c))))
        .collect();
    out.sort_by_key(|t| t.0);
    out
}

fn polynomial(orbit: &BTreeMap<Exponents, i64>) -> Polynomial {
    orbit.iter().rev().fold(Polynomial::zero(), |sum, (e, c)| {
        let variables = e.iter().zip(0u32..).flat_map(|(&k, i)| std::iter::repeat_n(i, usize::from(k)));
        sum.plus_term(*c, variables.collect())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::named::Arg;
    use crate::reps::{Group, group_by_name, image_group};

    fn vector(g: &Group) -> Rep {
        Rep::vector(g.base()).unwrap()
    }

    fn degrees(rep: &Rep, degree: Option<usize>) -> Vec<usize> {
        let found = invariant_features(rep, degree, &Limits::none()).unwrap();
        assert_eq!(found.is_complete(), degree.is_none());
        found.features.iter().map(Polynomial::degree).collect()
    }

    /// Symmetric functions 1, 2, …, n; dihedral groups of the square and alternating groups (Sturmfels, *Algorithms in Invariant
    /// Theory*, ch. 2); cyclic shifts of three: 1, 2, 3, 3; sign changes: all products of two inputs.
    #[test]
    fn degrees_of_generators() {
        let named = |name: &str, n: i64| vector(&group_by_name(name, &[Arg::Integer(n)], &Limits::none()).unwrap());
        assert_eq!(degrees(&named("S", 3), None), [1, 2, 3]);
        assert_eq!(degrees(&named("S", 4), None), [1, 2, 3, 4]);
        assert_eq!(degrees(&named("A", 3), None), [1, 2, 3, 3]);
        assert_eq!(degrees(&named("A", 4), None), [1, 2, 3, 4, 6]);
        assert_eq!(degrees(&named("Z", 2), None), [1, 2]);
        assert_eq!(degrees(&named("S", 5), None), [1, 2, 3, 4, 5]);
        assert_eq!(degrees(&named("S", 5), Some(3)), [1, 2, 3]);
        for n in [1, 2, 5] {
            let g = image_group(1, n, &["inversion"], &Limits::none()).unwrap();
            assert_eq!(degrees(&vector(&g), None), vec![2; n * (n + 1) / 2]);
        }
        let big = named("S", 30);
        assert!(invariant_features(&big, None, &Limits::none()).is_err());
    }

    /// The features are invariant, and tell small vectors in different orbits apart: Z_4 on 0/1/2 vectors.
    #[test]
    fn features_separate_orbits() {
        let z4 = group_by_name("Z", &[Arg::Integer(4)], &Limits::none()).unwrap();
        let found = invariant_features(&vector(&z4), None, &Limits::none()).unwrap();
        let values = |x: &[i64]| {
            let point: Vec<crate::num::Gaussian> = x.iter().map(|&x| crate::num::Gaussian::from(x)).collect();
            found.features.iter().map(|f| f.evaluate(&point)).collect::<Vec<_>>()
        };
        let all: Vec<Vec<i64>> = (0..81).map(|k: i64| (0..4).map(|i| k / 3i64.pow(i) % 3).collect()).collect();
        let least = |x: &Vec<i64>| (0..4).map(|r| [&x[r..], &x[..r]].concat()).min().unwrap();
        for x in &all {
            for y in &all {
                assert_eq!(values(x) == values(y), least(x) == least(y), "{x:?} {y:?}");
            }
        }
    }
}
