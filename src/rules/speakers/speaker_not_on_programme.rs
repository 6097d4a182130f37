//! A panellist whom no final programme announces.

use crate::{
    corpus::{
        Group, Member,
        relation::{Attendance, attendance::People},
    },
    finding::Family,
    message::shown,
    person,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    vocabulary::Presence,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("speaker-not-on-programme"),
    family: Family::Speakers,
    summary: "a panellist whom no final programme announces",
    level: None,
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/speaker-not-on-programme.md"),
    options: &[],
    check: Check::Group(&On::<Attendance>(check)),
};

fn check(group: &Group<'_, Attendance>, findings: &mut Findings<'_>) {
    let mut announced = People::new(group);
    for member in group.members.iter().filter(|member| super::is_announced(member)) {
        announced.add(member);
    }
    if announced.is_nameless() {
        return;
    }
    let mut known = People::new(group);
    for member in group.members.iter().filter(|member| has_to_be_announced(member)) {
        if announced.lack(member) && known.lack(member) {
            report(member, findings);
            known.add(member);
        }
    }
}

/// Whether a finished record says that the person spoke in a capacity that must be announced.
fn has_to_be_announced(member: &Member<'_, Attendance>) -> bool {
    let status = member.record_status();
    member.presence() == Presence::Spoke
        && member.must_be_listed()
        && !member.is_doubtful()
        && !status.is_some_and(|status| status.is_gone() || status.is_open())
}

fn report(member: &Member<'_, Attendance>, findings: &mut Findings<'_>) {
    let name = shown(person::core(member.called()));
    let capacity = shown(member.capacity());
    let message = format!(
        "“{name}” spoke as `{capacity}`, but no final programme of `{}` announces this person",
        shown(member.event())
    );
    findings
        .at(member.place(), message)
        .help("correct the name or the capacity, or add the person to the programme")
        .needs_all()
        .value(person::core(member.called()))
        .value(member.capacity());
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::RULE;
    use crate::testing::check;

    /// A programme that announces these speakers, and statements.
    fn event(programme: &str, speakers: &str, statements: &[&str]) -> String {
        let mut files = format!(
            "=== a.yaml\nkind: programme\nevent: debate\n{programme}\nslots:\n  - title: Panel\n    speakers: [{speakers}]\n"
        );
        for (name, statement) in ('b'..).zip(statements) {
            let _ = write!(files, "=== {name}.yaml\nkind: statement\nevent: debate\n{statement}\n");
        }
        files
    }

    const FINAL: &str = "status: final";
    const BERG: &str = "{name: Anna Berg}";
    const LEE: &str = "capacity: panellist\nspeaker:\n  name: Bo Lee-Stone";
    const FOUND: &str = "capacity: panellist\nspeaker:\n  name: Bo Lee-Stone\n#       ^^^^^^^^^^^^ warning: “Bo Lee-Stone” spoke as `panellist`, but no final programme of `debate` announces this person";

    #[test]
    fn panellists_who_are_not_announced_are_reported() {
        check(&RULE, &event(FINAL, BERG, &[FOUND]));
        check(&RULE, &event(FINAL, "{name: Anna Berg}, {name: Bo Lee-Stone}", &[LEE]));
    }

    #[test]
    fn each_person_is_reported_once() {
        check(&RULE, &event(FINAL, BERG, &[FOUND, LEE]));
    }

    #[test]
    fn other_capacities_are_not_reported() {
        for capacity in ["floor", "written", "chair", "moderator", "keynote", "opening", "closing"]
        {
            check(&RULE, &event(FINAL, BERG, &[&LEE.replace("panellist", capacity)]));
        }
        check(&RULE, &event(FINAL, BERG, &["speaker: {name: Bo Lee-Stone}"]));
    }

    #[test]
    fn events_without_a_final_programme_with_names_are_skipped() {
        for status in
            ["", "status: provisional", "status: draft", "status: superseded", "status: cancelled"]
        {
            check(&RULE, &event(status, BERG, &[LEE]));
        }
        check(&RULE, &event(FINAL, "", &[LEE]));
        check(&RULE, &event(FINAL, "{role: President}", &[LEE]));
        check(&RULE, &event(FINAL, BERG, &[LEE]).replacen("event: debate", "event: forum", 1));
    }

    #[test]
    fn one_final_programme_is_enough() {
        let second = "=== z.yaml\nkind: programme\nevent: debate\nstatus: final\nslots:\n- title: Day two\n  chair: [{name: Bo Lee-Stone}]\n";
        check(&RULE, &(event(FINAL, BERG, &[LEE]) + second));
        let provisional = second.replace("final", "provisional");
        check(&RULE, &(event(FINAL, BERG, &[FOUND]) + &provisional));
    }

    #[test]
    fn persons_who_may_be_meant_are_not_reported() {
        for one in [
            "{name: Bo Karl Lee-Stone}",
            "{name: Lee-Stone}",
            "{name: Bo Lee-Stone, state: withdrawn}",
            "{role: Minister of Labour}",
            "{name: To be announced}",
        ] {
            let said = format!("{LEE}\n  role: Minister of Labour of Norway");
            check(&RULE, &event(FINAL, &format!("{BERG}, {one}"), &[&said]));
        }
        check(&RULE, &event(FINAL, "{name: Анна Берг}", &[LEE]));
    }

    #[test]
    fn decisions_on_names_are_followed() {
        let decided = "=== z.yaml\nkind: identities\ndecisions:\n- {verdict: same-as, reason: asked, names: [Bo Lee-Stone, Anna Berg]}\n";
        check(&RULE, &(event(FINAL, BERG, &[LEE]) + decided));
    }

    #[test]
    fn unfinished_and_cancelled_statements_are_not_reported() {
        for status in ["draft", "provisional", "superseded", "cancelled"] {
            check(&RULE, &event(FINAL, BERG, &[&format!("status: {status}\n{LEE}")]));
        }
        check(&RULE, &event(FINAL, BERG, &[&format!("status: final\n{FOUND}")]));
    }

    #[test]
    fn nothing_is_reported_while_a_file_is_unreadable() {
        check(&RULE, &(event(FINAL, BERG, &[LEE]) + "=== z.yaml\nkind: [\n"));
    }
}
