//! Mathieu's groups and Rubik's cube, by generators.

use super::{FiniteError, Permutation, PermutationGroup};

/// A group from generators in cycle notation with points from `first`.
pub(super) fn from_table(
    name: &str,
    degree: usize,
    first: usize,
    cycles: &[&str],
) -> Result<PermutationGroup, FiniteError> {
    let mut generators = Vec::new();
    for text in cycles {
        let p = Permutation::from_cycles(degree + first, text).map_err(FiniteError::Argument)?;
        let shifted = p.images()[first..].iter().map(|&x| x - first as u32).collect();
        let wrong = || FiniteError::Argument(format!("{name}: a point below {first} moves"));
        generators.push(Permutation::from_images(shifted).ok_or_else(wrong)?);
    }
    PermutationGroup::new(name, degree, generators)
}

/// A cycle of eleven points in common to M11 and M12.
const ELEVEN: &str = "(1 2 3 4 5 6 7 8 9 10 11)";
const TWENTY_THREE: &str = "(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23)";
const OF_23: &str = "(3 17 10 7 9)(4 13 14 19 5)(8 18 11 12 23)(15 20 22 21 16)";

/// Mathieu's group on 11 points, of order 7920 (generators of the ATLAS of Finite Groups, p. 18).
pub fn mathieu_11() -> Result<PermutationGroup, FiniteError> {
    from_table("M11", 11, 1, &[ELEVEN, "(3 7 11 8)(4 10 5 6)"])
}

/// Mathieu's group on 12 points, of order 95040.
pub fn mathieu_12() -> Result<PermutationGroup, FiniteError> {
    from_table("M12", 12, 1, &[ELEVEN, "(3 7 11 8)(4 10 5 6)", "(1 12)(2 11)(3 6)(4 8)(5 9)(7 10)"])
}

/// Mathieu's group on 22 points, of order 443520.
pub fn mathieu_22() -> Result<PermutationGroup, FiniteError> {
    from_table(
        "M22",
        22,
        1,
        &[
            "(1 2 3 4 5 6 7 8 9 10 11)(12 13 14 15 16 17 18 19 20 21 22)",
            "(1 4 5 9 3)(2 8 10 7 6)(12 15 16 20 14)(13 19 21 18 17)",
            "(1 21)(2 10 8 6)(3 13 4 17)(5 19 9 18)(11 22)(12 14 16 20)",
        ],
    )
}

/// Mathieu's group on 23 points, of order 10200960.
pub fn mathieu_23() -> Result<PermutationGroup, FiniteError> {
    from_table("M23", 23, 1, &[TWENTY_THREE, OF_23])
}

/// Mathieu's group on 24 points, of order 244823040.
pub fn mathieu_24() -> Result<PermutationGroup, FiniteError> {
    let last = "(1 24)(2 23)(3 12)(4 16)(5 18)(6 10)(7 20)(8 14)(9 21)(11 17)(13 22)(15 19)";
    from_table("M24", 24, 1, &[TWENTY_THREE, OF_23, last])
}

/// Rubik's cube on its 48 stickers that move: quarter turns of the six faces, each face numbered row by row without its
/// centre; top 0-7, left 8-15, front 16-23, right 24-31, back 32-39, bottom 40-47.
pub fn rubiks_cube() -> Result<PermutationGroup, FiniteError> {
    from_table(
        "RubiksCube",
        48,
        1,
        &[
            "(1 3 8 6)(2 5 7 4)(9 33 25 17)(10 34 26 18)(11 35 27 19)",
            "(9 11 16 14)(10 13 15 12)(1 17 41 40)(4 20 44 37)(6 22 46 35)",
            "(17 19 24 22)(18 21 23 20)(6 25 43 16)(7 28 42 13)(8 30 41 11)",
            "(25 27 32 30)(26 29 31 28)(3 38 43 19)(5 36 45 21)(8 33 48 24)",
            "(33 35 40 38)(34 37 39 36)(3 9 46 32)(2 12 47 29)(1 14 48 27)",
            "(41 43 48 46)(42 45 47 44)(14 22 30 38)(15 23 31 39)(16 24 32 40)",
        ],
    )
}
