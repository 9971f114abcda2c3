//! Nilpotent orbits of the classical algebras by partitions.

use super::super::WeightError;
use super::super::root_data::RootData;
use super::nilpotent::NilpotentOrbit;
use crate::limits::Limits;
use crate::roots::Letter;

/// More orbits than this are not listed.
const MOST_ORBITS: usize = 20_000;

/// The orbits of matrices by the sizes of their Jordan blocks (Collingwood–McGovern, chapter 5): all partitions of n for
/// sl(n); for so(n) even parts occur an even number of times, for sp(n) odd ones do. In so(4k) a partition with even parts
/// only stands for two orbits, which the outer automorphism exchanges: I has its label 2 at the last node.
pub(super) fn classical_orbits(data: &RootData, limits: &Limits) -> Result<Vec<NilpotentOrbit>, WeightError> {
    let (letter, rank) = (data.simple.letter(), data.rank);
    let size = match letter {
        Letter::A => rank + 1,
        Letter::B => 2 * rank + 1,
        _ => 2 * rank,
    };
    let paired = match letter {
        Letter::A => None,
        Letter::C => Some(1),
        _ => Some(0),
    };
    let mut out = Vec::new();
    for partition in partitions(size, paired, limits)? {
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

/// Partitions in decreasing lexicographic order in which parts of the given parity occur an even number of times.
fn partitions(size: usize, paired: Option<usize>, limits: &Limits) -> Result<Vec<Vec<usize>>, WeightError> {
    let mut out = Vec::new();
    // What is chosen so far and what is left, the next to be finished last.
    let mut todo: Vec<(Vec<usize>, usize)> = vec![(Vec::new(), size)];
    while let Some((done, left)) = todo.pop() {
        if left == 0 {
            out.push(done);
            if out.len() % 256 == 0 {
                limits.check()?;
            }
            if out.len() > MOST_ORBITS {
                return Err(WeightError::TooLarge(format!("there are more than {MOST_ORBITS} nilpotent orbits")));
            }
            continue;
        }
        for part in 1..=left.min(done.last().copied().unwrap_or(left)) {
            let copies = if paired == Some(part % 2) { 2 } else { 1 };
            if copies * part <= left {
                let mut longer = done.clone();
                longer.extend(std::iter::repeat_n(part, copies));
                todo.push((longer, left - copies * part));
            }
        }
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
