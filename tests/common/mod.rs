//! What several test files share.

pub mod expected;

use symmetra::exact::Matrix;
use symmetra::lie::{Algebra, parts};
use symmetra::limits::Limits;
use symmetra::num::Rational;
use symmetra::num::prime::{random_integer, random_stream};

/// The algebra in a random basis: a product of elementary integer operations, then rational rescaling.
///
/// Up to dimension 24 every basis vector is touched several times, which fills the table; above, fewer operations
/// keep the tests quick while the basis is still far from any natural one.
#[allow(dead_code)] // Not every test file needs it.
pub fn scramble(g: &Algebra, seed: u64) -> Algebra {
    let n = g.dim();
    let mut rng = random_stream(seed, 77);
    let mut rows: Vec<Vec<Rational>> =
        (0..n).map(|i| (0..n).map(|j| Rational::from(i64::from(i == j))).collect()).collect();
    let operations = if n <= 24 { 3 * n } else { n };
    for _ in 0..operations {
        let (i, j) = (
            random_integer(&mut rng, 1 << 20).unsigned_abs() as usize % n,
            random_integer(&mut rng, 1 << 20).unsigned_abs() as usize % n,
        );
        if i != j {
            let factor = Rational::from(random_integer(&mut rng, 2));
            let source = rows[j].clone();
            rows[i].iter_mut().zip(&source).for_each(|(x, y)| *x += &(&factor * y));
        }
    }
    for row in &mut rows {
        let scale =
            Rational::new(1 + random_integer(&mut rng, 3).abs(), 1 + random_integer(&mut rng, 4).abs()).unwrap();
        row.iter_mut().for_each(|x| *x = &*x * &scale);
    }
    let change = Matrix::from_rows(rows).unwrap();
    parts::change_basis(g, &change, &Limits::none()).unwrap()
}
