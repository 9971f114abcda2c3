//! Random group elements, as words that act in every representation: exponentials of the algebra and discrete generators.

use num_traits::ToPrimitive;

use super::{Block, NetError, Space};
use crate::exact::{Matrix, SparseMatrix};
use crate::float::Random;
use crate::float::dense;
use crate::limits::Limits;
use crate::reps::{Base, FloatGenerators, Rep};

/// Streams of other rooms have smaller numbers.
const STREAM: u64 = (1 << 42) + (1 << 33);
/// The discrete generators in a word of a group without algebra, and of one with.
const LENGTHS: [usize; 2] = [24, 6];
/// The terms of a Taylor series at norm 1: the next one is below 2⁻⁸⁰.
const TERMS: usize = 24;

/// `exp(Σ t_i e_i)`, or a discrete generator.
#[derive(Clone, Debug)]
enum Step {
    Exponential(Vec<f64>),
    Discrete(usize),
}

/// A group element: the product of its steps.
#[derive(Clone, Debug)]
pub(super) struct Word(Vec<Step>);

/// So many random elements: an exponential with `|Σ t_i e_i| = 1` in the norm of row sums on V, a random word of discrete
/// generators, and another exponential.
pub(super) fn words(base: &Base, count: usize, limits: &Limits) -> Result<Vec<Word>, NetError> {
    let reference = if base.vector_dim().is_some() { Rep::vector(base)? } else { Rep::adjoint(base) };
    let reference = Space::of_rep(&reference, limits);
    let acting = match &reference {
        Ok(space) => Acting::on(&space.blocks()[0], limits)?,
        // A group of 0×0 matrices.
        Err(_) => Acting::Sparse { algebra: Vec::new(), discrete: Vec::new() },
    };
    let (algebra, discrete) = match (&acting, base.floats()) {
        (_, Some(floats)) => (floats.algebra.len(), floats.discrete.len()),
        (Acting::Dense(own), _) => (own.algebra.len(), own.discrete.len()),
        _ => (base.algebra().dim(), base.discrete_count()),
    };
    let mut out = Vec::with_capacity(count);
    for index in 0..count {
        limits.check()?;
        let mut random = Random::new(limits.seed(), STREAM + index as u64);
        let mut exponential = || {
            let mut t: Vec<f64> = (0..algebra).map(|_| random.normal()).collect();
            let norm = acting.norm(&t);
            if norm > 0.0 {
                t.iter_mut().for_each(|t| *t /= norm);
            }
            Step::Exponential(t)
        };
        let mut steps = Vec::new();
        if algebra > 0 {
            steps = vec![exponential(), exponential()];
        }
        if discrete > 0 {
            let length = LENGTHS[usize::from(algebra > 0)];
            let word: Vec<Step> = (0..length).map(|_| Step::Discrete(random.below(discrete))).collect();
            steps.splice(steps.len() / 2..steps.len() / 2, word);
        }
        out.push(Word(steps));
    }
    Ok(out)
}

/// Rows, columns and entries.
type Triples = Vec<(usize, usize, f64)>;

/// How the generators act on one copy of a block.
enum Acting {
    Sparse {
        algebra: Vec<Triples>,
        discrete: Vec<Triples>,
    },
    /// On each leg by a float matrix, or by that of the dual where `true`.
    Legs(Vec<bool>),
    /// By dense matrices.
    Dense(FloatGenerators),
}

impl Acting {
    fn on(block: &Block, limits: &Limits) -> Result<Acting, NetError> {
        if let (Some(_), Some(legs)) = (block.rep.base().floats(), block.rep.legs()) {
            return Ok(Acting::Legs(legs.rows.into_iter().chain(legs.cols.into_iter().map(|dual| !dual)).collect()));
        }
        if let Some(own) = block.rep.float_generators(limits)? {
            return Ok(Acting::Dense(own));
        }
        let triples = |m: &SparseMatrix| m.triples().map(|(i, j, v)| (i, j, v.to_f64())).collect();
        let algebra = block.rep.matrices(limits)?.iter().map(triples).collect();
        Ok(Acting::Sparse { algebra, discrete: block.rep.discrete_matrices(limits)?.iter().map(triples).collect() })
    }

    /// The largest sum of absolute values in a row of `Σ t_i e_i`, bounded from above.
    fn norm(&self, t: &[f64]) -> f64 {
        match self {
            Acting::Sparse { algebra, .. } => row_norm(&combination(algebra, t)),
            Acting::Legs(_) => t.iter().map(|t| t.abs()).sum(),
            Acting::Dense(own) => {
                let rows = |m: &Matrix<f64>| m.iter_rows().map(|r| r.iter().map(|x| x.abs()).sum()).fold(0.0, f64::max);
                own.algebra.iter().zip(t).map(|(m, t)| t.abs() * rows(m)).sum()
            }
        }
    }
}

fn combination(matrices: &[Triples], t: &[f64]) -> Triples {
    matrices.iter().zip(t).flat_map(|(m, t)| m.iter().map(move |(i, j, v)| (*i, *j, t * v))).collect()
}

fn row_norm(m: &[(usize, usize, f64)]) -> f64 {
    let rows = m.iter().map(|e| e.0 + 1).max().unwrap_or(0);
    let mut sums = vec![0.0; rows];
    m.iter().for_each(|(i, _, v)| sums[*i] += v.abs());
    sums.into_iter().fold(0.0, f64::max)
}

/// The action of words on vectors of a space.
pub(super) struct Action {
    space: Space,
    blocks: Vec<Acting>,
}

impl Action {
    /// Explicit sparse matrices of all generators on each block.
    pub fn new(space: &Space, limits: &Limits) -> Result<Action, NetError> {
        let blocks = space.blocks().iter().map(|block| Acting::on(block, limits)).collect::<Result<_, _>>()?;
        Ok(Action { space: space.clone(), blocks })
    }

    /// `ρ(g) x` for samples one after another.
    pub fn apply(&self, word: &Word, x: &[f64], limits: &Limits) -> Result<Vec<f64>, NetError> {
        let mut out = x.to_vec();
        for (block, acting) in self.space.blocks().iter().zip(&self.blocks) {
            for step in word.0.iter().rev() {
                limits.check()?;
                let ready = Ready::new(step, acting, block)?;
                for sample in out.chunks_exact_mut(self.space.dim()) {
                    for copy in sample[block.range()].chunks_exact_mut(block.dim) {
                        ready.apply(copy);
                    }
                }
            }
        }
        Ok(out)
    }
}

/// A step on a block, ready to be applied to many vectors.
enum Ready<'a> {
    /// `exp` of a matrix, in so many equal pieces.
    Exponential(Triples, usize),
    Matrix(&'a Triples),
    /// On leg after leg, row by row.
    Legs(Vec<Matrix<f64>>),
}

impl<'a> Ready<'a> {
    fn new(step: &Step, acting: &'a Acting, block: &Block) -> Result<Ready<'a>, NetError> {
        let lost = || NetError::Argument(format!("this generator of {} has no finite matrix", block.rep.base().name()));
        Ok(match (acting, step) {
            (Acting::Sparse { algebra, .. }, Step::Exponential(t)) => {
                let matrix = combination(algebra, t);
                let pieces = row_norm(&matrix).ceil().to_usize().ok_or_else(lost)?.max(1);
                Ready::Exponential(matrix, pieces)
            }
            (Acting::Sparse { discrete, .. }, Step::Discrete(k)) => Ready::Matrix(discrete.get(*k).ok_or_else(lost)?),
            (Acting::Dense(own), Step::Exponential(t)) => {
                let n = block.dim;
                let entry = |i, j| own.algebra.iter().zip(t).map(|(m, t)| t * m[(i, j)]).sum();
                Ready::Legs(vec![dense::exponential(&Matrix::from_fn(n, n, entry)).map_err(|_| lost())?])
            }
            (Acting::Dense(own), Step::Discrete(k)) => {
                Ready::Legs(vec![own.discrete.get(*k).ok_or_else(lost)?.clone()])
            }
            (Acting::Legs(legs), step) => {
                let floats = block.rep.base().floats().ok_or_else(lost)?;
                let (plain, inverse) = match step {
                    Step::Exponential(t) => {
                        let n = block.rep.base().vector_dim().unwrap_or(0);
                        let sum = |sign: f64| {
                            let entry = |i, j| floats.algebra.iter().zip(t).map(|(m, t)| sign * t * m[(i, j)]).sum();
                            dense::exponential(&Matrix::from_fn(n, n, entry)).map_err(|_| lost())
                        };
                        (sum(1.0)?, sum(-1.0)?)
                    }
                    Step::Discrete(k) => {
                        let pair = floats.discrete.get(*k).zip(floats.inverses.get(*k)).ok_or_else(lost)?;
                        (pair.0.clone(), pair.1.clone())
                    }
                };
                let leg = |dual: &bool| if *dual { inverse.transpose() } else { plain.clone() };
                Ready::Legs(legs.iter().map(leg).collect())
            }
        })
    }

    fn apply(&self, x: &mut [f64]) {
        let times = |m: &Triples, x: &[f64]| {
            let mut out = vec![0.0; x.len()];
            m.iter().for_each(|(i, j, v)| out[*i] += v * x[*j]);
            out
        };
        match self {
            Ready::Matrix(m) => x.copy_from_slice(&times(m, x)),
            Ready::Exponential(m, pieces) => {
                for _ in 0..*pieces {
                    let mut term = x.to_vec();
                    for k in 1..=TERMS {
                        term = times(m, &term);
                        let factor = 1.0 / (k * pieces) as f64;
                        term.iter_mut().for_each(|t| *t *= factor);
                        x.iter_mut().zip(&term).for_each(|(x, t)| *x += t);
                    }
                }
            }
            Ready::Legs(legs) => {
                let mut stride = x.len();
                for m in legs {
                    let n = m.rows();
                    stride /= n;
                    let before = x.to_vec();
                    for (place, slot) in x.iter_mut().enumerate() {
                        let i = place / stride % n;
                        let start = place - i * stride;
                        *slot = (0..n).map(|j| m[(i, j)] * before[start + j * stride]).sum();
                    }
                }
            }
        }
    }
}
