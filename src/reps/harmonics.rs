//! Real spherical harmonics: irreducible representations of SO(3) and O(3) in the basis that people use, exactly.
//!
//! The basis of degree `l` is `Y_{−l}, …, Y_l` with the third axis as polar axis: for `m > 0` the harmonic polynomials
//! `Y_m = κ_m Π_m Re (x + iy)^m` and `Y_{−m} = κ_m Π_m Im (x + iy)^m`, `Y_0 = κ_0 Π_0`, with
//! `Π_m = r^(l−m) P_l^(m)(z/r)` (derivatives of Legendre's polynomial) and `κ_m = (l − m)! / (2l − 1)!!`. Degree 1 is (y, z, x). They
//! are orthogonal; roots occur only in their norms. The ladder operators act on `v_m = (−1)^m κ_m Π_m (x + iy)^m` by
//! `L_− v_m = (l + m) v_{m−1}` and `L_+ v_m = (l − m) v_{m+1}` (Edmonds, *Angular Momentum in Quantum Mechanics*, chapter 2).

use std::collections::BTreeMap;
use std::ops::{Add, Mul, Sub};
use std::sync::Arc;

use super::node::{Given, Node};
use super::{Base, Element, Family, Rep, RepError};
use crate::exact::SparseMatrix;
use crate::lie::named::NamedError;
use crate::limits::Limits;
use crate::num::Rational;

/// Higher degrees are refused.
pub const MAX_DEGREE: usize = 200;

/// How a representation of O(3) takes −1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parity {
    /// As 1.
    Even,
    /// As −1.
    Odd,
}

impl Rep {
    /// The representation of SO(3), or of O(3) with this parity, on harmonics of degree `l`: the vector of the values
    /// `Y(x)` is mapped to `Y(g x)`. The natural parity is that of `l`.
    pub fn harmonics(base: &Base, l: usize, parity: Option<Parity>, limits: &Limits) -> Result<Rep, RepError> {
        let refused = |expected: &str| {
            let what = format!("the spherical harmonics of degree {l} for {}", base.name());
            RepError::from(NamedError::Argument { what, expected: expected.to_string() })
        };
        if l > MAX_DEGREE {
            return Err(refused(&format!("a degree of at most {MAX_DEGREE}")));
        }
        let special = match base.family() {
            Some(Family::Orthogonal { negative, special }) if negative[..] == [false; 3] => *special,
            _ => return Err(refused("SO(3) or O(3)")),
        };
        let basis = base.algebra().realization().map_or(&[][..], |r| &r.basis[..]);
        let natural = if l.is_multiple_of(2) { Parity::Even } else { Parity::Odd };
        let parity = parity.unwrap_or(natural);
        let axes = generators(l, limits)?;
        let mut matrices = Vec::with_capacity(basis.len());
        for x in basis {
            // x = a X_x + b X_y + c X_z, where X_z turns the first axis to the second, and so on.
            let coefficients = [x.entry(2, 1), x.entry(0, 2), x.entry(1, 0)];
            let zero = SparseMatrix::zero(2 * l + 1, 2 * l + 1);
            matrices.push(axes.iter().zip(&coefficients).fold(zero, |sum, (axis, c)| sum.add_scaled(c, axis)));
        }
        let sign = if parity == natural { 1 } else { -1 };
        let discrete: Vec<Element> = (0..base.discrete_count())
            .map(|index| Element::matrix(reflection(l, sign), index, limits))
            .collect::<Result<_, _>>()?;
        let letter = match (special, parity) {
            (true, _) => "",
            (false, Parity::Even) => "e",
            (false, Parity::Odd) => "o",
        };
        let name = format!("Y{l}{letter}");
        // By construction a representation; of degree 1 orthogonal matrices.
        let orthogonal = matrices.iter().all(super::base::is_skew_symmetric);
        let given = Given { name, dim: 2 * l + 1, matrices, discrete, orthogonal };
        Rep::from_node(base, Arc::new(Node::Given(Arc::new(given))))
    }
}

/// A vector in the basis `v_{−l}, …, v_l` or in that of the harmonics: pairs (real, imaginary) of coefficients.
type Combination = BTreeMap<i64, (Rational, Rational)>;

fn add(sum: &mut Combination, m: i64, (re, im): (Rational, Rational)) {
    let slot = sum.entry(m).or_default();
    slot.0 += &re;
    slot.1 += &im;
}

/// The matrices by which the values `Y(x)` move under rotations about the three axes.
fn generators(l: usize, limits: &Limits) -> Result<[SparseMatrix; 3], RepError> {
    let size = 2 * l + 1;
    let degree = l as i64;
    let half = Rational::from(2).recip().unwrap_or_default();
    let mut entries: [Vec<(usize, usize, Rational)>; 3] = Default::default();
    for column in -degree..=degree {
        limits.check()?;
        let parts = in_ladder(column, &half);
        for (axis, list) in entries.iter_mut().enumerate() {
            // −i L of the harmonic, in the basis v.
            let mut image = Combination::new();
            for (m, (re, im)) in &parts {
                let times = |a: Rational| (re * &a, im * &a);
                // −i (re + i im) = im − i re.
                let turned = |(re, im): (Rational, Rational)| (im, -re);
                let (up, down) = (Rational::from(degree - m), Rational::from(degree + m));
                match axis {
                    // L_x = (L_+ + L_−)/2
                    0 => {
                        add(&mut image, m + 1, turned(times(&up * &half)));
                        add(&mut image, m - 1, turned(times(&down * &half)));
                    }
                    // −i L_y = (L_− − L_+)/2
                    1 => {
                        add(&mut image, m + 1, times(-(&up * &half)));
                        add(&mut image, m - 1, times(&down * &half));
                    }
                    _ => add(&mut image, *m, turned(times(Rational::from(*m)))),
                }
            }
            // The action on functions, of which that on values is minus the transpose.
            for (row, value) in in_harmonics(&image) {
                list.push(((column + degree) as usize, (row + degree) as usize, -&value));
            }
        }
    }
    Ok(entries.map(|list| SparseMatrix::from_triples(size, size, list)))
}

/// `Y_m = (−1)^m (v_m + (−1)^m v_{−m}) / 2`, `Y_{−m} = (−1)^m (v_m − (−1)^m v_{−m}) / 2i`.
fn in_ladder(m: i64, half: &Rational) -> Combination {
    let zero = || Rational::ZERO;
    let n = m.abs();
    let sign = if n % 2 == 0 { half.clone() } else { -half };
    match m {
        0 => Combination::from([(0, (Rational::ONE, zero()))]),
        1.. => Combination::from([(n, (sign, zero())), (-n, (half.clone(), zero()))]),
        _ => Combination::from([(n, (zero(), -&sign)), (-n, (zero(), half.clone()))]),
    }
}

/// `v_m = (−1)^m (Y_m + i Y_{−m})`, `v_{−m} = Y_m − i Y_{−m}`. The result is real.
fn in_harmonics(v: &Combination) -> BTreeMap<i64, Rational> {
    let mut out: BTreeMap<i64, Rational> = BTreeMap::new();
    for (m, (re, im)) in v {
        let n = m.abs();
        let mut give = |m: i64, value: Rational| *out.entry(m).or_default() += &value;
        match m {
            0 => give(0, re.clone()),
            // Real parts of (re + i im)(Y_n + i Y_{−n}) (−1)^n.
            1.. => {
                let sign = Rational::from(if n % 2 == 0 { 1 } else { -1 });
                give(n, re * &sign);
                give(-n, -&(im * &sign));
            }
            _ => {
                give(n, re.clone());
                give(-n, im.clone());
            }
        }
    }
    out.retain(|_, value| !value.is_zero());
    out
}

/// The reflection of the first axis: `φ ↦ π − φ`, so `Y_m` gets `(−1)^m` and `Y_{−m}` minus that.
fn reflection(l: usize, sign: i64) -> SparseMatrix {
    let degree = l as i64;
    let value = |m: i64| if (m % 2 == 0) == (m >= 0) { sign } else { -sign };
    let entries = (-degree..=degree).map(|m| ((m + degree) as usize, (m + degree) as usize, Rational::from(value(m))));
    SparseMatrix::from_triples(2 * l + 1, 2 * l + 1, entries)
}

/// The means of the squares of the basis over the unit sphere: `N_m A` with `A = 4^l l!² / (2l + 1)!`,
/// `N_m = (l + m)! (l − m)! / (2l)!`, halved for `m ≠ 0`. Divided by their roots the basis is orthonormal.
pub fn harmonic_means(l: usize) -> Vec<Rational> {
    let factorial = |n: usize| (1..=n as i64).fold(Rational::ONE, |product, k| &product * &Rational::from(k));
    let ratio = |a: Rational, b: Rational| b.recip().map_or(Rational::ZERO, |b| &a * &b);
    let four = (0..l).fold(Rational::ONE, |product, _| &product * &Rational::from(4));
    let whole = ratio(&(&four * &factorial(l)) * &factorial(l), factorial(2 * l + 1));
    let mean = |m: i64| {
        let n = m.unsigned_abs() as usize;
        let norm = ratio(&factorial(l + n) * &factorial(l - n), factorial(2 * l));
        let norm = if n > 0 { ratio(norm, Rational::from(2)) } else { norm };
        &norm * &whole
    };
    (-(l as i64)..=l as i64).map(mean).collect()
}

/// The harmonics of degree `l` at a point, in the order of the basis; exact for exact coordinates. `part(n, d)` is the number
/// `n/d`.
pub fn harmonic_values<T>(l: usize, [x, y, z]: [T; 3], part: impl Fn(usize, usize) -> T) -> Vec<T>
where
    T: Clone + Add<Output = T> + Sub<Output = T> + Mul<Output = T>,
{
    let whole = |n: usize| part(n, 1);
    let square = x.clone() * x.clone() + y.clone() * y.clone() + z.clone() * z.clone();
    let mut out = vec![whole(0); 2 * l + 1];
    // (x + iy)^m.
    let (mut re, mut im) = (whole(1), whole(0));
    for m in 0..=l {
        // κ_m Π_{l,m}, from Π_{m,m} = (2m − 1)!! by (k − m) Π_k = (2k − 1) z Π_{k−1} − (k + m − 1) r² Π_{k−2}.
        let (mut before, mut now) = (whole(0), whole(1));
        for k in m + 1..=l {
            let next = z.clone() * now.clone() * part(2 * k - 1, k - m)
                - square.clone() * before * part((k + m).saturating_sub(1), k - m);
            before = std::mem::replace(&mut now, next);
        }
        // (l − m)! (2m − 1)!! / (2l − 1)!! as a product of ratios: k of (l − m), and 2m + 1, …, 2l − 1 below.
        let scaled = (1..=l - m).fold(now, |value, k| value * part(k, 2 * (m + k) - 1));
        out[l + m] = scaled.clone() * re.clone();
        if m > 0 {
            out[l - m] = scaled * im.clone();
        }
        let next = re.clone() * x.clone() - im.clone() * y.clone();
        im = re * y.clone() + im * x.clone();
        re = next;
    }
    out
}

/// `n/d`, exact.
pub fn exact_part(n: usize, d: usize) -> Rational {
    Rational::from(d as i64).recip().map_or(Rational::ZERO, |r| &Rational::from(n as i64) * &r)
}

/// `n/d` as a double.
pub fn float_part(n: usize, d: usize) -> f64 {
    n as f64 / d as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::named::Arg;
    use crate::reps::{group_by_name, rank};

    fn quotient(n: i64, d: i64) -> Rational {
        &Rational::from(n) / &Rational::from(d)
    }

    fn limits() -> Limits {
        Limits::none()
    }

    fn base(name: &str) -> Base {
        group_by_name(name, &[Arg::Integer(3)], &limits()).unwrap().base().clone()
    }

    #[test]
    fn low_degrees_are_those_of_the_books() {
        let at = |l: usize, p: [i64; 3]| harmonic_values(l, p.map(Rational::from), exact_part);
        let (x, y, z) = (2, 3, 5);
        assert_eq!(at(0, [x, y, z]), [Rational::ONE]);
        assert_eq!(at(1, [x, y, z]), [y, z, x].map(Rational::from));
        // xy (twice), yz, z² − r²/3, xz, x² − y².
        let r2 = x * x + y * y + z * z;
        let expected = [
            quotient(2 * x * y, 1),
            quotient(y * z, 1),
            quotient(3 * z * z - r2, 3),
            quotient(x * z, 1),
            quotient(x * x - y * y, 1),
        ];
        assert_eq!(at(2, [x, y, z]), expected);
        // Degree 3, m = 0: z³ − 3/5 z r².
        assert_eq!(at(3, [x, y, z])[3], quotient(5 * z * z * z - 3 * z * r2, 5));
        // Means of squares over the sphere by ⟨x⁴⟩ = 1/5, ⟨x²y²⟩ = 1/15.
        assert_eq!(harmonic_means(1), [quotient(1, 3), quotient(1, 3), quotient(1, 3)]);
        assert_eq!(
            harmonic_means(2),
            [quotient(4, 15), quotient(1, 15), quotient(4, 45), quotient(1, 15), quotient(4, 15)]
        );
        let floats = harmonic_values(2, [2.0, 3.0, 5.0], float_part);
        assert!(floats.iter().zip(&expected).all(|(a, b)| (a - b.to_f64()).abs() < 1e-12));
    }

    #[test]
    fn they_are_representations_and_irreducible() {
        for name in ["SO", "O"] {
            let base = base(name);
            for l in 0..6 {
                for parity in [None, Some(Parity::Even), Some(Parity::Odd)] {
                    let rep = Rep::harmonics(&base, l, parity, &limits()).unwrap();
                    // The brackets and the relations are checked anew.
                    let (matrices, discrete) =
                        (rep.matrices(&limits()).unwrap(), rep.discrete_matrices(&limits()).unwrap());
                    Rep::given_by_generators(&base, "again", matrices, discrete, &limits()).unwrap();
                    let maps = Rep::hom(&rep, &rep).unwrap();
                    assert_eq!(rank(&maps, &limits()).unwrap(), 1u32.into());
                }
            }
        }
        let v = Rep::vector(&base("O")).unwrap();
        let maps = |l: usize, parity: Parity| {
            let rep = Rep::harmonics(v.base(), l, Some(parity), &limits()).unwrap();
            rank(&Rep::hom(&v.power(2).unwrap(), &rep).unwrap(), &limits()).unwrap()
        };
        // V ⊗ V = 0e + 1e + 2e.
        let found = [(0, Parity::Even), (1, Parity::Even), (2, Parity::Even), (1, Parity::Odd), (3, Parity::Even)]
            .map(|(l, parity)| maps(l, parity));
        assert_eq!(found, [1u32, 1, 1, 0, 0].map(Into::into));
        assert!(
            Rep::harmonics(group_by_name("SO", &[Arg::Integer(4)], &limits()).unwrap().base(), 1, None, &limits())
                .is_err()
        );
    }

    /// `d/dt Y(exp(tX) p) = D(X) Y(p)` at t = 0, by dual numbers.
    #[test]
    fn values_move_as_the_matrices_say() {
        let base = base("SO");
        let basis = base.algebra().realization().unwrap().basis.clone();
        for l in 1..5usize {
            let rep = Rep::harmonics(&base, l, None, &limits()).unwrap();
            for (x, d) in basis.iter().zip(rep.matrices(&limits()).unwrap()) {
                // p + ε X p, ε² = 0.
                let p = [2, -1, 3].map(Rational::from);
                let moved = |i: usize| (0..3).fold(Rational::ZERO, |s, j| &s + &(&x.entry(i, j) * &p[j]));
                let dual = [0, 1, 2].map(|i| Dual(p[i].clone(), moved(i)));
                let values = harmonic_values(l, dual, |n, d| Dual(exact_part(n, d), Rational::ZERO));
                let plain: Vec<Rational> = values.iter().map(|v| v.0.clone()).collect();
                let derivative: Vec<Rational> = values.iter().map(|v| v.1.clone()).collect();
                assert_eq!(d.apply(&plain), derivative, "degree {l}");
            }
        }
    }

    #[derive(Clone)]
    struct Dual(Rational, Rational);

    impl Add for Dual {
        type Output = Dual;
        fn add(self, o: Dual) -> Dual {
            Dual(&self.0 + &o.0, &self.1 + &o.1)
        }
    }

    impl Sub for Dual {
        type Output = Dual;
        fn sub(self, o: Dual) -> Dual {
            Dual(&self.0 - &o.0, &self.1 - &o.1)
        }
    }

    impl Mul for Dual {
        type Output = Dual;
        fn mul(self, o: Dual) -> Dual {
            Dual(&self.0 * &o.0, &(&self.0 * &o.1) + &(&self.1 * &o.0))
        }
    }
}
