//! Who speaks.

pub(super) mod honorific_in_name;
pub(super) mod identity_conflict;
pub(super) mod name_form;
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
pub(super) mod speaker_tbc;
pub(super) mod speaker_unnamed;

use std::sync::Arc;

use crate::{
    corpus::{
        Group, Member, ReadName, Shared,
        relation::{
            Attendance, Name, Relation, Roster,
            name::{Alike, Pair},
        },
    },
    fact::{Fact, Meaning, Record, Speaker, Text, key},
    finding::{Severity, Stages},
    message::{listed, quoted},
    person,
    tree::NodeRef,
    vocabulary::{Form, Presence, SpeakerState, Status},
};

/// Long before the event, a slot without names is normal; shortly before and after it, it is a gap.
const OPEN: Stages =
    Stages { early: Severity::Info, near: Severity::Warning, over: Severity::Warning };

/// The facts of a record that takes place; a cancelled record has no speakers.
fn live<'r, 't>(record: &'r Record<'t>) -> &'r [Fact<'t>] {
    record.live()
}

/// The speakers of a record that takes place.
fn speakers<'r, 't>(
    record: &'r Record<'t>,
) -> impl Iterator<Item = (&'r Fact<'t>, &'r Speaker<'t>)> {
    live(record).iter().filter_map(|fact| match &fact.meaning {
        Meaning::Speaker(speaker) => Some((fact, speaker.as_ref())),
        _ => None,
    })
}

/// The entries of lists of speakers without a name, by mistake: none who are still to be confirmed, or of whom the record says why
/// there is no name.
fn nobodies<'r, 't>(
    record: &'r Record<'t>,
) -> impl Iterator<Item = (&'r Fact<'t>, &'r Speaker<'t>)> {
    live(record).iter().filter_map(|fact| match &fact.meaning {
        Meaning::Unnamed(speaker)
            if !speaker.is_in_state(&[
                SpeakerState::Tbc,
                SpeakerState::NotRecorded,
                SpeakerState::Withdrawn,
                SpeakerState::Replaced,
            ]) =>
        {
            Some((fact, speaker.as_ref()))
        }
        _ => None,
    })
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

/// Whether the name of a person distinguishes the person from most others: a single word does not, unless it is in a script that
/// sets no spaces between family and given name.
fn is_full(name: &str) -> bool {
    name.split_whitespace().nth(1).is_some() || name.chars().filter(|c| is_unspaced(*c)).count() > 1
}

/// Han, Hiragana, Katakana and Hangul.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..='\u{323af}')
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

/// What to call the record of another member in messages.
fn record_of<R: Relation>(other: &Member<'_, R>, here: &Member<'_, R>) -> String {
    let is_same = (other.source(), other.record()) == (here.source(), here.record());
    match other.record_id() {
        Some(id) => quoted(id),
        None if is_same => "this record".to_owned(),
        None => "another record".to_owned(),
    }
}

/// The help for two names that may be of one person: `otherwise`, or the kind of record
/// that holds such decisions.
fn decide(shared: &Shared, otherwise: &str) -> String {
    let kinds: Vec<String> = shared.decision_kinds.iter().map(|kind| quoted(kind)).collect();
    if kinds.is_empty() {
        return otherwise.to_owned();
    }
    format!("{otherwise}, or decide once in a record of kind {}", listed(&kinds, "or"))
}

/// Whether a member is announced in a record that is final.
fn is_announced(member: &Member<'_, Attendance>) -> bool {
    member.presence() == Presence::Announced && member.record_status() == Some(Status::Final)
}

/// Equal for one person: the person that was decided on, or the name.
type Who<'n> = (Option<(bool, usize)>, &'n str);

/// A speaker in a record, with the name taken apart.
#[derive(Clone)]
struct Named<'c> {
    member: Member<'c, Roster>,
    read: Arc<ReadName>,
    /// The person, where that was decided.
    person: Option<(bool, usize)>,
}

impl<'c> Named<'c> {
    fn of(group: &Group<'_, Roster>, member: &Member<'c, Roster>) -> Self {
        let read = group.shared.names.read(member.name());
        let person = group.shared.identities.person(member.event(), member.name());
        Self { member: *member, read, person }
    }

    /// What is equal for one person: the person that was decided on, or the name.
    fn who(&self) -> Who<'_> {
        (self.person, if self.person.is_some() { "" } else { &self.read.folded })
    }
}

/// The text without regard to case and runs of spaces.
fn fold(text: &str) -> String {
    key::normal(Form::Folded, text).into_owned()
}

/// Whether the speaker does not come, by the state.
fn is_away(member: &Member<'_, Roster>) -> bool {
    member.state().is_some_and(SpeakerState::is_away)
}

/// The spellings in a group, and the pairs of them that are not wholly different: see [`Alike`].
fn alike<'g, 'c>(group: &'g Group<'c, Name>) -> (Vec<Spelling<'g, 'c>>, &'g [Pair]) {
    let Alike { spellings, pairs } = group.prepared();
    let spelling = |(read, members): &(Arc<ReadName>, Vec<usize>)| Spelling {
        read: Arc::clone(read),
        members: members.iter().map(|at| &group.members[*at]).collect(),
    };
    (spellings.iter().map(spelling).collect(), pairs)
}
