//! Which mentions are held against each other: those that share something and stand near each other in the order of telling.

use super::EventRef;
use super::mention::kin;
use super::page::Page;
use crate::place;
use counterclaim_claims::{Event, Family, Harm};
use rustc_hash::FxHashMap;

/// A mention is held against as many that follow it with something in common.
const WINDOW: usize = 64;

/// Something that two mentions of one happening are likely to share; the first part says which acts can be one. Names are told by
/// number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    Report(Family, usize),
    Place(Family, u32),
    /// Two degrees by two. Every place lies in four of them, so that two places less than a degree apart share one.
    Cell(Family, i32, i32),
    /// A day without its year, and a party.
    Day(Family, u32, u32),
    Figure(Family, Harm, u64),
}

/// Mentions by what they share, each list in the order of telling.
#[derive(Default)]
pub(super) struct Blocks(FxHashMap<Key, Vec<u32>>);

/// Two mentions, in the order of telling.
pub(super) type Two = (u32, u32);

impl Blocks {
    /// Puts a mention in its place. Gives those of two that it brought apart: so many now stand between them in one list.
    pub(super) fn put(&mut self, page: Page<'_>, i: u32, keys: &[Key], mut apart: impl FnMut(Two)) {
        for key in keys {
            let block = self.0.entry(*key).or_default();
            let at = block.partition_point(|&j| page.before(j, i));
            block.insert(at, i);
            for first in at.saturating_sub(WINDOW)..at {
                if let Some(&other) = block.get(first + WINDOW + 1) {
                    apart((block[first], other));
                }
            }
        }
    }

    /// Takes a mention out. Gives those of two that it brought together.
    pub(super) fn take(&mut self, page: Page<'_>, i: u32, keys: &[Key], mut together: impl FnMut(Two)) {
        for key in keys {
            let Some(block) = self.0.get_mut(key) else { continue };
            let at = block.partition_point(|&j| page.before(j, i));
            block.remove(at);
            for first in at.saturating_sub(WINDOW)..at {
                if let Some(&other) = block.get(first + WINDOW) {
                    together((block[first], other));
                }
            }
            if block.is_empty() {
                self.0.remove(key);
            }
        }
    }

    /// The mentions that follow one so nearly in a list, and those that so nearly go before it.
    pub(super) fn around(&self, page: Page<'_>, i: u32, key: Key) -> (&[u32], &[u32]) {
        let Some(block) = self.0.get(&key) else {
            return (&[], &[]);
        };
        let at = block.partition_point(|&j| page.before(j, i));
        let after = &block[at + 1..];
        (&after[..after.len().min(WINDOW)], &block[at.saturating_sub(WINDOW)..at])
    }

    /// Whether two mentions are held against each other.
    pub(super) fn bring_together(&self, page: Page<'_>, (i, j): Two, keys: &[Key]) -> bool {
        keys.iter().any(|key| self.around(page, i, *key).0.contains(&j))
    }
}

/// What another mention must have one of to be held against this one.
/// `number` gives the number of a name.
pub(super) fn keys(at: EventRef, event: &Event, mut number: impl FnMut(&str) -> u32) -> Vec<Key> {
    let kin = kin(event.act);
    let mut keys = vec![Key::Report(kin, at.at.reading)];
    for place in event.place.iter().filter(|p| !place::is_state(p)) {
        keys.push(Key::Place(kin, number(&place.name)));
        if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
            #[allow(clippy::cast_possible_truncation, reason = "degrees are small")]
            let (y, x) = (lat.floor() as i32, lon.floor() as i32);
            keys.extend([(y, x), (y - 1, x), (y, x - 1), (y - 1, x - 1)].map(|(y, x)| Key::Cell(kin, y, x)));
        }
    }
    if let Some(day) = event.time.as_deref().and_then(|time| time.get(5..10)) {
        let day = number(day);
        let people = event.actor.iter().chain(&event.target);
        let parties = people.filter_map(|who| who.party.as_deref());
        keys.extend(parties.map(|party| Key::Day(kin, day, number(party))));
    }
    let figures = event
        .toll
        .iter()
        .filter_map(|toll| Some((toll.harm, toll.min.filter(|&min| min > 2)?)));
    keys.extend(figures.map(|(harm, figure)| Key::Figure(kin, harm, figure)));
    keys.sort_unstable();
    keys.dedup();
    keys
}
