//! A schema of others: the shape in which the metadata of General Assembly resolutions are published, one
//! record a line, with words of the vocabulary beside it. The records are made up. Each has one mistake,
//! which is found where it is and nothing else with it, or looks as if it had one and is right.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

#[path = "program/run.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod program;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

const SCHEMA: &str = include_str!("un_ga/schema.json");

const CONFIGURATION: &str = "[[records]]\nfiles = \"*.jsonl\"\nschema = \"schema.json\"\n";

/// What is changed in a sound record, and what is found then: rules, and pointers into the record.
struct Case {
    name: &'static str,
    changes: Value,
    found: &'static [(&'static str, &'static str)],
}

fn case(
    name: &'static str,
    changes: Value,
    found: &'static [(&'static str, &'static str)],
) -> Case {
    Case { name, changes, found }
}

/// Resolution `number` of the seventy-sixth session. No resolution of it has a number above 310.
fn sound(number: usize) -> Map<String, Value> {
    let record = json!({
        "symbol": format!("A/RES/76/{number}"),
        "resolution_number": format!("76/{number}."),
        "title": format!("Lighthouses, part {number}"),
        "session": "Seventy-sixth session",
        "adoption_meeting": "54th plenary meeting",
        "adoption_date": "17 December 2021",
        "originating_document": format!("A/76/{number}, para. 7"),
        "report_paragraph": "7",
        "committee": "Second Committee",
        "agenda_item": "Agenda item 20 (a)",
        "adoption_type": "By a recorded vote",
        "MS_in_favour_count": "3",
        "MS_against_count": "1",
        "MS_abstaining_count": "2",
        "pv": "A/76/PV.54",
        "MS_in_favour": ["CHAD", "FIJI", "PERU"],
        "MS_against": ["OMAN"],
        "MS_abstaining": ["CUBA", "MALI"],
        "sponsors": ["FIJI", "PERU"],
        "additional_sponsors": ["CHAD"],
        "SDGs": ["9", "14"]
    });
    record.as_object().unwrap().clone()
}

fn defects() -> Vec<Case> {
    vec![
        case(
            "the meeting has another number than its record",
            json!({"adoption_meeting": "55th plenary meeting"}),
            &[("meeting-number-mismatch", "/adoption_meeting")],
        ),
        case(
            "the resumed meeting has another number than its record",
            json!({"adoption_meeting": "53rd (resumed) plenary meeting"}),
            &[("meeting-number-mismatch", "/adoption_meeting")],
        ),
        case(
            "the record of the meeting is of another session",
            json!({"pv": "A/75/PV.54"}),
            &[("symbol-fields-disagree", "/pv")],
        ),
        case(
            "the record of the meeting has another session and another number",
            json!({"pv": "A/75/PV.53"}),
            &[("symbol-fields-disagree", "/pv")],
        ),
        case(
            "the session is that of no symbol",
            json!({"session": "Seventy-fifth session"}),
            &[("symbol-fields-disagree", "/session")],
        ),
        case(
            "the heading has another number than the symbol",
            json!({"resolution_number": "76/399."}),
            &[("symbol-fields-disagree", "/resolution_number")],
        ),
        case(
            "a list of votes is doubled",
            json!({"MS_against": ["OMAN", "OMAN"]}),
            &[("votes-inconsistent", "/MS_against_count"), ("duplicate-entry", "/MS_against/1")],
        ),
        case(
            "a name is missing in a list of votes",
            json!({"MS_abstaining": ["CUBA"]}),
            &[("votes-inconsistent", "/MS_abstaining_count")],
        ),
        case(
            "one list of votes is empty and the others are not",
            json!({"MS_in_favour": []}),
            &[("votes-inconsistent", "/MS_in_favour_count")],
        ),
        case(
            "a State votes in two ways",
            json!({"MS_abstaining": ["CUBA", "PERU"]}),
            &[("duplicate-entry", "/MS_abstaining/1")],
        ),
        case(
            "a sponsor is named twice",
            json!({"sponsors": ["FIJI", "PERU", "FIJI"]}),
            &[("duplicate-entry", "/sponsors/2")],
        ),
        case(
            "a sponsor joins itself",
            json!({"additional_sponsors": ["CHAD", "PERU"]}),
            &[("duplicate-entry", "/additional_sponsors/1")],
        ),
        case(
            "the symbol of the draft lacks a full stop",
            json!({"originating_document": "A/76/L45/Rev.1"}),
            &[("ref-malformed", "/originating_document")],
        ),
        case(
            "the symbol of the report begins twice",
            json!({"originating_document": "A/76/A/76/379/Add.1"}),
            &[("ref-malformed", "/originating_document")],
        ),
        case(
            "the symbol of the record of the meeting lacks a full stop",
            json!({"pv": "A/76/PV54"}),
            &[("ref-malformed", "/pv")],
        ),
        case(
            "a remark stands where the record of the meeting is expected",
            json!({"pv": "Adopted without a vote"}),
            &[("ref-malformed", "/pv")],
        ),
        case(
            "the resolution is dated after its session",
            json!({"adoption_date": "17 December 2022"}),
            &[("ref-date-outside-session", "/adoption_date")],
        ),
        case(
            "the weekday is not that of the date",
            json!({"adoption_date": "Monday, 17 December 2021"}),
            &[("weekday-mismatch", "/adoption_date")],
        ),
    ]
}

fn traps() -> Vec<Case> {
    let unanimous = json!({
        "adoption_type": "Without a vote",
        "MS_in_favour_count": "0", "MS_against_count": "0", "MS_abstaining_count": "0",
        "MS_in_favour": [], "MS_against": [], "MS_abstaining": []
    });
    let unrecorded = json!({
        "MS_in_favour_count": "168", "MS_against_count": "2", "MS_abstaining_count": "0",
        "MS_in_favour": [], "MS_against": [], "MS_abstaining": []
    });
    let uncounted = json!({
        "MS_in_favour_count": "N.A.", "MS_against_count": "N.A.", "MS_abstaining_count": "N.A.",
        "MS_in_favour": [], "MS_against": [], "MS_abstaining": []
    });
    let emergency = json!({
        "symbol": "A/RES/ES-11/90", "resolution_number": "ES-11/90.",
        "session": "Eleventh emergency special session", "adoption_date": "23 February 2023",
        "adoption_meeting": "19th plenary meeting", "pv": "A/ES-11/PV.19",
        "originating_document": "A/ES-11/L.70"
    });
    let traps = [
        ("nothing is changed", json!({})),
        (
            "several parts under a heading that names none",
            json!({"symbol": "A/RES/76/801 A-B", "resolution_number": "76/801."}),
        ),
        (
            "several parts under a heading without a hyphen",
            json!({"symbol": "A/RES/76/802 A-C", "resolution_number": "76/802. A B C"}),
        ),
        (
            "one part, its letter close to the number",
            json!({"symbol": "A/RES/76/803 B", "resolution_number": "76/803.B"}),
        ),
        (
            "a resumed meeting",
            json!({"adoption_meeting": "52nd (resumed) plenary meeting", "pv": "A/76/PV.52"}),
        ),
        (
            "a resumed meeting with a record of its own",
            json!({"adoption_meeting": "52nd (resumed) plenary meeting", "pv": "A/76/PV.52 (Resumption 1)"}),
        ),
        (
            "a meeting in two rooms",
            json!({"adoption_meeting": "4th plenary meeting", "pv": "A/76/PV.4 A/B"}),
        ),
        (
            "a number that is not in the order of adoption",
            json!({"symbol": "A/RES/76/899", "resolution_number": "76/899.", "adoption_date": "8 October 2021"}),
        ),
        ("an adoption on a Sunday", json!({"adoption_date": "19 December 2021"})),
        ("a report of the session before", json!({"originating_document": "A/75/386"})),
        (
            "a draft and its addendum",
            json!({"originating_document": "A/76/L.5 and A/76/L.5/Add.1"}),
        ),
        (
            "a draft that was amended",
            json!({"originating_document": "A/76/L.59 (as amended in A/76/L.60)"}),
        ),
        ("no report", json!({"originating_document": "N.A.", "report_paragraph": "N.A."})),
        ("adopted without a vote", unanimous),
        ("names that were not recorded", unrecorded),
        ("a vote that was not counted", uncounted),
        (
            "more against than in favour",
            json!({"MS_against": ["OMAN", "IRAQ", "TOGO", "YEMEN"], "MS_against_count": "4"}),
        ),
        ("no sponsors", json!({"sponsors": [], "additional_sponsors": []})),
        ("an emergency special session", emergency),
    ];
    traps.into_iter().map(|(name, changes)| case(name, changes, &[])).collect()
}

/// One made-up record for each case, numbered from 400 on, so that there are gaps before and after.
fn records(cases: &[Case]) -> Vec<Map<String, Value>> {
    let changed = |(at, case): (usize, &Case)| {
        let mut record = sound(400 + 3 * at);
        record.extend(case.changes.as_object().unwrap().clone());
        record
    };
    cases.iter().enumerate().map(changed).collect()
}

/// What the program finds in these records: record, rule, pointer.
fn check(records: &[Map<String, Value>]) -> Vec<(String, String, String)> {
    let lines: Vec<String> =
        records.iter().map(|record| Value::Object(record.clone()).to_string()).collect();
    let text = lines.join("\n") + "\n";
    let files =
        [("schema.json", SCHEMA), ("rapporteur.toml", CONFIGURATION), ("acts.jsonl", &text)];
    let at = program::folder(&files);
    let answer = program::run(at.path(), &["check", "--quiet", "--format", "json"]);
    let report: Value = serde_json::from_str(&answer.out).unwrap_or_else(|_| panic!("{answer:?}"));
    assert_eq!(report["summary"]["records"], records.len());
    let text = |finding: &Value, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .map(|found| (text(found, "record"), text(found, "rule"), text(found, "pointer")))
        .collect()
}

/// All records are checked in one run, so that none has a finding because of another one.
#[test]
fn each_mistake_is_found_in_its_place_and_nothing_else_is() {
    let cases: Vec<Case> = defects().into_iter().chain(traps()).collect();
    let records = records(&cases);
    let found = check(&records);
    for (case, record) in cases.iter().zip(&records) {
        let symbol = record["symbol"].as_str().unwrap();
        let here = found.iter().filter(|(of, _, _)| of == symbol);
        let here: BTreeSet<(&str, &str)> =
            here.map(|(_, rule, pointer)| (rule.as_str(), pointer.as_str())).collect();
        assert_eq!(here, case.found.iter().copied().collect(), "{}: {symbol}", case.name);
    }
    let expected: usize = cases.iter().map(|case| case.found.len()).sum();
    assert_eq!(found.len(), expected, "{found:?}");
}

#[test]
fn a_symbol_that_two_records_have_is_found_once() {
    let mut records = vec![sound(400), sound(403), sound(403)];
    records[2].insert("title".to_owned(), json!("Lighthouses, again"));
    let found = check(&records);
    let found: Vec<&str> = found.iter().map(|(_, rule, _)| rule.as_str()).collect();
    assert_eq!(found, ["duplicate-id"]);
}

/// A vote list of a whole Assembly, doubled, is one mistake of two sides and not 180 of them.
#[test]
fn a_long_list_that_is_doubled_is_reported_by_its_count_and_its_first_repeat() {
    let names: Vec<String> = (1..=90).map(|n| format!("STATE {n}")).collect();
    let mut record = sound(400);
    record.insert("MS_in_favour".to_owned(), json!([names.clone(), names].concat()));
    record.insert("MS_in_favour_count".to_owned(), json!("90"));
    let found = check(&[record]);
    let found: BTreeSet<(&str, &str)> =
        found.iter().map(|(_, rule, pointer)| (rule.as_str(), pointer.as_str())).collect();
    let expected =
        [("votes-inconsistent", "/MS_in_favour_count"), ("duplicate-entry", "/MS_in_favour/90")];
    assert_eq!(found, BTreeSet::from(expected));
}
