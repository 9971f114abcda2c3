//! Exact bases over cyclotomic fields: ranks from Molien's series, characters and weights, rows checked by arithmetic over the
//! field that shares nothing with the engine, and by the null space over Q of φ(n) times the size.

mod common;

use common::program::here;
use common::program::text::{gives, run_in};
use symmetra::equivariant::{Basis, Method, basis};
use symmetra::exact::null_space::null_space;
use symmetra::exact::{Matrix, SparseVector};
use symmetra::finite::restrict_scalars;
use symmetra::limits::Limits;
use symmetra::num::{Cyclotomic, PowerBasis, Rational};
use symmetra::reps::{Group, Rep, field_group, icosahedral};

fn none() -> Limits {
    Limits::none()
}

/// The Kronecker product over the field.
fn kronecker(a: &Matrix<Cyclotomic>, b: &Matrix<Cyclotomic>) -> Matrix<Cyclotomic> {
    let (p, q) = (b.rows(), b.cols());
    Matrix::from_fn(a.rows() * p, a.cols() * q, |i, j| a[(i / p, j / q)].mul(&b[(i % p, j % q)]))
}

/// `m x` over the field.
fn image(m: &Matrix<Cyclotomic>, x: &[Cyclotomic]) -> Vec<Cyclotomic> {
    let row = |i: usize| {
        let terms = m.row(i).iter().zip(x).filter(|(a, b)| !a.is_zero() && !b.is_zero());
        terms.fold(Cyclotomic::from(0), |sum, (a, b)| sum.add(&a.mul(b)))
    };
    (0..m.rows()).map(row).collect()
}

/// All rows of an exact basis, dense.
fn rows(found: &Basis) -> Vec<Vec<Cyclotomic>> {
    assert!(found.is_exact());
    let sparse = found.over_field(&none()).unwrap();
    let dense = |k: usize| {
        let mut out = vec![Cyclotomic::from(0); found.rows() * found.cols()];
        sparse.row(k).for_each(|(place, x)| out[place as usize] = x.clone());
        out
    };
    (0..found.rank()).map(dense).collect()
}

/// The generators of the group of type H3 or H4, or another Coxeter group, in the basis of its simple roots: `s_i v_j = v_j − c_ij
/// v_i` with `c_ij = −2 cos(π/m_ij)` (Humphreys, *Reflection Groups and Coxeter Groups*, 5.3). `bonds` are the numbers m on the path.
fn coxeter(bonds: &[u64]) -> Vec<Matrix<Cyclotomic>> {
    let n = bonds.len() + 1;
    let cartan = |i: usize, j: usize| match i.abs_diff(j) {
        0 => Cyclotomic::from(2),
        1 => {
            let m = bonds[i.min(j)];
            let root = Cyclotomic::root_of_unity(2 * m, 1);
            root.add(&root.conjugate()).scale(&Rational::from(-1))
        }
        _ => Cyclotomic::from(0),
    };
    let minus = Rational::from(-1);
    let one = |i: usize, j: usize| Cyclotomic::from(i64::from(i == j));
    let reflection = |k: usize| {
        Matrix::from_fn(n, n, |i, j| if i == k { one(i, j).add(&cartan(k, j).scale(&minus)) } else { one(i, j) })
    };
    (0..n).map(reflection).collect()
}

fn vector(group: &Group) -> Rep {
    Rep::vector(group.base()).unwrap()
}

/// The rows are fixed by `g ⊗ g ⊗ …`, and over Q, with φ(n) coordinates for each entry, the equations have φ(n) times as many
/// solutions, among them the rows.
fn tensors_agree(matrices: &[Matrix<Cyclotomic>], power: u32) {
    let group = field_group("G", matrices.to_vec(), Vec::new(), &none()).unwrap();
    let found = basis(&vector(&group).power(power).unwrap(), &none()).unwrap();
    let n = matrices.iter().flat_map(|m| m.entries()).fold(1, |n, x| num_integer::lcm(n, x.conductor()));
    let field = PowerBasis::new(n);
    let mut equations: Vec<SparseVector> = Vec::new();
    let mut cols = 0;
    for g in matrices {
        let tensor = (1..power).fold(g.clone(), |product, _| kronecker(&product, g));
        for row in rows(&found) {
            assert_eq!(image(&tensor, &row), row);
        }
        let minus_one = Cyclotomic::from(-1);
        let defect = Matrix::from_fn(tensor.rows(), tensor.cols(), |i, j| match i == j {
            true => tensor[(i, j)].add(&minus_one),
            false => tensor[(i, j)].clone(),
        });
        let rational = restrict_scalars(&field, &defect).unwrap();
        cols = rational.cols();
        equations.extend(rational.iter_rows().filter(|row| !row.is_empty()).map(<[_]>::to_vec));
    }
    let over_q = null_space(cols, &equations, &none()).unwrap().basis;
    assert_eq!(over_q.len(), field.degree() * found.rank());
}

/// The group of the icosahedron: 1 = 1 and 3 ⊗ 3 = 1 + 3 + 5 for the rotations; with reflections odd powers have nothing.
#[test]
fn tensors_over_the_golden_field_agree_with_restricted_scalars() {
    let group = icosahedral("I", &none()).unwrap().unwrap();
    let rotations = group.base().field().unwrap().matrices.clone();
    tensors_agree(&rotations, 2);
    tensors_agree(&rotations, 3);
    tensors_agree(&coxeter(&[3, 5]), 2);
    tensors_agree(&coxeter(&[7]), 3);
    tensors_agree(&coxeter(&[8]), 4);
}

/// How many products of generators of these degrees have degree k.
fn monomials(degrees: &[usize], k: usize) -> usize {
    let mut series = vec![0; k + 1];
    series[0] = 1;
    for d in degrees {
        for at in *d..=k {
            series[at] += series[at - d];
        }
    }
    series[k]
}

/// Invariant polynomials of Coxeter groups are polynomials in some of these degrees (Humphreys 3.7, table 1): bases as many, over
/// the field, invariant when a generator is put in: f(s x) = f(x) at a point of the field.
#[test]
fn invariant_polynomials_of_coxeter_groups() {
    for (bonds, degrees, most) in
        [(&[5u64][..], &[2, 5][..], 7), (&[3, 5], &[2, 6, 10], 6), (&[3, 3, 5], &[2, 12, 20, 30], 4)]
    {
        let matrices = coxeter(bonds);
        let group = field_group("W", matrices.clone(), Vec::new(), &none()).unwrap();
        let v = vector(&group);
        for k in 1..=most {
            let found = basis(&v.symmetric_power(k as u32).unwrap(), &none()).unwrap();
            assert_eq!(found.rank(), monomials(degrees, k), "{bonds:?} {k}");
        }
        // On linear forms the generators act by the transposes, so dual vectors are functions.
        let found = basis(&v.dual().unwrap().symmetric_power(2).unwrap(), &none()).unwrap();
        assert_eq!(found.rank(), 1);
        let n = matrices[0].rows();
        let form = &rows(&found)[0];
        let value = |x: &[Cyclotomic]| {
            let mut at = 0;
            let mut sum = Cyclotomic::from(0);
            for i in 0..n {
                for j in i..n {
                    sum = sum.add(&form[at].mul(&x[i].mul(&x[j])));
                    at += 1;
                }
            }
            sum
        };
        let x: Vec<Cyclotomic> = (1..=n as i64).map(|k| Cyclotomic::from(k * k - 3)).collect();
        for s in &matrices {
            assert_eq!(value(&image(s, &x)), value(&x), "{bonds:?}");
        }
    }
}

/// V³ → V³ of the rotations of the icosahedron: the sixth moment of its character is 16, one more than for SO(3), for which the
/// Riordan numbers count 15 (Klein's invariant of degree 6 is the new one).
#[test]
fn maps_of_cubes_of_the_icosahedron() {
    let group = icosahedral("I", &none()).unwrap().unwrap();
    let v = vector(&group);
    let cube = v.power(3).unwrap();
    let found = basis(&Rep::hom(&cube, &cube).unwrap(), &none()).unwrap();
    assert_eq!((found.rank(), found.method()), (16, Method::Averages));
    let irrational = found.field_rows().unwrap();
    // All numbers lie in Q(√5).
    assert!(irrational.values.iter().all(|x| x.as_rational().is_some() || x.as_quadratic().is_some_and(|q| q.2 == 5)));
    let generators = &group.base().field().unwrap().matrices;
    // g ⊗ g ⊗ g W = W g ⊗ g ⊗ g for the last element, whose entries are the irrational ones.
    let w = Matrix::from_fn(27, 27, |i, j| rows(&found)[15][27 * i + j].clone());
    for g in &generators[1..] {
        let tensor = kronecker(&kronecker(g, g), g);
        for j in [0, 5, 26] {
            let column = |m: &Matrix<Cyclotomic>| (0..27).map(|i| m[(i, j)].clone()).collect::<Vec<_>>();
            assert_eq!(image(&tensor, &column(&w)), image(&w, &column(&tensor)));
        }
    }
}

/// Printed as the numbers that they are; projections and files.
#[test]
fn bases_over_fields_in_the_language() {
    let plane = "let c = re(zeta(5))\nlet s = im(zeta(5))\ngroup G = matrix_group([c, -s; s, c], [1, 0; 0, -1], name = \"D5\")\n\
                 rep V = vector(G)\n";
    // Re (x + iy)^5 is the invariant of degree 5; on V ⊗ V ⊗ V ⊗ V → V there are three isotropic maps and its polarisation.
    gives(
        &format!(
            "{plane}basis(Sym(dual(V), 2))[1] == [1; 0; 1]\nlet b = basis(V^2 -> V^2)\nb.rank\nb.method\nb.complete\nbasis(V^4 -> V).rank"
        ),
        &["true", "3", "sums over the group", "as many as the exact characters of the group count", "1"],
    );
    let golden = "let t = (1 + sqrt(5))/2\ngroup H = matrix_group([-1, t, 0; 0, 1, 0; 0, 0, 1], [1, 0, 0; t, -1, 1; 0, 0, 1], \
                  [1, 0, 0; 0, 1, 0; 0, 1, -1], name = \"H3\")\nrep V = vector(H)\n";
    gives(
        &format!("{golden}basis(Sym(dual(V), 2))"),
        &["basis of the invariants of Sym²(V*) of H3: rank 1, vectors of length 6, by exact null space\n\
           [1, -1/2-1/2*sqrt(5), 0, 1, -1, 1]"],
    );
    gives(
        &format!(
            "{golden}let X = V^2 -> V^2\nlet b = basis(X)\nlet w = (2 + sqrt(5))*b[1] - b[2] + b[3]/7\nproject(w, X) == w\n\
             equivariance_error(b[1], X) < 1/10^14\n[b.rank, len(matrices(b))]"
        ),
        &["true", "true", "[3, 3]"],
    );
    // A column may be given as a list.
    gives(
        &format!("{golden}let q = basis(Sym(dual(V), 2))[1]\nproject([q[k,1] for k in 1..6], Sym(dual(V), 2))"),
        &["[1, -1/2-1/2*sqrt(5), 0, 1, -1, 1]"],
    );
}

/// Products with other groups are products of the bases of the factors: exact, and as many as the product of the counts.
#[test]
fn products_with_groups_over_fields() {
    gives(
        "rep V = vector(point_group(\"I\"))\nrep P = V * vector(S(3))\nlet b = basis(P -> P)\nb.rank\nb.method\nb.complete\n\
         let w = Sym(V, 6) * vector(SO(3))^2\nbasis(w).rank\nrep Q = V + vector(SO(3))\nbasis(Q -> Q).rank",
        &["2", "parts, each by its own method", "every part is complete", "2", "2"],
    );
}

/// A Lie algebra beside irrational matrices stays exact. Weights count: a torus on the first plane and a rotation by 2π/5 on the
/// second have in V⊗k the words in ±a, ±b with as many a as −a whose sum of ±b is 0 modulo 5.
#[test]
fn algebras_beside_irrational_generators() {
    let words = |k: u32| {
        let count = |mut word: u32| {
            let (mut a, mut b) = (0i32, 0i32);
            for _ in 0..k {
                match word % 4 {
                    0 => a += 1,
                    1 => a -= 1,
                    2 => b += 1,
                    _ => b -= 1,
                }
                word /= 4;
            }
            a == 0 && b % 5 == 0
        };
        (0..4u32.pow(k)).filter(|&word| count(word)).count().to_string()
    };
    let planes = "let c = re(zeta(5))\nlet s = im(zeta(5))\n\
                  group G = matrix_group([1, 0, 0, 0; 0, 1, 0, 0; 0, 0, c, -s; 0, 0, s, c], algebra = [[0, -1, 0, 0; 1, 0, 0, 0; 0, 0, 0, 0; 0, 0, 0, 0]])\n\
                  rep V = vector(G)\n";
    gives(
        &format!("{planes}basis(V -> V).rank\nbasis(V^2 -> V^2).rank\nbasis(V^2 -> V^2).complete\nrank(V^2 -> V^3)"),
        &[&words(2), &words(4), "the exact rank of the equations", &words(5)],
    );
    // SU(2) with the scalar ζ5 on C²: of the quaternions that commute with SU(2) the complex numbers are left. Without a
    // discrete generator all four.
    gives(
        "group G = matrix_group([zeta(5), 0; 0, zeta(5)], algebra = su(2))\nrep V = vector(G)\n\
         [rank(V -> V), rank(vector(matrix_group(algebra = su(2))) -> vector(matrix_group(algebra = su(2))))]",
        &["[2, 4]"],
    );
    // What is not known of such a group is refused, not read off its discrete generators.
    let scalars = "group G = matrix_group([zeta(5), 0; 0, zeta(5)], algebra = su(2))\n";
    for unknown in ["identify(G)", "dim(G)", "algebra_of(vector(G))", "order(G)", "characters(G)"] {
        let code = format!("{scalars}{unknown}");
        assert!(run_in(&code, here()).is_err(), "{code}");
    }
    gives(
        &format!("{scalars}sampling_law(G) == \"Haar measure\"\nlet g = sample(G)\ng[1,1] == g[2,2]"),
        &["false", "false"],
    );
    // Weights 1, √2, −1, −√2 over Q(√2).
    gives(
        "group T = matrix_group(algebra = [[1, 0, 0, 0; 0, sqrt(2), 0, 0; 0, 0, -1, 0; 0, 0, 0, -sqrt(2)]])\nT\nrep V = vector(T)\n\
         [basis(V -> V).rank, rank(Sym(V, 2)), rank(Alt(V, 4)), rank(Sym(V, 4))]",
        &["G: connected Lie group of dimension 1, 4×4 matrices over Q(√2)", "[4, 2, 1, 3]"],
    );
}

/// The group of a discovery over Q(√d) is exact: over C it is the orthogonal or unitary group, so ranks are those of pairings
/// (Weyl, *The Classical Groups*, II.9) and rows solve the equations of the generators over the field, whatever d.
#[test]
fn groups_of_discoveries_over_quadratic_fields() {
    let form = "oracle f(x[3]) = x1^2 + sqrt(2)*x2^2 - x3^2\ngroup G = discover(f)\nrep V = vector(G)\n";
    gives(
        &format!(
            "{form}G\n[dim(G), identify(G).real_form]\nlet b = basis(V^2 -> scalar(G))\nb.complete\nb.matrices\n\
             basis(V^2 -> V).matrices[1] == [0, 0, 0, 0, 0, 1, 0, -1, 0; 0, 0, -1/sqrt(2), 0, 0, 0, 1/sqrt(2), 0, 0; 0, -1, 0, 1, 0, 0, 0, 0, 0]\n\
             [rank(V^4), rank(V^2 -> V^3), rank(Alt(V, 3)), rank(dual(V) -> V)]"
        ),
        &[
            "exp(symmetries of f): connected Lie group of dimension 3, 3×3 matrices over Q(√2)",
            "[3, \"sl(2,R)\"]",
            "the exact rank of the equations",
            "[ 1  0  0  0  √2  0  0  0  -1 ]",
            "true",
            // Without reflections: 3, 6 and 1 of so(3).
            "[3, 6, 1, 1]",
        ],
    );
    // Complex matrices act on R^4 even where no entry is complex: U(1) of a rotation of C^2.
    gives(
        "oracle f(z[2] in C) = abs(z1)^2 + sqrt(2)*abs(z2)^2\ngroup U = discover(f)\nU\nrep V = vector(U)\n\
         [dim(V), basis(V -> V).rank, basis(V^2 -> V^2).rank]",
        // Real tensors of C^2: 2, and 4 choose 2 choices of conjugates of two pairings: 6 · 2.
        &["exp(symmetries of f): connected Lie group of dimension 4, 2×2 complex matrices over Q(√2)", "[4, 2, 12]"],
    );
    // A conductor of 796 is sensible, one of 4·2003 is not.
    let rank = "group G = discover(f)\nrep V = vector(G)\nlet b = basis(V^2 -> V)\n[b.rank, b.method]";
    gives(&format!("oracle f(x[3]) = x1^2 + sqrt(199)*x2^2 - x3^2\n{rank}"), &["[1, \"exact null space\"]"]);
    gives(&format!("oracle f(x[3]) = x1^2 + sqrt(2003)*x2^2 - x3^2\n{rank}"), &["[1, \"float null space\"]"]);
}
