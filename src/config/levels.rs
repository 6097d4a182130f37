//! The severity and the options of each rule in a run: what the command line says, then the configuration,
//! then the rule itself.

use std::collections::BTreeMap;

use super::{Config, Level, Override, Target};
use crate::{
    finding::Severity,
    lint::Setting,
    rule::{Options, Rule, RuleId},
};

/// The levels of a run, and the options of its rules.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    configured: Vec<(Target, Level)>,
    overrides: Vec<Override>,
    options: BTreeMap<RuleId, Options>,
    select: Vec<Target>,
    ignore: Vec<Target>,
}

impl Levels {
    /// The levels that `config` gives, narrowed to `select` (everything, if empty) without `ignore`.
    #[must_use]
    pub fn new(config: Option<&Config>, select: Vec<Target>, ignore: Vec<Target>) -> Self {
        let configured = config.map_or(Vec::new(), |config| config.rules.clone());
        let mut options: BTreeMap<RuleId, Options> = BTreeMap::new();
        for set in config.iter().flat_map(|config| &config.options) {
            options.entry(set.rule).or_default().set(set.option, set.value.clone());
        }
        let overrides = config.map_or(Vec::new(), |config| config.overrides.clone());
        Self { configured, overrides, options, select, ignore }
    }

    /// Whether some files have levels of their own.
    #[must_use]
    pub fn differ_by_file(&self) -> bool {
        !self.overrides.is_empty()
    }

    /// What holds for the findings of `rule` in the file at `path`, if it differs from what the rule runs with.
    #[must_use]
    pub fn at(&self, path: &str, rule: &Rule) -> Option<Setting> {
        let (everywhere, origin) = self.decide(rule);
        if origin.is_of_command_line() {
            return None;
        }
        let named = |one: &Override| {
            let levels = one.rules.iter().map(|(target, level, _)| (target.naming(rule), *level));
            let levels = levels.filter(|(naming, _)| *naming > Naming::Not);
            let level = levels.max_by_key(|(naming, _)| *naming);
            level.filter(|_| one.files.above(path).is_some())
        };
        let selected = self.select.iter().map(|target| target.naming(rule)).max();
        match self.overrides.iter().rev().find_map(named) {
            Some((_, Level::At(severity))) => Some(Setting::At(severity)),
            // As in `[rules]`: who selects the rule as exactly wants it.
            Some((naming, Level::Off)) if selected >= Some(naming) => None,
            Some((_, Level::Off)) => Some(Setting::Off),
            // It runs for the sake of other files only.
            None => everywhere.of(rule).is_none().then_some(Setting::Off),
        }
    }

    /// The options of `rule` that are set.
    #[must_use]
    pub fn options(&self, rule: &Rule) -> Options {
        self.options.get(&rule.id).cloned().unwrap_or_default()
    }

    /// What gives `rule` its weight.
    #[must_use]
    pub fn origin(&self, rule: &Rule) -> Origin {
        self.decide(rule).1
    }

    /// What holds for `rule`. What names the rule counts more than what names its family; of `select`
    /// and `ignore` naming the same, `ignore` counts. A rule that is off, in the configuration or by
    /// itself, is on when it is selected as exactly.
    #[must_use]
    pub fn everywhere(&self, rule: &Rule) -> Setting {
        self.decide(rule).0
    }

    /// What `rule` runs with: what holds everywhere, or, if it is off there and has a level in some files, that level.
    #[must_use]
    pub fn of(&self, rule: &Rule) -> Setting {
        let (setting, origin) = self.decide(rule);
        let is_off = setting.of(rule).is_none() && !origin.is_of_command_line();
        let levels = self.overrides.iter().flat_map(|one| &one.rules);
        let mut named = levels.filter(|(target, ..)| target.naming(rule) > Naming::Not);
        match named.find(|(_, level, _)| is_off && *level != Level::Off) {
            Some((_, Level::At(severity), _)) => Setting::At(*severity),
            _ => setting,
        }
    }

    fn decide(&self, rule: &Rule) -> (Setting, Origin) {
        let naming = |targets: &[Target]| {
            let namings = targets.iter().map(|target| target.naming(rule));
            namings.max().unwrap_or_default()
        };
        let (selected, ignored) = (naming(&self.select), naming(&self.ignore));
        let is_left_out = !self.select.is_empty() && selected == Naming::Not;
        if is_left_out {
            return (Setting::Off, Origin::NotSelected);
        }
        if ignored > Naming::Not && ignored >= selected {
            return (Setting::Off, Origin::Ignored);
        }
        let configured = self
            .configured
            .iter()
            .enumerate()
            .map(|(at, (target, level))| (target.naming(rule), *level, at))
            .filter(|(naming, ..)| *naming > Naming::Not)
            .max_by_key(|(naming, ..)| *naming);
        match configured {
            Some((_, Level::At(severity), at)) => (Setting::At(severity), Origin::Configured(at)),
            Some((naming, Level::Off, at)) if selected < naming => {
                (Setting::Off, Origin::Configured(at))
            }
            // Its own level, if it has one.
            _ if rule.level.is_none() && selected == Naming::ById => {
                (Setting::At(Severity::Warning), Origin::Selected)
            }
            Some(_) => (Setting::Default, Origin::Selected),
            None => (Setting::Default, Origin::Own),
        }
    }
}

/// What gives a rule its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The rule itself.
    Own,
    /// The entry of `[rules]` with this number.
    Configured(usize),
    /// It was selected, and would be off.
    Selected,
    /// Others were selected.
    NotSelected,
    /// It was left out.
    Ignored,
}

impl Origin {
    /// Whether the command line turns the rule off.
    const fn is_of_command_line(self) -> bool {
        matches!(self, Self::NotSelected | Self::Ignored)
    }
}

/// How exactly a rule is named.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Naming {
    #[default]
    Not,
    ByFamily,
    ById,
}

impl Target {
    fn naming(self, rule: &Rule) -> Naming {
        match self {
            Self::Rule(id) if id == rule.id => Naming::ById,
            Self::Family(named) if named == rule.family => Naming::ByFamily,
            _ => Naming::Not,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        finding::Family,
        rule::{Check, Fix},
    };

    static RULE: Rule = Rule {
        id: RuleId::new("end-before-start"),
        family: Family::Times,
        summary: "",
        level: Some(Severity::Error),
        since: "",
        fix: Fix::None,
        page: "",
        options: &[],
        check: Check::Record(|_, _| {}),
    };

    fn rule(id: &'static str) -> Target {
        Target::Rule(RuleId::new(id))
    }

    fn setting(configured: &[(Target, Level)], select: &[Target], ignore: &[Target]) -> Setting {
        let levels = Levels {
            configured: configured.to_vec(),
            select: select.to_vec(),
            ignore: ignore.to_vec(),
            ..Levels::default()
        };
        levels.of(&RULE)
    }

    #[test]
    fn a_rule_has_its_own_severity_unless_configured_otherwise() {
        let warning = Level::At(Severity::Warning);
        let problems = Setting::At(Severity::Warning);
        assert_eq!(setting(&[], &[], &[]), Setting::Default);
        assert_eq!(setting(&[(rule("end-before-start"), warning)], &[], &[]), problems);
        assert_eq!(setting(&[(Target::Family(Family::Times), warning)], &[], &[]), problems);
        assert_eq!(setting(&[(rule("other"), warning)], &[], &[]), Setting::Default);
    }

    #[test]
    fn the_rule_counts_more_than_its_family_in_either_order() {
        let by_rule = (rule("end-before-start"), Level::At(Severity::Info));
        let by_family = (Target::Family(Family::Times), Level::Off);
        let info = Setting::At(Severity::Info);
        assert_eq!(setting(&[by_rule, by_family], &[], &[]), info);
        assert_eq!(setting(&[by_family, by_rule], &[], &[]), info);
    }

    #[test]
    fn select_narrows_and_ignore_removes() {
        let (id, times) = (rule("end-before-start"), Target::Family(Family::Times));
        let style = Target::Family(Family::Style);
        let one = std::slice::from_ref;
        assert_eq!(setting(&[], one(&style), &[]), Setting::Off);
        assert_eq!(setting(&[], &[style, times], &[]), Setting::Default);
        assert_eq!(setting(&[], &[], one(&times)), Setting::Off);
        assert_eq!(setting(&[], one(&id), one(&id)), Setting::Off);
        assert_eq!(setting(&[], one(&id), one(&times)), Setting::Default);
        assert_eq!(setting(&[], &[times], &[id]), Setting::Off);
    }

    #[test]
    fn what_is_off_is_on_again_when_it_is_selected_as_exactly() {
        let (id, times) = (rule("end-before-start"), Target::Family(Family::Times));
        let off = |target: &Target| [(*target, Level::Off)];
        let one = std::slice::from_ref;
        assert_eq!(setting(&off(&id), one(&id), &[]), Setting::Default);
        assert_eq!(setting(&off(&times), one(&times), &[]), Setting::Default);
        assert_eq!(setting(&off(&times), one(&id), &[]), Setting::Default);
        assert_eq!(setting(&off(&id), one(&times), &[]), Setting::Off);
        assert_eq!(setting(&off(&id), &[], &[]), Setting::Off);
    }

    #[test]
    fn the_origin_of_a_severity_is_reported() {
        let (id, times) = (rule("end-before-start"), Target::Family(Family::Times));
        let one = std::slice::from_ref;
        let origin = |configured: &[(Target, Level)], select: &[Target], ignore: &[Target]| {
            let (configured, select) = (configured.to_vec(), select.to_vec());
            Levels { configured, select, ignore: ignore.to_vec(), ..Levels::default() }
                .origin(&RULE)
        };
        let both = [(times, Level::Off), (id, Level::At(Severity::Info))];
        assert_eq!(origin(&[], &[], &[]), Origin::Own);
        assert_eq!(origin(&both, &[], &[]), Origin::Configured(1));
        assert_eq!(origin(&both[..1], &[], &[]), Origin::Configured(0));
        assert_eq!(origin(&both[..1], one(&id), &[]), Origin::Selected);
        assert_eq!(origin(&both, &[rule("other")], &[]), Origin::NotSelected);
        assert_eq!(origin(&both, &[], one(&times)), Origin::Ignored);
    }

    #[test]
    fn a_rule_that_is_off_by_itself_runs_when_it_is_selected_by_name() {
        static OFF: Rule = Rule { level: None, check: Check::Record(|_, _| {}), ..RULE };
        let select = |target| Levels { select: vec![target], ..Levels::default() }.of(&OFF);
        assert_eq!(select(rule("end-before-start")), Setting::At(Severity::Warning));
        assert_eq!(select(Target::Family(Family::Times)), Setting::Default);
    }
}
