//! Eigenvalues of adjoint maps in Q or a quadratic field, and what can be made of an element that has them.
//!
//! The minimal polynomial of `ad x` is found modulo primes (a Krylov sequence and Berlekamp–Massey), lifted, and
//! factored over Q. Nothing here is a proof: what is built on it is checked exactly at the end.

use crate::exact::polynomial::Polynomial;
use crate::exact::polynomial::modular::{self, ModPolynomial};
use crate::exact::{Matrix, solve};
use crate::lie::{ResidueTable, StructureConstants};
use crate::limits::{Limits, Stop};
use crate::num::prime::{random_integer, random_stream};
use crate::num::{Crt, Prime, Quadratic, Rational, power};

use super::surd::Surd;

/// Primes asked besides the first whether a polynomial splits into factors of degree at most two.
const WITNESSES: usize = 9;

/// What `ad x` looks like.
#[derive(Debug, Clone, PartialEq)]
pub enum Nature {
    /// Some power vanishes.
    Nilpotent,
    /// Diagonalisable over Q (`field` 1) or over Q(√field).
    Split {
        /// The square-free `d` of the field, 1 for Q.
        field: i64,
        /// The distinct eigenvalues.
        eigenvalues: Vec<Surd>,
    },
    /// Its eigenvalues lie in such a field, but it is not diagonalisable; the minimal polynomial.
    Mixed {
        /// The square-free `d` of the field, 1 for Q.
        field: i64,
        /// The minimal polynomial.
        minimal: Polynomial,
    },
    /// Its eigenvalues lie in no quadratic field.
    Other,
}

/// The residues of an algebra modulo a few primes, kept for many questions about its elements.
pub struct Spectra<'a> {
    constants: &'a StructureConstants,
    tables: Vec<ResidueTable>,
    rng: rand_chacha::ChaCha8Rng,
    /// Word operations spent so far.
    pub work: u64,
    limits: &'a Limits,
}

impl<'a> Spectra<'a> {
    /// Prepares an algebra of positive dimension.
    pub fn new(constants: &'a StructureConstants, limits: &'a Limits) -> Spectra<'a> {
        Spectra { constants, tables: Vec::new(), rng: random_stream(limits.seed(), 700), work: 0, limits }
    }

    fn need_table(&mut self, number: usize) -> Result<(), Stop> {
        while self.tables.len() <= number {
            self.limits.check()?;
            let p = Prime::random(&mut self.rng);
            if self.tables.iter().any(|t| t.prime() == p) {
                continue;
            }
            self.tables.extend(ResidueTable::new(p, self.constants));
        }
        Ok(())
    }

    /// The minimal polynomial of `ad x` modulo the prime of a table (its degree can be too small for unlucky random
    /// vectors); `None` when the prime divides a denominator of `x`.
    fn modular_minimal(&mut self, number: usize, x: &[Rational]) -> Result<Option<ModPolynomial>, Stop> {
        self.need_table(number)?;
        let (n, table) = (self.constants.dim(), &self.tables[number]);
        let p = table.prime();
        let Some(x) = x.iter().map(|c| p.residue(c)).collect::<Option<Vec<u32>>>() else { return Ok(None) };
        let ad = table.ad(&x);
        // The same integer vectors for every prime.
        let mut rng = random_stream(self.limits.seed(), 701);
        let mut vector = || (0..n).map(|_| p.reduce_signed(random_integer(&mut rng, 1000))).collect::<Vec<u32>>();
        let (mut v, u) = (vector(), vector());
        let mut sequence = Vec::new();
        let mut length = 24;
        loop {
            self.limits.check()?;
            let full = length >= 2 * n + 2;
            while sequence.len() < length.min(2 * n + 2) {
                sequence.push(p.dot(&u, &v));
                v = ad.left_mul(p, &v);
            }
            let f = modular::minimal_recurrence(p, &sequence);
            // A recurrence that has held for many more terms than it needs is the true one.
            if full || 2 * f.len() + 6 < sequence.len() {
                self.work += (n * n) as u64 * (sequence.len() as u64 + n as u64 / 4) + (f.len() as u64).pow(2) * 60;
                return Ok(Some(f));
            }
            length *= 2;
        }
    }

    /// The minimal polynomial of `ad x` over Q, confirmed by one prime more than needed; `None` after 40 primes.
    fn minimal(&mut self, x: &[Rational]) -> Result<Option<Polynomial>, Stop> {
        let mut best: Option<(usize, Crt)> = None;
        let mut previous = None;
        for number in 0..40 {
            let Some(f) = self.modular_minimal(number, x)? else { continue };
            let p = self.tables[number].prime();
            match &mut best {
                Some((degree, crt)) if *degree == f.len() => crt.add(p, &f),
                Some((degree, _)) if *degree > f.len() => continue,
                _ => {
                    let mut crt = Crt::new(f.len());
                    crt.add(p, &f);
                    best = Some((f.len(), crt));
                    previous = None;
                }
            }
            if let Some((_, crt)) = &best {
                let candidate = crt.rationals();
                if candidate.is_some() && candidate == previous {
                    return Ok(candidate.map(Polynomial::new));
                }
                previous = candidate;
            }
        }
        Ok(None)
    }

    /// Looks at an element: cheap modulo a prime when its eigenvalues lie in no quadratic field.
    pub fn nature(&mut self, x: &[Rational]) -> Result<Nature, Stop> {
        let Some(image) = self.modular_minimal(0, x)? else { return Ok(Nature::Other) };
        let p = self.tables[0].prime();
        if image.iter().take(image.len() - 1).all(|&c| c == 0) {
            return Ok(if image.len() <= 2 { Nature::Other } else { Nature::Nilpotent });
        }
        if !splits_in_degree_two(p, &image) {
            return Ok(Nature::Other);
        }
        // Other fields pass at many primes (for the group S_3 at two of three), so a few more are asked.
        if image.len() > 4 {
            for number in 1..=WITNESSES {
                let Some(image) = self.modular_minimal(number, x)? else { continue };
                if !splits_in_degree_two(self.tables[number].prime(), &image) {
                    return Ok(Nature::Other);
                }
            }
        }
        let Some(minimal) = self.minimal(x)? else { return Ok(Nature::Other) };
        let repeated = minimal.gcd(&minimal.derivative());
        let simple = minimal.div_rem(&repeated).0;
        let Some((field, eigenvalues)) = quadratic_roots(&simple, self.limits)? else { return Ok(Nature::Other) };
        Ok(if repeated.degree() == Some(0) {
            Nature::Split { field, eigenvalues }
        } else {
            Nature::Mixed { field, minimal }
        })
    }

    /// The semisimple part of an element with this minimal polynomial: `ad x_s = q(ad x)` for the polynomial `q` that
    /// Newton's iteration `q ← q − g(q)/g'(q)` finds, `g` the square-free part (Humphreys §4.2; Hoffman–Kunze §7.5).
    pub fn semisimple_part(&self, x: &[Rational], minimal: &Polynomial) -> Result<Option<Vec<Rational>>, Stop> {
        let repeated = minimal.gcd(&minimal.derivative());
        let g = minimal.div_rem(&repeated).0;
        let inverse = inverse_modulo(&g.derivative(), &g);
        let mut q = Polynomial::new(vec![Rational::ZERO, Rational::ONE]);
        let mut precision = 1;
        while precision < minimal.degree().unwrap_or(0) {
            let step = compose(&g, &q, minimal).mul(&compose(&inverse, &q, minimal)).div_rem(minimal).1;
            q = q.add(&step.scale(&Rational::from(-1)));
            // The inverse of g' is exact modulo g only, so each step gains one power of g.
            precision += 1;
            if step.is_zero() {
                break;
            }
        }
        let n = x.len();
        let ad = self.constants.ad(x);
        // [x_s, v] = q(ad x) v for random vectors v, as equations −(ad v) x_s = ….
        let mut rng = random_stream(self.limits.seed(), 702);
        let (mut rows, mut right) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            self.limits.check()?;
            let v: Vec<Rational> = (0..n).map(|_| Rational::from(random_integer(&mut rng, 3))).collect();
            let mut value = vec![Rational::ZERO; n];
            for c in q.coefficients().iter().rev() {
                value = apply(&ad, &value);
                value.iter_mut().zip(&v).for_each(|(s, y)| s.add_product(c, y));
            }
            rows.extend(self.constants.ad(&v).iter_rows().map(|r| r.iter().map(|c| -c).collect::<Vec<_>>()));
            right.extend(value);
        }
        let Some(matrix) = Matrix::from_rows(rows) else { return Ok(None) };
        Ok(solve(&matrix, &right, self.limits)?.filter(|v| v.iter().any(|c| !c.is_zero())))
    }

    /// An element `h` with integer eigenvalues from a nilpotent one: `h = [x, z]` with `[h, x] = 2x`. By Morozov's
    /// lemma such an `h` belongs to a triple, hence is semisimple with integer eigenvalues (Jacobson, ch. III.11).
    pub fn neutral_element(&self, x: &[Rational]) -> Result<Option<Vec<Rational>>, Stop> {
        let ad = self.constants.ad(x);
        let n = x.len();
        self.limits.check()?;
        let square = crate::exact::SparseMatrix::from_dense(&ad);
        let square = square.mul(&square).to_dense();
        let right: Vec<Rational> = x.iter().map(|c| c * &Rational::from(-2)).collect();
        let Some(z) = solve(&square, &right, self.limits)? else { return Ok(None) };
        debug_assert_eq!(z.len(), n);
        Ok(Some(apply(&ad, &z)))
    }
}

fn apply(m: &Matrix<Rational>, v: &[Rational]) -> Vec<Rational> {
    m.iter_rows().map(|row| crate::exact::dot(row, v)).collect()
}

/// Whether all irreducible factors have degree at most 2: `t^(p²) = t` modulo the square-free part.
fn splits_in_degree_two(p: Prime, f: &[u32]) -> bool {
    let repeated = modular::gcd(p, f, &modular::derivative(p, f));
    let f = &modular::div_rem(p, f, &repeated).0;
    if f.len() <= 3 {
        return true;
    }
    let frobenius =
        |start: &[u32]| power(vec![1], &start.to_vec(), p.value().into(), |a, b| modular::mul_mod(p, a, b, f));
    let twice = frobenius(&frobenius(&[0, 1]));
    modular::add_scaled(p, &twice, p.neg(1), &[0, 1]).iter().all(|&c| c == 0)
}

/// All roots of a square-free polynomial, when they lie in one quadratic field: its `d` (1 for Q) and the roots.
fn quadratic_roots(f: &Polynomial, limits: &Limits) -> Result<Option<(i64, Vec<Surd>)>, Stop> {
    let half = Rational::new(1, 2).unwrap_or_default();
    let (mut field, mut roots) = (1, Vec::new());
    for factor in f.factor_squarefree(limits)? {
        match factor.coefficients() {
            [c, _] => roots.push(Surd::rational(-c)),
            [c, b, _] => {
                let discriminant = &(b * b) - &(c * &Rational::from(4));
                let Some((factor, d)) = Quadratic::root(&discriminant) else { return Ok(None) };
                if field != 1 && field != d {
                    return Ok(None);
                }
                field = d;
                let (a, b) = (-&(b * &half), &factor * &half);
                roots.push(Surd { a: a.clone(), b: b.clone() });
                roots.push(Surd { a, b: -&b });
            }
            _ => return Ok(None),
        }
    }
    Ok(Some((field, roots)))
}

/// `f(q)` modulo `m`.
fn compose(f: &Polynomial, q: &Polynomial, m: &Polynomial) -> Polynomial {
    f.coefficients()
        .iter()
        .rev()
        .fold(Polynomial::new(Vec::new()), |value, c| value.mul(q).add(&Polynomial::new(vec![c.clone()])).div_rem(m).1)
}

/// The inverse of `f` modulo a coprime `g`, by Euclid's algorithm.
fn inverse_modulo(f: &Polynomial, g: &Polynomial) -> Polynomial {
    let minus = Rational::from(-1);
    let (mut r0, mut r1) = (g.clone(), f.div_rem(g).1);
    let (mut t0, mut t1) = (Polynomial::new(Vec::new()), Polynomial::new(vec![Rational::ONE]));
    while !r1.is_zero() {
        let (q, r) = r0.div_rem(&r1);
        let t = t0.add(&q.mul(&t1).scale(&minus));
        (r0, r1, t0, t1) = (r1, r, t1, t);
    }
    t0.scale(&r0.leading().recip().unwrap_or(Rational::ONE))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lie::named;

    fn vector(values: &[i64]) -> Vec<Rational> {
        values.iter().map(|&v| Rational::from(v)).collect()
    }

    #[test]
    fn elements_of_sl2() {
        // Basis H, E, F of sl(2): H is split, E nilpotent, E − F a rotation, E + 2F has eigenvalues ±2√2, 0.
        let limits = Limits::none();
        let g = named::split(&"A1".parse().unwrap(), &limits).unwrap();
        let mut spectra = Spectra::new(g.constants(), &limits);
        let mut field = |x: &[i64]| match spectra.nature(&vector(x)).unwrap() {
            Nature::Split { field, eigenvalues } => Some((field, eigenvalues.len())),
            _ => None,
        };
        assert_eq!(field(&[1, 0, 0]), Some((1, 3)));
        assert_eq!(field(&[0, 1, -1]), Some((-1, 3)));
        assert_eq!(field(&[0, 1, 2]), Some((2, 3)));
        assert_eq!(spectra.nature(&vector(&[0, 1, 0])).unwrap(), Nature::Nilpotent);
        let h = spectra.neutral_element(&vector(&[0, 3, 0])).unwrap().unwrap();
        assert_eq!(g.constants().bracket(&h, &vector(&[0, 3, 0])), vector(&[0, 6, 0]));
    }

    #[test]
    fn the_semisimple_part_is_split_off() {
        // In gl(3)-like sl(3): x = diag(1, 1, −2) + E_12 has the semisimple part diag(1, 1, −2).
        let limits = Limits::none();
        let g = named::split(&"A2".parse().unwrap(), &limits).unwrap();
        let mut spectra = Spectra::new(g.constants(), &limits);
        // H1 + 2 H2 is the coweight 3 ω_2^∨, on which α_1 vanishes; E1 commutes with it.
        let x = vector(&[1, 2, 1, 0, 0, 0, 0, 0]);
        let Nature::Mixed { field: 1, minimal } = spectra.nature(&x).unwrap() else { panic!() };
        let s = spectra.semisimple_part(&x, &minimal).unwrap().unwrap();
        assert_eq!(s, vector(&[1, 2, 0, 0, 0, 0, 0, 0]));
    }
}
