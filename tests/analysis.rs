//! An analysis that is brought up to date finds what a new one finds: an editor checks a project again at each change.

#![expect(clippy::unwrap_used, reason = "a panic in a test is a failure with a place")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use proptest::prelude::*;
use rapporteur::{
    analysis::Analysis,
    finding::Finding,
    input::Buffers,
    lint::Report,
    project::{Options, Project, Which},
    rule::RuleSet,
};

/// The records of this repository, some of them with another text.
#[derive(Clone, Debug, Default)]
struct Corpus {
    texts: BTreeMap<PathBuf, String>,
}

impl Corpus {
    fn buffers(&self) -> Buffers {
        let mut buffers = Buffers::default();
        for (path, text) in &self.texts {
            buffers.put(path, path, text.clone().into_bytes());
        }
        buffers
    }

    fn open(&self) -> Project {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        Project::open(RuleSet::bundled(), &Which::Nearest, &root, &[], self.buffers()).unwrap()
    }

    fn text(&self, path: &PathBuf) -> String {
        self.texts.get(path).cloned().unwrap_or_else(|| fs::read_to_string(path).unwrap())
    }
}

/// Calls `check` with how a project is checked.
fn with_options<T>(project: &Project, check: impl FnOnce(&Options<'_>) -> T) -> T {
    check(&Options {
        levels: &project.levels(),
        baseline: None,
        progress: &|_, _| {},
        as_of: None,
        collapse: false,
        keep_sources: true,
    })
}

/// What is found by a new analysis.
fn found(project: &Project) -> (Vec<Finding>, String) {
    reported(with_options(project, |options| project.check(options)))
}

/// What is found by an analysis that is brought up to date.
fn updated(
    project: &Project,
    analysis: &mut Analysis<'_>,
    changed: Option<&BTreeSet<PathBuf>>,
) -> (Vec<Finding>, String) {
    reported(with_options(project, |options| project.update(analysis, changed, options)))
}

fn reported(report: Report) -> (Vec<Finding>, String) {
    let sources: Vec<&String> = report.sources.keys().collect();
    let rest = format!("{:?} {:?} {:?} {sources:?}", report.summary, report.tallies, report.unread);
    (report.findings, rest)
}

/// What someone does to a text.
#[derive(Clone, Debug)]
enum Edit {
    /// Takes a line out.
    Cut(prop::sample::Index),
    /// Writes another figure for one.
    Figure(prop::sample::Index, char),
    /// Allows a finding, by a member of the record.
    Allow,
    /// Takes everything back.
    Restore,
}

fn edited(text: &str, edit: &Edit) -> Option<String> {
    match edit {
        Edit::Cut(index) => {
            let cut = index.index(text.lines().count().max(1));
            let retained = text.lines().enumerate().filter(|(line, _)| *line != cut);
            Some(retained.map(|(_, line)| format!("{line}\n")).collect())
        }
        Edit::Figure(index, figure) => {
            let figures: Vec<usize> =
                text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
            let mut text = text.to_owned();
            if !figures.is_empty() {
                let at = figures[index.index(figures.len())];
                text.replace_range(at..=at, &figure.to_string());
            }
            Some(text)
        }
        Edit::Allow => {
            let allow = "{\"x-allow\": {\"rule\": \"speaker-tbc\", \"reason\": \"they come\"},";
            Some(text.replacen('{', allow, 1))
        }
        Edit::Restore => None,
    }
}

fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, Edit, bool)>> {
    let edit = prop_oneof![
        2 => any::<prop::sample::Index>().prop_map(Edit::Cut),
        4 => (any::<prop::sample::Index>(), "[0-9]").prop_map(|(at, figure)| Edit::Figure(at, figure.chars().next().unwrap())),
        1 => Just(Edit::Allow),
        1 => Just(Edit::Restore),
    ];
    prop::collection::vec((any::<prop::sample::Index>(), edit, any::<bool>()), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn texts_that_change_are_found_as_in_a_new_analysis(edits in edits()) {
        let mut corpus = Corpus::default();
        let mut project = corpus.open();
        let key = project.key(None);
        let mut analysis = with_options(&project, |options| project.analysis(options));
        let paths: Vec<PathBuf> = project.collected.inputs.iter().map(|input| input.disk.clone()).collect();
        prop_assert!(paths.len() > 20);
        prop_assert_eq!(updated(&project, &mut analysis, None), found(&project));
        for (at, edit, is_typed) in edits {
            let path = &paths[at.index(paths.len())];
            match edited(&corpus.text(path), &edit) {
                Some(text) => corpus.texts.insert(path.clone(), text),
                None => corpus.texts.remove(path),
            };
            let expected = found(&corpus.open());
            if is_typed {
                // One text has changed, and nothing else is asked for.
                prop_assert!(project.has_only_records_in(path));
                project.set_buffers(corpus.buffers());
                let typed = BTreeSet::from([path.clone()]);
                prop_assert_eq!(updated(&project, &mut analysis, Some(&typed)), expected);
            } else {
                project = corpus.open();
                prop_assert_eq!(project.key(None), key);
                prop_assert_eq!(updated(&project, &mut analysis, None), expected);
            }
        }
    }
}

#[test]
fn a_file_that_goes_or_comes_moves_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let record = |id: &str, allow: &str| {
        format!(
            "{{\"id\": \"{id}\", \"kind\": \"register\", \"title\": \"R\", \"language\": \"en\", \"entries\": []{allow}}}"
        )
    };
    let allow = ", \"x-allow\": {\"rule\": \"duplicate-id\", \"reason\": \"so it is\"}";
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("b.json", &record("b", allow));
    write("c.json", &record("c", ""));
    let open = || {
        Project::open(RuleSet::bundled(), &Which::Nearest, folder.path(), &[], Buffers::default())
            .unwrap()
    };
    let first = open();
    let mut analysis = with_options(&first, |options| first.analysis(options));
    let mut rules = Vec::new();
    for (name, id) in [("", ""), ("a.json", "a"), ("d.json", "b"), ("", "")] {
        match name {
            "" => drop(fs::remove_file(folder.path().join("d.json"))),
            name => write(name, &record(id, "")),
        }
        let project = open();
        let now = updated(&project, &mut analysis, None);
        assert_eq!(now, found(&project), "{name}");
        rules.push(now.0.iter().map(|one| one.rule.as_str()).collect::<Vec<_>>().join(" "));
    }
    let unused = "allowance-unused";
    assert!(
        rules[0].contains(unused) && rules[1].contains(unused) && rules[3].contains(unused),
        "{rules:?}"
    );
}
