//! A date in words that is not in the date format of United Nations documents.

use std::collections::BTreeSet;

use crate::{
    calendar::{self, Language, LongDate},
    fact::{DateText, Fact, Meaning, Record},
    finding::{Applicability, Family, Place, Severity},
    message::{shown, spelled_out},
    rule::{Check, Findings, Fix, Rule, RuleId},
    rules::quotation::Quotations,
    tree::{NodeId, NodeRef},
    vocabulary::{FactKinds, Form, Style},
};

/// The facts that it looks at.
const FACTS: FactKinds = FactKinds::DATE.or(FactKinds::DATE_MENTION).or(FactKinds::VALUE);

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("date-format"),
    family: Family::Times,
    summary: "a date in words that is not in the form of United Nations documents",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::Safe,
    page: include_str!("../../../docs/rules/date-format.md"),
    options: &[],
    check: Check::Facts(FACTS, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let is_ours = record.head.style == Style::House || findings.asked_for();
    let (mut reported, mut quotations) = (BTreeSet::new(), None);
    for fact in record.live() {
        let (text, place) = match &fact.meaning {
            Meaning::Value(Form::LongDate, text) if is_ours => (text.value, text.place),
            Meaning::Date(_, date) if is_ours => (date.text, date.place),
            Meaning::DateMention(date) if has_stray_comma(date) => {
                if is_quoted(date, fact, &mut quotations) {
                    continue;
                }
                (date.text, date.place)
            }
            _ => continue,
        };
        if reported.insert(place.span) {
            check_date(text.trim(), place, fact.node, findings);
        }
    }
}

/// Whether there is a comma before the year of a date that begins with the day. In every style it is
/// written after `May 19` or not at all, so that it is a slip in any text, unless it is quoted.
fn has_stray_comma(date: &DateText<'_>) -> bool {
    // Most dates in prose have no comma, or one behind their weekday only.
    let is_digit = |c: char| c.is_ascii_digit();
    if !date.text.trim_start_matches(|c| !is_digit(c)).contains(',') {
        return false;
    }
    let Ok(read) = calendar::long_date(date.text) else { return false };
    let written = date.text.get(read.date_span.range()).unwrap_or_default();
    written.starts_with(|c: char| c.is_ascii_digit()) && written.contains(',')
}

/// The quotations of the text that was looked at last, by its node.
pub(super) type Last<'t> = Option<(NodeId, Quotations<'t>)>;

/// Whether a date of this fact is between quotation marks.
pub(super) fn is_quoted<'t>(date: &DateText<'t>, fact: &Fact<'t>, last: &mut Last<'t>) -> bool {
    let prose = fact.node.as_str().unwrap_or_default();
    let known = last.take().filter(|(node, _)| *node == fact.node.id());
    let (_, quotations) =
        last.insert(known.unwrap_or_else(|| (fact.node.id(), Quotations::of(prose))));
    // The date is a part of the text.
    let at = date.text.as_ptr().addr().checked_sub(prose.as_ptr().addr());
    at.is_some_and(|at| quotations.contain(at))
}

fn check_date(text: &str, place: Place, node: NodeRef<'_>, findings: &mut Findings<'_>) {
    // A line in capitals is set so.
    let Ok(date) = calendar::long_date(text) else { return };
    if !text.contains(char::is_lowercase) {
        return;
    }
    let plain = text.to_lowercase();
    let forms = forms(&date);
    if forms.iter().any(|form| form.to_lowercase() == plain) {
        return;
    }
    let words: Vec<&str> = plain.split_whitespace().collect();
    let respaced = words.join(" ");
    let is_spacing = forms.iter().any(|form| form.to_lowercase() == respaced);
    let (id, message) = if is_spacing {
        ("spaces", format!("`{}` has other spaces than single plain ones", spelled_out(text)))
    } else {
        let text = shown(text);
        ("form", format!("`{text}` is not in the date format of United Nations documents"))
    };
    let finding = findings.at(place, message).id(id).value(text);
    if let Some(form) = forms.first() {
        finding.help(format!("write `{form}`")).replace(
            Applicability::Safe,
            (place, node, text),
            form.as_str(),
        );
    }
}

/// The forms of a date that are right, the best first.
fn forms(date: &LongDate) -> Vec<String> {
    let plain = calendar::long_in(date.date, date.language);
    let Some((weekday, _)) = date.weekday else { return vec![plain] };
    let weekday = calendar::weekday_name(weekday, date.language);
    match date.language {
        Language::English => vec![format!("{weekday}, {plain}")],
        Language::French => vec![format!("{weekday} {plain}")],
        Language::Spanish => vec![format!("{weekday}, {plain}"), format!("{weekday} {plain}")],
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    /// What is found in a programme with this date line, with the help.
    fn found(line: &str) -> Vec<(String, String)> {
        let text = format!("kind: programme\ndateLine: \"{line}\"\n");
        let found = findings(&RULE, &[("programme.yaml".into(), text)]);
        found.into_iter().map(|f| (f.message, f.help.unwrap_or_default())).collect()
    }

    #[test]
    fn united_nations_forms_are_not_reported() {
        for line in [
            "19 May 2011",
            "Thursday, 19 May 2011",
            "19 mai 2011",
            "1er mai 2011",
            "jeudi 19 mai 2011",
            "19 de mayo de 2011",
            "jueves, 19 de mayo de 2011",
            "Jueves 19 de mayo de 2011",
            "THURSDAY 19 MAY, 2011",
            // A weekday that is wrong is another matter.
            "Friday, 19 May 2011",
            // So is a date that is not full.
            "17-19 May 2011",
            "May 2011",
            "2011-05-19",
        ] {
            assert_eq!(found(line), [], "{line}");
        }
    }

    #[test]
    fn other_forms_are_reported_with_the_right_one() {
        for (line, right) in [
            ("Thursday 19 May, 2011", "Thursday, 19 May 2011"),
            ("Thursday 19 May 2011", "Thursday, 19 May 2011"),
            ("19 May, 2011", "19 May 2011"),
            ("May 19, 2011", "19 May 2011"),
            ("19th May 2011", "19 May 2011"),
            ("09 May 2011", "9 May 2011"),
            ("1 mai 2011", "1er mai 2011"),
            ("jeudi, 19 mai 2011", "jeudi 19 mai 2011"),
            ("19 mayo 2011", "19 de mayo de 2011"),
        ] {
            let message = format!("`{line}` is not in the date format of United Nations documents");
            assert_eq!(found(line), [(message, format!("write `{right}`"))]);
        }
    }

    #[test]
    fn no_break_and_double_spaces_are_reported() {
        for line in ["19\u{a0}May 2011", "19 May  2011"] {
            let found = found(line);
            assert!(found[0].0.ends_with("has other spaces than single plain ones"), "{found:?}");
            assert_eq!(found[0].1, "write `19 May 2011`");
        }
    }

    #[test]
    fn in_prose_only_stray_commas_are_reported() {
        check(
            &RULE,
            r"
kind: letter
paragraphs:
  - It takes place on Thursday 19 May, 2011.
#                     ^^^^^^^^^^^^^^^^^^^^^ info: `Thursday 19 May, 2011` is not in the date format of United Nations documents
  - It takes place on Thursday, 19 May 2011, on May 19, 2011 and on Thursday 19 May 2011.
  - The minutes say “on 19 May, 2011” and no more.
",
        );
    }

    #[test]
    fn records_in_another_style_are_reported_only_on_request() {
        check(&RULE, "kind: statement\ndateLine: May 19, 2011\n");
        check(&RULE, "kind: programme\nstatus: cancelled\ndateLine: May 19, 2011\n");
    }
}
