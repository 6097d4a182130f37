//! `rapporteur man`: the manual page, made of the definitions of the commands, so that it says what the program does.

use std::io::{self, Write};

use clap::{Command, CommandFactory as _};
use clap_mangen::{
    Man,
    roff::{Inline, Roff, bold, roman},
};

use super::{Arguments, Exit, Failure, exit, patient, terminal};
use crate::{config::FILE_NAME, project::BASELINE};

pub(super) fn run(out: &mut dyn Write) -> Result<Exit, Failure> {
    patient(out.write_all(&page()?))?;
    Ok(Exit::Clean)
}

/// One page with all commands: who looks for an option need not know which command has it.
fn page() -> io::Result<Vec<u8>> {
    let mut command = Arguments::command();
    command.build();
    // A manual page has a day. Without one, its readers take the version for it.
    let man = Man::new(command.clone()).date(REVISED);
    let mut page = Vec::new();
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut rest = Roff::new();
    rest.control("SH", ["COMMANDS"]);
    rest.to_writer(&mut page)?;
    write_commands(&command, "rapporteur", &mut page)?;
    listed("EXIT STATUS", exit::meanings()).to_writer(&mut page)?;
    listed("FILES", FILES).to_writer(&mut page)?;
    listed("ENVIRONMENT", ENVIRONMENT).to_writer(&mut page)?;
    // An empty line between two breaks, as the crate writes it, is one break too many for mandoc.
    let page = String::from_utf8_lossy(&page).replace("\n.br\n\n.br\n", "\n.sp\n");
    Ok(page.into_bytes())
}

/// Writes what each command below `parent` does and takes, and those below it in turn.
fn write_commands(parent: &Command, name: &str, page: &mut Vec<u8>) -> io::Result<()> {
    for command in parent.get_subcommands().filter(|command| command.get_name() != "help") {
        let name = format!("{name} {}", command.get_name());
        // What every command takes is reported once, with the command that defines it.
        let own = command.clone().mut_args(|arg| {
            let is_given = arg.is_global_set() && is_defined(parent, arg.get_id().as_str());
            let hidden = is_given || arg.get_id() == "help" || arg.is_hide_set();
            arg.hide(hidden)
        });
        let has_options = own.get_arguments().any(|arg| !arg.is_hide_set());
        let man = Man::new(own);
        Roff::new().control("SS", [name.as_str()]).to_writer(page)?;
        part(page, "SYNOPSIS", |text| man.render_synopsis_section(text))?;
        Roff::new().control("PP", []).to_writer(page)?;
        part(page, "DESCRIPTION", |text| man.render_description_section(text))?;
        if has_options {
            part(page, "OPTIONS", |text| man.render_options_section(text))?;
        }
        write_commands(command, &name, page)?;
    }
    Ok(())
}

/// Whether `command` has an argument of that name.
fn is_defined(command: &Command, id: &str) -> bool {
    command.get_arguments().any(|arg| arg.get_id() == id)
}

/// Writes a section without its heading, which would be above the commands.
fn part(
    page: &mut Vec<u8>,
    heading: &str,
    render: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut text = Vec::new();
    render(&mut text)?;
    let text = String::from_utf8_lossy(&text);
    let heading = format!(".SH {heading}\n");
    let body = text.split_once(&heading).map_or(&*text, |(_, body)| body);
    // A group of options has a heading too.
    let body = body.replace("\n.SH ", "\n.PP\n.B ");
    page.write_all(body.as_bytes())
}

/// A section that says of each name what it is.
fn listed<'t>(heading: &str, lines: impl IntoIterator<Item = (&'t str, &'t str)>) -> Roff {
    let mut section = Roff::new();
    section.control("SH", [heading]);
    for (name, meaning) in lines {
        section.control("TP", []);
        section.text([bold(name)] as [Inline; 1]);
        section.text([roman(meaning)]);
    }
    section
}

/// The day of the release, as the changelog has it; before the first one, the day on which it was written.
const REVISED: &str = "2026-11-26";

const FILES: [(&str, &str); 2] = [
    (
        FILE_NAME,
        "The configuration, at the root of the project. rapporteur uses the nearest one in this folder or above.",
    ),
    (BASELINE, "The baseline: findings that are accepted for now, beside the configuration."),
];

const ENVIRONMENT: [(&str, &str); 6] = [
    ("NO_COLOR", "If it is not empty, there are no colours, unless --color says otherwise."),
    ("CLICOLOR_FORCE", "If it is not 0, pipes and files get colours too."),
    ("TERM", "If it is dumb, the terminal gets no colours and no drawn lines."),
    ("COLUMNS", "The width of the terminal in columns."),
    (
        terminal::PAGES,
        "The address of the page of a rule, with {rule} for its id; terminals that show links link rules to it.",
    ),
    (
        "FORCE_HYPERLINK",
        "If it is 0, nothing is linked; otherwise the terminal counts as one that shows links.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> String {
        String::from_utf8(page().unwrap()).unwrap()
    }

    #[test]
    fn every_command_and_option_is_in_the_page() {
        fn walk(command: &Command, name: &str, text: &str) {
            for arg in command.get_arguments() {
                let Some(long) = arg.get_long() else { continue };
                assert!(text.contains(&long.replace('-', r"\-")), "{name} --{long}");
            }
            for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
                let name = format!("{name} {}", sub.get_name());
                assert!(text.contains(&format!(".SS \"{name}\"\n")), "{name}");
                walk(sub, &name, text);
            }
        }
        let mut command = Arguments::command();
        command.build();
        walk(&command, "rapporteur", &text());
    }

    #[test]
    fn the_page_has_the_day_and_the_version_of_the_release() {
        let version = env!("CARGO_PKG_VERSION");
        let title = format!(".TH rapporteur 1 {REVISED} \"rapporteur {version}\"");
        assert!(text().lines().any(|line| line.trim_end() == title), "{title}");
        assert!(crate::calendar::iso_date(REVISED).is_ok());
        let released = format!("\n## [{version}] - ");
        let rest = include_str!("../../CHANGELOG.md").split_once(&released).map(|(_, rest)| rest);
        assert!(rest.is_none_or(|rest| rest.starts_with(REVISED)), "{version} is of another day");
    }

    #[test]
    fn no_part_brings_a_heading_of_its_own_and_all_codes_are_reported() {
        let text = text();
        let headings: Vec<&str> =
            text.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
        let expected = [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "COMMANDS",
            "\"EXIT STATUS\"",
            "FILES",
            "ENVIRONMENT",
        ];
        assert_eq!(headings, expected);
        assert_eq!(exit::meanings().count(), 5);
        let codes = text.split_once(".SH \"EXIT STATUS\"").unwrap().1;
        assert!(codes.contains("\n\\fB4\\fR\nan input could not be read\n"), "{codes}");
    }
}
