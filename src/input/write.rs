//! Writing a file whole or not at all.

use std::{fs, io, io::Write as _, path::Path};

use tempfile::NamedTempFile;

/// Writes the whole file or nothing: what is there stays until the new text is safe beside it.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    let file = beside(path, text)?;
    if let Ok(data) = fs::metadata(path) {
        file.as_file().set_permissions(data.permissions())?;
    }
    file.persist(path)?;
    Ok(())
}

/// Writes a new file, whole or not at all. If there is something of that name already, even a link that leads nowhere, the
/// error is [`io::ErrorKind::AlreadyExists`] and it stays as it is.
pub fn create(path: &Path, text: &str) -> io::Result<()> {
    beside(path, text)?.persist_noclobber(path)?;
    Ok(())
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
