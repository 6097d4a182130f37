//! A YAML scalar without quotes that other readers take for something else.

use crate::{
    finding::{Family, Place, Severity},
    rule::{Check, Findings, Rule},
    schema::violations::shown,
    tree::{ProblemKind, Tree},
};

pub(crate) static RULE: Rule = Rule {
    id: "ambiguous-scalar",
    family: Family::Structure,
    summary: "an unquoted YAML value that other readers take for something else",
    level: Some(Severity::Warning),
    since: "0.1.0",
    page: include_str!("../../../docs/rules/ambiguous-scalar.md"),
    check: Check::Source(check),
};

fn check(tree: &Tree, source: u32, findings: &mut Findings<'_>) {
    for problem in tree.problems() {
        let ProblemKind::AmbiguousScalar { here, elsewhere } = &problem.kind else {
            continue;
        };
        let written = shown(tree.source().slice(problem.span));
        let place = Place { source, record: None, node: None, span: problem.span };
        let message = format!("`{written}` is {here} in YAML 1.2 and {elsewhere} in YAML 1.1");
        findings
            .at(place, message)
            .help(format!("write it in quotes: \"{written}\""))
            .value(written);
    }
}
