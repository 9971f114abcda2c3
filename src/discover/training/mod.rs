//! Generators found by training, as the papers on machine-learned symmetries do it, and what is done with them after:
//! sparse bases, subalgebras, ideals.
//!
//! Finding the whole algebra of a linear action is a linear problem, which the closed form solves; these methods are for
//! fewer generators than the whole algebra has, for losses without a closed form, and for comparison.

mod adam;
mod apart;
mod batches;
mod block_conjugate;
mod checkpoint;
mod conjugate;
mod copies;
mod exact;
mod fields;
mod from_oracle;
mod ideals;
mod joint;
mod losses;
mod picture;
mod problem;
mod sequential;
mod sparse_form;
mod sparse_start;
mod subalgebra;
#[cfg(test)]
mod test_support;
mod trained;

pub use super::perceptron::Activation;
pub use adam::{Adam, AdamState, Schedule};
pub use apart::{Apart, Method, apart};
pub use checkpoint::{Checkpoint, Progress, State};
pub use exact::{ExactSpan, exact_span};
pub use fields::{FieldSettings, TrainedFields, train_fields};
pub use from_oracle::{TrainingData, matrix_space};
pub use ideals::{Ideal, IdealError, Ideals, ideals};
pub use joint::{Joint, JointSettings, joint};
pub use losses::{Loss, TERMS, Term, Terms, Weights};
pub use picture::{curve_scene, flow_scene};
pub use problem::{Invariance, MatrixSpace, Oracle, Problem, quadratic_form};
pub use sequential::{FrameSettings, Optimiser, Overlap};
pub use sparse_form::{SparseForm, nonzeros, sparsify};
pub use subalgebra::{
    Ambient, Class, FloatAlgebra, Invariants, Nearby, Search, has_codimension_one, nearest_subalgebra,
    rational_representative, search, search_inside, splitting_probe,
};
pub use trained::{Curve, Named, Stopped, Trained, TrainingError, closure_error, symmetric_part};
