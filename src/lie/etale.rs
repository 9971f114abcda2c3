//! The algebra of functions on the roots, modulo a prime: rank and root system of a semisimple algebra without a
//! splitting field, without eigenvectors, and without its Killing matrix.
//!
//! Let `A = ad x`, `m = n - dim ker A`, and let the sequence `K(w, A^k w)` have the minimal polynomial `f(t)` or
//! `t f(t)` with `f` squarefree of degree `m`, `f(0) ≠ 0`. Then modulo the prime `p`:
//!
//! * `A` has `m` simple non-zero eigenvalues; over an extension the image `V` of `A` is a sum of lines `g_λ`, and `w`
//!   has a part in each line and pairs with it. As `K(g_λ, g_μ) = 0` unless `λ + μ = 0`, `K` is non-degenerate on `V`,
//!   and `V` is orthogonal to `H = ker A`. `H` is a subalgebra that preserves each line, by a linear form on `H`: its
//!   root.
//! * `E = F_p[t]/f` is the algebra of functions on the roots; `t` is the value at `x`. The function `a_h`, the values at
//!   `h ∈ H`, is the element of `E` with `[h, w'] = a_h(A) w'` for `w' = A w`. Pairing with the `w_j` turns this into a
//!   Hankel system, solved by a division in `E`.
//! * `B(h, h') = Tr_E(a_h a_h')` vanishes on `[H, H]`. So when its determinant is not zero, `H` is abelian, `B = K` on
//!   `H`, and `K` is non-degenerate modulo `p`, hence over Q: the algebra is semisimple by Cartan's criterion.
//!
//! *From `p` to Q.* Over the p-adic integers `g = H' ⊕ V'`, the parts of `ad x` with eigenvalues divisible by `p` and
//! units; they reduce to `H` and `V`. `H'` is a reductive subalgebra (over an algebraic closure a Cartan subalgebra that
//! contains the semisimple part of `x`, and root spaces `±α`). If `H'` had a simple factor `s`, the trace form of `H'`
//! would be `μ K` on `s` with a rational `μ` made of the primes of small integers (ratios of dual Coxeter numbers and an
//! index of at most 3), a unit at `p > 2^28`; `K` is unimodular on `H'`, so some primitive `d ∈ s` and `a ∈ H'` have
//! `K(d, a) = 1`, hence trace form `μ`. But `[H', H'] ⊆ p H'` because `H` is abelian, so the trace form is divisible by
//! `p`: a contradiction. So `H'` is abelian, it is its own centraliser, a Cartan subalgebra (Humphreys §15), and `dim H`
//! is the rank over Q. By Hensel's lemma the root spaces are defined over an unramified extension of the p-adic
//! integers; the roots of `g` reduce to the roots above, one to one. Their inner products in the form `K⁻¹` are
//! multiples `k/12h` with `|k| ≤ 12` (Bourbaki, *Lie* VI §1.12: `(α, α) = 1/h` for long roots, `h` the dual Coxeter
//! number, half or a third of it for short ones), so they are determined by their residues. So the root
//! system of `g` can be read off modulo `p`: this is the type over the algebraic closure of Q, with no theory of
//! deformations.

use crate::exact::polynomial::modular::{self, ModPolynomial};
use crate::exact::{ModMatrix, echelon_kernel};
use crate::limits::{Limits, Stop};
use crate::num::Prime;
use crate::num::prime::{random_integer, random_stream};
use crate::roots::SimpleType;

use super::chains::Chains;

/// The functions on the roots of a semisimple algebra at a prime.
pub struct RootAlgebra<'a> {
    chains: &'a Chains,
    /// The reduced echelon basis `h_i` of the Cartan subalgebra `H`.
    pub cartan: ModMatrix,
    /// Its pivot columns.
    pivots: Vec<usize>,
    /// `f`, whose roots are the values of the roots of the algebra at `x`.
    pub f: ModPolynomial,
    /// The functions `α ↦ α(h_i)`, row `i` with `m` coefficients.
    functions: ModMatrix,
    /// The traces of the powers of `t`: row `k` has `Tr(t^(k + l))`.
    traces: ModMatrix,
    /// The Killing form on `H`, and its inverse.
    gram: ModMatrix,
    gram_inverse: ModMatrix,
    /// The function `α ↦ (α, α)` for the form induced by the Killing form.
    norm: ModPolynomial,
    limits: &'a Limits,
}

impl<'a> RootAlgebra<'a> {
    /// The étale picture, or `None` when `x`, `w` or the prime are unlucky or the algebra is not semisimple.
    ///
    /// An elimination of `n³/2` operations; everything else is polynomial arithmetic, `O(r m²)`.
    pub fn new(chains: &'a Chains, limits: &'a Limits) -> Result<Option<RootAlgebra<'a>>, Stop> {
        let (p, n) = (chains.prime(), chains.dim());
        // K(w, w_k) for k < 2n: K(w, A^i A^j w) = (-1)^i K(w_i, w_j)
        let start = chains.covectors.row(0);
        let last = chains.vectors.row(n - 1);
        let mut sequence: Vec<u32> = (0..n).map(|k| p.dot(start, chains.vectors.row(k))).collect();
        sequence.extend((1..n).map(|i| signed(p, i, p.dot(chains.covectors.row(i), last))));
        sequence.push(0); // ad x is skew, so odd terms vanish
        let mut f = modular::minimal_recurrence(p, &sequence);
        if f.first() == Some(&0) {
            f.remove(0);
        }
        let m = f.len() - 1;
        let squarefree = modular::gcd(p, &f, &modular::derivative(p, &f)).len() == 1;
        if m == 0 || f[0] == 0 || !squarefree {
            return Ok(None);
        }
        let (cartan, pivots) = echelon_kernel(p, &chains.ad_x.transpose(), limits)?;
        let rank = cartan.rows();
        if rank + m != n {
            return Ok(None);
        }
        let Some(functions) = root_functions(chains, &f, &cartan, &sequence)? else { return Ok(None) };
        let traces = trace_form(p, &f);
        let gram = functions.mul(p, &traces).mul(p, &functions.transpose());
        let Some(gram_inverse) = gram.inverse(p, limits)? else { return Ok(None) };
        let mut algebra =
            RootAlgebra { chains, cartan, pivots, f, functions, traces, gram, gram_inverse, norm: Vec::new(), limits };
        // Σ (K_H⁻¹)_ij a_i a_j
        let dual = algebra.gram_inverse.mul(p, &algebra.functions);
        for i in 0..rank {
            let product = modular::mul_mod(p, dual.row(i), algebra.functions.row(i), &algebra.f);
            algebra.norm = modular::add_scaled(p, &algebra.norm, 1, &product);
        }
        Ok(Some(algebra))
    }

    fn prime(&self) -> Prime {
        self.chains.prime()
    }

    /// The rank of the algebra.
    pub fn rank(&self) -> usize {
        self.cartan.rows()
    }

    /// The determinant of the Killing form on `H`, modulo the prime; not zero.
    pub fn gram_determinant(&self) -> u32 {
        self.gram.determinant(self.prime())
    }

    /// The operators `S` of `H` with `α ∘ S = s(α) α` for all roots `α`: one for each absolutely simple ideal. `None`
    /// when the random functions were unlucky.
    ///
    /// The root system of the algebra is the union of its irreducible components; `s` is constant on each because two
    /// roots that are not orthogonal have a root as sum or difference, or are `±` each other. The `S` are found as the
    /// commutant of two operators `Σ_α φ(α) α^♯ ⊗ α` with random `φ ∈ E`, which contains them all, and a generic one of
    /// its elements is checked to be of this kind with as many eigenvalues as the commutant has dimensions: so their
    /// number is exact.
    pub fn components(&self, attempt: u64) -> Result<Option<Components>, Stop> {
        let (p, r) = (self.prime(), self.rank());
        let mut rng = random_stream(self.limits.seed(), 7000 + attempt);
        let mut operator = || {
            let phi: Vec<u32> = (0..self.f.len() - 1).map(|_| p.random_residue(&mut rng)).collect();
            let rows =
                (0..r).map(|i| padded(modular::mul_mod(p, &phi, self.functions.row(i), &self.f), self.f.len() - 1));
            let twisted = ModMatrix::from_rows(self.f.len() - 1, rows);
            let form = twisted.mul(p, &self.traces).mul(p, &self.functions.transpose());
            self.gram_inverse.mul(p, &form)
        };
        let (first, second) = (operator(), operator());
        // The commutant of a non-derogatory operator: its polynomials.
        let mut powers = vec![ModMatrix::identity(r)];
        for k in 1..r {
            self.limits.check()?;
            powers.push(powers[k - 1].mul(p, &first));
        }
        let flat = ModMatrix::from_rows(r * r, powers.iter().map(|m| m.entries().to_vec()));
        if flat.clone().reduce(p, r * r, self.limits)?.len() < r {
            return Ok(None);
        }
        let commutators = powers.iter().map(|m| {
            let mut difference = m.mul(p, &second).entries().to_vec();
            p.add_scaled(&mut difference, p.neg(1), second.mul(p, m).entries());
            difference
        });
        let equations = ModMatrix::from_rows(r * r, commutators.collect::<Vec<_>>()).transpose();
        let (solutions, _) = echelon_kernel(p, &equations, self.limits)?;
        // The S in the order of the echelon form of the S x, which is the same for every prime.
        let (n, x) = (self.chains.dim(), self.coordinates_of_x());
        let mut rows = ModMatrix::zero(0, n + r * r);
        for k in 0..solutions.rows() {
            let operator = square(r, &flat.left_mul(p, solutions.row(k)));
            let image = self.cartan.left_mul(p, &operator.transpose().left_mul(p, &x));
            rows.push_row(&[image.as_slice(), operator.entries()].concat());
        }
        let count = rows.rows();
        let pivots = rows.reduce(p, n, self.limits)?;
        if pivots.len() < count {
            return Ok(None);
        }
        let mut rng = random_stream(self.limits.seed(), 1000 + attempt);
        let size = 4 * count as u32 + 4;
        let weights: Vec<u32> = (0..count).map(|_| p.reduce_signed(random_integer(&mut rng, size))).collect();
        let combined = rows.left_mul(p, &weights);
        let generic = square(r, &combined[n..]);
        let Some(value) = self.eigenfunction(&generic)? else { return Ok(None) };
        let polynomial = minimal_polynomial(p, &generic, self.limits)?;
        let squarefree = modular::gcd(p, &polynomial, &modular::derivative(p, &polynomial)).len() == 1;
        if polynomial.len() != count + 1 || !squarefree {
            return Ok(None);
        }
        let images = ModMatrix::from_rows(n, (0..count).map(|k| rows.row(k)[..n].to_vec()));
        Ok(Some(Components { images, pivots, generic, value, polynomial }))
    }

    /// `x` in the basis of `H`.
    fn coordinates_of_x(&self) -> Vec<u32> {
        self.pivots.iter().map(|&c| self.prime().reduce_signed(self.chains.pair.x[c])).collect()
    }

    /// The function `α ↦ α(h)`, for `h` in coordinates of `H`.
    fn function_of(&self, h: &[u32]) -> Vec<u32> {
        self.functions.left_mul(self.prime(), h)
    }

    /// The function `s` with `α(S x) = s(α) α(x)`, when `α ∘ S = s(α) α` for all roots. `S` acts on columns.
    fn eigenfunction(&self, operator: &ModMatrix) -> Result<Option<ModPolynomial>, Stop> {
        let p = self.prime();
        let images = operator.transpose();
        let image_of_x = images.left_mul(p, &self.coordinates_of_x());
        let value = self.divided_by_t(&self.function_of(&image_of_x));
        for i in 0..self.rank() {
            let expected = padded(modular::mul_mod(p, &value, self.functions.row(i), &self.f), self.f.len() - 1);
            if self.function_of(images.row(i)) != expected {
                return Ok(None);
            }
        }
        Ok(Some(value))
    }

    /// `g / t` in `E`.
    fn divided_by_t(&self, g: &[u32]) -> ModPolynomial {
        let p = self.prime();
        let mut lifted = g.to_vec();
        lifted.resize(self.f.len(), 0);
        let factor = p.neg(p.mul(lifted[0], p.inv(self.f[0])));
        p.add_scaled(&mut lifted, factor, &self.f);
        lifted.remove(0);
        lifted
    }

    /// The types of the ideal that belongs to a factor `q` of the polynomial of a generic operator: a sum of conjugate
    /// simple algebras, as many as `degree`.
    pub fn type_of_factor(&self, components: &Components, q: &[u32]) -> Result<Option<FactorType>, Stop> {
        let (p, degree) = (self.prime(), q.len() - 1);
        let at_value = evaluate_function(p, q, &components.value, &self.f);
        let f = if at_value.is_empty() { self.f.clone() } else { modular::gcd(p, &self.f, &at_value) };
        let rank = self.rank() - evaluate(p, q, &components.generic).rank(p, self.limits)?;
        let roots = f.len() - 1;
        if degree == 0 || !rank.is_multiple_of(degree) || !roots.is_multiple_of(degree) {
            return Ok(None);
        }
        let (rank, roots) = (rank / degree, roots / degree);
        let mut long_roots = None;
        let mut candidates = SimpleType::from_dim_rank(rank + roots, rank);
        if candidates.len() > 1 {
            let norm = modular::div_rem(p, &self.norm, &f).1;
            candidates.retain(|t| {
                let target = p.neg(p.inv(p.reduce(t.dual_coxeter_number() as u64)));
                let shifted = modular::add_scaled(p, &norm, target, &[1]);
                let hits = if shifted.is_empty() { f.len() } else { modular::gcd(p, &f, &shifted).len() } - 1;
                long_roots = Some(hits / degree);
                hits == degree * t.long_root_count()
            });
        }
        let [simple] = candidates[..] else { return Ok(None) };
        Ok(Some(FactorType { simple, counted: long_roots.is_some(), polynomial: f }))
    }

    /// The generic element of the centroid on the whole algebra: row `j` is `S e_j`.
    pub fn operator(&self, components: &Components) -> Result<Option<ModMatrix>, Stop> {
        let (p, n, m) = (self.prime(), self.chains.dim(), self.f.len() - 1);
        // S w_k = s(A) w_k for k ≥ 1.
        let mut coefficients = vec![0];
        coefficients.extend_from_slice(&components.value);
        coefficients.resize(n, 0);
        let mut image = self.chains.vectors.left_mul(p, &coefficients);
        let (mut arguments, mut images) = (ModMatrix::zero(0, n), ModMatrix::zero(0, n));
        for k in 1..=m {
            arguments.push_row(self.chains.vectors.row(k));
            images.push_row(&image);
            image = self.chains.ad_x.left_mul(p, &image);
        }
        let on_cartan = components.generic.transpose().mul(p, &self.cartan);
        for i in 0..self.rank() {
            arguments.push_row(self.cartan.row(i));
            images.push_row(on_cartan.row(i));
        }
        let mut rows = arguments.beside(&images);
        if rows.reduce(p, n, self.limits)?.len() < n {
            return Ok(None);
        }
        Ok(Some(ModMatrix::from_rows(n, (0..n).map(|i| rows.row(i)[n..].to_vec()))))
    }
}

/// The operators of the centroid on the Cartan subalgebra.
pub struct Components {
    /// The elements `S x` in reduced echelon form.
    pub images: ModMatrix,
    /// Its pivot columns.
    pub pivots: Vec<usize>,
    /// A generic operator, an integer combination that is the same for every prime; it acts on columns.
    pub generic: ModMatrix,
    /// Its values at the roots.
    pub value: ModPolynomial,
    /// Its minimal polynomial, squarefree, its degree the number of absolutely simple ideals.
    pub polynomial: ModPolynomial,
}

/// The type of conjugate simple ideals.
pub struct FactorType {
    /// The type of each.
    pub simple: SimpleType,
    /// Whether roots had to be counted by length.
    pub counted: bool,
    /// The polynomial whose roots are the values at `x` of the roots of these ideals.
    pub polynomial: ModPolynomial,
}

fn signed(p: Prime, exponent: usize, value: u32) -> u32 {
    if exponent.is_multiple_of(2) { value } else { p.neg(value) }
}

fn padded(mut a: ModPolynomial, length: usize) -> Vec<u32> {
    a.resize(length, 0);
    a
}

/// The functions `a_i ∈ E` with `[h_i, w_1] = a_i(A) w_1`.
///
/// For the functional `λ(g) = K(w, g(A) w_1)` on `E`: `λ(t^j a_i) = (-1)^j K(w_j, [h_i, w_1])`. As power series in
/// `1/t`, `Σ λ(t^j) t^(-j-1) = q/f` and `Σ λ(t^j a_i) t^(-j-1) = b_i/f` with `b_i = a_i q` modulo `f`.
fn root_functions(chains: &Chains, f: &[u32], cartan: &ModMatrix, sequence: &[u32]) -> Result<Option<ModMatrix>, Stop> {
    let (p, m) = (chains.prime(), f.len() - 1);
    // The polynomial part of f · Σ c_j t^(-j-1).
    let numerator = |c: &[u32]| -> ModPolynomial { (0..m).map(|k| p.dot(&f[k + 1..], &c[..m - k])).collect() };
    let (g, q_inverse) = modular::gcd_and_cofactor(p, &trimmed(numerator(&sequence[1..=m])), f);
    if g.len() != 1 {
        return Ok(None);
    }
    let mut out = ModMatrix::zero(0, m);
    for i in 0..cartan.rows() {
        // [h, [x, w]] = [x, [h, w]] = -[x, [w, h]]
        let bracket = chains.ad_x.left_mul(p, &chains.ad_w.left_mul(p, cartan.row(i)));
        let pairings: Vec<u32> = (0..m).map(|j| signed(p, j + 1, p.dot(chains.covectors.row(j), &bracket))).collect();
        out.push_row(&padded(modular::mul_mod(p, &trimmed(numerator(&pairings)), &q_inverse, f), m));
    }
    Ok(Some(out))
}

fn trimmed(mut a: ModPolynomial) -> ModPolynomial {
    while a.last() == Some(&0) {
        a.pop();
    }
    a
}

/// The matrix `Tr_E(t^(k + l))`, `k, l < m`: power sums of the roots of `f` (Newton's identities).
fn trace_form(p: Prime, f: &[u32]) -> ModMatrix {
    let m = f.len() - 1;
    let mut sums = vec![p.reduce(m as u64)];
    for k in 1..2 * m {
        // s_k = -(k e_k + Σ_{0<i<k} e_i s_{k-i}) with e_i the coefficient of t^(m-i)
        let direct = if k <= m { p.mul(p.reduce(k as u64), f[m - k]) } else { 0 };
        let rest = (1..k.min(m + 1)).fold(direct, |sum, i| p.add(sum, p.mul(f[m - i], sums[k - i])));
        sums.push(p.neg(rest));
    }
    ModMatrix::from_rows(m, (0..m).map(|k| sums[k..k + m].to_vec()))
}

fn square(r: usize, flat: &[u32]) -> ModMatrix {
    ModMatrix::from_rows(r, flat.chunks(r.max(1)).map(<[u32]>::to_vec))
}

/// The minimal polynomial of a small matrix: the first linear relation between its powers.
pub fn minimal_polynomial(p: Prime, m: &ModMatrix, limits: &Limits) -> Result<ModPolynomial, Stop> {
    let r = m.rows();
    let mut powers = vec![ModMatrix::identity(r)];
    for k in 0..r {
        limits.check()?;
        powers.push(powers[k].mul(p, m));
    }
    let columns = ModMatrix::from_rows(r * r, powers.iter().map(|m| m.entries().to_vec())).transpose();
    let mut reduced = columns;
    let pivots = reduced.reduce(p, r + 1, limits)?;
    // Pivots are 0, …, d - 1; column d is the combination of those before.
    let d = pivots.len();
    let mut polynomial: ModPolynomial = (0..d).map(|k| p.neg(reduced.row(k)[d.min(r)])).collect();
    polynomial.push(1);
    Ok(polynomial)
}

/// The matrix `q(M)`, by Horner's rule.
pub fn evaluate(p: Prime, q: &[u32], m: &ModMatrix) -> ModMatrix {
    let n = m.rows();
    let mut value = ModMatrix::zero(n, n);
    for &c in q.iter().rev() {
        value = value.mul(p, m);
        for i in 0..n {
            let entry = &mut value.row_mut(i)[i];
            *entry = p.add(*entry, c);
        }
    }
    value
}

/// `q(s)` in `E`.
fn evaluate_function(p: Prime, q: &[u32], s: &[u32], f: &[u32]) -> ModPolynomial {
    let s = trimmed(s.to_vec());
    q.iter().rev().fold(Vec::new(), |value, &c| modular::add_scaled(p, &modular::mul_mod(p, &value, &s, f), c, &[1]))
}
