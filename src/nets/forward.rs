//! Evaluation in batch: sixteen samples side by side, their groups on all threads.
//!
//! No sample sees another, and every sum has a fixed order: the result does not depend on the number of threads nor on the
//! other samples of the batch.

use std::ops::Range;

use super::real::{LANES, Lanes};
use super::{Layer, NetError, Network, Parameters, Real};
use crate::limits::{Limits, Stop};
use crate::parallel;

/// So many samples are one piece of work.
const PART: usize = 8 * LANES;

impl Network {
    /// The values at samples given one after another, in the same order: `(count, dim X)` to `(count, dim Y)`.
    pub fn apply<T: Real>(&self, parameters: &Parameters<T>, x: &[T], limits: &Limits) -> Result<Vec<T>, NetError> {
        self.run(0..self.layers().len(), parameters, x, limits)
    }

    /// Some of the layers, one after another.
    pub fn run<T: Real>(
        &self,
        layers: Range<usize>,
        parameters: &Parameters<T>,
        x: &[T],
        limits: &Limits,
    ) -> Result<Vec<T>, NetError> {
        let own = self.layers().get(layers.clone()).filter(|own| !own.is_empty());
        let own = own.ok_or_else(|| NetError::Argument("there are no such layers".to_string()))?;
        let dim = |layer: Option<&(String, Layer)>, target: bool| {
            layer.map_or(0, |(_, x)| if target { x.target().dim() } else { x.source().dim() })
        };
        let (from, to) = (dim(own.first(), false), dim(own.last(), true));
        if parameters.values.len() != self.parameters() || !x.len().is_multiple_of(from) {
            let message = format!("{} numbers are no samples of length {from}", x.len());
            return Err(NetError::Argument(message));
        }
        let width = own.iter().map(|(_, x)| x.source().dim().max(x.target().dim())).max().unwrap_or(0);
        let scratch = own.iter().map(|(_, layer)| layer.scratch()).max().unwrap_or(0);
        let count = x.len() / from;
        limits.reserve(((2 * width + scratch) * LANES + count * to) as u128 * size_of::<T>() as u128)?;
        let mut out = vec![T::ZERO; count * to];
        let parts: Vec<_> = x.chunks(PART * from).zip(out.chunks_mut(PART * to)).collect();
        let work = |(x, out): (&[T], &mut [T])| -> Result<(), Stop> {
            let zero = [T::ZERO; LANES];
            let (mut a, mut b, mut room) = (vec![zero; width], vec![zero; width], vec![zero; scratch]);
            for (x, out) in x.chunks(LANES * from).zip(out.chunks_mut(LANES * to)) {
                limits.check()?;
                gather(x, from, &mut a);
                for (offset, (_, layer)) in own.iter().enumerate() {
                    let c = &parameters.values[self.parameters_of(layers.start + offset)];
                    let (x, y) = (&a[..layer.source().dim()], &mut b[..layer.target().dim()]);
                    layer.apply(c, x, y, &mut room);
                    std::mem::swap(&mut a, &mut b);
                }
                scatter(&a, to, out);
            }
            Ok(())
        };
        parallel::map_items(parts, work).into_iter().collect::<Result<(), Stop>>()?;
        Ok(out)
    }
}

impl Layer {
    fn scratch(&self) -> usize {
        match self {
            Layer::Linear(x) => x.scratch(),
            Layer::Bilinear(x) => x.scratch(),
            Layer::Convolution(x) => x.scratch(),
            Layer::Gate(_) | Layer::Pointwise(_) => 0,
        }
    }

    fn apply<T: Real>(&self, c: &[T], x: &[Lanes<T>], y: &mut [Lanes<T>], scratch: &mut [Lanes<T>]) {
        match self {
            Layer::Linear(layer) => {
                y.fill([T::ZERO; LANES]);
                layer.add_to(c, x, y, scratch);
            }
            Layer::Bilinear(layer) => {
                match layer.is_shortcut() {
                    true => y.copy_from_slice(x),
                    false => y.fill([T::ZERO; LANES]),
                }
                layer.add_to(c, x, y, scratch);
            }
            Layer::Convolution(layer) => layer.apply(c, x, y, scratch),
            Layer::Gate(layer) => layer.apply(x, y),
            Layer::Pointwise(layer) => layer.apply(x, y),
        }
    }
}

/// Samples, at most one for each lane, become lanes; lanes without a sample are zero.
fn gather<T: Real>(x: &[T], dim: usize, lanes: &mut [Lanes<T>]) {
    for (i, row) in lanes[..dim].iter_mut().enumerate() {
        for (lane, slot) in row.iter_mut().enumerate() {
            *slot = x.get(lane * dim + i).copied().unwrap_or(T::ZERO);
        }
    }
}

fn scatter<T: Real>(lanes: &[Lanes<T>], dim: usize, out: &mut [T]) {
    for (lane, sample) in out.chunks_exact_mut(dim).enumerate() {
        for (slot, row) in sample.iter_mut().zip(lanes) {
            *slot = row[lane];
        }
    }
}
