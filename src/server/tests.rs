//! Conversations of an editor with the server, over pipes.

mod conversation;
mod life;
mod projects;

use std::fs;

use serde_json::{Value, json};

use self::conversation::{Editor, RIGHT, folder};

/// A record of the same id as [`RIGHT`].
const TWIN: &str = RIGHT;

#[test]
fn the_whole_folder_is_checked_at_the_start() {
    let at = folder(&[("a.json", "{\"kind\": \"register\"}"), ("b/c.json", RIGHT), ("d.txt", "x")]);
    let mut editor = Editor::start(at.path(), &json!({}));
    let published = editor.published();
    assert_eq!(published.keys().collect::<Vec<_>>(), ["a.json"]);
    assert!(
        published["a.json"].iter().all(|line| line.starts_with("0:0 1 schema ")),
        "{published:?}"
    );
    editor.leave();
}

#[test]
fn an_unsaved_text_counts_and_what_it_causes_elsewhere_is_reported() {
    let at = folder(&[("a.json", RIGHT), ("b.json", "{\"kind\": \"register\"}")]);
    fs::write(at.path().join("rapporteur.toml"), "[[records]]\nfiles = \"*.json\"\n").unwrap();
    let mut editor = Editor::start(at.path(), &json!({}));
    assert_eq!(editor.published().keys().collect::<Vec<_>>(), ["b.json"]);
    editor.open("b.json", TWIN);
    let published = editor.published();
    let twins = |path: &str| {
        let lines = published.get(path).into_iter().flatten();
        lines.filter(|line| line.contains("duplicate-id")).count()
    };
    assert_eq!(twins("a.json") + twins("b.json"), 1, "{published:?}");
    editor.change("b.json", 2, &TWIN.replace("\"r\"", "\"s\""));
    assert!(editor.published().values().flatten().all(|line| !line.contains("duplicate-id")));
    editor.close("b.json");
    assert_eq!(editor.published().keys().collect::<Vec<_>>(), ["b.json"], "the file counts again");
    editor.leave();
}

#[test]
fn a_new_file_counts_before_it_is_saved() {
    let at = folder(&[("rapporteur.toml", "[[records]]\nfiles = \"*.json\"\n"), ("a.json", RIGHT)]);
    let mut editor = Editor::start(at.path(), &json!({}));
    assert!(editor.published().is_empty());
    editor.open("new.json", TWIN);
    assert!(editor.published().values().flatten().any(|line| line.contains("duplicate-id")));
    editor.open("package.json", "{}");
    editor.open("notes.md", "# Notes");
    let published = editor.published();
    assert!(!published.contains_key("notes.md"), "{published:?}");
    editor.leave();
}

#[test]
fn a_change_of_a_part_is_a_change() {
    let at = folder(&[("a.json", RIGHT)]);
    let mut editor = Editor::start(at.path(), &json!({}));
    editor.open("a.json", RIGHT);
    assert!(editor.published().is_empty());
    // The symbol loses its last part.
    let from = RIGHT.find("/225").unwrap();
    let range = json!({
        "start": {"line": 0, "character": from}, "end": {"line": 0, "character": from + 4},
    });
    editor.change_part("a.json", 2, &range, "");
    let published = editor.published();
    assert!(published["a.json"].iter().any(|line| line.contains("ref-malformed")), "{published:?}");
    assert_eq!(editor.version("a.json"), Some(2));
    editor.leave();
}

#[test]
fn a_configuration_that_another_one_extends_is_read_again_when_it_changes() {
    let base = "[rules]\nref-malformed = \"off\"\n";
    let at = folder(&[
        ("rapporteur.toml", "extends = \"shared/base.toml\"\n[[records]]\nfiles = \"*.json\"\n"),
        ("shared/base.toml", base),
        ("a.json", &RIGHT.replace("63/225", "63-225")),
    ]);
    let mut editor = Editor::start(at.path(), &json!({}));
    let has = |editor: &mut Editor, path: &str, word: &str| {
        let published = editor.published();
        published.get(path).is_some_and(|lines| lines.iter().any(|line| line.contains(word)))
    };
    assert!(!has(&mut editor, "a.json", "ref-malformed"));
    fs::write(at.path().join("shared/base.toml"), "").unwrap();
    editor.watched("shared/base.toml");
    assert!(has(&mut editor, "a.json", "ref-malformed"));
    editor.open("shared/base.toml", base);
    assert!(!has(&mut editor, "a.json", "ref-malformed"), "unsaved");
    editor.change("shared/base.toml", 2, "[rules]\nref-malformd = \"off\"\n");
    assert!(has(&mut editor, "shared/base.toml", "configuration"));
    editor.change("shared/base.toml", 3, base);
    assert!(!has(&mut editor, "shared/base.toml", "configuration"));
    editor.leave();
}

#[test]
fn a_configuration_that_is_wrong_is_reported_in_it_even_unsaved() {
    let at = folder(&[("rapporteur.toml", ""), ("a.json", "{\"kind\": \"register\"}")]);
    let mut editor = Editor::start(at.path(), &json!({}));
    assert_eq!(editor.published().keys().collect::<Vec<_>>(), ["a.json"]);
    editor.open("rapporteur.toml", "[rules]\nduplicat-id = \"off\"\n");
    let published = editor.published();
    assert_eq!(published.keys().collect::<Vec<_>>(), ["rapporteur.toml"]);
    assert!(published["rapporteur.toml"][0].starts_with("1:0 1 configuration"), "{published:?}");
    editor.change("rapporteur.toml", 2, "[rules]\nstructure = \"off\"\n");
    assert!(!editor.published().contains_key("rapporteur.toml"));
    fs::write(at.path().join("rapporteur.baseline"), "no entry\n").unwrap();
    editor.save("a.json");
    assert_eq!(editor.published().keys().collect::<Vec<_>>(), ["rapporteur.baseline"]);
    editor.leave();
}

#[test]
fn a_file_that_belongs_to_no_project_is_checked_alone() {
    let at = folder(&[("a.json", RIGHT), ("b.json", "{\"kind\": \"register\"}")]);
    let mut editor = Editor::start_without_folder(at.path());
    assert!(editor.published().is_empty());
    editor.open("a.json", "{\"kind\": \"register\"}");
    assert_eq!(
        editor.published().keys().collect::<Vec<_>>(),
        ["a.json"],
        "and not the files next to it"
    );
    editor.open("c.json", "{\"name\": \"no record\"}");
    assert!(!editor.published().contains_key("c.json"));
    editor.leave();
}

#[test]
fn places_are_counted_as_the_editor_wants() {
    let text = "{\"id\": \"😀é\", \"kind\": 7}";
    let at = folder(&[("a.json", text)]);
    let from = text.find('7').unwrap();
    for (encoding, shift) in [("utf-8", 0), ("utf-16", 3), ("utf-32", 4)] {
        let capabilities = json!({"general": {"positionEncodings": [encoding]}});
        let mut editor = Editor::start(at.path(), &capabilities);
        editor.open("a.json", text);
        assert_eq!(editor.encoding(), encoding);
        editor.change(
            "a.json",
            2,
            &text.replace("\"kind\": 7", "\"kind\": \"register\", \"x\": 7"),
        );
        let place = format!("0:{} 1 schema ", from + "\"register\", \"".len() - shift);
        let published = editor.published();
        assert!(
            published["a.json"].iter().any(|line| line.starts_with(&place)),
            "{place} {published:?}"
        );
        editor.leave();
    }
}

#[test]
fn other_places_are_shown_as_the_editor_can() {
    let at = folder(&[("a.json", RIGHT), ("b.json", TWIN)]);
    let related = json!({"textDocument": {"publishDiagnostics": {"relatedInformation": true}}});
    let mut editor = Editor::start(at.path(), &related);
    let twin = |editor: &mut Editor| -> Value {
        let all = editor.diagnostics();
        let twin = all.values().flatten().find(|one| one["code"] == "duplicate-id");
        twin.expect("the id stands twice").clone()
    };
    let one = twin(&mut editor);
    let other = one["relatedInformation"][0]["location"]["uri"].as_str().unwrap();
    assert!(other.starts_with("file:///"), "{one}");
    assert_eq!(one["source"], "rapporteur");
    assert_eq!(one["data"]["fingerprint"].as_str().map(str::len), Some(32));
    editor.leave();
    let mut editor = Editor::start(at.path(), &json!({}));
    let one = twin(&mut editor);
    assert!(one.get("relatedInformation").is_none());
    assert!(one["message"].as_str().unwrap().contains(".json:1:"), "{one}");
    editor.leave();
}

#[test]
fn a_rule_has_a_link_if_its_pages_are_published() {
    let at = folder(&[("a.json", "{\"kind\": \"register\"}")]);
    let options = json!({"pages": "https://example.org/rules/{rule}.html"});
    let mut editor = Editor::start_with(at.path(), &json!({}), &options);
    let all = editor.diagnostics();
    let one = &all["a.json"][0];
    let wanted = format!("https://example.org/rules/{}.html", one["code"].as_str().unwrap());
    assert_eq!(one["codeDescription"]["href"], wanted);
    editor.leave();
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_reported_in_its_place() {
    let at = folder(&[("a.json", RIGHT)]);
    let large = fs::File::create(at.path().join("b\nc.json")).unwrap();
    large.set_len(5 << 30).unwrap();
    let mut editor = Editor::start(at.path(), &json!({}));
    let published = editor.published();
    assert!(
        published["b%0Ac.json"][0].contains("not read: it is larger than 4 GiB"),
        "{published:?}"
    );
    editor.leave();
}

#[test]
fn very_many_files_that_change_at_once_are_one_change() {
    let at = folder(&[("a.json", RIGHT), ("b.json", RIGHT)]);
    let mut editor = Editor::start(at.path(), &json!({}));
    assert!(!editor.published().is_empty());
    fs::remove_file(at.path().join("b.json")).unwrap();
    let change = |n: usize| json!({"uri": format!("file:///nowhere/{n}.json"), "type": 2});
    let changes: Vec<Value> = (0..100_000).map(change).collect();
    editor.send("workspace/didChangeWatchedFiles", &json!({"changes": changes}));
    assert!(editor.published().is_empty());
    editor.leave();
}

#[test]
fn files_that_change_outside_of_the_editor_are_seen() {
    let at = folder(&[("a.json", RIGHT), ("b.json", RIGHT)]);
    let watch = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let mut editor = Editor::start(at.path(), &watch);
    assert!(!editor.published().is_empty());
    assert_eq!(editor.asked(), ["client/registerCapability"]);
    fs::remove_file(at.path().join("b.json")).unwrap();
    editor.watched("b.json");
    assert!(editor.published().is_empty());
    editor.leave();
}

#[test]
fn a_file_whose_address_is_written_otherwise_is_reported_once() {
    let at = folder(&[("a (1).json", "{\"kind\": \"register\"}")]);
    let mut editor = Editor::start(at.path(), &json!({}));
    let published = editor.published();
    let first: Vec<&String> = published.keys().collect();
    let [first] = first[..] else { panic!("{published:?}") };
    let other = "%61%20%281%29.json";
    assert_ne!(first, other);
    editor.open_at(other, "{\"kind\": \"register\"}");
    let second = editor.published();
    assert_eq!(second.keys().collect::<Vec<_>>(), [other]);
    assert_eq!(second[other], published[first]);
    editor.close("a (1).json");
    assert_eq!(editor.published(), second, "the file is called as it was last");
    editor.open_at(other, RIGHT);
    assert!(editor.published().is_empty());
    editor.leave();
}

#[test]
fn folders_come_and_go() {
    let at = folder(&[
        ("p/a.json", "{\"kind\": \"register\"}"),
        ("q/b.json", "{\"kind\": \"register\"}"),
    ]);
    let mut editor = Editor::start(&at.path().join("p"), &json!({}));
    editor.rooted(at.path());
    assert_eq!(editor.published().keys().collect::<Vec<_>>(), ["p/a.json"]);
    editor.change_folders(&["q"], &["p"]);
    assert_eq!(editor.published().keys().collect::<Vec<_>>(), ["q/b.json"]);
    editor.leave();
}
