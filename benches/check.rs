//! What a check costs, next to what any program has to pay: reading the files, and reading them into
//! `serde_json::Value`. The ratios matter; the machine does not.
//!
//!     cargo bench --bench check
//!
//! `benches/peers/run.py` compares whole runs of the program with those of other validators.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a benchmark stops at what goes wrong"
)]

mod generator;
mod layout;

use std::{fs, hint::black_box, sync::Arc};

use criterion::{BenchmarkId, Criterion, Throughput};
use generator::Meeting;
use layout::Shape;
use rapporteur::{
    config::Config,
    fact, input,
    lint::{Report, Run},
    rule::{Active, Check, Findings, Held, Options, RuleSet},
    rules::RULES,
    schema::{Catalog, Verdict, violations::violations},
    source::{Source, Syntax},
    sources::{Input, SourceId},
    tree::Tree,
};
use rayon::prelude::*;

/// A corpus on the disk.
struct Corpus {
    folder: tempfile::TempDir,
    records: usize,
    bytes: u64,
}

impl Corpus {
    fn new(meetings: usize) -> Self {
        let folder = tempfile::Builder::new().prefix("corpus").tempdir().unwrap();
        let paths = layout::write(folder.path(), &Shape::even(meetings)).unwrap();
        let bytes = paths.iter().map(|path| fs::metadata(path).unwrap().len()).sum();
        Self { folder, records: paths.len(), bytes }
    }

    /// The files, walked for as any program would.
    fn inputs(&self) -> Vec<Arc<Input>> {
        let root = self.folder.path();
        let config = Config::load(
            &root.join("rapporteur.toml"),
            RuleSet::bundled(),
            &input::Buffers::default(),
        )
        .unwrap();
        input::collect(root, root, Some(&config), &[], &input::Buffers::default()).unwrap().inputs
    }

    fn check(&self) -> Report {
        let catalog = Catalog::bundled();
        let run = Run { collapse: true, ..Run::new(&catalog) };
        run.check(&self.inputs(), &|input| input::read(input).map_err(|error| error.to_string()))
    }

    fn read(&self) -> usize {
        self.inputs().par_iter().map(|input| fs::read(&input.disk).unwrap().len()).sum()
    }

    fn read_values(&self) -> usize {
        let is_object = |input: &Arc<Input>| {
            let bytes = fs::read(&input.disk).unwrap();
            let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            usize::from(black_box(value).is_object())
        };
        self.inputs().par_iter().map(is_object).sum()
    }
}

fn whole(criterion: &mut Criterion) {
    for meetings in [91, 909] {
        let corpus = Corpus::new(meetings);
        let records = corpus.records;
        let report = corpus.check();
        let first = report.findings.first();
        assert!(first.is_none(), "the corpus has findings: {first:#?}");
        assert_eq!(report.summary.records, records);
        let mean = corpus.bytes / records as u64;
        println!("{records} records, {mean} bytes each");
        let mut group = criterion.benchmark_group(format!("{records} records"));
        group.throughput(Throughput::Elements(records as u64)).sample_size(10);
        for threads in [1, 2] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let mut bench = |name: &str, run: &(dyn Fn() -> usize + Sync)| {
                group.bench_function(BenchmarkId::new(name, threads), |bencher| {
                    bencher.iter(|| pool.install(|| black_box(run())));
                });
            };
            bench("walk", &|| corpus.inputs().len());
            bench("read", &|| corpus.read());
            bench("read and Value", &|| corpus.read_values());
            bench("check", &|| corpus.check().summary.records);
        }
        group.finish();
    }
}

/// The stages of one record, a resolution.
fn stages(criterion: &mut Criterion) {
    let record =
        Meeting::new(123).records().into_iter().find(|r| r["kind"] == "resolution").unwrap();
    let json = layout::to_json(&record);
    let yaml = layout::to_yaml(&record);
    let tree = |syntax, text: &str| Tree::parse(Arc::new(Source::new("r", syntax, text)));
    let catalog = Catalog::bundled();
    let parsed = tree(Syntax::Json, &json);
    let root = parsed.records()[0];
    let schema = catalog.choose(root, None).unwrap().schema();
    let state = catalog.state(schema).unwrap();
    assert!(tree(Syntax::Yaml, &yaml).is_whole());
    assert_eq!(violations(&catalog, schema, root), Verdict::default());
    let mut group = criterion.benchmark_group("one resolution");
    group.throughput(Throughput::Bytes(json.len() as u64));
    group.bench_function("Value", |bencher| {
        bencher.iter(|| serde_json::from_str::<serde_json::Value>(black_box(&json)));
    });
    group.bench_function("parse JSON", |bencher| bencher.iter(|| tree(Syntax::Json, &json)));
    group.bench_function("parse YAML", |bencher| bencher.iter(|| tree(Syntax::Yaml, &yaml)));
    group.bench_function("validate", |bencher| {
        bencher.iter(|| violations(&catalog, schema, black_box(root)));
    });
    group.bench_function("extract", |bencher| {
        bencher.iter(|| {
            fact::extract(catalog.graph(), state, black_box(root), SourceId::default(), 0)
        });
    });
    let facts = fact::extract(catalog.graph(), state, root, SourceId::default(), 0);
    group.bench_function("rules", |bencher| {
        bencher.iter(|| {
            let mut drafts = Vec::new();
            for rule in RULES {
                let active = Active {
                    rule: Held::Static(rule),
                    configured: None,
                    options: Options::default(),
                };
                let mut findings = Findings::new(&active, None, &mut drafts);
                match rule.check {
                    Check::Source(check) => check(&parsed, SourceId::default(), &mut findings),
                    Check::Record(check) => check(black_box(&facts), &mut findings),
                    _ => {}
                }
            }
            drafts
        });
    });
    group.finish();
    criterion.bench_function("compile the schemas", |bencher| bencher.iter(|| Catalog::new(&[])));
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    stages(&mut criterion);
    whole(&mut criterion);
    criterion.final_summary();
}
