//! Invariant networks on inputs on which a finite group acts by exact matrices.
//!
//! Which networks there are depends on the character alone. The weights of a pair (H, K) are the rows w with w k = w for k in K and
//! w h = -w for h in H outside K.

use super::architectures::Survey;
use super::pairs::{Inputs, Pair, Values};
use super::{
    Architectures, ConjugacyClasses, FiniteError, Permutation, PermutationGroup, SubgroupLattice, VectorAction,
};
use crate::exact::null_space::null_space;
use crate::exact::sparse::to_dense;
use crate::exact::{Matrix, ModSpan, inverse};
use crate::limits::Limits;
use crate::num::prime::random_stream;
use crate::num::{Cyclotomic, Prime, Rational};

/// The networks of a group of matrices that is finite, with a basis of the weights of each. Cost: as for
/// [`super::architectures_of_character`], and a null space for each pair.
pub fn linear_architectures(action: &VectorAction, limits: &Limits) -> Result<Architectures, FiniteError> {
    let frame = Frame::new(action, limits)?;
    let mut survey = survey(&action.group, |g| Cyclotomic::from(frame.trace(g)), limits)?;
    for (pair, architecture) in &mut survey.pairs {
        limits.check()?;
        if architecture.rejection.is_none() {
            architecture.weights = weights(&frame, &survey.lattice, pair, limits)?;
        }
    }
    Ok(survey.architectures())
}

/// The same for inputs that are known by the traces of the elements.
pub fn architectures_of_traces(
    group: &PermutationGroup,
    trace: impl Fn(&Permutation) -> Cyclotomic,
    limits: &Limits,
) -> Result<Architectures, FiniteError> {
    Ok(survey(group, trace, limits)?.architectures())
}

fn survey(
    group: &PermutationGroup,
    trace: impl Fn(&Permutation) -> Cyclotomic,
    limits: &Limits,
) -> Result<Survey, FiniteError> {
    let classes = ConjugacyClasses::new(group, limits)?;
    let values = classes.classes().iter().map(|class| trace(&class.representative)).collect();
    Survey::new(group, &Inputs::Character(Values::given(classes, values)), limits)
}

/// Vectors of an action that are a basis, to read matrices off permutations.
struct Frame<'a> {
    action: &'a VectorAction,
    /// The numbers of the vectors.
    basis: Vec<usize>,
    /// The inverse of the matrix whose columns they are.
    inverse: Matrix<Rational>,
}

impl Frame<'_> {
    fn new<'a>(action: &'a VectorAction, limits: &Limits) -> Result<Frame<'a>, FiniteError> {
        let size = action.vectors.first().map_or(0, Vec::len);
        let mut rng = random_stream(limits.seed(), 22);
        // Vectors that are independent modulo a prime are independent; a prime in a denominator is drawn again.
        loop {
            limits.check()?;
            let p = Prime::random(&mut rng);
            let mut span = ModSpan::new(p);
            let mut basis = Vec::new();
            for (number, v) in action.vectors.iter().enumerate() {
                let residues = v.iter().map(|x| p.residue(x)).collect::<Option<Vec<u32>>>();
                if basis.len() < size && residues.is_some_and(|v| span.insert(v)) {
                    basis.push(number);
                }
            }
            if basis.len() < size {
                continue;
            }
            let columns = Matrix::from_fn(size, size, |i, j| action.vectors[basis[j]][i].clone());
            let inverse = inverse(&columns, limits)?.ok_or(FiniteError::Internal("a basis of vectors is dependent"))?;
            return Ok(Frame { action, basis, inverse });
        }
    }

    fn entry(&self, g: &Permutation, i: usize, j: usize) -> Rational {
        let image = |k: usize| &self.action.vectors[g.images()[self.basis[k]] as usize][i];
        (0..self.basis.len()).fold(Rational::ZERO, |mut sum, k| {
            sum.add_product(image(k), &self.inverse[(k, j)]);
            sum
        })
    }

    fn trace(&self, g: &Permutation) -> Rational {
        (0..self.basis.len()).fold(Rational::ZERO, |sum, i| &sum + &self.entry(g, i, i))
    }
}

/// A basis of the weights of a pair, in echelon form.
fn weights(
    frame: &Frame,
    lattice: &SubgroupLattice,
    pair: &Pair,
    limits: &Limits,
) -> Result<Vec<Vec<Rational>>, FiniteError> {
    let size = frame.basis.len();
    let element = |z: &u32| lattice.table.element(lattice.zuppos.list[*z as usize].generator);
    let fixing = pair.kernel.iter().map(|z| (element(z), Rational::from(-1)));
    let flipping = pair.flip.iter().map(|&h| (lattice.table.element(h), Rational::ONE));
    let mut equations = Vec::new();
    for (g, sign) in fixing.chain(flipping) {
        // Columns of M ∓ 1: w M = ±w.
        for j in 0..size {
            limits.check()?;
            let row = (0..size).map(|i| {
                let x = frame.entry(&g, i, j);
                if i == j { &x + &sign } else { x }
            });
            let row: Vec<(u32, Rational)> = (0u32..).zip(row).filter(|(_, x)| !x.is_zero()).collect();
            equations.push(row);
        }
    }
    let kernel = null_space(size, &equations, limits)?;
    Ok(kernel.basis.iter().map(|v| to_dense(v, size)).collect())
}

#[cfg(test)]
mod tests {
    use num_bigint::BigUint;

    use super::super::*;
    use super::*;
    use crate::exact::SparseMatrix;

    fn action(size: usize, generators: &[&[i64]]) -> VectorAction {
        let matrix = |entries: &&[i64]| {
            let triples = entries.iter().enumerate().filter(|x| *x.1 != 0);
            SparseMatrix::from_triples(size, size, triples.map(|(k, x)| (k / size, k % size, Rational::from(*x))))
        };
        let all: Vec<SparseMatrix> = generators.iter().map(matrix).collect();
        vector_action("G", size, &all, &Limits::none()).unwrap()
    }

    fn counts(action: &VectorAction) -> (u32, u32) {
        let found = linear_architectures(action, &Limits::none()).unwrap().counts;
        let number = |n: BigUint| u32::try_from(n).unwrap();
        (number(found.0), number(found.1))
    }

    /// Rotations and all symmetries of tetrahedron and cube, B_2 and B_3, C_6 and D_6 in a basis of the hexagonal lattice, which is not
    /// orthogonal, -1, a reflection, a trivial action (counts by exact matrices elsewhere, and parabolic subgroups).
    #[test]
    fn groups_of_matrices() {
        let (turn, cycle): (&[i64], &[i64]) = (&[0, -1, 0, 1, 0, 0, 0, 0, 1], &[0, 0, 1, 1, 0, 0, 0, 1, 0]);
        let half: &[i64] = &[-1, 0, 0, 0, -1, 0, 0, 0, 1];
        let (swap, minus): (&[i64], &[i64]) = (&[0, 1, 0, 1, 0, 0, 0, 0, 1], &[-1, 0, 0, 0, 1, 0, 0, 0, 1]);
        for (size, generators, expected) in [
            (3, &[half, cycle][..], (3, 2)),
            (3, &[turn, cycle], (4, 5)),
            (3, &[half, cycle, swap], (4, 3)),
            (3, &[swap, cycle, minus], (6, 6)),
            (2, &[&[0, -1, 1, 0], &[0, 1, 1, 0]], (3, 3)),
            (2, &[&[1, -1, 1, 0]], (1, 1)),
            (2, &[&[1, -1, 1, 0], &[0, 1, 1, 0]], (3, 3)),
            (2, &[&[-1, 0, 0, -1]], (1, 1)),
            (2, &[&[1, 0, 0, -1]], (2, 1)),
            (2, &[&[1, 0, 0, 1]], (1, 0)),
        ] {
            assert_eq!(counts(&action(size, generators)), expected, "{generators:?}");
        }
    }

    /// The weights have the dimension that the character says, are fixed or negated by the matrices, and for permutations span what the
    /// patterns say.
    #[test]
    fn weights_of_rows() {
        let square = action(2, &[&[0, -1, 1, 0], &[0, 1, 1, 0]]);
        for a in linear_architectures(&square, &Limits::none()).unwrap().pairs.unwrap() {
            if a.rejection.is_none() {
                assert_eq!(a.weights.len(), a.free);
                assert!(a.weights.iter().all(|w| w.len() == 2));
            }
        }
        let axes = action(3, &[&[0, 1, 0, 1, 0, 0, 0, 0, 1], &[0, 0, 1, 1, 0, 0, 0, 1, 0]]);
        let found = linear_architectures(&axes, &Limits::none()).unwrap().pairs.unwrap();
        let patterns = architectures(&symmetric(3).unwrap(), None, &Limits::none()).unwrap().pairs.unwrap();
        let key = |all: &[Architecture]| {
            let mut out: Vec<_> =
                all.iter().map(|a| (a.width.clone(), a.kind, a.free, a.rejection.is_none())).collect();
            out.sort();
            out
        };
        assert_eq!(key(&found), key(&patterns));
        let last = found.iter().rfind(|a| a.rejection.is_none() && a.kind == 1).unwrap();
        assert_eq!(last.weights, [vec![Rational::ONE; 3]]);
    }
}
