//! Every class of group in the language, with the numbers of equivariant maps that theory gives; representations given by
//! matrices; generators from files; pictures, LaTeX and models for other programs.

mod common;

use std::process::Command;

use common::program::text::{gives, run, run_in, run_with};
use common::program::{fails, here};
use common::tempfile;
use symmetra::limits::Limits;

/// A group, the real dimension of its defining space, and the numbers of equivariant maps V → V and V² → V².
///
/// Over R: where V is complex, V ⊗ C is the sum of V and its conjugate, and each leg is one or the other. For the classical
/// groups by Brauer, Weyl and Schur (Goodman–Wallach, *Symmetry, Representations, and Invariants*, chapters 4 and 5):
/// O(n) 1, 3; SO(4) has Λ⁴ besides; GL(n) 1, 2; U(n) 2, 6 · 2; Sp(n) on H^n 4, 16 · 3. For permutation groups by orbits on
/// pairs and quadruples (Burnside). For spinors by the real types of Lawson–Michelsohn, *Spin Geometry*, table I.5. For the
/// exceptional groups by the decompositions of V ⊗ V (Slansky, *Physics Reports* 79 (1981), tables). SE(2), E(2) and the wreath
/// product by singular values of the equations, in doubles, by another program.
const CLASSES: &[(&str, usize, u64, u64)] = &[
    ("SO(2)", 2, 2, 6),
    ("SO(3)", 3, 1, 3),
    ("SO(4)", 4, 1, 4),
    ("SO(5)", 5, 1, 3),
    ("O(2)", 2, 1, 3),
    ("O(3)", 3, 1, 3),
    ("SO(2,1)", 3, 1, 3),
    ("O(2,2)", 4, 1, 3),
    ("Lorentz", 4, 1, 4),
    ("SO13p", 4, 1, 4),
    ("SO13", 4, 1, 4),
    ("O13", 4, 1, 3),
    ("SO11", 2, 2, 6),
    ("O11", 2, 1, 3),
    ("U(1)", 2, 2, 6),
    ("U(2)", 4, 2, 12),
    ("U(2,1)", 6, 2, 12),
    ("SU(1)", 2, 4, 16),
    ("SU(2)", 4, 4, 32),
    ("SU(3)", 6, 2, 12),
    ("SU(1,1)", 4, 4, 32),
    ("Sp(1)", 4, 4, 32),
    ("Sp(2)", 8, 4, 48),
    ("Sp(4,R)", 4, 1, 3),
    ("SL(2)", 2, 1, 2),
    ("SL(3)", 3, 1, 2),
    ("GL(3)", 3, 1, 2),
    // C^n and its conjugate are independent: V → V has two maps, of V² → V² each of two legs has a partner of its kind.
    ("GL(2,C)", 4, 2, 8),
    ("SE(2)", 3, 1, 4),
    ("E(2)", 3, 1, 3),
    ("Scaling(3)", 3, 9, 81),
    ("Trivial(2)", 2, 4, 16),
    ("S(4)", 4, 2, 15),
    ("A(4)", 4, 2, 22),
    ("Z(5)", 5, 5, 125),
    ("D(4)", 4, 3, 36),
    ("D(5)", 5, 3, 63),
    ("Q8", 8, 8, 512),
    ("Cube", 6, 3, 60),
    ("RubiksCube", 48, 9, 350),
    ("M11", 11, 2, 15),
    ("perm(4)", 4, 16, 256),
    ("perm(4, \"(0 1)(2 3)\")", 4, 8, 128),
    ("Cyclic(1)", 2, 4, 16),
    ("Cyclic(2)", 2, 4, 16),
    ("C(3)", 2, 2, 6),
    ("C(4)", 2, 2, 8),
    ("C(7)", 2, 2, 6),
    ("C(1000000)", 2, 2, 6),
    ("Dihedral(1)", 2, 2, 8),
    ("Dihedral(3)", 2, 1, 3),
    ("Dihedral(4)", 2, 1, 4),
    ("Dihedral(5)", 2, 1, 3),
    ("Spin(3)", 4, 4, 32),
    ("Spin(5)", 8, 4, 48),
    ("G2", 7, 1, 4),
    ("exceptional(G2, form = \"split\")", 7, 1, 4),
    ("matrix_group([0, -1; 1, 0])", 2, 2, 8),
    ("matrix_group(algebra = [[0, -1; 1, 0]])", 2, 2, 6),
    ("direct_product(SO(2), SO(3))", 5, 3, 21),
    ("S(3) * O(3)", 9, 2, 42),
    ("wreath(S(3), S(2))", 6, 3, 46),
    ("embed(O(2), 3)", 3, 2, 10),
    // The names of the published library: about an axis R³ = R² + 1; a regular representation has its order; reversals by signs.
    ("SO2eR3", 3, 3, 19),
    ("O2eR3", 3, 2, 10),
    ("DkeR3(5)", 3, 2, 10),
    ("DkeR3(4)", 3, 2, 11),
    ("ZksZnxZn(2,2)", 8, 8, 512),
    ("ZksZnxZn(4,2)", 16, 16, 4096),
    ("Parity", 4, 10, 136),
    ("TimeReversal", 4, 10, 136),
    // Dirac spinors of Spin(1,3) are S ⊕ S̄ of SL(2,C): over R twice each after extension to C, 2² + 2² maps; each of S and S̄ has
    // one invariant in its square and two in its fourth power, so tr⁴ has mean (4 over 4) 2⁴(2 + 6 + 2).
    ("Spin(1,3)", 8, 8, 160),
];

#[test]
fn every_class_has_the_maps_that_theory_counts() {
    for (group, dim, first, second) in CLASSES {
        let code = format!(
            "group G = {group}\nrep V = vector(G)\n[dim(V), rank(V -> V), rank(V^2 -> V^2)]\n\
             [basis(V -> V).rank, basis(V^2 -> V^2).rank]"
        );
        let found = run(&code);
        // Counted, and by a basis.
        assert_eq!(found, [format!("[{dim}, {first}, {second}]"), format!("[{first}, {second}]")], "{group}");
    }
}

#[test]
fn exceptional_groups_by_name() {
    let ranks = |name: &str| format!("group G = {name}\nrep V = vector(G)\n[dim(V), rank(V -> V), rank(V^2 -> V^2)]");
    // 26² = 1 + 26 + 52 + 273 + 324; 27² = 27* + 351 + 351'; 56² = 1 + 133 + 1463 + 1539; 248² has five parts.
    gives(&ranks("F4"), &["[26, 1, 5]"]);
    gives(&ranks("E6"), &["[54, 2, 18]"]);
    gives(&ranks("exceptional(E6, form = \"split\")"), &["[27, 1, 3]"]);
    gives(&ranks("exceptional(\"E7\", form = \"split\")"), &["[56, 1, 4]"]);
    gives("group G = E7\ndim(vector(G))\nrank(vector(G) -> vector(G))", &["112", "4"]);
    gives(
        "group G = E8\nG",
        &["E8: connected Lie group of dimension 248, 248×248 matrices (compact, simply connected)"],
    );
    gives("[identify(exceptional(t)).real_form for t in [G2, F4]]", &["[\"G2(-14)\", \"F4(-52)\"]"]);
    gives("identify(exceptional(G2, form = \"split\")).real_form", &["G2(2)"]);
    fails("group G = A2", "argument", "G2, F4, E6, E7 or E8");
    fails("order(G2)", "kind", "exceptional(G2)");
    fails("sample(G2)", "kind", "exceptional(G2)");
    fails("exceptional(G2, form = \"middle\")", "argument", "compact");
}

#[test]
fn one_group_by_other_generators() {
    gives("S(3) == D(3)\nS(3) != D(3)\nD(4) == S(4)\nA(3) == Z(3)", &["true", "false", "false", "true"]);
    // As one group, not as a product of two: 2 maps, not 1.
    gives("rank(vector(S(3)) -> vector(D(3)))\nbasis(vector(D(3)) * vector(S(3)) -> vector(S(3))).rank", &["2", "5"]);
    // A representation given by matrices is carried along: the standard representation of S(3).
    let standard = "rep W = representation(S(3), [[0, 1; 1, 0], [0, -1; 1, -1]])\n";
    gives(&format!("{standard}rank(vector(D(3)) -> W)\nrank(vector(D(3)) + W -> W)"), &["1", "2"]);
}

#[test]
fn matrices_of_discrete_generators_are_proved() {
    // The sign of S(4), and what is none: the second generator is a cycle of length 4, an odd permutation.
    gives("rep s = representation(S(4), [[-1;], [-1;]])\nrank(s -> pseudoscalar(S(4)))", &["1"]);
    fails("representation(S(4), [[-1;], [1;]])", "closure", "product of the generators 1 and 2");
    fails("representation(S(4), [[2;], [1;]])", "closure", "generator 1 has order 2");
    fails("representation(S(4), [[1;]])", "shape", "expected 2 matrices");
    // D(4) on its corners, by its own matrices.
    gives(
        "rep W = representation(D(4), [[0, 0, 0, 1; 1, 0, 0, 0; 0, 1, 0, 0; 0, 0, 1, 0], [1, 0, 0, 0; 0, 0, 0, 1; 0, 0, 1, 0; 0, 1, 0, 0]])\nrank(W -> vector(D(4)))",
        &["3"],
    );
    // O(3): pseudovectors by the algebra and minus the reflection.
    let o3 = "group G = O(3)\nlet m = matrices(algebra_of(G))\n";
    gives(
        &format!(
            "{o3}rep W = representation(G, append(m, [[1, 0, 0; 0, -1, 0; 0, 0, -1]]))\n[rank(Alt(vector(G), 2) -> W), rank(vector(G) -> W)]"
        ),
        &["[1, 0]"],
    );
    fails(&format!("{o3}representation(G, append(m, [[1, 0, 0; 0, 1, 0; 0, 0, -1]]))"), "closure", "no representation");
    // By formulas: Kronecker squares, and one that is no polynomial.
    gives(
        "group G = SL(2)\nlet rho(g) = kron(g, g)\nrep W = representation(G, rho)\n[dim(W), rank(W -> vector(G)^2), rank(W)]",
        &["[4, 2, 1]"],
    );
    gives("group G = S(4)\nlet rho(g) = det(g)\nrank(representation(G, rho) -> pseudoscalar(G))", &["1"]);
    fails("let rho(g) = inverse(g)\nrepresentation(GL(2), rho)", "unsupported", "polynomial");
    fails("let rho(g) = g*g\nrepresentation(SO(3), rho)", "closure", "no representation");
    // A finite group of matrices is listed: the quarter turn by i² = −1, and not by a third root.
    let c4 = "group G = matrix_group([0, -1; 1, 0])\n";
    gives(&format!("{c4}rank(representation(G, [[-1;]]))"), &["0"]);
    fails(&format!("{c4}representation(G, [[0, -1; 1, -1]])"), "closure", "order 4");
}

#[test]
fn groups_of_the_plane_are_exact() {
    // z^5 and its conjugate are the first invariants beside |z|²; reflections leave the real part.
    gives(
        "rep V = vector(C(5))\nrep W = vector(Dihedral(5))\n[rank(Sym(V, k)) for k in 0..6]\n[rank(Sym(W, k)) for k in 0..6]",
        &["[1, 0, 1, 0, 1, 2, 1]", "[1, 0, 1, 0, 1, 1, 1]"],
    );
    gives(
        "rep W = vector(Dihedral(5))\nbasis(Sym(W, 5)).rank\nequivariance_error(basis(W^2 -> W^2)[2], W^2 -> W^2) < 1/10^12",
        &["1", "true"],
    );
    // An axis in space: R^3 = V + 1.
    gives("rep V = vector(C(6)) + scalar(C(6))\n[rank(V -> V), basis(V*V -> V*V).rank]", &["[3, 19]"]);
    gives("rep V = vector(Dihedral(7)) * vector(S(3))\nrank(V -> V)", &["2"]);
    gives("rep V = vector(C(5) * C(7))\n[dim(V), rank(V -> V), basis(V -> V).rank]", &["[4, 4, 4]"]);
    gives(
        "group G = embed(C(5), 3)\nG\nrep V = vector(G)\n[rank(V -> V), rank(V^2 -> V^2), basis(V^2 -> V^2).rank, len(sample(G, 3))]",
        &["embed(Cyclic(5),3,1): group of 3×3 matrices", "[3, 19, 19, 3]"],
    );
    gives("C(5) == C(5)\nC(5) == C(6)", &["true", "false"]);
    gives("equivariance_error(emlp(vector(C(8)) -> scalar(C(8)), hidden = 20, layers = 1)) < 1/10^9", &["true"]);
    // As permutations of the corners; the Lie algebra of a finite group is zero.
    gives("[order(C(6)), order(Dihedral(6)), order(C(4)), order(Dihedral(1))]", &["[6, 12, 4, 2]"]);
    gives("dim(algebra_of(C(6)))\nconjugacy_classes(Dihedral(7)).count", &["0", "5"]);
    fails("C(0)", "argument", "from 1");
}

#[test]
fn harmonics_and_irreps() {
    // Clebsch–Gordan: l ⊗ l' = |l − l'| + … + (l + l').
    gives(
        "group G = SO(3)\n[rank(harmonics(G, 2) * harmonics(G, 3) -> harmonics(G, l)) for l in 0..6]",
        &["[0, 1, 1, 1, 1, 1, 0]"],
    );
    gives("group G = O(3)\nrank(harmonics(G, 1) -> vector(G))\ndim(irrep_sum(G, \"2x0o + 1e\"))", &["1", "5"]);
    gives(
        "spherical_harmonics(1, [1/2, 3, 5])\nspherical_harmonics(1, [1, 2, 3; 0, 0, 1])[2, 2]",
        &["[3, 5, 1/2]", "1"],
    );
    fails("irrep_sum(SO(3), \"2x1o\")", "argument", "8x0 + 4x1");
    fails("harmonics(SO(4), 1)", "argument", "SO(3) or O(3)");
    fails("spherical_harmonics(1, [1, 2])", "shape", "three coordinates");
}

#[test]
fn conjugates() {
    gives(
        "rep V = vector(SU(3))\nconjugate(V)\nconjugate(conjugate(V*V))",
        &["V̄: representation of SU(3) of dimension 6", "V⊗V: representation of SU(3) of dimension 36"],
    );
    gives("rep V = vector(SU(3))\nrank(V -> conjugate(V))\nbasis(V*conjugate(V)).rank", &["2", "2"]);
    gives("conjugate(vector(SO(3)))", &["V: representation of SO(3) of dimension 3"]);
}

#[test]
fn latex_of_groups_and_representations() {
    gives(
        "group G = SO(3)\nlatex(G)",
        &["\\mathrm{SO}(3)\\text{: connected Lie group of dimension 3, 3$\\times$3 matrices}"],
    );
    gives(
        "rep V = vector(SO(3))\nlatex(2*Sym(V, 2) + dual(Alt(V, 2)))",
        &[
            "2\\,\\mathrm{Sym}^{2}V \\oplus \\left(\\Lambda^{2}V\\right)^{*}\\text{: representation of SO(3) of dimension 15}",
        ],
    );
    gives(
        "rep V = vector(SL(3))\nlatex(V^3 -> V)",
        &["V^{\\otimes 3} \\to V\\text{: representation of SL(3) of dimension 81}"],
    );
}

#[test]
fn generators_are_read_from_files() {
    let folder = tempfile::tempdir().unwrap();
    let code = "save([[0, -1; 1, 0], [1, 0; 0, -1]], \"g.json\")\nsave(float([0, -1; 1, 0]), \"g.npy\")\n\
                save([[0, -1; 1, 0], [1, 0; 0, -1]], \"g.npz\")\n\
                group G = matrix_group(load_matrices(\"g.json\"))\nrep V = vector(G)\nrank(V^2 -> V^2)\n\
                group H = matrix_group(load_matrices(\"g.npy\"))\nbasis(vector(H)^2 -> vector(H)^2).rank\nlen(load_matrices(\"g.npz\"))";
    assert_eq!(run_in(code, folder.path()).unwrap(), ["4", "8", "2"]);
    // Whole numbers stay exact: an array of the type <i8 by hand.
    let header = "{'descr': '<i8', 'fortran_order': False, 'shape': (1, 2, 2), }\n";
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    [0i64, -1, 1, 0].iter().for_each(|x| bytes.extend(x.to_le_bytes()));
    std::fs::write(folder.path().join("whole.npy"), bytes).unwrap();
    let code = "rank(vector(matrix_group(load_matrices(\"whole.npy\")))^4)";
    assert_eq!(run_in(code, folder.path()).unwrap(), ["8"]);
    let error = run_in("load(\"whole.npy\")", folder.path()).unwrap_err();
    assert!(error.hint.is_some_and(|hint| hint.contains("load_matrices")));
}

#[test]
fn networks_are_read_back_from_archives() {
    let folder = tempfile::tempdir().unwrap();
    let code = "group G = O(3)\nrep V = vector(G)\nnetwork N = emlp(2*V -> V, hidden = 20, layers = 1)\nsave(N, \"n.npz\")\n\
                network M = with_parameters(N, [0 for x in parameters(N)])\nM == N\nwith_parameters(M, \"n.npz\") == N";
    assert_eq!(run_in(code, folder.path()).unwrap(), ["false", "true"]);
}

/// Models in a Python with onnxruntime and numpy, where there is one: the values are those of the program.
#[test]
fn models_run_elsewhere() {
    let python = std::env::var("SYMMETRA_PYTHON").unwrap_or_else(|_| "python3".to_string());
    let ready = Command::new(&python).args(["-c", "import numpy, onnxruntime"]).output();
    if !ready.is_ok_and(|out| out.status.success()) {
        eprintln!("skipped: no Python with numpy and onnxruntime");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let nets = [
        ("O(3)", "2*V", "V*V + scalar(G)", "emlp(X -> Y, hidden = 40, layers = 2)"),
        ("SL(2)", "2*V", "dual(V) + V", "emlp(X -> Y, hidden = 20, layers = 1)"),
        ("S(4)", "V", "V", "emlp(X -> Y, hidden = 2*V, layers = 2, nonlinearity = \"relu\")"),
        ("SO(3)", "V", "V", "mlp(X -> Y, hidden = 10, nonlinearity = \"tanh\")"),
        ("O(3)", "3*V", "harmonics(G, 2)", "emlp(X -> Y, hidden = irrep_sum(G, \"4x0e + 3x1o + 2x2e\"), layers = 2)"),
        ("SO(3)", "2*V", "V + V*V", "tensor_product(V, V -> Y)"),
        (
            "O(3)",
            "V + irrep_sum(G, \"2x0e + 2x1o\")",
            "irrep_sum(G, \"1x0e + 2x1o + 1x2e\")",
            "convolution(irrep_sum(G, \"2x0e + 2x1o\") -> Y, degree = 3, radius = 9)",
        ),
    ];
    for (number, (group, from, to, network)) in nets.iter().enumerate() {
        let code = format!(
            "group G = {group}\nrep V = vector(G)\nrep X = {from}\nrep Y = {to}\nnetwork N = {network}\n\
             let x = [[(7*i*j + 3*j) / (i + j + 2) - 5 for j in 1..dim(X)] for i in 1..3]\nsave([x], \"x{number}.npy\")\n\
             save([N(x)], \"y{number}.npy\")\nsave(N, \"double{number}.onnx\", precision = \"double\")\n\
             save(N, \"single{number}.onnx\")\nsave(N, \"n{number}.npz\", precision = \"double\")\n\
             save(N, \"n{number}.safetensors\", precision = \"double\")\nsave([[parameters(N)]], \"p{number}.npy\")"
        );
        run_in(&code, folder.path()).unwrap_or_else(|e| panic!("{network}: {e:?}"));
    }
    let basis = "rep V = vector(SO(3))\nlet b = basis(V*V -> V*V)\nsave(b, \"b.onnx\", precision = \"double\")\nsave(b, \"b.npz\")\nsave(b, \"b.safetensors\")";
    run_in(basis, folder.path()).unwrap();
    let script = r#"
import json, sys, numpy, onnxruntime
def safetensors(file):
    raw = open(file, "rb").read()
    size = int.from_bytes(raw[:8], "little")
    kinds = {"F64": "<f8", "F32": "<f4", "I64": "<i8", "I32": "<i4", "U32": "<u4"}
    header = {k: v for k, v in json.loads(raw[8:8 + size]).items() if k != "__metadata__"}
    place = lambda v: raw[8 + size + v["data_offsets"][0]:8 + size + v["data_offsets"][1]]
    return {k: numpy.frombuffer(place(v), kinds[v["dtype"]]).reshape(v["shape"]) for k, v in header.items()}
def run(file, **arguments):
    return onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"]).run(None, arguments)[0]
for number in range(int(sys.argv[1])):
    x, y = (numpy.load(f"{letter}{number}.npy")[0] for letter in "xy")
    for file, kind, bound in (("double", numpy.float64, 1e-11), ("single", numpy.float32, 1e-4)):
        found = run(f"{file}{number}.onnx", x=x.astype(kind))
        assert found.dtype == kind and abs(found - y).max() < bound * abs(y).max(), (number, file)
    # Both archives hold the same arrays, and among them are all parameters.
    archive, tensors = numpy.load(f"n{number}.npz"), safetensors(f"n{number}.safetensors")
    assert sorted(archive.files) == sorted(tensors), number
    assert all(archive[k].shape == tensors[k].shape and (archive[k] == tensors[k]).all() for k in tensors), number
    kept = numpy.concatenate([a.ravel() for a in tensors.values() if a.dtype == numpy.float64])
    assert numpy.isin(numpy.load(f"p{number}.npy").ravel(), kept).all(), number
b = numpy.load("b.npz")["basis"]
assert b.shape == (3, 9, 9) and (safetensors("b.safetensors")["basis"] == b).all()
# A quarter turn about z: every element of the basis commutes with its square.
r = numpy.kron(*[numpy.array([[0, -1, 0], [1, 0, 0], [0, 0, 1]])] * 2)
assert abs(b @ r - r @ b).max() < 1e-12
x, c = numpy.ones((2, 9)) * [[1], [2]], numpy.arange(len(b)) + 0.5
assert abs(run("b.onnx", x=x, coefficients=c) - x @ numpy.tensordot(c, b, 1).T).max() < 1e-12
"#;
    let count = nets.len().to_string();
    let out = Command::new(&python).current_dir(folder.path()).args(["-c", script, &count]).output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
}

#[test]
fn tensor_products_and_convolutions() {
    // Linear in each argument, and the one coupling of two vectors of SO(3) to a vector is the cross product.
    gives(
        "group G = SO(3)\nrep V = vector(G)\nnetwork N = tensor_product(V, V -> V)\nlet y = N([1, 2, 3, 4, 5, 6])\n\
         round(y[1]/y[3], 9)\nround(y[2]/y[3], 9)\nround(N([2, 4, 6, 4, 5, 6])[3] - 2*y[3], 9)\nlen(parameters(N))",
        // (1, 2, 3) × (4, 5, 6) = (−3, 6, −3).
        &["1.0", "-2.0", "0.0", "1"],
    );
    // From a number to a vector: along r, linear in the number, zero from the radius on.
    gives(
        "group G = SO(3)\nnetwork N = convolution(scalar(G) -> vector(G), radius = 4)\nlet y = N([1, 2, 2, 1])\n\
         [round(y[2]/y[1], 9), round(y[3]/y[1], 9), round(N([1, 2, 2, 3])[1] - 3*y[1], 9), N([3, 2, 2, 1])[1]]\nabs(y[1]) > 0",
        &["[2.0, 2.0, 0.0, 0.0]", "true"],
    );
    gives(
        "group G = O(3)\nrep X = irrep_sum(G, \"2x0e + 1x0o + 2x1o + 1x1e + 1x2e\")\nnetwork N = convolution(X -> X, degree = 3)\n\
         equivariance_error(N) < 1/10^9\nequivariance_error(tensor_product(X, X -> X)) < 1/10^9",
        &["true", "true"],
    );
    fails("convolution(vector(SO(4)) -> scalar(SO(4)))", "argument", "SO(3) or O(3)");
    fails("convolution(vector(SO(3)) -> vector(SO(3)), radius = 0)", "argument", "positive radius");
}

#[test]
fn restriction_to_subgroups() {
    // Mackey and Frobenius: the standard representation of S(4) under S(3) on three points is standard + trivial.
    let standard = "rep W = traceless(vector(S(4)))\nrep U = restrict(W, perm(4, \"(0 1)\", \"(0 1 2)\"))\n";
    gives(&format!("{standard}[rank(U), rank(U -> U)]"), &["[1, 2]"]);
    // Y_l under rotations about an axis: each |m| ≤ l once.
    gives("rep W = restrict(harmonics(SO(3), 3), embed(SO(2), 3))\n[rank(W), rank(W -> W)]", &["[1, 7]"]);
    fails("restrict(traceless(vector(A(4))), perm(4, \"(0 1)\"))", "argument", "subgroup");
}

#[test]
fn what_is_said_of_groups_and_layers() {
    gives(
        "perm(4)\nTrivial(3)",
        &["perm(4): trivial group of 4×4 matrices", "Trivial(3): trivial group of 3×3 matrices"],
    );
    gives("C(5)", &["Cyclic(5): cyclic group of order 5 in the plane, 2×2 matrices"]);
    gives(
        "group G = SO(3)\ndescribe(emlp(vector(G) -> scalar(G), hidden = vector(G) + scalar(G), layers = 1, bilinear = false))",
        &["network V → 1 of SO(3): gated, 1 hidden layer, 5 parameters; its value does not depend on its argument\n\
           block0.linear  3 → 5, 1 weight, 2 biases: V → V ⊕ 1 ⊕ 1\n\
           block0.gate    5 → 4, 1 gate: V ⊕ 1 ⊕ 1 → V ⊕ 1\n\
           output         4 → 1, 1 weight, 1 bias: V ⊕ 1 → 1"],
    );
    gives("uniform(SO(3), 10)", &["7(1) ⊕ V: representation of SO(3) of dimension 10"]);
}

#[test]
fn pictures_of_bases_and_layers() {
    gives("rep V = vector(S(3))\npicture(basis(V -> V))", &["1 2 2\n2 1 2\n2 2 1"]);
    // Elements with common entries stand side by side: identity, exchange and trace of V² for O(2) on 4×4 matrices.
    let found = run("rep V = vector(O(2))\npicture(basis(V^2 -> V^2), ascii = true)");
    assert!(found[0].is_ascii() && found[0].lines().count() >= 4, "{}", found[0]);
    assert_eq!(found[0].matches('1').count(), 12);
    let folder = tempfile::tempdir().unwrap();
    let code = "rep V = vector(D(4))\nlet p = picture(basis(V -> V))\nsave(p, \"p.svg\")\nsave(p, \"p.png\")\n\
                save(picture(emlp(V -> V, hidden = 2*V, layers = 1, nonlinearity = \"relu\")), \"n.svg\")";
    assert!(run_in(code, folder.path()).unwrap().is_empty());
    let svg = std::fs::read_to_string(folder.path().join("p.svg")).unwrap();
    // Sixteen boxes and the background, three colours of orbits.
    assert_eq!(svg.matches("<rect").count(), 17);
    assert!(std::fs::read(folder.path().join("p.png")).unwrap().starts_with(b"\x89PNG"));
    // 4 → 8 and 8 → 4.
    let svg = std::fs::read_to_string(folder.path().join("n.svg")).unwrap();
    assert_eq!(svg.matches("<rect").count(), 65);
    fails("picture(basis(vector(S(400)) -> vector(S(400))))", "argument", "too many");
    fails("picture(identify(so(3)))", "kind", "bases, networks, matrices and algebras, not of a record");
}

/// Roots of unity and square roots in one field each: values from their minimal polynomials and from cosines.
#[test]
fn cyclotomic_numbers() {
    gives("sqrt(2) + sqrt(3) - sqrt(2) == sqrt(3)", &["true"]);
    gives("(sqrt(2) + sqrt(3))^2 == 5 + 2*sqrt(6)", &["true"]);
    // 2 cos(2π/7) is a root of x³ + x² − 2x − 1.
    gives("let x = zeta(7) + 1/zeta(7)\nx^3 + x^2 - 2*x - 1", &["0"]);
    gives(
        "let x = zeta(7) + zeta(7)^6\n[1 < x, x < 5/4, re(zeta(7))*2 == x, im(x), conj(zeta(7))*zeta(7)]",
        &["[true, true, true, 0, 1]"],
    );
    gives("abs(zeta(9))\nroot_of_unity(12, 3)\nzeta(8)^2\nzeta(3)", &["1", "i", "i", "-1/2+1/2*sqrt(-3)"]);
    fails("zeta(5)/(zeta(5) - zeta(5))", "number", "zero");
    fails("zeta(1999) + zeta(1997)", "unsupported", "n-th roots of unity");
    // Matrices: a rotation by 2π/5 and its powers, inverse, determinant; products with floats are floats.
    gives(
        "let t = zeta(5)\nlet m = [re(t), -im(t); im(t), re(t)]\nm^5 == identity(2)\ndet(m)\ninverse(m) == transpose(m)\n\
         trace(m) == 2*re(t)\nm^(-2) == m^3\n(m * [1, 0])[1] == re(t)\nround((1f * m)[1, 1], 6)\nrows(float(m))",
        &["true", "1", "true", "true", "true", "true", "0.309017", "2"],
    );
    gives(
        "let m = [zeta(7), 0; 1, 2]\nm\ndagger(m)[1, 1] == zeta(7)^6\nm == matrix([[zeta(7), 0], [1, 2]])",
        &["⎡ ζ7  0 ⎤\n⎣  1  2 ⎦", "true", "true"],
    );
    // What calculates in floats takes them.
    gives("round(singular_values([0, sqrt(2); sqrt(2), 0])[1], 6)\n1.5f^2", &["1.414214", "2.25"]);
}

/// Groups over cyclotomic fields: orders, invariants by Molien's series and characters, bases with a proof that they are complete.
#[test]
fn groups_over_cyclotomic_fields() {
    // 3 ⊗ 3 = 1 + 3 + 5 for the rotations of the icosahedron, and the reflections tell 3 from its double.
    gives(
        "group I = point_group(\"I\")\nrep V = vector(I)\n[order(I), rank(V -> V), rank(V^2 -> V), rank(V^2 -> V^2)]\n\
         name(I)\nbasis(V^2 -> V).rank\nbasis(Sym(V, 6)).rank\nrank(Alt(V, 2) -> V)\nrank(dual(V) -> V)",
        &["[60, 1, 1, 3]", "A5", "1", "2", "1", "1"],
    );
    gives(
        "group I = point_group(\"Ih\")\nrep V = vector(I)\n[order(I), rank(V^2 -> V), rank(Sym(V, 15))]",
        &["[120, 0, 0]"],
    );
    gives(
        "let b = basis(Sym(vector(point_group(\"532\")), 6))\nb\nb.complete\nequivariance_error(b[2], Sym(vector(point_group(\"532\")), 6)) < 1/10^12",
        &[
            "basis of the invariants of Sym⁶V of I: rank 2, vectors of length 28, by sums over the group",
            "as many as the exact characters of the group count",
            "true",
        ],
    );
    gives(
        "group H = point_group(\"2I\")\nrep V = vector(H)\n[order(H), dim(V), rank(V -> V), rank(Sym(V, 12))]",
        &["[120, 4, 4, 14]"],
    );
    // The dihedral group of order 10 by complex matrices: V ⊗ C is twice the plane of the group by name.
    gives(
        "group G = matrix_group([zeta(5), 0; 0, zeta(5)^4], [0, 1; 1, 0])\nrep V = vector(G)\n\
         [rank(Sym(V, k)) for k in 0..4] == [rank(Sym(2*vector(Dihedral(5)), k)) for k in 0..4]\norder(G)",
        &["true", "10"],
    );
    // Irreducible matrices of A5, as they are found, generate A5 again.
    gives("order(matrix_group(irreducible(A(5), 2).matrices))", &["60"]);
    // Products with other groups, networks.
    gives(
        "rep P = vector(point_group(\"I\")) * vector(S(3))\n[rank(P -> P), basis(P -> P).rank]\n\
         rep V = vector(point_group(\"I\"))\nequivariance_error(emlp(2*V -> V, hidden = 20, layers = 1)) < 1/10^9",
        &["[2, 2]", "true"],
    );
    // An infinite group: nothing counts, the equations are solved over the field.
    let code = "group G = matrix_group([sqrt(2)/4, -sqrt(14)/4; sqrt(14)/4, sqrt(2)/4])\nrep V = vector(G)\n";
    let text = run(&format!("{code}basis(V -> V)"));
    assert!(text[0].contains("rank 2") && text[0].contains("by exact null space"), "{text:?}");
    fails(&format!("{code}order(G)"), "argument", "no finite order");
    fails("matrix_group([sqrt(2), 0; 0, 0])", "argument", "singular");
    fails("matrix_group([sqrt(2), 0; 0, 1], [zeta(3);])", "shape", "expected 2 × 2");
}

/// Wrong answers of the library of 2021, each found by running it: absolute cut-offs, a wrong cube, real starts in complex spaces,
/// slow convergence, a constructor without a value.
#[test]
fn faults_of_the_published_library() {
    let group = |scale: &str| format!("rep V = vector(matrix_group(algebra = [{scale}*m for m in matrices(so(3))]))\n");
    // so(3) in any scale: 1 and 3 (it says 9 for 10⁻⁶ and 0 for 10⁴).
    for scale in ["1/10^6", "10^4", "1/10^30"] {
        gives(&(group(scale) + "[rank(V -> V), rank(V^2 -> V^2)]"), &["[1, 3]"]);
    }
    for scale in ["0.000001f", "10000f"] {
        gives(&(group(scale) + "[basis(V -> V).rank, basis(V^2 -> V^2).rank]"), &["[1, 3]"]);
    }
    // A rotation by 2π/10⁶ fixes no vector; weights 1, −1, 10⁻⁵ have no zero among them.
    gives("rank(vector(C(1000000)))\nrank(vector(matrix_group(algebra = [diag([1, -1, 1/10^5])])))", &["0", "0"]);
    // The same for smaller weights, and in doubles.
    for d in ["1/10^4", "1/10^5", "1/10^6"] {
        let code = format!(
            "let m = diag([1, -1, {d}])\n[rank(vector(matrix_group(algebra = [m]))), basis(vector(matrix_group(algebra = [float(m)]))).rank]"
        );
        gives(&code, &["[0, 0]"]);
    }
    // Beyond the memory that is allowed the answer is a refusal with an estimate, not a part of a basis.
    let code = "rep V = vector(SO(3))\nbasis(V^6 -> V^6, form = \"orthonormal\")";
    let limits = Limits::none().with_memory(200);
    let refused = run_with(code, here(), &limits).unwrap_err();
    assert_eq!(refused.code.as_str(), "memory");
    assert!(refused.message.contains("MiB, more than the memory limit of 200 MiB"), "{refused:?}");
    // The group of order 2 that fixes the line of (1, i): one complex invariant is two real ones.
    gives("rank(vector(matrix_group([0, -i; i, 0])))", &["2"]);
    gives("rank(vector(Z(100)) -> vector(Z(100)))\nbasis(vector(Z(100)) -> vector(Z(100))).rank", &["100", "100"]);
    gives(
        "order(RubiksCube)\nrep V = vector(RubiksCube)\n[rank(V -> V), rank(V^2 -> V)]",
        &["43252003274489856000", "[9, 51]"],
    );
    gives("rank(vector(SU(1)) -> vector(SU(1)))", &["4"]);
}

/// Groups of one element or one dimension, no generators, the zero representation.
#[test]
fn degenerate_groups() {
    for name in ["SO(1)", "S(1)", "A(1)", "Z(1)", "perm(1)", "GL(1)", "SL(1)", "Trivial(1)", "O(1)", "Scaling(1)"] {
        let code = format!("rep V = vector({name})\n[rank(V -> V), basis(V -> V).rank, rank(0*V), rank(0*V -> V)]");
        gives(&code, &["[1, 1, 0, 0]"]);
    }
    gives("rep V = vector(matrix_group([1, 0; 0, 1]))\n[rank(V -> V), rank(V)]", &["[4, 2]"]);
    gives("rep V = vector(matrix_group(algebra = [zeros(2)]))\nrank(V -> V)", &["4"]);
}

/// Maps of several arguments, and what they give.
#[test]
fn multilinear_maps() {
    // The triple product, and sums of products of inner products: 3 ways to pair four vectors.
    gives(
        "group G = SO(3)\nrep V = vector(G)\nlet b = basis(multilinear(V, V, V -> scalar(G)))\n\
         abs(contract(b[1], [1, 0, 0], [0, 1, 0], [0, 0, 1])[1])\nrank(multilinear(V, V, V, V -> scalar(G)))\n\
         rank(multilinear(V, V -> V^2, symmetry = \"symmetric\"))\ncols(contract(b[1], [1, 0, 0]))",
        &["1", "3", "2", "9"],
    );
    gives(
        "multilinear(vector(S(3)), vector(O(2)) -> vector(S(3)) * vector(O(2)))",
        &["V₁⊗V₂ → V₁⊗V₂: representation of S(3)×O(2) of dimension 36"],
    );
    fails("rep V = vector(SO(3))\nmultilinear(V, V)", "argument", "X -> Y");
    fails("rep V = vector(SO(3))\nmultilinear(V, 2*V -> V, symmetry = \"symmetric\")", "argument", "one space");
    fails("contract([1, 2, 3;], [1, 2])", "shape", "3 columns");
}

/// Products with a group of the plane, powers over float groups, narrow networks, attributes that results do not have.
#[test]
fn what_is_measured_and_said() {
    gives(
        "rep P = vector(C(5)) * vector(S(3))\nlet b = basis(P -> P)\nb.rank == rank(P -> P)\nequivariance_error(b[1], P -> P) < 1/10^12",
        &["true", "true"],
    );
    gives(
        "group G = matrix_group(algebra = [float(m) for m in matrices(so(3))])\nrep V = vector(G)\n\
         [basis(Sym(V, 2)).rank, basis(Alt(V, 2) -> V).rank, basis(Sym(V, 2) -> Sym(V, 2)).rank, basis(Alt(V, 3)).rank]",
        &["[1, 1, 2, 1]"],
    );
    let narrow = "group G = SL(3)\nrep V = vector(G)\n";
    let text = run(&format!("{narrow}emlp(3*V -> scalar(G), hidden = 5, layers = 1)"));
    assert!(text[0].ends_with("its value does not depend on its argument"), "{text:?}");
    let wide = "network N = emlp(3*V -> scalar(G), hidden = 50, layers = 2)\n\
                abs(N([1, 0, 0, 0, 1, 0, 0, 0, 1])[1] - N([0 for k in 1..9])[1]) > 1/10^12";
    gives(&format!("{narrow}{wide}"), &["true"]);
    fails("identify(SO(4)).name", "name", "aliases");
}
