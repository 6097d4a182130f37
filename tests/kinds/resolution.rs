//! Resolutions of the United Nations and of any other body.

use crate::{Change, check, found};

const ASSEMBLY: &str = "\
id: resolution-79-40
kind: resolution
title: Lighthouses
language: en
status: adopted
organ: General Assembly
session: 79
number: 40
symbol: A/RES/79/40
adopted: \"2024-12-04\"
committee: Second Committee
sponsors: [Chad, Peru]
adoptedWithoutVote: true
preamble:
  - {verb: Recalling, text: \"its resolution 78/31 of 5 December 2023,\"}
operative:
  - n: 1
    verb: Requests
    text: \"the Secretary-General:\"
    subparagraphs:
      - {n: a, text: to count the lighthouses;}
      - {n: b, text: \"to report, in writing:\", subparagraphs: [{n: i, text: on their height;}, {n: ii, text: on their light;}]}
  - {n: 2, verb: Decides, text: to light them again.}
";

#[test]
fn the_general_assembly_needs_symbol_session_and_numbered_paragraphs() {
    const CHANGES: &[Change] = &[
        ("no symbol", &[("symbol: A/RES/79/40\n", "")], &["schema: the resolution lacks `symbol`"]),
        ("no session", &[("session: 79\n", "")], &["schema: the resolution lacks `session`"]),
        ("no number", &[("number: 40\n", "")], &["schema: the resolution lacks `number`"]),
        (
            "a session in words",
            &[("session: 79", "session: seventy-ninth")],
            &["schema: `session` is `seventy-ninth`; a value such as `S-3` expected"],
        ),
        (
            "a number in words",
            &[("number: 40", "number: 79/40")],
            &["schema: `number` is a string; an integer expected"],
        ),
        (
            "a paragraph without a number",
            &[("{n: 2, verb", "{verb")],
            &["schema: element 2 of `operative` lacks `n`"],
        ),
        (
            "no opening words",
            &[("{verb: Recalling, text", "{text")],
            &["schema: element 1 of `preamble` lacks `verb`"],
        ),
        (
            "the name in Spanish",
            &[("General Assembly", "Asamblea General"), ("symbol: A/RES/79/40\n", "")],
            &["schema: the resolution lacks `symbol`"],
        ),
        (
            "a sponsor named twice",
            &[("[Chad, Peru]", "[Chad, Peru, Chad]")],
            &["duplicate-entry: “Chad” appears twice in `sponsors`"],
        ),
        (
            "a vote on a text that was adopted without one",
            &[("adoptedWithoutVote: true", "adoptedWithoutVote: true\nvote: {inFavour: 120}")],
            &["schema: `adoptedWithoutVote` is `true`; `false` expected"],
        ),
        (
            "a vote",
            &[("adoptedWithoutVote: true", "adoptedWithoutVote: false\nvote: {inFavour: 120}")],
            &[],
        ),
        (
            "a subparagraph that is missing",
            &[("{n: b, text", "{n: c, text")],
            &["sequence-gap: `c` follows `a` in `subparagraphs` instead of `b`"],
        ),
        (
            "a subparagraph that appears twice",
            &[("{n: ii, text: on their light;}", "{n: i, text: on their light;}")],
            &["duplicate-entry: n “i” appears twice in `subparagraphs`"],
        ),
    ];
    check(ASSEMBLY, CHANGES);
}

#[test]
fn only_a_finished_resolution_needs_a_paragraph_and_a_number() {
    const BARE: &str = "\
id: draft-on-lighthouses
kind: resolution
title: Lighthouses
language: en
status: draft
organ: General Assembly
session: 79
symbol: A/C.2/79/L.12
operative: []
";
    const CHANGES: &[Change] = &[
        ("provisional", &[("draft\n", "provisional\n")], &[]),
        ("no paragraphs at all", &[("operative: []\n", "")], &[]),
        ("no symbol yet", &[("symbol: A/C.2/79/L.12\n", "")], &[]),
        (
            "the session is known",
            &[("session: 79\n", "")],
            &["schema: the resolution lacks `session`"],
        ),
        (
            "final",
            &[("status: draft", "status: final")],
            &[
                "schema: the resolution lacks `number`",
                "schema: `operative` has 0 elements; at least 1 element expected",
            ],
        ),
        (
            "no status",
            &[("status: draft\n", ""), ("operative: []\n", "number: 12\n")],
            &["schema: the resolution lacks `operative`"],
        ),
        (
            "sections without a paragraph",
            &[
                ("status: draft\n", "number: 12\n"),
                ("operative: []", "sections: [{heading: I, operative: []}]"),
            ],
            &["schema: `operative` has 0 elements; at least 1 element expected"],
        ),
    ];
    check(BARE, CHANGES);
}

#[test]
fn the_councils_of_the_united_nations_number_in_their_own_way() {
    const SECURITY: &str = "\
id: s-res-2757
kind: resolution
title: Lighthouses
language: en
status: adopted
organ: Security Council
number: 2740
symbol: S/RES/2740 (2024)
adopted: \"2024-06-27\"
operative: [{n: 1, verb: Decides, text: to remain seized of the matter.}]
";
    check(
        SECURITY,
        &[
            (
                "no symbol",
                &[("symbol: S/RES/2740 (2024)\n", "")],
                &["schema: the resolution lacks `symbol`"],
            ),
            (
                "the Economic and Social Council numbers by year",
                &[
                    ("Security Council", "Economic and Social Council"),
                    ("number: 2740", "number: 7"),
                    ("S/RES/2740 (2024)", "E/RES/2024/7"),
                ],
                &[],
            ),
            (
                "the Human Rights Council numbers by session",
                &[
                    ("Security Council", "Human Rights Council"),
                    ("number: 2740", "number: 7"),
                    ("S/RES/2740 (2024)", "A/HRC/RES/56/7"),
                ],
                &["schema: the resolution lacks `session`"],
            ),
            (
                "with its session",
                &[
                    ("Security Council", "Human Rights Council"),
                    ("number: 2740", "number: 7\nsession: 56"),
                    ("S/RES/2740 (2024)", "A/HRC/RES/56/7"),
                ],
                &[],
            ),
        ],
    );
}

const TOWN: &str = "\
id: resolution-2024-15
kind: resolution
title: Fees of the harbour
language: en
status: adopted
organ: Town Council of Pellbridge
number: 2024-15
adopted: \"2024-06-11\"
movedBy: Ada Moss
secondedBy: Ben Holt
preamble:
  - {verb: Whereas, text: the harbour needs a new light;}
operative:
  - {text: The fees of the harbour are raised by one tenth.}
  - {text: The clerk informs the fishermen.}
vote:
  inFavour: 3
  against: 1
  abstaining: 0
  votes:
    - {name: Ada Moss, option: aye}
    - {name: Ben Holt, option: aye}
    - {name: Cy Dunn, option: aye}
    - {name: Dee Fell, option: nay}
    - {name: Eve Orr, option: absent}
";

#[test]
fn any_body_may_adopt_a_resolution_and_its_mistakes_are_found() {
    const CHANGES: &[Change] = &[
        ("no number", &[("number: 2024-15\n", "")], &["schema: the resolution lacks `number`"]),
        (
            "a date that does not exist",
            &[("2024-06-11", "2024-06-31")],
            &["date-invalid: `2024-06-31` is not a date: June has 30 days"],
        ),
        (
            "no date",
            &[("adopted: \"2024-06-11\"\n", "")],
            &["record-date-missing: no date of adoption for “Fees of the harbour”"],
        ),
        (
            "an aye too many",
            &[("inFavour: 3", "inFavour: 4")],
            &[
                "votes-inconsistent: `inFavour` is 4, but `votes` has 3 entries with “in favour”, “aye”, “yea”, “yes” or “for”",
            ],
        ),
        (
            "a member who votes twice",
            &[("name: Eve Orr", "name: ada moss")],
            &["duplicate-entry: name “ada moss” appears twice in `votes`"],
        ),
        (
            "a mover who seconds",
            &[("secondedBy: Ben Holt", "secondedBy: ada moss")],
            &["duplicate-entry: “ada moss” appears in both `movedBy` and `secondedBy`"],
        ),
        (
            "adopted against the votes",
            &[
                ("inFavour: 3", "inFavour: 1"),
                ("against: 1", "against: 3"),
                ("{name: Ada Moss, option: aye}", "{name: Ada Moss, option: nay}"),
                ("{name: Ben Holt, option: aye}", "{name: Ben Holt, option: nay}"),
            ],
            &["outcome-contradicts-votes: `status` is “adopted”, but 1 voted for it and 3 against"],
        ),
        (
            "a paragraph twice",
            &[(
                "The clerk informs the fishermen.",
                "The fees of the harbour are raised by one tenth.",
            )],
            &[
                "duplicate-entry: text “The fees of the harbour are raised by one tenth.” appears twice in `operative`",
            ],
        ),
        (
            "a mistake in a name",
            &[("secondedBy", "secondBy")],
            &["schema: the resolution has no property `secondBy`"],
        ),
    ];
    check(TOWN, CHANGES);
}

/// The board of a foundation counts anew each year and does not write the year.
const BOARD: &str = "\
id: board-7
kind: resolution
title: Grants for lighthouses
language: en
status: adopted
organ: Board of the Pell Foundation
number: 7
adopted: \"2024-03-05\"
operative: [{text: The grants are doubled.}]
";

#[test]
fn two_resolutions_of_one_body_do_not_have_one_number() {
    let other = |record: &str, changes: &[(&str, &str)]| {
        let moved =
            changes.iter().fold(record.to_owned(), |text, (old, new)| text.replace(old, new));
        let title = moved.replace("title: ", "title: More about ");
        let id = title.replace("id: ", "id: another-");
        found(&[record, &id.replace("raised by one tenth", "set anew").replace("doubled", "spent")])
    };
    let taken = |key: &str, by: &str| {
        [format!("duplicate-id: the resolution `{key}` is already defined in {by}")]
    };
    let key = "town council of Pellbridge, 2024-15";
    let same =
        other(TOWN, &[("organ: Town Council of", "organ: town council of"), ("06-11", "06-12")]);
    assert_eq!(same, taken(key, "resolution-2024-15"));
    assert_eq!(other(TOWN, &[("Pellbridge", "Farsund")]), [""; 0], "another body");
    assert_eq!(other(TOWN, &[("2024-15", "2024-16")]), [""; 0], "another number");
    assert_eq!(other(TOWN, &[("language: en", "language: fr")]), [""; 0], "another language");
    assert_eq!(other(TOWN, &[("status: adopted", "status: draft")]), [""; 0], "its draft");

    let key = "Board of the Pell Foundation, 7, 2024-03-05";
    assert_eq!(other(BOARD, &[]), taken(key, "board-7"));
    assert_eq!(other(BOARD, &[("2024-03-05", "2025-03-04")]), [""; 0], "another year");
    let second = BOARD.replace("number: 7", "number: 7\nsession: 2024-2026");
    let key = "Board of the Pell Foundation, 2024-2026, 7";
    assert_eq!(other(&second, &[("2024-03-05", "2025-03-04")]), taken(key, "board-7"));
    assert_eq!(other(&second, &[("2024-2026", "2026-2028")]), [""; 0], "another session");
}
