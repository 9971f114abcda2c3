//! Schur functors of representations by matrices.
//!
//! `S_λ V` is the image of a Young symmetrizer on `V^⊗k`: tensors are antisymmetrized along the columns of a filling and then
//! symmetrized along its rows. The images of `e_T` for semistandard fillings `T` are a basis of it (Fulton–Harris, *Representation
//! Theory*, theorem 6.3 and problem 6.15): with `e_T` itself as a leading term they are independent, and they are as many as its dimension.

use super::{Rep, RepError};
use crate::lie::named::NamedError;
use crate::limits::Limits;
use crate::num::Rational;

/// Partitions of larger numbers are refused: a symmetrizer has up to k! terms.
const MOST_BOXES: usize = 7;

impl Rep {
    /// `S_λ V` with λ as its rows; `S_(k) = Sym^k` and `S_(1,…,1) = Λ^k`. Otherwise `n^k` coordinates for `n = dim V`, and its matrices
    /// are those of the subspace in reduced echelon form.
    pub fn schur_functor(&self, rows: &[usize], limits: &Limits) -> Result<Rep, RepError> {
        let refused = |expected: &str| -> RepError {
            NamedError::Argument { what: format!("the Schur functor of {rows:?}"), expected: expected.into() }.into()
        };
        if rows.contains(&0) || rows.windows(2).any(|w| w[0] < w[1]) {
            return Err(refused("a partition: positive whole numbers that do not increase"));
        }
        let boxes: usize = rows.iter().fold(0, |sum, row| sum.saturating_add(*row));
        match rows {
            [] => return Ok(Rep::scalar(self.base())),
            [k] => return self.symmetric_power(u32::try_from(*k).map_err(|_| refused("a smaller number"))?),
            _ if rows[0] == 1 => return self.exterior_power(rows.len() as u32),
            _ if boxes > MOST_BOXES => return Err(refused("at most 7 boxes; Sym and Alt have no such bound")),
            _ => {}
        }
        let n = self.size()?;
        let power = self.power(boxes as u32)?;
        let symmetrizer = symmetrizer(rows);
        let size = power.size()?;
        let fillings = semistandard(rows, n);
        limits.reserve(64 * (fillings.len() as u128 + 1) * size as u128)?;
        let mut vectors = Vec::with_capacity(fillings.len());
        for filling in &fillings {
            limits.check()?;
            let mut vector = vec![Rational::ZERO; size];
            for (places, sign) in &symmetrizer {
                let index = places.iter().fold(0, |at, &place| at * n + filling[place]);
                vector[index] += &Rational::from(*sign);
            }
            vectors.push(vector);
        }
        let inner = match self.name() {
            name if name.chars().count() == 1 => name,
            name => format!("({name})"),
        };
        let shape: Vec<String> = rows.iter().map(usize::to_string).collect();
        power.named_subrepresentation(&format!("S[{}]{inner}", shape.join(",")), &vectors, limits)
    }
}

/// Row-symmetrizer times column-antisymmetrizer: for each term the box whose entry comes to each place, boxes row by row.
fn symmetrizer(rows: &[usize]) -> Vec<(Vec<usize>, i64)> {
    let starts: Vec<usize> = rows.iter().scan(0, |at, &row| Some(std::mem::replace(at, *at + row))).collect();
    let columns: Vec<Vec<usize>> = (0..rows[0])
        .map(|j| rows.iter().zip(&starts).filter(|(row, _)| **row > j).map(|(_, start)| start + j).collect())
        .collect();
    let lines: Vec<Vec<usize>> =
        rows.iter().zip(&starts).map(|(&row, &start)| (start..start + row).collect()).collect();
    let boxes: usize = rows.iter().sum();
    let mut terms = vec![((0..boxes).collect::<Vec<usize>>(), 1i64)];
    for (sets, signed) in [(&columns, true), (&lines, false)] {
        for set in sets {
            let mut next = Vec::new();
            for (order, sign) in arrangements(set.len()) {
                for (places, before) in &terms {
                    let mut moved = places.clone();
                    set.iter().zip(&order).for_each(|(&to, &from)| moved[to] = places[set[from]]);
                    next.push((moved, if signed { before * sign } else { *before }));
                }
            }
            terms = next;
        }
    }
    terms
}

/// All arrangements of `0..k` with their signs.
fn arrangements(k: usize) -> Vec<(Vec<usize>, i64)> {
    let mut all = vec![(Vec::new(), 1i64)];
    for new in 0..k {
        let mut next = Vec::with_capacity(all.len() * (new + 1));
        for (order, sign) in &all {
            for at in 0..=new {
                let mut longer = order.clone();
                longer.insert(at, new);
                // Every element after it is an inversion.
                next.push((longer, if (new - at) % 2 == 0 { *sign } else { -sign }));
            }
        }
        all = next;
    }
    all
}

/// Fillings of the diagram with `0..n`, row by row, that increase weakly along rows and strictly down columns.
fn semistandard(rows: &[usize], n: usize) -> Vec<Vec<usize>> {
    let starts: Vec<usize> = rows.iter().scan(0, |at, &row| Some(std::mem::replace(at, *at + row))).collect();
    let mut all = vec![Vec::new()];
    for (i, &row) in rows.iter().enumerate() {
        for j in 0..row {
            let mut next = Vec::new();
            for filling in &all {
                let filling: &Vec<usize> = filling;
                let left = if j > 0 { filling[starts[i] + j - 1] } else { 0 };
                let above = if i > 0 { filling[starts[i - 1] + j] + 1 } else { 0 };
                for value in left.max(above)..n {
                    let mut longer = filling.clone();
                    longer.push(value);
                    next.push(longer);
                }
            }
            all = next;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::lie::named::Arg;
    use crate::limits::Limits;
    use crate::reps::{Group, Rep, group_by_name, rank};

    fn vector(name: &str, n: i64) -> Rep {
        let group: Group = group_by_name(name, &[Arg::Integer(n)], &Limits::none()).unwrap();
        Rep::vector(group.base()).unwrap()
    }

    /// Hook content formula: `S_(2,1)` n(n² − 1)/3, `S_(2,2)` n²(n² − 1)/12, `S_(3,1)` n(n² − 1)(n + 2)/8,
    /// `S_(2,1,1)` n(n² − 1)(n − 2)/8 (Fulton–Harris, exercise 6.4).
    #[test]
    fn dimensions_are_those_of_hooks_and_contents() {
        for n in 1..=4u64 {
            let v = vector("O", n as i64);
            let square = n * n - 1;
            for (rows, expected) in [
                (vec![2, 1], n * square / 3),
                (vec![2, 2], n * n * square / 12),
                (vec![3, 1], n * square * (n + 2) / 8),
                (vec![2, 1, 1], if n < 2 { 0 } else { n * square * (n - 2) / 8 }),
                (vec![3], n * (n + 1) * (n + 2) / 6),
                (vec![1, 1, 1], if n < 3 { 0 } else { n * (n - 1) * (n - 2) / 6 }),
            ] {
                let found = v.schur_functor(&rows, &Limits::none()).unwrap();
                assert_eq!(*found.dim(), expected.into(), "{n} {rows:?}");
            }
        }
        assert!(vector("O", 3).schur_functor(&[1, 2], &Limits::none()).is_err());
    }

    /// V³ = Sym³ + 2 S_(2,1) + Λ³ and V⁴ = Sym⁴ + 3 S_(3,1) + 2 S_(2,2) + 3 S_(2,1,1) + Λ⁴ (Schur and Weyl), counted in invariants.
    #[test]
    fn tensor_powers_are_sums_of_schur_functors() {
        let limits = Limits::none();
        let count = |rep: &Rep| rank(rep, &limits).unwrap();
        for (name, n) in [("S", 3), ("SO", 3), ("D", 4), ("SL", 2), ("Sp", 1), ("O", 2)] {
            let v = vector(name, n);
            let s = |rows: &[usize]| count(&v.schur_functor(rows, &limits).unwrap());
            let third = s(&[3]) + s(&[2, 1]) * 2usize + s(&[1, 1, 1]);
            assert_eq!(third, count(&v.power(3).unwrap()), "{name}");
            let fourth =
                s(&[4]) + s(&[3, 1]) * 3usize + s(&[2, 2]) * 2usize + s(&[2, 1, 1]) * 3usize + s(&[1, 1, 1, 1]);
            assert_eq!(fourth, count(&v.power(4).unwrap()), "{name}");
        }
    }
}
