//! `sl_2`-triples of nilpotent orbits, from weighted Dynkin diagrams.
//!
//! `h` is the element of the Cartan subalgebra with the labels of the diagram as values of the simple roots. An element `e`
//! of degree 2 lies in the orbit exactly when `h ∈ [e, g_{−2}]`; then `f ∈ g_{−2}` with `[e, f] = h` completes the triple
//! (Collingwood–McGovern, section 3.4; de Graaf, *Computation with Linear Algebraic Groups*, section 8.3).

use crate::exact::lift::Primes;
use crate::exact::sparse::{SparseVector, collect_terms};
use crate::exact::{Matrix, ModMatrix, solve};
use crate::lie::named::ChevalleyBasis;
use crate::limits::{Limits, Stop};
use crate::num::prime::random_integer;
use crate::num::{Prime, Rational};
use crate::roots::SimpleType;

/// A triple with `[h, e] = 2e`, `[h, f] = −2f`, `[e, f] = h`, in the standard basis of the split form: `h_i`, `e_r`, `f_r`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sl2Triple {
    /// The nilpotent element, a sum of few root vectors.
    pub e: SparseVector,
    /// The semisimple element.
    pub h: SparseVector,
    /// The nilpotent element of the opposite degree.
    pub f: SparseVector,
}

/// Draws of a generic element of degree 2.
const ATTEMPTS: usize = 30;

/// The triple of the orbit with this weighted diagram, over Q; `None` when no orbit has it.
///
/// Elements of degree 2 are tried modulo a prime; the last step, `f`, is solved over Q and is the proof. One elimination of
/// `dim g_0 × dim g_2` for each root of degree 2.
pub fn sl2_triple(simple: SimpleType, diagram: &[i64], limits: &Limits) -> Result<Option<Sl2Triple>, Stop> {
    let basis = ChevalleyBasis::new(simple, limits)?;
    let Some(h) = cartan_element(&basis, diagram, limits)? else { return Ok(None) };
    let pieces = Pieces::new(basis, diagram, h);
    let mut primes = Primes::new(limits);
    let p = primes.draw();
    for attempt in 0..ATTEMPTS {
        let bound = 1 + 2 * attempt as u32;
        let mut e: Vec<i64> = pieces.two.iter().map(|_| 1 + random_integer(primes.rng(), bound).abs()).collect();
        if !pieces.has_partner(p, &e, limits)? {
            continue;
        }
        // Few root vectors, high roots removed first.
        for k in (0..e.len()).rev() {
            let kept = std::mem::replace(&mut e[k], 0);
            if !pieces.has_partner(p, &e, limits)? {
                e[k] = kept;
            }
        }
        let ones: Vec<i64> = e.iter().map(|x| x.signum()).collect();
        if pieces.has_partner(p, &ones, limits)? {
            e = ones;
        }
        if let Some(found) = pieces.completed(&e, limits)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// `Σ c_i h_i` on which the simple roots have the given values.
fn cartan_element(basis: &ChevalleyBasis, values: &[i64], limits: &Limits) -> Result<Option<Vec<Rational>>, Stop> {
    let system = basis.root_system();
    let rank = system.rank();
    if values.len() != rank {
        return Ok(None);
    }
    // ⟨α_j, α_i^∨⟩.
    let pairings = Matrix::from_fn(rank, rank, |j, i| Rational::from(system.pairing(&system.positive()[j], i)));
    solve(&pairings, &values.iter().map(|&v| Rational::from(v)).collect::<Vec<_>>(), limits)
}

/// What `[e, f] = h` refers to.
struct Pieces {
    basis: ChevalleyBasis,
    h: Vec<Rational>,
    /// The numbers of the roots of degree 2, all positive.
    two: Vec<usize>,
    /// The numbers of the roots of degree 0 of both signs.
    zero: Vec<usize>,
}

impl Pieces {
    fn new(basis: ChevalleyBasis, diagram: &[i64], h: Vec<Rational>) -> Pieces {
        let system = basis.root_system();
        let degree = |r: usize| system.root(r).iter().zip(diagram).map(|(c, d)| c * d).sum::<i64>();
        let of_degree = |wanted: i64| (0..2 * system.positive_count()).filter(|&r| degree(r) == wanted).collect();
        let (two, zero) = (of_degree(2), of_degree(0));
        Pieces { basis, h, two, zero }
    }

    /// `[e, ·]` from degree −2 to degree 0: a row for each `h_i`, then for each root of degree 0; triples.
    fn action(&self, e: &[i64]) -> Vec<(usize, usize, i64)> {
        let system = self.basis.root_system();
        let rank = system.rank();
        let mut out = Vec::new();
        for (column, &s) in self.two.iter().enumerate() {
            let minus = system.negative_of(s);
            for (&r, &x) in self.two.iter().zip(e).filter(|(_, x)| **x != 0) {
                if r == s {
                    let coroot = system.coroot(&system.root(r));
                    out.extend(coroot.into_iter().enumerate().map(|(i, c)| (i, column, x * c)));
                    continue;
                }
                let difference: Vec<i64> = system.root(r).iter().zip(system.root(s)).map(|(a, b)| a - b).collect();
                let row = system.number_of(&difference).and_then(|t| self.zero.iter().position(|&z| z == t));
                if let Some(row) = row {
                    out.push((rank + row, column, x * self.basis.n(r, minus)));
                }
            }
        }
        out
    }

    fn rows(&self) -> usize {
        self.basis.root_system().rank() + self.zero.len()
    }

    /// Whether `[e, f] = h` has a solution modulo a prime.
    fn has_partner(&self, p: Prime, e: &[i64], limits: &Limits) -> Result<bool, Stop> {
        limits.check()?;
        let columns = self.two.len();
        let mut system = ModMatrix::zero(self.rows(), columns + 1);
        for (i, j, v) in self.action(e) {
            let entry = &mut system.row_mut(i)[j];
            *entry = p.add(*entry, p.reduce_signed(v));
        }
        for (i, value) in self.h.iter().enumerate() {
            let Some(residue) = p.residue(value) else { return Ok(false) };
            system.row_mut(i)[columns] = residue;
        }
        let pivots = system.reduce(p, columns + 1, limits)?;
        Ok(pivots.last() != Some(&columns))
    }

    /// The triple with this `e`, over Q.
    fn completed(&self, e: &[i64], limits: &Limits) -> Result<Option<Sl2Triple>, Stop> {
        let mut action = Matrix::filled(self.rows(), self.two.len(), Rational::ZERO);
        for (i, j, v) in self.action(e) {
            let entry = &mut action.row_mut(i)[j];
            *entry = &*entry + &Rational::from(v);
        }
        let mut right = self.h.clone();
        right.resize(self.rows(), Rational::ZERO);
        let Some(f) = solve(&action, &right, limits)? else { return Ok(None) };
        let system = self.basis.root_system();
        let rank = system.rank();
        let place = |r: usize| (rank + r) as u32;
        let e = self.two.iter().zip(e).map(|(&r, &x)| (place(r), Rational::from(x)));
        let f = self.two.iter().zip(&f).map(|(&r, y)| (place(system.negative_of(r)), y.clone()));
        let h = (0u32..).zip(self.h.iter().cloned());
        let sparse = |terms: Vec<(u32, Rational)>| collect_terms(terms);
        Ok(Some(Sl2Triple { e: sparse(e.collect()), h: sparse(h.collect()), f: sparse(f.collect()) }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::sparse::to_dense;
    use crate::lie::named::split;
    use crate::roots::CartanType;

    /// The brackets, from the table of the split form.
    fn check(text: &str, diagram: &[i64]) -> Sl2Triple {
        let limits = Limits::none();
        let simple: SimpleType = text.parse().unwrap();
        let found = sl2_triple(simple, diagram, &limits).unwrap().unwrap();
        let g = split(&CartanType::new(vec![simple]), &limits).unwrap();
        let dense = |v: &SparseVector| to_dense(v, g.dim());
        let (e, h, f) = (dense(&found.e), dense(&found.h), dense(&found.f));
        let scaled = |v: &[Rational], k: i64| v.iter().map(|x| &Rational::from(k) * x).collect::<Vec<_>>();
        assert_eq!(g.constants().bracket(&h, &e), scaled(&e, 2), "{text} {diagram:?}");
        assert_eq!(g.constants().bracket(&h, &f), scaled(&f, -2), "{text} {diagram:?}");
        assert_eq!(g.constants().bracket(&e, &f), h, "{text} {diagram:?}");
        found
    }

    #[test]
    fn triples_of_tables() {
        // Diagrams and dimensions of Collingwood–McGovern, section 8.4; of [3²,1²] in so(8) by their corollary 6.1.4.
        for (text, diagram, orbit) in [
            ("A1", vec![2], 2),
            ("A2", vec![1, 1], 4),
            ("B3", vec![2, 2, 2], 18),
            ("C3", vec![1, 0, 0], 6),
            ("D4", vec![0, 2, 0, 0], 18),
            ("G2", vec![1, 0], 8),
            ("G2", vec![0, 2], 10),
            ("F4", vec![0, 2, 0, 0], 40),
            ("F4", vec![1, 0, 1, 2], 42),
            ("E6", vec![0, 0, 0, 2, 0, 0], 58),
            ("E7", vec![0, 0, 0, 0, 0, 0, 2], 54),
        ] {
            let found = check(text, &diagram);
            let limits = Limits::none();
            let simple: SimpleType = text.parse().unwrap();
            let g = split(&CartanType::new(vec![simple]), &limits).unwrap();
            let ad = g.constants().ad(&to_dense(&found.e, g.dim()));
            let rows: Vec<SparseVector> = ad.iter_rows().map(crate::exact::sparse::to_sparse).collect();
            assert_eq!(crate::exact::null_space::rank(g.dim(), &rows, &limits).unwrap(), orbit, "{text} {diagram:?}");
        }
    }

    #[test]
    fn the_principal_element_of_e8_is_the_sum_of_the_simple_root_vectors() {
        let found = check("E8", &[2; 8]);
        assert_eq!(found.e, (8..16).map(|k| (k, Rational::ONE)).collect::<Vec<_>>());
        // 2ρ^∨ in simple coroots (Bourbaki VI, plate VII).
        let expected = [92, 136, 182, 270, 220, 168, 114, 58];
        let expected: Vec<_> = (0u32..).zip(expected.map(Rational::from)).collect();
        assert_eq!(found.h, expected);
    }

    #[test]
    fn what_is_no_diagram_has_no_triple() {
        let limits = Limits::none();
        for (text, diagram) in [("G2", vec![1, 1]), ("A2", vec![2, 0]), ("A2", vec![2]), ("B2", vec![1, 1])] {
            assert_eq!(sl2_triple(text.parse().unwrap(), &diagram, &limits).unwrap(), None, "{text}");
        }
    }
}
