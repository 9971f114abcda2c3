//! Adam (Kingma and Ba, 2015) with schedules for its rate.

/// How the rate changes with the steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Schedule {
    /// It stays.
    Constant,
    /// Half a cosine from 1 down to `floor` within `period` steps, then again over twice as many, and so on: warm
    /// restarts (Loshchilov and Hutter, 2017).
    Cosine {
        /// Steps of the first descent.
        period: u64,
        /// The part of the rate that is left at its end.
        floor: f64,
    },
    /// `2^(-step / half_life)`.
    Exponential {
        /// Steps after which the rate has halved.
        half_life: f64,
    },
}

impl Schedule {
    /// The factor of the rate at a step, counted from 0.
    pub fn factor(&self, step: u64) -> f64 {
        match *self {
            Schedule::Constant => 1.0,
            Schedule::Exponential { half_life } => (-(step as f64) / half_life).exp2(),
            Schedule::Cosine { period, floor } => {
                let (mut length, mut at) = (period.max(1), step);
                while at >= length {
                    at -= length;
                    length = length.saturating_mul(2);
                }
                let part = at as f64 / length as f64;
                floor + (1.0 - floor) * 0.5 * (1.0 + (std::f64::consts::PI * part).cos())
            }
        }
    }
}

/// The settings of Adam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adam {
    /// The step size.
    pub rate: f64,
    /// Memory of the mean of gradients.
    pub beta1: f64,
    /// Memory of the mean of their squares.
    pub beta2: f64,
    /// What is added to the root in the denominator.
    pub epsilon: f64,
    /// How the rate changes.
    pub schedule: Schedule,
}

impl Adam {
    /// The usual settings with this rate, which stays.
    pub fn constant(rate: f64) -> Adam {
        Adam { rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, schedule: Schedule::Constant }
    }

    /// How far these steps can carry a parameter: the sum of their rates, since a step moves it by about the rate.
    pub fn reach(&self, steps: std::ops::Range<u64>) -> f64 {
        steps.map(|step| self.rate * self.schedule.factor(step)).sum()
    }
}

/// Where Adam is: plain numbers, to be kept and taken up again.
#[derive(Clone, Debug, PartialEq)]
pub struct AdamState {
    /// The steps done.
    pub steps: u64,
    /// The means of gradients.
    pub first: Vec<f64>,
    /// The means of their squares.
    pub second: Vec<f64>,
}

impl AdamState {
    /// The start for so many parameters.
    pub fn new(parameters: usize) -> AdamState {
        AdamState { steps: 0, first: vec![0.0; parameters], second: vec![0.0; parameters] }
    }

    /// Back to the start.
    pub fn reset(&mut self) {
        self.steps = 0;
        self.first.fill(0.0);
        self.second.fill(0.0);
    }

    /// One step down the gradient.
    pub fn update(&mut self, settings: &Adam, parameters: &mut [f64], gradient: &[f64]) {
        let Adam { beta1, beta2, epsilon, .. } = *settings;
        let rate = settings.rate * settings.schedule.factor(self.steps);
        self.steps += 1;
        let power = |beta: f64| 1.0 - beta.powf(self.steps as f64);
        let (rate, root) = (rate / power(beta1), 1.0 / power(beta2).sqrt());
        let state = self.first.iter_mut().zip(&mut self.second);
        for ((p, g), (m, v)) in parameters.iter_mut().zip(gradient).zip(state) {
            *m = beta1 * *m + (1.0 - beta1) * g;
            *v = beta2 * *v + (1.0 - beta2) * g * g;
            *p -= rate * *m / (v.sqrt() * root + epsilon);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The recursion of Kingma and Ba, algorithm 1, for one number.
    #[test]
    fn follows_the_published_recursion() {
        let settings = Adam::constant(0.1);
        let mut state = AdamState::new(1);
        let mut x = [1.0];
        let (mut m, mut v, mut y) = (0.0, 0.0, 1.0f64);
        for t in 1..=50 {
            let g = 2.0 * y;
            m = 0.9 * m + 0.1 * g;
            v = 0.999 * v + 0.001 * g * g;
            y -= 0.1 * (m / (1.0 - 0.9f64.powi(t))) / ((v / (1.0 - 0.999f64.powi(t))).sqrt() + 1e-8);
            let gradient = [2.0 * x[0]];
            state.update(&settings, &mut x, &gradient);
            assert!((x[0] - y).abs() < 1e-12);
        }
    }

    #[test]
    fn schedules() {
        let cosine = Schedule::Cosine { period: 10, floor: 0.1 };
        assert_eq!(cosine.factor(0), 1.0);
        assert!((cosine.factor(5) - 0.55).abs() < 1e-12);
        assert_eq!(cosine.factor(10), 1.0);
        assert!((cosine.factor(20) - 0.55).abs() < 1e-12);
        assert_eq!(cosine.factor(30), 1.0);
        assert!(cosine.factor(u64::MAX) >= 0.1);
        assert!((Schedule::Exponential { half_life: 4.0 }.factor(8) - 0.25).abs() < 1e-15);
        assert_eq!(Schedule::Constant.factor(7), 1.0);
    }
}
