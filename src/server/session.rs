//! One conversation with an editor: what it has sent so far, and what is published to it.

use std::path::PathBuf;

use gen_lsp_types::{
    ChangeNotifications, DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions,
    DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, FileSystemWatcher, InitializeResult, LogMessageParams, MessageType,
    Registration, RegistrationParams, ServerCapabilities, ServerInfo, TextDocumentSyncKind,
    TextDocumentSyncOptions, Uri, VersionedTextDocumentIdentifier,
    WorkspaceFoldersServerCapabilities, WorkspaceOptions,
};
use lsp_server::{ErrorCode, Message, Notification, Request, Response};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    Ending, Settings,
    client::{Client, path_of},
    diagnostics::{self, View},
    documents::{Documents, OpenDocument},
    folders::Projects,
    publisher::{Changed, Look, Publisher},
    uris::{Uris, canonical},
};
use crate::config::FILE_NAME;

/// When more files change at once, each is not looked for by itself.
const MOST_WATCHED: usize = 1000;

/// The files whose changes may change what is found, wherever they lie.
const WATCHED: [&str; 3] = [
    "**/*.{json,jsonl,ndjson,yaml,yml,md,markdown,csv,tsv}",
    "**/*.toml",
    "**/rapporteur.baseline",
];

/// Answered when everything that was said before is checked and the findings are published. All other requests are answered from
/// what is known, without a check.
const SETTLE: &str = "rapporteur/settle";

/// One conversation.
#[derive(Debug)]
pub(super) struct Session<'s> {
    settings: Settings<'s>,
    /// What the editor can do, once it has said so.
    client: Option<Client>,
    is_shut_down: bool,
    documents: Documents,
    changed: Changed,
    uris: Uris,
    projects: Projects,
    publisher: Publisher,
    answers: Vec<Message>,
}

impl<'s> Session<'s> {
    pub(super) fn new(settings: Settings<'s>) -> Self {
        Self::with(settings, diagnostics::check)
    }

    /// One in which projects are checked by `look`.
    pub(super) fn with(settings: Settings<'s>, look: Look) -> Self {
        Self {
            settings,
            client: None,
            is_shut_down: false,
            documents: Documents::default(),
            changed: Changed::default(),
            uris: Uris::default(),
            projects: Projects::default(),
            publisher: Publisher::new(look),
            answers: Vec::new(),
        }
    }

    /// What is to be said.
    pub(super) fn take_answers(&mut self) -> Vec<Message> {
        std::mem::take(&mut self.answers)
    }

    /// Hears one message; how the conversation ends, if it does.
    pub(super) fn handle(&mut self, message: Message) -> Option<Ending> {
        match message {
            Message::Request(request) => self.handle_request(request),
            Message::Notification(Notification { method, .. }) if method == "exit" => {
                return Some(if self.is_shut_down { Ending::Orderly } else { Ending::Abrupt });
            }
            Message::Notification(notification) if self.client.is_some() && !self.is_shut_down => {
                self.handle_notification(notification);
            }
            // Answers to what was asked need no answer.
            Message::Notification(_) | Message::Response(_) => {}
        }
        None
    }

    /// Handles a malformed message.
    pub(super) fn handle_malformed(&mut self, reason: &str) -> Option<Ending> {
        self.log(&format!("a message could not be understood: {reason}"));
        None
    }

    fn handle_request(&mut self, request: Request) {
        let Request { id, method, params } = request;
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
            SETTLE => {
                self.check();
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

    fn handle_notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let handled = match method.as_str() {
            "initialized" => {
                self.change_everything();
                self.watch_files();
                Ok(())
            }
            "textDocument/didOpen" => read(params).map(|params| self.open(params)),
            "textDocument/didChange" => self.change(&params),
            "textDocument/didClose" => read(params).map(|params| self.close(&params)),
            // What else has changed on disk meanwhile is seen now, even if the editor does not tell of it.
            "textDocument/didSave" => read(params).map(|params| self.save(&params)),
            "workspace/didChangeWatchedFiles" => read(params).map(|params| self.watched(&params)),
            "workspace/didChangeWorkspaceFolders" => read(params).map(|p| self.change_folders(&p)),
            // The protocol lets a server pass over what it does not know.
            _ => Ok(()),
        };
        if let Err(reason) = handled {
            self.log(&format!("{method}: {reason}"));
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        // A document that is not a file, such as one without a name, is in no project.
        let Some(path) = path_of(&item.uri) else { return };
        let disk = canonical(&path);
        self.change_existence(disk.clone());
        self.uris.opened(disk.clone(), path.clone(), item.uri);
        let (version, text) = (item.version, Some(item.text));
        self.documents.open(path, OpenDocument { disk, version, text });
    }

    /// The file `disk` has come or gone, or may have.
    fn change_existence(&mut self, disk: PathBuf) {
        self.changed.projects |= disk.ends_with(FILE_NAME);
        self.changed.paths.insert(disk);
    }

    fn change_everything(&mut self) {
        self.changed.everything = true;
        self.changed.projects = true;
    }

    fn change(&mut self, params: &Value) -> Result<(), String> {
        let document = &params["textDocument"];
        let uri = document["uri"].as_str().and_then(|uri| Uri::parse(uri).ok());
        let uri = uri.ok_or("no text is named")?;
        let (Some(path), Some(client)) = (path_of(&uri), &self.client) else { return Ok(()) };
        let version =
            read(document.clone()).map(|one: VersionedTextDocumentIdentifier| one.version);
        let changes = &params["contentChanges"];
        let done = self.documents.change(&path, version.ok(), changes, client.encoding);
        if let Some(open) = self.documents.get(&path) {
            // Where the text is not known any more, the file counts again.
            let changed = match open.text {
                Some(_) => &mut self.changed.typed,
                None => &mut self.changed.paths,
            };
            changed.insert(open.disk.clone());
        }
        let until = "the file counts until the text comes whole";
        done.map(|_| ()).map_err(|reason| format!("{}: {reason}; {until}", uri.as_str()))
    }

    fn close(&mut self, params: &DidCloseTextDocumentParams) {
        let Some(path) = path_of(&params.text_document.uri) else { return };
        if let Some(open) = self.documents.close(&path) {
            self.uris.closed(&path);
            self.change_existence(open.disk);
        }
    }

    fn save(&mut self, params: &DidSaveTextDocumentParams) {
        self.changed.everything = true;
        let path = path_of(&params.text_document.uri);
        self.changed.projects |= path.is_some_and(|path| path.ends_with(FILE_NAME));
    }

    fn watched(&mut self, params: &DidChangeWatchedFilesParams) {
        // So many files change at once when someone switches branches: then all are checked once.
        if params.changes.len() > MOST_WATCHED {
            return self.change_everything();
        }
        for path in params.changes.iter().filter_map(|change| path_of(&change.uri)) {
            self.change_existence(canonical(&path));
            // A link may have come or gone.
            if let Some((folder, name)) = path.parent().zip(path.file_name()) {
                self.change_existence(canonical(folder).join(name));
            }
        }
    }

    fn change_folders(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        let Some(client) = &mut self.client else { return };
        let removed: Vec<PathBuf> =
            params.event.removed.iter().filter_map(|folder| path_of(&folder.uri)).collect();
        client.folders.retain(|folder| !removed.contains(folder));
        client.folders.extend(params.event.added.iter().filter_map(|one| path_of(&one.uri)));
        client.folders.sort();
        client.folders.dedup();
        self.change_everything();
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

    /// Checks what has changed, and returns the changes in the findings.
    pub(super) fn check(&mut self) {
        let Some(client) = self.client.as_ref().filter(|_| !self.is_shut_down) else { return };
        let changed = std::mem::take(&mut self.changed);
        if changed.is_nothing() {
            return;
        }
        let buffers = self.documents.buffers();
        if changed.projects {
            let folders = self.uris.set_folders(&client.folders);
            self.projects = Projects::find(&folders, &buffers);
        }
        let taken_back = self.publisher.take_back(self.uris.take_left());
        let view = View {
            rules: self.settings.rules,
            uris: &self.uris,
            encoding: client.encoding,
            related_information: client.related_information,
            pages: client.pages.as_deref().or(self.settings.pages).map(str::to_owned),
        };
        let bases = self.projects.bases(self.documents.disks(), &buffers);
        let panics = self.publisher.check(&bases, &changed, &buffers, &view);
        let published = self.publisher.publish(&bases, &self.documents, &self.uris);
        for params in taken_back.into_iter().chain(published) {
            self.notify("textDocument/publishDiagnostics", &params);
        }
        for panic in panics {
            let what = "a defect of rapporteur, which is to be reported to those who make it";
            self.say(MessageType::Error, &format!("{panic}: {what}"));
        }
    }

    fn log(&mut self, message: &str) {
        self.say(MessageType::Warning, message);
    }

    fn say(&mut self, kind: MessageType, message: &str) {
        let message = crate::source::visible_line(message).into_owned();
        let params = LogMessageParams { kind, message };
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
