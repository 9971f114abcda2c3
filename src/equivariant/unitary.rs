//! U(n) and SU(n) on real tensors over `R^(2n)`, real parts first, then imaginary parts.
//!
//! Over the complex numbers every leg is the sum of `V` and its dual, and the walled Brauer diagrams of all choices are the
//! products of the two real forms that make the Hermitian one: the metric and the complex structure `ω(x, y) = ⟨J x, y⟩`.
//! SU(n) has in addition the real and the imaginary parts of products of complex determinants.

use num_bigint::BigUint;

use super::basis::Basis;
use super::brauer::{Form, check_legs, special_orthogonal_maps};
use super::counting::{
    as_size, binomial, bytes_of, disjoint_set_count, double_factorial, real_unitary_rank, special_linear_rank,
};
use super::diagram::{Factor, Samples, bytes, levi_civita, push_product, strides};
use super::entries::{SparseRows, Values};
use super::matchings::{Rule, matchings};
use super::method::{Completeness, Method};
use super::walled::disjoint_sets;
use super::{EquivariantError, power, tensor_shape};
use crate::limits::Limits;
use crate::num::Prime;

/// The maps from `V^into` to `V^out` that commute with U(n), `V = R^(2n)`: independent ones among the matchings whose pairs
/// carry the metric or the complex structure; all of them when there are at most `2n` legs. Cost: the entries written, and
/// otherwise the cube of the rank for the independence.
pub fn real_unitary_maps(n: usize, out: usize, into: usize, limits: &Limits) -> Result<Basis, EquivariantError> {
    // U(1) is SO(2), where as many diagrams are listed as are needed.
    if n == 1 {
        return special_orthogonal_maps(&Form::euclidean(2), out, into, limits);
    }
    maps(n, (out, into), false, limits)
}

/// The same for SU(n), with real and imaginary parts of determinants.
pub fn real_special_unitary_maps(
    n: usize,
    out: usize,
    into: usize,
    limits: &Limits,
) -> Result<Basis, EquivariantError> {
    maps(n, (out, into), true, limits)
}

/// Disjoint sets of legs with a determinant each, whether the imaginary part of their product is meant, and decorated pairs.
struct Diagram {
    sets: Vec<Vec<usize>>,
    imaginary: bool,
    /// (smaller leg, larger leg, whether the complex structure is meant).
    pairs: Vec<(usize, usize, bool)>,
}

fn maps(n: usize, (out, into): (usize, usize), special: bool, limits: &Limits) -> Result<Basis, EquivariantError> {
    let legs = out + into;
    check_legs(legs)?;
    let shape = tensor_shape(2 * n, out, into)?;
    let mut rows = SparseRows::new(Values::Integers(Vec::new()));
    let most = if special && n > 0 { legs / n } else { 0 };
    for determinants in (0..=most).filter(|j| (legs - j * n).is_multiple_of(2)) {
        let wanted = if determinants == 0 {
            real_unitary_rank(n, legs, limits)?
        } else {
            // Walks of either sign of the charge are complex conjugate.
            let up = (legs + determinants * n) / 2;
            BigUint::from(2u32) * binomial(legs, up) * special_linear_rank(n, up, legs - up, limits)?
        };
        let wanted = as_size(&wanted)?;
        let list = diagrams(n, legs, determinants, limits)?;
        let pairs = (legs - determinants * n) / 2;
        let top =
            (1..=n).try_fold(1usize, |f, i| f.checked_mul(2 * i)).and_then(|f| f.checked_pow(determinants as u32));
        let entries = top.and_then(|t| t.checked_mul(power(2 * n, pairs).ok()?));
        let entries = entries.ok_or_else(|| EquivariantError::TooLarge(format!("a determinant in dimension {n}")))?;
        limits.reserve(rows.places.len() as u128 * 12 + bytes(wanted, entries, true))?;
        let chosen: Vec<usize> =
            if list.len() == wanted { (0..wanted).collect() } else { independent(n, legs, &list, wanted, limits)? };
        if chosen.len() != wanted {
            return Err(EquivariantError::Check(format!("{} diagrams where {wanted} were counted", chosen.len())));
        }
        write(n, legs, &list, &chosen, &mut rows, limits)?;
    }
    let proof = "as many independent diagrams as tableaux count, for every choice of the legs that are dual";
    Ok(Basis::of_rows(shape, Method::Hermitian, Completeness::Count(proof), rows))
}

fn diagrams(n: usize, legs: usize, determinants: usize, limits: &Limits) -> Result<Vec<Diagram>, EquivariantError> {
    let pairs = (legs - determinants * n) / 2;
    let parts = 1 + determinants.min(1);
    let decorated = double_factorial(2 * pairs) << pairs;
    let count = disjoint_set_count(legs, n, determinants) * decorated * parts;
    limits.reserve(bytes_of(&count, 80 + determinants * (24 + 8 * n) + 24 * pairs))?;
    let mut list = Vec::new();
    for sets in disjoint_sets(&(0..legs).collect::<Vec<_>>(), n, determinants, limits)? {
        let rest: Vec<usize> = (0..legs).filter(|l| !sets.iter().any(|s| s.contains(l))).collect();
        matchings(&rest, Rule::Chains, legs, limits, &mut |pairs| {
            for decoration in 0..1u64 << pairs.len() {
                let decorated = |(k, &(a, b)): (usize, &(usize, usize))| (a, b, decoration >> k & 1 == 1);
                for imaginary in [false, true].into_iter().take(1 + determinants.min(1)) {
                    let pairs = pairs.iter().enumerate().map(decorated).collect();
                    list.push(Diagram { sets: sets.clone(), imaginary, pairs });
                }
            }
        })?;
    }
    Ok(list)
}

/// Numbers `re + im · i` modulo a prime.
type Pair = (u32, u32);

fn times(p: Prime, a: Pair, b: Pair) -> Pair {
    (p.sub(p.mul(a.0, b.0), p.mul(a.1, b.1)), p.add(p.mul(a.0, b.1), p.mul(a.1, b.0)))
}

/// The complex determinant of `n` real vectors of length `2n`, by its definition.
fn determinant(p: Prime, n: usize, terms: &Factor, vectors: &[&Vec<u32>]) -> Pair {
    let stride = strides(n, n);
    terms.iter().fold((0, 0), |sum, &(place, sign)| {
        let product = vectors.iter().zip(&stride).fold((1, 0), |product, (v, s)| {
            let i = (place / s) as usize % n;
            times(p, product, (v[i], v[n + i]))
        });
        if sign > 0 {
            (p.add(sum.0, product.0), p.add(sum.1, product.1))
        } else {
            (p.sub(sum.0, product.0), p.sub(sum.1, product.1))
        }
    })
}

/// The first independent diagrams at random points.
fn independent(
    n: usize,
    legs: usize,
    list: &[Diagram],
    wanted: usize,
    limits: &Limits,
) -> Result<Vec<usize>, EquivariantError> {
    let samples = Samples::new(2 * n, legs, wanted, limits)?;
    let p = samples.p;
    limits.reserve((2 * legs * legs + list.len()) as u128 * (wanted as u128 + 8) * 4)?;
    let mut values: Vec<Vec<u32>> = Vec::new();
    for complex in [false, true] {
        for k in 0..legs * legs {
            let (a, b) = (k / legs, k % legs);
            values.push(samples.values(|v| match complex {
                false => p.dot(&v[a], &v[b]),
                true => p.sub(p.dot(&v[a][..n], &v[b][n..]), p.dot(&v[a][n..], &v[b][..n])),
            }));
        }
    }
    let terms = levi_civita(&strides(n, n), |_, i| (i, 1));
    let mut tops: Vec<(&[Vec<usize>], bool)> = Vec::new();
    let mut products = Vec::with_capacity(list.len());
    for diagram in list {
        let mut product: Vec<usize> =
            diagram.pairs.iter().map(|&(a, b, complex)| a * legs + b + usize::from(complex) * legs * legs).collect();
        if !diagram.sets.is_empty() {
            let key = (diagram.sets.as_slice(), diagram.imaginary);
            // Diagrams with equal determinants follow one another.
            let recent = tops.iter().rev().take(2).position(|t| *t == key);
            let at = match recent {
                Some(back) => tops.len() - 1 - back,
                None => {
                    limits.check()?;
                    values.push(samples.values(|v| {
                        let all = diagram.sets.iter().fold((1, 0), |z, set| {
                            let vectors: Vec<&Vec<u32>> = set.iter().map(|&l| &v[l]).collect();
                            times(p, z, determinant(p, n, &terms, &vectors))
                        });
                        if diagram.imaginary { all.1 } else { all.0 }
                    }));
                    tops.push(key);
                    tops.len() - 1
                }
            };
            product.push(2 * legs * legs + at);
        }
        products.push(product);
    }
    samples.independent(&values, &products, wanted, limits)
}

fn write(
    n: usize,
    legs: usize,
    list: &[Diagram],
    chosen: &[usize],
    rows: &mut SparseRows,
    limits: &Limits,
) -> Result<(), EquivariantError> {
    let stride = strides(2 * n, legs);
    let metric = |a: usize, b: usize| (0..2 * n as u64).map(|i| (i * (stride[a] + stride[b]), 1)).collect::<Factor>();
    let structure = |a: usize, b: usize| {
        let n = n as u64;
        let entry = |i: u64| {
            if i < n { (i * stride[a] + (n + i) * stride[b], 1) } else { (i * stride[a] + (i - n) * stride[b], -1) }
        };
        (0..2 * n).map(entry).collect::<Factor>()
    };
    for &number in chosen {
        limits.check()?;
        let diagram = &list[number];
        let mut factors: Vec<Factor> = Vec::new();
        if !diagram.sets.is_empty() {
            factors.push(part_of_determinants(n, &stride, &diagram.sets, diagram.imaginary));
        }
        factors
            .extend(diagram.pairs.iter().map(|&(a, b, complex)| if complex { structure(a, b) } else { metric(a, b) }));
        push_product(&factors.iter().collect::<Vec<_>>(), rows);
    }
    Ok(())
}

/// The real or imaginary part of a product of complex determinants, as a real tensor.
fn part_of_determinants(n: usize, stride: &[u64], sets: &[Vec<usize>], imaginary: bool) -> Factor {
    // (offset, sign, power of i), each index being a real or an imaginary part.
    let mut terms: Vec<(u64, i32, u32)> = vec![(0, 1, 0)];
    for set in sets {
        let own: Vec<u64> = set.iter().map(|&l| stride[l]).collect();
        let one = levi_civita(&own, |_, i| (i, 1));
        let mut next = Vec::with_capacity((terms.len() * one.len()) << n);
        for &(offset, sign, power) in &terms {
            for &(place, s) in &one {
                for mask in 0..1u64 << n {
                    let shift: u64 =
                        own.iter().enumerate().filter(|(l, _)| mask >> l & 1 == 1).map(|(_, x)| x * n as u64).sum();
                    next.push((offset + place + shift, sign * s, power + mask.count_ones()));
                }
            }
        }
        terms = next;
    }
    terms.retain(|t| (t.2 % 2 == 1) == imaginary);
    let mut out: Factor = terms.into_iter().map(|(o, s, power)| (o, if power % 4 < 2 { s } else { -s })).collect();
    out.sort_unstable_by_key(|t| t.0);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::equivariant::real_special_unitary_rank;
    use crate::exact::SparseVector;
    use crate::lie::named::Arg;
    use crate::reps::{ExactNullSpace, Rep, Terms, group_by_name};

    /// The exact null space of the generators contains every diagram and has the same dimension; diagrams are independent.
    #[test]
    fn agree_with_the_null_space() {
        let limits = Limits::none();
        for (n, out, into) in [
            (1, 1, 1),
            (1, 2, 1),
            (1, 2, 2),
            (1, 3, 3),
            (2, 1, 1),
            (2, 2, 1),
            (2, 2, 2),
            (3, 1, 1),
            (3, 2, 1),
            (3, 0, 3),
        ] {
            for special in [false, true] {
                let found = maps(n, (out, into), special, &limits).unwrap();
                let name = if special { "SU" } else { "U" };
                let group = group_by_name(name, &[Arg::Integer(n as i64)], &limits).unwrap();
                let v = Rep::vector(group.base()).unwrap();
                let maps = Rep::hom(&v.power(into as u32).unwrap(), &v.power(out as u32).unwrap()).unwrap();
                let twin = ExactNullSpace.basis(&maps, &limits).unwrap();
                assert_eq!(found.rank(), twin.len(), "n = {n}, special: {special}, {out} {into}");
                let rows = found.sparse(&limits).unwrap().unwrap();
                let mut vectors: Vec<SparseVector> =
                    (0..rows.len()).map(|k| rows.row(k).map(|(p, x)| (p as u32, x)).collect()).collect();
                vectors.extend(twin.iter().cloned());
                let size = (2 * n).pow((out + into) as u32);
                assert_eq!(crate::exact::null_space::rank(size, &vectors, &limits).unwrap(), twin.len());
                assert_eq!(
                    crate::exact::null_space::rank(size, &vectors[..found.rank()], &limits).unwrap(),
                    twin.len()
                );
            }
        }
    }

    /// SU(3) on R^6, V³ → V³: 130 invariants.
    #[test]
    fn special_unitary_group_of_three() {
        let limits = Limits::none();
        let found = real_special_unitary_maps(3, 3, 3, &limits).unwrap();
        assert_eq!(real_special_unitary_rank(3, 6, &limits).unwrap(), found.rank().into());
        assert_eq!(found.rank(), 130);
    }
}
