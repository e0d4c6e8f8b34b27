use std::panic::resume_unwind;
use std::sync::{Condvar, Mutex, mpsc};
use std::thread;

/// The most bytes of input under way at once, unless a single item is larger: what is made of a report takes some forty times as much while it is read.
const BUDGET: usize = 4 << 20;

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
    batches(items, weigh, work, 1, |results| {
        results.into_iter().try_for_each(&mut sink)
    })
}

/// The same, but `sink` gets all results at once that are there when it is done with those before, up to `most`: it is
/// kept waiting for none, and none waits for one that is to come.
pub(crate) fn batches<T, R, E>(
    items: impl Iterator<Item = T>,
    weigh: impl Fn(&T) -> usize,
    work: impl Fn(T) -> R + Sync,
    most: usize,
    mut sink: impl FnMut(Vec<R>) -> Result<(), E> + Send,
) -> Result<(), E>
where
    T: Send,
    R: Send,
    E: Send,
{
    let gate = Gate::default();
    let length = most.max(4 * rayon::current_num_threads());
    let (queue, results) = mpsc::sync_channel::<Awaited<R>>(length);
    thread::scope(|threads| {
        let gate = &gate;
        let writer = threads.spawn(move || {
            let (mut ended, mut next) = (Ok(()), results.recv().ok());
            while let Some((mut weight, first)) = next {
                // A worker that panicked sends nothing; the scope below passes the panic on.
                let Ok(first) = first.recv() else { break };
                let mut batch = vec![first];
                next = fill(&mut batch, &mut weight, most, &results);
                ended = sink(batch);
                gate.leave(weight);
                if ended.is_err() {
                    break;
                }
                next = next.or_else(|| results.recv().ok());
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

/// The weight of an item, and where its result comes.
type Awaited<R> = (usize, mpsc::Receiver<R>);

/// Takes the results that are there already, in order; gives the item after them where one is under way.
fn fill<R>(
    batch: &mut Vec<R>,
    weight: &mut usize,
    most: usize,
    results: &mpsc::Receiver<Awaited<R>>,
) -> Option<Awaited<R>> {
    while batch.len() < most {
        let (more, result) = results.try_recv().ok()?;
        match result.try_recv() {
            Ok(result) => batch.push(result),
            Err(_) => return Some((more, result)),
        }
        *weight += more;
    }
    None
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
    fn what_is_there_is_handed_on_at_once_and_in_order() {
        let (mut got, mut calls) = (Vec::new(), 0);
        let slow = |batch: Vec<u64>| {
            assert!((1..=16).contains(&batch.len()));
            thread::sleep(Duration::from_millis(1));
            calls += 1;
            got.extend(batch);
            Ok::<(), ()>(())
        };
        batches(0..500, |_| 1, |n| n, 16, slow).unwrap();
        assert_eq!(got, (0..500).collect::<Vec<_>>());
        assert!(calls < 500, "{calls}");
    }

    #[test]
    fn a_failing_sink_ends_an_endless_feed() {
        let ended = map(0.., |_| BUDGET, |n| n, |n| if n == 3 { Err(n) } else { Ok(()) });
        assert_eq!(ended, Err(3));
    }
}
