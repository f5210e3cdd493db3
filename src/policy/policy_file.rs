//! Reads the data-minimisation policy: what is stored, what never is, who sees what.
//!
//! Guarantee: strict, as the programme file; every stored field carries its
//! purpose, type, domain, place, how long, who sees it and what destroys it.
//! Serialised, it is the answer to `GET /v1/policy`.
//! Non-guarantee: that it is true. `schema::compare` holds the stored fields
//! against the program; the visibility matrix is a promise that people keep.

use serde::Serialize;

use super::FileError;
use super::policy_sheets as sheets;
use super::reader::{Item, LABEL, PROSE, Section, read};
use super::schema::StoredItem;
use super::seizure::{KeyCustody, Protection, Seizure, StorageMedium};

/// The policy, checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// Title of the policy page.
    pub title: String,
    /// Every field that is ever stored.
    pub stored: Vec<StoredField>,
    /// What is never stored.
    pub never_stored: Vec<Never>,
    /// The confidentiality protocol: who may see what.
    pub visibility: Vec<Viewer>,
    /// What the data-protection notice says beside all this.
    pub notice: Vec<Notice>,
    /// What can be seized, and what it gives.
    pub seizures: Vec<Seized>,
}

/// One part of the data-protection notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// What it is about.
    pub heading: String,
    /// What it says.
    pub text: String,
}

/// One thing that can be seized.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Seized {
    /// Which.
    pub id: Seizure,
    /// In words.
    pub what: String,
    /// Which media it holds.
    pub gives: Vec<StorageMedium>,
    /// Under which custody the tallies of open periods can be read with it.
    pub opens: Vec<KeyCustody>,
    /// What else it gives.
    pub also: Vec<String>,
    /// What it never gives.
    pub never: Vec<String>,
}

/// One stored field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoredField {
    /// Name, unique in its place.
    pub name: String,
    /// Id of its place, such as `record`.
    pub place: String,
    /// Where that is.
    #[serde(rename = "where")]
    pub path: String,
    /// On which medium that is.
    pub lies: StorageMedium,
    /// In what form.
    pub form: Protection,
    /// What is kept there, as a whole.
    pub what: String,
    /// Type and width.
    #[serde(rename = "type")]
    pub kind: String,
    /// Values it can take.
    pub domain: String,
    /// Why it is kept.
    pub purpose: String,
    /// How long it is kept.
    pub how_long: String,
    /// Who can see it.
    pub seen_by: String,
    /// What destroys it.
    pub destroyed_by: String,
}

/// Something that is never stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Never {
    /// What.
    pub name: String,
    /// Why not, and what holds in its stead.
    pub why: String,
}

/// One row of the visibility matrix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Viewer {
    /// Who.
    pub who: String,
    /// What they do.
    pub does: String,
    /// What they may see.
    pub may_see: Vec<String>,
    /// What they may never see.
    pub may_never_see: Vec<String>,
}

impl Policy {
    /// Reads and checks a policy file. `file` is the name used in errors.
    ///
    /// # Errors
    /// The first fault, with line, column and what to write instead.
    pub fn parse(text: &str, file: &str) -> Result<Self, FileError> {
        read(file, text, &["title", "place", "never_stored", "viewer", "notice", "seizure"], policy)
    }
}

fn policy(top: &Section<'_>) -> Result<Policy, FileError> {
    let title = top.need("title", "title = \"…\"")?.text(LABEL)?;
    let mut stored: Vec<StoredField> = Vec::new();
    for item in
        top.need("place", "one [[place]] for each place where something is kept")?.list(1, 100, "one page is read")?
    {
        place(&item, &mut stored)?;
    }
    let mut never_stored: Vec<Never> = Vec::new();
    for item in top.need("never_stored", "a [[never_stored]] with name and why")?.list(1, 100, "one page is read")? {
        let section = item.section("a [[never_stored]]", &["name", "why"])?;
        let name = section.need("name", "name = \"names of persons\"")?;
        let never = Never { name: name.text(LABEL)?, why: section.need("why", "why = \"…\"")?.text(PROSE)? };
        if never_stored.iter().any(|n| n.name == never.name) {
            return Err(name.error("this is listed twice: remove one"));
        }
        never_stored.push(never);
    }
    let mut visibility: Vec<Viewer> = Vec::new();
    for item in
        top.need("viewer", "a [[viewer]] with who, does, may_see and may_never_see")?.list(1, 50, "one page is read")?
    {
        let section = item.section("a [[viewer]]", &["who", "does", "may_see", "may_never_see"])?;
        let who = section.need("who", "who = \"peer worker\"")?;
        let viewer = Viewer {
            who: who.text(LABEL)?,
            does: section.need("does", "does = \"…\"")?.text(PROSE)?,
            may_see: texts(&section.need("may_see", "may_see = [\"…\"]")?)?,
            may_never_see: texts(&section.need("may_never_see", "may_never_see = [\"…\"]")?)?,
        };
        if visibility.iter().any(|v| v.who == viewer.who) {
            return Err(who.error("this is listed twice: put both into one [[viewer]]"));
        }
        visibility.push(viewer);
    }
    let (notice, seizures) = (sheets::notice(top)?, sheets::seizures(top)?);
    Ok(Policy { title, stored, never_stored, visibility, notice, seizures })
}

/// One `[[place]]`: what its fields have in common, then the fields.
fn place(item: &Item<'_>, stored: &mut Vec<StoredField>) -> Result<(), FileError> {
    let keys = ["id", "where", "lies", "form", "what", "how_long", "seen_by", "destroyed_by", "field"];
    let section = item.section("a [[place]]", &keys)?;
    let ids: Vec<(&str, StoredItem)> = StoredItem::ALL.iter().map(|p| (p.id(), *p)).collect();
    let id_item = section.need("id", "id = \"record\"")?;
    let id = id_item.choice(&ids)?.id().to_owned();
    if stored.iter().any(|s| s.place == id) {
        return Err(id_item.error(format!("the place `{id}` stands here twice: put all its fields into one [[place]]")));
    }
    let path = section.need("where", "where = \"DATA/…\"")?.text(LABEL)?;
    let lies = section.need("lies", "lies = \"disk\"")?.choice(&StorageMedium::ALL)?;
    let form = section.need("form", "form = \"sealed\"")?.choice(&Protection::ALL)?;
    let what = section.need("what", "what = \"…\"")?.text(PROSE)?;
    let how_long = section.need("how_long", "how_long = \"…\"")?.text(PROSE)?;
    let seen_by = section.need("seen_by", "seen_by = \"…\"")?.text(PROSE)?;
    let destroyed_by = section.need("destroyed_by", "destroyed_by = \"…\"")?.text(PROSE)?;
    let fields =
        section.need("field", "field = [ { name = \"…\", type = \"…\", domain = \"…\", purpose = \"…\" } ]")?;
    let first = stored.len();
    for item in fields.list(1, 50, "split the place")? {
        let known = ["name", "type", "domain", "purpose", "how_long", "seen_by", "destroyed_by"];
        let section = item.section("a field", &known)?;
        let name_item = section.need("name", "name = \"…\"")?;
        let name = name_item.text(LABEL)?;
        let here = stored.get(first..).unwrap_or_default();
        if here.iter().any(|s| s.name == name) {
            return Err(name_item.error("this field stands here twice: remove one"));
        }
        // A field may say more closely what the place says for all of them.
        let own = |key: &'static str, common: &str| match section.find(key) {
            Some(item) => item.text(PROSE),
            None => Ok(common.to_owned()),
        };
        stored.push(StoredField {
            name,
            place: id.clone(),
            path: path.clone(),
            lies,
            form,
            what: what.clone(),
            kind: section.need("type", "type = \"16 bytes\"")?.text(LABEL)?,
            domain: section.need("domain", "domain = \"…\", the values it can take")?.text(PROSE)?,
            purpose: section.need("purpose", "purpose = \"…\"")?.text(PROSE)?,
            how_long: own("how_long", &how_long)?,
            seen_by: own("seen_by", &seen_by)?,
            destroyed_by: own("destroyed_by", &destroyed_by)?,
        });
    }
    Ok(())
}

pub(super) fn texts(item: &Item<'_>) -> Result<Vec<String>, FileError> {
    item.list(1, 20, "one page is read")?.iter().map(|i| i.text(PROSE)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::embedded::POLICY;

    fn refused(from: &str, to: &str) -> String {
        assert!(POLICY.contains(from), "{from}");
        Policy::parse(&POLICY.replacen(from, to, 1), "p.toml").unwrap_err().to_string()
    }

    #[test]
    fn broken_policies_are_refused_with_a_place() {
        let table = [
            ("id = \"record\"", "id = \"recrod\"", "did you mean `record`?"),
            ("id = \"record\"", "id = \"row-key\"", "the place `row-key` stands here twice"),
            ("name = \"pseudonym\"", "name = \"version\"", "this field stands here twice"),
            ("[[viewer]]\nwho", "[[viewers]]\nwho", "did you mean `viewer`?"),
            ("who = \"peer worker\"", "who = \"\"", "this text is empty"),
            ("may_see = [", "may_seee = [", "did you mean `may_see`?"),
        ];
        for (from, to, message) in table {
            let error = refused(from, to);
            assert!(error.starts_with("p.toml, line ") && error.contains(message), "{error}");
        }
    }

    #[test]
    fn the_matrix_names_those_of_the_protocol() {
        let policy = Policy::parse(POLICY, "p.toml").unwrap();
        for who in ["peer worker", "another peer", "coordinator", "agency", "community", "auditor", "authority"] {
            assert!(policy.visibility.iter().any(|v| v.who.contains(who)), "{who}");
        }
        let json = serde_json::to_value(&policy).unwrap();
        assert!(json["stored"].as_array().unwrap().iter().all(|f| f["type"].is_string() && f["where"].is_string()));
    }
}
