//! Nilpotent orbits of a simple algebra: weighted Dynkin diagrams, dimensions, labels.

use std::collections::BTreeMap;

use super::super::WeightError;
use super::super::root_data::RootData;
use super::exceptional::from_diagram;
use super::levi::{class_numbers, components};
use super::partitions::classical_orbits;
use crate::limits::Limits;
use crate::roots::{Letter, SimpleType};

/// A nilpotent orbit. The element `h` of an `sl_2`-triple through it is conjugate to a dominant element of the Cartan
/// subalgebra, and the orbits are told apart by the values of the simple roots on it (Dynkin; Kostant).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NilpotentOrbit {
    /// The weighted Dynkin diagram: the values 0, 1, 2 of the simple roots on `h`.
    pub diagram: Vec<i64>,
    /// The dimension `dim g − dim g_0 − dim g_1` over C.
    pub dim: usize,
    /// Dynkin's index of the `sl_2`-triple.
    pub index: i64,
    /// The partition of the defining representation for classical algebras, otherwise the label of Bala and Carter.
    pub label: String,
    /// The sizes of the Jordan blocks in the defining representation, for classical algebras.
    pub partition: Option<Vec<i64>>,
}

impl NilpotentOrbit {
    pub(super) fn new(data: &RootData, diagram: Vec<i64>, label: String) -> NilpotentOrbit {
        let value = |coordinates: &[i8]| coordinates.iter().zip(&diagram).map(|(&c, d)| i64::from(c) * d).sum::<i64>();
        let count = |wanted: i64| data.roots.iter().filter(|r| value(&r.coordinates) == wanted).count();
        let dim = 2 * (data.roots.len() - count(0)) - count(1);
        // K(h, h) = 2 Σ_{α > 0} α(h)², and K is 2 h^∨ times the form in which the coroot of a long root has length 2.
        let squares: i64 = data.roots.iter().map(|r| value(&r.coordinates).pow(2)).sum();
        let index = squares / (2 * data.simple.dual_coxeter_number() as i64);
        NilpotentOrbit { diagram, dim, index, label, partition: None }
    }

    /// Whether all eigenvalues of `h` are even.
    pub fn is_even(&self) -> bool {
        self.diagram.iter().all(|d| d % 2 == 0)
    }
}

/// The nilpotent orbits by dimension, the zero orbit first: by partitions for the classical algebras, by the theorem of
/// Bala and Carter for the others. Collingwood and McGovern, *Nilpotent Orbits in Semisimple Lie Algebras*, chapters 5, 8.
pub fn nilpotent_orbits(simple: SimpleType, limits: &Limits) -> Result<Vec<NilpotentOrbit>, WeightError> {
    let data = RootData::of(simple, limits)?;
    let mut out = match simple.letter() {
        Letter::A | Letter::B | Letter::C | Letter::D => classical_orbits(&data, limits)?,
        _ => bala_carter(&data, limits)?,
    };
    out.sort_by_cached_key(|orbit| (orbit.dim, orbit.diagram.clone()));
    Ok(out)
}

/// Every nilpotent element is distinguished in a Levi subalgebra, unique up to conjugation, and distinguished elements
/// belong to the distinguished parabolic subalgebras of its semisimple part: gradings by labels 0 and 2 in which the parts
/// of degree 0 and 2 have the same dimension.
pub(super) fn bala_carter(data: &RootData, limits: &Limits) -> Result<Vec<NilpotentOrbit>, WeightError> {
    let mut found: BTreeMap<Vec<i64>, NilpotentOrbit> = BTreeMap::new();
    for (mask, &class) in class_numbers(data, limits)?.iter().enumerate() {
        if mask != class {
            continue;
        }
        let kept: Vec<usize> = (0..data.rank).filter(|i| mask >> i & 1 == 1).collect();
        // One distinguished element in each component of the Levi subalgebra, in all ways: its coroot and name.
        let mut choices: Vec<(Vec<i64>, Vec<String>)> = vec![(vec![0; data.rank], Vec::new())];
        for (factor, nodes) in components(data, &kept) {
            let short = factor.lacing() == 1 && nodes.iter().all(|&i| data.half[i] < data.simple.lacing());
            let mut next = Vec::new();
            for (suffix, coroot) in distinguished(&*RootData::of(factor, limits)?, limits)? {
                let tilde = if short && data.simple.lacing() > 1 { "\u{303}" } else { "" };
                let name = format!("{:?}{tilde}{}{suffix}", factor.letter(), factor.rank());
                for (before, names) in &choices {
                    let mut h = before.clone();
                    nodes.iter().zip(&coroot).for_each(|(&node, c)| h[node] += c);
                    let mut names = names.clone();
                    names.push(name.clone());
                    next.push((h, names));
                }
            }
            choices = next;
        }
        for (h, names) in choices {
            let diagram = dominant_values(data, &h);
            let label = joined(names);
            found.entry(diagram.clone()).or_insert_with(|| NilpotentOrbit::new(data, diagram, label));
        }
    }
    let mut out: Vec<NilpotentOrbit> = found.into_values().collect();
    add_primes(&mut out);
    Ok(out)
}

/// The distinguished orbits of a simple algebra: what is written behind its name, and `h` in simple coroots. The suffix
/// counts the labels 0; of two orbits with equal counts the larger one has `a`, the other `b`.
fn distinguished(data: &RootData, limits: &Limits) -> Result<Vec<(String, Vec<i64>)>, WeightError> {
    let mut found: Vec<(usize, std::cmp::Reverse<usize>, Vec<i64>)> = Vec::new();
    for zeros in 0..1usize << data.rank {
        if zeros % 64 == 0 {
            limits.check()?;
        }
        // Half the labels.
        let degree = |c: &[i8]| (0..data.rank).filter(|i| zeros >> i & 1 == 0).map(|i| i64::from(c[i])).sum::<i64>();
        let count = |wanted: i64| data.roots.iter().filter(|r| degree(&r.coordinates) == wanted).count();
        let zero = count(0);
        if data.rank + 2 * zero == count(1) {
            let labels: Vec<i64> = (0..data.rank).map(|i| if zeros >> i & 1 == 0 { 2 } else { 0 }).collect();
            found.push((zeros.count_ones() as usize, std::cmp::Reverse(data.roots.len() - zero), labels));
        }
    }
    found.sort();
    let mut out = Vec::new();
    for (k, (zeros, _, labels)) in found.iter().enumerate() {
        let letter = if k > 0 && found[k - 1].0 == *zeros { 'b' } else { 'a' };
        let suffix = if *zeros == 0 { String::new() } else { format!("({letter}{zeros})") };
        out.push((suffix, from_diagram(data, labels)));
    }
    Ok(out)
}

/// The values of the simple roots on the dominant conjugate of an element of the Cartan subalgebra.
fn dominant_values(data: &RootData, h: &[i64]) -> Vec<i64> {
    let mut out: Vec<i64> = data.cartan.iter().map(|row| row.iter().zip(h).map(|(a, c)| a * c).sum()).collect();
    while let Some(j) = out.iter().position(|&x| x < 0) {
        let value = out[j];
        (0..data.rank).for_each(|i| out[i] -= value * data.cartan[i][j]);
    }
    out
}

/// `A2+3A1`, `0`.
fn joined(names: Vec<String>) -> String {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for name in names {
        match counted.iter_mut().find(|(n, _)| *n == name) {
            Some((_, count)) => *count += 1,
            None => counted.push((name, 1)),
        }
    }
    let word = |(name, count): &(String, usize)| if *count == 1 { name.clone() } else { format!("{count}{name}") };
    let words: Vec<String> = counted.iter().map(word).collect();
    if words.is_empty() { "0".to_string() } else { words.join("+") }
}

/// Levi subalgebras of one type in two classes: the smaller orbit has two primes, the larger one has one, as in the tables
/// for E7.
fn add_primes(orbits: &mut [NilpotentOrbit]) {
    let labels: Vec<(String, usize)> = orbits.iter().map(|o| (o.label.clone(), o.dim)).collect();
    for orbit in orbits {
        let twin = labels.iter().find(|(label, dim)| *label == orbit.label && *dim != orbit.dim);
        if let Some((_, dim)) = twin {
            let primes = if orbit.dim < *dim { "''" } else { "'" };
            orbit.label = format!("({}){primes}", orbit.label);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn orbits(text: &str) -> Vec<NilpotentOrbit> {
        nilpotent_orbits(text.parse().unwrap(), &Limits::none()).unwrap()
    }

    fn named(all: &[NilpotentOrbit], label: &str) -> (usize, Vec<i64>) {
        let found: Vec<_> = all.iter().filter(|o| o.label == label).collect();
        assert_eq!(found.len(), 1, "{label} among {:?}", all.iter().map(|o| &o.label).collect::<Vec<_>>());
        (found[0].dim, found[0].diagram.clone())
    }

    #[test]
    fn numbers_of_orbits_of_the_exceptional_algebras() {
        // Collingwood–McGovern, section 8.4.
        for (text, count) in [("G2", 5), ("F4", 16), ("E6", 21), ("E7", 45), ("E8", 70)] {
            let all = orbits(text);
            assert_eq!(all.len(), count, "{text}");
            let simple: SimpleType = text.parse().unwrap();
            // The minimal orbit has dimension 2 h^∨ − 2 and index 1, the principal one contains all but the rank.
            assert_eq!((all[0].dim, all[0].label.as_str()), (0, "0"));
            assert_eq!((all[1].dim, all[1].index), (2 * simple.dual_coxeter_number() - 2, 1));
            assert_eq!(all[count - 1].dim, simple.root_count());
            let mut labels: Vec<&String> = all.iter().map(|o| &o.label).collect();
            labels.sort();
            labels.dedup();
            assert_eq!(labels.len(), count, "{text}");
        }
    }

    #[test]
    fn labels_diagrams_and_dimensions_of_the_tables() {
        // Collingwood–McGovern, section 8.4.
        let g2 = orbits("G2");
        let dims: Vec<(usize, &str)> = g2.iter().map(|o| (o.dim, o.label.as_str())).collect();
        assert_eq!(dims, [(0, "0"), (6, "A1"), (8, "A\u{303}1"), (10, "G2(a1)"), (12, "G2")]);
        let f4 = orbits("F4");
        let dims: Vec<usize> = f4.iter().map(|o| o.dim).collect();
        assert_eq!(dims, [0, 16, 22, 28, 30, 30, 34, 36, 36, 38, 40, 42, 42, 44, 46, 48]);
        for (label, dim, diagram) in [
            ("A1", 16, [1, 0, 0, 0]),
            ("A\u{303}1", 22, [0, 0, 0, 1]),
            ("A1+A\u{303}1", 28, [0, 1, 0, 0]),
            ("A2", 30, [2, 0, 0, 0]),
            ("A\u{303}2", 30, [0, 0, 0, 2]),
            ("A2+A\u{303}1", 34, [0, 0, 1, 0]),
            ("B2", 36, [2, 0, 0, 1]),
            ("A\u{303}2+A1", 36, [0, 1, 0, 1]),
            ("C3(a1)", 38, [1, 0, 1, 0]),
            ("F4(a3)", 40, [0, 2, 0, 0]),
            ("B3", 42, [2, 2, 0, 0]),
            ("C3", 42, [1, 0, 1, 2]),
            ("F4(a2)", 44, [0, 2, 0, 2]),
            ("F4(a1)", 46, [2, 2, 0, 2]),
        ] {
            assert_eq!(named(&f4, label), (dim, diagram.to_vec()), "{label}");
        }
        let e6 = orbits("E6");
        for (label, dim) in [("3A1", 40), ("2A2+A1", 54), ("D4(a1)", 58), ("E6(a3)", 66), ("D5", 68), ("E6(a1)", 70)] {
            assert_eq!(named(&e6, label).0, dim, "{label}");
        }
        let e7 = orbits("E7");
        for (label, dim) in [
            ("(3A1)''", 54),
            ("(3A1)'", 64),
            ("(A3+A1)''", 86),
            ("(A3+A1)'", 92),
            ("(A5)''", 102),
            ("(A5)'", 108),
            ("A5+A1", 108),
            ("D5(a1)+A1", 108),
            ("E7(a5)", 112),
            ("E7(a1)", 124),
        ] {
            assert_eq!(named(&e7, label).0, dim, "{label}");
        }
        assert_eq!(named(&e7, "(3A1)''").1, [0, 0, 0, 0, 0, 0, 2]);
        let e8 = orbits("E8");
        for (label, dim) in [
            ("4A1", 128),
            ("2A2+2A1", 168),
            ("D4(a1)+A2", 184),
            ("A4+A3", 200),
            ("E8(a7)", 208),
            ("E8(b6)", 220),
            ("E8(a6)", 224),
            ("E8(b5)", 226),
            ("E8(a5)", 228),
            ("E8(b4)", 230),
            ("E8(a4)", 232),
            ("E8(a3)", 234),
            ("E8(a2)", 236),
            ("E8(a1)", 238),
            ("E8", 240),
        ] {
            assert_eq!(named(&e8, label).0, dim, "{label}");
        }
        assert_eq!(named(&e8, "E8(a7)").1, [0, 0, 0, 0, 2, 0, 0, 0]);
    }

    #[test]
    fn partitions_and_the_theorem_of_bala_and_carter_agree() {
        let limits = Limits::none();
        for text in ["A1", "A5", "B2", "B4", "C3", "C5", "D4", "D5", "D6"] {
            let data = RootData::of(text.parse().unwrap(), &limits).unwrap();
            let mut first: Vec<(Vec<i64>, usize)> =
                classical_orbits(&data, &limits).unwrap().into_iter().map(|o| (o.diagram, o.dim)).collect();
            first.sort();
            let second: Vec<(Vec<i64>, usize)> =
                bala_carter(&data, &limits).unwrap().into_iter().map(|o| (o.diagram, o.dim)).collect();
            assert_eq!(first, second, "{text}");
        }
        // so(8) has 12 orbits, two of them very even (Collingwood–McGovern, example 5.3.7).
        assert_eq!(orbits("D4").len(), 12);
    }
}
