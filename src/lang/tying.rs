//! Tied weights as values: their text, keys, arrays and picture.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::value::{MapBasis, Value};
use crate::equivariant::{Basis, Labels};
use crate::exact::Matrix;
use crate::limits::{Limits, Stop};
use crate::num::Gaussian;
use crate::show::scene::{Cell, Place, Scene, hue};
use crate::show::{Align, Markup};

/// Entries of a pattern that JSON lists; longer ones are saved to files.
const MOST_LISTED: usize = 1 << 20;
/// Rows and columns that are printed.
const SHOWN: usize = 40;
/// Boxes in a picture.
const MOST_CELLS: usize = 1 << 18;

/// The pattern of the equivariant matrices between two representations by signed permutations.
#[derive(Clone, Debug, PartialEq)]
pub struct Tying {
    /// The basis with the names of what it belongs to; its entries are labels.
    pub basis: MapBasis,
}

impl Tying {
    fn inner(&self) -> &Basis {
        &self.basis.basis
    }

    /// The label of an entry: `±k` for weight `k` from 1, 0 for a weight forced to vanish.
    pub fn label(&self, row: usize, col: usize) -> i64 {
        self.inner().labels().map_or(0, |labels| labels.signed(row * self.inner().cols() + col))
    }

    /// All labels row by row.
    pub fn labels(&self, limits: &Limits) -> Result<Vec<i64>, Stop> {
        let (rows, cols) = self.shape();
        limits.reserve(rows as u128 * cols as u128 * 8)?;
        Ok((0..rows * cols).map(|at| self.inner().labels().map_or(0, |labels| labels.signed(at))).collect())
    }

    /// Rows and columns.
    pub fn shape(&self) -> (usize, usize) {
        (self.inner().rows(), self.inner().cols())
    }

    fn zeros(&self) -> usize {
        let (rows, cols) = self.shape();
        rows * cols - self.inner().nonzeros()
    }

    /// `weights V → V⊗V of S(3): 9×3 = 27 entries, 5 free`.
    pub fn line(&self) -> String {
        let ((rows, cols), free) = (self.shape(), self.inner().rank());
        let zeros = match self.zeros() {
            0 => String::new(),
            zeros => format!(", {zeros} of them 0"),
        };
        let from = self.basis.from.as_deref().unwrap_or("1");
        format!(
            "weights {from} → {} of {}: {rows}×{cols} = {} entries{zeros}, {free} free",
            self.basis.to,
            self.basis.group,
            rows as u128 * cols as u128
        )
    }

    /// The line and the pattern, where it fits.
    pub fn markup(&self) -> Markup {
        let (rows, cols) = self.shape();
        let line = Markup::text(self.line());
        if rows == 0 || cols == 0 || rows > SHOWN || cols > SHOWN {
            return line;
        }
        let cell = |label: i64| match label {
            0 => Markup::dim("·"),
            _ => Markup::number(label.to_string()),
        };
        let body = (0..rows).map(|i| (0..cols).map(|j| cell(self.label(i, j))).collect()).collect();
        Markup::lines([line, Markup::table(body, [Align::Right])])
    }

    fn sizes(&self) -> Vec<usize> {
        self.inner().labels().map(Labels::sizes).unwrap_or_default()
    }

    /// The keys that take no time.
    fn summary(&self) -> Map<String, Json> {
        let (rows, cols) = self.shape();
        let keys = [
            ("group", json!(self.basis.group)),
            ("from", json!(self.basis.from)),
            ("to", json!(self.basis.to)),
            ("rows", json!(rows)),
            ("cols", json!(cols)),
            ("free", json!(self.inner().rank())),
            ("zeros", json!(self.zeros())),
        ];
        keys.into_iter().map(|(k, v)| (k.to_string(), v)).collect()
    }

    /// The keys in JSON.
    pub fn keys(&self) -> Map<String, Json> {
        let (rows, cols) = self.shape();
        let sizes = self.sizes();
        let row = |i: usize| (0..cols).map(|j| self.label(i, j)).collect::<Vec<i64>>();
        let listed = rows.saturating_mul(cols) <= MOST_LISTED;
        let mut keys = self.summary();
        keys.insert("sizes".into(), if sizes.len() <= MOST_LISTED { json!(sizes) } else { Json::Null });
        keys.insert("pattern".into(), if listed { (0..rows).map(row).collect() } else { Json::Null });
        keys
    }

    /// An attribute: a key, or what is made when it is asked for.
    pub fn attribute(&self, word: &str) -> Option<Value> {
        let (rows, cols) = self.shape();
        match word {
            "pattern" => {
                let entry = |i: usize, j: usize| Gaussian::from(self.label(i, j));
                Some(Value::matrix(Matrix::from_fn(rows, cols, entry)))
            }
            "basis" => Some(Value::Basis(Arc::new(self.basis.clone()))),
            "sizes" => Some(Value::list(self.sizes().into_iter().map(Value::count))),
            _ => self.summary().get(word).map(Value::from_json),
        }
    }

    /// The pattern as boxes, a colour for each weight. With `fold` each row is an image of this width, and images stand side by
    /// side; `None` when there are too many boxes.
    pub fn scene(&self, fold: Option<usize>) -> Option<Scene> {
        scene_of(self.shape(), fold, &self.line(), |i, j| self.label(i, j))
    }
}

/// Labels as boxes; `None` when there are too many.
pub(super) fn scene_of(
    (rows, cols): (usize, usize),
    fold: Option<usize>,
    title: &str,
    label: impl Fn(usize, usize) -> i64,
) -> Option<Scene> {
    if rows.checked_mul(cols)? > MOST_CELLS {
        return None;
    }
    let width = fold.unwrap_or(cols).max(1);
    let height = cols.div_ceil(width);
    let across = if fold.is_some() { (rows as f64).sqrt().ceil().max(1.0) as usize } else { 1 };
    let (step_x, step_y) = match fold {
        Some(_) => (width as f64 + 1.0, height as f64 + 1.0),
        None => (0.0, 1.0),
    };
    let mut scene = Scene { title: title.to_string(), ..Scene::default() };
    scene.description = format!("Boxes of one colour are equal weights, a minus marks opposite ones. {title}.");
    for row in 0..rows {
        for col in 0..cols {
            let label = label(row, col);
            let at = Place {
                x: (row % across) as f64 * step_x + (col % width) as f64,
                y: -((row / across) as f64 * step_y + (col / width) as f64),
            };
            let (colour, text) = match usize::try_from(label.unsigned_abs()).unwrap_or(0) {
                0 => ([0xff, 0xff, 0xff], "·".to_string()),
                k => (hue(k - 1), label.to_string()),
            };
            let colour = if label < 0 { colour.map(|c| c / 3 * 2) } else { colour };
            scene.cells.push(Cell { at, size: 1.0, colour, text });
        }
    }
    Some(scene)
}
