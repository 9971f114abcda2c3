//! Lie algebras by name.

use crate::builtins::{Arguments, Builtin, Context, Example, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::lang::kind::Kinds;
use crate::lang::value::{Field, Value};
use crate::lie::named::{self, Arg, by_name};
use crate::roots::{CartanType, parse_sum};

const TOPIC: &str = "algebras";
const ALGEBRA: Kinds = Kinds::ALGEBRA;
const SIZE_OR_FIELD: Kinds = Kinds::NUMBER.or(Kinds::FIELD);
const SIZE_OR_TYPE: Kinds = Kinds::NUMBER.or(Kinds::TYPE);

/// One row for a name of [`named::NAMES`]; the arguments go to [`by_name`] as they are.
macro_rules! named_row {
    ($name:literal, [$($param:expr),*], $summary:literal, $help:literal, [$($code:literal => $output:literal),*]) => {
        row!($name, &[], TOPIC, [$($param),*] -> ALGEBRA, $summary, $help, [$($code => $output),*], call_by_name)
    };
}

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    named_row!("so", [required("n", Kinds::NUMBER), optional("q", SIZE_OR_FIELD, "compact")],
        "orthogonal algebra: so(n), so(p,q), so(n,C) seen as real",
        "Matrices X with Xᵀη + ηX = 0, η = diag(1, …, 1, -1, …, -1) with p and q signs. Knapp I.17.",
        ["so(3,1)" => "so(3,1): Lie algebra of dimension 6 over Q, 4×4 matrices", "identify(so(4,2)).real_form" => "su(2,2)"]),
    named_row!("su", [required("n", Kinds::NUMBER), optional("q", Kinds::NUMBER, "compact")],
        "special unitary algebra: su(n), su(p,q)",
        "Complex matrices of trace zero that preserve a hermitian form of signature (p,q).",
        ["identify(su(3)).killing_signature" => "[0, 8, 0]"]),
    named_row!("u", [required("n", Kinds::NUMBER), optional("q", Kinds::NUMBER, "compact")],
        "unitary algebra: u(n), u(p,q)",
        "Complex matrices that preserve a hermitian form of signature (p,q).",
        ["identify(u(3)).center_dim" => "1"]),
    named_row!("sl", [required("n", Kinds::NUMBER), optional("field", Kinds::FIELD, "R")],
        "matrices of trace zero: sl(n,R), sl(n,C) seen as real, sl(n,H)",
        "Over the quaternions the reduced trace vanishes; sl(n,H) is su*(2n).",
        ["identify(sl(2,C)).real_form" => "sl(2,C)_R"]),
    named_row!("gl", [required("n", Kinds::NUMBER), optional("field", Kinds::FIELD, "R")],
        "all n × n matrices over R or C", "", ["dim(gl(3))" => "9"]),
    named_row!("sp", [required("n", Kinds::NUMBER), optional("q", SIZE_OR_FIELD, "compact")],
        "symplectic algebra: compact sp(n), sp(p,q), sp(2n,R), sp(2n,C) seen as real",
        "sp(n) and sp(p,q) are quaternionic of rank n = p + q; sp(2n,R) and sp(2n,C) have matrices of even size 2n.",
        ["identify(sp(4,R)).real_form" => "so(3,2)"]),
    named_row!("su*", [required("n", Kinds::NUMBER)],
        "su*(2n) = sl(n,H), written with its even number", "", ["identify(su*(4)).aliases" => "[\"so(5,1)\"]"]),
    named_row!("so*", [required("n", Kinds::NUMBER)],
        "so*(2n) = so(n,H), written with its even number", "", ["identify(so*(8)).real_form" => "so(6,2)"]),
    named_row!("split", [required("type", Kinds::TYPE)],
        "split form of a Cartan type, in its Chevalley basis",
        "Integer structure constants by extraspecial pairs (Carter, Simple Groups of Lie Type, §4.2).",
        ["identify(split(G2)).real_form" => "G2(2)"]),
    named_row!("compact", [required("type", Kinds::TYPE)],
        "compact form of a Cartan type", "Basis i h, e - f, i(e + f) from the Chevalley basis (Knapp VI.1).",
        ["identify(compact(F4)).real_form" => "F4(-52)"]),
    named_row!("complex", [required("type", Kinds::TYPE)],
        "complex algebra of a Cartan type, seen as real", "", ["identify(complex(G2)).real_form" => "G2(C)_R"]),
    named_row!("borel", [required("n", SIZE_OR_TYPE)],
        "upper triangular matrices, or the Borel subalgebra of a split form", "", ["identify(borel(3)).solvable" => "true"]),
    named_row!("nilpotent", [required("n", SIZE_OR_TYPE)],
        "strictly upper triangular matrices, or the nilradical of a Borel subalgebra", "",
        ["identify(nilpotent(G2)).lower_central_series" => "[6, 4, 3, 2, 1, 0]"]),
    named_row!("abelian", [required("n", Kinds::NUMBER)], "all brackets zero", "", ["identify(abelian(3)).abelian" => "true"]),
    named_row!("heisenberg", [required("n", Kinds::NUMBER)],
        "Heisenberg algebra of dimension 2n + 1", "[q_i, p_i] = z.", ["identify(heisenberg(2)).center_dim" => "1"]),
    named_row!("oscillator", [required("n", Kinds::NUMBER)],
        "Heisenberg algebra with the number operator", "n = 1 is the diamond algebra.", ["dim(oscillator(1))" => "4"]),
    named_row!("poincare", [required("p", Kinds::NUMBER), required("q", Kinds::NUMBER)],
        "so(p,q) acting on R^(p+q)", "", ["identify(poincare(3,1)).levi_real_form" => "sl(2,C)_R"]),
    named_row!("euclid", [required("n", Kinds::NUMBER)],
        "rotations and translations of R^n", "", ["identify(euclid(3)).radical_dim" => "3"]),
    named_row!("similitude", [required("n", Kinds::NUMBER)],
        "rotations, dilation and translations of R^n", "", ["dim(similitude(3))" => "7"]),
    named_row!("galilei", [required("n", Kinds::NUMBER)],
        "Galilei algebra: rotations, boosts, translations, time", "n is the number of space dimensions.",
        ["identify(galilei(3)).derived_series" => "[10, 9]"]),
    named_row!("bargmann", [required("n", Kinds::NUMBER)],
        "Galilei algebra extended by the mass", "", ["identify(bargmann(3)).center_dim" => "1"]),
    named_row!("affine", [required("n", Kinds::NUMBER)],
        "affine maps of R^n: gl(n) acting on R^n", "", ["identify(affine(1)).derived_series" => "[2, 1, 0]"]),
    Builtin {
        name: "real_form",
        aliases: &[],
        topic: TOPIC,
        params: &[required("name", Kinds::TEXT.or(Kinds::TYPE)), optional("index", SIZE_OR_FIELD, "split")],
        returns: ALGEBRA,
        summary: "real form by its name: real_form(\"E6(-26)\"), E6(-26), real_form(\"su(2)+sl(2,R)\")",
        help: "A Cartan type is called with the index of the Killing form (positive minus negative squares), or with C for \
the complex algebra seen as real. A string may be any usual name or a sum of names.",
        examples: &[
            Example { code: "identify(E6(-26)).ideals[1].real_rank", output: "2" },
            Example { code: "dim(real_form(\"so*(6)+G2(2)\"))", output: "29" },
        ],
        run: real_form,
    },
];

fn argument(value: &Value) -> Option<Arg> {
    match value {
        Value::Field(field) => Some(Arg::Text(field_letter(*field).to_string())),
        Value::Type(t) => Some(Arg::Text(t.to_string())),
        other => other.to_i64().map(Arg::Integer),
    }
}

/// An argument of an algebra or a group by name, where no number is negative.
pub(crate) fn size(value: &Value) -> Option<Arg> {
    argument(value).filter(|given| !matches!(given, Arg::Integer(n) if *n < 0))
}

fn field_letter(field: Field) -> &'static str {
    field.letter()
}

fn call_by_name(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let row = arguments.row();
    let mut given = Vec::new();
    for param in row.params {
        if let Some(value) = arguments.get(param.name) {
            let argument = size(value).ok_or_else(|| {
                let message = format!("{} takes whole numbers from 0, not {}", row.name, value.line());
                arguments.wrong(param.name, Code::Argument, message)
            })?;
            given.push(argument);
        }
    }
    Ok(Value::algebra(by_name(row.name, &given, context.limits)?))
}

fn real_form(context: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    let limits = context.limits;
    match (arguments.value("name")?, arguments.get("index")) {
        (Value::Type(t), None) => Ok(Value::algebra(named::split(t, limits)?)),
        (Value::Type(t), Some(index)) => {
            let index = argument(index).ok_or_else(|| {
                arguments.wrong("index", Code::Argument, "the index of a real form is a whole number")
            })?;
            Ok(Value::algebra(by_name(&t.to_string(), &[index], limits)?))
        }
        (_, Some(_)) => Err(arguments.wrong("index", Code::Arity, "a name in quotes takes no index")),
        (_, None) => {
            let text = arguments.text("name")?;
            if let Ok(t) = text.parse::<CartanType>() {
                return Ok(Value::algebra(named::split(&t, limits)?));
            }
            let forms = parse_sum(text).map_err(|e| {
                let error = arguments.wrong("name", Code::Argument, e.to_string());
                match text.split('+').any(|part| part.trim_start().starts_with("u(")) {
                    true => error.hint("unitary algebras are not semisimple; they are added as they are: su(2) + u(1)"),
                    false => error,
                }
            })?;
            let summands =
                forms.into_iter().map(|form| named::real_form(form, limits)).collect::<Result<Vec<_>, _>>()?;
            if let [only] = summands.as_slice() {
                return Ok(Value::algebra(only.clone()));
            }
            let all: Vec<_> = summands.iter().collect();
            Ok(Value::algebra(named::direct_sum_of(&all, limits)?))
        }
    }
}
