//! The mentions in the order of telling.

use super::link::{Link, link};
use super::mention::{Mentions, Told};
use counterclaim_claims::Reading;

/// The mentions, what they stand in, and the order of telling: reports by date, address and id, claims as they stand in them. That order
/// does not hang on the order of arrival.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) mentions: &'a Mentions,
    pub(super) readings: &'a [Reading],
    /// The place of each report in the order.
    pub(super) rank: &'a [usize],
}

impl<'a> Page<'a> {
    pub(super) fn told(self, i: u32) -> Told<'a> {
        self.mentions.told(self.readings, i)
    }

    /// The link of two mentions, the first of which is told first; none where they cannot be one happening.
    pub(super) fn link(self, i: u32, j: u32) -> Option<Link> {
        let gists = &self.mentions.gists;
        let may = gists[i as usize].may(&gists[j as usize]);
        may.then(|| link(self.told(i), self.told(j))).flatten()
    }

    /// The place of a mention.
    pub(super) fn place(self, i: u32) -> (usize, u32, u32) {
        let gist = &self.mentions.gists[i as usize];
        (self.rank[gist.report as usize], gist.claim, gist.event)
    }

    /// Whether one is told before another.
    pub(super) fn before(self, i: u32, j: u32) -> bool {
        self.place(i) < self.place(j)
    }
}
