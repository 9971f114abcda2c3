//! Class functions of finite groups: permutation characters, induction and restriction, decomposition.

use serde_json::{Map, json};

use crate::builtins::finite::groups::{G, at, group_argument};
use crate::builtins::{Arguments, Builtin, Context, Example, Param, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::finite::{CharacterTable, PermutationGroup};
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::num::{Cyclotomic, Rational};
use crate::show::Markup;

const TOPIC: &str = "finite";
const H: Param = required("H", Kinds::GROUP);
const CHI: Param = required("chi", Kinds::NUMBER.or(Kinds::LIST).or(Kinds::RECORD));

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "permutation_character",
        aliases: &[],
        topic: TOPIC,
        params: &[G, optional("H", Kinds::GROUP, "the points")],
        returns: Kinds::RECORD,
        summary: "the character of the action of a finite group on its points, or on the cosets of a subgroup",
        help: "`values` are the numbers of fixed points of the elements of each class, `multiplicities` say how often each \
irreducible character occurs; classes and characters in the order of characters(G). On the cosets of H it is the trivial \
character of H, induced.",
        examples: &[
            Example { code: "permutation_character(S(4)).multiplicities", output: "[1, 0, 0, 1, 0]" },
            Example { code: "permutation_character(Q8).multiplicities", output: "[1, 1, 1, 1, 2]" },
            Example {
                code: "permutation_character(A(5), perm(5, \"(0 1 2 3 4)\"))",
                output: "12 0 0 2 2 = χ1 + χ2 + χ3 + χ5",
            },
        ],
        run: permutation_character,
    },
    row!("induced_character", &[], TOPIC, [G, H, CHI] -> Kinds::RECORD,
        "the character of G that a class function of a subgroup H induces",
        "`chi` is the number of an irreducible character of H, from 1 as shown by characters(H), or a list of values on its classes, \
or a class function found before. Attributes: values, multiplicities, norm.",
        ["induced_character(S(4), perm(4, \"(0 1 2)\"), 2)" => "8 0 0 -1 0 = χ3 + χ4 + χ5"],
        induced),
    row!("restricted_character", &[], TOPIC, [G, CHI, H] -> Kinds::RECORD,
        "the restriction of a class function of G to a subgroup H",
        "`chi` is the number of an irreducible character of G, from 1 as shown by characters(G), or a list of values on its classes, \
or a class function found before. Attributes: values, multiplicities, norm.",
        ["restricted_character(S(4), 3, A(4))" => "2 2 -1 -1 = χ2 + χ3"],
        restricted),
    row!("class_function", &[], TOPIC, [G, CHI] -> Kinds::RECORD,
    "a class function of a finite group by its values, with its multiplicities of irreducible characters",
    "Values on the classes in the order of characters(G), or the number of an irreducible character.",
    ["class_function(S(3), [6, 0, 0])" => "6 0 0 = χ1 + χ2 + 2χ3", "class_function(Q8, 5).norm" => "1"],
    |context, a| {
        let group = group_argument(context, a, "G")?;
        let table = CharacterTable::new(&group, context.limits).map_err(|e| at(a, e))?;
        let values = class_function(context, a, &table, &group)?;
        record(context, a, &table, group.name(), values)
    }),
];

fn permutation_character(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let limits = context.limits;
    if a.get("H").is_none() {
        let group = crate::builtins::finite::groups::permutation_group(a)?;
        let table = CharacterTable::new(group, limits).map_err(|e| at(a, e))?;
        let values = table.permutation_character();
        return record(context, a, &table, group.name(), values);
    }
    let (group, subgroup) = (group_argument(context, a, "G")?, group_argument(context, a, "H")?);
    let table = CharacterTable::new(&group, limits).map_err(|e| at(a, e))?;
    let below = CharacterTable::new(&subgroup, limits).map_err(|e| Diagnostic::from(e).at(a.span("H")))?;
    let fusion = fusion(context, a, (&group, &table), (&subgroup, &below))?;
    let trivial = vec![Cyclotomic::from(1); below.classes.len()];
    let values = table.induce(&below, &trivial, &fusion);
    record(context, a, &table, group.name(), values)
}

fn induced(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let (group, subgroup) = (group_argument(context, a, "G")?, group_argument(context, a, "H")?);
    let table = CharacterTable::new(&group, context.limits).map_err(|e| at(a, e))?;
    let below = CharacterTable::new(&subgroup, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("H")))?;
    let fusion = fusion(context, a, (&group, &table), (&subgroup, &below))?;
    let values = class_function(context, a, &below, &subgroup)?;
    record(context, a, &table, group.name(), table.induce(&below, &values, &fusion))
}

fn restricted(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let (group, subgroup) = (group_argument(context, a, "G")?, group_argument(context, a, "H")?);
    let table = CharacterTable::new(&group, context.limits).map_err(|e| at(a, e))?;
    let below = CharacterTable::new(&subgroup, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("H")))?;
    let fusion = fusion(context, a, (&group, &table), (&subgroup, &below))?;
    let values = class_function(context, a, &table, &group)?;
    record(context, a, &below, subgroup.name(), CharacterTable::restrict(&values, &fusion))
}

/// The class of G of each class of a subgroup.
fn fusion(
    context: &Context<'_>,
    a: &Arguments,
    (group, table): (&PermutationGroup, &CharacterTable),
    (subgroup, below): (&PermutationGroup, &CharacterTable),
) -> Result<Vec<usize>, Diagnostic> {
    let columns = table.columns(group, context.limits).map_err(|e| at(a, e))?;
    columns.fusion(group, subgroup, below, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("H")))
}

/// The class function that an argument means: a row of the table by its number, or values.
fn class_function(
    context: &Context<'_>,
    a: &Arguments,
    table: &CharacterTable,
    group: &PermutationGroup,
) -> Result<Vec<Cyclotomic>, Diagnostic> {
    let count = table.classes.len();
    let wrong = |message: String| a.wrong("chi", Code::Argument, message);
    match a.value("chi")? {
        Value::Number(_) => {
            let k = a.count("chi", 1, count)?;
            Ok(table.values[k - 1].clone())
        }
        Value::Record(record) if matches!(record.kind, "class_function" | "permutation_character") => {
            let terms = record.keys.get("multiplicities").and_then(|list| list.as_array());
            let parse = |term: &serde_json::Value| match term {
                serde_json::Value::Number(n) => n.as_i64().map(Rational::from),
                other => other.as_str().and_then(|text| text.parse::<Rational>().ok()),
            };
            let multiplicities: Option<Vec<Rational>> =
                terms.map(|list| list.iter().map(parse).collect()).unwrap_or(None);
            let fits = record.keys.get("group").and_then(|name| name.as_str()) == Some(group.name());
            match multiplicities.filter(|list| fits && list.len() == count) {
                Some(list) => {
                    let mut sum = vec![Cyclotomic::from(0); count];
                    for (factor, row) in list.iter().zip(&table.values).filter(|(factor, _)| !factor.is_zero()) {
                        context.limits.check()?;
                        sum = sum.iter().zip(row).map(|(x, y)| x.add(&y.scale(factor))).collect();
                    }
                    Ok(sum)
                }
                None => Err(wrong(format!("this is no class function of {}", group.name()))),
            }
        }
        value => {
            let numbers = value.to_numbers().ok_or_else(|| {
                wrong("a class function is the number of a character or a list of its values".to_string())
            })?;
            if numbers.len() != count {
                let message = format!("{} has {count} classes, not {}", group.name(), numbers.len());
                return Err(a.wrong("chi", Code::Shape, message));
            }
            let exact = |x: &crate::num::Gaussian| {
                let terms = [(0, x.re.clone()), (1, x.im.clone())];
                Cyclotomic::sum(4, terms)
            };
            Ok(numbers.iter().map(exact).collect())
        }
    }
}

/// A class function with its multiplicities, which are `null` where one is not rational.
fn record(
    context: &Context<'_>,
    a: &Arguments,
    table: &CharacterTable,
    name: &str,
    values: Vec<Cyclotomic>,
) -> Result<Value, Diagnostic> {
    let found = table.decompose(&values, context.limits).map_err(|e| at(a, e))?;
    let number = |x: &Rational| x.to_i64().map_or_else(|| json!(x.to_string()), |n| json!(n));
    let value = |x: &Cyclotomic| x.as_rational().map_or_else(|| json!(x.to_string()), |q| number(&q));
    let mut keys = Map::new();
    keys.insert("group".into(), json!(name));
    keys.insert("values".into(), values.iter().map(value).collect());
    keys.insert(
        "multiplicities".into(),
        match &found {
            Some(list) => list.iter().map(number).collect(),
            None => serde_json::Value::Null,
        },
    );
    keys.insert("norm".into(), value(&table.inner_product(&values, &values)));
    let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
    let mut text = texts.join(" ");
    if let Some(list) = &found {
        text += " = ";
        text += &combination(list);
    }
    Ok(Value::record_with_markup("class_function", keys, Markup::text(text)))
}

/// `χ1 + 2χ4 - 1/2 χ5`.
fn combination(multiplicities: &[Rational]) -> String {
    let mut out = String::new();
    for (m, i) in multiplicities.iter().zip(1..).filter(|(m, _)| !m.is_zero()) {
        let sign = match (out.is_empty(), m.signum() < 0) {
            (true, false) => "",
            (true, true) => "-",
            (false, false) => " + ",
            (false, true) => " - ",
        };
        let size = m.abs();
        let factor = match (size.is_one(), size.is_integer()) {
            (true, _) => String::new(),
            (_, true) => size.to_string(),
            _ => format!("{size} "),
        };
        out += &format!("{sign}{factor}χ{i}");
    }
    if out.is_empty() { "0".into() } else { out }
}
