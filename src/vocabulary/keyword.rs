//! What every keyword has: a name, a table of arguments, and what can be done with them.

use std::{any::Any, fmt};

use serde_json::Value;

use super::{Collector, Fact, Given, Part, Pointer, Record, arguments::Fault};
use crate::{
    message::{listed, quoted},
    tree::NodeRef,
};

/// A keyword. The table of arguments is what it is read by, and what its schema and its section of
/// `docs/vocabulary.md` are made from.
#[derive(Debug)]
pub struct Keyword {
    /// Its name, `x-` included.
    pub name: &'static str,
    /// What it says of the annotated value, as a heading.
    pub about: &'static str,
    /// Whether it may apply several times to one value.
    pub repeats: bool,
    /// The argument whose value may be written instead of an object with arguments.
    pub short: Option<&'static str>,
    /// Its own arguments; every keyword has [`WHEN`] as well.
    pub arguments: &'static [Argument],
    /// What may be written after its name, as JSON.
    pub example: &'static str,
    /// What must hold between its arguments, as a schema of the object.
    pub between: Option<fn() -> Value>,
    /// Makes the arguments of one use.
    pub(super) read: fn(&Given<'_>) -> Result<Box<dyn Arguments>, Fault>,
}

impl Keyword {
    /// The argument called `name`.
    pub(super) fn argument(&self, name: &str) -> Option<&Argument> {
        self.arguments.iter().chain([&WHEN]).find(|argument| argument.name == name)
    }
}

/// One argument of a keyword.
#[derive(Debug)]
pub struct Argument {
    /// Its name.
    pub name: &'static str,
    /// What its value looks like.
    pub kind: Kind,
    /// Whether it has to be there.
    pub is_required: bool,
    /// What it means, without a final stop.
    pub about: &'static str,
}

/// The argument of every keyword: where it counts.
pub static WHEN: Argument = optional(
    "when",
    Kind::Schema,
    "a schema; the keyword counts only where the annotated value satisfies it",
);

/// An argument that may be left out.
pub(super) const fn optional(name: &'static str, kind: Kind, about: &'static str) -> Argument {
    Argument { name, kind, is_required: false, about }
}

/// An argument that has to be there.
pub(super) const fn required(name: &'static str, kind: Kind, about: &'static str) -> Argument {
    Argument { name, kind, is_required: true, about }
}

/// What the value of an argument looks like.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A pointer from the annotated value.
    Pointer,
    /// An array of such pointers.
    Pointers,
    /// One such pointer, or an array of them.
    PointerOrPointers,
    /// A pointer from an item of the annotated array.
    ItemPointer,
    /// An array of keys, each a pointer from an item or an array of such pointers.
    ItemKeys,
    /// A pointer from the annotated value, alone or in an object that maps values to these words.
    States(fn() -> Vec<&'static str>),
    /// The same with a pointer from an item of a list that another argument names.
    ItemStates(fn() -> Vec<&'static str>),
    /// One of some words.
    Choice(fn() -> Vec<&'static str>),
    /// A text.
    Text,
    /// An array of texts.
    Texts,
    /// `true` or `false`.
    Flag,
    /// A whole number from 0.
    Number,
    /// A JSON Schema.
    Schema,
}

impl Kind {
    /// Whether a value looks like this.
    pub(super) fn fits(self, value: &Value) -> bool {
        let all = |fits: fn(&Value) -> bool| {
            value.as_array().is_some_and(|items| !items.is_empty() && items.iter().all(fits))
        };
        match self {
            Self::Pointer | Self::ItemPointer => is_pointer(value),
            Self::Pointers => all(is_pointer),
            Self::PointerOrPointers => is_pointer(value) || all(is_pointer),
            Self::ItemKeys => all(|key| Self::PointerOrPointers.fits(key)),
            Self::States(words) | Self::ItemStates(words) => {
                is_pointer(value) || is_mapping(value, &words())
            }
            Self::Choice(words) => value.as_str().is_some_and(|text| words().contains(&text)),
            Self::Text => value.as_str().is_some_and(|text| !text.is_empty()),
            Self::Texts => value.as_array().is_some_and(|all| all.iter().all(Value::is_string)),
            Self::Flag => value.is_boolean(),
            Self::Number => value.as_u64().is_some_and(|number| u32::try_from(number).is_ok()),
            Self::Schema => value.is_object() || value.is_boolean(),
        }
    }

    /// What is wanted, in a message.
    pub(super) fn wanted(self) -> String {
        match self {
            Self::Pointer | Self::ItemPointer => "a pointer such as `/title`".to_owned(),
            Self::Pointers => "an array of pointers such as `/title`".to_owned(),
            Self::PointerOrPointers => {
                "a pointer such as `/title`, or an array of pointers,".to_owned()
            }
            Self::ItemKeys => {
                "an array of pointers such as `/title`, or of arrays of pointers,".to_owned()
            }
            Self::States(words) | Self::ItemStates(words) => {
                let words: Vec<String> = words().into_iter().map(quoted).collect();
                let words = listed(&words, "or");
                format!(
                    "a pointer such as `/status`, or an object with the pointer as `at` and lists of values for {words},"
                )
            }
            Self::Choice(words) => {
                let words: Vec<String> = words().into_iter().map(quoted).collect();
                listed(&words, "or")
            }
            Self::Text => "a text".to_owned(),
            Self::Texts => "an array of texts".to_owned(),
            Self::Flag => "`true` or `false`".to_owned(),
            Self::Number => "a whole number".to_owned(),
            Self::Schema => "a schema".to_owned(),
        }
    }
}

fn is_pointer(value: &Value) -> bool {
    value.as_str().is_some_and(|text| Pointer::read(text).is_some())
}

/// Whether a value is an object with a pointer as `at` and lists of scalars by these words.
fn is_mapping(value: &Value, words: &[&str]) -> bool {
    let is_list = |list: &Value| {
        let is_scalar = |one: &Value| one.is_string() || one.is_number() || one.is_boolean();
        list.as_array().is_some_and(|all| !all.is_empty() && all.iter().all(is_scalar))
    };
    value.as_object().is_some_and(|members| {
        members.get("at").is_some_and(is_pointer)
            && members.iter().all(|(name, list)| {
                name == "at" || (words.contains(&name.as_str()) && is_list(list))
            })
    })
}

/// The words that an argument can be.
pub trait Choice: Copy + 'static {
    /// All of them, in the order in which they are listed.
    const ALL: &'static [Self];

    /// The word for it in schemas.
    fn word(self) -> &'static str;
}

/// The words of a choice.
pub(super) fn words<T: Choice>() -> Vec<&'static str> {
    T::ALL.iter().map(|one| one.word()).collect()
}

/// The arguments of a keyword at one place in a schema, read.
pub trait Arguments: Any + fmt::Debug + Send + Sync {
    /// The values whose form is looked up in the schemas.
    fn parts_mut(&mut self) -> Vec<&mut Part> {
        Vec::new()
    }

    /// Whether the values whose form is looked up may be objects and arrays, which are compared as a whole.
    fn compares_wholes(&self) -> bool {
        false
    }

    /// The arrays whose items are read. Their pointers begin at the annotated value.
    fn lists(&self) -> Vec<&Pointer> {
        Vec::new()
    }

    /// Where the pointers of these values begin.
    fn origin(&self) -> Origin<'_> {
        Origin::Value
    }

    /// Hands something down to all that is at or below the annotated value.
    fn enter<'t>(&'t self, _node: NodeRef<'t>, _taker: &mut Collector<'t>) {}

    /// Takes the facts from the annotated value.
    fn take<'t>(&'t self, _node: NodeRef<'t>, _taker: &mut Collector<'t>) {}

    /// Completes the fact number `at` once all below its node was visited. The facts at and below the node begin at
    /// `from`. Called for the facts that ask for it when they are taken.
    fn complete(&self, _at: usize, _from: usize, _taker: &mut Collector<'_>) {}

    /// What `rapporteur facts` prints of a fact that these arguments gave.
    fn describe(&self, _fact: &Fact<'_>, _record: &Record<'_>) -> String {
        String::new()
    }
}

impl dyn Arguments {
    /// These arguments, if they are of this type.
    #[must_use]
    pub fn get<T: Arguments>(&self) -> Option<&T> {
        (self as &dyn Any).downcast_ref()
    }

    /// The same, to be changed.
    pub fn get_mut<T: Arguments>(&mut self) -> Option<&mut T> {
        (self as &mut dyn Any).downcast_mut()
    }
}

/// Where pointers begin.
#[derive(Clone, Copy, Debug)]
pub enum Origin<'a> {
    /// At the annotated value.
    Value,
    /// At each item of the annotated array.
    Items,
    /// At each item of these arrays.
    ItemsOf(&'a [Pointer]),
}
