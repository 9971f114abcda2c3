//! Invariant shallow networks as values: their text, keys and values at points.

use serde_json::{Map, Value as Json, json};

use super::value::Value;
use crate::equivariant::SignedPermutation;
use crate::exact::Matrix;
use crate::nets::InvariantNetwork;
use crate::num::{Gaussian, Rational};
use crate::show::Markup;
use crate::show::scene::Scene;

/// Rows and columns of weights that are printed.
const SHOWN: usize = 16;

/// An invariant shallow network and the group that leaves it invariant.
#[derive(Clone, Debug, PartialEq)]
pub struct ShallowValue {
    /// The name of the group, acting on the inputs.
    pub group: String,
    /// How its generators act on the inputs.
    pub generators: Vec<SignedPermutation>,
    /// The network.
    pub network: InvariantNetwork,
}

impl ShallowValue {
    /// The number of inputs.
    pub fn inputs(&self) -> usize {
        self.network.network.linear.len()
    }

    /// `f(x) = 2 Σ ReLU(w·x + 1/3) + c·x + 1`.
    pub fn formula(&self) -> String {
        let it = &self.network;
        let mut text = match it.kind {
            2 => {
                let half = &it.slope * &Rational::new(1, 2).unwrap_or(Rational::ONE);
                format!("f(x) = {}Σ |w·x|", coefficient(&half))
            }
            _ => format!("f(x) = {}Σ ReLU(w·x{})", coefficient(&it.slope), signed(&it.bias)),
        };
        if !it.fixed.iter().all(Rational::is_zero) {
            text.push_str(" + c·x");
        }
        text.push_str(&signed(&it.constant));
        text
    }

    fn formula_latex(&self) -> String {
        let fraction = |x: &Rational| match x.is_integer() {
            true => x.to_string(),
            false => format!("\\frac{{{}}}{{{}}}", x.abs().numerator(), x.denominator()),
        };
        let sign = |x: &Rational| if x.signum() < 0 { " - " } else { " + " };
        let added = |x: &Rational| match x.is_zero() {
            true => String::new(),
            false => format!("{}{}", sign(x), fraction(&x.abs())),
        };
        let scaled = |x: &Rational| match x.abs() == Rational::ONE {
            true => if x.signum() < 0 { "-" } else { "" }.to_string(),
            false => format!("{}{} ", if x.signum() < 0 { "-" } else { "" }, fraction(&x.abs())),
        };
        let it = &self.network;
        let sum = match it.kind {
            2 => {
                let half = &it.slope * &Rational::new(1, 2).unwrap_or(Rational::ONE);
                format!("{}\\sum_i |w_i \\cdot x|", scaled(&half))
            }
            _ => format!("{}\\sum_i \\operatorname{{ReLU}}(w_i \\cdot x{})", scaled(&it.slope), added(&it.bias)),
        };
        let linear = if it.fixed.iter().all(Rational::is_zero) { "" } else { " + c \\cdot x" };
        format!("f(x) = {sum}{linear}{}", added(&it.constant))
    }

    /// One line.
    pub fn line(&self) -> String {
        let (before, after) = self.around();
        format!("{before}{}{after}", self.formula())
    }

    /// What the line says before and after the formula.
    fn around(&self) -> (String, String) {
        let units = self.network.labels.len();
        let plural = if units == 1 { "" } else { "s" };
        let after = format!(", type {}, {units} hidden unit{plural}, {} inputs", self.network.kind, self.inputs());
        (format!("invariant network of {}: ", self.group), after)
    }

    /// The line, the rows w and the invariant part c.
    pub fn markup(&self) -> Markup {
        let rows = &self.network.network.rows;
        let (before, after) = self.around();
        let formula = Markup::symbol(self.formula(), self.formula_latex());
        let mut lines = vec![Markup::text(before) + formula + Markup::text(after)];
        let entry =
            |i: usize, j: usize| rows.get(i).and_then(|row| row.get(j)).map_or(String::new(), Rational::to_string);
        let weights = Markup::matrix_elided(rows.len(), self.inputs(), SHOWN, entry);
        lines.push(Markup::text("w: ") + weights);
        if !self.network.fixed.iter().all(Rational::is_zero) {
            let list: Vec<String> = self.network.fixed.iter().map(Rational::to_string).collect();
            lines.push(Markup::text(format!("c, for each invariant linear form: {}", list.join(", "))));
        }
        Markup::lines(lines)
    }

    /// The keys in JSON.
    pub fn keys(&self) -> Map<String, Json> {
        let it = &self.network;
        let texts = |list: &[Rational]| list.iter().map(Rational::to_string).collect::<Vec<_>>();
        let keys = [
            ("group", json!(self.group)),
            ("type", json!(it.kind)),
            ("width", json!(it.labels.len())),
            ("inputs", json!(self.inputs())),
            ("formula", json!(self.formula())),
            ("a", json!(it.slope.to_string())),
            ("b", json!(it.bias.to_string())),
            ("c", json!(texts(&it.fixed))),
            ("d", json!(it.constant.to_string())),
            ("weights", json!(texts(&it.weights))),
            ("patterns", json!(it.labels)),
        ];
        keys.into_iter().map(|(k, v)| (k.to_string(), v)).collect()
    }

    /// An attribute; `W` is the matrix of all rows.
    pub fn attribute(&self, word: &str) -> Option<Value> {
        let rows = &self.network.network.rows;
        let number = |x: &Rational| Some(Value::rational(x.clone()));
        let list = |x: &[Rational]| Some(Value::list(x.iter().cloned().map(Value::rational)));
        match word {
            "W" => {
                let entry = |i: usize, j: usize| Gaussian::from(rows[i][j].clone());
                Some(Value::matrix(Matrix::from_fn(rows.len(), self.inputs(), entry)))
            }
            "a" => number(&self.network.slope),
            "b" => number(&self.network.bias),
            "c" => list(&self.network.fixed),
            "d" => number(&self.network.constant),
            "weights" => list(&self.network.weights),
            "linear" => list(&self.network.network.linear),
            _ => self.keys().get(word).map(Value::from_json),
        }
    }

    /// Its labels as boxes, each row an image of a given width, or a line.
    pub fn scene(&self, fold: Option<usize>) -> Option<Scene> {
        let (rows, cols) = (self.network.labels.len(), self.inputs());
        let label = |i: usize, j: usize| self.network.labels[i][j];
        super::tying::scene_of((rows, cols), fold, &self.line(), label)
    }
}

/// `2 `, `-1/3 `; nothing for 1, a sign alone for -1.
fn coefficient(x: &Rational) -> String {
    match (x.is_one(), x.abs().is_one()) {
        (true, _) => String::new(),
        (_, true) => "-".into(),
        _ => format!("{x} "),
    }
}

/// ` + 1/3`, ` - 2`, nothing for 0.
fn signed(x: &Rational) -> String {
    match x.signum() {
        0 => String::new(),
        1 => format!(" + {x}"),
        _ => format!(" - {}", x.abs()),
    }
}
