//! A record of which nothing says what kind it is.

use crate::{
    finding::{Family, Place, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    schema::{Outcome, Shape, Unknown},
    tree::NodeRef,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("unknown-kind"),
    family: Family::Structure,
    summary: "a record of which nothing says what kind it is",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/unknown-kind.md"),
    options: &[],
    check: Check::Shape(check),
};

fn check(shape: &Shape<'_>, findings: &mut Findings<'_>) {
    let Outcome::Unknown { why, kinds } = &shape.outcome else {
        return;
    };
    let at =
        |node: NodeRef<'_>| Place { node: Some(node.id()), span: node.inner_span(), ..shape.place };
    let known = || format!("the kinds are {}", kinds.join(", "));
    match *why {
        Unknown::NotAnObject => {
            let found = shape.node.kind().word();
            findings
                .at(shape.place, format!("a record is an object, and this is {found}"))
                .id("no-object");
        }
        Unknown::NoKind => {
            findings
                .at(shape.place, "the record does not say of which `kind` it is")
                .id("no-kind")
                .help(format!("{}; or give its files a schema in `rapporteur.toml`", known()));
        }
        Unknown::Kind(node) => {
            let kind = node.scalar_text().unwrap_or_default();
            let near = crate::suggest::nearest(kind, kinds.iter().map(String::as_str));
            findings
                .at(at(node), format!("there is no kind `{}`", shown(kind)))
                .help(near.map_or_else(known, |near| format!("did you mean `{near}`?")))
                .value(kind);
        }
        Unknown::Schema(node) => {
            let name = node.as_str().unwrap_or_default();
            findings
                .at(
                    at(node),
                    format!(
                        "`$schema` names `{}`, which is no schema of this project",
                        shown(name)
                    ),
                )
                .help("give it in `rapporteur.toml`, as the `schema` of a `[[records]]` entry")
                .id("schema")
                .value(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn a_kind_that_does_not_exist() {
        check(
            &RULE,
            r"
id: letter
kind: leter
#     ^^^^^ error: there is no kind `leter`
",
        );
    }

    #[test]
    fn no_kind_at_all() {
        check(&RULE, "id: letter\n#< error: the record does not say of which `kind` it is\n");
    }

    #[test]
    fn a_list_of_what_are_no_records() {
        check(&RULE, "- 12\n# ^ error: a record is an object, and this is a number\n");
    }

    #[test]
    fn a_known_kind_is_fine() {
        check(&RULE, "kind: letter\n");
    }
}
