//! Whether given images of discrete generators respect the relations of a group.

use std::collections::HashMap;

use super::homomorphism::Homomorphism;
use super::{Base, Element, RepError};
use crate::exact::{SparseMatrix, SparseVector};
use crate::limits::Limits;
use crate::num::try_power;

/// Groups of matrices with more elements are not listed.
const MAX_ELEMENTS: usize = 20_000;
/// Higher orders of matrices are not looked for.
const MAX_ORDER: usize = 240;

fn broken(text: String) -> RepError {
    RepError::NotAHomomorphism(text)
}

/// An error when some relation among the discrete generators does not hold for their images.
///
/// Of groups of permutations all relations are proved to hold, along the chain of stabilizers; of other finite groups up to
/// 20 000 elements by listing them. Of others (there is an algebra, or no end of elements) the orders of the generators and
/// of their products are compared. Factors of a product are taken one by one, and their images must commute.
pub(super) fn check_relations(base: &Base, images: &[Element], limits: &Limits) -> Result<(), RepError> {
    if !base.factors().is_empty() {
        let mut parts: Vec<&[Element]> = Vec::new();
        let mut rest = images;
        for factor in base.factors() {
            let (own, others) = rest.split_at(factor.discrete_count().min(rest.len()));
            check_relations(factor, own, limits)?;
            parts.push(own);
            rest = others;
        }
        return check_commuting(&parts, limits);
    }
    check_orders(base.discrete(), images, limits)?;
    match base.permutations() {
        Some(group) => match Homomorphism::new(group, images, limits)? {
            Some(_) => Ok(()),
            None => Err(broken("they do not satisfy all relations of the generators".to_string())),
        },
        None if base.algebra().dim() == 0 => check_list(base.discrete(), images, limits),
        None => Ok(()),
    }
}

/// Elements of different factors commute.
fn check_commuting(parts: &[&[Element]], limits: &Limits) -> Result<(), RepError> {
    for (i, first) in parts.iter().enumerate() {
        for second in &parts[i + 1..] {
            for (a, b) in first.iter().flat_map(|a| second.iter().map(move |b| (a.stored(), b.stored()))) {
                limits.check()?;
                if a.mul(&b) != b.mul(&a) {
                    return Err(broken("those of different factors do not commute".to_string()));
                }
            }
        }
    }
    Ok(())
}

/// The orders of the generators and of the products of two of them, which are the relations of Coxeter groups.
fn check_orders(generators: &[Element], images: &[Element], limits: &Limits) -> Result<(), RepError> {
    let mut words: Vec<Vec<usize>> = (0..generators.len()).map(|i| vec![i]).collect();
    words.extend((0..generators.len()).flat_map(|i| (0..i).map(move |j| vec![j, i])));
    for word in words {
        limits.check()?;
        let product = |all: &[Element]| {
            word.iter().filter_map(|k| all.get(*k)).fold(None, |so_far: Option<SparseMatrix>, e| {
                Some(so_far.map_or_else(|| e.stored().into_owned(), |m| m.mul(&e.stored())))
            })
        };
        let (Some(g), Some(image)) = (product(generators), product(images)) else { continue };
        let Some(order) = order(&g, limits)? else { continue };
        if !is_identity(&power(&image, order, limits)?) {
            let name = match word[..] {
                [k] => format!("generator {}", k + 1),
                _ => format!("the product of the generators {} and {}", word[0] + 1, word[1] + 1),
            };
            return Err(broken(format!(
                "{name} has order {order}, its image raised to that power is not the identity"
            )));
        }
    }
    Ok(())
}

fn is_identity(m: &SparseMatrix) -> bool {
    *m == SparseMatrix::identity(m.rows())
}

/// The order of a matrix, where it is small.
fn order(m: &SparseMatrix, limits: &Limits) -> Result<Option<usize>, RepError> {
    let mut power = m.clone();
    for k in 1..=MAX_ORDER {
        limits.check()?;
        if is_identity(&power) {
            return Ok(Some(k));
        }
        power = power.mul(m);
    }
    Ok(None)
}

fn power(m: &SparseMatrix, exponent: usize, limits: &Limits) -> Result<SparseMatrix, RepError> {
    try_power(SparseMatrix::identity(m.rows()), m, exponent as u64, |a, b| {
        limits.check()?;
        Ok(a.mul(b))
    })
}

/// Lists the elements with their images: `ρ(g) ρ(s) = ρ(g s)` for every element and every generator.
fn check_list(generators: &[Element], images: &[Element], limits: &Limits) -> Result<(), RepError> {
    let pairs: Vec<(SparseMatrix, SparseMatrix)> =
        generators.iter().zip(images).map(|(g, m)| (g.stored().into_owned(), m.stored().into_owned())).collect();
    let Some((first, image)) = pairs.first() else { return Ok(()) };
    let start = (SparseMatrix::identity(first.rows()), SparseMatrix::identity(image.rows()));
    // Only looked up: its order reaches nobody.
    let mut known: HashMap<SparseVector, usize> = HashMap::from([(start.0.flatten(), 0)]);
    let mut all = vec![start];
    let mut at = 0;
    while at < all.len() {
        for (g, m) in &pairs {
            limits.check()?;
            let (element, image) = (all[at].0.mul(g), all[at].1.mul(m));
            match known.get(&element.flatten()) {
                Some(&place) if all[place].1 != image => {
                    return Err(broken("they do not satisfy all relations of the generators".to_string()));
                }
                Some(_) => {}
                None if all.len() == MAX_ELEMENTS => return Ok(()),
                None => {
                    limits.reserve(2 * (element.nonzeros() + image.nonzeros()) as u128 * 40)?;
                    known.insert(element.flatten(), all.len());
                    all.push((element, image));
                }
            }
        }
        at += 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finite::{Permutation, PermutationGroup};
    use crate::num::Rational;

    fn limits() -> Limits {
        Limits::none()
    }

    /// Signs, and products of the group's own matrices with signs: along stabilizers and by listing all elements.
    #[test]
    fn two_ways_agree() {
        let groups: &[(usize, &[&str])] = &[
            (3, &["(0 1)", "(0 1 2)"]),
            (4, &["(0 1)", "(0 1 2 3)"]),
            (4, &["(0 1 2 3)", "(0 2)"]),
            (4, &["(0 1 2)", "(1 2 3)"]),
            (5, &["(0 1 2 3 4)", "(1 2 4 3)"]),
            (6, &["(0 1 2)(3 4 5)", "(0 3)(1 5)(2 4)", "(0 1)"]),
            (5, &["(0 1)", "(2 3 4)", "()"]),
        ];
        let mut seen = [0, 0];
        for (degree, cycles) in groups {
            let generators: Vec<Permutation> =
                cycles.iter().map(|c| Permutation::from_cycles(*degree, c).unwrap()).collect();
            let group = PermutationGroup::new("G", *degree, generators.clone()).unwrap();
            let own: Vec<Element> = generators.into_iter().map(Element::permutation).collect();
            for signs in 0..1 << own.len() {
                let sign = |k: usize| Rational::from(if signs >> k & 1 == 1 { -1 } else { 1 });
                for whole in [false, true] {
                    let image = |(k, e): (usize, &Element)| {
                        let m = match whole {
                            true => e.stored().scale(&sign(k)),
                            false => SparseMatrix::from_triples(1, 1, [(0, 0, sign(k))]),
                        };
                        Element::matrix(m, k, &limits()).unwrap()
                    };
                    let images: Vec<Element> = own.iter().enumerate().map(image).collect();
                    let found = Homomorphism::new(&group, &images, &limits()).unwrap();
                    let listed = check_list(&own, &images, &limits()).is_ok();
                    assert_eq!(found.is_some(), listed, "{cycles:?} {signs:b} {whole}");
                    seen[usize::from(listed)] += 1;
                    // Images of random elements are those of the list: here the sign of the word times the permutation.
                    let Some(found) = found else { continue };
                    for (e, image) in own.iter().zip(&images) {
                        let p = e.as_permutation().unwrap();
                        assert_eq!(found.image(p, &limits()).unwrap().as_ref(), Some(image));
                        let square = p.then(p).unwrap();
                        let expected = image.stored().mul(&image.stored());
                        assert_eq!(*found.image(&square, &limits()).unwrap().unwrap().stored(), expected);
                    }
                }
            }
        }
        assert!(seen[0] > 5 && seen[1] > 5);
    }

    #[test]
    fn an_element_outside_has_no_image() {
        let group = PermutationGroup::new("A", 4, vec![Permutation::from_cycles(4, "(0 1 2)").unwrap()]).unwrap();
        let images = [Element::permutation(group.generators()[0].clone())];
        let found = Homomorphism::new(&group, &images, &limits()).unwrap().unwrap();
        assert_eq!(found.image(&Permutation::from_cycles(4, "(0 1)").unwrap(), &limits()), Ok(None));
        assert_eq!(found.image(&Permutation::from_cycles(4, "(0 3)").unwrap(), &limits()), Ok(None));
    }
}
