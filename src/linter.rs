//! What programs use that check records themselves: texts or folders in, a report out.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil::Date;

use crate::{
    config::{Config, FILE_NAME, Levels, Register},
    input::Buffers,
    lint::{Report, Run},
    project::{Options, Project, ProjectError, Which, with_tables},
    rule::{Rule, RuleError, RuleSet},
    schema::Catalog,
    source::{Source, Syntax},
    sources::Input,
};

/// Checks records, with the rules and the schemas of rapporteur and those that you add.
///
/// A check works in the pool of threads that it is called in, which is the global pool of [`rayon`] unless you call it in
/// another one. The same records give the same report at any number of threads.
///
/// ```
/// use rapporteur::Linter;
///
/// let linter = Linter::new().with_config("[rules]\nend-before-start = \"warning\"\n")?;
/// let report = linter.check_text(
///     "programme.yaml",
///     r#"
/// id: programme
/// kind: programme
/// title: Programme
/// language: en
/// date: "2011-05-19"
/// slots:
///   - {kind: other, title: Morning session, start: "10:00", end: "09:00"}
/// "#,
/// );
/// assert_eq!(report.findings[0].rule, "end-before-start");
/// assert_eq!(report.summary.warnings, 1);
/// # Ok::<(), rapporteur::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Linter {
    rules: RuleSet,
    schemas: Vec<Source>,
    catalog: Arc<Catalog>,
    config: Option<Config>,
    as_of: Option<Date>,
}

impl Default for Linter {
    fn default() -> Self {
        Self::new()
    }
}

impl Linter {
    /// A linter with the rules and the schemas of rapporteur, every rule at its own level.
    #[must_use]
    pub fn new() -> Self {
        Self {
            rules: RuleSet::default(),
            schemas: Vec::new(),
            catalog: Catalog::bundled(),
            config: None,
            as_of: None,
        }
    }

    /// Adds a rule. Add rules before a configuration that names them.
    pub fn with_rule(mut self, rule: &'static Rule) -> Result<Self, RuleError> {
        self.rules.add(rule)?;
        Ok(self)
    }

    /// Adds a schema in place of the file `path`, seen from the folder of the project. Add schemas before a configuration
    /// that names them. A schema that cannot be used is a finding.
    #[must_use]
    pub fn with_schema(mut self, path: &str, text: &str) -> Self {
        let syntax = Syntax::of_path(path).unwrap_or(Syntax::Json);
        self.schemas.push(Source::new(path, syntax, text));
        self.compile();
        self
    }

    /// Uses the text of a `rapporteur.toml`, in place of the file.
    pub fn with_config(mut self, text: &str) -> Result<Self, Error> {
        let config = Config::parse(Path::new(FILE_NAME), text.into(), &self.rules);
        let config = config.map_err(ProjectError::from)?;
        config.check_schemas(&self.catalog, &|_| None).map_err(ProjectError::from)?;
        self.config = Some(config);
        self.compile();
        Ok(self)
    }

    /// Compiles the schemas once for all checks.
    fn compile(&mut self) {
        let unread = BTreeMap::new();
        self.catalog = match self.schemas.as_slice() {
            [] => Catalog::bundled(),
            schemas => {
                let formats = self.config.as_ref().map(Config::formats).unwrap_or_default();
                Arc::new(Catalog::with_formats(schemas.to_vec(), &unread, formats))
            }
        };
        if let Some(config) = &self.config {
            let catalog = Arc::clone(&self.catalog);
            self.catalog = with_tables(config, catalog, self.schemas.clone(), &unread);
        }
    }

    /// Looks at the records from this day: findings on what is still open depend on how near its event is.
    #[must_use]
    pub const fn as_of(mut self, day: Date) -> Self {
        self.as_of = Some(day);
        self
    }

    /// The rules that the linter knows.
    #[must_use]
    pub const fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// Checks one text, as that of the file `path`, whose ending says how it is written. Nothing is read from the disk.
    #[must_use]
    pub fn check_text(&self, path: &str, text: &str) -> Report {
        self.check_texts(&[(path, text)])
    }

    /// Checks texts together, each as that of a file. Nothing is read from the disk.
    #[must_use]
    pub fn check_texts(&self, files: &[(&str, &str)]) -> Report {
        let config = self.config.as_ref();
        let inputs: Vec<Arc<Input>> =
            files.iter().map(|(path, _)| Arc::new(input(config, path))).collect();
        let read = |input: &Input| {
            let file = files.iter().find(|(path, _)| *path == input.path);
            file.map(|(_, text)| text.as_bytes().to_vec()).ok_or_else(String::new)
        };
        let levels = Levels::new(config, Vec::new(), Vec::new());
        let at = |path: &str, rule: &Rule| levels.at(path, rule);
        let run = Run {
            setting_at: levels.differ_by_file().then_some(&at),
            rules: config.map_or(&self.rules, |config| &config.known),
            setting: &|rule| levels.of(rule),
            options: &|rule| levels.options(rule),
            exceptions: config.map_or(&[], |config| &config.exceptions),
            config: config.map(|config| &config.parts),
            as_of: self.as_of,
            keep_sources: true,
            ..Run::new(&self.catalog)
        };
        run.check(&inputs, &read)
    }

    /// Checks all records of the project in `folder`: with the nearest `rapporteur.toml` upwards unless the linter has a
    /// configuration, and with the baseline beside it.
    pub fn check_project(&self, folder: &Path) -> Result<Report, Error> {
        self.check_paths(folder, &[])
    }

    /// The same, and reports only what has to do with the files and folders `paths`, seen from `folder`.
    pub fn check_paths(&self, folder: &Path, paths: &[PathBuf]) -> Result<Report, Error> {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        let mut buffers = Buffers::default();
        for schema in &self.schemas {
            buffers.put(&folder, Path::new(&schema.path), schema.text.as_bytes().to_vec());
        }
        let which = match &self.config {
            Some(config) => {
                let text = config.parts.iter().next().map(|first| first.text.as_bytes().to_vec());
                buffers.put(&folder, Path::new(FILE_NAME), text.unwrap_or_default());
                Which::At(FILE_NAME.into())
            }
            None => Which::Nearest,
        };
        let project = Project::open(&self.rules, &which, &folder, paths, buffers)?;
        let (levels, baseline) = (project.levels(), project.baseline(None)?);
        Ok(project.check(&Options {
            levels: &levels,
            baseline: baseline.as_ref(),
            progress: &|_, _| {},
            as_of: self.as_of,
            collapse: false,
            keep_sources: true,
        }))
    }
}

/// A text that is checked, with the schema that the configuration gives it.
fn input(config: Option<&Config>, path: &str) -> Input {
    let table = config.and_then(|config| config.register_for(path));
    let entry = config.and_then(|config| config.entry_for(path));
    let schema = match table {
        Some((number, _)) => Some(Register::schema_name(number)),
        None => entry.and_then(|entry| entry.schema.clone()),
    };
    let supplied = config.and_then(|config| config.supplied(path));
    let table = table.map(|(_, register)| register.columns(path));
    Input { schema, table, supplied, ..Input::named(path) }
}

/// Why records cannot be checked: the configuration, the baseline, or what was named is at fault.
#[derive(Debug)]
pub struct Error(ProjectError);

impl Error {
    /// What is wrong with the configuration, as a report that every [`Format`](crate::Format) can write; `None` where
    /// something else is wrong.
    #[must_use]
    pub fn report(&self) -> Option<Report> {
        match &self.0 {
            ProjectError::Config(error) => Some(error.report()),
            _ => None,
        }
    }
}

impl From<ProjectError> for Error {
    fn from(error: ProjectError) -> Self {
        Self(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: &str = "id: letter\nkind: letter\ntitle: T\nlanguage: en\ndate: \"2024-02-01\"\nauthor: {name: Lena}\n\
                          addressees: [All]\nparagraphs: [We agree.]\nreferences: [{role: cites, raw: x, symbol: A/65/203}]\n";

    /// The rule and the path of each finding.
    fn found(report: &Report) -> Vec<(&str, &str)> {
        report.findings.iter().map(|one| (one.rule.as_str(), one.location.path.as_str())).collect()
    }

    #[test]
    fn a_configuration_gives_levels_options_schemas_and_registers() {
        let config = "[[registers]]\nfiles = \"known.csv\"\nspace = \"document\"\nkey = \"symbol\"\n\
                      [rules]\nref-unresolved = \"warning\"\n";
        let linter = Linter::new().with_config(config).unwrap();
        let reported =
            |known: &str| linter.check_texts(&[("a.yaml", LETTER), ("known.csv", known)]);
        assert_eq!(found(&reported("symbol\nA/65/203\n")), []);
        assert_eq!(found(&reported("symbol\nA/65/204\n")), [("ref-unresolved", "a.yaml")]);
    }

    #[test]
    fn a_schema_of_the_project_is_known_to_the_configuration_and_to_records() {
        let schema = r#"{"properties": {"label": {"type": "string", "x-text": "line"}}, "required": ["label"]}"#;
        let linter = Linter::new().with_schema("tag.schema.json", schema);
        let text = "{\"$schema\": \"tag.schema.json\"}";
        assert_eq!(found(&linter.check_text("a.json", text))[0], ("schema", "a.json"));
        let config = "[[records]]\nfiles = \"*.json\"\nschema = \"tag.schema.json\"\n";
        assert!(Linter::new().with_config(config).is_err());
        let linter = linter.with_config(config).unwrap();
        assert_eq!(found(&linter.check_text("a.json", "{}"))[0], ("schema", "a.json"));
        assert_eq!(found(&linter.check_text("a.json", "{\"label\": \"x\"}")), []);
    }

    #[test]
    fn a_mistake_in_the_configuration_is_an_error_with_a_report() {
        let error = Linter::new().with_config("[rules]\nsyntx = \"off\"\n").unwrap_err();
        assert_eq!(error.to_string(), "rapporteur.toml: no rule or family `syntx`");
        let report = error.report().unwrap();
        assert_eq!(found(&report), [("configuration", "rapporteur.toml")]);
    }

    #[test]
    fn a_folder_is_checked_by_its_own_configuration_or_by_that_of_the_linter() {
        let folder = tempfile::Builder::new().prefix("linter").tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("rapporteur.toml", "[rules]\nschema = \"off\"\n");
        write("a.yaml", &LETTER.replace("title: T\n", ""));
        write("b.yaml", &LETTER.replace("title: T\n", "").replace("id: letter", "id: other"));
        let linter = Linter::new();
        assert_eq!(found(&linter.check_project(folder.path()).unwrap()), []);
        let linter = linter.with_config("[rules]\nschema = \"warning\"\n").unwrap();
        let report = linter.check_project(folder.path()).unwrap();
        assert_eq!(found(&report), [("schema", "a.yaml"), ("schema", "b.yaml")]);
        let report = linter.check_paths(folder.path(), &["b.yaml".into()]).unwrap();
        assert_eq!(found(&report), [("schema", "b.yaml")]);
        let report = linter.check_paths(folder.path(), &["c.yaml".into()]).unwrap();
        assert_eq!(report.unread[0].path, "c.yaml");
    }
}
