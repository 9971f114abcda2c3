//! Groups by name.

use super::giant::Giant;
use super::{FiniteError, Permutation, PermutationGroup};

/// Most points of a group by name.
pub(super) const MOST_POINTS: usize = 1_000_000;

fn degree_of(name: &str, n: usize) -> Result<usize, FiniteError> {
    if n > MOST_POINTS {
        return Err(FiniteError::Argument(format!("{name} would act on {n} points; at most {MOST_POINTS}")));
    }
    Ok(n)
}

/// A permutation by the image of each point; the images are distinct by construction.
pub(super) fn map(degree: usize, image: impl Fn(usize) -> usize) -> Permutation {
    Permutation::of((0..degree).map(|x| image(x) as u32).collect())
}

/// The cycle of all points from `first` on.
fn rotation(degree: usize, first: usize) -> Permutation {
    map(degree, |x| if x < first || degree <= first { x } else { first + (x - first + 1) % (degree - first) })
}

/// The symmetric group of all permutations of n points.
pub fn symmetric(n: usize) -> Result<PermutationGroup, FiniteError> {
    degree_of("S(n)", n)?;
    let mut generators = Vec::new();
    if n >= 2 {
        generators.push(map(n, |x| if x < 2 { 1 - x } else { x }));
    }
    if n >= 3 {
        generators.push(rotation(n, 0));
    }
    Ok(PermutationGroup::of(format!("S({n})"), n, generators).known(Giant::Symmetric))
}

/// The alternating group of all even permutations of n points.
pub fn alternating(n: usize) -> Result<PermutationGroup, FiniteError> {
    degree_of("A(n)", n)?;
    let mut generators = Vec::new();
    if n >= 3 {
        generators.push(map(n, |x| if x < 3 { (x + 1) % 3 } else { x }));
    }
    if n >= 4 {
        // The cycle of odd length on all points, or all but the first.
        generators.push(rotation(n, 1 - n % 2));
    }
    Ok(PermutationGroup::of(format!("A({n})"), n, generators).known(Giant::Alternating))
}

/// The cyclic group of order n, rotating n points.
pub fn cyclic(n: usize) -> Result<PermutationGroup, FiniteError> {
    degree_of("Z(n)", n)?;
    let generators = if n >= 2 { vec![rotation(n, 0)] } else { Vec::new() };
    Ok(PermutationGroup::of(format!("Z({n})"), n, generators).of_order(n.max(1)))
}

/// The dihedral group of order 2n: the symmetries of the n-gon on its corners; for n = 1 on 2 points, for n = 2 on 4.
pub fn dihedral(n: usize) -> Result<PermutationGroup, FiniteError> {
    degree_of("D(n)", n)?;
    let name = format!("D({n})");
    match n {
        0 => Err(FiniteError::Argument("D(n) is the symmetry group of the n-gon, n ≥ 1".into())),
        1 => Ok(PermutationGroup::of(name, 2, vec![rotation(2, 0)])),
        2 => Ok(PermutationGroup::of(name, 4, vec![map(4, |x| x ^ 1), map(4, |x| x ^ 2)])),
        _ => Ok(PermutationGroup::of(name, n, vec![rotation(n, 0), map(n, |x| (n - x) % n)]).of_order(2 * n)),
    }
}

/// The four-group, regular on 4 points.
pub fn klein_four() -> PermutationGroup {
    PermutationGroup::of("V4", 4, vec![map(4, |x| x ^ 1), map(4, |x| x ^ 2)])
}

/// The dicyclic group of order 4n, regular: a^2n = 1, b² = a^n, b⁻¹ab = a⁻¹.
pub fn dicyclic(n: usize) -> Result<PermutationGroup, FiniteError> {
    degree_of("Dicyclic(n)", n.saturating_mul(4))?;
    if n == 0 {
        return Err(FiniteError::Argument("Dicyclic(n) has order 4n, n ≥ 1".into()));
    }
    // The element a^i b^j is point i + 2n j; generators act by right multiplication, b a = a⁻¹ b.
    let m = 2 * n;
    let times_a = map(4 * n, |x| if x < m { (x + 1) % m } else { m + (x - m + m - 1) % m });
    let times_b = map(4 * n, |x| if x < m { x + m } else { (x - m + n) % m });
    Ok(PermutationGroup::of(format!("Dicyclic({n})"), 4 * n, vec![times_a, times_b]).of_order(4 * n))
}

/// The quaternion group of order 8, regular.
pub fn quaternion() -> Result<PermutationGroup, FiniteError> {
    Ok(dicyclic(2)?.named("Q8"))
}

/// The hyperoctahedral group of signed permutations of n axes, of order 2^n n!: point i is +e_i, point n + i is -e_i.
pub fn signed_permutations(n: usize) -> Result<PermutationGroup, FiniteError> {
    degree_of("B(n)", n.saturating_mul(2))?;
    let both = |p: &Permutation| map(2 * n, |x| x / n * n + p.images()[x % n] as usize);
    let mut generators: Vec<Permutation> = symmetric(n)?.generators().iter().map(both).collect();
    if n >= 1 {
        generators.push(map(2 * n, |x| if x % n == 0 { (x + n) % (2 * n) } else { x }));
    }
    Ok(PermutationGroup::of(format!("B({n})"), 2 * n, generators).of_signed_order(n))
}
