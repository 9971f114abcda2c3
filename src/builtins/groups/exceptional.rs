//! The exceptional groups by name.

use crate::builtins::{Builtin, Example, keyword, required};
use crate::diag::{Code, Diagnostic};
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::limits::Limits;
use crate::reps::{self, RealForm};
use crate::roots::CartanType;

/// The functions of this file.
pub const TABLE: &[Builtin] = &[Builtin {
    name: "exceptional",
    aliases: &["exceptional_group"],
    topic: "groups",
    params: &[required("type", Kinds::TYPE.or(Kinds::TEXT)), keyword("form", Kinds::TEXT, "\"compact\"")],
    returns: Kinds::GROUP,
    summary: "G2, F4, E6, E7 or E8 as a group of matrices in its smallest representation",
    help: "The compact group on R^7, R^26, C^27, C^56 or R^248; form = \"split\" is the split real form on R^7, R^26, R^27, R^56 or R^248. \
`group G = G2` means the compact one. Other real forms: exp of a stabilizer, such as exp(stabilizer(albert_cubic)) for E6(-26).",
    examples: &[
        Example {
            code: "group G = G2\nG\nrank(vector(G)^3)",
            output: "G2: connected Lie group of dimension 14, 7×7 matrices (compact, simply connected)\n1",
        },
        Example { code: "rep V = vector(exceptional(F4, form = \"split\"))\nrank(Sym(V, 3))", output: "1" },
    ],
    run: |context, a| {
        let form = match if a.get("form").is_some() { a.text("form")? } else { "compact" } {
            "compact" => RealForm::Compact,
            "split" => RealForm::Split,
            _ => return Err(a.wrong("form", Code::Argument, "`form` is \"compact\" or \"split\"")),
        };
        let t = match a.value("type")? {
            Value::Type(t) => t.as_ref().clone(),
            _ => a.text("type")?.parse::<CartanType>().map_err(|e| a.wrong("type", Code::Argument, e.to_string()))?,
        };
        of_type(&t, form, context.limits).map_err(|e| e.at(a.span("type")))
    },
}];

fn of_type(t: &CartanType, form: RealForm, limits: &Limits) -> Result<Value, Diagnostic> {
    let simple = t.simple().ok_or_else(|| {
        Diagnostic::new(Code::Argument, format!("{t} is not simple")).hint("direct_product(G, H) joins groups")
    })?;
    Ok(Value::group(reps::exceptional(simple, form, limits)?))
}

/// The compact group of an exceptional type.
pub(crate) fn compact(exceptional: &CartanType, limits: &Limits) -> Result<Value, Diagnostic> {
    of_type(exceptional, RealForm::Compact, limits)
}
