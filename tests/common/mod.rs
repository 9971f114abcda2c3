//! What several test files share.
#![allow(dead_code)] // Each test file uses its part of this.

pub mod expected;
pub mod program;
pub mod tempfile;
pub mod zoo;
