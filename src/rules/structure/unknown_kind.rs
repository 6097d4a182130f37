//! A record whose kind cannot be determined.

use crate::{
    finding::{Family, Place, Severity},
    message::{did_you_mean, quoted},
    rule::{Check, Findings, Fix, Rule, RuleId},
    schema::{Outcome, Shape, Unknown},
    tree::NodeRef,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("unknown-kind"),
    family: Family::Structure,
    summary: "a record whose kind cannot be determined",
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
                .at(shape.place, format!("a record must be an object, but this is {found}"))
                .id("no-object");
        }
        Unknown::NoKind => {
            findings
                .at(shape.place, "the record has no `kind`, and its file has no schema")
                .id("no-kind")
                .help(format!(
                    "add a `kind` ({}), or set a `schema` for the file in `rapporteur.toml`",
                    known()
                ));
        }
        Unknown::Kind(node) => {
            let Some(kind) = node.scalar_text() else {
                findings
                    .at(
                        at(node),
                        format!("the kind of the record is {}, not a text", node.kind().word()),
                    )
                    .id("kind")
                    .help(known());
                return;
            };
            let near = crate::suggest::nearest(kind, kinds.iter().map(String::as_str));
            findings
                .at(at(node), format!("{} is not a known kind", quoted(kind)))
                .help(near.map_or_else(known, did_you_mean))
                .value(kind);
        }
        Unknown::Schema(node) => {
            let name = node.as_str().unwrap_or_default();
            findings
                .at(
                    at(node),
                    format!("`$schema` names {}, which is not a schema here", quoted(name)),
                )
                .help("set it as the `schema` of a `[[records]]` entry in `rapporteur.toml`")
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
    fn an_unknown_kind_is_reported() {
        check(
            &RULE,
            r"
id: letter
kind: leter
#     ^^^^^ error: `leter` is not a known kind
",
        );
    }

    #[test]
    fn a_missing_kind_is_reported() {
        check(
            &RULE,
            "id: letter\n#< error: the record has no `kind`, and its file has no schema\n",
        );
    }

    #[test]
    fn a_list_item_that_is_not_an_object_is_reported() {
        check(&RULE, "- 12\n# ^ error: a record must be an object, but this is a number\n");
    }

    #[test]
    fn a_known_kind_is_accepted() {
        check(&RULE, "kind: letter\n");
    }
}
