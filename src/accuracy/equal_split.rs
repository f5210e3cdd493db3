//! Noise for breakdowns that share a measure's ρ equally.
//!
//! One privacy unit moves a breakdown (a marginal) by a vector of L1 norm at
//! most the cap, so of L2 norm at most the cap. Gaussian noise of scale σ then
//! costs cap² / 2σ² (Canonne, Kamath, Steinke 2020). Each of k breakdowns
//! spending ρ_m / k gives σ = cap · √(k / 2ρ_m), whatever its size.
//!
//! Guarantee: the formula. Non-guarantee: rounding; the accounted scale is a
//! hair wider (`release::account`).
//! Callers: `release::account`, and later plan.

/// σ of each of `breakdowns` marginals at an equal split of `rho`, in counts.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a programme has a handful of breakdowns")]
pub fn scale(cap: u32, breakdowns: usize, rho: f64) -> f64 {
    f64::from(cap) * (breakdowns as f64 / (2.0 * rho)).sqrt()
}

/// zCDP cost of one marginal with noise of this scale.
#[must_use]
pub fn cost(cap: u32, scale: f64) -> f64 {
    let ratio = f64::from(cap) / scale;
    ratio * ratio / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_figures() {
        // Five breakdowns, an eighth of ρ = 0.5; then the default programme.
        assert!((scale(1, 5, 0.0625) - 40f64.sqrt()).abs() < 1e-12);
        assert!((scale(1, 5, 0.0625) - 6.32).abs() < 0.005);
        assert!((scale(120, 3, 0.1) / 120.0 - 15f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn costs_add_up_to_the_budget() {
        let spent: f64 = (0..5).map(|_| cost(900, scale(900, 5, 0.0625))).sum();
        assert!((spent - 0.0625).abs() < 1e-12);
    }
}
