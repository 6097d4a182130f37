//! Times of day that are read in many places, without their zone.

use crate::{
    fact::Record,
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{Expected, FactKinds},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("time-zone-missing"),
    family: Family::Times,
    summary: "times of day without a time zone",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/time-zone-missing.md"),
    options: &[],
    check: Check::Facts(FactKinds::LACK, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for expects in record.unmet(Expected::Zone) {
        let message = format!("no time zone for the times of {}", record.name_of_lacking(expects));
        findings
            .at(expects.place, message)
            .help("name the time zone, for example `America/New_York`");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn online_and_hybrid_events_without_a_zone_are_reported() {
        check(
            &RULE,
            r#"
=== a.yaml
id: debate
#< info: no time zone for the times of “Debate”
kind: event
name: Debate
language: en
format: online
start: "2011-05-19T10:00"
end: "2011-05-19"
=== b.yaml
id: debate-of-2013
#< info: no time zone for the times of “Debate of 2013”
kind: event
name: Debate of 2013
language: en
format: hybrid
start: "2013-10-03"
end: "2013-10-04T18:00"
"#,
        );
    }

    fn event(rest: &str) -> String {
        format!("id: debate\nkind: event\nname: Debate\nlanguage: en\n{rest}\n")
    }

    #[test]
    fn zones_and_whole_days_are_not_reported() {
        for rest in [
            "start: \"2011-05-19T10:00\"\nend: \"2011-05-19T18:00\"\ntimeZone: America/New_York",
            "start: \"2011-05-19\"\nend: \"2011-05-19\"",
        ] {
            check(&RULE, &event(&format!("format: online\n{rest}")));
        }
    }

    #[test]
    fn events_in_a_room_are_not_reported() {
        for rest in
            ["format: in-person", "venue: {city: New York}", "format: online\nstatus: cancelled"]
        {
            let times = "start: \"2011-05-19T10:00\"\nend: \"2011-05-19T18:00\"";
            check(&RULE, &event(&format!("{times}\n{rest}")));
        }
    }
}
