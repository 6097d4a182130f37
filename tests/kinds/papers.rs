//! Concept notes, letters, statements and summaries.

use crate::{Change, check, found};

const CONCEPT_NOTE: &str = "\
id: concept-note
kind: concept-note
title: Concept note for the forum on lighthouses
language: en
status: final
event: null
eventDate: \"2024-05-19\"
dateLine: Sunday, 19 May 2024
venue: {room: Chart Room, city: Farsund}
organizers: [Pilots' Guild, Harbour Board]
background: Ships still need lighthouses.
objectives: [To count the lighthouses., To agree on their colours.]
format: Two panels
participants: [Keepers, Pilots]
outcome: Chair's summary
contact: forum@example.org
sections: [{title: Themes, paragraphs: [Light and fog.]}]
";

#[test]
fn a_concept_note_says_what_the_event_is_for_and_when_it_is() {
    const CHANGES: &[Change] = &[
        (
            "one objective",
            &[("[To count the lighthouses., To agree on their colours.]", "To count.")],
            &[],
        ),
        ("no details", &[("format: Two panels\n", ""), ("contact: forum@example.org\n", "")], &[]),
        (
            "an unknown property",
            &[("format: Two panels", "colour: red")],
            &["schema: the concept-note has no property `colour`"],
        ),
        (
            "another weekday",
            &[("Sunday", "Monday")],
            &["weekday-mismatch: 19 May 2024 is a Sunday, not a Monday"],
        ),
        (
            "another day",
            &[("Sunday, 19 May", "Monday, 20 May")],
            &[
                "dates-disagree-in-record: held on 20 May 2024 here, but on 19 May 2024 elsewhere in the record",
            ],
        ),
        (
            "an empty list of formats",
            &[("Two panels", "[\"\"]")],
            &["schema: element 1 of `format` is empty; at least 1 character expected"],
        ),
    ];
    check(CONCEPT_NOTE, CHANGES);
}

const NOTE_VERBALE: &str = "\
id: note-verbale
kind: letter
title: Note verbale from the Permanent Mission of Peru
language: en
date: \"2024-04-05\"
place: Geneva
author: {affiliation: Permanent Mission of Peru}
addressees: [Secretary-General]
cc: [All Permanent Missions]
paragraphs: [The Permanent Mission of Peru presents its compliments.]
";

#[test]
fn a_letter_is_signed_by_persons_or_by_a_mission() {
    const CHANGES: &[Change] = &[
        (
            "neither",
            &[("affiliation: Permanent Mission of Peru", "role: Ambassador")],
            &["schema: `author` lacks `name`"],
        ),
        (
            "no author",
            &[("author: {affiliation: Permanent Mission of Peru}\n", "")],
            &["schema: the letter lacks `author`"],
        ),
        (
            "two signatures",
            &[(
                "author: {affiliation: Permanent Mission of Peru}",
                "signatories: [{name: Ada Moss, role: Chair}, {name: Ben Holt}]",
            )],
            &[],
        ),
        (
            "one signature twice",
            &[(
                "author: {affiliation: Permanent Mission of Peru}",
                "signatories: [{name: Ada Moss}, {name: Ada Moss, role: Chair}]",
            )],
            &["duplicate-entry: name “Ada Moss” appears twice in `signatories`"],
        ),
        (
            "a copy twice",
            &[("[All Permanent Missions]", "[Archive, Archive]")],
            &["duplicate-entry: “Archive” appears twice in `cc`"],
        ),
    ];
    check(NOTE_VERBALE, CHANGES);
}

#[test]
fn a_note_verbale_can_be_cited_by_the_mission_that_sent_it() {
    let answer = |from: &str| {
        let answer = NOTE_VERBALE
            .replace("id: note-verbale", "id: answer")
            .replace("title: Note", "title: Second note")
            .replace("2024-04-05", "2024-04-09")
            .replace("presents its compliments", "repeats its request");
        let reference = format!(
            "{{raw: our note of 5 April 2024, role: follows, letter: {{from: {from}, dated: \"2024-04-05\"}}}}"
        );
        found(&[NOTE_VERBALE, &format!("{answer}references: [{reference}]\n")])
    };
    assert_eq!(answer("Permanent Mission of Peru"), [""; 0]);
    let dangling = "ref-dangling: the letter `Permanent Mission of Chad, 5 April 2024` is not among the records";
    assert_eq!(answer("Permanent Mission of Chad"), [dangling]);
}

#[test]
fn a_statement_can_be_made_by_several_delegations() {
    const JOINT: &str = "\
id: joint-statement
kind: statement
title: Joint statement
language: en
date: \"2024-05-19\"
speaker: null
delegations: [Chad, Peru]
paragraphs: [We thank the keepers.]
";
    const CHANGES: &[Change] = &[
        ("without the key", &[("speaker: null\n", "")], &[]),
        (
            "neither",
            &[("delegations: [Chad, Peru]\n", "")],
            &["speaker-missing: no speaker for “Joint statement”"],
        ),
        (
            "nothing at all",
            &[("delegations: [Chad, Peru]\n", ""), ("speaker: null\n", "")],
            &["schema: the statement lacks `speaker`"],
        ),
        (
            "no delegation in the list",
            &[("[Chad, Peru]", "[]")],
            &["speaker-missing: no speaker for “Joint statement”"],
        ),
        (
            "one delegation twice",
            &[("[Chad, Peru]", "[Chad, Chad]")],
            &["duplicate-entry: “Chad” appears twice in `delegations`"],
        ),
    ];
    check(JOINT, CHANGES);
}

const SUMMARY: &str = "\
id: summary
kind: summary
title: Summary of the forum
language: en
event: forum
date: \"2024-05-20\"
sections:
  - title: Colours
    speakers:
      - {name: Paul Hartnell, role: Keeper, capacity: panellist, said: White is seen best.}
  - title: Closing
    paragraphs: [The Chair thanked all speakers.]
";

#[test]
fn a_summary_says_who_spoke_in_each_section() {
    const EVENT: &str = "{id: forum, kind: event, name: Forum, language: en, start: \"2024-05-19\", end: \"2024-05-19\"}";
    const PROGRAMME: &str = "\
id: programme
kind: programme
title: Programme
language: en
status: final
event: forum
date: \"2024-05-19\"
slots:
  - {kind: remarks, start: \"10:00\", title: Colours, speakers: [{name: Paul Hartnell, role: Keeper}]}
";
    let with = |summary: &str| found(&[EVENT, PROGRAMME, summary]);
    assert_eq!(with(SUMMARY), [""; 0]);
    let misspelt = SUMMARY.replace("Paul Hartnell", "Paul Hartnel");
    assert!(with(&misspelt)[0].starts_with("name-possible-typo: "), "{:?}", with(&misspelt));
    let silent = SUMMARY.replace("paragraphs: [The Chair thanked all speakers.]", "segment: null");
    assert_eq!(with(&silent), ["schema: element 2 of `sections` lacks `paragraphs`"]);
}
