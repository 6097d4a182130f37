//! `rapporteur server`: what `check` finds, in an editor.

use std::io::Write;

use super::{Exit, Failure, World};
use crate::{
    input::reason,
    server::{Broken, Ending, Settings, serve},
};

pub(super) fn run(world: &World<'_>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let pages = world.pages();
    let settings = Settings { rules: world.rules, pages: pages.as_deref() };
    match serve((world.input)(), out, settings) {
        Ok(Ending::Orderly) => Ok(Exit::Clean),
        Ok(Ending::Abrupt) => Ok(Exit::Abrupt),
        Err(Broken::Input(error)) => {
            Err(Failure::new(format!("standard input: {}", reason(&error))))
        }
        Err(Broken::Output(error)) => Err(error.into()),
    }
}
