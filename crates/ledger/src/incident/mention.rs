//! Mentions, with what is compared of them. What a mention is compared by comes from its own report alone, but for how much is told of
//! its day ([`Crowds`](super::crowd::Crowds)): a report that comes in changes no other's.

use super::{EventRef, number};
use crate::ClaimRef;
use crate::when::When;
use counterclaim_claims::{Act, Claim, Event, Family, Participant, Reading, Stance};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Deref;
use std::sync::Arc;

/// One event of one claim, with what is compared of it.
pub(super) struct Mention {
    pub(super) at: EventRef,
    pub(super) actors: Names,
    pub(super) targets: Names,
    /// Both of them.
    pub(super) sides: Names,
    /// The parties that make the claim.
    pub(super) parties: Names,
    /// Who makes the claim, by party, else by name.
    pub(super) sources: Names,
    days: Option<(i32, i32)>,
    /// Its day has many places at which the like is told: another place is another happening.
    pub(super) crowded: bool,
    /// The words of the claim by number, ascending, each with how rare it is.
    words: Arc<[(u32, f32)]>,
    /// The length of their vector.
    length: f64,
}

/// A mention beside its claim and its event.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    mention: &'a Mention,
    pub(super) claim: &'a Claim,
    pub(super) event: &'a Event,
}

impl Deref for Told<'_> {
    type Target = Mention;

    fn deref(&self) -> &Mention {
        self.mention
    }
}

/// Who does something, by number, ascending: two names are one where their numbers are.
pub(super) type Names = Arc<[u32]>;

/// Numbers for names.
#[derive(Default)]
pub(super) struct Numbers {
    known: FxHashMap<String, u32>,
    /// Sets that were met already: there are few, and each is kept once.
    sets: FxHashSet<Names>,
}

/// The number of one that has no name.
const NAMELESS: u32 = u32::MAX;

impl Numbers {
    fn of<'a>(&mut self, names: impl IntoIterator<Item = Option<&'a str>>) -> Names {
        let mut numbers: Vec<u32> = names
            .into_iter()
            .map(|name| name.map_or(NAMELESS, |name| self.number(name)))
            .collect();
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

    /// The number of a name; none if it was not met before.
    pub(super) fn known(&self, name: &str) -> Option<u32> {
        self.known.get(name).copied()
    }

    /// The number of a name, a new one if it was not met before.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(known) = self.known(name) {
            return known;
        }
        let next = number(self.known.len());
        self.known.insert(name.to_owned(), next);
        next
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
    pub(super) report: u32,
    pub(super) claim: u32,
    pub(super) event: u32,
    act: Act,
    family: Family,
    /// See [`Told::told`].
    told: bool,
    /// It says no more than that there was fighting, or what was lost in it.
    loose: bool,
    days: Option<(i32, i32)>,
}

impl Gist {
    fn of(told: Told<'_>) -> Gist {
        let (at, event) = (told.at.at, told.event);
        let harm_only = event.act == Act::Clash && told.bare();
        Gist {
            report: number(at.reading),
            claim: number(at.claim),
            event: number(told.at.event),
            act: event.act,
            family: event.act.family(),
            told: told.told(),
            loose: harm_only || matches!(event.act, Act::Attack | Act::DestroyEquipment),
            days: told.days,
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

/// All mentions, by number: in the order in which they were put in.
#[derive(Default)]
pub(super) struct Mentions {
    pub(super) all: Vec<Mention>,
    /// The gist of each.
    pub(super) gists: Vec<Gist>,
    pub(super) numbers: Numbers,
}

impl Mentions {
    /// Puts the mentions of a report in, of those of its claims that count, and gives their numbers.
    pub(super) fn put(&mut self, readings: &[Reading], reading: usize, counts: impl Fn(ClaimRef) -> bool) -> Vec<u32> {
        let first = self.all.len();
        let report = &readings[reading];
        let words = Words::of(&report.document.text);
        let claims = report.claims.iter().enumerate();
        for (n, claim) in claims.filter(|(claim, _)| counts(ClaimRef { reading, claim: *claim })) {
            let at = ClaimRef { reading, claim: n };
            let words = words.between(claim.start, claim.end);
            let length = words
                .iter()
                .map(|&(_, rare)| f64::from(rare) * f64::from(rare))
                .sum::<f64>()
                .sqrt();
            let numbers = &mut self.numbers;
            let parties = numbers.of(claim.source.iter().filter_map(|one| one.party.as_deref()).map(Some));
            let sources = numbers.of(claim
                .source
                .iter()
                .map(|one| one.party.as_deref().or(one.name.as_deref())));
            for (number, event) in claim.events.iter().enumerate() {
                let people = || event.actor.iter().chain(&event.target);
                let mention = Mention {
                    at: EventRef { at, event: number },
                    actors: numbers.of(event.actor.iter().filter_map(name).map(Some)),
                    targets: numbers.of(event.target.iter().filter_map(name).map(Some)),
                    sides: numbers.of(people().filter_map(name).map(Some)),
                    parties: Arc::clone(&parties),
                    sources: Arc::clone(&sources),
                    days: When::of(event.time.as_deref()).days,
                    crowded: false,
                    words: Arc::clone(&words),
                    length,
                };
                let told = Told {
                    mention: &mention,
                    claim,
                    event,
                };
                self.gists.push(Gist::of(told));
                self.all.push(mention);
            }
        }
        (number(first)..number(self.all.len())).collect()
    }

    /// A mention beside its claim and its event.
    pub(super) fn told<'a>(&'a self, readings: &'a [Reading], i: u32) -> Told<'a> {
        let mention = &self.all[i as usize];
        let claim = mention.at.at.of(readings).1;
        Told {
            mention,
            claim,
            event: &claim.events[mention.at.event],
        }
    }
}

impl Mention {
    /// Whether its time is one day.
    pub(super) fn of_one_day(&self) -> bool {
        self.days.is_some_and(|(from, to)| from == to)
    }

    /// How alike the words of two claims are, from 0 to 1: the cosine of their words, rare ones counting more.
    pub(super) fn alike(&self, other: &Mention) -> f64 {
        let (mut i, mut j, mut shared) = (0, 0, 0.0);
        while let (Some((x, rare)), Some((y, rare_there))) = (self.words.get(i), other.words.get(j)) {
            if x == y {
                shared += f64::from(*rare) * f64::from(*rare_there);
            }
            i += usize::from(x <= y);
            j += usize::from(y <= x);
        }
        let lengths = self.length * other.length;
        if lengths > 0.0 { shared / lengths } else { 0.0 }
    }
}

impl<'a> Told<'a> {
    pub(super) fn time(self) -> When<'a> {
        When {
            words: self.event.time.as_deref(),
            days: self.mention.days,
        }
    }

    /// Whether the claimant says that it happened, and not that it may, will or should.
    pub(super) fn told(self) -> bool {
        !matches!(
            self.claim.stance,
            Stance::Threatens | Stance::Promises | Stance::CallsFor | Stance::Warns
        )
    }

    /// It names neither a place nor a time of its own.
    pub(super) fn bare(self) -> bool {
        self.event.place.is_empty() && self.event.time.is_none()
    }
}

fn name(who: &Participant) -> Option<&str> {
    who.party.as_deref().or(who.name.as_deref())
}

/// Strikes and battles can be one happening in other words; all other acts only with those of their family.
pub(super) fn kin(act: Act) -> Family {
    match act.family() {
        Family::Battle => Family::Strike,
        family => family,
    }
}

/// The words of a report, and how rare each is in it. A name that the report is about, or a word of grammar, stands in it again and again
/// and says little of which happening a claim is about; so no count over other reports is asked for, which every new one would change.
struct Words {
    /// Where each begins, in code points, and its number.
    all: Vec<(usize, u32)>,
    count: FxHashMap<u32, u32>,
}

impl Words {
    fn of(text: &str) -> Words {
        let (mut all, mut begun) = (Vec::new(), None);
        for (point, (byte, c)) in text.char_indices().chain([(text.len(), ' ')]).enumerate() {
            match (c.is_alphanumeric(), begun) {
                (true, None) => begun = Some((point, byte)),
                (false, Some((first, from))) => {
                    all.push((first, hash(&text[from..byte])));
                    begun = None;
                }
                _ => {}
            }
        }
        let mut count: FxHashMap<u32, u32> = FxHashMap::default();
        for (_, word) in &all {
            *count.entry(*word).or_default() += 1;
        }
        Words { all, count }
    }

    /// Those that begin between two code points, by number, ascending, each once with how rare it is.
    fn between(&self, start: usize, end: usize) -> Arc<[(u32, f32)]> {
        let at = |point: usize| self.all.partition_point(|(first, _)| *first < point);
        let mut words: Vec<u32> = self.all[at(start)..at(end.max(start))]
            .iter()
            .map(|(_, word)| *word)
            .collect();
        words.sort_unstable();
        words.dedup();
        let all = self.all.len() as f32;
        // Roots come out alike on every machine, as logarithms need not.
        let rare = |word: u32| (all / self.count[&word] as f32).sqrt().sqrt();
        words.into_iter().map(|word| (word, rare(word))).collect()
    }
}

/// The number of a word, its case aside (FNV-1a, 32 bits): it hangs on no other word that was met. That two words of two claims have one
/// number by chance happens in one pair of claims in ten million.
fn hash(word: &str) -> u32 {
    let bytes = word.chars().flat_map(char::to_lowercase);
    bytes.fold(0x811c_9dc5, |hash, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
}
