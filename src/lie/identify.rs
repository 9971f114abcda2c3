//! Identification: everything the program says about a Lie algebra over Q, with its certificate.

use crate::exact::{Matrix, Subspace};
use crate::limits::Limits;
use crate::num::Rational;
use crate::roots::{CartanType, RealForm, aliases_of_sum, name_of_sum};

use super::centroid_generator::Generator;
use super::killing::killing_form_and_chains;
use super::nilradical::{Nilradical, is_nilpotent, nilradical};
use super::rank::{Known, rank};
use super::semisimple::{IdentifyError, RationalIdeal, RealIdeal, Regular, Semisimple, take_apart, type_over_closure};
use super::small::{SmallAlgebra, reductive_names, small_algebra};
use super::structure::{center, derived_algebra, derived_series, lower_central_series, quotient_constants, radical};
use super::{Algebra, JacobiProof, Signature, killing_form, signature};

/// What was computed exactly and how it was proved.
#[derive(Debug, Clone, PartialEq)]
pub struct Certificate {
    /// Why the brackets satisfy the Jacobi identity.
    pub jacobi: String,
    /// The exact facts, in the order in which they were established.
    pub steps: Vec<String>,
    /// The prime at which the root system was read off, if there is one.
    pub primes: Vec<u32>,
    /// What an independent check needs.
    pub witness: Witness,
}

/// The data found on the way, from which the facts can be verified without a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness {
    /// The basis elements `e_c` whose classes are a basis of the quotient by the radical; coordinates below refer to it.
    pub levi_columns: Vec<usize>,
    /// A basis of the radical, up to dimension 40 of the algebra.
    pub radical: Option<Vec<Vec<Rational>>>,
    /// A basis of the nilradical, likewise.
    pub nilradical: Option<Vec<Vec<Rational>>>,
    /// The regular element with what was computed modulo the prime; `None` for a solvable algebra.
    pub regular: Option<Regular>,
    /// The simple ideals over Q of the Levi factor.
    pub ideals: Vec<RationalIdeal>,
    /// A generator of the centroid of the quotient (row `j` is `S e_j`), likewise; `None` when it is absolutely simple.
    pub centroid: Option<Vec<Vec<Rational>>>,
    /// Of an algebra over Q(√d): what leads from the algebra over Q, of which all above is, to the place √d > 0.
    pub place: Option<Place>,
}

/// The place √d > 0 of a quadratic field.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// `d`.
    pub radicand: i64,
    /// √d as a polynomial in the generator of the centroid, lowest coefficient first; `None` where that is not kept.
    pub root: Option<Vec<Rational>>,
}

/// Matrices are kept in the witness up to this dimension.
pub const WITNESS_DIM: usize = 40;

impl Witness {
    fn new(levi_columns: Vec<usize>, parts: Semisimple, generator: Option<Generator>) -> Witness {
        let small = levi_columns.len() <= WITNESS_DIM;
        let rows = |m: Matrix<Rational>| m.iter_rows().map(<[Rational]>::to_vec).collect();
        Witness {
            levi_columns,
            radical: None,
            nilradical: None,
            regular: parts.regular,
            ideals: parts.ideals,
            centroid: generator.filter(|_| small).map(|generator| rows(generator.operator)),
            place: None,
        }
    }
}

/// The answer of `identify`.
#[derive(Debug, Clone, PartialEq)]
pub struct Identification {
    /// The dimension.
    pub dim: usize,
    /// The dimension of a Cartan subalgebra.
    pub rank: usize,
    /// The dimension of the centre.
    pub center_dim: usize,
    /// The dimension of the radical.
    pub radical_dim: usize,
    /// The dimension of the nilradical.
    pub nilradical_dim: usize,
    /// The dimensions of the derived series until it stops.
    pub derived_series: Vec<usize>,
    /// The dimensions of the lower central series until it stops.
    pub lower_central_series: Vec<usize>,
    /// The signature of the Killing form.
    pub killing_signature: Signature,
    /// The simple real ideals of the Levi factor, in the order of the names.
    pub ideals: Vec<RealIdeal>,
    /// Its place in the lists of small solvable and nilpotent algebras, when it has one.
    pub small: Option<SmallAlgebra>,
    /// How the answer was proved.
    pub certificate: Certificate,
}

impl Identification {
    /// The dimension of the derived algebra.
    pub fn derived_dim(&self) -> usize {
        self.derived_series.get(1).copied().unwrap_or(self.dim)
    }

    /// The dimension of a Levi factor.
    pub fn levi_dim(&self) -> usize {
        self.dim - self.radical_dim
    }

    /// `[g, g] = 0`.
    pub fn is_abelian(&self) -> bool {
        self.center_dim == self.dim
    }

    /// The lower central series ends at zero.
    pub fn is_nilpotent(&self) -> bool {
        self.nilradical_dim == self.dim
    }

    /// The derived series ends at zero.
    pub fn is_solvable(&self) -> bool {
        self.radical_dim == self.dim
    }

    /// The radical is the centre.
    pub fn is_reductive(&self) -> bool {
        self.radical_dim == self.center_dim
    }

    /// The radical is zero (and the algebra is not).
    pub fn is_semisimple(&self) -> bool {
        self.radical_dim == 0 && self.dim > 0
    }

    /// Simple over the reals.
    pub fn is_simple(&self) -> bool {
        self.is_semisimple() && self.ideals.len() == 1
    }

    /// The real forms of the simple ideals of the Levi factor, in order.
    pub fn forms(&self) -> Vec<RealForm> {
        self.ideals.iter().map(|ideal| ideal.form).collect()
    }

    /// The Cartan type of the Levi factor over the complex numbers.
    pub fn levi_cartan_type(&self) -> CartanType {
        CartanType::new(self.forms().iter().flat_map(|f| f.complex_type().summands().to_vec()).collect())
    }

    /// The type of the Levi factor, `"0"` when solvable.
    pub fn levi_type(&self) -> String {
        if self.ideals.is_empty() { "0".to_string() } else { self.levi_cartan_type().to_string() }
    }

    /// The Cartan type when semisimple.
    pub fn cartan_type(&self) -> Option<String> {
        self.is_semisimple().then(|| self.levi_type())
    }

    /// The real form of the Levi factor, `"0"` when solvable.
    pub fn levi_real_form(&self) -> String {
        name_of_sum(&self.forms())
    }

    /// The real form when semisimple.
    pub fn real_form(&self) -> Option<String> {
        self.is_semisimple().then(|| self.levi_real_form())
    }

    /// Other usual names of the algebra (or of its Levi factor's real form when semisimple).
    pub fn aliases(&self) -> Vec<String> {
        let mut names = if self.is_semisimple() { aliases_of_sum(&self.forms()) } else { Vec::new() };
        if self.is_reductive() {
            names.extend(reductive_names(&self.forms(), self.center_dim));
        }
        if let Some(small) = &self.small {
            names.push(small.to_string());
            names.extend(small.usual_names.iter().cloned());
        }
        names
    }
}

/// Identifies a Lie algebra over Q: all invariants exact, type and real form proved.
///
/// See [`super::semisimple`] for the chain of the proof. For dense tables of dimension `n` about `n³` word operations
/// when the algebra is semisimple, `n⁴` (series) when it is not.
pub fn identify(algebra: &Algebra, limits: &Limits) -> Result<Identification, IdentifyError> {
    let constants = algebra.constants();
    let n = constants.dim();
    let mut steps = Vec::new();
    limits.progress("Killing form", 0.0);
    let (killing, chains) = killing_form_and_chains(constants, limits)?;
    let killing_signature = signature(&killing, limits)?;
    steps.push(format!(
        "Killing form computed exactly; signature ({}, {}, {}) by exact congruence",
        killing_signature.positive, killing_signature.negative, killing_signature.zero
    ));
    let jacobi = match algebra.jacobi() {
        JacobiProof::Commutators => "brackets are commutators of matrices, closure checked exactly".to_string(),
        JacobiProof::Construction(how) => format!("by construction: {how}"),
        JacobiProof::Checked(how) => how.clone(),
    };
    if killing_signature.zero == 0 {
        let (semisimple, generator) = take_apart(constants, &killing, chains, Some(killing_signature), limits)?;
        steps.push("Killing form non-degenerate: semisimple, equal to its derived algebra, centre zero".to_string());
        let primes = semisimple_steps(&semisimple, &mut steps);
        return Ok(Identification {
            dim: n,
            rank: semisimple.rank,
            center_dim: 0,
            radical_dim: 0,
            nilradical_dim: 0,
            derived_series: if n == 0 { vec![0] } else { vec![n] },
            lower_central_series: if n == 0 { vec![0] } else { vec![n] },
            killing_signature,
            ideals: real_ideals(&semisimple),
            small: None,
            certificate: Certificate {
                jacobi,
                steps,
                primes,
                witness: Witness::new((0..n).collect(), semisimple, generator),
            },
        });
    }
    limits.progress("radical", 0.1);
    let derived = derived_series(constants, limits)?;
    let lower = lower_central_series(constants, limits)?;
    steps.push(
        "derived and lower central series: each step spanned by brackets and checked to contain all of them".into(),
    );
    let center = center(constants, limits)?;
    steps.push(format!("centre of dimension {}: checked against every basis element", center.dim()));
    let radical = radical(&killing, derived.get(1).unwrap_or(&derived[0]), limits)?;
    steps.push(format!(
        "radical of dimension {}: the orthogonal complement of the derived algebra for the Killing form",
        radical.dim()
    ));
    let nilpotent = lower.last().is_some_and(|last| last.dim() == 0);
    let nilradical = if nilpotent {
        let commutator = lower.get(1).unwrap_or(&lower[0]).clone();
        Nilradical { space: Subspace::full(n), commutator }
    } else {
        nilradical(constants, &radical, limits)?
    };
    steps.push(format!(
        "nilradical of dimension {}: checked to be a nilpotent ideal of largest dimension",
        nilradical.space.dim()
    ));
    let levi = quotient_constants(constants, &radical);
    let (levi_killing, levi_chains) = killing_form_and_chains(&levi, limits)?;
    let (semisimple, generator) = take_apart(&levi, &levi_killing, levi_chains, None, limits)?;
    let known = Known {
        derived: derived.get(1).unwrap_or(&derived[0]),
        radical: &radical,
        center: &center,
        nilradical: &nilradical,
        levi: &levi,
        levi_killing: &levi_killing,
        levi_rank: semisimple.rank,
    };
    let (rank, why) = if nilpotent { (n, "the algebra itself") } else { rank(constants, &known, limits)? };
    steps.push(format!("Cartan subalgebra of dimension {rank}: {why}"));
    let nilradical = nilradical.space;
    let primes = semisimple_steps(&semisimple, &mut steps);
    let solvable = radical.dim() == n;
    let small = if solvable { small_algebra(constants, &nilradical, limits)? } else { None };
    if let Some(small) = &small {
        steps.push(format!("{small}: a basis with the brackets of the list, checked exactly"));
    }
    let ideals = real_ideals(&semisimple);
    let mut witness = Witness::new(radical.free_columns(), semisimple, generator);
    if n <= WITNESS_DIM {
        witness.radical = Some(radical.basis().to_vec());
        witness.nilradical = Some(nilradical.basis().to_vec());
    }
    Ok(Identification {
        dim: n,
        rank,
        center_dim: center.dim(),
        radical_dim: radical.dim(),
        nilradical_dim: nilradical.dim(),
        derived_series: derived.iter().map(Subspace::dim).collect(),
        lower_central_series: lower.iter().map(Subspace::dim).collect(),
        killing_signature,
        ideals,
        small,
        certificate: Certificate { jacobi, steps, primes, witness },
    })
}

/// The Cartan type of the Levi factor over the algebraic closure of Q.
///
/// For a semisimple algebra from one prime, `O(n³)`: the Killing form is not formed (`lie/etale.rs`). Otherwise for
/// the quotient by the radical.
pub fn cartan_type(algebra: &Algebra, limits: &Limits) -> Result<CartanType, IdentifyError> {
    let constants = algebra.constants();
    if let Some(types) = type_over_closure(constants, QUICK_ATTEMPTS, limits)? {
        return Ok(CartanType::new(types));
    }
    let levi = quotient_constants(constants, &radical_of(algebra, limits)?);
    match type_over_closure(&levi, u64::MAX, limits)? {
        Some(types) => Ok(CartanType::new(types)),
        None => Err(IdentifyError::NoGenericElement("regular elements")),
    }
}

/// Attempts before an algebra is taken not to be semisimple (a success proves that it is).
const QUICK_ATTEMPTS: u64 = 2;

fn real_ideals(semisimple: &Semisimple) -> Vec<RealIdeal> {
    let mut ideals: Vec<RealIdeal> = semisimple.ideals.iter().flat_map(|ideal| ideal.real.clone()).collect();
    ideals.sort_by_key(|ideal| ideal.form);
    ideals
}

/// Says how the Levi factor was taken apart; returns the primes used.
fn semisimple_steps(semisimple: &Semisimple, steps: &mut Vec<String>) -> Vec<u32> {
    if semisimple.ideals.is_empty() {
        return Vec::new();
    }
    steps.push(format!(
        "rank {} of the Levi factor and its root system: the functions on the roots at a regular element modulo a prime, \
which determine those over Q",
        semisimple.rank
    ));
    steps.push(format!(
        "{} simple over Q: the irreducible components of the root system, and a generator of the centroid over Q, \
checked, when there are several",
        if semisimple.ideals.len() == 1 {
            "one ideal".to_string()
        } else {
            format!("{} ideals", semisimple.ideals.len())
        }
    ));
    for ideal in &semisimple.ideals {
        if ideal.field.degree() > Some(1) {
            steps.push(format!("an ideal of dimension {} has the centroid Q[t]/({})", ideal.dim(), ideal.field));
        }
    }
    steps.push(if semisimple.ideals.iter().any(|ideal| ideal.counted_roots) {
        "types from dimension, rank and the number of long roots".to_string()
    } else {
        "types from dimension and rank".to_string()
    });
    steps.push("real forms from the exact signature of the Killing form on each simple ideal".to_string());
    if semisimple.told_apart {
        steps.push(
            "real forms that share this signature told apart by the exact index of a second form: of the Killing form \
             on the root spaces of a regular element (type A), of the trace form on symmetric elements (type D)"
                .to_string(),
        );
    }
    semisimple.regular.iter().map(|regular| regular.prime).collect()
}

/// The Killing form of an algebra, its radical and related subspaces, for callers that want the spaces themselves.
pub fn radical_of(algebra: &Algebra, limits: &Limits) -> Result<Subspace, crate::limits::Stop> {
    let killing: Matrix<Rational> = killing_form(algebra.constants(), limits)?;
    radical(&killing, &derived_algebra(algebra.constants(), limits)?, limits)
}

/// The nilradical of an algebra.
pub fn nilradical_of(algebra: &Algebra, limits: &Limits) -> Result<Subspace, crate::limits::Stop> {
    let full = Subspace::full(algebra.dim());
    if is_nilpotent(algebra.constants(), &full, limits)? {
        return Ok(full);
    }
    Ok(nilradical(algebra.constants(), &radical_of(algebra, limits)?, limits)?.space)
}
