//! A record that supersedes or answers a later one.

use std::collections::BTreeSet;

use crate::{
    calendar,
    corpus::{
        Group, Member,
        relation::{Key, key::KeyPart, link::LinkVerb},
    },
    finding::{Family, Severity},
    message::quoted,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    vocabulary::Status,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-to-later"),
    family: Family::References,
    summary: "a record that supersedes or answers a later one",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ref-to-later.md"),
    options: &[],
    check: Check::Group(&On::<Key>(check)),
};

fn check(group: &Group<'_, Key>, findings: &mut Findings<'_>) {
    let targets: Vec<&Member<'_, Key>> =
        group.members.iter().filter(|one| matches!(one.part(), KeyPart::Definition(_))).collect();
    // Of several records with the key, the earliest may be meant.
    let dates: Option<Vec<_>> = targets.iter().map(|one| one.record_first_date()).collect();
    let Some((begun, target)) =
        dates.and_then(|dates| dates.into_iter().zip(targets).min_by_key(|(date, _)| *date))
    else {
        return;
    };
    let mut seen = BTreeSet::new();
    for citing in &group.members {
        let Some(verb) = follows(citing).filter(|_| !is_undated(citing) && !is_undated(target))
        else {
            continue;
        };
        let Some(written) = citing.record_date().filter(|written| *written < begun) else {
            continue;
        };
        if !seen.insert(citing.place()) {
            continue;
        }
        let (shown, verb) = (quoted(citing.shown()), verb.word());
        let (begun, written) = (calendar::long(begun), calendar::long(written));
        let message = format!("this record of {written} {verb} {shown}, which is dated {begun}");
        findings
            .at(citing.place(), message)
            .label(target.place(), "the later record is here")
            .help("check the reference, and the dates of both records")
            .value(citing.shown());
    }
}

/// What a record does with an earlier one.
fn follows(citing: &Member<'_, Key>) -> Option<LinkVerb> {
    let KeyPart::Citation(options) = citing.part() else { return None };
    LinkVerb::of(options).filter(|verb| matches!(verb, LinkVerb::Supersedes | LinkVerb::Answers))
}

/// Whether the date of the record may still change, or may be that of an original.
fn is_undated(member: &Member<'_, Key>) -> bool {
    matches!(member.record_status(), Some(Status::Cancelled | Status::Draft | Status::Reissued))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    #[test]
    fn a_record_that_supersedes_a_later_one_is_reported() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
id: early
date: "2011-03-01"
supersedes: [late, same-day, undated, reissue]
#            ^^^^ warning: this record of 1 March 2011 supersedes `late`, which is dated 2 March 2011
=== b.yaml
kind: letter
id: late
#   ~~~~ the later record is here
date: "2011-03-02"
supersedes: [early]
=== c.yaml
kind: letter
id: same-day
date: "2011-03-01"
=== d.yaml
kind: letter
id: undated
date: null
=== e.yaml
kind: letter
id: reissue
status: reissued
date: "2011-03-02"
"#,
        );
    }

    #[test]
    fn other_links_may_lead_to_later_records() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
id: invitation
date: "2011-03-01"
event: forum
encloses: [{raw: programme, record: programme}]
references: [{raw: the programme, record: programme}]
=== b.yaml
kind: event
id: forum
start: "2011-05-19"
=== c.yaml
kind: letter
id: programme
date: "2011-05-01"
"#,
        );
    }
}
