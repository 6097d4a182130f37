//! Runs the real program in a folder of its own.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
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

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("the program ended by itself"),
            out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
            err: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
        }
    }
}

/// The program with `arguments`, to be run at `at` with no variable of the environment.
pub(crate) fn program(at: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
    command.current_dir(at).args(arguments).env_clear();
    command
}

/// Runs the program.
pub(crate) fn run(at: &Path, arguments: &[&str]) -> Answer {
    program(at, arguments).output().expect("the program starts").into()
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
