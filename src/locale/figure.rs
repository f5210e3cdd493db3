//! Figures that are not counts: estimates, limits, costs.

use super::{Text, number};

impl Text {
    /// A figure rounded to a whole number, grouped.
    #[must_use]
    pub fn whole(self, value: f64) -> String {
        let rounded = value.round();
        let digits = number::grouped_digits(self.lang(), &format!("{:.0}", rounded.abs()));
        if rounded < 0.0 { format!("−{digits}") } else { digits }
    }

    /// A figure with so many decimals at most, and no zeros at their end.
    #[must_use]
    pub fn decimal(self, value: f64, most: usize) -> String {
        let written = format!("{:.most$}", value.abs());
        let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
        let mut text = if value < 0.0 { "−".to_owned() } else { String::new() };
        text.push_str(&number::grouped_digits(self.lang(), whole));
        let decimals = decimals.trim_end_matches('0');
        if !decimals.is_empty() {
            text.push(number::decimal_sign(self.lang()));
            text.push_str(decimals);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::{Lang, Text};

    #[test]
    fn figures_are_written_as_the_language_does() {
        let [en, de, fr, ar] = [Lang::En, Lang::De, Lang::Fr, Lang::Ar].map(Text::new);
        assert_eq!((en.whole(1_234_567.4), de.whole(1_234.5)), ("1,234,567".to_owned(), "1.235".to_owned()));
        assert_eq!((fr.whole(-10_000.0), en.whole(-0.4)), ("−10\u{202f}000".to_owned(), "0".to_owned()));
        assert_eq!(
            (en.decimal(84.5, 3), de.decimal(84.5, 3), ar.decimal(0.50, 3)),
            ("84.5".into(), "84,5".into(), "0.5".into())
        );
        assert_eq!((en.decimal(1_000.0, 1), en.decimal(-1.25, 1)), ("1,000".to_owned(), "−1.2".to_owned()));
        assert_eq!(en.whole(1e20), "100,000,000,000,000,000,000");
        assert!(!en.whole(f64::NAN).is_empty() && !en.decimal(f64::INFINITY, 2).is_empty());
    }
}
