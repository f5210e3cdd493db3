//! Whether a target was met, judged on the interval and never on the noisy point.
//!
//! Guarantee: `reached` and `not-reached` are each wrong in at most 2.5 % of
//! releases, as far as the interval is right.
//! Non-guarantee: the bounded total is judged; what clipping cut off could have reached it.

use super::Interval;
use crate::domain::release::TargetResult;

/// The judgement for a target, in counts over the whole period.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "targets are far below 2^53; above it the nearest number serves")]
pub fn judge(target: u64, interval: Interval) -> TargetResult {
    let target = target as f64;
    if interval.low >= target {
        TargetResult::Reached
    } else if interval.high < target {
        TargetResult::NotReached
    } else {
        TargetResult::CannotTell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_interval_decides() {
        let interval = Interval { low: 90.0, high: 110.0 };
        assert_eq!(judge(90, interval), TargetResult::Reached);
        assert_eq!(judge(91, interval), TargetResult::CannotTell);
        assert_eq!(judge(110, interval), TargetResult::CannotTell);
        assert_eq!(judge(111, interval), TargetResult::NotReached);
    }
}
