//! Rational numbers between real roots, proposed by floats and decided by exact signs.

use crate::exact::Matrix;
use crate::exact::polynomial::Polynomial;
use crate::float::dense::eigenvalues;
use crate::num::Rational;

/// Rational numbers with exactly one real root of the product between neighbours and none outside, with short digits;
/// `None` when approximate roots do not lead to such points.
///
/// The approximations only propose. A change of sign between neighbours means an odd number of roots; when there are as
/// many changes as real roots (one for a linear factor, Sturm's count for the others) each stands for one root.
pub(super) fn short_separators(fields: &[&Polynomial]) -> Option<Vec<Rational>> {
    let mut roots = Vec::new();
    let mut count = 0;
    for field in fields {
        let degree = field.degree()?;
        let coefficients: Vec<f64> = field.monic().coefficients().iter().map(Rational::to_f64).collect();
        if degree == 1 {
            count += 1;
            roots.push(-coefficients[0]);
            continue;
        }
        count += field.real_root_count();
        let companion = Matrix::from_fn(degree, degree, |i, j| match j + 1 == degree {
            true => -coefficients[i],
            false => f64::from(u8::from(i == j + 1)),
        });
        let found = eigenvalues(&companion).ok()?;
        roots.extend(found.iter().filter(|z| z.1 == 0.0).map(|z| z.0));
    }
    if roots.len() != count || roots.iter().any(|x| !x.is_finite() || x.abs() > 1e60) {
        return None;
    }
    roots.sort_by(f64::total_cmp);
    let ends = (roots.first().map_or(0.0, |x| x - 1.0 - x.abs()), roots.last().map_or(0.0, |x| x + 1.0 + x.abs()));
    let between = roots.windows(2).map(|w| short_number(w[0], w[1]));
    let points: Vec<Rational> = if roots.is_empty() {
        vec![Rational::ZERO]
    } else {
        let inner: Option<Vec<Rational>> = between.collect();
        [vec![Rational::from_f64(ends.0.floor())?], inner?, vec![Rational::from_f64(ends.1.ceil())?]].concat()
    };
    let signs: Vec<i32> = points.iter().map(|c| fields.iter().map(|f| f.evaluate(c).signum()).product()).collect();
    (signs.windows(2).filter(|w| w[0] * w[1] < 0).count() == count).then_some(points)
}

/// A dyadic number between two doubles, with few digits.
fn short_number(low: f64, high: f64) -> Option<Rational> {
    let step = 2f64.powf(((high - low) / 4.0).log2().floor());
    let middle = ((low + high) / 2.0 / step).round() * step;
    if step > 0.0 && low < middle && middle < high { Rational::from_f64(middle) } else { None }
}
