//! Two records under two ids about one event.

use crate::{
    corpus::{Group, Member, relation::Single},
    finding::{Family, Severity},
    message::{record_or, shown},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    symbol,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("duplicate-event"),
    family: Family::Duplicates,
    summary: "an event that has two records under two ids",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/duplicate-event.md"),
    options: &[],
    check: Check::Group(&On::<Single>(check)),
};

fn check(group: &Group<'_, Single>, findings: &mut Findings<'_>) {
    if group.members.iter().any(|member| member.shortened().is_some()) {
        check_shortened(group, findings);
        return;
    }
    let Some((first, others)) = group.members.split_first() else { return };
    for (member, is_copy) in others.iter().zip(group.copies().into_iter().skip(1)) {
        let id = first.record_id();
        let is_record = (member.source(), member.record()) == (first.source(), first.record());
        // Other rules report two records of one id, and copies.
        let has_id = id.is_some() && id == member.record_id();
        if is_record || has_id || is_copy {
            continue;
        }
        let message = format!(
            "“{}” is also the subject of {}",
            shown(member.shown()),
            record_or(id, "another record")
        );
        findings
            .at(member.place(), message)
            .label(first.place(), "first here")
            .help("keep one of the two records; if both are meant, say in both how they differ")
            .value(id.unwrap_or_default());
    }
}

/// A record and the words of the name that another one may shorten.
struct Named<'g, 'c> {
    words: Vec<String>,
    at: usize,
    member: &'g Member<'c, Single>,
}

/// Reports a record whose name has only the first words of another, or the other way round. In their order, the names that
/// begin with one of them come right after it.
fn check_shortened(group: &Group<'_, Single>, findings: &mut Findings<'_>) {
    let copies = group.copies();
    let mut all: Vec<Named<'_, '_>> = Vec::new();
    for (at, member) in group.members.iter().enumerate().filter(|(at, _)| !copies[*at]) {
        let words = member.shortened().map(words_of).unwrap_or_default();
        all.push(Named { words, at, member });
    }
    all.sort_by(|a, b| a.words.cmp(&b.words).then(a.at.cmp(&b.at)));
    let mut short: Option<&Named<'_, '_>> = None;
    for one in &all {
        match short {
            Some(name) if name.words == one.words => {}
            Some(name) if one.words.starts_with(&name.words) => {
                if is_longer_name(&one.words[name.words.len()..]) {
                    report_shortened(name, one, findings);
                }
            }
            _ => short = (one.words.len() >= FEWEST_WORDS).then_some(one),
        }
    }
}

/// A shorter name may be the beginning of many.
const FEWEST_WORDS: usize = 2;

fn words_of(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether the rest of a longer name tells nothing apart: "Panel B" and "Day 2" are other parts of an event.
fn is_longer_name(rest: &[String]) -> bool {
    rest.iter().all(|word| word.chars().count() > 1 && !word.contains(|c: char| c.is_numeric()))
        && !rest.iter().any(|word| is_part(word))
}

/// Whether a word names a part of an event, or counts it: an ordinal or a roman numeral.
fn is_part(word: &str) -> bool {
    const PARTS: [&str; 12] = [
        "part",
        "day",
        "session",
        "opening",
        "closing",
        "morning",
        "afternoon",
        "evening",
        "continued",
        "resumed",
        "group",
        "track",
    ];
    PARTS.contains(&word)
        || symbol::ordinal(word).is_some()
        || symbol::parse_roman(&word.to_uppercase()).is_some()
}

fn report_shortened(short: &Named<'_, '_>, long: &Named<'_, '_>, findings: &mut Findings<'_>) {
    let (first, later) = if short.at < long.at { (short, long) } else { (long, short) };
    let (first, later) = (first.member, later.member);
    let id = first.record_id();
    let is_record = (first.source(), first.record()) == (later.source(), later.record());
    if is_record || (id.is_some() && id == later.record_id()) {
        return;
    }
    let name = |member: &Member<'_, Single>| shown(member.shortened().unwrap_or_default());
    let message = format!(
        "“{}” is probably the event of {}, “{}”: same time and place, and one name begins with the other",
        name(later),
        record_or(id, "another record"),
        name(first)
    );
    findings
        .at(later.place(), message)
        .id("shortened")
        .label(first.place(), "first here")
        .help("keep one of the two records; if both are meant, say in both how they differ")
        .value(id.unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        schema::Catalog,
        testing::{check, findings, findings_with},
    };

    /// An event with this name, these other members and this hour.
    fn event(name: &str, rest: &str, hour: &str) -> String {
        format!(
            "kind: event\nlanguage: en\nname: {name}\n{rest}\nstart: \"2011-05-19T{hour}\"\nvenue:\n  room: Conference Room 4\n  city: New York\n"
        )
    }

    fn count(a: &str, b: &str) -> usize {
        let files = [("a.yaml".to_owned(), a.to_owned()), ("b.yaml".to_owned(), b.to_owned())];
        findings(&RULE, &files).len()
    }

    #[test]
    fn one_event_under_two_ids_is_reported() {
        let a = event("Informal debate\n#     ~~~~~~~~~~~~~~~ first here", "id: a", "10:00");
        let b = event(
            "Informal  Debate\n#     ^^^^^^^^^^^^^^^^ warning: “Informal  Debate, 2011-05-19T10:00, Conference Room 4, New Y…” is also the subject of a",
            "id: b",
            "10:00",
        );
        check(&RULE, &format!("=== a.yaml\n{a}=== b.yaml\n{b}"));
    }

    #[test]
    fn all_values_must_be_there_and_be_equal() {
        let a = event("Debate", "id: a", "10:00");
        assert_eq!(count(&a, &event("Debate", "id: b", "10:00")), 1);
        assert_eq!(count(&a, &event("Forum", "id: b", "10:00")), 0);
        assert_eq!(count(&a, &event("Debate", "id: b", "15:00")), 0);
        assert_eq!(count(&a, &event("Debate", "id: b", "10:00").replace("Room 4", "Room 5")), 0);
        let nowhere = |id: &str| {
            let event = event("Debate", &format!("id: {id}"), "10:00");
            event.split("venue").next().unwrap_or_default().to_owned()
        };
        assert_eq!(count(&nowhere("a"), &nowhere("b")), 0);
    }

    #[test]
    fn other_statuses_kinds_and_languages_are_not_compared() {
        let of = |rest: &str| event("Debate", rest, "10:00");
        assert_eq!(count(&of("id: a\nstatus: provisional"), &of("id: b\nstatus: final")), 0);
        assert_eq!(count(&of("id: a\nstatus: final"), &of("id: b\nstatus: final")), 1);
        assert_eq!(count(&of("id: a"), &of("id: b").replace("language: en", "language: fr")), 0);
        for gone in ["cancelled", "superseded"] {
            let status = format!("id: a\nstatus: {gone}");
            assert_eq!(count(&of(&status), &of(&status.replace("id: a", "id: b"))), 0);
        }
    }

    #[test]
    fn records_of_one_id_are_not_reported() {
        assert_eq!(
            count(&event("Debate", "id: a", "10:00"), &event("Debate", "id: a", "10:00")),
            0
        );
    }

    #[test]
    fn other_schemas_can_use_the_rule() {
        let schema = r#"{"x-record": {"id": "/id"}, "x-unique": {"by": [["/body", "/day"]], "among": "records"},
            "properties": {"kind": {"const": "sitting"}, "id": {}, "body": {}, "day": {"x-form": "long-date"}}}"#;
        let catalog = Catalog::new(&[("sitting.json".into(), schema.into())]);
        let record = |id: &str, day: &str| {
            (
                format!("{id}.json"),
                format!(
                    r#"{{"kind": "sitting", "id": "{id}", "body": "Council", "day": "{day}"}}"#
                ),
            )
        };
        let count = |day| {
            findings_with(&catalog, &RULE, &[record("a", "14 May 2024"), record("b", day)]).len()
        };
        assert_eq!(count("Tuesday, 14 May 2024"), 1);
        assert_eq!(count("15 May 2024"), 0);
    }

    /// The findings in these files, `a` of the first schema and `b` of the second.
    fn of_schemas(first: &str, second: &str, files: &[(&str, &str)]) -> usize {
        let schema = |kind: &str, words: &str| {
            let properties =
                format!(r#"{{"kind": {{"const": "{kind}"}}, "on": {{"x-form": "iso-date"}}}}"#);
            (format!("{kind}.json"), format!(r#"{{"properties": {properties}, {words}}}"#))
        };
        let catalog = Catalog::new(&[schema("a", first), schema("b", second)]);
        let files: Vec<(String, String)> =
            files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        findings_with(&catalog, &RULE, &files).len()
    }

    const RECORDS: &str = r#""x-unique": {"by": [["/name", "/on"]], "among": "records"}"#;

    #[test]
    fn one_instant_is_one_however_it_is_written() {
        let both = |one: &str, other: &str| {
            let text = |on: &str| format!("kind: a\nname: Board\non: '{on}'\n");
            of_schemas(RECORDS, RECORDS, &[("a.yaml", &text(one)), ("b.yaml", &text(other))])
        };
        for (one, other) in [
            ("2026-03-02T09:00", "2026-03-02T09:00:00"),
            ("2026-03-02T09:00", "2026-03-02 09:00"),
            ("2026-03-02T09:00", "2026-03-02T09:00:00.000"),
            ("2026-03-02T09:00Z", "2026-03-02T11:00+02:00"),
            ("2026-03-01T23:30-01:00", "2026-03-02T00:30Z"),
            ("2026-03-01T24:00", "2026-03-02T00:00"),
            ("2026-03-02", "2026-03-02 "),
        ] {
            assert_eq!(both(one, other), 1, "{one} and {other}");
        }
        for (one, other) in [
            ("2026-03-02T09:00", "2026-03-02T09:00Z"),
            ("2026-03-02T09:00", "2026-03-02T09:00:30"),
            ("2026-03-02", "2026-03-02T00:00"),
            ("2026-03-02T09:00+01:00", "2026-03-02T09:00+02:00"),
        ] {
            assert_eq!(both(one, other), 0, "{one} and {other}");
        }
    }

    #[test]
    fn records_of_two_schemas_are_two_things() {
        let text = |kind: &str| format!("kind: {kind}\nname: Board\non: '2026-03-02'\n");
        let (a, b) = (text("a"), text("b"));
        assert_eq!(of_schemas(RECORDS, RECORDS, &[("a.yaml", &a), ("b.yaml", &b)]), 0);
        assert_eq!(of_schemas(RECORDS, RECORDS, &[("a.yaml", &a), ("b.yaml", &a)]), 1);
    }

    const SHORTENED: &str = r#""x-unique": {"by": [["/name", "/on", "/room"]], "among": "records", "shortened": "/name"}"#;

    #[test]
    fn a_shortened_name_at_the_same_time_and_place_is_the_same_event() {
        let record = |name: &str, rest: &str| format!("kind: a\nname: {name}\n{rest}\n");
        let place = "on: '2026-03-02'\nroom: Hall";
        let count = |one: &str, other: &str| {
            let (a, b) = (record(one, place), record(other, place));
            of_schemas(SHORTENED, SHORTENED, &[("a.yaml", &a), ("b.yaml", &b)])
        };
        assert_eq!(count("Harbour Board", "Harbour Board meeting on ferries"), 1);
        assert_eq!(count("HARBOUR board - meeting", "harbour Board"), 1);
        for (one, other) in [
            ("Harbour Board", "Harbour Board"),
            ("Harbour", "Harbour Board"),
            ("Harbour Board", "Harbour Board 2"),
            ("Harbour Board", "Harbour Board B"),
            ("Harbour Board", "Harbour Board, part two"),
            ("Harbour Board", "Harbour Board II"),
            ("Harbour Board", "Harbour Boards"),
            ("Board of the Harbour", "Board of Piers"),
        ] {
            assert_eq!(count(one, other), 0, "{one} and {other}");
        }
        let (a, b) =
            (record("Harbour Board", place), record("Harbour Board meeting", "on: '2026-03-02'"));
        assert_eq!(of_schemas(SHORTENED, SHORTENED, &[("a.yaml", &a), ("b.yaml", &b)]), 0);
        let b = record("Harbour Board meeting", "on: '2026-03-03'\nroom: Hall");
        assert_eq!(of_schemas(SHORTENED, SHORTENED, &[("a.yaml", &a), ("b.yaml", &b)]), 0);
    }

    #[test]
    fn records_of_one_file_may_differ_alone() {
        let in_file = RECORDS.replace("records", "file");
        let record = r#"{"kind": "a", "name": "Board", "on": "2026-03-02"}"#;
        let twice = format!("{record}\n{record}\n").replacen("Board", "board", 1);
        assert_eq!(of_schemas(&in_file, RECORDS, &[("a.json", record), ("b.json", record)]), 0);
        assert_eq!(of_schemas(&in_file, RECORDS, &[("a.jsonl", &twice)]), 1);
        assert_eq!(of_schemas(RECORDS, RECORDS, &[("a.jsonl", &twice)]), 1);
    }
}
