//! Null spaces and row spaces of sparse rational matrices, exact and verified.
//!
//! The equations of invariant forms are thousands of short rows with entries 0, ±1, ±2: sparse elimination solves
//! them in milliseconds without a number ever leaving a machine word. Where numbers do grow, the work moves to
//! residues modulo word primes (`null_space_modular.rs`). Either way the answer is multiplied back into the equations.

use super::elimination::{Elimination, PivotRule};
use super::sparse::{SparseVector, to_dense, to_sparse};
use super::{Subspace, null_space_modular as modular};
use crate::limits::{Limits, Stop};
use crate::num::{Rational, common_denominator};
use num_bigint::BigInt;

/// The solutions of `A x = 0`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NullSpace {
    /// Number of unknowns.
    pub cols: usize,
    /// Rank of `A`; `rank + basis.len() = cols`.
    pub rank: usize,
    /// The basis in reduced row echelon form: row `k` is 1 at `leading[k]`, which is its first entry, and every
    /// other row is 0 there. This form depends on the space alone.
    pub basis: Vec<SparseVector>,
    /// The leading columns, increasing.
    pub leading: Vec<u32>,
}

/// A row space in reduced row echelon form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowSpace {
    /// Length of the rows.
    pub cols: usize,
    /// The non-zero rows of the reduced row echelon form.
    pub basis: Vec<SparseVector>,
    /// The column of the leading 1 of each row, increasing.
    pub leading: Vec<u32>,
}

/// After this many numbers beyond a machine word the elimination changes to residues.
const LARGE_CAP: usize = 2_000;

/// The null space of the matrix with these rows (sorted, indices below `cols`), in canonical form.
///
/// The rank is proved by elimination over Q, or by residues (a rank modulo a prime never exceeds the rank over Q, and
/// the solutions found are as many as that rank leaves room for); the solutions are checked against every row.
pub fn null_space(cols: usize, rows: &[SparseVector], limits: &Limits) -> Result<NullSpace, Stop> {
    match sparse_null_space(cols, rows, limits)? {
        Some(found) => Ok(found),
        None => modular::null_space(cols, rows, limits),
    }
}

/// The same by sparse elimination over Q alone: `None` when numbers outgrow machine words.
pub fn sparse_null_space(cols: usize, rows: &[SparseVector], limits: &Limits) -> Result<Option<NullSpace>, Stop> {
    limits.reserve(estimate(cols, rows))?;
    let mut elimination = Elimination::<Rational>::new(cols, PivotRule::FewestUses);
    if !elimination.run(rows, LARGE_CAP, limits)? {
        return Ok(None);
    }
    let echelon = row_space(cols, &elimination.null_vectors(), limits)?;
    let found = NullSpace { cols, rank: elimination.rank(), basis: echelon.basis, leading: echelon.leading };
    Ok(annihilates(rows, cols, &found.basis, limits)?.then_some(found))
}

/// The row space of the matrix with these rows (sorted, indices below `cols`): its reduced row echelon form.
pub fn row_space(cols: usize, rows: &[SparseVector], limits: &Limits) -> Result<RowSpace, Stop> {
    limits.reserve(estimate(cols, rows))?;
    let mut elimination = Elimination::<Rational>::new(cols, PivotRule::Leftmost);
    if elimination.run(rows, LARGE_CAP, limits)? {
        let (basis, leading) = elimination.solved_rows();
        return Ok(RowSpace { cols, basis, leading });
    }
    row_space_modular(cols, rows, limits)
}

fn row_space_modular(cols: usize, rows: &[SparseVector], limits: &Limits) -> Result<RowSpace, Stop> {
    limits.reserve(cols as u128 * rows.len() as u128 * 32)?;
    let dense: Vec<Vec<Rational>> = rows.iter().map(|r| to_dense(r, cols)).collect();
    let space = Subspace::span(cols, &dense, limits)?;
    let leading = space.pivots().iter().map(|&c| c as u32).collect();
    Ok(RowSpace { cols, basis: space.basis().iter().map(|v| to_sparse(v)).collect(), leading })
}

/// The rank of the matrix with these rows.
pub fn rank(cols: usize, rows: &[SparseVector], limits: &Limits) -> Result<usize, Stop> {
    let mut elimination = Elimination::<Rational>::new(cols, PivotRule::FewestUses);
    if elimination.run(rows, LARGE_CAP, limits)? {
        return Ok(elimination.rank());
    }
    Ok(row_space_modular(cols, rows, limits)?.leading.len())
}

/// A space that grows vector by vector, kept in reduced row echelon form over Q.
pub struct Span(Elimination<Rational>);

impl Span {
    /// The zero subspace of Q^cols.
    pub fn new(cols: usize) -> Span {
        Span(Elimination::new(cols, PivotRule::Leftmost))
    }

    /// Adds a sparse vector (sorted, indices below `cols`); returns whether it is independent of those before.
    pub fn insert(&mut self, vector: &[(u32, Rational)]) -> bool {
        let reduced = self.0.reduce(vector);
        !reduced.is_empty() && self.0.insert(reduced).is_some()
    }

    /// The dimension.
    pub fn dim(&self) -> usize {
        self.0.rank()
    }

    /// Whether many numbers have outgrown machine words, so that residues would be faster.
    pub fn numbers_grow(&self) -> bool {
        self.0.large() > LARGE_CAP
    }

    /// The reduced row echelon basis and its leading columns.
    pub fn echelon(&self) -> (Vec<SparseVector>, Vec<u32>) {
        self.0.solved_rows()
    }
}

/// Bytes for the state of the elimination and as much fill again as the input.
fn estimate(cols: usize, rows: &[SparseVector]) -> u128 {
    let entries: usize = rows.iter().map(Vec::len).sum();
    cols as u128 * 128 + entries as u128 * 64
}

/// Whether `A v = 0` for every row of `A` and every vector `v`, over Q.
pub fn annihilates(
    rows: &[SparseVector],
    cols: usize,
    vectors: &[SparseVector],
    limits: &Limits,
) -> Result<bool, Stop> {
    let small = |v: &SparseVector| v.iter().all(|t| t.1.as_small().is_some());
    if !vectors.iter().all(small) {
        return annihilates_large(rows, cols, vectors, limits);
    }
    let mut at_column: Vec<Vec<(u32, &Rational)>> = vec![Vec::new(); cols];
    for (k, vector) in vectors.iter().enumerate() {
        for (c, x) in vector {
            at_column[*c as usize].push((k as u32, x));
        }
    }
    let mut sums = vec![Rational::ZERO; vectors.len()];
    let mut touched: Vec<u32> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        if index.is_multiple_of(256) {
            limits.check()?;
        }
        for (c, v) in row {
            for (k, x) in &at_column[*c as usize] {
                let sum = &mut sums[*k as usize];
                if sum.is_zero() {
                    touched.push(*k);
                }
                sum.add_product(v, x);
            }
        }
        for k in touched.drain(..) {
            if !std::mem::take(&mut sums[k as usize]).is_zero() {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// The vector times its common denominator.
fn cleared(v: &[(u32, Rational)]) -> Vec<(u32, BigInt)> {
    let denominator = common_denominator(v.iter().map(|t| &t.1));
    v.iter().map(|(k, x)| (*k, x.numerator() * (&denominator / x.denominator()))).collect()
}

/// The same as [`annihilates`] in big integers: no greatest common divisors on the way.
fn annihilates_large(
    rows: &[SparseVector],
    cols: usize,
    vectors: &[SparseVector],
    limits: &Limits,
) -> Result<bool, Stop> {
    let mut at_column: Vec<Vec<(u32, BigInt)>> = vec![Vec::new(); cols];
    for (k, vector) in vectors.iter().enumerate() {
        for (c, x) in cleared(vector) {
            at_column[c as usize].push((k as u32, x));
        }
    }
    for row in rows {
        limits.check()?;
        let mut sums = vec![BigInt::ZERO; vectors.len()];
        for (c, v) in cleared(row) {
            let word = i64::try_from(&v).ok();
            for (k, x) in &at_column[c as usize] {
                match word {
                    Some(v) => sums[*k as usize] += x * v,
                    None => sums[*k as usize] += x * &v,
                }
            }
        }
        if sums.iter().any(|s| *s != BigInt::ZERO) {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::sparse::{add_scaled, to_sparse};
    use proptest::prelude::*;

    fn rows_of(m: &[Vec<i64>]) -> Vec<SparseVector> {
        m.iter().map(|r| to_sparse(&r.iter().map(|&x| Rational::from(x)).collect::<Vec<_>>())).collect()
    }

    /// The slower twin: dense Gauss–Jordan by columns.
    fn dense_echelon(m: &[Vec<i64>], cols: usize) -> Vec<SparseVector> {
        let mut m: Vec<Vec<Rational>> = m.iter().map(|r| r.iter().map(|&x| Rational::from(x)).collect()).collect();
        let mut done = 0;
        for c in 0..cols {
            let Some(p) = (done..m.len()).find(|&i| !m[i][c].is_zero()) else { continue };
            m.swap(done, p);
            let scale = m[done][c].recip().unwrap();
            let head: Vec<Rational> = m[done].iter().map(|x| x * &scale).collect();
            for (i, row) in m.iter_mut().enumerate() {
                let factor = row[c].clone();
                if i != done && !factor.is_zero() {
                    for (x, h) in row.iter_mut().zip(&head) {
                        *x -= &(&factor * h);
                    }
                }
            }
            m[done] = head;
            done += 1;
        }
        m.truncate(done);
        m.iter().map(|r| to_sparse(r)).collect()
    }

    #[test]
    fn a_small_system() {
        // x + y + z = 0, x - z = 0: solutions (1, -2, 1).
        let found = null_space(3, &rows_of(&[vec![1, 1, 1], vec![1, 0, -1], vec![2, 1, 0]]), &Limits::none()).unwrap();
        assert_eq!(found.rank, 2);
        assert_eq!(found.basis, rows_of(&[vec![1, -2, 1]]));
        assert_eq!(found.leading, vec![0]);
    }

    #[test]
    fn no_equations_leave_everything_free() {
        let found = null_space(2, &[], &Limits::none()).unwrap();
        assert_eq!((found.rank, found.basis.len()), (0, 2));
        assert_eq!(null_space(0, &[], &Limits::none()).unwrap().basis.len(), 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn agrees_with_dense_elimination(m in (1usize..7, 1usize..7).prop_flat_map(|(r, c)|
            prop::collection::vec(prop::collection::vec(prop_oneof![3 => Just(0i64), 2 => -3i64..4], c), r)))
        {
            let cols = m[0].len();
            let rows = rows_of(&m);
            let echelon = row_space(cols, &rows, &Limits::none()).unwrap();
            prop_assert_eq!(&echelon.basis, &dense_echelon(&m, cols));
            let kernel = null_space(cols, &rows, &Limits::none()).unwrap();
            prop_assert_eq!(kernel.rank, echelon.basis.len());
            prop_assert_eq!(kernel.basis.len() + kernel.rank, cols);
            prop_assert_eq!(&modular::null_space(cols, &rows, &Limits::none()).unwrap(), &kernel);
            prop_assert_eq!(&row_space_modular(cols, &rows, &Limits::none()).unwrap(), &echelon);
        }
    }

    #[test]
    fn large_numbers_go_through_residues_and_come_back_exact() {
        // A dense 24 × 26 system: the kernel has entries of a hundred bits and more.
        let mut state = 12345u64;
        let mut next = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            ((state >> 33) % 19) as i64 - 9
        };
        let m: Vec<Vec<i64>> = (0..24).map(|_| (0..26).map(|_| next()).collect()).collect();
        let rows = rows_of(&m);
        let found = null_space(26, &rows, &Limits::none()).unwrap();
        assert_eq!(found.basis.len(), 2);
        assert_eq!(found, modular::null_space(26, &rows, &Limits::none()).unwrap());
        assert!(annihilates(&rows, 26, &found.basis, &Limits::none()).unwrap());
        let wrong = add_scaled(&found.basis[0], &Rational::ONE, &[(3, Rational::ONE)]);
        assert!(!annihilates(&rows, 26, &[wrong], &Limits::none()).unwrap());
    }

    #[test]
    fn a_stop_is_obeyed() {
        let limits = Limits::none().with_timeout(std::time::Duration::ZERO);
        let rows = rows_of(&vec![vec![1, 2, 3]; 300]);
        assert!(null_space(3, &rows, &limits).is_err());
    }
}
