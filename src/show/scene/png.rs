//! Scenes as PNG: drawn by distances to lines and circles, written without compression of colours beyond run lengths.
//!
//! The format is that of the PNG specification (W3C, third edition) with the fixed Huffman codes of RFC 1951; words are
//! drawn in strokes, counts are rings; counts beyond six and negative ones are digits.

use super::{GROUND, Place, Scene, Tone, View, arrow_head, font, ink, tones};
use crate::checksum::crc32;

const SIZE: usize = 1000;
const MARGIN: f64 = 60.0;

/// Rings that are drawn.
const RINGS: usize = 6;

/// Pixels in a step of the letters of labels.
const WORD_STEP: f64 = 2.0;

/// The scene as an image of 1000 × 1000 pixels.
pub fn png(scene: &Scene) -> Vec<u8> {
    let mut canvas = Canvas { pixels: vec![[255, 255, 255]; SIZE * SIZE] };
    let view = View::fit(scene, SIZE as f64, SIZE as f64, MARGIN);
    let radius = (scene.spacing() * view.scale / 5.0).clamp(2.0, 9.0);
    canvas.boards(scene, &view);
    canvas.cells(scene, &view);
    let faint = scene.segments.iter().filter(|s| s.tone == Tone::Faint).count();
    let thin = match faint {
        1000.. => 0.4,
        100.. => 0.8,
        _ => 1.2,
    };
    for tone in tones() {
        let width = if tone == Tone::Faint { thin } else { 2.5 };
        for line in scene.segments.iter().filter(|s| s.tone == tone) {
            let (a, b) = (view.place(line.from), view.place(line.to));
            canvas.line(a, b, width, tone.colour());
            if line.arrow
                && let Some([c, d]) = arrow_head(a, b, 15.0)
            {
                canvas.line(b, c, width, tone.colour());
                canvas.line(b, d, width, tone.colour());
            }
        }
    }
    for spot in &scene.spots {
        let p = view.place(spot.at);
        canvas.ring(p, 0.0, 2.0 * radius, spot.tone.colour());
        match spot.count.parse::<usize>() {
            Ok(count) if count <= RINGS => {
                for ring in 1..count {
                    canvas.ring(p, radius + 4.0 * ring as f64, 1.2, spot.tone.colour());
                }
            }
            _ => canvas.digits(Place { x: p.x + radius + 4.0, y: p.y - 10.0 }, &spot.count, spot.tone.colour()),
        }
    }
    for label in &scene.labels {
        let p = view.place(label.at);
        let at = Place { x: p.x + radius + 5.0, y: p.y - radius - 5.0 - WORD_STEP * font::HEIGHT };
        canvas.words(at, &label.text, WORD_STEP, [0x22; 3]);
    }
    for note in &scene.notes {
        let p = view.place(note.at);
        let width = WORD_STEP * font::ADVANCE * note.text.chars().count() as f64;
        let at =
            Place { x: if note.centred { p.x - width / 2.0 } else { p.x }, y: p.y - WORD_STEP * font::HEIGHT / 2.0 };
        canvas.words(at, &note.text, WORD_STEP, [0x22; 3]);
    }
    canvas.encoded()
}

/// A stroke between two corners of a cell of one by two squares, the second coordinate downwards.
type Stroke = ((u8, u8), (u8, u8));

/// The seven strokes of a digit on a display, from the top clockwise, the middle one last.
const SEGMENTS: [Stroke; 7] = [
    ((0, 0), (1, 0)),
    ((1, 0), (1, 1)),
    ((1, 1), (1, 2)),
    ((0, 2), (1, 2)),
    ((0, 1), (0, 2)),
    ((0, 0), (0, 1)),
    ((0, 1), (1, 1)),
];

/// Which strokes each digit has, the first one in the lowest bit.
const DIGITS: [u8; 10] = [0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F, 0x6F];

/// The strokes of a character of a whole number.
fn strokes(c: char) -> impl Iterator<Item = Stroke> {
    let lit = match c.to_digit(10) {
        Some(digit) => DIGITS.get(digit as usize).copied().unwrap_or(0),
        // A minus sign.
        None => 0x40,
    };
    SEGMENTS.into_iter().enumerate().filter(move |(k, _)| lit >> k & 1 == 1).map(|(_, stroke)| stroke)
}

struct Canvas {
    pixels: Vec<[u8; 3]>,
}

impl Canvas {
    /// Everything within half a width of the segment, its edge smoothed over one pixel.
    fn line(&mut self, a: Place, b: Place, width: f64, colour: [u8; 3]) {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let square = dx * dx + dy * dy;
        let distance = |x: f64, y: f64| {
            let t = if square > 0.0 { (((x - a.x) * dx + (y - a.y) * dy) / square).clamp(0.0, 1.0) } else { 0.0 };
            (x - a.x - t * dx).hypot(y - a.y - t * dy)
        };
        let reach = width / 2.0 + 1.0;
        let (low, high) = (a.y.min(b.y) - reach, a.y.max(b.y) + reach);
        let mut row = low.floor().max(0.0);
        while row <= high && row < SIZE as f64 {
            // The part of the row near the segment: where the segment is at the heights row − reach … row + reach.
            let (left, right) = if dy.abs() < 1e-9 {
                (a.x.min(b.x), a.x.max(b.x))
            } else {
                let at = |y: f64| a.x + ((y - a.y) / dy).clamp(0.0, 1.0) * dx;
                let (p, q) = (at(row - reach), at(row + reach + 1.0));
                (p.min(q), p.max(q))
            };
            let mut column = (left - reach).floor().max(0.0);
            while column <= right + reach && column < SIZE as f64 {
                let cover = (width / 2.0 + 0.5 - distance(column + 0.5, row + 0.5)).clamp(0.0, width.min(1.0));
                self.blend(column as usize, row as usize, colour, cover);
                column += 1.0;
            }
            row += 1.0;
        }
    }

    /// Filled boxes, with their numbers where there is room.
    fn cells(&mut self, scene: &Scene, view: &View) {
        for cell in &scene.cells {
            let (p, size) = (view.place(cell.at), cell.size * view.scale);
            let half = size / 2.0;
            self.fill(Place { x: p.x - half, y: p.y - half }, Place { x: p.x + half, y: p.y + half }, cell.colour);
            let width = 10.0 * cell.text.chars().count() as f64;
            let number = cell.text.chars().all(|c| c.is_ascii_digit() || c == '-');
            if number && width + 4.0 <= size && size >= 18.0 {
                self.digits(Place { x: p.x - width / 2.0 + 2.0, y: p.y - 6.0 }, &cell.text, [0x22; 3]);
            }
        }
    }

    /// A circle line; a disc when the radius is zero.
    fn ring(&mut self, p: Place, radius: f64, width: f64, colour: [u8; 3]) {
        let reach = radius + width / 2.0 + 1.0;
        let range = |c: f64| ((c - reach).floor().max(0.0) as usize)..((c + reach).ceil().max(0.0) as usize).min(SIZE);
        for row in range(p.y) {
            for column in range(p.x) {
                let distance = (column as f64 + 0.5 - p.x).hypot(row as f64 + 0.5 - p.y);
                let cover = (width / 2.0 + 0.5 - (distance - radius).abs()).clamp(0.0, 1.0);
                self.blend(column, row, colour, cover);
            }
        }
    }

    /// A ground for each matrix and its entries on it, with their texts where there is room.
    fn boards(&mut self, scene: &Scene, view: &View) {
        for board in &scene.boards {
            self.fill(view.place(board.corner), view.place(board.opposite()), GROUND);
            // Words in all boxes of a matrix or in none.
            let longest = board.entries.iter().map(|e| e.text.chars().count()).max().unwrap_or(0).max(1);
            let step = (view.scale * 0.85 / (font::ADVANCE * longest as f64)).min(2.0);
            for entry in &board.entries {
                let (p, half) = (view.place(board.centre(entry)), view.scale / 2.0);
                self.fill(Place { x: p.x - half, y: p.y - half }, Place { x: p.x + half, y: p.y + half }, entry.colour);
                if step >= 1.0 {
                    let width = step * (font::ADVANCE * entry.text.chars().count() as f64 - 2.0);
                    let corner = Place { x: p.x - width / 2.0, y: p.y - step * font::HEIGHT / 2.0 };
                    self.words(corner, &entry.text, step, ink(entry.colour));
                }
            }
        }
    }

    /// A rectangle between two corners, its sides at whole pixels.
    fn fill(&mut self, a: Place, b: Place, colour: [u8; 3]) {
        let pixel = |x: f64| x.round().clamp(0.0, SIZE as f64) as usize;
        for row in pixel(a.y)..pixel(b.y) {
            let columns = row * SIZE + pixel(a.x)..row * SIZE + pixel(b.x);
            for place in self.pixels.get_mut(columns).into_iter().flatten() {
                *place = colour;
            }
        }
    }

    /// Words in strokes, their upper left corner at a place.
    fn words(&mut self, at: Place, text: &str, step: f64, colour: [u8; 3]) {
        for [a, b] in font::strokes(&super::chart::ascii_twin(text)) {
            let place = |(x, y): (f64, f64)| Place { x: at.x + step * x, y: at.y + step * y };
            self.line(place(a), place(b), (0.75 * step).max(1.0), colour);
        }
    }

    /// A number in strokes, its upper left corner at a place.
    fn digits(&mut self, at: Place, text: &str, colour: [u8; 3]) {
        for (k, c) in text.chars().enumerate() {
            let corner = |(x, y): (u8, u8)| Place {
                x: at.x + 10.0 * k as f64 + 6.0 * f64::from(x),
                y: at.y + 6.0 * f64::from(y),
            };
            for stroke in strokes(c) {
                self.line(corner(stroke.0), corner(stroke.1), 1.6, colour);
            }
        }
    }

    fn blend(&mut self, column: usize, row: usize, colour: [u8; 3], cover: f64) {
        if cover <= 0.0 {
            return;
        }
        if let Some(pixel) = self.pixels.get_mut(row * SIZE + column) {
            for (old, new) in pixel.iter_mut().zip(colour) {
                *old = (f64::from(*old) * (1.0 - cover) + f64::from(new) * cover).round() as u8;
            }
        }
    }

    fn encoded(&self) -> Vec<u8> {
        let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
        let size = (SIZE as u32).to_be_bytes();
        // Eight bits for each of red, green and blue.
        chunk(&mut out, b"IHDR", &[&size[..], &size, &[8, 2, 0, 0, 0]].concat());
        let mut rows = Vec::with_capacity(SIZE * (3 * SIZE + 1));
        for row in self.pixels.chunks(SIZE) {
            rows.push(0);
            rows.extend(row.iter().flatten());
        }
        chunk(&mut out, b"IDAT", &zlib(&rows));
        chunk(&mut out, b"IEND", &[]);
        out
    }
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    out.extend(name);
    out.extend(data);
    out.extend(crc32(name.iter().chain(data)).to_be_bytes());
}

/// RFC 1950 around one block of RFC 1951 with its fixed codes; repetitions of the byte three places back, as a plain
/// background has, become matches of length 258 and less.
fn zlib(data: &[u8]) -> Vec<u8> {
    let mut bits = Bits { out: vec![0x78, 0x01], value: 0, count: 0 };
    bits.push(0b011, 3);
    let mut at = 0;
    while at < data.len() {
        let same = |k: &usize| at >= 3 && data.get(at + k).is_some() && data.get(at + k) == data.get(at + k - 3);
        let length = (0..258).take_while(same).count();
        if length >= 258 {
            // Length 258 is code 285, distance 3 is code 2.
            bits.literal(285);
            bits.push_reversed(2, 5);
            at += 258;
        } else if length >= 11 {
            // Length 11 is code 265 with one extra bit 0.
            bits.literal(265);
            bits.push(0, 1);
            bits.push_reversed(2, 5);
            at += 11;
        } else {
            bits.literal(u32::from(data.get(at).copied().unwrap_or(0)));
            at += 1;
        }
    }
    bits.literal(256);
    let mut out = bits.finish();
    let (a, b) = data.iter().fold((1u32, 0u32), |(a, b), &byte| {
        let a = (a + u32::from(byte)) % 65521;
        (a, (b + a) % 65521)
    });
    out.extend(((b << 16) | a).to_be_bytes());
    out
}

/// Bits from the least significant one on.
struct Bits {
    out: Vec<u8>,
    value: u64,
    count: u32,
}

impl Bits {
    fn push(&mut self, value: u32, count: u32) {
        self.value |= u64::from(value) << self.count;
        self.count += count;
        while self.count >= 8 {
            self.out.push((self.value & 0xFF) as u8);
            self.value >>= 8;
            self.count -= 8;
        }
    }

    /// Huffman codes are written from their most significant bit on.
    fn push_reversed(&mut self, code: u32, count: u32) {
        self.push(code.reverse_bits() >> (32 - count), count);
    }

    /// A symbol in the fixed code of RFC 1951, section 3.2.6.
    fn literal(&mut self, symbol: u32) {
        match symbol {
            0..144 => self.push_reversed(0x30 + symbol, 8),
            144..256 => self.push_reversed(0x190 + symbol - 144, 9),
            256..280 => self.push_reversed(symbol - 256, 7),
            _ => self.push_reversed(0xC0 + symbol - 280, 8),
        }
    }

    fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.push(0, 8 - self.count);
        }
        self.out
    }
}
