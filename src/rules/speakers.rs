//! Who speaks.

pub(super) mod delegation_speaker_unnamed;
pub(super) mod honorific_in_name;
pub(super) mod identity_conflict;
pub(super) mod name_possible_typo;
pub(super) mod name_variant;
pub(super) mod programmed_speaker_without_statement;
pub(super) mod slot_without_chair;
pub(super) mod slot_without_speakers;
pub(super) mod speaker_details_differ;
pub(super) mod speaker_double_booked;
pub(super) mod speaker_in_title;
pub(super) mod speaker_listed_twice;
pub(super) mod speaker_missing;
pub(super) mod speaker_not_on_programme;
pub(super) mod speaker_placeholder;
pub(super) mod speaker_role_only;
pub(super) mod speaker_tbc;

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    corpus::{
        Group, Identities, Member, ReadName,
        relation::{Attendance, Name, Roster},
    },
    fact::{Fact, Meaning, Record, Speaker, Text, key},
    finding::{Severity, Stages},
    person::{self, Verdict},
    schema::vocabulary::{Form, Presence},
    tree::NodeRef,
};

/// A slot that wants names is to be expected long before the event, and a gap from then on.
const OPEN: Stages =
    Stages { early: Severity::Info, near: Severity::Warning, over: Severity::Warning };

/// The facts of a record that takes place; what was cancelled has nobody who speaks.
fn live<'r, 't>(record: &'r Record<'t>) -> &'r [Fact<'t>] {
    record.live()
}

/// The speakers of a record that takes place.
fn speakers<'r, 't>(
    record: &'r Record<'t>,
) -> impl Iterator<Item = (&'r Fact<'t>, &'r Speaker<'t>)> {
    live(record).iter().filter_map(|fact| match &fact.meaning {
        Meaning::Speaker(speaker) => Some((fact, speaker)),
        _ => None,
    })
}

/// Whether the speaker's state is one of these.
fn is_in_state(speaker: &Speaker<'_>, states: &[&str]) -> bool {
    speaker.state.is_some_and(|state| states.contains(&state.value))
}

/// The value without regard to case and runs of spaces.
fn folded(text: Option<Text<'_>>) -> Option<String> {
    text.map(|text| key::normal(Form::Folded, text.value).into_owned())
}

/// The node and all nodes above it in its record.
fn upwards<'t>(node: NodeRef<'t>, record: &Record<'t>) -> impl Iterator<Item = NodeRef<'t>> {
    let root = record.node.id();
    std::iter::successors(
        Some(node),
        move |node| {
            if node.id() == root { None } else { node.parent() }
        },
    )
}

/// Whether the name of a person tells one person from most others: a single word does not.
fn is_full(name: &str) -> bool {
    name.split_whitespace().nth(1).is_some()
}

/// A way in which a name is spelled in an event, and all who are named so.
struct Spelling<'g, 'c> {
    read: Arc<ReadName>,
    members: Vec<&'g Member<'c, Name>>,
}

impl<'c> Spelling<'_, 'c> {
    /// The name as written in the first place, without honorific and marks.
    fn shown(&self) -> &'c str {
        self.members.first().map_or("", |member| person::core(member.name()))
    }
}

/// Whether a reviewer has decided if the two are one person: then nothing is told of them any more.
fn is_decided(group: &Group<'_, Name>, a: &Spelling<'_, '_>, b: &Spelling<'_, '_>) -> bool {
    let event = a.members.first().map_or("", |member| member.speaks_at());
    let [a, b] = [a, b].map(|one| one.members.first().map_or("", |member| member.name()));
    group.shared.identities.on(event, a, b).is_some()
}

/// Whether a member is announced in a record that is final.
fn is_announced(member: &Member<'_, Attendance>) -> bool {
    member.presence() == Presence::Announced && member.record_status() == Some("final")
}

/// What is equal for one person: the person that was decided on, or the name.
fn who(identities: &Identities, member: &Member<'_, Roster>) -> String {
    match identities.person(member.event(), member.name()) {
        Some((general, person)) => format!("\u{1f}{general} {person}"),
        None => fold(member.name()),
    }
}

/// The text without regard to case and runs of spaces.
fn fold(text: &str) -> String {
    key::normal(Form::Folded, text).into_owned()
}

/// Whether the state of a speaker is that somebody does not come.
fn is_away(member: &Member<'_, Roster>) -> bool {
    matches!(member.state(), Some("withdrawn" | "replaced"))
}

/// A word that so many spellings in one event have in common tells nobody apart.
const MOST_SPELLINGS: usize = 500;

/// The pairs of spellings in a group that are not wholly different, the earlier first, each with what
/// the comparison says. Two spellings with several words in common meet in several groups; their pair is
/// in one of them. Where all names are written alike there are none.
fn alike<'g, 'c>(
    group: &'g Group<'c, Name>,
) -> (Vec<Spelling<'g, 'c>>, Vec<(usize, usize, Verdict)>) {
    let mut spellings: Vec<Spelling<'g, 'c>> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut pairs = Vec::new();
    let is_one_spelling = || group.members.windows(2).all(|two| two[0].name() == two[1].name());
    // What was decided to be one person is not compared.
    if group.is_derived || is_one_spelling() {
        return (spellings, pairs);
    }
    for member in &group.members {
        if matches!(member.record_status(), Some("cancelled" | "superseded")) {
            continue;
        }
        let read = group.shared.names.read(member.name());
        let at = *known.entry(read.spelling.clone()).or_insert(spellings.len());
        if at == spellings.len() {
            spellings.push(Spelling { read, members: Vec::new() });
        }
        spellings[at].members.push(member);
    }
    if spellings.len() > MOST_SPELLINGS {
        return (spellings, pairs);
    }
    let word = group.members.first().map(Member::word);
    for (at, earlier) in spellings.iter().enumerate() {
        for (later_at, later) in spellings.iter().enumerate().skip(at + 1) {
            let verdict = earlier.read.name.compare(&later.read.name);
            let told = verdict != Verdict::Different
                && earlier.read.name.first_common_key(&later.read.name) == word
                && !is_decided(group, earlier, later);
            if told {
                pairs.push((at, later_at, verdict));
            }
        }
    }
    (spellings, pairs)
}
