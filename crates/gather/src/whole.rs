//! Files written so that they are there whole or as they were before, whatever happens; and what is no such file, written to as it goes.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// So many links are followed, as Linux does it.
const LINKS: usize = 40;

/// Writes a file: what `make` writes lies beside it in `PATH.part` until it is complete and takes the file's place then. A symbolic link stays, and what it
/// leads to is written. Devices, pipes and what another program holds open (`/dev/fd/3`) are written to straight: nothing takes their place.
///
/// ```
/// use std::io::{self, Write};
///
/// let folder = std::env::temp_dir();
/// let path = folder.join("counterclaim-example.txt");
/// counterclaim_gather::write_whole(&path, |out| out.write_all(b"whole")).unwrap();
/// let failed = counterclaim_gather::write_whole(&path, |out| {
///     out.write_all(b"ha")?;
///     Err::<(), _>(io::Error::other("no more"))
/// });
/// assert!(failed.is_err());
/// assert_eq!(std::fs::read(&path).unwrap(), b"whole");
/// # std::fs::remove_file(&path).unwrap();
/// ```
pub fn write_whole<T, E: From<io::Error>>(
    path: &Path,
    make: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, E>,
) -> Result<T, E> {
    let Some(path) = settle(path)? else {
        let mut out = BufWriter::new(OpenOptions::new().append(true).open(path)?);
        let made = make(&mut out)?;
        out.flush()?;
        return Ok(made);
    };
    let mut part = OsString::from(&path);
    part.push(".part");
    let part = PathBuf::from(part);
    if fs::symlink_metadata(&part).is_ok_and(|there| !there.is_file()) {
        let told = format!("{} is in the way, and no file", part.display());
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, told).into());
    }
    let written = || -> Result<T, E> {
        let mut out = BufWriter::new(File::create(&part)?);
        let made = make(&mut out)?;
        let file = out.into_inner().map_err(|e| e.into_error())?;
        // Who may read the file is as it was.
        if let Ok(before) = fs::metadata(&path) {
            file.set_permissions(before.permissions())?;
        }
        file.sync_all()?;
        fs::rename(&part, &path)?;
        Ok(made)
    };
    let made = written();
    if made.is_err() {
        // What is left of it is of no use to anybody.
        let _ = fs::remove_file(&part);
    }
    made
}

/// Whether a path leads to what is no file: a device, a pipe, what another program holds open.
pub fn is_stream(path: &Path) -> bool {
    matches!(settle(path), Ok(None))
}

/// The file that a path leads to, also where it is yet to be made; nothing where it leads to what is no file.
fn settle(path: &Path) -> io::Result<Option<PathBuf>> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let there = match fs::symlink_metadata(&path) {
            Ok(there) => there,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Some(path)),
            Err(e) => return Err(e),
        };
        if !there.is_symlink() {
            return Ok((there.is_file() || there.is_dir()).then_some(path));
        }
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        // These lead to what is open, whether or not it has a name.
        if folder.canonicalize().is_ok_and(|folder| folder.starts_with("/proc")) {
            return Ok(None);
        }
        path = folder.join(fs::read_link(&path)?);
    }
    Err(io::Error::other("too many links"))
}

#[cfg(all(test, unix))]
mod tests {
    use super::{is_stream, write_whole};
    use std::fs;
    use std::io;
    use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
    use std::path::Path;

    fn put(path: &Path, words: &str) -> io::Result<()> {
        write_whole(path, |out| out.write_all(words.as_bytes()))
    }

    #[test]
    fn a_link_stays_and_its_file_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("far")).unwrap();
        fs::write(at("far/file"), "old").unwrap();
        fs::set_permissions(at("far/file"), fs::Permissions::from_mode(0o640)).unwrap();
        symlink("far/file", at("near")).unwrap();
        symlink("near", at("nearer")).unwrap();
        symlink("far/new", at("dangling")).unwrap();
        symlink("round", at("round")).unwrap();
        put(&at("nearer"), "new").unwrap();
        put(&at("dangling"), "made").unwrap();
        assert_eq!(fs::read_to_string(at("far/file")).unwrap(), "new");
        assert_eq!(
            fs::metadata(at("far/file")).unwrap().permissions().mode() & 0o777,
            0o640
        );
        assert_eq!(fs::read_to_string(at("far/new")).unwrap(), "made");
        for link in ["near", "nearer", "dangling"] {
            assert!(fs::symlink_metadata(at(link)).unwrap().is_symlink(), "{link}");
        }
        assert!(put(&at("round"), "").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 5, "no .part is left");
    }

    #[test]
    fn what_is_no_file_is_written_to_and_stays_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let nowhere = folder.path().join("nowhere");
        symlink("/dev/null", &nowhere).unwrap();
        assert!(is_stream(&nowhere) && !is_stream(&folder.path().join("new")));
        put(&nowhere, "words").unwrap();
        assert!(fs::symlink_metadata(&nowhere).unwrap().is_symlink());
        assert!(fs::metadata(&nowhere).unwrap().file_type().is_char_device());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        // What lies where the part should is not written through either.
        symlink("/dev/null", folder.path().join("a.part")).unwrap();
        let told = put(&folder.path().join("a"), "words").unwrap_err().to_string();
        assert!(told.contains("a.part is in the way"), "{told}");
        assert!(folder.path().join("a.part").is_symlink());
    }
}
