//! Links, pipes and devices wherever the program reads a file: nothing outside of the project is read or quoted, and
//! nothing waits.

use std::{
    fs,
    os::unix::{fs::symlink, net::UnixListener},
    path::{Path, PathBuf},
    process::Command,
    sync::mpsc,
    thread,
    time::Duration,
};

use rapporteur::output::Format;

use crate::program::{Answer, folder, run};

const RIGHT: &str = r#"{"id": "r", "kind": "register", "title": "R", "language": "en",
    "entries": [{"symbol": "A/RES/63/225"}]}"#;
/// What must never be in a report. It is not text of any syntax.
const SECRET: &str = "SECRET_TOKEN=not-for-the-report\n";

/// Something that the program reads, as a project that has it in the place of `PLACE`.
struct Role {
    name: &'static str,
    files: &'static [(&'static str, &'static str)],
    /// Where it is in the project.
    place: &'static str,
    arguments: &'static str,
    /// The exit codes where a link leads out, and where there is a pipe.
    codes: (i32, i32),
}

const RECORDS: &str = "[[records]]\nfiles = \"*.json\"\n";
const TABLE: &str =
    "[[records]]\nfiles = \"r.json\"\n[[registers]]\nspace = \"document\"\nkey = \"k\"\n";

/// Every place in which the program reads what it is not given.
const ROLES: &[Role] = &[
    Role {
        name: "a schema that the configuration names",
        files: &[("rapporteur.toml", "[[records]]\nfiles = \"r.json\"\nschema = \"x.json\"\n")],
        place: "x.json",
        arguments: "",
        codes: (2, 2),
    },
    Role {
        name: "a schema that another one refers to",
        files: &[
            ("rapporteur.toml", "[[records]]\nfiles = \"r.json\"\nschema = \"s.json\"\n"),
            ("s.json", r#"{"properties": {"id": {"$ref": "x.json"}}}"#),
        ],
        place: "x.json",
        arguments: "",
        codes: (1, 1),
    },
    Role {
        name: "a record that a pattern matches",
        files: &[("rapporteur.toml", RECORDS)],
        place: "x.json",
        arguments: "",
        codes: (4, 4),
    },
    Role {
        name: "a record that the configuration names",
        files: &[("rapporteur.toml", "[[records]]\nfiles = [\"r.json\", \"x.json\"]\n")],
        place: "x.json",
        arguments: "",
        codes: (2, 4),
    },
    Role {
        name: "a record that the command line names",
        files: &[],
        place: "x.json",
        arguments: "x.json r.json",
        codes: (4, 4),
    },
    Role {
        name: "a record that a pattern on the command line matches",
        files: &[],
        place: "x.json",
        arguments: "*.json",
        codes: (4, 4),
    },
    Role {
        name: "a table that the configuration names",
        files: &[("rapporteur.toml", "files = \"x.csv\"\n")],
        place: "x.csv",
        arguments: "",
        codes: (2, 4),
    },
    Role {
        name: "a table of another syntax",
        files: &[("rapporteur.toml", "files = \"x.yaml\"\n")],
        place: "x.yaml",
        arguments: "",
        codes: (2, 4),
    },
    Role {
        name: "a table that a pattern matches",
        files: &[("rapporteur.toml", "files = \"*.csv\"\n")],
        place: "x.csv",
        arguments: "",
        codes: (4, 4),
    },
    Role {
        name: "the configuration",
        files: &[],
        place: "rapporteur.toml",
        arguments: "",
        codes: (2, 2),
    },
    Role {
        name: "the baseline",
        files: &[("rapporteur.toml", RECORDS)],
        place: "rapporteur.baseline",
        arguments: "",
        codes: (2, 2),
    },
    Role {
        name: "an ignore file",
        files: &[("rapporteur.toml", RECORDS)],
        place: ".gitignore",
        arguments: "",
        codes: (4, 4),
    },
];

impl Role {
    /// The project in `p`, beside a secret; `put` puts something in the place.
    fn project(&self, put: impl FnOnce(&Path)) -> (tempfile::TempDir, PathBuf) {
        let at = folder(&[("secret", SECRET), ("secrets/x.json", SECRET), ("p/r.json", RIGHT)]);
        let root = at.path().join("p");
        for (name, text) in self.files {
            // A table is one of an entry that has more to say.
            let table = text.starts_with("files").then(|| format!("{TABLE}{text}"));
            fs::write(root.join(name), table.as_deref().unwrap_or(text)).unwrap();
        }
        put(&root.join(self.place));
        (at, root)
    }

    fn run(&self, root: &Path, more: &[&str]) -> Answer {
        let arguments = ["check"].into_iter().chain(self.arguments.split_whitespace());
        run_soon(root, &arguments.chain(more.iter().copied()).collect::<Vec<_>>())
    }
}

/// Runs the program, which must not wait for anything.
fn run_soon(at: &Path, arguments: &[&str]) -> Answer {
    let (to, from) = mpsc::channel();
    let (folder, owned) = (at.to_owned(), arguments.iter().map(|&one| one.to_owned()));
    let owned: Vec<String> = owned.collect();
    thread::spawn(move || {
        let arguments: Vec<&str> = owned.iter().map(String::as_str).collect();
        to.send(run(&folder, &arguments))
    });
    let answer = from.recv_timeout(Duration::from_mins(1));
    answer.unwrap_or_else(|_| panic!("it waits: {arguments:?} in {}", at.display()))
}

fn make_pipe(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo is there");
}

/// Checks a project in which the place of `role` is a link to `target`, outside of it.
fn check_link(role: &Role, target: &str, format: &str) {
    let (_at, root) = role.project(|place| symlink(target, place).unwrap());
    let answer = role.run(&root, &["--format", format]);
    let why = format!("{}, {target}, {format}: {answer:?}", role.name);
    let all = format!("{}{}", answer.out, answer.err);
    assert_eq!(answer.code, role.codes.0, "{why}");
    // Lines may be broken anywhere in what people read.
    assert!(all.contains("leads") || (role.place, target) == (".gitignore", "/dev/stdin"), "{why}");
    assert!(!all.contains("SECRET") && !all.contains("secret"), "{why}");
}

#[test]
fn a_link_out_of_the_project_is_reported_and_nothing_behind_it_is_quoted() {
    // One after the other: the program works in the threads that would wait for it here.
    for role in ROLES {
        check_link(role, "../secret", "full");
    }
    // A finding, and an input that cannot be read.
    for role in &ROLES[1..3] {
        let formats = Format::ALL.map(Format::word);
        for format in &formats {
            check_link(role, "../secret", format);
        }
    }
}

#[test]
fn a_link_to_what_has_no_end_is_reported_and_not_waited_for() {
    for target in ["/dev/zero", "/dev/stdin", "/proc/kmsg", "../none"] {
        let roles = ROLES.iter().filter(|role| target != "../none" || role.place != ".gitignore");
        roles.for_each(|role| check_link(role, target, "concise"));
    }
}

#[test]
fn pipes_and_sockets_are_reported_and_not_waited_for() {
    for role in ROLES {
        let (_at, root) = role.project(make_pipe);
        let answer = role.run(&root, &["--format=concise"]);
        let all = format!("{}{}", answer.out, answer.err);
        assert_eq!(answer.code, role.codes.1, "{}: {answer:?}", role.name);
        assert!(all.contains("it is not a regular file"), "{}: {answer:?}", role.name);
        let mut listener = None;
        let (_at, root) = role.project(|place| listener = UnixListener::bind(place).ok());
        // The path of a socket must not be long; where it is too long there is none.
        let Some(_listener) = listener else { continue };
        let answer = role.run(&root, &["--format=concise"]);
        assert_eq!(answer.code, role.codes.1, "{}: {answer:?}", role.name);
    }
}

#[test]
fn a_folder_behind_a_link_that_leads_out_is_not_looked_into() {
    for (config, arguments, code) in [
        ("[[records]]\nfiles = \"link/*.json\"\n", "", 2),
        ("[[records]]\nfiles = \"link/x.json\"\n", "", 2),
        ("[[records]]\nfiles = \"r.json\"\nschema = \"link/x.json\"\n", "", 2),
        ("[[records]]\nfiles = \"r.json\"\nschema = \"link/y.json\"\n", "", 2),
        (
            "[[records]]\nfiles = \"r.json\"\n[[registers]]\nfiles = \"link/*.json\"\nspace = \"document\"\nkey = \"k\"\n",
            "",
            2,
        ),
        ("[[records]]\nfiles = \"r.json\"\n", "link", 4),
        ("[[records]]\nfiles = \"r.json\"\n", "link/x.json", 4),
        ("[[records]]\nfiles = \"r.json\"\n", "link/*.json", 4),
        ("", "link", 4),
    ] {
        let at = folder(&[
            ("secrets/x.json", SECRET),
            ("p/rapporteur.toml", config),
            ("p/r.json", RIGHT),
        ]);
        let root = at.path().join("p");
        symlink("../secrets", root.join("link")).unwrap();
        let arguments =
            ["check", "--format=concise"].into_iter().chain(arguments.split_whitespace());
        let answer = run_soon(&root, &arguments.collect::<Vec<_>>());
        let all = format!("{}{}", answer.out, answer.err);
        assert_eq!(answer.code, code, "{config}: {answer:?}");
        let all = all.replace("\n  │", "");
        assert!(all.contains("leads out of the project"), "{config}: {answer:?}");
        // Not even what is there is reported, such as the name of a schema that may be meant.
        assert!(!all.contains("SECRET") && !all.contains("did you mean"), "{config}: {answer:?}");
    }
}

#[test]
fn links_that_stay_in_the_project_are_followed_in_every_place() {
    let at = folder(&[
        (
            "conf/rapporteur.toml",
            "[[records]]\nfiles = \"link/*.json\"\nschema = \"s.json\"\n[[registers]]\nfiles = \"t.csv\"\nspace = \"document\"\nkey = \"k\"\n",
        ),
        ("conf/s.json", r#"{"properties": {"a": {"$ref": "part.json"}}}"#),
        ("conf/part.json", r#"{"type": "string"}"#),
        ("conf/t.csv", "k\nA/RES/63/225\n"),
        ("data/r.json", "{\"a\": 1}"),
    ]);
    for (target, link) in [
        ("conf/rapporteur.toml", "rapporteur.toml"),
        ("conf/s.json", "s.json"),
        ("conf/part.json", "part.json"),
        ("conf/t.csv", "t.csv"),
        ("data", "link"),
    ] {
        symlink(target, at.path().join(link)).unwrap();
    }
    for named in ["", "link", "link/r.json", "data/r.json"] {
        let arguments = ["check", "--format=concise", "--quiet", "--select=schema"];
        let arguments = arguments.into_iter().chain(named.split_whitespace());
        let answer = run_soon(at.path(), &arguments.collect::<Vec<_>>());
        let wanted = "link/r.json:1:7: error[schema] `a` is a number; a string expected\n";
        assert_eq!(
            (answer.code, answer.out.as_str(), answer.err.as_str()),
            (1, wanted, ""),
            "{named}"
        );
    }
    fs::rename(at.path().join("rapporteur.toml"), at.path().join("other.toml")).unwrap();
    let answer = run_soon(at.path(), &["check", "--config", "other.toml", "--select=schema"]);
    assert_eq!(answer.code, 1);
}

#[test]
fn what_somebody_names_outside_of_the_project_is_read() {
    let at = folder(&[
        ("out/r.json", "{\"a\": 1}"),
        ("out/c.toml", "[rules]\nstructure = \"off\"\n"),
        ("out/b.baseline", ""),
        ("p/r.json", RIGHT),
    ]);
    let root = at.path().join("p");
    symlink("r.json", at.path().join("out/link.json")).unwrap();
    symlink("../out/c.toml", root.join("c.toml")).unwrap();
    symlink("../out/b.baseline", root.join("b.baseline")).unwrap();
    for name in ["../out/r.json", "../out/link.json", "../out"] {
        let answer = run_soon(&root, &["check", name, "--format=concise"]);
        assert!(answer.code == 1 && answer.out.contains("out/r.json:1:1"), "{name}: {answer:?}");
    }
    let options = ["--config", "c.toml", "--baseline", "b.baseline"];
    let answer = run_soon(&root, &[&["check", "r.json"][..], &options].concat());
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
}

#[test]
fn a_baseline_that_is_a_link_out_of_the_project_is_not_written_through() {
    let at = folder(&[("mine", SECRET), ("p/rapporteur.toml", RECORDS), ("p/r.json", "[9]")]);
    let root = at.path().join("p");
    symlink("../mine", root.join("rapporteur.baseline")).unwrap();
    for action in ["create", "update", "check", "prune"] {
        let answer = run_soon(&root, &["baseline", action]);
        let wanted = "error: the baseline `rapporteur.baseline`: it is a link that leads out of the project\n";
        assert_eq!((answer.code, answer.err.as_str()), (2, wanted), "{action}");
    }
    assert_eq!(fs::read_to_string(at.path().join("mine")).unwrap(), SECRET);
}

#[test]
fn a_baseline_is_not_written_to_a_pipe() {
    let at = folder(&[("rapporteur.toml", RECORDS), ("r.json", RIGHT)]);
    let own = at.path().join("rapporteur.baseline");
    for is_link in [false, true] {
        let pipe = if is_link { at.path().join("pipe") } else { own.clone() };
        make_pipe(&pipe);
        if is_link {
            symlink("pipe", &own).unwrap();
        }
        for action in ["create", "update", "prune", "check"] {
            let answer = run_soon(at.path(), &["baseline", action]);
            assert_eq!(answer.code, 2, "{action}: {answer:?}");
        }
        fs::remove_file(&own).unwrap();
    }
}

#[test]
fn a_schema_that_a_record_names_is_never_looked_for_on_the_disk() {
    let record = RIGHT.replacen('{', r#"{"$schema": "link.json", "#, 1);
    let at = folder(&[("secret", SECRET), ("p/r.json", &record)]);
    let root = at.path().join("p");
    symlink("../secret", root.join("link.json")).unwrap();
    let answer = run_soon(&root, &["check", "r.json", "--format=concise"]);
    assert!(
        answer.code == 1 && answer.out.starts_with("r.json:1:14: error[unknown-kind]"),
        "{answer:?}"
    );
    assert!(!answer.out.contains("SECRET"), "{answer:?}");
}
