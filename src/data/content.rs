//! The general reader's view of a file: its keys and lists through serde, under the limits of the computation.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::cell::Cell as Number;
use super::table::{Terms, TermsSeed};
use crate::limits::{Limits, Stop};

/// The limits while serde reads: it knows errors of its own only, so what stopped it is kept here.
pub(super) struct Guard<'a> {
    limits: &'a Limits,
    stopped: RefCell<Option<Stop>>,
    /// Bytes taken, and elements read.
    taken: Cell<usize>,
    steps: Cell<usize>,
}

impl<'a> Guard<'a> {
    /// A guard of these limits.
    pub(super) fn new(limits: &'a Limits) -> Guard<'a> {
        Guard { limits, stopped: RefCell::new(None), taken: Cell::new(0), steps: Cell::new(0) }
    }

    /// What stopped the reading, if a limit did.
    pub(super) fn stopped(self) -> Option<Stop> {
        self.stopped.into_inner()
    }

    /// One more element of so many bytes; looks at the limits every few thousand of them.
    pub(super) fn step<E: Error>(&self, bytes: usize) -> Result<(), E> {
        let (taken, steps) = (self.taken.get() + bytes, self.steps.get() + 1);
        self.taken.set(taken);
        self.steps.set(steps);
        if !steps.is_multiple_of(4096) {
            return Ok(());
        }
        let stop = self.limits.check().and_then(|()| self.limits.reserve(taken as u128)).err();
        let Some(stop) = stop else { return Ok(()) };
        *self.stopped.borrow_mut() = Some(stop);
        Err(E::custom("stopped"))
    }
}

/// The file; other keys are ignored.
#[derive(Default)]
pub(super) struct Content {
    pub(super) dim: Option<Number>,
    pub(super) structure_constants: Option<Terms>,
    pub(super) generators: Option<Vec<Vec<Vec<Number>>>>,
}

/// Reads a [`Content`].
#[derive(Clone, Copy)]
pub(super) struct ContentSeed<'a>(pub(super) &'a Guard<'a>);

impl<'de> DeserializeSeed<'de> for ContentSeed<'_> {
    type Value = Content;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Content, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ContentSeed<'_> {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with \"structure_constants\" or \"generators\"")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Content, A::Error> {
        let guard = self.0;
        let mut out = Content::default();
        let mut known = [false; 3];
        let mut first = |which: usize, key: &'static str| match known.get_mut(which) {
            Some(seen) if !*seen => {
                *seen = true;
                Ok(())
            }
            _ => Err(A::Error::duplicate_field(key)),
        };
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Dim => {
                    first(0, "dim")?;
                    out.dim = map.next_value()?;
                }
                Key::StructureConstants => {
                    first(1, "structure_constants")?;
                    out.structure_constants = map.next_value_seed(Optional(TermsSeed(guard)))?;
                }
                Key::Generators => {
                    first(2, "generators")?;
                    let row = ListSeed { guard, of: NumberSeed };
                    let matrix = ListSeed { guard, of: row };
                    out.generators = map.next_value_seed(Optional(ListSeed { guard, of: matrix }))?;
                }
                Key::Other => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(out)
    }
}

/// The keys that mean something.
#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "snake_case")]
enum Key {
    Dim,
    StructureConstants,
    Generators,
    #[serde(other)]
    Other,
}

/// What the seed reads, or `null`.
struct Optional<S>(S);

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Optional<S> {
    type Value = Option<S::Value>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, S: DeserializeSeed<'de>> Visitor<'de> for Optional<S> {
    type Value = Option<S::Value>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or null")
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}

#[derive(Clone, Copy)]
struct NumberSeed;

impl<'de> DeserializeSeed<'de> for NumberSeed {
    type Value = Number;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Number, D::Error> {
        Number::deserialize(deserializer)
    }
}

/// A list of what the inner seed reads.
#[derive(Clone, Copy)]
struct ListSeed<'a, S> {
    guard: &'a Guard<'a>,
    of: S,
}

impl<'de, S: DeserializeSeed<'de> + Copy> DeserializeSeed<'de> for ListSeed<'_, S> {
    type Value = Vec<S::Value>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, S: DeserializeSeed<'de> + Copy> Visitor<'de> for ListSeed<'_, S> {
    type Value = Vec<S::Value>;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut out = Vec::new();
        while let Some(item) = seq.next_element_seed(self.of)? {
            out.push(item);
            self.guard.step(size_of::<S::Value>())?;
        }
        Ok(out)
    }
}
