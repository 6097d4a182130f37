//! A key that appears twice in one object.

use super::Places;
use crate::{
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    sources::SourceId,
    tree::{ProblemKind, Tree},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("duplicate-key"),
    family: Family::Structure,
    summary: "a key that appears twice in one object",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/duplicate-key.md"),
    options: &[],
    check: Check::Source(check),
};

fn check(tree: &Tree, source: SourceId, findings: &mut Findings<'_>) {
    let places = Places::of(tree, source);
    for problem in tree.problems() {
        let ProblemKind::DuplicateKey { key, first } = &problem.kind else {
            continue;
        };
        findings
            .at(
                places.at(problem.span),
                format!("the key `{}` appears a second time in this object", shown(key)),
            )
            .label(places.at(*first), "first here; most parsers silently drop this value")
            .help("keep one of the two keys, or rename one of them")
            .value(key.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn the_second_of_two_equal_keys_is_reported() {
        check(
            &RULE,
            r"
id: letter
#< first here; most parsers silently drop this value
id: letter-2
#< error: the key `id` appears a second time in this object
",
        );
    }

    #[test]
    fn the_finding_has_its_record_and_its_pointer() {
        let text = "[{\"id\": \"a\"},\n {\"id\": \"b\", \"kind\": \"letter\", \"x\": {\"y\": 1, \"y\": 2}}]";
        let found = crate::testing::findings(&RULE, &[("r.json".to_owned(), text.to_owned())]);
        let location = &found[0].location;
        assert_eq!((location.record.as_deref(), location.pointer.as_str()), (Some("b"), "/x/y"));
    }

    #[test]
    fn equal_keys_in_different_objects_are_accepted() {
        check(&RULE, "author: {name: A}\naddressee: {name: A}\n");
    }
}
