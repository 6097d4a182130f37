//! A project of two files with any bytes is checked to its end, twice the same, and every format of the report can be written.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rapporteur::{Format, Linter};

static LINTER: LazyLock<Linter> = LazyLock::new(Linter::new);

fuzz_target!(|data: (&str, &str, bool)| {
    let (first, second, is_yaml) = data;
    let names = if is_yaml { ["a.yaml", "b.yaml"] } else { ["a.json", "b.jsonl"] };
    let files = [(names[0], first), (names[1], second)];
    let report = LINTER.check_texts(&files);
    assert_eq!(report.findings, LINTER.check_texts(&files).findings);
    for format in [Format::Full, Format::Json, Format::Sarif, Format::Junit, Format::Markdown] {
        let _ = format.render(&report);
    }
});
