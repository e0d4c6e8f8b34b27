use super::{Told, states};
use crate::place;
use counterclaim_claims::{Act, Harm};
use rustc_hash::FxHashMap;

/// Under one key, an event is held against as many before it in time and as many after it.
const NEAREST: usize = 32;

/// What two events must share to be held against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key<'a> {
    Report(usize),
    Incident(usize),
    Place(&'a str),
    /// A fifth of a degree by a fifth of a degree.
    Cell(i32, i32),
    /// An act, and the month and day of its year, or what is told of them.
    Act(Act, &'a str),
    /// A backing by a party or of it, whenever that is.
    Backing(&'a str),
    /// Harm to a party's people in the conflict as a whole.
    Whole(Harm, &'a str),
    /// Who accuses whom.
    Accuses(&'a str, &'a str),
}

/// Told events by what they share, each list in the order of time.
pub(super) struct Index<'a>(FxHashMap<Key<'a>, List>);

#[derive(Default)]
struct List {
    /// Day of saying and number.
    dated: Vec<(i32, usize)>,
    undated: Vec<usize>,
}

impl<'a> Index<'a> {
    pub(super) fn of(all: &[Told<'a>]) -> Self {
        let mut lists: FxHashMap<Key<'a>, List> = FxHashMap::default();
        for (n, told) in all.iter().enumerate() {
            let mut keys = keys(told);
            keys.extend(cells(told));
            keys.extend(accusations(told));
            for key in keys {
                let list = lists.entry(key).or_default();
                match told.said.first() {
                    Some(day) => list.dated.push((day, n)),
                    None => list.undated.push(n),
                }
            }
        }
        for list in lists.values_mut() {
            list.dated.sort_unstable();
        }
        Index(lists)
    }

    /// The numbers of events that share something with one and were said within so many days of it, ascending, without itself.
    pub(super) fn around(&self, n: usize, told: &Told<'a>, all: &[Told<'a>], days: i32) -> Vec<usize> {
        let mut keys = keys(told);
        // Near places lie on both sides of an edge.
        for key in cells(told) {
            if let Key::Cell(y, x) = key {
                keys.extend((0..9).map(|near| Key::Cell(y - 1 + near / 3, x - 1 + near % 3)));
            }
        }
        let mut found = Vec::new();
        for key in keys {
            // One report and one happening hold together over any time.
            let days = match key {
                Key::Report(_) | Key::Incident(_) | Key::Backing(_) => i32::MAX,
                _ => days,
            };
            self.near(key, n, told.said.first(), days, &mut found);
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|&m| m != n && all[m].at != told.at);
        found
    }

    /// The numbers of the accusations that parties make of each other, within so many days.
    pub(super) fn mutual(&self, n: usize, told: &Told<'a>, days: i32) -> Vec<usize> {
        let mut found = Vec::new();
        for accuser in told.actors.iter() {
            for accused in told.parties.iter() {
                self.near(Key::Accuses(accuser, accused), n, told.said.first(), days, &mut found);
            }
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|&m| m != n);
        found
    }

    fn near(&self, key: Key<'a>, n: usize, day: Option<i32>, days: i32, found: &mut Vec<usize>) {
        let Some(list) = self.0.get(&key) else { return };
        let around = |at: usize, length: usize| at.saturating_sub(NEAREST)..(at + NEAREST).min(length);
        let at = list.undated.partition_point(|&m| m < n);
        found.extend(&list.undated[around(at, list.undated.len())]);
        let at = list.dated.partition_point(|&one| one < (day.unwrap_or(i32::MIN), n));
        let near = list.dated[around(at, list.dated.len())].iter();
        let fits = |said: i32| day.is_none_or(|day| said.abs_diff(day) <= days.unsigned_abs());
        found.extend(near.filter(|(said, _)| fits(*said)).map(|(_, m)| m));
    }
}

fn keys<'a>(told: &Told<'a>) -> Vec<Key<'a>> {
    let mut keys = vec![Key::Report(told.at.reading)];
    let event = told.event;
    keys.extend(told.incident.map(Key::Incident));
    keys.extend(event.place.iter().map(|place| Key::Place(&place.name)));
    keys.extend(
        event
            .time
            .as_deref()
            .and_then(|time| time.get(5..))
            .map(|day| Key::Act(event.act, day)),
    );
    if event.act == Act::SupportMilitarily {
        keys.extend(told.actors.with(&told.targets).iter().map(Key::Backing));
    }
    if event.place.is_empty() {
        let people = event
            .toll
            .iter()
            .filter_map(|toll| Some((toll.harm, toll.party.as_deref()?)));
        keys.extend(people.map(|(harm, party)| Key::Whole(harm, party)));
    }
    keys
}

/// Who lays it to whom.
fn accusations<'a>(told: &Told<'a>) -> Vec<Key<'a>> {
    let mut keys = Vec::new();
    if states(told) {
        for by in told.parties.iter() {
            let others = told.actors.iter().filter(|of| *of != by);
            keys.extend(others.map(|of| Key::Accuses(by, of)));
        }
    }
    keys
}

/// The cells of its fine places.
fn cells<'a>(told: &Told<'a>) -> Vec<Key<'a>> {
    let fine = told.event.place.iter().filter(|place| !place::is_state(place));
    let cells = fine.filter_map(|place| {
        let (lat, lon) = place.lat.zip(place.lon)?;
        #[allow(clippy::cast_possible_truncation, reason = "degrees are small")]
        let degree = |angle: f64| (angle * 5.0).floor() as i32;
        Some(Key::Cell(degree(lat), degree(lon)))
    });
    cells.collect()
}
