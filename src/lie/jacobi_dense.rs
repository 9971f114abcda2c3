//! Which pairs spoil that `ad x` is a derivation, for dense tables, through products of matrices.
//!
//! With `A` the matrix of `ad x` and `M_i` that of `ad e_i` on row vectors (`M_i` has the rows `[e_i, e_k]`), the defect
//! `[x, [e_i, e_j]] − [[x, e_i], e_j] − [e_i, [x, e_j]]` is `M_i[j] A + A[i] M_j − A[j] M_i`. For all `j > i` the outer
//! terms are two products of matrices; the middle one is a product for each `j` over a block of `i`. Together, for `m`
//! basis elements `e_i`, `1.5 m² n²` multiplications by double-precision products that are exact: of integers, when all sums stay below 2^53,
//! else of residues modulo a prime in halves.

use super::integer_table::IntegerTable;
use super::matrix_places::{EXACT, ROUNDED_UP};
use super::residue::{ResidueTable, Row};
use crate::exact::product::{TERMS, doubles};
use crate::float::gemm;
use crate::limits::{Limits, Stop};
use crate::num::simd;
use crate::parallel;

/// Rows are taken together in blocks of this many: a block of defects is `BLOCK · n²` numbers.
const BLOCK: usize = 64;

/// So many blocks are worked on at once.
const AT_ONCE: usize = 16;

/// Where the numbers come from.
pub(super) enum Source<'a> {
    /// Integers: one product each.
    Integers(&'a IntegerTable),
    /// Residues: two products, for the two halves of each residue of the table.
    Residues(&'a ResidueTable),
}

impl Source<'_> {
    fn dim(&self) -> usize {
        match self {
            Source::Integers(table) => table.dim,
            Source::Residues(table) => table.dim(),
        }
    }

    /// The matrix `M_j` whose row `k` is `[e_j, e_k]`, as one or two matrices of doubles.
    fn load(&self, j: usize, scratch: &mut [u32], halves: &mut [Vec<f64>]) {
        let n = self.dim();
        for k in 0..n {
            let rows = k * n..(k + 1) * n;
            if k == j {
                halves.iter_mut().for_each(|half| half[rows.clone()].fill(0.0));
                continue;
            }
            match (self, &mut *halves) {
                (Source::Integers(table), [values, ..]) => {
                    simd::integers_to_doubles(table.row(k.min(j), k.max(j)), &mut values[rows.clone()]);
                }
                (Source::Residues(table), [low, high]) => {
                    let residues = match table.upper(k.min(j), k.max(j)) {
                        Row::Dense(values) => values,
                        Row::Sparse(terms) => {
                            scratch.fill(0);
                            terms.iter().for_each(|&(l, v)| scratch[l as usize] = v);
                            &*scratch
                        }
                    };
                    simd::to_halves(table.prime().value(), residues, &mut low[rows.clone()], &mut high[rows.clone()]);
                }
                _ => {}
            }
            if k < j {
                halves.iter_mut().for_each(|half| half[rows.clone()].iter_mut().for_each(|x| *x = -*x));
            }
        }
    }
}

/// A pair `i < j` of these basis elements (in increasing order) for which the derivation rule fails, if there is one;
/// `adjoint` is `A` in whole numbers.
///
/// The caller has made sure that all sums are exact ([`integers_suffice`], [`residues_suffice`]).
pub(super) fn defect(
    source: &Source,
    adjoint: &[f64],
    elements: &[usize],
    limits: &Limits,
) -> Result<Option<(usize, usize)>, Stop> {
    let (n, count) = (source.dim(), elements.len());
    let parts = match source {
        Source::Integers(_) => 1,
        Source::Residues(_) => 2,
    };
    let row = |matrix: &[f64], i: usize| matrix[i * n..(i + 1) * n].to_vec();
    // The rows of A for the elements.
    let images: Vec<f64> = elements.iter().flat_map(|&i| row(adjoint, i)).collect();
    let found = parallel::try_map_few(count.div_ceil(BLOCK), AT_ONCE, |block| {
        let (start, end) = (block * BLOCK, count.min((block + 1) * BLOCK));
        let size = end - start;
        // The defect of the elements numbered a and b lies at ((a - start) count + b) n.
        let mut defects = vec![vec![0.0f64; size * count * n]; parts];
        let mut matrix = vec![vec![0.0f64; n * n]; parts];
        let mut brackets = vec![0.0f64; count * n];
        let mut scratch = vec![0u32; n];
        for b in start + 1..count {
            limits.check()?;
            source.load(elements[b], &mut scratch, &mut matrix);
            let rows = size.min(b - start);
            for (out, m) in defects.iter_mut().zip(&matrix) {
                let place = (&mut out[b * n..], count * n);
                gemm::multiply_strided((rows, n, n), 1.0, &images[start * n..], m, place, true);
            }
        }
        for a in start..end {
            limits.check()?;
            source.load(elements[a], &mut scratch, &mut matrix);
            let (from, rows) = (a + 1, count - a - 1);
            for (out, m) in defects.iter_mut().zip(&matrix) {
                let rest = elements[from..].iter().zip(brackets.chunks_exact_mut(n));
                rest.for_each(|(&j, bracket)| bracket.copy_from_slice(&m[j * n..(j + 1) * n]));
                let out = &mut out[((a - start) * count + from) * n..];
                gemm::multiply_strided((rows, n, n), 1.0, &brackets, adjoint, (&mut *out, n), true);
                gemm::multiply_strided((rows, n, n), -1.0, &images[from * n..], m, (out, n), true);
            }
        }
        let mut residues = vec![0u32; n];
        for a in start..end {
            for b in a + 1..count {
                let at = ((a - start) * count + b) * n;
                let vanishes = match (source, &defects[..]) {
                    (Source::Residues(table), [low, high]) => {
                        simd::from_halves(table.prime().value(), &low[at..at + n], &high[at..at + n], &mut residues);
                        residues.iter().all(|&r| r == 0)
                    }
                    _ => defects.iter().all(|part| part[at..at + n].iter().all(|&x| x == 0.0)),
                };
                if !vanishes {
                    return Ok(Some((elements[a], elements[b])));
                }
            }
        }
        Ok(None)
    })?;
    Ok(found.into_iter().flatten().next())
}

/// `A` as doubles when all sums of the three products stay below 2^53.
///
/// By Cauchy–Schwarz the absolute values in `M_i[j] A` add up to at most `‖[e_i, e_j]‖ ‖A column‖`, those in `A[i] M_j`
/// and `A[j] M_i` to at most `‖A row‖ ‖(c_kj^l)_k‖`.
pub(super) fn integers_suffice(table: &IntegerTable, adjoint: &[i64]) -> Option<Vec<f64>> {
    let n = table.dim;
    let a: Vec<f64> = adjoint.iter().map(|&v| v as f64).collect();
    if a.iter().any(|x| x.abs() >= EXACT) {
        return None;
    }
    let row = a.chunks(n).map(|row| row.iter().map(|x| x * x).sum()).fold(0.0f64, f64::max);
    let column = column_norm(&a, n);
    let bound = table.largest_row.sqrt() * column.sqrt() + 2.0 * row.sqrt() * table.largest_column.sqrt();
    (bound * ROUNDED_UP < EXACT).then_some(a)
}

fn column_norm(a: &[f64], n: usize) -> f64 {
    let mut sums = vec![0.0f64; n];
    for row in a.chunks(n) {
        sums.iter_mut().zip(row).for_each(|(s, x)| *s += x * x);
    }
    sums.into_iter().fold(0.0, f64::max)
}

/// Whether three products of residues in halves may be added up.
pub(super) fn residues_suffice(n: usize) -> bool {
    3 * n <= TERMS
}

/// `A` modulo the prime of the table.
pub(super) fn residues_of_adjoint(table: &ResidueTable, x: &[u32]) -> Vec<f64> {
    doubles(table.prime(), table.ad(x).entries())
}

/// Bytes that [`defect`] needs for a table of this dimension, with one or two doubles for each place.
pub(super) fn bytes(n: usize, parts: u128) -> u128 {
    let n = n as u128;
    // The blocks of defects that are worked on at once, however few threads there are, each with two matrices; and A twice.
    let blocks = n.div_ceil(BLOCK as u128).min(AT_ONCE as u128);
    parts * 8 * (blocks * ((BLOCK as u128).min(n) * n * n + 2 * n * n) + 2 * n * n)
}
