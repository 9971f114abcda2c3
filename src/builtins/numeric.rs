//! Floating-point matrices.

use super::{Builtin, Example, required};
use crate::diag::Diagnostic;
use crate::lang::arithmetic;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;

/// The rows of this topic.
pub const TABLE: &[Builtin] = &[
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
