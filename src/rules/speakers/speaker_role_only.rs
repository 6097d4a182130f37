//! An office that speaks without a name.

use std::{cell::LazyCell, collections::BTreeMap};

use super::{folded, speakers};
use crate::{
    fact::{Record, Speaker, Text},
    finding::{Family, Severity},
    message::{listed, shown},
    person,
    rule::{Check, Findings, Fix, Rule, RuleId},
    vocabulary::SpeakerState,
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("speaker-role-only"),
    family: Family::Speakers,
    summary: "an office that speaks without the name of a person",
    level: Some(Severity::Info),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/speaker-role-only.md"),
    options: &[],
    check: Check::Record(check),
};

/// More holders of one office than this are not listed.
const MOST: usize = 5;

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let holders = LazyCell::new(|| holders(record));
    for (_, speaker) in speakers(record) {
        let Some(role) = unnamed(speaker) else { continue };
        let message = format!("no name given for “{}”", shown(role.value));
        let mut finding = findings.at(role.place, message).value(role.value);
        let holders = folded(Some(role)).and_then(|role| holders.get(&role));
        let holders = holders.map(Vec::as_slice).unwrap_or_default();
        let names: Vec<String> =
            holders.iter().map(|name| format!("“{}”", shown(name.value))).collect();
        for name in holders {
            finding =
                finding.label(name.place, format!("“{}” has this office here", shown(name.value)));
        }
        let help = match names.as_slice() {
            [] => "name the person".to_owned(),
            [name] => format!("name the person; {name} has this office elsewhere in the record"),
            names => {
                format!("name the person; in this record {} have this office", listed(names, "and"))
            }
        };
        finding.help(help);
    }
}

/// The office of a speaker of whom nothing else is known. A speaker who is still to be confirmed or was
/// not recorded is not an omission, and a schema without a field for names asks for none.
fn unnamed<'t>(speaker: &Speaker<'t>) -> Option<Text<'t>> {
    if !speaker.has_place(|places| &places.name) {
        return None;
    }
    let is_known = speaker.name.or(speaker.delegation).is_some();
    let is_open = speaker.is_in_state(&[
        SpeakerState::Tbc,
        SpeakerState::NotRecorded,
        SpeakerState::Withdrawn,
        SpeakerState::Replaced,
    ]);
    speaker.role.filter(|role| !is_known && !is_open && person::tbc_mark(role.value).is_none())
}

/// Those who are named with each office: so many of each, every name once.
fn holders<'t>(record: &Record<'t>) -> BTreeMap<String, Vec<Text<'t>>> {
    let mut all: BTreeMap<String, Vec<Text<'t>>> = BTreeMap::new();
    for (_, speaker) in speakers(record) {
        let (Some(role), Some(name)) = (folded(speaker.role), speaker.name) else { continue };
        if person::stand_in(name.value).is_some() {
            continue;
        }
        let found = all.entry(role).or_default();
        let is_new = found.iter().all(|other| folded(Some(*other)) != folded(Some(name)));
        if found.len() < MOST && is_new {
            found.push(name);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::testing::{check, findings};

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
