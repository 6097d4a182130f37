//! A first footnote that refers to the footnote before it.

use crate::{
    fact::{Meaning, Notes, Record},
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::FactKinds,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ibid-without-antecedent"),
    family: Family::References,
    summary: "a first footnote that says `ibid.`",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ibid-without-antecedent.md"),
    options: &[],
    check: Check::Facts(FactKinds::NOTES, check),
};

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    for fact in record.live() {
        if let Meaning::Notes(notes) = &fact.meaning {
            check_first(notes, findings);
        }
    }
}

fn check_first(notes: &Notes<'_>, findings: &mut Findings<'_>) {
    let Some((mark, Some(body))) = notes.notes.first() else { return };
    // The footnotes of an extract begin with a later number; the previous footnote is outside the extract.
    let number =
        mark.and_then(|mark| mark.value.trim_matches(|c: char| !c.is_alphanumeric()).parse().ok());
    if number.is_some_and(|number: u32| number != 1) {
        return;
    }
    if let Some((at, word)) = ibid(body.value) {
        findings
            .at(
                body.part(at, word.len()),
                format!("“{word}” refers to the previous footnote, but this is the first footnote"),
            )
            .help("name the source, or add the footnote that is missing")
            .value(word);
    }
}

/// The word at the head of a note that says "in the same place", and where it begins.
fn ibid(note: &str) -> Option<(usize, &str)> {
    const WORDS: [&str; 6] = ["ibid", "ibidem", "ibíd", "ibídem", "idem", "ídem"];
    let at = note.find(char::is_alphabetic)?;
    let is_plain = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '(' | '[' | '“' | '"');
    if !note[..at].chars().all(is_plain) {
        return None;
    }
    let rest = &note[at..];
    let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let word = &rest[..end];
    WORDS.contains(&word.to_lowercase().as_str()).then_some((at, word))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

    /// How many findings these footnotes have, each with its number.
    fn found(notes: &[(&str, &str)]) -> usize {
        let notes: Vec<String> =
            notes.iter().map(|(n, text)| format!("{{n: {n}, text: '{text}'}}")).collect();
        let text = format!("kind: statement\nfootnotes: [{}]\n", notes.join(", "));
        findings(&RULE, &[("statement.yaml".to_owned(), text)]).len()
    }

    #[test]
    fn ibid_in_the_first_footnote_is_reported() {
        check(
            &RULE,
            r"
kind: resolution
footnotes:
  - {n: 1, text: 'Ibid., vol. 1249, No. 20378.'}
#                 ^^^^ warning: “Ibid” refers to the previous footnote, but this is the first footnote
  - {n: 2, text: 'Ibid., vol. 1577, No. 27531.'}
",
        );
    }

    #[test]
    fn english_french_and_spanish_words_are_recognized() {
        for text in ["Ibíd., párr. 4.", "Ibidem", "Idem, chap. II.", "*Ibid.*", "Ídem."] {
            assert_eq!(found(&[("1", text)]), 1, "{text}");
        }
        assert_eq!(found(&[("\"*\"", "Ibid., p. 3.")]), 1);
    }

    #[test]
    fn ibid_in_a_later_footnote_is_accepted() {
        assert_eq!(found(&[("1", "Treaty Series, vol. 660."), ("2", "Ibid., vol. 1249.")]), 0);
    }

    #[test]
    fn ibid_after_other_words_is_accepted() {
        for text in ["See ibid., p. 3.", "Idempotent", "1 ibid.", "A/65/203, ibid.", "Ibidan"] {
            assert_eq!(found(&[("1", text)]), 0, "{text}");
        }
    }

    #[test]
    fn footnotes_that_begin_with_a_later_number_are_not_checked() {
        assert_eq!(found(&[("7", "Ibid., p. 3."), ("8", "A/65/203.")]), 0);
        assert_eq!(found(&[("\"[12]\"", "Ibid., p. 3.")]), 0);
    }

    #[test]
    fn a_record_without_footnotes_is_accepted() {
        check(&RULE, "kind: statement\nfootnotes: []\n");
        check(&RULE, "kind: statement\nparagraphs: [Ibid.]\n");
    }

    #[test]
    fn cancelled_records_are_not_checked() {
        check(&RULE, "kind: statement\nstatus: cancelled\nfootnotes: [{n: 1, text: Ibid.}]\n");
    }
}
