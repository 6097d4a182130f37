//! `rapporteur completions`: what a shell needs to complete a command line.

use std::{fmt::Write as _, io::Write};

use clap::{
    Arg, Args, Command, CommandFactory as _,
    builder::{PossibleValue, PossibleValuesParser},
};
use clap_complete::Shell;

use super::{Arguments, Exit, Failure, patient, schema::CONFIGURATION};
use crate::{
    finding::Family,
    rule::{Rule, RuleSet},
    schema::{Catalog, bundled_names},
    vocabulary::KEYWORDS,
};

/// The arguments of `completions`.
#[derive(Args, Debug)]
pub(super) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(
    args: &CompletionsArgs,
    rules: &RuleSet,
    out: &mut dyn Write,
) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut known(rules), "rapporteur", &mut script);
    let mut script = String::from_utf8_lossy(&script).into_owned();
    match args.shell {
        Shell::Bash => script = after_commas(&script, rules),
        Shell::Fish => script.push_str(
            &(positional(&known(rules)) + &LISTS.map(|option| listed(option, rules)).concat()),
        ),
        _ => {}
    }
    patient(out.write_all(script.as_bytes()))?;
    Ok(Exit::Clean)
}

/// The options of `check` that take several rules or families, with a comma between them.
const LISTS: [&str; 2] = ["select", "ignore"];

/// Lets bash complete what follows the last comma, and keep what comes before it.
fn after_commas(script: &str, rules: &RuleSet) -> String {
    let names: Vec<&str> = Family::words().chain(rules.ids()).collect();
    let names = names.join(" ");
    script.replace(
        &format!(r#"compgen -W "{names}" -- "${{cur}}""#),
        &format!(r#"compgen -P "${{cur%"${{cur##*,}}"}}" -W "{names}" -- "${{cur##*,}}""#),
    )
}

/// Lets fish complete another one after a comma.
fn listed(option: &str, rules: &RuleSet) -> String {
    let names: Vec<&str> = Family::words().chain(rules.ids()).collect();
    format!(
        "complete -c rapporteur -n \"__fish_rapporteur_using_subcommand check\" -l {option} -r -f \
         -a \"(string match -rq ',' -- (commandline -ct); and __fish_append , {})\"\n",
        names.join(" ")
    )
}

/// What fish needs to complete values that belong to no option, which the script of the crate leaves out.
fn positional(command: &Command) -> String {
    let mut lines = String::new();
    for sub in command.get_subcommands() {
        let values = sub.get_positionals().flat_map(Arg::get_possible_values);
        for value in values.filter(|value| !value.is_hide_set()) {
            let help = value.get_help().map(|help| quoted(&help.to_string())).unwrap_or_default();
            let (sub, value) = (sub.get_name(), value.get_name());
            // Writing to a string cannot fail.
            let _ = writeln!(
                lines,
                "complete -c rapporteur -n \"__fish_rapporteur_using_subcommand {sub}\" -f -a {value} -d '{help}'"
            );
        }
    }
    lines
}

/// `text` as it is between single quotes in fish.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\'', "\\'")
}

/// The definitions, with the names that can stand for a rule or a kind. When arguments are read, other code says a
/// mistaken name in better words, and the help need not list all of them.
fn known(rules: &RuleSet) -> Command {
    let rule = |rule: &'static Rule| PossibleValue::new(rule.id.as_str()).help(rule.summary);
    let rules: Vec<PossibleValue> = rules.of_program().map(rule).collect();
    let families =
        Family::ALL.map(|family| PossibleValue::new(family.word()).help("a family of rules"));
    let targets: Vec<PossibleValue> = families.into_iter().chain(rules.iter().cloned()).collect();
    let catalog = Catalog::bundled();
    let is_kind = |name: &&str| catalog.kinds().any(|(kind, _)| kind == *name);
    let kinds: Vec<&'static str> = bundled_names().filter(is_kind).chain([CONFIGURATION]).collect();
    Arguments::command()
        .mut_subcommand("check", |check| {
            let one_of = |targets: &[PossibleValue]| PossibleValuesParser::new(targets.to_vec());
            check
                .mut_arg("select", |arg| arg.value_parser(one_of(&targets)))
                .mut_arg("ignore", |arg| arg.value_parser(one_of(&targets)))
        })
        .mut_subcommand("explain", |explain| {
            let keywords =
                KEYWORDS.iter().map(|one| PossibleValue::new(one.name).help("a keyword"));
            let names: Vec<PossibleValue> = targets.iter().cloned().chain(keywords).collect();
            explain.mut_arg("name", |arg| arg.value_parser(PossibleValuesParser::new(names)))
        })
        .mut_subcommand("schema", |schema| {
            schema.mut_arg("kind", |arg| arg.value_parser(PossibleValuesParser::new(kinds)))
        })
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn every_shell_gets_the_commands_and_options_and_those_that_complete_values_the_rules() {
        for shell in Shell::value_variants() {
            let mut script = Vec::new();
            run(&CompletionsArgs { shell: *shell }, RuleSet::bundled(), &mut script).unwrap();
            let script = String::from_utf8(script).unwrap();
            let all = ["baseline", "prune", "output-file", "color"];
            let values = ["slots-overlap", "speakers", "concept-note", "sarif"];
            let completes_values = !matches!(shell, Shell::Elvish | Shell::PowerShell);
            for name in all.iter().chain(values.iter().filter(|_| completes_values)) {
                assert!(script.contains(name), "{shell}: {name}");
            }
            let after_commas = match shell {
                Shell::Bash => script.matches("compgen -P").count(),
                Shell::Fish => script.matches("__fish_append ,").count(),
                _ => continue,
            };
            assert_eq!(after_commas, LISTS.len(), "{shell}");
        }
    }
}
