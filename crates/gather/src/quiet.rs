//! Other people's code on hostile input: a panic of theirs spoils one file, and nobody wants to read where in their code it was.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}
static HOOK: Once = Once::new();

/// What the work gives, or nothing where it panicked.
pub(crate) fn catch<T>(work: impl FnOnce() -> T) -> Option<T> {
    HOOK.call_once(|| {
        let told = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                told(info);
            }
        }));
    });
    QUIET.set(true);
    let made = panic::catch_unwind(AssertUnwindSafe(work)).ok();
    QUIET.set(false);
    made
}
