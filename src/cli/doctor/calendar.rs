//! Clock, log, keys by their age, periods, programme: pure judgement.

use jiff::ToSpan;
use jiff::civil::Date;

use super::custody::{self, Offline};
use super::finding::DoctorFinding;
use crate::domain::Period;
use crate::period::LONGEST_SILENCE;

/// What the plain files say of the programme.
pub(super) struct ProgrammeFacts {
    /// Today, in the programme's time zone.
    pub(super) today: Date,
    /// That zone.
    pub(super) zone: String,
    /// Date of the log's last entry.
    pub(super) last: Option<Date>,
    /// Number of the log's entries.
    pub(super) entries: u64,
    /// The period that today lies in, and whether it was opened.
    pub(super) current: (Period, bool),
    /// Keys that come from outside.
    pub(super) offline: Offline,
    /// Periods whose keys still exist.
    pub(super) alive: Vec<Alive>,
    /// Files of secrets of other periods.
    pub(super) strays: Vec<String>,
    /// Name and age in days of the keys that stay.
    pub(super) keys: Vec<(&'static str, i64)>,
    /// The programme file in force is the shipped default.
    pub(super) shipped: bool,
    /// What does not hold of the files that the log names.
    pub(super) broken: Vec<String>,
    /// The file given by `--config`: the same as the one in force, or why not.
    pub(super) config: Option<Result<bool, String>>,
}

/// A period that was not shredded yet.
pub(super) struct Alive {
    pub(super) period: Period,
    /// Its state in the log's word.
    pub(super) state: &'static str,
    /// The day it was opened.
    pub(super) opened: Date,
    /// The day on which it closes by itself, if it does; under offline custody, from which it waits for its key.
    pub(super) closes: Option<Date>,
    /// Whether its private key is kept off the host.
    pub(super) offline: bool,
    /// The day by which its keys must be gone.
    pub(super) deadline: Date,
    /// What is wrong with its secrets.
    pub(super) secrets: Option<String>,
}

/// Everything about the programme.
pub(super) fn findings(programme: &ProgrammeFacts, running: bool) -> Vec<DoctorFinding> {
    let mut findings = vec![
        clock(programme),
        DoctorFinding::ok("log", format!("{} entries, all of them fit the signed head", programme.entries)),
    ];
    findings.extend(programme_file(programme));
    findings.push(keys(programme));
    findings.extend(programme.alive.iter().flat_map(|alive| period(alive, programme.today, running)));
    findings.extend(programme.strays.iter().map(|file| {
        let found = format!("keys/periods/{file} is no secret of a period that is open");
        DoctorFinding::stop(
            "keys",
            found,
            "start the service, which destroys what a close left behind; look at what stays",
        )
    }));
    findings.extend(custody::keys_ahead(programme));
    findings.extend(next(programme, running));
    findings
}

fn clock(programme: &ProgrammeFacts) -> DoctorFinding {
    const CHECK: &str = "clock";
    let (today, zone) = (programme.today, &programme.zone);
    match programme.last {
        Some(last) if today < last => DoctorFinding::stop(
            CHECK,
            format!("it is {today} here ({zone}), and the log's last entry is of {last}"),
            "set the clock: until then no period opens or closes by itself",
        ),
        Some(last) if today > last.saturating_add(LONGEST_SILENCE.days()) => DoctorFinding::stop(
            CHECK,
            format!(
                "it is {today} here ({zone}), more than {LONGEST_SILENCE} days after the log's last entry ({last})"
            ),
            "set the clock; if it is right, start once with `serve --trust-clock`",
        ),
        _ => DoctorFinding::ok(
            CHECK,
            format!("{today} in the programme's time zone, {zone}; compare it with a calendar"),
        ),
    }
}

fn programme_file(programme: &ProgrammeFacts) -> Vec<DoctorFinding> {
    const CHECK: &str = "programme";
    let mut findings: Vec<_> = programme
        .broken
        .iter()
        .map(|reason| DoctorFinding::stop(CHECK, reason, "put the file back from a copy of public/"))
        .collect();
    if findings.is_empty() {
        let which = if programme.shipped { "the shipped default" } else { "a file of this programme's own" };
        findings
            .push(DoctorFinding::ok(CHECK, format!("{which}; the files that the log names are there and unchanged")));
    }
    findings.extend(programme.config.as_ref().map(|config| match config {
        Ok(true) => DoctorFinding::ok(CHECK, "the file given by --config is the one in force"),
        Ok(false) => DoctorFinding::look(
            CHECK,
            "the file given by --config is another one than the one in force",
            "`peertally serve --config FILE` adopts it; it holds from the next period on",
        ),
        Err(reason) => DoctorFinding::stop(CHECK, reason, "mend the file given by --config before it is adopted"),
    }));
    findings
}

fn keys(programme: &ProgrammeFacts) -> DoctorFinding {
    let ages: Vec<String> = programme.keys.iter().map(|(name, days)| format!("{name} {days} days old")).collect();
    DoctorFinding::ok("keys", if ages.is_empty() { "of unknown age".to_owned() } else { ages.join(", ") })
}

fn period(alive: &Alive, today: Date, running: bool) -> Vec<DoctorFinding> {
    const CHECK: &str = "period";
    let Alive { period, state, opened, deadline, .. } = alive;
    let mut findings = Vec::new();
    if let Some(reason) = &alive.secrets {
        findings.push(DoctorFinding::stop(CHECK, reason, "put the right file back from your copy of keys/"));
    }
    let key = if alive.offline { " --private-key FILE" } else { "" };
    let close = format!("`peertally close {period}{key}`");
    if today >= *deadline {
        let found = format!("{period} is {state}, and its keys should have been destroyed by {deadline}");
        findings.push(DoctorFinding::stop(CHECK, found, close));
    } else if *state != "open" {
        let found = format!("{period} is {state}: its close was cut short");
        findings.push(DoctorFinding::look(CHECK, found, format!("{close} goes on where it stood")));
    } else if alive.offline {
        findings.push(custody::open(alive, today));
    } else if alive.closes.is_some_and(|day| today >= day) {
        let found = format!("{period} is due and still open");
        let advice = if running { format!("look into the service's log for the reason, then {close}") } else { close };
        findings.push(DoctorFinding::look(CHECK, found, advice));
    } else if findings.is_empty() {
        let by = alive.closes.map_or_else(|| "closes by hand".to_owned(), |day| format!("closes by itself on {day}"));
        let age = opened.until(today).map_or(0, |span| span.get_days());
        let found = format!("{period} is open; its keys are {age} days old and must be gone by {deadline}; it {by}");
        findings.push(DoctorFinding::ok(CHECK, found));
    }
    findings
}

fn next(programme: &ProgrammeFacts, running: bool) -> Option<DoctorFinding> {
    const CHECK: &str = "calendar";
    let (current, opened) = programme.current;
    if !opened && programme.offline.always && !programme.offline.given.contains(&current) {
        // Told with the keys.
        return None;
    }
    if !opened {
        let advice = if running { "look into the service's log for the reason" } else { "start the service" };
        return Some(DoctorFinding::look(
            CHECK,
            format!("{current} has begun and is not open: no tally of it is taken"),
            advice,
        ));
    }
    let by_itself = programme.alive.iter().filter(|alive| !alive.offline);
    let next = by_itself.filter_map(|alive| Some((alive.closes?, alive.period))).min();
    Some(match next {
        Some((day, period)) if !running => {
            let found = format!("next close: {period} on {day}, if a service runs then");
            DoctorFinding::look(CHECK, found, "start the service, or close by hand on that day")
        }
        Some((day, period)) => DoctorFinding::ok(CHECK, format!("next close: {period} on {day}")),
        None => DoctorFinding::ok(CHECK, "no period closes by itself now"),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::finding::Level;
    use super::*;

    fn programme() -> ProgrammeFacts {
        let period: Period = "2026-Q4".parse().unwrap();
        ProgrammeFacts {
            today: date(2026, 11, 22),
            zone: "UTC".to_owned(),
            last: Some(date(2026, 9, 28)),
            entries: 3,
            current: (period, true),
            offline: Offline { always: false, given: Vec::new() },
            alive: vec![Alive {
                period,
                state: "open",
                opened: date(2026, 9, 28),
                closes: Some(date(2027, 1, 18)),
                deadline: date(2027, 2, 17),
                offline: false,
                secrets: None,
            }],
            strays: Vec::new(),
            keys: vec![("master.key", 55), ("log.key", 55)],
            shipped: true,
            broken: Vec::new(),
            config: None,
        }
    }

    fn worst(programme: &ProgrammeFacts) -> Level {
        findings(programme, true).iter().map(|f| f.level).max().unwrap()
    }

    fn with(change: impl FnOnce(&mut ProgrammeFacts)) -> Level {
        let mut programme = programme();
        change(&mut programme);
        worst(&programme)
    }

    #[test]
    fn all_is_well_or_one_thing_is_not() {
        assert_eq!(worst(&programme()), Level::Ok);
        assert_eq!(with(|p| p.today = date(2026, 9, 27)), Level::Stop);
        assert_eq!(with(|p| p.last = Some(date(2025, 9, 1))), Level::Stop);
        assert_eq!(with(|p| p.last = None), Level::Ok);
        assert_eq!(with(|p| p.current.1 = false), Level::Look);
        assert_eq!(with(|p| p.strays.push("2026-Q1.salt".to_owned())), Level::Stop);
        assert_eq!(with(|p| p.broken.push("gone".to_owned())), Level::Stop);
        assert_eq!(with(|p| p.config = Some(Ok(true))), Level::Ok);
        assert_eq!(with(|p| p.config = Some(Ok(false))), Level::Look);
        assert_eq!(with(|p| p.config = Some(Err("line 3".to_owned()))), Level::Stop);
        assert_eq!(with(|p| p.alive[0].secrets = Some("gone".to_owned())), Level::Stop);
        assert_eq!(with(|p| p.alive[0].state = "debited"), Level::Look);
        assert_eq!(with(|p| p.today = date(2027, 1, 18)), Level::Look);
        assert_eq!(with(|p| p.today = date(2027, 2, 17)), Level::Stop);
    }

    /// An offline programme with the current period open and no key for the next, which begins on 4 January.
    fn offline(today: Date, change: impl FnOnce(&mut ProgrammeFacts)) -> Vec<DoctorFinding> {
        let mut programme = programme();
        programme.today = today;
        programme.offline.always = true;
        programme.alive[0].offline = true;
        change(&mut programme);
        findings(&programme, true)
    }

    fn told(findings: &[DoctorFinding], words: &str) -> Level {
        let found = findings.iter().find(|f| f.found.contains(words));
        found.unwrap_or_else(|| panic!("nothing of `{words}` in {findings:#?}")).level
    }

    #[test]
    fn a_missing_key_is_told_fourteen_days_ahead_and_stops_on_the_day() {
        for (today, level, words) in [
            (date(2026, 12, 20), Level::Ok, "begins in 15 days (2027-01-04), was not given"),
            (date(2026, 12, 21), Level::Look, "begins in 14 days (2027-01-04), was not given: without it no tally"),
            (date(2027, 1, 3), Level::Look, "begins in 1 day ("),
        ] {
            assert_eq!(told(&offline(today, |_| {}), words), level, "{today}");
        }
        let lost = |p: &mut ProgrammeFacts| p.offline.always = false;
        assert_eq!(told(&offline(date(2026, 12, 1), lost), "of 2027-Q1 will be made on this host"), Level::Look);
        let given = |p: &mut ProgrammeFacts| p.offline.given.push("2027-Q1".parse().unwrap());
        assert_eq!(told(&offline(date(2027, 1, 3), given), "the key of 2027-Q1 was given"), Level::Ok);
        let begun = |p: &mut ProgrammeFacts| p.current = ("2027-Q1".parse().unwrap(), false);
        let late = offline(date(2027, 1, 4), begun);
        assert_eq!(told(&late, "2027-Q1 has begun and its key was not given"), Level::Stop);
        assert!(late.iter().all(|f| !f.found.contains("is not open")), "told once");
    }

    #[test]
    fn an_offline_period_waits_for_its_key_and_not_for_ever() {
        let fine = offline(date(2026, 12, 1), |_| {});
        assert_eq!(told(&fine, "it closes from 2027-01-18 on, with that key"), Level::Ok);
        assert_eq!(told(&fine, "no period closes by itself now"), Level::Ok);
        let waits = offline(date(2027, 1, 18), |_| {});
        assert_eq!(
            told(&waits, "is over and waits for its private key; its keys must be gone by 2027-02-17"),
            Level::Look
        );
        assert!(waits.iter().any(|f| f.advice.as_ref().is_some_and(|a| a.contains("--private-key"))));
        assert_eq!(told(&offline(date(2027, 2, 3), |_| {}), "gone by 2027-02-17, in 14 days"), Level::Look);
        assert_eq!(told(&offline(date(2027, 2, 17), |_| {}), "should have been destroyed by 2027-02-17"), Level::Stop);
    }

    #[test]
    fn without_a_service_nothing_closes_by_itself() {
        let found = findings(&programme(), false);
        let last = found.last().unwrap();
        assert!(last.level == Level::Look && last.found.contains("2026-Q4 on 2027-01-18"), "{}", last.found);
        assert!(findings(&programme(), true).iter().any(|f| f.found.contains("its keys are 55 days old")));
    }
}
