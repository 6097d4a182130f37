//! A reference to a record that is not among the records.

use std::collections::BTreeSet;

use crate::{
    calendar,
    corpus::{
        Group, Member,
        relation::{Key, key::KeyPart},
    },
    finding::{Family, MissingKey, Severity},
    message::{quoted, spelled_out},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    vocabulary::{KeyOptions, owner_of},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-dangling"),
    family: Family::References,
    summary: "a reference to a record that is not among the records",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ref-dangling.md"),
    options: &[],
    check: Check::Group(&On::<Key>(check)),
};

pub(in crate::rules) fn check(group: &Group<'_, Key>, findings: &mut Findings<'_>) {
    let defined =
        group.members.iter().any(|member| matches!(member.part(), KeyPart::Definition(_)));
    if defined {
        return;
    }
    let excluded = group.members.iter().find(|one| matches!(one.part(), KeyPart::Exclusion));
    let mut seen = BTreeSet::new();
    for member in &group.members {
        let here = matches!(member.part(), KeyPart::Citation(_))
            && !options_of(member).has(KeyOptions::EXTERNAL);
        if here && seen.insert(member.place()) {
            let (space, shown) = (member.space(), member.shown());
            let options = options_of(member);
            let is_local = options.has(KeyOptions::OF_RECORD) || options.has(KeyOptions::OF_FILE);
            let finding = findings.at(member.place(), message(member, excluded, options));
            let finding = if let Some(excluded) = excluded {
                let label = format!("listed as {} here", excluded.called());
                finding.help("correct the name or the lists").label(excluded.place(), label)
            } else if !member.called().is_empty() {
                finding.help(format!("correct the name, or add it to {}", member.called()))
            } else if is_local {
                finding.help("correct the reference, or define the key")
            } else {
                finding.help("add the record, or correct the reference").needs_all()
            };
            finding
                .missing_key(MissingKey {
                    space: space.to_owned(),
                    scope: member.scope().to_owned(),
                    shown: shown.to_owned(),
                    kinds: member.kinds().map(str::to_owned).collect(),
                    // An event that lists no parts leaves it open which there are, and so does a record with an empty list, where the
                    // rule of a project requires that a value is in that list.
                    needs_others: options.has(KeyOptions::OF_EVENT)
                        || (is_local && owner_of(space).is_some()),
                    is_act: false,
                })
                .value(space)
                .value(shown);
        }
    }
}

fn options_of(member: &Member<'_, Key>) -> KeyOptions {
    match member.part() {
        KeyPart::Citation(options) => options,
        _ => KeyOptions::default(),
    }
}

/// The message for a citation of a key that is not there.
fn message(
    member: &Member<'_, Key>,
    excluded: Option<&Member<'_, Key>>,
    options: KeyOptions,
) -> String {
    let (space, key) = (member.space(), member.shown());
    let is_excluded = excluded.map(|one| format!(" is {}", one.called()));
    if !member.called().is_empty() {
        let key = quoted(&spelled_out(&readable(key)));
        return match is_excluded {
            Some(is_excluded) => format!("{key}{is_excluded}, not among {}", member.called()),
            None => format!("{key} is not among {}", member.called()),
        };
    }
    if space == "record" {
        return format!("{} is not the id of any record here", quoted(&spelled_out(key)));
    }
    let key = quoted(&spelled_out(&readable(key)));
    if options.has(KeyOptions::OF_RECORD) {
        format!("the {space} {key} is not defined in this record")
    } else if options.has(KeyOptions::OF_FILE) {
        format!("the {space} {key} is not defined in this file")
    } else if options.has(KeyOptions::OF_EVENT) {
        format!("the {space} {key} is not in the event {}", quoted(member.scope()))
    } else {
        format!("the {space} {key} is not among the records")
    }
}

/// A key of several values with its dates in words.
fn readable(key: &str) -> String {
    let values: Vec<&str> = key.split(", ").collect();
    if values.len() < 2 {
        return key.to_owned();
    }
    let in_words = |value: &str| calendar::iso_date(value).map_or(value.to_owned(), calendar::long);
    values.into_iter().map(in_words).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::RULE;
    use crate::{
        schema::Catalog,
        testing::{check, findings_with},
    };

    #[test]
    fn a_missing_letter_is_named_by_author_and_date() {
        check(
            &RULE,
            r#"
kind: letter
id: second
date: "2010-12-21"
author: {name: Joseph Deiss}
references:
  - raw: my letter of 18 October 2010
    letter: {from: Joseph Deiss, dated: "2010-10-18"}
#                                        ^^^^^^^^^^ warning: the letter `Joseph Deiss, 18 October 2010` is not among the records
"#,
        );
    }

    #[test]
    fn case_and_spaces_make_no_difference() {
        check(
            &RULE,
            r#"
=== first.yaml
kind: letter
id: first
date: "2010-10-18"
author: {name: Joseph Deiss}
=== second.yaml
kind: letter
id: second
references:
  - raw: my letter of 18 October 2010
    letter: {from: "joseph  DEISS", dated: "2010-10-18"}
"#,
        );
    }

    #[test]
    fn every_reference_to_a_missing_record_is_reported() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
event: debate
#      ^^^^^^ warning: `debate` is not the id of any record here
=== b.json
{"kind": "statement", "event": "debate", "supersedes": ["debate"]}
#                               ^^^^^^ warning: `debate` is not the id of any record here
#                                                        ^^^^^^ warning: `debate` is not the id of any record here
"#,
        );
    }

    #[test]
    fn a_vote_of_a_member_who_is_not_present_is_reported() {
        check(
            &RULE,
            r"
kind: minutes
chair: [{name: Ole Vik}]
present: [{name: Ida Brook}, {name: Per Holm}, {delegation: Fiji}]
absent: [{name: Siri Dahl}]
#               ~~~~~~~~~ listed as absent here
items:
  - title: Quays
    motions:
      - text: That the quay be paved.
        mover: Siri Dahl
#              ^^^^^^^^^ warning: `Siri Dahl` is absent, not among those present
        seconder: PER HOLM
        votes:
          - {name: Ole Vik, option: aye}
          - {name: Ida Brock, option: aye}
#                  ^^^^^^^^^ warning: `Ida Brock` is not among those present
          - {name: Siri Dahl, option: absent}
          - {delegation: Chad, option: aye}
#                        ^^^^ warning: `Chad` is not among those present
          - {delegation: Fiji, option: aye}
",
        );
        for lists in ["", "absent: [{name: Siri Dahl}]", "present: [{name: SIRI DAHL}]"] {
            let motion = "{text: That it be paved., mover: Siri Dahl}";
            let items = format!("items:\n  - {{title: Quays, motions: [{motion}]}}\n");
            check(&RULE, &format!("kind: minutes\n{lists}\n{items}"));
        }
    }

    #[test]
    fn an_agenda_and_its_minutes_have_the_same_items() {
        check(
            &RULE,
            r"
=== agenda.yaml
kind: agenda
event: board-3
items: [{number: 1, title: Budget}, {number: '2', title: Staff}]
#                                             ^ warning: the minuted item `2` is not in the event `board-3`
=== later.yaml
kind: agenda
event: board-4
items: [{number: 1, title: Budget}]
=== minutes.yaml
kind: minutes
event: board-3
items: [{number: '1', title: Budget}, {number: 3, title: Rooms}, {title: Other business}]
#                                              ^ warning: the agenda item `3` is not in the event `board-3`
",
        );
    }

    #[test]
    fn a_part_that_its_event_does_not_list_is_reported() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: event
id: forum
start: "2011-05-19"
segments: [{id: panel-1, title: One}]
=== b.yaml
kind: event
id: seminar
start: "2011-06-19"
segments: [{id: panel-2, title: Two}]
=== c.yaml
kind: event
id: hearing
start: "2011-07-19"
=== d.yaml
kind: statement
event: forum
segment: panel-2
#        ^^^^^^^ warning: the segment `panel-2` is not in the event `forum`
=== e.yaml
kind: statement
event: seminar
segment: panel-2
=== f.yaml
kind: statement
event: hearing
segment: panel-2
=== g.yaml
kind: statement
segment: panel-9
"#,
        );
    }

    fn in_own_schema(
        schema: &serde_json::Value,
        records: &[&str],
    ) -> Vec<(String, Option<String>)> {
        let catalog = Catalog::without_bundled(&[("s.json".to_owned(), schema.to_string())]);
        assert!(catalog.errors().is_empty(), "{:?}", catalog.errors());
        let record = |(n, text): (usize, &&str)| {
            (format!("{n}.json"), text.replacen('{', "{\"$schema\": \"s.json\", ", 1))
        };
        let files: Vec<_> = records.iter().enumerate().map(record).collect();
        let found = findings_with(&catalog, &RULE, &files);
        found.into_iter().map(|finding| (finding.message, finding.help)).collect()
    }

    #[test]
    fn numbers_of_sessions_are_local_to_their_record() {
        let schema = json!({"properties": {"sessions": {"items": {"properties": {
            "n": {"x-defines": {"space": "session", "among": "record"}},
            "after": {"x-cites": {"space": "session", "among": "record"}},
        }}}}});
        let found = in_own_schema(
            &schema,
            &[
                r#"{"sessions": [{"n": 1}, {"n": 2, "after": 1}]}"#,
                r#"{"sessions": [{"n": 1, "after": 2}]}"#,
            ],
        );
        let messages: Vec<&str> = found.iter().map(|(message, _)| message.as_str()).collect();
        assert_eq!(messages, ["the session `2` is not defined in this record"]);
    }

    #[test]
    fn an_item_is_cited_by_its_index() {
        let schema = json!({"properties": {
            "halls": {"items": {"x-defines": {"space": "hall", "by": "index", "among": "record"}}},
            "hall": {"x-cites": {"space": "hall", "among": "record"}},
        }});
        let found = |hall: usize| {
            let record = format!("{{\"halls\": [\"Main\", \"North\"], \"hall\": {hall}}}");
            in_own_schema(&schema, &[&record]).len()
        };
        assert_eq!([0, 1, 2].map(found), [0, 0, 1]);
    }

    #[test]
    fn a_hidden_character_of_a_key_is_shown() {
        let schema = json!({"properties": {
            "names": {"items": {"x-defines": "town"}},
            "town": {"x-cites": "town"},
        }});
        let found =
            in_own_schema(&schema, &["{\"names\": [\"Cádiz\"], \"town\": \"Cádiz\u{200b}\"}"]);
        assert_eq!(found[0].0, "the town `Cádiz<U+200B>` is not among the records");
        assert!(
            in_own_schema(&schema, &["{\"names\": [\"Cádiz\"], \"town\": \"Ca\u{301}diz\"}"])
                .is_empty()
        );
    }

    #[test]
    fn a_number_is_one_key_however_it_is_written() {
        let schema = json!({"properties": {
            "numbers": {"items": {"x-defines": "meeting"}},
            "meeting": {"x-cites": "meeting"},
        }});
        let found = |meeting: &str| {
            let record = format!("{{\"numbers\": [1259, 3.5, 0], \"meeting\": {meeting}}}");
            in_own_schema(&schema, &[&record]).len()
        };
        for same in ["1259", "1259.0", "1.259e3", "\"1259\"", "3.5", "-0.0"] {
            assert_eq!(found(same), 0, "{same}");
        }
        for other in ["1258", "1259.5", "\"01259\"", "\"1259.0\"", "3"] {
            assert_eq!(found(other), 1, "{other}");
        }
    }

    #[test]
    fn a_near_key_is_proposed() {
        let schema = json!({"properties": {
            "members": {"items": {"x-defines": "member"}},
            "absent": {"items": {"x-cites": "member"}},
        }});
        let record =
            r#"{"members": ["Hartnett", "Okafor"], "absent": ["Hartnet", "Okoro", "OKAFOR"]}"#;
        let found = in_own_schema(&schema, &[record]);
        let helps: Vec<Option<&str>> = found.iter().map(|(_, help)| help.as_deref()).collect();
        let other = "add the record, or correct the reference";
        let (first, last) = ("did you mean `Hartnett`?", "did you mean `Okafor`?");
        assert_eq!(helps, [Some(first), Some(other), Some(last)]);
    }

    #[test]
    fn an_event_without_an_id_is_one_finding() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: event
#< this event has no id
#< this event has no id
start: "2026-04-14"
=== b.yaml
kind: letter
event: forum
#      ^^^^^ warning: `forum` is not the id of any record here
=== c.yaml
kind: letter
event: forum
#      ~~~~~ cited here as well
=== d.yaml
kind: letter
event: seminar
#      ^^^^^^^ warning: `seminar` is not the id of any record here
supersedes: [forum]
#            ^^^^^ warning: `forum` is not the id of any record here
"#,
        );
    }

    #[test]
    fn documents_may_be_outside_the_folder() {
        check(&RULE, "kind: letter\nreferences:\n  - {raw: the report, symbol: A/65/203}\n");
    }

    #[test]
    fn an_unreadable_file_silences_the_rule() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
event: debate
=== b.yaml
kind: event
id: "debate
"#,
        );
    }

    #[test]
    fn a_key_may_count_in_its_record_or_its_file_only() {
        let messages = |among: &str| {
            let key = format!(r#"{{"space": "session"{among}}}"#);
            let schema = format!(
                r#"{{"properties": {{"kind": {{"const": "plan"}}, "n": {{"items": {{"x-defines": {key}}}}}, "after": {{"x-cites": {key}}}}}}}"#
            );
            let catalog = Catalog::new(&[("plan.json".into(), schema)]);
            let files = [
                (
                    "a.jsonl",
                    "{\"kind\": \"plan\", \"n\": [1, 2], \"after\": 1}\n{\"kind\": \"plan\", \"n\": [1], \"after\": 2}\n",
                ),
                ("b.jsonl", "{\"kind\": \"plan\", \"n\": [1], \"after\": 2}\n"),
            ];
            let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
            let found = findings_with(&catalog, &RULE, &files);
            found.into_iter().map(|finding| finding.message).collect::<Vec<String>>()
        };
        assert_eq!(messages("").len(), 0);
        assert_eq!(
            messages(r#", "among": "record""#),
            ["the session `2` is not defined in this record"; 2]
        );
        assert_eq!(
            messages(r#", "among": "file""#),
            ["the session `2` is not defined in this file"]
        );
    }

    #[test]
    fn a_key_of_a_date_is_found_however_the_instant_is_written() {
        let schema = r#"{"properties": {"kind": {"const": "plan"}, "on": {"x-form": "iso-date", "x-defines": "day"}, "of": {"items": {"x-form": "iso-date", "x-cites": "day"}}}}"#;
        let catalog = Catalog::new(&[("plan.json".into(), schema.to_owned())]);
        let text = r#"{"kind": "plan", "on": "2026-03-02T09:00", "of": ["2026-03-02 09:00", "2026-03-02T09:00:00", "2026-03-02T09:00Z"]}"#;
        let found = findings_with(&catalog, &RULE, &[("a.json".to_owned(), text.to_owned())]);
        assert_eq!(found.len(), 1);
    }
}
