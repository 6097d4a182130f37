//! The language server: what `check` finds, in an editor, while the text is not saved yet.
//!
//! One thread owns everything and answers one message after the other; another one only reads. Texts
//! that are open lie over the files, and the whole project is checked by the same pipeline as on the
//! command line, so that both say the same. The protocol is that of the
//! [Language Server Protocol 3.17](https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/).

mod client;
mod diagnostics;
mod folders;
mod positions;
mod session;
mod texts;
mod transport;

use std::{
    io::{self, BufRead, Write},
    sync::mpsc,
    thread,
};

use self::{
    session::Session,
    transport::{Incoming, read, write},
};

/// How a server ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The editor asked it to shut down and then to exit.
    Orderly,
    /// The editor told it to exit, or closed the stream, without asking it to shut down.
    Abrupt,
}

/// What the server is told by whoever starts it.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'s> {
    /// The address of the page of a rule, with `{rule}` in the place of its id, if there are pages.
    pub pages: Option<&'s str>,
}

/// Serves one editor until it leaves: messages come from `input`, and go to `output`.
pub fn serve(
    mut input: impl BufRead + Send + 'static,
    output: &mut dyn Write,
    settings: Settings<'_>,
) -> io::Result<Ending> {
    let (sender, receiver) = mpsc::channel();
    // Not joined at the end: it may wait for an editor that says nothing more.
    thread::Builder::new().name("reader".to_owned()).spawn(move || {
        while let Some(incoming) = read(&mut input).transpose() {
            let last = incoming.is_err();
            // What nobody waits for any more need not be read.
            if sender.send(incoming).is_err() || last {
                break;
            }
        }
    })?;
    let mut session = Session::new(settings);
    while let Ok(first) = receiver.recv() {
        // Everything that has been said is heard before anything is checked, so that who types faster
        // than the records are checked waits for one check and not for many.
        for incoming in std::iter::once(first).chain(receiver.try_iter()) {
            let told = incoming.map(|incoming| match incoming {
                Incoming::Message(message) => session.hear(message),
                Incoming::Broken(reason) => session.hear_noise(&reason),
            });
            for message in session.take_answers() {
                write(output, &message)?;
            }
            if let Some(ending) = told? {
                return Ok(ending);
            }
        }
        session.check();
        for message in session.take_answers() {
            write(output, &message)?;
        }
    }
    Ok(Ending::Abrupt)
}

#[cfg(test)]
mod tests;
