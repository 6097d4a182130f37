//! A date that does not exist, or a placeholder for a date.

use std::collections::BTreeSet;

use jiff::{ToSpan, civil::Date};

use super::{date_format::is_quoted, dates};
use crate::{
    calendar::{self, DateErrorKind},
    fact::{Meaning, Record, Text, key},
    finding::{Family, Place, Severity},
    message::{counted, shown},
    rule::{Check, Findings, Fix, Rule, RuleId, RuleOption},
    source::Span,
    vocabulary::{Form, Status, Unread},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("date-invalid"),
    family: Family::Times,
    summary: "a date that does not exist, or a placeholder for a date",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/date-invalid.md"),
    options: &[&AHEAD],
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let mut reported = BTreeSet::new();
    for fact in record.live() {
        if let Meaning::Value(form @ (Form::IsoDate | Form::LongDate | Form::NumericDate(_)), text) =
            &fact.meaning
            && let Some((span, fault)) = fault_of(*form, text.value)
            && reported.insert(text.value)
        {
            let range = span.range();
            report(text.value, text.part(range.start, range.len()), &fault, findings);
        }
    }
    // Where the schema does not say how a date is written, only the date itself is known.
    for fact in record.live() {
        if let Meaning::Date(_, date) = &fact.meaning
            && let Some((_, fault)) = fault_of(Form::Text, date.text)
            && reported.insert(date.text)
        {
            report(date.text, date.place, &fault, findings);
        }
    }
    for fact in record.live() {
        if let Meaning::Unread(unread) = &fact.meaning
            && let Some((span, fault)) = fault_of(unread.form, unread.text.value)
            && reported.insert(unread.text.value)
        {
            let range = span.range();
            let place = unread.text.part(range.start, range.len());
            report(unread.text.value, place, &fault, findings);
        }
    }
    let mut quotations = None;
    for fact in record.live() {
        if let Meaning::DateMention(date) = &fact.meaning
            && date.date.is_none()
            && let Some((_, fault)) = fault_of(Form::LongDate, date.text)
            && !is_quoted(date, fact, &mut quotations)
            && reported.insert(date.text)
        {
            report(date.text, date.place, &fault, findings);
        }
    }
    if let Some(as_of) = findings.as_of() {
        check_far_ahead(record, as_of, &mut reported, findings);
    }
}

/// Whether this rule reports a value that cannot be read.
pub(super) fn is_fault(unread: &Unread<'_>) -> bool {
    fault_of(unread.form, unread.text.value).is_some()
}

/// How many years before something takes place a record of it may be written.
static AHEAD: RuleOption<u32> = RuleOption {
    name: "years-ahead",
    default: 5,
    about: "The most years after the date of the check (`--as-of`) that a record may be dated.",
};

/// No more years are counted than the calendar has.
const MOST_YEARS: u32 = 9999;

/// The dates of the record itself, and the days of an event, that lie far ahead of the day of the run.
fn check_far_ahead<'t>(
    record: &Record<'t>,
    as_of: Date,
    reported: &mut BTreeSet<&'t str>,
    findings: &mut Findings<'_>,
) {
    let years = (*findings.option(&AHEAD)).min(MOST_YEARS);
    let last = as_of.saturating_add(i64::from(years).years());
    let bound = |text: Text<'t>| {
        let moment = key::plausible_moment(text.value)?;
        Some((moment.date, text.value, text.place))
    };
    let head = [record.head.starts, record.head.ends].into_iter().flatten().filter_map(bound);
    let head = head.filter(|_| !record.head.has_status(Status::Cancelled));
    let own = dates(record).map(|dated| (dated.date, dated.text.text, dated.text.place));
    for (date, value, place) in head.chain(own) {
        if date > last && reported.insert(value) {
            let day = calendar::long(as_of);
            let message = format!(
                "`{}` is more than {} after the date of this check, {day}",
                shown(value),
                counted(years as usize, "year")
            );
            findings
                .at(place, message)
                .id("far")
                .help("correct the date")
                .severity(Severity::Warning)
                .value(value);
        }
    }
}

/// What is wrong with a date.
enum Fault {
    /// No calendar has it.
    Impossible(DateErrorKind),
    /// It is the placeholder of these programs.
    Placeholder(&'static str),
    /// Its year is before this one.
    Early(i16),
    /// Its year is after this one.
    Late(i16),
}

/// What is wrong with the date that a value in this form says, and which part of it. A value that is
/// written in another form is another matter.
fn fault_of(form: Form, value: &str) -> Option<(Span, Fault)> {
    let iso = || calendar::iso_moment(value).map(|moment| moment.date);
    let long = || calendar::long_date(value).map(|date| date.date);
    let read = match form {
        Form::IsoDate => iso(),
        Form::LongDate => long(),
        Form::NumericDate(order) => calendar::numeric_date(value, order),
        _ if value.trim_start().as_bytes().get(4) == Some(&b'-') => iso(),
        _ => long(),
    };
    let day = match read {
        Ok(day) => day,
        Err(error) => {
            let is_day = matches!(error.kind, DateErrorKind::Day { .. } | DateErrorKind::Month(_));
            return is_day.then_some((error.span, Fault::Impossible(error.kind)));
        }
    };
    let (first, last) = calendar::years();
    let fault = match calendar::placeholder(day) {
        Some(whose) => Fault::Placeholder(whose),
        None if day.year() < first => Fault::Early(first),
        None if day.year() > last => Fault::Late(last),
        None => return None,
    };
    Some((Span::new(0, value.len() as u32), fault))
}

impl Fault {
    /// The name of what is said of it.
    const fn id(&self) -> &'static str {
        match self {
            Self::Impossible(_) => "impossible",
            Self::Placeholder(_) => "placeholder",
            Self::Early(_) => "early",
            Self::Late(_) => "late",
        }
    }
}

fn report(value: &str, place: Place, fault: &Fault, findings: &mut Findings<'_>) {
    let written = shown(value);
    let message = match &fault {
        Fault::Impossible(kind) => format!("`{written}` is not a date: {kind}"),
        Fault::Placeholder(whose) => {
            format!("`{written}` is a placeholder, not a date: it is {whose}")
        }
        Fault::Early(first) => {
            format!("`{written}` is before {first}, the earliest year accepted")
        }
        Fault::Late(last) => {
            format!("`{written}` is after {last}, the latest year accepted")
        }
    };
    let help = match fault {
        Fault::Placeholder(_) => "write the date, or leave it out if it is not known",
        _ => "correct the date",
    };
    let finding = findings.at(place, message).id(fault.id()).help(help).unreadable().value(value);
    // A late year may still come.
    if matches!(fault, Fault::Late(_)) {
        finding.severity(Severity::Warning);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, check_on, findings, findings_with};

    #[test]
    fn a_day_in_prose_that_does_not_exist_is_reported() {
        check(
            &RULE,
            r"
kind: letter
paragraphs:
  - The round table met on 31 April 2012 and again on 30 February 2013.
#                          ^^^^^^^^^^^^^ error: `31 April 2012` is not a date: April has 30 days
#                                                     ^^^^^^^^^^^^^^^^ error: `30 February 2013` is not a date: February 2013 has 28 days
",
        );
        for text in [
            "He said: “on 31 April 2012”.",
            "It met on 30-31 April 2012.",
            "It met from 29 to 31 April 2012.",
            "On 31 April it met.",
            "It met on 30 April 2012.",
            "vol. 31 April 2012",
        ] {
            let record = format!("kind: letter\nparagraphs:\n  - {text:?}\n");
            assert_eq!(findings(&RULE, &[("letter.yaml".to_owned(), record)]).len(), 0, "{text}");
        }
    }

    #[test]
    fn impossible_days_are_reported() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: statement
date: "2011-02-30"
#              ^^ error: `2011-02-30` is not a date: February 2011 has 28 days
dateLine: 31 June 2011
#         ^^ error: `31 June 2011` is not a date: June has 30 days
=== b.yaml
kind: event
start: "2011-13-19T10:00"
#            ^^ error: `2011-13-19T10:00` is not a date: there is no month 13
end: "0000-00-00"
#          ^^ error: `0000-00-00` is not a date: there is no month 0
"#,
        );
    }

    #[test]
    fn placeholders_of_programs_are_reported() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: statement
date: "0001-01-01"
#      ^^^^^^^^^^ error: `0001-01-01` is a placeholder, not a date: it is the first day that .NET and Go know
dateLine: 1 January 1970
#         ^^^^^^^^^^^^^^ error: `1 January 1970` is a placeholder, not a date: it is the day from which Unix counts
=== b.yaml
kind: register
entries:
  - symbol: A/RES/65/170
    date: "9999-12-31"
#          ^^^^^^^^^^ error: `9999-12-31` is a placeholder, not a date: it is the last day that .NET and SQL Server know
  - symbol: A/RES/65/1
    date: "9999-12-31"
"#,
        );
    }

    #[test]
    fn years_out_of_range_are_reported() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
date: "0211-05-19"
#      ^^^^^^^^^^ error: `0211-05-19` is before 1583, the earliest year accepted
=== b.yaml
kind: letter
date: "2107-12-24"
#      ^^^^^^^^^^ warning: `2107-12-24` is after 2100, the latest year accepted
"#,
        );
    }

    #[test]
    fn years_in_range_are_not_reported() {
        for date in ["1583-01-01", "1815-06-09", "1945-10-24", "1970-01-02", "2100-12-31"] {
            check(&RULE, &format!("kind: letter\ndate: \"{date}\"\n"));
        }
    }

    #[test]
    fn a_project_says_how_many_years_ahead_a_date_may_be() {
        let linter = |config: &str| {
            let linter = crate::Linter::new().with_config(config).unwrap();
            let text = "id: s\nkind: statement\ntitle: S\nlanguage: en\ndate: \"2019-05-19\"\nspeaker: {name: Lena Orre}\n";
            let report = linter.as_of("2011-05-19".parse().unwrap()).check_text("a.yaml", text);
            let far = report.findings.into_iter().filter(|one| one.rule == RULE.id);
            far.map(|one| one.message).collect::<Vec<_>>()
        };
        let ahead = |years: u64| format!("[rules.date-invalid]\nyears-ahead = {years}\n");
        assert_eq!(linter(&ahead(8)), [""; 0]);
        assert_eq!(linter(&ahead(u64::from(u32::MAX))), [""; 0]);
        let message = "`2019-05-19` is more than 7 years after the date of this check, 19 May 2011";
        assert_eq!(linter(&ahead(7)), [message]);
    }

    #[test]
    fn dates_more_than_five_years_ahead_are_reported() {
        check_on(
            &RULE,
            "2011-05-19",
            r#"
=== a.yaml
kind: statement
date: "2016-05-20"
#      ^^^^^^^^^^ warning: `2016-05-20` is more than 5 years after the date of this check, 19 May 2011
=== b.yaml
kind: event
start: "2016-05-19T10:00"
end: "2016-05-20T10:00"
#     ^^^^^^^^^^^^^^^^ warning: `2016-05-20T10:00` is more than 5 years after the date of this check, 19 May 2011
=== c.yaml
kind: statement
status: cancelled
date: "2016-05-20"
=== d.yaml
kind: letter
references:
  - {raw: the goals, role: cites, symbol: A/RES/70/1, date: "2030-12-31"}
"#,
        );
        check(&RULE, "kind: statement\ndate: \"2016-05-20\"\n");
    }

    #[test]
    fn other_forms_prose_and_cancelled_records_are_not_reported() {
        for record in [
            "kind: statement\ndateLine: 17 to 19 May 2011",
            "kind: statement\ndateLine: May 2011",
            "kind: statement\nparagraphs: [\"Due “on 31 June 2011”.\"]",
            "kind: statement\nstatus: cancelled\ndate: \"2011-02-30\"",
        ] {
            check(&RULE, &format!("{record}\n"));
        }
    }

    #[test]
    fn values_that_the_schema_rejects_are_reported_once() {
        let schema = r#"{"properties": {"kind": {"const": "sitting"},
            "day": {"type": "string", "x-date": "held", "format": "date"},
            "eve": {"type": "string", "x-date": "issued"}}}"#;
        let catalog = crate::schema::Catalog::new(&[("sitting.json".into(), schema.into())]);
        let count = |text: &str| {
            let files = [("sitting.yaml".to_owned(), format!("kind: sitting\n{text}\n"))];
            findings_with(&catalog, &RULE, &files).len()
        };
        // The schema rejects the value itself.
        assert_eq!(count("day: \"2011-02-30\""), 0);
        assert_eq!(count("eve: \"2011-02-30\""), 1);
        assert_eq!(count("eve: 30 February 2011"), 1);
        assert_eq!(count("eve: 28 February 2011"), 0);
    }
}
