//! How often the files of a run are read: each once, and once more to show what was found in it.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use crate::{
    finding::{Family, Finding},
    lint::{Input, Memory, Recall, Report, Run, Setting},
    rule::Check,
    schema::Catalog,
};

/// The files of a project, and how often each was read.
struct Counting {
    files: Vec<(&'static str, String)>,
    reads: Mutex<BTreeMap<String, usize>>,
}

/// How a run is made.
#[derive(Clone, Copy)]
struct How<'m> {
    threads: usize,
    keep_sources: bool,
    recall: Option<Recall<'m>>,
}

const PLAIN: How<'static> = How { threads: 1, keep_sources: false, recall: None };

impl Counting {
    fn new(files: Vec<(&'static str, String)>) -> Self {
        Self { files, reads: Mutex::default() }
    }

    fn read(&self, input: &Input) -> Result<Vec<u8>, String> {
        let mut reads = self.reads.lock().unwrap_or_else(PoisonError::into_inner);
        *reads.entry(input.path.clone()).or_default() += 1;
        let file = self.files.iter().find(|(path, _)| *path == input.path);
        file.map(|(_, text)| text.clone().into_bytes()).ok_or_else(|| "no such file".to_owned())
    }

    /// What a run with the rules on copies, versions and people finds, and how often it reads each file.
    fn run(&self, how: How<'_>) -> (Report, Vec<(String, usize)>) {
        let input = |(path, _): &(&str, String)| Input {
            path: (*path).to_owned(),
            disk: path.into(),
            schema: None,
            table: None,
            reported: true,
            expected: true,
        };
        let inputs: Vec<Input> = self.files.iter().map(input).collect();
        let run = Run {
            catalog: &Catalog::bundled(),
            inputs: &inputs,
            is_whole: true,
            is_complete: true,
            read: &|input| self.read(input),
            setting: &|rule| match (rule.family, rule.check) {
                (Family::Duplicates | Family::Consistency, _) | (_, Check::People(_)) => {
                    Setting::Default
                }
                _ => Setting::Off,
            },
            exceptions: &[],
            config: None,
            baseline: None,
            progress: &|_, _| {},
            as_of: None,
            collapse: false,
            keep_sources: how.keep_sources,
            recall: how.recall,
        };
        self.reads.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(how.threads).build();
        let report = pool.expect("threads").install(|| run.check());
        let reads = self.reads.lock().unwrap_or_else(PoisonError::into_inner);
        (report, reads.iter().map(|(path, count)| (path.clone(), *count)).collect())
    }

    /// The paths, each read so often.
    fn all(&self, count: usize) -> Vec<(String, usize)> {
        let mut all: Vec<_> =
            self.files.iter().map(|(path, _)| ((*path).to_owned(), count)).collect();
        all.sort();
        all
    }
}

fn words(from: usize, to: usize) -> String {
    (from..to).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ")
}

fn statement(id: &str, text: &str) -> String {
    format!(
        "id: {id}\nkind: statement\ntitle: S\nlanguage: en\nevent: debate\ndate: \"2011-05-19\"\n\
         speaker: null\ndelegation: Sweden\nparagraphs: [\"{text}\"]\n"
    )
}

fn programme(id: &str, status: &str, speakers: &str) -> String {
    format!(
        "id: {id}\nkind: programme\ntitle: Programme\nlanguage: en\nevent: debate\nstatus: {status}\n\
         date: \"2011-05-19\"\nslots:\n- {{kind: panel, track: A, start: \"10:00\", end: \"11:00\", \
         title: Panel, speakers: [{speakers}], questions: [\"What do rivers carry?\"]}}\n"
    )
}

fn decision(verdict: &str) -> String {
    format!(
        "id: decisions\nkind: identities\ntitle: Decisions\nlanguage: en\ndecisions:\n\
         - {{verdict: {verdict}, reason: asked, names: [Swing Lacy, William Swing]}}\n"
    )
}

const TWO: &str = "{name: Swing Lacy}, {name: William Swing}, {name: Anna Berg}";

/// Files of which none has a finding, though they meet in groups of every kind.
fn without_findings() -> Vec<(&'static str, String)> {
    vec![
        ("a.yaml", statement("a", &words(0, 400))),
        ("b.yaml", statement("b", &format!("{} {}", words(0, 200), words(500, 700)))),
        ("decisions.yaml", decision("distinct")),
        ("final.yaml", programme("final", "final", TWO)),
        ("provisional.yaml", programme("provisional", "provisional", TWO)),
        // The lines of one file are records of their own, and it is read as seldom.
        ("many.jsonl", many_lines()),
    ]
}

fn many_lines() -> String {
    let line = |n: usize| {
        format!(
            "{{\"id\": \"m{n}\", \"kind\": \"statement\", \"title\": \"S\", \"language\": \"en\", \"event\": \
             \"debate\", \"date\": \"2011-05-19\", \"speaker\": null, \"delegation\": \"Norway\", \
             \"paragraphs\": [\"{}\"]}}\n",
            words(n * 300, n * 300 + 400)
        )
    };
    (0..40).map(line).collect()
}

/// The same, and files in which rules of every kind find something.
fn with_findings() -> Vec<(&'static str, String)> {
    let mut files = without_findings();
    let twin = words(0, 398);
    let changed = TWO.replace("Anna Berg", "Anthony Lake").replace("Swing Lacy", "Lacy Berg");
    files.extend([
        ("near.yaml", statement("near", &twin)),
        ("other.yaml", statement("x", &words(900, 990)).replace("Sweden", "Chile")),
        ("other-copy.yaml", statement("y", &words(900, 990)).replace("Sweden", "Chile")),
        ("changed.yaml", programme("changed", "provisional", &changed).replace("debate", "second")),
        ("before.yaml", programme("before", "draft", TWO).replace("debate", "second")),
    ]);
    for (path, text) in &mut files {
        if *path == "decisions.yaml" {
            *text = decision("same-as");
        }
    }
    files
}

/// The paths that a report names.
fn named(findings: &[Finding]) -> Vec<&str> {
    let places = findings.iter().flat_map(|finding| {
        let labels = finding.labels.iter().map(|label| &label.location);
        std::iter::once(&finding.location).chain(labels)
    });
    let mut paths: Vec<&str> = places.map(|location| location.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    paths
}

#[test]
fn each_file_is_read_once_where_nothing_is_found() {
    let project = Counting::new(without_findings());
    for threads in [1, 4] {
        let (report, reads) = project.run(How { threads, ..PLAIN });
        assert!(report.findings.is_empty(), "{:#?}", report.findings);
        assert_eq!(reads, project.all(1), "{threads} threads");
    }
}

#[test]
fn files_in_which_something_is_found_are_read_once_more() {
    let project = Counting::new(with_findings());
    for (threads, keep_sources) in [(1, false), (4, false), (1, true), (4, true)] {
        let (report, reads) = project.run(How { threads, keep_sources, ..PLAIN });
        let mut rules: Vec<&str> = report.findings.iter().map(|finding| finding.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in ["duplicate-exact", "duplicate-near", "programme-diff", "speaker-listed-twice"]
        {
            assert!(rules.contains(&rule), "{rule}: {rules:?}");
        }
        let named = named(&report.findings);
        assert!(named.len() > 5 && !named.contains(&"many.jsonl"), "{named:?}");
        for (path, count) in reads {
            let expected = 1 + usize::from(named.contains(&path.as_str()));
            assert_eq!(count, expected, "{path}, {threads} threads, {keep_sources}");
        }
    }
}

#[test]
fn what_is_remembered_is_not_read_again() {
    for files in [without_findings(), with_findings()] {
        let project = Counting::new(files);
        let memory = Memory::new(0);
        let look = |is_current| Some(Recall { memory: &memory, is_current });
        let (first, reads) = project.run(How { recall: look(false), ..PLAIN });
        let named = named(&first.findings);
        let again = |path: &String| usize::from(named.contains(&path.as_str()));
        assert!(reads.iter().all(|(path, count)| *count == 1 + again(path)), "{reads:?}");
        // To see that they are as they were, files are read.
        let (second, reads) = project.run(How { recall: look(false), ..PLAIN });
        assert!(reads.iter().all(|(path, count)| *count == 1 + again(path)), "{reads:?}");
        let (third, reads) = project.run(How { recall: look(true), threads: 4, ..PLAIN });
        assert!(reads.iter().all(|(path, count)| *count == again(path)), "{reads:?}");
        assert_eq!(first.findings, second.findings);
        assert_eq!(first.findings, third.findings);
    }
}
