//! The texts that are open in the editor.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use gen_lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::positions::{Encoding, Lines};
use crate::input::Buffers;

/// A text that is open.
#[derive(Debug)]
pub(super) struct OpenText {
    /// As the editor writes it.
    pub(super) uri: Uri,
    pub(super) version: i32,
    pub(super) text: String,
}

/// The open texts that stand for files, by path.
#[derive(Debug, Default)]
pub(super) struct Texts {
    open: BTreeMap<PathBuf, OpenText>,
}

impl Texts {
    pub(super) fn open(&mut self, path: PathBuf, text: OpenText) {
        self.open.insert(path, text);
    }

    /// Whether it was open.
    pub(super) fn close(&mut self, path: &Path) -> bool {
        self.open.remove(path).is_some()
    }

    pub(super) fn get(&self, path: &Path) -> Option<&OpenText> {
        self.open.get(path)
    }

    pub(super) fn paths(&self) -> impl Iterator<Item = &Path> {
        self.open.keys().map(PathBuf::as_path)
    }

    /// Applies `changes`, each to what the one before has left; whether the text is open.
    pub(super) fn change(
        &mut self,
        path: &Path,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> bool {
        let Some(text) = self.open.get_mut(path) else { return false };
        text.version = version;
        for change in changes {
            apply(&mut text.text, change, encoding);
        }
        true
    }

    /// The texts in the place of the files.
    pub(super) fn buffers(&self) -> Buffers {
        let mut buffers = Buffers::default();
        for (path, text) in &self.open {
            buffers.put(Path::new(""), path, text.text.clone().into_bytes());
        }
        buffers
    }
}

fn apply(text: &mut String, change: TextDocumentContentChangeEvent, encoding: Encoding) {
    match change {
        TextDocumentContentChangeEvent::TextDocumentContentChangePartial(change) => {
            let lines = Lines::new(text, encoding);
            let (one, other) = (lines.offset(change.range.start), lines.offset(change.range.end));
            text.replace_range(one.min(other)..one.max(other), &change.text);
        }
        TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(change) => {
            *text = change.text;
        }
    }
}

#[cfg(test)]
mod tests {
    use gen_lsp_types::{
        Position, Range, TextDocumentContentChangePartial, TextDocumentContentChangeWholeDocument,
    };
    use proptest::prelude::*;

    use super::*;

    fn partial(from: (u32, u32), to: (u32, u32), text: &str) -> TextDocumentContentChangeEvent {
        let position = |(line, character)| Position { line, character };
        let range = Range { start: position(from), end: position(to) };
        TextDocumentContentChangePartial { range, text: text.to_owned(), ..Default::default() }
            .into()
    }

    fn changed(text: &str, changes: Vec<TextDocumentContentChangeEvent>) -> String {
        let mut texts = Texts::default();
        let uri = Uri::parse("file:///a.json").unwrap();
        let path = Path::new("/a.json");
        texts.open(path.to_owned(), OpenText { uri, version: 1, text: text.to_owned() });
        assert!(texts.change(path, 2, changes, Encoding::Utf16));
        assert_eq!(texts.get(path).unwrap().version, 2);
        texts.get(path).unwrap().text.clone()
    }

    #[test]
    fn each_change_sees_what_the_one_before_has_left() {
        let changes = vec![partial((0, 2), (0, 4), "x"), partial((0, 3), (1, 1), "")];
        assert_eq!(
            changed("a😀\nbc", changes),
            "a😀\nbc".replace("😀", "").replace("a\nbc", "a") + "xc"
        );
        let whole = TextDocumentContentChangeWholeDocument { text: "new".to_owned() };
        assert_eq!(changed("old", vec![whole.into(), partial((0, 3), (9, 9), "er")]), "newer");
    }

    #[test]
    fn a_range_that_runs_backwards_is_the_same_range() {
        assert_eq!(changed("abc", vec![partial((0, 2), (0, 1), "")]), "ac");
    }

    #[test]
    fn what_is_not_open_cannot_change() {
        let mut texts = Texts::default();
        assert!(!texts.change(Path::new("/a.json"), 1, Vec::new(), Encoding::Utf8));
        assert!(!texts.close(Path::new("/a.json")));
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
                let mut changed = text.clone();
                apply(&mut changed, partial(from, to, &new), encoding);
                prop_assert!(changed.contains(&new));
            }
        }
    }
}
