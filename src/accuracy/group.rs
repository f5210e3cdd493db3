//! Group privacy: what a guarantee for one unit means for several together.
//!
//! Guarantee: ρ-zCDP for one unit is k²ρ-zCDP for any k units (Bun and Steinke
//! 2016, Proposition 1.9), rounded up.
//! Non-guarantee: it assumes that k is a true limit.

use super::rounding::mul_up;

/// ρ for `k` units changed together.
#[must_use]
pub fn group_rho(rho: f64, k: u32) -> f64 {
    // k² is exact below 2^53; quotas and weeks are far from it.
    mul_up(mul_up(f64::from(k), f64::from(k)), rho)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_of_worker_weeks() {
        assert_eq!(group_rho(0.5, 13), 84.5);
        assert_eq!(group_rho(0.5, 1), 0.5);
        assert_eq!(group_rho(0.5, 0), 0.0);
    }
}
