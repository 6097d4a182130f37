//! What the XML outputs have in common.

use std::{borrow::Cow, io};

use quick_xml::{
    Writer,
    events::{BytesDecl, Event},
};

use crate::{lint::Report, source::visible_line};

/// Writes the declaration, what `content` writes, and a line break.
pub(super) fn write(
    out: &mut dyn io::Write,
    content: impl FnOnce(&mut Writer<&mut dyn io::Write>) -> io::Result<()>,
) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    content(&mut writer)?;
    writer.into_inner().write_all(b"\n")
}

/// `text` on one line without what XML 1.0 cannot hold, not even escaped: controls, which
/// [`visible_line`] replaces, and two code points that are no characters.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    match visible_line(text) {
        shown if shown.contains(NO_CHARACTERS) => {
            Cow::Owned(shown.replace(NO_CHARACTERS, "\u{FFFD}"))
        }
        shown => shown,
    }
}

const NO_CHARACTERS: [char; 2] = ['\u{FFFE}', '\u{FFFF}'];

/// The findings of each path, in the order of the report.
pub(super) fn by_path(report: &Report) -> Vec<(&str, Vec<&crate::finding::Finding>)> {
    let mut groups: Vec<(&str, Vec<_>)> = Vec::new();
    for finding in &report.findings {
        match groups.last_mut() {
            Some((path, group)) if *path == finding.location.path => group.push(finding),
            _ => groups.push((&finding.location.path, vec![finding])),
        }
    }
    groups
}
