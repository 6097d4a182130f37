//! Runs the program in a folder of its own. That happens in this process: a process of its own spends most of its time on the
//! bundled schemas, which are compiled once here.

use std::{ffi::OsString, fs, io, path::Path};

use rapporteur::{
    cli::{self, World},
    rule::RuleSet,
};

/// What the program answered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

/// Runs the program with `arguments` at `at`, with no variable of the environment and nothing on standard input.
pub(crate) fn run(at: &Path, arguments: &[&str]) -> Answer {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let world = World {
        rules: RuleSet::bundled(),
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
    let text = |bytes| String::from_utf8(bytes).expect("what is written is UTF-8");
    Answer { code, out: text(out), err: text(err) }
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    // The prefix is not hidden, unlike the default.
    let folder = tempfile::Builder::new().prefix("records").tempdir().unwrap();
    for (file, text) in files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}
