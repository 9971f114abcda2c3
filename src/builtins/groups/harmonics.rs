//! Spherical harmonics: as representations of SO(3) and O(3), and as functions.

use crate::builtins::groups::constructions::group;
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::num::{Gaussian, Rational};
use crate::reps::{MAX_DEGREE, Parity, Rep, exact_part, float_part, harmonic_means, harmonic_values};

const TOPIC: &str = "representations";
type Outcome = Result<Value, Diagnostic>;

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "harmonics",
        aliases: &[],
        topic: TOPIC,
        params: &[
            required("G", Kinds::GROUP),
            required("l", Kinds::NUMBER),
            keyword("parity", Kinds::TEXT, "that of l"),
        ],
        returns: Kinds::REP,
        summary: "the irreducible representation of SO(3) or O(3) on spherical harmonics of degree l",
        help: "Of dimension 2l + 1, in the basis of spherical_harmonics(l, x), which is mapped to spherical_harmonics(l, g x): exact and \
orthogonal, the norms being roots. Degree 1 is (y, z, x). Of O(3) parity = \"even\" or \"odd\" says how -1 acts; without it as on \
polynomials of degree l. `irrep_sum` makes sums of them.",
        examples: &[
            Example {
                code: "group G = SO(3)\nrep V = vector(G)\nharmonics(G, 2)\nrank(V*V -> harmonics(G, 2))",
                output: "Y2: representation of SO(3) of dimension 5\n1",
            },
            Example {
                code: "group G = O(3)\n[rank(Alt(vector(G), 2) -> harmonics(G, 1, parity = p)) for p in [\"even\", \"odd\"]]",
                output: "[1, 0]",
            },
        ],
        run: |context, a| {
            let l = a.count("l", 0, MAX_DEGREE)?;
            let parity = match a.get("parity") {
                None => None,
                Some(_) => Some(match a.text("parity")? {
                    "even" | "e" => Parity::Even,
                    "odd" | "o" => Parity::Odd,
                    _ => return Err(a.wrong("parity", Code::Argument, "`parity` is \"even\" or \"odd\"")),
                }),
            };
            let made = Rep::harmonics(group(a, "G")?.base(), l, parity, context.limits);
            made.map(Value::rep).map_err(|e| Diagnostic::from(e).at(a.span("G")))
        },
    },
    Builtin {
        name: "irrep_sum",
        aliases: &[],
        topic: TOPIC,
        params: &[required("G", Kinds::GROUP), required("list", Kinds::TEXT)],
        returns: Kinds::REP,
        summary: "a sum of irreducible representations of SO(3) or O(3) from a text such as \"8x0e + 4x1o + 2x2e\"",
        help: "The notation of the library e3nn: multiplicity x degree, and e or o for the parity of O(3), which SO(3) does not have. 0e is \
scalar(G), the others are harmonics(G, l, parity).",
        examples: &[
            Example {
                code: "irrep_sum(O(3), \"8x0e + 4x1o + 2e\")",
                output: "8(1) ⊕ 4Y1o ⊕ Y2e: representation of O(3) of dimension 25",
            },
            Example {
                code: "group G = SO(3)\nrank(irrep_sum(G, \"2x1 + 1x2\") -> irrep_sum(G, \"1x0 + 3x1\"))",
                output: "6",
            },
        ],
        run: irreps,
    },
    Builtin {
        name: "spherical_harmonics",
        aliases: &[],
        topic: TOPIC,
        params: &[
            required("l", Kinds::NUMBER),
            required("x", Kinds::MATRIX_LIKE),
            keyword("normalization", Kinds::TEXT, "\"exact\""),
        ],
        returns: Kinds::LIST.or(Kinds::MATRIX).or(Kinds::FLOAT_MATRIX),
        summary: "real spherical harmonics Y_{-l}, …, Y_l of degree l at a point, or at each row of a matrix",
        help: "Homogeneous polynomials of degree l with the third axis as polar axis, Y_{-m} with sin(mφ), Y_m with cos(mφ). As they are \
the basis of harmonics(SO(3), l), rational: (y, z, x), then (2xy, yz, z² - r²/3, xz, x² - y²), …. normalization = \"integral\": \
orthonormal for the surface of the unit sphere; \"component\": of mean square 1 there; \"norm\": of length 1 on it; floats. The library e3nn \
has the second axis as polar axis: its harmonics of (x, y, z) are these of (z, x, y).",
        examples: &[
            Example { code: "spherical_harmonics(2, [1, 2, 2])", output: "[4, 4, 1, 2, -3]" },
            Example {
                code: "round(spherical_harmonics(1, [0, 0, 2], normalization = \"component\")[2] - 2*sqrt(3), 9)",
                output: "0.0",
            },
        ],
        run: spherical_harmonics,
    },
];

/// One term of a list: multiplicity, degree, parity.
fn term(text: &str) -> Option<(u64, usize, Option<Parity>)> {
    let (times, rest) = match text.split_once('x') {
        Some((times, rest)) => (times.trim().parse().ok()?, rest.trim()),
        None => (1, text),
    };
    let (degree, parity) = match rest.strip_suffix('e') {
        Some(degree) => (degree, Some(Parity::Even)),
        None => match rest.strip_suffix('o') {
            Some(degree) => (degree, Some(Parity::Odd)),
            None => (rest, None),
        },
    };
    Some((times, degree.parse().ok()?, parity))
}

fn irreps(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let group = group(a, "G")?;
    let base = group.base();
    let with_parity = base.discrete_count() > 0;
    let mut sum: Option<Rep> = None;
    for text in a.text("list")?.split('+').map(str::trim) {
        let expected = if with_parity { "8x0e + 4x1o" } else { "8x0 + 4x1" };
        let wrong = || {
            let message = format!("{text:?} is no irreducible representation of {}", group.name());
            a.wrong("list", Code::Argument, message).hint(format!("write {expected:?}"))
        };
        let (times, l, parity) = term(text).filter(|t| t.2.is_some() == with_parity).ok_or_else(wrong)?;
        // Made in any case: it checks the group.
        let made = Rep::harmonics(base, l, parity, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("G")))?;
        let rep = if l == 0 && parity != Some(Parity::Odd) { Rep::scalar(base) } else { made };
        let copies = rep.times(times)?;
        sum = Some(match sum {
            None => copies,
            Some(sum) => sum.plus(&copies)?,
        });
    }
    sum.map(Value::rep).ok_or_else(|| a.wrong("list", Code::Argument, "an empty list"))
}

fn spherical_harmonics(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let l = a.count("l", 0, MAX_DEGREE)?;
    let name = if a.get("normalization").is_some() { a.text("normalization")? } else { "exact" };
    let area = 4.0 * std::f64::consts::PI;
    let scale: Option<f64> = match name {
        "exact" => None,
        "integral" => Some(1.0 / area.sqrt()),
        "component" => Some(1.0),
        "norm" => Some(1.0 / (2.0 * l as f64 + 1.0).sqrt()),
        _ => {
            let message = "`normalization` is \"exact\", \"integral\", \"component\" or \"norm\"";
            return Err(a.wrong("normalization", Code::Argument, message));
        }
    };
    // A list of three numbers is a point, anything else a matrix of points.
    let single = matches!(a.value("x")?, Value::List(items) if items.iter().all(|item| item.to_f64().is_some()));
    let point = |found: Option<usize>| -> Result<(), Diagnostic> {
        match found {
            Some(3) => Ok(()),
            other => {
                let other = other.map_or("another list".to_string(), |n| format!("{n} numbers"));
                Err(a.wrong("x", Code::Shape, format!("a point of space has three coordinates, not {other}")))
            }
        }
    };
    if let (None, Some(exact)) = (scale, exact_points(a, single)?) {
        point(exact.first().map(Vec::len).or(Some(3)))?;
        let one = |row: &Vec<Rational>| -> Result<Vec<Gaussian>, Diagnostic> {
            context.limits.check()?;
            let values = harmonic_values(l, [row[0].clone(), row[1].clone(), row[2].clone()], exact_part);
            Ok(values.into_iter().map(Gaussian::from).collect())
        };
        let rows = exact.iter().map(one).collect::<Result<Vec<_>, _>>()?;
        return Ok(match (single, rows.first()) {
            (true, Some(row)) => Value::list(row.iter().cloned().map(Value::Number)),
            _ => Value::matrix(Matrix::from_fn(rows.len(), 2 * l + 1, |i, j| rows[i][j].clone())),
        });
    }
    let points = match (single, a.value("x")?) {
        (true, Value::List(items)) => {
            let row: Vec<f64> = items.iter().filter_map(Value::to_f64).collect();
            Matrix::from_fn(1, row.len(), |_, j| row[j])
        }
        _ => a.float_matrix("x")?.as_ref().clone(),
    };
    point(Some(points.cols()))?;
    let factors: Vec<f64> = match scale {
        None => vec![1.0; 2 * l + 1],
        Some(scale) => harmonic_means(l).iter().map(|mean| scale / mean.to_f64().sqrt()).collect(),
    };
    let mut rows: Vec<Vec<f64>> = Vec::with_capacity(points.rows());
    for row in points.iter_rows() {
        context.limits.check()?;
        let values = harmonic_values(l, [row[0], row[1], row[2]], float_part);
        rows.push(values.iter().zip(&factors).map(|(v, f)| v * f).collect());
    }
    if !rows.iter().flatten().all(|x| x.is_finite()) {
        return Err(a.wrong("x", Code::Number, "the values are too large for floats"));
    }
    Ok(match (single, rows.first()) {
        (true, Some(row)) => Value::list(row.iter().copied().map(Value::Float)),
        _ => Value::float_matrix(Matrix::from_fn(rows.len(), 2 * l + 1, |i, j| rows[i][j])),
    })
}

/// The points when all their coordinates are rational.
fn exact_points(a: &Arguments, single: bool) -> Result<Option<Vec<Vec<Rational>>>, Diagnostic> {
    let real = |row: Vec<Gaussian>| -> Option<Vec<Rational>> {
        row.into_iter().map(|x| x.is_real().then_some(x.re)).collect()
    };
    Ok(match a.value("x")? {
        value if single => value.to_numbers().and_then(real).map(|row| vec![row]),
        value => match value.to_matrix() {
            Some(m) => m.iter_rows().map(|row| real(row.to_vec())).collect(),
            None => None,
        },
    })
}
