//! A person whose office the records of one event describe in two ways.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

use super::{alike, record_of};
use crate::{
    corpus::{
        Group, Identities, Member,
        relation::{Name, name::Pair},
    },
    finding::{Family, Severity},
    message::{contrasted, shown},
    person::{self, Office, Verdict},
    rule::{Check, Findings, Fix, On, Rule, RuleId},
    sources::SourceId,
    vocabulary::Identity,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("speaker-details-differ"),
    family: Family::Speakers,
    summary: "a person whose office the records of one event describe in two ways",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::None,
    page: include_str!("../../../docs/rules/speaker-details-differ.md"),
    options: &[],
    check: Check::Group(&On::<Name>(check)),
};

/// Of a person who is described in more ways in one event, only so many are compared.
const MOST: usize = 32;

fn check(group: &Group<'_, Name>, findings: &mut Findings<'_>) {
    let identities = &group.shared.identities;
    // The names of one person that was decided on meet in a group of their own.
    let is_decided =
        |member: &Member<'_, Name>| identities.person(member.speaks_at(), member.name()).is_some();
    // Over the years a person has several offices: only what is said at one event is compared.
    let is_at_event = group.members.iter().all(Member::is_at_event);
    if group.members.len() < 2 || !is_at_event || all_alike(&group.members) {
        return;
    }
    let is_one_spelling = group.members.windows(2).all(|two| two[0].name() == two[1].name());
    if is_one_spelling || group.is_derived {
        // All are written alike and meet in the group of every word, or it was decided that they are one.
        if group.is_derived || !is_decided(&group.members[0]) {
            let members = group.members.iter().filter(|member| member.is_first_word());
            check_person(identities, members, findings);
        }
        return;
    }
    let (spellings, pairs) = alike(group);
    for spelling in spellings.iter().filter(|spelling| !is_decided(spelling.members[0])) {
        let members = spelling.members.iter().copied();
        check_person(identities, members.filter(|member| member.is_first_word()), findings);
    }
    for Pair { earlier, later, verdict } in pairs {
        if !matches!(verdict, Verdict::Same | Verdict::Probable) {
            continue;
        }
        let (earlier, later) = (&spellings[*earlier], &spellings[*later]);
        let (first, second) =
            (ways(earlier.members.iter().copied()), ways(later.members.iter().copied()));
        // What is said of one spelling alone is already reported.
        if let Some(way) = second.first()
            && let Some(other) = contradicted(identities, way, &first)
        {
            report(way, other, findings);
        }
    }
}

/// Whether all descriptions are the same.
fn all_alike(members: &[Member<'_, Name>]) -> bool {
    members.windows(2).all(|pair| {
        let [a, b] = pair else { return true };
        a.descriptions() == b.descriptions() && a.capacity() == b.capacity()
    })
}

/// One way in which a person is described, where it is first written, and the records that have it.
struct Way<'g, 'c> {
    member: &'g Member<'c, Name>,
    records: BTreeSet<(SourceId, u32)>,
    office: OnceCell<Office>,
}

impl Way<'_, '_> {
    /// What the office is, which is only asked where there is another way.
    fn office(&self) -> &Office {
        self.office.get_or_init(|| {
            let [role, affiliation, delegation] = self.member.descriptions();
            Office::read(&[role, affiliation], &[delegation, self.member.capacity()])
        })
    }
}

/// The ways in which a person is described, in the order of the records. What is only planned may still
/// change, and what is gone no longer counts.
fn ways<'g, 'c: 'g>(members: impl Iterator<Item = &'g Member<'c, Name>>) -> Vec<Way<'g, 'c>> {
    let mut known = BTreeMap::new();
    let mut ways: Vec<Way<'_, '_>> = Vec::new();
    for member in members {
        let status = member.record_status();
        let [role, affiliation, delegation] = member.descriptions();
        if status.is_some_and(|status| status.is_gone() || status.is_open())
            || (role.is_empty() && affiliation.is_empty())
        {
            continue;
        }
        let (capacity, language) = (member.capacity(), member.record_language());
        let key = (role, affiliation, delegation, capacity, language);
        let at = *known.entry(key).or_insert(ways.len());
        if at == ways.len() {
            if at == MOST {
                break;
            }
            ways.push(Way { member, records: BTreeSet::new(), office: OnceCell::new() });
        }
        ways[at].records.insert((member.source(), member.record()));
    }
    ways
}

fn check_person<'g, 'c: 'g>(
    identities: &Identities,
    members: impl Iterator<Item = &'g Member<'c, Name>>,
    findings: &mut Findings<'_>,
) {
    let ways = ways(members);
    for (at, way) in ways.iter().enumerate() {
        if let Some(other) = contradicted(identities, way, &ways[..at]) {
            report(way, other, findings);
        }
    }
}

/// The first of the earlier ways that this one contradicts; none where it agrees with any of them, or
/// where one record has both: a person may hold two offices.
fn contradicted<'a, 'g, 'c>(
    identities: &Identities,
    way: &Way<'g, 'c>,
    earlier: &'a [Way<'g, 'c>],
) -> Option<&'a Way<'g, 'c>> {
    let language = |way: &Way<'_, '_>| way.member.record_language().map(str::to_lowercase);
    let others = || earlier.iter().filter(|other| language(other) == language(way));
    let fits = |other: &Way<'_, '_>| {
        other.office().agrees(way.office()) || !other.records.is_disjoint(&way.records)
    };
    if others().any(fits) {
        return None;
    }
    let is_one = |other: &Way<'_, '_>| {
        let event = way.member.speaks_at();
        let decided = identities.on(event, other.member.name(), way.member.name());
        decided != Some(Identity::Distinct)
    };
    others().find(|other| other.office().contradicts(way.office()) && is_one(other))
}

fn report(way: &Way<'_, '_>, other: &Way<'_, '_>, findings: &mut Findings<'_>) {
    let (Some(place), Some(first)) =
        (way.member.description_place(), other.member.description_place())
    else {
        return;
    };
    let name = shown(person::core(way.member.name()));
    let (here, there) = descriptions(way.member, other.member);
    let [description, other_description] = contrasted(&here, &there);
    let record = record_of(other.member, way.member);
    let message = format!("“{name}” is “{description}” here but “{other_description}” in {record}");
    findings
        .at(place, message)
        .label(first, format!("“{other_description}” here"))
        .help("if both mean one office, describe it in one way")
        .value(shown(&here))
        .value(shown(&there));
}

/// What is said of the person in both places: the role alone where the rest is the same.
fn descriptions(a: &Member<'_, Name>, b: &Member<'_, Name>) -> (String, String) {
    let same_body = a.descriptions()[1] == b.descriptions()[1];
    let text = |member: &Member<'_, Name>| {
        let [role, affiliation, _] = member.descriptions();
        let affiliation = if same_body { "" } else { affiliation };
        let parts = [role, affiliation].into_iter().filter(|text| !text.is_empty());
        parts.collect::<Vec<_>>().join(", ")
    };
    (text(a), text(b))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::check;

    /// A statement at an event: the lines of the record, and those of its speaker.
    fn statement(event: &str, rest: &str, speaker: &str) -> String {
        format!(
            "kind: statement\ntitle: Statement\nevent: {event}\n{rest}\nspeaker:\n  {speaker}\n"
        )
    }

    fn files(records: &[String]) -> String {
        let numbered = (b'a'..).zip(records);
        let files =
            numbered.map(|(name, record)| format!("=== {}.yaml\n{record}", char::from(name)));
        files.collect::<Vec<_>>().concat()
    }

    fn pair(rest: [&str; 2], speakers: [&str; 2]) {
        let [first, second] = [0, 1].map(|at| statement("debate", rest[at], speakers[at]));
        check(&RULE, &files(&[first, second]));
    }

    const FIRST: &str = "name: Thetis Mangahas\n  role: Deputy Regional Director\n#       ~~~~~~~~~~~~~~~~~~~~~~~~ “Deputy Regional Director” here";
    const SECOND: &str = "name: Thetis Mangahas\n  role: Deputy Director\n#       ^^^^^^^^^^^^^^^ info: “Thetis Mangahas” is “Deputy Director” here but “Deputy Regional Director” in another record";

    #[test]
    fn another_office_in_anrecord_of_is_reported() {
        pair(["", ""], [FIRST, SECOND]);
    }

    #[test]
    fn another_affiliation_is_reported() {
        pair(
            ["", ""],
            [
                "name: Anna Berg\n  affiliation: University of Sydney\n#              ~~~~~~~~~~~~~~~~~~~~ “University of Sydney” here",
                "name: Anna Berg\n  affiliation: University of Bergen\n#              ^^^^^^^^^^^^^^^^^^^^ info: “Anna Berg” is “University of Bergen” here but “University of Sydney” in another record",
            ],
        );
    }

    #[test]
    fn each_description_is_reported_once() {
        let again = "name: Thetis Mangahas\n  role: Deputy Director";
        let records =
            [FIRST, SECOND, again, "name: Thetis Mangahas\n  role: Deputy Regional Director"];
        check(&RULE, &files(&records.map(|speaker| statement("debate", "", speaker))));
    }

    #[test]
    fn other_spellings_of_a_name_are_compared() {
        pair(
            ["", ""],
            [
                "name: William Swing\n  role: Director of Operations\n#       ~~~~~~~~~~~~~~~~~~~~~~ “Director of Operations” here",
                "name: William Lacy Swing\n  role: Director General\n#       ^^^^^^^^^^^^^^^^ info: “William Lacy Swing” is “Director General” here but “Director of Operations” in another record",
            ],
        );
        pair(
            ["", ""],
            [
                "name: Jane Swing\n  role: Director of Operations",
                "name: William Swing\n  role: Director General",
            ],
        );
    }

    #[test]
    fn the_same_office_in_other_words_is_not_reported() {
        for (a, b) in [
            (
                "role: UNICEF Executive Director\n  capacity: in his capacity as Chair of the Global Migration Group",
                "role: Chair-in-Office of the GMG, Executive Director of United Nations Children's Fund",
            ),
            (
                "role: President of the General Assembly",
                "role: President of the 65th Session of the General Assembly",
            ),
            (
                "role: Minister of Labour of the United Arab Emirates",
                "role: Minister of Labour, United Arab Emirates",
            ),
            (
                "role: Professor\n  affiliation: University of Sydney",
                "affiliation: University of Sydney",
            ),
            ("role: Minister of Labour", "role: Chair of the Forum"),
            ("honorific: Mr.", "role: Minister"),
        ] {
            // The capacity of a speaker in a slot is next to the role, so a schema with both is used.
            let slot = |speaker: &str| {
                format!(
                    "kind: programme\ntitle: P\nevent: debate\nslots:\n- title: One\n  speakers:\n  - name: Anthony Lake\n    {}\n",
                    speaker.replace("\n  ", "\n    ")
                )
            };
            check(&RULE, &files(&[slot(a), slot(b)]));
        }
    }

    #[test]
    fn other_languages_events_and_drafts_are_not_compared() {
        let plain = [FIRST, SECOND].map(|text| {
            text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n")
        });
        let [first, second] = plain.each_ref().map(String::as_str);
        pair(["language: en", "language: fr"], [first, second]);
        for status in ["draft", "provisional", "cancelled", "superseded"] {
            pair(["", &format!("status: {status}")], [first, second]);
        }
        check(&RULE, &files(&[statement("debate", "", first), statement("forum", "", second)]));
        check(&RULE, &files(&[statement("null", "", first), statement("null", "", second)]));
        pair(["language: en", "language: EN"], [FIRST, SECOND]);
    }

    #[test]
    fn two_offices_in_one_record_are_not_reported() {
        let programme = "kind: programme\ntitle: P\nevent: debate\nslots:\n- title: One\n  chair:\n  - {name: Anna Berg, role: Deputy Director}\n  speakers:\n  - {name: Anna Berg, role: Deputy Regional Director}\n";
        check(
            &RULE,
            &files(&[
                programme.to_owned(),
                statement("debate", "", "name: Anna Berg\n  role: Deputy Director"),
            ]),
        );
    }
}
