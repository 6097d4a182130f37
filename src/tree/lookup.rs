//! Many look-ups in one tree. A node does not know its number in an array, and an object does not know its
//! names; here every container that is large is walked once, however often something is looked up in it.

use std::{cell::RefCell, collections::HashMap};

use super::{NodeId, NodeRef, unescape};

/// A container with fewer nodes than this is walked each time.
const LARGE: usize = 64;

/// What is known of the large containers of one tree; filled as it is asked.
#[derive(Debug, Default)]
pub struct Lookup<'t> {
    /// The elements of each array, which are in the order of their ids.
    arrays: RefCell<HashMap<NodeId, Vec<NodeId>>>,
    /// The key and the value of each name of an object, the last where a name appears twice.
    objects: RefCell<HashMap<NodeId, HashMap<&'t str, Member<'t>>>>,
}

type Member<'t> = (NodeRef<'t>, NodeRef<'t>);

impl<'t> Lookup<'t> {
    /// As [`NodeRef::pointer`], from `node`.
    #[must_use]
    pub fn pointer(&self, node: NodeRef<'t>, pointer: &str) -> Option<NodeRef<'t>> {
        if pointer.is_empty() {
            return Some(node);
        }
        let mut tokens = pointer.strip_prefix('/')?.split('/');
        tokens.try_fold(node, |node, token| {
            if node.is_array() {
                self.element(node, token.parse().ok()?)
            } else {
                self.member(node, &unescape(token)).map(|(_, value)| value)
            }
        })
    }

    /// As [`NodeRef::member`], of `object`.
    #[must_use]
    pub fn member(&self, object: NodeRef<'t>, key: &str) -> Option<Member<'t>> {
        let object = object.resolved();
        if object.subtree_len() < LARGE {
            return object.member(key);
        }
        let mut objects = self.objects.borrow_mut();
        let names = objects.entry(object.id()).or_insert_with(|| {
            object.members().filter_map(|member| Some((member.0.as_str()?, member))).collect()
        });
        names.get(key).copied()
    }

    /// As [`NodeRef::pointer_from`], of `node`.
    #[must_use]
    pub fn pointer_from(&self, node: NodeRef<'t>, root: NodeId) -> String {
        node.pointer_by(root, |array, element| self.position(array, element))
    }

    fn element(&self, array: NodeRef<'t>, index: usize) -> Option<NodeRef<'t>> {
        let array = array.resolved();
        if array.subtree_len() < LARGE {
            return array.elements().nth(index);
        }
        let id = self.elements(array, |elements| elements.get(index).copied())?;
        Some(array.tree().node(id))
    }

    /// The index of an element of `array`.
    #[must_use]
    pub fn position(&self, array: NodeRef<'t>, element: NodeRef<'t>) -> Option<usize> {
        if array.subtree_len() < LARGE {
            return array.elements().position(|other| other.id() == element.id());
        }
        self.elements(array, |elements| elements.binary_search(&element.id()).ok())
    }

    fn elements<T>(&self, array: NodeRef<'t>, ask: impl FnOnce(&[NodeId]) -> T) -> T {
        let mut arrays = self.arrays.borrow_mut();
        let elements = || array.elements().map(NodeRef::id).collect();
        ask(arrays.entry(array.id()).or_insert_with(elements))
    }
}

#[cfg(test)]
mod tests {
    use std::{fmt::Write as _, sync::Arc};

    use super::*;
    use crate::{
        source::{Source, Syntax},
        tree::Tree,
    };

    fn tree(syntax: Syntax, text: String) -> Tree {
        Tree::parse(Arc::new(Source::new("a", syntax, text)))
    }

    /// A large object of large containers, names that are escaped or stand twice, aliases.
    fn large() -> Tree {
        let mut text = "list: &list\n".to_owned();
        for number in 0..70 {
            let _ = writeln!(text, "- [{number}, {{a/b: x, '': [y]}}]");
        }
        text.push_str("names: &names\n");
        for number in 0..70 {
            let _ = writeln!(text, "  n{number}~/: [1, 2]");
        }
        text.push_str("  n3~/: again\nalso: *list\nother: *names\nfew: [a, b]\n");
        tree(Syntax::Yaml, text)
    }

    #[test]
    fn what_is_looked_up_is_what_the_nodes_say() {
        let tree = large();
        let root = tree.records()[0];
        let lookup = Lookup::default();
        for node in (0..tree.len()).filter_map(|index| tree.node_at_index(index)) {
            let pointer = node.pointer_from(root.id());
            assert_eq!(lookup.pointer_from(node, root.id()), pointer);
            let found = lookup.pointer(root, &pointer).map(NodeRef::id);
            assert_eq!(found, root.pointer(&pointer).map(NodeRef::id), "{pointer}");
        }
    }

    #[test]
    fn aliases_and_pointers_to_nowhere_are_looked_up_alike() {
        let tree = large();
        let root = tree.records()[0];
        let lookup = Lookup::default();
        for pointer in [
            "",
            "x",
            "/x",
            "/list/70",
            "/list/-1",
            "/list/69/1/a~1b",
            "/list/69/1/",
            "/list/69/1//0",
            "/also/69/0",
            "/names/n3~0~1",
            "/other/n69~0~1/1",
            "/other/n70~0~1",
            "/few/1",
            "/few/1/0",
        ] {
            let found = lookup.pointer(root, pointer).map(NodeRef::id);
            assert_eq!(found, root.pointer(pointer).map(NodeRef::id), "{pointer}");
        }
    }

    #[test]
    fn each_container_is_walked_once() {
        let tree = tree(Syntax::Json, format!("[{}1]", "1,".repeat(100)));
        let root = tree.node(tree.roots()[0]);
        let lookup = Lookup::default();
        for element in root.elements() {
            let pointer = lookup.pointer_from(element, root.id());
            assert!(lookup.pointer(root, &pointer).is_some());
        }
        assert_eq!(lookup.arrays.borrow().len(), 1);
    }
}
