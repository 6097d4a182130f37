//! What is written, where, and that it works.

use std::{fs, path::Path};

use super::{
    super::tests::{RIGHT, WRONG, folder, run_in},
    *,
};

fn written(at: &Path) -> String {
    fs::read_to_string(at.join(FILE_NAME)).unwrap()
}

#[test]
fn the_configuration_names_the_records_that_are_there_and_nothing_else() {
    let at =
        folder(&[("minutes/1.json", RIGHT), ("package.json", "{}"), ("site/menu.yaml", "a: 1")]);
    let (code, out, err) = run_in(at.path(), &["init"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let first =
        "wrote rapporteur.toml: 1 record in minutes/**/*.{json,jsonl,ndjson,yaml,yml}\n\nnext:\n";
    assert!(out.starts_with(first), "{out}");
    assert!(
        written(at.path())
            .contains("\n[[records]]\nfiles = \"minutes/**/*.{json,jsonl,ndjson,yaml,yml}\"\n\n")
    );
    let (code, out, _) = run_in(at.path(), &["check"]);
    assert_eq!((code, out.as_str()), (0, "no findings in 1 file (1 record)\n"));
}

#[test]
fn files_of_no_known_kind_get_an_entry_to_fill_in() {
    let minutes = "{\"meeting\": \"2026-01\", \"present\": [\"Ana Ruiz\"]}";
    let at =
        folder(&[("minutes/1.json", minutes), ("minutes/2.json", minutes), ("package.json", "{}")]);
    let (code, out, _) = run_in(at.path(), &["init"]);
    let pattern = "minutes/**/*.{json,jsonl,ndjson,yaml,yml}";
    let first = format!(
        "wrote rapporteur.toml: no record of a known kind is here; it has an entry to fill in for 2 files in {pattern}, \
         which need a schema of your own\n"
    );
    assert!(code == 0 && out.starts_with(&first), "{out}");
    let text = written(at.path());
    let entry = format!(
        "# [[records]]\n# files = \"{pattern}\"\n# schema = \"schemas/record.schema.json\"\n"
    );
    assert!(text.contains(&entry), "{text}");
    let (code, _, err) = run_in(at.path(), &["check"]);
    assert!(code == 3 && err.contains("3 JSON files"), "{err}");
    // With the signs taken away and a schema, they are records.
    let entry_alone = entry.replace("# ", "");
    fs::write(at.path().join(FILE_NAME), text.replace(&entry, &entry_alone)).unwrap();
    fs::create_dir(at.path().join("schemas")).unwrap();
    let schema = "{\"properties\": {\"present\": {\"items\": {\"x-speaker\": {\"name\": \"\"}}}}}";
    fs::write(at.path().join("schemas/record.schema.json"), schema).unwrap();
    assert_eq!(run_in(at.path(), &["check"]).1, "no findings in 2 files (2 records)\n");
}

#[test]
fn where_no_records_are_they_are_expected_in_their_usual_place() {
    let at = folder(&[("package.json", "{}")]);
    let (code, out, _) = run_in(at.path(), &["init"]);
    assert!(
        code == 0 && out.contains("no records are here yet; it expects them in records/"),
        "{out}"
    );
    assert_eq!(run_in(at.path(), &["check"]).0, 3);
    fs::create_dir(at.path().join("records")).unwrap();
    fs::write(at.path().join("records/a.json"), WRONG).unwrap();
    assert_eq!(run_in(at.path(), &["check"]).0, 1);
}

#[test]
fn records_that_are_everywhere_among_other_files_are_found_without_patterns() {
    let names: Vec<String> = (0..=MOST).map(|number| format!("{number}.json")).collect();
    let mut files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), RIGHT)).collect();
    files.push(("package.json", "{}"));
    let at = folder(&files);
    let (code, out, _) = run_in(at.path(), &["init"]);
    assert!(code == 0 && out.contains("25 records among other files"), "{out}");
    assert!(!written(at.path()).contains("\n[[records]]"));
    let (_, out, _) = run_in(at.path(), &["check", "--ignore", "duplicates"]);
    assert!(out.contains("in 26 files (25 records)"), "{out}");
}

#[test]
fn what_is_commented_out_may_be_taken_in() {
    let known = crate::rule::RuleSet::bundled();
    for patterns in
        [None, Some(&[][..]), Some(&["a.json".to_owned(), "b \"c\".json".to_owned()][..])]
    {
        let text = with_entry(&entry_for_records(patterns));
        let plain = Config::parse(Path::new(FILE_NAME), text.clone().into_bytes(), known).unwrap();
        let files =
            plain.entries.iter().flat_map(|entry| &entry.files).map(|glob| glob.text.clone());
        let usual = vec![USUAL.to_owned()];
        assert_eq!(
            files.collect::<Vec<_>>(),
            match patterns {
                None => Vec::new(),
                Some([]) => usual,
                Some(patterns) => patterns.to_vec(),
            }
        );
        let is_code = |line: &str| line.starts_with("[[") || line.contains(" = \"");
        let taken_in = text.lines().map(|line| match line.strip_prefix("# ") {
            Some(inside) if is_code(inside) => inside,
            _ => line,
        });
        let taken_in = taken_in.collect::<Vec<_>>().join("\n");
        let all = Config::parse(Path::new(FILE_NAME), taken_in.into_bytes(), known).unwrap();
        assert_eq!(all.rules.len(), 3);
        assert!(all.entries.iter().any(|entry| entry.schema.is_some()));
        assert!(text.lines().all(|line| line.len() <= 125) && !text.contains('@'), "{text}");
    }
}

#[test]
fn a_configuration_that_is_there_stays_as_it_is() {
    let at = folder(&[(FILE_NAME, "[rules]\n"), ("minutes/1.json", RIGHT)]);
    let (code, out, err) = run_in(at.path(), &["init"]);
    assert!(code == 2 && out.is_empty(), "{out}");
    assert!(err.starts_with("error: `rapporteur.toml` already exists\n\n  tip: "), "{err}");
    assert_eq!(written(at.path()), "[rules]\n");
}

#[test]
fn a_project_within_a_project_is_reported() {
    let at = folder(&[(FILE_NAME, "[rules]\n"), ("council/minutes/1.json", RIGHT)]);
    let inner = at.path().join("council");
    let (code, _, err) = run_in(&inner, &["init"]);
    assert_eq!(code, 0);
    assert!(err.starts_with("note: this folder is a project of its own now; "), "{err}");
    assert!(err.ends_with("rapporteur.toml no longer counts in it\n"), "{err}");
    assert!(written(&inner).contains("\"minutes/**/"));
}

#[test]
fn the_rest_is_printed_and_nothing_written() {
    let at = folder(&[("a.json", RIGHT)]);
    for snippet in Snippet::value_variants() {
        let name = snippet.to_possible_value().unwrap();
        let (code, out, err) = run_in(at.path(), &["init", "--print", name.get_name()]);
        assert_eq!((code, out.as_str(), err.as_str()), (0, snippet.text(), ""));
        let syntax = if *snippet == Snippet::Vscode { Syntax::Json } else { Syntax::Yaml };
        let source = Source::from_bytes(String::new(), syntax, out.clone().into_bytes());
        let tree = Tree::parse(Arc::new(source));
        // `on` of GitHub is a key that readers of YAML disagree about.
        assert!(tree.is_whole(), "{:?}", tree.problems());
        assert!(out.contains("rapporteur check"), "{out}");
        // The hook is written rather than printed.
        let next = next(Hook::Possible);
        let is_hook = *snippet == Snippet::PreCommit && next.contains("init --hook ");
        assert!(is_hook || next.contains(&format!("--print {} ", name.get_name())), "{next}");
    }
    assert_eq!(fs::read_dir(at.path()).unwrap().count(), 1);
}

#[test]
fn below_the_root_of_a_repository_the_hook_is_printed_and_names_the_configuration() {
    for git in [".git/HEAD", ".git"] {
        let at = folder(&[(git, ""), ("council/deep \"x/a.json", RIGHT)]);
        let inner = at.path().join("council/deep \"x");
        let (code, out, err) = run_in(&inner, &["init", "--hook"]);
        assert_eq!((code, out.as_str()), (2, ""), "{git}");
        assert!(err.starts_with("error: pre-commit runs its hooks in `"), "{err}");
        assert!(err.contains("`rapporteur init --print pre-commit` prints what to write"), "{err}");
        assert_eq!(fs::read_dir(&inner).unwrap().count(), 1, "nothing is written");
        let args = |at: &Path| {
            let (code, out, _) = run_in(at, &["init", "--print", "pre-commit"]);
            assert_eq!(code, 0);
            let line = out.lines().find_map(|line| line.strip_prefix("        args: "));
            line.map(str::to_owned)
        };
        assert_eq!(args(at.path()), None);
        let own = r#"[--config, "council/deep \"x/rapporteur.toml"]"#;
        assert_eq!(args(&inner).as_deref(), Some(own));
        let (code, out, _) = run_in(&inner, &["init"]);
        assert!(code == 0 && out.contains("\n  rapporteur init --print pre-commit  "), "{out}");
        assert!(!out.contains("--hook"), "{out}");
        // What counts here is what the hook names.
        fs::remove_file(inner.join(FILE_NAME)).unwrap();
        fs::write(at.path().join("council").join(FILE_NAME), "").unwrap();
        assert_eq!(args(&inner).as_deref(), Some(r#"[--config, "council/rapporteur.toml"]"#));
        fs::write(at.path().join(FILE_NAME), "").unwrap();
        fs::remove_file(at.path().join("council").join(FILE_NAME)).unwrap();
        assert_eq!(args(&inner), None);
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_there_already() {
    for name in [HOOK, FILE_NAME] {
        let at = folder(&[("a.json", RIGHT)]);
        std::os::unix::fs::symlink("gone", at.path().join(name)).unwrap();
        let (code, out, err) = run_in(at.path(), &["init", "--hook"]);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.starts_with(&format!("error: `{name}` already exists\n")), "{err}");
        assert_eq!(fs::read_dir(at.path()).unwrap().count(), 2, "nothing is written");
    }
}

#[test]
fn the_editor_finds_the_parts_of_a_line() {
    let task: serde_json::Value = serde_json::from_str(Snippet::Vscode.text()).unwrap();
    let pattern = &task["tasks"][0]["problemMatcher"]["pattern"];
    let matcher = regex::Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
    let at = folder(&[("a b.json", WRONG)]);
    let command = task["tasks"][0]["command"].as_str().unwrap();
    let mut arguments: Vec<&str> = command.split(' ').skip(1).collect();
    arguments.push(".");
    let (code, out, _) = run_in(at.path(), &arguments);
    assert_eq!((code, out.lines().count()), (1, 1), "{out}");
    let found = matcher.captures(out.trim_end()).unwrap();
    let part = |name: &str| &found[pattern[name].as_u64().unwrap() as usize];
    assert_eq!(
        ["file", "line", "column", "severity", "code"].map(part),
        ["a b.json", "1", "2", "error", "unknown-kind"]
    );
    assert_eq!(part("message"), "a record must be an object, but this is a number");
}

#[test]
fn the_hook_is_written_beside_and_nothing_that_is_there_is_touched() {
    let at = folder(&[("a.json", RIGHT)]);
    let printed = |arguments: &[&str]| run_in(at.path(), arguments);
    let (code, out, err) = printed(&["init", "--hook"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("wrote rapporteur.toml: 1 record in "), "{out}");
    assert_eq!(&lines[1..4], ["wrote .pre-commit-config.yaml", "", "next:"], "{out}");
    assert!(lines[5].starts_with("  pre-commit install "), "{out}");
    let path = at.path().join(HOOK);
    assert_eq!(fs::read_to_string(&path).unwrap(), Snippet::PreCommit.text());
    // A hook that is there, even an empty one, stops it before anything is written.
    fs::remove_file(at.path().join(FILE_NAME)).unwrap();
    fs::write(&path, "").unwrap();
    let (code, out, err) = printed(&["init", "--hook"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.starts_with("error: `.pre-commit-config.yaml` already exists\n"), "{err}");
    assert!(err.contains("`rapporteur init --print pre-commit` prints what to add"), "{err}");
    assert!(!at.path().join(FILE_NAME).exists() && fs::read(&path).unwrap().is_empty());
    // A configuration that is there stays, and gets its hook.
    fs::remove_file(&path).unwrap();
    fs::write(at.path().join(FILE_NAME), "# ours\n").unwrap();
    let (code, out, _) = printed(&["init", "--hook"]);
    let first = "kept rapporteur.toml as it is\nwrote .pre-commit-config.yaml\n\nnext:\n";
    assert!(code == 0 && out.starts_with(first), "{out}");
    assert_eq!(written(at.path()), "# ours\n");
    assert_eq!(printed(&["init", "--hook", "--print", "github"]).0, 2);
}
