//! Real roots, counted and separated by Sturm's theorem.

use super::Polynomial;
use crate::num::Rational;

impl Polynomial {
    /// Rational numbers `c_0 < c_1 < … < c_k`, none a root, with exactly one real root between neighbours and none
    /// outside; `k` is the number of real roots. The polynomial must be squarefree and not zero.
    pub fn separate_real_roots(&self) -> Vec<Rational> {
        let chain = self.sturm_chain();
        let bound = self.root_bound();
        let mut out = vec![-&bound];
        separate(&chain, -&bound, bound, &mut out);
        out
    }

    /// The number of real roots.
    pub fn real_root_count(&self) -> usize {
        let bound = self.root_bound();
        let chain = self.sturm_chain();
        sign_changes(&chain, &-&bound) - sign_changes(&chain, &bound)
    }

    /// Cauchy's bound `1 + max |c_k / c_n|`: every root is strictly smaller in absolute value.
    fn root_bound(&self) -> Rational {
        let leading = self.leading();
        let largest = self.0.iter().map(|c| c.checked_div(&leading).unwrap_or_default().abs()).max();
        &largest.unwrap_or_default() + &Rational::ONE
    }

    fn sturm_chain(&self) -> Vec<Polynomial> {
        let mut chain = vec![self.clone(), self.derivative()];
        while let [.., a, b] = chain.as_slice()
            && !b.is_zero()
        {
            let rest = a.div_rem(b).1;
            // A positive factor changes no sign and keeps the coefficients small.
            let size = rest.leading().abs().recip().unwrap_or(Rational::ONE);
            chain.push(rest.scale(&-&size));
        }
        chain.retain(|p| !p.is_zero());
        chain
    }
}

fn sign_changes(chain: &[Polynomial], t: &Rational) -> usize {
    let signs: Vec<i32> = chain.iter().map(|p| p.evaluate(t).signum()).filter(|&s| s != 0).collect();
    signs.windows(2).filter(|w| w[0] != w[1]).count()
}

/// Appends separators for the roots in `(low, high)`, ending with `high` when there is a root.
fn separate(chain: &[Polynomial], low: Rational, high: Rational, out: &mut Vec<Rational>) {
    let mut stack = vec![(low, high)];
    while let Some((low, high)) = stack.pop() {
        let count = sign_changes(chain, &low) - sign_changes(chain, &high);
        match count {
            0 => {}
            1 => out.push(high),
            _ => {
                let middle = split_point(chain, &low, &high);
                stack.push((middle.clone(), high));
                stack.push((low, middle));
            }
        }
    }
}

/// A point near the middle of the interval that is no root.
fn split_point(chain: &[Polynomial], low: &Rational, high: &Rational) -> Rational {
    let width = high - low;
    for k in 2i64.. {
        let point = low + &(&width * &Rational::new(k / 2, k).unwrap_or(Rational::ONE));
        if !chain.first().is_none_or(|p| p.evaluate(&point).is_zero()) {
            return point;
        }
    }
    low.clone() // unreachable: a polynomial has finitely many roots
}

#[cfg(test)]
mod tests {
    use super::super::integers;

    #[test]
    fn counts_real_roots() {
        assert_eq!(integers(&[-2, 0, 1]).real_root_count(), 2);
        assert_eq!(integers(&[2, 0, 1]).real_root_count(), 0);
        assert_eq!(integers(&[0, -1, 0, 1]).real_root_count(), 3);
        assert_eq!(integers(&[-2, 0, 0, 1]).real_root_count(), 1);
    }

    #[test]
    fn separates_them() {
        let wilkinson = (1..=8).fold(integers(&[1]), |p, k| p.mul(&integers(&[-k, 1])));
        let points = wilkinson.separate_real_roots();
        assert_eq!(points.len(), 9);
        assert!(points.windows(2).all(|w| w[0] < w[1]));
        assert!(points.windows(2).all(|w| wilkinson.evaluate(&w[0]).signum() != wilkinson.evaluate(&w[1]).signum()));
        assert_eq!(integers(&[1, 0, 1]).separate_real_roots().len(), 1);
    }
}
