//! Floating-point matrices.

use crate::builtins::{Builtin, Example, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::arithmetic;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::num::{Gaussian, Rational};

/// The rows of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "exact",
        aliases: &[],
        topic: "numeric",
        params: &[required("x", Kinds::SCALAR.or(Kinds::MATRIX).or(Kinds::FLOAT_MATRIX))],
        returns: Kinds::NUMBER.or(Kinds::MATRIX),
        summary: "the exact value of a float or of the entries of a float matrix",
        help: "A double is a fraction with a power of two below: exact(0.5f) is 1/2, but exact(0.1f) is not 1/10. Only this \
call makes a float exact.",
        examples: &[
            Example { code: "exact(0.375f)", output: "3/8" },
            Example { code: "exact(0.1f) == 1/10", output: "false" },
        ],
        run: |_, a| {
            let wrong = || a.wrong("x", Code::Number, "there is no exact value of a number that is not finite");
            let exact = |x: f64| Rational::from_f64(x).ok_or_else(wrong);
            match a.value("x")? {
                Value::Float(x) => exact(*x).map(Value::rational),
                Value::ComplexFloat(re, im) => Ok(Value::Number(Gaussian::new(exact(*re)?, exact(*im)?))),
                Value::FloatMatrix(m) => {
                    let entries = m.entries().iter().map(|x| exact(*x)).collect::<Result<Vec<_>, _>>()?;
                    let rows = entries.chunks(m.cols().max(1)).map(<[Rational]>::to_vec).collect();
                    Ok(Matrix::from_rows(rows).map_or(Value::Nothing, |m| Value::rational_matrix(&m)))
                }
                other => Ok(other.clone()),
            }
        },
    },
    Builtin {
        name: "eigenvalues",
        aliases: &[],
        topic: "numeric",
        params: &[required("m", Kinds::MATRIX_LIKE)],
        returns: Kinds::LIST,
        summary: "the eigenvalues of a real square matrix, in floating point",
        help: "By decreasing real part. Floats decide nothing exactly: a multiple eigenvalue comes out as several close ones.",
        examples: &[Example { code: "[round(x, 9) for x in eigenvalues([2, 1; 1, 2])]", output: "[3.0, 1.0]" }],
        run: |_, a| {
            let values = crate::float::dense::eigenvalues(&*a.float_matrix("m")?)
                .map_err(|e| Diagnostic::from(e).at(a.span("m")))?;
            let values =
                values.into_iter().map(|(re, im)| arithmetic::finite(re, im)).collect::<Result<Vec<_>, _>>()?;
            Ok(Value::list(values))
        },
    },
    Builtin {
        name: "singular_values",
        aliases: &[],
        topic: "numeric",
        params: &[required("m", Kinds::MATRIX_LIKE)],
        returns: Kinds::LIST,
        summary: "the singular values of a real matrix, largest first, in floating point",
        help: "",
        examples: &[Example { code: "[round(x, 9) for x in singular_values([3, 0; 0, -4])]", output: "[4.0, 3.0]" }],
        run: |_, a| {
            let values = crate::float::dense::singular_values(&*a.float_matrix("m")?)
                .map_err(|e| Diagnostic::from(e).at(a.span("m")))?;
            let values = values.into_iter().map(|x| arithmetic::finite(x, 0.0)).collect::<Result<Vec<_>, _>>()?;
            Ok(Value::list(values))
        },
    },
];
