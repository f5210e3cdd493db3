//! What every accepted tally must be, whichever way it came in.

use std::sync::OnceLock;

use peertally::domain::Period;
use peertally::intake::draft::Draft;
use peertally::intake::{FieldProblem, Tally, body, check};
use peertally::policy::{Programme, embedded};
use serde_json::{Map, Value};

/// The programmes that tallies are held against: both that are shipped.
pub(crate) fn programmes() -> &'static [Programme] {
    static ALL: OnceLock<Vec<Programme>> = OnceLock::new();
    ALL.get_or_init(|| [embedded::programme(), embedded::programme_large()].into_iter().flatten().collect())
}

/// Checks a draft against a programme: what passes fits, what does not is refused in words.
pub(crate) fn judged(draft: &Draft, programme: &Programme) -> Option<Tally> {
    match check::check(draft.clone(), programme) {
        Ok(tally) => {
            fits(&tally, programme);
            let again = body::read(written(&tally, programme).to_string().as_bytes());
            let again = again.ok().and_then(|draft| check::check(draft, programme).ok());
            assert!(again.is_some_and(|again| again == tally), "a tally that was taken is taken again, the same");
            Some(tally)
        }
        Err(problems) => {
            refused(&problems);
            None
        }
    }
}

/// A tally within the programme's lists and limits, and nothing beside them.
pub(crate) fn fits(tally: &Tally, programme: &Programme) {
    let lists = programme.dimensions.iter().map(|d| d.categories.len()).chain(std::iter::repeat(1));
    assert!(tally.categories.iter().zip(lists).all(|(index, length)| usize::from(*index) < length));
    let limits = programme.measures.iter().map(|m| Some(m.max_per_tally)).chain(std::iter::repeat(None));
    assert!(tally.counts.iter().zip(limits).all(|(count, limit)| *count <= limit));
    assert!(tally.counts.iter().any(Option::is_some), "one count at least");
    assert!(Period::of(tally.week, programme.period).index_of(tally.week).is_some());
}

/// At least one problem, and every one names its field and says what to do.
fn refused(problems: &[FieldProblem]) {
    assert!(!problems.is_empty(), "refused without a reason");
    for problem in problems {
        assert!(problem.field.chars().count() <= 60);
        assert!(!problem.field.contains(char::is_control), "{:?}", problem.field);
        super::texts::for_people(&problem.problem.to_string(), 4000);
    }
}

/// The JSON body that says what a tally says.
pub(crate) fn written(tally: &Tally, programme: &Programme) -> Value {
    let mut body = Map::new();
    body.insert("week".to_owned(), tally.week.to_string().into());
    for (index, dimension) in tally.categories.iter().zip(&programme.dimensions) {
        let category = dimension.categories.get(usize::from(*index)).map(|category| category.id.as_str());
        body.insert(dimension.id.to_string(), category.into());
    }
    let counts = tally.counts.iter().zip(&programme.measures);
    let counts = counts.filter_map(|(count, measure)| Some((measure.id.to_string(), Value::from((*count)?))));
    body.insert("counts".to_owned(), Value::Object(counts.collect()));
    Value::Object(body)
}
