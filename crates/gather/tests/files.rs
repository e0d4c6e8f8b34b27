//! What people really hand over: whole and broken files, and what is said about them.

use counterclaim_gather::{Document, Error, Format, MAX_REPORT, Source, expand};
use std::io::{self, Read};

fn read(name: &str, bytes: impl Into<Vec<u8>>, format: Option<Format>) -> Vec<Result<Document, Error>> {
    Source::from_reader(name, io::Cursor::new(bytes.into()), format)
        .documents()
        .collect()
}

fn told(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    let found = read(name, bytes, None);
    assert_eq!(found.len(), 1);
    found[0].as_ref().unwrap_err().to_string()
}

#[test]
fn a_text_file_is_one_document_with_the_digest_of_its_bytes() {
    let found = read("a.txt", "\u{FEFF}Baku nói không.\n", None);
    let one = found[0].as_ref().unwrap();
    assert_eq!(
        (found.len(), one.uri.as_str(), one.text.as_str()),
        (1, "a.txt", "Baku nói không.\n")
    );
    assert_eq!(
        read("a.txt", "abc", None)[0].as_ref().unwrap().id,
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

#[test]
fn json_lines_are_known_by_how_they_begin() {
    let line = r#"{"uri":"x","text":"a\nb","published":"2020-10-05T10:00:00Z","language":null,"extra":[1]}"#;
    let one = read("-", format!("\n {line}\r\n"), None).remove(0).unwrap();
    assert_eq!(
        (one.uri.as_str(), one.text.as_str(), one.published.as_deref()),
        ("x", "a\nb", Some("2020-10-05"))
    );
    let plain = read("-", "{curly} words are words", None).remove(0).unwrap();
    assert_eq!(plain.text, "{curly} words are words");
}

#[test]
fn a_line_without_a_uri_is_called_by_its_place() {
    assert_eq!(
        read("f.jsonl", "{\"text\":\"t\"}", None)[0].as_ref().unwrap().uri,
        "f.jsonl:1"
    );
}

#[test]
fn a_broken_line_is_told_and_the_others_are_read() {
    let lines = concat!(
        "{\"uri\":\"a\",\"text\":\"one\"}\n",
        "{\"uri\":\"b\",\"text\":\n",
        "[1]\n",
        "{\"uri\":\"c\",\"text\":\"t\",\"published\":\"yesterday\"}\n",
        "{\"uri\":\"d\",\"text\":\"four\"}"
    );
    let found = read("f.jsonl", lines, None);
    let words: Vec<String> = found
        .iter()
        .map(|f| f.as_ref().map_or_else(ToString::to_string, |d| d.text.clone()))
        .collect();
    assert_eq!(words[0], "one");
    assert!(
        words[1].starts_with("f.jsonl:2: is no document: EOF while parsing a value (column"),
        "{}",
        words[1]
    );
    assert!(words[2].starts_with("f.jsonl:3: is no document: it is not a JSON object"));
    assert_eq!(
        words[3],
        "f.jsonl:4: published: 'yesterday' is no date: write YYYY-MM-DD, YYYY-MM or YYYY"
    );
    assert_eq!((words[4].as_str(), words.len()), ("four", 5));
}

#[test]
fn text_of_any_encoding_is_read_and_says_which() {
    let found = read("a.txt", b"Le minist\xE8re a d\xE9menti.\n", None)
        .remove(0)
        .unwrap();
    assert_eq!(
        (found.text.as_str(), found.about.charset),
        ("Le ministère a démenti.\n", Some("windows-1252"))
    );
    let cut = &"Bộ Quốc phòng bác bỏ cáo buộc".as_bytes()[..22];
    let found = read("cut.txt", cut, None).remove(0).unwrap();
    assert!(found.text.starts_with("Bộ Quốc phòng b"), "{}", found.text);
    assert_eq!(found.about.charset, None);
    let wide: Vec<u8> = "\u{feff}Baku nói không."
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let found = read("wide.txt", wide, None).remove(0).unwrap();
    assert_eq!(
        (found.text.as_str(), found.about.charset),
        ("Baku nói không.", Some("UTF-16LE"))
    );
}

#[test]
fn a_line_of_json_that_is_not_utf8_is_told_with_its_place() {
    let found = read(
        "f.jsonl",
        b"{\"text\":\"a\"}\n{\"text\":\"\xE9\"}\n{\"text\":\"c\"}".to_vec(),
        Some(Format::Jsonl),
    );
    assert_eq!(
        found[1].as_ref().unwrap_err().to_string(),
        "f.jsonl:2: is not UTF-8: byte 0xE9 at byte offset 22 of the file; convert it first, for example: iconv -f WINDOWS-1258 -t UTF-8"
    );
    assert_eq!(found[2].as_ref().unwrap().text, "c");
}

#[test]
fn what_is_no_text_is_told_for_what_it_is() {
    assert_eq!(told("e.txt", ""), "e.txt: is empty: nothing to read");
    assert_eq!(told("e.txt", " \n\n"), "e.txt: is empty: nothing to read");
    assert!(told("n", b"ab\0cd").starts_with("n: is not a text file (it holds zero bytes)"));
    assert!(told("z", b"PK\x03\x04 something else").contains("looks like a ZIP archive"));
    assert!(told("w", b"\xD0\xCF\x11\xE0 old").contains("save it as .docx"));
    assert!(told("-", "").starts_with("standard input: is empty"));
}

#[test]
fn what_cannot_be_opened_is_told() {
    let told = |path| Source::open(path, None).map(|_| ()).unwrap_err().to_string();
    assert_eq!(
        told("no/such.txt"),
        "no/such.txt: cannot be read: there is no such file"
    );
}

#[test]
fn folders_and_patterns_are_the_files_in_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    std::fs::create_dir_all(path("b/.git")).unwrap();
    for name in ["b/2.txt", "1.html.gz", "b/.git/3.txt", "b/style.css", "9.csv"] {
        std::fs::write(path(name), "x").unwrap();
    }
    let named = |name: &str| -> Vec<String> { expand(name).into_iter().map(Result::unwrap).collect() };
    assert_eq!(named(&path("")), [path("1.html.gz"), path("9.csv"), path("b/2.txt")]);
    assert_eq!(named(&path("*.csv")), [path("9.csv")]);
    assert_eq!(named("-"), ["-"]);
    let told = expand(&path("*.pdf")).remove(0).unwrap_err().to_string();
    assert!(told.contains("names no file that can be read"), "{told}");
}

#[test]
fn a_line_of_200_mb_is_refused_and_the_next_one_read() {
    let head = io::Cursor::new(b"{\"text\":\"".to_vec());
    let tail = io::Cursor::new(b"\"}\n{\"text\":\"next\"}\n".to_vec());
    let file = head.chain(io::repeat(b'a').take(200 << 20)).chain(tail);
    let found: Vec<_> = Source::from_reader("big.jsonl", file, None).documents().collect();
    assert_eq!(
        found[0].as_ref().unwrap_err().to_string(),
        "big.jsonl:1: is longer than 64 MB, the most one report may have: split it"
    );
    assert_eq!((found[1].as_ref().unwrap().text.as_str(), found.len()), ("next", 2));
    let text = io::repeat(b'a').take(MAX_REPORT as u64 + 1);
    let found: Vec<_> = Source::from_reader("big.txt", text, None).documents().collect();
    assert!(
        found[0]
            .as_ref()
            .unwrap_err()
            .to_string()
            .starts_with("big.txt: is longer than 64 MB")
    );
}
