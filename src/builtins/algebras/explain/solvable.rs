//! What is particular to solvable algebras.

use super::{Step, count};
use crate::lang::print::combination;
use crate::lie::small::{List, SmallAlgebra};
use crate::lie::{Algebra, Identification};

/// The Cartan subalgebra of a solvable algebra that is not nilpotent.
pub(super) fn cartan_subalgebra(found: &Identification) -> Step {
    Step::new("A Cartan subalgebra").say(format!(
        "For almost every x the elements killed by some power of ad x form a nilpotent subalgebra that is its own \
         normalizer, a Cartan subalgebra. Its dimension is the rank, here {}. The other {} of g are moved by eigenvalues \
         that are not zero; they lie in the nilradical.",
        found.rank,
        count(found.dim - found.rank, "dimension")
    ))
}

/// The place in de Graaf's lists.
pub(super) fn small_name(g: &Algebra, small: &SmallAlgebra) -> Step {
    let list = match small.list {
        List::Solvable => "solvable Lie algebras of dimension up to 4",
        List::Nilpotent => "nilpotent Lie algebras of dimension up to 6",
    };
    let brackets = small.brackets();
    let step = Step::new("Its place in a list").say(format!(
        "The {list} over Q are completely known (W. de Graaf). Characteristic subspaces, which any isomorphism must \
         respect, lead to a basis in which the brackets are those of {small}:"
    ));
    let step = if brackets.is_empty() { step.show(["all brackets are zero"]) } else { step.show(brackets) };
    let rows: Vec<String> =
        small.basis.iter().enumerate().map(|(k, row)| format!("x{} = {}", k + 1, combination(g, row))).collect();
    let longest = rows.iter().map(|row| row.chars().count()).max().unwrap_or(0);
    let step = if longest <= 70 {
        step.say("One such basis is").show(rows)
    } else {
        step.say("`small_basis(g)` is such a basis; its numbers are too long to be shown here.")
    };
    let step = step.say(
        "That the brackets of this basis are these is checked exactly, and it is all the proof that is needed: it is an \
         isomorphism.",
    );
    let step = if small.normalization().is_empty() {
        step
    } else {
        step.say(format!("On the parameters: {}.", small.normalization()))
    };
    if small.normal {
        step
    } else {
        step.say("The integer here is too large to be factored, so it may still contain a power that could be removed.")
    }
}
