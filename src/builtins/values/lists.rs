//! Lists and ranges.

use std::cmp::Ordering;

use crate::builtins::{Arguments, Builtin, Context, Example, required, rest};
use crate::diag::{Code, Diagnostic};
use crate::lang::arithmetic::{self, cannot};
use crate::lang::compare;
use crate::lang::cyclotomic;
use crate::lang::kind::Kinds;
use crate::lang::symbolic;
use crate::lang::tree::{Comparison, Operator};
use crate::lang::value::Value;

type Outcome = Result<Value, Diagnostic>;

/// The rows of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "len",
        aliases: &["length"],
        topic: "lists",
        params: &[required("x", Kinds::ITERABLE.or(Kinds::TEXT))],
        returns: Kinds::NUMBER,
        summary: "the number of entries of a list, a range or a string, or of a result that is a list of things",
        help: "Results that are lists of things, such as bases, decompositions, architectures and classes of subgroups, are counted, indexed \
and run over like lists: the entries are those of their JSON array.",
        examples: &[
            Example { code: "len(1..10)", output: "10" },
            Example {
                code: "let A = architectures(S(3))\n[len(A), A[1].width]\n[a.type for a in A]",
                output: "[4, 6]\n[1, 1, 2, 1]",
            },
            Example { code: "rep V = vector(SO(3))\n[trace(b) for b in basis(V -> V)]", output: "[3]" },
        ],
        run: |_, a| match a.value("x")? {
            Value::Text(text) => Ok(Value::count(text.chars().count())),
            Value::Range(first, last) => Ok(Value::integer(last.saturating_sub(*first).saturating_add(1).max(0))),
            Value::Basis(basis) => Ok(Value::count(basis.basis.rank())),
            _ => Ok(Value::count(a.items("x")?.len())),
        },
    },
    Builtin {
        name: "list",
        aliases: &[],
        topic: "lists",
        params: &[required(
            "x",
            Kinds::ITERABLE.or(Kinds::MATRIX).or(Kinds::FLOAT_MATRIX).or(Kinds::CYCLOTOMIC_MATRIX),
        )],
        returns: Kinds::LIST,
        summary: "the entries of a range or of a result that is a list of things, or the rows of a matrix, as a list",
        help: "",
        examples: &[Example { code: "list(2..5)", output: "[2, 3, 4, 5]" }],
        run: |c, a| match a.value("x")? {
            Value::Basis(basis) => Ok(Value::list(basis.matrices(c.limits)?)),
            Value::Matrix(m) => {
                Ok(Value::list(m.iter_rows().map(|r| Value::list(r.iter().map(|x| Value::Number(x.clone()))))))
            }
            Value::CyclotomicMatrix(m) => {
                Ok(Value::list(m.iter_rows().map(|r| Value::list(r.iter().cloned().map(cyclotomic::value)))))
            }
            Value::FloatMatrix(m) => {
                Ok(Value::list(m.iter_rows().map(|r| Value::list(r.iter().map(|x| Value::Float(*x))))))
            }
            _ => a.items("x").map(Value::list),
        },
    },
    Builtin {
        name: "sum",
        aliases: &[],
        topic: "lists",
        params: &[required("items", Kinds::SEQUENCE)],
        returns: Kinds::ANY,
        summary: "the sum of the entries; 0 when there are none",
        help: "",
        examples: &[Example { code: "sum([1/k for k in 1..4])", output: "25/12" }],
        run: |c, a| fold(c, a, Operator::Plus, 0),
    },
    Builtin {
        name: "product",
        aliases: &[],
        topic: "lists",
        params: &[required("items", Kinds::SEQUENCE)],
        returns: Kinds::ANY,
        summary: "the product of the entries; 1 when there are none",
        help: "",
        examples: &[Example { code: "product(1..5)", output: "120" }],
        run: |c, a| fold(c, a, Operator::Times, 1),
    },
    Builtin {
        name: "map",
        aliases: &[],
        topic: "lists",
        params: &[required("f", Kinds::FUNCTION), required("items", Kinds::ITERABLE)],
        returns: Kinds::LIST,
        summary: "the list of f(x) for the entries x",
        help: "The same as [f(x) for x in items].",
        examples: &[Example { code: "map(factorial, 1..4)", output: "[1, 2, 6, 24]" }],
        run: |c, a| {
            let f = a.value("f")?.clone();
            let mut out = Vec::new();
            for item in entries(c, a)? {
                c.limits.check()?;
                out.push((c.call)(&f, vec![item])?);
            }
            Ok(Value::list(out))
        },
    },
    Builtin {
        name: "filter",
        aliases: &[],
        topic: "lists",
        params: &[required("f", Kinds::FUNCTION), required("items", Kinds::ITERABLE)],
        returns: Kinds::LIST,
        summary: "the entries x for which f(x) is true",
        help: "The same as [x for x in items if f(x)].",
        examples: &[Example { code: "filter(is_prime, 1..10)", output: "[2, 3, 5, 7]" }],
        run: |c, a| {
            let f = a.value("f")?.clone();
            let mut out = Vec::new();
            for item in entries(c, a)? {
                c.limits.check()?;
                match (c.call)(&f, vec![item.clone()])? {
                    Value::Boolean(true) => out.push(item),
                    Value::Boolean(false) => {}
                    other => {
                        return Err(a.wrong(
                            "f",
                            Code::Kind,
                            format!("`f` must give true or false, not {}", other.kind()),
                        ));
                    }
                }
            }
            Ok(Value::list(out))
        },
    },
    Builtin {
        name: "append",
        aliases: &["join"],
        topic: "lists",
        params: &[required("items", Kinds::SEQUENCE), rest("more", Kinds::ANY)],
        returns: Kinds::LIST,
        summary: "the list with further entries; lists and ranges are joined entry by entry",
        help: "",
        examples: &[Example { code: "append([1, 2], 3, [4, 5])", output: "[1, 2, 3, 4, 5]" }],
        run: |_, a| {
            let mut out = a.items("items")?;
            for (value, _) in a.rest("more") {
                match value.items() {
                    Some(items) => out.extend(items),
                    None => out.push(value),
                }
            }
            Ok(Value::list(out))
        },
    },
    Builtin {
        name: "sort",
        aliases: &[],
        topic: "lists",
        params: &[required("items", Kinds::SEQUENCE)],
        returns: Kinds::LIST,
        summary: "the entries in increasing order",
        help: "For real numbers and for strings.",
        examples: &[Example { code: "sort([3, 1/2, sqrt(2)])", output: "[1/2, sqrt(2), 3]" }],
        run: |_, a| {
            let mut items = a.items("items")?;
            let mut comparable = true;
            items.sort_by(|x, y| {
                compare::order(x, y).unwrap_or_else(|| {
                    comparable = false;
                    Ordering::Equal
                })
            });
            if comparable {
                Ok(Value::list(items))
            } else {
                Err(a.wrong("items", Code::Kind, "these entries have no order"))
            }
        },
    },
    Builtin {
        name: "reverse",
        aliases: &[],
        topic: "lists",
        params: &[required("items", Kinds::SEQUENCE)],
        returns: Kinds::LIST,
        summary: "the entries from last to first",
        help: "",
        examples: &[Example { code: "reverse(1..3)", output: "[3, 2, 1]" }],
        run: |_, a| Ok(Value::list(a.items("items")?.into_iter().rev())),
    },
    Builtin {
        name: "zip",
        aliases: &[],
        topic: "lists",
        params: &[required("a", Kinds::SEQUENCE), required("b", Kinds::SEQUENCE)],
        returns: Kinds::LIST,
        summary: "the pairs of entries at the same place",
        help: "",
        examples: &[Example { code: "zip(1..2, [\"a\", \"b\"])", output: "[[1, \"a\"], [2, \"b\"]]" }],
        run: |_, a| {
            let (x, y) = (a.items("a")?, a.items("b")?);
            if x.len() != y.len() {
                let message = format!("lists of {} and {} entries do not pair up", x.len(), y.len());
                return Err(a.wrong("b", Code::Shape, message));
            }
            Ok(Value::list(x.into_iter().zip(y).map(|(x, y)| Value::list([x, y]))))
        },
    },
    Builtin {
        name: "max",
        aliases: &[],
        topic: "lists",
        params: &[rest("x", Kinds::SCALAR.or(Kinds::SEQUENCE).or(Kinds::ORACLE))],
        returns: Kinds::SCALAR.or(Kinds::ORACLE),
        summary: "the largest of real numbers, given one by one or as a list",
        help: "In the formula of an oracle, of numbers that depend on coordinates.",
        examples: &[Example { code: "max(1/2, sqrt(2), 1)", output: "sqrt(2)" }],
        run: |_, a| extreme(a, Ordering::Greater),
    },
    Builtin {
        name: "min",
        aliases: &[],
        topic: "lists",
        params: &[rest("x", Kinds::SCALAR.or(Kinds::SEQUENCE).or(Kinds::ORACLE))],
        returns: Kinds::SCALAR.or(Kinds::ORACLE),
        summary: "the smallest of real numbers, given one by one or as a list",
        help: "In the formula of an oracle, of numbers that depend on coordinates.",
        examples: &[Example { code: "min([3, -2, 5/2])", output: "-2" }],
        run: |_, a| extreme(a, Ordering::Less),
    },
];

/// The items that a function is applied to.
fn entries(context: &Context<'_>, a: &Arguments) -> Result<Vec<Value>, Diagnostic> {
    match a.value("items")? {
        Value::Basis(basis) => Ok(basis.matrices(context.limits)?),
        _ => a.items("items"),
    }
}

fn fold(context: &mut Context<'_>, a: &Arguments, operator: Operator, empty: i64) -> Outcome {
    let mut items = a.items("items")?.into_iter();
    let Some(mut sum) = items.next() else { return Ok(Value::integer(empty)) };
    for item in items {
        context.limits.check()?;
        sum = match arithmetic::binary(operator, &sum, &item, context.limits) {
            Some(result) => result.map_err(|e| e.at(a.span("items")))?,
            None => {
                // What has no arithmetic has a function of the table: direct sums, tensor products.
                let error = cannot(operator, &sum, &item).at(a.span("items"));
                let name = if operator == Operator::Plus { "direct_sum" } else { "tensor" };
                let kinds = [sum.kind(), item.kind()];
                let row = crate::builtins::find(name)
                    .filter(|row| kinds.iter().all(|&kind| row.params.first().is_some_and(|p| p.kinds.meets(kind))));
                let Some(row) = row else { return Err(error) };
                (context.call)(&Value::Builtin(row), vec![sum, item])?
            }
        };
    }
    Ok(sum)
}

fn extreme(a: &Arguments, wanted: Ordering) -> Outcome {
    let first = if wanted == Ordering::Greater { Comparison::AtLeast } else { Comparison::AtMost };
    let mut best: Option<Value> = None;
    for (value, span) in a.rest("x") {
        for item in value.items().unwrap_or_else(|| vec![value.clone()]) {
            let Some(old) = best.take() else {
                best = Some(item);
                continue;
            };
            best = Some(match symbolic::extreme(first, &old, &item) {
                Some(chosen) => chosen.map_err(|e| e.at(span))?,
                None => match compare::order(&item, &old) {
                    Some(order) if order == wanted => item,
                    Some(_) => old,
                    None => return Err(Diagnostic::new(Code::Kind, "these values have no order").at(span)),
                },
            });
        }
    }
    best.ok_or_else(|| Diagnostic::new(Code::Argument, "there is nothing to choose from"))
}
