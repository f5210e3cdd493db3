//! YAML for one entry of fixed shape: maps, lists, texts and numbers.
//!
//! Guarantee: every text is in double quotes with everything escaped that YAML
//! could read otherwise, so no text can be anything but that text, in YAML 1.1
//! and 1.2; numbers have no exponent.
//! Why no library: the usual one, `serde_yaml`, is no longer kept, and for a
//! fixed shape a few lines are easier to trust than its successors.

/// A value.
pub(super) enum Yaml {
    Text(String),
    Number(f64),
    List(Vec<String>),
    Map(Vec<(&'static str, Yaml)>),
}

/// A map as a document.
pub(super) fn document(entries: &[(&'static str, Yaml)]) -> String {
    let mut out = String::new();
    map(&mut out, entries, 0);
    out
}

fn map(out: &mut String, entries: &[(&'static str, Yaml)], depth: usize) {
    for (key, value) in entries {
        let indent = "  ".repeat(depth);
        out.push_str(&indent);
        out.push_str(key);
        out.push(':');
        match value {
            Yaml::Text(text) => {
                out.push(' ');
                quoted(out, text);
                out.push('\n');
            }
            Yaml::Number(number) => out.push_str(&format!(" {number}\n")),
            Yaml::List(items) => {
                out.push('\n');
                for item in items {
                    out.push_str(&indent);
                    out.push_str("  - ");
                    quoted(out, item);
                    out.push('\n');
                }
            }
            Yaml::Map(entries) => {
                out.push('\n');
                map(out, entries, depth + 1);
            }
        }
    }
}

fn quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // Not printable in YAML, or a line break in one of its versions.
            '\0'..='\x1f' | '\x7f'..='\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_texts() {
        let text = |t: &str| {
            let mut out = String::new();
            quoted(&mut out, t);
            out
        };
        assert_eq!(text("no"), "\"no\"");
        assert_eq!(text("a: b # c"), "\"a: b # c\"");
        assert_eq!(text("say \"x\" \\ y\n- z"), "\"say \\\"x\\\" \\\\ y\\n- z\"");
        assert_eq!(text("a\u{85}b\u{1b}\u{feff}ü"), "\"a\\u0085b\\u001b\\ufeffü\"");
    }

    #[test]
    fn the_shape_is_indented() {
        let inner = vec![("rho", Yaml::Number(0.5)), ("delta", Yaml::Number(1e-6))];
        let entries = [("a", Yaml::List(vec!["x".into()])), ("b", Yaml::Map(inner)), ("c", Yaml::Number(3.0))];
        assert_eq!(document(&entries), "a:\n  - \"x\"\nb:\n  rho: 0.5\n  delta: 0.000001\nc: 3\n");
    }
}
