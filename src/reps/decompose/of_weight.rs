//! Irreducible representations of a connected group of matrices by highest weight, as parts of tensors of its defining
//! representation: exact matrices of the group's own generators.

use num_bigint::BigInt;
use num_traits::{ToPrimitive, Zero};

use super::{DecomposeError, complexification_to_keep, irreducible_parts};
use crate::limits::Limits;
use crate::reps::{Base, Rep, RepError};
use crate::weights::{Decomposition, Module, ReductiveType, Weight};

/// Tensors of a higher dimension are not taken apart.
const MAX_DIM: u64 = 1_000;
/// The highest symmetric power, and the most exterior powers beside it.
const MAX_POWER: u32 = 12;
const MAX_COLUMNS: usize = 3;

/// The representation over R, irreducible over Q, whose extension to C contains this irreducible: that itself where it is real,
/// the sum with its conjugate otherwise.
///
/// It is looked for in `Sym^a V ⊗ Sym^c V* ⊗ Λ^b V ⊗ …`, smallest first; the column lengths of the diagram of a highest weight
/// say that it occurs there (Fulton–Harris, sections 15.3, 17.3, 19.5). Cost: that of taking a tensor of at most
/// 1000 dimensions apart.
pub fn irreducible_of_group(base: &Base, wanted: &Decomposition, limits: &Limits) -> Result<Rep, DecomposeError> {
    let name = wanted.dimension(limits)?.to_string();
    let vector = Rep::vector(base)?;
    let module = complexification_to_keep(&vector, limits)?;
    let weight = &weight_over(wanted, module.group()).ok_or_else(|| {
        let message =
            format!("{} is of type {}, the highest weight of type {}", base.name(), module.group(), wanted.group());
        RepError::Method(message)
    })?;
    if weight.iter().all(Zero::is_zero) {
        return Ok(Rep::scalar(base));
    }
    let candidates = candidates(&vector, &module, limits)?;
    for (done, (rep, module)) in candidates.iter().enumerate() {
        limits.progress("tensors that may contain it", done as f64 / candidates.len() as f64);
        if module.decomposition(limits)?.multiplicity(weight).is_zero() {
            continue;
        }
        let found = irreducible_parts(rep, limits)?;
        let holds = |k: usize| !found.components[k].over_c.multiplicity(weight).is_zero();
        if let Some(part) = found.parts.iter().find(|part| part.proved && holds(part.component)) {
            let own = rep.subrepresentation(part.space.basis(), limits)?;
            return Ok(Rep::given(base, name, own.matrices(limits)?, limits)?);
        }
    }
    let message = format!(
        "{wanted} was not found in tensors of the defining representation of {} up to dimension {MAX_DIM}",
        base.name(),
        wanted = name
    );
    Err(RepError::Method(message).into())
}

/// Types that are one, with the place in the first of each node of the second (Bourbaki numbering).
const COINCIDENCES: &[(&str, &str, &[usize])] = &[("C2", "B2", &[1, 0]), ("D3", "A3", &[1, 0, 2])];

/// The highest weight in the numbering of this type; `None` for another type.
fn weight_over(wanted: &Decomposition, group: &ReductiveType) -> Option<Weight> {
    let weight = wanted.highest_weight()?;
    if wanted.group() == group {
        return Some(weight.clone());
    }
    let (own, other) = (wanted.group().to_string(), group.to_string());
    let (.., places) = COINCIDENCES.iter().find(|(from, to, _)| *from == own && *to == other)?;
    places.iter().map(|place| weight.get(*place).cloned()).collect()
}

/// Tensors with their modules, smallest first.
fn candidates(vector: &Rep, module: &Module, limits: &Limits) -> Result<Vec<(Rep, Module)>, DecomposeError> {
    let large = BigInt::from(MAX_DIM);
    let fits = |it: &(Rep, Module)| *it.1.dim() <= large;
    let mut rows = Vec::new();
    let dual = (vector.dual()?, module.dual());
    let with_dual = dual.0 != *vector;
    for a in 0..=MAX_POWER {
        let power = (vector.symmetric_power(a)?, module.symmetric_power(a)?);
        if !fits(&power) {
            break;
        }
        for c in 0..=if with_dual { MAX_POWER } else { 0 } {
            let other = (dual.0.symmetric_power(c)?, dual.1.symmetric_power(c)?);
            let both = (power.0.tensor(&other.0)?, power.1.tensor(&other.1)?);
            if !fits(&both) {
                break;
            }
            rows.push(both);
        }
    }
    let n = vector.dim().to_u32().unwrap_or(u32::MAX);
    let mut out = rows.clone();
    let mut last: Vec<(u32, (Rep, Module))> = rows.into_iter().map(|it| (n / 2 + 1, it)).collect();
    for _ in 0..MAX_COLUMNS {
        let mut next = Vec::new();
        for (longest, (rep, own)) in &last {
            for b in 2..=(*longest).min(n) {
                limits.check()?;
                let column = (vector.exterior_power(b)?, module.exterior_power(b)?);
                let both = (rep.tensor(&column.0)?, own.tensor(&column.1)?);
                if fits(&both) {
                    next.push((b, both));
                }
            }
        }
        out.extend(next.iter().map(|(_, it)| it.clone()));
        last = next;
    }
    // Stable: among equal dimensions the one with fewer factors comes first.
    out.sort_by(|x, y| x.1.dim().cmp(y.1.dim()));
    Ok(out)
}
