//! Rotations and reflections of the plane that keep a regular polygon: exact although their matrices are not rational.
//!
//! The rotations by multiples of `2π/k` are those of SO(2) on which every character `z^k` is 1. So their invariants in a
//! representation of SO(2) are the vectors whose weights are multiples of `k`: over Q, with the generator `A` of so(2), the
//! kernels of `A² + m²` for the multiples `m` of `k` (of `A` for `m = 0`). For the dihedral group the reflection
//! `diag(−1, 1)` of O(2), which is rational, has to fix them besides. Numbers are counted by Laurent polynomials.

use std::collections::BTreeMap;
use std::sync::Arc;

use num_bigint::{BigInt, BigUint};
use num_traits::{One, ToPrimitive, Zero};

use super::node::Node;
use super::{Base, Family, Group, Rep, RepError, group_by_name, matrix_group};
use crate::exact::null_space::null_space;
use crate::exact::{Matrix, SparseMatrix, SparseVector};
use crate::float::dense;
use crate::lie::named::{Arg, NamedError};
use crate::limits::Limits;
use crate::num::{Rational, try_power};

/// Larger orders are refused: the angle would be below the precision of doubles.
const MAX_ORDER: usize = 1_000_000_000;
/// Laurent polynomials with more terms are refused.
const MAX_TERMS: usize = 100_000;

/// The rotations of the plane by multiples of `2π/n`, with the reflection in the first axis where `reflections` is set: the
/// symmetries of the regular polygon with `n` corners as orthogonal matrices. For n = 1, 2, 4 the matrices are exact.
pub fn plane_group(n: usize, reflections: bool, limits: &Limits) -> Result<Group, RepError> {
    let name = format!("{}({n})", if reflections { "Dihedral" } else { "Cyclic" });
    if !(1..=MAX_ORDER).contains(&n) {
        return Err(NamedError::Argument { what: name, expected: format!("an order from 1 to {MAX_ORDER}") }.into());
    }
    // The columns of a rotation by a quarter turn, or none.
    let exact = match n {
        1 => Some([1, 0, 0, 1]),
        2 => Some([-1, 0, 0, -1]),
        4 => Some([0, -1, 1, 0]),
        _ => None,
    };
    let angle = std::f64::consts::TAU / n as f64;
    let float = [angle.cos(), -angle.sin(), angle.sin(), angle.cos()];
    let reflection = [-1, 0, 0, 1];
    if let Some(rotation) = exact {
        let entry =
            |m: &[i64; 4]| SparseMatrix::from_triples(2, 2, (0..4).map(|k| (k / 2, k % 2, Rational::from(m[k]))));
        let mut generators = Vec::new();
        if n > 1 {
            generators.push(entry(&rotation));
        }
        if reflections {
            generators.push(entry(&reflection));
        }
        return matrix_group(name, (2, false), generators, Vec::new(), limits);
    }
    let mut generators = vec![Matrix::from_fn(2, 2, |i, j| float[2 * i + j])];
    if reflections {
        generators.push(Matrix::from_fn(2, 2, |i, j| reflection[2 * i + j] as f64));
    }
    Ok(Group::of_floats(name, generators, Vec::new())?.in_family(Some(Family::Plane { order: n, reflections })))
}

impl Base {
    /// The order of the rotations and whether there are reflections, for a group of the plane that is not rational.
    pub fn plane(&self) -> Option<(usize, bool)> {
        match self.family() {
            Some(Family::Plane { order, reflections }) => Some((*order, *reflections)),
            _ => None,
        }
    }
}

impl Rep {
    /// The same expression for O(2), or for SO(2) where the group has no reflections, and the order of the rotations. `None`
    /// for other groups.
    fn of_whole_circle(&self, limits: &Limits) -> Result<Option<(Rep, usize, bool)>, RepError> {
        let Some((order, reflections)) = self.base().plane() else { return Ok(None) };
        let name = if reflections { "O" } else { "SO" };
        let circle = group_by_name(name, &[Arg::Integer(2)], limits)?;
        let rep = Rep::from_node(circle.base(), without_adjoint(&self.node)?)?;
        Ok(Some((rep, order, reflections)))
    }

    /// The invariants of a group of the plane that is not rational, exactly: kernels of `A² + m²`, whose dimensions must be
    /// those that the weights say. `None` for other groups.
    pub fn plane_invariants(&self, limits: &Limits) -> Result<Option<Vec<SparseVector>>, RepError> {
        let Some((rep, order, reflections)) = self.of_whole_circle(limits)? else { return Ok(None) };
        let size = rep.size()?;
        let weights = weights(&rep.node, &Angle::Turn, limits)?;
        let matrices = rep.matrices(limits)?;
        let Some(a) = matrices.first() else { return Ok(Some(Vec::new())) };
        limits.reserve(4 * a.nonzeros() as u128 * 64)?;
        let square = a.mul(a);
        let mut rest = Vec::new();
        for s in rep.discrete_matrices(limits)? {
            let moved = s.add_scaled(&Rational::from(-1), &SparseMatrix::identity(size));
            rest.extend(moved.iter_rows().filter(|row| !row.is_empty()).map(<[_]>::to_vec));
        }
        let mut out: Vec<SparseVector> = Vec::new();
        for (m, count) in weights.range(0..).filter(|(m, _)| **m % order as i64 == 0) {
            limits.check()?;
            let operator = match m {
                0 => a.clone(),
                _ => square.add_scaled(&Rational::from(m * m), &SparseMatrix::identity(size)),
            };
            let mut rows: Vec<SparseVector> =
                operator.iter_rows().filter(|row| !row.is_empty()).map(<[_]>::to_vec).collect();
            rows.extend(rest.iter().cloned());
            let found = null_space(size, &rows, limits)?.basis;
            // Each weight m > 0 stands with −m; the reflection exchanges the two and fixes half of their sum.
            let expected = match (m, reflections) {
                (0, true) => None,
                (0, false) | (_, true) => Some(count.clone()),
                (_, false) => Some(count * 2),
            };
            if expected.is_some_and(|n| n != BigInt::from(found.len())) {
                return Err(RepError::Method(format!("the weight {m} occurs another number of times than counted")));
            }
            out.extend(found);
        }
        out.sort_by_key(|v| v.first().map(|t| t.0));
        Ok(Some(out))
    }

    /// The number of invariants of a group of the plane that is not rational, counted with weights. `None` for other groups.
    pub fn plane_rank(&self, limits: &Limits) -> Result<Option<BigUint>, RepError> {
        let Some((rep, order, reflections)) = self.of_whole_circle(limits)? else { return Ok(None) };
        let all = weights(&rep.node, &Angle::Turn, limits)?;
        let fixed: BigInt = all.iter().filter(|(m, _)| **m % order as i64 == 0).map(|(_, n)| n).sum();
        let mut total = fixed;
        if reflections {
            // All reflections have the same trace: Burnside's count is the mean of the two parts.
            let parities = weights(&rep.node, &Angle::Reflection, limits)?;
            let trace: BigInt = parities.iter().map(|(m, n)| if m % 2 == 0 { n.clone() } else { -n }).sum();
            total = (total + trace) / 2;
        }
        Ok(Some(total.to_biguint().unwrap_or_default()))
    }

    /// The generators of a group of the plane as they act, in doubles: the rotation as `exp(2π/n A)`. `None` for other groups.
    pub fn plane_matrices(&self, limits: &Limits) -> Result<Option<Vec<Matrix<f64>>>, RepError> {
        let Some((rep, order, _)) = self.of_whole_circle(limits)? else { return Ok(None) };
        let angle = std::f64::consts::TAU / order as f64;
        let size = rep.size()?;
        limits.reserve(64 * (size as u128).pow(2))?;
        let dense = |m: &SparseMatrix, factor: f64| {
            let mut out = Matrix::filled(size, size, 0.0);
            m.triples().for_each(|(i, j, v)| out[(i, j)] = factor * v.to_f64());
            out
        };
        let mut out = Vec::new();
        for a in rep.matrices(limits)? {
            // so(2) is spanned by a rotation whose sense and length its defining matrix tells.
            let unit = rep.base().algebra().realization().and_then(|r| r.basis.first()).map(|m| m.entry(1, 0).to_f64());
            let turned = dense::exponential(&dense(&a, angle / unit.unwrap_or(1.0)));
            out.push(turned.map_err(|e| RepError::Method(e.to_string()))?);
        }
        out.extend(rep.discrete_matrices(limits)?.iter().map(|s| dense(s, 1.0)));
        Ok(Some(out))
    }
}

/// The algebra of a finite group is zero, that of the circle is not.
fn without_adjoint(node: &Arc<Node>) -> Result<Arc<Node>, RepError> {
    match &**node {
        Node::Adjoint => Ok(Arc::new(Node::Sum(Vec::new()))),
        _ => node.rebuilt(without_adjoint),
    }
}

/// How often each weight occurs.
type Weights = BTreeMap<i64, BigInt>;

/// What is counted: characters of the circle, or the signs of a reflection as 0 and 1.
enum Angle {
    Turn,
    Reflection,
}

impl Angle {
    fn of_vector(&self) -> Weights {
        let weights = match self {
            Angle::Turn => [-1, 1],
            Angle::Reflection => [0, 1],
        };
        weights.into_iter().map(|w| (w, BigInt::one())).collect()
    }

    fn normal(&self, w: i64) -> i64 {
        match self {
            Angle::Turn => w,
            Angle::Reflection => w.rem_euclid(2),
        }
    }
}

fn weights(node: &Node, angle: &Angle, limits: &Limits) -> Result<Weights, RepError> {
    limits.check()?;
    let of = |x: &Node| weights(x, angle, limits);
    let one = || Weights::from([(0, BigInt::one())]);
    Ok(match node {
        Node::Scalar => one(),
        Node::Vector | Node::Conjugate => angle.of_vector(),
        Node::Adjoint => Weights::new(),
        Node::Given(given) => return Err(RepError::Floats(given.name.clone())),
        Node::Of(..) => return Err(RepError::TooComplicated),
        Node::Dual(x) => of(x)?.into_iter().map(|(w, n)| (angle.normal(-w), n)).collect(),
        Node::Sum(terms) => {
            let mut sum = Weights::new();
            for (x, times) in terms {
                of(x)?.into_iter().for_each(|(w, n)| *sum.entry(w).or_default() += n * *times);
            }
            sum
        }
        Node::Tensor(list) => {
            let mut product = one();
            for (x, exponent) in list {
                product = try_power(product, &of(x)?, u64::from(*exponent), |a, b| times(a, b, angle, limits))?;
            }
            product
        }
        Node::Hom(x, y) => {
            let dual = of(x)?.into_iter().map(|(w, n)| (angle.normal(-w), n)).collect();
            times(&of(y)?, &dual, angle, limits)?
        }
        Node::Symmetric(x, k) => power(&of(x)?, *k, false, angle, limits)?,
        Node::Alternating(x, k) => power(&of(x)?, *k, true, angle, limits)?,
    })
}

fn times(a: &Weights, b: &Weights, angle: &Angle, limits: &Limits) -> Result<Weights, RepError> {
    let mut out = Weights::new();
    for (v, m) in a {
        limits.check()?;
        for (w, n) in b {
            *out.entry(angle.normal(v + w)).or_default() += m * n;
        }
    }
    if out.len() > MAX_TERMS { Err(RepError::TooComplicated) } else { Ok(out) }
}

/// `Sym^k` or `Λ^k`, one weight after the other: `∏ (1 − t z^w)^(−n)` or `∏ (1 + t z^w)^n` up to `t^k`.
fn power(weights: &Weights, k: u32, alternating: bool, angle: &Angle, limits: &Limits) -> Result<Weights, RepError> {
    let k = k as usize;
    if k > MAX_TERMS {
        return Err(RepError::TooComplicated);
    }
    let mut sums: Vec<Weights> = vec![Weights::new(); k + 1];
    sums[0].insert(0, BigInt::one());
    for (w, n) in weights {
        // The coefficients C(n + j − 1, j) or C(n, j).
        let mut coefficients = vec![BigInt::one()];
        for j in 1..=k {
            let last = &coefficients[j - 1];
            let next = if alternating { n - (j - 1) } else { n + (j - 1) };
            coefficients.push(last * next / j);
        }
        let mut next: Vec<Weights> = vec![Weights::new(); k + 1];
        for (degree, sum) in sums.iter().enumerate() {
            limits.check()?;
            for (j, c) in coefficients.iter().enumerate().take(k + 1 - degree).filter(|(_, c)| !c.is_zero()) {
                let shift = w.checked_mul(j.to_i64().unwrap_or(i64::MAX)).ok_or(RepError::TooComplicated)?;
                for (v, m) in sum {
                    *next[degree + j].entry(angle.normal(v + shift)).or_default() += m * c;
                }
            }
        }
        sums = next;
    }
    Ok(sums.pop().unwrap_or_default())
}
