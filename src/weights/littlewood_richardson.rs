//! Multiplicities of tensor products of SU(n) in a group that may be much smaller.
//!
//! They are Littlewood–Richardson coefficients, which depend on three partitions alone, not on `n`, and are the same for the
//! conjugate partitions (Macdonald, *Symmetric functions*, I.9; Fulton, *Young Tableaux*, section 5.1). So with the rows or
//! the columns of the largest one as many as `m`, they are multiplicities of GL(m).

use crate::roots::{Letter, SimpleType};

use super::Weight;

/// What is left to be computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reduced {
    /// The multiplicity is this number.
    Known(u32),
    /// It is that of `V(ν)` in `V(λ) ⊗ V(μ)` for a smaller special linear algebra.
    Smaller(SimpleType, [Weight; 3]),
    /// There is no smaller algebra.
    Same,
}

/// The smallest algebra that knows how often `V(ν)` occurs in `V(λ) ⊗ V(μ)` for type `A_r`, in fundamental weights.
pub(super) fn reduced(lambda: &[i64], mu: &[i64], nu: &[i64]) -> Reduced {
    let n = lambda.len() + 1;
    let [lambda, mu, mut nu] = [lambda, mu, nu].map(rows);
    let size = |rows: &[i64]| rows.iter().map(|&x| i128::from(x)).sum::<i128>();
    // Columns of n boxes are trivial: with them the sizes add up.
    let missing = size(&lambda) + size(&mu) - size(&nu);
    if missing < 0 || missing % n as i128 != 0 {
        return Reduced::Known(0);
    }
    let Ok(columns) = i64::try_from(missing / n as i128) else { return Reduced::Same };
    nu.iter_mut().for_each(|x| *x += columns);
    let length = |rows: &[i64]| rows.iter().filter(|&&x| x > 0).count();
    let (high, wide) = (length(&nu), usize::try_from(nu[0]).unwrap_or(usize::MAX));
    let m = high.min(wide);
    if m >= n {
        return Reduced::Same;
    }
    let all = match wide < high {
        true => [&lambda, &mu, &nu].map(|rows| conjugate(rows, wide)),
        false => [lambda, mu, nu].map(Some),
    };
    let [Some(lambda), Some(mu), Some(nu)] = all else { return Reduced::Known(0) };
    // Both are contained in the product.
    if length(&lambda) > m || length(&mu) > m {
        return Reduced::Known(0);
    }
    if m < 2 {
        return Reduced::Known(1);
    }
    let labels = |rows: Vec<i64>| -> Weight { (0..m - 1).map(|i| rows[i] - rows[i + 1]).collect() };
    match SimpleType::as_written(Letter::A, m - 1) {
        Ok(simple) => Reduced::Smaller(simple, [lambda, mu, nu].map(labels)),
        Err(_) => Reduced::Same,
    }
}

/// The rows of the Young diagram of at most `n − 1` rows, `n` of them.
fn rows(labels: &[i64]) -> Vec<i64> {
    let mut out = vec![0; labels.len() + 1];
    for i in (0..labels.len()).rev() {
        out[i] = out[i + 1] + labels[i];
    }
    out
}

/// The first `count` columns; `None` when there are more.
fn conjugate(rows: &[i64], count: usize) -> Option<Vec<i64>> {
    let fits = rows.first().is_none_or(|&x| usize::try_from(x).is_ok_and(|x| x <= count));
    let column = |j: usize| rows.iter().filter(|&&x| x > j as i64).count() as i64;
    fits.then(|| (0..count).map(column).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limits;
    use crate::weights::racah_speiser;

    fn count(lambda: &[i64], mu: &[i64], nu: &[i64]) -> num_bigint::BigInt {
        let limits = Limits::none();
        match reduced(lambda, mu, nu) {
            Reduced::Known(count) => count.into(),
            Reduced::Smaller(simple, [a, b, c]) => racah_speiser::multiplicity(simple, &a, &b, &c, &limits).unwrap(),
            Reduced::Same => {
                let simple = SimpleType::as_written(Letter::A, lambda.len()).unwrap();
                racah_speiser::multiplicity(simple, lambda, mu, nu, &limits).unwrap()
            }
        }
    }

    #[test]
    fn smaller_groups_know_the_same_numbers() {
        let limits = Limits::none();
        let simple = SimpleType::as_written(Letter::A, 4).unwrap();
        let some: Vec<Vec<i64>> = (0..81).map(|k| vec![k % 3, k / 3 % 3, k / 9 % 3, k / 27 % 3]).collect();
        for (k, a) in some.iter().enumerate() {
            for (l, b) in some.iter().enumerate().skip(k % 5).step_by(7) {
                let c = &some[(5 * k + 11 * l) % 81];
                let expected = racah_speiser::multiplicity(simple, a, b, c, &limits).unwrap();
                assert_eq!(count(a, b, c), expected, "{a:?} {b:?} {c:?}");
            }
        }
    }

    #[test]
    fn coefficients_of_the_tables() {
        // [3,2,1] twice in [4,3,2,2,1] four times (LiE: LR_tensor), in any SU(n) with n > 5.
        let labels = |partition: &[i64], n: usize| -> Weight {
            let at = |i: usize| partition.get(i).copied().unwrap_or(0);
            (0..n - 1).map(|i| at(i) - at(i + 1)).collect()
        };
        for n in [6, 20, 60] {
            let (a, c) = (labels(&[3, 2, 1], n), labels(&[4, 3, 2, 2, 1], n));
            assert_eq!(count(&a, &a, &c), 4.into());
            // The adjoint representation is twice in its square, by f and d.
            let adjoint: Weight = (0..n - 1).map(|i| i64::from(i == 0 || i == n - 2)).collect();
            assert_eq!(count(&adjoint, &adjoint, &adjoint), 2.into());
            assert_eq!(count(&adjoint, &adjoint, &vec![0; n - 1]), 1.into());
            // Six boxes are a trivial column of SU(6) alone; [3,2,1] twice in [4,3,2,1,1,1] is 2 (LiE).
            let expected = 2 * u32::from(n == 6);
            assert_eq!(count(&a, &a, &a), expected.into());
        }
    }
}
