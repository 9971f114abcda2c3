//! Weights, orbits and the Weyl group.

use std::sync::Arc;

use num_bigint::BigInt;
use serde_json::{Map, Value as Json, json};

use crate::builtins::weights::modules::{
    G, ORDER, R, REDUCTIVE, integers, irreducible, module, numbering, reductive_type,
};
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, required};
use crate::diag::{Code, Diagnostic};
use crate::lang::kind::Kinds;
use crate::lang::print::count_json;
use crate::lang::value::Value;
use crate::roots::{Style, draw_labelled};
use crate::show::{Align, Markup};
use crate::weights::{self, Character, Numbering, ReductiveType, Weight, WeightAtLevel, WeylElement, to_dominant};

const TOPIC: &str = "weights";

/// Weights that a table shows.
const SHOWN: usize = 200;

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "weights",
        aliases: &["weight_system"],
        topic: TOPIC,
        params: &[R, keyword("dominant", Kinds::BOOLEAN, "false"), ORDER],
        returns: Kinds::RECORD,
        summary: "weights of a representation with multiplicities, by level",
        help: "With dominant = true only the dominant ones. The level counts the simple roots subtracted from the highest \
weight; within a level, weights stand in decreasing lexicographic order of their Bourbaki labels. `order` as for irrep; the attribute \
weights follows it, but not the numbering of the session. JSON: \
{\"kind\":\"weights\",\"weights\":[[[2,0],1],…]}.",
        examples: &[
            Example {
                code: "weights(irrep(\"SU(3)\", [1,1]))",
                output: "level  weight    multiplicity\n    0  [1, 1]               1\n    1  [2, -1]              1\n    1  [-1, 2]              1\n\
    \x20   2  [0, 0]               2\n    3  [1, -2]              1\n    3  [-2, 1]              1\n    4  [-1, -1]             1",
            },
            Example {
                code: "weights(irrep(\"G2\", [2,0]), dominant = true).weights",
                output: "[[[2, 0], 1], [[0, 1], 1], [[1, 0], 2], [[0, 0], 3]]",
            },
        ],
        run: weights,
    },
    Builtin {
        name: "multiplicity",
        aliases: &[],
        topic: TOPIC,
        params: &[R, required("weight", Kinds::LIST), ORDER],
        returns: Kinds::NUMBER,
        summary: "multiplicity of a weight in a representation",
        help: "Zero for what is no weight of it; any weight of an orbit may be given. `order` as for irrep.",
        examples: &[
            Example { code: "multiplicity(irrep(\"E8\", \"248\"), [0,0,0,0,0,0,0,0])", output: "8" },
            Example { code: "multiplicity(irrep(\"SU(3)\", [2,2]), [-1,2])", output: "2" },
        ],
        run: |context, a| {
            let module = module(a, "R")?;
            let weight = labels(context, a, module.group())?;
            let dominant = to_dominant(module.group(), &weight).0;
            let character = Character::of(module.decomposition(context.limits)?, context.limits)?;
            Ok(Value::big_integer(character.dominant().get(&dominant).cloned().unwrap_or_default()))
        },
    },
    Builtin {
        name: "tensor_multiplicity",
        aliases: &["littlewood_richardson"],
        topic: TOPIC,
        params: &[R, required("S", Kinds::REP), required("T", Kinds::REP)],
        returns: Kinds::NUMBER,
        summary: "multiplicity of T in R ⊗ S, all three irreducible, without decomposing the product",
        help: "The alternating sum of Racah and Speiser over the part of the Weyl group that matters, with the smallest of the \
three representations for its weights: the time is that of its dominant weights. For SU(n) and U(n) it is a Littlewood–Richardson coefficient, found in the smallest \
group that has it.",
        examples: &[
            Example { code: "rep V = irrep(\"SU(3)\", [1,1])\ntensor_multiplicity(V, V, V)", output: "2" },
            Example {
                code: "tensor_multiplicity(young(\"U(6)\", [3,2,1]), young(\"U(6)\", [3,2,1]), young(\"U(6)\", [4,3,2,2,1]))",
                output: "4",
            },
        ],
        run: |context, a| {
            let (module, r) = irreducible(context, a, "R")?;
            let group = module.group();
            let mut others = Vec::with_capacity(2);
            for name in ["S", "T"] {
                let (module, weight) = irreducible(context, a, name)?;
                group.require_same(module.group()).map_err(|e| Diagnostic::from(e).at(a.span(name)))?;
                others.push(weight);
            }
            let found = weights::multiplicity(group, &r, &others[0], &others[1], context.limits)?;
            Ok(Value::big_integer(found))
        },
    },
    Builtin {
        name: "orbit",
        aliases: &["weyl_orbit"],
        topic: TOPIC,
        params: &[G, required("weight", Kinds::LIST), ORDER],
        returns: Kinds::LIST,
        summary: "orbit of a weight under the Weyl group, the dominant weight first",
        help: "Any weight of the orbit may be given. `order` as for irrep.",
        examples: &[Example { code: "orbit(\"A2\", [1,0])", output: "[[1, 0], [-1, 1], [0, -1]]" }],
        run: orbit,
    },
    Builtin {
        name: "weyl_order",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::NUMBER,
        summary: "order of the Weyl group",
        help: "",
        examples: &[Example { code: "weyl_order(E8)", output: "696729600" }],
        run: |context, a| {
            let order = weights::weyl_order(&reductive_type(context, a, "G")?, context.limits)?;
            Ok(Value::natural(&order))
        },
    },
    Builtin {
        name: "longest_element",
        aliases: &[],
        topic: TOPIC,
        params: &[G, ORDER],
        returns: Kinds::LIST,
        summary: "longest element of the Weyl group as a reduced word in simple reflections",
        help: "Reflections are numbered from 1 as the nodes are, through all factors; `order` as for irrep. `reflect` applies a \
word.",
        examples: &[Example { code: "longest_element(\"A2\")", output: "[1, 2, 1]" }],
        run: |context, a| {
            let group = reductive_type(context, a, "G")?;
            let length: usize = group.factors().iter().map(|t| t.root_count() / 2).sum();
            context.limits.reserve(length as u128 * 64)?;
            let longest = WeylElement::longest(&group, context.limits)?;
            let nodes = numbering(context, a)?.all_nodes(&group);
            let letter = |node: &usize| nodes.iter().position(|n| n == node).unwrap_or(*node) + 1;
            Ok(Value::list(longest.word().iter().map(|node| Value::count(letter(node)))))
        },
    },
    Builtin {
        name: "reflect",
        aliases: &[],
        topic: TOPIC,
        params: &[G, required("word", Kinds::LIST.or(Kinds::NUMBER)), required("weight", Kinds::LIST), ORDER],
        returns: Kinds::LIST,
        summary: "image of a weight under a product of simple reflections, the last one acting first",
        help: "The reflection s_i takes λ to λ - λ_i α_i. The letters are numbers of nodes in the same `order` as the \
labels, counted from 1 through all factors.",
        examples: &[
            Example { code: "reflect(\"A2\", 1, [1,0])", output: "[-1, 1]" },
            Example { code: "reflect(\"G2\", longest_element(\"G2\"), [3,5])", output: "[-3, -5]" },
        ],
        run: reflect,
    },
    Builtin {
        name: "dynkin_labels",
        aliases: &[],
        topic: TOPIC,
        params: &[R, keyword("ascii", Kinds::BOOLEAN, "false")],
        returns: Kinds::PICTURE,
        summary: "Dynkin diagram with the labels of the highest weight at its nodes",
        help: "The nodes stand as in dynkin(type); the label replaces the number. Charges are not drawn.",
        examples: &[Example {
            code: "dynkin_labels(irrep(\"E6\", \"351'\"))",
            output: "    o 0\n    │\no─o─o─o─o\n0 0 0 0 2",
        }],
        run: |context, a| {
            let (module, weight) = irreducible(context, a, "R")?;
            let style = if a.flag("ascii", false)? { Style::Ascii } else { Style::Unicode };
            let parts: Vec<_> = module.group().parts(&weight).map(|(t, part)| (t, part.to_vec())).collect();
            Ok(Value::Picture(Arc::from(draw_labelled(&parts, style).join("\n"))))
        },
    },
    Builtin {
        name: "type_of",
        aliases: &[],
        topic: TOPIC,
        params: &[required("x", REDUCTIVE.or(Kinds::REP))],
        returns: Kinds::TEXT,
        summary: "type of a reductive algebra or of a representation, as weights refer to it",
        help: "",
        examples: &[Example { code: "type_of(\"SU(3)xSU(2)xU(1)\")", output: "A2+A1+T1" }],
        run: |context, a| match a.value("x")? {
            Value::Module(it) => Ok(Value::text(it.module.group().to_string())),
            _ => Ok(Value::text(reductive_type(context, a, "x")?.to_string())),
        },
    },
];

/// The labels given as `weight`, in Bourbaki's order and of the right length.
fn labels(context: &Context<'_>, arguments: &Arguments, group: &ReductiveType) -> Result<Weight, Diagnostic> {
    let weight = numbering(context, arguments)?.to_bourbaki(group, &integers(arguments, "weight")?);
    group.check_weight(&weight).map_err(|e| Diagnostic::from(e).at(arguments.span("weight")))?;
    Ok(weight)
}

fn list(weight: &[i64]) -> Value {
    Value::list(weight.iter().map(|&x| Value::integer(x)))
}

fn weights(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let module = module(arguments, "R")?;
    let order = numbering(context, arguments)?;
    let dominant = arguments.flag("dominant", false)?;
    let found = weights::weights_of(module.decomposition(context.limits)?, dominant, context.limits)?;
    // What programs read does not depend on what was said before.
    let kept = if arguments.get("order").is_some() { order } else { Numbering::Bourbaki };
    let pair = |w: &WeightAtLevel| json!([kept.from_bourbaki(module.group(), &w.weight), count_json(&w.multiplicity)]);
    let pairs: Vec<Json> = found.iter().map(pair).collect();
    let mut keys = Map::new();
    keys.insert("weights".into(), Json::Array(pairs));
    let level = |w: &WeightAtLevel| {
        if w.twice_level % 2 == 0 { (w.twice_level / 2).to_string() } else { format!("{}/2", w.twice_level) }
    };
    let heading = ["level", "weight", "multiplicity"];
    let rows = found.iter().take(SHOWN).map(|w| {
        let labels = order.from_bourbaki(module.group(), &w.weight);
        let labels = labels.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
        vec![Markup::number(level(w)), Markup::text(format!("[{labels}]")), Markup::number(w.multiplicity.to_string())]
    });
    let mut markup = Markup::table_with_heading(heading, rows.collect(), [Align::Right, Align::Left, Align::Right]);
    if found.len() > SHOWN {
        let sum: BigInt = found.iter().map(|w| &w.multiplicity).sum();
        markup = Markup::lines([
            markup,
            Markup::dim(format!("… {} weights in all, multiplicities {sum} in sum", found.len())),
        ]);
    }
    Ok(Value::record_with_markup("weights", keys, markup))
}

fn orbit(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let group = reductive_type(context, arguments, "G")?;
    let order = numbering(context, arguments)?;
    let dominant = to_dominant(&group, &labels(context, arguments, &group)?).0;
    let size = weights::orbit_size(&group, &dominant, context.limits)?;
    let count = u128::try_from(&size).unwrap_or(u128::MAX);
    // Each entry is a list of values.
    context.limits.reserve(count.saturating_mul(128 * (group.rank() as u128 + 1)))?;
    if count > 5_000_000 {
        return Err(arguments.wrong(
            "weight",
            Code::Memory,
            format!("this orbit has {size} weights, too many to list"),
        ));
    }
    let found = weights::orbit(&group, &dominant, context.limits)?;
    Ok(Value::list(found.iter().map(|w| list(&order.from_bourbaki(&group, w)))))
}

fn reflect(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let group = reductive_type(context, arguments, "G")?;
    let letters = match arguments.value("word")? {
        Value::Number(_) => vec![arguments.integer("word", i64::MIN, i64::MAX)?],
        _ => integers(arguments, "word")?,
    };
    let nodes = numbering(context, arguments)?.all_nodes(&group);
    let word = nodes_of(arguments, &letters, &nodes, &group)?;
    let weight = labels(context, arguments, &group)?;
    let image = WeylElement::new(&group, &word, context.limits)?.act(&weight, context.limits)?;
    Ok(list(&numbering(context, arguments)?.from_bourbaki(&group, &image)))
}

/// The nodes that the letters of `word` stand for; letters are places in this list, from 1.
pub(crate) fn nodes_of(
    arguments: &Arguments,
    letters: &[i64],
    nodes: &[usize],
    group: &ReductiveType,
) -> Result<Vec<usize>, Diagnostic> {
    let node = |&x: &i64| {
        usize::try_from(x).ok().and_then(|x| nodes.get(x.checked_sub(1)?)).copied().ok_or_else(|| {
            let message = match nodes.len() {
                0 => format!("{group} has no simple reflections"),
                rank => format!("there is no simple reflection {x}; they are numbered from 1 to {rank}"),
            };
            arguments.wrong("word", Code::Argument, message)
        })
    };
    letters.iter().map(node).collect()
}
