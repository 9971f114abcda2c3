//! Orthogonal projection onto the span of rows over a real number field, exact.

use super::entries::FieldRows;
use crate::exact::solve_over_field;
use crate::limits::{Limits, Stop};
use crate::num::Cyclotomic;

/// The nearest combination `Σ c_k B_k` of real rows to a vector, by the equations `G c = (B w)` with their Gram matrix; `None` when
/// the rows are dependent. Cost: the cube of their number, in operations on numbers.
pub fn projection(rows: &FieldRows, w: &[Cyclotomic], limits: &Limits) -> Result<Option<Vec<Cyclotomic>>, Stop> {
    let rank = rows.len();
    let zero = || Cyclotomic::from(0);
    let mut system: Vec<Vec<Cyclotomic>> = vec![vec![zero(); rank + 1]; rank];
    let mut dense = vec![zero(); w.len()];
    for i in 0..rank {
        rows.row(i).for_each(|(place, x)| dense[place as usize] = x.clone());
        for (j, equation) in system.iter_mut().enumerate() {
            limits.check()?;
            equation[i] = product(rows.row(j), &dense);
        }
        system[i][rank] = product(rows.row(i), w);
        rows.row(i).for_each(|(place, _)| dense[place as usize] = zero());
    }
    let Some(solution) = solve_over_field(system, limits)? else { return Ok(None) };
    let coordinates: Vec<Cyclotomic> = solution.into_iter().flatten().collect();
    let mut out = dense;
    for (k, c) in coordinates.iter().enumerate().filter(|(_, c)| !c.is_zero()) {
        limits.check()?;
        for (place, x) in rows.row(k) {
            out[place as usize] = out[place as usize].add(&c.mul(x));
        }
    }
    Ok(Some(out))
}

fn product<'a>(row: impl Iterator<Item = (u64, &'a Cyclotomic)>, dense: &[Cyclotomic]) -> Cyclotomic {
    let terms = row.map(|(place, x)| (x, &dense[place as usize])).filter(|(_, y)| !y.is_zero());
    terms.fold(Cyclotomic::from(0), |sum, (x, y)| sum.add(&x.mul(y)))
}
