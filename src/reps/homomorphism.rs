//! Homomorphisms from a group of permutations to matrices, proved by Schreier–Sims with the images carried along.
//!
//! Strong generators are words in the generators; their images are the same words in the given matrices. That every Schreier
//! generator is the product of coset representatives into which it sifts gives a presentation of the group on its strong
//! generators (Leedham-Green; Holt, Eick, O'Brien, *Handbook of Computational Group Theory*, section 6.1). So when the
//! images satisfy these relations, the generators' images extend to a homomorphism, and only then.

use super::action::bytes_of_row;
use super::{Element, RepError};
use crate::exact::SparseMatrix;
use crate::finite::{Permutation, PermutationGroup};
use crate::limits::{Limits, Stop};

/// A permutation with its image and the inverse of that.
#[derive(Clone)]
struct Pair {
    element: Permutation,
    image: SparseMatrix,
    inverse: SparseMatrix,
}

impl Pair {
    fn identity(degree: usize, size: usize) -> Pair {
        let one = SparseMatrix::identity(size);
        Pair { element: Permutation::identity(degree), image: one.clone(), inverse: one }
    }

    /// First `other`, then this, as matrices are multiplied.
    fn after(&self, other: &Pair) -> Pair {
        let element = other.element.then(&self.element).unwrap_or_else(|| self.element.clone());
        Pair { element, image: self.image.mul(&other.image), inverse: other.inverse.mul(&self.inverse) }
    }

    fn inverted(&self) -> Pair {
        Pair { element: self.element.inverse(), image: self.inverse.clone(), inverse: self.image.clone() }
    }

    fn image_of(&self, point: usize) -> usize {
        self.element.image(point).unwrap_or(point)
    }

    fn bytes(&self) -> u128 {
        let rows = self.image.rows() as u128 * bytes_of_row(0);
        let entries = (self.image.nonzeros() + self.inverse.nonzeros()) as u128;
        4 * self.element.degree() as u128 + 2 * rows + entries * (bytes_of_row(1) - bytes_of_row(0))
    }
}

/// The stabilizer of the earlier base points, with coset representatives of the next one.
struct Level {
    base: usize,
    generators: Vec<Pair>,
    /// Representatives in the order in which points were reached: `base ↦ point`.
    representatives: Vec<(usize, Pair)>,
    /// Of each point its representative.
    places: Vec<Option<usize>>,
    /// Of each representative how many generators were applied to it, and how many of these gave relations already checked.
    applied: Vec<usize>,
    checked: Vec<usize>,
}

impl Level {
    fn new(base: usize, degree: usize, size: usize) -> Level {
        let mut places = vec![None; degree];
        if let Some(place) = places.get_mut(base) {
            *place = Some(0);
        }
        let representatives = vec![(base, Pair::identity(degree, size))];
        Level { base, generators: Vec::new(), representatives, places, applied: vec![0], checked: vec![0] }
    }

    fn representative(&self, point: usize) -> Option<&Pair> {
        self.representatives.get((*self.places.get(point)?)?).map(|(_, pair)| pair)
    }

    /// All points that the generators reach.
    fn grow(&mut self, limits: &Limits) -> Result<(), Stop> {
        let mut at = 0;
        while at < self.representatives.len() {
            while self.applied[at] < self.generators.len() {
                limits.check()?;
                let generator = &self.generators[self.applied[at]];
                self.applied[at] += 1;
                let (point, pair) = &self.representatives[at];
                let image = generator.image_of(*point);
                if self.places.get(image).copied().flatten().is_none() {
                    let next = generator.after(pair);
                    limits.reserve(next.bytes())?;
                    self.places[image] = Some(self.representatives.len());
                    self.representatives.push((image, next));
                    self.applied.push(0);
                    self.checked.push(0);
                }
            }
            at += 1;
        }
        Ok(())
    }

    /// The next Schreier generator that was not looked at; its point and generator are noted as checked.
    fn next_relation(&mut self) -> Option<Pair> {
        for at in 0..self.representatives.len() {
            if self.checked[at] < self.generators.len() {
                let generator = &self.generators[self.checked[at]];
                self.checked[at] += 1;
                let (point, pair) = &self.representatives[at];
                let moved = generator.after(pair);
                let back = self.representative(generator.image_of(*point))?.inverted();
                return Some(back.after(&moved));
            }
        }
        None
    }
}

/// A homomorphism that was proved to be one.
pub(super) struct Homomorphism {
    degree: usize,
    size: usize,
    levels: Vec<Level>,
}

impl Homomorphism {
    /// The homomorphism that takes each generator to its image; `None` when there is none.
    pub fn new(
        group: &PermutationGroup,
        images: &[Element],
        limits: &Limits,
    ) -> Result<Option<Homomorphism>, RepError> {
        let degree = group.degree();
        let size = images.first().map_or(0, Element::size);
        let mut this = Homomorphism { degree, size, levels: Vec::new() };
        for point in group.chain(limits)?.base() {
            this.levels.push(Level::new(point, degree, size));
        }
        let one = SparseMatrix::identity(size);
        for (element, image) in group.generators().iter().zip(images) {
            let (image, inverse) = (image.stored().into_owned(), image.stored_inverse().into_owned());
            let pair = Pair { element: element.clone(), image, inverse };
            if pair.element.is_identity() {
                if pair.image != one {
                    return Ok(None);
                }
                continue;
            }
            // The base points before the first that it moves are fixed.
            let depth = this.levels.iter().position(|level| pair.image_of(level.base) != level.base);
            this.insert(&pair, 0, depth.unwrap_or(this.levels.len()));
        }
        let mut at = this.levels.len();
        while let Some(number) = at.checked_sub(1) {
            limits.check()?;
            this.levels[number].grow(limits)?;
            let Some(relation) = this.levels[number].next_relation() else {
                at = number;
                continue;
            };
            let (rest, depth) = this.sift(relation, number + 1, limits)?;
            if !rest.element.is_identity() {
                this.insert(&rest, number + 1, depth);
                at = depth + 1;
            } else if rest.image != one {
                return Ok(None);
            }
        }
        Ok(Some(this))
    }

    /// A strong generator for the levels from `first` to `last`; a new one when `last` is beyond them.
    fn insert(&mut self, pair: &Pair, first: usize, last: usize) {
        if last == self.levels.len() {
            let moved = (0..self.degree).find(|point| pair.image_of(*point) != *point).unwrap_or(0);
            self.levels.push(Level::new(moved, self.degree, self.size));
        }
        for level in &mut self.levels[first..=last] {
            level.generators.push(pair.clone());
        }
    }

    /// Divides by coset representatives from a level on, and where it stopped.
    fn sift(&self, mut pair: Pair, from: usize, limits: &Limits) -> Result<(Pair, usize), Stop> {
        for (number, level) in self.levels.iter().enumerate().skip(from) {
            limits.check()?;
            let point = pair.image_of(level.base);
            match level.representative(point) {
                Some(_) if point == level.base => {}
                Some(representative) => pair = representative.inverted().after(&pair),
                None => return Ok((pair, number)),
            }
        }
        Ok((pair, self.levels.len()))
    }

    /// The image of an element; `None` for a permutation outside the group.
    pub fn image(&self, element: &Permutation, limits: &Limits) -> Result<Option<Element>, RepError> {
        let mut product = Pair::identity(self.degree, self.size);
        let mut rest = element.clone();
        for level in &self.levels {
            let point = rest.image(level.base).unwrap_or(level.base);
            let Some(representative) = level.representative(point) else { return Ok(None) };
            product = product.after(representative);
            rest = rest.then(&representative.element.inverse()).unwrap_or(rest);
        }
        if !rest.is_identity() {
            return Ok(None);
        }
        // A matrix that permutes the basis is kept as a permutation.
        Element::matrix(product.image, 0, limits).map(Some)
    }
}
