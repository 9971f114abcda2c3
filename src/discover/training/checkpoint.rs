//! A training between two steps or two rounds, to be kept and taken up again.

use super::AdamState;
use super::trained::{Curve, Named};

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
        let curve = Curve::from_array(&find("curve")?)?;
        let whole = steps >= 0.0 && steps.fract() == 0.0 && steps < 2f64.powi(53);
        let fits = first.len() == parameters.len() && second.len() == parameters.len() && whole;
        let adam = AdamState { steps: steps as u64, first, second };
        fits.then_some(Checkpoint { parameters, adam, curve, data: data as u32 })
    }
}

/// A training of generators apart from each other between two rounds: plain numbers, which continue it to the same bits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// Coordinates of the generators found, orthogonal rows of squared norm 2.
    pub found: Vec<f64>,
    /// The loss of each.
    pub losses: Vec<f64>,
    /// Losses at which further directions stayed.
    pub rejected: Vec<f64>,
    /// Steps of all optimisations together.
    pub steps: u64,
    /// The loss so far.
    pub curve: Curve,
    /// Random numbers that starts have used up.
    pub drawn: u64,
    /// Rounds in a row that found nothing.
    pub failed: usize,
    /// Rows of the next batch; 0 before the first.
    pub size: usize,
    /// Whether there are no more generators.
    pub ended: bool,
    /// What stands for the data, see [`super::FrameSettings::data`].
    pub data: u32,
}

impl Progress {
    /// The state as named arrays of doubles.
    pub fn arrays(&self) -> Vec<Named> {
        let counts = [self.steps, self.drawn, self.failed as u64, self.size as u64, u64::from(self.ended)];
        vec![
            ("found", vec![self.found.len()], self.found.clone()),
            ("losses", vec![self.losses.len()], self.losses.clone()),
            ("rejected", vec![self.rejected.len()], self.rejected.clone()),
            ("counts", vec![counts.len()], counts.iter().map(|x| *x as f64).collect()),
            ("data", vec![1], vec![f64::from(self.data)]),
            self.curve.array(),
        ]
    }

    /// The state from those arrays; `None` when one is missing or they are none such.
    pub fn from_arrays(find: impl Fn(&str) -> Option<Vec<f64>>) -> Option<Progress> {
        let (found, losses, rejected) = (find("found")?, find("losses")?, find("rejected")?);
        let counts = find("counts")?;
        let whole = counts.iter().all(|x| *x >= 0.0 && x.fract() == 0.0 && *x < 2f64.powi(53));
        let [steps, drawn, failed, size, ended] = counts.try_into().ok().filter(|_| whole)?;
        let finite = found.iter().chain(&losses).all(|x| x.is_finite());
        let progress = Progress {
            found,
            losses,
            rejected,
            steps: steps as u64,
            curve: Curve::from_array(&find("curve")?)?,
            drawn: drawn as u64,
            failed: failed as usize,
            size: size as usize,
            ended: ended != 0.0,
            data: *find("data")?.first()? as u32,
        };
        finite.then_some(progress)
    }
}

/// From where a training can go on.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Of all generators together.
    Joint(Checkpoint),
    /// Of generators apart from each other.
    Apart(Progress),
}

impl State {
    /// The state as named arrays of doubles.
    pub fn arrays(&self) -> Vec<Named> {
        match self {
            State::Joint(state) => state.arrays(),
            State::Apart(state) => state.arrays(),
        }
    }

    /// The state from those arrays; `None` when one is missing or they do not fit together.
    pub fn from_arrays(find: impl Fn(&str) -> Option<Vec<f64>>) -> Option<State> {
        let apart = Progress::from_arrays(&find).map(State::Apart);
        apart.or_else(|| Checkpoint::from_arrays(&find).map(State::Joint))
    }
}
