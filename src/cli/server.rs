//! `rapporteur server`: what `check` finds, in an editor.

use std::io::Write;

use super::{Exit, Failure, World};
use crate::server::{Ending, Settings, serve};

pub(super) fn run(world: &World<'_>, out: &mut dyn Write) -> Result<Exit, Failure> {
    let pages = world.pages();
    let settings = Settings { pages: pages.as_deref() };
    Ok(match serve((world.input)(), out, settings)? {
        Ending::Orderly => Exit::Clean,
        Ending::Abrupt => Exit::Abrupt,
    })
}
