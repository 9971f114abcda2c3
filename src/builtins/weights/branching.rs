//! Branching: restrictions to subgroups, given by name, by a matrix or by a representation.

use num_bigint::BigUint;
use serde_json::{Map, Value as Json, json};

use crate::builtins::algebras::structure::ALGEBRA_LIKE;
use crate::builtins::groups::embedded::{matrices_of_size, restricted_matrices};
use crate::builtins::groups::given;
use crate::builtins::weights::modules::{self, decomposition_record, reductive_type};
use crate::builtins::{Arguments, Builtin, Context, Example, Param, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::limits::Limits;
use crate::num::Rational;
use crate::reps::decompose::defining_module;
use crate::roots::SimpleType;
use crate::show::{Align, Markup};
use crate::weights::{self, Decomposition, Module, Subgroup, WeightError};

const TOPIC: &str = "weights";

/// What names a subgroup.
const H: Param = required("H", ALGEBRA_LIKE.or(Kinds::TEXT).or(Kinds::REP).or(Kinds::LIST));
/// Which of several, or a matrix.
const BY: Param = optional("by", Kinds::NUMBER.or(Kinds::LIST).or(Kinds::MATRIX), "the only one");

/// Decompositions of larger dimension are left out of tables: of the smallest representation, and of the adjoint one, of which
/// every row takes a restriction of its own.
const MOST_SHOWN: usize = 100_000;
const MOST_ADJOINT: usize = 2000;

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "branch",
        aliases: &[],
        topic: TOPIC,
        params: &[modules::R, H, BY],
        returns: Kinds::RECORD,
        summary: "restriction of a representation to a subgroup: branch(R, \"A2\", [[0,1],[1,1]]), branch(R, \"A4+T1\")",
        help: "`by` is a restriction matrix (row i is the restriction of the i-th fundamental weight, labels of a product \
concatenated, charges last), or the number of a subgroup where several have this type; without it an error lists the \
choices. Looked at are maximal subgroups, Levi subgroups with their charges or without, and in products diagonal ones; only \
where none of them has the type, chains of two such steps, then of three: a subgroup may have this type and not be among \
them, and a matrix names it. H may also be a representation of the subgroup whose \
dimension is that of the smallest representation: branch(R, irrep(\"SU(3)\", \"8\")) restricts from SU(8) or SO(8). An algebra or a group H of matrices of that size, or a list of matrices that generate one, is \
embedded by them; of another size its type counts. Lists of matrices may also have the size of the vectors of SO(3), SO(5), \
SO(6) or Sp(4). In SO(2n) such an H is known up to a reflection: where that makes a difference for R an error shows the two \
restrictions, and a number chooses one. A representation R by matrices (vector(G) and \
what is made from it) is restricted to any algebra of matrices inside that of G, or to the subalgebra that a list of its \
elements or matrices generates: all exactly, with a charge for each dimension of the centre. \
A charge is that of the fundamental coweight of a deleted node, scaled to whole numbers without a common divisor; of matrices \
it is that of their algebra, doubled where it would be half-integral on spinors. \
Dimensions and Dynkin indices are checked. restriction(R, H) gives the same as a representation, to go on with.",
        examples: &[
            Example { code: "branch(irrep(\"G2\", [1,0]), \"A2\", [[0,1],[1,1]])", output: "7 = 1 + 3 + 3b" },
            Example { code: "branch(irrep(\"E8\", \"248\"), \"E7+A1\")", output: "248 = (1,3) + (56,2) + (133,1)" },
            Example { code: "branch(irrep(\"E6\", \"27\"), \"SO(10)xU(1)\")", output: "27 = 1(4) + 10(-2) + 16(1)" },
            Example {
                code: "branch(irrep(\"SU(8)\", [0,1,0,0,0,0,0]), irrep(\"SU(3)\", \"8\"))",
                output: "28 = 8 + 10 + 10b",
            },
            Example { code: "branch(irrep(\"SU(3)\", \"8\"), so(3))", output: "8 = 3 + 5" },
            Example {
                code: "group G = SO(4)\nalgebra g = algebra_of(G)\nbranch(adjoint(G), [g[1], g[2], g[4]])",
                output: "ad = 2(3)",
            },
        ],
        run: |context, a| {
            if let Value::Rep(rep) = a.value("R")? {
                let restricted = restricted_matrices(context, a, rep)?;
                return given::decompose(context, &restricted, &rep.name());
            }
            let restricted = restricted(context, a)?;
            let left = modules::given(a, "R").and_then(|it| it.written.as_ref());
            let left = left.map(|w| Markup::symbol(w.plain.clone(), w.latex.clone()));
            decomposition_record(&restricted, left, context.limits)
        },
    },
    Builtin {
        name: "restriction",
        aliases: &[],
        topic: TOPIC,
        params: &[modules::R, H, BY],
        returns: Kinds::REP,
        summary: "restriction of a representation to a subgroup, as a representation of it",
        help: "The arguments are those of branch.",
        examples: &[
            Example {
                code: "branch(restriction(irrep(\"E6\", \"27\"), \"D5+T1\"), \"A4+T2\").terms[1].dim",
                output: "1",
            },
            Example {
                code: "decompose(irrep(\"A2\", [1,1]) - restriction(irrep(\"G2\", [1,0]), \"A2\"))",
                output: "8 - (1 + 3 + 3b) = -(1) - 3 - 3b + 8",
            },
        ],
        run: |context, a| {
            if let Value::Rep(rep) = a.value("R")? {
                return Ok(Value::rep(restricted_matrices(context, a, rep)?));
            }
            let restricted = restricted(context, a)?;
            modules::value(context, Module::given(restricted, context.limits)?)
        },
    },
    Builtin {
        name: "restriction_matrix",
        aliases: &[],
        topic: TOPIC,
        params: &[modules::G, H, optional("which", Kinds::NUMBER, "the only one")],
        returns: Kinds::MATRIX,
        summary: "restriction matrix of a subgroup: row i is the restriction of the i-th fundamental weight",
        help: "H and the number as in branch (of two that a reflection exchanges the first one without); the columns are the images of the simple coroots of H in those of G, then the \
charges.",
        examples: &[Example {
            code: "restriction_matrix(\"A3\", \"C2\")", output: "⎡ 1  0 ⎤\n⎢ 0  1 ⎥\n⎣ 1  0 ⎦"
        }],
        run: |context, a| {
            let group = reductive_type(context, a, "G")?;
            let which = if a.get("which").is_some() { Some(a.count("which", 1, 1_000_000)?) } else { None };
            let subs = named(context, a, &group, which)?;
            let Some(sub) = subs.first() else { return Err(a.wrong("H", Code::Argument, "no such subgroup")) };
            let (rows, columns) = (sub.matrix.len(), sub.group.rank());
            Ok(Value::rational_matrix(&Matrix::from_fn(rows, columns, |i, j| Rational::from(sub.matrix[i][j]))))
        },
    },
    Builtin {
        name: "maximal_subgroups",
        aliases: &[],
        topic: TOPIC,
        params: &[modules::G],
        returns: Kinds::RECORD,
        summary: "maximal connected subgroups of a simple group: types, Dynkin indices, two restrictions",
        help: "Up to automorphisms of the group, over C: Levi subgroups with one charge, the other ones of the same rank \
(Borel and de Siebenthal 1949), special ones (Dynkin 1952; of SU(n) up to n = 201, of SO(n) and Sp(n) up to 256). The index is that of the \
embedding of each simple factor. Attributes: group, count, subgroups; each of these has type, kind, origin, index, \
smallest, adjoint (up to dimension 2000), matrix.",
        examples: &[
            Example { code: "maximal_subgroups(\"E8\").count", output: "11" },
            Example { code: "[s.type for s in maximal_subgroups(\"F4\").subgroups]", output: FOUR },
        ],
        run: |context, a| {
            let simple = simple_type(context, a)?;
            let found =
                weights::maximal_subgroups(simple, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("G")))?;
            table_of("maximal_subgroups", simple, &found, true, context.limits)
        },
    },
    Builtin {
        name: "levi_subgroups",
        aliases: &[],
        topic: TOPIC,
        params: &[modules::G],
        returns: Kinds::RECORD,
        summary: "Levi subgroups of a simple group up to conjugation, with the deleted nodes and the charges",
        help: "One for each class under the Weyl group, by the number of charges. Attributes as for maximal_subgroups, but \
for adjoint.",
        examples: &[Example { code: "levi_subgroups(\"E8\").count", output: "41" }],
        run: |context, a| {
            let simple = simple_type(context, a)?;
            let classes =
                weights::levi_classes(simple, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("G")))?;
            let found: Result<Vec<Subgroup>, WeightError> =
                classes.iter().map(|removed| weights::levi(simple, removed, context.limits)).collect();
            table_of("levi_subgroups", simple, &found?, false, context.limits)
        },
    },
];

/// The types of the maximal subgroups of F4.
const FOUR: &str = "[\"B4\", \"C3+A1\", \"A2+A2\", \"G2+A1\", \"A1\"]";

/// An argument that is a simple algebra.
pub(crate) fn simple_type(context: &Context<'_>, a: &Arguments) -> Result<SimpleType, Diagnostic> {
    let group = reductive_type(context, a, "G")?;
    group
        .simple()
        .ok_or_else(|| a.wrong("G", Code::Argument, format!("{} needs a simple algebra, not {group}", a.row().name)))
}

/// The restriction of `R`.
fn restricted(context: &Context<'_>, a: &Arguments) -> Result<Decomposition, Diagnostic> {
    let module = modules::module(a, "R")?;
    let v = module.decomposition(context.limits)?;
    let matrix = match a.get("by") {
        Some(Value::Number(_)) => {
            let which = a.count("by", 1, 1_000_000)?;
            return the_one(context, a, v, &named(context, a, v.group(), Some(which))?);
        }
        None => return the_one(context, a, v, &named(context, a, v.group(), None)?),
        Some(Value::List(rows)) if rows.is_empty() => Vec::new(),
        Some(_) => {
            let given = a.matrix("by")?;
            let entry = |x: &crate::num::Gaussian| Value::Number(x.clone()).to_i64();
            let rows = given.iter_rows().map(|row| row.iter().map(entry).collect::<Option<Vec<i64>>>());
            rows.collect::<Option<Vec<_>>>()
                .ok_or_else(|| a.wrong("by", Code::Argument, "a restriction matrix has whole numbers"))?
        }
    };
    if let Value::Module(_) = a.value("H")? {
        return Err(a.wrong("by", Code::Argument, "a representation as H determines the restriction matrix"));
    }
    let subgroup = reductive_type(context, a, "H")?;
    let found = weights::restrict(v, &subgroup, &matrix, context.limits).and_then(|found| {
        weights::check_restriction_matrix(v.group(), &subgroup, &matrix, context.limits).map(|()| found)
    });
    found.map_err(|e| Diagnostic::from(e).at(a.span("by")))
}

/// The restriction to all of these, when it is the same; otherwise the choices.
fn the_one(
    context: &Context<'_>,
    a: &Arguments,
    v: &Decomposition,
    subs: &[Subgroup],
) -> Result<Decomposition, Diagnostic> {
    let found: Vec<Decomposition> =
        subs.iter().map(|sub| sub.restrict(v, context.limits)).collect::<Result<_, WeightError>>()?;
    let Some((first, rest)) = found.split_first() else {
        return Err(a.wrong("H", Code::Argument, "no such subgroup"));
    };
    if rest.iter().all(|it| it == first) {
        return Ok(first.clone());
    }
    let mut lines = Vec::new();
    for (index, it) in found.iter().enumerate() {
        let line = decomposition_record(it, None, context.limits)?.line();
        lines.push(format!("{}: {}", index + 1, line));
    }
    Err(a
        .wrong(
            "H",
            Code::Argument,
            "two subgroups act so on the vectors: a reflection exchanges them, and this representation tells them apart",
        )
        .hint(format!("choose one by its number: {}", lines.join("; "))))
}

/// The subgroups that `H` names: one, or two that a reflection of the vectors exchanges.
fn named(
    context: &Context<'_>,
    a: &Arguments,
    group: &weights::ReductiveType,
    which: Option<usize>,
) -> Result<Vec<Subgroup>, Diagnostic> {
    let at = |error: WeightError| Diagnostic::from(error).at(a.span("H"));
    let numbered = |all: Vec<Subgroup>, number: usize| match all.get(number - 1) {
        Some(sub) => Ok(vec![sub.clone()]),
        None if all.len() == 1 => {
            Err(a.wrong("by", Code::Argument, "H determines the subgroup; it needs no number but 1"))
        }
        None => Err(a.wrong("by", Code::Argument, format!("there is no number {number}, only {}", all.len()))),
    };
    if let Value::Module(_) | Value::Rep(_) = a.value("H")? {
        let below = modules::module(a, "H")?.decomposition(context.limits)?;
        let simple = group.simple().ok_or_else(|| {
            a.wrong("H", Code::Argument, format!("a representation makes a subgroup of a simple group, not of {group}"))
        })?;
        let all = weights::subgroup_by_representation(simple, below, context.limits).map_err(at)?;
        return match which {
            None => Ok(all),
            Some(number) => numbered(all, number),
        };
    }
    let is_list = matches!(a.value("H")?, Value::List(_));
    if is_list && group.simple().is_none() {
        return Err(a
            .wrong("H", Code::Argument, format!("matrices make a subgroup of a simple group, not of {group}"))
            .hint("branch(vector(G), [M, …]) restricts representations of a group of matrices"));
    }
    if let Some(simple) = group.simple()
        && let Some(base) = matrices_of_size(context, a, &natural_dimensions(simple, context.limits)?)?
    {
        let below = defining_module(&base, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("H")))?;
        let below = below.decomposition(context.limits)?;
        let all = weights::subgroup_by_representation(simple, below, context.limits);
        match which {
            None => return all.map_err(at),
            Some(number) if is_list => return numbered(all.map_err(at)?, number),
            // Of an algebra a number chooses among the subgroups of its type, unless its matrices leave a choice.
            Some(number) => match all {
                Ok(all) if all.len() > 1 => return numbered(all, number),
                _ => {}
            },
        }
    }
    let wanted = reductive_type(context, a, "H")?;
    Ok(vec![weights::subgroup(group, &wanted, which, context.limits).map_err(at)?])
}

/// The sizes of the matrices by which a simple group is known, the smallest one first.
fn natural_dimensions(simple: SimpleType, limits: &Limits) -> Result<Vec<BigUint>, Diagnostic> {
    let size = |weight: &Vec<i64>| weights::dimension(&simple.into(), weight, limits);
    Ok(weights::natural_weights(simple).iter().map(size).collect::<Result<_, WeightError>>()?)
}

/// `7 = 1 + 3 + 3b`, or nothing when it is too large.
fn rule(sub: &Subgroup, weight: &[i64], most: usize, limits: &Limits) -> Result<Option<String>, Diagnostic> {
    let v = Decomposition::irreducible(&sub.above, weight)?;
    let dim = v.dimension(limits)?;
    if dim > most.into() {
        return Ok(None);
    }
    let below = decomposition_record(&sub.restrict(&v, limits)?, None, limits)?;
    Ok(Some(format!("{dim} = {}", below.line())))
}

/// The record of a list of subgroups.
fn table_of(
    kind: &'static str,
    simple: SimpleType,
    subgroups: &[Subgroup],
    adjoint: bool,
    limits: &Limits,
) -> Result<Value, Diagnostic> {
    let smallest = weights::defining_weight(simple);
    let highest = crate::roots::RootSystem::new(simple, limits)?;
    let highest: Vec<i64> = (0..simple.rank()).map(|i| highest.pairing(highest.highest(), i)).collect();
    let mut items: Vec<Json> = Vec::new();
    let mut rows: Vec<Vec<Markup>> = Vec::new();
    for sub in subgroups {
        limits.check()?;
        let index = sub.indices(limits)?;
        let small = rule(sub, &smallest, MOST_SHOWN, limits)?;
        let mut keys: Map<String, Json> = [
            ("type", json!(sub.group.to_string())),
            ("kind", json!(sub.kind.name())),
            ("origin", json!(sub.origin)),
            ("index", json!(index)),
            ("smallest", json!(small)),
        ]
        .into_iter()
        .map(|(key, value)| (key.to_string(), value))
        .collect();
        if adjoint {
            keys.insert("adjoint".into(), json!(rule(sub, &highest, MOST_ADJOINT, limits)?));
        }
        keys.insert("matrix".into(), json!(sub.matrix));
        items.push(Json::Object(keys));
        let index: Vec<String> = index.iter().map(i64::to_string).collect();
        let cells = [sub.group.to_string(), sub.kind.name().into(), index.join(","), small.unwrap_or_default()];
        rows.push(cells.into_iter().map(Markup::text).collect());
    }
    let mut keys = Map::new();
    keys.insert("group".into(), json!(simple.to_string()));
    keys.insert("count".into(), json!(subgroups.len()));
    keys.insert("subgroups".into(), Json::Array(items));
    let heading = ["type", "kind", "index", "smallest representation"];
    let markup = if rows.is_empty() {
        Markup::text("none")
    } else {
        Markup::table_with_heading(heading, rows, vec![Align::Left; 4])
    };
    Ok(Value::record_with_markup(kind, keys, markup))
}
