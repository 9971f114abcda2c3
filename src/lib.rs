//! symmetra: define Lie algebras, groups and representations in a small language and have them identified with proof.
//!
//! The floors, lowest first; a file uses its own folder and lower floors only (`tests/architecture.rs` holds us to it):
//!
//! | floor | folder | what lives there |
//! | --- | --- | --- |
//! | 0 | [`limits`], [`span`], [`num`], [`show`] | stop flag, deadline, memory; places in text; numbers; markup and its renderers |
//! | 1 | [`exact`], `float` | exact linear algebra with proof; floating-point kernels |
//! | 2 | [`roots`], [`forms`] | Cartan types, root systems, real forms; octonions, Albert algebra, invariant forms |
//! | 3 | [`lie`] | algebras: building, structure, identification |
//! | 4 | [`reps`] | connected matrix groups, representations, invariants |

#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo))]

pub mod diag;
pub mod exact;
pub mod float;
pub mod forms;
pub mod lie;
pub mod limits;
pub mod num;
pub mod parallel;
pub mod reps;
pub mod roots;
pub mod show;
pub mod span;
