//! The order of the story, and the steps that every algebra has.

use super::{Step, count, semisimple, solvable};
use crate::diag::Diagnostic;
use crate::exact::Matrix;
use crate::lang::print::{basis_name, terms};
use crate::lie::semisimple::{Semisimple, analyze};
use crate::lie::structure::quotient_constants;
use crate::lie::{Algebra, Identification, JacobiProof, killing_form, radical_of};
use crate::limits::Limits;
use crate::num::Rational;

/// Brackets are written out up to this many.
const SHOWN_BRACKETS: usize = 12;
/// The matrix of the Killing form is shown up to this dimension.
const SHOWN_MATRIX: usize = 4;

/// The whole story of an algebra that has been identified.
pub(super) fn tell(g: &Algebra, found: &Identification, limits: &Limits) -> Result<Vec<Step>, Diagnostic> {
    if found.dim == 0 {
        return Ok(vec![
            Step::new("What is given")
                .say("The vector space with the single element 0. Its only bracket is [0, 0] = 0.")
                .say(
                    "It is abelian and solvable. Its Killing form has no kernel, but by convention the words simple and \
                     semisimple are kept for algebras that are not zero.",
                ),
        ]);
    }
    let killing = killing_form(g.constants(), limits)?;
    let mut steps = vec![given(g, found), brackets_of_brackets(found)];
    if !found.is_abelian() {
        steps.push(center(found));
    }
    steps.push(killing_step(g, found, &killing));
    if !found.is_semisimple() {
        steps.push(radical(found));
    }
    if found.levi_dim() > 0 {
        let levi = levi_parts(g, found, &killing, limits)?;
        steps.extend(semisimple::steps(found, &levi, limits)?);
    } else if !found.is_nilpotent() {
        steps.push(solvable::cartan_subalgebra(found));
    }
    if let Some(small) = &found.small {
        steps.push(solvable::small_name(g, small));
    }
    steps.push(answer(found));
    steps.push(reading(found));
    Ok(steps)
}

/// The simple ideals over Q of the quotient by the radical.
fn levi_parts(
    g: &Algebra,
    found: &Identification,
    killing: &Matrix<Rational>,
    limits: &Limits,
) -> Result<Semisimple, Diagnostic> {
    if found.is_semisimple() {
        return Ok(analyze(g.constants(), killing, limits)?);
    }
    let quotient = quotient_constants(g.constants(), &radical_of(g, limits)?);
    let killing = killing_form(&quotient, limits)?;
    Ok(analyze(&quotient, &killing, limits)?)
}

fn given(g: &Algebra, found: &Identification) -> Step {
    let step = Step::new("What is given").say(format!(
        "A Lie algebra g over the rational numbers, {}: a space of dimension {} with a bracket [x, y] that is bilinear, \
         changes its sign when x and y are exchanged, and satisfies the Jacobi identity. Rational constants are real \
         constants too, and the names below are those of the real Lie algebra.",
        g.origin(),
        found.dim
    ));
    let step = match g.realization() {
        Some(r) => step.say(format!(
            "Its elements are {0}×{0} matrices{1}, and the bracket is the commutator XY - YX.",
            r.size,
            if r.complex { " of complex numbers (the coefficients in the basis stay real)" } else { "" }
        )),
        None => step,
    };
    let constants = g.constants();
    let mut lines = Vec::new();
    for i in 0..constants.dim() {
        for j in i + 1..constants.dim() {
            let row = constants.upper(i, j);
            if !row.is_empty() && lines.len() <= SHOWN_BRACKETS {
                let right = terms(row.iter().map(|(k, v)| (basis_name(g, *k as usize), v)));
                lines.push(format!("[{}, {}] = {right}", basis_name(g, i), basis_name(g, j)));
            }
        }
    }
    let step = match lines.len() {
        0 => step.say("All brackets are zero."),
        1..=SHOWN_BRACKETS => {
            step.say("The brackets of basis elements that are not zero (besides their mirror images):").show(&lines)
        }
        _ => step
            .say("The table of brackets is too long to be shown here (`structure_constants(g)` has it); it begins with")
            .show(&lines[..3]),
    };
    step.say(match g.jacobi() {
        JacobiProof::Commutators => {
            "The Jacobi identity holds because brackets are commutators of matrices; that they stay in g was checked \
             exactly."
                .to_string()
        }
        JacobiProof::Construction(how) => format!("The Jacobi identity holds by construction: {how}."),
        JacobiProof::Checked(how) => format!("The Jacobi identity was proved: {how}."),
    })
}

fn arrows(dims: &[usize]) -> String {
    dims.iter().map(usize::to_string).collect::<Vec<_>>().join(" > ")
}

fn brackets_of_brackets(found: &Identification) -> Step {
    let (n, derived) = (found.dim, found.derived_dim());
    let step = Step::new("Brackets of brackets");
    if found.is_abelian() {
        return step.say(
            "All elements commute, so [g, g] = 0: g is abelian. An abelian Lie algebra is known when its dimension is \
             known.",
        );
    }
    if derived == n {
        return step.say(format!(
            "The brackets [x, y] span the derived algebra [g, g]. Here it has dimension {n}: it is all of g. Such an \
             algebra is called perfect. It has no abelian quotient, and taking brackets again leads nowhere: g is not \
             solvable."
        ));
    }
    let step = step.say(format!(
        "The brackets [x, y] span the derived algebra [g, g]. Here it has dimension {derived}, so the largest abelian \
         quotient g/[g, g] has dimension {}.",
        n - derived
    ));
    let series = &found.derived_series;
    let step = if found.is_solvable() {
        step.say(format!(
            "Taking the derived algebra of the derived algebra and so on gives the dimensions {}. The series reaches \
             zero after {}: g is solvable.",
            arrows(series),
            count(series.len() - 1, "step")
        ))
    } else {
        step.say(format!(
            "Taking the derived algebra of the derived algebra and so on gives the dimensions {} and stops there, at a \
             perfect algebra that is not zero: g is not solvable.",
            arrows(series)
        ))
    };
    let lower = &found.lower_central_series;
    if found.is_nilpotent() {
        step.say(format!(
            "The lower central series, in which every step brackets with all of g, has the dimensions {}. It reaches \
             zero too: g is nilpotent of class {}. All brackets of {} elements vanish.",
            arrows(lower),
            lower.len() - 1,
            lower.len()
        ))
    } else if found.is_solvable() {
        step.say(format!(
            "The lower central series, in which every step brackets with all of g, has the dimensions {} and does not \
             reach zero: g is not nilpotent. Some ad x: y ↦ [x, y] has an eigenvalue that is not zero.",
            arrows(lower)
        ))
    } else {
        step
    }
}

fn center(found: &Identification) -> Step {
    let step = Step::new("The centre");
    if found.center_dim == 0 {
        return step.say(
            "No element besides 0 commutes with all others. So x ↦ ad x, with ad x (y) = [x, y], is injective: g is an \
             algebra of matrices, its own adjoint representation.",
        );
    }
    step.say(format!(
        "The elements that commute with all others form the centre, here of dimension {}. They are what the adjoint \
         representation x ↦ ad x forgets: its image has dimension {} - {} = {}.",
        found.center_dim,
        found.dim,
        found.center_dim,
        found.dim - found.center_dim
    ))
}

fn killing_step(g: &Algebra, found: &Identification, killing: &Matrix<Rational>) -> Step {
    let s = found.killing_signature;
    let step = Step::new("The Killing form and Cartan's criterion")
        .say("The Killing form K(x, y) = tr(ad x · ad y) measures x and y by what they do to g itself.");
    let step = if g.dim() <= SHOWN_MATRIX && s.positive + s.negative > 0 {
        step.say("Its matrix in the given basis:").show(matrix_lines(killing))
    } else {
        step
    };
    if s.positive + s.negative == 0 {
        let why = if found.is_nilpotent() {
            "In a nilpotent algebra every ad x · ad y is nilpotent and has trace zero."
        } else {
            "That does not make g nilpotent: traces can vanish although eigenvalues do not."
        };
        return step.say(format!(
            "Here K is zero. {why} By Cartan's criterion g is solvable: that is the case exactly when [g, g] is \
             orthogonal to all of g."
        ));
    }
    let step = step.say(format!(
        "Brought to diagonal form over Q it has {}, {} and {}.",
        count(s.positive, "positive square"),
        count(s.negative, "negative square"),
        count(s.zero, "zero")
    ));
    if s.zero == 0 {
        step.say(
            "No zeros: K is non-degenerate, and by Cartan's criterion g is semisimple, a direct sum of simple algebras. \
             Its largest solvable ideal, the radical, is zero.",
        )
    } else if found.is_solvable() {
        step.say(
            "Yet [g, g] is orthogonal to all of g, which is Cartan's criterion for a solvable algebra: K only sees the \
             abelian quotient g/[g, g].",
        )
    } else {
        step.say(format!(
            "K is degenerate, so g is not semisimple; its kernel of dimension {} is a solvable ideal.",
            s.zero
        ))
    }
}

fn matrix_lines(m: &Matrix<Rational>) -> Vec<String> {
    let cells: Vec<Vec<String>> = m.iter_rows().map(|row| row.iter().map(Rational::to_string).collect()).collect();
    let width = cells.iter().flatten().map(|c| c.chars().count()).max().unwrap_or(1);
    cells.iter().map(|row| row.iter().map(|c| format!("{c:>width$}")).collect::<Vec<_>>().join("  ")).collect()
}

fn radical(found: &Identification) -> Step {
    let (n, r, nil) = (found.dim, found.radical_dim, found.nilradical_dim);
    let step = Step::new("Radical and Levi factor");
    let nilradical = if found.is_nilpotent() {
        "The largest nilpotent ideal, the nilradical, is then all of g as well.".to_string()
    } else if found.is_reductive() {
        "It is abelian, and equal to the largest nilpotent ideal, the nilradical.".to_string()
    } else if nil == r {
        format!("It is nilpotent: the nilradical, the largest nilpotent ideal, has the same dimension {nil}.")
    } else {
        format!(
            "The nilradical, the largest nilpotent ideal, has dimension {nil}. It contains the brackets of g with the \
             radical, so the radical is abelian modulo it."
        )
    };
    if found.is_solvable() {
        return step.say(format!("g is its own radical, the largest solvable ideal. {nilradical}"));
    }
    let step = step
        .say(format!(
            "The radical, the largest solvable ideal, is the orthogonal complement of [g, g] for the Killing form. Here it \
             has dimension {r}. {nilradical}"
        ))
        .say(format!(
            "By Levi's theorem g is the radical together with a subalgebra that meets it only in 0, a Levi factor. It is \
             semisimple of dimension {n} - {r} = {}, and any two Levi factors are conjugate. It looks like g modulo the \
             radical, so it can be named without being found; `levi(g)` finds one.",
            found.levi_dim()
        ));
    if found.is_reductive() {
        step.say(format!(
            "The radical is the centre: both have dimension {r}. So g is reductive, the direct sum of its centre and of \
             [g, g], which is the one Levi factor."
        ))
    } else {
        step.say(format!(
            "The centre has dimension {}, less than the radical: the Levi factor moves the radical or the radical moves \
             itself, and g is not reductive.",
            found.center_dim
        ))
    }
}

fn answer(found: &Identification) -> Step {
    let words = super::in_words(&crate::builtins::algebras::identification::headline(found));
    let step = Step::new("The answer, and why it is proved").say(format!("g is {words}."));
    let listed = found.small.as_ref().map(|small| small.to_string());
    let mut aliases = found.aliases();
    aliases.retain(|name| Some(name) != listed.as_ref() || found.is_abelian());
    let step = if aliases.is_empty() { step } else { step.say(format!("Other names for it: {}.", aliases.join("; "))) };
    step.say(
        "Nothing here rests on a sample or on floating-point numbers: modular arithmetic found the facts, exact arithmetic \
         over Q confirmed them. `certificate(g)` lists what was checked for this algebra. In short:",
    )
    .show(proofs(found).iter().flat_map(|s| hanging(s)))
}

/// Why the statements of the story are theorems and not observations.
fn proofs(found: &Identification) -> Vec<&'static str> {
    let mut out = vec![
        "The Killing form is computed exactly, and its signature is read off a diagonal form obtained by an exact change \
         of basis (Sylvester's law of inertia).",
    ];
    if !found.is_semisimple() {
        out.push(
            "Every subspace (the terms of the series, the centre, the radical, the nilradical) is found modulo primes, \
             lifted to Q and checked there against the equations that define it.",
        );
    }
    if found.levi_dim() > 0 {
        out.extend([
            "The rank is the dimension of an abelian kernel modulo a prime on which the Killing form is non-degenerate; it \
             lifts to the p-adic numbers, so it is the rank over Q.",
            "The number of simple parts is bounded from above by equations modulo a prime and from below by ideals that are \
             checked over Q.",
            "The type follows from dimension, rank and, where these leave a choice, the number of long roots; the real form \
             from the exact signature.",
        ]);
    }
    if found.small.is_some() {
        out.push("The name in the list is proved by a basis with exactly the brackets of the list.");
    }
    out
}

/// An item with a dash, broken where it is long.
fn hanging(text: &str) -> Vec<String> {
    let mut lines = vec!["-".to_string()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        if lines[last].chars().count() + 1 + word.chars().count() > 70 {
            lines.push(format!("  {word}"));
        } else {
            lines[last].push(' ');
            lines[last].push_str(word);
        }
    }
    lines
}

fn reading(found: &Identification) -> Step {
    let mut books = vec!["Humphreys, Introduction to Lie Algebras and Representation Theory: §§1-3 (first notions)"];
    if found.is_solvable() {
        books.push("Humphreys §4 (the theorems of Lie and Cartan on solvable algebras)");
    } else {
        books.push("Humphreys §§4-5 (Cartan's criterion), §8 (roots), §§9-11 (root systems, Dynkin diagrams)");
        books.push("Knapp, Lie Groups Beyond an Introduction: chapter VI and appendix C (real forms)");
    }
    if !found.is_solvable() && !found.is_semisimple() {
        books.push("Jacobson, Lie Algebras: III.9 (Levi's theorem)");
    }
    if found.small.is_some() {
        books.push("de Graaf's two papers on the lists of small algebras, named by `small_name(g)`");
    }
    books.push("de Graaf, Lie Algebras: Theory and Algorithms: how all this is computed");
    Step::new("Where to read").show(books.iter().flat_map(|b| hanging(b)))
}
