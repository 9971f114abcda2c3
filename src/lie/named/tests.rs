use super::*;
use crate::exact::SparseMatrix;
use crate::lie::{Algebra, JacobiProof};
use crate::limits::Limits;
use crate::num::Rational;
use crate::roots::{CartanType, Letter, RealForm, SimpleType, parse_sum, real_forms};

/// The table as machine integers: `rows[i][j]` is `[e_i, e_j]`; independent of the engine's own products.
struct Table {
    dim: usize,
    rows: Vec<Vec<Vec<(usize, i64)>>>,
}

fn integer_table(g: &Algebra) -> Table {
    let dim = g.dim();
    let mut rows = vec![vec![Vec::new(); dim]; dim];
    for (i, j, k, v) in g.constants().iter() {
        let v = v.to_i64().expect("integer constants");
        rows[i][j].push((k, v));
        rows[j][i].push((k, -v));
    }
    Table { dim, rows }
}

impl Table {
    fn jacobi_holds(&self, i: usize, j: usize, k: usize) -> bool {
        let mut sum = std::collections::BTreeMap::new();
        for (a, b, c) in [(i, j, k), (j, k, i), (k, i, j)] {
            for &(m, v) in &self.rows[a][b] {
                for &(n, w) in &self.rows[m][c] {
                    *sum.entry(n).or_insert(0) += v * w;
                }
            }
        }
        sum.values().all(|v| *v == 0)
    }

    fn first_jacobi_failure(&self) -> Option<(usize, usize, usize)> {
        (0..self.dim)
            .flat_map(|i| (i + 1..self.dim).flat_map(move |j| (j + 1..self.dim).map(move |k| (i, j, k))))
            .find(|&(i, j, k)| !self.jacobi_holds(i, j, k))
    }

    /// `K_ij = Σ_{a,b} c_ia^b c_jb^a`, in integers.
    fn killing(&self) -> Vec<Vec<i64>> {
        let n = self.dim;
        // ad[i][b] lists (a, c) with [e_i, e_a] containing c e_b.
        let mut into = vec![vec![Vec::new(); n]; n];
        for (rows, into) in self.rows.iter().zip(&mut into) {
            for (a, row) in rows.iter().enumerate() {
                for &(b, c) in row {
                    into[b].push((a, c));
                }
            }
        }
        let mut dense = vec![0i64; n * n];
        let mut out = vec![vec![0; n]; n];
        for (i, rows) in self.rows.iter().enumerate() {
            dense.fill(0);
            for (a, row) in rows.iter().enumerate() {
                for &(b, c) in row {
                    dense[a * n + b] = c;
                }
            }
            for (j, target) in into.iter().enumerate().skip(i) {
                let mut sum = 0;
                for (a, list) in target.iter().enumerate() {
                    for &(b, c) in list {
                        sum += dense[a * n + b] * c;
                    }
                }
                out[i][j] = sum;
                out[j][i] = sum;
            }
        }
        out
    }

    /// The signature of the Killing form by symmetric elimination over Q.
    fn signature(&self) -> [usize; 3] {
        let mut m: Vec<Vec<Rational>> =
            self.killing().into_iter().map(|row| row.into_iter().map(Rational::from).collect()).collect();
        let n = self.dim;
        let mut counts = [0; 3];
        let mut left: Vec<usize> = (0..n).collect();
        while !left.is_empty() {
            if !left.iter().any(|&i| !m[i][i].is_zero()) {
                // No diagonal entry: e_i + e_j has one when m_ij is not zero.
                let pair =
                    left.iter().flat_map(|&i| left.iter().map(move |&j| (i, j))).find(|&(i, j)| !m[i][j].is_zero());
                let Some((i, j)) = pair else { break };
                let added = m[j].clone();
                m[i].iter_mut().zip(&added).for_each(|(x, y)| *x += y);
                for row in m.iter_mut() {
                    let add = row[j].clone();
                    row[i] += &add;
                }
            }
            let at = left.iter().position(|&i| !m[i][i].is_zero()).unwrap();
            let p = left.remove(at);
            counts[if m[p][p].signum() > 0 { 0 } else { 1 }] += 1;
            let pivot_row = m[p].clone();
            for &i in &left {
                if !m[i][p].is_zero() {
                    let factor = -(&m[i][p] / &pivot_row[p]);
                    for &j in &left {
                        if !pivot_row[j].is_zero() {
                            m[i][j].add_product(&factor, &pivot_row[j]);
                        }
                    }
                }
            }
        }
        counts[2] = n - counts[0] - counts[1];
        counts
    }
}

/// Every commutator of the matrices is what the table says.
fn check_realization(g: &Algebra) {
    let r = g.realization().expect("matrices");
    assert_eq!(r.basis.len(), g.dim());
    let stored = if r.complex { 2 * r.size } else { r.size };
    for m in &r.basis {
        assert_eq!((m.rows(), m.cols()), (stored, stored), "{}", g.origin());
        if r.complex {
            let n = r.size;
            for (i, j, v) in m.triples() {
                let partner = if i < n { m.entry(i + n, (j + n) % (2 * n)) } else { m.entry(i - n, (j + n) % (2 * n)) };
                let sign = if (i < n) == (j < n) { 1 } else { -1 };
                assert_eq!(&partner * &Rational::from(sign), *v, "complex structure of {}", g.origin());
            }
        }
    }
    for i in 0..g.dim() {
        for j in i + 1..g.dim() {
            let mut expected = SparseMatrix::zero(stored, stored);
            for (k, c) in g.constants().upper(i, j) {
                expected = expected.add_scaled(c, &r.basis[*k as usize]);
            }
            assert_eq!(r.basis[i].commutator(&r.basis[j]), expected, "{}: [{i},{j}]", g.origin());
        }
    }
}

fn check_names(g: &Algebra) {
    let names = g.names().expect("names");
    let distinct: std::collections::BTreeSet<&String> = names.iter().collect();
    assert_eq!((names.len(), distinct.len()), (g.dim(), g.dim()), "{}", g.origin());
}

fn limits() -> Limits {
    Limits::none()
}

fn types(max_dim: usize) -> Vec<SimpleType> {
    let mut out = Vec::new();
    for letter in [Letter::A, Letter::B, Letter::C, Letter::D, Letter::E, Letter::F, Letter::G] {
        out.extend(
            (1..=8)
                .filter_map(|r| SimpleType::new(letter, r).ok())
                .filter(|t| t.letter() == letter && t.dim() <= max_dim),
        );
    }
    out
}

#[test]
fn every_real_form_has_its_dimension_signature_and_jacobi() {
    let mut count = 0;
    for t in types(80) {
        for form in real_forms(t).into_iter().chain([RealForm::complex(t)]).filter(|f| f.dim() <= 80) {
            let g = real_form(form, &limits()).unwrap();
            assert_eq!(g.dim(), form.dim(), "{form}");
            assert_eq!(g.origin(), form.to_string());
            let table = integer_table(&g);
            assert_eq!(table.signature(), form.killing_signature(), "{form}");
            if form.dim() <= 55 || g.realization().is_none() {
                assert_eq!(table.first_jacobi_failure(), None, "{form}");
            }
            if g.realization().is_some() && form.dim() <= 40 {
                check_realization(&g);
            }
            check_names(&g);
            count += 1;
        }
    }
    assert!(count > 90, "{count}");
}

#[test]
fn other_usual_names_are_built_too() {
    for name in [
        "so(3)", "so(2,1)", "so(1,2)", "so(4)", "so(3,1)", "so(2,2)", "so*(4)", "so*(6)", "so*(8)", "so(6)", "so(5,1)",
        "so(3,3)", "so(4,2)", "sp(1)", "sp(2)", "sp(1,1)", "sp(1,2)", "su*(2)", "su*(4)", "su(1,1)", "su(1,2)",
        "sp(2,R)", "sp(4,R)", "sp(2,C)", "sp(4,C)", "so(3,C)", "so(4,C)", "so(6,C)", "sl(2,H)", "G2(C)", "A2(C)",
    ] {
        let (family, rest) = name.split_once('(').unwrap();
        let args: Vec<Arg> = rest
            .trim_end_matches(')')
            .split(',')
            .map(|n| n.parse().map(Arg::Integer).unwrap_or(Arg::Text(n.to_string())))
            .collect();
        let g = by_name(family, &args, &limits()).unwrap();
        let mut expected = [0; 3];
        for form in parse_sum(name).unwrap() {
            form.killing_signature().iter().zip(&mut expected).for_each(|(a, b)| *b += a);
        }
        assert_eq!(integer_table(&g).signature(), expected, "{name}");
        if g.realization().is_some() {
            check_realization(&g);
        }
    }
}

#[test]
fn split_and_compact_forms_of_every_type_satisfy_jacobi() {
    for t in types(80) {
        let whole: CartanType = t.into();
        for (g, form) in [
            (split(&whole, &limits()).unwrap(), RealForm::split(t)),
            (compact(&whole, &limits()).unwrap(), RealForm::compact(t)),
        ] {
            let table = integer_table(&g);
            assert_eq!(table.first_jacobi_failure(), None, "{}", g.origin());
            assert_eq!(table.signature(), form.killing_signature(), "{}", g.origin());
            check_names(&g);
        }
    }
}

#[test]
fn chevalley_numbers_have_the_size_of_the_strings() {
    for text in ["A4", "B3", "C4", "D5", "F4", "G2", "E6", "E8"] {
        let basis = ChevalleyBasis::new(text.parse().unwrap(), &limits()).unwrap();
        let system = basis.root_system();
        let count = 2 * system.positive_count();
        let step = if text == "E8" { 7 } else { 1 };
        for r in (0..count).step_by(step) {
            for s in (0..count).filter(|&s| s != r && s != system.negative_of(r)) {
                let (a, b) = (system.root(r), system.root(s));
                let sum: Vec<i64> = a.iter().zip(&b).map(|(x, y)| x + y).collect();
                let expected = if system.number_of(&sum).is_some() { system.steps_down(&b, &a) + 1 } else { 0 };
                let n = basis.n(r, s);
                assert_eq!(n.abs(), expected, "{text} {a:?} {b:?}");
                assert_eq!(basis.n(s, r), -n);
                assert_eq!(basis.n(system.negative_of(r), system.negative_of(s)), -n);
            }
        }
    }
}

/// The invariant form on the adjoint: for a Chevalley basis K(h_i, h_i) and K(e_r, f_r) are known multiples of h∨.
#[test]
fn killing_forms_of_e7_and_e8_are_the_known_ones() {
    for text in ["E7", "E8", "F4", "G2", "B4", "C4"] {
        let t: SimpleType = text.parse().unwrap();
        let g = split(&t.into(), &limits()).unwrap();
        let killing = integer_table(&g).killing();
        let basis = ChevalleyBasis::new(t, &limits()).unwrap();
        let count = t.root_count() / 2;
        let h = t.dual_coxeter_number() as i64;
        for r in 0..count {
            // K(e_r, e_{−r}) = 2h∨ · 2/(r, r).
            let length = basis.root_system().squared_length(&basis.root_system().root(r));
            let expected = &Rational::from(4 * h) / &length;
            assert_eq!(Rational::from(killing[t.rank() + r][t.rank() + count + r]), expected, "{text}");
        }
        let nonzero = killing.iter().flatten().filter(|v| **v != 0).count();
        let cartan = (0..t.rank()).flat_map(|i| (0..t.rank()).map(move |j| (i, j)));
        assert_eq!(nonzero, 2 * count + cartan.filter(|&(i, j)| killing[i][j] != 0).count());
    }
}

#[test]
fn forms_of_e7_and_e8_satisfy_jacobi_on_samples_and_have_their_signatures() {
    for (text, index) in [("E7", 7), ("E7", -5), ("E7", -25), ("E7", -133), ("E8", 8), ("E8", -24), ("E8", -248)] {
        let g = exceptional(text.parse().unwrap(), index, &limits()).unwrap();
        let table = integer_table(&g);
        let n = table.dim;
        let mut state = 1usize;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        for _ in 0..60_000 {
            let (i, j, k) = (next(), next(), next());
            assert!(table.jacobi_holds(i, j, k), "{text}({index}): {i} {j} {k}");
        }
        assert_eq!(table.signature(), parse_sum(&format!("{text}({index})")).unwrap()[0].killing_signature());
    }
}

#[test]
fn e7_and_e8_satisfy_jacobi_on_every_triple() {
    for (text, index) in [("E7", 7), ("E7", -5), ("E7", -25), ("E7", -133), ("E8", 8), ("E8", -24), ("E8", -248)] {
        let g = exceptional(text.parse().unwrap(), index, &limits()).unwrap();
        assert_eq!(integer_table(&g).first_jacobi_failure(), None, "{text}({index})");
    }
}

fn of(name: &str, n: i64) -> Algebra {
    by_name(name, &[Arg::Integer(n)], &limits()).unwrap()
}

fn bracket_text(g: &Algebra, a: &str, b: &str) -> String {
    let names = g.names().unwrap();
    let at = |name: &str| names.iter().position(|n| n == name).unwrap_or_else(|| panic!("{name} in {names:?}"));
    let terms = g.constants().bracket_of_basis(at(a), at(b));
    terms.iter().map(|(k, v)| format!("{v} {}", names[*k as usize])).collect::<Vec<_>>().join(" + ")
}

#[test]
fn algebras_of_space_and_time() {
    for (g, dim, signature) in [
        (of("heisenberg", 1), 3, [0, 0, 3]),
        (of("heisenberg", 3), 7, [0, 0, 7]),
        (of("oscillator", 1), 4, [0, 1, 3]),
        (of("oscillator", 2), 6, [0, 1, 5]),
        (of("euclid", 2), 3, [0, 1, 2]),
        (of("euclid", 3), 6, [0, 3, 3]),
        (of("similitude", 3), 7, [1, 3, 3]),
        (of("galilei", 3), 10, [0, 3, 7]),
        (of("bargmann", 3), 11, [0, 3, 8]),
        (of("affine", 1), 2, [1, 0, 1]),
        (of("affine", 2), 6, [3, 1, 2]),
        (of("borel", 3), 6, [2, 0, 4]),
        (of("nilpotent", 3), 3, [0, 0, 3]),
        (of("gl", 2), 4, [2, 1, 1]),
        (of("u", 3), 9, [0, 8, 1]),
        (poincare(3, 1, &limits()).unwrap(), 10, [3, 3, 4]),
        (poincare(1, 3, &limits()).unwrap(), 10, [3, 3, 4]),
        (poincare(1, 1, &limits()).unwrap(), 3, [1, 0, 2]),
        (poincare(2, 2, &limits()).unwrap(), 10, [4, 2, 4]),
        (u(2, 1, &limits()).unwrap(), 9, [4, 4, 1]),
        (gl_complex(2, &limits()).unwrap(), 8, [3, 3, 2]),
    ] {
        assert_eq!(g.dim(), dim, "{}", g.origin());
        assert_eq!(integer_table(&g).signature(), signature, "{}", g.origin());
        assert_eq!(integer_table(&g).first_jacobi_failure(), None);
        assert_eq!(g.jacobi(), &JacobiProof::Commutators);
        check_realization(&g);
        check_names(&g);
    }
    let abelian = of("abelian", 5);
    assert_eq!((abelian.dim(), abelian.constants().nonzeros()), (5, 0));
}

#[test]
fn brackets_read_as_physicists_expect() {
    let heisenberg = of("heisenberg", 2);
    assert_eq!(bracket_text(&heisenberg, "P1", "Q1"), "1 Z");
    assert_eq!(bracket_text(&heisenberg, "P1", "Q2"), "");
    let oscillator = of("oscillator", 1);
    assert_eq!(bracket_text(&oscillator, "P1", "Q1"), "1 Z");
    assert_eq!(bracket_text(&oscillator, "N", "P1"), "1 Q1");
    assert_eq!(bracket_text(&oscillator, "N", "Q1"), "-1 P1");
    let bargmann = of("bargmann", 3);
    assert_eq!(bracket_text(&bargmann, "K2", "P2"), "1 M");
    assert_eq!(bracket_text(&bargmann, "K2", "P3"), "");
    assert_eq!(bracket_text(&bargmann, "K1", "H"), "1 P1");
    let galilei = of("galilei", 3);
    assert_eq!(bracket_text(&galilei, "K1", "P1"), "");
    assert_eq!(bracket_text(&galilei, "J12", "P2"), "1 P1");
    for (p, q) in [(3, 1), (1, 3)] {
        let g = poincare(p, q, &limits()).unwrap();
        assert_eq!(g.names().unwrap().join(" "), "J12 J13 J23 K1 K2 K3 P1 P2 P3 P0");
        assert_eq!(bracket_text(&g, "P0", "J12"), "");
        assert!(bracket_text(&g, "K1", "P0").ends_with("1 P1"));
        assert!(bracket_text(&g, "K1", "P1").ends_with("1 P0"));
        assert!(bracket_text(&g, "K1", "K2").ends_with("1 J12"));
    }
    let sl2 = split(&"A1".parse().unwrap(), &limits()).unwrap();
    assert_eq!(bracket_text(&sl2, "E1", "F1"), "1 H1");
    assert_eq!(bracket_text(&sl2, "H1", "E1"), "2 E1");
}

#[test]
fn borel_and_nilpotent_parts_of_split_forms() {
    for t in types(60) {
        let whole: CartanType = t.into();
        let b = borel(&whole, &limits()).unwrap();
        let n = nilpotent(&whole, &limits()).unwrap();
        assert_eq!(b.dim(), t.rank() + t.root_count() / 2);
        assert_eq!(n.dim(), t.root_count() / 2);
        assert_eq!(integer_table(&n).signature(), [0, 0, n.dim()]);
        assert_eq!(integer_table(&b).signature(), [t.rank(), 0, n.dim()]);
        assert_eq!(integer_table(&b).first_jacobi_failure(), None);
        check_names(&b);
        check_names(&n);
    }
}

#[test]
fn extension_and_restriction_of_scalars() {
    let su2 = su(2, 0, &limits()).unwrap();
    let sl2 = sl(2, &limits()).unwrap();
    let complex_sl2 = realification(&su2, &limits()).unwrap();
    assert_eq!(integer_table(&complex_sl2).signature(), [3, 3, 0]);
    let split_sqrt2 = weil_restriction(&sl2, 2, &limits()).unwrap();
    assert_eq!(integer_table(&split_sqrt2).signature(), [4, 2, 0]);
    let sqrt_minus3 = weil_restriction(&su2, -3, &limits()).unwrap();
    assert_eq!(integer_table(&sqrt_minus3).signature(), [3, 3, 0]);
    let compact_sqrt5 = weil_restriction(&su2, 5, &limits()).unwrap();
    assert_eq!(integer_table(&compact_sqrt5).signature(), [0, 6, 0]);
    for g in [complex_sl2, split_sqrt2, sqrt_minus3, compact_sqrt5, realification(&sl2, &limits()).unwrap()] {
        check_realization(&g);
        check_names(&g);
        assert_eq!(integer_table(&g).first_jacobi_failure(), None);
    }
    for square in [0, 1, 4, 1 << 60, 3_037_000_499i64 * 3_037_000_499] {
        assert!(matches!(weil_restriction(&sl2, square, &limits()), Err(NamedError::Argument { .. })), "{square}");
    }
    assert!(weil_restriction(&sl2, i64::MIN, &limits()).is_ok());
}

#[test]
fn direct_sums_keep_matrices_and_names_apart() {
    let a = su(2, 0, &limits()).unwrap();
    let b = sl(3, &limits()).unwrap();
    for (g, complex) in [
        (direct_sum(&a, &b, &limits()).unwrap(), true),
        (direct_sum(&b, &a, &limits()).unwrap(), true),
        (direct_sum(&a, &a, &limits()).unwrap(), true),
        (direct_sum(&b, &b, &limits()).unwrap(), false),
    ] {
        assert_eq!(g.realization().unwrap().complex, complex);
        check_realization(&g);
        check_names(&g);
        assert_eq!(integer_table(&g).first_jacobi_failure(), None);
    }
    let sum = split(&"C3+B2+A1".parse().unwrap(), &limits()).unwrap();
    assert_eq!(integer_table(&sum).signature(), [12 + 6 + 2, 9 + 4 + 1, 0]);
    assert_eq!(sum.origin(), "split(C3+B2+A1)");
    let many = vec!["A1"; 400].join("+");
    let many = split(&many.parse().unwrap(), &limits()).unwrap();
    assert_eq!((many.dim(), many.constants().nonzeros()), (1200, 1200));
    check_names(&many);
    assert_eq!(many.names().unwrap()[3..12].join(" "), "H1' E1' F1' H1'' E1'' F1'' H1_4 E1_4 F1_4");
    assert_eq!(direct_sum_of(&[], &limits()).unwrap().dim(), 0);
}

#[test]
fn semidirect_sums_check_the_representation() {
    let so3 = so(3, 0, &limits()).unwrap();
    let vector = so3.realization().unwrap().basis.clone();
    let euclid3 = semidirect(&so3, &vector, &limits()).unwrap();
    assert_eq!(euclid3.constants(), euclid(3, &limits()).unwrap().constants());
    assert_eq!(euclid3.realization().unwrap().size, 4);
    check_realization(&euclid3);
    check_names(&euclid3);
    // The trivial representation is not faithful: the matrices of so(3) stand beside.
    let trivial = vec![SparseMatrix::zero(2, 2); 3];
    let g = semidirect(&so3, &trivial, &limits()).unwrap();
    assert_eq!((g.dim(), g.realization().unwrap().size), (5, 6));
    check_realization(&g);
    let complex = su(2, 0, &limits()).unwrap();
    let g = semidirect(&complex, &trivial, &limits()).unwrap();
    assert_eq!((g.dim(), g.realization().unwrap().size), (5, 5));
    check_realization(&g);
    let stored = complex.realization().unwrap().basis.clone();
    check_realization(&semidirect(&complex, &stored, &limits()).unwrap());
    // A wrong sign is found, with the pair.
    let mut wrong = vector.clone();
    wrong[2] = wrong[2].scale(&Rational::from(-1));
    assert_eq!(
        semidirect(&so3, &wrong, &limits()).unwrap_err(),
        NamedError::NotARepresentation { first: 0, second: 1 }
    );
    assert!(semidirect(&so3, &vector[..2], &limits()).is_err());
    wrong[1] = SparseMatrix::zero(2, 3);
    assert!(semidirect(&so3, &wrong, &limits()).is_err());
}

#[test]
fn names_of_the_table_can_be_called_as_it_says() {
    for entry in NAMES {
        for parameters in entry.parameters {
            let args: Vec<Arg> = parameters
                .split(", ")
                .filter(|p| !p.is_empty())
                .map(|p| match p {
                    "n" | "p" | "q" => Arg::Integer(2),
                    "2n" => Arg::Integer(4),
                    "type" => Arg::Text("B2+A1".to_string()),
                    other => other.parse().map(Arg::Integer).unwrap_or(Arg::Text(other.to_string())),
                })
                .collect();
            let g = by_name(entry.name, &args, &limits()).unwrap();
            assert!(g.dim() > 0, "{} {parameters}", entry.name);
        }
    }
    assert!(NAMES.windows(2).all(|w| w[0].name < w[1].name));
    assert_eq!(by_name("A3", &[], &limits()).unwrap().dim(), 15);
    assert_eq!(by_name("C3+B2", &[], &limits()).unwrap().dim(), 31);
    assert_eq!(by_name("A3", &[Arg::Integer(-5)], &limits()).unwrap().origin(), "su*(4)");
    assert_eq!(by_name("so_star", &[Arg::Integer(8)], &limits()).unwrap().dim(), 28);
}

#[test]
fn wrong_arguments_are_refused_without_work() {
    let huge = i64::MAX;
    for entry in NAMES {
        for args in [
            vec![],
            vec![0],
            vec![-1],
            vec![0, 0],
            vec![3, -1],
            vec![huge],
            vec![huge, huge],
            vec![100_000],
            vec![5000, 5000],
            vec![1, 2, 3],
            vec![i64::MIN],
        ] {
            if args.is_empty() && entry.parameters.contains(&"") {
                continue;
            }
            let args: Vec<Arg> = args.into_iter().map(Arg::Integer).collect();
            let got = by_name(entry.name, &args, &limits());
            assert!(matches!(got, Err(NamedError::Argument { .. })), "{} {args:?}", entry.name);
        }
        for text in ["", "Q", "E9", "0", "A9999", "D1", "é"] {
            for args in [vec![Arg::Text(text.into())], vec![Arg::Integer(3), Arg::Text(text.into())]] {
                assert!(by_name(entry.name, &args, &limits()).is_err(), "{} {args:?}", entry.name);
            }
        }
    }
    for (name, n) in
        [("so*", 3), ("su*", 5), ("sl", 1), ("su", 1), ("so", 1), ("nilpotent", 1), ("E6", 3), ("A13", -15)]
    {
        let got = by_name(name, &[Arg::Integer(n)], &limits());
        assert!(matches!(got, Err(NamedError::Argument { .. })), "{name}({n})");
    }
    assert_eq!(by_name("nonsense", &[], &limits()).unwrap_err(), NamedError::Unknown("nonsense".into()));
    let little = Limits::none().with_memory(1);
    assert!(matches!(by_name("so", &[Arg::Integer(60)], &little), Err(NamedError::Stopped(_))));
    let none = Limits::none().with_timeout(std::time::Duration::ZERO);
    assert!(matches!(by_name("E8", &[], &none), Err(NamedError::Stopped(_))));
    assert!(matches!(by_name("su", &[Arg::Integer(5)], &none), Err(NamedError::Stopped(_))));
}
