//! Direct and wreath products.

use super::named::map;
use super::{FiniteError, PermutationGroup};
use crate::limits::Limits;

fn reserved(points: Option<usize>, limits: &Limits) -> Result<usize, FiniteError> {
    let points = points.filter(|n| *n < u32::MAX as usize);
    let degree = points.ok_or_else(|| FiniteError::Argument("the product acts on too many points".into()))?;
    limits.reserve(16 * degree as u128)?;
    Ok(degree)
}

/// Says that |G|^n |H| is the order of a product, when those of G and H are known by construction.
fn with_order(
    product: PermutationGroup,
    g: &PermutationGroup,
    n: usize,
    h: &PermutationGroup,
    limits: &Limits,
) -> Result<PermutationGroup, FiniteError> {
    let (Some(inner), Some(outer)) = (g.named_order(limits)?, h.named_order(limits)?) else { return Ok(product) };
    let Ok(exponent) = u32::try_from(n) else { return Ok(product) };
    limits.reserve(u128::from(inner.bits()) * n as u128 / 8)?;
    Ok(product.of_order(inner.pow(exponent) * outer))
}

/// G × H on the disjoint union of their points: those of G come first.
pub fn direct_product(
    g: &PermutationGroup,
    h: &PermutationGroup,
    limits: &Limits,
) -> Result<PermutationGroup, FiniteError> {
    let first = g.degree();
    let degree = reserved(first.checked_add(h.degree()), limits)?;
    let left = g.generators().iter().map(|p| map(degree, |x| p.images().get(x).map_or(x, |&y| y as usize)));
    let right = h
        .generators()
        .iter()
        .map(|p| map(degree, |x| if x < first { x } else { first + p.images()[x - first] as usize }));
    let generators = left.chain(right).collect();
    let product = PermutationGroup::of(format!("{} x {}", g.name(), h.name()), degree, generators);
    with_order(product, g, 1, h, limits)
}

/// G × H on pairs of points: (x, y) is point `x · deg H + y`.
pub fn product_action(
    g: &PermutationGroup,
    h: &PermutationGroup,
    limits: &Limits,
) -> Result<PermutationGroup, FiniteError> {
    let m = h.degree();
    let degree = reserved(g.degree().checked_mul(m), limits)?;
    let left = g.generators().iter().map(|p| map(degree, |x| p.images()[x / m] as usize * m + x % m));
    let right = h.generators().iter().map(|p| map(degree, |x| x / m * m + p.images()[x % m] as usize));
    let generators = left.chain(right).collect();
    Ok(PermutationGroup::of(format!("{} x {} on pairs", g.name(), h.name()), degree, generators))
}

/// G ≀ H, imprimitive: H permutes copies of the points of G; point x of copy k is `k · deg G + x`.
pub fn wreath_product(
    g: &PermutationGroup,
    h: &PermutationGroup,
    limits: &Limits,
) -> Result<PermutationGroup, FiniteError> {
    let n = g.degree();
    let degree = reserved(n.checked_mul(h.degree()), limits)?;
    let mut generators = Vec::new();
    for copy in h.orbit_representatives() {
        for p in g.generators() {
            generators.push(map(degree, |x| if x / n == copy { copy * n + p.images()[x % n] as usize } else { x }));
        }
    }
    for p in h.generators() {
        generators.push(map(degree, |x| p.images()[x / n] as usize * n + x % n));
    }
    let product = PermutationGroup::of(format!("{} wr {}", g.name(), h.name()), degree, generators);
    // Without points of G nothing is left of H.
    if n == 0 { Ok(product) } else { with_order(product, g, h.degree(), h, limits) }
}

/// G ≀ H in product action on tuples of points of G, one for each point of H: (x₀, x₁, …) is point Σ x_k (deg G)^k.
pub fn wreath_product_action(
    g: &PermutationGroup,
    h: &PermutationGroup,
    limits: &Limits,
) -> Result<PermutationGroup, FiniteError> {
    let n = g.degree();
    let places = u32::try_from(h.degree()).unwrap_or(u32::MAX);
    let degree = reserved(n.checked_pow(places), limits)?;
    let place = |k: usize| n.pow(k as u32);
    let mut generators = Vec::new();
    for k in h.orbit_representatives() {
        for p in g.generators() {
            generators.push(map(degree, |x| {
                let digit = x / place(k) % n;
                x - digit * place(k) + p.images()[digit] as usize * place(k)
            }));
        }
    }
    for p in h.generators() {
        let moved = |x: usize| (0..h.degree()).map(|k| x / place(k) % n * place(p.images()[k] as usize)).sum();
        generators.push(map(degree, moved));
    }
    Ok(PermutationGroup::of(format!("{} wr {} on tuples", g.name(), h.name()), degree, generators))
}

#[cfg(test)]
mod tests {
    use super::super::{cyclic, symmetric};
    use super::*;

    /// The orders known by construction are those of chains that are not told them.
    #[test]
    fn orders_known_by_construction() {
        let none = Limits::none();
        let factors: Vec<PermutationGroup> =
            [symmetric(1), cyclic(2), symmetric(3), cyclic(4)].into_iter().map(Result::unwrap).collect();
        for g in &factors {
            for h in &factors {
                for product in [direct_product(g, h, &none).unwrap(), wreath_product(g, h, &none).unwrap()] {
                    let plain = PermutationGroup::new("P", product.degree(), product.generators().to_vec()).unwrap();
                    assert_eq!(product.order(&none).unwrap(), plain.order(&none).unwrap(), "{}", product.name());
                }
            }
        }
    }
}
