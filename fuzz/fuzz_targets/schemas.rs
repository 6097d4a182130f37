//! Any schema, with any use of the vocabulary, checks records to their end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rapporteur::Linter;

const RECORD: &str = "$schema: own.schema.json\nkind: own\nid: a\ndate: \"2026-03-10\"\ntitle: Town meeting\n\
    slots: [{start: \"10:00\", end: \"11:00\", speakers: [{name: Ana Ruiz}]}, {start: \"10:30\"}]\n\
    text: See General Assembly resolution 65/170 of 20 December 2010.\n";

fuzz_target!(|data: &str| {
    let linter = Linter::new().with_schema("own.schema.json", data);
    let files = [("a.yaml", RECORD), ("b.yaml", RECORD)];
    let report = linter.check_texts(&files);
    assert_eq!(report.findings, linter.check_texts(&files).findings);
});
