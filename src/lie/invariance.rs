//! The linear equations that say a matrix leaves a form invariant: one for each monomial.
//!
//! Under `x → x + ε W x` a monomial `x_a m` of a form changes by `ε Σ_b W_ab x_b m`, so the coefficient of every
//! monomial in `W·φ` is a linear form in the entries of `W`; all must vanish. With complex matrices `W = A + iB` and
//! with conjugate arguments treated as independent variables, real and imaginary parts give two equations.

use crate::exact::sparse::{SparseVector, rows_by_key};
use crate::forms::{Form, Invariant, Polynomial, Slot};
use crate::limits::{Limits, Stop};
use crate::num::{Gaussian, Rational};

/// Where the entries of the unknown matrix stand among the unknowns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unknowns {
    /// The dimension `n` of the space.
    pub(super) dimension: usize,
    /// Whether there is a translation: column `n`.
    pub(super) affine: bool,
    /// Whether each entry has a real and an imaginary part, next to each other.
    pub(super) complex: bool,
}

impl Unknowns {
    /// Columns of the matrix: `n`, or `n + 1` with the translation.
    pub(super) fn width(&self) -> usize {
        self.dimension + usize::from(self.affine)
    }

    /// Number of real unknowns in the matrix.
    pub(super) fn count(&self) -> usize {
        self.dimension * self.width() * self.parts()
    }

    pub(super) fn parts(&self) -> usize {
        1 + usize::from(self.complex)
    }

    /// The unknown of the real part of entry (a, b).
    pub(super) fn entry(&self, a: usize, b: usize) -> u32 {
        ((a * self.width() + b) * self.parts()) as u32
    }
}

/// A sorted product of variables as a number that sorts the same way for a fixed degree or not at all alike: only
/// equality of keys matters.
trait Key: Ord + Clone {
    fn of(variables: impl Iterator<Item = u32>, bits: u32, part: bool) -> Self;
}

impl Key for u64 {
    fn of(variables: impl Iterator<Item = u32>, bits: u32, part: bool) -> u64 {
        variables.fold(0u64, |key, v| key << bits | u64::from(v + 1)) << 1 | u64::from(part)
    }
}

impl Key for Vec<u32> {
    fn of(variables: impl Iterator<Item = u32>, _bits: u32, part: bool) -> Vec<u32> {
        variables.chain([u32::from(part)]).collect()
    }
}

/// The equations of one form. `scale` is the unknown of the factor `λ` when `W·φ = λ φ` is asked.
pub(super) fn equations(
    form: &Form,
    unknowns: Unknowns,
    scale: Option<u32>,
    limits: &Limits,
) -> Result<Vec<SparseVector>, Stop> {
    match form.invariant() {
        Invariant::Volume => {
            // With a factor allowed, every trace is allowed.
            if scale.is_some() {
                return Ok(Vec::new());
            }
            let trace =
                |part: u32| (0..unknowns.dimension).map(|a| (unknowns.entry(a, a) + part, Rational::ONE)).collect();
            Ok((0..unknowns.parts() as u32).map(trace).collect())
        }
        Invariant::Polynomial(slots, polynomial) => {
            // Every term yields one entry for each of its variables and each column (four real ones when complex).
            let degree: usize = polynomial.terms().map(|(m, _)| m.degree()).sum();
            let entries = degree as u128 * unknowns.width() as u128 * (unknowns.parts() * unknowns.parts()) as u128;
            limits.reserve(entries * 96)?;
            let variables = (slots.len() * unknowns.dimension) as u32 + 1;
            let bits = u32::BITS - variables.leading_zeros();
            if polynomial.degree() as u32 * bits < 64 {
                collect::<u64>(slots, polynomial, unknowns, scale, bits, limits)
            } else {
                collect::<Vec<u32>>(slots, polynomial, unknowns, scale, bits, limits)
            }
        }
    }
}

/// One summand of an equation: its monomial and part, its unknown, its coefficient.
type Summand<K> = (K, u32, Rational);

struct Collector<K> {
    complex: bool,
    bits: u32,
    summands: Vec<Summand<K>>,
}

impl<K: Key> Collector<K> {
    /// Adds `coefficient · (A + iB)` (or of its conjugate) to the equation of a monomial.
    fn add(&mut self, rest: &[u32], extra: Option<u32>, unknown: u32, conjugate: bool, coefficient: &Gaussian) {
        let place = extra.map_or(rest.len(), |v| rest.partition_point(|&w| w < v));
        let (head, tail) = rest.split_at(place);
        let variables = || head.iter().chain(extra.as_ref()).chain(tail).copied();
        let real = || K::of(variables(), self.bits, false);
        let imaginary = || K::of(variables(), self.bits, true);
        let Gaussian { re, im } = coefficient;
        let mut found: [Option<Summand<K>>; 4] = [None, None, None, None];
        if !re.is_zero() {
            found[0] = Some((real(), unknown, re.clone()));
            if self.complex {
                found[1] = Some((imaginary(), unknown + 1, if conjugate { -re } else { re.clone() }));
            }
        }
        if !im.is_zero() {
            found[2] = Some((imaginary(), unknown, im.clone()));
            if self.complex {
                found[3] = Some((real(), unknown + 1, if conjugate { im.clone() } else { -im }));
            }
        }
        self.summands.extend(found.into_iter().flatten());
    }
}

fn collect<K: Key>(
    slots: &[Slot],
    polynomial: &Polynomial,
    unknowns: Unknowns,
    scale: Option<u32>,
    bits: u32,
    limits: &Limits,
) -> Result<Vec<SparseVector>, Stop> {
    let n = unknowns.dimension;
    let mut collector = Collector::<K> { complex: unknowns.complex, bits, summands: Vec::new() };
    let mut rest = Vec::new();
    for (index, (monomial, coefficient)) in polynomial.terms().enumerate() {
        if index.is_multiple_of(64) {
            limits.check()?;
        }
        for (variable, exponent) in monomial.exponents() {
            let (slot, a) = (variable as usize / n, variable as usize % n);
            let Some(&kind) = slots.get(slot) else { continue };
            let sign = if kind.is_dual() { -1 } else { 1 };
            let factor = coefficient * &Gaussian::from(sign * i64::from(exponent));
            rest.clear();
            rest.extend_from_slice(monomial.variables());
            rest.remove(rest.partition_point(|&v| v < variable));
            for b in 0..n {
                let entry = if kind.is_dual() { unknowns.entry(b, a) } else { unknowns.entry(a, b) };
                collector.add(&rest, Some((slot * n + b) as u32), entry, kind.is_conjugate(), &factor);
            }
            if unknowns.affine && !kind.is_dual() {
                collector.add(&rest, None, unknowns.entry(a, n), kind.is_conjugate(), &factor);
            }
        }
        if let Some(lambda) = scale {
            collector.add(monomial.variables(), None, lambda, false, &-coefficient);
        }
    }
    limits.check()?;
    Ok(rows_by_key(collector.summands))
}
