//! Any configuration is read or refused, with its places in it; so is any baseline.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use rapporteur::{allow::Baseline, config::Config, rule::RuleSet};

fuzz_target!(|data: &[u8]| {
    let _ = Config::parse(Path::new("rapporteur.toml"), data.to_vec(), RuleSet::bundled());
    if let Ok(baseline) = Baseline::parse("rapporteur.baseline", data.to_vec()) {
        let _ = (baseline.len(), baseline.lacks_version(), baseline.conflict());
    }
});
