//! How values look: text for people, JSON for programs, source text that reads back to the same value.

use num_bigint::BigInt;
use serde_json::{Map, Value as Json, json};

mod algebras;
mod bases;
mod groups;
mod matrices;
mod networks;
mod numbers;

use super::cyclotomic;
use super::literal::quote;
use super::value::{NamedPolynomial, Value};
use crate::discover::Oracle;
use crate::num::{Cyclotomic, Gaussian, Rational};
use crate::show::scene::chart;
use crate::show::{Look, Markup, plain};

pub use algebras::{basis_name, combination, constants_json, terms};
pub use bases::basis_keys;
pub use matrices::cyclotomic_markup;
pub use networks::{network_keys, network_line};
pub use numbers::{count_json, float_text};

use algebras::{algebra_line, algebra_markup, brackets_markup, module_markup, quadratic_algebra_line};
use bases::{basis_line, basis_markup};
use groups::{group_json, group_latex};
use matrices::{matrix_markup, matrix_source};
use networks::network_markup;
use numbers::float_source;

/// Rows and columns of a matrix that are shown; a larger one is elided.
const SHOWN: usize = 16;

impl Value {
    /// The value for people, as plain text.
    pub fn to_text(&self) -> String {
        plain::render(&self.to_markup(), Look::Unicode)
    }

    /// The value for people, as markup that any renderer can show.
    pub fn to_markup(&self) -> Markup {
        match self {
            Value::Cyclotomic(x) => Markup::symbol(x.typed(), x.latex()),
            Value::CyclotomicMatrix(m) => cyclotomic_markup(m),
            Value::Number(_) | Value::Quadratic(_) | Value::Float(_) | Value::ComplexFloat(..) => {
                Markup::number(self.scalar_text())
            }
            Value::Text(text) => Markup::text(text.to_string()),
            Value::List(items) if items.iter().any(takes_a_line) => Markup::lines(items.iter().map(Value::to_markup)),
            Value::Matrix(m) => matrix_markup(m, Gaussian::typed),
            Value::FloatMatrix(m) => matrix_markup(m, |x| float_text(*x)),
            Value::Algebra(algebra) => algebra_markup(algebra),
            Value::Constants(table) => brackets_markup(table),
            Value::Record(record) => record.markup.clone().unwrap_or_else(|| Markup::text(record.text.clone())),
            Value::Module(module) => module_markup(module),
            Value::Picture(picture) => Markup::text(picture.to_string()).block(),
            Value::Drawing(drawing) => Markup::text(chart(&drawing.scene, drawing.ascii)).block(),
            Value::Basis(basis) => basis_markup(basis),
            Value::Discovery(it) => Markup::text(it.text.clone()),
            Value::Training(it) => Markup::text(it.text.clone()),
            Value::Group(group) => with_symbol(&self.line(), group.name(), &group_latex(group.name())),
            Value::Rep(rep) => with_symbol(&self.line(), &rep.name(), &rep.latex_name()),
            Value::Network(it) => network_markup(&it.network),
            Value::Tying(it) => it.markup(),
            Value::Shallow(it) => it.markup(),
            _ => Markup::text(self.line()),
        }
    }

    /// The value in one line.
    pub fn line(&self) -> String {
        match self {
            Value::Boolean(b) => b.to_string(),
            Value::Text(text) => quote(text),
            Value::List(items) => {
                let shown: Vec<String> = items.iter().take(200).map(Value::line).collect();
                let more = if items.len() > 200 { format!(", … {} items", items.len()) } else { String::new() };
                format!("[{}{more}]", shown.join(", "))
            }
            Value::Range(first, last) => format!("{first}..{last}"),
            Value::Matrix(m) => format!("{}×{} matrix", m.rows(), m.cols()),
            Value::FloatMatrix(m) => format!("{}×{} float matrix", m.rows(), m.cols()),
            Value::CyclotomicMatrix(m) => format!("{}×{} cyclotomic matrix", m.rows(), m.cols()),
            Value::Permutation(p) => p.to_string(),
            Value::Field(field) => field.letter().to_string(),
            Value::Type(t) => t.to_string(),
            Value::Algebra(algebra) => algebra_line(algebra),
            Value::QuadraticAlgebra(algebra) => quadratic_algebra_line(algebra),
            Value::Constants(table) => format!("structure constants of dimension {}", table.dim()),
            Value::Element(algebra, x) => combination(algebra, x),
            Value::Group(group) => group.to_string(),
            Value::Rep(rep) => {
                format!("{}: representation of {} of dimension {}", rep.name(), rep.base().name(), rep.dim())
            }
            Value::Module(module) => plain::render(&module_markup(module), Look::Unicode),
            Value::Polynomial(p) => polynomial_text(p),
            Value::Form(form) => {
                let words = form.description(form.is_complex());
                if form.name().is_empty() || words.contains(form.name()) {
                    words
                } else {
                    format!("{}: {words}", form.name())
                }
            }
            Value::Function(function) => {
                let parameters: Vec<&str> = function.parameters.iter().map(|p| p.text.as_str()).collect();
                format!("{}({}): a function", function.name, parameters.join(", "))
            }
            Value::Builtin(row) => format!("{}: {}", row.signature(), row.summary),
            Value::Record(record) => record.text.lines().next().unwrap_or(record.kind).to_string(),
            Value::Picture(_) => "a picture".to_string(),
            Value::Drawing(drawing) => format!("a picture: {}", drawing.scene.title),
            Value::Basis(basis) => basis_line(basis),
            Value::Symbol(_) => "a number that depends on the coordinates of an oracle".to_string(),
            Value::Oracle(oracle) => oracle_line(oracle),
            Value::Table(table) => format!("table of {} rows: {}", table.rows(), table.names.join(", ")),
            Value::Discovery(it) => it.text.lines().next().unwrap_or("a discovery").to_string(),
            Value::Training(it) => it.text.lines().next().unwrap_or("a training").to_string(),
            Value::Tying(it) => it.line(),
            Value::Shallow(it) => it.line(),
            Value::Network(it) => network_line(&it.network),
            Value::Nothing => "nothing".to_string(),
            _ => self.scalar_text(),
        }
    }

    fn scalar_text(&self) -> String {
        match self {
            Value::Number(x) => x.typed(),
            Value::Quadratic(q) => q.to_string(),
            Value::Cyclotomic(x) => x.typed(),
            Value::Float(x) => float_text(*x),
            Value::ComplexFloat(re, im) => {
                let sign = if im.is_sign_negative() { '-' } else { '+' };
                format!("{} {sign} {}i", float_text(*re), float_text(im.abs()))
            }
            _ => String::new(),
        }
    }

    /// Source text that evaluates to this value; `None` for values that have no literal.
    pub fn to_source(&self) -> Option<String> {
        Some(match self {
            Value::Number(x) => x.typed(),
            Value::Quadratic(q) => q.to_string(),
            Value::Cyclotomic(x) => x.typed(),
            Value::CyclotomicMatrix(m) => matrix_source(m, Cyclotomic::typed),
            Value::Float(x) => float_source(*x),
            Value::Boolean(b) => b.to_string(),
            Value::Text(text) => quote(text),
            Value::List(items) => {
                let items = items.iter().map(Value::to_source).collect::<Option<Vec<_>>>()?;
                format!("[{}]", items.join(", "))
            }
            Value::Range(first, last) => format!("{first}..{last}"),
            Value::Matrix(m) => matrix_source(m, Gaussian::typed),
            Value::FloatMatrix(m) => matrix_source(m, |x| float_source(*x)),
            Value::Permutation(p) => format!("permutation({}, {})", p.degree(), quote(&p.to_string())),
            Value::Field(field) => field.letter().to_string(),
            Value::Type(t) if t.summands().len() == 1 => t.to_string(),
            _ => return None,
        })
    }

    /// The JSON object of the value: `kind` and its keys.
    pub fn to_json(&self) -> Json {
        match self {
            Value::Number(x) => json!({"kind": "number", "value": x.to_string()}),
            Value::Quadratic(q) => json!({"kind": "number", "value": q.to_string()}),
            Value::Cyclotomic(x) => json!({"kind": "number", "value": x.typed()}),
            Value::CyclotomicMatrix(m) => cyclotomic::to_json(m),
            Value::Float(x) => json!({"kind": "float", "value": x}),
            Value::ComplexFloat(re, im) => json!({"kind": "complex_float", "re": re, "im": im}),
            Value::Boolean(b) => json!({"kind": "boolean", "value": b}),
            Value::Text(text) => json!({"kind": "string", "value": text.as_ref()}),
            Value::List(items) => {
                json!({"kind": "list", "items": items.iter().map(Value::to_json).collect::<Vec<_>>()})
            }
            Value::Range(first, last) => json!({"kind": "range", "from": first, "to": last}),
            Value::Matrix(m) => {
                let entries: Vec<Vec<String>> =
                    m.iter_rows().map(|row| row.iter().map(|x| x.to_string()).collect()).collect();
                json!({"kind": "matrix", "rows": m.rows(), "cols": m.cols(), "entries": entries})
            }
            Value::FloatMatrix(m) => {
                let entries: Vec<&[f64]> = m.iter_rows().collect();
                json!({"kind": "matrix", "rows": m.rows(), "cols": m.cols(), "entries": entries})
            }
            Value::Permutation(p) => json!({"kind": "permutation", "degree": p.degree(), "cycles": p.to_string()}),
            Value::Field(field) => json!({"kind": "field", "name": field.letter()}),
            Value::Type(t) => json!({"kind": "type", "name": t.to_string(), "rank": t.rank(), "dim": t.dim()}),
            Value::Algebra(algebra) => {
                let size = algebra.realization().map(|r| r.size);
                json!({"kind": "algebra", "dim": algebra.dim(), "field": "Q", "matrix_size": size})
            }
            Value::QuadraticAlgebra(algebra) => {
                let field = format!("Q(sqrt({}))", algebra.radicand());
                json!({"kind": "algebra", "dim": algebra.dim(), "field": field, "matrix_size": algebra.matrix_size()})
            }
            Value::Constants(table) => {
                let mut keys = constants_json(table);
                let mut object = Map::new();
                object.insert("kind".to_string(), json!("structure_constants"));
                object.append(&mut keys);
                Json::Object(object)
            }
            Value::Element(_, x) => {
                json!({"kind": "element", "coordinates": x.iter().map(Rational::to_string).collect::<Vec<_>>()})
            }
            Value::Group(group) => group_json(group),
            Value::Rep(rep) => {
                let dim = count_json(&BigInt::from(rep.dim().clone()));
                json!({"kind": "rep", "name": rep.name(), "expression": rep.ascii_name(), "group": rep.base().name(), "dim": dim})
            }
            Value::Module(it) => {
                let (name, typed) = match &it.written {
                    Some(written) => (json!(written.plain), json!(written.typed)),
                    None => (Json::Null, Json::Null),
                };
                json!({"kind": "rep", "name": name, "expression": typed, "group": it.module.group().to_string(),
                    "dim": count_json(it.module.dim())})
            }
            Value::Polynomial(p) => {
                let degree = p.polynomial.degree();
                json!({"kind": "form", "vectors": p.vectors.as_ref(), "degree": degree, "polynomial": polynomial_text(p)})
            }
            Value::Form(form) => {
                json!({"kind": "form", "name": form.name(), "dim": form.dimension(), "description": form.description(form.is_complex())})
            }
            Value::Function(function) => json!({"kind": "function", "name": function.name}),
            Value::Builtin(row) => json!({"kind": "function", "name": row.name}),
            Value::Record(record) => {
                let mut object = Map::new();
                object.insert("kind".to_string(), json!(record.kind));
                object.extend(record.keys.clone());
                Json::Object(object)
            }
            Value::Symbol(_) => json!({"kind": "symbol"}),
            Value::Oracle(oracle) => {
                let (space, outputs) = (oracle.dimension(), oracle.outputs().len());
                json!({"kind": "oracle", "description": oracle.description(), "dim": space,
                    "complex": oracle.is_complex(), "vectors": oracle.arguments().len(), "outputs": outputs})
            }
            Value::Table(table) => json!({"kind": "table", "rows": table.rows(), "columns": table.names}),
            Value::Training(it) => {
                let mut object = Map::new();
                object.insert("kind".to_string(), json!("training"));
                object.extend(it.keys.clone());
                Json::Object(object)
            }
            Value::Discovery(it) => {
                let mut object = Map::new();
                object.insert("kind".to_string(), json!("discovery"));
                object.extend(it.keys.clone());
                Json::Object(object)
            }
            Value::Picture(picture) => json!({"kind": "picture", "text": picture.as_ref()}),
            Value::Drawing(drawing) => {
                json!({"kind": "picture", "text": chart(&drawing.scene, drawing.ascii)})
            }
            Value::Basis(basis) => {
                let mut object = Map::new();
                object.insert("kind".to_string(), json!("basis"));
                object.append(&mut basis_keys(basis));
                Json::Object(object)
            }
            Value::Shallow(it) => {
                let mut object = Map::new();
                object.insert("kind".to_string(), json!("shallow_network"));
                object.append(&mut it.keys());
                Json::Object(object)
            }
            Value::Tying(it) => {
                let mut object = Map::new();
                object.insert("kind".to_string(), json!("tying"));
                object.append(&mut it.keys());
                Json::Object(object)
            }
            Value::Network(it) => {
                let mut object = Map::new();
                object.insert("kind".to_string(), json!("network"));
                object.append(&mut network_keys(it));
                Json::Object(object)
            }
            Value::Nothing => json!({"kind": "nothing"}),
        }
    }
}

/// What stands on lines of its own in a list.
fn takes_a_line(value: &Value) -> bool {
    matches!(
        value,
        Value::Matrix(_)
            | Value::FloatMatrix(_)
            | Value::CyclotomicMatrix(_)
            | Value::Algebra(_)
            | Value::QuadraticAlgebra(_)
            | Value::Module(_)
            | Value::Rep(_)
    )
}

fn polynomial_text(p: &NamedPolynomial) -> String {
    if p.polynomial.is_zero() { "0".to_string() } else { p.polynomial.display(&p.names()) }
}

/// `f: oracle of 2 vectors of R^3 with 1 value`
fn oracle_line(oracle: &Oracle) -> String {
    let space = match (oracle.is_complex(), oracle.is_quaternionic()) {
        (true, _) => format!("C^{}", oracle.dimension() / 2),
        (_, true) => format!("H^{}", oracle.dimension() / 4),
        _ => format!("R^{}", oracle.dimension()),
    };
    let (vectors, values) = (oracle.arguments().len(), oracle.outputs().len());
    let vectors = if vectors == 1 { "a vector".to_string() } else { format!("{vectors} vectors") };
    let plural = if values == 1 { "" } else { "s" };
    format!("{}: oracle of {vectors} of {space} with {values} real value{plural}", oracle.description())
}

/// A line in which some words have a LaTeX source of their own.
fn with_symbol(line: &str, words: &str, latex: &str) -> Markup {
    match line.split_once(words) {
        Some((before, after)) if !words.is_empty() => {
            let symbol = Markup::symbol(words.to_string(), latex.to_string());
            Markup::text(before.to_string()) + symbol + Markup::text(after.to_string())
        }
        _ => Markup::text(line.to_string()),
    }
}
