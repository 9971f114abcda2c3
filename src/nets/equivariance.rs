//! How far a network and each of its layers are from being equivariant, on random group elements and samples.

use super::word::{Action, Word, words};
use super::{NetError, Network, Parameters, Real, Space};
use crate::float::Random;
use crate::limits::Limits;

/// Samples that each element acts on.
const SAMPLES: usize = 4;
/// Streams of other rooms have smaller numbers.
const STREAM: u64 = (1 << 42) + (1 << 34);

/// Relative errors `|f(g x) − g f(x)| / max(|f(g x)|, |g f(x)|)`, the largest over the elements, norms over all samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Errors {
    /// Of each layer on normal samples; `None` where no group acts on what is between the layers.
    pub layers: Vec<Option<f64>>,
    /// Of the whole network.
    pub network: f64,
    /// How many group elements were drawn.
    pub elements: usize,
}

/// The errors for so many random elements, the network evaluated in the precision of the parameters, the group in double.
pub fn equivariance_errors<T: Real>(
    network: &Network,
    parameters: &Parameters<T>,
    elements: usize,
    limits: &Limits,
) -> Result<Errors, NetError> {
    let words = words(network.source().base(), elements, limits)?;
    let mut layers = Vec::with_capacity(network.layers().len());
    for (place, (_, layer)) in network.layers().iter().enumerate() {
        limits.progress("errors of the layers", place as f64 / network.layers().len() as f64);
        layers.push(if network.is_equivariant() {
            let run = |x: &[T]| network.run(place..place + 1, parameters, x, limits);
            Some(error((layer.source(), layer.target()), &words, run, place as u64, limits)?)
        } else {
            None
        });
    }
    let run = |x: &[T]| network.apply(parameters, x, limits);
    let whole = error((network.source(), network.target()), &words, run, u64::from(u32::MAX), limits)?;
    Ok(Errors { layers, network: whole, elements })
}

fn error<T: Real>(
    (source, target): (&Space, &Space),
    words: &[Word],
    run: impl Fn(&[T]) -> Result<Vec<T>, NetError>,
    stream: u64,
    limits: &Limits,
) -> Result<f64, NetError> {
    let (before, after) = (Action::new(source, limits)?, Action::new(target, limits)?);
    let mut random = Random::new(limits.seed(), STREAM + stream);
    let x: Vec<f64> = (0..SAMPLES * source.dim()).map(|_| random.normal()).collect();
    let evaluate = |x: &[f64]| -> Result<Vec<f64>, NetError> {
        let x: Vec<T> = x.iter().map(|x| T::of(*x)).collect();
        Ok(run(&x)?.into_iter().map(T::to_f64).collect())
    };
    let y = evaluate(&x)?;
    let norm = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
    let mut worst = 0.0f64;
    for word in words {
        let moved_first = evaluate(&before.apply(word, &x, limits)?)?;
        let moved_last = after.apply(word, &y, limits)?;
        let difference: Vec<f64> = moved_first.iter().zip(&moved_last).map(|(a, b)| a - b).collect();
        let size = norm(&moved_first).max(norm(&moved_last));
        if !size.is_finite() {
            return Err(NetError::NotFinite("the values of the network are too large for floats".to_string()));
        }
        if size > 0.0 {
            worst = worst.max(norm(&difference) / size);
        }
    }
    Ok(worst)
}
