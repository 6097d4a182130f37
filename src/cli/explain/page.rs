//! A page of Markdown as text that fits the terminal.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::output::{
    Terminal,
    fit::{self, wrap},
    terminal::Style,
};

/// How far code and tables are indented.
const INDENT: usize = 4;

/// The page as text.
pub(super) fn rendered(markdown: &str, terminal: &Terminal) -> String {
    let mut page = Page::new(terminal);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        page.take(event);
    }
    page.out.trim_end().to_owned() + "\n"
}

/// A page that is being written.
struct Page<'t> {
    terminal: &'t Terminal,
    columns: usize,
    out: String,
    /// The text of the block that is read.
    text: String,
    /// The numbers of the lists around it; `None` for one without numbers.
    lists: Vec<Option<u64>>,
    /// What begins the next item.
    mark: String,
    is_code: bool,
    rows: Vec<Vec<String>>,
}

impl<'t> Page<'t> {
    fn new(terminal: &'t Terminal) -> Self {
        Self {
            terminal,
            columns: terminal.columns(),
            out: String::new(),
            text: String::new(),
            lists: Vec::new(),
            mark: String::new(),
            is_code: false,
            rows: Vec::new(),
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(&tag),
            Event::End(tag) => self.end(tag),
            Event::Code(code) => {
                self.text.push('`');
                self.text.push_str(&code);
                self.text.push('`');
            }
            Event::Text(text) => self.text.push_str(&text),
            Event::SoftBreak if !self.is_code => self.text.push(' '),
            Event::SoftBreak | Event::HardBreak => self.text.push('\n'),
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::CodeBlock(kind) => {
                self.is_code = true;
                if let CodeBlockKind::Fenced(info) = kind {
                    self.announce(info);
                }
            }
            Tag::List(first) => {
                self.paragraph();
                self.lists.push(*first);
            }
            Tag::Item => {
                let Some(number) = self.lists.last_mut() else { return };
                self.mark = match number {
                    Some(number) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    None => "* ".to_owned(),
                };
            }
            Tag::Table(_) => self.rows = Vec::new(),
            Tag::TableHead | Tag::TableRow => self.rows.push(Vec::new()),
            _ => {}
        }
    }

    /// Says what the example of a rule is one of.
    fn announce(&mut self, info: &str) {
        let words: Vec<&str> = info.split(' ').collect();
        if words.contains(&"fails") {
            self.out.push_str("Reported:\n\n");
        } else if words.contains(&"passes") {
            self.out.push_str("Not reported:\n\n");
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                let text = std::mem::take(&mut self.text);
                for line in wrap(&text, self.columns, "") {
                    self.out.push_str(&self.terminal.styled(&[Style::Bold], &line));
                    self.out.push('\n');
                }
                self.out.push('\n');
            }
            TagEnd::Paragraph if self.lists.is_empty() => {
                self.paragraph();
                self.out.push('\n');
            }
            TagEnd::Paragraph | TagEnd::Item => self.paragraph(),
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.out.push('\n');
                }
            }
            TagEnd::CodeBlock => {
                self.is_code = false;
                let code = std::mem::take(&mut self.text);
                self.lines(code.lines(), INDENT, INDENT + 4);
                self.out.push('\n');
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text);
                if let Some(row) = self.rows.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::Table => self.table(),
            _ => {}
        }
    }

    /// Writes the text that was read, as an item of a list where it is in one.
    fn paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.trim().is_empty() {
            return;
        }
        let mark = std::mem::take(&mut self.mark);
        let depth = 2 * self.lists.len().saturating_sub(1);
        let rest = if self.lists.is_empty() { 0 } else { depth + 2 };
        let first = if mark.is_empty() { rest } else { depth };
        self.lines(std::iter::once(format!("{mark}{text}").as_str()), first, rest);
    }

    /// Writes lines, each wrapped.
    fn lines<'l>(&mut self, lines: impl Iterator<Item = &'l str>, first: usize, rest: usize) {
        for line in lines {
            let line = format!("{:first$}{line}", "");
            for line in wrap(&line, self.columns, &" ".repeat(rest)) {
                self.out.push_str(&line);
                self.out.push('\n');
            }
        }
    }

    /// Writes the table in columns where it fits, else a row as an item.
    fn table(&mut self) {
        let rows = std::mem::take(&mut self.rows);
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widest = |column: usize| {
            rows.iter().filter_map(|row| row.get(column)).map(|cell| fit::width(cell)).max()
        };
        let widths: Vec<usize> = (0..count).map(|column| widest(column).unwrap_or(0)).collect();
        let needed = INDENT + widths.iter().sum::<usize>() + 2 * count.saturating_sub(1);
        for (number, row) in rows.iter().enumerate() {
            if needed <= self.columns {
                let cells = row.iter().zip(&widths);
                let cells: Vec<String> = cells
                    .map(|(cell, width)| format!("{cell}{:1$}", "", width - fit::width(cell)))
                    .collect();
                let line = format!("{:INDENT$}{}", "", cells.join("  "));
                self.out.push_str(line.trim_end());
                self.out.push('\n');
            } else if number > 0 {
                let cells: Vec<&str> =
                    row.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
                self.lines(std::iter::once(format!("* {}", cells.join(" — ")).as_str()), 0, 2);
            }
        }
        self.out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(markdown: &str, width: usize) -> String {
        rendered(markdown, &Terminal { width, ..Terminal::default() })
    }

    #[test]
    fn headings_paragraphs_lists_and_code_are_laid_out() {
        let page = "# Title\n\nOne *two* `three`\nfour [five](six.md).\n\n* seven eight nine ten eleven twelve\n* b\n  1. c\n  2. d\n\n\
                    ```yaml fails\na: 1\n  b: 2\n```\n\nEnd.\n";
        assert_eq!(
            text(page, 40),
            "Title\n\nOne two `three` four five.\n\n* seven eight nine ten eleven twelve\n* b\n  1. c\n  2. d\n\nReported:\n\n    a: 1\n      b: 2\n\n\
             End.\n"
        );
    }

    #[test]
    fn a_table_that_does_not_fit_becomes_a_list() {
        let table = "| option | value |\n|---|---|\n| `a` | a text of some length |\n| `b` | |\n";
        assert_eq!(
            text(table, 60),
            "    option  value\n    `a`     a text of some length\n    `b`\n"
        );
        let wide = table.replace("some length", &"very ".repeat(9));
        let found = text(&wide, 40);
        assert!(found.starts_with("* `a` — a text of very very very very\n  very"), "{found}");
    }

    #[test]
    fn no_page_of_a_rule_is_wider_than_the_terminal() {
        for rule in crate::rules::RULES {
            for width in [60, 80, 120, 200] {
                let page = text(rule.page, width);
                let widest = page.lines().map(fit::width).max().unwrap_or(0);
                assert!(widest <= width, "{}: {widest} of {width} columns", rule.id);
            }
        }
    }
}
