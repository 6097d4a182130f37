//! A record of a kind that is dated, without its date.

use crate::{
    fact::Record,
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{DateRole, Expected, FactKinds, Status},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("record-date-missing"),
    family: Family::Times,
    summary: "a record without the date that its kind needs",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/record-date-missing.md"),
    options: &[],
    check: Check::Facts(FactKinds::LACK, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    // A draft is dated when it is finished.
    if record.head.has_status(Status::Draft) {
        return;
    }
    for expects in record.unmet(Expected::Date) {
        let date = match expects.is {
            None => "date",
            Some(DateRole::Held) => "date of the meeting",
            Some(DateRole::Written) => "date of writing",
            Some(DateRole::Issued) => "date of issue",
            Some(DateRole::Adopted) => "date of adoption",
            Some(DateRole::Distributed) => "date of distribution",
            Some(DateRole::Announced) => "date of the next meeting",
        };
        let message = format!("no {date} for {}", record.name_of_lacking(expects));
        findings.at(expects.place, message).help(format!("write the {date}"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn a_missing_or_null_date_is_reported() {
        check(
            &RULE,
            r"
=== a.yaml
kind: statement
title: On migration
date: null
#     ^^^^ info: no date for “On migration”
=== b.yaml
{kind: statement, id: b, title: On migration, language: en, speaker: {name: Swing}, paragraphs: []}
#< info: no date for “On migration”
",
        );
    }

    #[test]
    fn dates_in_words_and_unreadable_dates_count() {
        for date in ["dateLine: 19 May 2011", "dateLine: in spring", "date: \"2011-05-19\""] {
            check(&RULE, &format!("kind: statement\n{date}\n"));
        }
    }

    #[test]
    fn the_day_of_the_debate_is_not_the_date_of_its_summary() {
        check(
            &RULE,
            r"
=== a.yaml
kind: summary
title: Summary
dateLine: 19 May 2011
date: null
#     ^^^^ info: no date of issue for “Summary”
=== b.yaml
kind: summary
date: 2011-06-28
",
        );
    }

    #[test]
    fn a_programme_is_dated_by_the_days_of_its_slots() {
        check(
            &RULE,
            r#"
=== a.yaml
id: a
#< info: no date of the meeting for “Programme”
kind: programme
title: Programme
language: en
issued: "2011-04-05"
slots:
  - {kind: other, title: Panel, start: "10:00", end: "11:00"}
=== b.yaml
id: b
kind: programme
title: Programme
language: en
slots:
  - {kind: other, title: Panel, start: "10:00", end: "11:00", date: "2011-05-19"}
"#,
        );
    }

    #[test]
    fn only_adopted_texts_need_a_date_of_adoption() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: resolution
title: Migration
status: adopted
date: "2010-12-20"
adopted: null
#        ^^^^ info: no date of adoption for “Migration”
=== b.yaml
kind: resolution
title: Migration
status: provisional
adopted: null
"#,
        );
    }

    #[test]
    fn undated_kinds_drafts_and_cancelled_records_are_not_reported() {
        for head in [
            "kind: concept-note",
            "kind: statement\nstatus: draft",
            "kind: statement\nstatus: cancelled",
        ] {
            check(&RULE, &format!("{head}\ndate: null\n"));
        }
    }
}
