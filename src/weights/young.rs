//! Young diagrams: highest weights of SU(n) and U(n) as partitions.

use super::{ReductiveType, Weight, WeightError};
use crate::roots::Letter;

/// The highest weight that belongs to a Young diagram: label `i` is the number of columns of height `i`. For SU(n), columns
/// of height `n` do not count; for U(n), written `A2+T1`, the charge is the number of boxes (Fulton–Harris, section 15.3).
pub fn labels_of_partition(group: &ReductiveType, partition: &[i64]) -> Result<Weight, WeightError> {
    let n = unitary_size(group)?;
    let rows: Vec<i64> = partition.iter().copied().filter(|&x| x != 0).collect();
    let decreasing = partition.windows(2).all(|w| w[0] >= w[1]);
    if !decreasing || rows.iter().any(|&x| x < 0) {
        return Err(WeightError::NoPartition(partition.to_vec()));
    }
    if rows.len() > n {
        return Err(WeightError::TooLarge(format!(
            "a Young diagram of SU({n}) has at most {n} rows, not {}",
            rows.len()
        )));
    }
    let row = |i: usize| rows.get(i).copied().unwrap_or(0);
    let mut labels: Weight = (0..n - 1).map(|i| row(i) - row(i + 1)).collect();
    if group.torus() == 1 {
        labels.push(rows.iter().fold(0i64, |sum, &x| sum.saturating_add(x)));
    }
    group.check_highest(&labels)?;
    Ok(labels)
}

/// The rows of the smallest Young diagram of a highest weight of SU(n): row `i` is the sum of the labels from `i` on.
pub fn partition_of_labels(group: &ReductiveType, weight: &[i64]) -> Result<Vec<i64>, WeightError> {
    let n = unitary_size(group)?;
    group.check_highest(weight)?;
    let mut rows: Vec<i64> = Vec::new();
    let mut sum = 0;
    for &label in weight[..n - 1].iter().rev() {
        sum += label;
        rows.push(sum);
    }
    rows.reverse();
    rows.retain(|&x| x > 0);
    Ok(rows)
}

fn unitary_size(group: &ReductiveType) -> Result<usize, WeightError> {
    match group.factors() {
        [only] if only.letter() == Letter::A && group.torus() <= 1 => Ok(only.rank() + 1),
        _ => Err(WeightError::NotIrreducible(format!(
            "Young diagrams stand for representations of SU(n), not of {group}"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::weights::dimension;

    #[test]
    fn diagrams_have_the_dimensions_of_the_hook_content_formula() {
        for (n, partition) in
            [(2, vec![3]), (3, vec![2, 1]), (5, vec![2, 1]), (5, vec![1, 1, 1, 1, 1]), (6, vec![4, 2, 2, 1])]
        {
            let group: ReductiveType = format!("SU({n})").parse().unwrap();
            let labels = labels_of_partition(&group, &partition).unwrap();
            // Fulton–Harris, exercise 6.4: Π (n + column − row) / hook.
            let (mut above, mut below) = (1i64, 1i64);
            for (i, &row) in partition.iter().enumerate() {
                for j in 0..row {
                    let leg = partition[i + 1..].iter().filter(|&&x| x > j).count() as i64;
                    above *= n + j - i as i64;
                    below *= row - j + leg;
                }
            }
            assert_eq!(dimension(&group, &labels, &Limits::none()).unwrap(), ((above / below) as u32).into());
        }
        let group: ReductiveType = "SU(4)".parse().unwrap();
        for labels in [vec![0, 0, 0], vec![1, 0, 2], vec![0, 3, 0]] {
            let rows = partition_of_labels(&group, &labels).unwrap();
            assert_eq!(labels_of_partition(&group, &rows).unwrap(), labels);
        }
        let unitary: ReductiveType = "U(3)".parse().unwrap();
        assert_eq!(labels_of_partition(&unitary, &[2, 1, 1]).unwrap(), [1, 0, 4]);
        for wrong in [vec![1, 2], vec![2, -1], vec![1, 1, 1, 1, 1]] {
            assert!(labels_of_partition(&group, &wrong).is_err(), "{wrong:?}");
        }
        assert!(labels_of_partition(&"E6".parse().unwrap(), &[1]).is_err());
    }
}
