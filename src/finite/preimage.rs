//! Preimages under the action on the parts of an invariant partition.

use super::{FiniteError, Permutation, PermutationGroup, schreier};
use crate::limits::Limits;

impl PermutationGroup {
    /// The elements whose action on these parts lies in `wanted`, a subgroup of `image`, which is what
    /// [`action_on_parts`](PermutationGroup::action_on_parts) gives for them: the kernel with one element above each generator. Both come from a
    /// chain of the group on points and parts whose base starts with the parts (Seress, *Permutation Group Algorithms*, 5.1).
    pub(super) fn preimage_on_parts(
        &self,
        image: &PermutationGroup,
        wanted: &PermutationGroup,
        limits: &Limits,
    ) -> Result<PermutationGroup, FiniteError> {
        let degree = self.degree();
        let shifted = |g: &Permutation| g.images().iter().map(|p| p + degree as u32).collect::<Vec<_>>();
        let both = |(g, on_parts): (&Permutation, &Permutation)| {
            Permutation::of(g.images().iter().copied().chain(shifted(on_parts)).collect())
        };
        let generators: Vec<Permutation> = self.generators().iter().zip(image.generators()).map(both).collect();
        let base: Vec<u32> = (degree..degree + image.degree()).map(|p| p as u32).collect();
        let order = self.order(limits)?;
        let chain = schreier::chain_with_idle(degree + image.degree(), &generators, &base, &order, limits)?;
        let on_points = |g: &Permutation| Permutation::of(g.images()[..degree].to_vec());
        let mut preimage: Vec<Permutation> =
            chain.lower(base.len()).strong_generators().iter().map(on_points).collect();
        for q in wanted.generators() {
            // Divided by the elements above the parts, q and the identity on the points leave the inverse of what lies above q.
            let mut images: Vec<u32> = (0..degree as u32).chain(shifted(q)).collect();
            chain.sift(0, &mut images);
            if (degree..images.len()).any(|p| images[p] as usize != p) {
                return Err(FiniteError::Internal("a permutation of the parts has no preimage"));
            }
            preimage.push(Permutation::of(super::chain::inverse(&images[..degree])));
        }
        let kernel = order / image.order(limits)?;
        let order = kernel * wanted.order(limits)?;
        Ok(PermutationGroup::of(format!("preimage in {}", self.name()), degree, preimage).of_order(order))
    }
}
