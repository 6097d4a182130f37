//! A speaker who is still to be confirmed.

use crate::{
    fact::{Meaning, Record, Speaker},
    finding::{Family, Place, Severity, Stages},
    message::shown,
    person::{self, tbc_mark as mark},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{FactKinds, SpeakerState, Status},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("speaker-tbc"),
    family: Family::Speakers,
    summary: "a speaker who is still to be confirmed",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/speaker-tbc.md"),
    options: &[],
    check: Check::Facts(FactKinds::SPEAKER.or(FactKinds::UNNAMED), check),
};

/// To be waiting for an answer is honest as long as one can still come.
const OPEN: Stages =
    Stages { early: Severity::Info, near: Severity::Info, over: Severity::Warning };

const HELP: &str = "remove the mark once the speaker confirms, or name another speaker";

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let head = &record.head;
    if head.has_status(Status::Cancelled) {
        return;
    }
    let finished = head.status.filter(|status| status.state.is_some_and(Status::is_finished));
    for fact in &record.facts {
        let (Meaning::Speaker(speaker) | Meaning::Unnamed(speaker)) = &fact.meaning else {
            continue;
        };
        let Some((place, name)) = unconfirmed(speaker) else {
            continue;
        };
        let who = name.map_or_else(|| "a speaker".to_owned(), |name| format!("“{}”", shown(name)));
        let name = name.unwrap_or_default();
        let message = format!("{who} is still to be confirmed");
        let Some(status) = finished else {
            findings.at(place, message).help(HELP).stages(OPEN).value(name);
            continue;
        };
        findings
            .at(
                place,
                format!("{message}, but the status of the record is `{}`", status.text.value),
            )
            .help(HELP)
            .severity(Severity::Error)
            .id("settled")
            .value(name);
    }
}

/// Where the mark is, and what to call the speaker who has it.
fn unconfirmed<'t>(speaker: &Speaker<'t>) -> Option<(Place, Option<&'t str>)> {
    let texts = || [speaker.name, speaker.role, speaker.delegation].into_iter().flatten();
    let marked = texts().find_map(|text| Some((text, mark(text.value)?)));
    let state = speaker.state.filter(|state| state.state == Some(SpeakerState::Tbc));
    let place = match (state, marked) {
        (Some(state), _) => state.text.place,
        (None, Some((text, (at, len)))) => text.part(at, len),
        (None, None) => return None,
    };
    let who = texts().next().map(|text| {
        let end = mark(text.value).map_or(text.value.len(), |(at, _)| at);
        text.value[..end].trim()
    });
    // "Second speaker TBC" is a speaker, and has no name.
    Some((place, who.filter(|who| !person::is_placeholder(who))))
}

#[cfg(test)]
mod tests {
    use super::{RULE, mark};
    use crate::testing::{check, check_on};

    /// A programme of this status with these speakers in its only slot.
    fn programme(status: &str, speakers: &str) -> String {
        format!(
            r#"
id: programme
kind: programme
title: Programme
language: en
{status}
slots:
  - kind: panel
    start: "10:00"
    end: "13:00"
    title: Panel one
    speakers:
{speakers}
"#
        )
    }

    const INFO: &str = "      - {name: Ban Ki-moon, state: tbc}\n#                                  ^^^ info: “Ban Ki-moon” is still to be confirmed";

    #[test]
    fn the_state_tbc_is_reported() {
        for status in ["status: provisional", "status: draft", "status: reissued", ""] {
            check(&RULE, &programme(status, INFO));
        }
    }

    #[test]
    fn an_entry_with_the_state_alone_is_reported() {
        let entry =
            "      - {state: tbc}\n#               ^^^ info: a speaker is still to be confirmed";
        check(&RULE, &programme("", entry));
        let finished = entry.replace("info", "error") + ", but the status of the record is `final`";
        check(&RULE, &programme("status: final", &finished));
    }

    #[test]
    fn marks_in_finished_records_are_errors() {
        for status in ["final", "adopted"] {
            let marked = format!("confirmed, but the status of the record is `{status}`");
            let speakers = INFO.replace("info", "error").replace("confirmed", &marked);
            check(&RULE, &programme(&format!("status: {status}"), &speakers));
        }
    }

    #[test]
    fn marks_are_warnings_after_the_event() {
        let warning = INFO.replace("info", "warning");
        let status = "status: provisional\ndate: 2011-05-19";
        check_on(&RULE, "2011-05-19", &programme(status, INFO));
        check_on(&RULE, "2011-05-20", &programme(status, &warning));
    }

    #[test]
    fn other_states_are_not_reported() {
        for state in ["confirmed", "invited", "withdrawn", "replaced", "not-recorded"] {
            let speakers = format!("      - {{name: Ban Ki-moon, state: {state}}}");
            check(&RULE, &programme("status: final", &speakers));
        }
    }

    #[test]
    fn a_mark_in_a_name_is_reported() {
        check(
            &RULE,
            &programme(
                "",
                r"
      - name: Ban Ki-moon (TBC)
#                         ^^^^^ info: “Ban Ki-moon” is still to be confirmed
      - name: Ban Ki-moon
        role: Secretary-General [to be confirmed]
#                               ^^^^^^^^^^^^^^^^^ info: “Ban Ki-moon” is still to be confirmed
      - role: Ministre du travail (à confirmer)
#                                 ^^^^^^^^^^^^^ info: “Ministre du travail” is still to be confirmed
      - name: (TBC)
#             ^^^^^ info: a speaker is still to be confirmed
      - name: Second speaker TBC
#                            ^^^ info: a speaker is still to be confirmed
      - name: Minister TBC
#                      ^^^ info: “Minister” is still to be confirmed
",
            ),
        );
    }

    #[test]
    fn a_mark_and_a_state_are_reported_once() {
        let speakers = INFO.replace("Ban Ki-moon,", "\"Ban Ki-moon (TBC)\",");
        let speakers = speakers.replace("\n#", "\n#        ");
        check(&RULE, &programme("", &speakers));
    }

    #[test]
    fn cancelled_records_are_not_reported() {
        check(&RULE, &programme("status: cancelled", "      - {name: Ban Ki-moon, state: tbc}"));
    }

    /// The provisional programme, and another record with these lines and this speaker.
    fn two_versions(mark: &str, lines: &str, speaker: &str) -> String {
        let slot = |speaker: &str| format!("slots:\n  - title: Panel\n    speakers:\n{speaker}\n");
        let first = slot(&format!("      - {{name: Hye Ok-bin, state: tbc}}{mark}"));
        let second = slot(&format!("      - {speaker}"));
        format!(
            "=== a.yaml\nkind: programme\nid: early\nstatus: provisional\nevent: forum\n{first}\
             === b.yaml\nkind: programme\nid: late\nevent: forum\n{lines}{second}"
        )
    }

    #[test]
    fn what_a_later_version_replaces_is_no_longer_open() {
        let mark =
            "\n#                                 ^^^ info: “Hye Ok-bin” is still to be confirmed";
        let confirmed = "{name: Hye Ok-bin, state: confirmed}";
        check(&RULE, &two_versions("", "supersedes: [other, early]\n", confirmed));
        check(&RULE, &two_versions("", "supersedes: [early]\n", "{name: Ana Sol}"));
        for lines in ["", "supersedes: [other]\n", "status: cancelled\nsupersedes: [early]\n"] {
            check(&RULE, &two_versions(mark, lines, confirmed));
        }
        let left = format!("{{name: Hye Ok-bin, state: tbc}}{mark}");
        check(&RULE, &two_versions("", "supersedes: [early]\n", &left));
    }

    #[test]
    fn a_version_of_no_event_replaces_another_too() {
        let two = two_versions("", "supersedes: [early]\n", "{name: Ana Sol}");
        check(&RULE, &two.replace("event: forum\n", ""));
    }

    #[test]
    fn a_record_that_says_it_replaces_itself_stays_open() {
        let own = programme("supersedes: [programme]", INFO);
        check(&RULE, &own);
    }

    #[test]
    fn texts_that_look_like_marks_are_not_reported() {
        for (text, expected) in [
            ("Ban Ki-moon (tbc)", Some((12, 5))),
            ("Ban Ki-moon ( TBC )", Some((12, 7))),
            ("Ban Ki-moon TBC", Some((12, 3))),
            ("Ban Ki-moon, TBC", Some((13, 3))),
            ("Embajadora (por confirmar)", Some((11, 15))),
            ("Lake (UNICEF) (TBC)", Some((14, 5))),
            ("TBC", Some((0, 3))),
            ("Ban Ki-moon tbc", None),
            ("Director, ATBC", None),
            ("TBC Bank", None),
            ("Lake (UNICEF)", None),
            ("Ban Ki-moon (TBC", None),
            ("é(", None),
            ("", None),
        ] {
            assert_eq!(mark(text), expected, "{text}");
        }
    }
}
