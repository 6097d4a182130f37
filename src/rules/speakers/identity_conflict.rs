//! Two decisions on names that contradict each other.

use std::collections::HashMap;

use super::record_of;
use crate::{
    corpus::{Group, Member, Scope, relation::Decision},
    finding::{Family, Severity},
    message::contrasted,
    person,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    sources::SourceId,
    tree::NodeId,
    vocabulary::Identity,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("identity-conflict"),
    family: Family::Speakers,
    summary: "two decisions that contradict each other on whether two names are one person",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/identity-conflict.md"),
    options: &[],
    check: Check::Group(&On::<Decision>(check)),
};

fn check(group: &Group<'_, Decision>, findings: &mut Findings<'_>) {
    let decisions: Vec<&[Member<'_, Decision>]> =
        group.members.chunk_by(|a, b| decision_of(a) == decision_of(b)).collect();
    let numbered = decisions.iter().enumerate().flat_map(|(number, names)| {
        names.iter().map(move |name| (number, name.verdict(), person::spelling(name.name())))
    });
    let scope = Scope::of(numbered);
    let mut same: HashMap<String, &Member<'_, Decision>> = HashMap::new();
    for name in group.members.iter().filter(|name| name.verdict() == Identity::SameAs) {
        same.entry(person::spelling(name.name())).or_insert(name);
    }
    for names in decisions.iter().filter(|names| names[0].verdict() == Identity::Distinct) {
        let mut persons: HashMap<usize, (&Member<'_, Decision>, String)> = HashMap::new();
        for name in *names {
            let spelling = person::spelling(name.name());
            let Some(person) = scope.person(&spelling) else { continue };
            match persons.get(&person) {
                Some((other, known)) if *known != spelling => {
                    report(name, other, same.get(&spelling).copied(), findings);
                }
                Some(_) => {}
                None => {
                    persons.insert(person, (name, spelling));
                }
            }
        }
    }
}

fn report(
    name: &Member<'_, Decision>,
    other: &Member<'_, Decision>,
    same: Option<&Member<'_, Decision>>,
    findings: &mut Findings<'_>,
) {
    let [one, another] = contrasted(other.name(), name.name());
    let record = same.map_or_else(|| "another record".to_owned(), |same| record_of(same, name));
    let message = format!(
        "“{one}” and “{another}” are distinct in this decision, but the same person in a decision of {record}"
    );
    let reported = findings.at(name.place(), message);
    let reported = match same {
        Some(same) => reported.label(same.place(), "the same person in this decision"),
        None => reported,
    };
    reported
        .help("keep the right decision and remove the other one")
        .value(other.name())
        .value(name.name());
}

fn decision_of(name: &Member<'_, Decision>) -> (SourceId, u32, NodeId) {
    (name.source(), name.record(), name.decision())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        rule::Rule,
        rules::speakers,
        testing::{check, findings},
    };

    /// A record with these decisions.
    fn record(rest: &str, decisions: &[&str]) -> String {
        let decisions: Vec<String> = decisions
            .iter()
            .map(|decision| {
                format!("  - reason: asked\n    {}\n", decision.replace('\n', "\n    "))
            })
            .collect();
        format!(
            "kind: identities\ntitle: Decisions\nlanguage: en\n{rest}\ndecisions:\n{}",
            decisions.concat()
        )
        .replace("    #", "#")
    }

    const SAME: &str = "verdict: same-as\nnames:\n- Swing\n- William Swing\n#     ~~~~~~~~~~~~~ the same person in this decision";
    const DISTINCT: &str = "verdict: distinct\nnames:\n- Swing\n- Mr. William SWING\n#     ^^^^^^^^^^^^^^^^^ error: “Swing” and “Mr. William SWING” are distinct in this decision, but the same person in a decision of this record";
    const PLAIN: &str = "verdict: distinct\nnames: [Swing, William Swing]";

    #[test]
    fn same_and_distinct_decisions_on_two_names_are_reported() {
        check(&RULE, &record("", &[SAME, DISTINCT]));
        check(&RULE, &record("", &[DISTINCT, SAME]));
        check(
            &RULE,
            &format!(
                "=== a.yaml\n{}=== b.yaml\n{}",
                record("", &[SAME]),
                record("", &[&DISTINCT.replace("of this record", "of another record")])
            ),
        );
    }

    #[test]
    fn a_conflict_through_a_third_name_is_reported() {
        check(
            &RULE,
            &record(
                "",
                &[
                    "verdict: same-as\nnames: [A Berg, B Berg]",
                    "verdict: same-as\nnames:\n- B Berg\n- C Berg\n#     ~~~~~~ the same person in this decision",
                    "verdict: distinct\nnames:\n- A Berg\n- D Berg\n- C Berg\n#     ^^^^^^ error: “A Berg” and “C Berg” are distinct in this decision, but the same person in a decision of this record",
                ],
            ),
        );
    }

    #[test]
    fn decisions_that_agree_are_not_reported() {
        let same = "verdict: same-as\nnames: [Swing, William Swing]";
        check(&RULE, &record("", &[same, same]));
        check(&RULE, &record("", &[PLAIN, PLAIN, "verdict: distinct\nnames: [Swing, Swing]"]));
        check(&RULE, &record("", &[same, "verdict: distinct\nnames: [Swing, Jane Swing]"]));
    }

    #[test]
    fn a_decision_for_one_event_does_not_conflict_with_one_for_all() {
        let same = "verdict: same-as\nnames: [Swing, William Swing]";
        check(&RULE, &record("", &[same, &format!("event: debate\n{PLAIN}")]));
        check(
            &RULE,
            &record("", &[&format!("event: forum\n{same}"), &format!("event: debate\n{PLAIN}")]),
        );
        check(
            &RULE,
            &record(
                "",
                &[&format!("event: debate\n{SAME}"), &format!("event: debate\n{DISTINCT}")],
            ),
        );
    }

    #[test]
    fn withdrawn_decisions_are_ignored() {
        for status in ["status: cancelled", "status: superseded"] {
            let old = record(status, &["verdict: same-as\nnames: [Swing, William Swing]"]);
            check(&RULE, &format!("=== a.yaml\n{old}=== b.yaml\n{}", record("", &[PLAIN])));
        }
    }

    /// How much a rule finds in these records, with each decision and with none.
    fn counts(rule: &'static Rule, records: &[&str], names: &str) -> [usize; 4] {
        let count = |rest: &str, verdict: &str| {
            let mut files: Vec<(String, String)> = (0..)
                .zip(records)
                .map(|(number, record)| (format!("{number}.yaml"), (*record).to_owned()))
                .collect();
            if !verdict.is_empty() {
                let decision = format!("{rest}verdict: {verdict}\nnames: {names}");
                files.push(("decisions.yaml".to_owned(), record("", &[&decision])));
            }
            findings(rule, &files).len()
        };
        [
            count("", ""),
            count("", "same-as"),
            count("", "distinct"),
            count("event: forum\n", "same-as"),
        ]
    }

    fn statement(speaker: &str) -> String {
        format!("kind: statement\ntitle: S\nlanguage: en\nevent: debate\nspeaker: {{{speaker}}}\n")
    }

    #[test]
    fn decided_names_are_not_reported_as_variants_or_typos() {
        let (a, b) = (
            statement("name: William Swing, role: Chair"),
            statement("name: William Lacy Swing, role: Chair"),
        );
        let names = "[William SWING, William Lacy Swing]";
        assert_eq!(counts(&speakers::name_variant::RULE, &[&a, &b], names), [1, 0, 0, 1]);
        let typo = &speakers::name_possible_typo::RULE;
        let (a, b) = (
            statement("name: Thetis Mangahas, role: Chair"),
            statement("name: Thetis Mangahs, role: Chair"),
        );
        assert_eq!(counts(typo, &[&a, &b], "[Thetis Mangahas, Thetis Mangahs]"), [1, 0, 0, 1]);
    }

    #[test]
    fn offices_are_compared_according_to_decisions() {
        let rule = &speakers::speaker_details_differ::RULE;
        let (a, b) = (
            statement("name: Anna Berg, role: Director of Trade"),
            statement("name: Anna Berg, role: Director of Finance"),
        );
        assert_eq!(counts(rule, &[&a, &b], "[Anna Berg, Anna Berg]"), [1, 1, 0, 1]);
        // Names without a word in common meet all the same.
        let b = statement("name: A. Mountain, role: Director of Finance");
        assert_eq!(counts(rule, &[&a, &b], "[Anna Berg, A. Mountain]"), [0, 1, 0, 0]);
        assert_eq!(counts(rule, &[&a, &b, &a, &b], "[Anna Berg, A. Mountain]"), [0, 1, 0, 0]);
    }

    #[test]
    fn lists_and_bookings_follow_decisions() {
        let listed = |other: &str| {
            format!(
                "kind: programme\ntitle: P\nlanguage: en\nevent: debate\nslots:\n- {{title: One, speakers: [{{name: Anna Berg}}, {{name: {other}}}]}}\n"
            )
        };
        let rule = &speakers::speaker_listed_twice::RULE;
        assert_eq!(counts(rule, &[&listed("Anna Berg")], "[Anna Berg, Anna Berg]"), [1, 1, 0, 1]);
        assert_eq!(
            counts(rule, &[&listed("A. Mountain")], "[Anna Berg, A. Mountain]"),
            [0, 1, 0, 0]
        );
        let booked = |other: &str| {
            format!(
                "kind: programme\ntitle: P\nlanguage: en\nevent: debate\ndate: \"2011-05-19\"\nslots:\n- {{title: One, track: A, start: \"10:00\", end: \"11:00\", speakers: [{{name: Anna Berg, affiliation: ILO}}]}}\n- {{title: Two, track: B, start: \"10:00\", end: \"11:00\", speakers: [{{name: {other}}}]}}\n"
            )
        };
        let rule = &speakers::speaker_double_booked::RULE;
        assert_eq!(counts(rule, &[&booked("Anna Berg")], "[Anna Berg, Anna Berg]"), [1, 1, 0, 1]);
        assert_eq!(
            counts(rule, &[&booked("A. Mountain, affiliation: IOM")], "[Anna Berg, A. Mountain]"),
            [0, 1, 0, 0]
        );
    }
}
