//! Any schema, with any use of the vocabulary, checks records to their end. What follows a form feed is the record; without it, there is
//! one that uses most keywords.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::{Corpus, fuzz_target};
use rapporteur::{
    Linter,
    source::{Source, Syntax},
    tree::Tree,
};

const RECORD: &str = "$schema: own.schema.json\nkind: own\nid: a\ndate: \"2026-03-10\"\ntitle: Town meeting\n\
    slots: [{start: \"10:00\", end: \"11:00\", speakers: [{name: Ana Ruiz}]}, {start: \"10:30\"}]\n\
    text: See General Assembly resolution 65/170 of 20 December 2010.\n";

fuzz_target!(|data: &str| -> Corpus {
    let (schema, record) = data.split_once('\u{c}').unwrap_or((data, RECORD));
    // Compiling takes long, and what is not JSON is no schema.
    let source = Arc::new(Source::new("own.schema.json", Syntax::Json, schema));
    if !Tree::parse(source).problems().is_empty() {
        return Corpus::Reject;
    }
    // The record need not name its schema: it is the only one.
    let record = match record.contains("own.schema.json") {
        true => record.to_owned(),
        false => format!("$schema: own.schema.json\n{record}"),
    };
    let linter = Linter::new().with_schema("own.schema.json", schema);
    let files = [("a.yaml", record.as_str()), ("b.yaml", RECORD)];
    let report = linter.check_texts(&files);
    assert_eq!(report.findings, linter.check_texts(&files).findings);
    Corpus::Keep
});
