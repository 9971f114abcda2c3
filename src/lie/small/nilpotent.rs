//! Nilpotent algebras up to dimension 6: an abelian summand is split off, the rest goes by its lower central series.

use super::Found;
use super::nilpotent_stems as stems;
use super::work::{Lost, Vector, Work};
use crate::exact::Subspace;

/// A nilpotent algebra without an abelian summand: its lower central series, as subspaces of a larger algebra.
pub(super) struct Stem {
    /// `series[0]` is the algebra itself, the last one is zero.
    pub(super) series: Vec<Subspace>,
    /// Vectors that span it modulo its derived algebra.
    pub(super) generators: Vec<Vector>,
}

/// The number in the list of nilpotent algebras with a basis.
///
/// `L = S ⊕ A` with `A` central and the centre of `S` inside `[S, S] = [L, L]`: the list numbers `S ⊕ A` as it numbers
/// `S` in its own dimension, and abelian algebras by 1.
pub(super) fn recognize(w: &Work) -> Result<Found, Lost> {
    let n = w.dim();
    let full = Subspace::full(n);
    let mut series = vec![full.clone()];
    while let Some(last) = series.last()
        && last.dim() > 0
    {
        let next = w.product(&full, last)?;
        if next.dim() == last.dim() {
            return Err(Lost::Unexpected);
        }
        series.push(next);
    }
    let derived = series.get(1).cloned().unwrap_or_else(|| w.zero());
    let center = w.transporter(&full, full.basis(), &w.zero())?;
    let inner = w.transporter(&derived, full.basis(), &w.zero())?;
    let summand = w.complement(&center, &inner)?;
    let with_summand = derived.sum(&w.span(&summand)?, w.limits)?;
    let generators = w.complement(&full, &with_summand)?;
    if generators.is_empty() {
        return Ok(Found::plain(1, summand));
    }
    series[0] = derived.sum(&w.span(&generators)?, w.limits)?;
    let stem = Stem { series, generators };
    let dims: Vec<usize> = stem.series.iter().map(Subspace::dim).collect();
    let mut found = match &dims[..] {
        [3, 1, 0] => stems::heisenberg(w, &stem),
        [4, 2, 1, 0] => stems::filiform_four(w, &stem),
        [5, 1, 0] => stems::symplectic(w, &stem),
        [5, 2, 0] => stems::two_brackets(w, &stem),
        [5, 2, 1, 0] => stems::symplectic_over_line(w, &stem),
        [5, 3, 2, 0] => stems::free_of_class_three(w, &stem),
        [5, 3, 2, 1, 0] => stems::filiform_five(w, &stem),
        [6, 2, 0] => stems::pencil(w, &stem),
        [6, 3, 0] => stems::free_of_class_two(w, &stem),
        [6, 2, 1, 0] => stems::symplectic_over_line(w, &stem),
        [6, 3, 1, 0] => stems::symmetric_over_plane(w, &stem),
        [6, 3, 2, 0] => stems::operator_on_plane(w, &stem),
        [6, 3, 2, 1, 0] => stems::filiform_with_one_more(w, &stem),
        [6, 4, 3, 1, 0] => stems::symmetric_over_generators(w, &stem),
        [6, 4, 3, 2, 1, 0] => stems::filiform_six(w, &stem),
        _ => Err(Lost::Unexpected),
    }?;
    found.basis.extend(summand);
    Ok(found)
}
