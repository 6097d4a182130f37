//! Texts that are written in the place of a name and name no person: "Speaker TBA", "The Chair", "Member States".

use super::{
    core,
    fold::{fold, is_accent, is_silent},
    stand_in_words::LISTS,
};

/// What a text in the place of a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StandIn {
    /// A name that is not known: "Speaker TBA", "Guest speaker", "Speaker 1".
    Placeholder,
    /// A label, with or without a name after it: "Remote attendance: M. Corby".
    Labelled,
    /// An office: "The Chair", "The representative of Norway".
    Office,
    /// A State or a union of States.
    State,
    /// Several people, or what takes place: "Member States", "Coffee break".
    Collective,
}

/// A text of more words is a sentence.
const MOST_WORDS: usize = 12;

/// What a text means that is not the name of a person; nothing where it may be a name.
#[must_use]
pub fn stand_in(text: &str) -> Option<StandIn> {
    if is_labelled(text) {
        return Some(StandIn::Labelled);
    }
    if may_be_a_name(text) { None } else { Words::of(text).reading(text) }
}

/// Whether the text is a placeholder, as a whole or with a label before it.
#[must_use]
pub fn is_placeholder(text: &str) -> bool {
    matches!(stand_in(text), Some(StandIn::Placeholder | StandIn::Labelled))
}

/// Whether a label with a colon comes before the name.
fn is_labelled(text: &str) -> bool {
    text.find(':').is_some_and(|at| {
        text[at + 1..].starts_with(char::is_whitespace)
            && text[..at].chars().any(char::is_alphabetic)
    })
}

/// The longest word of the table.
const LONGEST_TRIGGER: usize = 18;

/// Whether no word of the text shows that it is not a name. Most names are recognized quickly, without an allocation.
fn may_be_a_name(text: &str) -> bool {
    let mut letters = [0_u8; LONGEST_TRIGGER + 1];
    let (mut len, mut has_letters, mut count) = (0, false, 0);
    for c in text.chars().chain([' ']) {
        let letter = if c.is_ascii() { Some(c) } else { without_accent(c) };
        match letter {
            Some(letter) if letter.is_ascii_alphanumeric() => {
                has_letters |= letter.is_ascii_alphabetic();
                letters[len.min(LONGEST_TRIGGER)] = letter.to_ascii_lowercase() as u8;
                len += 1;
            }
            Some(letter) if is_silent(letter) => {}
            // A letter of another alphabet belongs to no word of the table.
            None if c.is_alphabetic() => {
                has_letters = true;
                len = LONGEST_TRIGGER + 1;
            }
            None if is_silent(c) || is_accent(c) => {}
            _ if len > 0 => {
                count += 1;
                if is_trigger(letters.get(..len).unwrap_or_default()) {
                    return false;
                }
                len = 0;
            }
            _ => {}
        }
    }
    // One word may be a State; letters apart may be "N. N." or "T. B. A.".
    has_letters && count > 1 && !is_of_letters(text)
}

/// Whether the word is one of those that say so. A word of figures, or with figures behind its letters, is looked at.
fn is_trigger(word: &[u8]) -> bool {
    let stem = word.iter().position(u8::is_ascii_digit).map_or(word, |at| &word[..at]);
    let is_crosses = stem.len() > 1 && stem.iter().all(|letter| *letter == b'x');
    is_crosses || str::from_utf8(stem).is_ok_and(|stem| LISTS.triggers.contains(stem))
}

/// Whether all words have one letter.
fn is_of_letters(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).all(|word| word.chars().nth(1).is_none())
}

/// The letter of ASCII that a letter is but for its accents.
fn without_accent(c: char) -> Option<char> {
    let (mut letter, mut is_plain) = (None, !is_silent(c));
    unicode_normalization::char::decompose_compatible(c, |part| match letter {
        None => letter = Some(part),
        Some(_) => is_plain &= is_accent(part),
    });
    letter.filter(|letter| is_plain && letter.is_ascii_alphanumeric())
}

/// The words of a text, folded, and whether a comma, a dash or a bracket comes before each.
struct Words {
    texts: Vec<String>,
    is_apart: Vec<bool>,
    /// Whether the text has more words than are kept.
    is_long: bool,
}

/// What a word, or several, may be in a placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Says that the name is not known.
    Mark,
    /// Stands for any person.
    Filler,
    /// Says which or how many.
    Count,
    /// "All", "both".
    All,
    /// "Guest", "invited".
    Quality,
    /// A number or a letter.
    Number,
    /// A form of address.
    Address,
    /// "Minister", "chair".
    Office,
    Other,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self { texts: Vec::new(), is_apart: Vec::new(), is_long: false };
        let (mut word, mut is_apart, mut after_space) = (String::new(), false, false);
        for c in fold(text).chars().chain([' ']) {
            // Figures are a word of their own: "speaker1", "speaker_00".
            let turns = c.is_ascii_digit() && word.ends_with(|last: char| last.is_alphabetic());
            if c.is_alphanumeric() && !turns {
                word.push(c);
                continue;
            }
            if !word.is_empty() {
                if words.texts.len() == MOST_WORDS {
                    words.is_long = true;
                    break;
                }
                words.texts.push(std::mem::take(&mut word));
                words.is_apart.push(is_apart);
                is_apart = false;
            }
            if c.is_alphanumeric() {
                word.push(c);
            }
            let is_dash = matches!(c, '-' | '–' | '—');
            is_apart |=
                matches!(c, ',' | ';' | '(' | '[' | '/' | '–' | '—') || (is_dash && after_space);
            after_space = c.is_whitespace();
        }
        words
    }

    fn reading(&self, text: &str) -> Option<StandIn> {
        if self.texts.is_empty() {
            return Some(StandIn::Placeholder);
        }
        if self.is_long {
            return None;
        }
        if LISTS.phrases.contains(self.texts.join(" ").as_str()) || self.is_placeholder() {
            return Some(StandIn::Placeholder);
        }
        // "Ana Ruiz, on behalf of the Group of Islands" is a person.
        let mut core = Self::of(core(text));
        let phrase = core.texts.join(" ");
        if LISTS.states.contains(phrase.strip_prefix("the ").unwrap_or(&phrase)) {
            return Some(StandIn::State);
        }
        if core.is_office() {
            return Some(StandIn::Office);
        }
        let apart = core.is_apart.iter().skip(1).position(|is_apart| *is_apart);
        core.texts.truncate(apart.map_or(MOST_WORDS, |at| at + 1));
        core.is_collective().then_some(StandIn::Collective)
    }

    /// The parts of the text: phrases that mark a name as unknown, and words.
    fn parts(&self) -> Vec<(Part, bool)> {
        let mut parts = Vec::new();
        let mut at = 0;
        while at < self.texts.len() {
            let is_apart = self.is_apart[at];
            let length = self.mark_at(at);
            parts.push(if length > 0 {
                (Part::Mark, is_apart)
            } else {
                (part_of(&self.texts[at]), is_apart)
            });
            at += length.max(1);
        }
        parts
    }

    /// How many words from here on mark a name as unknown.
    fn mark_at(&self, at: usize) -> usize {
        let left = &self.texts[at..];
        let is_mark = |length: &usize| LISTS.marks.contains(left[..*length].join(" ").as_str());
        let is_crosses = left[0].len() > 1 && left[0].bytes().all(|letter| letter == b'x');
        let longest = (1..=left.len().min(4)).rev().find(is_mark).unwrap_or_default();
        longest.max(usize::from(is_crosses))
    }

    fn is_placeholder(&self) -> bool {
        let parts = self.parts();
        let has = |part: Part| parts.iter().any(|(other, _)| *other == part);
        // "TBA (Ministry of Labour)": what follows says where the person comes from.
        let begins_apart = matches!(parts.as_slice(), [(Part::Mark, _), (_, true), ..]);
        if begins_apart {
            return true;
        }
        if has(Part::Other) || has(Part::All) {
            return false;
        }
        let is_address = parts.iter().all(|(part, _)| *part == Part::Address);
        has(Part::Mark)
            || is_address
            || (has(Part::Filler) && parts.len() > 1 && !has(Part::Office) && !has(Part::Address))
            || (has(Part::Office) && has(Part::Number) && parts.len() == 2)
    }

    /// Whether the text is an office, with or without the body that it belongs to.
    fn is_office(&self) -> bool {
        let mut rest = self.texts.as_slice();
        while let Some((first, after)) = rest.split_first() {
            if after.is_empty() || !LISTS.office_prefixes.contains(first.as_str()) {
                break;
            }
            rest = after;
        }
        let has_prefix = rest.len() < self.texts.len();
        let representative = |word: &str| {
            matches!(
                word,
                "representative" | "delegate" | "observer" | "representant" | "representante"
            )
        };
        let Some((first, after)) = rest.split_first() else { return false };
        let follows = after.first().map(String::as_str);
        let is_of = matches!(follows, Some("of" | "for" | "to" | "du" | "des"));
        let is_full = LISTS.offices.contains(first.as_str());
        // "secretary-general", "vice-president", "rapporteur general".
        let is_general = matches!(follows, Some("general" | "generale"));
        match after.len() {
            0 => is_full && (has_prefix || !matches!(first.as_str(), "secretary" | "clerk")),
            1 if is_general => is_full,
            _ => (is_full || representative(first)) && (is_of || is_general),
        }
    }

    /// Whether the text names several people, a body, or what takes place.
    fn is_collective(&self) -> bool {
        let is_body = |word: &String| LISTS.bodies.contains(word.as_str());
        let is_all = LISTS.all.contains(self.texts[0].as_str()) && self.texts.len() < 4;
        let is_known = || LISTS.collectives.contains(self.texts.join(" ").as_str());
        is_all || self.texts.iter().any(is_body) || is_known()
    }
}

fn part_of(word: &str) -> Part {
    if LISTS.fillers.contains(word) {
        Part::Filler
    } else if LISTS.counts.contains(word) {
        Part::Count
    } else if LISTS.all.contains(word) {
        Part::All
    } else if LISTS.qualities.contains(word) {
        Part::Quality
    } else if word.chars().nth(1).is_none() || word.bytes().all(|c| c.is_ascii_digit()) {
        Part::Number
    } else if LISTS.offices.contains(word) {
        Part::Office
    } else if super::honorific::is_plain_word(word) {
        Part::Address
    } else {
        Part::Other
    }
}

#[cfg(test)]
mod tests {
    use super::{StandIn::*, *};

    fn read_as(expected: Option<StandIn>, texts: &str) {
        for text in texts.split('|') {
            assert_eq!(stand_in(text), expected, "{text}");
            assert_eq!(stand_in(&text.to_uppercase()), expected, "{text} in capitals");
        }
    }

    #[test]
    fn phrases_that_hold_a_mark_are_placeholders() {
        read_as(
            Some(Placeholder),
            "Speaker TBA|Dr. TBA|Prof. tbd|TBA TBA|T.B.A.|t. b. c.|Minister TBC|Director, TBA|Name TBC|TBA (Ministry of Ports)|\
             TBD - Harbour Ltd|TBD, Harbour Ltd|To be confirmed / Harbour Ltd|Speaker to be confirmed|Speakers to be announced|\
             Keynote TBA|Keynote speaker (TBD)|Panellist TBD|Third panellist tbc|[TBC]|Not yet known|not known yet|Vacant|\
             N. N.|NN NN|N.N. (Ministry of Ports)|XX XX|XXX|??? ???|Intervenant à confirmer|Ponente por confirmar|\
             Orateur à déterminer|To be nominated|Unknown (Ministry of Ports)|Nom à confirmer",
        );
    }

    #[test]
    fn any_speaker_is_a_placeholder() {
        read_as(
            Some(Placeholder),
            "Guest speaker|Invited speaker|Keynote Speaker|Unknown Speaker|Several speakers|Multiple speakers|First speaker|\
             A participant|External lecturer|Speaker 1|SPEAKER_00|Speaker A|speaker2|spk_1|Panellist 2|Moderator 1|\
             Unidentified male|Male voice|Another delegate|The speaker|\
             Several hon. Members|An hon. Member|Mr.|Dr",
        );
    }

    #[test]
    fn names_of_forms_and_examples_are_placeholders() {
        read_as(
            Some(Placeholder),
            "First Last|Name Surname|[name]|Firstname Lastname|Lorem Ipsum|John Doe|Jane Doe|Nom Prénom|Nombre y apellidos",
        );
    }

    #[test]
    fn offices_are_not_names() {
        read_as(
            Some(Office),
            "The Chair|The President|Chairperson|Madam Chair|The Acting President|The Deputy Secretary-General|Secretary-General|\
             The Secretary|Secretariat|The Secretariat|Interpreter|Session chair|Prime Minister|Minister of Labour|\
             The representative of Norway|Representative of Norway|President of the General Assembly|La Présidente",
        );
    }

    #[test]
    fn states_are_not_names() {
        read_as(
            Some(State),
            "Sweden|Côte d'Ivoire|The Netherlands|European Union|United Republic of Tanzania|Türkiye",
        );
    }

    #[test]
    fn groups_and_parts_of_a_programme_are_not_names() {
        read_as(
            Some(Collective),
            "Member States|Organizing Committee|Conference Organizers|All participants|Youth delegates|Indigenous Peoples|\
             Panel|Coffee break|Open discussion|Open floor|Civil society|Staff members|Local organizers|Group exercise|\
             Conference chairs|All delegations|Board of Trustees|All speakers|Advisory Board|All|Everyone",
        );
    }

    #[test]
    fn names_of_persons_are_names() {
        read_as(
            None,
            "Anna None|Unknown Mortal|Tba Bank|Nan Ni|N.N. Vohra|Noah Nn|Guest|Anna Guest|Speaker Smith|Chair Smith|\
             Sweden Jones|Anna Sweden|Chad|Jordan|Georgia|Li Na|José Núñez|Łukasz Żółw|Min Xx Lee|Thant|J. Doe-Ray|Doe|\
             Joan Doe|Ann Pending|Jeff Sessions|Dominique Bureau|John Coffee|Presidente Silva|Minister Berg|Moses Minister|\
             Ban Ki-moon (TBC)|Ban Ki-moon (unknown)|John Paul II|X|李|习近平|Φώτης|Voice|First Aid Kit|Ana Every Ruiz|\
             Mayor Ana Ruiz|Ana Ruiz, Ministry of Ports|Ana Ruiz (Harbour Group)|Director, Ana Ruiz|\
             Ana Ruiz, on behalf of the Group of Islands|Secretary|Clerk",
        );
    }

    #[test]
    fn a_label_before_a_name_is_found() {
        read_as(Some(Labelled), "Remote attendance: M. Corby|Chair: Ana Ruiz");
        read_as(None, "Carl A:son Lund");
    }

    #[test]
    fn a_text_without_words_is_a_placeholder() {
        read_as(Some(Placeholder), "| |–|?|...|[ ]");
    }

    #[test]
    fn every_phrase_is_found_by_its_last_word() {
        let lists = [&LISTS.phrases, &LISTS.marks, &LISTS.collectives, &LISTS.states];
        for phrase in lists.into_iter().flatten() {
            assert!(stand_in(phrase).is_some(), "{phrase}");
            assert_eq!(fold(phrase), **phrase, "{phrase}");
        }
    }

    #[test]
    fn sentences_are_not_read() {
        read_as(None, "The delegation spoke of a fishing boat that had been lost at sea in spring");
    }
}
