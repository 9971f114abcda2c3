//! The derivations of a Lie algebra over Q, complete and proved.
//!
//! *Above.* The derivations over Q with coordinates integral at a prime `p` reduce to as many independent derivations modulo
//! `p`, so the space found modulo one prime (`derivation_words.rs`) bounds their dimension from above.
//!
//! *Below.* Inner derivations `ad e_i` for a complement of the centre. Where these are not enough, outer ones are lifted
//! from several primes and checked over Q: `[D, ad x] = ad Dx` for generators `x`. By the Jacobi identity the elements `x`
//! that pass form a subalgebra, so `D` is a derivation. The check is done in integers modulo primes whose product exceeds
//! every entry.
//!
//! Sparse tables go another way: all entries are unknown and the equations are solved over Q, as for any product.

use crate::num::common_denominator;
use num_bigint::BigInt;
use num_traits::{One, Signed};

use super::derivation_words::derivations_modulo;
use super::derivations::leibniz_rules;
use super::generators::generating_set;
use super::jacobi::{height, next_table};
use super::killing::killing_form_modulo;
use super::structure::center;
use super::{ResidueTable, StructureConstants, product_space};
use crate::exact::lift::{Image, Primes, lift};
use crate::exact::null_space::sparse_null_space;
use crate::exact::sparse::{SparseVector, entry};
use crate::exact::{ModMatrix, SparseMatrix, Subspace};
use crate::forms::Multiplication;
use crate::limits::{Limits, Stop};
use crate::num::prime::random_stream;
use crate::num::{Prime, Rational};
use crate::parallel;

/// All derivations: the inner ones and a basis of a complement.
pub(super) struct DerivationSpace {
    /// The centre; the `ad e_i` for its free columns are a basis of the inner derivations.
    pub center: Subspace,
    /// Outer derivations, as matrices whose column `b` holds `D(e_b)`.
    pub outer: Vec<SparseMatrix>,
    /// Empty when there are no outer derivations.
    pub places: Places,
}

/// Entries `(row, column)` that tell derivations apart. An outer derivation is 1 at its place of `outer` and 0 at all others; the inner
/// ones are independent at the places of `inner`.
#[derive(Default)]
pub(super) struct Places {
    /// As many as there are inner derivations.
    pub inner: Vec<(usize, usize)>,
    /// One for each outer derivation, in order.
    pub outer: Vec<(usize, usize)>,
}

impl Places {
    /// The leading places of an echelon basis, of which the inner derivations account for some.
    fn new(all: Vec<(usize, usize)>, accounted: &[usize]) -> Places {
        let mut places = Places::default();
        for (k, place) in all.into_iter().enumerate() {
            let list = if accounted.binary_search(&k).is_ok() { &mut places.inner } else { &mut places.outer };
            list.push(place);
        }
        places
    }
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
        let inner = center.free_columns();
        if constants.is_sparse()
            && let Some((outer, places)) = by_all_entries(constants, &inner, limits)?
        {
            return Ok(DerivationSpace { center, outer, places });
        }
        let full = Subspace::full(n);
        let derived = product_space(constants, &full, &full, limits)?;
        let generators = generating_set(constants, &derived, limits)?;
        let (outer, places) = Search { constants, generators: &generators, inner }.outer(limits)?;
        Ok(DerivationSpace { center, outer, places })
    }
}

/// Outer derivations of a sparse table: all `n²` entries are unknown, the equations are short, and their elimination over Q
/// is sparse. `None` when numbers outgrow machine words.
fn by_all_entries(
    constants: &StructureConstants,
    inner: &[usize],
    limits: &Limits,
) -> Result<Option<(Vec<SparseMatrix>, Places)>, Stop> {
    let n = constants.dim();
    let product = Multiplication::from_fn(n, String::new(), |i, j| constants.bracket_of_basis(i, j));
    let rules = leibniz_rules(&product, limits)?;
    let Some(found) = sparse_null_space(n * n, &rules, limits)? else { return Ok(None) };
    let values: Vec<Vec<Rational>> = inner
        .iter()
        .map(|&i| {
            let ad = constants.ad_basis(i).flatten();
            found.leading.iter().map(|&at| entry(&ad, at)).collect()
        })
        .collect();
    let accounted = Subspace::span(found.leading.len(), &values, limits)?.pivots().to_vec();
    let all = found.leading.iter().map(|&at| (at as usize / n, at as usize % n)).collect();
    let places = Places::new(all, &accounted);
    let count = found.basis.len().saturating_sub(accounted.len());
    limits.reserve(count as u128 * (n * size_of::<SparseVector>() + 64) as u128)?;
    let outer = (0..found.basis.len()).filter(|k| accounted.binary_search(k).is_err());
    Ok(Some((outer.map(|k| SparseMatrix::unflatten(n, n, &found.basis[k])).collect(), places)))
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
        Places::new(pivots.iter().map(|at| (at % n, order[at / n])).collect(), accounted)
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
/// `2 n³` operations for each map, generator and prime.
fn are_derivations(
    constants: &StructureConstants,
    generators: &[Vec<i64>],
    maps: &[SparseMatrix],
    limits: &Limits,
) -> Result<bool, Stop> {
    let n = constants.dim();
    let maps: Vec<Integral> = maps.iter().map(Integral::new).collect();
    let constant = height(constants).0;
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
