//! What a run is about, on real folders.

use super::*;

/// A folder with these files, each holding `{}`.
fn folder(files: &[&str]) -> tempfile::TempDir {
    // The prefix is not hidden, unlike the default.
    let folder = tempfile::Builder::new().prefix("records").tempdir().unwrap();
    for file in files {
        write(folder.path(), file, "{}");
    }
    folder
}

fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn config(root: &Path, text: &str) -> Config {
    Config::parse(&root.join(FILE_NAME), text.as_bytes().to_vec(), RuleSet::bundled()).unwrap()
}

/// Each input as its path, `!` if reported, `+` if expected, and its schema.
fn reported(collected: &Collected) -> Vec<String> {
    let reported = collected.inputs.iter().map(|input| {
        let reported = if input.reported { "!" } else { "" };
        let expected = if input.expected { "+" } else { "" };
        let schema = input.schema.as_ref().map_or(String::new(), |schema| format!(" {schema}"));
        format!("{}{reported}{expected}{schema}", input.path)
    });
    reported.collect()
}

fn collect_in(root: &Path, config: Option<&Config>, named: &[&str]) -> Collected {
    let named: Vec<PathBuf> = named.iter().map(PathBuf::from).collect();
    collect(root, root, config, &named, &Buffers::default()).unwrap()
}

#[test]
fn without_names_every_file_of_a_known_syntax_is_reported() {
    let at = folder(&["b.yml", "a/x.JSON", "a/y.jsonl", "c.ndjson", "d.yaml", "e.txt", FILE_NAME]);
    assert_eq!(
        reported(&collect_in(at.path(), None, &[])),
        ["a/x.JSON!", "a/y.jsonl!", "b.yml!", "c.ndjson!", "d.yaml!"]
    );
}

#[test]
fn hidden_and_ignored_files_are_left_out_unless_named() {
    let at = folder(&["a.json", ".hidden.json", ".h/b.json", "out/c.json", "d.json"]);
    write(at.path(), ".gitignore", "out/\nd.json\n");
    assert_eq!(reported(&collect_in(at.path(), None, &[])), ["a.json!"]);
    assert_eq!(
        reported(&collect_in(at.path(), None, &["d.json", "out/c.json", ".hidden.json"])),
        [".hidden.json!+", "a.json", "d.json!+", "out/c.json!+"]
    );
}

#[test]
fn ignore_files_count_alike_in_and_outside_of_a_repository_and_wherever_a_walk_begins() {
    let at = folder(&["r/a.json", "r/b.json", "r/s/b.json", "r/s/c.json"]);
    write(at.path(), ".gitignore", "b.json\n");
    write(at.path(), "r/s/.gitignore", "c.json\n");
    let named = |names: &[&str]| reported(&collect_in(at.path(), None, names));
    for _ in 0..2 {
        assert_eq!(named(&[]), ["r/a.json!"]);
        assert_eq!(named(&["r"]), ["r/a.json!+"]);
        assert_eq!(named(&["r/s"]), [""; 0]);
        // An ignored folder that is named is looked into.
        write(at.path(), "r/.gitignore", "s/\n");
        fs::write(at.path().join("r/s/d.json"), "{}").unwrap();
        assert_eq!(named(&["r/s"]), ["r/s/d.json!+"]);
        fs::remove_file(at.path().join("r/s/d.json")).unwrap();
        fs::create_dir_all(at.path().join(".git")).unwrap();
    }
}

#[test]
fn a_named_file_brings_its_neighbours_which_are_not_reported() {
    let at = folder(&["a/x.json", "a/y.json", "a/b/z.json", "c.json"]);
    assert_eq!(
        reported(&collect_in(at.path(), None, &["a/x.json"])),
        ["a/b/z.json", "a/x.json!+", "a/y.json"]
    );
    assert_eq!(
        reported(&collect_in(at.path(), None, &["a/x.json", "./a/../a/x.json", "a/b"])),
        ["a/b/z.json!+", "a/x.json!+", "a/y.json"]
    );
}

#[test]
fn names_are_relative_to_the_working_folder_and_paths_to_the_root() {
    let at = folder(&["a/x.json", "b/y.json"]);
    let cwd = at.path().join("a");
    let collected =
        collect(at.path(), &cwd, None, &[PathBuf::from("../b")], &Buffers::default()).unwrap();
    assert_eq!(reported(&collected), ["b/y.json!+"]);
    let collected =
        collect(&cwd, &cwd, None, &[PathBuf::from("../b/y.json")], &Buffers::default()).unwrap();
    let outside = at.path().join("b/y.json").to_string_lossy().replace('\\', "/");
    assert_eq!(reported(&collected), [format!("{outside}!+")]);
}

#[test]
fn entries_say_what_the_corpus_is_and_names_what_is_reported() {
    let at = folder(&["r/a.json", "r/s/b.yaml", "r/c.txt", "other/d.json", "package.json"]);
    let config = config(
        at.path(),
        "[[records]]\nfiles = \"r/*\"\nschema = \"letter\"\n[[records]]\nfiles = \"r/**/*\"\n",
    );
    let reported = |named: &[&str]| reported(&collect_in(at.path(), Some(&config), named));
    assert_eq!(reported(&[]), ["r/a.json!+ letter", "r/s/b.yaml!+"]);
    assert_eq!(reported(&["r/s"]), ["r/a.json+ letter", "r/s/b.yaml!+"]);
    assert_eq!(reported(&["r/a.json"]), ["r/a.json!+ letter", "r/s/b.yaml+"]);
    assert_eq!(reported(&["other"]), ["r/a.json+ letter", "r/s/b.yaml+"]);
    assert_eq!(reported(&["other/d.json"]), ["other/d.json!+", "r/a.json+ letter", "r/s/b.yaml+"]);
}

#[test]
fn a_named_file_that_is_ignored_keeps_the_schema_of_its_entry() {
    let at = folder(&["r/a.json", "r/b.json"]);
    write(at.path(), ".gitignore", "b.json\n");
    let config = config(at.path(), "[[records]]\nfiles = \"r/*.json\"\nschema = \"letter\"\n");
    assert_eq!(reported(&collect_in(at.path(), Some(&config), &[])), ["r/a.json!+ letter"]);
    assert_eq!(
        reported(&collect_in(at.path(), Some(&config), &["r/b.json"])),
        ["r/a.json+ letter", "r/b.json!+ letter"]
    );
}

#[test]
fn a_configuration_without_entries_leaves_the_corpus_as_it_is() {
    let at = folder(&["a.json"]);
    let config = config(at.path(), "[rules]\ntimes = \"off\"\n");
    assert_eq!(reported(&collect_in(at.path(), Some(&config), &[])), ["a.json!"]);
}

#[test]
fn entries_may_begin_in_a_folder_that_is_not_there() {
    let at = folder(&["a.json"]);
    let config = config(at.path(), "[[records]]\nfiles = \"gone/*.json\"\n");
    let nothing = Collected { is_whole: true, ..Collected::default() };
    assert_eq!(collect_in(at.path(), Some(&config), &[]), nothing);
}

#[test]
fn what_does_not_exist_is_reported_and_the_rest_is_checked() {
    let at = folder(&["a.json"]);
    let collected = collect_in(at.path(), None, &["gone.json", "a.json", "*.yaml"]);
    assert_eq!(reported(&collected), ["a.json!+"]);
    let unread: Vec<_> = collected
        .unread
        .iter()
        .map(|unread| (unread.path.as_str(), unread.reason.as_str()))
        .collect();
    assert_eq!(
        unread,
        [("*.yaml", "no file matches the pattern"), ("gone.json", "no such file or folder")]
    );
}

#[test]
fn a_named_file_of_an_unknown_ending_is_an_error() {
    let at = folder(&["a.txt"]);
    let error = collect(at.path(), at.path(), None, &[PathBuf::from("a.txt")], &Buffers::default())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`a.txt` does not end in `.json`, `.jsonl`, `.ndjson`, `.yaml`, `.yml`, `.md` or `.markdown`"
    );
}

#[test]
fn patterns_that_no_shell_expanded_are_expanded() {
    let at = folder(&["r/a.json", "r/b.yaml", "r/c.txt", "r/s/d.json", "r/.e.json", "x[1].json"]);
    let reported = |named: &[&str]| reported(&collect_in(at.path(), None, named));
    assert_eq!(reported(&["r/*.{json,yaml}"]), ["r/a.json!+", "r/b.yaml!+", "r/s/d.json"]);
    assert_eq!(reported(&["r/*"]), ["r/a.json!+", "r/b.yaml!+", "r/s/d.json!+"]);
    assert_eq!(reported(&["r/s/**/*.json"]), ["r/s/d.json!+"]);
    // A file of that very name is not a pattern.
    assert!(reported(&["x[1].json"]).contains(&"x[1].json!+".to_owned()));
    let wrong = collect(at.path(), at.path(), None, &[PathBuf::from("a{b")], &Buffers::default())
        .unwrap_err();
    assert!(wrong.to_string().contains("without its other half"), "{wrong}");
}

#[test]
fn errors_of_reading_are_reported_in_our_own_words() {
    let at = folder(&["a.json"]);
    let reported = |name: &str| {
        let disk = at.path().join(name);
        let input = Input {
            path: name.to_owned(),
            disk,
            schema: None,
            table: None,
            supplied: None,
            reported: true,
            expected: true,
        };
        read(&input).map_err(|error| error.to_string())
    };
    assert_eq!(reported("a.json"), Ok(b"{}".to_vec()));
    assert_eq!(reported("b.json"), Err("no such file or folder".to_owned()));
    assert_eq!(reported("."), Err("it is a folder".to_owned()));
    let large = fs::File::create(at.path().join("large.json")).unwrap();
    // A file with a hole takes no room.
    large.set_len(crate::source::MAX_LEN as u64 + 1).unwrap();
    assert_eq!(reported("large.json"), Err("it is larger than 4 GiB".to_owned()));
}

#[test]
fn an_unsaved_file_counts_where_a_saved_one_would() {
    let at = folder(&["r/a.json"]);
    write(at.path(), ".gitignore", "out/\n*.draft.json\n");
    write(at.path(), "r/.ignore", "b.json\n");
    let names =
        ["r/new/c.json", "r/b.json", "out/d.json", "r/.h/e.json", "r/.f.json", "g.draft.json"];
    let mut buffers = Buffers::default();
    for name in names {
        buffers.put(at.path(), Path::new(name), b"{}".to_vec());
    }
    let config = config(at.path(), "[[records]]\nfiles = \"**/*.json\"\n");
    let reported = |config, named: &[&str]| {
        let named: Vec<PathBuf> = named.iter().map(PathBuf::from).collect();
        reported(&collect(at.path(), at.path(), config, &named, &buffers).unwrap())
    };
    for _ in 0..2 {
        assert_eq!(reported(Some(&config), &[]), ["r/a.json!+", "r/new/c.json!+"]);
        assert_eq!(reported(None, &[]), ["r/a.json!", "r/new/c.json!"]);
        assert_eq!(reported(None, &["out/d.json"]), ["out/d.json!"], "a named one counts");
        fs::create_dir_all(at.path().join(".git")).unwrap();
    }
}

#[cfg(unix)]
mod unix {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _, os::unix::fs::symlink};

    use super::*;

    #[test]
    fn links_are_not_followed_unless_named_and_loops_do_no_harm() {
        let at = folder(&["a/x.json"]);
        symlink("..", at.path().join("a/up")).unwrap();
        symlink("x.json", at.path().join("a/y.json")).unwrap();
        assert_eq!(reported(&collect_in(at.path(), None, &[])), ["a/x.json!"]);
        let named = |name: &str| reported(&collect_in(at.path(), None, &[name]));
        assert_eq!(named("a/y.json"), ["a/x.json!+"], "a link to a record is that record");
        assert_eq!(named("a/up"), ["a/x.json!+"], "and one to a folder that folder");
        assert_eq!(reported(&collect_in(at.path(), None, &["a/up/a/y.json", "a"])), ["a/x.json!+"]);
    }

    #[test]
    fn a_project_is_the_same_by_whatever_link_it_is_reached() {
        let at = folder(&["real/r/a.json", "real/r/b.json"]);
        symlink("real", at.path().join("link")).unwrap();
        let [real, link] = ["real", "link"].map(|name| at.path().join(name));
        let wanted = ["r/a.json!+", "r/b.json+"];
        for root in [&real, &link] {
            let config = config(root, "[[records]]\nfiles = \"r/*.json\"\n");
            for cwd in [&real, &link, &real.join("r"), &link.join("r")] {
                for name in [real.join("r/a.json"), link.join("r/a.json")] {
                    let named = [name.clone()];
                    let found = |buffers| collect(root, cwd, Some(&config), &named, &buffers);
                    assert_eq!(reported(&found(Buffers::default()).unwrap()), wanted);
                    let mut buffers = Buffers::default();
                    buffers.put(cwd, &name, b"[]".to_vec());
                    let found = found(buffers.clone()).unwrap();
                    assert_eq!(reported(&found), wanted);
                    assert_eq!(buffers.read(&found.inputs[0]).unwrap(), b"[]");
                    assert_eq!(
                        reported(&collect(root, cwd, None, &named, &buffers).unwrap()).len(),
                        2
                    );
                }
            }
        }
    }

    /// Each unreadable input as its path and the reason.
    fn unread(collected: &Collected) -> Vec<(&str, &str)> {
        collected.unread.iter().map(|one| (one.path.as_str(), one.reason.as_str())).collect()
    }

    const OUT: &str = "it is a link that leads out of the project";
    const BELOW: &str = "a folder in its path is a link that leads out of the project";

    #[test]
    fn a_link_out_of_the_project_is_not_followed_and_is_reported_where_a_pattern_matches_it() {
        let at = folder(&["p/r/a.json", "p/s/b.json", "out/x.json", "out/y.json"]);
        let root = at.path().join("p");
        symlink("../../out/x.json", root.join("r/x.json")).unwrap();
        symlink("../../out/none.json", root.join("r/y.json")).unwrap();
        symlink("../s/b.json", root.join("r/z.json")).unwrap();
        symlink("../../out", root.join("r/o")).unwrap();
        let with = config(&root, "[[records]]\nfiles = \"r/**/*.json\"\n");
        let collected = collect_in(&root, Some(&with), &[]);
        assert_eq!(reported(&collected), ["r/a.json!+"]);
        assert_eq!(unread(&collected), [("r/x.json", OUT), ("r/y.json", OUT)]);
        let other = config(&root, "[[records]]\nfiles = \"r/a*.json\"\n");
        assert_eq!(unread(&collect_in(&root, Some(&other), &[])), []);
        // Whoever names a folder does not say that all in it are records.
        assert_eq!(unread(&collect_in(&root, None, &["r"])), []);
    }

    #[test]
    fn a_named_link_out_of_the_project_is_not_followed() {
        let at = folder(&["p/r/a.json", "out/x.json", "out/in/y.json"]);
        let root = at.path().join("p");
        symlink("../../out/x.json", root.join("r/x.json")).unwrap();
        symlink("../out", root.join("o")).unwrap();
        for config in [None, Some(config(&root, "[[records]]\nfiles = \"r/a.json\"\n"))] {
            for (name, path, reason) in [
                ("r/x.json", "r/x.json", OUT),
                ("o", "o", OUT),
                ("o/x.json", "o/x.json", BELOW),
                ("o/gone.json", "o/gone.json", BELOW),
                ("o/in/y.json", "o/in/y.json", BELOW),
                ("r/x*.json", "r/x.json", OUT),
            ] {
                let collected = collect_in(&root, config.as_ref(), &[name]);
                assert_eq!(unread(&collected), [(path, reason)], "{name}");
                assert!(collected.inputs.iter().all(|input| !input.reported), "{name}");
            }
            // What is outside by its name is what someone wants to see checked.
            let shown = at.path().canonicalize().unwrap().join("out/x.json").display().to_string();
            let collected = collect_in(&root, config.as_ref(), &["../out/x.json"]);
            assert!(reported(&collected).contains(&format!("{shown}!+")), "{collected:?}");
            assert_eq!(unread(&collected), []);
        }
    }

    #[test]
    fn a_link_that_stays_in_the_project_is_followed() {
        let at = folder(&["data/x.json", "data/t.csv", "b.json"]);
        symlink("data", at.path().join("r")).unwrap();
        symlink("data/x.json", at.path().join("link.json")).unwrap();
        symlink(at.path().join("data/t.csv"), at.path().join("t.csv")).unwrap();
        for (files, wanted) in [("r/*.json", "r/x.json!+"), ("link.json", "link.json!+")] {
            let config = config(at.path(), &format!("[[records]]\nfiles = \"{files}\"\n"));
            let collected = collect_in(at.path(), Some(&config), &[]);
            assert_eq!(
                (reported(&collected), unread(&collected)),
                (vec![wanted.to_owned()], vec![])
            );
            assert_eq!(read(&collected.inputs[0]).unwrap(), b"{}");
        }
        let register = "[[registers]]\nfiles = \"t.csv\"\nspace = \"document\"\nkey = \"k\"\n";
        let config = config(at.path(), register);
        assert!(
            reported(&collect_in(at.path(), Some(&config), &[])).contains(&"t.csv!+ ".to_owned())
                || {
                    let collected = collect_in(at.path(), Some(&config), &[]);
                    collected
                        .inputs
                        .iter()
                        .any(|input| input.path == "t.csv" && input.table.is_some())
                }
        );
    }

    #[test]
    fn links_that_lead_nowhere_or_in_a_circle_are_reported_where_they_are_meant() {
        let at = folder(&["a.json"]);
        symlink("gone.json", at.path().join("dead.json")).unwrap();
        symlink("circle.json", at.path().join("circle.json")).unwrap();
        let wanted = [
            ("circle.json", "its links lead in a circle"),
            ("dead.json", "it is a link that leads nowhere"),
        ];
        let with = config(at.path(), "[[records]]\nfiles = \"*.json\"\n");
        assert_eq!(unread(&collect_in(at.path(), Some(&with), &[])), wanted);
        let named = ["circle.json", "dead.json"];
        assert_eq!(unread(&collect_in(at.path(), None, &named)), wanted);
        let text = "[[registers]]\nfiles = [\"circle.json\", \"dead.json\"]\nspace = \"document\"\nkey = \"k\"\n";
        assert_eq!(unread(&collect_in(at.path(), Some(&config(at.path(), text)), &[])), wanted);
    }

    #[test]
    fn a_pipe_that_a_pattern_matches_is_reported_and_not_opened() {
        let at = folder(&["a.json"]);
        let made = std::process::Command::new("mkfifo").arg(at.path().join("pipe.json")).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo is there");
        symlink("pipe.json", at.path().join("link.json")).unwrap();
        let with = config(at.path(), "[[records]]\nfiles = \"*.json\"\n");
        let wanted = ["link.json", "pipe.json"].map(|path| (path, "it is not a regular file"));
        assert_eq!(unread(&collect_in(at.path(), Some(&with), &[])), wanted);
        assert_eq!(unread(&collect_in(at.path(), None, &["link.json", "pipe.json"])), wanted);
    }

    #[test]
    fn an_ignore_file_that_is_not_a_file_closes_its_folder() {
        let at = folder(&["p/a.json", "p/s/b.json", "p/t/c.json", "list"]);
        write(at.path(), "list", "c.json\n");
        let root = at.path().join("p");
        let made = std::process::Command::new("mkfifo").arg(root.join("s/.gitignore")).status();
        assert!(made.is_ok_and(|status| status.success()), "mkfifo is there");
        symlink("../../list", root.join("t/.ignore")).unwrap();
        let collected = collect_in(&root, None, &[]);
        assert_eq!(reported(&collected), ["a.json!"]);
        let out = "it is a link that leads out of the repository or project";
        let wanted = [("s/.gitignore", "it is not a regular file"), ("t/.ignore", out)];
        assert_eq!(unread(&collected), wanted);
        // A repository may keep one list for all of its folders.
        fs::create_dir(at.path().join(".git")).unwrap();
        fs::remove_file(root.join("s/.gitignore")).unwrap();
        let collected = collect_in(&root, None, &[]);
        assert_eq!(
            (reported(&collected), unread(&collected)),
            (vec!["a.json!".to_owned(), "s/b.json!".to_owned()], vec![])
        );
        symlink("/dev/zero", at.path().join(".ignore")).unwrap();
        let collected = collect_in(&root, None, &[]);
        assert_eq!((reported(&collected), collected.unread.len()), (Vec::new(), 1));
    }

    #[test]
    fn of_two_ways_to_a_file_the_one_without_links_is_shown() {
        let at = folder(&["z/x.json"]);
        symlink("z", at.path().join("a")).unwrap();
        let config = config(at.path(), "[[records]]\nfiles = [\"a/*.json\", \"z/*.json\"]\n");
        assert_eq!(reported(&collect_in(at.path(), Some(&config), &[])), ["z/x.json!+"]);
        assert_eq!(reported(&collect_in(at.path(), Some(&config), &["a"])), ["z/x.json!+"]);
    }

    #[test]
    fn names_that_are_not_utf8_are_shown_as_well_as_possible_and_read() {
        let at = folder(&[]);
        fs::write(at.path().join(OsStr::from_bytes(b"a\xff.json")), "{}").unwrap();
        let collected = collect_in(at.path(), None, &[]);
        assert_eq!(reported(&collected), ["a\u{fffd}.json!"]);
        assert_eq!(read(&collected.inputs[0]).unwrap(), b"{}");
    }
}
