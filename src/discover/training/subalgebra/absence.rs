//! When there is a subalgebra of codimension 1.

use crate::lie::Identification;

/// Whether a Lie algebra has a subalgebra of codimension 1. Such a subalgebra contains an ideal of the algebra by which it
/// becomes R, the affine algebra of the line, or sl(2,R) (Tits 1959; Hofmann 1965). So there is one exactly when the algebra
/// is not perfect, or a Levi factor has an ideal sl(2,R): a perfect algebra has no quotient of dimension 1 or 2.
pub fn has_codimension_one(identified: &Identification) -> bool {
    identified.derived_dim() < identified.dim || identified.levi_real_form().split('+').any(|form| form == "sl(2,R)")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::identify;
    use crate::lie::named::{euclid, sl, so};
    use crate::limits::Limits;

    /// so(2,1) = sl(2,R) has its Borel subalgebra, so(2,2) = sl(2,R)² that of a factor; e(2) is not perfect; so(3), so(4),
    /// so(1,3), e(3) and sl(3,R) have none.
    #[test]
    fn by_definition() {
        let none = Limits::none();
        let has = |g| has_codimension_one(&identify(&g, &none).unwrap());
        assert!(has(so(2, 1, &none).unwrap()) && has(so(2, 2, &none).unwrap()) && has(euclid(2, &none).unwrap()));
        assert!(!has(so(3, 0, &none).unwrap()) && !has(so(4, 0, &none).unwrap()) && !has(so(1, 3, &none).unwrap()));
        assert!(!has(euclid(3, &none).unwrap()) && !has(sl(3, &none).unwrap()));
    }
}
