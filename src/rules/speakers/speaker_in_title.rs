//! A speaker who is named in the title of a slot and nowhere else.

use std::collections::BTreeSet;

use super::{is_full, live, speakers, upwards};
use crate::{
    fact::{Meaning, Record},
    finding::{Family, Severity},
    message::shown,
    person::core,
    rule::{Check, Findings, Fix, Rule, RuleId},
    tree::{NodeId, NodeRef},
    vocabulary::{Expected, FactKinds, SpeakerState},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("speaker-in-title"),
    family: Family::Speakers,
    summary: "a speaker who is named in the title of a slot and not in its list, or who does not come",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/speaker-in-title.md"),
    options: &[],
    check: Check::Facts(FactKinds::INTERVAL, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    check_away(record, findings);
    // Most records have no such title.
    if !live(record).iter().any(|fact| may_name(&fact.meaning)) {
        return;
    }
    let mut filled: BTreeSet<NodeId> = BTreeSet::new();
    for (fact, speaker) in speakers(record) {
        filled.extend(upwards(fact.node, record).map(NodeRef::id));
        // Speakers that an alias repeats are elsewhere in the text.
        let slot = record.interval_of(speaker);
        filled
            .extend(slot.into_iter().flat_map(|(_, node)| upwards(node, record)).map(NodeRef::id));
    }
    // Where a speaker must be named, another rule reports the lack of one.
    filled.extend(live(record).iter().filter_map(|fact| match &fact.meaning {
        Meaning::Expects(expects) => {
            let is_speech = matches!(expects.what, Expected::Speaker | Expected::Speakers);
            (is_speech && !expects.is_usual).then(|| fact.node.id())
        }
        _ => None,
    }));
    for fact in live(record) {
        let Meaning::Interval(interval) = &fact.meaning else { continue };
        let Some(title) = interval.label.filter(|_| !filled.contains(&fact.node.id())) else {
            continue;
        };
        if let Some((at, name)) = speaker_in(title.value) {
            findings
                .at(
                    title.part(at, name.len()),
                    format!(
                        "the title “{}” names “{}”, but the slot lists no speaker",
                        shown(title.value),
                        shown(name)
                    ),
                )
                .help("list the person as a speaker of the slot")
                .value(name);
        }
    }
}

/// Reports a title that still names a speaker of the slot who does not come.
fn check_away(record: &Record<'_>, findings: &mut Findings<'_>) {
    for (_, speaker) in speakers(record) {
        let Some(state) = speaker.state.filter(|one| one.state.is_some_and(SpeakerState::is_away))
        else {
            continue;
        };
        let slot = record.interval_of(speaker);
        let title = slot.and_then(|(interval, _)| interval.label);
        let (Some(title), Some(name)) = (title, speaker.name) else { continue };
        let name = core(name.value);
        let Some(at) =
            title.value.find(name).filter(|at| is_full(name) && is_whole(title.value, *at, name))
        else {
            continue;
        };
        let message = format!(
            "the title “{}” names “{}”, who is marked as “{}”",
            shown(title.value),
            shown(name),
            shown(state.text.value)
        );
        findings
            .at(title.part(at, name.len()), message)
            .severity(Severity::Warning)
            .label(state.text.place, "marked here")
            .id("away")
            .help("change the title, or correct the state")
            .value(name);
    }
}

/// Whether a name is not a part of longer words of a text.
fn is_whole(text: &str, at: usize, name: &str) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + name.len()..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

/// What speeches are called, in lower case.
const SPEECHES: [&str; 46] = [
    "address",
    "allocution",
    "apertura",
    "bienvenida",
    "bienvenue",
    "briefing",
    "clausura",
    "closing",
    "clôture",
    "comments",
    "conclusions",
    "conclusiones",
    "declaración",
    "discours",
    "discurso",
    "déclaration",
    "exposición",
    "exposé",
    "greetings",
    "intervención",
    "intervention",
    "introducción",
    "introduction",
    "keynote",
    "lecture",
    "mensaje",
    "message",
    "observaciones",
    "observations",
    "opening",
    "ouverture",
    "overview",
    "palabras",
    "ponencia",
    "presentación",
    "presentation",
    "présentation",
    "remarks",
    "remarques",
    "resumen",
    "résumé",
    "speech",
    "statement",
    "summary",
    "synthèse",
    "welcome",
];

/// Participles that may be between the speech and its speaker.
const GIVEN: [&str; 9] = [
    "delivered",
    "given",
    "made",
    "presented",
    "presentada",
    "presentado",
    "prononcé",
    "prononcée",
    "présenté",
];

/// Words of titles whose "by" names the author of a work.
const WORKS: [&str; 10] = [
    "book",
    "concert",
    "exhibition",
    "exposition",
    "film",
    "launch",
    "performance",
    "reading",
    "recital",
    "screening",
];

/// Forms of address that make the single word after them a person, without a final dot.
const FORMS: [&str; 22] = [
    "ambassador",
    "ambassadeur",
    "dr",
    "dra",
    "embajador",
    "embajadora",
    "h.e",
    "hon",
    "m",
    "madame",
    "mme",
    "monsieur",
    "mr",
    "mrs",
    "ms",
    "prof",
    "professor",
    "s.e",
    "señor",
    "señora",
    "sir",
    "sra",
];

/// Words in the names of bodies, which speak and are not persons.
const BODIES: [&str; 30] = [
    "agency",
    "agencies",
    "assembly",
    "association",
    "bank",
    "chair",
    "civil",
    "commission",
    "committee",
    "council",
    "delegation",
    "director",
    "experts",
    "fund",
    "general",
    "government",
    "group",
    "head",
    "member",
    "minister",
    "ministry",
    "nations",
    "organization",
    "panel",
    "president",
    "representative",
    "secretary",
    "society",
    "states",
    "union",
];

/// Words that may be inside a name in lower case.
const PARTICLES: [&str; 14] =
    ["al", "ben", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "el", "van", "von"];

/// Whether the fact is an interval whose title may name a speaker.
fn may_name(meaning: &Meaning<'_>) -> bool {
    let Meaning::Interval(interval) = meaning else { return false };
    interval.label.is_some_and(|title| title.value.split_whitespace().any(is_by))
}

/// Whether a word is the one before the name.
fn is_by(word: &str) -> bool {
    matches!(word, "by" | "par" | "por")
}

/// The person whom a title names as its speaker, and where the name begins: "Summary by Sir Peter
/// Sutherland". What is spoken must be a speech, so that titles of works stay out.
fn speaker_in(title: &str) -> Option<(usize, &str)> {
    let words = words(title);
    let plain: Vec<String> =
        words.iter().map(|(_, word)| word.trim_end_matches(',').to_lowercase()).collect();
    if plain.iter().any(|word| WORKS.contains(&word.as_str())) {
        return None;
    }
    (1..words.len()).find_map(|by| {
        let speech = plain[..by].iter().rev().find(|word| !GIVEN.contains(&word.as_str()))?;
        if !is_by(words[by].1) || !SPEECHES.contains(&speech.as_str()) {
            return None;
        }
        name_at(title, &words[by + 1..])
    })
}

/// The words of a text with the byte at which each begins.
fn words(text: &str) -> Vec<(usize, &str)> {
    let start = text.as_ptr().addr();
    text.split_whitespace().map(|word| (word.as_ptr().addr() - start, word)).collect()
}

/// The name that the words begin with: two capitalized words or more, or one after a form of address.
fn name_at<'t>(title: &'t str, words: &[(usize, &str)]) -> Option<(usize, &'t str)> {
    let (first, _) = *words.first()?;
    let (mut forms, mut names, mut end) = (0, 0, first);
    for (at, word) in words {
        let bare = word.trim_end_matches([',', ';', ':']);
        let lower = bare.to_lowercase();
        let is_capital = bare.chars().next().is_some_and(char::is_uppercase);
        if BODIES.iter().any(|body| lower.split('-').any(|part| part == *body)) {
            return None;
        }
        if names == 0 && is_capital && FORMS.contains(&lower.trim_end_matches('.')) {
            forms += 1;
        } else if is_capital {
            names += 1;
            end = at + bare.len();
        } else if !PARTICLES.contains(&bare) {
            break;
        }
        if bare.len() < word.len() {
            break;
        }
    }
    let is_name = names >= 2 || (names == 1 && forms > 0);
    is_name.then(|| title.get(first..end).map(|name| (first, name))).flatten()
}

#[cfg(test)]
mod tests {
    use super::{RULE, speaker_in};
    use crate::testing::check;

    /// A programme with one slot that begins like this.
    fn slot(slot: &str) -> String {
        format!(
            "id: p\nkind: programme\ntitle: Programme\nlanguage: en\nslots:\n  - {{start: \"10:00\", end: \"10:20\", {slot}\n"
        )
    }

    #[test]
    fn a_speaker_who_is_only_in_the_title_is_reported() {
        let title = "title: \"Summary by Sir Peter Sutherland, Special Representative\"";
        let found = |rest: &str| {
            let text = slot(&format!("kind: summary, {title}{rest}"));
            let found = crate::testing::findings(&RULE, &[("p.yaml".to_owned(), text.clone())]);
            let span = |f: &crate::finding::Finding| text[f.location.span().range()].to_owned();
            found.iter().map(|f| (span(f), f.message.clone())).collect::<Vec<_>>()
        };
        let wanted = vec![(
            "Sir Peter Sutherland".to_owned(),
            "the title “Summary by Sir Peter Sutherland, Special Representative” names “Sir Peter Sutherland”, but the slot lists no speaker".to_owned(),
        )];
        assert_eq!(found("}"), wanted);
        assert_eq!(found(", speakers: []}"), wanted);
        assert_eq!(found(", speakers: [{name: Peter Sutherland}]}"), []);
        assert_eq!(found(", speakers: [{role: Special Representative}]}"), []);
        assert_eq!(found("}\nstatus: cancelled"), []);
    }

    #[test]
    fn a_title_that_names_a_withdrawn_speaker_is_reported() {
        let with = |rest: &str| {
            slot(&format!(
                "kind: keynote, title: \"Keynote: Anthony Lake on ports\", speakers: [{rest}]}}"
            ))
        };
        let found = |rest: &str| {
            let found = crate::testing::findings(&RULE, &[("p.yaml".to_owned(), with(rest))]);
            found.into_iter().map(|found| found.message).collect::<Vec<_>>()
        };
        let message = "the title “Keynote: Anthony Lake on ports” names “Anthony Lake”, who is marked as “withdrawn”";
        assert_eq!(found("{name: Anthony Lake, state: withdrawn}"), [message]);
        assert_eq!(found("{name: Anthony Lake, state: withdrawn}, {name: Ida Brook}"), [message]);
        for right in [
            "{name: Anthony Lake, state: confirmed}",
            "{name: Anthony Laker, state: withdrawn}",
            "{name: Thony Lake, state: withdrawn}",
            "{name: Lake, state: withdrawn}",
        ] {
            assert_eq!(found(right), [""; 0], "{right}");
        }
    }

    #[test]
    fn slots_that_must_name_a_speaker_are_not_reported() {
        check(&RULE, &slot("kind: remarks, title: Remarks by Mr. Anthony Lake, speakers: []}"));
    }

    #[test]
    fn speakers_listed_by_an_alias_count() {
        let slots = "kind: other, title: One, speakers: &all [{name: Anthony Lake}]}\n  - {kind: closing, start: \"10:20\", end: \"10:30\", title: Remarks by Mr. Anthony Lake, speakers: *all}";
        check(&RULE, &slot(slots));
    }

    #[test]
    fn speakers_are_found_in_titles() {
        for (title, name) in [
            ("Summary by Sir Peter Sutherland, Special Representative", "Sir Peter Sutherland"),
            ("Opening remarks by H.E. Mr. Joseph Deiss", "H.E. Mr. Joseph Deiss"),
            ("Keynote address delivered by Göran Hultin", "Göran Hultin"),
            ("Résumé par M. Hultin", "M. Hultin"),
            ("Allocution de bienvenue par Mme Thetis Mangahas", "Mme Thetis Mangahas"),
            ("Discurso por Rafael Fernández de Castro (México)", "Rafael Fernández de Castro"),
            ("Statement, presented by Ban Ki-moon and others", "Ban Ki-moon"),
        ] {
            let at = title.find(name).unwrap();
            assert_eq!(speaker_in(title), Some((at, name)), "{title}");
        }
    }

    #[test]
    fn works_and_bodies_in_titles_are_not_speakers() {
        for title in [
            "Closing remarks by the President of the General Assembly",
            "Closing remarks by President",
            "Statement by Member States",
            "Statements by United Nations agencies",
            "Statement by Secretary-General Ban Ki-moon",
            "Discussion of Exodus by Paul Collier",
            "Book launch: presentation by Sir Paul Collier",
            "Reading of a speech by Martin Luther King",
            "Lunch hosted by H.E. Mr. Joseph Deiss",
            "Panel chaired by Mr. William Swing",
            "Summary by Peter",
            "Summary by",
            "by Sir Peter Sutherland",
            "Presentation by Friday",
            "Stand by Me Now",
            "",
        ] {
            assert_eq!(speaker_in(title), None, "{title}");
        }
    }
}
