//! The plain form of `POST /`.

use peertally::intake::draft::{Draft, RawCount};
use peertally::intake::form::TallyForm;
use peertally::intake::{body, check as checks};
use peertally::policy::Programme;
use serde_json::{Map, Value};

/// A form that was read is shown again with nothing lost: written and read once more it is the same; and it is taken
/// as the JSON body that says the same is taken.
pub fn check(bytes: &[u8]) {
    let Ok(form) = TallyForm::read(bytes) else { return };
    let mut writer = form_urlencoded::Serializer::new(String::new());
    writer.append_pair("card", &form.card).append_pair("receipt", &form.receipt).extend_pairs(&form.typed);
    let again = TallyForm::read(writer.finish().as_bytes()).unwrap_or_default();
    assert!((&again.card, &again.receipt, &again.typed) == (&form.card, &form.receipt, &form.typed), "a field is lost");

    let draft = form.draft();
    assert!(draft == again.draft());
    for programme in super::tally::programmes() {
        let tally = super::tally::judged(&draft, programme);
        let by_json = body::read(as_json(&draft, programme).to_string().as_bytes()).unwrap_or_default();
        assert!(tally == checks::check(by_json, programme).ok(), "form and JSON body differ");
    }
}

/// The same tally as a JSON body: a measure left blank is left out.
fn as_json(draft: &Draft, programme: &Programme) -> Value {
    let mut body: Map<String, Value> =
        draft.categories.iter().map(|(name, category)| (name.clone(), category.clone().into())).collect();
    let counts = draft.counts.iter().filter_map(|(measure, count)| {
        let value = match count {
            RawCount::Whole(n) => Value::from(*n),
            RawCount::Other => Value::from(-1),
            RawCount::Blank if programme.measure_index(measure).is_some() => return None,
            RawCount::Blank => Value::Null,
        };
        Some((measure.clone(), value))
    });
    if body.contains_key("week") || body.contains_key("counts") {
        // No dimension has such a name, and in JSON the name is taken: nothing to compare.
        return Value::Null;
    }
    body.insert("week".to_owned(), draft.week.clone().into());
    body.insert("counts".to_owned(), Value::Object(counts.collect()));
    Value::Object(body)
}
