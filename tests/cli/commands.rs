//! What the commands look at, what they print, and that they write nothing.

use super::*;

#[test]
fn the_answer_is_the_same_from_a_folder_below() {
    let whole = run(&repository(), &["check", "--format", "json"]);
    let below = run(&repository().join("records"), &["check", "--format", "json"]);
    assert_eq!(whole, below);
    let named = run(&repository().join("records"), &["check", ".", "--format", "json"]);
    assert_eq!(whole, named);
}

#[test]
fn named_paths_say_what_is_reported_and_not_what_is_known() {
    let project = repository();
    let concise = ["--format=concise", "--quiet"];
    let all = run(&project, &[&["check"][..], &concise].concat()).out;
    let records = project.join("records/itd-migration-2011");
    let mut others = BTreeSet::new();
    for entry in fs::read_dir(&records).unwrap() {
        let name = entry.unwrap().file_name().to_str().unwrap().to_owned();
        let answer = run(&records, &[&["check", &name][..], &concise].concat());
        let path = format!("records/itd-migration-2011/{name}:");
        let is_here = |line: &&str| line.starts_with(&path);
        let here: Vec<&str> = answer.out.lines().filter(is_here).collect();
        assert_eq!(here, all.lines().filter(is_here).collect::<Vec<_>>(), "as in the whole");
        others.extend(answer.out.lines().filter(|line| !is_here(line)).map(str::to_owned));
    }
    // An edit may cause a finding in another file, so those that look across files are always told.
    let across =
        rapporteur::rules::RULES.iter().filter(|rule| matches!(rule.check, Check::Group(..)));
    let across: Vec<String> = across.map(|rule| format!("[{}]", rule.id)).collect();
    assert!(others.iter().all(|line| across.iter().any(|rule| line.contains(rule))), "{others:#?}");
    assert!(others.iter().any(|line| line.contains("[duplicate-near]")), "{others:#?}");
}

#[test]
fn nothing_is_ever_written() {
    let at = folder(&[
        ("rapporteur.toml", "[[records]]\nfiles = \"r/*\"\n"),
        ("r/a.json", WRONG),
        ("r/b.json", RIGHT),
        ("r/c.yaml", WARNING),
    ]);
    let before = state(at.path());
    for format in FORMATS {
        run(at.path(), &["check", "--format", format]);
    }
    for arguments in [
        &["check", "r/gone.json"][..],
        &["check", "--config", "gone.toml"],
        &["facts", "r/b.json"],
        &["rules"],
        &["schema", "letter"],
        &["explain", "schema"],
        &["completions", "bash"],
        &["man"],
        &["check", "--statistics"],
        &["help"],
    ] {
        run(at.path(), arguments);
    }
    assert_eq!(state(at.path()), before);
}

#[test]
fn facts_are_reported_with_the_words_that_gave_them() {
    let answer = run(&repository(), &["facts", "records/itd-migration-2011/programme-final.json"]);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    let first = "records/itd-migration-2011/programme-final.json:1:1: programme-final, schema \
                 programme.schema.json (by `kind`)\n";
    assert!(answer.out.starts_with(first), "{}", answer.out);
    for reported in [
        "event `itd-migration-2011`, house style",
        "from 10:20 to 13:00 on 19 May 2011",
        "name `Göran Hultin`",
        "held on 2011-05-19 (`Thursday, 19 May 2011`)",
        "[x-interval in programme.schema.json#",
    ] {
        assert!(answer.out.contains(reported), "{reported} in {}", answer.out);
    }
    let at = folder(&[("a.json", "{\"kind\": \"letter\""), ("empty.json", "")]);
    let answer = run(at.path(), &["facts", "a.json"]);
    assert!(answer.code == 0 && answer.out.contains("a.json:1:"), "{}", answer.out);
    assert_eq!(run(at.path(), &["facts", "empty.json"]).code, 3);
    assert_eq!(run(at.path(), &["facts", "gone.json"]).code, 4);
    let all = run(at.path(), &["facts"]);
    assert!(all.code == 0 && all.out.contains("a.json:1:"), "{}", all.out);
}

#[test]
fn the_coverage_counts_what_each_keyword_read_and_could_not_read() {
    let schema = r#"{"x-record": {"id": "/id"}, "properties": {"kind": {"const": "sitting"}, "id": {},
        "day": {"x-date": "held"}, "from": {"x-form": "time"}, "to": {"x-form": "time"},
        "zone": {"x-context": {"date": "/day"}, "x-mentions": "act"}}}"#;
    let records = "kind: sitting\nid: a\nday: 2011-05-19\nfrom: \"1O:00\"\n---\nkind: sitting\nid: b\nday: soon\nfrom: \"25:00\"\n";
    let at = folder(&[
        ("s.schema.json", schema),
        ("rapporteur.toml", "[[records]]\nfiles = \"m/*.yaml\"\nschema = \"s.schema.json\"\n"),
        ("m/a.yaml", records.split_once("---\n").unwrap().0),
        ("m/b.yaml", records.split_once("---\n").unwrap().1),
        ("other.json", "{}"),
    ]);
    let expected = "\
s.schema.json: 2 records
       met     read   unread  keyword
         2        2        0  x-record at /
         2        1        1  x-date at /properties/day
         2        0        2  x-form at /properties/from  (no value read)
         0        0        0  x-form at /properties/to  (no value met)
         0        0        0  x-context at /properties/zone  (hands its values down)
         0        0        0  x-mentions at /properties/zone  (nothing found in its texts)
";
    for paths in [&["facts", "--coverage"][..], &["facts", "--coverage", "m"]] {
        let answer = run(at.path(), paths);
        assert_eq!((answer.code, answer.out.as_str()), (0, expected), "{}", answer.err);
    }
    let one = run(at.path(), &["facts", "--coverage", "m/a.yaml"]).out;
    assert!(one.starts_with("s.schema.json: 1 record\n"), "{one}");
    let other = run(at.path(), &["facts", "--coverage", "other.json"]);
    assert_eq!((other.code, other.out.as_str()), (0, "1 record without a schema\n"));
}

#[test]
fn files_of_other_programs_are_reported_only_where_records_are_expected() {
    let letter = "kind: letter\nid: note\ntitle: Note\nlanguage: en\ndate: \"2026-03-02\"\nauthor: {name: Ann Lee}\naddressees: [All]\nparagraphs: [See the note.]\nreferences: [{raw: the note, role: cites, record: gone}]\n";
    let files = [
        ("note.yaml", letter),
        ("services.yaml", "apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Deployment\n"),
        ("chart/template.yaml", "{{ if .Values.on }}\na: 1\n{{ end }}\n"),
        ("tsconfig.json", "{\"compilerOptions\": {\n // none\n \"a\": 1}}"),
        ("jsconfig.json", "{\n  // none\n  \"include\": [\"a\",],\n}\n"),
        ("settings.json", "/* Ours. */\n{\"tabs\": 2}\n"),
        ("none.json", ""),
        ("blank.yaml", "\n# Nothing yet.\n"),
        ("twice.json", "{\"a\": 1, \"a\": 2}"),
    ];
    let at = folder(&files);
    let whole = run(at.path(), &["check", "--format", "concise"]);
    assert_eq!(whole.code, 0, "{}", whole.out);
    // They are not records that could define what is cited.
    assert!(whole.out.starts_with("note.yaml:9:"), "{}", whole.out);
    assert!(whole.out.contains("9 files (1 record)"), "{}", whole.out);
    for (path, rule) in [
        ("services.yaml", "syntax"),
        ("twice.json", "duplicate-key"),
        ("jsconfig.json", "syntax"),
        ("settings.json", "syntax"),
        ("none.json", "syntax"),
    ] {
        let named = run(at.path(), &["check", "--format", "concise", path]);
        assert_eq!(named.code, 1, "{}", named.out);
        assert!(named.out.contains(&format!("error[{rule}]")), "{}", named.out);
    }
    // A broken record is one, also where its kind is after the fault.
    for broken in [
        "{\"id\": \"x\" \"kind\": \"letter\"}",
        "{\"kind\": \"letter\" \"id\": \"x\"}",
        "{ // Ours.\n\"kind\": \"letter\", \"id\": \"x\"}",
    ] {
        let at = folder(&[("note.yaml", letter), ("broken.json", broken)]);
        let found = run(at.path(), &["check", "--format", "concise"]);
        assert!(found.out.starts_with("broken.json:1:"), "{}", found.out);
    }
    let listed = [files[0], files[1], ("rapporteur.toml", "[[records]]\nfiles = \"*.yaml\"\n")];
    let listed = run(folder(&listed).path(), &["check", "--format", "concise"]);
    assert!(listed.out.contains("services.yaml:3:1: error[syntax]"), "{}", listed.out);
}

#[test]
fn rules_are_listed_and_each_explained() {
    let at = folder(&[]);
    let list = run(at.path(), &["rules", "--format", "json"]);
    let value: Value = serde_json::from_str(&list.out).unwrap();
    let rules = value["rules"].as_array().unwrap();
    assert!(rules.len() >= 24);
    let table = run(at.path(), &["rules"]).out;
    for rule in rules {
        let id = rule["rule"].as_str().unwrap();
        assert!(table.contains(&format!("  {id} ")), "{id}: {table}");
        let answer = run(at.path(), &["explain", id]);
        assert_eq!((answer.code, answer.err.as_str()), (0, ""));
        assert!(answer.out.starts_with(&format!("{id}\n\n")), "{}", answer.out);
        let text = |key: &str| rule[key].as_str().unwrap().to_owned();
        let last = format!("Family `{}`, level `{}`, since", text("family"), text("level"));
        assert!(answer.out.lines().last().unwrap().starts_with(&last), "{id}: {}", answer.out);
    }
    let answer = run(at.path(), &["explain", "slots-overlaps"]);
    assert!(answer.code == 2 && answer.err.contains("did you mean `slots-overlap`?"));
}

#[test]
fn schemas_are_printed_as_they_are_in_the_repository() {
    let at = folder(&[]);
    let list = run(at.path(), &["schema"]);
    let kinds: Vec<&str> = list.out.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert!(kinds.contains(&"letter") && kinds.contains(&"programme"), "{}", list.out);
    for kind in kinds {
        let path = repository().join(format!("schemas/{kind}.schema.json"));
        assert_eq!(run(at.path(), &["schema", kind]).out, fs::read_to_string(path).unwrap());
    }
    let answer = run(at.path(), &["schema", "leter"]);
    assert!(answer.code == 2 && answer.err.contains("did you mean `letter`?"), "{}", answer.err);
}

#[test]
fn statistics_are_below_what_people_read_and_never_in_what_programs_read() {
    let at = folder(&[("a.json", WRONG), ("b.json", "[9, 9]"), ("i.json", INFO)]);
    let table = "\ncount  files  severity  rule\n    \
                 3      2  error     unknown-kind\n    \
                 1      1  info      speaker-unnamed\n";
    for format in FORMATS {
        let plain = run(at.path(), &["check", ".", "--format", format]);
        let counted = run(at.path(), &["check", ".", "--statistics", "--format", format]);
        assert_eq!((plain.code, counted.code), (1, 1));
        if matches!(format, "full" | "concise") {
            assert_eq!((counted.out, counted.err), (plain.out + table, String::new()), "{format}");
        } else {
            assert_eq!(
                (counted.out.as_str(), counted.err.as_str()),
                (&*plain.out, table),
                "{format}"
            );
        }
    }
    let reports = folder(&[]);
    let file = reports.path().join("a.txt");
    let to_file = ["--format=full", "--output-file", file.to_str().unwrap()];
    let answer = run(at.path(), &[&["check", ".", "--statistics"][..], &to_file].concat());
    assert_eq!((answer.out.as_str(), answer.err.as_str()), ("", table));
    assert!(!fs::read_to_string(file).unwrap().contains(table));
    // What is quiet has the table that was asked for, and what is clean has none.
    let answer = run(at.path(), &["check", ".", "--statistics", "--quiet", "--format=concise"]);
    assert!(answer.out.ends_with(table) && !answer.out.contains("3 errors"), "{}", answer.out);
    let at = folder(&[("a.json", RIGHT)]);
    let answer = run(at.path(), &["check", ".", "--statistics"]);
    assert_eq!(
        (answer.out.as_str(), answer.err.as_str()),
        ("no findings in 1 file (1 record)\n", "")
    );
}

#[test]
fn who_mistypes_a_name_is_reported_the_one_that_is_near() {
    let at = folder(&[]);
    for (typed, meant) in [
        ("chekc", "'check'"),
        ("baseline craete", "'create'"),
        ("check --formt json", "'--format'"),
        ("check --format jsn", "'json'"),
        ("check --fail-on eror", "'error'"),
        ("check --select slot-overlaps", "`slots-overlap`"),
        ("check --ignore speaker", "`speakers`"),
        ("explain Slots-Overlap", "`slots-overlap`"),
        ("schema leter", "`letter`"),
        ("init --print pre-comit", "'pre-commit'"),
        ("completions bsh", "'bash'"),
    ] {
        let answer = run(at.path(), &typed.split(' ').collect::<Vec<_>>());
        let tip = answer.err.split_once("\n  tip: ").expect("a tip").1.lines().next().unwrap();
        assert!(answer.code == 2 && tip.contains(meant), "{typed}: {}", answer.err);
    }
}

#[test]
fn a_report_that_is_among_the_records_is_no_record() {
    let right = RIGHT.replace("\"r\"", "\"other\"");
    let all = [("a.json", WRONG), ("s.json", INFO), ("r.json", RIGHT), ("o.json", &right)];
    for (files, named) in [(&all[..], "a.json"), (&all[..], "gone.json"), (&all[2..], "r.json")] {
        for format in FORMATS {
            let at = folder(files);
            let check = ["check", ".", named, "--format=concise"];
            let before = run(at.path(), &check);
            let endings = if format == "jsonl" { ["jsonl", "ndjson"] } else { ["json", "yaml"] };
            // Only what is written as JSON can pass for a record.
            if !matches!(format, "json" | "jsonl" | "sarif" | "gitlab" | "rdjson") {
                continue;
            }
            for ending in endings {
                let file = format!("report.{ending}");
                let write = ["check", ".", named, "--format", format, "--output-file", &file];
                // The second report is made with the first one there.
                assert_eq!(run(at.path(), &write).code, before.code, "{format}");
            }
            let after = run(at.path(), &check);
            let lines = |answer: &Answer| {
                let is_finding = |line: &&str| !line.contains(" files (");
                answer.out.lines().filter(is_finding).map(str::to_owned).collect::<Vec<_>>()
            };
            assert_eq!(lines(&after), lines(&before), "{format}");
            assert!(after.out.contains(&format!(
                "in {} files ({} records)",
                files.len() + 2,
                files.len()
            )));
            let written = run(at.path(), &["init"]);
            // Of these, all but the one that is wrong are records of a kind that is known.
            let known = files.iter().filter(|(_, text)| *text != WRONG).count();
            assert!(written.out.contains(&format!(": {known} records")), "{}", written.out);
        }
    }
    // Alone it is nothing to check, also where it is named.
    let at = folder(&[("s.json", INFO)]);
    run(at.path(), &["check", ".", "--format", "jsonl", "--output-file", "report.jsonl"]);
    assert_eq!(run(at.path(), &["check", "report.jsonl"]).code, 3);
}

#[test]
fn a_record_whose_kind_is_misspelt_is_found_in_a_folder_and_files_of_other_programs_are_not() {
    let slip = r#"{"id": "r", "kind": "registr", "title": "R", "language": "en", "entries": []}"#;
    let at = folder(&[
        ("right.json", RIGHT),
        ("slip.json", slip),
        (
            "event.yaml",
            "apiVersion: v1\nkind: Event\nmetadata: {name: x}\ntitle: T\nreason: none\n",
        ),
        ("other.yaml", "kind: Leter\nspec: {}\n"),
    ]);
    let answer = run(at.path(), &["check", "--format", "concise"]);
    assert_eq!(answer.code, 1, "{}", answer.out);
    assert!(answer.out.starts_with("slip.json:1:22: error[unknown-kind]"), "{}", answer.out);
    assert_eq!(answer.out.matches("[unknown-kind]").count(), 1, "{}", answer.out);
}

#[test]
fn what_is_quiet_reports_findings_and_nothing_else() {
    let at = folder(&[("a.json", WRONG), ("i.json", INFO)]);
    for format in FORMATS {
        let reported = run(at.path(), &["check", ".", "gone.json", "--format", format]);
        let quiet = run(at.path(), &["check", ".", "gone.json", "--format", format, "--quiet"]);
        assert_eq!((quiet.code, quiet.err.as_str()), (reported.code, ""));
        if matches!(format, "full" | "concise") {
            let rest = reported.out.strip_prefix(&quiet.out).expect("the totals come last");
            assert!(rest.starts_with("1 error, 1 info in 2 files") && rest.lines().count() == 2);
            assert!(quiet.out.contains("gone.json: not read: "), "{}", quiet.out);
        } else {
            assert_eq!(quiet.out, reported.out, "{format}");
        }
    }
}

#[test]
fn patterns_for_levels_and_exclusions_that_match_nothing_are_reported_too() {
    let config = "exclude = [\"drafs/**\", \"old\", \"**/*.gone\"]\n\
                  [[records]]\nfiles = \"meetings/*.json\"\n\
                  [[overrides]]\nfiles = [\"meetings\", \"meetngs\"]\nrules = {times = \"off\"}\n";
    let files = [("rapporteur.toml", config), ("meetings/a.json", RIGHT), ("old/b.json", "{")];
    let answer = run(folder(&files).path(), &["check"]);
    let places = "`meetngs` (rapporteur.toml:5), `drafs/**` (rapporteur.toml:1)";
    let note = format!("note: no file matches the patterns {places}\n");
    assert_eq!((answer.code, answer.err), (0, note));
}

#[test]
fn a_pattern_that_matches_no_file_is_reported_beside_the_report() {
    let config = |files: &str| format!("# Ours.\n[[records]]\nfiles = {files}\n");
    let reported = |files: &str, arguments: &[&str]| {
        let at = folder(&[("rapporteur.toml", &config(files)), ("meetings/a.json", RIGHT)]);
        let answer = run(at.path(), &[&["check"], arguments].concat());
        (answer.code, answer.err)
    };
    let (one, line) = ("no file matches the pattern `meetngs/*.json`", "(rapporteur.toml:3)");
    let both = "[\"meetings/*.json\", \"meetngs/*.json\"]";
    assert_eq!(reported(both, &[]), (0, format!("note: {one} {line}\n")));
    assert_eq!(
        reported(both, &["meetings", "--format", "json"]),
        (0, format!("note: {one} {line}\n"))
    );
    assert_eq!(reported(both, &["--quiet"]), (0, String::new()));
    assert_eq!(reported("\"**/*.json\"", &[]), (0, String::new()));
    for arguments in [&[][..], &["--quiet"]] {
        let nothing = format!("nothing to check: no records were found; {one} {line}\n");
        assert_eq!(reported("\"meetngs/*.json\"", arguments), (3, nothing));
    }
    let (_, many) = reported("[\"meetings/*\", \"1/*\", \"2/*\",\n\"3/*\", \"4/*\", \"5/*\"]", &[]);
    let all = "`1/*` (rapporteur.toml:3), `2/*` (rapporteur.toml:3), `3/*` (rapporteur.toml:4) and 2 more";
    assert_eq!(many, format!("note: no file matches the patterns {all}\n"));
    for folder in ["\"meetings\"", "\"meetings/\""] {
        let (code, err) = reported(folder, &[]);
        assert!(code == 2 && err.contains("--> rapporteur.toml:3:9"), "{err}");
        assert!(err.contains("help: write `meetings/**/*.{json,yaml}`"), "{err}");
    }
}
