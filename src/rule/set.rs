//! The rules that a run knows.

use std::{borrow::Cow, fmt, sync::Arc};

use super::{Held, Rule, RuleId};
use crate::finding::Family;

/// The rules that a run knows, sorted by id: those of rapporteur, and those that were added before the run.
///
/// ```
/// use rapporteur::rule::*;
///
/// static RULE: Rule = Rule {
///     id: RuleId::new("title-in-capitals"),
///     family: Family::Style,
///     summary: "a title that is written in capitals only",
///     level: Some(Severity::Warning),
///     since: "1.0.0",
///     fix: Fix::None,
///     page: "# title-in-capitals\n\nA title that is written in capitals only.\n",
///     options: &[],
///     check: Check::Record(|_, _| {}),
/// };
///
/// let mut rules = RuleSet::bundled().clone();
/// rules.add(&RULE)?;
/// assert!(rules.find("title-in-capitals").is_some());
/// assert!(rules.add(&RULE).is_err(), "an id is used once");
/// # Ok::<(), RuleError>(())
/// ```
#[derive(Clone, Debug)]
pub struct RuleSet {
    /// Sorted.
    rules: Cow<'static, [&'static Rule]>,
    /// Those that a project declares, sorted.
    own: Vec<Arc<Rule>>,
}

impl RuleSet {
    /// The rules of a table that is sorted by id.
    pub(crate) const fn of_table(table: &'static [&'static Rule]) -> Self {
        Self { rules: Cow::Borrowed(table), own: Vec::new() }
    }

    /// The same rules, and those that a project declares. The first of several with one id counts.
    pub(crate) fn with_own(&self, own: Vec<Arc<Rule>>) -> Self {
        let mut own = own;
        own.sort_by_key(|rule| rule.id);
        own.dedup_by_key(|rule| rule.id);
        Self { rules: self.rules.clone(), own }
    }

    /// Adds a rule, unless its id is used already.
    pub fn add(&mut self, rule: &'static Rule) -> Result<(), RuleError> {
        if Family::ALL.iter().any(|family| family.word() == &*rule.id) {
            return Err(RuleError::Family(rule.id));
        }
        match self.place(&rule.id) {
            Ok(_) => Err(RuleError::Taken(rule.id)),
            Err(place) => {
                self.rules.to_mut().insert(place, rule);
                Ok(())
            }
        }
    }

    /// The rule with this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<&Rule> {
        if let Ok(place) = self.place(id) {
            return Some(self.rules[place]);
        }
        let at = self.own.binary_search_by(|rule| rule.id.as_str().cmp(id)).ok()?;
        Some(&self.own[at])
    }

    /// Every rule, sorted by id.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        let (before, after) = self.around_own();
        let own = self.own.iter().map(Arc::as_ref);
        before.iter().copied().chain(own).chain(after.iter().copied())
    }

    /// The same, to be kept.
    pub(crate) fn held(&self) -> impl Iterator<Item = Held> {
        let (before, after) = self.around_own();
        let own = self.own.iter().map(|rule| Held::Own(Arc::clone(rule)));
        let held = |rule: &&'static Rule| Held::Static(rule);
        before.iter().map(held).chain(own).chain(after.iter().map(held))
    }

    /// The rules of the program, sorted by id.
    pub(crate) fn of_program(&self) -> impl Iterator<Item = &'static Rule> {
        self.rules.iter().copied()
    }

    /// The rules of the program, before and after those of a project.
    fn around_own(&self) -> (&[&'static Rule], &[&'static Rule]) {
        let at = self.rules.partition_point(|rule| *rule.id < *RuleId::OF_PROJECT);
        self.rules.split_at(at)
    }

    /// The ids of all rules, sorted.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.iter().map(|rule| rule.id.as_str())
    }

    /// The rules of a family, sorted by id.
    pub fn of_family(&self, family: Family) -> impl Iterator<Item = &Rule> {
        self.iter().filter(move |rule| rule.family == family)
    }

    /// Where the rule with this id is, or where it would be.
    fn place(&self, id: &str) -> Result<usize, usize> {
        self.rules.binary_search_by(|rule| rule.id.as_str().cmp(id))
    }
}

/// Why a rule cannot be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleError {
    /// Another rule has the id.
    Taken(RuleId),
    /// A family has the name, and both are named in the same places.
    Family(RuleId),
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Taken(id) => write!(f, "there is already a rule `{id}`"),
            Self::Family(id) => write!(f, "`{id}` is the name of a family, not of a rule"),
        }
    }
}

impl std::error::Error for RuleError {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        finding::Severity,
        rule::{Check, Fix},
    };

    static FIRST: Rule = Rule {
        id: RuleId::new("a-first-one"),
        family: Family::Style,
        summary: "",
        level: Some(Severity::Info),
        since: "",
        fix: Fix::None,
        page: "",
        options: &[],
        check: Check::Record(|_, _| {}),
    };

    #[test]
    fn an_added_rule_is_in_its_place() {
        let mut rules = RuleSet::bundled().clone();
        let before = rules.iter().count();
        rules.add(&FIRST).unwrap();
        assert_eq!(rules.ids().next(), Some("a-first-one"));
        assert!(rules.ids().is_sorted() && rules.iter().count() == before + 1);
        assert_eq!(rules.find("a-first-one").unwrap().id, FIRST.id);
        assert!(rules.of_family(Family::Style).any(|rule| rule.id == FIRST.id));
        assert!(RuleSet::bundled().find("a-first-one").is_none());
    }

    #[test]
    fn an_id_is_used_once_and_is_no_family() {
        static TIMES: Rule =
            Rule { id: RuleId::new("times"), check: Check::Record(|_, _| {}), ..FIRST };
        static SYNTAX: Rule =
            Rule { id: RuleId::new("syntax"), check: Check::Record(|_, _| {}), ..FIRST };
        let mut rules = RuleSet::bundled().clone();
        assert_eq!(rules.add(&TIMES), Err(RuleError::Family(TIMES.id)));
        let taken = rules.add(&SYNTAX).unwrap_err();
        assert_eq!(taken.to_string(), "there is already a rule `syntax`");
        assert_eq!(rules.find("syntax").unwrap().family, Family::Structure);
    }
}
