//! Solvable algebras of dimension 1 to 4: the nilradical decides the family, one matrix decides the parameters.
//!
//! The nilradical `N` is abelian of codimension 1 (then one matrix up to a factor is everything), a Heisenberg algebra
//! of dimension 3 (then the action on `N` modulo its centre is), of dimension 2 in dimension 4 (then a quadratic algebra
//! acts on itself), or everything.

use super::power_class::power_class;
use super::work::{Lost, Vector, Work, combination, inverse, plus, quotient, times};
use super::{Found, nilpotent};
use crate::exact::Subspace;
use crate::num::Rational;

pub(super) fn recognize(w: &Work, nilradical: &Subspace) -> Result<Found, Lost> {
    let n = w.dim();
    if nilradical.dim() == n {
        return nilpotent_one(w);
    }
    let full = Subspace::full(n);
    match (n, n - nilradical.dim(), w.product(nilradical, nilradical)?.dim()) {
        (_, 1, 0) => semidirect(w, nilradical, &w.outside(&full, nilradical)?),
        (4, 1, 1) => on_heisenberg(w, nilradical, &w.outside(&full, nilradical)?),
        (4, 2, 0) => quadratic(w, nilradical),
        _ => Err(Lost::Unexpected),
    }
}

/// The members of the list that are nilpotent, named there by the matrix that acts on an abelian ideal.
fn nilpotent_one(w: &Work) -> Result<Found, Lost> {
    let found = nilpotent::recognize(w)?;
    let y = found.basis;
    let order = |order: &[usize]| order.iter().map(|&i| y[i].clone()).collect::<Vec<Vector>>();
    let zero = Rational::ZERO;
    Ok(match (w.dim(), found.number) {
        (_, 1) => Found::plain(1, y),
        // [y1, y2] = y3 and [x3, x1] = x2.
        (3, 2) => Found { parameters: vec![zero], ..Found::plain(4, order(&[1, 2, 0])) },
        // [x4, x2] = x3 with x1 central.
        (4, 2) => Found::plain(5, order(&[3, 1, 2, 0])),
        // [y1, y2] = y3, [y1, y3] = y4 and [x4, x1] = x2, [x4, x2] = x3.
        (4, 3) => Found { parameters: vec![zero.clone(), zero], ..Found::plain(7, order(&[1, 2, 3, 0])) },
        _ => return Err(Lost::Unexpected),
    })
}

/// `x` acts on the abelian ideal of codimension 1 by a matrix that is not nilpotent.
fn semidirect(w: &Work, ideal: &Subspace, x: &Vector) -> Result<Found, Lost> {
    let m = ideal.dim();
    let trace = trace_on(w, x, ideal)?;
    let act = |v: &Vector| w.bracket(x, v);
    // The vector whose images v, Av, A²v, … reach farthest.
    let mut orbit: Vec<Vector> = Vec::new();
    for v in grid(ideal, m) {
        w.limits.check()?;
        let mut images = vec![v];
        while let Some(last) = images.last() {
            let next = act(last);
            if w.span(&images)?.contains(&next) {
                break;
            }
            images.push(next);
        }
        if images.len() > orbit.len() {
            orbit = images;
        }
        if orbit.len() == m {
            break;
        }
    }
    let cyclic = |v: &Vector, factor: &Rational| {
        let mut out = vec![v.clone()];
        for k in 1..m {
            out.push(times(factor, &act(&out[k - 1])));
        }
        out.push(times(factor, x));
        out
    };
    let seed = orbit.first().ok_or(Lost::Unexpected)?.clone();
    let top = act(orbit.last().ok_or(Lost::Unexpected)?);
    let c = w.coordinates(&top, &orbit, &w.zero())?;
    match (m, orbit.len()) {
        // The matrix is a multiple of 1.
        (_, 1) => {
            let mut basis = ideal.basis().to_vec();
            basis.push(times(&inverse(&c[0])?, x));
            Ok(Found::plain(2, basis))
        }
        (2, 2) if !trace.is_zero() => {
            let factor = inverse(&trace)?;
            let a = &c[0] * &(&factor * &factor);
            Ok(Found { parameters: vec![a], ..Found::plain(3, cyclic(&seed, &factor)) })
        }
        (2, 2) => {
            let class = power_class(&c[0], 2, w.limits)?;
            let factor = inverse(&class.root)?;
            Ok(Found { parameters: vec![class.rest], normal: class.reduced, number: 4, basis: cyclic(&seed, &factor) })
        }
        (3, 2) => double_eigenvalue(w, ideal, x, &trace, &orbit, &c),
        (3, 3) if !trace.is_zero() => {
            let f = inverse(&trace)?;
            let square = &f * &f;
            let parameters = vec![&c[0] * &(&square * &f), &c[1] * &square];
            Ok(Found { parameters, ..Found::plain(6, cyclic(&seed, &f)) })
        }
        (3, 3) => {
            let (factor, normal) = if c[1].is_zero() {
                let class = power_class(&c[0], 3, w.limits)?;
                (inverse(&class.root)?, class.reduced)
            } else if c[0].is_zero() {
                let class = power_class(&c[1], 2, w.limits)?;
                (inverse(&class.root)?, class.reduced)
            } else {
                (quotient(&c[1], &c[0])?, true)
            };
            let square = &factor * &factor;
            let parameters = vec![&c[0] * &(&square * &factor), &c[1] * &square];
            Ok(Found { number: 7, parameters, basis: cyclic(&seed, &factor), normal })
        }
        _ => Err(Lost::Unexpected),
    }
}

/// The matrix on the ideal of dimension 3 has the minimal polynomial `(t - λ)(t - μ)` with `λ` twice.
fn double_eigenvalue(
    w: &Work,
    ideal: &Subspace,
    x: &Vector,
    trace: &Rational,
    orbit: &[Vector],
    c: &[Rational],
) -> Result<Found, Lost> {
    let act = |v: &Vector| w.bracket(x, v);
    let lambda = trace - &c[1];
    let mu = &c[1] - &lambda;
    // An eigenvector for λ outside the span of the orbit.
    let moved: Vec<Vector> = ideal.basis().iter().map(|v| plus(&act(v), &-&lambda, v)).collect();
    let equations: Vec<Vector> = (0..w.dim()).map(|r| moved.iter().map(|v| v[r].clone()).collect()).collect();
    let kernel = Subspace::kernel(ideal.dim(), &equations, w.limits)?;
    let eigenvectors: Vec<Vector> = kernel.basis().iter().map(|t| combination(t, ideal.basis(), w.dim())).collect();
    let eigenvector = w.outside(&w.span(&eigenvectors)?, &w.span(orbit)?)?;
    let (factor, number, parameters) = if lambda.is_zero() {
        (inverse(&mu)?, 4, Vec::new())
    } else {
        (inverse(&lambda)?, 3, vec![quotient(&mu, &lambda)?])
    };
    let x2 = orbit[0].clone();
    let x3 = times(&factor, &act(&x2));
    Ok(Found { parameters, ..Found::plain(number, vec![eigenvector, x2, x3, times(&factor, x)]) })
}

/// The trace of `ad x` on an ideal.
fn trace_on(w: &Work, x: &Vector, ideal: &Subspace) -> Result<Rational, Lost> {
    let mut trace = Rational::ZERO;
    for (v, &pivot) in ideal.basis().iter().zip(ideal.pivots()) {
        trace += &w.bracket(x, v)[pivot];
    }
    Ok(trace)
}

/// Vectors with coordinates 0 to `degree` in the basis of a space, by the sum of the coordinates. A polynomial that is
/// not zero and has degree at most `degree` in each coordinate does not vanish on all of them.
fn grid(space: &Subspace, degree: usize) -> Vec<Vector> {
    let mut coordinates: Vec<Vec<i64>> = vec![Vec::new()];
    for _ in 0..space.dim() {
        coordinates = coordinates
            .into_iter()
            .flat_map(|c| (0..=degree as i64).map(move |x| c.iter().copied().chain([x]).collect()))
            .collect();
    }
    coordinates.retain(|c: &Vec<i64>| c.iter().any(|&x| x != 0));
    coordinates.sort_by_key(|c| c.iter().sum::<i64>());
    let ambient = space.ambient();
    coordinates
        .iter()
        .map(|c| combination(&c.iter().map(|&x| Rational::from(x)).collect::<Vec<_>>(), space.basis(), ambient))
        .collect()
}

/// `x4` acts on a Heisenberg algebra; on the quotient by its centre by a matrix `B` that is not nilpotent, on the centre
/// by the trace of `B`.
fn on_heisenberg(w: &Work, nilradical: &Subspace, x4: &Vector) -> Result<Found, Lost> {
    let z = w.product(nilradical, nilradical)?;
    let center = z.basis().first().ok_or(Lost::Unexpected)?.clone();
    let trace = w.ratio(&w.bracket(x4, &center), &center, &w.zero())?;
    let gens = w.complement(nilradical, &z)?;
    let [e, f] = &gens[..] else { return Err(Lost::Unexpected) };
    let both = plus(e, &Rational::ONE, f);
    // A vector that B moves out of its line, if there is one.
    let moved = [e, f, &both].into_iter().find(|v| w.ratio(&w.bracket(x4, v), v, &z).is_err());
    let Some(x3) = moved else {
        // B is a multiple of 1 and not nilpotent: scaled to 1, then made diagonal by inner derivations.
        let x4 = times(&inverse(&(&trace / &Rational::from(2)))?, x4);
        let straight = |v: &Vector| plus(&w.bracket(&x4, v), &-Rational::ONE, v);
        // (B - 1) v lies in the centre, on which x4 acts by 2.
        let (x1, x3) = (plus(e, &-Rational::ONE, &straight(e)), plus(f, &-Rational::ONE, &straight(f)));
        let x2 = w.bracket(&x3, &x1);
        return Ok(Found::plain(12, vec![x1, x2, x3, x4]));
    };
    let (factor, mut number, mut normal) = (inverse(&trace), 13, true);
    let factor = match factor {
        Ok(factor) => factor,
        Err(_) => {
            let square = w.bracket(x4, &w.bracket(x4, x3));
            let class = power_class(&w.ratio(&square, x3, &z)?, 2, w.limits)?;
            number = 14;
            normal = class.reduced;
            inverse(&class.root)?
        }
    };
    let mut x4 = times(&factor, x4);
    let x1 = w.bracket(&x4, x3);
    let x2 = w.bracket(x3, &x1);
    // [x4, x1] = a x3 + (x1 or 0) + c x2, and adding a multiple of x3 to x4 removes the last term.
    let c = w.coordinates(&w.bracket(&x4, &x1), &[x3.clone(), x1.clone(), x2.clone()], &w.zero())?;
    x4 = plus(&x4, &-&c[2], x3);
    Ok(Found { number, parameters: vec![c[0].clone()], basis: vec![x1, x2, x3.clone(), x4], normal })
}

/// A quadratic algebra `Q[t]/(t² - t - a)` acts on the abelian nilradical of dimension 2 as on itself.
fn quadratic(w: &Work, nilradical: &Subspace) -> Result<Found, Lost> {
    let full = Subspace::full(4);
    let outer = w.complement(&full, nilradical)?;
    let [p, q] = &outer[..] else { return Err(Lost::Unexpected) };
    // The commutative algebra of dimension 2 that acts contains 1: x3 acts by 1, x4 without trace.
    let columns = |x: &Vector| -> Vector { nilradical.basis().iter().flat_map(|v| w.bracket(x, v)).collect() };
    let identity: Vector = nilradical.basis().concat();
    let (cp, cq) = (columns(p), columns(q));
    let matrix = crate::exact::Matrix::from_fn(8, 2, |i, j| if j == 0 { cp[i].clone() } else { cq[i].clone() });
    let one = crate::exact::solve(&matrix, &identity, w.limits)?.ok_or(Lost::Unexpected)?;
    let x3 = combination(&one, &outer, 4);
    let other = if one[1].is_zero() { q } else { p };
    let half_trace = &trace_on(w, other, nilradical)? / &Rational::from(2);
    let other = plus(other, &-half_trace, &x3);
    // x3 acts by 1: changing the other by an element of the nilradical makes them commute.
    let other = plus(&other, &-Rational::ONE, &w.bracket(&x3, &other));
    let v = nilradical.basis()[0].clone();
    let square = w.ratio(&w.bracket(&other, &w.bracket(&other, &v)), &v, &w.zero())?;
    let class = power_class(&square, 2, w.limits)?;
    // x4 = (1 + √d)/2.
    let half = Rational::ONE / Rational::from(2);
    let root = times(&(&half * &inverse(&class.root)?), &other);
    let x4 = plus(&root, &half, &x3);
    if class.rest.is_one() {
        // Two idempotents x4 and x3 - x4, each acting on its own line.
        let second = plus(&x3, &-Rational::ONE, &x4);
        let image =
            |x: &Vector| nilradical.basis().iter().map(|v| w.bracket(x, v)).find(|v| v.iter().any(|c| !c.is_zero()));
        let (a, b) = (image(&x4).ok_or(Lost::Unexpected)?, image(&second).ok_or(Lost::Unexpected)?);
        return Ok(Found::plain(8, vec![x4, a, second, b]));
    }
    let a = (&class.rest - &Rational::ONE) / Rational::from(4);
    let x1 = w.bracket(&x4, &v);
    Ok(Found { number: 9, parameters: vec![a], basis: vec![x1, v, x3, x4], normal: class.reduced })
}
