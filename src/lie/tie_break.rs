//! Real forms of one type with one signature, told apart: su(p,q) from su*(2m), so(p,q) from so*(2m).
//!
//! Within a type the index `σ` of the Killing form names the real form except when `p + q = 2m` and
//! `1 − (p − q)² = −2m − 1`, that is `p − q = 2t`, `m = 2t² − 1` (A13, A33, …), or `m − (p − q)²/2 = −m`, that is
//! `p − q = 2t`, `m = t²` (D9, D16, …; for t = 2 the two forms so(6,2) and so*(8) are isomorphic). Each time the index
//! of one further rational quadratic form, exact as that of the Killing form `K` is, decides.
//!
//! **A.** Let `x` have `dim ker ad x` = rank. The form `K([x,y], [x,z])` has the radical `H = ker ad x` and is, through
//! `ad x`, the restriction of `K` to `V = [x, g]`. If its rank is `dim g − rank`, `K` is non-degenerate on `V`, so
//! `g = H ⊕ V` and `H` is a Cartan subalgebra. Over R the index of `K` on `H` is its split dimension minus its compact
//! dimension. All Cartan subalgebras of su*(2m) are conjugate, with split dimension m − 1 and compact dimension m
//! (Sugiura, *J. Math. Soc. Japan* 11 (1959); Knapp, ch. VI §§6–7: the compact part of a maximally compact one
//! meets no non-compact imaginary root): the index on `V` is `−2m − 1 + 1 = −2m`. Those of su(p,q) have split
//! dimension `j ≤ q = m − t`: the index on `V` is `−2m − 1 − (j − (2m − 1 − j)) = −2 − 2j ≥ −2m + 2t − 2 > −2m`.
//!
//! **D.** Write `g = Skew(A, *)` for the algebra `A` of degree N = 2m with its orthogonal involution: `A = M_N(R)` for
//! so(p,q), `A = M_m(H)` for so*(2m) (Knus, Merkurjev, Rost, Tignol, *The Book of Involutions*, §26). For `x ∈ g` the
//! form `B(y,z) = tr((xy + yx)(xz + zx))` is the trace form of the symmetric elements `Sym(A, *)`, of dimension
//! m(2m + 1), pulled back along `y ↦ xy + yx`. Let `B` be non-degenerate; then the image has dimension m(2m − 1)
//! and its complement `W` in `Sym(A, *)` dimension 2m. The index of the trace form is N on `M_N(R)` and −N on
//! `M_m(H)`; on `g`, where it is a positive multiple of `K`, it is `−m` in both cases; so it is `3m` on `Sym(A, *)` for
//! so(p,q) and `−m` for so*(2m). The index on `W` is at most 2m in absolute value. Hence **index B > m proves so(p,q),
//! index B < m proves so*(2m)**; index m (which needs W definite) says nothing and another `x` is drawn.
//!
//! `B` is rational in the structure constants. With `b(y,z) = tr(yz) = K(y,z)/(N − 2)`, `X = ad x` and
//! `T(y,z) = tr(X² · ad y · ad z)` over the adjoint representation:
//! comparing the coefficients of `tr (ad)⁴ = (N − 8) tr(·)⁴ + 3 (tr(·)²)²` (the weights of the adjoint representation are
//! `λ_i + λ_j`, i < j), and `tr(X·ad y·X·ad z) = T − K(X²y, z)/2` because `tr(ad u·ad v·ad w) = K([u,v],w)/2` without a
//! cubic invariant,
//! `3(N − 8) B = 12 T − (2 + (N − 8)/(N − 2)) K(X²y, z) − 12 (b(x,x) b(y,z) + 2 b(x,y) b(x,z))`.
//!
//! Over a number field `F = Q(s)` all forms take values in `F`; what is diagonalised over Q are the forms
//! `Tr((s − c) B)` with rational `c` between the real places, as for the Killing form itself.

use num_bigint::BigInt;
use num_traits::One;

use super::jacobi::{height, next_table};
use super::{ResidueTable, StructureConstants, signature};
use crate::exact::lift::Primes;
use crate::exact::polynomial::Polynomial;
use crate::exact::{Matrix, ModMatrix, solve};
use crate::limits::{Limits, Stop};
use crate::num::prime::{random_integer, random_stream};
use crate::num::{Crt, Rational};
use crate::parallel;
use crate::roots::{Letter, RealForm, RealName, SimpleType};

/// A simple ideal over Q, as an algebra of its own.
pub struct Ideal<'a> {
    /// Its structure constants.
    pub constants: &'a StructureConstants,
    /// Its Killing form.
    pub killing: &'a Matrix<Rational>,
    /// The type of its absolutely simple factors.
    pub factor: SimpleType,
    /// The minimal polynomial of the generator `s` of its centroid.
    pub field: &'a Polynomial,
    /// The operator `s`; row `j` is `s e_j`. Not needed when the degree of the field is 1.
    pub operator: Option<&'a Matrix<Rational>>,
}

const ATTEMPTS: u64 = 60;

/// The real form at each real place, in the order of the real roots of the field, for an ideal whose places all are
/// among the coincidences or have forms that `known` names already. `None` when no generic element was found.
pub fn tell_apart(
    ideal: &Ideal<'_>,
    known: Vec<Option<RealForm>>,
    limits: &Limits,
) -> Result<Option<Vec<RealForm>>, Stop> {
    let mut found = known;
    for attempt in 0..ATTEMPTS {
        limits.progress("real forms that share their signature", 0.7);
        if found.iter().all(Option::is_some) {
            break;
        }
        let x = element(ideal.constants.dim(), attempt, limits);
        let candidate = Probe { ideal, x, limits };
        let indices = match ideal.factor.letter() {
            Letter::A => candidate.indices_on_root_spaces()?,
            Letter::D => candidate.indices_on_symmetric_elements()?,
            _ => return Ok(None),
        };
        for (form, index) in found.iter_mut().zip(indices.unwrap_or_default()) {
            *form = form.or_else(|| named_by(ideal.factor, index));
        }
    }
    Ok(found.into_iter().collect())
}

/// The form of the coincidence in this type that the deciding index names.
fn named_by(factor: SimpleType, index: i64) -> Option<RealForm> {
    let star_form = |name: RealName| name.simple_forms().ok().and_then(|forms| forms.first().copied());
    let (star, is_star) = match factor.letter() {
        Letter::A => {
            let m = factor.rank().div_ceil(2);
            (star_form(RealName::SuStar(m))?, index == -2 * m as i64)
        }
        _ => {
            let m = factor.rank();
            if index == m as i64 {
                return None;
            }
            (star_form(RealName::SoStar(m))?, index < m as i64)
        }
    };
    RealForm::candidates(factor, star.killing_index()).into_iter().find(|form| (*form == star) == is_star)
}

/// Small integer coordinates, growing with the attempts.
fn element(n: usize, attempt: u64, limits: &Limits) -> Vec<i64> {
    let mut rng = random_stream(limits.seed(), 7000 + attempt);
    let size = 2 + attempt as u32 / 2;
    (0..n).map(|_| random_integer(&mut rng, size)).collect()
}

/// An ideal with a random element `x`.
struct Probe<'a> {
    ideal: &'a Ideal<'a>,
    x: Vec<i64>,
    limits: &'a Limits,
}

impl Probe<'_> {
    fn degree(&self) -> usize {
        self.ideal.field.degree().unwrap_or(1)
    }

    fn x(&self) -> Vec<Rational> {
        self.x.iter().map(|&c| Rational::from(c)).collect()
    }

    /// `K([x, e_i], [x, e_j]) = −K((ad x)² e_i, e_j)`.
    fn squared(&self) -> Result<Matrix<Rational>, Stop> {
        let brackets = self.ideal.constants.ad(&self.x()).transpose();
        product(&product(&brackets, self.ideal.killing, self.limits)?, &brackets.transpose(), self.limits)
    }

    /// Case A: the indices of `K` on `[x, g]`; `None` when `x` is not regular.
    fn indices_on_root_spaces(&self) -> Result<Option<Vec<i64>>, Stop> {
        let form = self.squared()?;
        let rank = self.ideal.factor.rank() * self.degree();
        self.indices(rank, |c| self.twisted(&form, c))
    }

    /// Case D: the indices of `B`; `None` when it is degenerate.
    fn indices_on_symmetric_elements(&self) -> Result<Option<Vec<i64>>, Stop> {
        let limits = self.limits;
        let n = 2 * self.ideal.factor.rank() as i64;
        let quotient = |a: i64, b: i64| Rational::new(a, b).unwrap_or_default();
        let traces = trace_of_squares(self.ideal.constants, &self.x, limits)?;
        let squared = self.squared()?;
        let field = TraceForm::new(self.ideal.field, limits)?;
        let Some(own) = self.values(&field)? else { return Ok(None) };
        let minus_square = &quotient(2, 1) + &quotient(n - 8, n - 2);
        let shrink = -&quotient(12, (n - 2) * (n - 2));
        let twice = &shrink + &shrink;
        // K(x, x) as an element of the field.
        let norm = own.iter().zip(&self.x).fold(vec![Rational::ZERO; self.degree()], |mut sum, (value, &c)| {
            sum.iter_mut().zip(value).for_each(|(s, v)| s.add_product(&Rational::from(c), v));
            sum
        });
        let scaled_killing = self.multiplied(self.ideal.killing, &norm)?;
        let dim = self.ideal.constants.dim();
        // The part that is linear over the field, then the square of the linear form K(x, ·).
        let linear = Matrix::from_fn(dim, dim, |i, j| {
            let mut sum = &Rational::from(12) * &traces[(i, j)];
            sum.add_product(&minus_square, &squared[(i, j)]);
            sum.add_product(&shrink, &scaled_killing[(i, j)]);
            sum
        });
        self.indices(0, |c| {
            let mut form = self.twisted(&linear, c)?;
            let weights = field.twisted(c);
            for (i, u) in own.iter().enumerate() {
                for (j, v) in own.iter().enumerate() {
                    let mut value = Rational::ZERO;
                    for (a, row) in u.iter().zip(weights.iter_rows()) {
                        for (b, w) in v.iter().zip(row) {
                            value.add_product(&(a * b), w);
                        }
                    }
                    form[(i, j)].add_product(&twice, &value);
                }
            }
            Ok(form)
        })
    }

    /// The index of a form with values in the field at each real place, `None` when the radical is larger than
    /// `nullity`, which is the least it can be. `form(Some(c))` is its trace over Q after multiplication by `s − c`.
    fn indices(
        &self,
        nullity: usize,
        form: impl Fn(Option<&Rational>) -> Result<Matrix<Rational>, Stop>,
    ) -> Result<Option<Vec<i64>>, Stop> {
        if self.degree() == 1 {
            return Ok(self.index(nullity, &form(None)?)?.map(|index| vec![index]));
        }
        let mut totals = Vec::new();
        for c in &self.ideal.field.separate_real_roots() {
            match self.index(nullity, &form(Some(c))?)? {
                Some(index) => totals.push(index),
                None => return Ok(None),
            }
        }
        // Passing a root turns the sign of its place.
        Ok(Some(totals.windows(2).map(|pair| (pair[0] - pair[1]) / 2).collect()))
    }

    /// The index of a rational form of rank at most `n − nullity`: that of a principal block of this size, which the
    /// pivots modulo a prime propose; non-singular, the block shows that the rank is not smaller.
    fn index(&self, nullity: usize, form: &Matrix<Rational>) -> Result<Option<i64>, Stop> {
        let n = form.rows();
        let mut primes = Primes::new(self.limits);
        let (p, mut residues) = loop {
            let p = primes.draw();
            if let Some(residues) = ModMatrix::from_rational(p, form) {
                break (p, residues);
            }
        };
        let pivots = residues.reduce(p, n, self.limits)?;
        if pivots.len() + nullity != n {
            return Ok(None);
        }
        let block = Matrix::from_fn(pivots.len(), pivots.len(), |i, j| form[(pivots[i], pivots[j])].clone());
        let found = signature(&block, self.limits)?;
        Ok((found.zero == 0).then(|| found.index()))
    }

    /// The form `((s − c) y, z)` of a form that is linear over the field.
    fn twisted(&self, form: &Matrix<Rational>, c: Option<&Rational>) -> Result<Matrix<Rational>, Stop> {
        match c {
            Some(c) => self.multiplied(form, &[-c, Rational::ONE]),
            None => Ok(form.clone()),
        }
    }

    /// The form `(p(s) y, z)` for the polynomial with these coefficients.
    fn multiplied(&self, form: &Matrix<Rational>, p: &[Rational]) -> Result<Matrix<Rational>, Stop> {
        let mut sum = Matrix::filled(form.rows(), form.cols(), Rational::ZERO);
        for c in p.iter().rev() {
            if let (Some(operator), true) = (self.ideal.operator, sum.entries().iter().any(|v| !v.is_zero())) {
                sum = product(operator, &sum, self.limits)?;
            }
            if !c.is_zero() {
                for i in 0..form.rows() {
                    for (s, v) in sum.row_mut(i).iter_mut().zip(form.row(i)) {
                        s.add_product(c, v);
                    }
                }
            }
        }
        Ok(sum)
    }

    /// `K_F(x, e_j) = Σ_k c_k s^k` as the list of the `c`, for each `j`, from `Tr(s^i K_F(x, e_j)) = K(s^i x, e_j)`.
    fn values(&self, field: &TraceForm) -> Result<Option<Vec<Vec<Rational>>>, Stop> {
        let mut power = Matrix::from_fn(1, self.x.len(), |_, j| Rational::from(self.x[j]));
        let mut traces = Vec::new();
        for k in 0..self.degree() {
            if let (Some(operator), true) = (self.ideal.operator, k > 0) {
                power = product(&power, operator, self.limits)?;
            }
            traces.push(product(&power, self.ideal.killing, self.limits)?);
        }
        let mut out = Vec::with_capacity(self.x.len());
        for j in 0..self.x.len() {
            let right: Vec<Rational> = traces.iter().map(|row| row[(0, j)].clone()).collect();
            match solve(&field.gram(0), &right, self.limits)? {
                Some(value) => out.push(value),
                None => return Ok(None),
            }
        }
        Ok(Some(out))
    }
}

/// The traces `Tr(s^k)` of a number field.
struct TraceForm {
    degree: usize,
    traces: Vec<Rational>,
}

impl TraceForm {
    /// Traces of the powers of the companion matrix.
    fn new(field: &Polynomial, limits: &Limits) -> Result<TraceForm, Stop> {
        let monic = field.monic();
        let degree = monic.degree().unwrap_or(1);
        let companion = Matrix::from_fn(degree, degree, |i, j| {
            if i + 1 == degree { -&monic.coefficients()[j] } else { Rational::from(i64::from(j == i + 1)) }
        });
        let mut power = Matrix::from_fn(degree, degree, |i, j| Rational::from(i64::from(i == j)));
        let mut traces = Vec::new();
        for _ in 0..2 * degree {
            traces.push((0..degree).fold(Rational::ZERO, |sum, i| &sum + &power[(i, i)]));
            power = product(&power, &companion, limits)?;
        }
        Ok(TraceForm { degree, traces })
    }

    /// `Tr(s^shift · s^i · s^j)`.
    fn gram(&self, shift: usize) -> Matrix<Rational> {
        Matrix::from_fn(self.degree, self.degree, |i, j| self.traces[i + j + shift].clone())
    }

    /// `Tr((s − c) s^i s^j)`, or `Tr(s^i s^j)`.
    fn twisted(&self, c: Option<&Rational>) -> Matrix<Rational> {
        let plain = self.gram(0);
        match c {
            None => plain,
            Some(c) => {
                let next = self.gram(1);
                Matrix::from_fn(self.degree, self.degree, |i, j| &next[(i, j)] - &(c * &plain[(i, j)]))
            }
        }
    }
}

/// The product of two matrices, zeros skipped, rows in parallel.
fn product(a: &Matrix<Rational>, b: &Matrix<Rational>, limits: &Limits) -> Result<Matrix<Rational>, Stop> {
    let rows = parallel::try_map(a.rows(), |i| {
        limits.check()?;
        let mut row = vec![Rational::ZERO; b.cols()];
        for (x, other) in a.row(i).iter().zip(b.iter_rows()).filter(|(x, _)| !x.is_zero()) {
            for (sum, y) in row.iter_mut().zip(other).filter(|(_, y)| !y.is_zero()) {
                sum.add_product(x, y);
            }
        }
        Ok(row)
    })?;
    Ok(Matrix::from_fn(a.rows(), b.cols(), |i, j| rows[i][j].clone()))
}

/// `tr((ad x)² · ad e_i · ad e_j)`, symmetric: integers below a proved bound modulo enough primes. For dense tables
/// `n⁴` operations at each prime.
fn trace_of_squares(constants: &StructureConstants, x: &[i64], limits: &Limits) -> Result<Matrix<Rational>, Stop> {
    let n = constants.dim();
    limits.reserve(16 * (n as u128).pow(2) * 8)?;
    let (largest, denominator) = height(constants);
    // |(D ad x)_ij| ≤ |x|₁ h, and four sums over n: |D⁴ T| ≤ n⁴ |x|₁² h⁴.
    let weight: u64 = x.iter().map(|c| c.unsigned_abs()).sum();
    let bound = BigInt::from(n).pow(4) * BigInt::from(weight).pow(2) * largest.pow(4) * 2u8;
    let mut primes = Primes::new(limits);
    let mut crt = Crt::new(n * (n + 1) / 2);
    let mut modulus = BigInt::one();
    while modulus <= bound {
        let table = next_table(&mut primes, constants);
        let p = table.prime();
        let scale = p.pow(p.residue_big(&denominator), 4);
        let mut residues = trace_residues(&table, x, limits)?;
        p.scale(&mut residues, scale);
        crt.add(p, &residues);
        modulus *= p.value();
    }
    let scale = Rational::from(denominator.pow(4)).recip().unwrap_or(Rational::ONE);
    let values: Vec<Rational> = crt.integers().into_iter().map(|v| &Rational::from(v) * &scale).collect();
    Ok(Matrix::from_fn(n, n, |i, j| {
        let (i, j) = (i.min(j), i.max(j));
        values[i * (2 * n - i + 1) / 2 + (j - i)].clone()
    }))
}

/// The upper triangle modulo a prime, row after row from the diagonal.
fn trace_residues(table: &ResidueTable, x: &[i64], limits: &Limits) -> Result<Vec<u32>, Stop> {
    let (n, p) = (table.dim(), table.prime());
    let x: Vec<u32> = x.iter().map(|&c| p.reduce_signed(c)).collect();
    let ad_x = table.ad(&x);
    let square = ad_x.mul(p, &ad_x);
    let terms = parallel::map(n, |i| table.ad_terms(i));
    let rows = parallel::try_map(n, |i| {
        limits.check()?;
        // On row vectors products stand in the opposite order; the trace does not mind: tr(Z_j · P) with P = Y_i X².
        let mut left = ModMatrix::zero(n, n);
        for &(a, b, v) in &terms[i] {
            p.add_scaled(left.row_mut(a as usize), v, square.row(b as usize));
        }
        let transposed = left.transpose();
        let trace = |j: usize| {
            let mut total = 0u64;
            for part in terms[j].chunks(crate::num::prime::LAZY) {
                let sum: u64 = part
                    .iter()
                    .map(|&(a, b, v)| u64::from(v) * u64::from(transposed.row(a as usize)[b as usize]))
                    .sum();
                total = u64::from(p.reduce(total + sum));
            }
            total as u32
        };
        Ok((i..n).map(trace).collect::<Vec<u32>>())
    })?;
    Ok(rows.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::{Algebra, identify, killing_form, named, parts};

    fn limits() -> Limits {
        Limits::none()
    }

    fn form(name: &str) -> Algebra {
        named::real_form(crate::roots::parse_sum(name).unwrap()[0], &limits()).unwrap()
    }

    fn check(g: &Algebra, expected: &str) {
        assert_eq!(identify(g, &limits()).unwrap().real_form().as_deref(), Some(expected));
    }

    /// The index of `tr((xy + yx)(xz + zx))` from the matrices themselves, by the slow signature.
    fn index_from_matrices(g: &Algebra, x: &[i64]) -> i64 {
        let basis = &g.realization().unwrap().basis;
        let coordinates: Vec<Rational> = x.iter().map(|&c| Rational::from(c)).collect();
        let x = g.realization().unwrap().matrix_of(&coordinates);
        let products: Vec<_> = basis.iter().map(|y| x.mul(y).add_scaled(&Rational::ONE, &y.mul(&x))).collect();
        let n = products.len();
        let gram = Matrix::from_fn(n, n, |i, j| products[i].mul(&products[j]).trace());
        let (plus, minus, zero) = crate::lie::test_support::signature(&gram);
        assert_eq!(zero, 0);
        plus as i64 - minus as i64
    }

    #[test]
    fn the_form_on_symmetric_elements_is_the_one_of_the_matrices() {
        for (p, q) in [(7, 3), (8, 2), (10, 0), (5, 5)] {
            let g = form(&format!("so({p},{q})"));
            let killing = killing_form(g.constants(), &limits()).unwrap();
            let linear = Polynomial::new(vec![Rational::ZERO, Rational::ONE]);
            let factor = SimpleType::new(Letter::D, 5).unwrap();
            let ideal = Ideal { constants: g.constants(), killing: &killing, factor, field: &linear, operator: None };
            for attempt in 0..3 {
                let limits = limits();
                let x = element(g.dim(), attempt, &limits);
                let expected = index_from_matrices(&g, &x);
                let probe = Probe { ideal: &ideal, x, limits: &limits };
                assert_eq!(probe.indices_on_symmetric_elements().unwrap(), Some(vec![expected]), "so({p},{q})");
            }
        }
    }

    #[test]
    fn indices_on_root_spaces_are_those_of_the_cartan_subalgebras() {
        // su*(2m): one class, index −2m; su(p,q): −σ-part as in the text for some split dimension j ≤ q.
        for (name, rank) in [("su*(6)", 5), ("su*(8)", 7), ("su(4,2)", 5), ("su(5,3)", 7), ("su(8)", 7)] {
            let g = form(name);
            let killing = killing_form(g.constants(), &limits()).unwrap();
            let linear = Polynomial::new(vec![Rational::ZERO, Rational::ONE]);
            let factor = SimpleType::new(Letter::A, rank).unwrap();
            let ideal = Ideal { constants: g.constants(), killing: &killing, factor, field: &linear, operator: None };
            let limits = limits();
            let probe = Probe { ideal: &ideal, x: element(g.dim(), 0, &limits), limits: &limits };
            let index = probe.indices_on_root_spaces().unwrap().unwrap()[0];
            let real = crate::roots::parse_sum(name).unwrap()[0];
            let twice_split = real.killing_index() - index + rank as i64;
            if name.starts_with("su*") {
                assert_eq!(index, -(rank as i64 + 1), "{name}");
            }
            assert!(twice_split % 2 == 0 && (0..=2 * real.real_rank() as i64).contains(&twice_split), "{name} {index}");
        }
    }

    #[test]
    fn the_coincidences_are_told_apart_in_natural_bases() {
        for name in ["su(9,5)", "su*(14)", "so(12,6)", "so*(18)"] {
            check(&form(name), name);
        }
    }

    #[test]
    fn and_in_random_bases_and_as_ideals() {
        for (name, seed) in [("so(12,6)", 1), ("so*(18)", 2)] {
            let g = form(name);
            check(&parts::scramble(&g, seed, 120, true, &limits()).unwrap(), name);
            let sum = named::direct_sum(&g, &form("sl(2,R)"), &limits()).unwrap();
            check(&parts::scramble(&sum, seed, 20, true, &limits()).unwrap(), &format!("{name}+sl(2,R)"));
        }
    }
}
