//! How many symmetries there are: the rule by which the dimension is read from singular values.

use super::error::DiscoverError;
use super::rows::{Kept, System};
use crate::float::{
    gram_null_space, largest_eigenvalue, low_eigen, symmetric_eigen, symmetric_eigenvalues, triangular,
};
use crate::limits::Limits;

/// Singular values below this part of the largest are rounding: a Gram matrix keeps half of the digits.
pub(super) const ROUNDING: f64 = 2e-7;
/// The same for a triangular factor, which keeps all digits.
const FINE_ROUNDING: f64 = 1e-12;
/// Without noise the gap that a dimension rests on when nothing is zero to rounding.
const CLEAR_GAP: f64 = 100.0;
/// What the edge of the noise is multiplied by: the law of Marchenko and Pastur holds for large systems of light tails; of
/// small ones and products of normal numbers the largest value is up to a few percent above it.
const FLUCTUATION: f64 = 1.1;
/// With noise the gap that must follow the values below its edge, at least, and in units of the relative spread `√(m / rows)`
/// of values that are noise alone: smaller gaps are found anywhere among values that the noise has drowned.
const NOISE_GAP: (f64, f64) = (1.2, 3.5);
/// Values in units of the error of the oracle in their own direction: up to the first a value may be zero, from the second on it
/// is not, and between the largest of the ones and the smallest of the others there has to be this factor.
pub(super) const WITHIN: (f64, f64, f64) = (0.85, 1.2, 1.75);
/// From this many unknowns on all values are computed without their vectors, where that can be.
const MANY: usize = 400;
/// A largest value below this part of the size of the factors means that every equation is zero.
const NOTHING: f64 = 1e-9;

/// Why the dimension is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// So many values are zero to rounding.
    Rounding,
    /// So many values lie below the edge of the stated noise.
    NoiseEdge,
    /// So many values are no larger than the error of the oracle makes them.
    Error,
    /// The values have one gap of at least a factor 100.
    Gap,
    /// No value is small: there is no symmetry.
    None,
    /// All values are zero: every matrix is a symmetry.
    All,
}

impl Rule {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Rule::Rounding => "values that are zero to rounding",
            Rule::NoiseEdge => "values below the edge of the noise",
            Rule::Error => "values within the error of the fit",
            Rule::Gap => "the largest gap, of at least a factor 100",
            Rule::None => "no value is small",
            Rule::All => "all equations are zero",
        }
    }
}

/// The singular values of the scaled system, divided by the root of the number of rows, and what is read from them.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    /// The values in increasing order; empty when only its ends were computed.
    pub values: Vec<f64>,
    /// The largest value that is counted as zero, when it was computed.
    pub last: Option<f64>,
    /// The smallest value that is not counted as zero (of a spectrum whose ends alone were computed, a number below it).
    pub next: Option<f64>,
    /// The largest value.
    pub largest: f64,
    /// The dimension of the null space.
    pub dim: usize,
    /// By which rule.
    pub rule: Rule,
    /// The first value that is not counted as zero over the last one that is (or the rounding level when that is larger);
    /// `None` when all values are zero or none is counted.
    pub gap: Option<f64>,
    /// The level below which a value is rounding.
    pub rounding: f64,
    /// The edge of the noise, when noise was stated.
    pub noise_edge: Option<f64>,
    /// The dimension that the next largest gap would give, with that gap.
    pub runner_up: Option<(usize, f64)>,
}

/// A spectrum and, as rows, a basis of the null space in scaled unknowns.
pub(super) type Solved = (Spectrum, Vec<Vec<f64>>);

/// The spectrum and the null space. Unless all values are wanted (`9 m³` operations, less without noise),
/// its ends alone are tried first: by Cholesky's factorisation (`m³ / 3`) without noise, by inverse iteration (`2 m³ / 3` and
/// some more) with noise.
pub(super) fn spectrum(system: &System, all: bool, limits: &Limits) -> Result<Solved, DiscoverError> {
    limits.progress("spectrum", 0.5);
    limits.check()?;
    let ends = match &system.kept {
        _ if system.error.is_some() => None,
        Kept::Gram(gram) if !all && system.floor == 0.0 => zeros(system.unknowns, gram, limits)?,
        Kept::Gram(gram) if !all => below_edge(system, gram),
        Kept::Gram(gram) if system.unknowns >= MANY && system.floor == 0.0 => all_and_zeros(system, gram, limits)?,
        _ => None,
    };
    let (spectrum, basis) = match ends {
        Some(found) => found,
        None => whole(system)?,
    };
    limits.check()?;
    if spectrum.rule == Rule::NoiseEdge && spectrum.dim > 0 {
        let (gap, edge) = (spectrum.gap.unwrap_or(0.0), spectrum.noise_edge.unwrap_or(0.0));
        let spread = (system.unknowns as f64 / system.rows.max(1) as f64).sqrt();
        if gap < NOISE_GAP.0.max(1.0 + NOISE_GAP.1 * spread) {
            return Err(DiscoverError::Noise { count: spectrum.dim, unknowns: system.unknowns, edge, gap });
        }
    }
    Ok((spectrum, basis))
}

/// A spectrum without noise by its ends, when the zeros are clear.
fn zeros(m: usize, gram: &[f64], limits: &Limits) -> Result<Option<Solved>, DiscoverError> {
    let Some(found) = gram_null_space(m, gram, limits)? else { return Ok(None) };
    let (next, largest) = (found.next.sqrt(), found.largest.sqrt());
    let rounding = (ROUNDING * largest).max(NOTHING);
    let spectrum = Spectrum {
        values: Vec::new(),
        last: None,
        next: Some(next),
        largest,
        dim: found.basis.len(),
        rule: Rule::Rounding,
        gap: Some(next / rounding),
        rounding,
        noise_edge: None,
        runner_up: None,
    };
    Ok((next > CLEAR_GAP * rounding).then_some((spectrum, found.basis)))
}

/// All values without noise, when the zeros are clear: the null space then needs no eigenvectors (`5 m³ / 3` operations).
fn all_and_zeros(system: &System, gram: &[f64], limits: &Limits) -> Result<Option<Solved>, DiscoverError> {
    let m = system.unknowns;
    let Some((_, basis)) = zeros(m, gram, limits)? else { return Ok(None) };
    let Some(squares) = symmetric_eigenvalues(m, gram) else { return Ok(None) };
    let values = squares.iter().map(|x| x.max(0.0).sqrt()).collect();
    let spectrum = decide(values, system.floor, system.rows.max(1), ROUNDING);
    Ok((spectrum.dim == basis.len()).then_some((spectrum, basis)))
}

/// A spectrum with noise by its ends, when few values lie below the edge of the noise.
fn below_edge(system: &System, gram: &[f64]) -> Option<Solved> {
    let m = system.unknowns;
    let largest = largest_eigenvalue(m, gram).sqrt();
    let rounding = (ROUNDING * largest).max(NOTHING);
    let edge = noise_edge(system.floor, m, system.rows.max(1));
    let found = low_eigen(m, gram, edge.max(rounding).powi(2))?;
    let (last, next) = (found.values.last()?.max(0.0).sqrt(), found.next.sqrt());
    let spectrum = Spectrum {
        values: Vec::new(),
        last: Some(last),
        next: Some(next),
        largest,
        dim: found.values.len(),
        rule: Rule::NoiseEdge,
        gap: Some(next / last.max(rounding)),
        rounding,
        noise_edge: Some(edge),
        runner_up: None,
    };
    Some((spectrum, found.vectors))
}

/// All values.
fn whole(system: &System) -> Result<Solved, DiscoverError> {
    let m = system.unknowns;
    let (values, vectors, rounding) = match &system.kept {
        Kept::Gram(gram) => {
            let (squares, vectors) = symmetric_eigen(m, |i, j| gram[i * m + j]).ok_or(DiscoverError::NoConvergence)?;
            (squares.iter().map(|x| x.max(0.0).sqrt()).collect(), vectors, ROUNDING)
        }
        Kept::Triangle(triangle) => {
            let (values, vectors) = triangular::right_singular(m, triangle).ok_or(DiscoverError::NoConvergence)?;
            (values, vectors, FINE_ROUNDING)
        }
    };
    let mut spectrum = decide(values, system.floor, system.rows.max(1), rounding);
    if let Some(error) = &system.error {
        within(&mut spectrum, &own_errors(m, error, &vectors, system.floor))?;
    }
    let basis = (0..spectrum.dim).map(|k| (0..m).map(|i| vectors[i * m + k]).collect()).collect();
    Ok((spectrum, basis))
}

/// The error of each singular value: the root mean square of the rows of the error along its vector, a column of `vectors`.
fn own_errors(m: usize, error: &Kept, vectors: &[f64], floor: f64) -> Vec<f64> {
    let rows: Vec<f64> = (0..m * m).map(|at| vectors[at % m * m + at / m]).collect();
    error.squares(m, &rows).into_iter().map(|square| (square + floor).sqrt()).collect()
}

/// Reads the dimension of an inexact oracle: the first values are zero that are within their own errors, if all others are
/// clearly not.
fn within(spectrum: &mut Spectrum, errors: &[f64]) -> Result<(), DiscoverError> {
    if spectrum.rule == Rule::All {
        return Ok(());
    }
    let m = spectrum.values.len();
    let rounding = spectrum.rounding;
    let parts: Vec<f64> = spectrum.values.iter().zip(errors).map(|(x, e)| x / e.max(rounding)).collect();
    let largest = |k: usize| parts[..k].iter().copied().fold(0.0, f64::max);
    let smallest = |k: usize| parts[k..].iter().copied().fold(f64::INFINITY, f64::min);
    // The division into zeros and others that is clearest.
    let dim = (0..m).max_by(|a, b| {
        let clear = |k: usize| smallest(k) / largest(k).max(WITHIN.0 / WITHIN.2);
        clear(*a).total_cmp(&clear(*b)).then(b.cmp(a))
    });
    let dim = dim.unwrap_or(0);
    let (zero, other) = (largest(dim), smallest(dim));
    if zero > WITHIN.0 || other < WITHIN.1 || other < WITHIN.2 * zero {
        let at = parts.iter().position(|p| *p >= WITHIN.0).unwrap_or(m).min(m.saturating_sub(1));
        let unclear = parts.iter().filter(|p| (WITHIN.0..WITHIN.1).contains(*p)).count();
        return Err(DiscoverError::Inexact {
            zero: parts.iter().filter(|p| **p < WITHIN.0).count(),
            unclear,
            unknowns: m,
            value: spectrum.values.get(at).copied().unwrap_or(0.0),
            error: errors.get(at).copied().unwrap_or(0.0),
        });
    }
    let last = dim.checked_sub(1).and_then(|k| spectrum.values.get(k)).copied();
    let next = spectrum.values.get(dim).copied();
    // A value is known to its error only.
    let known = |k: usize| spectrum.values[k].max(errors[k]).max(rounding);
    let ratio = |k: usize| if k == 0 { 0.0 } else { spectrum.values[k] / known(k - 1) };
    let runner_up =
        (1..m).filter(|&k| k != dim).map(|k| (k, ratio(k))).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    spectrum.gap = (dim > 0).then(|| ratio(dim));
    spectrum.runner_up = runner_up.filter(|(_, gap)| *gap > 1.0);
    spectrum.noise_edge = errors[..dim.max(1).min(m)].iter().copied().reduce(f64::max);
    (spectrum.dim, spectrum.rule, spectrum.last, spectrum.next) = (dim, Rule::Error, last, next);
    Ok(())
}

/// The singular value, divided by the root of the number of rows, that noise of variance `floor` in each entry of a row
/// does not pass (Marchenko and Pastur 1967), with a margin.
fn noise_edge(floor: f64, unknowns: usize, rows: usize) -> f64 {
    FLUCTUATION * floor.sqrt() * (1.0 + (unknowns as f64 / rows as f64).sqrt())
}

/// Applies the rule to values in increasing order. `floor` is the square that noise alone would give, `rounding` the part of
/// the largest value below which another one is rounding.
pub(super) fn decide(values: Vec<f64>, floor: f64, rows: usize, rounding: f64) -> Spectrum {
    let m = values.len();
    let largest = values.last().copied().unwrap_or(0.0);
    let rounding = (rounding * largest).max(NOTHING.min(rounding));
    let edge = (floor > 0.0).then(|| noise_edge(floor, m, rows));
    let below = |level: f64| values.partition_point(|&x| x < level);
    // The ratio behind the first k values, none of them taken smaller than rounding.
    let ratio = |k: usize| match (k.checked_sub(1).and_then(|at| values.get(at)), values.get(k)) {
        (Some(last), Some(next)) => next / last.max(rounding),
        (None, Some(next)) => next / rounding,
        _ => 0.0,
    };
    let best = |from: usize, but: Option<usize>| {
        let candidates = (from.max(1)..m).filter(|&k| Some(k) != but);
        candidates.map(|k| (k, ratio(k))).fold(None, |best: Option<(usize, f64)>, new| match best {
            Some(old) if old.1 >= new.1 => Some(old),
            _ => Some(new),
        })
    };
    let zero = below(rounding);
    let (dim, rule) = if m == 0 {
        (0, Rule::None)
    } else if largest < NOTHING {
        (m, Rule::All)
    } else if let Some(edge) = edge {
        (below(edge.max(rounding)), Rule::NoiseEdge)
    } else if zero > 0 {
        (zero, Rule::Rounding)
    } else {
        match best(1, None) {
            Some((k, gap)) if gap >= CLEAR_GAP => (k, Rule::Gap),
            _ => (0, Rule::None),
        }
    };
    let gap = (dim > 0 && dim < m).then(|| ratio(dim));
    // Gaps inside the zeros are gaps of rounding errors.
    let runner_up = best(zero.max(1), Some(dim)).filter(|(_, gap)| *gap > 1.0);
    let (last, next) = (dim.checked_sub(1).and_then(|k| values.get(k)).copied(), values.get(dim).copied());
    Spectrum { values, last, next, largest, dim, rule, gap, rounding, noise_edge: edge, runner_up }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_case_by_case() {
        let by = |values: &[f64], floor: f64| {
            let found = decide(values.to_vec(), floor, 1000, ROUNDING);
            (found.dim, found.rule)
        };
        assert_eq!(by(&[1e-12, 1e-10, 0.1, 0.2, 1.0], 0.0), (2, Rule::Rounding));
        assert_eq!(by(&[0.3, 0.5, 1.0], 0.0), (0, Rule::None));
        assert_eq!(by(&[0.003, 0.004, 0.5, 1.0], 0.0), (2, Rule::Gap));
        assert_eq!(by(&[0.06, 0.07, 0.2, 1.0], 0.0025), (0, Rule::NoiseEdge));
        assert_eq!(by(&[0.04, 0.05, 0.2, 1.0], 0.0025), (2, Rule::NoiseEdge));
        assert_eq!(by(&[1e-17, 1e-16], 0.0), (2, Rule::All));
        assert_eq!(by(&[], 0.0), (0, Rule::None));
        let found = decide(vec![1e-12, 0.1, 0.4, 1.0], 0.0, 1000, ROUNDING);
        assert!(found.gap.is_some_and(|gap| gap > 1e5));
        assert_eq!(found.runner_up.map(|r| r.0), Some(2));
    }

    #[test]
    fn values_in_units_of_their_errors() {
        let by = |values: &[f64], errors: &[f64]| {
            let mut found = decide(values.to_vec(), 0.0, 1000, ROUNDING);
            within(&mut found, errors).map(|()| (found.dim, found.rule))
        };
        let values = [0.01, 0.02, 0.3, 0.5, 1.0];
        assert_eq!(by(&values, &[0.02, 0.03, 0.04, 0.04, 0.1]), Ok((2, Rule::Error)));
        // The third value is no more than its error, the fourth one is: three symmetries; or too near to tell.
        assert_eq!(by(&values, &[0.02, 0.03, 0.6, 0.04, 0.1]), Ok((3, Rule::Error)));
        assert!(by(&values, &[0.02, 0.03, 0.3, 0.04, 0.1]).is_err());
        assert!(by(&values, &[2.0; 5]).is_err());
        assert_eq!(by(&values, &[1e-4; 5]), Ok((0, Rule::Error)));
    }
}
