//! A key that two records define.

use std::collections::{BTreeMap, btree_map::Entry};

use crate::{
    corpus::{
        Group, Member,
        relation::{Key, key::KeyPart},
    },
    finding::{Family, Place, Severity},
    message::record_or,
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    vocabulary::{KeyOptions, Status, owner_of},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("duplicate-id"),
    family: Family::Duplicates,
    summary: "an id or a symbol that belongs to two records",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/duplicate-id.md"),
    options: &[],
    check: Check::Group(&On::<Key>(check)),
};

pub(in crate::rules) fn check(group: &Group<'_, Key>, findings: &mut Findings<'_>) {
    let definitions = group.members.iter().filter_map(|member| match member.part() {
        KeyPart::Definition(options) => Some((member, options)),
        _ => None,
    });
    let mut ids: BTreeMap<&str, Place> = BTreeMap::new();
    // In a rule of the project, the values of one record are held against each other as well.
    let is_own = group.members.first().is_some_and(|first| owner_of(first.space()).is_some());
    // The definitions without a conflict: one for each language, and for each reissue.
    let mut firsts = Firsts::default();
    for (member, options) in definitions.filter(|(member, options)| counts(member, *options)) {
        let name = member.names_record();
        // Two records of one id are reported by that id, not by every key that they share.
        let place = member.record_place();
        let twin = member.record_id().is_some_and(|id| match ids.entry(id) {
            Entry::Vacant(entry) => {
                entry.insert(place);
                false
            }
            Entry::Occupied(first) => {
                let first = first.get();
                !is_own || (first.source, first.record) != (place.source, place.record)
            }
        });
        if twin && !name {
            continue;
        }
        let Some(first) = firsts.in_conflict_with(member, options) else {
            firsts.add(member, options);
            continue;
        };
        let key = member.shown();
        let (message, help) = if name {
            (
                format!("`{key}` is already the id of another record"),
                "give one of the two records another id, or remove it if it is a copy",
            )
        } else {
            (
                format!(
                    "the {} `{key}` is already defined in {}",
                    member.space(),
                    record_or(first.record_id(), "another record")
                ),
                "correct one of the two records, or remove it if it is a copy",
            )
        };
        let finding = findings.at(member.place(), message);
        let finding = finding.label(first.place(), "first defined here").help(help).value(key);
        // A copy of minutes defines all their items again.
        let is_in_one = first.record_place() == place;
        if options.has(KeyOptions::OF_EVENT) && !is_in_one && !is_own {
            finding.once_for_both();
        }
    }
}

/// Whether a definition must be the only one of its key. Cancelled and superseded records keep their symbol,
/// but no record may have the id of another: citations could mean either.
fn counts(member: &Member<'_, Key>, options: KeyOptions) -> bool {
    !options.has(KeyOptions::ELSEWHERE)
        && !options.has(KeyOptions::SHARED)
        && (member.names_record() || !member.is_gone())
}

/// A definition, with its number.
type Numbered<'g, 'c> = (usize, &'g Member<'c, Key>);

/// The definitions that are in conflict with none before them.
#[derive(Default)]
struct Firsts<'g, 'c> {
    /// The first two at different places of each language, and whether they are reissued; with their numbers.
    known: BTreeMap<(Tongue, bool), Vec<Numbered<'g, 'c>>>,
    count: usize,
}

/// For which languages a definition counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tongue {
    /// The definition counts for every language.
    Any,
    /// The definition counts for this language alone; without one, for all.
    Of(Option<String>),
}

impl<'g, 'c> Firsts<'g, 'c> {
    fn add(&mut self, member: &'g Member<'c, Key>, options: KeyOptions) {
        for tongue in [Tongue::Any, Tongue::Of(language(member, options))] {
            let known = self.known.entry((tongue, is_reissued(member))).or_default();
            let is_new = known.iter().all(|(_, other)| other.place() != member.place());
            if known.len() < 2 && is_new {
                known.push((self.count, member));
            }
        }
        self.count += 1;
    }

    /// The first definition that is in conflict with a member. A reissue may have the key of the record that it
    /// replaces, and a definition for one language that of a definition for another.
    fn in_conflict_with(
        &self,
        member: &Member<'_, Key>,
        options: KeyOptions,
    ) -> Option<&'g Member<'c, Key>> {
        let tongues = match language(member, options) {
            None => vec![Tongue::Any],
            own => vec![Tongue::Of(own), Tongue::Of(None)],
        };
        let is_wanted = |reissued: &bool| member.names_record() || *reissued == is_reissued(member);
        let states = [true, false].into_iter().filter(is_wanted);
        let lists = states.flat_map(|state| tongues.iter().map(move |one| (one.clone(), state)));
        let others = lists.filter_map(|key| {
            let known = self.known.get(&key)?;
            known.iter().find(|(_, other)| other.place() != member.place())
        });
        others.min_by_key(|(number, _)| *number).map(|(_, other)| *other)
    }
}

/// The language that a definition counts for, if it counts for one alone.
fn language(member: &Member<'_, Key>, options: KeyOptions) -> Option<String> {
    let language = member.record_language().filter(|_| options.has(KeyOptions::PER_LANGUAGE));
    language.map(str::to_ascii_lowercase)
}

fn is_reissued(member: &Member<'_, Key>) -> bool {
    member.record_status() == Some(Status::Reissued)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{
        corpus::Shared,
        schema::Catalog,
        testing::{check, with_group},
    };

    /// A letter with this id and these other members; the author keeps letters apart in their own
    /// namespace.
    fn letter(id: &str, rest: &str) -> String {
        format!("id: {id}\nkind: letter\ntitle: Letter\n{rest}\nauthor: {{name: Joseph Deiss}}\n")
    }

    fn files(records: &[String]) -> String {
        let numbered = (b'a'..).zip(records);
        let files =
            numbered.map(|(name, record)| format!("=== {}.yaml\n{record}", char::from(name)));
        files.collect::<Vec<_>>().concat()
    }

    const FIRST_ID: &str = "letter\n#   ~~~~~~ first defined here";
    const SECOND_ID: &str =
        "letter\n#   ^^^^^^ error: `letter` is already the id of another record";
    const FIRST: &str = "symbol: A/65/1\n#       ~~~~~~ first defined here";
    const SECOND: &str =
        "symbol: A/65/1\n#       ^^^^^^ error: the document `A/65/1` is already defined in a";

    /// The symbol that the record `first` has.
    fn second(first: &str) -> String {
        SECOND.replace("defined in a", &format!("defined in {first}"))
    }

    #[test]
    fn minutes_that_are_copied_with_their_items_are_one_finding() {
        let minutes = |id: &str, numbers: &[u32]| {
            let items: Vec<String> =
                numbers.iter().map(|n| format!("{{number: {n}, title: Item {n}}}")).collect();
            format!("id: {id}\nkind: minutes\nevent: board-3\nitems: [{}]\n", items.join(", "))
        };
        let found = |numbers: &[u32]| {
            let files = [
                ("a.yaml".to_owned(), minutes("first", &[1, 2, 3, 4])),
                ("b.yaml".to_owned(), minutes("second", numbers)),
            ];
            let found = crate::testing::findings(&RULE, &files);
            found.into_iter().map(|found| found.message).collect::<Vec<_>>()
        };
        let one = "the minuted item `1` is already defined in first";
        assert_eq!(found(&[1, 2, 3, 4]), [format!("{one}, and so are 3 others of this record")]);
        assert_eq!(found(&[1, 2, 5]), [format!("{one}, and so is another one of this record")]);
        assert_eq!(found(&[1, 5]), [one]);
        assert_eq!(found(&[5, 6]), [""; 0]);
    }

    #[test]
    fn an_id_of_another_record_is_reported() {
        check(
            &RULE,
            &files(&[
                letter(FIRST_ID, "language: en"),
                letter("letter-2", "language: en"),
                letter(SECOND_ID, "language: en"),
            ]),
        );
    }

    #[test]
    fn three_records_of_one_id_are_two_findings() {
        let first = format!("{FIRST_ID}\n#   ~~~~~~ first defined here");
        check(
            &RULE,
            &files(&[
                letter(&first, "language: en"),
                letter(SECOND_ID, "language: en"),
                letter(SECOND_ID, "language: en"),
            ]),
        );
    }

    #[test]
    fn a_symbol_of_another_record_is_reported() {
        check(
            &RULE,
            &files(&[
                letter("a", &format!("language: en\n{FIRST}")),
                letter("b", &format!("language: en\n{SECOND}")),
                letter("c", "language: en\nsymbol: A/65/2"),
                letter("d", "language: en\nsymbol: null"),
                letter("e", "language: en\nsymbol: null"),
            ]),
        );
    }

    #[test]
    fn two_forms_of_one_symbol_are_reported() {
        check(
            &RULE,
            &files(&[
                letter(
                    "a",
                    "language: en\nsymbol: A/RES/217A(III)\n#       ~~~~~~~~~~~~~~~ first defined here",
                ),
                letter(
                    "b",
                    "language: en\nsymbol: A/RES/217 A (III)\n#       ^^^^^^^^^^^^^^^^^ error: the document `A/RES/217 A (III)` is already defined in a",
                ),
            ]),
        );
    }

    #[test]
    fn language_versions_may_share_a_symbol_but_not_an_id() {
        check(
            &RULE,
            &files(&[
                letter("a", &format!("language: en\n{FIRST}")),
                letter("b", "language: fr\nsymbol: A/65/1"),
                letter("c", "language: es\nsymbol: A/65/1"),
                letter("d", &format!("language: EN\n{SECOND}")),
            ]),
        );
        check(
            &RULE,
            &files(&[letter(FIRST_ID, "language: en"), letter(SECOND_ID, "language: fr")]),
        );
    }

    #[test]
    fn a_record_without_a_language_is_compared_with_all_languages() {
        check(
            &RULE,
            &files(&[
                letter("a", &format!("language: en\n{FIRST}")),
                letter("b", &format!("title: T\n{SECOND}").replace("title: T\n", "")),
            ]),
        );
    }

    #[test]
    fn a_copy_of_a_whole_record_is_reported_by_its_id_only() {
        check(
            &RULE,
            &files(&[
                letter(FIRST_ID, "language: en\nsymbol: A/65/1"),
                letter(SECOND_ID, "language: en\nsymbol: A/65/1"),
            ]),
        );
    }

    #[test]
    fn a_third_record_with_the_symbol_of_two_copies_is_reported() {
        check(
            &RULE,
            &files(&[
                letter(FIRST_ID, &format!("language: en\n{FIRST}")),
                letter(SECOND_ID, "language: en\nsymbol: A/65/1"),
                letter("c", &format!("language: en\n{}", second("letter"))),
            ]),
        );
    }

    #[test]
    fn a_superseded_record_may_share_its_symbol() {
        for status in ["cancelled", "superseded"] {
            check(
                &RULE,
                &files(&[
                    letter("a", &format!("language: en\nsymbol: A/65/1\nstatus: {status}")),
                    letter("b", "language: en\nsymbol: A/65/1\nstatus: final"),
                ]),
            );
        }
    }

    #[test]
    fn a_superseded_record_may_not_share_its_id() {
        check(
            &RULE,
            &files(&[
                letter(FIRST_ID, "language: en\nstatus: superseded"),
                letter(SECOND_ID, "language: en\nstatus: final"),
            ]),
        );
    }

    #[test]
    fn a_reissue_may_share_the_symbol_of_the_original() {
        check(
            &RULE,
            &files(&[
                letter("a", "language: en\nsymbol: A/65/1\nstatus: final"),
                letter("b", &format!("language: en\n{FIRST}\nstatus: reissued")),
                letter("c", &format!("language: en\n{}\nstatus: reissued", second("b"))),
            ]),
        );
    }

    #[test]
    fn an_entry_of_a_register_is_not_a_duplicate() {
        check(
            &RULE,
            &files(&[
                letter("a", "language: en\nsymbol: A/65/1"),
                "id: register\nkind: register\ntitle: R\nlanguage: en\nentries: [{symbol: A/65/1}, {symbol: A/65/1}]\n".to_owned(),
            ]),
        );
    }

    #[test]
    fn several_letters_of_one_author_may_have_one_date() {
        check(
            &RULE,
            &files(&[
                letter("a", "language: en\ndate: \"2011-04-05\""),
                letter("b", "language: en\ndate: \"2011-04-05\""),
            ]),
        );
    }

    #[test]
    fn a_citation_is_not_a_definition() {
        let cites =
            "language: en\nreferences: [{raw: resolution 65/1, role: cites, symbol: A/65/1}]";
        check(&RULE, &files(&[letter("a", "language: en\nsymbol: A/65/1"), letter("b", cites)]));
    }

    #[test]
    fn two_records_of_one_file_are_compared() {
        check(
            &RULE,
            r"
- {id: x, kind: letter, title: T, language: en, author: {name: A}}
#      ~ first defined here
- {id: x, kind: letter, title: T, language: en, author: {name: A}}
#      ^ error: `x` is already the id of another record
",
        );
    }

    /// Whether a definition is in conflict with one before it.
    fn is_conflict(
        (a, of_a): (&Member<'_, Key>, KeyOptions),
        (b, of_b): (&Member<'_, Key>, KeyOptions),
    ) -> bool {
        let per_language = of_a.has(KeyOptions::PER_LANGUAGE) && of_b.has(KeyOptions::PER_LANGUAGE);
        let languages = a.record_language().zip(b.record_language());
        let differ = languages.is_some_and(|(a, b)| !a.eq_ignore_ascii_case(b));
        a.place() != b.place()
            && !(per_language && differ)
            && (b.names_record() || is_reissued(a) == is_reissued(b))
    }

    proptest! {
        #[test]
        fn the_first_in_conflict_is_that_of_a_plain_search(
            records in prop::collection::vec((0..4_usize, 0..3_usize, 0..3_usize), 1..14)
        ) {
            let schema = |kind: &str, key: &str| {
                let schema = json!({
                    "x-record": {"id": "/id", "language": "/language", "status": "/status"},
                    "x-defines": {"space": "symbol", "key": key},
                    "properties": {"kind": {"const": kind}},
                });
                (format!("{kind}.json"), schema)
            };
            let mut schemas = ["one", "all"].map(|kind| schema(kind, "/symbol")).to_vec();
            schemas[0].1["x-defines"]["per"] = "language".into();
            schemas.push(schema("named", "/id"));
            let schemas: Vec<_> = schemas.into_iter().map(|(path, one)| (path, one.to_string())).collect();
            let catalog = Catalog::without_bundled(&schemas);
            let languages = [None, Some("en"), Some("EN"), Some("fr")];
            let states = [None, Some("reissued"), Some("final")];
            let text = |(language, status, kind): &(usize, usize, usize)| {
                let (language, status) = (languages[*language], states[*status]);
                let kind = ["one", "all", "named"][*kind];
                json!({"kind": kind, "id": "A", "symbol": "A", "language": language, "status": status}).to_string()
            };
            let texts: Vec<String> = records.iter().map(text).collect();
            let (mut found, mut expected) = (Vec::new(), Vec::new());
            with_group::<Key>(&catalog, &texts, &Shared::default(), |group| {
                let (mut firsts, mut plain) = (Firsts::default(), Vec::new());
                for member in &group.members {
                    let KeyPart::Definition(options) = member.part() else { continue };
                    let first = firsts.in_conflict_with(member, options);
                    if first.is_none() {
                        firsts.add(member, options);
                    }
                    found.push(first.map(Member::place));
                    let first = plain.iter().find(|one| is_conflict(**one, (member, options)));
                    expected.push(first.map(|(first, _)| first.place()));
                    if first.is_none() {
                        plain.push((member, options));
                    }
                }
            });
            prop_assert_eq!(found, expected);
        }
    }
}
