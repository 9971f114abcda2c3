//! Letters of strokes, for pictures in pixels: each character is a few broken lines on a grid of 5 × 7 points.
//!
//! Small letters are the capitals at three quarters of their height. Characters without strokes are left out.

/// Broken lines of the characters: two digits a corner, column and row from the upper left; a blank lifts the pen.
const STROKES: &[(char, &str)] = &[
    ('0', "100105163645413010 3115"),
    ('1', "112026 1636"),
    ('2', "01103041420646"),
    ('3', "004022324345361605"),
    ('4', "36300444"),
    ('5', "400002324345361605"),
    ('6', "30100205163645443303"),
    ('7', "004026"),
    ('8', "13020110304142331304051636454433"),
    ('9', "16364441301001021343"),
    ('A', "0602204246 0444"),
    ('B', "06003041423303 3344453606"),
    ('C', "4130100105163645"),
    ('D', "06003041453606"),
    ('E', "40000646 0333"),
    ('F', "400006 0333"),
    ('G', "41301001051636454323"),
    ('H', "0006 4046 0343"),
    ('I', "1030 2026 1636"),
    ('J', "404536160504"),
    ('K', "0006 400346"),
    ('L', "000646"),
    ('M', "0600234046"),
    ('N', "06004640"),
    ('O', "100105163645413010"),
    ('P', "06003041423303"),
    ('Q', "100105163645413010 2446"),
    ('R', "06003041423303 2346"),
    ('S', "413010010213334445361605"),
    ('T', "0040 2026"),
    ('U', "000516364540"),
    ('V', "002640"),
    ('W', "0016233640"),
    ('X', "0046 4006"),
    ('Y', "002340 2326"),
    ('Z', "00400646"),
    ('-', "0343"),
    ('+', "0343 2125"),
    ('=', "0242 0444"),
    ('.', "2626"),
    (',', "2517"),
    (':', "2222 2626"),
    ('(', "30212536"),
    (')', "10212516"),
    ('[', "30101636"),
    (']', "10303616"),
    ('/', "4006"),
    ('^', "022042"),
    ('%', "4006 0000 4646"),
    ('*', "1135 3115"),
    ('_', "0646"),
    ('|', "2026"),
    ('<', "410345"),
    ('>', "014305"),
    ('\'', "2022"),
    ('~', "03123342"),
];

/// Width of a character with the room behind it, in steps of the grid.
pub const ADVANCE: f64 = 6.0;
/// Height of a capital, in steps of the grid.
pub const HEIGHT: f64 = 6.0;

/// The strokes of a text, its upper left corner at the origin: pairs of ends in steps of the grid.
pub fn strokes(text: &str) -> Vec<[(f64, f64); 2]> {
    let mut out = Vec::new();
    for (k, c) in text.chars().enumerate() {
        let scale = if c.is_ascii_lowercase() { 0.75 } else { 1.0 };
        let capital = c.to_ascii_uppercase();
        let Some((_, lines)) = STROKES.iter().find(|(own, _)| *own == capital) else { continue };
        let left = ADVANCE * k as f64;
        for line in lines.split(' ') {
            let place = |pair: &[u8]| {
                let digit = |at: usize| f64::from(pair.get(at).copied().unwrap_or(b'0') - b'0');
                (left + scale * digit(0), HEIGHT - scale * (HEIGHT - digit(1)))
            };
            let corners: Vec<(f64, f64)> = line.as_bytes().chunks(2).map(place).collect();
            out.extend(corners.iter().zip(corners.iter().skip(1)).map(|(a, b)| [*a, *b]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_stay_in_their_boxes_and_differ() {
        for (i, (c, lines)) in STROKES.iter().enumerate() {
            assert!(lines.split(' ').all(|line| line.len() >= 4 && line.len().is_multiple_of(2)), "{c}");
            for [a, b] in strokes(&c.to_string()) {
                assert!([a, b].iter().all(|p| (0.0..=4.0).contains(&p.0) && (0.0..=7.0).contains(&p.1)), "{c}");
            }
            assert!(STROKES.iter().skip(i + 1).all(|(other, drawn)| other != c && drawn != lines), "{c}");
        }
        // A small letter stands on the same line and is lower.
        let top = |text: &str| strokes(text).iter().flatten().map(|p| p.1).fold(f64::INFINITY, f64::min);
        assert_eq!((top("A"), top("a")), (0.0, 1.5));
        assert!(strokes("é").is_empty());
    }
}
