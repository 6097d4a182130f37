//! A placeholder in a title or a text of a finished record.

use std::ops::Range;

use memchr::memmem;

use crate::{
    fact::{Meaning, Record, Text},
    finding::{Family, Severity},
    message::in_context,
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{FactKinds, Status, TextKind},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("placeholder-text"),
    family: Family::Structure,
    summary: "a placeholder such as `TBD` or `??` in a title or a text of a finished record",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/placeholder-text.md"),
    options: &[],
    check: Check::Facts(FactKinds::TEXT, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    if !record.head.state().is_some_and(Status::is_finished) {
        return;
    }
    for fact in record.live() {
        let Meaning::Text(kind, text) = &fact.meaning else { continue };
        if let Some((range, is_certain)) = placeholder(text.value, *kind) {
            report(*text, range, is_certain, findings);
        }
    }
}

fn report(text: Text<'_>, range: Range<usize>, is_certain: bool, findings: &mut Findings<'_>) {
    let written = &text.value[range.clone()];
    let message = if written.len() == text.value.len() {
        format!("“{written}” is a placeholder, not a text")
    } else {
        format!("{} has the placeholder `{written}`", in_context(text.value, range.clone()))
    };
    let finding = findings.at(text.part(range.start, range.len()), message);
    let finding = finding.help("write what is known now, or remove the text").value(written);
    if !is_certain {
        finding.severity(Severity::Info);
    }
}

/// Texts that are placeholders as a whole, in small letters.
const WHOLE: [&str; 9] = [
    "tba",
    "tbc",
    "tbd",
    "to be added",
    "to be announced",
    "to be completed",
    "to be confirmed",
    "to be decided",
    "to be determined",
];

/// Placeholders of three capitals.
const CAPITALS: [&str; 3] = ["TBA", "TBC", "TBD"];

/// The first placeholder of a text, and whether it is one for certain. In running text, minutes may well record that something
/// was still to be decided.
fn placeholder(text: &str, kind: TextKind) -> Option<(Range<usize>, bool)> {
    let whole = text.trim().trim_matches(['(', ')', '[', ']', '.', '?']);
    if whole.len() <= WHOLE[8].len() && WHOLE.iter().any(|one| whole.eq_ignore_ascii_case(one)) {
        return Some((0..text.len(), true));
    }
    if let Some(marks) = question_marks(text) {
        return Some((marks, true));
    }
    memmem::find_iter(text.as_bytes(), "TB").find_map(|start| {
        let range = start..start + CAPITALS[0].len();
        let capitals = text.get(range.clone())?;
        let is_one = CAPITALS.contains(&capitals) && is_apart(text, &range);
        (is_one && (!kind.is_running() || capitals == "TBD")).then_some((range, !kind.is_running()))
    })
}

/// Two or more question marks that are no end of a question.
fn question_marks(text: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(at) = memmem::find(text.get(from..)?.as_bytes(), b"??") {
        let start = from + at;
        let len = text[start..].bytes().take_while(|byte| *byte == b'?').count();
        let range = start..start + len;
        if is_apart(text, &range) {
            return Some(range);
        }
        from = range.end;
    }
    None
}

/// Whether a part of a text is a word of its own: before it is a blank, a bracket or nothing, and after it no letter or digit.
fn is_apart(text: &str, part: &Range<usize>) -> bool {
    let before = text[..part.start].chars().next_back();
    let after = text[part.end..].chars().next();
    before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | ':' | '“' | '"'))
        && after.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '-' | '&' | '/' | '+'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::check as check_record;

    fn minutes(rest: &str) {
        check_record(&RULE, &format!("kind: minutes\n{rest}\n"));
    }

    #[test]
    fn placeholders_in_a_finished_record_are_reported() {
        minutes(
            r"status: final
title: Minutes of the meeting on TBD
#                                ^^^ warning: `Minutes of the meeting on TBD` has the placeholder `TBD`
items:
  - title: TBC
#          ^^^ warning: “TBC” is a placeholder, not a text
    paragraphs:
      - The motion of ?? was put.
#                     ^^ warning: `The motion of ?? was put.` has the placeholder `??`
      - The date of the next meeting is TBD.
#                                       ^^^ info: `…date of the next meeting is TBD.` has the placeholder `TBD`
      - Who said so?? The chair asked twice.
      - The date of the next meeting (TBC) was noted.",
        );
    }

    #[test]
    fn drafts_and_records_without_a_status_are_silent() {
        for status in ["draft", "provisional", "cancelled", "null"] {
            minutes(&format!("status: {status}\ntitle: TBD\nitems: [{{title: ??}}]"));
        }
    }

    #[test]
    fn a_placeholder_is_a_word_of_its_own() {
        let found =
            |text: &str| placeholder(text, TextKind::Line).map(|(range, _)| text[range].to_owned());
        for (text, written) in [
            ("To be confirmed", "To be confirmed"),
            ("[tbd]", "[tbd]"),
            ("Room: ??", "??"),
            ("Opening (TBA)", "TBA"),
            ("Panel 2 ???, continued", "???"),
        ] {
            assert_eq!(found(text).as_deref(), Some(written), "{text}");
        }
        for text in [
            "Really??",
            "TBD-1 forms",
            "ATBD",
            "What is to be decided",
            "TBDs",
            "To be or not to be?",
            "(?)",
            "Is it so ?",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
