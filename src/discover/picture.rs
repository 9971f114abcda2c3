//! Pictures of a spectrum: the singular values in order, where the dimension was read, and what came next.

use super::spectrum::Spectrum;
use crate::show::scene::{Axis, Mark, Plot, Scene, Series, Tone, plot};

/// The singular values in increasing order over their numbers, in powers of ten: those that count as zero apart from the
/// others, an upright line at the dimension and one at the next best, level lines at the edge of rounding and of the noise.
/// Values that are exactly zero stand at the level of the smallest positive one.
pub fn spectrum_scene(spectrum: &Spectrum, title: &str) -> Scene {
    let least = spectrum.values.iter().copied().filter(|v| *v > 0.0).fold(f64::INFINITY, f64::min);
    let least = if least.is_finite() { least } else { 1.0 };
    let numbered = spectrum.values.iter().enumerate().map(|(k, v)| ((k + 1) as f64, v.max(least)));
    let (zeros, others): (Vec<_>, Vec<_>) = numbered.partition(|(k, _)| *k <= spectrum.dim as f64);
    let series = |name: &str, tone: u8, points: Vec<(f64, f64)>| Series {
        name: name.to_string(),
        tone: Tone::Series(tone),
        points,
        joined: false,
    };
    let between = |dim: usize| dim as f64 + 0.5;
    let gap = |gap: Option<f64>| gap.map_or_else(String::new, |g| format!(", gap {g:.1e}"));
    let mark = |text: String, at: f64, upright: bool, tone: Tone| Mark { text, at, upright, tone };
    let mut marks = vec![mark(
        format!("dimension {}{}", spectrum.dim, gap(spectrum.gap)),
        between(spectrum.dim),
        true,
        Tone::Strong,
    )];
    if let Some((dim, ratio)) = spectrum.runner_up {
        marks.push(mark(format!("next best {dim}{}", gap(Some(ratio))), between(dim), true, Tone::Faint));
    }
    match spectrum.noise_edge {
        Some(edge) => marks.push(mark("edge of the noise".to_string(), edge, false, Tone::Second)),
        None => marks.push(mark("rounding".to_string(), spectrum.rounding, false, Tone::Second)),
    }
    let counted = [("counted as zero", 0, zeros), ("others", 1, others)];
    plot(&Plot {
        title: title.to_string(),
        description: format!(
            "{} singular values in increasing order, the first {} count as zero: {}",
            spectrum.values.len(),
            spectrum.dim,
            spectrum.rule.words()
        ),
        x: Axis { name: "number".to_string(), logarithmic: false },
        y: Axis { name: "singular value".to_string(), logarithmic: true },
        series: counted.into_iter().filter(|c| !c.2.is_empty()).map(|(n, t, p)| series(n, t, p)).collect(),
        marks,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::spectrum::{ROUNDING, decide};

    #[test]
    fn the_line_of_the_dimension_parts_zeros_from_others() {
        let values = vec![0.0, 1e-16, 2e-16, 0.5, 0.6, 1.0];
        let scene = spectrum_scene(&decide(values, 0.0, 100, ROUNDING), "six values");
        let spots = |tone: u8| scene.spots.iter().filter(move |s| s.tone == Tone::Series(tone));
        // One more of each in the legend.
        assert_eq!((spots(0).count(), spots(1).count()), (4, 4));
        let line = scene.segments.iter().find(|s| s.tone == Tone::Strong).unwrap();
        assert!(spots(0).take(3).all(|s| s.at.x < line.from.x) && spots(1).take(3).all(|s| s.at.x > line.from.x));
        assert!(scene.notes.iter().any(|n| n.text.starts_with("dimension 3, gap ")));
        assert!(scene.notes.iter().any(|n| n.text.starts_with("next best ")));
    }
}
