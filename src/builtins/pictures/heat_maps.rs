//! Heat maps of matrices and of structure constants, spectra, and matrices by their entries that are not zero.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use crate::builtins::discovery::training;
use crate::builtins::pictures::bases::{BLUE, RED, check_size, tint};
use crate::builtins::{Arguments, Builtin, Context, Example, discovery, keyword, required};
use crate::diag::{Code, Diagnostic};
use crate::discover::spectrum_scene;
use crate::exact::Matrix;
use crate::lang::cyclotomic;
use crate::lang::kind::Kinds;
use crate::lang::value::{Drawing, Value};
use crate::lie::Algebra;
use crate::num::{Cyclotomic, Gaussian, Rational};
use crate::show::scene::{Board, Entry, Scene, arranged, rainbow};

const TOPIC: &str = "discovery";
type Outcome = Result<Value, Diagnostic>;

/// Colours of numbers whose imaginary part is the larger one.
const GREEN: [u8; 3] = [0x0B, 0x7A, 0x4B];
const BROWN: [u8; 3] = [0xB0, 0x6A, 0x10];

/// Float entries below this part of the largest one are left out.
const FAINTEST: f64 = 5e-3;

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "spectrum",
        aliases: &[],
        topic: TOPIC,
        params: &[required("d", Kinds::DISCOVERY), keyword("ascii", Kinds::BOOLEAN, "false")],
        returns: Kinds::PICTURE,
        summary: "picture of the singular values of a discovery with the gap at its dimension",
        help: "The values in increasing order, in powers of ten. Upright lines stand at the dimension and at the next best one, level \
ones at the edge of rounding or of the noise. save(spectrum(d), \"spectrum.svg\") and \"spectrum.png\" draw it. With more than 300 \
unknowns the values are computed when discover is asked for them: all_values = true.",
        examples: &[Example {
            code: "oracle f(x[3]) = x1^2 + x2^2 + x3^2\nkind(spectrum(discover(f)))",
            output: "picture",
        }],
        run: |_, a| {
            let Value::Discovery(it) = a.value("d")? else {
                return Err(a
                    .wrong("d", Code::Kind, "a training has no spectrum")
                    .hint("the closed form has one: discover(f); loss_curve(t) draws a training"));
            };
            let found = &it.discovery.spectrum;
            if found.values.is_empty() {
                return Err(a
                    .wrong("d", Code::Argument, "only the ends of this spectrum were computed")
                    .hint("discover(…, all_values = true) computes all singular values"));
            }
            let of = if it.oracle.is_empty() { "an oracle" } else { &it.oracle };
            drawing(a, spectrum_scene(found, &format!("spectrum of {of}")))
        },
    },
    Builtin {
        name: "sparse",
        aliases: &[],
        topic: TOPIC,
        params: &[required("x", Kinds::DISCOVERY.or(Kinds::MATRIX_LIKE))],
        returns: Kinds::RECORD,
        summary: "matrices, or the generators of a discovery, by their entries that are not zero",
        help: "E[i,j] is the matrix with a 1 in row i and column j, from 1. Of floats, entries below 0.005 of the largest are left \
out. Attributes: matrices (for each its [row, column, value] from 0), rows, cols, nonzeros.",
        examples: &[
            Example { code: "sparse([0, 1; -1, 0])", output: "E[1,2] - E[2,1]" },
            Example {
                code: "oracle f(x, y, z) = x^2 + y^2 - z^2\nsparse(discover(f))",
                output: "1: E[1,2] - E[2,1]\n2: E[1,3] + E[3,1]\n3: E[2,3] + E[3,2]",
            },
        ],
        run: sparse,
    },
];

fn drawing(a: &Arguments, scene: Scene) -> Outcome {
    Ok(Value::Drawing(Arc::new(Drawing { scene, ascii: a.flag("ascii", false)? })))
}

/// A number in a box.
#[derive(Clone)]
enum Number {
    Exact(Gaussian),
    /// In a cyclotomic field.
    Irrational(Cyclotomic),
    Float(f64),
}

/// The entries of a matrix that are not zero, row by row.
struct Sparse {
    rows: usize,
    cols: usize,
    entries: Vec<(usize, usize, Number)>,
}

impl Number {
    /// Real and imaginary part.
    fn parts(&self) -> (f64, f64) {
        match self {
            Number::Exact(z) => (z.re.to_f64(), z.im.to_f64()),
            Number::Irrational(x) => x.to_complex(),
            Number::Float(x) => (*x, 0.0),
        }
    }

    fn text(&self) -> String {
        match self {
            Number::Exact(z) => z.to_string(),
            Number::Irrational(x) => cyclotomic::value(x.clone()).line(),
            Number::Float(x) => format!("{x:.2}"),
        }
    }

    fn json(&self) -> Json {
        match self {
            Number::Exact(_) | Number::Irrational(_) => json!(self.text()),
            Number::Float(x) => json!(x),
        }
    }

    /// Blue for positive, red for negative numbers; green and brown where the imaginary part is the larger one.
    fn colour(&self, most: f64) -> [u8; 3] {
        let (re, im) = self.parts();
        let (positive, negative, x) = if re.abs() >= im.abs() { (BLUE, RED, re) } else { (GREEN, BROWN, im) };
        tint(if x >= 0.0 { positive } else { negative }, x / most)
    }
}

impl Sparse {
    fn exact(m: &Matrix<Gaussian>) -> Sparse {
        let all = m.entries().iter().enumerate().filter(|(_, z)| !z.is_zero());
        let place = |at: usize| (at / m.cols(), at % m.cols());
        let entries = all.map(|(at, z)| (place(at).0, place(at).1, Number::Exact(z.clone()))).collect();
        Sparse { rows: m.rows(), cols: m.cols(), entries }
    }

    fn irrational(m: &Matrix<Cyclotomic>) -> Sparse {
        let number = |x: &Cyclotomic| cyclotomic::gaussian(x).map_or(Number::Irrational(x.clone()), Number::Exact);
        let all = m.entries().iter().enumerate().filter(|(_, x)| !x.is_zero());
        let entries = all.map(|(at, x)| (at / m.cols(), at % m.cols(), number(x))).collect();
        Sparse { rows: m.rows(), cols: m.cols(), entries }
    }

    fn float(m: &Matrix<f64>) -> Sparse {
        let most = m.entries().iter().fold(0.0f64, |most, x| most.max(x.abs()));
        let all = m.entries().iter().enumerate().filter(|(_, x)| x.abs() > FAINTEST * most);
        let entries = all.map(|(at, x)| (at / m.cols(), at % m.cols(), Number::Float(*x))).collect();
        Sparse { rows: m.rows(), cols: m.cols(), entries }
    }

    fn most(&self) -> f64 {
        let size = |(_, _, x): &(usize, usize, Number)| x.parts().0.hypot(x.parts().1);
        self.entries.iter().map(size).fold(f64::MIN_POSITIVE, f64::max)
    }

    fn board(&self) -> Board {
        let most = self.most();
        let entry = |(row, col, x): &(usize, usize, Number)| Entry {
            row: *row,
            col: *col,
            colour: x.colour(most),
            text: x.text(),
        };
        Board { entries: self.entries.iter().map(entry).collect(), ..Board::new(self.rows, self.cols) }
    }

    /// `E[1,2] - E[2,1]`.
    fn text(&self) -> String {
        let mut text = String::new();
        for (row, col, x) in &self.entries {
            let (sign, size) = signed(x);
            text.push_str(match (text.is_empty(), sign) {
                (true, true) => "-",
                (true, false) => "",
                (false, true) => " - ",
                (false, false) => " + ",
            });
            if !size.is_empty() {
                text.push_str(&format!("{size} "));
            }
            text.push_str(&format!("E[{},{}]", row + 1, col + 1));
        }
        if text.is_empty() { "0".to_string() } else { text }
    }

    fn json(&self) -> Json {
        self.entries.iter().map(|(i, j, x)| json!([i, j, x.json()])).collect()
    }
}

/// Whether a number stands behind a minus, and what stands before the name; nothing for 1.
fn signed(x: &Number) -> (bool, String) {
    match x {
        Number::Float(x) => {
            (*x < 0.0, if (x.abs() - 1.0).abs() < 5e-3 { String::new() } else { format!("{:.3}", x.abs()) })
        }
        Number::Exact(z) if z.is_real() => {
            let size = z.re.abs();
            (z.re < Rational::ZERO, if size.is_one() { String::new() } else { size.to_string() })
        }
        Number::Exact(z) if z.re.is_zero() => {
            let size = z.im.abs();
            (z.im < Rational::ZERO, if size.is_one() { "i".to_string() } else { format!("{size} i") })
        }
        Number::Exact(z) => (false, format!("({z})")),
        Number::Irrational(_) => (false, format!("({})", x.text())),
    }
}

/// The matrices that a value has, or is.
fn matrices(context: &Context<'_>, a: &Arguments) -> Result<Vec<Sparse>, Diagnostic> {
    let all: Vec<Value> = match a.value("x")? {
        Value::Discovery(it) => {
            let (n, dim) = (it.discovery.ansatz.dimension() as u128, it.discovery.dim() as u128);
            context.limits.reserve(n * n * dim * size_of::<Gaussian>() as u128)?;
            discovery::discover::generators(&it.discovery)
        }
        Value::Training(it) => match training::matrices(it.trained.n, &it.trained.generators) {
            Value::List(all) => all.to_vec(),
            one => vec![one],
        },
        Value::List(items)
            if items
                .iter()
                .any(|v| matches!(v, Value::Matrix(_) | Value::FloatMatrix(_) | Value::CyclotomicMatrix(_))) =>
        {
            items.to_vec()
        }
        Value::FloatMatrix(m) => vec![Value::FloatMatrix(m.clone())],
        _ => vec![Value::Matrix(a.matrix("x")?)],
    };
    let mut out = Vec::with_capacity(all.len());
    for value in &all {
        context.limits.check()?;
        out.push(match value {
            Value::Matrix(m) => Sparse::exact(m),
            Value::CyclotomicMatrix(m) => Sparse::irrational(m),
            Value::FloatMatrix(m) => Sparse::float(m),
            other => {
                let message = format!("a list of matrices holds {}", other.line());
                return Err(a.wrong("x", Code::Kind, message));
            }
        });
    }
    Ok(out)
}

/// Heat maps of matrices, generators of a discovery or a training, or of the brackets of an algebra.
pub(crate) fn heat_maps(context: &Context<'_>, a: &Arguments) -> Result<Scene, Diagnostic> {
    if let Value::Algebra(algebra) = a.value("x")? {
        return brackets(context, a, algebra);
    }
    let all = matrices(context, a)?;
    check_size(context, a, all.iter().map(|m| m.entries.len()).fold(0, usize::saturating_add))?;
    let title = match a.value("x")? {
        Value::Discovery(it) if it.oracle.is_empty() => format!("{} generators", all.len()),
        Value::Discovery(it) => format!("{} generators of {}", all.len(), it.oracle),
        Value::Training(_) => format!("{} trained generators", all.len()),
        _ if all.len() == 1 => "a matrix".to_string(),
        _ => format!("{} matrices", all.len()),
    };
    let boards = arranged(all.iter().map(Sparse::board).collect());
    let description = "matrices of boxes; blue is positive, red negative, pale small, an empty place zero".to_string();
    Ok(Scene { title, description, boards, ..Scene::default() })
}

/// The table of brackets: the entry at (i, j) is the number of the basis element with the largest coefficient in [e_i, e_j],
/// with the sign of the coefficient; the paler, the smaller its part of the whole.
fn brackets(context: &Context<'_>, a: &Arguments, algebra: &Algebra) -> Result<Scene, Diagnostic> {
    let (constants, n) = (algebra.constants(), algebra.dim());
    let mut board = Board::new(n, n);
    for i in 0..n {
        context.limits.check()?;
        for j in i + 1..n {
            let size = |v: &Rational| v.abs().to_f64();
            let terms = constants.upper(i, j);
            let Some((k, value)) = terms.iter().max_by(|x, y| size(&x.1).total_cmp(&size(&y.1))) else { continue };
            let part = size(value) / terms.iter().map(|(_, v)| size(v)).sum::<f64>();
            let colour = rainbow(*k as usize, n).map(|c| (255.0 - part * (255.0 - f64::from(c))).round() as u8);
            let negative = *value < Rational::ZERO;
            let mut push = |row, col, negative: bool| {
                let text = format!("{}{}", if negative { "-" } else { "" }, k + 1);
                board.entries.push(Entry { row, col, colour, text });
            };
            push(i, j, negative);
            push(j, i, !negative);
        }
    }
    check_size(context, a, board.entries.len())?;
    let title = format!("structure constants of {}", a.value("x")?.line());
    let description = format!(
        "a box at row i and column j for each bracket of e_i and e_j that is not zero, {} of {}; its number and colour name the \
         basis element with the largest coefficient",
        board.entries.len(),
        n * n
    );
    Ok(Scene { title, description, boards: vec![board], ..Scene::default() })
}

fn sparse(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let all = matrices(context, a)?;
    let nonzeros: usize = all.iter().map(|m| m.entries.len()).sum();
    context.limits.reserve(nonzeros as u128 * 128)?;
    let lines: Vec<String> = match all.as_slice() {
        [one] => vec![one.text()],
        _ => all.iter().enumerate().map(|(k, m)| format!("{}: {}", k + 1, m.text())).collect(),
    };
    let size = |of: fn(&Sparse) -> usize| json!(all.first().map_or(0, of));
    let rows = [
        ("rows", size(|m| m.rows)),
        ("cols", size(|m| m.cols)),
        ("nonzeros", json!(nonzeros)),
        ("matrices", all.iter().map(Sparse::json).collect()),
    ];
    let keys = rows.into_iter().map(|(key, value)| (key.to_string(), value)).collect();
    Ok(Value::record("sparse", keys, lines.join("\n")))
}
