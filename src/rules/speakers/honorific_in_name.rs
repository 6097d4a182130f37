//! A form of address or an office at the beginning of a name, or a form of address in brackets after it.

use super::{is_full, speakers};
use crate::{
    fact::{Record, Speaker, Text},
    finding::{Family, Severity},
    message::shown,
    person::{self, StandIn},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::FactKinds,
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
    check: Check::Facts(FactKinds::SPEAKER, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for (_, speaker) in speakers(record) {
        let Some(name) = speaker.name.filter(|_| speaker.has_place(|places| &places.honorific))
        else {
            continue;
        };
        let Some((head, rest)) = split_form(name.value) else {
            check_end(speaker, name, findings);
            continue;
        };
        let offset = name.value.len() - name.value.trim_start().len();
        let (rest, office) = without_office(rest);
        let (form, rest) = (shown(head), shown(rest));
        let help = match speaker.honorific {
            _ if office.is_some() => format!(
                "write the name as “{rest}” and move “{form}” and “{}” to fields of their own",
                shown(office.unwrap_or_default())
            ),
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

/// Reports a form of address in brackets after a name.
fn check_end(speaker: &Speaker<'_>, name: Text<'_>, findings: &mut Findings<'_>) {
    let Some((rest, bracket)) = split_end(name.value) else { return };
    let (shown_rest, form) = (shown(rest), shown(bracket));
    let help = match speaker.honorific {
        Some(honorific) => format!(
            "write the name as “{shown_rest}”; its form of address is already given as “{}”",
            shown(honorific.value)
        ),
        None => format!(
            "write the name as “{shown_rest}” and move “{}” to a field of its own",
            form.trim_matches(['(', ')'])
        ),
    };
    let offset = name.value.trim_end().len() - bracket.len();
    findings
        .at(
            name.part(offset, bracket.len()),
            format!(
                "the name “{}” ends with a form of address: “{form}”",
                shown(name.value.trim())
            ),
        )
        .help(help)
        .value(bracket);
}

/// A name and the form of address in brackets after it. “Sr.” after a name says that a son has the same name.
fn split_end(name: &str) -> Option<(&str, &str)> {
    let name = name.trim();
    let open = name.rfind('(').filter(|_| name.ends_with(')'))?;
    let (rest, bracket) = (name[..open].trim_end(), &name[open..]);
    let inner = bracket[1..bracket.len() - 1].trim();
    let is_senior = inner.trim_end_matches('.').eq_ignore_ascii_case("sr");
    if inner.is_empty() || is_senior || rest.is_empty() {
        return None;
    }
    // The table knows forms before a name.
    let turned = format!("{inner} {}", rest.replace(',', " "));
    let form = person::form_of_address(&turned)?;
    (form == (0..inner.len())).then_some((rest, bracket))
}

/// Offices before names in English, French and Spanish, and two forms of address that a name may begin with too; in lower case. The other
/// forms of address are those that names are compared without. Words that are names or parts of names (Dame, Don, Judge, King, Prince,
/// Sheikh) are left out, and so are an M that may be an initial and a Hon without its dot.
const HEADS: [&str; 21] = [
    "chair",
    "chairman",
    "chairperson",
    "chairwoman",
    "co-chair",
    "doña",
    "lic",
    "minister",
    "ministra",
    "ministre",
    "ministro",
    "moderador",
    "moderadora",
    "moderator",
    "modérateur",
    "modératrice",
    "president",
    "presidenta",
    "presidente",
    "président",
    "présidente",
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

/// A name without the office that follows it after a comma, and that office.
fn without_office(name: &str) -> (&str, Option<&str>) {
    match name.split_once(',') {
        Some((before, office)) if person::stand_in(office.trim()) == Some(StandIn::Office) => {
            (before, Some(office.trim()))
        }
        _ => (name, None),
    }
}

/// What follows the form of address or the office that `text` begins with.
fn after_form(text: &str) -> Option<&str> {
    if let Some(form) = person::form_of_address(text) {
        return Some(text[form.end..].trim_start());
    }
    let (word, rest) = first_word(text)?;
    let bare = word.trim_end_matches([',', '.']).to_lowercase();
    HEADS.contains(&bare.as_str()).then_some(rest)
}

/// The first word and the text after it, where there is such a text.
fn first_word(text: &str) -> Option<(&str, &str)> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    Some((word, rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::{HEADS, RULE, split_end, split_form, without_office};
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
    fn an_office_after_the_name_is_moved_as_well() {
        assert_eq!(
            without_office("Ida Waran, President of the General Assembly"),
            ("Ida Waran", Some("President of the General Assembly"))
        );
        assert_eq!(
            without_office("Ida Waran, Minister for Ports"),
            ("Ida Waran", Some("Minister for Ports"))
        );
        assert_eq!(without_office("Waran, Ida"), ("Waran, Ida", None));
        assert_eq!(without_office("Ida Waran"), ("Ida Waran", None));
    }

    #[test]
    fn a_form_of_address_in_brackets_after_a_name_is_reported() {
        check(
            &RULE,
            r#"
id: statement
kind: statement
title: On ports
language: en
paragraphs: [Excellencies.]
speaker: {name: " Ida Waran (H.E. Ms.) "}
#                           ^^^^^^^^^^ info: the name “Ida Waran (H.E. Ms.)” ends with a form of address: “(H.E. Ms.)”
"#,
        );
        for (name, rest, bracket) in [
            ("Ida Waran (Ms.)", "Ida Waran", "(Ms.)"),
            ("Ida Waran(Mme)", "Ida Waran", "(Mme)"),
            ("Waran, Ida (Amb.)", "Waran, Ida", "(Amb.)"),
            ("Waran (Mr)", "Waran", "(Mr)"),
        ] {
            assert_eq!(split_end(name), Some((rest, bracket)), "{name}");
        }
        for name in [
            "Ida Waran (Kenya)",
            "Ida Waran (Sr.)",
            "Ida Waran (Mr. Smith)",
            "Ida Waran (Chair)",
            "Ida Waran (Sheikha)",
            "Ida Waran (M.)",
            "Ida Waran ()",
            "Ida Waran (Mr.), Chair",
            "(Mr.)",
            ")",
        ] {
            assert_eq!(split_end(name), None, "{name}");
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
            ("S.E. M. Jean Waran", "S.E. M.", "Jean Waran"),
            ("Amb. Ida Waran", "Amb.", "Ida Waran"),
            ("Msgr. Ida Waran", "Msgr.", "Ida Waran"),
            ("Rev. Dr. Ida Waran", "Rev. Dr.", "Ida Waran"),
            ("HRH Princess Ida", "HRH", "Princess Ida"),
            ("Datuk Ida Waran", "Datuk", "Ida Waran"),
            ("His Majesty King Waran", "His Majesty", "King Waran"),
            ("Rt. Hon. Ida Waran", "Rt. Hon.", "Ida Waran"),
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
            "Sheikh Hasina",
            "Sheikh Ida Waran",
            "Colonel",
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
