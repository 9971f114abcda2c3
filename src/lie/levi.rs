//! The Levi decomposition `g = s ⋉ R` with an explicit semisimple complement `s` of the radical.
//!
//! The complement is lifted step by step along the derived series `R = R_1 ⊃ R_2 = [R, R] ⊃ … ⊃ 0` (Rand, Winternitz,
//! Zassenhaus 1988; de Graaf §4.13). Let `φ` be a linear section of `g → g/R` that is a homomorphism modulo `R_t`. To
//! correct it modulo `R_{t+1}` we solve a linear system for `u: g/R → R_t / R_{t+1}`:
//! `[φ a, u b] − [φ b, u a] − u [a, b] = φ[a, b] − [φ a, φ b]`. It is enough to ask this for `a` in a generating set:
//! the elements for which it holds for all `b` form a subalgebra. The result is checked to be a subalgebra.

use super::StructureConstants;
use super::structure::{combination, derived_series_of, quotient_constants, subalgebra_constants};
use crate::exact::{Matrix, Subspace, solve};
use crate::limits::{Limits, Stop};
use crate::num::Rational;
use crate::num::prime::{random_integer, random_stream};

/// A basis of a Levi factor: vectors whose images are the basis of `g / R` used by
/// [`quotient_constants`], spanning a semisimple subalgebra.
///
/// Each step solves a system with `dim(g/R) · dim(R_t/R_{t+1})` unknowns.
pub fn levi_factor(
    constants: &StructureConstants,
    radical: &Subspace,
    limits: &Limits,
) -> Result<Vec<Vec<Rational>>, Stop> {
    let n = constants.dim();
    let quotient = quotient_constants(constants, radical);
    let m = quotient.dim();
    let unit = |c: usize| (0..n).map(|i| Rational::from(i64::from(i == c))).collect::<Vec<_>>();
    let start: Vec<Vec<Rational>> = radical.free_columns().into_iter().map(unit).collect();
    if radical.dim() == 0 || m == 0 {
        return Ok(start);
    }
    let mut series = derived_series_of(constants, radical, limits)?;
    series.push(Subspace::zero(n));
    for attempt in 0.. {
        limits.check()?;
        let generators = generic_generators(m, attempt, limits);
        let mut section = start.clone();
        for step in series.windows(2) {
            correct(constants, &quotient, &generators, &mut section, &step[0], &step[1], limits)?;
        }
        let space = Subspace::span(n, &section, limits)?;
        if subalgebra_constants(constants, &space, limits)?.is_ok() {
            return Ok(section);
        }
        // The generic elements did not generate g/R: draw others.
    }
    Ok(start)
}

fn generic_generators(m: usize, attempt: u64, limits: &Limits) -> Vec<Vec<Rational>> {
    let mut rng = random_stream(limits.seed(), 7000 + attempt);
    let count = 2 + attempt as usize;
    (0..count).map(|_| (0..m).map(|_| Rational::from(random_integer(&mut rng, 3))).collect()).collect()
}

/// Corrects the section by elements of `upper` so that it is a homomorphism modulo `lower`.
fn correct(
    constants: &StructureConstants,
    quotient: &StructureConstants,
    generators: &[Vec<Rational>],
    section: &mut [Vec<Rational>],
    upper: &Subspace,
    lower: &Subspace,
    limits: &Limits,
) -> Result<(), Stop> {
    let (n, m) = (constants.dim(), quotient.dim());
    // Representatives of upper / lower, and coordinates in it: the pivots of `upper` that `lower` does not have.
    let layer: Vec<(usize, &Vec<Rational>)> = upper
        .pivots()
        .iter()
        .zip(upper.basis())
        .filter(|(pivot, _)| lower.pivots().binary_search(pivot).is_err())
        .map(|(pivot, v)| (*pivot, v))
        .collect();
    let d = layer.len();
    if d == 0 {
        return Ok(());
    }
    limits.reserve(48 * (generators.len() * m * d) as u128 * (m * d) as u128)?;
    let coordinates = |v: &[Rational]| {
        let reduced = lower.reduce(v);
        layer.iter().map(|(pivot, _)| reduced[*pivot].clone()).collect::<Vec<_>>()
    };
    // Action of φ(e_b) on the layer: images[b][s] = coordinates of [φ e_b, layer_s].
    let mut images: Vec<Vec<Vec<Rational>>> = Vec::with_capacity(m);
    for x in section.iter() {
        limits.check()?;
        let ad: Vec<Vec<Rational>> = constants.ad(x).transpose().iter_rows().map(<[Rational]>::to_vec).collect();
        images.push(layer.iter().map(|(_, v)| coordinates(&combination(v, &ad, n))).collect());
    }
    let quotient_rows = |a: &[Rational], b: usize| {
        let unit: Vec<Rational> = (0..m).map(|i| Rational::from(i64::from(i == b))).collect();
        quotient.bracket(a, &unit)
    };
    let mut rows: Vec<Vec<Rational>> = Vec::new();
    let mut right = Vec::new();
    for a in generators {
        let lifted = combination(a, section, n);
        let ad: Vec<Vec<Rational>> = constants.ad(&lifted).transpose().iter_rows().map(<[Rational]>::to_vec).collect();
        for b in 0..m {
            limits.check()?;
            let target = quotient_rows(a, b);
            let bracket = combination(&section[b], &ad, n);
            let image = combination(&target, section, n);
            let defect: Vec<Rational> = image.iter().zip(&bracket).map(|(x, y)| x - y).collect();
            let defect = coordinates(&defect);
            for (k, value) in defect.into_iter().enumerate() {
                // Unknown u[b][s] at b d + s.
                let mut row = vec![Rational::ZERO; m * d];
                for (i, x) in a.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
                    for s in 0..d {
                        row[b * d + s].add_product(x, &images[i][s][k]);
                        row[i * d + s] -= &(x * &images[b][s][k]);
                    }
                }
                for (c, x) in target.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
                    row[c * d + k] -= x;
                }
                rows.push(row);
                right.push(value);
            }
        }
    }
    let Some(system) = Matrix::from_rows(rows) else { return Ok(()) };
    // Solvable by Whitehead's second lemma; otherwise the final check sends us back for other generators.
    if let Some(solution) = solve(&system, &right, limits)? {
        for (b, x) in section.iter_mut().enumerate() {
            for (s, (_, v)) in layer.iter().enumerate() {
                let factor = &solution[b * d + s];
                if !factor.is_zero() {
                    for (sum, y) in x.iter_mut().zip(*v) {
                        sum.add_product(factor, y);
                    }
                }
            }
        }
    }
    Ok(())
}
