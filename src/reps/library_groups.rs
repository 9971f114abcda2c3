//! Groups under the names of the library of Finzi, Welling, Wilson (2021), beside those that have names of their own here.

use super::constructions::{embed, matrix_group};
use super::{Group, RepError, group_by_name, plane_group};
use crate::exact::SparseMatrix;
use crate::finite::{FiniteError, Permutation, PermutationGroup};
use crate::lie::named::{Arg, NamedError};
use crate::limits::Limits;
use crate::num::Rational;

/// More points of a regular representation are refused.
const MOST_POINTS: usize = 1 << 20;

/// `Z_k ⋉ (Z_n × Z_n)` on itself: shifts of an n×n grid around the edges with its half turns (k = 2) or quarter turns (k = 4).
///
/// The element `t(x,y) r^j` is point `(x n + y) k + j`; generators are the shifts along x and y and the turn `r`, by left
/// multiplication: `r t(x,y) = t(−y,x) r` for quarter turns.
pub fn turned_grid(k: usize, n: usize) -> Result<Group, RepError> {
    let name = format!("ZksZnxZn({k},{n})");
    let points = n.checked_mul(n).and_then(|cells| cells.checked_mul(k)).filter(|p| (1..=MOST_POINTS).contains(p));
    let (Some(points), true) = (points, matches!(k, 1 | 2 | 4)) else {
        let expected = format!("turns k = 1, 2 or 4 and a side n with at most {MOST_POINTS} elements k n²");
        return Err(NamedError::Argument { what: name, expected }.into());
    };
    let opposite = |x: usize| (n - x) % n;
    let at = |x: usize, y: usize, j: usize| (x % n * n + y % n) * k + j % k;
    let turned = |x: usize, y: usize| match k {
        1 => (x, y),
        2 => (opposite(x), opposite(y)),
        _ => (opposite(y), x),
    };
    let permutation = |image: &dyn Fn(usize, usize, usize) -> usize| {
        let images = (0..points).map(|p| image(p / k / n, p / k % n, p % k) as u32).collect();
        Permutation::from_images(images).ok_or(FiniteError::Internal("a turn of a grid is no permutation"))
    };
    let mut generators = vec![permutation(&|x, y, j| at(x + 1, y, j))?, permutation(&|x, y, j| at(x, y + 1, j))?];
    if k > 1 {
        generators.push(permutation(&|x, y, j| {
            let (x, y) = turned(x, y);
            at(x, y, j + 1)
        })?);
    }
    Group::of_permutation_group(PermutationGroup::new(name, points, generators)?)
}

/// Rotations about the third axis of space, with reflections, or the symmetries of a regular polygon about it with `k` corners.
pub fn about_the_third_axis(reflections: bool, corners: Option<usize>, limits: &Limits) -> Result<Group, RepError> {
    let name = if reflections { "O" } else { "SO" };
    let plane = match corners {
        Some(k) => plane_group(k, reflections, limits)?,
        None => group_by_name(name, &[Arg::Integer(2)], limits)?,
    };
    embed(&plane, 3, 0, limits)
}

/// The group of two elements that reverses space, or time, on vectors (t, x, y, z).
pub fn reversal(of_time: bool, limits: &Limits) -> Result<Group, RepError> {
    let sign = |i: usize| Rational::from(if (i == 0) == of_time { -1 } else { 1 });
    let matrix = SparseMatrix::from_triples(4, 4, (0..4).map(|i| (i, i, sign(i))));
    let name = if of_time { "TimeReversal" } else { "Parity" };
    matrix_group(name, (4, false), vec![matrix], Vec::new(), limits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `r t(1,0) r⁻¹ = t(0,1)` for quarter turns, and the group is as large as its points are many.
    #[test]
    fn turned_grids_are_regular() {
        for (k, n) in [(1, 3), (2, 3), (4, 3), (4, 4), (4, 1), (2, 1)] {
            let group = turned_grid(k, n).unwrap();
            let permutations = group.permutations().unwrap();
            assert_eq!(permutations.order(&Limits::none()).unwrap(), (k * n * n).into(), "{k} {n}");
        }
        let group = turned_grid(4, 5).unwrap();
        let [x, y, r] = group.permutations().unwrap().generators() else { panic!() };
        assert_eq!(r.inverse().then(x).and_then(|p| p.then(r)).as_ref(), Some(y));
        assert!(turned_grid(3, 4).is_err() && turned_grid(4, 0).is_err() && turned_grid(4, 1 << 40).is_err());
    }
}
