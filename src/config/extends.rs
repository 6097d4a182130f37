//! `extends`: another file of the project with settings that this one adds to. What is nearer wins; tables that may appear several
//! times are put together.

use std::{path::Path, sync::Arc};

use toml::de::DeTable;

use super::{Config, Reader, problems};
use crate::{
    schema::{inside, joined},
    source::{Parts, Source, Syntax},
};

/// Reads a file of the project by its path from the root.
pub type ReadFile<'r> = dyn Fn(&str) -> Result<Vec<u8>, String> + 'r;

/// A file extends another one, and that one a third: so many at most.
const LONGEST: usize = 20;

/// The texts of a configuration and of those that it extends, each with as much space before it as the others before it have
/// bytes: then a place in it is an offset in all.
pub(super) struct Chain {
    pub(super) parts: Parts,
    pub(super) texts: Vec<String>,
}

impl Reader<'_> {
    /// Reads the texts of a configuration. What is wrong with a text keeps those behind it from being read.
    pub(super) fn read_chain(&mut self, path: &Path, bytes: Vec<u8>, read: &ReadFile<'_>) -> Chain {
        // No reader of a configuration asks for its syntax, so that any will do.
        let source = |path: String, bytes| Arc::new(Source::from_bytes(path, Syntax::Yaml, bytes));
        let first = source(problems::shown(path), bytes);
        let mut chain = Chain { parts: Parts::of(Arc::clone(&first)), texts: Vec::new() };
        let (mut last, mut start) = (first, 0);
        loop {
            if let Some(error) = &last.encoding_error {
                let span = error.span.range();
                self.problem(start + span.start..start + span.end, error.reason.to_owned(), None);
            }
            let text = "\n".repeat(start) + &last.text;
            let next = self.read_extends(&text, &chain.parts, read);
            chain.texts.push(text);
            let Some((path, bytes)) = next else { return chain };
            last = source(path, bytes);
            start = chain.parts.end();
            chain.parts.push(Arc::clone(&last));
        }
    }

    /// The file that a text extends: its path and its bytes.
    fn read_extends(
        &mut self,
        text: &str,
        parts: &Parts,
        read: &ReadFile<'_>,
    ) -> Option<(String, Vec<u8>)> {
        if !text.contains("extends") {
            return None;
        }
        // What is wrong with it is reported when all of it is read.
        let (table, _) = DeTable::parse_recoverable(text);
        let (_, value) = table.get_ref().iter().find(|(key, _)| key.get_ref() == "extends")?;
        let name = self.read_text("extends", value)?;
        let here = parts.iter().last().map_or("", |last| last.path.as_str());
        let folder = here.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (span, help) = (value.span(), "name a file of the project, seen from this one");
        let whole = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let is_inside = !name.starts_with('/') && inside(&whole).is_some();
        if !is_inside {
            let message = format!("`{name}` leads out of the project");
            self.problem(span, message, Some(help.to_owned()));
            return None;
        }
        let path = joined(folder, &name);
        if parts.iter().any(|one| one.path == path) {
            let message =
                format!("`{name}` is extended already: files extend each other in a circle");
            self.problem(span, message, None);
            return None;
        }
        if parts.iter().count() > LONGEST {
            let message = format!("more than {LONGEST} files extend each other");
            self.problem(span, message, None);
            return None;
        }
        match read(&path) {
            Ok(bytes) => Some((path, bytes)),
            Err(reason) => {
                self.problem(
                    span,
                    format!("`{name}` cannot be read: {reason}"),
                    Some(help.to_owned()),
                );
                None
            }
        }
    }
}

impl Config {
    /// Adds what the file says that this one extends.
    pub(super) fn extend(&mut self, base: Self) {
        if self.exclude.is_empty() {
            self.exclude = base.exclude;
        }
        self.fail_on = self.fail_on.take().or(base.fail_on);
        self.formats = self.formats.take().or(base.formats);
        // The first entry of these that matches decides, or all count.
        self.entries.extend(base.entries);
        self.registers.extend(base.registers);
        self.exceptions.extend(base.exceptions);
        // Of these the last.
        prepend(&mut self.overrides, base.overrides);
        prepend(&mut self.rules, base.rules);
        prepend(&mut self.rule_spans, base.rule_spans);
        prepend(&mut self.options, base.options);
        for (space, span) in base.spaces {
            match self.spaces.iter_mut().find(|(own, _)| own.name == space.name) {
                Some((own, _)) => {
                    own.complete = own.complete.or(space.complete);
                    own.form = own.form.or(space.form);
                }
                None => self.spaces.push((space, span)),
            }
        }
    }
}

fn prepend<T>(all: &mut Vec<T>, mut first: Vec<T>) {
    first.append(all);
    *all = first;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::{config::Level, finding::Severity, rule::RuleSet, vocabulary::Form};

    /// The configuration of these files; the first is the nearest; else the path and the message of each mistake.
    fn parse(files: &[(&str, &str)]) -> Result<Config, Vec<(String, String)>> {
        let all: BTreeMap<&str, &str> = files.iter().copied().collect();
        let read = |path: &str| {
            let text = all.get(path).ok_or_else(|| "no such file".to_owned())?;
            Ok(text.as_bytes().to_vec())
        };
        let (name, text) = files[0];
        let config = Config::parse_with(Path::new(name), (*text).into(), RuleSet::bundled(), &read);
        config.map_err(|error| {
            let found = error.report().findings.into_iter();
            found
                .map(|one| {
                    (format!("{}:{}", one.location.path, one.location.start.line), one.message)
                })
                .collect()
        })
    }

    fn mistakes(files: &[(&str, &str)]) -> Vec<(String, String)> {
        parse(files).err().unwrap_or_default()
    }

    #[test]
    fn what_is_nearer_wins_and_tables_are_put_together() {
        let near = "extends = \"shared/base.toml\"\nfail-on = \"warning\"\n[[records]]\nfiles = \"a/*.yaml\"\n[rules]\nslot-gap = \"error\"\n\
                    [spaces.document]\ncomplete = true\n";
        let base = "fail-on = \"never\"\nexclude = \"old\"\n[[records]]\nfiles = \"b/*.yaml\"\n[rules]\nslot-gap = \"off\"\nsyntax = \"info\"\n\
                    [rules.spelling-variant]\naccept = \"labor\"\n[spaces.document]\ncomplete = false\nform = \"folded\"\n";
        let config = parse(&[("rapporteur.toml", near), ("shared/base.toml", base)]).unwrap();
        assert_eq!(config.fail_on.as_ref().unwrap().0.word(), "warning");
        assert_eq!(config.exclude.globs().len(), 1);
        let files: Vec<&str> = config.globs().map(|glob| glob.text.as_str()).collect();
        assert_eq!(files, ["a/*.yaml", "b/*.yaml"]);
        let level = |id: &str| {
            let mut named = config.rules.iter().rev();
            named.find(|(target, _)| target.to_string() == id).map(|(_, level)| *level)
        };
        assert_eq!(level("slot-gap"), Some(Level::At(Severity::Error)));
        assert_eq!(level("syntax"), Some(Level::At(Severity::Info)));
        let (space, _) = &config.spaces[0];
        assert_eq!((space.complete, space.form.map(Form::word)), (Some(true), Some("folded")));
        assert_eq!(config.options.len(), 1);
        let (source, span) = config.parts.locate(&config.options[0].span);
        assert_eq!((source.path.as_str(), &source.text[span]), ("shared/base.toml", "accept"));
    }

    #[test]
    fn a_rule_that_is_declared_in_the_other_file_can_be_set_and_replaced() {
        let rule = |message: &str| {
            format!(
                "[[rule]]\nid = \"project/a\"\nschema = \"letter\"\nunique = {{by = \"/title\"}}\nmessage = \"{message}\"\n"
            )
        };
        let base = rule("far");
        let near = "extends = \"base.toml\"\n[rules]\n\"project/a\" = \"off\"\n";
        let config = parse(&[("rapporteur.toml", near), ("base.toml", &base)]).unwrap();
        assert_eq!(config.own_rules.len(), 1);
        let near = format!("extends = \"base.toml\"\n{}", rule("near"));
        let config = parse(&[("rapporteur.toml", &near), ("base.toml", &base)]).unwrap();
        let summaries: Vec<&str> = config.own_rules.iter().map(|one| one.rule.summary()).collect();
        assert_eq!(summaries, ["near"]);
    }

    #[test]
    fn a_mistake_is_shown_in_its_own_file() {
        let near = "extends = \"base.toml\"\n";
        let one = |at: &str, message: &str| vec![(at.to_owned(), message.to_owned())];
        assert_eq!(
            mistakes(&[("rapporteur.toml", near), ("base.toml", "\n[rules]\nsyntx = \"off\"\n")]),
            one("base.toml:3", "no rule or family `syntx`")
        );
        let both = mistakes(&[
            ("rapporteur.toml", "extends = \"base.toml\"\nfail = 1\n"),
            ("base.toml", "x = \n"),
        ]);
        let places: Vec<&str> = both.iter().map(|(at, _)| at.as_str()).collect();
        assert_eq!(places, ["rapporteur.toml:2", "base.toml:1"]);
    }

    #[test]
    fn only_files_of_the_project_are_read_and_none_twice() {
        let one = |at: &str, message: &str| vec![(at.to_owned(), message.to_owned())];
        let near = |name: &str| format!("\nextends = \"{name}\"\n");
        assert_eq!(
            mistakes(&[("rapporteur.toml", &near("../base.toml"))]),
            one("rapporteur.toml:2", "`../base.toml` leads out of the project")
        );
        assert_eq!(
            mistakes(&[("rapporteur.toml", &near("/base.toml"))]),
            one("rapporteur.toml:2", "`/base.toml` leads out of the project")
        );
        assert_eq!(
            mistakes(&[("rapporteur.toml", &near("base.toml"))]),
            one("rapporteur.toml:2", "`base.toml` cannot be read: no such file")
        );
        assert_eq!(
            mistakes(&[
                ("rapporteur.toml", &near("a/b.toml")),
                ("a/b.toml", &near("../rapporteur.toml"))
            ]),
            one(
                "a/b.toml:2",
                "`../rapporteur.toml` is extended already: files extend each other in a circle"
            )
        );
        assert_eq!(
            mistakes(&[("rapporteur.toml", &near("rapporteur.toml"))]),
            one(
                "rapporteur.toml:2",
                "`rapporteur.toml` is extended already: files extend each other in a circle"
            )
        );
        let names: Vec<String> = (0..40).map(|n| format!("{n}.toml")).collect();
        let texts: Vec<String> = (1..41).map(|n| near(&format!("{n}.toml"))).collect();
        let long: Vec<(&str, &str)> =
            names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let found = mistakes(&long);
        assert_eq!(found[0].1, "more than 20 files extend each other");
    }

    #[test]
    fn a_word_in_the_text_extends_nothing() {
        assert!(parse(&[("rapporteur.toml", "# This extends nothing.\n")]).is_ok());
        let found = mistakes(&[("rapporteur.toml", "extends = 7\n")]);
        assert_eq!(found[0].1, "`extends` is a number, expected a text");
    }
}
