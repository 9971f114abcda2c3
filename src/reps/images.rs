//! Groups that act on images: flips, turns and shifts permute the pixels, inversion of the grey levels negates them.

use super::{Group, RepError, matrix_group};
use crate::exact::SparseMatrix;
use crate::finite::{Permutation, PermutationGroup};
use crate::lie::named::NamedError;
use crate::limits::Limits;
use crate::num::Rational;

/// The symmetries of images with what they do.
pub const IMAGE_SYMMETRIES: &[(&str, &str)] = &[
    ("mirror", "left to right"),
    ("upside_down", "top to bottom"),
    ("flips", "both of these"),
    ("half_turn", "by 180 degrees"),
    ("rotations", "quarter turns of squares, half turns of rectangles"),
    ("dihedral", "quarter turns and flips of squares"),
    ("transpose", "along the diagonal of squares"),
    ("translations", "shifts in both directions, around the edges"),
    ("inversion", "grey levels x to -x"),
];

/// Row and column.
type Pixel = (usize, usize);

/// Images with more pixels are refused.
const MOST_PIXELS: usize = 1 << 20;

/// The group that these symmetries of `height × width` images generate; pixels row by row. A group of permutations unless
/// inversion is among them.
pub fn image_group(height: usize, width: usize, symmetries: &[&str], limits: &Limits) -> Result<Group, RepError> {
    let name = format!("image_group({height},{width},[{}])", symmetries.join(","));
    let refused = |expected: String| RepError::from(NamedError::Argument { what: name.clone(), expected });
    let pixels = height.checked_mul(width).filter(|n| (1..=MOST_PIXELS).contains(n));
    let pixels = pixels.ok_or_else(|| refused(format!("from 1 to {MOST_PIXELS} pixels")))?;
    let mut generators: Vec<Permutation> = Vec::new();
    let mut inverts = false;
    for symmetry in symmetries {
        limits.check()?;
        let needs_square = matches!(*symmetry, "dihedral" | "transpose");
        if needs_square && height != width {
            return Err(refused(format!("a square image for {symmetry}")));
        }
        let (h, w) = (height, width);
        let mirror = move |(r, c): Pixel| (r, w - 1 - c);
        let upside = move |(r, c): Pixel| (h - 1 - r, c);
        let half = move |(r, c): Pixel| (h - 1 - r, w - 1 - c);
        let transpose = |(r, c): Pixel| (c, r);
        let quarter = move |(r, c): Pixel| (c, h - 1 - r);
        let down = move |(r, c): Pixel| ((r + 1) % h, c);
        let right = move |(r, c): Pixel| (r, (c + 1) % w);
        let moves: Vec<&dyn Fn(Pixel) -> Pixel> = match *symmetry {
            "mirror" => vec![&mirror],
            "upside_down" => vec![&upside],
            "flips" => vec![&mirror, &upside],
            "half_turn" => vec![&half],
            "rotations" if h == w => vec![&quarter],
            "rotations" => vec![&half],
            "dihedral" => vec![&quarter, &mirror],
            "transpose" => vec![&transpose],
            "translations" => vec![&down, &right],
            "inversion" => {
                inverts = true;
                Vec::new()
            }
            _ => {
                let names: Vec<&str> = IMAGE_SYMMETRIES.iter().map(|s| s.0).collect();
                return Err(refused(format!("symmetries among {}; `{symmetry}` is none", names.join(", "))));
            }
        };
        for step in moves {
            let image = |p: usize| {
                let (r, c) = step((p / w, p % w));
                (r * w + c) as u32
            };
            let made = Permutation::from_images((0..pixels).map(image).collect());
            let made = made.ok_or_else(|| refused("symmetries that permute the pixels".into()))?;
            if !made.is_identity() && !generators.contains(&made) {
                generators.push(made);
            }
        }
    }
    if !inverts {
        return Group::of_permutation_group(PermutationGroup::new(name, pixels, generators)?);
    }
    limits.reserve(pixels as u128 * (generators.len() as u128 + 1) * 128)?;
    let one = |p: &Permutation| {
        let entry = |i: usize| (p.image(i).unwrap_or(i), i, Rational::ONE);
        SparseMatrix::from_triples(pixels, pixels, (0..pixels).map(entry))
    };
    let mut matrices: Vec<SparseMatrix> = generators.iter().map(one).collect();
    matrices.push(SparseMatrix::from_triples(pixels, pixels, (0..pixels).map(|i| (i, i, Rational::from(-1)))));
    matrix_group(name.clone(), (pixels, false), matrices, Vec::new(), limits)
}
