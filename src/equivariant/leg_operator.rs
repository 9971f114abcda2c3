//! The equations of float generators as an operator that is applied leg by leg.

use super::EquivariantError;
use crate::exact::Matrix;
use crate::float::gemm::{multiply_strided, multiply_transposed};
use crate::limits::{Limits, Stop};

/// A generator of a group by its action on each leg of a tensor product.
#[derive(Clone, Debug)]
pub enum Generator {
    /// An element of the Lie algebra: `v` is invariant when `Σ_l A_l v = 0`, `A_l` acting on leg `l`.
    Infinitesimal(Vec<Matrix<f64>>),
    /// An element of the group: `v` is invariant when `(⊗_l h_l) v = v`.
    Finite(Vec<Matrix<f64>>),
}

impl Generator {
    /// Its matrices, leg by leg.
    pub(super) fn legs(&self) -> &[Matrix<f64>] {
        match self {
            Generator::Infinitesimal(legs) | Generator::Finite(legs) => legs,
        }
    }
}

/// The shape of a tensor with these dimensions whose first `split` legs are the rows, and the strides of its legs.
pub(super) fn layout(dims: &[usize], split: usize) -> Result<((usize, usize), Vec<usize>), EquivariantError> {
    if split > dims.len() {
        return Err(EquivariantError::Argument("more legs for the rows than there are legs".into()));
    }
    let size = |dims: &[usize]| dims.iter().try_fold(1usize, |product, &d| product.checked_mul(d));
    let fits = size(dims).is_some_and(|n| n < u32::MAX as usize);
    let (Some(rows), Some(cols), true) = (size(&dims[..split]), size(&dims[split..]), fits) else {
        return Err(EquivariantError::TooLarge("a tensor product given by matrices".into()));
    };
    let strides = (0..dims.len()).map(|l| dims[l + 1..].iter().product()).collect();
    Ok(((rows, cols), strides))
}

/// One generator: sparse rows of its matrix on each leg, and of the transposes.
struct Action {
    finite: bool,
    legs: Vec<Leg>,
    transposed: Vec<Leg>,
    /// The equations are divided by the size of the generator.
    scale: f64,
    /// Or each by its own size, for an element of the group whose rows have very different sizes.
    weights: Option<Vec<f64>>,
    /// What rounding of the entries may leave where the equations cancel, after that division.
    noise: f64,
}

impl Action {
    /// Divides each equation by its size.
    fn weigh(&self, width: usize, image: &mut [f64]) {
        let Some(weights) = &self.weights else { return };
        for (row, weight) in image.chunks_exact_mut(width.max(1)).zip(weights) {
            row.iter_mut().for_each(|x| *x *= weight);
        }
    }
}

/// A matrix on one leg.
enum Leg {
    /// For each row the columns and values that are not zero.
    Sparse(Vec<Vec<(usize, f64)>>),
    /// All entries, where most are not zero.
    Dense(Matrix<f64>),
}

/// The stacked equations `C` of all generators on a tensor product: `Σ_l A_l` or `⊗_l h_l − 1`, each divided by its size.
/// Blocks of vectors are stored with the entries of all vectors at one place together.
pub(super) struct LegOperator {
    dims: Vec<usize>,
    strides: Vec<usize>,
    size: usize,
    actions: Vec<Action>,
}

impl LegOperator {
    pub(super) fn new(
        dims: &[usize],
        strides: Vec<usize>,
        generators: &[Generator],
    ) -> Result<LegOperator, EquivariantError> {
        let mut actions = Vec::new();
        for generator in generators {
            let legs = generator.legs();
            let fits = legs.len() == dims.len()
                && legs.iter().zip(dims).all(|(m, &d)| m.rows() == d && m.cols() == d)
                && legs.iter().all(|m| m.entries().iter().all(|x| x.is_finite()));
            if !fits {
                return Err(EquivariantError::Argument(
                    "every generator needs a square matrix of finite numbers for each leg".into(),
                ));
            }
            let finite = matches!(generator, Generator::Finite(_));
            let size = legs.iter().map(|m| distance(m, finite)).fold(0.0, f64::max);
            // A generator that does nothing says nothing.
            if size > 0.0 {
                let weights = if finite { row_weights(legs) } else { None };
                let (scale, noise) = match &weights {
                    // By Cauchy and Schwarz each equation is then off by units in the last place.
                    Some(_) => (1.0, UNITS * f64::EPSILON * legs.len() as f64),
                    None => (1.0 / size, rounding(legs, finite) / size),
                };
                actions.push(Action {
                    finite,
                    legs: legs.iter().map(leg).collect(),
                    transposed: legs.iter().map(|m| leg(&m.transpose())).collect(),
                    scale,
                    weights,
                    noise,
                });
            }
        }
        Ok(LegOperator { dims: dims.to_vec(), strides, size: dims.iter().product(), actions })
    }

    /// The number of unknowns.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Singular values up to this size cannot be told from zero.
    pub(super) fn noise(&self) -> f64 {
        self.actions.iter().map(|action| action.noise.powi(2)).sum::<f64>().sqrt()
    }

    /// `out := CᵀC block` for a block of `width` vectors.
    pub(super) fn normal(&self, block: &[f64], width: usize, out: &mut [f64], limits: &Limits) -> Result<(), Stop> {
        out.fill(0.0);
        let (mut image, mut back) = (vec![0.0; block.len()], Vec::new());
        for action in &self.actions {
            self.equations(action, &action.legs, block, width, &mut image, limits)?;
            // Once for each of C and its transpose.
            action.weigh(width, &mut image);
            action.weigh(width, &mut image);
            if action.finite {
                back.resize(block.len(), 0.0);
                self.equations(action, &action.transposed, &image, width, &mut back, limits)?;
                out.iter_mut().zip(&back).for_each(|(o, x)| *o += x);
            } else {
                for (l, matrix) in action.transposed.iter().enumerate() {
                    self.add_leg(l, matrix, &image, width, action.scale, out);
                }
            }
        }
        Ok(())
    }

    /// `(C block)ᵀ (C block)`.
    pub(super) fn gram(&self, block: &[f64], width: usize, limits: &Limits) -> Result<Matrix<f64>, Stop> {
        let mut sum = Matrix::filled(width, width, 0.0);
        let mut image = vec![0.0; block.len()];
        let mut part = vec![0.0; width * width];
        for action in &self.actions {
            self.equations(action, &action.legs, block, width, &mut image, limits)?;
            action.weigh(width, &mut image);
            multiply_transposed((width, self.size, width), (&image, width), (&image, width), &mut part);
            for i in 0..width {
                sum.row_mut(i).iter_mut().zip(&part[i * width..]).for_each(|(s, x)| *s += x);
            }
        }
        Ok(sum)
    }

    /// The largest `|C v|` of the vectors of a block.
    pub(super) fn residual(&self, block: &[f64], width: usize, limits: &Limits) -> Result<f64, Stop> {
        let mut image = vec![0.0; block.len()];
        let mut sums = vec![0.0; width];
        for action in &self.actions {
            self.equations(action, &action.legs, block, width, &mut image, limits)?;
            action.weigh(width, &mut image);
            for row in image.chunks(width.max(1)) {
                sums.iter_mut().zip(row).for_each(|(s, x)| *s += x * x);
            }
        }
        Ok(sums.iter().fold(0.0f64, |most, s| most.max(s.sqrt())))
    }

    /// The equations of one generator, or with transposed matrices their transpose.
    fn equations(
        &self,
        action: &Action,
        legs: &[Leg],
        block: &[f64],
        width: usize,
        out: &mut [f64],
        limits: &Limits,
    ) -> Result<(), Stop> {
        if action.finite {
            let mut now = block.to_vec();
            for (l, matrix) in legs.iter().enumerate() {
                limits.check()?;
                out.fill(0.0);
                self.add_leg(l, matrix, &now, width, 1.0, out);
                now.copy_from_slice(out);
            }
            out.iter_mut().zip(&now).zip(block).for_each(|((o, y), x)| *o = (y - x) * action.scale);
            return Ok(());
        }
        out.fill(0.0);
        for (l, matrix) in legs.iter().enumerate() {
            limits.check()?;
            self.add_leg(l, matrix, block, width, action.scale, out);
        }
        Ok(())
    }

    /// `out += scale · (1 ⊗ matrix ⊗ 1) block`.
    fn add_leg(&self, leg: usize, matrix: &Leg, block: &[f64], width: usize, scale: f64, out: &mut [f64]) {
        let length = self.strides[leg] * width;
        let step = length * self.dims[leg];
        if step == 0 {
            return;
        }
        let parts = block.chunks_exact(step).zip(out.chunks_exact_mut(step));
        match matrix {
            Leg::Dense(m) => {
                let n = self.dims[leg];
                parts.for_each(|(from, into)| {
                    multiply_strided((n, n, length), scale, m.entries(), from, (into, length), true);
                });
            }
            Leg::Sparse(rows) => {
                for (from, into) in parts {
                    for (row, target) in rows.iter().zip(into.chunks_exact_mut(length)) {
                        for &(j, x) in row {
                            let factor = x * scale;
                            target.iter_mut().zip(&from[j * length..][..length]).for_each(|(t, s)| *t += factor * s);
                        }
                    }
                }
            }
        }
    }
}

/// Units in the last place that a sum of products may be off.
const UNITS: f64 = 8.0;

/// `1 / (Π_l |row of h_l| + 1)` for each equation; `None` when all rows have norms near 1, or the tensor is empty.
fn row_weights(legs: &[Matrix<f64>]) -> Option<Vec<f64>> {
    let norms = |m: &Matrix<f64>| m.iter_rows().map(|row| row.iter().map(|x| x * x).sum::<f64>().sqrt()).collect();
    let all: Vec<Vec<f64>> = legs.iter().map(norms).collect();
    if all.iter().flatten().all(|norm| (0.5..=2.0).contains(norm)) {
        return None;
    }
    let mut products = vec![1.0];
    for norms in &all {
        products = products.iter().flat_map(|p| norms.iter().map(move |n| p * n)).collect();
    }
    Some(products.into_iter().map(|p: f64| 1.0 / (p + 1.0)).collect())
}

/// How far rounding can carry `Σ_l A_l` or `⊗_l h_l` from its value: some units in the last place of `Σ ‖A_l‖` or, for each
/// leg, of `Π ‖h_l‖`.
fn rounding(legs: &[Matrix<f64>], finite: bool) -> f64 {
    let norms = legs.iter().map(norm_bound);
    let size = if finite { legs.len() as f64 * norms.product::<f64>() } else { norms.sum() };
    UNITS * f64::EPSILON * size
}

/// `√(‖m‖₁ ‖m‖_∞)`, which bounds the spectral norm.
fn norm_bound(m: &Matrix<f64>) -> f64 {
    let row = m.iter_rows().map(|row| row.iter().map(|x| x.abs()).sum::<f64>()).fold(0.0, f64::max);
    let column = (0..m.cols()).map(|j| (0..m.rows()).map(|i| m[(i, j)].abs()).sum::<f64>()).fold(0.0, f64::max);
    row.sqrt() * column.sqrt()
}

fn leg(m: &Matrix<f64>) -> Leg {
    let filled = m.entries().iter().filter(|x| **x != 0.0).count();
    if m.rows() > 3 && 2 * filled > m.entries().len() {
        return Leg::Dense(m.clone());
    }
    let row = |row: &[f64]| row.iter().copied().enumerate().filter(|(_, x)| *x != 0.0).collect();
    Leg::Sparse(m.iter_rows().map(row).collect())
}

/// The Frobenius norm of the matrix, or of its difference from the identity.
fn distance(m: &Matrix<f64>, from_identity: bool) -> f64 {
    let shift = |i: usize, j: usize| f64::from(u8::from(from_identity && i == j));
    let largest = m.entries().iter().fold(0.0f64, |most, x| most.max(x.abs())).max(f64::MIN_POSITIVE);
    let sum: f64 = m
        .iter_rows()
        .enumerate()
        .flat_map(|(i, row)| row.iter().enumerate().map(move |(j, x)| (x - shift(i, j)) / largest))
        .map(|x| x * x)
        .sum();
    sum.sqrt() * largest
}
