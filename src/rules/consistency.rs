//! Records that tell different stories.

pub(super) mod event_details_mismatch;
pub(super) mod programme_diff;
pub(super) mod segment_title_mismatch;
pub(super) mod votes_inconsistent;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    corpus::{Group, Member, relation::Agreement},
    finding::Severity,
    message::shown,
    rule::Findings,
    sources::SourceId,
    wording::{Difference, Verdict},
};

/// Holds one text against another.
type Compare = fn(&str, &str) -> Verdict;

/// Whether a text says anything that can be compared.
type Tells = fn(&str) -> bool;

/// Tells of every text of the group that differs from the one that decides.
fn tell(group: &Group<'_, Agreement>, tells: Tells, compare: Compare, findings: &mut Findings<'_>) {
    if is_one_text(group) {
        return;
    }
    let members = speaking(group);
    let bases = bases(&members, tells);
    let Some(base) = bases.first().copied() else { return };
    let mut texts = BTreeSet::new();
    let accepted: Vec<(&Member<'_, Agreement>, &str)> = bases
        .iter()
        .flat_map(|base| std::iter::once(base.shown()).chain(base.also()).map(|text| (*base, text)))
        .filter(|(_, text)| texts.insert(*text) && tells(text))
        .collect();
    if accepted.is_empty() {
        return;
    }
    if accepted.len() > MOST_ACCEPTED {
        report_too_many(base, accepted.len(), findings);
        return;
    }
    let mut known: BTreeMap<&str, (usize, Verdict)> = BTreeMap::new();
    let others = members.iter().filter(|one| !one.is_authority() && !is_same(one, base));
    for member in others {
        let text = member.shown();
        let (at, verdict) = known.entry(text).or_insert_with(|| nearest(text, &accepted, compare));
        let other = accepted.get(*at).map_or(base, |(other, _)| *other);
        report(member, other, verdict, findings);
    }
}

/// Whether all say the same in the same words, as most do.
fn is_one_text(group: &Group<'_, Agreement>) -> bool {
    let names: usize = group.members.iter().map(|member| member.also().count()).sum();
    let is_same = |two: &[Member<'_, Agreement>]| two[0].shown() == two[1].shown();
    names < MOST_ACCEPTED && group.members.windows(2).all(is_same)
}

/// Nothing has more names. Each text is held against all of them.
const MOST_ACCEPTED: usize = 200;

fn report_too_many(base: &Member<'_, Agreement>, count: usize, findings: &mut Findings<'_>) {
    let (on, of) = (base.said_on(), subject(base));
    let message = format!(
        "the {on} of {of} is given in {count} ways; with more than {MOST_ACCEPTED} it is not compared with other records"
    );
    findings
        .at(base.place(), message)
        .severity(Severity::Info)
        .help("keep the ways that are in use");
}

/// What a member says something of.
fn subject(member: &Member<'_, Agreement>) -> String {
    match member.said_of() {
        "" => "the event".to_owned(),
        of => format!("`{}`", shown(&of.replace('\u{1f}', ", "))),
    }
}

/// The members that are compared. What is cancelled or superseded is not; nor is a record that gives one
/// part of the event several headings: they are those of its own parts.
fn speaking<'a, 'c>(group: &'a Group<'c, Agreement>) -> Vec<&'a Member<'c, Agreement>> {
    let mut members: Vec<&Member<'_, Agreement>> =
        group.members.iter().filter(|member| !is_gone(member)).collect();
    let mut texts: BTreeMap<(SourceId, u32), Option<&str>> = BTreeMap::new();
    for member in members.iter().filter(|member| !member.said_of().is_empty()) {
        let text = texts.entry(record(member)).or_insert(Some(member.shown()));
        if *text != Some(member.shown()) {
            *text = None;
        }
    }
    members.retain(|member| texts.get(&record(member)).is_none_or(Option::is_some));
    members
}

fn record(member: &Member<'_, Agreement>) -> (SourceId, u32) {
    (member.source(), member.record())
}

fn is_gone(member: &Member<'_, Agreement>) -> bool {
    matches!(member.record_status(), Some("cancelled" | "superseded"))
}

fn is_same(a: &Member<'_, Agreement>, b: &Member<'_, Agreement>) -> bool {
    a.place() == b.place()
}

/// The texts that the others are held against: those of the records that decide, else the first of a
/// final record, else the first.
fn bases<'a, 'c>(
    members: &[&'a Member<'c, Agreement>],
    tells: Tells,
) -> Vec<&'a Member<'c, Agreement>> {
    let deciding: Vec<&Member<'_, Agreement>> =
        members.iter().copied().filter(|member| member.is_authority()).collect();
    if !deciding.is_empty() {
        return deciding;
    }
    let telling = || members.iter().copied().filter(|member| tells(member.shown()));
    let is_final = |member: &&Member<'_, Agreement>| {
        matches!(member.record_status(), Some("final" | "adopted"))
    };
    telling().find(is_final).or_else(|| telling().next()).into_iter().collect()
}

/// The accepted text that comes nearest, and how it differs.
fn nearest(
    text: &str,
    accepted: &[(&Member<'_, Agreement>, &str)],
    compare: Compare,
) -> (usize, Verdict) {
    if accepted.iter().any(|(_, other)| *other == text) {
        return (0, Verdict::Agrees);
    }
    let verdicts = accepted.iter().enumerate().map(|(at, (_, other))| (at, compare(text, other)));
    verdicts.min_by_key(|(at, verdict)| (verdict.weight(), *at)).unwrap_or((0, Verdict::Agrees))
}

fn report(
    member: &Member<'_, Agreement>,
    other: &Member<'_, Agreement>,
    verdict: &Verdict,
    findings: &mut Findings<'_>,
) {
    let (difference, severity) = match verdict {
        Verdict::Agrees => return,
        Verdict::Spelled(difference) | Verdict::Shortened(difference) => {
            (difference, Severity::Info)
        }
        Verdict::Differs(difference) => (difference, Severity::Warning),
    };
    let (on, of) = (member.said_on(), subject(member));
    let there = match other.record_id() {
        _ if record(member) == record(other) => "in the same record".to_owned(),
        Some(id) => format!("in `{}`", shown(id)),
        None => "in another record".to_owned(),
    };
    let message = format!("the {on} of {of} {}", said(difference, &there));
    let help =
        "write both alike; a name that is used beside the first can stand with the other names";
    let finding = findings
        .at(member.place(), message)
        .severity(severity)
        .label(other.place(), format!("the other {on}"))
        .value(member.shown());
    if severity == Severity::Warning {
        finding.help(help);
    }
}

fn said(Difference { mine, theirs }: &Difference, there: &str) -> String {
    match (mine.as_str(), theirs.as_str()) {
        ("", theirs) => format!("leaves out “{}”, which stands {there}", shown(theirs)),
        (mine, "") => format!("has “{}” more than {there}", shown(mine)),
        (mine, theirs) => format!("has “{}”, and “{}” {there}", shown(mine), shown(theirs)),
    }
}
