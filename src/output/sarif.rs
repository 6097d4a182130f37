//! The `sarif` output: the Static Analysis Results Interchange Format, version 2.1.0.

mod log;

use std::{borrow::Cow, fmt::Write as _, io};

use self::log::{
    Accepted, ArtifactLocation, BaseIds, Change, Configuration, Content, Descriptor, Driver,
    Fingerprints, Help, Invocation, Log, LogicalLocation, Message, Notification, PhysicalLocation,
    Place, Properties, Proposal, Region, RelatedPlace, Replacement, Root, Run, Tool, Verdict,
};
use super::{Terminal, json::write_value};
use crate::{
    finding::{Correction, Edit, Finding, Location, Severity, Suppression},
    lint::{Report, Unread},
    rule::RuleSet,
    source::{Position, visible, visible_line},
};

/// The public address of the project, as `Cargo.toml` names it, if it names one.
const PROJECT: Option<&str> = {
    let address = env!("CARGO_PKG_REPOSITORY");
    if address.is_empty() { None } else { Some(address) }
};

/// The base of every relative address: the root of the project.
const ROOT: &str = "%SRCROOT%";

/// Writes one log with one run. Of the rules, it describes those that found something.
pub fn write(report: &Report, _: &Terminal, out: &mut dyn io::Write) -> io::Result<()> {
    // Suppressed ones too, so that a reader of the log can tell them from those that were corrected.
    let findings = || report.findings.iter().chain(&report.suppressed).chain(&report.known);
    let mut ids: Vec<&str> = findings().map(|finding| finding.rule.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "rapporteur",
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: PROJECT,
                    rules: ids.iter().map(|id| descriptor(&report.rules, id)).collect(),
                },
            },
            column_kind: "unicodeCodePoints",
            base_ids: BaseIds { root: Root { description: message("the root of the project") } },
            invocations: [Invocation {
                successful: report.unread.is_empty(),
                notifications: report.unread.iter().map(notification).collect(),
            }],
            results: findings().map(|finding| verdict(finding, &ids)).collect(),
        }],
    };
    write_value(&log, out)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// What there is to say of a rule; of what is no rule, such as a mistake in the configuration, only
/// its name.
fn descriptor<'r>(rules: &'r RuleSet, id: &'r str) -> Descriptor<'r> {
    let rule = rules.find(id);
    Descriptor {
        id,
        short_description: rule.map(|rule| message(rule.summary())),
        full_description: rule.and_then(|rule| Some(message(reason(rule.page())?))),
        help: rule.map(|rule| Help { text: rule.page(), markdown: rule.page() }),
        default_configuration: rule.map(|rule| Configuration {
            enabled: rule.level.is_some(),
            level: rule.level.map(level),
        }),
        properties: rule
            .map(|rule| Properties { family: rule.family.word(), tags: [rule.family.word()] }),
    }
}

/// What the page of a rule says of why it matters.
fn reason(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once("\n## Why it matters\n")?;
    Some(rest.split("\n## ").next().unwrap_or(rest).trim())
}

fn notification(unread: &Unread) -> Notification<'_> {
    let reason = visible_line(&unread.reason);
    Notification {
        level: "error",
        message: Message { text: format!("{} was not read: {reason}", visible_line(&unread.path)) },
        locations: [Place {
            physical: PhysicalLocation { artifact: artifact(&unread.path), region: None },
            logical: Vec::new(),
        }],
    }
}

fn verdict<'r>(finding: &'r Finding, ids: &[&str]) -> Verdict<'r> {
    let related = (0..).zip(&finding.labels).map(|(id, label)| RelatedPlace {
        id,
        message: message(&label.text),
        place: place(&label.location),
    });
    let text = match &finding.help {
        Some(help) => format!("{}\nhelp: {help}", finding.message),
        None => finding.message.clone(),
    };
    Verdict {
        rule: &finding.rule,
        rule_index: ids.binary_search(&finding.rule.as_str()).ok(),
        level: level(finding.severity),
        message: message(&text),
        locations: [place(&finding.location)],
        related: related.collect(),
        occurrences: Some(finding.count).filter(|count| *count > 1),
        fingerprints: Fingerprints { ours: &finding.fingerprint },
        suppressions: finding.suppression.as_ref().map(|one| [accepted(one)]),
        fixes: finding
            .corrections
            .iter()
            .map(|one| proposal(one, &finding.location.path))
            .collect(),
    }
}

/// A correction as SARIF has it.
fn proposal<'r>(correction: &'r Correction, path: &str) -> Proposal<'r> {
    let replacement = |edit: &'r Edit| Replacement {
        deleted: region(edit.start, edit.end),
        inserted: Content { text: &edit.text },
    };
    Proposal {
        description: message(&correction.title),
        changes: [Change {
            artifact: artifact(path),
            replacements: correction.edits.iter().map(replacement).collect(),
        }],
    }
}

/// A suppression as SARIF has it: beside the result or elsewhere.
fn accepted(suppression: &Suppression) -> Accepted {
    let (kind, reason) = match suppression {
        Suppression::InSource(reason) => ("inSource", Some(reason)),
        Suppression::Configured(reason) => ("external", Some(reason)),
        Suppression::Known => ("external", None),
    };
    Accepted { kind, justification: reason.map(|reason| visible(reason).into_owned()) }
}

/// `text` as a message. Readers make links of `[this](that)`, which no message means.
fn message(text: &str) -> Message {
    Message { text: visible(text).replace("](", "] (") }
}

fn place(location: &Location) -> Place<'_> {
    let region = region(location.start, location.end);
    let record = location.record.as_deref().map(|id| LogicalLocation {
        name: Cow::Borrowed(id),
        full_name: id,
        kind: "object",
    });
    let pointer = location.pointer.rsplit_once('/').map(|(_, last)| LogicalLocation {
        name: Cow::Owned(last.replace("~1", "/").replace("~0", "~")),
        full_name: &location.pointer,
        kind: "value",
    });
    Place {
        physical: PhysicalLocation { artifact: artifact(&location.path), region: Some(region) },
        logical: record.into_iter().chain(pointer).collect(),
    }
}

fn region(start: Position, end: Position) -> Region {
    Region {
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        byte_offset: start.offset,
        byte_length: end.offset - start.offset,
    }
}

/// The address of a file: relative to the project, unless the path is not.
fn artifact(path: &str) -> ArtifactLocation {
    // Elsewhere a folder may have such a name.
    let has_drive = cfg!(windows) && path.get(1..3).is_some_and(|drive| drive == ":/");
    if path.starts_with('/') || has_drive {
        let slash = if has_drive { "/" } else { "" };
        ArtifactLocation { uri: format!("file://{slash}{}", encoded(path)), base: None }
    } else {
        ArtifactLocation { uri: encoded(path), base: Some(ROOT) }
    }
}

/// `path` as a relative reference of RFC 3986.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(byte.into());
            }
            byte => {
                // Writing to a string cannot fail.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::{
        finding::RuleId,
        output::{Format, testing::*},
    };

    fn value(report: &Report) -> Value {
        serde_json::from_str(&written(Format::Sarif, report, &Terminal::default())).unwrap()
    }

    #[test]
    fn a_log_has_rules_results_and_what_was_not_read() {
        let text = written(Format::Sarif, &example(), &Terminal::default());
        // The pages change more often than the form, and another test looks at them.
        let lines = text.lines().map(|line| match line.split_once(": \"# ") {
            Some((key, page)) => format!("{key}: \"…{}", &page[page.rfind('"').unwrap()..]),
            None => line.replace(env!("CARGO_PKG_VERSION"), "VERSION"),
        });
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
    }

    #[test]
    fn the_page_of_a_rule_is_its_help() {
        let rule = RuleSet::bundled().find("end-before-start").unwrap();
        let help = &value(&example())["runs"][0]["tool"]["driver"]["rules"][0]["help"];
        assert_eq!(help["markdown"], rule.page());
    }

    #[test]
    fn every_rule_says_why_it_matters() {
        for rule in RuleSet::bundled().iter() {
            let why = reason(rule.page()).unwrap_or_default();
            assert!(why.len() > 40 && !why.contains("\n#"), "{}: {why}", rule.id);
        }
    }

    #[test]
    fn no_findings_are_a_run_that_succeeded_without_results() {
        let empty = value(&report(Vec::new(), &[]));
        let run = &empty["runs"][0];
        assert_eq!(run["results"], serde_json::json!([]));
        assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    }

    #[test]
    fn what_is_no_rule_has_a_name_only() {
        let mut one = finding("m", find("rapporteur.toml", "9", "9"));
        one.rule = RuleId::new("no-rule-of-ours");
        let rules = &value(&report(vec![one], &[]))["runs"][0]["tool"]["driver"]["rules"];
        assert_eq!(*rules, serde_json::json!([{"id": "no-rule-of-ours"}]));
    }

    #[test]
    fn paths_are_addresses() {
        let uri = |path: &str| artifact(path).uri;
        assert_eq!(uri("a b/c:d%?#.json"), "a%20b/c%3Ad%25%3F%23.json");
        assert_eq!(uri("../ő\n.json"), "../%C5%91%0A.json");
        assert_eq!(uri("/x y"), "file:///x%20y");
        assert_eq!(uri("C:/x"), if cfg!(windows) { "file:///C%3A/x" } else { "C%3A/x" });
        assert!(artifact("/x").base.is_none() && artifact("x").base == Some(ROOT));
    }

    #[test]
    fn messages_make_no_links_and_keep_their_lines() {
        let text = message("a [b](https://example.org)\n\u{1b}[31m\"").text;
        assert_eq!(text, "a [b] (https://example.org)\n.[31m\"");
    }

    #[test]
    fn a_pointer_names_its_last_member_as_it_is_written() {
        let mut at = find("a.json", "9", "9");
        at.pointer = "/a~1b/c~1d~0".to_owned();
        let names = place(&at).logical;
        assert_eq!((names[1].name.as_ref(), names[1].full_name), ("c/d~", "/a~1b/c~1d~0"));
        (at.pointer, at.record) = (String::new(), None);
        assert!(place(&at).logical.is_empty());
    }
}
