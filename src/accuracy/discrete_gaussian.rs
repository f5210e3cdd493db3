//! The discrete Gaussian distribution: integers x with weight exp(−x² / 2σ²).
//!
//! Guarantee: the law OpenDP samples from (Canonne, Kamath, Steinke 2020), to
//! floating-point accuracy. Its standard deviation is a little under σ; from
//! σ = 3 on, both agree in every digit.
//! Non-guarantee: nothing is drawn here.

/// From this scale on the standard deviation equals the scale in floating point.
const SMOOTH: f64 = 3.0;

/// Standard deviation of the distribution with this scale, in counts.
#[must_use]
pub fn stdev(scale: f64) -> f64 {
    if scale >= SMOOTH {
        return scale;
    }
    if scale <= 0.0 {
        return 0.0;
    }
    // Twelve scales hold all weight that floating point can see.
    let mut second = 0.0;
    let mut weights = 1.0;
    for x in (1..=40).map(f64::from) {
        let weight = 2.0 * (-x * x / (2.0 * scale * scale)).exp();
        weights += weight;
        second += weight * x * x;
    }
    (second / weights).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn continuous_where_the_sum_ends() {
        let below = stdev(SMOOTH.next_down());
        assert!((below - SMOOTH).abs() < 1e-12, "{below}");
    }

    #[test]
    fn known_values() {
        // σ² = 1 / 2 ln 2: weights 1, ½, 1/16, 1/512, …
        let scale = (1.0 / (2.0 * 2f64.ln())).sqrt();
        let powers =
            [(1.0, 0.5), (4.0, 1.0 / 16.0), (9.0, 1.0 / 512.0), (16.0, 2f64.powi(-16)), (25.0, 2f64.powi(-25))];
        let weights: f64 = 1.0 + powers.iter().map(|(_, w)| 2.0 * w).sum::<f64>();
        let second: f64 = powers.iter().map(|(x2, w)| 2.0 * x2 * w).sum();
        assert!((stdev(scale) - (second / weights).sqrt()).abs() < 1e-8);
        assert_eq!(stdev(1000.0), 1000.0);
        assert!(stdev(0.1) < 1e-10);
    }
}
