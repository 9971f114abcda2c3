//! Taking a Lie algebra apart: direct sums, the centroid, outer derivations, and yes-or-no questions.

use std::sync::Arc;

use serde_json::{Map, json};

use crate::builtins::algebras::over_quadratic::quadratic_algebra;
use crate::builtins::algebras::structure::{ALGEBRA_LIKE, algebra_of, series, subspace_of, whole_part};
use crate::builtins::finite::groups::{group_argument, is_finite_group};
use crate::builtins::{Arguments, Builtin, Context, Example, Param, finite, optional, required};
use crate::diag::Diagnostic;
use crate::exact::Subspace;
use crate::exact::polynomial::Polynomial;
use crate::finite::{FiniteError, PermutationGroup};
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::lie::{self, Algebra, DirectSum, Summand, structure};
use crate::limits::{Limits, Stop};

const TOPIC: &str = "structure";
const G: Param = required("g", ALGEBRA_LIKE);

/// The same question about a finite group.
type GroupQuestion = fn(&PermutationGroup, &Limits) -> Result<bool, FiniteError>;

/// A question about an algebra that is answered by true or false; some are asked of finite groups too.
macro_rules! question {
    ($name:literal, $summary:literal, $code:literal, $output:literal, $answer:expr) => {
        question!($name, $summary, $code, $output, $answer, None)
    };
    ($name:literal, $summary:literal, $code:literal, $output:literal, $answer:expr, $of_group:expr) => {
        Builtin {
            name: $name,
            aliases: &[],
            topic: TOPIC,
            params: &[G],
            returns: Kinds::BOOLEAN,
            summary: $summary,
            help: "",
            examples: &[Example { code: $code, output: $output }],
            run: |context, arguments| {
                let answer: fn(&Algebra, &Limits) -> Result<bool, Stop> = $answer;
                let of_group: Option<GroupQuestion> = $of_group;
                if let (Some(of_group), true) = (of_group, is_finite_group(arguments.value("g")?)) {
                    let group = group_argument(context, arguments, "g")?;
                    return of_group(&group, context.limits)
                        .map(Value::Boolean)
                        .map_err(|e| Diagnostic::from(e).at(arguments.span("g")));
                }
                // What is asked here is the same over Q and over Q(√d).
                let answered = match quadratic_algebra(arguments.value("g")?) {
                    Some(g) => answer(g.restricted(), context.limits)?,
                    None => answer(&*algebra_of(context, arguments, "g")?, context.limits)?,
                };
                Ok(Value::Boolean(answered))
            },
        }
    };
}

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "decompose",
        aliases: &[],
        topic: TOPIC,
        params: &[required("g", ALGEBRA_LIKE.or(Kinds::REP)), optional("matrices", Kinds::LIST, "none")],
        returns: Kinds::RECORD,
        summary: "irreducibles of a representation by highest weights, or indecomposable ideals of a Lie algebra",
        help: "Of a representation: its irreducibles over C with multiplicities, named as in irrep; the dimensions are checked to \
agree. A real representation made from matrices is extended to C first, see complexify; isotypic gives bases. Of a group that is not \
connected the irreducibles are called by their dimension, with letters where there are several: exactly by characters for groups of \
permutations, of the plane and over cyclotomic fields up to order 20000, where letters count the rows of characters(G) and `character` is the row; \
for other exact groups from the centre of the algebra of equivariant maps, where `identity_component` says what each becomes under the \
identity component. JSON: {\"kind\":\"decomposition\",\"group\",\"terms\":[{\"weight\",\"name\",\"dim\",\"multiplicity\"}]}, by dimension, then \
weight. decompose(g, matrices) takes floating-point matrices, one for each basis element of a semisimple algebra: weights \
are rounded, nothing is proved, `residual` (of each bracket relative to the sizes of its own terms, and of unit eigenvectors) and \
`gap` say how far off the numbers are; exact matrices make a representation(g, \
matrices). Of an algebra: a direct sum of ideals over Q, and what becomes of them over R and C. Any Lie algebra is the sum of an abelian one and of indecomposable ideals, unique up to isomorphism (Krull, \
Remak, Schmidt). Of each ideal the centroid modulo its radical is a number field; its real and complex places are the \
summands over R, its degree their number over C. Attributes: dim, abelian_dim, summands, rational_summands, real_summands, complex_summands. \
summands(g) gives the ideals as algebras.",
        examples: &[
            Example {
                code: "rep V = irrep(\"E6\", \"27\")\ndecompose(V * V)", output: "27 ⊗ 27 = 27b + 351b + 351'b"
            },
            Example { code: "rep V = vector(SO(3))\ndecompose(V * V)", output: "V⊗V = 1 + 3 + 5" },
            Example { code: "decompose(vector(S(4))^2)", output: "V⊗V = 2(1a) + 2 + 3(3a) + 3b" },
            Example { code: "rep V = vector(O(3))\ndecompose(V + V*V)", output: "V ⊕ V⊗V = 1 + 3a + 3b + 5" },
            Example { code: "decompose(Sym(irrep(\"G2\", \"7\"), 3))", output: "Sym³(7) = 7 + 77" },
            Example {
                code: "decompose(galilei(3) + sl(2) + abelian(2))",
                output: "direct sum of 4 indecomposable ideals over Q, 4 over R, 4 over C\n  ideal of dimension 10\n  ideal \
of dimension 3\n  abelian summand of dimension 2\n  proved over Q",
            },
            Example {
                code: "decompose(weil_restriction(heisenberg(1), sqrt(2))).summands[1].field",
                output: "t^2 - 2",
            },
        ],
        run: decompose,
    },
    Builtin {
        name: "summands",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::LIST,
        summary: "indecomposable ideals over Q whose direct sum is the algebra; an abelian summand comes last",
        help: "The abelian summand, as large as possible, is given as one algebra. decompose(g) says more about the ideals.",
        examples: &[Example {
            code: "[identify(h).real_form for h in summands(so(4) + G2)]",
            output: "[\"G2(2)\", \"su(2)\", \"su(2)\"]",
        }],
        run: summands,
    },
    Builtin {
        name: "centroid",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::LIST,
        summary: "basis of the centroid: the linear maps S with S[x, y] = [Sx, y] = [x, Sy]",
        help: "Matrices in the basis of g; column j holds the coordinates of S e_j. len(centroid(g)) is the dimension: one \
for a simple algebra that stays simple over C. Maps of g/[g, g] into the centre come last.",
        examples: &[
            Example { code: "len(centroid(sl(2,C)))", output: "2" },
            Example { code: "centroid(so(3))", output: "⎡ 1  0  0 ⎤\n⎢ 0  1  0 ⎥\n⎣ 0  0  1 ⎦" },
        ],
        run: |context, arguments| {
            let g = algebra_of(context, arguments, "g")?;
            let basis = lie::centroid(g.constants(), context.limits)?;
            Ok(Value::list(basis.iter().map(Value::rational_matrix)))
        },
    },
    Builtin {
        name: "upper_central_series",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::LIST,
        summary: "the centre, the elements central modulo it, … until it stops",
        help: "Z_1 is the centre and Z_{i+1}/Z_i the centre of g/Z_i; it ends with g exactly when g is nilpotent. Empty when \
the centre is zero.",
        examples: &[Example { code: "[dim(h) for h in upper_central_series(nilpotent(4))]", output: "[1, 3, 6]" }],
        run: |context, arguments| {
            series(context, arguments, "upper central series", |constants, limits| {
                Ok(structure::upper_central_series(constants, limits)?.into_iter().skip(1).collect())
            })
        },
    },
    Builtin {
        name: "normalizer",
        aliases: &[],
        topic: TOPIC,
        params: &[G, required("elements", Kinds::LIST.or(Kinds::GROUP))],
        returns: Kinds::ALGEBRA.or(Kinds::GROUP),
        summary: "elements x with [x, h] in the span h of given ones, or elements of a group that normalise a subgroup",
        help: "A Cartan subalgebra is its own normalizer. In a finite group by backtracking along a stabiliser chain.",
        examples: &[
            Example { code: "algebra g = sl(2)\ndim(normalizer(g, [g[2]]))", output: "2" },
            Example { code: "order(normalizer(S(5), perm(5, \"(0 1 2 3 4)\")))", output: "20" },
        ],
        run: |context, arguments| {
            if is_finite_group(arguments.value("g")?) {
                return finite::elements::normalizer(context, arguments);
            }
            let g = algebra_of(context, arguments, "g")?;
            let of = Subspace::span(g.dim(), &subspace_of(&g, arguments, "elements")?, context.limits)?;
            let space = structure::normalizer(g.constants(), &of, context.limits)?;
            whole_part(context, &g, &space, "normalizer")
        },
    },
    Builtin {
        name: "outer_derivations",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::RECORD,
        summary: "dimensions of the derivations, the inner and the outer ones",
        help: "The outer derivations Der(g)/ad(g) are the cohomology H¹(g, g). All derivations of a semisimple algebra are \
inner (Humphreys §5.3). derivations(g) gives the algebra itself. Attributes: dim, inner_dim, outer_dim.",
        examples: &[
            Example {
                code: "outer_derivations(heisenberg(1))",
                output: "derivations of dimension 6, 2 inner: 4 outer",
            },
            Example { code: "outer_derivations(E6).outer_dim", output: "0" },
        ],
        run: outer_derivations,
    },
    question!(
        "is_abelian",
        "whether all brackets vanish, or all elements of a finite group commute",
        "is_abelian(heisenberg(1))",
        "false",
        |g, _| { Ok(g.constants().nonzeros() == 0) },
        Some(|g, limits| g.is_abelian(limits))
    ),
    question!(
        "is_nilpotent",
        "whether the lower central series ends in zero, or in the trivial group",
        "is_nilpotent(heisenberg(1))",
        "true",
        |g, limits| { structure::is_nilpotent(g.constants(), &Subspace::full(g.dim()), limits) },
        Some(|g, limits| g.is_nilpotent(limits))
    ),
    question!(
        "is_solvable",
        "whether the derived series ends in zero, or in the trivial group",
        "is_solvable(borel(3))",
        "true",
        |g, limits| {
            let series = structure::derived_series(g.constants(), limits)?;
            Ok(series.last().is_none_or(|last| last.dim() == 0))
        },
        Some(|g, limits| g.is_solvable(limits))
    ),
    question!(
        "is_perfect",
        "whether [g, g] = g, of algebras and finite groups",
        "is_perfect(poincare(3,1))",
        "true",
        |g, limits| {
            let full = Subspace::full(g.dim());
            Ok(lie::product_space(g.constants(), &full, &full, limits)?.dim() == g.dim())
        },
        Some(|g, limits| g.is_perfect(limits))
    ),
    question!("is_reductive", "whether the radical is the centre", "is_reductive(gl(3))", "true", |g, limits| {
        Ok(lie::radical_of(g, limits)?.dim() == structure::center(g.constants(), limits)?.dim())
    }),
    question!(
        "is_semisimple",
        "whether the radical is zero and the algebra is not",
        "is_semisimple(so(4))",
        "true",
        |g, limits| { Ok(g.dim() > 0 && lie::radical_of(g, limits)?.dim() == 0) }
    ),
    question!("is_unimodular", "whether tr ad x = 0 for all x", "is_unimodular(borel(2))", "false", |g, _| {
        Ok(structure::is_unimodular(g.constants()))
    }),
];

fn decompose(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    if arguments.get("matrices").is_some() {
        return crate::builtins::groups::given::decompose_floats(context, arguments);
    }
    match arguments.value("g")? {
        Value::Module(it) => return crate::builtins::weights::modules::decompose(context, it),
        Value::Rep(rep) => {
            return crate::builtins::groups::given::decompose(context, rep, &rep.name())
                .map_err(|e| e.at(arguments.span("g")));
        }
        _ => {}
    }
    let g = algebra_of(context, arguments, "g")?;
    let found = lie::decompose(g.constants(), context.limits)?;
    let mut keys = Map::new();
    keys.insert("dim".into(), json!(g.dim()));
    keys.insert("abelian_dim".into(), json!(found.abelian.dim()));
    let summands = found.summands.iter().map(|s| {
        json!({
            "dim": s.space.dim(),
            "field": s.field.to_string(),
            "degree": s.degree(),
            "real_places": s.real_places(),
            "complex_places": s.complex_places(),
        })
    });
    keys.insert("summands".into(), summands.collect());
    keys.insert("rational_summands".into(), json!(found.summands.len() + found.abelian.dim()));
    keys.insert("real_summands".into(), json!(found.real_summands()));
    keys.insert("complex_summands".into(), json!(found.complex_summands()));
    Ok(Value::record("direct_sum", keys, text(&found)))
}

fn text(found: &DirectSum) -> String {
    let count = found.summands.len() + found.abelian.dim();
    let mut lines = vec![match count {
        0 => "the zero algebra".to_string(),
        1 => format!(
            "indecomposable over Q, {} over R, {} over C",
            pieces(found.real_summands()),
            pieces(found.complex_summands())
        ),
        _ => format!(
            "direct sum of {count} indecomposable ideals over Q, {} over R, {} over C",
            found.real_summands(),
            found.complex_summands()
        ),
    }];
    lines.extend(found.summands.iter().map(|s| format!("  {}", line(s))));
    if found.abelian.dim() > 0 {
        lines.push(format!("  abelian summand of dimension {}", found.abelian.dim()));
    }
    if count > 0 {
        lines.push("  proved over Q".to_string());
    }
    lines.join("\n")
}

fn pieces(count: usize) -> String {
    if count == 1 { "indecomposable".to_string() } else { format!("a sum of {count}") }
}

fn line(summand: &Summand) -> String {
    let dim = format!("ideal of dimension {}", summand.space.dim());
    if summand.degree() == 1 {
        return dim;
    }
    let field: &Polynomial = &summand.field;
    format!(
        "{dim} over the field Q[t]/({field}): {} real and {} complex over R",
        summand.real_places(),
        summand.complex_places()
    )
}

fn summands(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let g = algebra_of(context, arguments, "g")?;
    let found = lie::decompose(g.constants(), context.limits)?;
    let ideals = found.summands.iter().map(|s| (&s.space, "indecomposable ideal"));
    let abelian = (found.abelian.dim() > 0).then_some((&found.abelian, "abelian summand"));
    let all: Result<Vec<Value>, Diagnostic> = ideals
        .chain(abelian)
        .map(|(space, what)| {
            // An indecomposable algebra is its own only summand.
            if space.dim() == g.dim() {
                Ok(Value::Algebra(Arc::clone(&g)))
            } else {
                whole_part(context, &g, space, what)
            }
        })
        .collect();
    Ok(Value::list(all?))
}

fn outer_derivations(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let g = algebra_of(context, arguments, "g")?;
    let (dim, inner) = lie::derivation_dimensions(&g, context.limits)?;
    let mut keys = Map::new();
    keys.insert("dim".into(), json!(dim));
    keys.insert("inner_dim".into(), json!(inner));
    keys.insert("outer_dim".into(), json!(dim - inner));
    let text = format!("derivations of dimension {dim}, {inner} inner: {} outer", dim - inner);
    Ok(Value::record("outer_derivations", keys, text))
}
