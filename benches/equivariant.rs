//! Bases of equivariant maps and ranks, with their bars: prints a line "case, rank, bar, seconds" for each case, or for the
//! case named by the argument.
//!
//! Seconds are processor time of all threads, the least of some runs within about three seconds. Cases of the
//! published library (EMLP, objax) and of numpy beside ours: `benches/equivariant.sh`.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use symmetra::equivariant::{
    self, Basis, EquivariantError, Form, Generator, SignedPermutation, WeightLeg, float_maps, general_linear_maps,
    orbits_of_maps, orthogonal_maps, real_special_unitary_maps, rotation_maps_of_vectors, special_linear_maps,
    special_orthogonal_maps, special_orthogonal_rank, symmetric_maps, symplectic_maps, weight_maps,
};
use symmetra::exact::Matrix;
use symmetra::forms::octonion_form;
use symmetra::lie::named::Arg;
use symmetra::lie::{Ansatz, stabilizer};
use symmetra::limits::Limits;
use symmetra::reps::irreducible::Irreducible;
use symmetra::reps::{ExactNullSpace, Group, Rep, Terms, exp, group_by_name};
use symmetra::weights::{Module, ReductiveType};

#[path = "common/processor.rs"]
mod processor;

use processor::processor;

/// What is computed: the rank.
type Run = fn(&Limits) -> Result<String, EquivariantError>;

fn rank(basis: Result<Basis, EquivariantError>) -> Result<String, EquivariantError> {
    Ok(black_box(basis?).rank().to_string())
}

fn cycle(n: usize) -> SignedPermutation {
    SignedPermutation::new(&(0..n).map(|i| (i + 1) % n).collect::<Vec<_>>(), &vec![false; n]).unwrap()
}

fn swap(n: usize) -> SignedPermutation {
    let images: Vec<usize> = (0..n).map(|i| if i < 2 { 1 - i } else { i }).collect();
    SignedPermutation::new(&images, &vec![false; n]).unwrap()
}

/// Orbits on maps between equal powers.
fn orbits(generators: &[SignedPermutation], k: usize, limits: &Limits) -> Result<String, EquivariantError> {
    let mut power = vec![SignedPermutation::identity(1); generators.len()];
    for _ in 0..k {
        power = power.iter().zip(generators).map(|(p, g)| p.tensor(g)).collect::<Result<_, _>>()?;
    }
    let n = power[0].degree();
    rank(orbits_of_maps(&power, &power, (n, n), limits))
}

/// The six quarter turns on the 48 stickers, from the geometry: a sticker is a place and a normal.
fn cube() -> Vec<SignedPermutation> {
    let mut stickers: Vec<([i32; 3], [i32; 3])> = Vec::new();
    for axis in 0..3 {
        for side in [1, -1] {
            for (a, b) in (-1..=1).flat_map(|a| (-1..=1).map(move |b| (a, b))).filter(|&t| t != (0, 0)) {
                let (mut place, mut normal) = ([0; 3], [0; 3]);
                (place[axis], place[(axis + 1) % 3], place[(axis + 2) % 3]) = (side, a, b);
                normal[axis] = side;
                stickers.push((place, normal));
            }
        }
    }
    let turn = |v: [i32; 3], axis: usize| {
        let mut w = v;
        (w[(axis + 1) % 3], w[(axis + 2) % 3]) = (-v[(axis + 2) % 3], v[(axis + 1) % 3]);
        w
    };
    let quarter = |axis: usize, side: i32| {
        let image = |&(p, n): &([i32; 3], [i32; 3])| {
            let moved = if p[axis] == side { (turn(p, axis), turn(n, axis)) } else { (p, n) };
            stickers.iter().position(|s| *s == moved).unwrap()
        };
        SignedPermutation::new(&stickers.iter().map(image).collect::<Vec<_>>(), &[false; 48]).unwrap()
    };
    (0..3).flat_map(|axis| [quarter(axis, 1), quarter(axis, -1)]).collect()
}

/// Maps between powers of an irreducible representation.
fn weights(group: &str, weight: &[i64], k: usize, limits: &Limits) -> Result<String, EquivariantError> {
    let v =
        WeightLeg::of_irreducible(&Irreducible::new(&group.parse::<ReductiveType>().unwrap(), weight, limits).unwrap());
    rank(weight_maps(&vec![&v; k], &vec![&v; k], limits))
}

fn so(n: usize) -> Vec<(usize, usize)> {
    (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).collect()
}

/// The maps V^k → V^k.
fn maps(v: &Rep, k: u32) -> Rep {
    let power = v.power(k).unwrap();
    Rep::hom(&power, &power).unwrap()
}

fn exact_so(n: i64, k: u32, limits: &Limits) -> Result<String, EquivariantError> {
    let group = group_by_name("SO", &[Arg::Integer(n)], limits).unwrap();
    let rep = maps(&Rep::vector(group.base()).unwrap(), k);
    Ok(ExactNullSpace.basis(&rep, limits)?.len().to_string())
}

/// The compact G2 on imaginary octonions, by the method that is chosen.
fn compact_g2(k: u32, limits: &Limits) -> Result<String, EquivariantError> {
    let algebra = stabilizer(&[octonion_form(false).unwrap()], Ansatz::real(), limits).unwrap();
    let group = exp(&Arc::new(algebra)).unwrap();
    rank(equivariant::basis(&maps(&Rep::vector(group.base()).unwrap(), k), limits))
}

fn float_so(n: usize, k: usize, limits: &Limits) -> Result<String, EquivariantError> {
    let matrix = |(i, j): (usize, usize)| {
        Matrix::from_fn(n, n, |a, b| f64::from(i8::from((a, b) == (i, j)) - i8::from((a, b) == (j, i))))
    };
    let generators: Vec<Generator> =
        so(n).into_iter().map(|pair| Generator::Infinitesimal(vec![matrix(pair); 2 * k])).collect();
    rank(float_maps(&vec![n; 2 * k], k, &generators, limits))
}

/// Six random elements of so(10) in a random basis of R^10; they generate it.
fn random_group(k: u32, l: u32, limits: &Limits) -> Result<String, EquivariantError> {
    const N: usize = 10;
    let mut state = 1u64;
    let mut random = || {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as f64 / (1u64 << 30) as f64 - 1.0
    };
    let change = Matrix::from_fn(N, N, |i, j| random() * 0.2 + f64::from(u8::from(i == j)));
    let back = symmetra::float::dense::inverse(&change).unwrap();
    let product = |a: &Matrix<f64>, b: &Matrix<f64>| {
        Matrix::from_fn(N, N, |i, j| (0..N).map(|m| a[(i, m)] * b[(m, j)]).sum::<f64>())
    };
    let generators = (0..6)
        .map(|_| {
            let x = Matrix::from_fn(N, N, |_, _| random());
            let skew = Matrix::from_fn(N, N, |i, j| x[(i, j)] - x[(j, i)]);
            product(&product(&change, &skew), &back)
        })
        .collect();
    let group = Group::of_floats("random", Vec::new(), generators)?;
    let v = Rep::vector(group.base())?;
    rank(equivariant::basis(&Rep::hom(&v.power(k)?, &v.power(l)?)?, limits))
}

/// Name, the rank that theory gives, bar in seconds, the call.
const CASES: &[(&str, &str, &str, Run)] = &[
    ("S(100) V->V", "2", "0.001", |l| rank(symmetric_maps(100, 1, 1, l))),
    ("S(10) V^2->V^2", "15", "0.001", |l| rank(symmetric_maps(10, 2, 2, l))),
    ("S(10) V^3->V^3", "203", "0.02", |l| rank(symmetric_maps(10, 3, 3, l))),
    ("S(10) V^3->V^3, orbits", "203", "0.02", |l| orbits(&[swap(10), cycle(10)], 3, l)),
    ("S(6) V^4->V^4", "4111", "0.06", |l| rank(symmetric_maps(6, 4, 4, l))),
    ("Z(1000) V->V", "1000", "0.01", |l| orbits(&[cycle(1000)], 1, l)),
    ("Rubik V->V", "9", "0.001", |l| orbits(&cube(), 1, l)),
    ("Rubik V^2->V^2", "350", "0.3", |l| orbits(&cube(), 2, l)),
    ("SO(3) V^3->V^3 orthonormal", "15", "0.001", |l| rank(rotation_maps_of_vectors(3, 3, l))),
    ("SO(3) V^4->V^4 orthonormal", "91", "0.01", |l| rank(rotation_maps_of_vectors(4, 4, l))),
    ("SO(3) V^5->V^5 orthonormal", "603", "0.5", |l| rank(rotation_maps_of_vectors(5, 5, l))),
    ("O(5) V^3->V^3", "15", "0.0002", |l| rank(orthogonal_maps(&Form::euclidean(5), 3, 3, l))),
    ("O(5) V^4->V^4", "105", "0.001", |l| rank(orthogonal_maps(&Form::euclidean(5), 4, 4, l))),
    ("O(8) V^4->V^4", "105", "0.002", |l| rank(orthogonal_maps(&Form::euclidean(8), 4, 4, l))),
    ("SO(1,3) V^2->V^2", "4", "-", |l| {
        rank(special_orthogonal_maps(&Form::diagonal(&[true, false, false, false]), 2, 2, l))
    }),
    ("SO(1,3) V^3->V^3", "25", "-", |l| {
        rank(special_orthogonal_maps(&Form::diagonal(&[true, false, false, false]), 3, 3, l))
    }),
    ("Sp(4) V^2->V^2", "3", "-", |l| rank(symplectic_maps(&Form::symplectic(2), 2, 2, l))),
    ("Sp(4) V^3->V^3", "14", "-", |l| rank(symplectic_maps(&Form::symplectic(2), 3, 3, l))),
    ("SU(3) V^2->V^2 real", "12", "-", |l| rank(real_special_unitary_maps(3, 2, 2, l))),
    ("SU(3) V^3->V^3 real", "130", "-", |l| rank(real_special_unitary_maps(3, 3, 3, l))),
    ("SL(3) V^2->V^2", "2", "-", |l| rank(special_linear_maps(3, &[false; 2], &[false; 2], l))),
    ("GL(3) V^2->V^2", "2", "-", |l| rank(general_linear_maps(3, &[false; 2], &[false; 2], l))),
    ("SL(3) V^3->V^3", "6", "-", |l| rank(special_linear_maps(3, &[false; 3], &[false; 3], l))),
    ("GL(3) V^3->V^3", "6", "-", |l| rank(general_linear_maps(3, &[false; 3], &[false; 3], l))),
    ("G2 V^2->V^2", "4", "-", |l| weights("G2", &[1, 0], 2, l)),
    ("G2 V^3->V^3", "35", "0.02", |l| weights("G2", &[1, 0], 3, l)),
    ("compact G2 V^2->V^2, chosen", "4", "-", |l| compact_g2(2, l)),
    ("compact G2 V^3->V^3, chosen", "35", "-", |l| compact_g2(3, l)),
    ("F4 V^2->V^2", "5", "0.2", |l| weights("F4", &[0, 0, 0, 1], 2, l)),
    ("E6 V^2->V^2", "3", "0.2", |l| weights("E6", &[1, 0, 0, 0, 0, 0], 2, l)),
    ("SO(3) V^3->V^3, exact null space", "15", "-", |l| exact_so(3, 3, l)),
    ("SO(5) V^2->V^2, exact null space", "3", "-", |l| exact_so(5, 2, l)),
    ("SO(3) V^3->V^3, float null space", "15", "-", |l| float_so(3, 3, l)),
    ("random floats on R^10, V^2->V", "0", "-", |l| random_group(2, 1, l)),
    ("random floats on R^10, V^2->V^2", "3", "-", |l| random_group(2, 2, l)),
    ("random floats on R^10, V^3->V^3", "15", "-", |l| random_group(3, 3, l)),
    ("rank of E8 on 248^4", "5", "0.2", |l| {
        let adjoint = Module::irreducible(&"E8".parse().unwrap(), &[0, 0, 0, 0, 0, 0, 0, 1], l).unwrap();
        Ok(adjoint.power(4).unwrap().invariants(l).unwrap().to_string())
    }),
    ("rank of SO(3) on V^100", "-", "-", |l| Ok(special_orthogonal_rank(3, 100, l)?.to_string())),
];

fn main() {
    let wanted = std::env::args().nth(1).filter(|a| !a.starts_with("--"));
    let limits = Limits::none();
    for (name, expected, bar, run) in CASES.iter().filter(|c| wanted.as_ref().is_none_or(|w| w == c.0)) {
        let begin = Instant::now();
        let (mut best, mut found) = (f64::INFINITY, String::new());
        // The clock of processor time ticks in some milliseconds: short cases are run many times.
        let mut times = 1u32;
        for round in 0..16 {
            let start = processor(begin);
            for _ in 0..times {
                found = run(&limits).unwrap_or_else(|e| e.to_string());
            }
            let spent = processor(begin) - start;
            if spent < 0.04 && times < 1 << 20 {
                times *= 4;
                continue;
            }
            best = best.min(spent / f64::from(times));
            if round >= 1 && begin.elapsed().as_secs_f64() > 3.0 {
                break;
            }
        }
        let note = if found == *expected || *expected == "-" { "" } else { "\tWRONG" };
        println!("{name}\t{found}\t{bar}\t{best:.6}{note}");
    }
}
