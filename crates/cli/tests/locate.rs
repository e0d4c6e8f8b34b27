//! The way back on the command line.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_counterclaim"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code().unwrap(), text(stdout), text(stderr))
}

#[test]
fn words_of_a_report_lead_back_to_their_bytes() {
    let folder = tempfile::tempdir().unwrap();
    // UTF-8 that was read as windows-1252 and written as UTF-8 again.
    let damaged = "Le ministÃ¨re a dÃ©menti les faits.\n";
    fs::write(folder.path().join("b.txt"), damaged).unwrap();
    let (status, out, _) = run(folder.path(), &["locate", "b.txt", "3", "12"]);
    assert_eq!(status, 0);
    let line = |name: &str| {
        out.lines()
            .find_map(|line| line.strip_prefix(name))
            .unwrap()
            .trim()
            .to_owned()
    };
    assert_eq!(
        (line("words").as_str(), line("were").as_str(), line("encoding").as_str()),
        ("ministère", "ministÃ¨re", "UTF-8")
    );
    let place = line("bytes");
    let (from, to) = place.split_once(" to ").unwrap();
    assert_eq!(
        &damaged.as_bytes()[from.parse().unwrap()..to.parse().unwrap()],
        "ministÃ¨re".as_bytes()
    );
    let (status, _, told) = run(folder.path(), &["locate", "b.txt", "3", "500"]);
    assert_eq!(status, 2);
    assert!(
        told.contains("is no stretch of the text, which has 34 code points"),
        "{told}"
    );
}

#[test]
fn words_of_one_report_of_many_lead_back_through_repair_and_escapes() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let lines = "{\"uri\": \"a\", \"text\": \"No.\"}\n{\"uri\": \"b\", \"text\": \"Le minist\\u00c3\\u00a8re a d\\u00c3\\u00a9menti les faits.\"}\n";
    fs::write(at.join("two.jsonl"), lines).unwrap();
    let (status, _, told) = run(at, &["locate", "two.jsonl", "3", "12"]);
    assert!(
        status == 2 && told.contains("name one by its document.id or address with --report"),
        "{told}"
    );
    let (status, out, told) = run(at, &["locate", "two.jsonl", "3", "12", "--report", "b"]);
    assert_eq!((status, told.as_str()), (0, ""));
    let start = lines.find("minist").unwrap();
    let end = start + "minist\\u00c3\\u00a8re".len();
    assert!(
        out.contains(&format!(
            "words     ministère\nwere      ministÃ¨re\nin        line 2\nbytes     {start} to {end}\n"
        )),
        "{out}"
    );
}
