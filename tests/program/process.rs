//! Runs the program in a process of its own, for what depends on one: streams, variables of the environment, the exit code.

use std::{
    path::Path,
    process::{Command, Output},
};

use crate::program::Answer;

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

/// Runs the program in a process.
pub(crate) fn spawn(at: &Path, arguments: &[&str]) -> Answer {
    program(at, arguments).output().expect("the program starts").into()
}
