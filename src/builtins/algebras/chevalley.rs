//! Chevalley bases and explicit isomorphisms.

use serde_json::{Map, Value as Json, json};

use crate::builtins::algebras::over_quadratic::{dimension, identification, quadratic_algebra};
use crate::builtins::algebras::structure::{ALGEBRA_LIKE, algebra_of};
use crate::builtins::{Arguments, Builtin, Context, Example, Param, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::lie::chevalley::{
    Basis, Chevalley, ChevalleyError, Comparison, NumericalBasis, SurdVector, chevalley as chevalley_basis,
    isomorphism as find_isomorphism, real_forms_of,
};
use crate::lie::{Algebra, Identification, Realization, as_gaussian};
use crate::num::{Gaussian, Rational};
use crate::roots::{CartanType, RootSystem, Style, draw_type, name_of_sum};

const TOPIC: &str = "identification";
const PAIR: &[Param] = &[required("g", ALGEBRA_LIKE), required("h", ALGEBRA_LIKE)];

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "chevalley",
        aliases: &["chevalley_basis"],
        topic: TOPIC,
        params: &[required("g", ALGEBRA_LIKE)],
        returns: Kinds::RECORD,
        summary: "Chevalley basis of a semisimple algebra, with the isomorphism to the standard one",
        help: "Vectors h_i, e_r, f_r of g (r the positive roots) with exactly the structure constants of split(type): \
Bourbaki numbering, [e_i, f_i] = h_i. Attributes: type, real_form, field, exact, rank, cartan_matrix, roots (the positive \
ones in simple-root coordinates), cartan, e, f (the coordinates of h_i, e_i, f_i, one row each), root_vectors and \
negative_root_vectors (one row for each positive root), basis (row k is element k of split(type) in the coordinates of g), \
matrices (of h_i, e_i, f_i when g has matrices), conjugation (how complex conjugation acts on the roots), residual and margin \
of a numerical basis. Over Q and Q(i) coordinates are matrices; over Q(sqrt(d)) there are two, `rational` and `root`, for \
a + b sqrt(d); over C `re` and `im`. Exact bases are checked exactly. A numerical one comes with integers that are proved to \
form the root system of the type, and says how far its brackets are off.",
        examples: &[
            Example { code: "chevalley(so(3)).field", output: "Q(i)" },
            Example {
                code: "chevalley(A2).e", output: "⎡ 0  0  1  0  0  0  0  0 ⎤\n⎣ 0  0  0  1  0  0  0  0 ⎦"
            },
        ],
        run: chevalley,
    },
    Builtin {
        name: "isomorphism",
        aliases: &[],
        topic: TOPIC,
        params: PAIR,
        returns: Kinds::RECORD,
        summary: "an explicit isomorphism of semisimple algebras over R, or why there is none",
        help: "Attributes: exists, reason (when there is none), field, exact, matrix (column j is the image of g[j]), residual, \
and complex_field, complex_matrix: an exact isomorphism after extending the scalars to a quadratic field. Exact over Q or a \
real quadratic field when both algebras split there; else numerical over R, from Chevalley bases with the same Vogan diagram.",
        examples: &[
            Example {
                code: "isomorphism(su(2), sl(2,R)).reason",
                output: "both are of type A1 over C, but their real forms differ: su(2) and sl(2,R)",
            },
            Example { code: "isomorphism(sl(2), split(A1)).field", output: "Q" },
        ],
        run: isomorphism,
    },
    Builtin {
        name: "isomorphic",
        aliases: &[],
        topic: TOPIC,
        params: PAIR,
        returns: Kinds::BOOLEAN,
        summary: "whether two Lie algebras are isomorphic over R",
        help: "Exact, from the identification: decided for reductive algebras (semisimple and abelian ones included), for solvable \
algebras up to dimension 4 and nilpotent ones up to 6 (see small_name), and for others when an invariant tells them apart; \
else an error. Over Q the algebras may still differ.",
        examples: &[
            Example { code: "isomorphic(so(4,2), su(2,2))", output: "true" },
            Example { code: "isomorphic(so(3), sl(2,R))", output: "false" },
            Example { code: "isomorphic(heisenberg(1), nilpotent(3))", output: "true" },
        ],
        run: isomorphic,
    },
];

type Outcome = Result<Value, Diagnostic>;

impl From<ChevalleyError> for Diagnostic {
    fn from(error: ChevalleyError) -> Diagnostic {
        let message = error.to_string();
        match error {
            ChevalleyError::NotSemisimple { .. } => {
                Diagnostic::new(Code::Argument, message).hint("a Levi factor is semisimple: levi(g)")
            }
            ChevalleyError::Identify(error) => error.into(),
            ChevalleyError::Stop(stop) => stop.into(),
            ChevalleyError::Imprecise(_) => Diagnostic::new(Code::Unsupported, message),
        }
    }
}

fn chevalley(context: &mut Context<'_>, arguments: &Arguments) -> Outcome {
    let g = algebra_of(context, arguments, "g")?;
    let found = chevalley_basis(&g, context.limits).map_err(|e| Diagnostic::from(e).at(arguments.span("g")))?;
    let layout = Layout::new(found.basis.cartan_type(), context)?;
    Ok(Value::record("chevalley", keys(&g, &found, &layout), text(&g, &found, &layout)))
}

/// The name of the field Q(√d).
fn field_name(d: i64) -> String {
    match d {
        1 => "Q".to_string(),
        -1 => "Q(i)".to_string(),
        _ => format!("Q(sqrt({d}))"),
    }
}

/// Where the parts of the standard basis stand, through all summands.
struct Layout {
    cartan: Vec<usize>,
    positive: Vec<usize>,
    negative: Vec<usize>,
    /// The first of each kind that belong to simple roots.
    simple: Vec<(usize, usize)>,
    roots: Vec<Vec<i64>>,
}

impl Layout {
    fn new(cartan_type: &CartanType, context: &Context<'_>) -> Result<Layout, Diagnostic> {
        let mut out = Layout { cartan: vec![], positive: vec![], negative: vec![], simple: vec![], roots: vec![] };
        let (mut start, mut before) = (0, 0);
        for simple in cartan_type.summands() {
            let system = RootSystem::new(*simple, context.limits)?;
            let (rank, count) = (system.rank(), system.positive_count());
            let after = cartan_type.rank() - before - rank;
            out.cartan.extend(start..start + rank);
            out.positive.extend((0..count).map(|t| start + rank + t));
            out.negative.extend((0..count).map(|t| start + rank + count + t));
            out.simple.extend((0..rank).map(|i| (start + rank + i, start + rank + count + i)));
            for root in system.positive() {
                out.roots.push([vec![0; before], root.clone(), vec![0; after]].concat());
            }
            start += simple.dim();
            before += rank;
        }
        Ok(out)
    }
}

/// The rows of a matrix of vectors as JSON: one matrix over Q or Q(i), else two.
fn rows_json(basis: &Basis, n: usize, places: &[usize]) -> Json {
    match basis {
        Basis::Exact(basis) => {
            let rows: Vec<&SurdVector> = places.iter().map(|&k| &basis.vectors[k]).collect();
            exact_json(&rows, n, basis.field)
        }
        Basis::Numerical(basis) => {
            let part = |f: fn(&(f64, f64)) -> f64| {
                let rows: Vec<Vec<f64>> = places.iter().map(|&k| basis.vectors[k].iter().map(f).collect()).collect();
                Value::float_matrix(Matrix::from_fn(rows.len(), n, |i, j| rows[i][j])).to_json()
            };
            json!({"re": part(|z| z.0), "im": part(|z| z.1)})
        }
    }
}

fn exact_json(rows: &[&SurdVector], n: usize, d: i64) -> Json {
    let dense: Vec<_> = rows.iter().map(|v| v.dense(n)).collect();
    let rational = |x: &Rational| Gaussian::from(x.clone());
    if d == 1 || d == -1 {
        let entry = |i: usize, j: usize| Gaussian::new(dense[i][j].a.clone(), dense[i][j].b.clone());
        return Value::matrix(Matrix::from_fn(dense.len(), n, entry)).to_json();
    }
    let a = Matrix::from_fn(dense.len(), n, |i, j| rational(&dense[i][j].a));
    let b = Matrix::from_fn(dense.len(), n, |i, j| rational(&dense[i][j].b));
    json!({"rational": Value::matrix(a).to_json(), "root": Value::matrix(b).to_json()})
}

/// The matrices that represent some basis elements, over the field of the basis.
fn matrices_json(realization: &Realization, basis: &Basis, places: &[usize]) -> Json {
    let size = realization.size;
    let exact = |v: &[(u32, Rational)]| {
        let dense = crate::exact::sparse::to_dense(v, realization.basis.len());
        as_gaussian(&realization.matrix_of(&dense), size)
    };
    let one = |k: usize| match basis {
        Basis::Exact(basis) => {
            let (a, b) = (exact(&basis.vectors[k].a), exact(&basis.vectors[k].b));
            match basis.field {
                1 => Value::matrix(a).to_json(),
                -1 => {
                    // A + iB.
                    let entry = |i: usize, j: usize| {
                        let (a, b) = (&a[(i, j)], &b[(i, j)]);
                        Gaussian::new(&a.re - &b.im, &a.im + &b.re)
                    };
                    Value::matrix(Matrix::from_fn(size, size, entry)).to_json()
                }
                _ => json!({"rational": Value::matrix(a).to_json(), "root": Value::matrix(b).to_json()}),
            }
        }
        Basis::Numerical(basis) => {
            let (mut re, mut im) = (Matrix::filled(size, size, 0.0), Matrix::filled(size, size, 0.0));
            for (m, z) in realization.basis.iter().zip(&basis.vectors[k]) {
                for (i, j, v) in m.triples().filter(|t| t.1 < size) {
                    let v = v.to_f64();
                    // Rows below `size` hold the imaginary part.
                    let (re_part, im_part) = if i < size { (v * z.0, v * z.1) } else { (-v * z.1, v * z.0) };
                    re[(i % size, j)] += re_part;
                    im[(i % size, j)] += im_part;
                }
            }
            json!({"re": Value::float_matrix(re).to_json(), "im": Value::float_matrix(im).to_json()})
        }
    };
    Json::Array(places.iter().map(|&k| one(k)).collect())
}

fn keys(g: &Algebra, found: &Chevalley, layout: &Layout) -> Map<String, Json> {
    let (n, basis) = (g.dim(), &found.basis);
    let cartan_type = basis.cartan_type();
    let (e, f): (Vec<usize>, Vec<usize>) = layout.simple.iter().copied().unzip();
    let all: Vec<usize> = (0..n).collect();
    let rows = |places: &[usize]| rows_json(basis, n, places);
    let matrices = g.realization().map(|realization| {
        let of = |places: &[usize]| matrices_json(realization, basis, places);
        json!({"h": of(&layout.cartan), "e": of(&e), "f": of(&f)})
    });
    let (field, residual, margin) = match basis {
        Basis::Exact(basis) => (field_name(basis.field), Json::Null, Json::Null),
        Basis::Numerical(basis) => ("C (numerical)".to_string(), json!(basis.residual), json!(basis.margin)),
    };
    let keys = [
        ("type", json!(type_name(cartan_type))),
        ("real_form", json!(name_of_sum(&real_forms_of(&found.parts)))),
        ("dim", json!(n)),
        ("rank", json!(cartan_type.rank())),
        ("field", json!(field)),
        ("exact", json!(matches!(basis, Basis::Exact(_)))),
        ("cartan_matrix", json!(cartan_type.cartan_matrix())),
        ("roots", json!(layout.roots)),
        ("cartan", rows(&layout.cartan)),
        ("e", rows(&e)),
        ("f", rows(&f)),
        ("root_vectors", rows(&layout.positive)),
        ("negative_root_vectors", rows(&layout.negative)),
        ("basis", rows(&all)),
        ("matrices", json!(matrices)),
        ("conjugation", conjugation_json(basis)),
        ("residual", residual),
        ("margin", margin),
    ];
    keys.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

fn type_name(cartan_type: &CartanType) -> String {
    if cartan_type.summands().is_empty() { "0".to_string() } else { cartan_type.to_string() }
}

fn conjugation_json(basis: &Basis) -> Json {
    match basis {
        Basis::Exact(basis) => {
            let [real, imaginary, complex] = basis.conjugation;
            json!({"real": real, "imaginary": imaginary, "complex": complex})
        }
        Basis::Numerical(basis) => {
            let [compact, noncompact, complex] = basis.vogan.roots;
            let nodes = |list: &[usize]| list.iter().map(|k| k + 1).collect::<Vec<_>>();
            json!({
                "real": 0, "imaginary": compact + noncompact, "complex": complex,
                "compact": compact, "noncompact": noncompact,
                "theta": nodes(&basis.vogan.theta), "painted": nodes(&basis.vogan.painted),
            })
        }
    }
}

/// Above this dimension the vectors are not listed in the text.
const LISTED: usize = 36;

fn text(g: &Algebra, found: &Chevalley, layout: &Layout) -> String {
    let cartan_type = found.basis.cartan_type();
    if cartan_type.summands().is_empty() {
        return "Chevalley basis of the zero algebra: no vectors".to_string();
    }
    let form = name_of_sum(&real_forms_of(&found.parts));
    let field = match &found.basis {
        Basis::Exact(basis) => field_name(basis.field),
        Basis::Numerical(_) => "C, numerical".to_string(),
    };
    let mut lines = vec![format!("Chevalley basis of type {cartan_type} over {field}   ({form})")];
    let diagram = draw_type(cartan_type, Style::Unicode, true).join("\n");
    lines.extend(diagram.lines().map(|line| format!("  {line}")));
    if let Basis::Exact(basis) = &found.basis
        && g.dim() <= LISTED
    {
        let names: Vec<String> = match g.names() {
            Some(names) => names.to_vec(),
            None => (1..=g.dim()).map(|k| format!("e{k}")).collect(),
        };
        let line = |letter: &str, i: usize, place: usize| {
            let vector = combination_text(&basis.vectors[place], basis.field, &names);
            format!("  {letter}_{} = {vector}", i + 1)
        };
        for (i, (e, f)) in layout.simple.iter().enumerate() {
            lines.push(line("h", i, layout.cartan[i]));
            lines.push(line("e", i, *e));
            lines.push(line("f", i, *f));
        }
    }
    match &found.basis {
        Basis::Exact(basis) => {
            let [real, imaginary, complex] = basis.conjugation;
            if basis.field < 0 {
                lines.push(format!(
                    "  under complex conjugation {real} roots are real, {imaginary} imaginary, {complex} complex"
                ));
            }
            lines.push(format!(
                "  [h_i, e_j] = a_ji e_j, [e_i, f_j] = δ_ij h_i; all {} vectors checked exactly against split({cartan_type})",
                g.dim()
            ));
        }
        Basis::Numerical(basis) => lines.extend(numerical_lines(basis)),
    }
    lines.join("\n")
}

fn numerical_lines(basis: &NumericalBasis) -> Vec<String> {
    let [compact, noncompact, complex] = basis.vogan.roots;
    let count = compact + noncompact + complex;
    let nodes = |list: &[usize]| list.iter().map(|k| (k + 1).to_string()).collect::<Vec<_>>().join(", ");
    let moved: Vec<String> = basis
        .vogan
        .theta
        .iter()
        .enumerate()
        .filter(|&(k, &other)| k < other)
        .map(|(k, other)| format!("{}↔{}", k + 1, other + 1))
        .collect();
    let mut vogan = Vec::new();
    if !moved.is_empty() {
        vogan.push(format!("the Cartan involution exchanges {}", moved.join(", ")));
    }
    if !basis.vogan.painted.is_empty() {
        vogan.push(format!("painted nodes {}", nodes(&basis.vogan.painted)));
    }
    let mut lines = vec![format!(
        "  {count} roots of a fundamental Cartan subalgebra: {compact} compact, {noncompact} non-compact imaginary, {complex} complex"
    )];
    if !vogan.is_empty() {
        lines.push(format!("  Vogan diagram: {}", vogan.join("; ")));
    }
    lines.push(format!(
        "  root system certified by its integers (rounded by at most {:.0e}); brackets agree to {:.0e}",
        basis.margin, basis.residual
    ));
    lines
}

/// `2 H1 - i E12`.
fn combination_text(v: &SurdVector, d: i64, names: &[String]) -> String {
    let mut out = String::new();
    for (k, c) in v.dense(names.len()).iter().enumerate().filter(|(_, c)| !c.is_zero()) {
        let text = c.text(d);
        let plain = text.strip_prefix('-').unwrap_or(&text).to_string();
        let sum = plain.contains(['+', '-']);
        let negative = text.starts_with('-') && !sum;
        let body = if sum { format!("({text})") } else { plain };
        let sign = match (out.is_empty(), negative) {
            (true, true) => "-",
            (true, false) => "",
            (false, true) => " - ",
            (false, false) => " + ",
        };
        let factor = if body == "1" { String::new() } else { format!("{body} ") };
        out.push_str(&format!("{sign}{factor}{}", names[k]));
    }
    out
}

fn isomorphism(context: &mut Context<'_>, arguments: &Arguments) -> Outcome {
    let (g, h) = (algebra_of(context, arguments, "g")?, algebra_of(context, arguments, "h")?);
    let nothing = json!(null);
    let mut keys: Vec<(&str, Json)> =
        ["exists", "reason", "field", "exact", "matrix", "residual", "complex_field", "complex_matrix"]
            .into_iter()
            .map(|key| (key, nothing.clone()))
            .collect();
    let mut set = |key: &str, value: Json| keys.iter_mut().filter(|k| k.0 == key).for_each(|k| k.1 = value.clone());
    let n = h.dim();
    let text = match find_isomorphism(&g, &h, context.limits)? {
        Comparison::Different(reason) => {
            set("exists", json!(false));
            set("reason", json!(reason));
            format!("not isomorphic over R: {reason}")
        }
        Comparison::Isomorphic { exact, real } => {
            set("exists", json!(true));
            let mut lines = Vec::new();
            if let Some(found) = &exact {
                // Column j is the image of g[j].
                let columns: Vec<_> = found.images.iter().map(|v| v.dense(n)).collect();
                let transposed: Vec<SurdVector> = (0..n)
                    .map(|i| SurdVector {
                        a: crate::exact::sparse::to_sparse(&columns.iter().map(|c| c[i].a.clone()).collect::<Vec<_>>()),
                        b: crate::exact::sparse::to_sparse(&columns.iter().map(|c| c[i].b.clone()).collect::<Vec<_>>()),
                    })
                    .collect();
                let matrix = exact_json(&transposed.iter().collect::<Vec<_>>(), n, found.field);
                let field = field_name(found.field);
                if found.field > 0 {
                    set("field", json!(field));
                    set("exact", json!(true));
                    set("matrix", matrix);
                    lines.push(format!("isomorphic over {field}: a {n}×{n} matrix, checked exactly"));
                } else {
                    set("complex_field", json!(field));
                    set("complex_matrix", matrix);
                    lines.push(format!("after extending the scalars to {field}: a {n}×{n} matrix, checked exactly"));
                }
            }
            if let Some(found) = &real {
                set("field", json!("R (numerical)"));
                set("exact", json!(false));
                set("matrix", Value::float_matrix(found.matrix.clone()).to_json());
                set("residual", json!(found.residual));
                lines.insert(
                    0,
                    format!(
                        "isomorphic over R: a numerical {n}×{n} matrix; brackets agree to {:.0e}, rounding margin {:.0e}",
                        found.residual, found.margin
                    ),
                );
            }
            lines.join("\n")
        }
    };
    let keys = keys.into_iter().map(|(key, value)| (key.to_string(), value)).collect();
    Ok(Value::record("isomorphism", keys, text))
}

fn isomorphic(context: &mut Context<'_>, arguments: &Arguments) -> Outcome {
    let (g, h) = (arguments.value("g")?, arguments.value("h")?);
    if dimension(context, arguments, "g")? != dimension(context, arguments, "h")? {
        return Ok(Value::Boolean(false));
    }
    let (a, b) = (identification(context, arguments, "g")?, identification(context, arguments, "h")?);
    if a.is_reductive() && b.is_reductive() {
        return Ok(Value::Boolean(a.center_dim == b.center_dim && a.forms() == b.forms()));
    }
    let invariants = |x: &Identification| {
        let s = x.killing_signature;
        let numbers = vec![
            vec![x.rank, x.center_dim, x.radical_dim, x.nilradical_dim, s.positive, s.negative],
            x.derived_series.clone(),
            x.lower_central_series.clone(),
        ];
        (numbers, x.forms())
    };
    if invariants(&a) != invariants(&b) || a.is_reductive() != b.is_reductive() {
        return Ok(Value::Boolean(false));
    }
    let same = match (quadratic_algebra(g), quadratic_algebra(h)) {
        (Some(g), Some(h)) => g.radicand() == h.radicand() && g.restricted().constants() == h.restricted().constants(),
        (None, None) => {
            algebra_of(context, arguments, "g")?.constants() == algebra_of(context, arguments, "h")?.constants()
        }
        _ => false,
    };
    if same {
        return Ok(Value::Boolean(true));
    }
    if let (Some(a), Some(b)) = (&a.small, &b.small) {
        return Ok(Value::Boolean(a.is_isomorphic_over_reals(b)));
    }
    let message = "the invariants of these algebras agree, and isomorphism is decided for reductive algebras and for small \
        solvable ones only";
    Err(arguments.wrong("h", Code::Unsupported, message))
}
