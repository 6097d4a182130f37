//! The name of a Member State in another form than that of the United Nations.

use std::collections::BTreeSet;

use super::is_english;
use crate::{
    fact::{Meaning, Record, Text},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId, RuleOption, Texts},
    symbol::official_name,
    vocabulary::{FactKinds, Form},
};

/// The facts that it looks at.
const FACTS: FactKinds = FactKinds::SPEAKER.or(FactKinds::UNNAMED).or(FactKinds::VALUE);

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("member-state-name"),
    family: Family::Style,
    summary: "the name of a Member State in another form than that of the United Nations",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/member-state-name.md"),
    options: &[&ACCEPT],
    check: Check::Facts(FACTS, check),
};

static ACCEPT: RuleOption<Texts> =
    RuleOption { name: "accept", default: Texts::NONE, about: "Names that are accepted." };

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    if !is_english(record) {
        return;
    }
    let on = record.dates().map(|(first, _)| first);
    let accept = findings.option(&ACCEPT);
    let mut seen = BTreeSet::new();
    for name in names(record) {
        let Some(official) = official_name(name.value, on) else { continue };
        let is_accepted = accept.iter().any(|one| one == name.value.trim());
        if is_accepted || !seen.insert(name.node.id()) {
            continue;
        }
        let written = shown(name.value.trim());
        findings
            .at(name.place, format!("the United Nations does not call this State “{written}”"))
            .help(format!("write “{official}”"))
            .value(name.value.trim());
    }
}

/// The values that the schema declares to be States or delegations.
fn names<'r, 't>(record: &'r Record<'t>) -> impl Iterator<Item = Text<'t>> + use<'r, 't> {
    record.live().iter().filter_map(|fact| match &fact.meaning {
        Meaning::Value(Form::MemberState, text) => Some(*text),
        Meaning::Speaker(speaker) | Meaning::Unnamed(speaker) => speaker.delegation,
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, check_with, findings};

    #[test]
    fn short_and_former_names_are_reported() {
        check(
            &RULE,
            r#"
id: r
kind: resolution
language: en
adopted: "2023-03-01"
vote:
  statesInFavour: [Russian Federation, Russia, Türkiye]
#                                      ^^^^^^ info: the United Nations does not call this State “Russia”
  statesAgainst: [TURKEY]
#                 ^^^^^^ info: the United Nations does not call this State “TURKEY”
  statesAbstaining: [Kenya, Turkey on behalf of a group]
"#,
        );
        check(
            &RULE,
            r#"
id: s
kind: statement
language: en-GB
date: "2017-05-19"
delegation: Czech Republic
#           ^^^^^^^^^^^^^^ info: the United Nations does not call this State “Czech Republic”
"#,
        );
    }

    #[test]
    fn names_of_their_day_other_languages_and_undated_records_are_not_reported() {
        let found = |language: &str, more: &str| {
            let text =
                format!("id: s\nkind: statement\nlanguage: {language}\ndelegation: Turkey\n{more}");
            findings(&RULE, &[("s.yaml".to_owned(), text)]).len()
        };
        assert_eq!(found("en", "date: \"2023-05-19\""), 1);
        assert_eq!(found("en", "date: \"2011-05-19\""), 0);
        assert_eq!(found("en", ""), 0);
        assert_eq!(found("fr", "date: \"2023-05-19\""), 0);
        assert_eq!(found("en", "date: \"2023-05-19\"\nstatus: cancelled"), 0);
    }

    #[test]
    fn names_that_the_project_accepts_are_not_reported() {
        check_with(
            &RULE,
            "[rules.member-state-name]\naccept = [\"Russia\"]\n",
            "id: s\nkind: statement\nlanguage: en\ndelegation: Russia\n",
        );
    }
}
