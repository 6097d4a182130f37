//! Messages over two streams, framed as the base protocol says: a header with the length in bytes, an
//! empty line, and JSON.

use std::io::{self, BufRead, Read as _, Write};

use lsp_server::{ErrorCode, Message};
use serde_json::{Value, json};

use crate::input::refuse;

/// The longest line of a header, in bytes.
const HEADER: u64 = 8 << 10;
/// The longest message, in bytes; a text of 4 GiB, the longest that is checked, cannot be sent as one.
const LENGTH: usize = 1 << 30;

/// What was read.
#[derive(Debug)]
pub(super) enum Incoming {
    Message(Message),
    /// JSON that is not a message, and why; the next one can be.
    NoMessage(String),
    /// What is no JSON, and why; the next message can be.
    NoJson(String),
}

/// Reads the next message; `None` at the end of the stream. After an error nothing more can be read.
pub(super) fn read(stream: &mut dyn BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = read_header(stream)? else { return Ok(None) };
    let mut body = Vec::new();
    // Room is made for what comes, not for what is announced.
    stream.take(length as u64).read_to_end(&mut body)?;
    if body.len() < length {
        return Err(refuse("the stream ends inside a message"));
    }
    Ok(Some(parse(&String::from_utf8_lossy(&body))))
}

/// The length that the header says; `None` at the end of the stream.
fn read_header(stream: &mut dyn BufRead) -> io::Result<Option<usize>> {
    let (mut length, mut is_first) = (None, true);
    loop {
        let mut line = Vec::new();
        (&mut *stream).take(HEADER).read_until(b'\n', &mut line)?;
        if line.is_empty() && is_first {
            return Ok(None);
        }
        let Some(line) = line.strip_suffix(b"\n") else {
            return Err(refuse("the header of a message has no end"));
        };
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if line.is_empty() {
            break;
        }
        is_first = false;
        let line = String::from_utf8_lossy(line);
        let Some((name, value)) = line.split_once(':') else {
            return Err(refuse("a line in the header of a message is not a field"));
        };
        if name.trim().eq_ignore_ascii_case("Content-Length") {
            length = value.trim().parse::<usize>().ok();
        }
    }
    match length {
        Some(length) if length <= LENGTH => Ok(Some(length)),
        Some(_) => Err(refuse("a message is longer than 1 GiB")),
        None => Err(refuse("the header of a message has no length")),
    }
}

/// Editors whose texts are UTF-16 may send half of a character as an escape, which is not valid JSON text
/// to most readers; it becomes the replacement character, as it would in a file.
fn parse(text: &str) -> Incoming {
    let parsed = serde_json::from_str(text).or_else(|error| {
        let whole = without_lone_surrogates(text);
        whole.map_or(Err(error), |whole| serde_json::from_str(&whole))
    });
    match parsed {
        // A request with an id of another kind passes for a notification.
        Ok(notification @ Message::Notification(_)) if text.contains("\"id\"") => {
            Incoming::Message(with_other_id(text).unwrap_or(notification))
        }
        Ok(message) => Incoming::Message(message),
        Err(error) if error.is_data() => Incoming::NoMessage(error.to_string()),
        Err(error) => Incoming::NoJson(error.to_string()),
    }
}

/// What an id begins with that stands for one which is neither text nor a number of 32 bits. No editor writes this character.
const OTHER_ID: &str = "\u{10FFFF}";

/// A request whose id is neither text nor a number of 32 bits, with a text in its place: JSON-RPC allows any number, and null.
fn with_other_id(text: &str) -> Option<Message> {
    let mut value: Value = serde_json::from_str(text).ok()?;
    let id = value.get_mut("id").filter(|id| id.is_number() || id.is_null())?;
    *id = format!("{OTHER_ID}{id}").into();
    value.get("method")?.as_str()?;
    serde_json::from_value(value).ok()
}

/// `text` with escapes of lone surrogates replaced; `None` if there are none.
fn without_lone_surrogates(text: &str) -> Option<String> {
    let mut whole: Option<String> = None;
    let mut rest = text;
    let mut retained = 0;
    while let Some(at) = rest.find('\\') {
        let from = text.len() - rest.len() + at;
        let length = match (surrogate(&text[from..]), surrogate(text.get(from + 6..).unwrap_or("")))
        {
            (Some(Half::High), Some(Half::Low)) => 12,
            (Some(_), _) => {
                let whole = whole.get_or_insert_default();
                whole.push_str(&text[retained..from]);
                whole.push('\u{FFFD}');
                retained = from + 6;
                6
            }
            // The backslash and what it escapes; a character of several bytes is none of ours.
            (None, _) => 1 + text[from + 1..].chars().next().map_or(0, char::len_utf8),
        };
        rest = &text[from + length..];
    }
    let mut whole = whole?;
    whole.push_str(&text[retained..]);
    Some(whole)
}

enum Half {
    High,
    Low,
}

/// Which half of a pair the escape at the start of `text` is.
fn surrogate(text: &str) -> Option<Half> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xD800..=0xDBFF => Some(Half::High),
        0xDC00..=0xDFFF => Some(Half::Low),
        _ => None,
    }
}

/// Writes a message and sends it off. An answer has the id of the request as it was written.
pub(super) fn write(mut stream: &mut dyn Write, message: &Message) -> io::Result<()> {
    if let Message::Response(response) = message
        && let Ok(mut value) = serde_json::to_value(response)
        && let Some(id) = value["id"].as_str().and_then(|id| id.strip_prefix(OTHER_ID))
        && let Ok(id) = serde_json::from_str::<Value>(id)
    {
        value["id"] = id;
        value["jsonrpc"] = "2.0".into();
        return write_frame(stream, &value.to_string());
    }
    message.write(&mut stream)
}

fn write_frame(stream: &mut dyn Write, body: &str) -> io::Result<()> {
    write!(stream, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    stream.flush()
}

/// Refuses what is no JSON, as [JSON-RPC](https://www.jsonrpc.org/specification) asks: no one knows its id.
pub(super) fn refuse_text(stream: &mut dyn Write, reason: &str) -> io::Result<()> {
    let error = json!({"code": ErrorCode::ParseError as i32, "message": reason});
    write_frame(stream, &json!({"jsonrpc": "2.0", "id": null, "error": error}).to_string())
}

#[cfg(test)]
mod tests {
    use lsp_server::Response;
    use proptest::prelude::*;

    use super::*;

    fn framed(body: &str) -> Vec<u8> {
        format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
    }

    fn first(bytes: &[u8]) -> io::Result<Option<Incoming>> {
        read(&mut &bytes[..])
    }

    #[test]
    fn messages_come_one_after_the_other() {
        let mut stream = framed(r#"{"jsonrpc":"2.0","method":"a"}"#);
        stream.extend(b"content-length:31\r\nContent-Type: x\r\n\r\n");
        stream.extend(br#"{"jsonrpc":"2.0","method":"bc"}"#);
        let mut stream = &stream[..];
        for wanted in ["a", "bc"] {
            match read(&mut stream).unwrap() {
                Some(Incoming::Message(Message::Notification(one))) => {
                    assert_eq!(one.method, wanted);
                }
                other => panic!("{other:?}"),
            }
        }
        assert!(read(&mut stream).unwrap().is_none());
    }

    #[test]
    fn what_is_no_message_is_reported_and_skipped() {
        let deep = "[".repeat(10_000);
        for (body, is_json) in [
            ("", false),
            ("{", false),
            ("[]", true),
            ("{\"jsonrpc\":\"2.0\"}", true),
            ("{\"id\":1}", true),
            (&deep, false),
        ] {
            let mut stream = framed(body);
            stream.extend(framed(r#"{"jsonrpc":"2.0","method":"a"}"#));
            let mut stream = &stream[..];
            match read(&mut stream).unwrap() {
                Some(Incoming::NoMessage(_)) => assert!(is_json, "{body}"),
                Some(Incoming::NoJson(_)) => assert!(!is_json, "{body}"),
                other => panic!("{other:?}"),
            }
            assert!(matches!(read(&mut stream).unwrap(), Some(Incoming::Message(_))), "{body}");
        }
    }

    #[test]
    fn a_request_is_answered_by_its_id_whatever_that_is() {
        for id in ["7", "\"seven\"", "4294967296", "-1.5", "null", "18446744073709551615"] {
            let stream = framed(&format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"a"}}"#));
            let Some(Incoming::Message(Message::Request(request))) = first(&stream).unwrap() else {
                panic!("{id}");
            };
            let mut out = Vec::new();
            let answer = Response::new_err(request.id, 1, "no".to_owned());
            write(&mut out, &answer.into()).unwrap();
            let body = String::from_utf8(out).unwrap();
            let body = body.split_once("\r\n\r\n").unwrap().1;
            let answer: Value = serde_json::from_str(body).unwrap();
            assert_eq!(answer["id"], serde_json::from_str::<Value>(id).unwrap(), "{body}");
            assert_eq!((&answer["jsonrpc"], &answer["error"]["code"]), (&json!("2.0"), &json!(1)));
        }
        // A text with the letters in it is a notification all the same.
        let stream = framed(r#"{"jsonrpc":"2.0","method":"a","params":{"id":7}}"#);
        let read = first(&stream).unwrap();
        assert!(matches!(read, Some(Incoming::Message(Message::Notification(_)))));
    }

    #[test]
    fn a_frame_that_is_broken_ends_the_stream() {
        for (bytes, why) in [
            (&b"Content-Length: 5\r\n\r\nabc"[..], "ends inside"),
            (b"Content-Length: 5\r\n", "no end"),
            (b"Content-Length: many\r\n\r\n", "no length"),
            (b"Content-Length: 99999999999\r\n\r\n", "longer than"),
            (b"\r\n", "no length"),
            (b"hello\r\n\r\n", "not a field"),
        ] {
            let error = first(bytes).unwrap_err();
            assert!(error.to_string().contains(why), "{error}");
        }
        assert!(
            first(&vec![b'a'; 1 << 20]).is_err(),
            "a header without an end is not read to its end"
        );
    }

    #[test]
    fn a_refusal_of_what_is_no_json_has_no_id() {
        let mut out = Vec::new();
        refuse_text(&mut out, "é").unwrap();
        let (head, body) = str::from_utf8(&out).unwrap().split_once("\r\n\r\n").unwrap();
        assert_eq!(head, format!("Content-Length: {}", body.len()));
        let body: Value = serde_json::from_str(body).unwrap();
        let error = json!({"code": -32700, "message": "é"});
        assert_eq!(body, json!({"jsonrpc": "2.0", "id": null, "error": error}));
    }

    #[test]
    fn half_of_a_character_becomes_the_replacement_character() {
        let text = |text: &str| without_lone_surrogates(text);
        assert_eq!(text(r"a\ud83d\ude00b"), None);
        assert_eq!(text(r"a\\ud83d").as_deref(), None, "an escaped backslash and letters");
        assert_eq!(text(r"a\ud83db\ude00").as_deref(), Some("a\u{FFFD}b\u{FFFD}"));
        assert_eq!(text(r"\ud83d\ud83d\ude00").as_deref(), Some("\u{FFFD}\\ud83d\\ude00"));
        assert_eq!(text("\\ud83").as_deref(), None);
        let body = r#"{"jsonrpc":"2.0","method":"a","params":["\ud83d"]}"#;
        match first(&framed(body)).unwrap() {
            Some(Incoming::Message(Message::Notification(one))) => {
                assert_eq!(one.params, serde_json::json!(["\u{FFFD}"]));
            }
            other => panic!("{other:?}"),
        }
    }

    proptest! {
        #[test]
        fn no_stream_makes_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), body in ".*") {
            let _ = first(&bytes);
            let _ = first(&framed(&body));
        }

        #[test]
        fn any_text_of_escapes_is_read(escapes in proptest::collection::vec(any::<u16>(), 0..20)) {
            let escapes: String = escapes.iter().map(|unit| format!("\\u{unit:04x}")).collect();
            let body = format!(r#"{{"jsonrpc":"2.0","method":"a","params":["{escapes}"]}}"#);
            let read = first(&framed(&body)).unwrap();
            prop_assert!(matches!(read, Some(Incoming::Message(_))), "{read:?}");
        }
    }
}
