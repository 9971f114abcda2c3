//! Invariants over an abelian number field, one tensor at a time: found modulo primes at every place of the field, lifted, proved.
//!
//! At a place of the field modulo p the invariants are the image of the sum over the group, which a stabiliser chain makes a product
//! of short sums, or the common null space of the generators. The reduced echelon form over the field reduces to the one at each
//! place, where nothing vanishes by accident; Chinese remainders and rational reconstruction of its coordinates in a basis of
//! algebraic integers give a candidate.
//!
//! The proof: a generator's defect on the candidate, times the denominators, is an algebraic integer that vanishes at all places of
//! all primes used, so it is divisible by their product; where the product exceeds all its conjugates its norm is below 1, and it is
//! zero. As many invariants as characters count are a basis; without characters the nullity modulo p bounds it from above.

use std::collections::HashMap;

use rand_chacha::ChaCha8Rng;

use super::EquivariantError;
use super::entries::FieldRows;
use crate::exact::ModMatrix;
use crate::limits::Limits;
use crate::num::prime::random_stream;
use crate::num::{AbelianField, Crt, Cyclotomic, Place, Prime, Rational, common_denominator, rationals_of_words};
use crate::reps::{EntryBits, FieldAction, FieldGenerators, Rep, ResidueElement, ResidueTensor};

/// Null spaces of more unknowns are left to other methods.
const MOST_UNKNOWNS: usize = 6000;
/// Primes that are tried: so many are never needed for numbers that fit into memory.
const MOST_PRIMES: usize = 4096;

/// How the invariants of one tensor were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// As the image of the sum over a finite group.
    Averages,
    /// As a null space.
    NullSpace,
}

/// A tensor of a group over a field.
struct Problem<'a> {
    generators: &'a FieldGenerators,
    field: &'a AbelianField,
    tensor: ResidueTensor,
    /// A finite group, and how many invariants its characters count.
    finite: Option<(&'a FieldAction, usize)>,
    way: Way,
}

/// A reduced echelon form at a place.
type Echelon = (ModMatrix, Vec<usize>);

/// The invariants of a tensor, in reduced echelon form over the field of its group; `None` where this method does not reach.
pub(super) fn invariants(
    rep: &Rep,
    finite: Option<(&FieldAction, usize)>,
    way: Option<Way>,
    limits: &Limits,
) -> Result<Option<(FieldRows, Way)>, EquivariantError> {
    let Some(generators) = rep.base().field() else { return Ok(None) };
    let Some(field) = generators.numbers() else { return Ok(None) };
    if finite.is_some_and(|(_, count)| count == 0) || rep.dim().bits() == 0 {
        return Ok(Some((FieldRows { starts: vec![0], places: Vec::new(), values: Vec::new() }, Way::Averages)));
    }
    let Some(bits) = generators.entry_bits(rep, limits)? else { return Ok(None) };
    let Some(tensor) = ResidueTensor::new(rep, limits)? else { return Ok(None) };
    let n = tensor.dim();
    let cheapest = match finite {
        None => Way::NullSpace,
        Some((action, count)) => {
            let elements: usize = action.characters.group.chain(limits)?.orbit_lengths().iter().sum();
            let sums = elements.saturating_mul(tensor.cost()).saturating_mul(count);
            if sums < n.saturating_mul(n).saturating_mul(n) { Way::Averages } else { Way::NullSpace }
        }
    };
    let way = way.unwrap_or(cheapest);
    let width = match (way, finite) {
        (Way::Averages, Some((_, count))) => count,
        _ if n > MOST_UNKNOWNS => return Ok(None),
        _ => n,
    };
    limits.reserve(n as u128 * width as u128 * 16)?;
    let problem = Problem { generators, field, tensor, finite, way };
    let rows = problem.lifted(bits, limits)?;
    Ok(rows.map(|rows| (rows, way)))
}

impl Problem<'_> {
    /// The echelon form over the field; `None` when primes run out.
    fn lifted(&self, bits: EntryBits, limits: &Limits) -> Result<Option<FieldRows>, EquivariantError> {
        let mut rng = random_stream(limits.seed(), 61);
        let mut lift: Option<Lift> = None;
        let mut used: Vec<Prime> = Vec::new();
        let Ok(root) = u32::try_from(self.field.root_order()) else { return Ok(None) };
        for _ in 0..MOST_PRIMES {
            limits.check()?;
            let Some(p) = Prime::with_roots_of_unity(root, &mut rng) else { return Ok(None) };
            if used.contains(&p) {
                continue;
            }
            used.push(p);
            let places: Vec<Place> = self.field.places(p).collect();
            // What was found is cheaper to check than to find again.
            if let Some(known) = &mut lift
                && let Some(candidate) = &known.candidate
                && self.holds(candidate, known, &places, limits)?
            {
                known.checked += 1;
                if let Some(rows) = known.proved(self.field, bits, limits)? {
                    return Ok(Some(rows));
                }
                continue;
            }
            let Some(back) = self.field.to_coordinates(&places) else { continue };
            let mut forms = Vec::with_capacity(places.len());
            for place in &places {
                forms.extend(self.echelon(place, &mut rng, limits)?);
            }
            if forms.len() < places.len() || forms.iter().any(|form| form.1 != forms[0].1) {
                continue;
            }
            // Where something vanishes by accident there are more solutions, or pivots come later.
            let order = |pivots: &[usize], known: &[usize]| pivots.len().cmp(&known.len()).then(pivots.cmp(known));
            match lift.as_ref().map(|known| order(&forms[0].1, &known.pivots)) {
                Some(std::cmp::Ordering::Greater) => continue,
                Some(std::cmp::Ordering::Equal) => {}
                _ => lift = Some(Lift::new(self.tensor.dim(), forms[0].1.clone())),
            }
            let Some(known) = &mut lift else { continue };
            known.add(p, &forms, &back, limits)?;
            if let Some(rows) = known.proved(self.field, bits, limits)? {
                return Ok(Some(rows));
            }
        }
        Ok(None)
    }

    /// The invariants at a place; `None` for an unlucky prime.
    fn echelon(
        &self,
        place: &Place,
        rng: &mut ChaCha8Rng,
        limits: &Limits,
    ) -> Result<Option<Echelon>, EquivariantError> {
        let p = place.p;
        let Some(elements) = self.generators.at(place, limits)? else { return Ok(None) };
        let found = match (self.way, self.finite) {
            (Way::Averages, Some((action, count))) => self.averages(action, count, place, rng, limits)?,
            _ => self.null_space(p, &elements, limits)?,
        };
        let Some(block) = found else { return Ok(None) };
        let n = self.tensor.dim();
        let width = block.len() / n;
        // The proof needs that these are invariants at this place.
        if !self.are_invariant(p, &elements, &block, width, limits)? {
            return Err(EquivariantError::Check("a vector is not invariant modulo a prime".into()));
        }
        let columns = ModMatrix::from_rows(width, block.chunks(width.max(1)).map(<[u32]>::to_vec));
        let mut rows = columns.transpose();
        let pivots = rows.reduce(p, n, limits)?;
        let complete = self.finite.is_none_or(|(_, count)| count == pivots.len());
        Ok(complete.then_some((rows, pivots)))
    }

    /// Whether the generators fix or annihilate all vectors of a block.
    fn are_invariant(
        &self,
        p: Prime,
        elements: &[ResidueElement],
        block: &[u32],
        width: usize,
        limits: &Limits,
    ) -> Result<bool, EquivariantError> {
        for element in elements {
            limits.check()?;
            let Some(operator) = self.tensor.operator(p, element, limits)? else { return Ok(false) };
            let image = self.tensor.apply(&operator, block.to_vec(), width);
            if !(if element.finite { image == block } else { image.iter().all(|x| *x == 0) }) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether a candidate is invariant at all places of a prime.
    fn holds(
        &self,
        candidate: &[Rational],
        known: &Lift,
        places: &[Place],
        limits: &Limits,
    ) -> Result<bool, EquivariantError> {
        let width = known.support.len();
        for place in places {
            limits.check()?;
            let Some(elements) = self.generators.at(place, limits)? else { return Ok(false) };
            let mut block = vec![0; known.n * width];
            let mut entries = candidate.chunks(self.field.degree());
            for (k, support) in known.support.iter().enumerate() {
                for (at, x) in support.iter().zip(&mut entries) {
                    let Some(value) = self.field.value(place, x) else { return Ok(false) };
                    block[at * width + k] = value;
                }
            }
            if !self.are_invariant(place.p, &elements, &block, width, limits)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The sum over the group of random vectors, as many as there are invariants.
    fn averages(
        &self,
        action: &FieldAction,
        count: usize,
        place: &Place,
        rng: &mut ChaCha8Rng,
        limits: &Limits,
    ) -> Result<Option<Vec<u32>>, EquivariantError> {
        let p = place.p;
        let Some(levels) = action.representatives(self.generators, place, limits)? else { return Ok(None) };
        let mut block: Vec<u32> = (0..self.tensor.dim() * count).map(|_| p.random_residue(rng)).collect();
        for level in levels.iter().rev() {
            let mut sum = vec![0; block.len()];
            for element in level {
                limits.check()?;
                let Some(operator) = self.tensor.operator(p, element, limits)? else { return Ok(None) };
                p.add_row(&mut sum, &self.tensor.apply(&operator, block.clone(), count));
            }
            block = sum;
        }
        Ok(Some(block))
    }

    /// The vectors that all generators leave fixed or annihilate, one after another inside what the earlier ones leave.
    fn null_space(
        &self,
        p: Prime,
        elements: &[ResidueElement],
        limits: &Limits,
    ) -> Result<Option<Vec<u32>>, EquivariantError> {
        let n = self.tensor.dim();
        let mut kept = ModMatrix::identity(n);
        for element in elements {
            limits.check()?;
            let Some(operator) = self.tensor.operator(p, element, limits)? else { return Ok(None) };
            let width = kept.cols();
            let mut image = self.tensor.apply(&operator, kept.entries().to_vec(), width);
            if element.finite {
                image.iter_mut().zip(kept.entries()).for_each(|(x, y)| *x = p.sub(*x, *y));
            }
            let rows = ModMatrix::from_rows(width, image.chunks(width.max(1)).map(<[u32]>::to_vec));
            let (solutions, _) = rows.kernel(p, limits)?;
            kept = kept.mul(p, &solutions.transpose());
            if kept.cols() == 0 {
                break;
            }
        }
        Ok(Some(kept.entries().to_vec()))
    }
}

/// Coordinates of the entries of an echelon form modulo some primes.
struct Lift {
    n: usize,
    pivots: Vec<usize>,
    /// The places of the entries that are not zero, row by row.
    support: Vec<Vec<usize>>,
    residues: Vec<(Prime, Vec<u32>)>,
    /// Numbers with these residues.
    candidate: Option<Vec<Rational>>,
    /// At how many further primes it was seen to be invariant.
    checked: u64,
}

impl Lift {
    fn new(n: usize, pivots: Vec<usize>) -> Lift {
        Lift { n, pivots, support: Vec::new(), residues: Vec::new(), candidate: None, checked: 0 }
    }

    /// Takes the forms at all places of a prime.
    fn add(&mut self, p: Prime, forms: &[Echelon], back: &[Vec<u32>], limits: &Limits) -> Result<(), EquivariantError> {
        let filled = |i: usize, j: usize| forms.iter().any(|(form, _)| form.row(i)[j] != 0);
        let support: Vec<Vec<usize>> =
            (0..self.pivots.len()).map(|i| (0..self.n).filter(|&j| filled(i, j)).collect()).collect();
        if self.residues.is_empty() {
            self.support = support;
        } else if self.support != support {
            // An entry vanished by accident, now or before: the larger support is right.
            let count = |all: &[Vec<usize>]| all.iter().map(Vec::len).sum::<usize>();
            if count(&support) > count(&self.support) {
                self.residues.clear();
                self.support = support;
            } else {
                return Ok(());
            }
        }
        let entries: usize = self.support.iter().map(Vec::len).sum();
        limits.reserve(entries as u128 * back.len() as u128 * (4 + 32 * (self.residues.len() as u128 + 1)))?;
        let mut own = Vec::with_capacity(entries * back.len());
        let mut values = vec![0; back.len()];
        for (i, places) in self.support.iter().enumerate() {
            limits.check()?;
            for &j in places {
                values.iter_mut().zip(forms).for_each(|(x, (form, _))| *x = form.row(i)[j]);
                own.extend(back.iter().map(|row| p.dot(row, &values)));
            }
        }
        self.residues.push((p, own));
        (self.candidate, self.checked) = (self.reconstructed(), 0);
        Ok(())
    }

    /// The rows over the field, once the primes prove them.
    fn proved(
        &self,
        field: &AbelianField,
        bits: EntryBits,
        limits: &Limits,
    ) -> Result<Option<FieldRows>, EquivariantError> {
        // Each prime has more than 28 binary digits.
        let known = 28 * (self.residues.len() as u64 + self.checked);
        let digits = u64::from(usize::BITS - self.n.leading_zeros());
        let fixed = bits.denominator.saturating_add(bits.size).saturating_add(digits + 4);
        let Some(candidate) = self.candidate.as_ref().filter(|_| known > fixed) else { return Ok(None) };
        limits.check()?;
        let degree = field.degree();
        let mut needed = 0;
        let mut rest = &candidate[..];
        for places in &self.support {
            let (own, others) = rest.split_at(places.len() * degree);
            rest = others;
            let most = own.chunks(degree).map(|x| field.bound(x)).max().unwrap_or_default();
            let size = (most.numerator() / most.denominator()).bits() + 1;
            needed = needed.max(fixed + size + common_denominator(own).bits());
        }
        if known <= needed {
            return Ok(None);
        }
        let mut numbers: HashMap<&[Rational], Cyclotomic> = HashMap::new();
        let mut rows = FieldRows { starts: vec![0], places: Vec::new(), values: Vec::new() };
        let mut entries = candidate.chunks(degree);
        for places in &self.support {
            limits.check()?;
            for (place, x) in places.iter().zip(&mut entries) {
                rows.places.push(*place as u64);
                rows.values.push(numbers.entry(x).or_insert_with(|| field.number(x)).clone());
            }
            rows.starts.push(rows.places.len());
        }
        Ok(Some(rows))
    }

    /// The numbers with these residues.
    fn reconstructed(&self) -> Option<Vec<Rational>> {
        match &self.residues[..] {
            [(p, own)] => rationals_of_words((*p, own), None),
            [(p, own), (q, others)] => rationals_of_words((*p, own), Some((*q, others))),
            all => {
                let mut crt = Crt::new(all.first()?.1.len());
                all.iter().for_each(|(p, own)| crt.add(*p, own));
                crt.rationals()
            }
        }
    }
}
