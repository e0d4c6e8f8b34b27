//! Many hosts at once, some of which mean harm: the answers come in order, each host is asked one thing after the other, and little is held whatever is sent.
#![cfg(target_os = "linux")]

mod server;

use counterclaim_gather::{Ahead, Answer, Ask, Error, Fetcher, Manners};
use server::{Server, manners, not_found, send};
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::{Duration, Instant};

/// So many hosts of this machine.
const HOSTS: u8 = 10;

fn hosts(answer: fn(&str, &mut TcpStream) -> io::Result<()>) -> Vec<Server> {
    let host = |number| Server::on(&format!("127.0.0.{number}"), answer);
    (1..=HOSTS).map(host).collect()
}

fn fetcher(pause: Duration, patience: Duration) -> Arc<Fetcher> {
    Arc::new(Fetcher::new(&Manners {
        allow: (1..=HOSTS).map(|number| format!("127.0.0.{number}")).collect(),
        pause,
        patience,
        ..manners()
    }))
}

/// What comes of addresses, for people.
fn told(fetcher: &Arc<Fetcher>, addresses: &[String]) -> Vec<String> {
    let asks = addresses.iter().map(|address| Ask::of(address, None));
    let text = |(address, answer): (String, Result<Answer, Error>)| {
        let capture = match answer.and_then(|answer| answer.content(&address)) {
            Ok(capture) => capture.unwrap(),
            Err(error) => return error.to_string(),
        };
        // The beginning is enough, and none of the large ones is held.
        let documents = capture.drafts().map(|draft| {
            let text = draft.document()?.text;
            Ok::<String, Error>(text.chars().take(100).collect())
        });
        documents
            .map(|made| made.unwrap_or_else(|error| error.to_string()))
            .collect()
    };
    Ahead::of(fetcher.clone(), asks).map(text).collect()
}

static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

#[test]
fn hosts_are_asked_at_once_each_in_its_turn_and_answers_come_in_order() {
    let servers = hosts(|path, to| {
        if path == "/robots.txt" {
            return not_found(to);
        }
        MOST.fetch_max(UNDER_WAY.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        thread::sleep(Duration::from_millis(100));
        UNDER_WAY.fetch_sub(1, Ordering::SeqCst);
        send(to, "200 OK", "Content-Type: text/plain\r\n", path.as_bytes())
    });
    // Four of the first host, then one of each, then again.
    let mut addresses: Vec<String> = (0..4).map(|n| format!("{}/a{n}", servers[0].at)).collect();
    for round in 0..2 {
        addresses.extend(servers.iter().map(|server| format!("{}/{round}", server.at)));
    }
    let begun = Instant::now();
    let pause = Duration::from_millis(200);
    let texts = told(&fetcher(pause, Duration::from_secs(20)), &addresses);
    let paths: Vec<&str> = addresses
        .iter()
        .map(|address| &address[address.rfind('/').unwrap()..])
        .collect();
    assert_eq!(texts, paths);
    let most = MOST.load(Ordering::SeqCst);
    assert!((2..=8).contains(&most), "{most} hosts at once");
    // The first host's six take five pauses; one by one all would take the half of a second each.
    let took = begun.elapsed();
    assert!(took >= 5 * pause, "{took:?}");
    assert_eq!(servers[0].asked("/robots.txt").len(), 1);
}

/// Packed, it is small.
static GZIP_BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut packed = Vec::new();
    let mut packer = flate2::read::GzEncoder::new(io::repeat(b'a').take(200 << 20), flate2::Compression::fast());
    packer.read_to_end(&mut packed).unwrap();
    packed
});

/// A text of sixty megabytes.
fn large(to: &mut TcpStream, headers: &str) -> io::Result<()> {
    let block = "The ministry denied that it had shelled the town.\n".repeat(1 << 10);
    let count = (60 << 20) / block.len();
    let length = if headers.is_empty() {
        format!("Content-Length: {}\r\n", count * block.len())
    } else {
        headers.into()
    };
    write!(
        to,
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/plain\r\n{length}\r\n"
    )?;
    (0..count).try_for_each(|_| to.write_all(block.as_bytes()))
}

/// Writes the same again and again.
fn for_ever(to: &mut TcpStream, head: &str, again: &[u8]) -> io::Result<()> {
    to.write_all(head.as_bytes())?;
    loop {
        to.write_all(again)?;
    }
}

fn harm(path: &str, to: &mut TcpStream) -> io::Result<()> {
    let page = "Content-Type: text/html\r\n";
    let packed = |to: &mut TcpStream, coding: &str, body: &[u8]| {
        send(to, "200 OK", &format!("{page}Content-Encoding: {coding}\r\n"), body)
    };
    let chunked = format!("HTTP/1.1 200 OK\r\n{page}Transfer-Encoding: chunked\r\n\r\n");
    let chunk = [b"10000\r\n".as_slice(), &[b'a'; 1 << 16], b"\r\n"].concat();
    match path {
        "/robots.txt" => not_found(to),
        "/endless-status" => for_ever(to, "HTTP/1.1 200 ", b"OK and "),
        "/endless-head" => for_ever(to, "HTTP/1.1 200 OK\r\n", b"X-More: and more and more\r\n"),
        "/endless-header" => for_ever(to, "HTTP/1.1 200 OK\r\nX-More: ", b"and more "),
        "/endless-body" => for_ever(
            to,
            &format!("HTTP/1.1 200 OK\r\n{page}Connection: close\r\n\r\n"),
            &chunk,
        ),
        "/endless-chunks" => for_ever(to, &chunked, &chunk),
        "/endless-extension" => for_ever(to, &format!("{chunked}5;"), b"a=b;"),
        "/endless-extensions" => for_ever(to, &chunked, b"1;aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\nx\r\n"),
        "/endless-trailer" => for_ever(to, &format!("{chunked}5\r\n<p>No\r\n0\r\n"), b"X-More: and more\r\n"),
        "/endless-news" => for_ever(to, "", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
        "/drip" => {
            to.write_all(format!("HTTP/1.1 200 OK\r\n{page}Content-Length: 100000\r\n\r\n").as_bytes())?;
            loop {
                to.write_all(b"x")?;
                thread::sleep(Duration::from_millis(50));
            }
        }
        "/lies-more" => write!(to, "HTTP/1.1 200 OK\r\n{page}Content-Length: 99\r\n\r\n<p>No"),
        "/lies-most" => write!(
            to,
            "HTTP/1.1 200 OK\r\n{page}Content-Length: 99999999999999999\r\n\r\n<p>No"
        ),
        "/lies-less" => for_ever(
            to,
            &format!("HTTP/1.1 200 OK\r\n{page}Content-Length: 9\r\n\r\n<p>No.</p"),
            &chunk,
        ),
        "/no-number" => write!(to, "HTTP/1.1 200 OK\r\n{page}Content-Length: many\r\n\r\n<p>No"),
        "/gzip" => packed(to, "gzip", &GZIP_BOMB),
        "/br" => packed(to, "br", include_bytes!("data/bomb.br")),
        "/zstd" => packed(to, "zstd", include_bytes!("data/bomb.zst")),
        "/layers" => packed(to, "gzip, gzip, gzip, br", &GZIP_BOMB),
        "/ring" => send(to, "302 Found", "Location: /gnir\r\n", b""),
        "/gnir" => send(to, "307 Temporary Redirect", "Location: /ring\r\n", b""),
        "/large" => large(to, ""),
        "/large-chunked" => large(to, "X-Length: unknown\r\n"),
        _ => send(to, "200 OK", page, b"<p>The ministry denied it.</p>"),
    }
}

#[test]
fn servers_that_send_without_end_are_left_and_memory_stays_bounded() {
    let servers = hosts(harm);
    let too_long = "is longer than 64 MB";
    let cases = [
        (
            "/endless-status",
            "could not be fetched: the server's headers are longer than 64 KB",
        ),
        (
            "/endless-head",
            "could not be fetched: the server does not keep to HTTP",
        ),
        (
            "/endless-header",
            "could not be fetched: the server's headers are longer than 64 KB",
        ),
        ("/endless-body", too_long),
        ("/endless-chunks", too_long),
        (
            "/endless-extension",
            "could not be fetched: the server does not say how long its pieces are",
        ),
        (
            "/endless-extensions",
            "could not be fetched: the server does not keep to HTTP",
        ),
        ("/endless-trailer", "could not be fetched: the server took too long"),
        (
            "/endless-news",
            "could not be fetched: the server's headers are longer than 64 KB",
        ),
        ("/drip", "could not be fetched: the server took too long"),
        (
            "/lies-more",
            "could not be fetched: the server broke off before the end",
        ),
        ("/lies-most", too_long),
        ("/lies-less", "No."),
        ("/no-number", "could not be fetched: the server does not keep to HTTP"),
        ("/gzip", too_long),
        ("/br", too_long),
        ("/zstd", too_long),
        ("/layers", "packed several times over"),
        ("/ring", "could not be fetched: it redirects more than 5 times"),
    ];
    // Every host sends each of them and something sound after it; then all send what is large, twice.
    let mut addresses = Vec::new();
    let mut expected = Vec::new();
    for (number, (path, why)) in cases.iter().enumerate() {
        let at = &servers[number % servers.len()].at;
        addresses.extend([format!("{at}{path}"), format!("{at}/sound/{number}")]);
        expected.extend([*why, "The ministry denied it."]);
    }
    for server in &servers {
        addresses.extend([format!("{}/large", server.at), format!("{}/large-chunked", server.at)]);
        expected.extend(["holds more than 4 MB of words"; 2]);
    }
    let texts = told(&fetcher(Duration::ZERO, Duration::from_secs(6)), &addresses);
    let peak = peak();
    for ((address, text), expected) in addresses.iter().zip(&texts).zip(&expected) {
        assert!(
            text.contains(expected),
            "{address}: {}",
            text.chars().take(200).collect::<String>()
        );
    }
    assert!(peak < 512, "{peak} MB at most");
}

/// The most memory that this process had, in megabytes, servers included.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap() / 1024
}
