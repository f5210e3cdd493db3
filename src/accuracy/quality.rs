//! The quality mark of one figure.
//!
//! Guarantee: official statistics' practice on the coefficient of variation
//! (Statistics Canada: up to 16.5 % without restriction, up to 33.3 % with
//! caution), judged on the unrounded estimate.
//! Non-guarantee: the mark speaks of noise only, not of tallies never sent or cut at the cap.

use crate::domain::release::Quality;

/// Largest coefficient of variation that is `good`.
pub const GOOD: f64 = 0.165;
/// Largest coefficient of variation to use with caution.
pub const CAUTION: f64 = 0.333;

/// The mark for an estimate whose noise has this standard deviation.
#[must_use]
pub fn quality(estimate: f64, stdev: f64) -> Quality {
    if estimate > 0.0 && stdev <= GOOD * estimate {
        Quality::Good
    } else if estimate > 0.0 && stdev <= CAUTION * estimate {
        Quality::Caution
    } else {
        Quality::TooUncertain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_change_at_their_limits() {
        assert_eq!(quality(1000.0, 165.0), Quality::Good);
        assert_eq!(quality(1000.0, 165.1), Quality::Caution);
        assert_eq!(quality(1000.0, 333.0), Quality::Caution);
        assert_eq!(quality(1000.0, 333.1), Quality::TooUncertain);
    }

    #[test]
    fn nothing_at_or_below_zero_is_usable() {
        assert_eq!(quality(0.0, 0.0), Quality::TooUncertain);
        assert_eq!(quality(-5.0, 0.1), Quality::TooUncertain);
        assert_eq!(quality(f64::NAN, 1.0), Quality::TooUncertain);
    }
}
