//! Where exports go: files, and what is no file.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{FileTypeExt, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const READING: &str = r#"{"document": {"id": "sha256:1", "uri": "1.txt", "published": "2021-03-04", "text": "General Orlan said the quay of Mirsk was shelled."},
 "claims": [{"id": "clm_1", "start": 19, "end": 48, "voice": "source", "stance": "accuses",
 "source": [{"start": 0, "end": 13, "text": "General Orlan", "person": "Orlan", "party": "AZE"}], "events": [{"act": "shelling"}]}]}"#;

fn run(folder: &Path, arguments: &[&str]) -> (i32, Vec<u8>, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_counterclaim"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (status.code().unwrap(), stdout, String::from_utf8(stderr).unwrap())
}

/// A ledger of one report, in a folder with nothing else.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("r.jsonl");
    fs::write(&at, READING.replace('\n', "") + "\n").unwrap();
    let (status, _, err) = run(folder.path(), &["add", "w.ledger", "--from", "contract", "r.jsonl"]);
    assert_eq!(status, 0, "{err}");
    fs::remove_file(at).unwrap();
    folder
}

fn names(folder: &Path) -> Vec<String> {
    let name = |entry: std::io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<String> = fs::read_dir(folder).unwrap().map(name).collect();
    names.sort();
    names
}

#[test]
fn a_device_is_written_to_and_stays_one() {
    let folder = folder();
    let at = folder.path();
    symlink("/dev/null", at.join("nowhere")).unwrap();
    for format in ["contract", "csv", "parquet"] {
        let (status, _, err) = run(at, &["export", "w.ledger", "--to", format, "--output", "nowhere"]);
        assert_eq!((status, err.as_str()), (0, ""), "{format}");
    }
    assert!(fs::symlink_metadata(at.join("nowhere")).unwrap().is_symlink());
    assert!(fs::metadata(at.join("nowhere")).unwrap().file_type().is_char_device());
    assert_eq!(names(at), ["nowhere", "w.ledger", "w.ledger.key"]);
    let asked = ["--to", "csv", "--output", "nowhere", "--sidecar", "told.json"];
    assert_eq!(run(at, &[&["export", "w.ledger"], &asked[..]].concat()).0, 0);
    assert!(
        fs::read_to_string(at.join("told.json"))
            .unwrap()
            .contains("\"rows\": 1")
    );
}

#[test]
fn pipes_and_standard_output_by_name_are_written_to() {
    let folder = folder();
    let at = folder.path();
    let whole = run(at, &["export", "w.ledger", "--to", "csv"]).1;
    assert!(Command::new("mkfifo").arg(at.join("pipe")).status().unwrap().success());
    let reader = {
        let pipe = at.join("pipe");
        std::thread::spawn(move || fs::read(pipe).unwrap())
    };
    let (status, _, err) = run(at, &["export", "w.ledger", "--to", "csv", "--output", "pipe"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(reader.join().unwrap(), whole);
    assert!(fs::metadata(at.join("pipe")).unwrap().file_type().is_fifo());
    let (status, out, _) = run(at, &["export", "w.ledger", "--to", "csv", "--output", "/dev/stdout"]);
    assert!(status == 0 && out == whole);
    assert_eq!(names(at), ["pipe", "w.ledger", "w.ledger.key"]);
}

#[test]
fn a_link_is_followed_and_the_sidecar_lies_beside_it() {
    let folder = folder();
    let at = folder.path();
    fs::create_dir(at.join("far")).unwrap();
    symlink("far/war.csv", at.join("out")).unwrap();
    let (status, _, err) = run(at, &["export", "w.ledger", "--to", "csv", "--output", "out"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert!(fs::symlink_metadata(at.join("out")).unwrap().is_symlink());
    assert_eq!(names(&at.join("far")), ["war.csv"]);
    assert_eq!(names(at), ["far", "out", "out.loss.json", "w.ledger", "w.ledger.key"]);
}

/// The half of the key that signs would lie where the link leads, or in the link's place.
#[test]
fn a_key_is_never_put_in_the_place_of_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("r.jsonl"), READING.replace('\n', "") + "\n").unwrap();
    for to in ["nothing", "/dev/null"] {
        let _ = fs::remove_file(at.join("w.ledger.key"));
        symlink(to, at.join("w.ledger.key")).unwrap();
        let (status, _, err) = run(at, &["add", "w.ledger", "--from", "contract", "r.jsonl"]);
        assert!(status == 2 && err.contains("w.ledger.key"), "{err}");
        assert!(fs::symlink_metadata(at.join("w.ledger.key")).unwrap().is_symlink());
    }
}
