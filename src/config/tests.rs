//! What a configuration may contain, and the reports of mistakes in it.

use proptest::prelude::*;

use super::*;
use crate::input::Buffers;
use crate::output::{Format, Terminal, testing::written};
use crate::rule::{Check, Fix, Rule};
use crate::suggest;

/// A rule of this name, that finds nothing.
const fn rule(id: &'static str) -> Rule {
    Rule {
        id: RuleId::new(id),
        family: Family::Times,
        summary: "",
        level: Some(Severity::Error),
        since: "",
        fix: Fix::None,
        page: "",
        options: &[],
        check: Check::Record(|_, _| {}),
    }
}

static END_BEFORE_START: Rule = rule("end-before-start");
static DUPLICATE_SLOT: Rule = rule("duplicate-slot");
static UNKNOWN_BODY: Rule = rule("unknown-body");

static KNOWN: RuleSet = RuleSet::of_table(&[&DUPLICATE_SLOT, &END_BEFORE_START, &UNKNOWN_BODY]);

fn parse(text: &str) -> Result<Config, ConfigError> {
    Config::parse(Path::new("rapporteur.toml"), text.as_bytes().to_vec(), &KNOWN)
}

/// Each problem as `marked text: message; help`.
fn problems(text: &str) -> Vec<String> {
    let error = parse(text).expect_err("the configuration is wrong");
    let messages = error.problems.iter().map(|problem| {
        let help = problem.help.as_ref().map_or(String::new(), |help| format!("; {help}"));
        let marked = text.get(problem.span.clone()).expect("the span fits the text");
        format!("{marked}: {}{help}", problem.message)
    });
    messages.collect()
}

#[test]
fn a_configuration_says_files_schemas_and_levels() {
    let config = parse(
        "[[records]]\nfiles = \"records/**/*.json\"\nschema = \"programme\"\n\n\
         [[records]]\nfiles = [\"a/*.{yaml,yml}\", \"b.json\"]\n\n\
         [rules]\nend-before-start = \"warning\"\nduplicates = \"off\"\nduplicate-slot = \"info\"\n",
    )
    .unwrap();
    let schema = |path| config.entry_for(path).map(|entry| entry.schema.as_deref());
    assert_eq!(schema("records/x/y.json"), Some(Some("programme")));
    assert_eq!(schema("a/z.yml"), Some(None));
    assert_eq!(schema("b.json"), Some(None));
    assert_eq!(schema("c.json"), None);
    assert_eq!(
        config.rules,
        [
            (Target::Rule(RuleId::new("end-before-start")), Level::At(Severity::Warning)),
            (Target::Family(Family::Duplicates), Level::Off),
            (Target::Rule(RuleId::new("duplicate-slot")), Level::At(Severity::Info)),
        ]
    );
}

#[test]
fn the_first_entry_that_matches_decides() {
    let config = parse(
        "[[records]]\nfiles = \"a/*.json\"\nschema = \"letter\"\n\
         [[records]]\nfiles = \"**/*.json\"\nschema = \"event\"\n",
    )
    .unwrap();
    assert_eq!(config.entry_for("a/b.json").unwrap().schema.as_deref(), Some("letter"));
    assert_eq!(config.entry_for("c/b.json").unwrap().schema.as_deref(), Some("event"));
}

#[test]
fn an_empty_configuration_is_one() {
    let config = parse("").unwrap();
    assert!(config.entries.is_empty() && config.rules.is_empty());
}

#[test]
fn unknown_keys_are_named_with_a_suggestion() {
    assert_eq!(
        problems("[[recrods]]\nfiles = \"a.json\"\n"),
        ["recrods: unknown key `recrods`; did you mean `records`?"]
    );
    assert_eq!(
        problems("[[records]]\nfiles = \"a.json\"\nshema = \"event\"\ncolour = 1\n"),
        [
            "shema: unknown key `shema`; did you mean `schema`?",
            "colour: unknown key `colour`; the keys here are `files`, `exclude`, `schema` and `set`",
        ]
    );
}

#[test]
fn a_key_that_belongs_above_the_tables_is_named() {
    let help = "write `fail-on = ...` above the first table: below a header such as `[[records]]`, it belongs to that table";
    assert_eq!(
        problems("[[records]]\nfiles = \"a.json\"\nfail-on = \"info\"\n"),
        [format!("fail-on: unknown key `fail-on`; {help}")]
    );
    assert_eq!(
        problems("[[registers]]\nfiles = \"a.csv\"\nspace = \"s\"\nkey = \"k\"\nexclude = \"b\"\n"),
        [format!("exclude: unknown key `exclude`; {}", help.replace("fail-on", "exclude"))]
    );
    assert_eq!(
        problems("[rules]\nfail-on = \"info\"\n"),
        [format!("fail-on: no rule or family `fail-on`; {help}")]
    );
}

/// The mistakes in the configuration `text`, with the rules of rapporteur.
fn messages(text: &str) -> Vec<String> {
    let parsed = Config::parse(Path::new(FILE_NAME), text.into(), RuleSet::bundled());
    let error = parsed.expect_err("the configuration is wrong");
    let messages = error.problems.iter().map(|problem| {
        let marked = text.get(problem.span.clone()).expect("the span fits the text");
        format!("{marked}: {}; {}", problem.message, problem.help.as_deref().unwrap_or_default())
    });
    messages.collect()
}

#[test]
fn the_table_of_a_rule_sets_its_level_and_its_options() {
    let text = "[rules.slot-gap]\nlevel = \"warning\"\nlongest = \"1h05\"\n[rules.times]\nlevel = \"off\"\n";
    let config = Config::parse(Path::new(FILE_NAME), text.into(), RuleSet::bundled()).unwrap();
    let rule = RuleId::new("slot-gap");
    assert_eq!(
        config.rules,
        [
            (Target::Rule(rule), Level::At(Severity::Warning)),
            (Target::Family(Family::Times), Level::Off),
        ]
    );
    let [set] = config.options.as_slice() else { panic!("{:?}", config.options) };
    assert_eq!(
        (set.rule, set.option.name(), set.value.to_string()),
        (rule, "longest", "\"1h05\"".to_owned())
    );
    assert_eq!(&text[set.span.clone()], "longest");
}

#[test]
fn the_reader_knows_every_key_of_the_table_that_the_schema_is_made_of() {
    for table in keys::TABLES {
        let (head, keys) = match table.shape {
            keys::Shape::Many(keys) => (format!("[[{}]]", table.name), keys),
            keys::Shape::One(keys) => (format!("[{}]", table.name), keys),
            keys::Shape::Named(keys) => (format!("[{}.x]", table.name), keys),
            keys::Shape::Value(_) => {
                let [message] = problems(&format!("{} = 1.5\n", table.name)).try_into().unwrap();
                assert!(message.starts_with("1.5: ") && message.contains(", expected "));
                continue;
            }
            keys::Shape::Rules => (format!("[{}.unknown-body]", table.name), &[keys::LEVEL][..]),
        };
        for key in keys {
            // No key is a fraction.
            let messages = problems(&format!("{head}\n{} = 1.5\n", key.name));
            let wrong =
                messages.iter().any(|one| one.starts_with("1.5: ") && one.contains(", expected "));
            assert!(
                wrong && !messages.iter().any(|one| one.contains("unknown key")),
                "{messages:?}"
            );
        }
    }
}

#[test]
fn mistakes_in_the_table_of_a_rule_are_reported_at_their_place() {
    for (text, expected) in [
        ("slot-gap]\nlongst = \"2h\"", "longst: unknown key `longst`; did you mean `longest`?"),
        (
            "slot-gap]\nweight = 1",
            "weight: unknown key `weight`; the keys here are `level` and `longest`",
        ),
        (
            "syntax]\nlongest = \"2h\"",
            "longest: unknown key `longest`; the only key here is `level`",
        ),
        (
            "times]\nlongest = \"2h\"",
            "longest: unknown key `longest`; the only key here is `level`",
        ),
        (
            "slot-gap]\nlongest = \"2 hours\"",
            "\"2 hours\": `2 hours` is not a duration; write a duration such as `\"2h30\"` or `\"45min\"`",
        ),
        (
            "slot-gap]\nlongest = 150",
            "150: `longest` is a number, expected a duration; write `longest = \"2h30\"` or the like",
        ),
        ("slot-gap]\nlevel = \"warn\"", "\"warn\": no level `warn`; did you mean `warning`?"),
        (
            "slot-gap]",
            "[rules.slot-gap]: the table sets nothing; the keys here are `level` and `longest`",
        ),
        ("slot-gp]\nlongest = 1", "slot-gp: no rule or family `slot-gp`; did you mean `slot-gap`?"),
        ("spelling-variant]\naccept = [\"\"]", "\"\": `accept` is empty; "),
    ] {
        assert_eq!(messages(&format!("[rules.{text}\n")), [expected]);
    }
}

#[test]
fn unknown_rules_and_levels_are_named_with_a_suggestion() {
    assert_eq!(
        problems("[rules]\nend-befor-start = \"error\"\n"),
        ["end-befor-start: no rule or family `end-befor-start`; did you mean `end-before-start`?"]
    );
    assert_eq!(
        problems("[rules]\nduplicate = \"eror\"\nzzzzzz = \"loud\"\n"),
        [
            "duplicate: no rule or family `duplicate`; did you mean `duplicates`?",
            "\"eror\": no level `eror`; did you mean `error`?",
            "zzzzzz: no rule or family `zzzzzz`; `rapporteur rules` lists every rule",
            "\"loud\": no level `loud`; write `\"off\"`, `\"info\"`, `\"warning\"`, `\"error\"`",
        ]
    );
}

#[test]
fn the_words_of_other_programs_for_levels_are_understood() {
    for (word, meant) in
        [("warn", "warning"), ("critical", "error"), ("none", "off"), ("note", "info")]
    {
        let messages = problems(&format!("[rules]\nduplicates = \"{word}\"\n"));
        assert_eq!(messages, [format!("\"{word}\": no level `{word}`; did you mean `{meant}`?")]);
    }
}

#[test]
fn a_family_is_not_accepted_and_a_pointer_is_one() {
    let messages = problems("[[allow]]\nrule = \"times\"\nreason = \"r\"\n");
    let [messages] = messages.as_slice() else { panic!("{messages:?}") };
    let message = "\"times\": `times` is a family, and only findings of rules are accepted; name the rules, such as `";
    assert!(
        messages.starts_with(message) && messages.ends_with("`rapporteur rules` lists every rule"),
        "{messages}"
    );
    let pointer = |text: &str| {
        let entry = "[[allow]]\nrule = \"unknown-body\"\nreason = \"r\"\n";
        parse(&format!("{entry}pointer = \"{text}\"\n")).is_ok()
    };
    assert!(pointer("") && pointer("/a~0~1b") && pointer("/"));
    assert!(!pointer("/a~2") && !pointer("/a~"));
}

#[test]
fn an_allowance_says_what_is_accepted_where_and_why() {
    let config = parse(
        "[[allow]]\nrule = [\"unknown-body\", \"end-before-start\"]\nrecord = \"p\"\n\
         pointer = \"/slots/0\"\nreason = \" known \"\nuntil = 2011-05-19\n\
         [[allow]]\nrule = \"unknown-body\"\nreason = \"r\"\nuntil = \"2011-05-20\"\n",
    )
    .unwrap();
    let [first, second] = config.exceptions.as_slice() else { panic!("{config:?}") };
    let rules: Vec<&str> = first.allowance.rules.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(rules, ["unknown-body", "end-before-start"]);
    let pointer = first.pointer.as_ref().map(|(pointer, _)| pointer.as_str());
    assert_eq!((first.record.as_deref(), pointer), (Some("p"), Some("/slots/0")));
    assert_eq!(first.allowance.reason, "known");
    let until = |one: &Exception| one.allowance.until.map(|(day, _)| day.to_string());
    assert_eq!(until(first).as_deref(), Some("2011-05-19"));
    assert_eq!(until(second).as_deref(), Some("2011-05-20"));
    assert_eq!((&second.record, &second.pointer), (&None, &None));
}

#[test]
fn a_fingerprint_is_accepted_alone_or_with_a_rule() {
    let print = "0123456789ABCDEF0123456789abcdef";
    let entry =
        |more: &str| format!("[[allow]]\nreason = \"r\"\nfingerprint = \"{print}\"\n{more}");
    for (more, rules) in [("", 0), ("rule = \"unknown-body\"\n", 1)] {
        let config = parse(&entry(more)).unwrap();
        let one = &config.exceptions[0];
        let found = one.fingerprint.as_ref().map(|(print, _)| print.as_str());
        assert_eq!(found, Some(print.to_lowercase().as_str()));
        assert_eq!(one.allowance.rules.len(), rules);
    }
    for wrong in ["\"\"", "7", "\"0123\"", "\"0123456789abcdef0123456789abcdeg\""] {
        let messages = problems(&format!("[[allow]]\nreason = \"r\"\nfingerprint = {wrong}\n"));
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert!(messages[0].contains("fingerprint"), "{messages:?}");
    }
}

#[test]
fn an_allowance_without_a_rule_or_a_reason_is_none() {
    assert_eq!(
        problems("[[allow]]\nrecord = \"p\"\n"),
        [
            "[[allow]]: the entry has no `rule`; name the rule whose findings are accepted, or the `fingerprint` of the finding",
            "[[allow]]: the entry has no `reason`; say why the findings are accepted",
        ]
    );
    assert_eq!(
        problems(
            "[[allow]]\nrule = \"unknown-bdy\"\nreason = \" \"\npointer = \"slots\"\nuntil = 7\nwhy = 1\n"
        ),
        [
            "\"unknown-bdy\": no rule `unknown-bdy`; did you mean `unknown-body`?",
            "\" \": `reason` is empty",
            "\"slots\": the pointer `slots` does not begin with `/`; write a JSON Pointer from the \
             root of the record, such as `/slots/0`",
            "7: `until` is a number, expected a date",
            "why: unknown key `why`; the keys here are `rule`, `record`, `pointer`, `fingerprint`, `reason` and \
             `until`",
        ]
    );
    assert_eq!(
        problems(
            "[[allow]]\nrule = []\nreason = 1\nuntil = 10:00:00\n[[allow]]\nrule = [2]\nreason = \"r\"\nuntil = \"soon\"\n"
        ),
        [
            "[]: `rule` names no rule",
            "1: `reason` is a number, expected a text",
            "10:00:00: `10:00:00` is not a date; write a date such as 2011-05-19",
            "2: `rule` is a number, expected the id of a rule",
            "\"soon\": `soon` is not a date; write a date such as 2011-05-19",
        ]
    );
    assert!(problems("allow = 1\n")[0].contains("write `[[allow]]`"));
    assert!(problems("allow = [1]\n")[0].contains("expected a table"));
}

#[test]
fn wrong_types_are_named() {
    assert_eq!(
        problems("records = 3\nrules = \"x\"\n"),
        [
            "3: `records` is a number, expected tables; write `[[records]]`, once for each \
             group of files",
            "\"x\": `rules` is a text, expected a table; write `[rules]` and below it \
             `rule-id = \"warning\"`",
        ]
    );
    assert_eq!(
        problems("[[records]]\nfiles = true\nschema = 2011-05-19\n[rules]\nunknown-body = 2\n"),
        [
            "true: `files` is true or false, expected a pattern or a list of patterns",
            "2011-05-19: `schema` is a date or time, expected a text",
            "2: the level is a number, expected a text; write `\"off\"`, `\"info\"`, \
             `\"warning\"`, `\"error\"`",
        ]
    );
}

#[test]
fn a_folder_is_no_pattern() {
    let help = |pattern: &str| format!("write `{pattern}` for the files in and below it");
    let config = parse(
        "[[records]]\nfiles = [\"./a\", \"b\", \"{b,c}\"]\n[[registers]]\nfiles = \"t\"\n\
         space = \"document\"\nkey = \"symbol\"\n",
    );
    let messages = |folders: &[&str]| {
        let wrong =
            config.as_ref().unwrap().check_patterns(|path| folders.contains(&path), |_| false);
        let problems = wrong.err().map_or_else(Vec::new, |error| error.problems);
        problems.into_iter().map(|problem| problem.help.unwrap()).collect::<Vec<_>>()
    };
    assert!(messages(&[]).is_empty());
    let all = ["a/**/*.{json,yaml}", "{b,c}/**/*.{json,yaml}", "t/**/*.{csv,tsv}"].map(help);
    assert_eq!(messages(&["a", "t", "c"]), all);
    for (pattern, wanted) in
        [("meetings/", "meetings/**/*.{json,yaml}"), ("./", "**/*.{json,yaml}")]
    {
        let message = "names a folder, and so matches no file";
        assert_eq!(
            problems(&format!("[[records]]\nfiles = \"{pattern}\"\n")),
            [format!("\"{pattern}\": the pattern `{pattern}` {message}; {}", help(wanted))]
        );
    }
}

#[test]
fn an_entry_says_which_files_and_says_it_once() {
    assert!(problems("[[records]]\nschema = \"event\"\n")[0].contains("which `files`"));
    assert_eq!(problems("[[records]]\nfiles = []\n"), ["[]: `files` names no pattern"]);
    let twice = "[[records]]\nfiles = [\"a.json\", \"b.json\"]\n[[records]]\nfiles = \"a.json\"\n";
    assert_eq!(
        problems(twice),
        ["\"a.json\": the pattern `a.json` is already listed above; \
          the first entry that matches a file decides"]
    );
    assert_eq!(problems("[[records]]\nfiles = [\"a.json\", \"./a.json\"]\n").len(), 1);
    let many: Vec<String> = (0..40_000).map(|number| format!("\"{number}.json\"")).collect();
    assert!(parse(&format!("[[records]]\nfiles = [{}]\n", many.join(", "))).is_ok());
}

#[test]
fn broken_toml_and_repeated_keys_are_placed() {
    assert!(problems("[rules\n")[0].contains("no valid TOML"));
    let twice = problems("[rules]\nunknown-body = \"off\"\nunknown-body = \"info\"\n");
    assert!(twice[0].starts_with("unknown-body: no valid TOML: duplicate key"), "{twice:?}");
}

#[test]
fn a_bad_pattern_is_shown_where_it_is() {
    let error = parse("[[records]]\nfiles = [\"a.json\", \"b{.json\"]\n").unwrap_err();
    let quiet = Terminal { quiet: true, ..Terminal::default() };
    insta::assert_snapshot!(written(Format::Full, &error.report(), &quiet));
}

#[test]
fn a_file_that_is_not_utf8_or_not_there_is_an_error() {
    let error = Config::parse(Path::new("x.toml"), b"a = \"\xff\"".to_vec(), &KNOWN).unwrap_err();
    assert_eq!(error.problems[0].span, 5..6);
    let error = Config::load(Path::new("/nowhere/rapporteur.toml"), &KNOWN, &Buffers::default())
        .unwrap_err();
    assert_eq!(error.to_string(), "/nowhere/rapporteur.toml: no such file or folder");
    assert_eq!(error.report().unread.len(), 1);
}

#[test]
fn the_nearest_ancestor_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a/b");
    std::fs::create_dir_all(&inner).unwrap();
    let outer = folder.path().join(FILE_NAME);
    std::fs::write(&outer, "").unwrap();
    assert_eq!(Config::discover(&inner), Some(outer));
    // A folder of that name is not a configuration.
    std::fs::create_dir(inner.join(FILE_NAME)).unwrap();
    std::fs::write(folder.path().join("a").join(FILE_NAME), "").unwrap();
    let found = Config::discover(&inner).unwrap();
    assert_eq!(found, folder.path().join("a").join(FILE_NAME));
    assert_eq!(
        Config::load(&found, &KNOWN, &Buffers::default()).unwrap().root,
        folder.path().join("a")
    );
}

#[cfg(unix)]
#[test]
fn what_is_no_file_hides_the_configuration_further_up_and_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("a");
    std::fs::create_dir_all(inner.join("gone")).unwrap();
    std::fs::write(folder.path().join(FILE_NAME), "").unwrap();
    let messages = |at: &Path| {
        let found = Config::discover(at).unwrap();
        assert_eq!(found, inner.join(FILE_NAME));
        Config::load_nearest(&found, &KNOWN, &Buffers::default()).unwrap_err().unread.unwrap()
    };
    std::os::unix::fs::symlink("nowhere.toml", inner.join(FILE_NAME)).unwrap();
    assert_eq!(messages(&inner.join("gone")), "it is a link that leads nowhere");
    std::fs::remove_file(inner.join(FILE_NAME)).unwrap();
    let socket = std::os::unix::net::UnixListener::bind(inner.join(FILE_NAME)).unwrap();
    assert_eq!(messages(&inner), "it is not a regular file");
    drop(socket);
    std::fs::remove_file(inner.join(FILE_NAME)).unwrap();
    std::os::unix::fs::symlink("gone", inner.join(FILE_NAME)).unwrap();
    let outer = Config::discover(&inner);
    assert_eq!(outer, Some(folder.path().join(FILE_NAME)), "a folder is none");
}

#[test]
fn a_pattern_that_begins_with_a_link_out_of_the_project_is_a_mistake() {
    let config = parse(
        "[[records]]\nfiles = [\"a/*.json\", \"{b,l}/*.json\", \"x.json\"]\n[[registers]]\nfiles = \"l/t.csv\"\n\
         space = \"document\"\nkey = \"symbol\"\n",
    );
    let messages = |outside: &[&str]| {
        let wrong =
            config.as_ref().unwrap().check_patterns(|_| false, |path| outside.contains(&path));
        let problems = wrong.err().map_or_else(Vec::new, |error| error.problems);
        problems.into_iter().map(|problem| problem.message).collect::<Vec<_>>()
    };
    let message =
        |pattern: &str| format!("the pattern `{pattern}` leads out of the project by a link");
    assert!(messages(&["c"]).is_empty());
    assert_eq!(messages(&["l", "x.json"]), ["{b,l}/*.json", "x.json", "l/t.csv"].map(message));
}

#[test]
fn a_suggestion_must_be_close() {
    assert_eq!(suggest::nearest("eror", Level::WORDS), Some("error"));
    assert_eq!(suggest::nearest("nothing", Level::WORDS), None);
    assert_eq!(suggest::nearest("ab", ["aa", "bb"]), Some("aa"));
}

proptest! {
    #[test]
    fn any_text_is_a_configuration_or_has_placed_problems(
        text in "(\\[\\[?(records|registers|rules|spaces.é|x)\\]?\\]\n|(files|schema|space|key|form|unknown-body|é) = (\"[a*{},é]{0,5}\"|1|\\[.{0,5}\\])\n|\\PC{0,6}\n){0,8}"
    ) {
        if let Err(error) = parse(&text) {
            prop_assert!(!error.problems.is_empty());
            let drawn = written(Format::Full, &error.report(), &Terminal::default());
            prop_assert!(drawn.contains("error[configuration]"));
        }
    }
}
