//! An unquoted YAML text that ends before a `#` with a figure or a word, which YAML reads as a comment.

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
    summary: "an unquoted YAML text that ends before a number such as `#12` or a word such as `#draft`, which YAML reads as a comment",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/value-cut-by-comment.md"),
    options: &[],
    check: Check::Source(check),
};

fn check(tree: &Tree, source: SourceId, findings: &mut Findings<'_>) {
    let places = Places::of(tree, source);
    let mut has_bare_comments = None;
    for problem in tree.problems() {
        let ProblemKind::CutByComment { value: text } = &problem.kind else { continue };
        let (value, comment) = (tree.source().slice(*text), tree.source().slice(problem.span));
        let is_number = comment[1..].starts_with(|c: char| c.is_ascii_digit());
        let gap = problem.span.start - text.end;
        if !is_number
            && (gap != 1
                || !is_cut_word(value, comment)
                || *has_bare_comments.get_or_insert_with(|| writes_bare_comments(tree)))
        {
            continue;
        }
        let message = format!(
            "“{}” ends before `{}`, which YAML reads as a comment",
            shown(value),
            shown(comment)
        );
        let finding = findings
            .at(places.at(problem.span), message)
            .help("put the whole text in quotes, or write a space after the `#` of a comment")
            .value(comment);
        if !is_number {
            finding.severity(Severity::Info);
        }
    }
}

/// Whether the `#` and the words after it are likelier the rest of the text than a comment: `Ordinance #draft`. A note on a
/// value in lower case, a longer sentence, and code that was commented out are comments.
fn is_cut_word(value: &str, comment: &str) -> bool {
    /// A comment has more words, as a rule.
    const MOST_WORDS: usize = 2;
    let words = &comment[1..];
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '\'' | '’');
    // A mark for authors or a tool: `NOLINT`.
    let is_mark = |word: &str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    words.chars().all(is_plain)
        && words.split_whitespace().count() <= MOST_WORDS
        && !words.split_whitespace().any(is_mark)
        && value.chars().any(char::is_uppercase)
}

/// Whether a line of the file is a comment that begins with a letter right after the `#`: its author writes comments so.
fn writes_bare_comments(tree: &Tree) -> bool {
    tree.source().text.lines().any(|line| {
        let comment = line.trim_start().strip_prefix('#');
        comment.is_some_and(|comment| comment.starts_with(char::is_alphabetic))
    })
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
note: By-law  #renumbered
state: provisional #renumbered
room: By-law #see the annex for it
code: By-law #room: Main Hall
mark: By-law #NOLINT
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
    fn a_word_after_one_space_is_an_info_unless_the_file_has_such_comments() {
        let text = "title: Ordinance #draft\nname: Debate of the #SeaForAll fleet\n";
        check(
            &RULE,
            r"
title: Ordinance #draft
#                ^^^^^^ info: “Ordinance” ends before `#draft`, which YAML reads as a comment
# a comment
name: Debate on #SeaForAll
#               ^^^^^^^^^^ info: “Debate on” ends before `#SeaForAll`, which YAML reads as a comment
",
        );
        check(&RULE, &format!("#state: final\n{text}"));
    }

    #[test]
    fn json_is_not_checked() {
        check(&RULE, "=== record.json\n{\"title\": \"By-law #2031-7\"}\n");
    }
}
