//! Projectors of a tensor product to its isotypic components.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::highest_vectors::{OrthogonalProduct, Product};
use super::matrices::apply;
use super::{Irreducible, Orthogonal};
use crate::exact::{SparseMatrix, SparseVector};
use crate::limits::Limits;
use crate::num::Rational;
use crate::weights::{ReductiveType, Weight, WeightError};

/// The projector of `V_1 ⊗ V_2 ⊗ …` to the sum of all subrepresentations of highest weight `ν`, exact, in the basis
/// `b_i ⊗ b_j ⊗ …` of [`Irreducible`]; zero when `ν` does not occur.
///
/// `P = Σ φ_a(o_k) (φ_a(o_k), ·) / (φ_a(o_k), φ_a(o_k))` over an orthogonal basis of that sum: the contravariant form makes
/// different components orthogonal. Cost: `Σ m_μ²` entries over the weights `μ` of the product.
pub fn projector(
    group: &ReductiveType,
    weights: &[Weight],
    target: &[i64],
    limits: &Limits,
) -> Result<SparseMatrix, WeightError> {
    group.check_highest(target)?;
    let mut known: BTreeMap<&Weight, Arc<Irreducible>> = BTreeMap::new();
    for weight in weights {
        if !known.contains_key(weight) {
            known.insert(weight, Arc::new(Irreducible::new(group, weight, limits)?));
        }
    }
    // Refused before anything larger is made.
    Product::new(weights.iter().map(|w| known[w].clone()).collect())?.reserve(limits)?;
    let mut bases: BTreeMap<&Weight, Arc<Orthogonal>> = BTreeMap::new();
    for (weight, module) in known {
        bases.insert(weight, Arc::new(Orthogonal::new(module, limits)?));
    }
    let space = OrthogonalProduct::new(weights.iter().map(|w| bases[w].clone()).collect())?;
    let size = space.product.dim();
    limits.reserve(size as u128 * 24)?;
    let highest = space.product.highest_vectors(target, limits)?;
    if highest.is_empty() {
        return Ok(SparseMatrix::zero(size, size));
    }
    let module = Arc::new(Irreducible::new(group, target, limits)?);
    let basis = Orthogonal::new(module.clone(), limits)?;
    let highest = highest.iter().map(|v| space.coordinates(v)).collect();
    let mut rows: Vec<BTreeMap<u32, Rational>> = vec![BTreeMap::new(); size];
    for vector in space.orthogonalise(highest, limits)? {
        let norm = space.inner(&vector, &vector);
        let images = space.product.embedding(&module, space.original(&vector), limits)?;
        for k in 0..module.dim() {
            limits.check()?;
            let image = apply(&images, basis.vector(k));
            let factor = (&norm * &basis.norms()[k]).recip().unwrap_or_default();
            let functional: SparseVector = space.dual(&image).into_iter().map(|(l, y)| (l, &y * &factor)).collect();
            for (row, x) in &image {
                let row = &mut rows[*row as usize];
                for (column, y) in &functional {
                    row.entry(*column).or_default().add_product(x, y);
                }
            }
        }
    }
    let rows = rows.into_iter().map(|r| r.into_iter().filter(|(_, x)| !x.is_zero()).collect()).collect();
    Ok(SparseMatrix::from_rows(size, rows))
}
