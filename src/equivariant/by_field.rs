//! Groups over a cyclotomic field: exact bases over the field that their matrices generate, sums block by block.

use num_traits::ToPrimitive;

use super::by_floats::{Block, blocks};
use super::entries::FieldRows;
use super::field_null_space::{Way, invariants};
use super::{Basis, Completeness, EquivariantError, Method};
use crate::limits::Limits;
use crate::num::Cyclotomic;
use crate::reps::Rep;

/// The exact basis; `None` for other groups, and where the method does not reach.
pub(super) fn by_field(rep: &Rep, way: Option<Way>, limits: &Limits) -> Result<Option<Basis>, EquivariantError> {
    let Some(generators) = rep.base().field() else { return Ok(None) };
    let (shape, blocks) = blocks(rep)?;
    let action = generators.action(rep.base().name(), limits).ok();
    limits.check()?;
    let mut solved: Vec<(Rep, FieldRows)> = Vec::new();
    let mut ways: Vec<Way> = Vec::new();
    let mut placed: Vec<(u64, Vec<(u64, Cyclotomic)>)> = Vec::new();
    for block in &blocks {
        limits.check()?;
        let at = match solved.iter().position(|(known, _)| known.is_identical(&block.rep)) {
            Some(at) => at,
            None => {
                let count = block.rep.field_rank(limits)?.and_then(|count| count.to_usize());
                let finite = action.and_then(|found| Some((found, count?)));
                let Some((rows, used)) = invariants(&block.rep, finite, way, limits)? else { return Ok(None) };
                if !rows.is_empty() && !ways.contains(&used) {
                    ways.push(used);
                }
                solved.push((block.rep.clone(), rows));
                solved.len() - 1
            }
        };
        let rows = &solved[at].1;
        limits.reserve(rows.places.len() as u128 * 64)?;
        for k in 0..rows.len() {
            let row: Vec<(u64, Cyclotomic)> =
                rows.row(k).map(|(place, value)| (moved(block, shape.1, place), value.clone())).collect();
            placed.push((row.first().map_or(0, |entry| entry.0), row));
        }
    }
    placed.sort_by_key(|row| row.0);
    let mut rows = FieldRows { starts: vec![0], places: Vec::new(), values: Vec::new() };
    for (_, row) in placed {
        for (place, value) in row {
            rows.places.push(place);
            rows.values.push(value);
        }
        rows.starts.push(rows.places.len());
    }
    let method = match ways[..] {
        [Way::NullSpace] => Method::ExactNullSpace,
        [Way::Averages] | [] => Method::Averages,
        _ => Method::Blocks,
    };
    let complete = match action {
        Some(_) => Completeness::Count("as many as the exact characters of the group count"),
        None => Completeness::ExactRank,
    };
    Ok(Some(match rows.rational() {
        Some(rational) => Basis::of_rows(shape, method, complete, rational),
        None => Basis::of_field(shape, method, complete, rows),
    }))
}

/// Where an entry of a block stands in the whole matrix.
fn moved(block: &Block, width: usize, place: u64) -> u64 {
    let own = block.cols.len().max(1);
    let (i, j) = (place as usize / own, place as usize % own);
    ((block.rows.start + i) * width + block.cols.start + j) as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Matrix;
    use crate::reps::{Group, field_group, icosahedral};

    fn both_ways_agree(group: &Group, reps: impl Fn(&Rep) -> Vec<Rep>) {
        let limits = Limits::none();
        for rep in reps(&Rep::vector(group.base()).unwrap()) {
            let by = |way: Way| by_field(&rep, Some(way), &limits).unwrap().unwrap();
            let (sums, solved) = (by(Way::Averages), by(Way::NullSpace));
            assert_eq!(sums.rank(), solved.rank(), "{}", rep.name());
            assert_eq!(sums.over_field(&limits).unwrap(), solved.over_field(&limits).unwrap(), "{}", rep.name());
        }
    }

    /// Reduced echelon forms are unique: what sums over the group find is what the equations say.
    #[test]
    fn sums_over_the_group_and_null_spaces_agree() {
        let icosahedron = icosahedral("I", &Limits::none()).unwrap().unwrap();
        both_ways_agree(&icosahedron, |v| {
            let plane = v.exterior_power(2).unwrap();
            vec![Rep::hom(&v.power(2).unwrap(), v).unwrap(), v.symmetric_power(6).unwrap(), plane, v.power(4).unwrap()]
        });
        // Complex reflections of order 3 and an exchange: G(3, 1, 2), on R^4.
        let zeta = Cyclotomic::root_of_unity(3, 1);
        let (zero, one) = (Cyclotomic::from(0), Cyclotomic::from(1));
        let turn = Matrix::from_rows(vec![vec![zeta, zero.clone()], vec![zero.clone(), one.clone()]]).unwrap();
        let swap = Matrix::from_rows(vec![vec![zero.clone(), one.clone()], vec![one, zero]]).unwrap();
        let reflections = field_group("G(3,1,2)", vec![turn, swap], Vec::new(), &Limits::none()).unwrap();
        both_ways_agree(&reflections, |v| {
            vec![
                v.symmetric_power(3).unwrap(),
                Rep::hom(&v.exterior_power(2).unwrap(), &v.dual().unwrap().power(2).unwrap()).unwrap(),
                v.plus(&v.power(2).unwrap()).unwrap().symmetric_power(2).unwrap(),
            ]
        });
    }
}
