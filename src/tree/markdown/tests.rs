use serde_json::{Value, json};

use crate::{
    source::Syntax,
    tree::{Tree, testing},
};

pub(super) fn tree(text: &str) -> Tree {
    testing::tree(Syntax::Markdown, text)
}

fn value(text: &str) -> Value {
    let tree = tree(text);
    assert_eq!(tree.problems(), [], "{text}");
    testing::assert_in_text(&tree);
    testing::value(&tree)
}

/// The section `path`, such as `a/b`.
fn section(text: &str, path: &str) -> Value {
    let pointer: String = path.split('/').map(|key| format!("/sections/{key}")).collect();
    value(text).pointer(&pointer).unwrap_or_else(|| panic!("{path}: {}", value(text))).clone()
}

#[test]
fn front_matter_becomes_properties_at_its_own_lines() {
    let text = "---\ntitle: Harbour board\ntags: [a, b]\n---\n\n# Opening\n";
    assert_eq!(
        value(text),
        json!({
            "title": "Harbour board",
            "tags": ["a", "b"],
            "sections": {"opening": {"heading": "Opening"}}
        })
    );
    let tree = tree(text);
    let title = tree.records()[0].get("title").unwrap();
    assert_eq!(tree.source().slice(title.span()), "Harbour board");
}

#[test]
fn toml_front_matter_becomes_properties_in_the_order_written() {
    let text = "+++\ntitle = \"Harbour\"\ndate = 2026-03-11\nweight = 0x1F\n[extra]\nroom = 'A'\n+++\nText.\n";
    let expected = json!({
        "title": "Harbour", "date": "2026-03-11", "weight": 31, "extra": {"room": "A"},
        "sections": {"preamble": {"paragraphs": ["Text."]}}
    });
    assert_eq!(value(text), expected);
    let tree = tree(text);
    let keys: Vec<&str> = tree.records()[0].members().filter_map(|(key, _)| key.as_str()).collect();
    assert_eq!(keys, ["title", "date", "weight", "extra", "sections"]);
}

#[test]
fn empty_front_matter_has_no_properties() {
    for text in
        ["---\n---\n# A\n", "---\n\n---\n# A\n", "---\n# no keys\n---\n# A\n", "+++\n+++\n# A\n"]
    {
        assert_eq!(value(text), json!({"sections": {"a": {"heading": "A"}}}), "{text}");
    }
}

#[test]
fn broken_front_matter_is_a_problem_at_its_place_and_the_body_is_read() {
    for (text, line) in [
        ("---\ntitle: [a\n---\n# A\n", 2),
        ("---\na: 1\nb\n---\n# A\n", 3),
        ("+++\na = \n+++\n# A\n", 2),
        ("---\na: 1\nb: *c\n---\n# A\n", 3),
    ] {
        let tree = tree(text);
        let (span, message, _) = testing::syntax_problem(&tree);
        let found = text[..span.start as usize].matches('\n').count() + 1;
        assert!((line..=line + 1).contains(&found), "{text}: {message} at line {found}");
        assert_eq!(testing::value(&tree), json!({"sections": {"a": {"heading": "A"}}}));
    }
    let tree = tree("---\n{}\n---\n# A\n");
    assert_eq!(tree.problems(), []);
}

#[test]
fn sections_are_nested_by_level_and_keyed_by_their_headings() {
    let text = "# Year\n\n## May 14\n\n### Notes\n\n## Notes\n\n## Notes\n\n### Notes\n\nSetext\n======\n\n## ???\n";
    let value = value(text);
    let year = &value["sections"]["year"]["sections"];
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(year), ["may-14", "notes", "year-notes"]);
    assert_eq!(year["may-14"]["sections"]["notes"]["heading"], "Notes");
    assert_eq!(keys(&value["sections"]["setext"]["sections"]), ["1"]);
}

#[test]
fn fields_are_lines_with_a_key_plain_bold_or_in_bullets() {
    let text = "# A\n\n- **Date & Time**: March 11\n* **Chair:** Ada Moss\n- Room: 4\n\nHost: Ann\n*Scribe*: Bo\n\n### When: noon\n";
    let found = section(text, "a");
    assert_eq!(
        found["fields"],
        json!({"date-time": "March 11", "chair": "Ada Moss", "room": "4", "host": "Ann", "scribe": "Bo"})
    );
    assert_eq!(found["sections"]["when-noon"]["fields"], json!({"when": "noon"}));
}

#[test]
fn what_only_looks_like_a_field_is_none() {
    let text = "# A\n\nSee https://example.org: it is there.\nAt 9:30 we began, and then: nothing.\nOne, two: three\n`code`: x\nThis is a line of very many words: no key\nKey:\n";
    assert_eq!(section(text, "a").get("fields"), None, "{}", section(text, "a"));
}

#[test]
fn turns_are_lines_that_begin_with_initials() {
    let text =
        "# A\n\nRH: The draft has two reviews.\nAB/CD: we agree\n\n- TK: so be it\n  - RH: fine\n";
    assert_eq!(
        section(text, "a")["turns"],
        json!([
            {"by": "RH", "text": "The draft has two reviews."},
            {"by": "AB/CD", "text": "we agree"},
            {"by": "TK", "text": "so be it"},
            {"by": "RH", "text": "fine"}
        ])
    );
}

#[test]
fn lists_have_items_with_items_boxes_and_a_label() {
    let text = "# A\n\nAttendees:\n\n* Ann\n* Bo\n  1. first\n  2. second\n\n## B\n\n- [x] done\n- [ ] open\n";
    let found = section(text, "a");
    assert_eq!(
        found["lists"],
        json!([{
            "label": "Attendees:",
            "items": [
                {"text": "Ann"},
                {"text": "Bo", "items": [{"text": "first"}, {"text": "second"}]}
            ]
        }])
    );
    assert_eq!(
        found["sections"]["b"]["lists"],
        json!([{"items": [{"done": true, "text": "done"}, {"done": false, "text": "open"}]}])
    );
}

#[test]
fn tables_are_lists_of_objects_by_column() {
    let text = "# A\n\n| Given Name | Present | |\n|:--|--:|-|\n| Ilse | `a \\| b` | x |\n| | **YES** | |\n";
    assert_eq!(
        section(text, "a")["tables"],
        json!([[
            {"given-name": "Ilse", "present": "a | b", "3": "x"},
            {"present": "YES"}
        ]])
    );
}

#[test]
fn tables_of_html_need_no_end_tags() {
    let text = "# A\n\n<details>\n<table>\n<tr><td> Oslo <td> 09:00\n<tr><td> Lima <td> 02:00\n</table>\n</details>\n";
    assert_eq!(
        section(text, "a")["tables"],
        json!([[{"1": "Oslo", "2": "09:00"}, {"1": "Lima", "2": "02:00"}]])
    );
}

#[test]
fn links_have_their_text_and_target() {
    let text = "# A\n\n- [May](../5/CG.md#top) and [the list][l]\n- <https://example.org/x>\n\n[l]: list.md\n";
    assert_eq!(
        section(text, "a")["links"],
        json!([
            {"text": "May", "to": "../5/CG.md#top"},
            {"text": "the list", "to": "list.md"},
            {"text": "https://example.org/x", "to": "https://example.org/x"}
        ])
    );
    let tree = tree(text);
    let to = tree.records()[0].pointer("/sections/a/links/0/to").unwrap();
    assert_eq!(tree.source().slice(to.span()), "../5/CG.md#top");
}

#[test]
fn code_quotes_html_and_struck_text_are_kept_apart() {
    let text = "# A\n\n```\n## Not a heading\nDate: never\n```\n\n> Date: quoted\n\n<!-- Date: template -->\n\nHeld ~~Thursday~~ Wednesday\n\n- x\n\n  ```\n  RH: y\n  ```\n";
    assert_eq!(
        section(text, "a"),
        json!({
            "heading": "A",
            "lists": [{"items": [{"text": "x"}]}],
            "paragraphs": ["Held  Wednesday"],
            "struck": ["~~Thursday~~"],
            "code": ["```\n## Not a heading\nDate: never\n```", "```\n  RH: y\n  ```"],
            "quotes": ["> Date: quoted"],
            "html": ["<!-- Date: template -->"]
        })
    );
}

#[test]
fn line_ends_and_a_byte_order_mark_change_nothing() {
    let text = "---\ntitle: T\n---\n\n# A\n\n- **When**: noon\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    let plain = value(text);
    assert_eq!(value(&text.replace('\n', "\r\n")), plain);
    assert_eq!(value(&format!("\u{feff}{text}")), plain);
    assert_eq!(plain["sections"]["a"]["fields"]["when"], "noon");
}

#[test]
fn front_matter_that_names_sections_keeps_its_own() {
    assert_eq!(value("---\nsections: 3\n---\n# A\n"), json!({"sections": 3}));
}

#[test]
fn a_file_without_a_heading_has_a_preamble() {
    assert_eq!(
        value("March 11, 2026\n"),
        json!({"sections": {"preamble": {"paragraphs": ["March 11, 2026"]}}})
    );
    assert_eq!(value(""), json!({}));
    assert_eq!(value("![logo](a.png)\n"), json!({}));
}

#[test]
fn lists_that_nest_too_deep_are_a_problem_and_the_rest_is_read() {
    let deep: String = (0..200).map(|level| format!("{}- x\n", "  ".repeat(level))).collect();
    let tree = tree(&format!("# A\n\n{deep}\n# B\n"));
    let (_, message, _) = testing::syntax_problem(&tree);
    assert!(message.contains("nested more than"), "{message}");
    testing::assert_in_text(&tree);
    assert!(testing::value(&tree)["sections"].get("b").is_some());
}

#[test]
fn a_million_headings_and_a_long_line_take_linear_time() {
    let headings = "# Notes\n".repeat(200_000);
    assert_eq!(tree(&headings).records()[0].get("sections").unwrap().members().count(), 200_000);
    for hostile in [
        "[".repeat(300_000),
        "- ".repeat(50_000),
        "> ".repeat(50_000),
        "*a ".repeat(200_000),
        "| a ".repeat(100_000),
        "<".repeat(300_000),
        "`".repeat(300_000),
        "AB: c\n".repeat(100_000),
        "~~a".repeat(100_000),
        format!("<table>{}", "<tr><td>".repeat(100_000)),
        "a: b: ".repeat(100_000),
    ] {
        testing::assert_in_text(&tree(&hostile));
    }
}
