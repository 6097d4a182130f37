//! The changes from one version of a programme to the next.

use std::collections::BTreeMap;

use crate::{
    corpus::{
        Group, Member,
        relation::version::{Pair, Tie, Version, pairs},
    },
    fact::{Outline, OutlineSlot, Voice, Written},
    finding::{Family, Place, Severity},
    message::{counted as counted_noun, record_or, shown},
    person::{self, Verdict},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    vocabulary::SpeakerState,
    wording::Line,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("programme-diff"),
    family: Family::Consistency,
    summary: "the changes from one version of a programme to the next",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/programme-diff.md"),
    options: &[],
    check: Check::Group(&On::<Version>(check)),
};

/// A version, as a member of its group.
type Programme<'c> = Member<'c, Version>;

/// So many changes are shown at their places.
const SHOWN: usize = 12;
/// A longer list is not a list of speakers, and is not compared.
const LONGEST: usize = 200;

fn check(group: &Group<'_, Version>, findings: &mut Findings<'_>) {
    for Pair { earlier, later, tie } in pairs(&group.members) {
        let [old, new] = [earlier, later].map(|at| group.members[at].outline());
        let matched = old.matched(&new);
        // Records with few slots in common are not versions of one programme, whatever else they share.
        let fewest = old.slots.len().min(new.slots.len());
        if tie != Tie::Said && (matched.is_empty() || matched.len() * 2 < fewest) {
            continue;
        }
        let (old_member, new_member) = (&group.members[earlier], &group.members[later]);
        if tie == Tie::Rivals {
            report_rivals(old_member, new_member, findings);
            continue;
        }
        let changes = changes(&old, &new, &matched);
        if !changes.is_empty() {
            report(old_member, new_member, &changes, findings);
        }
    }
}

fn version_name(member: &Programme<'_>) -> String {
    record_or(member.record_id(), "another version")
}

fn report_rivals(old: &Programme<'_>, new: &Programme<'_>, findings: &mut Findings<'_>) {
    findings
        .at(
            new.record_place(),
            format!(
                "this version and {} are both final, and neither replaces the other",
                version_name(old)
            ),
        )
        .severity(Severity::Warning)
        .label(old.record_place(), "the other final version")
        .help(
            "name the replaced record in the later version, or mark the earlier one as superseded",
        )
        .value("rivals")
        .value(old.record_id().unwrap_or_default());
}

fn report(
    old: &Programme<'_>,
    new: &Programme<'_>,
    changes: &[Change],
    findings: &mut Findings<'_>,
) {
    let mut counts: Vec<(Kind, usize)> = Vec::new();
    for change in changes {
        match counts.iter_mut().find(|(kind, _)| *kind == change.kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((change.kind, 1)),
        }
    }
    counts.sort_unstable();
    let counted: Vec<String> = counts.iter().map(|(kind, count)| kind.counted(*count)).collect();
    let message = format!("changes since {}: {}", version_name(old), counted.join(", "));
    let mut finding = findings
        .at(new.record_place(), message)
        .label(old.record_place(), "previous version")
        .value(old.record_id().unwrap_or_default());
    for change in changes.iter().take(SHOWN) {
        finding = finding.label(change.place, change.text.clone());
    }
    if changes.len() > SHOWN {
        let more = counted_noun(changes.len() - SHOWN, "more change");
        finding.help(format!("{more} without a label: compare the two records"));
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    SlotMoved,
    SlotRetitled,
    SlotAdded,
    SlotDropped,
    Replaced,
    Added,
    Dropped,
    Reordered,
    Confirmed,
    Described,
    TextReworded,
    TextAdded,
    TextDropped,
}

impl Kind {
    fn counted(self, count: usize) -> String {
        let (noun, what) = match self {
            Self::SlotMoved => ("slot", "moved"),
            Self::SlotRetitled => ("slot", "retitled"),
            Self::SlotAdded => ("slot", "added"),
            Self::SlotDropped => ("slot", "removed"),
            Self::Replaced => ("speaker", "replaced"),
            Self::Added => ("speaker", "added"),
            Self::Dropped => ("speaker", "removed"),
            Self::Reordered => ("speaker", "reordered"),
            Self::Confirmed => ("speaker", "confirmed"),
            Self::Described => ("speaker", "described differently"),
            Self::TextReworded => ("text", "reworded"),
            Self::TextAdded => ("text", "added"),
            Self::TextDropped => ("text", "removed"),
        };
        format!("{} {what}", counted_noun(count, noun))
    }
}

struct Change {
    kind: Kind,
    place: Place,
    text: String,
}

fn change(kind: Kind, place: Place, text: String) -> Change {
    Change { kind, place, text }
}

fn words(text: &str) -> Vec<String> {
    Line::read(text).words.into_iter().map(|word| word.folded).collect()
}

fn changes(old: &Outline, new: &Outline, matched: &[(usize, usize)]) -> Vec<Change> {
    let mut out = Vec::new();
    let title = |slot: &OutlineSlot| {
        slot.label
            .as_ref()
            .map_or_else(|| "this slot".to_owned(), |l| format!("“{}”", shown(&l.text)))
    };
    let place = |slot: &OutlineSlot| slot.label.as_ref().map_or(slot.place, |label| label.place);
    for (a, b) in matched {
        slot_changes(&old.slots[*a], &new.slots[*b], &mut out);
    }
    for (at, slot) in old.slots.iter().enumerate() {
        if !matched.iter().any(|(a, _)| *a == at) {
            out.push(change(Kind::SlotDropped, place(slot), format!("{} is removed", title(slot))));
        }
    }
    for (at, slot) in new.slots.iter().enumerate() {
        if !matched.iter().any(|(_, b)| *b == at) {
            out.push(change(Kind::SlotAdded, place(slot), format!("{} is added", title(slot))));
        }
    }
    out
}

fn slot_changes(old: &OutlineSlot, new: &OutlineSlot, out: &mut Vec<Change>) {
    if old.when.text != new.when.text {
        let text = format!("moved from `{}`", shown(&old.when.text));
        out.push(change(Kind::SlotMoved, new.when.place, text));
    }
    if let (Some(a), Some(b)) = (&old.label, &new.label)
        && words(&a.text) != words(&b.text)
    {
        out.push(change(
            Kind::SlotRetitled,
            b.place,
            format!("retitled from “{}”", shown(&a.text)),
        ));
    }
    let mut lists: BTreeMap<&str, [Vec<&Voice>; 2]> = BTreeMap::new();
    for (which, slot) in [old, new].into_iter().enumerate() {
        for voice in &slot.voices {
            lists.entry(&voice.list).or_default()[which].push(voice);
        }
    }
    for [old, new] in lists.values() {
        voice_changes(old, new, out);
    }
    text_changes(&old.texts, &new.texts, out);
}

fn name_of(voice: &Voice) -> String {
    format!("`{}`", shown(voice.name.as_deref().unwrap_or(&voice.description)))
}

fn is_same(old: &Voice, new: &Voice) -> bool {
    match (&old.name, &new.name) {
        (Some(a), Some(b)) => {
            a == b || matches!(person::compare(a, b), Verdict::Same | Verdict::Probable)
        }
        (None, None) => words(&old.description) == words(&new.description),
        _ => false,
    }
}

fn is_open(voice: &Voice) -> bool {
    matches!(voice.state, Some(SpeakerState::Tbc | SpeakerState::Invited))
        || voice.name.as_deref().is_some_and(|name| person::tbc_mark(name).is_some())
}

fn voice_changes(old: &[&Voice], new: &[&Voice], out: &mut Vec<Change>) {
    if old.len() > LONGEST || new.len() > LONGEST {
        return;
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, voice) in old.iter().enumerate() {
        let free = |b: &usize| !pairs.iter().any(|(_, other)| other == b);
        let found = (0..new.len()).filter(free).find(|b| is_same(voice, new[*b]));
        pairs.extend(found.map(|b| (at, b)));
    }
    for (a, b) in &pairs {
        description_changes(old[*a], new[*b], out);
    }
    let gone: Vec<usize> =
        (0..old.len()).filter(|at| !pairs.iter().any(|(a, _)| a == at)).collect();
    let come: Vec<usize> =
        (0..new.len()).filter(|at| !pairs.iter().any(|(_, b)| b == at)).collect();
    // If as many speakers are new as are gone, each replaces one. Otherwise it is unknown who replaces whom.
    if gone.len() == come.len() {
        for (a, b) in gone.iter().zip(&come) {
            let text = format!("replaces {}", name_of(old[*a]));
            out.push(change(Kind::Replaced, new[*b].place, text));
            pairs.push((*a, *b));
        }
    } else {
        let is = |voice: &Voice, kind, what| {
            change(kind, voice.place, format!("{} is {what}", name_of(voice)))
        };
        out.extend(gone.iter().map(|at| is(old[*at], Kind::Dropped, "removed")));
        out.extend(come.iter().map(|at| is(new[*at], Kind::Added, "added")));
    }
    pairs.sort_unstable();
    order_changes(&pairs, new, out);
}

/// The changes of one person.
fn description_changes(old: &Voice, new: &Voice, out: &mut Vec<Change>) {
    if is_open(old) && !is_open(new) {
        out.push(change(Kind::Confirmed, new.place, format!("{} is confirmed", name_of(new))));
    }
    if words(&old.description) != words(&new.description) {
        let text = match old.description.as_str() {
            "" => format!("{} had no description", name_of(new)),
            before => format!("{} was described as “{}”", name_of(new), shown(before)),
        };
        out.push(change(Kind::Described, new.place, text));
    }
}

/// Speakers whose place among the others changed: all but the longest run that kept its order.
fn order_changes(pairs: &[(usize, usize)], new: &[&Voice], out: &mut Vec<Change>) {
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, (_, b)) in pairs.iter().enumerate() {
        let before =
            (0..at).filter(|before| pairs[*before].1 < *b).max_by_key(|before| best[*before].0);
        best.push((before.map_or(1, |before| best[before].0 + 1), before));
    }
    let mut in_order = vec![false; pairs.len()];
    let mut next = (0..pairs.len()).max_by_key(|at| best[*at].0);
    while let Some(at) = next {
        in_order[at] = true;
        next = best[at].1;
    }
    for (_, (a, b)) in in_order.iter().zip(pairs).filter(|(in_order, _)| !**in_order) {
        let (was, is) = (a + 1, b + 1);
        let swapped = a.abs_diff(*b) == 1 && pairs.contains(&(*b, *a));
        let text = if swapped {
            format!("{} swapped places with {}", name_of(new[*b]), name_of(new[*a]))
        } else {
            format!("{} moved from place {was} to {is}", name_of(new[*b]))
        };
        out.push(change(Kind::Reordered, new[*b].place, text));
    }
}

fn text_changes(old: &[Written], new: &[Written], out: &mut Vec<Change>) {
    if old.len() > LONGEST || new.len() > LONGEST {
        return;
    }
    let mut rest: Vec<(&Written, Vec<String>)> =
        new.iter().map(|text| (text, words(&text.text))).collect();
    let mut gone: Vec<&Written> = Vec::new();
    for text in old {
        let folded = words(&text.text);
        match rest.iter().position(|(_, other)| *other == folded) {
            Some(at) => drop(rest.remove(at)),
            None => gone.push(text),
        }
    }
    for text in gone {
        let line = Line::read(&text.text);
        match rest.iter().position(|(other, _)| line.resembles(&Line::read(&other.text))) {
            Some(at) => {
                let (other, _) = rest.remove(at);
                let difference = line.difference(&Line::read(&other.text));
                let text = match difference.mine.as_str() {
                    "" => "has more words than before".to_owned(),
                    mine => format!("reworded from “{}”", shown(mine)),
                };
                out.push(change(Kind::TextReworded, other.place, text));
            }
            None => out.push(change(Kind::TextDropped, text.place, "is removed".to_owned())),
        }
    }
    out.extend(
        rest.iter().map(|(text, _)| change(Kind::TextAdded, text.place, "is added".to_owned())),
    );
}

#[cfg(test)]
mod tests;
