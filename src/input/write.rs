//! Writing a file whole or not at all.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

/// Writes the whole file or nothing: what is there stays until the new text is safe beside it. A link stays a link, and what
/// is not a regular file, such as `/dev/stdout` or a pipe, takes the text as it is.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    if is_stream(path) {
        // Nothing is created where there is nothing, and nothing that is there is cut off.
        return fs::OpenOptions::new().append(true).open(path)?.write_all(text.as_bytes());
    }
    let path = &followed(path);
    let file = beside(path, text)?;
    if let Ok(data) = fs::metadata(path) {
        file.as_file().set_permissions(data.permissions())?;
    }
    file.persist(path)?;
    Ok(())
}

/// Replaces the text `old` of the file `disk`, which is a canonical path, by `new`, whole or not at all; or says why it stays as it is.
pub fn replace(root: &Path, disk: &Path, old: &str, new: &str) -> Result<(), String> {
    may_replace(root, disk, old)?;
    write(disk, new).map_err(|error| super::reason(&error))
}

/// Whether [`replace`] may replace the text, or why it may not: the file is not below `root`, is read-only, or has another text by now.
pub fn may_replace(root: &Path, disk: &Path, old: &str) -> Result<(), String> {
    if !disk.starts_with(root) {
        return Err("the file is outside of the project".to_owned());
    }
    let read = || -> io::Result<(Vec<u8>, bool)> {
        Ok((fs::read(disk)?, fs::metadata(disk)?.permissions().readonly()))
    };
    match read() {
        Ok((_, true)) => Err("the file is read-only".to_owned()),
        Ok((bytes, _)) if bytes != old.as_bytes() => {
            Err("the file has changed since it was checked".to_owned())
        }
        Ok(_) => Ok(()),
        Err(error) => Err(super::reason(&error)),
    }
}

/// Whether what is at `path` is to be written to, and not to be replaced. A name for a stream of this program is one even
/// where that stream goes to a regular file.
#[must_use]
pub fn is_stream(path: &Path) -> bool {
    let names = ["/dev/stdout", "/dev/stderr", "/dev/fd", "/proc/self/fd"];
    let is_name = names.iter().any(|name| path.starts_with(name));
    fs::metadata(path).is_ok_and(|data| !data.is_dir() && (is_name || !data.is_file()))
}

/// Where the links at `path` lead to, whether there is something or not.
pub(super) fn followed(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(target) = fs::read_link(&path) else { break };
        // A target that is absolute replaces all of it.
        path = path.parent().unwrap_or(Path::new("")).join(target);
    }
    path
}

/// As many links systems follow: those of Linux 40, and others fewer.
const MOST_LINKS: usize = 40;

/// Writes a new file, whole or not at all. If there is something of that name already, even a link that leads nowhere, the
/// error is [`io::ErrorKind::AlreadyExists`] and it stays as it is.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    beside(path, text)?.persist_noclobber(path)?;
    Ok(())
}

/// Whether [`create`] finds the name taken, be it by a link that leads nowhere.
#[must_use]
pub fn is_taken(path: &Path) -> bool {
    !fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// A file with the text in the folder of `path`, which goes away if it does not get a name.
fn beside(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        // Like any file that a program makes, and not private as a temporary one is.
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.prefix(".rapporteur-").tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_there_is_replaced_and_keeps_its_permissions() {
        let at = tempfile::tempdir().unwrap();
        let path = at.path().join("a.txt");
        write(&path, "one").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions();
        let other = at.path().join("b.txt");
        fs::write(&other, "").unwrap();
        assert_eq!(mode(&path), mode(&other), "like any new file");
        let mut read_only = mode(&path);
        read_only.set_readonly(true);
        fs::set_permissions(&path, read_only.clone()).unwrap();
        write(&path, "two").unwrap();
        assert_eq!((fs::read_to_string(&path).unwrap().as_str(), mode(&path)), ("two", read_only));
        assert_eq!(fs::read_dir(at.path()).unwrap().count(), 2, "nothing is left over");
    }

    #[test]
    fn only_the_text_that_was_checked_is_replaced() {
        let at = tempfile::tempdir().unwrap();
        let root = at.path().canonicalize().unwrap();
        let path = root.join("a.txt");
        fs::write(&path, "one").unwrap();
        let changed = replace(&root, &path, "two", "three").unwrap_err();
        assert_eq!(changed, "the file has changed since it was checked");
        let outside = replace(&root.join("b"), &path, "one", "three").unwrap_err();
        assert_eq!(outside, "the file is outside of the project");
        assert!(replace(&root, &root.join("gone"), "", "x").is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        replace(&root, &path, "one", "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(&root).unwrap().count(), 1, "nothing is left over");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_its_file_is_replaced() {
        use std::os::unix::fs::symlink;
        let at = tempfile::tempdir().unwrap();
        let [link, other, file] = ["link", "other", "folder/file"].map(|name| at.path().join(name));
        fs::create_dir(at.path().join("folder")).unwrap();
        symlink("other", &link).unwrap();
        symlink(&file, &other).unwrap();
        for text in ["one", "two"] {
            write(&link, text).unwrap();
            assert_eq!(fs::read_to_string(&file).unwrap(), text);
            assert!(link.is_symlink() && other.is_symlink() && !file.is_symlink());
        }
        let ring = at.path().join("ring");
        symlink("ring", &ring).unwrap();
        write(&ring, "a link that leads to itself leads nowhere, and gives way").unwrap();
        assert_eq!(fs::read_dir(at.path()).unwrap().count(), 4, "nothing is left over");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_stream_takes_the_text_and_stays() {
        use std::os::{fd::AsRawFd as _, unix::fs::FileTypeExt as _};
        let at = tempfile::tempdir().unwrap();
        write(Path::new("/dev/null"), "x").unwrap();
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
        let full = write(Path::new("/dev/full"), "x").unwrap_err();
        assert_eq!(full.kind(), io::ErrorKind::StorageFull);
        // What a shell makes of `> out`, under the name that the system has for it.
        let path = at.path().join("out");
        let out = fs::File::create(&path).unwrap();
        for _ in 0..2 {
            write(Path::new(&format!("/proc/self/fd/{}", out.as_raw_fd())), "x").unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), "xx");
        let (mut reader, writer) = io::pipe().unwrap();
        write(Path::new(&format!("/proc/self/fd/{}", writer.as_raw_fd())), "piped").unwrap();
        drop(writer);
        assert_eq!(io::read_to_string(&mut reader).unwrap(), "piped");
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error_and_nothing_is_written() {
        let at = tempfile::tempdir().unwrap();
        assert!(write(&at.path().join("gone/a.txt"), "x").is_err());
        assert_eq!(fs::read_dir(at.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_new_file_is_never_written_over_another() {
        let at = tempfile::tempdir().unwrap();
        let path = at.path().join("a.txt");
        create(&path, "one").unwrap();
        let refused = create(&path, "two").unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "one");
        assert_eq!(fs::read_dir(at.path()).unwrap().count(), 1, "nothing is left over");
    }
}
