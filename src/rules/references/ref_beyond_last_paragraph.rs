//! A citation of a paragraph that a resolution does not have.

use crate::{
    corpus::{
        Group, Member,
        relation::{Paragraph, paragraph::ParagraphPart},
    },
    finding::{Family, Severity},
    message::{counted, quoted, shown},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-beyond-last-paragraph"),
    family: Family::References,
    summary: "a citation of a paragraph beyond the last one of a resolution",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ref-beyond-last-paragraph.md"),
    options: &[],
    check: Check::Group(&On::<Paragraph>(check)),
};

fn check(group: &Group<'_, Paragraph>, findings: &mut Findings<'_>) {
    let parts = || group.members.iter().map(Member::<Paragraph>::part);
    if parts().any(|part| part == ParagraphPart::Open) {
        return;
    }
    let last = |part| if let ParagraphPart::Last(last) = part { Some(last) } else { None };
    // The languages of one act have the same paragraphs; where they differ, the longest counts.
    let Some(last) = parts().filter_map(last).max() else { return };
    let is_whole = |one: &&Member<'_, Paragraph>| one.part() == ParagraphPart::Last(last);
    let Some(whole) = group.members.iter().find(is_whole) else { return };
    for member in &group.members {
        let ParagraphPart::Cited(number) = member.part() else { continue };
        if number <= last {
            continue;
        }
        let act = quoted(&shown(whole.shown()));
        let has = counted(last as usize, "paragraph");
        findings
            .at(member.place(), format!("paragraph {number} of {act} is cited, which has {has}"))
            .label(whole.place(), format!("its last paragraph is {last}"))
            .help("correct the number of the paragraph, or cite the resolution that has it")
            .value(member.space())
            .value(member.normal())
            .value(number.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    const RESOLUTION: &str = "kind: resolution\nid: r\nsymbol: A/RES/65/901\nstatus: adopted\n\
                              operative: [{n: 1}, {n: 2}, {n: 3}]\n";

    /// The findings for this text, beside a resolution.
    fn found(resolution: &str, text: &str) -> usize {
        let files = [
            ("r.yaml".to_owned(), resolution.to_owned()),
            ("l.yaml".to_owned(), format!("kind: letter\nid: l\nparagraphs: [\"{text}\"]\n")),
        ];
        findings(&RULE, &files).len()
    }

    #[test]
    fn a_paragraph_beyond_the_last_is_reported() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: resolution
id: ports
symbol: A/RES/65/901
status: adopted
operative:
  - {n: 1, verb: Notes, text: the report}
  - {n: 2, verb: Decides, text: "to act on paragraph 2 of its resolution 65/901"}
#       ~ its last paragraph is 2
#       ~ its last paragraph is 2
=== b.yaml
kind: letter
id: second
paragraphs:
  - In paragraph 2 of General Assembly resolution 65/901 the Assembly decides.
  - In paragraphs 2 and 3 of General Assembly resolution 65/901 the Assembly decides.
#                       ^ warning: paragraph 3 of `A/RES/65/901` is cited, which has 2 paragraphs
  - See A/RES/65/901, para. 12.
#                           ^^ warning: paragraph 12 of `A/RES/65/901` is cited, which has 2 paragraphs
"#,
        );
    }

    #[test]
    fn paragraphs_of_references_are_compared() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: resolution
id: ports
symbol: A/RES/65/901
status: adopted
operative:
  - {n: 1, verb: Notes, text: the report}
#       ~ its last paragraph is 1
=== b.yaml
kind: letter
id: second
references:
  - {raw: paragraph 1 (c) of resolution 65/901, symbol: A/RES/65/901, paragraphNumber: 1 (c)}
  - {raw: paragraph 2 (c) of resolution 65/901, symbol: A/RES/65/901, paragraphNumber: 2 (c)}
#                                                                                      ^^^^^ warning: paragraph 2 of `A/RES/65/901` is cited, which has 1 paragraph
  - {raw: the annex, symbol: A/RES/65/901, paragraphNumber: annex}
"#,
        );
    }

    #[test]
    fn only_a_whole_and_final_list_counts() {
        let text = "See A/RES/65/901, para. 4.";
        assert_eq!(found(RESOLUTION, text), 1);
        for (from, to) in [
            ("status: adopted", "status: draft"),
            ("status: adopted", "status: provisional"),
            ("status: adopted\n", ""),
            ("{n: 2}, ", ""),
            ("{n: 3}", "{n: 3}, {verb: Notes}"),
            ("{n: 1}", "{n: 0}"),
            ("{n: 3}", "{n: 2 bis}"),
            ("[{n: 1}, {n: 2}, {n: 3}]", "[]"),
            ("operative: [{n: 1}, {n: 2}, {n: 3}]", "sections: [{operative: [{n: 1}]}]"),
            ("65/901", "65/902"),
        ] {
            let changed = RESOLUTION.replace(from, to);
            assert_ne!(changed, RESOLUTION);
            assert_eq!(found(&changed, text), 0, "{from}, {to}");
        }
    }

    #[test]
    fn paragraphs_that_are_there_or_of_other_parts_are_not_reported() {
        for text in [
            "See A/RES/65/901, para. 3.",
            "paragraph 4 of the annex to General Assembly resolution 65/901",
            "paragraph 4 of General Assembly resolution 65/902",
            "paragraph 4 of resolution 65/901",
        ] {
            assert_eq!(found(RESOLUTION, text), 0, "{text}");
        }
    }
}
