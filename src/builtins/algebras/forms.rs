//! Invariant forms: the classical ones, and those a user writes.

use std::sync::Arc;

use crate::builtins::{Arguments, Builtin, Context, Example, Param, keyword, optional, required};
use crate::diag::{Code, Diagnostic};
use crate::forms::{self, Composition, Form, FormError, Jordan, Twist};
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::num::{Gaussian, Rational};

const TOPIC: &str = "forms";
const MOST: usize = 400;

/// A row of this topic.
const fn row(
    name: &'static str,
    params: &'static [Param],
    summary: &'static str,
    help: &'static str,
    examples: &'static [Example],
    run: fn(&mut Context<'_>, &Arguments) -> Result<Value, Diagnostic>,
) -> Builtin {
    Builtin { name, aliases: &[], topic: TOPIC, params, returns: Kinds::FORM, summary, help, examples, run }
}

const SPLIT: Param = keyword("split", Kinds::BOOLEAN, "false");
const DIMENSION: Param = required("n", Kinds::NUMBER);

/// The functions of this topic.
pub const TABLE: &[Builtin] = &[
    row(
        "octonion_form",
        &[],
        "three-form of the octonions on R^7: ⟨xy, z⟩",
        "e124 + e235 + e346 + e457 + e561 + e672 + e713. Its stabilizer is compact G2 (Engel 1900, Bryant 1987).",
        &[Example { code: "identify(stabilizer(octonion_form)).real_form", output: "G2(-14)" }],
        |_, _| form(forms::octonion_form(false)),
    ),
    row(
        "split_octonion_form",
        &[],
        "three-form of the split octonions on R^7",
        "Its stabilizer is the split form of G2.",
        &[Example { code: "identify(stabilizer(split_octonion_form)).real_form", output: "G2(2)" }],
        |_, _| form(forms::octonion_form(true)),
    ),
    row(
        "albert_cubic",
        &[SPLIT, keyword("trace_free", Kinds::BOOLEAN, "false")],
        "cubic norm of the Albert algebra on R^27, or on its 26 trace-free elements",
        "N = a1 a2 a3 - Σ a_i |x_i|² + 2 Re(x1 x2 x3). Stabilizers: E6(-26), split E6(6); trace-free F4(-52), split F4(4).",
        &[Example { code: "dim(stabilizer(albert_cubic(trace_free = true)))", output: "52" }],
        |_, arguments| {
            let split = arguments.flag("split", false)?;
            let free = arguments.flag("trace_free", false)?;
            form(if free { forms::albert_cubic_trace_free(split) } else { forms::albert_cubic(split) })
        },
    ),
    row(
        "albert_cubic_twisted",
        &[],
        "trace-free cubic norm with the sign of a1, a2 changed, on R^26",
        "Its stabilizer is F4(-20).",
        &[],
        |_, _| form(forms::albert_cubic_twisted()),
    ),
    row(
        "albert_trace_form",
        &[SPLIT],
        "quadratic trace form of the Albert algebra on R^27",
        "T(x, x) = Σ a_i² + 2 Σ |x_i|². With the cubic norm the stabilizer is F4.",
        &[],
        |_, arguments| form(forms::albert_trace_form(arguments.flag("split", false)?)),
    ),
    row(
        "albert_hermitian",
        &[optional("twist", Kinds::TEXT, "\"none\"")],
        "hermitian form T(x̄, x) on C^27, twisted by \"none\", \"corner\" or \"quaternion\"",
        "With the cubic norm the stabilizers are E6(-78), E6(-14), E6(2).",
        &[],
        |_, arguments| form(forms::albert_hermitian(twist(arguments)?)),
    ),
    row(
        "freudenthal_quartic",
        &[SPLIT],
        "quartic form on R^56 of the Freudenthal triple system of the Albert algebra",
        "q = 8 T(A#, B#) - 8 α N(A) - 8 β N(B) - 2 (T(A, B) - αβ)². Stabilizers: E7(-25), split E7(7).",
        &[],
        |_, arguments| form(forms::freudenthal_quartic(arguments.flag("split", false)?)),
    ),
    row(
        "freudenthal_hermitian",
        &[optional("twist", Kinds::TEXT, "\"none\"")],
        "hermitian form on C^56 with weights (1, 1, T, T), twisted by \"none\" or \"quaternion\"",
        "With the quartic the stabilizers are E7(-133), E7(-5).",
        &[],
        |_, arguments| form(forms::freudenthal_hermitian(twist(arguments)?)),
    ),
    row(
        "cartan_quartic",
        &[],
        "Cartan's quartic on two skew 8×8 matrices, R^56",
        "q = tr(xyxy) - (tr xy)²/4 + 4 (Pf x + Pf y). Its stabilizer is E7(7).",
        &[],
        |_, _| form(forms::cartan_quartic()),
    ),
    row(
        "cubic_norm",
        &[required("algebra", Kinds::TEXT.or(Kinds::FIELD)), SPLIT],
        "cubic norm of the hermitian 3×3 matrices over R, C, H or \"O\"",
        "Stabilizers: sl(3,R), sl(3,C), su*(6), E6(-26); split: sl(3,R)+sl(3,R), sl(6,R), E6(6).",
        &[Example { code: "identify(stabilizer(cubic_norm(C))).real_form", output: "sl(3,C)_R" }],
        |_, arguments| form(forms::cubic_norm(&Jordan::over(composition(arguments)?))),
    ),
    row(
        "quadratic",
        &[required("p", Kinds::NUMBER.or(Kinds::MATRIX_LIKE)), optional("q", Kinds::NUMBER, "0")],
        "quadratic form of signature (p, q), or of a symmetric matrix",
        "Its stabilizer is so(p,q).",
        &[Example { code: "identify(stabilizer(quadratic(3,1))).real_form", output: "sl(2,C)_R" }],
        quadratic,
    ),
    row(
        "hermitian",
        &[required("p", Kinds::NUMBER.or(Kinds::MATRIX_LIKE)), optional("q", Kinds::NUMBER, "0")],
        "hermitian form of signature (p, q), or of a hermitian matrix",
        "Its stabilizer is u(p,q).",
        &[Example { code: "identify(stabilizer(hermitian(2,1), volume(3))).real_form", output: "su(2,1)" }],
        hermitian,
    ),
    row(
        "symplectic",
        &[DIMENSION],
        "alternating form of full rank on R^n, n even",
        "Its stabilizer is sp(n,R).",
        &[Example { code: "dim(stabilizer(symplectic(4)))", output: "10" }],
        |_, arguments| form(forms::symplectic(arguments.count("n", 1, MOST)?)),
    ),
    row(
        "volume",
        &[DIMENSION],
        "determinant of n vectors",
        "Its stabilizer is sl(n,R), or sl(n,C) among complex matrices.",
        &[Example { code: "dim(stabilizer(volume(3)))", output: "8" }],
        |_, arguments| form(forms::volume(arguments.count("n", 1, MOST)?)),
    ),
    row(
        "determinant",
        &[DIMENSION],
        "determinant of an n × n matrix as a form on R^(n²)",
        "Its stabilizer is sl(n,R)+sl(n,R) (Frobenius 1897).",
        &[Example { code: "identify(stabilizer(determinant(2))).dim", output: "6" }],
        |_, arguments| form(forms::determinant(arguments.count("n", 1, 7)?)),
    ),
    row(
        "pfaffian",
        &[DIMENSION],
        "Pfaffian of a skew n × n matrix as a form on R^(n(n-1)/2), n even",
        "",
        &[Example { code: "identify(stabilizer(pfaffian(6))).real_form", output: "sl(6,R)" }],
        |_, arguments| form(forms::pfaffian(arguments.count("n", 2, 10)?)),
    ),
    row(
        "alternating",
        &[DIMENSION, required("terms", Kinds::TEXT)],
        "alternating form given by index words: alternating(7, \"124 + 235 - 2 346\")",
        "Indices run from 1; above 9 they are separated by commas: \"1,10,11\".",
        &[Example { code: "dim(stabilizer(alternating(4, \"12 + 34\")))", output: "10" }],
        |_, arguments| {
            let n = arguments.count("n", 1, MOST)?;
            forms::alternating(n, arguments.text("terms")?)
                .map(|f| Value::Form(Arc::new(f)))
                .map_err(|e| arguments.wrong("terms", Code::Argument, e.to_string()))
        },
    ),
    Builtin {
        returns: Kinds::LIST,
        ..row(
            "quaternionic_structure",
            &[DIMENSION],
            "multiplication by i, j, k on R^n, n a multiple of 4: three maps with which stabilizers commute",
            "Its stabilizer is gl(n/4, H); with volume(n) it is su*(n/2), with quadratic(4p, 4q) it is sp(p,q).",
            &[Example {
                code: "identify(stabilizer(quaternionic_structure(8), quadratic(4, 4))).real_form",
                output: "so(4,1)",
            }],
            |_, arguments| several(forms::quaternionic_structure(arguments.count("n", 1, MOST)?)),
        )
    },
    Builtin {
        returns: Kinds::LIST,
        ..row(
            "skew_quaternionic",
            &[DIMENSION],
            "skew-hermitian quaternionic form on R^n, n a multiple of 4",
            "Its stabilizer is so*(n/2).",
            &[Example { code: "identify(stabilizer(skew_quaternionic(12))).real_form", output: "su(3,1)" }],
            |_, arguments| several(forms::skew_quaternionic(arguments.count("n", 1, MOST)?)),
        )
    },
    row(
        "bilinear",
        &[required("m", Kinds::MATRIX_LIKE)],
        "bilinear form of a matrix, symmetric or not",
        "",
        &[Example { code: "dim(stabilizer(bilinear([0, 1; -1, 0])))", output: "3" }],
        |_, arguments| form(forms::bilinear(&real_matrix(arguments, "m")?)),
    ),
    row(
        "linear_form",
        &[required("c", Kinds::LIST)],
        "linear form with these coefficients as an invariant",
        "",
        &[Example { code: "dim(stabilizer(volume(3), linear_form([0, 0, 1])))", output: "5" }],
        |_, arguments| form(forms::linear_form(&numbers(arguments, "c")?)),
    ),
    Builtin {
        returns: Kinds::LIST,
        ..row(
            "galilean",
            &[DIMENSION],
            "time difference and distance at equal times in n space dimensions, for affine stabilizers",
            "Two forms; with affine = true their stabilizer is the Galilei algebra.",
            &[Example { code: "identify(stabilizer(galilean(3), affine = true)).derived_series", output: "[10, 9]" }],
            |_, arguments| several(forms::galilean(arguments.count("n", 1, MOST)?)),
        )
    },
    row(
        "complex_structure",
        &[DIMENSION],
        "the map J with J² = -1 on R^n, n even; stabilizers commute with it",
        "",
        &[Example { code: "dim(stabilizer(complex_structure(4)))", output: "8" }],
        |_, arguments| form(forms::complex_structure(arguments.count("n", 1, MOST)?)),
    ),
    row(
        "endomorphism",
        &[required("m", Kinds::MATRIX_LIKE)],
        "a matrix as an invariant: stabilizers commute with it",
        "",
        &[Example { code: "dim(stabilizer(endomorphism([1,0;0,2])))", output: "2" }],
        |_, arguments| form(forms::endomorphism(arguments.matrix("m")?.as_ref())),
    ),
    row(
        "fixed_vector",
        &[required("v", Kinds::LIST)],
        "a vector as an invariant: stabilizers annihilate it",
        "",
        &[Example { code: "identify(stabilizer(quadratic(3), fixed_vector([0,0,1]))).dim", output: "1" }],
        |_, arguments| form(forms::fixed_vector(&numbers(arguments, "v")?)),
    ),
    row(
        "distance",
        &[required("p", Kinds::NUMBER), optional("q", Kinds::NUMBER, "0")],
        "square of the distance of two points in signature (p, q), for affine stabilizers",
        "",
        &[Example { code: "identify(stabilizer(distance(3,1), affine = true)).radical_dim", output: "4" }],
        |_, arguments| form(forms::distance(arguments.count("p", 0, MOST)?, arguments.count_or("q", 0, MOST, 0)?)),
    ),
];

fn form(form: Result<Form, FormError>) -> Result<Value, Diagnostic> {
    Ok(Value::Form(Arc::new(form?)))
}

fn several(forms: Result<Vec<Form>, FormError>) -> Result<Value, Diagnostic> {
    Ok(Value::list(forms?.into_iter().map(|form| Value::Form(Arc::new(form)))))
}

fn numbers(arguments: &Arguments, name: &str) -> Result<Vec<Gaussian>, Diagnostic> {
    arguments
        .value(name)?
        .to_numbers()
        .ok_or_else(|| arguments.wrong(name, Code::Kind, format!("`{name}` is a list of exact numbers")))
}

fn twist(arguments: &Arguments) -> Result<Twist, Diagnostic> {
    let word = if arguments.get("twist").is_some() { arguments.text("twist")? } else { "none" };
    match word {
        "none" => Ok(Twist::None),
        "corner" => Ok(Twist::Corner),
        "quaternion" => Ok(Twist::Quaternion),
        other => {
            let message = format!("there is no twist \"{other}\"; there are \"none\", \"corner\" and \"quaternion\"");
            Err(arguments.wrong("twist", Code::Argument, message))
        }
    }
}

/// The composition algebra that an argument names.
pub(crate) fn composition(arguments: &Arguments) -> Result<Composition, Diagnostic> {
    let split = arguments.flag("split", false)?;
    let letter = match arguments.value("algebra")? {
        Value::Field(field) => field.letter(),
        _ => arguments.text("algebra")?,
    };
    match letter {
        "R" => Ok(Composition::reals()),
        "C" => Ok(Composition::complexes(split)),
        "H" => Ok(Composition::quaternions(split)),
        "O" => Ok(Composition::octonions(split)),
        other => Err(arguments.wrong("algebra", Code::Argument, format!("expected R, C, H or \"O\", not {other}"))),
    }
}

/// The entries of a real matrix.
pub(crate) fn real_matrix(arguments: &Arguments, name: &str) -> Result<crate::exact::Matrix<Rational>, Diagnostic> {
    let matrix = arguments.matrix(name)?;
    if matrix.entries().iter().any(|x| !x.is_real()) {
        return Err(arguments.wrong(name, Code::Argument, "a real matrix is needed here"));
    }
    Ok(matrix.map(|x| x.re.clone()))
}

fn quadratic(_: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    if arguments.value("p")?.to_i64().is_some() {
        return form(forms::quadratic_signature(arguments.count("p", 0, MOST)?, arguments.count_or("q", 0, MOST, 0)?));
    }
    form(forms::quadratic(&real_matrix(arguments, "p")?))
}

fn hermitian(_: &mut Context<'_>, arguments: &Arguments) -> Result<Value, Diagnostic> {
    if arguments.value("p")?.to_i64().is_some() {
        return form(forms::hermitian_signature(arguments.count("p", 0, MOST)?, arguments.count_or("q", 0, MOST, 0)?));
    }
    form(forms::hermitian(arguments.matrix("p")?.as_ref()))
}
