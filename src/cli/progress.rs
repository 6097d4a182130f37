//! Progress of a long run, on a line of the terminal that is cleared afterwards.

use std::{
    io::Write,
    sync::Mutex,
    time::{Duration, Instant},
};

/// A run that is over by then shows nothing.
const FIRST: Duration = Duration::from_secs(1);
/// Between one line and the next.
const EVERY: Duration = Duration::from_millis(100);

/// Reports how far a run is. Any thread may call [`tick`](Self::tick); it never waits for another.
pub struct Progress<W> {
    begin: Instant,
    /// `None` where no one looks.
    line: Option<Mutex<Line<W>>>,
}

struct Line<W> {
    writer: W,
    next: Duration,
    is_shown: bool,
}

impl<W: Write> Progress<W> {
    /// Progress on `writer` if it `is_terminal`, none otherwise.
    pub fn new(writer: W, is_terminal: bool) -> Self {
        let line = Line { writer, next: FIRST, is_shown: false };
        Self { begin: Instant::now(), line: is_terminal.then_some(Mutex::new(line)) }
    }

    /// `done` of `total` files are checked.
    pub fn tick(&self, done: usize, total: usize) {
        if self.line.is_some() {
            self.tick_at(self.begin.elapsed(), done, total);
        }
    }

    fn tick_at(&self, elapsed: Duration, done: usize, total: usize) {
        // Whoever finds the line taken leaves it to the other.
        let Some(Ok(mut line)) = self.line.as_ref().map(Mutex::try_lock) else {
            return;
        };
        if elapsed >= line.next {
            line.next = elapsed + EVERY;
            line.is_shown = true;
            // The command goes on if its progress cannot be shown.
            let _ = write!(line.writer, "\r\u{1b}[Kchecked {done} of {total} files");
            let _ = line.writer.flush();
        }
    }

    /// Clears the line. Call it before anything else is written to the terminal.
    pub fn finish(self) {
        let line = self.line.and_then(|line| line.into_inner().ok());
        if let Some(mut line) = line.filter(|line| line.is_shown) {
            let _ = write!(line.writer, "\r\u{1b}[K");
            let _ = line.writer.flush();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(is_terminal: bool, ticks: &[(u64, usize)]) -> String {
        let mut text = Vec::new();
        let progress = Progress::new(&mut text, is_terminal);
        for (millis, done) in ticks {
            progress.tick_at(Duration::from_millis(*millis), *done, 9);
        }
        progress.finish();
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn short_runs_and_pipes_see_nothing() {
        assert_eq!(shown(true, &[(0, 1), (999, 8)]), "");
        assert_eq!(shown(false, &[(5_000, 1)]), "");
    }

    #[test]
    fn a_long_run_is_shown_ten_times_a_second_and_cleared() {
        assert_eq!(
            shown(true, &[(1_000, 2), (1_099, 3), (1_100, 4)]),
            "\r\u{1b}[Kchecked 2 of 9 files\r\u{1b}[Kchecked 4 of 9 files\r\u{1b}[K"
        );
    }
}
