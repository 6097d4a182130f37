//! A record with nearly the same text as another.

use crate::{
    corpus::{Group, Member, Near, relation::Prose},
    fact::Sketch,
    finding::{Family, Likeness, Severity},
    message::{contrasted, counted, record_or},
    rule::{Check, Findings, Fix, On, Rule, RuleId, RuleOption},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("duplicate-near"),
    family: Family::Duplicates,
    summary: "a record with nearly the same text as another",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/duplicate-near.md"),
    options: &[&SHARE],
    check: Check::Group(&On::<Prose>(check)),
};

/// Texts with a form in common, such as minutes, may need more.
static SHARE: RuleOption<u32> = RuleOption {
    name: "share",
    default: LEAST,
    about: "The share of the runs of five words, in per cent, that two texts have in common if they are reported: from 60 to 100; less is 60.",
};

/// Of texts with less in common than this share, in hundredths, too few would be found.
const LEAST: u32 = 60;

/// A text with fewer runs of five words is not compared: two short courtesies are often the same.
const SHORTEST: usize = 10;

fn check(group: &Group<'_, Prose>, findings: &mut Findings<'_>) {
    let is_copy = group.copies();
    let sketches: Vec<_> = group.members.iter().zip(is_copy).map(compared).collect();
    let least = (*findings.option(&SHARE)).max(LEAST);
    let near = Near::of(&sketches, |shared| is_near(least, shared.common, shared.all));
    for (member, twin) in group.members.iter().zip(&near.twins) {
        let Some(first) = twin.map(|twin| &group.members[twin]) else { continue };
        let id = first.record_id();
        // Another rule reports two records of one id.
        if id.is_some() && id == member.record_id() {
            continue;
        }
        let other = record_or(id, "another record");
        let records = [first, member].map(|one| (one.source(), one.record()));
        findings
            .at(member.record_place(), format!("nearly the same text as {other}"))
            .label(first.record_place(), "the other text")
            .help("keep one of the two records; if both are meant, say in both how they differ: by status, date or symbol")
            .value(id.unwrap_or_default())
            .likeness(Likeness { records, least, judge });
    }
    report_unsure(group, &near.unsure, findings);
}

/// The sketch of a member, if its text is compared.
fn compared<'c>((member, is_copy): (&Member<'c, Prose>, bool)) -> Option<&'c Sketch> {
    let sketch = member.sketch();
    (!member.is_gone() && !is_copy && sketch.hashes().len() >= SHORTEST).then_some(sketch)
}

/// Reports that texts which are nearly the same may have been missed.
fn report_unsure(group: &Group<'_, Prose>, unsure: &[usize], findings: &mut Findings<'_>) {
    let Some(first) = unsure.first() else { return };
    let texts = match unsure.len() - 1 {
        0 => "this text".to_owned(),
        more => format!("this text and of {}", counted(more, "other text")),
    };
    findings
        .at(
            group.members[*first].record_place(),
            format!("most of {texts} is also in very many other records, so a near duplicate may be missed"),
        )
        .severity(Severity::Info)
        .help("remove the text that all these records share, or compare them yourself")
        .value("unsure");
}

/// The end of the message. The share is rounded down, so that only equal texts have 100 %.
fn judge(least: u32, common: usize, all: usize, passages: Option<[&str; 2]>) -> Option<String> {
    let difference = match passages {
        Some([mine, theirs]) => {
            let [mine, theirs] = contrasted(mine, theirs);
            format!(": differs in “{mine}” / “{theirs}”")
        }
        None if common == all => ": the words are the same".to_owned(),
        None => String::new(),
    };
    is_near(least, common, all).then(|| format!(" ({} %){difference}", common * 100 / all))
}

/// Whether so many of all are at least this share, in hundredths.
const fn is_near(least: u32, common: usize, all: usize) -> bool {
    all > 0 && common * 100 >= all * least as usize
}

#[cfg(test)]
mod tests {
    use super::{LEAST, RULE, is_near, judge};
    use crate::{
        fact::{Sketch, sketch::in_text},
        finding::Severity,
        testing::{check, findings},
    };

    /// A text of `words` words, none like another, of which those from `from` on are its own.
    fn text(words: usize, from: usize, own: &str) -> String {
        let word = |n| {
            if n < from { format!("word{n}") } else { format!("{own}{n}") }
        };
        (0..words).map(word).collect::<Vec<_>>().join(" ")
    }

    /// A concept note with this id line, these other members and this text.
    fn note(id: &str, rest: &str, text: &str) -> String {
        format!(
            "id: {id}\nkind: concept-note\ntitle: Concept note\nlanguage: en\nevent: debate\n{rest}\nsections: [{{paragraphs: [\"{text}\"]}}]\n"
        )
    }

    fn files(records: &[String]) -> String {
        let numbered = (b'a'..).zip(records);
        let files =
            numbered.map(|(name, record)| format!("=== {}.yaml\n{record}", char::from(name)));
        files.collect::<Vec<_>>().concat()
    }

    /// The id of a record with the same words as the record `first`.
    fn second(id: &str, first: &str) -> String {
        let carets = "^".repeat(id.len());
        format!(
            "{id}\n#   {carets} warning: nearly the same text as {first} (100 %): the words are the same"
        )
    }

    const FIRST: &str = "note-a\n#   ~~~~~~ the other text";

    #[test]
    fn equal_texts_are_reported() {
        let same = text(30, 30, "");
        check(
            &RULE,
            &files(&[note(FIRST, "", &same), note(&second("note-b", "note-a"), "", &same)]),
        );
    }

    #[test]
    fn three_fifths_in_common_are_reported_and_less_is_not() {
        // 104 words are 100 runs; 75 of them in common are 75 of 125.
        let base = text(104, 104, "");
        let found = findings(&RULE, &notes(&[base.clone(), text(104, 79, "x")]));
        let message = "nearly the same text as note-0 (60 %): differs in \
                       “word77 word78 x79 x80 x81 x82 x83 x84” / \
                       “word77 word78 word79 word80 word81 word82 word83 word84”";
        assert_eq!(found[0].message, message);
        let far = text(104, 78, "x");
        check(&RULE, &files(&[note("note-a", "", &base), note("note-b", "", &far)]));
    }

    #[test]
    fn a_project_says_how_much_is_too_much() {
        let notes = notes(&[text(104, 104, ""), text(104, 79, "x")]);
        let found = |config: &str| {
            let linter = crate::Linter::new().with_config(config).unwrap();
            let files: Vec<(&str, &str)> =
                notes.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let report = linter.check_texts(&files);
            report.findings.iter().filter(|one| one.rule == RULE.id).count()
        };
        let share = |share: u32| format!("[rules.duplicate-near]\nshare = {share}\n");
        assert_eq!((found(""), found(&share(60)), found(&share(61))), (1, 1, 0));
        assert_eq!(found(&share(10)), 1, "60");
    }

    #[test]
    fn a_cluster_is_reported_against_its_first_record() {
        let same = text(30, 30, "");
        let first = format!("{FIRST}\n#   ~~~~~~ the other text");
        check(
            &RULE,
            &files(&[
                note(&first, "", &same),
                note(&second("note-b", "note-a"), "", &same),
                note("note-c", "", &text(30, 0, "z")),
                note(&second("note-d", "note-a"), "", &same),
            ]),
        );
    }

    #[test]
    fn case_and_punctuation_make_no_difference() {
        let same = text(30, 30, "");
        let shouted = same.to_uppercase().replace("WORD7 ", "WORD7, ");
        check(
            &RULE,
            &files(&[note(FIRST, "", &same), note(&second("note-b", "note-a"), "", &shouted)]),
        );
    }

    #[test]
    fn short_texts_are_not_compared() {
        // 13 words are nine runs, 14 are ten.
        let short = text(13, 13, "");
        check(&RULE, &files(&[note("note-a", "", &short), note("note-b", "", &short)]));
        let enough = text(14, 14, "");
        check(
            &RULE,
            &files(&[note(FIRST, "", &enough), note(&second("note-b", "note-a"), "", &enough)]),
        );
    }

    #[test]
    fn records_with_another_status_date_symbol_or_language_are_not_compared() {
        let same = text(30, 30, "");
        for (a, b) in [
            ("status: provisional", "status: final"),
            ("date: \"2011-05-19\"", "date: \"2012-05-19\""),
            ("symbol: A/65/1", "symbol: A/66/1"),
        ] {
            check(&RULE, &files(&[note("note-a", a, &same), note("note-b", b, &same)]));
        }
        let french = note("note-b", "", &same).replace("language: en", "language: fr");
        check(&RULE, &files(&[note("note-a", "", &same), french]));
    }

    #[test]
    fn cancelled_and_superseded_records_are_not_compared() {
        let same = text(30, 30, "");
        for status in ["status: cancelled", "status: superseded"] {
            check(&RULE, &files(&[note("note-a", status, &same), note("note-b", status, &same)]));
        }
    }

    #[test]
    fn records_of_one_id_are_not_reported() {
        let same = text(30, 30, "");
        check(&RULE, &files(&[note("note", "", &same), note("note", "", &same)]));
    }

    #[test]
    fn a_common_letterhead_hides_no_pair() {
        let record = |number: usize| {
            let text = format!("{} {}", text(20, 20, ""), text(60, 0, &format!("own{number}x")));
            (format!("{number:04}.yaml"), note(&format!("note-{number:04}"), "", &text))
        };
        let mut records: Vec<_> = (0..200).map(record).collect();
        assert_eq!(findings(&RULE, &records).len(), 0);
        records.push(("twin.yaml".to_owned(), records[150].1.replace("note-0150", "twin")));
        let found = findings(&RULE, &records);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].labels[0].location.path, "0150.yaml");
    }

    /// Notes with these texts, one a file.
    fn notes(texts: &[String]) -> Vec<(String, String)> {
        let note = |(at, text): (usize, &String)| {
            (format!("{at:04}.yaml"), note(&format!("note-{at}"), "", text))
        };
        texts.iter().enumerate().map(note).collect()
    }

    #[test]
    fn the_share_of_long_texts_is_exact() {
        // A word is in five of the 1,996 runs.
        let texts = [text(2000, 2000, ""), text(2000, 2000, "").replace("word700 ", "x ")];
        let found = findings(&RULE, &notes(&texts));
        assert_eq!(found.len(), 1);
        let message = "nearly the same text as note-0 (99 %): \
                       differs in “word698 word699 x word701” / “word698 word699 word700 word701”";
        assert_eq!(found[0].message, message);
        let labels: Vec<_> = found[0]
            .labels
            .iter()
            .map(|label| {
                (
                    label.location.record.as_deref(),
                    label.location.pointer.as_str(),
                    label.text.as_str(),
                )
            })
            .collect();
        assert_eq!(
            labels,
            [
                (Some("note-0"), "", "the other text"),
                (Some("note-1"), "/sections/0/paragraphs/0", "differs here"),
                (Some("note-0"), "/sections/0/paragraphs/0", "from this text"),
            ]
        );
        // 796 of 1,196 runs.
        let found = findings(&RULE, &notes(&[text(1000, 1000, ""), text(1000, 800, "x")]));
        assert!(
            found[0].message.starts_with("nearly the same text as note-0 (66 %): "),
            "{found:#?}"
        );
    }

    #[test]
    fn long_texts_that_only_seem_near_are_not_reported() {
        let mut seeming = 0;
        for n in 0..24 {
            // 736 of 1,256 runs are common: 58 per cent.
            let text = |own: &str| text(1000, 740, own).replace("word", &format!("a{n}x"));
            let texts = [text("y"), text("z")];
            let [a, b] = texts.each_ref().map(|text| in_text(text, Sketch::of));
            let shared = a.shared(&b);
            seeming += usize::from(is_near(LEAST, shared.common, shared.all));
            assert_eq!(findings(&RULE, &notes(&texts)).len(), 0);
        }
        assert!(seeming > 0);
    }

    #[test]
    fn pairs_that_may_be_missed_are_reported_once() {
        let letter =
            |n: usize| format!("{} {}", text(690, 690, ""), text(310, 0, &format!("own{n}x")));
        let texts: Vec<String> = (0..160).map(letter).collect();
        let found = findings(&RULE, &notes(&texts));
        let [unsure] = found.as_slice() else { panic!("{found:#?}") };
        assert_eq!(unsure.severity, Severity::Info);
        assert!(unsure.message.starts_with("most of this text and of "), "{unsure:#?}");
        assert!(unsure.message.ends_with("so a near duplicate may be missed"), "{unsure:#?}");
    }

    #[test]
    fn only_equal_texts_have_a_hundred_per_cent() {
        assert_eq!(
            judge(LEAST, 1000, 1000, None).as_deref(),
            Some(" (100 %): the words are the same")
        );
        assert_eq!(judge(LEAST, 999, 1000, None).as_deref(), Some(" (99 %)"));
        assert_eq!(judge(LEAST, 600, 1000, None).as_deref(), Some(" (60 %)"));
        assert_eq!(judge(LEAST, 599, 1000, None), None);
        assert_eq!(judge(LEAST, 0, 0, None), None);
    }
}
