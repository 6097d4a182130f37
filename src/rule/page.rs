//! The sections of a rule's page that are made from the rule itself.

use std::fmt::Write as _;

use super::{Check, Rule, Severity};

impl Rule {
    /// The section of its page about its options, in Markdown; `None` for a rule that has none.
    #[must_use]
    pub fn options_section(&self) -> Option<String> {
        let mut section =
            "## Options\n\n| option | value | default | what it sets |\n|---|---|---|---|\n"
                .to_owned();
        for option in self.options {
            let (name, default, about) = (option.name(), option.default(), option.about());
            // Writing to a string cannot fail.
            let _ = writeln!(section, "| `{name}` | {} | `{default}` | {about} |", default.kind());
        }
        let _ = write!(section, "\n```toml\n[rules.{}]\n", self.id);
        for option in self.options {
            let _ = writeln!(section, "{} = {}", option.name(), option.default());
        }
        section.push_str("```\n");
        (!self.options.is_empty()).then_some(section)
    }

    /// The section of its page about its level and about suppressing its findings, in Markdown.
    #[must_use]
    pub fn configure_section(&self) -> String {
        let (id, default) = (self.id, self.level_word());
        // A key of TOML has no slash unless it is quoted.
        let key = if id.contains('/') { format!("\"{id}\"") } else { id.to_string() };
        let other = match self.level {
            Some(Severity::Warning) => Severity::Error,
            Some(Severity::Error | Severity::Info) | None => Severity::Warning,
        };
        let mut section = format!(
            "## Configure and suppress\n\nThe default level is `{default}`. Set another one in `rapporteur.toml`, or `off`:\n\n\
             ```toml\n[rules]\n{key} = \"{}\"\n```\n",
            other.word()
        );
        if !matches!(self.check, Check::Allowances(_)) {
            let _ = write!(
                section,
                "\nSuppress a single finding where it is, with a reason: in YAML with a comment, in JSON with `x-allow`.\n\n\
                 ```yaml\n# rapporteur: allow({id}) REASON\n```\n\n\
                 ```json\n\"x-allow\": {{\"rule\": \"{id}\", \"reason\": \"REASON\"}}\n```\n"
            );
        }
        section
    }
}
