//! Floor 7: the language. Text → [`tree`] → [`check`]ed → [`value`]s → text.

pub mod arithmetic;
pub mod brackets;
pub mod check;
mod climb;
pub mod compare;
pub mod cyclotomic;
pub mod eval;
pub mod include;
pub mod kind;
mod layout;
pub mod literal;
pub mod matrices;
pub mod names;
pub mod near;
pub mod operators;
mod oracles;
pub mod parse;
pub mod powers;
pub mod print;
pub mod shallow;
mod steps;
pub mod symbolic;
pub mod tree;
pub mod tying;
pub mod unparse;
pub mod value;
mod wrong;

pub use layout::MAX_DEPTH;
