//! Brauer diagrams: the invariant tensors of groups that keep a bilinear form.
//!
//! By the first fundamental theorem (Weyl, *The Classical Groups*, ch. II and VI) products of the form, its inverse and the
//! identity, one for each pair of legs, span the invariants of O(V) and Sp(V); for SO(V) those with one Levi-Civita tensor
//! are added. Real groups have the invariants of their complexification, so the signature only puts signs.

use super::basis::Basis;
use super::counting::{as_size, determinant_rank, orthogonal_rank, symplectic_rank};
use super::diagram::{Diagram, Factor, bytes, independent, levi_civita, push_product, strides};
use super::entries::{SparseRows, Values};
use super::matchings::{Rule, matchings, subsets};
use super::method::{Completeness, Method};
use super::{EquivariantError, power, tensor_shape};
use crate::exact::SparseMatrix;
use crate::limits::Limits;
use crate::num::{Prime, Rational};

/// A bilinear form with one entry ±1 in each row, `B(e_i, e_{partner(i)}) = ±1`, symmetric or antisymmetric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    partner: Vec<(usize, i32)>,
    antisymmetric: bool,
}

impl Form {
    /// The diagonal form with these signs: `true` for −1.
    pub fn diagonal(negative: &[bool]) -> Form {
        let partner = negative.iter().enumerate().map(|(i, &s)| (i, if s { -1 } else { 1 })).collect();
        Form { partner, antisymmetric: false }
    }

    /// The form of O(n).
    pub fn euclidean(n: usize) -> Form {
        Form::diagonal(&vec![false; n])
    }

    /// The form of Sp(2m): `B(e_i, e_{m+i}) = 1 = −B(e_{m+i}, e_i)`.
    pub fn symplectic(m: usize) -> Form {
        let partner = (0..m).map(|i| (m + i, 1)).chain((0..m).map(|i| (i, -1))).collect();
        Form { partner, antisymmetric: true }
    }

    /// The form with this matrix up to a factor; `None` unless it is of this kind.
    pub fn of_matrix(m: &SparseMatrix) -> Option<Form> {
        let scale = m.iter_rows().flatten().next()?.1.abs().recip()?;
        let one = Rational::ONE;
        let partner: Option<Vec<(usize, i32)>> = m
            .iter_rows()
            .map(|row| match row {
                [(j, x)] if &x.abs() * &scale == one => Some((*j as usize, x.signum())),
                _ => None,
            })
            .collect();
        let partner = partner.filter(|p| p.len() == m.cols())?;
        let symmetry = |sign: i32| partner.iter().enumerate().all(|(i, &(j, s))| partner[j] == (i, s * sign));
        match (symmetry(1), symmetry(-1)) {
            (true, _) => Some(Form { partner, antisymmetric: false }),
            (_, true) => Some(Form { partner, antisymmetric: true }),
            _ => None,
        }
    }

    /// The dimension of the space.
    pub fn dim(&self) -> usize {
        self.partner.len()
    }

    /// Whether `B(x, y) = −B(y, x)`.
    pub fn is_antisymmetric(&self) -> bool {
        self.antisymmetric
    }

    fn is_euclidean(&self) -> bool {
        self.partner.iter().enumerate().all(|(i, &p)| p == (i, 1))
    }
}

/// Pairs on legs of which the first `out` are upper and the others lower.
struct Pairs<'a> {
    form: &'a Form,
    out: usize,
    strides: Vec<u64>,
}

impl Pairs<'_> {
    fn new(form: &Form, out: usize, legs: usize) -> Pairs<'_> {
        Pairs { form, out, strides: strides(form.dim(), legs) }
    }

    /// An upper and a lower leg carry the identity. Two legs of one kind carry the form or its inverse, which has the same
    /// entries up to a common sign, since the matrix is orthogonal.
    fn partner(&self, (a, b): (usize, usize), i: usize) -> (usize, i32) {
        if (a < self.out) == (b < self.out) { self.form.partner[i] } else { (i, 1) }
    }

    fn factor(&self, (a, b): (usize, usize)) -> Factor {
        let entry = |i: usize| {
            let (j, s) = self.partner((a, b), i);
            (i as u64 * self.strides[a] + j as u64 * self.strides[b], s)
        };
        (0..self.form.dim()).map(entry).collect()
    }

    /// The factors of all pairs of legs, at number `a · legs + b`.
    fn table(&self) -> Vec<Factor> {
        let legs = self.strides.len();
        let empty = |k: usize| k / legs >= k % legs;
        (0..legs * legs).map(|k| if empty(k) { Factor::new() } else { self.factor((k / legs, k % legs)) }).collect()
    }

    /// The form at two vectors, modulo a prime.
    fn upper_value(&self, p: Prime, x: &[u32], y: &[u32]) -> u32 {
        (0..x.len()).fold(0, |sum, i| {
            let (j, s) = self.form.partner[i];
            let term = p.mul(x[i], y[j]);
            if s > 0 { p.add(sum, term) } else { p.sub(sum, term) }
        })
    }
}

/// The maps from `V^into` to `V^out` that commute with O(V), for the group of a symmetric form (of any signature): one Brauer
/// diagram for each matching of the legs without a chain of more than `n` pairs. Cost: the entries written.
pub fn orthogonal_maps(form: &Form, out: usize, into: usize, limits: &Limits) -> Result<Basis, EquivariantError> {
    if form.antisymmetric {
        return Err(EquivariantError::Argument("an orthogonal group needs a symmetric form".into()));
    }
    let rank = as_size(&orthogonal_rank(form.dim(), out + into, limits)?)?;
    let rows = diagrams(form, (out, into), (Rule::Chains, form.dim()), rank, !form.is_euclidean(), limits)?;
    let proof = "Brauer diagrams span the invariants; those without long chains are a basis";
    let shape = tensor_shape(form.dim(), out, into)?;
    Ok(Basis::of_rows(shape, Method::Brauer, Completeness::Theorem(proof), rows))
}

/// The same for Sp(V), the group of an antisymmetric form in dimension `2m`: matchings without more than `m` nested pairs.
pub fn symplectic_maps(form: &Form, out: usize, into: usize, limits: &Limits) -> Result<Basis, EquivariantError> {
    if !form.antisymmetric {
        return Err(EquivariantError::Argument("a symplectic group needs an antisymmetric form".into()));
    }
    let half = form.dim() / 2;
    let rank = as_size(&symplectic_rank(half, out + into, limits)?)?;
    let rows = diagrams(form, (out, into), (Rule::Nestings, half), rank, true, limits)?;
    let proof = "Brauer diagrams span the invariants; those without deep nestings are a basis";
    let shape = tensor_shape(form.dim(), out, into)?;
    Ok(Basis::of_rows(shape, Method::Brauer, Completeness::Theorem(proof), rows))
}

fn diagrams(
    form: &Form,
    (out, into): (usize, usize),
    (rule, most): (Rule, usize),
    rank: usize,
    signed: bool,
    limits: &Limits,
) -> Result<SparseRows, EquivariantError> {
    let (n, legs) = (form.dim(), out + into);
    tensor_shape(n, out, into)?;
    check_legs(legs)?;
    let mut rows = SparseRows::new(if signed { Values::Integers(Vec::new()) } else { Values::Ones });
    if !legs.is_multiple_of(2) {
        return Ok(rows);
    }
    let entries = power(n, legs / 2)?;
    limits.reserve(bytes(rank, entries, signed))?;
    rows.places.reserve_exact(rank * entries);
    let table = Pairs::new(form, out, legs).table();
    matchings(&(0..legs).collect::<Vec<_>>(), rule, most, limits, &mut |pairs| {
        let factors: Vec<&Factor> = pairs.iter().map(|&(a, b)| &table[a * legs + b]).collect();
        push_product(&factors, &mut rows);
    })?;
    if rows.len() != rank {
        return Err(EquivariantError::Check(format!("{} diagrams where {rank} were counted", rows.len())));
    }
    Ok(rows)
}

/// Spaces of dimension 1 would allow any number of legs.
pub(super) fn check_legs(legs: usize) -> Result<(), EquivariantError> {
    if legs <= 126 {
        return Ok(());
    }
    Err(EquivariantError::TooLarge(format!("the list of diagrams on {legs} legs")))
}

/// The maps from `V^into` to `V^out` that commute with SO(V): those of O(V), and those that change by the determinant,
/// diagrams with one Levi-Civita tensor. Of these, independent ones are found at random points modulo a prime, as many as
/// there are. Cost: the entries written, and the cube of the number of determinant diagrams for their independence.
pub fn special_orthogonal_maps(
    form: &Form,
    out: usize,
    into: usize,
    limits: &Limits,
) -> Result<Basis, EquivariantError> {
    let (n, legs) = (form.dim(), out + into);
    let more = as_size(&determinant_rank(n, legs, limits)?)?;
    let plain = orthogonal_maps(form, out, into, limits)?;
    if more == 0 {
        return Ok(plain);
    }
    let rank = plain.rank() + more;
    let factorial = (1..=n).try_fold(1usize, |f, i| f.checked_mul(i));
    let entries = factorial.and_then(|f| f.checked_mul(power(n, (legs - n) / 2).ok()?));
    let entries = entries.ok_or_else(|| EquivariantError::TooLarge(format!("a determinant in dimension {n}")))?;
    limits.reserve(bytes(plain.rank(), plain.nonzeros() / plain.rank().max(1), true) + bytes(more, entries, true))?;
    let Some(mut rows) = plain.into_rows(limits)? else {
        return Err(EquivariantError::Check("diagrams that are not exact".into()));
    };
    if rows.values == Values::Ones {
        rows.values = Values::Integers(vec![1; rows.places.len()]);
    }
    let pairs = Pairs::new(form, out, legs);
    // The Levi-Civita tensor on lower legs is that on upper legs turned by the form.
    let turn = |leg: usize, i: usize| if leg < out { (i, 1) } else { form.partner[i] };
    // Lowering an index changes no rank: all legs are evaluated as upper ones, where every pair carries the form.
    let value = |p: Prime, x: &[u32], y: &[u32]| pairs.upper_value(p, x, y);
    let (list, chosen) = determinant_diagrams(n, legs, more, &value, limits)?;
    let table = pairs.table();
    let stride = strides(n, legs);
    for number in chosen {
        limits.check()?;
        let diagram = &list[number];
        let set = &diagram.determinants[0];
        let places: Vec<u64> = set.iter().map(|&l| stride[l]).collect();
        let top = levi_civita(&places, |at, i| turn(set[at], i));
        let mut factors: Vec<&Factor> = vec![&top];
        factors.extend(diagram.pairs.iter().map(|&(a, b)| &table[a * legs + b]));
        push_product(&factors, &mut rows);
    }
    let proof = "as many independent diagrams as walks through the irreducibles of O(n)";
    if rows.len() != rank {
        return Err(EquivariantError::Check(format!("{} diagrams where {rank} were counted", rows.len())));
    }
    let shape = tensor_shape(n, out, into)?;
    Ok(Basis::of_rows(shape, Method::BrauerDeterminant, Completeness::Count(proof), rows))
}

/// Diagrams with one determinant, and which of them are a basis.
///
/// With `n` more legs in front, joined to the legs of the determinant in their order, a diagram becomes a matching; those
/// without a chain of more than `n` pairs are as many as needed and are tried first.
fn determinant_diagrams(
    n: usize,
    legs: usize,
    wanted: usize,
    pair: &impl Fn(Prime, &[u32], &[u32]) -> u32,
    limits: &Limits,
) -> Result<(Vec<Diagram>, Vec<usize>), EquivariantError> {
    for filtered in [true, false] {
        let mut list = Vec::new();
        for set in subsets(legs, n) {
            let rest: Vec<usize> = (0..legs).filter(|l| set.binary_search(l).is_err()).collect();
            matchings(&rest, Rule::Chains, n, limits, &mut |pairs| {
                if !filtered || longest_chain(&set, pairs) <= n {
                    list.push(Diagram { pairs: pairs.to_vec(), determinants: vec![set.clone()] });
                }
            })?;
        }
        let chosen = independent(n, legs, pair, &list, wanted, limits)?;
        if chosen.len() == wanted {
            return Ok((list, chosen));
        }
    }
    Err(EquivariantError::Check(format!("fewer than {wanted} independent diagrams with a determinant")))
}

/// The longest chain among the pairs and, in front of them, those that join new legs to the set in its order.
fn longest_chain(set: &[usize], pairs: &[(usize, usize)]) -> usize {
    let mut lengths: Vec<(usize, usize)> = Vec::with_capacity(pairs.len());
    for &(_, b) in pairs {
        let front = set.iter().filter(|&&s| s < b).count();
        let before = lengths.iter().filter(|(other, _)| *other < b).map(|(_, l)| *l).max().unwrap_or(0);
        lengths.push((b, 1 + front.max(before)));
    }
    lengths.iter().map(|(_, l)| *l).max().unwrap_or(0)
}

#[cfg(test)]
#[path = "brauer_tests.rs"]
mod tests;
