use super::{EventRef, number};
use crate::cut::Cut;
use crate::reports::Reports;
use crate::when::When;
use crate::{ClaimRef, place};
use counterclaim_claims::{Act, Claim, Event, Family, Harm, Participant, Source, Stance};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// One event of one claim, with what is compared of it.
pub(super) struct Mention<'a> {
    pub(super) at: EventRef,
    pub(super) claim: &'a Claim,
    pub(super) event: &'a Event,
    pub(super) actors: Names,
    pub(super) targets: Names,
    /// Both of them.
    pub(super) sides: Names,
    /// The parties that make the claim.
    pub(super) parties: Names,
    /// Who makes the claim, by party, else by name.
    pub(super) sources: Names,
    pub(super) time: When<'a>,
    /// Its day has many places at which the like is told: another place is another happening.
    pub(super) crowded: bool,
    /// The words of the claim that tell something, by number, ascending.
    words: Arc<[u32]>,
    /// The length of their vector.
    length: f64,
}

/// Who does something, by number, ascending: two names are one where their numbers are.
pub(super) type Names = Arc<[u32]>;

/// Numbers for names.
#[derive(Default)]
struct Numbers<'a> {
    known: FxHashMap<&'a str, u32>,
    /// Sets that were met already: there are few, and each is kept once.
    sets: FxHashSet<Names>,
}

/// The number of one that has no name.
const NAMELESS: u32 = u32::MAX;

impl<'a> Numbers<'a> {
    fn of(&mut self, names: impl IntoIterator<Item = Option<&'a str>>) -> Names {
        let mut numbers: Vec<u32> = names.into_iter().map(|name| self.number(name)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        match self.sets.get(&numbers[..]) {
            Some(known) => Arc::clone(known),
            None => {
                let new: Names = numbers.into();
                self.sets.insert(Arc::clone(&new));
                new
            }
        }
    }

    fn number(&mut self, name: Option<&'a str>) -> u32 {
        let next = u32::try_from(self.known.len()).unwrap_or(NAMELESS);
        name.map_or(NAMELESS, |name| *self.known.entry(name).or_insert(next))
    }
}

/// Whether two ascending lists have nothing in common.
pub(super) fn apart(a: &[u32], b: &[u32]) -> bool {
    a.iter().all(|one| !b.contains(one))
}

/// What rules most pairs out, near together: a million mentions are held against a hundred others each, and fetching one costs more
/// than all that is asked of it.
#[derive(Clone, Copy)]
pub(super) struct Gist {
    report: u32,
    claim: u32,
    act: Act,
    family: Family,
    /// See [`Mention::told`].
    told: bool,
    /// It says no more than that there was fighting, or what was lost in it.
    loose: bool,
    days: Option<(i32, i32)>,
}

impl Gist {
    fn of(mention: &Mention<'_>) -> Gist {
        let (at, event) = (mention.at.at, mention.event);
        let harm_only = event.act == Act::Clash && mention.bare();
        Gist {
            report: number(at.reading),
            claim: number(at.claim),
            act: event.act,
            family: event.act.family(),
            told: mention.told(),
            loose: harm_only || matches!(event.act, Act::Attack | Act::DestroyEquipment),
            days: mention.time.days,
        }
    }

    /// Whether two mentions may be one happening, as far as this tells; [`link`](super::link::link) tells the rest.
    pub(super) fn may(&self, other: &Gist) -> bool {
        let one_claim = self.report == other.report && self.claim == other.claim;
        let kin = self.family == other.family && matches!(self.family, Family::Strike | Family::Battle | Family::Talks);
        let acts = self.act == other.act || kin || self.loose || other.loose;
        let apart = |a: (i32, i32), b: (i32, i32)| a.0 > b.1 || b.0 > a.1;
        let times = !self.days.zip(other.days).is_some_and(|(a, b)| apart(a, b));
        !one_claim && self.told == other.told && acts && times
    }
}

/// All mentions, reports in the order of their dates and ids.
pub(super) struct Mentions<'a> {
    pub(super) all: Vec<Mention<'a>>,
    /// The gist of each.
    pub(super) gists: Vec<Gist>,
    /// How rare each word is, by its number.
    rare: Vec<f64>,
}

/// The fourth root of how many claims share a word that tells nothing: one in three.
const COMMON: f64 = 1.3;

/// Something that two mentions of one happening are likely to share; the first part says which acts can be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key<'a> {
    Report(Family, usize),
    Place(Family, &'a str),
    /// A degree by a degree.
    Cell(Family, i32, i32),
    /// A day without its year, and a party.
    Day(Family, &'a str, &'a str),
    Figure(Family, Harm, u64),
}

impl<'a> Mentions<'a> {
    /// The mentions in those of the claims that count, which stand in the order of the reports' dates.
    pub(super) fn of(reports: &Reports<'a>, claims: &[ClaimRef]) -> Self {
        let (lists, rare) = words(reports, claims);
        let mut all = Vec::new();
        let mut numbers = Numbers::default();
        for (&at, list) in claims.iter().zip(lists) {
            let claim = reports.claim(at);
            let words: Arc<[u32]> = list.into_iter().filter(|&word| rare[word as usize] > 0.0).collect();
            let length = words
                .iter()
                .map(|&word| rare[word as usize] * rare[word as usize])
                .sum::<f64>()
                .sqrt();
            let party = |source: &'a Source| source.party.as_deref();
            let parties = numbers.of(claim.source.iter().filter_map(party).map(Some));
            let sources = numbers.of(claim.source.iter().map(|one| party(one).or(one.name.as_deref())));
            for (number, event) in claim.events.iter().enumerate() {
                let people = || event.actor.iter().chain(&event.target);
                all.push(Mention {
                    at: EventRef { at, event: number },
                    claim,
                    event,
                    actors: numbers.of(event.actor.iter().filter_map(name).map(Some)),
                    targets: numbers.of(event.target.iter().filter_map(name).map(Some)),
                    sides: numbers.of(people().filter_map(name).map(Some)),
                    parties: Arc::clone(&parties),
                    sources: Arc::clone(&sources),
                    time: When::of(event.time.as_deref()),
                    crowded: false,
                    words: Arc::clone(&words),
                    length,
                });
            }
        }
        crowd(&mut all);
        let gists = all.iter().map(Gist::of).collect();
        Mentions { all, gists, rare }
    }

    /// How alike the words of two claims are, from 0 to 1: the cosine of their words, rare ones counting more.
    pub(super) fn alike(&self, a: &Mention<'_>, b: &Mention<'_>) -> f64 {
        let (mut i, mut j, mut shared) = (0, 0, 0.0);
        while let (Some(x), Some(y)) = (a.words.get(i), b.words.get(j)) {
            if x == y {
                shared += self.rare[*x as usize] * self.rare[*x as usize];
            }
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        let lengths = a.length * b.length;
        if lengths > 0.0 { shared / lengths } else { 0.0 }
    }
}

fn name(who: &Participant) -> Option<&str> {
    who.party.as_deref().or(who.name.as_deref())
}

/// So many places of a day are still those that reports of one happening may name.
const FEW_PLACES: usize = 4;

/// Marks the mentions of days on which the like is told of more places than that.
fn crowd<'a>(all: &mut [Mention<'a>]) {
    let mut towns: FxHashMap<(Family, &'a str), FxHashSet<&'a str>> = FxHashMap::default();
    for mention in all.iter() {
        let event: &'a Event = mention.event;
        let day = mention.time.days.is_some_and(|(from, to)| from == to);
        if let Some(time) = event.time.as_deref().filter(|_| day) {
            let fine = event.place.iter().filter(|place| !place.is_wide());
            let known = towns.entry((kin(event.act), time)).or_default();
            known.extend(fine.map(|place| place.name.as_str()));
        }
    }
    for mention in all {
        let event: &'a Event = mention.event;
        let known = event
            .time
            .as_deref()
            .and_then(|time| towns.get(&(kin(event.act), time)));
        mention.crowded = known.is_some_and(|known| known.len() > FEW_PLACES);
    }
}

/// Strikes and battles can be one happening in other words; all other acts only with those of their family.
fn kin(act: Act) -> Family {
    match act.family() {
        Family::Battle => Family::Strike,
        family => family,
    }
}

impl<'a> Mention<'a> {
    /// What another mention must have one of to be held against this one.
    pub(super) fn keys(&self) -> Vec<Key<'a>> {
        let event = self.event;
        let kin = kin(event.act);
        let mut keys = vec![Key::Report(kin, self.at.at.reading)];
        for place in event.place.iter().filter(|p| !place::is_state(p)) {
            keys.push(Key::Place(kin, &place.name));
            if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
                #[allow(clippy::cast_possible_truncation, reason = "degrees are small")]
                keys.push(Key::Cell(kin, lat.floor() as i32, lon.floor() as i32));
            }
        }
        if let Some(day) = event.time.as_deref().and_then(|time| time.get(5..10)) {
            let people = event.actor.iter().chain(&event.target);
            let parties = people.filter_map(|who| who.party.as_deref());
            keys.extend(parties.map(|party| Key::Day(kin, day, party)));
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

    /// Whether the claimant says that it happened, and not that it may, will or should.
    pub(super) fn told(&self) -> bool {
        !matches!(
            self.claim.stance,
            Stance::Threatens | Stance::Promises | Stance::CallsFor | Stance::Warns
        )
    }

    /// It names neither a place nor a time of its own.
    pub(super) fn bare(&self) -> bool {
        self.event.place.is_empty() && self.event.time.is_none()
    }
}

/// The words of each claim by number, ascending, and how rare each word is: nothing for one that stands in every third claim.
fn words(reports: &Reports<'_>, claims: &[ClaimRef]) -> (Vec<Vec<u32>>, Vec<f64>) {
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    let mut lists: Vec<Vec<u32>> = Vec::new();
    let mut count: Vec<u32> = Vec::new();
    let mut cut = Cut::default();
    for &at in claims {
        let words = cut.content(reports, at).split(|c: char| !c.is_alphanumeric());
        let mut list: Vec<u32> = Vec::new();
        for word in words.filter(|word| !word.is_empty()) {
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            list.push(*numbers.entry(word.to_lowercase()).or_insert(next));
        }
        list.sort_unstable();
        list.dedup();
        count.resize(numbers.len(), 0);
        for &word in &list {
            count[word as usize] += 1;
        }
        lists.push(list);
    }
    // Roots come out alike on every machine, as logarithms need not.
    let all = claims.len() as f64;
    let rare = count
        .iter()
        .map(|&one| (all / f64::from(one)).sqrt().sqrt() - COMMON)
        .collect();
    (lists, rare)
}
