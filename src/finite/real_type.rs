//! The type of an irreducible representation over the reals.

/// The division algebra of the endomorphisms of an irreducible real representation, or of the one that an irreducible complex
/// representation belongs to (Bröcker–tom Dieck, II.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RealType {
    /// Real: the complexification is irreducible. Frobenius–Schur indicator 1.
    Real,
    /// Complex: the complexification is the sum of two irreducibles that are not isomorphic. Indicator 0.
    Complex,
    /// Quaternionic: the complexification is twice an irreducible. Indicator −1.
    Quaternionic,
}

impl RealType {
    /// `R`, `C` or `H`.
    pub fn letter(self) -> &'static str {
        match self {
            RealType::Real => "R",
            RealType::Complex => "C",
            RealType::Quaternionic => "H",
        }
    }
}
