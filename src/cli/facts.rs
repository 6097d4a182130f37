//! `rapporteur facts`: what was understood of the records in a file, and which word of which schema
//! gave it.

use std::{
    fmt::Write as _,
    io::{self, Write},
    path::PathBuf,
};

use clap::Args;

use super::{ConfigArgs, Exit, Failure, World, patient};
use crate::{
    analysis::{facts_of, tree_of},
    calendar,
    fact::{
        Agrees, Counts, DateText, Decision, Fact, Interval, Key, Meaning, Moment, Numbered, Record,
        Sequence, Single, Speaker, SymbolParts, Text, Unique,
    },
    input::{self, Buffers},
    lint::Unread,
    project::Project,
    schema::{
        Catalog, Choice,
        vocabulary::{Style, TextKind},
    },
    source::{LineIndex, visible, visible_line},
    sources::Input,
    tree::{Lookup, ProblemKind},
};

/// The arguments of `facts`.
#[derive(Args, Debug)]
pub(super) struct FactsArgs {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    config: ConfigArgs,
}

pub(super) fn run(
    args: &FactsArgs,
    world: &World<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    let named = std::slice::from_ref(&args.file);
    let buffers = Buffers::default();
    let project = Project::open(world.rules, &args.config.which(), world.cwd()?, named, buffers)?;
    let Project { catalog, collected, .. } = project;
    let (mut unread, mut count) = (collected.unread, 0);
    for input in collected.inputs.iter().filter(|input| input.reported) {
        match input::read(input) {
            Ok(bytes) => count += tell(&catalog, input, bytes, out)?,
            Err(error) => {
                unread.push(Unread { path: input.path.clone(), reason: error.to_string() });
            }
        }
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

/// Writes the facts of every record in one file; returns how many records there are.
fn tell(
    catalog: &Catalog,
    input: &Input,
    bytes: Vec<u8>,
    out: &mut dyn Write,
) -> io::Result<usize> {
    let tree = tree_of(input, bytes);
    let (lines, lookup) = (LineIndex::new(&tree.source().text), Lookup::default());
    let configured = input.schema.as_deref().and_then(|name| catalog.find(name));
    let (path, mut text) = (visible_line(&input.path), String::new());
    for problem in tree.problems() {
        if let ProblemKind::Syntax { message, .. } = &problem.kind {
            let at = lines.position(&tree.source().text, problem.span.start);
            let _ = writeln!(text, "{path}:{}:{}: {}", at.line, at.column, visible_line(message));
        }
    }
    let records = facts_of(catalog, &tree, configured);
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
            "the schema has no words that apply to this record".to_owned()
        } else {
            let unusable = catalog.unusable().find(|(path, _)| *path == schema);
            let reason = unusable.map(|(_, reason)| visible_line(reason).into_owned());
            reason.unwrap_or_else(|| "the schema cannot be used".to_owned())
        };
        let _ = writeln!(text, "  no facts: {why}");
    }
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
            visible_line(&described(fact, record)),
            note.word.name(),
            visible_line(&catalog.files()[note.document].source.path),
            visible_line(&note.pointer),
        );
    }
}

/// Prose is told where the thing stands in it, everything else where the node begins.
fn fact_start(fact: &Fact<'_>) -> u32 {
    match &fact.meaning {
        Meaning::Mention(mention) => mention.place.span.start,
        Meaning::DateMention(date) => date.place.span.start,
        _ => fact.place.span.start,
    }
}

fn described(fact: &Fact<'_>, record: &Record<'_>) -> String {
    match &fact.meaning {
        Meaning::Record => head(record),
        Meaning::Defines(key) => format!("defines {}", key_text(key)),
        Meaning::Cites(key) => format!("cites {}", key_text(key)),
        Meaning::Mention(mention) => {
            let date = mention.date.as_ref().map(|date| format!(" of {}", date_text(date)));
            let key = mention.found.key();
            let key =
                key.map_or_else(|| "an act of no known organ".to_owned(), |key| format!("`{key}`"));
            format!(
                "mentions {} `{}`, {key}{}",
                mention.space,
                mention.text,
                date.unwrap_or_default()
            )
        }
        Meaning::DateMention(date) => format!("mentions the date {}", date_text(date)),
        Meaning::Value(form, value) => {
            format!("value of the form {}: `{}`", form.word(), value.value)
        }
        Meaning::Date(role, date) => format!("{} on {}", role.word(), date_text(date)),
        Meaning::Beside(side, date) => format!("{} lies {}", date_text(date), side.word()),
        Meaning::Interval(interval) => interval_text(interval),
        Meaning::Speaker(speaker) => {
            let slot = record.interval_of(speaker);
            let during = slot.map(|(interval, _)| format!(" during {}", interval.name()));
            format!("{}{}", speaker_text(speaker), during.unwrap_or_default())
        }
        Meaning::Expects(expects) => {
            let is = expects.is.map(|is| format!(" `{}`", is.word())).unwrap_or_default();
            format!("expects {}{is}, finds {}", expects.what.word(), expects.found)
        }
        Meaning::Single(single) => single_text(single),
        Meaning::Unique(unique) => unique_text(unique),
        Meaning::Parts(parts) => parts_text(parts),
        Meaning::Decides(decision) => decision_text(decision),
        Meaning::Notes(notes) => format!("text with {} notes", notes.notes.len()),
        Meaning::Sequence(sequence) => sequence_text(sequence),
        Meaning::Counts(counts) => counts_text(counts),
        Meaning::Prose(prose) => {
            format!("text to compare, {} runs of five words", prose.runs().len())
        }
        Meaning::Agrees(agrees) => agrees_text(agrees),
        Meaning::Version(version) => {
            let key = version.key.replace('\u{1f}', ", ");
            format!("a version of {key}, supersedes {} records", version.supersedes.len())
        }
        Meaning::Text(TextKind::Line, text) => format!("line `{}`", text.value),
        Meaning::Text(TextKind::Prose, text) => {
            format!("running text, {} characters", text.value.chars().count())
        }
    }
}

fn head(record: &Record<'_>) -> String {
    let head = &record.head;
    let parts = [
        ("id", head.id),
        ("title", head.title),
        ("language", head.language),
        ("status", head.status),
        ("event", head.event),
        ("starts", head.starts),
        ("ends", head.ends),
    ];
    let named =
        parts.iter().filter_map(|(name, text)| Some(format!("{name} `{}`", (*text)?.value)));
    let style = match head.style {
        Style::Own => None,
        Style::House => Some("house style".to_owned()),
    };
    format!("record with {}", named.chain(style).collect::<Vec<_>>().join(", "))
}

fn agrees_text(agrees: &Agrees<'_>) -> String {
    let of = match agrees.of.as_str() {
        "" => "the event".to_owned(),
        of => format!("`{}`", of.replace('\u{1f}', ", ")),
    };
    let also = match agrees.also.len() {
        0 => String::new(),
        count => format!(", also said in {count} other ways"),
    };
    let decides = if agrees.authority { ", which decides" } else { "" };
    format!("{} of {of}: `{}`{also}{decides}", agrees.on, agrees.text())
}

fn sequence_text(sequence: &Sequence<'_>) -> String {
    let list = sequence.list.map_or("a list", |list| list.value);
    let from = sequence.from.map(|from| format!(" from {from} on")).unwrap_or_default();
    format!("{} numbers of entries of {list}, one after the other{from}", sequence.numbers.len())
}

fn key_text(key: &Key<'_>) -> String {
    let normal = key.normal.replace('\u{1f}', ", ");
    let date = key.date.as_ref().map(|date| format!(" of {}", date_text(date)));
    let alias = if normal == key.shown() { String::new() } else { format!(" (as `{normal}`)") };
    format!("{} `{}`{alias}{}", key.space, key.shown(), date.unwrap_or_default())
}

fn date_text(date: &DateText<'_>) -> String {
    match date.date {
        Some(read) if read.to_string() != date.text => format!("{read} (`{}`)", date.text),
        Some(read) => read.to_string(),
        None => format!("no date: `{}`", date.text),
    }
}

fn interval_text(interval: &Interval<'_>) -> String {
    let moment = |moment: Option<Moment<'_>>| match moment {
        Some(Moment { minute: Some(minute), .. }) => minute.to_string(),
        Some(Moment { date: Some(date), .. }) => date.to_string(),
        _ => "unknown".to_owned(),
    };
    let day = interval.start.or(interval.end).and_then(|moment| moment.date);
    let day = day.map(|day| format!(" on {}", calendar::long(day))).unwrap_or_default();
    let track = interval.track.map(|track| format!(" in {}", track.value)).unwrap_or_default();
    let (start, end) = (moment(interval.start), moment(interval.end));
    format!("{} from {start} to {end}{day}{track}", interval.name())
}

fn counts_text(counts: &Counts<'_>) -> String {
    match counts {
        Counts::List { figure, len, .. } => format!("{} counts a list of {len}", figure.value),
        Counts::Sum { addends, wanted, .. } => {
            let addends = addends.iter().map(|addend| addend.value.to_string());
            format!("{} are to make {wanted}", addends.collect::<Vec<_>>().join(" and "))
        }
    }
}

fn parts_text(parts: &SymbolParts<'_>) -> String {
    let number = |number: Option<Numbered<'_>>| {
        let number = number?;
        let (value, text) = (number.value, number.text.value);
        Some(if value.to_string() == text {
            text.to_owned()
        } else {
            format!("{value} (`{text}`)")
        })
    };
    let text = |text: Option<Text<'_>>| Some(format!("`{}`", text?.value));
    let all = [
        ("session", number(parts.session)),
        ("number", number(parts.number)),
        ("year", number(parts.year)),
        ("part", text(parts.part)),
        ("heading", text(parts.heading)),
    ];
    let named = all.into_iter().filter_map(|(name, text)| Some(format!("{name} {}", text?)));
    let named = named.collect::<Vec<_>>().join(", ");
    format!("`{}` repeated in {named}", parts.symbol.value)
}

fn speaker_text(speaker: &Speaker<'_>) -> String {
    let parts = [
        ("name", speaker.name),
        ("honorific", speaker.honorific),
        ("role", speaker.role),
        ("affiliation", speaker.affiliation),
        ("delegation", speaker.delegation),
        ("capacity", speaker.capacity),
        ("state", speaker.state),
    ];
    let named = parts.iter().filter_map(|(name, text): &(&str, Option<Text<'_>>)| {
        Some(format!("{name} `{}`", (*text)?.value))
    });
    let is = speaker.is.map(|is| format!(", {}", is.word())).unwrap_or_default();
    let listed = if speaker.must_be_listed { ", to be announced elsewhere" } else { "" };
    format!("speaker with {}{is}{listed}", named.collect::<Vec<_>>().join(", "))
}

fn decision_text(decision: &Decision<'_>) -> String {
    let names: Vec<String> =
        decision.names.iter().map(|name| format!("`{}`", name.value)).collect();
    let told = [("at", decision.event), ("because", decision.reason)];
    let more = told.iter().filter_map(|(word, text)| Some(format!(" {word} `{}`", (*text)?.value)));
    let more: String = more.collect();
    format!("decides {} on {}{more}", decision.verdict.word(), names.join(", "))
}

fn unique_text(unique: &Unique<'_>) -> String {
    let names = unique.lists.iter().map(|(_, name)| name.map_or("a list", |name| name.value));
    let names = names.collect::<Vec<_>>().join(" and ");
    format!("{} entries of {names} that must differ", unique.entries.len())
}

fn single_text(single: &Single<'_>) -> String {
    let texts: Vec<&str> = single.texts.iter().map(|text| text.value).collect();
    format!("the only record of `{}`", texts.join(", "))
}
