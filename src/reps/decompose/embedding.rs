//! The irreducibles over C of a representation modulo a prime, each with the images of the basis of `V(λ)`.
//!
//! The centre of a reductive algebra acts on each of them by a number, which takes irreducibles of the derived algebra apart that
//! are equal but for it.
//!
//! Simple root vectors are eigenvectors of a generic combination of the coroots, normalised by `[e_i, f_i] = h_i`. The vectors
//! that all `e_i` annihilate are the highest weight vectors; `f_i` carries the basis of `V(λ)` over Q on from there. What
//! is found modulo a prime is a proposal: whoever lifts it to Q checks it there.

use std::collections::BTreeMap;
use std::sync::Arc;

use rand_chacha::ChaCha8Rng;

use super::super::irreducible::{Irreducible, simple_roots};
use super::super::{Base, Rep};
use super::DecomposeError;
use super::frame::{Coroots, Frame};
use super::leaf::{Central, residues, root_of};
use super::splitting::{Operator, is_square, joint_eigenspaces, square_root};
use crate::exact::lift::Primes;
use crate::exact::{ModMatrix, SparseMatrix};
use crate::lie::ResidueTable;
use crate::limits::{Limits, Stop};
use crate::num::{Prime, Rational};
use crate::weights::{ReductiveType, Weight};

/// Primes tried: half of them have the square root that is needed.
const MAX_PRIMES: usize = 100;

/// The Chevalley generators of the derived algebra of a reductive one modulo a prime, in its coordinates.
#[derive(Clone, Debug)]
pub struct Splitting {
    prime: Prime,
    group: ReductiveType,
    field: Option<(i64, u32)>,
    roots: Vec<(i64, u32)>,
    center: Vec<Vec<Rational>>,
    coroots: Vec<Vec<u32>>,
    raising: Vec<Vec<u32>>,
    lowering: Vec<Vec<u32>>,
}

/// An irreducible summand modulo a prime.
#[derive(Clone, Debug)]
pub struct Summand {
    /// `V(λ)` over Q, of the derived algebra.
    pub module: Arc<Irreducible>,
    /// Row `k` is the image of basis vector `k`.
    pub images: ModMatrix,
    /// Of each basis element of the centre the number `r` when it acts by `r √δ`; `δ` is the same for all representations.
    pub charges: Vec<Rational>,
}

/// The primes at which a reductive algebra splits, one after another.
#[derive(Clone, Debug)]
pub struct Splitter {
    base: Base,
    frame: Arc<Frame>,
    /// The square-free numbers under the roots that coroots and charges need.
    radicands: Vec<i64>,
}

impl Splitter {
    /// `None` for a group that is not connected or not reductive, and for a torus.
    pub fn new(base: &Base, limits: &Limits) -> Result<Option<Splitter>, DecomposeError> {
        base.require_exact()?;
        if base.discrete_count() > 0 || base.algebra().constants().dim() == 0 {
            return Ok(None);
        }
        let frame = base.frame(limits)?;
        if frame.group.semisimple_rank() == 0 {
            return Ok(None);
        }
        let mut radicands: Vec<i64> = match &frame.coroots {
            Coroots::Exact { field, .. } => vec![*field],
            Coroots::Modular { .. } => Vec::new(),
        };
        if !frame.center.is_empty() {
            let vector = Rep::vector(base)?;
            for z in &frame.center {
                radicands.extend(central_matrix(&vector, z, limits).and_then(|m| Central::of(&m, limits))?.radicand);
            }
        }
        radicands.retain(|d| *d != 1);
        radicands.sort_unstable();
        radicands.dedup();
        Ok(Some(Splitter { base: base.clone(), frame, radicands }))
    }

    /// The square-free `d` when coroots and charges of the defining representation lie in `Q(√d)`, 1 for Q.
    pub fn field(&self) -> Option<i64> {
        match (&self.frame.coroots, &self.radicands[..]) {
            (Coroots::Exact { .. }, []) => Some(1),
            (Coroots::Exact { .. }, [d]) => Some(*d),
            _ => None,
        }
    }

    /// The Chevalley generators modulo the next suitable prime; `None` when none was found.
    pub fn next(&self, primes: &mut Primes, limits: &Limits) -> Result<Option<Splitting>, DecomposeError> {
        for _ in 0..MAX_PRIMES {
            limits.check()?;
            let (p, vectors) = match &self.frame.coroots {
                Coroots::Exact { .. } => (primes.draw(), None),
                Coroots::Modular { others, .. } => {
                    let suits = |p: Prime| self.radicands.iter().all(|&d| is_square(p, p.reduce_signed(d)));
                    match others.next(primes, suits, limits)? {
                        Some(found) => (found.prime, Some(found.coroots)),
                        None => return Ok(None),
                    }
                }
            };
            let mut known = vec![(1, 1)];
            let roots: Option<Vec<(i64, u32)>> = self
                .radicands
                .iter()
                .map(|&d| Some((d, root_of(p, &mut known, d, |d| square_root(p, p.reduce_signed(d), primes.rng()))?)))
                .collect();
            let Some(roots) = roots else { continue };
            if let Some(found) = self.generators(p, roots, vectors, primes.rng(), limits)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// The same modulo the same prime where the other square root stands for `√d`; `None` when the prime is no good.
    pub fn conjugate(
        &self,
        split: &Splitting,
        rng: &mut ChaCha8Rng,
        limits: &Limits,
    ) -> Result<Option<Splitting>, DecomposeError> {
        let turned = split.roots.iter().map(|&(d, root)| (d, split.prime.neg(root))).collect();
        self.generators(split.prime, turned, None, rng, limits)
    }

    /// The Chevalley generators modulo a prime with these square roots; `None` when the prime is no good.
    fn generators(
        &self,
        p: Prime,
        roots: Vec<(i64, u32)>,
        coroots: Option<Vec<Vec<u32>>>,
        rng: &mut ChaCha8Rng,
        limits: &Limits,
    ) -> Result<Option<Splitting>, DecomposeError> {
        let (frame, constants) = (&self.frame, self.base.algebra().constants());
        let coroots = match (&frame.coroots, coroots) {
            (_, Some(given)) => Some(given),
            (Coroots::Modular { .. }, None) => None,
            (Coroots::Exact { field, vectors }, None) => {
                let root = root_among(&roots, *field);
                let dense = |terms: Vec<(usize, u32)>| {
                    let mut out = vec![0; constants.dim()];
                    terms.into_iter().for_each(|(k, c)| out[k] = p.add(out[k], c));
                    out
                };
                root.and_then(|root| vectors.iter().map(|h| residues(p, h, root).map(dense)).collect())
            }
        };
        let (Some(coroots), Some(table)) = (coroots, ResidueTable::new(p, constants)) else { return Ok(None) };
        let group = ReductiveType::new(frame.group.factors().to_vec(), 0);
        let Some([raising, lowering]) = root_vectors(&table, &group, &coroots, rng, limits)? else { return Ok(None) };
        let center = frame.center.clone();
        let field = self.field().and_then(|d| Some((d, root_among(&roots, d)?)));
        Ok(Some(Splitting { prime: p, group, field, roots, center, coroots, raising, lowering }))
    }
}

/// The residue that stands for a square root.
fn root_among(roots: &[(i64, u32)], d: i64) -> Option<u32> {
    if d == 1 { Some(1) } else { roots.iter().find(|(known, _)| *known == d).map(|(_, root)| *root) }
}

/// `Σ z_k ρ(e_k)`.
fn central_matrix(rep: &Rep, z: &[Rational], limits: &Limits) -> Result<SparseMatrix, DecomposeError> {
    let needed: Vec<usize> = (0..z.len()).filter(|&k| !z[k].is_zero()).collect();
    let size = rep.size()?;
    let matrices = rep.matrices_of(&needed, limits)?;
    let terms = needed.iter().zip(&matrices);
    Ok(terms.fold(SparseMatrix::zero(size, size), |sum, (&k, m)| sum.add_scaled(&z[k], m)))
}

/// Simple root vectors from the coroots; `None` when the prime is no good. Cost: `2 rank` eliminations of size `dim`.
fn root_vectors(
    table: &ResidueTable,
    group: &ReductiveType,
    coroots: &[Vec<u32>],
    rng: &mut ChaCha8Rng,
    limits: &Limits,
) -> Result<Option<[Vec<Vec<u32>>; 2]>, Stop> {
    let (p, n) = (table.prime(), table.dim());
    let factors: Vec<u32> = coroots.iter().map(|_| p.random_residue(rng)).collect();
    let mut generic = vec![0; n];
    factors.iter().zip(coroots).for_each(|(c, h)| p.add_scaled(&mut generic, *c, h));
    let ad = table.ad(&generic).transpose();
    let eigenvector = |value: u32| -> Result<Option<Vec<u32>>, Stop> {
        let mut shifted = ad.clone();
        for i in 0..n {
            let entry = &mut shifted.row_mut(i)[i];
            *entry = p.sub(*entry, value);
        }
        let (kernel, _) = shifted.kernel(p, limits)?;
        Ok((kernel.rows() == 1).then(|| kernel.row(0).to_vec()))
    };
    let (mut raising, mut lowering) = (Vec::new(), Vec::new());
    for (root, coroot) in simple_roots(group).iter().zip(coroots) {
        limits.check()?;
        let value = root.iter().zip(&factors).fold(0, |sum, (a, c)| p.add(sum, p.mul(p.reduce_signed(*a), *c)));
        let (Some(e), Some(mut f)) = (eigenvector(value)?, eigenvector(p.neg(value))?) else { return Ok(None) };
        let bracket = table.bracket(&e, &f);
        let Some(at) = coroot.iter().position(|&x| x != 0).filter(|&at| bracket[at] != 0) else { return Ok(None) };
        p.scale(&mut f, p.mul(coroot[at], p.inv(bracket[at])));
        if table.bracket(&e, &f) != *coroot {
            return Ok(None);
        }
        raising.push(e);
        lowering.push(f);
    }
    Ok(Some([raising, lowering]))
}

impl Splitting {
    /// The prime.
    pub fn prime(&self) -> Prime {
        self.prime
    }

    /// The square-free `d` of the field `Q(√d)` of the coroots and charges, with the residue that stands for its root; `None`
    /// where there is none.
    pub fn field(&self) -> Option<(i64, u32)> {
        self.field
    }

    /// The irreducibles of a representation; `None` when the prime is no good for it. Those in `known` are not made again.
    ///
    /// Cost: for matrices of size `N` an elimination of `rank · N` rows, and a product with a vector for each basis vector.
    pub fn summands(
        &self,
        rep: &Rep,
        known: &mut BTreeMap<Weight, Arc<Irreducible>>,
        rng: &mut ChaCha8Rng,
        limits: &Limits,
    ) -> Result<Option<Vec<Summand>>, DecomposeError> {
        let (p, size) = (self.prime, rep.size()?);
        limits.reserve(16 * (self.coroots.len() as u128 + 1) * (size as u128).pow(2))?;
        let Some(matrices) = self.matrices(rep, limits)? else { return Ok(None) };
        let [raising, lowering, coroots] = matrices;
        let rows = raising.iter().flat_map(|m| (0..size).map(|i| m.row(i))).filter(|row| row.iter().any(|&x| x != 0));
        let (mut vectors, _) = ModMatrix::from_rows(size, rows.map(<[u32]>::to_vec)).kernel(p, limits)?;
        let pivots = vectors.reduce(p, size, limits)?;
        // Highest weights are not negative, and their labels are below the dimension.
        let labels: Vec<(u32, i64)> = (0..size as i64).map(|m| (p.reduce_signed(m), m)).collect();
        let restricted = |h: &ModMatrix| {
            let images = vectors.mul(p, &h.transpose());
            let row = |i: usize| pivots.iter().map(|&c| images.row(i)[c]).collect::<Vec<u32>>();
            let matrix = ModMatrix::from_rows(pivots.len(), (0..images.rows()).map(row)).transpose();
            Operator { matrix, values: labels.clone() }
        };
        let mut operators: Vec<Operator> = coroots.iter().map(restricted).collect();
        let mut charges: Vec<Vec<Rational>> = Vec::new();
        for z in &self.center {
            let matrix = central_matrix(rep, z, limits)?;
            let Central { radicand, values } = Central::of(&matrix, limits)?;
            let Some(root) = root_among(&self.roots, radicand.unwrap_or(1)) else { return Ok(None) };
            let residues: Option<Vec<(u32, i64)>> =
                values.iter().zip(0..).map(|(r, at)| Some((p.mul(root, p.residue(r)?), at))).collect();
            let (Some(values_there), Some(matrix)) = (residues, residue_matrix(p, &matrix)) else { return Ok(None) };
            operators.push(Operator { values: values_there, ..restricted(&matrix) });
            charges.push(values);
        }
        let Some(spaces) = joint_eigenspaces(p, pivots.len(), &operators, rng, limits)? else { return Ok(None) };
        let lowering: Vec<ModMatrix> = lowering.iter().map(ModMatrix::transpose).collect();
        let (mut out, mut total) = (Vec::new(), 0);
        for (mut weight, coordinates) in spaces {
            let numbers = weight.split_off(coroots.len());
            let charges: Vec<Rational> =
                charges.iter().zip(numbers).map(|(values, at)| values[at as usize].clone()).collect();
            let module = match known.get(&weight) {
                Some(module) => module.clone(),
                None => {
                    let module = Arc::new(Irreducible::new(&self.group, &weight, limits)?);
                    known.insert(weight, module.clone());
                    module
                }
            };
            let highest = coordinates.mul(p, &vectors);
            for k in 0..highest.rows() {
                total += module.dim();
                if total > size {
                    return Ok(None);
                }
                let Some(images) = images(p, &module, highest.row(k), &lowering, limits)? else { return Ok(None) };
                out.push(Summand { module: module.clone(), images, charges: charges.clone() });
            }
        }
        Ok((total == size).then_some(out))
    }

    /// The matrices of `e_i`, of `f_i` and of `h_i`; `None` when the prime divides a denominator.
    fn matrices(&self, rep: &Rep, limits: &Limits) -> Result<Option<[Vec<ModMatrix>; 3]>, DecomposeError> {
        let (p, size) = (self.prime, rep.size()?);
        let mut reduced: Vec<Vec<(usize, usize, u32)>> = Vec::new();
        for m in rep.matrices(limits)? {
            let entries: Option<Vec<_>> = m.triples().map(|(i, j, x)| Some((i, j, p.residue(x)?))).collect();
            let Some(entries) = entries else { return Ok(None) };
            reduced.push(entries);
        }
        let image = |x: &Vec<u32>| {
            let mut out = ModMatrix::zero(size, size);
            for (entries, &c) in reduced.iter().zip(x).filter(|(_, c)| **c != 0) {
                for &(i, j, value) in entries {
                    let entry = &mut out.row_mut(i)[j];
                    *entry = p.add(*entry, p.mul(c, value));
                }
            }
            out
        };
        let all = |vectors: &[Vec<u32>]| vectors.iter().map(image).collect::<Vec<ModMatrix>>();
        Ok(Some([all(&self.raising), all(&self.lowering), all(&self.coroots)]))
    }
}

/// A matrix modulo a prime; `None` when it divides a denominator.
fn residue_matrix(p: Prime, m: &SparseMatrix) -> Option<ModMatrix> {
    let mut out = ModMatrix::zero(m.rows(), m.cols());
    for (i, j, x) in m.triples() {
        out.row_mut(i)[j] = p.residue(x)?;
    }
    Some(out)
}

/// The images of the basis of `V(λ)` when the first basis vector goes to `highest`, from the transposed matrices of the `f_i`;
/// `None` when the prime is no good. Level by level: `Σ_j c_j b_j = f_i b_k` with the `b_j` unknown.
fn images(
    p: Prime,
    module: &Irreducible,
    highest: &[u32],
    lowering: &[ModMatrix],
    limits: &Limits,
) -> Result<Option<ModMatrix>, Stop> {
    let size = highest.len();
    let weights: Vec<&Weight> = module.weights().collect();
    // For each weight space by its first vector the pairs (i, k) with f_i b_k in it.
    let mut sources: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    let mut first = vec![0; weights.len()];
    for k in 1..weights.len() {
        first[k] = if weights[k] == weights[k - 1] { first[k - 1] } else { k };
    }
    for k in 0..weights.len() {
        for i in 0..module.rank() {
            if let Some((j, _)) = module.lowered(i, k).first() {
                sources.entry(first[*j as usize]).or_default().push((i, k));
            }
        }
    }
    let mut out = ModMatrix::from_rows(size, [highest.to_vec()]);
    for (start, pairs) in sources {
        limits.check()?;
        if start != out.rows() {
            return Ok(None);
        }
        let count = first[start..].iter().take_while(|&&f| f == start).count();
        let mut system = ModMatrix::zero(0, count + size);
        for (i, k) in pairs {
            let mut row = vec![0; count];
            for (j, x) in module.lowered(i, k) {
                let Some(x) = p.residue(x) else { return Ok(None) };
                row[*j as usize - start] = x;
            }
            row.extend(lowering[i].left_mul(p, out.row(k)));
            system.push_row(&row);
        }
        if system.reduce(p, count, limits)?.len() < count {
            return Ok(None);
        }
        (0..count).for_each(|j| out.push_row(&system.row(j)[count..]));
    }
    Ok((out.rows() == weights.len()).then_some(out))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::SparseVector;
    use crate::reps::{exp, group_by_name};

    /// On every summand the matrices of the algebra act as those of `V(λ)`: split, compact and quaternionic algebras.
    #[test]
    fn images_commute_with_the_algebra() {
        let limits = Limits::none();
        let octonions = crate::forms::octonion_form(false).unwrap();
        let g2 = crate::lie::stabilizer(&[octonions], crate::lie::Ansatz::real(), &limits).unwrap();
        let mut bases = vec![exp(&Arc::new(g2)).unwrap().base().clone()];
        let number = |n: i64| crate::lie::named::Arg::Integer(n);
        for (name, n) in [("SL", 3), ("SU", 2), ("SO", 5), ("Sp", 1)] {
            bases.push(group_by_name(name, &[number(n)], &limits).unwrap().base().clone());
        }
        for base in bases {
            let v = Rep::vector(&base).unwrap();
            for rep in [v.clone(), v.dual().unwrap(), v.exterior_power(2).unwrap(), Rep::adjoint(&base)] {
                let mut primes = Primes::new(&limits);
                let split =
                    Splitter::new(&base, &limits).unwrap().unwrap().next(&mut primes, &limits).unwrap().unwrap();
                let p = split.prime();
                let summands = split.summands(&rep, &mut BTreeMap::new(), primes.rng(), &limits).unwrap().unwrap();
                let total: usize = summands.iter().map(|s| s.module.dim()).sum();
                assert_eq!(rep.dim(), &total.into(), "{rep} of {}", base.name());
                let [raising, lowering, _] = split.matrices(&rep, &limits).unwrap().unwrap();
                let combination = |images: &ModMatrix, terms: &SparseVector| {
                    let mut sum = vec![0; images.cols()];
                    terms
                        .iter()
                        .for_each(|(j, x)| p.add_scaled(&mut sum, p.residue(x).unwrap(), images.row(*j as usize)));
                    sum
                };
                for s in &summands {
                    for k in 0..s.module.dim() {
                        for i in 0..s.module.rank() {
                            let apply = |m: &ModMatrix| m.transpose().left_mul(p, s.images.row(k));
                            let (up, down) = (s.module.raised(i, k).to_vec(), s.module.lowered(i, k).to_vec());
                            assert_eq!(apply(&raising[i]), combination(&s.images, &up));
                            assert_eq!(apply(&lowering[i]), combination(&s.images, &down));
                        }
                    }
                }
            }
        }
    }
}
