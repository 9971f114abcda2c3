//! Characters given by their weights, and operations on characters.

use std::collections::BTreeMap;

use num_bigint::BigInt;
use num_traits::Zero;

use crate::builtins::weights::modules::{self, G, ORDER, R, integers, module, numbering, reductive_type};
use crate::builtins::weights::weyl::nodes_of;
use crate::builtins::{Arguments, Builtin, Context, Example, required};
use crate::diag::{Code, Diagnostic};
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::weights::{self, Character, Module, ReductiveType, Weight, WeylElement, to_dominant};

const TOPIC: &str = "weights";

/// The largest k of an Adams operator ψ^k.
const MOST_ADAMS: usize = 10_000;

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "from_weights",
        aliases: &["from_character"],
        topic: TOPIC,
        params: &[G, required("weights", Kinds::LIST), ORDER],
        returns: Kinds::REP,
        summary: "representation with a given character: from_weights(\"A2\", [[[1,1],1], [[0,0],2]])",
        help: "`weights` lists pairs [weight, multiplicity] as the attribute weights of weights(R) does: either dominant weights \
alone, the others following by the Weyl group, or all weights. Multiplicities may be negative, and then the representation is \
virtual. decompose shows its irreducibles; it adds and multiplies like any other. `order` as for irrep.",
        examples: &[
            Example { code: "decompose(from_weights(\"A2\", [[[1,1],1], [[0,0],3]]))", output: "1 + 8" },
            Example {
                code: "rep V = irrep(\"G2\", [1,1])\nfrom_weights(\"G2\", weights(V).weights) == V",
                output: "true",
            },
        ],
        run: from_weights,
    },
    Builtin {
        name: "adams",
        aliases: &["adams_operation"],
        topic: TOPIC,
        params: &[R, required("k", Kinds::NUMBER)],
        returns: Kinds::REP,
        summary: "Adams operation: the virtual representation whose weights are k times those of R",
        help: "The k-th power sum of the weights: adams(R, 2) is Sym(R, 2) - Alt(R, 2). Fulton and Harris, exercise 23.39.",
        examples: &[Example { code: "decompose(adams(irrep(\"SU(2)\", [1]), 3))", output: "-(2) + 4" }],
        run: |context, a| {
            let k = a.count("k", 1, MOST_ADAMS)?;
            let v = module(a, "R")?.decomposition(context.limits)?;
            let character = Character::of(v, context.limits)?.adams(k as u32);
            let character = character.map_err(|e| Diagnostic::from(e).at(a.span("k")))?;
            modules::value(context, Module::given(character.decompose(context.limits)?, context.limits)?)
        },
    },
    Builtin {
        name: "reduced_word",
        aliases: &["weyl_word"],
        topic: TOPIC,
        params: &[G, required("word", Kinds::LIST), ORDER],
        returns: Kinds::LIST,
        summary: "reduced word of a product of simple reflections: its length is that of the element of the Weyl group",
        help: "Letters are numbers of nodes from 1 as for reflect. Equal elements have equal reduced words, so words of elements \
can be compared; joined words are products, a reversed word is the inverse.",
        examples: &[
            Example { code: "reduced_word(\"A2\", [2,1,2,1])", output: "[1, 2]" },
            Example {
                code: "[reduced_word(\"E8\", [1,3,1,3,1,3]), reduced_word(\"E8\", [1,2,1])]",
                output: "[[], [2]]",
            },
        ],
        run: reduced_word,
    },
];

fn from_weights(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let group = reductive_type(context, a, "G")?;
    let given = pairs(context, a, &group)?;
    let at = |e| Diagnostic::from(e).at(a.span("weights"));
    let rank = group.semisimple_rank();
    let is_dominant = |w: &Weight| w.iter().take(rank).all(|&x| x >= 0);
    let dominant: BTreeMap<Weight, BigInt> =
        given.iter().filter(|(w, _)| is_dominant(w)).map(|(w, m)| (w.clone(), m.clone())).collect();
    if dominant.len() < given.len() {
        every_weight(context, a, &group, &given, &dominant)?;
    }
    let character = Character::new(&group, dominant).map_err(at)?;
    let found = character.decompose(context.limits).map_err(at)?;
    modules::value(context, Module::given(found, context.limits)?)
}

/// The weights in Bourbaki's order with their multiplicities, zero ones left out.
fn pairs(context: &Context<'_>, a: &Arguments, group: &ReductiveType) -> Result<BTreeMap<Weight, BigInt>, Diagnostic> {
    let order = numbering(context, a)?;
    let mut out = BTreeMap::new();
    for (index, item) in a.items("weights")?.iter().enumerate() {
        if index % 1024 == 0 {
            context.limits.check()?;
        }
        let wrong = || {
            let message = format!("entry {} is no pair [weight, multiplicity] of whole numbers", index + 1);
            a.wrong("weights", Code::Argument, message).hint("weights(R).weights is a list of such pairs")
        };
        let pair = item.items().ok_or_else(wrong)?;
        let [weight, times] = &pair[..] else { return Err(wrong()) };
        let labels: Option<Weight> = weight.items().ok_or_else(wrong)?.iter().map(Value::to_i64).collect();
        let weight = order.to_bourbaki(group, &labels.ok_or_else(wrong)?);
        group.check_weight(&weight).map_err(|e| Diagnostic::from(e).at(a.span("weights")))?;
        let times = match times {
            Value::Number(x) if x.is_real() && x.re.is_integer() => x.re.numerator(),
            _ => return Err(wrong()),
        };
        if out.contains_key(&weight) {
            let message = format!("the weight {:?} is given twice", order.from_bourbaki(group, &weight));
            return Err(a.wrong("weights", Code::Duplicate, message));
        }
        if !times.is_zero() {
            out.insert(weight, times);
        }
    }
    Ok(out)
}

/// An error unless the weights are whole orbits of the Weyl group, each with one multiplicity.
fn every_weight(
    context: &Context<'_>,
    a: &Arguments,
    group: &ReductiveType,
    given: &BTreeMap<Weight, BigInt>,
    dominant: &BTreeMap<Weight, BigInt>,
) -> Result<(), Diagnostic> {
    let order = numbering(context, a)?;
    let shown = |w: &Weight| format!("{:?}", order.from_bourbaki(group, w));
    let mut found: BTreeMap<Weight, usize> = BTreeMap::new();
    for (number, (weight, times)) in given.iter().enumerate() {
        if number % 256 == 0 {
            context.limits.check()?;
        }
        let top = to_dominant(group, weight).0;
        if dominant.get(&top) != Some(times) {
            let other = dominant.get(&top).cloned().unwrap_or_default();
            let (weight, top) = (shown(weight), shown(&top));
            let message = format!("the weight {weight} has multiplicity {times}, but {top} of its orbit has {other}");
            let hint = "a character does not change under the Weyl group; dominant weights suffice";
            return Err(a.wrong("weights", Code::Argument, message).hint(hint));
        }
        *found.entry(top).or_default() += 1;
    }
    for (top, count) in found {
        let size = weights::orbit_size(group, &top, context.limits)?;
        if size != count.into() {
            let message = format!("the orbit of {} has {size} weights, of which {count} are given", shown(&top));
            return Err(a
                .wrong("weights", Code::Argument, message)
                .hint("give all of them or the dominant ones alone"));
        }
    }
    Ok(())
}

fn reduced_word(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let group = reductive_type(context, a, "G")?;
    let nodes = numbering(context, a)?.all_nodes(&group);
    let word = nodes_of(a, &integers(a, "word")?, &nodes, &group)?;
    let element = WeylElement::new(&group, &word, context.limits)?;
    let letter = |node: &usize| nodes.iter().position(|n| n == node).unwrap_or(*node) + 1;
    Ok(Value::list(element.word().iter().map(|node| Value::count(letter(node)))))
}
