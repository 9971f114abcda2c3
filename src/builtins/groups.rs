//! Connected groups of matrices.

use super::algebras::size;
use super::structure::{ALGEBRA_LIKE, algebra_of};
use super::{Arguments, Builtin, Context, Example, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::reps::group_by_name;

const TOPIC: &str = "groups";
const NUMBER: Kinds = Kinds::NUMBER;
const SIZE_OR_FIELD: Kinds = Kinds::NUMBER.or(Kinds::FIELD);

/// One row for a name of [`crate::reps::GROUP_NAMES`]; the arguments go to [`group_by_name`] as they are.
macro_rules! group_row {
    ($name:literal, [$($param:expr),*], $summary:literal, $help:literal, [$($code:literal => $output:literal),*]) => {
        Builtin {
            name: $name,
            aliases: &[],
            topic: TOPIC,
            params: &[$($param),*],
            returns: Kinds::GROUP,
            summary: $summary,
            help: $help,
            examples: &[$(Example { code: $code, output: $output }),*],
            run: call_by_name,
        }
    };
}

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    group_row!("SO", [required("n", NUMBER), optional("q", SIZE_OR_FIELD, "compact")],
        "rotations: SO(n), SO(p,q), SO(n,C)",
        "The matrices of determinant 1 that preserve a quadratic form with p positive and q negative squares. Of SO(p,q) the \
identity component is meant. JSON: {\"kind\":\"group\",\"name\",\"dim\",\"connected\":true,\"field\":\"R\"|\"C\",\"matrix_size\"}.",
        ["SO(3)" => "SO(3): connected Lie group of dimension 3, 3×3 matrices", "identify(SO(4)).real_form" => "su(2)+su(2)"]),
    group_row!("SU", [required("n", NUMBER), optional("q", NUMBER, "compact")],
        "special unitary group: SU(n), SU(p,q)",
        "Complex matrices of determinant 1 that preserve a hermitian form of signature (p,q). vector(SU(n)) is the real \
space R^2n.",
        ["SU(3)" => "SU(3): connected Lie group of dimension 8, 3×3 complex matrices"]),
    group_row!("U", [required("n", NUMBER), optional("q", NUMBER, "compact")],
        "unitary group: U(n), U(p,q)",
        "Complex matrices that preserve a hermitian form of signature (p,q).",
        ["dim(U(3))" => "9"]),
    group_row!("SL", [required("n", NUMBER), optional("field", Kinds::FIELD, "R")],
        "matrices of determinant 1: SL(n,R), SL(n,C), SL(n,H)",
        "",
        ["dim(SL(2,C))" => "6"]),
    group_row!("GL", [required("n", NUMBER), optional("field", Kinds::FIELD, "R")],
        "invertible matrices: GL(n,R), GL(n,C)",
        "Over R the identity component, whose determinants are positive.",
        ["dim(GL(3))" => "9"]),
    group_row!("Sp", [required("n", NUMBER), optional("q", SIZE_OR_FIELD, "compact")],
        "symplectic group: compact Sp(n), Sp(p,q), Sp(2n,R), Sp(2n,C)",
        "Sp(n) and Sp(p,q) are quaternionic of rank n = p + q; Sp(2n,R) and Sp(2n,C) have matrices of even size 2n.",
        ["rank(Alt(vector(Sp(4,R)), 2))" => "1"]),
    group_row!("Lorentz", [],
        "the proper orthochronous Lorentz group: the identity component of SO(3,1)",
        "Its quadratic form is x² + y² + z² - t², in this order.",
        ["identify(Lorentz).real_form" => "sl(2,C)_R"]),
    Builtin {
        name: "algebra_of",
        aliases: &["lie_algebra"],
        topic: TOPIC,
        params: &[required("x", ALGEBRA_LIKE.or(Kinds::REP))],
        returns: Kinds::ALGEBRA,
        summary: "Lie algebra of a connected group, or the algebra that acts in a representation",
        help: "Functions of algebras take groups as they are: identify(SO(4)). `exp` leads back.",
        examples: &[Example {
            code: "algebra_of(SO(3))",
            output: "so(3): Lie algebra of dimension 3 over Q, 3×3 matrices",
        }],
        run: |context, arguments| match arguments.value("x")? {
            Value::Rep(rep) => Ok(Value::Algebra(rep.base().algebra().clone())),
            Value::Module(_) => Err(arguments.wrong(
                "x",
                Code::Argument,
                "a representation by highest weights belongs to a type, not to one algebra",
            )),
            _ => algebra_of(context, arguments, "x").map(Value::Algebra),
        },
    },
];

fn call_by_name(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let row = arguments.row();
    let mut given = Vec::new();
    for param in row.params {
        if let Some(value) = arguments.get(param.name) {
            given.push(size(value).ok_or_else(|| {
                let message = format!("{} takes whole numbers from 0, not {}", row.name, value.line());
                arguments.wrong(param.name, Code::Argument, message)
            })?);
        }
    }
    Ok(Value::connected(group_by_name(row.name, &given, context.limits)?))
}
