//! symmetra: define Lie algebras, groups and representations in a small language and have them identified with proof.
//!
//! The floors, lowest first; a file uses its own folder and lower floors only (`tests/architecture.rs` holds us to it):
//!
//! | floor | folder | what lives there |
//! | --- | --- | --- |
//! | 0 | [`limits`], [`span`], [`num`], [`matrix`], [`parallel`], [`checksum`], [`show`] | stop flag, deadline, memory; places in text; numbers; dense matrices; ordered parallel maps; CRC-32; markup and its renderers |
//! | 1 | [`exact`], [`float`] | exact linear algebra with proof; floating-point kernels |
//! | 2 | [`roots`], [`forms`], [`finite`] | Cartan types, root systems, real forms; octonions, Albert algebra, invariant forms; permutations |
//! | 3 | [`lie`], [`weights`], [`data`] | algebras: building, structure, identification; weights, characters, tensor products, branching; data files |
//! | 4 | [`reps`] | matrix groups, expressions for representations, matrices of irreducibles |
//! | 5 | [`equivariant`] | spaces of equivariant maps by the method that suits the group |
//! | 5 | [`discover`] | symmetries found in data |
//! | 6 | [`nets`] | equivariant networks: layers, evaluation, export |
//! | 7 | [`diag`], [`lang`] | diagnostics; the language: parse, check, evaluate, print |
//! | 8 | [`builtins`] | the one table of functions |
//! | 9 | [`session`] | names, history, transcript |
//! | 10 | `cli` | arguments, scripts, the REPL |

#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(not(test), deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo))]

pub mod builtins;
pub mod checksum;
#[cfg(feature = "cli")]
pub mod cli;
pub mod data;
pub mod diag;
pub mod discover;
pub mod equivariant;
pub mod exact;
pub mod finite;
pub mod float;
pub mod forms;
pub mod lang;
pub mod lie;
pub mod limits;
pub mod matrix;
pub mod nets;
pub mod num;
pub mod parallel;
pub mod reps;
pub mod roots;
pub mod session;
pub mod show;
pub mod span;
pub mod weights;
