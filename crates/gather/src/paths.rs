//! What people name on the command line: files, folders with all that is in them, patterns.

use crate::{Error, Format, Problem, is_address};
use std::path::Path;
use std::{fs, io};

/// The files that a name means, in order: itself; all files of a folder, at any depth, that have an ending this crate reads; or what a pattern (`2020-*/*.html`) fits.
/// Hidden ones are left out, and links to folders are not followed. A folder that may not be looked into stands as an error among the others.
///
/// ```
/// use counterclaim_gather::expand;
///
/// let files = expand("a.txt");
/// assert_eq!(files[0].as_ref().unwrap(), "a.txt");
/// assert!(expand("no/such/*.txt")[0].is_err());
/// ```
pub fn expand(name: &str) -> Vec<Result<String, Error>> {
    let path = Path::new(name);
    let mut files = Vec::new();
    if name == "-" || is_address(name) || path.is_file() {
        return vec![Ok(name.to_owned())];
    }
    if path.is_dir() {
        walk(path, &mut files);
    } else if name.contains(['*', '?', '[']) {
        match glob::glob(name) {
            Ok(found) => found.for_each(|path| match path {
                Ok(path) if path.is_dir() => walk(&path, &mut files),
                Ok(path) => files.push(Ok(path.to_string_lossy().into_owned())),
                Err(e) => {
                    let path = e.path().to_owned();
                    files.push(Err(unreadable(&path, e.into())));
                }
            }),
            Err(e) => files.push(Err(Problem::Broken("pattern", e.to_string()).of(name))),
        }
    } else {
        // What does not exist is told when it is opened.
        return vec![Ok(name.to_owned())];
    }
    if files.is_empty() {
        files.push(Err(Problem::NoFiles.of(name)));
    }
    files
}

fn unreadable(path: &Path, error: io::Error) -> Error {
    Problem::Io(error).of(&path.to_string_lossy())
}

/// Adds the files of a folder by name, and behind them what may not be looked into.
fn walk(folder: &Path, files: &mut Vec<Result<String, Error>>) {
    let (mut found, mut told) = (Vec::new(), Vec::new());
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(e) => {
                told.push(Err(unreadable(&folder, e)));
                continue;
            }
        };
        for entry in entries
            .flatten()
            .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        {
            let path = entry.path();
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if path.is_file() && Format::of_name(&path.to_string_lossy()).is_some() {
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    files.extend(found.into_iter().map(Ok).chain(told));
}
