//! Who is announced at an event, and who spoke at it.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use super::Relation;
use crate::{
    corpus::{
        Group, Identities, Member,
        batch::{Collector, TextRef, TextStore},
        names::{Names, ReadName},
    },
    fact::{Meaning, Record, Speaker},
    finding::Place,
    person::{self, Verdict},
    vocabulary::{FactKinds, Identity, Presence, SpeakerState},
};

/// A word that so many names have in common distinguishes no one.
const MOST_NAMES: usize = 500;
/// An office or a delegation is called by no more words.
const MOST_WORDS: usize = 8;

/// Those who are announced at one event, and those who spoke at it.
#[derive(Debug)]
pub struct Attendance;

/// Someone who is announced, or who spoke.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AttendanceEntry {
    event: TextRef,
    called: TextRef,
    role: TextRef,
    affiliation: TextRef,
    delegation: TextRef,
    capacity: TextRef,
    presence: Presence,
    /// Whether `called` is a name.
    is_named: bool,
    /// Whether no one speaks in this capacity who was not announced.
    must_be_listed: bool,
    /// Whether it is not certain, by the state, that the person speaks.
    is_doubtful: bool,
}

/// States in which it is not certain that someone speaks.
const DOUBTFUL: [SpeakerState; 4] =
    [SpeakerState::Tbc, SpeakerState::Invited, SpeakerState::Withdrawn, SpeakerState::Replaced];

impl Relation for Attendance {
    /// The id of the event.
    type Key<'c> = &'c str;
    type Entry = AttendanceEntry;
    type Prepared = ();
    const DEPENDS_ON_DECISIONS: bool = true;

    const FACTS: Option<FactKinds> = Some(FactKinds::SPEAKER);
    fn key<'c>(entry: &'c AttendanceEntry, texts: &'c TextStore) -> &'c str {
        texts.get(entry.event)
    }

    fn take(record: &Record<'_>, collector: &mut Collector<'_, Self>) {
        let Some(event) = record.head.event_or_own().map(|text| text.value) else { return };
        for fact in &record.facts {
            if let Meaning::Speaker(speaker) = &fact.meaning
                && let Some(presence) = speaker.is
            {
                add(event, presence, speaker, collector);
            }
        }
    }
}

/// Someone who is called by an office or a delegation, or by a name too short to be found by its words, may be anybody who is
/// described so. Where nothing is said, an empty text stands for anybody.
fn add(
    event: &str,
    presence: Presence,
    speaker: &Speaker<'_>,
    collector: &mut Collector<'_, Attendance>,
) {
    let named = speaker.name.filter(|name| collector.name(name.value).name.has_keys());
    let entry = AttendanceEntry {
        event: collector.store(event),
        called: TextRef::default(),
        role: collector.store_value(speaker.role),
        affiliation: collector.store_value(speaker.affiliation),
        delegation: collector.store_value(speaker.delegation),
        capacity: collector.store_value(speaker.capacity),
        presence,
        is_named: named.is_some(),
        must_be_listed: speaker.must_be_listed,
        is_doubtful: speaker.is_in_state(&DOUBTFUL),
    };
    let name = speaker.name.filter(|name| !collector.name(name.value).is_stand_in);
    let name = name.map(|name| (person::core(name.value), name.place));
    let mut called = |text: &str, place: Place| {
        let called = collector.store(text);
        collector.add(place, AttendanceEntry { called, ..entry.clone() });
    };
    if let Some(name) = named {
        return called(name.value, name.place);
    }
    let others = [speaker.delegation, speaker.role].into_iter().flatten();
    let texts = name.into_iter().chain(others.map(|text| (text.value, text.place)));
    let mut is_known = false;
    for (text, place) in texts {
        is_known = true;
        called(text, place);
    }
    if let Some(name) = speaker.name.filter(|_| !is_known) {
        called("", name.place);
    }
}

impl<'c> Member<'c, Attendance> {
    /// The name, or what else the person is called by.
    #[must_use]
    pub fn called(&self) -> &'c str {
        self.text(self.entry().called)
    }

    /// Whether the person is called by a name.
    #[must_use]
    pub fn is_named(&self) -> bool {
        self.entry().is_named
    }

    /// In what capacity the person speaks, empty where it is not given.
    #[must_use]
    pub fn capacity(&self) -> &'c str {
        self.text(self.entry().capacity)
    }

    /// Whether the record announces the person, or says that he or she spoke.
    #[must_use]
    pub fn presence(&self) -> Presence {
        self.entry().presence
    }

    /// Whether the person speaks in a capacity in which no one speaks who was not announced.
    #[must_use]
    pub fn must_be_listed(&self) -> bool {
        self.entry().must_be_listed && self.is_named()
    }

    /// Whether it is not certain, by the state, that the person speaks.
    #[must_use]
    pub fn is_doubtful(&self) -> bool {
        self.entry().is_doubtful && self.is_named()
    }

    /// The event.
    #[must_use]
    pub fn event(&self) -> &'c str {
        self.text(self.entry().event)
    }

    fn descriptions(&self) -> [&'c str; 3] {
        let AttendanceEntry { role, affiliation, delegation, is_named, .. } = *self.entry();
        if is_named {
            [role, affiliation, delegation].map(|text_ref| self.text(text_ref))
        } else {
            [""; 3]
        }
    }
}

/// Some of those in a group, found by the words of their names.
#[derive(Debug)]
pub struct People<'g> {
    identities: &'g Identities,
    read: &'g Names,
    /// The names, each spelling once.
    names: Vec<Arc<ReadName>>,
    by_spelling: HashSet<Arc<str>>,
    by_word: HashMap<String, Vec<usize>>,
    /// The persons who were decided on.
    persons: HashSet<(bool, usize)>,
    /// The words by which those without a name are called.
    unnamed: HashSet<String>,
    /// Whether names are written in Latin letters, and in others.
    scripts: [bool; 2],
}

impl<'g> People<'g> {
    /// No one yet.
    #[must_use]
    pub fn new(group: &Group<'g, Attendance>) -> Self {
        Self {
            identities: &group.shared.identities,
            read: &group.shared.names,
            names: Vec::new(),
            by_spelling: HashSet::new(),
            by_word: HashMap::new(),
            persons: HashSet::new(),
            unnamed: HashSet::new(),
            scripts: [false; 2],
        }
    }

    /// Adds a member of the group.
    pub fn add(&mut self, member: &Member<'g, Attendance>) {
        let text = member.called();
        if !member.is_named() {
            self.unnamed.insert(words(text).join(" "));
            return;
        }
        let read = self.read.read(text);
        if !self.by_spelling.insert(Arc::clone(&read.spelling)) {
            return;
        }
        self.scripts[usize::from(!is_latin(text))] = true;
        self.persons.extend(self.identities.person(member.event(), text));
        for key in read.name.keys() {
            self.by_word.entry(key.to_owned()).or_default().push(self.names.len());
        }
        self.names.push(read);
    }

    /// Whether there is no one with a name.
    #[must_use]
    pub fn is_nameless(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether there is no one at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.unnamed.is_empty()
    }

    /// Whether a member with a name is certainly none of these. Whoever may be one of them by the
    /// comparison of names, or may be meant by an office or a delegation, is not missing.
    #[must_use]
    pub fn lack(&self, member: &Member<'g, Attendance>) -> bool {
        let (event, text) = (member.event(), member.called());
        let read = self.read.read(text);
        let is_known = || {
            let person = self.identities.person(event, text);
            self.by_spelling.contains(&read.spelling)
                || person.is_some_and(|person| self.persons.contains(&person))
        };
        // Names are not carried over from one script into another.
        let other_script = self.scripts[usize::from(is_latin(text))];
        if other_script || is_known() || self.may_mean(member) {
            return false;
        }
        let lists = read.name.keys().into_iter().filter_map(|key| self.by_word.get(key));
        for list in lists {
            let is_alike = |at: &usize| {
                let other = &self.names[*at];
                other.name.compare(&read.name) != Verdict::Different
                    && self.identities.on_spellings(event, &other.spelling, &read.spelling)
                        != Some(Identity::Distinct)
            };
            if list.len() > MOST_NAMES || list.iter().any(is_alike) {
                return false;
            }
        }
        true
    }

    /// Whether one who is called by an office or a delegation may be this person.
    fn may_mean(&self, member: &Member<'_, Attendance>) -> bool {
        if self.unnamed.is_empty() {
            return false;
        }
        let described = member.descriptions().into_iter().chain([member.called()]);
        self.unnamed.contains("")
            || described.map(words).any(|words| {
                (0..words.len()).any(|from| {
                    let longest = words.len().min(from + MOST_WORDS);
                    (from..longest).any(|to| self.unnamed.contains(&words[from..=to].join(" ")))
                })
            })
    }
}

/// The words of a text, folded.
fn words(text: &str) -> Vec<String> {
    let folded = person::fold(text);
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether the letters of a name are Latin ones.
fn is_latin(name: &str) -> bool {
    let first = name.chars().find(|c| c.is_alphabetic());
    first.is_none_or(|c| c < '\u{370}' || matches!(c, '\u{1e00}'..='\u{1eff}'))
}
