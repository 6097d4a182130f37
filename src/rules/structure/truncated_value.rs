//! A line that breaks off after a function word, a paragraph that a page break has cut, or a year in running text with only
//! two digits left.

mod paragraph;

use std::ops::Range;

use crate::{
    fact::{Meaning, Record, Text},
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{FactKinds, TextKind},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("truncated-value"),
    family: Family::Structure,
    summary: "a line that breaks off after a word like `the`, a paragraph cut in mid-sentence, or a year with only two digits left",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/truncated-value.md"),
    options: &[],
    check: Check::Facts(FactKinds::TEXT, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let Some(language) = record.head.language.and_then(|text| Language::named(text.value)) else {
        return;
    };
    for fact in record.live() {
        match &fact.meaning {
            Meaning::Text(TextKind::Line, text) => check_line(language, *text, findings),
            Meaning::Text(TextKind::Prose | TextKind::Markdown, text) => {
                check_prose(language, *text, findings);
            }
            _ => {}
        }
    }
    paragraph::check(language, record, findings);
}

fn check_line(language: &Language, text: Text<'_>, findings: &mut Findings<'_>) {
    if let Some((last, tail)) = language.broken_end(text.value) {
        let word = text.part(last.start, last.len());
        let tail = shown(&text.value[tail]);
        findings
            .at(word, format!("the text breaks off after “{tail}”"))
            .help("add the words that are missing, or remove the words that lead to them")
            .id("end")
            .value(tail);
    }
}

fn check_prose(language: &Language, text: Text<'_>, findings: &mut Findings<'_>) {
    let bytes = text.value.as_bytes();
    // A broken year ends in one of these digits, which are rarer than full stops.
    let ends = memchr::memchr2_iter(b'0', b'9', bytes).map(|digit| digit + 1);
    for stop in ends.filter(|stop| bytes.get(*stop) == Some(&b'.')) {
        if let Some((year, from)) = language.broken_year(text.value, stop) {
            let passage = &text.value[from..=stop];
            findings
                .at(
                    text.part(year.start, year.len()),
                    format!("the year in “{passage}” has only two digits left"),
                )
                .help("write the year with four digits")
                .id("year")
                .value(passage);
        }
    }
}

/// The words of a language that say that a text breaks off. Articles, conjunctions and prepositions
/// are closed classes; these are the ones after which, by the grammars of the three languages, a
/// phrase must go on. What can end a title is left out, such as prepositions that may be stranded
/// ("a principle to live by") and the letter "A" ("Hepatitis A"). Compiled in November 2026 and tried
/// on 2,512 titles of the General Assembly.
struct Language {
    code: &'static str,
    /// Nothing ends in these, also in a line of capitals.
    ends: &'static [&'static str],
    /// Nothing ends in these, but in capitals they may be something else, as "AU" and "LA" are.
    lower_ends: &'static [&'static str],
    /// Words that no paragraph ends in if the next one begins in lower case; a title may end in them.
    opens: &'static [&'static str],
    /// Those of them that join equals, and so break off after a comma as well.
    conjunctions: &'static [&'static str],
    /// A word of `ends` that does end a line after this word.
    exceptions: &'static [(&'static str, &'static str)],
    /// Ends of several words.
    phrases: &'static [&'static [&'static str]],
    /// Words after which a number is a year.
    before_year: &'static [&'static [&'static str]],
    /// Words around the first year of a span of years, before the second.
    spans: &'static [(&'static str, &'static str)],
}

static LANGUAGES: [Language; 3] = [
    Language {
        code: "en",
        ends: &["the", "and", "of", "&"],
        lower_ends: &["our", "their", "its"],
        opens: &[
            "a", "an", "as", "at", "by", "for", "from", "his", "in", "is", "into", "nor", "on",
            "or", "that", "these", "this", "those", "to", "was", "were", "which", "who", "whose",
            "with",
        ],
        conjunctions: &["and", "&"],
        exceptions: &[],
        phrases: &[
            &["organized", "by"],
            &["organised", "by"],
            &["chaired", "by"],
            &["moderated", "by"],
            &["hosted", "by"],
            &["convened", "by"],
            &["delivered", "by"],
            &["submitted", "by"],
            &["statement", "by"],
            &["remarks", "by"],
            &["on", "behalf", "of"],
            &["capacity", "as"],
        ],
        before_year: &[&["since"], &["the", "year"]],
        spans: &[("from", "to"), ("between", "and")],
    },
    Language {
        code: "fr",
        ends: &["le", "les", "de", "du", "et", "l'", "d'", "qu'", "&"],
        lower_ends: &["la", "des", "au", "aux"],
        opens: &[
            "à", "avec", "ce", "ces", "cette", "dans", "dont", "est", "leur", "leurs", "ou", "par",
            "pour", "que", "qui", "sa", "ses", "son", "sont", "sur", "un", "une",
        ],
        conjunctions: &["et", "&"],
        exceptions: &[("le", "la"), ("en", "la")],
        phrases: &[
            &["organisé", "par"],
            &["organisée", "par"],
            &["présidé", "par"],
            &["présidée", "par"],
            &["animé", "par"],
            &["animée", "par"],
            &["présenté", "par"],
            &["présentée", "par"],
        ],
        before_year: &[&["en"], &["depuis"], &["l'année"]],
        spans: &[("de", "à"), ("entre", "et")],
    },
    Language {
        code: "es",
        ends: &["los", "las", "de", "del", "&"],
        lower_ends: &["el", "la", "al", "en", "y"],
        opens: &[
            "a", "con", "cuya", "cuyo", "es", "esta", "este", "fue", "o", "para", "por", "que",
            "se", "su", "sus", "un", "una",
        ],
        conjunctions: &["y", "&"],
        exceptions: &[
            ("el", "la"),
            ("et", "al"),
            ("generación", "y"),
            ("eje", "y"),
            ("cromosoma", "y"),
        ],
        phrases: &[
            &["organizado", "por"],
            &["organizada", "por"],
            &["presidido", "por"],
            &["presidida", "por"],
            &["presentado", "por"],
            &["presentada", "por"],
            &["moderado", "por"],
            &["moderada", "por"],
        ],
        before_year: &[&["desde"], &["el", "año"]],
        spans: &[("de", "a"), ("desde", "hasta"), ("entre", "y")],
    },
];

/// The longest word, in characters, that a line may break off after.
const LONGEST: usize = 5;

/// A short end after a comma is an inverted name: "Congo, Democratic Republic of the".
const MOST_BACKWARDS: usize = 5;

/// The beginnings of participles of dividing: "divisé en 20" has no year.
const DIVIDED: [&str; 8] =
    ["class", "découp", "divis", "fraction", "group", "partag", "répart", "ventil"];

impl Language {
    /// The language of a BCP 47 tag, where it is one of the three.
    fn named(tag: &str) -> Option<&'static Self> {
        let code = tag.split('-').next().unwrap_or_default();
        LANGUAGES.iter().find(|language| code.eq_ignore_ascii_case(language.code))
    }

    /// The last word of a line that breaks off there, and the end of the line that shows it.
    fn broken_end(&self, line: &str) -> Option<(Range<usize>, Range<usize>)> {
        let mut backwards = line.trim_end().char_indices().rev().take(LONGEST + 1);
        // Most lines end in a longer word, and need no closer look.
        if !backwards.any(|(_, c)| c.is_whitespace()) {
            return None;
        }
        // So do most that end in a short one.
        let last = line.trim_end().rsplit(char::is_whitespace).next()?;
        if !self.may_break_off_after(last) {
            return None;
        }
        let words = last_words(line);
        let [last, before] = words.first_chunk::<2>()?;
        let in_capitals = !line.contains(char::is_lowercase);
        // "Gambia, The" and "Nguyen Van De": a capital makes a name of it.
        if !in_capitals && line[last.clone()].contains(char::is_uppercase) {
            return None;
        }
        let (end, previous) = (lower(&line[last.clone()]), lower(&line[before.clone()]));
        let words_read: Vec<String> = words.iter().map(|word| lower(&line[word.clone()])).collect();
        let is_phrase = self.phrases.iter().any(|phrase| ends_in(&words_read, phrase));
        let known = self.ends.contains(&end.as_str())
            || (!in_capitals && self.lower_ends.contains(&end.as_str()));
        let is_end = known
            && !self.exceptions.contains(&(previous.as_str(), end.as_str()))
            && (self.conjunctions.contains(&end.as_str()) || !is_backwards(line))
            && (end != "of" || governs(&previous))
            // Letters are joined, as in "x e y".
            && (previous.chars().count() > 1 || end.chars().count() > 1);
        (is_phrase || is_end).then(|| (last.clone(), before.start..last.end))
    }

    /// Whether any line breaks off after this word.
    fn may_break_off_after(&self, word: &str) -> bool {
        let of_phrases = || self.phrases.iter().filter_map(|phrase| phrase.last());
        let mut ends = self.ends.iter().chain(self.lower_ends).chain(of_phrases());
        if word.is_ascii() {
            ends.any(|end| word.eq_ignore_ascii_case(end))
        } else {
            let word = lower(word);
            ends.any(|end| word == *end)
        }
    }

    /// The two digits that are left of a year before the full stop at `stop`, and where the words
    /// begin by which it is known to be a year.
    fn broken_year(&self, text: &str, stop: usize) -> Option<(Range<usize>, usize)> {
        let year = stop.checked_sub(2)?..stop;
        let digits = text.get(year.clone()).filter(|digits| matches!(*digits, "19" | "20"))?;
        let before = &text[..year.start];
        if before.trim_end().len() == before.len() || !ends_sentence(&text[stop + 1..]) {
            return None;
        }
        let words = last_words(before);
        let read: Vec<String> = words.iter().map(|word| lower(&text[word.clone()])).collect();
        let divided = read.get(1).is_some_and(|word| DIVIDED.iter().any(|d| word.starts_with(d)));
        let lead = self.before_year.iter().find(|lead| ends_in(&read, lead));
        if let Some(lead) = lead.filter(|_| !divided) {
            return Some((year, words[lead.len() - 1].start));
        }
        let [join, first, open, ..] = read.as_slice() else { return None };
        let is_span = self.spans.contains(&(open.as_str(), join.as_str()))
            && is_year(first)
            && first.as_str() < if digits == "19" { "2000" } else { "2100" };
        is_span.then(|| (year, words[2].start))
    }
}

/// The last three words of a text, the last one first.
fn last_words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut rest = text.trim_end();
    while words.len() < 3 && !rest.is_empty() {
        let start = rest.char_indices().rfind(|(_, c)| c.is_whitespace());
        let start = start.map_or(0, |(at, c)| at + c.len_utf8());
        words.push(start..rest.len());
        rest = rest[..start].trim_end();
    }
    words
}

/// In lower case, with the plain apostrophe.
fn lower(word: &str) -> String {
    word.to_lowercase().replace('\u{2019}', "'")
}

/// Whether words, the last one first, end in a phrase.
fn ends_in(words: &[String], phrase: &[&str]) -> bool {
    words.len() >= phrase.len() && phrase.iter().rev().zip(words).all(|(a, b)| a == b)
}

/// Whether a short piece after the last comma ends the line.
fn is_backwards(line: &str) -> bool {
    let piece = line.rsplit_once(',').map(|(_, piece)| piece.split_whitespace().count());
    piece.is_some_and(|words| words <= MOST_BACKWARDS)
}

/// Whether something must follow the "of" after this word: "something to be proud of" is whole, "the
/// Ministry of" is not.
fn governs(word: &str) -> bool {
    const NOUNS: [&str; 22] = [
        "academy",
        "ambassador",
        "chair",
        "college",
        "council",
        "department",
        "director",
        "head",
        "institute",
        "letter",
        "member",
        "minister",
        "ministry",
        "office",
        "president",
        "report",
        "representative",
        "rights",
        "secretary",
        "statement",
        "status",
        "university",
    ];
    NOUNS.contains(&word) || ["tion", "ment", "ity"].iter().any(|ending| word.ends_with(ending))
}

/// Whether a sentence may end before `rest`: nothing follows, or a new sentence does.
fn ends_sentence(rest: &str) -> bool {
    let next = rest.trim_start();
    next.is_empty() || (next.len() < rest.len() && next.starts_with(char::is_uppercase))
}

fn is_year(word: &str) -> bool {
    word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{LANGUAGES, LONGEST, RULE};
    use crate::testing::{check, findings, findings_with};

    fn broken(language: &str, title: &str) -> Option<String> {
        let text = format!("kind: letter\nlanguage: {language}\ntitle: \"{title}\"\n");
        let found = findings(&RULE, &[("letter.yaml".to_owned(), text)]);
        found.first().map(|finding| finding.message.clone())
    }

    fn broken_year(language: &str, prose: &str) -> bool {
        let text = format!("kind: letter\nlanguage: {language}\nparagraphs:\n  - \"{prose}\"\n");
        !findings(&RULE, &[("letter.yaml".to_owned(), text)]).is_empty()
    }

    #[track_caller]
    fn whole(language: &str, titles: &[&str]) {
        for title in titles {
            assert_eq!(broken(language, title), None, "{title}");
        }
    }

    #[track_caller]
    fn cut(language: &str, titles: &[&str]) {
        for title in titles {
            assert!(broken(language, title).is_some(), "{title}");
        }
    }

    #[test]
    fn no_last_word_is_longer_than_the_longest() {
        for language in &LANGUAGES {
            let phrases = language.phrases.iter().filter_map(|phrase| phrase.last());
            let mut ends = language.ends.iter().chain(language.lower_ends).chain(phrases);
            assert!(ends.all(|end| end.chars().count() <= LONGEST));
        }
    }

    #[test]
    fn a_line_without_its_end_is_reported() {
        check(
            &RULE,
            r"
kind: statement
language: en
organizerLine: Organized by the
#                           ^^^ warning: the text breaks off after “by the”
title: Statement on behalf of the Group of 77 and
#                                             ^^^ warning: the text breaks off after “77 and”
",
        );
    }

    #[test]
    fn a_year_without_its_end_is_reported() {
        check(
            &RULE,
            r"
kind: statement
language: fr
paragraphs:
  - Les transferts ont atteint 9 % du PIB, en 20. Le Maroc les mesure depuis 2005.
#                                             ^^ warning: the year in “en 20.” has only two digits left
",
        );
    }

    #[test]
    fn english_french_and_spanish_have_their_own_words() {
        cut("en", &["Address by the Minister and", "Ministry of", "OPENING OF THE", "Trade &"]);
        cut("en", &["Report on the implementation of", "Organized by", "Migrants and their"]);
        cut(
            "fr",
            &["Organisé par", "Déclaration de", "Le droit à l’", "Ministère des", "UNION DU"],
        );
        cut("es", &["Organizado por", "Ministerio de la", "Derechos y", "MINISTERIO DEL"]);
        whole("de", &["Organized by the", "Organisé par le"]);
        whole("fr", &["Organized by the"]);
        cut("en-GB", &["Organized by the"]);
    }

    #[test]
    fn words_that_can_end_a_title_are_accepted() {
        whole("en", &["Hepatitis B and A", "Part A", "A principle to live by", "Switched on"]);
        whole("en", &["A future to be proud of", "What we are made of", "Who they are with"]);
        whole("en", &["The", "Organized by the…", "What is “the”", "Organized by the:"]);
        whole("fr", &["Le Maroc donne le la", "Messe en la", "Parlons-en", "Il y en", "À la une"]);
        whole("fr", &["Le prix de l’or", "Faire avec", "Table ronde un"]);
        whole("es", &["Fernández et al", "La generación y", "Los ejes x e y", "El mundo no para"]);
        whole("es", &["La reunión empieza a la una"]);
    }

    #[test]
    fn names_in_inverted_order_are_accepted() {
        whole("en", &["Korea, Republic of", "Congo, Democratic Republic of the", "GAMBIA, THE"]);
        whole("en", &["Gambia, The", "Sydney, University of", "Nguyen Van The"]);
        whole("fr", &["Corée, République de", "CONGO, RÉPUBLIQUE DÉMOCRATIQUE DU"]);
        whole("es", &["Corea, República de"]);
        cut(
            "en",
            &["Labour, trade and", "Sydney, where a chair was given by the University of the"],
        );
    }

    #[test]
    fn abbreviations_in_capitals_are_accepted() {
        whole("en", &["CONFERENCE ON ITS", "PART A"]);
        whole("fr", &["SOMMET DE L’UE ET DE L’AU"]);
        whole("es", &["DIPUTADOS DE AL", "MESA REDONDA Y"]);
    }

    #[test]
    fn numbers_other_than_years_are_accepted() {
        for prose in [
            "Il est divisé en 20. Le reste suit.",
            "La part passe de 12 à 20. Le reste suit.",
            "Il y en a 20. Le reste suit.",
            "Elle fut atteinte en 20.5 jours.",
            "Elle fut atteinte en 2010. Le reste suit.",
            "Elle fut atteinte en 20. jours.",
            "Elle fut atteinte en 25. Le reste suit.",
        ] {
            assert!(!broken_year("fr", prose), "{prose}");
        }
        for prose in [
            "Laws exist in 20. The others wait.",
            "It rose in 2005 to 20. The others wait.",
            "It rose from 12 to 20. The others wait.",
            "Of these and 20. The others wait.",
        ] {
            assert!(!broken_year("en", prose), "{prose}");
        }
        assert!(!broken_year("es", "Hay leyes en 20. Otros esperan."));
    }

    #[test]
    fn years_are_recognized_by_the_words_before_them() {
        assert!(broken_year("fr", "Elle dure depuis 19."));
        assert!(broken_year("fr", "Entre 2005 et 20. Le reste suit."));
        assert!(broken_year("en", "It has grown since 20."));
        assert!(broken_year("en", "It grew from 2005 to 20. The others wait."));
        assert!(broken_year("es", "Desde el año 20. Otros esperan."));
        assert!(!broken_year("de", "Elle dure depuis 19."));
    }

    #[test]
    fn cancelled_records_and_records_without_a_language_are_not_checked() {
        check(&RULE, "kind: letter\nlanguage: en\nstatus: cancelled\ntitle: Organized by the\n");
        check(&RULE, "kind: letter\ntitle: Organized by the\n");
    }

    #[test]
    fn prose_may_end_in_any_word() {
        check(&RULE, "kind: letter\nlanguage: en\nparagraphs: [It is the, and]\n");
    }

    #[test]
    fn other_schemas_can_mark_their_lines() {
        let schema = r#"{"x-record": {"language": "/lang"}, "properties": {"kind": {"const": "item"},
            "heading": {"x-text": "line"}, "file": {"type": "string"}}}"#;
        let catalog = crate::schema::Catalog::new(&[("item.json".into(), schema.into())]);
        let text =
            r#"{"kind": "item", "lang": "en", "heading": "Budget of the", "file": "and the"}"#;
        let found = findings_with(&catalog, &RULE, &[("a.json".to_owned(), text.to_owned())]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].location.pointer, "/heading");
    }
}
