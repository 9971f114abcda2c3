//! New algebras from old ones: direct sums, semidirect sums, extension and restriction of scalars.

use super::NamedError;
use super::matrices::guard;
use crate::exact::SparseMatrix;
use crate::exact::sparse::{SparseVector, add_scaled, entry};
use crate::lie::{Algebra, JacobiProof, Realization, StructureConstants};
use crate::limits::Limits;
use crate::num::Rational;

/// The direct sum `g ⊕ h`, the basis of `g` first; with block-diagonal matrices when both have matrices (complex if one of
/// them is). Names of `h` that `g` has too get a prime.
pub fn direct_sum(g: &Algebra, h: &Algebra, limits: &Limits) -> Result<Algebra, NamedError> {
    let matrix_size =
        |a: &Algebra| a.realization().map_or(0, |r| r.basis.first().map_or(0, SparseMatrix::rows)) as u128;
    guard("direct sum", (g.dim() + h.dim()) as u128, 2 * (matrix_size(g) + matrix_size(h)), limits)?;
    let constants = g.constants().direct_sum(h.constants());
    let proof = JacobiProof::Construction("direct sum of Lie algebras".to_string());
    let mut out = Algebra::new(constants, proof, format!("{} + {}", g.origin(), h.origin()));
    if let (Some(a), Some(b)) = (g.realization(), h.realization()) {
        out = out.with_realization(block_diagonal(a, b));
    }
    if let (Some(a), Some(b)) = (g.names(), h.names()) {
        let mut names = a.to_vec();
        for name in b {
            let mut fresh = name.clone();
            while names.contains(&fresh) {
                fresh.push('\'');
            }
            names.push(fresh);
        }
        out = out.with_names(names);
    }
    Ok(out)
}

/// The diagonal blocks `diag(X_i, 0)` and `diag(0, Y_j)`.
fn block_diagonal(a: &Realization, b: &Realization) -> Realization {
    let complex = a.complex || b.complex;
    let size = a.size + b.size;
    let stored = if complex { 2 * size } else { size };
    let place = |r: &Realization, shift: usize| -> Vec<SparseMatrix> {
        // A stored index is an index of the matrix in its real or its imaginary half.
        let moved = |at: usize| if at < r.size { at + shift } else { at - r.size + shift + size };
        r.basis
            .iter()
            .map(|m| {
                let mut triples: Vec<(usize, usize, Rational)> =
                    m.triples().map(|(i, j, v)| (moved(i), moved(j), v.clone())).collect();
                if complex && !r.complex {
                    let lower: Vec<_> = triples.iter().map(|(i, j, v)| (i + size, j + size, v.clone())).collect();
                    triples.extend(lower);
                }
                SparseMatrix::from_triples(stored, stored, triples)
            })
            .collect()
    };
    let mut basis = place(a, 0);
    basis.extend(place(b, a.size));
    Realization { size, complex, basis }
}

/// `g ⊗ Q(i)` seen over Q: the basis of `g`, then `i` times it.
pub fn realification(g: &Algebra, limits: &Limits) -> Result<Algebra, NamedError> {
    let realization = g.realization().map(|r| {
        let n = r.basis.first().map_or(0, SparseMatrix::rows);
        let place = |m: &SparseMatrix, times_i: bool| {
            let triples = m.triples().flat_map(|(i, j, v)| {
                if times_i {
                    [(i, j + n, -v), (i + n, j, v.clone())]
                } else {
                    [(i, j, v.clone()), (i + n, j + n, v.clone())]
                }
            });
            SparseMatrix::from_triples(2 * n, 2 * n, triples.collect::<Vec<_>>())
        };
        let basis = r.basis.iter().map(|m| place(m, false)).chain(r.basis.iter().map(|m| place(m, true))).collect();
        Realization { size: n, complex: true, basis }
    });
    extend_scalars(g, -1, "i", realization, limits).map(|a| a.with_origin(format!("realification of {}", g.origin())))
}

/// The restriction of scalars of `g ⊗ Q(√d)` to Q: the basis of `g`, then `√d` times it; `d` is an integer and no square.
///
/// Over the reals this is `g ⊕ g` for `d > 0` and the complexification seen as real for `d < 0`; over Q it stays simple
/// when `g` is absolutely simple.
pub fn weil_restriction(g: &Algebra, d: i64, limits: &Limits) -> Result<Algebra, NamedError> {
    let root = (d.unsigned_abs() as f64).sqrt().round() as i128;
    if d >= 0 && root * root == i128::from(d) {
        return Err(NamedError::Argument {
            what: format!("sqrt({d})"),
            expected: "an integer that is no square".into(),
        });
    }
    let realization = g.realization().map(|r| {
        let n = r.basis.first().map_or(0, SparseMatrix::rows);
        let one = SparseMatrix::identity(2);
        let sqrt = SparseMatrix::from_triples(2, 2, [(0, 1, Rational::from(d)), (1, 0, Rational::ONE)]);
        let basis = r.basis.iter().map(|m| one.kron(m)).chain(r.basis.iter().map(|m| sqrt.kron(m))).collect();
        Realization { size: 2 * n, complex: false, basis }
    });
    let symbol = format!("√{d}·");
    extend_scalars(g, d, &symbol, realization, limits)
        .map(|a| a.with_origin(format!("{} over Q(sqrt({d})), seen over Q", g.origin())))
}

/// `g ⊗ Q[s]/(s² − d)`: `[s x, y] = s [x, y]`, `[s x, s y] = d [x, y]`.
fn extend_scalars(
    g: &Algebra,
    d: i64,
    symbol: &str,
    realization: Option<Realization>,
    limits: &Limits,
) -> Result<Algebra, NamedError> {
    let n = g.dim();
    let matrix_size = realization.as_ref().map_or(0, |r| r.basis.first().map_or(0, SparseMatrix::rows));
    guard("an extension of scalars", 2 * n as u128, matrix_size as u128, limits)?;
    let factor = Rational::from(d);
    let shifted = |v: SparseVector| -> SparseVector { v.into_iter().map(|(k, c)| (k + n as u32, c)).collect() };
    let constants = StructureConstants::from_fn(2 * n, |i, j| {
        let bracket = g.constants().bracket_of_basis(i % n, j % n);
        match (i < n, j < n) {
            (true, true) => bracket,
            (false, false) => bracket.into_iter().map(|(k, c)| (k, &c * &factor)).collect(),
            _ => shifted(bracket),
        }
    });
    let proof = JacobiProof::Construction("extension of scalars of a Lie algebra".to_string());
    let mut out = Algebra::new(constants, proof, g.origin());
    if let Some(r) = realization {
        out = out.with_realization(r);
    }
    if let Some(names) = g.names() {
        let extended = names.iter().map(|name| format!("{symbol}{name}"));
        out = out.with_names(names.iter().cloned().chain(extended).collect());
    }
    Ok(out)
}

/// The semidirect sum `g ⋉ V`: `[e_i, v_a] = ρ(e_i) v_a`, `[V, V] = 0`, the basis of `g` first. The matrices `ρ(e_i)` are
/// checked exactly: `ρ([e_i, e_j]) = [ρ(e_i), ρ(e_j)]`, and a pair for which this fails is reported.
///
/// The algebra gets affine matrices `[[ρ(x), v], [0, 0]]` when the `ρ(e_i)` are linearly independent, else those beside
/// the matrices of `g`, when it has any.
pub fn semidirect(g: &Algebra, rho: &[SparseMatrix], limits: &Limits) -> Result<Algebra, NamedError> {
    let n = g.dim();
    if rho.len() != n {
        return Err(NamedError::Argument {
            what: format!("{} matrices", rho.len()),
            expected: format!("{n} matrices, one for each basis element"),
        });
    }
    let m = rho.first().map_or(0, SparseMatrix::rows);
    if let Some(bad) = rho.iter().find(|r| r.rows() != m || r.cols() != m) {
        return Err(NamedError::Argument {
            what: format!("a {} × {} matrix", bad.rows(), bad.cols()),
            expected: format!("{m} × {m} matrices"),
        });
    }
    guard("a semidirect sum", (n + m) as u128, m as u128 + 1, limits)?;
    for i in 0..n {
        limits.check()?;
        for j in i + 1..n {
            let mut expected = SparseMatrix::zero(m, m);
            for (k, c) in g.constants().upper(i, j) {
                expected = expected.add_scaled(c, &rho[*k as usize]);
            }
            if rho[i].commutator(&rho[j]) != expected {
                return Err(NamedError::NotARepresentation { first: i, second: j });
            }
        }
    }
    let columns: Vec<SparseMatrix> = rho.iter().map(SparseMatrix::transpose).collect();
    let constants = StructureConstants::from_fn(n + m, |i, j| {
        if j < n {
            g.constants().upper(i, j).to_vec()
        } else if i < n {
            columns[i].row(j - n).iter().map(|(k, c)| (k + n as u32, c.clone())).collect()
        } else {
            Vec::new()
        }
    });
    let proof = JacobiProof::Construction("semidirect sum with a checked representation".to_string());
    let mut out = Algebra::new(constants, proof, format!("({}) acting on Q^{m}", g.origin()));
    if let Some(realization) = affine_matrices(g, rho, m, limits)? {
        out = out.with_realization(realization);
    }
    if let Some(names) = g.names() {
        let mut names = names.to_vec();
        for a in 1..=m {
            let mut fresh = format!("v{a}");
            while names.contains(&fresh) {
                fresh.push('\'');
            }
            names.push(fresh);
        }
        out = out.with_names(names);
    }
    Ok(out)
}

fn affine_matrices(
    g: &Algebra,
    rho: &[SparseMatrix],
    m: usize,
    limits: &Limits,
) -> Result<Option<Realization>, NamedError> {
    let linear = rho.iter().map(|r| {
        SparseMatrix::from_triples(m + 1, m + 1, r.triples().map(|(i, j, v)| (i, j, v.clone())).collect::<Vec<_>>())
    });
    let shifts = (0..m).map(|a| SparseMatrix::from_triples(m + 1, m + 1, [(a, m, Rational::ONE)]));
    let affine = Realization { size: m + 1, complex: false, basis: linear.chain(shifts).collect() };
    if independent(rho, limits)? {
        return Ok(Some(affine));
    }
    let Some(own) = g.realization() else { return Ok(None) };
    // Both act: matrices of g with zeros for V, beside the affine ones.
    let rows = own.basis.first().map_or(0, SparseMatrix::rows);
    let mut extended = own.clone();
    extended.basis.extend((0..m).map(|_| SparseMatrix::zero(rows, rows)));
    guard("a semidirect sum", affine.basis.len() as u128, 2 * (rows + m + 1) as u128, limits)?;
    let both = block_diagonal(&extended, &affine);
    let count = affine.basis.len();
    let basis = (0..count).map(|k| both.basis[k].add_scaled(&Rational::ONE, &both.basis[count + k])).collect();
    Ok(Some(Realization { basis, ..both }))
}

/// Whether the matrices are linearly independent, by elimination over Q.
fn independent(matrices: &[SparseMatrix], limits: &Limits) -> Result<bool, NamedError> {
    let mut reduced: Vec<SparseVector> = Vec::new();
    for matrix in matrices {
        limits.check()?;
        let mut v = matrix.flatten();
        for row in &reduced {
            if let Some((pivot, value)) = row.first() {
                let factor = entry(&v, *pivot).checked_div(value);
                if let Some(factor) = factor.filter(|f| !f.is_zero()) {
                    v = add_scaled(&v, &-factor, row);
                }
            }
        }
        if v.is_empty() {
            return Ok(false);
        }
        reduced.push(v);
    }
    Ok(true)
}
