//! A form of address or an office at the beginning of a name.

use super::{is_full, speakers};
use crate::{
    fact::Record,
    finding::{Family, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("honorific-in-name"),
    family: Family::Speakers,
    summary: "a form of address or an office at the beginning of a name",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/honorific-in-name.md"),
    options: &[],
    check: Check::Record(check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for (_, speaker) in speakers(record) {
        let Some(name) = speaker.name.filter(|_| speaker.has_place(|places| &places.honorific))
        else {
            continue;
        };
        let Some((head, rest)) = split_form(name.value) else {
            continue;
        };
        let offset = name.value.len() - name.value.trim_start().len();
        let (form, rest) = (shown(head), shown(rest));
        let help = match speaker.honorific {
            Some(honorific) => format!(
                "write the name as “{rest}”; its form of address is already given as “{}”",
                shown(honorific.value)
            ),
            None => format!("write the name as “{rest}” and move “{form}” to a field of its own"),
        };
        findings
            .at(
                name.part(offset, head.len()),
                format!(
                    "the name “{}” begins with a form of address or an office: “{form}”",
                    shown(name.value.trim())
                ),
            )
            .help(help)
            .value(head);
    }
}

/// Forms of address and offices before names in English, French and Spanish, in lower case and without
/// a final dot. Words that are names or parts of names as well (Dame, Don, Judge, King, Prince, Sheikh) are
/// left out, and so are an M that may be an initial and a Hon without its dot.
const HEADS: [&str; 59] = [
    "ambassador",
    "ambassadeur",
    "ambassadrice",
    "chair",
    "chairman",
    "chairperson",
    "chairwoman",
    "cllr",
    "co-chair",
    "councillor",
    "doctora",
    "doña",
    "dr",
    "dra",
    "embajador",
    "embajadora",
    "excma",
    "excmo",
    "h.e",
    "honourable",
    "lic",
    "madam",
    "madame",
    "mademoiselle",
    "messrs",
    "minister",
    "ministra",
    "ministre",
    "ministro",
    "miss",
    "mlle",
    "mme",
    "moderador",
    "moderadora",
    "moderator",
    "modérateur",
    "modératrice",
    "monsieur",
    "mr",
    "mrs",
    "ms",
    "mx",
    "président",
    "présidente",
    "president",
    "presidenta",
    "presidente",
    "prof",
    "professeur",
    "professeure",
    "professor",
    "s.e",
    "s.e.m",
    "señor",
    "señora",
    "sir",
    "sr",
    "sra",
    "srta",
];

/// Such forms of several words.
const PHRASES: [&[&str]; 8] = [
    &["his", "excellency"],
    &["her", "excellency"],
    &["son", "excellence"],
    &["su", "excelencia"],
    &["the", "right", "honourable"],
    &["the", "honourable"],
    &["rt.", "hon."],
    &["the", "hon."],
];

/// The forms of address at the head of a name, and the name after them. Nothing where a single word
/// would remain: with it, the form is the name.
fn split_form(name: &str) -> Option<(&str, &str)> {
    let name = name.trim();
    let mut rest = name;
    while let Some(next) = after_form(rest) {
        rest = next;
    }
    let head = name[..name.len() - rest.len()].trim_end().trim_end_matches(',');
    (!head.is_empty() && is_full(rest)).then_some((head, rest))
}

/// What follows the form of address that `text` begins with.
fn after_form(text: &str) -> Option<&str> {
    let (word, rest) = first_word(text)?;
    let phrase = PHRASES.iter().filter(|phrase| is(word, phrase[0])).find_map(|phrase| {
        phrase[1..].iter().try_fold(rest, |rest, wanted| {
            let (word, rest) = first_word(rest)?;
            is(word, wanted).then_some(rest)
        })
    });
    phrase.or_else(|| {
        let word = word.trim_end_matches(',');
        let bare = word.trim_end_matches('.');
        let is_form = if bare.is_ascii() {
            HEADS.iter().any(|head| bare.eq_ignore_ascii_case(head))
        } else {
            HEADS.contains(&bare.to_lowercase().as_str())
        };
        (is_form || is(word, "hon.")).then_some(rest)
    })
}

/// Whether a word is this one, which is of ASCII and of letters that no others have as their small ones.
fn is(word: &str, lower: &str) -> bool {
    word.eq_ignore_ascii_case(lower)
}

/// The first word and the text after it, where there is such a text.
fn first_word(text: &str) -> Option<(&str, &str)> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    Some((word, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::{HEADS, PHRASES, RULE, split_form};
    use crate::testing::{check, findings_with};

    #[test]
    fn a_form_of_address_in_a_name_is_reported() {
        check(
            &RULE,
            r#"
id: programme
kind: programme
title: Programme
language: en
slots:
  - kind: opening
    start: "10:00"
    end: "10:20"
    title: Opening
    speakers:
      - {name: H.E. Mr. Joseph Deiss, role: President of the General Assembly}
#              ^^^^^^^^ info: the name “H.E. Mr. Joseph Deiss” begins with a form of address or an office: “H.E. Mr.”
      - {name: Joseph Deiss, honorific: H.E. Mr.}
      - {name: " Ambassador Eduard Gnesa", honorific: Mr.}
#                ^^^^^^^^^^ info: the name “Ambassador Eduard Gnesa” begins with a form of address or an office: “Ambassador”
"#,
        );
    }

    #[test]
    fn phrases_contain_plain_letters_only() {
        let others = ('\u{80}'..=char::MAX).filter(|c| c.to_lowercase().all(|c| c.is_ascii()));
        let others: String = others.flat_map(char::to_lowercase).collect();
        for word in PHRASES.iter().copied().flatten().chain(&["hon."]) {
            assert!(word.is_ascii() && !word.contains(|c| others.contains(c)), "{word}");
        }
    }

    #[test]
    fn cancelled_records_are_not_reported() {
        check(
            &RULE,
            "id: s\nkind: statement\nstatus: cancelled\ntitle: T\nlanguage: en\nparagraphs: [A]\nspeaker: {name: Mr. Joseph Deiss}\n",
        );
    }

    #[test]
    fn forms_of_address_are_parted_from_names() {
        for (name, head, rest) in [
            ("H.E. Mr. Joseph Deiss", "H.E. Mr.", "Joseph Deiss"),
            ("Sir Peter Sutherland", "Sir", "Peter Sutherland"),
            ("Professor Dr John Connell", "Professor Dr", "John Connell"),
            ("Mr, Anthony Lake", "Mr", "Anthony Lake"),
            ("Mme  Thetis Mangahas", "Mme", "Thetis Mangahas"),
            ("Excmo. Sr. Claude Heller", "Excmo. Sr.", "Claude Heller"),
            ("Embajador Claude Heller", "Embajador", "Claude Heller"),
            ("Her Excellency Anna Berg", "Her Excellency", "Anna Berg"),
            ("The Right Honourable Anna Berg", "The Right Honourable", "Anna Berg"),
            ("Hon. Anna Berg", "Hon.", "Anna Berg"),
            ("PRESIDENT JOSEPH DEISS", "PRESIDENT", "JOSEPH DEISS"),
            ("S.E.M. Joseph Deiss", "S.E.M.", "Joseph Deiss"),
        ] {
            assert_eq!(split_form(name), Some((head, rest)), "{name}");
        }
    }

    #[test]
    fn names_without_a_form_or_with_one_word_after_it_are_not_parted() {
        for name in [
            "Joseph Deiss",
            "Mr. Deiss",
            "Sir Elton",
            "Mr.",
            "Mr. Dr.",
            "He Yafei",
            "HE YAFEI",
            "Hon Lik Wai",
            "M. Anna Corby",
            "Prince Zeid Hussein",
            "King Juan Carlos",
            "Don Carlos Borbón",
            "Dame Babacar Diop",
            "Drew Anna Berg",
            "Sri Anna Berg",
            "The Edge Band",
            "Son Heung Min",
            "His Anna Berg",
            "",
            " ",
        ] {
            assert_eq!(split_form(name), None, "{name}");
        }
    }

    #[test]
    fn the_list_is_in_lower_case_and_without_final_dots() {
        assert!(HEADS.iter().all(|head| head.to_lowercase() == *head && !head.ends_with('.')));
    }

    #[test]
    fn schemas_without_an_honorific_are_not_reported() {
        let found = |words: &str| {
            let schema = format!(
                r#"{{"properties": {{"kind": {{"const": "talk"}}}}, "x-speaker": {{{words}"name": "/by"}}}}"#
            );
            let catalog = crate::schema::Catalog::new(&[("talk.json".into(), schema)]);
            let text = r#"{"kind": "talk", "by": "Mr. Joseph Deiss"}"#.to_owned();
            findings_with(&catalog, &RULE, &[("a.json".to_owned(), text)]).len()
        };
        assert_eq!(found(""), 0);
        assert_eq!(found(r#""honorific": "/title", "#), 1);
    }
}
