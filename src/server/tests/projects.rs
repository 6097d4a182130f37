//! Which project a file belongs to, and under which of its names it is reported.

use std::fs;

use serde_json::json;

use super::conversation::{Editor, RIGHT, folder};

/// Every file ending in `.json` holds records.
const CONFIG: &str = "[[records]]\nfiles = \"**/*.json\"\n";
const WRONG: &str = "{\"kind\": \"register\"}";

/// The files with diagnostics.
fn published(editor: &mut Editor) -> Vec<String> {
    editor.published().into_keys().collect()
}

#[test]
fn projects_below_a_folder_are_projects_of_their_own_whatever_is_open() {
    let at = folder(&[
        ("p/rapporteur.toml", "[[records]]\nfiles = \"*.json\"\n[rules]\nschema = \"off\"\n"),
        ("p/a.json", WRONG),
        ("q/r/rapporteur.toml", CONFIG),
        ("q/r/a.json", RIGHT),
        ("q/r/b.json", WRONG),
        ("c.json", WRONG),
        ("q/d.json", RIGHT),
    ]);
    let mut editor = Editor::start(at.path(), &json!({}));
    assert_eq!(published(&mut editor), ["q/r/b.json"], "files outside the projects are in none");
    for path in ["p/a.json", "q/r/a.json"] {
        let text = fs::read_to_string(at.path().join(path)).unwrap();
        editor.open(path, &text);
        assert_eq!(published(&mut editor), ["q/r/b.json"], "{path}");
        editor.close(path);
        assert_eq!(published(&mut editor), ["q/r/b.json"], "{path}");
    }
    editor.open("c.json", WRONG);
    assert_eq!(published(&mut editor), ["c.json", "q/r/b.json"], "it is checked alone");
    editor.leave();
}

#[test]
fn a_project_in_a_project_is_reported_by_itself() {
    let at = folder(&[
        ("rapporteur.toml", CONFIG),
        ("a.json", WRONG),
        ("in/rapporteur.toml", "[[records]]\nfiles = \"*.json\"\n[rules]\nschema = \"off\"\n"),
        ("in/b.json", WRONG),
    ]);
    let mut editor = Editor::start(at.path(), &json!({}));
    assert_eq!(published(&mut editor), ["a.json"]);
    editor.open("in/b.json", WRONG);
    assert_eq!(published(&mut editor), ["a.json"]);
    editor.leave();
}

#[test]
fn projects_come_and_go_with_their_configuration() {
    let at = folder(&[("a.json", WRONG), ("p/b.json", WRONG), ("q/rapporteur.toml", CONFIG)]);
    let mut editor = Editor::start(at.path(), &json!({}));
    assert_eq!(published(&mut editor), [""; 0]);
    fs::write(at.path().join("p/rapporteur.toml"), CONFIG).unwrap();
    editor.watched("p/rapporteur.toml");
    assert_eq!(published(&mut editor), ["p/b.json"]);
    for name in ["p", "q"] {
        let path = format!("{name}/rapporteur.toml");
        fs::remove_file(at.path().join(&path)).unwrap();
        editor.watched(&path);
    }
    assert_eq!(
        published(&mut editor),
        ["a.json", "p/b.json"],
        "a folder with none anywhere is one"
    );
    editor.open("p/rapporteur.toml", CONFIG);
    assert_eq!(published(&mut editor), ["p/b.json"], "one that is not saved yet counts");
    editor.close("p/rapporteur.toml");
    assert_eq!(published(&mut editor), ["a.json", "p/b.json"]);
    fs::write(at.path().join("rapporteur.toml"), CONFIG).unwrap();
    editor.save("rapporteur.toml");
    assert_eq!(published(&mut editor), ["a.json", "p/b.json"]);
    editor.leave();
}

#[test]
fn a_baseline_counts_while_it_is_open_whether_it_is_on_disk_or_not() {
    let at = folder(&[("rapporteur.toml", CONFIG), ("a.json", RIGHT)]);
    let mut editor = Editor::start(at.path(), &json!({}));
    editor.open("rapporteur.baseline", "no entry\n");
    let all = editor.diagnostics();
    assert_eq!(all["rapporteur.baseline"][0]["code"], "baseline");
    editor.close("rapporteur.baseline");
    assert_eq!(published(&mut editor), [""; 0]);
    editor.leave();
}

#[test]
fn a_table_that_matches_nothing_is_reported_where_the_configuration_names_it() {
    let register = "[[registers]]\nfiles = \"reg/*.tsv\"\nspace = \"document\"\nkey = \"k\"\n";
    let config = format!("{CONFIG}{register}");
    let at = folder(&[("rapporteur.toml", &config), ("a.json", RIGHT)]);
    let mut editor = Editor::start(at.path(), &json!({}));
    let published = editor.published();
    assert_eq!(published.keys().collect::<Vec<_>>(), ["rapporteur.toml"], "{published:?}");
    let wanted = "3:8 1 unread `reg/*.tsv` is not read: no file matches the pattern";
    assert_eq!(published["rapporteur.toml"], [wanted]);
    editor.open("reg/new.tsv", "k\nA/RES/63/225\n");
    assert!(editor.published().is_empty(), "a table that is not saved yet is one");
    editor.leave();
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    /// A project in `real`, to which `link` leads, with the same id in two of its files.
    fn linked() -> tempfile::TempDir {
        let at = folder(&[
            ("real/rapporteur.toml", CONFIG),
            ("real/r/a.json", WRONG),
            ("real/r/b.json", RIGHT),
        ]);
        symlink("real", at.path().join("link")).unwrap();
        at
    }

    #[test]
    fn a_text_is_over_its_file_by_whatever_link_the_editor_has_opened_it() {
        for (root, other) in [("real", "link"), ("link", "real"), ("real", "real")] {
            let at = linked();
            let mut editor = Editor::start(&at.path().join(root), &json!({}));
            editor.rooted(at.path());
            let [by_root, by_other] = [root, other].map(|name| format!("{name}/r/a.json"));
            assert_eq!(published(&mut editor), [by_root.as_str()], "as the folder is called");
            editor.open(&by_other, WRONG);
            assert_eq!(published(&mut editor), [by_other.as_str()], "as the file is called");
            editor.change(&by_other, 2, &RIGHT.replace("\"r\"", "\"s\""));
            assert_eq!(published(&mut editor), [""; 0]);
            // It is not also there by its other name.
            editor.change(&by_other, 3, RIGHT);
            let lines = editor.published().into_values().flatten().collect::<Vec<_>>();
            assert!(lines.len() == 1 && lines[0].contains("duplicate-id"), "{lines:?}");
            editor.close(&by_other);
            assert_eq!(published(&mut editor), [by_root.as_str()]);
            editor.leave();
        }
    }

    #[test]
    fn a_configuration_and_a_new_file_count_by_any_name() {
        let at = linked();
        let mut editor = Editor::start(&at.path().join("link"), &json!({}));
        editor.rooted(at.path());
        editor.open("real/r/new/c.json", WRONG);
        assert_eq!(published(&mut editor), ["link/r/a.json", "real/r/new/c.json"]);
        editor.open("real/rapporteur.toml", "[rules]\nschema = \"off\"\n");
        assert_eq!(published(&mut editor), [""; 0]);
        editor.open("link/rapporteur.toml", "colour = 1\n");
        let wrong = ["link/rapporteur.toml", "real/rapporteur.toml"];
        assert_eq!(
            published(&mut editor),
            wrong,
            "both show the file, of which the last text counts"
        );
        editor.leave();
    }

    #[test]
    fn records_that_a_project_links_to_are_its_own_where_they_are_in_it() {
        let at = folder(&[
            ("p/rapporteur.toml", "[[records]]\nfiles = \"records/*.json\"\n"),
            ("p/data/a.json", WRONG),
            ("p/data/b.json", RIGHT),
        ]);
        symlink("data", at.path().join("p/records")).unwrap();
        let mut editor = Editor::start(&at.path().join("p"), &json!({}));
        editor.rooted(at.path());
        assert_eq!(published(&mut editor), ["p/data/a.json"]);
        for name in ["p/records/a.json", "p/data/a.json"] {
            editor.open(name, WRONG);
            assert_eq!(published(&mut editor), [name]);
            editor.change(name, 2, RIGHT);
            assert!(
                editor.published().values().flatten().all(|line| line.contains("duplicate-id"))
            );
            editor.change(name, 3, &RIGHT.replace("\"r\"", "\"s\""));
            assert_eq!(published(&mut editor), [""; 0]);
            editor.close(name);
            assert_eq!(published(&mut editor), ["p/data/a.json"]);
        }
        editor.leave();
    }

    #[test]
    fn a_folder_that_a_link_leads_out_to_is_in_no_project_whatever_is_open() {
        let at = folder(&[
            ("p/rapporteur.toml", "[[records]]\nfiles = \"records/*.json\"\n"),
            ("elsewhere/a.json", "SECRET"),
        ]);
        symlink("../elsewhere", at.path().join("p/records")).unwrap();
        let mut editor = Editor::start(&at.path().join("p"), &json!({}));
        editor.rooted(at.path());
        let wanted = "1:8 1 configuration the pattern `records/*.json` leads out of the project by a link\n\
                      help: copy the files into the folder of the configuration";
        assert_eq!(editor.published()["p/rapporteur.toml"], [wanted]);
        for name in ["p/records/a.json", "elsewhere/a.json"] {
            editor.open(name, WRONG);
            let published = published(&mut editor);
            assert!(published.len() == 2 && published.contains(&name.to_owned()), "{published:?}");
            editor.close(name);
        }
        assert_eq!(published(&mut editor), ["p/rapporteur.toml"]);
        editor.leave();
    }

    #[test]
    fn a_link_out_of_the_project_is_reported_in_its_own_place() {
        let at = folder(&[
            ("p/rapporteur.toml", "[[records]]\nfiles = \"*.json\"\nschema = \"s.json\"\n"),
            ("p/s.json", r#"{"properties": {"a": {"$ref": "t.yaml"}}}"#),
            ("secret", "SECRET"),
        ]);
        for name in ["a.json", "t.yaml", "rapporteur.baseline"] {
            symlink("../secret", at.path().join("p").join(name)).unwrap();
        }
        let mut editor = Editor::start(&at.path().join("p"), &json!({}));
        editor.rooted(at.path());
        let out = "it is a link that leads out of the project";
        assert_eq!(editor.published()["p/rapporteur.baseline"], [format!("0:0 1 baseline {out}")]);
        fs::remove_file(at.path().join("p/rapporteur.baseline")).unwrap();
        editor.watched("p/rapporteur.baseline");
        let all = editor.published();
        assert_eq!(all["p/a.json"], [format!("0:0 1 unread not read: {out}")]);
        assert!(all["p/s.json"][0].ends_with(out), "{all:?}");
        assert!(!format!("{all:?}").contains("SECRET"), "{all:?}");
        editor.open("p/a.json", "[9]");
        assert!(editor.published()["p/a.json"].iter().any(|line| line.ends_with(out)));
        editor.close("p/a.json");
        fs::remove_file(at.path().join("p/rapporteur.toml")).unwrap();
        symlink("../secret", at.path().join("p/rapporteur.toml")).unwrap();
        editor.watched("p/rapporteur.toml");
        let all = editor.published();
        assert!(all["p/rapporteur.toml"][0].contains("only `--config` follows"), "{all:?}");
        assert!(!format!("{all:?}").contains("SECRET"), "{all:?}");
        editor.leave();
    }
}
