//! Partitions of integers.

/// The partitions of n, each descending, in descending lexicographic order.
pub fn partitions(n: usize) -> impl Iterator<Item = Vec<usize>> {
    partitions_in_multiples(n, |_| 1)
}

/// The partitions of n in which each part occurs a multiple of `multiple(part)` times, in the same order.
pub fn partitions_in_multiples(n: usize, multiple: impl Fn(usize) -> usize) -> impl Iterator<Item = Vec<usize>> {
    // What is chosen so far and what is left, the next to be finished last.
    let mut todo: Vec<(Vec<usize>, usize)> = vec![(Vec::new(), n)];
    std::iter::from_fn(move || {
        while let Some((done, left)) = todo.pop() {
            if left == 0 {
                return Some(done);
            }
            for part in 1..=left.min(done.last().copied().unwrap_or(left)) {
                let copies = multiple(part).max(1);
                if copies <= left / part {
                    let mut longer = done.clone();
                    longer.extend(std::iter::repeat_n(part, copies));
                    todo.push((longer, left - copies * part));
                }
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// p(0), p(1), … (OEIS A000041), and the seven partitions of 5 by hand.
    #[test]
    fn numbers_of_partitions() {
        for (n, count) in [1, 1, 2, 3, 5, 7, 11, 15, 22, 30, 42].into_iter().enumerate() {
            assert_eq!(partitions(n).count(), count);
        }
        assert_eq!(partitions(20).count(), 627);
        let five: [&[usize]; 7] = [&[5], &[4, 1], &[3, 2], &[3, 1, 1], &[2, 2, 1], &[2, 1, 1, 1], &[1, 1, 1, 1, 1]];
        assert_eq!(partitions(5).collect::<Vec<_>>(), five);
    }

    /// Against a filter: even parts an even number of times, odd parts freely.
    #[test]
    fn parts_in_multiples() {
        for n in 0..14 {
            let fits = |shape: &Vec<usize>| {
                (1..=n).filter(|k| k % 2 == 0).all(|k| shape.iter().filter(|x| **x == k).count() % 2 == 0)
            };
            let filtered: Vec<_> = partitions(n).filter(fits).collect();
            assert_eq!(partitions_in_multiples(n, |k| 2 - k % 2).collect::<Vec<_>>(), filtered);
        }
    }
}
