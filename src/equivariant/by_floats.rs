//! Groups with float generators: tensors, powers and sums of them, block by block.

use std::ops::Range;

use num_bigint::BigUint;
use num_traits::ToPrimitive;

use super::choose::{is_plane, rank};
use super::float_count::Vectors;
use super::float_group::{Adapted, adapted};
use super::float_null_space::{DENSE, float_defect, null_space};
use super::float_sides::by_sides;
use super::leg_operator::{LegOperator, layout};
use super::{Basis, Completeness, EquivariantError, Generator, Method, Spectrum};
use crate::exact::Matrix;
use crate::limits::Limits;
use crate::reps::{Base, FloatGenerators, Rep};

/// Sums with more pairs of summands are refused.
const MAX_BLOCKS: usize = 1 << 20;
/// Up to this many unknowns the equations of groups that may not be reductive are formed.
const FORMED: usize = 1300;
/// Ranks without a basis to compare rest on weights that are that near to integers.
const CLEAR: f64 = 1e-5;

/// What is known of a group of floats before any tensor is looked at.
struct Group {
    /// In a basis in which it contains its transposes.
    adapted: Option<Adapted>,
    /// What counts its invariants.
    vectors: Option<Vectors>,
}

impl Group {
    fn new(base: &Base, limits: &Limits) -> Result<Group, EquivariantError> {
        let Some(floats) = base.floats() else { return Ok(Group { adapted: None, vectors: None }) };
        let adapted = adapted(floats, limits)?;
        let vectors = Vectors::new(floats, adapted.as_ref(), limits)?;
        Ok(Group { adapted, vectors })
    }
}

/// The dimension of the space of invariants of a connected reductive group of floats, by the weights of its algebra; `None` where
/// it has none, or they are not clear.
pub(super) fn float_rank(rep: &Rep, limits: &Limits) -> Result<Option<BigUint>, EquivariantError> {
    let Some(vectors) = Group::new(rep.base(), limits)?.vectors else { return Ok(None) };
    let counted = vectors.count(rep, limits)?.filter(|counted| counted.off < CLEAR);
    Ok(counted.and_then(|counted| counted.count.to_biguint()))
}

/// A basis for a group with float generators, sums block by block.
pub(super) fn by_floats(rep: &Rep, limits: &Limits) -> Result<Basis, EquivariantError> {
    let (shape, blocks) = blocks(rep)?;
    let group = Group::new(rep.base(), limits)?;
    if let [only] = &blocks[..]
        && (only.rows.len(), only.cols.len()) == shape
    {
        return of_tensor(&only.rep, &group, limits);
    }
    let mut solved: Vec<(Rep, Basis)> = Vec::new();
    let mut rank = 0;
    for block in &blocks {
        let at = match solved.iter().position(|(known, _)| known.is_identical(&block.rep)) {
            Some(at) => at,
            None => {
                solved.push((block.rep.clone(), of_tensor(&block.rep, &group, limits)?));
                solved.len() - 1
            }
        };
        rank += solved[at].1.rank();
    }
    let size = shape.0 * shape.1;
    limits.reserve(rank as u128 * size as u128 * 8)?;
    let mut rows = vec![0.0; rank * size];
    let mut out = rows.chunks_mut(size.max(1));
    for block in &blocks {
        limits.check()?;
        let Some((_, basis)) = solved.iter().find(|(known, _)| known.is_identical(&block.rep)) else { continue };
        for k in 0..basis.rank() {
            let (Some(target), Some(own)) = (out.next(), basis.float_row(k)) else { continue };
            for (i, row) in block.rows.clone().zip(own.chunks(block.cols.len().max(1))) {
                target[i * shape.1 + block.cols.start..][..row.len()].copy_from_slice(row);
            }
        }
    }
    let complete = together(solved.iter().map(|(_, basis)| basis.completeness()));
    Ok(Basis::of_floats(shape, Method::Blocks, complete, rank, rows))
}

/// The weakest of what the parts rest on.
fn together<'a>(parts: impl Iterator<Item = &'a Completeness>) -> Completeness {
    let mut all = Spectrum { noise: f64::EPSILON, edge: f64::INFINITY, residual: 0.0 };
    let (mut counted, mut exact): (Option<String>, Option<String>) = (None, None);
    let mut every = true;
    for part in parts {
        let spectrum = match part {
            Completeness::GapAndCount(spectrum, group) => {
                counted = Some(group.clone());
                spectrum
            }
            Completeness::GapAndExact(spectrum, by) => {
                exact = Some(by.clone());
                spectrum
            }
            Completeness::Gap(spectrum) => {
                every = false;
                spectrum
            }
            _ => continue,
        };
        all.noise = all.noise.max(spectrum.noise);
        all.edge = all.edge.min(spectrum.edge);
        all.residual = all.residual.max(spectrum.residual);
    }
    match (counted, exact) {
        (Some(group), _) if every => Completeness::GapAndCount(all, group),
        (_, Some(by)) if every => Completeness::GapAndExact(all, by),
        _ => Completeness::Gap(all),
    }
}

/// The maps from one summand to another, and where they stand.
pub(super) struct Block {
    pub rep: Rep,
    pub rows: Range<usize>,
    pub cols: Range<usize>,
}

/// The shape of the maps, and their blocks; invariants have one column.
pub(super) fn blocks(rep: &Rep) -> Result<((usize, usize), Vec<Block>), EquivariantError> {
    let (rows, row_count) = match rep.as_hom() {
        Some((_, to)) => placed(&to)?,
        None => placed(rep)?,
    };
    let (cols, col_count) = match rep.as_hom() {
        Some((from, _)) => placed(&from)?,
        None => (vec![(Rep::scalar(rep.base()), 0..1)], 1),
    };
    if rows.len().saturating_mul(cols.len()) > MAX_BLOCKS {
        return Err(EquivariantError::TooLarge(format!("{} with {} summands", rep.name(), rows.len())));
    }
    let mut out = Vec::new();
    for (to, rows) in &rows {
        for (from, cols) in &cols {
            let rep = if rep.as_hom().is_some() { Rep::hom(from, to)? } else { to.clone() };
            out.push(Block { rep, rows: rows.clone(), cols: cols.clone() });
        }
    }
    Ok(((row_count, col_count), out))
}

type Placed = Vec<(Rep, Range<usize>)>;

/// The summands with their coordinates, and the dimension.
fn placed(rep: &Rep) -> Result<(Placed, usize), EquivariantError> {
    let large = || EquivariantError::TooLarge(format!("{} of dimension {}", rep.name(), rep.dim()));
    let total = rep.dim().to_usize().ok_or_else(large)?;
    let mut out = Placed::new();
    let mut start = 0;
    for (x, times) in rep.summands()? {
        let dim = x.dim().to_usize().ok_or_else(large)?;
        for _ in 0..if dim == 0 { 0 } else { times } {
            if out.len() == MAX_BLOCKS {
                return Err(large());
            }
            out.push((x.clone(), start..start + dim));
            start += dim;
        }
    }
    Ok((out, total))
}

/// Tensors: by both sides when they are large, otherwise a null space by the gap between singular values. Where highest weights
/// count the invariants, both numbers must agree.
fn of_tensor(rep: &Rep, group: &Group, limits: &Limits) -> Result<Basis, EquivariantError> {
    let tensor = float_tensor(rep, limits)?;
    let (shape, strides) = layout(&tensor.dims, tensor.split)?;
    let characters = match (rep.field_rank(limits)?, rep.base().factors()) {
        (Some(count), _) => {
            let order = rep.base().field_order(limits)?.unwrap_or(0);
            Some((count, format!("the exact characters of a group of order {order} count")))
        }
        // Of a product each factor counts what is its own, where it can.
        (None, [_, ..]) => rank(rep, limits).ok().map(|count| (count, "the factors of the group count".to_string())),
        (None, []) => None,
    };
    let counted = match (&characters, &group.vectors) {
        (None, Some(vectors)) => vectors.count(rep, limits)?,
        _ => None,
    };
    let mut found = None;
    if shape.0.saturating_mul(shape.1) > DENSE
        && let (Some(group), Some(dual)) = (&group.adapted, &tensor.dual)
    {
        let operator = LegOperator::new(&tensor.dims, strides, &tensor.generators)?;
        found = by_sides(group, dual, &operator, limits)?;
    }
    let basis = match found {
        Some((rank, rows, spectrum)) => {
            Basis::of_floats(shape, Method::FloatSides, Completeness::Gap(spectrum), rank, rows)
        }
        None => {
            let formed = if group.adapted.is_some() { DENSE } else { FORMED };
            null_space((&tensor.dims, tensor.split), &tensor.generators, formed, limits)?
        }
    };
    if let (Some((count, by)), Completeness::Gap(spectrum)) = (characters, basis.completeness()) {
        if count != basis.rank().into() {
            let found = basis.rank();
            let message = format!("the float equations leave {found} invariants ({spectrum}), but {by} {count}");
            return Err(EquivariantError::Argument(message));
        }
        let complete = Completeness::GapAndExact(*spectrum, by);
        return Ok(basis.completed(complete));
    }
    let (Some(counted), Completeness::Gap(spectrum)) = (counted, basis.completeness()) else { return Ok(basis) };
    if counted.count != basis.rank().into() {
        let message = format!(
            "the float equations leave {} invariants ({spectrum}), highest weights of {} count {}: the generators are too inexact, \
             or the group is too far from a compact one for this many unknowns in floating point",
            basis.rank(),
            counted.group,
            counted.count
        );
        return Err(EquivariantError::Argument(message));
    }
    let complete = Completeness::GapAndCount(*spectrum, counted.group.to_string());
    Ok(basis.completed(complete))
}

/// How far a map (row by row) or a vector is from being equivariant for a group with float generators, relative to its norm and
/// to the sizes of the generators; `None` for other groups.
pub fn float_error(rep: &Rep, map: &[f64], limits: &Limits) -> Result<Option<f64>, EquivariantError> {
    if !rep.base().has_floats() || is_plane(rep) {
        return Ok(None);
    }
    let ((_, width), blocks) = blocks(rep)?;
    let norm = |w: &[f64]| w.iter().map(|x| x * x).sum::<f64>().sqrt();
    let mut sum = 0.0;
    for block in blocks {
        limits.check()?;
        let row = |i: usize| &map[i * width + block.cols.start..i * width + block.cols.end];
        let own: Vec<f64> = block.rows.clone().flat_map(|i| row(i).iter().copied()).collect();
        let size = norm(&own);
        if size > 0.0 {
            let tensor = float_tensor(&block.rep, limits)?;
            sum += (size * float_defect(&tensor.dims, tensor.split, &tensor.generators, &own, limits)?).powi(2);
        }
    }
    Ok(Some(sum.sqrt() / norm(map).max(f64::MIN_POSITIVE)))
}

/// A tensor with float generators, leg by leg.
struct FloatTensor {
    dims: Vec<usize>,
    /// Where all legs are V or its dual: `true` for the latter.
    dual: Option<Vec<bool>>,
    split: usize,
    generators: Vec<Generator>,
}

fn float_tensor(rep: &Rep, limits: &Limits) -> Result<FloatTensor, EquivariantError> {
    let [rows, cols] = rep.float_legs()?;
    let split = rows.len();
    // A leg of the source is one of its dual.
    let legs: Vec<(Rep, bool)> = rows.into_iter().chain(cols.into_iter().map(|(x, dual)| (x, !dual))).collect();
    let mut distinct: Vec<(&Rep, FloatGenerators)> = Vec::new();
    let mut which = Vec::with_capacity(legs.len());
    for (leg, _) in &legs {
        let at = match distinct.iter().position(|(known, _)| known.is_identical(leg)) {
            Some(at) => at,
            None => {
                distinct.push((leg, leg.float_generators(limits)?.unwrap_or_default()));
                distinct.len() - 1
            }
        };
        which.push(at);
    }
    let plain = || which.iter().zip(&legs).map(|(at, (_, dual))| (&distinct[*at].1, *dual));
    let minus = |m: &Matrix<f64>| m.transpose().map(|x| -x);
    // Of a product of groups the generators of all factors.
    let counts = match distinct.first() {
        Some((_, own)) => (own.algebra.len(), own.discrete.len()),
        None => rep.base().floats().map_or((0, 0), |own| (own.algebra.len(), own.discrete.len())),
    };
    let (algebra, discrete) = counts;
    let mut generators = Vec::with_capacity(algebra + discrete);
    for k in 0..algebra {
        let leg = |(f, dual): (&FloatGenerators, bool)| if dual { minus(&f.algebra[k]) } else { f.algebra[k].clone() };
        generators.push(Generator::Infinitesimal(plain().map(leg).collect()));
    }
    for k in 0..discrete {
        let leg = |(f, dual): (&FloatGenerators, bool)| {
            if dual { f.inverses[k].transpose() } else { f.discrete[k].clone() }
        };
        generators.push(Generator::Finite(plain().map(leg).collect()));
    }
    let dims = legs.iter().map(|(leg, _)| leg.dim().to_usize().unwrap_or(usize::MAX)).collect();
    let vectors = rep.legs().is_some();
    let dual = vectors.then(|| legs.iter().map(|(_, dual)| *dual).collect());
    Ok(FloatTensor { dims, dual, split, generators })
}
