//! `cards issue` and `cards revoke`.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::json;
use zeroize::Zeroizing;

use super::args::{CardsArgs, CardsCommand, IssueArgs};
use super::output::Output;
use super::{Done, card_sheet, language};
use crate::admin::{AdminClient, Answer, Request};
use crate::clock::SystemClock;
use crate::crypto::pseudonym::{new_card, stub_of};
use crate::domain::{CardCode, StubCode};
use crate::durable;
use crate::locale::{Lang, Text};
use crate::period::DataPaths;

pub(super) fn run(data: &Path, options: &CardsArgs, output: &Output) -> Done {
    match &options.command {
        CardsCommand::Issue(issue) => run_issue(data, issue, output),
        CardsCommand::Revoke { stub } => revoke(data, stub, output),
    }
}

/// Cards are made here; the service gets only what their stubs say.
fn run_issue(data: &Path, issue: &IssueArgs, output: &Output) -> Done {
    if let Some(url) = &issue.url {
        let address = url.starts_with("https://") || url.starts_with("http://");
        if !address || url.contains(['#', ' ']) {
            return Err(
                "--url is the address of the form and nothing behind it, such as https://notes.example.org/".into()
            );
        }
    }
    let desk = AdminClient::reach(DataPaths::new(data), Arc::new(SystemClock))?;
    let cards = (0..issue.count).map(|_| new_card()).collect::<Result<Vec<_>, _>>()?;
    // Written before they work: a card that works and that nobody holds would be lost,
    // one that is printed and does not work is thrown away.
    let stubs: Vec<StubCode> = cards.iter().map(stub_of).collect();
    // A sheet of cards in use is never written over.
    for path in [Some(&issue.out), issue.codes.as_ref()].into_iter().flatten() {
        if path.exists() {
            return Err(durable::DurableError::Exists(path.clone()).into());
        }
    }
    write_files(issue, language::in_force(issue.lang, &DataPaths::new(data)), &cards, &stubs)?;
    let codes = stubs.iter().map(|stub| stub.reveal().to_string()).collect();
    let answer = desk.ask(Request::AddCards { stubs: codes, until: issue.until }, &|_| {});
    let Answer::CardsAdded { until } = answer.inspect_err(|_| forget_files(issue))? else {
        return Err("the service gave another answer than expected: use the same version for both".into());
    };
    let codes = issue.codes.as_ref().map(|path| path.display().to_string());
    let warnings = warnings(issue);
    for warning in &warnings {
        output.note(warning);
    }
    output.done(
        &format!(
            "{} cards, usable until the end of {until}, are in {}{}.\n\
             Whoever holds these files can act as those workers: print them, hand them out, then remove the files.",
            issue.count,
            issue.out.display(),
            codes.as_ref().map_or_else(String::new, |codes| format!(" and {codes}"))
        ),
        &json!({"count": issue.count, "until": until, "sheet": issue.out.display().to_string(), "codes": codes,
                "warnings": warnings}),
    );
    Ok(ExitCode::SUCCESS)
}

/// What nobody would notice before the cards are out.
fn warnings(issue: &IssueArgs) -> Vec<&'static str> {
    let mut warnings = Vec::new();
    match issue.url.as_deref() {
        None => warnings.push(
            "the cards say no address: write it on the line of each card before you hand it out, or print them anew \
             with --url",
        ),
        Some(url) if is_loopback(url) => {
            warnings.push("this address leads a phone to itself: it is good for trying out on this machine only");
        }
        Some(url) if url.starts_with("http://") => {
            warnings.push("this address is not encrypted: whoever is on the way reads cards and counts");
        }
        Some(_) => {}
    }
    if issue.code_in_link {
        warnings.push(
            "each square holds its card's code: the phone that opens it keeps the code in its history, where nothing \
             that the page does can remove it, and so may the app that read the square",
        );
    }
    warnings
}

/// Whether the address names the machine that reads it.
fn is_loopback(url: &str) -> bool {
    let host = url.split_once("://").map_or("", |(_, rest)| rest.split(['/', '?']).next().unwrap_or_default());
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    host.starts_with("127.") || host.starts_with("[::1]") || host == "localhost" || host.starts_with("localhost:")
}

fn write_files(
    issue: &IssueArgs,
    lang: Lang,
    cards: &[CardCode],
    stubs: &[StubCode],
) -> Result<(), Box<dyn std::error::Error>> {
    let page = card_sheet::render(Text::new(lang), issue.url.as_deref(), issue.code_in_link, cards, stubs)?;
    durable::write_new(&issue.out, page.as_bytes(), durable::PRIVATE)?;
    if let Some(path) = &issue.codes {
        let mut text = Zeroizing::new(String::with_capacity(cards.len() * 24));
        for card in cards {
            text.push_str(&card.reveal());
            text.push('\n');
        }
        durable::write_new(path, text.as_bytes(), durable::PRIVATE)?;
    }
    Ok(())
}

/// Cards that were refused are good for nothing.
fn forget_files(issue: &IssueArgs) {
    for path in [Some(&issue.out), issue.codes.as_ref()].into_iter().flatten() {
        // What remains of a refused deck cannot send: a failure here harms nobody.
        let _ = durable::overwrite_and_remove(path);
    }
}

fn revoke(data: &Path, stub: &str, output: &Output) -> Done {
    StubCode::parse(stub)?;
    let desk = AdminClient::reach(DataPaths::new(data), Arc::new(SystemClock))?;
    let Answer::Revoked { known } = desk.ask(Request::RevokeCard { stub: stub.to_owned() }, &|_| {})? else {
        return Err("the service gave another answer than expected: use the same version for both".into());
    };
    if known {
        output.done("The card of this stub is revoked: it cannot send any more.", &json!({"revoked": true}));
        return Ok(ExitCode::SUCCESS);
    }
    output.done(
        "No card in use belongs to this stub: it was revoked before, is out of date, or is of another programme.",
        &json!({"revoked": false}),
    );
    Ok(ExitCode::from(1))
}
