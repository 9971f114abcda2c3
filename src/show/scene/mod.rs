//! Scenes: points, lines and labels in the plane, and what they look like as text, SVG and PNG.
//!
//! A scene knows nothing of what it shows. The plane is the usual one, its second axis upwards; renderers fit it into
//! their frame. The same scene gives the same bytes.

mod board;
mod chart;
mod font;
mod plot;
mod png;
mod svg;

pub use board::{Board, Entry, GROUND, arranged};
pub use chart::chart;
pub use plot::{Axis, Mark, Plot, Series, plot};
pub use png::png;
pub use svg::svg;

/// A place in the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
}

/// How prominent something is, and of which class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// The thing itself.
    Main,
    /// A second class of things, for instance short roots.
    Second,
    /// What is pointed out.
    Strong,
    /// Background; left out where there is little room.
    Faint,
    /// One of several things of a kind, in the order of a legend.
    Series(u8),
}

/// Colours of series that differ also for the colour-blind (Okabe and Ito 2008; its yellow is darker here, on white).
const SERIES: [[u8; 3]; 8] = [
    [0x00, 0x72, 0xB2],
    [0xD5, 0x5E, 0x00],
    [0x00, 0x9E, 0x73],
    [0xCC, 0x79, 0xA7],
    [0x56, 0xB4, 0xE9],
    [0xE6, 0x9F, 0x00],
    [0xB8, 0xA8, 0x00],
    [0x00, 0x00, 0x00],
];

impl Tone {
    /// Its colour: red, green, blue.
    fn colour(self) -> [u8; 3] {
        match self {
            Tone::Main => [0x1F, 0x4E, 0x9C],
            Tone::Second => [0xC2, 0x57, 0x1A],
            Tone::Strong => [0xB0, 0x10, 0x30],
            Tone::Faint => [0x9A, 0xA5, 0xB5],
            Tone::Series(k) => SERIES.get(usize::from(k) % SERIES.len()).copied().unwrap_or([0; 3]),
        }
    }
}

/// The tones from the background to the foreground.
fn tones() -> impl Iterator<Item = Tone> {
    let series = (0..SERIES.len() as u8).map(Tone::Series);
    std::iter::once(Tone::Faint).chain(series).chain([Tone::Second, Tone::Main, Tone::Strong])
}

/// A disc of a fixed size on the page, with rings around it.
#[derive(Debug, Clone, PartialEq)]
pub struct Spot {
    /// Its centre.
    pub at: Place,
    /// Its class.
    pub tone: Tone,
    /// How many things are there: one disc, and further rings or a number.
    pub count: String,
}

/// A straight line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Segment {
    /// One end.
    pub from: Place,
    /// The other end.
    pub to: Place,
    /// Its class.
    pub tone: Tone,
    /// Whether it ends in an arrow.
    pub arrow: bool,
}

/// A few words beside a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The place.
    pub at: Place,
    /// What is written.
    pub text: String,
}

/// A few words at a place, at half their height.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The place.
    pub at: Place,
    /// What is written.
    pub text: String,
    /// Whether their middle is there, not their beginning.
    pub centred: bool,
}

/// A filled box with a few characters in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Its centre.
    pub at: Place,
    /// Its width, which is its height.
    pub size: f64,
    /// Its colour: red, green, blue.
    pub colour: [u8; 3],
    /// What is written in it.
    pub text: String,
}

/// The colour of class `k` of many: hues a golden section apart, so that neighbours differ, in three lightnesses.
pub fn hue(k: usize) -> [u8; 3] {
    // 2^32 / φ, in steps of 1/2^32 of the circle.
    let turn = f64::from((k as u32).wrapping_mul(2_654_435_769)) / 4_294_967_296.0;
    let light = match k % 3 {
        0 => 0.62,
        1 => 0.74,
        _ => 0.50,
    };
    wheel(turn, light)
}

/// The colour of number `k` of `n` in an order: from red over green to violet, so that neighbours resemble each other.
pub fn rainbow(k: usize, n: usize) -> [u8; 3] {
    wheel(0.85 * k as f64 / n.max(1) as f64, 0.6)
}

/// A colour by its hue, as a part of the circle, and its lightness.
fn wheel(turn: f64, light: f64) -> [u8; 3] {
    let strength = 0.72 * (1.0 - (2.0 * light - 1.0f64).abs()) / 2.0;
    let part = |shift: f64| {
        let distance = ((turn * 6.0 + shift) % 6.0 - 3.0).abs() - 1.0;
        ((light + strength * (2.0 * distance.clamp(0.0, 1.0) - 1.0)) * 255.0).round() as u8
    };
    [part(0.0), part(4.0), part(2.0)]
}

/// The colour of words that can be read on a box of this colour.
fn ink([r, g, b]: [u8; 3]) -> [u8; 3] {
    // The weights of ITU-R BT.601 for lightness.
    let light = 299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b);
    if light < 110_000 { [0xFF; 3] } else { [0x22; 3] }
}

/// A drawing: matrices and boxes, lines above them, then spots, then labels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scene {
    /// What it shows, in a few words.
    pub title: String,
    /// What it shows, in a sentence for those who cannot see it.
    pub description: String,
    /// Matrices of boxes; a scene that has them is printed without anything else.
    pub boards: Vec<Board>,
    /// The boxes.
    pub cells: Vec<Cell>,
    /// The lines.
    pub segments: Vec<Segment>,
    /// The spots.
    pub spots: Vec<Spot>,
    /// The words beside places.
    pub labels: Vec<Label>,
    /// The words at places.
    pub notes: Vec<Note>,
    /// Places for which there is room although nothing is there, such as the ends of words.
    pub room: Vec<Place>,
}

impl Scene {
    /// All places at which something is.
    fn places(&self) -> impl Iterator<Item = Place> {
        let ends = self.segments.iter().flat_map(|s| [s.from, s.to]);
        let corners = self.cells.iter().flat_map(|c| {
            let half = c.size / 2.0;
            [Place { x: c.at.x - half, y: c.at.y - half }, Place { x: c.at.x + half, y: c.at.y + half }]
        });
        let boards = self.boards.iter().flat_map(|b| [b.corner, b.opposite()]);
        let words =
            self.labels.iter().map(|l| l.at).chain(self.notes.iter().map(|n| n.at)).chain(self.room.iter().copied());
        ends.chain(corners).chain(boards).chain(self.spots.iter().map(|s| s.at)).chain(words)
    }

    /// The smallest box around everything: centre and size.
    pub fn extent(&self) -> (Place, f64, f64) {
        let start = [f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY];
        let [left, right, low, high] =
            self.places().fold(start, |[a, b, c, d], p| [a.min(p.x), b.max(p.x), c.min(p.y), d.max(p.y)]);
        if left > right {
            return (Place { x: 0.0, y: 0.0 }, 0.0, 0.0);
        }
        (Place { x: (left + right) / 2.0, y: (low + high) / 2.0 }, right - left, high - low)
    }

    /// The least distance of two spots.
    fn spacing(&self) -> f64 {
        let mut sorted: Vec<Place> = self.spots.iter().map(|s| s.at).collect();
        sorted.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
        let mut least = f64::INFINITY;
        for (i, a) in sorted.iter().enumerate() {
            for b in sorted.iter().skip(i + 1) {
                if b.x - a.x >= least {
                    break;
                }
                least = least.min((b.x - a.x).hypot(b.y - a.y));
            }
        }
        least
    }
}

/// Maps the plane into a frame of `width × height` with a margin, the second axis downwards.
struct View {
    centre: Place,
    scale: f64,
    width: f64,
    height: f64,
}

impl View {
    fn fit(scene: &Scene, width: f64, height: f64, margin: f64) -> View {
        let (centre, across, up) = scene.extent();
        let room = |frame: f64, size: f64| if size > 0.0 { (frame - 2.0 * margin) / size } else { f64::INFINITY };
        let scale = room(width, across).min(room(height, up));
        View { centre, scale: if scale.is_finite() { scale } else { 1.0 }, width, height }
    }

    fn place(&self, p: Place) -> Place {
        Place {
            x: self.width / 2.0 + (p.x - self.centre.x) * self.scale,
            y: self.height / 2.0 - (p.y - self.centre.y) * self.scale,
        }
    }
}

/// The head of an arrow from `a` to `b` on the page: its two further corners.
fn arrow_head(a: Place, b: Place, size: f64) -> Option<[Place; 2]> {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx.hypot(dy);
    if length < size {
        return None;
    }
    let (ux, uy) = (dx / length * size, dy / length * size);
    let corner = |side: f64| Place { x: b.x - ux - side * uy * 0.45, y: b.y - uy + side * ux * 0.45 };
    Some([corner(1.0), corner(-1.0)])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn triangle() -> Scene {
        let at =
            |k: f64| Place { x: (k * std::f64::consts::TAU / 3.0).cos(), y: (k * std::f64::consts::TAU / 3.0).sin() };
        let spot = |k: f64, count: &str| Spot { at: at(k), tone: Tone::Main, count: count.to_string() };
        Scene {
            title: "a <triangle>".to_string(),
            description: "three points & a line".to_string(),
            segments: vec![Segment { from: at(0.0), to: at(1.0), tone: Tone::Faint, arrow: true }],
            spots: vec![spot(0.0, "1"), spot(1.0, "2"), spot(2.0, "12")],
            labels: vec![Label { at: at(0.0), text: "α1".to_string() }],
            ..Scene::default()
        }
    }

    #[test]
    fn svg_is_well_formed_and_accessible() {
        let text = svg(&triangle());
        assert!(text.contains("<title id=\"t\">a &lt;triangle&gt;</title>"));
        assert!(text.contains("<desc id=\"d\">three points &amp; a line</desc>"));
        // A disc for each spot, one ring for the second, a number for the third.
        assert_eq!(text.matches("<circle").count(), 4);
        assert!(text.contains(">12</text>") && text.contains(">α1</text>"));
        assert_eq!(text.matches('<').count(), text.matches('>').count());
        assert_eq!(text, svg(&triangle()));
        assert!(!text.contains("NaN") && !svg(&Scene::default()).contains("NaN"));
    }

    #[test]
    fn charts_keep_to_their_characters() {
        let ascii = chart(&triangle(), true);
        assert!(ascii.is_ascii() && ascii.contains('o') && ascii.contains('2') && ascii.contains("12"));
        let unicode = chart(&triangle(), false);
        assert!(unicode.contains('●') && unicode.chars().any(|c| ('\u{2800}'..='\u{28FF}').contains(&c)));
        assert!(unicode.lines().all(|line| line.chars().count() <= 80));
        assert_eq!(chart(&Scene::default(), true), "");
    }

    /// Boxes in a grid with one step of room in the middle: characters where they stand, rectangles, filled pixels.
    #[test]
    fn boxes_stand_where_they_should() {
        let at = |x: f64, y: f64, text: &str| Cell {
            at: Place { x, y },
            size: 1.0,
            colour: hue(text.len()),
            text: text.to_string(),
        };
        let cells =
            vec![at(0.0, 1.0, "1"), at(1.0, 1.0, "-12"), at(3.0, 1.0, "4"), at(0.0, 0.0, "·"), at(3.0, 0.0, "5")];
        let scene = Scene { cells, ..Scene::default() };
        assert_eq!(chart(&scene, false), "1 -12  4\n·      5");
        assert_eq!(chart(&scene, true), "1 -12  4\n.      5");
        assert_eq!(svg(&scene).matches("<rect").count(), 6);
        assert_ne!(png(&scene), png(&Scene::default()));
        let colours: std::collections::BTreeSet<[u8; 3]> = (0..300).map(hue).collect();
        assert!(colours.len() > 290);
    }

    #[test]
    fn png_has_its_signature_and_correct_sums() {
        let bytes = png(&triangle());
        assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
        // The last chunk is always the same (PNG specification, section 11.2.4): its sum checks ours.
        assert_eq!(&bytes[bytes.len() - 12..], [0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82]);
        assert_eq!(bytes, png(&triangle()));
    }
}
