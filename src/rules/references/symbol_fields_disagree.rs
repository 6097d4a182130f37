//! A session, number, year or part that differs from the symbol of the record.

use crate::{
    fact::{Meaning, Numbered, Record, SymbolParts, Text},
    finding::{Family, Severity},
    message::{listed, shown},
    rule::{Check, Findings, Fix, Rule, RuleId},
    symbol::{self, Citation, Kind, Parts, Reference, Session},
    vocabulary::FactKinds,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("symbol-fields-disagree"),
    family: Family::References,
    summary: "a session, number, year or part that differs from the symbol",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/symbol-fields-disagree.md"),
    options: &[],
    check: Check::Facts(FactKinds::PARTS, check),
};

/// What a symbol names.
pub(super) struct Named {
    session: Option<Session>,
    year: Option<u16>,
    pub(super) number: Option<u32>,
    parts: Parts,
    /// The act, where the symbol names one.
    act: Option<Citation>,
    /// Whether it is the record of a meeting.
    pub(super) is_meeting: bool,
}

impl Named {
    /// `None` for a document of two series, which has two of everything.
    pub(super) fn of(reference: &Reference) -> Option<Self> {
        match reference {
            Reference::Symbol(symbol) if symbol.also.is_some() => None,
            Reference::Symbol(symbol) => Some(Self {
                session: symbol.session,
                year: symbol.year,
                number: symbol.number,
                parts: symbol.parts,
                act: Citation::of_symbol(symbol),
                is_meeting: matches!(symbol.kind, Kind::VerbatimRecord | Kind::SummaryRecord),
            }),
            Reference::Citation(act) => Some(Self {
                session: act.session,
                year: act.year,
                number: Some(act.number),
                parts: act.parts,
                act: Some(act.clone()),
                is_meeting: false,
            }),
        }
    }

    /// The session in the symbol, if the field has another one.
    pub(super) fn other_session(&self, field: Option<Numbered<'_>>) -> Option<Session> {
        let is_other = |own: Session| {
            field.is_some_and(|field| {
                field.value != u32::from(own.number()) || has_other_mark(field.text.value, own)
            })
        };
        self.session.filter(|own| is_other(*own))
    }
}

/// Whether the text of a session has the mark of another series: special sessions are counted `S-1`, `S-2`, and emergency
/// special sessions `ES-1`, `ES-2`. A session in words needs no mark.
fn has_other_mark(text: &str, own: Session) -> bool {
    let text = text.trim();
    let mark = match own {
        Session::Special(_) => "S-",
        Session::Emergency(_) => "ES-",
        Session::Regular(_) | Session::Organizational(_) => "",
    };
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let is_figures = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let written = &text[..text.len() - digits.len()];
    is_figures && matches!(written, "" | "S-" | "ES-") && written != mark
}

/// A value that differs from the symbol.
struct Disagreement<'a, 't> {
    parts: &'a SymbolParts<'t>,
    field: Text<'t>,
    /// What the value is.
    what: &'static str,
    /// What the symbol has instead.
    in_symbol: String,
}

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let all: Vec<&SymbolParts<'_>> = record
        .live()
        .iter()
        .filter_map(|fact| match &fact.meaning {
            Meaning::Parts(parts) => Some(&**parts),
            _ => None,
        })
        .collect();
    let mut reported = Vec::new();
    for parts in &all {
        let mut found = disagreements(parts);
        // A value that disagrees with two symbols is reported once.
        found.retain(|one| !reported.contains(&one.field.place.span));
        reported.extend(found.iter().map(|one| one.field.place.span));
        report(&found, &all, findings);
    }
}

fn disagreements<'a, 't>(parts: &'a SymbolParts<'t>) -> Vec<Disagreement<'a, 't>> {
    let Some(named) = Named::of(&parts.named) else { return Vec::new() };
    let mut found = Vec::new();
    let mut add = |field: Text<'t>, what, in_symbol: String| {
        found.push(Disagreement { parts, field, what, in_symbol });
    };
    if let Some((field, own)) = parts.session.zip(named.other_session(parts.session)) {
        add(field.text, "session", format!("session {own}"));
    }
    // `meeting-number-mismatch` reports the number of a meeting.
    if let Some((field, own)) = parts.number.zip(named.number)
        && field.value != own
        && !named.is_meeting
    {
        add(field.text, "number", format!("number {own}"));
    }
    if let Some((field, own)) = parts.year.zip(named.year)
        && field.value != u32::from(own)
    {
        add(field.text, "year", format!("year {own}"));
    }
    let Some(act) = &named.act else { return found };
    if let Some(field) = parts.part
        && let Some(letters) = symbol::part_letters(field.value)
        && letters != named.parts
    {
        let own =
            if named.parts.is_empty() { "no part".into() } else { format!("part {}", named.parts) };
        add(field, "part", own);
    }
    if let Some(field) = parts.heading
        && is_other_heading(field.value, act)
    {
        add(field, "heading", format!("number {}", act.number()));
    }
    found
}

/// Whether a heading is read and is that of another act. Acts that are numbered through may be headed by their number alone.
fn is_other_heading(heading: &str, act: &Citation) -> bool {
    let bare = heading.trim().trim_end_matches('.').parse::<u32>();
    match (symbol::heading(heading), bare) {
        (Some(heading), _) => !is_heading_of(&heading, act),
        (None, Ok(number)) => act.form == symbol::Form::YearBracket && number != act.number,
        (None, Err(_)) => false,
    }
}

/// Whether a heading can be that of the act. The heading of several parts may name none of them.
fn is_heading_of(heading: &Citation, act: &Citation) -> bool {
    let parts = heading.parts.is_empty() || heading.parts == act.parts;
    (heading.session, heading.year, heading.number) == (act.session, act.year, act.number) && parts
}

/// Reports the values that differ from one symbol: at the value, or at the symbol if several values differ
/// from it or another symbol confirms the value.
fn report(found: &[Disagreement<'_, '_>], all: &[&SymbolParts<'_>], findings: &mut Findings<'_>) {
    let [first, rest @ ..] = found else { return };
    let symbol = first.parts.symbol;
    let (written, value) = (shown(symbol.value), shown(first.field.value));
    let (what, in_symbol) = (first.what, &first.in_symbol);
    let finding = if rest.is_empty() && !is_confirmed(first, all) {
        let message = format!("the {what} is `{value}`, but `{written}` has {in_symbol}");
        let help = format!("correct the {what} or the symbol");
        let finding = findings.at(first.field.place, message).id("field").help(help);
        finding.label(symbol.place, "the symbol")
    } else {
        let list = |text: fn(&Disagreement<'_, '_>) -> String| {
            listed(&found.iter().map(text).collect::<Vec<_>>(), "and")
        };
        let in_symbol = list(|one| one.in_symbol.clone());
        let given = list(|one| format!("{} `{}`", one.what, shown(one.field.value)));
        let message = format!("`{written}` has {in_symbol}, but the record gives {given}");
        let finding = findings.at(symbol.place, message).id("symbol").help("correct the symbol");
        found.iter().fold(finding, |finding, one| {
            finding.label(one.field.place, format!("the {}", one.what))
        })
    };
    finding.value(symbol.value).value(first.field.value);
}

/// Whether the session that disagrees with one symbol agrees with another one of the record.
fn is_confirmed(one: &Disagreement<'_, '_>, all: &[&SymbolParts<'_>]) -> bool {
    let same = |field: Option<Numbered<'_>>| {
        field.is_some_and(|field| field.text.place.span == one.field.place.span)
    };
    all.iter().any(|parts| {
        let agrees = |named: Named| {
            same(parts.session)
                && named.session.is_some()
                && named.other_session(parts.session).is_none()
        };
        Named::of(&parts.named).is_some_and(agrees)
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        schema::Catalog,
        testing::{check, findings, findings_with},
    };

    fn resolution(fields: &str) -> Vec<String> {
        let text = format!("kind: resolution\n{fields}\n");
        let found = findings(&RULE, &[("resolution.yaml".to_owned(), text)]);
        found.into_iter().map(|found| found.message).collect()
    }

    #[test]
    fn a_session_that_differs_from_the_symbol_is_reported() {
        check(
            &RULE,
            r"
kind: resolution
symbol: A/RES/65/170
#       ~~~~~~~~~~~~ the symbol
session: 66
#        ^^ error: the session is `66`, but `A/RES/65/170` has session 65
number: 170
",
        );
    }

    #[test]
    fn a_number_and_a_part_that_differ_from_the_symbol_are_reported() {
        assert_eq!(
            resolution("symbol: A/RES/65/170\nsession: 65\nnumber: 171"),
            ["the number is `171`, but `A/RES/65/170` has number 170"]
        );
        assert_eq!(
            resolution("symbol: A/RES/57/270 B\nsession: 57\nnumber: 270\npart: A"),
            ["the part is `A`, but `A/RES/57/270 B` has part B"]
        );
        assert_eq!(
            resolution("symbol: A/RES/57/270\nsession: 57\nnumber: 270\npart: B"),
            ["the part is `B`, but `A/RES/57/270` has no part"]
        );
    }

    #[test]
    fn a_special_session_needs_its_mark() {
        assert_eq!(
            resolution("symbol: A/RES/ES-9/1\nsession: 9\nnumber: 1"),
            ["the session is `9`, but `A/RES/ES-9/1` has session ES-9"]
        );
        assert_eq!(
            resolution("symbol: A/RES/S-9/1\nsession: ES-9\nnumber: 1"),
            ["the session is `ES-9`, but `A/RES/S-9/1` has session S-9"]
        );
        assert_eq!(
            resolution("symbol: A/RES/64/12\nsession: S-64\nnumber: 12"),
            ["the session is `S-64`, but `A/RES/64/12` has session 64"]
        );
    }

    #[test]
    fn several_values_that_differ_are_reported_at_the_symbol() {
        check(
            &RULE,
            r"
kind: resolution
symbol: A/RES/56/171
#       ^^^^^^^^^^^^ error: `A/RES/56/171` has session 56 and number 171, but the record gives session `65` and number `170`
session: 65
#        ~~ the session
number: 170
#       ~~~ the number
",
        );
    }

    #[test]
    fn a_meeting_of_another_session_is_reported_at_its_symbol() {
        check(
            &RULE,
            r"
kind: resolution
symbol: A/RES/78/69
session: 78
#        ~~ the session
number: 69
meeting: {number: 43, symbol: A/77/PV.43}
#                             ^^^^^^^^^^ error: `A/77/PV.43` has session 77, but the record gives session `78`
",
        );
    }

    #[test]
    fn one_wrong_session_is_reported_once() {
        assert_eq!(
            resolution(
                "symbol: A/RES/77/69\nsession: 78\nnumber: 69\nmeeting: {number: 43, symbol: A/77/PV.43}"
            ),
            ["the session is `78`, but `A/RES/77/69` has session 77"]
        );
    }

    #[test]
    fn values_that_agree_in_any_form_are_accepted() {
        for fields in [
            "symbol: A/RES/65/170\nsession: 65\nnumber: 170",
            "symbol: A/RES/217 A (III)\nsession: 3\nnumber: 217\npart: A",
            "symbol: A/RES/S-27/2\nsession: S-27\nnumber: 2",
            "symbol: A/RES/ES-9/1\nsession: ES-9\nnumber: 1",
            "symbol: A/RES/75/101 A-B\nsession: 75\nnumber: 101\npart: A and B",
            "symbol: A/RES/57/270 B\nsession: 57\nnumber: 270\npart: null",
            "symbol: A/RES/65/170\nsession: 65\nnumber: 170\nreportOf: A/64/438",
            "symbol: A/RES/65/170\nsession: 65\nnumber: 170\nmeeting: {number: 4, symbol: A/65/PV.4 A/B}",
        ] {
            assert_eq!(resolution(fields), [""; 0], "{fields}");
        }
    }

    #[test]
    fn unread_values_and_values_that_the_symbol_lacks_are_not_reported() {
        for fields in [
            "symbol: S/RES/1325 (2000)\nsession: 55\nnumber: 1325",
            "symbol: A/RES/65/170\nsession: 65\nnumber: 170\npart: annex",
            "symbol: A/RES/65170\nsession: 66\nnumber: 170",
            "symbol: A/RES/65/170\nsession: 66\nnumber: 170\nstatus: cancelled",
        ] {
            assert_eq!(resolution(fields), [""; 0], "{fields}");
        }
        assert_eq!(
            resolution("symbol: S/RES/1325 (2000)\nsession: 55\nnumber: 1326"),
            ["the number is `1326`, but `S/RES/1325 (2000)` has number 1325"]
        );
    }

    #[test]
    fn other_schemas_write_sessions_in_words_and_the_number_in_a_heading() {
        let schema = r#"{"properties": {"kind": {"const": "act"},
            "head": {"type": "string"}, "year": {"type": "string"}, "symbol": {"type": "string"},
            "session": {"type": "string", "x-form": "ordinal"}},
            "x-parts": {"symbol": "/symbol", "session": "/session", "year": "/year", "heading": "/head"}}"#;
        let catalog = Catalog::new(&[("act.json".into(), schema.into())]);
        let messages = |fields: &str| -> Vec<String> {
            let text = format!(r#"{{"kind": "act", {fields}}}"#);
            let found = findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]);
            found.into_iter().map(|found| found.message).collect()
        };
        for right in [
            r#""symbol": "A/RES/75/1", "session": "Seventy-fifth session", "head": "75/1.""#,
            r#""symbol": "A/RES/75/101 A-B", "session": "75th", "head": "75/101.""#,
            r#""symbol": "A/RES/76/84 A-B", "session": "76th", "head": "76/84. A B""#,
            r#""symbol": "A/RES/75/242 B", "session": "resumed session", "head": "75/242.B""#,
            r#""symbol": "S/RES/1325 (2000)", "year": "2000", "head": "1325 (2000)""#,
            r#""symbol": "A/65/820-S/2011/250", "session": "sixty-sixth", "year": "2012""#,
            r#""symbol": "S/RES/1325 (2000)", "year": "2000-10-31", "head": "1325""#,
            r#""symbol": "S/RES/1325 (2000)", "head": "Security Council resolution 1325 (2000) [on women]""#,
            r#""symbol": "A/RES/75/1", "head": "1""#,
        ] {
            assert_eq!(messages(right), [""; 0], "{right}");
        }
        assert_eq!(
            messages(
                r#""symbol": "A/RES/75/1", "session": "Seventy-fifth session", "head": "75/2.""#
            ),
            ["the heading is `75/2.`, but `A/RES/75/1` has number 75/1"]
        );
        assert_eq!(
            messages(r#""symbol": "A/RES/75/290 A", "session": "75th", "head": "75/290.B""#),
            ["the heading is `75/290.B`, but `A/RES/75/290 A` has number 75/290 A"]
        );
        assert_eq!(
            messages(r#""symbol": "A/RES/75/1", "session": "Seventy-sixth session""#),
            ["the session is `Seventy-sixth session`, but `A/RES/75/1` has session 75"]
        );
        assert_eq!(
            messages(
                r#""symbol": "S/RES/1325 (2000)", "head": "Security Council resolution 1326 (2000) [on women]""#
            ),
            [
                "the heading is `Security Council resolution 1326 (2000) [on women]`, but `S/RES/1325 (2000)` has number 1325 (2000)"
            ]
        );
        assert_eq!(
            messages(r#""symbol": "S/RES/1325 (2000)", "head": "1326""#),
            ["the heading is `1326`, but `S/RES/1325 (2000)` has number 1325 (2000)"]
        );
        assert_eq!(
            messages(r#""symbol": "S/RES/1325 (2000)", "year": "2001-10-31""#),
            ["the year is `2001-10-31`, but `S/RES/1325 (2000)` has year 2000"]
        );
        assert_eq!(
            messages(r#""symbol": "S/2014/136", "year": "2015""#),
            ["the year is `2015`, but `S/2014/136` has year 2014"]
        );
    }
}
