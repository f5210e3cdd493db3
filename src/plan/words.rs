//! Numbers and lists in plain words, for sentences and tables.

/// A count: whole from 10 on, one decimal below, two below one; commas between thousands.
#[must_use]
pub fn number(value: f64) -> String {
    if value > 0.0 && value < 0.995 {
        return format!("{value:.2}").trim_end_matches('0').trim_end_matches('.').to_owned();
    }
    if value > 0.0 && value < 9.95 && value.fract() != 0.0 {
        return format!("{value:.1}").trim_end_matches(".0").to_owned();
    }
    let digits = format!("{:.0}", value.max(0.0));
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A part of one as a percentage, never broken over lines; one decimal below 10 %.
#[must_use]
pub fn percent(part: f64) -> String {
    let value = part * 100.0;
    if !value.is_finite() || value >= 9999.5 {
        "over 9,999\u{a0}%".to_owned()
    } else if value > 0.0 && value < 9.95 {
        format!("{value:.1}\u{a0}%")
    } else {
        format!("{}\u{a0}%", number(value.round()))
    }
}

/// How many times one is another: "3.4 times", or "60 %" below one.
#[must_use]
pub fn times(ratio: f64) -> String {
    if ratio < 0.995 { format!("{} of", percent(ratio)) } else { format!("{} times", number(ratio)) }
}

/// "1 tally", "2.7 tallies".
#[must_use]
pub fn counted(value: f64, one: &str, many: &str) -> String {
    let name = if value == 1.0 { one } else { many };
    format!("{} {name}", number(value))
}

/// "a", "a and b", "a, b and c".
#[must_use]
pub fn list<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// The first letter large, as a sentence begins.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A table's name: "the total", "area by setting".
#[must_use]
pub fn table<T: AsRef<str>>(by: &[T]) -> String {
    let by: Vec<&str> = by.iter().map(AsRef::as_ref).collect();
    if by.is_empty() { "the total".to_owned() } else { by.join(" by ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        let numbers = [0.0, 0.04, 0.45, 3.0, 9.9, 9.96, 950.4, 1234.5, 1_234_567.0].map(number);
        assert_eq!(numbers, ["0", "0.04", "0.45", "3", "9.9", "10", "950", "1,234", "1,234,567"]);
        assert_eq!([0.046, 0.099_6, 0.26, 12.0].map(percent), ["4.6\u{a0}%", "10\u{a0}%", "26\u{a0}%", "1,200\u{a0}%"]);
        assert_eq!(percent(f64::INFINITY), "over 9,999\u{a0}%");
        assert_eq!([0.6, 1.0, 3.4].map(times), ["60\u{a0}% of", "1 times", "3.4 times"]);
        assert_eq!(counted(1.0, "tally", "tallies"), "1 tally");
    }

    #[test]
    fn lists_and_names() {
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!((list(&["a"]), list::<&str>(&[])), ("a".to_owned(), String::new()));
        assert_eq!((table(&["area", "setting"]), table::<&str>(&[])), ("area by setting".into(), "the total".into()));
        assert_eq!(capital("area"), "Area");
    }
}
