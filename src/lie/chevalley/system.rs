//! A root system read off floating-point root vectors, certified by its integers.
//!
//! Approximate values of the roots on a basis of the Cartan subalgebra give approximate Cartan integers. They are
//! rounded, and the table of all of them is compared with the table of the type that was proved from the structure
//! constants: nothing discrete rests on the floats afterwards.

use std::collections::BTreeMap;

use crate::float::complex::{Complex, ComplexMatrix};
use crate::limits::{Limits, Stop};
use crate::roots::{Component, RootSystem, SimpleType, recognize_cartan_matrix};

use super::floats::{abs, div, mul};

/// Distance from the nearest integer beyond which no rounding is trusted.
pub const MARGIN: f64 = 0.05;

/// Roots by their values, with their exact Cartan integers.
pub struct Roots {
    /// `⟨α, β^∨⟩` for all pairs.
    pub integers: Vec<Vec<i64>>,
    /// The largest distance of a number from the integer it was rounded to.
    pub margin: f64,
    index: BTreeMap<Vec<i64>, usize>,
}

/// A component: its type and the simple roots in Bourbaki's order.
pub type Part = (SimpleType, Vec<usize>);

impl Roots {
    /// From the values of the roots on a basis of the Cartan subalgebra; `Err` holds the margin when it is too large.
    pub fn new(values: &[Vec<Complex>]) -> Result<Roots, f64> {
        let rank = values.first().map_or(0, Vec::len);
        let gram = ComplexMatrix::from_fn(rank, rank, |i, j| {
            values.iter().fold((0.0, 0.0), |s, v| {
                let t = mul(v[i], v[j]);
                (s.0 + t.0, s.1 + t.1)
            })
        });
        let right = ComplexMatrix::from_fn(rank, values.len(), |i, k| values[k][i]);
        let dual = gram.solve(&right).ok_or(f64::INFINITY)?;
        let products = right.transpose().times(&dual);
        let (mut margin, mut integers) = (0.0f64, Vec::with_capacity(values.len()));
        for a in 0..values.len() {
            let mut row = Vec::with_capacity(values.len());
            for b in 0..values.len() {
                let (re, im) = products.at(a, b);
                let exact = div((2.0 * re, 2.0 * im), products.at(b, b));
                let nearest = exact.0.round();
                margin = margin.max(abs((exact.0 - nearest, exact.1)));
                if margin.is_nan() || margin > MARGIN {
                    return Err(margin);
                }
                row.push(nearest as i64);
            }
            integers.push(row);
        }
        let index: BTreeMap<Vec<i64>, usize> = integers.iter().cloned().zip(0..).collect();
        if index.len() != integers.len() {
            return Err(f64::INFINITY);
        }
        Ok(Roots { integers, margin, index })
    }

    /// The root `a + factor · b`, if it is one.
    pub fn combination(&self, a: usize, factor: i64, b: usize) -> Option<usize> {
        let row: Vec<i64> = self.integers[a].iter().zip(&self.integers[b]).map(|(x, y)| x + factor * y).collect();
        self.index.get(&row).copied()
    }

    /// The negative of a root.
    pub fn negative(&self, a: usize) -> Option<usize> {
        self.index.get(&self.integers[a].iter().map(|c| -c).collect::<Vec<_>>()).copied()
    }

    /// The simple roots of the positive roots selected.
    pub fn simple(&self, is_positive: impl Fn(usize) -> bool) -> Vec<usize> {
        let positive: Vec<usize> = (0..self.integers.len()).filter(|&a| is_positive(a)).collect();
        let is_sum = |a: usize| positive.iter().any(|&b| self.combination(a, -1, b).is_some_and(&is_positive));
        positive.iter().copied().filter(|&a| !is_sum(a)).collect()
    }

    /// Orders simple roots after Bourbaki; `None` when they are no simple roots.
    pub fn recognize(&self, simple: &[usize]) -> Option<Vec<Part>> {
        let matrix: Vec<Vec<i64>> =
            simple.iter().map(|&a| simple.iter().map(|&b| self.integers[a][b]).collect()).collect();
        let components = recognize_cartan_matrix(&matrix).ok()?;
        let part = |c: Component| (c.simple, c.nodes.iter().map(|&k| simple[k]).collect());
        Some(components.into_iter().map(part).collect())
    }

    /// For each component the root behind each number of its standard root system, with the proof that the integers are
    /// those of the type: every root is a standard root in these coordinates, no two are the same, and all pairs have
    /// the standard integers. `None` when it fails.
    pub fn numbered(&self, parts: &[Part], limits: &Limits) -> Result<Option<Vec<Vec<usize>>>, Stop> {
        let mut numbers = Vec::new();
        let mut found = 0;
        for (simple, nodes) in parts {
            let system = RootSystem::new(*simple, limits)?;
            let (rank, count) = (system.rank(), system.positive_count());
            let mut places = vec![usize::MAX; 2 * count];
            for (k, place) in places.iter_mut().enumerate().take(rank) {
                *place = nodes[k];
            }
            for t in rank..count {
                limits.check()?;
                let place = step_down(&system, t).and_then(|(i, s)| self.combination(places[s], 1, nodes[i]));
                let Some(place) = place else { return Ok(None) };
                places[t] = place;
            }
            for t in 0..count {
                let Some(place) = self.negative(places[t]) else { return Ok(None) };
                places[t + count] = place;
            }
            let coroots: Vec<Vec<i64>> = (0..count).map(|t| system.coroot(&system.root(t))).collect();
            let pairings: Vec<Vec<i64>> = (0..count)
                .map(|s| (0..rank).map(|i| system.pairing(system.positive()[s].as_slice(), i)).collect())
                .collect();
            for s in 0..count {
                limits.check()?;
                for t in 0..count {
                    let expected: i64 = pairings[s].iter().zip(&coroots[t]).map(|(a, b)| a * b).sum();
                    let values = [(s, t, 1), (s + count, t + count, 1), (s, t + count, -1), (s + count, t, -1)];
                    if values.iter().any(|&(a, b, sign)| self.integers[places[a]][places[b]] != sign * expected) {
                        return Ok(None);
                    }
                }
            }
            found += 2 * count;
            numbers.push(places);
        }
        // Roots of different components are orthogonal.
        for (k, first) in numbers.iter().enumerate() {
            for second in &numbers[k + 1..] {
                let meet = |a: usize, b: usize| self.integers[a][b] != 0 || self.integers[b][a] != 0;
                if first.iter().any(|&a| second.iter().any(|&b| meet(a, b))) {
                    return Ok(None);
                }
            }
        }
        let mut all: Vec<usize> = numbers.iter().flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        if found != self.integers.len() || all.len() != found {
            return Ok(None);
        }
        Ok(Some(numbers))
    }
}

/// A simple root and the number of the positive root that is left when it is taken away.
pub fn step_down(system: &RootSystem, t: usize) -> Option<(usize, usize)> {
    let root = system.root(t);
    (0..system.rank()).find_map(|i| {
        let mut rest = root.clone();
        rest[i] -= 1;
        system.number_of(&rest).map(|s| (i, s))
    })
}
