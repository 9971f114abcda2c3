//! Charts: series of points over two axes, linear or logarithmic, with lines that point something out and a legend.

use super::{Note, Place, Scene, Segment, Spot, Tone};

/// Width and height of the frame.
const FRAME: (f64, f64) = (3.0, 2.0);
/// Between the lines of the legend.
const LEGEND_STEP: f64 = 0.16;
/// Room for a character, in the largest of the renderers.
const CHARACTER: f64 = 0.06;
/// A series of more points has no spots.
const SPOTS: usize = 100;
/// Steps between ticks of a linear axis, times a power of ten.
const STEPS: [f64; 4] = [1.0, 2.0, 5.0, 10.0];
/// Ticks of an axis, about.
const TICKS: f64 = 6.0;

/// An axis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Axis {
    /// What it shows.
    pub name: String,
    /// Whether equal steps are equal factors; points that are not positive are then left out.
    pub logarithmic: bool,
}

/// Points that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its name in the legend; without one it is not there.
    pub name: String,
    /// Its colour.
    pub tone: Tone,
    /// The points.
    pub points: Vec<(f64, f64)>,
    /// Whether lines join them.
    pub joined: bool,
}

/// A line across the frame at one value.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// What the legend says of it.
    pub text: String,
    /// The value.
    pub at: f64,
    /// Whether it is a value of the horizontal axis.
    pub upright: bool,
    /// Its colour.
    pub tone: Tone,
}

/// A chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plot {
    /// What it shows, in a few words.
    pub title: String,
    /// What it shows, in a sentence for those who cannot see it.
    pub description: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The points.
    pub series: Vec<Series>,
    /// What is pointed out.
    pub marks: Vec<Mark>,
}

/// The range of an axis and its ticks.
struct Range {
    low: f64,
    high: f64,
    logarithmic: bool,
    ticks: Vec<(f64, String)>,
}

impl Range {
    /// The range of values, of a logarithmic axis widened to whole powers of ten, with ticks inside it.
    fn of(axis: &Axis, values: impl Iterator<Item = f64>) -> Range {
        let logarithmic = axis.logarithmic;
        let values = values.filter(|v| v.is_finite() && (!logarithmic || *v > 0.0));
        let values = values.map(|v| if logarithmic { v.log10() } else { v });
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        let (low, high) = if low > high { (0.0, 1.0) } else { (low, high) };
        let (low, high) = if logarithmic { (low.floor(), high.ceil()) } else { (low, high) };
        let high = if high > low { high } else { low + 1.0 };
        let step = if logarithmic { ((high - low) / TICKS).ceil().max(1.0) } else { step(high - low) };
        let tick = |k: f64| {
            let value = k * step;
            let text = if logarithmic { format!("1e{value}") } else { decimal(value, step) };
            (value, text)
        };
        let (first, last) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
        let count = (last - first).max(0.0) as usize;
        let ticks = (0..=count).map(|k| tick(first + k as f64)).collect();
        Range { low, high, logarithmic, ticks }
    }

    /// Where a value is, from 0 to 1.
    fn part(&self, value: f64) -> f64 {
        let value = if self.logarithmic { value.log10() } else { value };
        self.on_scale(value)
    }

    fn on_scale(&self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    fn shows(&self, value: f64) -> bool {
        value.is_finite() && (!self.logarithmic || value > 0.0)
    }
}

/// A round step with about as many ticks as wanted.
fn step(span: f64) -> f64 {
    if span <= 0.0 {
        return 1.0;
    }
    let rough = span / TICKS;
    let power = 10f64.powf(rough.log10().floor());
    STEPS.iter().map(|s| s * power).find(|s| *s >= rough * 0.999).unwrap_or(10.0 * power)
}

/// A tick with as many decimals as its step has.
fn decimal(value: f64, step: f64) -> String {
    let digits = (-step.log10().floor()).max(0.0) as usize;
    if digits > 6 || value.abs() >= 1e7 {
        return format!("{value:e}");
    }
    let text = format!("{value:.digits$}");
    if text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.') {
        return text.trim_start_matches('-').to_string();
    }
    text
}

/// The chart as a scene. Ticks and marks are faint lines and words; names of axes stand at their ends.
pub fn plot(chart: &Plot) -> Scene {
    let (across, up): (Vec<f64>, Vec<f64>) = chart.series.iter().flat_map(|s| s.points.iter().copied()).unzip();
    let marks = |upright: bool| chart.marks.iter().filter(move |m| m.upright == upright).map(|m| m.at);
    let x = Range::of(&chart.x, across.into_iter().chain(marks(true)));
    let y = Range::of(&chart.y, up.into_iter().chain(marks(false)));
    let mut scene = Scene { title: chart.title.clone(), description: chart.description.clone(), ..Scene::default() };
    frame(&mut scene, chart, &x, &y);
    for series in &chart.series {
        let shown = series.points.iter().filter(|p| x.shows(p.0) && y.shows(p.1));
        let places: Vec<Place> = shown.map(|p| Place { x: FRAME.0 * x.part(p.0), y: FRAME.1 * y.part(p.1) }).collect();
        if series.joined {
            scene.segments.extend(places.iter().zip(places.iter().skip(1)).map(|(a, b)| line(*a, *b, series.tone)));
        }
        if places.len() <= SPOTS || !series.joined {
            scene.spots.extend(places.into_iter().map(|at| spot(at, series.tone)));
        }
    }
    for mark in &chart.marks {
        let (from, to) = if mark.upright {
            let at = FRAME.0 * x.part(mark.at);
            (Place { x: at, y: 0.0 }, Place { x: at, y: FRAME.1 })
        } else {
            let at = FRAME.1 * y.part(mark.at);
            (Place { x: 0.0, y: at }, Place { x: FRAME.0, y: at })
        };
        scene.segments.push(line(from, to, mark.tone));
    }
    legend(&mut scene, chart);
    scene
}

fn line(from: Place, to: Place, tone: Tone) -> Segment {
    Segment { from, to, tone, arrow: false }
}

fn spot(at: Place, tone: Tone) -> Spot {
    Spot { at, tone, count: "1".to_string() }
}

/// Two axes with ticks and their names.
fn frame(scene: &mut Scene, chart: &Plot, x: &Range, y: &Range) {
    let place = |x: f64, y: f64| Place { x, y };
    scene.segments.push(line(place(0.0, 0.0), place(FRAME.0, 0.0), Tone::Faint));
    scene.segments.push(line(place(0.0, 0.0), place(0.0, FRAME.1), Tone::Faint));
    for (value, text) in &x.ticks {
        let at = FRAME.0 * x.on_scale(*value);
        scene.segments.push(line(place(at, 0.0), place(at, -0.03), Tone::Faint));
        scene.notes.push(Note { at: place(at, -0.12), text: text.clone(), centred: true });
    }
    for (value, text) in &y.ticks {
        let at = FRAME.1 * y.on_scale(*value);
        scene.segments.push(line(place(-0.03, at), place(0.0, at), Tone::Faint));
        scene.notes.push(Note { at: place(-0.42, at), text: text.clone(), centred: false });
    }
    scene.notes.push(Note { at: place(FRAME.0 / 2.0, -0.28), text: chart.x.name.clone(), centred: true });
    scene.notes.push(Note { at: place(-0.42, FRAME.1 + 0.2), text: chart.y.name.clone(), centred: false });
}

/// What the series and the marks are, one below the other beside the frame.
fn legend(scene: &mut Scene, chart: &Plot) {
    let series = chart.series.iter().filter(|s| !s.name.is_empty()).map(|s| (&s.name, s.tone, false));
    let entries: Vec<_> = series.chain(chart.marks.iter().map(|m| (&m.text, m.tone, true))).collect();
    for (k, (text, tone, is_line)) in entries.iter().enumerate() {
        let at = Place { x: FRAME.0 + 0.2, y: FRAME.1 - LEGEND_STEP * k as f64 };
        if *is_line {
            scene.segments.push(line(Place { x: at.x - 0.08, ..at }, Place { x: at.x + 0.08, ..at }, *tone));
        } else {
            scene.spots.push(spot(at, *tone));
        }
        scene.notes.push(Note { at: Place { x: at.x + 0.15, ..at }, text: (*text).clone(), centred: false });
    }
    let longest = entries.iter().map(|(text, ..)| text.chars().count()).max().unwrap_or(0);
    scene.room.push(Place { x: FRAME.0 + 0.35 + CHARACTER * longest as f64, y: 0.0 });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(points: &[(f64, f64)]) -> Series {
        Series { name: "s".to_string(), tone: Tone::Series(0), points: points.to_vec(), joined: true }
    }

    #[test]
    fn points_stand_where_their_values_are() {
        let y = Axis { name: "y".to_string(), logarithmic: true };
        let chart =
            Plot { y, series: vec![series(&[(0.0, 1e-4), (5.0, 1e-2), (10.0, 1.0), (7.0, 0.0)])], ..Plot::default() };
        let scene = plot(&chart);
        // The last one has no logarithm; the first spots are those of the points.
        let places: Vec<(f64, f64)> = scene.spots.iter().take(3).map(|s| (s.at.x, s.at.y)).collect();
        let expected = [(0.0, 0.0), (FRAME.0 / 2.0, FRAME.1 / 2.0), (FRAME.0, FRAME.1)];
        for (found, expected) in places.iter().zip(expected) {
            assert!((found.0 - expected.0).abs() < 1e-12 && (found.1 - expected.1).abs() < 1e-12, "{found:?}");
        }
        assert_eq!(scene.spots.len(), 4);
        let words: Vec<&str> = scene.notes.iter().map(|n| n.text.as_str()).collect();
        assert!(["0", "2", "10", "1e-4", "1e0", "s"].iter().all(|w| words.contains(w)), "{words:?}");
    }

    #[test]
    fn ticks_are_round() {
        let ticks = |low: f64, high: f64| {
            let range = Range::of(&Axis::default(), [low, high].into_iter());
            range.ticks.into_iter().map(|t| t.1).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(ticks(3.0, 45.0), "10 20 30 40");
        assert_eq!(ticks(-0.1, 0.52), "0.0 0.2 0.4");
        assert_eq!(ticks(7.0, 7.0), "7.0 7.2 7.4 7.6 7.8 8.0");
    }

    #[test]
    fn an_empty_chart_has_axes_alone() {
        let scene = plot(&Plot::default());
        assert!(scene.spots.is_empty() && scene.segments.iter().all(|s| s.tone == Tone::Faint));
    }
}
