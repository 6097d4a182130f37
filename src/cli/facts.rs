//! `rapporteur facts`: what was understood of the records in a file, and which keyword of which schema
//! gave it.

mod coverage;

use std::{
    fmt::Write as _,
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;

use self::coverage::Coverage;
use super::{ConfigArgs, Exit, Failure, World, patient, show};
use crate::{
    analysis::{facts_of, tree_of, understand},
    fact::{Fact, Meaning, Record},
    input::{self, Buffers},
    lint::Unread,
    project::Project,
    schema::{Catalog, Choice},
    source::{LineIndex, visible, visible_line},
    sources::Input,
    tree::{Lookup, ProblemKind, Scalar, SuppliedValue, Tree},
};

/// The arguments of `facts`.
#[derive(Args, Debug)]
pub(super) struct FactsArgs {
    /// The files and folders with the records [default: the whole project]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Count, for each keyword of each schema, the values that it met, read and could not read
    #[arg(long)]
    coverage: bool,
    #[command(flatten)]
    config: ConfigArgs,
}

pub(super) fn run(
    args: &FactsArgs,
    world: &World<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    let buffers = Buffers::default();
    let project =
        Project::open(world.rules, &args.config.which(), world.cwd()?, &args.paths, buffers)?;
    show::note_excluded(&project, err);
    let Project { catalog, collected, .. } = project;
    let (mut unread, mut count) = (collected.unread, 0);
    let mut coverage = args.coverage.then(Coverage::default);
    for input in collected.inputs.iter().filter(|input| input.reported) {
        match input::read(input) {
            Ok(bytes) => count += print(&catalog, input, bytes, coverage.as_mut(), out)?,
            Err(error) => {
                unread.push(Unread { path: input.path.clone(), reason: error.to_string() });
            }
        }
    }
    if let Some(coverage) = coverage.filter(|_| count > 0) {
        patient(out.write_all(visible(&coverage.written(&catalog)).as_bytes()))?;
    }
    patient(out.flush())?;
    for Unread { path, reason } in &unread {
        // The exit code says it too.
        let _ = writeln!(err, "{}: not read: {}", visible_line(path), visible_line(reason));
    }
    Ok(match (unread.is_empty(), count) {
        (false, _) => Exit::Unread,
        (true, 0) => Exit::Nothing,
        (true, _) => Exit::Clean,
    })
}

/// Writes the facts of every record in one file, or adds them to the coverage; returns how many records there are. Of a file
/// that is not named and not configured, all that is not a record is left out.
fn print(
    catalog: &Catalog,
    input: &Input,
    bytes: Vec<u8>,
    coverage: Option<&mut Coverage>,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let configured = input.schema.as_deref().and_then(|name| catalog.find(name));
    let tree = understand(tree_of(input, bytes), input, catalog);
    let (lines, lookup) = (LineIndex::new(&tree.source().text), Lookup::default());
    let (path, mut text) = (visible_line(&input.path), String::new());
    for problem in tree.problems() {
        if let ProblemKind::Syntax { message, .. } = &problem.kind {
            let at = lines.position(&tree.source().text, problem.span.start);
            let _ = writeln!(text, "{path}:{}:{}: {}", at.line, at.column, visible_line(message));
        }
    }
    let mut records = facts_of(catalog, &tree, configured);
    records.retain(|(_, facts)| facts.is_some() || input.expected);
    if let Some(coverage) = coverage {
        for (_, facts) in &records {
            coverage.add(facts.as_ref());
        }
        patient(out.write_all(visible(&text).as_bytes()))?;
        return Ok(records.len());
    }
    for (root, facts) in &records {
        let at = lines.position(&tree.source().text, root.span().start);
        let _ = write!(text, "{path}:{}:{}: ", at.line, at.column);
        match facts {
            Some((choice, record)) => {
                tell_record(catalog, *choice, record, (&lines, &lookup), &mut text);
            }
            None => text.push_str("no schema could be chosen, so nothing was understood\n"),
        }
    }
    patient(out.write_all(visible(&text).as_bytes()))?;
    Ok(records.len())
}

fn tell_record<'t>(
    catalog: &Catalog,
    choice: Choice,
    record: &Record<'t>,
    (lines, lookup): (&LineIndex, &Lookup<'t>),
    text: &mut String,
) {
    let name = record.head.id.map_or("a record without id", |id| id.value);
    let schema = &catalog.file(choice.schema()).source.path;
    let (name, schema) = (visible_line(name), visible_line(schema));
    let _ = writeln!(text, "{name}, schema {schema} ({})", choice.reason());
    if record.facts.is_empty() {
        let why = if catalog.is_usable(choice.schema()) {
            "the schema has no keywords that apply to this record".to_owned()
        } else {
            let unusable = catalog.unusable().find(|(path, _)| *path == schema);
            let reason = unusable.map(|(_, reason)| visible_line(reason).into_owned());
            reason.unwrap_or_else(|| "the schema cannot be used".to_owned())
        };
        let _ = writeln!(text, "  no facts: {why}");
    }
    text.push_str(&supplied(record.node.tree()));
    for fact in &record.facts {
        let source = record.node.tree().source();
        let at = lines.position(&source.text, fact_start(fact));
        let note = catalog.graph().note(fact.note);
        let pointer = lookup.pointer_from(fact.node, record.node.id());
        let _ = writeln!(
            text,
            "  {}:{}  {}  {}  [{} in {}#{}]",
            at.line,
            at.column,
            if pointer.is_empty() { "/".into() } else { visible_line(&pointer) },
            visible_line(&catalog.graph().describe(fact, record)),
            note.keyword.name,
            visible_line(&catalog.files()[note.document].source.path),
            visible_line(&note.pointer),
        );
    }
}

/// What the path of the file and the configuration say of its records.
fn supplied(tree: &Tree) -> String {
    let all = tree.supplied().map(|supplied| supplied.values.as_slice()).unwrap_or_default();
    let line = |one: &SuppliedValue| {
        let value = one.value.as_ref().map(Scalar::text);
        let value = value.map_or("not read", |value| value);
        let from = match one.form {
            Some(form) => format!("the path, `{}` as {}", one.written, form.word()),
            None => "the configuration".to_owned(),
        };
        visible_line(&format!("  {}: {value}, from {from}", one.name)).into_owned() + "\n"
    };
    all.iter().map(line).collect()
}

/// Facts from prose have their place in it, all others that of the node.
fn fact_start(fact: &Fact<'_>) -> u32 {
    match &fact.meaning {
        Meaning::Mention(mention) => mention.place.span.start,
        Meaning::DateMention(date) => date.place.span.start,
        Meaning::ZonedTimes(times) => times.first().map_or(0, |time| time.place.span.start),
        _ => fact.place.span.start,
    }
}
