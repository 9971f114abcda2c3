//! A reductive type in packed coordinates: simple roots, reflections, orbits.

use std::sync::Arc;

use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::count::Count;
use super::dominant::{Dominant, of_simple, refuse_above};
use super::packed::{Packed, Table};
use super::peel::Factor;
use super::root_data::RootData;
use super::{ReductiveType, Weight, WeightError};
use crate::limits::{Limits, Stop};

/// The simple roots of a group in packed coordinates.
pub(super) struct Frame<P> {
    /// The rank of the semisimple part.
    pub rank: usize,
    /// The simple roots.
    pub rows: Vec<P>,
    /// The data of the factors.
    pub data: Vec<Arc<RootData>>,
    /// The entries of the rows of the Cartan matrix that are not zero.
    pub bonds: Vec<Vec<(usize, i64)>>,
    /// For each node its neighbours with larger numbers.
    later: Vec<Vec<usize>>,
    coordinates: usize,
}

/// The data of all factors.
pub(super) fn data_of(group: &ReductiveType, limits: &Limits) -> Result<Vec<Arc<RootData>>, Stop> {
    group.factors().iter().map(|&f| RootData::of(f, limits)).collect()
}

/// An upper bound of the absolute coordinates of all weights below this dominant one.
pub(super) fn bound(group: &ReductiveType, data: &[Arc<RootData>], dominant: &[i64]) -> i64 {
    let labels = group.parts(dominant).zip(data).map(|((_, part), d)| d.bound(part));
    labels.chain(group.charges(dominant).iter().map(|q| q.saturating_abs())).fold(0, i64::max)
}

/// The number of weights in the orbit of a dominant weight.
pub(super) fn orbit_size(group: &ReductiveType, data: &[Arc<RootData>], dominant: &[i64]) -> u128 {
    let sizes = group.parts(dominant).zip(data).map(|((_, part), d)| d.orbit_size(part).to_u128().unwrap_or(u128::MAX));
    sizes.fold(1, u128::saturating_mul)
}

impl<P: Packed> Frame<P> {
    /// The frame of a group.
    pub fn new(group: &ReductiveType, limits: &Limits) -> Result<Frame<P>, Stop> {
        let data = data_of(group, limits)?;
        let (rank, coordinates) = (group.semisimple_rank(), group.rank());
        let mut out =
            Frame { rank, rows: Vec::new(), data: Vec::new(), bonds: Vec::new(), later: Vec::new(), coordinates };
        let mut start = 0;
        for factor in &data {
            for row in &factor.cartan {
                out.rows.push(out.embedded(start, row.iter().copied()));
            }
            start += factor.rank;
        }
        let entries = |row: &P| (0..rank).map(|j| (j, row.label(j))).filter(|x| x.1 != 0).collect();
        out.bonds = out.rows.iter().map(entries).collect();
        let later = |(i, row): (usize, &Vec<(usize, i64)>)| row.iter().map(|x| x.0).filter(|&j| j > i).collect();
        out.later = out.bonds.iter().enumerate().map(later).collect();
        out.data = data;
        Ok(out)
    }

    /// A vector of one factor, whose coordinates begin at `start`, in all coordinates.
    fn embedded(&self, start: usize, part: impl Iterator<Item = i64>) -> P {
        let mut full = vec![0; self.coordinates];
        full[start..].iter_mut().zip(part).for_each(|(x, y)| *x = y);
        P::pack(&full)
    }

    /// The number of coordinates, those of the torus too.
    pub fn coordinates(&self) -> usize {
        self.coordinates
    }

    /// The simple factors, for decomposing characters.
    pub fn factors(&self) -> Vec<Factor<P>> {
        let mut start = 0;
        let each = self.data.iter().map(|data| {
            let rows = self.rows[start..start + data.rank].to_vec();
            start += data.rank;
            Factor { data: data.clone(), start: start - data.rank, rows }
        });
        each.collect()
    }

    /// The positive roots of all factors.
    pub fn positive_roots(&self) -> Vec<P> {
        let mut out = Vec::new();
        let mut start = 0;
        for data in &self.data {
            out.extend(data.roots.iter().map(|r| self.embedded(start, r.labels.iter().map(|&x| i64::from(x)))));
            start += data.rank;
        }
        out
    }

    /// Moves a weight to the dominant one of its orbit; whether the number of reflections was odd.
    #[inline]
    pub fn make_dominant(&self, weight: &mut P) -> bool {
        let mut odd = false;
        while let Some(i) = weight.first_negative(self.rank) {
            weight.subtract(weight.label(i), &self.rows[i]);
            odd = !odd;
        }
        odd
    }

    /// Hands the weights of the orbit whose parent this is, each with the node and the label of the reflection. A weight
    /// that is not dominant has one parent, its reflection in the first node with a negative label; so an orbit is a tree.
    #[inline]
    pub fn children(&self, weight: &P, mut take: impl FnMut(usize, i64, P)) {
        // A reflection in i raises all labels but the i-th. So i may be any node before the first negative label,
        // or a neighbour of that label which makes it non-negative, and all others before i as well.
        let first = weight.first_negative(self.rank).unwrap_or(self.rank);
        let mut reflect = |i: usize, sure: bool| {
            let label = weight.label(i);
            if label > 0 {
                let mut child = weight.clone();
                child.subtract(label, &self.rows[i]);
                if sure || child.first_negative(self.rank) == Some(i) {
                    take(i, label, child);
                }
            }
        };
        (0..first).for_each(|i| reflect(i, true));
        if let Some(later) = self.later.get(first) {
            later.iter().for_each(|&i| reflect(i, false));
        }
    }

    /// Hands every weight of the orbit of a dominant weight once, without storing the orbit. The companion is a linear
    /// image of the weight; `companions` are the images of the simple roots. The tree of the orbit is walked in depth.
    pub fn orbit<Q: Packed>(
        &self,
        dominant: &P,
        companion: &Q,
        companions: &[Q],
        limits: &Limits,
        mut take: impl FnMut(&P, &Q) -> Result<(), WeightError>,
    ) -> Result<(), WeightError> {
        let mut stack = vec![(dominant.clone(), companion.clone())];
        let mut visited = 0u32;
        while let Some((weight, image)) = stack.pop() {
            visited = visited.wrapping_add(1);
            if visited.is_multiple_of(4096) {
                limits.check()?;
            }
            take(&weight, &image)?;
            self.children(&weight, |i, label, child| {
                let mut image = image.clone();
                image.subtract(label, &companions[i]);
                stack.push((child, image));
            });
        }
        Ok(())
    }
}

/// The dominant weights of a sum of irreducibles with their multiplicities; those with multiplicity zero are kept.
/// `None` when a machine word is too small.
pub(super) fn dominant_table<P: Packed, C: Count>(
    group: &ReductiveType,
    terms: &[(&Weight, &BigInt)],
    limits: &Limits,
) -> Result<Option<Table<P, C>>, WeightError> {
    let mut out: Table<P, C> = Table::default();
    let (Some(zero), Some(one)) = (C::from_big(&BigInt::from(0)), C::from_big(&BigInt::from(1))) else {
        return Ok(None);
    };
    for (highest, times) in terms {
        let Some(times) = C::from_big(times) else { return Ok(None) };
        let tables: Vec<Arc<Dominant>> =
            group.parts(highest).map(|(factor, part)| of_simple(factor, part, limits)).collect::<Result<_, _>>()?;
        let count = tables.iter().fold(out.len() as u128, |n, t| n.saturating_mul(t.len().max(1) as u128));
        refuse_above(count, "dominant weights")?;
        limits.reserve(count * 2 * (size_of::<(P, C)>() as u128 + 8))?;
        // All combinations of one dominant weight of each factor, counted like an odometer.
        let mut at = vec![0; tables.len()];
        let mut labels = vec![0; group.rank()];
        labels[group.semisimple_rank()..].copy_from_slice(group.charges(highest));
        let mut turns = 0u32;
        'combinations: loop {
            turns = turns.wrapping_add(1);
            if turns.is_multiple_of(4096) {
                limits.check()?;
            }
            let mut start = 0;
            let mut m = times.clone();
            for (table, &k) in tables.iter().zip(&at) {
                for &x in table.weight(k) {
                    labels[start] = i64::from(x);
                    start += 1;
                }
                let mut next = zero.clone();
                let Some(factor) = C::from_big(&table.multiplicity(k)) else { return Ok(None) };
                let Some(()) = next.add_product(&m, &factor) else { return Ok(None) };
                m = next;
            }
            let entry = out.entry(P::pack(&labels)).or_insert_with(|| zero.clone());
            let Some(()) = entry.add_product(&m, &one) else { return Ok(None) };
            for (k, table) in at.iter_mut().zip(&tables) {
                *k += 1;
                if *k < table.len() {
                    continue 'combinations;
                }
                *k = 0;
            }
            break;
        }
    }
    Ok(Some(out))
}
