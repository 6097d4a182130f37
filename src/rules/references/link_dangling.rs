//! A link to a file of the project that is not there, or to a heading that its file does not have.

use crate::{
    finding::{Family, Severity},
    message::{did_you_mean, quoted, shown},
    rule::{Absent, Check, Dangling, Findings, Fix, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("link-dangling"),
    family: Family::References,
    summary: "a link to a file of the project that does not exist, or to a heading that its file does not have",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/link-dangling.md"),
    options: &[],
    check: Check::Links(check),
};

fn check(link: &Dangling<'_>, findings: &mut Findings<'_>) {
    let (message, help, near, id) = match &link.missing {
        Absent::File { path, near } => (
            format!("the link leads to {}, which does not exist", quoted(path)),
            "correct the link, or add the file",
            near,
            "file",
        ),
        Absent::Heading { path, anchor, near } => (
            format!(
                "{} has no heading for the anchor {}",
                quoted(path),
                quoted(&format!("#{anchor}"))
            ),
            "correct the anchor, or the heading",
            near,
            "heading",
        ),
    };
    let near = near.as_ref().map(|near| did_you_mean(&shown(near)));
    findings
        .at(link.place, message)
        .help(near.unwrap_or_else(|| help.to_owned()))
        .id(id)
        .value(link.written);
}
