//! Floor 7: the language. Text → [`tree`] → checked → values → text.

mod climb;
mod layout;
pub mod literal;
pub mod parse;
pub mod tree;
mod wrong;

pub use layout::MAX_DEPTH;
