//! One conversation with an editor: what it has said so far, and what it is told.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use gen_lsp_types::{
    ChangeNotifications, Diagnostic, DidChangeWatchedFilesParams,
    DidChangeWatchedFilesRegistrationOptions, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
    FileSystemWatcher, InitializeResult, LogMessageParams, MessageType, PublishDiagnosticsParams,
    Registration, RegistrationParams, ServerCapabilities, ServerInfo, TextDocumentSyncKind,
    TextDocumentSyncOptions, Uri, WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};
use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    Ending, Settings,
    client::{Client, path_of},
    diagnostics::{self, ByPath, View},
    folders::Base,
    texts::{OpenText, Texts},
};

/// The files whose changes may change what is found, wherever they lie.
const WATCHED: [&str; 3] =
    ["**/*.{json,jsonl,ndjson,yaml,yml,csv}", "**/rapporteur.toml", "**/rapporteur.baseline"];

/// What has changed since the last check.
#[derive(Debug, Default)]
struct Changed {
    everything: bool,
    paths: BTreeSet<PathBuf>,
}

/// What the editor was told of a file last: of which version, and what.
type Published = (Option<i32>, Vec<Diagnostic>);

/// One conversation.
#[derive(Debug)]
pub(super) struct Session<'s> {
    settings: Settings<'s>,
    /// What the editor can do, once it has said so.
    client: Option<Client>,
    is_shut_down: bool,
    texts: Texts,
    changed: Changed,
    found: BTreeMap<Base, ByPath>,
    published: BTreeMap<PathBuf, Published>,
    /// How the editor writes the addresses of files that it has had open.
    uris: BTreeMap<PathBuf, Uri>,
    answers: Vec<Message>,
}

impl<'s> Session<'s> {
    pub(super) fn new(settings: Settings<'s>) -> Self {
        Self {
            settings,
            client: None,
            is_shut_down: false,
            texts: Texts::default(),
            changed: Changed::default(),
            found: BTreeMap::new(),
            published: BTreeMap::new(),
            uris: BTreeMap::new(),
            answers: Vec::new(),
        }
    }

    /// What is to be said.
    pub(super) fn take_answers(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.answers)
    }

    /// Hears one message; how the conversation ends, if it does.
    pub(super) fn hear(&mut self, message: Message) -> Option<Ending> {
        match message {
            Message::Request(request) => self.hear_request(request),
            Message::Notification(Notification { method, .. }) if method == "exit" => {
                return Some(if self.is_shut_down { Ending::Orderly } else { Ending::Abrupt });
            }
            Message::Notification(told) if self.client.is_some() && !self.is_shut_down => {
                self.hear_notification(told);
            }
            // Answers to what was asked need no answer.
            Message::Notification(_) | Message::Response(_) => {}
        }
        None
    }

    /// Hears something that is no message.
    pub(super) fn hear_noise(&mut self, reason: &str) -> Option<Ending> {
        self.log(&format!("a message could not be understood: {reason}"));
        None
    }

    fn hear_request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        // Who asks has heard what came of everything said before; only who leaves waits for nothing.
        if method != "shutdown" {
            self.check();
        }
        let refuse = |code: ErrorCode, why: &str| Err((code, why.to_owned()));
        let answer = match method.as_str() {
            "initialize" if self.client.is_none() => Ok(self.initialize(&params)),
            "initialize" => refuse(ErrorCode::InvalidRequest, "already initialized"),
            _ if self.client.is_none() => {
                refuse(ErrorCode::ServerNotInitialized, "not initialized yet")
            }
            _ if self.is_shut_down => refuse(ErrorCode::InvalidRequest, "already shut down"),
            "shutdown" => {
                self.is_shut_down = true;
                Ok(Value::Null)
            }
            _ => refuse(ErrorCode::MethodNotFound, "this is not answered"),
        };
        let response = match answer {
            Ok(value) => Response { id, response_result: Ok(value) },
            Err((code, why)) => Response::new_err(id, code as i32, format!("{method}: {why}")),
        };
        self.answers.push(response.into());
    }

    fn initialize(&mut self, params: &Value) -> Value {
        let client = Client::new(params);
        let sync = TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(true.into()),
            ..TextDocumentSyncOptions::default()
        };
        let folders = WorkspaceFoldersServerCapabilities {
            supported: Some(true),
            change_notifications: Some(ChangeNotifications::Bool(true)),
        };
        let result = InitializeResult {
            capabilities: ServerCapabilities {
                position_encoding: Some(client.encoding.kind()),
                text_document_sync: Some(sync.into()),
                workspace: Some(WorkspaceOptions {
                    workspace_folders: Some(folders),
                    ..WorkspaceOptions::default()
                }),
                ..ServerCapabilities::default()
            },
            server_info: Some(ServerInfo {
                name: "rapporteur".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        self.client = Some(client);
        json(&result)
    }

    fn hear_notification(&mut self, told: Notification) {
        let Notification { method, params } = told;
        let heard = match method.as_str() {
            "initialized" => {
                self.changed.everything = true;
                self.watch_files();
                Ok(())
            }
            "textDocument/didOpen" => read(params).map(|params| self.open(params)),
            "textDocument/didChange" => self.change(&params),
            "textDocument/didClose" => read(params).map(|params| self.close(&params)),
            // What else has changed on disk meanwhile is seen now, even if the editor does not tell of it.
            "textDocument/didSave" => {
                read(params).map(|_: DidSaveTextDocumentParams| self.changed.everything = true)
            }
            "workspace/didChangeWatchedFiles" => read(params).map(|params| self.watched(&params)),
            "workspace/didChangeWorkspaceFolders" => read(params).map(|p| self.change_folders(&p)),
            // The protocol lets a server pass over what it does not know.
            _ => Ok(()),
        };
        if let Err(reason) = heard {
            self.log(&format!("{method}: {reason}"));
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        // What is no file, such as a text without a name, lies in no project.
        let Some(path) = path_of(&item.uri) else { return };
        self.changed.paths.insert(path.clone());
        self.uris.insert(path.clone(), item.uri.clone());
        let text = OpenText { uri: item.uri, version: item.version, text: Some(item.text) };
        self.texts.open(path, text);
    }

    fn change(&mut self, params: &Value) -> Result<(), String> {
        let document = &params["textDocument"];
        let uri = document["uri"].as_str().and_then(|uri| Uri::parse(uri).ok());
        let uri = uri.ok_or("no text is named")?;
        let (Some(path), Some(client)) = (path_of(&uri), &self.client) else { return Ok(()) };
        let version = document["version"].as_i64().and_then(|version| i32::try_from(version).ok());
        let changes = &params["contentChanges"];
        let done = self.texts.change(&path, version, changes, client.encoding);
        if done != Ok(false) {
            self.changed.paths.insert(path);
        }
        let until = "the file counts until the text comes whole";
        done.map(|_| ()).map_err(|reason| format!("{}: {reason}; {until}", uri.as_str()))
    }

    fn close(&mut self, params: &DidCloseTextDocumentParams) {
        let Some(path) = path_of(&params.text_document.uri) else { return };
        if self.texts.close(&path) {
            self.changed.paths.insert(path);
        }
    }

    fn watched(&mut self, params: &DidChangeWatchedFilesParams) {
        self.changed.paths.extend(params.changes.iter().filter_map(|change| path_of(&change.uri)));
    }

    fn change_folders(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        let Some(client) = &mut self.client else { return };
        let removed: Vec<PathBuf> =
            params.event.removed.iter().filter_map(|folder| path_of(&folder.uri)).collect();
        client.folders.retain(|folder| !removed.contains(folder));
        client.folders.extend(params.event.added.iter().filter_map(|one| path_of(&one.uri)));
        client.folders.sort();
        client.folders.dedup();
        self.changed.everything = true;
    }

    /// Asks the editor to tell of files that change outside of it, if it can.
    fn watch_files(&mut self) {
        if !self.client.as_ref().is_some_and(|client| client.watches_files) {
            return;
        }
        let watcher = |pattern: &str| FileSystemWatcher {
            glob_pattern: pattern.to_owned().into(),
            kind: None,
        };
        let watchers = WATCHED.iter().map(|pattern| watcher(pattern)).collect();
        let params = RegistrationParams {
            registrations: vec![Registration {
                id: "files".to_owned(),
                method: "workspace/didChangeWatchedFiles".to_owned(),
                register_options: Some(json(&DidChangeWatchedFilesRegistrationOptions {
                    watchers,
                })),
            }],
        };
        let method = "client/registerCapability".to_owned();
        let request = Request { id: 1.into(), method, params: json(&params) };
        self.answers.push(request.into());
    }

    /// Checks what has changed, and tells what has changed in what is found.
    pub(super) fn check(&mut self) {
        let Some(client) = self.client.as_ref().filter(|_| !self.is_shut_down) else { return };
        let changed = std::mem::take(&mut self.changed);
        if !changed.everything && changed.paths.is_empty() {
            return;
        }
        let view = View {
            encoding: client.encoding,
            related_information: client.related_information,
            pages: client.pages.as_deref().or(self.settings.pages).map(str::to_owned),
        };
        let bases = Base::all(&client.folders, self.texts.paths());
        self.found.retain(|base, _| bases.contains(base));
        let buffers = self.texts.buffers();
        for base in &bases {
            let touched =
                changed.everything || changed.paths.iter().any(|path| base.is_about(path));
            if touched || !self.found.contains_key(base) {
                self.found.insert(base.clone(), diagnostics::check(base, buffers.clone(), &view));
            }
        }
        self.publish(&bases);
    }

    fn publish(&mut self, bases: &BTreeSet<Base>) {
        let mut now: BTreeMap<PathBuf, Published> = BTreeMap::new();
        // Who opens a file is told even that nothing is wrong with it.
        for path in self.texts.paths() {
            now.insert(path.to_owned(), (self.texts.version(path), Vec::new()));
        }
        for (base, found) in &self.found {
            for (path, diagnostics) in found.iter().filter(|(path, _)| base.tells_of(path, bases)) {
                now.entry(path.clone()).or_default().1.extend(diagnostics.iter().cloned());
            }
        }
        let gone = self.published.keys().filter(|path| !now.contains_key(*path)).cloned();
        let gone = gone.map(|path| (path, Published::default())).collect::<Vec<_>>();
        let told: Vec<_> = now
            .iter()
            .filter(|(path, published)| self.published.get(*path) != Some(published))
            .map(|(path, published)| (path.clone(), published.clone()))
            .chain(gone)
            .collect();
        for (path, (version, diagnostics)) in told {
            let known = self.texts.get(&path).map(|text| text.uri.clone());
            let known = known.or_else(|| self.uris.get(&path).cloned());
            let Some(uri) = known.or_else(|| Uri::from_file_path(&path).ok()) else { continue };
            let params = PublishDiagnosticsParams { uri, version, diagnostics };
            self.notify("textDocument/publishDiagnostics", &params);
        }
        self.published = now;
    }

    fn log(&mut self, message: &str) {
        let message = crate::source::visible_line(message).into_owned();
        let params = LogMessageParams { kind: MessageType::Warning, message };
        self.notify("window/logMessage", &params);
    }

    fn notify(&mut self, method: &str, params: &impl Serialize) {
        let method = method.to_owned();
        self.answers.push(Notification { method, params: json(params) }.into());
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, String> {
    serde_json::from_value(params).map_err(|error| error.to_string())
}

/// What the protocol's own types become cannot fail.
fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}
