//! Pictures of training: the loss by steps, the flow lines of a field.

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

/// Half the width of the window of flow lines.
const WINDOW: f64 = 2.5;

/// The flow lines of a field in the plane from starts on a grid: 40 steps of Runge and Kutta's fourth order of length 0.08 in the
/// direction of the field, until they leave the window or the field vanishes. An arrow ends each.
pub fn flow_scene(title: &str, field: impl Fn(&[f64]) -> Vec<f64>) -> Scene {
    const STEPS: usize = 40;
    const STEP: f64 = 0.08;
    const STARTS: i32 = 3;
    let unit = |x: f64, y: f64| -> Option<(f64, f64)> {
        let v = field(&[x, y]);
        let (a, b) = (*v.first()?, *v.get(1)?);
        let length = a.hypot(b);
        (length > 1e-9 && length.is_finite()).then(|| (a / length, b / length))
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
        let main: Vec<_> = scene.segments.iter().filter(|s| s.tone == Tone::Main).collect();
        assert_eq!(main.len(), 4);
        assert_eq!((main[0].from.x, main[0].from.y), (0.0, FRAME.1));
        assert!((main[3].to.x - FRAME.0).abs() < 1e-12 && main[3].to.y.abs() < 1e-12);
        assert!(scene.labels.iter().any(|l| l.text == "1e-4") && scene.labels.iter().any(|l| l.text == "40 steps"));
        assert!(curve_scene(&Curve::default()).segments.is_empty());
    }
}
