//! A convolution as operators on dense tensors: harmonics as polynomials of the unit vector, radial weights, couplings.

use std::collections::BTreeMap;
use std::ops::{Add, Mul, Sub};

use super::onnx::{gather, reshape};
use super::{Convolution, NetError};
use crate::data::onnx::{Attribute, Graph};
use crate::limits::Limits;
use crate::reps::{float_part, harmonic_values};

/// Shorter vectors are divided by this length instead of their own: harmonics vanish at the origin, but those of degree 0.
const LEAST: f64 = 1e-18;

/// A polynomial in x, y, z by the exponents of its monomials.
#[derive(Clone, Debug, Default)]
struct Polynomial(BTreeMap<[usize; 3], f64>);

impl Polynomial {
    fn combined(mut self, other: &Polynomial, sign: f64) -> Polynomial {
        other.0.iter().for_each(|(exponents, c)| *self.0.entry(*exponents).or_default() += sign * c);
        self
    }
}

impl Add for Polynomial {
    type Output = Polynomial;
    fn add(self, other: Polynomial) -> Polynomial {
        self.combined(&other, 1.0)
    }
}

impl Sub for Polynomial {
    type Output = Polynomial;
    fn sub(self, other: Polynomial) -> Polynomial {
        self.combined(&other, -1.0)
    }
}

impl Mul for Polynomial {
    type Output = Polynomial;
    fn mul(self, other: Polynomial) -> Polynomial {
        let mut out = Polynomial::default();
        for (a, c) in &self.0 {
            for (b, d) in &other.0 {
                *out.0.entry([a[0] + b[0], a[1] + b[1], a[2] + b[2]]).or_default() += c * d;
            }
        }
        out
    }
}

/// The harmonics of degree `l` as polynomials in the coordinates.
fn harmonics(l: usize) -> Vec<Polynomial> {
    let variable = |k: usize| {
        let mut exponents = [0; 3];
        exponents[k] = 1;
        Polynomial(BTreeMap::from([(exponents, 1.0)]))
    };
    let constant = |n: usize, d: usize| Polynomial(BTreeMap::from([([0; 3], float_part(n, d))]));
    harmonic_values(l, [0, 1, 2].map(variable), constant)
}

/// The monomials of degree `l`, each with its place among those of degree `l − 1` and the coordinate it is multiplied by.
fn monomials(l: usize) -> Vec<([usize; 3], usize, usize)> {
    let all = |l: usize| -> Vec<[usize; 3]> {
        (0..=l).rev().flat_map(|a| (0..=l - a).rev().map(move |b| [a, b, l - a - b])).collect()
    };
    let below = if l > 0 { all(l - 1) } else { Vec::new() };
    let place = |exponents: [usize; 3]| {
        let coordinate = (0..3).find(|k| exponents[*k] > 0).unwrap_or(0);
        let mut rest = exponents;
        rest[coordinate] = rest[coordinate].saturating_sub(1);
        (exponents, below.iter().position(|m| *m == rest).unwrap_or(0), coordinate)
    };
    all(l).into_iter().map(place).collect()
}

/// `z = Σ w(|r|) B(Y(r/|r|), x)`.
pub(super) fn write_convolution(
    graph: &mut Graph,
    (x, name): (&str, &str),
    layer: &Convolution,
    c: &[f64],
    limits: &Limits,
) -> Result<String, NetError> {
    let own = |word: &str| format!("{name}.{word}");
    let point = gather(graph, x, &own("point"), 0..3);
    let squares = graph.node("Mul", &[&point, &point], &own("squares"), &[]);
    let ones = graph.floats(&own("ones"), &[3, 1], &[1.0; 3], limits)?;
    let square = graph.node("MatMul", &[&squares, &ones], &own("square"), &[]);
    let radius = graph.node("Sqrt", &[&square], &own("radius"), &[]);
    let least = graph.floats(&own("least"), &[1, 1], &[LEAST], limits)?;
    let length = graph.node("Max", &[&radius, &least], &own("length"), &[]);
    let unit = graph.node("Div", &[&point, &length], &own("unit"), &[]);
    let harmonics = write_harmonics(graph, (&unit, name), layer, limits)?;
    let weights = write_weights(graph, (&radius, name), layer, c, limits)?;
    let mut values = Vec::new();
    for (to, target) in layer.target().blocks().iter().enumerate() {
        let size = target.copies * target.dim;
        // Zeros for every sample, where no path leads to a block.
        let zeros = graph.floats(&own(&format!("zeros.{to}")), &[1, size], &vec![0.0; size], limits)?;
        let mut sum = graph.node("MatMul", &[&radius, &zeros], &own(&format!("start.{to}")), &[]);
        for (number, path) in layer.paths().iter().enumerate().filter(|(_, path)| path.to == to) {
            limits.check()?;
            let argument = &layer.source().blocks()[path.second];
            let (p, k, d) = (argument.copies, path.basis.rank(), target.dim);
            let (a, b) = (2 * path.degree + 1, argument.dim);
            let own = |word: &str| format!("{name}.path{number}.{word}");
            let left = reshape(graph, &harmonics[path.degree], &own("left"), &[1, a, 1]);
            let right = gather(graph, x, &own("argument"), argument.range());
            let right = reshape(graph, &right, &own("right"), &[p, 1, b]);
            let outer = graph.node("Mul", &[&left, &right], &own("outer"), &[]);
            let outer = reshape(graph, &outer, &own("pairs"), &[p, a * b]);
            // (a, b) → (k, d).
            let mut maps = vec![0.0; a * b * k * d];
            for (at, entries) in (0..k).map(|at| (at, path.basis.map(at))) {
                for (i, u, v, value) in entries {
                    maps[(*u as usize * b + *v as usize) * k * d + at * d + *i as usize] += path.scale() * value;
                }
            }
            let maps = graph.floats(&own("maps"), &[a * b, k * d], &maps, limits)?;
            let images = graph.node("MatMul", &[&outer, &maps], &own("images"), &[]);
            let images = reshape(graph, &images, &own("copies"), &[p * k, d]);
            let places = path.start..path.start + target.copies * p * k;
            let mixing = gather(graph, &weights, &own("weights"), places);
            let mixing = reshape(graph, &mixing, &own("mixing"), &[target.copies, p * k]);
            let mixed = graph.node("MatMul", &[&mixing, &images], &own("mixed"), &[]);
            let term = reshape(graph, &mixed, &own("term"), &[size]);
            sum = graph.node("Add", &[&sum, &term], &own("sum"), &[]);
        }
        values.push(sum);
    }
    let parts: Vec<&str> = values.iter().map(String::as_str).collect();
    Ok(graph.node("Concat", &parts, &own("value"), &[("axis", Attribute::Int(1))]))
}

/// The harmonics of each degree of a unit vector: monomials, each from one of a lower degree, times a matrix.
fn write_harmonics(
    graph: &mut Graph,
    (unit, name): (&str, &str),
    layer: &Convolution,
    limits: &Limits,
) -> Result<Vec<String>, NetError> {
    let own = |word: &str, l: usize| format!("{name}.{word}.{l}");
    let zeros = graph.floats(&own("none", 0), &[3, 1], &[0.0; 3], limits)?;
    let nothing = graph.node("MatMul", &[unit, &zeros], &own("nothing", 0), &[]);
    let one = graph.floats(&own("one", 0), &[1, 1], &[1.0], limits)?;
    let mut powers = graph.node("Add", &[&nothing, &one], &own("monomials", 0), &[]);
    let mut out = Vec::new();
    for (l, factor) in layer.factors().iter().enumerate() {
        limits.check()?;
        let monomials = monomials(l);
        if l > 0 {
            let before = gather(graph, &powers, &own("before", l), monomials.iter().map(|m| m.1));
            let coordinate = gather(graph, unit, &own("coordinate", l), monomials.iter().map(|m| m.2));
            powers = graph.node("Mul", &[&before, &coordinate], &own("monomials", l), &[]);
        }
        let polynomials = harmonics(l);
        let coefficient = |m: &[usize; 3], p: &Polynomial| factor * p.0.get(m).copied().unwrap_or(0.0);
        let matrix: Vec<f64> =
            monomials.iter().flat_map(|(m, ..)| polynomials.iter().map(move |p| coefficient(m, p))).collect();
        let matrix = graph.floats(&own("polynomials", l), &[monomials.len(), polynomials.len()], &matrix, limits)?;
        out.push(graph.node("MatMul", &[&powers, &matrix], &own("harmonics", l), &[]));
    }
    Ok(out)
}

/// The weights of all paths as functions of the radius, with the factor `1 − sin²(π |r| / 2c)` up to the cutoff.
fn write_weights(
    graph: &mut Graph,
    (radius, name): (&str, &str),
    layer: &Convolution,
    c: &[f64],
    limits: &Limits,
) -> Result<String, NetError> {
    let radial = layer.radial();
    let (functions, hidden, count) = (radial.functions, radial.hidden, layer.weights());
    let own = |word: &str| format!("{name}.radial.{word}");
    let (first, c) = c.split_at(hidden * functions);
    let (first_bias, c) = c.split_at(hidden);
    let (second, second_bias) = c.split_at(count * hidden);
    let turned = |m: &[f64], rows: usize, cols: usize| -> Vec<f64> {
        (0..cols).flat_map(|j| (0..rows).map(move |i| m[i * cols + j])).collect()
    };
    let step = radial.cutoff / (functions - 1) as f64;
    let centres: Vec<f64> = (0..functions).map(|k| step * k as f64).collect();
    let centres = graph.floats(&own("centres"), &[functions], &centres, limits)?;
    let away = graph.node("Sub", &[radius, &centres], &own("away"), &[]);
    let scale = graph.floats(&own("scale"), &[1], &[1.0 / step], limits)?;
    let away = graph.node("Mul", &[&away, &scale], &own("distance"), &[]);
    let square = graph.node("Mul", &[&away, &away], &own("square"), &[]);
    let half = graph.floats(&own("half"), &[1], &[-0.5], limits)?;
    let exponent = graph.node("Mul", &[&square, &half], &own("exponent"), &[]);
    let gaussians = graph.node("Exp", &[&exponent], &own("gaussians"), &[]);
    let matrix = graph.floats(&own("0.weight"), &[functions, hidden], &turned(first, hidden, functions), limits)?;
    let product = graph.node("MatMul", &[&gaussians, &matrix], &own("0.product"), &[]);
    let bias = graph.floats(&own("0.bias"), &[hidden], first_bias, limits)?;
    let units = graph.node("Add", &[&product, &bias], &own("0.value"), &[]);
    let open = graph.node("Sigmoid", &[&units], &own("open"), &[]);
    let units = graph.node("Mul", &[&units, &open], &own("units"), &[]);
    let matrix = graph.floats(&own("1.weight"), &[hidden, count], &turned(second, count, hidden), limits)?;
    let product = graph.node("MatMul", &[&units, &matrix], &own("1.product"), &[]);
    let bias = graph.floats(&own("1.bias"), &[count], second_bias, limits)?;
    let weights = graph.node("Add", &[&product, &bias], &own("1.value"), &[]);
    let cutoff = graph.floats(&own("cutoff"), &[1, 1], &[radial.cutoff], limits)?;
    let within = graph.node("Min", &[radius, &cutoff], &own("within"), &[]);
    let factor = graph.floats(&own("angle"), &[1], &[std::f64::consts::FRAC_PI_2 / radial.cutoff], limits)?;
    let angle = graph.node("Mul", &[&within, &factor], &own("angles"), &[]);
    let sine = graph.node("Sin", &[&angle], &own("sine"), &[]);
    let square = graph.node("Mul", &[&sine, &sine], &own("sines"), &[]);
    let one = graph.floats(&own("one"), &[1], &[1.0], limits)?;
    let window = graph.node("Sub", &[&one, &square], &own("window"), &[]);
    Ok(graph.node("Mul", &[&weights, &window], &own("value"), &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The polynomials of Y_2 have the values of the harmonics at a point, and all terms have degree 2.
    #[test]
    fn polynomials_have_the_values_of_harmonics() {
        let point = [0.3, -0.7, 0.2];
        for l in 0..5 {
            let expected = harmonic_values(l, point, float_part);
            for (p, value) in harmonics(l).iter().zip(expected) {
                let power = |m: &[usize; 3]| (0..3).map(|k| point[k].powi(m[k] as i32)).product::<f64>();
                let found: f64 = p.0.iter().map(|(m, c)| c * power(m)).sum();
                assert!((found - value).abs() < 1e-12);
                assert!(p.0.iter().all(|(m, c)| *c == 0.0 || m.iter().sum::<usize>() == l));
            }
        }
    }

    #[test]
    fn monomials_come_from_lower_ones() {
        let before: Vec<[usize; 3]> = monomials(3).into_iter().map(|m| m.0).collect();
        for (exponents, from, coordinate) in monomials(4) {
            let mut product = before[from];
            product[coordinate] += 1;
            assert_eq!(product, exponents);
        }
        assert_eq!(monomials(4).len(), 15);
    }
}
