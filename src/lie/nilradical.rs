//! The nilradical, and nilpotent subalgebras.
//!
//! Sources: Bourbaki, *Lie* I §5.3; de Graaf, Lie Algebras: Theory and Algorithms, §2.2.

use super::jacobi::next_table;
use super::products::{basis_residues, bracket_space, bracket_space_within, brackets_lie_in};
use super::structure::{combination, generators};
use super::{ResidueTable, StructureConstants};
use crate::exact::lift::{Image, Primes, lift};
use crate::exact::{ModMatrix, ModSpan, Subspace, echelon_kernel};
use crate::limits::{Limits, Stop};
use crate::num::prime::{random_integer, random_stream};
use crate::num::{Prime, Rational};

/// The nilradical `N` with the ideal `[g, R]` in it.
pub struct Nilradical {
    /// The largest nilpotent ideal.
    pub space: Subspace,
    /// `[g, R]` for the radical `R`.
    pub commutator: Subspace,
}

/// The nilradical: the largest nilpotent ideal, from the radical `R`.
///
/// `[g, R]` is a nilpotent ideal (Bourbaki, *Lie* I §5.3), so every subspace between it and `R` is an ideal. For `a ∈ R` the
/// nilradical lies in `{x ∈ R : tr(ad x · (ad a)^k) = 0 for all k}`, because on `R` all `ad`s are simultaneously triangular;
/// the dimension of that space modulo a prime is an upper bound. Where it is that of `[g, R]`, this is the nilradical.
/// Otherwise the space is lifted (for generic `a` it is the nilradical) and checked to be nilpotent.
pub fn nilradical(constants: &StructureConstants, radical: &Subspace, limits: &Limits) -> Result<Nilradical, Stop> {
    let n = constants.dim();
    if radical.dim() == 0 {
        return Ok(Nilradical { space: Subspace::zero(n), commutator: Subspace::zero(n) });
    }
    let commutator = bracket_space_within(constants, &generators(constants, limits)?, radical, limits)?;
    if commutator.dim() == 0 {
        // R is central.
        return Ok(Nilradical { space: radical.clone(), commutator });
    }
    if commutator.dim() == radical.dim() {
        return Ok(Nilradical { space: commutator.clone(), commutator });
    }
    // R = [g, R] ⊕ the basis vectors of R at the other pivots.
    let is_other = |c: &usize| commutator.pivots().binary_search(c).is_err();
    let rest: Vec<Vec<Rational>> =
        radical.basis().iter().zip(radical.pivots()).filter(|(_, c)| is_other(c)).map(|(v, _)| v.clone()).collect();
    let mut rng = random_stream(limits.seed(), 3);
    loop {
        let weights: Vec<i64> = (0..radical.dim()).map(|_| random_integer(&mut rng, 9)).collect();
        let mut previous = None;
        // Coordinates with respect to `rest`.
        let found = lift(
            limits,
            |p| {
                let residues = (ResidueTable::new(p, constants), basis_residues(p, radical));
                let (Some(table), Some(basis)) = residues else { return Ok(None) };
                let mut a = vec![0; n];
                basis.iter().zip(&weights).for_each(|(row, &w)| p.add_scaled(&mut a, p.reduce_signed(w), row));
                let others = basis.iter().zip(radical.pivots()).filter(|(_, c)| is_other(c));
                let adjoint: Vec<ModMatrix> = others.map(|(x, _)| table.ad(x)).collect();
                let traces = traces_with_powers(p, &adjoint, &table.ad(&a), limits)?;
                Ok(Some(Image::of_kernel(echelon_kernel(p, &traces, limits)?)))
            },
            |shape, values| {
                if shape[0] == 0 {
                    return Ok(Some(Some(commutator.clone())));
                }
                let more = values.chunks(rest.len()).map(|c| combination(c, &rest, n));
                let vectors: Vec<Vec<Rational>> = commutator.basis().iter().cloned().chain(more).collect();
                let space = Subspace::span(n, &vectors, limits)?;
                if is_nilpotent(constants, &space, limits)? {
                    return Ok(Some(Some(space)));
                }
                // The same from more primes, and not nilpotent: `a` was not generic.
                let stable = previous.as_ref() == Some(&values);
                previous = Some(values);
                Ok(stable.then_some(None))
            },
        )?;
        if let Some(space) = found {
            return Ok(Nilradical { space, commutator });
        }
    }
}

/// The rows `tr(X_i A^k)` for `k = 0, 1, …` in echelon form, until there are as many as matrices `X_i` or the images of a random
/// vector under the powers become dependent: then so are the powers, nearly always, and where they are not the rows still
/// are necessary conditions. `N³` operations for each power.
fn traces_with_powers(p: Prime, x: &[ModMatrix], a: &ModMatrix, limits: &Limits) -> Result<ModMatrix, Stop> {
    let mut power = ModMatrix::identity(a.rows());
    let mut traces = ModMatrix::zero(0, x.len());
    let mut rng = random_stream(limits.seed(), 12);
    let mut image: Vec<u32> = (0..a.rows()).map(|_| p.random_residue(&mut rng)).collect();
    let mut images = ModSpan::new(p);
    while images.insert(image.clone()) {
        limits.check()?;
        image = a.left_mul(p, &image);
        let transposed = power.transpose();
        let row: Vec<u32> = x.iter().map(|m| p.dot(m.entries(), transposed.entries())).collect();
        traces.push_row(&row);
        traces.reduce(p, x.len(), limits)?;
        if traces.rows() == x.len() {
            break;
        }
        power = power.mul(p, a);
    }
    Ok(traces)
}

/// Whether a subspace is a nilpotent subalgebra: its lower central series, made with generators, reaches zero.
pub fn is_nilpotent(constants: &StructureConstants, space: &Subspace, limits: &Limits) -> Result<bool, Stop> {
    let Some(generators) = generators_within(constants, space, limits)? else { return Ok(false) };
    // Then all that they generate lies in the subspace, and it is as large.
    if !brackets_lie_in(constants, &generators, space, space, limits)? {
        return Ok(false);
    }
    let mut last = space.clone();
    while last.dim() > 0 {
        let next = bracket_space(constants, &generators, &last, limits)?;
        if next.dim() >= last.dim() {
            return Ok(false);
        }
        last = next;
    }
    Ok(true)
}

/// How many elements are tried beside those that would generate a nilpotent algebra.
const GENERIC_ELEMENTS: usize = 6;

/// Elements of a subspace that generate it modulo a prime, so that over Q they generate at least its dimension; `None` when
/// it does not look like a subalgebra.
pub(super) fn generators_within(
    constants: &StructureConstants,
    space: &Subspace,
    limits: &Limits,
) -> Result<Option<Vec<Vec<Rational>>>, Stop> {
    let (n, m) = (constants.dim(), space.dim());
    let mut primes = Primes::new(limits);
    let (table, basis) = loop {
        let table = next_table(&mut primes, constants);
        if let Some(basis) = basis_residues(table.prime(), space) {
            break (table, basis);
        }
    };
    let p = table.prime();
    let rows = ModMatrix::from_rows(n, basis);
    let mut rng = random_stream(limits.seed(), 11);
    // Basis vectors that complete [V, V]: enough for a nilpotent algebra.
    let mut brackets = ModSpan::new(p);
    for _ in 0..2 {
        let weights: Vec<u32> = (0..m).map(|_| p.random_residue(&mut rng)).collect();
        let images = rows.mul(p, &table.ad(&rows.left_mul(p, &weights)));
        for i in 0..images.rows() {
            limits.check()?;
            brackets.insert(images.row(i).to_vec());
        }
    }
    let mut closure = Generated { table: &table, adjoint: Vec::new(), span: ModSpan::new(p), members: Vec::new() };
    let mut found = Vec::new();
    for i in 0..m {
        if brackets.insert(rows.row(i).to_vec()) {
            closure.add(rows.row(i).to_vec(), m, limits)?;
            found.push(space.basis()[i].clone());
        }
    }
    for _ in 0..GENERIC_ELEMENTS {
        if closure.span.dim() >= m {
            break;
        }
        let weights: Vec<i64> = (0..m).map(|_| random_integer(&mut rng, 2)).collect();
        let residues: Vec<u32> = weights.iter().map(|&w| p.reduce_signed(w)).collect();
        closure.add(rows.left_mul(p, &residues), m, limits)?;
        let weights: Vec<Rational> = weights.into_iter().map(Rational::from).collect();
        found.push(combination(&weights, space.basis(), n));
    }
    Ok((closure.span.dim() == m).then_some(found))
}

/// What some elements generate, modulo a prime.
struct Generated<'a> {
    table: &'a ResidueTable,
    adjoint: Vec<ModMatrix>,
    span: ModSpan,
    members: Vec<Vec<u32>>,
}

impl Generated<'_> {
    /// Adds a generator; stops when more than `most` dimensions are reached.
    fn add(&mut self, x: Vec<u32>, most: usize, limits: &Limits) -> Result<(), Stop> {
        let p = self.table.prime();
        self.adjoint.push(self.table.ad(&x));
        let newest = self.adjoint.len() - 1;
        if self.span.insert(x.clone()) {
            self.members.push(x);
        }
        let mut queue: Vec<(usize, usize)> = (0..self.members.len()).map(|m| (newest, m)).collect();
        while let Some((g, m)) = queue.pop() {
            limits.check()?;
            let image = self.adjoint[g].left_mul(p, &self.members[m]);
            if self.span.insert(image.clone()) {
                if self.span.dim() > most {
                    return Ok(());
                }
                self.members.push(image);
                queue.extend((0..self.adjoint.len()).map(|g| (g, self.members.len() - 1)));
            }
        }
        Ok(())
    }
}
