//! Floor 8: the one table of functions.
//!
//! A new capability is one [`Builtin`] row in the file of its topic and the function it names. Help, completion,
//! checking, near misses and the reference page are read from the rows; every example is run by a test.

/// A row in one breath, for tables of many names that are alike.
macro_rules! row {
    ($name:literal, $aliases:expr, $topic:expr, [$($param:expr),*] -> $returns:expr, $summary:literal, $help:literal,
     [$($code:literal => $output:literal),*], $run:expr) => {
        Builtin {
            name: $name,
            aliases: $aliases,
            topic: $topic,
            params: &[$($param),*],
            returns: $returns,
            summary: $summary,
            help: $help,
            examples: &[$(Example { code: $code, output: $output }),*],
            run: $run,
        }
    };
}

mod algebras;
mod arguments;
mod discovery;
mod engine_errors;
mod finite;
pub mod foreign;
pub mod groups;
mod help;
mod kinds;
mod networks;
mod pictures;
mod reference;
mod values;
mod weights;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use crate::diag::Diagnostic;
use crate::lang::kind::Kinds;
use crate::lang::value::Value;
use crate::limits::Limits;
use crate::span::Span;
use crate::weights::Numbering;

pub use algebras::over_quadratic::to_algebra_value;
pub use algebras::structure::to_algebra;
pub use arguments::{Arguments, Given};
pub use discovery::discover::{attribute as discovery_attribute, no_attribute as no_discovery_attribute};
pub use discovery::tables::attribute as table_attribute;
pub use discovery::training::attribute as training_attribute;
pub use groups::connected::to_group;
pub use help::{KEYWORDS, completions, overview, topic_text};
pub use kinds::{JSON_KINDS, JsonKind, list_key};
pub use reference::{editor_syntax, reference};

/// How an argument may be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// It must be given, by position or by its name.
    Required,
    /// It may be left out; the text says what then holds.
    Optional(&'static str),
    /// Any number of further arguments by position.
    Rest,
    /// Only by its name; the text says what holds without it.
    Keyword(&'static str),
}

/// One parameter of a function.
#[derive(Debug)]
pub struct Param {
    /// Its name, also the keyword it can be given by.
    pub name: &'static str,
    /// The kinds it takes.
    pub kinds: Kinds,
    /// How it may be given.
    pub mode: Mode,
}

/// A required parameter.
pub const fn required(name: &'static str, kinds: Kinds) -> Param {
    Param { name, kinds, mode: Mode::Required }
}

/// A parameter that may be left out.
pub const fn optional(name: &'static str, kinds: Kinds, default: &'static str) -> Param {
    Param { name, kinds, mode: Mode::Optional(default) }
}

/// Any number of arguments.
pub const fn rest(name: &'static str, kinds: Kinds) -> Param {
    Param { name, kinds, mode: Mode::Rest }
}

/// A parameter given by its name only.
pub const fn keyword(name: &'static str, kinds: Kinds, default: &'static str) -> Param {
    Param { name, kinds, mode: Mode::Keyword(default) }
}

/// A line of code and what it prints.
#[derive(Debug)]
pub struct Example {
    /// The program.
    pub code: &'static str,
    /// The text of everything it prints, a line break between results.
    pub output: &'static str,
}

/// One function of the language.
#[derive(Debug)]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// Other names for it.
    pub aliases: &'static [&'static str],
    /// The topic it belongs to; see [`TOPICS`].
    pub topic: &'static str,
    /// Its parameters in order.
    pub params: &'static [Param],
    /// The kinds of its value.
    pub returns: Kinds,
    /// What it does, in one line without a full stop.
    pub summary: &'static str,
    /// What else there is to know: the definition, conventions, limits.
    pub help: &'static str,
    /// Examples; they are tests.
    pub examples: &'static [Example],
    /// The function.
    pub run: fn(&mut Context<'_>, &Arguments) -> Result<Value, Diagnostic>,
}

/// Calls a function of the language with these arguments.
pub type Caller<'a> = dyn FnMut(&Value, Vec<Value>) -> Result<Value, Diagnostic> + 'a;

/// What a function may use besides its arguments.
pub struct Context<'a> {
    /// The limits of the computation, for every engine call.
    pub limits: &'a Limits,
    /// The folder from which relative paths are taken.
    pub base: &'a Path,
    /// Where the call stands.
    pub span: Span,
    /// Calls a function of the language.
    pub call: &'a mut Caller<'a>,
    /// How this session numbers the nodes of Dynkin diagrams.
    pub numbering: Numbering,
    /// Another numbering, when the call chooses one for the rest of the session.
    pub chosen: Option<Numbering>,
}

/// The topics in the order of the reference, each with a line about it.
pub const TOPICS: &[(&str, &str)] = &[
    ("numbers", "exact and floating-point numbers"),
    ("lists", "lists, ranges and functions on them"),
    ("matrices", "exact matrices"),
    ("numeric", "floating-point matrices"),
    ("algebras", "Lie algebras by name"),
    ("building", "Lie algebras from matrices, forms, products, and from each other"),
    ("forms", "invariant forms"),
    ("structure", "what can be asked of a Lie algebra"),
    ("identification", "what a Lie algebra is called, with proof"),
    ("groups", "groups of matrices: Lie groups, permutation groups, products"),
    ("finite", "finite groups: order, elements, subgroups, classes, characters, actions, invariant networks"),
    ("representations", "representations of groups and algebras, their invariants and equivariant maps"),
    ("networks", "equivariant networks: layers, parameters, evaluation, errors of equivariance"),
    ("weights", "representations of reductive algebras by highest weights: names, decompositions, weights, numbers"),
    ("discovery", "symmetries from data: oracles, samples, tables, and what leaves them invariant"),
    ("files", "loading, saving, looking at values"),
];

/// The table, folder by folder.
static TABLES: &[&[&[Builtin]]] = &[
    algebras::TABLES,
    groups::TABLES,
    finite::TABLES,
    pictures::TABLES,
    networks::TABLES,
    weights::TABLES,
    values::TABLES,
    discovery::TABLES,
];

/// All rows.
pub fn all() -> impl Iterator<Item = &'static Builtin> {
    TABLES.iter().flat_map(|tables| tables.iter()).flat_map(|table| table.iter())
}

static BY_NAME: LazyLock<BTreeMap<&'static str, &'static Builtin>> = LazyLock::new(|| {
    all().flat_map(|row| std::iter::once(&row.name).chain(row.aliases).map(move |name| (*name, row))).collect()
});

/// The function with this name or alias.
pub fn find(name: &str) -> Option<&'static Builtin> {
    BY_NAME.get(name).copied()
}

/// All names and aliases, in alphabetical order.
pub fn names() -> impl Iterator<Item = &'static str> {
    BY_NAME.keys().copied()
}

impl Builtin {
    /// Whether the bare name is already a call: nothing has to be given, as for `octonion_form`.
    pub fn is_constant(&self) -> bool {
        self.params.iter().all(|p| matches!(p.mode, Mode::Optional(_) | Mode::Keyword(_)))
    }

    /// The signature as people read it: `rank(m: matrix | list) -> number`.
    pub fn signature(&self) -> String {
        let mut parts = Vec::new();
        let mut keywords = false;
        for param in self.params {
            let kinds = param.kinds.short();
            parts.push(match param.mode {
                Mode::Required => format!("{}: {kinds}", param.name),
                Mode::Optional(default) => format!("{}: {kinds} = {default}", param.name),
                Mode::Rest => format!("{}…: {kinds}", param.name),
                Mode::Keyword(default) => {
                    let star = if keywords { "" } else { "*, " };
                    keywords = true;
                    format!("{star}{}: {kinds} = {default}", param.name)
                }
            });
        }
        if parts.is_empty() && self.is_constant() {
            return format!("{} -> {}", self.name, self.returns.short());
        }
        format!("{}({}) -> {}", self.name, parts.join(", "), self.returns.short())
    }
}
