//! Reading files so that nothing waits and nothing is read without end: only regular files are read.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read},
    path::Path,
};

use super::{paths, reason, refuse};
use crate::{source::MAX_LEN, sources::Input};

pub(super) const NOT_REGULAR: &str = "it is not a regular file";
const TOO_LARGE: &str = "it is larger than 4 GiB";

/// The bytes of `input`. The text of an error is the same on every machine.
pub fn read(input: &Input) -> io::Result<Vec<u8>> {
    // The path has no links. If one is there by now, it was put there after the files were found.
    let bytes = open(&input.disk, Links::Refuse).and_then(|(file, len)| read_all(file, len));
    bytes.map_err(|error| {
        let is_missing = error.kind() == io::ErrorKind::NotFound;
        // The configuration says that there are tables, and there are none.
        if is_missing && input.table.is_some() && paths::is_pattern(Path::new(&input.path)) {
            return refuse("no file matches the pattern");
        }
        io::Error::new(error.kind(), reason(&error))
    })
}

/// Whether there is something at `path`; where that cannot be found out, there may be.
#[must_use]
pub fn exists(path: &Path) -> bool {
    path.try_exists().unwrap_or(true)
}

/// The bytes of the file at `path`, wherever links lead.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    read_checked(path, Links::Follow)
}

/// The bytes of the file at `path`, which is not a link.
pub(super) fn read_plain(path: &Path) -> io::Result<Vec<u8>> {
    read_checked(path, Links::Refuse)
}

fn read_checked(path: &Path, links: Links) -> io::Result<Vec<u8>> {
    // Opening a device may already do something, so it is not even opened.
    refuse_odd(&fs::metadata(path)?)?;
    let (file, len) = open(path, links)?;
    read_all(file, len)
}

/// The bytes of a stream, which has to end before it is too long.
pub fn read_stream(stream: impl Read) -> io::Result<Vec<u8>> {
    read_all(stream, 0)
}

fn read_all(stream: impl Read, len: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(len + 1);
    // It may grow while it is read.
    stream.take(MAX_LEN as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > MAX_LEN { Err(refuse(TOO_LARGE)) } else { Ok(bytes) }
}

/// What happens to a link at the end of a path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Links {
    Follow,
    Refuse,
}

/// Opens a regular file, and says how long it is.
pub(super) fn open(path: &Path, links: Links) -> io::Result<(File, usize)> {
    let file = options(links).open(path).map_err(|error| opened_odd(path, links, error))?;
    // The open file is asked, since the path may lead to another one by now.
    let data = file.metadata()?;
    refuse_odd(&data)?;
    Ok((file, data.len() as usize))
}

/// Refuses what is not a regular file, or too large.
fn refuse_odd(data: &fs::Metadata) -> io::Result<()> {
    match data {
        data if data.is_dir() => Err(refuse("it is a folder")),
        data if !data.is_file() => Err(refuse(NOT_REGULAR)),
        data if data.len() > MAX_LEN as u64 => Err(refuse(TOO_LARGE)),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn options(links: Links) -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    // Opening a pipe would wait for someone who writes to it, and a terminal would become ours.
    let flags = libc::O_NONBLOCK | libc::O_NOCTTY;
    let follow = if links == Links::Refuse { libc::O_NOFOLLOW } else { 0 };
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(flags | follow);
    options
}

#[cfg(not(unix))]
fn options(_: Links) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    options
}

/// The error where something cannot be opened because of what it is.
#[cfg(unix)]
fn opened_odd(_: &Path, links: Links, error: io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(libc::ELOOP) if links == Links::Refuse => refuse("it has become a link"),
        // A socket, or a device that is not there.
        Some(libc::ENXIO | libc::ENODEV | libc::EOPNOTSUPP) => refuse(NOT_REGULAR),
        _ => error,
    }
}

/// The error where something cannot be opened because of what it is.
#[cfg(not(unix))]
fn opened_odd(path: &Path, _: Links, error: io::Error) -> io::Error {
    // Some systems call that a lack of permission.
    if path.is_dir() { refuse("it is a folder") } else { error }
}

#[cfg(test)]
mod tests;
