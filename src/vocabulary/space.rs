//! Keys in namespaces: what `x-defines` and `x-cites` share.

use serde::{Deserialize, Serialize};

use super::{
    Argument, Collector, DateText, Form, Given, Kind, Part, Text, date_text, key,
    keyword::{Choice, optional, required, words},
};
use crate::{
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
}

impl Choice for Scope {
    const ALL: &'static [Self] = &[Self::Record, Self::File];

    fn word(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::File => "file",
        }
    }
}

pub(super) const AMONG: Argument = optional(
    "among",
    Kind::Choice(words::<Scope>),
    "`\"record\"` or `\"file\"`: the key counts in its own record or file only, as the number of a session does; the same for \
     `x-defines` and `x-cites`",
);

pub(super) const fn date(about: &'static str) -> Argument {
    optional("date", Kind::Pointer, about)
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
    /// How the key may be used.
    pub options: KeyOptions,
}

/// How a key may be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyOptions(u8);

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
    pub fn shown(&self) -> String {
        let parts: Vec<&str> = self.parts.iter().map(|part| part.value).collect();
        crate::message::shown(&parts.join(", "))
    }
}

impl KeyArguments {
    pub(super) fn read(given: &Given<'_>, options: KeyOptions) -> Self {
        let scope = given.choice::<Scope>("among");
        let options = options
            .with(KeyOptions::OF_RECORD, scope == Some(Scope::Record))
            .with(KeyOptions::OF_FILE, scope == Some(Scope::File));
        let key = if given.has("key") { given.parts("key") } else { vec![Part::default()] };
        Self { space: given.text("space"), key, date: given.part("date"), options }
    }

    pub(super) fn parts_mut(&mut self) -> Vec<&mut Part> {
        self.key.iter_mut().chain(&mut self.date).collect()
    }

    /// The key; none where one of its values is missing.
    pub(super) fn take<'t>(
        &'t self,
        node: NodeRef<'t>,
        collector: &Collector<'t>,
    ) -> Option<Key<'t>> {
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
        let date = self.date.as_ref().and_then(|part| Some(key::date(part.form, find(part)?)));
        let options = self.options;
        Some(Key { space: &self.space, normal, parts, symbol, date, options })
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
