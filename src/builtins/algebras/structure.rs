//! What can be asked of a Lie algebra: brackets, Killing form, series, radical, Levi factor, ideals.

use std::sync::Arc;

use serde_json::{Map, json};

use crate::builtins::algebras::over_quadratic::{
    self, dimension, identification, needs_rationals, quadratic_algebra, real_matrix,
};
use crate::builtins::finite::groups::{as_value, group_argument, is_finite_group};
use crate::builtins::{Arguments, Builtin, Context, Example, Param, finite, required};
use crate::diag::{Code, Diagnostic};
use crate::equivariant;
use crate::exact::Subspace;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::lie::{
    self, Algebra, QuadraticAlgebra, killing_form, levi_factor, named, parts, semisimple, signature, structure,
};
use crate::limits::Limits;
use crate::num::Rational;
use crate::reps::Base;

const TOPIC: &str = "structure";
/// What is read as a Lie algebra: an algebra, a group, a Cartan type (its split form), or discovered symmetries.
pub(crate) const ALGEBRA_LIKE: Kinds = Kinds::ALGEBRA.or(Kinds::TYPE).or(Kinds::GROUP).or(Kinds::DISCOVERY);
const G: Param = required("g", ALGEBRA_LIKE);

type Run = fn(&mut Context<'_>, &Arguments) -> Result<Value, Diagnostic>;

const fn row(
    name: &'static str,
    params: &'static [Param],
    returns: Kinds,
    summary: &'static str,
    help: &'static str,
    examples: &'static [Example],
    run: Run,
) -> Builtin {
    Builtin { name, aliases: &[], topic: TOPIC, params, returns, summary, help, examples, run }
}

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    row(
        "dim",
        &[required("x", ALGEBRA_LIKE.or(Kinds::REP).or(Kinds::CONSTANTS).or(Kinds::FORM))],
        Kinds::NUMBER,
        "dimension of a Lie algebra, a Lie group, a representation, or of the space a form lives on",
        "Over the reals: dim(sl(2,C)) is 6, and so is dim(vector(SU(3))). Of a representation by highest weights (irrep) it is the \
dimension over C.",
        &[
            Example { code: "dim(su(3))", output: "8" },
            Example { code: "dim(E8)", output: "248" },
            Example { code: "rep V = vector(SO(3))\n(V^3).dim", output: "27" },
        ],
        dim,
    ),
    row(
        "rank",
        &[required("x", ALGEBRA_LIKE.or(Kinds::REP).or(Kinds::MATRIX_LIKE))],
        Kinds::NUMBER,
        "number of independent equivariant maps X -> Y; rank of a Lie algebra or of an exact matrix",
        "Of a representation: the dimension of its space of invariants, which for X -> Y are the equivariant linear maps; \
exact, and without a basis (`invariants` gives one). By highest weights it is the multiplicity of the trivial representation, \
over C by Schur's lemma. Of a connected reductive group of floats the count is by weights that must be within 1e-5 of integers; \
otherwise it is refused. Of a Lie algebra: the dimension of a Cartan subalgebra.",
        &[
            Example { code: "rep V = vector(SO(3))\nrank(V*V -> V*V)", output: "3" },
            Example { code: "rank(irrep(\"E6\", \"27\")^3)", output: "1" },
            Example { code: "rank(so(4,2))", output: "3" },
            Example { code: "rank([1, 2; 2, 4])", output: "1" },
        ],
        rank,
    ),
    row(
        "elements",
        &[G],
        Kinds::LIST,
        "the basis elements g[1], g[2], … as a list",
        "",
        &[Example { code: "elements(sl(2))", output: "[H1, E12, E21]" }],
        |context, arguments| {
            let g = algebra_of(context, arguments, "g")?;
            let unit = |i: usize| (0..g.dim()).map(|j| Rational::from(i64::from(i == j))).collect::<Vec<_>>();
            Ok(Value::list((0..g.dim()).map(|i| Value::Element(g.clone(), Arc::new(unit(i))))))
        },
    ),
    row(
        "structure_constants",
        &[G],
        Kinds::CONSTANTS,
        "the brackets of the basis",
        "Saved as JSON they are a table that `load` reads.",
        &[Example { code: "structure_constants(heisenberg(1))", output: "[P1, Q1] = Z" }],
        |context, arguments| Ok(Value::Constants(algebra_of(context, arguments, "g")?)),
    ),
    row(
        "restricted",
        &[G],
        Kinds::ALGEBRA,
        "an algebra over Q(√d) as one over Q, of twice the dimension; one over Q as it is",
        "The basis x_1, √d x_1, x_2, √d x_2, … of an algebra x_1, x_2, … over Q(√d), such as that of discovered symmetries. Over R it \
is the sum of the algebras at both places of the field, √d > 0 and √d < 0; identify and others look at the first.",
        &[Example {
            code: "oracle f(x[3]) = x1^2 + x2^2 + sqrt(2)*x3^2\nalgebra g = discover(f)\n\
[identify(g).real_form, identify(g.restricted).real_form]",
            output: "[\"su(2)\", \"su(2)+sl(2,R)\"]",
        }],
        |context, arguments| match quadratic_algebra(arguments.value("g")?) {
            Some(g) => Ok(Value::Algebra(g.restricted().clone())),
            None => algebra_of(context, arguments, "g").map(Value::Algebra),
        },
    ),
    row(
        "bracket",
        &[required("x", Kinds::ELEMENT.or(Kinds::MATRIX_LIKE)), required("y", Kinds::ELEMENT.or(Kinds::MATRIX_LIKE))],
        Kinds::ELEMENT.or(Kinds::MATRIX),
        "bracket of two elements, or commutator of two matrices",
        "g[1], g[2], … are the basis elements of an algebra g.",
        &[Example { code: "algebra g = sl(2)\nbracket(g[1], g[2])", output: "2 E12" }],
        bracket,
    ),
    row(
        "ad",
        &[required("x", Kinds::ELEMENT)],
        Kinds::MATRIX,
        "matrix of y ↦ [x, y] in the basis",
        "Column j holds the coordinates of [x, e_j].",
        &[Example {
            code: "algebra h = heisenberg(1)\nad(h[1])", output: "⎡ 0  0  0 ⎤\n⎢ 0  0  0 ⎥\n⎣ 0  1  0 ⎦"
        }],
        |_, arguments| match arguments.value("x")? {
            Value::Element(g, x) => Ok(Value::rational_matrix(&g.constants().ad(x))),
            _ => Err(arguments.wrong("x", Code::Kind, "`ad` takes an element of an algebra, such as g[1]")),
        },
    ),
    row(
        "killing_form",
        &[G],
        Kinds::MATRIX,
        "matrix of the Killing form tr(ad x ad y)",
        "",
        &[Example {
            code: "killing_form(so(3))", output: "⎡ -2   0   0 ⎤\n⎢  0  -2   0 ⎥\n⎣  0   0  -2 ⎦"
        }],
        |context, arguments| {
            if let Some(g) = quadratic_algebra(arguments.value("g")?) {
                let form = real_matrix(&g.killing_form(context.limits)?, g.radicand());
                return form.ok_or_else(|| needs_rationals(g).at(arguments.span("g")));
            }
            let g = algebra_of(context, arguments, "g")?;
            Ok(Value::rational_matrix(&killing_form(g.constants(), context.limits)?))
        },
    ),
    row(
        "killing",
        &[G],
        Kinds::RECORD,
        "rank and signature of the Killing form",
        "The signature [positive, negative, zero] is exact. The matrix itself is killing_form(g).",
        &[Example { code: "killing(sl(2))", output: "Killing form: rank 3, signature (2, 1, 0)" }],
        killing,
    ),
    row(
        "center",
        &[G],
        Kinds::ALGEBRA.or(Kinds::GROUP),
        "centre",
        "Elements that commute with all others; of a finite group the group of such elements.",
        &[Example { code: "dim(center(gl(3)))", output: "1" }, Example { code: "order(center(Q8))", output: "2" }],
        |context, arguments| {
            if is_finite_group(arguments.value("g")?) {
                let found = group_argument(context, arguments, "g")?.center(context.limits);
                return as_value(found.map_err(|e| Diagnostic::from(e).at(arguments.span("g")))?);
            }
            part(context, arguments, "centre", |g, limits| structure::center(g.constants(), limits))
        },
    ),
    row(
        "derived_algebra",
        &[G],
        Kinds::ALGEBRA,
        "derived algebra [g, g]",
        "",
        &[Example { code: "dim(derived_algebra(gl(3)))", output: "8" }],
        |context, arguments| {
            part(context, arguments, "derived algebra", |g, limits| {
                let full = Subspace::full(g.dim());
                lie::product_space(g.constants(), &full, &full, limits)
            })
        },
    ),
    row(
        "derived_series",
        &[G],
        Kinds::LIST,
        "g, [g,g], [[g,g],[g,g]], … until it stops",
        "Of a finite group by its commutators.",
        &[
            Example { code: "[dim(h) for h in derived_series(borel(3))]", output: "[6, 3, 1, 0]" },
            Example { code: "[order(h) for h in derived_series(S(4))]", output: "[24, 12, 4, 1]" },
        ],
        |context, arguments| {
            if is_finite_group(arguments.value("g")?) {
                let found = group_argument(context, arguments, "g")?.derived_series(context.limits);
                return finite::elements::groups(found.map_err(|e| Diagnostic::from(e).at(arguments.span("g")))?);
            }
            series(context, arguments, "derived series", structure::derived_series)
        },
    ),
    row(
        "lower_central_series",
        &[G],
        Kinds::LIST,
        "g, [g,g], [g,[g,g]], … until it stops",
        "Of a finite group by its commutators.",
        &[
            Example { code: "[dim(h) for h in lower_central_series(borel(3))]", output: "[6, 3]" },
            Example { code: "[order(h) for h in lower_central_series(D(8))]", output: "[16, 4, 2, 1]" },
        ],
        |context, arguments| {
            if is_finite_group(arguments.value("g")?) {
                let found = group_argument(context, arguments, "g")?.lower_central_series(context.limits);
                return finite::elements::groups(found.map_err(|e| Diagnostic::from(e).at(arguments.span("g")))?);
            }
            series(context, arguments, "lower central series", structure::lower_central_series)
        },
    ),
    row(
        "radical",
        &[G],
        Kinds::ALGEBRA,
        "radical: the largest solvable ideal",
        "The orthogonal complement of [g, g] for the Killing form (Bourbaki, Lie I §5).",
        &[Example { code: "dim(radical(poincare(3,1)))", output: "4" }],
        |context, arguments| part(context, arguments, "radical", lie::radical_of),
    ),
    row(
        "nilradical",
        &[G],
        Kinds::ALGEBRA,
        "nilradical: the largest nilpotent ideal",
        "",
        &[Example { code: "dim(nilradical(borel(3)))", output: "4" }],
        |context, arguments| part(context, arguments, "nilradical", lie::nilradical_of),
    ),
    row(
        "levi",
        &[G],
        Kinds::ALGEBRA,
        "a Levi factor: a semisimple subalgebra complementary to the radical",
        "An explicit complement, lifted along the derived series of the radical (de Graaf §4.13).",
        &[Example { code: "identify(levi(galilei(3))).real_form", output: "su(2)" }],
        levi,
    ),
    row(
        "ideals",
        &[G],
        Kinds::LIST,
        "simple ideals over Q of a semisimple algebra, or of a Levi factor",
        "Each ideal is simple over Q; over R it may still split, or be complex (see identify).",
        &[Example { code: "[dim(h) for h in ideals(so(4))]", output: "[3, 3]" }],
        ideals,
    ),
    row(
        "cartan_subalgebra",
        &[G],
        Kinds::ALGEBRA,
        "a Cartan subalgebra",
        "Nilpotent and its own normaliser; its dimension is the rank. It need not be split.",
        &[Example { code: "dim(cartan_subalgebra(su(3)))", output: "2" }],
        |context, arguments| {
            part(context, arguments, "Cartan subalgebra", |g, limits| {
                structure::cartan_subalgebra(g.constants(), limits)
            })
        },
    ),
    row(
        "centralizer",
        &[G, required("elements", Kinds::LIST.or(Kinds::ALGEBRA).or(Kinds::PERMUTATION).or(Kinds::GROUP))],
        Kinds::ALGEBRA.or(Kinds::GROUP),
        "elements that commute with all the given ones",
        "In a finite group of a permutation, a list of them, or a group; by backtracking along a stabiliser chain.",
        &[
            Example { code: "algebra g = so(3)\ndim(centralizer(g, [g[1]]))", output: "1" },
            Example { code: "order(centralizer(S(6), permutation(6, \"(0 1 2)\")))", output: "18" },
        ],
        |context, arguments| {
            if is_finite_group(arguments.value("g")?) {
                return finite::elements::centralizer(context, arguments);
            }
            let g = algebra_of(context, arguments, "g")?;
            let vectors = subspace_of(&g, arguments, "elements")?;
            let of = Subspace::span(g.dim(), &vectors, context.limits)?;
            let space = structure::centralizer(g.constants(), &of, context.limits)?;
            whole_part(context, &g, &space, "centralizer")
        },
    ),
    row(
        "matrices",
        &[required("g", ALGEBRA_LIKE.or(Kinds::REP).or(Kinds::RECORD))],
        Kinds::LIST,
        "matrices of the basis of an algebra, when it has some, or their action in a representation",
        "For a representation of a group or an algebra one matrix for each basis element of the algebra, real and exact. For an \
irreducible representation by highest weight the Chevalley generators e_1 … e_r, f_1 … f_r, h_1 … h_r, then the torus, in a \
basis of weight vectors with the highest first (basis_weights): all entries are integers; explicit(R) has the other root \
vectors, sparse_matrices(R) thousands of dimensions.",
        &[
            Example { code: "len(matrices(su(2)))", output: "3" },
            Example {
                code: "matrices(Sym(vector(SL(2,R)), 2))[1]",
                output: "⎡ 2  0   0 ⎤\n⎢ 0  0   0 ⎥\n⎣ 0  0  -2 ⎦",
            },
            Example {
                code: "matrices(irrep(\"A1\", [2]))",
                output: "⎡ 0  2  0 ⎤\n⎢ 0  0  1 ⎥\n⎣ 0  0  0 ⎦\n⎡ 0  0  0 ⎤\n⎢ 1  0  0 ⎥\n⎣ 0  2  0 ⎦\n⎡ 2  0   0 ⎤\n⎢ 0  0   0 ⎥\n⎣ 0  0  -2 ⎦",
            },
        ],
        matrices,
    ),
];

/// Reads an argument as a Lie algebra.
pub(crate) fn algebra_of(context: &Context<'_>, arguments: &Arguments, name: &str) -> Result<Arc<Algebra>, Diagnostic> {
    to_algebra(context.limits, arguments.value(name)?).map_err(|e| e.at(arguments.span(name)))
}

/// Reads a value as a Lie algebra.
pub fn to_algebra(limits: &Limits, value: &Value) -> Result<Arc<Algebra>, Diagnostic> {
    if let Some(algebra) = quadratic_algebra(value) {
        return Err(needs_rationals(algebra));
    }
    match value {
        Value::Algebra(algebra) => Ok(algebra.clone()),
        Value::Type(t) => Ok(Arc::new(named::split(t, limits)?)),
        Value::Group(group) if !group.base().has_exact_algebra() => {
            Err(Diagnostic::new(Code::Unsupported, no_exact_algebra(group.base())))
        }
        Value::Group(group) => Ok(group.algebra().clone()),
        Value::Discovery(it) => crate::builtins::discovery::discover::algebra(it),
        Value::Training(it) => it.algebra.clone().ok_or_else(|| {
            Diagnostic::new(Code::Unsupported, "the trained generators are floats that stand for no rational algebra")
        }),
        other => Err(Diagnostic::new(Code::Kind, format!("expected a Lie algebra, not {}", other.kind()))),
    }
}

/// Why the Lie algebra of a group is not known.
pub(crate) fn no_exact_algebra(base: &Base) -> &'static str {
    match base.field() {
        Some(it) if it.closed.is_some() => "of a group over a field Q(√d) there are the tensors of vector(G)",
        Some(_) => "the closure of an algebra beside irrational generators is not known",
        None => "a group with float generators has no exact Lie algebra",
    }
}

/// Reads elements of `g`, coordinate lists, or a subalgebra made from `g`'s matrices as coordinate vectors.
pub(crate) fn subspace_of(
    g: &Arc<Algebra>,
    arguments: &Arguments,
    name: &str,
) -> Result<Vec<Vec<Rational>>, Diagnostic> {
    let wrong = |message: &str| arguments.wrong(name, Code::Argument, message);
    let items = match arguments.value(name)? {
        Value::Algebra(_) => {
            return Err(wrong("give elements of the algebra, such as [g[1], g[2]], or lists of coordinates")
                .hint("`elements(h)` lists the basis of a subalgebra h of g"));
        }
        _ => arguments.items(name)?,
    };
    let mut out = Vec::new();
    for item in items {
        match &item {
            Value::Element(of, coordinates) if Arc::ptr_eq(of, g) || of.constants() == g.constants() => {
                out.push(coordinates.as_ref().clone());
            }
            Value::Element(..) => return Err(wrong("an element of another algebra")),
            other => {
                let numbers = other.to_numbers().filter(|n| n.iter().all(crate::num::Gaussian::is_real));
                let numbers = numbers.ok_or_else(|| wrong("expected elements or lists of rational coordinates"))?;
                if numbers.len() != g.dim() {
                    let message = format!("expected {} coordinates, found {}", g.dim(), numbers.len());
                    return Err(arguments.wrong(name, Code::Shape, message));
                }
                out.push(numbers.into_iter().map(|x| x.re).collect());
            }
        }
    }
    Ok(out)
}

pub(crate) fn whole_part(
    context: &Context<'_>,
    g: &Algebra,
    space: &Subspace,
    what: &str,
) -> Result<Value, Diagnostic> {
    let origin = format!("{what} of {}", g.origin());
    Ok(Value::algebra(parts::subalgebra(g, space, &origin, context.limits)?))
}

fn part(
    context: &mut Context<'_>,
    arguments: &Arguments,
    what: &str,
    find: impl Fn(&Algebra, &crate::limits::Limits) -> Result<Subspace, crate::limits::Stop>,
) -> Result<Value, Diagnostic> {
    if let Some(g) = quadratic_algebra(arguments.value("g")?) {
        let space = find(g.restricted(), context.limits)?;
        return over_quadratic::part(context, g, &space, what).map_err(|e| e.at(arguments.span("g")));
    }
    let g = algebra_of(context, arguments, "g")?;
    let space = find(&g, context.limits)?;
    whole_part(context, &g, &space, what)
}

pub(crate) fn series(
    context: &mut Context<'_>,
    arguments: &Arguments,
    what: &str,
    find: fn(&lie::StructureConstants, &crate::limits::Limits) -> Result<Vec<Subspace>, crate::limits::Stop>,
) -> Result<Value, Diagnostic> {
    let what = format!("member of the {what}");
    let all: Result<Vec<Value>, Diagnostic> = if let Some(g) = quadratic_algebra(arguments.value("g")?) {
        let spaces = find(g.restricted().constants(), context.limits)?;
        spaces.iter().map(|space| over_quadratic::part(context, g, space, &what)).collect()
    } else {
        let g = algebra_of(context, arguments, "g")?;
        let spaces = find(g.constants(), context.limits)?;
        spaces.iter().map(|space| whole_part(context, &g, space, &what)).collect()
    };
    Ok(Value::list(all?))
}

fn dim(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    Ok(Value::count(match arguments.value("x")? {
        Value::Type(t) => t.dim(),
        Value::Constants(table) => table.dim(),
        Value::Rep(rep) => return Ok(Value::natural(rep.dim())),
        Value::Module(it) => return Ok(Value::big_integer(it.module.dim().clone())),
        Value::Form(form) => form.dimension(),
        Value::Polynomial(p) => p.vectors.first().map_or(0, Vec::len),
        _ => dimension(context, arguments, "x")?,
    }))
}

fn rank(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    match arguments.value("x")? {
        Value::Type(t) => Ok(Value::count(t.rank())),
        Value::Rep(rep) => Ok(Value::natural(&equivariant::rank(rep, context.limits)?)),
        Value::Module(it) => Ok(Value::big_integer(it.module.invariants(context.limits)?)),
        Value::Matrix(_) | Value::List(_) => {
            crate::lang::matrices::rank(&*arguments.matrix("x")?, context.limits).map(Value::count)
        }
        Value::FloatMatrix(_) => Err(arguments
            .wrong("x", Code::Unsupported, "the rank of a float matrix is not a number that can be proved")
            .hint("singular_values(m) shows the gap")),
        _ => Ok(Value::count(identification(context, arguments, "x")?.rank)),
    }
}

fn bracket(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    match (arguments.value("x")?, arguments.value("y")?) {
        (Value::Element(g, x), Value::Element(h, y)) => {
            if !Arc::ptr_eq(g, h) && g.constants() != h.constants() {
                return Err(arguments.wrong("y", Code::Argument, "the two elements belong to different algebras"));
            }
            Ok(Value::Element(g.clone(), Arc::new(g.constants().bracket(x, y))))
        }
        (Value::Element(..), _) | (_, Value::Element(..)) => {
            Err(arguments.wrong("y", Code::Kind, "a bracket is of two elements or of two matrices"))
        }
        _ => {
            let (x, y) = (arguments.matrix("x")?, arguments.matrix("y")?);
            crate::lang::matrices::commutator(&x, &y, context.limits)
                .map_err(|e| e.at(arguments.span("y")))
                .map(Value::matrix)
        }
    }
}

fn killing(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let (dim, s) = match quadratic_algebra(arguments.value("g")?) {
        Some(g) => (g.dim(), g.killing_signature(context.limits)?),
        None => {
            let g = algebra_of(context, arguments, "g")?;
            let form = killing_form(g.constants(), context.limits)?;
            (g.dim(), signature(&form, context.limits)?)
        }
    };
    let mut keys = Map::new();
    let rank = s.positive + s.negative;
    keys.insert("dim".into(), json!(dim));
    keys.insert("rank".into(), json!(rank));
    keys.insert("signature".into(), json!([s.positive, s.negative, s.zero]));
    let text = format!("Killing form: rank {rank}, signature ({}, {}, {})", s.positive, s.negative, s.zero);
    Ok(Value::record("killing", keys, text))
}

fn levi(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    if let Some(g) = quadratic_algebra(arguments.value("g")?) {
        let space = levi_space(g.restricted(), context)?;
        return over_quadratic::part(context, g, &space, "Levi factor").map_err(|e| e.at(arguments.span("g")));
    }
    let g = algebra_of(context, arguments, "g")?;
    let space = levi_space(&g, context)?;
    whole_part(context, &g, &space, "Levi factor")
}

fn levi_space(g: &Algebra, context: &Context<'_>) -> Result<Subspace, Diagnostic> {
    let radical = lie::radical_of(g, context.limits)?;
    Ok(levi_factor(g.constants(), &radical, context.limits)?)
}

fn ideals(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    if let Some(g) = quadratic_algebra(arguments.value("g")?) {
        return ideals_over_quadratic(context, g).map_err(|e| e.at(arguments.span("g")));
    }
    let g = algebra_of(context, arguments, "g")?;
    let space = levi_space(&g, context)?;
    let levi = if space.dim() == g.dim() {
        g.as_ref().clone()
    } else {
        parts::subalgebra(&g, &space, &format!("Levi factor of {}", g.origin()), context.limits)?
    };
    let killing = killing_form(levi.constants(), context.limits)?;
    let spaces = semisimple::analyze_with_ideals(levi.constants(), &killing, context.limits)?.1;
    let all: Result<Vec<Value>, Diagnostic> =
        spaces.iter().map(|space| whole_part(context, &levi, space, "simple ideal")).collect();
    Ok(Value::list(all?))
}

/// The simple ideals over Q(√d), which are those over Q with √d among their multipliers.
fn ideals_over_quadratic(context: &mut Context<'_>, g: &QuadraticAlgebra) -> Result<Value, Diagnostic> {
    let space = levi_space(g.restricted(), context)?;
    let levi = match space.dim() == g.restricted().dim() {
        true => g.clone(),
        false => {
            let origin = format!("Levi factor of {}", g.origin());
            let found = g.part(&space, &origin, context.limits)?;
            found.ok_or_else(|| over_quadratic::no_part(g, "Levi factor"))?
        }
    };
    let constants = levi.restricted().constants();
    let killing = killing_form(constants, context.limits)?;
    let spaces = semisimple::analyze_with_ideals(constants, &killing, context.limits)?.1;
    let all: Result<Vec<Value>, Diagnostic> =
        spaces.iter().map(|space| over_quadratic::part(context, &levi, space, "simple ideal")).collect();
    Ok(Value::list(all?))
}

fn matrices(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    if let Some(g) = quadratic_algebra(arguments.value("g")?)
        && let Some(all) = g.matrices()
    {
        let matrix = |parts| over_quadratic::matrix(parts, g.radicand(), g.is_complex());
        return Ok(Value::list(all.iter().map(matrix)));
    }
    match arguments.value("g")? {
        Value::Rep(rep) => return crate::builtins::groups::representations::matrices(context, rep),
        value @ Value::Module(_) => {
            return crate::builtins::groups::irreducible::generators(context, value, arguments.span("g"));
        }
        Value::Basis(it) => return crate::builtins::groups::equivariant::matrices(context, it),
        _ => {}
    }
    let g = algebra_of(context, arguments, "g")?;
    match g.realization() {
        Some(realization) => {
            Ok(Value::list(realization.basis.iter().map(|m| Value::matrix(lie::as_gaussian(m, realization.size)))))
        }
        None => Err(arguments
            .wrong("g", Code::Argument, "this algebra was not made from matrices")
            .hint("its adjoint representation has matrices: ad(g[1])")),
    }
}
