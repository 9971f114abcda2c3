//! Nilpotent orbits of the classical algebras by partitions.

use super::super::WeightError;
use super::super::root_data::RootData;
use super::nilpotent::NilpotentOrbit;
use super::subgroup::renumbering;
use crate::limits::Limits;
use crate::num::partitions_in_multiples;
use crate::roots::{Letter, SimpleType};

/// More orbits than this are not listed.
const MOST_ORBITS: usize = 20_000;

/// The orbits of matrices by the sizes of their Jordan blocks (Collingwood–McGovern, chapter 5): all partitions of n for
/// sl(n); for so(n) even parts occur an even number of times, for sp(n) odd ones do. In so(4k) a partition with even parts
/// only stands for two orbits, which the outer automorphism exchanges: I has its label 2 at the last node.
pub(super) fn classical_orbits(data: &RootData, limits: &Limits) -> Result<Vec<NilpotentOrbit>, WeightError> {
    let (letter, rank) = (data.simple.letter(), data.rank);
    let mut out = Vec::new();
    for partition in partitions(size(letter, rank), paired(letter), limits)? {
        if out.len() % 256 == 0 {
            limits.check()?;
        }
        let label = written(&partition);
        let diagram = weighted_diagram(letter, rank, &partition);
        let orbit = |diagram: Vec<i64>, label: String| NilpotentOrbit {
            partition: Some(partition.iter().map(|&x| x as i64).collect()),
            ..NilpotentOrbit::new(data, diagram, label)
        };
        if letter == Letter::D && partition.iter().all(|p| p % 2 == 0) {
            let mut other = diagram.clone();
            other.swap(rank - 2, rank - 1);
            out.push(orbit(diagram, format!("{label} I")));
            out.push(orbit(other, format!("{label} II")));
        } else {
            out.push(orbit(diagram, label));
        }
    }
    Ok(out)
}

/// The size of the matrices of a classical algebra.
fn size(letter: Letter, rank: usize) -> usize {
    match letter {
        Letter::A => rank + 1,
        Letter::B => 2 * rank + 1,
        _ => 2 * rank,
    }
}

/// The parity of the parts that occur an even number of times.
fn paired(letter: Letter) -> Option<usize> {
    match letter {
        Letter::A => None,
        Letter::C => Some(1),
        _ => Some(0),
    }
}

/// Classical algebras that are one and the same: the two that are no less natural under another name.
const SAME: &[(Letter, Letter, usize)] =
    &[(Letter::A, Letter::B, 1), (Letter::B, Letter::C, 2), (Letter::A, Letter::D, 3)];

/// The weighted Dynkin diagram of the orbit with these Jordan blocks, the first of two. The sum of the partition tells which
/// matrices are meant where small algebras coincide: of 4 those of sp(4), of 5 those of so(5). `None` when no orbit has it.
pub fn diagram_of_partition(simple: SimpleType, partition: &[i64]) -> Option<Vec<i64>> {
    let rank = simple.rank();
    let mut parts: Vec<usize> = partition.iter().map(|&x| usize::try_from(x).ok()).collect::<Option<_>>()?;
    parts.retain(|&x| x > 0);
    parts.sort_unstable_by(|a, b| b.cmp(a));
    let sum = parts.iter().try_fold(0usize, |sum, &x| sum.checked_add(x))?;
    let classical = |letter: &Letter| matches!(letter, Letter::A | Letter::B | Letter::C | Letter::D);
    let other = SAME.iter().filter(|it| it.2 == rank).find_map(|&(a, b, _)| match simple.letter() {
        letter if letter == a => Some(b),
        letter if letter == b => Some(a),
        _ => None,
    });
    let letter = [Some(simple.letter()), other]
        .into_iter()
        .flatten()
        .filter(classical)
        .find(|&letter| size(letter, rank) == sum)?;
    let even = |part: usize| parts.iter().filter(|&&x| x == part).count() % 2 == 0;
    if parts.iter().any(|&x| paired(letter) == Some(x % 2) && !even(x)) {
        return None;
    }
    let diagram = weighted_diagram(letter, rank, &parts);
    Some(renumbering(letter, simple.letter(), rank).into_iter().map(|node| diagram[node]).collect())
}

/// Partitions in decreasing lexicographic order in which parts of the given parity occur an even number of times.
fn partitions(size: usize, paired: Option<usize>, limits: &Limits) -> Result<Vec<Vec<usize>>, WeightError> {
    let mut out = Vec::new();
    for partition in partitions_in_multiples(size, |part| if paired == Some(part % 2) { 2 } else { 1 }) {
        if out.len() % 256 == 0 {
            limits.check()?;
        }
        if out.len() >= MOST_ORBITS {
            return Err(WeightError::TooLarge(format!("there are more than {MOST_ORBITS} nilpotent orbits")));
        }
        out.push(partition);
    }
    Ok(out)
}

/// The eigenvalues of `h` on the defining representation in decreasing order, then the values of the simple roots.
fn weighted_diagram(letter: Letter, rank: usize, partition: &[usize]) -> Vec<i64> {
    let mut values: Vec<i64> = Vec::new();
    for &part in partition {
        values.extend((0..part).map(|k| part as i64 - 1 - 2 * k as i64));
    }
    values.sort_unstable_by(|a, b| b.cmp(a));
    let mut out: Vec<i64> = (0..rank).map(|i| values[i] - values[i + 1]).collect();
    match letter {
        Letter::B => out[rank - 1] = values[rank - 1],
        Letter::C => out[rank - 1] = 2 * values[rank - 1],
        Letter::D => out[rank - 1] = values[rank - 2] + values[rank - 1],
        _ => {}
    }
    if letter == Letter::D {
        out[rank - 2] = values[rank - 2] - values[rank - 1];
    }
    out
}

/// `[3,2^2,1]`.
fn written(partition: &[usize]) -> String {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for &part in partition {
        match parts.last_mut() {
            Some((last, count)) if *last == part => *count += 1,
            _ => parts.push((part, 1)),
        }
    }
    let word = |&(part, count): &(usize, usize)| if count == 1 { part.to_string() } else { format!("{part}^{count}") };
    format!("[{}]", parts.iter().map(word).collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_algebras_under_two_names() {
        let diagram = |text: &str, partition: &[i64]| diagram_of_partition(text.parse().unwrap(), partition);
        // sp(4) = so(5): the short nilpotent [2,2] of sp(4) is [3,1,1] of so(5), the minimal one is [2,1,1] or [2,2,1]
        // (Collingwood–McGovern, sections 5.1 and 5.2).
        for (four, five, in_b2) in [
            (&[2, 2][..], &[3, 1, 1][..], vec![2, 0]),
            (&[2, 1, 1][..], &[2, 2, 1][..], vec![0, 1]),
            (&[4][..], &[5][..], vec![2, 2]),
        ] {
            let in_c2: Vec<i64> = in_b2.iter().rev().copied().collect();
            for partition in [four, five] {
                assert_eq!(diagram("B2", partition), Some(in_b2.clone()), "{partition:?}");
                let c2 = SimpleType::as_written(Letter::C, 2).unwrap();
                assert_eq!(diagram_of_partition(c2, partition), Some(in_c2.clone()), "{partition:?}");
            }
        }
        // sl(4) = so(6): on the exterior square [2,1,1] becomes [2,2,1,1], [2,2] becomes [3,1,1,1], [3,1] becomes [3,3].
        for (four, six) in [
            (&[2, 1, 1][..], &[2, 2, 1, 1][..]),
            (&[2, 2][..], &[3, 1, 1, 1][..]),
            (&[3, 1][..], &[3, 3][..]),
            (&[4][..], &[5, 1][..]),
        ] {
            assert_eq!(diagram("A3", four), diagram("A3", six), "{four:?}");
            assert!(diagram("A3", four).is_some());
        }
        // sl(2) = so(3): [3] is the regular orbit.
        assert_eq!(diagram("A1", &[3][..]), Some(vec![2]));
        assert_eq!(diagram("A1", &[1, 1, 1][..]), Some(vec![0]));
        // Even parts of so(n) and odd ones of sp(n) come in pairs, and the size must be right.
        for (text, partition) in
            [("D5", &[4, 6][..]), ("C3", &[3, 2, 1][..]), ("A4", &[3, 1][..]), ("A1", &[2, 1][..]), ("G2", &[7][..])]
        {
            assert_eq!(diagram(text, partition), None, "{text} {partition:?}");
        }
        assert_eq!(diagram("A40", &[20, 21][..]).unwrap(), [1; 40]);
    }
}
