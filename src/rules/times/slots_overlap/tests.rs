use super::RULE;
use crate::testing::{check, findings_with};

/// Checks a programme with these slots, drawn with their findings.
#[track_caller]
fn check_slots(slots: &str) {
    check(&RULE, &format!("\nkind: programme\nslots:{slots}"));
}

/// The same for a programme with a date.
#[track_caller]
fn check_dated_slots(slots: &str) {
    check(&RULE, &format!("\nkind: programme\ndate: \"2011-05-19\"\nslots:{slots}"));
}

#[test]
fn overlapping_slots_in_one_room_are_reported() {
    check_dated_slots(
        r#"
  - {title: Opening, start: "10:00", end: "10:20"}
#                                          ~~~~~ “Opening” ends here
  - {title: Panel one, start: "10:19", end: "13:00"}
#                              ^^^^^ error: “Panel one” begins at `10:19`, before “Opening” ends at `10:20`
"#,
    );
}

#[test]
fn slots_that_touch_are_not_reported() {
    check_slots(
        r#"
  - {title: Opening, start: "10:00", end: "10:20"}
  - {title: Panel one, start: "10:20", end: "13:00"}
  - {title: Panel two, start: "15:00", end: "17:40"}
"#,
    );
}

#[test]
fn each_slot_in_a_room_is_reported_once_with_the_one_that_ends_last() {
    check_dated_slots(
        r#"
  - {track: A, title: All day, start: "10:00", end: "18:00"}
#                                                    ~~~~~ “All day” ends here
#                                                    ~~~~~ “All day” ends here
  - {track: A, title: One, start: "10:00", end: "11:00"}
#                                  ^^^^^ error: “One” begins at `10:00`, before “All day” ends at `18:00`, both in “A”
  - {track: A, title: Two, start: "15:00", end: "16:00"}
#                                  ^^^^^ error: “Two” begins at `15:00`, before “All day” ends at `18:00`, both in “A”
"#,
    );
}

#[test]
fn the_later_slot_is_reported_whatever_the_order() {
    check_slots(
        r#"
  - {start: "10:30", end: "11:30"}
#            ^^^^^ error: the slot at 10:30 begins at `10:30`, before the slot at 10:00 ends at `11:00`
  - {start: "10:00", end: "11:00"}
#                          ~~~~~ the slot at 10:00 ends here
"#,
    );
}

#[test]
fn parallel_tracks_are_not_reported_and_case_is_ignored() {
    check_slots(
        r#"
  - {title: One, track: Room 1, start: "10:00", end: "11:00"}
#                                                     ~~~~~ “One” ends here
  - {title: Two, track: Room 2, start: "10:00", end: "11:00"}
  - {title: Three, track: room  1, start: "10:30", end: "11:00"}
#                                          ^^^^^ error: “Three” begins at `10:30`, before “One” ends at `11:00`, both in “room  1”
  - {title: Four, start: "10:00", end: "11:00"}
"#,
    );
}

#[test]
fn slots_on_two_days_are_not_reported() {
    check_dated_slots(
        r#"
  - {title: One, start: "10:00", end: "11:00"}
  - {title: Two, start: "10:00", end: "11:00", date: "2011-05-20"}
"#,
    );
}

#[test]
fn an_end_at_midnight_lasts_until_the_next_day_begins() {
    check_dated_slots(
        r#"
  - {title: One, start: "22:00", end: "00:00"}
#                                      ~~~~~ “One” ends here
  - {title: Two, start: "23:00", end: "00:30"}
#                        ^^^^^ error: “Two” begins at `23:00`, before “One” ends at `00:00`
  - {title: Three, start: "00:30", end: "01:00", date: "2011-05-20"}
"#,
    );
}

#[test]
fn slots_without_a_usable_end_are_skipped() {
    check_slots(
        r#"
  - {title: One, start: "10:00"}
  - {title: Two, start: "10:00", end: "09:00"}
  - {title: Mark, start: "10:30", end: "10:30"}
  - {title: Three, start: "10:00", end: "11:00"}
"#,
    );
}

#[test]
fn slots_past_midnight_are_compared_where_they_are() {
    check_dated_slots(
        r#"
  - {title: Dinner, start: "20:00", end: "23:00"}
  - {title: Late session, start: "23:00", end: "01:00"}
#                                               ~~~~~ “Late session” ends here
  - {title: After midnight, start: "00:30", end: "02:00"}
#                                   ^^^^^ error: “After midnight” begins at `00:30`, before “Late session” ends at `01:00`
  - {title: Breakfast, start: "00:30", end: "03:00", date: "2011-05-21"}
"#,
    );
}

#[test]
fn slots_past_midnight_are_compared_without_a_date_too() {
    check_slots(
        r#"
  - {title: Late session, start: "23:00", end: "01:00"}
#                                               ~~~~~ “Late session” ends here
  - {title: After midnight, start: "00:30", end: "02:00"}
#                                   ^^^^^ error: “After midnight” begins at `00:30`, before “Late session” ends at `01:00`
"#,
    );
}

#[test]
fn parallel_slots_without_a_room_are_one_info_and_a_short_overlap_is_an_error() {
    check_slots(
        r#"
  - {title: Opening, start: "09:00", end: "09:30"}
  - {title: Workshop, start: "09:30", end: "17:00"}
#                             ^^^^^ info: “Workshop” and 4 other slots run in parallel, but name no room
  - {title: One, start: "10:00", end: "11:00"}
#                        ~~~~~ “One” begins here
  - {title: Two, start: "11:00", end: "12:00"}
#                        ~~~~~ “Two” begins here
  - {title: East, start: "13:00", end: "14:00"}
#                         ~~~~~ “East” begins here
  - {title: West, start: "13:00", end: "14:00"}
#                         ~~~~~ “West” begins here
  - {title: Reception, start: "17:00", end: "18:00"}
#                                            ~~~~~ “Reception” ends here
  - {title: Closing, start: "17:50", end: "18:30"}
#                            ^^^^^ error: “Closing” begins at `17:50`, before “Reception” ends at `18:00`
"#,
    );
}

#[test]
fn a_short_overlap_within_a_longer_slot_is_found() {
    check_slots(
        r#"
  - {title: Workshop, start: "09:30", end: "17:00"}
#                             ^^^^^ info: “Workshop” and 2 other slots run in parallel, but name no room
  - {title: One, start: "10:00", end: "11:10"}
#                        ~~~~~ “One” begins here
#                                      ~~~~~ “One” ends here
  - {title: Two, start: "11:00", end: "12:00"}
#                        ^^^^^ error: “Two” begins at `11:00`, before “One” ends at `11:10`
#                        ~~~~~ “Two” begins here
"#,
    );
}

#[test]
fn a_slot_of_several_streams_is_not_held_against_its_neighbours() {
    check_slots(
        r#"
  - {title: East, start: "13:00", end: "13:30"}
#                         ^^^^^ info: “East” and 2 other slots run in parallel, but name no room
  - {title: More, start: "13:30", end: "14:00"}
#                         ~~~~~ “More” begins here
  - {title: West, start: "13:00", end: "14:30"}
#                         ~~~~~ “West” begins here
  - {title: Last, start: "14:00", end: "15:00"}
"#,
    );
}

#[test]
fn slots_without_a_room_beside_slots_with_one_are_not_errors() {
    check_slots(
        r#"
  - {title: Registration, start: "08:00", end: "12:00", track: " "}
  - {title: Coffee, start: "09:00", end: "09:30"}
  - {title: Plenary, start: "09:30", end: "10:30", track: Hall}
"#,
    );
    check_slots(
        r#"
  - {title: One, start: "08:00", end: "09:10"}
#                        ^^^^^ info: “One” and “Two” run in parallel, but name no room
  - {title: Two, start: "09:00", end: "10:00"}
#                        ~~~~~ “Two” begins here
  - {title: Plenary, start: "09:30", end: "10:30", track: Hall}
"#,
    );
}

/// The findings in a record `{kind: plan, slots: [...]}` of a schema whose `x-interval` has these arguments.
fn planned(arguments: &str, slots: &str) -> Vec<String> {
    // Terms are dates. Slots may be times.
    let form = if arguments == TERMS { r#""x-form": "iso-date""# } else { "" };
    let schema = format!(
        r##"{{"$defs": {{"slot": {{"x-interval": {{{arguments}, "label": "/t"}}, "properties": {{
            "from": {{{form}}}, "to": {{{form}}}, "t": {{}}, "room": {{}}, "stream": {{}},
            "ref": {{}}, "lasts": {{}}, "when": {{}}, "parts": {{"items": {{"$ref": "#/$defs/slot"}}}}}}}}}},
            "properties": {{"kind": {{"const": "plan"}}, "slots": {{"items": {{"$ref": "#/$defs/slot"}}}}}}}}"##
    );
    let catalog = crate::schema::Catalog::new(&[("plan.json".into(), schema)]);
    assert!(catalog.errors().is_empty(), "{:?}", catalog.errors());
    let text = format!("{{kind: plan, slots: [{slots}]}}");
    let found = findings_with(&catalog, &RULE, &[("plan.yaml".into(), text)]);
    found.into_iter().map(|one| format!("{}: {}", one.severity.word(), one.message)).collect()
}

const TERMS: &str = r#""start": "/from", "end": "/to", "track": "/ref""#;

#[test]
fn terms_by_whole_days_months_or_years_may_touch() {
    let terms = |first: &str, second: &str| {
        planned(TERMS, &format!("{{t: A, ref: gov, {first}}}, {{t: B, ref: gov, {second}}}")).len()
    };
    for (first, second) in [
        (r#"from: "2015-11-16", to: "2017-12-11""#, r#"from: "2017-12-11", to: "2018-01-09""#),
        (r#"from: "2015", to: "2016""#, r#"from: "2016", to: "2017""#),
        (r#"from: "2015", to: "2016""#, r#"from: "2016-05", to: "2017""#),
        (r#"from: "2015", to: "2016-05""#, r#"from: "2016", to: "2017""#),
        (
            r#"from: "2015-11-16T10:00", to: "2017-12-11T12:00""#,
            r#"from: "2017-12-11T12:00", to: "2018-01-09T09:00""#,
        ),
    ] {
        assert_eq!(terms(first, second), 0, "{first} {second}");
    }
    for (first, second) in [
        (r#"from: "2015-11-16", to: "2017-12-11""#, r#"from: "2017-12-10", to: "2018-01-09""#),
        (r#"from: "2014-11-03", to: "2015-04-08""#, r#"from: "2014-11-04", to: "2015-04-09""#),
        (r#"from: "2015-03", to: "2016-04""#, r#"from: "2016-01", to: "2017-01""#),
        (r#"from: "2015", to: "2016""#, r#"from: "2015-12", to: "2017""#),
        (r#"from: "2016-01-01", to: "2016-01-01""#, r#"from: "2016-01-01", to: "2016-01-01""#),
    ] {
        assert_eq!(terms(first, second), 1, "{first} {second}");
    }
}

#[test]
fn a_term_without_an_end_or_a_beginning_goes_on() {
    assert_eq!(
        planned(
            TERMS,
            r#"{t: A, ref: gov, from: "2022-07-18"}, {t: B, ref: gov, from: "2023-01-01", to: "2023-02-01"}"#
        ),
        ["error: “B” begins at `2023-01-01`, but “A” has no end, both in “gov”"]
    );
    assert_eq!(
        planned(
            TERMS,
            r#"{t: A, ref: gov, to: "2015-04-08"}, {t: B, ref: gov, from: "2015-01-01", to: "2016-01-01"}"#
        ),
        ["error: “B” begins at `2015-01-01`, before “A” ends at `2015-04-08`, both in “gov”"]
    );
    for apart in [
        r#"{t: A, ref: gov, from: "2022-07-18"}, {t: B, ref: bank, from: "2023-01-01", to: "2023-02-01"}"#,
        r#"{t: A, ref: gov, from: "2021-01-01", to: "2022-01-01"}, {t: B, ref: gov, from: "2022-01-01"}"#,
        r#"{t: A, ref: gov, to: "2015-04-08"}, {t: B, ref: gov, from: "2015-04-08", to: "2016-01-01"}"#,
        // Days alone, each without an end, are days and no terms.
        r#"{t: A, ref: gov, from: "2022-07-18"}, {t: B, ref: gov, from: "2023-01-01"}"#,
        r#"{t: A, from: "2022-07-18"}, {t: B, from: "2023-01-01", to: "2023-02-01"}"#,
    ] {
        assert_eq!(planned(TERMS, apart), [""; 0], "{apart}");
    }
    assert_eq!(
        planned(r#""start": "/from", "track": "/ref""#, r#"{t: A, ref: gov, from: "2022-07-18"}"#),
        [""; 0]
    );
}

#[test]
fn a_duration_gives_the_end() {
    let arguments = r#""start": "/from", "duration": "/lasts", "track": "/room""#;
    for lasts in ["01:00", "60", "PT1H", "1 h", "1h00"] {
        assert_eq!(
            planned(
                arguments,
                &format!(
                    r#"{{t: A, room: R, from: "2024-01-01T10:00", lasts: "{lasts}"}},
                {{t: B, room: R, from: "2024-01-01T10:59", lasts: 30}}, {{t: C, room: R, from: "2024-01-01T11:30", lasts: 30}}"#
                )
            ),
            [
                "error: “B” begins at `2024-01-01T10:59`, before “A” ends at `2024-01-01T11:00`, both in “R”"
            ],
            "{lasts}"
        );
    }
    assert_eq!(
        planned(
            arguments,
            r#"{t: A, room: R, from: "23:30", lasts: "1:00"}, {t: B, room: R, from: "00:15", lasts: 30}"#
        ),
        ["error: “B” begins at `00:15`, before “A” ends at `00:30`, both in “R”"]
    );
}

#[test]
fn slots_that_begin_together_in_one_room_are_reported_without_an_end() {
    let arguments = r#""start": "/from", "end": "/to", "track": "/room""#;
    assert_eq!(
        planned(
            arguments,
            r#"{t: A, room: R, from: "10:00"}, {t: B, room: R, from: "10:00"}, {t: C, room: S, from: "10:00"}"#
        ),
        ["error: “B” and “A” both begin at `10:00`, both in “R”"]
    );
    for apart in [
        r#"{t: A, room: R, from: "10:00"}, {t: B, room: R, from: "10:20"}"#,
        r#"{t: A, from: "10:00"}, {t: B, from: "10:00"}"#,
        r#"{t: A, room: R, from: "10:00", to: "11:00"}, {t: B, room: R, from: "10:20"}"#,
    ] {
        assert_eq!(planned(arguments, apart), [""; 0], "{apart}");
    }
}

#[test]
fn a_start_and_an_end_in_one_text_are_read() {
    let arguments = r#""range": "/when", "track": "/room""#;
    assert_eq!(
        planned(
            arguments,
            r#"{t: A, room: R, when: "08:00-09:00"}, {t: B, room: R, when: 08:50 – 10:00}"#
        ),
        ["error: “B” begins at `08:50`, before “A” ends at `09:00`, both in “R”"]
    );
    assert_eq!(
        planned(
            arguments,
            r#"{t: A, room: R, when: 10 a.m. to noon}, {t: B, room: R, when: 12–1 p.m.}"#
        ),
        [""; 0]
    );
}

#[test]
fn a_list_without_an_order_has_no_common_room() {
    let arguments = r#""start": "/from", "end": "/to", "track": "/room", "list": "unordered""#;
    let slots = |room: &str| {
        format!(
            r#"{{t: A, {room} from: "2024-01-01T10:00", to: "2024-01-01T11:00"}}, {{t: B, {room} from: "2024-01-01T10:30", to: "2024-01-01T11:30"}}"#
        )
    };
    assert_eq!(planned(arguments, &slots("")), [""; 0]);
    assert_eq!(planned(arguments, &slots("room: R,")).len(), 1);
}

#[test]
fn the_first_track_with_a_value_counts() {
    let arguments = r#""start": "/from", "end": "/to", "track": ["/room", "/stream"]"#;
    let slots = |one: &str, other: &str| {
        let slots = format!(
            r#"{{t: A, {one}, from: "10:00", to: "11:00"}}, {{t: B, {other}, from: "10:30", to: "11:30"}}"#
        );
        planned(arguments, &slots).len()
    };
    assert_eq!(slots("room: R, stream: S", "room: Q, stream: S"), 0);
    assert_eq!(slots("room: null, stream: S", "stream: s"), 1);
}

#[test]
fn a_part_of_a_slot_is_held_against_the_other_parts() {
    let arguments = r#""start": "/from", "end": "/to", "track": "/room""#;
    let slots = |parts: &str| {
        format!(
            r#"{{t: Session, room: R, from: "2024-01-01T10:00", to: "2024-01-01T12:00", parts: [{parts}]}}"#
        )
    };
    let part = |title: &str, from: &str, to: &str| {
        format!(r#"{{t: {title}, room: R, from: "2024-01-01T{from}", to: "2024-01-01T{to}"}}"#)
    };
    let apart = [part("A", "10:00", "10:30"), part("B", "10:30", "12:00")].join(", ");
    assert_eq!(planned(arguments, &slots(&apart)), [""; 0]);
    let together = [part("A", "10:00", "10:31"), part("B", "10:30", "12:00")].join(", ");
    assert_eq!(planned(arguments, &slots(&together)).len(), 1);
}

#[test]
fn a_single_slot_within_a_longer_one_is_an_error() {
    check_dated_slots(
        r#"
  - {title: Dinner, start: "20:00", end: "24:00"}
#                                         ~~~~~ “Dinner” ends here
  - {title: Speech, start: "23:30", end: "00:00"}
#                           ^^^^^ error: “Speech” begins at `23:30`, before “Dinner” ends at `24:00`
"#,
    );
}

/// The findings in records `{kind: session, ...}` of a schema whose `x-interval` has these further arguments.
fn sessions(arguments: &str, records: &[&str]) -> Vec<String> {
    let schema = format!(
        r#"{{"x-record": {{"id": "/id", "event": "/conf", "language": "/lang", "status": "/status"}},
            "x-version": {{"of": ["/series"]}},
            "x-interval": {{"start": "/from", "end": "/to", "track": "/room", "label": "/t"{arguments}}},
            "properties": {{"kind": {{"const": "session"}}, "id": {{}}, "conf": {{}}, "lang": {{}}, "status": {{}}, "series": {{}},
            "from": {{}}, "to": {{}}, "room": {{}}, "house": {{}}, "t": {{}}}}}}"#
    );
    let catalog = crate::schema::Catalog::new(&[("session.json".into(), schema)]);
    assert!(catalog.errors().is_empty(), "{:?}", catalog.errors());
    let file = |(number, record): (usize, &&str)| {
        (format!("{number}.yaml"), format!("{{kind: session, id: s{number}, {record}}}"))
    };
    let files: Vec<(String, String)> = records.iter().enumerate().map(file).collect();
    let found = findings_with(&catalog, &RULE, &files);
    found.into_iter().map(|one| format!("{}: {}", one.severity.word(), one.message)).collect()
}

const FIRST: &str =
    r#"conf: c, t: One, room: Hall, from: "2024-01-01T10:00", to: "2024-01-01T11:00""#;
const SECOND: &str =
    r#"conf: c, t: Two, room: hall, from: "2024-01-01T10:30", to: "2024-01-01T11:30""#;

#[test]
fn two_records_in_one_room_of_an_event_are_reported() {
    assert_eq!(
        sessions("", &[FIRST, SECOND]),
        [
            "error: “Two” begins at `2024-01-01T10:30`, before “One” of `s0` ends at `2024-01-01T11:00`, both in “hall”"
        ]
    );
    // Whatever the order of the files, the later slot is reported.
    assert_eq!(
        sessions("", &[SECOND, FIRST]),
        [
            "error: “Two” begins at `2024-01-01T10:30`, before “One” of `s1` ends at `2024-01-01T11:00`, both in “hall”"
        ]
    );
    for (what, by) in [
        ("hall", "Room 2"),
        ("conf: c", "conf: d"),
        ("conf: c,", ""),
        ("10:30", "11:00"),
        ("2024-01-01T1", "2024-01-02T1"),
        ("conf", "status: cancelled, conf"),
        ("conf", "lang: fr, conf"),
    ] {
        assert_eq!(sessions("", &[FIRST, &SECOND.replace(what, by)]), [""; 0], "{by}");
    }
}

#[test]
fn versions_of_a_record_and_a_slot_that_is_described_again_are_not_reported() {
    let version = |record: &str| record.replace("conf", "series: x, conf");
    assert_eq!(sessions("", &[&version(FIRST), &version(SECOND)]), [""; 0]);
    assert_eq!(sessions("", &[&version(FIRST), SECOND]).len(), 1);
    assert_eq!(sessions("", &[FIRST, &FIRST.replace("One", "one")]), [""; 0]);
    let other = FIRST.replace("One", "Other");
    assert_eq!(sessions("", &[FIRST, &other]).len(), 1, "two sessions with the same hours");
    assert_eq!(
        sessions("", &[FIRST, &other, &FIRST.replace("One", "Third")]),
        [""; 0],
        "the parts of one session"
    );
}

#[test]
fn a_room_of_a_site_or_of_a_namespace_holds_one_slot_in_all_events() {
    let other = SECOND.replace("conf: c", "conf: d");
    assert_eq!(sessions(r#", "space": "rooms""#, &[FIRST, &other]).len(), 1);
    assert_eq!(
        sessions(r#", "space": "rooms""#, &[&FIRST.replace("conf: c,", ""), &other]).len(),
        1
    );
    let at = |record: &str, house: &str| format!("house: {house}, {record}");
    let site = r#", "site": "/house""#;
    assert_eq!(sessions(site, &[&at(FIRST, "Palais"), &at(&other, "palais")]).len(), 1);
    assert_eq!(sessions(site, &[&at(FIRST, "Palais"), &at(&other, "Town hall")]), [""; 0]);
}

#[test]
fn two_records_that_begin_together_are_reported_without_an_end() {
    let start = |record: &str| record.replace(r#", to: "2024-01-01T11:00""#, "");
    assert_eq!(
        sessions("", &[&start(FIRST), &start(FIRST).replace("One", "Two")]),
        ["error: “Two” and “One” of `s0` both begin at `2024-01-01T10:00`, both in “Hall”"]
    );
    assert_eq!(
        sessions(
            "",
            &[&start(FIRST), &start(FIRST).replace("One", "Two").replace("10:00", "10:20")]
        ),
        [""; 0]
    );
}

#[test]
fn the_slots_of_one_record_hide_no_slot_of_another() {
    let schema = r#"{"x-record": {"id": "/id", "event": "/conf"}, "properties": {"kind": {"const": "day"}, "id": {}, "conf": {},
        "slots": {"items": {"x-interval": {"start": "/from", "end": "/to", "track": "/room"},
        "properties": {"from": {}, "to": {}, "room": {}}}}}}"#;
    let catalog = crate::schema::Catalog::new(&[("day.json".into(), schema.to_owned())]);
    let slot = |from: &str, to: &str| {
        format!(r#"{{room: R, from: "2024-01-01T{from}", to: "2024-01-01T{to}"}}"#)
    };
    let file = |id: &str, slots: &[String]| {
        (
            format!("{id}.yaml"),
            format!("{{kind: day, id: {id}, conf: c, slots: [{}]}}", slots.join(", ")),
        )
    };
    let a = file("a", &[slot("09:00", "12:00"), slot("13:00", "18:00")]);
    let b = file("b", &[slot("11:00", "11:30"), slot("11:30", "14:00")]);
    let found = findings_with(&catalog, &RULE, &[a, b]);
    let messages: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(messages.len(), 3, "{messages:?}");
}
