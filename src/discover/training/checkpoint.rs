//! A training between two steps, to be kept and taken up again.

use super::trained::{Curve, Named};
use super::{AdamState, TERMS, Terms};

/// A training between two steps: plain numbers, which continue it to the same bits.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// The parameters.
    pub parameters: Vec<f64>,
    /// The optimiser.
    pub adam: AdamState,
    /// The loss so far.
    pub curve: Curve,
    /// What stands for the data, see [`super::JointSettings::data`].
    pub data: u32,
}

impl Checkpoint {
    /// The state as named arrays of doubles.
    pub fn arrays(&self) -> Vec<Named> {
        let count = self.parameters.len();
        vec![
            ("parameters", vec![count], self.parameters.clone()),
            ("first", vec![count], self.adam.first.clone()),
            ("second", vec![count], self.adam.second.clone()),
            ("steps", vec![1], vec![self.adam.steps as f64]),
            ("data", vec![1], vec![f64::from(self.data)]),
            self.curve.array(),
        ]
    }

    /// The state from those arrays; `None` when one is missing or they do not fit together.
    pub fn from_arrays(find: impl Fn(&str) -> Option<Vec<f64>>) -> Option<Checkpoint> {
        let (parameters, first, second) = (find("parameters")?, find("first")?, find("second")?);
        let steps = *find("steps")?.first()?;
        let data = *find("data")?.first()?;
        let curve = find("curve")?;
        let whole = steps >= 0.0 && steps.fract() == 0.0 && steps < 2f64.powi(53);
        let fits = first.len() == parameters.len() && second.len() == parameters.len() && whole;
        let point = |row: &[f64]| {
            let terms = row.get(1..=TERMS.len())?.try_into().ok()?;
            Some((*row.first()? as u64, Terms(terms), *row.last()?))
        };
        let curve = curve.chunks_exact(TERMS.len() + 2).map(point).collect::<Option<Vec<_>>>()?;
        let adam = AdamState { steps: steps as u64, first, second };
        fits.then_some(Checkpoint { parameters, adam, curve: Curve(curve), data: data as u32 })
    }
}
