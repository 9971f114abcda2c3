//! Where an oracle is asked: points drawn from a law, block by block, or given ones.

use super::error::DiscoverError;
use crate::exact::Matrix;
use crate::float::Random;
use crate::limits::Limits;

/// The stream of random numbers that points come from.
const POINTS: u64 = 0x0070_6f69_6e74;

/// How points are drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// Independent standard normal coordinates.
    Normal,
    /// Uniform on the unit sphere.
    Sphere,
    /// Independent uniform coordinates between these bounds.
    Box(f64, f64),
    /// Independent uniform coordinates, each between bounds of its own: one pair for each coordinate of a vector, or of
    /// all vectors one after the other.
    Boxes(Vec<(f64, f64)>),
}

/// Points: of a law, or given as rows.
#[derive(Clone, Debug)]
pub enum Points {
    /// So many points of a law.
    Drawn(usize, Law),
    /// These rows.
    Given(Matrix<f64>),
}

impl Points {
    /// Number of points.
    pub fn count(&self) -> usize {
        match self {
            Points::Drawn(count, _) => *count,
            Points::Given(rows) => rows.rows(),
        }
    }

    /// The points from the first one, in blocks.
    pub(super) fn stream(&self, dimension: usize, copies: usize, seed: u64) -> Stream<'_> {
        Stream { points: self, dimension, copies, seed, at: 0, random: Random::new(seed, POINTS) }
    }
}

/// Points one block after the other; every stream over the same points gives the same numbers.
pub(super) struct Stream<'a> {
    points: &'a Points,
    dimension: usize,
    copies: usize,
    seed: u64,
    at: usize,
    random: Random,
}

impl Stream<'_> {
    /// Goes back to the first point.
    pub(super) fn restart(&mut self) {
        (self.at, self.random) = (0, Random::new(self.seed, POINTS));
    }

    /// Puts at most `most` further points into `block`, and returns their number.
    pub(super) fn next(&mut self, most: usize, block: &mut Vec<f64>) -> usize {
        let count = most.min(self.points.count() - self.at);
        let width = self.dimension * self.copies;
        match self.points {
            Points::Drawn(_, law) => {
                block.resize(count * width, 0.0);
                for point in block.chunks_exact_mut(width.max(1)) {
                    for (c, vector) in point.chunks_exact_mut(self.dimension.max(1)).enumerate() {
                        draw(law, &mut self.random, c * self.dimension, vector);
                    }
                }
            }
            Points::Given(rows) => {
                block.clear();
                block.extend_from_slice(&rows.entries()[self.at * width..(self.at + count) * width]);
            }
        }
        self.at += count;
        count
    }
}

/// Fills a vector whose coordinates are those of a point from number `first` on.
fn draw(law: &Law, random: &mut Random, first: usize, vector: &mut [f64]) {
    match law {
        Law::Normal => vector.iter_mut().for_each(|x| *x = random.normal()),
        Law::Box(low, high) => vector.iter_mut().for_each(|x| *x = low + (high - low) * random.unit()),
        Law::Boxes(bounds) => {
            for (x, (low, high)) in vector.iter_mut().zip(bounds.iter().cycle().skip(first % bounds.len().max(1))) {
                *x = low + (high - low) * random.unit();
            }
        }
        Law::Sphere => {
            vector.iter_mut().for_each(|x| *x = random.normal());
            let length = vector.iter().map(|x| x * x).sum::<f64>().sqrt();
            if length > 0.0 {
                vector.iter_mut().for_each(|x| *x /= length);
            }
        }
    }
}

/// `count` points of dimension `dimension` as the rows of a matrix, the same for the same seed.
pub fn sample(count: usize, dimension: usize, law: Law, limits: &Limits) -> Result<Matrix<f64>, DiscoverError> {
    limits.reserve(count as u128 * dimension as u128 * 16)?;
    let points = Points::Drawn(count, law);
    let mut stream = points.stream(dimension, 1, limits.seed());
    let (mut all, mut block) = (Vec::with_capacity(count * dimension), Vec::new());
    while stream.next(4096, &mut block) > 0 {
        limits.check()?;
        all.extend_from_slice(&block);
    }
    Ok(Matrix::from_fn(count, dimension, |i, j| all[i * dimension + j]))
}
