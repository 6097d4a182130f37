//! An editor to talk to the server with.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufReader, PipeReader, PipeWriter},
    path::{Path, PathBuf},
    thread::JoinHandle,
};

use gen_lsp_types::Uri;
use lsp_server::{Message, Notification, Request};
use serde_json::{Value, json};

use crate::{
    rule::RuleSet,
    server::{Broken, Ending, Settings, serve, transport},
};

/// A record in which nothing is wrong.
pub(super) const RIGHT: &str = r#"{"id": "r", "kind": "register", "title": "R", "language": "en", "entries": [{"symbol": "A/RES/63/225"}]}"#;

pub(super) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::Builder::new().prefix("records").tempdir().unwrap();
    for (file, text) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// An editor that has a server running.
pub(super) struct Editor {
    root: PathBuf,
    to: PipeWriter,
    from: BufReader<PipeReader>,
    server: JoinHandle<Result<Ending, Broken>>,
    /// The number of the last request.
    number: i32,
    /// What was last published for each file.
    published: BTreeMap<String, Value>,
    asked: Vec<String>,
    logged: Vec<String>,
    /// How many of its messages were no JSON to the server.
    refusals: usize,
    initialized: Value,
}

impl Editor {
    /// A server that has heard nothing yet.
    pub(super) fn new(root: &Path) -> Self {
        let ((theirs, to), (from, mut out)) = (io::pipe().unwrap(), io::pipe().unwrap());
        let server = std::thread::spawn(move || {
            serve(
                BufReader::new(theirs),
                &mut out,
                Settings { rules: RuleSet::bundled(), pages: None },
            )
        });
        Self {
            root: root.to_owned(),
            to,
            from: BufReader::new(from),
            server,
            number: 0,
            published: BTreeMap::new(),
            asked: Vec::new(),
            logged: Vec::new(),
            refusals: 0,
            initialized: Value::Null,
        }
    }

    pub(super) fn start(root: &Path, capabilities: &Value) -> Self {
        Self::start_with(root, capabilities, &Value::Null)
    }

    pub(super) fn start_with(root: &Path, capabilities: &Value, options: &Value) -> Self {
        let folders = json!([{"uri": Uri::from_file_path(root).unwrap(), "name": "records"}]);
        Self::started(
            root,
            &json!({
                "capabilities": capabilities, "initializationOptions": options,
                "workspaceFolders": folders,
            }),
        )
    }

    pub(super) fn start_without_folder(root: &Path) -> Self {
        Self::started(root, &json!({"capabilities": {}, "rootUri": null}))
    }

    fn started(root: &Path, params: &Value) -> Self {
        let mut editor = Self::new(root);
        editor.initialized = editor.ask("initialize", params).unwrap();
        editor.send("initialized", &json!({}));
        editor
    }

    /// Makes the paths of later steps relative to `root`.
    pub(super) fn rooted(&mut self, root: &Path) {
        root.clone_into(&mut self.root);
    }

    fn uri(&self, path: &str) -> Uri {
        Uri::from_file_path(self.root.join(path)).unwrap()
    }

    pub(super) fn send(&mut self, method: &str, params: &Value) {
        let method = method.to_owned();
        let message: Message = Notification { method, params: params.clone() }.into();
        message.write(&mut self.to).unwrap();
    }

    /// What is answered, or the code of the refusal.
    pub(super) fn ask(&mut self, method: &str, params: &Value) -> Result<Value, i32> {
        self.number += 1;
        let id = self.number.into();
        let method = method.to_owned();
        let message: Message = Request { id, method, params: params.clone() }.into();
        message.write(&mut self.to).unwrap();
        loop {
            if let Some(answer) = self.listen() {
                return answer;
            }
        }
    }

    /// Takes in the next message; what it answers, if it is an answer.
    fn listen(&mut self) -> Option<Result<Value, i32>> {
        let received = transport::read(&mut self.from).unwrap().expect("the server goes on");
        let message = match received {
            transport::Incoming::Message(message) => message,
            // A refusal without an id is none of the messages that the crate knows.
            transport::Incoming::NoMessage(_) => {
                self.refusals += 1;
                return None;
            }
            transport::Incoming::NoJson(reason) => panic!("{reason}"),
        };
        match message {
            Message::Response(response) => {
                assert_eq!(response.id, self.number.into());
                return Some(response.response_result.map_err(|error| error.code));
            }
            Message::Notification(Notification { method, params }) => match method.as_str() {
                "textDocument/publishDiagnostics" => {
                    let uri = params["uri"].as_str().unwrap().to_owned();
                    let root = Uri::from_directory_path(&self.root).unwrap();
                    let path = uri.strip_prefix(root.as_str()).unwrap_or(&uri).to_owned();
                    self.published.insert(path, params);
                }
                "window/logMessage" => {
                    self.logged.push(params["message"].as_str().unwrap().to_owned());
                }
                method => panic!("{method}"),
            },
            Message::Request(request) => self.asked.push(request.method),
        }
        None
    }

    /// Waits until everything that was said is checked.
    fn settle(&mut self) {
        assert_eq!(self.ask("rapporteur/settle", &Value::Null), Ok(Value::Null));
    }

    /// The diagnostics of each file that has some.
    pub(super) fn diagnostics(&mut self) -> BTreeMap<String, Vec<Value>> {
        self.settle();
        let list = |params: &Value| params["diagnostics"].as_array().unwrap().clone();
        let all = self.published.iter().map(|(path, params)| (path.clone(), list(params)));
        all.filter(|(_, list)| !list.is_empty()).collect()
    }

    /// The same as `line:character severity rule message`.
    pub(super) fn published(&mut self) -> BTreeMap<String, Vec<String>> {
        let line = |one: &Value| {
            let start = &one["range"]["start"];
            let rule = one["code"].as_str().unwrap_or("-");
            let (severity, message) = (&one["severity"], one["message"].as_str().unwrap());
            format!("{}:{} {severity} {rule} {message}", start["line"], start["character"])
        };
        let all = self.diagnostics().into_iter();
        all.map(|(path, list)| (path, list.iter().map(line).collect())).collect()
    }

    /// The version of the text that the last diagnostics of a file are about.
    pub(super) fn version(&mut self, path: &str) -> Option<i64> {
        self.settle();
        self.published.get(path)?["version"].as_i64()
    }

    pub(super) fn asked(&self) -> &[String] {
        &self.asked
    }

    pub(super) fn logged(&mut self) -> &[String] {
        self.settle();
        &self.logged
    }

    pub(super) fn refusals(&mut self) -> usize {
        self.settle();
        self.refusals
    }

    pub(super) fn encoding(&self) -> &str {
        self.initialized["capabilities"]["positionEncoding"].as_str().unwrap()
    }

    pub(super) fn open(&mut self, path: &str, text: &str) {
        let item = json!({"uri": self.uri(path), "languageId": "json", "version": 1, "text": text});
        self.send("textDocument/didOpen", &json!({"textDocument": item}));
    }

    /// The same, for a file whose address in the folder is written so.
    pub(super) fn open_at(&mut self, written: &str, text: &str) {
        let uri = format!("{}{written}", Uri::from_directory_path(&self.root).unwrap().as_str());
        let item = json!({"uri": uri, "languageId": "json", "version": 1, "text": text});
        self.send("textDocument/didOpen", &json!({"textDocument": item}));
    }

    pub(super) fn change(&mut self, path: &str, version: i32, text: &str) {
        let document = json!({"uri": self.uri(path), "version": version});
        let params = json!({"textDocument": document, "contentChanges": [{"text": text}]});
        self.send("textDocument/didChange", &params);
    }

    pub(super) fn change_part(&mut self, path: &str, version: i32, range: &Value, text: &str) {
        let document = json!({"uri": self.uri(path), "version": version});
        let changes = json!([{"range": range, "text": text}]);
        let params = json!({"textDocument": document, "contentChanges": changes});
        self.send("textDocument/didChange", &params);
    }

    pub(super) fn save(&mut self, path: &str) {
        let params = json!({"textDocument": {"uri": self.uri(path)}});
        self.send("textDocument/didSave", &params);
    }

    pub(super) fn close(&mut self, path: &str) {
        let params = json!({"textDocument": {"uri": self.uri(path)}});
        self.send("textDocument/didClose", &params);
    }

    pub(super) fn watched(&mut self, path: &str) {
        let params = json!({"changes": [{"uri": self.uri(path), "type": 3}]});
        self.send("workspace/didChangeWatchedFiles", &params);
    }

    pub(super) fn change_folders(&mut self, added: &[&str], removed: &[&str]) {
        let folder = |path: &&str| json!({"uri": self.uri(path), "name": path});
        let [added, removed] =
            [added, removed].map(|all| all.iter().map(folder).collect::<Vec<_>>());
        let event = json!({"added": added, "removed": removed});
        self.send("workspace/didChangeWorkspaceFolders", &json!({"event": event}));
    }

    /// Writes bytes that need not be a message.
    pub(super) fn write(&mut self, bytes: &[u8]) {
        io::Write::write_all(&mut self.to, bytes).unwrap();
    }

    /// Closes the stream; how the server ends.
    pub(super) fn hang_up(self) -> Result<Ending, Broken> {
        drop(self.to);
        drop(self.from);
        self.server.join().unwrap()
    }

    /// Asks the server to exit, and returns how it ends.
    pub(super) fn exit(mut self) -> Result<Ending, Broken> {
        self.send("exit", &Value::Null);
        self.server.join().unwrap()
    }

    pub(super) fn leave(mut self) {
        assert_eq!(self.ask("shutdown", &Value::Null), Ok(Value::Null));
        assert_eq!(self.exit().unwrap(), Ending::Orderly);
    }
}
