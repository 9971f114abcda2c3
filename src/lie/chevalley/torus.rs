//! A Cartan subalgebra over Q whose roots lie in Q or in a given quadratic field.
//!
//! It grows step by step: an element with good eigenvalues, then the derived algebra of its centraliser, and so on.
//! Good elements are looked for among cheap ones: basis elements and their sums and differences, the semisimple parts
//! of those, and the neutral elements that belong to nilpotent ones. Over Q no choice has to be taken back: when the
//! algebra splits, so does the centraliser of every split torus (Borel–Tits). That no cheap element is good proves
//! nothing; for three-dimensional algebras the question is decided by a conic.

use crate::exact::Subspace;
use crate::exact::lift::Primes;
use crate::exact::sparse::{SparseVector, to_sparse};
use crate::lie::products::basis_residues;
use crate::lie::structure::{center, centralizer, combination};
use crate::lie::{IdentifyError, ResidueTable, StructureConstants, killing_form, product_space, semisimple};
use crate::limits::{Limits, Stop};
use crate::num::{Crt, Rational};

use super::conic::{self, Conic};
use super::spectrum::{Nature, Spectra};
use super::surd::sparse_bracket;

/// Word operations spent on one search for a good element.
const BUDGET: u64 = 1_200_000_000;

/// A search over one field.
pub struct Search<'a> {
    /// The square-free `d` of the field Q(√d), 1 for Q.
    field: i64,
    /// Other fields over which some element splits, in the order met.
    pub met: Vec<i64>,
    limits: &'a Limits,
}

/// Vectors over Q.
pub type Vectors = Vec<Vec<Rational>>;

impl<'a> Search<'a> {
    /// A search over Q(√field).
    pub fn new(field: i64, limits: &'a Limits) -> Search<'a> {
        Search { field, met: Vec::new(), limits }
    }

    fn good(&mut self, field: i64) -> bool {
        if field != 1 && field != self.field && !self.met.contains(&field) {
            self.met.push(field);
        }
        field == 1 || field == self.field
    }

    /// A basis of a Cartan subalgebra of a semisimple algebra that splits over the field; `None` when none is found.
    pub fn cartan(&mut self, constants: &StructureConstants) -> Result<Option<Vectors>, Stop> {
        let n = constants.dim();
        if n == 0 {
            return Ok(Some(Vec::new()));
        }
        self.limits.check()?;
        let mut spectra = Spectra::new(constants, self.limits);
        let Some(x) = self.find(constants, &mut spectra)? else { return Ok(None) };
        let fixed = centralizer(constants, &Subspace::span(n, &[x], self.limits)?, self.limits)?;
        let Some(inner) = restricted(constants, &fixed, self.limits)? else { return Ok(None) };
        let middle = center(&inner, self.limits)?;
        let mut out = Vec::new();
        for z in middle.basis() {
            let z = combination(z, fixed.basis(), n);
            match spectra.nature(&z)? {
                Nature::Split { field, .. } if self.good(field) => out.push(z),
                _ => return Ok(None),
            }
        }
        let full = Subspace::full(fixed.dim());
        let derived = product_space(&inner, &full, &full, self.limits)?;
        let Some(smaller) = restricted(&inner, &derived, self.limits)? else { return Ok(None) };
        let found = match self.cartan(&smaller)? {
            None => self.by_ideals(&smaller)?,
            found => found,
        };
        let Some(rest) = found else { return Ok(None) };
        out.extend(rest.iter().map(|v| {
            let v = combination(v, derived.basis(), fixed.dim());
            combination(&v, fixed.basis(), n)
        }));
        Ok(Some(out))
    }

    /// The same for each simple ideal of an algebra that may have several, when nothing was found in it as a whole.
    fn by_ideals(&mut self, constants: &StructureConstants) -> Result<Option<Vectors>, Stop> {
        let n = constants.dim();
        if n <= 3 {
            return Ok(None);
        }
        let killing = killing_form(constants, self.limits)?;
        let ideals = match semisimple::analyze_with_ideals(constants, &killing, self.limits) {
            Ok((_, spaces)) => spaces,
            Err(IdentifyError::Stop(stop)) => return Err(stop),
            Err(_) => return Ok(None),
        };
        if ideals.len() < 2 {
            return Ok(None);
        }
        let mut out = Vec::new();
        for ideal in &ideals {
            let Some(part) = restricted(constants, ideal, self.limits)? else { return Ok(None) };
            let Some(found) = self.cartan(&part)? else { return Ok(None) };
            out.extend(found.iter().map(|v| combination(v, ideal.basis(), n)));
        }
        Ok(Some(out))
    }

    /// An element with eigenvalues in the field.
    fn find(
        &mut self,
        constants: &StructureConstants,
        spectra: &mut Spectra<'_>,
    ) -> Result<Option<Vec<Rational>>, Stop> {
        let n = constants.dim();
        if n == 3 && self.field == 1 {
            let killing = killing_form(constants, self.limits)?;
            return match conic::zero(&killing, self.limits)? {
                Conic::Point(nilpotent) => spectra.neutral_element(&nilpotent),
                Conic::Empty | Conic::Undecided => self.anisotropic(&killing),
            };
        }
        let mut helpers = Vec::new();
        for i in 0..n {
            if let Some(x) = self.look(&unit(n, i), spectra, &mut helpers)? {
                return Ok(Some(x));
            }
            if spectra.work > BUDGET || (i >= 40 && !helpers.is_empty()) {
                break;
            }
        }
        if let Some(x) = self.made_of(&helpers, spectra)? {
            return Ok(Some(x));
        }
        for j in 1..n {
            for i in 0..j {
                for sign in [1, -1] {
                    let mut x = unit(n, i);
                    x[j] = Rational::from(sign);
                    let mut helpers = Vec::new();
                    if let Some(x) = self.look(&x, spectra, &mut helpers)? {
                        return Ok(Some(x));
                    }
                    if let Some(x) = self.made_of(&helpers, spectra)? {
                        return Ok(Some(x));
                    }
                    if spectra.work > BUDGET {
                        return Ok(None);
                    }
                }
            }
        }
        Ok(None)
    }

    /// Accepts the element, or keeps it when a good one can be made of it.
    fn look(
        &mut self,
        x: &[Rational],
        spectra: &mut Spectra<'_>,
        helpers: &mut Vec<(Vec<Rational>, Nature)>,
    ) -> Result<Option<Vec<Rational>>, Stop> {
        let nature = spectra.nature(x)?;
        match nature {
            Nature::Split { field, .. } if self.good(field) => return Ok(Some(x.to_vec())),
            Nature::Nilpotent => helpers.push((x.to_vec(), nature)),
            Nature::Mixed { field, .. } if self.good(field) => helpers.push((x.to_vec(), nature)),
            _ => {}
        }
        Ok(None)
    }

    fn made_of(
        &mut self,
        helpers: &[(Vec<Rational>, Nature)],
        spectra: &mut Spectra<'_>,
    ) -> Result<Option<Vec<Rational>>, Stop> {
        for (x, nature) in helpers.iter().take(4) {
            let made = match nature {
                Nature::Mixed { minimal, .. } => spectra.semisimple_part(x, minimal)?,
                _ => spectra.neutral_element(x)?,
            };
            let Some(h) = made else { continue };
            if let Nature::Split { field, .. } = spectra.nature(&h)?
                && self.good(field)
            {
                return Ok(Some(h));
            }
        }
        Ok(None)
    }

    /// Notes the fields Q(√(K(x,x)/2)) of a three-dimensional algebra without a rational zero of its Killing form.
    fn anisotropic(&mut self, killing: &crate::exact::Matrix<Rational>) -> Result<Option<Vec<Rational>>, Stop> {
        for i in 0..3 {
            let half = &killing[(i, i)] * &Rational::new(1, 2).unwrap_or_default();
            if let Some((_, d)) = crate::num::Quadratic::root(&half) {
                self.good(d);
            }
        }
        Ok(None)
    }
}

fn unit(n: usize, i: usize) -> Vec<Rational> {
    (0..n).map(|j| Rational::from(i64::from(i == j))).collect()
}

/// The table of a subspace that is known to be a subalgebra, in its reduced echelon basis: coordinates are read off at
/// the pivots. `None` when its numbers are too long to be of use.
pub fn restricted(
    constants: &StructureConstants,
    space: &Subspace,
    limits: &Limits,
) -> Result<Option<StructureConstants>, Stop> {
    if space.dim() == space.ambient() {
        return Ok(Some(constants.clone()));
    }
    let basis: Vec<SparseVector> = space.basis().iter().map(|v| to_sparse(v)).collect();
    let terms: usize = basis.iter().map(Vec::len).sum();
    let pairs = constants.dim().pow(2).max(1) / 2 + 1;
    // Each bracket takes (terms per vector)² rows of the table.
    if (terms / space.dim().max(1)).pow(2) * (constants.nonzeros() / pairs + 1) > constants.dim() * 20 {
        return lifted_restriction(constants, space, limits);
    }
    let mut place = vec![None; space.ambient()];
    space.pivots().iter().enumerate().for_each(|(k, &pivot)| place[pivot] = Some(k as u32));
    let mut stop = Ok(());
    let table = StructureConstants::from_fn(space.dim(), |a, b| {
        if b == a + 1 && stop.is_ok() {
            stop = limits.check();
        }
        if stop.is_err() {
            return Vec::new();
        }
        let bracket = sparse_bracket(constants, &basis[a], &basis[b]);
        bracket.into_iter().filter_map(|(k, v)| place[k as usize].map(|k| (k, v))).collect()
    });
    stop.map(|()| Some(table))
}

/// Primes spent on the table of a subalgebra, each worth about four digits of numerator and denominator.
const PRIMES: usize = 30;

/// The same modulo primes, lifted and confirmed by one more prime: `O(n³)` word operations for each basis vector.
fn lifted_restriction(
    constants: &StructureConstants,
    space: &Subspace,
    limits: &Limits,
) -> Result<Option<StructureConstants>, Stop> {
    let k = space.dim();
    let values = k * k.saturating_sub(1) / 2 * k;
    limits.reserve(values as u128 * 100)?;
    let mut primes = Primes::new(limits);
    let mut crt = Crt::new(values);
    let mut previous: Option<Vec<Rational>> = None;
    let mut next = 1;
    for count in 1..=PRIMES {
        limits.check()?;
        let p = primes.draw();
        let (Some(table), Some(basis)) = (ResidueTable::new(p, constants), basis_residues(p, space)) else { continue };
        let mut residues = Vec::with_capacity(values);
        for a in 0..k {
            limits.check()?;
            let ad = table.ad(&basis[a]);
            for b in &basis[a + 1..] {
                let bracket = ad.left_mul(p, b);
                residues.extend(space.pivots().iter().map(|&pivot| bracket[pivot]));
            }
        }
        crt.add(p, &residues);
        if count < next {
            continue;
        }
        // After a candidate the next prime confirms it.
        let candidate = crt.rationals();
        next = if candidate.is_some() { count + 1 } else { count + 1 + count / 3 };
        if let Some(found) = &candidate
            && candidate == previous
        {
            let mut rows = found.chunks(k.max(1));
            return Ok(Some(StructureConstants::from_fn(k, |_, _| rows.next().map(to_sparse).unwrap_or_default())));
        }
        previous = candidate;
    }
    Ok(None)
}
