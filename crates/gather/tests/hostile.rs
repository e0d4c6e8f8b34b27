//! Files that mean harm, or were harmed: a clear message, the rest is read, and memory stays bounded.

use counterclaim_gather::{Document, Error, Format, MAX_REPORT, Source};
use std::io::{self, Cursor, Read, Write};

fn read(name: &str, from: impl Read + 'static) -> Vec<Result<Document, Error>> {
    Source::from_reader(name, from, Format::of_name(name))
        .documents()
        .collect()
}

fn told(found: &Result<Document, Error>) -> String {
    found.as_ref().unwrap_err().to_string()
}

#[test]
fn markup_nested_a_hundred_thousand_deep_is_read() {
    let page = format!(
        "<html><body>{}The ministry denied it.{}</body></html>",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    assert_eq!(
        read("deep.html", Cursor::new(page))[0].as_ref().unwrap().text,
        "The ministry denied it."
    );
    let page = format!("<html><body>{}The ministry denied it.", "<p>".repeat(50_000));
    assert_eq!(
        read("open.html", Cursor::new(page))[0].as_ref().unwrap().text,
        "The ministry denied it."
    );
    let json = format!("{{\"items\": {}", "[".repeat(100_000));
    assert!(told(&read("deep.json", Cursor::new(json))[0]).contains("nested more than"));
    let object = format!(
        "{{\"items\": [{{\"text\": {}1{}}}]}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    assert!(
        told(&read("deep.json", Cursor::new(object))[0])
            .starts_with("deep.json, entry 1: is no JSON that can be read: recursion limit")
    );
}

#[test]
fn a_tag_of_a_hundred_thousand_attributes_takes_no_time() {
    let attributes: String = (0..100_000).map(|n| format!(" a{n}")).collect();
    let page = format!("<html><body><p{attributes}>The ministry denied it.</p></body></html>");
    assert_eq!(
        read("wide.html", Cursor::new(page))[0].as_ref().unwrap().text,
        "The ministry denied it."
    );
}

#[test]
fn bombs_are_refused() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    io::copy(&mut io::repeat(b'a').take(300 << 20), &mut packer).unwrap();
    let bomb = packer.finish().unwrap();
    assert_eq!(
        told(&read("bomb.jsonl.gz", Cursor::new(bomb.clone()))[0]),
        "bomb.jsonl.gz: unpacks to more than 200 times its size, as only bombs do: refused"
    );
    assert!(told(&read("bomb.txt.gz", Cursor::new(bomb))[0]).starts_with("bomb.txt.gz: "));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default())
        .unwrap();
    io::copy(&mut io::repeat(b' ').take(MAX_REPORT as u64 + 1), &mut zip).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(
        told(&read("bomb.docx", Cursor::new(bytes))[0]),
        "bomb.docx: is longer than 64 MB, the most one report may have: split it"
    );
}

#[test]
fn a_stream_of_a_pdf_that_unpacks_without_end_is_refused() {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    io::copy(&mut io::repeat(b' ').take(257 << 20), &mut packer).unwrap();
    let stream = packer.finish().unwrap();
    let pdf = [
        b"%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode>>\nstream\n",
        &stream[..],
        b"\nendstream\nendobj\n",
    ]
    .concat();
    assert!(told(&read("bomb.pdf", Cursor::new(pdf))[0]).contains("as only bombs do"));
}

#[test]
fn an_archive_cut_in_half_gives_its_first_half() {
    let block = "Bộ Quốc phòng bác bỏ.";
    let record = |length: usize| {
        format!(
            "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://a.example/{length}\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
        )
    };
    let whole = record(block.len());
    let found = read("cut.warc", Cursor::new(format!("{whole}{}", record(5000))));
    assert_eq!(found[0].as_ref().unwrap().text, block);
    assert_eq!(found.len(), 2);
    assert!(
        told(&found[1]).starts_with("cut.warc, record 2: ends in the middle of a record: "),
        "{}",
        told(&found[1])
    );
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    packer.write_all(format!("{whole}{whole}{whole}").as_bytes()).unwrap();
    let packed = packer.finish().unwrap();
    let found = read("cut.warc.gz", Cursor::new(packed[..packed.len() * 2 / 3].to_vec()));
    assert!(found[0].is_ok());
    let last = told(found.last().unwrap());
    assert!(
        last.starts_with("cut.warc.gz, record ") && last.contains("ends in the middle"),
        "{last}"
    );
}

#[test]
fn a_feed_cut_in_an_entry_gives_those_before_it() {
    let feed = "<rss><channel><item><title>One</title><description>Words.</description></item><item><title>Tw";
    let found = read("cut.xml", Cursor::new(feed));
    assert_eq!(found[0].as_ref().unwrap().text, "Words.");
    assert_eq!(
        told(&found[1]),
        "cut.xml, entry 2: ends in the middle of an entry that begins at byte 78: the file was cut off; what stands before it was read"
    );
    let found = read(
        "cut.json",
        Cursor::new("{\"messages\": [{\"id\": 1, \"type\": \"message\", \"text\": \"Words.\"}, {\"id\": 2, \"te"),
    );
    assert_eq!(found[0].as_ref().unwrap().text, "Words.");
    assert!(
        told(&found[1]).starts_with("cut.json, entry 2: ends in the middle"),
        "{}",
        told(&found[1])
    );
}

#[test]
fn an_entry_without_end_is_refused_before_it_is_held() {
    let head = Cursor::new(b"<rss><channel><item><description>".to_vec());
    let found = read("long.xml", head.chain(io::repeat(b'a').take(1 << 30)));
    assert_eq!(
        told(&found[0]),
        "long.xml, entry 1: is longer than 64 MB, the most one report may have: split it"
    );
    let head = Cursor::new(b"{\"items\": [{\"text\": \"".to_vec());
    assert!(told(&read("long.json", head.chain(io::repeat(b'a').take(1 << 30)))[0]).contains("longer than 64 MB"));
    let head = Cursor::new(b"text\n\"".to_vec());
    assert!(told(&read("long.csv", head.chain(io::repeat(b'a').take(1 << 30)))[0]).contains("longer than 64 MB"));
}

#[test]
fn what_is_not_what_it_says_is_told() {
    for (name, what) in [
        ("a.docx", "document of Word"),
        ("a.pdf", "PDF"),
        ("a.warc", "WARC file"),
        ("a.json", "JSON"),
        ("a.xml", "feed"),
    ] {
        let found = read(name, Cursor::new("Words that are nothing else."));
        assert_eq!(found.len(), 1, "{name}");
        let told = told(&found[0]);
        assert!(
            told.starts_with(name) && told.contains(&format!("is no {what} that can be read")),
            "{told}"
        );
    }
}
