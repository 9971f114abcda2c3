//! Finite groups: orders, conjugacy classes, characters, subgroups.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::builtins::{Arguments, Builtin, Context, Example, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::finite::{CharacterTable, ConjugacyClasses, FiniteError, PermutationGroup, SubgroupLattice};
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::num::{Cyclotomic, Rational, prime_powers};
use crate::reps;
use crate::show::{Align, Markup};

const TOPIC: &str = "finite";
pub(crate) const G: crate::builtins::Param = required("G", Kinds::GROUP);
/// Larger tables show degrees and indicators, not their values; the record holds those all the same.
const MOST_COLUMNS: usize = 60;

/// One row for a function of a permutation group.
macro_rules! group_question {
    ($name:literal, $aliases:expr, $returns:expr, $summary:literal, $help:literal, [$($code:literal => $output:literal),*], $run:expr) => {
        row!($name, $aliases, TOPIC, [G] -> $returns, $summary, $help, [$($code => $output),*], $run)
    };
}

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    group_question!("order", &[], Kinds::NUMBER,
    "the number of elements of a finite group",
    "From a base and strong generating set (Schreier and Sims); random elements find it, checked Schreier generators prove it. A \
    group of exact matrices acts on orbits of vectors, which are as many as they are; an infinite one is refused with proof.",
    ["order(S(6))" => "720", "order(RubiksCube)" => "43252003274489856000"],
    |context, arguments| {
        let group = group_argument(context, arguments, "G")?;
        group.order(context.limits).map(|n| Value::natural(&n)).map_err(|e| at(arguments, e))
    }),
    group_question!("group_structure", &[], Kinds::RECORD,
        "what a finite group is called and how it is built",
        "The name is that up to isomorphism for orders up to 31, abelian, dihedral and dicyclic groups, and symmetric and \
alternating groups on their points; C is cyclic, x a direct product, : a semidirect product with the normal subgroup first, . an \
extension that does not split. The orders of the derived series follow. Dihedral and dicyclic groups are named at every order, others \
that are not abelian up to order 2^16, as far as their elements can be listed.",
        ["group_structure(D(6)).name" => "D6", "group_structure(S(4)).derived_series" => "[24, 12, 4, 1]",
         "group_structure(perm(6, \"(0 1)(2 3)\", \"(4 5)\")).name" => "C2^2"],
        structure),
    group_question!("conjugacy_classes", &["classes"], Kinds::RECORD,
        "the conjugacy classes of a finite group",
        "By the order of the elements, then size; labels as in the ATLAS. Columns 2P, 3P, … hold the class of the square, the cube, …: \
the power maps. All elements are listed, at most 2^25.",
        ["conjugacy_classes(A(4)).count" => "4", "conjugacy_classes(M11).exponent" => "1320"],
        classes),
    group_question!("characters", &["character_table"], Kinds::RECORD,
        "the table of irreducible complex characters of a finite group",
        "Exact values: sums of roots of unity ζn = exp(2πi/n), as square roots where they are. The second column is the real type: \
R for a real representation (indicator 1), C for a character that is not real (0), H for a quaternionic one (-1). Natural symmetric \
groups by Murnaghan and Nakayama, others by Dixon's method.",
        ["characters(A(5)).degrees" => "[1, 3, 3, 4, 5]",
         "characters(Q8).indicators" => "[1, 1, 1, 1, -1]"],
        characters),
    group_question!("subgroups", &["subgroup_classes"], Kinds::RECORD,
        "the subgroups of a finite group up to conjugacy",
        "By cyclic extension; orders up to 100 000. `classes` is the number of classes, `subgroups` that of all subgroups, `items` the \
classes by order: how many subgroups are conjugate, a name up to isomorphism, generators of one.",
        ["subgroups(S(6)).classes" => "56", "subgroups(S(6)).subgroups" => "1455"],
        subgroups),
    group_question!("table_of_marks", &["marks"], Kinds::MATRIX,
    "Burnside's table of marks of a finite group",
    "Row i, column j: the number of points that a subgroup of class j fixes in the action on the cosets of one of class i; classes as \
    in subgroups(G).",
    ["table_of_marks(S(3))" => "⎡ 6  0  0  0 ⎤\n⎢ 3  1  0  0 ⎥\n⎢ 2  0  2  0 ⎥\n⎣ 1  1  1  1 ⎦"],
    |context, arguments| {
        let group = group_argument(context, arguments, "G")?;
        let lattice = SubgroupLattice::new(&group, context.limits).map_err(|e| at(arguments, e))?;
        let marks = lattice.table_of_marks(context.limits).map_err(|e| at(arguments, e))?;
        let count = marks.len();
        let entry = |i: usize, j: usize| Rational::from(i64::try_from(marks[i][j]).unwrap_or(i64::MAX));
        Ok(Value::rational_matrix(&Matrix::from_fn(count, count, entry)))
    }),
    group_question!("group_center", &[], Kinds::GROUP,
    "the centre of a finite group",
    "Also center(G).",
    ["order(group_center(RubiksCube))" => "2"],
    |context, arguments| {
        let group = group_argument(context, arguments, "G")?;
        as_value(group.center(context.limits).map_err(|e| at(arguments, e))?)
    }),
    group_question!("derived_subgroup", &[], Kinds::GROUP,
    "the subgroup that all commutators of a finite group generate",
    "",
    ["order(derived_subgroup(RubiksCube))" => "21626001637244928000"],
    |context, arguments| {
        let group = group_argument(context, arguments, "G")?;
        as_value(group.derived_subgroup(context.limits).map_err(|e| at(arguments, e))?)
    }),
    Builtin {
        name: "sylow",
        aliases: &[],
        topic: TOPIC,
        params: &[G, required("p", Kinds::NUMBER)],
        returns: Kinds::GROUP,
        summary: "a Sylow p-subgroup of a finite group",
        help: "p-elements that normalise what was found join it until the order is the full power of p: up to order 100000 the first ones \
of all elements, above random ones of the normaliser. Those of natural symmetric and alternating groups are known.",
        examples: &[
            Example { code: "order(sylow(M12, 2))", output: "64" },
            Example { code: "order(sylow(S(100), 5))", output: "59604644775390625" },
        ],
        run: |context, arguments| {
            let group = group_argument(context, arguments, "G")?;
            let p = arguments.count("p", 2, u32::MAX as usize)?;
            as_value(group.sylow_subgroup(p, context.limits).map_err(|e| at(arguments, e))?)
        },
    },
];

/// The finite group of an argument, as permutations.
pub(crate) fn group_argument(
    context: &Context<'_>,
    arguments: &Arguments,
    name: &str,
) -> Result<Arc<PermutationGroup>, Diagnostic> {
    group_value(context, arguments.value(name)?).map_err(|e| e.at(arguments.span(name)))
}

/// A name such as `C2^2xS3` or `SL(2,3)`, with subscripts and signs in LaTeX.
pub(crate) fn group_name(name: &str) -> Markup {
    let mut latex = String::new();
    let mut rest = name.chars().peekable();
    let digits = |rest: &mut std::iter::Peekable<std::str::Chars>| {
        let mut number = String::new();
        while let Some(d) = rest.next_if(char::is_ascii_digit) {
            number.push(d);
        }
        number
    };
    while let Some(c) = rest.next() {
        match c {
            'x' => latex.push_str(" \\times "),
            ':' => latex.push_str(" \\rtimes "),
            '.' => latex.push_str(" \\cdot "),
            '^' => latex.push_str(&format!("^{{{}}}", digits(&mut rest))),
            _ if c.is_ascii_alphabetic() => {
                let mut word = c.to_string();
                while let Some(letter) = rest.next_if(|l| l.is_ascii_alphabetic() && *l != 'x') {
                    word.push(letter);
                }
                latex.push_str(&if word.len() == 1 { word } else { format!("\\mathrm{{{word}}}") });
                let number = digits(&mut rest);
                if !number.is_empty() {
                    latex.push_str(&format!("_{{{number}}}"));
                }
            }
            _ => latex.push(c),
        }
    }
    Markup::symbol(name.to_string(), latex)
}

/// The finite group of a value, as permutations.
pub(crate) fn group_value(context: &Context<'_>, value: &Value) -> Result<Arc<PermutationGroup>, Diagnostic> {
    let refused = |name: &str| {
        Diagnostic::new(Code::Argument, format!("{name} is not a finite group of permutations or exact matrices"))
            .hint("S(n), A(n), D(n), Q8, M11, RubiksCube, perm(n, \"(0 1 2)\", …), matrix_group(…) are")
    };
    match value {
        Value::Group(group) => group.as_permutations(context.limits)?.ok_or_else(|| match group.dim() {
            0 => refused(group.name()),
            dim => {
                let message = format!("{} is infinite: a Lie group of dimension {dim}", group.name());
                Diagnostic::new(Code::Argument, message)
                    .hint("dim(G) is its dimension; orders are those of finite groups")
            }
        }),
        other => Err(refused(&other.line())),
    }
}

/// The group of permutations of an argument that must act on points.
pub(crate) fn permutation_group(arguments: &Arguments) -> Result<&PermutationGroup, Diagnostic> {
    let refused = |name: &str| {
        arguments
            .wrong("G", Code::Argument, format!("{name} is not a group of permutations"))
            .hint("S(n), A(n), D(n), Q8, M11, RubiksCube, perm(n, \"(0 1 2)\", …) are; permutation_representation(G) makes one")
    };
    match arguments.value("G")? {
        Value::Group(group) => group.permutations().ok_or_else(|| refused(group.name())),
        other => Err(refused(&other.line())),
    }
}

/// Whether a value is a finite group: then functions that are also those of Lie algebras mean the group.
pub(crate) fn is_finite_group(value: &Value) -> bool {
    matches!(value, Value::Group(group) if group.dim() == 0
        && (group.base().floats().is_none() || group.base().field().is_some_and(|it| !it.has_algebra()))
        && (group.permutations().is_some() || group.base().factors().is_empty()))
}

pub(crate) fn at(arguments: &Arguments, error: FiniteError) -> Diagnostic {
    Diagnostic::from(error).at(arguments.span("G"))
}

/// A group of the engine as a value.
pub(crate) fn as_value(group: PermutationGroup) -> Result<Value, Diagnostic> {
    Ok(Value::Group(Arc::new(reps::Group::of_permutation_group(group)?)))
}

fn structure(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let group = group_argument(context, arguments, "G")?;
    let limits = context.limits;
    let found = (|| {
        let order = group.order(limits)?;
        let series = group.derived_series(limits)?;
        let orders: Result<Vec<String>, FiniteError> =
            series.iter().map(|g| Ok(g.order(limits)?.to_string())).collect();
        let orders = orders?;
        let solvable = orders.last().is_some_and(|last| last == "1");
        let nilpotent = solvable && group.is_nilpotent(limits)?;
        let mut keys = Map::new();
        let name = group.structure(limits)?;
        keys.insert("group".into(), json!(group.name()));
        keys.insert("name".into(), json!(name));
        keys.insert("order".into(), json!(order.to_string()));
        keys.insert("degree".into(), json!(group.degree()));
        let abelian = group.is_abelian(limits)?;
        keys.insert("abelian".into(), json!(abelian));
        keys.insert("nilpotent".into(), json!(nilpotent));
        keys.insert("solvable".into(), json!(solvable));
        keys.insert("perfect".into(), json!(orders.len() == 1));
        keys.insert("transitive".into(), json!(group.is_transitive()));
        keys.insert("primitive".into(), json!(group.is_primitive(limits)?));
        keys.insert("derived_series".into(), json!(orders));
        keys.insert("center_order".into(), json!(group.center(limits)?.order(limits)?.to_string()));
        let words = [
            (abelian, "abelian"),
            (nilpotent && !abelian, "nilpotent"),
            (solvable && !nilpotent, "solvable"),
            (orders.len() == 1 && !solvable, "perfect"),
            (!solvable && orders.len() > 1, "not solvable"),
        ];
        let word = words.iter().find(|w| w.0).map_or("", |w| w.1);
        let name = name.map_or(String::new(), |name| format!(" = {name}"));
        let text = format!(
            "{}{name}: order {order}, {word}; orders of the derived series {}; centre of order {}",
            group.name(),
            orders.join(" > "),
            keys["center_order"].as_str().unwrap_or_default()
        );
        Ok(Value::record("finite_structure", keys, text))
    })();
    found.map_err(|e| at(arguments, e))
}

fn classes(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let group = group_argument(context, arguments, "G")?;
    let found = ConjugacyClasses::new(&group, context.limits).map_err(|e| at(arguments, e))?;
    let labels = found.labels();
    let mut keys = Map::new();
    keys.insert("group".into(), json!(group.name()));
    keys.insert("order".into(), json!(found.table().order().to_string()));
    keys.insert("count".into(), json!(found.len()));
    keys.insert("exponent".into(), json!(found.exponent().to_string()));
    let item = |(class, label): (&crate::finite::ConjugacyClass, &String)| json!({"label": label, "order": class.order, "size": class.size, "representative": class.representative.to_string()});
    keys.insert("classes".into(), found.classes().iter().zip(&labels).map(item).collect());
    let primes = prime_powers(found.exponent() as u64).into_iter().map(|(p, _)| p);
    let maps: Vec<(u64, Vec<usize>)> = primes.map(|p| (p, found.power_map(p as i64))).collect();
    let map = |(p, map): &(u64, Vec<usize>)| json!({"prime": p, "classes": map.iter().map(|&k| &labels[k]).collect::<Vec<_>>()});
    keys.insert("power_maps".into(), maps.iter().map(map).collect());
    let rows = found.classes().iter().zip(&labels).map(|(class, label)| {
        vec![
            Markup::name(label.clone()),
            Markup::number(class.size.to_string()),
            Markup::text(class.representative.to_string()),
        ]
    });
    // A column for the class of the p-th powers, for each prime p that divides an order.
    let rows = rows.enumerate().map(|(k, mut row)| {
        row.splice(2..2, maps.iter().map(|(_, map)| Markup::name(labels[map[k]].clone())));
        row
    });
    let mut heading = vec!["class".to_string(), "size".to_string()];
    heading.extend(maps.iter().map(|(p, _)| format!("{p}P")));
    heading.push("representative".into());
    let mut align = vec![Align::Left, Align::Right];
    align.resize(heading.len(), Align::Left);
    let table = Markup::table_with_heading(heading, rows.collect(), align);
    let count = found.len();
    let plural = if count == 1 { "class" } else { "classes" };
    let title = format!("{count} conjugacy {plural} of {}, order {}", group.name(), found.table().order());
    Ok(Value::record_with_markup("conjugacy_classes", keys, Markup::lines([Markup::text(title), table])))
}

pub(crate) fn value_markup(value: &Cyclotomic) -> Markup {
    if value.conductor() == 1 {
        return Markup::number(value.to_string());
    }
    Markup::symbol(value.to_string(), value.latex())
}

fn characters(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let group = group_argument(context, arguments, "G")?;
    let table = CharacterTable::new(&group, context.limits).map_err(|e| at(arguments, e))?;
    let letter = |i: i8| match i {
        1 => "R",
        -1 => "H",
        _ => "C",
    };
    let mut keys = Map::new();
    keys.insert("group".into(), json!(group.name()));
    keys.insert("order".into(), json!(table.order.to_string()));
    keys.insert("degrees".into(), json!(table.degrees));
    keys.insert("indicators".into(), json!(table.indicators));
    keys.insert("types".into(), json!(table.indicators.iter().map(|i| letter(*i)).collect::<Vec<_>>()));
    let real: Vec<Json> = table
        .real_irreducibles()
        .into_iter()
        .map(|(i, dim, kind)| json!({"character": i, "dim": dim, "type": kind.letter()}))
        .collect();
    keys.insert("real".into(), Json::Array(real));
    let class = |c: &crate::finite::TableClass| json!({"label": c.label, "order": c.order.to_string(), "size": c.size.to_string(), "representative": c.representative.to_string()});
    keys.insert("classes".into(), table.classes.iter().map(class).collect());
    let mut texts: Vec<Vec<String>> = Vec::new();
    for row in &table.values {
        context.limits.check()?;
        texts.push(row.iter().map(ToString::to_string).collect());
    }
    keys.insert("values".into(), json!(texts));
    let count = table.classes.len();
    let plural = if count == 1 { "" } else { "s" };
    let title =
        Markup::text(format!("{count} irreducible character{plural} of {}, order {}", group.name(), table.order));
    let grid = if count <= MOST_COLUMNS {
        let mut heading = vec![Markup::empty(), Markup::empty()];
        heading.extend(table.classes.iter().map(|c| Markup::name(c.label.clone())));
        let mut sizes = vec![Markup::dim("size"), Markup::empty()];
        sizes.extend(table.classes.iter().map(|c| Markup::dim(c.size.to_string())));
        let mut rows = vec![heading, sizes];
        for (i, row) in table.values.iter().enumerate() {
            let mut cells = vec![
                Markup::symbol(format!("χ{}", i + 1), format!("\\chi_{{{}}}", i + 1)),
                Markup::text(letter(table.indicators[i])),
            ];
            cells.extend(row.iter().map(value_markup));
            rows.push(cells);
        }
        Markup::table(rows, [Align::Left, Align::Left, Align::Right])
    } else {
        let list: Vec<String> =
            table.degrees.iter().zip(&table.indicators).map(|(d, i)| format!("{d}{}", letter(*i))).collect();
        Markup::text(format!("degrees and real types: {}", list.join(" ")))
    };
    Ok(Value::record_with_markup("character_table", keys, Markup::lines([title, grid])))
}

fn subgroups(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let group = group_argument(context, arguments, "G")?;
    let lattice = SubgroupLattice::new(&group, context.limits).map_err(|e| at(arguments, e))?;
    let mut items = Vec::new();
    let mut rows = Vec::new();
    for (i, class) in lattice.classes.iter().enumerate() {
        let name = lattice.representative(i).structure(context.limits).map_err(|e| at(arguments, e))?;
        let generators: Vec<String> = class.generators.iter().map(ToString::to_string).collect();
        rows.push(vec![
            Markup::number(class.order.to_string()),
            Markup::number(class.length.to_string()),
            name.as_deref().map_or_else(Markup::empty, group_name),
            Markup::text(generators.join(", ")),
        ]);
        items.push(json!({"order": class.order, "length": class.length, "name": name, "generators": generators}));
    }
    let mut keys = Map::new();
    keys.insert("group".into(), json!(group.name()));
    keys.insert("order".into(), json!(lattice.order.to_string()));
    keys.insert("classes".into(), json!(lattice.classes.len()));
    keys.insert("subgroups".into(), json!(lattice.subgroup_count()));
    keys.insert("items".into(), Json::Array(items));
    let plural = |n: usize, one: &'static str, many: &'static str| if n == 1 { one } else { many };
    let (count, all) = (lattice.classes.len(), lattice.subgroup_count());
    let title = format!(
        "{count} {} of subgroups of {}, {all} {}",
        plural(count, "class", "classes"),
        group.name(),
        plural(all, "subgroup", "subgroups")
    );
    let table = Markup::table_with_heading(
        ["order", "conjugate", "name", "generators"],
        rows,
        [Align::Right, Align::Right, Align::Left, Align::Left],
    );
    Ok(Value::record_with_markup("subgroups", keys, Markup::lines([Markup::text(title), table])))
}
