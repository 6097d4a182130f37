//! The texts that are open in the editor.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde_json::Value;

use super::{
    changes::Change,
    positions::{Encoding, Lines},
};
use crate::input::Buffers;

/// A text that is open.
#[derive(Debug)]
pub(super) struct OpenDocument {
    /// The canonical path of its file, which may be open by several others.
    pub(super) disk: PathBuf,
    pub(super) version: i32,
    /// `None` after a change that could not be understood: the file counts then, until the text comes whole.
    pub(super) text: Option<String>,
}

/// The open texts that stand for files, by path as the editor writes it.
#[derive(Debug, Default)]
pub(super) struct Documents {
    open: BTreeMap<PathBuf, OpenDocument>,
    /// The paths, the one that was touched last at the end.
    touched: Vec<PathBuf>,
}

impl Documents {
    pub(super) fn open(&mut self, path: PathBuf, text: OpenDocument) {
        touch(&mut self.touched, &path);
        self.open.insert(path, text);
    }

    /// What was open.
    pub(super) fn close(&mut self, path: &Path) -> Option<OpenDocument> {
        self.touched.retain(|other| other != path);
        self.open.remove(path)
    }

    pub(super) fn get(&self, path: &Path) -> Option<&OpenDocument> {
        self.open.get(path)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&Path, &OpenDocument)> {
        self.open.iter().map(|(path, open)| (path.as_path(), open))
    }

    /// The canonical paths of their files.
    pub(super) fn disks(&self) -> impl Iterator<Item = &Path> {
        self.open.values().map(|open| open.disk.as_path())
    }

    /// The version of a text that is known.
    pub(super) fn version(&self, path: &Path) -> Option<i32> {
        self.open.get(path).filter(|open| open.text.is_some()).map(|open| open.version)
    }

    /// Applies `changes`, each to what the one before has left; whether the text is open. An error says
    /// what could not be understood.
    pub(super) fn change(
        &mut self,
        path: &Path,
        version: Option<i32>,
        changes: &Value,
        encoding: Encoding,
    ) -> Result<bool, String> {
        let Some(open) = self.open.get_mut(path) else { return Ok(false) };
        touch(&mut self.touched, path);
        open.version = version.unwrap_or(open.version);
        let Some(changes) = changes.as_array() else {
            open.text = None;
            return Err("the changes are not a list".to_owned());
        };
        let mut done = Ok(true);
        for change in changes {
            match Change::read(change) {
                Ok(change) => apply(&mut open.text, change, encoding),
                Err(reason) => {
                    open.text = None;
                    done = Err(reason);
                }
            }
        }
        done
    }

    /// The texts in the place of the files. Of those of one file the one counts that was touched last.
    pub(super) fn buffers(&self) -> Buffers {
        let mut buffers = Buffers::default();
        for open in self.touched.iter().filter_map(|path| self.open.get(path)) {
            if let Some(text) = &open.text {
                buffers.put(Path::new(""), &open.disk, text.clone().into_bytes());
            }
        }
        buffers
    }
}

fn touch(touched: &mut Vec<PathBuf>, path: &Path) {
    touched.retain(|other| other != path);
    touched.push(path.to_owned());
}

fn apply(text: &mut Option<String>, change: Change, encoding: Encoding) {
    let Some(range) = change.range else {
        *text = Some(change.text);
        return;
    };
    // A part of a text that is not known leaves it unknown.
    if let Some(text) = text {
        let lines = Lines::new(text, encoding);
        let (one, other) = (lines.offset(range.start), lines.offset(range.end));
        text.replace_range(one.min(other)..one.max(other), &change.text);
    }
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::{Position, Range};
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn partial(from: (u32, u32), to: (u32, u32), text: &str) -> Value {
        let position = |(line, character)| json!({"line": line, "character": character});
        json!({"range": {"start": position(from), "end": position(to)}, "text": text})
    }

    fn whole(text: &str) -> Value {
        json!({"text": text})
    }

    const PATH: &str = "/a.json";

    fn one(text: &str) -> Documents {
        let mut documents = Documents::default();
        let (disk, text) = (PATH.into(), Some(text.to_owned()));
        documents.open(PATH.into(), OpenDocument { disk, version: 1, text });
        documents
    }

    fn changed(text: &str, changes: &[Value]) -> String {
        let mut documents = one(text);
        let path = Path::new(PATH);
        assert_eq!(documents.change(path, Some(2), &json!(changes), Encoding::Utf16), Ok(true));
        assert_eq!(documents.version(path), Some(2));
        documents.get(path).unwrap().text.clone().unwrap()
    }

    #[test]
    fn each_change_sees_what_the_one_before_has_left() {
        let changes = [partial((0, 2), (0, 4), "x"), partial((0, 3), (1, 1), "")];
        assert_eq!(
            changed("a😀\nbc", &changes),
            "a😀\nbc".replace("😀", "").replace("a\nbc", "a") + "xc"
        );
        assert_eq!(changed("old", &[whole("new"), partial((0, 3), (9, 9), "er")]), "newer");
    }

    #[test]
    fn a_range_that_runs_backwards_is_the_same_range() {
        assert_eq!(changed("abc", &[partial((0, 2), (0, 1), "")]), "ac");
    }

    #[test]
    fn after_a_change_that_is_not_understood_the_text_is_unknown_until_it_comes_whole() {
        let mut documents = one("abc");
        let path = Path::new(PATH);
        let mut change = |version, changes: Value| {
            let done = documents.change(path, version, &changes, Encoding::Utf16);
            (done, documents.version(path), documents.buffers().hold(path))
        };
        let start = json!({"line": 0, "character": 0});
        let bad = json!({"range": {"start": start}, "text": "x"});
        let (done, version, held) = change(Some(2), json!([partial((0, 0), (0, 1), ""), bad]));
        assert!(done.unwrap_err().contains("`null` for a number"));
        assert_eq!((version, held), (None, false));
        let part = json!([partial((0, 0), (0, 1), "x")]);
        assert_eq!(change(Some(3), part.clone()), (Ok(true), None, false));
        assert_eq!(change(Some(4), json!([whole("new")])), (Ok(true), Some(4), true));
        assert_eq!(change(None, part), (Ok(true), Some(4), true), "a version may be missing");
        assert!(change(Some(5), json!({"text": "x"})).0.is_err());
        assert_eq!(change(Some(6), json!([bad, whole("new")])).1, Some(6));
    }

    #[test]
    fn of_two_texts_of_one_file_the_one_that_was_touched_last_counts() {
        let mut documents = one("first");
        let (link, disk) = (PathBuf::from("/link.json"), PathBuf::from(PATH));
        let text = Some("second".to_owned());
        documents.open(link.clone(), OpenDocument { disk: disk.clone(), version: 1, text });
        let counts = |documents: &Documents| documents.buffers().read_file(&disk).unwrap();
        assert_eq!(counts(&documents), b"second");
        documents.change(&disk, Some(2), &json!([whole("third")]), Encoding::Utf8).unwrap();
        assert_eq!(counts(&documents), b"third");
        documents.close(&disk);
        assert_eq!(counts(&documents), b"second");
    }

    #[test]
    fn what_is_not_open_cannot_change() {
        let mut documents = Documents::default();
        let done = documents.change(Path::new(PATH), Some(1), &json!([3]), Encoding::Utf8);
        assert_eq!(done, Ok(false));
        assert!(documents.close(Path::new(PATH)).is_none());
    }

    proptest! {
        #[test]
        fn no_change_makes_it_panic(
            text in "[a😀\r\n]{0,20}",
            from in (0..9_u32, 0..9_u32),
            to in (0..9_u32, 0..9_u32),
            new in "[b😀\r\n]{0,4}",
        ) {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let position = |(line, character)| Position { line, character };
                let range = Some(Range { start: position(from), end: position(to) });
                let mut changed = Some(text.clone());
                apply(&mut changed, Change { range, text: new.clone() }, encoding);
                prop_assert!(changed.is_some_and(|changed| changed.contains(&new)));
            }
        }
    }
}
