//! The sums of real forms of one complex type with one Killing form.

use crate::limits::{Limits, Stop};
use crate::roots::{RealForm, SimpleType, real_forms};

/// Beyond so many sums none is listed.
const MOST: usize = 100_000;

/// All real algebras whose complexification is the sum of these simple types and whose Killing form has the index
/// `index`, each as its simple ideals in order; `None` when there are too many to be listed.
pub(super) fn real_sums(types: &[SimpleType], index: i64, limits: &Limits) -> Result<Option<Vec<Vec<RealForm>>>, Stop> {
    let mut sorted = types.to_vec();
    sorted.sort();
    let mut sums: Vec<(Vec<RealForm>, i64)> = vec![(Vec::new(), 0)];
    for run in sorted.chunk_by(|a, b| a == b) {
        let (simple, copies) = (run[0], run.len());
        // Pairs of copies may be one complex algebra, whose Killing form has index 0.
        let mut parts: Vec<(Vec<RealForm>, i64)> = Vec::new();
        for pairs in 0..=copies / 2 {
            let mut own = vec![(vec![RealForm::complex(simple); pairs], 0)];
            let forms = real_forms(simple);
            // Multisets: forms in their order, each not before the last one.
            for _ in 2 * pairs..copies {
                limits.check()?;
                let mut longer = Vec::new();
                for (sum, total) in &own {
                    let last = sum[pairs..].last();
                    let from = last.and_then(|l| forms.iter().position(|f| f == l)).unwrap_or(0);
                    for form in &forms[from..] {
                        longer.push(([sum.as_slice(), &[*form]].concat(), total + form.killing_index()));
                    }
                    if longer.len() > MOST {
                        return Ok(None);
                    }
                }
                own = longer;
            }
            parts.extend(own);
        }
        if parts.len().saturating_mul(sums.len()) > MOST {
            return Ok(None);
        }
        let with = |(sum, total): &(Vec<RealForm>, i64)| {
            parts.iter().map(|(part, own)| ([sum.as_slice(), part].concat(), total + own)).collect::<Vec<_>>()
        };
        sums = sums.iter().flat_map(with).collect();
    }
    let mut found: Vec<Vec<RealForm>> = sums.into_iter().filter(|(_, total)| *total == index).map(|(s, _)| s).collect();
    found.iter_mut().for_each(|sum| sum.sort());
    found.sort();
    Ok(Some(found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roots::name_of_sum;

    /// Helgason's table V: what type and index leave.
    #[test]
    fn what_type_and_killing_form_leave() {
        let simple = |text: &str| text.parse::<crate::roots::CartanType>().unwrap().summands().to_vec();
        let names = |text: &str, index: i64| -> Vec<String> {
            let found = real_sums(&simple(text), index, &Limits::none()).unwrap().unwrap();
            found.iter().map(|sum| name_of_sum(sum)).collect()
        };
        assert_eq!(names("G2", 2), ["G2(2)"]);
        assert_eq!(names("A1+A1", 0), ["sl(2,C)_R"]);
        assert_eq!(names("A1+A1", -2), ["su(2)+sl(2,R)"]);
        assert_eq!(names("A2+A2", 0), ["sl(3,C)_R", "su(2,1)+su(2,1)"]);
        assert_eq!(names("E7", -5), ["E7(-5)"]);
        assert!(names("G2", 3).is_empty());
    }
}
