//! Algebras that are not semisimple: of spaces and space-times, of oscillators, triangular and abelian ones.

use super::NamedError;
use super::matrices::{MatrixBasis, guard, index_pair, real};
use crate::lie::{Algebra, JacobiProof, StructureConstants};
use crate::limits::Limits;

fn positive(n: usize, name: &str) -> Result<u128, NamedError> {
    if n == 0 {
        return Err(NamedError::Argument { what: format!("{name}(0)"), expected: "a number from 1".to_string() });
    }
    // Clamped for estimates: far above what is built, yet no formula in it overflows.
    Ok((n as u128).min(1 << 40))
}

/// The abelian algebra of dimension `n`, all brackets zero.
pub fn abelian(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    positive(n, "abelian")?;
    guard("abelian", n as u128, 0, limits)?;
    let names = (1..=n).map(|k| format!("e{k}")).collect();
    let proof = JacobiProof::Construction("all brackets are zero".to_string());
    Ok(Algebra::new(StructureConstants::abelian(n), proof, format!("abelian({n})")).with_names(names))
}

/// The Heisenberg algebra of dimension 2n + 1: `[P_j, Q_j] = Z`. Matrices of size n + 2: `P_j` in the first row, `Q_j`
/// in the last column, `Z` in the corner.
pub fn heisenberg(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let wide = positive(n, "heisenberg")?;
    guard("heisenberg", 2 * wide + 1, wide + 2, limits)?;
    let mut basis = MatrixBasis::new(n + 2, false);
    for j in 1..=n {
        basis.push(format!("P{j}"), vec![real(0, j, 1)]);
    }
    for j in 1..=n {
        basis.push(format!("Q{j}"), vec![real(j, n + 1, 1)]);
    }
    basis.push("Z".to_string(), vec![real(0, n + 1, 1)]);
    basis.build(&format!("heisenberg({n})"), limits)
}

/// The oscillator algebra of dimension 2n + 2, for n = 1 the diamond algebra: `[P_j, Q_j] = Z`, `[N, P_j] = Q_j`,
/// `[N, Q_j] = −P_j`.
pub fn oscillator(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let wide = positive(n, "oscillator")?;
    guard("oscillator", 2 * wide + 2, 2 * wide + 2, limits)?;
    // X(v, z) = [[0, v^T Ω, 2z], [0, 0, v], [0, 0, 0]] with [X(v), X(w)] = 2 v^T Ω w in the corner.
    let last = 2 * n + 1;
    let mut basis = MatrixBasis::new(2 * n + 2, false);
    for j in 1..=n {
        basis.push(format!("P{j}"), vec![real(0, n + j, 1), real(j, last, 1)]);
    }
    for j in 1..=n {
        basis.push(format!("Q{j}"), vec![real(0, j, -1), real(n + j, last, 1)]);
    }
    basis.push("Z".to_string(), vec![real(0, last, 2)]);
    basis.push("N".to_string(), (1..=n).flat_map(|j| [real(j, n + j, -1), real(n + j, j, 1)]).collect());
    basis.build(&format!("oscillator({n})"), limits)
}

/// The Poincaré algebra `so(p,q) ⋉ R^(p+q)` as affine matrices of size p + q + 1; p coordinates with +, then q with −.
///
/// With one time coordinate, q = 1 or else p = 1, the basis is `J_jk`, boosts `K_j`, translations `P_j` and `P0`; otherwise
/// `M_jk` and `P_j`, numbered from 1.
pub fn poincare(p: usize, q: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = format!("poincare({p},{q})");
    let n = (p as u128 + q as u128).min(1 << 40);
    if n == 0 {
        return Err(NamedError::Argument { what: name, expected: "p + q at least 1".to_string() });
    }
    guard(&name, n * (n + 1) / 2, n + 1, limits)?;
    let n = p + q;
    let time = match (p, q) {
        (_, 1) if p > 0 => Some(n - 1),
        (1, _) if q > 0 => Some(0),
        _ => None,
    };
    // Space coordinates are numbered from 1 without the time.
    let space = |j: usize| if time == Some(0) { j - 1 } else { j };
    let eta = |j: usize| if j < p { 1 } else { -1 };
    let (mut rotations, mut boosts) = (Vec::new(), Vec::new());
    for j in 0..n {
        for k in j + 1..n {
            let entries = vec![real(j, k, 1), real(k, j, -eta(j) * eta(k))];
            if time == Some(j) {
                boosts.push((format!("K{}", space(k) + 1), entries));
            } else if time == Some(k) {
                boosts.push((format!("K{}", space(j) + 1), entries));
            } else {
                let letter = if time.is_some() { "J" } else { "M" };
                rotations.push((format!("{letter}{}", index_pair(n, space(j), space(k))), entries));
            }
        }
    }
    let mut basis = MatrixBasis::new(n + 1, false);
    for (element, entries) in rotations.into_iter().chain(boosts) {
        basis.push(element, entries);
    }
    for j in (0..n).filter(|&j| time != Some(j)) {
        basis.push(format!("P{}", space(j) + 1), vec![real(j, n, 1)]);
    }
    if let Some(t) = time {
        basis.push("P0".to_string(), vec![real(t, n, 1)]);
    }
    basis.build(&name, limits)
}

/// Rotations `J_jk = E_jk − E_kj` of the first n coordinates.
fn push_rotations(basis: &mut MatrixBasis, n: usize) {
    for j in 0..n {
        for k in j + 1..n {
            basis.push(format!("J{}", index_pair(n, j, k)), vec![real(j, k, 1), real(k, j, -1)]);
        }
    }
}

/// The Euclidean algebra `so(n) ⋉ R^n`: rotations `J_jk` and translations `P_j`. Dimension n(n+1)/2.
pub fn euclid(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let wide = positive(n, "euclid")?;
    guard("euclid", wide * (wide + 1) / 2, wide + 1, limits)?;
    let mut basis = MatrixBasis::new(n + 1, false);
    push_rotations(&mut basis, n);
    for j in 0..n {
        basis.push(format!("P{}", j + 1), vec![real(j, n, 1)]);
    }
    basis.build(&format!("euclid({n})"), limits)
}

/// The algebra of similarities `(so(n) + R D) ⋉ R^n`; `[D, P_j] = P_j`. Dimension n(n+1)/2 + 1.
pub fn similitude(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let wide = positive(n, "similitude")?;
    guard("similitude", wide * (wide + 1) / 2 + 1, wide + 1, limits)?;
    let mut basis = MatrixBasis::new(n + 1, false);
    push_rotations(&mut basis, n);
    basis.push("D".to_string(), (0..n).map(|j| real(j, j, 1)).collect());
    for j in 0..n {
        basis.push(format!("P{}", j + 1), vec![real(j, n, 1)]);
    }
    basis.build(&format!("similitude({n})"), limits)
}

/// The Galilei algebra of n space dimensions: rotations `J_jk`, boosts `K_j`, translations `P_j` and the time translation
/// `H`; `[K_j, H] = P_j`. It acts on (x, t, 1). Dimension n(n−1)/2 + 2n + 1, 10 for n = 3.
pub fn galilei(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let wide = positive(n, "galilei")?;
    guard("galilei", wide * (wide - 1) / 2 + 2 * wide + 1, wide + 2, limits)?;
    let mut basis = MatrixBasis::new(n + 2, false);
    push_rotations(&mut basis, n);
    for j in 0..n {
        basis.push(format!("K{}", j + 1), vec![real(j, n, 1)]);
    }
    for j in 0..n {
        basis.push(format!("P{}", j + 1), vec![real(j, n + 1, 1)]);
    }
    basis.push("H".to_string(), vec![real(n, n + 1, 1)]);
    basis.build(&format!("galilei({n})"), limits)
}

/// The Bargmann algebra: the central extension of [`galilei`] by the mass, `[K_j, P_k] = δ_jk M`.
pub fn bargmann(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let wide = positive(n, "bargmann")?;
    guard("bargmann", wide * (wide - 1) / 2 + 2 * wide + 2, wide + 3, limits)?;
    // Coordinates x_1 … x_n, t, s, 1, where the phase s moves by v·x + m.
    let (time, phase, one) = (n, n + 1, n + 2);
    let mut basis = MatrixBasis::new(n + 3, false);
    push_rotations(&mut basis, n);
    for j in 0..n {
        basis.push(format!("K{}", j + 1), vec![real(j, time, 1), real(phase, j, 1)]);
    }
    for j in 0..n {
        basis.push(format!("P{}", j + 1), vec![real(j, one, 1)]);
    }
    basis.push("H".to_string(), vec![real(time, one, 1)]);
    basis.push("M".to_string(), vec![real(phase, one, 1)]);
    basis.build(&format!("bargmann({n})"), limits)
}

/// The affine algebra `gl(n) ⋉ R^n`: `E_jk` and translations `P_j`. Dimension n(n+1).
pub fn affine(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let wide = positive(n, "affine")?;
    guard("affine", wide * (wide + 1), wide + 1, limits)?;
    let mut basis = MatrixBasis::new(n + 1, false);
    for j in 0..n {
        for k in 0..n {
            basis.push(format!("E{}", index_pair(n, j, k)), vec![real(j, k, 1)]);
        }
    }
    for j in 0..n {
        basis.push(format!("P{}", j + 1), vec![real(j, n, 1)]);
    }
    basis.build(&format!("affine({n})"), limits)
}

/// Upper triangular matrices, the Borel subalgebra of `gl(n)`. Dimension n(n+1)/2.
pub fn borel_of_gl(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let wide = positive(n, "borel")?;
    guard("borel", wide * (wide + 1) / 2, wide, limits)?;
    triangular(n, 0).build(&format!("borel({n})"), limits)
}

/// Strictly upper triangular n × n matrices. Dimension n(n−1)/2.
pub fn nilpotent_of_gl(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let wide = positive(n, "nilpotent")?;
    if n == 1 {
        return Err(NamedError::Argument {
            what: "nilpotent(1), which is zero".to_string(),
            expected: "a number from 2".to_string(),
        });
    }
    guard("nilpotent", wide * (wide - 1) / 2, wide, limits)?;
    triangular(n, 1).build(&format!("nilpotent({n})"), limits)
}

/// The matrices `E_jk` with `k ≥ j + offset`.
fn triangular(n: usize, offset: usize) -> MatrixBasis {
    let mut basis = MatrixBasis::new(n, false);
    for j in 0..n {
        for k in j + offset..n {
            basis.push(format!("E{}", index_pair(n, j, k)), vec![real(j, k, 1)]);
        }
    }
    basis
}
