//! A key that two records define.

use std::collections::BTreeSet;

use crate::{
    corpus::{Detail, Group, Member, Relation},
    finding::{Family, Severity},
    rule::{Check, Findings, Fix, Rule},
    schema::vocabulary::KeyOptions,
};

pub(crate) static RULE: Rule = Rule {
    id: "duplicate-id",
    family: Family::Duplicates,
    summary: "an id or a symbol that two records claim as their own",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/duplicate-id.md"),
    check: Check::Group(Relation::Key, check),
};

fn check(group: &Group<'_>, findings: &mut Findings<'_>) {
    let definitions = group.members.iter().filter_map(|member| match member.detail() {
        Detail::Definition(options) => Some((member, *options)),
        _ => None,
    });
    let mut ids = BTreeSet::new();
    // A definition that no other stands against: one for each language, and for each reissue.
    let mut firsts: Vec<(&Member<'_>, KeyOptions)> = Vec::new();
    for (member, options) in definitions.filter(|(member, options)| counts(member, *options)) {
        let name = member.names_record();
        // Two records of one id are told of by that id, not by every key that they share.
        let twin = member.record_id().is_some_and(|id| !ids.insert(id));
        if twin && !name {
            continue;
        }
        let Some((first, _)) = firsts.iter().find(|first| conflict(**first, (member, options)))
        else {
            firsts.push((member, options));
            continue;
        };
        let key = member.shown();
        let (message, help) = if name {
            (
                format!("`{key}` is already the id of another record"),
                "give one of the two another id, or remove it if it is a copy",
            )
        } else {
            (
                format!("the {} `{key}` is already defined", member.space()),
                "correct one of the two, or remove the record that is a copy",
            )
        };
        findings
            .at(member.place(), message)
            .label(first.place(), "first defined here")
            .help(help)
            .value(key);
    }
}

/// Whether a definition claims the key for itself alone. What was cancelled or superseded keeps its
/// symbol, but no record may have the id of another: citations could mean either.
fn counts(member: &Member<'_>, options: KeyOptions) -> bool {
    let gone = matches!(member.record_status(), Some("cancelled" | "superseded"));
    !options.has(KeyOptions::ELSEWHERE)
        && !options.has(KeyOptions::SHARED)
        && (member.names_record() || !gone)
}

fn conflict((a, of_a): (&Member<'_>, KeyOptions), (b, of_b): (&Member<'_>, KeyOptions)) -> bool {
    if a.place() == b.place() {
        return false;
    }
    let per_language = of_a.has(KeyOptions::PER_LANGUAGE) && of_b.has(KeyOptions::PER_LANGUAGE);
    if per_language
        && let (Some(a), Some(b)) = (a.record_language(), b.record_language())
        && !a.eq_ignore_ascii_case(b)
    {
        return false;
    }
    // A document that is reissued bears the symbol of the original.
    let reissued = |member: &Member<'_>| member.record_status() == Some("reissued");
    b.names_record() || reissued(a) == reissued(b)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    /// A letter with this id and these other members; the author keeps letters apart in their own
    /// key space.
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
        "symbol: A/65/1\n#       ^^^^^^ error: the document `A/65/1` is already defined";

    #[test]
    fn an_id_that_another_record_has() {
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
    fn three_of_one_id_are_two_too_many() {
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
    fn a_symbol_that_another_record_has() {
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
    fn two_forms_of_one_symbol_are_one() {
        check(
            &RULE,
            &files(&[
                letter(
                    "a",
                    "language: en\nsymbol: A/RES/217A(III)\n#       ~~~~~~~~~~~~~~~ first defined here",
                ),
                letter(
                    "b",
                    "language: en\nsymbol: A/RES/217 A (III)\n#       ^^^^^^^^^^^^^^^^^ error: the document `A/RES/217 A (III)` is already defined",
                ),
            ]),
        );
    }

    #[test]
    fn language_versions_share_a_symbol_and_no_id() {
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
    fn a_record_without_language_may_be_any_version() {
        check(
            &RULE,
            &files(&[
                letter("a", &format!("language: en\n{FIRST}")),
                letter("b", &format!("title: T\n{SECOND}").replace("title: T\n", "")),
            ]),
        );
    }

    #[test]
    fn a_copy_of_a_whole_record_is_told_by_its_id_alone() {
        check(
            &RULE,
            &files(&[
                letter(FIRST_ID, "language: en\nsymbol: A/65/1"),
                letter(SECOND_ID, "language: en\nsymbol: A/65/1"),
            ]),
        );
    }

    #[test]
    fn a_third_record_with_the_symbol_of_two_copies_is_told() {
        check(
            &RULE,
            &files(&[
                letter(FIRST_ID, &format!("language: en\n{FIRST}")),
                letter(SECOND_ID, "language: en\nsymbol: A/65/1"),
                letter("c", &format!("language: en\n{SECOND}")),
            ]),
        );
    }

    #[test]
    fn what_is_gone_keeps_its_symbol() {
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
    fn what_is_gone_keeps_its_id_from_others() {
        check(
            &RULE,
            &files(&[
                letter(FIRST_ID, "language: en\nstatus: superseded"),
                letter(SECOND_ID, "language: en\nstatus: final"),
            ]),
        );
    }

    #[test]
    fn a_reissue_bears_the_symbol_of_the_original() {
        check(
            &RULE,
            &files(&[
                letter("a", "language: en\nsymbol: A/65/1\nstatus: final"),
                letter("b", &format!("language: en\n{FIRST}\nstatus: reissued")),
                letter("c", &format!("language: en\n{SECOND}\nstatus: reissued")),
            ]),
        );
    }

    #[test]
    fn what_is_known_to_exist_elsewhere_is_no_duplicate() {
        check(
            &RULE,
            &files(&[
                letter("a", "language: en\nsymbol: A/65/1"),
                "id: register\nkind: register\ntitle: R\nlanguage: en\nentries: [{symbol: A/65/1}, {symbol: A/65/1}]\n".to_owned(),
            ]),
        );
    }

    #[test]
    fn several_letters_of_one_author_may_bear_one_date() {
        check(
            &RULE,
            &files(&[
                letter("a", "language: en\ndate: \"2011-04-05\""),
                letter("b", "language: en\ndate: \"2011-04-05\""),
            ]),
        );
    }

    #[test]
    fn a_citation_defines_nothing() {
        let cites =
            "language: en\nreferences: [{raw: resolution 65/1, role: cites, symbol: A/65/1}]";
        check(&RULE, &files(&[letter("a", "language: en\nsymbol: A/65/1"), letter("b", cites)]));
    }

    #[test]
    fn two_records_of_one_file() {
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
}
