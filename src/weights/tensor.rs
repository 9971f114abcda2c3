//! Tensor products.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::checks::Trace;
use super::klimyk::{Spread, klimyk};
use super::littlewood_richardson::{Reduced, reduced};
use super::{Decomposition, ReductiveType, Weight, WeightError};
use crate::limits::Limits;
use crate::roots::Letter;

/// The tensor product of two representations, virtual ones too: Klimyk's formula, with a Levi subgroup in place of the
/// torus where that is cheaper (see `klimyk`), factor by factor for a product of groups. The answer is checked by its
/// dimension and index.
pub fn tensor(a: &Decomposition, b: &Decomposition, limits: &Limits) -> Result<Decomposition, WeightError> {
    let product = unchecked(a, b, limits)?;
    Trace::of(a, limits)?.tensor(&Trace::of(b, limits)?).confirm(&product, limits)?;
    Ok(product)
}

/// The product without the check, for those who check what they make of it.
pub(super) fn unchecked(a: &Decomposition, b: &Decomposition, limits: &Limits) -> Result<Decomposition, WeightError> {
    a.group().require_same(b.group())?;
    if a.group().factors().len() > 1 {
        return by_factors(a, b, limits);
    }
    let (base, spread) = if cost(a, b, limits)? <= cost(b, a, limits)? { (a, b) } else { (b, a) };
    klimyk(base, Spread::Irreducibles(spread), limits)
}

/// About the number of weights of `spread` for each term of `base`, up to the stabiliser of the term. Only a choice
/// depends on it.
fn cost(base: &Decomposition, spread: &Decomposition, limits: &Limits) -> Result<f64, WeightError> {
    let data = super::frame::data_of(base.group(), limits)?;
    let size = |n: &num_bigint::BigUint| -> f64 { num_traits::ToPrimitive::to_f64(n).unwrap_or(f64::INFINITY) };
    let mut stabilisers = 0.0;
    for weight in base.terms().keys() {
        let parts = base.group().parts(weight).zip(&data);
        stabilisers += parts
            .map(|((_, part), d)| 1.0 / size(&d.stabiliser(part.iter().map(|&x| x == 0).collect()).order))
            .product::<f64>();
    }
    let mut dims = 0.0;
    for weight in spread.terms().keys() {
        dims += size(&super::dimension(base.group(), weight, limits)?);
    }
    Ok(stabilisers * dims)
}

/// `(V ⊠ W) ⊗ (V' ⊠ W') = (V ⊗ V') ⊠ (W ⊗ W')`.
fn by_factors(a: &Decomposition, b: &Decomposition, limits: &Limits) -> Result<Decomposition, WeightError> {
    let group = a.group();
    let mut known: Vec<BTreeMap<(Weight, Weight), Decomposition>> = vec![BTreeMap::new(); group.factors().len()];
    let mut out = Decomposition::zero(group);
    for (x, m) in a.terms() {
        for (y, k) in b.terms() {
            limits.check()?;
            let mut all: Vec<(Weight, BigInt)> = vec![(Vec::new(), m * k)];
            for (((factor, left), (_, right)), known) in group.parts(x).zip(group.parts(y)).zip(&mut known) {
                let key = (left.to_vec(), right.to_vec());
                let product = match known.get(&key) {
                    Some(product) => product,
                    None => {
                        let simple = ReductiveType::from(factor);
                        let product = unchecked(
                            &Decomposition::irreducible(&simple, left)?,
                            &Decomposition::irreducible(&simple, right)?,
                            limits,
                        )?;
                        known.entry(key).or_insert(product)
                    }
                };
                let count = all.len() as u128 * product.terms().len() as u128;
                super::dominant::refuse_above(out.terms().len() as u128 + count, "terms")?;
                limits.check()?;
                limits.reserve((out.terms().len() as u128 + count) * (8 * group.rank() as u128 + 120))?;
                all = all
                    .iter()
                    .flat_map(|(w, m)| product.terms().iter().map(move |(v, k)| ([&w[..], &v[..]].concat(), m * k)))
                    .collect();
            }
            let charges: Weight = group.charges(x).iter().zip(group.charges(y)).map(|(p, q)| p + q).collect();
            for (mut weight, times) in all {
                weight.extend_from_slice(&charges);
                out.add_term(weight, &times);
            }
        }
    }
    Ok(out)
}

/// The multiplicity of `V(ν)` in `V(λ) ⊗ V(μ)`, without the product.
///
/// By symmetry `λ` is taken to be the largest of the three (with a dual where it changes places). The multiplicity is
/// `Σ_w sgn(w) m_μ(w(ν + ρ) − λ − ρ)` (Racah–Speiser; Fulton–Harris, exercise 25.31); the orbit of `ν + ρ` is walked
/// downwards and left where `λ + ρ + w_0 μ` is no longer below, since all weights of `V(μ)` are above `w_0 μ`. For SU(n) the
/// smallest group with this Littlewood–Richardson coefficient takes its place.
pub fn multiplicity(
    group: &ReductiveType,
    lambda: &[i64],
    mu: &[i64],
    nu: &[i64],
    limits: &Limits,
) -> Result<BigInt, WeightError> {
    for weight in [lambda, mu, nu] {
        group.check_highest(weight)?;
    }
    let charges = |w: &[i64]| group.charges(w).to_vec();
    let sum: Weight = charges(lambda).iter().zip(&charges(mu)).map(|(a, b)| a + b).collect();
    if sum != charges(nu) {
        return Ok(BigInt::zero());
    }
    let mut out = BigInt::one();
    for (((factor, a), (_, b)), (_, c)) in group.parts(lambda).zip(group.parts(mu)).zip(group.parts(nu)) {
        if out.is_zero() {
            break;
        }
        let smaller = match factor.letter() {
            Letter::A => reduced(a, b, c),
            _ => Reduced::Same,
        };
        out *= match smaller {
            Reduced::Known(count) => BigInt::from(count),
            Reduced::Smaller(simple, [a, b, c]) => super::racah_speiser::multiplicity(simple, &a, &b, &c, limits)?,
            Reduced::Same => super::racah_speiser::multiplicity(factor, a, b, c, limits)?,
        };
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::super::slow;
    use super::*;

    fn irreducible(text: &str, weight: &[i64]) -> Decomposition {
        Decomposition::irreducible(&text.parse().unwrap(), weight).unwrap()
    }

    /// `(number of terms, sum of multiplicities)`.
    fn size(v: &Decomposition) -> (usize, String) {
        (v.terms().len(), v.terms().values().sum::<BigInt>().to_string())
    }

    #[test]
    fn agrees_with_klimyks_formula_for_all_weights() {
        let limits = Limits::none();
        for (text, a, b) in [
            ("A1", vec![5], vec![3]),
            ("A3", vec![2, 0, 1], vec![0, 3, 0]),
            ("A3", vec![0, 0, 0], vec![1, 3, 1]),
            ("B3", vec![1, 1, 0], vec![0, 1, 1]),
            ("C3", vec![0, 0, 2], vec![2, 1, 0]),
            ("C2", vec![4, 0], vec![0, 3]),
            ("D3", vec![1, 2, 0], vec![0, 1, 1]),
            ("D4", vec![0, 2, 0, 0], vec![2, 0, 0, 1]),
            ("G2", vec![2, 1], vec![0, 2]),
            ("F4", vec![0, 0, 0, 2], vec![1, 0, 0, 1]),
            ("D6", vec![0, 0, 2, 0, 0, 0], vec![0, 0, 0, 1, 0, 0]),
            ("A2+B2+T1", vec![1, 1, 0, 2, 3], vec![2, 0, 1, 1, -4]),
            ("A1+A1", vec![2, 0], vec![1, 4]),
            ("T2", vec![1, -1], vec![2, 5]),
        ] {
            let (v, w) = (irreducible(text, &a), irreducible(text, &b));
            let expected = slow::tensor(&v, &w, &limits).unwrap();
            let found = tensor(&v, &w, &limits).unwrap();
            assert_eq!(found, expected, "{text} {a:?} {b:?}");
            assert_eq!(tensor(&w, &v, &limits).unwrap(), expected, "{text} {b:?} {a:?}");
            for (c, m) in expected.terms() {
                assert_eq!(multiplicity(v.group(), &a, &b, c, &limits).unwrap(), *m, "{text} {a:?} {b:?} {c:?}");
            }
        }
    }

    #[test]
    fn products_of_the_tables() {
        // LiE: length(tensor(…)) and the sum of its coefficients.
        let limits = Limits::none();
        for (text, weight, terms, sum) in
            [("A6", vec![1; 6], 1111, "67728"), ("E8", vec![1, 0, 0, 0, 0, 0, 0, 0], 10, "10")]
        {
            let v = irreducible(text, &weight);
            let found = tensor(&v, &v, &limits).unwrap();
            assert_eq!(size(&found), (terms, sum.to_string()), "{text}");
        }
        // LiE: tensor([1,0,1,0],[0,0,1,1],F4), its largest coefficients.
        let product = tensor(&irreducible("F4", &[1, 0, 1, 0]), &irreducible("F4", &[0, 0, 1, 1]), &limits).unwrap();
        assert_eq!(product.terms().len(), 42);
        assert_eq!(product.multiplicity(&[1, 0, 1, 1]), BigInt::from(12));
        assert_eq!(product.multiplicity(&[0, 0, 2, 0]), BigInt::from(7));
        // The Clebsch–Gordan series of A1.
        let product = tensor(&irreducible("A1", &[1000]), &irreducible("A1", &[700]), &limits).unwrap();
        let expected: Vec<Weight> = (300..=1700).step_by(2).map(|x| vec![x]).collect();
        assert_eq!(product.terms().keys().cloned().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn one_multiplicity_of_a_large_product() {
        let limits = Limits::none();
        // The multiplicity of the adjoint representation in V ⊗ V* is the number of non-zero labels (Kostant).
        for (text, weight, adjoint) in [
            ("E8", vec![0, 0, 0, 1, 0, 0, 0, 0], vec![0, 0, 0, 0, 0, 0, 0, 1]),
            ("E8", vec![1; 8], vec![0, 0, 0, 0, 0, 0, 0, 1]),
            ("A5", vec![9, 0, 3, 7, 0], vec![1, 0, 0, 0, 1]),
            ("E6", vec![20, 0, 3, 0, 1, 2], vec![0, 1, 0, 0, 0, 0]),
        ] {
            let group: ReductiveType = text.parse().unwrap();
            let dual = super::super::dual_weight(&group, &weight);
            let found = multiplicity(&group, &weight, &dual, &adjoint, &limits).unwrap();
            assert_eq!(found, BigInt::from(weight.iter().filter(|&&x| x != 0).count()), "{text} {weight:?}");
        }
    }

    #[test]
    fn associative_commutative_and_compatible_with_duals() {
        let limits = Limits::none();
        for (text, a, b, c) in [
            ("A4", vec![1, 0, 1, 0], vec![0, 1, 0, 1], vec![2, 0, 0, 0]),
            ("E6", vec![1, 0, 0, 0, 0, 0], vec![0, 1, 0, 0, 0, 0], vec![0, 0, 0, 0, 0, 1]),
            ("D5+T1", vec![0, 0, 0, 0, 1, 3], vec![1, 0, 0, 1, 0, -1], vec![0, 1, 0, 0, 0, 2]),
        ] {
            let (x, y, z) = (irreducible(text, &a), irreducible(text, &b), irreducible(text, &c));
            let xy = tensor(&x, &y, &limits).unwrap();
            let left = tensor(&xy, &z, &limits).unwrap();
            assert_eq!(left, tensor(&x, &tensor(&y, &z, &limits).unwrap(), &limits).unwrap(), "{text}");
            assert_eq!(xy.dual(), tensor(&y.dual(), &x.dual(), &limits).unwrap(), "{text}");
            // Virtual ones too.
            let minus = y.plus(&BigInt::from(-1), &z).unwrap();
            let right = xy.plus(&BigInt::from(-1), &tensor(&x, &z, &limits).unwrap()).unwrap();
            assert_eq!(tensor(&x, &minus, &limits).unwrap(), right, "{text}");
        }
    }

    #[test]
    fn hostile_products_are_refused() {
        let big = irreducible("E8", &[30; 8]);
        assert!(tensor(&big, &big, &Limits::none()).is_err());
        let flag = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
        let stopped = Limits::none().with_stop_flag(flag);
        let v = irreducible("A6", &[1; 6]);
        assert!(tensor(&v, &v, &stopped).is_err());
    }
}
