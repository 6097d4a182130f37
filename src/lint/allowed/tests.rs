//! What a suppression is about: every form, in every place.

use std::sync::Arc;

use super::*;
use crate::{
    allow::Scope,
    finding::Place,
    lint::{Report, Run, Setting},
    rule::Rule,
    schema::Catalog,
    source::{Parts, Source, Span, Syntax},
    sources::SourceId,
    testing,
};

/// Checks one file with the rules on speakers and the schema, on a day.
fn run(path: &str, text: &str, exceptions: &[Exception], as_of: Option<&str>) -> Report {
    let inputs = [testing::input(path).into()];
    let on = ["speaker-tbc", "schema", "allowance-unused", "allowance-expired"];
    let config = Source::new("rapporteur.toml", Syntax::Yaml, "[[allow]]\nrule = 1\n");
    let config = Parts::of(Arc::new(config));
    let catalog = Catalog::bundled();
    let run = Run {
        setting: &|rule: &Rule| {
            if on.contains(&rule.id.as_str()) { Setting::Default } else { Setting::Off }
        },
        exceptions,
        config: Some(&config),
        as_of: as_of.map(|day| day.parse().unwrap()),
        collapse: true,
        ..Run::new(&catalog)
    };
    run.check(&inputs, &|_| Ok(text.as_bytes().to_vec()))
}

/// What is left: rule and pointer.
fn left(report: &Report) -> Vec<(&str, &str)> {
    report.findings.iter().map(|one| (one.rule.as_str(), one.location.pointer.as_str())).collect()
}

const HEAD: &str = "id: p\nkind: programme\ntitle: Programme\nlanguage: en\nslots:\n";

/// Two slots, each with a speaker to be confirmed; `{0}` to `{3}` are replaced.
fn yaml(with: [&str; 4]) -> String {
    format!(
        r#"{}{HEAD}{}
  - {{kind: opening, start: "10:00", end: "10:20", title: A, speakers: [{{name: B, state: tbc}}]}}{}
  - kind: opening
    start: "10:20"
    end: "10:40"
    title: C
    speakers:
      - name: D
        state: tbc{}
"#,
        with[0], with[1], with[2], with[3]
    )
}

const FIRST: (&str, &str) = ("speaker-tbc", "/slots/0/speakers/0/state");
const SECOND: (&str, &str) = ("speaker-tbc", "/slots/1/speakers/0/state");
const COMMENT: &str = "# rapporteur: allow(speaker-tbc) she comes";

#[test]
fn a_comment_is_about_what_is_before_it_or_begins_below_it() {
    let own_line = format!("  {COMMENT}");
    let trailing = format!(" {COMMENT}");
    let at_head = format!("{COMMENT}\n");
    for (with, expected) in [
        (["", "", "", ""], vec![FIRST, SECOND]),
        (["", &own_line, "", ""], vec![SECOND]),
        (["", "", &trailing, ""], vec![SECOND]),
        (["", "", &format!("\n\n  {COMMENT}\n  # another remark"), ""], vec![FIRST]),
        (["", "", "", &trailing], vec![FIRST]),
        ([&at_head, "", "", ""], vec![]),
    ] {
        let report = run("a.yaml", &yaml(with), &[], None);
        assert_eq!(left(&report), expected, "{with:?}");
        assert_eq!(report.summary.allowed, 2 - expected.len());
    }
}

#[test]
fn a_comment_at_a_key_is_about_all_below_it() {
    let text = yaml(["", "", "", ""]);
    let text = text.replace("slots:\n", &format!("slots: {COMMENT}\n"));
    assert_eq!(left(&run("a.yaml", &text, &[], None)), []);
    let text =
        yaml(["", "", "", ""]).replace("    speakers:\n", &format!("    speakers: {COMMENT}\n"));
    assert_eq!(left(&run("a.yaml", &text, &[], None)), [FIRST]);
}

#[test]
fn what_is_found_of_a_record_is_not_found_of_its_first_member() {
    // In a block the record begins where its first member does.
    let text = "id: b # rapporteur: allow(schema) the id is odd\nkind: background\nlanguage: en\n";
    let report = run("a.yaml", text, &[], None);
    let expected = [("allowance-unused", ""), ("schema", ""), ("schema", "")];
    let mut left = left(&report);
    left.sort_unstable();
    assert_eq!(left[1..], expected[1..], "it lacks its title and its sections");
    assert_eq!((left[0].0, report.summary.allowed), ("allowance-unused", 0));
    let at_head = format!("# rapporteur: allow(schema) so it is kept\n{text}");
    assert_eq!(run("a.yaml", &at_head, &[], None).summary.allowed, 2);
    let on_element = yaml(["", "", "", ""])
        .replace("  - kind: opening", &format!("  - kind: opening {COMMENT}"));
    assert!(left_of(&on_element).contains(&SECOND.1.to_owned()), "the kind is not the slot");
}

fn left_of(text: &str) -> Vec<String> {
    let report = run("a.yaml", text, &[], None);
    report.findings.iter().map(|one| one.location.pointer.clone()).collect()
}

#[test]
fn allowances_in_each_other_and_beside_each_other_are_all_asked() {
    let allow = |with: &str| format!("{{\"rule\": \"speaker-tbc\", \"reason\": \"so\"{with}}}");
    let speaker = |more: &str| format!("{{\"name\": \"B\", \"state\": \"tbc\"{more}}}");
    let inner = format!(", \"x-allow\": [{}, {}]", allow(""), allow(", \"pointer\": \"/name\""));
    let text = format!(
        r#"{{"id": "p", "kind": "programme", "title": "P", "language": "en", "x-allow": {},
            "slots": [{{"kind": "opening", "start": "10:00", "end": "10:20", "title": "A",
                "speakers": [{}, {}, {}]}}]}}"#,
        allow(", \"pointer\": \"/slots/0/speakers/0\""),
        speaker(&inner),
        speaker(""),
        speaker(&format!(", \"x-allow\": {}", allow(""))),
    );
    let report = run("a.json", &text, &[], None);
    let reported = left(&report);
    assert_eq!(
        reported,
        [
            ("allowance-unused", "/slots/0/speakers/0/x-allow/1/rule"),
            ("speaker-tbc", "/slots/0/speakers/1/state")
        ]
    );
    assert_eq!(report.summary.allowed, 2);
}

#[test]
fn a_rule_that_is_named_twice_is_needed_as_often() {
    let twice = " # rapporteur: allow(speaker-tbc, speaker-tbc) she comes";
    assert_eq!(left(&run("a.yaml", &yaml(["", "", "", twice]), &[], None)), [FIRST]);
}

#[test]
fn a_comment_is_about_its_rule_only_and_may_name_several() {
    let other = " # rapporteur: allow(schema) she comes";
    let report = run("a.yaml", &yaml(["", "", "", other]), &[], None);
    let rules: Vec<&str> = report.findings.iter().map(|one| one.rule.as_str()).collect();
    assert_eq!(rules, ["speaker-tbc", "speaker-tbc", "allowance-unused"]);
    let both = " # rapporteur: allow(schema, speaker-tbc) she comes";
    let report = run("a.yaml", &yaml(["", "", "", both]), &[], None);
    assert_eq!(report.findings.len(), 2);
    assert!(report.findings[1].message.contains("`schema`"), "{report:?}");
}

/// A programme in JSON; the members are put into the record, the slot and the speaker.
fn json(record: &str, slot: &str, speaker: &str) -> String {
    format!(
        r#"{{"id": "p", "kind": "programme", "title": "P", "language": "en"{record}, "slots": [
        {{"kind": "opening", "start": "10:00", "end": "10:20", "title": "A"{slot},
          "speakers": [{{"name": "B", "state": "tbc"{speaker}}}]}}]}}"#
    )
}

#[test]
fn a_member_is_about_the_object_it_is_in_or_what_its_pointer_leads_to() {
    let allow = r#", "x-allow": {"rule": "speaker-tbc", "reason": "she comes"}"#;
    let at = |pointer: &str| {
        format!(
            r#", "x-allow": [{{"rule": ["speaker-tbc"], "reason": "she comes", "pointer": "{pointer}"}}]"#
        )
    };
    for text in [
        json(allow, "", ""),
        json("", allow, ""),
        json("", "", allow),
        json(&at("/slots/0"), "", ""),
        json("", &at("/speakers"), ""),
        json("", "", &at("/state")),
    ] {
        assert_eq!(left(&run("a.json", &text, &[], None)), [], "{text}");
    }
    let elsewhere = run("a.json", &json("", "", &at("/name")), &[], None);
    assert_eq!(elsewhere.findings.len(), 2, "{elsewhere:?}");
}

#[test]
fn the_schema_of_a_record_need_not_know_of_the_member() {
    let schema = r#"{"properties": {"kind": {"const": "talk"}}, "additionalProperties": false,
        "maxProperties": 1}"#;
    let catalog = Catalog::new(&[("talk.json".into(), schema.into())]);
    let tree =
        |text: &str| crate::tree::Tree::parse(Arc::new(Source::new("a.json", Syntax::Json, text)));
    let id = catalog.find("talk").unwrap();
    for (text, expected) in
        [(r#"{"kind": "talk", "x-allow": []}"#, 0), (r#"{"kind": "talk", "x-alow": []}"#, 2)]
    {
        let tree = tree(text);
        let found = crate::schema::violations::violations(&catalog, id, tree.records()[0]);
        assert_eq!(found.violations.len(), expected, "{found:?}");
    }
}

#[test]
fn after_its_last_day_an_allowance_allows_nothing() {
    let allow = r#", "x-allow": {"rule": "speaker-tbc", "reason": "r", "until": "2011-05-19"}"#;
    let text = json("", "", allow);
    assert_eq!(left(&run("a.json", &text, &[], None)), []);
    assert_eq!(left(&run("a.json", &text, &[], Some("2011-05-19"))), []);
    let over = run("a.json", &text, &[], Some("2011-05-20"));
    let rules: Vec<&str> = over.findings.iter().map(|one| one.rule.as_str()).collect();
    assert_eq!(rules, ["speaker-tbc", "allowance-expired"]);
}

#[test]
fn an_unused_entry_names_the_record_or_the_value_that_is_missing() {
    let text = yaml(["", "", "", ""]);
    let unused = |record, pointer| {
        let report = run("a.yaml", &text, &[exception(Some(record), pointer)], None);
        let found = report.findings.into_iter().find(|one| one.rule == "allowance-unused");
        found.map(|found| (found.message, found.help.unwrap_or_default())).unwrap_or_default()
    };
    let (message, help) = unused("q", None);
    assert_eq!(message, "no finding of `speaker-tbc` to suppress: no record has the id `q`");
    assert_eq!(help, "correct `record`, or remove the suppression");
    let (message, help) = unused("p", Some("/slots/7"));
    assert_eq!(
        message,
        "no finding of `speaker-tbc` to suppress: the record `p` has no value at `/slots/7`"
    );
    assert_eq!(help, "correct `pointer`, or remove the suppression");
    // An item may have this key.
    for pointer in ["/title", "/slots/opening"] {
        let (message, help) = unused("p", Some(pointer));
        assert_eq!(message, "no finding of `speaker-tbc` to suppress");
        assert_eq!(help, "remove the suppression");
    }
    assert_eq!(unused("p", None).0, "");
}

/// An entry of the configuration.
fn exception(record: Option<&str>, pointer: Option<&str>) -> Exception {
    let place =
        Place { source: SourceId::default(), record: None, node: None, span: Span::new(17, 18) };
    Exception {
        record: record.map(str::to_owned),
        pointer: pointer.map(|pointer| (pointer.to_owned(), place)),
        fingerprint: None,
        allowance: Allowance {
            rules: vec![("speaker-tbc".to_owned(), place)],
            scope: None,
            reason: "she comes".to_owned(),
            until: None,
        },
    }
}

#[test]
fn the_configuration_allows_by_record_and_pointer() {
    let text = yaml(["", "", "", ""]);
    for (record, pointer, expected) in [
        (None, None, vec![]),
        (Some("p"), None, vec![]),
        (Some("p"), Some("/slots/1"), vec![FIRST]),
        (None, Some("/slots/0/speakers/0/state"), vec![SECOND]),
    ] {
        let report = run("a.yaml", &text, &[exception(record, pointer)], None);
        assert_eq!(left(&report), expected, "{record:?} {pointer:?}");
    }
    for (record, pointer) in
        [(Some("q"), None), (Some("p"), Some("/slots/10")), (None, Some("/slot"))]
    {
        let report = run("a.yaml", &text, &[exception(record, pointer)], None);
        let unused: Vec<_> =
            report.findings.iter().filter(|one| one.rule == "allowance-unused").collect();
        let place = &unused[0].location;
        assert_eq!(
            (place.path.as_str(), place.start.line, place.start.column),
            ("rapporteur.toml", 2, 8)
        );
        assert_eq!(report.findings.len(), 3);
    }
}

#[test]
fn many_comments_on_one_value_take_no_longer_for_each() {
    // Twenty thousand comments above one value: were the value looked for from each of them, this
    // would not end.
    let text = format!("{}{}", format!("{COMMENT}\n").repeat(20_000), yaml(["", "", "", ""]));
    assert_eq!(left(&run("a.yaml", &text, &[], None)), []);
}

#[test]
fn what_is_around_a_byte_is_found_in_each_other_and_beside_each_other() {
    let spans = [(0, 90), (0, 90), (2, 30), (2, 9), (4, 6), (10, 30), (12, 12), (30, 60), (61, 62)];
    let allowances: Vec<Allowance> = spans
        .iter()
        .map(|(start, end)| Allowance {
            rules: Vec::new(),
            scope: Some(Scope { span: Span::new(*start, *end), pointer: String::new() }),
            reason: "r".to_owned(),
            until: None,
        })
        .collect();
    let nested = Nested::new(&allowances);
    for offset in 0..95 {
        let mut around: Vec<usize> = nested.around(offset).collect();
        around.sort_unstable();
        let holds = |number: &usize| (spans[*number].0..spans[*number].1).contains(&offset);
        assert_eq!(around, (0..spans.len()).filter(holds).collect::<Vec<_>>(), "{offset}");
    }
}
