//! The message of a point convolution: `z_q = Σ w_{qplk}(|r|) B_k(Y_l(r/|r|), x_p)` for a point `r` of space and an argument `x`.
//!
//! The harmonics are those of `Rep::harmonics`, each degree multiplied by one number that makes the mean of their squares 1.
//! The weights of all paths are functions of the radius: Gaussians of `|r|` at equal distances up to a largest radius, one
//! hidden layer with swish, a linear layer, and a factor `(1 + cos(π |r| / c)) / 2` that brings them to 0 there. After N. Thomas et
//! al., *Tensor field networks* (2018), as the library e3nn has it.

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::maps::SparseCouplings;
use super::network::Slice;
use super::real::{LANES, Lanes, Real};
use super::solver::Solver;
use super::{NetError, Space};
use crate::float::Random;
use crate::num::Rational;
use crate::reps::{Rep, harmonic_means, harmonic_values};

/// Higher degrees are refused.
const MAX_DEGREE: usize = 12;

/// How the weights depend on the radius.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Radial {
    /// The highest degree of the harmonics.
    pub degree: usize,
    /// Where the weights vanish.
    pub cutoff: f64,
    /// The number of Gaussians.
    pub functions: usize,
    /// The width of the hidden layer.
    pub hidden: usize,
}

/// One block of the argument coupled to harmonics of one degree.
#[derive(Clone, Debug)]
pub struct Path {
    /// The degree of the harmonics.
    pub degree: usize,
    /// The block of the argument, counted in the source.
    pub second: usize,
    /// The block of the value.
    pub to: usize,
    /// The bilinear maps.
    pub basis: Arc<SparseCouplings>,
    /// Where its weights start among those of all paths, in the order (copies of the value, of the argument, maps).
    pub start: usize,
    /// The harmonics are divided by the root of the number of terms that are summed.
    scale: f64,
}

impl Path {
    /// The factor of its terms.
    pub(super) fn scale(&self) -> f64 {
        self.scale
    }
}

/// The layer from a point of space beside an argument.
#[derive(Clone, Debug)]
pub struct Convolution {
    source: Space,
    target: Space,
    radial: Radial,
    paths: Vec<Path>,
    weights: usize,
    /// For each degree the factor of its harmonics: one for all of them, because the basis is orthogonal but not orthonormal.
    factors: Vec<f64>,
}

impl Convolution {
    /// From `point ⊕ argument` to a space; `point` is the defining representation of SO(3) or O(3).
    pub(super) fn new(
        (point, argument): (&Space, &Space),
        target: &Space,
        radial: Radial,
        solver: &mut Solver<'_>,
    ) -> Result<Convolution, NetError> {
        let wrong = |message: String| Err(NetError::Argument(message));
        if radial.degree > MAX_DEGREE {
            return wrong(format!("harmonics of a convolution have a degree of at most {MAX_DEGREE}"));
        }
        if !(radial.cutoff > 0.0 && radial.cutoff.is_finite()) || radial.functions < 2 || radial.hidden == 0 {
            return wrong(
                "a convolution has a positive radius, at least 2 radial functions and 1 hidden unit".to_string(),
            );
        }
        let source = point.beside(argument)?;
        let base = target.base();
        let harmonics: Vec<Rep> =
            (0..=radial.degree).map(|l| Rep::harmonics(base, l, None, solver.limits)).collect::<Result<_, _>>()?;
        let (mut paths, mut weights) = (Vec::new(), 0usize);
        for (to, result) in target.blocks().iter().enumerate() {
            let first = paths.len();
            let mut terms = 0usize;
            for (number, block) in argument.blocks().iter().enumerate() {
                for (degree, harmonic) in harmonics.iter().enumerate() {
                    let basis = solver.all_couplings(harmonic, &block.rep, &result.rep)?;
                    if basis.rank() == 0 {
                        continue;
                    }
                    let own = block.copies * basis.rank();
                    let second = point.blocks().len() + number;
                    paths.push(Path { degree, second, to, basis, start: weights, scale: 1.0 });
                    weights += result.copies * own;
                    terms += own;
                }
            }
            paths[first..].iter_mut().for_each(|path| path.scale = 1.0 / (terms as f64).sqrt());
        }
        let factors = (0..=radial.degree)
            .map(|l| {
                let means = harmonic_means(l);
                let sum: f64 = means.iter().map(Rational::to_f64).sum();
                (means.len() as f64 / sum).sqrt()
            })
            .collect();
        Ok(Convolution { source, target: target.clone(), radial, paths, weights, factors })
    }

    /// The sum of the space of points and that of arguments.
    pub fn source(&self) -> &Space {
        &self.source
    }

    /// The space of its values.
    pub fn target(&self) -> &Space {
        &self.target
    }

    /// How the weights depend on the radius.
    pub fn radial(&self) -> Radial {
        self.radial
    }

    /// The couplings.
    pub fn paths(&self) -> &[Path] {
        &self.paths
    }

    /// For each degree the factor of its harmonics.
    pub(super) fn factors(&self) -> &[f64] {
        &self.factors
    }

    /// The number of weights that are functions of the radius.
    pub fn weights(&self) -> usize {
        self.weights
    }

    /// The sizes of the parts of its parameters: first matrix and bias, second matrix and bias.
    fn parts(&self) -> [(&'static str, Vec<usize>); 4] {
        let Radial { functions, hidden, .. } = self.radial;
        [
            ("radial.0.weight", vec![hidden, functions]),
            ("radial.0.bias", vec![hidden]),
            ("radial.1.weight", vec![self.weights, hidden]),
            ("radial.1.bias", vec![self.weights]),
        ]
    }

    /// The number of parameters.
    pub fn parameters(&self) -> usize {
        let Radial { functions, hidden, .. } = self.radial;
        hidden * (functions + 1) + self.weights * (hidden + 1)
    }

    pub(super) fn slices(&self, name: &str, offset: usize) -> Vec<Slice> {
        let mut start = offset;
        let slice = |(part, shape): (&str, Vec<usize>)| {
            let own = Slice { name: format!("{name}.{part}"), start, shape };
            start = own.range().end;
            own
        };
        self.parts().into_iter().map(slice).collect()
    }

    pub(super) fn description(&self) -> Json {
        let Radial { degree, cutoff, functions, hidden } = self.radial;
        json!({"degree": degree, "cutoff": cutoff, "functions": functions, "hidden": hidden, "weights": self.weights})
    }

    /// Matrices of variance 1 / width, biases of the hidden layer normal: the weights have a size of order 1.
    pub(super) fn initial(&self, random: &mut Random, values: &mut Vec<f64>) {
        let Radial { functions, hidden, .. } = self.radial;
        let mut draw = |count: usize, scale: f64| values.extend((0..count).map(|_| scale * random.normal()));
        draw(hidden * functions, 1.0 / (functions as f64).sqrt());
        draw(hidden, 1.0);
        draw(self.weights * hidden, 1.0 / (hidden as f64).sqrt());
        draw(self.weights, 0.0);
    }

    /// Places of the parts of the room that [`Convolution::apply`] needs: hidden units, weights, harmonics of all degrees.
    pub(super) fn scratch(&self) -> usize {
        self.radial.hidden + self.weights + (self.radial.degree + 1).pow(2)
    }

    /// `z = Σ w B(Y, x)`.
    pub(super) fn apply<T: Real>(&self, c: &[T], x: &[Lanes<T>], y: &mut [Lanes<T>], scratch: &mut [Lanes<T>]) {
        let Radial { functions, hidden, .. } = self.radial;
        let (units, rest) = scratch.split_at_mut(hidden);
        let (weights, rest) = rest.split_at_mut(self.weights);
        let harmonics = &mut rest[..(self.radial.degree + 1).pow(2)];
        let (first, c) = c.split_at(hidden * functions);
        let (first_bias, c) = c.split_at(hidden);
        let (second, second_bias) = c.split_at(self.weights * hidden);
        y.fill([T::ZERO; LANES]);
        for lane in 0..LANES {
            let point = [x[0][lane], x[1][lane], x[2][lane]];
            let radius = point.iter().fold(T::ZERO, |sum, v| sum + *v * *v).sqrt();
            self.angles(point, radius, lane, harmonics);
            for (row, unit) in units.iter_mut().enumerate() {
                let mut sum = first_bias[row];
                for k in 0..functions {
                    sum += first[row * functions + k] * self.gaussian(radius, k);
                }
                unit[lane] = sum * sum.sigmoid();
            }
            let factor = self.window(radius);
            for (row, weight) in weights.iter_mut().enumerate() {
                let mut sum = second_bias[row];
                for (unit, c) in units.iter().zip(&second[row * hidden..]) {
                    sum += *c * unit[lane];
                }
                weight[lane] = factor * sum;
            }
        }
        for path in &self.paths {
            self.couple(path, weights, harmonics, x, y);
        }
    }

    /// `Y_l(r/|r|)` of all degrees; at the origin all but those of degree 0 vanish.
    fn angles<T: Real>(&self, point: [T; 3], radius: T, lane: usize, harmonics: &mut [Lanes<T>]) {
        let zero = radius == T::ZERO;
        let unit = point.map(|v| if zero { T::ZERO } else { v / radius });
        for (l, factor) in self.factors.iter().enumerate() {
            let values = harmonic_values(l, unit, |n, d| T::of(n as f64 / d as f64));
            for (m, value) in values.into_iter().enumerate() {
                harmonics[l * l + m][lane] = T::of(*factor) * value;
            }
        }
    }

    /// `exp(−((|r| − μ_k)/σ)²/2)` with equal distances σ of the centres.
    fn gaussian<T: Real>(&self, radius: T, k: usize) -> T {
        let step = self.radial.cutoff / (self.radial.functions - 1) as f64;
        let away = (radius - T::of(step * k as f64)) / T::of(step);
        (T::of(-0.5) * away * away).exp()
    }

    /// `(1 + cos(π |r| / c)) / 2` up to the cutoff, then 0.
    fn window<T: Real>(&self, radius: T) -> T {
        let cutoff = self.radial.cutoff;
        if radius.to_f64() >= cutoff {
            return T::ZERO;
        }
        T::of(0.5) * (T::ONE + (radius * T::of(std::f64::consts::PI / cutoff)).cos())
    }

    fn couple<T: Real>(
        &self,
        path: &Path,
        weights: &[Lanes<T>],
        harmonics: &[Lanes<T>],
        x: &[Lanes<T>],
        y: &mut [Lanes<T>],
    ) {
        let (argument, target) = (&self.source.blocks()[path.second], &self.target.blocks()[path.to]);
        let harmonics = &harmonics[path.degree * path.degree..];
        let (x, y) = (&x[argument.range()], &mut y[target.range()]);
        let rank = path.basis.rank();
        let scale = T::of(path.scale);
        for (q, y) in y.chunks_exact_mut(target.dim).enumerate() {
            for (p, x) in x.chunks_exact(argument.dim).enumerate() {
                for k in 0..rank {
                    let weight = &weights[path.start + (q * argument.copies + p) * rank + k];
                    for &(i, a, b, value) in path.basis.map(k) {
                        let value = scale * T::of(value);
                        let (left, right, out) = (&harmonics[a as usize], &x[b as usize], &mut y[i as usize]);
                        for (((out, weight), left), right) in out.iter_mut().zip(weight).zip(left).zip(right) {
                            *out += value * *weight * *left * *right;
                        }
                    }
                }
            }
        }
    }
}
