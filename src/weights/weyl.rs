//! The Weyl group on weights: reflections to the dominant chamber, duality.

use std::collections::BTreeSet;

use super::{ReductiveType, Weight};
use crate::limits::{Limits, Stop};
use crate::roots::{Letter, SimpleType};

/// The dominant weight in the orbit of a weight, and the parity of the number of reflections on the way (`true` when
/// odd). The weight must have the coordinates of the type.
pub fn to_dominant(group: &ReductiveType, weight: &[i64]) -> (Weight, bool) {
    let mut out = weight.to_vec();
    let mut odd = false;
    let mut start = 0;
    for factor in group.factors() {
        let end = start + factor.rank();
        odd ^= reflect_to_dominant(&factor.cartan_matrix(), &mut out[start..end]);
        start = end;
    }
    (out, odd)
}

/// Reflects in simple roots with a negative label while there is one: `λ ↦ λ − λ_i α_i`, `α_i` being row `i` of the
/// Cartan matrix.
pub(super) fn reflect_to_dominant(cartan: &[Vec<i64>], weight: &mut [i64]) -> bool {
    let mut odd = false;
    while let Some(i) = weight.iter().position(|&x| x < 0) {
        let label = weight[i];
        weight.iter_mut().zip(&cartan[i]).for_each(|(x, a)| *x -= label * a);
        odd = !odd;
    }
    odd
}

/// The highest weight of the dual representation, `−w_0 λ`: a symmetry of the diagram of each factor, charges negated
/// (Bourbaki VI, plates).
pub fn dual_weight(group: &ReductiveType, weight: &[i64]) -> Weight {
    let mut out = Vec::with_capacity(weight.len());
    for (factor, part) in group.parts(weight) {
        out.extend((0..part.len()).map(|i| part[opposite(factor, i)]));
    }
    out.extend(group.charges(weight).iter().map(|q| -q));
    out
}

/// The node to which `−w_0` takes a node (both from 0).
pub(super) fn opposite(simple: SimpleType, node: usize) -> usize {
    let n = simple.rank();
    match simple.letter() {
        Letter::A => n - 1 - node,
        Letter::D if n % 2 == 1 && node + 2 >= n => 2 * n - 3 - node,
        Letter::E if n == 6 => [5, 1, 4, 3, 2, 0][node],
        _ => node,
    }
}

/// The orbit of a dominant weight under the Weyl group, the weight itself first.
pub fn orbit(group: &ReductiveType, dominant: &[i64], limits: &Limits) -> Result<Vec<Weight>, Stop> {
    let mut all: Vec<Weight> = vec![Vec::new()];
    for (factor, part) in group.parts(dominant) {
        let cartan = factor.cartan_matrix();
        let mut seen = BTreeSet::from([part.to_vec()]);
        let mut found = vec![part.to_vec()];
        let mut next = 0;
        while next < found.len() {
            limits.check()?;
            for i in 0..part.len() {
                let label = found[next][i];
                if label > 0 {
                    let image: Weight = found[next].iter().zip(&cartan[i]).map(|(x, a)| x - label * a).collect();
                    if seen.insert(image.clone()) {
                        found.push(image);
                    }
                }
            }
            next += 1;
        }
        all = all.iter().flat_map(|left| found.iter().map(move |right| [&left[..], &right[..]].concat())).collect();
    }
    all.iter_mut().for_each(|w| w.extend_from_slice(group.charges(dominant)));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duals_are_the_dominant_negatives() {
        for text in ["A1", "A4", "B3", "C3", "D4", "D5", "D3", "E6", "E7", "E8", "F4", "G2", "A2+D5+T2"] {
            let t: ReductiveType = text.parse().unwrap();
            let weight: Weight = (0..t.rank() as i64).map(|i| i * i % 7 + 1).collect();
            let mut negative: Weight = weight.iter().map(|x| -x).collect();
            let charges = t.semisimple_rank()..;
            negative[charges.clone()].iter_mut().for_each(|x| *x = -*x);
            let mut expected = to_dominant(&t, &negative).0;
            expected[charges].iter_mut().for_each(|x| *x = -*x);
            assert_eq!(dual_weight(&t, &weight), expected, "{text}");
        }
    }
}
