//! The subalgebra that trained generators are close to.

use super::grassmannian::{Aim, Plane};
use super::{CLOSED, FloatAlgebra, Invariants, invariants};
use crate::float::gemm::multiply_by_transpose;
use crate::float::orthonormal_rows;
use crate::limits::{Limits, Stop};

/// A subalgebra beside generators that close up to what their training left.
#[derive(Clone, Debug, PartialEq)]
pub struct Nearby {
    /// What it is.
    pub invariants: Invariants,
    /// The least gap from which that was read.
    pub gap: f64,
    /// The sine of the largest angle between a generator and the subalgebra.
    pub distance: f64,
    /// The dimension of the algebra in which it lies.
    pub inside: usize,
}

/// A plane that moved further is no longer that of the training.
const FAR: f64 = 0.2;

/// Projects `trained` generators (`n × n`, one after another) to the algebra that `all` span and closes their plane there to
/// rounding: by a training alone brackets leave the span by parts in hundreds, which no invariant can be read from. `None`
/// when `all` are no algebra, the generators are dependent, or the plane does not close nearby.
pub fn nearest_subalgebra(n: usize, all: &[f64], trained: &[f64], limits: &Limits) -> Result<Option<Nearby>, Stop> {
    const CLOSES: f64 = 1e-4;
    let square = n * n;
    let (algebra, basis, defect) = FloatAlgebra::from_matrices(n, all, limits)?;
    let (d, count) = (algebra.dim(), trained.len().checked_div(square).unwrap_or(0));
    if defect > CLOSES || count == 0 || count > d {
        return Ok(None);
    }
    let mut start = vec![0.0; count * d];
    multiply_by_transpose((count, square, d), trained, &basis, &mut start);
    if orthonormal_rows(d, &mut start, FAR) < count {
        return Ok(None);
    }
    let mut frame = start.clone();
    frame.extend((0..d * d).map(|at| f64::from(u8::from(at % (d + 1) == 0))));
    if orthonormal_rows(d, &mut frame, 1e-6) < d {
        return Ok(None);
    }
    let threshold = CLOSED * algebra.scale() * algebra.scale();
    let mut plane = Plane::new(&algebra, Aim::Subalgebra, count, frame);
    // The generators come from a training, whose errors the algebra shares.
    if plane.close(threshold, limits)? > threshold.max(defect * defect) {
        return Ok(None);
    }
    let distance = farthest(d, &start, plane.rows());
    let (invariants, gap) = invariants(&algebra, count, plane.rows());
    Ok((distance < FAR).then_some(Nearby { invariants, gap, distance, inside: d }))
}

/// The largest part of a row that lies outside the span of orthonormal rows.
fn farthest(d: usize, rows: &[f64], span: &[f64]) -> f64 {
    let outside = |row: &[f64]| {
        let inside: f64 =
            span.chunks_exact(d).map(|u| u.iter().zip(row).map(|(u, x)| u * x).sum::<f64>().powi(2)).sum();
        (1.0 - inside).max(0.0).sqrt()
    };
    rows.chunks_exact(d.max(1)).map(outside).fold(0.0, f64::max)
}
