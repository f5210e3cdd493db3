//! Whether a stated ε holds for a stated ρ, without the library that stated it.
//!
//! Guarantee: δ(ε) is the conversion of Canonne, Kamath and Steinke (2020,
//! proposition 7) from ρ-zCDP: the least over α > 1 of
//! exp((α−1)(αρ−ε)) / (α−1) · (1 − 1/α)^α. Pure.
//! Non-guarantee: floating point; agreement is asked to one part in 10^6.

/// Largest relative difference of an ε.
const SLACK: f64 = 1e-6;
/// Steps of each halving: more than a floating-point number has bits.
const STEPS: u32 = 200;

/// Whether `epsilon` is the least one for ρ-zCDP at `delta`, or a little above.
pub(super) fn holds(epsilon: f64, rho: f64, delta: f64) -> bool {
    let least = least(rho, delta);
    (epsilon - least).abs() <= SLACK * least.max(SLACK)
}

/// The least ε at `delta`.
pub(super) fn least(rho: f64, delta: f64) -> f64 {
    let (mut low, mut high) = (0.0, crate::accuracy::epsilon_bound(rho, delta));
    if log_delta(rho, 0.0) <= delta.ln() {
        return 0.0;
    }
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if log_delta(rho, middle) > delta.ln() { low = middle } else { high = middle }
    }
    high
}

/// ln δ(ε): the exponent is convex in α, and the zero of its slope is found by halving.
fn log_delta(rho: f64, epsilon: f64) -> f64 {
    let slope = |over: f64| (2.0 * over + 1.0) * rho - epsilon + (-1.0 / (over + 1.0)).ln_1p();
    // `over` is α − 1.
    let (mut low, mut high) = (0.0_f64, (epsilon + 1.0) / (2.0 * rho) + 2.0);
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if slope(middle) < 0.0 { low = middle } else { high = middle }
    }
    let over = high;
    over * ((over + 1.0) * rho - epsilon) - over.ln() + (over + 1.0) * (-1.0 / (over + 1.0)).ln_1p()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What OpenDP 0.16 states in releases of the default programme, for all its units.
    #[test]
    fn agrees_with_what_releases_state() {
        for (rho, epsilon) in KNOWN {
            assert!(holds(epsilon, rho, 1e-6), "{rho}: {epsilon} and {}", least(rho, 1e-6));
            assert!(!holds(epsilon * 1.001 + 0.001, rho, 1e-6) && !holds(epsilon * 0.999 - 0.001, rho, 1e-6));
        }
    }

    const KNOWN: [(f64, f64); 5] = [
        (0.5, 5.221_534_444_530_17),
        (84.5, 150.744_755_967_353_97),
        (0.750_000_000_000_682_1, 6.578_162_294_810_209),
        (0.002_556_712_962_965_287, 0.301_069_104_023_438_67),
        (33_800.0, 35_161.784_048_214_4),
    ];
}
