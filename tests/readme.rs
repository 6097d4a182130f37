//! What `README.md`, `docs/getting-started.md` and `docs/commands.md` show is what the program prints, and the links
//! between the pages lead somewhere. With `UPDATE=1` the outputs are written anew.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Component, Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn page(path: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(path)).unwrap()
}

/// The content of the fence that opens with `words`.
fn fence<'t>(page: &'t str, words: &str) -> &'t str {
    let open = format!("\n```{words}\n");
    let text = page.split_once(&open).unwrap_or_else(|| panic!("no fence `{words}`")).1;
    &text[..=text.find("\n```").unwrap()]
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(arguments)
        .args(["--color", "never"])
        .current_dir(folder)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    String::from_utf8(output.stdout).unwrap()
}

/// One test at a time writes a page.
static WRITING: Mutex<()> = Mutex::new(());

/// Compares what the page shows with what the program prints, or writes it anew.
fn compare(path: &str, shown: &str, printed: &str) {
    if shown != printed && env::var_os("UPDATE").is_some() {
        let _writing = WRITING.lock().unwrap();
        let fresh = page(path).replace(shown, printed);
        fs::write(Path::new(ROOT).join(path), fresh).unwrap();
    } else {
        assert_eq!(shown, printed, "`UPDATE=1 cargo test --test readme` writes {path} anew");
    }
}

/// The findings of a report for people, and its last lines: all but the headings of files.
fn findings(report: &str) -> Vec<&str> {
    let is_heading = |part: &str| !part.contains(char::is_whitespace);
    report
        .split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty() && !is_heading(part))
        .collect()
}

/// The rule of a finding and its place: they stay when a message is worded anew.
fn identity(finding: &str) -> (&str, &str) {
    let rule = finding.split_once("]:").map_or("", |(rule, _)| rule);
    let place = finding.lines().find(|line| line.contains("--> ")).unwrap_or_default();
    (rule, place.trim())
}

#[test]
fn the_findings_in_the_readme_are_those_of_the_records() {
    let readme = page("README.md");
    let shown = fence(&readme, "text records");
    let report = run(Path::new(ROOT), &["check", "records"]);
    let found = findings(&report);
    let mut printed = Vec::new();
    let mut before = 0;
    for finding in shown.split("...\n").flat_map(findings) {
        let mut rest = found.iter().enumerate().skip(before);
        let next = rest.find(|(_, found)| identity(found) == identity(finding));
        let (at, text) = next.unwrap_or_else(|| panic!("not found:\n{finding}"));
        if at > before {
            printed.push("...");
        }
        printed.push(text);
        before = at + 1;
    }
    assert_eq!(before, found.len(), "the end of the report is shown");
    let printed = printed.join("\n\n") + "\n";
    compare("README.md", shown, &printed);
}

#[test]
fn the_first_record_yields_what_the_pages_show() {
    let readme = page("README.md");
    let folder = TempDir::new().unwrap();
    let record = fence(&readme, "yaml forum.yaml");
    fs::write(folder.path().join("forum.yaml"), record).unwrap();
    let printed = run(folder.path(), &["check", "--format", "concise", "forum.yaml"]);
    compare("README.md", fence(&readme, "text forum.yaml"), &printed);

    let start = page("docs/getting-started.md");
    assert_eq!(fence(&start, "yaml forum.yaml"), record);
    let printed = run(folder.path(), &["check", "forum.yaml"]);
    compare("docs/getting-started.md", fence(&start, "text forum.yaml"), &printed);

    fs::write(folder.path().join("forum.yaml"), fence(&start, "yaml corrected")).unwrap();
    let printed = run(folder.path(), &["check", "forum.yaml"]);
    assert!(printed.starts_with("no findings"), "{printed}");
}

#[test]
fn the_readme_stays_short() {
    assert!(page("README.md").lines().count() < 200);
}

#[test]
fn every_command_and_option_of_check_is_on_the_page_of_commands() {
    let page = page("docs/commands.md");
    let help = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let commands = help(&["--help"]);
    let commands = commands.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    // The second line of a description is indented further.
    let commands = commands.lines().filter_map(|line| line.strip_prefix("  "));
    let commands = commands.filter(|line| !line.starts_with(' '));
    for command in commands.filter_map(|line| line.split_whitespace().next()) {
        let row = format!("\n| `rapporteur {command}");
        assert!(command == "help" || page.contains(&row), "`{command}` is missing");
    }
    let options = help(&["check", "--help"]);
    let options = options.split_whitespace().filter(|word| word.starts_with("--"));
    for option in options.map(|option| option.trim_end_matches([',', '.'])) {
        assert!(option == "--help" || page.contains(option), "`{option}` is missing");
    }
    let levels = help(&["check", "--help"]);
    let formats = levels.split_once("[possible values: ").unwrap().1.split_once(']').unwrap().0;
    // The list goes over several lines.
    for format in formats.split(',').map(str::trim) {
        assert!(page.contains(&format!("\n| `{format}` |")), "`{format}` is missing");
    }
}

/// The pages that people read, by path from the root.
fn pages() -> BTreeMap<PathBuf, String> {
    let mut pages = BTreeMap::new();
    for folder in ["", "docs", "docs/rules", "editors", "records"] {
        for entry in fs::read_dir(Path::new(ROOT).join(folder)).unwrap() {
            let name = entry.unwrap().file_name();
            let path = Path::new(folder).join(&name);
            if path.extension().is_some_and(|ending| ending == "md") {
                let text = fs::read_to_string(Path::new(ROOT).join(&path)).unwrap();
                pages.insert(path, text);
            }
        }
    }
    pages
}

/// The lines of a page outside of its fences.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    page.split("\n```").step_by(2).flat_map(str::lines)
}

/// The anchor that GitHub makes of a heading.
fn anchor(heading: &str) -> String {
    let heading = heading.trim_start_matches('#').trim().to_lowercase();
    let retained = heading.chars().filter(|c| c.is_alphanumeric() || "-_ ".contains(*c));
    retained.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// `folder` and `link` as one path, without `..`.
fn join(folder: &Path, link: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in folder.join(link).components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path
}

#[test]
fn links_between_the_pages_lead_to_a_file_and_a_heading() {
    let pages = pages();
    let (mut problems, mut met) = (Vec::new(), 0);
    for (path, text) in &pages {
        let links = prose(text).flat_map(|line| line.split("](").skip(1));
        let links = links.filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://")) {
            met += 1;
            let (file, wanted) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => path.clone(),
                file => join(path.parent().unwrap(), file),
            };
            let mut headings = pages.get(&target).into_iter().flat_map(|page| prose(page));
            let leads = Path::new(ROOT).join(&target).exists()
                && (wanted.is_empty()
                    || headings.any(|line| line.starts_with('#') && anchor(line) == wanted));
            if !leads {
                problems.push(format!("{}: {link}", path.display()));
            }
        }
    }
    assert!(met > 50, "only {met} links were found");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
