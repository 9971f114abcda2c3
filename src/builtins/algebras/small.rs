//! Small solvable and nilpotent algebras: their place in de Graaf's lists, and the algebras of the lists by number.

use serde_json::{Map, Value as Json, json};

use crate::builtins::algebras::structure::{ALGEBRA_LIKE, algebra_of};
use crate::builtins::{Arguments, Builtin, Context, Example, Param, required, rest};
use crate::diag::{Code, Diagnostic};
use crate::exact::Matrix;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::lie::small::{List, SmallAlgebra, TableError, small_algebra};
use crate::lie::{Algebra, JacobiProof, nilradical_of};
use crate::num::Rational;

const TOPIC: &str = "identification";
const G: Param = required("g", ALGEBRA_LIKE);
const ENTRY: &[Param] =
    &[required("dim", Kinds::NUMBER), required("number", Kinds::NUMBER), rest("parameters", Kinds::NUMBER)];

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    Builtin {
        name: "small_name",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::RECORD,
        summary: "name of a solvable algebra up to dimension 4 or a nilpotent one up to 6, with an isomorphism",
        help: "Names and parameters of W. de Graaf's classifications over Q (solvable 2005, nilpotent 2007), written as \
in GAP's LieAlgDB. Attributes: name, list, dim, number, parameters (in a normal form: equal names mean isomorphic over Q), \
normalization (which form), aliases (Bianchi, Mubarakzyanov and other names over R), brackets (those of the list), \
isomorphism (x_1, …, x_n in the basis of g, a row each), paper. The brackets are checked in that basis, which is the \
proof.",
        examples: &[
            Example { code: "small_name(euclid(2)).name", output: "L3_4(-1)" },
            Example { code: "small_name(heisenberg(2)).aliases", output: "[\"L_{5,4}\", \"heis(5)\", \"A5,4\"]" },
        ],
        run: small_name,
    },
    Builtin {
        name: "small_basis",
        aliases: &[],
        topic: TOPIC,
        params: &[G],
        returns: Kinds::MATRIX,
        summary: "basis in which a small solvable or nilpotent algebra has the brackets of its list, a row each",
        help: "Row i holds the coordinates of x_i; see small_name.",
        examples: &[Example { code: "small_basis(affine(1))", output: "⎡ 0  1 ⎤\n⎣ 1  0 ⎦" }],
        run: |context, arguments| {
            let found = find(context, arguments)?;
            let rows = Matrix::from_rows(found.basis).unwrap_or_else(|| Matrix::filled(0, 0, Rational::ZERO));
            Ok(Value::rational_matrix(&rows))
        },
    },
    Builtin {
        name: "solvable_algebra",
        aliases: &[],
        topic: TOPIC,
        params: ENTRY,
        returns: Kinds::ALGEBRA,
        summary: "solvable algebra of dimension 1 to 4 by its number in de Graaf's list: solvable_algebra(4, 6, a, b)",
        help: "Over Q the numbers are 1 in dimension 1; 1, 2; 1, 2, 3(a), 4(a); 1, 2, 3(a), 4, 5, 6(a, b), 7(a, b), 8, 9(a), \
12, 13(a), 14(a). 9(a) with 1 + 4a a square is 8, so small_name can give another name.",
        examples: &[
            Example {
                code: "structure_constants(solvable_algebra(3, 4, -1))",
                output: "[x1, x3] = -x2\n[x2, x3] = x1",
            },
            Example { code: "small_name(solvable_algebra(4, 14, -4)).name", output: "L4_14(-1)" },
        ],
        run: |_, arguments| entry(arguments, List::Solvable),
    },
    Builtin {
        name: "nilpotent_algebra",
        aliases: &[],
        topic: TOPIC,
        params: ENTRY,
        returns: Kinds::ALGEBRA,
        summary: "nilpotent algebra of dimension 1 to 6 by its number in de Graaf's list: nilpotent_algebra(6, 22, -1)",
        help: "The numbers go to 1, 1, 2, 3, 9 and 28 by dimension; 19(a), 21(a), 22(a) and 24(a) have a parameter, not zero \
for 19 and 21.",
        examples: &[
            Example { code: "structure_constants(nilpotent_algebra(4, 3))", output: "[x1, x2] = x3\n[x1, x3] = x4" },
            Example { code: "small_name(nilpotent_algebra(6, 22, -9)).aliases[2]", output: "heis(3,C)_R" },
        ],
        run: |_, arguments| entry(arguments, List::Nilpotent),
    },
];

fn entry(arguments: &Arguments, list: List) -> Result<Value, Diagnostic> {
    let dim = arguments.count("dim", 1, if list == List::Solvable { 4 } else { 6 })?;
    let number = arguments.count("number", 1, 100)?;
    let mut parameters = Vec::new();
    for (value, span) in arguments.rest("parameters") {
        match value {
            Value::Number(x) if x.is_real() => parameters.push(x.re.clone()),
            other => {
                let message = format!("a parameter is a rational number, not {}", other.line());
                return Err(Diagnostic::new(Code::Argument, message).at(span));
            }
        }
    }
    let small = SmallAlgebra::entry(list, dim, number, parameters);
    let built = small.and_then(|small| Ok((small.constants()?, small)));
    let (constants, small) = built.map_err(|e| {
        let place = if matches!(e, TableError::Number { .. }) { "number" } else { "parameters" };
        arguments.wrong(place, Code::Argument, e.to_string())
    })?;
    let names = (1..=dim).map(|k| format!("x{k}")).collect();
    let proof = JacobiProof::Construction(format!("{small} of the list in {}", small.source()));
    Ok(Value::algebra(Algebra::new(constants, proof, small.to_string()).with_names(names)))
}

fn find(context: &mut Context<'_>, arguments: &Arguments) -> Result<SmallAlgebra, Diagnostic> {
    let g = algebra_of(context, arguments, "g")?;
    let limits = context.limits;
    let refuse = |what: String| {
        arguments
            .wrong("g", Code::Argument, what)
            .hint("the lists hold solvable algebras of dimension 1 to 4 and nilpotent ones of dimension 1 to 6")
    };
    if g.dim() == 0 || g.dim() > 6 {
        return Err(refuse(format!("no list of small algebras has dimension {}", g.dim())));
    }
    let nilradical = nilradical_of(&g, limits)?;
    let solvable = crate::lie::radical_of(&g, limits)?.dim() == g.dim();
    let found = if solvable { small_algebra(g.constants(), &nilradical, limits)? } else { None };
    found.ok_or_else(|| {
        let kind = if solvable { "solvable but not nilpotent" } else { "not solvable" };
        refuse(format!("this algebra of dimension {} is {kind}", g.dim()))
    })
}

fn small_name(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let found = find(context, arguments)?;
    let texts = |values: &[Rational]| values.iter().map(Rational::to_string).collect::<Vec<_>>();
    let rows: Vec<Vec<String>> = found.basis.iter().map(|row| texts(row)).collect();
    let list = match found.list {
        List::Solvable => "solvable",
        List::Nilpotent => "nilpotent",
    };
    let mut normalization = found.normalization().to_string();
    if !found.normal {
        normalization.push_str("; here the integer is too large to be factored, so it may still contain a square");
    }
    let keys: Map<String, Json> = [
        ("name", json!(found.to_string())),
        ("list", json!(list)),
        ("dim", json!(found.dim)),
        ("number", json!(found.number)),
        ("parameters", json!(texts(&found.parameters))),
        ("normalization", json!(normalization)),
        ("aliases", json!(found.usual_names)),
        ("brackets", json!(found.brackets())),
        ("isomorphism", json!(rows)),
        ("paper", json!(found.source())),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_string(), value))
    .collect();
    let mut text = vec![format!("{found}   {}", found.usual_names.join(", "))];
    let brackets = found.brackets();
    text.push(if brackets.is_empty() {
        "  all brackets are zero".into()
    } else {
        format!("  {}", brackets.join(", "))
    });
    if !normalization.is_empty() {
        text.push(format!("  {normalization}"));
    }
    text.push(format!("  {}", found.source()));
    text.push("  proved: small_basis(g) has these brackets".to_string());
    Ok(Value::record("small_name", keys, text.join("\n")))
}
