//! Branching: the restriction of a representation to a subgroup given by its restriction matrix.

use num_bigint::BigInt;
use num_traits::Signed;

use super::checks::{Residue, Trace};
use super::count::Count;
use super::frame::{self, Frame, dominant_table};
use super::packed::{Packed, Table, with_packing};
use super::peel::decompose;
use super::regular::Regular;
use super::{Decomposition, ReductiveType, Weight, WeightError};
use crate::limits::Limits;

/// The restriction of a representation to a subgroup. Row `i` of the matrix is the restriction of the `i`-th fundamental
/// weight (of the `i`-th charge, for the last rows), in the coordinates of the subgroup.
///
/// All weights are mapped, and what is dominant below is decomposed (Fulton–Harris, section 23.2). When the columns for
/// the simple roots of the subgroup are coroots of the group, so that the subgroup is regular, only weights that are
/// dominant for the subgroup are looked at: about as many times fewer as its Weyl group has elements.
///
/// The answer is checked: multiplicities are not negative for a representation, dimensions agree, and for each simple
/// factor below the index is that of the group times the embedding index. A matrix that fails belongs to no subgroup.
pub fn restrict(
    v: &Decomposition,
    subgroup: &ReductiveType,
    matrix: &[Vec<i64>],
    limits: &Limits,
) -> Result<Decomposition, WeightError> {
    let group = v.group();
    check_shape(group, subgroup, matrix)?;
    let data = frame::data_of(group, limits)?;
    let above = v.terms().keys().map(|w| frame::bound(group, &data, w)).fold(0, i64::max);
    // Coordinates below: at most those above times the sum of a column, and then below the top of a representation.
    let column = |j: usize| matrix.iter().map(|row| row[j].saturating_abs()).fold(0, i64::saturating_add);
    let largest = (0..subgroup.rank()).map(|j| above.saturating_mul(column(j))).fold(0, i64::max);
    let below = frame::bound(subgroup, &frame::data_of(subgroup, limits)?, &vec![largest; subgroup.rank()]);
    let bound = above.max(below).saturating_mul(2);
    if bound >= i64::MAX / 8 {
        return Err(WeightError::TooLarge("the weights of this restriction are too large".into()));
    }
    let coordinates = group.rank().max(subgroup.rank());
    let terms = with_packing!(coordinates, bound, P => match run::<P, i128>(v, subgroup, matrix, limits)? {
        Some(terms) => terms,
        None => run::<P, BigInt>(v, subgroup, matrix, limits)?.unwrap_or_default(),
    });
    let answer = Decomposition::from_terms(subgroup, terms);
    confirm(v, &answer, matrix, limits)?;
    Ok(answer)
}

/// Whether a matrix can be that of a subgroup: the adjoint representation restricts to a representation that contains that
/// of the subgroup.
pub fn check_restriction_matrix(
    group: &ReductiveType,
    subgroup: &ReductiveType,
    matrix: &[Vec<i64>],
    limits: &Limits,
) -> Result<(), WeightError> {
    let below = restrict(&adjoint(group, limits)?, subgroup, matrix, limits)?;
    for (weight, times) in adjoint(subgroup, limits)?.terms() {
        // A charge may be zero everywhere; a simple factor may not be lost.
        let simple = weight.iter().any(|&x| x != 0);
        if simple && below.multiplicity(weight) < *times {
            return Err(WeightError::RestrictionMatrix(format!(
                "it belongs to no subgroup {subgroup} of {group}: the adjoint representation would not contain {weight:?}, that \
                 of a factor"
            )));
        }
    }
    Ok(())
}

/// The adjoint representation: the highest roots, and a trivial representation for each dimension of the torus.
pub fn adjoint(group: &ReductiveType, limits: &Limits) -> Result<Decomposition, WeightError> {
    let mut out = Decomposition::zero(group);
    let mut start = 0;
    for data in frame::data_of(group, limits)? {
        let mut weight = vec![0; group.rank()];
        if let Some(highest) = data.roots.last() {
            weight[start..start + data.rank].iter_mut().zip(&highest.labels).for_each(|(w, &x)| *w = i64::from(x));
        }
        start += data.rank;
        out = out.plus(&BigInt::from(1), &Decomposition::irreducible(group, &weight)?)?;
    }
    out.plus(&BigInt::from(group.torus()), &Decomposition::trivial(group))
}

fn check_shape(group: &ReductiveType, subgroup: &ReductiveType, matrix: &[Vec<i64>]) -> Result<(), WeightError> {
    let (rows, columns) = (group.rank(), subgroup.rank());
    let shape = || format!("from {group} to {subgroup} it has {rows} rows of {columns} numbers");
    if matrix.len() != rows {
        return Err(WeightError::RestrictionMatrix(format!("{}, not {} rows", shape(), matrix.len())));
    }
    if let Some((i, row)) = matrix.iter().enumerate().find(|(_, row)| row.len() != columns) {
        return Err(WeightError::RestrictionMatrix(format!("{}; row {} has {}", shape(), i + 1, row.len())));
    }
    match matrix.iter().flatten().find(|x| x.unsigned_abs() > super::MAX_LABEL.unsigned_abs()) {
        Some(x) => Err(WeightError::RestrictionMatrix(format!("the entry {x} is too large"))),
        None => Ok(()),
    }
}

/// The image of a weight.
fn image(matrix: &[Vec<i64>], weight: &[i64]) -> Weight {
    let columns = matrix.first().map_or(0, Vec::len);
    (0..columns).map(|j| weight.iter().zip(matrix).map(|(x, row)| x * row[j]).sum()).collect()
}

fn run<P: Packed, C: Count>(
    v: &Decomposition,
    subgroup: &ReductiveType,
    matrix: &[Vec<i64>],
    limits: &Limits,
) -> Result<Option<Vec<(Weight, BigInt)>>, WeightError> {
    let group = v.group();
    let frame: Frame<P> = Frame::new(group, limits)?;
    let below: Frame<P> = Frame::new(subgroup, limits)?;
    let terms: Vec<(&Weight, &BigInt)> = v.terms().iter().collect();
    let Some(table) = dominant_table::<P, C>(group, &terms, limits)? else { return Ok(None) };
    let found = match regular(group, &frame, &below, matrix) {
        Some(regular) => {
            let seeds: Vec<(P, P)> = terms.iter().map(|(w, _)| (P::pack(w), P::pack(&image(matrix, w)))).collect();
            regular.dominant(&frame, &table, &seeds, limits)?
        }
        None => all_weights(group, &frame, below.rank, &table, matrix, limits)?,
    };
    let Some(found) = found else { return Ok(None) };
    let Some(found) = decompose(found.into_iter().collect(), &below.factors(), limits)? else { return Ok(None) };
    Ok(Some(found.iter().map(|(w, m)| (w.unpack(subgroup.rank()), m.to_big())).collect()))
}

/// The subgroup as a regular one: when each column of a simple root is a coroot of the group. `None` for others.
fn regular<P: Packed>(
    group: &ReductiveType,
    frame: &Frame<P>,
    below: &Frame<P>,
    matrix: &[Vec<i64>],
) -> Option<Regular<P>> {
    let coordinates = group.rank();
    let both = |root: &P| (root.clone(), P::pack(&image(matrix, &root.unpack(coordinates))));
    let positive = frame.positive_roots();
    let mut rows = Vec::new();
    for j in 0..below.rank {
        let column: Weight = matrix.iter().map(|row| row[j]).collect();
        let (number, negative) = coroot_number(frame, &column)?;
        let (mut root, mut below_root) = both(&positive[number]);
        if negative {
            root.subtract(2, &root.clone());
            below_root.subtract(2, &below_root.clone());
        }
        // The simple root restricts to itself, or the columns are not those of such a subgroup.
        if (0..below.rank).any(|i| below_root.label(i) != below.rows[j].label(i)) {
            return None;
        }
        rows.push((root, below_root));
    }
    let mut steps: Vec<(P, P)> = positive.iter().map(both).collect();
    for k in 0..steps.len() {
        let (mut root, mut image) = steps[k].clone();
        root.subtract(2, &steps[k].0);
        image.subtract(2, &steps[k].1);
        steps.push((root, image));
    }
    Some(Regular { rank: below.rank, factors: Vec::new(), rows, steps })
}

/// Which positive root has this coroot, or its negative.
fn coroot_number<P: Packed>(frame: &Frame<P>, column: &[i64]) -> Option<(usize, bool)> {
    let (mut start, mut count) = (0, 0);
    for data in &frame.data {
        let part = &column[start..start + data.rank];
        let outside = column.iter().enumerate().any(|(i, &x)| x != 0 && !(start..start + data.rank).contains(&i));
        let negative = part.iter().any(|&x| x < 0);
        let sign = if negative { -1 } else { 1 };
        let is_coroot = |coroot: &[i8]| coroot.iter().zip(part).all(|(&c, x)| i64::from(c) * sign == *x);
        if !outside {
            return data.roots.iter().position(|r| is_coroot(&r.coroot)).map(|k| (count + k, negative));
        }
        start += data.rank;
        count += data.roots.len();
    }
    None
}

/// More weights than this are not walked through.
const MOST_STEPS: u128 = 1_000_000_000_000;

/// The images of all weights that are dominant below, by walking through all orbits.
fn all_weights<P: Packed, C: Count>(
    group: &ReductiveType,
    frame: &Frame<P>,
    rank_below: usize,
    table: &Table<P, C>,
    matrix: &[Vec<i64>],
    limits: &Limits,
) -> Result<Option<Table<P, C>>, WeightError> {
    let coordinates = group.rank();
    let sizes = table.keys().map(|w| frame::orbit_size(group, &frame.data, &w.unpack(coordinates)));
    let total = sizes.fold(0, u128::saturating_add);
    if total > MOST_STEPS {
        return Err(WeightError::TooLarge(format!("this representation has {total} weights")));
    }
    let (Some(zero), Some(one)) = (C::from_big(&0.into()), C::from_big(&1.into())) else { return Ok(None) };
    let images: Vec<P> = frame.rows.iter().map(|r| P::pack(&image(matrix, &r.unpack(coordinates)))).collect();
    let mut out: Table<P, C> = Table::default();
    let mut overflow = false;
    for (dominant, m) in table {
        let top = P::pack(&image(matrix, &dominant.unpack(coordinates)));
        frame.orbit(dominant, &top, &images, limits, |_, image| {
            if image.first_negative(rank_below).is_none() {
                let entry = match out.get_mut(image) {
                    Some(entry) => entry,
                    None => out.entry(image.clone()).or_insert(zero.clone()),
                };
                overflow |= entry.add_product(m, &one).is_none();
            }
            Ok(())
        })?;
        super::dominant::refuse_above(out.len() as u128, "weights")?;
    }
    Ok((!overflow).then_some(out))
}

/// Whether this can be the restriction.
fn confirm(v: &Decomposition, answer: &Decomposition, matrix: &[Vec<i64>], limits: &Limits) -> Result<(), WeightError> {
    let (group, subgroup) = (v.group(), answer.group());
    let wrong = |reason: String| {
        Err(WeightError::RestrictionMatrix(format!("it belongs to no subgroup {subgroup} of {group}: {reason}")))
    };
    if !v.is_virtual()
        && let Some((weight, times)) = answer.terms().iter().find(|(_, m)| m.is_negative())
    {
        return wrong(format!("the multiplicity of {weight:?} would be {times}"));
    }
    let (above, below) = (Trace::of(v, limits)?, Trace::of(answer, limits)?);
    if above.dim != below.dim {
        let (expected, found) = (v.dimension(limits)?, answer.dimension(limits)?);
        return wrong(format!("the dimensions of the parts would add up to {found} instead of {expected}"));
    }
    for (k, found) in below.casimir.iter().enumerate() {
        if index_below(group, subgroup, matrix, k, &above, limits)? != *found {
            let factor = subgroup.factors()[k];
            return wrong(format!("the indices of the parts for {factor} do not add up to that of the representation"));
        }
    }
    Ok(())
}

/// The trace of the Casimir element of factor `k` of the subgroup on the restriction, from the weights above.
///
/// On a representation of a simple algebra, `Σ_ν (ν, x)² = (x, x) Σ_ν (ν, ν)/rank`, and `Σ_ν (ν, ν)` is the trace of the
/// Casimir element times `rank/dim g`. So with `x` the highest coroot below, of length 2 there, the index below is the sum
/// over the factors above of their indices times `(x, x)/2`.
fn index_below(
    group: &ReductiveType,
    subgroup: &ReductiveType,
    matrix: &[Vec<i64>],
    k: usize,
    above: &Trace,
    limits: &Limits,
) -> Result<Residue, WeightError> {
    let below = frame::data_of(subgroup, limits)?;
    let start: usize = below[..k].iter().map(|d| d.rank).sum();
    // The coroot of the highest root: a long one, so of squared length 2 in the form where long roots have 2.
    let Some(highest) = below[k].roots.last() else { return Ok(Residue::default()) };
    let coroot: Weight = matrix
        .iter()
        .map(|row| highest.coroot.iter().enumerate().map(|(j, &c)| i64::from(c) * row[start + j]).sum())
        .collect();
    let mut sum = Residue::default();
    let mut from = 0;
    for (data, trace) in frame::data_of(group, limits)?.iter().zip(&above.casimir) {
        let x = &coroot[from..from + data.rank];
        from += data.rank;
        // (α_i^∨, α_j^∨) = 2 a_ij / (α_i, α_i), times L/2 and an integer: L a_ij / half_i, long roots having half L.
        let lacing = data.simple.lacing();
        let norm: i128 = (0..data.rank)
            .flat_map(|i| (0..data.rank).map(move |j| (i, j)))
            .map(|(i, j)| {
                let pairing = lacing / data.half[i] * data.cartan[i][j];
                i128::from(x[i]) * i128::from(x[j]) * i128::from(pairing)
            })
            .sum();
        // trace = dim V L² h^∨ Casimir, index = dim V Casimir / dim g.
        let scale = i128::from(lacing * data.casimir_scale()) * data.simple.dim() as i128;
        sum = sum.plus(trace.times(Residue::of(norm)).times(Residue::of(2 * scale).inverse()));
    }
    let scale = i128::from(below[k].simple.lacing() * below[k].casimir_scale()) * below[k].simple.dim() as i128;
    Ok(sum.times(Residue::of(scale)))
}

#[cfg(test)]
mod tests {
    use super::super::slow;
    use super::*;
    use crate::weights::{tensor, to_dominant};

    fn of(text: &str, weight: &[i64]) -> Decomposition {
        Decomposition::irreducible(&text.parse().unwrap(), weight).unwrap()
    }

    fn branch(v: &Decomposition, subgroup: &str, matrix: &[&[i64]]) -> Result<Decomposition, WeightError> {
        let matrix: Vec<Vec<i64>> = matrix.iter().map(|row| row.to_vec()).collect();
        restrict(v, &subgroup.parse().unwrap(), &matrix, &Limits::none())
    }

    fn terms(v: &Decomposition) -> Vec<(Weight, i64)> {
        v.terms().iter().map(|(w, m)| (w.clone(), m.try_into().unwrap())).collect()
    }

    const A2_IN_G2: &[&[i64]] = &[&[0, 1], &[1, 1]];
    const F4_IN_E6: &[&[i64]] =
        &[&[0, 0, 0, 1], &[1, 0, 0, 0], &[0, 0, 1, 0], &[0, 1, 0, 0], &[0, 0, 1, 0], &[0, 0, 0, 1]];
    const C4_IN_E6: &[&[i64]] =
        &[&[0, 1, 0, 0], &[0, 0, 0, 1], &[1, 0, 1, 0], &[0, 0, 2, 0], &[1, 0, 1, 0], &[0, 1, 0, 0]];

    #[test]
    fn rules_of_the_tables() {
        // Slansky, table 14 and 17; LiE for the 650 of E6 under C4.
        assert_eq!(
            terms(&branch(&of("G2", &[1, 0]), "A2", A2_IN_G2).unwrap()),
            [(vec![0, 0], 1), (vec![0, 1], 1), (vec![1, 0], 1)]
        );
        assert_eq!(
            terms(&branch(&of("G2", &[0, 1]), "A2", A2_IN_G2).unwrap()),
            [(vec![0, 1], 1), (vec![1, 0], 1), (vec![1, 1], 1)]
        );
        assert_eq!(
            terms(&branch(&of("E6", &[0, 1, 0, 0, 0, 0]), "F4", F4_IN_E6).unwrap()),
            [(vec![0, 0, 0, 1], 1), (vec![1, 0, 0, 0], 1)]
        );
        assert_eq!(
            terms(&branch(&of("E6", &[1, 0, 0, 0, 0, 1]), "C4", C4_IN_E6).unwrap()),
            [(vec![0, 1, 0, 0], 1), (vec![0, 2, 0, 0], 1), (vec![1, 0, 1, 0], 1)]
        );
        // SU(5) → SU(3)×SU(2)×U(1): 10 = (3b,1)(-4) + (3,2)(1) + (1,1)(6) where 5 = (3,1)(-2) + (1,2)(3) (Slansky, table 30).
        let matrix: &[&[i64]] = &[&[1, 0, 0, -2], &[0, 1, 0, -4], &[0, 0, 0, -6], &[0, 0, 1, -3]];
        assert_eq!(
            terms(&branch(&of("A4", &[0, 1, 0, 0]), "A2+A1+T1", matrix).unwrap()),
            [(vec![0, 0, 0, 6], 1), (vec![0, 1, 0, -4], 1), (vec![1, 0, 1, 1], 1)]
        );
    }

    /// The restriction by mapping all weights, and the slow decomposition.
    fn by_definition(v: &Decomposition, subgroup: &ReductiveType, matrix: &[&[i64]]) -> Decomposition {
        let limits = Limits::none();
        let matrix: Vec<Vec<i64>> = matrix.iter().map(|row| row.to_vec()).collect();
        let mut dominant = std::collections::BTreeMap::new();
        for (weight, m) in slow::character(v, &limits).unwrap() {
            for weight in slow::orbit(v.group(), &weight, &limits).unwrap() {
                let below = image(&matrix, &weight);
                if to_dominant(subgroup, &below).0 == below {
                    *dominant.entry(below).or_insert_with(BigInt::default) += &m;
                }
            }
        }
        slow::decompose(&crate::weights::Character::new(subgroup, dominant).unwrap(), &limits).unwrap()
    }

    #[test]
    fn both_ways_agree_with_the_definition() {
        for (group, weight, subgroup, matrix) in [
            ("G2", vec![2, 1], "A2", A2_IN_G2),
            ("E6", vec![1, 0, 0, 0, 1, 0], "F4", F4_IN_E6),
            ("E6", vec![0, 0, 1, 0, 0, 0], "C4", C4_IN_E6),
            // The principal A1: twice the heights of the fundamental weights.
            ("A3", vec![1, 2, 1], "A1", &[&[3], &[4], &[3]]),
            // A Levi subgroup with its charge, and without; the torus.
            ("C3", vec![1, 1, 1], "A2+T1", &[&[1, 0, 1], &[0, 1, 2], &[0, 0, 3]]),
            ("C3", vec![1, 1, 1], "A2", &[&[1, 0], &[0, 1], &[0, 0]]),
            ("B2", vec![2, 1], "T2", &[&[1, 0], &[0, 1]]),
            // B2 ⊃ A1 + A1 of long roots: the columns are the coroots of α_1 and α_1 + 2α_2.
            ("B2", vec![1, 3], "A1+A1", &[&[1, 1], &[0, 1]]),
            // The diagonal of A1 + A1, and of a group with a charge.
            ("A1+A1", vec![3, 2], "A1", &[&[1], &[1]]),
            ("A1+T1", vec![3, 5], "T1", &[&[1], &[2]]),
        ] {
            let v = of(group, &weight);
            let last: Weight = (1..=weight.len()).map(|i| i64::from(i == weight.len())).collect();
            let v = v.plus(&BigInt::from(2), &of(group, &last)).unwrap();
            let found = branch(&v, subgroup, matrix).unwrap();
            assert_eq!(found, by_definition(&v, &subgroup.parse().unwrap(), matrix), "{group} {subgroup}");
        }
    }

    #[test]
    fn a_product_restricts_to_the_diagonal_as_the_tensor_product() {
        let (a, b) = ([1, 1, 0], [0, 2, 1]);
        let v = of("B3+B3", &[a, b].concat());
        let one = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
        let matrix: Vec<&[i64]> = one.iter().chain(&one).map(|row| &row[..]).collect();
        let expected = tensor(&of("B3", &a), &of("B3", &b), &Limits::none()).unwrap();
        assert_eq!(branch(&v, "B3", &matrix).unwrap(), expected);
    }

    #[test]
    fn in_stages() {
        // E6 ⊃ F4 ⊃ B4 ⊃ D4: the columns of B4 in F4 are the coroots of α_0 (minus the highest root), α_1, α_2, α_3.
        let v = of("E6", &[1, 0, 0, 1, 0, 0]);
        let b4_in_f4: &[&[i64]] = &[&[-2, 1, 0, 0], &[-3, 0, 1, 0], &[-2, 0, 0, 1], &[-1, 0, 0, 0]];
        let d4_in_b4: &[&[i64]] = &[&[1, 0, 0, 0], &[0, 1, 0, 0], &[0, 0, 1, 1], &[0, 0, 0, 1]];
        let stages = branch(&branch(&branch(&v, "F4", F4_IN_E6).unwrap(), "B4", b4_in_f4).unwrap(), "D4", d4_in_b4);
        let times = |a: &[&[i64]], b: &[&[i64]]| -> Vec<Vec<i64>> {
            a.iter().map(|row| image(&b.iter().map(|r| r.to_vec()).collect::<Vec<_>>(), row)).collect()
        };
        let two = times(F4_IN_E6, b4_in_f4);
        let two: Vec<&[i64]> = two.iter().map(|r| &r[..]).collect();
        let all = times(&two, d4_in_b4);
        let all: Vec<&[i64]> = all.iter().map(|r| &r[..]).collect();
        assert_eq!(stages.unwrap(), branch(&v, "D4", &all).unwrap());
    }

    #[test]
    fn wrong_matrices_are_refused() {
        for (group, weight, subgroup, matrix) in [
            ("G2", vec![1, 0], "A2", &[&[1, 0][..], &[0, 1]][..]),
            ("G2", vec![1, 0], "A2", &[&[0, 1], &[1, 2]]),
            ("G2", vec![0, 1], "A1", &[&[3], &[3]]),
            ("A2", vec![1, 0], "A1", &[&[1], &[2]]),
            ("A2", vec![1, 0], "A1", &[&[1]]),
            ("A2", vec![1, 0], "A1", &[&[1], &[1, 2]]),
            ("A2", vec![1, 0], "A1", &[&[i64::MAX], &[1]]),
        ] {
            let found = branch(&of(group, &weight), subgroup, matrix);
            assert!(
                matches!(found, Err(WeightError::RestrictionMatrix(_))),
                "{group} {subgroup} {matrix:?}: {found:?}"
            );
        }
    }
}
