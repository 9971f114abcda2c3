//! New algebras from old ones: direct sums, semidirect sums, extension and restriction of scalars.

use std::collections::{BTreeMap, BTreeSet};

use super::NamedError;
use super::matrices::guard;
use crate::exact::SparseMatrix;
use crate::exact::sparse::{SparseVector, add_scaled, entry};
use crate::lie::{Algebra, JacobiProof, Realization, StructureConstants};
use crate::limits::Limits;
use crate::num::Rational;

/// The direct sum `g ⊕ h`, the basis of `g` first: see [`direct_sum_of`].
pub fn direct_sum(g: &Algebra, h: &Algebra, limits: &Limits) -> Result<Algebra, NamedError> {
    direct_sum_of(&[g, h], limits)
}

/// The direct sum of some algebras, basis after basis; with block-diagonal matrices when all have matrices (complex if one
/// of them is). A name that has occurred before gets one prime, then two, then a number.
pub fn direct_sum_of(summands: &[&Algebra], limits: &Limits) -> Result<Algebra, NamedError> {
    let dim: usize = summands.iter().map(|g| g.dim()).sum();
    let realizations: Option<Vec<&Realization>> = summands.iter().map(|g| g.realization()).collect();
    let matrix_size = realizations.iter().flatten().map(|r| 2 * r.size as u128).sum();
    guard("a direct sum", dim as u128, matrix_size, limits)?;
    // For each basis element: its summand and the place where that one starts.
    let mut start = 0;
    let mut home = Vec::with_capacity(dim);
    for (which, g) in summands.iter().enumerate() {
        home.extend(std::iter::repeat_n((which, start), g.dim()));
        start += g.dim();
    }
    let constants = StructureConstants::from_fn(dim, |i, j| {
        let ((which, start), (other, _)) = (home[i], home[j]);
        if which != other {
            return Vec::new();
        }
        let row = summands[which].constants().upper(i - start, j - start);
        row.iter().map(|(k, v)| (k + start as u32, v.clone())).collect()
    });
    let proof = JacobiProof::Construction("direct sum of Lie algebras".to_string());
    let origins: Vec<&str> = summands.iter().map(|g| g.origin()).collect();
    let mut out = Algebra::new(constants, proof, origins.join(" + "));
    if let Some(all) = realizations.filter(|all| !all.is_empty()) {
        out = out.with_realization(block_diagonal(&all));
    }
    let names: Option<Vec<&[String]>> = summands.iter().map(|g| g.names()).collect();
    if let Some(names) = names {
        out = out.with_names(distinct(names.into_iter().flatten()));
    }
    Ok(out)
}

/// The names, with those that repeat told apart.
fn distinct<'a>(names: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    let mut out = Vec::new();
    for name in names {
        let count = times.entry(name).or_insert(0);
        let fresh = loop {
            *count += 1;
            let candidate =
                if *count <= 3 { format!("{name}{}", "'".repeat(*count - 1)) } else { format!("{name}_{count}") };
            if taken.insert(candidate.clone()) {
                break candidate;
            }
        };
        out.push(fresh);
    }
    out
}

/// The blocks on the diagonal, each beside zeros.
fn block_diagonal(parts: &[&Realization]) -> Realization {
    let complex = parts.iter().any(|r| r.complex);
    let size: usize = parts.iter().map(|r| r.size).sum();
    let stored = if complex { 2 * size } else { size };
    let mut basis = Vec::new();
    let mut shift = 0;
    for r in parts {
        // A stored index is an index of the matrix in its real or its imaginary half.
        let moved = |at: usize| if at < r.size { at + shift } else { at - r.size + shift + size };
        for m in &r.basis {
            let mut triples: Vec<(usize, usize, Rational)> =
                m.triples().map(|(i, j, v)| (moved(i), moved(j), v.clone())).collect();
            if complex && !r.complex {
                let lower: Vec<_> = triples.iter().map(|(i, j, v)| (i + size, j + size, v.clone())).collect();
                triples.extend(lower);
            }
            basis.push(SparseMatrix::from_triples(stored, stored, triples));
        }
        shift += r.size;
    }
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
        let shifts: Vec<String> = (1..=m).map(|a| format!("v{a}")).collect();
        out = out.with_names(distinct(names.iter().chain(&shifts)));
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
    let both = block_diagonal(&[&extended, &affine]);
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
