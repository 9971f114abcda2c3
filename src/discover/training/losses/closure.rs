//! Closure under brackets with learnt structure constants, and the vanishing of brackets between blocks.

use crate::float::gemm::{multiply, multiply_strided, multiply_transposed};
use crate::limits::{Limits, Stop};

/// Room for the brackets of `k` generators of size `n`. All products are those of a few large matrices.
pub(super) struct Closure {
    n: usize,
    k: usize,
    squared: bool,
    /// Whether the generators of a pair `α < β` are in one block.
    inside: Vec<bool>,
    /// Whether a structure constant is free: pair by generator.
    free: Vec<bool>,
    /// `[W_1 | W_2 | …]`, `n × kn`.
    beside: Vec<f64>,
    /// `W_1ᵀ, W_2ᵀ, …` below each other, `kn × n`; and the entries by generators, `n² × k`.
    below: Vec<f64>,
    by_entry: Vec<f64>,
    /// `W_α W_β` in blocks, later the weighted defects, `kn × kn`.
    blocks: Vec<f64>,
    /// `C_αβ` for each pair, `n²` numbers; and what the structure constants add to the gradient.
    defects: Vec<f64>,
    part: Vec<f64>,
}

impl Closure {
    pub fn new(n: usize, blocks: &[usize], squared: bool, limits: &Limits) -> Result<Closure, Stop> {
        let k = blocks.len();
        let (wide, pairs) = (k as u128 * n as u128, k as u128 * (k as u128 - 1) / 2);
        limits.reserve(8 * (wide * wide + pairs * (n * n) as u128 + 4 * wide * n as u128 + pairs * k as u128))?;
        let pairs: Vec<(usize, usize)> = (0..k).flat_map(|a| (a + 1..k).map(move |b| (a, b))).collect();
        let inside: Vec<bool> = pairs.iter().map(|(a, b)| blocks[*a] == blocks[*b]).collect();
        let free = pairs.iter().zip(&inside).flat_map(|((a, _), inside)| {
            let block = blocks[*a];
            blocks.iter().map(move |b| *inside && *b == block)
        });
        Ok(Closure {
            n,
            k,
            squared,
            free: free.collect(),
            beside: vec![0.0; k * n * n],
            below: vec![0.0; k * n * n],
            by_entry: vec![0.0; k * n * n],
            blocks: vec![0.0; k * n * k * n],
            defects: vec![0.0; pairs.len() * n * n],
            part: vec![0.0; k * n * n],
            inside,
        })
    }

    /// The number of structure constants.
    pub fn constants(&self) -> usize {
        self.free.len()
    }

    /// Zero where the blocks leave no freedom.
    pub fn mask(&self, constants: &mut [f64]) {
        constants.iter_mut().zip(&self.free).filter(|(_, free)| !**free).for_each(|(a, _)| *a = 0.0);
    }

    /// The terms of closure and of splitting; adds the gradient of the weighted sum to `slopes` and sets that for the
    /// structure constants.
    pub fn evaluate(
        &mut self,
        matrices: &[f64],
        constants: &[f64],
        weights: [f64; 2],
        slopes: &mut [f64],
        slope_constants: &mut [f64],
    ) -> [f64; 2] {
        let (n, k) = (self.n, self.k);
        let (square, wide) = (n * n, k * n);
        let pairs = self.inside.len();
        for (b, w) in matrices.chunks_exact(square).enumerate() {
            for i in 0..n {
                for j in 0..n {
                    let x = w[i * n + j];
                    self.beside[i * wide + b * n + j] = x;
                    self.below[b * square + j * n + i] = x;
                    self.by_entry[(i * n + j) * k + b] = x;
                }
            }
        }
        multiply((wide, n, wide), matrices, &self.beside, &mut self.blocks, false);
        let mut rows = self.defects.chunks_exact_mut(square);
        for a in 0..k {
            for b in a + 1..k {
                for (i, row) in rows.next().into_iter().flat_map(|d| d.chunks_exact_mut(n)).enumerate() {
                    let ab = &self.blocks[(a * n + i) * wide + b * n..][..n];
                    let ba = &self.blocks[(b * n + i) * wide + a * n..][..n];
                    row.iter_mut().zip(ab.iter().zip(ba)).for_each(|(d, (x, y))| *d = x - y);
                }
            }
        }
        multiply_strided((pairs, k, square), -1.0, constants, matrices, (&mut self.defects, square), true);

        let mut terms = [0.0; 2];
        for (defect, inside) in self.defects.chunks_exact_mut(square).zip(&self.inside) {
            let size: f64 = defect.iter().map(|x| x * x).sum();
            let (term, value, factor) = match (inside, self.squared) {
                (true, true) => (0, size * size, 4.0 * size),
                (true, false) => (0, size, 2.0),
                (false, _) => (1, size, 2.0),
            };
            terms[term] += value;
            defect.iter_mut().for_each(|x| *x *= factor * weights[term]);
        }

        // With D the defects times their factors: ∂/∂a = -⟨D, W⟩, and through the combination -aᵀ D.
        multiply((pairs, square, k), &self.defects, &self.by_entry, slope_constants, false);
        slope_constants.iter_mut().zip(&self.free).for_each(|(s, free)| *s = if *free { -*s } else { 0.0 });
        multiply_transposed((k, pairs, square), (constants, k), (&self.defects, square), &mut self.part);
        slopes.iter_mut().zip(&self.part).for_each(|(s, p)| *s -= p);

        // Through the bracket: Σ_β D_αβ W_βᵀ - W_βᵀ D_αβ with D_βα = -D_αβ.
        self.blocks.fill(0.0);
        let mut rows = self.defects.chunks_exact(square);
        for a in 0..k {
            for b in a + 1..k {
                for (i, row) in rows.next().into_iter().flat_map(|d| d.chunks_exact(n)).enumerate() {
                    self.blocks[(a * n + i) * wide + b * n..][..n].copy_from_slice(row);
                    let other = &mut self.blocks[(b * n + i) * wide + a * n..][..n];
                    other.iter_mut().zip(row).for_each(|(x, d)| *x = -d);
                }
            }
        }
        multiply((wide, wide, n), &self.blocks, &self.below, slopes, true);
        multiply_transposed((n, wide, wide), (matrices, n), (&self.blocks, wide), &mut self.part);
        for (a, slope) in slopes.chunks_exact_mut(square).enumerate() {
            for (i, row) in slope.chunks_exact_mut(n).enumerate() {
                let part = &self.part[i * wide + a * n..][..n];
                row.iter_mut().zip(part).for_each(|(s, p)| *s += p);
            }
        }
        terms
    }
}
