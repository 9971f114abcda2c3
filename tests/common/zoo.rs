//! Algebras that are easy to mistake for others, built from their definitions.

use symmetra::exact::{Matrix, SparseMatrix};
use symmetra::lie::named::{self, Arg};
use symmetra::lie::{Algebra, Identification, MatrixSet, StructureConstants, identify, parts, span};
use symmetra::limits::Limits;
use symmetra::num::{Gaussian, Rational};
use symmetra::roots::parse_sum;

pub fn rational(text: &str) -> Rational {
    text.parse().unwrap()
}

/// The algebra in a random basis.
///
/// Up to dimension 24 every basis vector is touched several times, which fills the table; above, fewer operations
/// keep the tests quick while the basis is still far from any natural one.
pub fn scramble(g: &Algebra, seed: u64) -> Algebra {
    let operations = if g.dim() <= 24 { 4 * g.dim() } else { g.dim() };
    parts::scramble(g, seed, operations, true, &Limits::none()).unwrap()
}

/// A named algebra with whole-number arguments.
pub fn by_name(name: &str, arguments: &[i64]) -> Algebra {
    let arguments: Vec<Arg> = arguments.iter().map(|&n| Arg::Integer(n)).collect();
    named::by_name(name, &arguments, &Limits::none()).unwrap()
}

/// The semisimple algebra with this name in the contract's words.
pub fn real(name: &str) -> Algebra {
    let parts: Vec<Algebra> =
        parse_sum(name).unwrap().into_iter().map(|form| named::real_form(form, &Limits::none()).unwrap()).collect();
    named::direct_sum_of(&parts.iter().collect::<Vec<_>>(), &Limits::none()).unwrap()
}

pub fn from_terms(dim: usize, terms: impl IntoIterator<Item = (usize, usize, usize, Rational)>) -> Algebra {
    parts::from_table(StructureConstants::from_terms(dim, terms), "table", &Limits::none()).unwrap()
}

/// Everything that an identification says but its certificate, the ideals with all their facts.
pub fn facts(found: &Identification) -> String {
    let ideals: Vec<String> = found.ideals.iter().map(|ideal| format!("{} {:?}", ideal.form, ideal)).collect();
    format!(
        "{} {} {} {} {} {:?} {:?} {:?} {:?} {:?} {ideals:?}",
        found.dim,
        found.rank,
        found.center_dim,
        found.radical_dim,
        found.nilradical_dim,
        found.derived_series,
        found.lower_central_series,
        found.killing_signature,
        found.levi_type(),
        found.levi_real_form(),
    )
}

pub fn id(g: &Algebra) -> Identification {
    identify(g, &Limits::none()).unwrap()
}

/// What is known of an algebra by theory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub levi: &'static str,
    /// dim, rank, centre, radical, nilradical
    pub dims: [usize; 5],
    pub killing: [usize; 3],
    pub derived: Vec<usize>,
}

pub fn known(g: &Algebra) -> ([usize; 5], [usize; 3], Vec<usize>, String) {
    let found = id(g);
    let s = found.killing_signature;
    let dims = [found.dim, found.rank, found.center_dim, found.radical_dim, found.nilradical_dim];
    (dims, [s.positive, s.negative, s.zero], found.derived_series.clone(), found.levi_real_form())
}

pub fn check(name: &str, g: &Algebra, expected: &Known) {
    let Known { levi, dims, killing, derived } = expected.clone();
    assert_eq!(known(g), (dims, killing, derived, levi.to_string()), "{name}");
}

/// `g ⊗ Q[t]/(f)`, `f = t^d + Σ f_a t^a` with the coefficients below the leading one given. For an irreducible `f`
/// this is the Weil restriction of `g` from the field `Q[t]/(f)`; the basis is `x_i t^a`, by `a` first.
pub fn over_ring(g: &Algebra, f: &[i64]) -> Algebra {
    let (n, d) = (g.dim(), f.len());
    // t^m reduced, for m up to 2d - 2.
    let mut powers: Vec<Vec<i64>> = (0..d).map(|a| (0..d).map(|b| i64::from(a == b)).collect()).collect();
    for m in d..2 * d {
        let last = powers[m - 1].clone();
        let next = (0..d).map(|a| if a > 0 { last[a - 1] } else { 0 } - last[d - 1] * f[a]).collect();
        powers.push(next);
    }
    let mut terms = Vec::new();
    for a in 0..d {
        for b in 0..d {
            for i in 0..n {
                for j in 0..n {
                    let (p, q) = (a * n + i, b * n + j);
                    if p >= q {
                        continue;
                    }
                    for (k, c) in g.constants().bracket_of_basis(i, j) {
                        for e in (0..d).filter(|&e| powers[a + b][e] != 0) {
                            terms.push((p, q, e * n + k as usize, &c * &Rational::from(powers[a + b][e])));
                        }
                    }
                }
            }
        }
    }
    from_terms(n * d, terms)
}

/// Block upper triangular matrices of trace zero: a parabolic subalgebra of `sl(n)`.
pub fn parabolic(blocks: &[usize]) -> Algebra {
    let n: usize = blocks.iter().sum();
    let block_of: Vec<usize> = blocks.iter().enumerate().flat_map(|(b, &size)| vec![b; size]).collect();
    let mut matrices = Vec::new();
    let mut push = |entries: &[(usize, usize, i64)]| {
        let mut m = Matrix::from_fn(n, n, |_, _| Gaussian::from(0));
        for &(i, j, v) in entries {
            m[(i, j)] = Gaussian::from(v);
        }
        matrices.push(m);
    };
    for i in 0..n {
        for j in 0..n {
            if i != j && block_of[i] <= block_of[j] {
                push(&[(i, j, 1)]);
            }
        }
        if i > 0 {
            push(&[(i - 1, i - 1, 1), (i, i, -1)]);
        }
    }
    span(&MatrixSet::gaussian(&matrices).unwrap(), &Limits::none()).unwrap().algebra
}

/// `ρ(X) = ¼ Σ X_ab η_b γ_a γ_b` on the spinors for the matrices of `so(p, q)`; `[ρ(X), γ_c] = Σ X_ac γ_a` when
/// `γ_a γ_b + γ_b γ_a = 2 η_ab`.
fn spin(g: &Algebra, gamma: &[SparseMatrix], squares: &[i64]) -> Vec<SparseMatrix> {
    let size = gamma[0].rows();
    let one = |x: &SparseMatrix| {
        x.triples().fold(SparseMatrix::zero(size, size), |sum, (a, b, value)| {
            let factor = &(value * &Rational::from(squares[b])) * &rational("1/4");
            sum.add_scaled(&factor, &gamma[a].mul(&gamma[b]))
        })
    };
    g.realization().unwrap().basis.iter().map(one).collect()
}

/// `so(9) ⋉ R^16`, the spin representation: the weights of F4. The gamma matrices of so(8) are those of Green, Schwarz
/// and Witten, *Superstring Theory* I, appendix 5.B.
pub fn so9_spin() -> Algebra {
    let two = |entries: [i64; 4]| {
        let triples = entries.iter().enumerate().map(|(at, &v)| (at / 2, at % 2, Rational::from(v)));
        SparseMatrix::from_triples(2, 2, triples.filter(|t| !t.2.is_zero()).collect::<Vec<_>>())
    };
    let (one, e, t1, t3) = (two([1, 0, 0, 1]), two([0, 1, -1, 0]), two([0, 1, 1, 0]), two([1, 0, 0, -1]));
    let eights: Vec<SparseMatrix> = [
        [&e, &e, &e],
        [&one, &t1, &e],
        [&one, &t3, &e],
        [&t1, &e, &one],
        [&t3, &e, &one],
        [&e, &one, &t1],
        [&e, &one, &t3],
        [&one, &one, &one],
    ]
    .map(|[a, b, c]| a.kron(b).kron(c))
    .into();
    // [[0, γ], [γᵀ, 0]], and the chirality as the ninth.
    let (up, down) = (two([0, 1, 0, 0]), two([0, 0, 1, 0]));
    let whole = |m: &SparseMatrix| up.kron(m).add_scaled(&Rational::ONE, &down.kron(&m.transpose()));
    let mut gamma: Vec<SparseMatrix> = eights.iter().map(whole).collect();
    gamma.push(t3.kron(&SparseMatrix::identity(8)));
    let g = named::so(9, 0, &Limits::none()).unwrap();
    named::semidirect(&g, &spin(&g, &gamma, &[1; 9]), &Limits::none()).unwrap()
}

/// `so(n, n) ⋉ S`, a half-spin representation: the even part of the exterior algebra of Q^n, where `e_i ∧` and the
/// contraction with `e_i` generate the Clifford algebra. For n = 8 the dimension is 120 + 128: the weights of E8.
pub fn split_half_spin(n: usize) -> Algebra {
    let g = named::so(n, n, &Limits::none()).unwrap();
    // γ_a = e_a ∧ + ι_a has square 1, γ_{n+a} = e_a ∧ - ι_a has square -1, on subsets as bit masks.
    let apply = |a: usize, state: usize| -> (usize, i64) {
        let bit = 1 << (a % n);
        let before = (state & (bit - 1)).count_ones();
        let sign = if before.is_multiple_of(2) { 1 } else { -1 };
        (state ^ bit, if a >= n && state & bit != 0 { -sign } else { sign })
    };
    let even: Vec<usize> = (0..1 << n).filter(|state: &usize| state.count_ones().is_multiple_of(2)).collect();
    let place = |state: usize| even.binary_search(&state).unwrap();
    let one = |x: &SparseMatrix| {
        let mut triples = Vec::new();
        for (a, b, value) in x.triples() {
            let square = if b < n { 1 } else { -1 };
            for &state in &even {
                let (middle, first) = apply(b, state);
                let (end, second) = apply(a, middle);
                let factor = Rational::new(square * first * second, 4).unwrap();
                triples.push((place(end), place(state), value * &factor));
            }
        }
        SparseMatrix::from_triples(even.len(), even.len(), triples)
    };
    let rho: Vec<SparseMatrix> = g.realization().unwrap().basis.iter().map(one).collect();
    named::semidirect(&g, &rho, &Limits::none()).unwrap()
}

/// `sl(3) ⋉ (Q³ + Q³*)`: the weights of G2.
pub fn sl3_with_both_vectors() -> Algebra {
    let g = named::sl(3, &Limits::none()).unwrap();
    let minus = Rational::from(-1);
    let both = |x: &SparseMatrix| x.direct_sum(&x.transpose().scale(&minus));
    let rho: Vec<SparseMatrix> = g.realization().unwrap().basis.iter().map(both).collect();
    named::semidirect(&g, &rho, &Limits::none()).unwrap()
}

/// The elements of trace zero of the quaternion algebra (a, b): `[i, j] = 2k`, `[j, k] = -2b i`, `[k, i] = -2a j`.
pub fn quaternions(a: i64, b: i64) -> Algebra {
    let q = Rational::from;
    from_terms(3, [(0, 1, 2, q(2)), (1, 2, 0, q(-2 * b)), (0, 2, 1, q(2 * a))])
}

/// The same for (-1, √d) over Q(√d), seen over Q; basis i, j, k, √d i, √d j, √d k.
pub fn mixed_quaternions(d: i64) -> Algebra {
    let mut terms = Vec::new();
    for (s, t) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        // √d^m times element e: the place of √d^(m mod 2) e, and the factor d^(m div 2).
        let mut push = |i: usize, j: usize, k: usize, value: i64, power: usize| {
            let value = Rational::from(value * d.pow(power as u32 / 2));
            terms.push((3 * s + i, 3 * t + j, 3 * (power % 2) + k, value));
        };
        push(0, 1, 2, 2, s + t);
        push(1, 2, 0, -2, s + t + 1);
        push(2, 0, 1, 2, s + t);
    }
    from_terms(6, terms)
}
