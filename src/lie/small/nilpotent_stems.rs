//! Nilpotent algebras without abelian summand, one function for each shape of the lower central series `C_1 ⊃ C_2 ⊃ …`.
//!
//! Each picks generators along characteristic subspaces (centralizers of quotients of the series), takes brackets for
//! the further basis vectors and removes what is left over by a change of generators. What cannot be removed is an
//! invariant: a rank, or the discriminant of a form in two variables up to squares.

use super::Found;
use super::nilpotent::Stem;
use super::power_class::{PowerClass, power_class};
use super::work::{Lost, Vector, Work, combination, diagonal_basis, inverse, plus, quotient, times};
use crate::exact::{Matrix, Subspace};
use crate::num::Rational;

impl Stem {
    fn generators<const N: usize>(&self) -> Result<[Vector; N], Lost> {
        self.generators.clone().try_into().map_err(|_| Lost::Unexpected)
    }

    /// `C_k` of the lower central series, from 1.
    fn c(&self, k: usize) -> Result<&Subspace, Lost> {
        self.series.get(k - 1).ok_or(Lost::Unexpected)
    }

    /// The elements that centralize `C_a / C_b`.
    fn centralizer(&self, w: &Work, a: usize, b: usize) -> Result<Subspace, Lost> {
        w.transporter(self.c(1)?, self.c(a)?.basis(), self.c(b)?)
    }
}

/// `value = root² · rest`, also for zero.
fn square_class(w: &Work, value: &Rational) -> Result<PowerClass, Lost> {
    if value.is_zero() {
        return Ok(PowerClass { root: Rational::ONE, rest: Rational::ZERO, reduced: true });
    }
    Ok(power_class(value, 2, w.limits)?)
}

fn minus_half(x: &Rational) -> Rational {
    x * &(Rational::ONE / Rational::from(-2))
}

/// `[x1,x2] = x3`.
pub(super) fn heisenberg(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let [x1, x2] = s.generators()?;
    let x3 = w.bracket(&x1, &x2);
    Ok(Found::plain(2, vec![x1, x2, x3]))
}

/// `[x1,x2] = x3, [x1,x3] = x4`: `x2` commutes with the derived algebra.
pub(super) fn filiform_four(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let (x1, x2) = ends(w, s, &s.centralizer(w, 2, 4)?)?;
    let x3 = w.bracket(&x1, &x2);
    let x4 = w.bracket(&x1, &x3);
    Ok(Found::plain(3, vec![x1, x2, x3, x4]))
}

/// A vector outside the hyperplane and one inside that is not in `C_2`.
fn ends(w: &Work, s: &Stem, hyperplane: &Subspace) -> Result<(Vector, Vector), Lost> {
    Ok((w.outside(s.c(1)?, hyperplane)?, w.outside(hyperplane, s.c(2)?)?))
}

/// `[x1,x2] = x5 = [x3,x4]`: a symplectic form with values in the centre.
pub(super) fn symplectic(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let z = s.c(2)?.basis()[0].clone();
    let form = |a: &Vector, b: &Vector| w.ratio(&w.bracket(a, b), &z, &w.zero());
    let [e1, e2, e3, e4] = s.generators()?;
    let mut rest = vec![e2, e3, e4];
    let at = position_of_nonzero(&rest, |v| form(&e1, v))?;
    let partner = rest.swap_remove(at);
    let value = form(&e1, &partner)?;
    // The two others, orthogonal to the first pair.
    let straight = |v: &Vector| -> Result<Vector, Lost> {
        let out = plus(v, &-quotient(&form(&e1, v)?, &value)?, &partner);
        Ok(plus(&out, &quotient(&form(&partner, v)?, &value)?, &e1))
    };
    let (x3, x4) = (straight(&rest[0])?, straight(&rest[1])?);
    let x4 = times(&quotient(&value, &form(&x3, &x4)?)?, &x4);
    let x5 = w.bracket(&e1, &partner);
    Ok(Found::plain(4, vec![e1, partner, x3, x4, x5]))
}

fn position_of_nonzero(vectors: &[Vector], value: impl Fn(&Vector) -> Result<Rational, Lost>) -> Result<usize, Lost> {
    for (at, v) in vectors.iter().enumerate() {
        if !value(v)?.is_zero() {
            return Ok(at);
        }
    }
    Err(Lost::Unexpected)
}

/// Three generators with brackets spanning two dimensions modulo `modulo`: the first, then two that commute modulo it.
fn commuting_plane(w: &Work, s: &Stem, modulo: &Subspace) -> Result<[Vector; 3], Lost> {
    let e: [Vector; 3] = s.generators()?;
    let brackets = [(0, 1), (0, 2), (1, 2)].map(|(i, j)| modulo.reduce(&w.bracket(&e[i], &e[j])));
    let equations: Vec<Vector> = (0..w.dim()).map(|r| brackets.iter().map(|b| b[r].clone()).collect()).collect();
    let relation = Subspace::kernel(3, &equations, w.limits)?;
    let [omega] = relation.basis() else { return Err(Lost::Unexpected) };
    // ω = ω12 e1∧e2 + ω13 e1∧e3 + ω23 e2∧e3 is decomposable: the plane of v with v ∧ ω = 0.
    let plane = Subspace::kernel(3, &[vec![omega[2].clone(), -&omega[1], omega[0].clone()]], w.limits)?;
    let free = plane.free_columns();
    let [a, b] = plane.basis() else { return Err(Lost::Unexpected) };
    let lift = |c: &Vector| combination(c, &e, w.dim());
    Ok([e[*free.first().ok_or(Lost::Unexpected)?].clone(), lift(a), lift(b)])
}

/// `[x1,x2] = x4, [x1,x3] = x5`.
pub(super) fn two_brackets(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let [x1, x2, x3] = commuting_plane(w, s, &w.zero())?;
    let (x4, x5) = (w.bracket(&x1, &x2), w.bracket(&x1, &x3));
    Ok(Found::plain(8, vec![x1, x2, x3, x4, x5]))
}

/// `x1` outside the centralizer `P` of `C_2`, on which the bracket is an alternating form modulo `C_2`: of rank 2 on two
/// generators (dimension 5) or with a radical that `x1` moves (dimension 6).
pub(super) fn symplectic_over_line(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let p = s.centralizer(w, 2, 4)?;
    let x1 = w.outside(s.c(1)?, &p)?;
    // The part of P that x1 does not move modulo C_3.
    let kernel = w.transporter(&p, std::slice::from_ref(&x1), s.c(3)?)?;
    let plane = w.complement(&kernel, &s.c(2)?.clone())?;
    let x2 = if s.c(1)?.dim() == 5 {
        w.outside(&p, &kernel)?
    } else {
        let radical = w.transporter(&p, p.basis(), &w.zero())?;
        w.outside(&radical, &kernel)?
    };
    let x3 = w.bracket(&x1, &x2);
    let last = w.bracket(&x1, &x3);
    // Commuting with x1 exactly.
    let straight =
        |v: &Vector| -> Result<Vector, Lost> { Ok(plus(v, &-w.ratio(&w.bracket(&x1, v), &last, &w.zero())?, &x3)) };
    match &plane[..] {
        [a] => {
            let x4 = straight(a)?;
            let x4 = times(&inverse(&w.ratio(&w.bracket(&x2, &x4), &last, &w.zero())?)?, &x4);
            Ok(Found::plain(5, vec![x1, x2, x3, x4, last]))
        }
        [a, b] => {
            let (x4, x5) = (straight(a)?, straight(b)?);
            let x5 = times(&inverse(&w.ratio(&w.bracket(&x4, &x5), &last, &w.zero())?)?, &x5);
            Ok(Found::plain(10, vec![x1, x2, x3, x4, x5, last]))
        }
        _ => Err(Lost::Unexpected),
    }
}

/// `[x1,x2] = x3, [x1,x3] = x4, [x2,x3] = x5`, any generators.
pub(super) fn free_of_class_three(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let [x1, x2] = s.generators()?;
    let x3 = w.bracket(&x1, &x2);
    let (x4, x5) = (w.bracket(&x1, &x3), w.bracket(&x2, &x3));
    Ok(Found::plain(9, vec![x1, x2, x3, x4, x5]))
}

/// `[x1,x2] = x4, [x1,x3] = x5, [x2,x3] = x6`, any generators.
pub(super) fn free_of_class_two(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let [x1, x2, x3] = s.generators()?;
    let (x4, x5, x6) = (w.bracket(&x1, &x2), w.bracket(&x1, &x3), w.bracket(&x2, &x3));
    Ok(Found::plain(26, vec![x1, x2, x3, x4, x5, x6]))
}

/// `v, [x1,v], [x1,[x1,v]], …`, `length` vectors.
fn chain(w: &Work, x1: &Vector, v: &Vector, length: usize) -> Vec<Vector> {
    let mut out = vec![v.clone()];
    for k in 1..length {
        out.push(w.bracket(x1, &out[k - 1]));
    }
    out
}

fn with_first(x1: Vector, chain: Vec<Vector>) -> Vec<Vector> {
    std::iter::once(x1).chain(chain).collect()
}

/// `[x1,x2] = x3, [x1,x3] = x4, [x1,x4] = x5` and `[x2,x3] = x5` or 0.
pub(super) fn filiform_five(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let (x1, x2) = ends(w, s, &s.centralizer(w, 2, 4)?)?;
    let x = chain(w, &x1, &x2, 4);
    let c = w.ratio(&w.bracket(&x[0], &x[1]), &x[3], &w.zero())?;
    if c.is_zero() {
        return Ok(Found::plain(7, with_first(x1, x)));
    }
    let x = chain(w, &x1, &times(&inverse(&c)?, &x2), 4);
    Ok(Found::plain(6, with_first(x1, x)))
}

/// Filiform of dimension 6. The lines centralizing `C_2/C_4` and `C_4` agree (15, 17, 18) or not (14, 16).
pub(super) fn filiform_six(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let u = s.centralizer(w, 2, 4)?;
    let v = s.centralizer(w, 4, 6)?;
    let x2 = w.outside(&u, s.c(2)?)?;
    // [x2,x3] = p x5 + q x6.
    let left = |x: &[Vector], last: &Vector| -> Result<(Rational, Rational), Lost> {
        let c = w.coordinates(&w.bracket(&x[0], &x[1]), &[x[3].clone(), last.clone()], &w.zero())?;
        Ok((c[0].clone(), c[1].clone()))
    };
    if u == v {
        let x1 = w.outside(s.c(1)?, &u)?;
        let x = chain(w, &x1, &x2, 5);
        let (p, q) = left(&x, &x[4])?;
        if p.is_zero() && q.is_zero() {
            return Ok(Found::plain(18, with_first(x1, x)));
        }
        if p.is_zero() {
            let x = chain(w, &x1, &times(&inverse(&q)?, &x2), 5);
            return Ok(Found::plain(17, with_first(x1, x)));
        }
        let x2 = times(&inverse(&p)?, &x2);
        let x = chain(w, &x1, &x2, 5);
        let (_, q) = left(&x, &x[4])?;
        // x1 + (q/2) x2 changes x5 by q x6.
        let x1 = plus(&x1, &-minus_half(&q), &x2);
        let x = chain(w, &x1, &x2, 5);
        return Ok(Found::plain(15, with_first(x1, x)));
    }
    let x1 = w.outside(&v, s.c(2)?)?;
    let end = |x: &[Vector]| w.bracket(&x[0], &x[3]);
    let x = chain(w, &x1, &x2, 4);
    let (p, _) = left(&x, &end(&x))?;
    let (number, scale) = if p.is_zero() { (16, Rational::ONE) } else { (14, inverse(&p)?) };
    let x2 = times(&scale, &x2);
    let x = chain(w, &x1, &x2, 4);
    let (_, q) = left(&x, &end(&x))?;
    let x2 = plus(&x2, &minus_half(&q), &x[2]);
    let mut x = chain(w, &x1, &x2, 4);
    x.push(end(&x));
    Ok(Found::plain(number, with_first(x1, x)))
}

/// Two generators and `C_3/C_4` of dimension 2: `(u, v) ↦ [u,[v,x3]]` is a symmetric form on the generators. Its rank and
/// its discriminant up to squares decide.
pub(super) fn symmetric_over_generators(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let e: [Vector; 2] = s.generators()?;
    let z = s.c(4)?.basis()[0].clone();
    let x3 = w.bracket(&e[0], &e[1]);
    let form = |i: usize, j: usize| w.ratio(&w.bracket(&e[i], &w.bracket(&e[j], &x3)), &z, &w.zero());
    let s = [[form(0, 0)?, form(0, 1)?], [form(1, 0)?, form(1, 1)?]];
    let ([u, v], [length, last]) = diagonal_basis(&s)?;
    let class = square_class(w, &quotient(&last, &length)?)?;
    let x1 = combination(&u, &e, w.dim());
    let x2 = times(&inverse(&class.root)?, &combination(&v, &e, w.dim()));
    let x3 = w.bracket(&x1, &x2);
    let (first, second) = (w.bracket(&x1, &x3), w.bracket(&x2, &x3));
    let end = w.bracket(&x1, &first);
    if class.rest.is_zero() {
        return Ok(Found::plain(28, vec![x1, x2, x3, first, end, second]));
    }
    let basis = vec![x1, x2, x3, first, second, end];
    Ok(Found { number: 21, parameters: vec![class.rest], basis, normal: class.reduced })
}

/// Two brackets of four generators: a pencil of alternating forms. Its Pfaffian is a quadratic form in two variables,
/// up to a factor `a² - ε b²`.
pub(super) fn pencil(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let e: [Vector; 4] = s.generators()?;
    let values = s.c(2)?.basis().to_vec();
    let mut forms = [Matrix::filled(4, 4, Rational::ZERO), Matrix::filled(4, 4, Rational::ZERO)];
    for i in 0..4 {
        for j in 0..4 {
            let c = w.coordinates(&w.bracket(&e[i], &e[j]), &values, &w.zero())?;
            for (form, c) in forms.iter_mut().zip(c) {
                form[(i, j)] = c;
            }
        }
    }
    let mix =
        |c: &[Rational]| Matrix::from_fn(4, 4, |i, j| &(&c[0] * &forms[0][(i, j)]) + &(&c[1] * &forms[1][(i, j)]));
    let pfaffian = |m: &Matrix<Rational>| {
        let term = |i, j, k, l| &m[(i, j)] * &m[(k, l)];
        term(0, 1, 2, 3) - term(0, 2, 1, 3) + term(0, 3, 1, 2)
    };
    let (p, q) = (pfaffian(&forms[0]), pfaffian(&forms[1]));
    let both = pfaffian(&mix(&[Rational::ONE, Rational::ONE]));
    let off = &(&both - &p) - &q;
    let off = -minus_half(&off);
    let ([u, v], [length, last]) = diagonal_basis(&[[p, off.clone()], [off, q]])?;
    let class = square_class(w, &-quotient(&last, &length)?)?;
    let first = mix(&u);
    let second = mix(&times(&inverse(&class.root)?, &v));
    // second(x, y) = first(T x, y): T² = ε.
    let Some(inverted) = crate::exact::inverse(&first, w.limits)? else { return Err(Lost::Unexpected) };
    let product = Matrix::from_fn(4, 4, |i, j| (0..4).map(|k| &second[(i, k)] * &inverted[(k, j)]).sum::<Rational>());
    // The matrix of T on columns is the transpose of second · first⁻¹.
    let apply = |x: &[Rational]| -> Vector {
        (0..4).map(|j| (0..4).map(|i| &x[i] * &product[(i, j)]).sum::<Rational>()).collect()
    };
    let value = |m: &Matrix<Rational>, x: &[Rational]| -> Vector {
        (0..4).map(|j| (0..4).map(|i| &x[i] * &m[(i, j)]).sum::<Rational>()).collect()
    };
    let units = Subspace::full(4);
    let independent = |x: &Vector| Ok::<_, Lost>(Subspace::span(4, &[x.clone(), apply(x)], w.limits)?.dim() == 2);
    let mut a1 = None;
    for x in units.basis() {
        if independent(x)? {
            a1 = Some(x.clone());
            break;
        }
    }
    // With all units eigenvectors the sum of two with different eigenvalues is none.
    for x in units.basis().iter().skip(1) {
        let sum = plus(&units.basis()[0], &Rational::ONE, x);
        if a1.is_none() && independent(&sum)? {
            a1 = Some(sum);
        }
    }
    let a1 = a1.ok_or(Lost::Unexpected)?;
    let a4 = times(&-Rational::ONE, &apply(&a1));
    // first(a1, a3) = 0 and first(a4, a3) = -1.
    let equations = Matrix::from_rows(vec![value(&first, &a1), value(&first, &a4)]).ok_or(Lost::Unexpected)?;
    let a3 = crate::exact::solve(&equations, &[Rational::ZERO, -Rational::ONE], w.limits)?.ok_or(Lost::Unexpected)?;
    let a2 = apply(&a3);
    let [x1, x2, x3, x4] = [a1, a2, a3, a4].map(|a| combination(&a, &e, w.dim()));
    let (x5, x6) = (w.bracket(&x1, &x2), w.bracket(&x1, &x3));
    let basis = vec![x1, x2, x3, x4, x5, x6];
    Ok(Found { number: 22, parameters: vec![class.rest], basis, normal: class.reduced })
}

/// A plane `Q` of generators that commute modulo `C_3`, `x1` outside: `S(q, q') = [q,[x1,q']]` is a symmetric form on `Q`
/// with values in `C_3`, `ℓ(q) = [x1,[x1,q]]` a linear one.
pub(super) fn symmetric_over_plane(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let [x1, a, b] = commuting_plane(w, s, s.c(3)?)?;
    let z = s.c(3)?.basis()[0].clone();
    let value = |v: &Vector| w.ratio(v, &z, &w.zero());
    let twice = |x: &Vector, q: &Vector| value(&w.bracket(x, &w.bracket(&x1, q)));
    let form = [[twice(&a, &a)?, twice(&a, &b)?], [twice(&b, &a)?, twice(&b, &b)?]];
    let q = [a, b];
    if form.iter().flatten().all(Rational::is_zero) {
        // S = 0: x2 with ℓ(x2) not 0, x3 with ℓ(x3) = 0, and [x2,x3] = γ [x1,[x1,x2]].
        let [l, m] = [twice(&x1, &q[0])?, twice(&x1, &q[1])?];
        let [a, b] = q;
        let (x2, x4) = if l.is_zero() { (b, a) } else { (a.clone(), plus(&b, &-quotient(&m, &l)?, &a)) };
        let x3 = w.bracket(&x1, &x2);
        let x5 = w.bracket(&x1, &x3);
        let gamma = w.ratio(&w.bracket(&x2, &x4), &x5, &w.zero())?;
        let (number, x4) = if gamma.is_zero() { (25, x4) } else { (23, times(&inverse(&gamma)?, &x4)) };
        let x6 = w.bracket(&x1, &x4);
        return Ok(Found::plain(number, vec![x1, x2, x3, x4, x5, x6]));
    }
    let ([u, v], [length, last]) = diagonal_basis(&form)?;
    let (mut x2, mut x3) = (combination(&u, &q, w.dim()), combination(&v, &q, w.dim()));
    let (l2, l3) = (twice(&x1, &x2)?, twice(&x1, &x3)?);
    // Makes [x2,x3] = 0 with the help of x4 = [x1,x2], once ℓ(x2) = 0.
    let commuting = |x1: &Vector, x2: &Vector, x3: &Vector| -> Result<Vector, Lost> {
        let x4 = w.bracket(x1, x2);
        Ok(plus(x3, &-w.ratio(&w.bracket(x2, x3), &w.bracket(x2, &x4), &w.zero())?, &x4))
    };
    if !last.is_zero() {
        let class = square_class(w, &quotient(&last, &length)?)?;
        let x1 = plus(&x1, &-quotient(&l2, &length)?, &x2);
        let x1 = plus(&x1, &-quotient(&l3, &last)?, &x3);
        x3 = commuting(&x1, &x2, &times(&inverse(&class.root)?, &x3))?;
        let (x4, x5) = (w.bracket(&x1, &x2), w.bracket(&x1, &x3));
        let x6 = w.bracket(&x2, &x4);
        let basis = vec![x1, x2, x3, x4, x5, x6];
        return Ok(Found { number: 19, parameters: vec![class.rest], basis, normal: class.reduced });
    }
    if !l3.is_zero() {
        x2 = plus(&x2, &-quotient(&l2, &l3)?, &x3);
        x3 = commuting(&x1, &x2, &times(&quotient(&length, &l3)?, &x3))?;
        let (x4, x5) = (w.bracket(&x1, &x2), w.bracket(&x1, &x3));
        let x6 = w.bracket(&x2, &x4);
        return Ok(Found::plain(20, vec![x1, x2, x3, x4, x5, x6]));
    }
    // [x1,x3] is central. In the list x1 and x2 stand the other way round.
    let x1 = plus(&x1, &-quotient(&l2, &length)?, &x2);
    x3 = commuting(&x1, &x2, &x3)?;
    let first = w.bracket(&x2, &x1);
    let (second, third) = (w.bracket(&x2, &first), w.bracket(&x1, &x3));
    Ok(Found::plain(27, vec![x2, x1, first, x3, second, third]))
}

/// One generator `x4` commutes with the others modulo `C_3`: `[v,x4] = [Mv,x3]` for an operator `M` without trace on the
/// two others. `M² = ε` up to squares decides.
pub(super) fn operator_on_plane(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let c3 = s.c(3)?.clone();
    let radical = w.transporter(s.c(1)?, s.c(1)?.basis(), &c3)?;
    let x4 = w.outside(&radical, s.c(2)?)?;
    let rest = w.complement(s.c(1)?, &s.c(2)?.sum(&radical, w.limits)?)?;
    let [a, b] = &rest[..] else { return Err(Lost::Unexpected) };
    let x3 = w.bracket(a, b);
    let images = [w.bracket(a, &x3), w.bracket(b, &x3)];
    let half_trace = {
        let (ca, cb) = (
            w.coordinates(&w.bracket(a, &x4), &images, &w.zero())?,
            w.coordinates(&w.bracket(b, &x4), &images, &w.zero())?,
        );
        -minus_half(&(&ca[0] + &cb[1]))
    };
    let x4 = plus(&x4, &-half_trace, &x3);
    let column = |v: &Vector, x4: &Vector| w.coordinates(&w.bracket(v, x4), &images, &w.zero());
    let (ca, cb) = (column(a, &x4)?, column(b, &x4)?);
    let square = &(&ca[0] * &ca[0]) + &(&ca[1] * &cb[0]);
    let class = square_class(w, &square)?;
    let x4 = times(&inverse(&class.root)?, &x4);
    // x2 is no eigenvector of M and x1 = M x2.
    let sum = plus(a, &Rational::ONE, b);
    let x2 = if !ca[1].is_zero() {
        a
    } else if !cb[0].is_zero() {
        b
    } else {
        &sum
    };
    let x1 = combination(&column(x2, &x4)?, &rest, w.dim());
    let new_x3 = w.bracket(&x1, x2);
    let x4 = times(&w.ratio(&new_x3, &x3, &c3)?, &x4);
    let (x5, x6) = (w.bracket(&x1, &new_x3), w.bracket(x2, &new_x3));
    let basis = vec![x1, x2.clone(), new_x3, x4, x5, x6];
    Ok(Found { number: 24, parameters: vec![class.rest], basis, normal: class.reduced })
}

/// A filiform chain `x1, x2, x3 = [x1,x2], [x1,x3], [x1,[x1,x3]]` and one more generator `r` that commutes with the
/// algebra modulo `C_3`.
pub(super) fn filiform_with_one_more(w: &Work, s: &Stem) -> Result<Found, Lost> {
    let p = s.centralizer(w, 2, 4)?;
    let radical = w.transporter(s.c(1)?, s.c(1)?.basis(), s.c(3)?)?;
    let r = w.outside(&radical, s.c(2)?)?;
    let mut x1 = w.outside(s.c(1)?, &p)?;
    let mut x2 = w.outside(&p, &radical.sum(s.c(2)?, w.limits)?)?;
    let x = chain(w, &x1, &x2, 4);
    let last = |v: &Vector, x: &[Vector]| w.coordinates(v, &[x[2].clone(), x[3].clone()], &w.zero());
    // [x1,r] = 0.
    let c = last(&w.bracket(&x1, &r), &x)?;
    let r = plus(&plus(&r, &-&c[0], &x[1]), &-&c[1], &x[2]);
    // [x2,r] = c x4 + d x6 and [x2,x3] = p x6, with x6 the last of the chain.
    let c = last(&w.bracket(&x2, &r), &x)?;
    if c[0].is_zero() {
        let p = w.ratio(&w.bracket(&x2, &x[1]), &x[3], &w.zero())?;
        let r = times(&inverse(&c[1])?, &r);
        let number = if p.is_zero() {
            12
        } else {
            x2 = times(&inverse(&p)?, &x2);
            11
        };
        let x = chain(w, &x1, &x2, 4);
        let basis = vec![x1, x[0].clone(), x[1].clone(), x[2].clone(), r, x[3].clone()];
        return Ok(Found::plain(number, basis));
    }
    let scale = inverse(&c[0])?;
    let r = times(&scale, &r);
    x1 = plus(&x1, &minus_half(&(&scale * &c[1])), &r);
    let x = chain(w, &x1, &x2, 4);
    let p = w.ratio(&w.bracket(&x2, &x[1]), &x[3], &w.zero())?;
    x2 = plus(&x2, &p, &r);
    let x = chain(w, &x1, &x2, 4);
    Ok(Found::plain(13, vec![x1, x[0].clone(), x[1].clone(), r, x[2].clone(), x[3].clone()]))
}
