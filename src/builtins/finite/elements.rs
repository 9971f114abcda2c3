//! Elements, subgroups and actions of finite groups.

use serde_json::{Map, Value as Json, json};

use crate::builtins::finite::groups::{G, as_value, at, group_argument, group_value, permutation_group};
use crate::builtins::{Arguments, Builtin, Context, Example, Param, keyword, optional, required, rest};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::finite::{FiniteError, Permutation, PermutationGroup, semidirect_product};
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::num::Rational;
use crate::num::prime::random_stream;
use crate::show::Markup;
use crate::span::Span;

const TOPIC: &str = "finite";
const H: Param = required("H", Kinds::GROUP);
/// Orbitals on more points are counted, and their matrix is left out.
const MOST_MATRIX_POINTS: usize = 1000;
/// Lists of permutations with more points in all are refused.
const MOST_LISTED_POINTS: usize = 1 << 26;

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    row!("contains", &[], TOPIC, [G, required("x", Kinds::PERMUTATION.or(Kinds::GROUP))] -> Kinds::BOOLEAN,
    "whether a permutation, or all elements of a group on the same points, belong to a finite group",
    "By dividing by coset representatives of a stabiliser chain.",
    ["contains(A(4), permutation(4, \"(0 1 2)\"))" => "true", "contains(A(4), D(4))" => "false"],
    |context, a| {
        let group = group_argument(context, a, "G")?;
        let found = match a.value("x")? {
            Value::Permutation(p) => group.contains(p, context.limits),
            _ => {
                let other = group_argument(context, a, "x")?;
                group.contains_group(&other, context.limits)
            }
        };
        found.map(Value::Boolean).map_err(|e| at(a, e))
    }),
    row!("random_element", &[], TOPIC, [G, keyword("seed", Kinds::NUMBER, "0")] -> Kinds::PERMUTATION,
    "a random element of a finite group, each with the same probability",
    "The same for the same `seed` here and the same --seed of the program.",
    ["contains(RubiksCube, random_element(RubiksCube))" => "true",
     "random_element(Z(5), seed = 1) == random_element(Z(5), seed = 1)" => "true"],
    |context, a| {
        let group = group_argument(context, a, "G")?;
        let seed = if a.get("seed").is_some() { a.integer("seed", 0, i64::MAX)? as u64 } else { 0 };
        let mut rng = random_stream(context.limits.seed() ^ seed.rotate_left(32), 11);
        Ok(permutation(group.random_element(&mut rng, context.limits).map_err(|e| at(a, e))?))
    }),
    row!("generators", &[], TOPIC, [G] -> Kinds::LIST,
    "the generators of a finite group, as permutations",
    "Of a group of matrices as permutations of the vectors of permutation_representation(G).",
    ["generators(S(4))" => "[(0 1), (0 1 2 3)]"],
    |context, a| {
        let group = group_argument(context, a, "G")?;
        Ok(Value::list(group.generators().iter().cloned().map(permutation)))
    }),
    row!("orbits", &[], TOPIC, [G] -> Kinds::LIST,
        "the orbits of a group of permutations on its points",
        "",
        ["orbits(perm(5, \"(0 1 2)\"))" => "[[0, 1, 2], [3], [4]]"],
        |_, a| Ok(parts(permutation_group(a)?.orbits()))),
    row!("is_transitive", &[], TOPIC, [G] -> Kinds::BOOLEAN,
        "whether a group of permutations has one orbit",
        "",
        ["is_transitive(D(4))" => "true"],
        |_, a| Ok(Value::Boolean(permutation_group(a)?.is_transitive()))),
    row!("is_primitive", &[], TOPIC, [G] -> Kinds::BOOLEAN,
    "whether a permutation group is transitive and leaves only trivial partitions of the points invariant",
    "",
    ["[is_primitive(D(n)) for n in 3..8]" => "[true, false, true, false, true, false]"],
    |context, a| {
        let group = permutation_group(a)?;
        group.is_primitive(context.limits).map(Value::Boolean).map_err(|e| at(a, e))
    }),
    row!("blocks", &["block_systems"], TOPIC, [G] -> Kinds::LIST,
    "the minimal systems of blocks of a transitive group of permutations",
    "A system of blocks is an invariant partition of the points into sets of equal size; of the trivial ones none is listed. Empty \
    for primitive groups. Atkinson's method.",
    ["blocks(D(4))" => "[[[0, 2], [1, 3]]]", "[len(system) for system in blocks(D(6))]" => "[2, 3]"],
    |context, a| {
        let group = permutation_group(a)?;
        if !group.is_transitive() {
            return Err(a.wrong("G", Code::Argument, format!("{} is not transitive", group.name())).hint("see orbits(G)"));
        }
        let systems = group.minimal_block_systems(context.limits).map_err(|e| at(a, e))?;
        Ok(Value::list(systems.into_iter().map(parts)))
    }),
    row!("orbitals", &[], TOPIC, [G] -> Kinds::RECORD,
        "the orbits of a group of permutations on ordered pairs of points",
        "Their matrices of zeros and ones are a basis of the commutant: the matrices that commute with the group, the equivariant \
linear maps of the points. `matrix` holds the number of the orbital of each pair, from 0; `sizes` the numbers of pairs; `paired` \
the orbital of the transposed pairs; `subdegrees` the lengths of the orbits of the stabilizer of point 0.",
        ["orbitals(D(6)).count" => "4",
         "orbitals(perm(3, \"(0 1)\")).matrix" => "⎡ 0  1  2 ⎤\n⎢ 1  0  2 ⎥\n⎣ 3  3  4 ⎦"],
        orbitals),
    row!("commutant", &[], TOPIC, [G] -> Kinds::LIST,
    "a basis of the matrices that commute with a group of permutations: the matrices of its orbitals",
    "For representations see basis(V -> V).",
    ["commutant(Z(3))[2]" => "⎡ 0  1  0 ⎤\n⎢ 0  0  1 ⎥\n⎣ 1  0  0 ⎦"],
    |context, a| {
        let group = permutation_group(a)?;
        let n = group.degree();
        let (numbers, count) = group.orbitals(context.limits).map_err(|e| at(a, e))?;
        let one = |number: usize| {
            let entry = |i: usize, j: usize| Rational::from(i64::from(numbers[i * n + j] as usize == number));
            Value::rational_matrix(&Matrix::from_fn(n, n, entry))
        };
        context.limits.reserve(64 * count as u128 * (n as u128).pow(2))?;
        Ok(Value::list((0..count).map(one)))
    }),
    row!("subgroup", &[], TOPIC, [G, rest("generators", Kinds::PERMUTATION.or(Kinds::LIST))] -> Kinds::GROUP,
    "the subgroup that some elements of a finite group generate",
    "An error for a permutation that is no element.",
    ["order(subgroup(S(5), permutation(5, \"(0 1 2 3 4)\")))" => "5"],
    |context, a| {
        let group = group_argument(context, a, "G")?;
        let elements = permutations(a.rest("generators"))?;
        let names: Vec<String> = elements.iter().map(ToString::to_string).collect();
        let name = format!("subgroup({}, {})", group.name(), names.join(", "));
        as_value(group.subgroup(name, elements, context.limits).map_err(|e| at(a, e))?)
    }),
    row!("normal_closure", &[], TOPIC, [G, rest("generators", Kinds::PERMUTATION.or(Kinds::LIST))] -> Kinds::GROUP,
    "the least normal subgroup of a finite group that contains some elements",
    "",
    ["order(normal_closure(S(4), permutation(4, \"(0 1)(2 3)\")))" => "4"],
    |context, a| {
        let group = group_argument(context, a, "G")?;
        let elements = permutations(a.rest("generators"))?;
        as_value(group.normal_closure(elements, context.limits).map_err(|e| at(a, e))?)
    }),
    row!("intersection", &[], TOPIC, [G, H] -> Kinds::GROUP,
    "the elements that two groups of permutations of the same points have in common",
    "By backtracking along stabiliser chains.",
    ["order(intersection(A(6), D(6)))" => "6"],
    |context, a| {
        let (group, other) = (group_argument(context, a, "G")?, group_argument(context, a, "H")?);
        as_value(group.intersection(&other, context.limits).map_err(|e| at(a, e))?)
    }),
    row!("cosets", &["right_cosets"], TOPIC, [G, H] -> Kinds::LIST,
    "representatives of the right cosets H g of a subgroup",
    "",
    ["len(cosets(S(5), D(5)))" => "12"],
    |context, a| {
        let (group, subgroup) = (group_argument(context, a, "G")?, group_argument(context, a, "H")?);
        listed(group.right_cosets(&subgroup, context.limits).map_err(|e| of_subgroup(a, e))?, a)
    }),
    row!("double_cosets", &[], TOPIC, [G, H, required("K", Kinds::GROUP)] -> Kinds::LIST,
    "representatives of the double cosets H g K of two subgroups",
    "",
    ["group G = S(5)\ngroup H = perm(5, \"(0 1)\", \"(2 3)\", \"(2 3 4)\")\nlen(double_cosets(G, H, H))" => "3"],
    |context, a| {
        let group = group_argument(context, a, "G")?;
        let (h, k) = (group_argument(context, a, "H")?, group_argument(context, a, "K")?);
        listed(group.double_cosets(&h, &k, context.limits).map_err(|e| of_subgroup(a, e))?, a)
    }),
    row!("action_on_cosets", &[], TOPIC, [G, H] -> Kinds::GROUP,
    "the action of a finite group on the right cosets of a subgroup, as a group of permutations",
    "Point i is the coset of cosets(G, H)[i + 1]. The largest normal subgroup inside H acts trivially.",
    ["group G = action_on_cosets(A(5), perm(5, \"(0 1 2 3 4)\"))\norbitals(G).count" => "4"],
    |context, a| {
        let (group, subgroup) = (group_argument(context, a, "G")?, group_argument(context, a, "H")?);
        as_value(group.action_on_cosets(&subgroup, context.limits).map_err(|e| of_subgroup(a, e))?)
    }),
    row!("action_on_blocks", &[], TOPIC, [G, required("parts", Kinds::LIST)] -> Kinds::GROUP,
    "the action of a group of permutations on the sets of an invariant partition",
    "",
    ["group_name(action_on_blocks(Signed(3), [[0, 3], [1, 4], [2, 5]]))" => "S3"],
    |_, a| {
        let group = permutation_group(a)?;
        let sets = a.items("parts")?.iter().map(points).collect::<Option<Vec<_>>>();
        let sets = sets.ok_or_else(|| a.wrong("parts", Code::Argument, "expected lists of points"))?;
        as_value(group.action_on_parts(&sets).map_err(|e| Diagnostic::from(e).at(a.span("parts")))?)
    }),
    row!("group_name", &["name"], TOPIC, [G] -> Kinds::TEXT,
    "what a finite group is called up to isomorphism",
    "As in group_structure(G), which says for which groups a name is known; an error where none is.",
    ["group_name(perm(6, \"(0 1)(2 3)\", \"(4 5)\"))" => "C2^2", "name(PSL(2, 9))" => "A6"],
    |context, a| {
        let group = group_argument(context, a, "G")?;
        let name = group.structure(context.limits).map_err(|e| at(a, e))?;
        name.map(Value::text).ok_or_else(|| {
            a.wrong("G", Code::Unsupported, format!("no name is known for {}", group.name()))
                .hint("group_structure(G) shows its order, series and centre")
        })
    }),
    row!("semidirect_product", &[], TOPIC, [required("N", Kinds::GROUP), H, required("images", Kinds::LIST)] -> Kinds::GROUP,
    "the semidirect product N : H of finite groups with a given action",
    "`images` has a list for each generator of H, with the image of each generator of N. That they define automorphisms of N \
    and these an action of H is proved. The group acts on the elements of N and on the points of H.",
    ["group N = Z(7)\ngroup H = Z(3)\ngroup_name(semidirect_product(N, H, [[generators(N)[1]^2]]))" => "C7:C3"],
    |context, a| {
        let (normal, top) = (group_argument(context, a, "N")?, group_argument(context, a, "H")?);
        let mut images = Vec::new();
        for list in a.items("images")? {
            let items = list.items().unwrap_or_else(|| vec![list.clone()]);
            images.push(permutations(items.into_iter().map(|item| (item, a.span("images"))).collect())?);
        }
        let made = semidirect_product(&normal, &top, &images, context.limits);
        as_value(made.map_err(|e| Diagnostic::from(e).at(a.span("images")))?)
    }),
    Builtin {
        name: "permutation_representation",
        aliases: &[],
        topic: TOPIC,
        params: &[G, optional("H", Kinds::GROUP, "a group of permutations is itself")],
        returns: Kinds::GROUP,
        summary: "a finite group as a group of permutations: of its points, of vectors, or of the cosets of a subgroup",
        help: "A finite group of exact matrices permutes the orbits of some vectors that span the space, which determines it; all \
functions of this topic take such groups as they are. A group with an element of infinite order is refused, and the element \
named. With H the action on its cosets, as action_on_cosets(G, H).",
        examples: &[Example {
            code: "group G = matrix_group([0, -1; 1, 0], [1, 0; 0, -1])\npermutation_representation(G)\nname(G)",
            output: "G on 4 vectors: permutation group on 4 points with 2 generators\nD4",
        }],
        run: |context, a| {
            let group = group_argument(context, a, "G")?;
            if a.get("H").is_none() {
                return as_value(group.as_ref().clone());
            }
            let subgroup = group_argument(context, a, "H")?;
            as_value(group.action_on_cosets(&subgroup, context.limits).map_err(|e| of_subgroup(a, e))?)
        },
    },
];

/// `stabilizer(G, 0, 1, [2, 3])`: points fixed one by one, lists as sets.
pub(crate) fn stabilizer(context: &Context<'_>, given: &[(Value, Span)]) -> Result<Value, Diagnostic> {
    let Some(((first, place), rest)) = given.split_first() else {
        return Err(Diagnostic::new(Code::Arity, "stabilizer needs a group").at(context.span));
    };
    let mut group = group_value(context, first).map_err(|e| e.at(*place))?.as_ref().clone();
    let name = group.name().to_string();
    let mut words = vec![name];
    for (value, span) in rest {
        let point = value.to_i64().and_then(|p| usize::try_from(p).ok());
        let found = match (point, points(value)) {
            (Some(point), _) => group.stabilizer(point, context.limits),
            (_, Some(set)) => group.set_stabilizer(&set, context.limits),
            _ => {
                let message = format!("stabilizer takes points from 0 and lists of points, not {}", value.line());
                return Err(Diagnostic::new(Code::Kind, message).at(*span));
            }
        };
        group = found.map_err(|e| Diagnostic::from(e).at(*span))?;
        words.push(value.to_source().unwrap_or_default());
    }
    as_value(group.named(format!("stabilizer({})", words.join(", "))))
}

/// The elements of a finite group that commute with the elements given: permutations, lists of them, or a group.
pub(crate) fn centralizer(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let group = group_argument(context, a, "g")?;
    let of = match a.value("elements")? {
        Value::Group(_) => group_argument(context, a, "elements")?.generators().to_vec(),
        value => permutations(vec![(value.clone(), a.span("elements"))])?,
    };
    let found = group.centralizer(&of, context.limits);
    as_value(found.map_err(|e| Diagnostic::from(e).at(a.span("elements")))?)
}

/// The elements of a finite group that leave a subgroup invariant.
pub(crate) fn normalizer(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let (group, subgroup) = (group_argument(context, a, "g")?, group_argument(context, a, "elements")?);
    let found = group.normalizer(&subgroup, context.limits);
    as_value(found.map_err(|e| Diagnostic::from(e).at(a.span("elements")))?)
}

/// A list of groups, such as a series.
pub(crate) fn groups(list: Vec<PermutationGroup>) -> Result<Value, Diagnostic> {
    Ok(Value::list(list.into_iter().map(as_value).collect::<Result<Vec<_>, _>>()?))
}

fn permutation(p: Permutation) -> Value {
    Value::Permutation(std::sync::Arc::new(p))
}

fn parts(sets: Vec<Vec<usize>>) -> Value {
    Value::list(sets.into_iter().map(|set| Value::list(set.into_iter().map(Value::count))))
}

fn points(value: &Value) -> Option<Vec<usize>> {
    value.items()?.iter().map(|item| item.to_i64().and_then(|p| usize::try_from(p).ok())).collect()
}

/// Permutations, also in lists.
pub(crate) fn permutations(values: Vec<(Value, Span)>) -> Result<Vec<Permutation>, Diagnostic> {
    let mut out = Vec::new();
    for (value, span) in values {
        let items = value.items().unwrap_or_else(|| vec![value.clone()]);
        for item in items {
            match item {
                Value::Permutation(p) => out.push(p.as_ref().clone()),
                other => {
                    let message = format!("expected a permutation, not {}", other.line());
                    return Err(Diagnostic::new(Code::Kind, message)
                        .at(span)
                        .hint("permutation(5, \"(0 1 2)\") is one"));
                }
            }
        }
    }
    Ok(out)
}

fn listed(elements: Vec<Permutation>, a: &Arguments) -> Result<Value, Diagnostic> {
    let points = elements.len().saturating_mul(elements.first().map_or(0, Permutation::degree));
    if points > MOST_LISTED_POINTS {
        let message = format!("a list of {} permutations is too long", elements.len());
        return Err(a.wrong("H", Code::Argument, message));
    }
    Ok(Value::list(elements.into_iter().map(permutation)))
}

/// What is wrong with a subgroup stands at the subgroup, what is too large at the group.
fn of_subgroup(a: &Arguments, error: FiniteError) -> Diagnostic {
    let place = if matches!(error, FiniteError::Argument(_)) { "H" } else { "G" };
    Diagnostic::from(error).at(a.span(place))
}

fn orbitals(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let group = permutation_group(a)?;
    let n = group.degree();
    let (numbers, count) = group.orbitals(context.limits).map_err(|e| at(a, e))?;
    let mut sizes = vec![0usize; count];
    let mut paired = vec![0u32; count];
    for p in 0..n {
        context.limits.check()?;
        for q in 0..n {
            let number = numbers[p * n + q] as usize;
            sizes[number] += 1;
            paired[number] = numbers[q * n + p];
        }
    }
    let stabilizer = if n == 0 { None } else { Some(group.stabilizer(0, context.limits).map_err(|e| at(a, e))?) };
    let mut subdegrees: Vec<usize> = stabilizer.iter().flat_map(|s| s.orbits()).map(|orbit| orbit.len()).collect();
    subdegrees.sort_unstable();
    let mut keys = Map::new();
    keys.insert("group".into(), json!(group.name()));
    keys.insert("count".into(), json!(count));
    keys.insert("sizes".into(), json!(sizes));
    keys.insert("paired".into(), json!(paired));
    keys.insert("subdegrees".into(), json!(subdegrees));
    let small = n <= MOST_MATRIX_POINTS;
    let rows = |i: usize| numbers[i * n..(i + 1) * n].iter().map(u32::to_string).collect::<Vec<_>>();
    let matrix = json!({"kind": "matrix", "rows": n, "cols": n, "entries": (0..n).map(rows).collect::<Vec<_>>()});
    keys.insert("matrix".into(), if small { matrix } else { Json::Null });
    let symmetric = paired.iter().zip(0..).filter(|(other, own)| **other == *own).count();
    let text = |list: &[usize]| list.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    let plural = if count == 1 { "" } else { "s" };
    let lines = [
        format!("{count} orbital{plural} of {} on {n} points, {symmetric} symmetric", group.name()),
        format!("sizes {}; subdegrees {}", text(&sizes), text(&subdegrees)),
    ];
    Ok(Value::record_with_markup("orbitals", keys, Markup::lines(lines.map(Markup::text))))
}
