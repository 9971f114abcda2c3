//! Subgroups of a group whose elements are listed, as sets of numbers of elements; their linear characters.

use super::orbits::check_often;
use super::{ElementTable, FiniteError};
use crate::limits::{Limits, Stop};

/// The numbers of the elements that some elements generate, ascending: O(m k) products for m elements and k generators.
pub(super) fn closure(table: &ElementTable, generators: &[usize], limits: &Limits) -> Result<Vec<u32>, Stop> {
    let mut inside = vec![false; table.order()];
    inside[0] = true;
    let mut out = vec![0u32];
    let mut next = 0;
    while next < out.len() {
        check_often(next + 1, limits)?;
        for &g in generators {
            let product = table.multiply(out[next] as usize, g);
            if !std::mem::replace(&mut inside[product], true) {
                out.push(product as u32);
            }
        }
        next += 1;
    }
    out.sort_unstable();
    Ok(out)
}

/// The elements of the derived subgroup of the group with these generators, ascending.
pub(super) fn derived(table: &ElementTable, generators: &[usize], limits: &Limits) -> Result<Vec<u32>, Stop> {
    let inverses: Vec<usize> = generators.iter().map(|&g| table.inverse(g)).collect();
    let mut found: Vec<usize> = Vec::new();
    for (i, (&g, &g_inverse)) in generators.iter().zip(&inverses).enumerate() {
        for (&h, &h_inverse) in generators[..i].iter().zip(&inverses) {
            let commutator = table.multiply(table.multiply(g_inverse, h_inverse), table.multiply(g, h));
            if commutator != 0 && !found.contains(&commutator) {
                found.push(commutator);
            }
        }
    }
    // The least subgroup that contains them and that the generators normalise.
    let mut elements = closure(table, &found, limits)?;
    let mut next = 0;
    while next < found.len() {
        for (&g, &g_inverse) in generators.iter().zip(&inverses) {
            let conjugate = table.multiply(table.multiply(g_inverse, found[next]), g);
            if elements.binary_search(&(conjugate as u32)).is_err() {
                found.push(conjugate);
                elements = closure(table, &found, limits)?;
            }
        }
        next += 1;
    }
    Ok(elements)
}

/// The linear characters of a group of listed elements.
#[derive(Debug)]
pub(super) struct LinearCharacters {
    /// For each of the elements, in their order, its coset modulo the derived subgroup.
    pub coset_of: Vec<u32>,
    /// A row for each character: the value on each coset, as the exponent of a root of unity.
    pub rows: Vec<Vec<u32>>,
}

/// The linear characters of the group with these elements, whose derived subgroup is `derived` (both ascending); values are
/// powers of a root of unity of order `exponent`, a multiple of the orders of all elements.
///
/// A character of a subgroup extends to one with a further element g, whose n-th power is the first inside, in n ways: at g it
/// may be any n-th root of the value at that power. The trivial character comes first.
pub(super) fn linear_characters(
    table: &ElementTable,
    elements: &[u32],
    derived: &[u32],
    exponent: usize,
    limits: &Limits,
) -> Result<LinearCharacters, FiniteError> {
    let index = (elements.len() / derived.len().max(1)) as u128;
    limits.reserve(4 * index * index + 12 * table.order() as u128)?;
    const OUTSIDE: u32 = u32::MAX;
    let mut coset_of = vec![OUTSIDE; table.order()];
    derived.iter().for_each(|&x| coset_of[x as usize] = 0);
    let mut representatives = vec![0usize];
    let mut rows: Vec<Vec<u32>> = vec![vec![0]];
    let e = exponent as u64;
    for &g in elements {
        if coset_of[g as usize] != OUTSIDE {
            continue;
        }
        limits.check()?;
        let g = g as usize;
        // g, g², … up to the first power in the subgroup so far.
        let mut powers = vec![g];
        let mut power = table.multiply(g, g);
        while coset_of[power] == OUTSIDE {
            powers.push(power);
            power = table.multiply(power, g);
        }
        let (known, n, inside) = (representatives.len(), powers.len() as u64 + 1, coset_of[power] as usize);
        for &power in &powers {
            for i in 0..known {
                let representative = table.multiply(representatives[i], power);
                let number = representatives.len() as u32;
                for &h in derived {
                    coset_of[table.multiply(h as usize, representative)] = number;
                }
                representatives.push(representative);
            }
        }
        let mut longer = Vec::with_capacity(rows.len() * n as usize);
        for row in &rows {
            for j in 0..n {
                let root = (u64::from(row[inside]) + e * j) / n;
                let mut values = Vec::with_capacity(row.len() * n as usize);
                for i in 0..n {
                    values.extend(row.iter().map(|&value| ((u64::from(value) + i * root) % e) as u32));
                }
                longer.push(values);
            }
        }
        rows = longer;
    }
    let coset_of = elements.iter().map(|&x| coset_of[x as usize]).collect();
    Ok(LinearCharacters { coset_of, rows })
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    fn listed(group: &PermutationGroup) -> (ElementTable, Vec<usize>) {
        let table = ElementTable::new(group, "a test", &Limits::none()).unwrap();
        let generators = group.generators().iter().map(|g| table.number(g).unwrap()).collect();
        (table, generators)
    }

    /// Against the stabiliser chain: the order of what is generated, and of the derived subgroup.
    #[test]
    fn closures_and_derived_subgroups() {
        let none = Limits::none();
        let groups = [
            symmetric(5).unwrap(),
            dihedral(12).unwrap(),
            special_linear(2, 3).unwrap(),
            mathieu_11().unwrap(),
            cyclic(6).unwrap(),
            symmetric(1).unwrap(),
        ];
        for group in groups {
            let (table, generators) = listed(&group);
            assert_eq!(closure(&table, &generators, &none).unwrap().len(), table.order(), "{}", group.name());
            let expected = group.derived_subgroup(&none).unwrap().order(&none).unwrap();
            let found = derived(&table, &generators, &none).unwrap();
            assert_eq!(num_bigint::BigUint::from(found.len()), expected, "{}", group.name());
        }
    }

    /// As many characters as cosets of the derived subgroup, all different, and each a homomorphism on all pairs.
    #[test]
    fn linear_characters_are_homomorphisms() {
        let none = Limits::none();
        let product = direct_product(&cyclic(4).unwrap(), &cyclic(6).unwrap(), &none).unwrap();
        for (group, exponent) in [
            (product, 12),
            (dihedral(8).unwrap(), 8),
            (quaternion().unwrap(), 4),
            (special_linear(2, 3).unwrap(), 12),
            (alternating(4).unwrap(), 6),
            (symmetric(4).unwrap(), 12),
            (cyclic(1).unwrap(), 1),
        ] {
            let (table, generators) = listed(&group);
            let elements: Vec<u32> = (0..table.order() as u32).collect();
            let derived = derived(&table, &generators, &none).unwrap();
            let found = linear_characters(&table, &elements, &derived, exponent, &none).unwrap();
            let mut rows = found.rows.clone();
            rows.sort();
            rows.dedup();
            assert_eq!((rows.len(), rows[0].len()), (table.order() / derived.len(), rows.len()), "{}", group.name());
            assert!(found.rows[0].iter().all(|x| *x == 0));
            for row in &rows {
                let value = |x: usize| row[found.coset_of[x] as usize] as usize;
                for x in 0..table.order() {
                    for y in 0..table.order() {
                        assert_eq!(value(table.multiply(x, y)), (value(x) + value(y)) % exponent);
                    }
                }
            }
        }
    }
}
