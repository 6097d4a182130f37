//! A key that stands twice in one object.

use crate::{
    finding::{Family, Place, Severity},
    rule::{Check, Findings, Rule},
    schema::violations::shown,
    tree::{ProblemKind, Tree},
};

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-key",
    family: Family::Structure,
    summary: "a key that stands twice in one object",
    level: Some(Severity::Error),
    since: "0.1.0",
    page: include_str!("../../../docs/rules/duplicate-key.md"),
    check: Check::Source(check),
};

fn check(tree: &Tree, source: u32, findings: &mut Findings<'_>) {
    for problem in tree.problems() {
        let ProblemKind::DuplicateKey { key, first } = &problem.kind else {
            continue;
        };
        let place = |span| Place { source, record: None, node: None, span };
        findings
            .at(place(problem.span), format!("the key `{}` stands here a second time", shown(key)))
            .label(place(*first), "first here; most readers silently drop this one")
            .help("keep one of the two, or give one its own key")
            .value(key.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn the_second_of_two_equal_keys() {
        check(
            &RULE,
            r"
id: letter
#< first here; most readers silently drop this one
id: letter-2
#< error: the key `id` stands here a second time
",
        );
    }

    #[test]
    fn equal_keys_in_different_objects_are_fine() {
        check(&RULE, "author: {name: A}\naddressee: {name: A}\n");
    }
}
