use std::panic::resume_unwind;
use std::sync::{Condvar, Mutex, mpsc};
use std::thread;

/// The most bytes of input under way at once, unless a single item is larger.
const BUDGET: usize = 256 << 20;

/// Does `work` on every item with all cores and hands the results to `sink` in the order of the items.
///
/// Memory stays bounded: no more than a few items a core, and no more than [`BUDGET`] bytes by `weigh`, are under way at
/// once. The first error of `sink` ends the run. Items are drawn on the calling thread, so that a slow feed is worked on
/// line by line as it arrives.
pub(crate) fn map<T, R, E>(
    items: impl Iterator<Item = T>,
    weigh: impl Fn(&T) -> usize,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), E> + Send,
) -> Result<(), E>
where
    T: Send,
    R: Send,
    E: Send,
{
    let gate = Gate::default();
    let (queue, results) = mpsc::sync_channel::<(usize, mpsc::Receiver<R>)>(4 * rayon::current_num_threads());
    thread::scope(|threads| {
        let gate = &gate;
        let writer = threads.spawn(move || {
            let mut ended = Ok(());
            for (weight, result) in results {
                // A worker that panicked sends nothing; the scope below passes the panic on.
                let Ok(result) = result.recv() else { break };
                ended = sink(result);
                gate.leave(weight);
                if ended.is_err() {
                    break;
                }
            }
            gate.open();
            ended
        });
        rayon::in_place_scope(|pool| {
            let work = &work;
            for item in items {
                let weight = weigh(&item);
                gate.enter(weight);
                let (done, result) = mpsc::sync_channel(1);
                if queue.send((weight, result)).is_err() {
                    break;
                }
                pool.spawn(move |_| {
                    // Nobody waits for it any more when the sink has failed.
                    let _ = done.send(work(item));
                });
            }
            drop(queue);
        });
        writer.join().unwrap_or_else(|panic| resume_unwind(panic))
    })
}

/// Lets bytes through up to the budget.
#[derive(Default)]
struct Gate {
    /// Bytes inside; none once the gate stands open for good.
    inside: Mutex<Option<usize>>,
    left: Condvar,
}

impl Gate {
    fn enter(&self, weight: usize) {
        let mut inside = self.inside.lock().expect("no thread panics while it holds the gate");
        while inside.is_some_and(|n| n > 0 && n + weight > BUDGET) {
            inside = self
                .left
                .wait(inside)
                .expect("no thread panics while it holds the gate");
        }
        *inside = inside.map(|n| n + weight);
    }

    fn leave(&self, weight: usize) {
        let mut inside = self.inside.lock().expect("no thread panics while it holds the gate");
        *inside = inside.map(|n| n - weight);
        self.left.notify_one();
    }

    fn open(&self) {
        *self.inside.lock().expect("no thread panics while it holds the gate") = None;
        self.left.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let mut got = Vec::new();
        let slow_first = |n: u64| {
            thread::sleep(Duration::from_micros(200 - n));
            n
        };
        let sink = |n| {
            got.push(n);
            Ok::<(), ()>(())
        };
        map(0..200, |_| 1, slow_first, sink).unwrap();
        assert_eq!(got, (0..200).collect::<Vec<_>>());
    }

    #[test]
    fn a_failing_sink_ends_an_endless_feed() {
        let ended = map(0.., |_| BUDGET, |n| n, |n| if n == 3 { Err(n) } else { Ok(()) });
        assert_eq!(ended, Err(3));
    }
}
