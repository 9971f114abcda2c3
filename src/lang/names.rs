//! The names a session knows, with a log that takes a failed statement back.

use std::collections::BTreeMap;
use std::str::FromStr;

use super::value::{Field, Value};
use crate::builtins;
use crate::num::Gaussian;
use crate::roots::CartanType;
use crate::weights::Numbering;

/// The quaternion units besides `i`, known in the formulas of oracles on quaternionic coordinates.
pub const QUATERNION_UNITS: [&str; 2] = ["j", "k"];

/// Bindings by name; every change since the last [`Names::keep`] can be undone.
#[derive(Clone, Debug, Default)]
pub struct Names {
    bound: BTreeMap<String, Value>,
    log: Vec<(String, Option<Value>)>,
    /// The numbering of nodes in which weights are read and shown, and the one that is kept so far.
    numbering: Numbering,
    kept: Numbering,
}

impl Names {
    /// Binds a name, in place of what it meant before.
    pub fn set(&mut self, name: &str, value: Value) {
        let before = self.bound.insert(name.to_string(), value);
        self.log.push((name.to_string(), before));
    }

    /// The value of a bound name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.bound.get(name)
    }

    /// The numbering of nodes in which weights are read and shown.
    pub fn numbering(&self) -> Numbering {
        self.numbering
    }

    /// Chooses another one.
    pub fn set_numbering(&mut self, numbering: Numbering) {
        self.numbering = numbering;
    }

    /// All bindings in alphabetical order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.bound.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Makes the changes so far permanent and returns the names that were bound, in order.
    pub fn keep(&mut self) -> Vec<String> {
        self.kept = self.numbering;
        let mut out: Vec<String> = Vec::new();
        for (name, _) in self.log.drain(..) {
            if !out.contains(&name) {
                out.push(name);
            }
        }
        out
    }

    /// Takes the changes since the last [`Names::keep`] back.
    pub fn undo(&mut self) {
        self.numbering = self.kept;
        while let Some((name, before)) = self.log.pop() {
            match before {
                Some(value) => self.bound.insert(name, value),
                None => self.bound.remove(&name),
            };
        }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        *self = Names::default();
    }
}

/// What a name means when nobody has bound it: `i`, the fields, Cartan types, `pi`, functions of the table.
pub fn meaning(name: &str) -> Option<Value> {
    match name {
        "i" => return Some(Value::Number(Gaussian::I)),
        "R" => return Some(Value::Field(Field::Real)),
        "C" => return Some(Value::Field(Field::Complex)),
        "H" => return Some(Value::Field(Field::Quaternion)),
        "pi" => return Some(Value::Float(std::f64::consts::PI)),
        _ => {}
    }
    if let Some(row) = builtins::find(name) {
        return Some(Value::Builtin(row));
    }
    cartan_type(name).map(|t| Value::Type(std::sync::Arc::new(t)))
}

/// The Cartan type that a word like `E6` or `A5` names.
pub fn cartan_type(name: &str) -> Option<CartanType> {
    let digits = name.strip_prefix(|c: char| ('A'..='G').contains(&c))?;
    let plain = !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| CartanType::from_str(name).ok()).flatten()
}
