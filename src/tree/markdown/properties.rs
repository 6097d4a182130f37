//! Every text gives a tree whose nodes are in the text, and say what is written at their places.

use proptest::prelude::*;

use super::tests::tree;
use crate::tree::testing;

/// Lines as they are found in minutes, and marks that change what the lines around them are.
fn line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "# Minutes",
        "## 11 March 2026",
        "Title",
        "=====",
        "---",
        "+++",
        "title: a",
        "title = 'a'",
        "- **When**: noon",
        "* Ann Bell (AB)",
        "  - nested",
        "    - [x] done",
        "1. one",
        "| a | b |",
        "|---|---|",
        "| `x \\| y` | ~~z~~ |",
        "AB: text",
        "**Motion:** yes",
        "> quoted",
        "```",
        "~~~",
        "<table>",
        "<tr><td> a <td> b",
        "</table>",
        "<!--",
        "-->",
        "[a](b.md#c) and [c][d]",
        "[d]: e.md",
        "![i](j)",
        "a\\",
        "&nbsp;&amp;",
        "",
        "",
        "\t",
        "~~struck~~ é 中 🌍",
    ]);
    prop_oneof![4 => known.prop_map(str::to_owned), 1 => "\\PC{0,20}", 1 => "[-#*_~`|<>\\[\\]():! a\u{a0}é\t]{0,16}"]
}

fn text() -> impl Strategy<Value = String> {
    let ends = prop::sample::select(vec!["\n", "\r\n", "\n\n"]);
    (any::<bool>(), prop::collection::vec((line(), ends), 0..24)).prop_map(|(has_mark, lines)| {
        let mark = if has_mark { "\u{feff}" } else { "" };
        let lines: String = lines.into_iter().map(|(line, end)| line + end).collect();
        format!("{mark}{lines}")
    })
}

proptest! {
    #[test]
    fn every_node_is_in_the_text(text in text()) {
        let tree = tree(&text);
        testing::assert_in_text(&tree);
        prop_assert_eq!(tree.roots().len(), 1);
    }

    #[test]
    fn a_node_is_found_at_its_place(text in text()) {
        let tree = tree(&text);
        for index in 0..tree.len() {
            let node = tree.node_at_index(index).unwrap();
            if node.is_verbatim() && !node.span().range().is_empty() {
                let found = tree.node_at_offset(node.span().start).unwrap();
                prop_assert!(found.span().contains(node.span()) || node.span().contains(found.span()));
            }
        }
    }

    #[test]
    fn a_heading_keeps_what_it_says(words in "[a-zA-Zé]{1,8}( [a-zA-Z0-9]{1,8}){0,4}") {
        let tree = tree(&format!("# {words}\n\ntext\n"));
        let sections = tree.records()[0].get("sections").unwrap();
        let heading = sections.members().next().unwrap().1.get("heading").unwrap();
        prop_assert_eq!(heading.as_str(), Some(words.as_str()));
        prop_assert!(heading.is_verbatim());
    }
}
