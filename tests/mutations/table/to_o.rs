//! The mistakes for rules from a to o.

use super::{
    Change::{Copy, New, Replace},
    Mutation, mutation,
};

const HELLER: &str = r#""speaker": {
    "name": "Claude Heller",
    "honorific": "Embajador",
    "role": "Representante Permanente de México ante Naciones Unidas"
  }"#;

/// Agendas and minutes of a board; the second of three meetings has no minutes.
const BOARD: &str = r#"{"id": "agenda-1", "kind": "agenda", "title": "First agenda of the board", "language": "en", "body": "Harbour Board", "date": "2011-05-03", "items": [{"title": "Cranes"}]}
{"id": "agenda-2", "kind": "agenda", "title": "Second agenda of the board", "language": "en", "body": "Harbour Board", "date": "2011-05-10", "items": [{"title": "Quays"}]}
{"id": "minutes-1", "kind": "minutes", "title": "First minutes of the board", "language": "en", "body": "Harbour Board", "date": "2011-05-03", "items": [{"title": "Cranes"}]}
{"id": "minutes-3", "kind": "minutes", "title": "Third minutes of the board", "language": "en", "body": "Harbour Board", "date": "2011-05-17", "items": [{"title": "Buoys"}]}
"#;

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

/// A paragraph that was pasted twice.
const PASTED_TWICE: &str = r#""paragraphs": [
    "My delegation thanks the President for this debate, and speaks on behalf of its people.",
    "My delegation thanks the President for this debate, and speaks on behalf of its people." ,"#;

pub(crate) const MUTATIONS: &[Mutation] = &[
    mutation(
        "allowance-by-index",
        "rapporteur.toml",
        New("[[allow]]\nrule = \"speaker-unnamed\"\nrecord = \"programme-final\"\n\
             pointer = \"/slots/4\"\nreason = \"the chair reads it\"\n"),
        "/slots/4",
    ),
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
        "attendance-inconsistent",
        "board.yaml",
        New(
            "id: board\nkind: minutes\ntitle: Minutes of the board\nlanguage: en\nbody: Harbour Board\ndate: \"2011-05-03\"\npresent: [{name: Ida Brook}]\nquorum:\n  needed: 3\n  met: true\nitems:\n  - title: Cranes\n",
        ),
        "met: true",
    ),
    mutation(
        "baseline-stale",
        "rapporteur.baseline",
        New("0c7b6a2f41d84d0f9a35e6b1c2d3e4f5 schema background /title\n"),
        "schema background",
    ),
    mutation(
        "blank-text",
        "concept-note-a.json",
        Replace(&[("\"Chair's Summary\"", "\" \"")]),
        "\" \"",
    ),
    mutation("counterpart-missing", "board.jsonl", New(BOARD), "2011-05-10"),
    mutation(
        "duration-mismatch",
        "board.yaml",
        New(
            "id: board\nkind: agenda\ntitle: Agenda of the board\nlanguage: en\nbody: Harbour Board\ndate: \"2011-05-03\"\nitems:\n  - title: Cranes\n    start: \"17:40\"\n    end: \"18:10\"\n    duration: 45\n",
        ),
        "duration: 45",
    ),
    mutation(
        "outcome-contradicts-votes",
        "board.yaml",
        New(
            "id: board\nkind: minutes\ntitle: Minutes of the board\nlanguage: en\nbody: Harbour Board\ndate: \"2011-05-03\"\nitems:\n  - title: Cranes\n    motions:\n      - text: That the crane be sold.\n        ayes: 1\n        nays: 5\n        outcome: carried\n",
        ),
        "outcome: carried",
    ),
    mutation(
        "record-before-event",
        "summary.json",
        Replace(&[("\"date\": null", "\"date\": \"2011-04-28\"")]),
        "2011-04-28",
    ),
    mutation(
        "currency-format",
        "background.yaml",
        Replace(&[(
            "\ntitle: Informal Thematic Debate on International",
            "\ntitle: US $ 325 Debate on International",
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
        "dates-out-of-order",
        "resolution-65-170.json",
        Replace(&[(
            "\"adopted\": \"2010-12-20\",",
            "\"drafted\": \"2010-12-21\",\n  \"adopted\": \"2010-12-20\",",
        )]),
        "\"adopted\": \"2010-12-20\"",
    ),
    mutation(
        "decision-number-range",
        "letter-2011-06-28.yaml",
        Replace(&[
            ("raw: General Assembly resolution 63/225", "raw: General Assembly decision 63/225"),
            ("symbol: A/RES/63/225", "symbol: A/DEC/63/225"),
        ]),
        "symbol: A/DEC/63/225",
    ),
    mutation(
        "speaker-unnamed",
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
        "draft-cited-as-act",
        "background.yaml",
        Replace(&[("in 2011 (A/RES/63/225). Its", "in 2011 (resolution A/63/L.9). Its")]),
        "A/63/L.9",
    ),
    mutation(
        "duplicate-entry",
        "register-cited-documents.yaml",
        Replace(&[("- symbol: A/RES/63/303", "- symbol: A/RES/63/239")]),
        "symbol: A/RES/63/239",
    ),
    mutation(
        "duplicate-entry",
        "statement-mexico.json",
        Replace(&[("\"paragraphs\": [", PASTED_TWICE)]),
        "on behalf of its people.\" ,",
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
        "duplicate-event",
        "itd-second.yaml",
        Copy(
            "itd-migration-2011.yaml",
            &[
                ("id: itd-migration-2011", "id: itd-second"),
                ("format: in-person", "format: hybrid"),
                (
                    "name: Informal Thematic Debate on International Migration and Development",
                    "name: Informal Thematic Debate",
                ),
            ],
        ),
        "name: Informal Thematic Debate",
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
        Replace(&[("destination, and encouraging", "destination , and encouraging")]),
        "destination ,",
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
        Replace(&[("(GMG)[1]", "(GMG)[2]")]),
        "(GMG)[2]",
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
        "member-state-name",
        "resolution-65-170.json",
        Replace(&[(
            "\"status\": \"adopted\",",
            "\"status\": \"adopted\",\n  \"vote\": {\"against\": 1, \"statesAgainst\": [\"Russia\"]},",
        )]),
        "\"Russia\"",
    ),
    mutation(
        "merge-key",
        "background.yaml",
        Replace(&[("language: en\n", "language: en\nx-base: {<<: {}}\n")]),
        "<<",
    ),
    mutation(
        "merge-key",
        "letter-2011-06-28.yaml",
        Replace(&[(
            "author:\n  name: Joseph Deiss\n",
            "x-author: &author {name: Joseph Deiss}\nauthor:\n  <<: *author\n",
        )]),
        "<<",
    ),
    mutation(
        "name-form",
        "programme-final.json",
        Replace(&[("\"name\": \"Saqr Ghobash\"", "\"name\": \"Saqr Ghobash;\"")]),
        "Saqr Ghobash;",
    ),
    mutation(
        "name-form",
        "statement-mexico.json",
        Replace(&[("\"name\": \"Claude Heller\"", "\"name\": \"Claude Heller and Anna Berg\"")]),
        "Claude Heller and Anna Berg",
    ),
    mutation(
        "name-form",
        "statement-mexico.json",
        Replace(&[("\"name\": \"Claude Heller\"", "\"name\": \"C1aude Heller\"")]),
        "C1aude Heller",
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
];
