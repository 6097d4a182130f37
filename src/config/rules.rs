//! The `[rules]` table: the level of a rule or of a family, and the options of a rule.

use std::borrow::Cow;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    Config, Level, OptionSet, Reader, Target, Value, are_known, choices, did_you_mean, in_order,
    keys,
};
use crate::{
    rule::{self, AnyOption, Minutes, Pairs, Texts},
    suggest,
};

impl Reader<'_> {
    pub(super) fn read_rules(&mut self, value: &Value<'_>, config: &mut Config) {
        let Some(table) = value.get_ref().as_table() else {
            let help = Some("write `[rules]` and below it `rule-id = \"warning\"`".to_owned());
            return self.wrong_type(value, "`rules` is", "a table", help);
        };
        for (key, value) in in_order(table) {
            let target = self.read_target(key);
            let level = match value.get_ref().as_table() {
                Some(table) => self.read_rule(target, value, table, config),
                None => self.read_level(value),
            };
            if let Some(rule) = target.zip(level) {
                config.rules.push(rule);
                config.rule_spans.push(key.span());
            }
        }
    }

    /// The table of a rule or a family: its level, and the options of the rule.
    fn read_rule(
        &mut self,
        target: Option<Target>,
        value: &Value<'_>,
        table: &DeTable<'_>,
        config: &mut Config,
    ) -> Option<Level> {
        let rule = match target {
            Some(Target::Rule(id)) => self.rules.find(&id),
            _ => None,
        };
        let options = rule.map_or(&[][..], |rule| rule.options);
        let names =
            || std::iter::once(keys::LEVEL.name).chain(options.iter().map(|one| one.name()));
        let mut level = None;
        for (key, value) in in_order(table) {
            let name = key.get_ref().as_ref();
            if name == keys::LEVEL.name {
                level = self.read_level(value);
            } else if let Some((rule, option)) =
                rule.zip(options.iter().find(|one| one.name() == name))
            {
                if let Some(value) = self.read_option(*option, value) {
                    config.options.push(OptionSet {
                        rule: rule.id,
                        option: *option,
                        value,
                        span: key.span(),
                    });
                }
            } else if target.is_some() {
                self.unknown_key(key, &names().collect::<Vec<_>>());
            }
        }
        if table.is_empty() {
            let help = are_known(&names().collect::<Vec<_>>());
            self.problem(value.span(), "the table sets nothing".to_owned(), Some(help));
        }
        level
    }

    /// The rule or the family that a key names.
    pub(super) fn read_target(&mut self, key: &Spanned<Cow<'_, str>>) -> Option<Target> {
        let name = key.get_ref().as_ref();
        let target = Target::of_word(name, self.rules);
        if target.is_none() {
            let help = keys::above_tables(name).unwrap_or_else(|| {
                Target::like(name, self.rules)
                    .map_or("`rapporteur rules` lists every rule".to_owned(), did_you_mean)
            });
            self.problem(key.span(), format!("no rule or family `{name}`"), Some(help));
        }
        target
    }

    pub(super) fn read_level(&mut self, value: &Value<'_>) -> Option<Level> {
        let Some(word) = value.get_ref().as_str() else {
            let help = format!("write {}", choices(&Level::WORDS));
            self.wrong_type(value, "the level is", "a text", Some(help));
            return None;
        };
        let level = Level::of_word(word);
        if level.is_none() {
            let near = suggest::nearest(word, Level::WORDS).or_else(|| Level::meant_by(word));
            let help =
                near.map_or_else(|| format!("write {}", choices(&Level::WORDS)), did_you_mean);
            self.problem(value.span(), format!("no level `{word}`"), Some(help));
        }
        level
    }

    /// The value of an option, which is of the kind of its default.
    fn read_option(&mut self, option: &dyn AnyOption, value: &Value<'_>) -> Option<rule::Value> {
        let default = option.default();
        match (&default, value.get_ref()) {
            (rule::Value::Duration(_), DeValue::String(text)) => {
                let minutes = Minutes::parse(text);
                if minutes.is_none() {
                    let help =
                        Some("write a duration such as `\"2h30\"` or `\"45min\"`".to_owned());
                    self.problem(value.span(), format!("`{text}` is not a duration"), help);
                }
                minutes.map(rule::Value::Duration)
            }
            (rule::Value::Number(_), DeValue::Integer(number)) => {
                let read = u32::from_str_radix(number.as_str(), number.radix()).ok();
                if read.is_none() {
                    let help = Some(format!("write a whole number from 0 to {}", u32::MAX));
                    self.problem(
                        value.span(),
                        format!("`{number}` is not a number of this size"),
                        help,
                    );
                }
                read.map(rule::Value::Number)
            }
            (rule::Value::Flag(_), DeValue::Boolean(flag)) => Some(rule::Value::Flag(*flag)),
            (rule::Value::Texts(_), DeValue::Array(list)) => self.read_texts(option, list.iter()),
            (rule::Value::Texts(_), DeValue::String(_)) => {
                self.read_texts(option, std::iter::once(value))
            }
            (rule::Value::Pairs(_), DeValue::Table(table)) => self.read_pairs(table),
            _ => {
                let is = format!("`{}` is", option.name());
                let help = Some(format!("write `{} = {default}` or the like", option.name()));
                self.wrong_type(value, &is, default.kind(), help);
                None
            }
        }
    }

    fn read_pairs(&mut self, table: &DeTable<'_>) -> Option<rule::Value> {
        let mut pairs = Vec::new();
        for (key, value) in in_order(table) {
            let first = key.get_ref().trim();
            if first.is_empty() {
                self.problem(key.span(), "the key is empty".to_owned(), None);
                return None;
            }
            pairs.push((first.to_owned(), self.read_text(first, value)?));
        }
        Some(rule::Value::Pairs(Pairs::from(pairs)))
    }

    fn read_texts<'v>(
        &mut self,
        option: &dyn AnyOption,
        values: impl Iterator<Item = &'v Value<'v>>,
    ) -> Option<rule::Value> {
        let mut texts = Vec::new();
        for value in values {
            texts.push(self.read_text(option.name(), value)?);
        }
        Some(rule::Value::Texts(Texts::from(texts)))
    }
}
