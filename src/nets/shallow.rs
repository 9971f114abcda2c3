//! Shallow ReLU networks with exact weights, and those that a finite group leaves invariant.
//!
//! `f(x) = Σ a_i ReLU(w_i·x + b_i) + c·x + d` over Q. Two such networks are the same function exactly when their canonical forms
//! agree: rows scaled to a leading 1 by `ReLU(λt) = λ ReLU(t)` and `ReLU(-t) = ReLU(t) - t`, equal rows added up, rows
//! with coefficient 0 left out. So invariance is decided, not sampled.
//!
//! The invariant networks of an irreducible architecture (Agrawal and Ostrowski 2022) have as rows the images `w_i` of one weight
//! vector, `f(x) = a Σ ReLU(w_i·x + b) + c·x + d` for type 1 and `f(x) = a/2 Σ |w_i·x| + c·x + d` for type 2, with `c` fixed by
//! the group.

use std::collections::{BTreeMap, BTreeSet};

use super::NetError;
use crate::equivariant::SignedPermutation;
use crate::finite::signed_orbits;
use crate::float::Random;
use crate::limits::Limits;
use crate::num::Rational;

/// Streams of other rooms have other numbers.
const STREAM: u64 = (1 << 42) + (1 << 35);
/// Networks with more hidden units are not written out.
const MOST_UNITS: usize = 1 << 20;

/// A shallow network with exact weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Shallow {
    /// The rows `w_i`, all of one length.
    pub rows: Vec<Vec<Rational>>,
    /// The coefficients `a_i`.
    pub outer: Vec<Rational>,
    /// The biases `b_i`.
    pub biases: Vec<Rational>,
    /// The linear part `c`.
    pub linear: Vec<Rational>,
    /// The constant `d`.
    pub constant: Rational,
}

/// The canonical form: two networks are the same function exactly when theirs are equal.
#[derive(Clone, Debug, PartialEq)]
struct Canonical {
    /// The coefficient of each row `[w | b]` with leading entry 1.
    units: BTreeMap<Vec<Rational>, Rational>,
    linear: Vec<Rational>,
    constant: Rational,
}

impl Shallow {
    /// The value at a point.
    pub fn value(&self, x: &[Rational]) -> Rational {
        let product = |w: &[Rational]| {
            let mut sum = Rational::ZERO;
            w.iter().zip(x).filter(|(w, _)| !w.is_zero()).for_each(|(w, x)| sum.add_product(w, x));
            sum
        };
        let mut out = &product(&self.linear) + &self.constant;
        for ((w, a), b) in self.rows.iter().zip(&self.outer).zip(&self.biases) {
            let t = &product(w) + b;
            if t.signum() > 0 {
                out.add_product(a, &t);
            }
        }
        out
    }

    /// The same in doubles.
    pub fn float_value(&self, x: &[f64]) -> f64 {
        let product = |w: &[Rational]| w.iter().zip(x).map(|(w, x)| w.to_f64() * x).sum::<f64>();
        let units = self.rows.iter().zip(&self.outer).zip(&self.biases);
        let hidden: f64 = units.map(|((w, a), b)| a.to_f64() * (product(w) + b.to_f64()).max(0.0)).sum();
        hidden + product(&self.linear) + self.constant.to_f64()
    }

    /// `x ↦ f(g x)`.
    pub fn after(&self, g: &SignedPermutation) -> Shallow {
        let moved = |w: &[Rational]| {
            let entry = |i: usize| match g.image(i) {
                Some((j, true)) => -&w[j],
                Some((j, false)) => w[j].clone(),
                None => Rational::ZERO,
            };
            (0..w.len()).map(entry).collect::<Vec<Rational>>()
        };
        Shallow {
            rows: self.rows.iter().map(|w| moved(w)).collect(),
            outer: self.outer.clone(),
            biases: self.biases.clone(),
            linear: moved(&self.linear),
            constant: self.constant.clone(),
        }
    }

    /// Whether both are the same function.
    pub fn is_same_function(&self, other: &Shallow) -> bool {
        self.linear.len() == other.linear.len() && self.canonical() == other.canonical()
    }

    /// The first generator that changes the function.
    pub fn changed_by(&self, generators: &[SignedPermutation], limits: &Limits) -> Result<Option<usize>, NetError> {
        let canonical = self.canonical();
        for (k, g) in generators.iter().enumerate() {
            limits.check()?;
            if self.after(g).canonical() != canonical {
                return Ok(Some(k));
            }
        }
        Ok(None)
    }

    fn canonical(&self) -> Canonical {
        let mut out =
            Canonical { units: BTreeMap::new(), linear: self.linear.clone(), constant: self.constant.clone() };
        for ((w, a), b) in self.rows.iter().zip(&self.outer).zip(&self.biases) {
            let Some(lead) = w.iter().find(|x| !x.is_zero()) else {
                if b.signum() > 0 {
                    out.constant.add_product(a, b);
                }
                continue;
            };
            if lead.signum() < 0 {
                out.linear.iter_mut().zip(w).for_each(|(c, w)| c.add_product(a, w));
                out.constant.add_product(a, b);
            }
            // Both the row and its negative have this multiple with leading entry 1.
            let Some(inverse) = lead.recip() else { continue };
            let key = w.iter().chain([b]).map(|x| x * &inverse).collect();
            out.units.entry(key).or_insert(Rational::ZERO).add_product(a, &lead.abs());
        }
        out.units.retain(|_, a| !a.is_zero());
        out
    }
}

/// A network of an irreducible architecture.
#[derive(Clone, Debug, PartialEq)]
pub struct InvariantNetwork {
    /// 1 or 2.
    pub kind: u8,
    /// The rows as labels: the number of a free weight, negative where it enters with a minus, 0 for zero.
    pub labels: Vec<Vec<i64>>,
    /// The free weights.
    pub weights: Vec<Rational>,
    /// The coefficient `a` of the sum.
    pub slope: Rational,
    /// The bias `b`; 0 for type 2.
    pub bias: Rational,
    /// The coefficients of the invariant linear forms.
    pub fixed: Vec<Rational>,
    /// The constant `d`.
    pub constant: Rational,
    /// The network as a sum of ReLUs.
    pub network: Shallow,
}

/// What is chosen in a network of a given architecture.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The free weights; random ones where none are given.
    pub weights: Option<Vec<Rational>>,
    /// The coefficient of the sum, not 0.
    pub slope: Option<Rational>,
    /// The bias of type 1.
    pub bias: Option<Rational>,
    /// The coefficients of the invariant linear forms.
    pub fixed: Option<Vec<Rational>>,
    /// The constant.
    pub constant: Option<Rational>,
}

impl InvariantNetwork {
    /// The network with this pattern of weights for a group that acts on the inputs by signed permutations. What is not chosen is
    /// drawn: rational numbers with small numerators, weights of different absolute values.
    ///
    /// The images of the pattern must be `width` many, up to sign for type 2: that is checked.
    pub fn new(
        (pattern, kind): (&[i64], u8),
        width: &num_bigint::BigUint,
        generators: &[SignedPermutation],
        choice: &Choice,
        limits: &Limits,
    ) -> Result<InvariantNetwork, NetError> {
        let count = usize::try_from(width).ok().filter(|w| *w <= MOST_UNITS);
        let many =
            || NetError::Argument(format!("{width} hidden units are too many to write out; at most {MOST_UNITS}"));
        let count = count.ok_or_else(many)?;
        let size = pattern.len();
        limits.reserve(count as u128 * size as u128 * (24 + size_of::<Rational>() as u128))?;
        let labels = images(pattern, kind == 2, generators, count, limits)?;
        if labels.len() != count {
            let message = format!("the pattern has {} images, the architecture {count} hidden units", labels.len());
            return Err(NetError::Argument(message));
        }
        let free = pattern.iter().map(|l| l.unsigned_abs() as usize).max().unwrap_or(0);
        let forms = invariant_forms(size, generators);
        let mut random = Random::new(limits.seed(), STREAM);
        let given = |list: &Option<Vec<Rational>>, wanted: usize, what: &str| match list {
            Some(list) if list.len() != wanted => {
                Err(NetError::Argument(format!("there are {wanted} {what}, not {}", list.len())))
            }
            Some(list) => Ok(Some(list.clone())),
            None => Ok(None),
        };
        let weights = given(&choice.weights, free, "free weights")?.unwrap_or_else(|| distinct(free, &mut random));
        let fixed = given(&choice.fixed, forms.len(), "invariant linear forms")?;
        let fixed = fixed.unwrap_or_else(|| forms.iter().map(|_| small(&mut random)).collect());
        let slope = choice.slope.clone().unwrap_or_else(|| small(&mut random));
        let bias = match (kind, &choice.bias) {
            (2, Some(b)) if !b.is_zero() => return Err(NetError::Argument("networks of type 2 have no bias".into())),
            (2, _) => Rational::ZERO,
            (_, given) => given.clone().unwrap_or_else(|| small(&mut random)),
        };
        let constant = choice.constant.clone().unwrap_or_else(|| small(&mut random));
        if slope.is_zero() || weights.iter().all(Rational::is_zero) {
            return Err(NetError::Argument("without weights or with the coefficient 0 there is no network".into()));
        }
        let value = |label: i64| match usize::try_from(label.unsigned_abs()).unwrap_or(0) {
            0 => Rational::ZERO,
            k if label < 0 => -&weights[k - 1],
            k => weights[k - 1].clone(),
        };
        let rows: Vec<Vec<Rational>> = labels.iter().map(|row| row.iter().map(|&l| value(l)).collect()).collect();
        let mut linear = vec![Rational::ZERO; size];
        for (form, c) in forms.iter().zip(&fixed) {
            form.iter().for_each(|&(i, negative)| linear[i] += &if negative { -c } else { c.clone() });
        }
        if kind == 2 {
            // a ReLU(t) - a t / 2 = a |t| / 2.
            let half = &slope * &Rational::new(-1, 2).unwrap_or(Rational::ZERO);
            for row in &rows {
                linear.iter_mut().zip(row).for_each(|(c, w)| c.add_product(&half, w));
            }
        }
        let (outer, biases) = (vec![slope.clone(); count], vec![bias.clone(); count]);
        let network = Shallow { rows, outer, biases, linear, constant: constant.clone() };
        Ok(InvariantNetwork { kind, labels, weights, slope, bias, fixed, constant, network })
    }
}

/// A rational number that is not 0.
fn small(random: &mut Random) -> Rational {
    let (p, q) = (random.below(9) as i64 + 1, random.below(4) as i64 + 1);
    let sign = if random.below(2) == 0 { 1 } else { -1 };
    Rational::new(sign * p, q).unwrap_or(Rational::ONE)
}

/// Rational numbers with different absolute values.
fn distinct(count: usize, random: &mut Random) -> Vec<Rational> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::with_capacity(count);
    let mut room = 9 + 2 * count;
    while out.len() < count {
        let p = random.below(room) as i64 + 1;
        let x = Rational::new(if random.below(2) == 0 { p } else { -p }, random.below(3) as i64 + 1);
        room += 1;
        if let Some(x) = x
            && seen.insert(x.abs())
        {
            out.push(x);
        }
    }
    out
}

/// The images of a vector of labels, itself first, up to sign when `lines`; more than `most` are not looked for.
fn images(
    pattern: &[i64],
    lines: bool,
    generators: &[SignedPermutation],
    most: usize,
    limits: &Limits,
) -> Result<Vec<Vec<i64>>, NetError> {
    let minus = |v: &[i64]| v.iter().map(|x| -x).collect::<Vec<i64>>();
    let mut seen: BTreeSet<Vec<i64>> = BTreeSet::from([pattern.to_vec()]);
    let mut out = vec![pattern.to_vec()];
    let mut next = 0;
    while next < out.len() && out.len() <= most {
        limits.check()?;
        for g in generators {
            let mut image = vec![0; pattern.len()];
            for (i, &label) in out[next].iter().enumerate() {
                if let Some((j, negative)) = g.image(i) {
                    image[j] = if negative { -label } else { label };
                }
            }
            let known = seen.contains(&image) || (lines && seen.contains(&minus(&image)));
            if !known {
                seen.insert(image.clone());
                out.push(image);
            }
        }
        next += 1;
    }
    Ok(out)
}

/// The linear forms that all generators fix, with disjoint supports: places with signs.
pub fn invariant_forms(size: usize, generators: &[SignedPermutation]) -> Vec<Vec<(usize, bool)>> {
    signed_orbits(size, generators.len(), |g, at| generators[g].image(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finite::{self, PermutationGroup, architectures, signed_architectures};

    fn q(p: i64, r: i64) -> Rational {
        Rational::new(p, r).unwrap()
    }

    /// The canonical form knows `ReLU(-t) = ReLU(t) - t`, multiples, and constants.
    #[test]
    fn canonical_forms_are_functions() {
        let one = |w: [i64; 2], b: i64, a: i64, c: [i64; 2], d: i64| Shallow {
            rows: vec![w.map(Rational::from).to_vec()],
            outer: vec![Rational::from(a)],
            biases: vec![Rational::from(b)],
            linear: c.map(Rational::from).to_vec(),
            constant: Rational::from(d),
        };
        let f = one([2, -4], 6, 1, [0, 0], 0);
        assert!(f.is_same_function(&one([1, -2], 3, 2, [0, 0], 0)));
        assert!(f.is_same_function(&one([-1, 2], -3, 2, [2, -4], 6)));
        assert!(!f.is_same_function(&one([-1, 2], -3, 2, [2, -4], 5)));
        assert!(one([0, 0], 5, 2, [1, 1], 0).is_same_function(&one([1, 0], 0, 0, [1, 1], 10)));
        assert_eq!(f.value(&[q(1, 2), q(1, 1)]), q(3, 1));
        assert_eq!(f.float_value(&[0.5, 1.0]), 3.0);
    }

    /// Every admissible pair of C_6, D_6, S_4, A_5 and Q_8 carries invariant networks (acceptance case 15): random rational ones are
    /// invariant as functions, and so are their values; without the linear part those of type 2 are not.
    #[test]
    fn networks_of_all_admissible_pairs_are_invariant() {
        let limits = Limits::none().with_seed(3);
        let groups = [
            finite::cyclic(6).unwrap(),
            finite::dihedral(6).unwrap(),
            finite::symmetric(4).unwrap(),
            finite::alternating(5).unwrap(),
            finite::quaternion().unwrap(),
        ];
        let mut count = 0;
        for group in groups {
            let generators: Vec<SignedPermutation> = group.generators().iter().map(SignedPermutation::from).collect();
            for a in architectures(&group, None, &limits).unwrap().pairs.unwrap() {
                let made =
                    InvariantNetwork::new((&a.pattern, a.kind), &a.width, &generators, &Choice::default(), &limits);
                if a.rejection.is_some() {
                    continue;
                }
                let made = made.unwrap();
                count += 1;
                assert_eq!(made.network.changed_by(&generators, &limits).unwrap(), None);
                // Values at a random point and its images, through code that knows nothing of canonical forms.
                let mut random = Random::new(5, count);
                let x: Vec<Rational> = (0..group.degree()).map(|_| small(&mut random)).collect();
                for p in group.generators() {
                    let mut y = x.clone();
                    (0..x.len()).for_each(|i| y[p.image(i).unwrap()] = x[i].clone());
                    assert_eq!(made.network.value(&x), made.network.value(&y));
                }
                if a.kind == 2 {
                    let sum: Vec<Rational> = (0..x.len())
                        .map(|i| made.network.rows.iter().fold(Rational::ZERO, |s, row| &s + &row[i]))
                        .collect();
                    let mut broken = made.network.clone();
                    let half = &made.slope * &q(1, 2);
                    broken.linear.iter_mut().zip(&sum).for_each(|(c, s)| c.add_product(&half, s));
                    // Where the sum of the rows is invariant nothing breaks.
                    let invariant =
                        group.generators().iter().all(|p| (0..x.len()).all(|i| sum[p.image(i).unwrap()] == sum[i]));
                    assert_eq!(broken.changed_by(&generators, &limits).unwrap().is_none(), invariant);
                }
            }
        }
        // 6, 14, 8, 9 and 13 architectures.
        assert_eq!(count, 50);
    }

    /// `x ↦ -x` on R^3: type 2 is |w·x|, type 1 a pair of ReLUs.
    #[test]
    fn inversion_of_grey_levels() {
        let limits = Limits::none();
        let minus = finite::Permutation::from_images((0..6).map(|x| x ^ 1).collect()).unwrap();
        let group = PermutationGroup::new("±1", 6, vec![minus]).unwrap();
        let generators = [SignedPermutation::new(&[0, 1, 2], &[true; 3]).unwrap()];
        let all = signed_architectures(&group, None, &limits).unwrap().pairs.unwrap();
        let listed: Vec<(String, u8, usize)> =
            all.iter().filter(|a| a.rejection.is_none()).map(|a| (a.width.to_string(), a.kind, a.free)).collect();
        assert_eq!(listed, [("2".to_string(), 1, 3), ("1".to_string(), 2, 3)]);
        let second = all.iter().find(|a| a.kind == 2).unwrap();
        let choice = Choice {
            weights: Some(vec![q(1, 1), q(2, 1), q(-1, 1)]),
            slope: Some(q(2, 1)),
            constant: Some(q(0, 1)),
            ..Choice::default()
        };
        let made = InvariantNetwork::new((&second.pattern, 2), &second.width, &generators, &choice, &limits).unwrap();
        assert_eq!(made.network.value(&[q(1, 1), q(0, 1), q(3, 1)]), q(2, 1));
        assert_eq!(made.network.value(&[q(-1, 1), q(0, 1), q(-3, 1)]), q(2, 1));
        assert!(made.fixed.is_empty());
        let biased = Choice { bias: Some(q(1, 1)), ..Choice::default() };
        assert!(InvariantNetwork::new((&second.pattern, 2), &second.width, &generators, &biased, &limits).is_err());
    }
}
