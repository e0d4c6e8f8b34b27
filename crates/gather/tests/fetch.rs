//! The door to the network, against servers on this machine: what is asked, what is refused, what is kept. No test asks anything else.

mod server;

use counterclaim_gather::{Answer, Archive, Capture, Document, Draft, Fetcher, Manners, Problem, Seen, Source, digest};
use server::{Server, manners, not_found, send};
use std::io::{Read, Write};
use std::thread;
use std::time::{Duration, Instant};

const HERE: &str = "127.0.0.1";

fn content(answer: Answer) -> Capture {
    match answer {
        Answer::Content(capture) => *capture,
        other => panic!("no content: {other:?}"),
    }
}

fn documents(capture: Capture) -> Vec<Document> {
    capture.drafts().map(|draft| Draft::document(draft).unwrap()).collect()
}

fn told(fetcher: &Fetcher, address: &str) -> String {
    match fetcher.fetch(address, None) {
        Ok(answer) => answer.content(address).unwrap_err().to_string(),
        Err(error) => error.to_string(),
    }
}

const PAGE: &[u8] = b"<!doctype html><title>Denial</title><p>The ministry denied it.</p>";

#[test]
fn a_page_is_fetched_once_kept_and_read_from_what_was_kept() {
    let server = Server::on(HERE, |path, to| match path {
        "/robots.txt" => not_found(to),
        "/old" => send(to, "301 Moved Permanently", "Location: /page?x=1#part\r\n", b""),
        "/page?x=1" => send(
            to,
            "200 OK",
            "Content-Type: text/html\r\nETag: \"one\"\r\nLast-Modified: Mon, 05 Oct 2020 08:00:00 GMT\r\n",
            PAGE,
        ),
        _ => not_found(to),
    });
    let fetcher = Fetcher::new(&manners());
    let address = format!("{}/old", server.at);
    let capture = content(fetcher.fetch(&address, None).unwrap());
    assert_eq!(
        (capture.uri.as_str(), capture.body.as_slice()),
        (format!("{}/page?x=1", server.at).as_str(), PAGE)
    );
    assert_eq!(capture.header("etag"), Some("\"one\""));
    let head = &server.asked("/page?x=1")[0].to_ascii_lowercase();
    assert!(
        head.contains("user-agent: counterclaim/0.1.0 (desk@a.example)")
            && head.contains("accept-encoding: gzip, deflate, br, zstd"),
        "{head}"
    );

    let folder = tempfile::tempdir().unwrap();
    let path = Archive::beside(&folder.path().join("war.ledger"))
        .keep(&capture)
        .unwrap();
    let again = Archive::beside(&folder.path().join("war.ledger"))
        .keep(&capture)
        .unwrap();
    assert_ne!(path, again, "nothing that was kept is changed");
    let id = digest(PAGE);
    assert!(
        path.to_str()
            .unwrap()
            .ends_with(&format!("Z-{}.warc.gz", id.trim_start_matches("sha256:")))
    );
    let at = capture.at.to_string();
    let fetched = documents(capture);
    let kept: Vec<Document> = Source::open(path.to_str().unwrap(), None)
        .unwrap()
        .documents()
        .map(Result::unwrap)
        .collect();
    let place = kept[0].origin.as_ref().map(|origin| origin.place.as_str());
    assert_eq!(place, Some("record 1"));
    let without = |document: &Document| Document {
        origin: None,
        ..document.clone()
    };
    assert_eq!(kept.iter().map(without).collect::<Vec<_>>(), fetched);
    assert_eq!(
        (kept[0].id.as_str(), kept[0].about.captured.as_deref()),
        (id.as_str(), Some(at.as_str()))
    );
    assert_eq!(
        (kept[0].text.as_str(), kept[0].title.as_deref()),
        ("The ministry denied it.", Some("Denial"))
    );
    let mut warc = String::new();
    flate2::read::MultiGzDecoder::new(std::fs::File::open(&path).unwrap())
        .read_to_string(&mut warc)
        .unwrap();
    assert!(
        warc.contains(&format!("WARC-Payload-Digest: {id}\r\n")) && warc.contains("etag: \"one\"\r\n"),
        "{warc}"
    );
    assert!(warc.contains(&format!("via: {address}\r\n")), "{warc}");
}

#[test]
fn what_did_not_change_is_not_sent_again() {
    let server = Server::on(HERE, |path, to| match path {
        "/robots.txt" => not_found(to),
        _ => send(to, "304 Not Modified", "", b""),
    });
    let address = format!("{}/page", server.at);
    let seen = Seen {
        uri: &address,
        etag: Some("\"one\""),
        modified: Some("Mon, 05 Oct 2020 08:00:00 GMT"),
    };
    assert!(matches!(
        Fetcher::new(&manners()).fetch(&address, Some(seen)),
        Ok(Answer::Unchanged)
    ));
    let head = server.asked("/page")[0].to_ascii_lowercase();
    assert!(
        head.contains("if-none-match: \"one\"") && head.contains("if-modified-since: mon, 05 oct 2020 08:00:00 gmt")
    );
}

#[test]
fn robots_are_heard_and_hosts_are_given_time() {
    let server = Server::on(HERE, |path, to| match path {
        "/robots.txt" => send(
            to,
            "200 OK",
            "Content-Type: text/plain\r\n",
            b"User-agent: *\nDisallow: /\n\nUser-agent: counterclaim\nCrawl-delay: 1\nDisallow: /private\n",
        ),
        "/to-private" => send(to, "302 Found", "Location: /private/1\r\n", b""),
        _ => send(to, "200 OK", "Content-Type: text/html\r\n", PAGE),
    });
    let fetcher = Fetcher::new(&manners());
    let begun = Instant::now();
    assert!(fetcher.fetch(&format!("{}/1", server.at), None).is_ok());
    assert!(told(&fetcher, &format!("{}/private/1", server.at)).contains("the robots.txt of 127.0.0.1 asks programs"));
    assert!(told(&fetcher, &format!("{}/to-private", server.at)).contains("the robots.txt of 127.0.0.1 asks programs"));
    assert!(
        begun.elapsed() >= Duration::from_secs(1),
        "two requests within a second"
    );
    assert_eq!(
        (server.asked("/robots.txt").len(), server.asked("/private/1").len()),
        (1, 0)
    );

    // A server that cannot say so yet is left alone (RFC 9309, 2.3.1.4).
    let broken = Server::on(HERE, |_, to| send(to, "500 Internal Server Error", "", b""));
    assert!(told(&fetcher, &format!("{}/1", broken.at)).contains("robots.txt"));
    assert_eq!(broken.asked("/1").len(), 0);
}

#[test]
fn addresses_within_are_refused_however_they_are_written() {
    let nobody = Fetcher::new(&Manners::default());
    for address in [
        "http://127.0.0.1:8080/",
        "http://localhost:8080/",
        "http://2130706433:8080/",
        "http://0x7f.1:8080/",
        "http://017700000001:8080/",
        "http://[::1]:8080/",
        "http://[::ffff:127.0.0.1]:8080/",
        "http://[64:ff9b::7f00:1]/",
        "http://0.0.0.0:8080/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://[fd00:ec2::254]/",
        "http://224.0.0.1/",
    ] {
        let why = told(&nobody, address);
        assert!(
            why.contains("is not fetched: ") && why.contains("which is no public address"),
            "{why}"
        );
    }
    for address in [
        "file:///etc/passwd",
        "ftp://a.example/",
        "http://127.0.0.1:6379/",
        "http://u:p@a.example/",
        "http://",
        "nonsense",
    ] {
        assert!(told(&nobody, address).contains("is not fetched: "), "{address}");
    }
}

#[test]
fn a_redirection_inwards_is_refused_before_anybody_is_asked() {
    let inner = Server::on(HERE, |_, to| {
        send(to, "200 OK", "Content-Type: text/html\r\n", b"<p>secret</p>")
    });
    let port = inner.at.rsplit(':').next().unwrap().to_owned();
    let server = Server::on(HERE, move |path, to| {
        let to_where = match path {
            "/port" => format!("http://localhost:{port}/"),
            "/name" => "http://localhost:8080/".into(),
            "/number" => "http://127.0.0.2:8080/".into(),
            "/metadata" => "http://169.254.169.254/latest/".into(),
            "/file" => "file:///etc/passwd".into(),
            "/round" => "/round".into(),
            _ => return not_found(to),
        };
        send(to, "302 Found", &format!("Location: {to_where}\r\n"), b"")
    });
    let fetcher = Fetcher::new(&manners());
    let why = |path: &str| told(&fetcher, &format!("{}{path}", server.at));
    assert!(why("/port").contains("is no port of the web"));
    for path in ["/name", "/number", "/metadata"] {
        assert!(why(path).contains("which is no public address"), "{path}");
    }
    assert!(why("/file").contains("only http and https are spoken, not file"));
    assert!(why("/round").ends_with("could not be fetched: it redirects more than 5 times"));
    assert!(inner.asked.lock().unwrap().is_empty());
}

#[test]
fn servers_that_mean_harm_are_left_in_time_and_with_little_held() {
    let server = Server::on(HERE, |path, to| match path {
        "/robots.txt" => not_found(to),
        // One byte of a header at a time, for ever.
        "/slow-head" => {
            to.write_all(b"HTTP/1.1 200 OK\r\nX: ")?;
            loop {
                to.write_all(b"x")?;
                thread::sleep(Duration::from_millis(50));
            }
        }
        "/slow-body" => {
            to.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")?;
            loop {
                to.write_all(b"x")?;
                thread::sleep(Duration::from_millis(50));
            }
        }
        "/silent" => {
            thread::sleep(Duration::from_secs(10));
            Ok(())
        }
        "/endless-head" => {
            to.write_all(b"HTTP/1.1 200 OK\r\n")?;
            loop {
                to.write_all(b"X-More: and more and more and more and more\r\n")?;
            }
        }
        "/endless-body" => {
            to.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")?;
            let chunk = [b"100000\r\n".as_slice(), &[b'a'; 1 << 20], b"\r\n"].concat();
            loop {
                to.write_all(&chunk)?;
            }
        }
        "/cut" => {
            to.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>The ministry")
        }
        "/bomb" => send(
            to,
            "200 OK",
            "Content-Type: text/html\r\nContent-Encoding: br\r\n",
            include_bytes!("data/bomb.br"),
        ),
        "/packed" => send(
            to,
            "200 OK",
            "Content-Type: text/html\r\nContent-Encoding: zstd\r\n",
            include_bytes!("data/page.zst"),
        ),
        "/picture" => send(to, "200 OK", "Content-Type: image/png\r\n", b"\x89PNG"),
        "/busy" => send(to, "503 Service Unavailable", "Retry-After: 120\r\n", b""),
        _ => not_found(to),
    });
    let fetcher = Fetcher::new(&manners());
    for (path, expected) in [
        ("/slow-head", "could not be fetched: the server took too long"),
        ("/slow-body", "could not be fetched: the server took too long"),
        ("/silent", "could not be fetched: the server took too long"),
        ("/endless-head", "could not be fetched: "),
        ("/endless-body", "is longer than 64 MB"),
        ("/cut", "could not be fetched: "),
        ("/bomb", "is longer than 64 MB"),
        ("/picture", "could not be fetched: it holds no text (image/png)"),
        ("/gone", "could not be fetched: the server answered 404"),
    ] {
        let begun = Instant::now();
        let why = told(&fetcher, &format!("{}{path}", server.at));
        assert!(why.contains(expected), "{path}: {why}");
        assert!(
            begun.elapsed() < Duration::from_secs(8),
            "{path} took {:?}",
            begun.elapsed()
        );
    }
    let capture = content(fetcher.fetch(&format!("{}/packed", server.at), None).unwrap());
    assert_eq!(
        documents(capture)[0].text,
        "The ministry denied the strike. The ministry denied the strike again."
    );
    let answer = fetcher.fetch(&format!("{}/busy", server.at), None).unwrap();
    assert!(matches!(answer, Answer::Nothing { status: 503, wait: Some(wait) } if wait == Duration::from_secs(120)));
}

#[test]
fn feeds_texts_and_what_a_header_says_of_their_encoding_are_read() {
    let server = Server::on(HERE, |path, to| {
        match path {
        "/robots.txt" => not_found(to),
        "/feed" => send(
            to,
            "200 OK",
            "Content-Type: application/rss+xml\r\n",
            b"<rss><channel><title>Wire</title><item><title>One</title><link>https://a.example/1</link><description>Denied.</description></item><item><title>Two</title><description>Denied again.</description></item></channel></rss>",
        ),
        "/text" => {
            let (bytes, _, _) = encoding_rs::WINDOWS_1258.encode("Nguo\u{300}n tin cho biê\u{301}t.");
            send(to, "200 OK", "Content-Type: text/plain; charset=\"windows-1258\"\r\n", &bytes)
        }
        "/empty" => send(to, "200 OK", "Content-Type: text/html\r\n", b" \n"),
        _ => not_found(to),
    }
    });
    let fetcher = Fetcher::new(&manners());
    let at = |path: &str| fetcher.fetch(&format!("{}{path}", server.at), None);
    let entries = documents(content(at("/feed").unwrap()));
    let told: Vec<_> = entries
        .iter()
        .map(|entry| (entry.uri.as_str(), entry.outlet.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            ("https://a.example/1", Some("Wire")),
            (format!("{}/feed#2", server.at).as_str(), Some("Wire"))
        ]
    );
    assert!(entries.iter().all(|entry| entry.about.captured.is_some()));
    let text = documents(content(at("/text").unwrap())).remove(0);
    assert_eq!(
        (text.text.as_str(), text.about.charset),
        ("Nguo\u{300}n tin cho biê\u{301}t.", Some("windows-1258"))
    );
    assert!(matches!(at("/empty").unwrap_err().problem, Problem::Empty));
}
