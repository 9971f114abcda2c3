//! Weight tying, and the actions of groups of permutations that layers of sets, graphs and images need.

use std::sync::Arc;

use crate::builtins::groups::constructions::group;
use crate::builtins::groups::representations::rep;
use crate::builtins::{Arguments, Builtin, Context, Example, Param, keyword, optional, required};
use crate::data::numpy::{self, Array, Numbers};
use crate::data::write;
use crate::diag::{Code, Diagnostic};
use crate::equivariant;
use crate::exact::Matrix;
use crate::finite::PermutationGroup;
use crate::lang::kind::Kinds;
use crate::lang::tying::Tying;
use crate::lang::value::{Drawing, MapBasis, Value};
use crate::limits::Limits;
use crate::num::Gaussian;
use crate::reps::{self, Rep};
use crate::show::scene;

type Outcome = Result<Value, Diagnostic>;

const X: Param = required("X", Kinds::REP);
const Y: Param = optional("Y", Kinds::REP, "the target of X, when X is a space of maps");
const G: Param = required("G", Kinds::GROUP);

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "tie",
        aliases: &["weight_tying"],
        topic: "networks",
        params: &[X, Y],
        returns: Kinds::RECORD,
        summary: "which weights of an equivariant layer X -> Y are equal, opposite or zero",
        help: "For representations by permutations of the coordinates, with or without signs: sets, graphs, images, their tensor powers, \
sums and products. Entries with one number are equal, a minus marks opposite ones, · those forced to vanish: the orbits of the group on \
pairs (output, input). The number of free weights is counted first, without the pattern, and compared with it; tied_weights(X, Y) is the \
count alone. t.pattern is the matrix of the numbers, t.basis the sparse basis, t.sizes how often each weight occurs. \
save(t, \"file.npz\") writes whole numbers `index` (from 0, -1 where the weight is zero) and `sign` with W = theta[index] * sign; .npy \
and .csv the pattern, .svg and .png its picture. tie(X -> Y) is the same. Ravanbakhsh, Schneider, Póczos (2017).",
        examples: &[
            Example {
                code: "rep V = vector(S(3))\ntie(V, V)",
                output: "weights V → V of S(3): 3×3 = 9 entries, 2 free\n1  2  2\n2  1  2\n2  2  1",
            },
            Example { code: "tie(on_subsets(S(6), 2) -> on_subsets(S(6), 3)).free", output: "3" },
        ],
        run: |context, a| tie(context, a).map(|it| Value::Tying(Arc::new(it))),
    },
    Builtin {
        name: "tied_weights",
        aliases: &[],
        topic: "networks",
        params: &[X, Y],
        returns: Kinds::NUMBER,
        summary: "the number of free weights of an equivariant layer X -> Y, without its pattern",
        help: "Burnside's lemma, 1/|G| Σ χ_X(g) χ_Y(g), orbit by orbit of one side: no matrix is made, so layers may be of any size. For \
representations by permutations with or without signs.",
        examples: &[Example { code: "rep V = vector(S(1000))\ntied_weights(V^3, V^3)", output: "203" }],
        run: |context, a| {
            let (from, to) = sides(a)?;
            let found = equivariant::tied_weights(&from, &to, context.limits);
            found.map(|n| Value::natural(&n)).map_err(|e| Diagnostic::from(e).at(a.span("X")))
        },
    },
    Builtin {
        name: "tying_picture",
        aliases: &[],
        topic: "networks",
        params: &[
            required("t", Kinds::RECORD.or(Kinds::NETWORK)),
            keyword("fold", Kinds::NUMBER, "the rows as they are"),
            keyword("ascii", Kinds::BOOLEAN, "false"),
        ],
        returns: Kinds::PICTURE,
        summary: "picture of tied weights: a colour for each free weight",
        help: "fold = 8 draws each row as an image that is 8 pixels wide, which shows what a hidden unit sees. save(picture, \"file.svg\") \
and \"file.png\" draw it in colour.",
        examples: &[Example {
            code: "group G = image_group(2, 3, [\"mirror\"])\ntying_picture(tie(vector(G), scalar(G)), fold = 3)",
            output: "1 2 1\n3 4 3",
        }],
        run: picture,
    },
    Builtin {
        name: "distinct_tuples",
        aliases: &[],
        topic: "representations",
        params: &[G, required("k", Kinds::NUMBER)],
        returns: Kinds::REP,
        summary: "representation of a permutation group on tuples of k different points: directed edges without loops",
        help: "A basis vector for each tuple, in lexicographic order. vector(G)^k has those with repetitions too.",
        examples: &[Example { code: "dim(distinct_tuples(S(5), 2))", output: "20" }],
        run: |context, a| {
            let k = a.count("k", 0, 1_000_000)?;
            let made = reps::distinct_tuples(&*group(a, "G")?, k, context.limits);
            made.map(Value::rep).map_err(|e| Diagnostic::from(e).at(a.span("G")))
        },
    },
    Builtin {
        name: "induced",
        aliases: &[],
        topic: "representations",
        params: &[G, optional("H", Kinds::GROUP, "the trivial subgroup"), optional("K", Kinds::GROUP, "H")],
        returns: Kinds::REP,
        summary: "representation of a permutation group on the cosets of H, or with the signs of a character of H",
        help: "Without H the regular representation. K of index 2 in H is the kernel of a character ±1, and the representation is induced \
from it: the group permutes lines and changes signs. These are the signed permutation representations of invariant networks.",
        examples: &[
            Example { code: "dim(induced(A(5), perm(5, \"(0 1 2 3 4)\")))", output: "12" },
            Example {
                code: "rep W = induced(S(4), perm(4, \"(0 1 2 3)\", \"(0 2)\"), perm(4, \"(0 1 2 3)\"))\ntied_weights(induced(S(4)), W)",
                output: "3",
            },
        ],
        run: induced,
    },
    Builtin {
        name: "image_group",
        aliases: &[],
        topic: "groups",
        params: &[
            required("height", Kinds::NUMBER),
            required("width", Kinds::NUMBER),
            required("symmetries", Kinds::LIST),
        ],
        returns: Kinds::GROUP,
        summary: "the group that flips, turns, shifts and inversion of grey levels generate on the pixels of images",
        help: "symmetries: \"mirror\" (left to right), \"upside_down\", \"flips\" (both), \"half_turn\", \"rotations\" (quarter turns of squares), \
\"dihedral\", \"transpose\", \"translations\" (around the edges), \"inversion\" (x to -x). Pixels are counted row by row. Without inversion it is \
a group of permutations.",
        examples: &[
            Example { code: "order(image_group(8, 8, [\"dihedral\"]))", output: "8" },
            Example {
                code: "group G = image_group(8, 8, [\"rotations\", \"inversion\"])\ntied_weights(vector(G), scalar(G))",
                output: "0",
            },
        ],
        run: image_group,
    },
];

/// Source and target: two representations, or one of maps.
fn sides(a: &Arguments) -> Result<(Rep, Rep), Diagnostic> {
    let first = rep(a, "X")?;
    if a.get("Y").is_some() {
        return Ok((first.as_ref().clone(), rep(a, "Y")?.as_ref().clone()));
    }
    first.as_hom().ok_or_else(|| {
        let message = format!("weights are tied from one representation to another; {} is one alone", first.name());
        a.wrong("X", Code::Argument, message).hint("tie(X, Y) or tie(X -> Y)")
    })
}

fn tie(context: &Context<'_>, a: &Arguments) -> Result<Tying, Diagnostic> {
    let (from, to) = sides(a)?;
    let at = |e| Diagnostic::from(e).at(a.span("X"));
    let free = equivariant::tied_weights(&from, &to, context.limits).map_err(at)?;
    let basis = equivariant::tie(&from, &to, context.limits).map_err(|e| {
        let error = at(e);
        if error.code == Code::Memory { error.hint(format!("the layer has {free} free weights")) } else { error }
    })?;
    if num_bigint::BigUint::from(basis.rank()) != free {
        let message = format!("the pattern has {} free weights, the count says {free}", basis.rank());
        return Err(Diagnostic::new(Code::Internal, message).at(a.span("X")));
    }
    let hom = Rep::matched(&from, &to, context.limits).and_then(|(from, to)| Rep::hom(&from, &to));
    let hom = hom.map_err(|e| Diagnostic::from(e).at(a.span("X")))?;
    Ok(Tying { basis: MapBasis::new(&hom, basis) })
}

fn picture(_: &mut Context<'_>, a: &Arguments) -> Outcome {
    let fold = if a.get("fold").is_some() { Some(a.count("fold", 1, 1 << 20)?) } else { None };
    let too_many = || a.wrong("t", Code::Unsupported, "this pattern has too many entries for a picture");
    let scene = match a.value("t")? {
        Value::Tying(it) => it.scene(fold),
        Value::Shallow(it) => it.scene(fold),
        _ => {
            let hint = "tie(X, Y) makes tied weights, canonical_network(G, k) a network with them";
            return Err(a.wrong("t", Code::Kind, "expected tied weights").hint(hint));
        }
    };
    let scene = scene.ok_or_else(too_many)?;
    Ok(Value::Drawing(Arc::new(Drawing { scene, ascii: a.flag("ascii", false)? })))
}

fn subgroup<'a>(a: &'a Arguments, name: &str) -> Result<Option<&'a PermutationGroup>, Diagnostic> {
    match a.get(name) {
        None => Ok(None),
        Some(Value::Group(group)) => group.permutations().map(Some).ok_or_else(|| {
            a.wrong(name, Code::Argument, format!("{} is not a finite group of permutations", group.name()))
        }),
        Some(_) => Err(a.wrong(name, Code::Kind, "expected a group")),
    }
}

fn induced(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let group = group(a, "G")?;
    let degree = group.permutations().map_or(0, PermutationGroup::degree);
    let trivial = PermutationGroup::new("1", degree, Vec::new()).map_err(|e| Diagnostic::from(e).at(a.span("G")))?;
    let within = subgroup(a, "H")?.unwrap_or(&trivial);
    let made = match subgroup(a, "K")? {
        None => reps::on_cosets(&group, within, context.limits),
        Some(kernel) => reps::on_signed_cosets(&group, within, kernel, context.limits),
    };
    let place = if a.get("H").is_some() { "H" } else { "G" };
    made.map(Value::rep).map_err(|e| Diagnostic::from(e).at(a.span(place)))
}

fn image_group(context: &mut Context<'_>, a: &Arguments) -> Outcome {
    let (height, width) = (a.count("height", 1, 1 << 20)?, a.count("width", 1, 1 << 20)?);
    let items = a.items("symmetries")?;
    let mut names = Vec::new();
    for item in &items {
        let Value::Text(text) = item else {
            return Err(a.wrong("symmetries", Code::Kind, format!("a symmetry is a string, not {}", item.line())));
        };
        let known = reps::IMAGE_SYMMETRIES.iter().map(|s| s.0);
        if !known.clone().any(|name| name == text.as_ref()) {
            let mut error = a.wrong("symmetries", Code::Argument, format!("there is no symmetry of images {text:?}"));
            if let Some(near) = crate::lang::near::nearest(text, known.clone()) {
                error = error.label(format!("did you mean {near:?}?"));
            }
            return Err(error.hint(known.map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")));
        }
        names.push(text.as_ref());
    }
    let made = reps::image_group(height, width, &names, context.limits);
    made.map(Value::group).map_err(|e| Diagnostic::from(e).at(a.span("symmetries")))
}

/// Writes tied weights to a file with this ending; `None` for endings that are served by others.
pub(crate) fn file(it: &Tying, extension: &str, limits: &Limits) -> Option<Result<Vec<u8>, Diagnostic>> {
    let (rows, cols) = it.shape();
    let array = |numbers: Vec<i64>| Array { shape: vec![rows, cols], numbers: Numbers::Whole(numbers) };
    let bytes = || -> Result<Vec<u8>, Diagnostic> {
        let labels = it.labels(limits)?;
        limits.reserve(labels.len() as u128 * 32)?;
        Ok(match extension {
            "npy" => numpy::npy(&array(labels)),
            "npz" => {
                let index = labels.iter().map(|k| k.abs() - 1).collect();
                let sign = labels.iter().map(|k| k.signum()).collect();
                numpy::npz(&[("index".to_string(), array(index)), ("sign".to_string(), array(sign))])?
            }
            "csv" => write::csv(&Matrix::from_fn(rows, cols, |i, j| Gaussian::from(labels[i * cols + j]))).into_bytes(),
            _ => {
                let too_many = || Diagnostic::new(Code::Unsupported, "this pattern has too many entries for a picture");
                let drawn = it.scene(None).ok_or_else(too_many)?;
                if extension == "svg" { scene::svg(&drawn).into_bytes() } else { scene::png(&drawn) }
            }
        })
    };
    ["npy", "npz", "csv", "svg", "png"].contains(&extension).then(bytes)
}
