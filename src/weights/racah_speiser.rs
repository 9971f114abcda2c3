//! The formula of Racah and Speiser: one multiplicity of a tensor product, or all of them one by one.

use num_bigint::BigInt;
use num_traits::Zero;

use super::count::Count;
use super::dominant::refuse_above;
use super::estimate::estimate;
use super::frame::{Frame, dominant_table};
use super::packed::{Packed, Table, with_packing};
use super::root_data::RootData;
use super::weyl::opposite;
use super::{ReductiveType, Weight, WeightError};
use crate::limits::Limits;
use crate::parallel;
use crate::roots::SimpleType;

/// The multiplicity of `V(ν)` in `V(λ) ⊗ V(μ)` for a simple algebra; see [`super::multiplicity`].
pub(super) fn multiplicity(
    simple: SimpleType,
    lambda: &[i64],
    mu: &[i64],
    nu: &[i64],
    limits: &Limits,
) -> Result<BigInt, WeightError> {
    let data = RootData::of(simple, limits)?;
    let dual = |w: &[i64]| -> Weight { (0..w.len()).map(|i| w[opposite(simple, i)]).collect() };
    // The invariants of V(a) ⊗ V(b) ⊗ V(c) with a, b, c in any order; the smallest is the one whose weights are summed.
    let mut three = [lambda.to_vec(), mu.to_vec(), dual(nu)];
    three.sort_by_cached_key(|w| (data.twice_height(w), w.clone()));
    let [mu, nu, lambda] = three;
    let count = estimate(&data, &mu);
    refuse_above(count, "dominant weights")?;
    limits.reserve(count.saturating_mul(BYTES))?;
    // V(λ) ⊗ V(μ) contains V(ν*).
    let nu = dual(&nu);
    let bound = data.bound(&lambda) + data.bound(&mu) + data.bound(&nu) + 2 * data.bound(&vec![1; data.rank]);
    with_packing!(data.rank, bound.saturating_mul(ROOM), P => {
        let found = one::<P, i128>(simple, &lambda, &mu, &nu, limits)?;
        match found.map(BigInt::from) {
            Some(m) => Ok(m),
            None => Ok(one::<P, BigInt>(simple, &lambda, &mu, &nu, limits)?.unwrap_or_default()),
        }
    })
}

/// About the memory that a dominant weight takes while the table of them is made.
const BYTES: u128 = 256;

/// Labels of weights not longer than `μ` are at most so many times the bound of the labels of weights below `μ`, if the
/// rank is at most 32: the ratio is largest for the last weight of `C_32`, where it is 8.
pub(super) const ROOM: i64 = 16;

fn one<P: Packed, C: Count>(
    simple: SimpleType,
    lambda: &[i64],
    mu: &[i64],
    nu: &[i64],
    limits: &Limits,
) -> Result<Option<C>, WeightError> {
    let group = ReductiveType::from(simple);
    let frame: Frame<P> = Frame::new(&group, limits)?;
    let Some(table) = dominant_table(&group, &[(&mu.to_vec(), &BigInt::from(1))], limits)? else { return Ok(None) };
    let walk = Walk::new(&frame, &table, lambda);
    match walk.multiplicity(nu, u64::MAX, limits)? {
        Walked::Sum(sum, _) => Ok(Some(sum)),
        Walked::TooLong | Walked::Overflow => Ok(None),
    }
}

/// `V(λ) ⊗ χ` for a simple group, with a torus or without, and a character `χ`.
///
/// The multiplicity of `V(ν)` is `Σ_w sgn(w) χ(w(ν + ρ) − λ − ρ)` (Racah–Speiser; Fulton–Harris, exercise 25.31). The orbit
/// of `ν + ρ` is walked downwards from `ν + ρ` itself. Where `κ = w(ν + ρ) − λ − ρ` is a weight of `χ` and `w(ν + ρ)` has a
/// negative label `y_i`, the step before led from `κ − y_i α_i`, a point between `κ` and `s_i κ = κ − (y_i − λ_i − 1) α_i`, so
/// it was a weight of `χ` too. Hence nothing is lost when the walk turns back at the first place that is no weight. All
/// the places together are the weights `κ` with `λ + ρ + κ` on no wall: for a `λ` that is not large few of all.
pub(super) struct Walk<'a, P, C> {
    frame: &'a Frame<P>,
    data: &'a RootData,
    /// The character on dominant weights, with an entry for each dominant weight below another one.
    table: &'a Table<P, C>,
    /// `λ + ρ`.
    base: P,
    /// `(α_i, λ + ρ)`, short roots having squared length 2.
    products: Vec<i128>,
    /// The columns of the Cartan matrix: the labels of all simple roots at each node.
    columns: Vec<P>,
    /// The largest of the squares of the weights, in the scale of [`RootData::square`].
    longest: i128,
}

/// Where a walk came to.
pub(super) enum Walked<C> {
    /// The multiplicity, and after how many places looked at.
    Sum(C, u64),
    /// It would take more places than allowed.
    TooLong,
    /// The sum does not fit.
    Overflow,
}

impl<'a, P: Packed, C: Count> Walk<'a, P, C> {
    /// The walks for `V(λ) ⊗ χ`; the group has one simple factor.
    pub fn new(frame: &'a Frame<P>, table: &'a Table<P, C>, lambda: &[i64]) -> Walk<'a, P, C> {
        let rank = frame.rank;
        let data = &*frame.data[0];
        let base: Weight = lambda.iter().enumerate().map(|(i, x)| x + i64::from(i < rank)).collect();
        let products = (0..rank).map(|i| i128::from(data.half[i]) * i128::from(base[i])).collect();
        let longest = table.keys().map(|w| data.square(&w.unpack(rank))).max().unwrap_or(0);
        let column = |i: usize| P::pack(&data.cartan.iter().map(|row| row[i]).collect::<Weight>());
        let columns = (0..rank).map(column).collect();
        Walk { frame, data, table, base: P::pack(&base), products, columns, longest }
    }

    /// The multiplicity of `V(ν)`, looking at no more places than allowed.
    ///
    /// The dominant weight `z = uκ` in the orbit of each `κ` is found from the one before: with `κ' = κ − y_i α_i` it is in
    /// the orbit of `z − y_i uα_i`, and because of `s_i κ' = κ + (λ_i + 1) α_i` in that of `z + (λ_i + 1) uα_i`. The shorter
    /// step needs few reflections. So the images of the simple roots under `u` go along.
    pub fn multiplicity(&self, nu: &[i64], allowed: u64, limits: &Limits) -> Result<Walked<C>, WeightError> {
        let rank = self.frame.rank;
        let Some(one) = C::from_big(&BigInt::from(1)) else { return Ok(Walked::Overflow) };
        let Some(mut sum) = C::from_big(&BigInt::zero()) else { return Ok(Walked::Overflow) };
        let start: Weight = nu.iter().enumerate().map(|(i, x)| x + i64::from(i < rank)).collect();
        let place = P::pack(&start);
        let mut dominant = place.clone();
        dominant.subtract(1, &self.base);
        // |w a − b|² = |a − b|² + 2 (a − w a, b) for a = ν + ρ and b = λ + ρ: how far the walk may go down.
        let room = self.longest - self.data.square(&dominant.unpack(rank));
        let deepest = room / (2 * i128::from(self.data.casimir_scale()));
        let mut word = Vec::new();
        reflect_to_dominant(&mut dominant, &self.frame.rows, &mut word);
        let Some(m) = self.table.get(&dominant) else { return Ok(Walked::Sum(sum, 1)) };
        if sum.add_product(m, &one).is_none() {
            return Ok(Walked::Overflow);
        }
        // For each place on the stack the images of the simple roots, label by label.
        let mut images = self.columns.clone();
        word.iter().for_each(|&k| self.reflect_images(&mut images, k));
        let mut stack = vec![Place { place, dominant, depth: 0, odd: false }];
        let mut own: Vec<P> = Vec::with_capacity(rank);
        let mut root = vec![0; self.frame.coordinates()];
        let (mut looked, mut turns, mut overflow) = (1u64, 0u32, false);
        while let Some(Place { place, dominant, depth, odd }) = stack.pop() {
            turns = turns.wrapping_add(1);
            if turns.is_multiple_of(1024) {
                limits.check()?;
                if looked > allowed {
                    return Ok(Walked::TooLong);
                }
            }
            own.clear();
            own.extend(images.drain(images.len() - rank..));
            self.frame.children(&place, |i, label, child| {
                let depth = depth + i128::from(label) * self.products[i];
                if depth > deepest {
                    return;
                }
                looked += 1;
                let mut next = dominant.clone();
                let other = self.base.label(i);
                let step = if label <= other { label } else { -other };
                root.iter_mut().zip(&own).for_each(|(x, column)| *x = column.label(i));
                next.subtract(step, &P::pack(&root));
                word.clear();
                reflect_to_dominant(&mut next, &self.frame.rows, &mut word);
                let Some(m) = self.table.get(&next) else { return };
                let done = if odd { sum.add_product(m, &one) } else { sum.subtract_product(m, &one) };
                overflow |= done.is_none();
                let onward = |k: usize| depth + i128::from(child.label(k)) * self.products[k] <= deepest;
                if !(0..rank).any(|k| child.label(k) > 0 && onward(k)) {
                    return;
                }
                let from = images.len();
                images.extend_from_slice(&own);
                let new = &mut images[from..];
                if step < 0 {
                    // Of u s_i instead of u.
                    new.iter_mut().for_each(|column| column.subtract(column.label(i), &self.columns[i]));
                }
                word.iter().for_each(|&k| self.reflect_images(new, k));
                stack.push(Place { place: child, dominant: next, depth, odd: !odd });
            });
            if overflow {
                return Ok(Walked::Overflow);
            }
        }
        Ok(Walked::Sum(sum, looked))
    }

    /// The images under `s_k u` from those under `u`: each loses its label `k` times `α_k`.
    #[inline]
    fn reflect_images(&self, columns: &mut [P], k: usize) {
        let labels = columns[k].clone();
        self.frame.bonds[k].iter().for_each(|&(l, a)| columns[l].subtract(a, &labels));
    }

    /// All `ν` that can occur, for the character of irreducibles with these highest weights: the dominant weights below
    /// one of the `λ + μ`, unless they are more than `most`. Each is reached from above by subtracting positive roots
    /// without leaving the dominant ones (Stembridge, *Adv. Math.* 136, 1998).
    pub fn candidates<'w>(
        &self,
        highest: impl Iterator<Item = &'w Weight>,
        most: usize,
        limits: &Limits,
    ) -> Result<Option<Vec<P>>, WeightError> {
        let rank = self.frame.rank;
        let roots = self.frame.positive_roots();
        let rho = P::pack(&vec![1; rank]);
        let mut seen: Table<P, ()> = Table::default();
        let mut out: Vec<P> = Vec::new();
        for weight in highest {
            let mut top = P::pack(weight);
            top.add(&self.base);
            top.subtract(1, &rho);
            if seen.insert(top.clone(), ()).is_none() {
                out.push(top);
            }
        }
        let mut next = 0;
        while next < out.len() {
            if out.len() > most {
                return Ok(None);
            }
            if next.is_multiple_of(64) {
                limits.check()?;
                limits.reserve(out.len() as u128 * 4 * (size_of::<P>() as u128 + 8))?;
            }
            for root in &roots {
                let mut lower = out[next].clone();
                lower.subtract(1, root);
                if lower.first_negative(rank).is_none() && !seen.contains_key(&lower) {
                    seen.insert(lower.clone(), ());
                    out.push(lower);
                }
            }
            next += 1;
        }
        Ok(Some(out))
    }

    /// The multiplicities of these representations that do not vanish; `None` when that seems to take more places than
    /// allowed, or when a machine word is too small.
    ///
    /// The first of sixteen passes over every sixteenth of them tells how long all will take.
    pub fn multiplicities(
        &self,
        candidates: &[P],
        allowed: u64,
        limits: &Limits,
    ) -> Result<Option<Vec<(P, C)>>, WeightError> {
        let coordinates = self.frame.coordinates();
        let mut out = Vec::new();
        let mut looked = 0u64;
        for pass in 0..PASSES {
            let chosen: Vec<&P> = candidates.iter().skip(pass).step_by(PASSES).collect();
            let found = parallel::try_map(chosen.len(), |k| {
                self.multiplicity(&chosen[k].unpack(coordinates), allowed, limits)
            })?;
            for (candidate, walked) in chosen.into_iter().zip(found) {
                let Walked::Sum(sum, places) = walked else { return Ok(None) };
                looked = looked.saturating_add(places);
                if !sum.vanishes() {
                    out.push((candidate.clone(), sum));
                }
            }
            if looked / (pass as u64 + 1) > allowed / PASSES as u64 {
                return Ok(None);
            }
        }
        Ok(Some(out))
    }
}

/// Parts in which many multiplicities are found.
const PASSES: usize = 16;

/// A place of a walk.
struct Place<P> {
    /// `w(ν + ρ)`.
    place: P,
    /// The dominant weight in the orbit of `w(ν + ρ) − λ − ρ`.
    dominant: P,
    /// `(ν + ρ − w(ν + ρ), λ + ρ)`.
    depth: i128,
    /// Whether `w` is odd.
    odd: bool,
}

/// Moves a weight to the dominant one of its orbit, and appends the nodes of the reflections.
#[inline]
fn reflect_to_dominant<P: Packed>(weight: &mut P, rows: &[P], word: &mut Vec<usize>) {
    while let Some(k) = weight.first_negative(rows.len()) {
        weight.subtract(weight.label(k), &rows[k]);
        word.push(k);
    }
}
