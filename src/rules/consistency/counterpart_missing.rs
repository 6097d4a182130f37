//! A record without the other one of its pair, between days that have both.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{
    calendar,
    corpus::{Group, relation::Pair},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("counterpart-missing"),
    family: Family::Consistency,
    summary: "an agenda without minutes, or another record without the one that belongs to it",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/counterpart-missing.md"),
    options: &[],
    check: Check::Group(&On::<Pair>(check)),
};

fn check(group: &Group<'_, Pair>, findings: &mut Findings<'_>) {
    let mut days: BTreeMap<&str, BTreeSet<Date>> = BTreeMap::new();
    for member in &group.members {
        days.entry(member.is()).or_default().insert(member.date());
    }
    let mut seen = BTreeSet::new();
    for member in &group.members {
        let Some(needs) = member.needs() else { continue };
        let Some(there) = days.get(needs).filter(|there| !there.contains(&member.date())) else {
            continue;
        };
        // Before the first one the collection may not have begun, and after the last one it may not be written yet.
        let is_between = |first: &Date, last: &Date| (*first..=*last).contains(&member.date());
        if !there.first().zip(there.last()).is_some_and(|(first, last)| is_between(first, last)) {
            continue;
        }
        // Versions and languages of one record need one other record.
        if seen.insert((needs, member.date())) {
            let day = calendar::long(member.date());
            let message = match member.title() {
                "" => format!("no {needs} of {day} among the records"),
                title => format!("no {needs} of {day} for “{}”", shown(title)),
            };
            findings
                .at(member.place(), message)
                .help("add the record, or mark this one as cancelled if there was no meeting")
                .needs_all()
                .value(needs)
                .value(member.date().to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::RULE;
    use crate::testing::check;

    /// Agendas and minutes of these days of March, the agenda of the 12th as given.
    fn months(agenda: &str, minutes: &[u32]) -> String {
        let mut files = String::new();
        for day in [5, 19, 26] {
            let _ = write!(
                files,
                "=== agenda-{day}.yaml\nkind: agenda\nbody: Harbour board\ndate: '2025-03-{day:02}'\n"
            );
        }
        let _ = write!(files, "=== agenda-12.yaml\nkind: agenda\n{agenda}\n");
        for day in minutes {
            let _ = write!(
                files,
                "=== minutes-{day}.yaml\nkind: minutes\nbody: harbour  board\ndate: '2025-03-{day:02}'\n"
            );
        }
        files
    }

    #[test]
    fn an_agenda_without_minutes_is_reported_if_later_ones_have_them() {
        check(
            &RULE,
            &months(
                "title: Agenda\nbody: Harbour board\ndate: '2025-03-12'\n#      ^^^^^^^^^^ warning: no minutes of 12 March 2025 for “Agenda”",
                &[5, 19],
            ),
        );
        check(&RULE, &months("body: Harbour board\ndate: '2025-03-12'", &[5, 12, 19]));
    }

    #[test]
    fn minutes_that_may_not_be_written_yet_are_not_expected() {
        check(&RULE, &months("body: Harbour board\ndate: '2025-03-12'", &[5]));
        check(&RULE, &months("body: Harbour board\ndate: '2025-03-12'", &[19]));
        check(&RULE, &months("body: Harbour board\ndate: '2025-03-12'", &[]));
    }

    #[test]
    fn cancelled_meetings_and_other_bodies_are_not_compared() {
        let cancelled = "status: cancelled\nbody: Harbour board\ndate: '2025-03-12'";
        check(&RULE, &months(cancelled, &[5, 19]));
        check(&RULE, &months("body: School board\ndate: '2025-03-12'", &[5, 19]));
    }
}
