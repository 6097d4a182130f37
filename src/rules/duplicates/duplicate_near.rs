//! A record whose text is nearly that of another.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
};

use crate::{
    corpus::{Group, Member, Relation},
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule},
};

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-near",
    family: Family::Duplicates,
    summary: "a record whose text is nearly that of another",
    level: Some(Severity::Warning),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/duplicate-near.md"),
    check: Check::Group(Relation::Prose, check),
};

/// Fewer runs of five words say too little: two short courtesies are soon the same.
const SHORTEST: usize = 10;
/// So many of the smallest hashes of a text tell which others to compare it with. Of two texts that
/// share three fifths, fewer than one pair in a million have none of them in common.
const SKETCH: usize = 16;
/// A text is compared in full with at most so many others, those first that have most in common with
/// its sketch.
const COMPARED: usize = 64;

fn check(group: &Group<'_>, findings: &mut Findings<'_>) {
    let mut firsts: Vec<(&Member<'_>, &[u64])> = Vec::new();
    let mut by_hash: HashMap<u64, Vec<usize>> = HashMap::new();
    for (number, (member, text)) in group.members.iter().zip(&group.shingles).enumerate() {
        let gone = matches!(member.record_status(), Some("cancelled" | "superseded"));
        if gone || text.len() < SHORTEST || group.is_copy(number) {
            continue;
        }
        let sketch = &text[..SKETCH.min(text.len())];
        let near = candidates(sketch, &by_hash).into_iter().filter_map(|at| {
            let shared = Shared::of(firsts[at].1, text);
            shared.is_near().then_some((at, shared))
        });
        let Some((at, shared)) = near.min_by_key(|(at, _)| *at) else {
            for hash in sketch {
                by_hash.entry(*hash).or_default().push(firsts.len());
            }
            firsts.push((member, text));
            continue;
        };
        let first = firsts[at].0;
        let id = first.record_id();
        // Two records of one id are told of by another rule.
        if id.is_some() && id == member.record_id() {
            continue;
        }
        let other = id.map_or_else(|| "another record".to_owned(), |id| format!("`{id}`"));
        findings
            .at(
                member.record_place(),
                format!("this text and that of {other} are the same to {} per cent", shared.percent()),
            )
            .label(first.record_place(), "the other text")
            .help("keep one of the two; if both are meant, say in both how they differ: by status, date or symbol")
            .value(id.unwrap_or_default());
    }
}

/// The texts to compare with one that has this sketch, those with most of it in common first.
fn candidates(sketch: &[u64], by_hash: &HashMap<u64, Vec<usize>>) -> Vec<usize> {
    let mut common: BTreeMap<usize, usize> = BTreeMap::new();
    for at in sketch.iter().filter_map(|hash| by_hash.get(hash)).flatten() {
        *common.entry(*at).or_default() += 1;
    }
    let mut candidates: Vec<(usize, usize)> = common.into_iter().collect();
    candidates.sort_by_key(|(at, count)| (std::cmp::Reverse(*count), *at));
    candidates.truncate(COMPARED);
    candidates.into_iter().map(|(at, _)| at).collect()
}

/// How many runs of words two texts have in common, and how many there are in both together.
#[derive(Clone, Copy)]
struct Shared {
    common: usize,
    all: usize,
}

impl Shared {
    /// Both are sorted, with each hash once.
    fn of(a: &[u64], b: &[u64]) -> Self {
        let (mut i, mut j, mut common) = (0, 0, 0);
        while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
            match x.cmp(y) {
                Ordering::Less => i += 1,
                Ordering::Greater => j += 1,
                Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
            }
        }
        Self { common, all: a.len() + b.len() - common }
    }

    /// At least three fifths.
    fn is_near(self) -> bool {
        self.all > 0 && self.common * 5 >= self.all * 3
    }

    /// Rounded down, so that only equal texts are the same to 100 per cent.
    fn percent(self) -> usize {
        self.common * 100 / self.all.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::{RULE, Shared};
    use crate::testing::{check, findings};

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

    fn second(id: &str, first: &str, percent: usize) -> String {
        let carets = "^".repeat(id.len());
        format!(
            "{id}\n#   {carets} warning: this text and that of `{first}` are the same to {percent} per cent"
        )
    }

    const FIRST: &str = "note-a\n#   ~~~~~~ the other text";

    #[test]
    fn the_same_text_twice() {
        let same = text(30, 30, "");
        check(
            &RULE,
            &files(&[note(FIRST, "", &same), note(&second("note-b", "note-a", 100), "", &same)]),
        );
    }

    #[test]
    fn three_fifths_is_near_and_less_is_not() {
        // 104 words are 100 runs; 75 of them in common are 75 of 125.
        let base = text(104, 104, "");
        let near = text(104, 79, "x");
        check(
            &RULE,
            &files(&[note(FIRST, "", &base), note(&second("note-b", "note-a", 60), "", &near)]),
        );
        let far = text(104, 78, "x");
        check(&RULE, &files(&[note("note-a", "", &base), note("note-b", "", &far)]));
    }

    #[test]
    fn a_cluster_is_told_by_its_first() {
        let same = text(30, 30, "");
        let first = format!("{FIRST}\n#   ~~~~~~ the other text");
        check(
            &RULE,
            &files(&[
                note(&first, "", &same),
                note(&second("note-b", "note-a", 100), "", &same),
                note("note-c", "", &text(30, 0, "z")),
                note(&second("note-d", "note-a", 100), "", &same),
            ]),
        );
    }

    #[test]
    fn case_and_punctuation_make_no_difference() {
        let same = text(30, 30, "");
        let shouted = same.to_uppercase().replace("WORD7 ", "WORD7, ");
        check(
            &RULE,
            &files(&[note(FIRST, "", &same), note(&second("note-b", "note-a", 100), "", &shouted)]),
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
            &files(&[
                note(FIRST, "", &enough),
                note(&second("note-b", "note-a", 100), "", &enough),
            ]),
        );
    }

    #[test]
    fn versions_and_other_things_are_kept_apart() {
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
    fn what_is_gone_is_not_compared() {
        let same = text(30, 30, "");
        for status in ["status: cancelled", "status: superseded"] {
            check(&RULE, &files(&[note("note-a", status, &same), note("note-b", status, &same)]));
        }
    }

    #[test]
    fn records_of_one_id_are_the_business_of_another_rule() {
        let same = text(30, 30, "");
        check(&RULE, &files(&[note("note", "", &same), note("note", "", &same)]));
    }

    #[test]
    fn two_hundred_texts_with_a_common_letterhead() {
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

    #[test]
    fn a_hundred_per_cent_only_where_nothing_differs() {
        let a: Vec<u64> = (0..1000).collect();
        assert_eq!(Shared::of(&a, &a).percent(), 100);
        assert_eq!(Shared::of(&a, &a[..999]).percent(), 99);
        assert!(!Shared::of(&a, &[]).is_near());
        assert!(!Shared::of(&[], &[]).is_near());
    }
}
