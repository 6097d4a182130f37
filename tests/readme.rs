//! What `README.md` shows is what the program prints; with `UPDATE=1` the example is written anew.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

use std::{env, fs, path::Path, process::Command};

use tempfile::TempDir;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn readme() -> String {
    fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap()
}

/// What lies in the fence that opens with `words`.
fn fence<'t>(page: &'t str, words: &str) -> &'t str {
    let open = format!("\n```{words}\n");
    let text = page.split_once(&open).unwrap_or_else(|| panic!("no fence `{words}`")).1;
    &text[..=text.find("\n```").unwrap()]
}

fn check(folder: &Path, path: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["check", "--color", "never", path])
        .current_dir(folder)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn what_is_shown_of_the_records_is_found_in_them_in_this_order() {
    let page = readme();
    let found = check(Path::new(ROOT), "records");
    let mut rest = found.as_str();
    for part in fence(&page, "text records").split("...\n").map(str::trim) {
        let at =
            rest.find(part).unwrap_or_else(|| panic!("not found in its place:\n{part}\n\n{found}"));
        rest = &rest[at + part.len()..];
    }
    assert_eq!(rest.trim(), "", "the summary is the end");
}

#[test]
fn the_first_record_of_ones_own_yields_what_is_shown() {
    let page = readme();
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("forum.yaml"), fence(&page, "yaml forum.yaml")).unwrap();
    let found = check(folder.path(), "forum.yaml");
    let shown = fence(&page, "text forum.yaml");
    if env::var_os("UPDATE").is_some() {
        fs::write(Path::new(ROOT).join("README.md"), page.replace(shown, &found)).unwrap();
    } else {
        assert_eq!(shown, found, "`UPDATE=1 cargo test --test readme` writes the page anew");
    }
}

#[test]
fn every_command_and_option_of_check_is_named() {
    let page = readme();
    let help = |arguments: &[&str]| {
        let output =
            Command::new(env!("CARGO_BIN_EXE_rapporteur")).args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let commands = help(&["--help"]);
    let commands = commands.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    // Further lines of what a command does stand further in.
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
