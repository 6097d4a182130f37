//! A YAML scalar without quotes that other readers take for something else.

use super::Places;
use crate::{
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    sources::SourceId,
    tree::{ProblemKind, Tree},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ambiguous-scalar"),
    family: Family::Structure,
    summary: "an unquoted YAML value that other readers take for something else",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/ambiguous-scalar.md"),
    options: &[],
    check: Check::Source(check),
};

fn check(tree: &Tree, source: SourceId, findings: &mut Findings<'_>) {
    let places = Places::of(tree, source);
    for problem in tree.problems() {
        let ProblemKind::AmbiguousScalar { here, elsewhere } = &problem.kind else {
            continue;
        };
        let written = shown(tree.source().slice(problem.span));
        let message = format!("`{written}` is {here} in YAML 1.2 and {elsewhere} in YAML 1.1");
        findings
            .at(places.at(problem.span), message)
            .help(format!("write it in quotes: \"{written}\""))
            .value(written);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn a_date() {
        check(
            &RULE,
            r#"
date: 2011-05-19
#     ^^^^^^^^^^ warning: `2011-05-19` is the string "2011-05-19" in YAML 1.2 and a date in YAML 1.1
issued: "2011-05-19"
dateLine: 19 May 2011
month: 2011-05
"#,
        );
    }

    #[test]
    fn a_country_code_that_is_a_word_of_yaml() {
        check(
            &RULE,
            r#"
delegation: no
#           ^^ warning: `no` is the string "no" in YAML 1.2 and false in YAML 1.1
signed: false
language: 'no'
author: No
#       ^^ warning: `No` is the string "No" in YAML 1.2 and false in YAML 1.1
addressee: Norway
"#,
        );
    }

    #[test]
    fn a_time_of_day() {
        check(
            &RULE,
            r#"
start: 10:00
#      ^^^^^ warning: `10:00` is the string "10:00" in YAML 1.2 and the number 600 in YAML 1.1
end: "11:00"
late: 24.00
early: 9 a.m.
"#,
        );
    }

    #[test]
    fn json_has_no_values_without_quotes() {
        check(&RULE, "=== record.json\n{\"delegation\": \"no\", \"start\": \"10:00\"}\n");
    }
}
