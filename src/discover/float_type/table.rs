//! What the integer table of a Chevalley basis says of root vectors and brackets.

use super::adjoint::{Adjoint, scaled};
use crate::float::Complex;
use crate::lie::named::ChevalleyBasis;
use crate::roots::RootSystem;

/// All root vectors in the order of the root system: each from one below it, `e_t = [e_i, e_s] / N_is`.
pub(super) fn root_vectors(
    table: &ChevalleyBasis,
    pairs: &[(Vec<Complex>, Vec<Complex>)],
    generators: &[(Adjoint, usize)],
) -> Vec<Vec<Complex>> {
    let system = table.root_system();
    let (rank, count) = (system.rank(), system.positive_count());
    let sides = [0, count].map(|offset| {
        let mut own: Vec<Vec<Complex>> =
            pairs.iter().map(|(e, f)| if offset == 0 { e.clone() } else { f.clone() }).collect();
        for t in rank..count {
            let step = (0..rank).find_map(|i| {
                let mut below = system.root(t);
                below[i] -= 1;
                system.number_of(&below).filter(|&s| s < t).map(|s| (i, s))
            });
            // A root of height above 1 has a root one simple root below it (Humphreys §10.2).
            let Some((i, s)) = step else { continue };
            let bracket = generators[2 * i + usize::from(offset > 0)].0.apply(&own[s]);
            own.push(scaled(&bracket, Complex::new(1.0 / table.n(i + offset, s + offset) as f64, 0.0)));
        }
        own
    });
    sides.concat()
}

/// `[e_r, y]` for every `y` of the standard basis `h_1, …, e_1, …`, as (place, factor).
pub(super) fn standard_brackets(table: &ChevalleyBasis, r: usize) -> Vec<Vec<(usize, i64)>> {
    let system: &RootSystem = table.root_system();
    let (rank, count) = (system.rank(), system.positive_count());
    let root = system.root(r);
    let with_cartan = (0..rank).map(|i| vec![(rank + r, -system.pairing(&root, i))]);
    let with_roots = (0..2 * count).map(|s| {
        if s == system.negative_of(r) {
            return system.coroot(&root).into_iter().enumerate().collect();
        }
        let sum: Vec<i64> = root.iter().zip(system.root(s)).map(|(a, b)| a + b).collect();
        system.number_of(&sum).map(|t| (rank + t, table.n(r, s))).into_iter().collect()
    });
    with_cartan.chain(with_roots).collect()
}
