//! Numbers of representations: Casimir eigenvalues, indices, anomalies, indicators, classes.

use num_bigint::BigInt;
use serde_json::{Map, json};

use crate::builtins::weights::modules::{R, irreducible, module};
use crate::builtins::{Arguments, Builtin, Context, Example, keyword};
use crate::diag::{Code, Diagnostic};
use crate::lang::kind::Kinds;
use crate::lang::print::count_json;
use crate::lang::value::Value;
use crate::num::Rational;
use crate::show::{Align, Markup};
use crate::weights::{
    self, Decomposition, MAX_DEGREE, ReductiveType, Weight, casimir_of_degree, congruency_class, defining_weight,
    dimension, dynkin_index, frobenius_schur,
};

const TOPIC: &str = "weights";
const NUMBER_OR_LIST: Kinds = Kinds::NUMBER.or(Kinds::LIST);

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "casimir",
        aliases: &[],
        topic: TOPIC,
        params: &[
            R,
            keyword("degree", Kinds::NUMBER, "2"),
            keyword("trace", Kinds::REP, "the defining representation"),
        ],
        returns: Kinds::NUMBER,
        summary: "eigenvalue of a Casimir element on an irreducible representation, exact",
        help: "Degree 2: (λ, λ + 2ρ) with long roots of squared length 2, which is 2h∨ on the adjoint representation; for a product \
the sum over the simple factors, without charges. Degree k, of a simple algebra: the element Σ tr(x_a1 ⋯ x_ak) x^a1 ⋯ x^ak \
divided by the Dynkin index, traced over `trace`, with dual bases x_a, x^a; for SU(n) these are the Gelfand invariants. The \
default is the vector representation of SO(n), the defining one of SU(n) and Sp(2n), the smallest one of an exceptional type. \
The degrees of generators are `casimir_degrees`; the generator of degree n of SO(2n), the Pfaffian, is in the difference of the \
traces over the two half-spin representations.",
        examples: &[
            Example { code: "casimir(irrep(\"E8\", \"248\"))", output: "60" },
            Example { code: "casimir(irrep(\"SU(3)\", \"3\"))", output: "8/3" },
            Example { code: "[casimir(irrep(\"SU(3)\", \"8\"), degree = k) for k in 2..4]", output: "[6, -9, 33]" },
        ],
        run: casimir,
    },
    Builtin {
        name: "casimir_degrees",
        aliases: &["invariant_degrees"],
        topic: TOPIC,
        params: &[crate::builtins::weights::modules::G],
        returns: Kinds::LIST,
        summary: "degrees of the fundamental invariants of a simple algebra, the exponents plus one",
        help: "Bourbaki VI, plates. Their product is the order of the Weyl group. For a product of algebras a list for each factor.",
        examples: &[Example { code: "casimir_degrees(E8)", output: "[2, 8, 12, 14, 18, 20, 24, 30]" }],
        run: |context, a| {
            let group = crate::builtins::weights::modules::reductive_type(context, a, "G")?;
            let of = |&t: &_| Value::list(weights::degrees(t).into_iter().map(|d| Value::integer(i64::from(d))));
            let mut all: Vec<Value> = group.factors().iter().map(of).collect();
            Ok(if all.len() == 1 { all.swap_remove(0) } else { Value::list(all) })
        },
    },
    Builtin {
        name: "dynkin_index",
        aliases: &[],
        topic: TOPIC,
        params: &[R, keyword("order", Kinds::NUMBER, "2")],
        returns: NUMBER_OR_LIST,
        summary: "Dynkin index dim R · casimir(R) / dim g: a number, for a product of algebras one for each factor",
        help: "Long roots have squared length 2: the defining representation of SU(n) has index 1, the vector of SO(n) 2, the \
adjoint one 2h∨. It is additive. LieART and Slansky's tables divide it by that of the smallest representation; books with \
T(fundamental) = 1/2 have half of it. With order = 2p > 2 the index Σ (μ, μ)^p over all weights (Patera, Sharp, Winternitz \
1976); of order 3 there is `anomaly`.",
        examples: &[
            Example { code: "dynkin_index(irrep(\"SU(5)\", \"10\"))", output: "3" },
            Example { code: "dynkin_index(irrep(\"SU(3)xSU(2)xU(1)\", \"(3,2)(1)\"))", output: "[2, 3]" },
        ],
        run: index,
    },
    Builtin {
        name: "anomaly",
        aliases: &[],
        topic: TOPIC,
        params: &[R],
        returns: NUMBER_OR_LIST,
        summary: "cubic anomaly, 1 for the fundamental representation of SU(n); for a product one for each factor",
        help: "tr_R(x³) over that of the fundamental representation; 0 for types other than SU(n), n > 2. It is additive and changes \
sign with the dual. `anomalies` lists those with charges, too.",
        examples: &[
            Example { code: "anomaly(irrep(\"SU(5)\", \"5b\") + irrep(\"SU(5)\", \"10\"))", output: "0" },
            Example { code: "anomaly(irrep(\"SU(3)\", \"6\"))", output: "7" },
        ],
        run: |context, a| {
            let module = module(a, "R")?;
            let found = weights::anomaly(module.decomposition(context.limits)?, context.limits)?;
            Ok(one_or_list(module.group(), found.into_iter().map(Value::big_integer)))
        },
    },
    Builtin {
        name: "anomalies",
        aliases: &[],
        topic: TOPIC,
        params: &[R],
        returns: Kinds::RECORD,
        summary: "all gauge anomalies of chiral fermions in a representation with U(1) charges",
        help: "The coefficients of G³ for each factor SU(n), of G²U(1) (Dynkin index times charge) and of grav²U(1) (sum of charges) for \
each charge, and of U(1)³ for each triple of charges; a theory of left-handed fermions is consistent when all vanish. \
Attributes: anomalies (pairs of name and value), free.",
        examples: &[Example {
            code: "let G = \"SU(3)xSU(2)xU(1)\"\nlet V = irrep(G,\"(3,2)(1)\") + irrep(G,\"(3b,1)(-4)\") + irrep(G,\"(3b,1)(2)\") + \
irrep(G,\"(1,2)(-3)\") + irrep(G,\"(1,1)(6)\")\nanomalies(V).free",
            output: "true",
        }],
        run: anomalies,
    },
    Builtin {
        name: "frobenius_schur",
        aliases: &[],
        topic: TOPIC,
        params: &[R],
        returns: Kinds::NUMBER,
        summary: "Frobenius–Schur indicator: 1 real, -1 quaternionic, 0 complex; additive",
        help: "Of the compact group: 1 when there is an invariant symmetric form, -1 when there is an alternating one, 0 when the \
representation is not self-dual. (-1)^⟨λ, 2ρ∨⟩ for a self-dual one (Bourbaki VIII §7.5).",
        examples: &[
            Example { code: "[frobenius_schur(irrep(\"SU(2)\", [k])) for k in 0..3]", output: "[1, -1, 1, -1]" },
            Example { code: "frobenius_schur(irrep(\"E6\", \"27\"))", output: "0" },
        ],
        run: |context, a| {
            let module = module(a, "R")?;
            let mut sum = BigInt::from(0);
            for (weight, times) in module.decomposition(context.limits)?.terms() {
                sum += times * frobenius_schur(module.group(), weight, context.limits)?;
            }
            Ok(Value::big_integer(sum))
        },
    },
    Builtin {
        name: "congruency_class",
        aliases: &["n_ality"],
        topic: TOPIC,
        params: &[R],
        returns: NUMBER_OR_LIST,
        summary: "congruency class: n-ality, spinor class, triality; how the centre of the group acts",
        help: "SU(n): modulo n; SO(2n+1) and Sp(2n): modulo 2; SO(2n): [spinor or not, modulo 4]; E6: modulo 3; E7: modulo 2. The \
convention is that of Slansky and LieART. A product of algebras gives a list, one entry for each factor. All irreducibles \
of R must agree.",
        examples: &[
            Example { code: "congruency_class(irrep(\"SU(5)\", \"10\"))", output: "2" },
            Example { code: "congruency_class(irrep(\"SO(8)\", \"8s\"))", output: "[1, 0]" },
        ],
        run: class,
    },
];

/// One number for a simple algebra, else a list.
fn one_or_list(group: &ReductiveType, values: impl Iterator<Item = Value>) -> Value {
    let mut values: Vec<Value> = values.collect();
    if group.factors().len() == 1 { values.swap_remove(0) } else { Value::list(values) }
}

fn casimir(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let (module, weight) = irreducible(context, arguments, "R")?;
    let degree = if arguments.get("degree").is_some() {
        arguments.integer("degree", 0, i64::from(MAX_DEGREE))? as u32
    } else {
        2
    };
    let group = module.group();
    if arguments.get("trace").is_none() && degree == 2 {
        return Ok(Value::rational(weights::casimir(group, &weight)?));
    }
    let Some(simple) = group.simple() else {
        return Err(arguments.wrong(
            "R",
            Code::Argument,
            format!("Casimir elements of higher degree belong to a simple algebra, not to {group}"),
        ));
    };
    let trace: Weight = match arguments.get("trace") {
        None => defining_weight(simple),
        Some(_) => {
            let (over, weight) = irreducible(context, arguments, "trace")?;
            group.require_same(over.group()).map_err(|e| Diagnostic::from(e).at(arguments.span("trace")))?;
            weight
        }
    };
    let found = casimir_of_degree(simple, &weight, degree, &trace, context.limits);
    Ok(Value::rational(found.map_err(|e| Diagnostic::from(e).at(arguments.span("trace")))?))
}

fn index(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let module = module(arguments, "R")?;
    let decomposition = module.decomposition(context.limits)?;
    let order = if arguments.get("order").is_some() { arguments.integer("order", 0, 1000)? } else { 2 };
    let found = match order {
        2 => dynkin_index(decomposition, context.limits)?,
        _ if order % 2 != 0 => {
            return Err(arguments
                .wrong("order", Code::Argument, "indices are of even order")
                .hint("of order 3 there is anomaly(R)"));
        }
        _ => weights::even_index(decomposition, order as u32, context.limits)?,
    };
    Ok(one_or_list(module.group(), found.into_iter().map(Value::rational)))
}

fn class(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let module = module(arguments, "R")?;
    let group = module.group();
    let of =
        |weight: &[i64]| -> Vec<Vec<i64>> { group.parts(weight).map(|(t, part)| congruency_class(t, part)).collect() };
    let mut classes = module.decomposition(context.limits)?.terms().keys().map(|w| of(w));
    let Some(first) = classes.next() else {
        return Err(arguments.wrong("R", Code::Argument, "the zero representation has no congruency class"));
    };
    if classes.any(|next| next != first) {
        return Err(arguments
            .wrong("R", Code::Argument, "the irreducibles of R lie in different congruency classes")
            .hint("decompose(R) shows them"));
    }
    let value = |class: &Vec<i64>| match class.as_slice() {
        [one] => Value::integer(*one),
        many => Value::list(many.iter().map(|&x| Value::integer(x))),
    };
    Ok(one_or_list(group, first.iter().map(value)))
}

fn anomalies(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let module = module(arguments, "R")?;
    let decomposition = module.decomposition(context.limits)?;
    let all = anomaly_coefficients(context, decomposition)?;
    let free = all.iter().all(|(_, value)| value.is_zero());
    let mut keys = Map::new();
    let pairs = all.iter().map(|(name, value)| match value.is_integer() {
        true => json!([name, count_json(&value.numerator())]),
        false => json!([name, value.to_string()]),
    });
    keys.insert("anomalies".into(), pairs.collect());
    keys.insert("free".into(), json!(free));
    let rows = all.iter().map(|(name, value)| vec![Markup::name(name.clone()), Markup::number(value.to_string())]);
    let table = Markup::table(rows.collect(), [Align::Left, Align::Right]);
    let verdict = Markup::text(if free { "free of anomalies" } else { "anomalous" });
    Ok(Value::record_with_markup("anomalies", keys, Markup::lines([verdict, table])))
}

/// The name and the value of each coefficient.
fn anomaly_coefficients(
    context: &Context<'_>,
    fermions: &Decomposition,
) -> Result<Vec<(String, Rational)>, Diagnostic> {
    let limits = context.limits;
    let group = fermions.group();
    let torus = group.torus();
    let factor = |i: usize| {
        let t = group.factors()[i].to_string();
        if group.factors().iter().filter(|f| f.to_string() == t).count() > 1 { format!("{t}[{}]", i + 1) } else { t }
    };
    let charge = |k: usize| if torus > 1 { format!("U(1)[{}]", k + 1) } else { "U(1)".to_string() };
    let mut out: Vec<(String, Rational)> = Vec::new();
    for (i, value) in weights::anomaly(fermions, limits)?.into_iter().enumerate() {
        out.push((format!("{}³", factor(i)), Rational::from(value)));
    }
    // Each irreducible with its charges, copies and indices.
    let mut rows: Vec<(Vec<Rational>, Rational, Vec<Rational>)> = Vec::new();
    for (weight, times) in fermions.terms() {
        limits.check()?;
        let charges: Vec<Rational> = group.charges(weight).iter().map(|&q| Rational::from(q)).collect();
        let copies = Rational::from(times * BigInt::from(dimension(group, weight, limits)?));
        let mut one = Decomposition::irreducible(group, weight)?;
        one = Decomposition::zero(group).plus(times, &one)?;
        rows.push((charges, copies, dynkin_index(&one, limits)?));
    }
    for k in 0..torus {
        for i in 0..group.factors().len() {
            let sum: Rational = rows.iter().map(|(q, _, index)| &q[k] * &index[i]).sum();
            out.push((format!("{}² {}", factor(i), charge(k)), sum));
        }
        out.push((format!("grav² {}", charge(k)), rows.iter().map(|(q, copies, _)| &q[k] * copies).sum()));
    }
    // Triples of charges, about 200 bytes for each coefficient with its name.
    let torus_cubed = (torus as u128).pow(3);
    limits.reserve(torus_cubed / 6 * 200)?;
    for a in 0..torus {
        for b in a..torus {
            limits.check()?;
            for c in b..torus {
                let sum: Rational = rows.iter().map(|(q, copies, _)| &(&(&q[a] * &q[b]) * &q[c]) * copies).sum();
                let name = if torus == 1 { "U(1)³".to_string() } else { [charge(a), charge(b), charge(c)].join(" ") };
                out.push((name, sum));
            }
        }
    }
    Ok(out)
}
