//! Pictures of training: the loss and its terms by steps, the flow lines of a field.

use super::losses::{TERMS, Term};
use super::trained::Curve;
use crate::show::scene::{Axis, Place, Plot, Scene, Segment, Series, Tone, plot};

/// The loss as a line, steps to the right, powers of ten upwards, and the terms of which it is the weighted sum when there
/// are several. Points whose loss is zero are left out.
pub fn curve_scene(curve: &Curve) -> Scene {
    let points = |value: &dyn Fn(usize) -> f64| -> Vec<(f64, f64)> {
        let all = curve.0.iter().enumerate().map(|(k, (step, _, _))| (*step as f64, value(k)));
        all.filter(|(_, v)| *v > 0.0 && v.is_finite()).collect()
    };
    let loss = points(&|k| curve.0[k].2);
    let (Some(first), Some(last)) = (loss.first().copied(), loss.last().copied()) else {
        return Scene { title: "loss by steps".to_string(), ..Scene::default() };
    };
    let line = |name: &str, tone: Tone, points| Series { name: name.to_string(), tone, points, joined: true };
    let of_term = |term: Term| points(&|k| curve.0[k].1.get(term));
    let terms: Vec<(&str, Vec<(f64, f64)>)> =
        TERMS.iter().map(|(term, name)| (*name, of_term(*term))).filter(|(_, points)| !points.is_empty()).collect();
    let mut series = Vec::new();
    if terms.len() > 1 {
        series.extend(terms.into_iter().zip(1u8..).map(|((name, p), k)| line(name, Tone::Series(k), p)));
    }
    series.push(line("loss", Tone::Series(0), loss));
    plot(&Plot {
        title: "loss by steps".to_string(),
        description: format!(
            "the loss of a training over {} steps, from 10^{:.1} to 10^{:.1}",
            last.0,
            first.1.log10(),
            last.1.log10()
        ),
        x: Axis { name: "steps".to_string(), logarithmic: false },
        y: Axis { name: "loss".to_string(), logarithmic: true },
        series,
        marks: Vec::new(),
    })
}

/// Half the width of the window of flow lines.
const WINDOW: f64 = 2.5;

/// The flow lines of a field in the plane from starts on a grid: 40 steps of Runge and Kutta's fourth order of length 0.08 in the
/// direction of the field, until they leave the window or the field, of mean squared length 1, is too short to have one. An
/// arrow ends each.
pub fn flow_scene(title: &str, field: impl Fn(&[f64]) -> Vec<f64>) -> Scene {
    const STEPS: usize = 40;
    const STEP: f64 = 0.08;
    const STARTS: i32 = 3;
    const FAINT: f64 = 0.1;
    let unit = |x: f64, y: f64| -> Option<(f64, f64)> {
        let v = field(&[x, y]);
        let (a, b) = (*v.first()?, *v.get(1)?);
        let length = a.hypot(b);
        (length > FAINT && length.is_finite()).then(|| (a / length, b / length))
    };
    let step = |x: f64, y: f64| -> Option<(f64, f64)> {
        let (a, b) = unit(x, y)?;
        let (c, d) = unit(x + STEP / 2.0 * a, y + STEP / 2.0 * b)?;
        let (e, f) = unit(x + STEP / 2.0 * c, y + STEP / 2.0 * d)?;
        let (g, h) = unit(x + STEP * e, y + STEP * f)?;
        Some((x + STEP / 6.0 * (a + 2.0 * c + 2.0 * e + g), y + STEP / 6.0 * (b + 2.0 * d + 2.0 * f + h)))
    };
    let mut scene = Scene {
        title: title.to_string(),
        description: format!("flow lines of a vector field for coordinates between -{WINDOW} and {WINDOW}"),
        ..Scene::default()
    };
    for (x, y) in [(WINDOW, 0.0), (0.0, WINDOW)] {
        let (from, to) = (Place { x: -x, y: -y }, Place { x, y });
        scene.segments.push(Segment { from, to, tone: Tone::Faint, arrow: false });
    }
    let starts = (-STARTS..=STARTS).flat_map(|i| (-STARTS..=STARTS).map(move |j| (i, j)));
    for (i, j) in starts {
        let (mut x, mut y) = (0.7 * f64::from(i), 0.7 * f64::from(j));
        for at in 1..=STEPS {
            let Some((next_x, next_y)) = step(x, y) else { break };
            let inside = next_x.abs() < WINDOW && next_y.abs() < WINDOW;
            let (from, to) = (Place { x, y }, Place { x: next_x, y: next_y });
            scene.segments.push(Segment { from, to, tone: Tone::Main, arrow: at == STEPS || !inside });
            if !inside {
                break;
            }
            (x, y) = (next_x, next_y);
        }
    }
    scene
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::training::Terms;

    /// The rotation field: its flow lines stay on circles.
    #[test]
    fn flow_lines_of_a_rotation() {
        let scene = flow_scene("rotation", |x| vec![-x[1], x[0]]);
        let radius = |p: Place| p.x.hypot(p.y);
        let lines: Vec<_> = scene.segments.iter().filter(|s| s.tone == Tone::Main).collect();
        assert!(lines.len() > 1000 && lines.iter().all(|s| (radius(s.from) - radius(s.to)).abs() < 1e-5));
        // None from the centre, where the field vanishes.
        assert!(lines.iter().all(|s| radius(s.from) > 0.5));
    }

    #[test]
    fn a_curve_is_a_line_in_its_frame() {
        let points = (0..5).map(|t| (t * 10, Terms::default(), 10f64.powi(-(t as i32)))).collect();
        let scene = curve_scene(&Curve(points));
        let lines: Vec<_> = scene.segments.iter().filter(|s| s.tone == Tone::Series(0)).collect();
        assert_eq!(lines.len(), 4);
        // Down from the upper left corner by equal steps.
        assert!(lines.iter().all(|l| l.to.x > l.from.x && l.to.y < l.from.y));
        assert!(lines[0].from.x.abs() < 1e-12 && lines[3].to.y.abs() < 1e-12);
        let words: Vec<&str> = scene.notes.iter().map(|n| n.text.as_str()).collect();
        assert!(["1e-4", "1e0", "40", "steps"].iter().all(|w| words.contains(w)), "{words:?}");
        assert!(curve_scene(&Curve::default()).segments.is_empty());
    }
}
