//! Chevalley bases: the split form of every simple type with integer structure constants.
//!
//! Carter, *Simple Groups of Lie Type*, sections 4.1 and 4.2: `[e_r, e_s] = N_rs e_{r+s}`, `N_rs = ±(p + 1)` with `p` the
//! number of steps of the r-string below s. The signs of the extraspecial pairs are chosen +, and all others follow.

use crate::lie::StructureConstants;
use crate::limits::{Limits, Stop};
use crate::num::Rational;
use crate::roots::{RootSystem, SimpleType};

/// A Chevalley basis `h_1, …, h_l`, `e_r` of a simple type: the numbers `N_rs` for all pairs of roots.
///
/// Normalisation: `[h_i, e_r] = ⟨r, α_i^∨⟩ e_r`, `[e_r, e_{−r}] = h_r` (the coroot), `N_{−r,−s} = −N_rs`, so that
/// `h ↦ −h, e_r ↦ −e_{−r}` is an automorphism.
#[derive(Clone, Debug)]
pub struct ChevalleyBasis {
    system: RootSystem,
    /// `special[s]` lists `(r, t, N_rs)` for positive `r < s` with `r + s` the root `t`, by increasing `r`.
    special: Vec<Vec<(usize, usize, i64)>>,
    /// Squared lengths of the positive roots, 2 for short ones.
    lengths: Vec<i64>,
}

/// A term `value · e_k` of the bracket `[e_i, e_j]`.
pub(super) type Term = (usize, usize, usize, i64);

impl ChevalleyBasis {
    /// Computes all `N_rs`, root by root in the order of height.
    pub fn new(simple: SimpleType, limits: &Limits) -> Result<ChevalleyBasis, Stop> {
        let system = RootSystem::new(simple, limits)?;
        let count = system.positive_count();
        let lengths: Vec<i64> = system.positive().iter().map(|r| system.scaled_product(r, r)).collect();
        let mut basis = ChevalleyBasis { system, special: vec![Vec::new(); count], lengths };
        for t in basis.system.rank()..count {
            limits.check()?;
            let target = basis.system.root(t);
            let mut extraspecial = None;
            for r in 0..t {
                let difference: Vec<i64> = target.iter().zip(&basis.system.positive()[r]).map(|(a, b)| a - b).collect();
                let Some(s) = basis.system.number_of(&difference).filter(|&s| s > r && s < count) else { continue };
                let value = match extraspecial {
                    None => {
                        let (low, high) = (&basis.system.positive()[r], &basis.system.positive()[s]);
                        let value = basis.system.steps_down(high, low) + 1;
                        extraspecial = Some((r, s, value));
                        value
                    }
                    Some(chosen) => basis.special_number(t, (r, s), chosen),
                };
                basis.special[s].push((r, t, value));
            }
        }
        Ok(basis)
    }

    /// `N_rs` of a special pair from the extraspecial pair (a, b) of the same sum t, by the identity of four roots
    /// with sum zero (Carter, theorem 4.1.2 (iv)) applied to r, s, −a, −b.
    fn special_number(&self, t: usize, (r, s): (usize, usize), (a, b, n_ab): (usize, usize, i64)) -> i64 {
        let (minus_a, minus_b) = (self.system.negative_of(a), self.system.negative_of(b));
        // All squared lengths divide 12 in this scale.
        let part = |x: usize, y: usize, z: usize, w: usize| match self.sum(x, y) {
            Some(sum) => self.n(x, y) * self.n(z, w) * (12 / self.length(sum)),
            None => 0,
        };
        let total = part(s, minus_a, r, minus_b) + part(minus_a, r, s, minus_b);
        self.length(t) * total / (12 * n_ab)
    }

    /// The root system.
    pub fn root_system(&self) -> &RootSystem {
        &self.system
    }

    fn length(&self, root: usize) -> i64 {
        self.lengths[root % self.lengths.len()]
    }

    /// The number of the root `r + s`, if it is one.
    fn sum(&self, r: usize, s: usize) -> Option<usize> {
        let total: Vec<i64> = self.system.root(r).iter().zip(self.system.root(s)).map(|(a, b)| a + b).collect();
        self.system.number_of(&total)
    }

    /// The entry of the table of special pairs, 0 when the sum is no root.
    fn special(&self, r: usize, s: usize) -> (i64, usize) {
        let (low, high, sign) = if r < s { (r, s, 1) } else { (s, r, -1) };
        let row = &self.special[high];
        // Rows grow sum by sum, not by their first root, so they are searched in order; they are short.
        row.iter().find(|entry| entry.0 == low).map_or((0, 0), |entry| (sign * entry.2, entry.1))
    }

    /// `N_rs` for any two root numbers (0 when `r + s` is no root).
    pub fn n(&self, r: usize, s: usize) -> i64 {
        let count = self.lengths.len();
        match (r < count, s < count) {
            (true, true) => self.special(r, s).0,
            (false, false) => -self.special(r - count, s - count).0,
            (false, true) => -self.n(s, r),
            // N_ab/(c,c) is the same for the three cyclic orders of a + b = c (Carter, theorem 4.1.2 (ii)); the triple
            // is turned until it consists of positive roots.
            (true, false) => {
                let positive = s - count;
                match self.sum(r, s) {
                    None => 0,
                    Some(c) if c < count => -self.special(positive, c).0 * self.length(c) / self.length(r),
                    Some(c) => self.special(c - count, r).0 * self.length(c) / self.length(positive),
                }
            }
        }
    }

    /// The terms of the split form in the basis `h_1 … h_l`, then `e_r` by root number (positive, then negative).
    pub(super) fn split_terms(&self, limits: &Limits) -> Result<Vec<Term>, Stop> {
        let (rank, count) = (self.system.rank(), self.lengths.len());
        let mut terms = Vec::new();
        for r in 0..2 * count {
            limits.check()?;
            let root = self.system.root(r);
            for i in 0..rank {
                terms.push((i, rank + r, rank + r, self.system.pairing(&root, i)));
            }
            if r < count {
                let opposite = rank + self.system.negative_of(r);
                terms
                    .extend(self.system.coroot(&root).into_iter().enumerate().map(|(i, c)| (rank + r, opposite, i, c)));
            }
            for s in r + 1..2 * count {
                if s != self.system.negative_of(r)
                    && let Some(t) = self.sum(r, s)
                {
                    terms.push((rank + r, rank + s, rank + t, self.n(r, s)));
                }
            }
        }
        Ok(terms)
    }

    /// The terms of the compact form in the basis `i h_j`, then `x_r = e_r − e_{−r}`, then `y_r = i(e_r + e_{−r})` for
    /// positive roots r.
    pub(super) fn compact_terms(&self, limits: &Limits) -> Result<Vec<Term>, Stop> {
        let (rank, count) = (self.system.rank(), self.lengths.len());
        let (x, y) = (|r: usize| rank + r, |r: usize| rank + count + r);
        let mut terms = Vec::new();
        // x and y of a root number of either sign: x_{−r} = −x_r, y_{−r} = y_r.
        let signed_x = |t: usize| if t < count { (x(t), 1) } else { (x(t - count), -1) };
        let signed_y = |t: usize| if t < count { y(t) } else { y(t - count) };
        for r in 0..count {
            limits.check()?;
            let root = self.system.root(r);
            for j in 0..rank {
                let pairing = self.system.pairing(&root, j);
                terms.push((j, x(r), y(r), pairing));
                terms.push((j, y(r), x(r), -pairing));
            }
            terms.extend(self.system.coroot(&root).into_iter().enumerate().map(|(j, c)| (x(r), y(r), j, 2 * c)));
            for s in 0..count {
                if s == r {
                    continue;
                }
                let minus_s = self.system.negative_of(s);
                let sum = self.sum(r, s).map(|t| (t, self.n(r, s)));
                let difference = self.sum(r, minus_s).map(|t| (t, self.n(r, minus_s)));
                if let Some((t, n)) = sum {
                    terms.push((x(r), y(s), signed_y(t), n));
                    if r < s {
                        let (place, sign) = signed_x(t);
                        terms.push((x(r), x(s), place, sign * n));
                        terms.push((y(r), y(s), place, -sign * n));
                    }
                }
                if let Some((t, n)) = difference {
                    terms.push((x(r), y(s), signed_y(t), n));
                    if r < s {
                        let (place, sign) = signed_x(t);
                        terms.push((x(r), x(s), place, -sign * n));
                        terms.push((y(r), y(s), place, -sign * n));
                    }
                }
            }
        }
        Ok(terms)
    }
}

/// The table of integer terms.
pub(super) fn table(dim: usize, terms: Vec<Term>) -> StructureConstants {
    let nonzero = terms.into_iter().filter(|t| t.3 != 0);
    StructureConstants::from_terms(dim, nonzero.map(|(i, j, k, v)| (i, j, k, Rational::from(v))))
}
