//! Every rule finds the one mistake that is put into the real records, at its line, and nothing else
//! is found that was not there before.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

#[path = "mutations/table.rs"]
mod table;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::Arc,
};

use rapporteur::{
    allow::Baseline,
    config::Config,
    finding::{Finding, Severity},
    lint::{Run, Setting},
    rule::{Rule, RuleSet},
    rules::RULES,
    schema::{Catalog, Complete, Stretch},
    source::Syntax,
    sources::Input,
    symbol::Organ,
};

use table::{
    Change::{Copy, New, Put, Replace},
    Mutation, mutations,
};

const FOLDER: &str = "records/itd-migration-2011";

type Files = BTreeMap<String, String>;

/// The records, by their path in the repository.
fn records() -> Files {
    let mut files = Files::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(FOLDER)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        if Syntax::of_path(&name).is_some() {
            let path = format!("{FOLDER}/{name}");
            files.insert(path, fs::read_to_string(entry.path()).unwrap());
        }
    }
    assert!(!files.is_empty());
    files
}

fn check(catalog: &Catalog, files: &Files) -> Vec<Finding> {
    // The names of the minutes of a board say their day.
    let paths = "[[records]]\nfiles = \"records/*/board-{date}.yaml\"\n";
    let paths = Config::parse(Path::new("rapporteur.toml"), paths.into(), RuleSet::bundled());
    let paths = paths.unwrap();
    let input = |path: &String| Input { supplied: paths.supplied(path), ..Input::named(path) };
    let is_record = |path: &&String| Syntax::of_path(path).is_some();
    let inputs: Vec<Arc<Input>> =
        files.keys().filter(is_record).map(|path| input(path).into()).collect();
    let config = files.iter().find(|(path, _)| path.ends_with("rapporteur.toml"));
    let config = config.map(|(path, text)| {
        Config::parse(Path::new(path), text.clone().into(), RuleSet::bundled()).unwrap()
    });
    let baseline = files.iter().find(|(path, _)| path.ends_with(".baseline"));
    let baseline = baseline.map(|(path, text)| Baseline::parse(path, text.clone().into()).unwrap());
    let run = Run {
        // Rules that are off by default are tried as well.
        setting: &|rule: &Rule| match rule.level {
            Some(_) => Setting::Default,
            None => Setting::At(Severity::Warning),
        },
        exceptions: config.as_ref().map_or(&[], |config| &config.exceptions),
        config: config.as_ref().map(|config| &config.parts),
        baseline: baseline.as_ref(),
        // Long after the debate, and after the last day of any suppression.
        as_of: Some(jiff::civil::date(2026, 1, 1)),
        ..Run::new(catalog)
    };
    run.check(&inputs, &|input: &Input| Ok(files[&input.path].clone().into_bytes())).findings
}

/// What was not found before. Fingerprints do not change when lines move.
fn added(before: &[Finding], after: Vec<Finding>) -> Vec<Finding> {
    let mut known: Vec<&str> = before.iter().map(|f| f.fingerprint.as_str()).collect();
    let mut is_new = |finding: &Finding| {
        let at = known.iter().position(|known| *known == finding.fingerprint);
        at.map(|at| known.swap_remove(at)).is_none()
    };
    after.into_iter().filter(|finding| is_new(finding)).collect()
}

fn replaced(text: &str, pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(text.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replace(old, new)
    })
}

/// The number of the last line that contains `text`.
fn line_of(file: &str, text: &str) -> u32 {
    let lines = (1..).zip(file.lines());
    let (number, _) = lines.filter(|(_, line)| line.contains(text)).last().unwrap();
    number
}

fn apply(mutation: &Mutation, files: &mut Files) {
    let path = |name: &str| format!("{FOLDER}/{name}");
    let text = match &mutation.change {
        Replace(pairs) => replaced(&files[&path(mutation.file)], pairs),
        Put(old, template, values) => {
            let put = |text: String, value: &&str| text.replacen("{}", value, 1);
            let new = values.iter().fold((*template).to_owned(), put);
            replaced(&files[&path(mutation.file)], &[(old, &new)])
        }
        Copy(from, pairs) => replaced(&files[&path(from)], pairs),
        New(text) => (*text).to_owned(),
    };
    files.insert(path(mutation.file), text);
}

fn is_off(id: &str) -> bool {
    RULES.iter().any(|rule| rule.id == id && rule.level.is_none())
}

/// What is wrong with what a mutation leads to, if anything.
fn complaint(mutation: &Mutation, catalog: &Catalog, baseline: &[Finding]) -> Option<String> {
    let mut files = records();
    apply(mutation, &mut files);
    let path = format!("{FOLDER}/{}", mutation.file);
    let line = line_of(&files[&path], mutation.line);
    let mut found = added(baseline, check(catalog, &files));
    // A rule that is off by default does not speak of the mistakes of others.
    found.retain(|finding| finding.rule == mutation.rule || !is_off(&finding.rule));
    let describe = |finding: &Finding| {
        let place = &finding.location;
        let path = place.path.strip_prefix(&format!("{FOLDER}/")).unwrap_or(&place.path);
        (finding.rule.to_string(), path.to_owned(), place.start.line)
    };
    let found_places: Vec<_> = found.iter().map(describe).collect();
    let wanted = vec![(mutation.rule.to_owned(), mutation.file.to_owned(), line)];
    (found_places != wanted).then(|| format!("wanted {wanted:?}\nfound {found:#?}"))
}

#[test]
fn every_mistake_is_found_at_its_line_and_nothing_else() {
    let catalog = Catalog::bundled();
    let baseline = check(&catalog, &records());
    let known: BTreeSet<&str> = RuleSet::bundled().ids().collect();
    let complaints: Vec<String> = mutations()
        .filter(|mutation| known.contains(mutation.rule))
        .filter_map(|mutation| complaint(mutation, &catalog, &baseline))
        .collect();
    assert!(complaints.is_empty(), "{}", complaints.join("\n\n"));
}

/// The text with the correction of a finding.
fn corrected(text: &str, finding: &Finding) -> Option<String> {
    let correction = finding.corrections.first()?;
    let mut text = text.to_owned();
    for edit in correction.edits.iter().rev() {
        text.replace_range(edit.start.offset as usize..edit.end.offset as usize, &edit.text);
    }
    Some(text)
}

#[test]
fn the_correction_of_a_mistake_mends_it_and_leads_to_no_other() {
    let catalog = Catalog::bundled();
    let baseline = check(&catalog, &records());
    let mut count = 0;
    for mutation in mutations() {
        let mut files = records();
        apply(mutation, &mut files);
        let path = format!("{FOLDER}/{}", mutation.file);
        let found = added(&baseline, check(&catalog, &files));
        let Some(finding) = found.iter().find(|one| one.rule == mutation.rule) else { continue };
        let Some(text) = corrected(&files[&path], finding) else { continue };
        files.insert(path, text);
        let mut left = added(&baseline, check(&catalog, &files));
        left.retain(|finding| !is_off(&finding.rule));
        assert!(left.is_empty(), "{}: {left:#?}", mutation.line);
        count += 1;
    }
    assert!(count > 10, "{count} mistakes have a correction");
}

#[test]
fn every_rule_has_a_mistake() {
    let mut tried: BTreeSet<&str> = mutations().map(|mutation| mutation.rule).collect();
    tried.extend(["vocabulary", "programme-diff", "ref-not-in-register", "base-document-missing"]);
    // No schema of the records has links: `src/cli/tests/links.rs` tries it.
    tried.insert("link-dangling");
    let missing: Vec<&str> = RuleSet::bundled().ids().filter(|id| !tried.contains(id)).collect();
    assert!(missing.is_empty(), "rules without a mutation: {missing:?}");
}

#[test]
fn a_second_final_version_of_the_programme_is_found_and_nothing_else() {
    let catalog = Catalog::bundled();
    let baseline = check(&catalog, &records());
    let mut files = records();
    for (name, old, new) in [
        ("programme-final.json", "[\n    \"programme-provisional\"\n  ]", "[]"),
        ("programme-provisional.json", "\"status\": \"provisional\"", "\"status\": \"final\""),
    ] {
        let path = format!("{FOLDER}/{name}");
        let text = replaced(&files[&path], &[(old, new)]);
        files.insert(path, text);
    }
    let mut found = added(&baseline, check(&catalog, &files));
    // What was only planned is announced now: some of those never spoke, and three were never confirmed.
    found.retain(|finding| !is_off(&finding.rule) && finding.rule != "speaker-tbc");
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].rule.as_str(), found[0].severity), ("programme-diff", Severity::Warning));
    assert!(found[0].message.contains("programme-final"), "{}", found[0].message);
}

#[test]
fn a_resolution_that_a_complete_register_lacks_is_found_and_nothing_else() {
    let mut catalog = Catalog::new(&[]);
    catalog.set_complete(vec![Complete {
        space: "document".to_owned(),
        stretch: Stretch::Resolutions {
            organ: Organ::GeneralAssembly,
            by_session: true,
            range: 63..=63,
        },
    }]);
    let mut files = records();
    let baseline = check(&catalog, &files);
    let path = format!("{FOLDER}/letter-2011-06-28.yaml");
    let pairs = [
        ("raw: General Assembly resolution 63/225", "raw: General Assembly resolution 63/252"),
        ("symbol: A/RES/63/225", "symbol: A/RES/63/252"),
    ];
    let text = replaced(&files[&path], &pairs);
    files.insert(path, text);
    let mut found = added(&baseline, check(&catalog, &files));
    found.retain(|finding| !is_off(&finding.rule));
    let rules: Vec<&str> = found.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["ref-not-in-register"], "{found:#?}");
}

#[test]
fn a_revision_of_a_draft_that_a_complete_register_lacks_is_found_and_nothing_else() {
    let mut catalog = Catalog::new(&[]);
    let stretch = Stretch::Series("A/63/L.".to_owned());
    catalog.set_complete(vec![Complete { space: "document".to_owned(), stretch }]);
    let mut files = records();
    let baseline = check(&catalog, &files);
    let path = format!("{FOLDER}/register-cited-documents.yaml");
    let pairs =
        [("entries:\n", "entries:\n  - symbol: A/63/L.9/Rev.1\n    source: A/RES/65/170\n")];
    let text = replaced(&files[&path], &pairs);
    files.insert(path, text);
    let mut found = added(&baseline, check(&catalog, &files));
    found.retain(|finding| !is_off(&finding.rule));
    let rules: Vec<&str> = found.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["base-document-missing"], "{found:#?}");
}

#[test]
fn a_misspelt_word_of_the_vocabulary_is_found_in_its_schema() {
    let schema = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "x-record": {"id": "/id"},
  "properties": {
    "id": {"type": "string", "x-defines": "record"},
    "kind": {"const": "sitting"}
  }
}
"#;
    let path = "schemas/sitting.schema.json";
    let findings = |schema: String| {
        let catalog = Catalog::new(&[(path.to_owned(), schema)]);
        check(&catalog, &records())
    };
    let baseline = findings(schema.to_owned());
    let found = added(&baseline, findings(schema.replace("x-defines", "x-defiens")));
    assert_eq!(found.len(), 1, "{found:#?}");
    let place = &found[0].location;
    assert_eq!(
        (found[0].rule.as_str(), place.path.as_str(), place.start.line),
        ("vocabulary", path, 6)
    );
}
