//! What changed from one version of a programme to the next.

use std::collections::BTreeMap;

use crate::{
    corpus::{Group, Member, Pair, Relation, Tie},
    fact::{Outline, OutlineSlot, Voice, Written},
    finding::{Family, Place, Severity},
    person::{self, Verdict},
    rule::{Check, Findings, Fix, Rule},
    schema::violations::shown,
    wording::Line,
};

pub(crate) static RULE: Rule = Rule {
    id: "programme-diff",
    family: Family::Consistency,
    summary: "what changed from one version of a programme to the next",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/programme-diff.md"),
    check: Check::Group(Relation::Version, check),
};

/// So many changes are shown at their places.
const SHOWN: usize = 12;
/// A longer list is not a list of speakers, and is left alone.
const LONGEST: usize = 200;

fn check(group: &Group<'_>, findings: &mut Findings<'_>) {
    for Pair { earlier, later, tie } in crate::corpus::pairs(&group.members) {
        let outline = |at: usize| group.outlines.get(at).and_then(Option::as_ref);
        let (Some(old), Some(new)) = (outline(earlier), outline(later)) else { continue };
        let matched = old.matched(new);
        // Records that have few slots in common are no versions of one, whatever they share besides.
        let fewest = old.slots.len().min(new.slots.len());
        if tie != Tie::Said && (matched.is_empty() || matched.len() * 2 < fewest) {
            continue;
        }
        let (old_member, new_member) = (&group.members[earlier], &group.members[later]);
        if tie == Tie::Rivals {
            rivals(old_member, new_member, findings);
            continue;
        }
        let changes = changes(old, new, &matched);
        if !changes.is_empty() {
            report(old_member, new_member, &changes, findings);
        }
    }
}

fn name(member: &Member<'_>) -> String {
    member.record_id().map_or_else(|| "another version".to_owned(), |id| format!("`{}`", shown(id)))
}

fn rivals(old: &Member<'_>, new: &Member<'_>, findings: &mut Findings<'_>) {
    findings
        .at(new.record_place(), format!("this version and {} are both final, and neither replaces the other", name(old)))
        .severity(Severity::Warning)
        .label(old.record_place(), "the other final version")
        .help("say in the later one which record it replaces, or in the other one that it is superseded")
        .value("rivals")
        .value(old.record_id().unwrap_or_default());
}

fn report(old: &Member<'_>, new: &Member<'_>, changes: &[Change], findings: &mut Findings<'_>) {
    let mut counts: Vec<(Kind, usize)> = Vec::new();
    for change in changes {
        match counts.iter_mut().find(|(kind, _)| *kind == change.kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((change.kind, 1)),
        }
    }
    counts.sort_unstable();
    let counted: Vec<String> = counts.iter().map(|(kind, count)| kind.counted(*count)).collect();
    let message = format!("changed since {}: {}", name(old), counted.join(", "));
    let mut finding = findings
        .at(new.record_place(), message)
        .label(old.record_place(), "the version before")
        .value(old.record_id().unwrap_or_default());
    for change in changes.iter().take(SHOWN) {
        finding = finding.label(change.place, change.text.clone());
    }
    if changes.len() > SHOWN {
        finding.help(format!("{} more changes are not shown", changes.len() - SHOWN));
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
            Self::SlotDropped => ("slot", "dropped"),
            Self::Replaced => ("speaker", "replaced"),
            Self::Added => ("speaker", "added"),
            Self::Dropped => ("speaker", "dropped"),
            Self::Reordered => ("speaker", "moved in the order"),
            Self::Confirmed => ("speaker", "confirmed"),
            Self::Described => ("speaker", "described otherwise"),
            Self::TextReworded => ("text", "reworded"),
            Self::TextAdded => ("text", "added"),
            Self::TextDropped => ("text", "dropped"),
        };
        format!("{count} {noun}{} {what}", if count == 1 { "" } else { "s" })
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
            out.push(change(Kind::SlotDropped, place(slot), format!("{} is dropped", title(slot))));
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
        let text = format!("was at `{}`", shown(&old.when.text));
        out.push(change(Kind::SlotMoved, new.when.place, text));
    }
    if let (Some(a), Some(b)) = (&old.label, &new.label)
        && words(&a.text) != words(&b.text)
    {
        out.push(change(Kind::SlotRetitled, b.place, format!("was “{}”", shown(&a.text))));
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

fn who(voice: &Voice) -> String {
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
    matches!(voice.state.as_str(), "tbc" | "invited")
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
        described(old[*a], new[*b], out);
    }
    let gone: Vec<usize> =
        (0..old.len()).filter(|at| !pairs.iter().any(|(a, _)| a == at)).collect();
    let come: Vec<usize> =
        (0..new.len()).filter(|at| !pairs.iter().any(|(_, b)| b == at)).collect();
    // As many who come as who go: each for one. Otherwise nobody can say who stands for whom.
    if gone.len() == come.len() {
        for (a, b) in gone.iter().zip(&come) {
            let text = format!("stands for {}", who(old[*a]));
            out.push(change(Kind::Replaced, new[*b].place, text));
            pairs.push((*a, *b));
        }
    } else {
        let is = |voice: &Voice, kind, what| {
            change(kind, voice.place, format!("{} is {what}", who(voice)))
        };
        out.extend(gone.iter().map(|at| is(old[*at], Kind::Dropped, "dropped")));
        out.extend(come.iter().map(|at| is(new[*at], Kind::Added, "added")));
    }
    pairs.sort_unstable();
    reordered(&pairs, new, out);
}

/// What changed of one person.
fn described(old: &Voice, new: &Voice, out: &mut Vec<Change>) {
    if is_open(old) && !is_open(new) {
        out.push(change(Kind::Confirmed, new.place, format!("{} is confirmed", who(new))));
    }
    if words(&old.description) != words(&new.description) {
        let text = match old.description.as_str() {
            "" => format!("{} was not described", who(new)),
            before => format!("{} was “{}”", who(new), shown(before)),
        };
        out.push(change(Kind::Described, new.place, text));
    }
}

/// Those who are no longer where they stood among the others: all but the longest run that kept its order.
fn reordered(pairs: &[(usize, usize)], new: &[&Voice], out: &mut Vec<Change>) {
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (at, (_, b)) in pairs.iter().enumerate() {
        let before =
            (0..at).filter(|before| pairs[*before].1 < *b).max_by_key(|before| best[*before].0);
        best.push((before.map_or(1, |before| best[before].0 + 1), before));
    }
    let mut kept = vec![false; pairs.len()];
    let mut next = (0..pairs.len()).max_by_key(|at| best[*at].0);
    while let Some(at) = next {
        kept[at] = true;
        next = best[at].1;
    }
    for (_, (a, b)) in kept.iter().zip(pairs).filter(|(kept, _)| !**kept) {
        let (was, is) = (a + 1, b + 1);
        let swapped = a.abs_diff(*b) == 1 && pairs.contains(&(*b, *a));
        let text = if swapped {
            format!("{} changes places with {}", who(new[*b]), who(new[*a]))
        } else {
            format!("{} stood at place {was}, now at {is}", who(new[*b]))
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
                    "" => "is longer than before".to_owned(),
                    mine => format!("said “{}” here", shown(mine)),
                };
                out.push(change(Kind::TextReworded, other.place, text));
            }
            None => out.push(change(Kind::TextDropped, text.place, "is dropped".to_owned())),
        }
    }
    out.extend(
        rest.iter().map(|(text, _)| change(Kind::TextAdded, text.place, "is added".to_owned())),
    );
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{
        finding::{Finding, Severity},
        testing::findings,
    };

    const OLD: &str = "id: old\nkind: programme\ntitle: Programme\nlanguage: en\nevent: debate\nstatus: provisional\ndate: \"2011-05-19\"\nslots:
  - {kind: opening, start: \"10:00\", end: \"10:20\", title: Opening, speakers: [{name: Joseph Deiss}, {name: Ban Ki-moon, state: tbc}]}
  - kind: panel
    start: \"10:20\"
    end: \"13:00\"
    title: Migrants and development
    chair: [{name: William Lacy Swing}]
    speakers: [{name: Lorena Escudero}, {name: Göran Hultin, role: Head}, {name: John Connell}]
    questions: [How can Governments help nationals who work abroad?]
";

    /// What is found where these changes make the final version of the old one.
    fn after(changes: &[(&str, &str)]) -> Vec<Finding> {
        let renamed = OLD.replace("id: old", "id: new").replace("provisional", "final");
        let new = changes.iter().fold(renamed, |text, (a, b)| {
            assert_eq!(text.matches(a).count(), 1, "{a}");
            text.replace(a, b)
        });
        found(OLD, &new)
    }

    fn found(old: &str, new: &str) -> Vec<Finding> {
        let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
        findings(&RULE, &[file("a.yaml", old), file("b.yaml", new)])
    }

    /// The message and the labels after the first.
    fn told(changes: &[(&str, &str)]) -> (String, Vec<String>) {
        let found = after(changes);
        let [only] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!((only.severity, only.location.record.as_deref()), (Severity::Info, Some("new")));
        assert_eq!(only.labels[0].location.record.as_deref(), Some("old"));
        let labels = only.labels[1..].iter().map(|label| label.text.clone()).collect();
        (only.message.clone(), labels)
    }

    #[track_caller]
    fn tells(changes: &[(&str, &str)], message: &str, labels: &[&str]) {
        let (found, texts) = told(changes);
        assert_eq!(found, format!("changed since `old`: {message}"));
        assert_eq!(texts, labels);
    }

    #[test]
    fn everything_that_happens_to_speakers() {
        tells(&[(", state: tbc", "")], "1 speaker confirmed", &["`Ban Ki-moon` is confirmed"]);
        tells(
            &[("Lorena Escudero", "Maria Fernanda Espinosa")],
            "1 speaker replaced",
            &["stands for `Lorena Escudero`"],
        );
        tells(
            &[("{name: John Connell}", "{name: John Connell}, {name: Anthony Lake}")],
            "1 speaker added",
            &["`Anthony Lake` is added"],
        );
        tells(
            &[("{name: Lorena Escudero}, ", "")],
            "1 speaker dropped",
            &["`Lorena Escudero` is dropped"],
        );
        tells(
            &[
                (", {name: John Connell}", ""),
                ("[{name: Lorena", "[{name: John Connell}, {name: Lorena"),
            ],
            "1 speaker moved in the order",
            &["`John Connell` stood at place 3, now at 1"],
        );
        tells(
            &[("role: Head", "role: Head of the Institute")],
            "1 speaker described otherwise",
            &["`Göran Hultin` was “Head”"],
        );
    }

    #[test]
    fn neighbours_that_change_places_are_one_change() {
        let swapped = [(
            "{name: Joseph Deiss}, {name: Ban Ki-moon, state: tbc}",
            "{name: Ban Ki-moon, state: tbc}, {name: Joseph Deiss}",
        )];
        let (message, labels) = told(&swapped);
        assert_eq!(message, "changed since `old`: 1 speaker moved in the order");
        assert!(labels[0].contains("changes places with"), "{labels:?}");
    }

    #[test]
    fn everything_that_happens_to_slots_and_texts() {
        tells(
            &[("start: \"10:00\"", "start: \"09:50\"")],
            "1 slot moved",
            &["was at `2011-05-19 10:00, 2011-05-19 10:20`"],
        );
        tells(
            &[("title: Migrants and", "title: Migrants in")],
            "1 slot retitled",
            &["was “Migrants and development”"],
        );
        tells(
            &[(
                "speakers: [{name: Joseph Deiss}, {name: Ban Ki-moon, state: tbc}]}",
                "speakers: [{name: Joseph Deiss}, {name: Ban Ki-moon, state: tbc}]}\n  - {kind: other, start: \"09:00\", end: \"10:00\", title: Registration}",
            )],
            "1 slot added",
            &["“Registration” is added"],
        );
        tells(
            &[("nationals who work abroad", "those who work abroad")],
            "1 text reworded",
            &["said “nationals” here"],
        );
        tells(
            &[("abroad?]", "abroad?, Is there more to do in cities?]")],
            "1 text added",
            &["is added"],
        );
    }

    #[test]
    fn equal_versions_and_other_cases_of_letters_are_fine() {
        assert!(after(&[]).is_empty());
        assert!(
            after(&[("title: Migrants and development", "title: Migrants and Development")])
                .is_empty()
        );
        assert!(after(&[("name: William Lacy Swing", "name: William Swing")]).is_empty());
    }

    #[test]
    fn what_is_gone_or_of_the_same_status_or_of_another_event_is_not_compared() {
        let new = OLD.replace("id: old", "id: new").replace("Lorena Escudero", "Anthony Lake");
        assert!(found(OLD, &new).is_empty(), "both provisional");
        for (a, b) in [
            ("status: provisional", "status: cancelled"),
            ("status: provisional", "status: superseded"),
            ("event: debate", "event: other"),
            ("language: en", "language: fr"),
        ] {
            assert!(
                found(&OLD.replace(a, b), &new.replace("provisional", "final")).is_empty(),
                "{b}"
            );
        }
        // Two days of one event have nothing in common.
        let other = "id: new\nkind: programme\ntitle: Programme\nlanguage: en\nevent: debate\nstatus: final\nslots:\n  - {kind: other, start: \"08:00\", end: \"09:00\", title: Breakfast}\n";
        assert!(found(OLD, other).is_empty());
    }

    #[test]
    fn two_final_versions_are_a_warning_unless_one_replaces_the_other() {
        let first = OLD.replace("provisional", "final");
        let second = first.replace("id: old", "id: new").replace("Lorena Escudero", "Anthony Lake");
        let told = found(&first, &second);
        let [only] = told.as_slice() else { panic!("{told:#?}") };
        assert_eq!(only.severity, Severity::Warning);
        assert_eq!(
            only.message,
            "this version and `old` are both final, and neither replaces the other"
        );
        let replacing = second.replace("slots:", "supersedes: [old]\nslots:");
        let told = found(&first, &replacing);
        let [only] = told.as_slice() else { panic!("{told:#?}") };
        assert_eq!(only.message, "changed since `old`: 1 speaker replaced");
    }

    #[test]
    fn so_many_changes_are_shown_and_the_others_counted() {
        let many: String = (0..20).map(|n| format!("{{name: Person Number{n}}}, ")).collect();
        let found =
            after(&[("speakers: [{name: Lorena", &format!("speakers: [{many}{{name: Lorena"))]);
        assert_eq!(found[0].message, "changed since `old`: 20 speakers added");
        assert_eq!(found[0].labels.len(), 13);
        assert_eq!(found[0].help.as_deref(), Some("8 more changes are not shown"));
    }
}
