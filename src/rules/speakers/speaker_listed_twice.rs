//! The same person twice in one list of speakers.

use std::{cell::LazyCell, collections::BTreeMap};

use super::{event_of, folded, is_full, is_in_state, speaker_placeholder, speakers, upwards, who};
use crate::{
    corpus::Identities,
    fact::{Fact, Meaning, Record, Speaker, Text},
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule},
    schema::{violations::shown, vocabulary::Identity},
    tree::{NodeId, NodeRef},
};

pub(crate) static RULE: Rule = Rule {
    id: "speaker-listed-twice",
    family: Family::Speakers,
    summary: "the same person twice in one list of speakers",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/speaker-listed-twice.md"),
    check: Check::People(check),
};

/// A list with more repeats than this was doubled as a whole, which is one mistake.
const MOST: usize = 10;

fn check(record: &Record<'_>, identities: &Identities, findings: &mut Findings<'_>) {
    let event = event_of(record);
    let keys = LazyCell::new(|| keys(record));
    let mut firsts: BTreeMap<(NodeId, Who), Entry<'_, '_>> = BTreeMap::new();
    let mut lists: BTreeMap<NodeId, Vec<(Entry<'_, '_>, Entry<'_, '_>)>> = BTreeMap::new();
    for (fact, speaker) in speakers(record) {
        let Some(entry) = Entry::of(record, fact, speaker) else { continue };
        let id = entry.list.id();
        let key = (id, entry.who(identities, event));
        match firsts.get(&key) {
            Some(first)
                if first.is_doubled_by(&entry)
                    && !is_told(&keys, first, &entry)
                    && identities.on(event, first.name.value, entry.name.value)
                        != Some(Identity::Distinct) =>
            {
                lists.entry(id).or_default().push((*first, entry));
            }
            Some(_) => {}
            None => {
                firsts.insert(key, entry);
            }
        }
    }
    for repeats in lists.into_values() {
        report(&repeats, findings);
    }
}

fn report(repeats: &[(Entry<'_, '_>, Entry<'_, '_>)], findings: &mut Findings<'_>) {
    let total = repeats.len();
    let told = if total > MOST { 1 } else { total };
    for (first, entry) in &repeats[..told] {
        let key = entry.list.key().and_then(NodeRef::as_str);
        let list = key.map_or_else(|| "this list".to_owned(), |key| format!("`{}`", shown(key)));
        let name = shown(entry.name.value);
        let other = shown(first.name.value);
        let message = if total > MOST {
            format!("`{name}` and {} more already stand in {list}", total - 1)
        } else if folded(Some(first.name)) == folded(Some(entry.name)) {
            format!("`{name}` already stands in {list}")
        } else {
            format!("`{name}` already stands in {list} as `{other}`")
        };
        findings
            .at(entry.name.place, message)
            .label(first.name.place, "first here")
            .help("take one entry out, or give each the capacity in which the person takes part")
            .value(entry.name.value);
    }
}

/// A person, and in what office and capacity.
type Who = (String, [Option<String>; 4]);

/// Somebody named in a list.
#[derive(Clone, Copy)]
struct Entry<'r, 't> {
    speaker: &'r Speaker<'t>,
    name: Text<'t>,
    list: NodeRef<'t>,
    /// The element of the list in which the speaker lies.
    node: NodeRef<'t>,
}

impl<'r, 't> Entry<'r, 't> {
    fn of(record: &Record<'t>, fact: &Fact<'t>, speaker: &'r Speaker<'t>) -> Option<Self> {
        let name = speaker.name?;
        let details = [speaker.role, speaker.affiliation, speaker.delegation, speaker.capacity];
        let is_known = is_full(name.value) || details.iter().any(Option::is_some);
        let is_there = !is_in_state(speaker, &["withdrawn", "replaced"]);
        if !is_known || !is_there || speaker_placeholder::is_placeholder(name.value) {
            return None;
        }
        let mut path = upwards(fact.node, record);
        let mut node = path.next()?;
        let list = path.find(|above| {
            let found = above.is_array();
            if !found {
                node = *above;
            }
            found
        })?;
        Some(Self { speaker, name, list, node })
    }

    /// What is equal for one person in one capacity.
    fn who(&self, identities: &Identities, event: &str) -> Who {
        let Speaker { role, affiliation, delegation, capacity, .. } = *self.speaker;
        let details = [role, affiliation, delegation, capacity].map(folded);
        (who(identities, event, self.name), details)
    }

    /// Whether the other entry says nothing that this one contradicts: two speeches of one person
    /// have two texts. An entry that an alias repeats elsewhere is still one entry.
    fn is_doubled_by(&self, other: &Self) -> bool {
        let Speaker { name, honorific, role, affiliation, delegation, capacity, state, .. } =
            *self.speaker;
        let known: Vec<NodeId> = [name, honorific, role, affiliation, delegation, capacity, state]
            .into_iter()
            .flatten()
            .map(|text| text.node.id())
            .collect();
        self.name.node.id() != other.name.node.id() && agree(self.node, other.node, &known)
    }
}

/// Whether the two nodes hold nothing that differs, but for the nodes `known` of the first.
fn agree(a: NodeRef<'_>, b: NodeRef<'_>, known: &[NodeId]) -> bool {
    if known.contains(&a.id()) || a.is_null() || b.is_null() {
        return true;
    }
    if a.is_object() && b.is_object() {
        return a.members().all(|(key, value)| {
            let other = key.as_str().and_then(|key| b.get(key));
            other.is_none_or(|other| agree(value, other, known))
        });
    }
    if a.is_array() && b.is_array() {
        let same_length = a.elements().count() == b.elements().count();
        return same_length && a.elements().zip(b.elements()).all(|(a, b)| agree(a, b, known));
    }
    match (a.scalar_text(), b.scalar_text()) {
        (Some(a), Some(b)) => a == b,
        _ => a.as_bool().is_some() && a.as_bool() == b.as_bool(),
    }
}

/// The keys of the entries of lists in which nothing is to be there twice, by their nodes: each key with the
/// number of the fact that has it.
type Keys<'r> = BTreeMap<NodeId, Vec<(usize, &'r str)>>;

fn keys<'r>(record: &'r Record<'_>) -> Keys<'r> {
    let mut all = Keys::new();
    for (number, fact) in record.facts.iter().enumerate() {
        let Meaning::Unique(unique) = &fact.meaning else { continue };
        for (key, text) in &unique.entries {
            let known = all.entry(text.node.id()).or_default();
            if known.last().is_none_or(|(last, _)| *last != number) {
                known.push((number, key));
            }
        }
    }
    all
}

/// Whether `duplicate-entry` reports that both have one name, where it is what makes the entries of the list differ.
fn is_told(keys: &Keys<'_>, first: &Entry<'_, '_>, second: &Entry<'_, '_>) -> bool {
    let [first, second] = [first, second].map(|entry| keys.get(&entry.name.node.id()));
    first
        .zip(second)
        .is_some_and(|(first, second)| first.iter().any(|one| second.binary_search(one).is_ok()))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings, findings_with};

    /// A programme with a panel of these speakers.
    fn panel(speakers: &str) -> String {
        format!(
            r#"
id: programme
kind: programme
title: Programme
language: en
slots:
  - kind: panel
    start: "10:00"
    end: "13:00"
    title: Panel one
    speakers:
{speakers}
"#
        )
    }

    #[test]
    fn a_name_that_is_there_twice() {
        check(
            &RULE,
            &panel(
                r"
      - name: Sarah Lewis
#             ~~~~~~~~~~~ first here
      - name: Khalid Koser
      - name: sarah  Lewis
#             ^^^^^^^^^^^^ warning: `sarah  Lewis` already stands in `speakers`
",
            ),
        );
    }

    #[test]
    fn the_form_of_address_and_the_state_make_no_second_person() {
        check(
            &RULE,
            &panel(
                r"
      - {name: Anthony Lake, role: Director, state: tbc}
#              ~~~~~~~~~~~~ first here
      - {name: Anthony Lake, role: Director, honorific: Mr., state: confirmed}
#              ^^^^^^^^^^^^ warning: `Anthony Lake` already stands in `speakers`
",
            ),
        );
    }

    #[test]
    fn two_capacities_or_offices_or_bodies_are_two_entries() {
        check(
            &RULE,
            &panel(
                r"
      - {name: William Swing, role: Director General}
      - {name: William Swing, role: Moderator}
      - {name: William Swing, role: Director General, capacity: in a personal capacity}
      - {name: William Swing, role: Director General, affiliation: IOM}
      - {name: William Swing, role: Director General, delegation: Sweden}
      - {name: William Swing}
",
            ),
        );
    }

    #[test]
    fn a_single_word_names_one_person_only_with_an_office_or_a_body() {
        check(
            &RULE,
            &panel(
                r"
      - {name: Smith}
      - {name: Smith}
      - {name: Smith, delegation: Ghana}
#              ~~~~~ first here
      - {name: Smith, delegation: Ghana}
#              ^^^^^ warning: `Smith` already stands in `speakers`
",
            ),
        );
    }

    #[test]
    fn what_stands_for_no_name_and_who_does_not_come_are_left_out() {
        check(
            &RULE,
            &panel(
                r"
      - {name: Voice from the floor}
      - {name: Voice from the floor}
      - {name: Anna Berg, state: replaced}
      - {name: Anna Berg}
      - {role: Minister}
      - {role: Minister}
",
            ),
        );
    }

    #[test]
    fn the_chair_and_another_slot_are_other_lists() {
        let chair = panel("      - {name: Anna Berg}")
            .replace("    speakers", "    chair: [{name: Anna Berg}]\n    speakers");
        let another = "  - {kind: panel, start: \"15:00\", end: \"16:00\", title: Two, speakers: [{name: Anna Berg}]}";
        check(&RULE, &format!("{}\n{another}", chair.trim_end()));
    }

    #[test]
    fn an_alias_is_no_second_entry() {
        let text = panel("      - {name: Anna Berg}").replace("speakers:", "speakers: &all");
        let another =
            "  - {kind: panel, start: \"15:00\", end: \"16:00\", title: Two, speakers: *all}";
        check(&RULE, &format!("{}\n{another}", text.trim_end()));
    }

    #[test]
    fn nobody_speaks_in_what_is_cancelled() {
        let text = panel("      - {name: Anna Berg}\n      - {name: Anna Berg}");
        check(&RULE, &text.replace("language: en", "language: en\nstatus: cancelled"));
    }

    #[test]
    fn a_list_that_was_doubled_is_one_mistake() {
        let many = |count: usize| {
            let all: String = (0..count).map(|n| format!("      - {{name: A B{n}}}\n")).collect();
            let found = findings(&RULE, &[("p.yaml".to_owned(), panel(&format!("{all}{all}")))]);
            (found.len(), found[0].message.clone())
        };
        assert_eq!(many(10), (10, "`A B0` already stands in `speakers`".to_owned()));
        assert_eq!(many(11), (1, "`A B0` and 10 more already stand in `speakers`".to_owned()));
    }

    /// How much is found in a transcript of these speeches; `unique` is said of the list.
    fn speeches(unique: &str, list: &str) -> usize {
        let schema = format!(
            r#"{{"properties": {{"kind": {{"const": "minutes"}}, "speeches": {{{unique} "items":
                {{"x-speaker": {{"name": "/by/name"}}}}}}}}}}"#
        );
        let catalog = crate::schema::Catalog::new(&[("minutes.json".into(), schema)]);
        let text = format!(r#"{{"kind": "minutes", "speeches": [{list}]}}"#);
        findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]).len()
    }

    #[test]
    fn two_speeches_of_one_person_are_two() {
        let speech = |text: &str| format!(r#"{{"by": {{"name": "Anna Berg"}}, "text": [{text}]}}"#);
        let two = |a: &str, b: &str| speeches("", &format!("{}, {}", speech(a), speech(b)));
        assert_eq!(two("\"Yes\"", "\"No\""), 0);
        assert_eq!(two("\"Yes\"", "\"Yes\", \"No\""), 0);
        assert_eq!(two("true", "false"), 0);
        assert_eq!(two("\"Yes\"", "\"Yes\""), 1);
        assert_eq!(two("null, true", "1, true"), 1);
    }

    #[test]
    fn what_the_schema_forbids_itself_is_told_once() {
        let twice = r#"{"by": {"name": "Anna Berg"}}, {"by": {"name": "Anna Berg"}}"#;
        assert_eq!(speeches(r#""x-unique": {"by": ["/by/name"]},"#, twice), 0);
        assert_eq!(speeches(r#""x-unique": {"by": ["/n"]},"#, twice), 1);
    }
}
