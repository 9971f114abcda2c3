//! Tensor products.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::{One, Zero};

use super::checks::Trace;
use super::klimyk::{Spread, klimyk};
use super::{Decomposition, ReductiveType, Weight, WeightError};
use crate::limits::Limits;

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
        stabilisers += parts.map(|((_, part), d)| 1.0 / size(&d.parabolic_order(|i| part[i] == 0))).product::<f64>();
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
                super::dominant::refuse_above(all.len() as u128 * product.terms().len() as u128, "terms")?;
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
/// downwards and left where `λ + ρ + w_0 μ` is no longer below, since all weights of `V(μ)` are above `w_0 μ`.
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
        out *= super::racah_speiser::multiplicity(factor, a, b, c, limits)?;
    }
    Ok(out)
}
