//! Pictures of training: the loss by steps.

use super::trained::Curve;
use crate::show::scene::{Label, Place, Scene, Segment, Tone};

/// Width and height of the frame.
const FRAME: (f64, f64) = (3.0, 1.5);

/// The loss as a line, steps to the right, powers of ten upwards. Points whose loss is zero are left out.
pub fn curve_scene(curve: &Curve) -> Scene {
    let points: Vec<(f64, f64)> = curve
        .0
        .iter()
        .filter(|(_, _, loss)| *loss > 0.0 && loss.is_finite())
        .map(|(step, _, loss)| (*step as f64, loss.log10()))
        .collect();
    let mut scene = Scene { title: "loss by steps".to_string(), ..Scene::default() };
    let Some(&(last, end)) = points.last() else { return scene };
    let low = points.iter().map(|p| p.1).fold(f64::INFINITY, f64::min).floor();
    let high = points.iter().map(|p| p.1).fold(f64::NEG_INFINITY, f64::max).ceil().max(low + 1.0);
    let first = points.first().map_or(0.0, |p| p.0);
    let across = (last - first).max(1.0);
    let place = |(x, y): (f64, f64)| Place { x: FRAME.0 * (x - first) / across, y: FRAME.1 * (y - low) / (high - low) };
    scene.description = format!(
        "the loss of a training over {last} steps, from 10^{:.1} to 10^{end:.1}",
        points.first().map_or(0.0, |p| p.1)
    );
    let line = |from: Place, to: Place, tone: Tone| Segment { from, to, tone, arrow: false };
    let corner = |x: f64, y: f64| Place { x, y };
    scene.segments.push(line(corner(0.0, 0.0), corner(FRAME.0, 0.0), Tone::Faint));
    scene.segments.push(line(corner(0.0, 0.0), corner(0.0, FRAME.1), Tone::Faint));
    for pair in points.windows(2) {
        scene.segments.push(line(place(pair[0]), place(pair[1]), Tone::Main));
    }
    let mut label = |at: Place, text: String| scene.labels.push(Label { at, text });
    label(corner(-0.35, FRAME.1), format!("1e{high}"));
    label(corner(-0.35, 0.0), format!("1e{low}"));
    label(corner(FRAME.0, -0.12), format!("{last} steps"));
    scene
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::training::Terms;

    #[test]
    fn a_curve_is_a_line_in_its_frame() {
        let points = (0..5).map(|t| (t * 10, Terms::default(), 10f64.powi(-(t as i32)))).collect();
        let scene = curve_scene(&Curve(points));
        let main: Vec<_> = scene.segments.iter().filter(|s| s.tone == Tone::Main).collect();
        assert_eq!(main.len(), 4);
        assert_eq!((main[0].from.x, main[0].from.y), (0.0, FRAME.1));
        assert!((main[3].to.x - FRAME.0).abs() < 1e-12 && main[3].to.y.abs() < 1e-12);
        assert!(scene.labels.iter().any(|l| l.text == "1e-4") && scene.labels.iter().any(|l| l.text == "40 steps"));
        assert!(curve_scene(&Curve::default()).segments.is_empty());
    }
}
