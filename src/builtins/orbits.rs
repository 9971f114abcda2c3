//! Nilpotent orbits in the language.

use serde_json::{Map, Value as Json, json};

use super::branching::simple_type;
use super::{Builtin, Example, modules};
use crate::diag::Diagnostic;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::show::{Align, Markup};
use crate::weights;

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[Builtin {
    name: "nilpotent_orbits",
    aliases: &[],
    topic: "weights",
    params: &[modules::G],
    returns: Kinds::RECORD,
    summary: "nilpotent orbits of a simple algebra over C: label, weighted Dynkin diagram, dimension, index",
    help: "By dimension, the zero orbit first. Labels are partitions for classical algebras (I and II for the two orbits of \
a partition with even parts only in so(4k); I has its 2 at the last node), otherwise those of Bala and Carter, with a tilde \
for short roots and primes as in the tables of Collingwood and McGovern. The diagram has the values of the simple roots on h \
of an sl2-triple in Bourbaki's order; the index is that of the triple (Dynkin). Attributes: group, count, orbits; each of \
these has label, diagram, dim, index, even.",
    examples: &[
        Example { code: "nilpotent_orbits(\"E8\").count", output: "70" },
        Example {
            code: "nilpotent_orbits(\"G2\")",
            output: "orbit   diagram  dim  index\n0       00         0      0\nA1      01         6      1\nA\u{303}1      \
10         8      3\nG2(a1)  02        10      4\nG2      22        12     28",
        },
    ],
    run: |context, a| {
        let simple = simple_type(context, a)?;
        let orbits =
            weights::nilpotent_orbits(simple, context.limits).map_err(|e| Diagnostic::from(e).at(a.span("G")))?;
        let items: Vec<Json> = orbits
            .iter()
            .map(|o| {
                json!({"label": o.label, "diagram": o.diagram, "dim": o.dim, "index": o.index, "even": o.is_even()})
            })
            .collect();
        let row = |o: &weights::NilpotentOrbit| -> Vec<Markup> {
            let digits: String = o.diagram.iter().map(i64::to_string).collect();
            [o.label.clone(), digits, o.dim.to_string(), o.index.to_string()].into_iter().map(Markup::text).collect()
        };
        let heading = ["orbit", "diagram", "dim", "index"];
        let aligns = vec![Align::Left, Align::Left, Align::Right, Align::Right];
        let markup = Markup::table_with_heading(heading, orbits.iter().map(row).collect(), aligns);
        let mut keys = Map::new();
        keys.insert("group".into(), json!(simple.to_string()));
        keys.insert("count".into(), json!(orbits.len()));
        keys.insert("orbits".into(), Json::Array(items));
        Ok(Value::record_with_markup("nilpotent_orbits", keys, markup))
    },
}];
