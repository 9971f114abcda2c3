//! The invariant scalar product on weights, long roots having squared length 2, and what is read off from it: the
//! quadratic Casimir and the Dynkin index.

use num_bigint::BigInt;

use super::{Decomposition, ReductiveType, WeightError, dimension};
use crate::limits::Limits;
use crate::num::Rational;
use crate::roots::SimpleType;

/// The coordinates of a weight in simple roots, `λ = Σ c_i α_i`. The Dynkin diagram is a tree, so the system with the
/// Cartan matrix is solved from its leaves inwards, with as many steps as there are nodes.
pub fn simple_root_coordinates(simple: SimpleType, weight: &[i64]) -> Vec<Rational> {
    let n = simple.rank();
    let cartan = simple.cartan_matrix();
    let (order, parent) = walk(simple);
    // Below node j: c_j = known[j] + factor[j] · c_parent.
    let mut known: Vec<Rational> = weight.iter().map(|&x| Rational::from(x)).collect();
    let mut diagonal: Vec<Rational> = vec![Rational::from(2); n];
    let mut factor = vec![Rational::ZERO; n];
    for &j in order.iter().rev() {
        let inverse = diagonal[j].recip().unwrap_or_default();
        known[j] = &known[j] * &inverse;
        if let Some(p) = parent[j] {
            factor[j] = &inverse * &Rational::from(-cartan[p][j]);
            let above = Rational::from(cartan[j][p]);
            known[p] = &known[p] - &(&above * &known[j]);
            diagonal[p] = &diagonal[p] + &(&above * &factor[j]);
        }
    }
    for &j in &order {
        if let Some(p) = parent[j] {
            known[j] = &known[j] + &(&factor[j] * &known[p]);
        }
    }
    known
}

/// The nodes of the diagram from the first one outwards, and from where each was reached.
fn walk(simple: SimpleType) -> (Vec<usize>, Vec<Option<usize>>) {
    let n = simple.rank();
    let mut neighbours = vec![Vec::new(); n];
    for (i, j) in simple.bonds() {
        neighbours[i].push(j);
        neighbours[j].push(i);
    }
    let mut parent = vec![None; n];
    let mut order = vec![0];
    let mut at = 0;
    while at < order.len() {
        let here = order[at];
        for &next in &neighbours[here] {
            if Some(next) != parent[here] {
                parent[next] = Some(here);
                order.push(next);
            }
        }
        at += 1;
    }
    (order, parent)
}

/// Half the squared length of a simple root: 1 when it is long, else 1/2 or 1/3.
pub(super) fn half_length(simple: SimpleType, node: usize) -> Rational {
    let lacing = if simple.is_long(node) { 1 } else { simple.lacing() };
    Rational::new(1, lacing).unwrap_or_default()
}

/// `(λ, μ)` for weights of a simple algebra.
pub fn scalar_product(simple: SimpleType, a: &[i64], b: &[i64]) -> Rational {
    // (α_i, ω_j) = δ_ij (α_i, α_i)/2.
    let coordinates = simple_root_coordinates(simple, a);
    let terms = coordinates.iter().zip(b).enumerate();
    terms.map(|(i, (c, &x))| &(c * &half_length(simple, i)) * &Rational::from(x)).sum()
}

/// The eigenvalue `(λ, λ + 2ρ)` of the quadratic Casimir element on `V(λ)` of a simple algebra (Humphreys, section 22.3);
/// `2 h^∨` on the adjoint representation.
pub fn simple_casimir(simple: SimpleType, weight: &[i64]) -> Rational {
    let shifted: Vec<i64> = weight.iter().map(|x| x + 2).collect();
    scalar_product(simple, weight, &shifted)
}

/// The quadratic Casimir of the semisimple part: the sum over the simple factors. Charges do not enter.
pub fn casimir(group: &ReductiveType, weight: &[i64]) -> Result<Rational, WeightError> {
    group.check_highest(weight)?;
    Ok(group.parts(weight).map(|(simple, part)| simple_casimir(simple, part)).sum())
}

/// The Dynkin index for each simple factor: `dim R · C / dim g`, so that `tr_R(x y) = index · (x, y)`; it is additive.
/// The defining representation of SU(n) has index 1, the adjoint one `2 h^∨` (Dynkin 1952; McKay–Patera 1981).
pub fn dynkin_index(representation: &Decomposition, limits: &Limits) -> Result<Vec<Rational>, WeightError> {
    let group = representation.group();
    let mut out = vec![Rational::ZERO; group.factors().len()];
    for (weight, times) in representation.terms() {
        limits.check()?;
        let copies = Rational::from(times * BigInt::from(dimension(group, weight, limits)?));
        for (sum, (simple, part)) in out.iter_mut().zip(group.parts(weight)) {
            let dim = Rational::new(1, simple.dim() as i64).unwrap_or_default();
            *sum = &*sum + &(&(&simple_casimir(simple, part) * &dim) * &copies);
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roots::{Letter, RootSystem};

    fn types() -> Vec<SimpleType> {
        let ranks = [(Letter::A, 1..8), (Letter::B, 2..6), (Letter::C, 2..6), (Letter::D, 3..8), (Letter::E, 6..9)];
        let mut all: Vec<SimpleType> =
            ranks.into_iter().flat_map(|(l, r)| r.map(move |n| SimpleType::as_written(l, n).unwrap())).collect();
        all.extend([SimpleType::new(Letter::F, 4).unwrap(), SimpleType::new(Letter::G, 2).unwrap()]);
        all
    }

    #[test]
    fn the_product_of_roots_is_that_of_the_root_system() {
        for simple in types() {
            let system = RootSystem::new(simple, &Limits::none()).unwrap();
            let labels = |root: &[i64]| -> Vec<i64> { (0..root.len()).map(|i| system.pairing(root, i)).collect() };
            for root in system.positive() {
                let found = simple_root_coordinates(simple, &labels(root));
                assert_eq!(found, root.iter().map(|&c| Rational::from(c)).collect::<Vec<_>>(), "{simple:?}");
                let highest = system.highest();
                assert_eq!(scalar_product(simple, &labels(root), &labels(highest)), system.product(root, highest));
            }
            // The adjoint representation: C = 2 h^∨ and, because of dim R = dim g, the same index.
            let adjoint = labels(system.highest());
            let expected = Rational::from(2 * simple.dual_coxeter_number() as i64);
            assert_eq!(simple_casimir(simple, &adjoint), expected, "{simple:?}");
        }
    }

    #[test]
    fn indices_of_the_tables() {
        // McKay and Patera, Tables of dimensions, indices and branching rules (1981); Slansky, tables 23–50: there index 1
        // stands for the defining representation of SU(n), 2 for the vector of SO(n), n > 4.
        for (text, weight, expected) in [
            ("A1", vec![1], "1"),
            ("A1", vec![2], "4"),
            ("A2", vec![2, 1], "20"),
            ("A4", vec![0, 1, 0, 0], "3"),
            ("B3", vec![0, 0, 1], "2"),
            ("C3", vec![1, 0, 0], "1"),
            ("D5", vec![1, 0, 0, 0, 0], "2"),
            ("D5", vec![0, 0, 0, 0, 1], "4"),
            ("D5", vec![0, 0, 0, 2, 0], "70"),
            ("E6", vec![1, 0, 0, 0, 0, 0], "6"),
            ("E7", vec![0, 0, 0, 0, 0, 0, 1], "12"),
            ("E8", vec![0, 0, 0, 0, 0, 0, 0, 1], "60"),
            ("F4", vec![0, 0, 0, 1], "6"),
            ("G2", vec![1, 0], "2"),
            ("G2", vec![0, 1], "8"),
        ] {
            let group: ReductiveType = text.parse().unwrap();
            let irreducible = Decomposition::irreducible(&group, &weight).unwrap();
            let found = dynkin_index(&irreducible, &Limits::none()).unwrap();
            assert_eq!(found[0].to_string(), expected, "{text} {weight:?}");
        }
        // (3,2)(1): index 2 for SU(3), 3 for SU(2).
        let group: ReductiveType = "SU(3)xSU(2)xU(1)".parse().unwrap();
        let quark = Decomposition::irreducible(&group, &[1, 0, 1, 1]).unwrap();
        let found = dynkin_index(&quark, &Limits::none()).unwrap();
        assert_eq!(found, [Rational::from(2), Rational::from(3)]);
        assert_eq!(casimir(&group, &[1, 0, 1, 1]).unwrap().to_string(), "25/6");
    }
}
