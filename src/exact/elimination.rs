//! Sparse elimination over any field: every pivot column is written as a combination of the free ones.
//!
//! The state is a set of substitutions `x_p = Σ_k e_pk x_k`, kept fully reduced: no pivot column occurs on a right
//! side. A new equation is then reduced in one pass over its entries, which is what makes thousands of redundant
//! equations cheap. The lightest equation goes first, and the pivot is the column that occurs in the fewest
//! substitutions (the rule of Markowitz), so fill stays low on the equations of invariant forms.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// What elimination needs of a number.
pub(super) trait Field: Clone {
    fn zero() -> Self;
    fn one() -> Self;
    fn is_zero(&self) -> bool;
    /// `self += a · b`.
    fn add_product(&mut self, a: &Self, b: &Self);
    fn product(&self, other: &Self) -> Self;
    fn negated(&self) -> Self;
    /// The inverse; called on non-zero values only.
    fn inverse(&self) -> Self;
    /// Whether the number has outgrown a machine word: the sign to change to modular arithmetic.
    fn is_large(&self) -> bool;
}

impl Field for Rational {
    fn zero() -> Rational {
        Rational::ZERO
    }
    fn one() -> Rational {
        Rational::ONE
    }
    fn is_zero(&self) -> bool {
        Rational::is_zero(self)
    }
    fn add_product(&mut self, a: &Rational, b: &Rational) {
        Rational::add_product(self, a, b);
    }
    fn product(&self, other: &Rational) -> Rational {
        self * other
    }
    fn negated(&self) -> Rational {
        -self
    }
    fn inverse(&self) -> Rational {
        self.recip().unwrap_or(Rational::ZERO)
    }
    fn is_large(&self) -> bool {
        self.as_small().is_none()
    }
}

/// A sparse row over `F`: increasing columns, no zeros.
pub(super) type Row<F> = Vec<(u32, F)>;

/// How the pivot of a reduced row is chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum PivotRule {
    /// The column that disturbs the fewest substitutions; of those the last.
    FewestUses,
    /// The first column: gives the reduced row echelon form.
    Leftmost,
}

/// The reduced state of a system of homogeneous equations.
pub(super) struct Elimination<F> {
    rule: PivotRule,
    /// `x_c = Σ e_k x_k` for a pivot column `c`.
    substitution: Vec<Option<Row<F>>>,
    /// Pivot columns whose substitution uses this free column (may hold stale or repeated entries).
    uses: Vec<Vec<u32>>,
    rank: usize,
    large: usize,
    sums: Vec<F>,
    touched: Vec<u32>,
    is_touched: Vec<bool>,
}

impl<F: Field> Elimination<F> {
    pub(super) fn new(cols: usize, rule: PivotRule) -> Elimination<F> {
        Elimination {
            rule,
            substitution: vec![None; cols],
            uses: vec![Vec::new(); cols],
            rank: 0,
            large: 0,
            sums: vec![F::zero(); cols],
            touched: Vec::new(),
            is_touched: vec![false; cols],
        }
    }

    pub(super) fn rank(&self) -> usize {
        self.rank
    }

    /// How many numbers beyond a machine word have entered substitutions.
    pub(super) fn large(&self) -> usize {
        self.large
    }

    fn sum_at(&mut self, k: u32) -> &mut F {
        let at = k as usize;
        if !self.is_touched[at] {
            self.is_touched[at] = true;
            self.touched.push(k);
        }
        &mut self.sums[at]
    }

    /// The row with every pivot column replaced by its substitution.
    pub(super) fn reduce(&mut self, row: &[(u32, F)]) -> Row<F> {
        let one = F::one();
        for (c, v) in row {
            // Taken out and put back, so that the sums can be changed meanwhile.
            match self.substitution[*c as usize].take() {
                None => self.sum_at(*c).add_product(v, &one),
                Some(expression) => {
                    for (k, e) in &expression {
                        self.sum_at(*k).add_product(v, e);
                    }
                    self.substitution[*c as usize] = Some(expression);
                }
            }
        }
        self.touched.sort_unstable();
        let mut out = Vec::with_capacity(self.touched.len());
        for &k in &self.touched {
            let at = k as usize;
            self.is_touched[at] = false;
            let value = std::mem::replace(&mut self.sums[at], F::zero());
            if !value.is_zero() {
                out.push((k, value));
            }
        }
        self.touched.clear();
        out
    }

    /// Takes a reduced, non-zero row as a new equation and returns its pivot column.
    pub(super) fn insert(&mut self, reduced: Row<F>) -> Option<u32> {
        let at = match self.rule {
            PivotRule::Leftmost => 0,
            PivotRule::FewestUses => {
                let cost = |c: u32| (self.uses[c as usize].len(), Reverse(c));
                (0..reduced.len()).min_by_key(|&i| cost(reduced[i].0))?
            }
        };
        let (pivot, head) = reduced.get(at)?.clone();
        let factor = head.inverse().negated();
        let expression: Row<F> =
            reduced.iter().filter(|(c, _)| *c != pivot).map(|(c, v)| (*c, v.product(&factor))).collect();
        for (c, v) in &expression {
            self.uses[*c as usize].push(pivot);
            self.large += usize::from(v.is_large());
        }
        for user in std::mem::take(&mut self.uses[pivot as usize]) {
            let Some(old) = self.substitution[user as usize].take() else { continue };
            let new = match old.binary_search_by_key(&pivot, |t| t.0) {
                Err(_) => old,
                Ok(found) => {
                    let factor = old[found].1.clone();
                    for (c, _) in &expression {
                        self.uses[*c as usize].push(user);
                    }
                    combine(&old, pivot, &factor, &expression)
                }
            };
            self.large += new.iter().filter(|(_, v)| v.is_large()).count();
            self.substitution[user as usize] = Some(new);
        }
        self.substitution[pivot as usize] = Some(expression);
        self.rank += 1;
        Some(pivot)
    }

    /// Eliminates all rows, lightest first. `Ok(false)` when numbers grew beyond `large_cap` and it gave up.
    pub(super) fn run(&mut self, rows: &[Row<F>], large_cap: usize, limits: &Limits) -> Result<bool, Stop> {
        // A row that turned out heavier than it looked goes back to wait for its turn.
        let mut queue: BinaryHeap<Reverse<(usize, usize)>> =
            rows.iter().enumerate().filter(|(_, r)| !r.is_empty()).map(|(i, r)| Reverse((r.len(), i))).collect();
        let mut waiting: Vec<Option<Row<F>>> = Vec::new();
        waiting.resize_with(rows.len(), || None);
        let mut steps = 0usize;
        while let Some(Reverse((weight, index))) = queue.pop() {
            steps += 1;
            if steps.is_multiple_of(64) {
                limits.check()?;
            }
            let reduced = match waiting[index].take() {
                Some(row) => self.reduce(&row),
                None => self.reduce(&rows[index]),
            };
            if reduced.is_empty() {
                continue;
            }
            if reduced.len() > weight && queue.peek().is_some_and(|Reverse((next, _))| *next < reduced.len()) {
                queue.push(Reverse((reduced.len(), index)));
                waiting[index] = Some(reduced);
                continue;
            }
            self.insert(reduced);
            if self.large > large_cap {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// One vector for each free column: a unit there, and what the substitutions make of it at the pivots.
    pub(super) fn null_vectors(&self) -> Vec<Row<F>> {
        let mut of_column: Vec<Row<F>> = vec![Vec::new(); self.substitution.len()];
        // Columns are visited in increasing order, so every vector comes out sorted.
        for (c, expression) in self.substitution.iter().enumerate() {
            match expression {
                None => of_column[c].push((c as u32, F::one())),
                Some(expression) => {
                    for (k, e) in expression {
                        of_column[*k as usize].push((c as u32, e.clone()));
                    }
                }
            }
        }
        (0..of_column.len())
            .filter(|&c| self.substitution[c].is_none())
            .map(|c| std::mem::take(&mut of_column[c]))
            .collect()
    }

    /// The equations in solved form, `x_p − Σ e_k x_k`, by increasing pivot, and the pivots.
    pub(super) fn solved_rows(&self) -> (Vec<Row<F>>, Vec<u32>) {
        let mut rows = Vec::with_capacity(self.rank);
        let mut pivots = Vec::with_capacity(self.rank);
        for (c, expression) in self.substitution.iter().enumerate() {
            if let Some(expression) = expression {
                let c = c as u32;
                let mut row: Row<F> = expression.iter().map(|(k, e)| (*k, e.negated())).collect();
                let at = row.partition_point(|t| t.0 < c);
                row.insert(at, (c, F::one()));
                rows.push(row);
                pivots.push(c);
            }
        }
        (rows, pivots)
    }
}

/// `old` with `factor · x_pivot` replaced by `factor · expression`.
fn combine<F: Field>(old: &[(u32, F)], pivot: u32, factor: &F, expression: &[(u32, F)]) -> Row<F> {
    let mut out = Vec::with_capacity(old.len() + expression.len());
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < expression.len() {
        let left = old.get(i).map_or(u32::MAX, |t| t.0);
        let right = expression.get(j).map_or(u32::MAX, |t| t.0);
        if left == pivot {
            i += 1;
        } else if left < right {
            out.push(old[i].clone());
            i += 1;
        } else {
            let mut value = F::zero();
            value.add_product(factor, &expression[j].1);
            if left == right {
                let mut sum = old[i].1.clone();
                sum.add_product(factor, &expression[j].1);
                value = sum;
                i += 1;
            }
            j += 1;
            if !value.is_zero() {
                out.push((right, value));
            }
        }
    }
    out
}
