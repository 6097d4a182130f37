//! A speaker whom the final programme announces, without a statement.

use crate::{
    corpus::{
        Group, Member,
        relation::{Attendance, attendance::People},
    },
    finding::Family,
    message::shown,
    person,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    vocabulary::{Presence, Status},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("programmed-speaker-without-statement"),
    family: Family::Speakers,
    summary: "a speaker whom the final programme announces, without a statement",
    level: None,
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/programmed-speaker-without-statement.md"),
    options: &[],
    check: Check::Group(&On::<Attendance>(check)),
};

fn check(group: &Group<'_, Attendance>, findings: &mut Findings<'_>) {
    let mut spoke = People::new(group);
    for member in group.members.iter().filter(|member| has_spoken(member)) {
        spoke.add(member);
    }
    // Without any statement, the event has not taken place, or nothing was collected yet.
    if spoke.is_empty() {
        return;
    }
    let announced = || group.members.iter().filter(|member| super::is_announced(member));
    let mut known = People::new(group);
    for member in announced().filter(|member| member.is_doubtful()) {
        known.add(member);
    }
    for member in announced().filter(|member| member.is_named() && !member.is_doubtful()) {
        if spoke.lack(member) && known.lack(member) {
            report(member, findings);
            known.add(member);
        }
    }
}

/// Whether the record says that the person spoke, whatever its version.
fn has_spoken(member: &Member<'_, Attendance>) -> bool {
    member.presence() == Presence::Spoke && member.record_status() != Some(Status::Cancelled)
}

fn report(member: &Member<'_, Attendance>, findings: &mut Findings<'_>) {
    let name = shown(person::core(member.called()));
    let message = format!(
        "no statement by “{name}”, whom the final programme of `{}` announces",
        shown(member.event())
    );
    findings
        .at(member.place(), message)
        .help("add the statement, or set the state of the speaker to `withdrawn` or `replaced` if the person did not speak")
        .needs_all()
        .value(person::core(member.called()));
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::RULE;
    use crate::testing::check;

    /// A programme with one slot that has these speakers, and the other records.
    fn event(programme: &str, speakers: &[&str], others: &[&str]) -> String {
        let speakers: Vec<String> =
            speakers.iter().map(|speaker| format!("      - {speaker}\n")).collect();
        let mut files = format!(
            "=== a.yaml\nkind: programme\nevent: debate\n{programme}\nslots:\n  - title: Opening\n    speakers:\n{}",
            speakers.concat()
        );
        for (name, other) in ('b'..).zip(others) {
            let _ = write!(files, "=== {name}.yaml\nkind: statement\n{other}\n");
        }
        files
    }

    const FINAL: &str = "status: final";
    const BERG: &str = "event: debate\nspeaker: {name: Anna Berg}";
    const LEE: &str = "name: Bo Lee-Stone";
    const MISSING: &str = "name: Bo Lee-Stone\n#             ^^^^^^^^^^^^ warning: no statement by “Bo Lee-Stone”, whom the final programme of `debate` announces";

    #[test]
    fn announced_speakers_without_a_statement_are_reported() {
        check(&RULE, &event(FINAL, &["name: Anna Berg", MISSING], &[BERG]));
        check(&RULE, &event(FINAL, &["name: Anna Berg"], &[BERG]));
    }

    #[test]
    fn each_person_is_reported_once() {
        check(&RULE, &event(FINAL, &[MISSING, LEE, "name: Mr. Bo Lee-Stone"], &[BERG]));
        let chair = "      - name: Bo Lee-Stone";
        let twice = event(FINAL, &[MISSING], &[BERG])
            .replace("=== b.yaml", &format!("    chair:\n{chair}\n=== b.yaml"));
        check(&RULE, &twice);
    }

    #[test]
    fn announced_chairs_are_reported() {
        let chair = event(FINAL, &[MISSING], &[BERG]).replace("speakers:", "chair:");
        check(&RULE, &chair);
    }

    #[test]
    fn other_spellings_of_a_name_count_as_statements() {
        for name in ["Bo Lee Stone", "LEE-STONE Bo", "Mr. Bo Lee-Stone (TBC)", "Bo Karl Lee-Stone"]
        {
            let said = format!("event: debate\nspeaker: {{name: {name}}}");
            check(&RULE, &event(FINAL, &[LEE], &[&said]));
        }
        // Who may be meant is not missing: a family name, a slip.
        check(
            &RULE,
            &event(FINAL, &["name: William Swing"], &["event: debate\nspeaker: {name: Swing}"]),
        );
        check(
            &RULE,
            &event(
                FINAL,
                &["name: Thetis Mangahas"],
                &["event: debate\nspeaker: {name: Thetis Mangahs}"],
            ),
        );
        let other = "name: Karl Stone\n#             ^^^^^^^^^^ warning: no statement by “Karl Stone”, whom the final programme of `debate` announces";
        check(&RULE, &event(FINAL, &[other], &["event: debate\nspeaker: {name: Bo Stone}"]));
    }

    #[test]
    fn decisions_on_names_are_followed() {
        let decided = |verdict: &str, names: &str| {
            format!(
                "=== z.yaml\nkind: identities\nevent: debate\ndecisions:\n- {{verdict: {verdict}, reason: asked, names: [{names}]}}\n"
            )
        };
        let same = decided("same-as", "Bo Lee-Stone, Anna Berg");
        check(&RULE, &(event(FINAL, &[LEE], &[BERG]) + &same));
        let said = "event: debate\nspeaker: {name: Bo Karl Lee-Stone}";
        let distinct = decided("distinct", "Bo Lee-Stone, Bo Karl Lee-Stone");
        check(&RULE, &event(FINAL, &[LEE], &[said]));
        check(&RULE, &(event(FINAL, &[MISSING], &[said]) + &distinct));
    }

    #[test]
    fn a_statement_by_a_delegation_or_an_office_may_be_the_persons() {
        let minister = "{name: Bo Lee-Stone, role: Minister of Labour of the United Arab Emirates}";
        for called in [
            "delegation: United Arab Emirates",
            "speaker: {role: \"Minister of Labour of the United Arab Emirates\"}",
            "speaker: {role: minister of labour}",
            "speaker: {name: Unknown}",
        ] {
            check(&RULE, &event(FINAL, &[minister], &[BERG, &format!("event: debate\n{called}")]));
        }
        check(&RULE, &event(FINAL, &[MISSING], &["event: debate\ndelegation: Sweden"]));
        // A name without a long word is not looked for by its words.
        check(
            &RULE,
            &event(FINAL, &["name: Andrew Ng"], &["event: debate\nspeaker: {name: Mr. Ng}"]),
        );
    }

    #[test]
    fn only_final_programmes_announce() {
        for status in
            ["", "status: provisional", "status: draft", "status: superseded", "status: cancelled"]
        {
            check(&RULE, &event(status, &[LEE], &[BERG]));
        }
    }

    #[test]
    fn uncertain_speakers_are_not_reported() {
        for state in ["tbc", "invited", "withdrawn", "replaced"] {
            let speaker = format!("{{name: Bo Lee-Stone, state: {state}}}");
            check(&RULE, &event(FINAL, &[&speaker], &[BERG]));
            check(&RULE, &event(FINAL, &[LEE, &speaker], &[BERG]));
        }
        let confirmed = format!("{MISSING}\n        state: confirmed");
        check(&RULE, &event(FINAL, &[&confirmed], &[BERG]));
    }

    #[test]
    fn events_without_statements_are_skipped() {
        check(&RULE, &event(FINAL, &[LEE], &[]));
        check(&RULE, &event(FINAL, &[LEE], &["event: forum\nspeaker: {name: Anna Berg}"]));
        check(
            &RULE,
            &event(
                FINAL,
                &[LEE],
                &["status: cancelled\nevent: debate\nspeaker: {name: Anna Berg}"],
            ),
        );
        // In whatever version a statement is, it says that the person spoke.
        check(
            &RULE,
            &event(FINAL, &[LEE], &["status: draft\nevent: debate\nspeaker: {name: Bo Lee-Stone}"]),
        );
        check(
            &RULE,
            &event(
                FINAL,
                &[MISSING],
                &[BERG, "status: cancelled\nevent: debate\nspeaker: {name: Bo Lee-Stone}"],
            ),
        );
    }

    #[test]
    fn names_in_two_scripts_are_not_compared() {
        check(&RULE, &event(FINAL, &[LEE], &["event: debate\nspeaker: {name: Анна Берг}"]));
        check(&RULE, &event(FINAL, &["name: Анна Берг"], &[BERG]));
    }

    #[test]
    fn nothing_is_reported_while_a_file_is_unreadable() {
        check(&RULE, &(event(FINAL, &[LEE], &[BERG]) + "=== z.yaml\nkind: [\n"));
    }
}
