//! Reads the parts of the policy file that the notice and the legal-request sheet are made from.

use super::FileError;
use super::policy_file::{Notice, Seized, texts};
use super::reader::{Item, LABEL, PROSE, Section};
use super::seizure::{KeyCustody, Seizure, StorageMedium};

pub(super) fn notice(top: &Section<'_>) -> Result<Vec<Notice>, FileError> {
    let mut notice: Vec<Notice> = Vec::new();
    for item in top.need("notice", "a [[notice]] with heading and text")?.list(1, 20, "one page is read")? {
        let section = item.section("a [[notice]]", &["heading", "text"])?;
        let heading = section.need("heading", "heading = \"Access\"")?;
        let part = Notice { heading: heading.text(LABEL)?, text: section.need("text", "text = \"…\"")?.text(PROSE)? };
        if notice.iter().any(|other| other.heading == part.heading) {
            return Err(heading.error("this is listed twice: put both into one [[notice]]"));
        }
        notice.push(part);
    }
    Ok(notice)
}

pub(super) fn seizures(top: &Section<'_>) -> Result<Vec<Seized>, FileError> {
    let mut seizures: Vec<Seized> = Vec::new();
    let example = "a [[seizure]] with id, what, gives, opens, also and never";
    for item in top.need("seizure", example)?.list(1, Seizure::ALL.len(), "there are no other kinds")? {
        let section = item.section("a [[seizure]]", &["id", "what", "gives", "opens", "also", "never"])?;
        let id = section.need("id", "id = \"disk\"")?;
        let seized = Seized {
            id: id.choice(&Seizure::ALL)?,
            what: section.need("what", "what = \"…\"")?.text(LABEL)?,
            gives: choices(&section.need("gives", "gives = [\"disk\"]")?, &StorageMedium::ALL)?,
            opens: choices(&section.need("opens", "opens = [\"host\"]")?, &KeyCustody::ALL)?,
            also: texts(&section.need("also", "also = [\"…\"]")?)?,
            never: texts(&section.need("never", "never = [\"…\"]")?)?,
        };
        if seizures.iter().any(|other| other.id == seized.id) {
            return Err(id.error("this stands here twice: put both into one [[seizure]]"));
        }
        seizures.push(seized);
    }
    Ok(seizures)
}

fn choices<T: Copy>(item: &Item<'_>, known: &[(&str, T)]) -> Result<Vec<T>, FileError> {
    item.list(0, known.len(), "each once")?.iter().map(|one| one.choice(known)).collect()
}

#[cfg(test)]
mod tests {
    use crate::policy::Policy;
    use crate::policy::embedded::POLICY;

    #[test]
    fn broken_sheets_are_refused_with_a_place() {
        for (from, to, message) in [
            ("[[seizure]]\nid = \"disk\"", "[[seizure]]\nid = \"disc\"", "did you mean `disk`?"),
            ("[[seizure]]\nid = \"disk\"", "[[seizure]]\nid = \"backup\"", "stands here twice"),
            ("gives = [\"public\"]", "gives = [\"publik\"]", "did you mean `public`?"),
            ("opens = [\"host\"]", "opens = [\"hosts\"]", "did you mean `host`?"),
            ("heading = \"Access\"", "heading = \"Decisions about persons\"", "listed twice"),
            ("form = \"keyed\"", "form = \"hashed\"", "form"),
            ("lies = \"disk\"\n", "", "`lies` is missing"),
        ] {
            assert!(POLICY.contains(from), "{from}");
            let error = Policy::parse(&POLICY.replacen(from, to, 1), "p.toml").unwrap_err().to_string();
            assert!(error.starts_with("p.toml, line ") && error.contains(message), "{error}");
        }
    }
}
