//! What the editor can do, as it says in its first message. Looked up place by place, so that an editor
//! that says something odd about what does not matter here is served nevertheless.

use std::path::PathBuf;

use gen_lsp_types::{PositionEncodingKind, Uri};
use serde_json::Value;

use super::positions::Encoding;

/// What the editor can do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Client {
    pub(super) encoding: Encoding,
    /// Whether it shows other places that explain a finding.
    pub(super) related_information: bool,
    /// Whether it can be asked to tell of files that change outside of it.
    pub(super) watches_files: bool,
    /// The folders that it has open.
    pub(super) folders: Vec<PathBuf>,
    /// Where the pages of rules stand, if it says so.
    pub(super) pages: Option<String>,
}

impl Client {
    /// Reads the parameters of `initialize`.
    pub(super) fn new(params: &Value) -> Self {
        let capabilities = &params["capabilities"];
        let can = |pointer: &str| capabilities.pointer(pointer) == Some(&Value::Bool(true));
        let offered = capabilities.pointer("/general/positionEncodings").and_then(Value::as_array);
        let offered: Vec<PositionEncodingKind> = offered
            .into_iter()
            .flatten()
            .filter_map(|name| Some(PositionEncodingKind::from(name.as_str()?.to_owned())))
            .collect();
        Self {
            encoding: Encoding::negotiate(&offered),
            related_information: can("/textDocument/publishDiagnostics/relatedInformation"),
            watches_files: can("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            folders: folders(params),
            pages: params.pointer("/initializationOptions/pages").and_then(text),
        }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

/// The folders of the workspace; older editors tell one alone, by its address or its path.
fn folders(params: &Value) -> Vec<PathBuf> {
    let several = params["workspaceFolders"].as_array();
    let several = several.into_iter().flatten().filter_map(|folder| path_in(&folder["uri"]));
    let mut folders: Vec<PathBuf> = several.collect();
    if folders.is_empty() {
        let by_path = || params["rootPath"].as_str().map(PathBuf::from).filter(|p| p.is_absolute());
        folders.extend(path_in(&params["rootUri"]).or_else(by_path));
    }
    folders.sort();
    folders.dedup();
    folders
}

fn path_in(value: &Value) -> Option<PathBuf> {
    path_of(&Uri::parse(value.as_str()?).ok()?)
}

/// The path of the file that `uri` names; what is no file on this machine has none.
pub(super) fn path_of(uri: &Uri) -> Option<PathBuf> {
    if uri.scheme() == "file" { uri.to_file_path().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_editor_that_is_silent_can_do_nothing() {
        for params in [json!({}), json!(null), json!([]), json!({"capabilities": 3})] {
            assert_eq!(Client::new(&params), Client::default());
        }
    }

    #[test]
    fn what_it_says_counts() {
        let client = Client::new(&json!({
            "capabilities": {
                "general": {"positionEncodings": ["utf-16", 3, "utf-8"]},
                "textDocument": {"publishDiagnostics": {"relatedInformation": true}},
                "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}},
            },
            "initializationOptions": {"pages": "https://example.org/{rule}"},
        }));
        assert_eq!(client.encoding, Encoding::Utf8);
        assert!(client.related_information && client.watches_files);
        assert_eq!(client.pages.as_deref(), Some("https://example.org/{rule}"));
    }

    #[cfg(unix)]
    #[test]
    fn folders_are_reported_in_three_ways() {
        let folders = |params| Client::new(&params).folders;
        let one = vec![PathBuf::from("/a b")];
        assert_eq!(folders(json!({"rootUri": "file:///a%20b"})), one);
        assert_eq!(folders(json!({"rootPath": "/a b", "rootUri": null})), one);
        assert_eq!(folders(json!({"rootPath": "a b"})), Vec::<PathBuf>::new());
        let several = json!({
            "workspaceFolders": [
                {"uri": "file:///b", "name": "b"}, {"uri": "file:///a%20b", "name": "a"},
                {"uri": "file:///b", "name": "b"}, {"uri": "untitled:x"}, {"uri": 3}, 3,
            ],
            "rootUri": "file:///c",
        });
        assert_eq!(folders(several), [PathBuf::from("/a b"), PathBuf::from("/b")]);
    }
}
