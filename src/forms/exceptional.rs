//! The forms that define the exceptional algebras. Expected stabilizers stand beside each; they are theorems of
//! Cartan, Chevalley, Freudenthal and Jacobson, and the tests confirm them.

use super::{
    Composition, Form, FormError, Jordan, Slot, alternating_terms, cartan_polynomial, freudenthal_polynomial,
    freudenthal_symplectic,
};
use crate::exact::Matrix;
use crate::num::Rational;

fn integers(values: &[i64]) -> Vec<Rational> {
    values.iter().map(|&v| Rational::from(v)).collect()
}

/// The 3-form `⟨xy, z⟩` of imaginary octonions on 7 dimensions: stabilizer G2(−14), split G2(2); no norm is needed.
pub fn octonion_form(split: bool) -> Result<Form, FormError> {
    let units = Composition::octonions(split);
    let terms = super::LINES.iter().map(|&[a, b, c]| {
        let (k, sign) = units.unit_product(a, b);
        (Rational::from(sign * units.norm_sign(k)), vec![a - 1, b - 1, c - 1])
    });
    let form = alternating_terms(7, 3, terms)?;
    Ok(form.named(if split { "split_octonion_form" } else { "octonion_form" }))
}

/// The cubic norm of hermitian 3 × 3 matrices over a composition algebra: stabilizers sl(3,R), sl(3,C), su*(6),
/// E6(−26) over R, C, H, O; sl(3)+sl(3), sl(6,R), E6(6) over the split ones.
pub fn cubic_norm(jordan: &Jordan) -> Result<Form, FormError> {
    Ok(Form::polynomial(jordan.dim(), jordan.norm(0))?.named("cubic_norm"))
}

/// The cubic norm of the Albert algebra on 27 dimensions: E6(−26), split E6(6).
pub fn albert_cubic(split: bool) -> Result<Form, FormError> {
    Ok(cubic_norm(&Jordan::albert(split))?.named("albert_cubic"))
}

/// The trace form `T(x, x)` of the Albert algebra as a quadratic form; with the cubic: F4 on 27 dimensions.
pub fn albert_trace_form(split: bool) -> Result<Form, FormError> {
    Ok(super::quadratic_diagonal(&integers(&Jordan::albert(split).trace_form()))?.named("albert_trace_form"))
}

/// The cubic norm on the elements of trace zero, 26 dimensions (`a3 = −a1 − a2`): F4(−52), split F4(4).
pub fn albert_cubic_trace_free(split: bool) -> Result<Form, FormError> {
    Ok(restrict_to_trace_zero(&albert_cubic(split)?)?.named("albert_cubic_26"))
}

/// The cubic with the signs of `a1`, `a2` changed, on 26 dimensions: F4(−20).
pub fn albert_cubic_twisted() -> Result<Form, FormError> {
    let mut signs = vec![1; 27];
    signs[0] = -1;
    signs[1] = -1;
    Ok(restrict_to_trace_zero(&albert_cubic(false)?.rescaled(&integers(&signs))?)?.named("albert_cubic_26_twisted"))
}

/// The restriction of a form on hermitian matrices to trace zero: coordinates `a1, a2, x1, x2, x3`.
fn restrict_to_trace_zero(form: &Form) -> Result<Form, FormError> {
    let n = form.dimension();
    let columns = Matrix::from_fn(n, n - 1, |i, j| {
        Rational::from(match (i, j) {
            (2, 0 | 1) => -1,
            (0 | 1, _) => i64::from(i == j),
            (2, _) => 0,
            _ => i64::from(i == j + 1),
        })
    });
    form.pulled_back(&columns)
}

/// How the positive hermitian form of the Albert algebra is twisted to reach the other real forms of E6 and E7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Twist {
    /// Positive: E6(−78), E7(−133).
    None,
    /// `x1, x2 → −x1, −x2`: E6(−14).
    Corner,
    /// −1 on the octonion units outside the quaternions: E6(2), E7(−5).
    Quaternion,
}

fn twisted_weights(twist: Twist) -> Vec<i64> {
    let jordan = Jordan::albert(false);
    let signs = match twist {
        Twist::None => vec![1; jordan.dim()],
        Twist::Corner => jordan.corner_signs(),
        Twist::Quaternion => jordan.unit_signs(),
    };
    jordan.trace_form().iter().zip(signs).map(|(t, s)| t * s).collect()
}

/// The hermitian form `T(x̄, x)` on C^27, twisted; with the cubic: E6(−78), E6(−14), E6(2).
pub fn albert_hermitian(twist: Twist) -> Result<Form, FormError> {
    Ok(super::hermitian_diagonal(&integers(&twisted_weights(twist)))?.named("albert_hermitian"))
}

/// The hermitian form on C^56 with weights (1, 1, T, T), twisted; with the quartic: E7(−133), E7(−5).
pub fn freudenthal_hermitian(twist: Twist) -> Result<Form, FormError> {
    let weights = twisted_weights(twist);
    let mut all = vec![1, 1];
    all.extend(&weights);
    all.extend(&weights);
    Ok(super::hermitian_diagonal(&integers(&all))?.named("freudenthal_hermitian"))
}

/// Freudenthal's quartic over any cubic Jordan algebra of dimension `n`, on `2 + 2n` dimensions: sp(6,R), su(3,3),
/// so*(12), E7(−25) over R, C, H, O.
pub fn quartic_norm(jordan: &Jordan) -> Result<Form, FormError> {
    Ok(Form::polynomial(2 + 2 * jordan.dim(), freudenthal_polynomial(jordan))?.named("quartic_norm"))
}

/// Freudenthal's quartic on 56 dimensions: E7(−25), split E7(7).
pub fn freudenthal_quartic(split: bool) -> Result<Form, FormError> {
    Ok(quartic_norm(&Jordan::albert(split))?.named("freudenthal_quartic"))
}

/// The symplectic form that Freudenthal's quartic keeps.
pub fn freudenthal_symplectic_form(jordan: &Jordan) -> Result<Form, FormError> {
    let n = 2 + 2 * jordan.dim();
    let mut matrix = Matrix::filled(n, n, Rational::ZERO);
    for (i, j, v) in freudenthal_symplectic(jordan) {
        matrix[(i, j)] = Rational::from(v);
    }
    super::bilinear(&matrix)
}

/// Cartan's quartic on two skew 8 × 8 matrices, 56 dimensions: E7(7).
pub fn cartan_quartic() -> Result<Form, FormError> {
    Ok(Form::polynomial(56, cartan_polynomial())?.named("cartan_quartic"))
}

/// The product of a non-associative algebra as an invariant tensor: its stabilizer is the algebra of derivations.
pub fn product_tensor(algebra: &super::Multiplication) -> Result<Form, FormError> {
    let n = algebra.dim();
    let mut polynomial = super::Polynomial::zero();
    for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))) {
        for (k, v) in algebra.basis_product(i, j) {
            let variables = vec![*k, (n + i) as u32, (2 * n + j) as u32];
            polynomial.add_term(v.clone().into(), super::Monomial::new(variables));
        }
    }
    Form::new(n, vec![Slot::Covector, Slot::Vector, Slot::Vector], polynomial, "product")
}
