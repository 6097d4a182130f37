//! `rapporteur facts`: what was understood of the records in a file.

use std::{io::Write, path::PathBuf};

use clap::Args;

use super::{ConfigArgs, Engine, Exit, Failure, World, ids, patient};
use crate::{
    input,
    lint::Unread,
    source::{visible, visible_line},
};

/// The arguments of `facts`.
#[derive(Args, Debug)]
pub(super) struct FactsArgs {
    /// The file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    config: ConfigArgs,
}

pub(super) fn run(
    args: &FactsArgs,
    engine: &Engine<'_>,
    world: &World<'_>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Exit, Failure> {
    let config = args.config.load(&world.cwd, &ids(engine.rules))?;
    let root = config.as_ref().map_or(&world.cwd, |config| &config.root);
    let named = std::slice::from_ref(&args.file);
    let collected = input::collect(root, &world.cwd, config.as_ref(), named)?;
    let (mut unread, mut count) = (collected.unread, 0);
    for input in collected.inputs.iter().filter(|input| input.reported) {
        count += 1;
        match (engine.facts)(input, config.as_ref()) {
            Ok(text) => patient(out.write_all(visible(&text).as_bytes()))?,
            Err(reason) => unread.push(reason),
        }
    }
    patient(out.flush())?;
    for Unread { path, reason } in &unread {
        // The exit code says it too.
        let _ = writeln!(err, "{}: not read: {}", visible_line(path), visible_line(reason));
    }
    Ok(match (unread.is_empty(), count) {
        (false, _) => Exit::Unread,
        (true, 0) => Exit::Nothing,
        (true, _) => Exit::Clean,
    })
}
