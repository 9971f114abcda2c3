//! The derivations of a Lie algebra over Q, complete and proved.
//!
//! *Above.* The derivations over Q with coordinates integral at a prime `p` reduce to as many independent derivations modulo
//! `p`, so the space found modulo one prime (`derivation_words.rs`) bounds their dimension from above.
//!
//! *Below.* Inner derivations `ad e_i` for a complement of the centre. Where these are not enough, outer ones are lifted
//! from several primes and checked over Q: `[D, ad x] = ad Dx` for generators `x`. By the Jacobi identity the elements `x`
//! that pass form a subalgebra, so `D` is a derivation. The check is done in integers modulo primes whose product exceeds
//! every entry.

use num_bigint::BigInt;
use num_traits::{One, Signed};

use super::derivation_words::derivations_modulo;
use super::generators::generating_set;
use super::jacobi::next_table;
use super::killing::killing_form_modulo;
use super::structure::center;
use super::{ResidueTable, StructureConstants, product_space};
use crate::exact::lift::{Image, Primes, lift};
use crate::exact::null_space::annihilates;
use crate::exact::sparse::{SparseVector, collect_terms};
use crate::exact::{ModMatrix, SparseMatrix, Subspace};
use crate::limits::{Limits, Stop};
use crate::num::prime::random_stream;
use crate::num::{Prime, Rational, common_denominator};
use crate::parallel;

/// All derivations: the inner ones and a basis of a complement.
pub(super) struct DerivationSpace {
    /// The centre; the `ad e_i` for its free columns are a basis of the inner derivations.
    pub center: Subspace,
    /// Outer derivations, as matrices whose column `b` holds `D(e_b)`.
    pub outer: Vec<SparseMatrix>,
    /// Places `(row, column)`, as many as there are derivations; of those the places `inner` and `rest`.
    pub places: Places,
}

/// Entries that tell derivations apart. An outer derivation is 1 at its place of `outer` and 0 at all others; the inner
/// ones are independent at the places of `inner`.
#[derive(Default)]
pub(super) struct Places {
    /// As many as there are inner derivations.
    pub inner: Vec<(usize, usize)>,
    /// One for each outer derivation, in order.
    pub outer: Vec<(usize, usize)>,
}

impl DerivationSpace {
    /// The dimension of the space of inner derivations.
    pub fn inner_dim(&self) -> usize {
        self.center.free_columns().len()
    }

    /// The derivations of the algebra with these constants, which satisfy the Jacobi identity.
    pub fn new(constants: &StructureConstants, limits: &Limits) -> Result<DerivationSpace, Stop> {
        let n = constants.dim();
        // A Killing form that is not degenerate modulo a prime is not degenerate; then all derivations are inner
        // (Humphreys §5.3).
        let (p, killing) = killing_form_modulo(constants, limits)?;
        if killing.determinant(p) != 0 {
            let center = Subspace::zero(n);
            return Ok(DerivationSpace { center, outer: Vec::new(), places: Places::default() });
        }
        let center = center(constants, limits)?;
        let full = Subspace::full(n);
        let derived = product_space(constants, &full, &full, limits)?;
        let generators = generating_set(constants, &derived, limits)?;
        let search = Search { constants, generators: &generators, inner: center.free_columns() };
        let (outer, places) = search.outer(limits)?;
        Ok(DerivationSpace { center, outer, places })
    }
}

struct Search<'a> {
    constants: &'a StructureConstants,
    generators: &'a [Vec<i64>],
    /// The basis elements whose adjoint maps are a basis of the inner derivations.
    inner: Vec<usize>,
}

impl Search<'_> {
    /// The order in which entries `(column, row)` of a derivation are tried as places: values at generators first.
    fn order(&self) -> Vec<usize> {
        let n = self.constants.dim();
        let is_generator =
            |c: usize| self.generators.iter().any(|x| x[c] != 0 && x.iter().filter(|v| **v != 0).count() == 1);
        let (mut order, rest): (Vec<usize>, Vec<usize>) = (0..n).partition(|&c| is_generator(c));
        order.extend(rest);
        order
    }

    /// Outer derivations that complete the inner ones, lifted and checked.
    fn outer(&self, limits: &Limits) -> Result<(Vec<SparseMatrix>, Places), Stop> {
        let n = self.constants.dim();
        let order = self.order();
        let mut rng = random_stream(limits.seed(), 7200);
        lift(
            limits,
            |p| {
                let Some(table) = ResidueTable::new(p, self.constants) else { return Ok(None) };
                let Some(maps) = derivations_modulo(&table, self.generators, &mut rng, limits)? else {
                    return Ok(None);
                };
                self.image(&table, &maps, &order, limits)
            },
            |shape, values| {
                let places = self.places(shape, &order);
                let outer: Vec<SparseMatrix> = values
                    .chunks(n * n)
                    .map(|values| {
                        let entry = |at: usize| (at % n, order[at / n], values[at].clone());
                        let filled = (0..n * n).filter(|&at| !values[at].is_zero());
                        SparseMatrix::from_triples(n, n, filled.map(entry))
                    })
                    .collect();
                Ok(are_derivations(self.constants, self.generators, &outer, limits)?.then_some((outer, places)))
            },
        )
    }

    /// The outer rows of the reduced echelon form of these maps; the shape is its dimension, its pivots, and those of its
    /// rows that the inner derivations account for.
    fn image(
        &self,
        table: &ResidueTable,
        maps: &ModMatrix,
        order: &[usize],
        limits: &Limits,
    ) -> Result<Option<Image>, Stop> {
        let (p, n) = (table.prime(), table.dim());
        let ordered = |row: &[u32]| order.iter().flat_map(|&c| row[c * n..(c + 1) * n].to_vec()).collect();
        let mut echelon = ModMatrix::from_rows(n * n, (0..maps.rows()).map(|j| ordered(maps.row(j))));
        let pivots = echelon.reduce(p, n * n, limits)?;
        let mut inner = ModMatrix::from_rows(
            pivots.len(),
            self.inner.iter().map(|&i| {
                let ad = table.ad_basis(i);
                pivots.iter().map(|&at| ad.row(order[at / n])[at % n]).collect()
            }),
        );
        let accounted = inner.reduce(p, pivots.len(), limits)?;
        if accounted.len() < self.inner.len() {
            return Ok(None);
        }
        let outer = (0..pivots.len()).filter(|k| accounted.binary_search(k).is_err());
        let residues = outer.flat_map(|k| echelon.row(k).to_vec()).collect();
        let shape = [vec![pivots.len()], pivots, accounted].concat();
        Ok(Some(Image { shape, residues }))
    }

    fn places(&self, shape: &[usize], order: &[usize]) -> Places {
        let n = self.constants.dim();
        let dim = shape.first().copied().unwrap_or(0);
        let (pivots, accounted) = shape[1..].split_at(dim);
        let place = |k: usize| (pivots[k] % n, order[pivots[k] / n]);
        Places {
            inner: accounted.iter().map(|&k| place(k)).collect(),
            outer: (0..dim).filter(|k| accounted.binary_search(k).is_err()).map(place).collect(),
        }
    }
}

/// A matrix times its common denominator, by columns: column `b` first to last, each from top to bottom.
struct Integral {
    n: usize,
    columns: Vec<Vec<(u32, BigInt)>>,
}

impl Integral {
    fn new(m: &SparseMatrix) -> Integral {
        let denominator = common_denominator(m.triples().map(|t| t.2));
        let scaled = |row: &[(u32, Rational)]| -> Vec<(u32, BigInt)> {
            row.iter().map(|(k, v)| (*k, v.numerator() * (&denominator / v.denominator()))).collect()
        };
        Integral { n: m.rows(), columns: m.transpose().iter_rows().map(scaled).collect() }
    }

    fn largest(&self) -> BigInt {
        self.columns.iter().flatten().map(|t| t.1.abs()).max().unwrap_or_default()
    }

    /// Row `b` is the image of `e_b`.
    fn residues(&self, p: Prime) -> ModMatrix {
        let mut out = ModMatrix::zero(self.n, self.n);
        for (b, column) in self.columns.iter().enumerate() {
            for (k, v) in column {
                out.row_mut(b)[*k as usize] = p.residue_big(v);
            }
        }
        out
    }
}

/// Whether all these maps are derivations, over Q: `[D, ad x] = ad Dx` for elements `x` that generate the algebra.
///
/// With `N = δ D` and `c' = d c` integers, an entry of `δ d ([x, D e_j] − D [x, e_j] + [Dx, e_j])` is at most
/// `3 n |x| max |N| max |c'|` for `|x| = Σ |x_i|`; it is zero when it is zero modulo primes whose product is larger.
/// `2 n³` operations for each map, generator and prime. Few entries are put into the equations over Q instead.
fn are_derivations(
    constants: &StructureConstants,
    generators: &[Vec<i64>],
    maps: &[SparseMatrix],
    limits: &Limits,
) -> Result<bool, Stop> {
    let n = constants.dim();
    let filled: usize = maps.iter().map(SparseMatrix::nonzeros).sum();
    if constants.is_sparse() && SPARSE_FILL * filled < maps.len() * n * n {
        let rows = rules(constants, generators, limits)?;
        let vectors: Vec<SparseVector> = maps.iter().map(SparseMatrix::flatten).collect();
        return annihilates(&rows, n * n, &vectors, limits);
    }
    let maps: Vec<Integral> = maps.iter().map(Integral::new).collect();
    let table: SparseVector = constants.iter().map(|t| (0, t.3.clone())).collect();
    let denominator = common_denominator(table.iter().map(|t| &t.1));
    let constant =
        table.iter().map(|t| (t.1.numerator() * (&denominator / t.1.denominator())).abs()).max().unwrap_or_default();
    let entry = maps.iter().map(Integral::largest).max().unwrap_or_default();
    let norm = |x: &Vec<i64>| x.iter().map(|c| BigInt::from(*c).abs()).sum::<BigInt>();
    let generator = generators.iter().map(norm).max().unwrap_or_default();
    let bound = generator * entry * constant * 3 * n;
    let mut primes = Primes::new(limits);
    let mut product = BigInt::one();
    while product <= bound {
        let table = next_table(&mut primes, constants);
        let p = table.prime();
        let elements: Vec<(Vec<u32>, ModMatrix)> = generators
            .iter()
            .map(|x| {
                let x: Vec<u32> = x.iter().map(|&c| p.reduce_signed(c)).collect();
                let ad = table.ad(&x);
                (x, ad)
            })
            .collect();
        let passed = parallel::try_map(maps.len(), |k| {
            let map = maps[k].residues(p);
            for (x, ad) in &elements {
                limits.check()?;
                if !commutes(&table, x, ad, &map) {
                    return Ok(false);
                }
            }
            Ok(true)
        })?;
        if passed.contains(&false) {
            return Ok(false);
        }
        product *= p.value();
    }
    Ok(true)
}

/// Maps with fewer than one entry in this many that is not zero are sparse.
const SPARSE_FILL: usize = 8;

/// The equations `[x, D e_j] − D [x, e_j] + [Dx, e_j] = 0` in the entries of `D`, row by row.
fn rules(constants: &StructureConstants, generators: &[Vec<i64>], limits: &Limits) -> Result<Vec<SparseVector>, Stop> {
    let n = constants.dim();
    let unknown = |r: usize, c: usize| (r * n + c) as u32;
    let columns: Vec<SparseMatrix> = (0..n).map(|j| constants.ad_basis(j)).collect();
    let mut rows = Vec::new();
    for x in generators {
        let exact: Vec<Rational> = x.iter().map(|&c| Rational::from(c)).collect();
        let ad = SparseMatrix::from_dense(&constants.ad(&exact));
        let brackets = ad.transpose();
        for (j, column) in columns.iter().enumerate() {
            limits.check()?;
            for k in 0..n {
                let mut terms: SparseVector = Vec::new();
                terms.extend(ad.row(k).iter().map(|(l, v)| (unknown(*l as usize, j), v.clone())));
                terms.extend(brackets.row(j).iter().map(|(m, v)| (unknown(k, *m as usize), -v)));
                // [e_l, e_j] = -[e_j, e_l]
                for (i, c) in exact.iter().enumerate().filter(|t| !t.1.is_zero()) {
                    terms.extend(column.row(k).iter().map(|(l, v)| (unknown(*l as usize, i), -&(c * v))));
                }
                let row = collect_terms(terms);
                if !row.is_empty() {
                    rows.push(row);
                }
            }
        }
    }
    Ok(rows)
}

/// Whether `[x, D e_j] − D [x, e_j] + [Dx, e_j]` is zero for all `j`; rows of `ad` are `[x, e_j]`, rows of `map` are `D e_j`.
fn commutes(table: &ResidueTable, x: &[u32], ad: &ModMatrix, map: &ModMatrix) -> bool {
    let (p, n) = (table.prime(), table.dim());
    let image = map.left_mul(p, x);
    let mut sums = vec![0u64; n];
    (0..n).all(|j| {
        sums.fill(0);
        ad.accumulate_product(p, map.row(j), &mut sums);
        let minus: Vec<u32> = ad.row(j).iter().map(|&c| p.neg(c)).collect();
        map.accumulate_product(p, &minus, &mut sums);
        table.accumulate_brackets(&image, j, &mut sums);
        p.reduce_row(&mut sums);
        sums.iter().all(|&s| s == 0)
    })
}
