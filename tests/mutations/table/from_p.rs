//! The mistakes for rules from p on.

use super::{
    Change::{New, Replace},
    Mutation, mutation,
};

const CONNELL: &str = r#""speaker": {
    "name": "John Connell",
    "affiliation": "University of Sydney"
  }"#;

const KOSER: &str = r#""chair": [
        {
          "name": "Khalid Koser",
          "honorific": "Dr.",
          "role": "Academic Dean and Head of the New Issues in Security Course",
          "affiliation": "Geneva Centre for Security Policy"
        }
      ],"#;

/// Resolutions of a board; the third is skipped.
const SERIES: &str = r#"{"id": "r-1", "kind": "resolution", "title": "Resolution on quays", "language": "en", "organ": "Harbour Board", "number": "2011-01", "operative": [{"text": "The quay is paved."}]}
{"id": "r-2", "kind": "resolution", "title": "Resolution on cranes", "language": "en", "organ": "Harbour Board", "number": "2011-02", "operative": [{"text": "The crane is sold."}]}
{"id": "r-4", "kind": "resolution", "title": "Resolution on buoys", "language": "en", "organ": "Harbour Board", "number": "2011-04", "operative": [{"text": "The buoys are painted."}]}
{"id": "r-5", "kind": "resolution", "title": "Resolution on boats", "language": "en", "organ": "Harbour Board", "number": "2011-05", "operative": [{"text": "A boat is rented."}]}
"#;

const CLOSING: &str = r#""speakers": [
        {
          "role": "President of the General Assembly"
        }
      ]"#;

/// One mistake for each rule. `vocabulary`, which looks at schemas, and `programme-diff`, which takes two files, have
/// tests of their own.
const BAN: &str = r#"{
          "name": "Ban Ki-moon",
          "honorific": "H.E. Mr.",
          "role": "Secretary-General"
        }"#;

const BAN_TWICE: &str = r#"{
          "name": "Ban Ki-moon",
          "honorific": "H.E. Mr.",
          "role": "Secretary-General"
        },
        {
          "name": "Ban Ki-moon",
          "honorific": "H.E. Mr.",
          "role": "Secretary-General"
        }"#;

pub(crate) const MUTATIONS: &[Mutation] = &[
    mutation(
        "part-outside-whole",
        "board.yaml",
        New(
            "id: board\nkind: minutes\ntitle: Minutes of the board\nlanguage: en\nbody: Harbour Board\ndate: \"2011-05-03\"\ncalledToOrder: \"17:00\"\nadjourned: \"18:00\"\nitems:\n  - title: Cranes\n    start: \"17:40\"\n    end: \"18:10\"\n",
        ),
        "18:10",
    ),
    mutation(
        "path-mismatch",
        "board-2011-05-03.yaml",
        New(
            "id: board\nkind: minutes\ntitle: Minutes of the board\nlanguage: en\nbody: Harbour Board\ndate: \"2011-05-04\"\nitems:\n  - title: Cranes\n",
        ),
        "2011-05-04",
    ),
    mutation(
        "placeholder-text",
        "board.yaml",
        New(
            "id: board\nkind: minutes\ntitle: Minutes of the board\nlanguage: en\nstatus: final\nbody: Harbour Board\ndate: \"2011-05-03\"\nitems:\n  - title: Cranes\n    paragraphs: [The motion of ?? was lost.]\n",
        ),
        "?? was lost",
    ),
    mutation(
        "programmed-speaker-without-statement",
        "programme-fr.yaml",
        New(
            "id: programme-fr\nkind: programme\ntitle: Programme\nlanguage: fr\nevent: itd-migration-2011\nstatus: final\ndate: \"2011-05-19\"\nslots:\n  - kind: summary\n    start: \"17:40\"\n    end: \"17:50\"\n    title: Synthèse\n    speakers:\n      - name: Joseph Deiss\n      - name: Anna Berg\n",
        ),
        "Anna Berg",
    ),
    mutation(
        "record-date-missing",
        "letter-2011-06-28.yaml",
        Replace(&[("date: \"2011-06-28\"", "date: null")]),
        "date: null",
    ),
    mutation(
        "pv-or-sr",
        "letter-2011-06-28.yaml",
        Replace(&[("symbol: A/RES/63/225", "symbol: A/65/SR.69")]),
        "symbol: A/65/SR.69",
    ),
    mutation(
        "ref-beyond-last-paragraph",
        "letter-2011-06-28.yaml",
        Replace(&[(
            "pursuant to General Assembly resolution 63/225, was",
            "pursuant to paragraph 29 of General Assembly resolution 65/170, was",
        )]),
        "paragraph 29",
    ),
    mutation(
        "ref-beyond-last-paragraph",
        "letter-2011-06-28.yaml",
        Replace(&[(
            "    symbol: A/RES/63/225\n",
            "    symbol: A/RES/63/225\n  - raw: x\n    role: cites\n    symbol: A/RES/65/170\n    paragraphNumber: 30 (a)\n",
        )]),
        "30 (a)",
    ),
    mutation(
        "ref-circular",
        "letter-2010-12-21.json",
        Replace(&[(
            "  \"date\": \"2010-12-21\",\n",
            "  \"date\": \"2010-12-21\",\n  \"supersedes\": [\"letter-2010-12-21\"],\n",
        )]),
        "\"supersedes\"",
    ),
    mutation(
        "ref-dangling",
        "letter-2011-06-28.yaml",
        Replace(&[("record: summary", "record: sumary")]),
        "record: sumary",
    ),
    mutation(
        "ref-dangling",
        "statement-connell.json",
        Replace(&[("\"segment\": \"panel-1\"", "\"segment\": \"panel-3\"")]),
        "panel-3",
    ),
    mutation(
        "ref-date-conflict",
        "resolution-65-170.json",
        Replace(&[
            ("\"raw\": \"58/208 of 23 December 2003\"", "\"raw\": \"58/208\""),
            ("\"date\": \"2003-12-23\"", "\"date\": \"2003-12-22\""),
        ]),
        "2003-12-22",
    ),
    mutation(
        "ref-date-outside-session",
        "background.yaml",
        Replace(&[("2011 (A/RES/63/225)", "2011 (A/RES/63/226 of 1 May 2011)")]),
        "A/RES/63/226",
    ),
    mutation(
        "ref-date-outside-session",
        "resolution-65-170.json",
        Replace(&[("\"adopted\": \"2010-12-20\"", "\"adopted\": \"2009-12-20\"")]),
        "2009-12-20",
    ),
    mutation(
        "ref-malformed",
        "resolution-65-170.json",
        Replace(&[("\"reportOf\": \"A/65/438/Add.3\"", "\"reportOf\": \"A/65/438/Add3\"")]),
        "A/65/438/Add3",
    ),
    mutation(
        "ref-raw-mismatch",
        "resolution-65-170.json",
        Replace(&[("\"raw\": \"58/208 of", "\"raw\": \"58/280 of")]),
        "\"symbol\": \"A/RES/58/208\"",
    ),
    mutation(
        "ref-raw-mismatch",
        "letter-2011-06-28.yaml",
        Replace(&[(
            "- raw: General Assembly resolution 63/225",
            "- raw: General Assembly resolution 63/252",
        )]),
        "symbol: A/RES/63/225",
    ),
    mutation("series-gap", "board.jsonl", New(SERIES), "2011-04"),
    mutation(
        "symbol-spelling",
        "letter-2011-06-28.yaml",
        Replace(&[("symbol: A/RES/63/225", "symbol: resolution A/RES/63/225")]),
        "symbol: resolution A/RES/63/225",
    ),
    mutation(
        "ref-to-later",
        "letter-2010-12-21.json",
        Replace(&[(
            "  \"date\": \"2010-12-21\",\n",
            "  \"date\": \"2010-12-21\",\n  \"supersedes\": [\"letter-2011-04-05\"],\n",
        )]),
        "\"supersedes\"",
    ),
    mutation(
        "ref-to-the-future",
        "letter-2011-06-28.yaml",
        Replace(&[
            ("raw: General Assembly resolution 63/225", "raw: General Assembly resolution 65/312"),
            ("symbol: A/RES/63/225", "symbol: A/RES/65/312\n    date: \"2011-07-27\""),
        ]),
        "date: \"2011-07-27\"",
    ),
    mutation(
        "ref-unresolved",
        "letter-2011-06-28.yaml",
        Replace(&[
            ("raw: General Assembly resolution 63/225", "raw: General Assembly resolution 63/226"),
            ("symbol: A/RES/63/225", "symbol: A/RES/63/226"),
        ]),
        "symbol: A/RES/63/226",
    ),
    mutation(
        "ref-wrong-kind",
        "summary.json",
        Replace(&[(
            "\"transmittedBy\": \"letter-2011-06-28\"",
            "\"transmittedBy\": \"concept-note-a\"",
        )]),
        "transmittedBy",
    ),
    mutation(
        "sc-number-year",
        "background.yaml",
        Replace(&[
            ("raw: A/RES/63/225", "raw: S/RES/1325 (2001)"),
            ("symbol: A/RES/63/225", "symbol: S/RES/1325 (2001)"),
        ]),
        "symbol: S/RES/1325 (2001)",
    ),
    mutation(
        "schema",
        "letter-2011-06-28.yaml",
        Replace(&[("signed: true", "signed: perhaps")]),
        "signed: perhaps",
    ),
    mutation(
        "schema",
        "statement-iom.json",
        Replace(&[("\"text\": \"paraphrase\"", "\"text\": \"paraphrased\"")]),
        "\"paraphrased\"",
    ),
    mutation(
        "schema",
        "resolution-65-170.json",
        Replace(&[(
            "that penalties for irregular migrants, and their treatment, should be in proportion to the infraction;",
            " ",
        )]),
        "\"text\": \" \"",
    ),
    // The heading of the document has the number alone; whoever copies no more has no symbol.
    mutation(
        "schema",
        "resolution-65-170.json",
        Replace(&[
            ("{\n  \"id\": \"resolution-65-170\"", "{ \"id\": \"resolution-65-170\""),
            ("  \"symbol\": \"A/RES/65/170\",\n", ""),
        ]),
        "{ \"id\": \"resolution-65-170\"",
    ),
    mutation(
        "event-details-mismatch",
        "statement-netherlands.yaml",
        Replace(&[("Panel One: The contribution of migrants", "Panel One: The role of migrants")]),
        "segmentLine",
    ),
    mutation(
        "sequence-gap",
        "resolution-65-170.json",
        Replace(&[("\"n\": 28,", "\"n\": 29,")]),
        "\"n\": 29,",
    ),
    mutation(
        "slot-gap",
        "programme-final.json",
        Replace(&[("\"start\": \"15:00\"", "\"start\": \"15:31\"")]),
        "15:31",
    ),
    mutation(
        "slot-outside-event",
        "programme-final.json",
        Replace(&[("\"end\": \"18:00\"", "\"end\": \"18:30\"")]),
        "\"end\": \"18:30\"",
    ),
    mutation(
        "slot-without-chair",
        "programme-final.json",
        Replace(&[(KOSER, "\"chair\": [],")]),
        "\"chair\": []",
    ),
    mutation(
        "slot-without-speakers",
        "programme-final.json",
        Replace(&[(CLOSING, "\"speakers\": []"), ("\"kind\": \"closing\"", "\"kind\": \"panel\"")]),
        "\"speakers\": []",
    ),
    mutation(
        "slots-out-of-order",
        "programme-final.json",
        Replace(&[
            ("\"start\": \"17:40\",\n      \"end\": \"17:50\"", "the summary"),
            (
                "\"start\": \"17:50\",\n      \"end\": \"18:00\"",
                "\"start\": \"17:40\",\n      \"end\": \"17:50\"",
            ),
            ("the summary", "\"start\": \"17:50\",\n      \"end\": \"18:00\""),
        ]),
        "\"start\": \"17:40\"",
    ),
    // The start is that of another slot in the same room, and nothing says when that one ends.
    mutation(
        "slots-overlap",
        "programme-final.json",
        Replace(&[
            (
                "\"start\": \"17:40\",\n      \"end\": \"17:50\"",
                "\"start\": \"17:50\",\n      \"track\": \"Hall\"",
            ),
            (
                "\"start\": \"17:50\",\n      \"end\": \"18:00\"",
                "\"start\": \"17:50\",\n      \"end\": \"18:00\",\n      \"track\": \"Hall\"",
            ),
        ]),
        "\"start\": \"17:50\",",
    ),
    mutation(
        "slots-overlap",
        "programme-final.json",
        Replace(&[("\"start\": \"10:20\"", "\"start\": \"10:10\"")]),
        "\"start\": \"10:10\"",
    ),
    mutation(
        "speaker-details-differ",
        "statement-connell.json",
        Replace(&[(
            "\"affiliation\": \"University of Sydney\"",
            "\"affiliation\": \"University of Melbourne\"",
        )]),
        "University of Melbourne",
    ),
    mutation(
        "speaker-double-booked",
        "programme-final.json",
        Replace(&[
            ("\"end\": \"13:00\"", "\"end\": \"13:00\",\n      \"track\": \"Room A\""),
            (
                "\"start\": \"15:00\",\n      \"end\": \"17:40\"",
                "\"start\": \"12:00\",\n      \"end\": \"17:40\",\n      \"track\": \"Room B\"",
            ),
            ("\"name\": \"Khalid Koser\"", "\"name\": \"John  Connell\""),
            ("\"affiliation\": \"Geneva Centre for Security Policy\"", "\"capacity\": null"),
        ]),
        "\"name\": \"John  Connell\"",
    ),
    mutation(
        "speaker-in-title",
        "programme-final.json",
        Replace(&[
            (
                "\"title\": \"Closing remarks by the President of the General Assembly\"",
                "\"title\": \"Closing remarks by Mr. Joseph Deiss\"",
            ),
            (CLOSING, "\"speakers\": []"),
        ]),
        "Closing remarks by Mr. Joseph Deiss",
    ),
    mutation(
        "speaker-listed-twice",
        "programme-final.json",
        Replace(&[(BAN, BAN_TWICE)]),
        "\"name\": \"Ban Ki-moon\"",
    ),
    mutation(
        "speaker-missing",
        "statement-connell.json",
        Replace(&[(CONNELL, "\"speaker\": null")]),
        "\"speaker\": null",
    ),
    mutation(
        "speaker-missing",
        "programme-final.json",
        Replace(&[(
            BAN,
            "{\"honorific\": \"H.E. Mr.\"}, {\"role\": \"Secretary-General\", \"name\": \"Ban Ki-moon\"}",
        )]),
        "{\"honorific\": \"H.E. Mr.\"}",
    ),
    mutation(
        "speaker-missing",
        "programme-final.json",
        Replace(&[
            (CLOSING, "\"speakers\": [ ]"),
            ("remarks by the President of the General Assembly\"", "remarks\""),
        ]),
        "\"speakers\": [ ]",
    ),
    // The document names no speaker; its delegation is in the title only.
    mutation(
        "speaker-missing",
        "statement-morocco.json",
        Replace(&[("  \"delegation\": \"Maroc\",\n", "")]),
        "\"speaker\": null",
    ),
    mutation(
        "speaker-not-on-programme",
        "statement-mexico.json",
        Replace(&[("\"capacity\": \"floor\"", "\"capacity\": \"panellist\"")]),
        "\"name\": \"Claude Heller\"",
    ),
    mutation(
        "speaker-placeholder",
        "programme-final.json",
        Replace(&[("\"name\": \"Ban Ki-moon\"", "\"name\": \"To be announced\"")]),
        "To be announced",
    ),
    mutation(
        "speaker-placeholder",
        "programme-final.json",
        Replace(&[("\"name\": \"Ban Ki-moon\"", "\"name\": \"Keynote speaker (TBD)\"")]),
        "Keynote speaker (TBD)",
    ),
    mutation(
        "speaker-placeholder",
        "statement-mexico.json",
        Replace(&[("\"name\": \"Claude Heller\"", "\"name\": \"The representative of Mexico\"")]),
        "The representative of Mexico",
    ),
    mutation(
        "speaker-unnamed",
        "programme-final.json",
        Replace(&[("\"name\": \"Ban Ki-moon\",\n", "")]),
        "\"role\": \"Secretary-General\"",
    ),
    mutation(
        "speaker-tbc",
        "programme-final.json",
        Replace(&[(
            "\"name\": \"Ban Ki-moon\",",
            "\"name\": \"Ban Ki-moon\",\n          \"state\": \"tbc\",",
        )]),
        "\"state\": \"tbc\"",
    ),
    mutation(
        "spelling-variant",
        "background.yaml",
        Replace(&[(
            "\ntitle: Informal Thematic Debate on International",
            "\ntitle: Informal program on International",
        )]),
        "title: Informal program",
    ),
    mutation(
        "symbol-fields-disagree",
        "resolution-65-170.json",
        Replace(&[("\"number\": 170", "\"number\": 171")]),
        "\"number\": 171",
    ),
    mutation(
        "syntax",
        "statement-mexico.json",
        Replace(&[("\"kind\": \"statement\",", "\"kind\": \"statement\"")]),
        "ante Naciones Unidas\",",
    ),
    mutation(
        "term-variant",
        "summary.json",
        Replace(&[("to the second High-level Dialogue", "to the second High-Level Dialogue")]),
        "to the second High-Level Dialogue",
    ),
    mutation(
        "time-zone-missing",
        "itd-migration-2011.yaml",
        Replace(&[
            ("format: in-person", "format: hybrid"),
            ("timeZone: \"America/New_York\"\n", ""),
        ]),
        "id: itd-migration-2011",
    ),
    mutation(
        "time-zone-unknown",
        "itd-migration-2011.yaml",
        Replace(&[("timeZone: \"America/New_York\"", "timeZone: \"America/New York\"")]),
        "timeZone: ",
    ),
    mutation(
        "truncated-value",
        "statement-deiss.json",
        Replace(&[(
            "\"Statement at the Opening of the Informal Thematic Debate of the General Assembly on International Migration and Development\"",
            "\"Statement at the Opening of the Informal Thematic Debate of the General Assembly on International Migration and\"",
        )]),
        "Migration and\"",
    ),
    mutation(
        "truncated-value",
        "statement-netherlands.yaml",
        Replace(&[("make a difference there. We work", "make a\n  - difference there. We work")]),
        "The diaspora can make a",
    ),
    mutation(
        "unknown-kind",
        "background.yaml",
        Replace(&[("kind: background", "kind: backgrond")]),
        "kind: backgrond",
    ),
    mutation(
        "unread-value",
        "programme-final.json",
        Replace(&[("\"start\": \"10:00\"", "\"start\": \"1O:00\"")]),
        "1O:00",
    ),
    mutation(
        "unread-value",
        "programme-final.json",
        Replace(&[("\"end\": \"13:00\"", "\"end\": \"25:00\"")]),
        "25:00",
    ),
    mutation(
        "unread-value",
        "statement-netherlands.yaml",
        Replace(&[("dateLine: \"19 May 2011\"", "dateLine: \"19 Mya 2011\"")]),
        "19 Mya 2011",
    ),
    mutation(
        "value-cut-by-comment",
        "background.yaml",
        Replace(&[("  - title: Objectives\n", "  - title: Objectives #2\n")]),
        "title: Objectives",
    ),
    mutation(
        "votes-inconsistent",
        "resolution-65-170.json",
        Replace(&[(
            "\"distributed\": \"2011-03-17\"",
            "\"vote\": {\n    \"inFavour\": 3,\n    \"statesInFavour\": [\"Chad\", \"Fiji\"]\n  },\n  \"distributed\": \"2011-03-17\"",
        )]),
        "\"inFavour\": 3",
    ),
    mutation(
        "weekday-mismatch",
        "programme-final.json",
        Replace(&[("\"Thursday, 19 May 2011\"", "\"Friday, 19 May 2011\"")]),
        "Friday, 19 May 2011",
    ),
    mutation(
        "zoned-times-disagree",
        "letter-2011-06-28.yaml",
        Replace(&[(
            "New York on 19 May 2011.",
            "New York on 19 May 2011, from 14:00 UTC (9:00 EDT).",
        )]),
        "9:00 EDT",
    ),
];
