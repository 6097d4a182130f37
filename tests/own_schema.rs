//! The examples of `docs/vocabulary.md`: schemas of other people's formats, the records that they describe, and what
//! `rapporteur check` finds in them. All of it is read from the page; with `UPDATE=1` the findings on it are
//! written anew.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

use std::{
    env, fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/vocabulary.md");

/// What an example consists of: its files by path, and the findings that the page shows.
struct Example {
    title: String,
    files: Vec<(String, String)>,
    findings: String,
}

/// The parts of the page called "Example".
fn examples(page: &str) -> Vec<Example> {
    let parts = page.split("\n## ").filter_map(|part| part.strip_prefix("Example: "));
    parts.map(example).collect()
}

fn example(part: &str) -> Example {
    let title = part.lines().next().unwrap().to_owned();
    let mut example = Example { title, files: Vec::new(), findings: String::new() };
    for fence in part.split("\n```").skip(1).step_by(2) {
        let (words, text) = fence.split_once('\n').unwrap();
        match words.split_once(' ') {
            Some((_, path)) => example.files.push((path.to_owned(), format!("{text}\n"))),
            None => example.findings = format!("{text}\n"),
        }
    }
    example
}

impl Example {
    /// Runs the program on the files of the example, each passed through `change`.
    fn check(&self, change: impl Fn(&str, &str) -> String) -> Output {
        let folder = TempDir::new().unwrap();
        for (path, text) in &self.files {
            let at = folder.path().join(path);
            fs::create_dir_all(at.parent().unwrap()).unwrap();
            fs::write(at, change(path, text)).unwrap();
        }
        run(folder.path())
    }

    /// The schemas of the example.
    fn schemas(&self) -> impl Iterator<Item = Value> {
        let schemas = self.files.iter().filter(|(path, _)| path.ends_with(".schema.json"));
        schemas.map(|(_, text)| serde_json::from_str(text).unwrap())
    }
}

fn run(folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["check", "--quiet", "--format", "concise", "--color", "never"])
        .current_dir(folder)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// The schema without the words of the vocabulary.
fn without_words(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.retain(|name, _| !name.starts_with("x-"));
            members.values_mut().for_each(without_words);
        }
        Value::Array(elements) => elements.iter_mut().for_each(without_words),
        _ => {}
    }
}

#[test]
fn the_page_shows_what_is_found() {
    let page = fs::read_to_string(PAGE).unwrap();
    let mut fresh = page.clone();
    let examples = examples(&page);
    assert_eq!(examples.len(), 2);
    for example in &examples {
        let output = example.check(|_, text| text.to_owned());
        assert_eq!(text(&output.stderr), "", "{}", example.title);
        assert_eq!(output.status.code(), Some(1), "{}", example.title);
        let shown = format!("```text\n{}```", example.findings);
        fresh = fresh.replace(&shown, &format!("```text\n{}```", text(&output.stdout)));
    }
    if page != fresh && env::var_os("UPDATE").is_some() {
        fs::write(PAGE, fresh).unwrap();
    } else {
        assert_eq!(page, fresh, "`UPDATE=1 cargo test --test own_schema` writes the page anew");
    }
}

#[test]
fn overlap_order_and_speaker_are_among_the_findings_of_a_format_of_the_project() {
    let page = fs::read_to_string(PAGE).unwrap();
    let output = examples(&page)[0].check(|_, text| text.to_owned());
    for rule in ["slots-overlap", "slots-out-of-order", "speaker-missing"] {
        assert!(text(&output.stdout).contains(&format!("[{rule}]")), "{rule}");
    }
}

#[test]
fn without_the_words_nothing_is_found_but_that_they_are_missing() {
    for example in examples(&fs::read_to_string(PAGE).unwrap()) {
        let output = example.check(|path, text| {
            if !path.ends_with(".schema.json") {
                return text.to_owned();
            }
            let mut schema = serde_json::from_str(text).unwrap();
            without_words(&mut schema);
            schema.to_string()
        });
        let lines: Vec<&str> = text(&output.stdout).lines().collect();
        let [only] = lines.as_slice() else { panic!("{}: {lines:?}", example.title) };
        assert!(
            only.contains(" warning[vocabulary] rapporteur takes no facts from the one record"),
            "{only}"
        );
        assert_eq!(output.status.code(), Some(0), "{}", example.title);
    }
}

#[test]
fn a_misspelt_word_in_an_example_is_a_finding() {
    let page = fs::read_to_string(PAGE).unwrap();
    let output = examples(&page)[0].check(|_, text| text.replace("\"x-unique\"", "\"x-uniqe\""));
    let found = text(&output.stdout);
    assert!(
        found.contains("council/meeting.schema.json:") && found.contains("`x-uniqe`"),
        "{found}"
    );
}

#[test]
fn the_schemas_keep_to_the_schema_of_the_vocabulary() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/vocabulary.schema.json");
    let vocabulary = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let vocabulary = jsonschema::validator_for(&vocabulary).unwrap();
    for example in examples(&fs::read_to_string(PAGE).unwrap()) {
        for schema in example.schemas() {
            assert!(vocabulary.is_valid(&schema), "{}: {schema}", example.title);
        }
    }
}

#[test]
fn a_decision_on_names_counts_in_any_format() {
    let folder = TempDir::new().unwrap();
    let files = [
        (
            "list.schema.json",
            r#"{"x-record": {"id": "/id", "event": "/fair"}, "properties": {
            "id": {}, "fair": {}, "guests": {"items": {"x-speaker": {"name": "/name", "role": "/role"},
            "properties": {"name": {}, "role": {}}}}}}"#,
        ),
        (
            "alias.schema.json",
            r#"{"x-record": {"id": "/id"}, "properties": {"id": {}, "aliases": {"items": {
            "x-decides": {"names": ["/name", "/alias"], "verdict": "/is", "reason": "/why"},
            "properties": {"name": {}, "alias": {}, "is": {}, "why": {}}}}}}"#,
        ),
        (
            "rapporteur.toml",
            "[[records]]\nfiles = \"lists/*.json\"\nschema = \"list.schema.json\"\n\n\
            [[records]]\nfiles = \"alias.json\"\nschema = \"alias.schema.json\"\n",
        ),
        (
            "lists/a.json",
            r#"{"id": "a", "fair": "f", "guests": [{"name": "William Swing", "role": "Chair"}]}"#,
        ),
        (
            "lists/b.json",
            r#"{"id": "b", "fair": "f", "guests": [{"name": "William Lacy Swing", "role": "Chair"}]}"#,
        ),
    ];
    for (path, text) in files {
        fs::create_dir_all(folder.path().join(path).parent().unwrap()).unwrap();
        fs::write(folder.path().join(path), text).unwrap();
    }
    let alias = |is: &str| {
        let one =
            format!(r#"{{"name": "William Swing", "alias": "William Lacy Swing", "is": "{is}"}}"#);
        fs::write(
            folder.path().join("alias.json"),
            format!(r#"{{"id": "x", "aliases": [{one}]}}"#),
        )
        .unwrap();
        let output = run(folder.path());
        assert_eq!(text(&output.stderr), "");
        text(&output.stdout).to_owned()
    };
    assert!(alias("undecided").contains("info[name-variant]"));
    assert_eq!(alias("same-as"), "");
    assert_eq!(alias("distinct"), "");
}

/// The agendas of a council, with names of its own for everything.
const AGENDA: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "x-record": {"id": "/paper", "event": "/sitting", "status": "/stage"},
  "x-version": {"of": ["/sitting"], "supersedes": "/replaces"},
  "type": "object",
  "properties": {
    "paper": {"type": "string"},
    "sitting": {"type": "string"},
    "stage": {"type": "string"},
    "replaces": {"type": "string"},
    "points": {
      "type": "array",
      "items": {
        "type": "object",
        "x-interval": {"start": "/from", "end": "/to", "label": "/subject"},
        "x-agrees": {"on": "subject", "of": ["/point"], "value": "/subject"},
        "properties": {
          "point": {"type": "string"},
          "subject": {"type": "string"},
          "from": {"type": "string", "x-form": "time"},
          "to": {"type": "string", "x-form": "time"},
          "heard": {"type": "array", "items": {"type": "string", "x-speaker": {"name": ""}}}
        }
      }
    }
  }
}
"#;

#[test]
fn titles_and_versions_of_a_format_of_the_project_are_compared() {
    let agenda = |paper: &str, stage: &str, subject: &str, heard: &str| {
        format!(
            "paper: {paper}\nsitting: \"2024/07\"\nstage: {stage}\npoints:\n  - {{point: \"1\", from: \"18:00\", to: \"18:40\", subject: {subject}, heard: [{heard}]}}\n"
        )
    };
    let folder = TempDir::new().unwrap();
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
    write("agenda.schema.json", AGENDA);
    write("rapporteur.toml", "[[records]]\nfiles = \"*.yaml\"\nschema = \"agenda.schema.json\"\n");
    write("draft.yaml", &agenda("draft", "provisional", "Trees in the city", "Ann Lee"));
    write("final.yaml", &agenda("final", "final", "Trees of our city", "Bo Kim"));
    let output = run(folder.path());
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    let [title, version] = lines.as_slice() else { panic!("{lines:?}") };
    assert!(title.contains("[event-details-mismatch] the subject of “1” has “in the”"), "{title}");
    let changes = "[programme-diff] changes since draft: 1 slot retitled, 1 speaker replaced";
    assert!(version.contains(changes), "{version}");
}

#[test]
fn those_announced_and_those_handled_are_compared_in_any_format() {
    let schema = |words: &str| {
        format!(
            r#"{{"x-record": {{"id": "/id", "event": "/sitting", "status": "/stage"}}, "properties": {{
            "id": {{}}, "sitting": {{}}, "stage": {{}}, "people": {{"items": {{"x-speaker": {{"name": "/who",
            "capacity": "/as", {words}}}, "properties": {{"who": {{}}, "as": {{}}}}}}}}}}}}"#
        )
    };
    let folder = TempDir::new().unwrap();
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
    write("agenda.schema.json", &schema(r#""is": "announced""#));
    write("minutes.schema.json", &schema(r#""is": "spoke", "listed": ["Expert"]"#));
    let config = "[[records]]\nfiles = \"agenda.yaml\"\nschema = \"agenda.schema.json\"\n\n\
        [[records]]\nfiles = \"minutes.yaml\"\nschema = \"minutes.schema.json\"\n";
    write("rapporteur.toml", config);
    write(
        "agenda.yaml",
        "{id: a, sitting: s, stage: final, people: [{who: Ann Lee}, {who: Bo Kim}]}",
    );
    let heard = "{who: Ann Lee, as: expert}, {who: Cy Poe, as: expert}, {who: Di Roe, as: guest}";
    write("minutes.yaml", &format!("{{id: m, sitting: s, people: [{heard}]}}"));
    assert_eq!(text(&run(folder.path()).stdout), "");
    let rules = ["programmed-speaker-without-statement", "speaker-not-on-programme"];
    let levels: Vec<String> = rules.iter().map(|rule| format!("{rule} = \"warning\"\n")).collect();
    write("rapporteur.toml", &format!("[rules]\n{}\n{config}", levels.concat()));
    let output = run(folder.path());
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    let [announced, heard] = lines.as_slice() else { panic!("{lines:?}") };
    assert!(
        announced.contains("[programmed-speaker-without-statement] no statement by “Bo Kim”"),
        "{announced}"
    );
    assert!(heard.contains("[speaker-not-on-programme] “Cy Poe” spoke as `expert`"), "{heard}");
}

/// What is found in these files.
fn found(files: &[(&str, &str)]) -> String {
    let folder = TempDir::new().unwrap();
    for (path, text) in files {
        fs::write(folder.path().join(path), text).unwrap();
    }
    let output = run(folder.path());
    assert_eq!(text(&output.stderr), "");
    text(&output.stdout).to_owned()
}

#[test]
fn a_keyword_counts_only_where_its_condition_holds() {
    let config = "[[records]]\nfiles = \"task.yaml\"\nschema = \"task.schema.json\"\n";
    let schema = |form: &str| {
        format!(
            r#"{{"x-record": {{"id": "/id"}}, "properties": {{"id": {{}}, "due": {{"x-form": {form}}}}}}}"#
        )
    };
    let check = |form: &str, due: &str| {
        let record = format!("id: a\ndue: {due}\n");
        let files = [
            ("rapporteur.toml", config),
            ("task.schema.json", &schema(form)),
            ("task.yaml", &record),
        ];
        found(&files)
    };
    let conditional = r#"{"is": "iso-date", "when": {"not": {"const": "2011-02-31"}}}"#;
    for form in ["\"iso-date\"", conditional] {
        assert_eq!(check(form, "\"2011-05-19\""), "");
        assert!(check(form, "\"2011-02-30\"").contains("[date-invalid]"), "{form}");
    }
    assert!(check("\"iso-date\"", "\"2011-02-31\"").contains("[date-invalid]"));
    assert_eq!(check(conditional, "\"2011-02-31\""), "");
    let faulty = check(r#"{"is": "iso-date", "when": {"type": "text"}}"#, "\"2011-02-30\"");
    let [only] = faulty.lines().collect::<Vec<_>>()[..] else { panic!("{faulty}") };
    assert!(
        only.starts_with("task.schema.json:1:")
            && only.contains("error[vocabulary] argument `when` of `x-form`"),
        "{only}"
    );
    let wrong = check(r#"{"is": "iso-dat"}"#, "open");
    assert!(
        wrong.contains(
            "argument `is` of `x-form` is `iso-dat`; `bare-time`, `epoch-seconds`, `folded`,"
        ),
        "{wrong}"
    );
}

#[test]
fn a_format_only_describes_a_value_if_the_configuration_says_so() {
    let entries = "[[records]]\nfiles = \"task.yaml\"\nschema = \"task.schema.json\"\n[[records]]\nfiles = \"event.yaml\"\n\
                   [[registers]]\nfiles = \"known.csv\"\nspace = \"record\"\nkey = \"id\"\ndate = \"day\"\n";
    let schema = r#"{
        "x-record": {"id": "/id"},
        "properties": {
            "id": {},
            "at": {"type": "string", "format": "time"},
            "due": {"type": "string", "format": "date", "x-date": "held"},
            "site": {"anyOf": [{"type": "string", "format": "uri"}, {"properties": {"page": {"type": "string", "format": "uri"}}}]}
        }
    }"#;
    let check = |settings: &str, task: &str| {
        let event = "id: e\nkind: event\nname: Day of the forest\nlanguage: en\nstart: \"2026-3-21\"\nend: \"2026-03-22\"\n";
        let config = format!("{settings}{entries}");
        let known = "id,day\nr1,2026-13-02\n";
        found(&[
            ("rapporteur.toml", &config),
            ("task.schema.json", schema),
            ("task.yaml", task),
            ("event.yaml", event),
            ("known.csv", known),
        ])
    };
    let rules = |output: &str| -> Vec<String> {
        let lines = output.lines().map(|line| {
            let (path, rest) = line.split_once(':').unwrap();
            let rule = rest.split_once('[').unwrap().1.split_once(']').unwrap().0;
            format!("{path} {rule}")
        });
        lines.collect()
    };
    let bundled = ["event.yaml schema", "known.csv schema"];
    let formats = "id: a\nat: \"10:00\"\nsite: {page: //trees}\n";
    let asserted = [&bundled[..], &["task.yaml schema", "task.yaml schema"]].concat();
    assert_eq!(rules(&check("", formats)), asserted);
    assert_eq!(rules(&check("[schemas]\nformat = \"assertion\"\n", formats)), asserted);
    assert_eq!(rules(&check("[schemas]\nformat = \"annotation\"\n", formats)), bundled);
    // What our own keywords say of a value counts in either way, and once.
    let unread = "id: a\ndue: 2026-3-1x\n";
    assert_eq!(rules(&check("", unread)).last().unwrap(), "task.yaml schema");
    let annotated = rules(&check("[schemas]\nformat = \"annotation\"\n", unread));
    assert_eq!(annotated, [&bundled[..], &["task.yaml unread-value"]].concat());
}
