//! The type of an algebra whose generators are floats, by a Chevalley basis with integer structure constants.
//!
//! Coordinates that are not rational leave nothing to round in the generators; the structure constants in a Chevalley basis
//! are integers whatever the coordinates are. The values of the roots on a Cartan subalgebra give the Cartan integers
//! (`2 (β, α) / (α, α)` in the form dual to `Σ α ⊗ α`, Humphreys §8), these the type; root vectors scaled to
//! `[e_i, f_i] = h_i` and their brackets give the whole basis, and how far its brackets are from the integers is the bound
//! that is reported. Semisimple algebras are rigid, so a small one means an algebra of this type nearby; it is no proof.

use super::training::{FloatAlgebra, IdealError, ideals};
use crate::exact::Matrix;
use crate::float::{Complex, Random, dense, eigenvectors, symmetric_eigen};
use crate::lie::named::ChevalleyBasis;
use crate::limits::{Limits, Stop};
use crate::roots::{Component, RealForm, RootSystem, simple_system};

/// Elements drawn before giving up.
const DRAWS: u64 = 4;
/// The largest dimension: brackets take `dim³` numbers.
const MOST: usize = 260;
/// A closure defect above this part of the structure constants is no algebra.
const CLOSED: f64 = 1e-5;
/// Distances from integers above this decide nothing.
const FAR: f64 = 0.05;

/// A reductive algebra of floats, with how it was told.
#[derive(Clone, Debug, PartialEq)]
pub struct FloatStructure {
    /// Dimension of the centre.
    pub center: usize,
    /// The real forms that fit each simple ideal, the largest ideal first: one, except where type and Killing form leave two.
    pub ideals: Vec<Vec<RealForm>>,
    /// The largest distance of a Cartan integer from the integer it was rounded to.
    pub margin: f64,
    /// The largest distance of a bracket of the Chevalley basis from the integer combination it should be, relative to
    /// the longest vector of the basis.
    pub residual: f64,
    /// The part of a bracket that leaves the span, relative to the largest structure constant.
    pub defect: f64,
}

/// The structure of the span of real `n × n` matrices, given one after another; the reason in words when there is none that can
/// be told. `dim² n³ + dim⁴` operations.
pub fn float_structure(n: usize, matrices: &[f64], limits: &Limits) -> Result<Result<FloatStructure, String>, Stop> {
    let count = matrices.len().checked_div(n * n).unwrap_or(0);
    if count > MOST {
        return Ok(Err(format!("{count} generators are more than {MOST}")));
    }
    let (algebra, _, defect) = FloatAlgebra::from_matrices(n, matrices, limits)?;
    let scale = algebra.scale();
    // Abelian algebras have nothing but rounding as constants: what leaves the span is judged by the generators.
    let defect = if scale > 1e-9 { defect / scale } else { defect };
    if defect > CLOSED {
        return Ok(Err(format!("a bracket leaves the span by {defect:.1e} of its size")));
    }
    if scale <= 1e-9 {
        return Ok(Ok(FloatStructure {
            center: algebra.dim(),
            ideals: Vec::new(),
            margin: 0.0,
            residual: 0.0,
            defect,
        }));
    }
    let parts = match ideals(&algebra, defect, limits) {
        Ok(parts) => parts,
        Err(IdealError::Stop(stop)) => return Err(stop),
        Err(other) => return Ok(Err(other.to_string())),
    };
    let dim = algebra.dim().max(1);
    let center = parts.center.len() / dim;
    let mut out = FloatStructure { center, ideals: Vec::new(), margin: 0.0, residual: 0.0, defect };
    for ideal in &parts.simple {
        let size = ideal.rows.len() / dim;
        let part = algebra.restricted(size, &ideal.rows);
        let found = match root_basis(&part, limits)? {
            Ok(found) => found,
            Err(why) => return Ok(Err(why)),
        };
        let [positive, negative, _] = ideal.invariants.killing;
        let forms = match (found.components.as_slice(), ideal.complex) {
            ([one], false) => RealForm::candidates(one.simple, positive as i64 - negative as i64),
            ([one, other], true) if one.simple == other.simple => vec![RealForm::complex(one.simple)],
            _ => Vec::new(),
        };
        if forms.is_empty() {
            return Ok(Err("type and Killing form of an ideal do not fit each other".to_string()));
        }
        out.ideals.push(forms);
        out.margin = out.margin.max(found.margin);
        out.residual = out.residual.max(found.residual);
    }
    Ok(Ok(out))
}

/// What a Chevalley basis of a semisimple algebra shows.
struct RootBasis {
    components: Vec<Component>,
    margin: f64,
    residual: f64,
}

/// The root vectors of a Cartan subalgebra.
struct Frame<'a> {
    algebra: &'a FloatAlgebra,
    /// A basis of the Cartan subalgebra, as rows.
    cartan: Vec<Vec<f64>>,
    /// Root vectors of length 1.
    vectors: Vec<Vec<Complex>>,
    /// The values of each root on the basis.
    values: Vec<Vec<Complex>>,
    /// The number of the negative of each root.
    negative: Vec<usize>,
    /// The inverse of `Σ α(h_k) α(h_l)`.
    dual: Matrix<f64>,
}

fn root_basis(algebra: &FloatAlgebra, limits: &Limits) -> Result<Result<RootBasis, String>, Stop> {
    let mut reason = String::new();
    for draw in 0..DRAWS {
        limits.check()?;
        let Some(frame) = Frame::of(algebra, limits, draw) else {
            reason = "the roots of a generic element are not told apart".to_string();
            continue;
        };
        let (rows, margin) = frame.integers();
        if margin.is_nan() || margin > FAR {
            reason = format!("Cartan integers are off by {margin:.1e}");
            continue;
        }
        let Some((components, simple)) = simple_system(&rows) else {
            reason = "the Cartan integers are not those of a root system".to_string();
            continue;
        };
        match frame.residual(&components, &simple, limits)? {
            Some(residual) if residual < FAR => return Ok(Ok(RootBasis { components, margin, residual })),
            Some(residual) => reason = format!("brackets of the Chevalley basis are off by {residual:.1e}"),
            None => reason = "a root vector has no opposite".to_string(),
        }
    }
    Ok(Err(reason))
}

impl Frame<'_> {
    /// From a generic element: its centralizer and the other eigenvectors of its adjoint map.
    fn of<'a>(algebra: &'a FloatAlgebra, limits: &Limits, draw: u64) -> Option<Frame<'a>> {
        let d = algebra.dim();
        let mut random = Random::new(limits.seed(), 3100 + draw);
        let x: Vec<f64> = (0..d).map(|_| random.normal()).collect();
        let ad = algebra.ad(&x);
        let mut eigen = eigenvectors(&Matrix::from_fn(d, d, |i, j| ad[i * d + j])).ok()?;
        eigen.sort_by(|a, b| a.0.norm().total_cmp(&b.0.norm()));
        let largest = eigen.last()?.0.norm();
        let rank = eigen.partition_point(|e| e.0.norm() < 1e-6 * largest);
        if rank == 0 || eigen.get(rank)?.0.norm() < 1e-3 * largest {
            return None;
        }
        let mut gram = vec![0.0; d * d];
        crate::float::gemm::multiply_transposed((d, d, d), (&ad, d), (&ad, d), &mut gram);
        let (_, kernel) = symmetric_eigen(d, |i, j| gram[i * d + j])?;
        let cartan: Vec<Vec<f64>> = (0..rank).map(|k| (0..d).map(|i| kernel[i * d + k]).collect()).collect();
        let roots = eigen.split_off(rank);
        let vectors: Vec<Vec<Complex>> = roots.iter().map(|(_, v)| unit(v)).collect();
        let mut values = vec![vec![ZERO; rank]; vectors.len()];
        for (k, h) in cartan.iter().enumerate() {
            let ad = algebra.ad(h);
            for (own, v) in values.iter_mut().zip(&vectors) {
                own[k] = inner(v, &apply(&ad, v));
            }
        }
        let partner = |p: &(Complex, Vec<Complex>)| {
            let off = |q: &(Complex, Vec<Complex>)| (q.0 + p.0).norm();
            (0..roots.len()).min_by(|&a, &b| off(&roots[a]).total_cmp(&off(&roots[b]))).unwrap_or(0)
        };
        let negative = roots.iter().map(partner).collect();
        let form = Matrix::from_fn(rank, rank, |k, l| values.iter().fold(ZERO, |s, a| s + a[k] * a[l]).re);
        let dual = dense::inverse(&form)?;
        Some(Frame { algebra, cartan, vectors, values, negative, dual })
    }

    /// `(β, α)` in the dual form.
    fn product(&self, b: usize, a: usize) -> Complex {
        let (b, a) = (&self.values[b], &self.values[a]);
        let row = |k: usize| a.iter().enumerate().fold(ZERO, |s, (l, x)| s + *x * self.dual[(k, l)]);
        b.iter().enumerate().fold(ZERO, |s, (k, x)| s + *x * row(k))
    }

    /// `⟨β, α^∨⟩` for all pairs of roots, rounded, with the largest distance from an integer.
    fn integers(&self) -> (Vec<Vec<i64>>, f64) {
        let count = self.vectors.len();
        let lengths: Vec<Complex> = (0..count).map(|a| self.product(a, a)).collect();
        let mut margin = 0.0f64;
        let mut integer = |b: usize, a: usize| {
            let value = quotient(self.product(b, a) * 2.0, lengths[a]);
            let whole = value.re.round();
            let distance = (value - Complex::new(whole, 0.0)).norm();
            margin = if distance > margin || distance.is_nan() { distance } else { margin };
            whole as i64
        };
        let rows = (0..count).map(|b| (0..count).map(|a| integer(b, a)).collect()).collect();
        (rows, margin)
    }

    /// The vector `h_α` of the Cartan subalgebra with `β(h_α) = ⟨β, α^∨⟩`.
    fn coroot(&self, a: usize) -> Vec<Complex> {
        let r = self.cartan.len();
        let length = self.product(a, a);
        let mut out = vec![ZERO; self.algebra.dim()];
        for (k, h) in self.cartan.iter().enumerate() {
            let along = (0..r).fold(ZERO, |s, l| s + self.values[a][l] * self.dual[(k, l)]);
            let factor = quotient(along * 2.0, length);
            out.iter_mut().zip(h).for_each(|(x, h)| *x += factor * *h);
        }
        out
    }

    /// Builds the Chevalley basis from simple root vectors and compares the brackets of its generators with the integers.
    fn residual(&self, components: &[Component], simple: &[usize], limits: &Limits) -> Result<Option<f64>, Stop> {
        let mut basis: Vec<Vec<Complex>> = Vec::new();
        let mut expected = Vec::new();
        let mut generators = Vec::new();
        for component in components {
            let table = ChevalleyBasis::new(component.simple, limits)?;
            let roots: Vec<usize> = component.nodes.iter().map(|&node| simple[node]).collect();
            let Some(pairs) = self.pairs(&roots) else { return Ok(None) };
            let own: Vec<(Adjoint, usize)> = pairs
                .iter()
                .enumerate()
                .flat_map(|(i, (e, f))| [(e, i), (f, table.root_system().negative_of(i))])
                .map(|(v, root)| (Adjoint::of(self.algebra, v), root))
                .collect();
            let start = basis.len();
            basis.extend(roots.iter().map(|&a| self.coroot(a)));
            basis.extend(root_vectors(&table, &pairs, &own));
            for (ad, root) in own {
                expected.push((start, standard_brackets(&table, root)));
                generators.push(ad);
            }
        }
        let longest = basis.iter().map(|v| norm(v)).fold(0.0, f64::max);
        let mut worst = 0.0f64;
        for (ad, (start, rows)) in generators.iter().zip(&expected) {
            limits.check()?;
            for (at, v) in basis.iter().enumerate() {
                let mut left = ad.apply(v);
                // Brackets with another summand vanish.
                for &(k, factor) in at.checked_sub(*start).and_then(|at| rows.get(at)).into_iter().flatten() {
                    left.iter_mut().zip(&basis[start + k]).for_each(|(x, y)| *x -= *y * factor as f64);
                }
                let off = norm(&left) / longest.max(f64::MIN_POSITIVE);
                worst = if off > worst || off.is_nan() { off } else { worst };
            }
        }
        Ok(Some(worst))
    }

    /// `e_i` and `f_i` of equal length with `[e_i, f_i] = h_i`.
    fn pairs(&self, roots: &[usize]) -> Option<Vec<(Vec<Complex>, Vec<Complex>)>> {
        let pair = |&a: &usize| {
            let (e, f, h) = (&self.vectors[a], &self.vectors[self.negative[a]], self.coroot(a));
            let bracket = Adjoint::of(self.algebra, e).apply(f);
            let factor = quotient(inner(&bracket, &h), inner(&bracket, &bracket));
            let size = factor.norm();
            (size.is_finite() && size > 0.0).then(|| {
                let share = size.sqrt();
                (scaled(e, Complex::new(share, 0.0)), scaled(f, factor * (1.0 / share)))
            })
        };
        roots.iter().map(pair).collect()
    }
}

/// All root vectors in the order of the root system: each from one below it, `e_t = [e_i, e_s] / N_is`.
fn root_vectors(
    table: &ChevalleyBasis,
    pairs: &[(Vec<Complex>, Vec<Complex>)],
    generators: &[(Adjoint, usize)],
) -> Vec<Vec<Complex>> {
    let system = table.root_system();
    let (rank, count) = (system.rank(), system.positive_count());
    let sides = [0, count].map(|offset| {
        let mut own: Vec<Vec<Complex>> =
            pairs.iter().map(|(e, f)| if offset == 0 { e.clone() } else { f.clone() }).collect();
        for t in rank..count {
            let step = (0..rank).find_map(|i| {
                let mut below = system.root(t);
                below[i] -= 1;
                system.number_of(&below).filter(|&s| s < t).map(|s| (i, s))
            });
            // A root of height above 1 has a root one simple root below it (Humphreys §10.2).
            let Some((i, s)) = step else { continue };
            let bracket = generators[2 * i + usize::from(offset > 0)].0.apply(&own[s]);
            own.push(scaled(&bracket, Complex::new(1.0 / table.n(i + offset, s + offset) as f64, 0.0)));
        }
        own
    });
    sides.concat()
}

/// `[e_r, y]` for every `y` of the standard basis `h_1, …, e_1, …`, as (place, factor).
fn standard_brackets(table: &ChevalleyBasis, r: usize) -> Vec<Vec<(usize, i64)>> {
    let system: &RootSystem = table.root_system();
    let (rank, count) = (system.rank(), system.positive_count());
    let root = system.root(r);
    let with_cartan = (0..rank).map(|i| vec![(rank + r, -system.pairing(&root, i))]);
    let with_roots = (0..2 * count).map(|s| {
        if s == system.negative_of(r) {
            return system.coroot(&root).into_iter().enumerate().collect();
        }
        let sum: Vec<i64> = root.iter().zip(system.root(s)).map(|(a, b)| a + b).collect();
        system.number_of(&sum).map(|t| (rank + t, table.n(r, s))).into_iter().collect()
    });
    with_cartan.chain(with_roots).collect()
}

const ZERO: Complex = Complex { re: 0.0, im: 0.0 };

/// The adjoint map of a complex element: real and imaginary part.
struct Adjoint(Vec<f64>, Vec<f64>);

impl Adjoint {
    fn of(algebra: &FloatAlgebra, v: &[Complex]) -> Adjoint {
        let part = |part: fn(&Complex) -> f64| algebra.ad(&v.iter().map(part).collect::<Vec<f64>>());
        Adjoint(part(|z| z.re), part(|z| z.im))
    }

    fn apply(&self, v: &[Complex]) -> Vec<Complex> {
        let turn = Complex::new(0.0, 1.0);
        apply(&self.0, v).into_iter().zip(apply(&self.1, v)).map(|(a, b)| a + turn * b).collect()
    }
}

/// A real matrix, row by row, on a complex vector.
fn apply(matrix: &[f64], v: &[Complex]) -> Vec<Complex> {
    matrix.chunks_exact(v.len().max(1)).map(|row| row.iter().zip(v).fold(ZERO, |s, (a, z)| s + *z * *a)).collect()
}

fn inner(a: &[Complex], b: &[Complex]) -> Complex {
    a.iter().zip(b).fold(ZERO, |s, (x, y)| s + x.conj() * *y)
}

fn norm(v: &[Complex]) -> f64 {
    inner(v, v).re.sqrt()
}

fn scaled(v: &[Complex], factor: Complex) -> Vec<Complex> {
    v.iter().map(|z| *z * factor).collect()
}

fn unit(v: &[Complex]) -> Vec<Complex> {
    scaled(v, Complex::new(1.0 / norm(v).max(f64::MIN_POSITIVE), 0.0))
}

fn quotient(a: Complex, b: Complex) -> Complex {
    a * b.conj() * (1.0 / (b.re * b.re + b.im * b.im))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::{self, Algebra, named};

    /// The matrices of an algebra in coordinates turned by a generic real matrix.
    fn turned(algebra: &Algebra, seed: u64) -> (usize, Vec<f64>) {
        let realization = algebra.realization().unwrap();
        let n = realization.basis[0].rows();
        let mut random = Random::new(seed, 9);
        let frame = Matrix::from_fn(n, n, |i, j| f64::from(u8::from(i == j)) + 0.3 * random.normal());
        let inverse = dense::inverse(&frame).unwrap();
        let product = |a: &Matrix<f64>, b: &Matrix<f64>| {
            Matrix::from_fn(n, n, |i, j| (0..n).map(|k| a[(i, k)] * b[(k, j)]).sum())
        };
        let float = |m: &crate::exact::SparseMatrix| m.to_dense().map(crate::num::Rational::to_f64);
        let all = realization.basis.iter().map(|m| product(&product(&frame, &float(m)), &inverse));
        (n, all.flat_map(|m| m.entries().to_vec()).collect())
    }

    /// Algebras by their definition, in irrational coordinates: the type is in the name.
    #[test]
    fn types_in_irrational_coordinates() {
        let none = Limits::none();
        let g2 = lie::stabilizer(&[crate::forms::octonion_form(true).unwrap()], lie::Ansatz::real(), &none).unwrap();
        let cases = [
            (named::so(3, 0, &none).unwrap(), vec!["su(2)"], 0),
            (named::so(1, 3, &none).unwrap(), vec!["sl(2,C)_R"], 0),
            (named::so(2, 3, &none).unwrap(), vec!["so(3,2)"], 0),
            (named::so(4, 4, &none).unwrap(), vec!["so(4,4)"], 0),
            (named::u(2, 1, &none).unwrap(), vec!["su(2,1)"], 1),
            (named::so(2, 2, &none).unwrap(), vec!["sl(2,R)", "sl(2,R)"], 0),
            (named::sl_complex(3, &none).unwrap(), vec!["sl(3,C)_R"], 0),
            (g2, vec!["G2(2)"], 0),
        ];
        for (algebra, names, center) in cases {
            let (n, matrices) = turned(&algebra, 5);
            let found = float_structure(n, &matrices, &none).unwrap().unwrap();
            let own: Vec<String> = found.ideals.iter().map(|forms| forms[0].to_string()).collect();
            assert_eq!((own, found.center), (names.into_iter().map(String::from).collect(), center));
            assert!(found.residual < 1e-8 && found.margin < 1e-8, "{} {}", found.residual, found.margin);
        }
    }

    #[test]
    fn what_is_no_reductive_algebra_is_said() {
        let none = Limits::none();
        let (n, matrices) = turned(&named::euclid(2, &none).unwrap(), 5);
        assert!(float_structure(n, &matrices, &none).unwrap().unwrap_err().contains("not reductive"));
        // Two generic matrices do not close.
        let mut random = Random::new(1, 1);
        let two: Vec<f64> = (0..18).map(|_| random.normal()).collect();
        assert!(float_structure(3, &two, &none).unwrap().unwrap_err().contains("leaves the span"));
    }
}
