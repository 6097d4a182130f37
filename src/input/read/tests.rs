//! What is not a regular file, whatever it was a moment ago.

#![cfg(unix)]

use std::{
    os::unix::{fs::symlink, net::UnixListener},
    process::Command,
};

use super::*;

fn reason_for(read: io::Result<Vec<u8>>) -> String {
    reason(&read.unwrap_err())
}

#[test]
fn pipes_sockets_and_devices_are_refused_without_waiting() {
    let at = tempfile::tempdir().unwrap();
    let [pipe, socket] = ["pipe", "socket"].map(|name| at.path().join(name));
    let _listener = UnixListener::bind(&socket).unwrap();
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.is_ok_and(|status| status.success()), "mkfifo is there");
    for path in [&pipe, &socket, Path::new("/dev/null"), Path::new("/dev/zero")] {
        for links in [Links::Follow, Links::Refuse] {
            assert_eq!(reason_for(read_checked(path, links)), NOT_REGULAR, "{path:?}");
            // The same if the path was a regular file a moment ago.
            assert_eq!(reason(&open(path, links).unwrap_err()), NOT_REGULAR, "{path:?}");
        }
    }
    for path in [at.path(), Path::new("/dev")] {
        assert_eq!(reason_for(read_file(path)), "it is a folder");
        assert_eq!(reason(&open(path, Links::Refuse).unwrap_err()), "it is a folder");
    }
}

#[test]
fn a_link_that_takes_the_place_of_a_file_is_refused() {
    let at = tempfile::tempdir().unwrap();
    let [file, link, circle] = ["file", "link", "circle"].map(|name| at.path().join(name));
    fs::write(&file, "text").unwrap();
    symlink(&file, &link).unwrap();
    symlink(&circle, &circle).unwrap();
    assert_eq!(read_file(&link).unwrap(), b"text");
    assert_eq!(reason_for(read_plain(&link)), "it has become a link");
    assert_eq!(read_plain(&file).unwrap(), b"text");
    assert_eq!(reason_for(read_file(&circle)), "its links lead in a circle");
}
