//! Irreducible representations of finite groups by matrices, and projectors onto isotypic parts.

use serde_json::{Map, Value as Json, json};

use crate::builtins::finite::groups::{G, at, group_argument, permutation_group};
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, required, rest};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::finite::{Construction, Irreducibles, Over, isotypic_projector, restrict_scalars};
use crate::lang::cyclotomic;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::num::{Cyclotomic, Gaussian, PowerBasis};
use crate::show::{Align, Markup};

const TOPIC: &str = "finite";
const K: crate::builtins::Param = required("k", Kinds::NUMBER);
/// Largest order of the roots of unity in a matrix.
const MOST_ROOTS: usize = 1000;

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "irreducible",
        aliases: &[],
        topic: TOPIC,
        params: &[G, K, keyword("over", Kinds::FIELD, "R"), keyword("orthogonal", Kinds::BOOLEAN, "false")],
        returns: Kinds::RECORD,
        summary: "the irreducible representation of a finite group with character number k, by matrices",
        help: "`k` counts from 1 as characters(G) shows them. over = R: the real representation it belongs to, of the dimension of the \
character for type R, twice that for C and H; over = C: complex matrices. Exact, by Young's seminormal form for natural symmetric \
groups, else from a linear character of a subgroup that occurs once (Dixon), over the field of both. `matrices` belong to \
generators(G), `form` is an invariant positive definite form; the matrix of p * q, first p, then q, is the matrix of q times that \
of p. orthogonal = true: floats in an orthonormal basis, with the `residual` of Q Qᵀ - 1.",
        examples: &[
            Example {
                code: "irreducible(S(3), 3)",
                output: "χ3 of S(3) over R: dimension 2, type R, entries in Q, Young's form of [2,1]\n⎡ 1   0 ⎤\n⎣ 0  -1 ⎦\n⎡ -1/2   3/2 ⎤\n⎣ -1/2  -1/2 ⎦",
            },
            Example { code: "irreducible(Q8, 5).dim", output: "4" },
            Example { code: "irreducible(A(5), 2).field", output: "Q(ζ5)" },
        ],
        run: irreducible,
    },
    row!("irreducibles", &[], TOPIC, [G, keyword("over", Kinds::FIELD, "R")] -> Kinds::RECORD,
        "all irreducible representations of a finite group by matrices: dimensions, types, fields",
        "Each is constructed, see irreducible(G, k), which gives the matrices. Over R two conjugate characters belong to one \
representation.",
        ["irreducibles(S(3))" => "3 irreducible representations of S(3) over R\nχ  dim  type  field  construction\n1    1  R     Q      Young's form of [3]\n2    1  R     Q      Young's form of [1,1,1]\n3    2  R     Q      Young's form of [2,1]",
         "[x.dim for x in irreducibles(SL(2,3)).items]" => "[1, 2, 4, 4, 3]"],
        irreducibles),
    Builtin {
        name: "isotypic_projector",
        aliases: &[],
        topic: TOPIC,
        params: &[G, K, keyword("over", Kinds::FIELD.or(Kinds::TEXT), "R")],
        returns: Kinds::MATRIX.or(Kinds::RECORD),
        summary: "the projector onto the part of a permutation representation that belongs to character number k",
        help: "χ(1)/|G| Σ χ(g⁻¹) g on the points of G. over = R takes two conjugate characters together, over = \"Q\" all algebraic \
conjugates, over = C none. All elements are listed. A matrix whose entries do not lie in Q(i) is a record with exact text.",
        examples: &[
            Example {
                code: "isotypic_projector(Z(3), 2)",
                output: "⎡  2/3  -1/3  -1/3 ⎤\n⎢ -1/3   2/3  -1/3 ⎥\n⎣ -1/3  -1/3   2/3 ⎦",
            },
            Example { code: "trace(isotypic_projector(D(6), 5))", output: "2" },
        ],
        run: projector,
    },
    row!("cyclotomic_matrix", &[], TOPIC, [required("n", Kinds::NUMBER), rest("matrices", Kinds::MATRIX_LIKE)] -> Kinds::MATRIX,
        "the matrix A0 + A1 ζ + A2 ζ² + … over the field of n-th roots of unity, as a rational matrix",
        "ζ = exp(2πi/n). Each entry becomes a block of size φ(n): its product with 1, ζ, …, by coordinates. Finite groups of matrices \
over cyclotomic fields are given to matrix_group in this way.",
        ["cyclotomic_matrix(3, [0], [1])" => "⎡ 0  -1 ⎤\n⎣ 1  -1 ⎦",
         "order(matrix_group(cyclotomic_matrix(5, [0, 0; 0, 0], [1, 0; 0, 0], [0, 0; 0, 0], [0, 0; 0, 0], [0, 0; 0, 1]), cyclotomic_matrix(5, [0, 1; 1, 0])))" => "10"],
        scalars),
];

fn irreducible(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let group = group_argument(context, a, "G")?;
    let over = over(a)?;
    let orthogonal = a.flag("orthogonal", false)?;
    if orthogonal && over != Over::Real {
        return Err(a.wrong("orthogonal", Code::Argument, "orthogonal matrices are real: leave out `over`"));
    }
    let all = Irreducibles::new(&group, context.limits).map_err(|e| at(a, e))?;
    let row = a.count("k", 1, all.table.values.len())? - 1;
    let found = all.irreducible(row, context.limits).map_err(|e| at(a, e))?;
    let mut keys = Map::new();
    keys.insert("group".into(), json!(group.name()));
    keys.insert("character".into(), json!(row + 1));
    let (matrices, form) = match over {
        Over::Real => {
            let real = found.real(context.limits).map_err(|e| at(a, e))?;
            if orthogonal {
                let floats = real.orthogonal(context.limits).map_err(|e| at(a, e))?;
                keys.insert("dim".into(), json!(real.dim()));
                keys.insert("type".into(), json!(found.kind.letter()));
                keys.insert("over".into(), json!("R"));
                keys.insert("field".into(), Json::Null);
                keys.insert("construction".into(), json!(construction(&found.construction)));
                keys.insert("matrices".into(), floats.matrices.iter().map(float_json).collect());
                keys.insert("form".into(), Json::Null);
                keys.insert("residual".into(), json!(floats.residual));
                let title = format!(
                    "χ{} of {} over R: dimension {}, type {}, orthogonal floats, residual {:.1e}",
                    row + 1,
                    group.name(),
                    real.dim(),
                    found.kind.letter(),
                    floats.residual
                );
                let shown = floats.matrices.into_iter().map(|m| Value::float_matrix(m).to_markup());
                let lines = std::iter::once(Markup::text(title)).chain(shown);
                return Ok(Value::record_with_markup("irreducible", keys, Markup::lines(lines)));
            }
            (real.matrices, real.form)
        }
        _ => (found.matrices.clone(), found.form.clone()),
    };
    let letter = if over == Over::Real { "R" } else { "C" };
    let field = field_name(matrices.iter());
    keys.insert("dim".into(), json!(form.rows()));
    keys.insert("type".into(), json!(found.kind.letter()));
    keys.insert("over".into(), json!(letter));
    keys.insert("field".into(), json!(field));
    keys.insert("construction".into(), json!(construction(&found.construction)));
    keys.insert("matrices".into(), matrices.iter().map(matrix_json).collect());
    keys.insert("form".into(), matrix_json(&form));
    keys.insert("residual".into(), Json::Null);
    let title = format!(
        "χ{} of {} over {letter}: dimension {}, type {}, entries in {field}, {}",
        row + 1,
        group.name(),
        form.rows(),
        found.kind.letter(),
        construction(&found.construction)
    );
    let lines = std::iter::once(Markup::text(title)).chain(matrices.iter().map(matrix_markup));
    Ok(Value::record_with_markup("irreducible", keys, Markup::lines(lines)))
}

fn irreducibles(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let group = group_argument(context, a, "G")?;
    let over = over(a)?;
    let all = Irreducibles::new(&group, context.limits).map_err(|e| at(a, e))?;
    let wanted: Vec<usize> = match over {
        Over::Real => all.table.real_irreducibles().iter().map(|row| row.0).collect(),
        _ => (0..all.table.values.len()).collect(),
    };
    let (mut items, mut rows) = (Vec::new(), Vec::new());
    for (done, &row) in wanted.iter().enumerate() {
        context.limits.progress("irreducibles", done as f64 / wanted.len() as f64);
        let found = all.irreducible(row, context.limits).map_err(|e| at(a, e))?;
        let (dim, field) = match over {
            Over::Real => {
                let real = found.real(context.limits).map_err(|e| at(a, e))?;
                (real.dim(), field_name(real.matrices.iter()))
            }
            _ => (found.form.rows(), field_name(found.matrices.iter())),
        };
        let (kind, how) = (found.kind.letter(), construction(&found.construction));
        items.push(json!({"character": row + 1, "dim": dim, "type": kind, "field": field, "construction": how}));
        rows.push(vec![
            Markup::number((row + 1).to_string()),
            Markup::number(dim.to_string()),
            Markup::text(kind),
            Markup::text(field),
            Markup::text(how),
        ]);
    }
    let letter = if over == Over::Real { "R" } else { "C" };
    let mut keys = Map::new();
    keys.insert("group".into(), json!(group.name()));
    keys.insert("over".into(), json!(letter));
    keys.insert("count".into(), json!(items.len()));
    let plural = if items.len() == 1 { "" } else { "s" };
    let title = format!("{} irreducible representation{plural} of {} over {letter}", items.len(), group.name());
    keys.insert("items".into(), Json::Array(items));
    let table = Markup::table_with_heading(
        ["χ", "dim", "type", "field", "construction"],
        rows,
        [Align::Right, Align::Right, Align::Left],
    );
    Ok(Value::record_with_markup("irreducibles", keys, Markup::lines([Markup::text(title), table])))
}

fn projector(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let group = permutation_group(a)?;
    let k = a.count("k", 1, usize::MAX >> 1)?;
    let found = isotypic_projector(group, k - 1, over(a)?, context.limits).map_err(|e| at(a, e))?;
    Ok(cyclotomic::matrix(found))
}

fn scalars(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let n = a.count("n", 1, MOST_ROOTS)?;
    let mut sum: Option<Matrix<Cyclotomic>> = None;
    for ((value, span), k) in a.rest("matrices").into_iter().zip(0..) {
        let m = value.to_matrix().filter(|m| m.entries().iter().all(Gaussian::is_real));
        // A list of numbers is a row.
        let m = m.or_else(|| Matrix::from_rows(vec![value.to_numbers()?]).map(std::sync::Arc::new));
        let m = m.ok_or_else(|| Diagnostic::new(Code::Kind, "expected rational matrices").at(span))?;
        let term = m.map(|x| Cyclotomic::sum(n as u64, [(k, x.re.clone())]));
        sum = Some(match sum {
            None => term,
            Some(sum) if (sum.rows(), sum.cols()) == (term.rows(), term.cols()) => {
                Matrix::from_fn(sum.rows(), sum.cols(), |i, j| sum[(i, j)].add(&term[(i, j)]))
            }
            Some(_) => return Err(Diagnostic::new(Code::Shape, "matrices of one shape are added").at(span)),
        });
    }
    let sum = sum.ok_or_else(|| Diagnostic::new(Code::Arity, "cyclotomic_matrix needs a matrix").at(context.span))?;
    let field = PowerBasis::new(n as u64);
    let size = (sum.rows() * sum.cols()) as u128 * (field.degree() as u128).pow(2);
    context.limits.reserve(64 * size)?;
    let found = restrict_scalars(&field, &sum);
    let found = found.ok_or_else(|| Diagnostic::new(Code::Internal, "an entry lies outside its field"))?;
    Ok(Value::rational_matrix(&found.to_dense()))
}

/// The field over which characters are taken.
fn over(a: &Arguments) -> Result<Over, Diagnostic> {
    match a.get("over") {
        None => Ok(Over::Real),
        Some(Value::Field(field)) => match field.letter() {
            "R" => Ok(Over::Real),
            "C" => Ok(Over::Complex),
            _ => Err(a.wrong("over", Code::Argument, "representations are over R or C")),
        },
        Some(Value::Text(text)) if &**text == "Q" => Ok(Over::Rational),
        Some(other) => Err(a.wrong("over", Code::Argument, format!("expected R, C or \"Q\", not {}", other.line()))),
    }
}

fn construction(how: &Construction) -> String {
    match how {
        Construction::Linear => "a linear character".into(),
        Construction::Seminormal(shape) => {
            let parts: Vec<String> = shape.iter().map(usize::to_string).collect();
            format!("Young's form of [{}]", parts.join(","))
        }
        Construction::Vector { subgroup, character } => {
            format!("a vector of a subgroup of order {subgroup}, character of order {character}")
        }
    }
}

/// `Q`, `Q(i)` or `Q(ζn)`: the least cyclotomic field that contains the entries.
fn field_name<'a>(matrices: impl Iterator<Item = &'a Matrix<Cyclotomic>>) -> String {
    match matrices.flat_map(|m| m.entries()).fold(1, |n, x| num_integer::lcm(n, x.conductor())) {
        1 => "Q".into(),
        4 => "Q(i)".into(),
        n => format!("Q(ζ{n})"),
    }
}

fn matrix_markup(m: &Matrix<Cyclotomic>) -> Markup {
    cyclotomic::matrix(m.clone()).to_markup()
}

fn matrix_json(m: &Matrix<Cyclotomic>) -> Json {
    cyclotomic::matrix(m.clone()).to_json()
}

fn float_json(m: &Matrix<f64>) -> Json {
    let rows: Vec<&[f64]> = m.iter_rows().collect();
    json!({"kind": "matrix", "rows": m.rows(), "cols": m.cols(), "entries": rows})
}
