//! The table of rules, the files of the rules and their pages agree, and the examples on the pages hold.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

use std::{
    collections::BTreeSet,
    env, fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use rapporteur::{
    allow::Baseline,
    config::Config,
    finding::{Family, Finding, Severity},
    lint::{Run, Setting},
    rule::{Check, Rule, RuleSet},
    rules::RULES,
    schema::Catalog,
    sources::Input,
};

/// The headings of a page, in order. The options are those of a rule that has some, and the last but one may be missing.
const HEADINGS: [&str; 9] = [
    "Why it matters",
    "Example",
    "Fix",
    "Options",
    "What is not reported",
    "Basis",
    "Measured",
    "When to suppress it",
    "Configure and suppress",
];

/// The rules whose findings would make an example of another rule a bad one.
const SOUND: [&str; 4] = ["duplicate-key", "schema", "syntax", "unknown-kind"];

/// A fence of a page: the words after the backticks, and what is between them.
struct Fence {
    words: Vec<String>,
    text: String,
}

impl Fence {
    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|other| other == word)
    }

    /// The files in the fence, with their paths.
    fn files(&self) -> Vec<(String, String)> {
        let syntax = &self.words[0];
        let mut files: Vec<(String, String)> = Vec::new();
        for line in self.text.lines() {
            if let Some(path) = line.strip_prefix("=== ") {
                files.push((path.trim().to_owned(), String::new()));
                continue;
            }
            if files.is_empty() {
                files.push((format!("example.{syntax}"), String::new()));
            }
            let text = &mut files.last_mut().unwrap().1;
            text.push_str(line);
            text.push('\n');
        }
        files
    }

    /// What the rules in `on` find in it.
    fn findings(&self, on: &[&str]) -> Vec<Finding> {
        let mut files = self.files();
        files.sort();
        let config = files.iter().find(|(path, _)| path == "rapporteur.toml");
        let config = config.map(|(path, text)| {
            Config::parse(Path::new(path), text.clone().into(), RuleSet::bundled()).unwrap()
        });
        let is_schema = |(path, _): &(String, String)| path.ends_with(".schema.json");
        let schemas: Vec<(String, String)> =
            files.iter().filter(|file| config.is_some() && is_schema(file)).cloned().collect();
        let complete = config.map(|config| config.complete()).unwrap_or_default();
        if !schemas.is_empty() {
            files.retain(|file| !is_schema(file));
            check(&Catalog::new(&schemas), &files, on)
        } else if self.has("schema") {
            check(&Catalog::new(&files), &[], on)
        } else if !complete.is_empty() {
            let mut catalog = Catalog::new(&[]);
            catalog.set_complete(complete);
            check(&catalog, &files, on)
        } else {
            check(&Catalog::bundled(), &files, on)
        }
    }
}

fn check(catalog: &Catalog, files: &[(String, String)], on: &[&str]) -> Vec<Finding> {
    let is_baseline = |path: &str| path.ends_with(".baseline");
    let baseline = files.iter().find(|(path, _)| is_baseline(path));
    let baseline = baseline.map(|(path, text)| Baseline::parse(path, text.clone().into()).unwrap());
    let is_config = |path: &str| path == "rapporteur.toml";
    let config = files.iter().find(|(path, _)| is_config(path));
    let config = config.map(|(path, text)| {
        Config::parse(Path::new(path), text.clone().into(), RuleSet::bundled()).unwrap()
    });
    let inputs: Vec<Arc<Input>> = files
        .iter()
        .filter(|(path, _)| !is_baseline(path) && !is_config(path))
        .map(|(path, _)| Input {
            schema: config.as_ref().and_then(|config| config.entry_for(path)?.schema.clone()),
            supplied: config.as_ref().and_then(|config| config.supplied(path)),
            ..Input::named(path)
        })
        .map(Arc::new)
        .collect();
    let read = |input: &Input| {
        let file = files.iter().find(|(path, _)| *path == input.path);
        let text = file.map(|(_, text)| text.clone().into_bytes());
        text.ok_or_else(|| "no such file".to_owned())
    };
    let setting = |rule: &Rule| match rule.level {
        _ if !on.contains(&rule.id.as_str()) => Setting::Off,
        Some(_) => Setting::Default,
        None => Setting::At(Severity::Warning),
    };
    let run = Run {
        setting: &setting,
        exceptions: config.as_ref().map_or(&[], |config| &config.exceptions),
        config: config.as_ref().map(|config| &config.parts),
        baseline: baseline.as_ref(),
        // Long after every event and every last day of an example.
        as_of: Some(jiff::civil::date(2026, 1, 1)),
        ..Run::new(catalog)
    };
    run.check(&inputs, &read).findings
}

/// The fences of a page that say what comes of them.
fn examples(page: &str) -> Vec<Fence> {
    let mut fences: Vec<Fence> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(words) => {
                open = true;
                let words = words.split_whitespace().map(str::to_owned).collect();
                let text = String::new();
                fences.push(Fence { words, text });
            }
            None if open => {
                let text = &mut fences.last_mut().unwrap().text;
                text.push_str(line);
                text.push('\n');
            }
            None => {}
        }
    }
    assert!(!open, "a fence is never closed");
    fences.retain(|fence| fence.has("fails") || fence.has("passes"));
    fences
}

/// The lines of a page that are in no fence.
fn prose(page: &str) -> Vec<&str> {
    let mut open = false;
    let mut lines = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            open = !open;
        } else if !open {
            lines.push(line);
        }
    }
    lines
}

fn names_in(folder: &Path, extension: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Runs `test` for every rule and reports all that fail at once.
fn for_each_rule(test: impl Fn(&Rule) -> Result<(), String>) {
    let failures: Vec<String> = RULES
        .iter()
        .filter_map(|rule| Some(format!("{}: {}", rule.id, test(rule).err()?)))
        .collect();
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}

fn ensure(holds: bool, failure: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(failure()) }
}

#[test]
fn the_table_is_sorted_and_names_each_rule_once() {
    let ids: Vec<&str> = RuleSet::bundled().ids().collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
}

#[test]
fn ids_are_kebab_case() {
    for_each_rule(|rule| {
        let part = |part: &str| {
            let mut chars = part.chars();
            chars.next().is_some_and(|first| first.is_ascii_lowercase())
                && chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        };
        ensure(rule.id.split('-').all(part), || "the id is not kebab-case".to_owned())
    });
}

/// With `UPDATE=1`, one test reads pages that another one writes.
static PAGES: Mutex<()> = Mutex::new(());

#[test]
fn every_page_belongs_to_a_rule() {
    let rules: BTreeSet<String> = RULES.iter().map(|rule| rule.id.to_string()).collect();
    assert_eq!(names_in(&root("docs/rules"), "md"), rules);
    let _reading = PAGES.lock().unwrap();
    for_each_rule(|rule| {
        let page = fs::read_to_string(root(&format!("docs/rules/{}.md", rule.id))).unwrap();
        // The page may have been written anew since the program was built.
        let is_own = page == rule.page || page == with_sections(rule);
        ensure(is_own, || "the page is that of another rule".to_owned())
    });
}

#[test]
fn every_file_of_a_family_is_a_rule_of_it() {
    for family in Family::ALL {
        let folder = root(&format!("src/rules/{family}"));
        let files = if folder.is_dir() { names_in(&folder, "rs") } else { BTreeSet::new() };
        let rules: BTreeSet<String> = RULES
            .iter()
            .filter(|rule| rule.family == family)
            .map(|rule| rule.id.replace('-', "_"))
            .collect();
        assert_eq!(files, rules, "{family}");
    }
}

#[test]
fn a_page_begins_with_its_rule_and_keeps_the_order_of_headings() {
    for_each_rule(|rule| {
        let lines = prose(rule.page);
        let title = format!("# {}", rule.id);
        ensure(lines.first() == Some(&title.as_str()), || format!("`{title}` expected first"))?;
        let headings: Vec<&str> =
            lines.iter().filter_map(|line| line.strip_prefix("## ")).collect();
        let has_options = !rule.options.is_empty();
        let wanted = HEADINGS.into_iter().filter(|heading| has_options || *heading != "Options");
        let wanted: Vec<&str> = wanted.collect();
        let few = wanted.iter().copied().filter(|heading| *heading != "When to suppress it");
        let holds = headings == wanted || headings == few.collect::<Vec<_>>();
        ensure(holds, || format!("the headings are {headings:?}"))?;
        let options = rule.options_section().map_or(0, |section| section.lines().count() + 1);
        let made = options + rule.configure_section().lines().count() + 1;
        let length = rule.page.lines().count() - made;
        ensure((25..=60).contains(&length), || format!("{length} lines, 25 to 60 expected"))
    });
}

/// The page with the sections that are made from the rule: its options, and how to configure and suppress it.
fn with_sections(rule: &Rule) -> String {
    let cut = |from: &str| rule.page.find(&format!("\n## {from}\n")).map(|at| at + 1);
    let exceptions = cut("What is not reported").unwrap();
    let options = rule.options_section().map_or_else(String::new, |section| section + "\n");
    let before = &rule.page[..cut("Options").unwrap_or(exceptions)];
    let end = cut("Configure and suppress").unwrap_or(rule.page.len());
    let written = rule.page[exceptions..end].trim_end();
    format!("{before}{options}{written}\n\n{}", rule.configure_section())
}

#[test]
fn a_page_says_how_to_configure_and_suppress_its_rule() {
    for rule in RULES {
        let page = with_sections(rule);
        if rule.page == page {
            continue;
        }
        if env::var_os("UPDATE").is_some() {
            let _writing = PAGES.lock().unwrap();
            fs::write(root(&format!("docs/rules/{}.md", rule.id)), page).unwrap();
        } else {
            let hint = "`UPDATE=1 cargo test --test pages` writes the sections anew";
            assert_eq!(rule.page, page, "{}: {hint}", rule.id);
        }
    }
}

#[test]
fn a_page_says_under_its_title_what_the_rule_finds() {
    for_each_rule(|rule| {
        let lines = prose(rule.page);
        let paragraph: Vec<&str> = lines[1..]
            .iter()
            .skip_while(|line| line.is_empty())
            .take_while(|line| !line.is_empty())
            .copied()
            .collect();
        let sentence = paragraph.join(" ");
        // The sentence begins with a capital, the summary does not.
        let rest = |text: &str| text.chars().skip(1).collect::<String>();
        let holds = sentence.chars().next().is_some_and(|first| !first.is_lowercase())
            && rest(&sentence) == format!("{}.", rest(rule.summary));
        ensure(holds, || format!("`{}.` expected, found `{sentence}`", rule.summary))
    });
}

#[test]
fn no_part_of_a_page_is_empty() {
    for_each_rule(|rule| {
        let mut parts = rule.page.split("\n## ").skip(1);
        let empty = parts.find(|part| part.lines().skip(1).all(|line| line.trim().is_empty()));
        ensure(empty.is_none(), || format!("`{}` is empty", empty.unwrap_or_default().trim()))
    });
}

#[test]
fn examples_fail_and_pass_as_they_say() {
    for_each_rule(|rule| {
        let fences = examples(rule.page);
        for word in ["fails", "passes"] {
            ensure(fences.iter().any(|fence| fence.has(word)), || format!("no `{word}` example"))?;
        }
        for fence in &fences {
            // What is allowed must be looked for, or no one knows whether it is there.
            let allows = matches!(rule.check, Check::Allowances(_));
            let others = if allows { &SOUND[..] } else { &[] };
            let found = fence.findings(&[&[rule.id.as_str()], others].concat());
            let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
            ensure(found.iter().all(|found| found.rule == rule.id), || format!("{found:?}"))?;
            ensure(found.is_empty() == fence.has("passes"), || {
                format!("{}: found {messages:?} in\n{}", fence.words.join(" "), fence.text)
            })?;
        }
        Ok(())
    });
}

#[test]
fn examples_are_sound_in_every_other_respect() {
    for_each_rule(|rule| {
        let others: Vec<&str> = SOUND.into_iter().filter(|id| *id != rule.id).collect();
        for fence in examples(rule.page) {
            // What is wrong with the very text of an example leaves nothing else to be right about.
            if rule.family == Family::Structure && fence.has("fails") {
                continue;
            }
            let found = fence.findings(&others);
            let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
            ensure(found.is_empty(), || format!("found {messages:?} in\n{}", fence.text))?;
        }
        Ok(())
    });
}

#[test]
fn fences_are_split_into_files_at_their_paths() {
    let page = "# x\n```yaml fails\nid: a\n```\n```\nplain\n```\n```json passes schema\n=== a.json\n{\n}\n=== b.json\n[]\n```\n";
    let fences = examples(page);
    assert_eq!(fences.len(), 2);
    assert_eq!(fences[0].files(), [("example.yaml".to_owned(), "id: a\n".to_owned())]);
    let files =
        [("a.json".to_owned(), "{\n}\n".to_owned()), ("b.json".to_owned(), "[]\n".to_owned())];
    assert_eq!(fences[1].files(), files);
    assert!(fences[1].has("schema") && fences[1].has("passes") && !fences[0].has("schema"));
}
