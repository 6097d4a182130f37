//! A quorum that was not met, more votes than members present, or a vote by someone who was not there at that time.

use std::collections::HashMap;

use super::named;
use crate::{
    calendar::Minute,
    fact::{Interval, Meaning, Moment, Numbered, Record, Text},
    finding::{Family, Severity},
    message::{counted, shown},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{Attendees, Partly, Vote},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("attendance-inconsistent"),
    family: Family::Consistency,
    summary: "a quorum that is not met, more votes than members present, or a vote by a member who had left",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/attendance-inconsistent.md"),
    options: &[],
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        if let Meaning::Attendance(attendance) = &fact.meaning {
            check_figure(attendance, findings);
            check_quorum(attendance, findings);
            let partly =
                attendance.partly.iter().rev().map(|one| (one.key.as_str(), one)).collect();
            for fact in record.live() {
                if let Meaning::Vote(vote) = &fact.meaning {
                    check_votes(attendance, vote, findings);
                    check_times(&partly, vote, record, findings);
                }
            }
        }
    }
}

/// The figure may or may not count a chair who is in a list of their own.
fn check_figure(attendance: &Attendees<'_>, findings: &mut Findings<'_>) {
    let Some(figure) = attendance.figure else { return };
    let [first, all] = attendance.listed;
    if first == 0 || figure.value == first || figure.value == all {
        return;
    }
    let message = format!("{} is {}, but {all} are listed", named(figure.text), figure.value);
    findings
        .at(figure.text.place, message)
        .id("figure")
        .help("correct the figure or the list")
        .value(figure.value.to_string())
        .value(all.to_string());
}

fn check_quorum(attendance: &Attendees<'_>, findings: &mut Findings<'_>) {
    let (Some(quorum), Some(present)) = (attendance.quorum, attendance.most()) else { return };
    let is_met = present >= quorum.value;
    let (needs, members) = (named(quorum.text), counted(present as usize, "member"));
    let verb = if present == 1 { "is" } else { "are" };
    let reported = match attendance.met {
        Some((true, met)) if !is_met => {
            let message = format!(
                "{} is true, but {members} {verb} present and {needs} is {}",
                named(met),
                quorum.value
            );
            findings
                .at(met.place, message)
                .id("quorum")
                .help("correct the attendance or the quorum")
        }
        Some((false, met)) if is_met => {
            let message = format!(
                "{} is false, but {members} {verb} present and {needs} is {}",
                named(met),
                quorum.value
            );
            let finding = findings.at(met.place, message).id("quorum");
            let finding = finding.help("correct the attendance or the quorum");
            finding.severity(Severity::Warning)
        }
        None if !is_met => {
            let message = format!("{needs} is {}, but {members} {verb} present", quorum.value);
            let finding = findings.at(quorum.text.place, message).id("quorum");
            let finding =
                finding.help("correct the attendance, or say that the quorum was not met");
            finding.severity(Severity::Warning)
        }
        _ => return,
    };
    reported
        .label(quorum.text.place, "the quorum")
        .value(present.to_string())
        .value(quorum.value.to_string());
}

/// A casting vote may come on top of the votes of those present. Votes by name have findings of their own: a figure that differs
/// from its names, a name that appears twice, and one that is not present.
fn check_votes(attendance: &Attendees<'_>, vote: &Vote<'_>, findings: &mut Findings<'_>) {
    let (Some(present), Some([ayes, nays])) = (attendance.most(), vote.cast) else { return };
    let votes = u64::from(ayes) + u64::from(nays) + u64::from(vote.abstentions.unwrap_or_default());
    let casting = u64::from(vote.casting.is_some());
    let Some(first) = vote.figures.first().filter(|_| !vote.is_listed) else { return };
    if votes <= u64::from(present) + casting {
        return;
    }
    let written: Vec<String> = vote.figures.iter().map(|figure| figure.value.to_string()).collect();
    let members = counted(present as usize, "member");
    let verb = if present == 1 { "is" } else { "are" };
    let message = format!("{} is {votes} votes, but {members} {verb} present", written.join(" + "));
    let rest = vote.figures.iter().skip(1);
    let finding =
        rest.fold(findings.at(first.text.place, message), |finding, figure: &Numbered<'_>| {
            finding.label(figure.text.place, format!("{} is {}", named(figure.text), figure.value))
        });
    finding.id("votes").help("correct the votes or the attendance").value(votes.to_string());
}

/// Those who were there for a part of the time, by the keys of their names; of equal names the first counts.
type ByName<'a, 't> = HashMap<&'a str, &'a Partly<'t>>;

/// Reports votes of members who left before the item began, or arrived after it ended.
fn check_times(
    partly: &ByName<'_, '_>,
    vote: &Vote<'_>,
    record: &Record<'_>,
    findings: &mut Findings<'_>,
) {
    if partly.is_empty() {
        return;
    }
    let Some(interval) = vote.interval.and_then(|at| record.facts.get(at)) else { return };
    let Meaning::Interval(interval) = &interval.meaning else { return };
    // An item without times of its own may have been dealt with at any time of the meeting.
    if interval.is_record {
        return;
    }
    for (key, voter) in &vote.voters {
        let Some(partly) = partly.get(key.as_str()) else { continue };
        let left = partly.left.filter(|(left, _)| is_before(*left, interval.start));
        let arrived = partly.arrived.filter(|(arrived, _)| is_after(*arrived, interval.end));
        let name = shown(voter.value);
        let (text, message) = match (left, arrived) {
            (Some((_, text)), _) => (text, left_message(&name, text, interval, record)),
            (None, Some((_, text))) => (text, arrived_message(&name, text, interval, record)),
            (None, None) => continue,
        };
        findings
            .at(voter.place, message)
            .severity(Severity::Warning)
            .label(text.place, "the time")
            .id("time")
            .help("correct the time or the vote")
            .value(voter.value);
    }
}

fn left_message(name: &str, at: Text<'_>, interval: &Interval<'_>, record: &Record<'_>) -> String {
    format!("{name} left at `{}`, before {} begins", shown(at.value), record.name_of(interval))
}

fn arrived_message(
    name: &str,
    at: Text<'_>,
    interval: &Interval<'_>,
    record: &Record<'_>,
) -> String {
    format!("{name} arrived at `{}`, after {} ends", shown(at.value), record.name_of(interval))
}

/// Whether a time of day is before the beginning of an item on one evening.
fn is_before(time: Minute, start: Option<Moment<'_>>) -> bool {
    start.is_some_and(|start| !start.next_day && start.minute.is_some_and(|minute| time < minute))
}

fn is_after(time: Minute, end: Option<Moment<'_>>) -> bool {
    end.is_some_and(|end| !end.next_day && end.minute.is_some_and(|minute| time > minute))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    fn minutes(rest: &str) {
        check(&RULE, &format!("kind: minutes\nchair: [{{name: Ida Brook}}]\n{rest}\n"));
    }

    #[test]
    fn a_quorum_that_was_not_met_is_reported() {
        minutes(
            r"present: [{name: Per Holm}, {name: Ole Vik}]
quorum: {needed: 4, met: true}
#                ~ the quorum
#                        ^^^^ error: `met` is true, but 3 members are present and `needed` is 4",
        );
        minutes(
            r"present: [{name: Per Holm}, {name: Ole Vik}]
quorum: {needed: 4}
#                ^ warning: `needed` is 4, but 3 members are present
#                ~ the quorum",
        );
        minutes(
            r"present: [{name: Per Holm}, {name: Ole Vik}]
quorum: {needed: 3, met: false}
#                ~ the quorum
#                        ^^^^^ warning: `met` is false, but 3 members are present and `needed` is 3",
        );
        minutes("present: [{name: Per Holm}, {name: Ole Vik}]\nquorum: {needed: 3, met: true}");
        minutes("present: [{name: Per Holm}]\nquorum: {needed: 3, met: false}");
        check(&RULE, "kind: minutes\npresent: []\nquorum: {needed: 3}\n");
        minutes("quorum: {needed: 3, met: true}");
        minutes("status: cancelled\npresent: [{name: Per Holm}]\nquorum: {needed: 3, met: true}");
    }

    #[test]
    fn the_figure_may_count_the_chair() {
        minutes("present: [{name: Per Holm}, {name: Ole Vik}]\nquorum: {present: 2}");
        minutes("present: [{name: Per Holm}, {name: Ole Vik}]\nquorum: {present: 3}");
        minutes("quorum: {present: 3}");
        minutes(
            r"present: [{name: Per Holm}, {name: Ole Vik}]
quorum: {present: 4}
#                 ^ error: `present` is 4, but 3 are listed",
        );
    }

    #[test]
    fn more_votes_than_members_are_reported() {
        minutes(
            r"present: [{name: Per Holm}, {name: Ole Vik}]
items:
  - title: Quays
    motions:
      - {text: That it be paved., ayes: 3, nays: 0, abstentions: 1}
#                                       ^ error: 3 + 0 + 1 is 4 votes, but 3 members are present
#                                                ~ `nays` is 0
#                                                                ~ `abstentions` is 1
      - {text: That it be swept., ayes: 2, nays: 0, abstentions: 1}
      - {text: That it be let., ayes: 2, nays: 2, castingVote: aye}",
        );
    }

    #[test]
    fn a_vote_of_a_member_who_was_not_there_at_the_time_is_reported() {
        minutes(
            r#"date: "2025-03-04"
present: [{name: Per Holm, left: "18:30"}, {name: Ole Vik, arrived: "17:30"}, {name: Ana Ruiz}]
#                                 ~~~~~ the time
#                                                                    ~~~~~ the time
items:
  - title: Quays
    start: "17:00"
    end: "17:20"
    motions:
      - {text: That it be paved., votes: [{name: Per Holm, option: aye}, {name: Ole Vik, option: aye}]}
#                                                                               ^^^^^^^ warning: Ole Vik arrived at `17:30`, after “Quays” ends
  - title: Cranes
    start: "18:20"
    end: "18:50"
    motions:
      - {text: That it be sold., votes: [{name: Per Holm, option: aye}, {name: Ole Vik, option: aye}]}
  - title: Buoys
    start: "18:50"
    motions:
      - {text: That they be painted., votes: [{name: PER HOLM, option: nay}, {name: Ana Ruiz, option: aye}]}
#                                                    ^^^^^^^^ warning: PER HOLM left at `18:30`, before “Buoys” begins"#,
        );
    }
}
