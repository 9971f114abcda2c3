//! From data to a theorem: oracles in the language, and the algebras that theory says they have.
//!
//! Expected dimensions, types and signatures are from the definitions of the groups (Helgason, table V; Jacobson,
//! *Exceptional Lie algebras*; Freudenthal 1964; Frobenius 1897 for determinants), series and radicals of space-time groups
//! by hand.
//!
//! Where each of the 32 acceptance cases is: 1–3, 6 `quadratic_forms`; 4, 5, 16, 20 `one_oracle_and_three_ansaetze`; 7–12
//! `motions_of_space_and_time`; 13–15, 17 `solvable_and_mixed_algebras`; 18, 19 `special_unitary_groups`; 21, 22
//! `determinants_and_cubic_norms`; 23 `exceptional_groups`, `exceptional_groups_of_complex_forms`,
//! `real_forms_of_e7_by_a_hermitian_form`, `adjoint_representations_by_their_three_form`, `e8_by_its_three_form`; 24, 25
//! `invariants_made_of_forms`; 26, 31, 32 `algebras_that_type_and_killing_form_confuse`; 27 `vacua_break_symmetries` and, every
//! row, `every_row_of_the_breaking_tables`; 28 `no_symmetry_is_said`; 29 `subalgebras_by_dimension` in `training.rs`; 30
//! `equivariance_with_trivial_solutions`. Must-fail trainings are in `training.rs`, the sweeps over noise in `sweeps.rs`, tables and
//! vector fields in `discovery_data.rs`, the ten traps in `discovery_traps.rs`.

mod common;

use common::program::fails;
use common::program::json::{last, run};
use common::tempfile;
use serde_json::{Value, json};
use symmetra::limits::Limits;

/// Runs a program whose last value is a discovery and compares keys of it, or of its identification.
#[track_caller]
fn finds(text: &str, expected: &[(&str, Value)]) -> Value {
    let found = last(text);
    assert_eq!(found["kind"], "discovery", "{text}");
    for (key, value) in expected {
        let own = found.get(key).or_else(|| found["identification"].get(key));
        assert_eq!(own, Some(value), "{text}: {key} in {found}");
    }
    found
}

/// The same, with proof.
#[track_caller]
fn proves(text: &str, expected: &[(&str, Value)]) -> Value {
    let found = finds(text, expected);
    assert_eq!(found["certified"], true, "{text}: {}", found["proof"]);
    assert_eq!(found["rational"], true, "{text}");
    found
}

const OMEGA: &str = "x1*y3 - x3*y1 + x2*y4 - x4*y2";

#[test]
fn quadratic_forms() {
    // Cases 1 to 3: three real forms of A1+A1 that the complex type cannot tell apart.
    let a1 = ("type", json!("A1+A1"));
    let found = proves(
        "oracle f(x[4]) = sum([a^2 for a in x])\ndiscover(f)",
        &[("dim", json!(6)), a1.clone(), ("killing_signature", json!([0, 6, 0])), ("real_form", json!("su(2)+su(2)"))],
    );
    assert!(found["gap"].as_f64().is_some_and(|gap| gap > 1e5), "{found}");
    assert_eq!(found["rule"], "values that are zero to rounding");
    let lorentz = "oracle f(t, x, y, z) = t^2 - x^2 - y^2 - z^2\ndiscover(f)";
    proves(
        lorentz,
        &[("dim", json!(6)), a1.clone(), ("killing_signature", json!([3, 3, 0])), ("real_form", json!("sl(2,C)_R"))],
    );
    let two = "oracle f(x[4]) = x1^2 + x2^2 - x3^2 - x4^2\ndiscover(f)";
    proves(two, &[("killing_signature", json!([4, 2, 0])), ("real_form", json!("sl(2,R)+sl(2,R)"))]);
    // Case 6: Sp(4,R) has the algebra of SO(3,2), and not that of SO(4,1).
    let signature = |p: usize, q: usize| {
        format!(
            "oracle f(x[{}]) = sum([x[k]^2 for k in 1..{p}]) - sum([x[k]^2 for k in {}..{}])\ndiscover(f)",
            p + q,
            p + 1,
            p + q
        )
    };
    let anti_de_sitter = [
        ("dim", json!(10)),
        ("type", json!("B2")),
        ("killing_signature", json!([6, 4, 0])),
        ("real_form", json!("so(3,2)")),
    ];
    proves(&signature(2, 3), &anti_de_sitter);
    let de_sitter = [("type", json!("B2")), ("killing_signature", json!([4, 6, 0])), ("real_form", json!("so(4,1)"))];
    proves(&signature(1, 4), &de_sitter);
    let omega = format!("oracle w(x[4]; y[4]) = {OMEGA}\ndiscover(w)");
    proves(&omega, &anti_de_sitter);
    proves("oracle f(x[10]) = sum([a^2 for a in x])\ndiscover(f)", &[("dim", json!(45)), ("type", json!("D5"))]);
}

#[test]
fn one_oracle_and_three_ansaetze() {
    // Cases 4, 5, 16, 20.
    let square = "oracle f(x[8]) = sum([a^2 for a in x])\n";
    proves(
        &format!("{square}discover(f)"),
        &[("dim", json!(28)), ("type", json!("D4")), ("real_form", json!("so(8)"))],
    );
    let unitary = [
        ("dim", json!(16)),
        ("levi_type", json!("A3")),
        ("center_dim", json!(1)),
        ("killing_signature", json!([0, 15, 1])),
    ];
    proves(&format!("{square}discover(f, ansatz = C)"), &unitary);
    proves(&format!("{square}discover(f, ansatz = H)"), &[("dim", json!(10)), ("real_form", json!("so(5)"))]);
    // q̄ i q for q = w + a i + b j + c k, by hand and in quaternionic coordinates, kept by quaternionic matrices with W* i W = i:
    // so*(4) = su(2)+sl(2,R).
    let skew = "oracle f(w, a, b, c, s, l, m, n) = [w^2 + a^2 - b^2 - c^2 + s^2 + l^2 - m^2 - n^2, \
                a*b - w*c + l*m - s*n, a*c + w*b + l*n + s*m]\ndiscover(f, ansatz = H)";
    proves(skew, &[("dim", json!(6)), ("killing_signature", json!([2, 4, 0])), ("real_form", json!("su(2)+sl(2,R)"))]);
    let skew = "oracle f(q[2] in H) = sum([conj(a)*i*a for a in q])\ndiscover(f)";
    proves(skew, &[("dim", json!(6)), ("killing_signature", json!([2, 4, 0])), ("real_form", json!("su(2)+sl(2,R)"))]);
    let torus = "oracle f(z[2] in C) = [abs(z1)^2, abs(z2)^2]\ndiscover(f)";
    proves(torus, &[("dim", json!(2)), ("abelian", json!(true)), ("center_dim", json!(2))]);
    let indefinite = "oracle f(z[3] in C) = abs(z1)^2 + abs(z2)^2 - abs(z3)^2\ndiscover(f)";
    proves(indefinite, &[("dim", json!(9)), ("levi_type", json!("A2")), ("killing_signature", json!([4, 4, 1]))]);
}

#[test]
fn special_unitary_groups() {
    // Cases 18, 19: the oscillator needs no complex ansatz; a determinant makes u(3) special.
    let oscillator =
        "oracle f(x[6]; y[6]) = [x1*y4 - x4*y1 + x2*y5 - x5*y2 + x3*y6 - x6*y3, sum([a^2 for a in x])]\ndiscover(f)";
    let u3 = [
        ("dim", json!(9)),
        ("levi_type", json!("A2")),
        ("center_dim", json!(1)),
        ("killing_signature", json!([0, 8, 1])),
    ];
    proves(oscillator, &u3);
    let special = "oracle f(x[3] in C; y[3] in C; z[3] in C) = [sum([abs(a)^2 for a in x]), re(x1*(y2*z3 - y3*z2) \
                   + x2*(y3*z1 - y1*z3) + x3*(y1*z2 - y2*z1))]\ndiscover(f)";
    proves(special, &[("dim", json!(8)), ("real_form", json!("su(3)")), ("killing_signature", json!([0, 8, 0]))]);
    for n in 2..=6u64 {
        let text = format!("oracle f(z[{n}] in C) = sqrt(sum([abs(w)^2 for w in z]))\ndiscover(f)");
        proves(&text, &[("dim", json!(n * n)), ("center_dim", json!(1)), ("levi_dim", json!(n * n - 1))]);
    }
}

#[test]
fn motions_of_space_and_time() {
    // Cases 7 to 12.
    let pair =
        |formula: &str, n: usize| format!("oracle f(x[{n}]; y[{n}]) = {formula}\ndiscover(f, ansatz = \"affine\")");
    let e2 = [
        ("dim", json!(3)),
        ("derived_series", json!([3, 2, 0])),
        ("lower_central_series", json!([3, 2])),
        ("killing_signature", json!([0, 1, 2])),
    ];
    proves(&pair("(x1-y1)^2 + (x2-y2)^2", 2), &e2);
    let e11 = [&e2[..3], &[("killing_signature", json!([1, 0, 2]))]].concat();
    proves(&pair("(x1-y1)^2 - (x2-y2)^2", 2), &e11);
    let poincare = [
        ("dim", json!(10)),
        ("radical_dim", json!(4)),
        ("levi_real_form", json!("sl(2,C)_R")),
        ("derived_series", json!([10])),
        ("center_dim", json!(0)),
        ("killing_signature", json!([3, 3, 4])),
    ];
    proves(&pair("(x1-y1)^2 - (x2-y2)^2 - (x3-y3)^2 - (x4-y4)^2", 4), &poincare);
    let e3 = [("dim", json!(6)), ("radical_dim", json!(3)), ("killing_signature", json!([0, 3, 3]))];
    proves(&pair("sqrt((x1-y1)^2 + (x2-y2)^2 + (x3-y3)^2)", 3), &e3);
    let similar = "let d(x, y) = sum([(x[k]-y[k])^2 for k in 1..3])\n\
                   oracle f(x[3]; y[3]; z[3]) = d(x, y) / d(x, z)\ndiscover(f, ansatz = \"affine\")";
    let sim = [
        ("dim", json!(7)),
        ("radical_dim", json!(4)),
        ("derived_series", json!([7, 6])),
        ("killing_signature", json!([1, 3, 3])),
    ];
    proves(similar, &sim);
    let galilei = "oracle f(x[4]; y[4]; z[4]) = [y1 - x1, \
                   sum([((y[k]-x[k])*(z1-x1) - (z[k]-x[k])*(y1-x1))^2 for k in 2..4])]\ndiscover(f, ansatz = \"affine\")";
    let expected = [
        ("dim", json!(10)),
        ("radical_dim", json!(7)),
        ("derived_series", json!([10, 9])),
        ("killing_signature", json!([0, 3, 7])),
        ("center_dim", json!(0)),
    ];
    proves(galilei, &expected);
}

#[test]
fn solvable_and_mixed_algebras() {
    // Case 13: every affine map of the line keeps a ratio, so there is no gap.
    let ratio = "oracle f(x; y; z) = (x-y)/(x-z)\ndiscover(f, ansatz = \"affine\")";
    let all = [
        ("dim", json!(2)),
        ("derived_series", json!([2, 1, 0])),
        ("gap", json!(null)),
        ("rule", json!("all equations are zero")),
    ];
    proves(ratio, &all);
    // Case 14.
    let heisenberg = "oracle f(x[3]; y[3]; z[3]) = [x3, x2*y3 - x3*y2, x1*(y2*z3 - y3*z2) + x2*(y3*z1 - y1*z3) \
                      + x3*(y1*z2 - y2*z1)]\ndiscover(f)";
    let expected = [
        ("dim", json!(3)),
        ("derived_series", json!([3, 1, 0])),
        ("center_dim", json!(1)),
        ("killing_signature", json!([0, 0, 3])),
    ];
    proves(heisenberg, &expected);
    // Case 15.
    let borel = "let det(a, b, c) = a[1]*(b[2]*c[3] - b[3]*c[2]) + a[2]*(b[3]*c[1] - b[1]*c[3]) + a[3]*(b[1]*c[2] - b[2]*c[1])\n\
                 let m(a, b) = a[2]*b[3] - a[3]*b[2]\n\
                 oracle f(x[3]; y[3]; z[3]; w[3]) = [x3/y3, m(x, y)/m(x, z), det(x, y, z)/det(x, y, w)]\ndiscover(f)";
    let expected = [
        ("dim", json!(6)),
        ("derived_series", json!([6, 3, 1, 0])),
        ("lower_central_series", json!([6, 3])),
        ("center_dim", json!(1)),
        ("killing_signature", json!([2, 0, 4])),
    ];
    proves(borel, &expected);
    // Case 17: sl(2,R) on the Heisenberg algebra, perfect with a centre.
    let jacobi = format!("oracle f(x[4]; y[4]) = [{OMEGA}, x3]\ndiscover(f)");
    let expected = [
        ("dim", json!(6)),
        ("radical_dim", json!(3)),
        ("derived_series", json!([6])),
        ("center_dim", json!(1)),
        ("killing_signature", json!([2, 1, 3])),
    ];
    proves(&jacobi, &expected);
}

#[test]
fn determinants_and_cubic_norms() {
    // Cases 21, 22.
    let two = [("dim", json!(16)), ("real_form", json!("sl(3,R)+sl(3,R)")), ("killing_signature", json!([10, 6, 0]))];
    proves("discover(determinant(3))", &two);
    proves("discover(pfaffian(6))", &[("dim", json!(35)), ("real_form", json!("sl(6,R)"))]);
    proves("discover(cubic_norm(R))", &[("real_form", json!("sl(3,R)"))]);
    proves("discover(cubic_norm(C))", &[("real_form", json!("sl(3,C)_R")), ("killing_signature", json!([8, 8, 0]))]);
    proves("discover(cubic_norm(H))", &[("real_form", json!("su*(6)")), ("killing_signature", json!([14, 21, 0]))]);
    proves("discover(cubic_norm(C, split = true))", &[("real_form", json!("sl(3,R)+sl(3,R)"))]);
    proves("discover(cubic_norm(H, split = true))", &[("real_form", json!("sl(6,R)"))]);
}

#[test]
fn exceptional_groups() {
    // Case 23.
    let real = |dim: usize, form: &str| [("dim", json!(dim)), ("real_form", json!(form))];
    proves("discover(octonion_form)", &real(14, "G2(-14)"));
    proves("discover(split_octonion_form)", &real(14, "G2(2)"));
    proves("discover(albert_cubic(trace_free = true))", &real(52, "F4(-52)"));
    proves("discover(albert_cubic(split = true, trace_free = true))", &real(52, "F4(4)"));
    proves("discover(albert_cubic_twisted)", &real(52, "F4(-20)"));
    proves("discover(albert_cubic)", &real(78, "E6(-26)"));
    proves("discover(albert_cubic(split = true))", &real(78, "E6(6)"));
}

#[test]
fn exceptional_groups_of_complex_forms() {
    // Case 23: the compact and the other real forms of E6 by a hermitian form, all forms of E7 on real coordinates.
    let hermitian = |twist: &str| format!("discover(albert_cubic, albert_hermitian({twist}))");
    let cases = [
        (hermitian(""), 78, "E6(-78)"),
        (hermitian("\"corner\""), 78, "E6(-14)"),
        (hermitian("\"quaternion\""), 78, "E6(2)"),
        ("discover(freudenthal_quartic)".to_string(), 133, "E7(-25)"),
        ("discover(freudenthal_quartic(split = true))".to_string(), 133, "E7(7)"),
        ("discover(cartan_quartic)".to_string(), 133, "E7(7)"),
    ];
    for (text, dim, form) in cases {
        proves(&text, &[("dim", json!(dim)), ("real_form", json!(form))]);
    }
}

#[test]
fn real_forms_of_e7_by_a_hermitian_form() {
    // Case 23: compact and quaternionic E7, on 6272 real unknowns. The proof, of eight million identities, is left out.
    for (twist, form, signature) in [("", "E7(-133)", [0, 133, 0]), ("\"quaternion\"", "E7(-5)", [64, 69, 0])] {
        let text = format!("discover(freudenthal_quartic, freudenthal_hermitian({twist}), prove = false)");
        let expected = [("dim", json!(133)), ("real_form", json!(form)), ("killing_signature", json!(signature))];
        finds(&text, &[&expected[..], &[("rational", json!(true))]].concat());
    }
}

/// The 3-form `κ([x, y], z)` of a split algebra in its Chevalley basis, divided by the common factor of its coefficients, as
/// an oracle of three vectors.
fn three_form_of_split(name: &str) -> String {
    let algebra = symmetra::lie::named::split(&name.parse().unwrap(), &Limits::none()).unwrap();
    let killing = symmetra::lie::killing_form(algebra.constants(), &Limits::none()).unwrap();
    let n = algebra.dim();
    let mut form = std::collections::BTreeMap::new();
    for (i, j, k, value) in algebra.constants().iter() {
        for l in (j + 1..n).filter(|&l| !killing[(k, l)].is_zero()) {
            *form.entry((i, j, l)).or_insert(0) += (value * &killing[(k, l)]).to_i64().unwrap();
        }
    }
    form.retain(|_, x| *x != 0);
    let common = form.values().fold(0i64, |a, b| num_integer::gcd(a, *b));
    let terms: Vec<String> = form
        .iter()
        .map(|((i, j, k), x)| {
            let (i, j, k, x) = (i + 1, j + 1, k + 1, x / common);
            format!(
                "({x})*(x{i}*(y{j}*z{k} - y{k}*z{j}) - x{j}*(y{i}*z{k} - y{k}*z{i}) + x{k}*(y{i}*z{j} - y{j}*z{i}))"
            )
        })
        .collect();
    format!("oracle f(x[{n}]; y[{n}]; z[{n}]) = sum([{}])\n", terms.join(", "))
}

#[test]
fn adjoint_representations_by_their_three_form() {
    // The maps that keep κ([x, y], z) are the derivations (their cube root of unity is 1 over R), all of them inner.
    for (name, form) in [("G2", "G2(2)"), ("F4", "F4(4)"), ("E6", "E6(6)")] {
        proves(&(three_form_of_split(name) + "discover(f)"), &[("real_form", json!(form))]);
    }
}

/// Case 23, E8(8) on 248 coordinates, 61 504 unknowns.
#[test]
fn e8_by_its_three_form() {
    let text = three_form_of_split("E8") + "discover(f, prove = false)";
    finds(&text, &[("dim", json!(248)), ("real_form", json!("E8(8)")), ("killing_signature", json!([128, 120, 0]))]);
}

#[test]
fn invariants_made_of_forms() {
    // Case 24: without the phase of the cubic norm a phase of the vector is left.
    let phase = "oracle f(z[27] in C) = [abs(evaluate(albert_cubic, z))^2, evaluate(albert_hermitian, z)]\ndiscover(f)";
    let expected = [
        ("dim", json!(79)),
        ("levi_real_form", json!("E6(-78)")),
        ("center_dim", json!(1)),
        ("killing_signature", json!([0, 78, 1])),
    ];
    proves(phase, &expected);
    // Case 25: the real part knows the complex structure.
    let real = "oracle f(z[27] in C) = re(evaluate(albert_cubic, z))\ndiscover(f, ansatz = R)";
    let expected = [("dim", json!(156)), ("real_form", json!("E6(C)_R")), ("killing_signature", json!([78, 78, 0]))];
    proves(real, &expected);
}

#[test]
fn algebras_that_type_and_killing_form_confuse() {
    // Case 26: the commutant tells a complex algebra from a sum.
    for (text, form, ideals) in
        [("identify(sl(3,C))", "sl(3,C)_R", 1), ("identify(su(2,1) + su(2,1))", "su(2,1)+su(2,1)", 2)]
    {
        let found = last(text);
        assert_eq!((&found["type"], &found["killing_signature"]), (&json!("A2+A2"), &json!([8, 8, 0])), "{text}");
        assert_eq!((&found["real_form"], found["ideals"].as_array().unwrap().len()), (&json!(form), ideals), "{text}");
    }
    // Case 31: a rotation with a boost at 45° on two null rotations. ad has the eigenvalues ±(1 ± i) there, whose squares
    // add up to zero.
    let bianchi = "identify(span([[0,0,0,1; 0,0,-1,0; 0,1,0,0; 1,0,0,0], [0,1,0,0; 1,0,0,-1; 0,0,0,0; 0,1,0,0], \
                   [0,0,1,0; 0,0,0,0; 1,0,0,-1; 0,0,1,0]]))";
    let found = last(bianchi);
    assert_eq!((&found["derived_series"], &found["killing_signature"]), (&json!([3, 2, 0]), &json!([0, 0, 3])));
    assert_eq!((&found["solvable"], &found["nilpotent"]), (&json!(true), &json!(false)));
    // Case 32: names that share type and Killing index; their dimensions and maximal compact subalgebras.
    for (pair, dim) in [(["su*(14)", "su(9,5)"], 195), (["so*(18)", "so(12,6)"], 153)] {
        let found = pair.map(|name| last(&format!("identify(real_form(\"{name}\"))")));
        for (found, name) in found.iter().zip(pair) {
            assert_eq!((&found["real_form"], &found["dim"]), (&json!(name), &json!(dim)));
        }
        assert_eq!(found[0]["killing_signature"], found[1]["killing_signature"]);
        assert_eq!(found[0]["type"], found[1]["type"]);
        assert_ne!(found[0]["ideals"][0]["real_rank"], found[1]["ideals"][0]["real_rank"]);
    }
}

#[test]
fn equivariance_with_trivial_solutions() {
    // Case 30: the inertia tensor of two points turns with them, df(x) A x = B T - T C. Rotations, the scaling, and B = C = 1.
    let inertia = "let d(a, b) = if a == b then 1 else 0\n\
                   let square(x) = sum([a^2 for a in x])\n\
                   let part(x, a, b) = square(x)*d(a, b) - x[a]*x[b]\n\
                   oracle f(x[3]; y[3]) = [[part(x, a, b) + 2*part(y, a, b) for b in 1..3] for a in 1..3]\n";
    let found =
        proves(&format!("{inertia}discover(f, ansatz = \"tensor\")"), &[("dim", json!(5)), ("trivial", json!(1))]);
    assert!(found["gap"].as_f64().is_some_and(|gap| gap > 1e4), "{found}");
    // With any matrix on the nine values: I = tr(S) - S is linear in S = Σ m x xᵀ, so every A in gl(3) moves it linearly; and
    // symmetric matrices span six of nine dimensions, so 9 · 3 matrices are trivial.
    proves(&format!("{inertia}discover(f, ansatz = \"equivariant\")"), &[("dim", json!(36)), ("trivial", json!(27))]);
}

#[test]
fn coordinates_that_are_not_rational() {
    // √2, and an irrational rotation of the coordinates: no fraction to round to, but integers in a Chevalley basis.
    let float = |text: &str, dim: usize, form: &str, center: usize| {
        let found = finds(text, &[("dim", json!(dim)), ("rational", json!(false)), ("certified", json!(false))]);
        let chevalley = &found["chevalley"];
        assert_eq!((&chevalley["levi_real_form"], &chevalley["center_dim"]), (&json!(form), &json!(center)), "{text}");
        assert!(chevalley["residual"].as_f64().is_some_and(|r| r < 1e-6), "{text}: {chevalley}");
        assert!(found["residual"].as_f64().is_some_and(|r| r < 1e-6), "{text}: {found}");
        // Of a semisimple algebra a theorem says how far off the generators may be.
        let radius = chevalley["radius"].as_f64();
        assert_eq!(radius.is_some_and(|r| r > 1e-4), center == 0, "{text}: {chevalley}");
        assert_eq!(chevalley["proved"], if center == 0 { json!([form]) } else { json!(null) });
    };
    float("oracle f(x, y, z) = x^2 + pi*y^2 - z^2\ndiscover(f)", 3, "sl(2,R)", 0);
    float("oracle f(z[3] in C) = abs(z1)^2 + pi*abs(z2)^2 + pi*pi*abs(z3)^2\ndiscover(f)", 9, "su(3)", 1);
    float("oracle f(x[4]) = [x1^2 + x2^2, pi*x3^2 - x4^2, x1*sin(1f) + x3*0]\ndiscover(f)", 1, "0", 1);
    let turned = "let c = cos(1f)\nlet s = sin(1f)\n\
                  oracle f(x[7]; y[7]; z[7]) = evaluate(octonion_form, [c*x1 + s*x5, x2, x3, x4, c*x5 - s*x1, x6, x7], \
                  [c*y1 + s*y5, y2, y3, y4, c*y5 - s*y1, y6, y7], [c*z1 + s*z5, z2, z3, z4, c*z5 - s*z1, z6, z7])\n\
                  discover(f)";
    float(turned, 14, "G2(-14)", 0);
}

/// Runs a program whose last value is a discovery over this field, with or without proof.
#[track_caller]
fn over_field(text: &str, field: &str, certified: bool, expected: &[(&str, Value)]) -> Value {
    let exact = [("field", json!(field)), ("rational", json!(field == "Q")), ("certified", json!(certified))];
    finds(text, &[&exact[..], expected].concat())
}

#[test]
fn coordinates_in_a_quadratic_field() {
    // Signs of the coefficients at the place √d > 0 name the algebra (Sylvester), whatever the other place would say.
    let real = |dim: usize, form: &str| [("dim", json!(dim)), ("real_form", json!(form))];
    let circle =
        over_field("oracle f(x[2]) = x1^2 + sqrt(2)*x2^2\ndiscover(f)", "Q(sqrt(2))", true, &[("dim", json!(1))]);
    assert!(circle["proof"].as_str().unwrap().contains("3 identities over Q(√2) have rank 3"), "{circle}");
    // W = [0, 1; -1/√2, 0] by hand.
    let generator = run("oracle f(x[2]) = x1^2 + sqrt(2)*x2^2\ndiscover(f).generators[1] == [0, 1; -1/sqrt(2), 0]");
    assert_eq!(generator[0]["value"], true);
    over_field("oracle f(x[3]) = x1^2 - sqrt(3)*x2*x3\ndiscover(f)", "Q(sqrt(3))", true, &real(3, "sl(2,R)"));
    // 2 - √5 is negative, 2 + √5 is not.
    let twisted = "oracle f(x[3]) = x1^2 + x2^2 + (2 - sqrt(5))*x3^2\ndiscover(f)";
    over_field(twisted, "Q(sqrt(5))", true, &real(3, "sl(2,R)"));
    over_field(&twisted.replace("2 - sqrt", "2 + sqrt"), "Q(sqrt(5))", true, &real(3, "su(2)"));
    let golden = "let a = (1 + sqrt(5))/2\noracle f(x[4]) = x1^2 + a*x2^2 + x3^2/a - a^2*x4^2\ndiscover(f)";
    over_field(golden, "Q(sqrt(5))", true, &real(6, "sl(2,C)_R"));
    let hermitian = "oracle f(z[3] in C) = abs(z1)^2 + sqrt(2)*abs(z2)^2 + (1 - sqrt(2))*abs(z3)^2\ndiscover(f)";
    let expected = [("dim", json!(9)), ("levi_real_form", json!("su(2,1)")), ("center_dim", json!(1))];
    over_field(hermitian, "Q(sqrt(2))", true, &expected);
    let euclid =
        "oracle f(x[3]; y[3]) = (x1-y1)^2 + sqrt(2)*(x2-y2)^2 + (x3-y3)^2/sqrt(2)\ndiscover(f, ansatz = \"affine\")";
    let expected = [
        ("dim", json!(6)),
        ("radical_dim", json!(3)),
        ("levi_real_form", json!("su(2)")),
        ("derived_series", json!([6])),
        ("killing_signature", json!([0, 3, 3])),
    ];
    over_field(euclid, "Q(sqrt(2))", true, &expected);
    // An eighth of a turn leads out of the rational coordinates, and noise of a tenth does not hide it.
    let turned = "let c = 1/sqrt(2)\nlet t(x) = [c*x[1] + c*x[5], x[2], x[3], x[4], c*x[5] - c*x[1], x[6], x[7]]\n\
                  oracle f(x[7]; y[7]; z[7]) = evaluate(octonion_form, t(x), t(y), t(z))\n";
    over_field(&format!("{turned}discover(f)"), "Q(sqrt(2))", true, &real(14, "G2(-14)"));
    over_field(&format!("{turned}discover(f, noise = 0.1)"), "Q(sqrt(2))", true, &real(14, "G2(-14)"));
    // Rational generators of an irrational oracle.
    over_field(
        "oracle f(x[3]) = sqrt(2)*(x1^2 + x2^2)/(1 + sqrt(2)) + x3\ndiscover(f)",
        "Q",
        true,
        &[("dim", json!(1))],
    );
    // ζ₈ = (1 + i)/√2 turns by an eighth.
    let eighth = "oracle f(z[2] in C) = [sum([abs(w)^2 for w in z]), re(zeta(8)*z1*conj(z2))]\ndiscover(f)";
    finds(eighth, &[("dim", json!(2)), ("certified", json!(true))]);
}

#[test]
fn exact_numbers_without_an_exact_oracle_are_a_conjecture() {
    let float = format!("oracle f(x[3]) = x1^2 + {}f*x2^2 - x3^2\ndiscover(f)", 2f64.sqrt());
    let found = over_field(&float, "Q(sqrt(2))", false, &[("real_form", json!("sl(2,R)"))]);
    assert!(found["proof"].as_str().unwrap().contains("a conjecture"), "{found}");
    assert!(found["residual"].as_f64().is_some_and(|r| r < 1e-7), "{found}");
    // No number of a quadratic field, and two fields at once.
    for text in ["x1^2 + pi*x2^2 - x3^2", "x1^2 + sqrt(2)*x2^2 - sqrt(3)*x3^2"] {
        let found =
            finds(&format!("oracle f(x[3]) = {text}\ndiscover(f)"), &[("field", json!(null)), ("dim", json!(3))]);
        assert_eq!(found["chevalley"]["levi_real_form"], "sl(2,R)", "{found}");
    }
    let circle = "oracle f(x[2]) = x1^2 + sqrt(2)*x2^2\nalgebra g = discover(f)\n";
    fails(&format!("{circle}structure_constants(g)"), "unsupported", "entries in Q(√2)");
}

/// Parts of algebras over Q(√d): subspaces that √d maps into themselves. The Killing form of the matrices that keep a form on R^3
/// is `tr(XY)` (Helgason III §8): −√2 for the generator [0, 1; −1/√2, 0] of x1, x2.
#[test]
fn structure_over_a_quadratic_field() {
    let values = |text: &str| run(text).iter().map(|v| v["value"].clone()).collect::<Vec<Value>>();
    let form = "oracle f(x[3]) = x1^2 + sqrt(2)*x2^2 - x3^2\nlet d = discover(f)\n";
    let asked = format!(
        "{form}killing_form(d) == [-sqrt(2), 0, 0; 0, 2, 0; 0, 0, 2*sqrt(2)]\n\
         [dim(d), rank(d), real_rank(d)] == [3, 1, 1]\n\
         killing(d).signature == [2, 1, 0]\ncartan_type(d) == A1\nlen(ideals(d)) == 1\n\
         [is_semisimple(d), is_solvable(d), is_perfect(d)] == [true, false, true]\n\
         matrices(d.algebra) == d.generators\nisomorphic(d, so(2,1))\nisomorphic(d, so(3))"
    );
    assert_eq!(values(&asked), [vec![json!(true); 8], vec![json!(false)]].concat());
    // Motions of a plane with an irrational form: translations, a rotation.
    let plane = "oracle f(x[2]; y[2]) = (x1-y1)^2 + sqrt(3)*(x2-y2)^2\nalgebra g = discover(f, ansatz = \"affine\")\n";
    let asked = format!(
        "{plane}[dim(radical(g)), dim(nilradical(g)), dim(derived_algebra(g)), dim(center(g))] == [3, 2, 2, 0]\n\
         [dim(h) for h in derived_series(g)] == [3, 2, 0]\nlen(matrices(nilradical(g))) == 2\n\
         is_solvable(g)"
    );
    assert_eq!(values(&asked), vec![json!(true); 4]);
    // Solvable algebras are compared by their places in lists, which are over Q.
    fails(&format!("{plane}isomorphic(g, euclid(2))"), "unsupported", "the invariants of these algebras agree");
    // so(4) of a form whose discriminant √2 · √2 is a square in the field splits there; the one with √2 does not.
    let ideals = |form: &str| values(&format!("oracle f(x[4]) = {form}\nlen(ideals(discover(f)))"));
    assert_eq!(ideals("x1^2 + x2^2 + sqrt(2)*(x3^2 + x4^2)"), [json!("2")]);
    assert_eq!(ideals("x1^2 + x2^2 + x3^2 + sqrt(2)*x4^2"), [json!("1")]);
    // The zero algebra has the trivial group of the same matrices.
    let trivial = format!("{form}group G = exp(center(d))\nrep V = vector(G)\n[dim(G), rank(V -> V)] == [0, 9]");
    assert_eq!(values(&trivial), [json!(true)]);
    for asked in ["elements(d)", "explain(d)", "centroid(d)", "structure_constants(d)", "decompose(d)"] {
        fails(&format!("{form}{asked}"), "unsupported", "entries in Q(√2)");
    }
    fails(&format!("{form}adjoint(exp(d))"), "unsupported", "tensors of vector(G)");
    fails(&format!("{form}invariants(vector(exp(d))^2)"), "unsupported", "not over Q");
    // Of floats nothing is known, not even that the adjoint representation is zero.
    fails("oracle f(x[2]) = x1^2 + pi*x2^2\nadjoint(exp(discover(f)))", "unsupported", "no exact Lie algebra");
}

/// Vector fields over Q(√d) have brackets. The quadric has sl(2,R) and no translations; the cusp 2^(1/2) x³ = y² has
/// one field of degree 2 up to multiples, (y, 3/√2 x²).
#[test]
fn vector_fields_over_a_quadratic_field() {
    let quadric = "oracle f(x, y, z) = x^2 + sqrt(2)*y^2 - z^2\ndiscover(f, ansatz = [\"polynomial\", 1])";
    let expected = [("dim", json!(3)), ("real_form", json!("sl(2,R)")), ("orbit_dim", json!(2))];
    over_field(quadric, "Q(sqrt(2))", true, &expected);
    let cusp = "oracle f(x, y) = sqrt(2)*x^3 - y^2\nlet d = discover(f, ansatz = [\"polynomial\", 2])\n";
    let found = run(&format!("{cusp}d\nd.generators[1] == [0, 0, 1, 0, 0, 0; 0, 0, 0, 3/sqrt(2), 0, 0]"));
    assert_eq!(found[0]["identification"]["abelian"], true);
    assert_eq!(found[1]["value"], true);
    fails(&format!("{cusp}exp(d)"), "argument", "no matrices");
    // Multiples by functions of x lead out of degree 2.
    let parabola = "oracle f(x, y) = y - sqrt(2)*x^2\nlet d = discover(f, ansatz = [\"polynomial\", 2])\n";
    fails(&format!("{parabola}identify(d)"), "unsupported", "not closed under brackets");
}

#[test]
fn points_are_drawn_from_boxes() {
    // log x needs positive x, and y its own range.
    let scaling = "oracle f(x, y) = log(x) + 2*log(-y)\ndiscover(f, ansatz = \"diagonal\", law = [[1, 2], [-3, -1]])";
    finds(scaling, &[("dim", json!(1))]);
    proves(
        "oracle f(x[2]; y[2]) = x1*y1 + x2*y2\ndiscover(f, law = [[0, 1], [1, 2], [-1, 0], [2, 3]])",
        &[("dim", json!(1))],
    );
    fails("oracle f(x[3]) = x1\ndiscover(f, law = [[0, 1], [1, 2]])", "shape", "3 coordinates");
    fails("oracle f(x[3]) = x1\ndiscover(f, law = [[1, 0]])", "argument", "low < high");
}

#[test]
fn noisy_gradients_give_exact_answers() {
    // The noise table: the type follows after rounding, and only then.
    let noisy = [
        ("oracle f(t, x, y, z) = t^2 - x^2 - y^2 - z^2\ndiscover(f, noise = 0.1)", 6, "sl(2,C)_R"),
        ("discover(octonion_form, noise = 0.01)", 14, "G2(-14)"),
        ("discover(octonion_form, noise = 0.1)", 14, "G2(-14)"),
        ("discover(albert_cubic(trace_free = true), noise = 0.1)", 52, "F4(-52)"),
        ("discover(albert_cubic, noise = 0.1)", 78, "E6(-26)"),
    ];
    for (text, dim, form) in noisy {
        let rule = ("rule", json!("values below the edge of the noise"));
        proves(text, &[("dim", json!(dim)), ("real_form", json!(form)), rule]);
    }
}

#[test]
fn quaternionic_coordinates() {
    // sp(p,q) of Σ ± q̄ q and so*(2n) of Σ q̄ i q, with the units j and k as good as i; the order of factors matters.
    let sp = "oracle f(q[3] in H) = conj(q1)*q1 + conj(q2)*q2 - conj(q3)*q3\ndiscover(f)";
    proves(sp, &[("dim", json!(21)), ("real_form", json!("sp(2,1)"))]);
    let so_star = "oracle f(q[3] in H) = sum([conj(a)*k*a for a in q])\ndiscover(f)";
    proves(so_star, &[("dim", json!(15)), ("real_form", json!("su(3,1)"))]);
    // |q|² has no imaginary part: three of its four values never move and count for no equation.
    let many = "oracle f(q[5] in H) = sum([conj(a)*a for a in q])\ndiscover(f)";
    proves(many, &[("dim", json!(55)), ("real_form", json!("sp(5)"))]);
    // q i q̄ turns with W on both sides: left alone by the scalars that commute with i, and by nothing else.
    let turned = "oracle f(q[1] in H) = q1*i*conj(q1)\ndiscover(f)";
    proves(turned, &[("dim", json!(0))]);
    // |(q1 q2^-1)^-1| |q1| = |q2|, in which q1 cancels: the first row of W is free, of the second one sp(1) is left.
    finds("oracle f(q[2] in H) = abs(1/(q1*q2^-1))*abs(q1)\ndiscover(f)", &[("dim", json!(11))]);
    // The coordinates may be called like the units.
    proves("oracle f(j, k in H) = abs(j)^2 + abs(k)^2\ndiscover(f)", &[("dim", json!(10))]);
}

#[test]
fn vacua_break_symmetries() {
    // Case 27, as data: the norm and what the vacuum adds.
    let broken = "oracle f(z[5] in C) = [sum([abs(w)^2 for w in z]), \
                  2*(abs(z1)^2 + abs(z2)^2 + abs(z3)^2) - 3*(abs(z4)^2 + abs(z5)^2)]\ndiscover(f)";
    let expected = [
        ("dim", json!(13)),
        ("levi_type", json!("A2+A1")),
        ("center_dim", json!(2)),
        ("killing_signature", json!([0, 11, 2])),
    ];
    proves(broken, &expected);
    let vector = "oracle f(z[3] in C) = [sum([abs(w)^2 for w in z]), z3]\ndiscover(f)";
    proves(vector, &[("dim", json!(4)), ("levi_real_form", json!("su(2)")), ("center_dim", json!(1))]);
}

#[test]
fn every_row_of_the_breaking_tables() {
    // In the adjoint representation what commutes with a diagonal vacuum is s(u(n₁) + u(n₂) + …) for eigenvalues that occur nᵢ
    // times; in the defining one su(n - 1) fixes a vector. The algebra inside su(n) is that of the hermitian form, the volume and
    // the vacuum.
    let adjoint = |d: &[i64]| {
        let n = d.len();
        let row = |j: usize| {
            (0..n).map(|k| if j == k { d[j].to_string() } else { "0".into() }).collect::<Vec<_>>().join(", ")
        };
        let rows: Vec<String> = (0..n).map(|j| format!("[{}]", row(j))).collect();
        format!("endomorphism([{}])", rows.join(", "))
    };
    let last_vector = |n: usize| {
        let entries: Vec<&str> = (1..=n).map(|k| if k == n { "1" } else { "0" }).collect();
        format!("fixed_vector([{}])", entries.join(", "))
    };
    let rows: [(usize, String, usize, &str, usize); 7] = [
        (3, last_vector(3), 3, "su(2)", 0),
        (3, adjoint(&[1, 1, -2]), 4, "su(2)", 1),
        (3, adjoint(&[1, -1, 0]), 2, "0", 2),
        (5, adjoint(&[2, 2, 2, -3, -3]), 12, "su(3)+su(2)", 1),
        (5, adjoint(&[1, 1, 1, 1, -4]), 16, "su(4)", 1),
        (5, last_vector(5), 15, "su(4)", 0),
        (5, format!("{}, {}", adjoint(&[2, 2, 2, -3, -3]), last_vector(5)), 9, "su(3)", 1),
    ];
    for (n, vacua, dim, levi, center) in rows {
        let text = format!("discover(hermitian({n}), volume({n}), {vacua})");
        let found = proves(&text, &[("dim", json!(dim)), ("center_dim", json!(center))]);
        // so(6) and su(4) are one algebra: the name that stands first wins.
        assert_eq!(found["identification"]["levi_real_form"], levi, "{text}");
    }
    // The same inside su(n) by name: diagonal matrices and vectors that are to stay.
    let named = |text: &str| {
        let found = last(&format!("identify({text})"));
        (found["dim"].clone(), found["levi_real_form"].clone(), found["center_dim"].clone())
    };
    let adjoint = "[2,0,0,0,0; 0,2,0,0,0; 0,0,2,0,0; 0,0,0,-3,0; 0,0,0,0,-3]";
    let standard = (json!(12), json!("su(3)+su(2)"), json!(1));
    assert_eq!(named(&format!("stabilizer(su(5), {adjoint})")), standard);
    let electric = (json!(9), json!("su(3)"), json!(1));
    assert_eq!(named(&format!("stabilizer(su(5), {adjoint}, [0,0,0,0,1])")), electric);
    // SU(3) with an imaginary vacuum, and the little groups of a particle with mass and of one without, in what was discovered.
    assert_eq!(named("stabilizer(su(3), [0, i, 0])"), (json!(3), json!("su(2)"), json!(0)));
    let lorentz = "oracle f(t, x, y, z) = t^2 - x^2 - y^2 - z^2\nlet d = discover(f)\n";
    let little = |v: &str| last(&format!("{lorentz}identify(stabilizer(d, {v}))"));
    assert_eq!(little("[1, 0, 0, 0]")["real_form"], "su(2)");
    assert_eq!(little("[0, 0, 0, 1]")["real_form"], "sl(2,R)");
    let massless = little("[1, 0, 0, 1]");
    assert_eq!((&massless["derived_series"], &massless["killing_signature"]), (&json!([3, 2, 0]), &json!([0, 1, 2])));
    // The same little groups where lengths are irrational, and U(2) in U(3).
    let stretched = "oracle f(x[4]) = x1^2 + sqrt(2)*x2^2 + x3^2 - x4^2\nlet d = discover(f)\n";
    let inside = |v: &str| last(&format!("{stretched}identify(stabilizer(d, {v}))"));
    assert_eq!(inside("[0, 0, 0, 1]")["real_form"], "su(2)");
    assert_eq!(inside("[1, 0, 0, 0; 0, 0, 0, 0; 0, 0, 0, 0; 0, 0, 0, 0]")["real_form"], "sl(2,R)");
    assert_eq!(inside("[1, 0, 0, 1]")["derived_series"], json!([3, 2, 0]));
    let unitary = "oracle f(z[3] in C) = abs(z1)^2 + sqrt(3)*abs(z2)^2 + abs(z3)^2\nlet d = discover(f)\n";
    let found = last(&format!("{unitary}identify(stabilizer(d, [0, i, 0]))"));
    assert_eq!((&found["levi_real_form"], &found["center_dim"]), (&json!("su(2)"), &json!(1)));
    fails("stabilizer(so(3), [1, 0])", "shape", "length 3");
    fails("stabilizer(so(3), [1, i, 0])", "argument", "are real");
    fails("stabilizer(so(3))", "arity", "what is to stay");
}

/// Rows of a table in the language: points from a fixed formula that fills a box evenly, and labels.
fn table(rows: usize, names: &[&str], label: &str) -> String {
    let rates = ["0.7", "1.3", "2.9", "3.7"];
    let lets: Vec<String> = (0..names.len()).map(|j| format!("1.5f*sin({}*k^2 + {j})", rates[j])).collect();
    let columns: Vec<String> = names.iter().map(|n| format!("\"{n}\"")).collect();
    format!(
        "let label({}) = {label}\nlet row(p) = [{}, label({})]\n\
         let t = named_columns([row([{}]) for k in 1..{rows}], [{}, \"y\"])\n",
        names.join(", "),
        (1..=names.len()).map(|j| format!("p[{j}]")).collect::<Vec<_>>().join(", "),
        (1..=names.len()).map(|j| format!("p[{j}]")).collect::<Vec<_>>().join(", "),
        lets.join(", "),
        columns.join(", "),
    )
}

#[test]
fn labels_that_are_no_polynomial() {
    // A radius in the plane: the network predicts what no polynomial of degree 4 does, and the rotation is found within its error.
    let t = table(150, &["a", "b"], "sqrt(a^2 + b^2)");
    let found = finds(
        &format!("{t}discover(t, hidden = 6)"),
        &[("dim", json!(1)), ("certified", json!(false)), ("rule", json!("values within the error of the fit"))],
    );
    let fit = &found["fit"];
    assert_eq!(fit["model"], "network");
    assert!(fit["slope_error"].as_f64().is_some_and(|e| e > 0.0 && e < 0.5), "{fit}");
    assert!(found["proof"].as_str().unwrap().contains("a network stands in"), "{found}");
    // A polynomial stays one, and is proved of itself.
    let square = table(80, &["a", "b"], "a^2 + b^2");
    let found = proves(&format!("{square}discover(t)"), &[("dim", json!(1))]);
    assert_eq!((&found["fit"]["model"], &found["fit"]["degree"]), (&json!("polynomial"), &json!(2)));
    assert!(found["proof"].as_str().unwrap().contains("of the fitted polynomial"), "{found}");
    fails(&format!("{square}discover(t, model = \"netwrok\")"), "argument", "network");
    fails(&format!("{square}discover(t, degree = 2, hidden = 3)"), "argument", "for a network");
    fails(&format!("{square}discover(t, model = \"network\", hidden = 1000)"), "argument", "parameters");
    fails("oracle f(x) = x\ndiscover(f, model = \"network\")", "argument", "for a table");
}

#[test]
fn points_that_satisfy_equations() {
    // On the light cone of 1+2 dimensions with the energy as label only the rotation is left, with the invariant x·y of two
    // light-like vectors the Lorentz group; derivatives across the cone are not known and not needed.
    let cone = "let p = [[sin(1f*k), cos(2f*k) + k/40] for k in 1..80]\n\
                let light(v) = [sqrt(v[1]^2 + v[2]^2), v[1], v[2]]\n";
    let energy = format!(
        "{cone}let rows = [[light(q)[1], q[1], q[2], light(q)[1]^2] for q in p]\n\
         discover(named_columns(rows, [\"t\", \"x\", \"y\", \"E2\"]))"
    );
    let found = finds(&energy, &[("dim", json!(1)), ("certified", json!(false))]);
    assert_eq!(found["fit"]["equations"].as_array().map(Vec::len), Some(1), "{found}");
    assert!(found["proof"].as_str().unwrap().contains("where the equations hold"), "{found}");
    let product = format!(
        "{cone}let both(a, b) = [a[1], a[2], a[3], b[1], b[2], b[3], a[1]*b[1] - a[2]*b[2] - a[3]*b[3]]\n\
         let rows = [both(light(p[k]), light(p[mod(7*k, 79) + 1])) for k in 1..79]\n\
         discover(named_columns(rows, [\"t\", \"x\", \"y\", \"u\", \"v\", \"w\", \"s\"]), vectors = 2)"
    );
    let found = finds(&product, &[("dim", json!(3)), ("real_form", json!("sl(2,R)"))]);
    assert_eq!(found["fit"]["equations"].as_array().map(Vec::len), Some(2), "{found}");
}

#[test]
fn what_is_discovered_is_a_group() {
    // The invariants of V⊗V are the multiples of the form, of SO(3,1) and of the float group of trained generators alike.
    let form = "oracle f(x[4]) = x1^2 + x2^2 + x3^2 - x4^2\n";
    let expected = json!(["1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 -1".split(' ').collect::<Vec<_>>()]);
    let exact = run(&format!("{form}group G = discover(f)\nbasis(vector(G)^2 -> scalar(G))[1]"));
    assert_eq!(exact[0]["entries"], expected);
    let trained = "group G = discover(f, method = \"projected\")\nrank(vector(G)^2 -> scalar(G))";
    assert_eq!(run(&format!("{form}{trained}"))[0]["value"], json!("1"));
    fails("oracle f(x, y) = abs(x) + abs(y)\ngroup G = discover(f)", "unsupported", "nothing was discovered");
}

#[test]
fn no_symmetry_is_said() {
    // Case 28.
    let none = [
        ("dim", json!(0)),
        ("identification", json!(null)),
        ("gap", json!(null)),
        ("rule", json!("no value is small")),
    ];
    finds("oracle f(x, y) = abs(x) + abs(y)\ndiscover(f)", &none);
    finds("oracle f(x, y) = if x >= 0 then x else -y\ndiscover(f)", &none);
    finds("oracle f(x, y) = exp(x) + y^2\ndiscover(f)", &none);
}

/// What is the larger one of two: no continuous symmetry of a square, the rotations about the axis of a cylinder with lids, and
/// those of a ball whose outside is all one.
#[test]
fn the_larger_and_the_smaller_of_numbers() {
    finds("oracle f(x, y) = max(abs(x), abs(y))\ndiscover(f)", &[("dim", json!(0))]);
    let lids = finds("oracle f(x[3]) = max(x1^2 + x2^2, x3^2)\ndiscover(f)", &[("dim", json!(1))]);
    assert_eq!(lids["certified"], json!(false));
    let ball = "oracle f(x[3]) = min([x1^2 + x2^2 + x3^2, 1, 2])\ndiscover(f, samples = 300)";
    finds(ball, &[("dim", json!(3)), ("real_form", json!("su(2)"))]);
    fails("oracle f(z[2] in C) = max(z1, z2)", "kind", "complex numbers have no order");
}

#[test]
fn too_little_data_is_no_symmetry() {
    fails("oracle f(x[4]) = sum([a^2 for a in x])\ndiscover(f, samples = 9)", "argument", "under-determined");
    // so(4) in gl(4): 16 unknowns, rank 10. Eleven samples suffice.
    proves("oracle f(x[4]) = sum([a^2 for a in x])\ndiscover(f, samples = 11)", &[("dim", json!(6))]);
    fails("oracle f(x[4]) = sum([a^2 for a in x])\ndiscover(f, samples = 10)", "argument", "under-determined");
    fails("oracle f(x) = log(x)\ndiscover(f, law = [-2, -1])", "number", "not finite");
}

#[test]
fn noise_that_covers_the_signal_is_no_symmetry() {
    fails("discover(octonion_form, noise = 2)", "argument", "the noise covers the signal");
    fails("oracle f(x, y) = exp(x) + y^2*x\ndiscover(f, noise = 2)", "argument", "the noise covers the signal");
    // The same noise with many samples: its edge is sharp, and 14 values lie below.
    let many = [("dim", json!(14)), ("real_form", json!("G2(-14)"))];
    proves("discover(octonion_form, noise = 1, samples = 60000)", &many);
}

#[test]
fn the_solver_follows_the_conditioning() {
    // Coordinates of sizes 10^-4 to 10^4: the equations are scaled, a Gram matrix is enough.
    let scaled = "oracle f(x[4]) = (10^4*x1)^2 + x2^2 - (x3/10^4)^2 - x4^2\n\
                  discover(f, law = [[-1/10^4, 1/10^4], [-1, 1], [-10^4, 10^4], [-1, 1]])";
    proves(scaled, &[("dim", json!(6)), ("real_form", json!("sl(2,R)+sl(2,R)")), ("solver", json!("Gram matrix"))]);
    // A symmetry that is broken by a part in 10^9: below the rounding of a Gram matrix, not of doubles. The gap is told, and
    // the identities say that it is none.
    let broken = "oracle f(x, y) = x^2 + y^2 + x^3*y/10^9\ndiscover(f)";
    let found =
        finds(broken, &[("dim", json!(1)), ("certified", json!(false)), ("solver", json!("orthogonal factorisation"))]);
    assert_eq!(found["rule"], "the largest gap, of at least a factor 100", "{found}");
    assert!(found["proof"].as_str().unwrap().contains("the identities have 0 solutions"), "{found}");
    // A form that knows no scale, in a box of 10^-2 to 10^2.
    let large = "discover(octonion_form, law = [[-100, 100], [-1/100, 1/100], [-1, 1], [-10, 10], [-1, 1], [-1/10, 1/10], [-1, 1]])";
    proves(large, &[("dim", json!(14)), ("real_form", json!("G2(-14)"))]);
    // By weights.
    proves("discover(albert_cubic)", &[("solver", json!("weight spaces"))]);
}

#[test]
fn difference_quotients_on_request() {
    let lorentz = "oracle f(t, x, y, z) = t^2 - x^2 - y^2 - z^2\ndiscover(f, differences = 1/10^5)";
    proves(lorentz, &[("dim", json!(6)), ("real_form", json!("sl(2,C)_R"))]);
    finds("oracle f(x, y) = exp(x) + y^2*x\ndiscover(f, differences = 1/10^5)", &[("dim", json!(0))]);
    fails("oracle f(x) = x\ndiscover(f, differences = 0)", "argument", "relative step");
}

#[test]
fn wrong_oracles_are_told() {
    fails("discover(octonion_form, fd = 1)", "arity", "…); ?discover");
    fails("evaluate(octonion_form, [1, 2])", "shape", "lists of 7 numbers");
    fails("evaluate(symplectic(2), [1, 2], [1, 2], [1, 2])", "arity", "2 arguments");
    fails("oracle f(q[2] in H) = sqrt(q1)\nf", "unsupported", "");
    fails("oracle f(x[2]) = [x1, x2]\ndiscover(f, ansatz = \"tensor\")", "shape", "square matrix");
    fails("oracle f(x[2] in Q) = x1\nf", "name", "in R, in C or in H");
    fails("oracle f(x[2]; y[3]) = x1\nf", "shape", "same dimension");
    fails("oracle f(x[2]) = x1 == x2\nf", "kind", "single points");
    fails("oracle f(z[2] in C) = if z1 < 0 then 1 else 2\nf", "kind", "no order");
    fails("oracle f(x[2]) = x1\noracle g(y[2]) = y1 + f\ng", "kind", "");
    fails("oracle f(x[2]) = x1\ndiscover(f, ansatz = \"afine\")", "argument", "affine");
    fails("oracle f(x[3]) = x1\ndiscover(f, ansatz = C)", "shape", "divisible by 2");
    fails("discover(3)", "kind", "");
    fails("discover()", "arity", "needs an oracle");
}

/// What is saved of a discovery over Q(√d) comes back as the same matrices: in JSON exactly, in NumPy files as floats.
#[test]
fn discoveries_over_a_quadratic_field_are_saved_and_read() {
    let directory = tempfile::tempdir().unwrap();
    let [json, list, algebra, npz] =
        ["d.json", "l.json", "g.json", "d.npz"].map(|name| directory.path().join(name).display().to_string());
    for (oracle, form) in [
        ("x[3]) = x1^2 + sqrt(2)*x2^2 - x3^2", "sl(2,R)"),
        ("x[3]) = x1^2 + (1 + sqrt(5))/2*x2^2 + x3^2", "su(2)"),
        ("z[2] in C) = abs(z1)^2 + sqrt(3)*abs(z2)^2", "su(2)"),
    ] {
        let text = format!(
            "oracle f({oracle}\nlet d = discover(f)\nsave(d, \"{json}\")\nsave(d.generators, \"{list}\")\n\
             save(d.algebra, \"{algebra}\")\nsave(d, \"{npz}\")\n\
             assert matrices(load(\"{json}\")) == d.generators\nassert load_matrices(\"{list}\") == d.generators\n\
             assert matrices(load(\"{algebra}\")) == d.generators\nassert matrices(span(d.generators)) == d.generators\n\
             assert identify(load(\"{json}\")).levi_real_form == \"{form}\""
        );
        run(&text);
    }
    let float = format!("load_matrices(\"{npz}\")");
    // The last one is complex, and NumPy's complex numbers are no real matrices.
    fails(&float, "shape", "");
    fails("span([0, sqrt(2); 0, 0], [0, 0; 1, 0])", "closure", "Q(√2)");
    fails("span([0, sqrt(2); 0, 0], [0, sqrt(3); 0, 0])", "unsupported", "one field Q(√d)");
}
