//! Reports that this program wrote itself, which are in the folders that it checks.

use crate::tree::{NodeRef, Tree};

/// Whether a file is a report of ours in one of the formats that are JSON, and so holds no records. A finding names the
/// kind of the record that it is about, so that it would pass for a record of that kind.
///
/// Nothing of a name or place is asked, since a report may have any; everything that a report always has is, since a
/// record is not to be passed over.
#[must_use]
pub fn is_report(tree: &Tree) -> bool {
    if let [root] = tree.roots()
        && is_whole_report(tree.node(*root))
    {
        return true;
    }
    let records = tree.records();
    !records.is_empty() && records.into_iter().all(|one| is_finding(one) || is_unread(one))
}

/// The one document of `json`, `sarif` and `rdjson`: nothing is at its root but what we write there.
fn is_whole_report(root: NodeRef<'_>) -> bool {
    let has = |members: usize, names: &[&str]| {
        root.members().count() == members && names.iter().all(|name| root.get(name).is_some())
    };
    let is_list = |name| root.get(name).is_some_and(NodeRef::is_array);
    let names_us = |pointer| {
        let name = root.pointer(pointer).and_then(NodeRef::as_str);
        name == Some(env!("CARGO_PKG_NAME"))
    };
    let ours = has(4, &["summary", "findings", "unread"])
        && is_list("findings")
        && is_list("unread")
        && root.pointer("/summary/infos").is_some();
    let sarif = has(3, &["$schema", "runs"]) && names_us("/runs/0/tool/driver/name");
    let rdjson =
        has(2, &["source", "diagnostics"]) && is_list("diagnostics") && names_us("/source/name");
    ours || sarif || rdjson
}

/// A line of `jsonl` or an entry of `gitlab`.
fn is_finding(node: NodeRef<'_>) -> bool {
    let is_hex = |text: &str| text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let text = |pointer| node.pointer(pointer).and_then(NodeRef::as_str);
    let has = |pointer: &str| node.pointer(pointer).is_some();
    let jsonl = text("/rule").is_some() && has("/span/start/offset") && has("/labels");
    let gitlab = text("/check_name").is_some() && has("/location/lines/begin");
    (jsonl || gitlab) && text("/severity").is_some() && text("/fingerprint").is_some_and(is_hex)
}

/// A line of `jsonl` on what could not be read.
fn is_unread(node: NodeRef<'_>) -> bool {
    let has = |pointer: &str| node.pointer(pointer).is_some();
    node.is_object() && node.members().count() == 1 && has("/unread/path") && has("/unread/reason")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::{Source, Syntax};

    fn is_ours(syntax: Syntax, text: &str) -> bool {
        is_report(&Tree::parse(Arc::new(Source::new("a", syntax, text))))
    }

    // That every format is known by what it writes is tried with the program itself.
    #[test]
    fn what_only_resembles_a_report_is_none() {
        let print = "0123456789abcdef0123456789abcdef";
        let line = |kind: &str| {
            format!(
                r#"{{"rule": "syntax", "severity": "error", "kind": "{kind}", "labels": [],
                    "span": {{"start": {{"offset": 7}}}}, "fingerprint": "{print}"}}"#
            )
        };
        let line = line("programme").replace('\n', " ");
        let unread = r#"{"unread": {"path": "a", "reason": "gone"}}"#;
        assert!(is_ours(Syntax::JsonLines, &format!("{line}\n{unread}\n")));
        assert!(is_ours(Syntax::Json, &format!("[{line}]")), "as some programs keep them");
        for other in [
            String::new(),
            "{}\n".to_owned(),
            // One record among the lines is enough.
            format!("{line}\n{{\"kind\": \"letter\"}}\n"),
            line.replace("rule", "role"),
            line.replace(print, "0123"),
            line.replace("severity", "weight"),
            r#"{"unread": {"path": "a", "reason": "gone"}, "kind": "letter"}"#.to_owned(),
            r#"{"kind": "letter", "findings": [], "summary": {"infos": 0}}"#.to_owned(),
            r#"{"$schema": "x", "version": "2.1.0", "runs": [{"tool": {"driver": {"name": "another"}}}]}"#
                .to_owned(),
            r#"{"kind": "letter", "source": {"name": "rapporteur"}, "diagnostics": []}"#.to_owned(),
        ] {
            assert!(!is_ours(Syntax::JsonLines, &other), "{other}");
        }
    }
}
