//! An unquoted YAML scalar that other parsers read as another type.

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
    summary: "an unquoted YAML value that other parsers read as another type",
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
        let message =
            format!("YAML 1.2 reads `{written}` as {here}, but YAML 1.1 reads it as {elsewhere}");
        findings
            .at(places.at(problem.span), message)
            .help(format!("add quotes: \"{written}\""))
            .value(written);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn an_unquoted_date_is_reported() {
        check(
            &RULE,
            r#"
date: 2011-05-19
#     ^^^^^^^^^^ warning: YAML 1.2 reads `2011-05-19` as the string "2011-05-19", but YAML 1.1 reads it as a date
issued: "2011-05-19"
dateLine: 19 May 2011
month: 2011-05
"#,
        );
    }

    #[test]
    fn an_unquoted_word_that_yaml_reads_as_a_boolean_is_reported() {
        check(
            &RULE,
            r#"
delegation: no
#           ^^ warning: YAML 1.2 reads `no` as the string "no", but YAML 1.1 reads it as false
signed: false
language: 'no'
author: No
#       ^^ warning: YAML 1.2 reads `No` as the string "No", but YAML 1.1 reads it as false
addressee: Norway
"#,
        );
    }

    #[test]
    fn an_unquoted_time_is_reported() {
        check(
            &RULE,
            r#"
start: 10:00
#      ^^^^^ warning: YAML 1.2 reads `10:00` as the string "10:00", but YAML 1.1 reads it as the number 600
end: "11:00"
late: 24.00
early: 9 a.m.
"#,
        );
    }

    #[test]
    fn a_letter_is_a_key_and_an_ambiguous_value() {
        check(
            &RULE,
            r#"
operative:
- n: 1
  y: n
#    ^ warning: YAML 1.2 reads `n` as the string "n", but YAML 1.1 reads it as false in some parsers
  no: 2
# ^^ warning: YAML 1.2 reads `no` as the key "no", but YAML 1.1 reads it as false
"#,
        );
    }

    #[test]
    fn json_is_not_checked() {
        check(&RULE, "=== record.json\n{\"delegation\": \"no\", \"start\": \"10:00\"}\n");
    }
}
