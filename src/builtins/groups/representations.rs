//! Representations: how they are made, and what is invariant in them.

use std::sync::Arc;

use crate::builtins::algebras::structure::{ALGEBRA_LIKE, algebra_of, no_exact_algebra};
use crate::builtins::groups::constructions::group;
use crate::builtins::groups::formula::by_formula;
use crate::builtins::groups::sums::{mixed, tensor};
use crate::builtins::weights::modules;
use crate::builtins::{Arguments, Builtin, Context, Example, Param, keyword, required, rest};
use crate::diag::{Code, Diagnostic};
use crate::exact::sparse::to_dense;
use crate::lang::kind::Kinds;
use crate::lang::print::{basis_name, combination};
use crate::lang::value::Value;
use crate::lie::{Algebra, MatrixSet};
use crate::num::{Gaussian, Rational};
use crate::reps::{self, Base, Rep, RepError};
use crate::weights::{Module, WeightError};

const TOPIC: &str = "representations";
const REP: Kinds = Kinds::REP;
const V: Param = required("V", REP);
const K: Param = required("k", Kinds::NUMBER);
const G: Param = required("G", ALGEBRA_LIKE);

/// Lists of matrices and vectors with more entries than this in all are refused.
const MAX_ENTRIES: usize = 1 << 25;

type Run = fn(&mut Context<'_>, &Arguments) -> Result<Value, Diagnostic>;

const fn row(
    name: &'static str,
    aliases: &'static [&'static str],
    params: &'static [Param],
    summary: &'static str,
    help: &'static str,
    examples: &'static [Example],
    run: Run,
) -> Builtin {
    Builtin { name, aliases, topic: TOPIC, params, returns: REP, summary, help, examples, run }
}

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    row(
        "vector",
        &[],
        &[G],
        "defining representation of a group or algebra of matrices",
        "Complex matrices act on C^n as the real space R^2n, real parts first. \
JSON of a representation: {\"kind\":\"rep\",\"name\",\"expression\",\"group\",\"dim\"}; a dim above 2^53 is a string.",
        &[
            Example { code: "vector(SO(3))", output: "V: representation of SO(3) of dimension 3" },
            Example { code: "rep V = vector(SU(2))\nrank(V -> V)", output: "4" },
        ],
        |context, a| {
            let made = Rep::vector(&base(context, a, "G")?).map_err(|e| Diagnostic::from(e).at(a.span("G")));
            made.map(Value::rep).map_err(|error| match a.get("G") {
                Some(Value::Type(t)) => error.hint(format!(
                    "group G = {t}, then vector(G), is the smallest representation of the compact group of an exceptional type"
                )),
                _ => error,
            })
        },
    ),
    row(
        "scalar",
        &["trivial"],
        &[G],
        "trivial representation on R",
        "",
        &[Example { code: "scalar(SO(3))", output: "1: representation of SO(3) of dimension 1" }],
        |context, a| Ok(Value::rep(Rep::scalar(&base(context, a, "G")?))),
    ),
    row(
        "adjoint",
        &[],
        &[G],
        "adjoint representation: x acts on the algebra by y ↦ [x, y]",
        "The conjugate transpose of a matrix is `dagger`.",
        &[
            Example { code: "adjoint(SU(3))", output: "ad: representation of SU(3) of dimension 8" },
            Example { code: "rank(Sym(adjoint(SO(4)), 2))", output: "2" },
        ],
        |context, a| {
            let base = base(context, a, "G")?;
            match base.has_exact_algebra() {
                true => Ok(Value::rep(Rep::adjoint(&base))),
                false => Err(a.wrong("G", Code::Unsupported, no_exact_algebra(&base))),
            }
        },
    ),
    row(
        "representation",
        &[],
        &[
            required("g", ALGEBRA_LIKE),
            required("matrices", Kinds::LIST.or(Kinds::MATRIX).or(Kinds::FUNCTION)),
            keyword("name", Kinds::TEXT, "\"W\""),
        ],
        "representation in which generators of a group or the basis of an algebra act by given matrices",
        "One matrix for each basis element g[1], g[2], … of the algebra, then one for each discrete generator, in the order of \
generators(G). That brackets become commutators is proved exactly, and that the matrices of discrete generators satisfy their relations: \
all of them for groups of permutations (along a chain of stabilizers) and for finite groups of at most 20000 matrices; otherwise \
that they move the algebra as the generators do, and the orders of generators and of products of two. Complex matrices act on R^2n. For a \
group that is not simply connected it may be two-valued: that is not checked. Instead of the list a function of a matrix of the group, \
polynomial in its entries: its derivatives at the identity are formed exactly.",
        &[
            Example {
                code: "algebra g = sl(2)\nrep W = representation(g, matrices(g))\nrank(W -> vector(g))",
                output: "1",
            },
            Example {
                code: "group G = S(3)\nrep W = representation(G, [[0, 1; 1, 0], [0, -1; 1, -1]])\nrank(vector(G) -> W)",
                output: "1",
            },
            Example {
                code: "group G = O(3)\nlet rho(g) = det(g)*g\nrep W = representation(G, rho)\n[rank(Alt(vector(G), 2) -> W), rank(vector(G) -> W)]",
                output: "[1, 0]",
            },
        ],
        representation,
    ),
    row(
        "dual",
        &[],
        &[V],
        "dual representation: x acts by the negative transpose",
        "Also of a representation by highest weights (irrep), like the other constructions below.",
        &[Example { code: "dual(vector(SL(3)))", output: "V*: representation of SL(3) of dimension 3" }],
        |context, a| either(context, a, |m| Ok(m.dual()), |v| v.dual()),
    ),
    row(
        "tensor",
        &[],
        &[rest("factors", REP.or(Kinds::NUMBER))],
        "tensor product over the reals; V * W and V ⊗ W mean the same, 3 * V is the sum of three copies",
        "The basis is e_i ⊗ f_j in lexicographic order: matrices are Kronecker products.",
        &[
            Example { code: "rep V = vector(SO(3))\nV ⊗ V", output: "V⊗V: representation of SO(3) of dimension 9" },
            Example { code: "rep V = vector(SO(3))\nrank(3*V -> 2*V)", output: "6" },
        ],
        tensor,
    ),
    row(
        "tensor_power",
        &[],
        &[V, K],
        "tensor power; V ^ k means the same",
        "",
        &[
            Example { code: "rep V = vector(SO(3))\nV^3", output: "V³: representation of SO(3) of dimension 27" },
            Example { code: "rep V = vector(SO(3))\n[rank(V^k) for k in 0..6]", output: "[1, 0, 1, 1, 3, 6, 15]" },
        ],
        |context, a| {
            let k = exponent(a)?;
            either(context, a, |m| m.power(k), |v| v.power(k))
        },
    ),
    row(
        "Sym",
        &["symmetric_power"],
        &[V, K],
        "symmetric power",
        "The basis is that of monomials of degree k in lexicographic order.",
        &[Example { code: "dim(Sym(vector(SO(3)), 2))", output: "6" }],
        |context, a| {
            let k = exponent(a)?;
            either(context, a, |m| m.symmetric_power(k), |v| v.symmetric_power(k))
        },
    ),
    row(
        "Alt",
        &["exterior_power"],
        &[V, K],
        "exterior power",
        "The basis is e_i ∧ e_j ∧ … with increasing indices, in lexicographic order.",
        &[Example { code: "rank(Alt(vector(SO(3)), 2) -> vector(SO(3)))", output: "1" }],
        |context, a| {
            let k = exponent(a)?;
            either(context, a, |m| m.exterior_power(k), |v| v.exterior_power(k))
        },
    ),
    row(
        "maps",
        &[],
        &[required("X", REP), required("Y", REP)],
        "linear maps from X to Y as a representation; X -> Y means the same",
        "Its invariants are the equivariant maps: rank(X -> Y) counts them, invariants(X -> Y) gives their matrices. In sums and maps of \
representations a number n stands for n copies of the trivial one.",
        &[
            Example {
                code: "rep V = vector(SO(3))\nV*V -> V",
                output: "V⊗V → V: representation of SO(3) of dimension 27",
            },
            Example { code: "rep V = vector(SO(3))\nrank(V*V + 2 -> 1)", output: "3" },
            Example { code: "irrep(A2, [1, 0]) -> 1", output: "3b ⊗ 1: representation of A2 of dimension 3" },
        ],
        |context, a| match (a.value("X")?, a.value("Y")?) {
            (Value::Module(x), Value::Module(y)) => modules::value(context, x.module.dual().tensor(&y.module)?),
            (Value::Module(_), _) | (_, Value::Module(_)) => Err(mixed().at(a.span("Y"))),
            _ => {
                let (x, y) = Rep::matched(rep(a, "X")?, rep(a, "Y")?, context.limits)?;
                done(Rep::hom(&x, &y))
            }
        },
    ),
    row(
        "pseudoscalar",
        &["sign_representation"],
        &[required("G", Kinds::GROUP)],
        "the determinant of the defining matrices as a representation on R",
        "Pseudoscalars of O(n), the sign of permutations; an infinitesimal element acts by its trace.",
        &[
            Example { code: "group G = O(3)\nrank(Alt(vector(G), 3) -> pseudoscalar(G))", output: "1" },
            Example { code: "group G = S(4)\nrank(Alt(vector(G), 4) -> pseudoscalar(G))", output: "1" },
        ],
        |context, a| done(Rep::determinant(group(a, "G")?.base(), context.limits)),
    ),
    row(
        "subrepresentation",
        &[],
        &[V, required("vectors", Kinds::LIST.or(Kinds::MATRIX))],
        "the action on the span of some vectors, which must be invariant",
        "In the reduced row echelon basis of the span. Vectors are lists of rational numbers, or the rows of a matrix, such as the bases \
that irreducible_parts gives.",
        &[
            Example {
                code: "group G = S(3)\nrep W = subrepresentation(vector(G), [[1, -1, 0], [0, 1, -1]])\nrank(W -> W)",
                output: "1",
            },
            Example {
                code: "rep V = vector(SO(5))\nlet parts = irreducible_parts(V * V)\nrep W = subrepresentation(V * V, parts[3].basis)\n[dim(W), rank(Sym(V, 2) -> W)]",
                output: "[14, 1]",
            },
        ],
        |context, a| done(rep(a, "V")?.subrepresentation(&vectors(a)?, context.limits)),
    ),
    row(
        "quotient_representation",
        &[],
        &[V, required("vectors", Kinds::LIST.or(Kinds::MATRIX))],
        "the action on the quotient by the span of some vectors, which must be invariant",
        "On the classes of the basis vectors that are no pivots of the span.",
        &[Example {
            code: "group G = S(3)\nrep W = quotient_representation(vector(G), [[1, 1, 1]])\nrank(W*W)",
            output: "1",
        }],
        |context, a| done(rep(a, "V")?.quotient(&vectors(a)?, context.limits)),
    ),
    row(
        "traceless",
        &[],
        &[V],
        "the quotient of a representation by its invariants",
        "Traceless symmetric tensors are traceless(Sym(V, 2)) for SO(n), the standard representation of S(n) is traceless(vector(S(n))).",
        &[Example { code: "rep W = traceless(Sym(vector(O(3)), 2))\ndim(W)\nrank(W -> W)", output: "5\n1" }],
        |context, a| {
            let whole = rep(a, "V")?;
            let found = reps::invariants(whole, context.limits)?;
            let vectors: Vec<_> = found.basis.iter().map(|v| to_dense(v, found.dim)).collect();
            done(whole.quotient(&vectors, context.limits))
        },
    ),
    row(
        "restrict",
        &[],
        &[V, required("H", Kinds::GROUP)],
        "a representation as one of a subgroup of matrices of the same size",
        "For groups of permutations and for connected H any representation, otherwise one made from vector(G). That the algebra of H \
lies in that of G is checked, and that its discrete generators belong to G where G consists of permutations, preserves a diagonal form, \
or is GL or SL.",
        &[
            Example { code: "rep V = vector(S(4))\nrep W = restrict(V^2, Z(4))\nrank(W)", output: "4" },
            Example { code: "rank(restrict(harmonics(SO(3), 2), embed(SO(2), 3)))", output: "1" },
        ],
        |context, a| {
            let made = rep(a, "V")?.restrict(&*group(a, "H")?, context.limits);
            made.map(Value::rep).map_err(|e| Diagnostic::from(e).at(a.span("H")))
        },
    ),
    row(
        "on_subsets",
        &[],
        &[required("G", Kinds::GROUP), K],
        "the representation of a group of permutations on the k-subsets of its points",
        "Edges of a graph are the 2-subsets of its nodes. Subsets are in lexicographic order.",
        &[Example { code: "rep E = on_subsets(S(6), 2)\nrank(E -> E)\nrank(vector(S(6)) -> E)", output: "3\n2" }],
        |context, a| {
            let k = a.count("k", 0, 1_000_000)?;
            let made = Rep::subsets(&*group(a, "G")?, k, context.limits);
            made.map(Value::rep).map_err(|e| Diagnostic::from(e).at(a.span("G")))
        },
    ),
    Builtin {
        name: "invariants",
        aliases: &[],
        topic: TOPIC,
        params: &[required("X", REP)],
        returns: Kinds::LIST,
        summary: "basis of the invariants of a representation; for X -> Y the matrices of the equivariant maps",
        help: "Exact, in reduced row echelon form. What the algebra annihilates and the discrete generators fix.",
        examples: &[
            Example { code: "rep V = vector(SO(2))\ninvariants(V*V)", output: "[[1, 0, 0, 1], [0, 1, -1, 0]]" },
            Example {
                code: "rep V = vector(SO(2))\ninvariants(V -> V)",
                output: "⎡ 1  0 ⎤\n⎣ 0  1 ⎦\n⎡  0  1 ⎤\n⎣ -1  0 ⎦",
            },
        ],
        run: invariants,
    },
    Builtin {
        name: "semidirect",
        aliases: &[],
        topic: TOPIC,
        params: &[required("g", ALGEBRA_LIKE), V],
        returns: Kinds::ALGEBRA,
        summary: "semidirect sum g ⋉ V of an algebra and the abelian algebra V on which it acts",
        help: "The basis of g comes first; V is a representation of g or of a group with this algebra.",
        examples: &[Example { code: "group G = SO(3)\nidentify(semidirect(G, vector(G))).radical_dim", output: "3" }],
        run: |context, a| {
            let g = algebra_of(context, a, "g")?;
            Ok(Value::algebra(reps::semidirect(&g, rep(a, "V")?, context.limits)?))
        },
    },
];

/// The vectors of the argument `vectors`: one, a list of them, or the rows of a matrix.
fn vectors(arguments: &Arguments) -> Result<Vec<Vec<Rational>>, Diagnostic> {
    let wrong =
        || arguments.wrong("vectors", Code::Kind, "expected vectors of rational numbers: lists, or rows of a matrix");
    let numbers = |item: Value| {
        let found = item.to_numbers().filter(|numbers| numbers.iter().all(Gaussian::is_real)).ok_or_else(wrong)?;
        Ok(found.into_iter().map(|x| x.re).collect())
    };
    let given = arguments.value("vectors")?;
    match given {
        Value::Matrix(m) => {
            m.iter_rows().map(|row| numbers(Value::list(row.iter().cloned().map(Value::Number)))).collect()
        }
        _ if given.to_numbers().is_some_and(|all| !all.is_empty()) => Ok(vec![numbers(given.clone())?]),
        _ => arguments.items("vectors")?.into_iter().map(numbers).collect(),
    }
}

fn done(rep: Result<Rep, RepError>) -> Result<Value, Diagnostic> {
    Ok(Value::rep(rep?))
}

pub(crate) fn rep<'a>(arguments: &'a Arguments, name: &str) -> Result<&'a Arc<Rep>, Diagnostic> {
    match arguments.value(name)? {
        Value::Rep(rep) => Ok(rep),
        Value::Module(_) => Err(arguments
            .wrong(name, Code::Unsupported, format!("{} needs a representation of a group of matrices", arguments.row().name))
            .hint("explicit(R) makes one of an irreducible R; by highest weights rank(X -> Y) counts, decompose(R) shows the irreducibles")),
        other => Err(arguments.wrong(name, Code::Kind, format!("expected a representation, not {}", other.kind()))),
    }
}

/// The same construction on a representation of matrices or on one by highest weights.
fn either(
    context: &Context<'_>,
    arguments: &Arguments,
    by_weights: impl FnOnce(&Module) -> Result<Module, WeightError>,
    of_matrices: impl FnOnce(&Arc<Rep>) -> Result<Rep, RepError>,
) -> Result<Value, Diagnostic> {
    match modules::given(arguments, "V") {
        Some(it) => modules::value(context, by_weights(&it.module)?),
        None => done(of_matrices(rep(arguments, "V")?)),
    }
}

fn exponent(arguments: &Arguments) -> Result<u32, Diagnostic> {
    arguments.integer("k", 0, i64::from(u32::MAX)).map(|k| k as u32)
}

/// What representations of this group or algebra refer to.
pub(crate) fn base(context: &Context<'_>, arguments: &Arguments, name: &str) -> Result<Base, Diagnostic> {
    if let Value::Group(group) = arguments.value(name)? {
        return Ok(group.base().clone());
    }
    let g = algebra_of(context, arguments, name)?;
    let called = match g.origin() {
        "" => format!("a Lie algebra of dimension {}", g.dim()),
        origin => origin.to_string(),
    };
    Ok(Base::new(called, g))
}

fn representation(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let base = base(context, arguments, "g")?;
    let wrong = |error: Diagnostic| error.at(arguments.span("matrices"));
    let mut matrices = Vec::new();
    let formula = match arguments.value("matrices")? {
        formula @ (Value::Function(_) | Value::Builtin(_)) => Some(formula.clone()),
        _ => None,
    };
    if let Some(formula) = &formula {
        matrices = by_formula(context, arguments, &base, formula).map_err(wrong)?;
    }
    let items = match arguments.value("matrices")? {
        _ if formula.is_some() => Vec::new(),
        // Of a group with one generator.
        one @ Value::Matrix(_) => vec![one.clone()],
        _ => arguments.items("matrices")?,
    };
    for item in items {
        let found = item.to_matrix().ok_or_else(|| {
            let message = format!("expected exact matrices, not {}", item.line());
            arguments.wrong("matrices", Code::Kind, message)
        })?;
        matrices.push(found.as_ref().clone());
    }
    let g = base.algebra().clone();
    let (continuous, discrete) = (g.dim(), base.discrete_count());
    if matrices.len() != continuous + discrete {
        let both = match discrete {
            0 => format!("expected {continuous} matrices, one for each basis element of the algebra"),
            _ if continuous == 0 => format!("expected {discrete} matrices, one for each generator"),
            _ => format!(
                "expected {} matrices, one for each of the {continuous} basis elements of the algebra and the {discrete} discrete generators",
                continuous + discrete
            ),
        };
        return Err(wrong(Diagnostic::new(Code::Shape, format!("{both}; found {}", matrices.len()))));
    }
    let mut stored = match matrices.is_empty() {
        true => Vec::new(),
        false => MatrixSet::gaussian(&matrices).map_err(|e| wrong(e.into()))?.stored().to_vec(),
    };
    let images = stored.split_off(continuous);
    let name = if arguments.get("name").is_some() { arguments.text("name")? } else { "W" };
    Rep::given_by_generators(&base, name, stored, images, context.limits).map(Value::rep).map_err(|error| match error {
        RepError::NotARepresentation { first, second } => wrong(no_representation(&g, first, second)),
        other => wrong(other.into()),
    })
}

/// The bracket that the matrices do not respect, in the names of the basis.
fn no_representation(g: &Algebra, first: usize, second: usize) -> Diagnostic {
    let mut bracket = vec![Rational::ZERO; g.dim()];
    for (k, c) in g.constants().upper(first, second) {
        if let Some(place) = bracket.get_mut(*k as usize) {
            *place = c.clone();
        }
    }
    let names = format!("[{}, {}]", basis_name(g, first), basis_name(g, second));
    let message =
        format!("these matrices are no representation: they do not respect {names} = {}", combination(g, &bracket));
    let (i, j) = (first + 1, second + 1);
    Diagnostic::new(Code::Closure, message).hint(format!(
        "compare commutator(m[{i}], m[{j}]) of the given matrices m with what stands for {}",
        combination(g, &bracket)
    ))
}

/// Refuses lists with too many entries, before they are made.
pub(crate) fn reserve(context: &Context<'_>, count: usize, entries: usize) -> Result<(), Diagnostic> {
    let all = count.saturating_mul(entries);
    if all > MAX_ENTRIES {
        let message = format!("{count} items with {entries} entries each are too many to list");
        return Err(Diagnostic::new(Code::Memory, message).hint("dim and rank count without listing"));
    }
    Ok(context.limits.reserve(all as u128 * size_of::<Gaussian>() as u128)?)
}

/// The matrices by which the basis acts.
pub(crate) fn matrices(context: &Context<'_>, rep: &Rep) -> Result<Value, Diagnostic> {
    let found = rep.matrices(context.limits)?;
    let entries = found.first().map_or(0, |m| m.rows().saturating_mul(m.cols()));
    reserve(context, found.len(), entries)?;
    Ok(Value::list(found.iter().map(|m| Value::rational_matrix(&m.to_dense()))))
}

fn invariants(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let rep = rep(arguments, "X")?;
    if let Some((from, to)) = rep.as_hom() {
        let found = reps::equivariant_maps(&from, &to, context.limits)?;
        reserve(context, found.rank(), found.rows.saturating_mul(found.cols))?;
        return Ok(Value::list(found.basis.iter().map(|m| Value::rational_matrix(&m.to_dense()))));
    }
    let found = reps::invariants(rep, context.limits)?;
    reserve(context, found.rank(), found.dim)?;
    Ok(Value::list(found.basis.iter().map(|v| Value::list(to_dense(v, found.dim).into_iter().map(Value::rational)))))
}
