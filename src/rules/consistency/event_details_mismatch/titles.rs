//! How the titles of one part of an event compare.

use std::{collections::HashSet, sync::LazyLock};

use crate::wording::{Line, Verdict, spelled};

/// Whether a text has a title that can be compared.
pub(super) fn is_title(text: &str) -> bool {
    !title(text).0.words.is_empty()
}

/// Compares a title with the title that decides.
pub(super) fn titles(text: &str, other: &str) -> Verdict {
    compare(text, other, false)
}

/// The same where no text is a heading of its own.
pub(super) fn strictly(text: &str, other: &str) -> Verdict {
    compare(text, other, true)
}

fn compare(text: &str, other: &str, is_strict: bool) -> Verdict {
    let ((mine, designated), (theirs, _)) = (title(text), title(other));
    if mine.words.is_empty() || theirs.words.is_empty() {
        return Verdict::Agrees;
    }
    if let Some(passage) = mine.passage(&theirs) {
        return spelled(passage, theirs.written());
    }
    // The title alone, where the other has a second one behind it.
    if let Some(passage) = theirs.passage(&mine) {
        return spelled(mine.written(), passage);
    }
    if mine.is_respelled(&theirs) {
        return Verdict::Spelled(mine.difference(&theirs));
    }
    if mine.words.len() > 1 && mine.lies_within(&theirs) {
        return Verdict::Shortened(mine.difference(&theirs));
    }
    // A heading without a word of the title is a heading of its own, unless it designates the part.
    if is_strict || designated || mine.resembles(&theirs) {
        return Verdict::Differs(mine.difference(&theirs));
    }
    Verdict::Agrees
}

/// The title without the designation before it, such as "Panel 1:", and whether there is one. Of a
/// designation alone nothing is left.
fn title(text: &str) -> (Line<'_>, bool) {
    let line = Line::read(text);
    let is_generic = |word: &str| NOUNS.contains(word) || BESIDE.contains(word) || is_number(word);
    let generic = line.words.iter().take_while(|word| is_generic(&word.folded)).count();
    let has_noun = line.words[..generic].iter().any(|word| NOUNS.contains(word.folded.as_str()));
    if !has_noun {
        return (line, false);
    }
    // "Closing remarks by the President" names the speaker.
    let speaks = |word: &str| matches!(word, "by" | "par" | "por");
    let rest = line.words.get(generic);
    if rest.is_none_or(|word| speaks(&word.folded)) {
        return (line.after(usize::MAX), true);
    }
    // The designation ends at a mark, or with its number.
    let marked = (1..=generic).rev().find(|at| line.words.get(*at).is_some_and(|word| word.parted));
    let word = |at: usize| line.words[at].folded.as_str();
    let numbered =
        (1..generic).rev().find(|at| NOUNS.contains(word(at - 1)) && is_number(word(*at)));
    match marked.or(numbered.map(|at| at + 1)) {
        Some(count) => (line.after(count), true),
        None => (line, false),
    }
}

/// Words to look one up among.
type Words = LazyLock<HashSet<&'static str>>;

/// Whether a word is a number, an ordinal, a roman numeral or the letter of a part.
fn is_number(word: &str) -> bool {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    let roman = || crate::symbol::parse_roman(&word.to_uppercase()).is_some_and(|value| value < 40);
    word.len() == 1 || digits || NUMBERS.contains(word) || roman()
}

/// What parts of a meeting are called in English, French and Spanish.
static NOUNS: Words = LazyLock::new(|| {
    "panel session segment part table tables roundtable meeting plenary workshop theme topic \
    item day remarks remark statement statements address addresses speech speeches conclusion \
    conclusions summary introduction welcome keynote opening closing closure wrap discussion \
    groupe seance partie ouverture cloture allocution allocutions remarques discours \
    declaration declarations resume synthese atelier mesa sesion parte segmento tema apertura \
    clausura palabras discurso discursos declaraciones conclusiones resumen taller"
        .split_ascii_whitespace()
        .collect()
});

/// Words that appear with them.
static BESIDE: Words = LazyLock::new(|| {
    "and the of round morning afternoon evening introductory concluding final high level \
    thematic interactive special up et la le les de des du d l ronde matin midi apres \
    liminaires finales y el los las del redonda manana tarde inaugural inaugurales"
        .split_ascii_whitespace()
        .collect()
});

/// The numbers and ordinals from one to ten in English, French and Spanish.
static NUMBERS: Words = LazyLock::new(|| {
    "one first two second three third four fourth five fifth six sixth seven seventh eight \
    eighth nine ninth ten tenth un une premier premiere deux deuxieme seconde trois troisieme \
    quatre quatrieme cinq cinquieme sixieme sept septieme huit huitieme neuf neuvieme dix \
    dixieme uno una primer primero primera dos segundo segunda tres tercer tercero tercera \
    cuatro cuarto cuarta cinco quinto quinta seis sexto sexta siete septimo septima ocho \
    octavo octava nueve noveno novena diez decimo decima"
        .split_ascii_whitespace()
        .collect()
});

#[cfg(test)]
mod tests {
    use super::super::RULE;
    use crate::testing::check;

    #[test]
    fn items_of_an_agenda_have_one_title_in_the_minutes() {
        check(
            &RULE,
            r"
=== agenda.yaml
id: agenda-3
kind: agenda
language: en
event: board-3
items: [{number: 1, title: Repairs to the north quay}, {number: 2, title: Opening}, {number: 3, title: Mooring fees}]
#                          ~~~~~~~~~~~~~~~~~~~~~~~~~ the other title
=== minutes.yaml
kind: minutes
language: en
event: board-3
items: [{number: 1, title: Lease of the ice house}, {number: 2, title: Opening remarks}, {number: 3, title: 'Item 3: Mooring fees'}]
#                          ^^^^^^^^^^^^^^^^^^^^^^ warning: the title of “1” has “Lease of the ice house” where the title in agenda-3 has “Repairs to the north quay”
",
        );
    }

    const TITLE: &str = "Improving cooperation on migration and development";

    /// An event with one panel of this title, and a statement with this line.
    fn statement(title: &str, line: &str) {
        check(&RULE, &event(title, &format!("segmentLine: {line}")));
    }

    fn event(title: &str, rest: &str) -> String {
        format!(
            "=== event.yaml\nid: debate\nkind: event\nlanguage: en\nstart: \"2011-05-19\"\nend: \"2011-05-19\"\nsegments:\n  - {{id: panel-2, title: {title}\n    }}\n=== statement.yaml\nkind: statement\nlanguage: en\nevent: debate\nsegment: panel-2\n{rest}\n"
        )
    }

    /// The title with the label that a finding draws under it.
    fn labelled(title: &str) -> String {
        format!(
            "{title}\n#                        {} the other title",
            "~".repeat(title.chars().count())
        )
    }

    /// The line with the finding that is drawn under it.
    fn found(line: &str, severity: &str, says: &str) -> String {
        let carets = "^".repeat(line.chars().count());
        format!("{line}\n#            {carets} {severity}: the title of panel-2 {says}")
    }

    #[test]
    fn an_added_or_different_word_is_a_warning() {
        for (line, says) in [
            (
                "Improving cooperation on international migration and development",
                "adds the word “international” to the title in debate",
            ),
            (
                "Improving cooperation on trade and development",
                "has “trade” where the title in debate has “migration”",
            ),
            (
                "Panel 2 – Improving cooperation on trade and development",
                "has “trade” where the title in debate has “migration”",
            ),
        ] {
            statement(&labelled(TITLE), &found(line, "warning", says));
        }
    }

    #[test]
    fn omitted_words_are_an_info() {
        let line = found(
            "Improving cooperation on migration",
            "info",
            "omits the words “and development” from the title in debate",
        );
        statement(&labelled(TITLE), &line);
    }

    #[test]
    fn case_marks_spaces_and_spelling_are_an_info() {
        let line = found(
            "Improving Cooperation on migration and development",
            "info",
            "has “Cooperation” where the title in debate has “cooperation”",
        );
        statement(&labelled(TITLE), &line);
        let line = found(
            "Labor and the programme",
            "info",
            "has “Labor” where the title in debate has “Labour”",
        );
        statement(&labelled("Labour and the programme"), &line);
        let line = found(
            "Health - and care",
            "info",
            "has “Health - and care” where the title in debate has “Health-and care”",
        );
        statement(&labelled("Health-and care"), &line);
        let line = found(
            "Health\u{a0}and care",
            "info",
            "has “Health<U+00A0>and care” where the title in debate has “Health and care”",
        );
        statement(&labelled("Health and care"), &line);
    }

    #[test]
    fn designations_of_the_part_are_ignored() {
        for line in [
            "Improving cooperation on migration and development",
            "\"Panel 2: Improving cooperation on migration and development\"",
            "Panel two – Improving cooperation on migration and development",
            "Panel II. Improving cooperation on migration and development",
            "Second panel (Improving cooperation on migration and development)",
            "Panel 2 Improving cooperation on migration and development",
            "\"Round table B: Improving cooperation on migration and development\"",
            "\"Afternoon session: Improving cooperation on migration and development\"",
            "\"Table ronde 2 : Improving cooperation on migration and development\"",
            "\"Panel dos: Improving cooperation on migration and development\"",
        ] {
            statement(TITLE, line);
        }
    }

    #[test]
    fn a_designation_without_a_title_is_not_compared() {
        for line in [
            "Panel 2",
            "Panel two",
            "Panel II",
            "Second panel",
            "Round table 2",
            "Morning session",
            "Opening session",
            "Closing remarks by the President of the General Assembly",
            "Closing session and conclusions",
            "Table ronde 2",
            "Séance d'ouverture",
            "Panel dos",
            "Segunda sesión",
            "Palabras de apertura",
        ] {
            statement(TITLE, line);
        }
        statement("Closing remarks", "Panel 2");
    }

    #[test]
    fn a_heading_in_capitals_is_accepted() {
        statement(TITLE, "Improving Cooperation on Migration and Development");
        statement(TITLE, "IMPROVING COOPERATION ON MIGRATION AND DEVELOPMENT");
    }

    #[test]
    fn a_second_title_after_the_first_is_accepted() {
        statement(
            TITLE,
            "Improving cooperation on migration and development – How can it be done?",
        );
        statement("\"Improving cooperation on migration and development: next steps\"", TITLE);
    }

    #[test]
    fn an_unrelated_heading_is_accepted_unless_it_designates_the_part() {
        statement(TITLE, "Remittances and their cost");
        let line = found(
            "Panel 2 – Remittances",
            "warning",
            "has “Remittances” where the title in debate has “Improving cooperation on migration and development”",
        );
        statement(&labelled(TITLE), &line);
    }

    #[test]
    fn another_name_of_the_part_is_accepted() {
        let title = format!("{TITLE}, aliases: [Cooperation for the migrants of tomorrow]");
        statement(&title, "\"Panel 2: Cooperation for the migrants of tomorrow\"");
    }

    #[test]
    fn other_languages_and_other_parts_are_not_compared() {
        let line = "segmentLine: Improving cooperation on trade and development";
        check(
            &RULE,
            &event(TITLE, line)
                .replace("kind: statement\nlanguage: en", "kind: statement\nlanguage: fr"),
        );
        check(&RULE, &event(TITLE, line).replace("segment: panel-2", "segment: panel-1"));
        check(&RULE, &event(TITLE, line).replace("event: debate", "event: other"));
        check(
            &RULE,
            &event(TITLE, line)
                .replace("kind: statement\n", "kind: statement\nstatus: cancelled\n"),
        );
    }

    #[test]
    fn several_headings_for_one_part_are_not_compared() {
        let summary = event(TITLE, "").replace(
            "kind: statement\nlanguage: en\nevent: debate\nsegment: panel-2",
            "kind: summary\nlanguage: en\nevent: debate\nsections:\n  - {segment: panel-2, title: Cooperation on trade and development}\n  - {segment: panel-2, title: Cooperation on health and development}",
        );
        check(&RULE, &summary);
    }

    #[test]
    fn the_final_programme_decides_without_an_event() {
        check(
            &RULE,
            r#"
=== a.yaml
kind: programme
language: en
event: debate
status: provisional
slots:
  - {segment: panel-1, title: "Panel 1: Migrants for their countries"}
#                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: the title of panel-1 has “for” where the title in another record has “and”
=== b.yaml
kind: programme
language: en
event: debate
status: final
slots:
  - {segment: panel-1, title: "Panel 1: Migrants and their countries"}
#                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ the other title
"#,
        );
    }
}
