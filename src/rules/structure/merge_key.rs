//! The YAML 1.1 merge key `<<`.

use super::Places;
use crate::{
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
    sources::SourceId,
    tree::{ProblemKind, Tree},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("merge-key"),
    family: Family::Structure,
    summary: "the merge key `<<`, which YAML 1.2 does not have",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/merge-key.md"),
    options: &[],
    check: Check::Source(check),
};

fn check(tree: &Tree, source: SourceId, findings: &mut Findings<'_>) {
    let places = Places::of(tree, source);
    for problem in tree.problems().iter().filter(|p| p.kind == ProblemKind::MergeKey) {
        findings
            .at(
                places.at(problem.span),
                "`<<` merges objects in YAML 1.1, but is an ordinary key in YAML 1.2",
            )
            .help("replace `<<` by the members that it merges, so that every parser reads them");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn a_merge_key_is_reported() {
        check(
            &RULE,
            r"
base: &base {language: en}
letter:
  <<: *base
# ^^ warning: `<<` merges objects in YAML 1.1, but is an ordinary key in YAML 1.2
",
        );
    }

    #[test]
    fn the_members_that_are_merged_are_not_missing() {
        let found = check_all(
            "id: l\nkind: letter\ntitle: Letter\nlanguage: en\ndate: \"2026-04-05\"\nstatus: draft\n\
             x-author: &author {name: Ana Ruiz, role: Chair}\nauthor: {<<: *author, role: Clerk}\n",
        );
        assert_eq!(found, ["merge-key"]);
    }

    #[test]
    fn a_mistake_in_a_merged_member_is_reported_at_the_alias() {
        let found = check_all(
            "id: l\nkind: letter\ntitle: Letter\nlanguage: en\ndate: \"2026-04-05\"\nstatus: draft\n\
             x-author: &author {nam: Ana Ruiz}\nauthor: {<<: *author, role: Clerk}\n",
        );
        assert_eq!(found, ["merge-key", "schema"]);
    }

    /// The rules that find something in a record, in the order of the text.
    fn check_all(text: &str) -> Vec<crate::RuleId> {
        let report = crate::Linter::new().check_text("l.yaml", text);
        report.findings.iter().map(|finding| finding.rule).collect()
    }

    #[test]
    fn a_quoted_key_is_accepted() {
        check(&RULE, "base: {}\n\"<<\": x\n");
    }
}
