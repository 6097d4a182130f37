//! The same person twice in one list of speakers.

use std::collections::BTreeMap;

use super::{fold, is_away, is_full, speaker_placeholder, who};
use crate::{
    corpus::{
        Group, Member,
        relation::{Roster, roster::Listed},
    },
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, On, Rule},
    schema::{violations::shown, vocabulary::Identity},
    tree::NodeId,
};

pub(crate) static RULE: Rule = Rule {
    id: "speaker-listed-twice",
    family: Family::Speakers,
    summary: "the same person twice in one list of speakers",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/speaker-listed-twice.md"),
    check: Check::Group(&On::<Roster>(check)),
};

/// A list with more repeats than this was doubled as a whole, which is one mistake.
const MOST: usize = 10;

fn check(group: &Group<'_, Roster>, findings: &mut Findings<'_>) {
    let identities = &group.shared.identities;
    let mut firsts: BTreeMap<(NodeId, Who), Entry<'_>> = BTreeMap::new();
    let mut lists: BTreeMap<NodeId, Vec<(Entry<'_>, Entry<'_>)>> = BTreeMap::new();
    for entry in group.members.iter().filter_map(Entry::of) {
        let id = entry.listed.list;
        let details = [
            entry.member.role(),
            entry.member.affiliation(),
            entry.member.delegation(),
            entry.member.capacity(),
        ];
        let key = (id, (who(identities, &entry.member), details.map(|one| one.map(fold))));
        match firsts.get(&key) {
            Some(first)
                if first.is_doubled_by(&entry)
                    && !first.listed.shares_key(entry.listed)
                    && identities.on(entry.member.event(), first.name(), entry.name())
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

fn report(repeats: &[(Entry<'_>, Entry<'_>)], findings: &mut Findings<'_>) {
    let total = repeats.len();
    let told = if total > MOST { 1 } else { total };
    for (first, entry) in &repeats[..told] {
        let key = entry.member.list_key();
        let list = key.map_or_else(|| "this list".to_owned(), |key| format!("`{}`", shown(key)));
        let name = shown(entry.name());
        let other = shown(first.name());
        let message = if total > MOST {
            format!("`{name}` and {} more already stand in {list}", total - 1)
        } else if fold(first.name()) == fold(entry.name()) {
            format!("`{name}` already stands in {list}")
        } else {
            format!("`{name}` already stands in {list} as `{other}`")
        };
        findings
            .at(entry.member.place(), message)
            .label(first.member.place(), "first here")
            .help("take one entry out, or give each the capacity in which the person takes part")
            .value(entry.name());
    }
}

/// A person, and in what office and capacity.
type Who = (String, [Option<String>; 4]);

/// Somebody named in a list.
#[derive(Clone, Copy)]
struct Entry<'c> {
    member: Member<'c, Roster>,
    listed: &'c Listed,
}

impl<'c> Entry<'c> {
    fn of(member: &Member<'c, Roster>) -> Option<Self> {
        let details = [member.role(), member.affiliation(), member.delegation(), member.capacity()];
        let is_known = is_full(member.name()) || details.iter().any(Option::is_some);
        if !is_known || is_away(member) || speaker_placeholder::is_placeholder(member.name()) {
            return None;
        }
        Some(Self { member: *member, listed: member.listed()? })
    }

    fn name(&self) -> &'c str {
        self.member.name()
    }

    /// Whether the other entry says nothing that this one contradicts. An entry that an alias repeats elsewhere is still one
    /// entry.
    fn is_doubled_by(&self, other: &Self) -> bool {
        self.member.place().node != other.member.place().node && self.listed.agrees(other.listed)
    }
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
