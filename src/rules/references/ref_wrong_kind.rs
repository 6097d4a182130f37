//! A reference that leads to a record of the wrong kind.

use std::collections::BTreeSet;

use crate::{
    corpus::{
        Group, Member,
        relation::{Key, key::KeyPart, link::LinkVerb},
    },
    finding::{Family, Severity},
    message::{listed, quoted},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-wrong-kind"),
    family: Family::References,
    summary: "a reference to a record of the wrong kind, as an `event` that is a letter",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ref-wrong-kind.md"),
    options: &[],
    check: Check::Group(&On::<Key>(check)),
};

fn check(group: &Group<'_, Key>, findings: &mut Findings<'_>) {
    let targets = || {
        let is_definition = |one: &&Member<'_, Key>| matches!(one.part(), KeyPart::Definition(_));
        group.members.iter().filter(is_definition)
    };
    // Without the kind of each record that defines the key, it is not known to be wrong.
    let Some(defined) = targets().map(Member::record_kind).collect::<Option<BTreeSet<&str>>>()
    else {
        return;
    };
    let Some(target) = targets().next() else { return };
    let mut seen = BTreeSet::new();
    for citing in &group.members {
        let wanted = wanted(citing);
        if wanted.is_empty() || wanted.iter().any(|kind| defined.contains(kind)) {
            continue;
        }
        if !seen.insert(citing.place()) {
            continue;
        }
        let found: Vec<String> = defined.iter().map(|kind| quoted(kind)).collect();
        let names: Vec<String> = wanted.iter().map(|kind| quoted(kind)).collect();
        let (found, names) = (listed(&found, "and"), listed(&names, "or"));
        let shown = quoted(citing.shown());
        findings
            .at(citing.place(), format!("{shown} is a record of kind {found}, not {names}"))
            .label(target.place(), "the record is here")
            .help(format!("name a record of kind {names}"))
            .value(citing.shown());
    }
}

/// The kinds of record that a citation may lead to. What a record supersedes is of its own kind, unless the schema says
/// otherwise.
fn wanted<'c>(citing: &Member<'c, Key>) -> Vec<&'c str> {
    let KeyPart::Citation(options) = citing.part() else { return Vec::new() };
    let kinds: Vec<&str> = citing.kinds().collect();
    if kinds.is_empty() && LinkVerb::of(options) == Some(LinkVerb::Supersedes) {
        return citing.record_kind().into_iter().collect();
    }
    kinds
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::RULE;
    use crate::{
        schema::Catalog,
        testing::{check, findings_with},
    };

    #[test]
    fn an_event_that_is_a_letter_is_reported() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
id: cover
#   ~~~~~ the record is here
event: forum
=== b.yaml
kind: event
id: forum
=== c.yaml
kind: statement
id: speech
event: cover
#      ^^^^^ error: `cover` is a record of kind `letter`, not `event`
=== d.yaml
kind: statement
event: unknown
"#,
        );
    }

    #[test]
    fn a_record_supersedes_one_of_its_own_kind() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
id: cover
supersedes: [draft-cover, agenda]
#                         ^^^^^^ error: `agenda` is a record of kind `programme`, not `letter`
=== b.yaml
kind: letter
id: draft-cover
=== c.yaml
kind: programme
id: agenda
#   ~~~~~~ the record is here
"#,
        );
    }

    #[test]
    fn one_of_several_kinds_is_enough_and_an_unknown_kind_is_not_reported() {
        let schema = json!({
            "x-record": {"id": "/id"},
            "properties": {
                "id": {"x-defines": "thing"},
                "for": {"x-cites": {"space": "thing", "kinds": ["sitting", "hearing"]}},
            },
        });
        let catalog = Catalog::without_bundled(&[("s.schema.json".to_owned(), schema.to_string())]);
        let found = |target: &str| {
            let record = |fields: &str| format!("{{\"$schema\": \"s.schema.json\", {fields}}}\n");
            let text = [
                record("\"kind\": \"hearing\", \"id\": \"h\""),
                record("\"kind\": \"note\", \"id\": \"n\""),
                record("\"id\": \"nameless\""),
                record(&format!("\"kind\": \"note\", \"for\": \"{target}\"")),
            ];
            let files = [("a.jsonl".to_owned(), text.concat())];
            let found = findings_with(&catalog, &RULE, &files);
            found.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        assert_eq!(found("h"), [""; 0]);
        assert_eq!(found("n"), ["`n` is a record of kind `note`, not `sitting` or `hearing`"]);
        assert_eq!(found("nameless"), [""; 0]);
        assert_eq!(found("absent"), [""; 0]);
    }
}
