//! rapporteur checks meeting records before they are published: speakers, times, references and duplicates, in a record and
//! between records. This is the library behind the program `rapporteur`, for programs that check records themselves and for
//! authors of rules. Its interface may change in any release; `docs/stability.md` says what the program promises.
//!
//! # Check a text
//!
//! A [`Linter`] checks texts in memory and gives a [`Report`] of [`Finding`]s, each with its [`Location`] and [`Severity`]:
//!
//! ```
//! use rapporteur::{Linter, Severity};
//!
//! let report = Linter::new().check_text(
//!     "letter.yaml",
//!     "id: letter\nkind: letter\ntitle: Invitation\nlanguage: en\ndate: \"2011-02-30\"\nstatus: draft\nauthor: {name: Joseph Deiss}\n",
//! );
//! let finding = &report.findings[0];
//! assert_eq!(finding.severity, Severity::Error);
//! assert_eq!((finding.location.start.line, finding.location.pointer.as_str()), (5, "/date"));
//! ```
//!
//! # Check a project
//!
//! A folder is checked as the program checks it, with its `rapporteur.toml`:
//!
//! ```
//! use rapporteur::Linter;
//!
//! # let folder = tempfile::Builder::new().prefix("records").tempdir()?;
//! # let folder = folder.path();
//! std::fs::write(folder.join("rapporteur.toml"), "[rules]\nschema = \"warning\"\n")?;
//! std::fs::write(folder.join("letter.json"), "{\"id\": \"letter\", \"kind\": \"letter\"}")?;
//!
//! let report = Linter::new().check_project(folder)?;
//! assert!(report.findings.iter().all(|finding| finding.rule == "schema"));
//! assert_eq!((report.summary.errors, report.summary.files), (0, 1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Print a report
//!
//! Every [`Format`] of the program is there:
//!
//! ```
//! use rapporteur::{Format, Linter};
//!
//! let report = Linter::new().check_text("letter.json", "{\"kind\": \"lettre\"}");
//! let text = Format::Concise.render(&report);
//! assert!(text.starts_with("letter.json:1:11: error[unknown-kind] "), "{text}");
//! ```
//!
//! # Add a rule
//!
//! A [`Rule`] is a `static` value with a function that looks at the facts of a record, and so works for every schema that says by
//! the vocabulary which values are titles, speakers or times. The module [`rule`] has all that it is made of, and [`testing`]
//! tests it.
//!
//! ```
//! use rapporteur::{Linter, rule::*, testing::check_carets};
//!
//! static RULE: Rule = Rule {
//!     id: RuleId::new("slot-before-nine"),
//!     family: Family::Times,
//!     summary: "a slot that begins before nine in the morning",
//!     level: Some(Severity::Warning),
//!     since: "1.0.0",
//!     fix: Fix::None,
//!     page: "# slot-before-nine\n\nA slot that begins before nine in the morning.\n",
//!     options: &[],
//!     check: Check::Record(check),
//! };
//!
//! fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
//!     for fact in record.live() {
//!         let Meaning::Interval(interval) = &fact.meaning else { continue };
//!         let Some(start) = interval.start.as_ref().map(|start| start.text) else { continue };
//!         if start.value < "09" {
//!             findings.at(start.place, format!("{} begins at {}", interval.name(), start.value));
//!         }
//!     }
//! }
//!
//! const PROGRAMME: &str = r#"
//! id: programme
//! kind: programme
//! title: Programme
//! language: en
//! date: "2011-05-19"
//! slots:
//!   - {kind: other, title: Breakfast, start: "08:30", end: "09:00"}
//! ##                                           ^^^^^ warning: “Breakfast” begins at 08:30
//! "#;
//! check_carets(&RULE, PROGRAMME);
//!
//! let linter = Linter::new().with_rule(&RULE)?;
//! let report = linter.check_text("programme.yaml", PROGRAMME);
//! assert_eq!(report.findings[0].rule, RULE.id);
//! # Ok::<(), RuleError>(())
//! ```
//!
//! `rapporteur::cli::main_with` is the whole program with such rules.

#[doc(hidden)]
pub mod allow;
#[doc(hidden)]
pub mod analysis;
#[doc(hidden)]
pub mod calendar;
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod corpus;
#[doc(hidden)]
pub mod digest;
pub mod fact;
#[doc(hidden)]
pub mod finding;
#[doc(hidden)]
pub mod fix;
#[doc(hidden)]
pub mod input;
#[doc(hidden)]
pub mod lint;
#[doc(hidden)]
pub mod linter;
#[doc(hidden)]
pub mod message;
#[doc(hidden)]
pub mod output;
#[doc(hidden)]
pub mod person;
#[doc(hidden)]
pub mod profile;
#[doc(hidden)]
pub mod project;
pub mod rule;
#[doc(hidden)]
pub mod rules;
#[doc(hidden)]
pub mod schema;
#[doc(hidden)]
pub mod server;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod sources;
#[doc(hidden)]
pub mod suggest;
#[doc(hidden)]
pub mod symbol;
pub mod testing;
#[doc(hidden)]
pub mod tree;
#[doc(hidden)]
pub mod vocabulary;
#[doc(hidden)]
pub mod wording;

#[doc(inline)]
pub use self::{
    finding::{Family, Finding, Label, Location, Severity},
    lint::{Report, Summary, Unread},
    linter::{Error, Linter},
    output::Format,
    rule::{Fix, Rule, RuleId},
    source::Position,
};
