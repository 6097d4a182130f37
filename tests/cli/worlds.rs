//! The same records give the same bytes, wherever and by however many threads they are checked.

use super::*;

/// Numbers of threads, locales and time zones, each of which meets each of the others. Whether the system has the
/// locale plays no part: what is looked for is a program that asks for it.
const THREADS: [&str; 2] = ["1", "8"];
const LOCALES: [&str; 3] = ["C", "de_DE.UTF-8", "tr_TR.UTF-8"];
const ZONES: [&str; 2] = ["Pacific/Kiritimati", "America/New_York"];

/// A folder whose records find much: in files and between them, in several alphabets, with a file that is not there.
fn corpus() -> tempfile::TempDir {
    let slot = |name: &str, from: &str, to: &str| {
        format!(
            r#"{{"kind": "panel", "start": "{from}", "end": "{to}", "track": "{name}", "title": "{name}",
                "speakers": [{{"name": "{name}"}}, {{"name": "{name}"}}]}}"#
        )
    };
    let names =
        ["İsmail Çağlar", "Irmak ISIK", "Jürgen Groß", "Kőrösi Csaba", "王小明", "Ása Ólafsdóttir"];
    let mut files: Vec<(String, String)> = Vec::new();
    for (number, name) in names.into_iter().enumerate() {
        let slots = [slot(name, "10:00", "11:00"), slot(name, "10:30", "09:00")].join(", ");
        let text = format!(
            r#"{{"id": "p{number}", "kind": "programme", "title": "{name}", "language": "en", "event": "gone-{number}",
                "date": "2026-04-14", "dateLine": "Monday, 14 April 2026", "slots": [{slots}]}}"#
        );
        files.push((format!("{name}/p.json"), text.clone()));
        // The same once more under another id, so that records are alike.
        files.push((format!("{name}/Q.json"), text.replace(&format!("\"p{number}\""), "\"q\"")));
        files.push((format!("{name}/ß.yaml"), WARNING.to_owned()));
        files.push((format!("{name}/I.json"), INFO.to_owned()));
        files.push((format!("{name}/ı.jsonl"), format!("{{\"kind\": \"İ\"}}\n{WRONG}\n{{\n")));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    folder(&files)
}

/// What `check` with `arguments` at `at` answers with these variables, and all reports that it writes.
fn reported(at: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> (Answer, Vec<String>) {
    let reports = folder(&[]);
    let files = FORMATS.map(|format| reports.path().join(format).to_str().unwrap().to_owned());
    let mut all: Vec<&str> = ["check"].into_iter().chain(arguments.iter().copied()).collect();
    for (format, file) in FORMATS.iter().zip(&files) {
        all.extend(["--format", format, "--output-file", file]);
    }
    all.extend(["--format", "full", "--statistics"]);
    let mut command = program(at, &all);
    command.envs(variables.iter().copied()).env("HOME", "/nonexistent").env("COLUMNS", "40");
    let answer = command.output().unwrap().into();
    (answer, files.iter().map(|file| fs::read_to_string(file).unwrap()).collect())
}

#[test]
fn the_same_corpus_gives_the_same_bytes_anywhere() {
    let corpus = corpus();
    for (at, arguments, code) in
        [(repository(), &["records"][..], 0), (corpus.path().to_owned(), &[".", "gone.json"], 4)]
    {
        let first = reported(&at, &[arguments, &["--threads", "1"]].concat(), &[]);
        assert_eq!(first.0.code, code, "{}", first.0.err);
        assert!(first.0.out.starts_with(&first.1[0]), "the stream gets what the file gets");
        for threads in THREADS {
            for locale in LOCALES {
                for zone in ZONES {
                    let world =
                        [("LC_ALL", locale), ("LANG", locale), ("LANGUAGE", locale), ("TZ", zone)];
                    let other =
                        reported(&at, &[arguments, &["--threads", threads]].concat(), &world);
                    for (format, (one, other)) in FORMATS.iter().zip(first.1.iter().zip(&other.1)) {
                        assert!(one == other, "{format}, {threads} threads, {world:?}");
                    }
                    assert_eq!(first.0, other.0, "{threads} threads, {world:?}");
                }
            }
        }
    }
    let rules: Value = serde_json::from_str(&reported(corpus.path(), &["."], &[]).1[2]).unwrap();
    let rules =
        rules["findings"].as_array().unwrap().iter().map(|one| one["rule"].as_str().unwrap());
    assert!(rules.collect::<BTreeSet<_>>().len() >= 10, "a corpus with many findings");
}

#[test]
fn what_goes_to_the_stream_is_what_goes_to_the_file() {
    let corpus = corpus();
    let (_, files) = reported(corpus.path(), &["."], &[]);
    for (format, file) in FORMATS.iter().zip(files) {
        let mut command = program(corpus.path(), &["check", ".", "--format", format]);
        command.env("LC_ALL", "tr_TR.UTF-8").env("TZ", ZONES[0]).env("TERM", "xterm-kitty");
        let streamed: Answer = command.output().unwrap().into();
        assert!(streamed.out == file, "{format}");
    }
}
