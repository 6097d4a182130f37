//! `x-decides`: names that are one person's, or not.

use serde::{Deserialize, Serialize};

use super::{
    Arguments, Collector, Fact, Given, Keyword, Kind, Meaning, Pointer, Record, Text,
    keyword::{optional, required},
};
use crate::tree::NodeRef;

pub(super) static KEYWORD: Keyword = Keyword {
    name: "x-decides",
    about: "names that are one person's, or not",
    repeats: true,
    short: None,
    arguments: &[
        required(
            "names",
            Kind::PointerOrPointers,
            "the names as records write them: an array of texts, or several pointers, each to a text; at least two",
        ),
        required(
            "verdict",
            Kind::Pointer,
            "`same-as`: all are names of one person; `distinct`: each is the name of another person",
        ),
        optional("reason", Kind::Pointer, "why"),
        optional(
            "event",
            Kind::Pointer,
            "the `id` of the only event for which it was decided; without it, it was decided for all",
        ),
    ],
    example: r#"{"names": ["/name", "/alias"], "verdict": "/verdict", "reason": "/why"}"#,
    between: None,
    read: |given| Ok(Box::new(read(given))),
};

/// The arguments of `x-decides`.
#[derive(Clone, Debug, Default)]
pub struct DecidesArguments {
    /// The names as they are written: texts, or arrays of them.
    pub names: Vec<Pointer>,
    /// What was decided.
    pub verdict: Pointer,
    /// Why.
    pub reason: Option<Pointer>,
    /// The id of the only event for which it was decided.
    pub event: Option<Pointer>,
}

fn read(given: &Given<'_>) -> DecidesArguments {
    DecidesArguments {
        names: given.pointers("names"),
        verdict: given.pointer("verdict").unwrap_or_default(),
        reason: given.pointer("reason"),
        event: given.pointer("event"),
    }
}

/// What was decided on names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Identity {
    /// They are names of one person.
    SameAs,
    /// Each is the name of another person.
    Distinct,
}

impl Identity {
    /// The word for it in records.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SameAs => "same-as",
            Self::Distinct => "distinct",
        }
    }

    /// Reads the word for it.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        [Self::SameAs, Self::Distinct].into_iter().find(|identity| identity.word() == word)
    }
}

/// A decision on whether names are those of one person.
#[derive(Debug)]
pub struct Decision<'t> {
    /// The names, as written; there are at least two.
    pub names: Vec<Text<'t>>,
    /// What was decided.
    pub verdict: Identity,
    /// Why.
    pub reason: Option<Text<'t>>,
    /// The id of the only event for which it was decided.
    pub event: Option<Text<'t>>,
}

impl Arguments for DecidesArguments {
    /// Nothing where there is no verdict, or only one name that it could be on.
    fn take<'t>(&'t self, node: NodeRef<'t>, collector: &mut Collector<'t>) {
        let verdict = collector.find(node, &self.verdict);
        let Some(verdict) = verdict.and_then(|verdict| Identity::read(verdict.value)) else {
            return;
        };
        let names: Vec<Text<'t>> =
            self.names.iter().flat_map(|names| collector.find_all(node, names)).collect();
        let reason = collector.find_optional(node, self.reason.as_ref());
        let event = collector.find_optional(node, self.event.as_ref());
        if names.len() > 1 {
            let decision = Decision { names, verdict, reason, event };
            collector.push(node, Meaning::Decides(Box::new(decision)));
        }
    }

    fn describe(&self, fact: &Fact<'_>, _record: &Record<'_>) -> String {
        let Meaning::Decides(decision) = &fact.meaning else { return String::new() };
        let names: Vec<String> =
            decision.names.iter().map(|name| format!("`{}`", name.value)).collect();
        let more = [("at", decision.event), ("because", decision.reason)];
        let more =
            more.iter().filter_map(|(word, text)| Some(format!(" {word} `{}`", (*text)?.value)));
        let more: String = more.collect();
        format!("decides {} on {}{more}", decision.verdict.word(), names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::vocabulary::testing::{facts, fault};

    #[test]
    fn a_decision_has_a_verdict_on_two_names() {
        let schema = json!({"x-decides": {"names": ["/name", "/others"], "verdict": "/is", "reason": "/why"}});
        assert_eq!(
            facts(&schema, "{name: A, others: [B, C], is: same-as, why: asked}"),
            ["decides same-as on `A`, `B`, `C` because `asked`"]
        );
        assert_eq!(facts(&schema, "{name: A, is: same-as}"), [""; 0]);
        assert_eq!(facts(&schema, "{name: A, others: [B], is: open}"), [""; 0]);
    }

    #[test]
    fn the_verdict_is_required() {
        assert_eq!(
            fault(&KEYWORD, &json!({"names": "/names"})),
            "`x-decides` lacks the argument `verdict`"
        );
    }
}
