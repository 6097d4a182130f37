//! The table of exit codes, each row in every format.

use rayon::prelude::*;

use super::*;

/// A row of the table: where and how the program is run, and what comes of it.
struct Row {
    code: i32,
    /// The folder below the one with all files.
    at: &'static str,
    /// What follows `check`.
    arguments: &'static str,
    /// How many findings every format says.
    findings: usize,
    /// How many inputs that could not be read.
    unread: usize,
}

const fn row(code: i32, at: &'static str, arguments: &'static str, findings: usize) -> Row {
    Row { code, at, arguments, findings, unread: 0 }
}

const ROWS: &[Row] = &[
    // Clean, or with nothing at or above the bar.
    row(0, "", "right.json", 0),
    row(0, "right", "", 0),
    row(0, "right", ".", 0),
    row(0, "", "right.json --fail-on info", 0),
    row(0, "", "info.json", 1),
    row(0, "", "info.json --fail-on warning", 1),
    row(0, "", "warning.yaml", 1),
    row(0, "", "warning.yaml --fail-on error", 1),
    row(0, "", "error.json --fail-on never", 1),
    row(0, "", "error.json --ignore unknown-kind --fail-on info", 0),
    row(0, "", "error.json --select style --fail-on info", 0),
    row(0, "", "error.json --quiet --fail-on never", 1),
    row(0, "", "right.json --allow-empty", 0),
    // With nothing to check where that is allowed.
    row(0, "nothing", "--allow-empty", 0),
    row(0, "nothing", ". --allow-empty --select style", 0),
    // At or above it.
    row(1, "", "error.json", 1),
    row(1, "", "error.json --quiet", 1),
    row(1, "", "error.json --allow-empty", 1),
    row(1, "", "error.json --statistics", 1),
    row(1, "", "error.json --fail-on warning", 1),
    row(1, "", "error.json --fail-on info", 1),
    row(1, "", "warning.yaml --fail-on warning", 1),
    row(1, "", "warning.yaml --fail-on info", 1),
    row(1, "", "info.json --fail-on info", 1),
    row(1, "", ".", 6),
    // The arguments or the configuration; a mistake outweighs everything.
    row(2, "", "--no-such-option", 0),
    row(2, "", "error.json --fail-on fatal", 0),
    row(2, "", "--config gone.toml --allow-empty", 0),
    row(2, "", "--threads none", 0),
    row(2, "", "--threads 0", 0),
    row(2, "", "--select no-such-rule", 0),
    row(2, "", "--ignore no-such-rule", 0),
    row(2, "", "--as-of tomorrow", 0),
    row(2, "", "notes.txt", 0),
    row(2, "", "gone.json notes.txt", 0),
    row(2, "", "[.json", 0),
    row(2, "", "--config gone.toml", 0),
    row(2, "", "--config key.toml", 0),
    row(2, "", "--config rule.toml", 0),
    row(2, "", "--config broken.toml", 0),
    row(2, "", "--config right.json", 0),
    row(2, "", "--baseline gone.baseline", 0),
    row(2, "", "--baseline notes.txt", 0),
    // Nothing to check.
    row(3, "nothing", "", 0),
    row(3, "nothing", ". --select style", 0),
    // Files that are not records are not "no files", whatever else is found in them.
    row(3, "others", "", 0),
    row(3, "others", "--allow-empty --quiet", 0),
    row(3, "odd", "", 0),
    row(3, "nothing", "--quiet --fail-on never", 0),
    // An input that could not be read outweighs what was found and that there was nothing.
    Row { unread: 1, ..row(4, "", "gone.json", 0) },
    Row { unread: 1, ..row(4, "", "gone.json --quiet", 0) },
    Row { unread: 1, ..row(4, "", "gone.json right.json", 0) },
    Row { unread: 1, ..row(4, "", "gone.json error.json", 1) },
    Row { unread: 2, ..row(4, "", "gone.json error.json gone/*.json --fail-on never", 1) },
    Row { unread: 1, ..row(4, "nothing", "../gone", 0) },
    Row { unread: 1, ..row(4, "nothing", "../gone --allow-empty", 0) },
];

fn files() -> tempfile::TempDir {
    folder(&[
        ("right.json", RIGHT),
        ("right/right.json", &RIGHT.replace("\"r\"", "\"below\"")),
        ("error.json", WRONG),
        ("warning.yaml", WARNING),
        ("info.json", INFO),
        ("notes.txt", "no baseline\n"),
        ("nothing/notes.txt", ""),
        ("others/package.json", "{\"name\": \"x\"}"),
        ("odd/minutes.yaml", "title: Minutes\nno: 7\n"),
        ("key.toml", "[[record]]\n"),
        ("rule.toml", "[rules]\nno-such-rule = \"off\"\n"),
        ("broken.toml", "[rules\n"),
    ])
}

/// How many findings and how many unread inputs a whole report says; what is wrong with its shape otherwise.
fn reported(format: &str, text: &str) -> Result<(usize, usize), String> {
    let json = |text: &str| serde_json::from_str::<Value>(text).map_err(|e| format!("{e}: {text}"));
    let lines = |is: fn(&&str) -> bool| text.lines().filter(is).count();
    let list = |value: &Value, pointer: &str| match value.pointer(pointer) {
        Some(Value::Array(items)) => Ok(items.clone()),
        _ => Err(format!("no list at {pointer}: {text}")),
    };
    let split = |items: Vec<Value>, is_unread: &dyn Fn(&Value) -> bool| {
        let unread = items.iter().filter(|item| is_unread(item)).count();
        (items.len() - unread, unread)
    };
    let unread = lines(|line| line.contains(": not read: "));
    match format {
        "full" => Ok((
            lines(|line| SEVERITIES.iter().any(|s| line.starts_with(&format!("{s}[")))),
            unread,
        )),
        "concise" => {
            Ok((lines(|line| SEVERITIES.iter().any(|s| line.contains(&format!(": {s}[")))), unread))
        }
        "json" => {
            let value = json(text)?;
            Ok((list(&value, "/findings")?.len(), list(&value, "/unread")?.len()))
        }
        "jsonl" => {
            let items = text.lines().map(json).collect::<Result<Vec<_>, _>>()?;
            Ok(split(items, &|item| item.get("unread").is_some()))
        }
        "sarif" => {
            let value = json(text)?;
            let unread = value.pointer("/runs/0/invocations/0/toolExecutionNotifications");
            let unread = unread.and_then(Value::as_array).map_or(0, Vec::len);
            Ok((list(&value, "/runs/0/results")?.len(), unread))
        }
        "gitlab" => Ok(split(list(&json(text)?, "")?, &|item| item["check_name"] == "unread")),
        "rdjson" => {
            let items = list(&json(text)?, "/diagnostics")?;
            Ok(split(items, &|item| item["message"].as_str().unwrap().contains("not read")))
        }
        "github" => {
            let all = lines(|line| line.starts_with("::"));
            let unread = lines(|line| line.contains("not read"));
            if all == text.lines().count() {
                Ok((all - unread, unread))
            } else {
                Err(text.to_owned())
            }
        }
        "junit" if text.starts_with("<?xml ") && text.ends_with("</testsuites>\n") => {
            // What does not make the run fail is a test that passed and has something to say.
            let mild =
                SEVERITIES.iter().map(|s| text.matches(&format!("<system-out>{s}: ")).count());
            let found = text.matches("<failure ").count() + mild.sum::<usize>();
            Ok((found, text.matches("<error ").count()))
        }
        "checkstyle" if text.starts_with("<?xml ") && text.contains("\n<checkstyle ") => {
            let unread = text.matches("not read").count();
            Ok((text.matches("<error ").count() - unread, unread))
        }
        "markdown" if text.starts_with("## Rapporteur\n") => {
            let unread = lines(|line| line.contains("not read"));
            Ok((
                lines(|line| SEVERITIES.iter().any(|s| line.starts_with(&format!("| {s} |")))),
                unread,
            ))
        }
        _ => Err(format!("{format}: {text}")),
    }
}

const SEVERITIES: [&str; 3] = ["error", "warning", "info"];

#[test]
fn every_row_holds_in_every_format() {
    ROWS.par_iter().enumerate().for_each(|(number, row)| {
        let all = files();
        let before = state(all.path());
        for format in FORMATS {
            holds(row, all.path(), format, run);
        }
        // A process ends as it does here, whatever the format.
        holds(row, all.path(), FORMATS[number % FORMATS.len()], spawn);
        assert_eq!(state(all.path()), before, "{} wrote something", row.arguments);
    });
    let codes: BTreeSet<i32> = ROWS.iter().map(|row| row.code).collect();
    assert_eq!(codes, (0..=4).collect());
}

#[track_caller]
fn holds(row: &Row, all: &Path, format: &str, run: fn(&Path, &[&str]) -> Answer) {
    let Row { code, at, arguments, findings, unread } = row;
    let reports = folder(&[]);
    let file = reports.path().join("report");
    let to_both = ["--format", format, "--output-file", file.to_str().unwrap(), "--format", format];
    let arguments: Vec<&str> =
        ["check"].into_iter().chain(arguments.split_whitespace()).chain(to_both).collect();
    let answer = run(&all.join(at), &arguments);
    let what = format!("{arguments:?}: {}{}", answer.out, answer.err);
    assert_eq!(answer.code, *code, "{what}");
    if *code == 2 {
        assert!(answer.out.is_empty() && !answer.err.is_empty(), "{what}");
        assert!(!file.exists(), "{what}");
        return;
    }
    assert_eq!(reported(format, &answer.out), Ok((*findings, *unread)), "{what}");
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(reported(format, &text), Ok((*findings, *unread)), "{what}");
    let nothing = "nothing to check: no records were found";
    if *code == 3 || (*code == 0 && *at == "nothing") {
        let seen = match *at {
            "others" => ": 1 JSON file is not a record, because it has no `kind`",
            "odd" => ": 1 YAML file is not a record, because it has no `kind`",
            _ => "\n",
        };
        assert!(answer.err.starts_with(&format!("{nothing}{seen}")), "{what}");
    } else if !arguments.contains(&"--statistics") {
        assert_eq!(answer.err, "", "{what}");
    }
}

#[test]
fn the_rows_are_those_of_the_page_of_commands_and_of_the_help() {
    let page = fs::read_to_string(repository().join("docs/commands.md")).unwrap();
    let table = page.split_once("\n| exit code | means |\n|---|---|\n").unwrap().1;
    let table = table.split_once("\n\n").unwrap().0.lines();
    let codes: Vec<&str> = table.map(|line| line.split('|').nth(1).unwrap().trim()).collect();
    let help = run(&repository(), &["--help"]).out;
    let listed = help.split_once("Exit codes:\n").unwrap().1.lines();
    let listed: Vec<&str> = listed.map(|line| line.split_whitespace().next().unwrap()).collect();
    let tried: BTreeSet<String> = ROWS.iter().map(|row| row.code.to_string()).collect();
    assert_eq!(codes, listed);
    assert_eq!(codes, tried.iter().collect::<Vec<_>>());
}

#[test]
fn what_could_not_be_read_is_reported_beside_what_was_found() {
    let all = files();
    for format in FORMATS {
        let answer = run(all.path(), &["check", "gone.json", "error.json", "--format", format]);
        for reported in ["gone.json", "no such file or folder", "unknown-kind"] {
            assert!(
                answer.out.contains(reported),
                "{format} does not report {reported}: {}",
                answer.out
            );
        }
    }
    let answer = run(all.path(), &["check", "--format", "xml"]);
    assert!(answer.code == 2 && answer.err.contains("[possible values: full, concise, json"));
    assert_eq!(run(all.path(), &[]).code, 2);
    assert_eq!(run(all.path(), &["chek"]).code, 2);
}
