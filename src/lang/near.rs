//! Near misses: what a misspelt word may have meant.

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

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_case() {
        let names = ["identify", "inverse", "rank", "dim"];
        assert_eq!(nearest("idnetify", names), Some("identify"));
        assert_eq!(nearest("Rank", names), Some("rank"));
        assert_eq!(nearest("zebra", names), None);
    }
}
