//! The root space decomposition for a given split Cartan subalgebra, and simple roots in Bourbaki's order.

use std::collections::BTreeMap;

use crate::exact::polynomial::modular;
use crate::exact::{Matrix, ModMatrix, dot, echelon_kernel, solve};
use crate::lie::{ResidueTable, StructureConstants};
use crate::limits::{Limits, Stop};
use crate::num::prime::random_stream;
use crate::num::{Crt, Prime, Rational};
use crate::roots::{Component, recognize_cartan_matrix};

use super::surd::{Surd, SurdVector};

/// A root by its values on the basis of the Cartan subalgebra, each the number of an eigenvalue.
type Label = Vec<usize>;

/// A Cartan subalgebra with the eigenvalues of its basis.
pub struct Torus {
    /// The square-free `d` of the field, 1 for Q.
    pub field: i64,
    /// The basis, over Q.
    pub basis: Vec<Vec<Rational>>,
    /// For each element of the basis the eigenvalues of its adjoint map.
    pub eigenvalues: Vec<Vec<Surd>>,
}

/// Simple roots in Bourbaki's order, component after component, with vectors of their root spaces.
pub struct SimpleRoots {
    /// The components, in the order in which the type is written.
    pub components: Vec<Component>,
    /// For each node, through all components, a vector of the root space and one of its opposite.
    pub vectors: Vec<(SurdVector, SurdVector)>,
    /// The numbers of real, imaginary and complex roots (with real values, imaginary ones, or neither) over R.
    pub conjugation: [usize; 3],
}

/// What one prime shows: each joint eigenspace with its label.
struct Decomposition {
    p: Prime,
    spaces: Vec<(Label, ModMatrix)>,
}

impl Torus {
    /// The joint eigenspaces modulo a prime, for the given square root of `d`; `None` when something degenerates.
    fn decompose(&self, table: &ResidueTable, root: u32, limits: &Limits) -> Result<Option<Decomposition>, Stop> {
        let (p, n) = (table.prime(), table.dim());
        let mut blocks = vec![(Label::new(), ModMatrix::identity(n), (0..n).collect::<Vec<usize>>())];
        for (h, eigenvalues) in self.basis.iter().zip(&self.eigenvalues) {
            limits.check()?;
            let Some(h) = h.iter().map(|c| p.residue(c)).collect::<Option<Vec<u32>>>() else { return Ok(None) };
            let ad = table.ad(&h);
            let mut next = Vec::new();
            for (label, space, pivots) in blocks {
                let image = space.mul(p, &ad);
                let size = space.rows();
                // Row i: the coordinates of [h, b_i] at the pivots.
                let action =
                    ModMatrix::from_rows(size, (0..size).map(|i| pivots.iter().map(|&c| image.row(i)[c]).collect()));
                let mut found = 0;
                for (number, value) in eigenvalues.iter().enumerate() {
                    if found == size {
                        break;
                    }
                    let Some(value) = residue(p, value, root) else { return Ok(None) };
                    let mut shifted = action.transpose();
                    for i in 0..size {
                        let entry = &mut shifted.row_mut(i)[i];
                        *entry = p.sub(*entry, value);
                    }
                    let (kernel, _) = echelon_kernel(p, &shifted, limits)?;
                    if kernel.rows() == 0 {
                        continue;
                    }
                    found += kernel.rows();
                    let mut part = kernel.mul(p, &space);
                    let pivots = part.reduce(p, n, limits)?;
                    next.push(([label.clone(), vec![number]].concat(), part, pivots));
                }
                if found != size {
                    return Ok(None);
                }
            }
            blocks = next;
        }
        Ok(Some(Decomposition { p, spaces: blocks.into_iter().map(|(label, space, _)| (label, space)).collect() }))
    }

    /// The value of a root on the basis as a list of rational numbers: rational parts, then factors of the root.
    fn coordinates(&self, label: &Label) -> Vec<Rational> {
        let value = |(k, &number): (usize, &usize)| self.eigenvalues[k][number].clone();
        let values: Vec<Surd> = label.iter().enumerate().map(value).collect();
        values.iter().map(|v| v.a.clone()).chain(values.iter().map(|v| v.b.clone())).collect()
    }

    /// Finds the roots and simple vectors. `None` when the subalgebra is no split Cartan subalgebra after all.
    pub fn simple_roots(&self, constants: &StructureConstants, limits: &Limits) -> Result<Option<SimpleRoots>, Stop> {
        let mut rng = random_stream(limits.seed(), 710);
        let mut lifting: Option<Lifting> = None;
        for _ in 0..400 {
            limits.check()?;
            let p = Prime::random(&mut rng);
            let Some(root) = square_root(p, self.field, limits)? else { continue };
            let Some(table) = ResidueTable::new(p, constants) else { continue };
            let Some(plus) = self.decompose(&table, root, limits)? else { continue };
            let minus = match self.field {
                1 => None,
                _ => match self.decompose(&table, p.neg(root), limits)? {
                    Some(other) => Some(other),
                    None => continue,
                },
            };
            if lifting.is_none() {
                let Some(first) = self.choose(&plus, limits)? else { return Ok(None) };
                lifting = Some(first);
            }
            let Some(lifting) = &mut lifting else { return Ok(None) };
            if lifting.primes.contains(&p) {
                continue;
            }
            lifting.add(&plus, minus.as_ref(), root);
            if let Some(vectors) = lifting.vectors(self, constants)? {
                let pairs = vectors.chunks(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect();
                let (components, conjugation) = (lifting.components.clone(), lifting.conjugation);
                return Ok(Some(SimpleRoots { components, vectors: pairs, conjugation }));
            }
        }
        Ok(None)
    }

    /// Chooses positive roots, finds the simple ones and their order.
    fn choose(&self, found: &Decomposition, limits: &Limits) -> Result<Option<Lifting>, Stop> {
        let rank = self.basis.len();
        // Roots by their coordinates, with the label and the first position of the root vector.
        let mut roots: BTreeMap<Vec<Rational>, (Label, usize)> = BTreeMap::new();
        for (label, space) in &found.spaces {
            let coordinates = self.coordinates(label);
            let zero = coordinates.iter().all(Rational::is_zero);
            if space.rows() != if zero { rank } else { 1 } {
                return Ok(None);
            }
            if !zero {
                let first = space.row(0).iter().position(|&c| c != 0).unwrap_or(0);
                roots.insert(coordinates, (label.clone(), first));
            }
        }
        let negative = |v: &[Rational]| v.iter().map(|c| -c).collect::<Vec<_>>();
        if roots.keys().any(|root| !roots.contains_key(&negative(root))) {
            return Ok(None);
        }
        // Where root vectors stand in the basis says which roots its maker thought positive: δ is their sum, and roots
        // are ordered by the product with it, then by their coordinates. Any such order is compatible with addition.
        let mut delta = vec![Rational::ZERO; 2 * rank];
        for (root, (_, first)) in &roots {
            if roots.get(&negative(root)).is_some_and(|(_, other)| first < other) {
                delta.iter_mut().zip(root).for_each(|(d, r)| *d += r);
            }
        }
        let Some(functional) = dual(&delta, roots.keys(), limits)? else { return Ok(None) };
        let is_positive = |root: &[Rational]| {
            let height = dot(&functional, root);
            let first = std::iter::once(&height).chain(root).find(|c| !c.is_zero()).cloned();
            first.is_some_and(|c| c.signum() > 0)
        };
        let positive: Vec<&Vec<Rational>> = roots.keys().filter(|root| is_positive(root)).collect();
        let sum = |a: &[Rational], b: &[Rational]| a.iter().zip(b).map(|(x, y)| x + y).collect::<Vec<_>>();
        let difference = |a: &[Rational], b: &[Rational]| a.iter().zip(b).map(|(x, y)| x - y).collect::<Vec<_>>();
        let mut simple: Vec<&Vec<Rational>> = positive
            .iter()
            .copied()
            .filter(|root| {
                !positive.iter().any(|other| {
                    let rest = difference(root, other);
                    roots.contains_key(&rest) && is_positive(&rest)
                })
            })
            .collect();
        if simple.len() != rank {
            return Ok(None);
        }
        simple.sort_by_key(|root| roots.get(*root).map(|entry| entry.1));
        // ⟨β, α^∨⟩ = p − q for the α-string through β.
        let steps = |beta: &[Rational], alpha: &[Rational]| {
            let (mut at, mut count) = (sum(beta, alpha), 0i64);
            while roots.contains_key(&at) && count < 8 {
                at = sum(&at, alpha);
                count += 1;
            }
            count
        };
        let matrix: Vec<Vec<i64>> = simple
            .iter()
            .enumerate()
            .map(|(i, beta)| {
                let entry = |(j, alpha): (usize, &&Vec<Rational>)| {
                    if i == j { 2 } else { steps(beta, &negative(alpha)) - steps(beta, alpha) }
                };
                simple.iter().enumerate().map(entry).collect()
            })
            .collect();
        let Ok(components) = recognize_cartan_matrix(&matrix) else { return Ok(None) };
        let order = components.iter().flat_map(|component| &component.nodes);
        let labels = order.flat_map(|&node| {
            let label = |root: &Vec<Rational>| roots.get(root).map(|entry| entry.0.clone()).unwrap_or_default();
            [label(simple[node]), label(&negative(simple[node]))]
        });
        let mut conjugation = [0; 3];
        for root in roots.keys() {
            let zero = |part: &[Rational]| self.field < 0 && part.iter().all(Rational::is_zero);
            conjugation[if self.field > 0 || zero(&root[rank..]) {
                0
            } else if zero(&root[..rank]) {
                1
            } else {
                2
            }] += 1;
        }
        Ok(Some(Lifting::new(components.clone(), labels.collect(), conjugation)))
    }
}

/// The functional `α ↦ (δ, α)` for the form dual to `Σ_β β ⊗ β` on the span of the roots, in coordinates.
fn dual<'b>(
    delta: &[Rational],
    roots: impl Iterator<Item = &'b Vec<Rational>>,
    limits: &Limits,
) -> Result<Option<Vec<Rational>>, Stop> {
    let size = delta.len();
    let mut form = Matrix::filled(size, size, Rational::ZERO);
    for root in roots {
        for i in (0..size).filter(|&i| !root[i].is_zero()) {
            for j in 0..size {
                form[(i, j)].add_product(&root[i], &root[j]);
            }
        }
    }
    // δ lies in the span of the roots, so a solution exists, and its value on roots does not depend on the choice.
    solve(&form, delta, limits)
}

/// The residue of a number for this square root of `d`.
fn residue(p: Prime, value: &Surd, root: u32) -> Option<u32> {
    let a = p.residue(&value.a)?;
    if value.b.is_zero() { Some(a) } else { Some(p.add(a, p.mul(p.residue(&value.b)?, root))) }
}

/// A square root of `d` modulo `p`, when there is one.
fn square_root(p: Prime, d: i64, limits: &Limits) -> Result<Option<u32>, Stop> {
    if d == 1 {
        return Ok(Some(1));
    }
    let minus = p.neg(p.reduce_signed(d));
    if minus == 0 {
        return Ok(None);
    }
    let mut rng = random_stream(limits.seed(), 711);
    let factors = modular::factor_squarefree(p, &[minus, 0, 1], &mut rng, limits)?;
    Ok(match &factors[..] {
        [first, _] => Some(p.neg(first[0])),
        _ => None,
    })
}

/// Simple root vectors on their way to the field of the algebra.
struct Lifting {
    components: Vec<Component>,
    labels: Vec<Label>,
    primes: Vec<Prime>,
    shape: Vec<usize>,
    conjugation: [usize; 3],
    parts: Option<(Crt, Crt)>,
}

impl Lifting {
    fn new(components: Vec<Component>, labels: Vec<Label>, conjugation: [usize; 3]) -> Lifting {
        Lifting { components, labels, primes: Vec::new(), shape: Vec::new(), conjugation, parts: None }
    }

    /// The wanted vectors, normalised to lead with 1, end to end; `None` when one is missing.
    fn row(&self, found: &Decomposition) -> Option<(Vec<u32>, Vec<usize>)> {
        let (mut values, mut leads) = (Vec::new(), Vec::new());
        for label in &self.labels {
            let (_, space) = found.spaces.iter().find(|(other, _)| other == label)?;
            let row = space.row(0);
            let lead = row.iter().position(|&c| c != 0)?;
            let inverse = found.p.inv(row[lead]);
            values.extend(row.iter().map(|&c| found.p.mul(c, inverse)));
            leads.push(lead);
        }
        Some((values, leads))
    }

    /// Takes in one prime: with `v±` for the two square roots, `a = (v₊ + v₋)/2` and `b = (v₊ − v₋)/(2√d)`.
    fn add(&mut self, plus: &Decomposition, minus: Option<&Decomposition>, root: u32) {
        let p = plus.p;
        let Some((first, leads)) = self.row(plus) else { return };
        let half = p.inv(2);
        let (a, b) = match minus {
            None => (first, Vec::new()),
            Some(minus) => {
                let Some((second, others)) = self.row(minus) else { return };
                if others != leads {
                    return;
                }
                let scale = p.mul(half, p.inv(root));
                let a = first.iter().zip(&second).map(|(&x, &y)| p.mul(p.add(x, y), half)).collect();
                (a, first.iter().zip(&second).map(|(&x, &y)| p.mul(p.sub(x, y), scale)).collect())
            }
        };
        // A bad prime shows later leading places; the earliest are the true ones.
        if self.parts.is_none() || leads < self.shape {
            self.parts = Some((Crt::new(a.len()), Crt::new(b.len())));
            self.shape = leads;
        } else if leads != self.shape {
            return;
        }
        self.primes.push(p);
        if let Some((first, second)) = &mut self.parts {
            first.add(p, &a);
            second.add(p, &b);
        }
    }

    /// The vectors, when they are eigenvectors exactly.
    fn vectors(&self, torus: &Torus, constants: &StructureConstants) -> Result<Option<Vec<SurdVector>>, Stop> {
        let (n, d) = (constants.dim(), torus.field);
        let Some((first, second)) = &self.parts else { return Ok(None) };
        let (Some(a), Some(b)) = (first.rationals(), second.rationals()) else { return Ok(None) };
        let mut out = Vec::with_capacity(self.labels.len());
        for (k, label) in self.labels.iter().enumerate() {
            let part = |values: &[Rational]| match values.get(k * n..(k + 1) * n) {
                Some(values) => crate::exact::sparse::to_sparse(values),
                None => Vec::new(),
            };
            let v = SurdVector { a: part(&a), b: part(&b) };
            for (i, h) in torus.basis.iter().enumerate() {
                let image = SurdVector::rational(h).bracket(&v, constants, d);
                if image != v.scale(&torus.eigenvalues[i][label[i]], d) {
                    return Ok(None);
                }
            }
            out.push(v);
        }
        Ok(Some(out))
    }
}
