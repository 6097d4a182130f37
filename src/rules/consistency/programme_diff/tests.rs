//! Two versions of one programme, and the changes that are reported.

use super::RULE;
use crate::{
    finding::{Finding, Severity},
    testing::findings,
};

const OLD: &str = "id: old\nkind: programme\ntitle: Programme\nlanguage: en\nevent: debate\nstatus: provisional\ndate: \"2011-05-19\"\nslots:
  - {kind: opening, start: \"10:00\", end: \"10:20\", title: Opening, speakers: [{name: Joseph Deiss}, {name: Ban Ki-moon, state: tbc}]}
  - kind: panel
    start: \"10:20\"
    end: \"13:00\"
    title: Migrants and development
    chair: [{name: William Lacy Swing}]
    speakers: [{name: Lorena Escudero}, {name: Göran Hultin, role: Head}, {name: John Connell}]
    questions: [How can Governments help nationals who work abroad?]
";

/// What is found where these changes make the final version of the old one.
fn after(changes: &[(&str, &str)]) -> Vec<Finding> {
    let renamed = OLD.replace("id: old", "id: new").replace("provisional", "final");
    let new = changes.iter().fold(renamed, |text, (a, b)| {
        assert_eq!(text.matches(a).count(), 1, "{a}");
        text.replace(a, b)
    });
    found(OLD, &new)
}

fn found(old: &str, new: &str) -> Vec<Finding> {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    findings(&RULE, &[file("a.yaml", old), file("b.yaml", new)])
}

/// The message and the labels after the first.
fn reported(changes: &[(&str, &str)]) -> (String, Vec<String>) {
    let found = after(changes);
    let [only] = found.as_slice() else { panic!("{found:#?}") };
    assert_eq!((only.severity, only.location.record.as_deref()), (Severity::Info, Some("new")));
    assert_eq!(only.labels[0].location.record.as_deref(), Some("old"));
    let labels = only.labels[1..].iter().map(|label| label.text.clone()).collect();
    (only.message.clone(), labels)
}

#[track_caller]
fn expect(changes: &[(&str, &str)], message: &str, labels: &[&str]) {
    let (found, texts) = reported(changes);
    assert_eq!(found, format!("changes since old: {message}"));
    assert_eq!(texts, labels);
}

#[test]
fn every_change_of_speakers_is_reported() {
    expect(&[(", state: tbc", "")], "1 speaker confirmed", &["`Ban Ki-moon` is confirmed"]);
    expect(
        &[("Lorena Escudero", "Maria Fernanda Espinosa")],
        "1 speaker replaced",
        &["replaces `Lorena Escudero`"],
    );
    expect(
        &[("{name: John Connell}", "{name: John Connell}, {name: Anthony Lake}")],
        "1 speaker added",
        &["`Anthony Lake` is added"],
    );
    expect(
        &[("{name: Lorena Escudero}, ", "")],
        "1 speaker removed",
        &["`Lorena Escudero` is removed"],
    );
    expect(
        &[
            (", {name: John Connell}", ""),
            ("[{name: Lorena", "[{name: John Connell}, {name: Lorena"),
        ],
        "1 speaker reordered",
        &["`John Connell` moved from place 3 to 1"],
    );
    expect(
        &[("role: Head", "role: Head of the Institute")],
        "1 speaker described differently",
        &["`Göran Hultin` was described as “Head”"],
    );
}

#[test]
fn neighbours_that_swap_places_are_one_change() {
    let swapped = [(
        "{name: Joseph Deiss}, {name: Ban Ki-moon, state: tbc}",
        "{name: Ban Ki-moon, state: tbc}, {name: Joseph Deiss}",
    )];
    let (message, labels) = reported(&swapped);
    assert_eq!(message, "changes since old: 1 speaker reordered");
    assert!(labels[0].contains("swapped places with"), "{labels:?}");
}

#[test]
fn every_change_of_slots_and_texts_is_reported() {
    expect(
        &[("start: \"10:00\"", "start: \"09:50\"")],
        "1 slot moved",
        &["moved from `2011-05-19 10:00, 2011-05-19 10:20`"],
    );
    expect(
        &[("title: Migrants and", "title: Migrants in")],
        "1 slot retitled",
        &["retitled from “Migrants and development”"],
    );
    expect(
        &[(
            "speakers: [{name: Joseph Deiss}, {name: Ban Ki-moon, state: tbc}]}",
            "speakers: [{name: Joseph Deiss}, {name: Ban Ki-moon, state: tbc}]}\n  - {kind: other, start: \"09:00\", end: \"10:00\", title: Registration}",
        )],
        "1 slot added",
        &["“Registration” is added"],
    );
    expect(
        &[("nationals who work abroad", "those who work abroad")],
        "1 text reworded",
        &["reworded from “nationals”"],
    );
    expect(
        &[("abroad?]", "abroad?, Is there more to do in cities?]")],
        "1 text added",
        &["is added"],
    );
}

#[test]
fn equal_versions_and_other_letter_case_are_accepted() {
    assert!(after(&[]).is_empty());
    assert!(
        after(&[("title: Migrants and development", "title: Migrants and Development")]).is_empty()
    );
    assert!(after(&[("name: William Lacy Swing", "name: William Swing")]).is_empty());
}

#[test]
fn other_events_and_cancelled_records_are_not_compared() {
    let new = OLD.replace("id: old", "id: new").replace("Lorena Escudero", "Anthony Lake");
    assert!(found(OLD, &new).is_empty(), "both provisional");
    for (a, b) in [
        ("status: provisional", "status: cancelled"),
        ("status: provisional", "status: superseded"),
        ("event: debate", "event: other"),
        ("language: en", "language: fr"),
    ] {
        assert!(found(&OLD.replace(a, b), &new.replace("provisional", "final")).is_empty(), "{b}");
    }
    // Two days of one event have nothing in common.
    let other = "id: new\nkind: programme\ntitle: Programme\nlanguage: en\nevent: debate\nstatus: final\nslots:\n  - {kind: other, start: \"08:00\", end: \"09:00\", title: Breakfast}\n";
    assert!(found(OLD, other).is_empty());
}

#[test]
fn two_final_versions_are_a_warning_unless_one_replaces_the_other() {
    let first = OLD.replace("provisional", "final");
    let second = first.replace("id: old", "id: new").replace("Lorena Escudero", "Anthony Lake");
    let reported = found(&first, &second);
    let [only] = reported.as_slice() else { panic!("{reported:#?}") };
    assert_eq!(only.severity, Severity::Warning);
    assert_eq!(only.message, "this version and old are both final, and neither replaces the other");
    let replacing = second.replace("slots:", "supersedes: [old]\nslots:");
    let reported = found(&first, &replacing);
    let [only] = reported.as_slice() else { panic!("{reported:#?}") };
    assert_eq!(only.message, "changes since old: 1 speaker replaced");
}

#[test]
fn the_first_changes_have_labels_and_the_others_are_counted() {
    let many: String = (0..20).map(|n| format!("{{name: Person Number{n}}}, ")).collect();
    let found = after(&[("speakers: [{name: Lorena", &format!("speakers: [{many}{{name: Lorena"))]);
    assert_eq!(found[0].message, "changes since old: 20 speakers added");
    assert_eq!(found[0].labels.len(), 13);
    assert_eq!(
        found[0].help.as_deref(),
        Some("8 more changes without a label: compare the two records")
    );
}
