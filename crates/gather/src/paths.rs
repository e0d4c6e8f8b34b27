//! What people name on the command line: files, folders with all that is in them, patterns.

use crate::{Error, Format, Problem};
use std::path::Path;

/// The files that a name means, in order: itself; all files of a folder, at any depth, that have an ending this crate reads; or what a pattern (`2020-*/*.html`) fits.
/// Hidden ones are left out, and links to folders are not followed.
///
/// ```
/// use counterclaim_gather::expand;
///
/// assert_eq!(expand("a.txt").unwrap(), ["a.txt"]);
/// assert!(expand("no/such/*.txt").is_err());
/// ```
pub fn expand(name: &str) -> Result<Vec<String>, Error> {
    let path = Path::new(name);
    let mut files = Vec::new();
    if name == "-" || path.is_file() {
        return Ok(vec![name.to_owned()]);
    }
    if path.is_dir() {
        walk(path, &mut files).map_err(|e| Problem::Io(e).of(name))?;
    } else if name.contains(['*', '?', '[']) {
        let found = glob::glob(name).map_err(|e| Problem::Broken("pattern", e.to_string()).of(name))?;
        // What may not be looked into is told when it is named itself.
        for path in found.flatten() {
            if path.is_dir() {
                walk(&path, &mut files).map_err(|e| Problem::Io(e).of(name))?;
            } else {
                files.push(path.to_string_lossy().into_owned());
            }
        }
    } else {
        // What does not exist is told when it is opened.
        return Ok(vec![name.to_owned()]);
    }
    if files.is_empty() {
        return Err(Problem::NoFiles.of(name));
    }
    Ok(files)
}

fn walk(folder: &Path, files: &mut Vec<String>) -> std::io::Result<()> {
    let mut folders = vec![folder.to_owned()];
    let begin = files.len();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let (kind, path) = (entry.file_type()?, entry.path());
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                folders.push(path);
            } else if path.is_file() && Format::of_name(&path.to_string_lossy()).is_some() {
                files.push(path.to_string_lossy().into_owned());
            }
        }
    }
    files[begin..].sort();
    Ok(())
}
