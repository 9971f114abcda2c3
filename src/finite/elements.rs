//! All elements of a group of moderate order, numbered by the images of the base points.

use super::chain::Level;
use super::{FiniteError, Permutation, PermutationGroup, StabilizerChain};
use crate::limits::{Limits, Stop};

/// The largest order whose elements are listed.
pub(super) const MOST_ELEMENTS: u64 = 1 << 25;
/// The largest order of a group all of whose products are kept.
const MOST_PRODUCTS: usize = 1 << 10;
/// The most bytes that a list of elements takes.
const MOST_BYTES: u128 = 1 << 30;

/// The images of all elements, one after another, in as few bytes as the degree allows.
#[derive(Debug)]
enum Images {
    Narrow(Vec<u8>),
    Wide(Vec<u16>),
    Full(Vec<u32>),
}

/// All elements of a group. Element number `r` has mixed-radix digits in its stabiliser chain: the numbers in the
/// basic orbits of the points to which successive quotients send the base points. The identity is number 0.
#[derive(Debug)]
pub struct ElementTable {
    degree: usize,
    order: usize,
    levels: Vec<Level>,
    /// How many elements share the digits up to each level.
    weights: Vec<usize>,
    images: Images,
    /// All products, row by row, when they were asked for.
    products: Option<Vec<u16>>,
}

impl ElementTable {
    /// Lists the elements; refuses with what it was wanted for above 2^25 elements or 1 GiB.
    pub fn new(group: &PermutationGroup, what: &'static str, limits: &Limits) -> Result<ElementTable, FiniteError> {
        let order = group.order(limits)?;
        let too_large = |cap| FiniteError::TooLarge { what, order: group.order(limits).unwrap_or_default(), cap };
        let count =
            u64::try_from(&order).ok().filter(|n| *n <= MOST_ELEMENTS).ok_or_else(|| too_large(MOST_ELEMENTS))?;
        let degree = group.degree();
        let width: u128 = if degree <= 256 {
            1
        } else if degree <= 65536 {
            2
        } else {
            4
        };
        let bytes = u128::from(count) * degree as u128 * width;
        if bytes > MOST_BYTES {
            return Err(too_large((MOST_BYTES / (degree as u128 * width)) as u64));
        }
        limits.reserve(2 * bytes)?;
        let chain = group.chain(limits)?;
        let images = match width {
            1 => Images::Narrow(list(chain, |x| x as u8, usize::from, limits)?),
            2 => Images::Wide(list(chain, |x| x as u16, usize::from, limits)?),
            _ => Images::Full(list(chain, |x| x, |x| x as usize, limits)?),
        };
        let mut weights = vec![1; chain.levels.len()];
        for i in (1..weights.len()).rev() {
            weights[i - 1] = weights[i] * chain.levels[i].orbit.len();
        }
        Ok(ElementTable {
            degree,
            order: count as usize,
            levels: chain.levels.clone(),
            weights,
            images,
            products: None,
        })
    }

    /// The same with all products at hand, when the group is small: n² steps.
    pub(super) fn with_products(mut self, limits: &Limits) -> Result<ElementTable, FiniteError> {
        let n = self.order;
        if n > MOST_PRODUCTS {
            return Ok(self);
        }
        limits.reserve(2 * (n as u128).pow(2))?;
        // An element of a stabiliser is one of the next stabiliser times a coset representative.
        let steps: Vec<usize> = self
            .weights
            .iter()
            .zip(&self.levels)
            .rev()
            .flat_map(|(&weight, level)| (1..level.orbit.len()).map(move |digit| weight * digit))
            .collect();
        let mut products = vec![0u16; n * n];
        let mut known = vec![false; n];
        (0..n).for_each(|r| products[r * n] = r as u16);
        known[0] = true;
        let mut queue = vec![0];
        for &step in &steps {
            if queue.len() == n {
                break;
            }
            let by_step: Vec<u16> = (0..n).map(|r| self.multiply(r, step) as u16).collect();
            let mut next = 0;
            while next < queue.len() {
                let s = queue[next];
                next += 1;
                let product = usize::from(by_step[s]);
                if !std::mem::replace(&mut known[product], true) {
                    limits.check()?;
                    (0..n).for_each(|r| products[r * n + product] = by_step[usize::from(products[r * n + s])]);
                    queue.push(product);
                }
            }
        }
        if queue.len() != n {
            return Err(FiniteError::Internal("coset representatives do not generate the group level by level"));
        }
        self.products = Some(products);
        Ok(self)
    }

    /// The order of the group.
    pub fn order(&self) -> usize {
        self.order
    }

    /// The number of points.
    pub fn degree(&self) -> usize {
        self.degree
    }

    /// The image of a point under element number `r`.
    pub fn image(&self, r: usize, point: usize) -> usize {
        let at = r * self.degree + point;
        match &self.images {
            Images::Narrow(list) => usize::from(list[at]),
            Images::Wide(list) => usize::from(list[at]),
            Images::Full(list) => list[at] as usize,
        }
    }

    /// Element number `r`.
    pub fn element(&self, r: usize) -> Permutation {
        Permutation::of((0..self.degree).map(|p| self.image(r, p) as u32).collect())
    }

    /// The number of the element that sends each point where `image` says; it must belong to the group.
    pub(super) fn rank(&self, image: impl Fn(usize) -> usize) -> usize {
        // A base of a group of at most 2^25 elements has at most 25 points.
        let mut images = [0u32; 32];
        for (slot, level) in images.iter_mut().zip(&self.levels) {
            *slot = image(level.base as usize) as u32;
        }
        let count = self.levels.len();
        let mut rank = 0;
        for (i, level) in self.levels.iter().enumerate() {
            let digit = level.index(images[i]).unwrap_or(0);
            if digit != 0 {
                rank += digit * self.weights[i];
                level.strip(&mut images[i + 1..count], digit);
            }
        }
        rank
    }

    /// The number of a permutation, if it belongs to the group.
    pub fn number(&self, p: &Permutation) -> Option<usize> {
        if p.degree() != self.degree {
            return None;
        }
        let r = self.rank(|x| p.images()[x] as usize);
        (0..self.degree).all(|x| self.image(r, x) == p.images()[x] as usize).then_some(r)
    }

    /// The number of the product: first `r`, then `s`.
    pub fn multiply(&self, r: usize, s: usize) -> usize {
        if let Some(products) = &self.products {
            return usize::from(products[r * self.order + s]);
        }
        self.rank(|x| self.image(s, self.image(r, x)))
    }

    /// The number of the inverse.
    pub fn inverse(&self, r: usize) -> usize {
        let mut inverse = vec![0u32; self.degree];
        (0..self.degree).for_each(|x| inverse[self.image(r, x)] = x as u32);
        self.rank(|x| inverse[x] as usize)
    }

    /// The number of g⁻¹ r g, with the numbers of g and of its inverse.
    pub(super) fn conjugate_by(&self, r: usize, g: usize, g_inverse: usize) -> usize {
        self.multiply(self.multiply(g_inverse, r), g)
    }

    /// The number of g⁻¹ r g, with the images of g and of its inverse.
    pub(super) fn conjugate(&self, r: usize, g: &[u32], g_inverse: &[u32]) -> usize {
        self.rank(|x| g[self.image(r, g_inverse[x] as usize)] as usize)
    }
}

/// The images of all elements in the order of their numbers.
fn list<T: Copy + Default>(
    chain: &StabilizerChain,
    narrow: impl Fn(u32) -> T,
    wide: impl Fn(T) -> usize,
    limits: &Limits,
) -> Result<Vec<T>, Stop> {
    let degree = chain.degree;
    let mut all: Vec<T> = (0..degree as u32).map(&narrow).collect();
    for level in chain.levels.iter().rev() {
        let mut next = Vec::with_capacity(all.len() * level.orbit.len());
        for i in 0..level.orbit.len() {
            limits.check()?;
            let u: Vec<T> = level.representative(i).into_iter().map(&narrow).collect();
            next.extend(all.iter().map(|&x| u[wide(x)]));
        }
        all = next;
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::*;

    #[test]
    fn numbers_and_elements_correspond() {
        let none = Limits::none();
        let groups = [symmetric(0).unwrap(), symmetric(5).unwrap(), quaternion().unwrap(), dihedral(300).unwrap()];
        let both = groups.iter().flat_map(|group| {
            let table = || ElementTable::new(group, "a test", &none).unwrap();
            [table(), table().with_products(&none).unwrap()]
        });
        for table in both {
            assert!(table.element(0).is_identity());
            let step = table.order() / 50 + 1;
            for r in (0..table.order()).step_by(step) {
                let p = table.element(r);
                assert_eq!(table.number(&p), Some(r));
                assert_eq!(table.element(table.inverse(r)), p.inverse());
                for s in (0..table.order()).step_by(step) {
                    let q = table.element(s);
                    assert_eq!(table.element(table.multiply(r, s)), p.times(&q));
                    let conjugate = table.conjugate(r, q.images(), q.inverse().images());
                    assert_eq!(table.element(conjugate), p.conjugated_by(&q));
                }
            }
        }
        let table = ElementTable::new(&alternating(4).unwrap(), "a test", &none).unwrap();
        assert_eq!(table.number(&Permutation::from_cycles(4, "(0 1)").unwrap()), None);
        assert!(matches!(
            ElementTable::new(&mathieu_24().unwrap(), "a test", &none),
            Err(FiniteError::TooLarge { .. })
        ));
        assert!(ElementTable::new(&symmetric(9).unwrap(), "a test", &Limits::none().with_memory(1)).is_err());
    }
}
