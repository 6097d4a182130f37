//! The threads of a command. The library works in whichever threads it is called from.

use super::{Command, Failure};
use crate::schema::budget::THREAD_STACK;

impl Command {
    /// How many threads the command works in, 0 for as many as the machine runs at once; `None` for a command that needs
    /// only its own.
    pub(super) fn threads(&self) -> Option<u16> {
        match self {
            Self::Check(args) => Some(args.threads().unwrap_or_default()),
            Self::Init(_) | Self::Baseline(_) | Self::Server { .. } => Some(0),
            Self::Rules(_)
            | Self::Explain { .. }
            | Self::Schema { .. }
            | Self::Facts(_)
            | Self::Completions(_)
            | Self::Man => None,
        }
    }
}

/// Works in a pool of `threads` threads, for 0 of as many as the machine runs at once.
pub(super) fn within<T: Send>(
    threads: u16,
    work: impl FnOnce() -> Result<T, Failure> + Send,
) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into());
    let pool = pool.stack_size(THREAD_STACK).build();
    let pool = pool.map_err(|_| Failure::new("the threads could not be started".to_owned()))?;
    pool.install(work)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_has_the_threads_that_it_asks_for() {
        for number in [1, 3] {
            let threads = within(number, || Ok(rayon::current_num_threads()));
            assert_eq!(threads.ok(), Some(number.into()));
        }
        assert!(within(0, || Ok(rayon::current_thread_index().is_some())).unwrap_or_default());
    }
}
