//! Forms of an algebra, and forms as functions: their values at vectors of numbers, also of numbers that depend on the coordinates of an oracle.

use std::sync::Arc;

use crate::builtins::algebras::structure::{ALGEBRA_LIKE, algebra_of};
use crate::builtins::{Arguments, Builtin, Context, Example, required, rest};
use crate::diag::{Code, Diagnostic};
use crate::forms::{Form, Invariant, Monomial, Polynomial, Slot};
use crate::lang::arithmetic;
use crate::lang::kind::Kinds;
use crate::lang::tree::Operator;
use crate::lang::value::Value;
use crate::lie;
use crate::num::Gaussian;

/// The functions of this file.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "evaluate",
        aliases: &[],
        topic: "forms",
        params: &[required("f", Kinds::FORM), rest("vectors", Kinds::LIST.or(Kinds::MATRIX_LIKE))],
        returns: Kinds::SCALAR.or(Kinds::ORACLE),
        summary: "value of a form at vectors, one for each of its arguments or one for all of them",
        help: "In the formula of an oracle the vectors may be its coordinates, so that invariants are combined: \
oracle f(z[27] in C) = abs(evaluate(albert_cubic, z))^2. Of conjugate arguments (of hermitian forms) the vector itself is given.",
        examples: &[
            Example { code: "evaluate(determinant(2), [1, 2, 3, 4])", output: "-2" },
            Example { code: "evaluate(hermitian(2), [1, i])", output: "2" },
            Example { code: "evaluate(symplectic(4), [1, 0, 0, 0], [0, 0, 1, 0])", output: "1" },
        ],
        run: evaluate,
    },
    Builtin {
        name: "three_form",
        aliases: &[],
        topic: "forms",
        params: &[required("g", ALGEBRA_LIKE)],
        returns: Kinds::FORM,
        summary: "invariant 3-form K([x, y], z) of a Lie algebra on itself, with its Killing form K",
        help: "Of a simple algebra its symmetries are the algebra itself; E8 has no form of lower degree than this one besides K. \
They are found by weights in a basis of root vectors: discover(three_form(real_form(\"E8(8)\")), prove = false).",
        examples: &[Example {
            code: "discover(three_form(real_form(\"sl(3,R)\"))).identification.real_form",
            output: "sl(3,R)",
        }],
        run: three_form,
    },
];

fn three_form(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let g = algebra_of(context, a, "g")?;
    let killing = lie::killing_form(g.constants(), context.limits)?;
    let n = g.dim() as u32;
    let mut polynomial = Polynomial::zero();
    for (i, j, k, value) in g.constants().iter() {
        context.limits.check()?;
        let row = (0..n).map(|l| (l, &killing[(k, l as usize)])).filter(|(_, x)| !x.is_zero());
        for (l, x) in row {
            let factor = Gaussian::from(value * x);
            let term = |i: usize, j: usize| Monomial::new(vec![i as u32, n + j as u32, 2 * n + l]);
            polynomial.add_term(factor.clone(), term(i, j));
            polynomial.add_term(-&factor, term(j, i));
        }
    }
    let form = Form::new(g.dim(), vec![Slot::Vector; 3], polynomial, "invariant 3-form");
    let form = form.map_err(|e| Diagnostic::from(e).at(a.span("g")))?;
    Ok(Value::Form(Arc::new(form.named(format!("three_form({})", g.origin())))))
}

fn evaluate(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let form = match a.value("f")? {
        Value::Form(form) => form.as_ref().clone(),
        Value::Polynomial(polynomial) => {
            crate::builtins::algebras::building::form_of(polynomial).map_err(|e| e.at(a.span("f")))?
        }
        _ => return Err(a.wrong("f", Code::Kind, "`evaluate` takes a form")),
    };
    let Invariant::Polynomial(slots, polynomial) = form.invariant() else {
        return Err(a.wrong("f", Code::Unsupported, format!("`{}` is no polynomial in vectors", form.name())));
    };
    let vectors = vectors(a, &form, slots.len())?;
    let n = form.dimension();
    let conjugated = |v: &Value| match v {
        Value::Number(x) => Value::Number(x.conj()),
        Value::Symbol(x) => Value::Symbol(x.conj()),
        Value::ComplexFloat(re, im) => Value::ComplexFloat(*re, -im),
        other => other.clone(),
    };
    let factors: Vec<Value> = slots
        .iter()
        .enumerate()
        .flat_map(|(s, slot)| {
            let vector = if vectors.len() == 1 { &vectors[0] } else { &vectors[s] };
            vector.iter().map(move |v| if slot.is_conjugate() { conjugated(v) } else { v.clone() })
        })
        .collect();
    let binary = |operator: Operator, x: &Value, y: &Value| {
        arithmetic::binary(operator, x, y, context.limits).unwrap_or_else(|| Err(arithmetic::cannot(operator, x, y)))
    };
    let mut sum = Value::integer(0);
    for (monomial, coefficient) in polynomial.terms() {
        context.limits.check()?;
        let mut product = Value::Number(coefficient.clone());
        for &v in monomial.variables() {
            let factor = factors.get(v as usize).ok_or_else(|| {
                a.wrong(
                    "f",
                    Code::Internal,
                    format!("variable {v} of a form in {} vectors of dimension {n}", slots.len()),
                )
            })?;
            product = binary(Operator::Times, &product, factor)?;
        }
        sum = binary(Operator::Plus, &sum, &product)?;
    }
    Ok(sum)
}

/// The vectors as lists of numbers: as many as the form has arguments, or one.
fn vectors(a: &Arguments, form: &Form, slots: usize) -> Result<Vec<Vec<Value>>, Diagnostic> {
    let given = a.rest("vectors");
    if given.len() != slots && given.len() != 1 {
        let message = format!("`{}` has {slots} arguments, here are {}", form.name(), given.len());
        return Err(Diagnostic::new(Code::Arity, message).at(a.span("vectors")));
    }
    let mut out = Vec::new();
    for (value, span) in given {
        let items = value.items().filter(|items| items.len() == form.dimension()).ok_or_else(|| {
            let message = format!("the vectors of `{}` are lists of {} numbers", form.name(), form.dimension());
            Diagnostic::new(Code::Shape, message).at(span)
        })?;
        out.push(items);
    }
    Ok(out)
}
