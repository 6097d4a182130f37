//! `check --show-files` and `--show-settings`: what a run would look at, and by which settings.

use super::*;

/// A project with every way to a schema, and a table.
fn project() -> tempfile::TempDir {
    folder(&[
        (
            "rapporteur.toml",
            "# Ours.\n[[records]]\nfiles = [\"r/*\", \"s/*\"]\n[[records]]\nfiles = \"m/*.json\"\n\
             schema = \"m.json\"\n[[registers]]\nfiles = \"t/*\"\nspace = \"document\"\n\
             key = \"symbol\"\n[spaces.document]\ncomplete = true\n[rules]\nstyle = \"off\"\n\
             syntax = \"warning\"\n",
        ),
        ("m.json", r#"{"x-record": {"id": "/n"}, "properties": {"n": {"type": "string"}}}"#),
        ("r/a.json", RIGHT),
        ("r/b.json", r#"{"$schema": "letter.schema.json"}"#),
        (
            "r/c.jsonl",
            "{\"kind\": \"letter\"}\n{\"kind\": \"lettre\"}\n{\"kind\": \"letter\"}\n7\n{\"id\": 1}\n{\n",
        ),
        ("s/d.yaml", "$schema: gone.json\n"),
        ("m/e.json", r#"[{"n": "1"}, {"n": "2"}]"#),
        ("t/f.csv", "symbol\nA/1\nA/2\n"),
    ])
}

#[test]
fn each_file_is_shown_with_its_schema_and_what_gave_it() {
    let at = project();
    let answer = run(at.path(), &["check", "--show-files"]);
    let shown = "\
m/e.json: m.json, by entry 2 of `[[records]]` in rapporteur.toml:5 (2 records)
r/a.json: register.schema.json, by `kind` (1 record)
r/b.json: letter.schema.json, named by `$schema` (1 record)
r/c.jsonl: letter.schema.json, by `kind` (2 records); no schema: no schema has the kind `lettre` (1 record); \
no schema: it is not an object (1 record); no schema: it has no `kind` (1 record); breaks its syntax
s/d.yaml: no schema: `$schema` names `gone.json`, which is not a schema of the project (1 record)
t/f.csv: table of keys of `document`, by entry 1 of `[[registers]]` in rapporteur.toml:8 (2 rows)
";
    assert_eq!((answer.code, answer.out.as_str(), answer.err.as_str()), (0, shown, ""));
    let part = run(at.path(), &["check", "--show-files", "r"]).out;
    let context = part.lines().filter(|line| line.ends_with("; context only"));
    assert_eq!(context.count(), 3, "{part}");
    let below = run(&at.path().join("r"), &["check", "--show-files", "--threads", "1"]);
    assert_eq!(below.out, shown);
}

#[test]
fn a_reference_to_the_id_of_a_schema_finds_its_file() {
    let reference = |to: &str| {
        format!(
            r#"{{"$id": "https://council.example/schemas/a.json", "x-record": {{"id": "/id"}},
                     "properties": {{"id": {{}}, "by": {{"$ref": "{to}"}}}}}}"#
        )
    };
    let person = r#"{"$id": "https://council.example/schemas/defs/person.json", "type": "object", "required": ["name"]}"#;
    let check = |to: &str, path: &str| {
        let at = folder(&[
            ("rapporteur.toml", "[[records]]\nfiles = \"m/*\"\nschema = \"s/a.json\"\n"),
            ("s/a.json", &reference(to)),
            (path, person),
            ("m/m.json", r#"{"id": "m", "by": {}}"#),
        ]);
        run(at.path(), &["check", "--format", "concise"]).out
    };
    for to in [
        "https://council.example/schemas/defs/person.json",
        "/schemas/defs/person.json",
        "defs/person.json",
    ] {
        for path in
            ["s/defs/person.json", "s/person.json", "defs/person.json", "schemas/defs/person.json"]
        {
            let out = check(to, path);
            assert!(
                out.contains("m/m.json:1:14: error[schema] `by` lacks `name`"),
                "{to} {path}: {out}"
            );
        }
    }
    for (to, path) in [
        ("https://elsewhere.example/schemas/defs/person.json", "s/person.json"),
        ("https://council.example/schemas/defs/person.json", "other/person.json"),
        ("https://council.example/schemas/defs/person.json", "s/people.json"),
    ] {
        let out = check(to, path);
        assert!(out.contains("is not a schema file of the project"), "{to} {path}: {out}");
    }
}

#[test]
fn a_schema_that_cannot_be_used_is_reported_where_no_rule_reports_it() {
    for schema in ["{", r#"{"type": 7}"#] {
        let config = |rules: &str| {
            format!("[[records]]\nfiles = \"m/*.json\"\nschema = \"m.json\"\n[rules]\n{rules}")
        };
        let at = folder(&[
            ("rapporteur.toml", &config("")),
            ("off.toml", &config("vocabulary = \"off\"\n")),
            ("m.json", schema),
            ("m/a.json", RIGHT),
        ]);
        let reported = |arguments: &[&str]| run(at.path(), &[&["check"], arguments].concat());
        let usual = reported(&["--quiet"]);
        assert!(usual.code == 1 && usual.out.contains("error[vocabulary]"), "{}", usual.out);
        for arguments in
            [&["--select", "times"][..], &["--ignore", "vocabulary"], &["--config", "off.toml"]]
        {
            let answer = reported(arguments);
            assert_eq!(answer.code, 4, "{arguments:?}");
            assert!(
                answer.out.starts_with("m.json: not read: the schema cannot be "),
                "{}",
                answer.out
            );
        }
        let files = reported(&["--show-files"]).out;
        let line = "m/a.json: m.json, by entry 1 of `[[records]]` in rapporteur.toml:2, which cannot be used (1 record)\n";
        assert_eq!(files, line);
        let facts = run(at.path(), &["facts", "m/a.json"]).out;
        assert!(facts.contains("\n  no facts: the schema cannot be "), "{facts}");
    }
}

#[test]
fn files_that_are_skipped_or_not_read_are_shown_as_well() {
    let at = folder(&[("package.json", "{}"), ("a\nb.json", RIGHT)]);
    let answer = run(at.path(), &["check", "--show-files"]);
    assert_eq!(
        answer.out,
        "a b.json: register.schema.json, by `kind` (1 record)\n\
         package.json: no schema: it has no `kind`, so it is skipped (1 record)\n"
    );
    let answer = run(at.path(), &["check", "--show-files", "gone.json"]);
    assert_eq!(answer.code, 4);
    assert!(
        answer.out.ends_with("gone.json: not read: no such file or folder\n"),
        "{}",
        answer.out
    );
    let config = "[[registers]]\nfiles = \"t/*.csv\"\nspace = \"document\"\nkey = \"symbol\"\n";
    let slip = folder(&[("rapporteur.toml", "[[records]]\nfiles = \"t/*.csv.json\"\n")]);
    let answer = run(slip.path(), &["check", "--show-files"]);
    let line = "rapporteur.toml:2: the pattern `t/*.csv.json` matches no file\n";
    assert_eq!((answer.code, answer.out.as_str(), answer.err.as_str()), (3, line, ""));
    let missing = folder(&[("rapporteur.toml", config)]);
    let answer = run(missing.path(), &["check", "--show-files"]);
    assert_eq!(
        (answer.code, answer.out.as_str()),
        (4, "t/*.csv: not read: no file matches the pattern\n")
    );
    assert_eq!(run(folder(&[]).path(), &["check", "--show-files"]).code, 3);
    assert_eq!(run(folder(&[]).path(), &["check", "--show-files", "--allow-empty"]).code, 0);
    let wrong = folder(&[("rapporteur.toml", "[[record]]\n")]);
    for option in ["--show-files", "--show-settings"] {
        assert_eq!(run(wrong.path(), &["check", option]).code, 2);
    }
}

#[test]
fn each_entry_of_the_configuration_is_a_setting() {
    let at = project();
    let config = at.path().join("rapporteur.toml");
    let allow = "[[allow]]\nrule = [\"schema\", \"syntax\"]\nrecord = \"r\"\npointer = \"/n\"\nreason = \"known\"\n";
    fs::write(&config, fs::read_to_string(&config).unwrap() + allow).unwrap();
    let out = run(at.path(), &["check", "--show-settings"]).out;
    let lines: Vec<String> =
        out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in [
        "records r/*, s/* rapporteur.toml:3",
        "records m/*.json: m.json rapporteur.toml:5",
        "registers t/*: symbol of document rapporteur.toml:7",
        "allow schema, syntax in r at /n rapporteur.toml:17",
    ] {
        assert!(lines.iter().any(|other| other == line), "{line}\n{out}");
    }
}

/// The value and the source of each setting.
fn settings(at: &Path, arguments: &[&str]) -> BTreeMap<String, (String, String)> {
    let answer = run(at, &[&["check", "--show-settings"], arguments].concat());
    assert_eq!((answer.code, answer.err.as_str()), (0, ""), "{}", answer.out);
    let setting = |line: &str| {
        let mut parts = line.split("  ").map(str::trim).filter(|part| !part.is_empty());
        let mut next = || parts.next().unwrap_or_else(|| panic!("{line}")).to_owned();
        (next(), (next(), next()))
    };
    answer.out.lines().map(setting).collect()
}

fn reported<'s>(
    settings: &'s BTreeMap<String, (String, String)>,
    name: &str,
) -> (&'s str, &'s str) {
    let (value, from) = &settings[name];
    (value, from)
}

#[test]
fn each_setting_is_shown_with_its_value_and_where_that_comes_from() {
    let at = project();
    let shown = settings(at.path(), &[]);
    let root = at.path().display().to_string();
    assert_eq!(reported(&shown, "root"), (root.as_str(), "folder of the configuration"));
    assert_eq!(reported(&shown, "configuration"), ("rapporteur.toml", "nearest upwards"));
    assert_eq!(reported(&shown, "baseline"), ("none", "default"));
    assert_eq!(reported(&shown, "fail-on"), ("error", "default"));
    assert_eq!(reported(&shown, "as-of"), ("none", "default"));
    assert_eq!(reported(&shown, "collapse"), ("yes", "default"));
    assert_eq!(reported(&shown, "space document"), ("complete = true", "rapporteur.toml:11"));
    assert_eq!(reported(&shown, "syntax"), ("warning", "rapporteur.toml:15"));
    assert_eq!(reported(&shown, "term-variant"), ("off", "rapporteur.toml:14"));
    assert_eq!(reported(&shown, "ref-unresolved"), ("off", "default"));
    assert_eq!(reported(&shown, "schema"), ("error", "default"));
    for rule in rapporteur::rules::RULES {
        assert!(shown.contains_key(rule.id.as_str()), "{}", rule.id);
    }
    fs::write(at.path().join("rapporteur.baseline"), "").unwrap();
    let arguments = "--select structure,ref-unresolved --ignore schema --fail-on info --as-of 2011-05-19 --no-collapse";
    let shown = settings(at.path(), &arguments.split(' ').collect::<Vec<_>>());
    assert_eq!(
        reported(&shown, "baseline"),
        ("rapporteur.baseline", "folder of the configuration")
    );
    assert_eq!(reported(&shown, "fail-on"), ("info", "--fail-on"));
    assert_eq!(reported(&shown, "as-of"), ("2011-05-19", "--as-of"));
    assert_eq!(reported(&shown, "collapse"), ("no", "--no-collapse"));
    assert_eq!(reported(&shown, "schema"), ("off", "--ignore"));
    assert_eq!(reported(&shown, "ref-unresolved"), ("warning", "--select"));
    assert_eq!(reported(&shown, "speaker-tbc"), ("off", "not in --select"));
    let shown = settings(at.path(), &["--no-config", "--no-baseline"]);
    assert_eq!(reported(&shown, "root"), (root.as_str(), "working folder"));
    assert_eq!(reported(&shown, "configuration"), ("none", "--no-config"));
    assert_eq!(reported(&shown, "baseline"), ("none", "--no-baseline"));
    let config = at.path().join("rapporteur.toml").display().to_string();
    let shown = settings(&at.path().join("r"), &["--config", &config, "--baseline", "b"]);
    assert_eq!(reported(&shown, "configuration"), ("rapporteur.toml", "--config"));
    assert_eq!(reported(&shown, "baseline"), ("b (not there)", "--baseline"));
    fs::write(at.path().join("r/b"), "").unwrap();
    let shown = settings(&at.path().join("r"), &["--config", &config, "--baseline", "b"]);
    assert_eq!(reported(&shown, "baseline"), ("b", "--baseline"));
    fs::remove_file(at.path().join("r/b")).unwrap();
    let both = run(at.path(), &["check", "--show-files", "--show-settings"]).out;
    let [one, other] =
        ["--show-settings", "--show-files"].map(|o| run(at.path(), &["check", o]).out);
    assert_eq!(both, format!("{one}\n{other}"));
}
