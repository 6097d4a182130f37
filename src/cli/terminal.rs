//! What the terminals can show, decided once.

use std::{
    ffi::OsString,
    io::BufRead,
    path::{Path, PathBuf},
};

use clap::ValueEnum;

use super::{FailOn, Failure};
use crate::{output::Terminal, project, rule::RuleSet, rules};

/// The variable that says where the pages of the rules are, with `{rule}` for the id.
pub(super) const PAGES: &str = "RAPPORTEUR_PAGES";

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set; elsewhere only if `CLICOLOR_FORCE` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What the program knows, and the machine as it sees it.
pub struct World<'w> {
    /// The rules that there are.
    pub rules: &'w RuleSet,
    /// The working folder, unless it is gone.
    pub cwd: Option<PathBuf>,
    /// Looks up an environment variable.
    pub variable: &'w (dyn Fn(&str) -> Option<OsString> + Sync),
    /// Standard input.
    pub input: &'w (dyn Fn() -> Box<dyn BufRead + Send> + Sync),
    /// How wide the terminal is, if there is one.
    pub columns: Option<usize>,
    /// Whether standard output is a terminal.
    pub out_is_terminal: bool,
    /// Whether standard error is a terminal.
    pub err_is_terminal: bool,
    /// Whether the terminal, if there is one, is known to show links.
    pub shows_links: bool,
}

impl World<'_> {
    /// The working folder, for a command that needs it.
    pub(super) fn cwd(&self) -> Result<&Path, Failure> {
        self.cwd
            .as_deref()
            .ok_or_else(|| Failure::new("the working folder is not there".to_owned()))
    }

    /// The rules that there are in the working folder: a project may declare some. A configuration with mistakes declares none.
    pub(super) fn rules_here(&self) -> RuleSet {
        let declared = self.cwd.as_deref().map(|cwd| project::rules_in(self.rules, cwd));
        declared.and_then(Result::ok).unwrap_or_else(|| self.rules.clone())
    }

    /// What to write to a stream, which is a terminal or is none. A pipe gets the same bytes
    /// everywhere, save for the colours if they are wanted.
    #[must_use]
    pub fn terminal(&self, choice: ColorChoice, is_terminal: bool) -> Terminal {
        let color = self.has_colors(choice, is_terminal);
        let width = if is_terminal { self.columns() } else { None };
        Terminal {
            color,
            unicode: !(is_terminal && self.is_dumb()),
            width: width.unwrap_or(Terminal::PIPE_WIDTH),
            quiet: false,
            pages: self.pages().filter(|_| self.has_links(choice, is_terminal)),
            folder: None,
            fails_at: FailOn::default().severity(),
            may_inherit: false,
        }
    }

    fn is_dumb(&self) -> bool {
        self.is("TERM", |value| value == "dumb")
    }

    fn has_colors(&self, choice: ColorChoice, is_terminal: bool) -> bool {
        match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            // See https://no-color.org and https://bixense.com/clicolors.
            ColorChoice::Auto if self.is("NO_COLOR", |value| !value.is_empty()) => false,
            ColorChoice::Auto if self.is("CLICOLOR_FORCE", |value| value != "0") => true,
            ColorChoice::Auto => is_terminal && !self.is_dumb(),
        }
    }

    /// Whether a stream gets links. Who wants no colours wants plain text, as in cargo.
    pub(super) fn has_links(&self, choice: ColorChoice, is_terminal: bool) -> bool {
        let shows_links = is_terminal && !self.is_dumb() && self.shows_links;
        shows_links && self.has_colors(choice, is_terminal)
    }

    /// Where the page of a rule is: what the environment says, else where this version of the project has it.
    pub(super) fn pages(&self) -> Option<String> {
        let said = (self.variable)(PAGES).map(|value| value.to_string_lossy().into_owned());
        let pages = said.or_else(|| rules::PAGES.map(str::to_owned))?;
        // A terminal takes nothing else for an address, and an address of nothing is none.
        let is_address = pages.bytes().all(|byte| byte.is_ascii_graphic());
        (is_address && pages.contains(rules::PLACE)).then_some(pages)
    }

    /// What `COLUMNS` says, else how wide the terminal says it is.
    fn columns(&self) -> Option<usize> {
        let said = || (self.variable)("COLUMNS")?.to_str()?.parse().ok();
        said().or(self.columns).filter(|columns| *columns > 0)
    }

    fn is(&self, name: &str, wanted: impl Fn(&str) -> bool) -> bool {
        (self.variable)(name).is_some_and(|value| wanted(&value.to_string_lossy()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal(variables: &[(&str, &str)], choice: ColorChoice, is_terminal: bool) -> Terminal {
        let world = World {
            rules: RuleSet::bundled(),
            cwd: None,
            variable: &|name| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| OsString::from(value))
            },
            input: &|| Box::new(std::io::empty()),
            columns: Some(64),
            out_is_terminal: is_terminal,
            err_is_terminal: false,
            shows_links: true,
        };
        world.terminal(choice, is_terminal)
    }

    #[test]
    fn colour_is_for_terminals_unless_the_environment_says_otherwise() {
        let auto = |variables: &[(&str, &str)], is_terminal| {
            terminal(variables, ColorChoice::Auto, is_terminal).color
        };
        assert!(auto(&[], true));
        assert!(!auto(&[], false));
        assert!(!auto(&[("NO_COLOR", "1")], true));
        assert!(auto(&[("NO_COLOR", "")], true));
        assert!(auto(&[("CLICOLOR_FORCE", "1")], false));
        assert!(!auto(&[("CLICOLOR_FORCE", "0")], false));
        assert!(!auto(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], true));
        assert!(!auto(&[("TERM", "dumb")], true));
    }

    #[test]
    fn links_are_for_terminals_that_show_them_in_colour_and_for_pages_that_have_an_address() {
        let at = (PAGES, "https://example.org/rules/{rule}.html");
        let pages = |variables: &[(&str, &str)], choice, is_terminal| {
            terminal(variables, choice, is_terminal).pages
        };
        let auto = ColorChoice::Auto;
        assert_eq!(pages(&[at], auto, true).as_deref(), Some(at.1));
        // Which folder the places of a report start from is known only where there is a project.
        assert_eq!(terminal(&[at], auto, true).folder, None);
        assert_eq!(pages(&[at], ColorChoice::Always, false), None, "never in a pipe");
        assert_eq!(pages(&[at, ("CLICOLOR_FORCE", "1")], auto, false), None);
        assert_eq!(pages(&[at], ColorChoice::Never, true), None);
        assert_eq!(pages(&[at, ("NO_COLOR", "1")], auto, true), None);
        assert_eq!(pages(&[at, ("TERM", "dumb")], auto, true), None);
        assert_eq!(pages(&[], auto, true).as_deref(), rules::PAGES);
        for wrong in ["", "https://example.org/", "{rule} {rule}", "\u{1b}{rule}", "{rule}ő"] {
            assert_eq!(pages(&[(PAGES, wrong)], auto, true), None, "{wrong}");
        }
    }

    #[test]
    fn the_option_outweighs_the_environment() {
        assert!(terminal(&[("NO_COLOR", "1")], ColorChoice::Always, false).color);
        assert!(!terminal(&[("CLICOLOR_FORCE", "1")], ColorChoice::Never, true).color);
    }

    #[test]
    fn a_pipe_has_one_width_and_a_terminal_its_own() {
        let auto = ColorChoice::Auto;
        assert_eq!(terminal(&[("COLUMNS", "72")], auto, true).width, 72);
        assert_eq!(terminal(&[("COLUMNS", "72")], auto, false), Terminal::default());
        assert_eq!(terminal(&[("COLUMNS", "many")], auto, true).width, 64);
        assert_eq!(terminal(&[("COLUMNS", "0")], auto, true).width, 100);
        assert!(!terminal(&[("TERM", "dumb")], auto, true).unicode);
        assert!(terminal(&[("TERM", "dumb")], auto, false).unicode);
    }
}
