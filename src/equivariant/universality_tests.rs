//! The worked cases of the universality reference (section 4.6), whose verdicts follow from Ravanbakhsh 2020 and whose first missing
//! degrees were computed there by other programs; deeper networks against the literature named beside them.

use super::*;
use crate::lie::named::Arg;
use crate::reps::{Group, distinct_tuples, group_by_name, image_group, on_cosets};

fn limits() -> Limits {
    Limits::none()
}

fn named(name: &str, n: i64) -> Group {
    let args = if n > 0 { vec![Arg::Integer(n)] } else { Vec::new() };
    group_by_name(name, &args, &limits()).unwrap()
}

fn vector(g: &Group) -> Rep {
    Rep::vector(g.base()).unwrap()
}

fn group(n: usize, cycles: &[&str]) -> Group {
    let all = cycles.iter().map(|c| Permutation::from_cycles(n, c).unwrap()).collect();
    Group::of_permutation_group(PermutationGroup::new("G", n, all).unwrap()).unwrap()
}

fn ask(from: &Rep, hidden: &[Rep], to: &Rep) -> Universality {
    universality(from, hidden, to, &limits()).unwrap()
}

#[derive(Clone, Copy, PartialEq)]
enum To {
    One,
    Same,
}

/// Verdict and first missing degree; `None` where all polynomials are reached that are tried.
#[track_caller]
fn case(from: &Rep, hidden: &Rep, to: To, universal: bool, missing: Option<usize>) -> Universality {
    let target = if to == To::One { Rep::scalar(from.base()) } else { from.clone() };
    let found = ask(from, std::slice::from_ref(hidden), &target);
    assert_eq!(found.universal, Some(universal));
    assert_eq!(found.missing_degree, missing);
    found
}

#[test]
fn sets() {
    let limits = limits();
    let s2 = vector(&named("S", 2));
    case(&s2, &s2, To::One, true, None);
    let s3 = vector(&named("S", 3));
    case(&s3, &s3, To::One, false, Some(6));
    case(&s3, &s3, To::Same, false, Some(4));
    case(&s3, &s3.power(2).unwrap(), To::One, true, None);
    case(&s3, &s3.power(2).unwrap(), To::Same, true, None);
    let g = named("S", 4);
    let (s4, pairs) = (vector(&g), distinct_tuples(&g, 2, &limits).unwrap());
    case(&s4, &s4, To::One, false, Some(4));
    // Case 6: the obstruction is the discriminant alone, of degree 12.
    let found = case(&s4, &pairs, To::One, false, Some(12));
    assert_eq!(found.least_order.unwrap().exact(), Some(3));
    case(&s4, &distinct_tuples(&g, 3, &limits).unwrap(), To::One, true, None);
    let a4 = vector(&named("A", 4));
    case(&a4, &a4, To::One, false, Some(4));
    case(&a4, &a4.power(2).unwrap(), To::Same, true, None);
    let g = named("A", 5);
    let a5 = vector(&g);
    case(&a5, &distinct_tuples(&g, 2, &limits).unwrap(), To::One, false, Some(8));
    case(&a5, &distinct_tuples(&g, 3, &limits).unwrap(), To::One, true, None);
}

#[test]
fn cyclic_and_dihedral_groups() {
    let limits = limits();
    let z5 = vector(&named("Z", 5));
    assert!(case(&z5, &z5, To::Same, true, None).regular);
    // Z_2 × Z_3 on 2 + 3 points: abelian and faithful, not transitive.
    let split = vector(&group(5, &["(0 1)", "(2 3 4)"]));
    let found = case(&split, &split, To::One, false, Some(4));
    assert_eq!(found.least_order.unwrap().exact(), Some(2));
    case(&split, &split.power(2).unwrap(), To::One, true, None);
    let d4 = named("D", 4);
    let square = vector(&d4);
    case(&square, &square, To::One, false, Some(4));
    case(&square, &square.power(2).unwrap(), To::One, true, None);
    let trivial = PermutationGroup::new("1", 4, Vec::new()).unwrap();
    let regular = on_cosets(&d4, &trivial, &limits).unwrap();
    assert!(case(&square, &regular, To::One, true, None).regular);
    let pentagon = vector(&named("D", 5));
    case(&pentagon, &pentagon, To::One, false, Some(6));
    case(&pentagon, &pentagon.power(2).unwrap(), To::Same, true, None);
    // Z_4 through Z_2: the stabiliser is the kernel, the layer is not regular.
    let z4 = named("Z", 4);
    let two = on_cosets(&z4, group(4, &["(0 2)(1 3)"]).permutations().unwrap(), &limits).unwrap();
    let found = case(&two, &two, To::One, true, None);
    assert_eq!((found.kernel, found.regular), (BigUint::from(2u32), false));
    let found = case(&vector(&z4), &two, To::One, false, Some(2));
    // Such units see x_0 + x_2 and x_1 + x_3.
    let twins = found.twins.unwrap();
    let sums = |x: &[i64]| {
        let mut pair = [x[0] + x[2], x[1] + x[3]];
        pair.sort_unstable();
        pair
    };
    assert_eq!(sums(&twins.first), sums(&twins.second));
}

#[test]
fn matrices_graphs_and_grids() {
    let limits = limits();
    let s3 = vector(&named("S", 3));
    case(&s3.power(2).unwrap(), &s3.power(2).unwrap(), To::One, true, None);
    let g = named("S", 4);
    let (nodes, edges) = (vector(&g), Rep::subsets(&g, 2, &limits).unwrap());
    case(&edges, &nodes, To::One, false, Some(2));
    // Triangles against stars.
    let found = case(&edges, &edges, To::One, false, Some(3));
    assert_eq!(found.hidden_order.unwrap().exact(), Some(2));
    case(&edges, &distinct_tuples(&g, 2, &limits).unwrap(), To::One, false, Some(6));
    case(&edges, &edges.tensor(&edges).unwrap(), To::One, true, None);
    let (rows, columns) = Rep::matched(&vector(&named("S", 2)), &s3, &limits).unwrap();
    let grid = rows.tensor(&columns).unwrap();
    case(&grid, &grid, To::One, false, Some(4));
    case(&grid, &grid.power(2).unwrap(), To::One, true, None);
    for (n, universal) in [(3, true), (4, false), (5, false)] {
        let v2 = vector(&named("S", n)).power(2).unwrap();
        let found = ask(&v2, std::slice::from_ref(&v2), &v2);
        assert_eq!(found.universal, Some(universal), "{n}");
    }
}

#[test]
fn multiply_transitive_groups() {
    let limits = limits();
    for n in [5, 6] {
        let g = named("S", n);
        for (k, universal) in [(n as usize - 2, false), (n as usize - 1, true)] {
            let hidden = distinct_tuples(&g, k, &limits).unwrap();
            assert_eq!(ask(&vector(&g), &[hidden], &Rep::scalar(g.base())).universal, Some(universal), "{n} {k}");
        }
    }
    // AGL(1,7) has base size 2.
    let affine = group(7, &["(0 1 2 3 4 5 6)", "(1 3 2 6 4 5)"]);
    let v = vector(&affine);
    assert_eq!(ask(&v, std::slice::from_ref(&v), &Rep::scalar(v.base())).universal, Some(false));
    case(&v, &v.power(2).unwrap(), To::One, true, None);
}

/// Maron, Fetaya, Segol, Lipman, "On the universality of invariant networks" (2019): order 1 suffices for sets once there are two
/// hidden layers, for invariant maps; and for equivariant ones by the same argument. Segol and Lipman, "On universal
/// equivariant set networks" (2020): without a layer that mixes points it is not so, but here layers mix.
#[test]
fn deeper_networks() {
    let limits = limits();
    for n in [3, 4, 6] {
        let v = vector(&named("S", n));
        for to in [Rep::scalar(v.base()), v.clone()] {
            assert_eq!(ask(&v, &[v.clone(), v.clone()], &to).universal, Some(true), "S({n})");
        }
    }
    // Nodes alone, however deep, know no more of a graph than the degrees of its nodes: a triangle beside an edge, and a path of
    // four edges.
    let g = named("S", 6);
    let (nodes, edges) = (vector(&g), Rep::subsets(&g, 2, &limits).unwrap());
    let found = ask(&edges, &[nodes.clone(), nodes.clone()], &Rep::scalar(g.base()));
    assert_eq!(found.universal, Some(false));
    let twins = found.twins.unwrap();
    let degrees = |x: &[i64]| {
        let mut sums = vec![0; 6];
        let pairs = (0..6).flat_map(|i| (i + 1..6).map(move |j| (i, j)));
        for ((i, j), value) in pairs.zip(x) {
            sums[i] += value;
            sums[j] += value;
        }
        sums.sort_unstable();
        sums
    };
    assert_eq!(degrees(&twins.first), degrees(&twins.second));
    // A regular layer anywhere, the inputs carried to it.
    let d4 = named("D", 4);
    let trivial = PermutationGroup::new("1", 4, Vec::new()).unwrap();
    let regular = on_cosets(&d4, &trivial, &limits).unwrap();
    let v = vector(&d4);
    assert_eq!(ask(&v, &[v.clone(), regular.clone()], &v).universal, Some(true));
    assert_eq!(ask(&v, &[regular, v.clone()], &v).universal, Some(true));
    // A bottleneck of one point loses everything but the sum.
    let one = Rep::scalar(d4.base());
    let found = ask(&v, &[one.clone(), v.clone()], &one);
    assert_eq!(found.universal, Some(false));
    assert!(found.twins.is_some());
}

/// Inputs with signs: inversion of grey levels, with regular and with trivial hidden layers; hidden layers with signs are refused.
#[test]
fn signs_of_inputs() {
    let limits = limits();
    let g = image_group(1, 2, &["inversion"], &limits).unwrap();
    let v = vector(&g);
    let one = Rep::scalar(g.base());
    let found = ask(&v, std::slice::from_ref(&one), &one);
    assert_eq!((found.universal, found.missing_degree), (Some(false), Some(2)));
    assert!(universality(&v, std::slice::from_ref(&v), &one, &limits).is_err());
    assert!(universality(&v, &[], &one, &limits).is_err());
    // The trivial group: everything is universal.
    let trivial = group(3, &[]);
    let v = vector(&trivial);
    assert_eq!(ask(&v, std::slice::from_ref(&v), &v).universal, Some(true));
}
