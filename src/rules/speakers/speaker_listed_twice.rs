//! The same person twice in one list of speakers.

use std::collections::{BTreeMap, BTreeSet};

use super::{Named, Who, fold, is_away, is_full};
use crate::{
    corpus::{
        Group, Identities, Member,
        relation::{Roster, roster::Listed},
    },
    finding::{Family, Severity},
    message::{contrasted, listed_briefly, quoted, shown},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    tree::NodeId,
    vocabulary::Identity,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("speaker-listed-twice"),
    family: Family::Speakers,
    summary: "the same person twice in one list of speakers",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/speaker-listed-twice.md"),
    options: &[],
    check: Check::Group(&On::<Roster>(check)),
};

/// A list with more repeats than this was doubled as a whole, which is one mistake.
const MOST: usize = 10;

fn check(group: &Group<'_, Roster>, findings: &mut Findings<'_>) {
    let mut entries: Vec<Entry<'_>> =
        (0..group.members.len()).filter_map(|number| Entry::of(group, number)).collect();
    // The sort is stable: of the entries of one person the first in the text goes first.
    entries.sort_by(|a, b| a.key().cmp(&b.key()));
    let mut lists: BTreeMap<NodeId, Vec<(&Entry<'_>, &Entry<'_>)>> = BTreeMap::new();
    for entries in entries.chunk_by(|a, b| a.key() == b.key()).filter(|one| one.len() > 1) {
        repeats(entries, &group.shared.identities, &mut lists);
    }
    for mut repeats in lists.into_values() {
        repeats.sort_by_key(|(_, entry)| entry.number);
        report(&repeats, findings);
    }
}

/// Adds the entries of one person in one list that repeat an earlier one, each with that.
fn repeats<'e, 'c>(
    entries: &'e [Entry<'c>],
    identities: &Identities,
    lists: &mut BTreeMap<NodeId, Vec<(&'e Entry<'c>, &'e Entry<'c>)>>,
) {
    let mut firsts: BTreeMap<[Option<String>; 4], &Entry<'_>> = BTreeMap::new();
    for entry in entries {
        let first =
            *firsts.entry(details(&entry.named.member).map(|one| one.map(fold))).or_insert(entry);
        let event = entry.named.member.event();
        if first.number != entry.number
            && first.is_doubled_by(entry)
            && !first.listed.shares_key(entry.listed)
            && identities.on(event, first.name(), entry.name()) != Some(Identity::Distinct)
        {
            lists.entry(entry.listed.list).or_default().push((first, entry));
        }
    }
}

fn report(repeats: &[(&Entry<'_>, &Entry<'_>)], findings: &mut Findings<'_>) {
    let total = repeats.len();
    let reported = if total > MOST { 1 } else { total };
    // What an alias repeats is at one place, in however many lists.
    let mut places = BTreeSet::new();
    for (first, entry) in &repeats[..reported] {
        if !places.insert(entry.named.member.place().node) {
            continue;
        }
        let list = entry.list_name();
        let message = if total > MOST {
            let names: Vec<String> =
                repeats.iter().map(|(_, entry)| format!("“{}”", shown(entry.name()))).collect();
            format!("{} are listed twice in {list}", listed_briefly(&names, 1))
        } else if fold(first.name()) == fold(entry.name()) {
            format!("“{}” is listed twice in {list}", shown(entry.name()))
        } else {
            let [name, other] = contrasted(entry.name(), first.name());
            format!("“{name}” is listed twice in {list}, the first time as “{other}”")
        };
        findings
            .at(entry.named.member.place(), message)
            .label(first.named.member.place(), "first listed here")
            .help(
                "remove one entry, or give each entry the capacity in which the person takes part",
            )
            .value(entry.name());
    }
}

/// A person named in a list.
struct Entry<'c> {
    /// Its place among the members of the group.
    number: usize,
    named: Named<'c>,
    listed: &'c Listed,
}

impl<'c> Entry<'c> {
    fn of(group: &Group<'c, Roster>, number: usize) -> Option<Self> {
        let member = group.members.get(number)?;
        let listed = member.listed()?;
        let is_known = is_full(member.name()) || details(member).iter().any(Option::is_some);
        if !is_known || is_away(member) {
            return None;
        }
        let named = Named::of(group, member);
        let is_stand_in = named.read.is_stand_in;
        (!is_stand_in).then_some(Self { number, named, listed })
    }

    /// Equal for entries of one person in one list.
    fn key(&self) -> (NodeId, Who<'_>) {
        (self.listed.list, self.named.who())
    }

    fn name(&self) -> &'c str {
        self.named.member.name()
    }

    /// The key of the list, and the title of the slot that has it.
    fn list_name(&self) -> String {
        let member = &self.named.member;
        let list = member.list_key().map_or_else(|| "one list".to_owned(), quoted);
        let slot = member.slot_label().map(|label| format!(" of “{}”", shown(label)));
        list + &slot.unwrap_or_default()
    }

    /// Whether the other entry says nothing that this one contradicts. An entry that an alias repeats elsewhere is still one
    /// entry.
    fn is_doubled_by(&self, other: &Self) -> bool {
        let node = |entry: &Self| entry.named.member.place().node;
        node(self) != node(other) && self.listed.agrees(other.listed)
    }
}

/// In what office and capacity a person is named.
fn details<'c>(member: &Member<'c, Roster>) -> [Option<&'c str>; 4] {
    [member.role(), member.affiliation(), member.delegation(), member.capacity()]
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
    fn a_repeated_name_is_reported() {
        check(
            &RULE,
            &panel(
                r"
      - name: Sarah Lewis
#             ~~~~~~~~~~~ first listed here
      - name: Khalid Koser
      - name: sarah  Lewis
#             ^^^^^^^^^^^^ warning: “sarah  Lewis” is listed twice in `speakers` of “Panel one”
",
            ),
        );
    }

    #[test]
    fn another_form_of_address_or_state_is_reported() {
        check(
            &RULE,
            &panel(
                r"
      - {name: Anthony Lake, role: Director, state: tbc}
#              ~~~~~~~~~~~~ first listed here
      - {name: Anthony Lake, role: Director, honorific: Mr., state: confirmed}
#              ^^^^^^^^^^^^ warning: “Anthony Lake” is listed twice in `speakers` of “Panel one”
",
            ),
        );
    }

    #[test]
    fn other_capacities_offices_and_bodies_are_not_reported() {
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
    fn a_single_word_is_reported_only_with_an_office_or_a_body() {
        check(
            &RULE,
            &panel(
                r"
      - {name: Smith}
      - {name: Smith}
      - {name: Smith, delegation: Ghana}
#              ~~~~~ first listed here
      - {name: Smith, delegation: Ghana}
#              ^^^^^ warning: “Smith” is listed twice in `speakers` of “Panel one”
",
            ),
        );
    }

    #[test]
    fn placeholders_and_absent_speakers_are_not_reported() {
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
    fn different_lists_are_not_compared() {
        let chair = panel("      - {name: Anna Berg}")
            .replace("    speakers", "    chair: [{name: Anna Berg}]\n    speakers");
        let another = "  - {kind: panel, start: \"15:00\", end: \"16:00\", title: Two, speakers: [{name: Anna Berg}]}";
        check(&RULE, &format!("{}\n{another}", chair.trim_end()));
    }

    #[test]
    fn an_alias_is_not_a_second_entry() {
        let text = panel("      - {name: Anna Berg}").replace("speakers:", "speakers: &all");
        let another =
            "  - {kind: panel, start: \"15:00\", end: \"16:00\", title: Two, speakers: *all}";
        check(&RULE, &format!("{}\n{another}", text.trim_end()));
    }

    #[test]
    fn cancelled_records_are_not_reported() {
        let text = panel("      - {name: Anna Berg}\n      - {name: Anna Berg}");
        check(&RULE, &text.replace("language: en", "language: en\nstatus: cancelled"));
    }

    #[test]
    fn a_doubled_list_is_reported_once() {
        let many = |count: usize| {
            let all: String = (0..count).map(|n| format!("      - {{name: A B{n}}}\n")).collect();
            let found = findings(&RULE, &[("p.yaml".to_owned(), panel(&format!("{all}{all}")))]);
            (found.len(), found[0].message.clone())
        };
        assert_eq!(
            many(10),
            (10, "“A B0” is listed twice in `speakers` of “Panel one”".to_owned())
        );
        assert_eq!(
            many(11),
            (1, "“A B0” and 10 more are listed twice in `speakers` of “Panel one”".to_owned())
        );
    }

    #[test]
    fn a_list_that_an_alias_repeats_is_reported_once() {
        let twice = "      - name: Bo Lee\n      - name: Bo Lee\n";
        let slot =
            "  - {kind: panel, start: '13:00', end: '14:00', title: Panel two, speakers: *all}\n";
        let text = format!(
            "{}{slot}",
            panel(twice).replace("speakers:", "speakers: &all").trim_end().to_owned() + "\n"
        );
        let found = findings(&RULE, &[("p.yaml".to_owned(), text)]);
        let messages: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(messages, ["“Bo Lee” is listed twice in `speakers` of “Panel one”"]);
    }

    #[test]
    fn a_list_within_a_list_has_the_key_of_the_outer_one() {
        let schema = r#"{"properties": {"kind": {"const": "minutes"}, "panels": {"items": {"items":
            {"x-speaker": {"name": "/name"}}}}}}"#;
        let catalog = crate::schema::Catalog::new(&[("minutes.json".into(), schema.into())]);
        let text =
            "{kind: minutes, panels: [[{name: Anna Berg}], [{name: Bo Lee}, {name: Bo Lee}]]}";
        let found = findings_with(&catalog, &RULE, &[("a.yaml".to_owned(), text.to_owned())]);
        let messages: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(messages, ["“Bo Lee” is listed twice in `panels`"]);
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
    fn two_speeches_of_one_person_are_not_reported() {
        let speech = |text: &str| format!(r#"{{"by": {{"name": "Anna Berg"}}, "text": [{text}]}}"#);
        let two = |a: &str, b: &str| speeches("", &format!("{}, {}", speech(a), speech(b)));
        assert_eq!(two("\"Yes\"", "\"No\""), 0);
        assert_eq!(two("\"Yes\"", "\"Yes\", \"No\""), 0);
        assert_eq!(two("true", "false"), 0);
        assert_eq!(two("\"Yes\"", "\"Yes\""), 1);
        assert_eq!(two("null, true", "1, true"), 1);
    }

    #[test]
    fn repeats_that_the_schema_forbids_are_not_reported() {
        let twice = r#"{"by": {"name": "Anna Berg"}}, {"by": {"name": "Anna Berg"}}"#;
        assert_eq!(speeches(r#""x-unique": {"by": ["/by/name"]},"#, twice), 0);
        assert_eq!(speeches(r#""x-unique": {"by": ["/n"]},"#, twice), 1);
    }
}
