//! A time zone that the database of IANA does not have, or a time that the zone does not have on that day.

use crate::{
    calendar::{self, Zone, ZoneConflict},
    fact::{Meaning, Record, Text, key},
    finding::{Family, Severity},
    message::{did_you_mean, shown},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{FactKinds, Form},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("time-zone-unknown"),
    family: Family::Times,
    summary: "a time zone that does not exist, or a time that its zone does not have on that day",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/time-zone-unknown.md"),
    options: &[],
    check: Check::Facts(FactKinds::INTERVAL.or(FactKinds::VALUE), check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let zones = record.facts.iter().filter_map(|fact| match &fact.meaning {
        Meaning::Value(Form::TimeZone, text) => Some(text),
        _ => None,
    });
    let mut known = Vec::new();
    for text in zones {
        match calendar::zone(text.value) {
            Some(zone) => known.push((zone, text)),
            None => report_unknown(text, findings),
        }
    }
    // Where a record names several zones, nothing says which time is in which.
    if let [(zone, name)] = known.as_slice() {
        for text in moments(record) {
            report_conflict(text, zone, name, findings);
        }
    }
}

/// The moments of a record that have their date.
fn moments<'t>(record: &Record<'t>) -> Vec<Text<'t>> {
    let of_head = [record.head.starts, record.head.ends].into_iter().flatten();
    let of_facts = record.facts.iter().flat_map(|fact| match &fact.meaning {
        Meaning::Interval(interval) => {
            let written = |moment: &crate::fact::Moment<'t>| {
                (moment.has_own_date && !moment.is_computed).then_some(moment.text)
            };
            [&interval.start, &interval.end].map(|moment| moment.as_ref().and_then(written))
        }
        _ => [None, None],
    });
    let mut all: Vec<Text<'t>> = of_head.chain(of_facts.flatten()).collect();
    // An interval of a whole record has the moments of its head.
    all.sort_by_key(|text| text.place.span.start);
    all.dedup_by_key(|text| text.place.span.start);
    all
}

fn report_unknown(text: &Text<'_>, findings: &mut Findings<'_>) {
    let near = calendar::nearest_zone(text.value);
    let example = "write the name that the IANA database has, for example `America/New_York`";
    let help = near.map_or_else(|| example.to_owned(), |near| did_you_mean(&near));
    findings
        .at(text.place, format!("`{}` is not the name of a time zone", shown(text.value)))
        .id("name")
        .help(help)
        .value(text.value);
}

fn report_conflict(text: Text<'_>, zone: &Zone, name: &Text<'_>, findings: &mut Findings<'_>) {
    let Some(moment) = key::plausible_moment(text.value) else { return };
    let Some(conflict) = zone.conflict(&moment) else { return };
    let (value, zone) = (shown(text.value), shown(name.value));
    let (id, message, help) = match conflict {
        ZoneConflict::LeftOut => (
            "left-out",
            format!("`{value}` does not exist in {zone}: the clocks are put forward"),
            "write the time that the clocks show".to_owned(),
        ),
        ZoneConflict::Offset(offset) => {
            let offset = calendar::offset_text(offset);
            let message =
                format!("`{value}` has another offset than {zone} on that day, `{offset}`");
            ("offset", message, "correct the offset, the time or the zone".to_owned())
        }
    };
    findings
        .at(text.place, message)
        .label(name.place, "the zone is named here")
        .id(id)
        .help(help)
        .value(text.value)
        .value(name.value);
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings, findings_with};

    fn event(zone: &str, start: &str) -> String {
        format!(
            "id: debate\nkind: event\nname: Debate\nlanguage: en\nstart: \"{start}\"\nend: \"2026-12-01T18:00\"\ntimeZone: \"{zone}\"\n"
        )
    }

    #[test]
    fn a_zone_that_does_not_exist_is_reported() {
        check(
            &RULE,
            r#"
id: debate
kind: event
name: Debate
language: en
start: "2026-04-14T10:00"
end: "2026-04-14T18:00"
timeZone: Europe/Vienn
#         ^^^^^^^^^^^^ warning: `Europe/Vienn` is not the name of a time zone
"#,
        );
        for zone in ["CEST", "-05:00", "UTC+1", "America/Los Angeles", "local time"] {
            assert_eq!(
                findings(&RULE, &[("e.yaml".into(), event(zone, "2026-04-14T10:00"))]).len(),
                1,
                "{zone}"
            );
        }
    }

    #[test]
    fn names_in_any_capitals_and_old_names_are_not_reported() {
        for zone in ["Europe/Vienna", "europe/vienna", "CST6CDT", "UTC", "Asia/Calcutta"] {
            check(&RULE, &event(zone, "2026-04-14T10:00"));
        }
    }

    #[test]
    fn a_time_that_the_clocks_leave_out_is_reported() {
        check(
            &RULE,
            r#"
id: debate
kind: event
name: Debate
language: en
start: "2026-03-29T02:30"
#       ^^^^^^^^^^^^^^^^ warning: `2026-03-29T02:30` does not exist in Europe/Vienna: the clocks are put forward
end: "2026-03-29T18:00"
timeZone: Europe/Vienna
#         ~~~~~~~~~~~~~ the zone is named here
"#,
        );
        for start in ["2026-03-29T01:59", "2026-03-29T03:00", "2026-10-25T02:30", "2026-03-29"] {
            check(&RULE, &event("Europe/Vienna", start));
        }
    }

    #[test]
    fn an_offset_that_the_zone_does_not_have_on_that_day_is_reported() {
        let schema = r#"{"x-record": {"starts": "/at"}, "properties": {"kind": {"const": "call"}, "at": {},
            "zone": {"x-form": "time-zone"}}}"#;
        let catalog = crate::schema::Catalog::new(&[("call.json".into(), schema.to_owned())]);
        let messages = |at: &str| {
            let text = format!("{{kind: call, at: \"{at}\", zone: Europe/Vienna}}");
            let found = findings_with(&catalog, &RULE, &[("call.yaml".into(), text)]);
            found.into_iter().map(|one| one.message).collect::<Vec<_>>()
        };
        assert_eq!(
            messages("2026-07-14T10:00+01:00"),
            [
                "`2026-07-14T10:00+01:00` has another offset than Europe/Vienna on that day, `+02:00`"
            ]
        );
        for at in ["2026-01-14T10:00+01:00", "2026-07-14T10:00+02:00", "2026-07-14T08:00Z"] {
            assert_eq!(messages(at), [""; 0], "{at}");
        }
    }
}
