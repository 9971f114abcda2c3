//! Vector kernels for rows of residues: the one place that names pulp.
//!
//! Each kernel is a plain loop that the compiler vectorises; pulp compiles it for the vector units found when the
//! program runs (AVX2, or the baseline). The results are integers that do not depend on which one is taken.
//!
//! In kernels of residues `p` is a prime with `2^28 < p < 2^29`, residues are below `p`.

use pulp::Arch;

/// Number of products of two residues that a 64-bit accumulator holds besides a sum below 2^63.
pub const FOLD: usize = 31;

/// Rows shorter than this are not worth asking which vector units there are.
const SHORT: usize = 8;

/// Moved into a closure and used up there, it makes the closure one that runs once: those are inlined as they say.
struct Once;

/// Runs the loop compiled for this machine. The closure must be inlined: on its own it would be compiled for the baseline.
macro_rules! dispatch {
    ($length:expr, $call:expr) => {
        if $length < SHORT {
            $call
        } else {
            let once = Once;
            Arch::new().dispatch(
                #[inline(always)]
                || {
                    let _used_up = once;
                    $call
                },
            )
        }
    };
}

/// `body(input)`, compiled for the vector units of this machine; the body and what it calls must be inlined always.
/// Products and sums of doubles are not contracted, so the bits are the same on every machine.
pub fn on_vector_units<A, R>(input: A, body: impl Fn(A) -> R) -> R {
    let once = Once;
    Arch::new().dispatch(
        #[inline(always)]
        || {
            let _used_up = once;
            body(input)
        },
    )
}

/// The largest multiple of `p` below 2^63: what folding subtracts.
#[inline(always)]
fn fold_step(p: u32) -> u64 {
    (1 << 63) / u64::from(p) * u64::from(p)
}

#[inline(always)]
fn folded(sum: u64, step: u64) -> u64 {
    sum.min(sum.wrapping_sub(step)) // the difference wraps round when there is nothing to subtract
}

/// What Barrett's reduction of sums needs. All factors are kept in 32 bits so that the compiler sees products of 32-bit
/// numbers, which is what vector units have.
#[derive(Clone, Copy)]
struct Barrett {
    p: u32,
    /// `2^32 mod p` and `floor(that · 2^32 / p)`.
    high: u32,
    high_quotient: u32,
    /// `floor(2^60 / p)`, below 2^32.
    inverse: u32,
}

#[inline(always)]
fn wide(a: u32, b: u32) -> u64 {
    u64::from(a) * u64::from(b)
}

/// `floor(factor · 2^32 / p)`, Shoup's quotient of a residue.
#[inline(always)]
fn quotient(factor: u32, p: u32) -> u32 {
    ((u64::from(factor) << 32) / u64::from(p)) as u32
}

/// `factor · b` modulo `p`, or that plus `p`, for any 32-bit `b`.
#[inline(always)]
fn shoup(p: u32, factor: u32, quotient: u32, b: u32) -> u32 {
    (wide(factor, b) - wide((wide(quotient, b) >> 32) as u32, p)) as u32
}

impl Barrett {
    #[inline(always)]
    fn new(p: u32) -> Barrett {
        let high = ((1 << 32) % u64::from(p)) as u32;
        Barrett { p, high, high_quotient: quotient(high, p), inverse: ((1 << 60) / u64::from(p)) as u32 }
    }

    /// The residue of any 64-bit number.
    #[inline(always)]
    fn reduce(self, x: u64) -> u32 {
        let folded = shoup(self.p, self.high, self.high_quotient, (x >> 32) as u32);
        let y = u64::from(folded) + u64::from(x as u32); // below 2^33
        // The quotient is right or one too small.
        let r = (y - wide((wide((y >> 1) as u32, self.inverse) >> 59) as u32, self.p)) as u32;
        r.min(r.wrapping_sub(self.p))
    }
}

/// The dot product of two rows.
pub fn dot(p: u32, a: &[u32], b: &[u32]) -> u32 {
    #[inline(always)]
    fn body(p: u32, a: &[u32], b: &[u32]) -> u32 {
        const LANES: usize = 16;
        let step = fold_step(p);
        let mut lanes = [0u64; LANES];
        let length = a.len().min(b.len());
        let (a, b) = (&a[..length], &b[..length]);
        for (x, y) in a.chunks(LANES * FOLD).zip(b.chunks(LANES * FOLD)) {
            let (x_chunks, x_rest) = x.as_chunks::<LANES>();
            let (y_chunks, y_rest) = y.as_chunks::<LANES>();
            for (s, t) in x_chunks.iter().zip(y_chunks) {
                for l in 0..LANES {
                    lanes[l] += u64::from(s[l]) * u64::from(t[l]);
                }
            }
            for (lane, (&s, &t)) in lanes.iter_mut().zip(x_rest.iter().zip(y_rest)) {
                *lane += u64::from(s) * u64::from(t);
            }
            for lane in &mut lanes {
                *lane = folded(*lane, step);
            }
        }
        let barrett = Barrett::new(p);
        barrett.reduce(lanes.iter().map(|&lane| u64::from(barrett.reduce(lane))).sum())
    }
    dispatch!(a.len(), body(p, a, b))
}

/// `target += factor · row`, reduced.
pub fn add_scaled(p: u32, target: &mut [u32], factor: u32, row: &[u32]) {
    #[inline(always)]
    fn body(p: u32, target: &mut [u32], factor: u32, row: &[u32]) {
        let quotient = quotient(factor, p);
        for (t, &b) in target.iter_mut().zip(row) {
            let r = shoup(p, factor, quotient, b);
            let s = r.min(r.wrapping_sub(p)) + *t; // min picks the reduced one of r, r - p
            *t = s.min(s.wrapping_sub(p));
        }
    }
    dispatch!(row.len(), body(p, target, factor, row));
}

/// `target += row`, reduced.
pub fn add(p: u32, target: &mut [u32], row: &[u32]) {
    #[inline(always)]
    fn body(p: u32, target: &mut [u32], row: &[u32]) {
        for (t, &b) in target.iter_mut().zip(row) {
            let s = *t + b;
            *t = s.min(s.wrapping_sub(p));
        }
    }
    dispatch!(row.len(), body(p, target, row));
}

/// `row := factor · row`, reduced.
pub fn scale(p: u32, row: &mut [u32], factor: u32) {
    #[inline(always)]
    fn body(p: u32, row: &mut [u32], factor: u32) {
        let quotient = quotient(factor, p);
        for x in row {
            let r = shoup(p, factor, quotient, *x);
            *x = r.min(r.wrapping_sub(p));
        }
    }
    dispatch!(row.len(), body(p, row, factor));
}

/// `sums += factor · row` without reduction: at most [`FOLD`] times between calls of [`fold`].
pub fn accumulate(sums: &mut [u64], factor: u32, row: &[u32]) {
    #[inline(always)]
    fn body(sums: &mut [u64], factor: u32, row: &[u32]) {
        for (sum, &b) in sums.iter_mut().zip(row) {
            *sum += wide(factor, b);
        }
    }
    dispatch!(row.len(), body(sums, factor, row));
}

/// `sums += Σ factor · row` for four rows, which counts as four of the [`FOLD`] times.
pub fn accumulate_four(sums: &mut [u64], factors: [u32; 4], rows: [&[u32]; 4]) {
    #[inline(always)]
    fn body(sums: &mut [u64], factors: [u32; 4], rows: [&[u32]; 4]) {
        // Named one by one, of one length known to the compiler: otherwise it checks each index and takes no vectors.
        let ([f, g, h, k], [a, b, c, d], n) = (factors, rows, sums.len());
        let (a, b, c, d) = (&a[..n], &b[..n], &c[..n], &d[..n]);
        for (i, sum) in sums.iter_mut().enumerate() {
            *sum += (wide(f, a[i]) + wide(g, b[i])) + (wide(h, c[i]) + wide(k, d[i]));
        }
    }
    dispatch!(sums.len(), body(sums, factors, rows));
}

/// Brings accumulated sums below 2^63, without a division.
pub fn fold(p: u32, sums: &mut [u64]) {
    #[inline(always)]
    fn body(p: u32, sums: &mut [u64]) {
        let step = fold_step(p);
        for sum in sums {
            *sum = folded(*sum, step);
        }
    }
    dispatch!(sums.len(), body(p, sums));
}

/// Reduces sums to residues, in place.
pub fn reduce(p: u32, sums: &mut [u64]) {
    #[inline(always)]
    fn body(p: u32, sums: &mut [u64]) {
        let barrett = Barrett::new(p);
        for sum in sums {
            *sum = u64::from(barrett.reduce(*sum));
        }
    }
    dispatch!(sums.len(), body(p, sums));
}

/// Reduces sums to residues.
pub fn reduce_into(p: u32, sums: &[u64], out: &mut [u32]) {
    #[inline(always)]
    fn body(p: u32, sums: &[u64], out: &mut [u32]) {
        let barrett = Barrett::new(p);
        for (r, &sum) in out.iter_mut().zip(sums) {
            *r = barrett.reduce(sum);
        }
    }
    dispatch!(sums.len(), body(p, sums, out));
}

/// Small integers as doubles.
pub fn integers_to_doubles(values: &[i32], out: &mut [f64]) {
    #[inline(always)]
    fn body(values: &[i32], out: &mut [f64]) {
        for (o, &x) in out.iter_mut().zip(values) {
            *o = f64::from(x);
        }
    }
    dispatch!(values.len(), body(values, out));
}

/// The low half of a balanced residue has this many bits.
pub const HALF: u32 = 15;

#[inline(always)]
fn balanced(p: u32, x: u32) -> i32 {
    if x > p / 2 { x.wrapping_sub(p) as i32 } else { x as i32 }
}

/// Residues as doubles of least absolute value, at most 2^28.
pub fn to_doubles(p: u32, residues: &[u32], out: &mut [f64]) {
    #[inline(always)]
    fn body(p: u32, residues: &[u32], out: &mut [f64]) {
        for (o, &x) in out.iter_mut().zip(residues) {
            *o = f64::from(balanced(p, x));
        }
    }
    dispatch!(residues.len(), body(p, residues, out));
}

/// Balanced residues as `low + 2^15 high` with `|low| ≤ 2^14`, `|high| ≤ 2^13 + 1`.
pub fn to_halves(p: u32, residues: &[u32], low: &mut [f64], high: &mut [f64]) {
    #[inline(always)]
    fn body(p: u32, residues: &[u32], low: &mut [f64], high: &mut [f64]) {
        for ((l, h), &x) in low.iter_mut().zip(high).zip(residues) {
            let x = balanced(p, x);
            let top = (x + (1 << (HALF - 1))) >> HALF;
            *h = f64::from(top);
            *l = f64::from(x - (top << HALF));
        }
    }
    dispatch!(residues.len(), body(p, residues, low, high));
}

/// Adding and subtracting this rounds a double below 2^51 to an integer.
const ROUND: f64 = 6_755_399_441_055_744.0; // 1.5 · 2^52

/// `x` modulo `p`, of absolute value at most `p`. The quotient, below 2^25 + 1, is off by at most one half and
/// rounding errors; its product with `p` is an integer below 2^53, so both steps are exact.
#[inline(always)]
fn rest(x: f64, p: f64, inverse: f64) -> f64 {
    x - ((x * inverse + ROUND) - ROUND) * p
}

#[inline(always)]
fn residue_of_double(x: f64, p: u32, wide: f64, inverse: f64) -> u32 {
    // The last bits of a double near 2^52 are an integer in binary; a negative one wraps round.
    let r = (rest(x, wide, inverse) + ROUND).to_bits() as u32;
    let r = r.min(r.wrapping_add(p));
    r.min(r.wrapping_sub(p))
}

/// The residues of `low + 2^15 high` for integers `|low|, |high| ≤ 2000 · 2^42`, which is below `2^53 − 2^47`.
pub fn from_halves(p: u32, low: &[f64], high: &[f64], out: &mut [u32]) {
    #[inline(always)]
    fn body(p: u32, low: &[f64], high: &[f64], out: &mut [u32]) {
        let (wide, inverse) = (f64::from(p), 1.0 / f64::from(p));
        for ((o, &l), &h) in out.iter_mut().zip(low).zip(high) {
            *o = residue_of_double(rest(h, wide, inverse) * f64::from(1 << HALF) + l, p, wide, inverse);
        }
    }
    dispatch!(low.len(), body(p, low, high, out));
}

/// The residues of integers of absolute value at most `2000 · 2^42`.
pub fn from_doubles(p: u32, values: &[f64], out: &mut [u32]) {
    #[inline(always)]
    fn body(p: u32, values: &[f64], out: &mut [u32]) {
        let (wide, inverse) = (f64::from(p), 1.0 / f64::from(p));
        for (o, &x) in out.iter_mut().zip(values) {
            *o = residue_of_double(x, p, wide, inverse);
        }
    }
    dispatch!(values.len(), body(p, values, out));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::Prime;
    use crate::num::prime::random_stream;
    use rand_chacha::rand_core::Rng;

    /// The smallest and the largest prime in range, and some between; extreme residues among random ones.
    fn cases() -> impl Iterator<Item = (u32, Vec<u32>, Vec<u32>)> {
        let mut rng = random_stream(21, 0);
        let mut primes = vec![268_435_459, 536_870_909];
        primes.extend((0..6).map(|_| Prime::random(&mut rng).value()));
        let mut out = Vec::new();
        for p in primes {
            for length in [0usize, 1, 7, 8, 15, 16, 17, 100, 1001] {
                let mut row = || -> Vec<u32> {
                    (0..length)
                        .map(|_| match rng.next_u32() % 8 {
                            0 => 0,
                            1 => p - 1,
                            2 => p / 2,
                            3 => p / 2 + 1,
                            _ => rng.next_u32() % p,
                        })
                        .collect()
                };
                out.push((p, row(), row()));
            }
        }
        out.into_iter()
    }

    fn product(p: u32, a: u32, b: u32) -> u32 {
        (u128::from(a) * u128::from(b) % u128::from(p)) as u32
    }

    #[test]
    fn kernels_agree_with_wide_arithmetic() {
        for (p, a, b) in cases() {
            let wide = a.iter().zip(&b).map(|(&x, &y)| u128::from(x) * u128::from(y)).sum::<u128>();
            assert_eq!(u128::from(dot(p, &a, &b)), wide % u128::from(p));
            assert_eq!(dot(p, &vec![p - 1; 5000], &vec![p - 1; 5000]), 5000);
            for factor in [0, 1, p - 1, p / 3] {
                let mut sum = a.clone();
                add_scaled(p, &mut sum, factor, &b);
                let expected =
                    |x: u32, y: u32| ((u64::from(x) + u64::from(product(p, factor, y))) % u64::from(p)) as u32;
                assert!(sum.iter().zip(a.iter().zip(&b)).all(|(&s, (&x, &y))| s == expected(x, y)));
                add(p, &mut sum, &a);
                assert!(sum.iter().zip(a.iter().zip(&b)).all(|(&s, (&x, &y))| s == (expected(x, y) + x) % p));
                let mut scaled = a.clone();
                scale(p, &mut scaled, factor);
                assert!(scaled.iter().zip(&a).all(|(&s, &x)| s == product(p, factor, x)));
            }
        }
    }

    #[test]
    fn four_rows_at_once_are_four_rows() {
        for (p, a, b) in cases() {
            let (mut four, mut one) = (vec![(1u64 << 63) - 1; a.len()], vec![(1u64 << 63) - 1; a.len()]);
            for _ in 0..FOLD / 4 {
                accumulate_four(&mut four, [p - 1, 1, p / 2, 7], [&a, &b, &b, &a]);
            }
            for _ in 0..FOLD / 4 {
                accumulate(&mut one, p - 1, &a);
                accumulate(&mut one, 1, &b);
                accumulate(&mut one, p / 2, &b);
                accumulate(&mut one, 7, &a);
            }
            assert_eq!(four, one);
            let expected: Vec<u64> = four.iter().map(|x| x % u64::from(p)).collect();
            fold(p, &mut four);
            assert!(four.iter().all(|&x| x < 1 << 63));
            let mut reduced = vec![0; a.len()];
            reduce_into(p, &one, &mut reduced);
            reduce(p, &mut four);
            assert_eq!(four, expected);
            assert!(reduced.iter().zip(&expected).all(|(&r, &e)| u64::from(r) == e));
        }
    }

    #[test]
    fn barrett_is_division() {
        let mut rng = random_stream(22, 0);
        for p in [268_435_459u32, 536_870_909, 400_000_009] {
            let barrett = Barrett::new(p);
            let edges = (0..2000u64).flat_map(|k| [k * u64::from(p), k * u64::from(p) + 1, u64::MAX - k, k << 32]);
            let random: Vec<u64> = (0..20_000).map(|_| rng.next_u64() >> (rng.next_u32() % 64)).collect();
            for x in edges.chain(random) {
                assert_eq!(u64::from(barrett.reduce(x)), x % u64::from(p), "{x} modulo {p}");
            }
        }
    }

    #[test]
    fn doubles_come_back() {
        for (p, a, b) in cases() {
            let n = a.len();
            let (mut low, mut high, mut whole) = (vec![0.0; n], vec![0.0; n], vec![0.0; n]);
            to_halves(p, &a, &mut low, &mut high);
            to_doubles(p, &b, &mut whole);
            assert!(low.iter().all(|x| x.abs() <= 16384.0) && high.iter().all(|x| x.abs() <= 8193.0));
            assert!(whole.iter().all(|x| x.abs() <= f64::from(1 << 28)));
            let mut back = vec![0; n];
            from_halves(p, &low, &high, &mut back);
            assert_eq!(back, a);
            // The largest sums that may occur: 2000 equal products.
            for k in [1.0, 1999.0, 2000.0] {
                let l: Vec<f64> = low.iter().zip(&whole).map(|(x, y)| k * x * y).collect();
                let h: Vec<f64> = high.iter().zip(&whole).map(|(x, y)| k * x * y).collect();
                let mut alone = vec![0; n];
                from_doubles(p, &l, &mut alone);
                let exact = |x: f64| (x as i64).rem_euclid(i64::from(p)) as u32;
                assert!(alone.iter().zip(&l).all(|(&r, &x)| r == exact(x)));
                from_halves(p, &l, &h, &mut back);
                let expected = |x: u32, y: u32| product(p, product(p, x, y), k as u32);
                assert!(back.iter().zip(a.iter().zip(&b)).all(|(&r, (&x, &y))| r == expected(x, y)));
            }
        }
    }
}
