//! A person who speaks in two slots at the same time.

mod clashes;
mod latest;

use super::{Named, Who, fold, is_away, is_full};
use crate::{
    calendar::{Clock, stretch},
    corpus::{
        Group, Member,
        relation::{Roster, roster::Slot},
    },
    finding::{Family, Severity},
    message::{contrasted, shown},
    person,
    rule::{Check, Findings, Fix, Minutes, On, Rule, RuleId, RuleOption},
    tree::NodeId,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("speaker-double-booked"),
    family: Family::Speakers,
    summary: "a person who speaks in two slots at the same time",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/speaker-double-booked.md"),
    options: &[&HANDOVER],
    check: Check::Group(&On::<Roster>(check)),
};

/// A speaker hands over in one slot and goes to the other.
static HANDOVER: RuleOption<Minutes> = RuleOption {
    name: "handover",
    default: Minutes(5),
    about: "Slots that overlap for less than this time may share a person.",
};

/// Those who keep an event together from several rooms.
const HOSTS: [&str; 7] =
    ["anfitrión", "anfitriona", "co-host", "cohost", "host", "hôte", "hôtesse"];

/// The speakers of one record are held against each other, and those of the records of one event.
fn check(group: &Group<'_, Roster>, findings: &mut Findings<'_>) {
    let handover = i64::from(findings.option(&HANDOVER).0);
    let identities = &group.shared.identities;
    for bookings in people(group) {
        let days = bookings.chunk_by(|a, b| a.day() == b.day());
        for today in days.filter(|today| may_clash(today, handover)) {
            // Each booking is reported once, with the nearest one before it that it clashes with.
            for (booking, earlier) in clashes::clashes(today, handover, identities) {
                report(&today[booking], &today[earlier], findings);
            }
        }
    }
}

/// Whether two of the bookings, which are in the order of their beginnings, are in different slots of one time: most people
/// speak in one slot after the other, or several times in one.
fn may_clash(bookings: &[Booking<'_>], handover: i64) -> bool {
    let mut parallel: Option<(&Booking<'_>, i64)> = None;
    bookings.iter().any(|next| {
        let (first, end) = match parallel {
            Some((first, end)) if next.from + handover <= end => (first, end.max(next.to)),
            _ => (next, next.to),
        };
        parallel = Some((first, end));
        first.slot.nodes != next.slot.nodes || first.member.account() != next.member.account()
    })
}

/// The bookings of each person who has several, in the order of days and times.
fn people<'c>(group: &Group<'c, Roster>) -> Vec<Vec<Booking<'c>>> {
    let copies = group.copies().into_iter();
    let members = group.members.iter().zip(copies);
    // A copy of a record is reported as that, and speaks nowhere a second time.
    let originals = members.filter(|(member, is_copy)| !is_copy || member.account().is_none());
    let booked = originals.map(|(member, _)| member).filter(|member| member.slot().is_some());
    let mut named: Vec<Named<'c>> = booked.map(|member| Named::of(group, member)).collect();
    // The sorts are stable: of slots that begin together the first in the text goes first.
    named.sort_by(|a, b| who(a).cmp(&who(b)));
    let several = named.chunk_by(|a, b| who(a) == who(b)).filter(|one| one.len() > 1);
    several
        .map(|one| {
            let mut bookings: Vec<Booking<'c>> = one.iter().filter_map(Booking::of).collect();
            bookings.sort_by_key(|booking| (booking.day(), booking.from));
            bookings
        })
        .collect()
}

/// What is equal for one person: the person that was decided on, or the words of the name. Accents and the order of the words
/// hide no one.
fn who<'n>(named: &'n Named<'_>) -> Who<'n> {
    (named.person, if named.person.is_some() { "" } else { &named.read.words })
}

fn report(booking: &Booking<'_>, earlier: &Booking<'_>, findings: &mut Findings<'_>) {
    let (name, times) = (booking.member.name(), earlier.member.slot_times());
    let (Some((start, _)), Some((_, end))) = (booking.member.slot_times(), times) else { return };
    let (own, mut other) = (booking.slot_name(), earlier.slot_name());
    if own == other && booking.member.slot_label().is_none() {
        "another slot".clone_into(&mut other);
    }
    let message = format!(
        "“{}” is in two slots at once: {own} begins at `{}`, before {other} ends at `{}`",
        shown(name),
        shown(start),
        shown(end),
    );
    let same = person::spelling(name) == person::spelling(earlier.member.name());
    let written = if same {
        String::new()
    } else {
        format!(" as “{}”", contrasted(earlier.member.name(), name)[0])
    };
    let finding = findings
        .at(booking.member.place(), message)
        .label(earlier.member.place(), format!("also listed in {other}{written}"))
        .help("correct the times, or name another person in one of the slots")
        .value(name)
        .value(start)
        .value(end);
    // Names that differ in accents or in the order of their words are nearly always those of one person.
    if !same {
        finding.severity(Severity::Warning);
    }
}

/// A person in a slot that says when it begins and ends.
struct Booking<'c> {
    member: Member<'c, Roster>,
    slot: &'c Slot,
    clock: Clock,
    from: i64,
    to: i64,
}

impl<'c> Booking<'c> {
    fn of(named: &Named<'c>) -> Option<Self> {
        let member = named.member;
        let slot = member.slot()?;
        let extent = stretch(slot.start, slot.end).filter(|(_, from, to)| from < to);
        let (clock, from, to) = extent?;
        let parts = [member.role(), member.capacity()];
        let is_host = parts.into_iter().flatten().any(|part| HOSTS.contains(&fold(part).as_str()));
        let is_stand_in = named.read.is_stand_in;
        let booking = Self { member, slot, clock, from, to };
        (!is_host && !is_stand_in && !is_away(&member)).then_some(booking)
    }

    /// The title of the slot, else when it begins.
    fn slot_name(&self) -> String {
        let titled = self.member.slot_label().map(|label| format!("“{}”", shown(label)));
        let (start, _) = self.member.slot_times().unwrap_or_default();
        titled.unwrap_or_else(|| format!("the slot at {}", shown(start)))
    }

    /// Only bookings for which this is equal can clash. Without dates, each list may be a day of its
    /// own.
    fn day(&self) -> (Clock, Option<NodeId>) {
        (self.clock, self.slot.parent.filter(|_| self.clock == Clock::SomeDay))
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, check_carets_with, findings_with};

    /// A programme of one day with these slots.
    fn day(slots: &str) -> String {
        format!(
            "id: p\nkind: programme\ntitle: P\nlanguage: en\ndate: \"2011-05-19\"\nslots:\n{}",
            slots.trim_start_matches('\n')
        )
    }

    #[test]
    fn a_project_says_how_long_a_handover_takes() {
        let slots = |found: bool| {
            let (label, caret) = if found {
                (
                    "#                                                                                       ~~~~~~~~~ also listed in “One”\n",
                    "#                                                                                       ^^^^^^^^^ error: “Anna Berg” is in two slots at once: “Two” begins at `10:50`, before “One” ends at `11:00`\n",
                )
            } else {
                ("", "")
            };
            day(&format!(
                "  - {{kind: panel, track: A, start: \"10:00\", end: \"11:00\", title: One, speakers: [{{name: Anna Berg}}]}}\n{label}  \
                 - {{kind: panel, track: B, start: \"10:50\", end: \"11:30\", title: Two, speakers: [{{name: Anna Berg}}]}}\n{caret}"
            ))
        };
        let handover =
            |time: &str| format!("[rules.speaker-double-booked]\nhandover = \"{time}\"\n");
        check_carets_with(&RULE, &handover("11min"), &slots(false));
        check_carets_with(&RULE, &handover("10min"), &slots(true));
        check_carets_with(&RULE, &handover("0min"), &slots(true));
    }

    #[test]
    fn a_person_in_two_rooms_at_once_is_reported() {
        check(
            &RULE,
            &day(r#"
  - {kind: panel, track: A, start: "10:00", end: "11:00", title: One, speakers: [{name: Anna Berg}]}
#                                                                                       ~~~~~~~~~ also listed in “One”
  - {kind: panel, track: B, start: "10:30", end: "11:30", title: Two, chair: [{name: anna Berg}]}
#                                                                                    ^^^^^^^^^ error: “anna Berg” is in two slots at once: “Two” begins at `10:30`, before “One” ends at `11:00`
  - {kind: panel, track: B, start: "11:30", end: "12:00", title: Three, speakers: [{name: Anna Berg}]}
"#),
        );
    }

    #[test]
    fn names_without_spaces_are_whole_names() {
        check(
            &RULE,
            &day(r#"
  - {kind: panel, track: A, start: "10:00", end: "11:00", title: One, speakers: [{name: 李明}, {name: Li}]}
#                                                                                       ~~ also listed in “One”
  - {kind: panel, track: B, start: "10:30", end: "11:30", title: Two, speakers: [{name: 李明}, {name: Li}]}
#                                                                                       ^^ error: “李明” is in two slots at once: “Two” begins at `10:30`, before “One” ends at `11:00`
"#),
        );
    }

    #[test]
    fn accents_and_the_order_of_words_hide_no_one() {
        check(
            &RULE,
            &day(r#"
  - {kind: panel, track: A, start: "10:00", end: "11:00", title: One, speakers: [{name: Zoë Müller-Lång}, {name: "Ferreira, Inês"}]}
#                                                                                       ~~~~~~~~~~~~~~~ also listed in “One” as “Zoë Müller-Lång”
#                                                                                                                 ~~~~~~~~~~~~~~ also listed in “One” as “Ferreira, Inês”
  - {kind: panel, track: B, start: "10:30", end: "11:30", title: Two, speakers: [{name: Zoe Muller Lang}, {name: Ines Ferreira}]}
#                                                                                       ^^^^^^^^^^^^^^^ warning: “Zoe Muller Lang” is in two slots at once: “Two” begins at `10:30`, before “One” ends at `11:00`
#                                                                                                                ^^^^^^^^^^^^^ warning: “Ines Ferreira” is in two slots at once: “Two” begins at `10:30`, before “One” ends at `11:00`
  - {kind: panel, track: A, start: "11:30", end: "12:30", title: Three, speakers: [{name: Zoë Müller-Lång}, {name: Mr. Ferreira}]}
  - {kind: panel, track: B, start: "11:30", end: "12:30", title: Four, speakers: [{name: Zoë Müller Lund}, {name: Mr. Ferreira}]}
"#),
        );
    }

    #[test]
    fn placeholders_bodies_and_offices_are_no_persons() {
        for name in [
            "Speaker TBA",
            "Ms. TBC",
            "Guest speaker",
            "TBA (Ministry of Ports)",
            "Name Surname",
            "Member States",
            "Organizing Committee",
            "The Chair",
            "Session chair",
            "European Union",
            "Coffee break",
        ] {
            check(
                &RULE,
                &day(&format!(
                    r#"
  - {{kind: other, track: A, start: "10:00", end: "11:00", title: One, speakers: [{{name: "{name}"}}]}}
  - {{kind: other, track: B, start: "10:30", end: "11:30", title: Two, speakers: [{{name: "{name}"}}]}}
"#
                )),
            );
        }
    }

    #[test]
    fn the_later_slot_is_reported_whatever_the_order() {
        check(
            &RULE,
            &day(r#"
  - {kind: panel, track: B, start: "10:30", end: "11:30", title: Two, speakers: [{name: Anna Berg}]}
#                                                                                       ^^^^^^^^^ error: “Anna Berg” is in two slots at once: “Two” begins at `10:30`, before “One” ends at `11:00`
  - {kind: panel, track: A, start: "10:00", end: "11:00", title: One, speakers: [{name: Anna Berg}]}
#                                                                                       ~~~~~~~~~ also listed in “One”
"#),
        );
    }

    #[test]
    fn slots_of_one_track_are_not_reported() {
        for track in ["", "track: A, "] {
            check(
                &RULE,
                &day(&format!(
                    r#"
  - {{kind: panel, {track}start: "10:00", end: "11:00", title: One, speakers: [{{name: Anna Berg}}]}}
  - {{kind: panel, {track}start: "10:30", end: "11:30", title: Two, speakers: [{{name: Anna Berg}}]}}
"#
                )),
            );
        }
    }

    #[test]
    fn a_handover_of_less_than_five_minutes_is_not_reported() {
        let slots = |end: &str, mark: &str, error: &str| {
            day(&format!(
                r#"
  - {{kind: panel, track: A, start: "10:00", end: "{end}", title: One, speakers: [{{name: Anna Berg}}]}}{mark}
  - {{kind: panel, track: B, start: "11:00", end: "12:00", title: Two, speakers: [{{name: Anna Berg}}]}}{error}
"#
            ))
        };
        check(&RULE, &slots("11:00", "", ""));
        check(&RULE, &slots("11:04", "", ""));
        let at = " ".repeat(87);
        let mark = format!("\n#{at}~~~~~~~~~ also listed in “One”");
        let error = format!(
            "\n#{at}^^^^^^^^^ error: “Anna Berg” is in two slots at once: “Two” begins at `11:00`, before “One” ends at `11:05`"
        );
        check(&RULE, &slots("11:05", &mark, &error));
    }

    #[test]
    fn hosts_and_absent_speakers_are_not_reported() {
        for free in [
            "role: Host",
            "capacity: host",
            "role: Anfitriona",
            "state: withdrawn",
            "state: replaced",
        ] {
            check(
                &RULE,
                &day(&format!(
                    r#"
  - {{kind: panel, track: A, start: "10:00", end: "11:00", title: One, speakers: [{{name: Anna Berg, {free}}}]}}
  - {{kind: panel, track: B, start: "10:00", end: "11:00", title: Two, speakers: [{{name: Anna Berg}}]}}
"#
                )),
            );
        }
    }

    #[test]
    fn persons_with_one_name_are_not_reported() {
        check(
            &RULE,
            &day(r#"
  - {kind: panel, track: A, start: "10:00", end: "11:00", title: One, speakers: [{name: John Smith, affiliation: ILO}, {name: Lake}, {name: TBD}]}
  - {kind: panel, track: B, start: "10:00", end: "11:00", title: Two, speakers: [{name: John Smith, affiliation: IOM}, {name: Lake}, {name: TBD}]}
"#),
        );
    }

    #[test]
    fn a_single_word_with_the_same_office_is_reported() {
        check(
            &RULE,
            &day(r#"
  - {kind: panel, track: A, start: "10:00", end: "11:00", title: One, speakers: [{name: Lake, role: Director}]}
#                                                                                       ~~~~ also listed in “One”
  - {kind: panel, track: B, start: "10:00", end: "11:00", title: Two, speakers: [{name: Lake, role: Director}]}
#                                                                                       ^^^^ error: “Lake” is in two slots at once: “Two” begins at `10:00`, before “One” ends at `11:00`
"#),
        );
    }

    #[test]
    fn one_slot_in_two_rooms_is_not_reported() {
        check(
            &RULE,
            &day(r#"
  - {kind: panel, track: A, start: "10:00", end: "11:00", title: Plenary, speakers: [{name: Anna Berg}]}
  - {kind: panel, track: B, start: "10:00", end: "11:00", title: plenary, speakers: [{name: Anna Berg}]}
"#),
        );
    }

    #[test]
    fn the_chair_and_a_speaker_of_one_slot_are_not_reported() {
        check(
            &RULE,
            &day(r#"
  - {kind: panel, start: "10:00", end: "11:00", title: One, chair: [{name: Anna Berg}], speakers: [{name: Anna Berg}]}
"#),
        );
    }

    #[test]
    fn other_days_unknown_ends_and_cancelled_records_are_not_reported() {
        let slots = r#"
  - {kind: panel, track: A, start: "10:00", end: "11:00", title: One, speakers: [{name: Anna Berg}]}
  - {kind: panel, track: B, start: "10:00", end: "11:00", title: Two, speakers: [{name: Anna Berg}]}
"#;
        assert_eq!(crate::testing::findings(&RULE, &[("a.yaml".into(), day(slots))]).len(), 1);
        let other = slots.replacen("title", "date: \"2011-05-20\", title", 1);
        check(&RULE, &day(&other));
        check(&RULE, &day(&slots.replace(", end: \"11:00\"", "")));
        let cancelled = day(slots).replace("language", "status: cancelled\nlanguage");
        check(&RULE, &cancelled);
    }

    #[test]
    fn a_slot_within_a_longer_one_is_not_reported() {
        let schema = r##"{"$defs": {"slot": {"x-interval": {"start": "/start", "end": "/end", "track": "/room"},
            "properties": {"who": {"x-speaker": {"name": ""}}, "parts": {"items": {"$ref": "#/$defs/slot"}}}}},
            "properties": {"kind": {"const": "plan"}, "slots": {"items": {"$ref": "#/$defs/slot"}}}}"##;
        let catalog = crate::schema::Catalog::new(&[("plan.json".into(), schema.into())]);
        let found = |second: &str| {
            let text = format!(
                r#"{{"kind": "plan", "slots": [{{"who": "Anna Berg", "room": "A", "start": "10:00", "end": "13:00", {second}]}}"#
            );
            findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]).len()
        };
        let part = r#"{"who": "Anna Berg", "room": "B", "start": "10:00", "end": "10:20"}"#;
        assert_eq!(found(&format!(r#""parts": [{part}]}}"#)), 0);
        assert_eq!(found(&format!(r#""parts": []}}, {part}"#)), 1);
    }

    /// How many findings there are in sessions, each in a file of its own.
    fn sessions(records: &[&str]) -> Vec<String> {
        let schema = r#"{"x-record": {"id": "/id", "event": "/conf", "language": "/lang", "status": "/status"},
            "x-version": {"of": ["/series"]},
            "x-interval": {"start": "/from", "end": "/to", "track": "/room", "label": "/t"},
            "properties": {"kind": {"const": "session"}, "id": {}, "conf": {}, "lang": {}, "status": {}, "series": {},
            "from": {}, "to": {}, "room": {}, "t": {}, "who": {"items": {"x-speaker": {"name": ""}}}}}"#;
        let catalog = crate::schema::Catalog::new(&[("session.json".into(), schema.to_owned())]);
        assert!(catalog.errors().is_empty(), "{:?}", catalog.errors());
        let file = |(number, record): (usize, &&str)| {
            (format!("{number}.yaml"), format!("{{kind: session, id: s{number}, {record}}}"))
        };
        let files: Vec<(String, String)> = records.iter().enumerate().map(file).collect();
        findings_with(&catalog, &RULE, &files).into_iter().map(|one| one.message).collect()
    }

    const FIRST: &str = r#"conf: c, t: One, room: A, from: "2024-01-01T10:00", to: "2024-01-01T11:00", who: [Anna Berg]"#;
    const SECOND: &str = r#"conf: c, t: Two, room: B, from: "2024-01-01T10:30", to: "2024-01-01T11:30", who: [Anna Berg, Bo Lind]"#;

    #[test]
    fn a_person_in_two_records_of_an_event_at_once_is_reported() {
        let message = "“Anna Berg” is in two slots at once: “Two” begins at `2024-01-01T10:30`, before “One” ends at `2024-01-01T11:00`";
        assert_eq!(sessions(&[FIRST, SECOND]), [message]);
        assert_eq!(sessions(&[SECOND, FIRST]), [message]);
        let no_room = |record: &str| record.replace("room: A, ", "").replace("room: B, ", "");
        assert_eq!(sessions(&[&no_room(FIRST), &no_room(SECOND)]), [message]);
        assert_eq!(sessions(&[FIRST, &SECOND.replace("room: B", "room: A")]), [message]);
        for (what, by) in [
            ("Anna Berg", "Anna Bergman"),
            ("conf: c", "conf: d"),
            ("conf: c,", ""),
            ("10:30", "10:56"),
            ("2024-01-01T1", "2024-01-02T1"),
            ("conf", "status: superseded, conf"),
            ("conf", "lang: fr, conf"),
        ] {
            assert_eq!(sessions(&[FIRST, &SECOND.replace(what, by)]), [""; 0], "{by}");
        }
    }

    #[test]
    fn versions_and_slots_that_are_described_again_are_not_reported() {
        let version = |record: &str| record.replace("conf", "series: x, conf");
        assert_eq!(sessions(&[&version(FIRST), &version(SECOND)]), [""; 0]);
        assert_eq!(sessions(&[&version(FIRST), SECOND]).len(), 1);
        assert_eq!(
            sessions(&[FIRST, &FIRST.replace("room: A", "room: B")]),
            [""; 0],
            "one session in two rooms"
        );
    }
}
