use super::EventRef;
use crate::{ClaimRef, place};
use counterclaim_claims::{Claim, Event, Harm, Reading, Stance};
use std::collections::{BTreeSet, HashMap};

/// One event of one claim, with what is compared of it.
pub(super) struct Mention<'a> {
    pub(super) at: EventRef,
    pub(super) claim: &'a Claim,
    pub(super) event: &'a Event,
    pub(super) actors: BTreeSet<&'a str>,
    pub(super) targets: BTreeSet<&'a str>,
    /// The words of the claim, ascending, with how rare each is.
    words: Vec<(u32, f64)>,
    /// What another mention must have one of to be held against this one.
    pub(super) keys: Vec<Key<'a>>,
}

/// The fourth root of how many claims share a word that tells nothing: one in three.
const COMMON: f64 = 1.3;

/// Something that two mentions of one happening are likely to share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key<'a> {
    Report(usize),
    Place(&'a str),
    /// Half a degree by half a degree.
    Cell(i32, i32),
    /// A day without its year, and a party.
    Day(&'a str, &'a str),
    Figure(Harm, u64),
}

/// All mentions, reports in the order of their dates and ids.
pub(super) fn all(readings: &[Reading]) -> Vec<Mention<'_>> {
    let mut order: Vec<usize> = (0..readings.len()).collect();
    order.sort_by_key(|&n| {
        let document = &readings[n].document;
        (&document.published, &document.uri, &document.id)
    });
    let words = Words::of(readings);
    let mut all = Vec::new();
    for reading in order {
        let claims = &readings[reading].claims;
        let mut numbers: Vec<usize> = (0..claims.len()).collect();
        numbers.sort_by_key(|&n| claims[n].start);
        for claim in numbers {
            let at = ClaimRef { reading, claim };
            for (number, event) in claims[claim].events.iter().enumerate() {
                all.push(Mention {
                    at: EventRef { at, event: number },
                    claim: &claims[claim],
                    event,
                    actors: names(&event.actor),
                    targets: names(&event.target),
                    words: words.weighed(at),
                    keys: keys(reading, event),
                });
            }
        }
    }
    all
}

fn names(people: &[counterclaim_claims::Participant]) -> BTreeSet<&str> {
    people
        .iter()
        .filter_map(|who| who.party.as_deref().or(who.name.as_deref()))
        .collect()
}

fn keys(reading: usize, event: &Event) -> Vec<Key<'_>> {
    let mut keys = vec![Key::Report(reading)];
    for place in event.place.iter().filter(|p| !place::is_state(p)) {
        keys.push(Key::Place(&place.name));
        if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
            // The cell and those around it: near places lie on both sides of an edge.
            #[allow(clippy::cast_possible_truncation, reason = "degrees are small")]
            let (y, x) = ((lat * 2.0).round() as i32, (lon * 2.0).round() as i32);
            keys.extend((0..9).map(|n| Key::Cell(y - 1 + n / 3, x - 1 + n % 3)));
        }
    }
    if let Some(day) = event.time.as_deref().and_then(|time| time.get(5..10)) {
        let people = event.actor.iter().chain(&event.target);
        keys.extend(
            people
                .filter_map(|who| who.party.as_deref())
                .map(|party| Key::Day(day, party)),
        );
    }
    for toll in &event.toll {
        if let Some(figure) = toll.min.filter(|&min| min > 2) {
            keys.push(Key::Figure(toll.harm, figure));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

impl Mention<'_> {
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

    /// How alike the words of two claims are, from 0 to 1: the cosine of their words, rare ones counting more.
    pub(super) fn alike(&self, other: &Mention<'_>) -> f64 {
        let length = |words: &[(u32, f64)]| words.iter().map(|(_, rare)| rare * rare).sum::<f64>().sqrt();
        let (mut i, mut j, mut shared) = (0, 0, 0.0);
        while let (Some((a, rare)), Some((b, _))) = (self.words.get(i), other.words.get(j)) {
            if a == b {
                shared += rare * rare;
            }
            i += usize::from(a <= b);
            j += usize::from(b <= a);
        }
        let lengths = length(&self.words) * length(&other.words);
        if lengths > 0.0 { shared / lengths } else { 0.0 }
    }
}

/// The words of all claims, numbered, with the number of claims that each stands in.
struct Words {
    of: HashMap<ClaimRef, Vec<u32>>,
    claims: Vec<u32>,
}

impl Words {
    fn of(readings: &[Reading]) -> Words {
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut words = Words {
            of: HashMap::new(),
            claims: Vec::new(),
        };
        for (number, reading) in readings.iter().enumerate() {
            // Spans count code points.
            let bytes: Vec<usize> = reading.document.text.char_indices().map(|(byte, _)| byte).collect();
            let byte = |point: usize| bytes.get(point).copied().unwrap_or(reading.document.text.len());
            for (claim, told) in reading.claims.iter().enumerate() {
                let text = &reading.document.text[byte(told.start)..byte(told.end).max(byte(told.start))];
                let mut list: Vec<u32> = Vec::new();
                for word in text
                    .split(|c: char| !c.is_alphanumeric())
                    .filter(|word| !word.is_empty())
                {
                    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                    list.push(*numbers.entry(word.to_lowercase()).or_insert(next));
                }
                list.sort_unstable();
                list.dedup();
                words.claims.resize(numbers.len(), 0);
                for &word in &list {
                    words.claims[word as usize] += 1;
                }
                let at = ClaimRef { reading: number, claim };
                words.of.insert(at, list);
            }
        }
        words
    }

    /// The words of a claim, each with its weight: none for what stands in every third claim.
    fn weighed(&self, at: ClaimRef) -> Vec<(u32, f64)> {
        let claims = self.of.len() as f64;
        // Roots come out alike on every machine, as logarithms need not.
        let rare = |word: u32| (claims / f64::from(self.claims[word as usize])).sqrt().sqrt() - COMMON;
        let list = self.of.get(&at).into_iter().flatten();
        list.map(|&word| (word, rare(word)))
            .filter(|(_, rare)| *rare > 0.0)
            .collect()
    }
}
