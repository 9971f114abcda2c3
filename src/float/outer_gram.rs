//! The Gram matrix of rows that are outer products, `r = g ⊗ x`: its entries `Σ gᵢ gₖ · xⱼ xₗ` are one product of two matrices
//! whose columns are pairs, half of what the rows themselves would take.

use super::gemm::add_by_transpose;
use crate::num::simd;
use crate::parallel;

/// Rows that enter at once.
const CHUNK: usize = 512;
/// Pairs of places in the first factor that one task takes.
const PAIRS: usize = 256;

/// The sum over rows `g ⊗ x` with `g` of length `n` and `x` of length `w`, as a matrix over pairs `i ≥ k` and pairs `j ≥ l`.
#[derive(Debug)]
pub struct OuterGram {
    n: usize,
    w: usize,
    sums: Vec<f64>,
    /// The factors of the rows that wait, one row after another.
    left: Vec<f64>,
    right: Vec<f64>,
    /// Room for products of pairs.
    products: [Vec<f64>; 2],
}

/// Number of pairs.
fn pairs(n: usize) -> usize {
    n * (n + 1) / 2
}

/// For vectors of length `n` one after another, in rows of one number for each vector: the products of each pair of places.
fn put_products(n: usize, vectors: &[f64], products: &mut Vec<f64>) {
    let count = vectors.len() / n;
    products.resize(pairs(n) * count, 0.0);
    let mut places = vec![0.0; n * count];
    for (s, vector) in vectors.chunks_exact(n).enumerate() {
        places[s..].iter_mut().step_by(count).zip(vector).for_each(|(slot, x)| *slot = *x);
    }
    simd::on_vector_units(
        (products.as_mut_slice(), places.as_slice()),
        #[inline(always)]
        |(products, places)| {
            let mut out = products.chunks_exact_mut(count);
            for (i, one) in places.chunks_exact(count).enumerate() {
                for (other, out) in places.chunks_exact(count).take(i + 1).zip(&mut out) {
                    out.iter_mut().zip(one).zip(other).for_each(|((o, x), y)| *o = x * y);
                }
            }
        },
    );
}

impl OuterGram {
    /// No row yet, and room for as many as enter at once when there will be `most`.
    pub fn new(n: usize, w: usize, most: usize) -> OuterGram {
        let rows = most.min(CHUNK);
        let [left, right] = [n, w].map(|n| Vec::with_capacity(rows * n));
        let products = [n, w].map(|n| Vec::with_capacity(rows * pairs(n)));
        OuterGram { n, w, sums: vec![0.0; pairs(n) * pairs(w)], left, right, products }
    }

    /// Numbers that are kept, for factors of these lengths.
    pub fn size(n: usize, w: usize) -> u128 {
        let (own, other) = (pairs(n) as u128, pairs(w) as u128);
        own * other + CHUNK as u128 * (own + other)
    }

    /// Adds a row. `2 P Q` operations for `P` and `Q` pairs.
    pub fn push(&mut self, g: &[f64], x: &[f64]) {
        self.left.extend_from_slice(&g[..self.n]);
        self.right.extend_from_slice(&x[..self.w]);
        if self.left.len() == CHUNK * self.n {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let (own, other, rows) = (pairs(self.n), pairs(self.w), self.left.len() / self.n);
        if rows == 0 {
            return;
        }
        let [left, right] = &mut self.products;
        put_products(self.n, &self.left, left);
        put_products(self.w, &self.right, right);
        let (left, right) = (&*left, &*right);
        let add = |part: usize, sums: &mut [f64]| {
            let count = sums.len() / other;
            let left = &left[part * PAIRS * rows..][..count * rows];
            add_by_transpose((count, rows, other), 1.0, left, right, (sums, other));
        };
        match own <= PAIRS {
            true => add(0, &mut self.sums),
            false => parallel::for_each_part(&mut self.sums, PAIRS * other, add),
        }
        self.left.clear();
        self.right.clear();
    }

    /// The lower triangle of the Gram matrix of the rows whose column `c` is multiplied by `factors[c]`, row by row in an array
    /// of `(n w)²` numbers, and that matrix multiplied by `factor`.
    pub fn finish(mut self, factors: &[f64], factor: f64) -> Vec<f64> {
        self.flush();
        let (n, w) = (self.n, self.w);
        let (m, other) = (n * w, pairs(w));
        let mut gram = vec![0.0; m * m];
        let sums = &self.sums;
        // The rows of one place i in the first factor.
        let fill = |i: usize, rows: &mut [f64]| {
            for k in 0..=i {
                let own = &sums[(pairs(i) + k) * other..][..other];
                for (j, row) in rows.chunks_exact_mut(m).enumerate() {
                    let scale = factor * factors[i * w + j];
                    let (row, scales) = (&mut row[k * w..(k + 1) * w], &factors[k * w..(k + 1) * w]);
                    let inside = row[..=j].iter_mut().zip(&own[pairs(j)..=pairs(j) + j]);
                    inside.zip(scales).for_each(|((g, sum), s)| *g = sum * scale * s);
                    if k < i {
                        (j + 1..w).for_each(|l| row[l] = own[pairs(l) + j] * scale * scales[l]);
                    }
                }
            }
        };
        match pairs(n) <= PAIRS {
            true => gram.chunks_exact_mut(w * m).enumerate().for_each(|(i, rows)| fill(i, rows)),
            false => parallel::for_each_part(&mut gram, w * m, fill),
        }
        gram
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::float::{Random, gemm::add_gram};

    /// Against the Gram matrix of the rows themselves.
    #[test]
    fn gram_matrices_of_outer_products() {
        let mut random = Random::new(9, 0);
        for (n, w, rows) in [(1, 1, 1), (3, 4, 5), (6, 6, 700), (25, 3, 40)] {
            let mut numbers = |count: usize| (0..count).map(|_| random.normal()).collect::<Vec<f64>>();
            let (g, x, factors) = (numbers(n * rows), numbers(w * rows), numbers(n * w));
            let mut outer = OuterGram::new(n, w, rows);
            let mut all = Vec::new();
            for (g, x) in g.chunks(n).zip(x.chunks(w)) {
                outer.push(g, x);
                let row = g.iter().flat_map(|a| x.iter().map(move |b| a * b));
                all.extend(row.zip(&factors).map(|(a, f)| a * f));
            }
            let found = outer.finish(&factors, 0.5);
            let m = n * w;
            let mut gram = vec![0.0; m * m];
            add_gram((rows, m), &all, &mut gram);
            for (i, j) in (0..m).flat_map(|i| (0..=i).map(move |j| (i, j))) {
                let exact = 0.5 * gram[i * m + j];
                assert!(
                    (found[i * m + j] - exact).abs() < 1e-12 * rows as f64 * (1.0 + exact.abs()),
                    "{n} {w} {i} {j}"
                );
            }
        }
    }
}
