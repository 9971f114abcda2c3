//! The characters of symmetric groups by the rule of Murnaghan and Nakayama (James and Kerber, *The Representation Theory
//! of the Symmetric Group*, 2.4.7): multiplying by the power sum p_k adds border strips of length k.

use std::collections::BTreeMap;

use num_bigint::BigUint;
use num_integer::Integer;

use super::characters::{CharacterTable, TableClass, labels, to_degree};
use super::{FiniteError, Permutation};
use crate::limits::Limits;
use crate::num::{Cyclotomic, partitions};

/// The largest symmetric group whose table is computed: S_24 has 1575² values.
const LARGEST: usize = 24;

/// s_λ p_k = Σ ± s_μ. Partitions are sets of n beta-numbers λ_i + n - i, descending; a strip moves one up by k, and the
/// sign is that of the numbers it passes.
fn add_strips(vector: &BTreeMap<Vec<usize>, i64>, k: usize) -> BTreeMap<Vec<usize>, i64> {
    let mut out: BTreeMap<Vec<usize>, i64> = BTreeMap::new();
    for (betas, &c) in vector {
        for (i, &b) in betas.iter().enumerate() {
            let moved = b + k;
            if betas.contains(&moved) {
                continue;
            }
            let passed = betas.iter().filter(|x| (b + 1..moved).contains(*x)).count();
            let mut next = betas.clone();
            next.remove(i);
            next.insert(i - passed, moved);
            *out.entry(next).or_insert(0) += if passed % 2 == 0 { c } else { -c };
        }
    }
    out
}

/// The table of the symmetric group on n points: classes by the order of elements, then size; characters by degree.
pub(super) fn symmetric_table(n: usize, limits: &Limits) -> Result<CharacterTable, FiniteError> {
    if n > LARGEST {
        return Err(FiniteError::Argument(format!("the character table of S({n}): at most S({LARGEST}) is done")));
    }
    let shapes: Vec<Vec<usize>> = partitions(n).collect();
    let count = shapes.len();
    limits.reserve(200 * (count as u128) * (count as u128))?;
    let factorial = (2..=n).fold(BigUint::from(1u32), |f, k| f * k);
    let mut columns: Vec<(BigUint, BigUint, Vec<usize>)> = Vec::new();
    for shape in &shapes {
        let order = shape.iter().fold(1usize, |order, part| order.lcm(part));
        let mut centralizer = BigUint::from(1u32);
        let mut run = 0;
        for (i, &part) in shape.iter().enumerate() {
            run = if i > 0 && shape[i - 1] == part { run + 1 } else { 1 };
            centralizer *= part * run;
        }
        columns.push((order.into(), &factorial / centralizer, shape.clone()));
    }
    columns.sort_by_cached_key(|(order, size, shape)| {
        (order.clone(), size.clone(), std::cmp::Reverse(shape.len()), of_type(n, shape))
    });
    let betas =
        |shape: &[usize]| -> Vec<usize> { (0..n).map(|i| shape.get(i).copied().unwrap_or(0) + n - 1 - i).collect() };
    // Columns: p_μ in the basis of Schur functions.
    let mut values = vec![vec![0i64; count]; count];
    let keys: Vec<Vec<usize>> = shapes.iter().map(|s| betas(s)).collect();
    for (k, (_, _, shape)) in columns.iter().enumerate() {
        limits.check()?;
        let mut vector = BTreeMap::from([(betas(&[]), 1i64)]);
        for &part in shape.iter() {
            vector = add_strips(&vector, part);
        }
        for (row, key) in values.iter_mut().zip(&keys) {
            row[k] = vector.get(key).copied().unwrap_or(0);
        }
    }
    // The identity's class is the first column.
    let mut rows: Vec<(Vec<i64>, Vec<usize>)> = values.into_iter().zip(shapes).collect();
    rows.sort_by_cached_key(|(row, _)| {
        let trivial = row.iter().all(|&v| v == 1);
        (row[0], !trivial, row.iter().map(|v| -v).collect::<Vec<_>>())
    });
    let (values, partitions): (Vec<Vec<i64>>, Vec<Vec<usize>>) = rows.into_iter().unzip();
    let names = labels(columns.iter().map(|c| c.0.clone()));
    let mut classes = Vec::new();
    let mut squares = Vec::new();
    for ((order, size, shape), label) in columns.iter().zip(names) {
        classes.push(TableClass { representative: of_type(n, shape), order: order.clone(), size: size.clone(), label });
        // The square of a cycle of even length is two of half the length.
        let mut square: Vec<usize> =
            shape.iter().flat_map(|&part| if part % 2 == 0 { vec![part / 2, part / 2] } else { vec![part] }).collect();
        square.sort_unstable_by(|a, b| b.cmp(a));
        squares.push(columns.iter().position(|c| c.2 == square).unwrap_or(0));
    }
    let mut degrees = Vec::new();
    for row in &values {
        degrees.push(to_degree(row[0])?);
    }
    let exact = |row: &Vec<i64>| row.iter().map(|&v| Cyclotomic::from(v)).collect();
    Ok(CharacterTable {
        order: factorial,
        classes,
        values: values.iter().map(exact).collect(),
        degrees,
        // All representations of symmetric groups are rational.
        indicators: vec![1; count],
        squares,
        partitions,
    })
}

/// The permutation with these cycle lengths whose list of images comes first.
fn of_type(n: usize, shape: &[usize]) -> Permutation {
    let mut images: Vec<u32> = (0..n as u32).collect();
    let mut first = 0;
    for &part in shape.iter().rev() {
        for i in 0..part {
            images[first + i] = (first + (i + 1) % part) as u32;
        }
        first += part;
    }
    Permutation::of(images)
}
