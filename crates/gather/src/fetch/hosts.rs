//! What is known of hosts: what their robots.txt asks for, and when they may be asked again.

use crate::Problem;
use robotxt::Robots;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};
use url::Url;

/// The most that a robots.txt may ask to wait between two requests.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// How long a robots.txt is believed.
const ROBOTS_AGE: Duration = Duration::from_secs(24 * 60 * 60);

/// A robots.txt, and when it was heard.
type Heard = Arc<Mutex<Option<(Instant, Robots)>>>;

/// For all threads that fetch.
pub(super) struct Hosts {
    pause: Duration,
    /// By origin. Who hears one holds it, so that no host is asked twice.
    robots: Mutex<HashMap<String, Heard>>,
    /// When a host may be asked again.
    free: Mutex<HashMap<String, Instant>>,
}

impl Hosts {
    pub(super) fn new(pause: Duration) -> Hosts {
        Hosts {
            pause,
            robots: Mutex::default(),
            free: Mutex::default(),
        }
    }

    fn heard(&self, url: &Url) -> Heard {
        let origin = url.origin().ascii_serialization();
        lock(&self.robots).entry(origin).or_default().clone()
    }

    /// Asks a host for its robots.txt, once a day, and does as it says.
    pub(super) fn hear(&self, url: &Url, ask: impl FnOnce() -> Result<Robots, Problem>) -> Result<(), Problem> {
        let heard = self.heard(url);
        let mut heard = lock(&heard);
        let robots = match heard.take() {
            Some((at, robots)) if at.elapsed() < ROBOTS_AGE => heard.insert((at, robots)),
            _ => heard.insert((Instant::now(), ask()?)),
        };
        if robots.1.is_url_allowed(url) {
            return Ok(());
        }
        let host = url.host_str().unwrap_or_default();
        Err(Problem::Refused(format!(
            "the robots.txt of {host} asks programs to leave it alone"
        )))
    }

    /// Waits until the host may be asked again. Who comes next waits behind this one.
    pub(super) fn wait(&self, url: &Url) {
        let heard = self.heard(url);
        let asked = lock(&heard).as_ref().and_then(|(_, robots)| robots.crawl_delay());
        let pause = asked.unwrap_or_default().min(LONGEST_PAUSE).max(self.pause);
        let host = url.host_str().unwrap_or_default().to_owned();
        let now = Instant::now();
        let turn = {
            let mut free = lock(&self.free);
            let turn = free.get(&host).map_or(now, |free| now.max(*free));
            free.insert(host, turn + pause);
            turn
        };
        thread::sleep(turn.saturating_duration_since(now));
    }
}

/// What a thread that panicked left is as good as before: nothing is written in two steps.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
