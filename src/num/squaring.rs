//! Powers by repeated squaring, for everything that has an associative product.

/// `start · x^exponent` with at most `2 log₂ exponent` products; `start` must commute with `x`, as 1 does.
pub fn power<T: Clone>(start: T, x: &T, exponent: u64, product: impl Fn(&T, &T) -> T) -> T {
    let Ok(found) = try_power(start, x, exponent, |a, b| Ok::<T, std::convert::Infallible>(product(a, b)));
    found
}

/// The same where a product can fail; the first failure is returned.
pub fn try_power<T: Clone, E>(
    start: T,
    x: &T,
    exponent: u64,
    mut product: impl FnMut(&T, &T) -> Result<T, E>,
) -> Result<T, E> {
    let (mut result, mut square, mut left) = (start, x.clone(), exponent);
    while left > 0 {
        if left & 1 == 1 {
            result = product(&result, &square)?;
        }
        left >>= 1;
        // The last square would not be used; of large things it is the largest.
        if left > 0 {
            square = product(&square, &square)?;
        }
    }
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_by_counting_factors() {
        for exponent in 0..70 {
            assert_eq!(power(7, &3, exponent, |a, b| a * b % 1009), (0..exponent).fold(7, |x, _| x * 3 % 1009));
        }
        // Words: the product is concatenation, so the power is a repetition.
        assert_eq!(power(String::new(), &"ab".to_string(), 5, |a, b| format!("{a}{b}")), "ab".repeat(5));
    }

    #[test]
    fn no_product_is_made_in_vain() {
        // x^8 is three squares and one product with the start; a fifth product fails.
        let within = |most: usize| {
            let mut left = most;
            try_power(1u64, &2, 8, |a, b| {
                left = left.checked_sub(1).ok_or("too many products")?;
                Ok::<u64, &str>(a * b)
            })
        };
        assert_eq!((within(4), within(3)), (Ok(256), Err("too many products")));
    }
}
