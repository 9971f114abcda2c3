//! The equations of float generators as an operator that is applied leg by leg.

use super::EquivariantError;
use super::exact_null_space::Generator;
use crate::exact::Matrix;
use crate::float::gemm::multiply_transposed;
use crate::limits::{Limits, Stop};

/// One generator: sparse rows of its matrix on each leg, and of the transposes.
struct Action {
    finite: bool,
    legs: Vec<Rows>,
    transposed: Vec<Rows>,
    /// The equations are divided by the size of the generator.
    scale: f64,
    /// What rounding of the entries may leave where the equations cancel, after that division.
    noise: f64,
}

/// For each row the columns and values that are not zero.
type Rows = Vec<Vec<(usize, f64)>>;

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
        generators: &[Generator<Matrix<f64>>],
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
                actions.push(Action {
                    finite,
                    legs: legs.iter().map(rows).collect(),
                    transposed: legs.iter().map(|m| rows(&m.transpose())).collect(),
                    scale: 1.0 / size,
                    noise: rounding(legs, finite) / size,
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
        legs: &[Rows],
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
    fn add_leg(&self, leg: usize, matrix: &Rows, block: &[f64], width: usize, scale: f64, out: &mut [f64]) {
        let length = self.strides[leg] * width;
        let step = length * self.dims[leg];
        if step == 0 {
            return;
        }
        for (from, into) in block.chunks_exact(step).zip(out.chunks_exact_mut(step)) {
            for (row, target) in matrix.iter().zip(into.chunks_exact_mut(length)) {
                for &(j, x) in row {
                    let factor = x * scale;
                    target.iter_mut().zip(&from[j * length..][..length]).for_each(|(t, s)| *t += factor * s);
                }
            }
        }
    }
}

/// How far rounding can carry `Σ_l A_l` or `⊗_l h_l` from its value: some units in the last place of `Σ ‖A_l‖` or, for each
/// leg, of `Π ‖h_l‖`.
fn rounding(legs: &[Matrix<f64>], finite: bool) -> f64 {
    const UNITS: f64 = 8.0;
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

fn rows(m: &Matrix<f64>) -> Rows {
    m.iter_rows().map(|row| row.iter().copied().enumerate().filter(|(_, x)| *x != 0.0).collect()).collect()
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
