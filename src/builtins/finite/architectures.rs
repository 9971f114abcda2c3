//! Invariant shallow networks: which there are, how they hang together, deep chains, and the networks themselves.

use std::sync::Arc;

use num_bigint::BigUint;
use serde_json::{Map, Value as Json, json};

use crate::builtins::finite::groups::group_name;
use crate::builtins::finite::network_inputs::{Inputs, On, at, found, inputs, of_signs};
use crate::builtins::{Arguments, Builtin, Context, Example, Param, keyword, required};
use crate::diag::{Code, Diagnostic};
use crate::finite::{
    self, Architecture, Architectures, CharacterTable, MorphismGraph, PermutationGroup, Rejection, Shortcuts,
};
use crate::lang::kind::Kinds;
use crate::lang::shallow::ShallowValue;
use crate::lang::value::{Drawing, Value};
use crate::limits::Limits;
use crate::nets::{self, Choice, InvariantNetwork};
use crate::num::Rational;
use crate::show::scene::{Label, Place, Scene, Segment, Spot, Tone};
use crate::show::{Align, Markup};

type Outcome = Result<Value, Diagnostic>;

const TOPIC: &str = "finite";
const G: Param = required("G", Kinds::GROUP.or(Kinds::REP));
/// Rows of a table that are printed.
const SHOWN: usize = 200;

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "architectures",
        aliases: &[],
        topic: TOPIC,
        params: &[
            G,
            keyword("characters", Kinds::LIST, "that of the points"),
            keyword("rejected", Kinds::BOOLEAN, "up to order 10000"),
        ],
        returns: Kinds::RECORD,
        summary: "the shallow networks invariant under a finite group that acts on the inputs",
        help: "An irreducible architecture f(x) = a Σ ReLU(±w_i x + b) + … belongs to a pair of subgroups K of index 1 or 2 in H (type 1, \
type 2) such that some weight vector w is fixed by K alone and, for type 2, negated by H: it has |G : H| hidden units, whose weights \
are the images of w. The pattern is w: equal numbers are equal weights, which may be chosen freely, a minus an opposite one, 0 a \
weight forced to vanish. Pairs up to conjugacy; `classes` counts those that only the normaliser of H makes conjugate, as cohomology \
classes. `rejected` holds pairs that carry no network, with the reason. They come from all subgroups, of orders up to 10000 or, with \
rejected = true, up to 100000. Larger groups are taken by their orbit types, the stabilisers of vectors, and natural symmetric groups \
from S(7) on by partitions; `rejected` and `classes` are null then. Where S(n) has more than 10000 architectures they are counted, \
and `items` is null. A representation of a finite \
group in place of G is the action on the inputs, and a group of matrices acts on its vectors: by signed permutations, or by exact \
matrices, where `weights` is a basis of the rows w and a, b, … in the pattern are the free weights; characters = [i, j, …] takes the sum of irreducible characters of G, as \
numbered in characters(G). Agrawal and Ostrowski (2022).",
        examples: &[
            Example { code: "architectures(Z(6)).type2", output: "2" },
            Example { code: "len(architectures(S(10)).items)", output: "60" },
            Example { code: "architectures(A(10)).type1", output: "41" },
            Example { code: "architectures(matrix_group([1, -1; 1, 0])).items[2].weights", output: "[[1, 0], [0, 1]]" },
            Example { code: "architectures(A(5), characters = [2]).type1", output: "4" },
            Example { code: "architectures(vector(image_group(8, 8, [\"inversion\"]))).items[2].width", output: "1" },
        ],
        run: networks,
    },
    Builtin {
        name: "architecture_graph",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::RECORD,
        summary: "which invariant networks are limits of others, and between which one can tunnel",
        help: "`covers` are pairs [i, j] of items of architectures(G), counted from 1: j lies in the closure of i, with no other \
between. `tunnels` are pairs with the same H, which meet only where all weights vanish. architecture_picture(G) draws the graph.",
        examples: &[Example { code: "len(architecture_graph(D(6)).covers)", output: "23" }],
        run: |context, a| {
            let (inputs, graph) = graph(context, a)?;
            Ok(graph_record(&inputs.name, &graph))
        },
    },
    Builtin {
        name: "architecture_picture",
        aliases: &[],
        topic: TOPIC,
        params: &[G, keyword("ascii", Kinds::BOOLEAN, "false")],
        returns: Kinds::PICTURE,
        summary: "picture of the graph of invariant networks: wide ones above, closures below, tunnels level",
        help: "Numbers are those of architectures(G), counted from 1; type 2 has another colour. save(picture, \"name.svg\") and \
\"name.png\" draw it.",
        examples: &[Example { code: "kind(architecture_picture(Z(6)))", output: "picture" }],
        run: |context, a| {
            let (inputs, graph) = graph(context, a)?;
            let scene = graph_scene(&inputs.name, &graph);
            Ok(Value::Drawing(Arc::new(Drawing { scene, ascii: a.flag("ascii", false)? })))
        },
    },
    Builtin {
        name: "deep_architectures",
        aliases: &[],
        topic: TOPIC,
        params: &[
            required("G", Kinds::GROUP),
            keyword("shortcuts", Kinds::BOOLEAN, "true"),
            keyword("classes", Kinds::BOOLEAN, "false"),
        ],
        returns: Kinds::RECORD,
        summary: "how many deep invariant networks there are, by depth: chains of signed permutation irreps",
        help: "Each layer has one pair (H, K), widths |G : H| decrease strictly, the last layer is (G, G). With shortcuts a layer sees the \
input and all layers before, otherwise both signs of the layer before. It is admissible when its weights can have the stabiliser K. \
classes = true counts K apart that only the normaliser of H makes conjugate. Agrawal and Ostrowski (2023).",
        examples: &[Example { code: "deep_architectures(Q8).admissible", output: "[1, 9, 20, 12]" }],
        run: deep,
    },
    Builtin {
        name: "canonical_network",
        aliases: &[],
        topic: "networks",
        params: &[
            G,
            required("k", Kinds::NUMBER),
            keyword("weights", Kinds::LIST, "random"),
            keyword("a", Kinds::NUMBER, "random"),
            keyword("b", Kinds::NUMBER, "random"),
            keyword("c", Kinds::LIST, "random"),
            keyword("d", Kinds::NUMBER, "random"),
        ],
        returns: Kinds::NETWORK,
        summary: "an invariant shallow network with exact weights, of architecture k of architectures(G)",
        help: "f(x) = a Σ ReLU(w_i x + b) + c x + d for type 1, f(x) = a/2 Σ |w_i x| + c x + d for type 2, where w_i are the images of w. \
`weights` are the free weights in the order of their numbers in the pattern; `c` has a coefficient for each invariant linear form (the \
sum over an orbit of inputs); what is not given is drawn, the same for the same --seed. N(x) is exact for exact x; is_invariant(N) \
proves the invariance; tying_picture(N) draws the weights.",
        examples: &[
            Example {
                code: "network N = canonical_network(Z(6), 6, weights = [1], a = 2, c = [0], d = 0)\nN([3, 1, 2, 0, 0, 1])",
                output: "3",
            },
            Example { code: "is_invariant(canonical_network(A(5), 4))", output: "true" },
        ],
        run: canonical_network,
    },
    Builtin {
        name: "fit_network",
        aliases: &[],
        topic: "networks",
        params: &[
            required("N", Kinds::NETWORK),
            required("X", Kinds::MATRIX_LIKE),
            required("y", Kinds::LIST),
            keyword("steps", Kinds::NUMBER, "2000"),
            keyword("rate", Kinds::SCALAR, "0.01"),
        ],
        returns: Kinds::NETWORK,
        summary: "an invariant network trained by least squares: rows of X are samples, y their values",
        help: "Of canonical_network(G, k): its free weights, slope, bias and affine part, by Adam on all samples. Trained numbers are rounded to multiples of 2^-24, so that the network has exact weights and is invariant exactly.",
        examples: &[Example {
            code: "network N = canonical_network(Z(2), 3, weights = [1], a = 1, c = [0], d = 0)\nnetwork M = fit_network(N, [1, 0; 0, 2; 3, 1; 2, 2], [3, 6, 6, 0], steps = 4000)\nround(M([5.0f, 0.0f]), 2)\nis_invariant(M)",
            output: "15.0\ntrue",
        }],
        run: fit_network,
    },
    Builtin {
        name: "is_invariant",
        aliases: &[],
        topic: "networks",
        params: &[required("N", Kinds::NETWORK)],
        returns: Kinds::BOOLEAN,
        summary: "whether a shallow network with exact weights is invariant under its group: decided, not sampled",
        help: "f(g x) and f(x) are brought to a canonical form for every generator g: rows scaled to a leading 1, equal rows added up. The \
forms agree exactly when the functions do.",
        examples: &[Example { code: "is_invariant(canonical_network(D(6), 3))", output: "true" }],
        run: |context, a| match a.value("N")? {
            Value::Shallow(it) => {
                let changed = it.network.network.changed_by(&it.generators, context.limits)?;
                Ok(Value::Boolean(changed.is_none()))
            }
            _ => Err(a
                .wrong("N", Code::Unsupported, "this network has float weights: nothing exact is known of it")
                .hint("equivariance_error(N) measures it")),
        },
    },
];

fn graph(context: &Context<'_>, a: &Arguments) -> Result<(Inputs, MorphismGraph), Diagnostic> {
    let inputs = of_signs(inputs(a, context.limits)?, a)?;
    let graph = match inputs.on {
        On::SignedPoints => finite::signed_morphism_graph(&inputs.group, context.limits),
        _ => finite::morphism_graph(&inputs.group, context.limits),
    };
    Ok((inputs, graph.map_err(|e| at(a, e))?))
}

/// The multiplicities of the irreducible characters in a list of their numbers.
fn multiplicities(a: &Arguments, group: &PermutationGroup, limits: &Limits) -> Result<Vec<u64>, Diagnostic> {
    let table = CharacterTable::new(group, limits).map_err(|e| at(a, e))?;
    let mut out = vec![0; table.degrees.len()];
    for item in a.items("characters")? {
        let number = item.to_i64().and_then(|k| usize::try_from(k).ok()).filter(|k| (1..=out.len()).contains(k));
        let wrong = || {
            let message = format!("{} is the number of no character: there are 1 to {}", item.line(), out.len());
            a.wrong("characters", Code::Argument, message)
        };
        let number = number.ok_or_else(wrong)?;
        out[number - 1] += 1;
    }
    Ok(out)
}

fn networks(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let inputs = inputs(a, context.limits)?;
    if a.get("characters").is_some() {
        if !matches!(inputs.on, On::Points) {
            return Err(a.wrong("characters", Code::Argument, "characters are those of a group of permutations"));
        }
        let numbers = multiplicities(a, &inputs.group, context.limits)?;
        let found = finite::architectures_of_character(&inputs.group, &numbers, context.limits);
        let place = format!("of {} with a sum of its characters", inputs.name);
        return Ok(record(&inputs.name, &place, &found.map_err(|e| at(a, e).at(a.span("characters")))?));
    }
    let rejected = a.get("rejected").map(|_| a.flag("rejected", true)).transpose()?;
    Ok(record(&inputs.name, &inputs.place, &found(&inputs, rejected, context.limits).map_err(|e| at(a, e))?))
}

/// A count as JSON: a number, or a string where it is no machine word.
fn count_json(count: &BigUint) -> Json {
    u64::try_from(count).map_or_else(|_| json!(count.to_string()), |n| json!(n))
}

fn item(a: &Architecture) -> Map<String, Json> {
    let mut keys = Map::new();
    keys.insert("width".into(), count_json(&a.width));
    keys.insert("type".into(), json!(a.kind));
    keys.insert("free".into(), json!(a.free));
    keys.insert("H".into(), json!({"order": a.orders.0.to_string(), "name": a.names.0}));
    keys.insert("K".into(), json!({"order": a.orders.1.to_string(), "name": a.names.1}));
    keys.insert("classes".into(), json!(a.fused));
    keys
}

fn reason(rejection: &Rejection) -> String {
    match rejection {
        Rejection::NoWeights => "all weights would be zero".to_string(),
        Rejection::LargerStabilizer { order, name, .. } => {
            let name = name.as_ref().map_or(String::new(), |name| format!(", {name}"));
            format!("the weights are fixed by a group of order {order}{name}")
        }
    }
}

fn label(name: &Option<String>, order: &BigUint) -> Markup {
    name.as_ref().map_or_else(|| Markup::text(format!("order {order}")), |name| group_name(name))
}

fn pattern_text(pattern: &[i64]) -> String {
    pattern.iter().map(i64::to_string).collect::<Vec<_>>().join(" ")
}

/// The general combination of the rows, entry by entry, with a, b, … (or a1, a2, …) for the free weights: `a b -a/2+b`.
fn weights_text(rows: &[Vec<Rational>]) -> String {
    let letter = |k: usize| match u8::try_from(k).ok().filter(|_| rows.len() <= 26) {
        Some(k) => char::from(b'a' + k).to_string(),
        None => format!("a{}", k + 1),
    };
    let term = |(k, x): (usize, &Rational)| {
        let (top, bottom) = (x.abs().numerator(), x.denominator());
        let top = if top == 1.into() { String::new() } else { top.to_string() };
        let bottom = if bottom == 1.into() { String::new() } else { format!("/{bottom}") };
        format!("{}{top}{}{bottom}", if x.signum() < 0 { "-" } else { "+" }, letter(k))
    };
    let entry = |j: usize| {
        let terms: String = rows.iter().map(|w| &w[j]).enumerate().filter(|x| !x.1.is_zero()).map(term).collect();
        if terms.is_empty() { "0".to_string() } else { terms.trim_start_matches('+').to_string() }
    };
    (0..rows.first().map_or(0, Vec::len)).map(entry).collect::<Vec<_>>().join(" ")
}

fn record(name: &str, place: &str, found: &Architectures) -> Value {
    let all = found.pairs.as_deref().unwrap_or(&[]);
    let (carried, rejected): (Vec<&Architecture>, Vec<&Architecture>) = all.iter().partition(|a| a.rejection.is_none());
    let (mut items, mut refused) = (Vec::new(), Vec::new());
    for a in &carried {
        let mut keys = item(a);
        keys.insert("pattern".into(), json!(a.pattern));
        if !a.weights.is_empty() {
            let row = |w: &Vec<Rational>| json!(w.iter().map(Rational::to_string).collect::<Vec<_>>());
            keys.insert("weights".into(), a.weights.iter().map(row).collect());
        }
        items.push(Json::Object(keys));
    }
    for a in &rejected {
        let mut keys = item(a);
        keys.insert("reason".into(), json!(a.rejection.as_ref().map(reason)));
        refused.push(Json::Object(keys));
    }
    let classes: Option<usize> = carried.iter().map(|a| a.fused).sum();
    let listed = found.pairs.is_some();
    let classes = classes.filter(|_| listed);
    let mut keys = Map::new();
    keys.insert("group".into(), json!(name));
    keys.insert("type1".into(), count_json(&found.counts.0));
    keys.insert("type2".into(), count_json(&found.counts.1));
    keys.insert("classes".into(), json!(classes));
    keys.insert("items".into(), if listed { Json::Array(items) } else { Json::Null });
    keys.insert("rejected".into(), if found.with_rejected { Json::Array(refused) } else { Json::Null });
    let total = &found.counts.0 + &found.counts.1;
    let plural = if total == BigUint::from(1u32) { "" } else { "s" };
    let mut title =
        format!("{total} architecture{plural} {place}: {} of type 1, {} of type 2", found.counts.0, found.counts.1);
    if let Some(classes) = classes.filter(|n| *n != carried.len()) {
        title.push_str(&format!("; {classes} cohomology classes"));
    }
    let mut lines = vec![Markup::text(title)];
    if listed {
        lines.push(table(&carried));
    }
    if carried.len() > SHOWN {
        lines.push(Markup::dim(format!("… {} more; .items has all of them", carried.len() - SHOWN)));
    }
    if !rejected.is_empty() {
        lines.push(rejected_lines(&rejected));
    }
    Value::record_with_markup("architectures", keys, Markup::lines(lines))
}

fn table(carried: &[&Architecture]) -> Markup {
    let row = |a: &&Architecture| {
        vec![
            Markup::number(a.width.to_string()),
            Markup::number(a.kind.to_string()),
            Markup::number(a.free.to_string()),
            label(&a.names.0, &a.orders.0),
            label(&a.names.1, &a.orders.1),
            Markup::text(if a.weights.is_empty() { pattern_text(&a.pattern) } else { weights_text(&a.weights) }),
        ]
    };
    Markup::table_with_heading(
        ["width", "type", "free", "H", "K", "pattern"],
        carried.iter().take(SHOWN).map(row).collect(),
        [Align::Right, Align::Right, Align::Right, Align::Left, Align::Left, Align::Left],
    )
}

/// How many pairs carry none, and the first few with the reason.
fn rejected_lines(rejected: &[&Architecture]) -> Markup {
    const FEW: usize = 12;
    let plural = if rejected.len() == 1 { " carries" } else { "s carry" };
    let mut lines = vec![Markup::dim(format!("{} pair{plural} no network:", rejected.len()))];
    let name = |name: &Option<String>, order: &BigUint| name.clone().unwrap_or_else(|| format!("order {order}"));
    for a in rejected.iter().take(FEW) {
        let (h, k) = (name(&a.names.0, &a.orders.0), name(&a.names.1, &a.orders.1));
        let why = a.rejection.as_ref().map(reason).unwrap_or_default();
        lines.push(Markup::dim(format!("  ({h}, {k}), width {}: {why}", a.width)));
    }
    if rejected.len() > FEW {
        lines.push(Markup::dim(format!("  … {} more; .rejected has all of them", rejected.len() - FEW)));
    }
    Markup::lines(lines)
}

/// `1 tunnel`, `2 tunnels`.
fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn graph_record(name: &str, graph: &MorphismGraph) -> Value {
    let from_one = |list: &[(usize, usize)]| list.iter().map(|(i, j)| json!([i + 1, j + 1])).collect::<Vec<_>>();
    let mut keys = Map::new();
    keys.insert("group".into(), json!(name));
    let nodes = graph.nodes.iter().map(|a| Json::Object(item(a)));
    keys.insert("nodes".into(), nodes.collect());
    keys.insert("covers".into(), json!(from_one(&graph.covers)));
    keys.insert("tunnels".into(), json!(from_one(&graph.tunnels)));
    let joined = |list: Vec<usize>| list.iter().map(|j| (j + 1).to_string()).collect::<Vec<_>>().join(", ");
    let row = |(i, a): (usize, &Architecture)| {
        let below = graph.covers.iter().filter(|x| x.0 == i).map(|x| x.1).collect();
        let level = graph.tunnels.iter().filter(|x| x.0 == i || x.1 == i).map(|x| x.0 + x.1 - i).collect();
        vec![
            Markup::number((i + 1).to_string()),
            Markup::number(a.width.to_string()),
            Markup::number(a.kind.to_string()),
            label(&a.names.0, &a.orders.0),
            label(&a.names.1, &a.orders.1),
            Markup::text(joined(below)),
            Markup::text(joined(level)),
        ]
    };
    let title = format!(
        "{} of {name}: {}, {}",
        counted(graph.nodes.len(), "architecture"),
        counted(graph.covers.len(), "covering"),
        counted(graph.tunnels.len(), "tunnel")
    );
    let table = Markup::table_with_heading(
        ["no.", "width", "type", "H", "K", "closure has", "tunnels to"],
        graph.nodes.iter().enumerate().map(row).collect(),
        [Align::Right, Align::Right, Align::Right, Align::Left, Align::Left, Align::Left, Align::Left],
    );
    Value::record_with_markup("architecture_graph", keys, Markup::lines([Markup::text(title), table]))
}

/// Levels by width, the widest on top.
fn graph_scene(name: &str, graph: &MorphismGraph) -> Scene {
    let mut levels: Vec<Vec<usize>> = Vec::new();
    for (i, a) in graph.nodes.iter().enumerate() {
        match levels.last_mut() {
            Some(level) if level.first().is_some_and(|&j| graph.nodes[j].width == a.width) => level.push(i),
            _ => levels.push(vec![i]),
        }
    }
    let mut places = vec![Place { x: 0.0, y: 0.0 }; graph.nodes.len()];
    for (depth, level) in levels.iter().enumerate() {
        for (k, &i) in level.iter().enumerate() {
            places[i] = Place { x: 2.0 * (k as f64 - (level.len() as f64 - 1.0) / 2.0), y: -2.0 * depth as f64 };
        }
    }
    let line = |tone: Tone, arrow: bool| {
        let places = &places;
        move |&(i, j): &(usize, usize)| Segment { from: places[i], to: places[j], tone, arrow }
    };
    let mut segments: Vec<Segment> = graph.covers.iter().map(line(Tone::Faint, true)).collect();
    segments.extend(graph.tunnels.iter().map(line(Tone::Strong, false)));
    let spot = |(i, a): (usize, &Architecture)| Spot {
        at: places[i],
        tone: if a.kind == 1 { Tone::Main } else { Tone::Second },
        count: "1".to_string(),
    };
    Scene {
        title: format!("Invariant networks of {name}"),
        description: format!(
            "{} architectures, wide ones above; arrows lead to closures, plain lines are tunnels; type 2 has the second colour.",
            graph.nodes.len()
        ),
        segments,
        spots: graph.nodes.iter().enumerate().map(spot).collect(),
        labels: places.iter().enumerate().map(|(i, at)| Label { at: *at, text: (i + 1).to_string() }).collect(),
        ..Scene::default()
    }
}

fn deep(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let inputs = of_signs(inputs(a, context.limits)?, a)?;
    let shortcuts = if a.flag("shortcuts", true)? { Shortcuts::Dense } else { Shortcuts::None };
    let found = finite::deep_chains(&inputs.group, shortcuts, a.flag("classes", false)?, context.limits);
    let found = found.map_err(|e| at(a, e))?;
    let mut keys = Map::new();
    keys.insert("group".into(), json!(inputs.name));
    keys.insert("shortcuts".into(), json!(shortcuts == Shortcuts::Dense));
    keys.insert("depths".into(), json!(found.iter().map(|c| c.depth).collect::<Vec<_>>()));
    keys.insert("admissible".into(), json!(found.iter().map(|c| c.admissible).collect::<Vec<_>>()));
    keys.insert("all".into(), json!(found.iter().map(|c| c.all).collect::<Vec<_>>()));
    let row = |c: &finite::ChainCount| {
        let cell = |n: u64| Markup::number(n.to_string());
        vec![cell(c.depth as u64), cell(c.admissible), cell(c.all)]
    };
    let words = if shortcuts == Shortcuts::Dense { "with shortcuts" } else { "without shortcuts" };
    let title = format!("deep invariant networks of {} {words}, one irrep a layer", inputs.name);
    let table = Markup::table_with_heading(
        ["depth", "admissible", "all"],
        found.iter().map(row).collect(),
        [Align::Right, Align::Right, Align::Right],
    );
    Ok(Value::record_with_markup("deep_architectures", keys, Markup::lines([Markup::text(title), table])))
}

fn canonical_network(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let inputs = of_signs(inputs(a, context.limits)?, a)?;
    let listed = found(&inputs, None, context.limits).map_err(|e| at(a, e))?;
    let many = || a.wrong("G", Code::Unsupported, format!("the architectures of {} are too many to list", inputs.name));
    let all: Vec<Architecture> = listed.pairs.ok_or_else(many)?;
    let all: Vec<&Architecture> = all.iter().filter(|x| x.rejection.is_none()).collect();
    let k = a.count("k", 1, all.len())?;
    let architecture = all[k - 1];
    let number = |name: &str| -> Result<Option<Rational>, Diagnostic> {
        match a.get(name) {
            None => Ok(None),
            Some(value) => rational(value).map(Some).ok_or_else(|| {
                a.wrong(name, Code::Kind, format!("`{name}` is a rational number, not {}", value.line()))
            }),
        }
    };
    let list = |name: &str| -> Result<Option<Vec<Rational>>, Diagnostic> {
        if a.get(name).is_none() {
            return Ok(None);
        }
        let values: Option<Vec<Rational>> = a.items(name)?.iter().map(rational).collect();
        let wrong = || a.wrong(name, Code::Kind, format!("`{name}` is a list of rational numbers"));
        values.map(Some).ok_or_else(wrong)
    };
    let choice = Choice {
        weights: list("weights")?,
        slope: number("a")?,
        bias: number("b")?,
        fixed: list("c")?,
        constant: number("d")?,
    };
    let network = InvariantNetwork::new(
        (&architecture.pattern, architecture.kind),
        &architecture.width,
        &inputs.generators,
        &choice,
        context.limits,
    )?;
    let Inputs { name, generators, .. } = inputs;
    Ok(Value::Shallow(Arc::new(ShallowValue { group: name, generators, network })))
}

fn fit_network(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let Value::Shallow(it) = a.value("N")? else {
        let message = "fit_network trains invariant networks with exact weights";
        return Err(a.wrong("N", Code::Unsupported, message).hint("canonical_network(G, k) makes one"));
    };
    let samples = a.float_matrix("X")?;
    let samples: Vec<Vec<f64>> = (0..samples.rows()).map(|i| samples.row(i).to_vec()).collect();
    let targets: Option<Vec<f64>> = a.items("y")?.iter().map(Value::to_f64).collect();
    let targets = targets.ok_or_else(|| a.wrong("y", Code::Kind, "values are real numbers"))?;
    let steps = a.count_or("steps", 0, 10_000_000, 2000)?;
    let rate = a.get("rate").map_or(Some(0.01), Value::to_f64).filter(|r| *r > 0.0 && r.is_finite());
    let rate = rate.ok_or_else(|| a.wrong("rate", Code::Argument, "a rate is a positive number"))?;
    let found = nets::fit(&it.network, &it.generators, (&samples, &targets), (steps, rate), context.limits);
    let network = found.map_err(|e| Diagnostic::from(e).at(a.span("X")))?.network;
    Ok(Value::Shallow(Arc::new(ShallowValue { network, ..it.as_ref().clone() })))
}

fn rational(value: &Value) -> Option<Rational> {
    match value {
        Value::Number(x) if x.is_real() => Some(x.re.clone()),
        _ => None,
    }
}
