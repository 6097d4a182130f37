//! Any configuration is read or refused, with its places in it, and checks a record to its end; so is any baseline.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use rapporteur::{Linter, allow::Baseline, config::Config, rule::RuleSet};

const RECORD: &str = "kind: programme\nid: a\ntitle: Town meeting\nlanguage: en\ndate: \"2026-03-10\"\n\
    slots: [{kind: opening, start: \"10:00\", end: \"11:00\", title: Opening, speakers: [{name: Ana Ruiz}]}, {start: \"10:30\"}]\n";

fuzz_target!(|data: &[u8]| {
    let _ = Config::parse(Path::new("rapporteur.toml"), data.to_vec(), RuleSet::bundled());
    let files = [("records/a.yaml", RECORD), ("b.yaml", RECORD)];
    let text = std::str::from_utf8(data).unwrap_or_default();
    let findings = Linter::new().with_config(text).map(|linter| linter.check_texts(&files).findings);
    if let Ok(baseline) = Baseline::parse("rapporteur.baseline", data.to_vec()) {
        let _ = (baseline.len(), baseline.lacks_version(), baseline.conflict());
        let mut findings = findings.unwrap_or_default();
        let (_, stale) = baseline.take_known(&mut findings);
        let left = baseline.without(&stale);
        assert!(left.len() <= data.len() || std::str::from_utf8(data).is_err());
    }
});
