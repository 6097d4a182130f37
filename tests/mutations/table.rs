//! The mistakes that are put into the real records.

/// A mistake, and the rule that must find it.
pub(crate) struct Mutation {
    pub(crate) rule: &'static str,
    /// Its name in the folder of the debate. A name that is not there makes a new file.
    pub(crate) file: &'static str,
    pub(crate) change: Change,
    /// The finding is on the last line that contains this.
    pub(crate) line: &'static str,
}

/// How a file is changed.
pub(crate) enum Change {
    /// The first text, which stands there just once, becomes the second; one pair after the other.
    Replace(&'static [(&'static str, &'static str)]),
    /// The file is a copy of another one with such replacements.
    Copy(&'static str, &'static [(&'static str, &'static str)]),
    /// The file is new.
    New(&'static str),
}

use Change::{Copy, New, Replace};

/// Shorthand for a table that is read by line.
const fn mutation(
    rule: &'static str,
    file: &'static str,
    change: Change,
    line: &'static str,
) -> Mutation {
    Mutation { rule, file, change, line }
}

const CONNELL: &str = r#""speaker": {
    "name": "John Connell",
    "affiliation": "University of Sydney"
  }"#;

const HELLER: &str = r#""speaker": {
    "name": "Claude Heller",
    "honorific": "Embajador",
    "role": "Representante Permanente de México ante Naciones Unidas"
  }"#;

const KOSER: &str = r#""chair": [
        {
          "name": "Khalid Koser",
          "honorific": "Dr.",
          "role": "Academic Dean and Head of the New Issues in Security Course",
          "affiliation": "Geneva Centre for Security Policy"
        }
      ],"#;

const HULTIN: &str = r#"{
          "name": "Göran Hultin",
          "honorific": "Mr.",
          "role": "Chief Executive Officer, Caden Corporation and Contributor to the Talent Mobility Project, World Economic Forum"
        }"#;

const HULTIN_TWICE: &str = r#"{
          "name": "Göran Hultin",
          "honorific": "Mr.",
          "role": "Chief Executive Officer, Caden Corporation and Contributor to the Talent Mobility Project, World Economic Forum"
        },
        {
          "name": "Göran Hultin",
          "honorific": "Mr.",
          "role": "Chief Executive Officer, Caden Corporation and Contributor to the Talent Mobility Project, World Economic Forum"
        }"#;

const IDENTITIES: &str = r"id: identities
kind: identities
title: Decisions on names
language: en
decisions:
  - {names: [A. Berg, Anna Berg], verdict: same-as, reason: She said so.}
  - verdict: distinct
    reason: There are two of them.
    names:
      - A. Berg
      - Anna Berg  # and here
";

const CLOSING: &str = r#""speakers": [
        {
          "role": "President of the General Assembly"
        }
      ]"#;

/// One mistake for each rule. `vocabulary`, which looks at schemas, and `programme-diff`, which takes two files, have
/// tests of their own.
pub(crate) const MUTATIONS: &[Mutation] = &[
    mutation(
        "allowance-expired",
        "background.yaml",
        Replace(&[(
            "kind: background\n",
            "kind: background\nx-allow: {rule: schema, reason: kept, until: \"2011-05-19\"}\n",
        )]),
        "x-allow: ",
    ),
    mutation(
        "allowance-invalid",
        "background.yaml",
        Replace(&[("kind: background\n", "kind: background # rapporteur: allow(schema)\n")]),
        "kind: background",
    ),
    mutation(
        "allowance-unused",
        "background.yaml",
        Replace(&[("kind: background\n", "kind: background # rapporteur: allow(schema) kept\n")]),
        "kind: background",
    ),
    mutation(
        "ambiguous-scalar",
        "background.yaml",
        Replace(&[("language: en", "language: no")]),
        "language: no",
    ),
    mutation(
        "baseline-stale",
        "rapporteur.baseline",
        New("0c7b6a2f41d84d0f9a35e6b1c2d3e4f5 schema background /title\n"),
        "schema background",
    ),
    mutation(
        "chronology",
        "summary.json",
        Replace(&[("\"date\": null", "\"date\": \"2011-04-28\"")]),
        "2011-04-28",
    ),
    mutation(
        "currency-format",
        "background.yaml",
        Replace(&[(
            "title: Informal Thematic Debate on International",
            "title: US $ 325 Debate on International",
        )]),
        "title: US $ 325",
    ),
    mutation(
        "date-differs-from-event",
        "statement-deiss.json",
        Replace(&[
            ("\"date\": \"2011-05-19\"", "\"date\": \"2011-05-29\""),
            ("\"dateLine\": \"19 May 2011\"", "\"dateLine\": \"29 May 2011\""),
        ]),
        "2011-05-29",
    ),
    mutation(
        "date-format",
        "programme-final.json",
        Replace(&[("\"Thursday, 19 May 2011\"", "\"Thursday 19 May 2011\"")]),
        "Thursday 19 May 2011",
    ),
    mutation(
        "date-invalid",
        "register-cited-documents.yaml",
        Replace(&[("date: \"2003-06-23\"", "date: \"2003-06-31\"")]),
        "2003-06-31",
    ),
    mutation(
        "date-invalid",
        "statement-gmg.json",
        Replace(&[("\"date\": \"2011-05-19\"", "\"date\": \"1970-01-01\"")]),
        "1970-01-01",
    ),
    mutation(
        "dates-disagree-in-record",
        "statement-deiss.json",
        Replace(&[
            ("\"event\": \"itd-migration-2011\"", "\"event\": null"),
            ("\"dateLine\": \"19 May 2011\"", "\"dateLine\": \"20 May 2011\""),
        ]),
        "20 May 2011",
    ),
    mutation(
        "decision-number-range",
        "letter-2011-06-28.yaml",
        Replace(&[("symbol: A/RES/63/225", "symbol: A/DEC/63/225")]),
        "symbol: A/DEC/63/225",
    ),
    mutation(
        "delegation-speaker-unnamed",
        "statement-mexico.json",
        Replace(&[(HELLER, "\"speaker\": null")]),
        "\"delegation\": ",
    ),
    mutation(
        "distributed-before-adopted",
        "resolution-65-170.json",
        Replace(&[("\"distributed\": \"2011-03-17\"", "\"distributed\": \"2010-03-17\"")]),
        "2010-03-17",
    ),
    mutation(
        "duplicate-entry",
        "register-cited-documents.yaml",
        Replace(&[("- symbol: A/RES/63/303", "- symbol: A/RES/63/239")]),
        "symbol: A/RES/63/239",
    ),
    mutation(
        "duplicate-event",
        "itd-second.yaml",
        Copy(
            "itd-migration-2011.yaml",
            &[
                ("id: itd-migration-2011", "id: itd-second"),
                ("format: in-person", "format: hybrid"),
            ],
        ),
        "name: Informal Thematic Debate on International Migration",
    ),
    mutation(
        "duplicate-exact",
        "statement-second.json",
        Copy(
            "statement-deiss.json",
            &[("\"id\": \"statement-deiss\"", "\"id\": \"statement-second\"")],
        ),
        "\"id\": \"statement-second\"",
    ),
    mutation(
        "duplicate-id",
        "letter-copy.yaml",
        Copy("letter-2011-06-28.yaml", &[]),
        "id: letter-2011-06-28",
    ),
    mutation(
        "duplicate-key",
        "background.yaml",
        Replace(&[("language: en\n", "language: en\nlanguage: en\n")]),
        "language: en",
    ),
    mutation(
        "duplicate-near",
        "statement-second.json",
        Copy(
            "statement-deiss.json",
            &[
                ("\"id\": \"statement-deiss\"", "\"id\": \"statement-second\""),
                ("Thank you for your attention.", "Thank you."),
            ],
        ),
        "\"id\": \"statement-second\"",
    ),
    mutation(
        "end-before-start",
        "programme-final.json",
        Replace(&[(
            "\"start\": \"10:20\",\n      \"end\": \"13:00\"",
            "\"start\": \"13:00\",\n      \"end\": \"10:20\"",
        )]),
        "\"end\": \"10:20\"",
    ),
    mutation(
        "extraction-artifact",
        "resolution-65-170.json",
        Replace(&[("what young migrants contribute, and", "what young migrants contribute , and")]),
        "contribute ,",
    ),
    mutation(
        "event-details-mismatch",
        "statement-iom.json",
        Replace(&[("Conference Room 4, United", "Conference Room 3, United")]),
        "Conference Room 3",
    ),
    mutation(
        "footnote-undefined",
        "statement-gmg.json",
        Replace(&[("(GMG),[1]", "(GMG),[2]")]),
        "(GMG),[2]",
    ),
    mutation(
        "ga-form-session",
        "background.yaml",
        Replace(&[("symbol: A/RES/63/225", "symbol: A/RES/225 (LXIII)")]),
        "symbol: A/RES/225 (LXIII)",
    ),
    mutation(
        "honorific-in-name",
        "programme-final.json",
        Replace(&[("\"name\": \"Ban Ki-moon\"", "\"name\": \"H.E. Mr. Ban Ki-moon\"")]),
        "H.E. Mr. Ban Ki-moon",
    ),
    mutation(
        "meeting-number-mismatch",
        "resolution-65-170.json",
        Replace(&[("\"number\": 69", "\"number\": 68,\n    \"symbol\": \"A/65/PV.69\"")]),
        "\"number\": 68",
    ),
    mutation(
        "ibid-without-antecedent",
        "resolution-65-170.json",
        Replace(&[("\"See resolution 60/1.\"", "\"Ibid., resolution 60/1.\"")]),
        "Ibid., resolution 60/1.",
    ),
    mutation("identity-conflict", "identities.yaml", New(IDENTITIES), "- Anna Berg  # and here"),
    mutation(
        "markup-in-field",
        "summary.json",
        Replace(&[(
            "\"issuedBy\": \"President of the General",
            "\"issuedBy\": \"President of the *General*",
        )]),
        "*General*",
    ),
    mutation(
        "merge-key",
        "background.yaml",
        Replace(&[("language: en\n", "language: en\nx-base: {<<: {}}\n")]),
        "<<",
    ),
    mutation(
        "name-possible-typo",
        "statement-mangahas.json",
        Replace(&[("\"name\": \"Thetis Mangahas\"", "\"name\": \"Thetis Mangahs\"")]),
        "Thetis Mangahs",
    ),
    mutation(
        "name-variant",
        "programme-provisional.json",
        Replace(&[("\"name\": \"Göran Hultin\"", "\"name\": \"Goran Hultin\"")]),
        "Goran Hultin",
    ),
    mutation(
        "ordinal-suffix",
        "summary.json",
        Replace(&[("the 63rd World Health", "the 63th World Health")]),
        "63th",
    ),
    mutation(
        "programmed-speaker-without-statement",
        "programme-fr.yaml",
        New(
            "id: programme-fr\nkind: programme\ntitle: Programme\nlanguage: fr\nevent: itd-migration-2011\nstatus: final\ndate: \"2011-05-19\"\nslots:\n  - kind: summary\n    start: \"17:40\"\n    end: \"17:50\"\n    title: Synthèse\n    speakers:\n      - name: Joseph Deiss\n      - name: Peter Sutherland\n",
        ),
        "Peter Sutherland",
    ),
    mutation(
        "record-date-missing",
        "letter-2011-06-28.yaml",
        Replace(&[("date: \"2011-06-28\"", "date: null")]),
        "date: null",
    ),
    mutation(
        "record-type-of-body",
        "letter-2011-06-28.yaml",
        Replace(&[("symbol: A/RES/63/225", "symbol: A/65/SR.69")]),
        "symbol: A/65/SR.69",
    ),
    mutation(
        "ref-dangling",
        "letter-2011-06-28.yaml",
        Replace(&[("record: summary", "record: sumary")]),
        "record: sumary",
    ),
    mutation(
        "ref-date-conflict",
        "resolution-65-170.json",
        Replace(&[("\"date\": \"2003-12-23\"", "\"date\": \"2003-12-22\"")]),
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
        "ref-redundant-form",
        "letter-2011-06-28.yaml",
        Replace(&[("symbol: A/RES/63/225", "symbol: resolution A/RES/63/225")]),
        "symbol: resolution A/RES/63/225",
    ),
    mutation(
        "ref-to-the-future",
        "letter-2011-06-28.yaml",
        Replace(&[("symbol: A/RES/63/225", "symbol: A/RES/65/312\n    date: \"2011-07-27\"")]),
        "date: \"2011-07-27\"",
    ),
    mutation(
        "ref-unresolved",
        "letter-2011-06-28.yaml",
        Replace(&[("symbol: A/RES/63/225", "symbol: A/RES/63/226")]),
        "symbol: A/RES/63/226",
    ),
    mutation(
        "sc-number-year",
        "background.yaml",
        Replace(&[("symbol: A/RES/63/225", "symbol: S/RES/1325 (2001)")]),
        "symbol: S/RES/1325 (2001)",
    ),
    mutation(
        "schema",
        "letter-2011-06-28.yaml",
        Replace(&[("signed: true", "signed: perhaps")]),
        "signed: perhaps",
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
        "segment-title-mismatch",
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
        Replace(&[("\"kind\": \"summary\"", "\"kind\": \"panel\"")]),
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
        Replace(&[(HULTIN, HULTIN_TWICE)]),
        "\"name\": \"Göran Hultin\"",
    ),
    mutation(
        "speaker-missing",
        "statement-connell.json",
        Replace(&[(CONNELL, "\"speaker\": null")]),
        "\"speaker\": null",
    ),
    // The document names no speaker; its delegation stands in the title only.
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
        "speaker-role-only",
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
            "title: Informal Thematic Debate on International",
            "title: Informal program on International",
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
        "\"title\": ",
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
        "truncated-value",
        "statement-deiss.json",
        Replace(&[(
            "\"Statement at the Opening of the Informal Thematic Debate of the General Assembly on International Migration and Development\"",
            "\"Statement at the Opening of the Informal Thematic Debate of the General Assembly on International Migration and\"",
        )]),
        "\"title\": ",
    ),
    mutation(
        "unknown-kind",
        "background.yaml",
        Replace(&[("kind: background", "kind: backgrond")]),
        "kind: backgrond",
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
];
