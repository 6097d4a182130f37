//! Names of persons in lists and lines.

use super::{People, Person, Stretch};
use crate::{person, tree::NodeRef};

/// Words that are part of a name in small letters.
const PARTICLES: [&str; 20] = [
    "al", "bin", "da", "dal", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "ibn",
    "la", "le", "ten", "van", "von", "y",
];

/// Words of which none is in the name of a person on a list.
const NO_NAMES: [&str; 40] = [
    "all",
    "and",
    "anyone",
    "apologies",
    "board",
    "chair",
    "co-chair",
    "committee",
    "community",
    "community",
    "council",
    "director",
    "everybody",
    "everyone",
    "group",
    "guest",
    "guests",
    "host",
    "meeting",
    "member",
    "members",
    "minutes",
    "nobody",
    "none",
    "observer",
    "observers",
    "office",
    "officer",
    "others",
    "participants",
    "president",
    "quorum",
    "secretary",
    "staff",
    "team",
    "the",
    "treasurer",
    "various",
    "vice",
    "working",
];

/// Reads an entry of a list as a person: the text from byte `from` to byte `to` of a value.
pub(super) fn person(node: NodeRef<'_>, from: usize, to: usize) -> Option<Person> {
    let whole = node.as_str()?;
    let text = whole.get(from..to)?;
    let mut start = text.len() - text.trim_start().len();
    let mut initials = None;
    // `AB: Ann Bell`
    if let Some((before, _)) = text[start..].split_once(':')
        && is_initials(before)
    {
        initials = Some(Stretch::part(node, from + start, from + start + before.len()));
        start += before.len() + 1;
        start += text[start..].len() - text[start..].trim_start().len();
    }
    let rest = &text[start..];
    let marks = rest.find(['(', '[', ',', ';', '@', '<', ':', '/', '|', '"', '“', '=']);
    let dashes = [" - ", " – ", " — "].iter().filter_map(|dash| rest.find(dash)).min();
    let end = marks.into_iter().chain(dashes).min().unwrap_or(rest.len());
    let name = rest[..end].trim_end().trim_end_matches('.').trim_end();
    if !is_name(name) {
        return None;
    }
    let bracket = rest[end..].find('(').map(|at| end + at + 1);
    let in_bracket = bracket.and_then(|at| {
        let inside = &rest[at..at + rest[at..].find(')')?];
        is_initials(inside).then(|| {
            let from = from + start + at;
            Stretch::part(node, from, from + inside.len())
        })
    });
    let name = Stretch::part(node, from + start, from + start + name.len());
    Some(Person { name, initials: initials.or(in_bracket) })
}

/// Whether a text is the full name of a person.
pub(super) fn is_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_letter = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '\u{2011}');
    let is_word = |word: &&str| {
        let begins = word.chars().next().is_some_and(char::is_uppercase);
        word.chars().all(is_letter) && (begins || PARTICLES.contains(word))
    };
    let is_long = |word: &&str| word.chars().count() > 1;
    let is_no_name = |word: &&str| NO_NAMES.contains(&word.to_lowercase().as_str());
    (2..=5).contains(&words.len())
        && words.iter().all(is_word)
        && words.iter().all(is_long)
        && !words.iter().any(is_no_name)
        && person::stand_in(text).is_none()
        && !words.iter().all(|word| word.chars().all(|c| !c.is_lowercase()))
}

/// Whether a text is the initials of one person.
pub(super) fn is_initials(text: &str) -> bool {
    (2..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

impl People {
    /// Adds an entry of a list.
    pub(super) fn add(&mut self, node: NodeRef<'_>) {
        let text = node.as_str().unwrap_or_default();
        match person(node, 0, text.len()) {
            Some(person) => self.all.push(person),
            None => self.has_others |= !text.trim().is_empty(),
        }
    }

    /// Adds a line of names with commas between them.
    pub(super) fn add_line(&mut self, node: NodeRef<'_>) {
        let text = node.as_str().unwrap_or_default();
        let mut found = Self::default();
        let (mut from, mut depth) = (0, 0_usize);
        let ends = text.char_indices().filter(|(_, c)| matches!(c, ',' | ';' | '(' | ')' | '\n'));
        for (at, c) in ends.chain([(text.len(), ',')]) {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ if depth == 0 || at == text.len() => {
                    match person(node, from, at) {
                        Some(person) => found.all.push(person),
                        None => found.has_others |= !text[from..at].trim().is_empty(),
                    }
                    from = (at + 1).min(text.len());
                }
                _ => {}
            }
        }
        // A sentence is no list.
        if found.all.len() > 1 || !found.has_others {
            self.has_others |= found.has_others;
            self.all.append(&mut found.all);
        } else {
            self.has_others = true;
        }
    }
}
