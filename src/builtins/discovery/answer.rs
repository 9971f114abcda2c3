//! What `discover` answers: its keys, its text, its document.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::builtins::Context;
use crate::builtins::algebras::identification::{headline, keys as identification_keys};
use crate::builtins::discovery::discover::generators;
use crate::diag::Diagnostic;
use crate::discover::{
    Ball, Constants, Discovery, FloatStructure, Generators, Model, Oracle, Proof, Rule, Solver, Spectrum, components,
};
use crate::exact::{Matrix, SparseMatrix};
use crate::lang::value::{DiscoveryValue, Value};
use crate::lie::{self, Identification};
use crate::limits::Limits;
use crate::roots::{RealForm, name_of_sum};

/// What is known besides the oracle.
#[derive(Default)]
pub(crate) struct Background {
    /// Points that were given.
    pub points: Option<Matrix<f64>>,
    /// The subspace to which they were restricted, with the names of the coordinates that are kept.
    pub kept: Option<(usize, Vec<String>)>,
    /// The model that stands in for labels.
    pub fitted: Option<Fitted>,
    /// Equations of points at which an oracle has more symmetries than elsewhere.
    pub equations: Vec<String>,
}

/// What is known of a fit.
pub(crate) struct Fitted {
    /// The model that was taken.
    pub model: Model,
    /// Its error on held-out rows.
    pub error: f64,
    /// The error of its derivatives, unless it is exact.
    pub slope_error: Option<f64>,
    /// All models that were tried, with their errors.
    pub tried: Vec<(Model, f64)>,
    /// The equations that the points satisfy.
    pub equations: Vec<String>,
    /// Rows that repeat others, and were left out.
    pub repeated: usize,
    /// Noise that was added to the labels, relative to their spread.
    pub noise: f64,
}

impl Background {
    /// Whether the points satisfy equations.
    pub fn on_surface(&self) -> bool {
        self.fitted.as_ref().is_some_and(|fit| !fit.equations.is_empty())
    }
}

/// The keys of a model with its error.
fn model_keys(model: Model, error: f64) -> Map<String, Json> {
    let rows = match model {
        Model::Polynomial(degree) => vec![("model", json!("polynomial")), ("degree", json!(degree))],
        Model::Network(hidden, layers) => {
            vec![("model", json!("network")), ("hidden", json!(hidden)), ("layers", json!(layers))]
        }
    };
    let rows = rows.into_iter().chain([("error", json!(error))]);
    rows.map(|(key, value)| (key.to_string(), value)).collect()
}

/// What a fit is, as a JSON object.
pub(crate) fn fit_keys(fit: &Fitted) -> Json {
    let mut keys = model_keys(fit.model, fit.error);
    keys.insert("slope_error".to_string(), json!(fit.slope_error));
    let tried = fit.tried.iter().map(|(model, error)| Json::Object(model_keys(*model, *error)));
    keys.insert("tried".to_string(), tried.collect());
    keys.insert("equations".to_string(), json!(fit.equations));
    keys.insert("repeated_rows".to_string(), json!(fit.repeated));
    keys.insert("label_noise".to_string(), json!(fit.noise));
    Json::Object(keys)
}

/// The first equations.
fn listed(equations: &[String]) -> String {
    let some = equations.iter().take(3).map(|e| format!("{e} = 0")).collect::<Vec<_>>().join(", ");
    some + if equations.len() > 3 { ", …" } else { "" }
}

/// A fit in words.
fn fit_text(fit: &Fitted) -> Vec<String> {
    let words = |model: Model| match model {
        Model::Polynomial(degree) => format!("a polynomial of degree {degree}"),
        Model::Network(hidden, 1) => format!("a network with a hidden layer of {hidden} neurons"),
        Model::Network(hidden, layers) => format!("a network with {layers} hidden layers of {hidden} neurons"),
    };
    let mut line =
        format!("{} stands in for the labels; error on held-out rows {}", words(fit.model), level(fit.error));
    if let Some(error) = fit.slope_error {
        line += &format!(", of derivatives {}", level(error));
    }
    let network = |model: Model| matches!(model, Model::Network(..));
    // The best of the other family.
    let others = fit.tried.iter().filter(|(model, _)| network(*model) != network(fit.model));
    if let Some((model, error)) = others.min_by(|a, b| a.1.total_cmp(&b.1)) {
        line += &format!(" ({}: {})", words(*model), level(*error));
    }
    if fit.slope_error.is_some() {
        line += "; what follows holds of the labels within these errors";
    }
    let mut lines = vec![line];
    if fit.noise > 0.0 {
        lines.push(format!("noise of {} of their spread was added to the labels", short(fit.noise)));
    }
    match fit.repeated {
        0 => {}
        1 => lines.push("one row repeats another and is left out".to_string()),
        repeated => lines.push(format!("{repeated} rows repeat others and are left out")),
    }
    if !fit.equations.is_empty() {
        let equations = listed(&fit.equations);
        lines.push(format!("the points satisfy {equations}: matrices have to keep that, and the labels along it"));
    }
    lines
}

/// What is known besides the oracle, in lines.
pub(crate) fn background_text(background: &Background) -> Vec<String> {
    let mut lines: Vec<String> = background.fitted.iter().flat_map(fit_text).map(|line| format!("  {line}")).collect();
    if let Some((all, names)) = &background.kept {
        let list = names.join(", ");
        lines
            .push(format!("  the points span {} of {all} dimensions: matrices act on coordinates {list}", names.len()));
    }
    lines
}

/// The value that a discovery is in the language.
pub(crate) fn answer(
    context: &Context<'_>,
    oracle: &Oracle,
    background: &Background,
    found: Discovery,
) -> Result<Value, Diagnostic> {
    let algebra = found.algebra.clone().map(Arc::new);
    let identified = match &algebra {
        Some(algebra) => Some(lie::identify(algebra, context.limits)?),
        None => over_field(&found, context.limits)?,
    };
    let keys = keys(oracle, background, &found, identified.as_ref());
    let text = text(oracle, background, &found, identified.as_ref());
    let oracle = oracle.description().to_string();
    Ok(Value::Discovery(Arc::new(DiscoveryValue { discovery: found, oracle, algebra, keys, text })))
}

/// The real algebra of generators over a quadratic field.
pub(crate) fn over_field(found: &Discovery, limits: &Limits) -> Result<Option<Identification>, Diagnostic> {
    Ok(found.restricted.as_ref().map(|algebra| algebra.identify(limits)).transpose()?)
}

/// The field of the generators; `None` for floats.
fn field(found: &Discovery) -> Option<String> {
    match &found.generators {
        Generators::Exact(_) => Some("Q".to_string()),
        Generators::Quadratic { radicand, .. } => Some(format!("Q(sqrt({radicand}))")),
        Generators::Float(_) => None,
    }
}

fn keys(
    oracle: &Oracle,
    background: &Background,
    found: &Discovery,
    identified: Option<&Identification>,
) -> Map<String, Json> {
    let spectrum = &found.spectrum;
    let proof = proof(oracle, background, found);
    let rows = [
        ("dim", json!(found.dim())),
        ("residual", json!(found.residual)),
        ("gap", json!(spectrum.gap)),
        ("rational", json!(found.is_rational())),
        ("field", json!(field(found))),
        ("certified", json!(found.is_certified())),
        ("identification", identified.map_or(Json::Null, |it| Json::Object(identification_keys(it)))),
        ("chevalley", chevalley_keys(found)),
        ("trivial", json!(found.trivial)),
        ("orbit_dim", json!(found.orbit_dimension)),
        ("oracle", json!(oracle.description())),
        ("ansatz", json!(found.ansatz.description())),
        ("unknowns", json!(found.ansatz.len())),
        ("samples", json!(found.samples)),
        ("equations", json!(found.rows)),
        ("solver", json!(found.solver.words())),
        ("rule", json!(spectrum.rule.words())),
        ("next_value", json!(spectrum.next)),
        ("largest_value", json!(spectrum.largest)),
        ("noise_edge", json!(spectrum.noise_edge)),
        ("runner_up", spectrum.runner_up.map_or(Json::Null, |(dim, gap)| json!({"dim": dim, "gap": gap}))),
        ("rounding_distance", json!(found.distance)),
        ("coordinates", json!(background.kept.as_ref().map(|kept| &kept.1))),
        ("fit", background.fitted.as_ref().map_or(Json::Null, fit_keys)),
        ("proof", json!(proof)),
    ];
    rows.into_iter().map(|(key, value)| (key.to_string(), value)).collect()
}

/// The structure of generators that stayed floats.
fn chevalley_keys(found: &Discovery) -> Json {
    match &found.float_structure {
        Some(Ok(structure)) => json!({
            "levi_real_form": levi_name(structure),
            "center_dim": structure.center,
            "margin": structure.margin,
            "residual": structure.residual,
            "closure_defect": structure.defect,
            "radius": structure.ball.as_ref().map(|ball| ball.radius),
            "proved": structure.ball.as_ref().map(proved_names),
        }),
        _ => Json::Null,
    }
}

/// The simple ideals by name; where type and Killing form leave two, both.
fn levi_name(structure: &FloatStructure) -> String {
    let ideal = |forms: &Vec<RealForm>| forms.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ");
    match structure.ideals.is_empty() {
        true => "0".to_string(),
        false => structure.ideals.iter().map(ideal).collect::<Vec<_>>().join("+"),
    }
}

/// The algebras that the lemma of rigidity leaves.
fn proved_names(ball: &Ball) -> Vec<String> {
    ball.sums.iter().map(|sum| name_of_sum(sum)).collect()
}

/// What is proved near generators that stayed floats, in words.
fn ball_text(found: &Discovery) -> Option<String> {
    let ball = match &found.float_structure {
        Some(Ok(FloatStructure { ball: Some(ball), .. })) => ball,
        _ => return None,
    };
    Some(format!(
        "proved: a Lie algebra of dimension {} with a basis at distance less than {} from these generators, made orthonormal, is {}; \
         that the symmetries are one is not",
        found.dim(),
        short(ball.radius),
        proved_names(ball).join(" or ")
    ))
}

/// The structure of generators that stayed floats, in words.
fn chevalley_text(found: &Discovery) -> Option<String> {
    Some(match found.float_structure.as_ref()? {
        Ok(structure) if structure.ideals.is_empty() => {
            let defect = short(structure.defect);
            format!("abelian of dimension {}, in floating point: brackets are zero up to {defect}", structure.center)
        }
        Ok(structure) => {
            let center = match structure.center {
                0 => String::new(),
                dim => format!(", centre of dimension {dim}"),
            };
            format!(
                "{}{center}, in floating point: the structure constants of a Chevalley basis are integers up to {}",
                levi_name(structure),
                short(structure.residual.max(structure.margin))
            )
        }
        Err(why) => format!("no type can be told: {why}"),
    })
}

/// What is proved, in words.
fn proof(oracle: &Oracle, background: &Background, found: &Discovery) -> String {
    let proved = if background.fitted.is_some() { "proved of the fitted polynomial" } else { "proved" };
    match &found.proof {
        Proof::Complete { equations, rank, radicand } => {
            let over = radicand.map_or("Q".to_string(), |d| format!("Q(√{d})"));
            let identities = match equations {
                1 => format!("one identity over {over} has rank {rank}"),
                _ => format!("{equations} identities over {over} have rank {rank}"),
            };
            match found.dim() {
                0 => format!("{proved}: {identities}, so there is no other symmetry than 0"),
                _ => format!(
                    "{proved}: every generator is a symmetry at all points, and {identities}, so there are no others"
                ),
            }
        }
        Proof::Other { dim } => {
            format!("not proved: the samples show {}, the identities have {dim} solutions", found.dim())
        }
        Proof::NotRational => {
            let reason = match background.fitted.as_ref().map(|fit| fit.model) {
                Some(Model::Polynomial(_)) => "the coefficients of the fitted polynomial are floats".to_string(),
                Some(Model::Network(..)) => "a network stands in for the oracle".to_string(),
                None => inexact(&oracle.constants()),
            };
            let guess = match found.is_exact() && found.dim() > 0 {
                true => "; that the exact entries are those nearest to the floats is a conjecture",
                false => "",
            };
            format!("not proved: {reason}{guess}")
        }
        Proof::NotAsked if background.on_surface() => {
            "not proved: the labels are known where the equations hold, and identities hold everywhere".to_string()
        }
        Proof::NotAsked => "not proved".to_string(),
    }
}

/// Why the values of an oracle are not known over Q or a field Q(√d), in words.
fn inexact(constants: &Constants) -> String {
    let roots = constants.radicands.iter().map(|d| format!("√{d}")).collect::<Vec<_>>().join(", ");
    match (constants.radicands.len(), constants.floats) {
        (0 | 1, false) => "the oracle is no rational function over Q or a field Q(√d)".to_string(),
        (_, false) => {
            format!(
                "the oracle has constants {roots}, and exact answers are over Q or one field Q(√d); generators stay floats"
            )
        }
        (0, true) => "a constant of the oracle is a float or lies in no field Q(√d)".to_string(),
        (_, true) => format!("the oracle has constants {roots} and one that is a float or lies in no field Q(√d)"),
    }
}

/// The discovery as a document: its keys and its generators, which `load` reads when they are exact.
pub(crate) fn document(it: &DiscoveryValue) -> String {
    let entries = |v: &Value| v.to_json().get("entries").cloned().unwrap_or_default();
    let mut object = it.keys.clone();
    let found = &it.discovery;
    let all = match (found.ansatz.is_polynomial(), fields(found)) {
        (true, Some(fields)) => ("fields", json!(fields)),
        (true, None) => ("coefficients", generators(found).iter().map(entries).collect()),
        (false, _) => ("generators", generators(found).iter().map(entries).collect()),
    };
    object.insert(all.0.to_string(), all.1);
    Json::Object(object).to_string() + "\n"
}

/// The components of exact vector fields as formulas; `None` for floats.
fn fields(found: &Discovery) -> Option<Vec<Vec<String>>> {
    let names: Vec<String> = (0..found.ansatz.dimension())
        .map(|a| found.ansatz.names().get(a).cloned().unwrap_or_else(|| format!("x{}", a + 1)))
        .collect();
    let texts = |m: &SparseMatrix| components(&found.ansatz, m).iter().map(|p| p.display(&names)).collect::<Vec<_>>();
    Some(match &found.generators {
        Generators::Exact(all) => all.iter().map(texts).collect(),
        Generators::Quadratic { radicand, matrices } => {
            let sum = |(a, b): (String, String)| match (a.as_str(), b.as_str()) {
                (_, "0") => a,
                ("0", _) => format!("sqrt({radicand})*({b})"),
                _ => format!("{a} + sqrt({radicand})*({b})"),
            };
            let field = |[a, b]: &[SparseMatrix; 2]| texts(a).into_iter().zip(texts(b)).map(sum).collect();
            matrices.iter().map(field).collect()
        }
        Generators::Float(_) => return None,
    })
}

/// A small error; below 1e-9 it is rounding, whose digits mean nothing.
fn level(error: f64) -> String {
    if error < 1e-9 { "below 1e-9".to_string() } else { short(error) }
}

/// Two significant digits.
fn short(x: f64) -> String {
    if x == 0.0 {
        return "0".to_string();
    }
    if (0.01..1000.0).contains(&x.abs()) {
        let digits = (1 - x.abs().max(1e-2).log10().floor() as i32).clamp(0, 3) as usize;
        return format!("{x:.digits$}");
    }
    format!("{x:.1e}")
}

fn text(oracle: &Oracle, background: &Background, found: &Discovery, identified: Option<&Identification>) -> String {
    let dim = found.dim();
    let mut lines = vec![match identified {
        Some(it) => headline(it),
        None if dim == 0 => "no continuous symmetry".to_string(),
        None if matches!(found.proof, Proof::Other { dim: all } if all < dim) => {
            let symmetries = if dim == 1 { "symmetry" } else { "symmetries" };
            format!("{dim} {symmetries} at these samples, not all of them at all points")
        }
        None if found.is_exact() => format!("{dim} symmetries, exact but not closed under brackets"),
        None if dim == 1 => "1 symmetry in floating point".to_string(),
        None => format!("{dim} symmetries in floating point"),
    }];
    let of = if oracle.description().is_empty() { "the oracle" } else { oracle.description() };
    lines.push(format!("  symmetries of {of} among {}", found.ansatz.description()));
    lines.extend(background_text(background));
    if !background.equations.is_empty() {
        let equations = listed(&background.equations);
        lines.push(format!("  the points satisfy {equations}, where the oracle keeps more than elsewhere"));
    }
    let counted = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    lines.push(format!(
        "  {} from {} for {}",
        counted(found.rows, "equation"),
        counted(found.samples, "sample"),
        counted(found.ansatz.len(), "unknown")
    ));
    if found.solver == Solver::Triangle {
        lines.push("  solved by orthogonal factorisation: a Gram matrix would lose the smallest values".to_string());
    }
    lines.push(format!("  {}", values(&found.spectrum)));
    if let Some(trivial) = found.trivial.filter(|&t| t > 0) {
        lines.push(format!("  {trivial} of them trivial: they move no vector and leave all values as they are"));
    }
    if let Some(orbits) = found.orbit_dimension.filter(|_| dim > 0) {
        let s = if orbits == 1 { "" } else { "s" };
        lines
            .push(format!("  a point moves in {orbits} direction{s}; multiples by functions that do not change count"));
    }
    if found.skipped > 0 {
        lines.push(format!("  {} samples left out: not finite there, or beyond the range of doubles", found.skipped));
    }
    if let Generators::Quadratic { radicand, .. } = &found.generators {
        lines.push(format!("  generators over Q(√{radicand})"));
    }
    if !found.is_exact() && dim > 0 {
        lines.push(format!("  residual {}", short(found.residual)));
        lines.extend(chevalley_text(found).map(|text| format!("  {text}")));
        lines.extend(ball_text(found).map(|text| format!("  {text}")));
    }
    lines.push(format!("  {}", proof(oracle, background, found)));
    lines.join("\n")
}

/// The spectrum in words: how many values count as zero, the gap, the next best dimension.
fn values(spectrum: &Spectrum) -> String {
    let dim = spectrum.dim;
    let mut text = format!("dimension {dim}: {}", spectrum.rule.words());
    if let Some(next) = spectrum.next {
        text += &format!("; others {} to {}", short(next), short(spectrum.largest));
    }
    if let Some(edge) = spectrum.noise_edge {
        let what = if spectrum.rule == Rule::Error { "error of the values that are zero" } else { "edge of the noise" };
        text += &format!("; {what} {}", short(edge));
    }
    if let Some(gap) = spectrum.gap {
        text += &format!("; gap {}", short(gap));
    }
    if let Some((other, gap)) = spectrum.runner_up {
        text += &format!(", next best {other} with {}", short(gap));
    }
    text
}
