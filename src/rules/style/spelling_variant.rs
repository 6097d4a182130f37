//! A word in another spelling than that of United Nations documents.

use std::ops::Range;

use super::{is_english, texts};
use crate::{
    fact::Record,
    finding::Family,
    rule::{Check, Findings, Fix, Pairs, Rule, RuleId, RuleOption, Texts},
    rules::quotation::Quotations,
    vocabulary::FactKinds,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("spelling-variant"),
    family: Family::Style,
    summary: "a word that is not in the spelling of United Nations documents",
    level: None,
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/spelling-variant.md"),
    options: &[&ACCEPT, &WORDS_OF_PROJECT],
    check: Check::Facts(FactKinds::TEXT, check),
};

static ACCEPT: RuleOption<Texts> =
    RuleOption { name: "accept", default: Texts::NONE, about: "Words whose spelling is accepted." };

static WORDS_OF_PROJECT: RuleOption<Pairs> = RuleOption {
    name: "words",
    default: Pairs::NONE,
    about: "More words and phrases, each with the spelling of your organization. A `*` at the end matches any ending, \
            which the right spelling keeps.",
};

/// Beginnings of words in another spelling, and the spelling of United Nations documents. Source: United
/// Nations Editorial Manual, "Spelling", as a guide of the United Nations University quotes it (read on
/// 23 November 2026): the spelling that the Concise Oxford English Dictionary gives first, and -ize where
/// -ise is possible. It names programme and organization; the other words follow that rule and were not
/// looked up one by one.
const STEMS: [(&str, &str); 13] = [
    ("center", "centre"),
    ("favor", "favour"),
    ("harmonis", "harmoniz"),
    ("labor", "labour"),
    ("maximis", "maximiz"),
    ("minimis", "minimiz"),
    ("mobilis", "mobiliz"),
    ("on-going", "ongoing"),
    ("organis", "organiz"),
    ("panelist", "panellist"),
    ("percent", "per cent"),
    ("recognis", "recogniz"),
    ("utilis", "utiliz"),
];

/// Whole words.
const WORDS: [(&str, &str); 2] = [("program", "programme"), ("programs", "programmes")];

/// Words that begin as one of [`STEMS`] and are right.
const RIGHT: [&str; 6] =
    ["centered", "laborator", "laborious", "organism", "percentage", "percentile"];

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    if !is_english(record) {
        return;
    }
    let accept = findings.option(&ACCEPT);
    let words = findings.option(&WORDS_OF_PROJECT);
    // The rule is off by default. A level for it does not mean that every record is in house style.
    for (_, text) in texts(record, false) {
        let mut quotations = Quotations::of(text.value);
        let own = of_project(text.value, words);
        let bundled = variants(text.value)
            .filter(|(range, _)| {
                own.iter().all(|(own, _)| own.end <= range.start || range.end <= own.start)
            })
            .map(|(range, wanted)| (range, wanted, "United Nations documents"));
        let of_own =
            own.iter().map(|(range, wanted)| (range.clone(), wanted.clone(), "this project"));
        for (range, wanted, place) in of_own.chain(bundled) {
            let written = &text.value[range.clone()];
            let is_right = written == wanted || accept.iter().any(|word| word == written);
            if !is_right && !quotations.contain(range.start) {
                findings
                    .at(
                        text.part(range.start, range.len()),
                        format!("`{written}` is spelled `{wanted}` in {place}"),
                    )
                    .help(format!("write `{wanted}`"))
                    .value(written);
            }
        }
    }
}

/// The words and phrases that the project spells in another way, each with that spelling. Where several match at one place, the longest
/// counts.
fn of_project(text: &str, words: &Pairs) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    if words.iter().next().is_none() {
        return found;
    }
    let (mut end, mut before) = (0, ' ');
    for (start, c) in text.char_indices() {
        let is_inside = start < end || before.is_alphanumeric() || before == '-';
        before = c;
        if is_inside || c.is_whitespace() {
            continue;
        }
        let rest = &text[start..];
        let matches = words.iter().filter_map(|(word, wanted)| project_word(rest, word, wanted));
        if let Some((len, wanted)) = matches.max_by_key(|(len, _)| *len) {
            end = start + len;
            found.push((start..end, wanted));
        }
    }
    found
}

/// The length of `word` of the project at the beginning of `text`, and what is written for it.
fn project_word(text: &str, word: &str, wanted: &str) -> Option<(usize, String)> {
    let (stem, is_open) = word.strip_suffix('*').map_or((word, false), |stem| (stem, true));
    let rest = text.strip_prefix(stem).filter(|_| !stem.is_empty())?;
    let ending =
        if is_open { rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()) } else { 0 };
    let (ending, rest) = rest.split_at(ending);
    let goes_on = rest.starts_with(char::is_alphanumeric)
        || rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let right = wanted.strip_suffix('*').unwrap_or(wanted);
    (!goes_on).then(|| (stem.len() + ending.len(), format!("{right}{ending}")))
}

/// The words in another spelling, each with the right one. A word with a capital may be part of a name
/// and is skipped.
fn variants(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(|c: char| c.is_ascii_lowercase())?;
            let rest = &text[start..];
            let end = rest.find(|c: char| !c.is_alphabetic() && c != '-').unwrap_or(rest.len());
            at = start + end.max(1);
            let is_inside = text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '-');
            let word = &rest[..end];
            if let Some(wanted) = respelled(word).filter(|_| !is_inside) {
                return Some((start..start + end, wanted));
            }
        }
    })
}

fn respelled(word: &str) -> Option<String> {
    if let Some((_, right)) = WORDS.iter().find(|(wrong, _)| *wrong == word) {
        return Some((*right).to_owned());
    }
    let (wrong, right) = STEMS.iter().find(|(wrong, _)| word.starts_with(wrong))?;
    // Latin, in "de minimis".
    if word == "minimis" || RIGHT.iter().any(|right| word.starts_with(right)) {
        return None;
    }
    Some(format!("{right}{}", &word[wrong.len()..]))
}

#[cfg(test)]
mod tests {
    use super::{RULE, of_project, variants};
    use crate::{
        rule::Pairs,
        testing::{check, check_with},
    };

    #[test]
    fn words_that_the_project_accepts_are_not_reported() {
        check_with(
            &RULE,
            "[rules.spelling-variant]\naccept = [\"organisation\", \"percent\"]\n",
            r#"
id: background
kind: background
language: en
sections:
  - paragraphs: [ten percent of an organisation]
  - paragraphs: [two organisations]
#                    ^^^^^^^^^^^^^ warning: `organisations` is spelled `organizations` in United Nations documents
"#,
        );
    }

    /// What is found with these words of the project, each with what is wanted.
    fn found_with(words: &[(&str, &str)], text: &str) -> Vec<String> {
        let pairs: Vec<_> = words.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let found = of_project(text, &Pairs::from(pairs));
        found.into_iter().map(|(range, wanted)| format!("{} > {wanted}", &text[range])).collect()
    }

    #[test]
    fn the_words_of_the_project_are_found() {
        let words = [
            ("co-operat*", "cooperat*"),
            ("learnt", "learned"),
            ("third world", "developing countries"),
            ("third", "3rd"),
            ("Czech Republic", "Czechia"),
        ];
        for (text, found) in [
            (
                "co-operation, co-operating",
                &["co-operation > cooperation", "co-operating > cooperating"][..],
            ),
            ("lessons learnt.", &["learnt > learned"]),
            (
                "the third world and the third",
                &["third world > developing countries", "third > 3rd"],
            ),
            ("the Czech Republic’s vote", &["Czech Republic > Czechia"]),
            ("unlearnt, learnts, learnt-by, re-learnt, Learnt", &[]),
            ("cooperation", &[]),
            ("", &[]),
        ] {
            assert_eq!(found_with(&words, text), found, "{text}");
        }
        assert_eq!(found_with(&[("*", "all")], "any word"), [""; 0]);
    }

    #[test]
    fn the_words_of_the_project_count_before_those_of_the_rule() {
        check_with(
            &RULE,
            "[rules.spelling-variant]\nwords = {programs = \"schemes\", labor = \"labor\", farer = \"traveller\"}\n",
            r#"
id: background
kind: background
language: en
sections:
  - paragraphs: [the programs of labor]
#                    ^^^^^^^^ warning: `programs` is spelled `schemes` in this project
  - paragraphs: [a farer of the center, "a “farer”"]
#                  ^^^^^ warning: `farer` is spelled `traveller` in this project
#                               ^^^^^^ warning: `center` is spelled `centre` in United Nations documents
"#,
        );
    }

    fn found(text: &str) -> Vec<(&str, String)> {
        variants(text).map(|(range, wanted)| (&text[range], wanted)).collect()
    }

    #[test]
    fn words_in_another_spelling_are_found() {
        for (text, written, wanted) in [
            ("a program of work", "program", "programme"),
            ("two programs.", "programs", "programmes"),
            ("an organisation", "organisation", "organization"),
            ("labor markets", "labor", "labour"),
            ("ten percent", "percent", "per cent"),
            ("on-going work", "on-going", "ongoing"),
            ("the panelists", "panelists", "panellists"),
            ("to maximise it", "maximise", "maximize"),
        ] {
            assert_eq!(found(text), [(written, wanted.to_owned())], "{text}");
        }
    }

    #[test]
    fn right_words_and_names_are_not_found() {
        for text in [
            "programme, programmes, programmatic, programmed",
            "organization and organism",
            "labour, laboratory, laborious",
            "per cent, percentage",
            "International Labor Organisation",
            "de minimis",
            "the sub-program",
            "émigré",
            "",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn other_languages_styles_and_quotations_are_not_reported() {
        let record = |kind: &str, language: &str, text: &str| {
            format!(
                "id: a\nkind: {kind}\ntitle: A\nlanguage: {language}\nsections:\n  - paragraphs:\n      - {text}\n"
            )
        };
        let marked = "a program of work\n#         ^^^^^^^ warning: `program` is spelled `programme` in United Nations documents";
        check(&RULE, &record("background", "en", marked));
        check(&RULE, &record("background", "fr", "un program de travail"));
        check(&RULE, &record("background", "en", "he said “a program of work”"));
        check(
            &RULE,
            &record("statement", "en", "a program of work")
                .replace("sections:\n  - paragraphs:", "paragraphs:"),
        );
    }
}
