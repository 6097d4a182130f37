//! What goes to the streams: whole or reported, and harmless to who reads it.

use super::*;

/// A pipe that takes `left` bytes and is closed then, or a disk that is full.
struct Pipe {
    left: usize,
    kind: io::ErrorKind,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(self.kind.into());
        }
        let taken = bytes.len().min(self.left);
        self.left -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.left == 0 { Err(self.kind.into()) } else { Ok(()) }
    }
}

#[test]
fn a_reader_who_stops_early_changes_nothing_and_a_full_disk_is_a_failure() {
    let at = folder(&[("a.json", WRONG)]);
    for arguments in [&["check", "."][..], &["rules"], &["schema"], &["explain", "syntax"], &["-h"]]
    {
        let code = run_in(at.path(), arguments).0;
        for left in [0, 5] {
            let mut closed = Pipe { left, kind: io::ErrorKind::BrokenPipe };
            assert_eq!(run_to(at.path(), arguments, &mut closed), (code, String::new()));
            let mut full = Pipe { left, kind: io::ErrorKind::StorageFull };
            assert_eq!(run_to(at.path(), arguments, &mut full).0, 2, "{arguments:?}");
        }
    }
}

#[test]
fn an_answer_that_cannot_be_written_is_a_failure_that_is_reported() {
    let at = folder(&[("a.json", WRONG)]);
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["help", "check"],
        &["check", "--help"],
        &["rules"],
        &["man"],
        &["check", "."],
    ] {
        let mut full = Pipe { left: 5, kind: io::ErrorKind::StorageFull };
        let (code, err) = run_to(at.path(), arguments, &mut full);
        let full = "error: output: no space is left\n";
        assert_eq!((code, err.as_str()), (2, full), "{arguments:?}");
    }
}

#[test]
fn a_standard_error_that_takes_nothing_changes_no_exit_code() {
    let at = folder(&[("a.json", WRONG), ("nothing/x.txt", "")]);
    for arguments in [
        &["check", "."][..],
        &["check", ".", "--format=json", "--statistics"],
        &["check", "nothing"],
        &["facts", "gone.json"],
        &["check", "--statistic"],
        &["explain", "gone"],
    ] {
        let code = run_in(at.path(), arguments).0;
        let mut full = Pipe { left: 0, kind: io::ErrorKind::StorageFull };
        let mut out = Vec::new();
        assert_eq!(run_on(at.path(), b"", arguments, (&mut out, &mut full)), code, "{arguments:?}");
    }
}

#[test]
fn what_was_typed_cannot_disturb_a_terminal() {
    let at = folder(&[]);
    let typed = "\u{202e}\u{9b}31m\u{1b}[2J";
    for arguments in [
        &["check", "--fail-on", typed][..],
        &[typed],
        &["help", typed],
        &["check", &format!("--{typed}")],
        &["check", "--as-of", typed],
        &["check", typed, "--format=json"],
        &["explain", typed],
        &["schema", typed],
        &["check", "--select", typed],
    ] {
        let (code, out, err) = run_in(at.path(), arguments);
        assert!(code == 2 || code == 4, "{arguments:?}: {err}");
        let hidden = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!err.contains(hidden), "{arguments:?}: {err:?}");
        assert!(code == 4 || out.is_empty(), "{out}");
    }
}

#[cfg(unix)]
#[test]
fn names_and_values_forge_no_line_of_facts() {
    let register = RIGHT.replace("\"r\"", r#""r\nb.json:1:1: forged""#);
    let at = folder(&[("a\nb.json", &register.replace("\"title\"", "\"x\\ny\": 1, \"title\""))]);
    let (code, out, _) = run_in(at.path(), &["facts", "a\nb.json"]);
    assert_eq!(code, 0);
    let first = "a b.json:1:1: r b.json:1:1: forged, schema register.schema.json (by `kind`)";
    assert_eq!(out.lines().next(), Some(first));
    assert!(out.lines().skip(1).all(|line| line.starts_with("  ")), "{out}");
}
