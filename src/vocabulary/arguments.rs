//! Reads the arguments of one use of a keyword, by the table of its arguments.

use serde_json::{Map, Value};

use super::{
    Part, Pointer, StatePointer, States,
    keyword::{Choice, Keyword, Kind},
};
use crate::{
    message::{did_you_mean, listed, quoted},
    suggest,
};

/// What is wrong with the arguments of a keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong; no final stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// The arguments of one use of a keyword as they are written. They were checked, so that each has
/// the value that its keyword's table asks for.
pub struct Given<'a> {
    keyword: &'static Keyword,
    /// Which of several uses on one value this is.
    item: Option<usize>,
    members: Members<'a>,
}

enum Members<'a> {
    All(&'a Map<String, Value>),
    Short(&'static str, &'a Value),
}

impl<'a> Given<'a> {
    /// The arguments in `value`, which is item number `item` where the keyword has an array of them.
    pub(super) fn new(
        keyword: &'static Keyword,
        item: Option<usize>,
        value: &'a Value,
    ) -> Result<Self, Fault> {
        let members = match (value, keyword.short) {
            (Value::Object(all), _) => Members::All(all),
            (Value::String(_), Some(name)) => Members::Short(name, value),
            (_, short) => {
                let wanted = short.and_then(|name| keyword.argument(name));
                let wanted = match wanted {
                    Some(argument) => {
                        format!("{}, or an object with arguments,", argument.kind.wanted())
                    }
                    None => "an object with arguments".to_owned(),
                };
                let (subject, value) = (subject(keyword, item), shown(value));
                let message = format!("{subject} is {value}; {wanted} is expected");
                return Err(Fault { message, help: Some(listing(keyword)) });
            }
        };
        let given = Self { keyword, item, members };
        given.check()?;
        Ok(given)
    }

    fn check(&self) -> Result<(), Fault> {
        let subject = subject(self.keyword, self.item);
        let members: Vec<(&str, &Value)> = match self.members {
            Members::All(all) => all.iter().map(|(name, value)| (name.as_str(), value)).collect(),
            Members::Short(name, value) => vec![(name, value)],
        };
        for (name, value) in members {
            let Some(argument) = self.keyword.argument(name) else {
                let known = self.keyword.arguments.iter().map(|argument| argument.name);
                let near = suggest::nearest(name, known.chain(["when"]));
                return Err(Fault {
                    message: format!("{subject} has no argument {}", quoted(name)),
                    help: Some(near.map_or_else(|| listing(self.keyword), did_you_mean)),
                });
            };
            if !argument.kind.fits(value) {
                let named = match self.members {
                    Members::All(_) => {
                        let of = if self.item.is_some() { "in" } else { "of" };
                        format!("argument {} {of} {subject}", quoted(name))
                    }
                    Members::Short(..) => subject,
                };
                let wanted = argument.kind.wanted();
                return Err(Fault {
                    message: format!("{named} is {}; {wanted} is expected", shown(value)),
                    help: meant(argument.kind, value),
                });
            }
        }
        let required = self.keyword.arguments.iter().filter(|argument| argument.is_required);
        match required.into_iter().find(|argument| self.get(argument.name).is_none()) {
            Some(argument) => Err(Fault {
                message: format!("{subject} lacks the argument {}", quoted(argument.name)),
                help: Some(format!("{}: {}", quoted(argument.name), argument.about)),
            }),
            None => Ok(()),
        }
    }

    /// What is wrong with the arguments together.
    pub(super) fn fault(&self, what: &str) -> Fault {
        let message = format!("{}: {what}", subject(self.keyword, self.item));
        Fault { message, help: None }
    }

    /// The value of an argument.
    pub(super) fn get(&self, name: &str) -> Option<&'a Value> {
        debug_assert!(self.keyword.argument(name).is_some(), "{name}");
        match self.members {
            Members::All(all) => all.get(name),
            Members::Short(short, value) => (short == name).then_some(value),
        }
    }

    /// Whether an argument is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A text; empty where there is none.
    pub(super) fn text(&self, name: &str) -> String {
        self.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// The texts of an array.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        let all = self.get(name).and_then(Value::as_array).into_iter().flatten();
        all.filter_map(|text| Some(text.as_str()?.to_owned())).collect()
    }

    /// Whether an argument is `true`.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.get(name).and_then(Value::as_bool).unwrap_or_default()
    }

    /// A whole number.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.as_u64()?.try_into().ok()
    }

    /// One of some words.
    pub(super) fn choice<T: Choice>(&self, name: &str) -> Option<T> {
        let text = self.get(name)?.as_str()?;
        T::ALL.iter().copied().find(|one| one.word() == text)
    }

    /// One of some words that has to be there.
    pub(super) fn required_choice<T: Choice>(&self, name: &str) -> Result<T, Fault> {
        self.choice(name).ok_or_else(|| self.fault(&format!("{} is expected", quoted(name))))
    }

    /// A pointer; the empty one where the argument has to be there.
    pub(super) fn pointer(&self, name: &str) -> Option<Pointer> {
        Pointer::read(self.get(name)?.as_str()?)
    }

    /// A value that is mapped to an enum.
    pub(super) fn states<S: States>(&self, name: &str) -> Option<StatePointer<S>> {
        StatePointer::read(self.get(name)?)
    }

    /// One or several pointers.
    pub(super) fn pointers(&self, name: &str) -> Vec<Pointer> {
        self.get(name).map(read_pointers).unwrap_or_default()
    }

    /// A value that may have a form.
    pub(super) fn part(&self, name: &str) -> Option<Part> {
        self.pointer(name).map(Part::from)
    }

    /// Values that may have a form.
    pub(super) fn parts(&self, name: &str) -> Vec<Part> {
        self.pointers(name).into_iter().map(Part::from).collect()
    }

    /// Keys of one or several values that may have a form.
    pub(super) fn keys(&self, name: &str) -> Vec<Vec<Part>> {
        let all = self.get(name).and_then(Value::as_array).into_iter().flatten();
        all.map(|key| read_pointers(key).into_iter().map(Part::from).collect()).collect()
    }

    /// All pointers that begin at the annotated value.
    pub(super) fn all_pointers(&self) -> Vec<Pointer> {
        let from_value = |kind| {
            matches!(
                kind,
                Kind::Pointer | Kind::Pointers | Kind::PointerOrPointers | Kind::States(_)
            )
        };
        let named = self.keyword.arguments.iter().filter(|argument| from_value(argument.kind));
        named.flat_map(|argument| self.pointers(argument.name)).collect()
    }
}

fn read_pointers(value: &Value) -> Vec<Pointer> {
    let value = value.get("at").unwrap_or(value);
    let items = value.as_array().map_or_else(|| std::slice::from_ref(value), Vec::as_slice);
    items.iter().filter_map(|item| Pointer::read(item.as_str()?)).collect()
}

/// The use of the keyword, in a message.
fn subject(keyword: &Keyword, item: Option<usize>) -> String {
    match item {
        Some(item) => format!("item {} of {}", item + 1, quoted(keyword.name)),
        None => quoted(keyword.name),
    }
}

/// A value, in a message: a text as it is, everything else as JSON.
fn shown(value: &Value) -> String {
    match value.as_str() {
        Some("") => "empty".to_owned(),
        // A text that looks like something else is reported from it by its quotes.
        Some(text) if serde_json::from_str::<Value>(text).is_ok() => quoted(&value.to_string()),
        Some(text) => quoted(text),
        None => quoted(&value.to_string()),
    }
}

/// What was probably meant by a value that does not fit.
fn meant(kind: Kind, value: &Value) -> Option<String> {
    if let (Kind::States(words) | Kind::ItemStates(words), Some(members)) =
        (kind, value.as_object())
    {
        let words: Vec<&str> = words().into_iter().chain(["at"]).collect();
        let wrong = members.keys().find(|name| !words.contains(&name.as_str()))?;
        return suggest::nearest(wrong, words).map(did_you_mean);
    }
    let text = value.as_str()?;
    match kind {
        Kind::Choice(words) => suggest::nearest(text, words()).map(did_you_mean),
        Kind::Pointer
        | Kind::ItemPointer
        | Kind::PointerOrPointers
        | Kind::States(_)
        | Kind::ItemStates(_) => Some(did_you_mean(&crate::message::shown(&format!("/{text}")))),
        Kind::Pointers if Pointer::read(text).is_some() => {
            Some(format!("write {}", quoted(&serde_json::json!([text]).to_string())))
        }
        _ => None,
    }
}

/// The arguments that a keyword has.
fn listing(keyword: &Keyword) -> String {
    let names = keyword.arguments.iter().map(|argument| argument.name).chain(["when"]);
    let names: Vec<String> = names.map(quoted).collect();
    format!("its arguments are {}", listed(&names, "and"))
}
