//! Groups and representations in the language: the contract's phrases, printed values, and what wrong ones are told.

mod common;

use std::path::Path;

use common::program::text::{gives, run};
use common::program::{fails_at, here, run_in_session};
use symmetra::limits::Limits;
use symmetra::session::{Printed, Session};

/// With `group G = SO(3)` and `rep V = vector(G)` known.
#[track_caller]
fn rotations(text: &str, expected: &str) {
    gives(&format!("group G = SO(3)\nrep V = vector(G)\n{text}"), expected);
}

/// The code, the text that the span covers, and a piece of the message, label or hint.
#[track_caller]
fn fails(text: &str, code: &str, at: &str, says: &str) {
    let mut session = Session::new();
    let known = "group G = SO(3)\nrep V = vector(G)\nalgebra g = sl(2)\n";
    run_in_session(&mut session, known, here(), &Limits::none(), |_| ()).unwrap();
    fails_at(&mut session, text, code, at, says);
}

#[test]
fn the_phrases_of_the_contract() {
    rotations("rank(V -> V)", "1");
    rotations("rank(V*V -> V*V)", "3");
    rotations("rank(V^3 -> V)", "3");
    // Invariants in the powers of V are counted by the Riordan numbers (OEIS A005043), by Clebsch–Gordan.
    rotations("[rank(V^k) for k in 0..6]", "[1, 0, 1, 1, 3, 6, 15]");
    rotations("rank(V^6)", "15");
    rotations("[rank(scalar(G)), rank(dual(V) -> V), rank(V + V -> V), rank(3*V -> V)]", "[1, 1, 2, 3]");
    rotations(
        "[dim(V + V), dim(3*V), dim(V*V), dim(V^3), dim(Sym(V,2)), dim(Alt(V,2)), dim(V -> V*V)]",
        "[6, 9, 9, 27, 6, 3, 27]",
    );
    rotations("[rank(Sym(V,2)), rank(Alt(V,3)), rank(Alt(V,2) -> V)]", "[1, 1, 1]");
}

#[test]
fn values_print_on_one_line_and_as_json() {
    rotations("G", "SO(3): connected Lie group of dimension 3, 3×3 matrices");
    gives("SU(2)", "SU(2): connected Lie group of dimension 3, 2×2 complex matrices");
    rotations("V ⊕ 2*V ⊗ V", "V ⊕ (2V)⊗V: representation of SO(3) of dimension 21");
    rotations("V → V", "V → V: representation of SO(3) of dimension 9");
    rotations("[V.dim, V.rank, (V^2).rank, G.dim, V.kind, G.kind]", "[3, 0, 1, 3, \"rep\", \"group\"]");
    let text = "group G = SO(3)\nrep V = vector(G)\nG; V*V; rank(V*V); V^60";
    let json = |printed: &Printed| printed.json().to_string();
    let found = run_in_session(&mut Session::new(), text, here(), &Limits::none(), json).unwrap().join("\n");
    let line = |rest: &str| rest.replace("@", r#""line":3,"source":"test.sym""#);
    let expected = [
        line(
            r#"{"kind":"group",@,"name":"SO(3)","dim":3,"connected":true,"field":"R","matrix_size":3,"degree":null,"generators":[]}"#,
        ),
        line(r#"{"kind":"rep",@,"name":"V⊗V","expression":"V*V","group":"SO(3)","dim":9}"#),
        line(r#"{"kind":"number",@,"value":"1"}"#),
        line(
            r#"{"kind":"rep",@,"name":"V⁶⁰","expression":"V^60","group":"SO(3)","dim":"42391158275216203514294433201"}"#,
        ),
    ];
    assert_eq!(found, expected.join("\n"));
}

#[test]
fn groups_stand_for_their_algebras() {
    gives("identify(SO(4)).real_form", "su(2)+su(2)");
    gives("algebra g = SO(3)\ng", "so(3): Lie algebra of dimension 3 over Q, 3×3 matrices");
    gives("exp(algebra_of(SO(3))) == SO(3)", "true");
    gives("SO(3) == SO(2,1)", "false");
    gives("identify(SO(3) + sl(2,R)).real_form", "su(2)+sl(2,R)");
    gives("group G = Lorentz\nalgebra_of(vector(G)) == so(3,1)", "true");
    gives("identify(semidirect(SO(3), vector(SO(3)))).derived_series", "[6]");
    gives("exp(0)", "1.0");
}

#[test]
fn representations_are_equal_up_to_the_usual_laws() {
    rotations("V*(V + scalar(G)) == V + V*V", "true");
    rotations("dual(V) == V", "true");
    rotations("V == Sym(V, 2)", "false");
    rotations("0*V == scalar(G)", "false");
}

#[test]
fn given_matrices_are_proved() {
    gives("algebra g = su(2)\nrep W = representation(g, matrices(g))\n[W.dim, rank(W -> W)]", "[4, 4]");
    gives(
        "algebra g = sl(2)\nrep W = representation(g, matrices(g), name = \"S\")\nW*W",
        "S⊗S: representation of sl(2,R) of dimension 4",
    );
    let matrices = "representation(g, [[1, 0; 0, -1], [0, 1; 0, 0], [0, 0; 2, 0]])";
    fails(matrices, "closure", "[[1, 0; 0, -1], [0, 1; 0, 0], [0, 0; 2, 0]]", "[E12, E21] = H1");
    fails("representation(g, [identity(2)])", "shape", "[identity(2)]", "expected 3 matrices");
    fails("representation(g, [1, 2, 3])", "kind", "[1, 2, 3]", "exact matrices");
}

#[test]
fn wrong_kinds_are_found_before_anything_runs() {
    fails("V + G", "kind", "V + G", "vector(G)");
    fails("V - V", "kind", "V - V", "subtract");
    fails("V / 2", "kind", "V / 2", "divide");
    fails("1 -> 2", "kind", "1 -> 2", "maps");
    fails("G -> V", "kind", "G -> V", "vector(G)");
    fails("-V", "kind", "V", "negative");
    fails("V^V", "kind", "V^V", "power");
    fails("g * 2", "kind", "g * 2", "multiply");
    fails("rep W = G", "kind", "G", "vector(G)");
    fails("group H = g", "kind", "g", "exp(g)");
    fails("identify(V)", "kind", "V", "a representation");
    fails("Sym(G, 2)", "kind", "G", "a group");
    let errors =
        Session::new().check("t", "rep V = vector(SO(3))\nlet x = V*V / V\n(V -> V).rnak\ndual(3)", Path::new("."));
    assert_eq!(errors.iter().map(|e| e.code.as_str()).collect::<Vec<_>>(), ["kind", "name", "kind"]);
}

#[test]
fn wrong_values_are_explained() {
    rotations("V * vector(SO(4))", "V₁⊗V₂: representation of SO(3)×SO(4) of dimension 12");
    fails("V + adjoint(g)", "argument", "V + adjoint(g)", "different groups");
    fails("1/2 * V", "argument", "1/2", "whole number");
    fails("S(0)", "argument", "S(0)", "n from 1");
    fails("RubiksCube(3)", "arity", "3", "RubiksCube");
    fails("embed(O(3), 2)", "argument", "2", "room for 3");
    fails("wreath(O(3), O(2))", "argument", "O(2)", "permutations");
    fails("matrix_group([1, 1; 1, 1])", "argument", "matrix_group([1, 1; 1, 1])", "singular");
    fails(
        "rank(vector(matrix_group(float([1, 0; 0, 1]))))",
        "unsupported",
        "rank(vector(matrix_group(float([1, 0; 0, 1]))))",
        "nothing exact",
    );
    fails("restrict(V, SL(3))", "argument", "SL(3)", "subgroup");
    fails("subrepresentation(V, [[1, 0, 0]])", "argument", "subrepresentation(V, [[1, 0, 0]])", "invariant");
    fails("on_subsets(O(3), 2)", "argument", "O(3)", "permutations");
    fails("decompose(vector(E(3)))", "unsupported", "vector(E(3))", "not connected");
    fails("direct_product(O(3), on = \"x\")", "argument", "\"x\"", "tensor");
    fails("-3 * V", "argument", "-3", "whole number");
    fails("V^-1", "argument", "-1", "from 0 to");
    fails("SO(0)", "argument", "SO(0)", "SO");
    fails("SO(3, H)", "argument", "SO(3, H)", "SO(p, q)");
    fails("vector(brackets { [x,y] = z })", "argument", "brackets { [x,y] = z }", "no matrices");
    fails(
        "exp(heisenberg(1) + brackets { [x,y] = z })",
        "argument",
        "heisenberg(1) + brackets { [x,y] = z }",
        "no matrices",
    );
    fails("matrices(V^20)", "memory", "matrices(V^20)", "too large");
    fails("matrices(V^9)", "memory", "matrices(V^9)", "too many to list");
}

#[test]
fn the_script_runs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/representations.sym");
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let found = run(&text).join("\n");
    assert!(found.starts_with("[1, 0, 1, 1, 3, 6, 15]\n") && found.ends_with("\n1"), "{found}");
}

/// Irreducibles by highest weight as representations of the group itself: dimensions from Weyl's formula, twice that where the
/// irreducible is of complex or quaternionic type; they occur in tensors of V as Young diagrams say.
#[test]
fn irreducibles_of_groups_of_matrices() {
    let dimension = |group: &str, weight: &str, expected: &str| {
        gives(&format!("dim(explicit(irrep({group}, {weight}), on = {group}))"), expected);
    };
    for (group, weight, expected) in [
        ("SO(3)", "[4]", "5"),
        ("SU(2)", "[1]", "4"),
        ("SU(2)", "[2]", "3"),
        ("SU(3)", "[1, 1]", "8"),
        ("SU(3)", "[2, 0]", "12"),
        ("SL(3)", "[2, 1]", "15"),
        ("SO(5)", "[0, 2]", "10"),
        ("Sp(2)", "[0, 1]", "5"),
        ("SO(6)", "[0, 1, 1]", "15"),
        ("SO(8)", "[0, 1, 0, 0]", "28"),
    ] {
        dimension(group, weight, expected);
    }
    // Traceless symmetric tensors, with V and the adjoint representation of the same group.
    gives(
        "rep V = vector(SO(5))\nrep W = explicit(irrep(SO(5), [2, 0]), on = SO(5))\n\
         [rank(Sym(V, 2) -> W), rank(V*V -> W), rank(adjoint(SO(5)) -> W), rank(W*V -> V)]",
        "[1, 1, 0, 1]",
    );
    // Spinors are in no tensor of vectors.
    fails("explicit(irrep(SO(5), [0, 1]), on = SO(5))", "argument", "SO(5)", "not found in tensors");
    fails("explicit(irrep(SU(3), [1, 1]), on = SO(5))", "argument", "SO(5)", "of type B2");
}

/// Irreducibles over C of groups that are not connected, from theory: O(3) by Clebsch–Gordan and parity, O(1,3) and SO(1,3) by
/// 4 ⊗ 4 = 1 + 9 + (3, 1) + (1, 3), which parity joins; finite groups by their character tables; Z_5 over Q(ζ5) by characters alone.
#[test]
fn groups_that_are_not_connected_are_decomposed() {
    gives("decompose(vector(S(4))^2)", "V⊗V = 2(1a) + 2 + 3(3a) + 3b");
    rotations("rep U = vector(O(3))\ndecompose(U + U*U)", "V ⊕ V⊗V = 1 + 3a + 3b + 5");
    gives("[t.dim for t in decompose(vector(O(3))^3).terms]", "[1, 3, 5, 7]");
    gives("[t.multiplicity for t in decompose(vector(O(3))^3).terms]", "[1, 3, 2, 1]");
    gives("decompose(vector(O13)^2)", "V⊗V = 1 + 6 + 9");
    gives("decompose(vector(SO13)^2)", "V⊗V = 1 + 3a + 3b + 9");
    gives(
        "[t.identity_component for t in decompose(vector(O13)^2).terms]",
        "[\"(1,1)\", \"(1,3) + (3,1)\", \"(3,3)\"]",
    );
    // z + 1/z squared; 3 and 2-dimensional irreducibles of the pentagon, z² and z.
    gives("decompose(vector(C(5))^2)", "V⊗V = 2(1a) + 1c + 1d");
    gives("[t.multiplicity for t in decompose(vector(Dihedral(5))^3).terms]", "[1, 3]");
    // 3 ⊗ 3 of A5.
    gives("[t.dim for t in decompose(vector(point_group(\"I\"))^2).terms]", "[1, 3, 5]");
    // A regular representation: each irreducible as often as its dimension.
    gives("decompose(vector(Q8))", "V = 1a + 1b + 1c + 1d + 2(2)");
    gives("decompose(vector(Z(5)))", "V = 1a + 1b + 1c + 1d + 1e");
    gives("decompose(traceless(vector(S(4))))", "quotient(V) = 3");
    // Products of finite groups by the characters of the factors: (z + 1/z)(1 + 2) and z + 1/z beside 1 + 2.
    gives("[t.dim for t in decompose(vector(C(5)*S(3))).terms]", "[1, 1, 2, 2]");
    gives("[t.dim for t in decompose(vector(C(5)) + vector(S(3))).terms]", "[1, 1, 1, 2]");
    gives("[t.dim for t in decompose(vector(DkeR3(5))^2).terms]", "[1, 1, 2, 2]");
    // Products: 3 · (1 + 2), on a Kronecker product and on blocks.
    gives("decompose(vector(S(3))*vector(SO(3)))", "V₁⊗V₂ = 3 + 6");
    gives("decompose(vector(direct_product(SO(3), S(3))))", "V₁ ⊕ V₂ = 1 + 2 + 3");
    // Two copies of 3 that are exchanged: 3 ⊗ 3 = 1 + 3 + 5 in Sym and Λ of each, doubled, and the mixed part 9 twice.
    gives("[t.dim for t in decompose(vector(wreath(SO(3), S(2)))^2).terms]", "[1, 1, 6, 9, 9, 10]");
    gives("decompose(0*vector(S(3)))", "0 = 0");
    fails(
        "decompose(vector(matrix_group([1, 1; 0, 1])))",
        "unsupported",
        "vector(matrix_group([1, 1; 0, 1]))",
        "sums of irreducibles",
    );
    gives("latex(decompose(vector(O(3))^2))", "V^{\\otimes 2} = 1 \\oplus 3 \\oplus 5");
}

/// Schur functors of representations by matrices: 3³ = Sym³ + 2 S[2,1] + Λ³ (Fulton–Harris, 6.1).
#[test]
fn schur_functors() {
    rotations("decompose(schur(V, [2, 1]))", "S[2,1]V = 3 + 5");
    rotations(
        "[dim(schur(V, [3])), dim(schur(V, [1, 1, 1])), dim(schur(V, [2, 2])), dim(schur(V, [1, 1, 1, 1]))]",
        "[10, 1, 6, 0]",
    );
    gives("rep V = vector(S(4))\nrank(V^3) == rank(Sym(V, 3)) + 2*rank(schur(V, [2, 1])) + rank(Alt(V, 3))", "true");
    gives("rep V = vector(O13)\nrank(schur(V, [2, 2]))", "1");
    fails("schur(V, [1, 2])", "argument", "[1, 2]", "partition");
    fails("schur(V, [2, -1])", "argument", "[2, -1]", "positive");
    fails("schur(V, [5, 4])", "argument", "[5, 4]", "at most 7 boxes");
}

#[test]
fn orders_and_laws_of_sampling() {
    gives(
        "[order(C(5)*S(3)), order(direct_product(C(7), S(3))), order(ZksZnxZn(4, 3)), order(DkeR3(3))]",
        "[30, 42, 36, 6]",
    );
    fails("order(G)", "argument", "G", "infinite: a Lie group of dimension 3");
    fails("order(O(3)*S(3))", "argument", "O(3)*S(3)", "infinite");
    for (group, law) in [
        ("Sp(2)", "Haar measure"),
        ("Spin(4)", "Haar measure"),
        ("G2", "Haar measure"),
        ("point_group(\"I\")", "Haar measure"),
        ("C(5)*Sp(1)", "Haar measure"),
        // exp(so(2)) with weights 1 and 2 is a circle; with weights 1 and √2 it would wind around a torus.
        ("exp(so(4))", "Haar measure"),
        ("Pin(3)", "Haar measure of the identity component times a random word of at most 24 discrete generators"),
    ] {
        gives(&format!("group H = {group}\nsampling_law(H)"), law);
    }
    gives(
        "len([H for H in [Lorentz, SL(2), E(2), Spin(1,3), Scaling(2)] if sampling_law(H) != \"Haar measure\"])",
        "5",
    );
}
