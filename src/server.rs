//! The language server: what `check` finds, in an editor, while the text is not saved yet.
//!
//! One thread owns everything and answers one message after the other; another one only reads. Documents
//! that are open lie over the files, and the whole project is checked by the same pipeline as on the
//! command line, so that both say the same. The protocol is that of the
//! [Language Server Protocol 3.17](https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/).

mod changes;
mod client;
mod diagnostics;
mod documents;
mod folders;
mod positions;
mod publisher;
mod session;
mod transport;
mod uris;

use std::{
    io::{self, BufRead, Write},
    sync::mpsc,
    thread,
};

use self::{
    session::Session,
    transport::{Incoming, read, refuse_text, write},
};
use crate::rule::RuleSet;

/// How a server ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The editor asked it to shut down and then to exit.
    Orderly,
    /// The editor told it to exit, or closed the stream, without asking it to shut down.
    Abrupt,
}

/// Why a server cannot go on.
#[derive(Debug)]
pub enum Broken {
    /// What comes in cannot be read, or is none of the protocol.
    Input(io::Error),
    /// What is said cannot be written.
    Output(io::Error),
}

/// What the server is reported by whoever starts it.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'s> {
    /// The rules that there are.
    pub rules: &'s RuleSet,
    /// The address of the page of a rule, with `{rule}` in the place of its id, if there are pages.
    pub pages: Option<&'s str>,
}

/// Serves one editor until it leaves: messages come from `input`, and go to `output`.
pub fn serve(
    mut input: impl BufRead + Send + 'static,
    output: &mut dyn Write,
    settings: Settings<'_>,
) -> Result<Ending, Broken> {
    let (sender, receiver) = mpsc::channel();
    let reader = thread::Builder::new().name("reader".to_owned());
    // Not joined at the end: it may wait for an editor that says nothing more.
    let started = reader.spawn(move || {
        while let Some(incoming) = read(&mut input).transpose() {
            let last = incoming.is_err();
            // What no one waits for any more need not be read.
            if sender.send(incoming).is_err() || last {
                break;
            }
        }
    });
    started.map_err(Broken::Input)?;
    let mut session = Session::new(settings);
    while let Ok(first) = receiver.recv() {
        // Everything that has been said is heard before anything is checked, so that who types faster
        // than the records are checked waits for one check and not for many.
        for incoming in std::iter::once(first).chain(receiver.try_iter()) {
            if let Ok(Incoming::NoJson(reason)) = &incoming {
                refuse_text(output, reason).map_err(Broken::Output)?;
            }
            let ending = incoming.map(|incoming| match incoming {
                Incoming::Message(message) => session.handle(message),
                Incoming::NoMessage(reason) | Incoming::NoJson(reason) => {
                    session.handle_malformed(&reason)
                }
            });
            for message in session.take_answers() {
                write(output, &message).map_err(Broken::Output)?;
            }
            if let Some(ending) = ending.map_err(Broken::Input)? {
                return Ok(ending);
            }
        }
        session.check();
        for message in session.take_answers() {
            write(output, &message).map_err(Broken::Output)?;
        }
    }
    Ok(Ending::Abrupt)
}

#[cfg(test)]
mod tests;
