//! The steps of `docs/your-own-records.md` do what the page says.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

use std::{fs, path::Path, process::Command};

use tempfile::TempDir;

const PAGE: &str = "docs/your-own-records.md";

/// The fences of a page: the words after the backticks, and the text.
fn fences(page: &str) -> Vec<(&str, &str)> {
    let fences = page.split("\n```").skip(1).step_by(2);
    fences.map(|fence| fence.split_once('\n').unwrap_or((fence, ""))).collect()
}

/// What the program prints with the arguments of a command.
fn printed(folder: &Path, command: &str) -> String {
    let arguments = command.split_whitespace().skip(1);
    let mut program = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    let output = program.args(arguments).current_dir(folder).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{command}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_steps_lead_to_true_findings() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = fs::read_to_string(&path).unwrap();
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    fs::write(at.join("README.md"), "# The board\n").unwrap();
    for (words, text) in fences(&page) {
        if let Some(("md", file)) = words.split_once(' ') {
            fs::create_dir_all(at.join(file).parent().unwrap()).unwrap();
            fs::write(at.join(file), format!("{text}\n")).unwrap();
        }
    }
    let shown: Vec<&str> = fences(&page)
        .into_iter()
        .filter(|(words, _)| *words == "text")
        .map(|(_, text)| text)
        .collect();
    assert!(printed(at, "rapporteur init").starts_with(&format!("{}\n", shown[0])));
    for (words, text) in fences(&page) {
        if words == "toml rapporteur.toml" {
            let written = fs::read_to_string(at.join("rapporteur.toml")).unwrap();
            assert!(written.contains(&format!("\n{text}\n")), "{written}");
        }
    }
    let found = printed(at, "rapporteur check --quiet --format concise");
    assert_eq!(found, format!("{}\n", shown[1]));
    // With what the page says of names, a file that is called after another day is found.
    let (_, config) = fences(&page).into_iter().find(|(words, _)| *words == "toml").unwrap();
    fs::write(at.join("rapporteur.toml"), config).unwrap();
    fs::rename(at.join("board/2026-02-11.md"), at.join("board/2026-02-12.md")).unwrap();
    let found = printed(at, "rapporteur check --quiet --format concise");
    assert!(found.contains("path-mismatch"), "{found}");
}
