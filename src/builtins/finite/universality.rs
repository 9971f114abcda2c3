//! Whether equivariant networks are universal.

use serde_json::{Map, Value as Json, json};

use crate::builtins::groups::representations::rep;
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::equivariant::{self, HiddenOrbit, Universality};
use crate::finite::BaseSize;
use crate::lang::kind::Kinds;
use crate::lang::value::{NetworkValue, Value};
use crate::limits::Limits;
use crate::nets::{Architecture, Layer, Space};
use crate::reps::Rep;
use crate::show::{Align, Markup};

type Outcome = Result<Value, Diagnostic>;

/// The functions of this file.
pub const TABLE: &[Builtin] = &[Builtin {
    name: "universal",
    aliases: &[],
    topic: "finite",
    params: &[
        required("N", Kinds::GROUP.or(Kinds::REP).or(Kinds::NETWORK)),
        optional("order", Kinds::NUMBER, "1"),
        keyword("hidden", Kinds::REP.or(Kinds::LIST), "tuples of points"),
    ],
    returns: Kinds::RECORD,
    summary: "whether equivariant networks with given hidden layers are universal, and what to add if not",
    help: "universal(X -> Y, hidden = H) asks for networks from X through H to Y: representations of a finite group by permutations (of X \
with signs, if they are there), channels free in number, biases, a continuous nonlinearity that is no polynomial. A list gives several \
hidden layers; universal(N) asks for the layers of a network; X alone means X -> scalar. One hidden layer is universal exactly when \
the stabilizer of some hidden point fixes every input (sufficient: Ravanbakhsh 2020; necessary: Lin and Pinkus 1993). Deeper ones \
are when the last layer knows all that its stabilizers fix; they are not when two inputs have equal colours; else `universal` is null. \
When they are not: the least order of tuples of inputs, or of hidden points, that suffices as a hidden layer; the least degree of \
polynomials that one hidden layer misses (exact, within bounds); two inputs in different orbits that no such network tells apart, \
where small ones exist. universal(G, k) is the case of all k-tuples of the points of G as inputs and hidden layer. Finite sets of \
inputs need less; kernels with fewer weights than all equivariant ones may give less.",
    examples: &[
        Example { code: "universal(S(4), 2).universal", output: "false" },
        Example { code: "universal(M24).least_order", output: "7" },
        Example {
            code: "rep V = vector(S(4))\nuniversal(V -> scalar(S(4)), hidden = V).missing_degree\nuniversal(V -> V, hidden = [V, V]).universal",
            output: "4\ntrue",
        },
        Example {
            code: "rep E = on_subsets(S(4), 2)\nuniversal(E, hidden = vector(S(4))).twins[1].first",
            output: "[1, 0, 0, 0, 0, 2]",
        },
    ],
    run: |context, a| match a.value("N")? {
        Value::Group(_) if a.get("hidden").is_none() => of_tuples(context, a),
        Value::Group(_) => Err(a
            .wrong("hidden", Code::Argument, "hidden layers belong to universal(X -> Y, hidden = H)")
            .hint("universal(vector(G) -> scalar(G), hidden = H)")),
        Value::Network(it) => of_network(context, a, it),
        _ => of_rep(context, a),
    },
}];

/// All tuples of the points of a group as inputs and hidden layer.
fn of_tuples(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let group = match a.value("N")? {
        Value::Group(group) => group.permutations().ok_or_else(|| group.name().to_string()),
        other => Err(other.line()),
    };
    let group = group.map_err(|name| {
        a.wrong("N", Code::Argument, format!("{name} is not a finite group of permutations"))
            .hint("S(n), A(n), D(n), Q8, M11, RubiksCube, perm(n, \"(0 1 2)\", …) are")
    })?;
    let order = a.count_or("order", 0, 1_000_000, 1)?;
    let found = group.least_base(context.limits).map_err(|e| Diagnostic::from(e).at(a.span("N")))?;
    // A base found proves yes; the proved bound from below proves no.
    let verdict = if found.base.len() <= order {
        Some(true)
    } else if order < found.at_least {
        Some(false)
    } else {
        None
    };
    let mut keys = Map::new();
    keys.insert("group".into(), json!(group.name()));
    keys.insert("order".into(), json!(order));
    keys.insert("universal".into(), json!(verdict));
    base_keys(&mut keys, Some(&found));
    let name = group.name();
    let first = match verdict {
        Some(true) => format!("universal: only the identity of {name} fixes ({})", listed(&found.base)),
        Some(false) => {
            format!("not universal: every tuple of {order} points is fixed by more than the identity of {name}")
        }
        None => format!("not decided: no tuple of {order} points with trivial stabilizer was found, nor excluded"),
    };
    let second = match found.exact() {
        Some(least) => format!("the least order is {least}; the stabilizer of ({}) is trivial", listed(&found.base)),
        None => format!(
            "the least order is at least {} and at most {}; the stabilizer of ({}) is trivial",
            found.at_least,
            found.base.len(),
            listed(&found.base)
        ),
    };
    Ok(Value::record("universality", keys, format!("{first}\n{second}")))
}

fn listed(points: &[usize]) -> String {
    points.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

fn base_keys(keys: &mut Map<String, Json>, found: Option<&BaseSize>) {
    keys.insert("least_order".into(), json!(found.and_then(BaseSize::exact)));
    keys.insert("bounds".into(), json!(found.map(|f| [f.at_least, f.base.len()])));
    keys.insert("base".into(), json!(found.map(|f| &f.base)));
}

fn of_rep(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let it = rep(a, "N")?;
    let (from, to) = it.as_hom().unwrap_or_else(|| (it.as_ref().clone(), Rep::scalar(it.base())));
    let layer = |value: &Value| match value {
        Value::Rep(rep) => Ok(rep.as_ref().clone()),
        other => {
            let message = format!("a hidden layer is a representation by permutations, not {}", other.line());
            Err(a.wrong("hidden", Code::Kind, message))
        }
    };
    let hidden = match a.get("hidden") {
        None => vec![power(a, &from)?],
        Some(Value::List(items)) => items.iter().map(layer).collect::<Result<Vec<_>, _>>()?,
        Some(one) => vec![layer(one)?],
    };
    if a.get("hidden").is_some() && a.get("order").is_some() {
        return Err(a.wrong("order", Code::Argument, "`order` is for hidden layers of tuples; `hidden` names another"));
    }
    answer(context, a, &from, &hidden, &to)
}

/// Tuples of inputs of the given order.
fn power(a: &Arguments, from: &Rep) -> Result<Rep, Diagnostic> {
    let order = a.count_or("order", 0, 1000, 1)?;
    from.power(order as u32).map_err(|e| Diagnostic::from(e).at(a.span("order")))
}

/// The layers of a network with a nonlinearity on every coordinate.
fn of_network(context: &mut Context<'_>, a: &Arguments, it: &NetworkValue) -> Outcome {
    let network = &it.network;
    if !matches!(network.architecture(), Architecture::Pointwise(_)) || a.get("hidden").is_some() {
        let message = "universality is decided for equivariant networks with a nonlinearity on every coordinate";
        return Err(a
            .wrong("N", Code::Unsupported, message)
            .hint("emlp(X -> Y, hidden = H, nonlinearity = \"relu\"), or universal(X -> Y, hidden = H)"));
    }
    let mut hidden = Vec::new();
    for (_, layer) in network.layers() {
        if let Layer::Pointwise(pointwise) = layer {
            hidden.push(one_of_each(pointwise.space())?);
        }
    }
    let (from, to) = (network.from().clone(), network.to().clone());
    answer(context, a, &from, &hidden, &to)
}

/// The blocks of a space, each once: copies are channels.
fn one_of_each(space: &Space) -> Result<Rep, Diagnostic> {
    let mut sum: Option<Rep> = None;
    for block in space.blocks() {
        sum = Some(match sum {
            Some(sum) => sum.plus(&block.rep)?,
            None => block.rep.clone(),
        });
    }
    Ok(sum.unwrap_or_else(|| Rep::scalar(space.base())))
}

/// What must hold for the theorem, each with whether it does.
fn hypotheses(found: &Universality, depth: usize) -> Vec<(String, bool)> {
    let acts =
        format!("the group that acts is finite, of order {}, and permutes hidden units and outputs", found.order);
    let mut out = vec![
        (acts, true),
        ("channels are free in number, with biases and all equivariant weights".to_string(), true),
        ("the nonlinearity is continuous and no polynomial; inputs fill an open set".to_string(), true),
    ];
    if depth == 1 {
        let one = "the stabilizer of some hidden point fixes every input";
        out.push((one.to_string(), found.universal == Some(true)));
    } else {
        let full = found.layers.last().is_some_and(|last| last.iter().any(|o| o.full));
        out.push(("some point of the last layer knows all that its stabilizer fixes".to_string(), full));
        let kept = "for each output such a point has a stabilizer that fixes the output or all inputs";
        out.push((kept.to_string(), found.universal == Some(true)));
    }
    out
}

fn theorem(found: &Universality, depth: usize) -> &'static str {
    match (depth, found.universal) {
        (1, Some(true)) => {
            "a hidden point whose stabilizer fixes every input sees all of it, and averages over the group are universal \
(Ravanbakhsh 2020)"
        }
        (1, _) => {
            "units that see proper subspaces give sums of ridge functions, which a product of differences annihilates (Lin and \
Pinkus 1993)"
        }
        (_, Some(true)) => {
            "a layer knows all sums over orbits of what the layer before knows (Stone and Weierstrass), which is everything \
here"
        }
        (_, Some(false)) => "inputs with equal colours have equal values, whatever the weights",
        (_, None) => "neither a full point nor inputs with equal colours were found",
    }
}

fn answer(context: &mut Context<'_>, a: &Arguments, from: &Rep, hidden: &[Rep], to: &Rep) -> Outcome {
    let limits = context.limits;
    let place = if a.get("hidden").is_some() { "hidden" } else { "N" };
    let found =
        equivariant::universality(from, hidden, to, limits).map_err(|e| Diagnostic::from(e).at(a.span(place)))?;
    let parameters = parameters(from, hidden, to, limits).map_err(|e| e.at(a.span("N")))?;
    let depth = hidden.len();
    let hypotheses = hypotheses(&found, depth);
    let names: Vec<String> = hidden.iter().map(Rep::name).collect();
    let orbit = |o: &HiddenOrbit| {
        json!({"point": o.point, "size": o.size, "stabilizer": o.stabilizer.to_string(), "fixes_input": o.fixes_input,
            "sees": o.sees, "full": o.full})
    };
    let twins = found.twins.as_ref().map(|t| json!([{"first": t.first, "second": t.second, "output": t.output}]));
    let mut keys = Map::new();
    keys.insert("group".into(), json!(from.base().name()));
    keys.insert("from".into(), json!(from.name()));
    keys.insert("hidden".into(), json!(names));
    keys.insert("to".into(), json!(to.name()));
    keys.insert("universal".into(), json!(found.universal));
    keys.insert("theorem".into(), json!(theorem(&found, depth)));
    keys.insert(
        "hypotheses".into(),
        hypotheses.iter().map(|(text, holds)| json!({"text": text, "holds": holds})).collect(),
    );
    keys.insert("kernel".into(), json!(found.kernel.to_string()));
    keys.insert("layers".into(), found.layers.iter().map(|l| l.iter().map(orbit).collect::<Vec<_>>()).collect());
    keys.insert("witness".into(), json!(found.witness.map(|(layer, point)| json!({"layer": layer, "point": point}))));
    base_keys(&mut keys, found.least_order.as_ref());
    keys.insert("hidden_order".into(), json!(found.hidden_order.as_ref().and_then(BaseSize::exact)));
    keys.insert("missing_degree".into(), json!(found.missing_degree));
    keys.insert("reached_degree".into(), json!(found.reached_degree));
    keys.insert("twins".into(), twins.unwrap_or_else(|| json!([])));
    keys.insert("parameters".into(), json!(parameters));
    let title = format!("{} → {} → {} of {}", from.name(), names.join(" → "), to.name(), from.base().name());
    Ok(Value::record_with_markup("universal_network", keys, markup(&found, &title, &hypotheses, &parameters)))
}

/// Weights from layer to layer and biases: for each step a pair, the last one without a bias.
fn parameters(from: &Rep, hidden: &[Rep], to: &Rep, limits: &Limits) -> Result<Vec<String>, Diagnostic> {
    let mut out = Vec::new();
    let mut before = from;
    for layer in hidden {
        out.push(equivariant::tied_weights(before, layer, limits)?.to_string());
        out.push(equivariant::tied_weights(&Rep::scalar(layer.base()), layer, limits)?.to_string());
        before = layer;
    }
    out.push(equivariant::tied_weights(before, to, limits)?.to_string());
    Ok(out)
}

fn markup(found: &Universality, title: &str, hypotheses: &[(String, bool)], parameters: &[String]) -> Markup {
    let depth = found.layers.len();
    let verdict = match found.universal {
        Some(true) => Markup::strong("universal"),
        Some(false) => Markup::strong("not universal"),
        None => Markup::strong("not decided"),
    };
    let mut lines = vec![verdict + Markup::text(format!(": {title}")), Markup::text(theorem(found, depth))];
    for (text, holds) in hypotheses {
        let mark = if *holds { "  yes  " } else { "  no   " };
        lines.push(Markup::keyword(mark) + Markup::text(text.clone()));
    }
    if found.kernel != num_bigint::BigUint::from(1u32) {
        lines.push(Markup::text(format!("  {} elements act on the inputs as the identity", found.kernel)));
    }
    let mut rows = Vec::new();
    for (layer, orbits) in found.layers.iter().enumerate() {
        for o in orbits {
            rows.push(vec![
                Markup::number((layer + 1).to_string()),
                Markup::number(o.point.to_string()),
                Markup::number(o.size.to_string()),
                Markup::number(o.stabilizer.to_string()),
                Markup::number(o.sees.to_string()),
                Markup::text(if o.full { "all that it can" } else { "" }),
            ]);
        }
    }
    let heading = ["layer", "point", "orbit", "stabilizer", "sees", "knows"];
    lines.push(Markup::table_with_heading(
        heading,
        rows,
        [Align::Right, Align::Right, Align::Right, Align::Right, Align::Right, Align::Left],
    ));
    lines.push(Markup::text(format!("parameters for one channel: {}", parameters.join(" + "))));
    if let Some((layer, point)) = found.witness {
        lines.push(Markup::text(format!("point {point} of hidden layer {} suffices", layer + 1)));
    }
    if let Some(t) = &found.twins {
        let list = |x: &[i64]| x.iter().map(i64::to_string).collect::<Vec<_>>().join(" ");
        lines.push(Markup::text(format!(
            "no such network tells ({}) from ({}), which are in different orbits",
            list(&t.first),
            list(&t.second)
        )));
    }
    if let Some(degree) = found.missing_degree {
        lines.push(Markup::text(format!("polynomials of degree {degree} are missed, those of lower degree are not")));
    } else if found.reached_degree > 0 {
        lines.push(Markup::text(format!("all polynomials up to degree {} are reached", found.reached_degree)));
    }
    if let Some(base) = &found.least_order {
        let (least, most) = (base.at_least, base.base.len());
        let size = if least == most { format!("{most}") } else { format!("between {least} and {most}") };
        lines.push(Markup::text(format!(
            "a hidden layer of tuples of inputs suffices from order {size} on: ({}) fixes every input",
            listed(&base.base)
        )));
    }
    if let Some(order) = found.hidden_order.as_ref().and_then(BaseSize::exact) {
        lines.push(Markup::text(format!("tuples of {order} points of the hidden layer suffice, and no fewer")));
    }
    Markup::lines(lines)
}
