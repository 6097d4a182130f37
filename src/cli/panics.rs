//! Defects of the program itself: a panic ends a command as a failure, and says one line.

use std::{
    io::{self, Write as _},
    panic::{AssertUnwindSafe, catch_unwind, set_hook},
    sync::Once,
};

use super::Failure;
use crate::schema::budget::LOST_REFERENCE;

/// Has the first panic say one line, from whichever of the threads it comes.
pub(super) fn tell_once() {
    let once = Once::new();
    set_hook(Box::new(move |panic| {
        if panic.payload_as_str() == Some(LOST_REFERENCE) {
            // What the validator could not follow is reported as a finding.
            return;
        }
        once.call_once(|| {
            let place = panic.location().map(ToString::to_string).unwrap_or_default();
            let line = line(&place, panic.payload_as_str().unwrap_or("no reason given"));
            // A standard error that is closed leaves the exit code to tell it.
            let _ = writeln!(io::stderr(), "{line}");
        });
    }));
}

fn line(place: &str, reason: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let what = crate::source::visible_line(reason);
    format!("error: a defect of rapporteur {version}, please report this line: {place}: {what}")
}

/// Does the work of a command; a panic in it is a failure.
pub(super) fn caught<T>(work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    // What the work has changed is not looked at after a panic.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Failure::Defect))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_defect_is_one_line() {
        let printed = line("src/a.rs:1:2", "left\n right");
        assert!(
            printed.starts_with("error: a defect of rapporteur 0.") && printed.lines().count() == 1
        );
        assert!(printed.ends_with(": src/a.rs:1:2: left  right"), "{printed}");
    }

    #[test]
    fn a_panic_of_another_thread_is_a_failure_too() {
        let work = || rayon::join(|| (), || -> Result<(), Failure> { panic!("a defect") }).1;
        assert!(matches!(caught(work), Err(Failure::Defect)));
        assert!(matches!(caught(|| Ok(1)), Ok(1)));
    }
}
