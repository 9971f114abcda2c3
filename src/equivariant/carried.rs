//! What belongs to invariants that are carried into a given basis: images of bases and of dual bases modulo primes, these lifted
//! to a quadratic field, and entries of invariants lifted to Q.

use num_integer::Integer;

use super::annihilation::{common_denominator, times};
use super::entries::{SparseRows, Values};
use super::quadratic::{Images, Row};
use crate::exact::ModMatrix;
use crate::limits::{Limits, Stop};
use crate::num::{Crt, Prime, Rational};
use crate::reps::decompose::{Splitting, Summand};

/// Where the entries stand: the starts of the rows, and the places.
pub(super) type Shape = (Vec<usize>, Vec<u64>);

/// Entries known modulo some primes.
pub(super) struct Lifted {
    pub shape: Shape,
    residues: Crt,
}

impl Lifted {
    /// Nothing known yet.
    pub fn new(shape: Shape) -> Lifted {
        let residues = Crt::new(shape.1.len());
        Lifted { shape, residues }
    }

    /// One more prime.
    pub fn add(&mut self, p: Prime, residues: &[u32]) {
        self.residues.add(p, residues);
    }

    /// The rational entries when the primes suffice for all of them.
    pub fn rows(&self) -> Option<SparseRows> {
        let values = Values::Rationals(self.residues.rationals()?);
        Some(SparseRows { starts: self.shape.0.clone(), places: self.shape.1.clone(), values })
    }
}

/// Whether the only irreducible stands in its basis of weight vectors.
pub(super) fn is_weight_basis(summands: &[Summand]) -> bool {
    let [only] = summands else { return false };
    let identity = |i: usize| only.images.row(i).iter().enumerate().all(|(j, &x)| x == u32::from(i == j));
    only.images.rows() == only.images.cols() && (0..only.images.rows()).all(identity)
}

/// The images of the dual bases: the images of all irreducibles together are a basis, whose dual basis is that of the duals.
pub(super) fn dual_images(p: Prime, summands: &[Summand], limits: &Limits) -> Result<Option<Vec<ModMatrix>>, Stop> {
    let size = summands.first().map_or(0, |s| s.images.cols());
    let rows = summands.iter().flat_map(|s| (0..s.images.rows()).map(|i| s.images.row(i).to_vec()));
    let whole = ModMatrix::from_rows(size, rows);
    if whole.rows() != size {
        return Ok(None);
    }
    let Some(inverse) = whole.inverse(p, limits)? else { return Ok(None) };
    let dual = inverse.transpose();
    let mut start = 0;
    let parts = summands.iter().map(|s| {
        let rows = start..start + s.images.rows();
        start = rows.end;
        ModMatrix::from_rows(size, rows.map(|i| dual.row(i).to_vec()))
    });
    Ok(Some(parts.collect()))
}

/// The images of bases of weight vectors and of their dual bases over `Q(√d)`, by the two square roots of `d` modulo primes.
#[derive(Default)]
pub(super) struct Embeddings {
    lifted: Option<(Crt, Crt)>,
}

/// The images of a basis and of its dual basis, row by row.
type Rows = [Vec<Row>; 2];

/// By factor, then by irreducible: the images of the basis, and of the dual basis.
pub(super) type AllImages = Vec<Vec<[Images; 2]>>;

impl Embeddings {
    /// One more prime: the summands of all factors, for `d ≠ 1` also where the other root stands for `√d`. All images when the primes
    /// suffice for entries that are machine words.
    pub fn add(
        &mut self,
        split: &Splitting,
        own: &[Vec<Summand>],
        other: Option<&[Vec<Summand>]>,
        limits: &Limits,
    ) -> Result<Option<AllImages>, Stop> {
        let (p, Some((d, root))) = (split.prime(), split.field()) else { return Ok(None) };
        let weights = |all: &[Vec<Summand>]| -> Vec<Vec<i64>> {
            all.iter().flatten().map(|s| s.module.highest_weight().to_vec()).collect()
        };
        if other.is_some_and(|other| weights(other) != weights(own)) {
            return Ok(None);
        }
        let Some(plus) = residues(p, own, limits)? else { return Ok(None) };
        // Of x = a + b√d and x' = a − b√d: a = (x + x')/2, b = (x − x')/(2√d).
        let (a, b) = match other {
            None => (plus.clone(), vec![0; plus.len()]),
            Some(other) => {
                let Some(minus) = residues(p, other, limits)?.filter(|minus| minus.len() == plus.len()) else {
                    return Ok(None);
                };
                let (half, part) = (p.inv(2), p.inv(p.mul(2, root)));
                let pairs = || plus.iter().zip(&minus);
                let a = pairs().map(|(x, y)| p.mul(p.add(*x, *y), half)).collect();
                (a, pairs().map(|(x, y)| p.mul(p.sub(*x, *y), part)).collect())
            }
        };
        let (first, second) = self.lifted.get_or_insert_with(|| (Crt::new(a.len()), Crt::new(b.len())));
        first.add(p, &a);
        second.add(p, &b);
        let (Some(a), Some(b)) = (first.rationals(), second.rationals()) else { return Ok(None) };
        let mut entries = a.chunks(1).zip(b.chunks(1)).map(|(a, b)| (a[0].clone(), b[0].clone()));
        let mut rows = |s: &Summand| -> Vec<Row> {
            (0..s.images.rows()).map(|_| entries.by_ref().take(s.images.cols()).collect()).collect()
        };
        let mut all: Vec<Vec<Rows>> =
            own.iter().map(|list| list.iter().map(|s| [rows(s), rows(s)]).collect()).collect();
        balance(own, &mut all);
        let made = |s: &Summand, rows: &Vec<Row>| Images::new(s.images.cols(), d, rows);
        let pair = |(s, [plain, dual]): (&Summand, &Rows)| Some([made(s, plain)?, made(s, dual)?]);
        Ok(own.iter().zip(&all).map(|(list, rows)| list.iter().zip(rows).map(pair).collect()).collect())
    }
}

/// Multiplies the image of a vector of weight `λ − Σ n_i α_i` by `Π s_i^{n_i}`, that of its dual by the inverse. Root vectors were
/// normalised without regard to this; it multiplies every invariant by one number, because its weight is zero. The `s_i` are
/// chosen so that rows one below the other have entries of one size.
fn balance(own: &[Vec<Summand>], all: &mut [Vec<Rows>]) {
    let simple = own.iter().flatten().map(|s| s.module.rank()).max().unwrap_or(0);
    let mut scales: Vec<Option<Rational>> = vec![None; simple];
    let mut depths: Vec<Vec<usize>> = Vec::new();
    for (s, rows) in own.iter().flatten().zip(all.iter().flatten()) {
        let mut depth = vec![vec![0usize; simple]; s.module.dim()];
        for k in 0..s.module.dim() {
            for (i, scale) in scales.iter_mut().enumerate() {
                let lowered = s.module.lowered(i, k);
                for (j, _) in lowered {
                    depth[*j as usize] = depth[k].clone();
                    depth[*j as usize][i] += 1;
                }
                if let (None, [(j, x)]) = (&scale, lowered) {
                    let ratio = content(&rows[0][k])
                        .zip(content(&rows[0][*j as usize]))
                        .and_then(|(a, b)| a.checked_div(&(&b * x)));
                    *scale = ratio.map(|r| r.abs());
                }
            }
        }
        depths.extend(depth);
    }
    let factors = depths.iter().map(|depth| {
        let powers = depth.iter().zip(&scales).filter(|(n, _)| **n > 0);
        powers.fold(Rational::ONE, |product, (n, scale)| {
            let power = scale.as_ref().and_then(|s| s.pow(i32::try_from(*n).ok()?));
            &product * &power.unwrap_or(Rational::ONE)
        })
    });
    let mut factors: std::collections::VecDeque<Rational> = factors.collect();
    for [plain, dual] in all.iter_mut().flatten() {
        for (row, turned) in plain.iter_mut().zip(dual) {
            let Some(factor) = factors.pop_front() else { return };
            let Some(inverse) = factor.recip() else { return };
            row.iter_mut().for_each(|x| *x = (&x.0 * &factor, &x.1 * &factor));
            turned.iter_mut().for_each(|x| *x = (&x.0 * &inverse, &x.1 * &inverse));
        }
    }
}

/// The greatest rational number of which all entries are multiples; `None` for zero and for numbers that are no machine words.
fn content(row: &[(Rational, Rational)]) -> Option<Rational> {
    let denominator = common_denominator(row.iter().flat_map(|(a, b)| [a, b]))?;
    let numerator = row.iter().flat_map(|(a, b)| [a, b]).try_fold(0i64, |g, x| Some(g.gcd(&times(x, denominator)?)))?;
    Rational::new(numerator, denominator).filter(|x| !x.is_zero())
}

/// The entries of the images of all irreducibles, each followed by those of the dual basis.
fn residues(p: Prime, summands: &[Vec<Summand>], limits: &Limits) -> Result<Option<Vec<u32>>, Stop> {
    let mut out = Vec::new();
    for list in summands {
        let Some(duals) = dual_images(p, list, limits)? else { return Ok(None) };
        for (s, dual) in list.iter().zip(&duals) {
            out.extend_from_slice(s.images.entries());
            out.extend_from_slice(dual.entries());
        }
    }
    Ok(Some(out))
}
