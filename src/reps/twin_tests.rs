//! The slower twin: random expressions over SL(2,R), whose invariants are counted by weights alone.
//!
//! A representation of sl(2) with `m_w` weights equal to `w` has `m_0 − m_2` invariants (Fulton–Harris, section 11.1).

use num_bigint::BigUint;
use proptest::prelude::*;

use super::*;
use crate::lie::named::Arg;
use crate::limits::Limits;

/// What to do with the representations made so far.
#[derive(Clone, Debug)]
enum Step {
    Plus,
    Tensor,
    Hom,
    Dual,
    Times(u64),
    Power(u32),
    Symmetric(u32),
    Alternating(u32),
    PushVector,
    PushScalar,
    PushAdjoint,
}

/// Weights of the `k`-th power: sums over sequences of places, increasing or non-decreasing.
fn weights_of_power(weights: &[i64], k: u32, strict: bool, from: usize) -> Vec<i64> {
    if k == 0 {
        return vec![0];
    }
    let rest = |i: usize| weights_of_power(weights, k - 1, strict, if strict { i + 1 } else { i });
    (from..weights.len()).flat_map(|i| rest(i).into_iter().map(move |w| (i, w))).map(|(i, w)| w + weights[i]).collect()
}

fn products(a: &[i64], b: &[i64]) -> Vec<i64> {
    a.iter().flat_map(|x| b.iter().map(move |y| x + y)).collect()
}

fn invariant_count(weights: &[i64]) -> usize {
    let count = |w: i64| weights.iter().filter(|x| **x == w).count();
    count(0) - count(2)
}

/// Runs the steps on a stack; those that would grow beyond the bound are skipped.
fn run(steps: &[Step], base: &Base) -> (Rep, Vec<i64>) {
    const BOUND: usize = 200;
    let mut stack = vec![(Rep::vector(base).unwrap(), vec![1, -1])];
    for step in steps {
        let (top, weights) = stack.last().cloned().unwrap();
        let below = stack.len().checked_sub(2).map(|at| stack[at].clone());
        let (made, used) = match (step, below) {
            (Step::PushVector, _) => ((Rep::vector(base).unwrap(), vec![1, -1]), 0),
            (Step::PushScalar, _) => ((Rep::scalar(base), vec![0]), 0),
            (Step::PushAdjoint, _) => ((Rep::adjoint(base), vec![-2, 0, 2]), 0),
            (Step::Plus, Some((x, w))) => ((x.plus(&top).unwrap(), [w, weights].concat()), 2),
            (Step::Tensor, Some((x, w))) if w.len() * weights.len() <= BOUND => {
                ((x.tensor(&top).unwrap(), products(&w, &weights)), 2)
            }
            (Step::Hom, Some((x, w))) if w.len() * weights.len() <= BOUND => {
                let minus: Vec<i64> = w.iter().map(|w| -w).collect();
                ((Rep::hom(&x, &top).unwrap(), products(&minus, &weights)), 2)
            }
            (Step::Dual, _) => ((top.dual().unwrap(), weights.iter().map(|w| -w).collect()), 1),
            (Step::Times(n), _) => ((top.times(*n).unwrap(), weights.repeat(*n as usize)), 1),
            (Step::Power(k), _) if weights.len().pow(*k) <= BOUND => {
                let power = (0..*k).fold(vec![0], |sum, _| products(&sum, &weights));
                ((top.power(*k).unwrap(), power), 1)
            }
            (Step::Symmetric(k), _) if weights.len() <= 8 => {
                ((top.symmetric_power(*k).unwrap(), weights_of_power(&weights, *k, false, 0)), 1)
            }
            (Step::Alternating(k), _) if weights.len() <= 8 => {
                ((top.exterior_power(*k).unwrap(), weights_of_power(&weights, *k, true, 0)), 1)
            }
            _ => continue,
        };
        if made.1.len() <= BOUND {
            stack.truncate(stack.len() - used);
            stack.push(made);
        }
    }
    stack.pop().unwrap()
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Plus),
        Just(Step::Tensor),
        Just(Step::Hom),
        Just(Step::Dual),
        (0u64..4).prop_map(Step::Times),
        (0u32..4).prop_map(Step::Power),
        (0u32..4).prop_map(Step::Symmetric),
        (0u32..4).prop_map(Step::Alternating),
        Just(Step::PushVector),
        Just(Step::PushScalar),
        Just(Step::PushAdjoint),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]
    #[test]
    fn invariants_are_counted_by_weights(steps in prop::collection::vec(step(), 1..14)) {
        let limits = Limits::none();
        let args = [Arg::Integer(2), Arg::Text("R".to_string())];
        let group = group_by_name("SL", &args, &limits).unwrap();
        let (rep, weights) = run(&steps, group.base());
        prop_assert_eq!(rep.dim(), &BigUint::from(weights.len()), "{}", rep);
        let expected = invariant_count(&weights);
        prop_assert_eq!(rank(&rep, &limits).unwrap(), BigUint::from(expected), "{}", rep);
        prop_assert_eq!(invariants(&rep, &limits).unwrap().rank(), expected, "{}", rep);
        // The canonical form is isomorphic and stable.
        let canonical = rep.canonical().unwrap();
        prop_assert_eq!(canonical.dim(), rep.dim());
        prop_assert_eq!(&canonical, &rep);
        prop_assert_eq!(invariants(&canonical, &limits).unwrap().rank(), expected, "{}", canonical);
        // The first basis element of sl(2) is diagonal: its diagonal holds the weights.
        let diagonal = &rep.matrices(&limits).unwrap()[0];
        prop_assert!(diagonal.triples().all(|(i, j, _)| i == j));
        let mut found: Vec<i64> = (0..weights.len()).map(|i| diagonal.entry(i, i).to_i64().unwrap()).collect();
        let mut sorted = weights;
        found.sort_unstable();
        sorted.sort_unstable();
        prop_assert_eq!(found, sorted);
        // A representation with these matrices is one: every bracket is checked.
        let copy = Rep::given(group.base(), "X", rep.matrices(&limits).unwrap(), &limits);
        prop_assert!(copy.is_ok(), "{}", rep);
    }
}
