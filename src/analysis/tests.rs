//! Whatever happens to the files of a project, an analysis that follows finds what a new one finds.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{
    lint::{Report, Run, Setting},
    rule::Rule,
    testing,
};

/// Parts of records that meet in every relation: the same ids, events, texts and names come again and again.
fn record() -> impl Strategy<Value = String> {
    let id = prop::sample::select(vec!["a", "b", "c", "forum"]);
    let name = || {
        prop::sample::select(vec![
            "Anna Berg",
            "Anna Maria Berg",
            "Ana Berg",
            "Bo Lee-Stone",
            "A. Mountain",
        ])
    };
    let text = prop::sample::select(vec![
        "The rivers carry what the ports keep, and whoever counts the boats at night knows how many of them come back.",
        "The rivers carry what the ports keep, and whoever counts the boats by day knows how many of them come back.",
        "See General Assembly resolution 65/170 of 20 December 2010 and resolution 65/170 of 21 December 2010.",
    ]);
    let status = prop::sample::select(vec!["draft", "provisional", "final", "superseded"]);
    let statement = (id.clone(), name(), text, status.clone()).prop_map(|(id, name, text, status)| {
        format!(
            "id: {id}\nkind: statement\ntitle: S\nlanguage: en\nevent: forum\ndate: \"2024-03-04\"\nstatus: {status}\n\
             speaker: {{name: {name}, role: Chair}}\nreferences: [{{role: follows, raw: x, record: a}}, {{role: follows, raw: y, record: forun}}]\nparagraphs: [\"{text}\"]\n"
        )
    });
    let programme = (id.clone(), name(), name(), status, 9..12_u8).prop_map(|(id, one, two, status, hour)| {
        format!(
            "id: {id}\nkind: programme\ntitle: P\nlanguage: en\nevent: forum\nstatus: {status}\ndate: \"2024-03-05\"\nsupersedes: [b]\nslots:\n\
             - {{kind: panel, title: One, track: A, start: \"10:00\", end: \"11:00\", speakers: [{{name: {one}}}, {{name: {two}}}]}}\n\
             - {{kind: panel, title: Two, track: B, start: \"{hour:02}:30\", end: \"12:00\", speakers: [{{name: {one}}}]}}\n"
        )
    });
    let event = prop::sample::select(vec!["2024-03-05", "2024-03-04"]).prop_map(|day| {
        format!(
            "id: forum\nkind: event\nname: Forum\nlanguage: en\nstart: \"{day}\"\nend: \"{day}\"\n"
        )
    });
    let decision = (name(), name(), any::<bool>()).prop_map(|(one, two, is_same)| {
        let verdict = if is_same { "same-as" } else { "distinct" };
        format!(
            "id: names\nkind: identities\ntitle: D\nlanguage: en\ndecisions:\n- {{verdict: {verdict}, reason: asked, names: [{one}, {two}]}}\n"
        )
    });
    let allow = Just("id: a\nkind: letter\nx-allow: {rule: schema, reason: so}\n".to_owned());
    let broken = Just("id: a\nkind: [\n".to_owned());
    prop_oneof![6 => statement, 4 => programme, 2 => event, 2 => decision, 1 => allow, 1 => broken]
}

/// What happens to one file.
#[derive(Clone, Debug)]
enum Change {
    Write(usize, String),
    /// It reads the text of another file from now on.
    CopyOf(usize, usize),
    Remove(usize),
    Rename(usize, usize),
    /// It gets its schema from the configuration, or not any more.
    Entry(usize, Option<&'static str>),
}

const FILES: usize = 7;

fn change() -> impl Strategy<Value = Change> {
    let schema = prop::sample::select(vec![None, Some("statement"), Some("programme")]);
    prop_oneof![
        6 => (0..FILES, record()).prop_map(|(file, text)| Change::Write(file, text)),
        1 => (0..FILES, 0..FILES).prop_map(|(file, other)| Change::CopyOf(file, other)),
        2 => (0..FILES).prop_map(Change::Remove),
        2 => (0..FILES, 0..FILES).prop_map(|(file, to)| Change::Rename(file, to)),
        1 => (0..FILES, schema).prop_map(|(file, schema)| Change::Entry(file, schema)),
    ]
}

/// The text of each file, and the schema that the configuration gives to it.
type Files = BTreeMap<String, (String, Option<&'static str>)>;

/// Names in an order that is not that of their numbers.
fn name(file: usize) -> String {
    format!("{}.yaml", ["m", "c", "x", "a", "z", "b", "k"][file])
}

fn happen(files: &mut Files, change: &Change) {
    match change {
        Change::Write(file, text) => {
            files.entry(name(*file)).or_default().0.clone_from(text);
        }
        Change::CopyOf(file, other) => {
            if let Some(text) = files.get(&name(*other)).cloned() {
                files.insert(name(*file), text);
            }
        }
        Change::Remove(file) => drop(files.remove(&name(*file))),
        Change::Rename(file, to) => {
            if let Some(text) = files.remove(&name(*file)) {
                files.insert(name(*to), text);
            }
        }
        Change::Entry(file, schema) => {
            if let Some(file) = files.get_mut(&name(*file)) {
                file.1 = *schema;
            }
        }
    }
}

fn inputs(files: &Files) -> Vec<Arc<Input>> {
    let input = |(path, (_, schema)): (&String, &(String, Option<&str>))| Input {
        schema: schema.map(str::to_owned),
        ..testing::input(path)
    };
    files.iter().map(|file| input(file).into()).collect()
}

/// Every rule, also those that are off.
fn setting(rule: &Rule) -> Setting {
    match rule.level {
        Some(_) => Setting::Default,
        None => Setting::At(crate::finding::Severity::Warning),
    }
}

fn read(files: &Files) -> impl Fn(&Input) -> Result<Vec<u8>, String> + Sync + '_ {
    |input| {
        let text = files.get(&input.path).map(|(text, _)| text.clone().into_bytes());
        text.ok_or_else(|| "gone".to_owned())
    }
}

fn reported(report: &Report) -> String {
    let Report {
        findings,
        suppressed,
        known,
        summary,
        tallies,
        unread,
        is_complete,
        sources,
        rules: _,
    } = report;
    let sources: Vec<(&String, &str)> =
        sources.iter().map(|(path, source)| (path, source.text.as_ref())).collect();
    format!(
        "{findings:#?} {suppressed:#?} {known:#?} {summary:?} {tallies:?} {unread:?} {is_complete} {sources:?}"
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_changes_are_found_as_in_a_new_analysis(
        steps in prop::collection::vec((prop::collection::vec(change(), 1..4), any::<bool>(), any::<bool>()), 1..7),
    ) {
        let catalog = Catalog::bundled();
        let as_of = Some(jiff::civil::date(2024, 3, 1));
        let run = Run { setting: &setting, as_of, keep_sources: true, ..Run::new(&catalog) };
        let mut analysis = run.analysis();
        let mut files = Files::new();
        for (changes, is_reversed, is_all) in steps {
            let before = files.clone();
            for change in &changes {
                happen(&mut files, change);
            }
            let read = read(&files);
            let mut put = inputs(&files);
            if !is_all {
                // Who knows what has changed says only that.
                put.retain(|input| before.get(&input.path) != files.get(&input.path));
            }
            if is_reversed {
                put.reverse();
            }
            let gone: Vec<PathBuf> =
                before.keys().filter(|path| !files.contains_key(*path)).map(PathBuf::from).collect();
            analysis.apply(put, &gone, &read, &|_, _| {});
            let now = reported(&run.report(&mut analysis, &read));
            prop_assert_eq!(now, reported(&run.check(&inputs(&files), &read)));
        }
    }
}

#[test]
fn all_files_are_followed_when_many_change_at_once() {
    let catalog = Catalog::bundled();
    let run = Run { setting: &setting, ..Run::new(&catalog) };
    let mut analysis = run.analysis();
    let letter = |n: usize, id: usize| {
        format!(
            "id: l{id}\nkind: letter\ntitle: T{n}\nlanguage: en\ndate: \"2024-03-05\"\nauthor: {{name: A B{n}}}\n"
        )
    };
    // More entries change than an index holds beside itself.
    for shift in [0, 1, 7, 0] {
        let files: Files = (0..900)
            .map(|n| (format!("{n:04}.yaml"), (letter(n, (n + shift) / 3), None)))
            .collect();
        let read = read(&files);
        analysis.apply(inputs(&files), &[], &read, &|_, _| {});
        let now = run.report(&mut analysis, &read);
        assert!(now.findings.len() > 400);
        assert_eq!(reported(&now), reported(&run.check(&inputs(&files), &read)));
    }
}
