//! A panel or a round table without a chair.

use std::collections::BTreeSet;

use super::{OPEN, live, nobodies, speakers, upwards};
use crate::{
    fact::{Expects, Meaning, Record, Speaker},
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
    tree::{NodeId, NodeRef},
    vocabulary::{Expected, FactKinds},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("slot-without-chair"),
    family: Family::Speakers,
    summary: "a panel or a round table without a chair",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/slot-without-chair.md"),
    options: &[],
    check: Check::Facts(FactKinds::LACK, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    // Most records have a chair wherever one is expected.
    if !live(record).iter().any(|fact| is_unmet(&fact.meaning)) {
        return;
    }
    let mut filled: BTreeSet<NodeId> = BTreeSet::new();
    let mut chaired: BTreeSet<NodeId> = BTreeSet::new();
    for (fact, speaker) in speakers(record) {
        filled.extend(upwards(fact.node, record).map(NodeRef::id));
        if says_chair(speaker) {
            chaired.extend(upwards(fact.node, record).map(NodeRef::id));
        }
    }
    for fact in live(record) {
        let Meaning::Expects(expects) = &fact.meaning else { continue };
        let node = fact.node.id();
        // Without any name, the missing speakers are the mistake.
        if !is_unmet(&fact.meaning)
            || !filled.contains(&node)
            || chaired.contains(&node)
            || is_in_label(expects)
            || is_list_without_names(record, expects)
        {
            continue;
        }
        let message = format!("no chair for {}", record.name_of_lacking(expects));
        let finding = findings.at(expects.place, message).help("name a chair or a moderator");
        if expects.is_usual {
            finding.severity(Severity::Info);
        } else if record.head.is_open() {
            finding.stages(OPEN);
        }
    }
}

/// Whether the chairs are listed without a name: another rule reports the entries.
fn is_list_without_names(record: &Record<'_>, expects: &Expects<'_>) -> bool {
    let list = expects.value.map(NodeRef::id);
    list.is_some() && nobodies(record).any(|(fact, _)| fact.node.parent().map(NodeRef::id) == list)
}

/// Whether a chair is expected, and none is there.
fn is_unmet(meaning: &Meaning<'_>) -> bool {
    matches!(meaning, Meaning::Expects(expects) if expects.what == Expected::Chair && expects.found == 0)
}

/// What those who chair are called in lists of speakers.
const CHAIRS: [&str; 24] = [
    "animateur",
    "animatrice",
    "chair",
    "chairman",
    "chairperson",
    "chairwoman",
    "co-chair",
    "co-chairperson",
    "co-moderator",
    "facilitador",
    "facilitadora",
    "facilitateur",
    "facilitatrice",
    "facilitator",
    "moderador",
    "moderadora",
    "moderator",
    "modérateur",
    "modératrice",
    "panel chair",
    "presidenta de la mesa",
    "presidente de la mesa",
    "président de séance",
    "présidente de séance",
];

/// What follows such a word when the chair is meant: the panel, not an office elsewhere.
const OF_THE_SLOT: [&str; 8] = [
    " of the debate",
    " of the discussion",
    " of the meeting",
    " of the panel",
    " of the round table",
    " of the roundtable",
    " of the session",
    " of this panel",
];

/// Whether a name, an office or a capacity says that the speaker chairs.
fn says_chair(speaker: &Speaker<'_>) -> bool {
    let texts = [speaker.name, speaker.role, speaker.capacity];
    texts.into_iter().flatten().any(|text| {
        let text = text.value.to_lowercase();
        text.split([',', ';', ':', '(', ')', '[', ']', '/', '–']).any(|part| {
            let part = part.trim().trim_start_matches("as ");
            let part = OF_THE_SLOT.iter().find_map(|tail| part.strip_suffix(tail)).unwrap_or(part);
            CHAIRS.contains(&part)
        })
    })
}

/// The beginnings of what a title says of its chair.
const IN_TITLES: [&str; 11] = [
    "animé",
    "chair:",
    "chaired by",
    "facilitated by",
    "moderad",
    "moderated by",
    "moderator:",
    "modéra",
    "modéré",
    "presidid",
    "présidé",
];

/// Whether the title names the chair.
fn is_in_label(expects: &Expects<'_>) -> bool {
    expects.label.is_some_and(|label| {
        let title = label.value.to_lowercase();
        IN_TITLES.iter().any(|words| title.contains(words))
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_list_of_all_speakers_has_a_chair_only_by_capacity() {
        let schema = r#"{"properties": {"kind": {"const": "day"}, "panels": {"items": {
            "x-expects": {"what": "chair", "in": "/speakers", "label": "/topic"},
            "properties": {"speakers": {"items": {"x-speaker": {"name": "/name", "capacity": "/as"}}}}}}}}"#;
        let count = |speakers: &str| {
            let catalog =
                crate::schema::Catalog::new(&[("day.json".to_owned(), schema.to_owned())]);
            let text = format!("kind: day\npanels: [{{topic: Cables, speakers: [{speakers}]}}]\n");
            findings_with(&catalog, &RULE, &[("a.yaml".to_owned(), text)]).len()
        };
        assert_eq!(count("{name: Ada Ruiz, as: panellist}, {name: Jo Lind, as: panellist}"), 1);
        assert_eq!(count("{name: Ada Ruiz, as: moderator}, {name: Jo Lind, as: panellist}"), 0);
        assert_eq!(count("{name: Ada Ruiz}, {name: Jo Lind, as: panellist}"), 0);
        assert_eq!(count("{name: Ada Ruiz, as: on behalf of Ghana}"), 0);
    }

    use super::RULE;
    use crate::testing::{check, check_on, findings_with};

    const HEAD: &str = "id: programme\nkind: programme\ntitle: Programme\nlanguage: en\n";

    fn slots(slots: &str) -> String {
        format!("{HEAD}slots:\n{}", slots.trim_start_matches('\n'))
    }

    #[test]
    fn panels_without_a_chair_are_reported() {
        check(
            &RULE,
            &slots(
                r#"
  - {kind: panel, start: "10:00", end: "13:00", title: Panel one, speakers: [{name: Koser}]}
#   ^ warning: no chair for “Panel one”
  - {kind: round-table, start: "13:00", end: "14:00", title: Round table, chair: [], speakers: [{name: Koser}]}
#                                                                                ^^ info: no chair for “Round table”
  - {kind: panel, start: "15:00", end: "18:00", title: Panel two, chair: [{name: Swing}], speakers: [{name: Koser}]}
"#,
            ),
        );
    }

    #[test]
    fn an_office_counts_as_a_chair() {
        check(
            &RULE,
            &slots(
                r#"
  - {kind: panel, start: "10:00", end: "13:00", title: Panel, chair: [{role: President}], speakers: [{name: Koser}]}
"#,
            ),
        );
    }

    #[test]
    fn other_slots_are_not_reported() {
        check(
            &RULE,
            &slots(
                r#"
  - {kind: opening, start: "10:00", end: "10:20", title: Opening, speakers: [{name: Deiss}]}
  - {kind: keynote, start: "10:20", end: "10:40", title: Keynote, speakers: [{name: Deiss}]}
  - {kind: other, start: "10:40", end: "11:00", title: Open floor, speakers: [{name: Deiss}]}
"#,
            ),
        );
    }

    #[test]
    fn panels_without_any_name_are_not_reported() {
        check(
            &RULE,
            &slots(
                r#"
  - {kind: panel, start: "10:00", end: "13:00", title: Panel one, chair: [], speakers: []}
"#,
            ),
        );
    }

    #[test]
    fn a_chair_among_the_speakers_counts() {
        for chair in [
            "role: Moderator",
            "role: \"Moderator, IOM\"",
            "name: Lake, capacity: chair",
            "name: Lake, capacity: as moderator",
            "role: Chair of the panel",
            "role: Modératrice",
            "name: \"Anna Berg (Moderator)\"",
        ] {
            check(
                &RULE,
                &slots(&format!(
                    r#"
  - {{kind: panel, start: "10:00", end: "13:00", title: Panel one, speakers: [{{name: Koser}}, {{{chair}}}]}}
"#
                )),
            );
        }
    }

    #[test]
    fn the_chair_of_another_body_does_not_count() {
        for other in [
            "name: Lake, capacity: in his capacity as Chair of the Global Migration Group",
            "role: Chairperson of the Committee",
            "role: Founder and Chair",
        ] {
            check(
                &RULE,
                &slots(&format!(
                    r#"
  - {{kind: panel, start: "10:00", end: "13:00", title: Panel one, speakers: [{{{other}}}]}}
#   ^ warning: no chair for “Panel one”
"#
                )),
            );
        }
    }

    #[test]
    fn a_chair_in_the_title_counts() {
        check(
            &RULE,
            &slots(
                r#"
  - {kind: panel, start: "10:00", end: "13:00", title: "Panel one, moderated by Mr. Swing", speakers: [{name: Koser}]}
"#,
            ),
        );
    }

    #[test]
    fn drafts_are_an_info_and_cancelled_records_are_not_reported() {
        let panel = |status: &str, mark: &str| {
            format!(
                r#"{HEAD}status: {status}
slots:
  - {{kind: panel, start: "10:00", end: "13:00", title: Panel one, speakers: [{{name: Koser}}]}}
{mark}"#
            )
        };
        check(&RULE, &panel("draft", "#   ^ info: no chair for “Panel one”"));
        check(&RULE, &panel("final", "#   ^ warning: no chair for “Panel one”"));
        check(&RULE, &panel("cancelled", ""));
        for (as_of, severity) in
            [("2011-05-04", "info"), ("2011-05-05", "warning"), ("2011-05-20", "warning")]
        {
            let mark = format!("#   ^ {severity}: no chair for “Panel one”");
            check_on(&RULE, as_of, &panel("draft\ndate: 2011-05-19", &mark));
        }
    }

    #[test]
    fn a_schema_without_a_place_for_the_chair_is_reported_at_the_slot() {
        let schema = r#"{"properties": {"kind": {"const": "talk"}, "people": {"items":
            {"x-speaker": {"name": "/name", "role": "/part"}}}}, "x-expects": {"what": "chair"}}"#;
        let catalog = crate::schema::Catalog::new(&[("talk.json".into(), schema.into())]);
        let found = |part: &str| {
            let text =
                format!(r#"{{"kind": "talk", "people": [{{"name": "A", "part": "{part}"}}]}}"#);
            findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]).len()
        };
        assert_eq!((found("Facilitator"), found("Panellist")), (0, 1));
    }
}
