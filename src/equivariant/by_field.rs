//! Groups over a cyclotomic field: exact bases over the field that their matrices generate, sums block by block.

use num_traits::ToPrimitive;

use super::by_floats::{Block, blocks};
use super::choose::basis;
use super::entries::FieldRows;
use super::field_null_space::{Way, invariants};
use super::{Basis, Completeness, EquivariantError, Method};
use crate::limits::Limits;
use crate::num::Cyclotomic;
use crate::reps::Rep;

type Row = Vec<(u64, Cyclotomic)>;

/// The exact basis; `None` for other groups, and where the method does not reach. Of a product of groups the products of the bases
/// of its factors.
pub(super) fn by_field(rep: &Rep, way: Option<Way>, limits: &Limits) -> Result<Option<Basis>, EquivariantError> {
    let base = rep.base();
    if base.field().is_none() && base.factors().iter().all(|factor| factor.field().is_none()) {
        return Ok(None);
    }
    let (shape, blocks) = blocks(rep)?;
    let mut solved: Vec<(Rep, FieldRows)> = Vec::new();
    let mut methods: Vec<Method> = Vec::new();
    let mut placed: Vec<Row> = Vec::new();
    for block in &blocks {
        limits.check()?;
        let at = match solved.iter().position(|(known, _)| known.is_identical(&block.rep)) {
            Some(at) => at,
            None => {
                let found = match base.factors() {
                    [] => of_tensor(&block.rep, way, limits)?,
                    _ => of_product(&block.rep, limits)?.map(|rows| (rows, Method::Blocks)),
                };
                let Some((rows, method)) = found else { return Ok(None) };
                if !rows.is_empty() && !methods.contains(&method) {
                    methods.push(method);
                }
                solved.push((block.rep.clone(), rows));
                solved.len() - 1
            }
        };
        let rows = &solved[at].1;
        limits.reserve((placed.len() + rows.places.len()) as u128 * 64)?;
        let entry = |(place, value): (u64, &Cyclotomic)| (moved(block, shape.1, place), value.clone());
        placed.extend((0..rows.len()).map(|k| rows.row(k).map(entry).collect::<Row>()));
    }
    let method = match methods[..] {
        [only] => only,
        [] => Method::ExactNullSpace,
        _ => Method::Blocks,
    };
    let complete = match base.field() {
        None => Completeness::Parts,
        Some(generators) if generators.action(base.name(), limits).is_ok() => {
            Completeness::Count("as many as the exact characters of the group count")
        }
        Some(_) => Completeness::ExactRank,
    };
    let rows = in_order(placed);
    Ok(Some(match rows.rational() {
        Some(rational) => Basis::of_rows(shape, method, complete, rational),
        None => Basis::of_field(shape, method, complete, rows),
    }))
}

/// The invariants of one tensor over a group that is no product.
fn of_tensor(rep: &Rep, way: Option<Way>, limits: &Limits) -> Result<Option<(FieldRows, Method)>, EquivariantError> {
    let Some(generators) = rep.base().field() else { return Ok(None) };
    let count = rep.field_rank(limits)?.and_then(|count| count.to_usize());
    let action = generators.action(rep.base().name(), limits).ok();
    limits.check()?;
    let finite = action.and_then(|found| Some((found, count?)));
    let found = invariants(rep, finite, way, limits)?;
    Ok(found.map(|(rows, way)| match way {
        Way::Averages => (rows, Method::Averages),
        Way::NullSpace => (rows, Method::ExactNullSpace),
    }))
}

/// The invariants of a tensor whose legs belong to one factor each: all products of invariants of the factors. Of reduced bases the
/// products are reduced again, because the place in the product grows with the place in each factor.
fn of_product(rep: &Rep, limits: &Limits) -> Result<Option<FieldRows>, EquivariantError> {
    let Some(legs) = rep.legs_by_factor() else { return Ok(None) };
    let dims: Option<Vec<u64>> = legs.iter().map(|(_, leg)| leg.dim().to_u64()).collect();
    let Some(dims) = dims else { return Ok(None) };
    let mut strides = vec![1u64; dims.len()];
    for l in (1..dims.len()).rev() {
        strides[l - 1] = strides[l].saturating_mul(dims[l]);
    }
    let mut products: Vec<Row> = vec![vec![(0, Cyclotomic::from(1))]];
    for place in 0..rep.base().factors().len() {
        let own: Vec<usize> = (0..legs.len()).filter(|&l| legs[l].0 == place).collect();
        let Some((first, others)) = own.split_first() else { continue };
        let mut tensor = legs[*first].1.clone();
        for &l in others {
            tensor = tensor.tensor(&legs[l].1)?;
        }
        let found = basis(&tensor, limits)?;
        if !found.is_exact() {
            return Ok(None);
        }
        let rows = found.over_field(limits)?;
        let at = |k: u64| {
            let mut rest = k;
            own.iter().rev().fold(0, |sum, &l| {
                let digit = rest % dims[l];
                rest /= dims[l];
                sum + digit * strides[l]
            })
        };
        let so_far: usize = products.iter().map(Vec::len).sum();
        limits.reserve(so_far as u128 * rows.places.len() as u128 * 64)?;
        let mut next = Vec::with_capacity(products.len() * rows.len());
        for x in &products {
            for k in 0..rows.len() {
                limits.check()?;
                let term = |(i, a): &(u64, Cyclotomic)| {
                    let (i, a) = (*i, a.clone());
                    rows.row(k).map(move |(j, b)| (i + at(j), a.mul(b)))
                };
                let mut row: Row = x.iter().flat_map(term).collect();
                row.sort_by_key(|entry| entry.0);
                next.push(row);
            }
        }
        products = next;
    }
    Ok(Some(in_order(products)))
}

/// The rows, those that start early first.
fn in_order(mut rows: Vec<Row>) -> FieldRows {
    rows.sort_by_key(|row| row.first().map_or(0, |entry| entry.0));
    let mut out = FieldRows { starts: vec![0], places: Vec::new(), values: Vec::new() };
    for row in rows {
        for (place, value) in row {
            out.places.push(place);
            out.values.push(value);
        }
        out.starts.push(out.places.len());
    }
    out
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
