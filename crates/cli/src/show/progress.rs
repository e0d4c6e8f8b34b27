use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

/// A bar on standard error for work that takes more than a second, where a person may be looking at it and the results do
/// not already run past on the same terminal.
pub(crate) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    wanted: bool,
}

impl Progress {
    /// Begins work on that many files.
    pub(crate) fn new(files: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        let style = if files > 1 {
            "{bar:30} file {pos} of {len}, {msg}"
        } else {
            "{spinner} {msg}, {elapsed}"
        };
        bar.set_style(ProgressStyle::with_template(style).expect("the templates are constants"));
        Self {
            bar,
            begun: Instant::now(),
            wanted: io::stderr().is_terminal() && !io::stdout().is_terminal(),
        }
    }

    /// One more report is done; it stood in that file, counted from 0.
    pub(crate) fn report(&self, file: usize, reports: u64) {
        if self.wanted && self.bar.is_hidden() && self.begun.elapsed() >= Duration::from_secs(1) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_message(format!("{reports} reports"));
        self.bar.set_position(file as u64 + 1);
    }

    /// Lets something else be written to standard error.
    pub(crate) fn aside(&self, write: impl FnOnce()) {
        self.bar.suspend(write);
    }

    /// Takes the bar away.
    pub(crate) fn done(&self) {
        self.bar.finish_and_clear();
    }
}
