//! A server on this machine for the tests of the network.

use counterclaim_gather::Manners;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// A server that answers each request by its path; it remembers the heads of all requests.
pub(crate) struct Server {
    pub(crate) at: String,
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// One on one of this machine's addresses: each is another host, for whoever asks.
    pub(crate) fn on(
        host: &str,
        answer: impl Fn(&str, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static,
    ) -> Server {
        let listener = TcpListener::bind((host, 0)).unwrap();
        let at = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (seen, answer) = (asked.clone(), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (seen, answer) = (seen.clone(), answer.clone());
                thread::spawn(move || {
                    let mut stream = stream;
                    let mut head = String::new();
                    let mut lines = BufReader::new(stream.try_clone().unwrap());
                    while lines.read_line(&mut head).is_ok_and(|n| n > 2) {}
                    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                    seen.lock().unwrap().push(head);
                    // A client that has had enough closes the connection.
                    let _ = answer(&path, &mut stream);
                });
            }
        });
        Server { at, asked }
    }

    /// The heads of the requests for a path.
    pub(crate) fn asked(&self, path: &str) -> Vec<String> {
        let asked = self.asked.lock().unwrap();
        asked
            .iter()
            .filter(|head| head.starts_with(&format!("GET {path} ")))
            .cloned()
            .collect()
    }
}

/// An answer as a whole.
pub(crate) fn send(to: &mut TcpStream, status: &str, headers: &str, body: &[u8]) -> io::Result<()> {
    let length = body.len();
    write!(
        to,
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n"
    )?;
    to.write_all(body)
}

/// There is none.
pub(crate) fn not_found(to: &mut TcpStream) -> io::Result<()> {
    send(to, "404 Not Found", "", b"")
}

/// Those of all tests: quick, and only this machine is asked.
pub(crate) fn manners() -> Manners {
    Manners {
        allow: vec!["127.0.0.1".into()],
        contact: Some("desk@a.example".into()),
        pause: Duration::ZERO,
        patience: Duration::from_secs(3),
    }
}
