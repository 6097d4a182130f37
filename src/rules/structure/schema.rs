//! A record that does not match the schema of its kind.

use crate::{
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
    schema::{Outcome, Shape},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("schema"),
    family: Family::Structure,
    summary: "a record that does not match the schema of its kind",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::Unsafe,
    page: include_str!("../../../docs/rules/schema.md"),
    options: &[],
    check: Check::Shape(check),
};

fn check(shape: &Shape<'_>, findings: &mut Findings<'_>) {
    let Outcome::Checked(violations) = &shape.outcome else {
        return;
    };
    for violation in *violations {
        let node = Some(violation.node);
        let place = crate::finding::Place { node, span: violation.span, ..shape.place };
        let mut finding = findings.at(place, violation.message.clone());
        // The keyword and its operand; what breaks them differs from value to value.
        let id = violation.values.iter().take(2).cloned().collect::<Vec<_>>().join(" ");
        finding = finding.id(id);
        for value in &violation.values {
            finding = finding.value(value.clone());
        }
        if let Some(help) = &violation.help {
            finding = finding.help(help.clone());
        }
        let node = shape.node.tree().node(violation.node);
        if let (Some((near, applicability)), Some(was)) = (&violation.near, node.as_str()) {
            let place = crate::finding::Place { span: node.inner_span(), ..place };
            finding.replace(*applicability, (place, node, was), near.as_str());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    const HEAD: &str = "id: letter\nkind: letter\ntitle: Letter\nlanguage: en\n";

    #[test]
    fn a_missing_key_is_reported_at_the_object_that_lacks_it() {
        check(
            &RULE,
            r#"
id: debate
#< error: the event lacks `start`
kind: event
name: Debate
language: en
end: "2011-05-19"
"#,
        );
    }

    #[test]
    fn minutes_that_are_not_a_draft_have_items() {
        check(
            &RULE,
            r#"
=== draft.yaml
id: draft
kind: minutes
title: Minutes
language: en
status: draft
body: Harbour board
date: "2025-03-04"
items: []
=== final.yaml
id: final
kind: minutes
title: Minutes
language: en
status: final
body: Harbour board
date: "2025-03-11"
items: []
#< error: `items` has 0 elements; at least 1 element expected
=== none.yaml
id: none
#< error: the minutes lack `items`
kind: minutes
title: Minutes
language: en
body: Harbour board
date: "2025-03-18"
"#,
        );
    }

    #[test]
    fn a_misspelled_key_is_reported_once() {
        check(
            &RULE,
            r#"
id: debate
kind: event
name: Debate
language: en
strat: "2011-05-19"
#< error: `strat` is unknown and `start` is missing
end: "2011-05-19"
"#,
        );
    }

    #[test]
    fn a_value_that_is_not_allowed_is_reported_with_the_values_that_are() {
        check(
            &RULE,
            &format!(
                r#"
{HEAD}status: finall
#       ^^^^^^ error: `status` is `finall`; `draft`, `provisional`, `final`, `adopted`, `reissued`, `cancelled` or `superseded` expected
date: "2011-04-05"
author: {{name: Joseph Deiss}}
addressees: [All Permanent Representatives]
paragraphs: [Excellency]
"#
            ),
        );
    }
}
