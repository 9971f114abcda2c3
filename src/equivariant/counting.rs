//! Ranks by counting alone, without a basis: sizes that no machine could store cost no more than small ones.
//!
//! For the classical groups the invariants of `V^k` are counted by closed walks from the trivial representation through
//! irreducibles, one tensor factor at a time; a walk is cut in the middle. For finite groups by Stirling numbers and by
//! Burnside's lemma.

use std::collections::BTreeMap;

use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

use super::EquivariantError;
use crate::limits::{Limits, Stop};

/// Irreducibles, by the rows of their diagrams, with the number of walks that lead there.
type Walks = BTreeMap<Vec<u32>, BigUint>;

/// Bytes of a diagram with its count in a tree, beside its rows.
const BYTES_OF_ENTRY: u128 = 160;

/// One more factor: every walk goes on to the diagrams that `steps` lists.
fn advance(walks: &Walks, steps: impl Fn(&[u32], &mut Vec<Vec<u32>>), limits: &Limits) -> Result<Walks, Stop> {
    let mut next = Walks::new();
    let mut reached = Vec::new();
    let mut entries = 0usize;
    for (diagram, count) in walks {
        limits.check()?;
        steps(diagram, &mut reached);
        entries += 1;
        if entries.is_multiple_of(1024) {
            let each = BYTES_OF_ENTRY + 4 * diagram.len() as u128 + u128::from(count.bits()) / 8;
            limits.reserve((walks.len() + next.len()) as u128 * each)?;
        }
        for new in reached.drain(..) {
            *next.entry(new).or_default() += count;
        }
    }
    Ok(next)
}

fn walk(length: usize, steps: impl Fn(&[u32], &mut Vec<Vec<u32>>), limits: &Limits) -> Result<Walks, Stop> {
    let mut walks = Walks::from([(Vec::new(), BigUint::one())]);
    for step in 0..length {
        limits.progress("counting", step as f64 / length as f64);
        walks = advance(&walks, &steps, limits)?;
    }
    Ok(walks)
}

/// The diagrams with one more box, in at most `height` rows.
fn grown(diagram: &[u32], height: usize) -> impl Iterator<Item = Vec<u32>> {
    let may_grow = move |&i: &usize| i < height && (i == 0 || diagram[i - 1] > diagram.get(i).copied().unwrap_or(0));
    (0..=diagram.len()).filter(may_grow).map(move |i| {
        let mut new = diagram.to_vec();
        match new.get_mut(i) {
            Some(row) => *row += 1,
            None => new.push(1),
        }
        new
    })
}

/// The diagrams with one box less.
fn shrunk(diagram: &[u32]) -> impl Iterator<Item = Vec<u32>> {
    let may_shrink = move |&i: &usize| diagram[i] > diagram.get(i + 1).copied().unwrap_or(0);
    (0..diagram.len()).filter(may_shrink).map(move |i| {
        let mut new = diagram.to_vec();
        new[i] -= 1;
        if new[i] == 0 {
            new.pop();
        }
        new
    })
}

/// Two walks that meet in the middle, the second seen from its end.
fn meet(first: &Walks, second: &Walks, partner: impl Fn(&[u32]) -> Vec<u32>) -> BigUint {
    first.iter().filter_map(|(diagram, count)| Some(count * second.get(&partner(diagram))?)).sum()
}

/// The irreducibles of O(n) are diagrams whose first two columns have at most `n` boxes together; a factor `V` adds a box
/// or takes one away (Weyl, *The Classical Groups*, ch. V; the Bratteli diagram of Brauer's algebra).
fn orthogonal_steps(n: usize) -> impl Fn(&[u32], &mut Vec<Vec<u32>>) {
    move |diagram, out| {
        out.extend(shrunk(diagram));
        out.extend(grown(diagram, n).filter(|d| d.len() + d.iter().filter(|&&row| row > 1).count() <= n));
    }
}

/// The dimension of the invariants of O(n), or of any O(p,q) with `p + q = n`, in `V^legs`: `(legs − 1)!!` when
/// `legs ≤ 2n`.
pub fn orthogonal_rank(n: usize, legs: usize, limits: &Limits) -> Result<BigUint, Stop> {
    if !legs.is_multiple_of(2) {
        return Ok(BigUint::ZERO);
    }
    if legs <= 2 * n {
        return Ok(double_factorial(legs));
    }
    let half = walk(legs / 2, orthogonal_steps(n), limits)?;
    Ok(meet(&half, &half, <[u32]>::to_vec))
}

/// The number of matchings of so many legs.
pub(super) fn double_factorial(legs: usize) -> BigUint {
    (1..legs).step_by(2).map(BigUint::from).product()
}

/// The multiplicity of the determinant of O(n) in `V^legs`: what SO(n) leaves invariant beyond O(n). The product of an
/// irreducible with the determinant has the first column `n − c` in place of `c`.
pub(super) fn determinant_rank(n: usize, legs: usize, limits: &Limits) -> Result<BigUint, Stop> {
    if legs < n || !(legs - n).is_multiple_of(2) {
        return Ok(BigUint::ZERO);
    }
    let first = walk(legs / 2, orthogonal_steps(n), limits)?;
    let second = advance_if(legs % 2 == 1, &first, orthogonal_steps(n), limits)?;
    let associate = |diagram: &[u32]| {
        let long = diagram.iter().filter(|&&row| row > 1).count();
        let mut new: Vec<u32> = diagram[..long].to_vec();
        new.resize(n.saturating_sub(diagram.len()).max(long), 1);
        new
    };
    Ok(meet(&first, &second, associate))
}

fn advance_if(
    more: bool,
    walks: &Walks,
    steps: impl Fn(&[u32], &mut Vec<Vec<u32>>),
    limits: &Limits,
) -> Result<Walks, Stop> {
    if more { advance(walks, steps, limits) } else { Ok(walks.clone()) }
}

/// The dimension of the invariants of SO(n), or of the identity component of SO(p,q), in `V^legs`.
pub fn special_orthogonal_rank(n: usize, legs: usize, limits: &Limits) -> Result<BigUint, Stop> {
    Ok(orthogonal_rank(n, legs, limits)? + determinant_rank(n, legs, limits)?)
}

/// The dimension of the invariants of Sp(2m) in `V^legs`: diagrams with at most `m` rows, a box more or less each time.
pub fn symplectic_rank(m: usize, legs: usize, limits: &Limits) -> Result<BigUint, Stop> {
    if !legs.is_multiple_of(2) {
        return Ok(BigUint::ZERO);
    }
    if legs <= 2 * m {
        return Ok(double_factorial(legs));
    }
    let steps = |diagram: &[u32], out: &mut Vec<Vec<u32>>| {
        out.extend(shrunk(diagram));
        out.extend(grown(diagram, m));
    };
    let half = walk(legs / 2, steps, limits)?;
    Ok(meet(&half, &half, <[u32]>::to_vec))
}

fn growing(n: usize) -> impl Fn(&[u32], &mut Vec<Vec<u32>>) {
    move |diagram, out| out.extend(grown(diagram, n))
}

/// The dimension of the invariants of GL(n), or of U(n), in `V^up ⊗ V*^down`: `Σ (f^λ)²` over diagrams with at most `n`
/// rows when `up = down`, otherwise zero (Schur–Weyl duality).
pub fn general_linear_rank(n: usize, up: usize, down: usize, limits: &Limits) -> Result<BigUint, Stop> {
    if up != down {
        return Ok(BigUint::ZERO);
    }
    if up <= n {
        return Ok((1..=up).map(BigUint::from).product());
    }
    let tableaux = walk(up, growing(n), limits)?;
    Ok(meet(&tableaux, &tableaux, <[u32]>::to_vec))
}

/// The same for SL(n) and SU(n): `Σ f^{μ + (jⁿ)} f^μ` when `up − down = j n`, `j` of either sign.
pub fn special_linear_rank(n: usize, up: usize, down: usize, limits: &Limits) -> Result<BigUint, Stop> {
    let (more, fewer) = (up.max(down), up.min(down));
    if n == 0 || !(more - fewer).is_multiple_of(n) {
        return Ok(if more == fewer { BigUint::one() } else { BigUint::ZERO });
    }
    if more == fewer {
        return general_linear_rank(n, up, down, limits);
    }
    let columns = ((more - fewer) / n) as u32;
    let small = walk(fewer, growing(n), limits)?;
    let mut large = small.clone();
    for _ in fewer..more {
        large = advance(&large, growing(n), limits)?;
    }
    // Walks to the large diagram from the empty one, not from the small one.
    let wide = |diagram: &[u32]| (0..n).map(|i| diagram.get(i).copied().unwrap_or(0) + columns).collect::<Vec<u32>>();
    Ok(meet(&small, &large, wide))
}

/// The dimension of the real invariants of U(n) in `V^legs` for `V = R^(2n)`, whose complexification is the sum of the
/// defining representation and its dual: every leg is one or the other.
pub fn real_unitary_rank(n: usize, legs: usize, limits: &Limits) -> Result<BigUint, Stop> {
    if !legs.is_multiple_of(2) {
        return Ok(BigUint::ZERO);
    }
    Ok(binomial(legs, legs / 2) * general_linear_rank(n, legs / 2, legs / 2, limits)?)
}

/// The same for SU(n).
pub fn real_special_unitary_rank(n: usize, legs: usize, limits: &Limits) -> Result<BigUint, Stop> {
    let mut sum = BigUint::ZERO;
    for up in 0..=legs {
        sum += binomial(legs, up) * special_linear_rank(n, up, legs - up, limits)?;
    }
    Ok(sum)
}

pub(super) fn factorial(n: usize) -> BigUint {
    (1..=n).map(BigUint::from).product()
}

/// In how many ways `count` disjoint sets of `size` of so many legs can be chosen.
pub(super) fn disjoint_set_count(legs: usize, size: usize, count: usize) -> BigUint {
    let ordered: BigUint = (0..count).map(|j| binomial(legs.saturating_sub(j * size), size)).product();
    ordered / factorial(count)
}

/// Bytes of a list of so many things of this size.
pub(super) fn bytes_of(count: &BigUint, each: usize) -> u128 {
    (count * each).to_u128().unwrap_or(u128::MAX)
}

pub(super) fn binomial(n: usize, k: usize) -> BigUint {
    (0..k).fold(BigUint::one(), |product, i| product * n.saturating_sub(i) / (i + 1))
}

/// The Stirling numbers `S(k, 0), …, S(k, min(k, most))` of the second kind.
fn stirling(k: usize, most: usize, limits: &Limits) -> Result<Vec<BigUint>, Stop> {
    let mut row = vec![BigUint::one()];
    for length in 1..=k {
        limits.check()?;
        let next = (0..=length.min(most)).map(|j| {
            let stay = row.get(j).map_or(BigUint::ZERO, |x| x * j);
            if j > 0 { stay + &row[j - 1] } else { stay }
        });
        row = next.collect();
    }
    Ok(row)
}

/// The dimension of the invariants of S(n) in `V^legs`, `V` its representation on `n` points: `Σ_{j ≤ n} S(legs, j)`.
pub fn symmetric_rank(n: usize, legs: usize, limits: &Limits) -> Result<BigUint, Stop> {
    Ok(stirling(legs, n, limits)?.iter().sum())
}

/// The same for A(n): partitions into `n` or `n − 1` blocks, which no odd permutation fixes, count twice.
pub fn alternating_rank(n: usize, legs: usize, limits: &Limits) -> Result<BigUint, Stop> {
    let numbers = stirling(legs, n, limits)?;
    let single: BigUint = numbers.iter().sum();
    if n < 2 {
        return Ok(single);
    }
    Ok(single
        + numbers.get(n).map_or(BigUint::ZERO, Clone::clone)
        + numbers.get(n - 1).map_or(BigUint::ZERO, Clone::clone))
}

/// Burnside's lemma: `1/|G| Σ size · χ_1(class) χ_2(class) …`, the dimension of the invariants of a finite group in a product
/// of representations, from the sizes of its classes and the values of the real characters `characters[i][class]` with
/// their exponents.
pub fn burnside(sizes: &[BigUint], characters: &[(&[i64], u32)]) -> Result<BigUint, EquivariantError> {
    let wrong = || EquivariantError::Argument("a character needs one value for each class".into());
    if sizes.is_empty() || characters.iter().any(|c| c.0.len() != sizes.len()) {
        return Err(wrong());
    }
    let order: BigInt = sizes.iter().map(|s| BigInt::from(s.clone())).sum();
    let mut sum = BigInt::ZERO;
    for (class, size) in sizes.iter().enumerate() {
        let value: BigInt =
            characters.iter().map(|(values, exponent)| BigInt::from(values[class]).pow(*exponent)).product();
        sum += value * BigInt::from(size.clone());
    }
    let (count, rest) = sum.div_rem(&order);
    match count.to_biguint() {
        Some(count) if rest.is_zero() => Ok(count),
        _ => Err(EquivariantError::Argument("these are not characters of a group with such classes".into())),
    }
}

/// A count as a size, when it is one.
pub(super) fn as_size(count: &BigUint) -> Result<usize, EquivariantError> {
    count.to_usize().ok_or_else(|| EquivariantError::TooLarge(format!("a basis of {count} tensors")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> Limits {
        Limits::none()
    }

    /// The number of standard tableaux by the hook formula: a twin of the walks.
    fn tableaux(shape: &[u32]) -> BigUint {
        let size: u32 = shape.iter().sum();
        let mut hooks = BigUint::one();
        for (i, &row) in shape.iter().enumerate() {
            for j in 0..row {
                let leg = shape[i + 1..].iter().filter(|&&r| r > j).count() as u32;
                hooks *= row - j + leg;
            }
        }
        (1..=size).map(BigUint::from).product::<BigUint>() / hooks
    }

    fn partitions(size: u32, rows: usize, largest: u32) -> Vec<Vec<u32>> {
        if size == 0 {
            return vec![vec![]];
        }
        if rows == 0 {
            return vec![];
        }
        let first = 1..=size.min(largest);
        first
            .flat_map(|r| partitions(size - r, rows - 1, r).into_iter().map(move |rest| [vec![r], rest].concat()))
            .collect()
    }

    /// Ranks of `V^k` for SO(n), from the notebook of the published library.
    #[test]
    fn published_table_of_so() {
        let table: [(usize, [u32; 7]); 7] = [
            (2, [2, 1, 1, 1, 1, 1, 1]),
            (3, [0, 1, 0, 0, 0, 0, 0]),
            (4, [6, 3, 4, 3, 3, 3, 3]),
            (5, [0, 6, 0, 1, 0, 0, 0]),
            (6, [20, 15, 25, 15, 16, 15, 15]),
            (7, [0, 36, 0, 15, 0, 1, 0]),
            (8, [70, 91, 196, 105, 126, 105, 106]),
        ];
        for (k, row) in table {
            for (n, rank) in (2..).zip(row) {
                assert_eq!(special_orthogonal_rank(n, k, &none()).unwrap(), rank.into(), "SO({n}), {k} legs");
            }
        }
        // Motzkin's and Riordan's numbers: SO(3) on V^k (OEIS A005043).
        for (k, rank) in [1u32, 0, 1, 1, 3, 6, 15, 36, 91, 232, 603].into_iter().enumerate() {
            assert_eq!(special_orthogonal_rank(3, k, &none()).unwrap(), rank.into());
        }
    }

    /// `S(k, 1) + S(k, 2) = 2^(k−1)`: pairs of complementary subsets. Walks that fill the memory are refused.
    #[test]
    fn long_tensors() {
        assert_eq!(symmetric_rank(2, 4000, &none()).unwrap(), BigUint::one() << 3999);
        assert_eq!(disjoint_set_count(6, 2, 2), 45u32.into());
        assert!(orthogonal_rank(20, 200, &none().with_memory(16)).is_err());
    }

    /// Formulas with tableaux: O(n): shapes with even rows; det: n odd rows; Sp: even columns.
    #[test]
    fn tableau_formulas() {
        for n in 1..=5usize {
            for k in 0..=10u32 {
                let odd = |shape: &&Vec<u32>| shape.iter().filter(|&&r| r % 2 == 1).count();
                let shapes = partitions(k, n, k);
                let even: BigUint = shapes.iter().filter(|s| odd(s) == 0).map(|s| tableaux(s)).sum();
                let det: BigUint = shapes.iter().filter(|s| odd(s) == n).map(|s| tableaux(s)).sum();
                assert_eq!(orthogonal_rank(n, k as usize, &none()).unwrap(), even, "O({n}), {k} legs");
                assert_eq!(determinant_rank(n, k as usize, &none()).unwrap(), det, "det O({n}), {k} legs");
                let columns = partitions(k, 2 * n, k).into_iter().filter(|s| {
                    let column = |j: u32| s.iter().filter(|&&r| r > j).count();
                    (0..k).all(|j| column(j).is_multiple_of(2))
                });
                let sp: BigUint = columns.map(|s| tableaux(&s)).sum();
                assert_eq!(symplectic_rank(n, k as usize, &none()).unwrap(), sp, "Sp({}), {k} legs", 2 * n);
                for j in 0..=2u32 {
                    let more = k + j * n as u32;
                    let sum: BigUint = shapes
                        .iter()
                        .map(|s| {
                            let wide: Vec<u32> = (0..n).map(|i| s.get(i).copied().unwrap_or(0) + j).collect();
                            tableaux(s) * tableaux(&wide)
                        })
                        .sum();
                    for (up, down) in [(k, more), (more, k)] {
                        let found = special_linear_rank(n, up as usize, down as usize, &none()).unwrap();
                        assert_eq!(found, sum, "SL({n}), {up} up, {down} down");
                    }
                }
            }
        }
    }

    /// R^(2n) under U(n): the form and the complex structure for two legs; SU(2) on R^4 is one factor of SO(4), with four
    /// invariants in two legs, and on R^6 SU(3) has the real and imaginary parts of the determinant.
    #[test]
    fn real_unitary_groups() {
        for n in 1..4 {
            assert_eq!(real_unitary_rank(n, 2, &none()).unwrap(), 2u32.into());
            assert_eq!(real_unitary_rank(n, 3, &none()).unwrap(), 0u32.into());
        }
        assert_eq!(real_unitary_rank(2, 4, &none()).unwrap(), 12u32.into());
        assert_eq!(real_special_unitary_rank(2, 2, &none()).unwrap(), 4u32.into());
        assert_eq!(real_special_unitary_rank(3, 3, &none()).unwrap(), 2u32.into());
        assert_eq!(real_special_unitary_rank(3, 6, &none()).unwrap(), 130u32.into());
        // U(1) on the plane is SO(2): 2, 6, 20, 70.
        for (k, rank) in [(2, 2u32), (4, 6), (6, 20), (8, 70)] {
            assert_eq!(real_unitary_rank(1, k, &none()).unwrap(), rank.into());
        }
    }

    /// Burnside for the rotations of the cube on its faces: classes 1, 6, 3, 8, 6 with 6, 2, 2, 0, 0 fixed faces; three
    /// orbits on pairs of faces. Then S(n) for sizes beyond any memory: Bell numbers (OEIS A000110).
    #[test]
    fn finite_groups() {
        let sizes: Vec<BigUint> = [1u32, 6, 3, 8, 6].map(BigUint::from).to_vec();
        let faces = [6, 2, 2, 0, 0];
        assert_eq!(burnside(&sizes, &[(&faces, 2)]).unwrap(), 3u32.into());
        assert_eq!(burnside(&sizes, &[(&faces, 1), (&faces, 1)]).unwrap(), 3u32.into());
        assert!(burnside(&sizes, &[(&[1, 2, 3, 4, 5], 1)]).is_err());
        assert!(burnside(&sizes, &[(&[1, 2], 1)]).is_err());
        let bell: BigUint = "51724158235372".parse().unwrap();
        assert_eq!(symmetric_rank(100, 20, &none()).unwrap(), bell);
        for (n, k, rank) in [(3, 4, 14u32), (2, 4, 8), (1, 4, 1), (0, 0, 1), (0, 3, 0)] {
            assert_eq!(symmetric_rank(n, k, &none()).unwrap(), rank.into());
        }
    }

    /// Large counts: SO(3) on V^100 has the Riordan number as a sum `Σ (−1)^j C(k, j) motzkin…`; here the integral of the
    /// character `(1 + 2 cos t)^k` over SU(2), a coefficient of `(x + 1 + 1/x)^k (1 − x)`.
    #[test]
    fn large_tensor_powers() {
        let k = 100;
        let mut coefficients = vec![BigInt::one()];
        for _ in 0..k {
            let at =
                |c: &[BigInt], i: isize| usize::try_from(i).ok().and_then(|i| c.get(i).cloned()).unwrap_or_default();
            coefficients = (0..coefficients.len() as isize + 2)
                .map(|i| at(&coefficients, i) + at(&coefficients, i - 1) + at(&coefficients, i - 2))
                .collect();
        }
        let expected = &coefficients[k] - &coefficients[k - 1];
        assert_eq!(BigInt::from(special_orthogonal_rank(3, k, &none()).unwrap()), expected);
        // SO(4) = SU(2) × SU(2) / ±1: squares of Catalan numbers.
        let catalan: BigUint = (1..=40u32).fold(BigUint::one(), |c, i| c * (2 * (2 * i - 1)) / (i + 1));
        assert_eq!(special_orthogonal_rank(4, 80, &none()).unwrap(), &catalan * &catalan);
    }
}
