//! A schema that cannot be used, or uses the vocabulary wrongly or not at all.

use std::collections::BTreeSet;

use crate::{
    finding::{Family, Place, Severity},
    message::shown,
    rule::{Check, Findings, Fix, Rule, RuleId, Schemas},
    schema::Reached,
    source::Span,
    tree::{NodeRef, ProblemKind, Tree},
};

pub(crate) static RULE: Rule = Rule {
    id: RuleId::new("vocabulary"),
    family: Family::Structure,
    summary: "a schema that cannot be used, or that uses the vocabulary wrongly or not at all",
    level: Some(Severity::Error),
    since: "0.1.0",
    fix: Fix::Suggested,
    page: include_str!("../../../docs/rules/vocabulary.md"),
    options: &[],
    check: Check::Schemas(check),
};

fn check(schemas: &Schemas<'_>, findings: &mut Findings<'_>) {
    let place =
        |file: usize, node, span| Place { source: schemas.sources[file], record: None, node, span };
    // They are in the order of the files.
    for errors in schemas.catalog.errors().chunk_by(|a, b| a.file == b.file) {
        let tree = Tree::parse(schemas.catalog.files()[errors[0].file].source.clone());
        for error in errors {
            let (node, span) = place_in(&tree, &error.pointer, error.keyword.as_deref());
            let mut finding = findings.at(place(error.file, node, span), error.message.clone());
            if error.is_doubtful {
                finding = finding.severity(Severity::Warning);
            }
            if let Some(keyword) = &error.keyword {
                finding = finding.value(keyword.clone());
            }
            if let Some(help) = &error.help {
                finding.help(help.clone());
            }
        }
    }
    for (file, schema) in schemas.catalog.files().iter().enumerate().filter(|(_, one)| !one.bundled)
    {
        for problem in Tree::parse(schema.source.clone()).problems() {
            let ProblemKind::DuplicateKey { key, first } = &problem.kind else { continue };
            findings
                .at(
                    place(file, None, problem.span),
                    format!("the keyword `{}` appears a second time in this object", shown(key)),
                )
                .label(place(file, None, *first), "first here; this value is ignored")
                .id("twice")
                .value(key.clone());
        }
    }
    report_limits(schemas, findings);
    report_blind(schemas, findings);
    report_lists(schemas, findings);
    let broken: BTreeSet<usize> = schemas.catalog.errors().iter().map(|error| error.file).collect();
    for (schema, usage) in schemas.usage.iter().filter(|(_, usage)| usage.facts == 0) {
        let broken = broken.contains(&schema.index());
        if !broken && usage.entries == 0 {
            let start = place(schema.index(), None, Span::new(0, 1));
            let message = match usage.records {
                1 => "rapporteur takes no facts from the one record of this schema".to_owned(),
                records => {
                    format!("rapporteur takes no facts from the {records} records of this schema")
                }
            };
            findings
                .at(start, message)
                .severity(Severity::Warning)
                .help("add keywords of the vocabulary; without them, only the shape of the records is checked")
                .value("no-facts");
        }
    }
}

/// Reports the limits that kept records from being fully checked: at the schema, or at the first record where the schema is bundled.
fn report_limits(schemas: &Schemas<'_>, findings: &mut Findings<'_>) {
    for (limit, hindered) in &schemas.limits {
        let file = &schemas.catalog.files()[limit.file];
        let keyword = match &limit.reached {
            Reached::Unfolding => None,
            Reached::Pattern { keyword } => Some(keyword.as_str()),
        };
        let place = if file.bundled {
            hindered.place
        } else {
            let tree = Tree::parse(file.source.clone());
            let (node, span) = place_in(&tree, &limit.pointer, keyword);
            Place { source: schemas.sources[limit.file], record: None, node, span }
        };
        let mut finding = findings.at(place, limit.message(&hindered.first, hindered.records));
        if !file.bundled {
            finding = finding.label(hindered.place, "not fully checked");
        }
        finding.help(limit.help()).value(keyword.unwrap_or("unfolding"));
    }
}

/// Reports the schemas that describe a whole list whose entries are records.
fn report_lists(schemas: &Schemas<'_>, findings: &mut Findings<'_>) {
    for (schema, usage) in schemas.usage.iter().filter(|(_, usage)| usage.entries > 0) {
        let file = schemas.catalog.file(*schema);
        let tree = Tree::parse(file.source.clone());
        let (node, span) = place_in(&tree, "", Some("type"));
        let place = Place { source: schemas.sources[schema.index()], record: None, node, span };
        let entries = match usage.entries {
            1 => "the one entry".to_owned(),
            entries => format!("each of the {entries} entries"),
        };
        let message = format!(
            "the schema describes a list, but {entries} of the list is a record of its own"
        );
        findings
            .at(place, message)
            .help("describe one entry: move what is under `items` to the top of the schema")
            .value("list");
    }
}

/// Reports the keywords of a project's schemas that read none of many values. What a bundled schema declares is right.
fn report_blind(schemas: &Schemas<'_>, findings: &mut Findings<'_>) {
    let graph = schemas.catalog.graph();
    for (id, values) in &schemas.blind {
        let note = graph.note(*id);
        let file = &schemas.catalog.files()[note.document];
        if file.bundled {
            continue;
        }
        let name = note.keyword.name;
        let tree = Tree::parse(file.source.clone());
        let (node, span) = place_in(&tree, &note.pointer, Some(name));
        let place = Place { source: schemas.sources[note.document], record: None, node, span };
        findings
            .at(place, format!("`{name}` can read none of the {values} values that it applies to"))
            .severity(Severity::Warning)
            .help("correct the pointer or the form, or remove the keyword; `rapporteur facts --coverage` counts what is read")
            .id("blind")
            .value(format!("{name}{}", note.pointer));
    }
}

/// The keyword that is used wrongly; the first byte where no keyword is concerned.
fn place_in(
    tree: &Tree,
    pointer: &str,
    keyword: Option<&str>,
) -> (Option<crate::tree::NodeId>, Span) {
    let root = tree.roots().first().map(|root| tree.node(*root));
    let object = root.and_then(|root| root.pointer(pointer));
    let key = object.zip(keyword).and_then(|(object, keyword)| object.member(keyword));
    match (key, tree.problems().first()) {
        (Some((key, _)), _) => (Some(key.id()), key.inner_span()),
        (None, Some(problem)) if !tree.is_whole() => (None, problem.span),
        (None, _) if !pointer.is_empty() && object.is_some() => {
            (object.map(NodeRef::id), object.map_or(Span::at(0), NodeRef::span))
        }
        _ => (object.map(NodeRef::id), Span::new(0, u32::from(!tree.source().text.is_empty()))),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::{finding::Severity, schema::Catalog, testing::findings_with};

    /// What is found in this schema: the path, the place in it, the bytes pointed at and the message.
    fn found(schema: &str) -> Vec<(String, String, String, String)> {
        let catalog = Catalog::new(&[("meeting.json".to_owned(), schema.to_owned())]);
        findings_with(&catalog, &RULE, &[])
            .into_iter()
            .map(|found| {
                let span = found.location.span();
                let text = schema[span.start as usize..span.end as usize].to_owned();
                let location = found.location;
                (location.path, location.pointer, text, found.message)
            })
            .collect()
    }

    #[test]
    fn a_keyword_that_reads_none_of_many_values_is_reported() {
        let schema = r#"{"x-record": {"id": "/id"}, "properties": {"kind": {"const": "sitting"}, "id": {}, "day": {"x-date": "held"}}}"#;
        let catalog = Catalog::new(&[("sitting.json".to_owned(), schema.to_owned())]);
        let found = |days: &[&str]| {
            let record = |(number, day): (usize, &&str)| {
                (format!("{number:02}.yaml"), format!("kind: sitting\nid: s{number}\nday: {day}\n"))
            };
            let files: Vec<_> = days.iter().enumerate().map(record).collect();
            let found = findings_with(&catalog, &RULE, &files);
            found.into_iter().map(|one| (one.severity, one.message)).collect::<Vec<_>>()
        };
        let message = "`x-date` can read none of the 21 values that it applies to".to_owned();
        assert_eq!(found(&["soon"; 21]), [(Severity::Warning, message)]);
        assert_eq!(found(&["soon"; 20]), [], "the values may be wrong");
        let mut days = ["soon"; 22];
        days[7] = "2011-05-19";
        assert_eq!(found(&days), [], "one was read");
    }

    #[test]
    fn an_interval_of_which_one_end_is_read_is_not_reported() {
        let schema = r#"{"x-record": {"id": "/id"}, "x-interval": {"start": "/from", "end": "/to"},
            "properties": {"kind": {"const": "sitting"}, "id": {}, "from": {}, "to": {}}}"#;
        let catalog = Catalog::new(&[("sitting.json".to_owned(), schema.to_owned())]);
        let found = |from: &str| {
            let record = |number| {
                let text = format!("kind: sitting\nid: s{number}\nfrom: \"{from}\"\nto: later\n");
                (format!("{number:02}.yaml"), text)
            };
            findings_with(&catalog, &RULE, &(0..30).map(record).collect::<Vec<_>>()).len()
        };
        assert_eq!((found("10:00"), found("soon")), (0, 1));
    }

    fn one(pointer: &str, text: &str, message: &str) -> Vec<(String, String, String, String)> {
        let owned = [pointer, text, message].map(str::to_owned);
        let [pointer, text, message] = owned;
        vec![("meeting.json".to_owned(), pointer, text, message)]
    }

    #[test]
    fn a_pointer_to_an_unknown_property_is_reported() {
        let message = "`x-record` points at `/nummer`, but the schema has no such property";
        assert_eq!(
            found(r#"{"x-record": {"id": "/nummer"}, "properties": {"number": {}}}"#),
            one("/x-record", "x-record", message)
        );
        assert_eq!(found(r#"{"x-record": {"id": "/number"}, "properties": {"number": {}}}"#), []);
        assert_eq!(found(r#"{"x-record": {"id": "/nummer"}}"#), []);
    }

    #[test]
    fn a_misspelled_keyword_below_the_root_is_reported() {
        assert_eq!(
            found(r#"{"properties": {"by": {"x-speakr": {"name": ""}}}}"#),
            one(
                "/properties/by/x-speakr",
                "x-speakr",
                "`x-speakr` is not a keyword of the vocabulary"
            )
        );
    }

    #[test]
    fn a_misspelled_keyword_of_json_schema_is_a_warning_and_a_loop_an_error() {
        let found = |schema: &str| {
            let catalog = Catalog::new(&[("meeting.json".to_owned(), schema.to_owned())]);
            let found = findings_with(&catalog, &RULE, &[]);
            found.into_iter().map(|one| (one.severity, one.message)).collect::<Vec<_>>()
        };
        let message = "`requird` is not a keyword of JSON Schema and checks nothing".to_owned();
        assert_eq!(found(r#"{"requird": ["id"]}"#), [(Severity::Warning, message)]);
        let message = "`$ref` names `#`, which only leads back here, so the value is not checked";
        assert_eq!(found(r##"{"$ref": "#"}"##), [(Severity::Error, message.to_owned())]);
    }

    #[test]
    fn a_schema_of_a_whole_list_is_reported_once() {
        let schema = |keyword: &str| {
            format!(r#"{{{keyword}, "items": {{"type": "object", "required": ["hall"]}}}}"#)
        };
        let check = |schema: &str, list: &str| -> Vec<(String, String)> {
            let entries = "[[records]]\nfiles = \"l.*\"\nschema = \"s.schema.json\"\n";
            let linter = crate::Linter::new().with_schema("s.schema.json", schema);
            let report = linter.with_config(entries).unwrap().check_text("l.yaml", list);
            let found = report.findings.into_iter();
            found.map(|one| (one.location.path, one.message)).collect()
        };
        let message = |entries: &str| {
            let text = format!(
                "the schema describes a list, but {entries} of the list is a record of its own"
            );
            vec![("s.schema.json".to_owned(), text)]
        };
        let list = schema(r#""type": "array""#);
        let two = "- hall: A\n- hal: B\n";
        assert_eq!(check(&list, two), message("each of the 2 entries"));
        assert_eq!(check(&list, "- {}\n"), message("the one entry"));
        let referring = r##"{"$ref": "#/$defs/all", "$defs": {"all": {"type": "array"}}}"##;
        assert_eq!(check(referring, two), message("each of the 2 entries"));
        // A list of lists is read as it is described, and a file that is no list is wrong itself.
        let rows = check(&list, "- [{hall: A}]\n- [{hal: B}]\n");
        assert!(rows.iter().any(|(path, _)| path == "l.yaml"), "{rows:?}");
        let single = check(&list, "hall: A\n");
        assert_eq!(
            single[0],
            ("l.yaml".to_owned(), "the record is an object; an array expected".to_owned())
        );
    }

    #[test]
    fn a_pattern_in_another_dialect_is_a_warning_at_the_keyword_or_the_name() {
        let schema = r#"{"x-record": {"id": "/id"}, "properties": {"id": {"pattern": "(?i)^m"}, "n": {"pattern": "^\\d{4}\\-\\d$"}},
            "patternProperties": {"\\Aroom": {}, "^hall": {}}}"#;
        let found = found(schema);
        let places: Vec<(&str, &str)> =
            found.iter().map(|(_, pointer, text, _)| (pointer.as_str(), text.as_str())).collect();
        assert_eq!(
            places,
            [("/properties/id/pattern", "pattern"), (r"/patternProperties/\Aroom", r"\\Aroom")]
        );
        assert_eq!(
            found[1].3,
            r"`\A` in the pattern `\Aroom` is not part of the regular expressions of JSON Schema (ECMA-262)"
        );
    }

    #[test]
    fn a_pattern_that_no_reader_accepts_is_reported_once() {
        let found = found(
            r#"{"x-record": {"id": "/id"}, "properties": {"id": {"pattern": "(m"}, "n": {"pattern": "(?i)n"}}}"#,
        );
        let [(_, _, _, message)] = found.as_slice() else { panic!("{found:?}") };
        assert!(message.contains("`(m` is not a valid regular expression"), "{message}");
    }

    #[test]
    fn an_unreadable_schema_is_reported() {
        let found = found(r#"{"properties": "#);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].0, "meeting.json");
    }

    /// Definitions of which each names the next one in `words`, as often as there are words.
    fn chain(length: usize, words: &[&str]) -> String {
        let link = |next: usize| {
            let words = words.iter().map(|word| match *word {
                "$ref" => format!("\"$ref\": \"#/$defs/d{next}\""),
                word => format!("\"{word}\": [{{\"$ref\": \"#/$defs/d{next}\"}}]"),
            });
            words.collect::<Vec<_>>().join(", ")
        };
        let all: Vec<String> =
            (0..length).map(|n| format!("\"d{n}\": {{{}}}", link(n + 1))).collect();
        let all = all.join(", ");
        format!(
            "{{\"x-record\": {{}}, \"$ref\": \"#/$defs/d0\", \"$defs\": {{{all}, \"d{length}\": {{}}}}}}"
        )
    }

    #[test]
    fn a_schema_that_unfolds_into_too_much_is_reported() {
        let message =
            "the schema cannot be used: it unfolds into more than 100000 schemas for one value";
        for words in [&["allOf", "anyOf"][..], &["oneOf", "allOf"], &["$ref", "anyOf"]] {
            assert_eq!(found(&chain(8, words)), [], "{words:?}");
            let found = found(&chain(40, words));
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(found[0].3, message);
            assert!(found[0].1.starts_with("/$defs/d2"), "the innermost: {found:?}");
        }
    }

    /// A schema that keeps apart the records in which `a` was met `length` names ago from those in which it was not.
    fn combining(length: usize) -> String {
        let both = |next: &str| format!("{{\"a\": {next}, \"b\": {next}}}");
        let mut all: Vec<String> = (1..length)
            .map(|n| {
                let next = format!("{{\"$ref\": \"#/$defs/q{}\"}}", n + 1);
                format!("\"q{n}\": {{\"properties\": {}}}", both(&next))
            })
            .collect();
        all.push(format!("\"q{length}\": {{\"x-form\": \"iso-date\"}}"));
        let start = "{\"allOf\": [{\"$ref\": \"#/$defs/q0\"}, {\"$ref\": \"#/$defs/q1\"}]}";
        let again = "{\"$ref\": \"#/$defs/q0\"}";
        all.push(format!("\"q0\": {{\"properties\": {{\"a\": {start}, \"b\": {again}}}}}"));
        format!("{{\"$ref\": \"#/$defs/q0\", \"$defs\": {{{}}}}}", all.join(", "))
    }

    #[test]
    fn a_schema_whose_parts_combine_in_too_many_ways_is_reported() {
        assert_eq!(found(&combining(6)), []);
        let message = "the schema cannot be used: its schemas combine in more than 50000 ways";
        let found = found(&combining(40));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].3, message);
    }

    #[test]
    fn a_schema_that_is_nested_too_deep_is_reported() {
        let message = "the schema cannot be used: its schemas are nested more than 1000 deep";
        for word in ["$ref", "allOf"] {
            assert_eq!(found(&chain(400, &[word])), []);
            let found = found(&chain(20_000, &[word]));
            assert_eq!(found.len(), 1, "{found:?}");
            assert_eq!(found[0].3, message);
        }
    }

    #[test]
    fn recursive_schemas_are_accepted() {
        assert_eq!(
            found(r##"{"x-record": {}, "items": {"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}}"##),
            []
        );
        let members: Vec<String> =
            (0..30).map(|n| format!("\"p{n}\": {{\"$ref\": \"#\"}}")).collect();
        let members = members.join(", ");
        assert_eq!(found(&format!("{{\"x-record\": {{}}, \"properties\": {{{members}}}}}")), []);
    }

    #[test]
    fn an_unusable_schema_is_reported_at_its_fault() {
        for (schema, pointer, text, message) in [
            (
                r#"{"type":"objct"}"#,
                "/type",
                "type",
                "`type` is `objct`, which is not a type of JSON Schema",
            ),
            (
                r#"{"items":{"type":["null","objct"]}}"#,
                "/items/type",
                "type",
                "`type` is `objct`, which is not a type of JSON Schema",
            ),
            (
                r#"{"required":"a"}"#,
                "/required",
                "required",
                "`required` is `a`, but must be of type array",
            ),
            (
                r#"{"properties":{"a":3}}"#,
                "/properties/a",
                "a",
                "`a` is `3`, but must be of type boolean or object",
            ),
            (
                r#"{"properties":{"a":{"minLength":-1}}}"#,
                "/properties/a/minLength",
                "minLength",
                "`minLength` is `-1`, which JSON Schema does not allow",
            ),
            (
                r#"{"pattern":"(a"}"#,
                "/pattern",
                "pattern",
                "`(a` is not a valid regular expression",
            ),
            (
                r##"{"properties":{"a":{"$ref":"#/$defs/gone"}}}"##,
                "/properties/a/$ref",
                "$ref",
                "`$ref` names `#/$defs/gone`, which does not exist",
            ),
            (
                r#"{"properties":{"a":{"$ref":"x/gone.json#/b"}}}"#,
                "/properties/a/$ref",
                "$ref",
                "`$ref` names `x/gone.json#/b`, which is not a schema file of the project",
            ),
            (
                r#"{"$schema":"https://example.org/draft"}"#,
                "/$schema",
                "$schema",
                "`$schema` is `https://example.org/draft`, which is not a draft of JSON Schema",
            ),
        ] {
            let message = format!("the schema cannot be used: {message}");
            assert_eq!(found(schema), one(pointer, text, &message), "{schema}");
        }
    }

    #[test]
    fn a_fault_is_reported_in_the_schema_that_has_it() {
        let files = [
            ("a.json", r#"{"$ref": "z.json"}"#),
            ("m.json", r#"{"$ref": "gone.json"}"#),
            ("n.json", r#"{"$ref": "z.json#/$defs/d"}"#),
            ("w.json", r#"{"type": 7}"#),
            ("x.json", r#"{"properties": {"y": {"$ref": "w.json"}}}"#),
            ("z.json", r#"{"$defs": {"d": {"type": "string"}}}"#),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let catalog = Catalog::new(&files);
        let found = findings_with(&catalog, &RULE, &[]);
        let messages: Vec<String> =
            found.iter().map(|one| format!("{}: {}", one.location.path, one.message)).collect();
        let cannot = "the schema cannot be used:";
        assert_eq!(
            messages,
            [
                format!(
                    "m.json: {cannot} `$ref` names `gone.json`, which is not a schema file of the project"
                ),
                format!("w.json: {cannot} `type` is `7`, but must be of type string or array"),
                format!("x.json: {cannot} it refers to `w.json`, which cannot be used"),
            ]
        );
    }

    #[test]
    fn a_duplicate_keyword_is_reported() {
        let schema = r#"{"x-record": {"id": "/a"}, "properties": {"a": {}, "a": {}}}"#;
        let message = "the keyword `a` appears a second time in this object";
        assert_eq!(found(schema), one("", "\"a\"", message));
    }

    #[test]
    fn a_schema_that_is_not_utf8_is_reported() {
        let bytes = b"{\"title\": \"Proc\xe8s-verbal\"}".to_vec();
        let source =
            crate::source::Source::from_bytes("a.json", crate::source::Syntax::Json, bytes);
        let catalog = Catalog::with(vec![source], &std::collections::BTreeMap::new());
        let found = findings_with(&catalog, &RULE, &[]);
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.location.start.column, one.location.end.column), (16, 17));
        assert!(one.message.starts_with("the schema cannot be read: "), "{}", one.message);
    }

    #[test]
    fn a_schema_without_facts_is_reported() {
        let check = |schema: &str| {
            let catalog = Catalog::new(&[("meeting.json".to_owned(), schema.to_owned())]);
            let record = |path: &str| (path.to_owned(), r#"{"kind": "meeting"}"#.to_owned());
            let found = findings_with(&catalog, &RULE, &[record("a.json"), record("b.json")]);
            found.into_iter().map(|found| found.message).collect::<Vec<_>>()
        };
        assert_eq!(
            check(r#"{"properties": {"kind": {"const": "meeting"}}}"#),
            ["rapporteur takes no facts from the 2 records of this schema"]
        );
        assert_eq!(
            check(r#"{"x-record": {}, "properties": {"kind": {"const": "meeting"}}}"#),
            [""; 0]
        );
    }
}
