//! Output for people: a page of a certain width, with or without colour, and progress on standard error.

mod page;
mod progress;
mod words;

pub(crate) use page::Page;
pub(crate) use progress::Progress;
pub(crate) use words::clean;

use std::io::{self, IsTerminal};

/// The most of somebody's words that goes on a line that is not wrapped.
const LONG: usize = 400;

/// Words on one line that cannot command a terminal, cut where they are very long.
pub(crate) fn line(text: &str) -> String {
    let mut letters = text.chars();
    let mut start: String = letters.by_ref().take(LONG).collect();
    if letters.next().is_some() {
        start.push('…');
    }
    words::clean(&start)
}

/// When to use colour.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set or TERM is dumb
    Auto,
    Always,
    Never,
}

impl Color {
    fn wanted(self) -> bool {
        // https://no-color.org: present and not empty.
        let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                io::stdout().is_terminal() && set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }
}
