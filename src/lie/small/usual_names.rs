//! Usual names.
use super::SmallAlgebra;
use crate::roots::RealForm;
pub(super) fn usual_names(_small: &SmallAlgebra) -> Vec<String> {
    Vec::new()
}
/// Names.
pub fn semisimple_names(_forms: &[RealForm], _center: usize) -> Vec<String> {
    Vec::new()
}
