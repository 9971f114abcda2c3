//! The decomposition of a Lie algebra over Q into indecomposable ideals, with proof.
//!
//! A direct sum of ideals is a set of orthogonal idempotents of the centroid `Γ = End_g(g)`, so an algebra is
//! indecomposable when `Γ` is local. By the theorem of Krull, Remak and Schmidt the summands are unique up to isomorphism.
//!
//! 1. **Abelian summand.** A complement `A` of `Z ∩ [g, g]` in the centre `Z` is a direct summand; what remains, `h`, has
//!    its centre in `[h, h]`, and then the maps that kill `[h, h]` form an ideal of square zero in `Γ(h)`: up to its
//!    radical `Γ(h)` is the commutative algebra `Γ̄` of [`super::centroid`], a product of number fields `K_1 × … × K_s`.
//! 2. **Ideals.** The minimal polynomial of a generic `S ∈ Γ` has the squarefree part `f = f_1 ⋯ f_s`. Newton's iteration
//!    gives the semisimple part of `S`, a polynomial in `S` and a root of `f`; the kernels of the `f_i` are the ideals.
//!    They are lifted and checked to be ideals whose sum is `h`.
//! 3. **Indecomposable.** `dim Γ̄/rad` over Q is at most the dimension of `Γ̄` modulo a prime, or, when that is too large,
//!    the rank of the trace form of `Γ̄` over Q. The ideals, and for `deg f_i > 1` the operator itself, checked over Q to
//!    satisfy `f_i` on its ideal, show that it is at least `deg f`. Where both agree each ideal has a field `K_i` of
//!    degree `deg f_i` as its `Γ/rad`.
//! 4. **Over R and C.** `Γ(g ⊗ R) = Γ ⊗ R`, so the summand splits into one ideal for each real place of `K_i` and one,
//!    whose `Γ/rad` is C, for each pair of complex places; over C into `deg f_i`.

use super::centroid::{LocalCentroid, Plan};
use super::products::{basis_residues, brackets_lie_in};
use super::structure::{center, combination, subalgebra_constants};
use super::{StructureConstants, product_space};
use crate::exact::lift::{Image, lift};
use crate::exact::polynomial::Polynomial;
use crate::exact::polynomial::modular::{self, ModPolynomial};
use crate::exact::{Matrix, ModMatrix, Subspace, echelon_kernel};
use crate::limits::{Limits, Stop};
use crate::num::prime::{random_integer, random_stream};
use crate::num::{Prime, Rational};

/// A Lie algebra as a direct sum of ideals.
#[derive(Debug, Clone, PartialEq)]
pub struct DirectSum {
    /// An abelian summand, as large as possible: a complement of `Z ∩ [g, g]` in the centre.
    pub abelian: Subspace,
    /// The other summands: indecomposable over Q, largest first.
    pub summands: Vec<Summand>,
}

/// An indecomposable ideal that is not abelian of dimension one.
#[derive(Debug, Clone, PartialEq)]
pub struct Summand {
    /// The ideal.
    pub space: Subspace,
    /// The minimal polynomial of a generator of the field `Γ/rad Γ`.
    pub field: Polynomial,
}

impl Summand {
    /// The degree of the field `Γ/rad Γ` over Q: the number of indecomposable ideals over C.
    pub fn degree(&self) -> usize {
        self.field.degree().unwrap_or(1)
    }

    /// The number of real places of the field: of the indecomposable ideals over R that stay indecomposable over C.
    pub fn real_places(&self) -> usize {
        self.field.real_root_count()
    }

    /// The number of pairs of complex places: of the indecomposable ideals over R that are complex algebras.
    pub fn complex_places(&self) -> usize {
        (self.degree() - self.real_places()) / 2
    }
}

impl DirectSum {
    /// The number of indecomposable ideals over the reals.
    pub fn real_summands(&self) -> usize {
        self.abelian.dim() + self.summands.iter().map(|s| s.real_places() + s.complex_places()).sum::<usize>()
    }

    /// The number of indecomposable ideals over the complex numbers.
    pub fn complex_summands(&self) -> usize {
        self.abelian.dim() + self.summands.iter().map(Summand::degree).sum::<usize>()
    }
}

/// The decomposition of an algebra into an abelian and indecomposable other ideals over Q.
///
/// One prime is enough for an algebra whose `Γ̄` has dimension one. About `k n³` operations for each prime, `k` the number
/// of generators.
pub fn decompose(constants: &StructureConstants, limits: &Limits) -> Result<DirectSum, Stop> {
    let n = constants.dim();
    let full = Subspace::full(n);
    let derived = product_space(constants, &full, &full, limits)?;
    let center = center(constants, limits)?;
    let (abelian, rest) = split_abelian(&center, &derived, limits)?;
    if abelian.dim() == 0 {
        let summands = indecomposables(constants, &center, &derived, limits)?;
        return Ok(DirectSum { abelian, summands: sorted(summands) });
    }
    if rest.dim() == 0 {
        return Ok(DirectSum { abelian, summands: Vec::new() });
    }
    // `rest` contains [g, g], so it is an ideal and its table is in its own echelon basis.
    let Ok(table) = subalgebra_constants(constants, &rest, limits)? else {
        return Ok(DirectSum { abelian, summands: Vec::new() });
    };
    let full = Subspace::full(rest.dim());
    let derived = product_space(&table, &full, &full, limits)?;
    let center = self::center(&table, limits)?;
    let mut summands = indecomposables(&table, &center, &derived, limits)?;
    for summand in &mut summands {
        let vectors: Vec<Vec<Rational>> =
            summand.space.basis().iter().map(|v| combination(v, rest.basis(), n)).collect();
        summand.space = Subspace::span(n, &vectors, limits)?;
    }
    Ok(DirectSum { abelian, summands: sorted(summands) })
}

fn sorted(mut summands: Vec<Summand>) -> Vec<Summand> {
    summands.sort_by_key(|s| (std::cmp::Reverse(s.space.dim()), s.degree(), s.space.pivots().to_vec()));
    summands
}

/// A complement `A` of `Z ∩ D` in `Z`, and a complement of `A` that contains `D`.
fn split_abelian(center: &Subspace, derived: &Subspace, limits: &Limits) -> Result<(Subspace, Subspace), Stop> {
    let n = center.ambient();
    let both = center.sum(derived, limits)?;
    let dim = both.dim() - derived.dim();
    if dim == 0 {
        return Ok((Subspace::zero(n), Subspace::full(n)));
    }
    let mut chosen: Vec<Vec<Rational>> = Vec::new();
    let mut sum = derived.clone();
    for z in center.basis() {
        if chosen.len() < dim && !sum.contains(z) {
            chosen.push(z.clone());
            sum = sum.sum(&Subspace::span(n, std::slice::from_ref(z), limits)?, limits)?;
        }
    }
    let units = both.free_columns().into_iter().map(|c| (0..n).map(|i| Rational::from(i64::from(i == c))).collect());
    let rest: Vec<Vec<Rational>> = derived.basis().iter().cloned().chain(units).collect();
    Ok((Subspace::span(n, &chosen, limits)?, Subspace::span(n, &rest, limits)?))
}

/// The indecomposable ideals of an algebra whose centre lies in its derived algebra.
fn indecomposables(
    constants: &StructureConstants,
    center: &Subspace,
    derived: &Subspace,
    limits: &Limits,
) -> Result<Vec<Summand>, Stop> {
    let n = constants.dim();
    if n == 0 {
        return Ok(Vec::new());
    }
    limits.progress("centroid", 0.0);
    let plan = Plan::new(constants, center, derived, limits)?;
    let whole = |field| Summand { space: Subspace::full(n), field };
    for attempt in 0.. {
        let splitting = Splitting { constants, plan: &plan, attempt, limits };
        let (bound, polynomial) = splitting.polynomial()?;
        if bound == 1 {
            return Ok(vec![whole(linear())]);
        }
        let fields = polynomial.factor_squarefree(limits)?;
        let ideals = if fields.len() == 1 { Some(vec![Subspace::full(n)]) } else { splitting.ideals(&fields)? };
        if let Some(ideals) = ideals
            && splitting.is_proved(bound, &polynomial, &fields, &ideals)?
        {
            let summand = |(space, field): (Subspace, Polynomial)| Summand { space, field: field.simpler_generator() };
            return Ok(ideals.into_iter().zip(fields).map(summand).collect());
        }
        // The element was not generic: take another.
    }
    Ok(vec![whole(linear())]) // not reached: generic elements are generic
}

/// The polynomial `t`: the field is Q.
fn linear() -> Polynomial {
    Polynomial::new(vec![Rational::ZERO, Rational::ONE])
}

/// The attempt with one generic element `S` of the centroid.
struct Splitting<'a> {
    constants: &'a StructureConstants,
    plan: &'a Plan<'a>,
    attempt: u64,
    limits: &'a Limits,
}

impl Splitting<'_> {
    /// An upper bound for `dim Γ̄`, and the squarefree part of the minimal polynomial of `S`.
    fn polynomial(&self) -> Result<(usize, Polynomial), Stop> {
        let mut previous = None;
        lift(
            self.limits,
            |p| {
                let Some(local) = self.plan.at(p)? else { return Ok(None) };
                let bound = local.basis.rows();
                let mut residues = match bound {
                    1 => vec![0, 1],
                    _ => squarefree_minimal_polynomial(p, &local.generic_operator(self.attempt), bound, self.limits),
                };
                let degree = residues.len() - 1;
                residues.pop();
                let shape = [vec![bound, bound.saturating_sub(degree)], local.pivots].concat();
                Ok(Some(Image { shape, residues }))
            },
            |shape, values| {
                // Confirmed by one more prime; what is built on it is checked over Q.
                let stable = shape[0] == 1 || previous.as_ref() == Some(&values);
                previous = Some(values.clone());
                let polynomial = Polynomial::new(values.into_iter().chain([Rational::ONE]).collect());
                Ok(stable.then_some((shape[0], polynomial)))
            },
        )
    }

    /// The centroid at a prime and the semisimple part of `S`, a root of the polynomial `f`.
    fn semisimple_part(&self, p: Prime, f: &Polynomial) -> Result<Option<(LocalCentroid<'_>, ModMatrix)>, Stop> {
        let (Some(local), Some(f)) = (self.plan.at(p)?, residues_of(p, f)) else { return Ok(None) };
        let mut s = local.generic_operator(self.attempt);
        let (_, inverse) = modular::gcd_and_cofactor(p, &modular::derivative(p, &f), &f);
        // f(S)^(2^k) = 0 for 2^k ≥ n; the error is squared in each step.
        for _ in 0..=usize::BITS - s.rows().leading_zeros() {
            self.limits.check()?;
            let error = evaluate(p, &f, &s);
            if error.entries().iter().all(|&c| c == 0) {
                return Ok(Some((local, s)));
            }
            let step = evaluate(p, &inverse, &s).mul(p, &error);
            for i in 0..s.rows() {
                p.add_scaled(s.row_mut(i), p.neg(1), step.row(i));
            }
        }
        Ok(None)
    }

    /// For each factor `f_i` the kernel of `f_i(S)`, lifted and checked: ideals whose direct sum is everything.
    fn ideals(&self, fields: &[Polynomial]) -> Result<Option<Vec<Subspace>>, Stop> {
        let (n, limits) = (self.constants.dim(), self.limits);
        let polynomial = product(fields);
        let generators = self.plan.rational_generators();
        let mut failures = 0;
        lift(
            limits,
            |p| {
                let Some((local, s)) = self.semisimple_part(p, &polynomial)? else {
                    failures += 1;
                    let empty = Image { shape: vec![usize::MAX], residues: Vec::new() };
                    return Ok((failures > 3).then_some(empty));
                };
                let (mut shape, mut residues) = (vec![local.basis.rows()], Vec::new());
                for field in fields {
                    let Some(field) = residues_of(p, field) else { return Ok(None) };
                    let part = Image::of_kernel(echelon_kernel(p, &evaluate(p, &field, &s).transpose(), limits)?);
                    shape.extend(part.shape);
                    residues.extend(part.residues);
                }
                Ok(Some(Image { shape, residues }))
            },
            |shape, values| {
                if shape[0] == usize::MAX {
                    return Ok(Some(None)); // no polynomial of S after all
                }
                let mut spaces = Vec::new();
                let (mut at, mut from) = (1, 0);
                for _ in fields {
                    let dim = shape[at];
                    let pivots = shape[at + 1..=at + dim].to_vec();
                    spaces.push(Subspace::from_echelon(n, pivots, &values[from..from + dim * n]));
                    at += 1 + dim;
                    from += dim * n;
                }
                if spaces.iter().any(|s| s.dim() == 0) || spaces.iter().map(Subspace::dim).sum::<usize>() != n {
                    return Ok(Some(None));
                }
                for space in &spaces {
                    if !brackets_lie_in(self.constants, &generators, space, space, limits)? {
                        return Ok(None);
                    }
                }
                let basis: Vec<Vec<Rational>> = spaces.iter().flat_map(|s| s.basis().to_vec()).collect();
                Ok((Subspace::span(n, &basis, limits)?.dim() == n).then_some(Some(spaces)))
            },
        )
    }

    /// Step 3: `dim Γ̄/rad = deg f`, and the fields are what the factors say.
    fn is_proved(
        &self,
        bound: usize,
        polynomial: &Polynomial,
        fields: &[Polynomial],
        ideals: &[Subspace],
    ) -> Result<bool, Stop> {
        let degree = polynomial.degree().unwrap_or(0);
        if degree < bound && self.radical_free_dim()? != degree {
            return Ok(false);
        }
        if fields.iter().all(|f| f.degree() == Some(1)) {
            return Ok(true);
        }
        self.operator_satisfies(polynomial, fields, ideals)
    }

    /// `dim Γ̄/rad Γ̄`: the rank of the trace form on operators that are lifted, checked to lie in `Γ`, and as many as
    /// `Γ̄` has dimensions at most. In characteristic zero the radical of the trace form of a faithful module is the
    /// nilradical (the characters of a commutative algebra are independent).
    fn radical_free_dim(&self) -> Result<usize, Stop> {
        let (n, limits) = (self.constants.dim(), self.limits);
        lift(
            limits,
            |p| {
                let Some(local) = self.plan.at(p)? else { return Ok(None) };
                limits.reserve((local.basis.rows() * n * n) as u128 * 64)?;
                let shape = [vec![local.basis.rows()], local.pivots.clone()].concat();
                let residues = local.operators().iter().flat_map(|s| s.entries().to_vec()).collect();
                Ok(Some(Image { shape, residues }))
            },
            |_, values| {
                let operators: Vec<Matrix<Rational>> =
                    values.chunks(n * n).map(|c| Matrix::from_fn(n, n, |i, j| c[i * n + j].clone())).collect();
                if !self.plan.contains_all(&operators)? {
                    return Ok(None);
                }
                Ok(Some(Subspace::span(operators.len(), &trace_form(&operators, limits)?, limits)?.dim()))
            },
        )
    }

    /// Whether the semisimple part of `S`, lifted and checked to lie in `Γ`, satisfies `f_i` on each ideal.
    fn operator_satisfies(
        &self,
        polynomial: &Polynomial,
        fields: &[Polynomial],
        ideals: &[Subspace],
    ) -> Result<bool, Stop> {
        let n = self.constants.dim();
        let mut failures = 0;
        lift(
            self.limits,
            |p| {
                let Some((local, s)) = self.semisimple_part(p, polynomial)? else {
                    failures += 1;
                    let empty = Image { shape: vec![usize::MAX], residues: Vec::new() };
                    return Ok((failures > 3).then_some(empty));
                };
                let shape = [vec![local.basis.rows()], local.pivots].concat();
                Ok(Some(Image { shape, residues: s.entries().to_vec() }))
            },
            |shape, values| {
                if shape[0] == usize::MAX {
                    return Ok(Some(false));
                }
                let operator = Matrix::from_fn(n, n, |i, j| values[i * n + j].clone());
                if !self.plan.contains_all(std::slice::from_ref(&operator))? {
                    return Ok(None);
                }
                for (field, ideal) in fields.iter().zip(ideals).filter(|(f, _)| f.degree() > Some(1)) {
                    for v in ideal.basis() {
                        self.limits.check()?;
                        if !apply_polynomial(field, &operator, v).iter().all(Rational::is_zero) {
                            return Ok(Some(false));
                        }
                    }
                }
                Ok(Some(true))
            },
        )
    }
}

/// `tr(B_i B_j)`.
fn trace_form(operators: &[Matrix<Rational>], limits: &Limits) -> Result<Vec<Vec<Rational>>, Stop> {
    let mut rows = vec![vec![Rational::ZERO; operators.len()]; operators.len()];
    for (i, a) in operators.iter().enumerate() {
        for (j, b) in operators.iter().enumerate().take(i + 1) {
            limits.check()?;
            let mut sum = Rational::ZERO;
            for (r, row) in a.iter_rows().enumerate() {
                for (c, x) in row.iter().enumerate().filter(|(_, x)| !x.is_zero()) {
                    if let Some(y) = b.get(c, r).filter(|y| !y.is_zero()) {
                        sum.add_product(x, y);
                    }
                }
            }
            rows[j][i] = sum.clone();
            rows[i][j] = sum;
        }
    }
    Ok(rows)
}

fn product(factors: &[Polynomial]) -> Polynomial {
    factors.iter().fold(Polynomial::new(vec![Rational::ONE]), |f, g| f.mul(g))
}

fn residues_of(p: Prime, f: &Polynomial) -> Option<ModPolynomial> {
    f.coefficients().iter().map(|c| p.residue(c)).collect()
}

/// The squarefree part of the minimal polynomial of an element of `Γ`, whose degree is at most `2 dim Γ̄`.
fn squarefree_minimal_polynomial(p: Prime, operator: &ModMatrix, bound: usize, limits: &Limits) -> ModPolynomial {
    let n = operator.rows();
    let mut rng = random_stream(limits.seed(), 7002);
    let mut random = || -> Vec<u32> { (0..n).map(|_| p.reduce_signed(random_integer(&mut rng, 1 << 24))).collect() };
    let (mut v, functional) = (random(), random());
    let mut sequence = Vec::new();
    for _ in 0..4 * bound.min(n) + 2 {
        sequence.push(p.dot(&v, &functional));
        v = operator.left_mul(p, &v);
    }
    let f = modular::minimal_recurrence(p, &sequence);
    let repeated = modular::gcd(p, &f, &modular::derivative(p, &f));
    modular::monic(p, &modular::div_rem(p, &f, &repeated).0)
}

/// `f(S)` by Horner's rule.
fn evaluate(p: Prime, f: &[u32], operator: &ModMatrix) -> ModMatrix {
    let n = operator.rows();
    let mut value = ModMatrix::zero(n, n);
    for (step, &c) in f.iter().rev().enumerate() {
        if step == 1 {
            // The leading coefficient is a multiple of the identity: no product needed.
            let leading = value.row(0)[0];
            value = operator.clone();
            (0..n).for_each(|i| p.scale(value.row_mut(i), leading));
        } else if step > 1 {
            value = value.mul(p, operator);
        }
        for i in 0..n {
            let entry = &mut value.row_mut(i)[i];
            *entry = p.add(*entry, c);
        }
    }
    value
}

/// `v · f(S)`.
fn apply_polynomial(f: &Polynomial, operator: &Matrix<Rational>, v: &[Rational]) -> Vec<Rational> {
    let mut value = vec![Rational::ZERO; v.len()];
    for c in f.coefficients().iter().rev() {
        let mut next: Vec<Rational> = v.iter().map(|x| c * x).collect();
        for (x, row) in value.iter().zip(operator.iter_rows()).filter(|(x, _)| !x.is_zero()) {
            for (sum, y) in next.iter_mut().zip(row).filter(|(_, y)| !y.is_zero()) {
                sum.add_product(x, y);
            }
        }
        value = next;
    }
    value
}

/// A basis of the centroid, in reduced echelon form as vectors of length `n²`, as matrices whose column `j` holds the
/// coordinates of `S e_j`: operators that stand for a basis of `Γ̄`, and the maps of `g/[g, g]` into the centre.
pub fn centroid(constants: &StructureConstants, limits: &Limits) -> Result<Vec<Matrix<Rational>>, Stop> {
    let n = constants.dim();
    if n == 0 {
        return Ok(Vec::new());
    }
    let full = Subspace::full(n);
    let derived = product_space(constants, &full, &full, limits)?;
    let center = center(constants, limits)?;
    let free = derived.free_columns();
    let killing = free.len() * center.dim();
    limits.reserve((killing * n * n) as u128 * 64)?;
    let plan = Plan::new(constants, &center, &derived, limits)?;
    lift(
        limits,
        |p| {
            let Some(local) = plan.at(p)? else { return Ok(None) };
            let residues = (basis_residues(p, &center), basis_residues(p, &derived));
            let (Some(center), Some(below)) = residues else { return Ok(None) };
            limits.reserve((local.basis.rows() * n * n) as u128 * 64)?;
            let mut rows =
                ModMatrix::from_rows(n * n, local.operators().iter().map(|s| s.transpose().entries().to_vec()));
            for &c in &free {
                // e_j is e_c for j = c, in D modulo other free columns otherwise: its coefficient at c.
                let mut coefficients: Vec<u32> = (0..n).map(|j| u32::from(j == c)).collect();
                for (v, &pivot) in below.iter().zip(derived.pivots()) {
                    coefficients[pivot] = p.neg(v[c]);
                }
                for z in &center {
                    let entries = z.iter().flat_map(|&x| coefficients.iter().map(move |&y| p.mul(x, y)));
                    rows.push_row(&entries.collect::<Vec<_>>());
                }
            }
            let pivots = rows.reduce(p, n * n, limits)?;
            // Fewer dimensions are better here: a bad prime has a larger centroid.
            let shape = [vec![pivots.len()], pivots].concat();
            Ok(Some(Image { shape, residues: rows.entries().to_vec() }))
        },
        |_, values| {
            let columns: Vec<Matrix<Rational>> =
                values.chunks(n * n).map(|c| Matrix::from_fn(n, n, |i, j| c[i * n + j].clone())).collect();
            let rows: Vec<Matrix<Rational>> =
                columns.iter().map(|s| Matrix::from_fn(n, n, |i, j| s[(j, i)].clone())).collect();
            Ok(plan.contains_all(&rows)?.then_some(columns))
        },
    )
}
