//! What an editor has changed in a text. Read place by place: of a change of a part that is not quite in order the
//! protocol's own types make a change of the whole.

use gen_lsp_types::{Position, Range};
use serde_json::Value;

/// One change: a part that gets another text, or the whole text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// The part; without it, the whole.
    pub(super) range: Option<Range>,
    pub(super) text: String,
}

impl Change {
    /// Reads one element of `contentChanges`, or says why it cannot be understood.
    pub(super) fn read(value: &Value) -> Result<Self, String> {
        let text = value["text"].as_str().ok_or("a change has no `text`")?;
        let range = match &value["range"] {
            Value::Null => None,
            range => {
                Some(Range { start: position(&range["start"])?, end: position(&range["end"])? })
            }
        };
        Ok(Self { range, text: text.to_owned() })
    }
}

fn position(value: &Value) -> Result<Position, String> {
    Ok(Position { line: count(&value["line"])?, character: count(&value["character"])? })
}

/// Numbers that no text reaches stand for its end, and those below zero for its beginning.
#[expect(clippy::cast_sign_loss, reason = "negative counts are zero by then")]
fn count(value: &Value) -> Result<u32, String> {
    let whole = value.as_u64().map(|number| u32::try_from(number).unwrap_or(u32::MAX));
    let other = || {
        let number = value.as_f64().filter(|number| number.fract() == 0.0)?;
        Some(number.clamp(0.0, u32::MAX.into()) as u32)
    };
    whole.or_else(other).ok_or_else(|| format!("the range of a change has `{value}` for a number"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn range(start: (u32, u32), end: (u32, u32)) -> Range {
        let position = |(line, character)| Position { line, character };
        Range { start: position(start), end: position(end) }
    }

    #[test]
    fn a_change_without_a_range_is_one_of_the_whole() {
        for value in [json!({"text": "a"}), json!({"text": "a", "range": null, "rangeLength": 3})] {
            let change = Change::read(&value).unwrap();
            assert_eq!(change, Change { range: None, text: "a".to_owned() });
        }
    }

    #[test]
    fn numbers_beyond_any_text_are_its_beginning_or_its_end() {
        for (number, wanted) in [
            (json!(7), 7),
            (json!(7.0), 7),
            (json!(-1), 0),
            (json!(-1e300), 0),
            (json!(u32::MAX), u32::MAX),
            (json!(1_u64 << 32), u32::MAX),
            (json!(u64::MAX), u32::MAX),
            (json!(1e300), u32::MAX),
        ] {
            let start = json!({"line": number, "character": 1});
            let end = json!({"line": 2, "character": number});
            let value = json!({"range": {"start": start, "end": end}, "text": ""});
            let read = Change::read(&value).unwrap();
            assert_eq!(read.range, Some(range((wanted, 1), (2, wanted))), "{number}");
        }
    }

    #[test]
    fn what_is_no_change_has_a_reason() {
        let start = json!({"line": 0, "character": 0});
        for (value, reason) in [
            (json!({}), "no `text`"),
            (json!([3]), "no `text`"),
            (json!({"text": 3}), "no `text`"),
            (json!({"text": "", "range": {}}), "`null` for a number"),
            (json!({"text": "", "range": []}), "`null` for a number"),
            (json!({"text": "", "range": {"start": start, "end": {"line": 0.5}}}), "`0.5` for"),
            (json!({"text": "", "range": {"start": start, "end": {"line": "1"}}}), "`\"1\"` for"),
        ] {
            let error = Change::read(&value).unwrap_err();
            assert!(error.contains(reason), "{error}");
        }
    }
}
