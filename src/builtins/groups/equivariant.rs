//! Bases of equivariant maps, and what is done with them.

use std::sync::Arc;

use crate::builtins::groups::representations::{rep, reserve};
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, optional, required};
use crate::data::numpy::{Array, Numbers};
use crate::diag::{Code, Diagnostic};
use crate::equivariant::{self, EquivariantError};
use crate::exact::{Matrix, SparseMatrix, solve};
use crate::lang::cyclotomic;
use crate::lang::kind::Kinds;
use crate::lang::value::{MapBasis, Value};
use crate::limits::Limits;
use crate::num::{Gaussian, Rational};
use crate::reps::{Rep, SampleLaw};

const TOPIC: &str = "representations";
type Outcome = Result<Value, Diagnostic>;

const SAMPLE_BY_COMPONENTS: &str =
    "Haar measure of the identity component times a random word of at most 24 discrete generators";
const SAMPLE_BY_WORDS: &str = "exponential of a normal element of the algebra times a random word of at most 24 discrete generators; not invariant";

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "basis",
        aliases: &["equivariant_basis"],
        topic: TOPIC,
        params: &[required("X", Kinds::REP), keyword("form", Kinds::TEXT, "\"sparse\"")],
        returns: Kinds::RECORD,
        summary: "basis of the equivariant linear maps X -> Y, or of the invariants of X, by the fastest exact method",
        help: "All W with ρ_Y(g) W = W ρ_X(g) for every g of the group. The method is chosen by cost and named in the result: \
orbits for groups of signed permutations, set partitions for S(n) and A(n), Brauer diagrams for O(p,q), SO(p,q), Sp(2n,R), \
walled ones for GL(n) and SL(n), products for products of groups, highest weights for connected semisimple groups, sums over the group for \
finite groups over cyclotomic fields, else the exact null space of all equations. The basis is complete. form = \"sparse\" is the exact basis as the method gives it; form = \
\"orthonormal\" an orthonormal one in double precision, for SO(3) and O(3) on vectors by Clebsch–Gordan paths. Groups with float \
generators have orthonormal ones only. b[k] is a matrix, matrices(b) all of them; save(b, \"file.npz\") writes the array `basis` of shape (rank, \
dim Y, dim X) in double precision, .json the exact entries.",
        examples: &[
            Example {
                code: "rep V = vector(SO(3))\nbasis(V*V -> V)",
                output: "basis of the equivariant maps V⊗V → V of SO(3): rank 1, 3×9 matrices, by Brauer diagrams with determinants\n\
⎡ 0  0   0   0  0  1  0  -1  0 ⎤\n⎢ 0  0  -1   0  0  0  1   0  0 ⎥\n⎣ 0  1   0  -1  0  0  0   0  0 ⎦",
            },
            Example { code: "rep V = vector(S(10))\nbasis(V^2 -> V^2).rank", output: "15" },
            Example {
                code: "rep V = vector(SO(3))\nbasis(V^4 -> V^4, form = \"orthonormal\").method",
                output: "Clebsch–Gordan paths",
            },
        ],
        run: |context, a| {
            let rep = rep(a, "X")?;
            let form = if a.get("form").is_some() { a.text("form")? } else { "sparse" };
            let found = match form {
                "sparse" => equivariant::basis(rep, context.limits),
                "orthonormal" => equivariant::orthonormal_basis(rep, context.limits),
                _ => return Err(a.wrong("form", Code::Argument, "`form` is \"sparse\" or \"orthonormal\"")),
            };
            let found = found.map_err(|e| Diagnostic::from(e).at(a.span("X")))?;
            Ok(Value::Basis(Arc::new(MapBasis::new(rep, found))))
        },
    },
    Builtin {
        name: "project",
        aliases: &[],
        topic: TOPIC,
        params: &[required("W", Kinds::MATRIX_LIKE.or(Kinds::CYCLOTOMIC_MATRIX)), required("X", Kinds::REP)],
        returns: Kinds::MATRIX.or(Kinds::CYCLOTOMIC_MATRIX).or(Kinds::FLOAT_MATRIX).or(Kinds::LIST),
        summary: "orthogonal projection of a matrix onto the equivariant maps X -> Y",
        help: "Orthogonal for the sum of products of entries. An exact matrix has an exact projection. Of a representation that is \
no X -> Y: of a column, or of a list, onto the invariants.",
        examples: &[
            Example {
                code: "rep V = vector(S(3))\nproject([1, 0, 0; 0, 0, 3; 0, 0, 2], V -> V)",
                output: "⎡   1  1/2  1/2 ⎤\n⎢ 1/2    1  1/2 ⎥\n⎣ 1/2  1/2    1 ⎦",
            },
            Example { code: "project([1, 2, 6], vector(S(3)))", output: "[3, 3, 3]" },
        ],
        run: project,
    },
    Builtin {
        name: "equivariance_error",
        aliases: &[],
        topic: TOPIC,
        params: &[required("W", Kinds::MATRIX_LIKE.or(Kinds::NETWORK)), optional("X", Kinds::REP, "that of a network")],
        returns: Kinds::FLOAT,
        summary: "how far a matrix or a network is from being an equivariant map X -> Y: 0.0 when it is one",
        help: "The largest |ρ_Y(a) W - W ρ_X(a)| / (|W| |ρ(a)|) over the generators a of the algebra and of the components, in \
Frobenius norms, where |ρ(a)|² = |ρ_X(a)|² + |ρ_Y(a)|². Of a group of float matrices: of ρ(a) W - W relative to the largest \
leg of ρ(a), or of ρ(a) - 1. Of a network the largest relative error on random elements, as in equivariance_errors(N).",
        examples: &[
            Example { code: "rep V = vector(SO(3))\nequivariance_error(identity(3), V -> V)", output: "0.0" },
            Example { code: "rep V = vector(SO(2))\nequivariance_error(1e200*[1, 0; 0, -1], V -> V)", output: "1.0" },
        ],
        run: |context, a| {
            if let Value::Network(it) = a.value("W")? {
                return crate::builtins::networks::using::error(it, context.limits)
                    .map(Value::Float)
                    .map_err(|e| e.at(a.span("W")));
            }
            let (from, to) = sides(a)?;
            let w = floats(a, &matrix_of(a)?.0)?;
            check_shape(a, &w, &from, &to)?;
            error_of(&w, a, (&from, &to), context.limits).map(Value::Float).map_err(|e| e.at(a.span("X")))
        },
    },
    Builtin {
        name: "sample",
        aliases: &[],
        topic: "groups",
        params: &[required("G", Kinds::GROUP), optional("count", Kinds::NUMBER, "1")],
        returns: Kinds::LIST.or(Kinds::FLOAT_MATRIX),
        summary: "a random element of a group as a float matrix on vector(G), or a list of them",
        help: "From Haar measure for compact connected groups, O(n), finite groups and products of these: by orthonormalizing normal \
matrices for O(n), SO(n), U(n), SU(n), by shuffling or stabiliser chains for permutations, through the action on vectors for finite groups \
of exact matrices, by a random walk of exponentials for other compact groups, whose distance from Haar measure is below rounding. Where \
such a group has discrete generators, a random word of at most 24 of them follows. For other \
groups a product of the exponential of a normal element of the algebra and of such a word: \
that law is not invariant. sampling_law(G) says which. Complex matrices A + iB come as [A, -B; B, A]. The same --seed gives the same elements.",
        examples: &[Example { code: "len(sample(S(4), 3))", output: "3" }],
        run: |context, a| {
            let Value::Group(group) = a.value("G")? else {
                return Err(a.wrong("G", Code::Kind, "expected a group"));
            };
            let count = if a.get("count").is_some() { a.count("count", 1, 1_000_000)? } else { 1 };
            let (elements, _) = crate::reps::sample(group, count, context.limits)?;
            let mut elements = elements.into_iter().map(Value::float_matrix);
            match (a.get("count"), elements.next()) {
                (None, Some(only)) => Ok(only),
                (_, first) => Ok(Value::list(first.into_iter().chain(elements))),
            }
        },
    },
    Builtin {
        name: "sampling_law",
        aliases: &[],
        topic: "groups",
        params: &[required("G", Kinds::GROUP)],
        returns: Kinds::TEXT,
        summary: "by which law sample(G) chooses elements of a group",
        help: "",
        examples: &[
            Example { code: "sampling_law(Sp(2))", output: "Haar measure" },
            Example { code: "sampling_law(Lorentz)", output: SAMPLE_BY_WORDS },
        ],
        run: |context, a| {
            let Value::Group(group) = a.value("G")? else {
                return Err(a.wrong("G", Code::Kind, "expected a group"));
            };
            Ok(Value::text(match crate::reps::sample_law(group, context.limits)? {
                SampleLaw::Haar => "Haar measure",
                SampleLaw::HaarTimesWords => SAMPLE_BY_COMPONENTS,
                SampleLaw::Words => SAMPLE_BY_WORDS,
            }))
        },
    },
];

impl From<EquivariantError> for Diagnostic {
    fn from(error: EquivariantError) -> Diagnostic {
        let message = error.to_string();
        match error {
            EquivariantError::Rep(error) => error.into(),
            EquivariantError::Stopped(stop) => stop.into(),
            EquivariantError::Argument(_) => Diagnostic::new(Code::Argument, message),
            EquivariantError::TooLarge(_) => {
                Diagnostic::new(Code::Memory, message).hint("rank(X -> Y) counts without a basis")
            }
            EquivariantError::Check(_) => Diagnostic::new(Code::Internal, message),
        }
    }
}

/// The source and the target; of a representation that is no `X -> Y` the trivial one and itself.
fn sides(a: &Arguments) -> Result<(Rep, Rep), Diagnostic> {
    let it = rep(a, "X")?;
    Ok(it.as_hom().unwrap_or_else(|| (Rep::scalar(it.base()), it.as_ref().clone())))
}

fn check_shape<T: Clone>(a: &Arguments, w: &Matrix<T>, from: &Rep, to: &Rep) -> Result<(), Diagnostic> {
    let (rows, cols) = (w.rows(), w.cols());
    if num_bigint::BigUint::from(rows) == *to.dim() && num_bigint::BigUint::from(cols) == *from.dim() {
        return Ok(());
    }
    let message = format!(
        "a map from {} to {} is a {}×{} matrix, not {rows}×{cols}",
        from.name(),
        to.name(),
        to.dim(),
        from.dim()
    );
    Err(a.wrong("W", Code::Shape, message))
}

/// The matrix `W`, and whether it is a column that was given as a list of numbers.
fn matrix_of(a: &Arguments) -> Result<(Value, bool), Diagnostic> {
    Ok(match a.value("W")? {
        Value::List(items) if !items.iter().any(|x| matches!(x, Value::List(_))) => {
            (Value::list(items.iter().map(|x| Value::list([x.clone()]))), true)
        }
        value => (value.clone(), false),
    })
}

fn floats(a: &Arguments, w: &Value) -> Result<Arc<Matrix<f64>>, Diagnostic> {
    w.to_float_matrix().ok_or_else(|| a.kind_error("W", "a real matrix"))
}

/// A column is given and comes back as a list, or as a matrix.
fn project(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let (w, is_list) = matrix_of(a)?;
    let projected = project_matrix(context, a, &w)?;
    Ok(match &projected {
        Value::Matrix(m) if is_list => Value::list(m.entries().iter().cloned().map(Value::Number)),
        Value::FloatMatrix(m) if is_list => Value::list(m.entries().iter().copied().map(Value::Float)),
        Value::CyclotomicMatrix(m) if is_list => Value::list(m.entries().iter().cloned().map(cyclotomic::value)),
        _ => projected,
    })
}

fn project_matrix(context: &mut Context<'_>, a: &Arguments, given: &Value) -> Outcome {
    let (from, to) = sides(a)?;
    let (exact, over_field) = match given {
        Value::FloatMatrix(_) => (None, None),
        value => (value.to_matrix(), cyclotomic::to_matrix(value)),
    };
    match (&exact, &over_field) {
        (Some(w), _) => check_shape(a, w, &from, &to)?,
        (None, Some(w)) => check_shape(a, w, &from, &to)?,
        (None, None) => check_shape(a, &*floats(a, given)?, &from, &to)?,
    }
    let found = equivariant::basis(rep(a, "X")?, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("X")))?;
    let independent = || Diagnostic::new(Code::Internal, "the basis is not independent");
    // What is irrational stays exact.
    if let Some(w) = over_field.filter(|_| found.is_exact() && (exact.is_none() || found.field_rows().is_some())) {
        let basis = found.over_field(context.limits)?;
        let projected = equivariant::projection(&basis, w.entries(), context.limits)?;
        let entries = projected.ok_or_else(independent)?;
        let (rows, cols) = (w.rows(), w.cols());
        return Ok(cyclotomic::matrix(Matrix::from_fn(rows, cols, |i, j| entries[i * cols + j].clone())));
    }
    let Some(rows) = found.sparse(context.limits)? else {
        let found = found.into_orthonormal(context.limits)?;
        return project_onto_floats(context, &*floats(a, given)?, &found);
    };
    let basis: Vec<Vec<(u64, Rational)>> = (0..rows.len()).map(|k| rows.row(k).collect()).collect();
    // The coordinates c solve G c = (B w), with the Gram matrix G of the basis.
    let rank = basis.len();
    reserve(context, rank, rank)?;
    let mut gram = Matrix::filled(rank, rank, Rational::ZERO);
    for i in 0..rank {
        context.limits.check()?;
        for j in i..rank {
            let product = sparse_product(&basis[i], &basis[j]);
            gram[(i, j)] = product.clone();
            gram[(j, i)] = product;
        }
    }
    let projected = |entry: &dyn Fn(usize) -> Rational, size: usize| -> Result<Vec<Rational>, Diagnostic> {
        let product = |row: &Vec<(u64, Rational)>| {
            row.iter().fold(Rational::ZERO, |sum, (place, value)| &sum + &(value * &entry(*place as usize)))
        };
        let right: Vec<Rational> = basis.iter().map(product).collect();
        let coordinates = solve(&gram, &right, context.limits)?.ok_or_else(independent)?;
        let mut out = vec![Rational::ZERO; size];
        for (row, c) in basis.iter().zip(&coordinates) {
            for (place, value) in row {
                out[*place as usize] += &(c * value);
            }
        }
        Ok(out)
    };
    if let Some(w) = exact {
        let (size, cols) = (w.entries().len(), w.cols());
        let re = projected(&|place| w.entries()[place].re.clone(), size)?;
        let im = projected(&|place| w.entries()[place].im.clone(), size)?;
        let entry = |i: usize, j: usize| Gaussian::new(re[i * cols + j].clone(), im[i * cols + j].clone());
        return Ok(Value::matrix(Matrix::from_fn(w.rows(), cols, entry)));
    }
    let w = floats(a, given)?;
    // A float is an exact number: the projection is exact until it is rounded at the end.
    let entries: Option<Vec<Rational>> = w.entries().iter().map(|x| Rational::from_f64(*x)).collect();
    let entries = entries.ok_or_else(|| a.wrong("W", Code::Number, "an entry is not finite"))?;
    let out = projected(&|place| entries[place].clone(), entries.len())?;
    Ok(Value::float_matrix(Matrix::from_fn(w.rows(), w.cols(), |i, j| out[i * w.cols() + j].to_f64())))
}

/// Onto the span of a basis in floats, which is orthonormal: `Σ (q · w) q`.
fn project_onto_floats(context: &Context<'_>, w: &Matrix<f64>, basis: &equivariant::Basis) -> Outcome {
    let dense = basis.dense(context.limits)?;
    let mut out = vec![0.0; w.entries().len()];
    for q in dense.chunks(out.len().max(1)) {
        let product: f64 = q.iter().zip(w.entries()).map(|(x, y)| x * y).sum();
        out.iter_mut().zip(q).for_each(|(sum, x)| *sum += product * x);
    }
    Ok(Value::float_matrix(Matrix::from_fn(w.rows(), w.cols(), |i, j| out[i * w.cols() + j])))
}

fn sparse_product(x: &[(u64, Rational)], y: &[(u64, Rational)]) -> Rational {
    let mut sum = Rational::ZERO;
    let (mut i, mut j) = (0, 0);
    while let (Some((p, a)), Some((q, b))) = (x.get(i), y.get(j)) {
        match p.cmp(q) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += &(a * b);
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// The largest relative defect over all generators.
fn error_of(w: &Matrix<f64>, a: &Arguments, (from, to): (&Rep, &Rep), limits: &Limits) -> Result<f64, Diagnostic> {
    let norm = |m: &Matrix<f64>| m.entries().iter().map(|x| x * x).sum::<f64>().sqrt();
    let largest = |entries: &mut dyn Iterator<Item = f64>| entries.fold(0.0f64, |most, x| most.max(x.abs()));
    let not_finite = || Diagnostic::new(Code::Number, "a matrix has an entry that is no finite double");
    if !w.entries().iter().all(|x| x.is_finite()) {
        return Err(not_finite());
    }
    let scale = largest(&mut w.entries().iter().copied());
    if scale == 0.0 {
        return Ok(0.0);
    }
    // Squares of very large and of very small entries are no doubles: the error does not depend on the scales.
    let w = &w.map(|x| x / scale);
    if let Some(error) = equivariant::float_error(rep(a, "X")?, w.entries(), limits)? {
        return Ok(error);
    }
    if let (Some(sources), Some(targets)) = (from.plane_matrices(limits)?, to.plane_matrices(limits)?) {
        return Ok(dense_error(w, &sources, &targets));
    }
    let size = norm(w);
    let mut sources = from.matrices(limits)?;
    sources.extend(from.discrete_matrices(limits)?);
    let mut targets = to.matrices(limits)?;
    targets.extend(to.discrete_matrices(limits)?);
    let mut worst = 0.0f64;
    for (x, y) in sources.iter().zip(&targets) {
        limits.check()?;
        let entries = |m: &SparseMatrix| largest(&mut m.triples().map(|(_, _, v)| v.to_f64()));
        let unit = entries(x).max(entries(y));
        if unit == 0.0 {
            continue;
        }
        let mut defect = Matrix::filled(w.rows(), w.cols(), 0.0);
        for (i, k, v) in y.triples() {
            let v = v.to_f64() / unit;
            (0..w.cols()).for_each(|j| defect[(i, j)] += v * w[(k, j)]);
        }
        for (k, j, v) in x.triples() {
            let v = v.to_f64() / unit;
            (0..w.rows()).for_each(|i| defect[(i, j)] -= w[(i, k)] * v);
        }
        let square = |m: &SparseMatrix| m.triples().map(|(_, _, v)| (v.to_f64() / unit).powi(2)).sum::<f64>();
        let error = norm(&defect) / (size * (square(x) + square(y)).sqrt());
        if !error.is_finite() {
            return Err(not_finite());
        }
        worst = worst.max(error);
    }
    Ok(worst)
}

/// The same for dense matrices of moderate size.
fn dense_error(w: &Matrix<f64>, sources: &[Matrix<f64>], targets: &[Matrix<f64>]) -> f64 {
    let norm = |m: &Matrix<f64>| m.entries().iter().map(|x| x * x).sum::<f64>().sqrt();
    let times = |a: &Matrix<f64>, b: &Matrix<f64>| {
        Matrix::from_fn(a.rows(), b.cols(), |i, j| (0..a.cols()).map(|k| a[(i, k)] * b[(k, j)]).sum::<f64>())
    };
    let error = |(x, y): (&Matrix<f64>, &Matrix<f64>)| {
        let (left, right) = (times(y, w), times(w, x));
        let defect = Matrix::from_fn(w.rows(), w.cols(), |i, j| left[(i, j)] - right[(i, j)]);
        norm(&defect) / (norm(w) * norm(x).hypot(norm(y)))
    };
    sources.iter().zip(targets).map(error).fold(0.0, f64::max)
}

/// A basis as one array of shape (rank, dim Y, dim X).
pub(crate) fn array(basis: &MapBasis, limits: &Limits) -> Result<Array, Diagnostic> {
    let numbers = Numbers::Real(basis.basis.dense(limits)?);
    Ok(Array { shape: vec![basis.basis.rank(), basis.basis.rows(), basis.basis.cols()], numbers })
}

/// All matrices of a basis.
pub(crate) fn matrices(context: &Context<'_>, it: &MapBasis) -> Outcome {
    reserve(context, it.basis.rank(), it.basis.rows().saturating_mul(it.basis.cols()))?;
    Ok(Value::list(it.matrices(context.limits)?))
}
