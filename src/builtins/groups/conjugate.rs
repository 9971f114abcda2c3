//! Representations that belong to a kind of group: complex conjugates.

use crate::builtins::groups::representations::rep;
use crate::builtins::weights::modules;
use crate::builtins::{Builtin, Example, required};
use crate::lang::kind::Kinds;
use crate::lang::value::Value;

const TOPIC: &str = "representations";

/// The functions of this file.
pub const TABLE: &[Builtin] = &[Builtin {
    name: "conjugate",
    aliases: &[],
    topic: TOPIC,
    params: &[required("V", Kinds::REP)],
    returns: Kinds::REP,
    summary: "complex conjugate representation: matrices A + iB act as A - iB",
    help: "What is made from real matrices is its own conjugate. Representations of groups are real here, on R^2n for complex \
matrices; over R, V and its conjugate are isomorphic, and they are equal as values. Of a representation by highest weights (irrep) it is \
that of the compact form, the dual.",
    examples: &[
        Example {
            code: "rep V = vector(SU(3))\nconjugate(V)\nconjugate(V) == V",
            output: "V̄: representation of SU(3) of dimension 6\ntrue",
        },
        Example { code: "conjugate(irrep(\"A2\", [1,0])) == dual(irrep(\"A2\", [1,0]))", output: "true" },
    ],
    run: |context, a| match modules::given(a, "V") {
        Some(it) => modules::value(context, it.module.dual()),
        None => Ok(Value::rep(rep(a, "V")?.conjugate()?)),
    },
}];
