//! Satake and Vogan diagrams, restricted roots and maximal compact subalgebras: each table is recomputed from another
//! one by code that shares nothing with it.
//!
//! The Satake diagram gives an involution of the root system, hence the restricted roots (Helgason, ch. X §3). The Vogan
//! diagram gives an involution of the complex algebra, whose fixed points are `k` (Knapp, ch. VI §8); they are
//! identified. Dimensions come from the Killing index.

use std::collections::BTreeMap;

use symmetra::exact::Subspace;
use symmetra::lie::{StructureConstants, identify, named, parts};
use symmetra::limits::Limits;
use symmetra::num::Rational;
use symmetra::roots::{
    CartanType, Letter, MarkedDiagram, RealForm, RootSystem, SimpleType, Style, draw_marked, parse_sum, real_forms,
    recognize_cartan_matrix,
};

fn types(rank: usize) -> Vec<SimpleType> {
    let mut out = Vec::new();
    for letter in [Letter::A, Letter::B, Letter::C, Letter::D, Letter::E, Letter::F, Letter::G] {
        out.extend((1..=rank).filter_map(|r| SimpleType::new(letter, r).ok()).filter(|t| t.letter() == letter));
    }
    out
}

fn one(name: &str) -> RealForm {
    parse_sum(name).unwrap()[0]
}

fn unit(rank: usize, i: usize) -> Vec<i64> {
    (0..rank).map(|j| i64::from(i == j)).collect()
}

fn apply(images: &[Vec<i64>], v: &[i64]) -> Vec<i64> {
    (0..v.len()).map(|k| images.iter().zip(v).map(|(image, c)| c * image[k]).sum()).collect()
}

/// `w_M` for the subsystem of the black nodes, applied to a vector: the longest element, by reflecting upwards a vector
/// whose image is known to be dominant or antidominant. Built as a product of reflections that makes the black simple
/// roots negative.
fn longest_of_black(system: &RootSystem, black: &[usize]) -> Vec<Vec<i64>> {
    let rank = system.rank();
    let mut images: Vec<Vec<i64>> = (0..rank).map(|i| unit(rank, i)).collect();
    // While some black simple root has a positive image, multiply by its reflection: w ↦ w s_i.
    loop {
        let positive = black.iter().find(|&&i| images[i].iter().all(|&c| c >= 0));
        let Some(&i) = positive else { return images };
        let next: Vec<Vec<i64>> = (0..rank).map(|j| apply(&images, &system.reflect(&unit(rank, j), i))).collect();
        images = next;
    }
}

/// The restricted roots of a Satake diagram: `α + σα` with multiplicities, `σ = −θ`.
fn restricted(system: &RootSystem, satake: &MarkedDiagram) -> BTreeMap<Vec<i64>, usize> {
    let rank = system.rank();
    let longest = longest_of_black(system, &satake.filled);
    let sigma: Vec<Vec<i64>> = (0..rank)
        .map(|i| {
            if satake.is_filled(i) {
                unit(rank, i).iter().map(|c| -c).collect()
            } else {
                apply(&longest, &unit(rank, satake.partner(i)))
            }
        })
        .collect();
    let mut out = BTreeMap::new();
    for k in 0..2 * system.positive_count() {
        let root = system.root(k);
        let image = apply(&sigma, &root);
        assert!(system.number_of(&image).is_some(), "σ must permute the roots");
        assert_eq!(apply(&sigma, &image), root, "σ must be an involution");
        let sum: Vec<i64> = root.iter().zip(&image).map(|(a, b)| a + b).collect();
        *out.entry(sum).or_insert(0) += 1;
    }
    out
}

#[test]
fn satake_diagrams_give_the_restricted_roots_of_the_table() {
    for t in types(8) {
        let system = RootSystem::new(t, &Limits::none()).unwrap();
        for form in real_forms(t) {
            let satake = form.satake();
            let mut classes = restricted(&system, &satake);
            let zero = classes.remove(&vec![0; t.rank()]).unwrap_or(0);
            // The roots of m are those of the black nodes; their type is that of the black part of the diagram.
            let black: Vec<Vec<i64>> = {
                let a = t.cartan_matrix();
                satake.filled.iter().map(|&i| satake.filled.iter().map(|&j| a[i][j]).collect()).collect()
            };
            let m = CartanType::new(recognize_cartan_matrix(&black).unwrap().iter().map(|c| c.simple).collect());
            assert_eq!(zero, m.dim() - m.rank(), "{form}: the zero class is the root system of m");
            let white = t.rank() - satake.filled.len();
            assert_eq!(white - satake.arrows.len(), form.real_rank(), "{form}: real rank");
            // dim g = dim a + dim m + restricted roots; dim p = dim a + half of them.
            let [positive, negative, _] = form.killing_signature();
            let count: usize = classes.values().sum();
            assert_eq!(positive, form.real_rank() + count / 2, "{form}: dim p");
            let center_of_m = t.rank() - form.real_rank() - m.rank();
            assert_eq!(negative, m.dim() + center_of_m + count / 2, "{form}: dim k");
            let Some(table) = form.restricted_roots() else {
                assert!(classes.is_empty() && form.is_compact(), "{form}");
                continue;
            };
            assert_eq!(table.weighted_count(), count, "{form}: multiplicities");
            // Simple restricted roots and their Cartan matrix.
            let mut simple: Vec<Vec<i64>> = Vec::new();
            for i in (0..t.rank()).filter(|i| !satake.is_filled(*i) && satake.partner(*i) >= *i) {
                let image = classes
                    .keys()
                    .filter(|v| v[i] > 0)
                    .find(|v| {
                        (0..t.rank()).all(|j| satake.is_filled(j) || (v[j] != 0) == (j == i || j == satake.partner(i)))
                    })
                    .cloned()
                    .unwrap();
                simple.push(image);
            }
            // Of the multiples of one restricted root the shortest is simple.
            let simple: Vec<Vec<i64>> = simple
                .into_iter()
                .map(|v| {
                    let half: Vec<i64> = v.iter().map(|c| c / 2).collect();
                    let halves = v.iter().all(|c| c % 2 == 0) && classes.contains_key(&half);
                    if halves { half } else { v }
                })
                .collect();
            let cartan: Vec<Vec<i64>> = simple
                .iter()
                .map(|a| simple.iter().map(|b| 2 * system.scaled_product(a, b) / system.scaled_product(b, b)).collect())
                .collect();
            let component = &recognize_cartan_matrix(&cartan).unwrap()[0];
            assert_eq!(component.simple, table.reduced, "{form}");
            let found: Vec<usize> = component.nodes.iter().map(|&k| classes[&simple[k]]).collect();
            assert_eq!(found, table.multiplicities, "{form}");
            let double = |v: &Vec<i64>| classes.get(&v.iter().map(|c| 2 * c).collect::<Vec<_>>()).copied().unwrap_or(0);
            let doubled: Vec<usize> = component.nodes.iter().map(|&k| double(&simple[k])).collect();
            let expected: Vec<usize> =
                (1..=table.reduced.rank()).map(|i| if i == table.reduced.rank() { table.doubled } else { 0 }).collect();
            assert_eq!(doubled, expected, "{form}");
        }
    }
}

/// The fixed points of the involution of the split algebra that a Vogan diagram describes, as a subspace:
/// `e_i ↦ ±e_{ω(i)}`, the sign − for painted nodes.
fn fixed_points(vogan: &MarkedDiagram) -> (StructureConstants, Subspace) {
    let limits = Limits::none();
    let t = vogan.simple;
    let basis = named::ChevalleyBasis::new(t, &limits).unwrap();
    let system = basis.root_system();
    let (rank, count) = (t.rank(), system.positive_count());
    let image = |root: &[i64]| {
        let moved: Vec<i64> = (0..rank).map(|j| root[vogan.partner(j)]).collect();
        system.number_of(&moved).unwrap()
    };
    // Signs by height: [e_r, e_i] = N e_{r+i} goes to a bracket of images.
    let mut sign = vec![0i64; count];
    for k in 0..count {
        let root = system.root(k);
        if k < rank {
            sign[k] = if vogan.is_filled(k) { -1 } else { 1 };
            continue;
        }
        let (i, below) = (0..rank)
            .find_map(|i| {
                let mut below = root.clone();
                below[i] -= 1;
                system.number_of(&below).filter(|&b| b < count).map(|b| (i, b))
            })
            .unwrap();
        let (from, to) = (basis.n(below, i), basis.n(image(&system.root(below)), image(&unit(rank, i))));
        assert!(from != 0 && to.abs() == from.abs());
        sign[k] = sign[below] * sign[i] * from * to / (from * from);
    }
    let n = t.dim();
    let mut vectors = Vec::new();
    let mut add = |i: usize, j: usize, sign: i64| {
        let mut v = vec![Rational::ZERO; n];
        v[i] += &Rational::ONE;
        v[j] += &Rational::from(sign);
        vectors.push(v);
    };
    (0..rank).for_each(|i| add(i, vogan.partner(i), 1));
    for k in 0..count {
        let to = image(&system.root(k));
        add(rank + k, rank + to, sign[k]);
        add(rank + count + k, rank + count + to, sign[k]);
    }
    let algebra = named::split(&t.into(), &limits).unwrap();
    (algebra.constants().clone(), Subspace::span(n, &vectors, &limits).unwrap())
}

#[test]
fn vogan_diagrams_give_the_maximal_compact_subalgebras_of_the_table() {
    let limits = Limits::none();
    for t in types(8) {
        let identified = t.dim() <= 80;
        for form in real_forms(t) {
            let vogan = form.vogan();
            assert!(vogan.filled.len() <= 1, "{form}: at most one painted node");
            assert!(vogan.filled.iter().all(|&i| vogan.partner(i) == i), "{form}: painted nodes are imaginary");
            let k = form.maximal_compact();
            assert_eq!(k.dim(), form.killing_signature()[1], "{form}: dim k");
            let (constants, fixed) = fixed_points(&vogan);
            assert_eq!(fixed.dim(), k.dim(), "{form}: fixed points");
            // The centralizer of the fixed torus of a maximally compact Cartan subalgebra: rank k = orbits of nodes.
            assert_eq!(k.rank(), t.rank() - vogan.arrows.len(), "{form}: rank k");
            if identified {
                let g = parts::from_table(constants, "split form", &limits).unwrap();
                let part = parts::subalgebra(&g, &fixed, "fixed points", &limits).unwrap();
                let found = identify(&part, &limits).unwrap();
                assert_eq!(found.levi_type(), k.semisimple_type().to_string(), "{form}");
                assert_eq!(found.center_dim, k.center_dim, "{form}");
            }
        }
    }
}

#[test]
fn complex_algebras_are_two_copies() {
    for t in types(8) {
        let form = RealForm::complex(t);
        assert!(form.satake().doubled && form.vogan().doubled);
        let restricted = form.restricted_roots().unwrap();
        assert_eq!((restricted.reduced, restricted.doubled), (t, 0));
        assert_eq!(restricted.weighted_count(), 2 * t.root_count());
        let k = form.maximal_compact();
        assert_eq!((k.simple, k.center_dim), (vec![RealForm::compact(t)], 0));
    }
}

/// Rows of Helgason's table VI that people look up.
#[test]
fn rows_of_the_books() {
    for (name, system, multiplicities, k) in [
        ("su(5,2)", "BC2", vec![2, 6], "su(5)+su(2)+u(1)"),
        ("su(3,3)", "C3", vec![2, 2, 1], "su(3)+su(3)+u(1)"),
        ("su*(8)", "A3", vec![4, 4, 4], "sp(4)"),
        ("so(7,2)", "B2", vec![1, 5], "so(7)+u(1)"),
        ("so*(12)", "C3", vec![4, 4, 1], "su(6)+u(1)"),
        ("so*(10)", "BC2", vec![4, 4], "su(5)+u(1)"),
        ("sp(3,1)", "BC1", vec![8], "sp(3)+su(2)"),
        ("sp(2,2)", "B2", vec![3, 4], "so(5)+so(5)"),
        ("F4(-20)", "BC1", vec![8], "so(9)"),
        ("E6(2)", "F4", vec![1, 1, 2, 2], "su(6)+su(2)"),
        ("E6(-14)", "BC2", vec![6, 8], "so(10)+u(1)"),
        ("E6(-26)", "A2", vec![8, 8], "F4(-52)"),
        ("E7(-25)", "C3", vec![8, 8, 1], "E6(-78)+u(1)"),
        ("E8(-24)", "F4", vec![1, 1, 8, 8], "E7(-133)+su(2)"),
    ] {
        let form = one(name);
        let restricted = form.restricted_roots().unwrap();
        assert_eq!((restricted.to_string().as_str(), &restricted.multiplicities), (system, &multiplicities), "{name}");
        assert_eq!(form.maximal_compact().to_string(), k, "{name}");
    }
    assert_eq!(one("so*(18)").maximal_compact().usual_name, "u(9)");
}

#[test]
fn drawn_in_the_terminal() {
    let draw = |name: &str, ascii: bool, satake: bool| {
        let forms = parse_sum(name).unwrap();
        let diagrams: Vec<_> = forms.iter().map(|f| if satake { f.satake() } else { f.vogan() }).collect();
        let style = if ascii { Style::Ascii } else { Style::Unicode };
        draw_marked(&diagrams, style, true).iter().map(|l| l.trim_end().to_string()).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(draw("su(3,2)", false, true), "○─○─○─○\n1 2 3 4\n↑ ↑ ↑ ↑\n│ └─┘ │\n└─────┘");
    assert_eq!(draw("su(4,1)", true, true), "o-*-*-o\n1 2 3 4\n^     ^\n+-----+");
    assert_eq!(draw("E7(-25)", true, true), "    * 2\n    |\no-*-*-*-o-o\n1 3 4 5 6 7");
    assert_eq!(draw("so*(10)", true, true), "    o<+ 5\n    | v\n*-o-*-o\n1 2 3 4");
    assert_eq!(draw("sl(3,C)_R", true, true), "o-o\n| |\no-o\n1 2");
    assert_eq!(draw("F4(-20)", false, false), "○─○=>○─●\n1 2  3 4");
    assert_eq!(
        draw("E6(-26)+G2(2)", true, false),
        "    o 2\n    |\no-o-o-o-o   o<#*\n1 3 4 5 6   1  2\n^ ^   ^ ^\n| +---+ |\n+-------+"
    );
    assert_eq!(draw("0", true, true), "");
    // Every form of every size is drawn in few lines that are not wide.
    for name in ["su(2500,2500)", "su*(5000)", "so(3000,2001)", "so*(5000)", "so(4999,1)", "so(5000,C)_R"] {
        let text = draw(name, false, true);
        assert!(text.lines().count() <= 8 && text.lines().all(|l| l.chars().count() < 200), "{name}:\n{text}");
    }
}
