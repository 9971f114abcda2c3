//! Near misses: what a misspelt word may have meant.

use std::str::FromStr;

use crate::roots::CartanType;

/// The candidate nearest to `word`: the same word in other case, or few edits away.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length > 60 {
        return None;
    }
    // Short words forgive one slip, longer ones more.
    let allowed = match length {
        0..=1 => 0,
        2..=4 => 1,
        5..=8 => 2,
        _ => 3,
    };
    let folded = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let distance =
            if candidate.to_lowercase() == folded { 0 } else { strsim::damerau_levenshtein(word, candidate) };
        if distance <= allowed && candidate != word && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// `g2` for `G2`, `SO3` for `SO(3)`: a type or a family with its number, written otherwise than here.
pub fn usual_spelling(word: &str) -> Option<String> {
    let upper = word.to_uppercase();
    if upper != word && CartanType::from_str(&upper).is_ok() {
        return Some(upper);
    }
    let digits = word.len() - word.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (family, number) = word.split_at_checked(digits)?;
    let known = !family.is_empty() && !number.is_empty() && crate::builtins::find(family).is_some();
    known.then(|| format!("{family}({number})"))
}

#[cfg(test)]
mod tests {
    use super::{nearest, usual_spelling};

    #[test]
    fn finds_slips_and_case() {
        let names = ["identify", "inverse", "rank", "dim"];
        assert_eq!(nearest("idnetify", names), Some("identify"));
        assert_eq!(nearest("Rank", names), Some("rank"));
        assert_eq!(nearest("zebra", names), None);
    }

    #[test]
    fn knows_other_spellings_of_types_and_families() {
        assert_eq!(usual_spelling("e6").as_deref(), Some("E6"));
        assert_eq!(usual_spelling("SO3").as_deref(), Some("SO(3)"));
        assert_eq!(usual_spelling("zebra12"), None);
        assert_eq!(usual_spelling("12"), None);
    }
}
