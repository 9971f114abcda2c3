//! Polynomials that belong to a square matrix.

use crate::builtins::{Arguments, Builtin, Example, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::{Matrix, characteristic_polynomial, minimal_polynomial};
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::num::{Gaussian, Rational};

const EXACT: Kinds = Kinds::MATRIX.or(Kinds::LIST);

/// The rows of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "charpoly",
        aliases: &["characteristic_polynomial"],
        topic: "matrices",
        params: &[required("m", EXACT)],
        returns: Kinds::LIST,
        summary: "the coefficients of det(t - m), constant term first, exact",
        help: "For rational matrices; modulo primes that exceed Hadamard's bound.",
        examples: &[Example { code: "charpoly([1, 2; 3, 4])", output: "[-2, -5, 1]" }],
        run: |c, a| {
            let m = rational_square(a, "a characteristic polynomial")?;
            Ok(coefficients(characteristic_polynomial(&m, c.limits)?.coefficients()))
        },
    },
    Builtin {
        name: "minpoly",
        aliases: &["minimal_polynomial"],
        topic: "matrices",
        params: &[required("m", EXACT)],
        returns: Kinds::LIST,
        summary: "the coefficients of the minimal polynomial of m, constant term first, exact",
        help: "The monic polynomial f of least degree with f(m) = 0, for rational matrices. Found modulo primes from a Krylov \
sequence; proved by a degree modulo a prime from below and f(m) = 0 from above.",
        examples: &[
            Example { code: "minpoly([2, 0, 0; 0, 2, 0; 0, 0, 3])", output: "[6, -5, 1]" },
            Example { code: "minpoly([0, 1, 0; 0, 0, 0; 0, 0, 0])", output: "[0, 0, 1]" },
        ],
        run: |c, a| {
            let m = rational_square(a, "a minimal polynomial")?;
            Ok(coefficients(minimal_polynomial(&m, c.limits)?.coefficients()))
        },
    },
];

fn rational_square(a: &Arguments, what: &str) -> Result<Matrix<Rational>, Diagnostic> {
    let m = a.matrix("m")?;
    if m.rows() != m.cols() {
        return Err(a.wrong("m", Code::Shape, format!("{what} needs a square matrix")));
    }
    if !m.entries().iter().all(Gaussian::is_real) {
        return Err(a.wrong("m", Code::Unsupported, "the entries have to be rational"));
    }
    Ok(m.map(|x| x.re.clone()))
}

fn coefficients(values: &[Rational]) -> Value {
    Value::list(values.iter().cloned().map(Value::rational))
}
