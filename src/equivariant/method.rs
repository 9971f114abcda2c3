//! How a basis was found, and why it is known to be complete.

use std::fmt;

/// How a basis was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Orbits of signed permutations on pairs of basis vectors.
    Orbits,
    /// Set partitions of the legs.
    SetPartitions,
    /// Brauer diagrams.
    Brauer,
    /// Brauer diagrams with determinants (Brauer–Grood diagrams).
    BrauerDeterminant,
    /// Walled Brauer diagrams.
    WalledBrauer,
    /// Walled Brauer diagrams with determinants.
    WalledBrauerDeterminant,
    /// Matchings decorated with a Hermitian form, real and imaginary parts of determinants.
    Hermitian,
    /// Coupling of angular momenta, in doubles.
    Couplings,
    /// Weight vectors killed by the simple raising operators, exact.
    Weights,
    /// The exact null space of the equations.
    ExactNullSpace,
    /// Sums over a finite group, element by element down a stabiliser chain, exact.
    Averages,
    /// The null space of the equations in doubles.
    FloatNullSpace,
    /// Eigenspaces of a polynomial in the generators on both sides, in doubles.
    FloatSides,
    /// Several methods: one for each part of a sum or each factor of a product.
    Blocks,
}

impl Method {
    /// The name shown to people and written into JSON.
    pub fn name(self) -> &'static str {
        match self {
            Method::Orbits => "orbits",
            Method::SetPartitions => "set partitions",
            Method::Brauer => "Brauer diagrams",
            Method::BrauerDeterminant => "Brauer diagrams with determinants",
            Method::WalledBrauer => "walled Brauer diagrams",
            Method::WalledBrauerDeterminant => "walled Brauer diagrams with determinants",
            Method::Hermitian => "Hermitian diagrams",
            Method::Couplings => "Clebsch–Gordan paths",
            Method::Weights => "weights",
            Method::ExactNullSpace => "exact null space",
            Method::Averages => "sums over the group",
            Method::FloatNullSpace => "float null space",
            Method::FloatSides => "eigenspaces of both sides",
            Method::Blocks => "parts, each by its own method",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Why a basis is known to be complete and independent.
#[derive(Clone, Debug, PartialEq)]
pub enum Completeness {
    /// The supports partition the entries: an invariant tensor is determined by its value at one entry of each orbit.
    Orbits,
    /// The invariants span by a fundamental theorem, and those taken are a basis by a theorem named here.
    Theorem(&'static str),
    /// As many independent invariants as this formula counts.
    Count(&'static str),
    /// The rank of the equations, proved over Q, leaves room for no more; all solutions were multiplied back.
    ExactRank,
    /// The parts into which structure takes the space, each complete.
    Parts,
    /// A gap between the singular values of the equations, or between eigenvalues, in doubles: no proof.
    Gap(Spectrum),
    /// The same, and as many as highest weights of an algebra of this type count, which was found from the same floats.
    GapAndCount(Spectrum, String),
    /// The same, and as many as are counted exactly: by what, in words that end in "count".
    GapAndExact(Spectrum, String),
}

/// What was seen of the singular values of the equations, relative to the largest one; of the method by both sides what was
/// seen of eigenvalues that belong together or apart, and the residual relative to the sizes of the generators.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spectrum {
    /// The largest singular value taken for zero, or what rounding alone may leave of one when that is more.
    pub noise: f64,
    /// The smallest one taken for non-zero; infinite when there is none.
    pub edge: f64,
    /// The largest residual `|C v|` of a basis vector of norm 1, relative to the largest singular value.
    pub residual: f64,
}

impl Spectrum {
    /// The ratio between the smallest value taken for non-zero and the largest taken for zero, which is at least one unit
    /// of rounding.
    pub fn gap(&self) -> f64 {
        self.edge / self.noise.max(f64::EPSILON)
    }
}

impl fmt::Display for Spectrum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "a gap of {:.1e} in the singular values (noise {:.1e}, edge {:.1e}, residual {:.1e})",
            self.gap(),
            self.noise,
            self.edge,
            self.residual
        )
    }
}

impl fmt::Display for Completeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Completeness::Orbits => write!(f, "the orbits partition all entries"),
            Completeness::Theorem(text) | Completeness::Count(text) => write!(f, "{text}"),
            Completeness::ExactRank => write!(f, "the exact rank of the equations"),
            Completeness::Parts => write!(f, "every part is complete"),
            Completeness::Gap(s) => write!(f, "{s}; not proved: nothing else counts the invariants"),
            Completeness::GapAndCount(s, group) => write!(f, "{s}; as many as highest weights of {group} count"),
            Completeness::GapAndExact(s, by) => write!(f, "{s}; as many as {by}"),
        }
    }
}
