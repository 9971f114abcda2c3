//! Vectors of unknowns over Q or over a quadratic field: rounded from floats, or solved for, and checked.

use super::ansatz::Ansatz;
use super::equations::Identities;
use super::snap::candidates;
use super::snap_quadratic::quadratic_candidates;
use super::spectrum::{Rule, Spectrum};
use crate::exact::null_space::{RowSpace, annihilates, null_space, row_space};
use crate::exact::sparse::add_scaled;
use crate::exact::{SparseMatrix, SparseVector};
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// Linearly independent vectors `a + b √d` in canonical echelon form.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ExactVectors {
    /// `d`, free of squares; `None` over Q, where every `b` is zero.
    pub radicand: Option<i64>,
    /// `a` and `b` of each vector.
    pub vectors: Vec<[SparseVector; 2]>,
    /// The largest distance of an entry from the float it was rounded from; `None` when nothing was rounded.
    pub distance: Option<f64>,
}

impl ExactVectors {
    /// The vectors that floats in echelon form stand for, checked against the identities where there are any; `None` when
    /// none are found. Numbers of a quadratic field are tried where the identities have such coefficients, or where there
    /// are none to contradict.
    pub fn rounded(
        floats: &[Vec<f64>],
        spectrum: &Spectrum,
        identities: Option<&Identities>,
        limits: &Limits,
    ) -> Result<Option<ExactVectors>, Stop> {
        let Some(cols) = floats.first().map(Vec::len) else {
            return Ok(Some(ExactVectors { radicand: None, vectors: Vec::new(), distance: Some(0.0) }));
        };
        let (accuracy, checked) = (accuracy(spectrum, identities.is_some()), identities.is_some());
        for found in candidates(floats, accuracy, checked) {
            limits.check()?;
            let space = row_space(cols, &found.vectors, limits)?;
            let vectors = space.basis.into_iter().map(|v| [v, SparseVector::new()]).collect::<Vec<_>>();
            let found = ExactVectors { radicand: None, vectors, distance: Some(found.distance) };
            if found.vectors.len() == floats.len() && found.holds(cols, identities, limits)? {
                return Ok(Some(found));
            }
        }
        let radicand = identities.and_then(|known| known.radicand);
        if identities.is_some() && radicand.is_none() {
            return Ok(None);
        }
        for found in quadratic_candidates(floats, accuracy, radicand, limits)? {
            limits.check()?;
            let rows = restricted(&found.vectors, found.radicand);
            let found = ExactVectors {
                distance: Some(found.distance),
                ..ExactVectors::of_restricted(Some(found.radicand), row_space(2 * cols, &rows, limits)?)
            };
            if found.vectors.len() == floats.len() && found.holds(cols, identities, limits)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// All solutions of the identities in `cols` unknowns.
    pub fn solved(cols: usize, identities: &Identities, limits: &Limits) -> Result<ExactVectors, Stop> {
        let cols = cols * identities.degree();
        let found = null_space(cols, &identities.rows, limits)?;
        let space = RowSpace { cols, basis: found.basis, leading: found.leading };
        Ok(ExactVectors::of_restricted(identities.radicand, space))
    }

    /// The vectors over the field from a space of pairs `(u, v)` for `u + v √d` that √d maps to itself. Its reduced echelon
    /// form over Q is that over the field, each vector followed by its multiple by √d: a pivot in place `2k` of the one is
    /// a pivot in place `2k + 1` of the other.
    fn of_restricted(radicand: Option<i64>, space: RowSpace) -> ExactVectors {
        if radicand.is_none() {
            let vectors = space.basis.into_iter().map(|v| [v, SparseVector::new()]).collect();
            return ExactVectors { radicand, vectors, distance: None };
        }
        let own = space.basis.iter().zip(&space.leading).filter(|(_, at)| at.is_multiple_of(2)).map(|(v, _)| v);
        let part = |v: &SparseVector, part: u32| -> SparseVector {
            v.iter().filter(|(k, _)| k % 2 == part).map(|(k, x)| (k / 2, x.clone())).collect()
        };
        let vectors: Vec<[SparseVector; 2]> = own.map(|v| [part(v, 0), part(v, 1)]).collect();
        let radicand = radicand.filter(|_| vectors.iter().any(|[_, b]| !b.is_empty()));
        ExactVectors { radicand, vectors, distance: None }
    }

    /// Whether they solve the identities; without any, nothing contradicts.
    pub fn holds(&self, cols: usize, identities: Option<&Identities>, limits: &Limits) -> Result<bool, Stop> {
        let Some(identities) = identities else { return Ok(true) };
        match identities.radicand {
            None => {
                let rational: Vec<SparseVector> = self.vectors.iter().map(|[a, _]| a.clone()).collect();
                annihilates(&identities.rows, cols, &rational, limits)
            }
            // √d times a solution is a solution.
            Some(_) => {
                let rows: Vec<SparseVector> = self.vectors.iter().map(|[a, b]| interleaved(a, b)).collect();
                annihilates(&identities.rows, 2 * cols, &rows, limits)
            }
        }
    }

    /// The nearest floats, with `cols` entries each.
    pub fn floats(&self, cols: usize) -> Vec<Vec<f64>> {
        let root = self.radicand.map_or(0.0, |d| (d as f64).sqrt());
        let dense = |[a, b]: &[SparseVector; 2]| {
            let mut out = vec![0.0; cols];
            a.iter().for_each(|(k, x)| out[*k as usize] += x.to_f64());
            b.iter().for_each(|(k, x)| out[*k as usize] += x.to_f64() * root);
            out
        };
        self.vectors.iter().map(dense).collect()
    }

    /// The real matrices of the vectors, `A` and `B` of `A + B √d`.
    pub fn matrices(&self, ansatz: &Ansatz) -> Vec<[SparseMatrix; 2]> {
        self.vectors.iter().map(|[a, b]| [stored(ansatz, a), stored(ansatz, b)]).collect()
    }
}

/// How far entries may be off. The angle by which noise turns the null space is of the order of the last value over the
/// next. Rounding turns it by about 2^-53 times the square of the condition; nothing but that may be rounded away where no
/// identity checks it.
fn accuracy(spectrum: &Spectrum, checked: bool) -> f64 {
    match (spectrum.last, spectrum.next) {
        (_, Some(next)) if !checked && spectrum.rule == Rule::Rounding => {
            (1e-12 * (spectrum.largest / next).powi(2)).min(1e-7)
        }
        (_, Some(next)) if spectrum.rule == Rule::Error => 3.0 * spectrum.noise_edge.unwrap_or(0.0) / next + 1e-7,
        (Some(last), Some(next)) => 10.0 * last / next + 1e-7,
        _ => 1e-7,
    }
}

/// `(u, v)` in places `2k`, `2k + 1` for each entry `u + v √d`.
pub(super) fn interleaved(a: &SparseVector, b: &SparseVector) -> SparseVector {
    let own =
        |v: &SparseVector, part: u32| -> SparseVector { v.iter().map(|(k, x)| (2 * k + part, x.clone())).collect() };
    add_scaled(&own(a, 0), &Rational::ONE, &own(b, 1))
}

/// Each vector and its multiple by √d as rational vectors, of twice the length.
pub(super) fn restricted(vectors: &[[SparseVector; 2]], radicand: i64) -> Vec<SparseVector> {
    let d = Rational::from(radicand);
    let times = |v: &SparseVector| -> SparseVector { v.iter().map(|(k, x)| (*k, x * &d)).collect() };
    vectors.iter().flat_map(|[a, b]| [interleaved(a, b), interleaved(&times(b), a)]).collect()
}

/// The real matrix of a vector of unknowns.
pub(super) fn stored(ansatz: &Ansatz, vector: &SparseVector) -> SparseMatrix {
    let (rows, columns) = ansatz.rows_and_columns();
    let triples = vector.iter().flat_map(|(k, x)| {
        let entries = &ansatz.unknowns()[*k as usize];
        entries.iter().map(move |e| (e.row as usize, e.column as usize, x * &Rational::from(i64::from(e.value))))
    });
    SparseMatrix::from_triples(rows, columns, triples)
}
