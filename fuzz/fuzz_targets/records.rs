//! A project of a few files with any texts is checked to its end, twice the same, and every format of the report can be written. A
//! baseline of the findings knows all of them.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use rapporteur::{
    Format, Linter,
    allow::{Baseline, baseline},
};

static LINTER: LazyLock<Linter> = LazyLock::new(Linter::new);

fuzz_target!(|text: &str| {
    // A form feed parts the files. What a file begins with chooses how it is read, and YAML may begin like JSON.
    let texts: Vec<&str> = text.split('\u{c}').take(4).collect();
    let names: Vec<String> = texts
        .iter()
        .enumerate()
        .map(|(number, text)| match text.as_bytes() {
            [b'{', ..] => format!("{number}.json"),
            [b'-', b'-', b'-', b'\n', ..] => format!("{number}.md"),
            [b'\n', b'{', ..] => format!("{number}.jsonl"),
            _ => format!("{number}.yaml"),
        })
        .collect();
    let files: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(texts).collect();
    let report = LINTER.check_texts(&files);
    assert_eq!(report.findings, LINTER.check_texts(&files).findings);
    for format in Format::ALL {
        let _ = format.render(&report);
    }
    let written = baseline::written(&report.findings, &[]);
    match Baseline::parse("rapporteur.baseline", written.into_bytes()) {
        Ok(known) => {
            let mut findings = report.findings;
            let (_, stale) = known.take_known(&mut findings);
            assert!(findings.is_empty() && stale.is_empty(), "{findings:?} {stale:?}");
        }
        Err(misread) => panic!("{misread:?}"),
    }
});
