//! Representations by highest weights: how they are named, made and taken apart.

use std::sync::Arc;

use num_bigint::BigInt;
use serde_json::{Map, Value as Json, json};

use crate::builtins::algebras::structure::ALGEBRA_LIKE;
use crate::builtins::arguments::brief;
use crate::builtins::{Arguments, Builtin, Context, Example, Param, keyword, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::print::count_json;
use crate::lang::value::{Value, WrittenModule};
use crate::lie;
use crate::limits::Limits;
use crate::show::{Markup, latex};
use crate::weights::{
    self, Decomposition, Module, NUMBERINGS, Name, Namer, Numbering, ReductiveType, Weight, WeightError, dimension,
};

const TOPIC: &str = "weights";
const REP: Kinds = Kinds::REP;
/// What names a reductive algebra.
pub(crate) const REDUCTIVE: Kinds = ALGEBRA_LIKE.or(Kinds::TEXT);
/// The parameter for it.
pub(crate) const G: Param = required("G", REDUCTIVE);
/// A representation.
pub(crate) const R: Param = required("R", REP);
/// The numbering of the labels.
pub(crate) const ORDER: Param = keyword("order", Kinds::TEXT, "that of the session");

/// Irreducibles that one line of a decomposition shows.
const SHOWN: usize = 60;

/// Representations that one list holds.
const MOST_LISTED: usize = 10_000;

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "irrep",
        aliases: &[],
        topic: TOPIC,
        params: &[G, required("weight", Kinds::LIST.or(Kinds::TEXT).or(Kinds::NUMBER)), ORDER],
        returns: REP,
        summary: "irreducible representation of a reductive algebra over C, by highest weight or by name",
        help: "The algebra is text such as \"E8\", \"A4+A1+T1\" or \"SU(3)xSU(2)xU(1)\", a type, a group or an algebra; of groups \
and algebras the complexification counts, its largest simple factors first. A weight has one label for each simple root \
(fundamental-weight coordinates, Bourbaki's numbering: E: node 2 is the tip of the branch; B: last root short; C: last root \
long; F4: 1 and 2 long; G2: 1 short), factor after factor, then the U(1) charges. The name C2 without quotes is the type B2; \
write \"C2\" or \"Sp(4)\" for the numbering of C2. `order` reads labels as \"lie\", \"lieart\" or \"gap\" number the nodes: LiE as \
Bourbaki; LieART numbers E6, E7, E8 along the chain, the branch last; GAP has F4 as short, long, short, long. \
A name is the dimension as LieART and Slansky's tables print it: 27, 27b (the dual, also 27* or 27bar), 10' and 10'' by \
increasing Dynkin index, 8v, 8s, 8c for SO(8), (3,2)(1) for products with charges. Which of two duals has the bar is \
convention: the larger congruency class, of equal classes the lexicographically smaller label; the 6 of SU(3) is [2, 0]. \
Mirror images of SO(4k), k > 2, are told apart by a prime (32 and 32' of SO(12)). \
Operators: V + W, V - W (virtual), 3 * V, V * W, V ^ k, X -> Y; dual, Sym, Alt, schur; decompose shows the irreducibles.",
        examples: &[
            Example {
                code: "irrep(\"E8\", [1,0,0,0,0,0,0,0])",
                output: "3875: irreducible representation of E8 of dimension 3875, highest weight [1, 0, 0, 0, 0, 0, 0, 0]",
            },
            Example {
                code: "rep V = irrep(\"E6\", \"27\")\ndecompose(V * dual(V))",
                output: "27 ⊗ 27b = 1 + 78 + 650",
            },
            Example {
                code: "irrep(\"SU(3)xSU(2)xU(1)\", \"(3,2)(1)\")",
                output: "(3,2)(1): irreducible representation of A2+A1+T1 of dimension 6, highest weight [1, 0, 1, 1]",
            },
            Example { code: "dim(irrep(F4, [0,0,0,1], order = \"gap\"))", output: "1274" },
        ],
        run: irrep,
    },
    Builtin {
        name: "young",
        aliases: &[],
        topic: TOPIC,
        params: &[G, required("partition", Kinds::LIST)],
        returns: REP,
        summary: "irreducible representation of SU(n) or U(n) by the rows of its Young diagram",
        help: "Columns of n boxes do not count for SU(n); for U(n), written \"U(3)\" or \"A2+T1\", the charge is the number of \
boxes. Fulton and Harris, section 15.3.",
        examples: &[
            Example { code: "dim(young(\"SU(5)\", [2, 1]))", output: "40" },
            Example { code: "highest_weight(young(\"SU(4)\", [3, 1, 1]))", output: "[2, 0, 1]" },
        ],
        run: |context, a| {
            let group = reductive_type(context, a, "G")?;
            let rows = integers(a, "partition")?;
            let weight =
                weights::labels_of_partition(&group, &rows).map_err(|e| Diagnostic::from(e).at(a.span("partition")))?;
            value(context, Module::irreducible(&group, &weight, context.limits)?)
        },
    },
    Builtin {
        name: "young_diagram",
        aliases: &[],
        topic: TOPIC,
        params: &[R],
        returns: Kinds::PICTURE,
        summary: "Young diagram of an irreducible representation of SU(n)",
        help: "",
        examples: &[Example { code: "young_diagram(irrep(\"SU(3)\", [1, 1]))", output: "□ □\n□" }],
        run: |context, a| {
            let (module, weight) = irreducible(context, a, "R")?;
            let rows = weights::partition_of_labels(module.group(), &weight)?;
            let boxes: i128 = rows.iter().map(|&x| i128::from(x)).sum();
            if boxes > 2000 {
                return Err(a.wrong("R", Code::Argument, format!("a diagram of {boxes} boxes is too large to draw")));
            }
            let lines: Vec<String> = rows.iter().map(|&x| vec!["□"; x as usize].join(" ")).collect();
            Ok(Value::Picture(Arc::from(if lines.is_empty() { "·".to_string() } else { lines.join("\n") })))
        },
    },
    Builtin {
        name: "irreps",
        aliases: &[],
        topic: TOPIC,
        params: &[G, required("bound", Kinds::NUMBER)],
        returns: Kinds::LIST,
        summary: "all irreducible representations of a simple algebra up to a dimension, smallest first",
        help: "",
        examples: &[Example {
            code: "[dim(V) for V in irreps(\"E6\", 700)]",
            output: "[1, 27, 27, 78, 351, 351, 351, 351, 650]",
        }],
        run: irreps,
    },
    Builtin {
        name: "schur",
        aliases: &["plethysm"],
        topic: TOPIC,
        params: &[R, required("partition", Kinds::LIST)],
        returns: REP,
        summary: "Schur functor: the part of a tensor power with the symmetry of a Young diagram",
        help: "schur(R, [k]) is Sym(R, k) and schur(R, [1, …, 1]) is Alt(R, k). Fulton and Harris, section 6.1. Of a representation \
by matrices of any group the image of a Young symmetrizer on tensors, for partitions of at most 7.",
        examples: &[
            Example {
                code: "rep V = vector(SO(3))\nrep W = schur(V, [2, 1])\nW\nrank(V*V -> W)\ndecompose(W)",
                output: "S[2,1]V: representation of SO(3) of dimension 8\n2\nS[2,1]V = 3 + 5",
            },
            Example { code: "decompose(schur(irrep(\"SU(3)\", \"3\"), [2, 1]))", output: "S[2,1](3) = 8" },
        ],
        run: |context, a| {
            let partition = integers(a, "partition")?;
            if let Value::Rep(rep) = a.value("R")? {
                let rows: Option<Vec<usize>> = partition.iter().map(|&row| usize::try_from(row).ok()).collect();
                let wrong = || a.wrong("partition", Code::Argument, "a partition has positive whole numbers");
                let found = rep.schur_functor(&rows.ok_or_else(wrong)?, context.limits);
                return found.map(Value::rep).map_err(|e| Diagnostic::from(e).at(a.span("partition")));
            }
            let found = module(a, "R")?.schur_functor(&partition);
            value(context, found.map_err(|e| Diagnostic::from(e).at(a.span("partition")))?)
        },
    },
    Builtin {
        name: "difference",
        aliases: &[],
        topic: TOPIC,
        params: &[required("X", REP), required("Y", REP)],
        returns: REP,
        summary: "formal difference of representations by highest weights; X - Y means the same",
        help: "A virtual representation: multiplicities may be negative.",
        examples: &[Example {
            code: "rep V = irrep(\"SU(2)\", [1])\ndecompose(V * V - irrep(\"SU(2)\", [0]))",
            output: "2 ⊗ 2 - 1 = 3",
        }],
        run: |context, a| {
            let (Some(x), Some(y)) = (given(a, "X"), given(a, "Y")) else {
                let message = match given(a, "X").or(given(a, "Y")) {
                    Some(_) => {
                        "cannot subtract a representation by matrices from one by highest weights, or the other way round"
                    }
                    None => "cannot subtract representations of groups of matrices",
                };
                return Err(Diagnostic::new(Code::Kind, message).hint(
                    "representations by highest weights have differences; complexify(V) makes one of them from matrices",
                ));
            };
            value(context, x.module.plus(&BigInt::from(-1), &y.module)?)
        },
    },
    Builtin {
        name: "highest_weight",
        aliases: &[],
        topic: TOPIC,
        params: &[R, ORDER],
        returns: Kinds::LIST,
        summary: "highest weight of an irreducible representation",
        help: "`order` as for irrep.",
        examples: &[Example { code: "highest_weight(irrep(\"E6\", \"351\"))", output: "[0, 0, 0, 0, 1, 0]" }],
        run: |context, a| {
            let (module, weight) = irreducible(context, a, "R")?;
            let shown = numbering(context, a)?.from_bourbaki(module.group(), &weight);
            Ok(Value::list(shown.into_iter().map(Value::integer)))
        },
    },
    Builtin {
        name: "numbering",
        aliases: &[],
        topic: TOPIC,
        params: &[optional("order", Kinds::TEXT, "none")],
        returns: Kinds::TEXT,
        summary: "the numbering of Dynkin diagrams in this session; numbering(\"lieart\") chooses another one",
        help: "\"bourbaki\" (at the start), \"lie\", \"lieart\", \"gap\", see irrep. From then on labels of weights are read and \
shown in it where no `order` says otherwise: irrep, weights, highest_weight, multiplicity, orbit, reflect, longest_element. \
Restriction matrices, diagrams of orbits, JSON and the attributes of records, decompose(V).terms[1].weight for one, stay in \
Bourbaki's.",
        examples: &[
            Example { code: "numbering", output: "bourbaki" },
            Example {
                code: "let was = numbering(\"lieart\")\nirrep(\"E6\", \"78\")",
                output: "78: irreducible representation of E6 of dimension 78, highest weight [0, 0, 0, 0, 0, 1]",
            },
        ],
        run: |context, a| {
            if a.get("order").is_some() {
                let chosen = named_numbering(a, "order")?;
                context.chosen = Some(chosen);
                return Ok(Value::text(chosen.name()));
            }
            Ok(Value::text(context.numbering.name()))
        },
    },
    Builtin {
        name: "latex",
        aliases: &[],
        topic: "files",
        params: &[required("x", Kinds::ANY)],
        returns: Kinds::TEXT,
        summary: "LaTeX source of a value, for math mode",
        help: "Representations have their names with bars and primes. In the REPL :latex shows the last value.",
        examples: &[
            Example {
                code: "latex([1, 1/2; 0, 1])",
                output: "\\begin{bmatrix}\n1 & \\frac{1}{2} \\\\\n0 & 1\n\\end{bmatrix}",
            },
            Example {
                code: "latex(decompose(irrep(\"SU(3)\", \"3\") * irrep(\"SU(3)\", \"3\")))",
                output: "\\mathbf{3} \\otimes \\mathbf{3} = \\overline{\\mathbf{3}} \\oplus \\mathbf{6}",
            },
        ],
        run: |_, a| Ok(Value::text(latex::render(&a.value("x")?.to_markup()))),
    },
];

/// A representation by highest weights as a value.
pub(crate) fn value(context: &Context<'_>, module: Module) -> Result<Value, Diagnostic> {
    Ok(Value::module(module, context.numbering, context.limits)?)
}

/// An argument that is a representation by highest weights.
pub(crate) fn given<'a>(arguments: &'a Arguments, name: &str) -> Option<&'a Arc<WrittenModule>> {
    match arguments.get(name) {
        Some(Value::Module(module)) => Some(module),
        _ => None,
    }
}

/// The same where nothing else will do.
pub(crate) fn module<'a>(arguments: &'a Arguments, name: &str) -> Result<&'a Module, Diagnostic> {
    match arguments.value(name)? {
        Value::Module(it) => Ok(&it.module),
        Value::Rep(_) => Err(arguments
            .wrong(name, Code::Argument, format!("{} needs a representation by highest weights", arguments.row().name))
            .hint("irrep(\"SU(3)\", [1, 0]) is one; vector(G) and what is made from it are real representations of matrices")),
        other => Err(arguments.wrong(name, Code::Kind, format!("expected a representation, not {}", other.kind()))),
    }
}

/// An irreducible representation with its highest weight.
pub(crate) fn irreducible<'a>(
    context: &Context<'_>,
    arguments: &'a Arguments,
    name: &str,
) -> Result<(&'a Module, Weight), Diagnostic> {
    let module = module(arguments, name)?;
    if let Some(weight) = module.highest_weight() {
        return Ok((module, weight.clone()));
    }
    match module.decomposition(context.limits)?.highest_weight() {
        Some(weight) => Ok((module, weight.clone())),
        None => Err(arguments
            .wrong(name, Code::Argument, format!("{} needs an irreducible representation", arguments.row().name))
            .hint("decompose(R) shows the irreducibles of R")),
    }
}

/// A list of whole numbers.
pub(crate) fn integers(arguments: &Arguments, name: &str) -> Result<Vec<i64>, Diagnostic> {
    let read = |value: &Value| {
        value.to_i64().ok_or_else(|| {
            let number = matches!(value, Value::Number(x) if x.is_real() && x.re.is_integer());
            let message = match number {
                true => format!("`{name}` has whole numbers up to 2^63, not {}", brief(&value.line())),
                false => format!("`{name}` is a list of whole numbers, not of {}", brief(&value.line())),
            };
            arguments.wrong(name, Code::Argument, message)
        })
    };
    arguments.items(name)?.iter().map(read).collect()
}

/// The numbering given as `order`, else that of the session.
pub(crate) fn numbering(context: &Context<'_>, arguments: &Arguments) -> Result<Numbering, Diagnostic> {
    match arguments.get("order") {
        None => Ok(context.numbering),
        Some(_) => named_numbering(arguments, "order"),
    }
}

/// An argument that names a numbering.
fn named_numbering(arguments: &Arguments, name: &str) -> Result<Numbering, Diagnostic> {
    let text = arguments.text(name)?;
    text.parse().map_err(|()| {
        let names = NUMBERINGS.iter().map(|n| n.0);
        let error = arguments.wrong(name, Code::Argument, format!("there is no numbering called \"{text}\""));
        match nearest(&text.to_ascii_lowercase(), names.clone()) {
            Some(near) => error.label(format!("did you mean \"{near}\"?")),
            None => error.hint(format!("numberings: {}", names.collect::<Vec<_>>().join(", "))),
        }
    })
}

/// Reads an argument as a reductive algebra over C.
pub(crate) fn reductive_type(
    context: &Context<'_>,
    arguments: &Arguments,
    name: &str,
) -> Result<ReductiveType, Diagnostic> {
    let at = |error: WeightError| Diagnostic::from(error).at(arguments.span(name));
    match arguments.value(name)? {
        Value::Text(text) => text.parse().map_err(at),
        Value::Type(t) => Ok(ReductiveType::from(t.as_ref())),
        Value::Group(group) => {
            if let Some(text) = classical(group.name()) {
                return text.parse().map_err(at);
            }
            identified(context, arguments, name)
        }
        _ => identified(context, arguments, name),
    }
}

/// The complexification of a classical group by its name, so that labels refer to the numbering of its family:
/// `SO(4,2)` is `SO(6)`, compact `Sp(2)` is `Sp(4)`.
fn classical(name: &str) -> Option<String> {
    let (letters, rest) = name.split_once('(')?;
    let arguments: Vec<&str> = rest.strip_suffix(')')?.split(',').map(str::trim).collect();
    let numbers: Option<Vec<u32>> = arguments.iter().map(|x| x.parse().ok()).collect();
    let total: Option<u32> = numbers.map(|n| n.iter().sum());
    match (letters, arguments.as_slice(), total) {
        ("SO" | "SU" | "U" | "SL" | "GL", _, Some(n)) => Some(format!("{letters}({n})")),
        ("SL" | "GL" | "Sp", [n, "R"], _) => Some(format!("{letters}({n})")),
        ("Sp", _, Some(n)) => Some(format!("Sp({})", 2 * n)),
        _ => None,
    }
}

/// The type of a reductive real algebra over C.
fn identified(context: &Context<'_>, arguments: &Arguments, name: &str) -> Result<ReductiveType, Diagnostic> {
    let g = crate::builtins::algebras::structure::algebra_of(context, arguments, name)?;
    let found = lie::identify(&g, context.limits)?;
    if !found.is_reductive() {
        return Err(arguments
            .wrong(name, Code::Argument, "this Lie algebra is not reductive")
            .hint("highest weights belong to reductive algebras: levi(g) is one"));
    }
    Ok(ReductiveType::new(found.levi_cartan_type().summands().to_vec(), found.center_dim))
}

fn irrep(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let group = reductive_type(context, arguments, "G")?;
    let at = |error: WeightError| Diagnostic::from(error).at(arguments.span("weight"));
    let weight = match arguments.value("weight")? {
        Value::Text(name) => Namer::new().find(&group, name, context.limits).map_err(at)?,
        Value::Number(number) => Namer::new().find(&group, &number.to_string(), context.limits).map_err(at)?,
        _ => numbering(context, arguments)?.to_bourbaki(&group, &integers(arguments, "weight")?),
    };
    value(context, Module::irreducible(&group, &weight, context.limits).map_err(at)?)
}

fn irreps(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let group = reductive_type(context, arguments, "G")?;
    let Some(simple) = group.simple() else {
        return Err(arguments.wrong("G", Code::Argument, format!("irreps needs a simple algebra, not {group}")));
    };
    let bound = arguments.integer("bound", 0, i64::MAX)?.unsigned_abs();
    let found = weights::irreducibles_up_to(simple, bound, MOST_LISTED, context.limits)
        .map_err(|e| Diagnostic::from(e).at(arguments.span("bound")))?;
    let mut out = Vec::with_capacity(found.len());
    for (_, weight) in found {
        out.push(value(context, Module::irreducible(&group, &weight, context.limits)?)?);
    }
    Ok(Value::list(out))
}

/// The irreducibles of a decomposition in the contract's order: by dimension, then weight.
fn sorted(decomposition: &Decomposition, limits: &Limits) -> Result<Vec<(BigInt, Weight, BigInt)>, WeightError> {
    let mut out = Vec::with_capacity(decomposition.terms().len());
    for (weight, times) in decomposition.terms() {
        let dim = BigInt::from(dimension(decomposition.group(), weight, limits)?);
        out.push((dim, weight.clone(), times.clone()));
    }
    out.sort();
    Ok(out)
}

/// The record of a decomposition: `27 ⊗ 27 = 27b + 351b + 351'b`, and the contract's JSON. Other functions that end in a
/// decomposition (branching, say) show theirs by this one; `left` is what stands before the equals sign.
pub(crate) fn decomposition_record(
    decomposition: &Decomposition,
    left: Option<Markup>,
    limits: &Limits,
) -> Result<Value, Diagnostic> {
    let group = decomposition.group();
    let mut namer = Namer::new();
    namer.prepare(group, decomposition.terms().keys(), limits)?;
    let mut named: Vec<(Name, BigInt, Weight, BigInt)> = Vec::new();
    for (dim, weight, times) in sorted(decomposition, limits)? {
        limits.check()?;
        named.push((namer.name(group, &weight, limits)?, dim, weight, times));
    }
    let terms: Vec<Json> = named
        .iter()
        .map(|(name, dim, weight, times)| {
            json!({"weight": weight, "name": name.plain, "dim": count_json(dim), "multiplicity": count_json(times)})
        })
        .collect();
    let mut keys = Map::new();
    keys.insert("group".into(), json!(group.to_string()));
    keys.insert("terms".into(), Json::Array(terms));
    // People read 10 + 10b, the unbarred one first.
    named.sort_by(|a, b| (&a.1, a.0.plain.len(), &a.0.plain).cmp(&(&b.1, b.0.plain.len(), &b.0.plain)));
    let mut right = Markup::empty();
    for (place, (name, _, _, times)) in named.iter().take(SHOWN).enumerate() {
        let negative = times.sign() == num_bigint::Sign::Minus;
        right = right
            + match (place, negative) {
                (0, false) => Markup::empty(),
                (0, true) => Markup::symbol("-", "\\ominus "),
                (_, false) => Markup::symbol(" + ", " \\oplus "),
                (_, true) => Markup::symbol(" - ", " \\ominus "),
            };
        let count = times.magnitude();
        right = right
            + match count.to_string().as_str() {
                "1" if place == 0 && negative => {
                    Markup::symbol(format!("({})", name.plain), format!("\\left({}\\right)", name.latex))
                }
                "1" => Markup::symbol(name.plain.clone(), name.latex.clone()),
                count => Markup::symbol(format!("{count}({})", name.plain), format!("{count}({})", name.latex)),
            };
    }
    if named.is_empty() {
        right = Markup::symbol("0", "0");
    }
    if named.len() > SHOWN {
        right = right
            + Markup::symbol(" + …", " \\oplus \\cdots")
            + Markup::dim(format!("   ({} irreducibles)", named.len()));
    }
    let plain = |markup: &Markup| crate::show::plain::render(markup, crate::show::Look::Unicode);
    let whole = match left {
        // An irreducible representation is its own decomposition.
        Some(left) if plain(&left) == plain(&right) => right,
        Some(left) => left + Markup::symbol(" = ", " = ") + right,
        None => right,
    };
    Ok(Value::record_with_markup("decomposition", keys, whole))
}

/// `decompose(R)`.
pub(crate) fn decompose(context: &Context<'_>, it: &WrittenModule) -> Result<Value, Diagnostic> {
    let left = it.written.as_ref().map(|w| Markup::symbol(w.plain.clone(), w.latex.clone()));
    decomposition_record(it.module.decomposition(context.limits)?, left, context.limits)
}
