//! An unquoted YAML text that ends before a `#` with a figure, which YAML reads as a comment.

use super::Places;
use crate::{
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    sources::SourceId,
    tree::{ProblemKind, Tree},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("value-cut-by-comment"),
    family: Family::Structure,
    summary: "an unquoted YAML text that ends before a number such as `#12`, which YAML reads as a comment",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/value-cut-by-comment.md"),
    options: &[],
    check: Check::Source(check),
};

fn check(tree: &Tree, source: SourceId, findings: &mut Findings<'_>) {
    let places = Places::of(tree, source);
    for problem in tree.problems() {
        let ProblemKind::CutByComment { value } = &problem.kind else { continue };
        let (value, comment) = (tree.source().slice(*value), tree.source().slice(problem.span));
        let message = format!(
            "“{}” ends before `{}`, which YAML reads as a comment",
            shown(value),
            shown(comment)
        );
        findings
            .at(places.at(problem.span), message)
            .help("put the whole text in quotes, or write a space after the `#` of a comment")
            .value(comment);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn a_number_after_a_space_is_reported_as_a_comment() {
        check(
            &RULE,
            r"
title: By-law #2031-7
#             ^^^^^^^ warning: “By-law” ends before `#2031-7`, which YAML reads as a comment
items:
  - Motions #3 and #4  
#           ^^^^^^^^^ warning: “Motions” ends before `#3 and #4`, which YAML reads as a comment
  - name: Bea Orlo	#2
#                  ^^ warning: “Bea Orlo” ends before `#2`, which YAML reads as a comment
",
        );
    }

    #[test]
    fn comments_quoted_texts_and_marks_within_words_are_accepted() {
        check(
            &RULE,
            r#"
title: By-law # 2031-7
note: By-law #renumbered
count: 7 #2 are absent
song: C#7 and F#
quoted: "By-law #2031-7"
other: 'By-law' #2031-7
block: |
  By-law #2031-7
#7 is a line of its own
last: By-law
#8 too
"#,
        );
    }

    #[test]
    fn json_is_not_checked() {
        check(&RULE, "=== record.json\n{\"title\": \"By-law #2031-7\"}\n");
    }
}
