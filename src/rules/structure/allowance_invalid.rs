//! A suppression that has no effect, because it is malformed.

use crate::{
    finding::{Family, Severity},
    message::{did_you_mean, quoted},
    rule::{Check, Findings, Fix, Judged, Rule, RuleId, RuleSet},
    suggest,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("allowance-invalid"),
    family: Family::Structure,
    summary: "a suppression that is malformed, names an unknown rule or gives no reason",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/allowance-invalid.md"),
    options: &[],
    check: Check::Allowances(check),
};

fn check(judged: &Judged<'_>, findings: &mut Findings<'_>) {
    let rules = judged.rules;
    for one in judged.unusable {
        let finding = findings.at(one.place, one.message.as_str()).id("form");
        let finding = finding.help(one.help.as_str());
        if one.is_near_miss {
            finding.severity(Severity::Warning);
        }
    }
    for (allowance, _) in &judged.usable {
        for (id, place) in allowance.rules.iter().filter(|(id, _)| rules.find(id).is_none()) {
            let is_family = Family::ALL.iter().any(|family| family.word() == id);
            let near = suggest::nearest(id, rules.ids());
            let help = match near {
                _ if is_family => {
                    "name the rules of the family; `rapporteur rules` lists them".to_owned()
                }
                Some(near) => did_you_mean(near),
                None => "`rapporteur rules` lists every rule".to_owned(),
            };
            let what = if is_family { "a family of rules, not a rule" } else { "not a rule" };
            let message = format!("{} is {what}", quoted(id));
            findings.at(*place, message).help(help).value(id.as_str());
        }
        let is_in_record = allowance.scope.is_some();
        for (id, place) in
            allowance.rules.iter().filter(|(id, _)| is_refused(rules, id, is_in_record))
        {
            let message = format!("findings of `{id}` cannot be suppressed here");
            findings.at(*place, message).id("refused").help(LEVEL).value(id.as_str());
        }
    }
}

const LEVEL: &str = "set the level of the rule under `[rules]` in rapporteur.toml";

/// Whether the rule is about suppressions themselves, or about the baseline, which is not in a record.
fn is_refused(rules: &RuleSet, id: &str, is_in_record: bool) -> bool {
    let is_about_them =
        rules.find(id).is_some_and(|rule| matches!(rule.check, Check::Allowances(_)));
    is_about_them && (is_in_record || id != "baseline-stale")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    const RECORD: &str = "id: a\nkind: background\ntitle: On migration\nlanguage: en\n";

    #[test]
    fn a_comment_without_a_reason_is_reported() {
        check(
            &RULE,
            &format!(
                "{RECORD}date: null # rapporteur: allow(speaker-tbc)\n#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the suppression of `speaker-tbc` gives no reason\n"
            ),
        );
    }

    #[test]
    fn an_unknown_rule_is_reported() {
        check(
            &RULE,
            &format!(
                "{RECORD}date: null # rapporteur: allow(speaker-tbd) known\n#                              ^^^^^^^^^^^ error: `speaker-tbd` is not a rule\n"
            ),
        );
    }

    #[test]
    fn comments_that_only_mention_a_rapporteur_are_accepted() {
        check(
            &RULE,
            &format!(
                "# rapporteur: Mr. Andrei Popkov\n{RECORD}# Rapporteur: the chair allows it\n# see rapporteur (the tool)\n# rapporteur allow lists\nbackground: \"# rapporteur: allow()\" # said the rapporteur: allow\nobjectives: |\n  # rapporteur: allow()\n"
            ),
        );
    }

    #[test]
    fn a_comment_without_a_rule_is_reported() {
        for (comment, expected) in [
            ("# rapporteur: allow()", "the suppression names no rule"),
            ("# rapporteur: allow(a,) b", "the suppression names no rule"),
        ] {
            let marks = "^".repeat(comment.len());
            let text =
                format!("{RECORD}date: null {comment}\n#          {marks} error: {expected}\n");
            check(&RULE, &text);
        }
    }

    #[test]
    fn a_near_miss_is_reported_with_the_right_form() {
        for (comment, severity) in [
            ("# rapporteur: allow speaker-tbc", "error"),
            ("# rapporteur: allow [speaker-tbc]", "error"),
            ("# rapporteur: Allow(Speaker_TBC) agreed", "error"),
            ("# rapporteur: ignore(speaker-tbc)", "error"),
            ("# rapporteur: ignore[speaker-tbc]", "warning"),
            ("# rapporteur: disable speaker-tbc", "warning"),
            ("# rapporteur allow(speaker-tbc) agreed", "warning"),
            ("# Rapporteur: allow(speaker-tbc) agreed", "warning"),
            ("# Rapporteur: allow speaker-tbc", "warning"),
        ] {
            let text = format!("{RECORD}date: null {comment}\n");
            let found = findings(&RULE, &[("a.yaml".to_owned(), text)]);
            let [one] = found.as_slice() else { panic!("{comment}: {found:?}") };
            assert_eq!(one.message, format!("the comment `{comment}` suppresses nothing"));
            let help = "write `# rapporteur: allow(speaker-tbc) reason`";
            assert_eq!(
                (one.severity.word(), one.help.as_deref()),
                (severity, Some(help)),
                "{comment}"
            );
        }
    }

    #[test]
    fn a_comment_after_the_last_value_is_reported() {
        check(
            &RULE,
            &format!(
                "{RECORD}\n  # rapporteur: allow(speaker-tbc) nothing follows\n# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the comment is not next to a value\n"
            ),
        );
    }

    #[test]
    fn a_malformed_member_is_reported() {
        for (value, expected) in [
            (r#""speaker-tbc""#, "a suppression must be an object"),
            (r"[7]", "a suppression must be an object"),
            (r"{}", "the suppression names no rule"),
            (r#"{"rule": [], "reason": "r"}"#, "the suppression names no rule"),
            (r#"{"rule": 7, "reason": "r"}"#, "`rule` must be the id of a rule"),
            (r#"{"rule": "schema"}"#, "the suppression of `schema` gives no reason"),
            (r#"{"rule": "schema", "reason": " "}"#, "the suppression of `schema` gives no reason"),
            (r#"{"rules": "schema", "reason": "r"}"#, "`rules` is not a property of a suppression"),
            (
                r#"{"rule": "schema", "reason": "r", "note": 1}"#,
                "`note` is not a property of a suppression",
            ),
            (
                r#"{"rule": "schema", "reason": "r", "until": "soon"}"#,
                "`until` is `soon`, which is not a date",
            ),
            (
                r#"{"rule": "schema", "reason": "r", "pointer": "/gone"}"#,
                "the pointer `/gone` does not lead to a value",
            ),
            (r#"{"rule": "shcema", "reason": "r"}"#, "`shcema` is not a rule"),
        ] {
            let text = format!(r#"{{"id": "a", "kind": "background", "x-allow": {value}}}"#);
            let found = findings(&RULE, &[("a.json".to_owned(), text)]);
            let messages: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
            assert_eq!(messages, [expected], "{value}");
        }
    }
}
