//! Irreducible representations by exact matrices.
//!
//! Let a linear character λ of a subgroup H occur once in the restriction of χ to H, at a vector v. Then
//! α(y) = Σ_h λ(h)⁻¹ χ(h y) over H is |H| ⟨y v, v⟩/⟨v, v⟩, so that the matrices of χ in a basis x_1 v, …, x_d v follow from the
//! Gram matrix α(x_i⁻¹ x_j), and it is an invariant form (Dixon, "Constructing representations of finite groups", 1993).
//! All numbers lie in the field of χ and λ. Natural symmetric groups have Young's seminormal form instead.

use num_integer::Integer;

use super::field_matrix::{FieldMatrix, solve};
use super::listed::{LinearCharacters, derived, linear_characters};
use super::seminormal::Seminormal;
use super::{CharacterTable, ConjugacyClasses, ElementTable, FiniteError, PermutationGroup, RealType, SubgroupLattice};
use crate::exact::{Matrix, ModMatrix};
use crate::limits::Limits;
use crate::num::prime::{primitive_root_of_unity, random_stream};
use crate::num::{Cyclotomic, PowerBasis, Prime, Rational};

/// Largest degree of representations that are constructed from a vector.
const MOST_DEGREE: u64 = 400;
/// Values of linear characters of one subgroup that are looked at.
const MOST_VALUES: usize = 1 << 24;

/// How the matrices of an irreducible representation were found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Construction {
    /// One-dimensional: the values of the character.
    Linear,
    /// Young's seminormal form of a partition.
    Seminormal(Vec<usize>),
    /// From a vector at which a subgroup of this order acts by a linear character of this order, which occurs once.
    Vector {
        /// The order of the subgroup.
        subgroup: usize,
        /// The order of the linear character.
        character: usize,
    },
}

/// An irreducible representation over a cyclotomic field.
#[derive(Clone, Debug)]
pub struct Irreducible {
    /// The row of its character, from 0.
    pub character: usize,
    /// The type of the real representation it belongs to.
    pub kind: RealType,
    /// The matrices of the generators of the group; that of p.then(q) is the matrix of q times that of p.
    pub matrices: Vec<Matrix<Cyclotomic>>,
    /// The matrix F of an invariant positive definite Hermitian form x ↦ x* F x.
    pub form: Matrix<Cyclotomic>,
    /// How it was found.
    pub construction: Construction,
    /// What the real form of a complex matrix representation of real type is found from.
    pub(super) structure: Option<Matrix<Cyclotomic>>,
}

/// The irreducible representations of a group, made one by one.
#[derive(Debug)]
pub struct Irreducibles {
    group: PermutationGroup,
    /// The character table.
    pub table: CharacterTable,
    listed: Option<Listed>,
}

/// What is needed of a group that is no natural symmetric group.
#[derive(Debug)]
struct Listed {
    classes: ConjugacyClasses,
    generators: Vec<usize>,
    /// For each character of degree above 1 a subgroup with a linear character that occurs once.
    vectors: Vec<Option<Vector>>,
}

/// A subgroup with a linear character.
#[derive(Clone, Debug)]
struct Vector {
    /// The numbers of its elements with the values, as exponents of a root of unity of order `root`.
    elements: Vec<(u32, u32)>,
    root: u64,
}

impl Irreducibles {
    /// Finds the character table and, where it is needed, the subgroups.
    pub fn new(group: &PermutationGroup, limits: &Limits) -> Result<Irreducibles, FiniteError> {
        let table = CharacterTable::new(group, limits)?;
        if !table.partitions.is_empty() {
            return Ok(Irreducibles { group: group.clone(), table, listed: None });
        }
        let classes = ConjugacyClasses::new(group, limits)?;
        let outside = FiniteError::Internal("a generator is outside its group");
        let generators: Option<Vec<usize>> = group.generators().iter().map(|g| classes.table().number(g)).collect();
        let generators = generators.ok_or(outside)?;
        let vectors = if table.degrees.iter().all(|d| *d == 1) {
            vec![None; table.degrees.len()]
        } else {
            find_vectors(group, &classes, &table, limits)?
        };
        Ok(Irreducibles { group: group.clone(), table, listed: Some(Listed { classes, generators, vectors }) })
    }

    /// The group.
    pub fn group(&self) -> &PermutationGroup {
        &self.group
    }

    /// The matrices of a row of the table, counted from 0.
    pub fn irreducible(&self, row: usize, limits: &Limits) -> Result<Irreducible, FiniteError> {
        let kind = match self.table.indicators.get(row) {
            Some(1) => RealType::Real,
            Some(-1) => RealType::Quaternionic,
            Some(_) => RealType::Complex,
            None => return Err(FiniteError::Argument(format!("there are {} characters", self.table.values.len()))),
        };
        let Some(listed) = &self.listed else { return self.by_partition(row, limits) };
        if self.table.degrees[row] == 1 {
            let value = |&g: &usize| {
                let class = listed.classes.class_of(g);
                Matrix::filled(1, 1, self.table.values[row][class].clone())
            };
            return Ok(Irreducible {
                character: row,
                kind,
                matrices: listed.generators.iter().map(value).collect(),
                form: Matrix::filled(1, 1, Cyclotomic::from(1)),
                construction: Construction::Linear,
                structure: None,
            });
        }
        let Some(vector) = &listed.vectors[row] else {
            return Err(FiniteError::Argument(format!(
                "no linear character of a subgroup occurs once in character {} of degree {}",
                row + 1,
                self.table.degrees[row]
            )));
        };
        if self.table.degrees[row] > MOST_DEGREE {
            return Err(FiniteError::Argument(format!("matrices of size {} are too large", self.table.degrees[row])));
        }
        from_vector(listed, &self.table, row, kind, vector, limits)
    }

    fn by_partition(&self, row: usize, limits: &Limits) -> Result<Irreducible, FiniteError> {
        let shape = self.table.partitions[row].clone();
        let rep = Seminormal::new(&shape, limits)?;
        let n = rep.dim();
        limits.reserve(96 * (n as u128).pow(2) * (self.group.generators().len() as u128 + 1))?;
        let mut matrices = Vec::new();
        for g in self.group.generators() {
            matrices.push(rep.matrix(g, limits)?.to_dense().map(|x| Cyclotomic::from(x.clone())));
        }
        let mut form = Matrix::filled(n, n, Cyclotomic::from(0));
        for (i, x) in rep.squared_lengths().into_iter().enumerate() {
            form[(i, i)] = Cyclotomic::from(x);
        }
        let construction = Construction::Seminormal(shape);
        Ok(Irreducible { character: row, kind: RealType::Real, matrices, form, construction, structure: None })
    }
}

/// For each character of degree above 1 a linear character of a subgroup that occurs once: for a character of real type a real
/// one if there is, then the one in the smallest field, then on the largest subgroup.
fn find_vectors(
    group: &PermutationGroup,
    classes: &ConjugacyClasses,
    table: &CharacterTable,
    limits: &Limits,
) -> Result<Vec<Option<Vector>>, FiniteError> {
    let lattice = SubgroupLattice::new(group, limits)?;
    let listed = classes.table();
    let exponent = classes.exponent();
    let no_prime = || FiniteError::Argument(format!("no prime below 2^29 is 1 modulo {exponent}"));
    let modulus = u32::try_from(exponent).map_err(|_| no_prime())?;
    let p = Prime::with_roots_of_unity(modulus, &mut random_stream(limits.seed(), 13)).ok_or_else(no_prime)?;
    let root = primitive_root_of_unity(p, exponent as u64);
    let powers: Vec<u32> = std::iter::successors(Some(1), |x| Some(p.mul(*x, root))).take(exponent).collect();
    let residue = |x: &Cyclotomic| {
        let step = exponent / x.conductor() as usize;
        x.terms()
            .iter()
            .fold(0, |sum, (e, c)| p.add(sum, p.mul(p.residue(c).unwrap_or(0), powers[*e as usize * step % exponent])))
    };
    let rows: Vec<Vec<u32>> = table.values.iter().map(|row| row.iter().map(residue).collect()).collect();
    let conductors: Vec<u64> =
        table.values.iter().map(|row| row.iter().fold(1, |n, x| n.lcm(&x.conductor()))).collect();
    // (not real though the type is, degree of the field): the best possible is (false, that of the character).
    let phi = |n: u64| (1..=n).filter(|k| k.gcd(&n) == 1).count();
    let mut best: Vec<Option<((bool, usize), Vector)>> = vec![None; rows.len()];
    let least: Vec<usize> = conductors.iter().map(|n| phi(*n)).collect();
    for class in lattice.classes.iter().rev() {
        limits.check()?;
        let open: Vec<usize> = (0..rows.len())
            .filter(|&i| table.degrees[i] > 1 && best[i].as_ref().is_none_or(|b| b.0 != (false, least[i])))
            .collect();
        if open.is_empty() {
            break;
        }
        // The lattice numbers elements in the same way, from the same chain; by permutations all the same.
        let numbers: Option<Vec<usize>> = class.generators.iter().map(|g| listed.number(g)).collect();
        let numbers = numbers.ok_or(FiniteError::Internal("a subgroup has an element outside"))?;
        let elements = super::listed::closure(listed, &numbers, limits)?;
        let commutators = derived(listed, &numbers, limits)?;
        let index = elements.len() / commutators.len();
        if index.saturating_mul(elements.len()) > MOST_VALUES {
            continue;
        }
        let found = linear_characters(listed, &elements, &commutators, exponent, limits)?;
        let inverse = p.inv(p.reduce(elements.len() as u64));
        for values in &found.rows {
            limits.check()?;
            let order = exponent / values.iter().fold(exponent, |d, v| d.gcd(&(*v as usize)));
            let sums = class_sums(classes, &elements, &found, values, p, &powers);
            for &i in &open {
                let multiplicity = p.mul(p.dot(&sums, &rows[i]), inverse);
                // A number from 0 to the degree, so known from its residue.
                if multiplicity != 1 {
                    continue;
                }
                let bent = table.indicators[i] == 1 && order > 2;
                let key = (bent, phi(conductors[i].lcm(&reduced(order as u64))));
                if best[i].as_ref().is_none_or(|b| key < b.0) {
                    let step = exponent / order;
                    let value = |(x, coset): (&u32, &u32)| (*x, values[*coset as usize] / step as u32);
                    let elements = elements.iter().zip(&found.coset_of).map(value).collect();
                    best[i] = Some((key, Vector { elements, root: order as u64 }));
                }
            }
        }
    }
    Ok(best.into_iter().map(|b| b.map(|b| b.1)).collect())
}

/// n, or n/2 for twice an odd number: the conductor of an n-th root of unity.
fn reduced(n: u64) -> u64 {
    if n % 4 == 2 { n / 2 } else { n }
}

/// For each class of the group Σ λ(h)⁻¹ over its elements in the subgroup.
fn class_sums(
    classes: &ConjugacyClasses,
    elements: &[u32],
    characters: &LinearCharacters,
    values: &[u32],
    p: Prime,
    powers: &[u32],
) -> Vec<u32> {
    let n = powers.len();
    let mut sums = vec![0; classes.len()];
    for (&h, &coset) in elements.iter().zip(&characters.coset_of) {
        let slot = &mut sums[classes.class_of(h as usize)];
        *slot = p.add(*slot, powers[(n - values[coset as usize] as usize) % n]);
    }
    sums
}

/// The function α by the coordinates of its values.
struct Spherical<'a> {
    table: &'a ElementTable,
    classes: &'a ConjugacyClasses,
    vector: &'a Vector,
    /// For each class and each power of the root of unity the coordinates of χ times its inverse.
    terms: Vec<Vec<Vec<i64>>>,
    degree: usize,
}

impl<'a> Spherical<'a> {
    fn new(
        classes: &'a ConjugacyClasses,
        values: &[Cyclotomic],
        vector: &'a Vector,
        field: &PowerBasis,
    ) -> Result<Spherical<'a>, FiniteError> {
        let fail = FiniteError::Internal("a character value is no integer of its field");
        let term = |value: &Cyclotomic, k: u64| -> Option<Vec<i64>> {
            let product = value.mul(&Cyclotomic::root_of_unity(vector.root, -(k as i64)));
            field.coordinates(&product)?.iter().map(Rational::to_i64).collect()
        };
        let row = |value: &Cyclotomic| (0..vector.root).map(|k| term(value, k)).collect::<Option<Vec<_>>>();
        let terms = values.iter().map(row).collect::<Option<Vec<_>>>().ok_or(fail)?;
        Ok(Spherical { table: classes.table(), classes, vector, terms, degree: field.degree() })
    }

    /// α(y) = Σ_h λ(h)⁻¹ χ(h y), first h, then y.
    fn value(&self, y: usize) -> Vec<i64> {
        let mut out = vec![0i64; self.degree];
        for &(h, k) in &self.vector.elements {
            let class = self.classes.class_of(self.table.multiply(h as usize, y));
            for (slot, x) in out.iter_mut().zip(&self.terms[class][k as usize]) {
                *slot += x;
            }
        }
        out
    }
}

fn from_vector(
    listed: &Listed,
    characters: &CharacterTable,
    row: usize,
    kind: RealType,
    vector: &Vector,
    limits: &Limits,
) -> Result<Irreducible, FiniteError> {
    let (classes, table) = (&listed.classes, listed.classes.table());
    let values = &characters.values[row];
    let conductor = values.iter().fold(reduced(vector.root), |n, x| n.lcm(&x.conductor()));
    let field = PowerBasis::new(conductor);
    let d = characters.degrees[row] as usize;
    let degree = field.degree();
    limits.reserve(
        (d as u128).pow(2) * (listed.generators.len() as u128 + 2) * (degree as u128) * 64
            + 8 * (classes.len() as u128) * u128::from(vector.root) * degree as u128,
    )?;
    let alpha = Spherical::new(classes, values, vector, &field)?;
    let basis = spin(listed, &alpha, &field, d, limits)?;
    let inverses: Vec<usize> = basis.iter().map(|&x| table.inverse(x)).collect();
    // First x_j, then g, then the inverse of x_i.
    let gram = |g: Option<usize>| -> Result<FieldMatrix, FiniteError> {
        let mut coordinates = Vec::with_capacity(d * d * degree);
        for &inverse in &inverses {
            limits.check()?;
            for &x in &basis {
                let moved = g.map_or(x, |g| table.multiply(x, g));
                coordinates.extend(alpha.value(table.multiply(moved, inverse)).into_iter().map(Rational::from));
            }
        }
        Ok(FieldMatrix::new(d, d, coordinates))
    };
    let form = gram(None)?;
    let mut right = listed.generators.iter().map(|&g| gram(Some(g))).collect::<Result<Vec<_>, _>>()?;
    // For the real structure of a representation of real type by matrices that are not real.
    let bent = kind == RealType::Real && vector.root > 2;
    if bent {
        right.push(conjugate_vectors(listed, &alpha, &field, &basis, &inverses, limits)?);
    }
    let singular = FiniteError::Internal("the Gram matrix of a basis is singular");
    let mut solved = solve(&field, &form, &right, limits)?.ok_or(singular)?;
    let structure = if bent { solved.pop().map(|s| s.numbers(&field)) } else { None };
    let order = vector.root as usize;
    Ok(Irreducible {
        character: row,
        kind,
        matrices: solved.iter().map(|m| m.numbers(&field)).collect(),
        form: form.numbers(&field),
        construction: Construction::Vector { subgroup: vector.elements.len(), character: order },
        structure,
    })
}

/// Elements x_1 = 1, x_2, … whose images of the vector are a basis: images under generators that are independent of those before.
/// Independence modulo one prime, under one embedding, is independence.
fn spin(
    listed: &Listed,
    alpha: &Spherical<'_>,
    field: &PowerBasis,
    d: usize,
    limits: &Limits,
) -> Result<Vec<usize>, FiniteError> {
    let table = listed.classes.table();
    let mut rng = random_stream(limits.seed(), 14);
    for _ in 0..4 {
        let no_prime = FiniteError::Argument(format!("no prime below 2^29 is 1 modulo {}", field.root_order()));
        let p = u32::try_from(field.root_order()).ok().and_then(|n| Prime::with_roots_of_unity(n, &mut rng));
        let p = p.ok_or(no_prime)?;
        let root = primitive_root_of_unity(p, field.root_order());
        let powers: Vec<u32> = std::iter::successors(Some(1), |x| Some(p.mul(*x, root))).take(field.degree()).collect();
        let residue = |y: usize| {
            let coordinates = alpha.value(y);
            coordinates.iter().zip(&powers).fold(0, |sum, (&c, &x)| p.add(sum, p.mul(p.reduce_signed(c), x)))
        };
        let (mut basis, mut inverses): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
        // The inverse of the Gram matrix of the basis so far.
        let mut inverse = ModMatrix::zero(0, 0);
        let mut queue = std::collections::VecDeque::from([0usize]);
        let mut seen = std::collections::BTreeSet::from([0usize]);
        while let Some(x) = queue.pop_front() {
            limits.check()?;
            if basis.len() == d {
                break;
            }
            let back = table.inverse(x);
            // Inner products of the new vector with the basis, in both orders, and with itself.
            let column: Vec<u32> = inverses.iter().map(|&other| residue(table.multiply(x, other))).collect();
            let line: Vec<u32> = basis.iter().map(|&other| residue(table.multiply(other, back))).collect();
            let from_left = inverse.transpose().left_mul(p, &column);
            let from_right = inverse.left_mul(p, &line);
            let rest = p.sub(residue(0), p.dot(&line, &from_left));
            if rest == 0 {
                continue;
            }
            inverse = bordered(p, &inverse, &from_left, &from_right, p.inv(rest));
            basis.push(x);
            inverses.push(back);
            for &g in &listed.generators {
                let next = table.multiply(x, g);
                if seen.insert(next) {
                    queue.push_back(next);
                }
            }
        }
        if basis.len() == d {
            return Ok(basis);
        }
    }
    Err(FiniteError::Internal("the images of a vector do not span its representation"))
}

/// The inverse of [G, c; l, s] from G⁻¹, G⁻¹c, lG⁻¹ and the inverse of s - lG⁻¹c.
fn bordered(p: Prime, inverse: &ModMatrix, column: &[u32], line: &[u32], last: u32) -> ModMatrix {
    let n = column.len();
    let mut out = ModMatrix::zero(n + 1, n + 1);
    for (i, &x) in column.iter().enumerate() {
        let factor = p.mul(x, last);
        let row = out.row_mut(i);
        row[..n].copy_from_slice(inverse.row(i));
        p.add_scaled(&mut row[..n], factor, line);
        row[n] = p.neg(factor);
    }
    let row = out.row_mut(n);
    row[..n].copy_from_slice(line);
    p.scale(&mut row[..n], p.neg(last));
    row[n] = last;
    out
}

/// The inner products of x_i v with x_j u, where u is an eigenvector of the conjugate character: an antilinear map that
/// commutes with the group sends v to a multiple of u, so x_j v to x_j u.
///
/// u is the projection Σ λ(h) h x_m v for the first m for which it is not zero; it exists because the conjugate of λ occurs once
/// in a real character as well.
fn conjugate_vectors(
    listed: &Listed,
    alpha: &Spherical<'_>,
    field: &PowerBasis,
    basis: &[usize],
    inverses: &[usize],
    limits: &Limits,
) -> Result<FieldMatrix, FiniteError> {
    let table = listed.classes.table();
    let (d, degree) = (basis.len(), field.degree());
    for &start in basis {
        let mut coordinates = Vec::with_capacity(d * d * degree);
        for &inverse in inverses {
            for &x in basis {
                limits.check()?;
                // First x_m, then h, then x_j, then the inverse of x_i.
                let after = table.multiply(x, inverse);
                let mut sum = vec![Rational::ZERO; degree];
                for &(h, k) in &alpha.vector.elements {
                    let y = table.multiply(table.multiply(start, h as usize), after);
                    let value: Vec<Rational> = alpha.value(y).into_iter().map(Rational::from).collect();
                    let twist = Cyclotomic::root_of_unity(alpha.vector.root, i64::from(k));
                    let Some(twist) = field.coordinates(&twist) else { continue };
                    field.add_product(&mut sum, &value, &twist);
                }
                coordinates.extend(sum);
            }
        }
        if coordinates.iter().any(|x| !x.is_zero()) {
            return Ok(FieldMatrix::new(d, d, coordinates));
        }
    }
    Err(FiniteError::Internal("a real character does not contain the conjugate of a linear character"))
}

#[cfg(test)]
#[path = "irreducible_tests.rs"]
mod tests;
