//! Records that supersede, answer or enclose each other in a circle.

use crate::{
    corpus::{
        Group, Member,
        relation::{Link, link},
    },
    finding::{Family, Severity},
    message::record_or,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ref-circular"),
    family: Family::References,
    summary: "a record that supersedes, answers or encloses itself, directly or through others",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ref-circular.md"),
    options: &[],
    check: Check::Group(&On::<Link>(check)),
};

fn check(group: &Group<'_, Link>, findings: &mut Findings<'_>) {
    for circle in link::circles(&group.members) {
        // The circle begins at its first link in the order of the files, wherever the search began.
        let Some(first) = (0..circle.len()).min_by_key(|at| circle[*at]) else { continue };
        let rotated = circle[first..].iter().chain(&circle[..first]);
        let links: Vec<&Member<'_, Link>> = rotated.map(|at| &group.members[*at]).collect();
        let Some((first, others)) = links.split_first() else { continue };
        let verb = first.verb().word();
        let mut finding = findings
            .at(first.place(), message(first, others))
            .help("correct the reference, or remove it");
        for other in others {
            let name = record_or(other.record_id(), "this record");
            finding = finding.label(other.place(), format!("{name} {verb} the next one here"));
        }
        for link in links {
            finding = finding.value(link.record_id().unwrap_or_default());
        }
    }
}

/// `a supersedes b, which supersedes a`.
fn message(first: &Member<'_, Link>, others: &[&Member<'_, Link>]) -> String {
    let name = |member: &Member<'_, Link>| record_or(member.record_id(), "another record");
    let verb = first.verb().word();
    let start = record_or(first.record_id(), "this record");
    match others {
        [] => format!("{start} {verb} itself"),
        [other] => format!("{start} {verb} {}, which {verb} {start}", name(other)),
        [second, .., last] => format!(
            "{start} {verb} {}, and so on in a circle of {} records to {}, which {verb} {start}",
            name(second),
            others.len() + 1,
            name(last)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings_with};

    #[test]
    fn a_record_that_supersedes_itself_is_reported() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
id: first-note
supersedes: [first-note]
#            ^^^^^^^^^^ error: first-note supersedes itself
=== b.yaml
kind: letter
id: second-note
supersedes: [first-note]
"#,
        );
    }

    #[test]
    fn links_between_items_of_one_record_are_not_links_of_the_record() {
        let schema = r#"{"x-record": {"id": "/id"}, "properties": {"kind": {"const": "notes"}, "id": {},
            "actions": {"items": {"properties": {"id": {"x-defines": "action"},
                "after": {"x-cites": {"space": "action", "relation": "answers"}}}}}}}"#;
        let catalog = crate::schema::Catalog::new(&[("notes.json".to_owned(), schema.to_owned())]);
        let text = "kind: notes\nid: call\nactions: [{id: A-1}, {id: A-2, after: A-1}]\n";
        let found = findings_with(&catalog, &RULE, &[("a.yaml".to_owned(), text.to_owned())]);
        assert_eq!(found.len(), 0, "{found:?}");
    }

    #[test]
    fn a_circle_is_reported_once_at_its_first_link() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
id: one
supersedes: [outside, two]
#                     ^^^ error: one supersedes two, which supersedes one
=== b.yaml
kind: letter
id: two
supersedes: [one]
#            ~~~ two supersedes the next one here
=== c.yaml
kind: letter
id: three
supersedes: [one, two]
"#,
        );
    }

    #[test]
    fn a_circle_of_three_is_found_wherever_it_begins() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
id: start
supersedes: [x]
=== b.yaml
kind: letter
id: x
supersedes: [y]
#            ^ error: x supersedes y, and so on in a circle of 3 records to z, which supersedes x
=== c.yaml
kind: letter
id: y
supersedes: [z]
#            ~ y supersedes the next one here
=== d.yaml
kind: letter
id: z
supersedes: [x]
#            ~ z supersedes the next one here
"#,
        );
    }

    #[test]
    fn a_chain_and_two_ways_to_one_record_are_no_circle() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
id: final
supersedes: [draft, revised]
=== b.yaml
kind: letter
id: revised
supersedes: [draft]
=== c.yaml
kind: letter
id: draft
=== d.yaml
kind: letter
id: reply
references: [{raw: this letter, record: reply}]
"#,
        );
    }

    #[test]
    fn circles_of_two_relations_are_not_joined() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: letter
id: cover
encloses: [{raw: the note, record: note}]
=== b.yaml
kind: letter
id: note
supersedes: [cover]
=== c.yaml
kind: letter
id: parcel
encloses: [{raw: itself, record: parcel}]
#                                ^^^^^^ error: parcel encloses itself
"#,
        );
    }
}
