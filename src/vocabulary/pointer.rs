//! Where a value is, seen from the annotated value.

use std::fmt;

use super::Form;
use crate::tree::{NodeRef, escape, unescape};

/// A JSON Pointer downwards from the annotated value, its tokens read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pointer(Vec<String>);

impl Pointer {
    /// Reads a pointer. All but the empty pointer begin with a slash.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        let tokens = text.strip_prefix('/')?.split('/');
        Some(Self(tokens.map(|token| unescape(token).into_owned()).collect()))
    }

    /// The tokens, outermost first.
    #[must_use]
    pub fn tokens(&self) -> &[String] {
        &self.0
    }

    /// The path to one value.
    #[must_use]
    pub fn to_path(&self) -> Path {
        Path(self.0.iter().map(|token| Step::Name(token.clone())).collect())
    }

    /// The node that the pointer leads to from `node`.
    #[must_use]
    pub fn find<'t>(&self, node: NodeRef<'t>) -> Option<NodeRef<'t>> {
        self.0.iter().try_fold(node, |node, token| node.step(token))
    }
}

/// The way to many values: a JSON Pointer in which `*` is every item of a list and every value of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(Vec<Step>);

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the property or the item that is called so.
    Name(String),
    /// To each.
    Each,
}

impl Path {
    /// Reads a path.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let step = |token: String| if token == "*" { Step::Each } else { Step::Name(token) };
        Some(Self(Pointer::read(text)?.0.into_iter().map(step).collect()))
    }

    /// The steps, outermost first.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether it leads to many values.
    #[must_use]
    pub fn has_each(&self) -> bool {
        self.0.contains(&Step::Each)
    }

    /// The path up to its last `*`, and the pointer from there.
    #[must_use]
    pub fn split(&self) -> (Self, Pointer) {
        let at = self.0.iter().rposition(|step| *step == Step::Each).map_or(0, |at| at + 1);
        let (path, rest) = self.0.split_at(at);
        let names = rest.iter().filter_map(|step| match step {
            Step::Name(name) => Some(name.clone()),
            Step::Each => None,
        });
        (Self(path.to_vec()), Pointer(names.collect()))
    }

    /// The list whose items it leads to, if it ends in `*`.
    #[must_use]
    pub fn list(&self) -> Option<Self> {
        let (last, rest) = self.0.split_last()?;
        (*last == Step::Each).then(|| Self(rest.to_vec()))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|token| write!(f, "/{}", escape(token)))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|step| match step {
            Step::Name(name) => write!(f, "/{}", escape(name)),
            Step::Each => f.write_str("/*"),
        })
    }
}

/// One pointer with the form of the value it leads to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Where the value is.
    pub pointer: Pointer,
    /// Its `x-form`, found in the schemas when the keywords are compiled.
    pub form: Form,
    /// The words of that `x-form` that say that the value is not known yet.
    pub open: Vec<String>,
}

impl From<Pointer> for Part {
    fn from(pointer: Pointer) -> Self {
        Self { pointer, form: Form::Text, open: Vec::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_begins_with_a_slash() {
        assert_eq!(Pointer::read("start"), None);
        assert_eq!(Pointer::read("").unwrap().tokens(), [""; 0]);
        assert_eq!(Pointer::read("/a~1b/c").unwrap().tokens(), ["a/b", "c"]);
    }

    #[test]
    fn a_path_is_split_behind_its_last_star() {
        let path = Path::read("/a/*/b/*/c/d").unwrap();
        let (each, rest) = path.split();
        assert_eq!((each, rest), (Path::read("/a/*/b/*").unwrap(), Pointer::read("/c/d").unwrap()));
        let plain = Path::read("/a").unwrap();
        assert_eq!(plain.split(), (Path::default(), Pointer::read("/a").unwrap()));
        assert!(path.has_each() && !plain.has_each());
        assert_eq!(path.split().0.list(), Path::read("/a/*/b"));
        assert_eq!(path.list(), None);
    }
}
