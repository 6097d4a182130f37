//! A quorum that was not met, more votes than members present, or a vote by someone who was not there at that time.

use std::collections::HashMap;

use super::named;
use crate::{
    calendar::{DAWN, Minute, is_past_midnight},
    fact::{Interval, Meaning, Moment, Numbered, Record, Text},
    finding::{Family, Severity},
    message::{contrasted, counted, shown},
    person::{Name, Verdict},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{Attendees, FactKinds, Outcome, Partly, Vote},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("attendance-inconsistent"),
    family: Family::Consistency,
    summary: "a quorum that is wrong or not met, more votes than members present, or a member who left before the meeting began",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/attendance-inconsistent.md"),
    options: &[],
    check: Check::Facts(FactKinds::ATTENDANCE, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        if let Meaning::Attendance(attendance) = &fact.meaning {
            check_figure(attendance, findings);
            check_quorum(attendance, findings);
            check_share(attendance, findings);
            check_carried(attendance, record, findings);
            check_stay(attendance, record, findings);
            check_apart(attendance, findings);
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

/// A quorum that is declared to be a part of the members is that part of them.
fn check_share(attendance: &Attendees<'_>, findings: &mut Findings<'_>) {
    let Some(members) = attendance.members else { return };
    let share = attendance.share.and_then(|share| share.state);
    let label = format!("{} is {}", named(members.text), members.value);
    if let Some(quorum) = attendance.quorum {
        let other = match share {
            Some(share) if share.of(members.value) != quorum.value => Some(format!(
                "{} of {} is {}",
                share.in_words(),
                counted(members.value as usize, "member"),
                share.of(members.value)
            )),
            None if quorum.value > members.value => Some(label.clone()),
            _ => None,
        };
        if let Some(other) = other {
            let message = format!("{} is {}, but {other}", named(quorum.text), quorum.value);
            findings
                .at(quorum.text.place, message)
                .label(members.text.place, label)
                .id("share")
                .help("correct the quorum or the number of members")
                .value(quorum.value.to_string())
                .value(members.value.to_string());
        }
    }
    let [first, _] = attendance.listed;
    if first > members.value {
        let message = format!(
            "{} is {}, but {first} are listed as present",
            named(members.text),
            members.value
        );
        let finding = findings.at(members.text.place, message).severity(Severity::Warning);
        let finding = finding.id("members").help("correct the number of members or the list");
        finding.value(members.value.to_string()).value(first.to_string());
    }
}

/// Reports what was carried in a meeting that had no quorum, once, and not if enough members are listed: then it is the quorum that
/// is wrong. Without a quorum, a body can adjourn, take a recess, or take measures to obtain one (Robert's Rules of Order, 40).
fn check_carried(attendance: &Attendees<'_>, record: &Record<'_>, findings: &mut Findings<'_>) {
    let Some((false, met)) = attendance.met else { return };
    let enough = attendance.quorum.zip(attendance.most());
    if enough.is_some_and(|(quorum, present)| present >= quorum.value) {
        return;
    }
    let mut carried = record.live().iter().filter_map(|fact| match &fact.meaning {
        Meaning::Vote(vote) if !vote.needs_no_quorum => {
            vote.outcome.filter(|outcome| outcome.state == Some(Outcome::Carried))
        }
        _ => None,
    });
    let Some(first) = carried.next().map(|outcome| outcome.text) else { return };
    let message = format!(
        "{} is “{}”, but there was no quorum: {} is false",
        named(first),
        shown(first.value),
        named(met)
    );
    let finding = findings.at(first.place, message).severity(Severity::Warning);
    let finding =
        carried.fold(finding, |finding, outcome| finding.label(outcome.text.place, "and here"));
    finding
        .label(met.place, "no quorum")
        .id("carried")
        .help("correct the outcome or the attendance")
        .value(first.value);
}

/// Reports members who came and went at times that the meeting does not have.
fn check_stay(attendance: &Attendees<'_>, record: &Record<'_>, findings: &mut Findings<'_>) {
    if attendance.partly.is_empty() {
        return;
    }
    let meeting = record.live().iter().find_map(|fact| match &fact.meaning {
        Meaning::Interval(interval) if interval.is_record => Some(interval),
        _ => None,
    });
    let start = meeting.and_then(|meeting| time_of(meeting.start));
    let end = meeting.and_then(|meeting| time_of(meeting.end));
    // A meeting that ends before it begins is reported as such.
    let end = end.filter(|_| reversed(end, start).is_none());
    for partly in &attendance.partly {
        let written = |text: Text<'_>| shown(text.value);
        let (text, what, other, label) = if let Some((left, arrived)) =
            reversed(partly.left, partly.arrived)
        {
            let what =
                format!("left at `{}`, before arriving at `{}`", written(left), written(arrived));
            (left, what, arrived, "the arrival")
        } else if let Some((left, start)) = reversed(partly.left, start) {
            let (at, began) = (written(left), written(start));
            let what = format!("left at `{at}`, before the meeting began at `{began}`");
            (left, what, start, "the beginning")
        } else if let Some((end, arrived)) = reversed(end, partly.arrived) {
            let (at, ended) = (written(arrived), written(end));
            let what = format!("arrived at `{at}`, after the meeting ended at `{ended}`");
            (arrived, what, end, "the end")
        } else {
            continue;
        };
        findings
            .at(text.place, format!("{} {what}", written(partly.name)))
            .severity(Severity::Warning)
            .label(other.place, label)
            .id("stay")
            .help("correct the time")
            .value(partly.name.value)
            .value(text.value);
    }
}

/// Reports a chair who is listed apart from those present, and whose name is a slip away from one of theirs.
fn check_apart(attendance: &Attendees<'_>, findings: &mut Findings<'_>) {
    for one in &attendance.apart {
        let name = Name::read(one.value);
        let is_slip =
            |other: &&Text<'_>| name.compare(&Name::read(other.value)) == Verdict::PossibleTypo;
        let Some(other) = attendance.first.iter().find(is_slip) else { continue };
        let [name, listed] = contrasted(one.value, other.value);
        findings
            .at(one.place, format!("“{name}” is listed as “{listed}” among those present"))
            .severity(Severity::Warning)
            .label(other.place, "the other spelling")
            .id("apart")
            .help("write the name alike in both lists")
            .value(one.value)
            .value(other.value);
    }
}

/// A time of day, and how it is written. One that is known to be in the night after the meeting has none.
fn time_of(moment: Option<Moment<'_>>) -> Option<(Minute, Text<'_>)> {
    let moment = moment.filter(|moment| !moment.next_day)?;
    Some((moment.minute?, moment.text))
}

/// Two times of which the first is before the second on one evening, as they are written.
fn reversed<'t>(
    first: Option<(Minute, Text<'t>)>,
    second: Option<(Minute, Text<'t>)>,
) -> Option<(Text<'t>, Text<'t>)> {
    let (first, second) = (first?, second?);
    is_earlier(first.0, second.0).then_some((first.1, second.1))
}

/// Whether a time is before another one of the same meeting. A time of the night is after an evening.
fn is_earlier(time: Minute, other: Minute) -> bool {
    time < other && !is_past_midnight(i64::from(other.get()), time, DAWN)
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
    fn a_quorum_is_the_part_of_the_members_that_it_is_said_to_be() {
        minutes(
            r"quorum: {needed: 3, members: 7, share: majority}
#                ^ error: `needed` is 3, but a majority of 7 members is 4
#                            ~ `members` is 7",
        );
        for right in [
            "needed: 4, members: 7, share: majority",
            "needed: 3, members: 7",
            "needed: 3, share: majority",
            "needed: 6, members: 8, share: two-thirds",
        ] {
            minutes(&format!("quorum: {{{right}}}"));
        }
        minutes(
            r"quorum: {needed: 9, members: 7}
#                ^ error: `needed` is 9, but `members` is 7
#                            ~ `members` is 7",
        );
        minutes(
            r"present: [{name: Per Holm}, {name: Ole Vik}, {name: Ana Ruiz}]
quorum: {members: 2}
#                 ^ warning: `members` is 2, but 3 are listed as present",
        );
        minutes("present: [{name: Per Holm}, {name: Ole Vik}]\nquorum: {members: 2}");
    }

    #[test]
    fn what_is_carried_without_a_quorum_is_reported_once() {
        let items = "items:
  - title: Quays
    motions:
      - {text: That it be paved., outcome: lost}";
        minutes(&format!(
            "present: [{{name: Per Holm}}]
quorum: {{needed: 3, met: false}}
#                        ~~~~~ no quorum
{items}
      - {{text: That it be swept., outcome: carried}}
#                                          ^^^^^^^ warning: `outcome` is “carried”, but there was no quorum: `met` is false
      - {{text: That it be let., outcome: carried}}
#                                        ~~~~~~~ and here
      - {{text: That the meeting be Adjourned., outcome: carried}}"
        ));
        minutes(&format!(
            "quorum: {{met: false}}
#             ~~~~~ no quorum
{items}
      - {{text: That it be swept., outcome: carried}}
#                                          ^^^^^^^ warning: `outcome` is “carried”, but there was no quorum: `met` is false"
        ));
        for quorum in ["met: true", "needed: 2", "present: 3"] {
            let motion = "{text: That it be swept., outcome: carried}";
            minutes(&format!("quorum: {{{quorum}}}\n{items}\n      - {motion}"));
        }
        minutes(&format!(
            "quorum: {{met: false}}\n{items}\n      - {{text: A recess., outcome: carried}}"
        ));
    }

    #[test]
    fn members_come_and_go_during_the_meeting() {
        minutes(
            r#"calledToOrder: "19:02"
#               ~~~~~ the beginning
adjourned: "20:35"
#           ~~~~~ the end
present:
  - {name: Per Holm, arrived: "19:20", left: "19:05"}
#                              ~~~~~ the arrival
#                                             ^^^^^ warning: Per Holm left at `19:05`, before arriving at `19:20`
  - {name: Ole Vik, left: "18:40"}
#                          ^^^^^ warning: Ole Vik left at `18:40`, before the meeting began at `19:02`
  - {name: Ana Ruiz, arrived: "20:40"}
#                              ^^^^^ warning: Ana Ruiz arrived at `20:40`, after the meeting ended at `20:35`
  - {name: Kaja Moe, arrived: "19:00", left: "20:35"}
  - {name: Jon Lund, arrived: "20:35"}
  - {name: Siri Dahl, left: "20:50"}"#,
        );
        // Past midnight.
        minutes(
            "calledToOrder: '21:00'\nadjourned: '00:40'\npresent: [{name: Per Holm, arrived: '23:50', left: '00:10'}, {name: Ole Vik, arrived: '00:05'}]",
        );
        minutes("calledToOrder: '21:00'\npresent: [{name: Per Holm, left: '00:10'}]");
    }

    #[test]
    fn a_chair_who_is_a_slip_away_from_one_present_is_reported() {
        check(
            &RULE,
            r"
kind: minutes
chair: [{name: Ida Fenwik}]
#              ^^^^^^^^^^ warning: “Ida Fenwik” is listed as “Ida Fenwick” among those present
present: [{name: Per Holm}, {name: Ida Fenwick}]
#                                  ~~~~~~~~~~~ the other spelling
",
        );
        minutes("present: [{name: Per Holm}, {name: IDA BROOK}]");
        minutes("present: [{name: Per Holm}, {name: Ada Brook}, {name: Ida Brooke}]");
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
