//! ε of a ρ by the textbook bound, where OpenDP is out of reach.
//!
//! Guarantee: ρ-zCDP gives (ε, δ) with ε = ρ + 2·√(ρ·ln(1/δ)) (Bun and Steinke
//! 2016, proposition 1.3): an upper bound, rounded up.
//! Non-guarantee: it is not the least ε. A release states OpenDP's, which is
//! smaller; this one serves for sums of releases.

/// An ε that holds at `delta` (between 0 and 1) for ρ-zCDP.
#[must_use]
pub fn epsilon_bound(rho: f64, delta: f64) -> f64 {
    let epsilon = rho + 2.0 * (rho * -delta.ln()).sqrt();
    // A few roundings of half a unit in the last place each.
    epsilon * (1.0 + 8.0 * f64::EPSILON)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert!((epsilon_bound(0.5, 1e-6) - 5.756_522_0).abs() < 1e-6, "{}", epsilon_bound(0.5, 1e-6));
        assert_eq!(epsilon_bound(0.0, 1e-6), 0.0);
    }

    #[test]
    fn grows_with_rho_and_with_a_smaller_delta() {
        assert!(epsilon_bound(1.0, 1e-6) > epsilon_bound(0.5, 1e-6));
        assert!(epsilon_bound(0.5, 1e-9) > epsilon_bound(0.5, 1e-6));
    }
}
