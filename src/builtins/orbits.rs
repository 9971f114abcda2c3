//! Nilpotent orbits in the language.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::branching::simple_type;
use super::structure::{ALGEBRA_LIKE, algebra_of};
use super::{Arguments, Builtin, Context, Example, keyword, modules, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::sparse::{SparseVector, collect_terms, to_dense};
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::value::Value;
use crate::lie::{self, chevalley::Basis};
use crate::limits::Limits;
use crate::num::Rational;
use crate::roots::SimpleType;
use crate::show::{Align, Markup};
use crate::weights;

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
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
                [o.label.clone(), digits, o.dim.to_string(), o.index.to_string()]
                    .into_iter()
                    .map(Markup::text)
                    .collect()
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
    },
    Builtin {
        name: "sl2_triple",
        aliases: &["jacobson_morozov"],
        topic: "weights",
        params: &[
            required("g", ALGEBRA_LIKE),
            optional("orbit", Kinds::TEXT.or(Kinds::LIST), "partition"),
            keyword("partition", Kinds::LIST, "none"),
        ],
        returns: Kinds::LIST,
        summary: "sl2-triple [e, h, f] of a nilpotent orbit of a simple split algebra, exact",
        help: "The orbit by its label as nilpotent_orbits prints it, by its weighted Dynkin diagram (a list), or by \
partition = […] for classical algebras (of two orbits with one partition, I). The elements belong to g: [h, e] = 2e, \
[h, f] = -2f, [e, f] = h are checked over Q; e is a sum of few root vectors of degree 2. Of a type its split form is meant, a \
given algebra must split over Q.",
        examples: &[
            Example { code: "sl2_triple(sl(2), [2])", output: "[E12, H1, E21]" },
            Example {
                code: "let t = sl2_triple(G2, \"G2(a1)\")\nassert bracket(t[1], t[3]) == t[2]\nrank(ad(t[1]))",
                output: "10",
            },
            Example { code: "sl2_triple(sl(3), partition = [2, 1])[2]", output: "H1 + H2" },
        ],
        run: triple,
    },
];

/// The orbit that is named, and what it is called.
fn orbit(a: &Arguments, simple: SimpleType, limits: &Limits) -> Result<weights::NilpotentOrbit, Diagnostic> {
    let all = weights::nilpotent_orbits(simple, limits).map_err(|e| Diagnostic::from(e).at(a.span("g")))?;
    let (name, found) = match (a.get("orbit"), a.get("partition")) {
        (None, None) => {
            return Err(Diagnostic::new(
                Code::Arity,
                "sl2_triple needs the label or the diagram of an orbit, or a partition",
            ));
        }
        (Some(_), Some(_)) => return Err(a.wrong("partition", Code::Arity, "an orbit is named once")),
        (None, Some(_)) => {
            let mut parts = modules::integers(a, "partition")?;
            parts.sort_unstable_by(|x, y| y.cmp(x));
            parts.retain(|&x| x != 0);
            ("partition", all.iter().find(|o| o.partition.as_deref() == Some(parts.as_slice())))
        }
        (Some(Value::Text(label)), None) => {
            let plain = |label: &str| label.replace([' ', '\u{303}', '~'], "");
            let same = |o: &&weights::NilpotentOrbit| o.label == **label;
            let near = || all.iter().filter(|o| plain(&o.label) == plain(label)).collect::<Vec<_>>();
            (
                "orbit",
                all.iter().find(same).or_else(|| match near().as_slice() {
                    [only] => Some(*only),
                    _ => None,
                }),
            )
        }
        (Some(_), None) => {
            let diagram = modules::integers(a, "orbit")?;
            ("orbit", all.iter().find(|o| o.diagram == diagram))
        }
    };
    found.cloned().ok_or_else(|| {
        let labels: Vec<&str> = all.iter().map(|o| o.label.as_str()).collect();
        let error = a.wrong(name, Code::Argument, format!("{simple} has no such nilpotent orbit"));
        match a.get("orbit") {
            Some(Value::Text(label)) => match nearest(label, labels.iter().copied()) {
                Some(near) => error.label(format!("did you mean \"{near}\"?")),
                None => error.hint(format!("nilpotent_orbits({simple}) lists labels and diagrams")),
            },
            _ => error.hint(format!("nilpotent_orbits({simple}) lists labels and diagrams")),
        }
    })
}

fn triple(context: &mut Context<'_>, a: &Arguments) -> Result<Value, Diagnostic> {
    let limits = context.limits;
    let g = algebra_of(context, a, "g")?;
    let basis = match a.value("g")? {
        Value::Type(_) => None,
        _ => Some(lie::chevalley::chevalley(&g, limits).map_err(|e| Diagnostic::from(e).at(a.span("g")))?.basis),
    };
    let cartan = match (&basis, a.value("g")?) {
        (Some(basis), _) => basis.cartan_type().clone(),
        (None, Value::Type(t)) => t.as_ref().clone(),
        (None, _) => return Err(a.wrong("g", Code::Kind, "expected an algebra")),
    };
    let [simple] = cartan.summands() else {
        return Err(a.wrong("g", Code::Argument, format!("sl2_triple needs a simple algebra, not {cartan}")));
    };
    let orbit = orbit(a, *simple, limits)?;
    let vectors = match basis {
        None => None,
        Some(Basis::Exact(basis)) if basis.field == 1 => Some(basis.vectors),
        Some(_) => {
            return Err(a
                .wrong("g", Code::Unsupported, "no Cartan subalgebra of this algebra was found that splits over Q")
                .hint(format!("the split form has all orbits: sl2_triple({simple}, …)")));
        }
    };
    let none = || Diagnostic::new(Code::Internal, "no element of this orbit was found; please report this as a bug");
    let found = lie::sl2_triple(*simple, &orbit.diagram, limits)?.ok_or_else(none)?;
    let lifted = |v: &SparseVector| -> Vec<Rational> {
        match &vectors {
            None => to_dense(v, g.dim()),
            Some(vectors) => {
                let terms =
                    v.iter().flat_map(|(k, c)| vectors[*k as usize].a.iter().map(move |(place, x)| (*place, c * x)));
                to_dense(&collect_terms(terms.collect()), g.dim())
            }
        }
    };
    let [e, h, f] = [&found.e, &found.h, &found.f].map(lifted);
    let times = |k: i64, v: &[Rational]| v.iter().map(|x| &Rational::from(k) * x).collect::<Vec<_>>();
    let bracket = |x: &[Rational], y: &[Rational]| g.constants().bracket(x, y);
    if bracket(&h, &e) != times(2, &e) || bracket(&h, &f) != times(-2, &f) || bracket(&e, &f) != h {
        return Err(none());
    }
    Ok(Value::list([e, h, f].map(|v| Value::Element(g.clone(), Arc::new(v)))))
}
