//! Semidirect products with a given action.

use super::orbits::check_often;
use super::{ElementTable, FiniteError, Permutation, PermutationGroup};
use crate::limits::{Limits, Stop};
use num_bigint::BigUint;

/// Most elements of the normal subgroup.
const MOST_ELEMENTS: usize = 1 << 20;

/// N ⋊ H, where generator number k of H sends generator number i of N to `images[k][i]`: on the elements of N, which H permutes
/// and N multiplies, followed by the points of H. That the images define automorphisms, and these an action of H, is proved.
///
/// A map of the generators of N extends to an endomorphism when the products it prescribes along words agree for all elements
/// and generators; permutations of N that extend to H's generators belong to an action when the group that both generate
/// together is no larger than H. O(|N| k l) products.
pub fn semidirect_product(
    normal: &PermutationGroup,
    top: &PermutationGroup,
    images: &[Vec<Permutation>],
    limits: &Limits,
) -> Result<PermutationGroup, FiniteError> {
    let wrong = FiniteError::Argument;
    if images.len() != top.generators().len() {
        let (given, wanted) = (images.len(), top.generators().len());
        return Err(wrong(format!("{given} lists of images for {wanted} generators of {}", top.name())));
    }
    let table = ElementTable::new(normal, "a semidirect product", limits)?;
    let count = table.order();
    if count > MOST_ELEMENTS {
        let order = normal.order(limits)?;
        return Err(FiniteError::TooLarge { what: "a semidirect product", order, cap: MOST_ELEMENTS as u64 });
    }
    let degree = count + top.degree();
    limits.reserve(16 * degree as u128 * (normal.generators().len() + 2 * images.len() + 1) as u128)?;
    let number =
        |p: &Permutation| table.number(p).ok_or_else(|| wrong(format!("{p} is no element of {}", normal.name())));
    let generators = normal.generators().iter().map(number).collect::<Result<Vec<usize>, _>>()?;
    let mut acting = Vec::new();
    for (k, (list, h)) in images.iter().zip(top.generators()).enumerate() {
        if list.len() != generators.len() {
            let (given, wanted) = (list.len(), generators.len());
            return Err(wrong(format!(
                "list {} has {given} images for {wanted} generators of {}",
                k + 1,
                normal.name()
            )));
        }
        let targets = list.iter().map(number).collect::<Result<Vec<usize>, _>>()?;
        let automorphism = extend(&table, &generators, &targets, limits)?
            .ok_or_else(|| wrong(format!("list {} defines no automorphism of {}", k + 1, normal.name())))?;
        let moved = automorphism.into_iter().chain(h.images().iter().map(|&x| count as u32 + x));
        acting.push(Permutation::of(moved.collect()));
    }
    // The action of H on N and on its points is faithful, so this group is an image of no less than H, of H alone if it acts.
    let joint = PermutationGroup::of("H", degree, acting.clone());
    let order = top.order(limits)?;
    if joint.order(limits)? != order {
        return Err(wrong(format!("the automorphisms do not satisfy the relations of {}", top.name())));
    }
    let mut all = Vec::new();
    for &g in &generators {
        let times: Vec<u32> =
            (0..count).map(|x| table.multiply(x, g) as u32).chain(count as u32..degree as u32).collect();
        all.push(Permutation::of(times));
    }
    all.extend(acting);
    let name = format!("{} : {}", normal.name(), top.name());
    Ok(PermutationGroup::of(name, degree, all).of_order(BigUint::from(count) * order))
}

/// The automorphism that sends generators to targets, by the numbers of elements; `None` when there is none.
fn extend(
    table: &ElementTable,
    generators: &[usize],
    targets: &[usize],
    limits: &Limits,
) -> Result<Option<Vec<u32>>, Stop> {
    const UNKNOWN: u32 = u32::MAX;
    let mut images = vec![UNKNOWN; table.order()];
    images[0] = 0;
    let mut queue = vec![0usize];
    let mut next = 0;
    while next < queue.len() {
        check_often(next + 1, limits)?;
        let x = queue[next];
        for (&g, &target) in generators.iter().zip(targets) {
            let product = table.multiply(x, g);
            let image = table.multiply(images[x] as usize, target) as u32;
            if images[product] == UNKNOWN {
                images[product] = image;
                queue.push(product);
            } else if images[product] != image {
                return Ok(None);
            }
        }
        next += 1;
    }
    Ok(Permutation::from_images(images.clone()).map(|_| images))
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    /// 7:3, 3:4 (dicyclic), 5:4 (Frobenius) and Q8:3 = SL(2,3) by their names, A4 with the trivial action.
    #[test]
    fn known_products() {
        let none = Limits::none();
        let name = |g: &PermutationGroup| g.structure(&none).unwrap().unwrap();
        let c = |n: usize| cyclic(n).unwrap();
        let power = |n: usize, k: i64| vec![vec![c(n).generators()[0].pow(k)]];
        assert_eq!(name(&semidirect_product(&c(7), &c(3), &power(7, 2), &none).unwrap()), "C7:C3");
        assert_eq!(name(&semidirect_product(&c(3), &c(4), &power(3, 2), &none).unwrap()), "Dic3");
        assert_eq!(name(&semidirect_product(&c(5), &c(4), &power(5, 2), &none).unwrap()), "C5:C4");
        let q8 = quaternion().unwrap();
        let (i, j) = (q8.generators()[0].clone(), q8.generators()[1].clone());
        let turn = vec![vec![j.clone(), i.times(&j)]];
        assert_eq!(name(&semidirect_product(&q8, &c(3), &turn, &none).unwrap()), "SL(2,3)");
        let still = vec![alternating(4).unwrap().generators().to_vec()];
        assert_eq!(name(&semidirect_product(&alternating(4).unwrap(), &c(2), &still, &none).unwrap()), "C2xA4");
    }

    #[test]
    fn what_is_no_action() {
        let none = Limits::none();
        let c = |n: usize| cyclic(n).unwrap();
        let power = |n: usize, k: i64| vec![vec![c(n).generators()[0].pow(k)]];
        // x ↦ x³ has order 6 on C7, x ↦ x² is no automorphism of C4.
        assert!(matches!(semidirect_product(&c(7), &c(3), &power(7, 3), &none), Err(FiniteError::Argument(_))));
        assert!(matches!(semidirect_product(&c(4), &c(2), &power(4, 2), &none), Err(FiniteError::Argument(_))));
        assert!(matches!(semidirect_product(&c(4), &c(2), &[], &none), Err(FiniteError::Argument(_))));
    }
}
