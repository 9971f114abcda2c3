//! Cyclic subgroups of prime-power order ("zuppos", Neubüser): a subgroup is determined by those it contains, and the
//! group permutes them.

use super::permutation::is_identity;
use super::{ElementTable, FiniteError, Permutation};
use crate::limits::Limits;
use crate::num::prime_powers;

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
    /// The numbers of the generators of the group that move some of them; the others normalise every subgroup.
    pub generators: Vec<usize>,
    /// How each of these permutes them.
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
                let generators = powers.iter().zip(1..).filter(|(_, i)| num_integer::gcd(*i, n) == 1);
                let first = generators.map(|(&x, _)| x).min_by(|&x, &y| compare(table, x, y)).unwrap_or(g);
                list.push(Zuppo { generator: first, prime: p, below: (n > p).then(|| powers[p - 1] as u32) });
            }
        }
        // Numbered by their first generators, so that nothing depends on how the elements are numbered.
        let mut sorted: Vec<usize> = (0..list.len()).collect();
        sorted.sort_by(|&x, &y| compare(table, list[x].generator, list[y].generator));
        let mut place = vec![0u32; list.len()];
        sorted.iter().enumerate().for_each(|(new, &old)| place[old] = new as u32);
        let mut list: Vec<Zuppo> = sorted.into_iter().map(|old| list[old].clone()).collect();
        of_element.iter_mut().filter(|z| **z != NONE).for_each(|z| *z = place[*z as usize]);
        // `below` held elements so far.
        for zuppo in &mut list {
            zuppo.below = zuppo.below.map(|x| of_element[x as usize]);
        }
        let mut action = Vec::new();
        let mut numbers = Vec::new();
        for g in generators {
            let inverse = g.inverse();
            let image = |z: &Zuppo| of_element[table.conjugate(z.generator, g.images(), inverse.images())];
            let images: Vec<u32> = list.iter().map(image).collect();
            if is_identity(&images) {
                continue;
            }
            action.push(images);
            numbers.push(table.rank(|x| g.images()[x] as usize));
        }
        Ok(Zuppos { list, of_element, generators: numbers, action })
    }
}

/// The order of two elements by their lists of images.
pub(super) fn compare(table: &ElementTable, x: usize, y: usize) -> std::cmp::Ordering {
    (0..table.degree()).map(|p| table.image(x, p)).cmp((0..table.degree()).map(|p| table.image(y, p)))
}

/// The prime of which n is a power.
pub(super) fn prime_of_power(n: usize) -> Option<usize> {
    match prime_powers(n as u64)[..] {
        [(p, _)] => Some(p as usize),
        _ => None,
    }
}

/// The sorted image of a set of zuppos.
pub(super) fn image_of(set: &[u32], action: &[u32]) -> Box<[u32]> {
    let mut image: Box<[u32]> = set.iter().map(|&z| action[z as usize]).collect();
    image.sort_unstable();
    image
}
