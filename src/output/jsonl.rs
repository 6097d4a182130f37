//! The `jsonl` output: the findings of the `json` output, one a line, for programs that read as
//! they go. An input that could not be read is a line with the sole key `unread`.

use std::io;

use serde::Serialize;

use super::{
    Terminal,
    json::{FindingObject, UnreadObject, write_line},
};
use crate::lint::Report;

#[derive(Serialize)]
struct UnreadLine<'r> {
    unread: UnreadObject<'r>,
}

/// Writes one JSON object a line.
pub fn write(report: &Report, _: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    for finding in &report.findings {
        write_line(&FindingObject::of(finding), out)?;
    }
    for unread in &report.unread {
        write_line(&UnreadLine { unread: UnreadObject::of(unread) }, out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::output::{Format, testing::*};

    #[test]
    fn each_line_is_a_finding_as_in_the_json_output() {
        let report = example();
        let lines = written(Format::Jsonl, &report, &Terminal::default());
        let lines: Vec<Value> =
            lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let whole = written(Format::Json, &report, &Terminal::default());
        let whole: Value = serde_json::from_str(&whole).unwrap();
        let (unread, findings) = lines.split_last().unwrap();
        assert_eq!(findings, whole["findings"].as_array().unwrap());
        assert_eq!(unread["unread"], whole["unread"][0]);
        assert_eq!(unread.as_object().unwrap().len(), 1);
    }

    #[test]
    fn keys_are_in_the_order_of_the_json_output() {
        let lines = written(Format::Jsonl, &example(), &Terminal::default());
        let first = r#"{"rule":"name-variant","family":"times","severity":"info","message":"#;
        assert!(lines.starts_with(first), "{lines}");
    }

    #[test]
    fn no_findings_are_no_lines() {
        assert_eq!(written(Format::Jsonl, &report(Vec::new(), &[]), &Terminal::default()), "");
    }

    proptest! {
        #[test]
        fn any_message_stays_on_its_line(message: String) {
            let report = report(vec![finding(&message, find("a.json", "9", "9"))], &[]);
            let text = written(Format::Jsonl, &report, &Terminal::default());
            prop_assert_eq!(text.lines().count(), 1);
            let value: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(value["message"].as_str(), Some(message.as_str()));
        }
    }
}
