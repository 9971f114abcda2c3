//! How values look: text for people, JSON for programs, source text that reads back to the same value.

use num_bigint::BigInt;
use num_traits::ToPrimitive;
use serde_json::{Map, Value as Json, json};

use super::cyclotomic;
use super::literal::quote;
use super::value::{MapBasis, NamedPolynomial, NetworkValue, Value, WrittenModule};
use crate::discover::Oracle;
use crate::exact::Matrix;
use crate::lie::Algebra;
use crate::limits::Limits;
use crate::nets::{Architecture, Constancy, Network};
use crate::num::{Cyclotomic, Gaussian, Rational};
use crate::reps::{Element, Group};
use crate::show::scene::chart;
use crate::show::{Look, Markup, plain};

/// Rows and columns of a matrix that are shown; a larger one is elided.
const SHOWN: usize = 16;
/// Brackets that are shown of a table.
const SHOWN_BRACKETS: usize = 60;

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

/// `27 ⊗ 27: representation of E6 of dimension 729`.
fn module_markup(it: &WrittenModule) -> Markup {
    let (group, dim) = (it.module.group(), it.module.dim());
    let words = match it.module.highest_weight() {
        Some(weight) => {
            let shown = it.numbering.from_bourbaki(group, weight);
            let labels = shown.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
            format!("irreducible representation of {group} of dimension {dim}, highest weight [{labels}]")
        }
        None => format!("representation of {group} of dimension {dim}"),
    };
    match &it.written {
        Some(written) => {
            Markup::symbol(written.plain.clone(), written.latex.clone()) + Markup::text(format!(": {words}"))
        }
        None => Markup::text(words),
    }
}

/// A count as JSON: a number, or a string when it is larger than numbers of JSON can be.
pub fn count_json(count: &BigInt) -> Json {
    let small = count.to_i64().filter(|d| d.unsigned_abs() <= 1 << 53);
    small.map_or_else(|| json!(count.to_string()), |d| json!(d))
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

/// The name of a group for math mode: words upright, signs of products by their names.
fn group_latex(name: &str) -> String {
    let mut out = String::new();
    let mut word = false;
    for c in name.chars() {
        if c.is_ascii_alphabetic() != word {
            out.push_str(if word { "}" } else { "\\mathrm{" });
            word = !word;
        }
        match c {
            '×' => out.push_str(" \\times "),
            '⊞' => out.push_str(" \\boxplus "),
            '_' | '&' | '%' | '$' | '#' => out.extend(['\\', c]),
            '\\' | '{' | '}' | '^' | '~' => {}
            ' ' => out.push_str("\\ "),
            c => out.push(c),
        }
    }
    if word {
        out.push('}');
    }
    out
}

fn network_markup(network: &Network) -> Markup {
    let (from, to) = (network.from(), network.to());
    let words = format!("{} → {}", from.name(), to.name());
    with_symbol(&network_line(network), &words, &format!("{} \\to {}", from.latex_name(), to.latex_name()))
}

/// `basis of the equivariant maps V → V of SO(3): rank 1, 3×3 matrices, by …`.
fn basis_line(it: &MapBasis) -> String {
    let (rank, rows, cols) = (it.basis.rank(), it.basis.rows(), it.basis.cols());
    let (what, size) = match &it.from {
        Some(from) => (format!("equivariant maps {from} → {}", it.to), format!("{rows}×{cols} matrices")),
        None => (format!("invariants of {}", it.to), format!("vectors of length {rows}")),
    };
    // What rests on floats says on what.
    let rests = if it.basis.is_exact() { String::new() } else { format!(": {}", it.basis.completeness()) };
    format!("basis of the {what} of {}: rank {rank}, {size}, by {}{rests}", it.group, it.basis.method())
}

/// The line, and the matrices when they are few and small.
fn basis_markup(it: &MapBasis) -> Markup {
    const SHOWN_LINES: usize = 48;
    let (rank, rows, cols) = (it.basis.rank(), it.basis.rows(), it.basis.cols());
    let words = match &it.from {
        Some(from) => format!("{from} → {}", it.to),
        None => it.to.clone(),
    };
    let line = with_symbol(&basis_line(it), &words, &it.latex);
    let (height, width) = if it.from.is_some() { (rows, cols) } else { (1, rows) };
    if rank.saturating_mul(height) > SHOWN_LINES || width > SHOWN {
        return line;
    }
    let Ok(matrices) = it.matrices(&Limits::none()) else { return line };
    // An invariant is a column; a list takes one line.
    let shown = matrices.into_iter().map(|m| match (&m, &it.from) {
        (Value::Matrix(m), None) => Value::list(m.entries().iter().cloned().map(Value::Number)).to_markup(),
        (Value::FloatMatrix(m), None) => Value::list(m.entries().iter().copied().map(Value::Float)).to_markup(),
        _ => m.to_markup(),
    });
    Markup::lines(std::iter::once(line).chain(shown))
}

/// `network 2V → 1 of O(5): gated, 3 hidden layers, 205 parameters`.
pub fn network_line(network: &Network) -> String {
    let hidden = match network.architecture() {
        Architecture::Gated(_) => Some(network.layers().iter().filter(|l| l.1.kind() == "gate").count()),
        Architecture::Pointwise(_) | Architecture::Plain(_) => Some(network.layers().len() / 2),
        Architecture::TensorProduct | Architecture::Convolution => None,
    };
    let layers = hidden.map(|n| format!(", {n} hidden layer{}", if n == 1 { "" } else { "s" })).unwrap_or_default();
    let symmetry = if network.is_equivariant() { "" } else { " without symmetry" };
    let constant = match network.constancy() {
        None => String::new(),
        Some(Constancy::Structure) => "; its value does not depend on its argument".to_string(),
        Some(Constancy::Values(spread)) => {
            format!("; its value does not depend on its argument: values at random ones agree to {spread:.1e}")
        }
    };
    format!(
        "network {} → {} of {}{symmetry}: {}{layers}, {} parameter{}{constant}",
        network.from(),
        network.to(),
        network.from().base().name(),
        architecture(network),
        network.parameters(),
        if network.parameters() == 1 { "" } else { "s" }
    )
}

fn architecture(network: &Network) -> &'static str {
    match network.architecture() {
        Architecture::Gated(true) => "gated and bilinear",
        Architecture::Gated(false) => "gated",
        Architecture::Pointwise(activation) | Architecture::Plain(activation) => activation.name(),
        Architecture::TensorProduct => "tensor product",
        Architecture::Convolution => "convolution",
    }
}

/// The keys of a network in JSON.
pub fn network_keys(it: &NetworkValue) -> Map<String, Json> {
    let network = &it.network;
    let layer = |(name, layer): &(String, crate::nets::Layer)| {
        let (from, to) = (layer.source(), layer.target());
        json!({"name": name, "type": layer.kind(), "from": from.name(), "to": to.name(), "from_dim": from.dim(),
            "to_dim": to.dim(), "parameters": layer.parameters()})
    };
    let keys = [
        ("group", json!(network.from().base().name())),
        ("from", json!(network.from().name())),
        ("to", json!(network.to().name())),
        ("architecture", json!(architecture(network))),
        ("equivariant", json!(network.is_equivariant())),
        ("parameters", json!(network.parameters())),
        ("constant", json!(network.constancy().is_some())),
        ("spread", json!(network.spread())),
        ("layers", network.layers().iter().map(layer).collect()),
    ];
    keys.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

/// The keys of a basis in JSON.
pub fn basis_keys(it: &MapBasis) -> Map<String, Json> {
    let keys = [
        ("group", json!(it.group)),
        ("from", json!(it.from)),
        ("to", json!(it.to)),
        ("rank", json!(it.basis.rank())),
        ("rows", json!(it.basis.rows())),
        ("cols", json!(it.basis.cols())),
        ("form", json!(if it.basis.is_exact() { "sparse" } else { "orthonormal" })),
        ("method", json!(it.basis.method().name())),
        ("complete", json!(it.basis.completeness().to_string())),
    ];
    keys.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

fn group_json(group: &Group) -> Json {
    let field = if group.is_complex() { "C" } else { "R" };
    // Float matrices, but an exact group without an algebra.
    let plane =
        matches!(group.base().family(), Some(crate::reps::Family::Plane { .. })) || group.base().field().is_some();
    // Discrete generators of a group of positive dimension may lie in the identity component: that is not decided.
    let finite = group.dim() == 0 && (group.base().floats().is_none() || plane);
    let connected = match group.is_connected() {
        true => Some(true),
        // Only the identity may be left of the generators.
        false if finite => Some(group.permutations().is_some_and(|p| p.generators().iter().all(|g| g.is_identity()))),
        false => None,
    };
    // Of float matrices no dimension is known.
    let dim = (group.base().floats().is_none() || plane).then_some(group.dim());
    let generators: Vec<Json> = group.discrete().iter().map(|g| element_json(g, group)).collect();
    let generators = match group.base().floats() {
        Some(_) if group.base().field().is_some() => group.base().field().map_or(Vec::new(), |it| {
            it.matrices.iter().map(|m| cyclotomic::to_json(m).get("entries").cloned().unwrap_or_default()).collect()
        }),
        Some(floats) => floats.discrete.iter().map(|m| m.iter_rows().map(<[f64]>::to_vec).collect()).collect(),
        None => generators,
    };
    let degree = group.permutations().map(|_| group.matrix_size());
    json!({"kind": "group", "name": group.name(), "dim": dim, "connected": connected, "field": field,
        "matrix_size": group.matrix_size(), "degree": degree, "generators": generators})
}

/// Cycles, or the rows of the matrix.
fn element_json(element: &Element, group: &Group) -> Json {
    if let Some(permutation) = element.as_permutation() {
        return json!(permutation.to_string());
    }
    let matrix = match group.is_complex() {
        true => crate::lie::as_gaussian(&element.stored(), group.matrix_size()),
        false => element.stored().to_dense().map(|x| Gaussian::from(x.clone())),
    };
    matrix.iter_rows().map(|row| row.iter().map(Gaussian::to_string).collect::<Vec<_>>()).collect()
}

/// `dim` and `structure_constants` as in the files: indices from 0, pairs with `i < j`.
pub fn constants_json(table: &Algebra) -> Map<String, Json> {
    let entries: Vec<Json> = table.constants().iter().map(|(i, j, k, v)| json!([i, j, k, v.to_string()])).collect();
    let mut keys = Map::new();
    keys.insert("dim".to_string(), json!(table.dim()));
    keys.insert("structure_constants".to_string(), Json::Array(entries));
    keys
}

/// Twelve significant digits, always with a point or an exponent, so that it never looks exact.
pub fn float_text(x: f64) -> String {
    if x == 0.0 {
        return "0.0".to_string();
    }
    let magnitude = x.abs();
    if !(1e-4..1e12).contains(&magnitude) {
        let text = format!("{x:.11e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        return format!("{}e{exponent}", trim_zeros(digits));
    }
    let places = (11 - magnitude.log10().floor() as i64).clamp(1, 16) as usize;
    trim_zeros(&format!("{x:.places$}"))
}

fn trim_zeros(text: &str) -> String {
    if !text.contains('.') {
        return format!("{text}.0");
    }
    let trimmed = text.trim_end_matches('0');
    if trimmed.ends_with('.') { format!("{trimmed}0") } else { trimmed.to_string() }
}

/// Every digit, so that it reads back exactly.
fn float_source(x: f64) -> String {
    format!("{x:?}f")
}

fn matrix_source<T: Clone>(m: &Matrix<T>, entry: impl Fn(&T) -> String) -> String {
    if m.rows() == 0 || m.cols() == 0 {
        return format!("zeros({}, {})", m.rows(), m.cols());
    }
    let rows: Vec<String> = m.iter_rows().map(|row| row.iter().map(&entry).collect::<Vec<_>>().join(", ")).collect();
    let end = if m.rows() == 1 { ";" } else { "" };
    format!("[{}{end}]", rows.join("; "))
}

fn matrix_markup<T: Clone>(m: &Matrix<T>, entry: impl Fn(&T) -> String) -> Markup {
    if m.rows() == 0 || m.cols() == 0 {
        return Markup::text(format!("{}×{} matrix", m.rows(), m.cols()));
    }
    Markup::matrix_elided(m.rows(), m.cols(), SHOWN, |i, j| m.get(i, j).map_or_else(String::new, &entry))
}

/// Entries as `(1+√5)/2` and `ζ5^2`.
pub fn cyclotomic_markup(m: &Matrix<Cyclotomic>) -> Markup {
    if m.rows() == 0 || m.rows() > SHOWN || m.cols() > SHOWN {
        return matrix_markup(m, Cyclotomic::to_string);
    }
    let entry = |x: &Cyclotomic| match x.conductor() {
        1 => Markup::number(x.to_string()),
        _ => Markup::symbol(x.to_string(), x.latex()),
    };
    Markup::matrix(m.iter_rows().map(|row| row.iter().map(entry).collect()).collect())
}

/// What stands on lines of its own in a list.
fn takes_a_line(value: &Value) -> bool {
    matches!(
        value,
        Value::Matrix(_)
            | Value::FloatMatrix(_)
            | Value::CyclotomicMatrix(_)
            | Value::Algebra(_)
            | Value::Module(_)
            | Value::Rep(_)
    )
}

fn polynomial_text(p: &NamedPolynomial) -> String {
    if p.polynomial.is_zero() { "0".to_string() } else { p.polynomial.display(&p.names()) }
}

fn algebra_line(algebra: &Algebra) -> String {
    let mut text = format!("Lie algebra of dimension {} over Q", algebra.dim());
    if let Some(realization) = algebra.realization() {
        let complex = if realization.complex { "complex " } else { "" };
        text.push_str(&format!(", {0}×{0} {complex}matrices", realization.size));
    }
    match algebra.origin() {
        "" => text,
        // A usual name stands first, a description last.
        origin if !origin.contains(' ') => format!("{origin}: {text}"),
        origin => format!("{text}, {origin}"),
    }
}

fn algebra_markup(algebra: &Algebra) -> Markup {
    Markup::text(algebra_line(algebra))
}

/// The name of a basis element: as given, or `e1`, `e2`, …
pub fn basis_name(algebra: &Algebra, k: usize) -> String {
    algebra.names().and_then(|names| names.get(k)).cloned().unwrap_or_else(|| format!("e{}", k + 1))
}

/// `2 e1 - 1/2 e3`.
pub fn combination(algebra: &Algebra, x: &[Rational]) -> String {
    terms(x.iter().enumerate().filter(|(_, v)| !v.is_zero()).map(|(k, v)| (basis_name(algebra, k), v)))
}

/// `2 x - 1/2 y` for named coordinates that are not zero.
pub fn terms<'a>(items: impl Iterator<Item = (String, &'a Rational)>) -> String {
    let mut text = String::new();
    for (name, value) in items {
        let negative = value.signum() < 0;
        text.push_str(match (text.is_empty(), negative) {
            (true, true) => "-",
            (true, false) => "",
            (false, true) => " - ",
            (false, false) => " + ",
        });
        let magnitude = value.abs();
        if !magnitude.is_one() {
            text.push_str(&format!("{magnitude} "));
        }
        text.push_str(&name);
    }
    if text.is_empty() { "0".to_string() } else { text }
}

fn brackets_markup(table: &Algebra) -> Markup {
    let constants = table.constants();
    let mut lines = Vec::new();
    let mut total = 0usize;
    for i in 0..constants.dim() {
        for j in i + 1..constants.dim() {
            let row = constants.upper(i, j);
            if row.is_empty() {
                continue;
            }
            total += 1;
            if total <= SHOWN_BRACKETS {
                let right = terms(row.iter().map(|(k, v)| (basis_name(table, *k as usize), v)));
                lines.push(Markup::text(format!("[{}, {}] = {right}", basis_name(table, i), basis_name(table, j))));
            }
        }
    }
    if total == 0 {
        lines.push(Markup::text(format!("all brackets are zero, dimension {}", table.dim())));
    } else if total > SHOWN_BRACKETS {
        lines.push(Markup::dim(format!("… {total} brackets in all, dimension {}", table.dim())));
    }
    Markup::lines(lines)
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
