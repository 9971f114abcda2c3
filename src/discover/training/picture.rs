//! Pictures of training: the loss and its terms by steps.

use super::losses::{TERMS, Term};
use super::trained::Curve;
use crate::show::scene::{Axis, Plot, Scene, Series, Tone, plot};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::training::Terms;

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
