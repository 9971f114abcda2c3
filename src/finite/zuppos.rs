//! Cyclic subgroups of prime-power order ("zuppos", Neubüser): a subgroup is determined by those it contains, and the
//! group permutes them.

use super::{ElementTable, FiniteError, Permutation};
use crate::limits::Limits;

/// Marks elements that generate no such subgroup.
pub(super) const NONE: u32 = u32::MAX;

/// A cyclic subgroup of order p^a.
#[derive(Clone, Debug)]
pub(super) struct Zuppo {
    /// The number of a generator.
    pub generator: usize,
    /// The prime.
    pub prime: usize,
    /// The subgroup of order p^(a-1), unless that is trivial.
    pub below: Option<u32>,
}

/// All cyclic subgroups of prime-power order.
#[derive(Debug)]
pub(super) struct Zuppos {
    pub list: Vec<Zuppo>,
    /// For each element the subgroup that it generates.
    pub of_element: Vec<u32>,
    /// How each generator of the group permutes them.
    pub action: Vec<Vec<u32>>,
}

impl Zuppos {
    pub(super) fn new(
        table: &ElementTable,
        generators: &[Permutation],
        limits: &Limits,
    ) -> Result<Zuppos, FiniteError> {
        let order = table.order();
        limits.reserve(8 * order as u128)?;
        let mut of_element = vec![NONE; order];
        let mut list: Vec<Zuppo> = Vec::new();
        let mut visited = vec![false; order];
        for g in 1..order {
            super::orbits::check_often(g, limits)?;
            if visited[g] {
                continue;
            }
            let mut powers = vec![g]; // g, g², …, without the identity
            let mut power = table.multiply(g, g);
            while power != 0 {
                powers.push(power);
                power = table.multiply(power, g);
            }
            let n = powers.len() + 1;
            let prime = prime_of_power(n);
            let number = list.len() as u32;
            for (i, &x) in powers.iter().enumerate() {
                if num_integer::gcd(i + 1, n) == 1 {
                    visited[x] = true;
                    if prime.is_some() {
                        of_element[x] = number;
                    }
                }
            }
            if let Some(p) = prime {
                list.push(Zuppo { generator: g, prime: p, below: (n > p).then(|| powers[p - 1] as u32) });
            }
        }
        // `below` held elements so far.
        for zuppo in &mut list {
            zuppo.below = zuppo.below.map(|x| of_element[x as usize]);
        }
        let mut action = Vec::new();
        for g in generators {
            let inverse = g.inverse();
            let image = |z: &Zuppo| of_element[table.conjugate(z.generator, g.images(), inverse.images())];
            action.push(list.iter().map(image).collect());
        }
        Ok(Zuppos { list, of_element, action })
    }
}

/// The prime of which n is a power.
pub(super) fn prime_of_power(n: usize) -> Option<usize> {
    let p = (2..=n).find(|d| n.is_multiple_of(*d))?;
    let mut rest = n;
    while rest.is_multiple_of(p) {
        rest /= p;
    }
    (rest == 1).then_some(p)
}

/// The sorted image of a set of zuppos.
pub(super) fn image_of(set: &[u32], action: &[u32]) -> Box<[u32]> {
    let mut image: Box<[u32]> = set.iter().map(|&z| action[z as usize]).collect();
    image.sort_unstable();
    image
}
