//! `rapporteur.toml`: which files hold records, which schema they get, and the levels of rules.
//! One per project, the nearest ancestor; anything in it that has no meaning is an error.

mod allow;
mod captures;
mod complete;
mod entries;
mod extends;
mod fail_on;
mod globs;
mod keys;
mod levels;
mod overrides;
mod own_rules;
mod path_set;
mod problems;
mod registers;
mod rules;
mod schema;
mod schemas;

use std::{
    collections::HashSet,
    fmt,
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

pub use self::{
    entries::Entry,
    extends::ReadFile,
    fail_on::FailOn,
    globs::{ENDINGS, Glob, Index, SCHEMA_ENDINGS, Unmatched, expand_braces, is_table},
    levels::{Levels, Origin},
    overrides::Override,
    own_rules::OwnRule,
    path_set::PathSet,
    problems::{ConfigError, Problem},
    registers::{Register, Written},
    schema::json_schema,
};
use self::{extends::Chain, globs::folder_problem};
use crate::{
    allow::Exception,
    finding::{Family, Severity},
    rule::{self, AnyOption, RuleId, RuleSet},
    schema::{Catalog, Formats, Space},
    source::Parts,
    suggest,
    tree::Supplied,
};

/// The name of the file.
pub const FILE_NAME: &str = "rapporteur.toml";

/// A project's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it was read.
    pub path: PathBuf,
    /// The folder that it is in: the root of the project.
    pub root: PathBuf,
    /// What does not exist for a run. The walk of folders shares it with its threads.
    pub exclude: Arc<PathSet>,
    /// Which severity makes a run fail, with the place of the value, in bytes.
    pub fail_on: Option<(FailOn, Range<usize>)>,
    /// The `[[records]]` entries, in order: the first that matches a file decides.
    pub entries: Vec<Entry>,
    /// The `[[registers]]` entries, in order: the first that matches a file decides, before any of the records.
    pub registers: Vec<Register>,
    /// What is said of namespaces, each with the place of its name, in bytes.
    pub spaces: Vec<(Space, Range<usize>)>,
    /// What `format` does in the schemas of the project, with the place of the setting, in bytes.
    pub formats: Option<(Formats, Range<usize>)>,
    /// The `[rules]` table: rule or family, and its level.
    pub rules: Vec<(Target, Level)>,
    /// The places of their names, in bytes.
    pub rule_spans: Vec<Range<usize>>,
    /// The `[[overrides]]` entries, in order: the last that is about a file and a rule decides.
    pub overrides: Vec<Override>,
    /// The options of rules that are set.
    pub options: Vec<OptionSet>,
    /// The rules that the project declares.
    pub own_rules: Vec<OwnRule>,
    /// All rules: those that it may name, and those that it declares.
    pub known: RuleSet,
    /// The `[[allow]]` entries.
    pub exceptions: Vec<Exception>,
    /// Its text and those of the files that it extends, for findings in them. All places are offsets in these.
    pub parts: Parts,
    /// The patterns of the entries.
    pub for_records: Index,
    /// The patterns of the registers.
    pub for_tables: Index,
}

/// An option of a rule that is set.
#[derive(Clone, Debug)]
pub struct OptionSet {
    /// The rule.
    pub rule: RuleId,
    /// The option.
    pub option: &'static dyn AnyOption,
    /// Its value.
    pub value: rule::Value,
    /// The place of its name, in bytes.
    pub span: Range<usize>,
}

/// What a level is given to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One rule.
    Rule(RuleId),
    /// Every rule of a family.
    Family(Family),
}

/// What the configuration makes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Its findings are not reported.
    Off,
    /// They weigh this much.
    At(Severity),
}

impl Level {
    /// Every word for a level in the configuration.
    pub const WORDS: [&str; 4] = ["off", "info", "warning", "error"];

    /// The level that `word` names.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "off" => Self::Off,
            "info" => Self::At(Severity::Info),
            "warning" => Self::At(Severity::Warning),
            "error" => Self::At(Severity::Error),
            _ => return None,
        })
    }

    /// The word for this level.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::At(severity) => severity.word(),
        }
    }

    /// The word for what other programs call so.
    fn meant_by(word: &str) -> Option<&'static str> {
        Some(match word.to_lowercase().as_str() {
            "critical" | "fatal" | "deny" | "forbid" | "high" => "error",
            "warn" | "moderate" | "minor" | "major" | "medium" => "warning",
            "note" | "notice" | "hint" | "information" | "suggestion" | "low" => "info",
            "none" | "no" | "never" | "disabled" | "disable" | "ignore" | "allow" => "off",
            _ => return None,
        })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(id) => id.fmt(f),
            Self::Family(family) => family.fmt(f),
        }
    }
}

impl Target {
    /// The rule of `rules`, or the family, that `word` names.
    #[must_use]
    pub fn of_word(word: &str, rules: &RuleSet) -> Option<Self> {
        if let Some(rule) = rules.find(word) {
            return Some(Self::Rule(rule.id));
        }
        Family::ALL.into_iter().find(|family| family.word() == word).map(Self::Family)
    }

    /// A rule or family whose name is close to `word`, for "did you mean".
    #[must_use]
    pub fn like<'r>(word: &str, rules: &'r RuleSet) -> Option<&'r str> {
        suggest::nearest(word, rules.ids().chain(Family::words()))
    }
}

impl Config {
    /// Checks the configuration `bytes` that were read at `path`; it may name these `rules`, and extends no other file.
    pub fn parse(path: &Path, bytes: Vec<u8>, rules: &RuleSet) -> Result<Self, ConfigError> {
        Self::parse_with(path, bytes, rules, &|_| Err("only a file can extend another".to_owned()))
    }

    /// The same; what it extends is read by `read`.
    pub fn parse_with(
        path: &Path,
        bytes: Vec<u8>,
        rules: &RuleSet,
        read: &ReadFile<'_>,
    ) -> Result<Self, ConfigError> {
        let mut reader = Reader { rules, problems: Vec::new() };
        let Chain { parts, texts } = reader.read_chain(path, bytes, read);
        if !reader.problems.is_empty() {
            return Err(ConfigError::new(path, parts, reader.problems));
        }
        let tables: Vec<_> = texts.iter().map(|text| reader.parse(text)).collect();
        // The rest may name the rules that are declared. Of two with one id the nearer one wins.
        let mut own: Vec<OwnRule> = Vec::new();
        for table in tables.iter().flatten() {
            let declared = reader.read_own_rules(table.get_ref(), own.len());
            let is_new = |one: &OwnRule| own.iter().all(|other| other.rule.id != one.rule.id);
            let new: Vec<OwnRule> = declared.into_iter().filter(is_new).collect();
            own.extend(new);
        }
        let known = rules.with_own(own.iter().map(|own| Arc::clone(&own.rule)).collect());
        let mut reader = Reader { rules: &known, problems: reader.problems };
        let mut config = Self::empty(path, parts, known.clone());
        for (number, table) in tables.iter().flatten().enumerate() {
            let mut one = Self::empty(path, config.parts.clone(), RuleSet::bundled().clone());
            reader.read(table, &mut one);
            match number {
                0 => config = Self { known: config.known, ..one },
                _ => config.extend(one),
            }
        }
        config.own_rules = own;
        if !reader.problems.is_empty() {
            return Err(ConfigError::new(path, config.parts, reader.problems));
        }
        let lists = config.entries.iter().map(|one| one.files.as_slice());
        config.for_records = Index::for_records(lists);
        config.for_tables = Index::new(config.registers.iter().map(|one| one.files.as_slice()));
        Ok(config)
    }

    /// An empty configuration.
    fn empty(path: &Path, parts: Parts, known: RuleSet) -> Self {
        Self {
            path: path.to_owned(),
            root: path.parent().unwrap_or(Path::new("")).to_owned(),
            exclude: Arc::default(),
            fail_on: None,
            entries: Vec::new(),
            registers: Vec::new(),
            spaces: Vec::new(),
            formats: None,
            rules: Vec::new(),
            rule_spans: Vec::new(),
            overrides: Vec::new(),
            options: Vec::new(),
            own_rules: Vec::new(),
            known,
            exceptions: Vec::new(),
            parts,
            for_records: Index::default(),
            for_tables: Index::default(),
        }
    }

    /// Whether every schema and every namespace that is named exists in `catalog`. What keeps a file from being a schema, and
    /// what to do about it, `fault` can tell.
    pub fn check_schemas(
        &self,
        catalog: &Catalog,
        fault: &dyn Fn(&str) -> Option<(String, String)>,
    ) -> Result<(), ConfigError> {
        let missing = self.entries.iter().filter_map(|entry| {
            let (name, span) = entry.schema.as_deref().zip(entry.schema_span.clone())?;
            if catalog.find(name).is_some() {
                return None;
            }
            if let Some((message, help)) = fault(name) {
                return Some(Problem { message, span, help: Some(help) });
            }
            Some(own_rules::unknown_schema(name, &span, catalog))
        });
        let problems = missing.chain(self.space_problems(catalog));
        let problems: Vec<Problem> = problems.chain(self.own_problems(catalog)).collect();
        self.unless(problems)
    }

    /// What `format` does in the schemas of the project.
    #[must_use]
    pub fn formats(&self) -> Formats {
        self.formats.as_ref().map_or_else(Formats::default, |(formats, _)| *formats)
    }

    /// All patterns: those for records, then those for tables.
    pub fn globs(&self) -> impl Iterator<Item = &Glob> {
        let records = self.entries.iter().flat_map(|entry| &entry.files);
        records.chain(self.registers.iter().flat_map(|register| &register.files))
    }

    /// Whether no pattern is the path of something that `is_folder`, or begins with a path that `leads_out` of the
    /// project; paths are seen from the root.
    pub fn check_patterns(
        &self,
        is_folder: impl Fn(&str) -> bool,
        leads_out: impl Fn(&str) -> bool,
    ) -> Result<(), ConfigError> {
        let problem = |glob: &Glob| {
            if glob.paths().chain(glob.folders()).any(&leads_out) {
                return Some(globs::link_problem(glob));
            }
            glob.paths().any(&is_folder).then(|| folder_problem(glob))
        };
        self.unless(self.globs().filter_map(problem).collect())
    }

    /// Nothing, unless there are problems.
    fn unless(&self, problems: Vec<Problem>) -> Result<(), ConfigError> {
        if problems.is_empty() {
            return Ok(());
        }
        Err(ConfigError::new(&self.path, self.parts.clone(), problems))
    }

    /// The first entry that is about the file `path`, relative to the root and separated by `/`.
    #[must_use]
    pub fn entry_for(&self, path: &str) -> Option<&Entry> {
        self.pattern_for(path).and_then(|(entry, _)| self.entries.get(entry))
    }

    /// What the path of a file and its entry say of its records.
    #[must_use]
    pub fn supplied(&self, path: &str) -> Option<Arc<Supplied>> {
        if self.register_for(path).is_some() {
            return None;
        }
        self.entry_for(path).and_then(|entry| entry.supplied(path))
    }

    /// The number of that entry, and the number of its pattern that matches.
    #[must_use]
    pub fn pattern_for(&self, path: &str) -> Option<(usize, usize)> {
        let takes = |entry: usize| self.entries[entry].exclude.above(path).is_none();
        self.for_records.first_of(path, takes)
    }

    /// The pattern that keeps every entry from being about the file `path`, although the files of one include it.
    #[must_use]
    pub fn left_out_by_entry(&self, path: &str) -> Option<&Glob> {
        let excludes = |entry: &Entry| !entry.exclude.is_empty();
        if !self.entries.iter().any(excludes) || self.pattern_for(path).is_some() {
            return None;
        }
        let (entry, _) = self.for_records.first(path)?;
        self.entries[entry].exclude.above(path)
    }
}

/// Reads the tables and notes every problem on the way.
struct Reader<'k> {
    rules: &'k RuleSet,
    problems: Vec<Problem>,
}

type Value<'t> = Spanned<DeValue<'t>>;

/// Reads a pattern, for records or for tables.
type ReadGlob = fn(&str, Range<usize>) -> Result<Glob, String>;

impl Reader<'_> {
    fn problem(&mut self, span: Range<usize>, message: String, help: Option<String>) {
        self.problems.push(Problem { message, span, help });
    }

    fn parse<'t>(&mut self, text: &'t str) -> Option<Spanned<DeTable<'t>>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        if let Some(error) = errors.first() {
            let span = error.span().unwrap_or(0..0);
            self.problem(span, format!("no valid TOML: {}", error.message()), None);
            return None;
        }
        Some(table)
    }

    fn read(&mut self, table: &Spanned<DeTable<'_>>, config: &mut Config) {
        for (key, value) in in_order(table.get_ref()) {
            match key.get_ref().as_ref() {
                "exclude" => config.exclude = Arc::new(self.read_paths("exclude", value)),
                "fail-on" => {
                    let read = self.read_fail_on(value);
                    config.fail_on = read.map(|fail_on| (fail_on, value.span()));
                }
                "overrides" => self.read_overrides(value, &mut config.overrides),
                "records" => self.read_entries(value, &mut config.entries),
                // These were read before all others.
                "rule" | "extends" => {}
                "registers" => self.read_registers(value, &mut config.registers),
                "rules" => self.read_rules(value, config),
                "schemas" => self.read_schemas(value, &mut config.formats),
                "spaces" => self.read_spaces(value, &mut config.spaces),
                "allow" => self.read_exceptions(value, &mut config.exceptions),
                _ => self.unknown_key(key, &keys::tables()),
            }
        }
        self.note_repeated_globs(config.globs().collect());
    }

    fn read_globs(&mut self, key: &str, value: &Value<'_>, files: &mut Vec<Glob>, read: ReadGlob) {
        match value.get_ref() {
            DeValue::String(_) => self.read_glob(value, files, read),
            DeValue::Array(list) if list.is_empty() => {
                self.problem(value.span(), format!("`{key}` names no pattern"), None);
            }
            DeValue::Array(list) => {
                for item in list {
                    self.read_glob(item, files, read);
                }
            }
            _ => {
                let is = format!("`{key}` is");
                self.wrong_type(value, &is, "a pattern or a list of patterns", None);
            }
        }
    }

    fn read_glob(&mut self, value: &Value<'_>, files: &mut Vec<Glob>, read: ReadGlob) {
        match value.get_ref().as_str().map(|text| read(text, value.span())) {
            Some(Ok(glob)) if glob.text.ends_with('/') => {
                self.problems.push(folder_problem(&glob));
            }
            Some(Ok(glob)) => files.push(glob),
            Some(Err(reason)) => self.problem(value.span(), reason, None),
            None => self.wrong_type(value, "the pattern is", "a text", None),
        }
    }

    /// A pattern that appears twice does nothing the second time, whatever its author meant.
    fn note_repeated_globs(&mut self, mut globs: Vec<&Glob>) {
        globs.sort_by_key(|glob| glob.span.start);
        let mut earlier = HashSet::new();
        for glob in globs {
            if !earlier.insert(glob.text.strip_prefix("./").unwrap_or(&glob.text)) {
                let message = format!("the pattern `{}` is already listed above", glob.text);
                let help = Some("the first entry that matches a file decides".to_owned());
                self.problem(glob.span.clone(), message, help);
            }
        }
    }

    fn unknown_key(&mut self, key: &Spanned<std::borrow::Cow<'_, str>>, known: &[&str]) {
        let name = key.get_ref();
        let help = keys::above_tables(name).unwrap_or_else(|| {
            suggest::nearest(name, known.iter().copied())
                .map_or_else(|| are_known(known), did_you_mean)
        });
        self.problem(key.span(), format!("unknown key `{name}`"), Some(help));
    }

    fn wrong_type(&mut self, value: &Value<'_>, is: &str, wanted: &str, help: Option<String>) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.problem(value.span(), format!("{is} {found}, expected {wanted}"), help);
    }
}

/// The members of `table` as they are written, which is how its problems are reported.
fn in_order<'t, 'i>(
    table: &'t DeTable<'i>,
) -> Vec<(&'t Spanned<std::borrow::Cow<'i, str>>, &'t Value<'i>)> {
    let mut members: Vec<_> = table.iter().collect();
    members.sort_by_key(|(key, _)| key.span().start);
    members
}

fn are_known(keys: &[&str]) -> String {
    match keys {
        [key] => format!("the only key here is `{key}`"),
        _ => format!("the keys here are {}", list(keys)),
    }
}

fn did_you_mean(word: &str) -> String {
    format!("did you mean `{word}`?")
}

fn choices(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
    quoted.join(", ")
}

fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests;
