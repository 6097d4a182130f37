//! The same files on a disk, under names that no one would give, met by the program itself: on the
//! command line, and as a language server.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{BufReader, Write as _},
    os::unix::{fs::PermissionsExt as _, fs::symlink, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use lsp_server::{Message, Notification, Request};
use rapporteur::source::Syntax;
use serde_json::{Value, json};

use crate::generate::{Hostile, all};

/// Who may read no file that is no one's.
const NOBODY: u32 = 65_534;

/// A folder of hostile files, and the program where everybody may run it.
struct Scene {
    folder: tempfile::TempDir,
    /// Names, and whether an error must be found in them.
    files: Vec<(String, &'static Hostile)>,
    /// What may not be read: files, and a folder.
    closed: BTreeSet<String>,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("records").tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        fs::copy(env!("CARGO_BIN_EXE_rapporteur"), folder.path().join("rapporteur")).unwrap();
        let mut scene = Self { folder, files: Vec::new(), closed: BTreeSet::new() };
        fs::create_dir(scene.at()).unwrap();
        for (number, file) in all().iter().enumerate() {
            let name = match number % 7 {
                0 => file.path.replacen('-', "-\n", 1),
                1 => file.path.replacen('-', "-\u{202e}\u{1b}[31m é%20#?", 1),
                _ => file.path.clone(),
            };
            fs::write(scene.at().join(&name), &file.bytes).unwrap();
            scene.files.push((name, file));
        }
        scene.close("closed.json", "{}");
        scene.close("closed\n.yaml", "kind: letter");
        symlink("loop.json", scene.at().join("loop.json")).unwrap();
        symlink("..", scene.at().join("up")).unwrap();
        fs::create_dir(scene.at().join("sealed")).unwrap();
        fs::set_permissions(scene.at().join("sealed"), fs::Permissions::from_mode(0o0)).unwrap();
        scene
    }

    /// The folder of the records.
    fn at(&self) -> PathBuf {
        self.folder.path().join("records")
    }

    fn close(&mut self, name: &str, text: &str) {
        let path = self.at().join(name);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
        self.closed.insert(name.to_owned());
    }

    /// The program, as someone to whom something is forbidden.
    fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(self.folder.path().join("rapporteur"));
        command.current_dir(self.at()).args(arguments).env_clear();
        if fs::read_dir(self.at().join("sealed")).is_ok() {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    /// The files that cannot be read to their end. No entry names those in Markdown, so they are not read.
    fn broken(&self) -> impl Iterator<Item = &str> {
        let is_read = |name: &str| Syntax::of_path(name).is_some();
        let broken = self.files.iter().filter(move |(name, file)| file.broken && is_read(name));
        broken.map(|(name, _)| name.as_str())
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        // What is sealed could not be removed.
        let _ = fs::set_permissions(self.at().join("sealed"), fs::Permissions::from_mode(0o755));
    }
}

/// An editor.
struct Editor {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    /// The diagnostics of each address.
    published: BTreeMap<String, Vec<Value>>,
}

impl Editor {
    fn new(scene: &Scene, folder: Option<&Path>) -> Self {
        let mut command = scene.program(&["server"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let to = child.stdin.take().unwrap();
        let from = BufReader::new(child.stdout.take().unwrap());
        let mut editor = Self { child, to, from, published: BTreeMap::new() };
        let root = folder.map(|folder| format!("file://{}", folder.display()));
        editor.ask("initialize", json!({"capabilities": {}, "rootUri": root}));
        editor.report_all("initialized", json!({}));
        editor
    }

    fn report_all(&mut self, method: &str, params: Value) {
        let message: Message = Notification { method: method.to_owned(), params }.into();
        message.write(&mut self.to).unwrap();
    }

    /// Asks, and waits for the answer, before which everything said so far has been checked.
    fn ask(&mut self, method: &str, params: Value) {
        let id = 1.into();
        let message: Message = Request { id, method: method.to_owned(), params }.into();
        message.write(&mut self.to).unwrap();
        loop {
            match Message::read(&mut self.from).unwrap().expect("the server goes on") {
                Message::Response(_) => return,
                Message::Notification(reported) => {
                    assert_eq!(reported.method, "textDocument/publishDiagnostics", "{reported:?}");
                    let uri = reported.params["uri"].as_str().unwrap().to_owned();
                    let list = reported.params["diagnostics"].as_array().unwrap().clone();
                    self.published.insert(uri, list);
                }
                Message::Request(request) => panic!("{request:?}"),
            }
        }
    }

    /// Ends it orderly; it must not have complained.
    fn leave(mut self) -> BTreeMap<String, Vec<Value>> {
        self.ask("shutdown", Value::Null);
        self.report_all("exit", Value::Null);
        self.to.flush().unwrap();
        let output = self.child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        self.published
    }
}

/// What an address ends in: the name of the file, as it is on the disk.
fn name_of(uri: &str) -> String {
    let name = uri.rsplit_once('/').unwrap().1;
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%');
        let code = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_folder_of_hostile_files_is_checked_to_its_end_and_the_server_finds_the_same() {
    let scene = Scene::new();
    let arguments = ["check", "--format=json", "--no-collapse", "--fail-on=never"];
    let output = scene.program(&arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(4), "something could not be read");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    // By file: how many errors, and how many findings.
    let mut found: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for finding in report["findings"].as_array().unwrap() {
        let counts = found.entry(finding["path"].as_str().unwrap().to_owned()).or_default();
        counts.0 += usize::from(finding["severity"] == "error");
        counts.1 += 1;
    }
    let silent =
        scene.broken().find(|name| found.get(*name).is_none_or(|(errors, _)| *errors == 0));
    assert_eq!(silent, None, "it cannot be read to its end and no error was found");
    let unread = report["unread"].as_array().unwrap().iter();
    let unread: BTreeSet<&str> = unread.map(|one| one["path"].as_str().unwrap()).collect();
    let closed = scene.closed.iter().map(String::as_str).chain(["sealed"]);
    assert_eq!(unread, closed.collect());

    // Nothing is written down where something could not be read, and its name forges no line.
    let output = scene.program(&["baseline", "create"]).output().unwrap();
    let reported = String::from_utf8_lossy(&output.stdout);
    assert_eq!(
        (output.status.code(), &*reported),
        (Some(4), "closed .yaml: not read: permission denied\n")
    );

    let mut editor = Editor::new(&scene, Some(&scene.at()));
    editor.ask("rapporteur/settle", Value::Null);
    let mut reported: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (uri, list) in editor.leave() {
        let errors = list.iter().filter(|one| one["severity"] == 1).count();
        reported.insert(name_of(&uri), (errors, list.len()));
    }
    for name in unread {
        let counts = found.entry(name.to_owned()).or_default();
        *counts = (counts.0 + 1, counts.1 + 1);
    }
    assert_eq!(reported, found);
}

#[test]
fn each_hostile_text_can_be_opened_in_an_editor() {
    let scene = Scene::new();
    let mut editor = Editor::new(&scene, None);
    for (number, (_, file)) in scene.files.iter().enumerate() {
        let uri = format!("file:///nowhere/{number}/{}", file.path);
        let text = String::from_utf8_lossy(&file.bytes);
        let item = json!({"uri": uri, "languageId": "x", "version": 1, "text": text});
        editor.report_all("textDocument/didOpen", json!({"textDocument": item}));
        let range = json!({
            "start": {"line": number % 9, "character": u32::MAX}, "end": {"line": 9, "character": 0},
        });
        let changes = json!([{"range": range, "text": "\u{1F600}\""}, {"text": text}]);
        let changed = json!({"uri": uri, "version": 2});
        let params = json!({"textDocument": changed, "contentChanges": changes});
        editor.report_all("textDocument/didChange", params);
        editor.ask("rapporteur/settle", Value::Null);
        let list = &editor.published[&uri];
        // What is no UTF-8 can be no text in an editor, and what was cut can be.
        if file.broken && std::str::from_utf8(&file.bytes).is_ok() {
            assert!(list.iter().any(|one| one["severity"] == 1), "{}: {list:?}", file.path);
        }
        let closed = json!({"textDocument": {"uri": uri}});
        editor.report_all("textDocument/didClose", closed);
    }
    let left = editor.leave();
    assert_eq!(left.len(), scene.files.len());
}
