//! Subalgebras that random planes rarely or never lead to: ideals and special planes, found inside larger subalgebras.

use super::classify::characteristic;
use super::{CLOSED, Class, Classes, FloatAlgebra, Member, Search, search};
use crate::discover::training::ideals;
use crate::float::gemm::multiply;
use crate::float::orthonormal_rows;
use crate::limits::{Limits, Stop};

/// Starts for each larger dimension, and inside each larger subalgebra.
const STARTS: usize = 24;
/// The largest algebra for which larger subalgebras are looked through.
const MOST_DIM: usize = 15;

/// Adds to what a search found the classes of dimension `k` that lie in larger subalgebras as terms of their series, centres,
/// simple ideals, or where random planes inside them close. Their count of starts is 0. Nothing for algebras of dimension
/// above 15, where it would cost more than the search; at most `24 · 24` closures for each larger dimension and class.
pub fn search_inside(algebra: &FloatAlgebra, found: &mut Search, limits: &Limits) -> Result<(), Stop> {
    let (dim, k) = (algebra.dim(), found.dim);
    if dim > MOST_DIM || k == 0 {
        return Ok(());
    }
    let killing = algebra.killing();
    let threshold = CLOSED * algebra.scale() * algebra.scale();
    let mut classes = Classes { algebra, k, all: std::mem::take(&mut found.classes) };
    // The whole algebra has ideals too.
    let whole: Vec<f64> = (0..dim * dim).map(|at| f64::from(u8::from(at % (dim + 1) == 0))).collect();
    let mut larger = vec![(dim, whole)];
    for size in (k + 1..dim).rev() {
        let these = search(algebra, size, STARTS, limits)?.classes;
        larger.extend(these.into_iter().map(|class: Class| (size, class.plane)));
    }
    for (size, rows) in larger {
        limits.check()?;
        let part = algebra.restricted(size, &rows);
        let mut planes = characteristic(&part);
        match ideals(&part, 0.0, limits) {
            Ok(it) => planes.extend(it.simple.into_iter().map(|ideal| ideal.rows)),
            Err(crate::discover::training::IdealError::Stop(stop)) => return Err(stop),
            // Not reductive, or undecided.
            Err(_) => {}
        }
        planes.retain(|plane| plane.len() == k * size);
        if size < dim {
            planes.extend(search(&part, k, STARTS, limits)?.classes.into_iter().map(|class| class.plane));
        }
        for plane in planes {
            let mut inside = vec![0.0; k * dim];
            multiply((k, size, dim), &plane, &rows, &mut inside, false);
            if orthonormal_rows(dim, &mut inside, 1e-9) == k && defect(algebra, k, &inside) <= threshold {
                classes.add(Member::new(algebra, &killing, k, &inside), 0, limits)?;
            }
        }
    }
    found.classes = classes.all;
    Ok(())
}

/// `Σ_{a<b} |(1 - P)[u_a, u_b]|²` on orthonormal rows.
fn defect(algebra: &FloatAlgebra, k: usize, rows: &[f64]) -> f64 {
    let dim = algebra.dim();
    let mut sum = 0.0;
    for a in rows.chunks_exact(dim) {
        let ad = algebra.ad(a);
        for b in rows.chunks_exact(dim) {
            let mut bracket = vec![0.0; dim];
            multiply((dim, dim, 1), &ad, b, &mut bracket, false);
            for u in rows.chunks_exact(dim).take(k) {
                let along: f64 = u.iter().zip(&bracket).map(|(x, y)| x * y).sum();
                bracket.iter_mut().zip(u).for_each(|(x, u)| *x -= along * u);
            }
            sum += bracket.iter().map(|x| x * x).sum::<f64>();
        }
    }
    sum / 2.0
}
