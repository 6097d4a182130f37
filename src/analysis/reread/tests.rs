//! How often the files of a run are read: each once, once more to show what was found in it, and once more to show where two
//! texts that are nearly the same differ.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    analysis::Analysis,
    finding::{Family, Finding},
    lint::{Report, Run, Setting},
    rule::{Check, Rule},
    schema::Catalog,
    sources::Input,
    testing,
};

/// The files of a project, and how often each was read.
struct Counting {
    files: Vec<(&'static str, String)>,
    reads: Mutex<BTreeMap<String, usize>>,
}

/// The rules on copies, versions and people.
fn setting(rule: &Rule) -> Setting {
    match (rule.family, &rule.check) {
        (Family::Duplicates | Family::Consistency, _) => Setting::Default,
        (Family::Speakers, Check::Group(_)) if rule.level.is_some() => Setting::Default,
        _ => Setting::Off,
    }
}

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

    /// What is found, and how often each file is read.
    fn run(&self, threads: usize, keep_sources: bool) -> (Report, Vec<(String, usize)>) {
        let catalog = Catalog::bundled();
        let run = Run { setting: &setting, keep_sources, ..Run::new(&catalog) };
        self.counted(threads, || run.check(&self.inputs(), &|input| self.read(input)))
    }

    fn inputs(&self) -> Vec<Arc<Input>> {
        self.files.iter().map(|(path, _)| testing::input(path).into()).collect()
    }

    /// What an analysis finds that was brought up to date, and how often each file is read for that.
    fn update(
        &self,
        run: &Run<'_>,
        analysis: &mut Analysis<'_>,
        changed: Vec<Arc<Input>>,
    ) -> (Report, Vec<(String, usize)>) {
        self.counted(2, || {
            let read = |input: &Input| self.read(input);
            analysis.apply(changed, &[], &read, &|_, _| {});
            run.report(analysis, &read)
        })
    }

    fn counted(
        &self,
        threads: usize,
        work: impl FnOnce() -> Report + Send,
    ) -> (Report, Vec<(String, usize)>) {
        self.reads.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let report = pool.expect("threads").install(work);
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

/// Files without a finding, though they meet in groups of every kind.
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
        let (report, reads) = project.run(threads, false);
        assert!(report.findings.is_empty(), "{:#?}", report.findings);
        assert_eq!(reads, project.all(1), "{threads} threads");
    }
}

#[test]
fn files_with_findings_are_read_once_more_and_those_of_near_duplicates_twice() {
    let project = Counting::new(with_findings());
    for (threads, keep_sources) in [(1, false), (4, false), (1, true), (4, true)] {
        let (report, reads) = project.run(threads, keep_sources);
        let mut rules: Vec<&str> =
            report.findings.iter().map(|finding| finding.rule.as_str()).collect();
        rules.sort_unstable();
        rules.dedup();
        for rule in ["duplicate-exact", "duplicate-near", "programme-diff", "speaker-listed-twice"]
        {
            assert!(rules.contains(&rule), "{rule}: {rules:?}");
        }
        let named = named(&report.findings);
        assert!(named.len() > 5 && !named.contains(&"many.jsonl"), "{named:?}");
        for (path, count) in reads {
            let expected = match path.as_str() {
                // They are nearly the same. A source that is kept is not read again.
                "a.yaml" | "near.yaml" if !keep_sources => 3,
                path => 1 + usize::from(named.contains(&path)),
            };
            assert_eq!(count, expected, "{path}, {threads} threads, {keep_sources}");
        }
    }
}

#[test]
fn after_a_change_the_files_that_are_as_they_were_are_not_read_again() {
    let project = Counting::new(with_findings());
    let catalog = Catalog::bundled();
    let run = Run { setting: &setting, ..Run::new(&catalog) };
    let mut analysis = run.analysis();
    let (first, _) = project.update(&run, &mut analysis, project.inputs());
    assert!(!first.findings.is_empty());
    // To see that they are as they were, files are read; where something is in them is known.
    let (second, reads) = project.update(&run, &mut analysis, project.inputs());
    assert_eq!(reads, project.all(1));
    let (third, reads) = project.update(&run, &mut analysis, Vec::new());
    assert_eq!(reads, []);
    let (fourth, reads) =
        project.update(&run, &mut analysis, vec![testing::input("near.yaml").into()]);
    assert_eq!(reads, [("near.yaml".to_owned(), 1)]);
    for second in [second, third, fourth] {
        assert_eq!(first.findings, second.findings);
    }
}

#[test]
fn a_file_that_changes_before_it_is_read_again_has_its_findings_without_a_place() {
    let project = Counting::new(with_findings());
    let catalog = Catalog::bundled();
    let run = Run { setting: &setting, keep_sources: true, ..Run::new(&catalog) };
    let reads = Mutex::new(BTreeMap::<String, usize>::new());
    let read = |input: &Input| {
        let bytes = project.read(input)?;
        let mut reads = reads.lock().unwrap_or_else(PoisonError::into_inner);
        let count = reads.entry(input.path.clone()).or_default();
        *count += 1;
        // The second time there is another text, and of one file nothing.
        match (*count, input.path.as_str()) {
            (1, _) => Ok(bytes),
            (_, "near.yaml") => Err("gone".to_owned()),
            _ => Ok([b"# changed\n", bytes.as_slice()].concat()),
        }
    };
    let report = run.check(&project.inputs(), &read);
    let expected = run.check(&project.inputs(), &|input| project.read(input));
    let rules = |report: &Report| report.findings.iter().map(|one| one.rule).collect::<Vec<_>>();
    // Whether two texts are nearly the same cannot be decided without them.
    let mut wanted = rules(&expected);
    wanted.retain(|rule| *rule != "duplicate-near");
    let mut found = rules(&report);
    wanted.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, wanted);
    assert!(report.sources.is_empty());
    for finding in &report.findings {
        assert_eq!((finding.location.start.line, finding.location.start.column), (1, 1));
        assert!(finding.help.as_ref().is_some_and(|help| help.contains("has changed")));
    }
}
