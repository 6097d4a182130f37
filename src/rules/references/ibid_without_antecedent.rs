//! A first note that refers to the note before it.

use crate::{
    fact::{Meaning, Notes, Record},
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("ibid-without-antecedent"),
    family: Family::References,
    summary: "a first note that says `ibid.`, with no note before it",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/ibid-without-antecedent.md"),
    options: &[],
    check: Check::Record(check),
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
    // The notes of an extract begin with a later number, and the one before lies outside it.
    let number =
        mark.and_then(|mark| mark.value.trim_matches(|c: char| !c.is_alphanumeric()).parse().ok());
    if number.is_some_and(|number: u32| number != 1) {
        return;
    }
    if let Some((at, word)) = ibid(body.value) {
        findings
            .at(
                body.part(at, word.len()),
                format!("`{word}` refers to the note before, and this is the first one"),
            )
            .help("name the source, or look for the note that is missing")
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

    /// How often the rule speaks of these notes, each with its number.
    fn found(notes: &[(&str, &str)]) -> usize {
        let notes: Vec<String> =
            notes.iter().map(|(n, text)| format!("{{n: {n}, text: '{text}'}}")).collect();
        let text = format!("kind: statement\nfootnotes: [{}]\n", notes.join(", "));
        findings(&RULE, &[("statement.yaml".to_owned(), text)]).len()
    }

    #[test]
    fn the_first_note_refers_to_the_one_before() {
        check(
            &RULE,
            r"
kind: resolution
footnotes:
  - {n: 1, text: 'Ibid., vol. 1249, No. 20378.'}
#                 ^^^^ warning: `Ibid` refers to the note before, and this is the first one
  - {n: 2, text: 'Ibid., vol. 1577, No. 27531.'}
",
        );
    }

    #[test]
    fn each_language_has_its_word() {
        for text in ["Ibíd., párr. 4.", "Ibidem", "Idem, chap. II.", "*Ibid.*", "Ídem."] {
            assert_eq!(found(&[("1", text)]), 1, "{text}");
        }
        assert_eq!(found(&[("\"*\"", "Ibid., p. 3.")]), 1);
    }

    #[test]
    fn a_later_note_may_refer_to_the_one_before() {
        assert_eq!(found(&[("1", "Treaty Series, vol. 660."), ("2", "Ibid., vol. 1249.")]), 0);
    }

    #[test]
    fn other_notes_may_have_the_word_in_them() {
        for text in ["See ibid., p. 3.", "Idempotent", "1 ibid.", "A/65/203, ibid.", "Ibidan"] {
            assert_eq!(found(&[("1", text)]), 0, "{text}");
        }
    }

    #[test]
    fn the_notes_of_an_extract_begin_later() {
        assert_eq!(found(&[("7", "Ibid., p. 3."), ("8", "A/65/203.")]), 0);
        assert_eq!(found(&[("\"[12]\"", "Ibid., p. 3.")]), 0);
    }

    #[test]
    fn without_notes_there_is_nothing_to_find() {
        check(&RULE, "kind: statement\nfootnotes: []\n");
        check(&RULE, "kind: statement\nparagraphs: [Ibid.]\n");
    }

    #[test]
    fn what_is_cancelled_is_left_alone() {
        check(&RULE, "kind: statement\nstatus: cancelled\nfootnotes: [{n: 1, text: Ibid.}]\n");
    }
}
