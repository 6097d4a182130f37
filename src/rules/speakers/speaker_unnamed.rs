//! A speaker with an office or a delegation and without a name.

use super::{folded, speakers};
use crate::{
    fact::{Record, Speaker, Text},
    finding::{Family, Severity},
    message::{listed, listed_briefly, shown},
    person,
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::{FactKinds, SpeakerState},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("speaker-unnamed"),
    family: Family::Speakers,
    summary: "speakers with an office or a delegation and without a name",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/speaker-unnamed.md"),
    options: &[],
    check: Check::Facts(FactKinds::SPEAKER, check),
};

/// More holders of one office, and more speakers without a name, are not listed.
const MOST: usize = 5;

/// What the record gives in place of a name.
#[derive(Clone, Copy)]
enum Known<'t> {
    Office(Text<'t>),
    Delegation(Text<'t>),
}

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let unnamed: Vec<Known<'_>> =
        speakers(record).filter_map(|(_, speaker)| unnamed(speaker)).collect();
    let Some((first, others)) = unnamed.split_first() else { return };
    let described: Vec<String> = unnamed.iter().map(|known| known.described()).collect();
    let message = match others.len() {
        0 => format!("no name given for {}", described[0]),
        more => {
            let described = listed_briefly(&described, MOST);
            format!("no name given for {} speakers: {described}", more + 1)
        }
    };
    let text = first.text();
    let holders = first.holders(record);
    let mut finding = findings.at(text.place, message).value(text.value);
    for name in &holders {
        finding =
            finding.label(name.place, format!("“{}” has this office here", shown(name.value)));
    }
    for other in others.iter().take(MOST - 1) {
        finding = finding.label(other.text().place, "no name here either");
    }
    finding.help(first.help(&holders));
}

impl<'t> Known<'t> {
    fn text(self) -> Text<'t> {
        let (Self::Office(text) | Self::Delegation(text)) = self;
        text
    }

    fn described(self) -> String {
        let text = shown(self.text().value);
        match self {
            Self::Office(_) => format!("“{text}”"),
            Self::Delegation(_) => format!("the speaker of “{text}”"),
        }
    }

    /// Those whom the record names elsewhere with the same office.
    fn holders(self, record: &Record<'t>) -> Vec<Text<'t>> {
        match self {
            Self::Office(role) => holders(role, record),
            Self::Delegation(_) => Vec::new(),
        }
    }

    fn help(self, holders: &[Text<'_>]) -> String {
        if let Self::Delegation(_) = self {
            let help = "name the person, or set the state of the speaker to `not-recorded` if the document gives no name";
            return help.to_owned();
        }
        let names: Vec<String> =
            holders.iter().map(|name| format!("“{}”", shown(name.value))).collect();
        match names.as_slice() {
            [] => "name the person".to_owned(),
            [name] => format!("name the person; {name} has this office elsewhere in the record"),
            names => {
                format!("name the person; in this record {} have this office", listed(names, "and"))
            }
        }
    }
}

/// What is known of a speaker without a name. A speaker who is still to be confirmed or was not recorded is not an omission, and a
/// schema without a field for names asks for none.
fn unnamed<'t>(speaker: &Speaker<'t>) -> Option<Known<'t>> {
    let is_open = speaker.is_in_state(&[
        SpeakerState::Tbc,
        SpeakerState::NotRecorded,
        SpeakerState::Withdrawn,
        SpeakerState::Replaced,
    ]);
    if speaker.name.is_some() || is_open || !speaker.has_place_of_name() {
        return None;
    }
    match (speaker.role, speaker.delegation) {
        (Some(role), None) => person::tbc_mark(role.value).is_none().then_some(Known::Office(role)),
        (None, Some(delegation)) => Some(Known::Delegation(delegation)),
        // An office of a delegation, such as a permanent representative, identifies the speaker.
        _ => None,
    }
}

/// Those who are named with this office: only so many, every name once.
fn holders<'t>(role: Text<'t>, record: &Record<'t>) -> Vec<Text<'t>> {
    let mut found: Vec<Text<'t>> = Vec::new();
    let office = folded(Some(role));
    for (_, speaker) in speakers(record) {
        let Some(name) = speaker.name else { continue };
        if folded(speaker.role) != office || person::stand_in(name.value).is_some() {
            continue;
        }
        let is_new = found.iter().all(|other| folded(Some(*other)) != folded(Some(name)));
        if found.len() < MOST && is_new {
            found.push(name);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{MOST, RULE};
    use crate::testing::{check, findings};

    /// A statement with this speaker and these other members.
    fn statement(speaker: &str, rest: &str) -> String {
        format!(
            "id: statement\nkind: statement\ntitle: On migration\nlanguage: en\nspeaker: {speaker}\n{rest}\nparagraphs: [Excellencies]\n"
        )
    }

    /// A programme with these speakers at its opening and this one at its closing.
    fn programme(opening: &str, closing: &str) -> String {
        format!(
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
    speakers: [{opening}]
  - kind: closing
    start: "17:50"
    end: "18:00"
    title: Closing
    speakers: [{closing}]
"#
        )
    }

    fn help(opening: &str) -> Option<String> {
        let text = programme(opening, "{role: President}");
        findings(&RULE, &[("p.yaml".to_owned(), text)])[0].help.clone()
    }

    #[test]
    fn an_office_without_a_name_is_reported() {
        let mark = "\n#                     ^^^^^^^^^ info: no name given for “President”";
        let text = programme("{name: Ban Ki-moon}", "{role: President}");
        let text = text.replace(
            "    speakers: [{role: President}]",
            &format!("    speakers: [{{role: President}}]{mark}"),
        );
        check(&RULE, &text);
    }

    #[test]
    fn an_office_with_a_name_or_a_delegation_is_not_reported() {
        let text =
            programme("{name: Deiss, role: President}", "{role: Minister, delegation: Ghana}");
        check(&RULE, &text);
    }

    #[test]
    fn a_delegation_without_a_name_and_an_office_is_reported() {
        let sweden = "delegation: Sweden\n#           ^^^^^^ info: no name given for the speaker of “Sweden”";
        for speaker in ["null", "{honorific: H.E. Mr.}", "{state: confirmed}"] {
            check(&RULE, &statement(speaker, sweden));
        }
        for speaker in
            ["{name: Claude Heller}", "{role: Permanent Representative}", "{state: not-recorded}"]
        {
            check(&RULE, &statement(speaker, "delegation: Sweden"));
        }
        check(&RULE, &statement("null", ""));
        check(&RULE, &statement("null", "delegation: Sweden\nstatus: cancelled"));
    }

    #[test]
    fn all_speakers_of_a_record_without_a_name_are_one_finding() {
        check(
            &RULE,
            r#"
id: programme
kind: programme
title: Programme
language: en
slots:
  - kind: panel
    start: "10:00"
    end: "13:00"
    title: Panel one
    speakers:
      - role: Chair
#             ^^^^^ info: no name given for 3 speakers: “Chair”, the speaker of “Sweden” and “Rapporteur”
      - {delegation: México, name: Claude Heller}
      - delegation: Sweden
#                   ~~~~~~ no name here either
      - {role: Rapporteur}
#              ~~~~~~~~~~ no name here either
"#,
        );
    }

    #[test]
    fn many_speakers_without_a_name_are_counted() {
        let all: Vec<String> = (1..=9).map(|at| format!("{{role: Member {at}}}")).collect();
        let text = programme(&all.join(", "), "{name: Deiss}");
        let found = findings(&RULE, &[("p.yaml".to_owned(), text)]);
        assert_eq!(found.len(), 1);
        let listed = "“Member 1”, “Member 2”, “Member 3”, “Member 4”, “Member 5” and 4 more";
        assert_eq!(found[0].message, format!("no name given for 9 speakers: {listed}"));
        assert_eq!(found[0].labels.len(), MOST - 1);
    }

    #[test]
    fn open_unrecorded_and_absent_speakers_are_not_reported() {
        for state in ["tbc", "not-recorded", "withdrawn", "replaced"] {
            let closing = format!("{{role: President, state: {state}}}");
            check(&RULE, &programme("{name: Deiss}", &closing));
        }
        check(&RULE, &programme("{name: Deiss}", "{role: President (TBC)}"));
    }

    #[test]
    fn cancelled_records_are_not_reported() {
        let text = programme("{name: Deiss}", "{role: President}");
        check(&RULE, &text.replace("language: en", "language: en\nstatus: cancelled"));
    }

    #[test]
    fn the_help_names_the_only_holder_of_the_office() {
        let help_for = "name the person; “Joseph Deiss” has this office elsewhere in the record";
        let one = "{name: Joseph Deiss, role: president}";
        assert_eq!(help(one).as_deref(), Some(help_for));
        assert_eq!(help(&format!("{one}, {one}")).as_deref(), Some(help_for));
    }

    #[test]
    fn the_help_lists_several_holders_of_the_office() {
        let two = "{name: Anna Berg, role: President}, {name: TBD, role: President}, {name: Li Wei, role: President}";
        let listed = "name the person; in this record “Anna Berg” and “Li Wei” have this office";
        assert_eq!(help(two).as_deref(), Some(listed));
        let other = help("{name: Anna Berg, role: Vice-President}, {role: President}");
        assert_eq!(other.as_deref(), Some("name the person"));
    }

    #[test]
    fn schemas_without_names_are_not_reported() {
        let check = |word: &str| {
            let schema = format!(
                r#"{{"properties": {{"kind": {{"const": "talk"}}}}, "x-speaker": {word}}}"#
            );
            let catalog = crate::schema::Catalog::new(&[("talk.json".to_owned(), schema)]);
            let record = ("a.json".to_owned(), r#"{"kind": "talk", "by": "Treasurer"}"#.to_owned());
            crate::testing::findings_with(&catalog, &RULE, &[record]).len()
        };
        assert_eq!(check(r#"{"role": "/by"}"#), 0);
        assert_eq!(check(r#"{"role": "/by", "name": "/who"}"#), 1);
    }
}
