//! Normal and uniform random numbers from a seeded stream.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::Rng;

use crate::num::prime::random_stream;

/// A stream of normal and uniform numbers.
pub struct Random(ChaCha8Rng);

impl Random {
    /// The stream with this number.
    pub fn new(seed: u64, stream: u64) -> Random {
        Random(random_stream(seed, stream))
    }

    /// The stream itself.
    pub fn stream(&mut self) -> &mut ChaCha8Rng {
        &mut self.0
    }

    /// A standard normal number (Box and Muller).
    pub fn normal(&mut self) -> f64 {
        let u = 1.0 - self.unit();
        let angle = std::f64::consts::TAU * self.unit();
        (-2.0 * u.ln()).sqrt() * angle.cos()
    }

    /// Leaves out as many normal numbers.
    pub fn skip_normals(&mut self, count: u64) {
        // Two words of 64 bits each.
        self.0.set_word_pos(self.0.get_word_pos() + 4 * u128::from(count));
    }

    /// Uniform on the multiples of 2⁻⁵³ in [0, 1).
    pub fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Uniform on 0 … n − 1, up to a part in 2⁶⁴/n.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_left_out() {
        for count in [0, 1, 7, 1000] {
            let (mut drawn, mut skipped) = (Random::new(3, 1), Random::new(3, 1));
            (0..count).for_each(|_| {
                drawn.normal();
            });
            skipped.skip_normals(count);
            assert_eq!(drawn.normal(), skipped.normal());
        }
    }
}
