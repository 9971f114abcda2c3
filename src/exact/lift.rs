//! The multi-modular driver: an image modulo each of several random primes, Chinese remaindering, rational
//! reconstruction, and an exact check of the candidate. What comes back has passed the check.

use std::collections::BTreeSet;

use super::ModMatrix;
use crate::limits::{Limits, Stop};
use crate::num::prime::random_stream;
use crate::num::{Crt, Prime, Rational};

/// The image of a computation modulo one prime: numbers whose count and meaning may depend on discrete choices
/// (pivots, degrees). Images with a smaller `shape` are better (a bad prime loses rank, never gains it).
#[derive(Clone, Debug)]
pub struct Image {
    /// The discrete choices, comparable between primes; the smallest one met is taken to be the true one.
    pub shape: Vec<usize>,
    /// The residues to be lifted.
    pub residues: Vec<u32>,
}

impl Image {
    /// The image of a row space: larger rank is better, then earlier pivots; the pivots are `shape[1..]`.
    pub fn of_row_space(echelon: &ModMatrix, pivots: &[usize]) -> Image {
        let mut shape = vec![echelon.cols() - pivots.len()];
        shape.extend(pivots);
        Image { shape, residues: echelon.entries().to_vec() }
    }

    /// The image of a kernel in reduced echelon form: smaller dimension is better; the pivots are `shape[1..]`.
    pub fn of_kernel((echelon, pivots): (ModMatrix, Vec<usize>)) -> Image {
        let mut shape = vec![pivots.len()];
        shape.extend(pivots);
        Image { shape, residues: echelon.entries().to_vec() }
    }
}

/// The random primes of one computation, in the order drawn; never the same twice.
pub struct Primes {
    rng: rand_chacha::ChaCha8Rng,
    used: BTreeSet<u32>,
}

impl Primes {
    /// The stream of primes that belongs to the seed of these limits.
    pub fn new(limits: &Limits) -> Primes {
        Primes { rng: random_stream(limits.seed(), 1), used: BTreeSet::new() }
    }

    /// The next prime.
    pub fn draw(&mut self) -> Prime {
        loop {
            let p = Prime::random(&mut self.rng);
            if self.used.insert(p.value()) {
                return p;
            }
        }
    }

    /// The source of random choices that goes with the primes.
    pub fn rng(&mut self) -> &mut rand_chacha::ChaCha8Rng {
        &mut self.rng
    }
}

/// Lifts the image of a computation to the rationals.
///
/// `image` computes modulo a prime (`None`: this prime is no good, try another); `accept` turns the shape and the
/// candidate rationals into the answer when they pass an exact check, `None` when they do not (then more primes
/// are drawn). Ends because a true answer has bounded height; an answer that never passes would be a bug in the
/// check, and the caller's limits stop it.
pub fn lift<T>(
    limits: &Limits,
    mut image: impl FnMut(Prime) -> Result<Option<Image>, Stop>,
    mut accept: impl FnMut(&[usize], Vec<Rational>) -> Result<Option<T>, Stop>,
) -> Result<T, Stop> {
    let mut primes = Primes::new(limits);
    let mut best: Option<(Vec<usize>, Crt)> = None;
    let mut count = 0usize;
    let mut next_try = 1usize;
    loop {
        limits.check()?;
        let p = primes.draw();
        let Some(new) = image(p)? else { continue };
        match &mut best {
            Some((shape, crt)) if *shape == new.shape => crt.add(p, &new.residues),
            Some((shape, _)) if *shape < new.shape => continue,
            _ => {
                let mut crt = Crt::new(new.residues.len());
                crt.add(p, &new.residues);
                best = Some((new.shape, crt));
                (count, next_try) = (0, 1);
            }
        }
        count += 1;
        if count < next_try {
            continue;
        }
        next_try = count + (count / 4).max(1);
        if let Some((shape, crt)) = &best
            && let Some(candidate) = crt.rationals()
            && let Some(answer) = accept(shape, candidate)?
        {
            return Ok(answer);
        }
    }
}
