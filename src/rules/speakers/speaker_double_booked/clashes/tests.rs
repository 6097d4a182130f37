//! The search is held against a plain one, which compares each booking with all that are not over yet.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::super::is_full;
use super::{super::people, *};
use crate::{
    corpus::{Shared, relation::Roster},
    schema::Catalog,
    testing::{decided, with_group},
};

/// A slot of a plan: it may hold others.
#[derive(Clone, Debug)]
struct Slot {
    from: i64,
    length: i64,
    has_date: bool,
    room: Option<u8>,
    title: Option<u8>,
    speakers: Vec<(usize, [Option<u8>; 3])>,
    parts: Vec<Slot>,
}

const NAMES: [&str; 6] = ["Anna Berg", "anna  berg", "A. Berg", "Lake", "Dr Lake", "LAKE"];

impl Slot {
    fn json(&self) -> Value {
        let clock = |minute: i64| format!("{:02}:{:02}", minute / 60 % 24, minute % 60);
        let text = |what: &str, number: Option<u8>| number.map(|number| format!("{what} {number}"));
        let speaker = |(name, [affiliation, delegation, role]): &(usize, [Option<u8>; 3])| {
            json!({
                "name": NAMES[*name],
                "of": text("Of", *affiliation),
                "for": text("For", *delegation),
                "role": text("Role", *role),
            })
        };
        json!({
            "date": self.has_date.then_some("2011-05-19"),
            "start": clock(self.from),
            "end": clock(self.from + self.length),
            "room": text("Room", self.room),
            "title": text("Title", self.title),
            "parts": self.parts.iter().map(Self::json).collect::<Vec<_>>(),
            "who": self.speakers.iter().map(speaker).collect::<Vec<_>>(),
        })
    }
}

fn slot() -> impl Strategy<Value = Slot> {
    let few = || prop::option::weighted(0.4, 0..2_u8);
    let speaker = (0..NAMES.len(), [few(), few(), few()]);
    let length = prop::sample::select(vec![0_i64, 3, 4, 5, 6, 10, 30, 60, 180]);
    let start = prop::sample::select(vec![600_i64, 601, 604, 605, 610, 625, 660, 1435, 1380]);
    let own = (start, length, prop::bool::weighted(0.9), few(), few());
    let speakers = prop::collection::vec(speaker, 1..3);
    let with = move |parts: BoxedStrategy<Vec<Slot>>| {
        (own.clone(), speakers.clone(), parts).prop_map(|(own, speakers, parts)| {
            let (from, length, has_date, room, title) = own;
            Slot { from, length, has_date, room, title, speakers, parts }
        })
    };
    with(Just(Vec::new()).boxed())
        .prop_recursive(3, 16, 4, move |inner| with(prop::collection::vec(inner, 0..4).boxed()))
}

const PLAN: &str = r##"{
    "$defs": {"slot": {
        "x-interval": {"date": "/date", "start": "/start", "end": "/end", "track": "/room", "label": "/title"},
        "properties": {
            "who": {"items": {"x-speaker": {"name": "/name", "affiliation": "/of", "delegation": "/for", "role": "/role"}}},
            "parts": {"items": {"$ref": "#/$defs/slot"}}
        }
    }},
    "x-record": {"id": "/id"},
    "properties": {"kind": {"const": "plan"}, "slots": {"items": {"$ref": "#/$defs/slot"}}}
}"##;

fn shared(decisions: &[(Vec<usize>, bool)]) -> Shared {
    let decision = |(names, is_same): &(Vec<usize>, bool)| {
        let verdict = if *is_same { "same-as" } else { "distinct" };
        json!({"names": names.iter().map(|name| NAMES[*name]).collect::<Vec<_>>(), "verdict": verdict})
    };
    let decisions: Vec<Value> = decisions.iter().map(decision).collect();
    let text = json!({"kind": "identities", "decisions": decisions}).to_string();
    decided(&text)
}

fn plain(bookings: &[Booking<'_>], identities: &Identities) -> Vec<(usize, usize)> {
    let one_person = |earlier: &Booking<'_>, later: &Booking<'_>| match identities.on(
        earlier.member.event(),
        earlier.member.name(),
        later.member.name(),
    ) {
        Some(decided) => decided == Identity::SameAs,
        None => is_one_person(earlier, later),
    };
    let clash = |later: &usize| {
        let clashes = |earlier: &usize| {
            let (earlier, later) = (&bookings[*earlier], &bookings[*later]);
            excludes(earlier, later) && one_person(earlier, later)
        };
        (0..*later).rev().find(clashes).map(|earlier| (*later, earlier))
    };
    (0..bookings.len()).filter_map(|later| clash(&later)).collect()
}

/// Minutes that a handover takes.
const HANDOVER: i64 = 5;

fn excludes(earlier: &Booking<'_>, later: &Booking<'_>) -> bool {
    let lies_in = |inner: &Booking<'_>, outer: &Booking<'_>| {
        outer.slot.nodes.contains(&inner.slot.nodes.start)
    };
    let track = |booking: &Booking<'_>| booking.member.slot_track().map(fold);
    let label = |booking: &Booking<'_>| booking.member.slot_label().map(fold);
    let is_shown_again = (earlier.from, earlier.to) == (later.from, later.to)
        && label(earlier).is_some()
        && label(earlier) == label(later);
    earlier.to.min(later.to) - later.from >= HANDOVER
        && track(earlier) != track(later)
        && !is_shown_again
        && !lies_in(later, earlier)
        && !lies_in(earlier, later)
}

fn is_one_person(earlier: &Booking<'_>, later: &Booking<'_>) -> bool {
    let details = |booking: &Booking<'_>| {
        let member = booking.member;
        [member.affiliation(), member.delegation(), member.role()].map(|one| one.map(fold))
    };
    let (ours, theirs) = (details(earlier), details(later));
    let pairs = || ours.iter().zip(&theirs);
    let differs = pairs().take(2).any(|(a, b)| a.is_some() && b.is_some() && a != b);
    let shares = pairs().any(|(a, b)| a.is_some() && a == b);
    (is_full(person::core(earlier.member.name())) || shares) && !differs
}

/// The clashes of each person and day in a plan, with the bookings that were compared.
fn compare(slots: &[Slot], shared: &Shared, mut look: impl FnMut(&[Booking<'_>])) {
    let catalog = Catalog::without_bundled(&[("plan.json".into(), PLAN.into())]);
    let slots: Vec<Value> = slots.iter().map(Slot::json).collect();
    let text = json!({"id": "p", "kind": "plan", "slots": slots}).to_string();
    with_group::<Roster>(&catalog, &[text], shared, |group| {
        for bookings in people(group) {
            for today in bookings.chunk_by(|a, b| a.day() == b.day()) {
                look(today);
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn clashes_are_those_of_a_plain_search(
        slots in prop::collection::vec(slot(), 1..12),
        decisions in prop::collection::vec((prop::collection::vec(0..NAMES.len(), 2..4), any::<bool>()), 0..4),
    ) {
        let shared = shared(&decisions);
        let mut seen = Vec::new();
        compare(&slots, &shared, |today| {
            let found = clashes(today, HANDOVER, &shared.identities);
            seen.push((found, plain(today, &shared.identities)));
        });
        for (found, expected) in seen {
            prop_assert_eq!(found, expected);
        }
    }
}

/// How many steps the search takes for these slots. It finds what a plain search finds.
fn steps(slots: &[Slot]) -> usize {
    let shared = Shared::default();
    let mut steps = 0;
    compare(slots, &shared, |today| {
        let mut search = Search::new(today, &shared.identities);
        assert_eq!(search.run(HANDOVER), plain(today, &shared.identities));
        let lists = search.lists.values().filter_map(|list| list.latest.as_ref());
        steps += lists.map(|latest| latest.steps.get()).sum::<usize>();
    });
    steps
}

fn many(count: usize, change: impl Fn(usize, &mut Slot)) -> Vec<Slot> {
    let speakers = vec![(0, [None; 3])];
    let slot = Slot {
        from: 600,
        length: 60,
        has_date: true,
        room: None,
        title: None,
        speakers,
        parts: Vec::new(),
    };
    let changed = |number| {
        let mut slot = slot.clone();
        change(number, &mut slot);
        slot
    };
    (0..count).map(changed).collect()
}

#[test]
fn the_steps_grow_with_the_number_of_bookings_and_not_with_that_of_their_pairs() {
    const COUNT: usize = 200;
    let in_a_cross = |n: usize, slot: &mut Slot| {
        let number = Some((n / 3) as u8);
        (slot.room, slot.title) = match n % 3 {
            0 => (number, Some(255)),
            1 => (Some(255), number),
            _ => (Some(255), Some(255)),
        };
    };
    let bearers = |n: usize, slot: &mut Slot| {
        slot.room = Some(n as u8);
        slot.speakers[0].1[0] = Some(n as u8);
    };
    let nested = |_, outer: &mut Slot| {
        outer.speakers = vec![(0, [None; 3]); COUNT / 2];
        outer.parts = many(COUNT / 2, |_, slot| slot.room = Some(1));
    };
    let shapes = [
        ("no room is named", many(COUNT, |_, _| {})),
        ("each in a room", many(COUNT, |n, slot| slot.room = Some(n as u8))),
        (
            "one slot that is shown in all rooms",
            many(COUNT, |n, slot| (slot.room, slot.title) = (Some(n as u8), Some(0))),
        ),
        ("a cross of rooms and titles", many(COUNT, in_a_cross)),
        ("bearers of one name", many(COUNT, bearers)),
        ("slots within a slot", many(1, nested)),
    ];
    for (shape, slots) in shapes {
        let steps = steps(&slots);
        // Each asks in at most eight lists, and is a way up and a way down in each.
        let most = COUNT * 8 * 2 * 8;
        assert!(steps <= most, "{shape}: {steps} steps, and at most {most} expected");
    }
}
