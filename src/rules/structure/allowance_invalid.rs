//! An allowance that allows nothing, because it cannot be understood.

use crate::{
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Judged, Rule, RuleId, RuleSet},
    suggest,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("allowance-invalid"),
    family: Family::Structure,
    summary: "an allowance without a reason, or of something that does not exist",
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
        findings.at(one.place, one.message.as_str()).id("form").help(one.help.as_str());
    }
    for (allowance, _) in &judged.usable {
        for (id, place) in allowance.rules.iter().filter(|(id, _)| rules.find(id).is_none()) {
            let is_family = Family::ALL.iter().any(|family| family.word() == id);
            let near = suggest::nearest(id, rules.ids());
            let help = match near {
                _ if is_family => {
                    "name the rules of the family whose findings are accepted".to_owned()
                }
                Some(near) => format!("did you mean `{near}`?"),
                None => "`rapporteur rules` lists every rule".to_owned(),
            };
            let message = format!("the allowance names `{}`, which is no rule", shown(id));
            findings.at(*place, message).help(help).value(id.as_str());
        }
        let is_in_record = allowance.scope.is_some();
        for (id, place) in
            allowance.rules.iter().filter(|(id, _)| is_refused(rules, id, is_in_record))
        {
            let message = format!("what `{id}` finds cannot be allowed here");
            findings.at(*place, message).id("refused").help(LEVEL).value(id.as_str());
        }
    }
}

const LEVEL: &str = "give the rule a level in the table `[rules]` of rapporteur.toml";

/// Whether the rule is about allowances themselves, or about the baseline, which lies in no record.
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
    fn a_comment_without_a_reason() {
        check(
            &RULE,
            &format!(
                "{RECORD}date: null # rapporteur: allow(speaker-tbc)\n#          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the allowance gives no reason\n"
            ),
        );
    }

    #[test]
    fn a_rule_that_does_not_exist() {
        check(
            &RULE,
            &format!(
                "{RECORD}date: null # rapporteur: allow(speaker-tbd) known\n#                              ^^^^^^^^^^^ error: the allowance names `speaker-tbd`, which is no rule\n"
            ),
        );
    }

    #[test]
    fn what_is_no_instruction_to_us() {
        check(
            &RULE,
            &format!(
                "# rapporteur: Mr. Andrei Popkov\n{RECORD}# Rapporteur: allow(speaker-tbc)\nbackground: \"# rapporteur: allow()\" # said the rapporteur: allow\nobjectives: |\n  # rapporteur: allow()\n"
            ),
        );
    }

    #[test]
    fn an_instruction_that_cannot_be_read() {
        for (comment, expected) in [
            ("# rapporteur: allow speaker-tbc", "the comment allows nothing"),
            ("# rapporteur: ignore(speaker-tbc)", "the comment allows nothing"),
            ("# rapporteur: allow()", "the allowance names no rule"),
            ("# rapporteur: allow(a,) b", "the allowance names no rule"),
        ] {
            let marks = "^".repeat(comment.len());
            let text =
                format!("{RECORD}date: null {comment}\n#          {marks} error: {expected}\n");
            check(&RULE, &text);
        }
    }

    #[test]
    fn a_comment_after_the_last_value() {
        check(
            &RULE,
            &format!(
                "{RECORD}\n  # rapporteur: allow(speaker-tbc) nothing follows\n# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: the comment stands at no value\n"
            ),
        );
    }

    #[test]
    fn a_member_of_the_wrong_form() {
        for (value, expected) in [
            (r#""speaker-tbc""#, "an allowance is an object"),
            (r"[7]", "an allowance is an object"),
            (r"{}", "the allowance names no rule"),
            (r#"{"rule": [], "reason": "r"}"#, "the allowance names no rule"),
            (r#"{"rule": 7, "reason": "r"}"#, "a rule is named by its id"),
            (r#"{"rule": "schema"}"#, "the allowance gives no reason"),
            (r#"{"rule": "schema", "reason": " "}"#, "the allowance gives no reason"),
            (
                r#"{"rule": "schema", "reason": "r", "note": 1}"#,
                "an allowance has no property `note`",
            ),
            (r#"{"rule": "schema", "reason": "r", "until": "soon"}"#, "`until` is no date"),
            (
                r#"{"rule": "schema", "reason": "r", "pointer": "/gone"}"#,
                "the pointer leads nowhere",
            ),
            (
                r#"{"rule": "shcema", "reason": "r"}"#,
                "the allowance names `shcema`, which is no rule",
            ),
        ] {
            let text = format!(r#"{{"id": "a", "kind": "background", "x-allow": {value}}}"#);
            let found = findings(&RULE, &[("a.json".to_owned(), text)]);
            let messages: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
            assert_eq!(messages, [expected], "{value}");
        }
    }
}
