//! A rule that is added to those of rapporteur is one like any other: it is listed and explained, the configuration
//! gives it a level, and its findings are accepted and described.

#![allow(clippy::unwrap_used, reason = "a panic is a failing test with a place")]

use std::{ffi::OsString, fs, io, path::Path};

use rapporteur::{
    Format, Linter,
    cli::{self, World},
    corpus::{
        Group, Member,
        relation::{Key, key::KeyPart},
    },
    rule::{
        Check, Family, Findings, Fix, Meaning, On, Record, Rule, RuleId, RuleOption, RuleSet,
        Severity,
    },
};
use serde_json::Value;

static RULE: Rule = Rule {
    id: RuleId::new("slot-before-nine"),
    family: Family::Times,
    summary: "a slot that begins before nine in the morning",
    level: Some(Severity::Info),
    since: "1.0.0",
    fix: Fix::None,
    page: "# slot-before-nine\n\nA slot that begins before nine in the morning.\n\n## Why it matters\n\nInterpreters come at nine.\n",
    options: &[&HOUR, &MEALS],
    check: Check::Record(check),
};

static HOUR: RuleOption<u32> =
    RuleOption { name: "hour", default: 9, about: "The hour before which no slot begins." };

static MEALS: RuleOption<bool> =
    RuleOption { name: "meals", default: true, about: "Whether a breakfast counts." };

fn check(record: &Record<'_>, findings: &mut Findings<'_>) {
    let (hour, meals) = (*findings.option(&HOUR), *findings.option(&MEALS));
    for fact in record.live() {
        let Meaning::Interval(interval) = &fact.meaning else { continue };
        let Some(start) = interval.start.as_ref().map(|start| start.text) else { continue };
        let is_early = start.value.get(..2).is_some_and(|at| at < format!("{hour:02}").as_str());
        if is_early && (meals || !interval.name().contains("Breakfast")) {
            findings.at(start.place, format!("{} begins at {}", interval.name(), start.value));
        }
    }
}

const PROGRAMME: &str = r#"{
  "id": "programme", "kind": "programme", "title": "Programme", "language": "en", "date": "2011-05-19",
  "slots": [{"kind": "other", "start": "08:30", "end": "10:00", "title": "Breakfast"}]
}
"#;

/// The exit code and the output of the program, with the rule, in a folder with a programme and this configuration.
fn run(config: &str, arguments: &[&str]) -> (i32, String) {
    let mut rules = RuleSet::bundled().clone();
    rules.add(&RULE).unwrap();
    let folder = tempfile::Builder::new().prefix("own").tempdir().unwrap();
    fs::write(folder.path().join("programme.json"), PROGRAMME).unwrap();
    fs::write(folder.path().join("rapporteur.toml"), config).unwrap();
    run_in(folder.path(), &rules, arguments)
}

fn run_in(at: &Path, rules: &RuleSet, arguments: &[&str]) -> (i32, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let world = World {
        rules,
        cwd: Some(at.to_owned()),
        variable: &|_| None,
        input: &|| Box::new(io::empty()),
        columns: None,
        out_is_terminal: false,
        err_is_terminal: false,
        shows_links: false,
    };
    let arguments = ["rapporteur"].iter().chain(arguments).map(OsString::from);
    let code = i32::from(cli::run(arguments, &world, &mut out, &mut err).code());
    (code, String::from_utf8([out, err].concat()).unwrap())
}

const CHECK: [&str; 4] = ["check", "--quiet", "--format", "concise"];
const FOUND: &str = "“Breakfast” begins at 08:30";

#[test]
fn it_has_its_finding() {
    let (code, reported) = run("", &CHECK);
    assert_eq!(reported, format!("programme.json:3:41: info[slot-before-nine] {FOUND}\n"));
    assert_eq!(code, 0);
}

#[test]
fn the_configuration_and_the_command_line_give_it_a_level() {
    let (code, reported) = run("[rules]\nslot-before-nine = \"error\"\n", &CHECK);
    assert!(reported.contains("error[slot-before-nine]"), "{reported}");
    assert_eq!(code, 1);
    for off in ["slot-before-nine", "times"] {
        assert_eq!(run(&format!("[rules]\n{off} = \"off\"\n"), &CHECK).1, "");
        assert_eq!(run("", &[&CHECK[..], &["--ignore", off]].concat()).1, "");
    }
    let (_, reported) = run("", &["check", "--select", "slot-before-nin"]);
    assert!(reported.contains("did you mean `slot-before-nine`?"), "{reported}");
    let (_, reported) = run("[rules]\nslot-before-nin = \"off\"\n", &CHECK);
    assert!(reported.contains("did you mean `slot-before-nine`?"), "{reported}");
}

#[test]
fn the_configuration_sets_its_options() {
    let found = |options: &str| {
        let (_, reported) = run(&format!("[rules.slot-before-nine]\n{options}\n"), &CHECK);
        reported.lines().count()
    };
    assert_eq!(["hour = 9", "hour = 10", "hour = 8"].map(found), [1, 1, 0]);
    assert_eq!(["meals = true", "meals = false"].map(found), [1, 0]);
    let (_, reported) =
        run("[rules.slot-before-nine]\nhour = \"8\"\nmeal = 1\nmeals = 1\n", &CHECK);
    for expected in [
        "`hour` is a text, but a whole number is wanted",
        "did you mean `meals`?",
        "`meals` is a number, but `true` or `false` is wanted",
    ] {
        assert!(reported.contains(expected), "{reported}");
    }
    let (_, reported) = run("[rules]\nslot-before-nine = {hour = -1}\n", &CHECK);
    assert!(reported.contains("`-1` is not a number of this size"), "{reported}");
    let (_, shown) = run("[rules.slot-before-nine]\nhour = 8\n", &["check", "--show-settings"]);
    let settings = shown.lines().filter(|line| line.starts_with("slot-before-nine."));
    let settings: Vec<Vec<&str>> = settings.map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(
        settings,
        [
            ["slot-before-nine.hour", "8", "rapporteur.toml:2"],
            ["slot-before-nine.meals", "true", "default"]
        ]
    );
}

#[test]
fn its_finding_is_accepted() {
    let allow = "[[allow]]\nrule = \"slot-before-nine\"\nreason = \"a breakfast\"\n";
    assert_eq!(run(allow, &CHECK), (0, String::new()));
    let (_, reported) = run(&allow.replace("reason", "pointer = \"/slots/1\"\nreason"), &CHECK);
    assert!(reported.contains(FOUND) && reported.contains("allowance-unused"), "{reported}");
}

#[test]
fn it_is_listed_explained_and_described() {
    assert!(run("", &["rules"]).1.contains("\n  slot-before-nine "));
    let (_, page) = run("", &["explain", &RULE.id]);
    assert!(page.starts_with("slot-before-nine\n\nA slot that begins before nine"), "{page}");
    assert!(page.contains("\n\nOptions\n\n") && page.contains("\n    hour = 9\n"), "{page}");
    let (_, listed) = run("", &["rules", "--format", "json"]);
    assert!(listed.contains("\"name\": \"hour\""), "{listed}");
    assert!(run("", &["check", "--show-settings"]).1.contains("slot-before-nine"));
    assert!(run("", &["completions", "fish"]).1.contains("slot-before-nine"));
    let (_, schema) = run("", &["schema", "configuration"]);
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let levels = &schema["properties"]["rules"]["properties"];
    assert!(levels["slot-before-nine"].is_object() && levels["slot-gap"].is_object());
    let (_, log) = run("", &["check", "--format", "sarif"]);
    let log: Value = serde_json::from_str(&log).unwrap();
    let described = &log["runs"][0]["tool"]["driver"]["rules"][0];
    assert_eq!(described["help"]["markdown"], RULE.page);
    assert_eq!(described["fullDescription"]["text"], "Interpreters come at nine.");
}

static CITED_TWICE: Rule = Rule {
    id: RuleId::new("ticket-cited-twice"),
    summary: "a ticket that two records cite",
    options: &[],
    check: Check::Group(&On::<Key>(cited_twice)),
    ..RULE
};

fn cited_twice(group: &Group<'_, Key>, findings: &mut Findings<'_>) {
    let is_citation = |member: &&Member<'_, Key>| matches!(member.part(), KeyPart::Citation(_));
    let mut citations = group.members.iter().filter(is_citation);
    let Some(first) = citations.next().filter(|first| first.space() == "ticket") else { return };
    for member in citations {
        let message = format!("`{}` is cited twice", member.normal());
        findings.at(member.place(), message).label(first.place(), "cited here");
    }
}

/// A schema whose records cite keys of a space that nothing else knows.
const TASK: &str = r#"{
  "properties": {"id": {"type": "string", "x-defines": "task"}, "ticket": {"type": "string", "x-cites": "ticket"}}
}"#;

/// Where the keys of the space are, and how they are read.
const TICKETS: &str = "[[records]]\nfiles = \"*.json\"\nschema = \"task.schema.json\"\n[[registers]]\nfiles = \"tickets.csv\"\n\
                       space = \"ticket\"\nkey = \"number\"\n[spaces.ticket]\ncomplete = true\nform = \"folded\"\n";

#[test]
fn a_rule_on_groups_sees_a_key_space_that_only_the_project_names() {
    let linter = Linter::new().with_rule(&CITED_TWICE).unwrap();
    let linter = linter.with_schema("task.schema.json", TASK).with_config(TICKETS).unwrap();
    let task = |id: &str, ticket: &str| format!("{{\"id\": \"{id}\", \"ticket\": \"{ticket}\"}}");
    let (a, b, c) = (task("a", "T-1"), task("b", "t-1"), task("c", "T-3"));
    let files =
        [("a.json", &*a), ("b.json", &*b), ("c.json", &*c), ("tickets.csv", "number\nT-1\nT-2\n")];
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    let report = pool.install(|| linter.check_texts(&files));
    let found: Vec<_> = report
        .findings
        .iter()
        .map(|one| (one.rule.as_str(), one.location.path.as_str(), one.message.as_str()))
        .collect();
    assert_eq!(found[0], ("ticket-cited-twice", "b.json", "`t-1` is cited twice"));
    assert_eq!((found[1].0, found[1].1, found.len()), ("ref-dangling", "c.json", 2), "{found:?}");
}

#[test]
fn a_check_works_in_the_threads_of_its_caller_and_leaves_the_global_ones_alone() {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    let text = pool.install(|| {
        let report =
            Linter::new().check_text("programme.json", &PROGRAMME.replace("08:30", "18:30"));
        Format::Full.render(&report)
    });
    assert!(text.contains("end-before-start"), "{text}");
    // It would fail if they had been started.
    rayon::ThreadPoolBuilder::new().build_global().unwrap();
}
