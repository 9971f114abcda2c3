//! Walled Brauer diagrams: the invariant tensors of GL(n) and SL(n) on mixed tensors.
//!
//! A leg is *up* when it transforms like `V` and *down* when like the dual. The invariants of GL(n) are spanned by bijections
//! of the up legs with the down legs, those of SL(n) by these with determinants of `n` legs of one kind (Weyl, *The Classical
//! Groups*, ch. II). U(n) and SU(n), with complex tensors, have the same invariants; there the conjugate is the dual.

use super::basis::Basis;
use super::brauer::check_legs;
use super::counting::{as_size, bytes_of, disjoint_set_count, general_linear_rank, special_linear_rank};
use super::diagram::{Diagram, Factor, bytes, independent, levi_civita, push_product, strides};
use super::entries::{SparseRows, Values};
use super::matchings::{permutations, subsets};
use super::method::{Completeness, Method};
use super::{EquivariantError, power, tensor_shape};
use crate::limits::Limits;
use crate::num::Prime;

/// Which legs of the flattened matrix are up and which are down. A factor `V` of the source is a down leg of the map.
struct Wall {
    up: Vec<usize>,
    down: Vec<usize>,
    legs: usize,
}

impl Wall {
    fn new(to: &[bool], from: &[bool]) -> Result<Wall, EquivariantError> {
        check_legs(to.len() + from.len())?;
        let is_up = |l: usize| if l < to.len() { !to[l] } else { from[l - to.len()] };
        let (up, down) = (0..to.len() + from.len()).partition(|&l| is_up(l));
        Ok(Wall { up, down, legs: to.len() + from.len() })
    }
}

/// The maps between mixed tensors that commute with GL(n): `from` and `to` list the factors, `true` for the dual of `V`. One
/// basis matrix of zeros and ones for each bijection of up legs with down legs without an increasing sequence of more than
/// `n` pairs. Cost: the entries written.
pub fn general_linear_maps(n: usize, to: &[bool], from: &[bool], limits: &Limits) -> Result<Basis, EquivariantError> {
    let wall = Wall::new(to, from)?;
    let shape = tensor_shape(n, to.len(), from.len())?;
    let mut rows = SparseRows::new(Values::Ones);
    let rank = as_size(&general_linear_rank(n, wall.up.len(), wall.down.len(), limits)?)?;
    if rank > 0 {
        let entries = power(n, wall.up.len())?;
        limits.reserve(bytes(rank, entries, false))?;
        rows.places.reserve_exact(rank * entries);
        let table = pair_table(n, wall.legs);
        permutations(wall.up.len(), n, limits, &mut |images| {
            let factors: Vec<&Factor> =
                pairs_of(&wall.up, &wall.down, images).map(|(a, b)| &table[a * wall.legs + b]).collect();
            push_product(&factors, &mut rows);
        })?;
    }
    if rows.len() != rank {
        return Err(EquivariantError::Check(format!("{} diagrams where {rank} were counted", rows.len())));
    }
    let proof = "walled Brauer diagrams span the invariants; those without long chains are a basis";
    Ok(Basis::of_rows(shape, Method::WalledBrauer, Completeness::Theorem(proof), rows))
}

/// The pairs that a permutation makes, each with its smaller leg first, by smaller legs.
fn pairs_of<'a>(up: &'a [usize], down: &'a [usize], images: &'a [usize]) -> impl Iterator<Item = (usize, usize)> {
    let mut pairs: Vec<(usize, usize)> =
        up.iter().zip(images).map(|(&a, &i)| (a.min(down[i]), a.max(down[i]))).collect();
    pairs.sort_unstable();
    pairs.into_iter()
}

/// The identity on each pair of legs, at number `a · legs + b`.
fn pair_table(n: usize, legs: usize) -> Vec<Factor> {
    let stride = strides(n, legs);
    (0..legs * legs).map(|k| (0..n as u64).map(|i| (i * (stride[k / legs] + stride[k % legs]), 1)).collect()).collect()
}

/// The same for SL(n): when up and down legs differ in number by a multiple of `n`, the larger kind carries so many
/// determinants. Independent diagrams are found at random points modulo a prime, as many as tableaux count.
pub fn special_linear_maps(n: usize, to: &[bool], from: &[bool], limits: &Limits) -> Result<Basis, EquivariantError> {
    let wall = Wall::new(to, from)?;
    let (more, fewer) = if wall.up.len() >= wall.down.len() { (&wall.up, &wall.down) } else { (&wall.down, &wall.up) };
    let difference = more.len() - fewer.len();
    if difference == 0 || n == 0 || !difference.is_multiple_of(n) {
        return general_linear_maps(n, to, from, limits);
    }
    let count = difference / n;
    let wanted = as_size(&special_linear_rank(n, more.len(), fewer.len(), limits)?)?;
    let factorial = (1..=n).try_fold(1usize, |f, i| f.checked_mul(i));
    let entries = factorial.and_then(|f| f.checked_pow(count as u32)?.checked_mul(power(n, fewer.len()).ok()?));
    let entries = entries.ok_or_else(|| EquivariantError::TooLarge(format!("a determinant in dimension {n}")))?;
    limits.reserve(bytes(wanted, entries, true))?;
    let listed = disjoint_set_count(more.len(), n, count) * super::counting::factorial(fewer.len());
    limits.reserve(bytes_of(&listed, 80 + count * (24 + 8 * n) + 16 * fewer.len()))?;
    let mut list = Vec::new();
    for sets in disjoint_sets(more, n, count, limits)? {
        let rest: Vec<usize> = more.iter().copied().filter(|l| !sets.iter().any(|s| s.contains(l))).collect();
        permutations(rest.len(), rest.len(), limits, &mut |images| {
            list.push(Diagram { pairs: pairs_of(&rest, fewer, images).collect(), determinants: sets.clone() });
        })?;
    }
    let pair = |p: Prime, x: &[u32], y: &[u32]| p.dot(x, y);
    let chosen = independent(n, wall.legs, &pair, &list, wanted, limits)?;
    if chosen.len() != wanted {
        return Err(EquivariantError::Check(format!(
            "{} independent diagrams where {wanted} were counted",
            chosen.len()
        )));
    }
    let (table, stride) = (pair_table(n, wall.legs), strides(n, wall.legs));
    let mut rows = SparseRows::new(Values::Integers(Vec::new()));
    for number in chosen {
        limits.check()?;
        let places = |set: &Vec<usize>| set.iter().map(|&l| stride[l]).collect::<Vec<u64>>();
        let tops: Vec<Factor> =
            list[number].determinants.iter().map(|set| levi_civita(&places(set), |_, i| (i, 1))).collect();
        let mut factors: Vec<&Factor> = tops.iter().collect();
        factors.extend(list[number].pairs.iter().map(|&(a, b)| &table[a * wall.legs + b]));
        push_product(&factors, &mut rows);
    }
    let proof = "as many independent diagrams as pairs of tableaux";
    let shape = tensor_shape(n, to.len(), from.len())?;
    Ok(Basis::of_rows(shape, Method::WalledBrauerDeterminant, Completeness::Count(proof), rows))
}

/// All ways to choose `count` disjoint sets of `size` of the legs, the sets in the order of their first legs.
pub(super) fn disjoint_sets(
    legs: &[usize],
    size: usize,
    count: usize,
    limits: &Limits,
) -> Result<Vec<Vec<Vec<usize>>>, EquivariantError> {
    limits.reserve(bytes_of(&disjoint_set_count(legs.len(), size, count), 24 + count * (24 + 8 * size)))?;
    let mut partial: Vec<Vec<Vec<usize>>> = vec![vec![]];
    for _ in 0..count {
        let mut next = Vec::new();
        for sets in &partial {
            limits.check()?;
            let floor = sets.last().and_then(|s| s.first()).map_or(0, |&first| first + 1);
            let free: Vec<usize> =
                legs.iter().copied().filter(|&l| l >= floor && !sets.iter().any(|s| s.contains(&l))).collect();
            for subset in subsets(free.len(), size) {
                let mut longer = sets.clone();
                longer.push(subset.iter().map(|&i| free[i]).collect());
                next.push(longer);
            }
        }
        partial = next;
    }
    Ok(partial)
}
