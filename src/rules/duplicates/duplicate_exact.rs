//! A record that says the same as another, under another id.

use crate::{
    corpus::{Group, relation::Copies},
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("duplicate-exact"),
    family: Family::Duplicates,
    summary: "a record that is the same as another in all but its id",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/duplicate-exact.md"),
    options: &[],
    check: Check::Group(&On::<Copies>(check)),
};

fn check(group: &Group<'_, Copies>, findings: &mut Findings<'_>) {
    let Some((first, others)) = group.members.split_first() else { return };
    let id = first.record_id();
    for member in others {
        // Two records of one id are told of by another rule.
        if id.is_some() && id == member.record_id() {
            continue;
        }
        let other = id.map_or_else(|| "another one".to_owned(), |id| format!("`{id}`"));
        findings
            .at(
                member.record_place(),
                format!("this record and {other} are the same in all but the id"),
            )
            .label(first.record_place(), "the other record")
            .help("keep one of the two")
            .value(id.unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    const TEXT: &str = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen";

    /// A statement with this id line, these other members and this text.
    fn statement(id: &str, rest: &str, text: &str) -> String {
        format!(
            "id: {id}\nkind: statement\ntitle: Statement by Sweden\n{rest}\nlanguage: en\nspeaker: null\nparagraphs: [\"{text}\"]\n"
        )
    }

    fn count(a: &str, b: &str) -> usize {
        let files = [("a.yaml".to_owned(), a.to_owned()), ("b.yaml".to_owned(), b.to_owned())];
        findings(&RULE, &files).len()
    }

    #[test]
    fn the_same_under_another_id() {
        let a = statement("first\n#   ~~~~~ the other record", "date: \"2011-05-19\"", TEXT);
        let b = statement(
            "second\n#   ^^^^^^ warning: this record and `first` are the same in all but the id",
            "date: \"2011-05-19\"",
            TEXT,
        );
        check(&RULE, &format!("=== a.yaml\n{a}=== b.yaml\n{b}"));
    }

    #[test]
    fn spaces_order_source_and_schema_make_no_difference() {
        let a = statement("a", "date: \"2011-05-19\"\nsource: {file: one.pdf}", TEXT);
        let b = format!(
            "$schema: statement.schema.json\nparagraphs: [\"{}\"]\ndate: \"2011-05-19\"\nid: b\nkind: statement\nspeaker: null\nlanguage: en\nsource: {{file: two.pdf}}\ntitle: Statement by Sweden\n",
            TEXT.replace(' ', "  ")
        );
        assert_eq!(count(&a, &b), 1);
    }

    #[test]
    fn whatever_differs_in_what_is_said() {
        let a = statement("a", "segment: one", TEXT);
        for (rest, text) in [
            ("segment: two", TEXT.to_owned()),
            ("segment: noe", TEXT.to_owned()),
            ("", TEXT.to_owned()),
            ("segment: one", TEXT.replace("two three", "three two")),
            ("segment: one", TEXT.to_uppercase()),
        ] {
            assert_eq!(count(&a, &statement("b", rest, &text)), 0, "{rest} {text}");
        }
    }

    #[test]
    fn forms_that_say_too_little() {
        // Title, language and kind are four words, and one, and one.
        let words = |number: usize| TEXT.split(' ').take(number).collect::<Vec<_>>().join(" ");
        assert_eq!(count(&statement("a", "", &words(14)), &statement("b", "", &words(14))), 0);
        assert_eq!(count(&statement("a", "", &words(16)), &statement("b", "", &words(16))), 1);
    }

    #[test]
    fn what_is_gone_and_what_other_rules_tell() {
        for rest in ["status: cancelled", "status: superseded", "symbol: A/65/1"] {
            assert_eq!(
                count(&statement("a", rest, TEXT), &statement("b", rest, TEXT)),
                0,
                "{rest}"
            );
        }
        assert_eq!(count(&statement("a", "", TEXT), &statement("a", "", TEXT)), 0);
    }
}
