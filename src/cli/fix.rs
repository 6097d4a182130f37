//! `check --fix` and `check --diff`: corrections are made in the files, or shown as differences.

use std::{
    collections::BTreeSet,
    io::{self, Write},
    path::Path,
};

use clap::Args;
use similar::TextDiff;

use super::Failure;
use crate::{
    finding::RuleId,
    fix::{self, Mended, Outcome, Refused},
    input,
    message::counted,
    project::{Options, Project},
    source::{visible, visible_line},
};

/// What is to become of the corrections that findings have.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct FixArgs {
    /// Write safe fixes into the files, then report what is left; each is tried first, and refused if anything else would be found
    #[arg(long, help_heading = "Fixes")]
    fix: bool,
    /// Write fixes too after which a record may mean something else; with `--diff`, show them too
    #[arg(long, help_heading = "Fixes")]
    unsafe_fixes: bool,
    /// Print what `--fix` would write as a unified diff, and write nothing; exit with 1 if there is a difference
    #[arg(long, help_heading = "Fixes")]
    diff: bool,
}

impl FixArgs {
    /// Whether corrections are wanted at all.
    pub(super) const fn is_wanted(self) -> bool {
        self.fix || self.diff
    }

    /// Whether they are only shown.
    pub(super) const fn is_diff(self) -> bool {
        self.diff
    }

    /// Refuses what means nothing.
    pub(super) fn check(self, reads_stream: bool) -> Result<(), Failure> {
        let option = if self.diff { "--diff" } else { "--fix" };
        if self.unsafe_fixes && !self.is_wanted() {
            let message = "`--unsafe-fixes` is for `--fix` and `--diff`".to_owned();
            return Err(Failure::Message { message, tip: None });
        }
        if self.is_wanted() && reads_stream {
            let message = format!("`{option}` is for files, not for standard input");
            return Err(Failure::Message { message, tip: None });
        }
        Ok(())
    }

    /// Chooses and tries the corrections of the files that `named` reports on. `whole` is the project that they are tried in.
    pub(super) fn mend(
        self,
        named: &Project,
        whole: &mut Project,
        options: &Options<'_>,
    ) -> Outcome {
        let reported = named.collected.inputs.iter().filter(|input| input.reported);
        let reported: BTreeSet<String> = reported.map(|input| input.path.clone()).collect();
        fix::mend(whole, options, self.unsafe_fixes, &|path| reported.contains(path))
    }
}

/// Whether all files that `named` reports on are among those of `whole`.
pub(super) fn has_all(whole: &Project, named: &Project) -> bool {
    let known: BTreeSet<&Path> =
        whole.collected.inputs.iter().map(|input| input.disk.as_path()).collect();
    let mut reported = named.collected.inputs.iter().filter(|input| input.reported);
    whole.root == named.root && reported.all(|input| known.contains(input.disk.as_path()))
}

/// Writes the files, each whole or not at all. Those that cannot be written join the refused ones; the others are counted.
pub(super) fn write(outcome: &mut Outcome, root: &Path) -> (usize, usize) {
    let root = input::identity(root, Path::new(""));
    let (mut count, mut files) = (0, 0);
    for mended in &outcome.mended {
        let Mended { disk, old, new, .. } = mended;
        match input::replace(&root, disk, old, new) {
            Ok(()) => (count, files) = (count + mended.count, files + 1),
            Err(reason) => outcome.refused.push(Refused {
                path: mended.path.clone(),
                line: 1,
                rule: RuleId::new("fix"),
                reason,
            }),
        }
    }
    (count, files)
}

/// Says what was done.
pub(super) fn tell(outcome: &Outcome, (count, files): (usize, usize), err: &mut dyn Write) {
    let done = match count {
        0 => "nothing fixed".to_owned(),
        _ => format!("{count} fixed in {}", counted(files, "file")),
    };
    let _ = match outcome.refused.len() {
        0 => writeln!(err, "{done}"),
        refused => writeln!(err, "{done}, {refused} refused:"),
    };
    for one in &outcome.refused {
        let Refused { path, line, rule, reason } = one;
        let line = format!("  {path}:{line}: {rule}: {reason}");
        let _ = writeln!(err, "{}", visible_line(&line));
    }
}

/// Writes the differences in the form of `diff -u`. On a terminal no character of a record does anything.
pub(super) fn show(outcome: &Outcome, is_terminal: bool, out: &mut dyn Write) -> io::Result<()> {
    for Mended { path, old, new, .. } in &outcome.mended {
        let diff = TextDiff::from_lines(old.as_str(), new.as_str());
        let text =
            diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string();
        let text = if is_terminal { visible(&text) } else { text.into() };
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}
