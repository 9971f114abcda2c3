//! The groups of the icosahedron, which no crystal has: their matrices need √5.

use super::{Group, RepError, field_group};
use crate::exact::Matrix;
use crate::limits::Limits;
use crate::num::{Cyclotomic, Rational};

/// Their names, the names after Hermann and Mauguin, and what they are.
pub const ICOSAHEDRAL_GROUPS: &[(&str, &str, &str)] = &[
    ("I", "532", "the rotations of the icosahedron"),
    ("Ih", "-5-3m", "the rotations and reflections of the icosahedron"),
    ("2I", "", "the binary icosahedral group in SU(2), a double cover of I"),
];

/// (a, b) for (a + b √5)/4.
type Entry = (i64, i64);

/// φ/2, 1/(2φ) and 1/2, with φ = (1 + √5)/2.
const GOLDEN: Entry = (1, 1);
const SMALL: Entry = (-1, 1);
const HALF: Entry = (2, 0);

/// The half turn about the third axis, the cyclic permutation of the axes, and the turn by 2π/5 about (0, 1, φ), whose cosine
/// is 1/(2φ); then −1.
const SPACE: [[Entry; 9]; 4] = [
    [(-4, 0), (0, 0), (0, 0), (0, 0), (-4, 0), (0, 0), (0, 0), (0, 0), (4, 0)],
    [(0, 0), (0, 0), (4, 0), (4, 0), (0, 0), (0, 0), (0, 0), (4, 0), (0, 0)],
    [SMALL, (-1, -1), HALF, GOLDEN, HALF, SMALL, (-2, 0), SMALL, GOLDEN],
    [(-4, 0), (0, 0), (0, 0), (0, 0), (-4, 0), (0, 0), (0, 0), (0, 0), (-4, 0)],
];

/// The quaternions (1 + i + j + k)/2 and (φ + i/φ + j)/2.
const ICOSIANS: [[Entry; 4]; 2] = [[HALF, HALF, HALF, HALF], [GOLDEN, SMALL, HALF, (0, 0)]];

fn number((a, b): Entry) -> Cyclotomic {
    let quarter = Rational::new(1, 4).unwrap_or_default();
    Cyclotomic::square_root(5).scale(&Rational::from(b)).add(&Cyclotomic::from(a)).scale(&quarter)
}

/// The group of one of these names, as orthogonal or unitary matrices; `None` for other names.
///
/// The corners of the icosahedron are the cyclic permutations of (0, ±1, ±φ) (Coxeter, *Regular Polytopes*, 3.7). 2I consists
/// of the 120 icosians (Conway and Smith, *On Quaternions and Octonions*, 3.5), the quaternion a + bi + cj + dk as
/// [a + bi, c + di; −c + di, a − bi].
pub fn icosahedral(name: &str, limits: &Limits) -> Option<Result<Group, RepError>> {
    let row = ICOSAHEDRAL_GROUPS.iter().find(|row| row.0 == name || (!row.1.is_empty() && row.1 == name))?;
    let matrices = match row.0 {
        "2I" => ICOSIANS.iter().map(unitary).collect(),
        name => {
            let count = if name == "Ih" { 4 } else { 3 };
            let matrix = |m: &[Entry; 9]| Matrix::from_fn(3, 3, |i, j| number(m[3 * i + j]));
            SPACE[..count].iter().map(matrix).collect()
        }
    };
    Some(field_group(row.0, matrices, Vec::new(), limits))
}

fn unitary(quaternion: &[Entry; 4]) -> Matrix<Cyclotomic> {
    let complex = |re: Cyclotomic, im: Cyclotomic| re.add(&im.mul(&Cyclotomic::root_of_unity(4, 1)));
    let minus = |x: &Cyclotomic| x.scale(&Rational::from(-1));
    let [a, b, c, d] = quaternion.map(number);
    Matrix::from_fn(2, 2, |i, j| match (i, j) {
        (0, 0) => complex(a.clone(), b.clone()),
        (0, _) => complex(c.clone(), d.clone()),
        (_, 0) => complex(minus(&c), d.clone()),
        _ => complex(a.clone(), minus(&b)),
    })
}
