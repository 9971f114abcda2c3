//! Discovery from data as users have them: tables that are short, repeat themselves, have constant labels, very different
//! units or noise; points that tell less than the oracle knows; training on too few samples.
//!
//! Expected algebras are from the definitions: forms of signature (p, q) have so(p, q), a quadratic form and its multiples in
//! other units the same one up to conjugation.

mod common;

use common::program::fails;
use common::program::json::{last, run};
use serde_json::json;

/// Rows `a, b, c, label` in the language; coordinates fill a cube evenly and stand in these units.
fn table(rows: usize, units: [&str; 3], label: &str) -> String {
    format!(
        "let f(a, b, c) = {label}\n\
         let p(k) = [1.5f*sin(0.7*k^2), 1.5f*sin(1.3*k^2 + 1), 1.5f*sin(2.9*k^2 + 2)]\n\
         let row(v) = [v[1]*{}, v[2]*{}, v[3]*{}, f(v[1], v[2], v[3])]\n\
         let rows = [row(p(k)) for k in 1..{rows}]\n\
         let names = [\"a\", \"b\", \"c\", \"y\"]\n\
         let t = named_columns(rows, names)\n",
        units[0], units[1], units[2]
    )
}

const ONE: [&str; 3] = ["1", "1", "1"];

#[test]
fn tables_that_say_nothing() {
    for rows in [1, 2, 5, 9] {
        let s = if rows == 1 { "" } else { "s" };
        fails(&format!("{}discover(t)", table(rows, ONE, "a^2")), "argument", &format!("{rows} different row{s}"));
    }
    // Forty times the same two rows are two rows.
    let twice = format!("{}discover(named_columns([rows[mod(k, 2) + 1] for k in 1..80], names))", table(2, ONE, "a"));
    fails(&twice, "argument", "2 different rows (78 more repeat them)");
    for label in ["3", "0", "1/3 + 0*a"] {
        fails(&format!("{}discover(t)", table(80, ONE, label)), "argument", "do not vary");
    }
    // Labels that have nothing to do with the points.
    let unrelated = table(80, ONE, "sin(10^5*a + 10^6*b)");
    fails(&format!("{unrelated}discover(t, degree = 2)"), "argument", "do not predict the labels");
    fails(&format!("{}discover(t)", table(80, ["10^200", "1", "1"], "a")), "number", "column `a`");
    fails(&format!("{}discover(t)", table(80, ["1", "1", "1/10^200"], "a")), "number", "column `c`");
    for (argument, value) in [("law", "\"sphere\""), ("samples", "10"), ("points", "points(9, 3)")] {
        fails(&format!("{}discover(t, {argument} = {value})", table(80, ONE, "a")), "argument", "is for an oracle");
    }
    fails(&format!("{}discover(t, t)", table(20, ONE, "a")), "argument", "one table");
}

#[test]
fn repeated_rows_count_once() {
    let text = format!(
        "{}discover(named_columns([rows[mod(k, 40) + 1] for k in 1..120], names))",
        table(40, ONE, "a^2 + b^2 - c^2")
    );
    let found = last(&text);
    assert_eq!((&found["dim"], &found["samples"]), (&json!(3), &json!(40)), "{found}");
    assert_eq!(found["fit"]["repeated_rows"], 80);
}

/// Coordinates in units from 10⁻³¹ (kilograms of an electron) to 10³⁰ (of the sun): the same algebra as in units of their size.
#[test]
fn columns_of_very_different_sizes() {
    for units in [["1/10^6", "1", "10^6"], ["10^30", "1", "1/10^31"], ["1000", "1", "1"], ["1/10^5", "1/10^5", "10^5"]]
    {
        for (label, form) in [("a^2 + b^2 - c^2", "sl(2,R)"), ("7 - a^2 - b^2 - c^2", "su(2)")] {
            let found = last(&format!("{}discover(t)", table(80, units, label)));
            assert_eq!(found["dim"], 3, "{units:?} {label}: {found}");
            assert_eq!(found["identification"]["real_form"], form, "{units:?}: {found}");
            assert_eq!(found["certified"], true, "{units:?}: {found}");
        }
        // A scaling law, as dimensional analysis asks for it.
        let found = last(&format!("{}discover(t, ansatz = \"diagonal\")", table(80, units, "a*b^2")));
        assert_eq!((&found["dim"], &found["certified"]), (&json!(2), &json!(true)), "{units:?}: {found}");
    }
    // Units that no power of ten helps: the polynomial keeps floats, small entries are not rounded to 0, and nothing is proved.
    let found = last(&format!("{}discover(t)", table(80, ["1/10^6", "sqrt(2f)", "31415927.3f"], "a^2 + b^2 - c^2")));
    assert_eq!((&found["dim"], &found["certified"], &found["rational"]), (&json!(3), &json!(false), &json!(false)));
    assert!(found["residual"].as_f64().unwrap() < 1e-6, "{found}");
    // The same of an oracle at points from such a box.
    let boxes = "oracle f(x[3]) = x1^2 + x2^2/10^20 - 10^20*x3^2\n\
                 discover(f, law = [[-1, 1], [-10^10, 10^10], [-1/10^10, 1/10^10]])";
    let found = last(boxes);
    assert_eq!((&found["dim"], &found["certified"]), (&json!(3), &json!(true)), "{found}");
}

#[test]
fn what_doubles_cannot_square_is_no_symmetry() {
    let form = "oracle f(x[2]) = x1^2 + x2^2\n";
    fails(&format!("{form}discover(f, law = [0, 1/10^200])"), "number", "too large or small");
    fails(&format!("{form}discover(f, law = [10^200, 10^201])"), "number", "too large or small");
    fails("oracle f(x[2]) = (x1^2 + x2^2)/10^200\ndiscover(f)", "number", "too large or small");
    fails("oracle f(x[2]) = 10^300*(x1^2 + x2^2)\ndiscover(f)", "number", "too large or small");
    // An oracle that is the same everywhere does have every symmetry.
    assert_eq!(last("oracle f(x[2]) = 3\ndiscover(f)")["dim"], 4);
    assert_eq!(last("oracle f(x[2]) = [x1^2 + x2^2, 3, 0*x1]\ndiscover(f)")["dim"], 1);
    // Derivatives that are zero in doubles and nowhere else: of powers, of a bell, of a sum with a large number.
    for (oracle, rest) in [
        ("(x1^2 + x2^2)^2", "law = [-1/10^110, 1/10^110]"),
        ("[x1^2 + x2^2, x1^6]", "law = [-1/10^70, 1/10^70]"),
        ("exp(-(x1^2 + x2^2))", "law = [30, 40]"),
        ("exp(-abs(x1) - abs(x2))", "law = [1000, 2000]"),
        ("10^20 + x1^2 + x2^2", "differences = 1/10^5"),
    ] {
        fails(&format!("oracle f(x[2]) = {oracle}\ndiscover(f, {rest})"), "number", "too large or small");
    }
    let small = "law = [-1/10^100, 1/10^100]";
    for rest in ["ansatz = \"affine\"", "ansatz = [\"polynomial\", 1]", "differences = 1/10^5", "noise = 0.1"] {
        fails(&format!("{form}discover(f, {small}, {rest})"), "number", "too large or small");
    }
    for method in ["\"joint\", generators = 1", "\"projected\"", "\"sequential\"", "\"parallel\""] {
        fails(&format!("{form}discover(f, {small}, method = {method})"), "number", "too large or small");
    }
    // The span of points does not depend on their unit either.
    let span = "oracle f(x[3]) = x1^2 + x2^2 + x3^2\ndiscover(f, points = [[u*k, u*k^2, 0] for k in 1..40])";
    for unit in ["1f", "1f/10^60", "10^50"] {
        let found = last(&format!("let u = {unit}\n{span}"));
        assert_eq!((&found["dim"], &found["coordinates"]), (&json!(1), &json!(["1", "2"])), "{unit}: {found}");
    }
    fails(&format!("let u = 1f/10^200\n{span}"), "number", "too large or small");
}

/// For `B f` the values themselves count: a constant in one label, or a factor, changes B.
#[test]
fn values_count_where_they_are_moved() {
    let squares = |u: &str| {
        format!(
            "let p(k) = [1.5f*sin(0.7*k^2), 1.5f*sin(1.3*k^2 + 1)]\nlet row(v) = [v[1], v[2], {u}, 2*v[1]*v[2]]\n\
             let t = named_columns([row(p(k)) for k in 1..60], [\"x\", \"y\", \"u\", \"v\"])\n\
             let d = discover(t, label = [\"u\", \"v\"], ansatz = \"equivariant\")\n"
        )
    };
    assert_eq!(last(&format!("{}d", squares("v[1]^2 - v[2]^2")))["dim"], 2);
    assert_eq!(last(&format!("{}d", squares("v[1]^2 - v[2]^2 + 5")))["dim"], 0);
    // z → z² with its real part doubled: the rotation turns (2 Re, Im) with entries 4 and -1.
    let text = format!("{}d.generators", squares("2*(v[1]^2 - v[2]^2)"));
    let all = run(&text);
    let text = all.iter().map(ToString::to_string).collect::<String>();
    assert!(text.contains("\"4\"") && text.contains("\"-1\""), "{text}");
}

/// Noise of a table is noise of its labels: the fit estimates its error, and no symmetry is lost or made up.
#[test]
fn noise_of_a_table_is_in_its_labels() {
    let found = last(&format!("{}discover(t, noise = 0.05, degree = 2)", table(300, ONE, "a^2 + b^2 - c^2")));
    assert_eq!((&found["dim"], &found["fit"]["label_noise"]), (&json!(3), &json!(0.05)), "{found}");
    let error = found["fit"]["error"].as_f64().unwrap();
    assert!((0.03..0.08).contains(&error), "{found}");
    assert_eq!(found["rule"], "values within the error of the fit");
    let trained = last(&format!(
        "{}discover(t, noise = 0.05, degree = 2, method = \"projected\")",
        table(300, ONE, "a^2 + b^2 - c^2")
    ));
    assert_eq!((&trained["dim"], &trained["fit"]["label_noise"]), (&json!(3), &json!(0.05)), "{trained}");
    let none = last(&format!("{}discover(t, noise = 0.02, degree = 3)", table(300, ONE, "a^2 + b + c^3")));
    assert_eq!(none["dim"], 0, "{none}");
}

/// Difference quotients of a cubic are exact up to the square of the step, in any unit.
#[test]
fn difference_quotients_in_small_units() {
    let cubic = "oracle f(x[3]) = x1^3 + x2^3 + x3^3 - 3*x1*x2*x3\n";
    for law in ["\"normal\"", "[-1/10^8, 1/10^8]", "[-10^6, 10^6]", "[[-1, 1], [-1/10^3, 1/10^3], [-10, 10]]"] {
        let found = last(&format!("{cubic}discover(f, differences = 1/10^5, law = {law})"));
        assert_eq!((&found["dim"], &found["certified"]), (&json!(2), &json!(true)), "{law}: {found}");
    }
}

#[test]
fn points_that_tell_too_little() {
    // On a parabola the cone keeps one matrix more than elsewhere.
    let parabola = "oracle f(x[3]) = x1^2 + x2^2 - x3^2\ndiscover(f, points = [[1f*k^2, 1f*k, 1f] for k in 1..40])";
    let found = last(parabola);
    assert_eq!(found["certified"], false, "{found}");
    assert!(found["proof"].as_str().unwrap().contains("the identities have 3 solutions"), "{found}");
    let form = "oracle f(x[3]) = x1^2 + x2^2 + x3^2\n";
    for method in ["\"joint\", generators = 3", "\"projected\"", "\"sequential\"", "\"parallel\""] {
        fails(&format!("{form}discover(f, method = {method}, samples = 3)"), "argument", "under-determined");
    }
    // Six equations for nine unknowns and three symmetries: each still cuts; seven are enough.
    fails(&format!("{form}discover(f, method = \"projected\", samples = 6)"), "argument", "under-determined");
    assert_eq!(last(&format!("{form}discover(f, method = \"projected\", samples = 7)"))["dim"], 3);
    let limit = last(&format!("{form}discover(f, method = \"projected\", epsilon = 0)"));
    assert_eq!(limit["dim"], 3, "{limit}");
}

/// Fields that keep a function whose derivatives have no common factor are the multiples of its Hamiltonian field: in the
/// plane `g (f_y ∂x − f_x ∂y)`, as many as polynomials g fit into the degree.
#[test]
fn polynomial_vector_fields() {
    let cusp = "oracle f(x, y) = x^3 - y^2\n";
    let found = last(&format!("{cusp}discover(f, ansatz = [\"polynomial\", 2])"));
    assert_eq!(
        (&found["dim"], &found["certified"], &found["orbit_dim"]),
        (&json!(1), &json!(true), &json!(1)),
        "{found}"
    );
    // Coordinates are no names outside of the oracle.
    fails(
        &format!("{cusp}discover(f, ansatz = \"polynomial\").generators == [[y, 3/2*x^2]]"),
        "name",
        "`y` is not known",
    );
    for (degree, dim) in [(0, 0), (1, 0), (2, 1), (3, 3), (4, 6)] {
        let found = last(&format!("{cusp}discover(f, ansatz = [\"polynomial\", {degree}])"));
        assert_eq!((&found["dim"], &found["certified"]), (&json!(dim), &json!(true)), "{degree}: {found}");
    }
    // Multiples of the rotation by 1, x, y: [x R, y R] is of degree 3, so they are no algebra.
    let circle = "oracle f(x, y) = x^2 + y^2\n";
    let found = last(&format!("{circle}discover(f, ansatz = [\"polynomial\", 2])"));
    assert_eq!((&found["dim"], &found["identification"]), (&json!(3), &json!(null)), "{found}");
    // In degree 1 they are the affine maps.
    let found = last("oracle f(x[2]; y[2]) = (x1-y1)^2 + (x2-y2)^2\ndiscover(f, ansatz = [\"polynomial\", 1])");
    assert_eq!((&found["dim"], &found["identification"]["derived_series"]), (&json!(3), &json!([3, 2, 0])), "{found}");
    // y eˣ is kept by v (∂x − y ∂y); nothing rational proves it.
    let found = last("oracle f(x, y) = y*exp(x)\ndiscover(f, ansatz = [\"polynomial\", 2])");
    assert_eq!((&found["dim"], &found["certified"]), (&json!(3), &json!(false)), "{found}");
    let found = last("oracle f(x, y) = abs(x) + abs(y)\ndiscover(f, ansatz = [\"polynomial\", 2])");
    assert_eq!(found["dim"], 0, "{found}");
    // Of labels, with the names of their columns.
    let text = format!("{}discover(t, ansatz = [\"polynomial\", 2])", table(80, ONE, "a^3 - b^2 + 0*c"));
    let found = last(&text);
    assert_eq!((&found["dim"], &found["certified"]), (&json!(11), &json!(true)), "{found}");
}

/// Cross ratios are kept by the Möbius maps, whose fields are of degree 2 (Liouville): sl(2,R) on the line, sl(2,C) on the
/// plane, and no more in any higher degree.
#[test]
fn conformal_fields_are_found() {
    let line = "oracle c(x; y; z; w) = (x-y)*(z-w)/((x-z)*(y-w))\n";
    for degree in [2, 3] {
        let found = last(&format!("{line}discover(c, ansatz = [\"polynomial\", {degree}])"));
        assert_eq!((&found["dim"], &found["certified"]), (&json!(3), &json!(true)), "{degree}: {found}");
        assert_eq!(found["identification"]["real_form"], "sl(2,R)", "{found}");
    }
    let plane = "let d(a, b) = (a[1]-b[1])^2 + (a[2]-b[2])^2\n\
                 oracle c(x[2]; y[2]; z[2]; w[2]) = d(x,y)*d(z,w)/(d(x,z)*d(y,w))\n\
                 discover(c, ansatz = [\"polynomial\", 2])";
    let found = last(plane);
    assert_eq!(
        (&found["dim"], &found["orbit_dim"], &found["certified"]),
        (&json!(6), &json!(2), &json!(true)),
        "{found}"
    );
    assert_eq!(found["identification"]["real_form"], "sl(2,C)_R", "{found}");
}

#[test]
fn wrong_uses_of_vector_fields() {
    let form = "oracle f(x[3]) = x1^2 + x2^2 + x3^2\n";
    let call = |rest: &str| format!("{form}discover(f, {rest})");
    fails(&call("ansatz = [\"polynomial\", 99]"), "argument", "degree of vector fields");
    fails(&call("ansatz = [\"polynomail\", 2]"), "argument", "polynomial");
    fails(&call("ansatz = \"polynomial\", degree = 3"), "argument", "is for a table");
    fails(&call("ansatz = \"polinomial\""), "argument", "polynomial");
    fails(&call("ansatz = \"polynomial\", law = \"sphere\""), "argument", "on a sphere");
    fails(&call("ansatz = \"polynomial\", points = points(60, 3, \"sphere\")"), "unsupported", "the points satisfy");
    fails(&call("ansatz = \"polynomial\", method = \"projected\""), "unsupported", "closed form");
    fails(&call("ansatz = \"polynomial\", samples = 10"), "argument", "under-determined");
    fails(&format!("{form}group G = discover(f, ansatz = \"polynomial\")"), "unsupported", "");
}

#[test]
fn words_for_the_ansatz() {
    let form = "oracle f(x[4]) = sum([a^2 for a in x])\n";
    for (word, dim) in [("\"real\"", 6), ("\"complex\"", 4), ("\"quaternionic\"", 3)] {
        assert_eq!(last(&format!("{form}discover(f, ansatz = {word})"))["dim"], dim, "{word}");
    }
    fails(&format!("{form}discover(f, ansatz = \"compelx\")"), "argument", "complex");
}

/// One matrix of any linear shape on several blocks: what `x1*x3 + x2*x4` keeps on two blocks is so(2), what the product of all
/// coordinates keeps diagonally on two blocks is sl(n), what two Hermitian products keep is u(n).
#[test]
fn copies_of_every_linear_shape() {
    let pairing = "oracle f(x[4]) = x1*x3 + x2*x4\n";
    assert_eq!(last(&format!("{pairing}discover(f, copies = 2)"))["dim"], 1);
    assert_eq!(last(&format!("{pairing}discover(f, copies = 2, ansatz = \"diagonal\")"))["dim"], 0);
    let found = last(&format!("{pairing}discover(f, copies = 2, ansatz = [0, 1; 1, 0])"));
    assert_eq!((&found["dim"], &found["unknowns"], &found["certified"]), (&json!(1), &json!(2), &json!(true)));
    assert_eq!(found["ansatz"], "2×2 matrices with 2 free entries on 2 copies");
    let product = "oracle f(x[6]) = x1*x2*x3*x4*x5*x6\ndiscover(f, copies = 2, ansatz = \"diagonal\")";
    assert_eq!((&last(product)["dim"], &last(product)["unknowns"]), (&json!(2), &json!(3)));
    // z1 conj(z3) + z2 conj(z4): u(2) of one complex matrix on both; of real ones so(2).
    let hermitian = "oracle h(z[4] in C) = z1*conj(z3) + z2*conj(z4)\n";
    for (rest, dim) in [("copies = 2", 4), ("copies = 2, ansatz = C", 4), ("copies = 4", 1)] {
        let found = last(&format!("{hermitian}discover(h, {rest})"));
        assert_eq!((&found["dim"], &found["certified"]), (&json!(dim), &json!(true)), "{rest}: {found}");
    }
    let found = last(&format!("{hermitian}discover(h, copies = 2)"));
    assert_eq!(found["identification"]["levi_real_form"], "su(2)", "{found}");
    // A number on four complex coordinates: of the phases only.
    let phases = "oracle h(z[4] in C) = abs(z1)^2 + abs(z2)^2 + abs(z3)^2 + abs(z4)^2\ndiscover(h, copies = 4)";
    assert_eq!(last(phases)["dim"], 1);
    let quaternions = "oracle h(q[4] in H) = conj(q1)*q3 + conj(q2)*q4\ndiscover(h, copies = 2)";
    assert_eq!(last(quaternions)["identification"]["real_form"], "so(5)");
    // Quaternions in fours are no real parts followed by imaginary ones.
    let pair = "oracle h(q[2] in H; p[2] in H) = conj(q1)*p1 + conj(q2)*p2\ndiscover(h, ansatz = C)";
    fails(pair, "unsupported", "not quaternions");
    for ansatz in ["\"affine\"", "\"equivariant\"", "[\"polynomial\", 1]"] {
        fails(&format!("{pairing}discover(f, copies = 2, ansatz = {ansatz})"), "argument", "`copies` are of");
    }
    fails(&format!("{pairing}discover(f, copies = 3)"), "shape", "divisible by 3");
    fails(&format!("{pairing}discover(f, copies = 2, ansatz = [1, 0, 0; 0, 1, 0; 0, 0, 1])"), "shape", "dimension 2");
}

/// The parts of a complex number, of a quaternion, of copies share the unit of their unknowns.
#[test]
fn units_of_coordinates_that_belong_together() {
    // z1³ z2 with Re z1 of size 10⁻⁶ beside Im z1 of size 1, and z2 the other way round: 3 a + b = 0.
    let mixed = "law = [[-1/10^6, 1/10^6], [-10^6, 10^6], [-1, 1], [-1, 1]]";
    let found = last(&format!("oracle h(z[2] in C) = z1^3*z2\ndiscover(h, {mixed})"));
    assert_eq!((&found["dim"], &found["certified"]), (&json!(2), &json!(true)), "{found}");
    let found = last(&format!("oracle h(z[2] in C) = abs(z1)^2 + abs(z2)^2\ndiscover(h, {mixed})"));
    assert_eq!(found["dim"], 4, "{found}");
    let blocks = "law = [[-1/10^9, 1/10^9], [-10^9, 10^9], [-1, 1], [-10^18, 10^18]]";
    let found = last(&format!("oracle f(x[4]) = x1*x4 - x2*x3\ndiscover(f, copies = 2, {blocks})"));
    assert_eq!((&found["dim"], &found["certified"]), (&json!(3), &json!(true)), "{found}");
    let parts = "law = [[-1, 1], [-1/10^6, 1/10^6], [-1, 1], [-1, 1], [-10^6, 10^6], [-1, 1], [-1, 1], [-1, 1]]";
    let found = last(&format!("oracle h(q[2] in H) = abs(q1)^2 + abs(q2)^2\ndiscover(h, {parts})"));
    assert_eq!((&found["dim"], &found["certified"]), (&json!(10), &json!(true)), "{found}");
    // Beside a translation by 1 a small box is a very different unit.
    for size in ["10^8", "10^30", "10^60"] {
        let form = "oracle f(x[3]) = x1^2 + x2^2 - x3^2\n";
        for ansatz in ["\"affine\"", "[\"polynomial\", 1]"] {
            let found = last(&format!("{form}discover(f, ansatz = {ansatz}, law = [-1/{size}, 1/{size}])"));
            assert_eq!((&found["dim"], &found["certified"]), (&json!(3), &json!(true)), "{size} {ansatz}: {found}");
        }
    }
}

/// Affine maps that differ only off the affine span of the points are one and the same map of it.
#[test]
fn points_in_an_affine_subspace() {
    // x² + y² + z² on the plane x + y + z = 1, which has its least value at its centre: the rotation about that.
    let plane = "let p(k) = [1.5f*sin(0.7*k^2), 1.5f*sin(1.3*k^2 + 1)]\n\
                 let row(v) = [v[1], v[2], 1 - v[1] - v[2], v[1]^2 + v[2]^2 + (1 - v[1] - v[2])^2]\n\
                 let t = named_columns([row(p(k)) for k in 1..60], [\"x\", \"y\", \"z\", \"f\"])\n";
    let found = last(&format!("{plane}discover(t, ansatz = \"affine\")"));
    assert_eq!((&found["dim"], &found["coordinates"]), (&json!(1), &json!(["x", "y"])), "{found}");
    let asked = "oracle g(x[3]) = x1^2 + x2^2 + x3^2\n\
                 let d = discover(g, points = [[v[1], v[2], v[3]] for v in [row(p(k)) for k in 1..60]], ansatz = \"affine\")\n";
    let found = last(&format!("{plane}{asked}d"));
    assert_eq!((&found["dim"], &found["certified"]), (&json!(1), &json!(true)), "{found}");
    // With u = (x, y): 6x + 6y... the gradient of 2(x² + xy + y² - x - y) is turned by the matrix with translation 1, -1.
    let moved = run(&format!("{plane}{asked}d.generators"));
    assert!(moved.iter().any(|m| m.to_string().contains("\"-1\"")), "{moved:?}");
    // A constant column of a number that is no double, and a column of zeros.
    let constant = "let t = named_columns([[1f*sin(k), 0.1f, 0, cos(k^2), sin(k)^2 + cos(k^2)^2] for k in 1..60], \
                    [\"x\", \"y\", \"z\", \"w\", \"f\"])\ndiscover(t, ansatz = \"affine\")";
    let found = last(constant);
    assert_eq!((&found["dim"], &found["coordinates"]), (&json!(1), &json!(["x", "w"])), "{found}");
    let point = "let t = named_columns([[1f, 2f, 1f*k] for k in 1..60], [\"x\", \"y\", \"f\"])\n";
    fails(&format!("{point}discover(t, ansatz = \"affine\")"), "argument", "do not vary");
}

/// A fit whose derivatives are wrong everywhere is no ground for a training: of a step they vanish but at one place.
#[test]
fn nothing_is_trained_on_a_fit_that_knows_nothing() {
    let step = table(120, ONE, "a/abs(a)");
    let call = |rest: &str| format!("{step}discover(t, model = \"network\", hidden = 4{rest})");
    for method in ["projected", "sequential", "parallel", "joint"] {
        fails(&call(&format!(", method = \"{method}\", generators = 1")), "argument", "derivatives of the fit err");
    }
    fails(&call(""), "argument", "the error of the fit covers the signal");
    // Of a bell the rotation is found within the error of its network, and never certain.
    let bell = table(100, ONE, "exp(-a^2 - b^2)");
    let bell = format!("{bell}let u = named_columns([[r[1], r[2], r[4]] for r in rows], [\"a\", \"b\", \"y\"])\n");
    let call = |rest: &str| last(&format!("{bell}discover(u, model = \"network\", hidden = 6{rest})"));
    let found = call(", method = \"projected\"");
    assert_eq!((&found["dim"], &found["verified"]), (&json!(1), &json!(null)), "{found}");
    assert!(found["fit"]["slope_error"].as_f64().is_some_and(|error| error > 1e-3), "{found}");
    let closed = call("");
    assert_eq!((&closed["dim"], &closed["certified"]), (&json!(1), &json!(false)), "{closed}");
}
