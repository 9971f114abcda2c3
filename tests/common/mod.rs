//! What several test files share.

use symmetra::lie::{Algebra, parts};
use symmetra::limits::Limits;

/// The algebra in a random basis.
///
/// Up to dimension 24 every basis vector is touched several times, which fills the table; above, fewer operations
/// keep the tests quick while the basis is still far from any natural one.
pub fn scramble(g: &Algebra, seed: u64) -> Algebra {
    let operations = if g.dim() <= 24 { 4 * g.dim() } else { g.dim() };
    parts::scramble(g, seed, operations, true, &Limits::none()).unwrap()
}
