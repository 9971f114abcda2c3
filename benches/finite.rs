//! The cases of finite groups: the Rust half of `benches/finite.sh`, which prints them beside GAP's.
//!
//!     finite [CASE …]        prints a line "case, seconds" for each case, or for those that contain one of the words
//!
//! Seconds are processor time of all threads of the process, the least of some runs. Every run starts from generators alone:
//! nothing is kept from the run before.

use std::hint::black_box;
use std::time::Instant;

use symmetra::finite::{
    CharacterTable, ConjugacyClasses, FiniteError, Irreducibles, Permutation, PermutationGroup, SubgroupLattice,
    alternating, architectures, cyclic, dihedral, direct_product, mathieu_11, mathieu_12, rubiks_cube, symmetric,
};
use symmetra::limits::Limits;

#[path = "common/processor.rs"]
mod processor;

use processor::processor;

/// Seconds that a run takes at least, with its repetitions.
const SHORTEST: f64 = 0.2;

struct Bench {
    wanted: Vec<String>,
}

impl Bench {
    /// The least of up to seven runs within some three seconds, each on a group made anew. The system counts processor time in
    /// steps of some milliseconds, so short runs are repeated and their mean is taken.
    fn measure<T>(&self, case: &str, group: &PermutationGroup, run: impl Fn(&PermutationGroup) -> T) {
        if !self.wanted.is_empty() && !self.wanted.iter().any(|word| case.contains(word.as_str())) {
            return;
        }
        let begin = Instant::now();
        let fresh = || PermutationGroup::new("G", group.degree(), group.generators().to_vec()).unwrap();
        black_box(run(&fresh()));
        let repeats = (SHORTEST / begin.elapsed().as_secs_f64().max(1e-6)).ceil().max(1.0) as usize;
        let mut best = f64::INFINITY;
        for round in 0..7 {
            let groups: Vec<PermutationGroup> = (0..repeats).map(|_| fresh()).collect();
            let start = processor(begin);
            for group in &groups {
                black_box(run(group));
            }
            best = best.min((processor(begin) - start) / repeats as f64);
            if round >= 1 && begin.elapsed().as_secs_f64() > 3.0 {
                break;
            }
        }
        println!("{case}\t{best:.5}");
    }
}

/// A power of the group of order 2, by transpositions.
fn two_power(k: usize) -> PermutationGroup {
    let none = Limits::none();
    let step = |group: Option<PermutationGroup>| match group {
        None => cyclic(2).unwrap(),
        Some(group) => direct_product(&group, &cyclic(2).unwrap(), &none).unwrap(),
    };
    (0..k).fold(None, |group, _| Some(step(group))).unwrap()
}

/// A group on itself.
fn regular(group: &PermutationGroup) -> PermutationGroup {
    let none = Limits::none();
    let trivial = group.subgroup("1", Vec::<Permutation>::new(), &none).unwrap();
    group.action_on_cosets(&trivial, &none).unwrap()
}

fn main() -> Result<(), FiniteError> {
    let none = Limits::none();
    let bench = Bench { wanted: std::env::args().skip(1).filter(|word| word != "--bench").collect() };
    let classes = |group: &PermutationGroup| ConjugacyClasses::new(group, &none).unwrap().len();
    let subgroups = |group: &PermutationGroup| SubgroupLattice::new(group, &none).unwrap().subgroup_count();
    let characters = |group: &PermutationGroup| CharacterTable::new(group, &none).unwrap().degrees.len();

    let cube = rubiks_cube()?;
    bench.measure("rubik order", &cube, |g| g.order(&none).unwrap());
    bench.measure("rubik centre and derived", &cube, |g| {
        (g.center(&none).unwrap().order(&none).unwrap(), g.derived_subgroup(&none).unwrap().order(&none).unwrap())
    });
    let (m11, m12) = (mathieu_11()?, mathieu_12()?);
    let m11_regular = regular(&m11);
    for (name, group) in [("S8", symmetric(8)?), ("M12", m12.clone()), ("M11 on 7920", m11_regular.clone())] {
        bench.measure(&format!("classes {name}"), &group, classes);
    }
    let lattices = [
        ("S6", symmetric(6)?),
        ("S7", symmetric(7)?),
        ("M11", m11.clone()),
        ("S8", symmetric(8)?),
        ("M12", m12.clone()),
        ("C2^6", two_power(6)),
        ("A8", alternating(8)?),
    ];
    for (name, group) in lattices {
        bench.measure(&format!("subgroups {name}"), &group, subgroups);
    }
    let tables = [
        ("S8", symmetric(8)?),
        ("M12", m12),
        ("D100", dihedral(100)?),
        ("C100", cyclic(100)?),
        ("S10", symmetric(10)?),
        ("M11 on 7920", m11_regular),
    ];
    for (name, group) in tables {
        bench.measure(&format!("characters {name}"), &group, characters);
    }
    for (name, group) in [("S6", symmetric(6)?), ("S7", symmetric(7)?), ("A5", alternating(5)?), ("M11", mathieu_11()?)]
    {
        bench.measure(&format!("irreducibles {name}"), &group, |g| {
            let all = Irreducibles::new(g, &none).unwrap();
            let real = all.table.real_irreducibles();
            let rows = real.iter().map(|row| all.irreducible(row.0, &none).unwrap().real(&none).unwrap());
            rows.map(|real| real.matrices.len()).sum::<usize>()
        });
    }
    for (name, group) in [("D12", dihedral(12)?), ("C2^5 regular", regular(&two_power(5))), ("S10", symmetric(10)?)] {
        bench.measure(&format!("architectures {name}"), &group, |g| {
            architectures(g, None, &none).unwrap().pairs.map_or(0, |pairs| pairs.len())
        });
    }
    Ok(())
}
