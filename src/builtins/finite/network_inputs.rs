//! How finite groups act on the inputs of invariant networks: on points, on points with signs, by exact matrices.

use crate::builtins::Arguments;
use crate::diag::{Code, Diagnostic};
use crate::equivariant::{SignedPermutation, signed_action};
use crate::finite::{self, Architectures, FiniteError, Permutation, PermutationGroup, VectorAction, vector_action};
use crate::lang::value::Value;
use crate::limits::Limits;
use crate::num::Cyclotomic;
use crate::reps::Rep;

/// How a finite group acts on the inputs.
pub(crate) struct Inputs {
    pub name: String,
    /// `on the points of S(4)`, `of S(4) on V`.
    pub place: String,
    /// On the points, on signed points, or on vectors.
    pub group: PermutationGroup,
    pub on: On,
    /// For points and signed points.
    pub generators: Vec<SignedPermutation>,
}

pub(crate) enum On {
    Points,
    SignedPoints,
    /// By exact matrices, which permute these vectors.
    Vectors(VectorAction),
    /// By matrices over a cyclotomic field, known by their traces at the representatives of the classes, which are those
    /// of their class whose images come first.
    Field(Vec<(Permutation, Cyclotomic)>),
    /// On the plane, with a group of permutations of the corners of a polygon.
    Plane,
}

pub(crate) fn at(a: &Arguments, error: FiniteError) -> Diagnostic {
    Diagnostic::from(error).at(a.span("G"))
}

pub(crate) fn inputs(a: &Arguments, limits: &Limits) -> Result<Inputs, Diagnostic> {
    let refused = |name: &str| {
        a.wrong("G", Code::Argument, format!("{name} is not a finite group of permutations or exact matrices"))
            .hint("S(n), A(n), D(n), Q8, perm(n, \"(0 1 2)\", …), matrix_group(…) are; or give a representation of one")
    };
    let found = match a.value("G")? {
        Value::Group(group) => match group.permutations() {
            Some(own) => {
                let generators = own.generators().iter().map(SignedPermutation::from).collect();
                let name = own.name().to_string();
                Ok(Inputs {
                    place: format!("on the points of {name}"),
                    name,
                    group: own.clone(),
                    on: On::Points,
                    generators,
                })
            }
            None if group.dim() > 0 => return Err(refused(group.name())),
            None => Rep::vector(group.base()).map_err(Diagnostic::from).and_then(|rep| of_rep(&rep, limits)),
        },
        Value::Rep(rep) => of_rep(rep, limits),
        other => return Err(refused(&other.line())),
    };
    found.map_err(|e| e.at(a.span("G")))
}

/// The group of the matrices by which a group acts.
fn of_rep(rep: &Rep, limits: &Limits) -> Result<Inputs, Diagnostic> {
    let name = format!("{} on {}", rep.base().name(), rep.name());
    let place = format!("of {name}");
    if let (Some((n, reflections)), true) = (rep.base().plane(), rep.is_identical(&Rep::vector(rep.base())?)) {
        // With three corners or more the action on them is faithful.
        let corners = if reflections { finite::dihedral(n)? } else { finite::cyclic(n)? };
        return Ok(Inputs { name, place, group: corners, on: On::Plane, generators: Vec::new() });
    }
    if let (Some(field), true) = (rep.base().field(), rep.is_identical(&Rep::vector(rep.base())?)) {
        let known = field.characters(rep.base().name(), limits)?;
        let representatives = known.classes.classes().iter().map(|class| class.representative.clone());
        let on = On::Field(representatives.zip(known.traces.iter().cloned()).collect());
        return Ok(Inputs { name, place, group: known.group.as_ref().clone(), on, generators: Vec::new() });
    }
    let generators = match signed_action(rep, limits) {
        Ok(generators) => generators,
        Err(error) if rep.base().algebra().dim() > 0 => return Err(error.into()),
        Err(_) => {
            let matrices = rep.discrete_matrices(limits)?;
            let size = usize::try_from(rep.dim()).unwrap_or(usize::MAX);
            let action = vector_action(&name, size, &matrices, limits)?;
            return Ok(Inputs {
                name,
                place,
                group: action.group.clone(),
                on: On::Vectors(action),
                generators: Vec::new(),
            });
        }
    };
    let size = usize::try_from(rep.dim()).unwrap_or(usize::MAX);
    let signed = generators.iter().any(|g| (0..size).any(|i| g.image(i).is_some_and(|x| x.1)));
    let images = |g: &SignedPermutation| {
        let one = |i: usize| {
            let (image, negative) = g.image(i).unwrap_or((i, false));
            match (signed, negative) {
                (false, _) => vec![image as u32],
                (true, false) => vec![2 * image as u32, 2 * image as u32 + 1],
                (true, true) => vec![2 * image as u32 + 1, 2 * image as u32],
            }
        };
        Permutation::from_images((0..size).flat_map(one).collect())
    };
    let lost = || Diagnostic::new(Code::Internal, "a signed permutation does not permute");
    let all = generators.iter().map(images).collect::<Option<Vec<_>>>().ok_or_else(lost)?;
    let (degree, on) = if signed { (2 * size, On::SignedPoints) } else { (size, On::Points) };
    Ok(Inputs { group: PermutationGroup::new(name.clone(), degree, all)?, name, place, on, generators })
}

pub(crate) fn found(inputs: &Inputs, rejected: Option<bool>, limits: &Limits) -> Result<Architectures, FiniteError> {
    match &inputs.on {
        On::Points => finite::architectures(&inputs.group, rejected, limits),
        On::SignedPoints => finite::signed_architectures(&inputs.group, rejected, limits),
        On::Vectors(action) => finite::linear_architectures(action, limits),
        On::Field(traces) => {
            let trace = |g: &Permutation| traces.iter().find(|(own, _)| own == g).map(|(_, trace)| trace.clone());
            finite::architectures_of_traces(&inputs.group, |g| trace(g).unwrap_or_else(|| Cyclotomic::from(0)), limits)
        }
        On::Plane => {
            let n = inputs.group.degree();
            finite::architectures_of_traces(&inputs.group, |g| plane_trace(g, n), limits)
        }
    }
}

/// 2 cos(2πk/n) for the rotation that takes corner 0 to corner k, 0 for a reflection.
fn plane_trace(g: &Permutation, n: usize) -> Cyclotomic {
    let [zero, one] = [0, 1].map(|corner| g.image(corner).unwrap_or(0));
    match one == (zero + 1) % n {
        true => {
            Cyclotomic::root_of_unity(n as u64, zero as i64).add(&Cyclotomic::root_of_unity(n as u64, -(zero as i64)))
        }
        false => Cyclotomic::from(0),
    }
}

/// Inputs whose weights have patterns.
pub(crate) fn of_signs(inputs: Inputs, a: &Arguments) -> Result<Inputs, Diagnostic> {
    match inputs.on {
        On::Points | On::SignedPoints => Ok(inputs),
        On::Vectors(_) | On::Field(_) | On::Plane => {
            let message = format!("{} acts by matrices that are no signed permutations", inputs.name);
            Err(a.wrong("G", Code::Unsupported, message).hint("architectures(G) lists its networks with their weights"))
        }
    }
}
