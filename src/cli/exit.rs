//! Exit codes: part of the contract with hooks and continuous integration.

use std::process::ExitCode;

use clap::{ValueEnum, builder::PossibleValue};

use crate::{config::FailOn, lint::Report};

/// The exit codes, for the help.
pub(super) const TABLE: &str = "\
Exit codes:
  0  clean
  1  findings at or above --fail-on
  2  the arguments, the configuration or the program itself are at fault
  3  nothing to check: no files (with --allow-empty 0), or none that is a record
  4  an input could not be read";

/// The codes of the table and what they mean.
pub(super) fn meanings() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter_map(|line| line.strip_prefix("  ")?.split_once("  "))
}

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing at or above `--fail-on`.
    Clean,
    /// Findings at or above `--fail-on`.
    Findings,
    /// Usage, configuration or internal error.
    Failure,
    /// There were no records, or no file is one.
    Nothing,
    /// An input could not be read.
    Unread,
    /// The language server was left without having been shut down, for which the protocol asks 1.
    Abrupt,
}

impl Exit {
    /// The number that the system sees.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings | Self::Abrupt => 1,
            Self::Failure => 2,
            Self::Nothing => 3,
            Self::Unread => 4,
        }
    }

    /// How a run that made `report` ends. What could not be read outweighs what was found, since
    /// more might have been found in it; what was found outweighs that there were no records.
    #[must_use]
    pub fn of(report: &Report, fail_on: FailOn) -> Self {
        let fails = |severity| fail_on.severity().is_some_and(|least| severity >= least);
        let summary = &report.summary;
        if !report.unread.is_empty() {
            Self::Unread
        } else if report.findings.iter().any(|finding| fails(finding.severity)) {
            Self::Findings
        } else if summary.records == 0 && summary.known + summary.allowed == 0 {
            Self::Nothing
        } else {
            Self::Clean
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// The values of `--fail-on` are those of the configuration.
impl ValueEnum for FailOn {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let about = match self {
            Self::Error => "Errors",
            Self::Warning => "Warnings and errors",
            Self::Info => "Any finding",
            Self::Never => "None",
        };
        Some(PossibleValue::new(self.word()).help(about))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        finding::Severity,
        lint::{Summary, Unread},
        output::testing::{find, finding},
    };

    fn report(severities: &[Severity], files: usize, records: usize) -> Report {
        let findings: Vec<_> = severities
            .iter()
            .map(|severity| {
                let mut one = finding("m", find("a.json", "{}", "{}"));
                one.severity = *severity;
                one
            })
            .collect();
        Report { summary: Summary::of(files, records, &findings), findings, ..Report::default() }
    }

    #[test]
    fn findings_count_from_the_least_severity_that_fails() {
        let levels = [FailOn::Never, FailOn::Error, FailOn::Warning, FailOn::Info];
        let severities = [Severity::Error, Severity::Warning, Severity::Info];
        for (index, severity) in severities.into_iter().enumerate() {
            let report = report(&[severity], 1, 1);
            for (position, fail_on) in levels.into_iter().enumerate() {
                let expected = if position > index { Exit::Findings } else { Exit::Clean };
                assert_eq!(Exit::of(&report, fail_on), expected, "{severity} {fail_on:?}");
            }
        }
    }

    #[test]
    fn unread_inputs_outweigh_findings_and_findings_outweigh_emptiness() {
        let mut both = report(&[Severity::Error], 1, 0);
        assert_eq!(Exit::of(&both, FailOn::Error), Exit::Findings);
        both.unread.push(Unread { path: "b".to_owned(), reason: "gone".to_owned() });
        assert_eq!(Exit::of(&both, FailOn::Error), Exit::Unread);
        assert_eq!(Exit::of(&both, FailOn::Never), Exit::Unread);
    }

    #[test]
    fn no_file_or_no_record_is_nothing_to_check() {
        assert_eq!(Exit::of(&report(&[], 0, 0), FailOn::Error), Exit::Nothing);
        assert_eq!(Exit::of(&report(&[], 3, 0), FailOn::Error), Exit::Nothing);
        assert_eq!(Exit::of(&report(&[Severity::Info], 3, 0), FailOn::Error), Exit::Nothing);
        let mut accepted = report(&[], 3, 0);
        accepted.summary.known = 1;
        assert_eq!(Exit::of(&accepted, FailOn::Error), Exit::Clean);
        assert_eq!(Exit::of(&report(&[], 3, 1), FailOn::Error), Exit::Clean);
    }
}
