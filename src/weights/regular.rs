//! Regular subgroups: those whose roots are roots of the group.

use super::WeightError;
use super::count::Count;
use super::frame::Frame;
use super::packed::{Packed, Table};
use super::peel::Factor;
use crate::limits::Limits;

/// A subgroup that contains a maximal torus, seen from the weights of the group.
pub(super) struct Regular<P> {
    /// The semisimple rank of the subgroup.
    pub rank: usize,
    /// Its factors, in its own coordinates.
    pub factors: Vec<Factor<P>>,
    /// Its simple roots in both coordinates, the group's and its own.
    pub rows: Vec<(P, P)>,
    /// Steps between weights in both coordinates: roots of the group.
    pub steps: Vec<(P, P)>,
}

impl<P: Packed> Regular<P> {
    /// The weights of a character of the group that are dominant for the subgroup, with their multiplicities, in the
    /// subgroup's coordinates; multiplicities of weights with the same coordinates there are added. `None` when a machine
    /// word is too small. `seeds` are the highest weights of the irreducibles, in both coordinates.
    ///
    /// Such weights are connected by roots of the group: an irreducible `V` is generated from any irreducible `W ⊂ V` of the
    /// subgroup by its root spaces, which are weight spaces of representations of the subgroup, and the highest weights of
    /// `W ⊗ U` are sums of that of `W` and a weight of `U` (Humphreys, exercise 24.12). For a Levi subgroup the roots can
    /// be taken negative, since `V` is generated from the subgroup's representation on top.
    pub fn dominant<C: Count>(
        &self,
        frame: &Frame<P>,
        table: &Table<P, C>,
        seeds: &[(P, P)],
        limits: &Limits,
    ) -> Result<Option<Table<P, C>>, WeightError> {
        let Some(one) = C::from_big(&1.into()) else { return Ok(None) };
        let Some(zero) = C::from_big(&0.into()) else { return Ok(None) };
        let mut seen: Table<P, ()> = Table::default();
        let mut out: Table<P, C> = Table::default();
        let mut todo: Vec<(P, P)> = Vec::new();
        for (weight, image) in seeds {
            let (mut weight, mut image) = (weight.clone(), image.clone());
            while let Some(i) = image.first_negative(self.rank) {
                let label = image.label(i);
                weight.subtract(label, &self.rows[i].0);
                image.subtract(label, &self.rows[i].1);
            }
            if seen.insert(weight.clone(), ()).is_none() {
                todo.push((weight, image));
            }
        }
        let mut turns = 0u32;
        while let Some((weight, image)) = todo.pop() {
            turns = turns.wrapping_add(1);
            if turns.is_multiple_of(256) {
                limits.check()?;
                super::dominant::refuse_above(seen.len() as u128, "weights")?;
                limits.reserve(seen.len() as u128 * 4 * size_of::<(P, C)>() as u128)?;
            }
            let mut dominant = weight.clone();
            frame.make_dominant(&mut dominant);
            let Some(m) = table.get(&dominant) else { continue };
            let entry = out.entry(image.clone()).or_insert_with(|| zero.clone());
            let Some(()) = entry.add_product(m, &one) else { return Ok(None) };
            for (step, step_image) in &self.steps {
                let mut next_image = image.clone();
                next_image.subtract(1, step_image);
                if next_image.first_negative(self.rank).is_some() {
                    continue;
                }
                let mut next = weight.clone();
                next.subtract(1, step);
                if let std::collections::hash_map::Entry::Vacant(place) = seen.entry(next) {
                    todo.push((place.key().clone(), next_image));
                    place.insert(());
                }
            }
        }
        Ok(Some(out))
    }
}
