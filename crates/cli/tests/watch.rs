//! `add` and `watch` against a server on this machine.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

/// Pages by path; each answer carries the digest of its page as `ETag` and knows it again.
#[derive(Clone, Default)]
struct Pages(Arc<Mutex<Vec<(&'static str, String)>>>);

impl Pages {
    fn put(&self, path: &'static str, page: impl Into<String>) {
        let mut pages = self.0.lock().unwrap();
        pages.retain(|(own, _)| *own != path);
        pages.push((path, page.into()));
    }

    fn take(&self, path: &str) {
        self.0.lock().unwrap().retain(|(own, _)| *own != path);
    }

    fn serve(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = format!("http://{}", listener.local_addr().unwrap());
        let pages = self.clone();
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let mut head = String::new();
                let mut lines = BufReader::new(stream.try_clone().unwrap());
                while lines.read_line(&mut head).is_ok_and(|n| n > 2) {}
                let path = head.split(' ').nth(1).unwrap_or_default();
                let page = pages
                    .0
                    .lock()
                    .unwrap()
                    .iter()
                    .find(|(own, _)| *own == path)
                    .map(|(_, page)| page.clone());
                let answer = match page {
                    None => "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n".into(),
                    Some(page) if head.contains(&format!("\"{}\"", page.len())) => {
                        "HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n".into()
                    }
                    Some(page) => format!(
                        "HTTP/1.1 200 OK\r\nConnection: close\r\nETag: \"{0}\"\r\nContent-Length: {0}\r\n\r\n{page}",
                        page.len()
                    ),
                };
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        at
    }
}

fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_counterclaim"))
        .current_dir(folder)
        .args(args)
        .args(["--allow-host", "127.0.0.1", "--pause", "0"])
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn page(title: &str, text: &str) -> String {
    format!("<!doctype html><title>{title}</title><p>{text}</p>")
}

fn feed(at: &str, entries: &[&str]) -> String {
    let item = |name: &&str| {
        format!("<item><title>About {name}</title><link>{at}/{name}</link><description>In short.</description></item>")
    };
    format!(
        "<rss version=\"2.0\"><channel><title>Wire</title>{}</channel></rss>",
        entries.iter().map(item).collect::<String>()
    )
}

#[test]
fn a_watch_tells_what_is_new_and_goes_on_where_it_was_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let pages = Pages::default();
    let at = pages.serve();
    pages.put("/feed", feed(&at, &["one"]));
    pages.put(
        "/one",
        page(
            "One",
            "The defence ministry of Armenia said three barracks had been bombed.",
        ),
    );
    pages.put(
        "/two",
        page(
            "Two",
            "The defence ministry of Azerbaijan denied that it had bombed barracks.",
        ),
    );
    pages.put("/statements", page("Statements", "Baku said four houses were damaged."));
    let list = format!(
        "[[watch]]\naddress = \"{at}/feed\"\nfollow = true\n[[watch]]\naddress = \"{at}/statements\"\n[[watch]]\naddress = \"{at}/missing\"\n"
    );
    std::fs::write(folder.path().join("feeds.toml"), list).unwrap();
    let watch = || run(folder.path(), &["watch", "war.ledger", "feeds.toml", "--once"]);

    let (status, new, told) = watch();
    assert_eq!(status, 2);
    assert_eq!(new.lines().count(), 2, "{new}{told}");
    assert!(
        new.contains(&format!("1 claims  {at}/one  One")) && new.contains(&format!("{at}/statements  Statements")),
        "{new}"
    );
    assert_eq!(
        told,
        format!("counterclaim: {at}/missing: could not be fetched: the server answered 404\n")
    );

    // Nothing changed, and what failed is left alone.
    assert_eq!(watch(), (0, String::new(), String::new()));

    // A new entry, an advertisement on a page, and a page that is gone.
    pages.put("/feed", feed(&at, &["two", "one"]));
    pages.put(
        "/statements",
        page("Statements", "Baku said four houses were damaged.") + "<!-- buy now -->",
    );
    let (status, new, told) = watch();
    assert_eq!((status, told.as_str(), new.lines().count()), (0, "", 1), "{new}");
    assert!(new.contains(&format!("{at}/two  Two")), "{new}");
    pages.take("/statements");
    assert_eq!(watch().0, 2);
    let memory = std::fs::read_to_string(folder.path().join("war.ledger.watch.json")).unwrap();
    let memory: serde_json::Value = serde_json::from_str(&memory).unwrap();
    let gone = &memory[format!("{at}/statements")];
    assert_eq!((&gone["status"], &gone["content"]), (&404.into(), &false.into()));
    assert!(gone["id"].as_str().unwrap().starts_with("sha256:") && gone["captured"].is_string());

    // All that was fetched for the ledger can be read again from what was kept.
    let (_, kept, _) = {
        let output = Command::new(env!("CARGO_BIN_EXE_counterclaim"))
            .current_dir(folder.path())
            .args(["read", "--format", "jsonl", "war.ledger.captures"])
            .output()
            .unwrap();
        (output.status, String::from_utf8(output.stdout).unwrap(), output.stderr)
    };
    for path in ["one", "two", "statements"] {
        assert!(kept.contains(&format!("\"uri\":\"{at}/{path}\"")), "{kept}");
    }
    assert!(kept.contains("\"captured\":\""));
}

#[test]
fn addresses_and_lists_of_them_are_added() {
    let folder = tempfile::tempdir().unwrap();
    let pages = Pages::default();
    let at = pages.serve();
    pages.put(
        "/one",
        page(
            "One",
            "The defence ministry of Armenia said three barracks had been bombed.",
        ),
    );
    pages.put(
        "/two?x=1",
        page(
            "Two",
            "The defence ministry of Azerbaijan denied that it had bombed barracks.",
        ),
    );
    let (status, out, told) = run(folder.path(), &["add", "war.ledger", &format!("{at}/one")]);
    assert_eq!((status, out.as_str()), (0, "1 added\n"));
    assert!(told.contains("war.ledger.key signs its log"), "{told}");
    let list =
        format!("date\turl\n20201005\t{at}/one\n20201005\t{at}/two?x=1\n20201005\t{at}/two?x=1\n20201005\t{at}/none\n");
    std::fs::write(folder.path().join("list.tsv"), list).unwrap();
    let (status, out, told) = run(folder.path(), &["add", "war.ledger", "--from", "addresses", "list.tsv"]);
    assert_eq!((status, out.as_str()), (2, "1 added, 1 known already\n"));
    assert_eq!(
        told,
        format!("counterclaim: {at}/none: could not be fetched: the server answered 404\n")
    );

    // Nothing is fetched where nothing would be kept, and nothing inside without leave.
    let told = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_counterclaim"))
            .current_dir(folder.path())
            .args(args)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(
        told(&["read", &format!("{at}/one")]).contains("is not fetched: `counterclaim add LEDGER ADDRESS` fetches")
    );
    assert!(
        told(&["add", "war.ledger", "http://127.0.0.1:8080/"])
            .contains("allow the host by name (--allow-host 127.0.0.1)")
    );
}
