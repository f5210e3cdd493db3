//! Faulty texts, and what the build says of each.
#![allow(missing_docs, unreachable_pub, clippy::unwrap_used, reason = "a test may stop at once")]

#[path = "../../build.rs"]
#[allow(dead_code, unused_macros, clippy::print_stderr, clippy::print_stdout, reason = "a part of it is run here")]
mod build;

const ENGLISH: &str =
    "# status: original\na = One\nb = Two { $x }\nc = { $n ->\n    [one] one\n   *[other] { $n } of { $x }\n }\n";

/// The faults of one file against another.
fn faults(english: &str, other: &str) -> String {
    let mut faults = Vec::new();
    let english = build::messages("en", english, &mut faults);
    let other = build::messages("xx", other, &mut faults);
    build::compare("xx", &english, &other, &mut faults);
    faults.join("\n")
}

#[test]
fn what_is_the_same_is_well() {
    assert_eq!(faults(ENGLISH, ENGLISH), "");
    // Another order, another choice of forms, a variable said twice.
    let other = "c = { $n ->\n    [zero] { $x }\n    [one] { $x } { $x }\n   *[other] { $n }\n }\nb = { $x }\na = Un\n";
    assert_eq!(faults(ENGLISH, other), "");
}

#[test]
fn each_fault_is_named() {
    let table = [
        ("a = One\n", "", "xx.ftl: `a` is missing"),
        ("a = One\n", "a = One\nd = Four\n", "xx.ftl: `d` is not in en.ftl"),
        ("a = One\n", "a = One\na = Again\n", "xx.ftl: `a` stands there twice"),
        ("Two { $x }", "Two", "xx.ftl: `b` has the variables {}, in English {\"x\"}"),
        ("Two { $x }", "Two { $y }", "xx.ftl: `b` has the variables {\"y\"}"),
        ("Two { $x }", "Two { $x", "Expected a token starting with"),
        ("Two { $x }", "Two { x }", "xx.ftl: `b` may hold only texts, variables and choices by number"),
        ("Two { $x }", "Two { NUMBER($x) }", "xx.ftl: `b` may hold only"),
        ("a = One\n", "a =\n    .title = One\n", "xx.ftl: `a` has no text"),
        ("a = One\n", "a = One\n-brand = Us\n", "xx.ftl: `-brand`: there are no terms here"),
        ("*[other]", "[other]", "must have a default variant"),
    ];
    for (from, to, said) in table {
        assert!(ENGLISH.contains(from));
        let found = faults(ENGLISH, &ENGLISH.replacen(from, to, 1));
        assert!(found.contains(said), "{to}: {found}");
    }
}
