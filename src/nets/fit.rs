//! Training of invariant shallow networks: free weights, slope, bias and affine part by least squares. Whatever the weights, the
//! network stays invariant; the trained numbers are rounded to fractions, so that it stays exact too.

use super::NetError;
use super::shallow::{Choice, InvariantNetwork, invariant_forms};
use crate::equivariant::SignedPermutation;
use crate::limits::Limits;
use crate::num::Rational;

/// Trained numbers are whole multiples of this inverse.
const GRAIN: f64 = (1u64 << 24) as f64;
/// Adam's averages (Kingma and Ba 2015).
const DECAY: (f64, f64) = (0.9, 0.999);

/// A trained network with its mean squared errors.
#[derive(Clone, Debug)]
pub struct Fit {
    /// The network with rounded weights.
    pub network: InvariantNetwork,
    /// The mean squared error at the start.
    pub before: f64,
    /// That of the rounded network.
    pub after: f64,
}

/// The parameters as one vector: free weights, slope, bias, coefficients of invariant forms, constant.
struct Layout {
    weights: usize,
    fixed: usize,
}

impl Layout {
    fn len(&self) -> usize {
        self.weights + self.fixed + 3
    }
}

/// Adam on the mean of `(f(x) − y)²` over all samples, one after another, from the weights of the given network; the rate falls
/// linearly to 0.
///
/// Cost of a step: samples × hidden units × inputs.
pub fn fit(
    start: &InvariantNetwork,
    generators: &[SignedPermutation],
    (samples, targets): (&[Vec<f64>], &[f64]),
    (steps, rate): (usize, f64),
    limits: &Limits,
) -> Result<Fit, NetError> {
    let size = start.network.linear.len();
    if samples.is_empty() || samples.len() != targets.len() || samples.iter().any(|x| x.len() != size) {
        return Err(NetError::Argument(format!("each sample needs {size} numbers and a target")));
    }
    let forms = invariant_forms(size, generators);
    let layout = Layout { weights: start.weights.len(), fixed: forms.len() };
    // The values of the invariant forms at each sample.
    let value = |form: &Vec<(usize, bool)>, x: &[f64]| {
        form.iter().map(|&(i, negative)| if negative { -x[i] } else { x[i] }).sum::<f64>()
    };
    let known: Vec<Vec<f64>> = samples.iter().map(|x| forms.iter().map(|form| value(form, x)).collect()).collect();
    let double = |x: &Rational| x.to_f64();
    let mut p: Vec<f64> = start.weights.iter().map(double).collect();
    p.extend([double(&start.slope), double(&start.bias)]);
    p.extend(start.fixed.iter().map(double));
    p.push(double(&start.constant));
    let (mut first, mut second) = (vec![0.0; p.len()], vec![0.0; p.len()]);
    let mut before = None;
    for step in 1..=steps {
        limits.check()?;
        limits.progress("training", step as f64 / steps as f64);
        let (loss, gradient) = loss(start, &layout, &p, (samples, targets, &known));
        before.get_or_insert(loss);
        if !loss.is_finite() {
            return Err(NetError::NotFinite("the training diverged; a smaller rate may help".to_string()));
        }
        // Slower and slower, so that the last steps do not jitter.
        let slowed = rate * (1.0 - (step - 1) as f64 / steps as f64);
        let (c1, c2) = (1.0 - DECAY.0.powi(step as i32), 1.0 - DECAY.1.powi(step as i32));
        for k in 0..p.len() {
            first[k] = DECAY.0 * first[k] + (1.0 - DECAY.0) * gradient[k];
            second[k] = DECAY.1 * second[k] + (1.0 - DECAY.1) * gradient[k] * gradient[k];
            p[k] -= slowed * (first[k] / c1) / ((second[k] / c2).sqrt() + 1e-12);
        }
    }
    let rounded = |x: f64| Rational::from_f64((x * GRAIN).round() / GRAIN);
    let exact: Option<Vec<Rational>> = p.iter().map(|x| rounded(*x)).collect();
    let lost = || NetError::NotFinite("a trained weight is no finite number".to_string());
    let exact = exact.ok_or_else(lost)?;
    let (w, rest) = exact.split_at(layout.weights);
    let choice = Choice {
        weights: Some(w.to_vec()),
        slope: Some(rest[0].clone()),
        bias: Some(rest[1].clone()),
        fixed: Some(rest[2..2 + layout.fixed].to_vec()),
        constant: Some(rest[2 + layout.fixed].clone()),
    };
    let width = num_bigint::BigUint::from(start.labels.len());
    let pattern = start.labels.first().map_or(&[] as &[i64], Vec::as_slice);
    let network = InvariantNetwork::new((pattern, start.kind), &width, generators, &choice, limits)?;
    let error = |x: &Vec<f64>, y: &f64| (network.network.float_value(x) - y).powi(2);
    let after = samples.iter().zip(targets).map(|(x, y)| error(x, y)).sum::<f64>() / samples.len() as f64;
    Ok(Fit { network, before: before.unwrap_or(after), after })
}

/// The mean squared error and its gradient.
fn loss(
    it: &InvariantNetwork,
    layout: &Layout,
    p: &[f64],
    (samples, targets, known): (&[Vec<f64>], &[f64], &[Vec<f64>]),
) -> (f64, Vec<f64>) {
    let (weights, rest) = p.split_at(layout.weights);
    let (slope, bias, fixed, constant) = (rest[0], rest[1], &rest[2..2 + layout.fixed], rest[2 + layout.fixed]);
    let second = it.kind == 2;
    let (mut total, mut gradient) = (0.0, vec![0.0; layout.len()]);
    let mut of_weights = vec![0.0; layout.weights];
    for ((x, y), forms) in samples.iter().zip(targets).zip(known) {
        of_weights.fill(0.0);
        let (mut sum, mut active) = (0.0, 0.0);
        for row in &it.labels {
            let weight = |label: i64| match usize::try_from(label.unsigned_abs()).unwrap_or(0) {
                0 => 0.0,
                k if label < 0 => -weights[k - 1],
                k => weights[k - 1],
            };
            let t = row.iter().zip(x).map(|(&label, x)| weight(label) * x).sum::<f64>() + bias;
            // ReLU, or half the absolute value.
            let derivative = if second { 0.5 * t.signum() } else { f64::from(u8::from(t > 0.0)) };
            sum += derivative * t;
            active += derivative;
            if derivative == 0.0 {
                continue;
            }
            for (&label, x) in row.iter().zip(x) {
                let k = usize::try_from(label.unsigned_abs()).unwrap_or(0);
                if k > 0 {
                    of_weights[k - 1] += derivative * if label < 0 { -x } else { *x };
                }
            }
        }
        let linear: f64 = forms.iter().zip(fixed).map(|(v, c)| v * c).sum();
        let error = slope * sum + linear + constant - y;
        total += error * error;
        let scale = 2.0 * error / samples.len() as f64;
        for (g, w) in gradient.iter_mut().zip(&of_weights) {
            *g += scale * slope * w;
        }
        gradient[layout.weights] += scale * sum;
        // Type 2 has no bias.
        gradient[layout.weights + 1] += if second { 0.0 } else { scale * slope * active };
        for (k, v) in forms.iter().enumerate() {
            gradient[layout.weights + 2 + k] += scale * v;
        }
        gradient[layout.len() - 1] += scale;
    }
    (total / samples.len() as f64, gradient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finite;
    use crate::float::Random;

    /// All architectures of C_4 learn functions of their own kind; the trained networks are exactly invariant; gradients are those of
    /// differences.
    #[test]
    fn networks_learn_and_stay_invariant() {
        let limits = Limits::none().with_seed(4);
        let group = finite::cyclic(4).unwrap();
        let generators: Vec<SignedPermutation> = group.generators().iter().map(SignedPermutation::from).collect();
        let mut random = Random::new(9, 1);
        let samples: Vec<Vec<f64>> = (0..60).map(|_| (0..4).map(|_| random.normal()).collect()).collect();
        for a in finite::architectures(&group, None, &limits).unwrap().pairs.unwrap() {
            let new = |choice: &Choice| {
                InvariantNetwork::new((&a.pattern, a.kind), &a.width, &generators, choice, &limits).unwrap()
            };
            let teacher = new(&Choice::default());
            let targets: Vec<f64> = samples.iter().map(|x| teacher.network.float_value(x)).collect();
            // The pupil starts beside the teacher.
            let near = |x: &Rational| x + &Rational::new(1, 5).unwrap();
            let start = new(&Choice {
                weights: Some(teacher.weights.iter().map(near).collect()),
                slope: Some(near(&teacher.slope)),
                bias: (a.kind == 1).then(|| near(&teacher.bias)),
                fixed: Some(teacher.fixed.iter().map(near).collect()),
                constant: Some(near(&teacher.constant)),
            });
            let found = fit(&start, &generators, (&samples, &targets), (3000, 0.01), &limits).unwrap();
            assert!(found.after < 1e-3 * found.before, "{a:?}: {} {}", found.before, found.after);
            assert_eq!(found.network.network.changed_by(&generators, &limits).unwrap(), None);
            let layout = Layout { weights: start.weights.len(), fixed: start.fixed.len() };
            let known: Vec<Vec<f64>> = samples
                .iter()
                .map(|x| {
                    let sum = |form: &Vec<(usize, bool)>| form.iter().map(|f| x[f.0]).sum();
                    invariant_forms(4, &generators).iter().map(sum).collect()
                })
                .collect();
            let mut p: Vec<f64> = start.weights.iter().map(Rational::to_f64).collect();
            p.extend([start.slope.to_f64(), start.bias.to_f64()]);
            p.extend(start.fixed.iter().map(Rational::to_f64));
            p.push(start.constant.to_f64());
            let at = |p: &[f64]| loss(&start, &layout, p, (&samples, &targets, &known));
            let (_, gradient) = at(&p);
            for k in (0..p.len()).filter(|k| a.kind == 1 || *k != start.weights.len() + 1) {
                let (mut low, mut high) = (p.clone(), p.clone());
                low[k] -= 1e-6;
                high[k] += 1e-6;
                let slope = (at(&high).0 - at(&low).0) / 2e-6;
                assert!((slope - gradient[k]).abs() < 1e-3 * (1.0 + slope.abs()), "{k}: {slope} {}", gradient[k]);
            }
        }
        let made = finite::architectures(&group, None, &limits).unwrap().pairs.unwrap();
        let one =
            InvariantNetwork::new((&made[0].pattern, 1), &made[0].width, &generators, &Choice::default(), &limits);
        assert!(fit(&one.unwrap(), &generators, (&[], &[]), (1, 0.1), &limits).is_err());
    }
}
