//! What a careful reader finds in the documents, entry by entry.

use rapporteur::finding::Severity;

/// A finding that a reader of the documents expects.
pub(crate) struct Golden {
    /// Its name in the list that was drawn up by hand.
    pub(crate) name: &'static str,
    pub(crate) rule: &'static str,
    pub(crate) record: &'static str,
    pub(crate) pointer: &'static str,
    pub(crate) severity: Severity,
    /// What the message says, or a label.
    pub(crate) says: &'static str,
}

const fn golden(
    name: &'static str,
    rule: &'static str,
    at: (&'static str, &'static str),
    severity: Severity,
    says: &'static str,
) -> Golden {
    Golden { name, rule, record: at.0, pointer: at.1, severity, says }
}

use Severity::{Info, Warning};

/// What a careful reader finds in the documents, as far as the rules look for it. There is no `S5` for a
/// missing speaker: its record names the delegation, as the document does. There is no `S9` either: the programmes
/// name Sir Peter Sutherland in the title of a slot, and their records list him as its speaker.
pub(crate) const GOLDEN: &[Golden] = &[
    golden(
        "S1",
        "speaker-unnamed",
        ("statement-netherlands", "/delegation"),
        Info,
        "“Netherlands”",
    ),
    golden(
        "S2",
        "speaker-unnamed",
        ("statement-sweden-panel-one", "/delegation"),
        Info,
        "“Sweden”",
    ),
    golden(
        "S3",
        "speaker-unnamed",
        ("statement-sweden-panel-two-a", "/delegation"),
        Info,
        "“Sweden”",
    ),
    golden(
        "S4",
        "speaker-unnamed",
        ("statement-sweden-panel-two-b", "/delegation"),
        Info,
        "“Sweden”",
    ),
    golden("S5", "speaker-unnamed", ("statement-morocco", "/delegation"), Info, "“Maroc”"),
    golden(
        "T1",
        "date-differs-from-event",
        ("statement-connell", "/date"),
        Warning,
        "18 May 2011 is 1 day before `itd-migration-2011`",
    ),
    golden("T2, first", "record-date-missing", ("statement-el-jamri", "/date"), Info, "no date"),
    golden("T2, second", "record-date-missing", ("statement-morocco", "/date"), Info, "no date"),
    golden(
        "T2, Sweden",
        "record-date-missing",
        ("statement-sweden-panel-two-a", "/date"),
        Info,
        "no date",
    ),
    golden(
        "T2, Sweden again",
        "record-date-missing",
        ("statement-sweden-panel-two-b", "/date"),
        Info,
        "no date",
    ),
    golden(
        "T4",
        "date-format",
        ("letter-2011-04-05", "/paragraphs/1"),
        Info,
        "`Thursday 19 May, 2011`",
    ),
    golden("T3", "record-date-missing", ("summary", "/date"), Info, "no date of issue"),
    golden(
        "R1",
        "ref-dangling",
        ("letter-2010-12-21", "/references/0/letter/dated"),
        Warning,
        "Joseph Deiss, 18 October 2010",
    ),
    golden(
        "R2, letter",
        "symbol-spelling",
        ("letter-2010-12-21", "/paragraphs/1"),
        Info,
        "“resolution A/RES/63/225”",
    ),
    golden(
        "S8, final",
        "speaker-unnamed",
        ("programme-final", "/slots/4/speakers/0/role"),
        Info,
        "“President of the General Assembly”",
    ),
    golden(
        "S8, provisional",
        "speaker-unnamed",
        ("programme-provisional", "/slots/4/speakers/0/role"),
        Info,
        "“President of the General Assembly”",
    ),
    golden(
        "S11",
        "speaker-details-differ",
        ("statement-mangahas", "/speaker/role"),
        Info,
        "Senior Migration Specialist and Deputy Director",
    ),
    golden("S6", "name-variant", ("statement-iom", "/speaker/name"), Info, "“William Swing”"),
    golden(
        "X9",
        "programme-diff",
        ("programme-final", ""),
        Info,
        "2 speakers replaced, 2 speakers reordered, 3 speakers confirmed, 1 speaker described differently, 1 text reworded",
    ),
    golden(
        "X5",
        "event-details-mismatch",
        ("statement-ghobash", "/eventLine"),
        Info,
        "omits the word “International”",
    ),
    golden(
        "X7, first",
        "event-details-mismatch",
        ("statement-swing-panel-one", "/venueLine"),
        Info,
        "omits the words “North Lawn Building”",
    ),
    golden(
        "X7, second",
        "event-details-mismatch",
        ("statement-iom", "/venueLine"),
        Info,
        "omits the words “North Lawn Building”",
    ),
    golden(
        "X3",
        "event-details-mismatch",
        ("summary", "/sections/3/title"),
        Warning,
        "adds the word “international”",
    ),
    golden(
        "X4",
        "event-details-mismatch",
        ("programme-provisional", "/slots/1/title"),
        Info,
        "has “Contribution” where the title in itd-migration-2011 has “contribution”",
    ),
    golden(
        "R2, summary",
        "symbol-spelling",
        ("summary", "/sections/0/paragraphs/0"),
        Info,
        "“resolution A/RES/63/225”",
    ),
    golden(
        "X6, background",
        "term-variant",
        ("background", "/sections/1/paragraphs/0"),
        Info,
        "“High-Level Dialogue”",
    ),
    golden(
        "X6, first note",
        "term-variant",
        ("concept-note-a", "/sections/1/paragraphs/1"),
        Info,
        "“High-Level Dialogue”",
    ),
    golden(
        "X6, second note",
        "term-variant",
        ("concept-note-b", "/sections/1/paragraphs/1"),
        Info,
        "“High-Level Dialogue”",
    ),
    golden("D1", "duplicate-near", ("concept-note-b", ""), Warning, "concept-note-a (99 %)"),
    golden(
        "D2",
        "duplicate-near",
        ("statement-sweden-panel-two-b", ""),
        Warning,
        "statement-sweden-panel-two-a (74 %)",
    ),
    golden(
        "space, regulated way",
        "extraction-artifact",
        ("statement-connell", "/paragraphs/10"),
        Info,
        "a regulated way , and",
    ),
    golden(
        "space, returnees",
        "extraction-artifact",
        ("statement-connell", "/paragraphs/27"),
        Info,
        "Returnees , especially",
    ),
    golden(
        "two full stops",
        "extraction-artifact",
        ("statement-gmg", "/paragraphs/28"),
        Info,
        "families..",
    ),
    golden(
        "R4",
        "footnote-undefined",
        ("statement-connell", "/paragraphs/4"),
        Warning,
        "`(*)`, which appears 13 times",
    ),
    golden(
        "Y2",
        "truncated-value",
        ("statement-mangahas", "/organizerLine"),
        Warning,
        "after “by the”",
    ),
    golden("Y3", "truncated-value", ("statement-morocco", "/paragraphs/5"), Warning, "“en 20.”"),
];
