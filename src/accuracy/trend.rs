//! Figures of several periods held against each other, or added.
//!
//! Guarantee: noise of different periods is independent, so variances add, both
//! for a sum and for a difference. `Up` and `Down` are each wrong in at most
//! 2.5 % of comparisons of two equal totals.
//! Non-guarantee: it speaks of noise only. More tallies sent, more workers or
//! a longer period move a total too.

use super::interval::Z95;

/// What the 95 % interval of a difference says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// The whole interval is above 0.
    Up,
    /// The whole interval is below 0.
    Down,
    /// 0 lies inside the interval, or at its end.
    CannotTell,
}

/// A later figure less an earlier one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Later less earlier; unbiased.
    pub estimate: f64,
    /// Standard deviation of its noise.
    pub stdev: f64,
    /// Lower end of its 95 % interval; not clamped.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Judged on the interval, never on the estimate.
    pub trend: Trend,
}

/// Standard deviation of a sum or difference of independent figures: the root of the sum of variances.
#[must_use]
pub fn spread(stdevs: impl IntoIterator<Item = f64>) -> f64 {
    stdevs.into_iter().map(|stdev| stdev * stdev).sum::<f64>().sqrt()
}

/// The change from `earlier` to `later`, each an estimate and its standard deviation.
#[must_use]
pub fn difference(earlier: (f64, f64), later: (f64, f64)) -> Difference {
    let estimate = later.0 - earlier.0;
    let stdev = spread([earlier.1, later.1]);
    let (low, high) = (estimate - Z95 * stdev, estimate + Z95 * stdev);
    let trend = if low > 0.0 {
        Trend::Up
    } else if high < 0.0 {
        Trend::Down
    } else {
        Trend::CannotTell
    };
    Difference { estimate, stdev, low, high, trend }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variances_add() {
        assert_eq!(spread([3.0, 4.0]), 5.0);
        assert_eq!(spread([]), 0.0);
        assert!((spread([2.0; 4]) - 4.0).abs() < 1e-12);
    }

    #[test]
    fn the_whole_interval_decides() {
        // The spread is 5, half the interval 9.8.
        assert_eq!(difference((100.0, 3.0), (110.0, 4.0)).trend, Trend::Up);
        assert_eq!(difference((100.0, 3.0), (109.0, 4.0)).trend, Trend::CannotTell);
        assert_eq!(difference((110.0, 3.0), (100.0, 4.0)).trend, Trend::Down);
        assert_eq!(difference((0.0, 0.0), (0.0, 0.0)).trend, Trend::CannotTell);
        assert_eq!(difference((0.0, f64::NAN), (9.0, 1.0)).trend, Trend::CannotTell);
    }

    #[test]
    fn backwards_is_the_same_with_the_sign_turned() {
        let (there, back) = (difference((5.0, 1.0), (9.0, 2.0)), difference((9.0, 2.0), (5.0, 1.0)));
        assert_eq!((there.estimate, there.low, there.high), (-back.estimate, -back.high, -back.low));
        assert_eq!(there.stdev, back.stdev);
    }
}
