//! Keys in namespaces: what `x-defines` and `x-cites` share.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{
    Argument, Collector, DateText, Form, Given, Kind, Link, Part, Text, Wanted,
    collector::Read,
    date_text, key,
    keyword::{Choice, optional, required, words},
};
use crate::{
    message,
    symbol::{Citation, Reference},
    tree::NodeRef,
};

pub(super) const SPACE: Argument = required(
    "space",
    Kind::Text,
    "the name of the namespace; you choose it, and messages use it: \"the letter `...` is not among the records\"",
);

pub(super) const KEY: Argument = optional(
    "key",
    Kind::PointerOrPointers,
    "the value or the values that make the key; without it, the annotated value itself",
);

/// Where a key counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Record,
    File,
    Event,
}

impl Choice for Scope {
    const ALL: &'static [Self] = &[Self::Record, Self::File, Self::Event];

    fn word(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::File => "file",
            Self::Event => "event",
        }
    }
}

pub(super) const AMONG: Argument = optional(
    "among",
    Kind::Choice(words::<Scope>),
    "`\"record\"`, `\"file\"` or `\"event\"`: the key counts in its own record, file or event only, as the number of a session \
     does; the same for `x-defines` and `x-cites`",
);

pub(super) const fn date(about: &'static str) -> Argument {
    optional("date", Kind::Pointer, about)
}

/// What makes a key in the place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The name of the property that holds the annotated value.
    Name,
    /// The index of the annotated value in its list.
    Index,
}

impl Choice for By {
    const ALL: &'static [Self] = &[Self::Name, Self::Index];

    fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Index => "index",
        }
    }
}

/// What the namespace of the rule of a project begins with, so that no schema names it.
const OWN: char = '\u{1}';

/// The namespace of the rule of a project.
#[must_use]
pub fn space_of(rule: &str) -> String {
    format!("{OWN}{rule}")
}

/// The rule of a project whose namespace this is.
#[must_use]
pub fn owner_of(space: &str) -> Option<&str> {
    space.strip_prefix(OWN)
}

/// What `x-defines` and `x-cites` name.
#[derive(Clone, Debug, Default)]
pub struct KeyArguments {
    /// The namespace.
    pub space: String,
    /// The values that make the key.
    pub key: Vec<Part>,
    /// The date of the thing.
    pub date: Option<Part>,
    /// What makes the key, if not a value.
    by: Option<By>,
    /// Whether an object that has no other key is known by the name of its property.
    names_objects: bool,
    /// What the thing cited must be.
    pub(super) link: Link,
    /// How the key may be used.
    pub options: KeyOptions,
}

/// How a key may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyOptions(u16);

impl KeyOptions {
    /// One definition for each language is allowed.
    pub const PER_LANGUAGE: Self = Self(1);
    /// The thing is known to exist outside the folder.
    pub const ELSEWHERE: Self = Self(2);
    /// Several records may define the key.
    pub const SHARED: Self = Self(4);
    /// The target may be outside the folder.
    pub const EXTERNAL: Self = Self(8);
    /// The key is one of its record, and in another record it is another one.
    pub const OF_RECORD: Self = Self(16);
    /// The key is one of its file.
    pub const OF_FILE: Self = Self(32);
    /// The key is one of the event of its record.
    pub const OF_EVENT: Self = Self(64);
    /// The citing record replaces the one that it cites.
    pub const SUPERSEDES: Self = Self(128);
    /// The citing record answers the one that it cites.
    pub const ANSWERS: Self = Self(256);
    /// The citing record encloses the one that it cites.
    pub const ENCLOSES: Self = Self(512);
    /// The project says that every document of the namespace is among the records.
    pub const CLOSED: Self = Self(1024);
    /// The key is known not to be in the namespace.
    pub const EXCLUDED: Self = Self(2048);

    /// Whether `option` is set.
    #[must_use]
    pub const fn has(self, option: Self) -> bool {
        self.0 & option.0 != 0
    }

    /// These options, with `option` or without.
    #[must_use]
    pub const fn set(self, option: Self, on: bool) -> Self {
        Self(self.0 & !option.0).with(option, on)
    }

    /// These options, and `option` if `on`.
    #[must_use]
    pub const fn with(self, option: Self, on: bool) -> Self {
        if on { Self(self.0 | option.0) } else { self }
    }
}

/// A key in a namespace, defined or cited.
#[derive(Debug)]
pub struct Key<'t> {
    /// The namespace.
    pub space: &'t str,
    /// The normal form: equal for equal keys.
    pub normal: String,
    /// The values that make the key, as written.
    pub parts: Vec<Text<'t>>,
    /// The document that the key names, where its form is a symbol.
    pub symbol: Option<Reference>,
    /// The date given for the thing.
    pub date: Option<DateText<'t>>,
    /// What the thing cited must be.
    pub link: &'t Link,
    /// The citation as the document writes it.
    pub raw: Option<Text<'t>>,
    /// The paragraph that is cited.
    pub paragraph: Option<Text<'t>>,
    /// See the arguments of `x-defines` and `x-cites`.
    pub options: KeyOptions,
}

impl Key<'_> {
    /// The act that the key names, where it names one.
    #[must_use]
    pub fn act(&self) -> Option<Citation> {
        self.symbol.as_ref().and_then(act)
    }

    /// The key as people write it.
    #[must_use]
    pub fn shown(&self) -> Cow<'_, str> {
        // Most keys are one short word.
        if let [only] = self.parts.as_slice()
            && message::is_shown_whole(only.value)
        {
            return Cow::Borrowed(only.value);
        }
        let parts: Vec<&str> = self.parts.iter().map(|part| part.value).collect();
        let text = parts.join(", ");
        let shown = message::shown(&text);
        // Two keys that differ in what no reader sees must look different.
        let hides = shown.contains(char::REPLACEMENT_CHARACTER);
        Cow::Owned(if hides { message::shown(&message::spelled_out(&text)) } else { shown })
    }
}

impl KeyArguments {
    pub(super) fn read(given: &Given<'_>, options: KeyOptions) -> Self {
        let scope = given.choice::<Scope>("among");
        let options = options
            .with(KeyOptions::OF_RECORD, scope == Some(Scope::Record))
            .with(KeyOptions::OF_FILE, scope == Some(Scope::File))
            .with(KeyOptions::OF_EVENT, scope == Some(Scope::Event));
        let key = if given.has("key") { given.parts("key") } else { vec![Part::default()] };
        let (space, date) = (given.text("space"), given.part("date"));
        Self { space, key, date, options, ..Self::default() }
    }

    pub(super) fn parts_mut(&mut self) -> Vec<&mut Part> {
        self.key.iter_mut().chain(&mut self.date).collect()
    }

    /// The same, for keys that may be made of a name or an index.
    pub(super) fn read_by(mut self, given: &Given<'_>) -> Self {
        self.by = given.choice("by");
        self.names_objects = self.by.is_none() && !given.has("key");
        self
    }

    /// The key; none where one of its values is missing.
    pub(super) fn take<'t>(
        &'t self,
        node: NodeRef<'t>,
        collector: &mut Collector<'t>,
    ) -> Option<Key<'t>> {
        let by = self.by.or_else(|| (self.names_objects && node.is_object()).then_some(By::Name));
        if let Some(by) = by {
            return self.take_by(by, node, collector);
        }
        let find = |part: &Part| collector.find(node, &part.pointer);
        let parts: Vec<Text<'t>> = self.key.iter().map(find).collect::<Option<_>>()?;
        let forms = || self.key.iter().map(|part| part.form);
        let symbol = match parts.as_slice() {
            [only] if forms().eq([Form::UnSymbol]) => key::reference(only.value),
            _ => None,
        };
        let normal = match &symbol {
            Some(symbol) => key::of_reference(symbol, parts[0].value),
            None => key::joined_texts(forms().zip(&parts)),
        };
        let date = self.date_at(node, collector);
        let (link, options) = (&self.link, self.options);
        let raw = collector.find_optional(node, link.raw.as_ref());
        let paragraph = collector.find_optional(node, link.paragraph.as_ref());
        Some(Key { space: &self.space, normal, parts, symbol, date, link, raw, paragraph, options })
    }

    /// Takes the values of the key as facts that are lists or objects, and so identify nothing.
    pub(super) fn check_single<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let is_named_by_its_key = self.by.is_some() || (self.names_objects && node.is_object());
        if !is_named_by_its_key {
            for part in &self.key {
                collector.check_single(node, &part.pointer, Read::part(Wanted::Key, part));
            }
        }
    }

    fn date_at<'t>(&self, node: NodeRef<'t>, collector: &Collector<'t>) -> Option<DateText<'t>> {
        let part = self.date.as_ref()?;
        Some(key::date(part.form, collector.find(node, &part.pointer)?))
    }

    /// The key that the place of the value makes.
    fn take_by<'t>(
        &'t self,
        by: By,
        node: NodeRef<'t>,
        collector: &mut Collector<'t>,
    ) -> Option<Key<'t>> {
        let form = self.key.first().map(|part| part.form).unwrap_or_default();
        let (normal, text) = match by {
            By::Name => {
                let name = collector.text(node.key()?)?;
                (key::normal(form, name.value).into_owned(), name)
            }
            By::Index => {
                let place = collector.place(node, node.inner_span());
                let value = node.scalar_text().unwrap_or_default();
                (collector.index_of(node)?.to_string(), Text { value, node, place })
            }
        };
        let date = self.date_at(node, collector);
        let (space, link, options) = (&self.space, &self.link, self.options);
        let (parts, symbol, raw, paragraph) = (vec![text], None, None, None);
        Some(Key { space, normal, parts, symbol, date, link, raw, paragraph, options })
    }
}

/// The resolution or decision that a reference names, where it names one.
pub(super) fn act(reference: &Reference) -> Option<Citation> {
    match reference {
        Reference::Symbol(symbol) => Citation::of_symbol(symbol),
        Reference::Citation(citation) => Some(citation.clone()),
    }
}

/// A key with its namespace and date, for people.
pub(super) fn described(key: &Key<'_>) -> String {
    let normal = key.normal.replace('\u{1f}', ", ");
    let date = key.date.as_ref().map(|date| format!(" of {}", date_text(date)));
    let alias = if normal == key.shown() { String::new() } else { format!(" (as `{normal}`)") };
    format!("{} `{}`{alias}{}", key.space, key.shown(), date.unwrap_or_default())
}
