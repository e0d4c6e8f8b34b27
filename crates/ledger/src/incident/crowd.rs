//! Days on which the like is told of many places.

use super::mention::{Mentions, kin};
use counterclaim_claims::{Family, Reading};
use rustc_hash::{FxHashMap, FxHashSet};

/// So many places of a day are still those that reports of one happening may name.
const FEW_PLACES: usize = 4;

/// What is told of each day, by the kin of its acts.
#[derive(Default)]
pub(super) struct Crowds {
    days: FxHashMap<Of, Day>,
    /// Those on which mentions were counted since the last marking.
    touched: FxHashSet<Of>,
}

/// Kin acts of one day; the day by the number of its words.
type Of = (Family, u32);

#[derive(Default)]
struct Day {
    /// How many mentions name each place.
    towns: FxHashMap<u32, u32>,
    mentions: Vec<u32>,
    crowded: bool,
}

impl Crowds {
    /// Counts a mention in, or out.
    pub(super) fn count(&mut self, mentions: &mut Mentions, readings: &[Reading], i: u32, whether: bool) {
        let Some(of) = of(mentions, readings, i) else { return };
        let towns = towns(mentions, readings, i);
        let day = self.days.entry(of).or_default();
        if whether {
            day.mentions.push(i);
            mentions.all[i as usize].crowded = day.crowded;
        } else {
            day.mentions.retain(|&m| m != i);
        }
        for town in towns {
            let count = day.towns.entry(town).or_default();
            *count = if whether { *count + 1 } else { *count - 1 };
            if *count == 0 {
                day.towns.remove(&town);
            }
        }
        self.touched.insert(of);
    }

    /// Marks the mentions of the days on which some were counted, and gives those that are marked otherwise than before.
    pub(super) fn mark(&mut self, mentions: &mut Mentions) -> Vec<u32> {
        let mut changed = Vec::new();
        for of in self.touched.drain() {
            let Some(day) = self.days.get_mut(&of) else { continue };
            let crowded = day.towns.len() > FEW_PLACES;
            if crowded != day.crowded {
                day.crowded = crowded;
                changed.extend(&day.mentions);
                for &m in &day.mentions {
                    mentions.all[m as usize].crowded = crowded;
                }
            }
        }
        changed
    }
}

/// The day of a mention.
fn of(mentions: &mut Mentions, readings: &[Reading], i: u32) -> Option<Of> {
    let mention = &mentions.all[i as usize];
    let event = mention.at.of(readings);
    let day = event.time.as_deref().filter(|_| mention.of_one_day())?;
    Some((kin(event.act), mentions.numbers.number(day)))
}

/// The towns that a mention names, each once.
fn towns(mentions: &mut Mentions, readings: &[Reading], i: u32) -> FxHashSet<u32> {
    let event = mentions.all[i as usize].at.of(readings);
    let fine = event.place.iter().filter(|place| !place.is_wide());
    fine.map(|place| mentions.numbers.number(&place.name)).collect()
}
