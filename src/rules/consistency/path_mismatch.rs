//! The path of a file says another date, number, kind or id than its record.

use jiff::civil::Date;

use crate::{
    calendar::{self, Language},
    fact::{Record, Text},
    finding::{Family, Severity},
    message::{quoted, shown},
    rule::{Check, Findings, Fix, Rule, RuleId},
    tree::{NodeRef, PathForm, Scalar, Supplied, SuppliedValue},
    vocabulary::{DateRole, Form, Meaning, key, place_of},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("path-mismatch"),
    family: Family::Consistency,
    summary: "a path that says another date, number, kind or id than the record in the file",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/path-mismatch.md"),
    options: &[],
    check: Check::Record(check),
};

const HELP: &str = "correct the record, or rename the file";

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let Some(supplied) = record.node.tree().supplied() else { return };
    let is_only = record.node.tree().roots() == [record.node.id()];
    for one in supplied.values.iter().filter(|one| one.form.is_some()) {
        if one.value.is_none() && is_only {
            unread(record, one, findings);
        }
    }
    let days = Days::of(record, supplied);
    if let Some(days) = &days {
        days.check(supplied, is_only, findings);
    }
    // What several records of a file have in common is hardly more than a year.
    if !is_only {
        return;
    }
    if days.is_none() {
        check_inside(record, supplied, findings);
    }
    for one in &supplied.values {
        let Some(value) = one.value.as_ref().filter(|_| one.form.is_some()) else { continue };
        match one.name.as_str() {
            "kind" => check_kind(record, value.text(), findings),
            "id" => check_id(record, value.text(), findings),
            _ if one.form == Some(PathForm::Number) => check_number(record, one, findings),
            name if one.form == Some(PathForm::Date) && name != PathForm::Date.word() => {
                check_other_date(record, one, findings);
            }
            _ => {}
        }
    }
}

/// The property of the record that a part of the path says as well, if the file writes it.
fn own<'t>(record: &Record<'t>, name: &str) -> Option<Text<'t>> {
    let node = record.node.get(name).filter(|node| !node.is_supplied())?;
    text(record, node)
}

fn text<'t>(record: &Record<'t>, node: NodeRef<'t>) -> Option<Text<'t>> {
    let value = node.scalar_text().filter(|value| !value.trim().is_empty())?;
    let place = place_of(node, record.place.source, record.place.record, node.inner_span());
    Some(Text { value, node, place })
}

/// What a value is called.
fn named(text: &Text<'_>) -> String {
    let key = text.node.key().and_then(NodeRef::as_str);
    key.map_or_else(|| "the record".to_owned(), |key| format!("`{}`", shown(key)))
}

fn unread(record: &Record<'_>, one: &SuppliedValue, findings: &mut Findings<'_>) {
    let what = match one.form {
        Some(PathForm::Month) => "month",
        Some(PathForm::Day) => "day of a month",
        Some(PathForm::Number) => "number that can be read",
        _ => "date",
    };
    findings
        .at(record.place, format!("{} in the path is not a valid {what}", quoted(&one.written)))
        .help("rename the file")
        .id("unread")
        .value(one.written.as_str());
}

/// The days that a record is of: the first that says so counts.
struct Days<'t> {
    /// Each is a stretch of days, with the value that says so.
    all: Vec<(Text<'t>, Date, Date)>,
}

impl<'t> Days<'t> {
    fn of(record: &Record<'t>, supplied: &Supplied) -> Option<Self> {
        let dated = |text: Text<'t>| Some((text, key::date(Form::Text, text).date?));
        let day = |text: Text<'t>| dated(text).map(|(text, date)| (text, date, date));
        let parts = [PathForm::Date, PathForm::Year, PathForm::Month, PathForm::Day];
        let is_about_days = parts.iter().any(|part| supplied.get(part.word()).is_some());
        if !is_about_days {
            return None;
        }
        let all = own(record, PathForm::Date.word())
            .and_then(day)
            .map(|day| vec![day])
            .or_else(|| Self::declared(record, |role| role == DateRole::Held))
            .or_else(|| Self::of_meeting(record))
            .or_else(|| Self::of_event(record))
            .or_else(|| Self::declared(record, |_| true).filter(|all| all.len() == 1))?;
        Some(Self { all })
    }

    /// The dates of these roles that the file writes.
    fn declared(
        record: &Record<'t>,
        is_meant: impl Fn(DateRole) -> bool,
    ) -> Option<Vec<(Text<'t>, Date, Date)>> {
        let date = |meaning: &Meaning<'t>| match meaning {
            Meaning::Date(role, date) if is_meant(*role) => {
                let node = record.node.tree().node(date.place.node?);
                let text = Text { value: date.text, node, place: date.place };
                Some((text, date.date?, date.date?)).filter(|_| !node.is_supplied())
            }
            _ => None,
        };
        let all: Vec<_> = record.facts.iter().filter_map(|fact| date(&fact.meaning)).collect();
        (!all.is_empty()).then_some(all)
    }

    /// The day of the meeting that the record is.
    fn of_meeting(record: &Record<'t>) -> Option<Vec<(Text<'t>, Date, Date)>> {
        let interval = record.facts.iter().find_map(|fact| match &fact.meaning {
            Meaning::Interval(interval) if interval.is_record => Some(interval),
            _ => None,
        })?;
        let start = interval.start.as_ref().filter(|start| start.has_own_date)?;
        let end = interval.end.as_ref().and_then(|end| end.date);
        let (text, date) = (start.text, start.date?);
        (!text.node.is_supplied()).then(|| vec![(text, date, end.unwrap_or(date).max(date))])
    }

    /// The days of the event that the record is.
    fn of_event(record: &Record<'t>) -> Option<Vec<(Text<'t>, Date, Date)>> {
        let day = |text: Option<Text<'t>>| Some(key::plausible_moment(text?.value)?.date);
        let (starts, ends) = (record.head.starts, record.head.ends);
        let text = starts.or(ends).filter(|text| !text.node.is_supplied())?;
        let first = day(starts).or_else(|| day(ends))?;
        Some(vec![(text, first, day(ends).unwrap_or(first).max(first))])
    }

    /// Reports the first part of the path that says other days.
    fn check(&self, supplied: &Supplied, is_only: bool, findings: &mut Findings<'_>) {
        let value = |form: PathForm| {
            let one = supplied.get(form.word()).filter(|one| one.form == Some(form))?;
            one.value.as_ref().map(|value| (one, value.text()))
        };
        let date = value(PathForm::Date).filter(|_| is_only);
        if let Some((one, date)) = date.and_then(|(one, date)| Some((one, date.parse().ok()?)))
            && !self.any(|first, last| first <= date && date <= last)
        {
            return self.report(one, &calendar::long(date), findings);
        }
        let number = |form| value(form).and_then(|(one, text)| Some((one, text.parse().ok()?)));
        if let Some((one, year)) = number(PathForm::Year)
            && !self.any(|first, last| first.year() <= year && year <= last.year())
        {
            return self.report(one, &one.written, findings);
        }
        if let Some((one, month)) = number(PathForm::Month)
            && let Ok(month) = i8::try_from(month)
            && !self.any(|first, last| has_month(first, last, month))
        {
            let name = calendar::month_name(month, Language::English).unwrap_or(&one.written);
            return self.report(one, name, findings);
        }
        if let Some((one, day)) = number(PathForm::Day).filter(|_| is_only)
            && !self.any(|first, last| first != last || i16::from(first.day()) == day)
        {
            self.report(one, &format!("day {day}"), findings);
        }
    }

    fn any(&self, is_right: impl Fn(Date, Date) -> bool) -> bool {
        self.all.iter().any(|(_, first, last)| is_right(*first, *last))
    }

    fn report(&self, one: &SuppliedValue, said: &str, findings: &mut Findings<'_>) {
        let Some((text, first, _)) = self.all.first() else { return };
        let message =
            format!("the path says {said}, but {} says {}", named(text), calendar::long(*first));
        findings.at(text.place, message).help(HELP).id("date").value(one.written.as_str());
    }
}

fn has_month(first: Date, last: Date, month: i8) -> bool {
    let months = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
    (months(first)..=months(last)).take(12).any(|at| at % 12 + 1 == i32::from(month))
}

/// What the path says in one place, held against what it says in another: the record has no date.
fn check_inside(record: &Record<'_>, supplied: &Supplied, findings: &mut Findings<'_>) {
    let value = |form: PathForm| {
        let one = supplied.get(form.word()).filter(|one| one.form == Some(form))?;
        one.value.as_ref().map(|value| (one, value.text()))
    };
    let Some((whole, date)) = value(PathForm::Date) else { return };
    let Ok(date) = date.parse::<Date>() else { return };
    let parts = [
        (PathForm::Year, i32::from(date.year())),
        (PathForm::Month, i32::from(date.month())),
        (PathForm::Day, i32::from(date.day())),
    ];
    for (form, expected) in parts {
        let Some((one, text)) = value(form) else { continue };
        if text.parse() != Ok(expected) {
            let message = format!(
                "the path says {} in one place and {} in another",
                quoted(&one.written),
                quoted(&whole.written)
            );
            findings
                .at(record.place, message)
                .help("rename the file or its folder")
                .id("inside")
                .value(one.written.as_str());
            return;
        }
    }
}

fn check_kind(record: &Record<'_>, said: &str, findings: &mut Findings<'_>) {
    let Some(kind) = record.kind.as_deref().filter(|kind| !kind.eq_ignore_ascii_case(said)) else {
        return;
    };
    let place = own(record, "kind").map_or(record.place, |text| text.place);
    let message =
        format!("the path says {}, but the record is of the kind {}", quoted(said), quoted(kind));
    findings.at(place, message).help(HELP).id("kind").value(said);
}

fn check_id(record: &Record<'_>, said: &str, findings: &mut Findings<'_>) {
    let id = record.head.id.filter(|id| id.value != said && !id.node.is_supplied());
    let Some(id) = id else { return };
    let message =
        format!("the path says {}, but the id of the record is {}", quoted(said), quoted(id.value));
    findings.at(id.place, message).help(HELP).id("id").value(said);
}

fn check_number(record: &Record<'_>, one: &SuppliedValue, findings: &mut Findings<'_>) {
    let Some(said) = one.value.as_ref().map(Scalar::text) else { return };
    let series = || {
        let of_series = record.facts.iter().find_map(|fact| match &fact.meaning {
            Meaning::Series(series) => Some(series.text),
            _ => None,
        });
        of_series.filter(|text| one.name == PathForm::Number.word() && !text.node.is_supplied())
    };
    let Some(text) = own(record, &one.name).or_else(series) else { return };
    // `31st meeting` and `2026-031` have the number 31.
    let mut numbers = text.value.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let is_there = numbers.clone().any(|run| run.trim_start_matches('0') == said);
    if is_there || said == "0" || numbers.next().is_none() {
        return;
    }
    let message = format!(
        "the path says the number {}, but {} is {}",
        quoted(&one.written),
        named(&text),
        quoted(text.value)
    );
    findings.at(text.place, message).help(HELP).id("number").value(one.written.as_str());
}

/// A date of another name than that of the record.
fn check_other_date(record: &Record<'_>, one: &SuppliedValue, findings: &mut Findings<'_>) {
    let Some(said) = one.value.as_ref().and_then(|value| value.text().parse::<Date>().ok()) else {
        return;
    };
    let Some(text) = own(record, &one.name) else { return };
    let Some(date) = key::date(Form::Text, text).date.filter(|date| *date != said) else { return };
    let message = format!(
        "the path says {}, but {} says {}",
        calendar::long(said),
        named(&text),
        calendar::long(date)
    );
    findings.at(text.place, message).help(HELP).id("date").value(one.written.as_str());
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check_with;

    const BY_DAY: &str = "[[records]]\nfiles = \"**/{date}-{kind}.yaml\"\n";

    #[test]
    fn a_date_that_is_not_that_of_the_record_is_reported() {
        check_with(
            &RULE,
            BY_DAY,
            r#"
=== a/2026-03-11-minutes.yaml
date: "2026-03-12"
#      ^^^^^^^^^^ warning: the path says 11 March 2026, but `date` says 12 March 2026
=== b/20260311-minutes.yaml
kind: minutes
date: 11 March 2026
=== c/2026-03-11-event.yaml
id: days
start: "2026-03-09"
end: "2026-03-13"
=== d/2026-03-14-event.yaml
id: more-days
start: "2026-03-09"
#       ^^^^^^^^^^ warning: the path says 14 March 2026, but `start` says 9 March 2026
end: "2026-03-13"
=== e/2026-03-11-minutes.yaml
title: Minutes without a date
=== f/2026-03-11-minutes.yaml
date: to be confirmed
"#,
        );
    }

    #[test]
    fn years_and_months_of_folders_are_compared() {
        let config = "[[records]]\nfiles = \"{year}/{month}/*.yaml\"\nset = {kind = \"minutes\"}\n";
        check_with(
            &RULE,
            config,
            r#"
=== 2025/03-Mar/a.yaml
kind: minutes
date: "2026-03-12"
#      ^^^^^^^^^^ warning: the path says 2025, but `date` says 12 March 2026
=== 2026/March/b.yaml
kind: minutes
date: "2026-03-12"
=== 2026/4/c.yaml
kind: minutes
date: "2026-03-12"
#      ^^^^^^^^^^ warning: the path says April, but `date` says 12 March 2026
=== 2026/03/d.yaml
{kind: minutes, date: "2026-03-12"}
"#,
        );
    }

    #[test]
    fn a_month_with_the_number_of_a_meeting_is_no_day() {
        let config = "[[records]]\nfiles = \"{year}{month}-{number}.yaml\"\n";
        check_with(
            &RULE,
            config,
            r#"
=== 202603-02.yaml
kind: minutes
date: "2026-03-12"
=== 202604-01.yaml
kind: minutes
date: "2026-03-26"
#      ^^^^^^^^^^ warning: the path says April, but `date` says 26 March 2026
"#,
        );
    }

    #[test]
    fn what_is_no_date_is_reported_at_the_record() {
        check_with(
            &RULE,
            BY_DAY,
            r#"
=== 2026-02-30-minutes.yaml
{id: a, title: Minutes, language: en, body: Harbour Board, date: "2026-02-28", items: [{title: Quays}]}
#    ^ warning: `2026-02-30` in the path is not a valid date
=== 2026-02-28-minutes.yaml
title: Minutes
"#,
        );
    }

    #[test]
    fn the_parts_of_one_path_are_compared() {
        let config = "[[records]]\nfiles = \"{year}/{date}.yaml\"\nset = {kind = \"minutes\"}\n";
        check_with(
            &RULE,
            config,
            r"
=== 2025/2026-03-11.yaml
{id: a, title: Minutes, language: en, body: Harbour Board, items: [{title: Quays}]}
#    ^ warning: the path says `2025` in one place and `2026-03-11` in another
=== 2026/2026-03-11.yaml
title: Minutes
",
        );
    }

    #[test]
    fn kinds_ids_and_numbers_are_compared() {
        let config = "[[records]]\nfiles = \"{number}-{id}.yaml\"\n\n[[records]]\nfiles = \"{kind}/{date}.yaml\"\n";
        check_with(
            &RULE,
            config,
            r#"
=== 031-quay-plan.yaml
id: quay-plans
#   ^^^^^^^^^^ warning: the path says `quay-plan`, but the id of the record is `quay-plans`
kind: resolution
number: "31"
=== 31-quays.yaml
id: quays
kind: resolution
organ: Harbour Board
number: 2026-32
#       ^^^^^^^ warning: the path says the number `31`, but `number` is `2026-32`
=== minutes/2026-03-11.yaml
kind: agenda
#     ^^^^^^ warning: the path says `minutes`, but the record is of the kind `agenda`
=== agenda/2026-03-11.yaml
kind: agenda
"#,
        );
    }

    #[test]
    fn of_several_records_in_a_file_only_years_and_months_are_compared() {
        let config = "[[records]]\nfiles = [\"{date}.yaml\", \"{year}/*.yaml\"]\n";
        check_with(
            &RULE,
            config,
            r#"
=== 2026-03-11.yaml
- {kind: minutes, id: a, date: "2026-03-12"}
- {kind: minutes, id: b, date: "2026-03-13"}
=== 2025/all.yaml
- {kind: minutes, id: c, date: "2025-03-12"}
- {kind: minutes, id: d, date: "2026-03-13"}
#                               ^^^^^^^^^^ warning: the path says 2025, but `date` says 13 March 2026
"#,
        );
    }

    #[test]
    fn a_value_that_the_configuration_sets_is_not_the_paths() {
        let config =
            "[[records]]\nfiles = \"*.yaml\"\nset = {kind = \"minutes\", date = \"2026-03-11\"}\n";
        check_with(&RULE, config, "=== a.yaml\ndate: \"2026-03-12\"\n");
    }
}
