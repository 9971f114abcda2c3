//! Character tables with exact values.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use num_bigint::BigUint;
use num_traits::ToPrimitive;

use super::dixon::{ModularCharacters, characters_modulo};
use super::listed::linear_characters;
use super::{ConjugacyClasses, FiniteError, Permutation, PermutationGroup, RealType};
use crate::limits::Limits;
use crate::num::prime::primitive_root_of_unity;
use crate::num::{Cyclotomic, Prime, Rational};

/// A conjugacy class as a column of a table.
#[derive(Clone, Debug)]
pub struct TableClass {
    /// An element.
    pub representative: Permutation,
    /// The order of the elements.
    pub order: BigUint,
    /// How many there are.
    pub size: BigUint,
    /// The order of the elements with a letter, as in the ATLAS: 1A, 2A, 2B, ….
    pub label: String,
}

/// A table of irreducible characters.
#[derive(Clone, Debug)]
pub struct CharacterTable {
    /// The order of the group.
    pub order: BigUint,
    /// The columns.
    pub classes: Vec<TableClass>,
    /// The rows: the values on the classes. The trivial character comes first, then by degree.
    pub values: Vec<Vec<Cyclotomic>>,
    /// χ(1).
    pub degrees: Vec<u64>,
    /// The Frobenius–Schur indicators, the means of χ(g²).
    pub indicators: Vec<i8>,
    /// The class of the squares.
    pub squares: Vec<usize>,
    /// The partition of each row of the table of a natural symmetric group; empty for others.
    pub partitions: Vec<Vec<usize>>,
}

/// Labels of classes in their order.
pub(super) fn labels(orders: impl IntoIterator<Item = BigUint>) -> Vec<String> {
    let mut seen: BTreeMap<BigUint, usize> = BTreeMap::new();
    let label = |order: BigUint| {
        let number = seen.entry(order.clone()).or_insert(0);
        *number += 1;
        let (mut n, mut letters) = (*number, Vec::new());
        while n > 0 {
            letters.push(char::from(b'A' + ((n - 1) % 26) as u8));
            n = (n - 1) / 26;
        }
        format!("{order}{}", letters.into_iter().rev().collect::<String>())
    };
    orders.into_iter().map(label).collect()
}

/// The columns of a table by elements.
#[derive(Debug)]
pub enum Columns {
    /// Classes that differ in the lengths of cycles.
    ByCycles(HashMap<Vec<usize>, usize>),
    /// The classes of all elements, in the order of the table.
    Listed(Box<ConjugacyClasses>),
}

impl Columns {
    /// The column of an element; of a permutation outside the group nothing or anything.
    pub fn of(&self, p: &Permutation) -> Option<usize> {
        match self {
            Columns::ByCycles(found) => found.get(&p.cycle_lengths()).copied(),
            Columns::Listed(classes) => classes.class_of_permutation(p),
        }
    }

    /// The column of each class of a subgroup; an error when it is none.
    pub fn fusion(
        &self,
        group: &PermutationGroup,
        subgroup: &PermutationGroup,
        table: &CharacterTable,
        limits: &Limits,
    ) -> Result<Vec<usize>, FiniteError> {
        let outside = || FiniteError::Argument(format!("{} is no subgroup of {}", subgroup.name(), group.name()));
        if group.degree() != subgroup.degree() || !group.contains_group(subgroup, limits)? {
            return Err(outside());
        }
        table.classes.iter().map(|class| self.of(&class.representative).ok_or_else(outside)).collect()
    }
}

impl CharacterTable {
    /// The table of a group: of natural symmetric groups by Murnaghan and Nakayama, of others by Dixon's method from
    /// their classes.
    pub fn new(group: &PermutationGroup, limits: &Limits) -> Result<CharacterTable, FiniteError> {
        if group.degree() >= 2 && group.giant(limits)? == Some(super::giant::Giant::Symmetric) {
            return super::symmetric_characters::symmetric_table(group.degree(), limits);
        }
        CharacterTable::of_classes(&ConjugacyClasses::new(group, limits)?, limits)
    }

    /// The table of a group whose classes are known: of abelian groups from their structure, of others by Dixon's method.
    pub fn of_classes(classes: &ConjugacyClasses, limits: &Limits) -> Result<CharacterTable, FiniteError> {
        let (mut rows, values) = match classes.len() == classes.table().order() {
            true => abelian_rows(classes, limits)?,
            false => dixon_rows(classes, limits)?,
        };
        // The order of the values, so that rows are compared by numbers.
        let mut by_key: Vec<usize> = (0..values.len()).collect();
        by_key.sort_by_cached_key(|&i| {
            let value = &values[i];
            (value.conductor(), Reverse(value.as_rational()), Reverse(value.clone()))
        });
        let mut place = vec![0u32; values.len()];
        by_key.iter().zip(0..).for_each(|(&i, at)| place[i] = at);
        let one = Cyclotomic::from(1);
        rows.sort_by_cached_key(|row| {
            let value = |i: &u32| &values[*i as usize];
            let trivial = row.values.iter().all(|i| *value(i) == one);
            let irrational = row.values.iter().filter(|i| value(i).conductor() > 1).count();
            (row.degree, !trivial, irrational, row.values.iter().map(|i| place[*i as usize]).collect::<Vec<_>>())
        });
        let names = labels(classes.classes().iter().map(|c| BigUint::from(c.order)));
        let columns = classes.classes().iter().zip(names).map(|(class, label)| TableClass {
            representative: class.representative.clone(),
            order: class.order.into(),
            size: class.size.into(),
            label,
        });
        Ok(CharacterTable {
            order: classes.table().order().into(),
            classes: columns.collect(),
            degrees: rows.iter().map(|row| row.degree).collect(),
            indicators: rows.iter().map(|row| row.indicator).collect(),
            values: rows.iter().map(|row| row.values.iter().map(|i| values[*i as usize].clone()).collect()).collect(),
            squares: classes.power_map(2),
            partitions: Vec::new(),
        })
    }

    /// The real irreducible representations: the number of the character, the dimension over R, the type. Of two
    /// conjugate characters the first stands for both.
    pub fn real_irreducibles(&self) -> Vec<(usize, u64, RealType)> {
        let mut out = Vec::new();
        for (i, values) in self.values.iter().enumerate() {
            match self.indicators[i] {
                1 => out.push((i, self.degrees[i], RealType::Real)),
                -1 => out.push((i, 2 * self.degrees[i], RealType::Quaternionic)),
                _ => {
                    let conjugate: Vec<Cyclotomic> = values.iter().map(Cyclotomic::conjugate).collect();
                    if !self.values[..i].contains(&conjugate) {
                        out.push((i, 2 * self.degrees[i], RealType::Complex));
                    }
                }
            }
        }
        out
    }

    /// ⟨a, b⟩ = 1/|G| Σ |C| a(C) b(C)* of two class functions.
    pub fn inner_product(&self, a: &[Cyclotomic], b: &[Cyclotomic]) -> Cyclotomic {
        let mut sum = Cyclotomic::from(0);
        for ((x, y), class) in a.iter().zip(b).zip(&self.classes) {
            if !x.is_zero() && !y.is_zero() {
                let size = Rational::from(num_bigint::BigInt::from(class.size.clone()));
                sum = sum.add(&x.mul(&y.conjugate()).scale(&size));
            }
        }
        let order = Rational::from(num_bigint::BigInt::from(self.order.clone()));
        order.recip().map_or(sum.clone(), |inverse| sum.scale(&inverse))
    }

    /// The multiplicities of the irreducibles in a class function; `None` where one is no rational number.
    pub fn decompose(&self, values: &[Cyclotomic], limits: &Limits) -> Result<Option<Vec<Rational>>, FiniteError> {
        let mut out = Vec::new();
        for row in &self.values {
            limits.check()?;
            match self.inner_product(values, row).as_rational() {
                Some(multiplicity) => out.push(multiplicity),
                None => return Ok(None),
            }
        }
        Ok(Some(out))
    }

    /// The character of the permutation representation on the points: numbers of fixed points.
    pub fn permutation_character(&self) -> Vec<Cyclotomic> {
        let fixed = |p: &Permutation| p.images().iter().enumerate().filter(|(i, x)| *i == **x as usize).count();
        self.classes.iter().map(|class| Cyclotomic::from(fixed(&class.representative) as i64)).collect()
    }

    /// A way to find the columns of elements of the group that the table belongs to.
    pub fn columns(&self, group: &PermutationGroup, limits: &Limits) -> Result<Columns, FiniteError> {
        let mut by_cycles = HashMap::new();
        for (k, class) in self.classes.iter().enumerate() {
            by_cycles.insert(class.representative.cycle_lengths(), k);
        }
        if by_cycles.len() == self.classes.len() {
            return Ok(Columns::ByCycles(by_cycles));
        }
        Ok(Columns::Listed(Box::new(ConjugacyClasses::new(group, limits)?)))
    }

    /// The values of a class function of this group on the classes of a subgroup, given the class here of each of them.
    pub fn restrict(values: &[Cyclotomic], fusion: &[usize]) -> Vec<Cyclotomic> {
        fusion.iter().map(|&k| values[k].clone()).collect()
    }

    /// The class function of this group induced from one of a subgroup, given the class here of each class there:
    /// χ(g) = Σ |C_G(g)|/|C_H(h)| χ(h) over the classes h that fuse into that of g.
    pub fn induce(&self, subgroup: &CharacterTable, values: &[Cyclotomic], fusion: &[usize]) -> Vec<Cyclotomic> {
        let rational = |n: &BigUint| Rational::from(num_bigint::BigInt::from(n.clone()));
        let mut out = vec![Cyclotomic::from(0); self.classes.len()];
        for ((value, class), &k) in values.iter().zip(&subgroup.classes).zip(fusion) {
            // |C_G|/|C_H| = |G| |class of h| / (|class of g| |H|).
            let above = rational(&self.order) * &rational(&class.size);
            let below = rational(&self.classes[k].size) * &rational(&subgroup.order);
            if let Some(factor) = above.checked_div(&below) {
                out[k] = out[k].add(&value.scale(&factor));
            }
        }
        out
    }
}

/// A row of a table: its values by their numbers in a list.
struct Row {
    degree: u64,
    indicator: i8,
    values: Vec<u32>,
}

/// All characters of an abelian group, each class being one element.
fn abelian_rows(classes: &ConjugacyClasses, limits: &Limits) -> Result<(Vec<Row>, Vec<Cyclotomic>), FiniteError> {
    let (table, exponent) = (classes.table(), classes.exponent());
    super::dixon::check_count(classes.len())?;
    let elements: Vec<u32> = (0..table.order() as u32).collect();
    let found = linear_characters(table, &elements, &[0], exponent, limits)?;
    let power = |k: i64| Cyclotomic::root_of_unity(exponent as u64, k);
    let mut values = Vec::with_capacity(exponent);
    for k in 0..exponent {
        limits.check()?;
        values.push(power(k as i64));
    }
    let row = |by_coset: &Vec<u32>| {
        let values: Vec<u32> =
            classes.classes().iter().map(|class| by_coset[found.coset_of[class.rank] as usize]).collect();
        // A linear character is real when its values are ±1.
        let real = values.iter().all(|&k| (2 * k as usize).is_multiple_of(exponent));
        Row { degree: 1, indicator: i8::from(real), values }
    };
    Ok((found.rows.iter().map(row).collect(), values))
}

/// The characters by Dixon's method.
fn dixon_rows(classes: &ConjugacyClasses, limits: &Limits) -> Result<(Vec<Row>, Vec<Cyclotomic>), FiniteError> {
    let found = characters_modulo(classes, limits)?;
    let mut lift = Lift::new(classes, found.prime, limits)?;
    let squares = classes.power_map(2);
    let mut rows = Vec::new();
    for (row, &degree) in found.rows.iter().zip(&found.degrees) {
        limits.check()?;
        let mut values = Vec::with_capacity(row.len());
        for k in 0..row.len() {
            values.push(lift.value(row, degree, k)?);
        }
        rows.push(Row { degree, indicator: indicator(classes, &found, row, &squares)?, values });
    }
    Ok((rows, lift.values))
}

/// The mean of χ(g²).
fn indicator(
    classes: &ConjugacyClasses,
    found: &ModularCharacters,
    row: &[u32],
    squares: &[usize],
) -> Result<i8, FiniteError> {
    let p = found.prime;
    let sum = classes
        .classes()
        .iter()
        .zip(squares)
        .fold(0, |sum, (class, &square)| p.add(sum, p.mul(p.reduce(class.size as u64), row[square])));
    match p.mul(sum, p.inv(p.reduce(classes.table().order() as u64))) {
        0 => Ok(0),
        1 => Ok(1),
        x if p.neg(x) == 1 => Ok(-1),
        _ => Err(FiniteError::Internal("an indicator is none of 1, 0, -1")),
    }
}

/// The way from residues to sums of roots of unity.
struct Lift<'a> {
    classes: &'a ConjugacyClasses,
    prime: Prime,
    exponent: usize,
    /// The powers of a root of unity of the exponent's order that stands for ζ.
    powers: Vec<u32>,
    /// The exponent of each power, ascending by residue.
    logarithms: Vec<(u32, usize)>,
    /// For each class the class of each power, up to the order of its elements.
    power_classes: Vec<Vec<usize>>,
    /// All values found.
    values: Vec<Cyclotomic>,
    /// The number of each value.
    numbers: HashMap<Cyclotomic, u32>,
    /// The numbers of values found before, by the residues on the powers.
    found: HashMap<Vec<u32>, u32>,
}

impl<'a> Lift<'a> {
    fn new(classes: &'a ConjugacyClasses, prime: Prime, limits: &Limits) -> Result<Lift<'a>, FiniteError> {
        let exponent = classes.exponent();
        limits.reserve(32 * exponent as u128)?;
        let root = primitive_root_of_unity(prime, exponent as u64);
        let mut powers = Vec::with_capacity(exponent);
        let mut at = 1;
        for _ in 0..exponent {
            powers.push(at);
            at = prime.mul(at, root);
        }
        let mut logarithms: Vec<(u32, usize)> = powers.iter().copied().zip(0..).collect();
        logarithms.sort_unstable();
        let table = classes.table();
        let mut power_classes = Vec::new();
        for class in classes.classes() {
            limits.check()?;
            let mut row = vec![0];
            let mut power = class.rank;
            while row.len() < class.order {
                row.push(classes.class_of(power));
                power = table.multiply(power, class.rank);
            }
            power_classes.push(row);
        }
        let (values, numbers, found) = (Vec::new(), HashMap::new(), HashMap::new());
        Ok(Lift { classes, prime, exponent, powers, logarithms, power_classes, values, numbers, found })
    }

    /// The number of the value whose residue is `row[k]`: a sum of `degree` roots of unity of the order m of class k. The root ζ^s
    /// occurs μ_s = 1/m Σ_t χ(g^t) ζ^(-st) times, a number from 0 to the degree and so known from its residue.
    fn value(&mut self, row: &[u32], degree: u64, k: usize) -> Result<u32, FiniteError> {
        // The residues on the powers determine the value; the first is the degree.
        let key: Vec<u32> = match degree {
            1 => vec![1, row[k]],
            _ => self.power_classes[k].iter().map(|&c| row[c]).collect(),
        };
        if let Some(&number) = self.found.get(&key) {
            return Ok(number);
        }
        let value = self.new_value(row, degree, k)?;
        let next = self.values.len() as u32;
        let number = *self.numbers.entry(value.clone()).or_insert(next);
        if number == next {
            self.values.push(value);
        }
        self.found.insert(key, number);
        Ok(number)
    }

    fn new_value(&self, row: &[u32], degree: u64, k: usize) -> Result<Cyclotomic, FiniteError> {
        let p = self.prime;
        let m = self.classes.classes()[k].order;
        if degree == 1 {
            let at = self.logarithms.binary_search_by_key(&row[k], |pair| pair.0);
            let fail = |_| FiniteError::Internal("a value of a linear character is no root of unity");
            let exponent = self.logarithms[at.map_err(fail)?].1;
            return Ok(Cyclotomic::root_of_unity(self.exponent as u64, exponent as i64));
        }
        let along: Vec<u32> = self.power_classes[k].iter().map(|&c| row[c]).collect();
        let coprime = |t: usize| num_integer::gcd(t, m) == 1;
        if (1..m).filter(|t| coprime(*t)).all(|t| along[t] == row[k]) {
            // Fixed by all automorphisms, so an integer of size at most the degree.
            let residue = i64::from(row[k]);
            let value = if residue as u64 <= degree { residue } else { residue - i64::from(p.value()) };
            return Ok(Cyclotomic::from(value));
        }
        let step = self.exponent / m;
        let inverse = p.inv(p.reduce(m as u64));
        let mut terms = Vec::new();
        let mut total = 0;
        for s in 0..m {
            // The exponent -st modulo m.
            let mut e = 0;
            let sum = along.iter().fold(0u64, |sum, &value| {
                let power = self.powers[e * step];
                e = if e >= s { e - s } else { e + m - s };
                p.fold_product(sum, value, power)
            });
            let count = u64::from(p.mul(p.reduce(sum), inverse));
            total += count;
            if count > 0 {
                terms.push((s as u64, Rational::from(count as i64)));
            }
        }
        if total != degree {
            return Err(FiniteError::Internal("the eigenvalues of an element are not as many as the degree"));
        }
        Ok(Cyclotomic::sum(m as u64, terms))
    }
}

/// Degrees as machine words.
pub(super) fn to_degree(value: i64) -> Result<u64, FiniteError> {
    value.to_u64().ok_or(FiniteError::Internal("a degree is negative"))
}

#[cfg(test)]
#[path = "characters_tests.rs"]
mod tests;
