//! Links to files: where the text of a file leads, and which of those places are there.
//!
//! The pass over a file keeps what is written. Whether a file is there is looked up when all files are known, a folder at a time,
//! and never outside of the project.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::{Analysis, FileResult, Reread};
use crate::{
    digest,
    fact::{Meaning, Record},
    finding::{Draft, Place},
    rule::{Absent, Check, Dangling, Findings},
    source::{Source, Syntax},
    sources::SourceId,
    suggest,
    tree::{NodeRef, Tree, markdown},
    vocabulary::LinkBase,
};

/// What is in a folder of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Folder {
    /// The names of its files and folders.
    Names(BTreeSet<String>),
    /// It is not there.
    Missing,
    /// It cannot be looked into, or a link leads to it from the project.
    Closed,
}

/// Lists the folders of a project by their paths from its root; that of the root is empty.
pub trait Folders: Sync {
    /// What is in the folder.
    fn names(&self, folder: &str) -> Folder;
}

/// A link as it is written in a file.
#[derive(Clone, Debug)]
pub(super) struct Link {
    place: Place,
    written: Box<str>,
    from: LinkBase,
    /// Whether a schema says that it leads to a file. Links of Markdown may lead to pages of a site, too.
    is_declared: bool,
}

/// What the pass over a file keeps for the rule on links.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    all: Vec<Link>,
    /// The anchors of a text in Markdown, sorted.
    anchors: Vec<u64>,
}

impl Links {
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty() && self.anchors.is_empty()
    }

    /// The links and the anchors of a text in Markdown, as it is written.
    pub(super) fn of_text(tree: &Tree, id: SourceId) -> Self {
        let mut links = Self::default();
        if tree.source().syntax != Syntax::Markdown {
            return links;
        }
        for node in markdown::links(tree) {
            let Some(written) = node.as_str() else { continue };
            let place = Place { source: id, record: None, node: None, span: node.inner_span() };
            let (written, from) = (written.into(), LinkBase::File);
            links.all.push(Link { place, written, from, is_declared: false });
        }
        let headings = markdown::headings(tree).map(|heading| digest::of(plain(heading).as_str()));
        links.anchors = headings.collect();
        links.anchors.sort_unstable();
        links
    }

    /// Says for each link in which value of which record it is. The tree is the one that has the records.
    pub(super) fn place_in(&mut self, tree: &Tree) {
        if self.all.is_empty() {
            return;
        }
        // The records of a text need not be in its order.
        let mut starts: Vec<(u32, u32)> =
            (0..).zip(tree.records()).map(|(number, root)| (root.span().start, number)).collect();
        starts.sort_unstable();
        for link in &mut self.all {
            let start = link.place.span.start;
            link.place.node = tree.node_at_offset(start).map(NodeRef::id);
            let before = starts.partition_point(|(record, _)| *record <= start);
            let record = before.checked_sub(1).and_then(|at| starts.get(at));
            link.place.record = record.filter(|_| link.place.node.is_some()).map(|(_, at)| *at);
        }
    }

    /// Takes the links of a record that its schema declares.
    pub(super) fn add_declared(&mut self, record: &Record<'_>) {
        // All links of a text in Markdown are taken anyway.
        if record.node.tree().source().syntax == Syntax::Markdown {
            return;
        }
        for fact in record.live() {
            if let Meaning::FileLink(link) = &fact.meaning {
                let (written, from) = (link.text.value.into(), link.from);
                self.all.push(Link { place: link.text.place, written, from, is_declared: true });
            }
        }
    }
}

/// An anchor or a heading by its letters and digits: code hosts and site generators differ in the marks between them.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Where a link leads in the project.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Target {
    /// From the root.
    path: String,
    anchor: Option<String>,
    /// Whether it begins with `/`.
    is_absolute: bool,
}

impl Target {
    /// Where a link in the file `file` leads; `None` if it leads out of the project, or is none to a file.
    fn of(file: &str, written: &str, from: LinkBase) -> Option<Self> {
        let written = written.trim();
        let is_template = ["{{", "{%", "\\", "\n"].iter().any(|mark| written.contains(mark));
        if is_template || has_scheme(written) || written.starts_with("//") {
            return None;
        }
        let (path, anchor) = match written.split_once('#') {
            Some((path, anchor)) => (path, Some(decoded(anchor)?)),
            None => (written, None),
        };
        let path = decoded(path.split('?').next().unwrap_or(path))?;
        let anchor = anchor.filter(|anchor| !anchor.is_empty());
        if path.is_empty() {
            anchor.as_ref()?;
            return Some(Self { path: file.to_owned(), anchor, is_absolute: false });
        }
        let is_absolute = path.starts_with('/');
        let folder = match from {
            LinkBase::File if !is_absolute => {
                file.rsplit_once('/').map_or("", |(folder, _)| folder)
            }
            _ => "",
        };
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(Self { path: parts.join("/"), anchor, is_absolute })
    }
}

/// Whether a link begins as the address of something elsewhere.
fn has_scheme(written: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    let scheme = written.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_part)
    })
}

/// A text with `%20` and the like read; `None` if that makes no text.
fn decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| *first == b'%');
        let byte = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match byte.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

/// The endings of files that are linked as files. A link to `x.html` or `x` in a text may lead to a page that a site generator
/// makes.
const ENDINGS: [&str; 31] = [
    "adoc", "csv", "doc", "docx", "gif", "ics", "jpeg", "jpg", "json", "jsonl", "markdown", "md",
    "mp3", "mp4", "ndjson", "odp", "ods", "odt", "pdf", "png", "ppt", "pptx", "rst", "svg", "toml",
    "tsv", "txt", "xls", "xlsx", "yaml", "yml",
];

fn has_ending_of_file(path: &str) -> bool {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

/// Looks up what is in the project, each folder once.
struct Lookup<'l> {
    folders: Option<&'l dyn Folders>,
    /// The files of the run, by their paths.
    inputs: HashMap<&'l str, SourceId>,
    known: HashMap<String, Folder>,
}

impl Lookup<'_> {
    fn folder(&mut self, path: &str) -> &Folder {
        let Self { folders, inputs, known } = self;
        known.entry(path.to_owned()).or_insert_with(|| match folders {
            Some(folders) => folders.names(path),
            None => {
                let below = |file: &&str| {
                    if path.is_empty() {
                        return Some((*file).to_owned());
                    }
                    Some(file.strip_prefix(path)?.strip_prefix('/')?.to_owned())
                };
                let names = inputs.keys().filter_map(below);
                let names = names.filter_map(|rest| Some(rest.split('/').next()?.to_owned()));
                Folder::Names(names.collect())
            }
        })
    }

    /// Whether there is something at `path`; `None` if that cannot be known.
    fn has(&mut self, path: &str) -> Option<bool> {
        if path.is_empty() || self.inputs.contains_key(path) {
            return Some(true);
        }
        // Without the disk only files that are read would be known.
        if self.folders.is_none() && Syntax::of_named(path).is_none() {
            return None;
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        match self.folder(folder) {
            Folder::Names(names) => Some(names.contains(name)),
            Folder::Missing => Some(false),
            Folder::Closed => None,
        }
    }

    /// A name in the same folder that is nearly that of `path`, or the same name in another folder.
    fn near(&mut self, path: &str) -> Option<String> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if let Folder::Names(names) = self.folder(folder)
            && let Some(near) = suggest::nearest(name, names.iter().map(String::as_str))
        {
            return Some(if folder.is_empty() {
                near.to_owned()
            } else {
                format!("{folder}/{near}")
            });
        }
        let is_same = |file: &&&str| file.rsplit('/').next() == Some(name);
        let mut same = self.inputs.keys().filter(is_same);
        let first = same.next()?;
        same.next().is_none().then(|| (*first).to_owned())
    }
}

impl Analysis<'_> {
    /// The links that lead nowhere.
    pub(crate) fn link_drafts(
        &self,
        folders: Option<&dyn Folders>,
        reread: &Reread<'_>,
    ) -> Vec<Draft> {
        let mut drafts = Vec::new();
        let check = self.active.iter().find_map(|one| match one.rule.check {
            Check::Links(check) => Some((one, check)),
            _ => None,
        });
        let Some((active, check)) = check else { return drafts };
        let with_links = || {
            self.files().filter_map(|(_, input, file)| {
                let links = &file.more.as_ref()?.links;
                (!links.all.is_empty()).then_some((input, links))
            })
        };
        let has_links =
            |file: &FileResult| file.more.as_ref().is_some_and(|more| !more.links.all.is_empty());
        if !self.files.iter().flatten().any(has_links) {
            return drafts;
        }
        let inputs = self.files().map(|(id, input, _)| (input.path.as_str(), id)).collect();
        let mut lookup = Lookup { folders, inputs, known: HashMap::new() };
        let mut headings: BTreeMap<SourceId, Option<Text>> = BTreeMap::new();
        for (input, links) in with_links() {
            for link in &links.all {
                let Some(target) = Target::of(&input.path, &link.written, link.from) else {
                    continue;
                };
                let missing = lookup.missing(link, &target);
                let missing = missing.or_else(|| {
                    let id = *lookup.inputs.get(target.path.as_str())?;
                    self.missing_heading(id, &target, reread, &mut headings)
                });
                if let Some(missing) = missing {
                    let dangling = Dangling { place: link.place, written: &link.written, missing };
                    check(&dangling, &mut Findings::new(active, self.as_of, &mut drafts));
                }
            }
        }
        drafts.retain(|draft| !self.is_covered(draft));
        drafts
    }

    /// The heading that a link wants and its file does not have. The file is read again only if it seems to have none.
    fn missing_heading(
        &self,
        id: SourceId,
        target: &Target,
        reread: &Reread<'_>,
        headings: &mut BTreeMap<SourceId, Option<Text>>,
    ) -> Option<Absent> {
        let anchor = target.anchor.as_deref()?;
        let file = self.file(id).filter(|file| file.is_whole)?;
        let links = &file.more.as_ref()?.links;
        let wanted = plain(anchor);
        let is_known = |text: &str| links.anchors.binary_search(&digest::of(text)).is_ok();
        // A repeated heading has a number, and links to lines of code begin with L.
        let base = anchor.rsplit_once('-').filter(|(_, number)| number.parse::<u32>().is_ok());
        let is_of_page = wanted.is_empty() || wanted == "top" || is_line(&wanted);
        if links.anchors.is_empty()
            || is_of_page
            || is_known(&wanted)
            || base.is_some_and(|(base, _)| is_known(&plain(base)))
        {
            return None;
        }
        let text = headings.entry(id).or_insert_with(|| Text::of(&Tree::parse(reread.source(id)?)));
        let text = text.as_ref()?;
        if text.names.contains(anchor)
            || text.names.contains(anchor.trim_start_matches("user-content-"))
        {
            return None;
        }
        let near = suggest::nearest(anchor, text.anchors.iter().map(String::as_str));
        let (path, anchor) = (target.path.clone(), anchor.to_owned());
        Some(Absent::Heading { path, anchor, near: near.map(|near| format!("#{near}")) })
    }
}

/// `L10` or `L10-L20`.
fn is_line(plain: &str) -> bool {
    plain.strip_prefix('l').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.chars().all(|c| c.is_ascii_digit() || c == 'l')
    })
}

/// What a text in Markdown can be linked by.
struct Text {
    /// The anchors of its headings.
    anchors: Vec<String>,
    /// The ids and names in its HTML, and those that headings are given in braces.
    names: HashSet<String>,
}

impl Text {
    fn of(tree: &Tree) -> Option<Self> {
        let source = tree.source();
        let anchors = markdown::headings(tree).map(markdown::anchor).collect();
        (source.syntax == Syntax::Markdown).then(|| Self { anchors, names: names(source) })
    }
}

fn names(source: &Source) -> HashSet<String> {
    let mut names = HashSet::new();
    for mark in ["id=\"", "name=\"", "id='", "name='", "{#", "{: #", "id=", "name="] {
        for (at, _) in source.text.match_indices(mark) {
            let rest = &source.text[at + mark.len()..];
            let end = rest.find(['"', '\'', '}', ' ', '>', '\n']).unwrap_or(rest.len());
            names.insert(rest[..end].to_owned());
        }
    }
    names
}

impl Lookup<'_> {
    /// What a link leads to, if that is not there.
    fn missing(&mut self, link: &Link, target: &Target) -> Option<Absent> {
        let Target { path, is_absolute, .. } = target;
        if !link.is_declared && !has_ending_of_file(path) {
            return None;
        }
        if self.has(path)? {
            return None;
        }
        // Such a link in a text begins at the root of the project, or at that of a site.
        let first = path.split('/').next().unwrap_or(path);
        if !link.is_declared && *is_absolute && (first == path || self.has(first) != Some(true)) {
            return None;
        }
        let near = self.near(path);
        Some(Absent::File { path: path.clone(), near })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(file: &str, written: &str) -> Option<String> {
        let target = Target::of(file, written, LinkBase::File)?;
        let anchor = target.anchor.map(|anchor| format!("#{anchor}"));
        Some(target.path + &anchor.unwrap_or_default())
    }

    #[test]
    fn links_are_followed_within_the_project_only() {
        let at = "a/b/c.md";
        for (written, expected) in [
            ("d.md", Some("a/b/d.md")),
            ("./d.md#x", Some("a/b/d.md#x")),
            ("../d.md?raw=1", Some("a/d.md")),
            ("../../d.md", Some("d.md")),
            ("/d.md", Some("d.md")),
            ("d%20e.md", Some("a/b/d e.md")),
            ("#x", Some("a/b/c.md#x")),
            ("#", None),
            ("", None),
            ("../../../d.md", None),
            ("/../d.md", None),
            ("https://example.org/d.md", None),
            ("mailto:a@example.org", None),
            ("//example.org/d.md", None),
            ("{{ base }}/d.md", None),
            ("C:\\d.md", None),
            ("d%ff.md", None),
            ("d%00.md", None),
        ] {
            assert_eq!(target(at, written).as_deref(), expected, "{written}");
        }
        assert_eq!(
            Target::of(at, "d.md", LinkBase::Root).map(|one| one.path),
            Some("d.md".to_owned())
        );
    }

    #[test]
    fn anchors_are_compared_by_letters_and_digits() {
        assert_eq!(plain("next-steps--questions"), plain("Next steps & Questions?"));
        assert_eq!(plain("réunion-du-4"), plain("Réunion du 4"));
        assert!(is_line("l10") && is_line("l10l20") && !is_line("lines") && !is_line("l"));
    }
}
