//! A Cartan involution in floating point, from a regular element.
//!
//! Let `H` be the Cartan subalgebra of a random `y`, `E_α` its root vectors over C with `K(E_α, E_−α) = 1`, and `σ` the
//! conjugation of `g`. Some Cartan involution θ preserves `H` (Knapp, prop. 6.59), and `τ = σθ`, the conjugation of a compact
//! form, is `τ E_α = −a_α E_−α` with `a_α > 0`, `a_−α = 1/a_α`. That τ is an automorphism says
//! `a_{α+β} = a_α a_β |N_{−α,−β}| / |N_{α,β}|` (the quotient `−N_{−α,−β}/N̄_{α,β}` is positive because `N_{α,β} N_{−α,−β} < 0`); that
//! it commutes with σ says `a_ᾱ = a_α`. The logarithms solve a consistent linear system, here by least squares. Then
//! `θ E_α = −a_α σ(E_−α)`, and on `H` by brackets.

use super::StructureConstants;
use super::cartan_involution::CartanError;
use super::signature::Signature;
use crate::exact::Matrix;
use crate::float::{Complex, eigenvectors, linear_map, symmetric_eigen};
use crate::limits::{Limits, Stop};
use crate::num::Rational;
use crate::num::prime::{random_integer, random_stream};

/// The largest dimension: about `10 n⁴` operations and `3 n³` floats.
pub const MOST_DIM: usize = 140;
const ATTEMPTS: u64 = 8;
/// A residual above this is no answer.
const WORST: f64 = 1e-5;

/// A Cartan involution in double precision. Coordinates are those of the given basis.
#[derive(Debug, Clone, PartialEq)]
pub struct NumericInvolution {
    /// Column `j` holds the coordinates of `θ e_j`.
    pub theta: Matrix<f64>,
    /// A basis of the eigenspace of 1.
    pub k: Vec<Vec<f64>>,
    /// A basis of the eigenspace of −1.
    pub p: Vec<Vec<f64>>,
    /// The largest entry of `θ² − 1` and of `θ[x, y] − [θx, θy]` in a basis orthonormal for `|K|`.
    pub residual: f64,
    /// The least eigenvalue of `−K(x, θx)` in that basis; positive.
    pub least_eigenvalue: f64,
}

/// The involution with the smallest residual among a few random Cartan subalgebras.
pub(super) fn numeric_involution(
    constants: &StructureConstants,
    killing: &Matrix<Rational>,
    inertia: Signature,
    limits: &Limits,
) -> Result<NumericInvolution, CartanError> {
    let n = constants.dim();
    if n > MOST_DIM {
        return Err(CartanError::TooLarge(n, MOST_DIM));
    }
    limits.reserve(24 * (n as u128).pow(3))?;
    let frame = Orthonormal::new(constants, killing, limits)?.ok_or(CartanError::NoAccuracy)?;
    let mut best: Option<NumericInvolution> = None;
    for attempt in 0..ATTEMPTS {
        limits.progress("Cartan involution", attempt as f64 / ATTEMPTS as f64);
        let Some(theta) = frame.involution(attempt, limits)? else { continue };
        let Some(found) = frame.assess(&theta, inertia, limits)? else { continue };
        if best.as_ref().is_none_or(|b| found.residual < b.residual) {
            best = Some(found);
        }
        if best.as_ref().is_some_and(|b| b.residual < 1e-10) {
            break;
        }
    }
    best.filter(|b| b.residual < WORST).ok_or(CartanError::NoAccuracy)
}

/// The algebra in a basis with `K(f_i, f_j) = ±δ_ij`.
struct Orthonormal {
    n: usize,
    /// The signs of the squares.
    signs: Vec<f64>,
    /// `table[(i n + j) n + k]`: the coefficient of `f_k` in `[f_i, f_j]`.
    table: Vec<f64>,
    /// Row `i` holds the coordinates of `f_i`.
    basis: Matrix<f64>,
    /// Row `i` holds the `f`-coordinates of `e_i`.
    inverse: Matrix<f64>,
}

/// A root with its vectors.
struct Root {
    value: Complex,
    vector: Vec<Complex>,
}

impl Orthonormal {
    fn new(constants: &StructureConstants, killing: &Matrix<Rational>, limits: &Limits) -> Result<Option<Self>, Stop> {
        let n = constants.dim();
        let floats = killing.map(Rational::to_f64);
        let Some((values, vectors)) = symmetric_eigen(n, |i, j| floats[(i, j)]) else { return Ok(None) };
        if values.iter().any(|v| *v == 0.0 || !v.is_finite()) {
            return Ok(None);
        }
        let size: Vec<f64> = values.iter().map(|v| v.abs().sqrt()).collect();
        let basis = Matrix::from_fn(n, n, |i, j| vectors[j * n + i] / size[i]);
        let inverse = Matrix::from_fn(n, n, |i, j| vectors[i * n + j] * size[j]);
        // Three changes of one index each.
        let mut table = vec![0.0; n * n * n];
        for (i, j, k, v) in constants.iter() {
            table[(i * n + j) * n + k] = v.to_f64();
            table[(j * n + i) * n + k] = -v.to_f64();
        }
        for turn in 0..3 {
            // Cyclic: the first index is changed and becomes the last one.
            let mut next = vec![0.0; n * n * n];
            for a in 0..n {
                limits.check()?;
                for i in 0..n {
                    let factor = if turn < 2 { basis[(a, i)] } else { inverse[(i, a)] };
                    if factor != 0.0 {
                        for (at, value) in table[i * n * n..(i + 1) * n * n].iter().enumerate() {
                            next[at * n + a] += factor * value;
                        }
                    }
                }
            }
            table = next;
        }
        let signs = values.iter().map(|v| v.signum()).collect();
        Ok(Some(Orthonormal { n, signs, table, basis, inverse }))
    }

    fn bracket(&self, x: &[Complex], y: &[Complex]) -> Vec<Complex> {
        let ad = self.ad(x);
        self.apply(&ad, y)
    }

    /// Row `j` is `[x, f_j]`.
    fn ad(&self, x: &[Complex]) -> Vec<Complex> {
        let mut out = vec![Complex::new(0.0, 0.0); self.n * self.n];
        for (c, block) in x.iter().zip(self.table.chunks(self.n * self.n)) {
            for (sum, v) in out.iter_mut().zip(block) {
                *sum += *c * *v;
            }
        }
        out
    }

    fn apply(&self, ad: &[Complex], y: &[Complex]) -> Vec<Complex> {
        let mut out = vec![Complex::new(0.0, 0.0); self.n];
        for (c, row) in y.iter().zip(ad.chunks(self.n)) {
            for (sum, v) in out.iter_mut().zip(row) {
                *sum += *c * *v;
            }
        }
        out
    }

    fn product(&self, x: &[Complex], y: &[Complex]) -> Complex {
        x.iter().zip(y).zip(&self.signs).map(|((a, b), s)| *a * *b * *s).sum()
    }

    /// θ in this basis (column `j` is `θ f_j`), or `None` when the random element was not generic enough.
    fn involution(&self, attempt: u64, limits: &Limits) -> Result<Option<Matrix<f64>>, Stop> {
        let n = self.n;
        let mut rng = random_stream(limits.seed(), 7500 + attempt);
        let y: Vec<Complex> =
            (0..n).map(|_| Complex::new(random_integer(&mut rng, 1 << 20) as f64 / f64::from(1 << 20), 0.0)).collect();
        let ad = self.ad(&y);
        let Ok(pairs) = eigenvectors(&Matrix::from_fn(n, n, |i, j| ad[j * n + i].re)) else { return Ok(None) };
        let largest = pairs.iter().fold(0.0f64, |m, (z, _)| m.max(z.norm()));
        let mut roots: Vec<Root> = pairs
            .into_iter()
            .filter(|(z, _)| z.norm() > 1e-7 * largest)
            .map(|(value, vector)| Root { value, vector })
            .collect();
        let count = roots.len();
        let mut gap = f64::INFINITY;
        for a in 0..count {
            for b in 0..a {
                gap = gap.min((roots[a].value - roots[b].value).norm());
            }
        }
        let nearest = |roots: &[Root], z: Complex| (0..count).find(|&b| (roots[b].value - z).norm() < gap / 4.0);
        let mut opposite = Vec::new();
        let mut conjugate = Vec::new();
        for a in 0..count {
            let (minus, bar) = (nearest(&roots, -roots[a].value), nearest(&roots, roots[a].value.conj()));
            let (Some(minus), Some(bar)) = (minus, bar) else { return Ok(None) };
            opposite.push(minus);
            conjugate.push(bar);
        }
        if !self.normalise(&mut roots, &opposite, &conjugate) {
            return Ok(None);
        }
        let Some(logs) = self.logarithms(&roots, &opposite, &conjugate, gap, limits)? else { return Ok(None) };
        let images: Vec<Vec<Complex>> = (0..count)
            .map(|a| {
                let factor = -logs[a].exp();
                roots[opposite[a]].vector.iter().map(|z| z.conj() * factor).collect()
            })
            .collect();
        // Root vectors, then brackets [E_α, E_−α] that span H, each chosen as far as possible from those before.
        let mut vectors: Vec<Vec<Complex>> = roots.iter().map(|r| r.vector.clone()).collect();
        let mut all_images = images.clone();
        let mut pool: Vec<(Vec<Complex>, Vec<Complex>, Vec<Complex>)> = (0..count)
            .filter(|&a| a < opposite[a])
            .map(|a| {
                let h = self.bracket(&roots[a].vector, &roots[opposite[a]].vector);
                let image = self.bracket(&images[a], &images[opposite[a]]);
                (h.clone(), h, image)
            })
            .collect();
        while vectors.len() < n {
            let size = |v: &[Complex]| v.iter().map(|z| z.norm_sqr()).sum::<f64>();
            let Some(best) = (0..pool.len()).max_by(|&a, &b| size(&pool[a].0).total_cmp(&size(&pool[b].0))) else {
                return Ok(None);
            };
            let (rest, h, image) = pool.swap_remove(best);
            let norm = size(&rest);
            if norm.is_nan() || norm < 1e-18 {
                return Ok(None);
            }
            for (other, _, _) in &mut pool {
                let overlap: Complex = rest.iter().zip(other.iter()).map(|(a, b)| a.conj() * *b).sum();
                other.iter_mut().zip(&rest).for_each(|(x, r)| *x -= *r * (overlap / norm));
            }
            vectors.push(h);
            all_images.push(image);
        }
        let map = linear_map(&vectors, &all_images);
        Ok(Some(map.map(|z| z.re)))
    }

    /// Scales the root vectors: `K(E_α, E_−α) = 1`, `σE_α = E_ᾱ` when `ᾱ ≠ −α`, and `σE_α = ±E_−α` otherwise.
    fn normalise(&self, roots: &mut [Root], opposite: &[usize], conjugate: &[usize]) -> bool {
        let mut done = vec![false; roots.len()];
        let conj = |v: &[Complex]| v.iter().map(|z| z.conj()).collect::<Vec<_>>();
        for a in 0..roots.len() {
            if done[a] {
                continue;
            }
            let (minus, bar) = (opposite[a], conjugate[a]);
            let mut own = roots[a].vector.clone();
            if bar == a {
                // Real: turn the phase away.
                let Some(head) = own.iter().copied().max_by(|x, y| x.norm().total_cmp(&y.norm())) else { return false };
                own = own.iter().map(|z| Complex::new((*z / head).re, 0.0)).collect();
            }
            let mut other = if bar == minus { conj(&own) } else { roots[minus].vector.clone() };
            if bar == a {
                let Some(head) = other.iter().copied().max_by(|x, y| x.norm().total_cmp(&y.norm())) else {
                    return false;
                };
                other = other.iter().map(|z| Complex::new((*z / head).re, 0.0)).collect();
            }
            let pairing = self.product(&own, &other);
            if pairing.norm() < 1e-14 {
                return false;
            }
            if bar == minus {
                // The pairing is real; both vectors get the same length.
                let root = pairing.re.abs().sqrt();
                own.iter_mut().for_each(|z| *z /= root);
                other = conj(&own).iter().map(|z| *z * pairing.re.signum()).collect();
            } else {
                other.iter_mut().for_each(|z| *z /= pairing);
            }
            for (at, vector) in [(bar, conj(&own)), (opposite[bar], conj(&other)), (a, own), (minus, other)] {
                if !done[at] || at == a || at == minus {
                    roots[at].vector = vector;
                }
                done[at] = true;
            }
        }
        true
    }

    /// The logarithms of the `a_α` by least squares; `None` when a structure constant is too small to be trusted.
    fn logarithms(
        &self,
        roots: &[Root],
        opposite: &[usize],
        conjugate: &[usize],
        gap: f64,
        limits: &Limits,
    ) -> Result<Option<Vec<f64>>, Stop> {
        let count = roots.len();
        let mut numbers = vec![0.0; count * count];
        let mut sums = vec![None; count * count];
        for a in 0..count {
            limits.check()?;
            let ad = self.ad(&roots[a].vector);
            for b in (0..count).filter(|&b| b != a && b != opposite[a]) {
                let target = roots[a].value + roots[b].value;
                let Some(c) = (0..count).find(|&c| (roots[c].value - target).norm() < gap / 4.0) else { continue };
                let image = self.apply(&ad, &roots[b].vector);
                sums[a * count + b] = Some(c);
                numbers[a * count + b] = self.product(&image, &roots[opposite[c]].vector).norm();
            }
        }
        // Normal equations of x_c − x_a − x_b = log ratio, x_−a + x_a = 0, x_ā − x_a = 0.
        let mut normal = vec![0.0; count * count];
        let mut right = vec![0.0; count];
        let mut equation = |terms: &[(usize, f64)], value: f64| {
            for &(i, x) in terms {
                right[i] += x * value;
                for &(j, y) in terms {
                    normal[i * count + j] += x * y;
                }
            }
        };
        for a in 0..count {
            equation(&[(a, 1.0), (opposite[a], 1.0)], 0.0);
            if conjugate[a] != a {
                equation(&[(conjugate[a], 1.0), (a, -1.0)], 0.0);
            }
            for b in 0..a {
                let Some(c) = sums[a * count + b] else { continue };
                let (above, below) = (numbers[opposite[a] * count + opposite[b]], numbers[a * count + b]);
                if above < 1e-9 || below < 1e-9 {
                    return Ok(None);
                }
                equation(&[(c, 1.0), (a, -1.0), (b, -1.0)], (above / below).ln());
            }
        }
        let Some((values, vectors)) = symmetric_eigen(count, |i, j| normal[i * count + j]) else { return Ok(None) };
        let mut out = vec![0.0; count];
        let largest = values.iter().fold(0.0f64, |m, v| m.max(*v));
        for (k, value) in values.iter().enumerate().filter(|(_, v)| **v > 1e-9 * largest) {
            let along: f64 = (0..count).map(|i| vectors[i * count + k] * right[i]).sum();
            out.iter_mut().enumerate().for_each(|(i, x)| *x += vectors[i * count + k] * along / value);
        }
        Ok(Some(out))
    }

    /// Residual, eigenspaces and the matrix in the given basis; `None` when the form is not definite or the eigenspaces
    /// have not the dimensions that the exact signature says.
    fn assess(
        &self,
        theta: &Matrix<f64>,
        inertia: Signature,
        limits: &Limits,
    ) -> Result<Option<NumericInvolution>, Stop> {
        let n = self.n;
        let form = |i: usize, j: usize| -(self.signs[i] * theta[(i, j)] + self.signs[j] * theta[(j, i)]) / 2.0;
        let Some((values, _)) = symmetric_eigen(n, form) else { return Ok(None) };
        let least_eigenvalue = values.first().copied().unwrap_or(0.0);
        let trace: f64 = (0..n).map(|i| theta[(i, i)]).sum();
        let compact = (n as f64 + trace) / 2.0;
        if least_eigenvalue.is_nan() || least_eigenvalue <= 0.0 || (compact - inertia.negative as f64).abs() > 0.1 {
            return Ok(None);
        }
        let mut residual = 0.0f64;
        for i in 0..n {
            for j in 0..n {
                let square: f64 = (0..n).map(|k| theta[(i, k)] * theta[(k, j)]).sum();
                residual = residual.max((square - f64::from(u8::from(i == j))).abs());
            }
        }
        let columns: Vec<Vec<f64>> = (0..n).map(|j| (0..n).map(|i| theta[(i, j)]).collect()).collect();
        for (i, image) in columns.iter().enumerate() {
            limits.check()?;
            // Row j of `ad` is [θ f_i, f_j].
            let mut ad = vec![0.0; n * n];
            for (c, block) in image.iter().zip(self.table.chunks(n * n)) {
                ad.iter_mut().zip(block).for_each(|(sum, v)| *sum += c * v);
            }
            for (j, other) in columns.iter().enumerate().skip(i + 1) {
                let mut difference = vec![0.0; n];
                for (c, row) in other.iter().zip(ad.chunks(n)) {
                    difference.iter_mut().zip(row).for_each(|(d, v)| *d -= c * v);
                }
                let bracket = &self.table[(i * n + j) * n..(i * n + j + 1) * n];
                for (c, column) in bracket.iter().zip(&columns) {
                    difference.iter_mut().zip(column).for_each(|(d, v)| *d += c * v);
                }
                residual = difference.iter().fold(residual, |m, d| m.max(d.abs()));
            }
        }
        if residual.is_nan() {
            return Ok(None);
        }
        let transformed = self.to_given(theta);
        let space = |sign: f64, dim: usize| -> Vec<Vec<f64>> {
            independent(
                (0..n).map(|j| (0..n).map(|i| f64::from(u8::from(i == j)) + sign * theta[(i, j)]).collect()).collect(),
                dim,
            )
            .into_iter()
            .map(|v| (0..n).map(|c| (0..n).map(|i| v[i] * self.basis[(i, c)]).sum()).collect())
            .collect()
        };
        Ok(Some(NumericInvolution {
            theta: transformed,
            k: space(1.0, inertia.negative),
            p: space(-1.0, inertia.positive),
            residual,
            least_eigenvalue,
        }))
    }

    /// `θ` on columns of coordinates of the given basis: `Qᵀ θ Q⁻ᵀ` for `f = Q e`.
    fn to_given(&self, theta: &Matrix<f64>) -> Matrix<f64> {
        let n = self.n;
        let half = Matrix::from_fn(n, n, |i, j| (0..n).map(|k| theta[(i, k)] * self.inverse[(j, k)]).sum::<f64>());
        Matrix::from_fn(n, n, |i, j| (0..n).map(|k| self.basis[(k, i)] * half[(k, j)]).sum())
    }
}

/// An orthonormal basis of the span of these vectors, of the given dimension, by Gram–Schmidt with pivoting.
fn independent(mut vectors: Vec<Vec<f64>>, dim: usize) -> Vec<Vec<f64>> {
    let mut out: Vec<Vec<f64>> = Vec::with_capacity(dim);
    let size = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>();
    while out.len() < dim {
        let Some(best) = (0..vectors.len()).max_by(|&a, &b| size(&vectors[a]).total_cmp(&size(&vectors[b]))) else {
            break;
        };
        let pivot = vectors.swap_remove(best);
        let norm = size(&pivot).sqrt();
        let unit: Vec<f64> = pivot.iter().map(|x| x / norm).collect();
        for v in &mut vectors {
            let overlap: f64 = v.iter().zip(&unit).map(|(a, b)| a * b).sum();
            v.iter_mut().zip(&unit).for_each(|(x, u)| *x -= overlap * u);
        }
        out.push(unit);
    }
    out
}
