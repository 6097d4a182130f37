//! Which formats a report is written in, and where each goes.

use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{
    Arg, ArgAction, ArgMatches, Args, Command, CommandFactory as _, FromArgMatches,
    error::ErrorKind,
};

use super::{Failure, patient};
use crate::{
    input,
    lint::Report,
    message::listed,
    output::{Format, Terminal},
    project::Project,
    source::Syntax,
};

/// What `--format` and `--output-file` say together: at most one format goes to standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reports(Vec<(Format, Option<PathBuf>)>);

const FORMAT: &str = "format";
const FILE: &str = "output_file";

impl Reports {
    /// Whether one of them shows or counts what is in the sources.
    pub(super) fn need_sources(&self) -> bool {
        self.0.iter().any(|(format, _)| format.needs_sources())
    }

    /// Whether standard output gets a report for people, below which more can be reported.
    pub(super) fn is_for_people(&self) -> bool {
        self.0.iter().any(|(format, file)| file.is_none() && format.is_for_people())
    }

    /// The format in which mistakes of the configuration go to standard error. GitHub reads its commands there too; other programs
    /// that read a report read standard output, and get one line a mistake.
    pub(super) fn format_of_mistakes(&self) -> Format {
        let is_shown = |(_, file): &&(Format, Option<PathBuf>)| file.is_none();
        match self.0.iter().find(is_shown).map(|(format, _)| *format) {
            None | Some(Format::Full) => Format::Full,
            Some(Format::Github) => Format::Github,
            Some(_) => Format::Concise,
        }
    }

    /// Whether settings are shown as JSON in the place of a report. Nothing else can be shown in a format of its own.
    pub(super) fn show_json(&self, files: bool) -> Result<bool, Failure> {
        let (format, file) = &self.0[0];
        let is_json = *format == Format::Json && !files;
        if self.0.len() == 1 && file.is_none() && (is_json || *format == Format::default()) {
            return Ok(is_json);
        }
        let message = if files {
            "`--show-files` writes text to standard output, in no other format"
        } else {
            "`--show-settings` writes text or, with `--format json`, JSON to standard output"
        };
        Err(Failure::new(message.to_owned()))
    }

    /// Whether each file may be written: none holds what the project is made of or the `baseline` that is named, and
    /// none is named twice. To be asked before anything is checked.
    pub(super) fn refuse_loss(
        &self,
        project: &Project,
        cwd: &Path,
        baseline: Option<&Path>,
    ) -> Result<(), Failure> {
        let baseline = baseline.map(|path| input::identity(cwd, path));
        let files: Vec<&PathBuf> = self.0.iter().filter_map(|(_, file)| file.as_ref()).collect();
        let names: Vec<PathBuf> = files.iter().map(|file| input::identity(cwd, file)).collect();
        for (number, file) in files.iter().enumerate() {
            let file = file.display();
            let refused = |message| {
                let tip = Some("name another file for the report".to_owned());
                Err(Failure::Message { message, tip })
            };
            if names[..number].contains(&names[number]) && !input::is_stream(&names[number]) {
                return refused(format!("two reports go to the file `{file}`"));
            }
            let is_baseline = baseline.as_ref() == Some(&names[number]);
            let what = is_baseline.then_some("the baseline");
            if let Some(what) = what.or_else(|| project.keeps(cwd, files[number])) {
                return refused(format!("`{file}` holds {what}, and a report would replace it"));
            }
        }
        Ok(())
    }

    /// Writes `report` in each format: first what goes to `out`, as `terminal` shows it, then the
    /// files, as seen from `cwd`.
    pub(super) fn write(
        &self,
        report: &Report,
        cwd: &Path,
        terminal: &Terminal,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        for (format, _) in self.0.iter().filter(|(_, file)| file.is_none()) {
            patient(format.write(report, terminal, out))?;
        }
        for (format, file) in &self.0 {
            if let Some(file) = file {
                // A file is the same wherever it was written.
                let (quiet, fails_at) = (terminal.quiet, terminal.fails_at);
                let terminal = Terminal { quiet, fails_at, ..Terminal::default() };
                write_file(*format, report, &terminal, &cwd.join(file)).map_err(|error| {
                    Failure::new(format!("{}: {}", file.display(), input::write_reason(&error)))
                })?;
            }
        }
        Ok(())
    }
}

/// Writes `report` to the file `path`, whole or not at all.
fn write_file(format: Format, report: &Report, terminal: &Terminal, path: &Path) -> io::Result<()> {
    let mut text = Vec::new();
    format.write(report, terminal, &mut text)?;
    input::write(path, &String::from_utf8_lossy(&text))
}

/// Puts the options in the order in which they stand: a file belongs to the format before it.
fn paired(options: Vec<(usize, Said)>) -> Result<Reports, String> {
    let mut options = options;
    options.sort_by_key(|(index, _)| *index);
    let mut reports: Vec<(Format, Option<PathBuf>)> = Vec::new();
    for (_, said) in options {
        match said {
            Said::Format(format) => reports.push((format, None)),
            Said::File(file) => {
                match reports.last_mut() {
                    // By custom that is standard output.
                    Some((_, None)) if file.as_os_str() == "-" => {}
                    Some((format, place @ None)) => {
                        refuse_text(*format, &file)?;
                        *place = Some(file);
                    }
                    _ if file.as_os_str() == "-" => reports.push((Format::default(), None)),
                    Some((_, Some(_))) | None => reports.push((inferred(&file)?, Some(file))),
                }
            }
        }
    }
    if reports.is_empty() {
        reports.push((Format::default(), None));
    }
    let streamed: Vec<&str> = reports
        .iter()
        .filter(|(_, file)| file.is_none())
        .map(|(format, _)| format.word())
        .collect();
    match streamed[..] {
        [first, second, ..] => Err(format!(
            "`--format {first}` and `--format {second}` both go to standard output; follow one \
             with `--output-file`"
        )),
        _ => Ok(Reports(reports)),
    }
}

/// A text that is no data in a file whose name says that it is would be read as a record the next time.
fn refuse_text(format: Format, file: &Path) -> Result<(), String> {
    let is_data = matches!(
        format,
        Format::Json | Format::Jsonl | Format::Sarif | Format::Gitlab | Format::Rdjson
    );
    let name = file.to_string_lossy();
    match Syntax::of_path(&name) {
        Some(_) if !is_data => Err(format!(
            "the format `{}` does not fit the name of the file `{name}`; put the `--format` for this file before it, or give it \
             another ending",
            format.word()
        )),
        _ => Ok(()),
    }
}

/// The format that the name of a file asks for.
fn inferred(file: &Path) -> Result<Format, String> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let format = ENDINGS.iter().find(|(ending, _)| name.ends_with(ending));
    format.map(|(_, format)| *format).ok_or_else(|| {
        let endings: Vec<String> = ENDINGS.iter().map(|(ending, _)| format!("`{ending}`")).collect();
        format!(
            "no format is known by the name of the file `{}`; put `--format FORMAT` before `--output-file`, or end the name with \
             {}",
            file.display(),
            listed(&endings, "or")
        )
    })
}

/// The endings of file names that say which format the file has, the longer ones before those that end them.
const ENDINGS: [(&str, Format); 9] = [
    (".sarif.json", Format::Sarif),
    (".sarif", Format::Sarif),
    (".rdjson", Format::Rdjson),
    (".jsonl", Format::Jsonl),
    (".json", Format::Json),
    ("checkstyle.xml", Format::Checkstyle),
    (".xml", Format::Junit),
    (".md", Format::Markdown),
    (".txt", Format::Full),
];

/// A mistake in the two options, with the usage of `check`.
fn mistaken(why: &str) -> clap::Error {
    let error = clap::Error::raw(ErrorKind::ArgumentConflict, why);
    let mut command = super::Arguments::command();
    command.build();
    match command.find_subcommand_mut("check") {
        Some(check) => error.format(check),
        None => error,
    }
}

/// An option of the two.
enum Said {
    Format(Format),
    File(PathBuf),
}

impl Args for Reports {
    fn augment_args(command: Command) -> Command {
        let format = Arg::new(FORMAT)
            .long("format")
            .value_name("FORMAT")
            .value_parser(clap::builder::EnumValueParser::<Format>::new())
            .action(ArgAction::Append)
            .help_heading("Output")
            .help("Format of the report; may be given several times [default: full]");
        let file = Arg::new(FILE)
            .long("output-file")
            .value_name("FILE")
            .value_parser(clap::builder::PathBufValueParser::new())
            .action(ArgAction::Append)
            .help_heading("Output")
            .help(
                "Write the report of the --format before it to this file, or one in the format that its name \
                 ends with; `-` is standard output",
            );
        command.arg(format).arg(file)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Reports {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let indices = |id| matches.indices_of(id).into_iter().flatten();
        let formats = matches.get_many::<Format>(FORMAT).into_iter().flatten();
        let formats = indices(FORMAT).zip(formats.map(|format| Said::Format(*format)));
        let files = matches.get_many::<PathBuf>(FILE).into_iter().flatten();
        let files = indices(FILE).zip(files.map(|file| Said::File(file.clone())));
        paired(formats.chain(files).collect()).map_err(|why| mistaken(&why))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;

    fn read(arguments: &[&str]) -> Result<Reports, String> {
        let command = Reports::augment_args(Command::new("check"));
        let arguments = ["check"].iter().chain(arguments).map(OsString::from);
        let matches = command.try_get_matches_from(arguments).unwrap();
        Reports::from_arg_matches(&matches).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_belongs_to_the_format_before_it() {
        let file = |name: &str| Some(PathBuf::from(name));
        let arguments =
            "--format sarif --output-file=a --format full --format=junit --output-file b";
        let arguments: Vec<&str> = arguments.split(' ').collect();
        let expected =
            vec![(Format::Sarif, file("a")), (Format::Full, None), (Format::Junit, file("b"))];
        assert_eq!(read(&arguments), Ok(Reports(expected)));
        assert_eq!(read(&[]), Ok(Reports(vec![(Format::Full, None)])));
        for (name, format) in [
            ("out.SARIF", Format::Sarif),
            ("out.sarif.json", Format::Sarif),
            ("out.json", Format::Json),
            ("junit.xml", Format::Junit),
            ("a-checkstyle.xml", Format::Checkstyle),
        ] {
            let inferred = Reports(vec![(format, file(name))]);
            assert_eq!(read(&["--output-file", name]), Ok(inferred), "{name}");
        }
        let both = ["--format=json", "--output-file=a", "--output-file=b.md"];
        assert_eq!(read(&both).unwrap().0[1], (Format::Markdown, file("b.md")));
        let twice = ["--format=json", "--output-file=a", "--format=json"];
        assert_eq!(read(&twice).unwrap().0.len(), 2, "one to the file, one to the stream");
    }

    #[test]
    fn what_cannot_be_paired_is_a_mistake() {
        for (arguments, why) in [
            ("--output-file=a", "no format is known by the name of the file `a`"),
            ("--output-file=a --format=json", "put `--format FORMAT` before `--output-file`"),
            ("--format=json --output-file=a --output-file=b", "the file `b`"),
            ("--format=json --format=junit", "`--format json` and `--format junit` both go to"),
        ] {
            let error = read(&arguments.split(' ').collect::<Vec<_>>()).unwrap_err();
            assert!(error.starts_with("error: ") && error.contains(why), "{error}");
        }
    }

    #[test]
    fn only_what_shows_sources_needs_them() {
        assert!(read(&[]).unwrap().need_sources());
        assert!(!read(&["--format=json"]).unwrap().need_sources());
        let both = ["--format=rdjson", "--output-file=a", "--format=json"];
        assert!(read(&both).unwrap().need_sources());
    }

    #[test]
    fn more_can_be_reported_below_what_people_read() {
        assert!(read(&[]).unwrap().is_for_people());
        assert!(!read(&["--format=jsonl"]).unwrap().is_for_people());
        assert!(!read(&["--format=full", "--output-file=a"]).unwrap().is_for_people());
        let both = ["--format=json", "--output-file=a", "--format=concise"];
        assert!(read(&both).unwrap().is_for_people());
    }
}
