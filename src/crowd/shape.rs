//! What a crowd needs to know of a programme: from its file, or from what a form is told over HTTP.

use serde_json::Value;

use crate::policy::Programme;

/// The outline of a programme.
pub struct ProgrammeOutline {
    /// Id of each dimension and of its categories.
    pub dimensions: Vec<(String, Vec<String>)>,
    /// What is counted.
    pub measures: Vec<Outline>,
    /// New tallies of one card within an hour.
    pub tallies_per_hour: u32,
}

/// The outline of a measure.
pub struct Outline {
    /// Such as `contacts`.
    pub id: String,
    /// Largest count in one tally.
    pub max_per_tally: u32,
    /// What a busy week comes to.
    pub cap: u32,
}

impl From<&Programme> for ProgrammeOutline {
    fn from(programme: &Programme) -> Self {
        let dimension = |d: &crate::policy::Dimension| {
            (d.id.to_string(), d.categories.iter().map(|category| category.id.to_string()).collect())
        };
        let outline =
            |m: &crate::policy::Measure| Outline { id: m.id.to_string(), max_per_tally: m.max_per_tally, cap: m.cap };
        Self {
            dimensions: programme.dimensions.iter().map(dimension).collect(),
            measures: programme.measures.iter().map(outline).collect(),
            tallies_per_hour: programme.cards.tallies_per_hour,
        }
    }
}

impl ProgrammeOutline {
    /// Reads the answer of `GET /v1/programme`; `None` where it is something else.
    #[must_use]
    pub fn from_json(answer: &Value) -> Option<Self> {
        let id = |value: &Value| Some(value.get("id")?.as_str()?.to_owned());
        let dimension = |d: &Value| {
            let categories = d.get("categories")?.as_array()?.iter().map(id).collect::<Option<Vec<_>>>()?;
            Some((id(d)?, categories))
        };
        let outline = |m: &Value| {
            let max_per_tally = u32::try_from(m.get("max_per_tally")?.as_u64()?).ok()?;
            // The cap is no business of a form; a busy week is about one largest tally.
            Some(Outline { id: id(m)?, max_per_tally, cap: max_per_tally / 5 * 4 + 1 })
        };
        let per_hour = answer.get("limits")?.get("tallies_per_hour")?.as_u64()?;
        Some(Self {
            dimensions: answer.get("dimensions")?.as_array()?.iter().map(dimension).collect::<Option<_>>()?,
            measures: answer.get("measures")?.as_array()?.iter().map(outline).collect::<Option<_>>()?,
            tallies_per_hour: u32::try_from(per_hour).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_form_s_answer_is_read_and_nothing_else() {
        let answer = json!({"limits": {"tallies_per_hour": 30},
            "dimensions": [{"id": "area", "categories": [{"id": "north"}, {"id": "south"}]}],
            "measures": [{"id": "contacts", "max_per_tally": 150}]});
        let shape = ProgrammeOutline::from_json(&answer).unwrap();
        assert_eq!(shape.dimensions, [("area".to_owned(), vec!["north".to_owned(), "south".to_owned()])]);
        assert_eq!((shape.measures[0].max_per_tally, shape.tallies_per_hour), (150, 30));
        for other in [json!({}), json!([]), json!({"dimensions": [], "measures": [{"id": 1}]})] {
            assert!(ProgrammeOutline::from_json(&other).is_none());
        }
    }
}
