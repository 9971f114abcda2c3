//! Which triples of basis elements prove the Jacobi identity of a sparse table, and what that costs.

use rand_chacha::ChaCha8Rng;

use super::generators::Closure;
use super::{ResidueTable, StructureConstants};
use crate::limits::{Limits, Stop};

/// One step of the proof: `J(e_m, e_i, e_j) = 0` is checked for all `i`, `j` of a list.
///
/// `J` vanishes as soon as one argument lies in the subalgebra `D = {x : ad x is a derivation}`. So for `e_m` it is enough
/// to take `i`, `j` from a complement of what is known to lie in `D`, spanned by basis elements; and of `e_m` itself.
pub(super) struct Step {
    /// The basis element that joins `D`.
    pub element: usize,
    /// The basis elements of the complement, in increasing order.
    pub outside: Vec<usize>,
}

/// The number of multiplications for each basis element.
pub(super) struct Costs {
    /// The number of constants of all `[e_m, e_j]`.
    weights: Vec<u64>,
    /// The number of products in all `[e_m, [e_i, e_j]]`, `[[e_m, e_i], e_j]` and `[e_i, [e_m, e_j]]`, `i < j`.
    products: Vec<u64>,
}

/// So many light basis elements are taken to generate an algebra, before it is known.
const EXPECTED: usize = 12;

/// Dense products of doubles do so many multiplications in the time of one product of a sparse table.
const DENSE_GAIN: f64 = 6.0;

/// What making and dropping a large integer costs, in steps of a word.
const HANDLING: f64 = 20.0;

impl Costs {
    /// Two passes over the table.
    pub fn new(constants: &StructureConstants) -> Costs {
        let n = constants.dim();
        let (mut weights, mut columns) = (vec![0u64; n], vec![0u64; n]);
        let pairs = || (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        for (i, j) in pairs() {
            let row = constants.upper(i, j);
            weights[i] += row.len() as u64;
            weights[j] += row.len() as u64;
            row.iter().for_each(|(k, _)| columns[*k as usize] += 1);
        }
        let mut products = vec![0u64; n];
        for (i, j) in pairs() {
            let row = constants.upper(i, j);
            let inner: u64 = row.iter().map(|(k, _)| weights[*k as usize]).sum();
            products[i] += columns[j] * row.len() as u64 + inner;
            products[j] += columns[i] * row.len() as u64 + inner;
        }
        Costs { weights, products }
    }

    /// The basis elements with the cheapest first. Elements that commute with all others cost nothing, but generate nothing
    /// but themselves: they come last.
    fn cheapest(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.weights.len()).collect();
        order.sort_by_key(|&m| (self.weights[m] == 0, self.products[m], m));
        order
    }

    /// Whether some light basis elements cost less than two generic elements, `1.5 n⁴` multiplications each.
    pub fn favour_sparse(&self) -> bool {
        let n = self.weights.len() as f64;
        let light: u64 = self.cheapest().iter().take(EXPECTED).map(|&m| self.products[m]).sum();
        light as f64 * DENSE_GAIN < 3.0 * n.powi(4)
    }

    /// Whether integers of any size are quicker than enough primes for defects of these bits.
    ///
    /// With `w` words in a constant (products have two, a prime half of one) a prime needs `w` steps for the residue of each
    /// constant and one for each product, a product of integers some `w^1.6` and the handling of their memory.
    pub fn favour_large(&self, steps: &[Step], bits: u64) -> bool {
        let words = bits as f64 / 128.0;
        let products: u64 = steps.iter().map(|step| self.products[step.element]).sum();
        let constants: u64 = self.weights.iter().sum::<u64>() / 2;
        let (products, constants) = (products as f64, constants as f64);
        products * (words.powf(1.6) + HANDLING) < (4.0 * words + 1.0) * (products + (words + HANDLING) * constants)
    }

    /// Basis elements that generate the algebra, chosen modulo a prime, the cheapest first.
    ///
    /// The complements hold over Q: what spans the space together with them modulo a prime does so over Q.
    pub fn plan(&self, table: &ResidueTable, rng: &mut ChaCha8Rng, limits: &Limits) -> Result<Vec<Step>, Stop> {
        let n = table.dim();
        // Basis elements with many constants leave the complement first.
        let mut heaviest: Vec<usize> = (0..n).collect();
        heaviest.sort_by_key(|&i| (std::cmp::Reverse(self.weights[i]), i));
        let mut closure = Closure::ordered(table, heaviest);
        let mut steps = Vec::new();
        for element in self.cheapest() {
            if closure.is_everything() {
                break;
            }
            let unit: Vec<i64> = (0..n).map(|i| i64::from(i == element)).collect();
            let mut outside = closure.outside();
            if closure.add(&unit, rng, limits)? {
                outside.retain(|&i| i != element);
                steps.push(Step { element, outside });
            }
        }
        Ok(steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Subspace;
    use crate::exact::lift::Primes;
    use crate::lie::jacobi::next_table;
    use crate::lie::named;
    use crate::lie::parts::scramble;
    use crate::num::Rational;
    use crate::roots::{CartanType, Letter};

    /// Before each step the subalgebra generated by the elements so far and the complement span everything over Q, and all
    /// elements generate everything.
    #[test]
    fn complements_are_complements_over_the_rationals() {
        let limits = Limits::none();
        for (letter, rank, operations) in [(Letter::A, 3, 0), (Letter::A, 3, 6), (Letter::B, 3, 10), (Letter::G, 2, 8)]
        {
            let split = named::split(&CartanType::of(letter, rank).unwrap(), &limits).unwrap();
            let g = scramble(&split, 3, operations, true, &limits).unwrap();
            let c = g.constants();
            let n = c.dim();
            let mut primes = Primes::new(&limits);
            let table = next_table(&mut primes, c);
            let steps = Costs::new(c).plan(&table, primes.rng(), &limits).unwrap();
            let unit = |i: usize| (0..n).map(|a| Rational::from(i64::from(a == i))).collect::<Vec<_>>();
            let mut generated: Vec<Vec<Rational>> = Vec::new();
            for step in &steps {
                let around = generated.iter().cloned().chain([unit(step.element)]);
                let all: Vec<_> = around.chain(step.outside.iter().map(|&i| unit(i))).collect();
                assert_eq!(Subspace::span(n, &all, &limits).unwrap().dim(), n);
                generated.push(unit(step.element));
                loop {
                    let products = generated.iter().flat_map(|x| generated.iter().map(move |y| c.bracket(x, y)));
                    let larger: Vec<_> = generated.iter().cloned().chain(products).collect();
                    let span = Subspace::span(n, &larger, &limits).unwrap();
                    let grown = span.dim() > generated.len();
                    generated = span.basis().to_vec();
                    if !grown {
                        break;
                    }
                }
            }
            assert_eq!(generated.len(), n);
        }
    }

    /// sl(2) ⊕ Q in the basis h, e, f, z, with `[h, e] = 2e`, `[h, f] = -2f`, `[e, f] = h`: products counted by hand.
    #[test]
    fn products_are_counted() {
        let terms = [(0, 1, 1, 2), (0, 2, 2, -2), (1, 2, 0, 1)].map(|(i, j, k, v)| (i, j, k, Rational::from(v)));
        let costs = Costs::new(&StructureConstants::from_terms(4, terms));
        assert_eq!(costs.weights, [2, 2, 2, 0]);
        // Each bracket of two basis elements is a multiple of one with two brackets of its own; each is a bracket once.
        assert_eq!(costs.products, [6, 6, 6, 0]);
        assert_eq!(costs.cheapest(), [0, 1, 2, 3]);
    }
}
