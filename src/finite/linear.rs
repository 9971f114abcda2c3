//! Linear and affine groups over finite fields, by their action on points of the projective space or on vectors.

use num_bigint::BigUint;
use num_integer::Integer;

use super::field::SmallField;
use super::named::{MOST_POINTS, map};
use super::{FiniteError, Permutation, PermutationGroup};

/// Largest size of matrices.
const MOST_ROWS: usize = 20;

/// A square matrix over a finite field, row by row, acting on columns.
type FieldMatrix = Vec<Vec<usize>>;

/// PSL(n, q) on the (q^n - 1)/(q - 1) points of the projective space, for a prime power q.
///
/// The points with last coordinate 1 come first: (x_1, …, x_{n-1}, 1) is point Σ x_i q^(i-1); then those with last coordinates
/// 1, 0, and so on. For n = 2 point x is x and point q is infinity.
pub fn projective_special(n: usize, q: usize) -> Result<PermutationGroup, FiniteError> {
    let space = Space::new("PSL", (n, q), true)?;
    // Of the scalars those with determinant 1 act trivially.
    let order = special_order(n, q) / n.gcd(&(q - 1));
    space.on_points(format!("PSL({n},{q})"), &special_generators(&space.field, n), order)
}

/// PGL(n, q) on the points of the projective space, as for PSL(n, q).
pub fn projective_general(n: usize, q: usize) -> Result<PermutationGroup, FiniteError> {
    let space = Space::new("PGL", (n, q), true)?;
    space.on_points(format!("PGL({n},{q})"), &general_generators(&space.field, n), special_order(n, q))
}

/// SL(n, q) on the q^n - 1 non-zero vectors, for a prime power q: (x_1, …, x_n) is point Σ x_i q^(i-1) - 1.
pub fn special_linear(n: usize, q: usize) -> Result<PermutationGroup, FiniteError> {
    let space = Space::new("SL", (n, q), false)?;
    space.on_vectors(format!("SL({n},{q})"), &special_generators(&space.field, n), special_order(n, q))
}

/// GL(n, q) on the non-zero vectors, as for SL(n, q).
pub fn general_linear(n: usize, q: usize) -> Result<PermutationGroup, FiniteError> {
    let space = Space::new("GL", (n, q), false)?;
    let order = special_order(n, q) * (q - 1);
    space.on_vectors(format!("GL({n},{q})"), &general_generators(&space.field, n), order)
}

/// AGL(n, q), the maps x ↦ Ax + b of the space of q^n vectors, for a prime power q: (x_1, …, x_n) is point Σ x_i q^(i-1).
pub fn affine_linear(n: usize, q: usize) -> Result<PermutationGroup, FiniteError> {
    let space = Space::new("AGL", (n, q), false)?;
    let (f, degree) = (&space.field, space.vectors);
    let mut generators: Vec<Permutation> = general_generators(f, n)
        .iter()
        .map(|m| map(degree, |x| space.number(&apply(f, m, &space.vector(x)))))
        .collect();
    // The linear maps carry the translation by one vector to all others.
    generators.push(map(degree, |x| {
        let mut v = space.vector(x);
        v[0] = f.add(v[0], 1);
        space.number(&v)
    }));
    let order = special_order(n, q) * (q - 1) * degree;
    Ok(PermutationGroup::of(format!("AGL({n},{q})"), degree, generators).of_order(order))
}

/// |SL(n, q)| = |PGL(n, q)| = q^(n(n-1)/2) Π_{i=2}^n (q^i - 1).
fn special_order(n: usize, q: usize) -> BigUint {
    let power = |k: usize| BigUint::from(q).pow(k as u32);
    (2..=n).fold(power(n * n.saturating_sub(1) / 2), |order, i| order * (power(i) - 1u32))
}

/// The vectors of a space over a finite field.
struct Space {
    field: SmallField,
    n: usize,
    vectors: usize,
}

impl Space {
    /// The space of a group that acts on its vectors, or on the points of its projective space.
    fn new(name: &str, (n, q): (usize, usize), projective: bool) -> Result<Space, FiniteError> {
        let field = SmallField::new(q)?;
        if !(1..=MOST_ROWS).contains(&n) {
            return Err(FiniteError::Argument(format!("{name}(n, q) has n from 1 to {MOST_ROWS}")));
        }
        let points = |count: &usize| if projective { (count - 1) / (q - 1) } else { *count };
        let vectors = q.checked_pow(n as u32).filter(|count| points(count) <= MOST_POINTS);
        let many = || FiniteError::Argument(format!("{name}({n},{q}) would act on more than {MOST_POINTS} points"));
        Ok(Space { field, n, vectors: vectors.ok_or_else(many)? })
    }

    fn vector(&self, mut number: usize) -> Vec<usize> {
        let q = self.field.q;
        let mut digit = || {
            let digit = number % q;
            number /= q;
            digit
        };
        (0..self.n).map(|_| digit()).collect()
    }

    fn number(&self, vector: &[usize]) -> usize {
        vector.iter().rev().fold(0, |number, x| number * self.field.q + x)
    }

    /// The number of the point of a non-zero vector: of those with the same number of zeros at the end.
    fn point(&self, vector: &[usize]) -> usize {
        let f = &self.field;
        let last = vector.iter().rposition(|x| *x != 0).unwrap_or(0);
        let scale = f.inverse(vector[last]);
        let before: usize = (last + 1..self.n).map(|k| f.q.pow(k as u32)).sum();
        before + vector[..last].iter().rev().fold(0, |number, &x| number * f.q + f.mul(x, scale))
    }

    fn on_points(
        &self,
        name: String,
        matrices: &[FieldMatrix],
        order: BigUint,
    ) -> Result<PermutationGroup, FiniteError> {
        let f = &self.field;
        let count = (self.vectors - 1) / (f.q - 1);
        let mut representative = vec![Vec::new(); count];
        for last in 0..self.n {
            for rest in 0..f.q.pow(last as u32) {
                let mut v = self.vector(rest);
                v[last] = 1;
                let point = self.point(&v);
                representative[point] = v;
            }
        }
        let image = |m: &FieldMatrix| map(count, |x| self.point(&apply(f, m, &representative[x])));
        Ok(of_matrices(name, count, matrices.iter().map(image), order))
    }

    fn on_vectors(
        &self,
        name: String,
        matrices: &[FieldMatrix],
        order: BigUint,
    ) -> Result<PermutationGroup, FiniteError> {
        let degree = self.vectors - 1;
        let image = |m: &FieldMatrix| map(degree, |x| self.number(&apply(&self.field, m, &self.vector(x + 1))) - 1);
        Ok(of_matrices(name, degree, matrices.iter().map(image), order))
    }
}

fn of_matrices(
    name: String,
    degree: usize,
    generators: impl Iterator<Item = Permutation>,
    order: BigUint,
) -> PermutationGroup {
    let generators = generators.filter(|g| !g.is_identity()).collect();
    PermutationGroup::of(name, degree, generators).of_order(order)
}

fn apply(f: &SmallField, m: &FieldMatrix, v: &[usize]) -> Vec<usize> {
    m.iter().map(|row| row.iter().zip(v).fold(0, |sum, (&a, &x)| f.add(sum, f.mul(a, x)))).collect()
}

fn identity(n: usize) -> FieldMatrix {
    (0..n).map(|i| (0..n).map(|j| usize::from(i == j)).collect()).collect()
}

/// Transvections x_1 += b x_2 for a basis b of the field, and a monomial matrix of determinant 1 that moves e_i to e_{i+1}.
/// Conjugates and, for n ≥ 3, commutators give all transvections, which generate SL.
fn transvections(f: &SmallField, n: usize) -> Vec<FieldMatrix> {
    if n < 2 {
        return Vec::new();
    }
    let transvection = |b: usize| {
        let mut m = identity(n);
        m[0][1] = b;
        m
    };
    let mut out: Vec<FieldMatrix> = f.basis().into_iter().map(transvection).collect();
    let mut cycle = vec![vec![0; n]; n];
    (1..n).for_each(|i| cycle[i][i - 1] = 1);
    cycle[0][n - 1] = if n.is_multiple_of(2) { f.minus_one() } else { 1 };
    out.push(cycle);
    out
}

/// Transvections are enough for SL(n, q); a diagonal matrix makes the chain of SL(2, q) short.
fn special_generators(f: &SmallField, n: usize) -> Vec<FieldMatrix> {
    let mut out = transvections(f, n);
    if n == 2 {
        out.push(vec![vec![f.power(1), 0], vec![0, f.inverse(f.power(1))]]);
    }
    out
}

fn general_generators(f: &SmallField, n: usize) -> Vec<FieldMatrix> {
    let mut scaling = identity(n);
    scaling[0][0] = f.power(1);
    let mut out = transvections(f, n);
    out.push(scaling);
    out
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use crate::limits::Limits;

    /// The orders, known by formula, against chains that do not know them.
    #[test]
    fn orders_by_their_chains() {
        let none = Limits::none();
        let groups = [
            projective_special(2, 7),
            projective_special(2, 8),
            projective_special(2, 9),
            projective_special(3, 2),
            projective_special(3, 3),
            projective_special(3, 4),
            projective_special(4, 2),
            projective_general(2, 9),
            projective_general(3, 4),
            special_linear(2, 5),
            special_linear(2, 4),
            special_linear(3, 3),
            general_linear(2, 3),
            general_linear(3, 2),
            general_linear(1, 7),
            special_linear(1, 7),
            affine_linear(1, 7),
            affine_linear(1, 8),
            affine_linear(2, 3),
            affine_linear(3, 2),
        ];
        for group in groups.map(Result::unwrap) {
            let plain = PermutationGroup::new("G", group.degree(), group.generators().to_vec()).unwrap();
            let found = plain.order(&none).unwrap();
            assert_eq!(found, group.order(&none).unwrap(), "{}", group.name());
        }
        // PSL(4,2) = A8; PSL(3,4) has order 20160 as well, but no elements of order 15 or 6 (ATLAS, pp. 22, 23).
        let exponent = |g: PermutationGroup| ConjugacyClasses::new(&g, &none).unwrap().exponent();
        assert_eq!(exponent(projective_special(4, 2).unwrap()), 420);
        assert_eq!(exponent(projective_special(3, 4).unwrap()), 420);
        let orders = |g: PermutationGroup| ConjugacyClasses::new(&g, &none).unwrap().len();
        assert_eq!((orders(projective_special(4, 2).unwrap()), orders(projective_special(3, 4).unwrap())), (14, 10));
    }

    #[test]
    fn what_is_refused() {
        for group in [projective_special(3, 6), special_linear(9, 9), affine_linear(0, 5), projective_general(2, 1)] {
            assert!(matches!(group, Err(FiniteError::Argument(_))));
        }
    }
}
