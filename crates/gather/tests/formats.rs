//! One small file of every format, made up, and what is read from it.

use counterclaim_gather::{Document, Error, Format, Source};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Result<Document, Error>> {
    let format = Format::of_name(name);
    Source::from_reader(name, Cursor::new(bytes.into()), format)
        .documents()
        .collect()
}

fn one(name: &str, bytes: impl Into<Vec<u8>>) -> Document {
    let mut found = read(name, bytes);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).unwrap()
}

fn all(name: &str, bytes: impl Into<Vec<u8>>) -> Vec<Document> {
    read(name, bytes).into_iter().map(Result::unwrap).collect()
}

#[test]
fn markdown_is_made_plain() {
    let text = "---\ntitle: \"Front\"\ndate: 2020-10-05\nauthor: Desk\n---\n## Denial\n\nThe **ministry** _denied_ it, [the agency](https://a.example) said.\n\n> - \"No order\" was given to the 1_000 men.\n\n![A tank](t.jpg)\n\n---\nEnd.\n";
    let found = one("a.md", text);
    assert_eq!(
        found.text,
        "Denial\n\nThe ministry denied it, the agency said.\n\n\"No order\" was given to the 1_000 men.\n\n\n\nEnd."
    );
    assert_eq!(
        (found.title.as_deref(), found.published.as_deref()),
        (Some("Front"), Some("2020-10-05"))
    );
    assert_eq!(
        (found.about.author.as_deref(), &found.about.captions[..]),
        (Some("Desk"), &["A tank".to_owned()][..])
    );
    let found = one(
        "c.md",
        "<!-- no -->\nThe [ministry][1] denied [it].\n\n[1]: https://a.example\n",
    );
    assert_eq!(found.text, "The ministry denied [it].");
    let found = one("b.md", "# Ministry denies it\n\nThe ministry denied it.");
    assert_eq!(
        (found.title.as_deref(), found.text.as_str()),
        (Some("Ministry denies it"), "The ministry denied it.")
    );
}

#[test]
fn a_message_gives_its_text_and_a_saved_page_its_page() {
    let mail = "From: Press Office <press@mod.example>\r\nSubject: =?utf-8?Q?Tuy=C3=AAn_b=E1=BB=91?=\r\nDate: Mon, 5 Oct 2020 08:30:00 +0700\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nQuG7mSBRdeG7kWMgcGjDsm5nIGLDoWMgYuG7jy4=\r\n";
    for name in ["a.eml", "a"] {
        let found = one(name, mail);
        assert_eq!(
            (found.text.as_str(), found.title.as_deref()),
            ("Bộ Quốc phòng bác bỏ.", Some("Tuyên bố"))
        );
        assert_eq!(
            (found.published.as_deref(), found.about.author.as_deref()),
            (Some("2020-10-05"), Some("Press Office"))
        );
    }
    let saved = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://post.example/a\r\nSubject: Denial\r\nDate: Tue, 6 Oct 2020 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://post.example/a\r\n\r\n<html><head><meta charset=3D\"utf-8\"><title>Denial</title></head><body><p>The min=\r\nistry denied it.</p></body></html>\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
    let found = one("a.mhtml", saved);
    assert_eq!(
        (found.text.as_str(), found.title.as_deref()),
        ("The ministry denied it.", Some("Denial"))
    );
    assert_eq!(
        (found.about.address.as_deref(), found.published),
        (Some("https://post.example/a"), None)
    );
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
fn a_document_of_word_gives_its_paragraphs() {
    let main = "<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body><w:p><w:r><w:t>The ministry</w:t></w:r><w:r><w:tab/><w:t xml:space=\"preserve\"> denied &amp; </w:t></w:r><w:del><w:r><w:delText>not</w:delText></w:r></w:del><w:r><w:t>regretted it.</w:t></w:r></w:p><w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Four dead.</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";
    let core = "<cp:coreProperties xmlns:cp=\"a\" xmlns:dc=\"b\" xmlns:dcterms=\"c\"><dc:title>Statement</dc:title><dc:creator>Desk</dc:creator><dcterms:created>2020-10-05T08:00:00Z</dcterms:created></cp:coreProperties>";
    let bytes = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", main.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
    ]);
    for name in ["a.docx", "a"] {
        let found = one(name, bytes.clone());
        assert_eq!(found.text, "The ministry denied & regretted it.\nFour dead.");
        assert_eq!(
            (found.title.as_deref(), found.published.as_deref()),
            (Some("Statement"), Some("2020-10-05"))
        );
    }
}

#[test]
fn a_pdf_gives_its_text() {
    let mut pdf = String::from("%PDF-1.4\n");
    let content = "BT /F1 12 Tf 72 720 Td (The ministry denied on Monday that it had shelled the town.) Tj ET";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
        "<</Title(Denial)/CreationDate(D:20201005083000Z)>>".to_owned(),
    ];
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(pdf.len());
        pdf += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let start = pdf.len();
    pdf += "xref\n0 7\n0000000000 65535 f \n";
    for place in places {
        pdf += &format!("{place:010} 00000 n \n");
    }
    pdf += &format!("trailer\n<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n{start}\n%%EOF\n");
    let found = one("a.pdf", pdf.clone());
    assert_eq!(
        found.text,
        "The ministry denied on Monday that it had shelled the town."
    );
    assert_eq!(
        (found.title.as_deref(), found.published.as_deref()),
        (Some("Denial"), Some("2020-10-05"))
    );
    let cut = read("cut.pdf", &pdf.as_bytes()[..200])
        .remove(0)
        .unwrap_err()
        .to_string();
    assert!(cut.starts_with("cut.pdf: is no PDF that can be read"), "{cut}");
}

#[test]
fn a_table_is_read_by_the_names_of_its_columns() {
    let table = "event_date,Source,Notes,url\n5 October 2020,\"Border Post\",\"The ministry denied it,\nagain.\",https://a.example/1\n2020-10-06,,,\n06/10/2020,X,Four died.,\n";
    let found = all("a.csv", table);
    assert_eq!(found.len(), 2);
    assert_eq!(
        (found[0].text.as_str(), found[0].uri.as_str()),
        ("The ministry denied it,\nagain.", "https://a.example/1")
    );
    assert_eq!(
        (found[0].published.as_deref(), found[0].outlet.as_deref()),
        (Some("2020-10-05"), Some("Border Post"))
    );
    assert_eq!(
        (found[1].uri.as_str(), found[1].published.as_deref()),
        ("a.csv:5", Some("2020-10-06"))
    );
    assert_eq!(
        all("a.tsv", "title\ttext\nT\tBody, with comma.\n")[0].text,
        "Body, with comma."
    );
    let wide: Vec<u8> = "\u{feff}text;uri\nBộ Quốc phòng bác bỏ.;u1\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let found = all("wide.csv", wide);
    assert_eq!(
        (found[0].text.as_str(), found[0].uri.as_str()),
        ("Bộ Quốc phòng bác bỏ.", "u1")
    );
    let (old, _, _) = encoding_rs::WINDOWS_1251.encode("text,title\nМинистерство отрицает.,Да\nПотерь нет.,Нет\n");
    let found = all("old.csv", old.into_owned());
    assert_eq!(
        (found[1].text.as_str(), found[1].title.as_deref()),
        ("Потерь нет.", Some("Нет"))
    );
    let told = read("b.csv", "when,what\n1,2\n").remove(0).unwrap_err().to_string();
    assert_eq!(
        told,
        "b.csv:1: has no column of texts: name one of its columns `text` (they are when, what)"
    );
    let told = read("c.csv", "text,date\nWords.,soon\nMore.,2020\n");
    assert_eq!(
        told[0].as_ref().unwrap_err().to_string(),
        "c.csv:2: published: 'soon' is no date: write YYYY-MM-DD, YYYY-MM or YYYY"
    );
    assert_eq!(told[1].as_ref().unwrap().published.as_deref(), Some("2020"));
}

#[test]
fn feeds_give_their_entries() {
    let rss = r#"<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="c" xmlns:dc="d"><channel><title>Border Post</title><language>vi</language>
<item><title>One &amp; two</title><link>https://a.example/1</link><description><![CDATA[<p>Short.</p>]]></description><content:encoded><![CDATA[<p>The ministry <b>denied</b> it.</p><p>Again &lt;3.</p>]]></content:encoded><pubDate>Mon, 05 Oct 2020 23:00:00 +0700</pubDate><dc:creator>Desk</dc:creator></item>
<item><title>Only a title</title><guid>g2</guid></item></channel></rss>"#;
    for name in ["a.rss", "a"] {
        let found = all(name, rss);
        assert_eq!(found[0].text, "The ministry denied it.\nAgain <3.");
        assert_eq!(
            (found[0].title.as_deref(), found[0].uri.as_str()),
            (Some("One & two"), "https://a.example/1")
        );
        assert_eq!(
            (found[0].published.as_deref(), found[0].outlet.as_deref()),
            (Some("2020-10-05"), Some("Border Post"))
        );
        assert_eq!(
            (found[0].about.language.as_deref(), found[0].about.author.as_deref()),
            (Some("vi"), Some("Desk"))
        );
        assert_eq!((found[1].text.as_str(), found[1].uri.as_str()), ("Only a title", "g2"));
    }
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Wire</title><entry><title type="html">A &amp;amp; B</title><link rel="self" href="https://a.example/self"/><link href="https://a.example/2"/><id>urn:2</id><updated>2020-10-06T00:00:00Z</updated><published>2020-10-05T00:00:00Z</published><author><name>Desk</name></author><content type="xhtml"><div xmlns="x"><p>Four <em>soldiers</em> died.</p><p>One fled.</p></div></content></entry></feed>"#;
    let found = one("b.atom", atom);
    assert_eq!(
        (found.text.as_str(), found.title.as_deref()),
        ("Four soldiers died.\nOne fled.", Some("A & B"))
    );
    assert_eq!(
        (
            found.uri.as_str(),
            found.published.as_deref(),
            found.about.modified.as_deref()
        ),
        ("https://a.example/2", Some("2020-10-05"), Some("2020-10-06"))
    );
    assert_eq!(
        (found.outlet.as_deref(), found.about.author.as_deref()),
        (Some("Wire"), Some("Desk"))
    );
    let json = r#"{
  "version": "https://jsonfeed.org/version/1.1", "title": "Wire", "items": [
    {"id": "1", "url": "https://a.example/3", "title": "T", "content_html": "<p>It was {denied}.</p>", "date_published": "2020-10-05T10:00:00Z", "authors": [{"name": "Desk"}]},
    {"id": "2", "content_text": "A \"second\" one]"}
  ]
}"#;
    for name in ["c.json", "c"] {
        let found = all(name, json);
        assert_eq!(
            (
                found[0].text.as_str(),
                found[0].uri.as_str(),
                found[0].outlet.as_deref()
            ),
            ("It was {denied}.", "https://a.example/3", Some("Wire"))
        );
        assert_eq!(
            (found[0].published.as_deref(), found[0].about.author.as_deref()),
            (Some("2020-10-05"), Some("Desk"))
        );
        assert_eq!(
            (found[1].text.as_str(), found[1].uri.as_str()),
            ("A \"second\" one]", "2")
        );
    }
}

#[test]
fn a_list_of_reports_is_read_without_a_name() {
    let found = all(
        "list",
        "[\n {\"uri\": \"a\", \"text\": \"One.\"},\n {\"uri\": \"b\", \"text\": \"Two.\", \"published\": \"2020-10-05\"}\n]",
    );
    assert_eq!(
        (found[0].text.as_str(), found[1].published.as_deref()),
        ("One.", Some("2020-10-05"))
    );
}

#[test]
fn the_export_of_telegram_gives_its_messages() {
    let export = r#"{
 "name": "Kênh biên giới", "type": "public_channel", "id": 77,
 "messages": [
  {"id": 1, "type": "service", "date": "2020-10-04T08:00:00", "action": "create_channel", "text": ""},
  {"id": 2, "type": "message", "date": "2020-10-05T08:00:00", "date_unixtime": "1601859600", "edited": "2020-10-06T09:00:00", "from": "Kênh biên giới", "author": "An editor", "text": ["Bộ Quốc phòng ", {"type": "bold", "text": "bác bỏ"}, " cáo buộc."], "text_entities": []},
  {"id": 3, "type": "message", "date": "2020-10-05T09:00:00", "photo": "photos/1.jpg", "text": ""}
 ]
}"#;
    let found = one("result.json", export);
    assert_eq!(
        (found.text.as_str(), found.uri.as_str()),
        ("Bộ Quốc phòng bác bỏ cáo buộc.", "result.json#2")
    );
    assert_eq!(
        (found.outlet.as_deref(), found.published.as_deref()),
        (Some("Kênh biên giới"), Some("2020-10-05"))
    );
    assert_eq!(
        (found.about.author.as_deref(), found.about.modified.as_deref()),
        (Some("An editor"), Some("2020-10-06"))
    );
}

fn record(kind: &str, uri: &str, content: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: 2020-10-05T00:00:00Z\r\nContent-Type: {content}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn archive() -> Vec<u8> {
    let http = "application/http; msgtype=response";
    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n<p>\xCE\xED\xE8 \r\n12\r\n\xEE\xF2\xF0\xE8\xF6\xE0\xEB\xE8 \xFD\xF2\xEE \xE4\xE5\xEB\xEE.\r\n0\r\n\r\n";
    [
        record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        record("response", "https://a.example/1", http, page),
        record(
            "response",
            "https://a.example/gone",
            http,
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>No.</p>",
        ),
        record(
            "response",
            "https://a.example/a.png",
            http,
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG",
        ),
        record(
            "conversion",
            "https://a.example/2",
            "text/plain",
            "Bộ Quốc phòng bác bỏ.".as_bytes(),
        ),
    ]
    .concat()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

#[test]
fn archives_of_the_web_give_their_pages() {
    let plain = archive();
    for (name, bytes) in [
        ("a.warc", plain.clone()),
        ("a.warc.gz", gzipped(&plain)),
        ("a", plain.clone()),
    ] {
        let found = all(name, bytes);
        let told: Vec<_> = found
            .iter()
            .map(|d| (d.uri.as_str(), d.text.as_str(), d.about.charset))
            .collect();
        assert_eq!(
            told,
            [
                ("https://a.example/1", "Они отрицали это дело.", Some("windows-1251")),
                ("https://a.example/2", "Bộ Quốc phòng bác bỏ.", None)
            ]
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wacz");
    std::fs::write(
        &path,
        zipped(&[("datapackage.json", b"{}"), ("archive/data.warc.gz", &gzipped(&plain))]),
    )
    .unwrap();
    let found: Vec<_> = Source::open(path.to_str().unwrap(), None)
        .unwrap()
        .documents()
        .map(Result::unwrap)
        .collect();
    assert_eq!(found.len(), 2);
}

#[test]
fn archives_give_all_that_files_do_and_pass_over_what_pages_need() {
    let response = |uri: &str, kind: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n");
        record(
            "response",
            uri,
            "application/http; msgtype=response",
            &[head.as_bytes(), body].concat(),
        )
    };
    let feed = "<rss><channel><title>Wire</title><item><link>https://a.example/1</link><description>Denied.</description></item><item><description>Denied again.</description></item></channel></rss>";
    let main = "<w:document><w:body><w:p><w:r><w:t>No order was given.</w:t></w:r></w:p></w:body></w:document>";
    let word = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", main.as_bytes()),
    ]);
    let list = "{\"messages\": [{\"id\": 7, \"type\": \"message\", \"date_unixtime\": \"1\", \"text\": \"Không.\"}]}";
    let bytes = [
        response(
            "https://a.example/feed",
            "application/rss+xml; charset=utf-8",
            feed.as_bytes(),
        ),
        response("https://a.example/s.docx", "application/octet-stream", &word),
        response(
            "https://a.example/state",
            "application/json",
            b"{\"user\": {\"id\": 1}}",
        ),
        response(
            "https://a.example/map",
            "text/xml",
            b"<urlset><url><loc>https://a.example/</loc></url></urlset>",
        ),
        response("https://a.example/style", "text/css", b"p {}"),
        response("https://a.example/robots.txt", "text/plain", b"User-agent: *"),
        response("https://a.example/list", "application/json", list.as_bytes()),
        response("https://a.example/s.pdf", "application/pdf", b"%PDF-1.4 cut"),
        response("https://a.example/bad", "application/atom+xml", b"nothing of the kind"),
        response(
            "https://a.example/t.csv",
            "text/csv",
            b"text,url\nBy row.,https://a.example/r\n",
        ),
    ]
    .concat();
    let told: Vec<String> = read("a.warc", bytes)
        .into_iter()
        .map(|made| match made {
            Ok(document) => format!("{} {}", document.uri, document.text),
            Err(error) => error.to_string(),
        })
        .collect();
    assert_eq!(
        told[..4],
        [
            "https://a.example/1 Denied.",
            "https://a.example/feed#2 Denied again.",
            "https://a.example/s.docx No order was given.",
            "https://a.example/list#7 Không."
        ]
    );
    assert!(
        told[4].starts_with("a.warc, record 8: is no PDF that can be read"),
        "{told:?}"
    );
    assert!(
        told[5].starts_with("a.warc, record 9: is no feed that can be read"),
        "{told:?}"
    );
    assert_eq!(told[6..], ["https://a.example/r By row."]);
}

#[test]
fn packed_pages_of_an_archive_are_unpacked_and_a_bomb_spoils_itself_alone() {
    let response = |uri: &str, coding: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {coding}\r\n\r\n");
        let block = [head.as_bytes(), body].concat();
        record("response", uri, "application/http; msgtype=response", &block)
    };
    let bytes = [
        response("https://a.example/1", "br", include_bytes!("data/page.br")),
        response("https://a.example/2", "br", include_bytes!("data/bomb.br")),
        response("https://a.example/3", "zstd", include_bytes!("data/page.zst")),
        response("https://a.example/4", "sdch", b"?"),
        response("https://a.example/5", "gzip, br", include_bytes!("data/page.br")),
    ]
    .concat();
    let found = read("a.warc", bytes);
    let told: Vec<String> = found
        .iter()
        .map(|made| match made {
            Ok(document) => format!("{}: {}", document.uri, document.text),
            Err(error) => error.to_string(),
        })
        .collect();
    let text = "The ministry denied the strike. The ministry denied the strike again.";
    assert_eq!(told[0], format!("https://a.example/1: {text}"));
    assert_eq!(
        told[1],
        "a.warc, record 2: is longer than 64 MB, the most one report may have: split it"
    );
    assert_eq!(told[2], format!("https://a.example/3: {text}"));
    assert!(
        told[3].starts_with("a.warc, record 4: is not a text file (its body is packed in a way that is not known)")
    );
    assert_eq!(told[4], format!("https://a.example/5: {text}"));
}

#[test]
fn what_is_packed_is_unpacked() {
    let text = "Baku denied it.\n".repeat(50);
    assert_eq!(one("a.txt.gz", gzipped(text.as_bytes())).text, text);
    let packed = ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    assert_eq!(one("a.txt.zst", packed.clone()).text, text);
    // Two frames are one text.
    assert_eq!(one("a.txt.zst", [packed.clone(), packed].concat()).text, text.repeat(2));
    assert_eq!(one("list.jsonl.gz", gzipped(b"{\"text\":\"t\"}\n")).text, "t");
}
