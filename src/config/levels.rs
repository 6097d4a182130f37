//! How much each rule weighs in a run: what the command line says, then the configuration, then
//! the rule itself.

use super::{Config, Level, Target};
use crate::finding::{Family, Severity};

/// The levels of a run.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    configured: Vec<(Target, Level)>,
    select: Vec<Target>,
    ignore: Vec<Target>,
}

impl Levels {
    /// The levels that `config` gives, narrowed to `select` (everything, if empty) without `ignore`.
    #[must_use]
    pub fn new(config: Option<&Config>, select: Vec<Target>, ignore: Vec<Target>) -> Self {
        let configured = config.map_or(Vec::new(), |config| config.rules.clone());
        Self { configured, select, ignore }
    }

    /// The level of `rule`, of which `severity` is its own. What names the rule counts more than
    /// what names its family; of `select` and `ignore` naming the same, `ignore` counts. A rule
    /// that is off in the configuration is on again when it is selected.
    #[must_use]
    pub fn of(&self, rule: &str, family: Family, severity: Severity) -> Level {
        let naming = |targets: &[Target]| {
            targets.iter().map(|target| target.naming(rule, family)).max().unwrap_or_default()
        };
        let (selected, ignored) = (naming(&self.select), naming(&self.ignore));
        let is_left_out = !self.select.is_empty() && selected == Naming::Not;
        if is_left_out || (ignored > Naming::Not && ignored >= selected) {
            return Level::Off;
        }
        let configured = self
            .configured
            .iter()
            .map(|(target, level)| (target.naming(rule, family), *level))
            .filter(|(naming, _)| *naming > Naming::Not)
            .max_by_key(|(naming, _)| *naming);
        match configured {
            Some((naming, Level::Off)) if selected >= naming => Level::At(severity),
            Some((_, level)) => level,
            None => Level::At(severity),
        }
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
    fn naming(&self, rule: &str, family: Family) -> Naming {
        match self {
            Self::Rule(id) if id == rule => Naming::ById,
            Self::Family(named) if *named == family => Naming::ByFamily,
            _ => Naming::Not,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: Level = Level::At(Severity::Error);

    fn rule(id: &str) -> Target {
        Target::Rule(id.to_owned())
    }

    fn level(configured: &[(Target, Level)], select: &[Target], ignore: &[Target]) -> Level {
        let levels = Levels {
            configured: configured.to_vec(),
            select: select.to_vec(),
            ignore: ignore.to_vec(),
        };
        levels.of("end-before-start", Family::Times, Severity::Error)
    }

    #[test]
    fn a_rule_has_its_own_severity_unless_told_otherwise() {
        let warning = Level::At(Severity::Warning);
        assert_eq!(level(&[], &[], &[]), OWN);
        assert_eq!(level(&[(rule("end-before-start"), warning)], &[], &[]), warning);
        assert_eq!(level(&[(Target::Family(Family::Times), warning)], &[], &[]), warning);
        assert_eq!(level(&[(rule("other"), warning)], &[], &[]), OWN);
    }

    #[test]
    fn the_rule_counts_more_than_its_family_in_either_order() {
        let by_rule = (rule("end-before-start"), Level::At(Severity::Info));
        let by_family = (Target::Family(Family::Times), Level::Off);
        let info = Level::At(Severity::Info);
        assert_eq!(level(&[by_rule.clone(), by_family.clone()], &[], &[]), info);
        assert_eq!(level(&[by_family, by_rule], &[], &[]), info);
    }

    #[test]
    fn select_narrows_and_ignore_removes() {
        let (id, times) = (rule("end-before-start"), Target::Family(Family::Times));
        let style = Target::Family(Family::Style);
        assert_eq!(level(&[], std::slice::from_ref(&style), &[]), Level::Off);
        assert_eq!(level(&[], &[style, times.clone()], &[]), OWN);
        assert_eq!(level(&[], &[], std::slice::from_ref(&times)), Level::Off);
        assert_eq!(level(&[], std::slice::from_ref(&id), std::slice::from_ref(&id)), Level::Off);
        assert_eq!(level(&[], std::slice::from_ref(&id), std::slice::from_ref(&times)), OWN);
        assert_eq!(level(&[], &[times], &[id]), Level::Off);
    }

    #[test]
    fn what_is_off_is_on_again_when_it_is_selected_as_exactly() {
        let (id, times) = (rule("end-before-start"), Target::Family(Family::Times));
        let off = |target: &Target| [(target.clone(), Level::Off)];
        assert_eq!(level(&off(&id), std::slice::from_ref(&id), &[]), OWN);
        assert_eq!(level(&off(&times), std::slice::from_ref(&times), &[]), OWN);
        assert_eq!(level(&off(&times), std::slice::from_ref(&id), &[]), OWN);
        assert_eq!(level(&off(&id), std::slice::from_ref(&times), &[]), Level::Off);
        assert_eq!(level(&off(&id), &[], &[]), Level::Off);
    }
}
