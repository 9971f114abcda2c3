//! Samples that a discovery must not be misled by.
//!
//! The expected dimensions are those of the groups: what a homogeneous form keeps does not depend on how long the vectors
//! are at which it is asked.

mod common;

use common::program::text::run;

/// Rows of an oracle grow with a power of the length of the sample: lengths from 10^-6 to 10^6 are factors of 10^48 for E7's
/// quartic.
#[test]
fn samples_of_very_different_lengths() {
    let text = |form: &str, count: usize, variables: usize| {
        format!(
            "let rows = list(points({count}, {variables}))\n\
             let scaled = [[10f^(mod(7*j, 13) - 6)*x for x in rows[j]] for j in 1..{count}]\n\
             let d = discover({form}, points = scaled, prove = false)\n\
             [d.dim, d.identification.real_form]"
        )
    };
    for (form, count, variables, expected) in [
        ("quadratic(4)", 200, 4, "[6, \"su(2)+su(2)\"]"),
        ("octonion_form", 200, 21, "[14, \"G2(-14)\"]"),
        ("albert_cubic", 1600, 27, "[78, \"E6(-26)\"]"),
        ("cartan_quartic", 400, 56, "[133, \"E7(7)\"]"),
    ] {
        assert_eq!(run(&text(form, count, variables)), [expected], "{form}");
    }
}

/// Two kinds of samples, the one ten thousand million times as long as the other, and translations beside matrices.
#[test]
fn near_and_far_samples() {
    let far = "let rows = list(points(400, 4))\n\
               let scaled = [[10f^(10*mod(j, 2))*x for x in rows[j]] for j in 1..400]\n";
    assert_eq!(run(&format!("{far}discover(quadratic(3, 1), points = scaled).dim")), ["6"]);
    let pair = "oracle pair(x[2]; y[2]) = (x1 - y1)^2 + (x2 - y2)^2\n";
    assert_eq!(run(&format!("{far}{pair}discover(pair, points = scaled, ansatz = \"affine\").dim")), ["3"]);
}

/// Constants of one field Q(√d) give exact generators, a group that says what it is, and an algebra over Q of twice the
/// dimension (restriction of scalars); of two fields the answer says which.
#[test]
fn fields_of_constants() {
    let one = "oracle f(x, y, z) = sqrt(2)*x^2 + y^2 + z^2\nlet d = discover(f)\n";
    assert_eq!(run(&format!("{one}[d.certified, d.field, dim(d.restricted)]")), ["[true, \"Q(sqrt(2))\", 6]"]);
    // so(3) at one real place of Q(√2), so(2,1) at the other, where √2 is negative.
    assert_eq!(run(&format!("{one}identify(d.restricted).real_form")), ["su(2)+sl(2,R)"]);
    let group = run(&format!("{one}group G = d\nG"));
    assert_eq!(group, ["exp(symmetries of f): connected Lie group of dimension 3, 3×3 matrices over Q(√2)"]);
    let two = "oracle f(x, y, z) = sqrt(2)*x^2 + sqrt(3)*y^2 + z^2\ndiscover(f).proof";
    assert_eq!(
        run(two),
        [
            "not proved: the oracle has constants √2, √3, and exact answers are over Q or one field Q(√d); generators stay floats"
        ]
    );
    let float = "oracle f(x, y) = cos(1f)*x^2 + y^2\ndiscover(f).proof";
    let found = run(float).concat();
    assert!(found.starts_with("not proved: a constant of the oracle is a float or lies in no field Q(√d)"), "{found}");
}
