//! The classical algebras by their defining matrices.
//!
//! Conventions as in Helgason, *Differential Geometry, Lie Groups and Symmetric Spaces*, section X.2.1, with natural
//! bases of entries 0, ±1, ±i.

use super::NamedError;
use super::matrices::{Entry, MatrixBasis, guard, imaginary, index_pair, real};
use crate::lie::Algebra;
use crate::limits::Limits;

/// Squares of a diagonal form: `p` times 1, then `q` times −1.
fn eta(p: usize, j: usize) -> i64 {
    if j < p { 1 } else { -1 }
}

/// A size for estimates: far above what is built, yet no formula in it overflows.
fn wide(n: usize) -> u128 {
    (n as u128).min(1 << 40)
}

fn at_least(condition: bool, what: String, expected: &str) -> Result<(), NamedError> {
    if condition { Ok(()) } else { Err(NamedError::Argument { what, expected: expected.to_string() }) }
}

/// `so(p)` or `so(p,q)` as it is written.
fn pair_name(family: &str, p: usize, q: usize) -> String {
    if q == 0 { format!("{family}({p})") } else { format!("{family}({p},{q})") }
}

fn orthogonal_basis(p: usize, q: usize) -> MatrixBasis {
    let n = p + q;
    let mut basis = MatrixBasis::new(n, false);
    for j in 0..n {
        for k in j + 1..n {
            basis.push(format!("L{}", index_pair(n, j, k)), vec![real(j, k, 1), real(k, j, -eta(p, j) * eta(p, k))]);
        }
    }
    basis
}

fn general_linear_basis(n: usize) -> MatrixBasis {
    let mut basis = MatrixBasis::new(n, false);
    for j in 0..n {
        for k in 0..n {
            basis.push(format!("E{}", index_pair(n, j, k)), vec![real(j, k, 1)]);
        }
    }
    basis
}

fn special_linear_basis(n: usize) -> MatrixBasis {
    let mut basis = MatrixBasis::new(n, false);
    for k in 1..n {
        basis.push(format!("H{k}"), vec![real(k - 1, k - 1, 1), real(k, k, -1)]);
    }
    for j in 0..n {
        for k in (0..n).filter(|&k| k != j) {
            basis.push(format!("E{}", index_pair(n, j, k)), vec![real(j, k, 1)]);
        }
    }
    basis
}

fn symplectic_basis(n: usize) -> MatrixBasis {
    // [[A, B], [C, -A^T]] with B and C symmetric preserves [[0, 1], [-1, 0]].
    let mut basis = MatrixBasis::new(2 * n, false);
    for j in 0..n {
        for k in 0..n {
            let name = if j == k { format!("H{}", j + 1) } else { format!("A{}", index_pair(n, j, k)) };
            basis.push(name, vec![real(j, k, 1), real(n + k, n + j, -1)]);
        }
    }
    for (letter, row, col) in [('B', 0, n), ('C', n, 0)] {
        for j in 0..n {
            for k in j..n {
                let mut entries = vec![real(row + j, col + k, 1)];
                if j != k {
                    entries.push(real(row + k, col + j, 1));
                }
                basis.push(format!("{letter}{}", index_pair(n, j, k)), entries);
            }
        }
    }
    basis
}

/// The anti-hermitian matrices for `p` plus and `q` minus signs, with the full diagonal or its traceless part.
fn unitary_basis(p: usize, q: usize, special: bool) -> MatrixBasis {
    let n = p + q;
    let mut basis = MatrixBasis::new(n, true);
    for k in 0..if special { n - 1 } else { n } {
        let mut entries = vec![imaginary(k, k, 1)];
        if special {
            entries.push(imaginary(k + 1, k + 1, -1));
        }
        basis.push(format!("H{}", k + 1), entries);
    }
    for j in 0..n {
        for k in j + 1..n {
            let sign = eta(p, j) * eta(p, k);
            basis.push(format!("X{}", index_pair(n, j, k)), vec![real(j, k, 1), real(k, j, -sign)]);
            basis.push(format!("Y{}", index_pair(n, j, k)), vec![imaginary(j, k, 1), imaginary(k, j, sign)]);
        }
    }
    basis
}

/// The complex 2n × 2n matrix `[[A, -B̄], [B, Ā]]` of a quaternionic one, from entries of A and of B.
fn quaternionic(n: usize, a: &[Entry], b: &[Entry]) -> Vec<Entry> {
    let mut out = Vec::with_capacity(2 * (a.len() + b.len()));
    for e in a {
        out.push(*e);
        out.push(Entry { row: n + e.row, col: n + e.col, re: e.re, im: -e.im });
    }
    for e in b {
        out.push(Entry { row: n + e.row, col: e.col, ..*e });
        out.push(Entry { row: e.row, col: n + e.col, re: -e.re, im: e.im });
    }
    out
}

/// `so(p,q)`: real matrices with `X^T η + η X = 0`, η having `p` plus and `q` minus signs. Basis
/// `L_jk = E_jk − η_j η_k E_kj`, j < k. Dimension n(n−1)/2, n = p + q.
pub fn so(p: usize, q: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = pair_name("so", p, q);
    let n = wide(p) + wide(q);
    at_least(n >= 2, name.clone(), "p + q at least 2")?;
    guard(&name, n * (n - 1) / 2, n, limits)?;
    orthogonal_basis(p, q).build(&name, limits)
}

/// `su(p,q)`: traceless complex matrices with `X* η + η X = 0`. Basis `H_k = i(E_kk − E_{k+1,k+1})`,
/// `X_jk = E_jk − η_j η_k E_kj`, `Y_jk = i(E_jk + η_j η_k E_kj)`. Dimension n² − 1.
pub fn su(p: usize, q: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = pair_name("su", p, q);
    let n = wide(p) + wide(q);
    at_least(n >= 2, name.clone(), "p + q at least 2")?;
    guard(&name, n * n - 1, 2 * n, limits)?;
    unitary_basis(p, q, true).build(&name, limits)
}

/// `u(p,q)`: complex matrices with `X* η + η X = 0`; the basis of [`su`] with `H_k = i E_kk`. Dimension n².
pub fn u(p: usize, q: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = pair_name("u", p, q);
    let n = wide(p) + wide(q);
    at_least(n >= 1, name.clone(), "p + q at least 1")?;
    guard(&name, n * n, 2 * n, limits)?;
    unitary_basis(p, q, false).build(&name, limits)
}

/// `sl(n,R)`: traceless real matrices. Basis `H_k = E_kk − E_{k+1,k+1}` and `E_jk`. Dimension n² − 1.
pub fn sl(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = format!("sl({n},R)");
    at_least(n >= 2, name.clone(), "n at least 2")?;
    guard(&name, wide(n) * wide(n) - 1, wide(n), limits)?;
    special_linear_basis(n).build(&name, limits)
}

/// `sl(n,C)` as a real algebra: the basis of [`sl`], then `i` times it. Dimension 2(n² − 1).
pub fn sl_complex(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = format!("sl({n},C)_R");
    at_least(n >= 2, name.clone(), "n at least 2")?;
    guard(&name, 2 * (wide(n) * wide(n) - 1), 2 * wide(n), limits)?;
    special_linear_basis(n).over_complex().build(&name, limits)
}

/// `gl(n,R)`: all real matrices, basis `E_jk`. Dimension n².
pub fn gl(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = format!("gl({n},R)");
    at_least(n >= 1, name.clone(), "n at least 1")?;
    guard(&name, wide(n) * wide(n), wide(n), limits)?;
    general_linear_basis(n).build(&name, limits)
}

/// `gl(n,C)` as a real algebra: `E_jk`, then `i E_jk`. Dimension 2n².
pub fn gl_complex(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = format!("gl({n},C)_R");
    at_least(n >= 1, name.clone(), "n at least 1")?;
    guard(&name, 2 * wide(n) * wide(n), 2 * wide(n), limits)?;
    general_linear_basis(n).over_complex().build(&name, limits)
}

/// `so(n,C)` as a real algebra: the basis of `so(n)`, then `i` times it. Dimension n(n−1).
pub fn so_complex(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = format!("so({n},C)_R");
    at_least(n >= 2, name.clone(), "n at least 2")?;
    guard(&name, wide(n) * (wide(n) - 1), 2 * wide(n), limits)?;
    orthogonal_basis(n, 0).over_complex().build(&name, limits)
}

/// `sp(2n,R)`: real matrices `[[A, B], [C, −A^T]]`, B and C symmetric. Dimension n(2n+1).
pub fn sp_real(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = format!("sp({},R)", 2 * n as u128);
    at_least(n >= 1, name.clone(), "an even number, at least 2")?;
    guard(&name, wide(n) * (2 * wide(n) + 1), 2 * wide(n), limits)?;
    symplectic_basis(n).build(&name, limits)
}

/// `sp(2n,C)` as a real algebra: the basis of [`sp_real`], then `i` times it. Dimension 2n(2n+1).
pub fn sp_complex(n: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = format!("sp({},C)_R", 2 * n as u128);
    at_least(n >= 1, name.clone(), "an even number, at least 2")?;
    guard(&name, 2 * wide(n) * (2 * wide(n) + 1), 4 * wide(n), limits)?;
    symplectic_basis(n).over_complex().build(&name, limits)
}

/// `sp(p,q)`: quaternionic matrices with `X* η + η X = 0`, as complex matrices `[[A, −B̄], [B, Ā]]` with `A` in `u(p,q)`
/// and `ηB` symmetric. Dimension n(2n+1), n = p + q.
pub fn sp(p: usize, q: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = pair_name("sp", p, q);
    let wide_n = wide(p) + wide(q);
    at_least(wide_n >= 1, name.clone(), "p + q at least 1")?;
    guard(&name, wide_n * (2 * wide_n + 1), 4 * wide_n, limits)?;
    let n = p + q;
    let mut basis = MatrixBasis::new(2 * n, true);
    for j in 0..n {
        basis.push(format!("H{}", j + 1), quaternionic(n, &[imaginary(j, j, 1)], &[]));
        for k in j + 1..n {
            let (sign, index) = (eta(p, j) * eta(p, k), index_pair(n, j, k));
            basis.push(format!("X{index}"), quaternionic(n, &[real(j, k, 1), real(k, j, -sign)], &[]));
            basis.push(format!("Y{index}"), quaternionic(n, &[imaginary(j, k, 1), imaginary(k, j, sign)], &[]));
        }
    }
    for j in 0..n {
        for k in j..n {
            // ηB symmetric: B = η S, S symmetric.
            let (sign, index) = (eta(p, j) * eta(p, k), index_pair(n, j, k));
            let mut entries = vec![real(j, k, 1)];
            if j != k {
                entries.push(real(k, j, sign));
            }
            let times_i: Vec<Entry> = entries.iter().map(|e| imaginary(e.row, e.col, e.re)).collect();
            basis.push(format!("Z{index}"), quaternionic(n, &[], &entries));
            basis.push(format!("W{index}"), quaternionic(n, &[], &times_i));
        }
    }
    basis.build(&name, limits)
}

/// `su*(2m) = sl(m,H)`: complex matrices `[[A, −B̄], [B, Ā]]` with `Re tr A = 0`. Dimension 4m² − 1.
pub fn su_star(m: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = format!("su*({})", 2 * m as u128);
    at_least(m >= 1, name.clone(), "an even number, at least 2")?;
    guard(&name, 4 * wide(m) * wide(m) - 1, 4 * wide(m), limits)?;
    let mut basis = MatrixBasis::new(2 * m, true);
    for k in 1..m {
        basis.push(format!("H{k}"), quaternionic(m, &[real(k - 1, k - 1, 1), real(k, k, -1)], &[]));
    }
    for j in 0..m {
        for k in 0..m {
            let index = index_pair(m, j, k);
            if j != k {
                basis.push(format!("E{index}"), quaternionic(m, &[real(j, k, 1)], &[]));
            }
            basis.push(format!("iE{index}"), quaternionic(m, &[imaginary(j, k, 1)], &[]));
            basis.push(format!("jE{index}"), quaternionic(m, &[], &[real(j, k, 1)]));
            basis.push(format!("kE{index}"), quaternionic(m, &[], &[imaginary(j, k, 1)]));
        }
    }
    basis.build(&name, limits)
}

/// `so*(2m)`: complex matrices `[[A, −B̄], [B, Ā]]` with `A` skew-symmetric and `B` hermitian, the intersection of
/// `so(2m,C)` with `gl(m,H)`. Dimension m(2m−1).
pub fn so_star(m: usize, limits: &Limits) -> Result<Algebra, NamedError> {
    let name = format!("so*({})", 2 * m as u128);
    at_least(m >= 1, name.clone(), "an even number, at least 2")?;
    guard(&name, wide(m) * (2 * wide(m) - 1), 4 * wide(m), limits)?;
    let mut basis = MatrixBasis::new(2 * m, true);
    for j in 0..m {
        for k in j + 1..m {
            let index = index_pair(m, j, k);
            basis.push(format!("A{index}"), quaternionic(m, &[real(j, k, 1), real(k, j, -1)], &[]));
            basis.push(format!("iA{index}"), quaternionic(m, &[imaginary(j, k, 1), imaginary(k, j, -1)], &[]));
        }
    }
    for j in 0..m {
        basis.push(format!("H{}", j + 1), quaternionic(m, &[], &[real(j, j, 1)]));
        for k in j + 1..m {
            let index = index_pair(m, j, k);
            basis.push(format!("X{index}"), quaternionic(m, &[], &[real(j, k, 1), real(k, j, 1)]));
            basis.push(format!("Y{index}"), quaternionic(m, &[], &[imaginary(j, k, 1), imaginary(k, j, -1)]));
        }
    }
    basis.build(&name, limits)
}
