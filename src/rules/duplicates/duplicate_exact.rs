//! A record with the content of another record and another id.

use crate::{
    corpus::{Group, relation::Copies},
    finding::{Family, Severity},
    message::record_or,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("duplicate-exact"),
    family: Family::Duplicates,
    summary: "a record with the same content as another, apart from the id",
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
        // Another rule reports two records of one id.
        if id.is_some() && id == member.record_id() {
            continue;
        }
        let other = record_or(id, "another record");
        findings
            .at(
                member.record_place(),
                format!("this record has the same content as {other}, apart from the id"),
            )
            .label(first.record_place(), "the other record")
            .help("keep one of the two records")
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
    fn the_same_content_under_another_id_is_reported() {
        let a = statement("first\n#   ~~~~~ the other record", "date: \"2011-05-19\"", TEXT);
        let b = statement(
            "second\n#   ^^^^^^ warning: this record has the same content as first, apart from the id",
            "date: \"2011-05-19\"",
            TEXT,
        );
        check(&RULE, &format!("=== a.yaml\n{a}=== b.yaml\n{b}"));
    }

    #[test]
    fn spaces_order_source_and_schema_are_ignored() {
        let a = statement("a", "date: \"2011-05-19\"\nsource: {file: one.pdf}", TEXT);
        let b = format!(
            "$schema: statement.schema.json\nparagraphs: [\"{}\"]\ndate: \"2011-05-19\"\nid: b\nkind: statement\nspeaker: null\nlanguage: en\nsource: {{file: two.pdf}}\ntitle: Statement by Sweden\n",
            TEXT.replace(' ', "  ")
        );
        assert_eq!(count(&a, &b), 1);
    }

    #[test]
    fn any_other_difference_is_accepted() {
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
    fn records_with_too_little_text_are_not_compared() {
        // Title, language and kind are four words, and one, and one.
        let words = |number: usize| TEXT.split(' ').take(number).collect::<Vec<_>>().join(" ");
        assert_eq!(count(&statement("a", "", &words(14)), &statement("b", "", &words(14))), 0);
        assert_eq!(count(&statement("a", "", &words(16)), &statement("b", "", &words(16))), 1);
    }

    #[test]
    fn cancelled_records_and_findings_of_other_rules_are_not_reported() {
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
