//! Floor 2: root systems and what is read from them: Cartan types, roots, Dynkin diagrams, the table of real forms.
//!
//! Combinatorics alone: nothing here knows structure constants. Numbering is Bourbaki's throughout
//! (*Groupes et algèbres de Lie*, chapter VI, plates I–IX).

mod cartan_type;
pub mod diagram;
mod marked;
mod real_form;
mod recognize;
mod root_system;

pub(crate) use cartan_type::letter_and_rank;
pub use cartan_type::{CartanType, Letter, MAX_RANK, SimpleType, TypeError};
pub use diagram::{Style, draw, draw_labelled, draw_type};
pub use marked::draw_marked;
pub use real_form::{
    CompactAlgebra, MarkedDiagram, RealForm, RealFormError, RealName, RestrictedRoots, aliases_of_sum, name_of_sum,
    parse_sum, real_forms,
};
pub use recognize::{CartanMatrixError, Component, recognize_cartan_matrix, simple_system};
pub use root_system::RootSystem;
