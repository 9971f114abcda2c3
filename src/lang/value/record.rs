//! Results with named attributes.

use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::Value;
use crate::builtins::list_key;
use crate::show::Markup;

/// A result with named attributes: a kind, its JSON keys, and how it looks.
///
/// The attributes are read from the JSON keys, so `identify(g).dim` and the machine output cannot differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The `kind` of the JSON object.
    pub kind: &'static str,
    /// The other keys in order.
    pub keys: Map<String, Json>,
    /// The text shown to people.
    pub text: String,
    /// The same as markup, when it holds more than text.
    pub markup: Option<Markup>,
}

impl Record {
    /// The entries of a result that is a list of things.
    pub fn entries(&self) -> Option<&[Json]> {
        self.keys.get(list_key(self.kind)?)?.as_array().map(Vec::as_slice)
    }
}

impl Value {
    /// A record.
    pub fn record(kind: &'static str, keys: Map<String, Json>, text: impl Into<String>) -> Value {
        Value::Record(Arc::new(Record { kind, keys, text: text.into(), markup: None }))
    }

    /// A record that is shown as markup.
    pub fn record_with_markup(kind: &'static str, keys: Map<String, Json>, markup: Markup) -> Value {
        let text = crate::show::plain::render(&markup, crate::show::Look::Unicode);
        Value::Record(Arc::new(Record { kind, keys, text, markup: Some(markup) }))
    }
}
