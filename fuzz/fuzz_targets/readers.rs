//! Every reader makes a tree of any bytes: each node is in the text, and each container holds what is in it.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use rapporteur::{
    source::{Source, Syntax},
    tree::{Columns, Tree},
};

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    // The first byte chooses the reader.
    let (path, syntax) = match first % 6 {
        0 => ("a.json", Syntax::Json),
        1 => ("a.jsonl", Syntax::JsonLines),
        2 => ("a.yaml", Syntax::Yaml),
        3 => ("a.csv", Syntax::Csv),
        4 => ("a.md", Syntax::Markdown),
        _ => ("a.tsv", Syntax::Csv),
    };
    let source = Arc::new(Source::from_bytes(path, syntax, bytes.to_vec()));
    let tree = if syntax == Syntax::Csv {
        let separator = if path == "a.csv" { b',' } else { b'\t' };
        let names = vec!["name".to_owned(), "date".to_owned()];
        Tree::of_table(Arc::clone(&source), &Columns { separator, names })
    } else {
        Tree::parse(Arc::clone(&source))
    };
    for index in 0..tree.len() {
        let Some(node) = tree.node_at_index(index) else { panic!("node {index} is missing") };
        let range = node.span().range();
        assert!(source.text.get(range.clone()).is_some(), "{range:?} is not in the text");
        let _ = (node.scalar_text(), node.pointer(""));
        for (name, value) in node.members() {
            assert!(name.id() != node.id() && value.id() != node.id());
        }
    }
    for problem in tree.problems() {
        assert!(source.text.get(problem.span.range()).is_some(), "{problem:?}");
    }
});
