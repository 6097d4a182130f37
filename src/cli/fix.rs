//! `check --fix` and `check --diff`: corrections are made in the files, or shown as differences.

use std::{
    collections::BTreeSet,
    fmt::Write as _,
    io::{self, Write},
    path::Path,
};

use clap::Args;
use similar::TextDiff;

use super::Failure;
use crate::{
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
        let mut outcome =
            fix::mend(whole, options, self.unsafe_fixes, &|path| reported.contains(path));
        let unread = &mut outcome.report.unread;
        unread.retain(|one| reported.contains(&one.path));
        unread.extend(named.collected.unread.iter().cloned());
        outcome
    }
}

/// Whether all files that `named` reports on are among those of `whole`.
pub(super) fn has_all(whole: &Project, named: &Project) -> bool {
    let known: BTreeSet<&Path> =
        whole.collected.inputs.iter().map(|input| input.disk.as_path()).collect();
    let mut reported = named.collected.inputs.iter().filter(|input| input.reported);
    whole.root == named.root && reported.all(|input| known.contains(input.disk.as_path()))
}

/// Writes the files, each whole or not at all; counts the corrections and the files. Those that cannot be written join the refused ones.
pub(super) fn write(outcome: &mut Outcome, root: &Path) -> (usize, usize) {
    let root = input::identity(root, Path::new(""));
    let (mut count, mut files) = (0, 0);
    for Mended { path, disk, old, new, count: fixes } in &outcome.mended {
        match input::replace(&root, disk, old, new) {
            Ok(()) => (count, files) = (count + fixes, files + 1),
            Err(reason) => outcome.refused.push(Refused { path: path.clone(), at: None, reason }),
        }
    }
    (count, files)
}

/// Leaves out the files that `write` would refuse.
pub(super) fn keep_writable(outcome: &mut Outcome, root: &Path) {
    let root = input::identity(root, Path::new(""));
    let (mended, refused) = (&mut outcome.mended, &mut outcome.refused);
    mended.retain(|one| match input::may_replace(&root, &one.disk, &one.old) {
        Ok(()) => true,
        Err(reason) => {
            refused.push(Refused { path: one.path.clone(), at: None, reason });
            false
        }
    });
}

/// Says what was done, if anything was to be, and what was not done. What was refused is said in any case.
pub(super) fn tell(
    outcome: &Outcome,
    written: Option<(usize, usize)>,
    is_quiet: bool,
    err: &mut dyn Write,
) {
    let done = written.filter(|_| !is_quiet).map(|(count, files)| match count {
        0 => "nothing fixed".to_owned(),
        _ => format!("{count} fixed in {}", counted(files, "file")),
    });
    let refused = match outcome.refused.len() {
        0 => None,
        count => Some(format!("{count} refused")),
    };
    let hidden = match outcome.hidden {
        0 => None,
        count => Some(format!("{count} more with `--unsafe-fixes`")),
    };
    let all: Vec<String> =
        [done, refused, hidden.filter(|_| !is_quiet)].into_iter().flatten().collect();
    if !all.is_empty() {
        let end = if outcome.refused.is_empty() { "" } else { ":" };
        let _ = writeln!(err, "{}{end}", all.join(", "));
    }
    for Refused { path, at, reason } in &outcome.refused {
        let line = match at {
            Some((line, rule)) => format!("  {path}:{line}: {rule}: {reason}"),
            None => format!("  {path}: {reason}"),
        };
        let _ = writeln!(err, "{}", visible_line(&line));
    }
}

/// Says which files could not be read, so that they are not taken for files without a difference.
pub(super) fn tell_unread(outcome: &Outcome, err: &mut dyn Write) {
    for unread in &outcome.report.unread {
        let line = format!("not read: {}: {}", unread.path, unread.reason);
        let _ = writeln!(err, "{}", visible_line(&line));
    }
}

/// Writes the differences in the form of `diff -u`. On a terminal no character of a record does anything.
pub(super) fn show(outcome: &Outcome, is_terminal: bool, out: &mut dyn Write) -> io::Result<()> {
    for Mended { path, old, new, .. } in &outcome.mended {
        let diff = TextDiff::from_lines(old.as_str(), new.as_str());
        let text = diff.unified_diff().header(&name("a", path), &name("b", path)).to_string();
        let text = if is_terminal { visible(&text) } else { text.into() };
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// The name of a file in a difference: in quotes, as git writes it, where a character would end it, and with a tab behind it, as GNU diff
/// writes it, where it has a space.
fn name(side: &str, path: &str) -> String {
    let is_special = |c: char| c.is_control() || matches!(c, '"' | '\\');
    if !path.contains(is_special) {
        let end = if path.contains(' ') { "\t" } else { "" };
        return format!("{side}/{path}{end}");
    }
    let mut quoted = format!("\"{side}/");
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    // Writing to a string cannot fail.
                    let _ = write!(quoted, "\\{byte:03o}");
                }
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn names_in_a_difference_are_those_that_patch_and_git_read() {
        assert_eq!(name("a", "b/c.yaml"), "a/b/c.yaml");
        assert_eq!(name("a", "b c.yaml"), "a/b c.yaml\t");
        assert_eq!(name("a", "é.yaml"), "a/é.yaml");
        assert_eq!(name("b", "a\tb\n\"c\\\u{7}.yaml"), r#""b/a\tb\n\"c\\\007.yaml""#);
    }
}
