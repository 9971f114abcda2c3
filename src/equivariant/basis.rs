//! The result of every method: a basis of a space of equivariant maps, exact and sparse, or in doubles.

use std::fmt;

use super::orthonormal::orthonormalize;
use crate::exact::{SparseMatrix, SparseVector};
use crate::limits::{Limits, Stop};
use crate::num::Rational;

/// How a basis was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Orbits of signed permutations on pairs of basis vectors.
    Orbits,
    /// Set partitions of the legs.
    SetPartitions,
    /// Brauer diagrams.
    Brauer,
    /// Brauer diagrams with determinants (Brauer–Grood diagrams).
    BrauerDeterminant,
    /// Walled Brauer diagrams.
    WalledBrauer,
    /// Walled Brauer diagrams with determinants.
    WalledBrauerDeterminant,
    /// Matchings decorated with a Hermitian form, real and imaginary parts of determinants.
    Hermitian,
    /// Coupling of angular momenta, in doubles.
    Couplings,
    /// Weight vectors killed by the simple raising operators, exact.
    Weights,
    /// The exact null space of the equations.
    ExactNullSpace,
    /// The null space of the equations in doubles.
    FloatNullSpace,
    /// Several methods: one for each part of a sum or each factor of a product.
    Blocks,
}

impl Method {
    /// The name shown to people and written into JSON.
    pub fn name(self) -> &'static str {
        match self {
            Method::Orbits => "orbits",
            Method::SetPartitions => "set partitions",
            Method::Brauer => "Brauer diagrams",
            Method::BrauerDeterminant => "Brauer diagrams with determinants",
            Method::WalledBrauer => "walled Brauer diagrams",
            Method::WalledBrauerDeterminant => "walled Brauer diagrams with determinants",
            Method::Hermitian => "Hermitian diagrams",
            Method::Couplings => "Clebsch–Gordan paths",
            Method::Weights => "weights",
            Method::ExactNullSpace => "exact null space",
            Method::FloatNullSpace => "float null space",
            Method::Blocks => "parts, each by its own method",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Why a basis is known to be complete and independent.
#[derive(Clone, Debug, PartialEq)]
pub enum Completeness {
    /// The supports partition the entries: an invariant tensor is determined by its value at one entry of each orbit.
    Orbits,
    /// The invariants span by a fundamental theorem, and those taken are a basis by a theorem named here.
    Theorem(&'static str),
    /// As many independent invariants as this formula counts.
    Count(&'static str),
    /// The rank of the equations, proved over Q, leaves room for no more; all solutions were multiplied back.
    ExactRank,
    /// The parts into which structure takes the space, each complete.
    Parts,
    /// A gap between the singular values of the equations, in doubles: no proof.
    Gap(Spectrum),
}

/// What was seen of the singular values of the equations, relative to the largest one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spectrum {
    /// The largest singular value taken for zero.
    pub noise: f64,
    /// The smallest one taken for non-zero; infinite when there is none.
    pub edge: f64,
    /// The largest residual `|C v|` of a basis vector of norm 1, relative to the largest singular value.
    pub residual: f64,
}

impl Spectrum {
    /// The ratio between the smallest value taken for non-zero and the largest taken for zero, which is at least one unit
    /// of rounding.
    pub fn gap(&self) -> f64 {
        self.edge / self.noise.max(f64::EPSILON)
    }
}

impl fmt::Display for Completeness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Completeness::Orbits => write!(f, "the orbits partition all entries"),
            Completeness::Theorem(text) | Completeness::Count(text) => write!(f, "{text}"),
            Completeness::ExactRank => write!(f, "the exact rank of the equations"),
            Completeness::Parts => write!(f, "every part is complete"),
            Completeness::Gap(s) => write!(
                f,
                "a gap of {:.1e} in the singular values (noise {:.1e}, edge {:.1e}, residual {:.1e})",
                s.gap(),
                s.noise,
                s.edge,
                s.residual
            ),
        }
    }
}

/// A partition of the entries: entry `k` belongs to basis tensor `class`, with value 1 or −1 there, or to none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// `2 · class + negative`, or [`Labels::NONE`].
    pub(super) packed: Vec<u32>,
    /// The number of classes.
    pub(super) classes: usize,
}

impl Labels {
    /// The packed label of an entry at which every invariant tensor vanishes.
    pub(super) const NONE: u32 = u32::MAX;

    /// The class of an entry and whether its value is −1; `None` where every invariant tensor vanishes.
    pub fn at(&self, entry: usize) -> Option<(usize, bool)> {
        let packed = *self.packed.get(entry)?;
        (packed != Labels::NONE).then_some(((packed >> 1) as usize, packed & 1 == 1))
    }

    /// How many entries each class has.
    fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![0usize; self.classes];
        for &label in self.packed.iter().filter(|&&x| x != Labels::NONE) {
            sizes[(label >> 1) as usize] += 1;
        }
        sizes
    }
}

/// The values of sparse rows, one for each place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Values {
    /// All are 1.
    Ones,
    /// Small integers.
    Integers(Vec<i32>),
    /// Rational numbers.
    Rationals(Vec<Rational>),
}

/// Sparse rows: row `k` has the values at positions `starts[k] .. starts[k + 1]` of the lists, its places increasing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SparseRows {
    /// Where each row starts in the lists; one more than there are rows.
    pub starts: Vec<usize>,
    /// The places of the entries in the flattened matrix, `row · cols + column`.
    pub places: Vec<u64>,
    /// Their values.
    pub values: Values,
}

impl SparseRows {
    /// No rows yet.
    pub(super) fn new(values: Values) -> SparseRows {
        SparseRows { starts: vec![0], places: Vec::new(), values }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn range(&self, k: usize) -> std::ops::Range<usize> {
        self.starts[k]..self.starts[k + 1]
    }

    /// The exact value at a position of the lists.
    fn value(&self, at: usize) -> Rational {
        match &self.values {
            Values::Ones => Rational::ONE,
            Values::Integers(v) => Rational::from(i64::from(v[at])),
            Values::Rationals(v) => v[at].clone(),
        }
    }

    /// The value at a position of the lists as a double.
    fn double(&self, at: usize) -> f64 {
        match &self.values {
            Values::Ones => 1.0,
            Values::Integers(v) => f64::from(v[at]),
            Values::Rationals(v) => v[at].to_f64(),
        }
    }

    /// The same with integers, when all values are small integers.
    pub(super) fn with_integers(self) -> SparseRows {
        let Values::Rationals(values) = &self.values else { return self };
        let small = |x: &Rational| x.to_i64().and_then(|x| i32::try_from(x).ok());
        match values.iter().map(small).collect::<Option<Vec<i32>>>() {
            Some(values) => SparseRows { values: Values::Integers(values), ..self },
            None => self,
        }
    }

    /// Row `k` as pairs (place, value).
    pub fn row(&self, k: usize) -> impl Iterator<Item = (u64, Rational)> {
        self.range(k).map(|at| (self.places[at], self.value(at)))
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Content {
    Labels(Labels),
    Sparse(SparseRows),
    /// So many orthonormal rows, one after another.
    Floats(usize, Vec<f64>),
}

/// A basis of a space of equivariant maps: `rank` matrices of shape `rows × cols`, linearly independent and complete.
///
/// Invariant vectors are maps from the trivial representation: one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Basis {
    shape: (usize, usize),
    method: Method,
    completeness: Completeness,
    content: Content,
}

impl Basis {
    pub(super) fn of_labels(shape: (usize, usize), method: Method, labels: Labels) -> Basis {
        Basis { shape, method, completeness: Completeness::Orbits, content: Content::Labels(labels) }
    }

    pub(super) fn of_rows(
        shape: (usize, usize),
        method: Method,
        completeness: Completeness,
        rows: SparseRows,
    ) -> Basis {
        Basis { shape, method, completeness, content: Content::Sparse(rows) }
    }

    /// A basis in doubles, whose rows are orthonormal.
    pub(super) fn of_floats(
        shape: (usize, usize),
        method: Method,
        completeness: Completeness,
        rank: usize,
        rows: Vec<f64>,
    ) -> Basis {
        Basis { shape, method, completeness, content: Content::Floats(rank, rows) }
    }

    /// The dimension of the space.
    pub fn rank(&self) -> usize {
        match &self.content {
            Content::Labels(labels) => labels.classes,
            Content::Sparse(rows) => rows.len(),
            Content::Floats(rank, _) => *rank,
        }
    }

    /// Whether the entries are exact numbers.
    pub fn is_exact(&self) -> bool {
        !matches!(self.content, Content::Floats(..))
    }

    /// Rows of each matrix.
    pub fn rows(&self) -> usize {
        self.shape.0
    }

    /// Columns of each matrix.
    pub fn cols(&self) -> usize {
        self.shape.1
    }

    /// How it was found.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Why it is complete.
    pub fn completeness(&self) -> &Completeness {
        &self.completeness
    }

    /// The number of non-zero entries of all matrices.
    pub fn nonzeros(&self) -> usize {
        match &self.content {
            Content::Labels(labels) => labels.packed.iter().filter(|&&x| x != Labels::NONE).count(),
            Content::Sparse(rows) => rows.places.len(),
            Content::Floats(_, rows) => rows.iter().filter(|&&x| x != 0.0).count(),
        }
    }

    /// The labels of the entries, when the basis is a partition of them.
    pub fn labels(&self) -> Option<&Labels> {
        match &self.content {
            Content::Labels(labels) => Some(labels),
            Content::Sparse(_) | Content::Floats(..) => None,
        }
    }

    /// The exact sparse rows; `None` for a basis in doubles. Cost: linear in the entries.
    pub fn sparse(&self, limits: &Limits) -> Result<Option<SparseRows>, Stop> {
        let labels = match &self.content {
            Content::Sparse(rows) => return Ok(Some(rows.clone())),
            Content::Floats(..) => return Ok(None),
            Content::Labels(labels) => labels,
        };
        let mut starts = vec![0usize];
        starts.extend(labels.sizes().iter().scan(0, |sum, size| {
            *sum += size;
            Some(*sum)
        }));
        let count = starts.last().copied().unwrap_or(0);
        limits.reserve(count as u128 * 12)?;
        let mut next = starts.clone();
        let (mut places, mut values) = (vec![0u64; count], vec![0i32; count]);
        for (place, &label) in labels.packed.iter().enumerate().filter(|(_, x)| **x != Labels::NONE) {
            let at = &mut next[(label >> 1) as usize];
            places[*at] = place as u64;
            values[*at] = 1 - 2 * (label & 1) as i32;
            *at += 1;
        }
        let values = if values.iter().all(|&v| v == 1) { Values::Ones } else { Values::Integers(values) };
        Ok(Some(SparseRows { starts, places, values }))
    }

    /// The exact matrices, in the house's type; `None` for a basis in doubles. Cost: linear in the entries and in
    /// `rank · rows`.
    pub fn matrices(&self, limits: &Limits) -> Result<Option<Vec<SparseMatrix>>, Stop> {
        let Some(rows) = self.sparse(limits)? else { return Ok(None) };
        let (height, cols) = self.shape;
        let bytes = size_of::<SparseVector>() as u128 * rows.len() as u128 * height as u128;
        limits.reserve(bytes + rows.places.len() as u128 * 24)?;
        let mut out = Vec::with_capacity(rows.len());
        for k in 0..rows.len() {
            limits.check()?;
            let mut matrix: Vec<SparseVector> = vec![Vec::new(); height];
            for (place, value) in rows.row(k) {
                let (i, j) = (place as usize / cols.max(1), place as usize % cols.max(1));
                matrix[i].push((j as u32, value));
            }
            out.push(SparseMatrix::from_rows(cols, matrix));
        }
        Ok(Some(out))
    }

    /// All matrices in doubles: an array of shape `rank × rows × cols`, row by row.
    pub fn dense(&self, limits: &Limits) -> Result<Vec<f64>, Stop> {
        self.scaled(limits, |_| 1.0)
    }

    fn scaled(&self, limits: &Limits, scale: impl Fn(usize) -> f64) -> Result<Vec<f64>, Stop> {
        let size = self.shape.0 * self.shape.1;
        limits.reserve(self.rank() as u128 * size as u128 * 8)?;
        let mut out = vec![0.0; self.rank() * size];
        match &self.content {
            Content::Labels(labels) => {
                for (place, &label) in labels.packed.iter().enumerate().filter(|(_, x)| **x != Labels::NONE) {
                    let class = (label >> 1) as usize;
                    out[class * size + place] = scale(class) * (1.0 - 2.0 * f64::from(label & 1));
                }
            }
            Content::Sparse(rows) => {
                for k in 0..rows.len() {
                    limits.check()?;
                    for at in rows.range(k) {
                        out[k * size + rows.places[at] as usize] = rows.double(at) * scale(k);
                    }
                }
            }
            Content::Floats(_, rows) => out.copy_from_slice(rows),
        }
        Ok(out)
    }

    /// An orthonormal basis of the same space in doubles, of shape `rank × rows × cols`; `None` when the given basis is so
    /// nearly dependent that doubles cannot orthogonalise it. Orbits need a division, other bases two passes of Cholesky.
    pub fn orthonormal(&self, limits: &Limits) -> Result<Option<Vec<f64>>, Stop> {
        if let Content::Labels(labels) = &self.content {
            let sizes = labels.sizes();
            return self.scaled(limits, |k| 1.0 / (sizes[k] as f64).sqrt()).map(Some);
        }
        let mut rows = self.dense(limits)?;
        if matches!(self.content, Content::Floats(..)) {
            return Ok(Some(rows));
        }
        let complete = orthonormalize(self.rank(), self.shape.0 * self.shape.1, &mut rows, limits)?;
        Ok(complete.then_some(rows))
    }
}
