//! What is read from tables, and the reports of broken ones.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::{
    source::Syntax,
    tree::{ProblemKind, Tree},
};

fn columns(names: &[&str], separator: u8) -> Columns {
    Columns { separator, names: names.iter().map(|name| (*name).to_owned()).collect() }
}

fn read(text: &str, columns: &Columns) -> Tree {
    Tree::of_table(Arc::new(Source::new("a.csv", Syntax::Csv, text)), columns)
}

/// The rows as names and values, with the text that each value is written as.
fn rows(tree: &Tree) -> Vec<Vec<(&str, &str, &str)>> {
    let row = |row: crate::tree::NodeRef<'_>| row.id();
    let ids: Vec<_> = tree.records().into_iter().map(row).collect();
    let cells = |id| {
        let members = tree.node(id).members();
        let cell = members.map(|(name, value)| {
            let written = tree.source().slice(value.span());
            (name.as_str().unwrap(), value.as_str().unwrap(), written)
        });
        cell.collect()
    };
    ids.into_iter().map(cells).collect()
}

/// The problems as the text that they mark and what is said.
fn problems(tree: &Tree) -> Vec<(&str, &str)> {
    let reported = tree.problems().iter().map(|problem| match &problem.kind {
        ProblemKind::Syntax { message, .. } => {
            (tree.source().slice(problem.span), message.as_str())
        }
        other => panic!("{other:?}"),
    });
    reported.collect()
}

#[test]
fn rows_have_the_names_of_the_header_and_only_the_wanted_columns() {
    let text = "\u{FEFF}symbol,\"a \"\"title\"\"\",date\r\n\r\nA/1,One,2011-05-19\r\n\"A/2\",\"Two, \"\"it\"\" says\",\n";
    let tree = read(text, &columns(&["symbol", "date", "a \"title\""], b','));
    assert_eq!(problems(&tree), []);
    assert_eq!(
        rows(&tree),
        [
            vec![
                ("symbol", "A/1", "A/1"),
                ("a \"title\"", "One", "One"),
                ("date", "2011-05-19", "2011-05-19")
            ],
            vec![
                ("symbol", "A/2", "\"A/2\""),
                ("a \"title\"", "Two, \"it\" says", "\"Two, \"\"it\"\" says\"")
            ],
        ]
    );
    let tree = read("a\tb\nx y\t\"1\n2\"\n", &columns(&["b"], b'\t'));
    assert_eq!(rows(&tree), [[("b", "1\n2", "\"1\n2\"")]]);
}

#[test]
fn a_broken_row_is_reported_where_it_is_and_the_others_are_read() {
    let text = "a,b\n1\n2,3,4\n5,6\n\"7\"x,8\n9,10\n";
    let tree = read(text, &columns(&["a"], b','));
    assert_eq!(rows(&tree), [[("a", "5", "5")], [("a", "9", "9")]]);
    assert_eq!(
        problems(&tree),
        [
            ("1", "the row has 1 cell; 2 expected, as in the header"),
            ("2,3,4", "the row has 3 cells; 2 expected, as in the header"),
            ("x", "`x` follows the `\"` that closes the cell"),
        ]
    );
    let tree = read("a,b\n1,\"2\n3,4\n", &columns(&["a"], b','));
    assert_eq!(problems(&tree), [("\"", "this `\"` is never closed")]);
}

#[test]
fn a_table_has_a_header_in_which_no_name_is_twice() {
    for text in ["", "\n\r\n", "\u{FEFF}"] {
        assert_eq!(problems(&read(text, &columns(&["a"], b','))), [("", "the table is empty")]);
        assert_eq!(header(text, b','), None);
    }
    let tree = read("a,b,a\n1,2,3\n", &columns(&["a"], b','));
    assert_eq!(problems(&tree), [("a", "a second column is called `a`")]);
    // What is not read may be called alike.
    assert_eq!(problems(&read("a,b,b\n1,2,3\n", &columns(&["a"], b','))), []);
    assert_eq!(header("\u{FEFF}\na;\"b;c\"\n1", b';'), Some(vec!["a".into(), "b;c".into()]));
    assert!(rows(&read("a,b\n", &columns(&["a"], b','))).is_empty());
}

#[test]
fn bytes_that_are_no_text_are_reported() {
    for bytes in [&b"symbol\nA/1\n\xff\n"[..], b"\xff\xfes\0"] {
        let source = Source::from_bytes("a.csv", Syntax::Csv, bytes.to_vec());
        let tree = Tree::of_table(Arc::new(source), &columns(&["symbol"], b','));
        assert!(!tree.is_whole() && tree.is_empty(), "{tree:?}");
    }
}

#[test]
fn a_file_that_is_no_table_is_not_read_to_its_end() {
    let text = format!("a,b\n{}", "1\n".repeat(5_000));
    let tree = read(&text, &columns(&["a"], b','));
    let reported = problems(&tree);
    assert_eq!(reported.len(), MAX_BROKEN_ROWS + 1);
    assert_eq!(reported.last().unwrap().1, "1000 rows are broken, so the rest is not read");
}

proptest! {
    #[test]
    fn any_bytes_give_a_tree_whose_places_fit_the_text(
        bytes in prop_oneof![
            any::<Vec<u8>>(),
            "(a,b\n)?(\"|,|\n|\r|\\PC|\"\"|b){0,60}".prop_map(String::into_bytes),
        ],
        separator in prop_oneof![Just(b','), any::<u8>().prop_filter("ASCII", u8::is_ascii)],
    ) {
        let source = Arc::new(Source::from_bytes("a.csv", Syntax::Csv, bytes));
        let tree = Tree::of_table(Arc::clone(&source), &columns(&["a", "b", ""], separator));
        for node in (0..tree.len()).filter_map(|at| tree.node_at_index(at)) {
            prop_assert!(source.text.get(node.span().range()).is_some());
        }
        for problem in tree.problems() {
            prop_assert!(source.text.get(problem.span.range()).is_some());
        }
    }

    #[test]
    fn what_is_accepted_is_what_another_reader_reads(text in "[ab,\"\r\n é]{0,40}") {
        let all = format!("h,i\n{text}");
        let tree = read(&all, &columns(&["h", "i"], b','));
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(all.as_bytes());
        let theirs: Vec<Vec<String>> = reader
            .records()
            .map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect();
        if tree.is_whole() {
            let filled = |row: &Vec<String>| -> Vec<String> {
                row.iter().filter(|cell| !cell.trim().is_empty()).cloned().collect()
            };
            let theirs: Vec<Vec<String>> = theirs.iter().map(filled).collect();
            let value = |cell: &(&str, &str, &str)| cell.1.to_owned();
            let ours: Vec<Vec<String>> =
                rows(&tree).iter().map(|row| row.iter().map(value).collect()).collect();
            prop_assert_eq!(ours, theirs);
        } else {
            prop_assert!(!problems(&tree).is_empty());
        }
    }
}
