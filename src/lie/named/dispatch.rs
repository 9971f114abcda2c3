//! The table of names and the one entry by which they are called.

use super::NamedError;
use super::{classical, simple, spacetime};
use crate::lie::Algebra;
use crate::limits::Limits;
use crate::roots::{CartanType, RealName, SimpleType};

/// An argument of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// A number.
    Integer(i64),
    /// A field `R`, `C`, `H` or a type such as `E6` or `C3+B2`.
    Text(String),
}

/// A name that can be called, for help and completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedEntry {
    /// The name.
    pub name: &'static str,
    /// The ways to write the arguments.
    pub parameters: &'static [&'static str],
    /// One line of description.
    pub summary: &'static str,
}

macro_rules! names {
    ($($name:literal [$($parameters:literal),*] $summary:literal)*) => {
        &[$(NamedEntry { name: $name, parameters: &[$($parameters),*], summary: $summary }),*]
    };
}

/// All names, in alphabetical order; besides, every type such as `A3` or `C3` alone gives its split form.
pub const NAMES: &[NamedEntry] = names! {
    "E6" ["", "-78", "-26", "-14", "2", "6", "C"] "exceptional algebra of dimension 78: split, by Killing index, or complex seen as real"
    "E7" ["", "-133", "-25", "-5", "7", "C"] "exceptional algebra of dimension 133: split, by Killing index, or complex seen as real"
    "E8" ["", "-248", "-24", "8", "C"] "exceptional algebra of dimension 248: split, by Killing index, or complex seen as real"
    "F4" ["", "-52", "-20", "4", "C"] "exceptional algebra of dimension 52: split, by Killing index, or complex seen as real"
    "G2" ["", "-14", "2", "C"] "exceptional algebra of dimension 14: split, by Killing index, or complex seen as real"
    "abelian" ["n"] "all brackets zero"
    "affine" ["n"] "affine maps of R^n: gl(n) acting on R^n"
    "bargmann" ["n"] "Galilei algebra of n space dimensions extended by the mass"
    "borel" ["n", "type"] "upper triangular n × n matrices, or the Borel subalgebra of a split form"
    "compact" ["type"] "compact form of a type"
    "complex" ["type"] "complex algebra of a type seen as real"
    "euclid" ["n"] "rotations and translations of R^n"
    "galilei" ["n"] "Galilei algebra of n space dimensions: rotations, boosts, translations, time"
    "gl" ["n", "n, R", "n, C"] "all n × n matrices"
    "heisenberg" ["n"] "Heisenberg algebra of dimension 2n + 1"
    "nilpotent" ["n", "type"] "strictly upper triangular n × n matrices, or the nilradical of a Borel subalgebra"
    "oscillator" ["n"] "Heisenberg algebra with the number operator; n = 1 is the diamond algebra"
    "poincare" ["p, q"] "so(p,q) acting on R^(p+q)"
    "similitude" ["n"] "rotations, dilation and translations of R^n"
    "sl" ["n", "n, R", "n, C", "n, H"] "matrices of trace zero over R, C or the quaternions"
    "so" ["n", "p, q", "n, C"] "orthogonal algebra of a real quadratic form of signature (p,q), or complex"
    "so*" ["2n"] "skew-hermitian quaternionic forms, so(n,H)"
    "sp" ["n", "p, q", "2n, R", "2n, C"] "symplectic algebra: compact, quaternionic of signature (p,q), real or complex"
    "split" ["type"] "split form of a type in its Chevalley basis"
    "su" ["n", "p, q"] "special unitary algebra of signature (p,q)"
    "su*" ["2n"] "quaternionic matrices of trace zero, sl(n,H)"
    "u" ["n", "p, q"] "unitary algebra of signature (p,q)"
};

/// One argument, after reading: a size or a text.
enum Read<'a> {
    Size(usize),
    Text(&'a str),
}

/// Builds the algebra of this name: `by_name("so", [3, 1])`, `by_name("sl", [3, C])`, `by_name("E6", [-26])`,
/// `by_name("compact", [F4])`. `so_star` and `su_star` are accepted for `so*` and `su*`.
pub fn by_name(name: &str, args: &[Arg], limits: &Limits) -> Result<Algebra, NamedError> {
    if let Ok(t) = name.parse::<CartanType>() {
        return of_type(name, &t, args, limits);
    }
    let name = match name {
        "so_star" => "so*",
        "su_star" => "su*",
        other => other,
    };
    let Some(entry) = NAMES.iter().find(|entry| entry.name == name) else {
        return Err(NamedError::Unknown(name.to_string()));
    };
    let refuse = || {
        let forms: Vec<String> = entry.parameters.iter().map(|p| format!("{name}({p})")).collect();
        NamedError::Argument { what: call(name, args), expected: forms.join(" or ") }
    };
    let read: Option<Vec<Read>> = args
        .iter()
        .map(|arg| match arg {
            Arg::Integer(n) => usize::try_from(*n).ok().map(Read::Size),
            Arg::Text(text) => Some(Read::Text(text.trim())),
        })
        .collect();
    let read = read.ok_or_else(refuse)?;
    let even = |n: usize| if n.is_multiple_of(2) { Ok(n / 2) } else { Err(refuse()) };
    let typed = |text: &str| text.parse::<CartanType>().map_err(|_| refuse());
    use Read::{Size, Text};
    match (name, &read[..]) {
        ("abelian", [Size(n)]) => spacetime::abelian(*n, limits),
        ("affine", [Size(n)]) => spacetime::affine(*n, limits),
        ("bargmann", [Size(n)]) => spacetime::bargmann(*n, limits),
        ("borel", [Size(n)]) => spacetime::borel_of_gl(*n, limits),
        ("borel", [Text(t)]) => simple::borel(&typed(t)?, limits),
        ("compact", [Text(t)]) => simple::compact(&typed(t)?, limits),
        ("complex", [Text(t)]) => simple::complex(&typed(t)?, limits),
        ("euclid", [Size(n)]) => spacetime::euclid(*n, limits),
        ("galilei", [Size(n)]) => spacetime::galilei(*n, limits),
        ("gl", [Size(n)] | [Size(n), Text("R")]) => classical::gl(*n, limits),
        ("gl", [Size(n), Text("C")]) => classical::gl_complex(*n, limits),
        ("heisenberg", [Size(n)]) => spacetime::heisenberg(*n, limits),
        ("nilpotent", [Size(n)]) => spacetime::nilpotent_of_gl(*n, limits),
        ("nilpotent", [Text(t)]) => simple::nilpotent(&typed(t)?, limits),
        ("oscillator", [Size(n)]) => spacetime::oscillator(*n, limits),
        ("poincare", [Size(p), Size(q)]) => spacetime::poincare(*p, *q, limits),
        ("similitude", [Size(n)]) => spacetime::similitude(*n, limits),
        ("sl", [Size(n)] | [Size(n), Text("R")]) => classical::sl(*n, limits),
        ("sl", [Size(n), Text("C")]) => classical::sl_complex(*n, limits),
        ("sl", [Size(n), Text("H")]) => classical::su_star(*n, limits),
        ("so", [Size(n)] | [Size(n), Text("R")]) => classical::so(*n, 0, limits),
        ("so", [Size(p), Size(q)]) => classical::so(*p, *q, limits),
        ("so", [Size(n), Text("C")]) => classical::so_complex(*n, limits),
        ("so", [Size(n), Text("H")]) => classical::so_star(*n, limits),
        ("so*", [Size(n)]) => classical::so_star(even(*n)?, limits),
        ("sp", [Size(n)]) => classical::sp(*n, 0, limits),
        ("sp", [Size(p), Size(q)]) => classical::sp(*p, *q, limits),
        ("sp", [Size(n), Text("R")]) => classical::sp_real(even(*n)?, limits),
        ("sp", [Size(n), Text("C")]) => classical::sp_complex(even(*n)?, limits),
        ("split", [Text(t)]) => simple::split(&typed(t)?, limits),
        ("su", [Size(n)]) => classical::su(*n, 0, limits),
        ("su", [Size(p), Size(q)]) => classical::su(*p, *q, limits),
        ("su*", [Size(n)]) => classical::su_star(even(*n)?, limits),
        ("u", [Size(n)]) => classical::u(*n, 0, limits),
        ("u", [Size(p), Size(q)]) => classical::u(*p, *q, limits),
        _ => Err(refuse()),
    }
}

/// `E6`, `E6(-26)`, `E6(C)`, `A3`, `C3+B2`.
fn of_type(name: &str, t: &CartanType, args: &[Arg], limits: &Limits) -> Result<Algebra, NamedError> {
    match (t.simple(), args) {
        (_, []) => simple::split(t, limits),
        (_, [Arg::Text(field)]) if field.trim() == "C" => simple::complex(t, limits),
        (Some(only), [Arg::Integer(index)]) => of_index(only, *index, limits),
        _ => Err(NamedError::Argument {
            what: call(name, args),
            expected: format!("{name}, {name}(C) or {name}(index) with the Killing index of a real form"),
        }),
    }
}

/// The real form of a simple type by its Killing index, where that decides.
fn of_index(t: SimpleType, index: i64, limits: &Limits) -> Result<Algebra, NamedError> {
    let forms = crate::roots::real_forms(t);
    let matching: Vec<_> = forms.iter().filter(|form| form.killing_index() == index).collect();
    if let [only] = matching[..] {
        return simple::real_form(*only, limits);
    }
    let what = RealName::Exceptional(t, index).to_string();
    let mut known: Vec<String> = forms.iter().map(|f| format!("{t}({})", f.killing_index())).collect();
    if matching.len() > 1 {
        known = matching.iter().map(|form| form.to_string()).collect();
    } else if known.len() > 12 {
        known.truncate(12);
        known.push("…".to_string());
    }
    Err(NamedError::Argument { what, expected: known.join(", ") })
}

fn call(name: &str, args: &[Arg]) -> String {
    let written: Vec<String> = args
        .iter()
        .map(|arg| match arg {
            Arg::Integer(n) => n.to_string(),
            Arg::Text(text) => text.chars().take(40).collect(),
        })
        .collect();
    format!("{name}({})", written.join(", "))
}
