//! The real records are the outer test: what is found in them, entry by entry, and what is not.

#[path = "records/faithful.rs"]
mod faithful;
#[path = "records/golden.rs"]
mod golden;

use std::{collections::BTreeSet, fmt::Write as _, path::Path};

use golden::{GOLDEN, Golden};
use rapporteur::{
    cli::{Exit, FailOn},
    config::{Config, Levels},
    finding::{Finding, Severity},
    input,
    lint::{Report, Run, Setting},
    output::{Format, Terminal},
    rule::{Rule, RuleSet},
    schema::Catalog,
};

use Severity::Warning;

/// The report on the project of this repository, as `rapporteur check` makes it.
fn report() -> Report {
    report_with(Levels::of)
}

/// The same, with other levels than those of the configuration.
fn report_with(setting: impl Fn(&Levels, &Rule) -> Setting + Sync) -> Report {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = Config::discover(&root.join("records")).expect("the project has a configuration");
    let config = Config::load(&path, RuleSet::bundled(), &input::Buffers::default())
        .expect("the configuration is right");
    let collected = input::collect(root, root, Some(&config), &[], &input::Buffers::default())
        .expect("the records are there");
    assert!(collected.unread.is_empty(), "{:?}", collected.unread);
    let schemas = input::schemas(&config, &input::Buffers::default());
    let catalog = Catalog::with(schemas.sources, &schemas.unread);
    let levels = Levels::new(Some(&config), Vec::new(), Vec::new());
    let run = Run { setting: &|rule| setting(&levels, rule), collapse: true, ..Run::new(&catalog) };
    run.check(&collected.inputs, &|input| input::read(input).map_err(|error| error.to_string()))
}

/// The level of a rule where those that are off by default run as well.
fn all_on(levels: &Levels, rule: &Rule) -> Setting {
    match rule.level {
        Some(_) => levels.of(rule),
        None => Setting::At(Warning),
    }
}

#[test]
fn the_records_have_these_findings() {
    let report = report();
    let mut out = Vec::new();
    Format::Concise.write(&report, &Terminal::default(), &mut out).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap());
}

#[test]
fn the_dossier_can_be_published() {
    let report = report();
    let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
    assert_eq!(errors.count(), 0);
    assert_eq!(Exit::of(&report, FailOn::Error).code(), 0);
    assert_eq!(Exit::of(&report, FailOn::Warning).code(), 1);
    assert_eq!((report.summary.files, report.summary.records), (26, 26));
}

/// X10 and X11: what was collected of the debate is held against its final programme.
#[test]
fn these_were_announced_and_left_no_statement() {
    let report = report_with(all_on);
    let named: Vec<&str> = report
        .findings
        .iter()
        .filter(|finding| finding.rule == "programmed-speaker-without-statement")
        .map(|finding| {
            assert_eq!(finding.location.path, "records/itd-migration-2011/programme-final.json");
            finding.message.split(['“', '”']).nth(1).unwrap()
        })
        .collect();
    assert_eq!(
        named,
        [
            "Ban Ki-moon",
            "Maria Fernanda Espinosa",
            "Chukwu-Emeka Chikezie",
            "Göran Hultin",
            "Khalid Koser",
            "Eduard Gnesa",
            "Rafael Fernández de Castro",
            "Peter Sutherland",
        ]
    );
    let off = report.findings.iter().find(|finding| finding.rule == "speaker-not-on-programme");
    assert!(off.is_none(), "{off:?}");
}

impl Golden {
    fn is(&self, finding: &Finding) -> bool {
        self.rule == finding.rule
            && Some(self.record) == finding.location.record.as_deref()
            && self.pointer == finding.location.pointer
            && self.severity == finding.severity
            && finding.message.contains(self.says)
    }
}

#[test]
fn every_golden_finding_is_found_once_and_nothing_else_is() {
    let report = report();
    let mut problems = String::new();
    for golden in GOLDEN {
        let count = report.findings.iter().filter(|finding| golden.is(finding)).count();
        if count != 1 {
            let _ = writeln!(problems, "{} ({}) is found {count} times", golden.name, golden.rule);
        }
    }
    for finding in &report.findings {
        if !GOLDEN.iter().any(|golden| golden.is(finding)) {
            let _ = writeln!(problems, "{finding:#?} is not on the list");
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

/// Something that looks wrong to a program and is right.
struct Right {
    /// What looks wrong.
    what: &'static str,
    /// A passage of each record, which shows that the case is really there.
    passages: &'static [(&'static str, &'static str)],
    /// The rules that could stumble over it.
    rules: &'static [&'static str],
}

/// Shorthand for a table that is read by line.
const fn right(
    what: &'static str,
    passages: &'static [(&'static str, &'static str)],
    rules: &'static [&'static str],
) -> Right {
    Right { what, passages, rules }
}

const REFERENCES: &[&str] = &[
    "ref-malformed",
    "ref-date-outside-session",
    "ga-form-session",
    "sc-number-year",
    "ref-dangling",
];
const TIMES: &[&str] = &[
    "record-before-event",
    "date-differs-from-event",
    "date-format",
    "date-invalid",
    "dates-disagree-in-record",
    "distributed-before-adopted",
    "end-before-start",
    "record-date-missing",
    "slot-gap",
    "slot-outside-event",
    "slots-out-of-order",
    "slots-overlap",
    "time-zone-missing",
    "weekday-mismatch",
];

/// The fourteen groups.
const RIGHTS: &[Right] = &[
    right(
        "speakers are to be confirmed in a programme that the final one replaces",
        &[("programme-provisional.json", "\"state\": \"tbc\"")],
        &["speaker-tbc"],
    ),
    right(
        "the members of the Global Migration Group are counted in three ways, all of them sixteen",
        &[
            ("statement-gmg.json", "16 agencies"),
            ("summary.json", "15 organizations"),
            ("statement-iom.json", "Sixteen"),
        ],
        &["duplicate-entry", "ref-malformed", "schema"],
    ),
    right(
        "the dated citations of the resolution lie in their sessions, and so does its own date",
        &[
            ("resolution-65-170.json", "58/208 of 23 December 2003"),
            ("resolution-65-170.json", "62/270 of 20 June 2008"),
            ("resolution-65-170.json", "\"adopted\": \"2010-12-20\""),
            ("register-cited-documents.yaml", "date: \"2003-06-23\""),
        ],
        REFERENCES,
    ),
    right(
        "letters, roman numerals, annexes, other organs, treaties and sales numbers are no wrong symbols",
        &[
            ("resolution-65-170.json", "A/RES/57/270 B"),
            ("resolution-65-170.json", "217 A (III)"),
            ("resolution-65-170.json", "2200 A (XXI)"),
            ("resolution-65-170.json", "63/239, annex"),
            ("resolution-65-170.json", "2006/2 of 10 May 2006"),
            ("resolution-65-170.json", "E/2006/25"),
            ("resolution-65-170.json", "Treaty Series"),
            ("resolution-65-170.json", "Sales No. E.09.III.B.1"),
        ],
        REFERENCES,
    ),
    right(
        "a session has two years, and what was decided in 2008 bears the number of its session",
        &[
            ("resolution-65-170.json", "sixty-fifth session, in 2011"),
            ("resolution-65-170.json", "sixty-eighth session, in 2013"),
        ],
        &["ref-date-outside-session", "ga-form-session", "weekday-mismatch"],
    ),
    right(
        "a resolution is distributed months after its adoption",
        &[("resolution-65-170.json", "\"distributed\": \"2011-03-17\"")],
        &[
            "date-differs-from-event",
            "dates-disagree-in-record",
            "distributed-before-adopted",
            "end-before-start",
            "ref-date-outside-session",
        ],
    ),
    right(
        "notes are used twice and stand after a page break; paragraphs count from 1 to 28",
        &[("resolution-65-170.json", "\"n\": 28"), ("resolution-65-170.json", "[6]")],
        &["duplicate-entry", "duplicate-key", "ref-malformed"],
    ),
    right(
        "letters are written before the event, the summary and its letter after it",
        &[
            ("letter-2010-12-21.json", "\"date\": \"2010-12-21\""),
            ("letter-2011-04-05.json", "\"date\": \"2011-04-05\""),
            ("letter-2011-06-28.yaml", "2011-06-28"),
            ("resolution-65-170.json", "\"date\": \"2010-12-20\""),
            ("summary.json", "\"kind\": \"summary\""),
        ],
        &["record-before-event", "date-differs-from-event", "end-before-start"],
    ),
    right(
        "two hours of lunch, panels of 160 minutes, and a chair who speaks in the other panel",
        &[
            ("programme-final.json", "\"end\": \"13:00\""),
            ("programme-final.json", "\"start\": \"15:00\""),
            ("programme-provisional.json", "\"start\": \"15:00\""),
            ("statement-swing-panel-one.json", "Swing"),
            ("statement-iom.json", "Swing"),
        ],
        &[
            "end-before-start",
            "slot-gap",
            "slot-outside-event",
            "slots-out-of-order",
            "slots-overlap",
            "slot-without-speakers",
            "speaker-missing",
            "duplicate-entry",
        ],
    ),
    right(
        "19 May 2011 was a Thursday, with or without a comma",
        &[
            ("programme-final.json", "Thursday, 19 May 2011"),
            ("letter-2011-04-05.json", "Thursday 19 May, 2011"),
            ("letter-2010-12-21.json", "Thursday, 19 May 2011"),
        ],
        &["weekday-mismatch"],
    ),
    right(
        "years, days and sums in prose that seem to contradict each other",
        &[
            ("statement-gmg.json", "this week the GMG held a symposium"),
            ("statement-gmg.json", "Twelve years later"),
            ("statement-gmg.json", "17 years ago in Cairo"),
            ("statement-deiss.json", "214"),
            ("statement-gmg.json", "325"),
            ("statement-swing-panel-one.json", "440"),
            ("summary.json", "quarter of a billion"),
        ],
        TIMES,
    ),
    right(
        "records in French and Spanish, with a role in French of a man who has one in English",
        &[
            ("statement-el-jamri.yaml", "Président du Comité UN"),
            ("statement-morocco.json", "\"language\": \"fr\""),
            ("statement-mexico.json", "\"language\": \"es\""),
        ],
        &["schema", "speaker-missing", "duplicate-near", "weekday-mismatch", "ref-malformed"],
    ),
    right(
        "a paper without salutation, with end marks and markers of notes",
        &[("statement-connell.json", "(*)")],
        &["schema", "speaker-missing", "duplicate-entry", "ref-malformed"],
    ),
    right(
        "a statement that no speaking time would hold",
        &[("statement-connell.json", "\"paragraphs\"")],
        &["schema", "slots-overlap", "slot-outside-event", "duplicate-near"],
    ),
    right(
        "a statement has another title than its event",
        &[
            ("statement-connell.json", "\"title\": \"UN Migration\""),
            ("statement-el-jamri.yaml", "title: Synergie entre Migration et Développement"),
        ],
        &["schema", "duplicate-near", "ref-dangling"],
    ),
];

/// A finding of such a rule in such a record that is golden after all.
fn is_golden(finding: &Finding) -> bool {
    GOLDEN.iter().any(|golden| golden.is(finding))
}

#[test]
fn what_looks_wrong_and_is_right_is_not_found() {
    assert_eq!(RIGHTS.len(), 15);
    let report = report();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("records/itd-migration-2011");
    let known: BTreeSet<&str> = RuleSet::bundled().ids().collect();
    let mut problems = String::new();
    for Right { what, passages, rules } in RIGHTS {
        for (file, passage) in *passages {
            let text = std::fs::read_to_string(folder.join(file)).unwrap();
            if !text.contains(passage) {
                let _ = writeln!(problems, "{what}: {file} does not say {passage:?}");
            }
            let path = format!("records/itd-migration-2011/{file}");
            for finding in report.findings.iter().filter(|f| f.location.path == path) {
                if rules.contains(&finding.rule.as_str()) && !is_golden(finding) {
                    let _ = writeln!(problems, "{what}: {file}: {}", finding.message);
                }
            }
        }
        for rule in rules.iter().filter(|rule| !known.contains(**rule)) {
            let _ = writeln!(problems, "{what}: there is no rule `{rule}`");
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

/// The rows of the table of what was measured: rule, and found and right here.
fn measured() -> Vec<(String, usize, usize)> {
    let page = include_str!("../docs/rules.md");
    let (_, rest) = page.split_once("<!-- measured: begin -->").expect("the table begins");
    let (table, _) = rest.split_once("<!-- measured: end -->").expect("the table ends");
    let rows = table.lines().filter(|line| line.starts_with('|')).skip(2);
    let row = |row: &str| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let mut counts = cells[2].split(" / ").map(|count| count.parse().expect("a number"));
        let found = counts.next().expect("what was found");
        (cells[1].to_owned(), found, counts.next().unwrap_or(found))
    };
    rows.map(row).collect()
}

#[test]
fn the_table_of_what_was_measured_says_what_is_found_here() {
    let report = report_with(all_on);
    let rows = measured();
    let named: BTreeSet<&str> = rows.iter().map(|(rule, ..)| rule.as_str()).collect();
    assert_eq!(named, RuleSet::bundled().ids().collect(), "every rule has a row");
    assert_eq!(named.len(), rows.len(), "and just one");
    for (rule, found, right) in &rows {
        let here = report.findings.iter().filter(|finding| finding.rule == rule.as_str()).count();
        assert_eq!(here, *found, "{rule}");
        assert!(right <= found, "{rule}");
    }
}
