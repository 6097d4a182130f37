//! Records that contradict each other.

pub(super) mod attendance_inconsistent;
pub(super) mod counterpart_missing;
pub(super) mod event_details_mismatch;
pub(super) mod outcome_contradicts_votes;
pub(super) mod path_mismatch;
pub(super) mod programme_diff;
pub(super) mod series_gap;
pub(super) mod votes_inconsistent;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    corpus::{Group, Member, relation::Agreement},
    fact::Text,
    finding::Severity,
    message::{contrasted, record_name, record_or, shown},
    rule::Findings,
    sources::SourceId,
    tree::NodeRef,
    vocabulary::Status,
    wording::{Difference, Verdict},
};

/// Compares one text with another.
type Compare = fn(&str, &str) -> Verdict;

/// Whether a text can be compared.
type IsComparable = fn(&str) -> bool;

/// A value by its key.
fn named(text: Text<'_>) -> String {
    let key = text.node.key().and_then(NodeRef::as_str);
    key.map_or_else(|| "the value".to_owned(), |key| format!("`{}`", shown(key)))
}

/// Reports every text of the group that differs from the text that decides.
fn report_differences(
    group: &Group<'_, Agreement>,
    is_comparable: IsComparable,
    compare: Compare,
    findings: &mut Findings<'_>,
) {
    if is_one_text(group) {
        return;
    }
    let members = compared(group);
    let bases = bases(&members, is_comparable);
    let Some(base) = bases.first().copied() else { return };
    let mut texts = BTreeSet::new();
    let accepted: Vec<(&Member<'_, Agreement>, &str)> = bases
        .iter()
        .flat_map(|base| std::iter::once(base.shown()).chain(base.also()).map(|text| (*base, text)))
        .filter(|(_, text)| texts.insert(*text) && is_comparable(text))
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

/// Whether all members have the same text, as in most groups.
fn is_one_text(group: &Group<'_, Agreement>) -> bool {
    let names: usize = group.members.iter().map(|member| member.also().count()).sum();
    let is_same = |two: &[Member<'_, Agreement>]| two[0].shown() == two[1].shown();
    names < MOST_ACCEPTED && group.members.windows(2).all(is_same)
}

/// Nothing has more names. Each text is compared with all of them.
const MOST_ACCEPTED: usize = 200;

fn report_too_many(base: &Member<'_, Agreement>, count: usize, findings: &mut Findings<'_>) {
    let (on, of) = (base.said_on(), subject(base));
    let message = format!(
        "{of} has {count} different values for its {on}, and more than {MOST_ACCEPTED} are not compared with other records"
    );
    findings
        .at(base.place(), message)
        .severity(Severity::Info)
        .help("remove the values that are not in use");
}

/// The thing whose text a member gives.
fn subject(member: &Member<'_, Agreement>) -> String {
    match member.said_of() {
        "" => "the event".to_owned(),
        of => record_name(&of.replace('\u{1f}', ", ")),
    }
}

/// The members that are compared. Cancelled and superseded records are not, nor is a record that gives one
/// part of the event several headings: those are the headings of its own parts.
fn compared<'a, 'c>(group: &'a Group<'c, Agreement>) -> Vec<&'a Member<'c, Agreement>> {
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
    member.is_gone()
}

fn is_same(a: &Member<'_, Agreement>, b: &Member<'_, Agreement>) -> bool {
    a.place() == b.place()
}

/// The texts that the others are compared with: those of the records that decide, else the first text of a
/// final record, else the first text.
fn bases<'a, 'c>(
    members: &[&'a Member<'c, Agreement>],
    is_comparable: IsComparable,
) -> Vec<&'a Member<'c, Agreement>> {
    let deciding: Vec<&Member<'_, Agreement>> =
        members.iter().copied().filter(|member| member.is_authority()).collect();
    if !deciding.is_empty() {
        return deciding;
    }
    let comparable = || members.iter().copied().filter(|member| is_comparable(member.shown()));
    let is_final =
        |member: &&Member<'_, Agreement>| member.record_status().is_some_and(Status::is_finished);
    comparable().find(is_final).or_else(|| comparable().next()).into_iter().collect()
}

/// The most similar accepted text, and how it differs.
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
        _ if record(member) == record(other) => format!("the other {on} in the same record"),
        id => format!("the {on} in {}", record_or(id, "another record")),
    };
    let message = if member.is_everywhere() {
        let [mine, theirs] = contrasted(&difference.mine, &difference.theirs);
        let there = there.strip_prefix(&format!("the {on} ")).unwrap_or(&there).to_owned();
        format!("the {on} of {of} is “{mine}”, but “{theirs}” {there}")
    } else {
        format!("the {on} of {of} {}", described(difference, &there))
    };
    let help = "write both alike, or list this text among the other names of the same thing";
    let finding = findings
        .at(member.place(), message)
        .severity(severity)
        .label(other.place(), format!("the other {on}"))
        .value(member.shown());
    if severity == Severity::Warning {
        finding.help(help);
    }
}

/// How a text differs from that `there`.
fn described(Difference { mine, theirs }: &Difference, there: &str) -> String {
    let words = |text: &str| {
        let noun = if text.contains(char::is_whitespace) { "words" } else { "word" };
        format!("the {noun} “{}”", shown(text))
    };
    match (mine.as_str(), theirs.as_str()) {
        ("", theirs) => format!("omits {} from {there}", words(theirs)),
        (mine, "") => format!("adds {} to {there}", words(mine)),
        (mine, theirs) => {
            let [mine, theirs] = contrasted(mine, theirs);
            format!("has “{mine}” where {there} has “{theirs}”")
        }
    }
}
