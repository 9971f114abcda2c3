//! Nilpotent orbits in the language.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::builtins::algebras::structure::{ALGEBRA_LIKE, algebra_of};
use crate::builtins::weights::branching::simple_type;
use crate::builtins::weights::modules;
use crate::builtins::{Arguments, Builtin, Context, Example, keyword, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::exact::sparse::{SparseVector, collect_terms, to_dense};
use crate::exact::{Matrix, SparseMatrix, Subspace};
use crate::lang::kind::Kinds;
use crate::lang::near::nearest;
use crate::lang::value::Value;
use crate::lie::{self, Algebra, chevalley::Basis};
use crate::limits::Limits;
use crate::num::Rational;
use crate::roots::{Letter, SimpleType};
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
partition = […], the Jordan blocks of e, for classical algebras (of two orbits with one partition, I). Labels and diagrams refer \
to the nodes of chevalley(g). A partition of 4 means sp(4) or sl(4) and one of 5 or 6 so(5) or so(6), whatever the type is \
called; in D4 it is that of the matrices of g where they have size 8, otherwise of the representation of node 1 of chevalley(g). \
The elements belong to g: [h, e] = 2e, \
[h, f] = -2f, [e, f] = h are checked over Q; e is a sum of few root vectors of degree 2. Of a type its split form is meant, a \
given algebra must split over Q.",
        examples: &[
            Example { code: "sl2_triple(sl(2), [2])", output: "[E12, H1, E21]" },
            Example {
                code: "let t = sl2_triple(G2, \"G2(a1)\")\nassert bracket(t[1], t[3]) == t[2]\nrank(ad(t[1]))",
                output: "10",
            },
            Example { code: "sl2_triple(sl(3), partition = [2, 1])[2]", output: "H1 + H2" },
            Example {
                code: "form q(a,b,c,d,e,f,g,h) = a^2-b^2+c*d+e*f+g*h\ngroup G = exp(stabilizer(q))\nbranch(vector(G), sl2_triple(G, partition = [3,1,1,1,1,1]))",
                output: "V = 5(1) + 3",
            },
        ],
        run: triple,
    },
];

/// Weighted diagrams, with the Jordan blocks that tell which of several is meant.
type Diagrams = (Vec<Vec<i64>>, Option<Vec<i64>>);

/// The weighted diagrams of the orbit that is named.
fn diagrams(a: &Arguments, simple: SimpleType, limits: &Limits) -> Result<Diagrams, Diagnostic> {
    match (a.get("orbit"), a.get("partition")) {
        (None, None) => {
            Err(Diagnostic::new(Code::Arity, "sl2_triple needs the label or the diagram of an orbit, or a partition"))
        }
        (Some(_), Some(_)) => Err(a.wrong("partition", Code::Arity, "an orbit is named once")),
        (None, Some(_)) => {
            let mut parts = modules::integers(a, "partition")?;
            parts.sort_unstable_by(|x, y| y.cmp(x));
            parts.retain(|&x| x != 0);
            let first =
                weights::diagram_of_partition(simple, &parts).ok_or_else(|| no_orbit(a, "partition", simple))?;
            let mut all = vec![first.clone()];
            if (simple.letter(), simple.rank()) == (Letter::D, 4) {
                // The vectors may belong to any of the three outer nodes.
                for node in [3, 2] {
                    let mut turned = first.clone();
                    turned.swap(0, node);
                    all.push(turned);
                }
                all.dedup();
            }
            Ok((all, Some(parts)))
        }
        (Some(Value::Text(label)), None) => Ok((vec![labelled(a, simple, label, limits)?], None)),
        (Some(_), None) => {
            let diagram = modules::integers(a, "orbit")?;
            if diagram.len() != simple.rank() || diagram.iter().any(|x| !(0..=2).contains(x)) {
                return Err(no_orbit(a, "orbit", simple));
            }
            Ok((vec![diagram], None))
        }
    }
}

fn no_orbit(a: &Arguments, name: &str, simple: SimpleType) -> Diagnostic {
    a.wrong(name, Code::Argument, format!("{simple} has no such nilpotent orbit"))
        .hint(format!("nilpotent_orbits({simple}) lists labels and diagrams"))
}

/// A label as the tables have it: `A~1` and `A1~` are `Ã1`.
fn spelled(label: &str) -> String {
    let mut out = String::new();
    for c in label.chars().filter(|c| *c != ' ') {
        let digit = out.chars().next_back().filter(char::is_ascii_digit);
        match (c, digit) {
            ('~' | '\u{303}', Some(digit)) => {
                out.pop();
                out.extend(['\u{303}', digit]);
            }
            ('~', None) => out.push('\u{303}'),
            _ => out.push(c),
        }
    }
    out
}

/// The diagram of the orbit with this label. Of two with one partition the first is meant without a number, and tildes may be
/// left out where one orbit alone is meant.
fn labelled(a: &Arguments, simple: SimpleType, label: &str, limits: &Limits) -> Result<Vec<i64>, Diagnostic> {
    let all = weights::nilpotent_orbits(simple, limits).map_err(|e| Diagnostic::from(e).at(a.span("g")))?;
    let wanted = spelled(label);
    let squeezed = |o: &weights::NilpotentOrbit| o.label.replace(' ', "");
    let without = |o: &&weights::NilpotentOrbit| squeezed(o).replace('\u{303}', "") == wanted;
    let exact = all.iter().find(|o| squeezed(o) == wanted || o.label == format!("{wanted} I"));
    let found = exact.or_else(|| match all.iter().filter(without).collect::<Vec<_>>().as_slice() {
        [only] => Some(*only),
        _ => None,
    });
    found.map(|o| o.diagram.clone()).ok_or_else(|| match nearest(label, all.iter().map(|o| o.label.as_str())) {
        Some(near) => a
            .wrong("orbit", Code::Argument, format!("{simple} has no such nilpotent orbit"))
            .label(format!("did you mean \"{near}\"?")),
        None => no_orbit(a, "orbit", simple),
    })
}

/// The Jordan blocks of a nilpotent element of an algebra of matrices of this size, in decreasing order: their number of size
/// `k` or more is `rank e^(k−1) − rank e^k`. `None` for other algebras.
fn jordan_blocks(g: &Algebra, e: &[Rational], size: i64, limits: &Limits) -> Result<Option<Vec<i64>>, Diagnostic> {
    let Some(own) = g.realization().filter(|r| r.size as i64 == size) else { return Ok(None) };
    let dense_rows = |m: &SparseMatrix| m.to_dense().iter_rows().map(<[Rational]>::to_vec).collect::<Vec<_>>();
    // Complex matrices are stored with twice the size.
    let copies = if own.complex { 2 } else { 1 };
    let n = copies * own.size;
    let mut sum = Matrix::filled(n, n, Rational::ZERO);
    for (x, m) in e.iter().zip(&own.basis).filter(|(x, _)| !x.is_zero()) {
        let m = m.to_dense();
        sum = Matrix::from_fn(n, n, |i, j| &sum[(i, j)] + &(x * &m[(i, j)]));
    }
    let e = SparseMatrix::from_dense(&sum);
    let (mut power, mut before) = (e.clone(), n);
    let mut at_least: Vec<usize> = Vec::new();
    while before > 0 && at_least.len() < n {
        let rank = Subspace::span(n, &dense_rows(&power), limits)?.dim();
        at_least.push((before - rank) / copies);
        before = rank;
        power = power.mul(&e);
    }
    let blocks = at_least.first().copied().unwrap_or(0);
    Ok(Some((0..blocks).map(|k| at_least.iter().filter(|&&count| count > k).count() as i64).collect()))
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
    let (diagrams, blocks) = diagrams(a, *simple, limits)?;
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
    let mut chosen: Option<[Vec<Rational>; 3]> = None;
    for diagram in &diagrams {
        let Some(found) = lie::sl2_triple(*simple, diagram, limits)? else { continue };
        let triple = [&found.e, &found.h, &found.f].map(lifted);
        let size: i64 = blocks.iter().flatten().sum();
        // One diagram needs no choice.
        let fits = match diagrams.len() {
            1 => true,
            _ => jordan_blocks(&g, &triple[0], size, limits)?.is_none_or(|own| Some(own) == blocks),
        };
        if fits {
            chosen = Some(triple);
            break;
        }
    }
    let Some([e, h, f]) = chosen else {
        return Err(match a.get("orbit") {
            Some(Value::List(_)) => no_orbit(a, "orbit", *simple),
            _ => none(),
        });
    };
    let times = |k: i64, v: &[Rational]| v.iter().map(|x| &Rational::from(k) * x).collect::<Vec<_>>();
    let bracket = |x: &[Rational], y: &[Rational]| g.constants().bracket(x, y);
    if bracket(&h, &e) != times(2, &e) || bracket(&h, &f) != times(-2, &f) || bracket(&e, &f) != h {
        return Err(none());
    }
    Ok(Value::list([e, h, f].map(|v| Value::Element(g.clone(), Arc::new(v)))))
}
