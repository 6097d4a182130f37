//! What keeps the repository in order: which module may know which, how long things are, what they are
//! called, and that what the pages name exists.

#![expect(clippy::unwrap_used, reason = "a panic in a test is a failure with a place")]

#[path = "tidy/reserved.rs"]
mod reserved;
#[path = "tidy/retired.rs"]
mod retired;
#[path = "tidy/scan.rs"]
mod scan;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use reserved::{RESERVED, Reserved};
use retired::{IDENTIFIERS, IN_MESSAGES, PHRASES, TEXTS};
use scan::{Code, files, functions, is_rust, root, sources, text, words};

/// The modules of the crate in the order of their knowledge: each may use those above it and none below.
const ORDER: &str = "digest source suggest message tree sources calendar symbol person wording finding allow profile vocabulary \
    schema fact corpus rule rules analysis lint config input output project fix linter testing server cli";

fn order() -> Vec<&'static str> {
    ORDER.split_ascii_whitespace().collect()
}

/// Modules that stand outside the order, and why.
const OUTSIDE: &[(&str, &str)] =
    &[("lib", "declares the modules"), ("main", "hands over to `cli` and knows nothing else")];

#[track_caller]
fn none(problems: &[String]) {
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// The modules of the crate that `code` names, with the offset of each mention.
fn mentions(code: &Code) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in code.plain.match_indices("crate::") {
        let rest = &code.plain[at + 7..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut is_first = true;
            for (inner, word) in group_words(group) {
                match word {
                    "{" => depth += 1,
                    "}" if depth == 0 => break,
                    "}" => depth -= 1,
                    "," => is_first |= depth == 0,
                    name if is_first && depth == 0 => {
                        found.push((at + 8 + inner, name.to_owned()));
                        is_first = false;
                    }
                    _ => {}
                }
            }
        } else if let Some((0, name)) = words(rest).next() {
            found.push((at, name.to_owned()));
        }
    }
    found
}

/// The words, braces and commas of the inside of a `use` group.
fn group_words(group: &str) -> impl Iterator<Item = (usize, &str)> {
    let marks = group.char_indices().filter(|(_, c)| matches!(c, '{' | '}' | ','));
    let marks = marks.map(|(at, c)| (at, &group[at..at + c.len_utf8()]));
    let mut all: Vec<(usize, &str)> = words(group).chain(marks).collect();
    all.sort_unstable();
    all.into_iter()
}

#[test]
fn every_module_uses_only_those_above_it() {
    let order = order();
    let rank = |name: &str| order.iter().position(|module| *module == name);
    let mut problems = Vec::new();
    let mut met = BTreeSet::new();
    for code in &sources() {
        let module = code.module();
        if OUTSIDE.iter().any(|(name, _)| *name == module) {
            continue;
        }
        let Some(own) = rank(module) else {
            problems.push(format!("{}: `{module}` has no place in the order", code.path));
            continue;
        };
        met.insert(module.to_owned());
        for (at, name) in mentions(code) {
            let place = format!("{}:{}", code.path, code.line(at));
            match rank(&name) {
                Some(used) if used > own => {
                    problems.push(format!("{place}: `{module}` uses `{name}`, which is below it"));
                }
                None => problems.push(format!("{place}: `{name}` is no module of the order")),
                _ => {}
            }
        }
        if code.path.matches('/').count() == 1 && code.plain.contains("super::") {
            problems.push(format!("{}: says `super::` for `crate::`", code.path));
        }
    }
    for missing in order.iter().filter(|module| !met.contains(**module)) {
        problems.push(format!("`{missing}` stands in the order and not in src"));
    }
    none(&problems);
}

#[test]
fn the_modules_are_those_of_the_page_in_their_order() {
    let page = text("docs/architecture.md");
    let table = page.split_once("| module | what it is for |\n|---|---|\n").unwrap().1;
    let rows = table.lines().map_while(|line| line.strip_prefix("| `")?.split('`').next());
    let named: Vec<&str> = rows.filter(|name| *name != "main").collect();
    assert_eq!(named, order());
}

#[test]
fn files_have_at_most_600_lines_and_functions_80() {
    let mut problems = Vec::new();
    let code = ["src", "tests", "benches"].into_iter().flat_map(files);
    for path in code.collect::<Vec<_>>().iter().filter(|path| is_rust(path)) {
        let lines = text(path).lines().count();
        if lines > 600 {
            problems.push(format!("{path}: {lines} lines"));
        }
    }
    let mut met = 0;
    for code in &sources() {
        let functions = functions(code);
        met += functions.len();
        for function in functions.iter().filter(|function| function.lines > 80) {
            let (name, lines) = (function.name, function.lines);
            problems.push(format!(
                "{}:{}: `{name}` has {lines} lines",
                code.path,
                code.line(function.at)
            ));
        }
    }
    assert!(met > 500, "only {met} functions were found");
    none(&problems);
}

/// Words that mean something else here, or nothing.
const BANNED: &[&str] =
    &["issue", "notice", "model", "manager", "helper", "helpers", "util", "utils"];

#[test]
fn types_and_modules_keep_to_the_glossary() {
    let mut problems = Vec::new();
    for code in &sources() {
        let all: Vec<(usize, &str)> = code.words().collect();
        for pair in all.windows(2) {
            let [(_, keyword), (at, name)] = pair else { continue };
            let names_a_thing = matches!(*keyword, "struct" | "enum" | "trait" | "type" | "mod");
            if names_a_thing && BANNED.contains(&name.to_lowercase().as_str()) {
                problems.push(format!("{}:{}: `{name}`", code.path, code.line(*at)));
            }
        }
    }
    none(&problems);
}

#[test]
fn what_one_module_does_no_other_does() {
    let mut problems = Vec::new();
    let sources = sources();
    for Reserved { words, within, why } in RESERVED {
        let mut met = false;
        for code in &sources {
            let allowed = within.iter().any(|place| code.path.starts_with(place));
            for (at, word) in code.words().filter(|(_, word)| words.contains(word)) {
                met |= allowed;
                if !allowed {
                    problems.push(format!("{}:{}: `{word}`: {why}", code.path, code.line(at)));
                }
            }
        }
        if !met {
            problems.push(format!("nothing in {within:?} says any of {words:?}"));
        }
    }
    none(&problems);
}

/// Where the engine may name a property of a bundled schema, and why.
const PROPERTIES: &[(&str, &[&str], &str)] = &[
    ("src/", &["$schema", "kind"], "they choose the schema of a record, whatever the schema"),
    ("src/corpus/relation/link.rs", &["encloses"], "a verb of the messages"),
    (
        "src/tree/markdown",
        &["sections", "preamble", "paragraphs", "links", "text", "turns"],
        "members of the tree of a Markdown text, whatever the schema",
    ),
    (
        "src/profile",
        &[
            "absent",
            "abstaining",
            "abstentions",
            "against",
            "attending",
            "ayes",
            "by",
            "committee",
            "date",
            "details",
            "end",
            "event",
            "fields",
            "first",
            "heading",
            "initials",
            "items",
            "label",
            "language",
            "last",
            "length",
            "letter",
            "links",
            "lists",
            "meeting",
            "member",
            "moments",
            "motion",
            "motions",
            "mover",
            "n",
            "name",
            "nays",
            "note",
            "number",
            "option",
            "others",
            "outcome",
            "paragraphs",
            "participants",
            "place",
            "preamble",
            "present",
            "quorum",
            "role",
            "seconder",
            "sections",
            "session",
            "speaker",
            "start",
            "status",
            "text",
            "time",
            "title",
            "to",
            "turns",
            "vote",
            "votes",
            "zone",
        ],
        "members of the tree of a Markdown text, and parts of a meeting that a schema gives names to",
    ),
    ("src/vocabulary/cites.rs", &["encloses", "raw"], "words of arguments"),
    ("src/vocabulary/space.rs", &["record"], "a word of an argument"),
    ("src/finding.rs", &["references"], "the word for a family of rules"),
    ("src/output.rs", &["file", "record"], "nouns of the summary"),
    ("src/output/checkstyle.rs", &["file", "version"], "names in the XML of Checkstyle"),
    ("src/output/junit.rs", &["file"], "an attribute in the XML of JUnit, and a noun"),
    ("src/output/sarif.rs", &["note"], "a level of SARIF"),
    ("src/person/office.rs", &["from", "session"], "words in descriptions of offices"),
    (
        "src/rules/structure/truncated_value.rs",
        &["from", "letter"],
        "English words after which a line or a span of years goes on",
    ),
    (
        "src/rules/references/ref_dangling.rs",
        &["record"],
        "what the namespace of the ids of records is called in most schemas",
    ),
    ("src/rules/speakers/speaker_in_title.rs", &["committee"], "a noun that bodies are named by"),
    (
        "src/symbol/",
        &["committee", "decisions", "n", "number", "dated", "part"],
        "words around symbols in prose",
    ),
    ("src/vocabulary/vote.rs", &["against", "abstaining"], "English words for a vote"),
    ("src/schema/", &["format"], "a keyword of JSON Schema"),
    ("src/server/", &["file", "record"], "a scheme of addresses, and a noun"),
    ("src/tree/json/explain.rs", &["file"], "a noun of the messages"),
    ("src/tree/yaml/scalar.rs", &["n"], "YAML 1.1 reads it as false"),
    ("src/cli/", &["*"], "the command line names options and columns of its own"),
    ("src/config", &["*"], "the keys of the configuration are its own"),
];

/// The properties that the bundled schemas give to records.
fn properties() -> BTreeSet<String> {
    fn collect(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                if let Some(Value::Object(properties)) = members.get("properties") {
                    found.extend(properties.keys().cloned());
                }
                members.values().for_each(|value| collect(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| collect(value, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for path in files("schemas") {
        // Its properties are the words that the engine is there to know.
        if path != "schemas/vocabulary.schema.json" {
            collect(&serde_json::from_str(&text(&path)).unwrap(), &mut found);
        }
    }
    assert!(found.contains("addressees") && found.contains("agendaItem"), "{found:?}");
    found
}

/// The words of the vocabulary and their arguments.
fn vocabulary() -> BTreeSet<String> {
    fn collect(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    match value {
                        Value::Object(properties) if key == "properties" => {
                            found.extend(properties.keys().cloned());
                        }
                        Value::Array(words) if key == "enum" => {
                            found.extend(words.iter().filter_map(Value::as_str).map(str::to_owned));
                        }
                        _ => {}
                    }
                    collect(value, found);
                }
            }
            Value::Array(items) => items.iter().for_each(|value| collect(value, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    collect(&serde_json::from_str(&text("schemas/vocabulary.schema.json")).unwrap(), &mut found);
    assert!(found.contains("x-speaker"), "{found:?}");
    found
}

#[test]
fn the_engine_names_no_property_of_a_bundled_schema() {
    let (properties, vocabulary) = (properties(), vocabulary());
    let mut problems = Vec::new();
    for code in &sources() {
        let allowed = PROPERTIES.iter().filter(|(place, ..)| code.path.starts_with(place));
        let allowed: Vec<&str> = allowed.flat_map(|(_, names, _)| *names).copied().collect();
        for (at, literal) in &code.literals {
            // A pointer to a property names it too.
            let name = literal.trim_start_matches('/');
            let is_ours = allowed.contains(&"*") || allowed.contains(&name);
            if properties.contains(name) && !vocabulary.contains(name) && !is_ours {
                problems.push(format!("{}:{}: \"{literal}\"", code.path, code.line(*at)));
            }
        }
    }
    none(&problems);
}

/// Whether `word` looks like a path in this repository, such as `src/lint.rs`.
fn is_path(word: &str) -> bool {
    let folders = ["src", "schemas", "records", "tests", "docs", "benches", "fuzz", "editors"];
    let first = word.split('/').next().unwrap_or_default();
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "./_-".contains(c));
    let is_top = ["Cargo.toml", "Cargo.lock", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"];
    plain && ((word.contains('/') && folders.contains(&first)) || is_top.contains(&word))
}

/// What is in backticks on the lines of `text`: line and content.
fn quoted(text: &str) -> Vec<(usize, &str)> {
    let numbered = (1..).zip(text.lines());
    numbered
        .flat_map(|(number, line)| {
            line.split('`').skip(1).step_by(2).map(move |word| (number, word))
        })
        .collect()
}

#[test]
fn paths_that_the_pages_name_exist() {
    assert!(is_path("docs/rules.md") && is_path("src/") && is_path("README.md"));
    assert!(!is_path("records/**/*.json") && !is_path("and/or") && !is_path("docs/rules/<id>.md"));
    let mut problems = Vec::new();
    let mut pages = files("docs");
    pages.extend(["README.md", "CONTRIBUTING.md", "records/README.md"].map(str::to_owned));
    pages.extend(files("src"));
    for page in pages.iter().filter(|page| root().join(page).exists()) {
        let text = text(page);
        let lines = quoted(&text).into_iter();
        // In a source only what the comments say is read by people.
        let is_source = std::path::Path::new(page).extension().is_some_and(|ending| ending == "rs");
        let comments: BTreeSet<usize> = (1..)
            .zip(text.lines())
            .filter(|(_, line)| !is_source || line.trim_start().starts_with("//"))
            .map(|(number, _)| number)
            .collect();
        for (line, word) in lines.filter(|(line, word)| comments.contains(line) && is_path(word)) {
            if !root().join(word).exists() {
                problems.push(format!("{page}:{line}: `{word}` is not there"));
            }
        }
    }
    none(&problems);
}

/// Every text of the repository that people write.
fn texts() -> Vec<String> {
    let folders = ["src", "schemas", "records", "tests", "docs", "benches", "fuzz", "editors"];
    let mut found: Vec<String> = folders.iter().flat_map(|folder| files(folder)).collect();
    let top = ["Cargo.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "clippy.toml"];
    found.extend(top.iter().map(|path| (*path).to_owned()));
    found.retain(|path| root().join(path).is_file());
    found
}

#[test]
fn nothing_is_left_to_do_and_no_registry_is_named() {
    // Put together here, so that this file does not say them.
    let marks =
        [["TO", "DO"], ["FIX", "ME"], ["XX", "X:"], ["HA", "CK:"]].map(|parts| parts.concat());
    let hosts = [
        ["index.", "crates.io"],
        ["static.", "crates.io"],
        ["registry", ".npm"],
        ["pypi", ".org"],
        ["arti", "factory"],
        ["proxy.go", "lang"],
        ["local", "host:"],
    ]
    .map(|parts| parts.concat());
    let mut problems = Vec::new();
    for path in texts() {
        let Ok(text) = std::fs::read_to_string(root().join(&path)) else { continue };
        for (number, line) in (1..).zip(text.lines()) {
            let mut said = marks.iter().chain(&hosts).filter(|word| line.contains(word.as_str()));
            if let Some(word) = said.next() {
                problems.push(format!("{path}:{number}: {word}"));
            }
        }
    }
    for line in text("Cargo.lock").lines().filter(|line| line.starts_with("source = ")) {
        if line != "source = \"registry+https://github.com/rust-lang/crates.io-index\"" {
            problems.push(format!("Cargo.lock: {line}"));
        }
    }
    none(&problems);
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let text = text("Cargo.toml");
    let mut problems = Vec::new();
    let (mut is_table, mut before, mut count) = (false, "", 0);
    for line in text.lines() {
        if line.starts_with('[') {
            is_table = line.ends_with("dependencies]");
        } else if is_table && line.contains('=') && !line.starts_with('#') {
            count += 1;
            if !before.starts_with("# ") {
                problems.push(line.to_owned());
            }
        }
        before = line;
    }
    assert!(count > 10, "the tables of dependencies were not found");
    none(&problems);
}

#[test]
fn every_rule_has_its_file_under_its_family_and_its_page() {
    let mut problems = Vec::new();
    let mut expected = BTreeMap::new();
    for rule in rapporteur::rules::RULES {
        let file = format!("src/rules/{}/{}.rs", rule.family, rule.id.replace('-', "_"));
        expected.insert(file, rule.id);
        if !root().join(format!("docs/rules/{}.md", rule.id)).is_file() {
            problems.push(format!("{}: no page", rule.id));
        }
    }
    for (file, id) in &expected {
        if !root().join(file).is_file() {
            problems.push(format!("{id}: not in {file}"));
        }
    }
    let pages = files("docs/rules");
    let ids: BTreeSet<&str> = rapporteur::rule::RuleSet::bundled().ids().collect();
    for page in &pages {
        let id = page.trim_start_matches("docs/rules/").trim_end_matches(".md");
        if !ids.contains(id) {
            problems.push(format!("{page}: no rule of that name"));
        }
    }
    none(&problems);
}

#[test]
fn identifiers_are_words_that_an_engineer_expects() {
    let mut problems = Vec::new();
    for code in &sources() {
        for (at, word) in code.words().filter(|(_, word)| IDENTIFIERS.contains(word)) {
            problems.push(format!("{}:{}: `{word}`", code.path, code.line(at)));
        }
    }
    none(&problems);
}

#[test]
fn texts_are_in_plain_words() {
    let mut problems = Vec::new();
    let is_page =
        |path: &String| std::path::Path::new(path).extension().is_some_and(|ending| ending == "md");
    let of = |place: &str| match std::path::Path::new(place).extension() {
        Some(_) => vec![(*place).to_owned()],
        None => files(place),
    };
    for path in TEXTS.iter().flat_map(|place| of(place)).filter(is_page) {
        for (number, line) in text(&path).lines().enumerate() {
            let line = line.to_lowercase();
            for phrase in PHRASES.iter().filter(|phrase| has_phrase(&line, phrase)) {
                problems.push(format!("{path}:{}: “{phrase}”", number + 1));
            }
        }
    }
    none(&problems);
}

#[test]
fn messages_are_in_plain_words() {
    let mut problems = Vec::new();
    let mut met = 0;
    for code in &sources() {
        for (at, literal) in &code.literals {
            met += usize::from(literal.contains(' '));
            let literal = literal.to_lowercase();
            let mut retired = PHRASES.iter().chain(IN_MESSAGES);
            if let Some(phrase) = retired.find(|phrase| has_phrase(&literal, phrase)) {
                problems.push(format!("{}:{}: “{phrase}”", code.path, code.line(*at)));
            }
        }
    }
    assert!(met > 500, "only {met} texts were found");
    none(&problems);
}

/// Whether a line in small letters has the phrase as whole words.
fn has_phrase(line: &str, phrase: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    line.match_indices(phrase).any(|(at, _)| {
        !is_word(line[..at].chars().next_back())
            && !is_word(line[at + phrase.len()..].chars().next())
    })
}
