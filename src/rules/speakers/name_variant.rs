//! One name that is spelled in two ways in the records of one event, or of one kind.

use std::collections::BTreeSet;

use super::{Spelling, alike, decide, record_of};
use crate::{
    corpus::{
        Group,
        relation::{Name, name::Pair},
    },
    finding::{Family, Severity},
    message::contrasted,
    person::Verdict,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("name-variant"),
    family: Family::Speakers,
    summary: "a name that is spelled in two ways in records that belong together",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/name-variant.md"),
    options: &[],
    check: Check::Group(&On::<Name>(check)),
};

fn check(group: &Group<'_, Name>, findings: &mut Findings<'_>) {
    let (spellings, pairs) = alike(group);
    for Pair { earlier, later, verdict } in pairs {
        let (earlier, later) = (&spellings[*earlier], &spellings[*later]);
        let (Some(first), Some(member)) = (earlier.members.first(), later.members.first()) else {
            continue;
        };
        let [name, other] = contrasted(later.shown(), earlier.shown());
        // Without an event, words in another order may be those of another person, and so may a name with a word more.
        let is_at_event = first.is_at_event();
        let are = match verdict {
            Verdict::Same
                if !is_at_event && !earlier.read.name.has_letters_of(&later.read.name) =>
            {
                continue;
            }
            Verdict::Probable if !is_at_event => continue,
            Verdict::Same => "are spellings of one name",
            Verdict::Probable if !listed_together(earlier, later) => "are probably the same person",
            _ => continue,
        };
        let message = format!("“{name}” and “{other}” ({}) {are}", record_of(first, member));
        findings
            .at(member.place(), message)
            .label(first.place(), "the other spelling")
            .help(decide(group.shared, "use one spelling for one person"))
            .value(later.shown())
            .value(earlier.shown());
    }
}

/// Whether both are in one list of speakers anywhere: then they are two persons.
fn listed_together(a: &Spelling<'_, '_>, b: &Spelling<'_, '_>) -> bool {
    let lists: BTreeSet<_> = a.members.iter().filter_map(|member| member.list()).collect();
    b.members.iter().filter_map(|member| member.list()).any(|list| lists.contains(&list))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    /// A statement at an event, by this speaker.
    fn statement(event: &str, rest: &str, speaker: &str) -> String {
        format!(
            "kind: statement\ntitle: Statement\nlanguage: en\nevent: {event}\n{rest}\nspeaker:\n  name: {speaker}\n"
        )
    }

    fn files(records: &[String]) -> String {
        let numbered = (b'a'..).zip(records);
        let files =
            numbered.map(|(name, record)| format!("=== {}.yaml\n{record}", char::from(name)));
        files.collect::<Vec<_>>().concat()
    }

    /// Two statements at one event.
    fn pair(first: &str, second: &str) {
        check(&RULE, &files(&[statement("debate", "", first), statement("debate", "", second)]));
    }

    #[test]
    fn a_missing_second_given_name_is_reported() {
        pair(
            "William Swing\n#       ~~~~~~~~~~~~~ the other spelling",
            "William Lacy Swing\n#       ^^^^^^^^^^^^^^^^^^ info: “William Lacy Swing” and “William Swing” (another record) are probably the same person",
        );
    }

    #[test]
    fn other_accents_and_word_orders_are_reported() {
        pair(
            "Göran Hultin\n#       ~~~~~~~~~~~~ the other spelling",
            "Goran Hultin\n#       ^^^^^^^^^^^^ info: “Goran Hultin” and “Göran Hultin” (another record) are spellings of one name",
        );
        pair(
            "Hor Namhong\n#       ~~~~~~~~~~~ the other spelling",
            "Namhong HOR\n#       ^^^^^^^^^^^ info: “Namhong HOR” and “Hor Namhong” (another record) are spellings of one name",
        );
    }

    #[test]
    fn capitals_honorifics_and_marks_are_not_compared() {
        pair("Abdelhamid El Jamri", "Mr. Abdelhamid EL JAMRI");
        pair("Ban Ki-moon (TBC)", "H.E. Mr. Ban Ki-moon");
        pair("Anthony Lake", "Anthony Lake, in his capacity as Chair of the Group");
        pair("Seán O’Brien", "Seán O'Brien");
    }

    #[test]
    fn short_or_very_different_names_are_not_reported() {
        for (a, b) in [
            ("J. Smith", "Jane Smith"),
            ("Mr. Swing", "William Swing"),
            ("Néstor Kirchner", "Cristina Kirchner"),
            ("Nadia Shafiq", "Nadia Shajfiq"),
            ("A representative", "Representative"),
        ] {
            pair(a, b);
        }
    }

    #[test]
    fn names_of_different_events_are_not_compared() {
        let of = |first: &str, second: &str| {
            let second = statement(second, "", "William Lacy Swing");
            check(&RULE, &files(&[statement(first, "", "William Swing"), second]));
        };
        of("debate", "forum");
        of("null", "null");
    }

    #[test]
    fn cancelled_and_superseded_records_are_not_compared() {
        for status in ["status: cancelled", "status: superseded"] {
            let first = statement("debate", status, "William Swing");
            check(&RULE, &files(&[first, statement("debate", "", "William Lacy Swing")]));
        }
    }

    #[test]
    fn names_in_one_list_of_speakers_are_two_persons() {
        let programme = |chair: &str, speakers: &str| {
            format!(
                r#"
kind: programme
title: Programme
language: en
event: debate
slots:
  - kind: panel
    title: Panel
    start: "10:00"
    end: "11:00"
    chair:
      - name: {chair}
    speakers:
      - name: {speakers}
"#
            )
        };
        check(&RULE, &programme("Joseph Deiss", "Juan Pérez\n      - name: Juan Pérez López"));
        check(
            &RULE,
            &programme(
                "Juan Pérez\n#             ~~~~~~~~~~ the other spelling",
                "Juan Pérez López\n#             ^^^^^^^^^^^^^^^^ info: “Juan Pérez López” and “Juan Pérez” (this record) are probably the same person",
            ),
        );
    }

    #[test]
    fn a_pair_of_spellings_is_reported_once() {
        let record = |number: usize, speaker: &str| {
            (format!("{number:02}.yaml"), statement("debate", "", speaker))
        };
        let names = ["Maria Fernanda Espinosa", "María Fernanda Espinosa"];
        let records: Vec<_> = (0..10).map(|number| record(number, names[number % 2])).collect();
        assert_eq!(findings(&RULE, &records).len(), 1);
    }

    #[test]
    fn very_common_words_bring_no_names_together() {
        let record = |number: usize| {
            let letter = |n: usize| char::from(b'a' + u8::try_from(n % 26).unwrap());
            let own: String = [number / 676, number / 26, number].map(letter).iter().collect();
            (format!("{number:04}.yaml"), statement("debate", "", &format!("Mohamed Zz{own}")))
        };
        let mut records: Vec<_> = (0..499).map(record).collect();
        records.push(("twin.yaml".to_owned(), statement("debate", "", "Mohamed Ali Zzaaa")));
        assert_eq!(findings(&RULE, &records).len(), 1);
        records.push(record(500));
        assert_eq!(findings(&RULE, &records).len(), 0);
    }

    #[test]
    fn records_of_no_event_are_compared_in_the_same_letters() {
        let found = |event: &str, one: &str, other: &str| {
            let schema = r#"{"x-record": {"event": "/event"}, "properties": {"kind": {"const": "minutes"}, "present": {"items": {"x-speaker": {"name": ""}}}}}"#;
            let catalog =
                crate::schema::Catalog::new(&[("minutes.json".into(), schema.to_owned())]);
            let file = |path: &str, name: &str| {
                (path.to_owned(), format!("kind: minutes\n{event}\npresent: [\"{name}\"]\n"))
            };
            let files = [file("a.yaml", one), file("b.yaml", other)];
            crate::testing::findings_with(&catalog, &RULE, &files).len()
        };
        for (one, other, at_event, at_none) in [
            ("Petra-Maria Holm", "Petra Maria Holm", 1, 1),
            ("Petra Hölm", "Petra Holm", 1, 1),
            ("PetraHolm", "Petra Holm", 1, 1),
            ("LiMing Holm", "Li Ming Holm", 1, 1),
            ("Holm Petra", "Petra Holm", 1, 0),
            ("Petra Maria Holm", "Petra Holm", 1, 0),
            ("Anna McHolm", "Anna Holm", 0, 0),
        ] {
            assert_eq!(found("event: e", one, other), at_event, "{one} and {other}, in one event");
            assert_eq!(found("", one, other), at_none, "{one} and {other}");
        }
    }
}
