//! Groups with float generators: tensors, and sums of them block by block.

use std::ops::Range;

use num_traits::ToPrimitive;

use super::choose::is_plane;
use super::float_count;
use super::float_group::adapted;
use super::float_null_space::{DENSE, float_defect};
use super::float_sides::by_sides;
use super::leg_operator::{LegOperator, layout};
use super::{Basis, Completeness, EquivariantError, Generator, Method, Spectrum, float_maps};
use crate::exact::Matrix;
use crate::limits::Limits;
use crate::reps::{FloatGenerators, Rep};

/// Sums with more pairs of summands are refused.
const MAX_BLOCKS: usize = 1 << 20;

/// A basis for a group with float generators, sums block by block.
pub(super) fn by_floats(rep: &Rep, floats: &FloatGenerators, limits: &Limits) -> Result<Basis, EquivariantError> {
    let (shape, blocks) = blocks(rep)?;
    if let [only] = &blocks[..]
        && (only.rows.len(), only.cols.len()) == shape
    {
        return of_tensor(&only.rep, floats, limits);
    }
    let mut solved: Vec<(Rep, Basis)> = Vec::new();
    let mut rank = 0;
    for block in &blocks {
        let at = match solved.iter().position(|(known, _)| known.is_identical(&block.rep)) {
            Some(at) => at,
            None => {
                solved.push((block.rep.clone(), of_tensor(&block.rep, floats, limits)?));
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
    let mut counted: Option<String> = None;
    let mut every = true;
    for part in parts {
        let spectrum = match part {
            Completeness::GapAndCount(spectrum, group) => {
                counted = Some(group.clone());
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
    match counted.filter(|_| every) {
        Some(group) => Completeness::GapAndCount(all, group),
        None => Completeness::Gap(all),
    }
}

/// The maps from one summand to another, and where they stand.
struct Block {
    rep: Rep,
    rows: Range<usize>,
    cols: Range<usize>,
}

/// The shape of the maps, and their blocks; invariants have one column.
fn blocks(rep: &Rep) -> Result<((usize, usize), Vec<Block>), EquivariantError> {
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
fn of_tensor(rep: &Rep, floats: &FloatGenerators, limits: &Limits) -> Result<Basis, EquivariantError> {
    let tensor = float_tensor(rep, floats)?;
    let (shape, strides) = layout(&tensor.dims, tensor.split)?;
    let group = adapted(floats, limits)?;
    // In an adapted basis rounding does least harm to brackets.
    let (algebra, discrete) = match &group {
        Some(group) => (&group.algebra, &group.discrete),
        None => (&floats.algebra, &floats.discrete),
    };
    let counted = float_count::count(algebra, discrete, &tensor.dual, limits)?;
    let mut found = None;
    if shape.0.saturating_mul(shape.1) > DENSE
        && let Some(group) = group
    {
        let operator = LegOperator::new(&tensor.dims, strides, &tensor.generators)?;
        found = by_sides(&group, &tensor.dual, &operator, limits)?;
    }
    let basis = match found {
        Some((rank, rows, spectrum)) => {
            Basis::of_floats(shape, Method::FloatSides, Completeness::Gap(spectrum), rank, rows)
        }
        None => float_maps(&tensor.dims, tensor.split, &tensor.generators, limits)?,
    };
    let (Some(counted), Completeness::Gap(spectrum)) = (counted, basis.completeness()) else { return Ok(basis) };
    if counted.count != basis.rank().into() {
        let message = format!(
            "the float equations leave {} invariants ({spectrum}), highest weights of {} count {}: the generators are too inexact",
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
    let Some(floats) = rep.base().floats().filter(|_| !is_plane(rep)) else { return Ok(None) };
    let ((_, width), blocks) = blocks(rep)?;
    let norm = |w: &[f64]| w.iter().map(|x| x * x).sum::<f64>().sqrt();
    let mut sum = 0.0;
    for block in blocks {
        limits.check()?;
        let row = |i: usize| &map[i * width + block.cols.start..i * width + block.cols.end];
        let own: Vec<f64> = block.rows.clone().flat_map(|i| row(i).iter().copied()).collect();
        let size = norm(&own);
        if size > 0.0 {
            let tensor = float_tensor(&block.rep, floats)?;
            sum += (size * float_defect(&tensor.dims, tensor.split, &tensor.generators, &own, limits)?).powi(2);
        }
    }
    Ok(Some(sum.sqrt() / norm(map).max(f64::MIN_POSITIVE)))
}

/// A tensor with float generators, leg by leg.
struct FloatTensor {
    dims: Vec<usize>,
    dual: Vec<bool>,
    split: usize,
    generators: Vec<Generator>,
}

fn float_tensor(rep: &Rep, floats: &FloatGenerators) -> Result<FloatTensor, EquivariantError> {
    let Some(legs) = rep.legs() else {
        let message = "of a group with float generators only tensors of vector(G) and its dual, their sums and maps between them are understood";
        return Err(EquivariantError::Argument(message.to_string()));
    };
    // A leg of the source is one of its dual.
    let dual: Vec<bool> = legs.rows.iter().copied().chain(legs.cols.iter().map(|dual| !dual)).collect();
    let each = |plain: &Matrix<f64>, dualized: &Matrix<f64>| -> Vec<Matrix<f64>> {
        dual.iter().map(|dual| if *dual { dualized.clone() } else { plain.clone() }).collect()
    };
    let minus = |m: &Matrix<f64>| m.transpose().map(|x| -x);
    let mut generators: Vec<Generator> =
        floats.algebra.iter().map(|m| Generator::Infinitesimal(each(m, &minus(m)))).collect();
    let pairs = floats.discrete.iter().zip(&floats.inverses);
    generators.extend(pairs.map(|(m, inverse)| Generator::Finite(each(m, &inverse.transpose()))));
    let n = rep.base().vector_dim().unwrap_or(0);
    Ok(FloatTensor { dims: vec![n; dual.len()], dual, split: legs.rows.len(), generators })
}
