//! Where a value is, seen from the annotated value.

use super::Form;
use crate::tree::{NodeRef, unescape};

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

    /// The node that the pointer leads to from `node`.
    #[must_use]
    pub fn find<'t>(&self, node: NodeRef<'t>) -> Option<NodeRef<'t>> {
        self.0.iter().try_fold(node, |node, token| node.step(token))
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
}
