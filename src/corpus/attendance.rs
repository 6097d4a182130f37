//! Who is announced at an event, and who spoke at it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Contribution, Detail, Group, Identities, Member, ReadName, Relation};
use crate::{
    fact::{Speaker, Text},
    person::{self, Name, Verdict},
    schema::vocabulary::Identity,
};

/// A word that so many names have in common tells nobody apart.
const MOST_NAMES: usize = 500;
/// An office or a delegation is called by no more words.
const MOST_WORDS: usize = 8;

impl Contribution {
    /// Somebody who is called by an office or a delegation, or by a name too short to be found by its
    /// words, may be anybody who is described so. Where nothing is said, an empty text stands for anybody.
    pub(super) fn add_unnamed(&mut self, event: Text<'_>, number: u32, speaker: &Speaker<'_>) {
        let Some(presence) = speaker.is else { return };
        let detail = Detail::Unnamed(presence);
        let name = speaker.name.filter(|name| !person::is_placeholder(name.value));
        let name = name.map(|name| (person::core(name.value), name.place));
        let others = [speaker.delegation, speaker.role].into_iter().flatten();
        let texts = name.into_iter().chain(others.map(|text| (text.value, text.place)));
        let mut is_known = false;
        for (called, place) in texts {
            is_known = true;
            self.push(Relation::Attendance, event.value, called, number, place, detail);
        }
        if let Some(name) = speaker.name.filter(|_| !is_known) {
            self.push(Relation::Attendance, event.value, "", number, name.place, detail);
        }
    }
}

/// Makes one group for each event of all who are announced at it and all who spoke. The words of names
/// lie in groups of their own, so this is done only where a rule asks for it.
pub fn attendances<'c>(groups: &mut Vec<Group<'c>>, identities: &'c Identities) {
    let complete = groups.iter().all(|group| group.complete);
    let mut events: BTreeMap<&str, Vec<Member<'c>>> = BTreeMap::new();
    for group in groups.iter() {
        let is_named = match group.relation {
            Relation::Name => true,
            Relation::Attendance => false,
            _ => continue,
        };
        let counts = |member: &&Member<'_>| {
            member.presence().is_some() && (!is_named || member.is_first_word())
        };
        for member in group.members.iter().filter(counts) {
            let event = if is_named { member.speaks_at() } else { member.key().1 };
            events.entry(event).or_default().push(*member);
        }
    }
    groups.retain(|group| group.relation != Relation::Attendance);
    groups.extend(events.into_values().map(|mut members| {
        members.sort_by_key(Member::place);
        Group::new(Relation::Attendance, members, complete, identities)
    }));
}

/// Some of those in a group of [`Relation::Attendance`], found by the words of their names.
#[derive(Debug)]
pub struct People<'g> {
    identities: &'g Identities,
    /// The names, each spelling once.
    names: Vec<ReadName>,
    by_spelling: HashSet<String>,
    by_word: HashMap<String, Vec<usize>>,
    /// The persons who were decided on.
    persons: HashSet<(bool, usize)>,
    /// The words by which those without a name are called.
    unnamed: HashSet<String>,
    /// Whether names are written in Latin letters, and in others.
    scripts: [bool; 2],
}

impl<'g> People<'g> {
    /// Nobody yet.
    #[must_use]
    pub fn new(group: &Group<'g>) -> Self {
        Self {
            identities: group.identities,
            names: Vec::new(),
            by_spelling: HashSet::new(),
            by_word: HashMap::new(),
            persons: HashSet::new(),
            unnamed: HashSet::new(),
            scripts: [false; 2],
        }
    }

    /// Adds a member of the group.
    pub fn add(&mut self, member: &Member<'g>) {
        let text = member.shown();
        if matches!(member.detail(), Detail::Unnamed(_)) {
            self.unnamed.insert(words(text).join(" "));
            return;
        }
        let spelling = person::spelling(text);
        if !self.by_spelling.insert(spelling.clone()) {
            return;
        }
        self.scripts[usize::from(!is_latin(text))] = true;
        self.persons.extend(self.identities.person(member.speaks_at(), text));
        let name = Name::read(text);
        for key in name.keys() {
            self.by_word.entry(key.to_owned()).or_default().push(self.names.len());
        }
        self.names.push(ReadName { name, spelling });
    }

    /// Whether there is nobody with a name.
    #[must_use]
    pub fn is_nameless(&self) -> bool {
        self.names.is_empty()
    }

    /// Whether there is nobody at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.unnamed.is_empty()
    }

    /// Whether a member with a name is certainly none of these. Whoever may be one of them by the
    /// comparison of names, or may be meant by an office or a delegation, is not missing.
    #[must_use]
    pub fn lack(&self, member: &Member<'g>) -> bool {
        let (event, text) = (member.speaks_at(), member.shown());
        let spelling = person::spelling(text);
        let is_known = || {
            let person = self.identities.person(event, text);
            self.by_spelling.contains(&spelling)
                || person.is_some_and(|person| self.persons.contains(&person))
        };
        // Names are not carried over from one script into another.
        let other_script = self.scripts[usize::from(is_latin(text))];
        if other_script || is_known() || self.may_mean(member) {
            return false;
        }
        let name = Name::read(text);
        let lists = name.keys().into_iter().filter_map(|key| self.by_word.get(key));
        for list in lists {
            let is_alike = |at: &usize| {
                let other = &self.names[*at];
                other.name.compare(&name) != Verdict::Different
                    && self.identities.on_spellings(event, &other.spelling, &spelling)
                        != Some(Identity::Distinct)
            };
            if list.len() > MOST_NAMES || list.iter().any(is_alike) {
                return false;
            }
        }
        true
    }

    /// Whether one who is called by an office or a delegation may be this person.
    fn may_mean(&self, member: &Member<'_>) -> bool {
        if self.unnamed.is_empty() {
            return false;
        }
        let described = member.descriptions().into_iter().chain([member.shown()]);
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
