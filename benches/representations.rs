//! The cases of weights and characters with their bars: the Rust half of `benches/representations.sh`, which prints the
//! table with LiE beside it.
//!
//!     representations list          prints a line "case, bar, what LiE is asked" for each case
//!     representations CASE          runs one case in this process, and prints seconds and the number of terms
//!
//! Seconds are processor time of the first call in a fresh process: nothing is known from an earlier call, so that the
//! tables of roots and of dominant weights are part of it. Below 20 ms the clock is read instead, since the system counts
//! processor time in ticks.

use std::time::Instant;

use symmetra::limits::Limits;
use symmetra::weights::{
    Decomposition, ReductiveType, WeightError, dominant_weights, exterior_power, multiplicity, restrict, schur_functor,
    symmetric_power, tensor,
};

#[path = "common/processor.rs"]
mod processor;

use processor::processor;

/// What is computed: the number of terms of the answer.
type Run = fn() -> Result<usize, WeightError>;

/// Name, bar in seconds, the same for LiE, the call.
type Case = (&'static str, &'static str, &'static str, Run);

fn irreducible(group: &str, weight: &[i64]) -> Result<Decomposition, WeightError> {
    Decomposition::irreducible(&group.parse::<ReductiveType>()?, weight)
}

fn dominant(group: &str, weight: &[i64]) -> Result<usize, WeightError> {
    Ok(dominant_weights(&group.parse()?, weight, &Limits::none())?.len())
}

fn product(group: &str, a: &[i64], b: &[i64]) -> Result<usize, WeightError> {
    Ok(tensor(&irreducible(group, a)?, &irreducible(group, b)?, &Limits::none())?.terms().len())
}

/// The restriction matrix of the A8 in E8 (nodes 0, 8, 7, 6, 5, 4, 3, 1 of the extended diagram, in LiE's order).
const A8_IN_E8: [[i64; 8]; 8] = [
    [0, 0, 0, 0, 0, 0, 1, 1],
    [0, 0, 0, 0, 0, 0, 0, 3],
    [0, 0, 0, 0, 0, 1, 0, 3],
    [0, 0, 0, 0, 1, 0, 0, 5],
    [0, 0, 0, 1, 0, 0, 0, 4],
    [0, 0, 1, 0, 0, 0, 0, 3],
    [0, 1, 0, 0, 0, 0, 0, 2],
    [1, 0, 0, 0, 0, 0, 0, 1],
];

const CASES: &[Case] = &[
    ("dominant weights, E6 rho", "0.01", "dom_char(all_one(6),E6)", || dominant("E6", &[1; 6])),
    ("dominant weights, E7 rho", "0.03", "dom_char(all_one(7),E7)", || dominant("E7", &[1; 7])),
    ("dominant weights, E8 rho", "0.5", "dom_char(all_one(8),E8)", || dominant("E8", &[1; 8])),
    ("tensor, E8 3875^2", "0.005", "tensor([1,0,0,0,0,0,0,0],[1,0,0,0,0,0,0,0],E8)", || {
        product("E8", &[1, 0, 0, 0, 0, 0, 0, 0], &[1, 0, 0, 0, 0, 0, 0, 0])
    }),
    ("tensor, E8 147250 x 30380", "0.01", "tensor([0,1,0,0,0,0,0,0],[0,0,0,0,0,0,1,0],E8)", || {
        product("E8", &[0, 1, 0, 0, 0, 0, 0, 0], &[0, 0, 0, 0, 0, 0, 1, 0])
    }),
    ("tensor, E8 omega4^2", "0.1", "tensor([0,0,0,1,0,0,0,0],[0,0,0,1,0,0,0,0],E8)", || {
        product("E8", &[0, 0, 0, 1, 0, 0, 0, 0], &[0, 0, 0, 1, 0, 0, 0, 0])
    }),
    ("tensor, E7 [1,1,0,1,0,0,1]^2", "0.1", "tensor([1,1,0,1,0,0,1],[1,1,0,1,0,0,1],E7)", || {
        product("E7", &[1, 1, 0, 1, 0, 0, 1], &[1, 1, 0, 1, 0, 0, 1])
    }),
    ("tensor, A6 rho^2", "0.01", "tensor(all_one(6),all_one(6),A6)", || product("A6", &[1; 6], &[1; 6])),
    ("tensor, E6 rho x [1,1,0,1,0,1]", "-", "tensor(all_one(6),[1,1,0,1,0,1],E6)", || {
        product("E6", &[1; 6], &[1, 1, 0, 1, 0, 1])
    }),
    ("one multiplicity of it, [1,1,0,1,0,1]", "-", "-", || {
        let (w, rho) = ([1, 1, 0, 1, 0, 1], [1; 6]);
        let m = multiplicity(&"E6".parse()?, &rho, &w, &w, &Limits::none())?;
        Ok(m.try_into().unwrap_or(0))
    }),
    ("Sym^6 of the E8 adjoint", "0.05", "sym_tensor(6,[0,0,0,0,0,0,0,1],E8)", || {
        Ok(symmetric_power(&irreducible("E8", &[0, 0, 0, 0, 0, 0, 0, 1])?, 6, &Limits::none())?.terms().len())
    }),
    ("Alt^7 of the E8 adjoint", "0.1", "alt_tensor(7,[0,0,0,0,0,0,0,1],E8)", || {
        Ok(exterior_power(&irreducible("E8", &[0, 0, 0, 0, 0, 0, 0, 1])?, 7, &Limits::none())?.terms().len())
    }),
    ("Alt^10 of the 56 of E7", "0.06", "alt_tensor(10,[0,0,0,0,0,0,1],E7)", || {
        Ok(exterior_power(&irreducible("E7", &[0, 0, 0, 0, 0, 0, 1])?, 10, &Limits::none())?.terms().len())
    }),
    ("plethysm [4,3,2,1] of the A3 adjoint", "0.02", "plethysm([4,3,2,1],[1,0,1],A3)", || {
        Ok(schur_functor(&irreducible("A3", &[1, 0, 1])?, &[4, 3, 2, 1], &Limits::none())?.terms().len())
    }),
    ("branch, E8 omega4 to A8", "0.1", "branch([0,0,0,1,0,0,0,0],A8,res_mat(A8,E8),E8)", || {
        let matrix = A8_IN_E8.map(|row| row.to_vec());
        let v = irreducible("E8", &[0, 0, 0, 1, 0, 0, 0, 0])?;
        Ok(restrict(&v, &"A8".parse()?, &matrix, &Limits::none())?.terms().len())
    }),
    (
        "branch, E8 omega4 to the principal A1",
        "-",
        "branch([0,0,0,1,0,0,0,0],A1,[[92],[136],[182],[270],[220],[168],[114],[58]],E8)",
        || {
            let matrix = [92, 136, 182, 270, 220, 168, 114, 58].map(|x| vec![x]);
            let v = irreducible("E8", &[0, 0, 0, 1, 0, 0, 0, 0])?;
            Ok(restrict(&v, &"A1".parse()?, &matrix, &Limits::none())?.terms().len())
        },
    ),
];

fn main() {
    let wanted = std::env::args().nth(1).unwrap_or_default();
    for (name, bar, lie, run) in CASES {
        if wanted == *name {
            let begin = Instant::now();
            let start = processor(begin);
            let terms = run();
            let clock = begin.elapsed().as_secs_f64();
            let seconds = if clock < 0.02 { clock } else { processor(begin) - start };
            match terms {
                Ok(terms) => println!("{seconds:.4}\t{terms}"),
                Err(e) => println!("{seconds:.4}\t{e}"),
            }
        } else if !CASES.iter().any(|c| c.0 == wanted) {
            println!("{name}\t{bar}\t{lie}");
        }
    }
}
