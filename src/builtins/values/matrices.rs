//! Exact matrices, and permutations.

use std::sync::Arc;

use crate::builtins::{Arguments, Builtin, Context, Example, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::finite::Permutation;
use crate::lang::cyclotomic;
use crate::lang::kind::Kinds;
use crate::lang::matrices as dense;
use crate::lang::tree::Operator;
use crate::lang::value::Value;
use crate::lang::{arithmetic, powers};
use crate::num::{Cyclotomic, Gaussian};

type Outcome = Result<Value, Diagnostic>;

const EXACT: Kinds = Kinds::MATRIX.or(Kinds::LIST).or(Kinds::CYCLOTOMIC_MATRIX);
const ANY_MATRIX: Kinds = Kinds::MATRIX_LIKE.or(Kinds::CYCLOTOMIC_MATRIX);
const RATIONAL: Kinds = Kinds::MATRIX.or(Kinds::LIST);
/// The largest side of a matrix that is made from nothing.
const MAX_SIDE: usize = 5_000;

/// The rows of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "matrix",
        aliases: &[],
        topic: "matrices",
        params: &[required("rows", ANY_MATRIX)],
        returns: Kinds::MATRIX.or(Kinds::FLOAT_MATRIX).or(Kinds::CYCLOTOMIC_MATRIX),
        summary: "the matrix with these rows",
        help: "[1, 2; 3, 4] is the short way; matrix([f(k) for k in 1..3]) builds rows by a rule.",
        examples: &[Example { code: "matrix([[1, 2], [3, 4]])", output: "⎡ 1  2 ⎤\n⎣ 3  4 ⎦" }],
        run: |_, a| match a.value("rows")? {
            value @ (Value::Matrix(_) | Value::FloatMatrix(_) | Value::CyclotomicMatrix(_)) => Ok(value.clone()),
            value => match (value.to_matrix(), cyclotomic::to_matrix(value), value.to_float_matrix()) {
                (Some(exact), ..) => Ok(Value::Matrix(exact)),
                (None, Some(exact), _) => Ok(cyclotomic::matrix(exact.as_ref().clone())),
                (None, None, Some(floats)) => Ok(Value::FloatMatrix(floats)),
                _ => a.matrix("rows").map(Value::Matrix),
            },
        },
    },
    Builtin {
        name: "identity",
        aliases: &[],
        topic: "matrices",
        params: &[required("n", Kinds::NUMBER)],
        returns: Kinds::MATRIX,
        summary: "the identity matrix of size n",
        help: "",
        examples: &[Example { code: "identity(2)", output: "⎡ 1  0 ⎤\n⎣ 0  1 ⎦" }],
        run: |c, a| {
            let n = a.count("n", 0, MAX_SIDE)?;
            c.limits.reserve(64 * (n as u128).pow(2))?;
            Ok(Value::matrix(dense::identity(n)))
        },
    },
    Builtin {
        name: "zeros",
        aliases: &[],
        topic: "matrices",
        params: &[required("rows", Kinds::NUMBER), optional("cols", Kinds::NUMBER, "rows")],
        returns: Kinds::MATRIX,
        summary: "the zero matrix",
        help: "",
        examples: &[Example { code: "zeros(1, 3)", output: "[ 0  0  0 ]" }],
        run: |c, a| {
            let rows = a.count("rows", 0, MAX_SIDE)?;
            let cols = a.count_or("cols", 0, MAX_SIDE, rows)?;
            c.limits.reserve(64 * (rows as u128) * (cols as u128))?;
            Ok(Value::matrix(Matrix::filled(rows, cols, Gaussian::ZERO)))
        },
    },
    Builtin {
        name: "diag",
        aliases: &[],
        topic: "matrices",
        params: &[required("entries", Kinds::SEQUENCE)],
        returns: Kinds::MATRIX,
        summary: "the diagonal matrix with these entries",
        help: "",
        examples: &[Example { code: "diag([1, -1])", output: "⎡ 1   0 ⎤\n⎣ 0  -1 ⎦" }],
        run: |c, a| {
            let entries = a
                .value("entries")?
                .to_numbers()
                .ok_or_else(|| a.wrong("entries", Code::Kind, "the diagonal takes rational or Gaussian numbers"))?;
            c.limits.reserve(64 * (entries.len() as u128).pow(2))?;
            if entries.len() > MAX_SIDE {
                return Err(a.wrong(
                    "entries",
                    Code::Argument,
                    format!("a matrix made here has at most {MAX_SIDE} rows"),
                ));
            }
            let n = entries.len();
            Ok(Value::matrix(Matrix::from_fn(n, n, |i, j| {
                if i == j { entries.get(i).cloned().unwrap_or_default() } else { Gaussian::ZERO }
            })))
        },
    },
    Builtin {
        name: "unit",
        aliases: &[],
        topic: "matrices",
        params: &[required("n", Kinds::NUMBER), required("i", Kinds::NUMBER), required("j", Kinds::NUMBER)],
        returns: Kinds::MATRIX,
        summary: "the n by n matrix whose only non-zero entry is a 1 in row i, column j",
        help: "",
        examples: &[Example { code: "unit(2, 1, 2)", output: "⎡ 0  1 ⎤\n⎣ 0  0 ⎦" }],
        run: |c, a| {
            let n = a.count("n", 1, MAX_SIDE)?;
            let (i, j) = (a.count("i", 1, n)? - 1, a.count("j", 1, n)? - 1);
            c.limits.reserve(64 * (n as u128).pow(2))?;
            Ok(Value::matrix(Matrix::from_fn(
                n,
                n,
                |r, s| if (r, s) == (i, j) { Gaussian::ONE } else { Gaussian::ZERO },
            )))
        },
    },
    Builtin {
        name: "rows",
        aliases: &[],
        topic: "matrices",
        params: &[required("m", ANY_MATRIX)],
        returns: Kinds::NUMBER,
        summary: "the number of rows",
        help: "",
        examples: &[Example { code: "rows([1, 2, 3; 4, 5, 6])", output: "2" }],
        run: |_, a| Ok(Value::count(shape(a)?.0)),
    },
    Builtin {
        name: "cols",
        aliases: &["columns"],
        topic: "matrices",
        params: &[required("m", ANY_MATRIX)],
        returns: Kinds::NUMBER,
        summary: "the number of columns",
        help: "",
        examples: &[Example { code: "cols([1, 2, 3; 4, 5, 6])", output: "3" }],
        run: |_, a| Ok(Value::count(shape(a)?.1)),
    },
    Builtin {
        name: "transpose",
        aliases: &[],
        topic: "matrices",
        params: &[required("m", ANY_MATRIX)],
        returns: Kinds::MATRIX.or(Kinds::FLOAT_MATRIX).or(Kinds::CYCLOTOMIC_MATRIX),
        summary: "the transpose",
        help: "",
        examples: &[Example { code: "transpose([1, 2; 3, 4])", output: "⎡ 1  3 ⎤\n⎣ 2  4 ⎦" }],
        run: |_, a| match a.value("m")? {
            Value::FloatMatrix(m) => Ok(Value::float_matrix(m.transpose())),
            Value::CyclotomicMatrix(m) => Ok(cyclotomic::matrix(m.transpose())),
            _ => Ok(Value::matrix(a.matrix("m")?.transpose())),
        },
    },
    Builtin {
        name: "dagger",
        aliases: &["conjugate_transpose"],
        topic: "matrices",
        params: &[required("m", EXACT)],
        returns: EXACT,
        summary: "the conjugate transpose",
        help: "",
        examples: &[Example { code: "dagger([1, i; 0, 2])", output: "⎡  1  0 ⎤\n⎣ -i  2 ⎦" }],
        run: |_, a| match a.value("m")? {
            Value::CyclotomicMatrix(m) => Ok(cyclotomic::matrix(m.transpose().map(Cyclotomic::conjugate))),
            _ => Ok(Value::matrix(a.matrix("m")?.transpose().map(Gaussian::conj))),
        },
    },
    Builtin {
        name: "trace",
        aliases: &["tr"],
        topic: "matrices",
        params: &[required("m", EXACT)],
        returns: Kinds::NUMBER,
        summary: "the sum of the diagonal",
        help: "",
        examples: &[Example { code: "trace([1, 2; 3, 4])", output: "5" }],
        run: |_, a| match a.value("m")? {
            Value::CyclotomicMatrix(m) if m.rows() == m.cols() => {
                Ok(cyclotomic::value((0..m.rows()).fold(Cyclotomic::from(0), |sum, i| sum.add(&m[(i, i)]))))
            }
            _ => dense::trace(&*a.matrix("m")?).map(Value::Number).map_err(|e| e.at(a.span("m"))),
        },
    },
    Builtin {
        name: "det",
        aliases: &[],
        topic: "matrices",
        params: &[required("m", EXACT.or(Kinds::FLOAT_MATRIX))],
        returns: Kinds::SCALAR,
        summary: "the determinant, exact of an exact matrix",
        help: "",
        examples: &[Example { code: "det([1, 2; 3, 4])", output: "-2" }],
        run: |c, a| match a.value("m")? {
            Value::FloatMatrix(m) => {
                dense::float_determinant(m, c.limits).map(Value::Float).map_err(|e| e.at(a.span("m")))
            }
            Value::CyclotomicMatrix(m) => {
                cyclotomic::inverse(m, c.limits).map(|found| cyclotomic::value(found.0)).map_err(|e| e.at(a.span("m")))
            }
            _ => dense::determinant(&*a.matrix("m")?, c.limits).map(Value::Number).map_err(|e| e.at(a.span("m"))),
        },
    },
    Builtin {
        name: "inverse",
        aliases: &[],
        topic: "matrices",
        params: &[required("x", EXACT.or(Kinds::FLOAT_MATRIX).or(Kinds::PERMUTATION).or(Kinds::NUMBER))],
        returns: ANY_MATRIX.or(Kinds::PERMUTATION).or(Kinds::NUMBER),
        summary: "the inverse of a matrix, a permutation or a number",
        help: "Exact of what is exact. A matrix of floats that is singular to two digits is refused.",
        examples: &[
            Example { code: "inverse([1, 2; 3, 4])", output: "⎡  -2     1 ⎤\n⎣ 3/2  -1/2 ⎦" },
            Example { code: "inverse([2.0f, 0; 0, 4])", output: "⎡ 0.5   0.0 ⎤\n⎣ 0.0  0.25 ⎦" },
            Example { code: "inverse(permutation(3, \"(0 1 2)\"))", output: "(0 2 1)" },
        ],
        run: |c, a| match a.value("x")? {
            Value::Permutation(p) => Ok(Value::Permutation(Arc::new(p.inverse()))),
            Value::CyclotomicMatrix(m) => cyclotomic::inverse_value(m, c.limits).map_err(|e| e.at(a.span("x"))),
            Value::FloatMatrix(m) => {
                dense::float_inverse(m, c.limits).map(Value::float_matrix).map_err(|e| e.at(a.span("x")))
            }
            x if x.kind() == Kinds::NUMBER => {
                powers::power(x, &Value::integer(-1), c.limits).unwrap_or_else(|| Ok(x.clone()))
            }
            _ => dense::inverse(&*a.matrix("x")?, c.limits).map(Value::matrix).map_err(|e| e.at(a.span("x"))),
        },
    },
    Builtin {
        name: "null_space",
        aliases: &["kernel"],
        topic: "matrices",
        params: &[required("m", RATIONAL)],
        returns: Kinds::LIST,
        summary: "a basis of the vectors x with m x = 0",
        help: "One vector for each column without a pivot, in reduced form.",
        examples: &[Example { code: "null_space([1, 2, 3; 2, 4, 6])", output: "[[-2, 1, 0], [-3, 0, 1]]" }],
        run: |c, a| {
            let basis = dense::null_space(&*a.matrix("m")?, c.limits)?;
            Ok(Value::list(basis.into_iter().map(|x| Value::list(x.into_iter().map(Value::Number)))))
        },
    },
    Builtin {
        name: "kron",
        aliases: &[],
        topic: "matrices",
        params: &[required("a", EXACT.or(Kinds::FLOAT_MATRIX)), required("b", EXACT.or(Kinds::FLOAT_MATRIX))],
        returns: Kinds::MATRIX.or(Kinds::CYCLOTOMIC_MATRIX).or(Kinds::FLOAT_MATRIX),
        summary: "the Kronecker product of two matrices",
        help: "Of doubles where one of them is.",
        examples: &[Example { code: "kron([1, 2;], [0, 1;])", output: "[ 0  1  0  2 ]" }],
        run: |c, a| {
            let (first, second) = (a.value("a")?, a.value("b")?);
            if [first, second].iter().any(|x| matches!(x, Value::FloatMatrix(_)))
                && let (Some(x), Some(y)) = (first.to_float_matrix(), second.to_float_matrix())
            {
                let (p, q) = (y.rows().max(1), y.cols().max(1));
                c.limits.reserve(8 * x.entries().len() as u128 * y.entries().len() as u128)?;
                let entry = |i: usize, j: usize| x[(i / p, j / q)] * y[(i % p, j % q)];
                return Ok(Value::float_matrix(Matrix::from_fn(x.rows() * y.rows(), x.cols() * y.cols(), entry)));
            }
            if let Some([x, y]) = cyclotomic_pair(a)? {
                let (p, q) = (y.rows().max(1), y.cols().max(1));
                c.limits.reserve(640 * x.entries().len() as u128 * y.entries().len() as u128)?;
                let entry = |i: usize, j: usize| x[(i / p, j / q)].mul(&y[(i % p, j % q)]);
                return Ok(cyclotomic::matrix(Matrix::from_fn(x.rows() * y.rows(), x.cols() * y.cols(), entry)));
            }
            let (x, y) = (a.matrix("a")?, a.matrix("b")?);
            let entries = (x.entries().len() as u128) * (y.entries().len() as u128);
            c.limits.reserve(64 * entries)?;
            if entries > 100_000_000 {
                return Err(Diagnostic::new(Code::Memory, format!("this product would have {entries} entries")));
            }
            Ok(Value::matrix(dense::kronecker(&x, &y)))
        },
    },
    Builtin {
        name: "commutator",
        aliases: &[],
        topic: "matrices",
        params: &[required("a", EXACT), required("b", EXACT)],
        returns: Kinds::MATRIX.or(Kinds::CYCLOTOMIC_MATRIX),
        summary: "the commutator a b - b a of two matrices",
        help: "",
        examples: &[Example { code: "commutator([0, 1; 0, 0], [0, 0; 1, 0])", output: "⎡ 1   0 ⎤\n⎣ 0  -1 ⎦" }],
        run: commutator,
    },
    Builtin {
        name: "permutation",
        aliases: &[],
        topic: "matrices",
        params: &[required("n", Kinds::NUMBER), required("cycles", Kinds::TEXT.or(Kinds::LIST))],
        returns: Kinds::PERMUTATION,
        summary: "a permutation of n points in cycle notation; the points are 0, 1, … n-1",
        help: "A list in place of the cycles holds the images of 0, 1, …. p * q is first p, then q; p ^ k a power; \"()\" the identity.",
        examples: &[
            Example { code: "permutation(5, \"(0 1 2)(3 4)\")", output: "(0 1 2)(3 4)" },
            Example { code: "permutation(3, \"(0 1)\") * permutation(3, \"(1 2)\")", output: "(0 2 1)" },
            Example { code: "permutation(4, [1, 0, 3, 2])", output: "(0 1)(2 3)" },
        ],
        run: |_, a| {
            let n = a.count("n", 1, 1_000_000)?;
            let found = match a.value("cycles")? {
                Value::List(images) => read_images(n, images),
                _ => read_cycles(n, a.text("cycles")?),
            };
            found.map(|p| Value::Permutation(Arc::new(p))).map_err(|e| e.at(a.span("cycles")))
        },
    },
];

/// The permutation with these images of 0, 1, ….
pub(crate) fn read_images(n: usize, images: &[Value]) -> Result<Permutation, Diagnostic> {
    let wrong = |message: String| Diagnostic::new(Code::Argument, message);
    if images.len() != n {
        return Err(wrong(format!("{n} points have {n} images, not {}", images.len())));
    }
    let mut out = Vec::with_capacity(n);
    for image in images {
        let point = image.to_i64().and_then(|x| u32::try_from(x).ok()).filter(|x| (*x as usize) < n);
        out.push(point.ok_or_else(|| wrong(format!("{} is no point below {n}; points start at 0", image.line())))?);
    }
    Permutation::from_images(out).ok_or_else(|| wrong("an image occurs twice: this is no permutation".into()))
}

pub(crate) fn read_cycles(n: usize, text: &str) -> Result<Permutation, Diagnostic> {
    Permutation::from_cycles(n, text).map_err(|reason| Diagnostic::new(Code::Argument, reason))
}

fn shape(a: &Arguments) -> Result<(usize, usize), Diagnostic> {
    match a.value("m")? {
        Value::FloatMatrix(m) => Ok((m.rows(), m.cols())),
        Value::CyclotomicMatrix(m) => Ok((m.rows(), m.cols())),
        _ => a.matrix("m").map(|m| (m.rows(), m.cols())),
    }
}

/// Both arguments of a product over a cyclotomic field, when one of them is no matrix over Q(i).
fn cyclotomic_pair(a: &Arguments) -> Result<Option<[Arc<Matrix<Cyclotomic>>; 2]>, Diagnostic> {
    let (x, y) = (a.value("a")?, a.value("b")?);
    if ![x, y].iter().any(|m| matches!(m, Value::CyclotomicMatrix(_))) {
        return Ok(None);
    }
    Ok(cyclotomic::to_matrix(x).zip(cyclotomic::to_matrix(y)).map(|(x, y)| [x, y]))
}

fn commutator(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    if let Some([x, y]) = cyclotomic_pair(a)? {
        let (x, y) = (Value::CyclotomicMatrix(x), Value::CyclotomicMatrix(y));
        let times = |x: &Value, y: &Value| {
            arithmetic::binary(Operator::Times, x, y, context.limits)
                .unwrap_or_else(|| Err(arithmetic::cannot(Operator::Times, x, y)))
        };
        let (left, right) = (times(&x, &y)?, times(&y, &x)?);
        return arithmetic::binary(Operator::Minus, &left, &right, context.limits)
            .unwrap_or_else(|| Err(arithmetic::cannot(Operator::Minus, &left, &right)))
            .map_err(|e| e.at(a.span("b")));
    }
    let (x, y) = (a.matrix("a")?, a.matrix("b")?);
    dense::commutator(&x, &y, context.limits).map(Value::matrix).map_err(|e| e.at(a.span("b")))
}
