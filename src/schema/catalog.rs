//! The catalogue: all schemas of a run, bundled and of the project, and which one a record gets.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use jsonschema::Validator;
use referencing::Registry;
use serde_json::Value;

use super::{
    Complete, Space,
    bundled::BUNDLED,
    closed,
    compile::{Compiler, Misuse, Oversized},
    explainer::Explainer,
    faults,
    formats::{Formats, without_formats},
    graph::{Graph, StateId},
    inside, joined,
    names::Documents,
    patterns,
    tree_json::TreeJson,
    validator::{build, documents_of, registry_of},
    validators::{Held, bundled_registry, bundled_value},
};
use crate::{
    profile::Profile,
    source::{Source, Syntax},
    suggest,
    tree::{NodeRef, ProblemKind, Tree, value::to_value},
    vocabulary::Arguments,
};

pub(super) const BUNDLED_BASE: &str = "rapporteur:///schemas/";
const PROJECT_BASE: &str = "rapporteur:///project/";

/// A schema of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(usize);

impl SchemaId {
    /// Its number in [`Catalog::files`].
    #[must_use]
    pub const fn index(self) -> usize {
        self.0
    }
}

/// One schema document.
#[derive(Debug)]
pub struct SchemaFile {
    /// Its text; the path is the file name for a bundled schema.
    pub source: Arc<Source>,
    /// The URI that references to it begin with.
    pub uri: String,
    /// Whether it comes with rapporteur.
    pub bundled: bool,
    /// The value of its `kind` property, where it is fixed.
    pub kind: Option<String>,
    /// Its `description`, else its `title`.
    pub description: Option<String>,
    /// Which of its properties has which part of a meeting in Markdown.
    pub profile: Option<Profile>,
    formats: Formats,
    state: Option<StateId>,
    validator: Held,
}

/// A schema that cannot be used, or uses the vocabulary wrongly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaError {
    /// The document, by its number in [`Catalog::files`].
    pub file: usize,
    /// JSON Pointer to the schema object.
    pub pointer: String,
    /// The keyword concerned, if one is.
    pub keyword: Option<String>,
    /// What is wrong; present tense, no final stop.
    pub message: String,
    /// What was probably meant.
    pub help: Option<String>,
    /// Whether the schema can be used all the same.
    pub usable: bool,
    /// Whether it may be meant so, for another tool.
    pub is_doubtful: bool,
}

/// All schemas of a run, compiled.
#[derive(Debug)]
pub struct Catalog {
    files: Vec<SchemaFile>,
    documents: Documents,
    kinds: BTreeMap<String, SchemaId>,
    pub(super) graph: Graph,
    errors: Vec<SchemaError>,
    /// Whether a pattern of any schema can take too many steps.
    backtracks: bool,
    /// The schemas in pieces, once a record needs them.
    explainer: OnceLock<Option<Explainer>>,
    /// The schema files of the project that could not be read, by path, and why.
    unread: BTreeMap<String, String>,
    /// What the registers of the project list without a gap.
    complete: Vec<Complete>,
    /// For a schema, the states in which to begin for the rules of the project.
    pub(super) own: BTreeMap<SchemaId, Vec<StateId>>,
}

/// The schema chosen for a record, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The record names it in `$schema`.
    Named(SchemaId),
    /// The configuration gives it to the file.
    Configured(SchemaId),
    /// The record's `kind` is fixed in it.
    Kind(SchemaId),
}

impl Choice {
    /// The schema.
    #[must_use]
    pub const fn schema(self) -> SchemaId {
        match self {
            Self::Named(id) | Self::Configured(id) | Self::Kind(id) => id,
        }
    }

    /// Why this one, for people.
    #[must_use]
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Named(_) => "named by `$schema`",
            Self::Configured(_) => "given by the configuration",
            Self::Kind(_) => "by `kind`",
        }
    }
}

/// Why no schema could be chosen for a record.
#[derive(Clone, Copy, Debug)]
pub enum Unknown<'t> {
    /// The record is not an object.
    NotAnObject,
    /// Nothing says what it is.
    NoKind,
    /// `kind` is there, and no schema has it.
    Kind(NodeRef<'t>),
    /// `$schema` is there, and names no schema of the run.
    Schema(NodeRef<'t>),
}

impl Catalog {
    /// The bundled schemas alone, which are the same in every run, and so are compiled once.
    #[must_use]
    pub fn bundled() -> Arc<Self> {
        static COMPILED: OnceLock<Arc<Catalog>> = OnceLock::new();
        Arc::clone(COMPILED.get_or_init(|| Arc::new(Self::new(&[]))))
    }

    /// The bundled schemas and those of the project: paths, relative to the project, and texts. What
    /// is wrong with them is in [`Catalog::errors`]; a broken schema checks nothing.
    #[must_use]
    pub fn new(project: &[(String, String)]) -> Self {
        Self::of(bundled_files().chain(project_files(project)).collect(), BTreeMap::new())
    }

    /// The bundled schemas and those of the project, as they were read; `unread` are the paths of those that could not
    /// be read, and why.
    #[must_use]
    pub fn with(project: Vec<Source>, unread: &BTreeMap<String, String>) -> Self {
        Self::with_formats(project, unread, Formats::Assertion)
    }

    /// As [`Catalog::with`], where `format` may only describe a value in the schemas of the project.
    #[must_use]
    pub fn with_formats(
        project: Vec<Source>,
        unread: &BTreeMap<String, String>,
        formats: Formats,
    ) -> Self {
        let file = |source| SchemaFile { formats, ..file_of(source, PROJECT_BASE, false) };
        let project = project.into_iter().map(file);
        Self::of(bundled_files().chain(project).collect(), unread.clone())
    }

    /// The schemas of a project alone.
    #[cfg(test)]
    pub(crate) fn without_bundled(project: &[(String, String)]) -> Self {
        Self::of(project_files(project).collect(), BTreeMap::new())
    }

    fn of(files: Vec<SchemaFile>, unread: BTreeMap<String, String>) -> Self {
        let (kinds, graph, complete) = (BTreeMap::new(), Graph::default(), Vec::new());
        let (errors, explainer) = (Vec::new(), OnceLock::new());
        let named = files.iter().map(|file| (file.source.path.as_str(), file.uri.as_str()));
        let documents = Documents::new(named);
        let backtracks = false;
        let mut catalog = Self {
            files,
            documents,
            kinds,
            graph,
            errors,
            backtracks,
            explainer,
            unread,
            complete,
            own: BTreeMap::new(),
        };
        catalog.compile();
        catalog
    }

    /// The schema documents, bundled ones first.
    #[must_use]
    pub fn files(&self) -> &[SchemaFile] {
        &self.files
    }

    /// What is wrong with the schemas.
    #[must_use]
    pub fn errors(&self) -> &[SchemaError] {
        &self.errors
    }

    /// The schemas that check nothing, by path, each with the first reason.
    pub fn unusable(&self) -> impl Iterator<Item = (&str, &str)> {
        let errors = self.errors.iter().filter(|error| !error.usable);
        let mut last = None;
        let first = errors.filter(move |error| last.replace(error.file) != Some(error.file));
        first.map(|error| (self.files[error.file].source.path.as_str(), error.message.as_str()))
    }

    /// Whether the schema checks anything.
    #[must_use]
    pub fn is_usable(&self, id: SchemaId) -> bool {
        self.files[id.0].validator.is_there()
    }

    /// Takes note of what the registers of a project list without a gap.
    pub fn set_complete(&mut self, complete: Vec<Complete>) {
        self.graph.keep_mentions(&complete);
        self.complete = complete;
    }

    /// What the registers of the project list without a gap.
    #[must_use]
    pub fn complete(&self) -> &[Complete] {
        &self.complete
    }

    /// Lets the schemas mean what a project says of its namespaces.
    pub fn set_spaces(&mut self, spaces: &[Space]) {
        self.graph.set_spaces(spaces);
    }

    /// The compiled keywords.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The kinds that can be recognized by name, sorted, with their schemas.
    pub fn kinds(&self) -> impl Iterator<Item = (&str, SchemaId)> {
        self.kinds.iter().map(|(kind, id)| (kind.as_str(), *id))
    }

    /// The kinds whose own schema document uses a keyword with arguments of this type, sorted.
    #[must_use]
    pub fn kinds_with<T: Arguments>(&self) -> Vec<&str> {
        let uses = |id: SchemaId| {
            let notes = self.graph.notes.iter();
            notes.filter(|note| note.document == id.0).any(|note| note.get::<T>().is_some())
        };
        self.kinds().filter(|(_, id)| uses(*id)).map(|(kind, _)| kind).collect()
    }

    /// Whether a schema uses a keyword with arguments of this type.
    #[must_use]
    pub fn uses<T: Arguments>(&self) -> bool {
        self.graph.notes.iter().any(|note| note.get::<T>().is_some())
    }

    /// Whether an object names a kind that nearly exists and has properties of that kind: it is a record whose kind is
    /// misspelt. Files of other programs have a `kind` too, but not these properties.
    #[must_use]
    pub fn is_nearly_a_record(&self, object: NodeRef<'_>) -> bool {
        let kind = object.get("kind").and_then(NodeRef::as_str);
        let near =
            kind.and_then(|kind| suggest::nearest(kind, self.kinds.keys().map(String::as_str)));
        let state = near.and_then(|near| self.state(*self.kinds.get(near)?));
        let Some(state) = state else { return false };
        let known = self.graph.properties(state);
        let names = object.members().filter_map(|(name, _)| name.as_str());
        let (all, shared) =
            names.filter(|name| *name != "kind").fold((0, 0), |(all, shared), name| {
                (all + 1, shared + usize::from(known.contains_key(name)))
            });
        shared >= 2 && 2 * shared > all
    }

    /// The schema document of a schema.
    #[must_use]
    pub fn file(&self, id: SchemaId) -> &SchemaFile {
        &self.files[id.0]
    }

    /// The state of the graph in which a record of this schema is.
    #[must_use]
    pub fn state(&self, id: SchemaId) -> Option<StateId> {
        self.files[id.0].state
    }

    /// The validator of a schema; `None` where the schema is broken.
    pub(crate) fn validator(&self, id: SchemaId) -> Option<&Validator<TreeJson>> {
        self.files[id.0].validator.get(id.0)
    }

    /// Whether a pattern of any schema can take too many steps.
    pub(super) const fn backtracks(&self) -> bool {
        self.backtracks
    }

    /// The schemas in pieces.
    pub(super) fn explainer(&self) -> Option<&Explainer> {
        self.explainer.get_or_init(|| Explainer::new(self)).as_ref()
    }

    /// The values of the schemas that can be used, by their number.
    pub(super) fn usable_values(&self) -> Vec<Option<Value>> {
        let value = |file: &SchemaFile| {
            if !file.validator.is_there() {
                return None;
            }
            let tree = Tree::parse(Arc::clone(&file.source));
            tree.roots().first().map(|root| file.value_of(tree.node(*root)))
        };
        self.files.iter().map(value).collect()
    }

    /// The schema called `name`: a kind, the path of a project schema, or the file name of a bundled
    /// one.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<SchemaId> {
        let found = self.documents.find(inside(name).as_deref(), name).map(SchemaId);
        found.or_else(|| self.kinds.get(name).copied())
    }

    /// Chooses the schema of a record: its `$schema`, else the configured one, else its `kind`.
    pub fn choose<'t>(
        &self,
        record: NodeRef<'t>,
        configured: Option<SchemaId>,
    ) -> Result<Choice, Unknown<'t>> {
        if !record.is_object() {
            return configured.map(Choice::Configured).ok_or(Unknown::NotAnObject);
        }
        let named = record.get("$schema").filter(|node| node.as_str().is_some());
        if let Some(node) = named {
            return match node
                .as_str()
                .and_then(|name| self.named(name, &record.tree().source().path))
            {
                Some(id) => Ok(Choice::Named(id)),
                None => configured.map(Choice::Configured).ok_or(Unknown::Schema(node)),
            };
        }
        if let Some(id) = configured {
            return Ok(Choice::Configured(id));
        }
        let kind = record.get("kind").ok_or(Unknown::NoKind)?;
        let id = kind.as_str().and_then(|kind| self.kinds.get(kind).copied());
        id.map(Choice::Kind).ok_or(Unknown::Kind(kind))
    }

    /// The schema that `$schema` names in the record file at `path`: by URI, by a path relative to the
    /// record, or by the file name of a bundled schema.
    fn named(&self, name: &str, path: &str) -> Option<SchemaId> {
        let name = name.trim_end_matches('#');
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let relative = joined(folder, name);
        let file_name = name.rsplit('/').next().unwrap_or(name);
        let mut bundled = self.files.iter().take_while(|file| file.bundled);
        let bundled = || bundled.position(|file| file.source.path == file_name);
        self.documents.find(Some(&relative), name).or_else(bundled).map(SchemaId)
    }

    /// What unfolds into too much is left out like what cannot be read.
    fn compile(&mut self) {
        let mut values: Vec<Option<Cow<'static, Value>>> =
            (0..self.files.len()).map(|at| self.read(at)).collect();
        let uris: Vec<String> = self.files.iter().map(|file| file.uri.clone()).collect();
        if !self.is_bundled() {
            self.leave_out_dangling(&uris, &mut values);
        }
        loop {
            let oversized = self.compile_values(&uris, &values);
            if oversized.is_empty() {
                return;
            }
            // Each time round at least one is left out.
            for one in oversized {
                values[one.document] = None;
                self.errors.push(SchemaError {
                    file: one.document,
                    pointer: one.pointer,
                    keyword: one.keyword,
                    message: format!("the schema cannot be used: {}", one.message),
                    help: None,
                    usable: false,
                    is_doubtful: false,
                });
            }
        }
    }

    /// Compiles the schemas, unless some of them unfold into too much.
    fn compile_values(
        &mut self,
        uris: &[String],
        values: &[Option<Cow<'static, Value>>],
    ) -> Vec<Oversized> {
        let documents = documents_of(uris, values);
        let own = if self.is_bundled() { None } else { Some(registry_of(&documents)) };
        let registry: &Registry<'_> = match (&own, bundled_registry()) {
            (Some(Ok(own)), _) => own,
            (None, Some(bundled)) => bundled,
            _ => return Vec::new(),
        };
        let paths: Vec<String> = self.files.iter().map(|file| file.source.path.clone()).collect();
        let validator = |schema: &Value| Ok(build(schema, registry)?.0);
        let compiler = Compiler::new(&documents, registry);
        let oversized = if self.is_bundled() { Vec::new() } else { compiler.oversized() };
        if !oversized.is_empty() {
            return oversized;
        }
        let compiled = match compiler.compile(&validator) {
            Ok(compiled) => compiled,
            Err(oversized) => return vec![oversized],
        };
        let mut validators = Vec::new();
        let mut errors = Vec::new();
        for (at, document) in documents.iter().enumerate() {
            if self.files[at].bundled && values[at].is_some() {
                validators.push(Held::Later(OnceLock::new()));
                continue;
            }
            let built = build(&serde_json::json!({ "$ref": document.uri }), registry);
            if let (Err(error), true) = (&built, values[at].is_some()) {
                errors.push(faults::unusable(at, error, &documents, &paths));
            }
            let built = built.ok().filter(|_| values[at].is_some());
            self.backtracks |= built.as_ref().is_some_and(|(_, backtracks)| *backtracks);
            validators.push(built.map_or(Held::None, |(one, _)| Held::Built(Box::new(one))));
        }
        self.graph = compiled.graph;
        for (at, validator) in validators.into_iter().enumerate() {
            let value = values[at].as_deref();
            let kind = value.and_then(fixed_kind);
            let description = value.and_then(description);
            let profile = value.and_then(Profile::of);
            if let Some(id) = value.and_then(|value| value.get("$id")?.as_str()) {
                self.documents.add_uri(id, at);
            }
            let file = &mut self.files[at];
            file.state = compiled.roots[at];
            file.validator = validator;
            file.kind = kind;
            file.description = description;
            file.profile = profile;
            if let Some(kind) = &file.kind {
                self.kinds.insert(kind.clone(), SchemaId(at));
            }
        }
        // What is wrong with the patterns of a schema that cannot be used is the reason for that, or can wait.
        let is_moot = |one: &Misuse| {
            let is_pattern =
                one.error.keyword == "pattern" || one.pointer.ends_with("/patternProperties");
            is_pattern && errors.iter().any(|error| error.file == one.document)
        };
        let misuses: Vec<Misuse> =
            compiled.misuses.into_iter().filter(|one| !is_moot(one)).collect();
        self.errors.extend(errors);
        self.errors.extend(misuses.into_iter().map(faults::misuse));
        self.errors.sort_by(|a, b| (a.file, &a.pointer).cmp(&(b.file, &b.pointer)));
        Vec::new()
    }

    /// Whether there are only bundled schemas, which tests check.
    fn is_bundled(&self) -> bool {
        self.files.iter().all(|file| file.bundled)
    }

    /// Takes out the schemas that refer to nowhere, each of which would break the registry for all.
    fn leave_out_dangling(&mut self, uris: &[String], values: &mut [Option<Cow<'static, Value>>]) {
        loop {
            let documents = documents_of(uris, values);
            let Err(error) = registry_of(&documents) else { return };
            let refers = |at: &usize| match &error {
                referencing::Error::Unretrievable { uri, .. } => {
                    faults::refers_to(&documents[*at], uri)
                }
                _ => registry_of(&documents[*at..=*at])
                    .is_err_and(|alone| alone.to_string() == error.to_string()),
            };
            let left: Vec<usize> = (0..values.len()).filter(|at| values[*at].is_some()).collect();
            // What is not found by its reference is the last one, as those of the project are.
            let Some(broken) = left.iter().copied().find(refers).or(left.last().copied()) else {
                return;
            };
            let unread = |uri: &str| {
                let path = uri.strip_prefix(PROJECT_BASE)?.replace("%20", " ");
                self.unread.get(&path).map(String::as_str)
            };
            let fault = faults::dangling(broken, &error, documents[broken].value, &unread);
            self.errors.push(fault);
            values[broken] = None;
        }
    }

    /// The value of a schema document; a document that cannot be read is an error.
    fn read(&mut self, at: usize) -> Option<Cow<'static, Value>> {
        if self.files[at].bundled {
            return bundled_value(at).map(Cow::Borrowed);
        }
        let tree = Tree::parse(Arc::clone(&self.files[at].source));
        let problem = tree.problems().iter().find_map(|problem| match &problem.kind {
            ProblemKind::Syntax { message, .. } => Some(message.clone()),
            _ => None,
        });
        if let Some(message) = problem {
            self.errors.push(faults::unread(at, &message));
            return None;
        }
        tree.roots().first().map(|root| Cow::Owned(self.files[at].value_of(tree.node(*root))))
    }
}

impl SchemaFile {
    /// The document as a value. A record names its schema in `$schema`, so a closed schema of the project allows that.
    fn value_of(&self, root: NodeRef<'_>) -> Value {
        let mut value = to_value(root);
        if !self.bundled {
            closed::allow_schema_name(&mut value);
            patterns::without_named_references(&mut value);
        }
        if self.formats == Formats::Annotation {
            without_formats(&mut value);
        }
        value
    }
}

fn bundled_files() -> impl Iterator<Item = SchemaFile> {
    BUNDLED.iter().map(|(name, text)| schema_file(name, (*text).to_owned(), BUNDLED_BASE, true))
}

fn project_files(project: &[(String, String)]) -> impl Iterator<Item = SchemaFile> {
    project.iter().map(|(path, text)| schema_file(path, text.clone(), PROJECT_BASE, false))
}

fn schema_file(path: &str, text: String, base: &str, bundled: bool) -> SchemaFile {
    let syntax = Syntax::of_path(path).unwrap_or(Syntax::Json);
    file_of(Source::new(path, syntax, text), base, bundled)
}

fn file_of(source: Source, base: &str, bundled: bool) -> SchemaFile {
    SchemaFile {
        uri: format!("{base}{}", source.path.replace(' ', "%20")),
        source: Arc::new(source),
        bundled,
        kind: None,
        description: None,
        profile: None,
        formats: Formats::Assertion,
        state: None,
        validator: Held::None,
    }
}

/// The value that a schema fixes for `kind`.
fn fixed_kind(schema: &Value) -> Option<String> {
    schema.pointer("/properties/kind/const")?.as_str().map(str::to_owned)
}

fn description(schema: &Value) -> Option<String> {
    let text = schema.get("description").or_else(|| schema.get("title"))?;
    text.as_str().map(str::to_owned)
}
