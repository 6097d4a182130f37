//! What a project may set of a rule beside its level.

mod value;

use std::fmt;

pub use self::value::{Minutes, OptionValue, Pairs, Texts, Value};

/// An option of a rule, with the type of its value.
///
/// ```
/// use rapporteur::rule::{Minutes, RuleOption};
///
/// static LONGEST: RuleOption<Minutes> = RuleOption {
///     name: "longest",
///     default: Minutes(90),
///     about: "The longest time without a break that is not reported.",
/// };
/// ```
///
/// The rule lists it in [`Rule::options`](super::Rule::options) and asks for its value with [`Findings::option`](super::Findings::option). A
/// project sets it in the table of the rule:
///
/// ```toml
/// [rules.no-break]
/// longest = "2h"
/// ```
#[derive(Debug)]
pub struct RuleOption<T> {
    /// Its key in the table of the rule: kebab-case, and not `level`.
    pub name: &'static str,
    /// The value where the project sets none.
    pub default: T,
    /// What it sets, in one sentence.
    pub about: &'static str,
}

/// An option of a rule, whatever the type of its value.
pub trait AnyOption: fmt::Debug + Sync {
    /// Its key in the table of the rule.
    fn name(&self) -> &'static str;
    /// What it sets, in one sentence.
    fn about(&self) -> &'static str;
    /// The value where the project sets none; another one is of the same kind.
    fn default(&self) -> Value;
}

impl<T: OptionValue> AnyOption for RuleOption<T> {
    fn name(&self) -> &'static str {
        self.name
    }

    fn about(&self) -> &'static str {
        self.about
    }

    fn default(&self) -> Value {
        self.default.to_value()
    }
}

/// The options of one rule that a project sets.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options(Vec<(&'static str, Value)>);

impl Options {
    /// Sets an option.
    pub fn set(&mut self, option: &dyn AnyOption, value: Value) {
        self.0.retain(|(name, _)| *name != option.name());
        self.0.push((option.name(), value));
    }

    /// The value of an option.
    #[must_use]
    pub fn get<'o, T: OptionValue>(&'o self, option: &'o RuleOption<T>) -> &'o T {
        self.find(option.name).and_then(T::of).unwrap_or(&option.default)
    }

    /// The value of an option, whatever its type.
    #[must_use]
    pub fn value(&self, option: &dyn AnyOption) -> Value {
        self.find(option.name()).cloned().unwrap_or_else(|| option.default())
    }

    fn find(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(set, _)| *set == name).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static LONGEST: RuleOption<Minutes> =
        RuleOption { name: "longest", default: Minutes(150), about: "The longest." };
    static WORDS: RuleOption<Texts> =
        RuleOption { name: "words", default: Texts::of(&["a"]), about: "The words." };

    #[test]
    fn an_option_has_its_default_until_it_is_set() {
        let mut options = Options::default();
        assert_eq!(*options.get(&LONGEST), Minutes(150));
        options.set(&LONGEST, Value::Duration(Minutes(5)));
        options.set(&LONGEST, Value::Duration(Minutes(10)));
        assert_eq!(*options.get(&LONGEST), Minutes(10));
        assert_eq!(options.value(&LONGEST), Value::Duration(Minutes(10)));
        assert_eq!(options.value(&WORDS).to_string(), "[\"a\"]");
        assert!(options.get(&WORDS).iter().eq(["a"]));
    }
}
