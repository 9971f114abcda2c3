//! Every entry of the lists, in scrambled bases, gives its own name back; parameters that the papers call equivalent
//! give equal names, others different ones.

use super::*;
use crate::lie::nilradical_of;
use crate::lie::test_support::jacobi_holds;
use crate::lie::{Algebra, JacobiProof};
use crate::num::prime::{random_integer, random_stream};

fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

fn table(list: List, dim: usize, number: usize, parameters: &[&str]) -> StructureConstants {
    let parameters: Vec<Rational> = parameters.iter().map(|p| rational(p)).collect();
    tables::constants(list, dim, number, &parameters).unwrap()
}

/// The same algebra in a random basis: elementary changes with fractions, then a factor for each vector.
fn scrambled(constants: &StructureConstants, seed: u64) -> StructureConstants {
    let n = constants.dim();
    let mut out = constants.clone();
    let mut rng = random_stream(seed, 77);
    let mut random = |bound: u32| random_integer(&mut rng, bound);
    for round in 0..2 {
        for i in 0..n {
            for j in 0..n {
                let factor = Rational::new(random(3), 1 + round * random(2).abs()).unwrap();
                if i != j && !factor.is_zero() {
                    out.shear(i, j, &factor);
                }
            }
        }
    }
    for i in 0..n {
        let (p, q) = (1 + random(6).abs(), 1 + random(6).abs());
        out.rescale(i, &Rational::new(if random(2) < 0 { -p } else { p }, q).unwrap());
    }
    out
}

fn name_of(constants: &StructureConstants) -> SmallAlgebra {
    let limits = Limits::none();
    let algebra = Algebra::new(constants.clone(), JacobiProof::Construction("test".into()), "test");
    let nilradical = nilradical_of(&algebra, &limits).unwrap();
    small_algebra(constants, &nilradical, &limits).unwrap().unwrap_or_else(|| panic!("no name for {constants:?}"))
}

/// One member of each class and several of each family, in normal form: the solvable list.
const SOLVABLE: &[(usize, usize, &[&str])] = &[
    (1, 1, &[]),
    (2, 1, &[]),
    (2, 2, &[]),
    (3, 1, &[]),
    (3, 2, &[]),
    (3, 3, &["0"]),
    (3, 3, &["-1/4"]),
    (3, 3, &["2"]),
    (3, 3, &["-5/7"]),
    (3, 4, &["0"]),
    (3, 4, &["1"]),
    (3, 4, &["-1"]),
    (3, 4, &["2"]),
    (3, 4, &["-30"]),
    (4, 1, &[]),
    (4, 2, &[]),
    (4, 3, &["0"]),
    (4, 3, &["1"]),
    (4, 3, &["-1"]),
    (4, 3, &["-5/3"]),
    (4, 3, &["1/2"]),
    (4, 4, &[]),
    (4, 5, &[]),
    (4, 6, &["0", "0"]),
    (4, 6, &["1", "2"]),
    (4, 6, &["0", "-1/4"]),
    (4, 6, &["1/27", "-1/3"]),
    (4, 6, &["-4/3", "0"]),
    (4, 7, &["0", "0"]),
    (4, 7, &["0", "1"]),
    (4, 7, &["0", "-6"]),
    (4, 7, &["1", "0"]),
    (4, 7, &["12", "0"]),
    (4, 7, &["-2/5", "-2/5"]),
    (4, 7, &["3", "3"]),
    (4, 8, &[]),
    (4, 9, &["-1/2"]),
    (4, 9, &["1/4"]),
    (4, 9, &["1"]),
    (4, 9, &["-1"]),
    (4, 12, &[]),
    (4, 13, &["0"]),
    (4, 13, &["-1/4"]),
    (4, 13, &["-3"]),
    (4, 13, &["7/2"]),
    (4, 14, &["1"]),
    (4, 14, &["-1"]),
    (4, 14, &["21"]),
];

/// The same for the nilpotent list in dimension 6 (and 5: numbers to 9).
const FAMILIES: &[(usize, &[&str])] = &[
    (19, &["1", "-1", "2", "-6"]),
    (21, &["1", "-1", "3", "-10"]),
    (22, &["0", "1", "-1", "2", "-6"]),
    (24, &["0", "1", "-1", "5", "-14"]),
];

fn nilpotent_entries() -> Vec<(usize, usize, Vec<&'static str>)> {
    let mut out = Vec::new();
    for dim in 5..=6 {
        for (number, parameters) in classes(List::Nilpotent, dim) {
            match FAMILIES.iter().find(|f| f.0 == number) {
                Some((_, values)) => out.extend(values.iter().map(|v| (dim, number, vec![*v]))),
                None => {
                    assert_eq!(parameters, 0);
                    out.push((dim, number, Vec::new()));
                }
            }
        }
    }
    out
}

#[test]
fn the_lists_have_the_lengths_of_the_papers() {
    // De Graaf 2005: in dimension 4 the classes 1-9, 12, 13, 14 exist over Q; de Graaf 2007: 9 nilpotent algebras in
    // dimension 5 and 24 without parameter in dimension 6 besides the families 19, 21, 22, 24.
    let count = |list, dim| classes(list, dim).len();
    assert_eq!([1, 2, 3, 4].map(|n| count(List::Solvable, n)), [1, 2, 4, 12]);
    assert_eq!([1, 2, 3, 4, 5, 6].map(|n| count(List::Nilpotent, n)), [1, 1, 2, 3, 9, 28]);
    assert_eq!(classes(List::Nilpotent, 6).iter().filter(|c| c.1 == 0).count(), 24);
}

#[test]
fn the_tables_are_lie_algebras() {
    for (dim, number, parameters) in SOLVABLE {
        assert!(jacobi_holds(&table(List::Solvable, *dim, *number, parameters)), "L{dim}_{number}");
    }
    for (dim, number, parameters) in nilpotent_entries() {
        assert!(jacobi_holds(&table(List::Nilpotent, dim, number, &parameters)), "N{dim}_{number}");
    }
}

#[test]
fn solvable_algebras_in_scrambled_bases() {
    for (dim, number, parameters) in SOLVABLE {
        let plain = table(List::Solvable, *dim, *number, parameters);
        for seed in 0..6 {
            let found = name_of(&if seed == 0 { plain.clone() } else { scrambled(&plain, seed) });
            let values: Vec<String> = found.parameters.iter().map(Rational::to_string).collect();
            assert_eq!((found.number, values), (*number, parameters.iter().map(|p| p.to_string()).collect()), "{dim}");
            assert!(found.normal);
        }
    }
}

#[test]
fn nilpotent_algebras_in_scrambled_bases() {
    for (dim, number, parameters) in nilpotent_entries() {
        let plain = table(List::Nilpotent, dim, number, &parameters);
        for seed in 0..6 {
            let found = name_of(&if seed == 0 { plain.clone() } else { scrambled(&plain, seed) });
            let values: Vec<String> = found.parameters.iter().map(Rational::to_string).collect();
            assert_eq!((found.number, values), (number, parameters.iter().map(|p| p.to_string()).collect()), "{dim}");
            assert!(found.normal);
        }
    }
}

#[test]
fn equivalent_parameters_give_equal_names() {
    // The equivalences are those stated in the two papers with each family.
    let cases: &[(List, usize, usize, &[&str], &str)] = &[
        (List::Solvable, 3, 4, &["-12"], "L3_4(-3)"),
        (List::Solvable, 3, 4, &["1/3"], "L3_4(3)"),
        (List::Solvable, 3, 3, &["8/9"], "L3_3(8/9)"),
        (List::Solvable, 4, 7, &["0", "8"], "L4_7(0, 2)"),
        (List::Solvable, 4, 7, &["-2/27", "0"], "L4_7(2, 0)"),
        (List::Solvable, 4, 7, &["8", "4"], "L4_7(1, 1)"),
        (List::Solvable, 4, 7, &["-1", "1"], "L4_7(1, 1)"),
        // 1 + 4·2 = 9 is a square: the two lines are rational.
        (List::Solvable, 4, 9, &["2"], "L4_8"),
        (List::Solvable, 4, 9, &["0"], "L4_8"),
        // 1 + 4·11 = 45 = 9·5.
        (List::Solvable, 4, 9, &["11"], "L4_9(1)"),
        (List::Solvable, 4, 14, &["-3/4"], "L4_14(-3)"),
        (List::Nilpotent, 6, 19, &["-18"], "N6_19(-2)"),
        (List::Nilpotent, 6, 21, &["4/9"], "N6_21(1)"),
        (List::Nilpotent, 6, 22, &["-1/4"], "N6_22(-1)"),
        (List::Nilpotent, 6, 24, &["20"], "N6_24(5)"),
    ];
    for (list, dim, number, parameters, expected) in cases {
        let plain = table(*list, *dim, *number, parameters);
        for seed in 0..3 {
            assert_eq!(name_of(&scrambled(&plain, seed)).to_string(), *expected, "{dim} {number} {parameters:?}");
        }
    }
}

#[test]
fn sums_of_smaller_ones_are_in_the_lists() {
    let heisenberg = table(List::Nilpotent, 3, 2, &[]);
    // Two Heisenberg algebras: the Pfaffian splits, ε = 1.
    assert_eq!(name_of(&scrambled(&heisenberg.direct_sum(&heisenberg), 1)).to_string(), "N6_22(1)");
    let affine = table(List::Solvable, 2, 2, &[]);
    assert_eq!(name_of(&scrambled(&affine.direct_sum(&affine), 2)).to_string(), "L4_8");
    let line = StructureConstants::abelian(1);
    assert_eq!(name_of(&affine.direct_sum(&line)).to_string(), "L3_3(0)");
    assert_eq!(name_of(&heisenberg.direct_sum(&line)).to_string(), "L4_5");
    for (dim, number, parameters) in nilpotent_entries().into_iter().filter(|e| e.0 == 5) {
        let sum = table(List::Nilpotent, dim, number, &parameters).direct_sum(&line);
        assert_eq!(name_of(&scrambled(&sum, 3)).to_string(), format!("N6_{number}"));
    }
}

#[test]
fn nilpotent_algebras_of_small_dimension_have_both_names() {
    let limits = Limits::none();
    for (dim, number, other) in [(3, 2, "L3_4(0)"), (4, 2, "L4_5"), (4, 3, "L4_7(0, 0)"), (2, 1, "L2_1")] {
        let plain = scrambled(&table(List::Nilpotent, dim, number, &[]), 5);
        let found = small_nilpotent(&plain, &limits).unwrap().unwrap();
        assert_eq!((found.number, found.list), (number, List::Nilpotent));
        assert_eq!(name_of(&plain).to_string(), other);
    }
}

#[test]
fn numbers_of_any_size() {
    // A basis with huge and tiny factors; the parameter is still recognised, as squares of large primes drop out.
    let mut plain = table(List::Nilpotent, 6, 22, &["-7"]);
    plain.rescale(0, &rational("1000000007/998244353"));
    plain.rescale(3, &rational("1/340282366920938463463374607431768211507"));
    plain.shear(1, 2, &rational("123456789123456789/2"));
    assert_eq!(name_of(&plain).to_string(), "N6_22(-7)");
    let mut plain = table(List::Solvable, 4, 14, &["-5"]);
    plain.rescale(3, &rational("170141183460469231731687303715884105727/3"));
    assert_eq!(name_of(&plain).to_string(), "L4_14(-5)");
}

#[test]
fn outside_the_lists_there_is_no_name() {
    let limits = Limits::none();
    // Solvable, not nilpotent, of dimension 5; and a nilpotent one of dimension 7.
    let five = table(List::Solvable, 4, 2, &[]).direct_sum(&StructureConstants::abelian(1));
    assert!(small_algebra(&five, &Subspace::zero(5), &limits).unwrap().is_none());
    let seven = StructureConstants::abelian(7);
    assert!(small_algebra(&seven, &Subspace::full(7), &limits).unwrap().is_none());
    assert!(small_nilpotent(&seven, &limits).unwrap().is_none());
    assert!(small_nilpotent(&five, &limits).unwrap().is_none());
}

#[test]
fn names_that_do_not_exist_are_refused() {
    let refuse = |list, dim, number, parameters: &[Rational]| {
        tables::constants(list, dim, number, parameters).unwrap_err().to_string()
    };
    assert_eq!(refuse(List::Solvable, 5, 1, &[]), "the list of solvable algebras has the dimensions 1 to 4");
    assert_eq!(refuse(List::Nilpotent, 7, 1, &[]), "the list of nilpotent algebras has the dimensions 1 to 6");
    assert_eq!(
        refuse(List::Solvable, 4, 10, &[]),
        "in dimension 4 the numbers are 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14"
    );
    assert_eq!(refuse(List::Solvable, 4, 6, &[Rational::ONE]), "L4_6 takes two parameters, not 1");
    assert_eq!(refuse(List::Nilpotent, 6, 19, &[Rational::ZERO]), "the parameter of N6_19 must not be zero");
}

#[test]
fn usual_names_of_the_literature() {
    // Bianchi types with Ellis–MacCallum's h = -tr²/(tr² - 4 det), Mubarakzyanov's names with the parameters of
    // Patera, Sharp, Winternitz and Zassenhaus (1976), table I; each matrix is worked out by hand.
    let cases: &[(List, usize, usize, &[&str], &str)] = &[
        (List::Solvable, 2, 2, &[], "K^2, aff(1), A2"),
        (List::Solvable, 3, 1, &[], "L^1, R^3, Bianchi I, 3A1"),
        (List::Solvable, 3, 2, &[], "L^2, Bianchi V, A3,3"),
        (List::Solvable, 3, 3, &["0"], "L^3_{0}, aff(1)+R, Bianchi III, A2+A1"),
        (List::Solvable, 3, 3, &["-1/4"], "L^3_{-1/4}, Bianchi IV, A3,2"),
        // Eigenvalues 2/3 and 1/3: ratio 1/2, D = 1/9.
        (List::Solvable, 3, 3, &["-2/9"], "L^3_{-2/9}, Bianchi VI_h, h = -9, A3,5(1/2)"),
        // Eigenvalues (1 ± √5)/2, ratio (1 - √5)/(1 + √5) = (-3 + √5)/2.
        (List::Solvable, 3, 3, &["1"], "L^3_{1}, Bianchi VI_h, h = -1/5, A3,5(-3/2+1/2*sqrt(5))"),
        // Eigenvalues (1 ± i)/2.
        (List::Solvable, 3, 3, &["-1/2"], "L^3_{-1/2}, Bianchi VII_h, h = 1, A3,7(1)"),
        (List::Solvable, 3, 3, &["-1"], "L^3_{-1}, Bianchi VII_h, h = 1/3, A3,7(1/3*sqrt(3))"),
        (List::Solvable, 3, 4, &["0"], "L^4_{0}, heis(3), Bianchi II, A3,1, L_{3,2}"),
        (List::Solvable, 3, 4, &["1"], "L^4_{1}, e(1,1), Bianchi VI_0, A3,4"),
        (List::Solvable, 3, 4, &["-1"], "L^4_{-1}, e(2), Bianchi VII_0, A3,6"),
        (List::Solvable, 4, 3, &["1/2"], "M^3_{1/2}, A4,5(1/2, 1)"),
        (List::Solvable, 4, 3, &["-4"], "M^3_{-4}, A4,5(-1/4, -1/4)"),
        (List::Solvable, 4, 3, &["1"], "M^3_{1}, A4,2(1)"),
        (List::Solvable, 4, 3, &["0"], "M^3_{0}, A3,3+A1"),
        // t³ - t² + t/3 - 1/27 = (t - 1/3)³.
        (List::Solvable, 4, 6, &["1/27", "-1/3"], "M^6_{1/27,-1/3}, A4,4"),
        (List::Solvable, 4, 6, &["0", "0"], "M^6_{0,0}, A4,3"),
        (List::Solvable, 4, 6, &["0", "-1/4"], "M^6_{0,-1/4}, A3,2+A1"),
        // (t - 1/2)² t has a zero; (t - 1)² (t + 1) = t³ - t² - t + 1.
        (List::Solvable, 4, 6, &["-1", "1"], "M^6_{-1,1}, A4,2(-1)"),
        // (t - 1)(t² + 1) = t³ - t² + t - 1.
        (List::Solvable, 4, 6, &["1", "-1"], "M^6_{1,-1}, A4,6(1, 0)"),
        // (t - 1)(t - 2)(t + 2) = t³ - t² - 4t + 4: scaled by 2, so that 1/2, 1 and -1 remain.
        (List::Solvable, 4, 6, &["-4", "4"], "M^6_{-4,4}, A4,5(-1, 1/2)"),
        (List::Solvable, 4, 7, &["0", "-1"], "M^7_{0,-1}, e(2)+R, A3,6+A1"),
        (List::Solvable, 4, 7, &["0", "0"], "M^7_{0,0}, A4,1, L_{4,3}"),
        // t³ - 2 has one real root, a cubic number.
        (List::Solvable, 4, 7, &["2", "0"], "M^7_{2,0}, A4,6"),
        // t³ - 1: the roots 1 and -1/2 ± i √3/2, scaled to imaginary part 1 and turned round.
        (List::Solvable, 4, 7, &["1", "0"], "M^7_{1,0}, A4,6(-2/3*sqrt(3), 1/3*sqrt(3))"),
        (List::Solvable, 4, 8, &[], "M^8, aff(1)+aff(1), 2A2"),
        (List::Solvable, 4, 9, &["-1/2"], "M^9_{-1/2}, aff(1,C)_R, A4,12"),
        (List::Solvable, 4, 12, &[], "M^12, A4,9(1)"),
        (List::Solvable, 4, 13, &["-1/4"], "M^13_{-1/4}, A4,7"),
        (List::Solvable, 4, 13, &["0"], "M^13_{0}, A4,9(0)"),
        (List::Solvable, 4, 13, &["-2/9"], "M^13_{-2/9}, A4,9(1/2)"),
        (List::Solvable, 4, 13, &["-1/2"], "M^13_{-1/2}, A4,11(1)"),
        (List::Solvable, 4, 14, &["1"], "M^14_{1}, A4,8"),
        (List::Solvable, 4, 14, &["-1"], "M^14_{-1}, oscillator(1), A4,10"),
        (List::Nilpotent, 5, 4, &[], "L_{5,4}, heis(5), A5,4"),
        (List::Nilpotent, 6, 22, &["-1"], "L_{6,22}(-1), heis(3,C)_R"),
        (List::Nilpotent, 6, 22, &["1"], "L_{6,22}(1), heis(3)+heis(3), 2A3,1"),
    ];
    for (list, dim, number, parameters, expected) in cases {
        let found = name_of(&scrambled(&table(*list, *dim, *number, parameters), 9));
        assert_eq!(found.usual_names.join(", "), *expected, "{found}");
    }
}

#[test]
fn reductive_algebras_have_their_matrix_names() {
    let names = |text: &str, center: usize| reductive_names(&crate::roots::parse_sum(text).unwrap(), center).join(", ");
    assert_eq!(names("su(2)", 0), "Bianchi IX, A3,9");
    assert_eq!(names("sl(2,R)", 0), "Bianchi VIII, A3,8");
    assert_eq!(names("su(2)", 1), "u(2), A3,9+A1");
    assert_eq!(names("sl(2,R)", 1), "gl(2,R), A3,8+A1, u(1,1)");
    assert_eq!(names("sl(3,R)", 1), "gl(3,R)");
    assert_eq!(names("su(2,1)", 1), "u(2,1)");
    assert_eq!(names("sl(2,C)", 2), "gl(2,C)_R");
    assert_eq!(names("sl(2,C)", 1), "");
    assert_eq!(names("su(2)+su(2)", 1), "");
}
