//! The way back from words of a report to the bytes that they were, through every format.

use counterclaim_gather::{Located, locate, report};
use encoding_rs::WINDOWS_1251;
use std::fs;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// A file and what is found in it.
struct Case {
    folder: tempfile::TempDir,
    name: &'static str,
    bytes: Vec<u8>,
}

impl Case {
    fn of(name: &'static str, bytes: impl Into<Vec<u8>>) -> Case {
        let (folder, bytes) = (tempfile::tempdir().unwrap(), bytes.into());
        fs::write(folder.path().join(name), &bytes).unwrap();
        Case { folder, name, bytes }
    }

    /// Finds words in the report of that name.
    fn find(&self, wanted: Option<&str>, words: &str) -> Located {
        let path = self.folder.path().join(self.name);
        let path = path.to_str().unwrap();
        let document = report(path, None, wanted).unwrap();
        let start = document
            .text
            .find(words)
            .unwrap_or_else(|| panic!("{:?}", document.text));
        let start = document.text[..start].chars().count();
        locate(path, None, &document, start..start + words.chars().count()).unwrap()
    }

    /// The bytes of the file that they are, and what in the file they stand in.
    fn told(&self, wanted: Option<&str>, words: &str) -> (String, String) {
        let found = self.find(wanted, words);
        assert_eq!(found.places.len(), 1, "{found:?}");
        let place = found.places[0].file.clone().unwrap();
        (
            String::from_utf8_lossy(&self.bytes[place]).into_owned(),
            found.places[0].within.join(" / "),
        )
    }
}

fn told(bytes: &str, within: &str) -> (String, String) {
    (bytes.into(), within.into())
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn texts_and_pages_lead_back() {
    let (russian, _, _) = WINDOWS_1251.encode("Министерство отрицает удар по городу");
    let case = Case::of("a.txt", russian.to_vec());
    let found = case.find(None, "отрицает");
    assert_eq!(
        (found.encoding, found.places[0].file.clone()),
        ("windows-1251", Some(13..21))
    );
    assert_eq!(found.bytes, &russian[13..21]);
    // A letter that the text has often is that letter, and no other.
    let path = case.folder.path().join("a.txt");
    let path = path.to_str().unwrap();
    let found = locate(path, None, &report(path, None, None).unwrap(), 30..31).unwrap();
    assert_eq!(found.places[0].file, Some(30..31));
    let page =
        "<html><head><title>Denial</title></head><body><p>The ministry <i>denied</i> the strike.</p></body></html>";
    assert_eq!(
        Case::of("a.html", page).told(None, "ministry denied"),
        told("ministry <i>denied", "")
    );
}

#[test]
fn mail_leads_to_its_part_and_through_its_coding() {
    let head = "From: Press <press@mod.example>\r\nMIME-Version: 1.0\r\n";
    let plain = format!(
        "{head}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nBộ bác bỏ. Bộ bác bỏ.\r\n"
    );
    let case = Case::of("a.eml", plain.clone());
    let path = case.folder.path().join("a.eml");
    let path = path.to_str().unwrap();
    // The second of what it says twice.
    let found = locate(path, None, &report(path, None, None).unwrap(), 14..21).unwrap();
    let place = found.places[0].clone();
    assert_eq!(place.within, ["the body (text/plain, as it is)"]);
    let (part, file) = (place.part.unwrap(), place.file.unwrap());
    assert_eq!(
        (&plain[file.clone()], file.start),
        ("bác bỏ.", plain.rfind("bác").unwrap())
    );
    assert_eq!(part.start, "Bộ bác bỏ. Bộ ".len());

    let quoted = format!(
        "{head}Content-Type: text/plain; charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nLe minist=E8re a d=\r\n=E9menti les faits.\r\n"
    );
    let case = Case::of("a.eml", quoted);
    assert_eq!(
        case.told(None, "ministère a démenti"),
        told(
            "minist=E8re a d=\r\n=E9menti",
            "the body (text/plain, quoted-printable)"
        )
    );
    assert_eq!(case.find(None, "démenti").bytes, b"d\xe9menti");

    let parts = format!(
        "{head}Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+QuG7mSBRdeG7kWMg\r\ncGjDsm5nIDxiPmLDoWM8\r\nL2I+IGLhu48uPC9wPg==\r\n--x--\r\n"
    );
    let case = Case::of("a.eml", parts);
    let found = case.find(None, "bác bỏ");
    assert_eq!(found.bytes, "bác</b> bỏ".as_bytes());
    assert_eq!(
        found.places[0].part,
        Some("<p>Bộ Quốc phòng <b>".len().."<p>Bộ Quốc phòng <b>bác</b> bỏ".len())
    );
    assert_eq!(
        case.told(None, "bác bỏ"),
        told("mLDoWM8\r\nL2I+IGLhu48", "part 1 (text/html, base64)")
    );
}

#[test]
fn a_document_of_word_leads_to_its_file_of_text() {
    let main = "<w:document><w:body><w:p><w:r><w:t>The ministry </w:t></w:r><w:del><w:r><w:t>never </w:t></w:r></w:del><w:r><w:t>deni</w:t></w:r><w:r><w:t>ed the R&amp;D site.</w:t></w:r></w:p></w:body></w:document>";
    let case = Case::of("a.docx", zipped(&[("word/document.xml", main.as_bytes())]));
    let found = case.find(None, "denied the R&D");
    let place = found.places[0].clone();
    assert_eq!((place.within, place.file), (vec!["word/document.xml".to_owned()], None));
    assert_eq!(&main[place.part.unwrap()], "deni</w:t></w:r><w:r><w:t>ed the R&amp;D");
}

#[test]
fn a_pdf_leads_to_its_page_and_the_object_of_that() {
    let page = |words: &str| format!("BT /F1 12 Tf 72 720 Td ({words}) Tj ET");
    let (one, two) = (page("The ministry denied it."), page("The other side denied that."));
    let stream = |words: &str| format!("<</Length {}>>\nstream\n{words}\nendstream", words.len());
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R/Resources<</Font<</F1 7 0 R>>>>>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 6 0 R/Resources<</Font<</F1 7 0 R>>>>>>".to_owned(),
        stream(&one),
        stream(&two),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
    ];
    let (mut pdf, mut places) = (String::from("%PDF-1.4\n"), Vec::new());
    for (n, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let start = pdf.len();
    pdf += "xref\n0 8\n0000000000 65535 f \n";
    places
        .iter()
        .for_each(|place| pdf += &format!("{place:010} 00000 n \n"));
    pdf += &format!("trailer\n<</Size 8/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
    let case = Case::of("a.pdf", pdf);
    let told = |words| case.find(None, words).places[0].within.join(" / ");
    assert_eq!(told("ministry"), format!("page 1 (object 3 0 at byte {})", places[2]));
    assert_eq!(
        told("side denied"),
        format!("page 2 (object 4 0 at byte {})", places[3])
    );
    assert!(case.find(None, "side").places[0].file.is_none());
}

#[test]
fn rows_lines_and_entries_lead_back() {
    let table =
        "\u{feff}url,text\nhttps://a.example/1,Bác bỏ.\nhttps://a.example/2,\"Họ nói \"\"không\"\",\nhai lần.\"\n";
    let words = "nói \"không\",\nhai";
    let expected = told("nói \"\"không\"\",\nhai", "line 3");
    let case = Case::of("a.csv", table);
    assert_eq!(case.told(Some("https://a.example/2"), words), expected);
    // UTF-16 is read as if it were UTF-8, and led back for all that.
    let wide: Vec<u8> = table.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let place = Case::of("a.csv", wide.clone())
        .find(Some("https://a.example/2"), words)
        .places[0]
        .file
        .clone();
    let units: Vec<u16> = wide[place.unwrap()]
        .chunks(2)
        .map(|b| u16::from_le_bytes([b[0], b[1]]))
        .collect();
    assert_eq!(String::from_utf16(&units).unwrap(), expected.0);

    let lines = "\u{feff}{\"uri\": \"a\", \"text\": \"No.\"}\n\n{\"uri\": \"b\", \"title\": \"no\", \"text\": \"H\\u1ecd n\\u00f3i \\\"no\\\"\"}\n";
    let case = Case::of("a.jsonl", lines);
    assert_eq!(case.told(Some("b"), "nói \"no"), told("n\\u00f3i \\\"no", "line 3"));
    assert_eq!(case.told(Some("a"), "No"), told("No", "line 1"));

    let telegram = "{\"name\": \"Wire\", \"messages\": [{\"id\": 1, \"type\": \"message\", \"date_unixtime\": \"1\", \"text\": [\"Lính \", {\"type\": \"bold\", \"text\": \"đã rút\"}, \".\"]}, {\"id\": 2, \"type\": \"message\", \"date_unixtime\": \"1\", \"text\": \"Không.\"}]}";
    let case = Case::of("a.json", telegram);
    let uri = format!("{}#1", case.folder.path().join("a.json").display());
    assert_eq!(
        case.told(Some(&uri), "Lính đã rút"),
        told("Lính \", {\"type\": \"bold\", \"text\": \"đã rút", "entry 1")
    );
    let feed = "{\"items\": [{\"id\": \"x\", \"content_html\": \"<p>The <b>ministry</b> denied<\\/p>\"}]}";
    assert_eq!(
        Case::of("b.json", feed).told(None, "ministry denied"),
        told("ministry</b> denied", "entry 1")
    );

    let feed = "<?xml version=\"1.0\"?><rss><channel><title>Wire</title>\n<item><link>https://a.example/1</link><title>Denied</title><description>&lt;p&gt;The &lt;b&gt;R&amp;amp;D&lt;/b&gt; site&lt;/p&gt;</description></item>\n<item><link>https://a.example/2</link><description><![CDATA[<p>They <i>said</i> no</p>]]></description></item></channel></rss>";
    let case = Case::of("a.xml", feed);
    assert_eq!(
        case.told(Some("https://a.example/1"), "R&D site"),
        told("R&amp;amp;D&lt;/b&gt; site", "entry 1")
    );
    assert_eq!(
        case.told(Some("https://a.example/2"), "said no"),
        told("said</i> no", "entry 2")
    );
}

#[test]
fn records_of_an_archive_lead_back() {
    let record = |uri: &str, kind: &str, body: &str| {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{body}");
        format!(
            "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    };
    let feed = "<rss><channel><item><link>https://a.example/1</link><description>Denied.</description></item><item><link>https://a.example/2</link><description>Denied again.</description></item></channel></rss>";
    let archive = record("https://a.example/page", "text/html", "<p>They <b>denied</b> it.</p>")
        + &record("https://a.example/feed", "application/rss+xml", feed);
    let case = Case::of("a.warc", archive);
    assert_eq!(
        case.told(Some("https://a.example/page"), "denied it"),
        told("denied</b> it", "record 1")
    );
    assert_eq!(
        case.told(Some("https://a.example/2"), "again"),
        told("again", "record 2, entry 2")
    );
}

#[test]
fn what_does_not_lead_back_says_why() {
    let told = |name, bytes: &str, wanted| {
        let case = Case::of(name, bytes);
        let path = case.folder.path().join(name);
        report(path.to_str().unwrap(), None, wanted).unwrap_err().to_string()
    };
    let lines = "{\"text\": \"a\"}\n{\"text\": \"b\"}\n";
    assert!(told("a.jsonl", lines, None).contains("it holds many reports: name one by its document.id or address"));
    assert!(told("a.jsonl", lines, Some("c")).contains("none of its reports has that"));
    assert!(told("a.txt", "Words.", Some("c")).contains("none of its reports has that"));
    let case = Case::of("a.txt", "Words.");
    let path = case.folder.path().join("a.txt");
    let document = report(path.to_str().unwrap(), None, None).unwrap();
    let other = Case::of("a.html", "<html><body><p>Others.</p></body></html>");
    let path = other.folder.path().join("a.html");
    let error = locate(path.to_str().unwrap(), None, &document, 0..5).unwrap_err();
    assert!(
        error.to_string().contains("the words do not stand in it as one piece"),
        "{error}"
    );
}
