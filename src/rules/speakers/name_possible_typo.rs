//! Two names of one event, or of the records of one kind, that differ in a letter or two.

use std::collections::{BTreeMap, BTreeSet};

use super::{Spelling, alike, decide, record_of};
use crate::{
    corpus::{
        Group, Member,
        relation::{Name, name::Pair},
    },
    finding::{Family, Severity},
    message::contrasted,
    person::{Verdict, fold},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("name-possible-typo"),
    family: Family::Speakers,
    summary: "two names in records that belong together that differ in a letter or two",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/name-possible-typo.md"),
    options: &[],
    check: Check::Group(&On::<Name>(check)),
};

/// In shorter words a letter too many or too few makes the name of a sister.
const SHORTEST: usize = 6;

fn check(group: &Group<'_, Name>, findings: &mut Findings<'_>) {
    let (spellings, pairs) = alike(group);
    for Pair { earlier, later, verdict } in pairs {
        let (earlier, later) = (&spellings[*earlier], &spellings[*later]);
        if *verdict != Verdict::PossibleTypo || !long_enough(earlier, later) {
            continue;
        }
        let Some((first, member)) = same_position(earlier, later) else {
            continue;
        };
        let [name, other] = contrasted(later.shown(), earlier.shown());
        let message = format!(
            "“{name}” and “{other}” ({}) differ in a letter or two, so one may be misspelled",
            record_of(first, member)
        );
        findings
            .at(member.place(), message)
            .label(first.place(), "the other name")
            .help(decide(group.shared, "correct the misspelled name"))
            .value(later.shown())
            .value(earlier.shown());
    }
}

fn long_enough(a: &Spelling<'_, '_>, b: &Spelling<'_, '_>) -> bool {
    let long = |word: &str| word.chars().count() >= SHORTEST;
    a.read.name.unlike(&b.read.name).iter().all(|(a, b)| long(a) && long(b))
}

/// Two entries that may be of one person: they have a role, an affiliation or a delegation in common and are written in one
/// language, since another one may transliterate otherwise. Two names in one list are two persons, and so are two names in one record
/// unless each list of it has one of them and says the same of it.
fn same_position<'g, 'c>(
    a: &Spelling<'g, 'c>,
    b: &Spelling<'g, 'c>,
) -> Option<(&'g Member<'c, Name>, &'g Member<'c, Name>)> {
    let record = |member: &Member<'_, Name>| (member.source(), member.record());
    let lists: BTreeSet<_> = a.members.iter().filter_map(|member| member.list()).collect();
    if b.members.iter().filter_map(|member| member.list()).any(|list| lists.contains(&list)) {
        return None;
    }
    let records: BTreeMap<_, bool> =
        a.members.iter().map(|member| (record(member), member.list().is_some())).collect();
    let mut meets = false;
    for member in &b.members {
        match records.get(&record(member)) {
            Some(is_listed) if !is_listed || member.list().is_none() => return None,
            Some(_) => meets = true,
            None => {}
        }
    }
    let mut positions = BTreeMap::new();
    for member in &a.members {
        for position in positions_of(member) {
            positions.entry(position).or_insert(*member);
        }
    }
    let described = b.members.iter().find_map(|member| {
        let first = positions_of(member).find_map(|position| positions.get(&position).copied());
        first.map(|first| (first, *member))
    });
    described.or_else(|| if meets { None } else { undescribed(a, b) })
}

/// In the records of many meetings, a word of fewer letters differs in the names of two persons.
const SHORTEST_WITHOUT_EVENT: usize = 8;

/// Two entries of which nothing is said but the name, as in lists of those present. Of two persons each is named often; a slip is
/// rare beside the right name. One word differs, and the others are the same.
fn undescribed<'g, 'c>(
    a: &Spelling<'g, 'c>,
    b: &Spelling<'g, 'c>,
) -> Option<(&'g Member<'c, Name>, &'g Member<'c, Name>)> {
    let differing = a.read.name.unlike(&b.read.name);
    let [(one, other)] = differing.as_slice() else { return None };
    let (few, many) = (a.members.len().min(b.members.len()), a.members.len().max(b.members.len()));
    let is_rare = few <= 1 + many / 4;
    let is_said = |member: &&Member<'_, Name>| positions_of(member).next().is_some();
    let first = *a.members.iter().find(|member| !is_said(member))?;
    let language = first.record_language();
    let second = *b
        .members
        .iter()
        .find(|member| !is_said(member) && member.record_language() == language)?;
    let shortest = if first.is_at_event() { SHORTEST } else { SHORTEST_WITHOUT_EVENT };
    let is_long = one.chars().count().min(other.chars().count()) >= shortest;
    (is_rare && is_long).then_some((first, second))
}

/// What the record says of the speaker, folded, each with what it is and the language.
fn positions_of<'c>(
    member: &Member<'c, Name>,
) -> impl Iterator<Item = (usize, String, Option<&'c str>)> + use<'c> {
    let language = member.record_language();
    let texts = member.descriptions().into_iter().enumerate();
    texts.filter_map(move |(at, text)| {
        let words = fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
        (!words.is_empty()).then_some((at, words, language))
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    /// A statement by this speaker at one event, with these other members.
    fn statement(rest: &str, name: &str, position: &str) -> String {
        format!(
            "kind: statement\ntitle: Statement\nevent: debate\n{rest}\nspeaker:\n  name: {name}\n  {position}\n"
        )
    }

    fn files(records: &[String]) -> String {
        let numbered = (b'a'..).zip(records);
        let files =
            numbered.map(|(name, record)| format!("=== {}.yaml\n{record}", char::from(name)));
        files.collect::<Vec<_>>().concat()
    }

    const FIRST: &str = "Thetis Mangahas\n#       ~~~~~~~~~~~~~~~ the other name";
    const SECOND: &str = "Thetis Mangahs\n#       ^^^^^^^^^^^^^^ info: “Thetis Mangahs” and “Thetis Mangahas” (another record) differ in a letter or two, so one may be misspelled";

    #[test]
    fn similar_names_with_the_same_position_are_reported() {
        for (a, b) in [
            ("role: Deputy  Director", "role: deputy director"),
            ("affiliation: ILO", "affiliation: ILO"),
            ("role: A\n  affiliation: ILO", "role: B\n  affiliation: ILO"),
        ] {
            check(
                &RULE,
                &files(&[
                    statement("language: en", FIRST, a),
                    statement("language: en", SECOND, b),
                ]),
            );
        }
        check(
            &RULE,
            &files(&[
                statement("delegation: Sweden", FIRST, "role: A"),
                statement("delegation: Sweden", SECOND, "role: B"),
            ]),
        );
    }

    #[test]
    fn similar_names_without_a_common_position_are_not_reported() {
        for (a, b) in [
            ("role: Chair", "role: Member"),
            ("role: ILO", "affiliation: ILO"),
            ("role: Chair", ""),
        ] {
            check(
                &RULE,
                &files(&[statement("", "Thetis Mangahas", a), statement("", "Thetis Mangahs", b)]),
            );
        }
    }

    #[test]
    fn names_in_different_languages_are_not_compared() {
        check(
            &RULE,
            &files(&[
                statement("language: en", "Vladimir Gorbachev", "affiliation: ILO"),
                statement("language: fr", "Vladimir Gorbatchev", "affiliation: ILO"),
            ]),
        );
    }

    #[test]
    fn short_words_and_gendered_endings_are_not_reported() {
        for (a, b) in [
            ("Rania Haddad", "Ranja Haddad"),
            ("Daniel Silveira", "Daniela Silveira"),
            ("Nikolai Ivanov", "Nikolai Ivanova"),
            ("William Swing", "William Lacy Swing"),
        ] {
            let of = |name| statement("", name, "affiliation: ILO");
            check(&RULE, &files(&[of(a), of(b)]));
        }
    }

    #[test]
    fn words_of_six_letters_are_compared() {
        check(
            &RULE,
            &files(&[
                statement("", "Nadia Shafiq\n#       ~~~~~~~~~~~~ the other name", "role: Chair"),
                statement(
                    "",
                    "Nadia Shajfiq\n#       ^^^^^^^^^^^^^ info: “Nadia Shajfiq” and “Nadia Shafiq” (another record) differ in a letter or two, so one may be misspelled",
                    "role: Chair",
                ),
            ]),
        );
    }

    #[test]
    fn names_in_one_record_are_not_reported() {
        check(
            &RULE,
            r#"
kind: programme
title: Programme
event: debate
slots:
  - {kind: panel, title: Panel, start: "10:00", end: "11:00", speakers: [{name: Liming Zhangwei, role: A}, {name: Liming Zhangwen, role: A}]}
"#,
        );
    }

    #[test]
    fn cancelled_records_are_not_compared() {
        check(
            &RULE,
            &files(&[
                statement("status: cancelled", "Thetis Mangahas", "role: A"),
                statement("status: final", "Thetis Mangahs", "role: A"),
            ]),
        );
    }

    /// A schema of lists of those present, and of those who voted; and the findings in these records.
    fn in_lists(record: &str, texts: &[&str]) -> Vec<String> {
        let list = r#"{"items": {"x-speaker": {"name": "/n", "affiliation": "/of"}}}"#;
        let schema = format!(
            r#"{{"x-record": {record}, "properties": {{"kind": {{"const": "minutes"}}, "present": {list}, "voted": {list}}}}}"#
        );
        let catalog = crate::schema::Catalog::new(&[("minutes.json".into(), schema)]);
        let file = |(number, text): (usize, &&str)| {
            (format!("{number}.yaml"), format!("kind: minutes\n{text}\n"))
        };
        let files: Vec<(String, String)> = texts.iter().enumerate().map(file).collect();
        let found = crate::testing::findings_with(&catalog, &RULE, &files);
        found.into_iter().map(|finding| finding.message).collect()
    }

    const AT_EVENT: &str = r#"{"event": "/event"}"#;

    #[test]
    fn a_slip_between_two_lists_of_one_record_is_reported() {
        let both = |of: &str, more: &str| {
            in_lists(
                "{}",
                &[&format!(
                    "present: [{{n: Marta Feldkirch, of: East}}{more}]\nvoted: [{{n: Marta Feldkrich, of: {of}}}]"
                )],
            )
        };
        assert_eq!(
            both("East", ""),
            [
                "“Marta Feldkrich” and “Marta Feldkirch” (this record) differ in a letter or two, so one may be misspelled"
            ]
        );
        assert_eq!(both("West", "").len(), 0);
        assert_eq!(both("East", ", {n: Marta Feldkrich, of: East}").len(), 0);
        assert_eq!(both("''", "").len(), 0);
    }

    #[test]
    fn a_rare_slip_in_a_name_without_a_role_is_reported() {
        let met = |name: &str| format!("event: council\npresent: [{{n: Ann Lee}}, {{n: {name}}}]");
        let (right, slip) = (met("Karl Lindenstein"), met("Karl Lindestein"));
        assert_eq!(in_lists(AT_EVENT, &[&right, &slip]).len(), 1);
        assert_eq!(in_lists(AT_EVENT, &[&right, &right, &right, &right, &slip, &slip]).len(), 1);
        assert_eq!(in_lists(AT_EVENT, &[&right, &right, &slip, &slip]).len(), 0);
        assert_eq!(
            in_lists(AT_EVENT, &[&met("Karl Lindenstein"), &met("Kurt Lindestein")]).len(),
            0
        );
        assert_eq!(in_lists(AT_EVENT, &[&met("Karl Olsson"), &met("Karl Ohlsson")]).len(), 1);
    }

    #[test]
    fn records_of_no_event_are_compared_in_long_words_only() {
        let met = |name: &str| format!("present: [{{n: {name}}}]");
        assert_eq!(in_lists("{}", &[&met("Karl Lindenstein"), &met("Karl Lindestein")]).len(), 1);
        assert_eq!(in_lists("{}", &[&met("Karl Olsson"), &met("Karl Ohlsson")]).len(), 0);
    }
}
