//! Agendas and minutes, of a board and of an organ of the United Nations.

use crate::{Change, check, found};

const AGENDA: &str = "\
id: agenda-3
kind: agenda
title: Agenda of the third meeting
language: en
event: board-3
status: final
body: Harbour Board
meeting: {number: 3, name: Special meeting}
date: \"2025-03-04\"
dateLine: Tuesday, 4 March 2025
start: \"17:00\"
end: \"18:00\"
items:
  - {number: 1, type: opening, title: Opening, start: \"17:00\", end: \"17:05\"}
  - number: 2
    type: hearing
    title: Hearing on the crane
    start: \"17:05\"
    end: \"17:35\"
    presenters: [{name: Runa Steen, role: Crane Driver}]
  - {number: 3, type: decision, title: Sale of the crane, start: \"17:35\", duration: 25}
";

#[test]
fn an_agenda_has_items_in_their_order_and_hearings_have_presenters() {
    const CHANGES: &[Change] = &[
        ("no body", &[("body: Harbour Board\n", "")], &["schema: the agenda lacks `body`"]),
        (
            "a blank body",
            &[("body: Harbour Board", "body: \" \"")],
            &["schema: `body` is ` `; text that is not blank expected"],
        ),
        ("no date", &[("date: \"2025-03-04\"\n", "")], &["schema: the agenda lacks `date`"]),
        (
            "another weekday",
            &[("dateLine: Tuesday", "dateLine: Monday")],
            &["weekday-mismatch: 4 March 2025 is a Tuesday, not a Monday"],
        ),
        (
            "a hearing without a presenter",
            &[("presenters: [{name: Runa Steen, role: Crane Driver}]", "presenters: []")],
            &["speaker-missing: no speaker for “Hearing on the crane”"],
        ),
        (
            "two items at once",
            &[("end: \"17:05\"", "end: \"17:20\"")],
            &[
                "slots-overlap: “Hearing on the crane” begins at `17:05`, before “Opening” ends at `17:20`",
            ],
        ),
        (
            "an item that ends first",
            &[("end: \"17:35\"", "end: \"17:01\"")],
            &[
                "end-before-start: “Hearing on the crane” ends at `17:01`, before it begins at `17:05`",
            ],
        ),
        (
            "a number that is missing",
            &[("number: 3, type", "number: 4, type")],
            &["sequence-gap: `4` follows `2` in `items` instead of `3`"],
        ),
    ];
    check(AGENDA, CHANGES);
}

const MINUTES: &str = "\
id: minutes-3
kind: minutes
title: Minutes of the third meeting
language: en
event: board-3
status: adopted
body: Harbour Board
date: \"2025-03-04\"
calledToOrder: \"17:02\"
adjourned: \"17:50\"
circulated: \"2025-03-10\"
approvedOn: \"2025-03-18\"
chair: [{name: Ida Brook}]
present: [{name: Per Holm}, {name: Ole Vik, left: \"17:40\"}, {name: Ana Ruiz}]
absent: [{name: Siri Dahl}]
attending: [{name: Nils Fenwick, role: Clerk}]
quorum: {needed: 3, present: 3, met: true}
items:
  - {number: 1, title: Opening}
  - {number: 2, title: Hearing on the crane, presenters: [{name: Runa Steen, role: Crane Driver}]}
  - number: 3
    title: Sale of the crane
    motions:
      - text: That the crane be sold.
        mover: Per Holm
        seconder: Ana Ruiz
        ayes: 2
        nays: 1
        abstentions: 1
        votes:
          - {name: Ida Brook, option: abstain}
          - {name: Per Holm, option: aye}
          - {name: Ole Vik, option: nay}
          - {name: Ana Ruiz, option: aye}
        outcome: carried
";

#[test]
fn minutes_do_not_contradict_themselves() {
    const CHANGES: &[Change] = &[
        ("no body", &[("body: Harbour Board\n", "")], &["schema: the minutes lack `body`"]),
        (
            "another property",
            &[("body: Harbour Board", "body: Harbour Board\nmoods: calm")],
            &["schema: the minutes have no property `moods`"],
        ),
        (
            "adjourned too early",
            &[("adjourned: \"17:50\"", "adjourned: \"16:50\"")],
            &[
                "end-before-start: “Minutes of the third meeting” ends at `16:50`, before it begins at `17:02`",
            ],
        ),
        (
            "present and absent",
            &[("absent: [{name: Siri Dahl}]", "absent: [{name: ana ruiz}]")],
            &["duplicate-entry: name “ana ruiz” appears in both `present` and `absent`"],
        ),
        (
            "a wrong figure",
            &[("quorum: {needed: 3, present: 3", "quorum: {needed: 3, present: 5")],
            &["attendance-inconsistent: `present` is 5, but 4 are listed"],
        ),
        (
            "a mover who seconds",
            &[("seconder: Ana Ruiz", "seconder: Per Holm")],
            &["duplicate-entry: “Per Holm” appears in both `mover` and `seconder`"],
        ),
        (
            "a mover who is absent",
            &[("mover: Per Holm", "mover: Siri Dahl")],
            &["ref-dangling: `Siri Dahl` is absent, not among those present"],
        ),
        (
            "a voter who is not spelled alike",
            &[("{name: Ole Vik, option", "{name: Ole Wik, option")],
            &["ref-dangling: `Ole Wik` is not among those present"],
        ),
        (
            "a figure for one vote too many",
            &[("ayes: 2", "ayes: 3")],
            &[
                "votes-inconsistent: `ayes` is 3, but `votes` has 2 entries with “aye”, “yea”, “yes”, “for” or “in favour”",
            ],
        ),
        (
            "approved before the meeting",
            &[
                ("approvedOn: \"2025-03-18\"", "approvedOn: \"2025-03-03\""),
                ("circulated: \"2025-03-10\"\n", ""),
            ],
            &[
                "dates-out-of-order: `approvedOn` (3 March 2025) is before `date` (4 March 2025); the schema says that it is not the earlier one",
            ],
        ),
        (
            "approved before the draft",
            &[("approvedOn: \"2025-03-18\"", "approvedOn: \"2025-03-09\"")],
            &[
                "dates-out-of-order: `approvedOn` (9 March 2025) is before `circulated` (10 March 2025); the schema says that it is not the earlier one",
            ],
        ),
        (
            "adopted on no day",
            &[("approvedOn: \"2025-03-18\"\n", "")],
            &["record-date-missing: no date of adoption for “Minutes of the third meeting”"],
        ),
        (
            "an attendance that was never completed",
            &[("absent: [{name: Siri Dahl}]", "absent: [{name: \"??\"}]")],
            &["schema: `name` is `??`; the schema excludes this value"],
        ),
        (
            "a draft may leave names open",
            &[
                ("absent: [{name: Siri Dahl}]", "absent: [{name: \"??\"}]"),
                ("status: adopted", "status: draft"),
            ],
            &[],
        ),
        (
            "without a list of those present",
            &[(
                "present: [{name: Per Holm}, {name: Ole Vik, left: \"17:40\"}, {name: Ana Ruiz}]\n",
                "",
            )],
            &[],
        ),
    ];
    check(MINUTES, CHANGES);
}

#[test]
fn an_agenda_and_its_minutes_are_compared() {
    assert_eq!(found(&[AGENDA, MINUTES]), [""; 0]);
    let minutes = MINUTES.replace("Sale of the crane", "Sale of the cranes");
    assert_eq!(
        found(&[AGENDA, &minutes]),
        [
            "event-details-mismatch: the title of “3” has “cranes” where the title in agenda-3 has “crane”"
        ]
    );
    let minutes = MINUTES.replace("number: 3", "number: 4");
    assert_eq!(
        found(&[AGENDA, &minutes]),
        [
            "ref-dangling: the minuted item `3` is not in the event `board-3`",
            "ref-dangling: the agenda item `4` is not in the event `board-3`"
        ]
    );
}

#[test]
fn delegations_are_present_and_vote_like_persons() {
    let minutes = |voter: &str| {
        format!(
            "id: sr-4\nkind: minutes\ntitle: Summary record\nlanguage: en\nbody: Economic and Social Council\n\
             date: '2025-02-05'\npresent: [{{delegation: Chad}}, {{delegation: Peru}}]\nitems:\n  - title: Lighthouses\n    \
             motions: [{{text: That they be lit., symbol: E/2025/L.3, votes: [{{delegation: {voter}, option: in favour}}]}}]\n"
        )
    };
    assert_eq!(found(&[&minutes("Chad")]), [""; 0]);
    assert_eq!(found(&[&minutes("Fiji")]), ["ref-dangling: `Fiji` is not among those present"]);
}
