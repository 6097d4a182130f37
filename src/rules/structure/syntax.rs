//! A file that is not valid JSON, YAML or CSV.

use crate::{
    finding::{Family, Place, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
    sources::SourceId,
    tree::{ProblemKind, Tree},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("syntax"),
    family: Family::Structure,
    summary: "a file, or the front matter of one, that is not valid JSON, YAML or TOML, or a table that is not valid CSV",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/syntax.md"),
    options: &[],
    check: Check::Source(check),
};

fn check(tree: &Tree, source: SourceId, findings: &mut Findings<'_>) {
    for problem in tree.problems() {
        let ProblemKind::Syntax { message, help, label } = &problem.kind else {
            continue;
        };
        let place = |span| Place { source, record: None, node: None, span };
        let mut finding = findings.at(place(problem.span), message.clone());
        if let Some((span, text)) = label {
            finding = finding.label(place(*span), text.clone());
        }
        if let Some(help) = help {
            finding.help(help.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn a_bracket_that_is_never_closed_is_reported() {
        check(
            &RULE,
            r#"
id: letter
kind: letter
addressees: ["All Permanent Representatives"
#           ^ error: this `[` is never closed with `]`
"#,
        );
    }

    #[test]
    fn a_valid_file_is_accepted() {
        check(&RULE, "id: letter\nkind: letter\n");
    }
}
