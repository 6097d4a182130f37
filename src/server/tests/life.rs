//! How a conversation begins and ends, and what happens when someone misspeaks.

use gen_lsp_types::Uri;
use lsp_server::{Notification, Request};
use serde_json::{Value, json};

use super::conversation::{Editor, RIGHT, folder};
use crate::{
    input,
    rule::RuleSet,
    server::{Broken, Ending, Settings, diagnostics, session::Session},
};

#[test]
fn nothing_is_answered_before_the_beginning_and_after_the_end() {
    let at = folder(&[]);
    let mut editor = Editor::new(at.path());
    assert_eq!(editor.ask("shutdown", &Value::Null), Err(-32002));
    editor.open("a.json", "{\"kind\": \"register\"}");
    editor.ask("initialize", &json!({"capabilities": {}})).unwrap();
    assert_eq!(editor.ask("initialize", &json!({"capabilities": {}})), Err(-32600));
    assert!(editor.diagnostics().is_empty(), "what was said too early was not heard");
    assert_eq!(editor.ask("textDocument/hover", &json!({})), Err(-32601));
    assert_eq!(editor.ask("shutdown", &Value::Null), Ok(Value::Null));
    assert_eq!(editor.ask("shutdown", &Value::Null), Err(-32600));
    assert_eq!(editor.exit().unwrap(), Ending::Orderly);
}

#[test]
fn an_editor_that_leaves_without_a_word_leaves_abruptly() {
    let at = folder(&[]);
    assert_eq!(Editor::new(at.path()).exit().unwrap(), Ending::Abrupt);
    assert_eq!(Editor::start(at.path(), &json!({})).exit().unwrap(), Ending::Abrupt);
    assert_eq!(Editor::new(at.path()).hang_up().unwrap(), Ending::Abrupt);
}

#[test]
fn a_stream_that_is_none_of_the_protocol_is_an_error() {
    let at = folder(&[]);
    let mut editor = Editor::new(at.path());
    editor.write(b"hello\r\n\r\n");
    match editor.hang_up() {
        Err(Broken::Input(error)) => {
            assert_eq!(input::reason(&error), "a line in the header of a message is not a field");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_cannot_be_understood_is_logged_and_skipped() {
    let at = folder(&[("a.json", RIGHT)]);
    let mut editor = Editor::start(at.path(), &json!({}));
    editor.write(b"Content-Length: 4\r\n\r\n{\"a\"");
    editor.send("textDocument/didOpen", &json!({"textDocument": 3}));
    editor.send(
        "textDocument/didChange",
        &json!({"textDocument": {"uri": "file:///none.json", "version": 1}, "contentChanges": []}),
    );
    editor.send("$/setTrace", &json!({"value": "off"}));
    let logged = editor.logged().join("\n");
    assert!(logged.starts_with("a message could not be understood: "), "{logged}");
    assert!(logged.contains("\ntextDocument/didOpen: "), "{logged}");
    assert_eq!(logged.lines().count(), 2, "{logged}");
    editor.leave();
}

#[test]
fn a_text_that_is_no_file_is_skipped() {
    let at = folder(&[]);
    let mut editor = Editor::start(at.path(), &json!({}));
    let item =
        json!({"uri": "untitled:Untitled-1", "languageId": "json", "version": 1, "text": "{"});
    editor.send("textDocument/didOpen", &json!({"textDocument": item}));
    assert!(editor.diagnostics().is_empty());
    editor.leave();
}

#[test]
fn a_part_that_does_not_exist_replaces_nothing_else() {
    let at = folder(&[("a.json", RIGHT)]);
    let mut editor = Editor::start(at.path(), &json!({}));
    editor.open("a.json", RIGHT);
    assert!(editor.published().is_empty());
    let place = |line: Value| json!({"line": line, "character": 0});
    // Beyond any end is the end, and before any beginning the beginning.
    let far = json!({"start": place(json!(1_u64 << 32)), "end": place(json!(1_u64 << 40))});
    editor.change_part("a.json", 2, &far, "\n");
    let before = json!({"start": place(json!(-1)), "end": place(json!(-1))});
    editor.change_part("a.json", 3, &before, "\n");
    assert!(editor.published().is_empty() && editor.logged().is_empty());
    let broken = json!({"start": place(json!("first")), "end": place(json!(0))});
    editor.change_part("a.json", 4, &broken, "x");
    assert!(editor.published().is_empty(), "the file counts");
    let logged = editor.logged().join("\n");
    assert!(logged.contains("/a.json: the range of a change has `\"first\"`"), "{logged}");
    editor.change("a.json", 5, "{");
    assert!(editor.published()["a.json"][0].contains(" syntax "), "the text is known again");
    assert_eq!(editor.version("a.json"), Some(5));
    editor.leave();
}

#[test]
fn a_rule_that_panics_leaves_what_was_found_before_and_the_server_running() {
    let at = folder(&[("a.json", RIGHT)]);
    let uri = Uri::from_file_path(at.path().join("a.json")).unwrap();
    let mut session = Session::with(
        Settings { rules: RuleSet::bundled(), pages: None },
        |base, documents, retained, view| {
            let text = documents.0.read_file(&base.folder().join("a.json")).unwrap();
            assert!(text != b"defect", "a defect\nof a rule");
            diagnostics::check(base, documents, retained, view)
        },
    );
    let folders = json!([{"uri": Uri::from_file_path(at.path()).unwrap(), "name": "records"}]);
    let params = json!({"capabilities": {}, "workspaceFolders": folders});
    session.handle(Request { id: 1.into(), method: "initialize".to_owned(), params }.into());
    let mut send = |method: &str, params: Value| -> Vec<Value> {
        let method = method.to_owned();
        session.handle(Notification { method, params }.into());
        session.check();
        let answers = session.take_answers().into_iter();
        answers.map(|answer| serde_json::to_value(answer).unwrap()).collect()
    };
    send("initialized", json!({}));
    let item = json!({"uri": uri, "languageId": "json", "version": 1, "text": "{"});
    let published = send("textDocument/didOpen", json!({"textDocument": item}));
    assert_eq!(published[0]["params"]["diagnostics"][0]["code"], "syntax");
    let mut change = |version: i32, text: &str| {
        let document = json!({"uri": uri, "version": version});
        let changes = json!([{"text": text}]);
        send("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes}))
    };
    let published = change(2, "defect");
    assert_eq!(published[0]["params"]["diagnostics"][0]["code"], "syntax", "what was found before");
    let logged = published[1]["params"]["message"].as_str().unwrap();
    assert!(logged.contains("not checked: a defect of a rule: a defect of"), "{logged}");
    assert_eq!(change(3, RIGHT)[0]["params"]["diagnostics"], json!([]));
}

#[test]
fn what_is_no_json_is_refused_and_what_is_no_message_is_only_logged() {
    let at = folder(&[]);
    let mut editor = Editor::start(at.path(), &json!({}));
    editor.write(b"Content-Length: 4\r\n\r\n{\"a\"");
    editor.write(b"Content-Length: 8\r\n\r\n{\"id\":3}");
    assert_eq!(editor.logged().len(), 2);
    assert_eq!(editor.refusals(), 1);
    editor.leave();
}
