//! Sums and products of privacy costs, rounded upward.
//!
//! Guarantee: each result is at least the exact real result, and equal to it
//! where that is a floating-point number.
//! Non-guarantee: inputs are taken as exact; costs must be finite, normal and ≥ 0.

/// `a + b`, rounded up.
#[must_use]
pub fn add_up(a: f64, b: f64) -> f64 {
    let sum = a + b;
    // Knuth's two-sum: the exact error of the rounded sum.
    let b_part = sum - a;
    let error = (a - (sum - b_part)) + (b - b_part);
    if error > 0.0 { sum.next_up() } else { sum }
}

/// `a · b`, rounded up.
#[must_use]
pub fn mul_up(a: f64, b: f64) -> f64 {
    let product = a * b;
    if a.mul_add(b, -product) > 0.0 { product.next_up() } else { product }
}

/// `a / b` for `b > 0`, rounded up.
#[must_use]
pub fn div_up(a: f64, b: f64) -> f64 {
    let quotient = a / b;
    // The remainder is negative where the quotient was rounded up already.
    if quotient.mul_add(-b, a) > 0.0 { quotient.next_up() } else { quotient }
}

/// The sum of all terms, rounded up at each step.
#[must_use]
pub fn sum_up(terms: impl IntoIterator<Item = f64>) -> f64 {
    terms.into_iter().fold(0.0, add_up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_results_stay_exact() {
        assert_eq!(add_up(0.25, 0.5), 0.75);
        assert_eq!(mul_up(169.0, 0.5), 84.5);
        assert_eq!(div_up(1.0, 4.0), 0.25);
    }

    #[test]
    fn inexact_results_go_up() {
        let tiny = 2f64.powi(-60);
        assert_eq!(add_up(1.0, tiny), 1.0 + f64::EPSILON);
        assert_eq!(add_up(tiny, 1.0), 1.0 + f64::EPSILON);
        let one_third = div_up(1.0, 3.0);
        assert!(one_third > 1.0 / 3.0 || 3.0f64.mul_add(one_third, -1.0) >= 0.0);
        assert!(0.1f64.mul_add(0.1, -mul_up(0.1, 0.1)) <= 0.0);
    }

    /// Exact multiple of 2^-83: sums of such integers are exact.
    #[expect(clippy::cast_possible_truncation, reason = "scaled values are whole and below 2^94")]
    fn fixed(x: f64) -> i128 {
        (x * 2f64.powi(83)) as i128
    }

    proptest::proptest! {
        #[test]
        fn never_below_the_exact_result(a in 1e-9f64..1e3, b in 1e-9f64..1e3) {
            proptest::prop_assert!(fixed(add_up(a, b)) >= fixed(a) + fixed(b));
            proptest::prop_assert!(a.mul_add(b, -mul_up(a, b)) <= 0.0);
            proptest::prop_assert!(div_up(a, b).mul_add(b, -a) >= 0.0);
        }
    }
}
