//! The forms that define the classical algebras, and the text of alternating forms.

use super::{Form, FormError, Monomial, Polynomial, Slot, determinant_polynomial, pfaffian_polynomial};
use crate::exact::Matrix;
use crate::num::{Gaussian, Rational};

fn size(what: &str, found: usize, least: usize, most: usize) -> Result<(), FormError> {
    if (least..=most).contains(&found) {
        return Ok(());
    }
    Err(FormError::Size { what: what.into(), found, expected: format!("{least} to {most}") })
}

fn square<T: Clone>(m: &Matrix<T>) -> Result<usize, FormError> {
    if m.rows() != m.cols() || m.rows() == 0 {
        return Err(FormError::NotSquare { rows: m.rows(), cols: m.cols() });
    }
    Ok(m.rows())
}

fn mirrored<T: Clone>(
    m: &Matrix<T>,
    expected: &'static str,
    agrees: impl Fn(&T, &T) -> bool,
) -> Result<usize, FormError> {
    let n = square(m)?;
    for (i, j) in (0..n).flat_map(|i| (0..=i).map(move |j| (j, i))) {
        if !agrees(&m[(i, j)], &m[(j, i)]) {
            return Err(FormError::Symmetry { expected, row: i + 1, col: j + 1 });
        }
    }
    Ok(n)
}

/// `p` entries 1 and `q` entries −1.
fn signature(p: usize, q: usize) -> Vec<Rational> {
    (0..p + q).map(|i| Rational::from(if i < p { 1 } else { -1 })).collect()
}

/// The quadratic form `Σ d_i x_i²`.
pub fn quadratic_diagonal(diagonal: &[Rational]) -> Result<Form, FormError> {
    let mut polynomial = Polynomial::zero();
    for (i, d) in diagonal.iter().enumerate() {
        polynomial.add_term(d.clone().into(), Monomial::new(vec![i as u32; 2]));
    }
    let plus = diagonal.iter().filter(|d| d.signum() > 0).count();
    let minus = diagonal.iter().filter(|d| d.signum() < 0).count();
    let kind = format!("quadratic form of signature ({plus}, {minus})");
    Form::new(diagonal.len(), vec![Slot::Vector], polynomial, kind)
}

/// The quadratic form with `p` plus signs and `q` minus signs: so(p, q).
pub fn quadratic_signature(p: usize, q: usize) -> Result<Form, FormError> {
    size("the dimension p + q", p.saturating_add(q), 1, super::form::MAX_DIMENSION)?;
    Ok(quadratic_diagonal(&signature(p, q))?.named(format!("quadratic({p}, {q})")))
}

/// The quadratic form `xᵀ M x` of a symmetric matrix.
pub fn quadratic(m: &Matrix<Rational>) -> Result<Form, FormError> {
    let n = mirrored(m, "symmetric", |a, b| a == b)?;
    let mut polynomial = Polynomial::zero();
    for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))) {
        polynomial.add_term(m[(i, j)].clone().into(), Monomial::new(vec![i as u32, j as u32]));
    }
    Form::polynomial(n, polynomial)
}

/// The bilinear form `xᵀ M y`.
pub fn bilinear(m: &Matrix<Rational>) -> Result<Form, FormError> {
    let skew = mirrored(m, "skew", |a, b| *a == -b).is_ok();
    tensor(&m.map(|v| v.clone().into()), Slot::Vector, if skew { "symplectic form" } else { "bilinear form" })
}

/// `Σ M_ij s_i x_j` with the first argument of the given sort and the second a vector.
fn tensor(m: &Matrix<Gaussian>, first: Slot, kind: &str) -> Result<Form, FormError> {
    pair_tensor(m, first, Slot::Vector, kind)
}

fn pair_tensor(m: &Matrix<Gaussian>, first: Slot, second: Slot, kind: &str) -> Result<Form, FormError> {
    let n = square(m)?;
    let mut polynomial = Polynomial::zero();
    for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))) {
        polynomial.add_term(m[(i, j)].clone(), Monomial::new(vec![i as u32, (n + j) as u32]));
    }
    Form::new(n, vec![first, second], polynomial, kind)
}

/// The symplectic form `Σ x_i y_{n+i} − x_{n+i} y_i` on `dimension = 2n` dimensions: sp(2n, R).
pub fn symplectic(dimension: usize) -> Result<Form, FormError> {
    size("the dimension of a symplectic space", dimension, 2, super::form::MAX_DIMENSION)?;
    if !dimension.is_multiple_of(2) {
        let expected = "an even number".to_string();
        return Err(FormError::Size { what: "the dimension of a symplectic space".into(), found: dimension, expected });
    }
    let n = dimension / 2;
    let m = Matrix::from_fn(dimension, dimension, |i, j| {
        Rational::from(if j == i + n {
            1
        } else if i == j + n {
            -1
        } else {
            0
        })
    });
    Ok(bilinear(&m)?.named(format!("symplectic({dimension})")))
}

/// The hermitian form `Σ d_i |z_i|²`.
pub fn hermitian_diagonal(diagonal: &[Rational]) -> Result<Form, FormError> {
    let plus = diagonal.iter().filter(|d| d.signum() > 0).count();
    let minus = diagonal.iter().filter(|d| d.signum() < 0).count();
    let n = diagonal.len();
    let mut polynomial = Polynomial::zero();
    for (i, d) in diagonal.iter().enumerate() {
        polynomial.add_term(d.clone().into(), Monomial::new(vec![i as u32, (n + i) as u32]));
    }
    let kind = format!("hermitian form of signature ({plus}, {minus})");
    Form::new(n, vec![Slot::Conjugate, Slot::Vector], polynomial, kind)
}

/// The hermitian form with `p` plus signs and `q` minus signs: u(p, q).
pub fn hermitian_signature(p: usize, q: usize) -> Result<Form, FormError> {
    size("the dimension p + q", p.saturating_add(q), 1, super::form::MAX_DIMENSION)?;
    Ok(hermitian_diagonal(&signature(p, q))?.named(format!("hermitian({p}, {q})")))
}

/// The hermitian form `z† H z`; the condition is `W† H + H W = 0`.
pub fn hermitian(h: &Matrix<Gaussian>) -> Result<Form, FormError> {
    mirrored(h, "hermitian", |a, b| *a == b.conj())?;
    tensor(h, Slot::Conjugate, "hermitian form")
}

/// The sesquilinear form `z† S w` of any matrix.
pub fn sesquilinear(s: &Matrix<Gaussian>) -> Result<Form, FormError> {
    tensor(s, Slot::Conjugate, "sesquilinear form")
}

/// The endomorphism `x → T x`; the condition is `W T = T W`.
pub fn endomorphism(t: &Matrix<Gaussian>) -> Result<Form, FormError> {
    tensor(t, Slot::Covector, "endomorphism")
}

/// The antilinear map `z → T z̄`; the condition is `W T = T W̄`.
pub fn antilinear(t: &Matrix<Gaussian>) -> Result<Form, FormError> {
    pair_tensor(t, Slot::Covector, Slot::Conjugate, "antilinear map")
}

/// The fixed vector `v`; the condition is `W v = 0`.
pub fn fixed_vector(v: &[Gaussian]) -> Result<Form, FormError> {
    let mut polynomial = Polynomial::zero();
    for (i, x) in v.iter().enumerate() {
        polynomial.add_term(x.clone(), Monomial::new(vec![i as u32]));
    }
    Form::new(v.len(), vec![Slot::Covector], polynomial, "vector")
}

/// The fixed linear form `x → Σ c_i x_i`; the condition is `c W = 0`.
pub fn linear_form(c: &[Gaussian]) -> Result<Form, FormError> {
    let mut polynomial = Polynomial::zero();
    for (i, x) in c.iter().enumerate() {
        polynomial.add_term(x.clone(), Monomial::new(vec![i as u32]));
    }
    Form::new(c.len(), vec![Slot::Vector], polynomial, "linear form")
}

/// The standard complex structure on `dimension = 2n` real dimensions: `J e_i = e_{n+i}`, `J e_{n+i} = −e_i`.
/// Its stabilizer is gl(n, C) as a real algebra.
pub fn complex_structure(dimension: usize) -> Result<Form, FormError> {
    size("the dimension of a complex structure", dimension, 2, super::form::MAX_DIMENSION)?;
    if !dimension.is_multiple_of(2) {
        let expected = "an even number".to_string();
        return Err(FormError::Size {
            what: "the dimension of a complex structure".into(),
            found: dimension,
            expected,
        });
    }
    let n = dimension / 2;
    let j = Matrix::from_fn(dimension, dimension, |a, b| {
        Gaussian::from(if a == b + n {
            1
        } else if b == a + n {
            -1
        } else {
            0
        })
    });
    Ok(endomorphism(&j)?.named(format!("complex_structure({dimension})")))
}

/// The quaternionic structure on `dimension = 4n` real dimensions: multiplication by i, j, k on each quaternion
/// (1, i, j, k) of coordinates, as three endomorphisms. Their common stabilizer is gl(n, H).
pub fn quaternionic_structure(dimension: usize) -> Result<Vec<Form>, FormError> {
    size("the dimension of a quaternionic structure", dimension, 4, super::form::MAX_DIMENSION)?;
    if !dimension.is_multiple_of(4) {
        let expected = "a multiple of 4".to_string();
        return Err(FormError::Size {
            what: "the dimension of a quaternionic structure".into(),
            found: dimension,
            expected,
        });
    }
    quaternion_units(dimension).iter().map(endomorphism).collect()
}

/// Left multiplication by i, j, k on `R^{4n}`.
fn quaternion_units(dimension: usize) -> [Matrix<Gaussian>; 3] {
    let minus = Rational::from(-1);
    let table = super::quaternion_algebra(&minus, &minus);
    [1, 2, 3].map(|unit| {
        Matrix::from_fn(dimension, dimension, |a, b| {
            let row = table.basis_product(unit, b % 4);
            let same_block = a / 4 == b / 4;
            row.iter()
                .find(|(k, _)| same_block && *k as usize == a % 4)
                .map_or(Gaussian::ZERO, |(_, v)| Gaussian::from(v.clone()))
        })
    })
}

/// The forms of so*(2n) on `R^{4n}`: the quaternionic structure (multiplication from the left) and the skew bilinear
/// form `⟨x, y i⟩`, one real component of the skew-hermitian form `Σ conj(q) i q` on `H^n`; the structure implies the
/// others.
pub fn skew_quaternionic(dimension: usize) -> Result<Vec<Form>, FormError> {
    let mut out = quaternionic_structure(dimension)?;
    let minus = Rational::from(-1);
    let table = super::quaternion_algebra(&minus, &minus);
    let right = Matrix::from_fn(dimension, dimension, |a, b| {
        let row = table.basis_product(b % 4, 1);
        let same_block = a / 4 == b / 4;
        row.iter().find(|(k, _)| same_block && *k as usize == a % 4).map_or(Rational::ZERO, |(_, v)| v.clone())
    });
    out.push(bilinear(&right)?);
    Ok(out)
}

/// The volume form: trace zero.
pub fn volume(n: usize) -> Result<Form, FormError> {
    Ok(Form::volume(n)?.named(format!("volume({n})")))
}

/// The determinant on `n × n` matrices as a polynomial of `n²` variables: sl(n) + sl(n).
pub fn determinant(n: usize) -> Result<Form, FormError> {
    size("the size of a determinant", n, 1, 8)?;
    let form = Form::new(n * n, vec![Slot::Vector], determinant_polynomial(n), format!("determinant of degree {n}"))?;
    Ok(form.named(format!("determinant({n})")))
}

/// The Pfaffian on skew `n × n` matrices (their upper entries row by row): sl(n, R) for `n ≥ 6`.
pub fn pfaffian(n: usize) -> Result<Form, FormError> {
    size("the size of a Pfaffian", n, 2, 10)?;
    if !n.is_multiple_of(2) {
        let expected = "an even number".to_string();
        return Err(FormError::Size { what: "the size of a Pfaffian".into(), found: n, expected });
    }
    let kind = format!("Pfaffian of degree {}", n / 2);
    let form = Form::new(n * (n - 1) / 2, vec![Slot::Vector], pfaffian_polynomial(n, 0), kind)?;
    Ok(form.named(format!("pfaffian({n})")))
}

/// The forms of Galilean space-time with `n` space dimensions, coordinates `(t, x_1, …, x_n)`, for an affine ansatz:
/// the time between two events, and for three events the square of the relative velocity, cleared of denominators:
/// `|Δx_12 Δt_13 − Δx_13 Δt_12|²`.
pub fn galilean(n: usize) -> Result<Vec<Form>, FormError> {
    size("the number of space dimensions", n, 1, 12)?;
    let d = n as u32 + 1;
    let difference = |coordinate: u32, event: u32| {
        Polynomial::variable(coordinate).sub(&Polynomial::variable(event * d + coordinate))
    };
    let time = Form::new(n + 1, vec![Slot::Vector; 2], difference(0, 1), "time between two events")?;
    let mut speed = Polynomial::zero();
    for x in 1..d {
        let v = difference(x, 1).mul(&difference(0, 2)).sub(&difference(x, 2).mul(&difference(0, 1)));
        speed = speed.add(&v.pow(2));
    }
    let speed = Form::new(n + 1, vec![Slot::Vector; 3], speed, "relative speed of three events")?;
    Ok(vec![time, speed])
}

/// The distance of two points, `Σ ± (x_i − y_i)²`, for an affine ansatz: so(p, q) with translations.
pub fn distance(p: usize, q: usize) -> Result<Form, FormError> {
    Ok(quadratic_signature(p, q)?.of_differences()?.named(format!("distance({p}, {q})")))
}

/// The alternating `degree`-form `Σ c · e^{i1 … ik}` with indices from 0.
pub fn alternating_terms(
    n: usize,
    degree: usize,
    terms: impl IntoIterator<Item = (Rational, Vec<usize>)>,
) -> Result<Form, FormError> {
    size("the degree of an alternating form", degree, 1, 7)?;
    let mut polynomial = Polynomial::zero();
    for (value, word) in terms {
        permutations(&word, &mut |order, sign| {
            let variables = order.iter().enumerate().map(|(slot, &i)| (slot * n + i) as u32).collect();
            let value = if sign > 0 { value.clone() } else { -&value };
            polynomial.add_term(value.into(), Monomial::new(variables));
        });
    }
    Form::new(n, vec![Slot::Vector; degree], polynomial, format!("{degree}-form"))
}

/// Calls `visit` with every permutation of the word and its sign.
fn permutations(word: &[usize], visit: &mut impl FnMut(&[usize], i32)) {
    fn go(word: &mut Vec<usize>, from: usize, sign: i32, visit: &mut impl FnMut(&[usize], i32)) {
        if from + 1 >= word.len() {
            return visit(word, sign);
        }
        for k in from..word.len() {
            word.swap(from, k);
            go(word, from + 1, if k == from { sign } else { -sign }, visit);
            word.swap(from, k);
        }
    }
    go(&mut word.to_vec(), 0, 1, visit);
}

/// An alternating form from text: `124 + 235 - 2*346`, indices from 1; above 9 they are separated by commas,
/// `1,2,10 + 3,4,11`. All terms must have the same number of indices.
pub fn alternating(n: usize, text: &str) -> Result<Form, FormError> {
    let mut terms = Vec::new();
    let mut degree = None;
    // A sign opens the next term; it belongs to the term that follows it.
    let mut pieces: Vec<(i64, String)> = vec![(1, String::new())];
    let mut any_sign = false;
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        let sign = match c {
            '+' => 1,
            '-' | '−' => -1,
            _ => {
                if let Some((_, piece)) = pieces.last_mut() {
                    piece.push(c);
                }
                continue;
            }
        };
        let signed = std::mem::replace(&mut any_sign, true);
        match pieces.last_mut() {
            Some((first, piece)) if piece.is_empty() && !signed => *first = sign,
            _ => pieces.push((sign, String::new())),
        }
    }
    for (sign, piece) in pieces {
        let fail = |reason: String| FormError::Text { text: piece.chars().take(40).collect(), reason };
        let (coefficient, word) = match piece.split_once('*') {
            Some((c, w)) => (c.parse::<Rational>().map_err(|e| fail(e.to_string()))?, w),
            None => (Rational::ONE, piece.as_str()),
        };
        let indices: Vec<usize> = if word.contains(',') {
            word.split(',').map(|w| w.parse().ok()).collect::<Option<_>>()
        } else {
            word.chars().map(|c| c.to_digit(10).map(|d| d as usize)).collect::<Option<_>>()
        }
        .filter(|w: &Vec<usize>| !w.is_empty())
        .ok_or_else(|| fail("indices such as 124 or 1,2,10 are expected".into()))?;
        if let Some(&wrong) = indices.iter().find(|&&i| i == 0 || i > n) {
            return Err(fail(format!("index {wrong} is outside 1 to {n}")));
        }
        if (1..indices.len()).any(|k| indices[..k].contains(&indices[k])) {
            return Err(fail("an index occurs twice, so the term is zero".into()));
        }
        match degree {
            None => degree = Some(indices.len()),
            Some(d) if d != indices.len() => {
                return Err(fail(format!("{} indices where the first term has {d}", indices.len())));
            }
            Some(_) => {}
        }
        terms.push((&coefficient * &Rational::from(sign), indices.into_iter().map(|i| i - 1).collect()));
    }
    alternating_terms(n, degree.unwrap_or(0), terms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternating_text() {
        let f = alternating(7, "124 + 235 - 2*346").unwrap();
        assert_eq!(f.as_polynomial().unwrap().1.len(), 18);
        assert_eq!(f.description(false), "a 3-form on Q^7");
        assert_eq!(alternating(11, "1,2,10").unwrap().as_polynomial().unwrap().0.len(), 3);
        assert_eq!(alternating(3, "-12").unwrap().as_polynomial().unwrap().1.len(), 2);
        for wrong in ["", "12+", "128", "12 + 123", "11", "1x", "a*12", "+ + 12", "1,,2", "120", "12345678"] {
            assert!(alternating(7, wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_are_checked() {
        assert!(symplectic(3).is_err());
        assert!(symplectic(0).is_err());
        assert!(determinant(9).is_err());
        assert!(pfaffian(5).is_err());
        assert!(quadratic_signature(usize::MAX, 1).is_err());
        assert!(quadratic(&Matrix::filled(2, 3, Rational::ONE)).is_err());
        let skewed = Matrix::from_fn(2, 2, |i, _| Rational::from(i as i64));
        assert!(matches!(quadratic(&skewed), Err(FormError::Symmetry { row: 1, col: 2, .. })));
        assert!(quaternionic_structure(6).is_err());
        assert!(fixed_vector(&[]).is_err());
    }
}
