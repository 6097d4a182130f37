//! Random edits of a record leave the fingerprints of what they do not touch.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::{
    finding::Finding,
    lint::{Run, Setting},
    rule::Rule,
    schema::Catalog,
    testing,
};

/// What the findings of the tests are about.
const RULES: [&str; 3] = ["schema", "speaker-missing", "speaker-placeholder"];

/// How the slots of a programme are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Key,
    Label,
    Start,
    Digest,
}

/// A slot with mistakes, known by its number.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Slot {
    number: u32,
    /// Placeholders, and names with a member that the schema does not know.
    speakers: Vec<u32>,
    has_kind: bool,
    remark: u32,
}

impl Slot {
    fn json(&self, by: By) -> String {
        let Self { number, remark, .. } = self;
        let id = format!("\"id\": \"s{number}\", ");
        let title = if matches!(by, By::Key | By::Label) { *number } else { 0 };
        let title = format!("\"title\": \"T{title}\", ");
        let start = format!("\"start\": \"{:02}:{:02}\", ", number / 60, number % 60);
        let track = if by == By::Digest { number } else { remark };
        let kind = if self.has_kind { "keynote" } else { "remorks" };
        let name = |speaker: &u32| match speaker {
            0 => "{\"name\": \"TBA\"}".to_owned(),
            n => format!("{{\"name\": \"Ana {n}\", \"rank\": {n}}}"),
        };
        let speakers: Vec<String> = self.speakers.iter().map(name).collect();
        let head = match by {
            By::Key => id + &title + &start,
            By::Label => title + &start,
            By::Start => start,
            By::Digest => String::new(),
        };
        format!(
            "{{{head}\"kind\": \"{kind}\", \"track\": \"t{track}\", \"end\": \"23:59\", \"speakers\": [{}]}}",
            speakers.join(", ")
        )
    }
}

fn slot() -> impl Strategy<Value = Slot> {
    let speakers = prop::collection::vec(0..4_u32, 0..3);
    (0..1000_u32, speakers, any::<bool>(), 0..5_u32).prop_map(
        |(number, speakers, has_kind, remark)| Slot { number, speakers, has_kind, remark },
    )
}

/// The fingerprints of the findings in a programme, each with the number of its slot. It is provisional, so it may have none.
fn found(slots: &[Slot], by: By, path: &str, is_pretty: bool) -> Vec<(Option<u32>, String)> {
    let list: Vec<String> = slots.iter().map(|slot| slot.json(by)).collect();
    let text = format!(
        "{{\"id\": \"p\", \"kind\": \"programme\", \"status\": \"provisional\", \"language\": \"en\", \"slots\": [{}]}}",
        list.join(",")
    );
    let text = if is_pretty { text.replace(", ", ",\n    ").replace('{', "{ ") } else { text };
    let slot = |finding: &Finding| {
        let index = finding.location.pointer.strip_prefix("/slots/")?.split('/').next()?;
        Some(slots[index.parse::<usize>().unwrap()].number)
    };
    let findings = check(path, &text);
    findings.iter().map(|finding| (slot(finding), finding.fingerprint.clone())).collect()
}

fn check(path: &str, text: &str) -> Vec<Finding> {
    let inputs = [testing::input(path).into()];
    let is_on = |rule: &Rule| RULES.contains(&rule.id.as_str());
    let catalog = Catalog::bundled();
    let run = Run {
        setting: &|rule| if is_on(rule) { Setting::Default } else { Setting::Off },
        ..Run::new(&catalog)
    };
    run.check(&inputs, &|_| Ok(text.as_bytes().to_vec())).findings
}

#[derive(Clone, Debug)]
enum Edit {
    Insert(usize, Slot),
    Delete(usize),
    Swap(usize, usize),
    Change(usize, Slot),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (any::<usize>(), slot()).prop_map(|(at, slot)| Edit::Insert(at, slot)),
        any::<usize>().prop_map(Edit::Delete),
        (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Edit::Swap(a, b)),
        (any::<usize>(), slot()).prop_map(|(at, slot)| Edit::Change(at, slot)),
    ]
}

/// Edits a list of slots, each with whether it is as it was.
fn apply(slots: &mut Vec<(Slot, bool)>, edit: Edit) {
    let len = slots.len();
    match edit {
        Edit::Insert(at, slot) => slots.insert(at % (len + 1), (slot, false)),
        _ if len == 0 => {}
        Edit::Delete(at) => drop(slots.remove(at % len)),
        Edit::Swap(a, b) => slots.swap(a % len, b % len),
        Edit::Change(at, slot) => slots[at % len] = (slot, false),
    }
}

/// Whether all of `some` are among `all`, each as often.
fn are_among(some: &[String], all: &[String]) -> bool {
    let count = |list: &[String], one: &String| list.iter().filter(|other| *other == one).count();
    some.iter().all(|one| count(some, one) <= count(all, one))
}

fn by() -> impl Strategy<Value = By> {
    prop_oneof![Just(By::Key), Just(By::Label), Just(By::Start), Just(By::Digest)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn edits_leave_the_fingerprints_of_what_they_do_not_touch(
        by in by(),
        slots in prop::collection::vec(slot(), 0..7),
        edits in prop::collection::vec(edit(), 0..5),
        is_pretty in any::<bool>(),
    ) {
        let before = found(&slots, by, "a.json", false);
        let numbers: Vec<u32> = slots.iter().map(|slot| slot.number).collect();
        let mut edited: Vec<(Slot, bool)> = slots.into_iter().map(|slot| (slot, true)).collect();
        for edit in edits {
            apply(&mut edited, edit);
        }
        // A slot with the number of an edited one cannot be reported from it.
        let touched: BTreeSet<u32> =
            edited.iter().filter(|(_, same)| !same).map(|(slot, _)| slot.number).collect();
        let slots: Vec<Slot> = edited.into_iter().map(|(slot, _)| slot).collect();
        let left: BTreeSet<u32> = slots.iter().map(|slot| slot.number).collect();
        let after = found(&slots, by, "renamed/b.json", is_pretty);
        let is_untouched = |number: u32| left.contains(&number) && !touched.contains(&number);
        // Of several slots with one number, some may have been deleted.
        let retained = numbers.iter().filter(|number| is_untouched(**number)).count();
        let untouched = |all: &[(Option<u32>, String)]| -> Vec<String> {
            let all = all.iter().filter(|(slot, _)| slot.is_none_or(is_untouched));
            all.map(|(_, print)| print.clone()).collect()
        };
        let (before, after_untouched) = (untouched(&before), untouched(&after));
        prop_assert!(are_among(&after_untouched, &before));
        if slots.iter().filter(|slot| !touched.contains(&slot.number)).count() == retained {
            prop_assert_eq!(after_untouched.len(), before.len());
        }
        let prints: BTreeSet<&String> = after.iter().map(|(_, print)| print).collect();
        prop_assert_eq!(prints.len(), after.len(), "each finding has its own");
    }

    #[test]
    fn among_equal_slots_as_many_fingerprints_go_as_findings(
        by in by(),
        count in 1..6_usize,
        slot in slot(),
        deleted in 0..6_usize,
    ) {
        let slots = vec![slot; count];
        let left = count.saturating_sub(deleted);
        let prints = |slots: &[Slot], is_pretty| -> Vec<String> {
            let found = found(slots, by, "a.json", is_pretty);
            found.into_iter().filter(|(slot, _)| slot.is_some()).map(|(_, print)| print).collect()
        };
        let (before, after) = (prints(&slots, false), prints(&slots[..left], true));
        prop_assert!(are_among(&after, &before));
        prop_assert_eq!(after.len() * count, before.len() * left);
    }
}

#[test]
fn the_scene_has_findings_of_every_kind() {
    let slot = |number, speakers, has_kind| Slot { number, speakers, has_kind, remark: 1 };
    let slots = [slot(7, vec![0, 3], true), slot(8, Vec::new(), true), slot(9, Vec::new(), false)];
    let count = |by| found(&slots, by, "a.json", false).len();
    // The record lacks its title; one speaker is to be announced, one has a `rank`, one is missing, one kind is wrong.
    assert_eq!((count(By::Key), count(By::Label)), (5, 5));
    // Each slot lacks its title, and then its start too.
    assert_eq!((count(By::Start), count(By::Digest)), (8, 11));
}
