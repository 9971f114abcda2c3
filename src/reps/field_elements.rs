//! Elements of a group over a cyclotomic field at the places of its numbers modulo a prime.

use super::field_group::{FieldAction, FieldGenerators};
use super::node::Node;
use super::{Rep, RepError, ResidueElement};
use crate::exact::{ModMatrix, inverse_over_field};
use crate::finite::Permutation;
use crate::limits::Limits;
use crate::num::{AbelianField, Cyclotomic, Place, Rational, common_denominator};

/// An upper bound for the binary digits of entries of matrices in a representation.
#[derive(Clone, Copy, Debug)]
pub struct EntryBits {
    /// Of the common denominator of all entries.
    pub denominator: u64,
    /// Of the sizes of all conjugates of an entry.
    pub size: u64,
}

impl FieldGenerators {
    /// The roots of unity among which the numbers of the defining representation, which is real, are sums; of i where it was complex.
    fn root_order(&self) -> u64 {
        let n = self.field.root_order();
        if self.complex { num_integer::lcm(n, 4) } else { n }
    }

    /// The field that the entries of the defining representation generate; `None` where it has no primes of machine words.
    pub fn numbers(&self) -> Option<&AbelianField> {
        let find = || {
            // Parts of complex entries lie in the quadratic field too.
            if let Some(closed) = &self.closed {
                let root = Cyclotomic::square_root(closed.radicand());
                return AbelianField::new(self.root_order(), std::iter::once(&root));
            }
            let entries: Vec<&Cyclotomic> =
                self.matrices.iter().chain(&self.algebra).flat_map(|m| m.entries()).collect();
            let real: Vec<Cyclotomic> = match self.complex {
                false => entries.into_iter().cloned().collect(),
                true => entries.into_iter().flat_map(|x| <[Cyclotomic; 2]>::from(x.parts())).collect(),
            };
            AbelianField::new(self.root_order(), real.iter())
        };
        self.numbers.get_or_init(find).as_ref()
    }

    /// All generators at a place; `None` where the prime divides a denominator or a determinant.
    pub fn at(&self, place: &Place, limits: &Limits) -> Result<Option<Vec<ResidueElement>>, RepError> {
        let mut out = Vec::with_capacity(self.matrices.len() + self.algebra.len());
        for (finite, m) in self.matrices.iter().map(|m| (true, m)).chain(self.algebra.iter().map(|m| (false, m))) {
            let entry = |conjugate: bool| {
                m.entries()
                    .iter()
                    .map(|x| if conjugate { place.residue(&x.conjugate()) } else { place.residue(x) })
                    .collect::<Option<Vec<u32>>>()
            };
            let Some(values) = entry(false) else { return Ok(None) };
            let conjugates = if self.complex { entry(true) } else { None };
            let matrix = real_form(place, m.rows(), &values, conjugates.as_deref());
            match finite {
                false => out.push(ResidueElement::of_algebra(place.p, matrix)),
                true => match ResidueElement::of_group(place.p, matrix, limits)? {
                    Some(element) => out.push(element),
                    None => return Ok(None),
                },
            }
        }
        Ok(Some(out))
    }

    /// A bound for the entries by which the generators act; `None` for a generator without an inverse.
    ///
    /// Entries of tensor products are products, those of powers sums of products; the algebra acts by sums over the factors. Legs
    /// that are duals as a whole are free: equations may be multiplied by the generator on such a leg.
    pub fn entry_bits(&self, rep: &Rep, limits: &Limits) -> Result<Option<EntryBits>, RepError> {
        let [rows, cols] = rep.float_legs()?;
        let inner_duals = rows.iter().chain(&cols).any(|(leg, _)| has_dual(&leg.node));
        let mut inverses = Vec::new();
        if inner_duals && !self.is_unitary(limits)? {
            for m in &self.matrices {
                let Some(inverse) = inverse_over_field(m, limits)? else { return Ok(None) };
                inverses.push(inverse);
            }
        }
        let entries = || self.matrices.iter().chain(&self.algebra).chain(&inverses).flat_map(|m| m.entries());
        let all = entries().flat_map(|x| x.terms().iter().map(|(_, c)| c));
        let denominator = common_denominator(all).bits() + u64::from(self.complex);
        let size = |x: &Cyclotomic| x.terms().iter().fold(Rational::ZERO, |sum, (_, c)| &sum + &c.abs());
        let largest = entries().map(|x| bits_of(&size(x))).max().unwrap_or(1);
        let degree = rep.node.degree().max(1);
        let size = size_bits(&rep.node, rep, largest).saturating_add(bits_of_count(degree));
        Ok(Some(EntryBits { denominator: denominator.saturating_mul(degree), size }))
    }

    /// Whether the inverses are the conjugate transposes.
    fn is_unitary(&self, limits: &Limits) -> Result<bool, RepError> {
        for m in &self.matrices {
            for i in 0..m.rows() {
                for j in 0..m.rows() {
                    limits.check()?;
                    let mut sum = Cyclotomic::from(-i64::from(i == j));
                    for k in (0..m.cols()).filter(|&k| !m[(i, k)].is_zero() && !m[(j, k)].is_zero()) {
                        sum = sum.add(&m[(i, k)].mul(&m[(j, k)].conjugate()));
                    }
                    if !sum.is_zero() {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(true)
    }
}

impl FieldAction {
    /// The elements of the levels of a stabiliser chain at a place: each element of the group is once a product `u_1 u_2 …` of one
    /// from each level. `None` for an unlucky prime. Cost: the size of the matrices squared for each element.
    pub fn representatives(
        &self,
        generators: &FieldGenerators,
        place: &Place,
        limits: &Limits,
    ) -> Result<Option<Vec<Vec<ResidueElement>>>, RepError> {
        let degree = generators.field.degree();
        let n = self.units.len();
        // The coordinates of the vectors, at this place and at its conjugate.
        let at = |sign: bool| -> Option<Vec<Vec<u32>>> {
            let root = generators.field.root_order();
            let power = |k: usize| {
                let k = k as u64 % root;
                place.power(root, if sign { root - k } else { k })
            };
            let powers: Vec<u32> = (0..degree).map(power).collect();
            let number = |part: &[Rational]| {
                part.iter()
                    .zip(&powers)
                    .filter(|(c, _)| !c.is_zero())
                    .try_fold(0, |sum, (c, x)| Some(place.p.add(sum, place.p.mul(place.p.residue(c)?, *x))))
            };
            self.vectors.iter().map(|v| v.chunks(degree).map(number).collect()).collect()
        };
        let Some(values) = at(false) else { return Ok(None) };
        let conjugates = if generators.complex { at(true) } else { None };
        let coefficient = |c: &Rational| place.p.residue(c);
        let sparse = |unit: &Vec<Rational>| {
            let terms = unit.iter().enumerate().filter(|(_, c)| !c.is_zero());
            terms.map(|(point, c)| Some((point, coefficient(c)?))).collect::<Option<Vec<_>>>()
        };
        let Some(units) = self.units.iter().map(sparse).collect::<Option<Vec<_>>>() else { return Ok(None) };
        let entries = |vectors: &[Vec<u32>], g: &Permutation| {
            let mut out = vec![0; n * n];
            for (j, unit) in units.iter().enumerate() {
                for (point, c) in unit {
                    let image = &vectors[g.image(*point).unwrap_or(*point)];
                    for (i, x) in image.iter().enumerate() {
                        out[i * n + j] = place.p.add(out[i * n + j], place.p.mul(*c, *x));
                    }
                }
            }
            out
        };
        let mut levels = Vec::new();
        for level in self.characters.group.chain(limits)?.representatives() {
            let mut own = Vec::with_capacity(level.len());
            for g in level {
                limits.check()?;
                let conjugates = conjugates.as_ref().map(|all| entries(all, &g));
                let matrix = real_form(place, n, &entries(&values, &g), conjugates.as_deref());
                let Some(element) = ResidueElement::of_group(place.p, matrix, limits)? else { return Ok(None) };
                own.push(element);
            }
            levels.push(own);
        }
        Ok(Some(levels))
    }
}

/// The matrix of residues; with the values at the conjugate place `[A, −B; B, A]` for `A + iB`.
fn real_form(place: &Place, n: usize, values: &[u32], conjugates: Option<&[u32]>) -> ModMatrix {
    let Some(conjugates) = conjugates else {
        return ModMatrix::from_rows(n, values.chunks(n.max(1)).map(<[u32]>::to_vec));
    };
    let p = place.p;
    let half = p.inv(2);
    // 1/(2i).
    let turned = p.mul(half, place.power(4, 3));
    let re = |k: usize| p.mul(half, p.add(values[k], conjugates[k]));
    let im = |k: usize| p.mul(turned, p.sub(values[k], conjugates[k]));
    let entry = |i: usize, j: usize| {
        let k = i % n * n + j % n;
        match (i < n, j < n) {
            (true, true) | (false, false) => re(k),
            (true, false) => p.neg(im(k)),
            (false, true) => im(k),
        }
    };
    ModMatrix::from_rows(2 * n, (0..2 * n).map(|i| (0..2 * n).map(|j| entry(i, j)).collect()))
}

fn has_dual(node: &Node) -> bool {
    matches!(node, Node::Dual(_) | Node::Hom(..)) || node.children().into_iter().any(|x| has_dual(x))
}

/// Binary digits of numbers above the size of a rational.
fn bits_of(x: &Rational) -> u64 {
    (x.numerator() / x.denominator()).bits() + 1
}

fn bits_of_count(n: u64) -> u64 {
    u64::from(u64::BITS - n.leading_zeros())
}

/// Binary digits that no entry of an element on this representation exceeds, when none on the defining one exceeds `own`.
fn size_bits(node: &Node, rep: &Rep, own: u64) -> u64 {
    let of = |x: &Node| size_bits(x, rep, own);
    match node {
        Node::Vector | Node::Conjugate | Node::Adjoint | Node::Given(_) => own,
        Node::Scalar => 1,
        Node::Of(_, x) | Node::Dual(x) => of(x),
        Node::Sum(terms) => terms.iter().map(|(x, _)| of(x)).max().unwrap_or(1),
        Node::Tensor(list) => {
            list.iter().fold(0u64, |sum, (x, k)| sum.saturating_add(of(x).saturating_mul(u64::from(*k))))
        }
        Node::Hom(x, y) => of(x).saturating_add(of(y)),
        Node::Symmetric(x, k) | Node::Alternating(x, k) => {
            // Each of k factors is a sum of as many terms as the space has dimensions.
            let terms = x.dim(rep.base()).map_or(u64::MAX, |dim| dim.bits());
            of(x).saturating_add(terms).saturating_mul(u64::from(*k))
        }
    }
}
