//! What every deployment of this program says of itself in the registry.
//!
//! Guarantee: true of any release this program writes, whatever the programme
//! file; what differs between releases is in `registry`.

use crate::domain::Identifier;

pub(super) const INTENDED_USE: &str = "Monitoring and evaluation of a peer-run outreach programme: what it did and \
    whether its targets were reached, for funders, health authorities, the public and the workers themselves, who all \
    see the same figures at the same time. Figures marked as too uncertain are not meant to be used.";

pub(super) const UNPROTECTED: &str = "None that is computed from tallies. Public without noise are the programme file \
    (measures, categories, caps, budget, tables, targets), the period's weeks, and the days on which periods were \
    opened, closed and published. The numbers of cards, workers and tallies are not published. A period without any \
    tally is published as well.";

pub(super) const TALLY: &str = "Adjacent datasets differ by adding or removing one tally. The neighbouring relation \
    is add or remove; the distance between two datasets is the number of tallies in one and not in the other. It does \
    not hide that one card sent many tallies.";

pub(super) const WORKER_WEEK: &str = "Adjacent datasets differ by adding or removing all tallies that one card sent \
    for one ISO week. The distance between two datasets is the number of such groups in which they differ. It does not \
    formally hide that somebody worked throughout a period; the figure for a whole period is stated below.";

pub(super) const WORKER_PERIOD: &str = "Adjacent datasets differ by adding or removing all tallies that one card sent \
    in the period. The distance between two datasets is the number of such groups in which they differ.";

pub(super) const CARD: &str = "The unit is one card, not one person: two cards, or a card and an import from paper, \
    are two units. A tally describes work and names nobody who was met.";

pub(super) const CENTRAL: &str = "One host receives tallies under pseudonyms that are valid for one period, adds them \
    up when the period has ended, and publishes once.";

pub(super) const ACTORS: &str = "Workers send tallies with a card; they trust the host while a period is open. The \
    host (curator) keeps each tally encrypted to the period's key, opens all of them in memory at the close, and then \
    destroys the key; it is trusted to do so and to add the noise. Coordinators hand out cards and close periods and see \
    no tally. Readers, funders and anybody else, also adversaries, see the releases and a signed public log; they are \
    not trusted.";

pub(super) const MANY_RELEASES: &str = "A tally belongs to exactly one period and is used in one release only. After \
    the release its key is destroyed, so that it cannot be used again.";

pub(super) const DYNAMIC: &str = "Tallies come in while a period is open. After it is closed none is taken.";

pub(super) const NON_INTERACTIVE: &str = "The tables of a release are fixed by the programme file when its period is \
    opened. Nobody can ask for others.";

pub(super) const POST_PROCESSING: &str = "Computed from the noisy figures and public numbers alone: the estimates, \
    which may be below zero; intervals of 95 % for the bounded totals, not below zero; a figure to print, rounded and \
    not below zero, which must not be added up; a quality mark by coefficient of variation; and whether a target was \
    reached, judged on the interval.";

pub(super) const COMPOSITION: &str = "Within a release, the costs of all measures and tables are added up, as OpenDP's \
    privacy maps return them (rounded up); the sum must not exceed the budget of the period. Periods compose in parallel \
    for one unit, since a unit lies in one period. For somebody who takes part in several periods the costs add up; the \
    programme file bounds the sum for a calendar year, and each cost is entered in the public log before noise is drawn.";

pub(super) const BOUNDING: &str = "Counts are filled in until the cap is reached, cell by cell, in a pseudo-random \
    order that does not depend on them; what lies above is left out. Caps, budget and tables stand in the programme \
    file, which is public and fixed for a period when it is opened. They are to be chosen from knowledge of the work and never from \
    the tallies; the program has no way to look at tallies in order to choose them.";

pub(super) const MECHANISMS: &str = "Discrete Gaussian noise on whole numbers, by OpenDP (make_gaussian, \
    zero-concentrated divergence) with a cryptographic random generator. It is added to the residuals of the tables, once \
    each (residual decomposition of the matrix mechanism, ResidualPlanner, NeurIPS 2023), and all tables are computed \
    from these noisy residuals, so that they agree. All sums and the noise are whole numbers, so \
    rounding of floating-point numbers has no part in the protection. Noise is drawn once, at the close and for all \
    figures together; no request can start it, and repeated requests get the same bytes. Tallies are encrypted one by \
    one (HPKE, RFC 9180) to a key of their period and are opened in memory only.";

pub(super) const JUSTIFICATION: &str = "Being on a list of outreach workers can harm those on it, so the unit covers \
    what a worker sent and not single records. Zero-concentrated differential privacy gives less noise for many tables \
    at the same budget. What the noise will be follows from the programme file and is known before the first tally. The \
    cost that the library states is held against the budget at every release; there is no release above it. Tests hold \
    the stated deviations against many releases of known data.";

/// What a table shows, in words.
pub(super) fn table(by: &[Identifier]) -> String {
    if by.is_empty() {
        return "the total".to_owned();
    }
    let by: Vec<&str> = by.iter().map(Identifier::as_str).collect();
    format!("by {}", by.join(" and "))
}
