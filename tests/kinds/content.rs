//! What a finished record of each kind must contain, and a draft need not.

use crate::found;

/// Records without content, and what is found in each of them as a finished record.
const EMPTY: &[(&str, &str, &str)] = &[
    ("background", "sections: []", "`sections` has 0 elements; at least 1 element expected"),
    ("background", "", "the background lacks `sections`"),
    (
        "background",
        "sections: [{title: Why, paragraphs: []}]",
        "`sections` has no element that is a section with a paragraph or a question",
    ),
    ("concept-note", "sections: []", "`sections` has 0 elements; at least 1 element expected"),
    ("concept-note", "", "the concept-note lacks `sections`"),
    ("concept-note", "objectives: []", "the concept-note lacks `sections`"),
    ("concept-note", "background: Ships need light.", "the concept-note lacks `eventDate`"),
    ("letter", "author: {name: Ada Moss}", "the letter lacks `paragraphs`"),
    (
        "letter",
        "author: {name: Ada Moss}\nparagraphs: []",
        "`paragraphs` has 0 elements; at least 1 element expected",
    ),
    (
        "letter",
        "author: {name: Ada Moss}\naddressees: [Board]\nparagraphs: [We agree.]",
        "the letter lacks `date`",
    ),
    (
        "letter",
        "author: {name: Ada Moss}\ndate: \"2024-05-19\"\nencloses: [{raw: the map}]",
        "the letter lacks `addressees`",
    ),
    (
        "programme",
        "date: \"2024-05-19\"\nslots: []",
        "`slots` has 0 elements; at least 1 element expected",
    ),
    ("register", "entries: []", "`entries` has 0 elements; at least 1 element expected"),
    ("identities", "decisions: []", "`decisions` has 0 elements; at least 1 element expected"),
    (
        "statement",
        "date: \"2024-05-19\"\nspeaker: {name: Ada Moss}\nparagraphs: []",
        "`paragraphs` has 0 elements; at least 1 element expected",
    ),
    (
        "summary",
        "date: \"2024-05-20\"\nsections: []",
        "`sections` has 0 elements; at least 1 element expected",
    ),
    (
        "summary",
        "date: \"2024-05-20\"\nsections: [{paragraphs: []}]",
        "`sections` has no element that is a section with a paragraph, a question or a speaker",
    ),
];

/// What is found against the schema.
fn violations(record: &str) -> Vec<String> {
    let found = found(&[record]).into_iter();
    found.filter_map(|one| one.strip_prefix("schema: ").map(str::to_owned)).collect()
}

#[test]
fn a_finished_record_has_content_and_a_draft_may_be_empty() {
    for (kind, content, expected) in EMPTY {
        let record = |status: &str| {
            format!("id: a\nkind: {kind}\ntitle: A title\nlanguage: en\n{status}{content}\n")
        };
        for status in ["", "status: final\n", "status: adopted\n"] {
            assert_eq!(violations(&record(status)), [*expected], "{}", record(status));
        }
        for status in ["draft", "provisional", "cancelled"] {
            let open = record(&format!("status: {status}\n"));
            assert_eq!(violations(&open), [""; 0], "{open}");
        }
    }
}

#[test]
fn the_dates_of_an_event_may_be_open_in_a_draft() {
    let event = "id: forum\nkind: event\nname: Forum\nlanguage: en\n";
    assert_eq!(violations(event), ["the event lacks `end`", "the event lacks `start`"]);
    assert_eq!(violations(&format!("{event}status: draft\n")), [""; 0]);
}

#[test]
fn a_blank_text_is_not_a_text() {
    let blank = "is ` `; text that is not blank expected";
    for (content, expected) in [
        ("kind: event\nname: ' '\nstart: \"2024-05-19\"\nend: \"2024-05-19\"", vec!["`name`"]),
        (
            "kind: background\ntitle: ' '\nsections: [{paragraphs: [Light., ' ']}]",
            vec!["`title`", "element 2 of `paragraphs`"],
        ),
        (
            "kind: statement\ntitle: A\ndate: \"2024-05-19\"\nspeaker: {name: ' '}\nparagraphs: [Light.]",
            vec!["`name`"],
        ),
        (
            "kind: resolution\ntitle: A\norgan: ' '\nnumber: 1\noperative: [{verb: ' ', text: ' '}]",
            vec!["`organ`", "`verb`", "`text`"],
        ),
        (
            "kind: concept-note\ntitle: A\nstatus: draft\nobjectives: ' '\nformat: [' ']",
            vec!["`objectives`", "element 1 of `format`"],
        ),
    ] {
        let expected: Vec<String> = expected.iter().map(|name| format!("{name} {blank}")).collect();
        assert_eq!(violations(&format!("id: a\nlanguage: en\n{content}\n")), expected, "{content}");
    }
    let empty =
        "id: a\nlanguage: en\nkind: background\ntitle: ''\nsections: [{paragraphs: [Light.]}]\n";
    assert_eq!(violations(empty), ["`title` is empty; at least 1 character expected"]);
}
